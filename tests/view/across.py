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

from kamsim.debrief.front import WON
from kamsim.game.events.cases import PromiseMeasured
from kamsim.game.events.declared import of
from kamsim.game.events.opportunities import OpportunityAwarded
from kamsim.view import centre, closing, desk, timeline
from kamsim.view.words.names import STATE_WORDS, counted
from kamsim.view.words.people import STANCE_TOLD
from tests.view.truths import CHECKS, numbers, one_breath, promises

if TYPE_CHECKING:
    from pathlib import Path

    from kamsim.view.table import Table
    from tests.view.told import Fault, Pages

FIGURE: Final = re.compile(r"[−+]?[€£$]?\d(?:[\d,.]*\d)?(?:m|bn|%)?")
MONEY: Final = re.compile(r"−?€\d(?:[\d,.]*\d)?(?:m|bn)?")
FEW_WORDS: Final = 5
"""Words from which a sentence is about one thing, so that another figure in it is another truth."""
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


def end_faults(table: Table, text: str, window: str) -> Iterator[Fault]:
    """Where the last pages and the debrief's page tell another truth than the session did. ``text``, ``window``: what
    the last page says in either face."""
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
