"""What pages say of one fact, page beside page: every difference without a stated reason is a fault.

`faults` reads one session as it stands. Each kind of fault has a function here; `BREAKS` of the test makes each speak.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kamsim.engine.belief import believed_standing
from kamsim.engine.judgement import judge_company, judge_customer
from kamsim.engine.page import CRITERIA, GATES
from kamsim.engine.params import STATES
from kamsim.game import drafting
from kamsim.game.events.declared import Event, of
from kamsim.game.events.opening import PersonLeft
from kamsim.game.events.opportunities import OpportunityAwarded
from kamsim.view import account, centre, desk, pipeline, timeline
from kamsim.view.case import basis
from kamsim.view.case.coach import coach_line
from kamsim.view.case.trial import HARM_TONE, TONE, filled
from kamsim.view.case.ways import WAYS
from kamsim.view.grounds import Mark
from kamsim.view.table import Table
from kamsim.view.words import waiting
from kamsim.view.words.names import STATE_WORDS, state_told, unlock
from kamsim.view.words.people import STANCE_CHIPS, STANCE_TOLD, TIES
from tests.view import figures, ours
from tests.view.told import Fault, Pages, Told

if TYPE_CHECKING:
    from kamsim.view.case.working import Working

BIDS_FROM: Final = 2
"""Stage from which a bid may lie there."""
OF_A_CUSTOMER: Final = ("Presented a case", "Re-cut the case", "Asked our deal desk", "Re-cut the ask")
"""How decisions begin that stand behind the customer's name: two customers may be given the same."""
MANY_WORDS: Final = 22
"""Words of a sentence that no page says twice."""


# --- people ------------------------------------------------------------------------------------------------------


def stances(table: Table, _pages: Pages) -> Iterator[Fault]:
    """How everybody stands: notes, map, the room of a case, and how old that is."""
    told = Told("stance")
    for name in table.accounts:
        notes = table.notes(name)
        room = dict(zip((p.id for p in table.cast.accounts[name].people),
                        basis.stances(table.cast, table.seen, name), strict=True))  # fmt: skip
        short = basis.stances_short(table.cast, table.seen, name)
        for member in centre.members(table.cast, table.seen, name):
            about = f"{table.cast.post(member.person)}, say"
            for note in notes.get(table.cast.post(member.person), ()):
                for part in re.findall(r"(\d+)% of the say where something new", note):
                    told.note(about, "notes", part)
                    told.note(about, "map", f"{100 * (member.say_new or 0.0):.0f}")
            if member.stands == "unknown":
                continue
            post, words = table.cast.post(member.person), STANCE_TOLD[member.stands]
            told.note(post, "map", words)
            for note in notes.get(post, ()):
                for text in STANCE_TOLD.values():
                    if text in note:
                        told.note(post, "notes", text)
            word = room[member.person].partition(": ")[2].partition(" (")[0].rstrip(".")
            told.note(post, "room", next(STANCE_TOLD[key] for key, chip in STANCE_CHIPS.items() if chip[0] == word))
            group = next(part for part in re.split(r"[;.] ", short) if table.cast.person(member.person) in part)
            key = next(key for key, chip in STANCE_CHIPS.items() if group.casefold().startswith(chip[0]))
            told.note(post, "case", STANCE_TOLD[key])
            if member.sponsor and (words != STANCE_TOLD["for"] or member.rings < len(TIES) - 1):
                yield "sponsor", f"{post} is a sponsor, and {words}, rings {member.rings}"
    yield from told.faults()


def departed(table: Table, pages: Pages) -> Iterator[Fault]:
    """Nobody who has left is named, but for that they have left."""
    for event in (event for event in table.session.events if isinstance(event, PersonLeft)):
        gone = event.before or table.cast.people[event.person].name
        if gone in {table.cast.person(name) for name in table.cast.people}:
            continue
        for page, text in pages.items():
            for found in re.finditer(re.escape(gone), text):
                after, later = text[found.end() : found.end() + 20], text[found.end() : found.end() + 600]
                before = text[max(0, found.start() - 1500) : found.start()]
                told = after.startswith((" has left", "'s successor")) or f"{gone} has left; " in later
                told = told or (
                    page == "close" and re.match(r"[^.]{0,200}: [+\u2212]€", later) is not None
                )  # a deed of then
                if not told and "predecessor's note: " not in before:
                    yield "departed", f"{gone} on {page}: {text[max(0, found.start() - 90) : found.end() + 60]}"


# --- moods and figures --------------------------------------------------------------------------------------------


def trust(table: Table, pages: Pages) -> Iterator[Fault]:
    """One figure of trust has one word, everywhere; every page has the figure that was felt last."""
    words = Told("trust")
    for page, text in pages.items():
        for word, figure in re.findall(r"(cold|cool|polite|warm|solid), trust (\d+) of 100", text, re.IGNORECASE):
            words.note(figure, page, word.casefold())
        for figure, word in re.findall(r"price counts for (little|something|much) \((\d+) of 10\)", text):
            words.note(f"price {word}", page, figure)
    yield from words.faults()
    for name in table.accounts:
        felt, told = waiting.felt(table.seen, name), Told("trust")
        told.note(name, "desk", re.findall(r"trust (\d+)", felt))
        for note in table.notes(name).get(table.cast.account(name), ()):
            if "trust" in note:
                told.note(name, "notes", re.findall(r"trust (\d+)", note))
        yield from told.faults()


# --- initiatives --------------------------------------------------------------------------------------------------


def states(table: Table, pages: Pages) -> Iterator[Fault]:
    """How initiatives stand: notes, timeline, radar, pipeline, pages of business cases."""
    cast, seen, told = table.cast, table.seen, Told("state")
    for name in table.accounts:
        notes, tracks = table.notes(name), timeline.tracks(cast, seen, table.session.events, name)
        heard = {track.initiative: track for track in tracks}
        for item in cast.accounts[name].initiatives:
            row = seen.params.initiatives.index(item.id)
            value, ages = seen.known("state", row)
            if np.isnan(value[0]) or value[0] <= 0:
                continue
            state = STATES[int(value[0])]
            told.note(item.name, "known", state)
            if item.id not in heard:
                yield "state", f"{item.name} is known and on no timeline"
                continue
            track = heard[item.id]
            told.note(item.name, "timeline", track.states[max(track.states)])
            told.note(f"{item.name}, seen", "known", seen.quarter - int(ages[0]))
            told.note(f"{item.name}, seen", "timeline", max(track.states))
            if not any(state_told(state) in note for note in notes.get(item.name, ())):
                yield "state", f"{item.name} {state}, not so in notes {notes.get(item.name)}"
    for page, text in pages.items():
        if page.split(" ")[0] in ("case", "opportunity", "pipeline"):
            for name, word in re.findall(r"for ([A-Z][\w' -]*?) \(([a-z][a-z ,]+)\)", text):
                if name in told.said and word in STATE_WORDS.values():
                    told.note(name, page, next(key for key, said in STATE_WORDS.items() if said == word))
    yield from told.faults()


def one_breath(table: Table, pages: Pages) -> Iterator[Fault]:
    """The opening of a quarter tells one state of an initiative."""
    text, told = pages.get("opening", ""), Told("one breath")
    news, _, heard = text.partition("What your standing contact brought")
    for item in table.cast.initiatives.values():
        for part, where in ((news, "news"), (heard, "contact")):
            for word in STATE_WORDS.values():
                said = next(state_told(state) for state, name in STATE_WORDS.items() if name == word)
                if re.search(rf"{re.escape(item.name)}, (?:their|the) [\w ]+?, {re.escape(said)}\b", part):
                    told.note(item.name, where, word)
    yield from told.faults()


def pushes(table: Table, _pages: Pages) -> Iterator[Fault]:
    """What pushes an initiative, in notes and on the timeline; a net of nothing beside a push says that it is net."""
    for name in table.accounts:
        notes = table.notes(name)
        for track in timeline.tracks(table.cast, table.seen, table.session.events, name):
            title = table.cast.initiatives[track.initiative].name
            said = " ".join(notes.get(title, ()))
            working = [push for push in track.pushes if push.now == "working"]
            if working and re.search(r"is neither pushed|is being (pushed|held)", said):
                yield "push", f"{title}: {said}"
            for push in track.pushes:
                if not track.over and table.cast.forces[push.force].name not in said and push.now != "over":
                    yield "push", f"{title}: {push.force} is on the timeline and not in the notes"


def unknown(table: Table, pages: Pages) -> Iterator[Fault]:
    """Nobody is told that no initiative is known where one is."""
    for name in table.accounts:
        if not account.initiatives(table, name):
            continue
        for page, text in pages.items():
            if page.endswith(name) and "You know of none." in text:
                yield "unknown", page
    for page, text in pages.items():
        about = page.split(" ")[1] if page.startswith("request") else ""
        if about and "A talk with the asker" in text and _asked(table, about):
            yield "asked already", f"{page} asks for a talk that was held"


def _asked(table: Table, request: str) -> bool:
    return centre.taken_up(table.seen, table.cast.requests[request].person, "buying")


# --- opportunities ------------------------------------------------------------------------------------------------


def opportunities(table: Table, pages: Pages) -> Iterator[Fault]:
    """Each by a name of its own; windows and bids alike on the desk, the pipeline and a page of its own."""
    found, told = pipeline.prospects(table), Told("opportunity")
    running = [item.line.partition(". ")[0] for item in pipeline.running(table)]
    for item in found:
        named = f"{table.cast.account(item.account)}: {item.title}"
        if named in running:
            yield "same name", f"{named} is open, and runs"
        soon = item.stage >= BIDS_FROM and 0 < item.decides <= table.quarter + 1
        open_now = item.closing or item.stage == len(pipeline.words.STAGES) or soon
        on_desk = any(f"decides: {item.title}," in line for line in desk.decision_lines(table))
        if open_now != on_desk:
            yield "window", f"{named} is open {open_now}, on the desk {on_desk}"
        told.note(item.title, "pipeline", table.money(item.worth))
        for page in (f"opportunity {item.name}", "pipeline", f"account {item.account}"):
            text = pages.get(page, "")
            if text and item.title not in text:
                yield "opportunity", f"{item.title} is not on {page}"
            elif text and table.money(item.worth) not in text:
                yield "opportunity", f"{item.title}: {table.money(item.worth)} is not on {page}"
        if not pipeline.no_bid(table, item) and "not written down" in pages.get(f"opportunity {item.name}", ""):
            yield "opportunity", f"{item.title} can be bid for and is not written down"
        works = dict(item.marks).get("Work")
        text = " ".join(item.missing)
        if works == "speaks" and "Nothing done" in text:
            yield "opportunity", f"{item.title}: work speaks and is missing"
    yield from told.faults()


# --- time ---------------------------------------------------------------------------------------------------------


AFTER: Final = (
    "after your time",
    "beyond your time",
    "your successor",
    "contract",
    "signed",
    "after the yes",
    "Paid back",
    "end of",
)


def past_the_end(table: Table, pages: Pages) -> Iterator[Fault]:
    """A quarter beyond the end is told as that, and the last quarter speaks of no next one."""
    last = table.session.quarters
    beyond = [table.cast.quarter(quarter) for quarter in range(last + 1, last + 9)]
    for page, text in pages.items():
        for sentence in re.split(r"(?<=[.;!?]) ", text):
            late = [name for name in beyond if name in sentence]
            if late and not any(word in sentence for word in AFTER):
                yield "past the end", f"{page}: {sentence[:200]}"
            told_now = page != "close"  # that is from the quarter before, whose next one this is
            if table.last_quarter and told_now and re.search(r"\bnext quarter\b", sentence) and "“" not in sentence:
                yield "next quarter", f"{page}: {sentence[:200]}"


# --- how it is written --------------------------------------------------------------------------------------------


def marks(_table: Table, pages: Pages) -> Iterator[Fault]:
    """Quotation marks are curled and in pairs; no word of the code stands on a page."""
    for page, text in pages.items():
        if '"' in text:
            at = text.index('"')
            yield "straight quote", f"{page}: {text[max(0, at - 60) : at + 60]}"
        for word in re.findall(r"\b[a-z]+_[a-z_]+\b", text):
            yield "raw name", f"{page}: {word}"


def repeated(_table: Table, pages: Pages) -> Iterator[Fault]:
    """No page says a long sentence twice."""
    for page in ("opening", "close", "desk"):
        text = pages.get(page, "")
        seen: set[str] = set()
        for sentence in re.split(r"(?<=[.!?]) |(?<=[.!?]”) ", text):  # what is said may end before its quote does
            if len(sentence.split()) >= MANY_WORDS and sentence in seen and not sentence.startswith(OF_A_CUSTOMER):
                yield "repeated", f"{page}: {sentence[:160]}"
            seen.add(sentence)


def numbers(table: Table, pages: Pages) -> Iterator[Fault]:
    """Where a page names a number to type, that number is there and is that choice."""
    for name in table.accounts:
        menu = pages.get(f"account {name}", "")
        for page, text in pages.items():
            if not page.endswith(name):
                continue
            for number in re.findall(r"not yet; see (\d+)", text):
                if not re.search(rf"\b{number}\.? (Ask for a first meeting|executive)", menu):
                    yield "number", f"{page} sends to {number}: {menu[-500:]}"


def order(table: Table, pages: Pages) -> Iterator[Fault]:
    """Customers stand in one order on every page that lists them all."""
    names = [table.cast.account(name) for name in table.accounts]
    for page, text in pages.items():
        if page in ("opening", "desk", "portfolio", "notes", "timeline", "deal", "why"):
            for part in re.split(r"(?<=[.:;]) ", text):
                kept = list(dict.fromkeys(re.findall("|".join(map(re.escape, names)), part)))
                if len(kept) > 1 and kept != [name for name in names if name in kept] and " then " not in part:
                    yield "order", f"{page}: {part[:200]}"


def advice(table: Table, pages: Pages) -> Iterator[Fault]:
    """Nothing is advised that cannot be done yet, and nothing to somebody who does not receive us."""
    opens, _ = unlock(table.cast, "back_initiative")
    if opens > table.quarter:
        for page, text in pages.items():
            if "Put your people on" in text:
                yield "locked advice", page


def promises(table: Table, pages: Pages) -> Iterator[Fault]:
    """What can be measured waits on the desk, and is on the page of promises."""
    due = desk.due_now(table)
    if bool(due) != ("Measure the one to" in pages["promises"]) and pages.get("promises"):
        yield "promise", f"{len(due)} due"


def sums(_table: Table, pages: Pages) -> Iterator[Fault]:
    """Figures that are told as parts add up to the whole beside them."""
    for page, text in pages.items():
        for found in re.finditer(
            r"account profit (−?€[\d,.]+m?k?): ((?:[a-z' ]+ −?€[\d,.]+m?(?: \([a-z ]+\))?(?:, )?)+)", text
        ):
            whole, parts = found[1], re.findall(r"−?€[\d,.]+m?", found[2])
            if all("m" not in value for value in (whole, *parts)) and _euro(whole) != sum(map(_euro, parts)):
                yield "sum", f"{page}: {found[0][:200]}"


def _euro(text: str) -> int:
    return int(re.sub(r"[^\d]", "", text)) * (-1 if text.startswith("−") else 1)


# --- the coach, and what was awarded -----------------------------------------------------------------------------


def coached(table: Table, account_: str, audience: str) -> Iterator[Fault]:
    """Every change that the coach advises for the open page mends what it is advised for, as the page then stands."""
    cast, seen, work = table.cast, table.seen, table.cases.open(account_, audience)
    before = _losses(table, work)
    for name in drafting.advice(seen, account_, audience, work.page):
        said = coach_line(cast, seen, work, name)
        for way in WAYS[name](cast, seen, work):
            trial = replace(work, page=dict(work.page), known=dict(work.known))
            for field in (TONE, HARM_TONE):
                if field in way.changes:
                    setattr(trial, field, way.changes[field])
            fields = {key: value for key, value in way.changes.items() if key not in (TONE, HARM_TONE)}
            trial.change(seen, **fields)
            if not said.endswith(filled(cast, way.text, trial)):
                continue
            after = _losses(table, trial)
            worse = after["gate"] and after["gate"] != before["gate"]
            if worse or (name in before and after[name] >= before[name]) or (after["gate"] == name):
                yield "coach", f"{account_} {audience} {name}: {said}: {before} became {after}"
            break


def _losses(table: Table, work: Working) -> dict[str, Any]:
    """What each criterion costs the page, in points, as far as is known; and what would stop it."""
    seen = table.seen
    row = seen.params.accounts.index(work.account)
    judge = judge_company if work.audience == "desk" else judge_customer
    judged = judge(believed_standing(seen, row), drafting.page_of(seen, work.account, work.page))
    code = int(judged.gate[0])
    lost = {name: round(float(np.mean(judged.loss[place, :, 0])), 3) for place, name in enumerate(CRITERIA)}
    return {"gate": GATES[code - 1] if code else "", **lost}


def expected(table: Table) -> dict[str, dict[str, Mark]]:
    """What speaks for us in each opportunity, before a close, or perhaps does."""
    return {item.name: dict(item.marks) for item in pipeline.prospects(table)}


def awarded(table: Table, marks: dict[str, dict[str, Mark]], events: Iterable[Event]) -> Iterator[Fault]:
    """What decided an award was on its page before: nothing wins that did not speak for us."""
    for event in of(OpportunityAwarded, events):
        mark = {"engagement": "Work", "case": "Case", "access": "Access", "word": "Word"}.get(event.reason, "")
        there = marks.get(event.opportunity, {})
        if event.outcome == "won" and there.get(mark) == "missing":
            yield "award", f"{event.opportunity} was won by {event.reason}; the page said {there}"
        if event.outcome != "undecided" and event.until - table.quarter + 1 != event.runs:
            yield "award", f"{event.opportunity} runs {event.runs} until {event.until}, from {table.quarter}"


CHECKS: Final[tuple[Callable[[Table, Pages], Iterator[Fault]], ...]] = (
    stances, departed, trust, states, one_breath, pushes, unknown, opportunities, past_the_end, marks, repeated,
    numbers, order, advice, promises, sums, *figures.CHECKS, *ours.CHECKS,
)  # fmt: skip


def faults(table: Table, pages: Pages) -> list[Fault]:
    """Every contradiction between pages of a session."""
    return [fault for check in CHECKS for fault in check(table, pages)]
