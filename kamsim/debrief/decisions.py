"""The decisions that made a session, as the first page tells them: who was there, what was said, what came of it, and
what would have been otherwise."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import shorten
from typing import Any, Final

from kamsim.debrief import casebook
from kamsim.debrief.attribution import Attribution, Worth
from kamsim.debrief.record import Play
from kamsim.debrief.threads import Thread, subject
from kamsim.letters import curled
from kamsim.look.faces import Face
from kamsim.page.charts_time import Flag
from kamsim.view.portraits import approver_face, boss_face, face
from kamsim.view.table import unquoted
from kamsim.view.words.names import counted, inner_quotes

FLAGS: Final = 14
"""Decisions that fly; the chapter behind has all."""
SAID: Final = 96
DONE: Final = 130
"""Letters of what somebody said, and of what was done, that fit on a card."""


@dataclass(frozen=True)
class Decision:
    """One decision. ``worth``: cents that both purses had more (or, below zero, less) with it; ``about``: its subject;
    ``came``: what was done and how it ended; ``who``, ``face``, ``quote``: who stood across the table."""

    worth: int
    about: str
    came: str
    when: str
    who: str
    face: Face
    quote: str
    otherwise: str


def largest(made: Attribution, most: int) -> list[Worth]:
    """The threads that changed most, the largest first; what only told the player something changes nothing."""
    known = [worth for worth in made.worths if worth.alone]
    return sorted(known, key=lambda worth: -abs(worth.alone or 0))[:most]


def flags_of(play: Play, made: Attribution) -> list[Flag]:
    """Each decision as a flag; the three that are told beside the picture carry their number."""
    marks = {worth.thread.key: str(place) for place, worth in enumerate(told_of(play, made), start=1)}
    return [
        Flag(curled(subject(play, worth.thread)), worth.thread.first - 1, min(worth.thread.last, play.quarters) - 1,
             float(worth.alone or 0), marks.get(worth.thread.key, ""))
        for worth in largest(made, FLAGS)
    ]  # fmt: skip


def told_of(play: Play, made: Attribution, most: int = 3) -> list[Worth]:
    """The threads that made the session, the largest first: of bare refusals one at most, as long as there is something
    else to tell, since what they kept is what stood there anyway."""
    found = largest(made, FLAGS)
    refused = [worth for worth in found if _refusal(play, worth.thread)][1:]
    kept = [worth for worth in found if worth not in refused][:most]
    chosen = [*kept, *refused[: most - len(kept)]]
    return [worth for worth in found if worth in chosen]


def _refusal(play: Play, thread: Thread) -> bool:
    """Whether nothing was done but to say no to a request."""
    made = [play.by_number[number] for number in thread.numbers]
    return all(command.move == "answer_request" and command.args["answer"] == "decline" for command in made)


def decisions_of(play: Play, made: Attribution, most: int = 3) -> list[Decision]:
    """The decisions that made the session."""
    return [_decision(play, made, worth) for worth in told_of(play, made, most)]


def _decision(play: Play, made: Attribution, worth: Worth) -> Decision:
    thread, cast = worth.thread, play.cast
    who, portrait, quote = _across(play, thread, 0.6 if (worth.alone or 0) > 0 else -0.6)
    about = subject(play, thread)
    first, last = thread.numbers[0], thread.numbers[-1]
    moves = f"move {first}" if first == last else f"moves {first} to {last}"
    quarters = cast.quarter(thread.first)
    if thread.last > thread.first:
        quarters += f" to {cast.quarter(min(thread.last, play.quarters))}"
    otherwise = f"Without it: {cast.money(made.played - (worth.alone or 0))} in both purses."
    if worth.took:
        otherwise += f" {counted(len(worth.took), 'later move')} leaned on it."
    return Decision(
        worth.alone or 0, curled(about), shorten(_came(thread, about), DONE, placeholder=" …"), f"{quarters}, {moves}",
        who, portrait, _short(quote), otherwise,
    )  # fmt: skip


def _came(thread: Thread, about: str) -> str:
    """What was done and how it ended: the thread's title without what it was about."""
    words = about.partition(": ")[2].removeprefix("the ")
    before, found, after = thread.title.partition(words)
    rest = curled(after.strip(" ,:;") if found else before.partition(": ")[2])
    return rest[1:-1] if rest.startswith("(") and rest.endswith(")") else rest


def _across(play: Play, thread: Thread, mood: float) -> tuple[str, Face, str]:
    """Who stood on the other side of a thread: the name, the portrait, and what was said."""
    first, name = play.first_cast, thread.key.split(":")[1]
    if not thread.account:
        return first.scenario.company.boss.name, boss_face(first, mood), ""
    if thread.kind == "case":
        return _reader(play, thread, mood) or _told(play, _most_met(play, thread), thread.last, mood, "")
    kinds: dict[str, Mapping[str, Any]] = {
        "request": first.requests, "talk": first.talks, "moment": first.moments,
    }  # fmt: skip
    asked = kinds.get(thread.kind, {})
    if name in asked:
        quote = asked[name].question if thread.kind == "moment" else asked[name].text
        return _told(play, asked[name].person, thread.first, mood, quote)
    return _told(play, _most_met(play, thread), thread.last, mood, "")


def _reader(play: Play, thread: Thread, mood: float) -> tuple[str, Face, str] | None:
    """Who answered a case last, with the words; None where nobody has."""
    cast, side = play.cast, thread.key.split(":")[2]
    said = [
        one
        for one in casebook.answers(play)
        if (one.account, one.audience) == (thread.account, side) and thread.first <= one.quarter <= thread.last + 1
    ]
    if not said:
        boss = cast.scenario.company.boss.name
        return (boss, boss_face(cast, mood), "") if side == "desk" else None
    speaker, quote = said[-1].speaker, unquoted(said[-1].said[0]) if said[-1].said else ""
    if speaker in cast.people:
        return _told(play, speaker, said[-1].quarter, mood, quote)
    if speaker in cast.approvers:
        return cast.approvers[speaker].name, approver_face(cast, speaker, mood), quote
    return None


def _told(play: Play, person: str, quarter: int, mood: float, quote: str) -> tuple[str, Face, str]:
    """Whoever held the post in a quarter: nobody's words are put into a successor's mouth."""
    cast = play.cast_at(quarter)
    return cast.person(person), face(cast, person, mood), quote


def _most_met(play: Play, thread: Thread) -> str:
    """The person that a thread's moves turned to most; else whoever buys at the account."""
    people = play.first_cast.accounts[thread.account].people
    ids = {person.id for person in people}
    met = Counter(
        value for number in thread.numbers for value in play.by_number[number].args.values()
        if isinstance(value, str) and value in ids
    )  # fmt: skip
    buyers = [person.id for person in people if person.function == "purchasing"] or [people[0].id]
    return met.most_common(1)[0][0] if met else buyers[0]


def _short(quote: str) -> str:
    """The first sentences of a quote that fit, without its own marks."""
    words = " ".join(quote.strip('\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"').split())
    kept = ""
    for sentence in re.split(r"(?<=[.?!])\s+", words):
        if len(kept) + len(sentence) > SAID:
            break
        kept = f"{kept} {sentence}".strip()
    return inner_quotes(kept)
