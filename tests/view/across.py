"""What the window and the debrief say beside the text session: same stance, state, age, person, number, or a fault.

`window_faults` reads a session as it stands, `end_faults` one that is over. What must be told is taken from the
view, once for both faces.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from kamsim.debrief import occasions, signals
from kamsim.debrief.front import WON
from kamsim.debrief.record import read_play
from kamsim.game.events.cases import PromiseMeasured
from kamsim.game.events.declared import of
from kamsim.game.events.opening import InitiativeTurned
from kamsim.game.events.opportunities import OpportunityAwarded
from kamsim.view import centre, closing, desk, timeline
from kamsim.view.words.names import STATE_WORDS, counted, state_told
from kamsim.view.words.people import STANCE_TOLD
from tests.view import figures
from tests.view.truths import CHECKS, numbers, one_breath, promises

if TYPE_CHECKING:
    from pathlib import Path

    from kamsim.view.table import Table
    from tests.view.told import Fault, Pages

FIGURE: Final = re.compile(r"[−+]?[€£$]?\d(?:[\d,.]*\d)?(?:m|bn|%)?")
MONEY: Final = re.compile(r"−?€\d(?:[\d,.]*\d)?(?:m|bn)?")
FEW_WORDS: Final = 5
"""Words from which a sentence is about one thing, so that another figure in it is another truth."""
WAYS: Final = {True: "followed up", False: "nobody followed it up"}
"""By whether a turn was: how an occasion says it."""
OF_TEXT: Final = (numbers, one_breath, promises)
"""Checks of what only the text session types or opens with."""


def window_faults(table: Table, window: Pages, text: Pages) -> Iterator[Fault]:
    """Every contradiction between pages of the window, and between them and the text session's."""
    for check in CHECKS:
        if check not in OF_TEXT:
            yield from ((f"window, {kind}", where) for kind, where in check(table, window))
    for page, told in facts(table):
        for fact in told:
            if _plain(fact) not in _plain(window.get(page, fact)):
                yield "window lacks", f"{page}: {fact}"
    for page in window:
        yield from differing(page, window[page], text.get(page, ""))


def facts(table: Table) -> Iterator[tuple[str, list[str]]]:
    """By page: what it must say, as the view tells it."""
    cast, seen = table.cast, table.seen
    for name in table.accounts:
        for member in centre.members(cast, seen, name):
            said = [cast.person(member.person)]
            yield f"map {name}", [*said, *([] if member.stands == "unknown" else [STANCE_TOLD[member.stands]])]
        found = list(timeline.tracks(cast, seen, table.session.events, name))
        named = [cast.initiatives[track.initiative].name for track in found]
        last = [STATE_WORDS[track.states[max(track.states)]].partition(",")[0] for track in found]
        yield f"timeline {name}", [*named, *last]
        line = desk.account_line(table, name)
        for page in ("desk", "portfolio", f"account {name}"):
            yield page, MONEY.findall(f"{line.sales} {line.profit}")
        yield "notes", [note for notes in table.notes(name).values() for note in notes]


def end_faults(table: Table, closes: list[str], window: str) -> Iterator[Fault]:
    """Where the last pages and the debrief's page tell another truth than the session did. ``closes``: what each close
    said as text, the last with the last page; ``window``: what the last page says there."""
    text = closes[-1]
    log = table.session.log_path
    page = re.sub(r"<(script|style).*?</\1>", " ", _read(log.with_name(f"{log.stem}-debrief.html")), flags=re.S)
    debrief = html.unescape(re.sub(r"<[^>]+>", " ", page))
    purses = closing.purses(table)
    told = {"the end as text": text, "the end": window, "the debrief": debrief}
    for name, said in told.items():
        for value in purses[: 2 if said is debrief else 3]:
            if _plain(value) not in _plain(said):
                yield "purses", f"{name} does not say {value}"
    for about, values in _settled(table):
        for value in values:
            if _plain(value) not in _plain(debrief):
                yield "debrief", f"{about}: {value} is not on it"
    yield from differing("the end and the debrief", text, debrief)
    yield from figures.breakevens(
        {f"close {number}": said for number, said in enumerate(closes)} | {"debrief": debrief}
    )
    yield from followed(table)
    yield from worths(page)


def followed(table: Table) -> Iterator[Fault]:
    """Of no turn of an initiative the debrief says both that it was followed up and that it was missed."""
    play = read_play(table.session.log_path)
    missed = signals.unanswered(play)
    for one in occasions.followed_turns(play):
        for item in play.of(InitiativeTurned):
            title = play.cast.initiatives[item.event.initiative].name
            if item.quarter == one.quarter and one.text == f"{title} {state_told(item.event.to)}: {WAYS[one.met]}":
                said = any(line.startswith(f"{play.cast.quarter(one.quarter)}: {title} at ") for line in missed)
                if said == one.met:
                    yield "followed up", f"{one.text}, and missed: {said}"


def worths(page: str) -> Iterator[Fault]:
    """A thread has one worth on every table of the debrief."""
    every = set(_column(page, "All threads", "Left out"))
    for row in _column(page, "Worth of your largest threads", "Worth"):
        if row not in every:
            yield "two worths", f"{row[0]}: {row[1]}, and {[value for name, value in every if name == row[0]]}"


def _column(page: str, caption: str, head: str) -> Iterator[tuple[str, str]]:
    """A column of a table of a page, with what each row is about."""
    found = re.search(rf"<caption>{caption}</caption>(.*?)</table>", page, re.DOTALL)
    rows = re.findall(r"<tr.*?</tr>", found[1] if found else "", re.DOTALL)
    cells = [[_bare(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)] for row in rows]
    for row in cells[1:]:
        yield row[0], row[cells[0].index(head.casefold())]


def _bare(text: str) -> str:
    return _plain(html.unescape(re.sub(r"<[^>]+>", " ", text)))


def _settled(table: Table) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What a session came to, as the debrief must tell it."""
    cast, events = table.cast, table.session.events
    yield "score", (f"{closing.ended(table)['score']:.0f} points",)
    for event in of(PromiseMeasured, events):
        yield f"promise of {event.account}", (cast.money(event.value), cast.money(event.actual))
    won = sum(event.outcome == "won" for event in of(OpportunityAwarded, events))
    yield "won", (f"{counted(won, *WON)}, " if won else f"No {WON[1]}",) if of(OpportunityAwarded, events) else ()


def _read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def differing(page: str, one: str, other: str) -> Iterator[Fault]:
    """Sentences that two tellings of a page share but for their figures."""
    first, second = _sentences(one), _sentences(other)
    for words in first.keys() & second.keys():
        if not (first[words] <= second[words] or second[words] <= first[words]):
            yield "faces differ", f"{page}: {words}: {sorted(first[words])}, and {sorted(second[words])}"


def _sentences(text: str) -> dict[str, set[tuple[str, ...]]]:
    """By sentence without its figures: the figures that stood in it."""
    found: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for sentence in re.split(r"(?<=[.!?;])\s", text):
        figures = FIGURE.findall(sentence)
        words = FIGURE.sub("#", sentence).strip(" .;").casefold()
        if figures and len(words.split()) >= FEW_WORDS:
            found[words].add(tuple(figure.rstrip(".,") for figure in figures))
    return found


def _plain(text: str) -> str:
    return (
        " ".join(text.replace("\N{WORD JOINER}", "").replace("\N{NO-BREAK SPACE}", " ").split()).casefold().rstrip(".")
    )
