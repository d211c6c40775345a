"""Contrast pairs: one thing that lay before all on one luck, and was decided in two ways."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import mean, median
from typing import Final

from kamsim.debrief.attribution import Worth
from kamsim.debrief.classroom import LEFT, Contrast, Entry, Side
from kamsim.debrief.lesson.slide import Group, Slide, curled, names_of
from kamsim.debrief.threads import CONTACT
from kamsim.game.events.opening import IncidentHappened
from kamsim.page import stage
from kamsim.page.drawn import portrait
from kamsim.view.portraits import face
from kamsim.view.words.names import RHYTHM_WORDS, TRADE_WORDS, Cast, capital, listed, percent, quoted
from kamsim.view.words.news import body

ASKED: Final = ("request", "talk", "moment", "incident")
"""Kinds where something came to everybody; before those that only some thought of."""
DID: Final = {
    "declined": "said no", "granted": "granted it", "trade refused": "offered a trade that was refused",
    "walked": "saw them leave", "left": "left the table", "not settled": "did not settle",
    "won": "won them", "held": "held", "lost": "lost them", "passed": "asked for time", "lowered": "lowered the price",
    "raised or put back": "raised or put back the price", "expedited": "expedited", LEFT: "left it as it was",
}  # fmt: skip
"""By choice: what a side did, where the choice's own word is too short."""
CROWD: Final = 6
"""Players from which no side of a pair is one player alone, whom all would know."""
WHY: Final = {
    "request": "What did each side know of the asker, and what did it take for granted?",
    "talk": "What did each side put on the table first, and what did it ask before?",
    "moment": "With two minutes left: what did each side promise, and on whose figure?",
    "incident": "What was the customer counting in that week: hours, money, or who came?",
    "price": "Who asked for this price, and what was to come back for it?",
    "rhythm": "What were those hours to bring there, and what would they have bought elsewhere?",
}  # fmt: skip
"""By kind: the one question."""
ALONE: Final = (
    "Each choice left out alone, on the shared luck; the figure is the mean of those who made it. A choice is seldom "
    "alone: ask what went with it."
)
AGAIN: Final = "Which answer on Monday, and what would you ask first?"
"""The question of a second pair."""


@dataclass(frozen=True)
class Pair:
    """A contrast and the two of its sides that are told, the one that was worth more first."""

    contrast: Contrast
    better: Side
    worse: Side

    @property
    def kind(self) -> str:
        """Kind of the threads on both sides."""
        return self.contrast.key.split(":", maxsplit=1)[0]

    @property
    def subject(self) -> str:
        """What was decided about: a request, a talk, a moment or an account, by its id."""
        return self.contrast.key.split(":")[1]


def pairs(group: Group, most: int = 2) -> list[Slide]:
    """The pairs that teach most, of different accounts: what came to all goes first, then where the class split most
    and it mattered."""
    least = 2 if group.size >= CROWD else 1
    found = [pair for contrast in group.contrasts if (pair := _widest(contrast, least))]
    found.sort(key=lambda pair: (pair.kind not in ASKED, -_weight(pair.better, pair.worse)))
    chosen: list[Pair] = []
    for pair in found:
        if _account(group.cast, pair) not in {_account(group.cast, other) for other in chosen}:
            chosen.append(pair)
    return [_slide(group, pair, place) for place, pair in enumerate(chosen[:most], start=1)]


def _widest(contrast: Contrast, least: int) -> Pair | None:
    """The two sides of at least some players that lie apart most, by what the choice was worth and to how many."""
    known = [side for side in contrast.sides if side.worth is not None and len(side.entries) >= least]
    ways = sorted(combinations(known, 2), key=lambda two: -_weight(*two))
    if not ways or not _weight(*ways[0]):
        return None
    better, worse = sorted(ways[0], key=lambda side: -(side.worth or 0.0))
    return Pair(contrast, better, worse)


def _weight(one: Side, two: Side) -> float:
    gap = abs((one.worth or 0.0) - (two.worth or 0.0))
    return gap * min(len(one.entries), len(two.entries))


def _account(cast: Cast, pair: Pair) -> str:
    return cast.home.get(pair.subject, pair.subject)


def _slide(group: Group, pair: Pair, place: int) -> Slide:
    cast = group.cast
    account = cast.account(_account(cast, pair))
    sides = (pair.better, pair.worse)
    numbers = [len(side.entries) for side in sides]
    cards = [_card(group, pair, side) for side in sides]
    said = [f"{capital(did(side))}: {names_of(side.entries)}. {_worth(cast, side)}" for side in sides]
    return Slide(
        f"pair{place}", f"{account}: same luck, two answers",
        f"{_about(group, pair)}: {numbers[0]} {did(pair.better)}; {numbers[1]} {did(pair.worse)}",
        stage.shown("What both saw", saw(group, pair), _face(group.cast, pair)) + stage.pair(cards),
        WHY[pair.kind] if place == 1 else AGAIN,
        (f"This lay before everybody at {account}.", *_need(cast, pair),
         *((ALONE,) if place == 1 else ())),
        (*said, "First one of each side, in turn; then whoever would change sides."),
        8 if place == 1 else 6, 1 if place == 1 else 4,
    )  # fmt: skip


def _about(group: Group, pair: Pair) -> str:
    """What was decided, in a few words."""
    match pair.kind:
        case "request":
            return curled(group.cast.requests[pair.subject].title)
        case "talk":
            return curled(group.cast.talks[pair.subject].title)
        case "moment":
            return curled(group.cast.moments[pair.subject].place)
        case _:
            return capital(pair.contrast.title.split(": ", maxsplit=1)[1])


def did(side: Side) -> str:
    """What a side did, in a few words after a number of players."""
    if side.choice in RHYTHM_WORDS:
        return f"chose {RHYTHM_WORDS[side.choice]}"
    return DID.get(side.choice, f"spent {side.choice}" if " hours" in side.choice else side.choice)


def _worth(cast: Cast, side: Side) -> str:
    if side.choice == LEFT:
        return "Nothing to leave out."
    return f"Worth {cast.money(side.worth or 0.0, plus=True)}."


def _card(group: Group, pair: Pair, side: Side) -> stage.Card:
    lines = [_before(pair, side), *([names_of(side.entries, 3)] if group.named else [])]
    worth = side.worth or 0.0
    head = f"{len(side.entries)} {did(side)}"
    if side.choice == LEFT:
        return stage.Card(head, "nothing", "to leave out", tuple(lines), "none")
    figure = group.cast.money(worth, plus=True)
    return stage.Card(head, figure, "each, on average", tuple(lines), "cost" if worth < 0 else "")


def saw(group: Group, pair: Pair) -> str:
    """What everybody saw before they chose."""
    cast, name = group.cast, pair.subject
    match pair.kind:
        case "request":
            return quoted(cast.post(cast.requests[name].person), cast.requests[name].text)
        case "talk":
            return quoted(cast.post(cast.talks[name].person), cast.talks[name].text)
        case "moment":
            moment = cast.moments[name]
            return f"{moment.place}. {quoted(cast.post(moment.person), moment.question)}"
        case "incident":
            quarter = int(pair.contrast.key.split(":")[2])
            failed = [item.event for item in pair.better.entries[0].play.of(IncidentHappened)
                      if item.event.account == name and item.quarter == quarter]  # fmt: skip
            return " ".join(body(cast, failed[0], quarter)) if failed else f"An incident in {cast.quarter(quarter)}."
        case "price":
            off = _first_discount(group, name)
            return f"Nobody asked. On the first day {cast.account(name)} bought at {off} off list."
        case _:
            rhythm = RHYTHM_WORDS[cast.accounts[name].rhythm]
            return f"Nobody asked. On the first day {cast.account(name)} had {rhythm}."


def _face(cast: Cast, pair: Pair) -> str:
    """Who asked, where somebody did."""
    match pair.kind:
        case "request":
            person = cast.requests[pair.subject].person
        case "talk":
            person = cast.talks[pair.subject].person
        case "moment":
            person = cast.moments[pair.subject].person
        case _:
            return ""
    return portrait(face(cast, person))


def _first_discount(group: Group, account: str) -> str:
    params = group.entries[0].play.params
    rows = [row for row, cell in enumerate(params.cells) if cell[0] == account]
    return percent(mean(float(params.start_discount[row, 0]) for row in rows))


def _need(cast: Cast, pair: Pair) -> list[str]:
    """What would have served an asker better than a price, which the class may not know."""
    if pair.kind != "request":
        return []
    request = cast.requests[pair.subject]
    welcome = listed([TRADE_WORDS[trade] for trade in request.welcomes], "or")
    return [f"What {cast.person(request.person)} could have used in return: {welcome}."] if welcome else []


def _before(pair: Pair, side: Side) -> str:
    """What a side had found out before it chose."""
    chosen = [(entry, _thread(entry, pair.contrast.key)) for entry in side.entries]
    if pair.kind == "request":
        knew = sum(_asked(entry, f"{pair.subject}.interest", worth) for entry, worth in chosen)
        return f"{knew} of {len(chosen)} had found out what they need"
    talks = mean(_talks(entry, pair, worth) for entry, worth in chosen)
    return f"{talks:.0f} talks and readings there before"


def _thread(entry: Entry, key: str) -> Worth | None:
    found = [worth for worth in entry.made.worths if worth.thread.key == key] if entry.made else []
    return found[0] if found else None


def _asked(entry: Entry, fact: str, worth: Worth | None) -> bool:
    last = worth.thread.numbers[-1] if worth else 10**9
    return any(one.fact == fact and (item.number or 0) < last for item, one in entry.play.learned)


def _talks(entry: Entry, pair: Pair, worth: Worth | None) -> int:
    account = _account(entry.play.first_cast, pair)
    until = worth.thread.first if worth else _when(pair)
    return sum(
        command.move in CONTACT and command.quarter <= until and entry.play.account(command) == account
        for command in entry.play.commands
    )


def _when(pair: Pair) -> int:
    """The quarter in which most of those who chose did so."""
    sides: Sequence[Side] = (pair.better, pair.worse)
    quarters = [worth.thread.first for side in sides for entry in side.entries
                if (worth := _thread(entry, pair.contrast.key))]  # fmt: skip
    return round(median(quarters)) if quarters else 1
