"""When things come, quarter by quarter; and moments on the spot, with what each answer does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kamsim.engine import moments as rules
from kamsim.lab.key.blocks import Block, Chapter, Grid, Head, Said
from kamsim.lab.key.drawn import also, first_of, span
from kamsim.scenario.casework import Moment
from kamsim.scenario.customer import Account, Incident, Request
from kamsim.scenario.talks import Talk
from kamsim.view.menu.catalogue import MENU
from kamsim.view.words.moments import ASK_WORDS, NUMBER_WORDS, REPLY_WORDS, STAND_WORDS, TWIST_WORDS, WHY_WORDS
from kamsim.view.words.names import STATE_WORDS, Cast, listed, percent

PROOFS: Final = (
    "a result kept at their place, else a pilot kept there, else a promise kept elsewhere, else their figures"
)
"""What proves most, in this order (economics B25)."""


def calendar(cast: Cast, quarters: int) -> Chapter:
    """What is written for each quarter; what sessions draw a quarter for stands at the first that it may come in."""
    rows = []
    for quarter in range(1, quarters + 1):
        told = _of_quarter(cast, quarter)
        if told:
            rows.append((cast.quarter(quarter), "; ".join(told)))
    drawn = Said(
        "Where a range is given, each session draws its own quarter from it, and it stands here at the first. Titles "
        "are drawn, too; the customers' chapters give them all."
    )
    return Chapter("calendar", "When things come", (drawn, Grid("By quarter", ("Quarter", "What comes"), tuple(rows))))


def _of_quarter(cast: Cast, quarter: int) -> list[str]:
    scenario = cast.scenario
    told = [
        f"the economy: demand {item.demand:g}, materials {item.materials:g}" + (", recession" if item.recession else "")
        for item in scenario.macro
        if item.quarter == quarter
    ]
    told += [f"news “{item.title}”{_warning(cast, item.warns)}" for item in scenario.news if item.quarter == quarter]
    unlocked = [f"“{MENU[item.move].name}”" for item in scenario.unlocks if item.quarter == quarter]
    told += [f"players may now: {listed(unlocked)}"] if unlocked else []
    for account in scenario.accounts:
        at = account.name
        told += [f"{at}: {what}{_drawn(cast, item.quarter, item.spread)}" for what, item in _drawn_things(account)
                 if first_of(item.quarter, item.spread) == quarter]  # fmt: skip
        told += [f"{at}: tender decided “{item.title}”" for item in account.tenders if item.quarter == quarter]
        told += [f"{at}: {cast.rival(item.rival)} strikes" for item in account.attacks if item.quarter == quarter]
        for initiative in account.initiatives:
            told += [f"{at}: {initiative.name} to {STATE_WORDS[turn.to]} ({percent(turn.chance)})"
                     for turn in initiative.turns if turn.quarter == quarter]  # fmt: skip
            told += [f"{at}: {force.name} begins to work on {initiative.name}"
                     for force in initiative.forces if force.quarter == quarter]  # fmt: skip
    return told


def _drawn_things(account: Account) -> Iterator[tuple[str, Request | Talk | Incident | Moment]]:
    """What a session may draw a quarter for, with its name."""
    yield from ((f"request “{item.title}”", item) for item in account.requests)
    yield from ((f"talk “{item.title}”", item) for item in account.talks)
    yield from ((f"failure “{item.name}” ({percent(item.chance)})", item) for item in account.incidents)
    yield from ((f"asked on the spot, {item.place} ({percent(item.chance)})", item) for item in account.moments)


def _drawn(cast: Cast, quarter: int, spread: int) -> str:
    return f", {span(cast, quarter, spread)}" if spread else ""


def _warning(cast: Cast, warns: tuple[str, ...]) -> str:
    """What a piece of news is the first sign of."""
    names = [cast.initiatives[name].name if name in cast.initiatives else cast.forces[name].name
             for name in warns if name in cast.initiatives or name in cast.forces]  # fmt: skip
    return f", the first sign of {listed(names)}" if names else ""


def moments(cast: Cast) -> Chapter | None:
    """Every moment, with the answers that are taken well and what comes of each end; None where there is none."""
    found = [(account.name, item) for account in cast.scenario.accounts for item in account.moments]
    if not found:
        return None
    blocks: list[Block] = [
        Said(
            f"An answer is five picks and a reply to the objection, which speaks for the weakest pick. Together they "
            f"are worth 0 to 1, times how far our word counts: from {rules.WINS:g} it is won, from {rules.HOLDS:g} it "
            f"holds. The reason weighs {percent(rules.WEIGHTS[0])}, the figure {percent(rules.WEIGHTS[1])}, standing "
            f"by it or not {percent(rules.WEIGHTS[2])}, the proof {percent(rules.WEIGHTS[3])}, what is asked "
            f"{percent(rules.WEIGHTS[4])}, the reply {percent(rules.WEIGHTS[5])}."
        ),
        Said(
            f"Won: the person's stance rises by .20 and the tie grows, trust grows a little, and the door stands open "
            f"for {rules.DOOR} quarters. Held: stance +.05. Lost: stance and trust fall. No answer: stance falls by "
            f"{rules.SLIGHT:g}; asking for time costs .02."
        ),
    ]
    for at, item in sorted(found, key=lambda one: one[1].quarter):
        blocks += _moment(cast, at, item)
    return Chapter("moments", "On the spot, and what each answer does", tuple(blocks))


def _moment(cast: Cast, at: str, item: Moment) -> list[Block]:
    person = cast.people[item.person]
    initiative = cast.initiatives[item.initiative].name if item.initiative else "what this person owns"
    twists = ((item.twist, item.twist_text), *((one.twist, one.twist_text) for one in item.twists))
    ask = f"{ASK_WORDS['meeting']}, or {ASK_WORDS['pilot']} where trust is high"
    if any(twist == "none" for twist, _ in twists):
        ask += f"; {ASK_WORDS['order']} from a trust of .75" + (", where nothing changes" if len(twists) > 1 else "")
    after = "After the message" if len(twists) == 1 else "After one message of these, drawn for a session"
    rows = (
        ("Why now", f"{WHY_WORDS['their_goal']}, if {initiative} was looked into this quarter or last; else "
                    f"{WHY_WORDS['their_measure']}, if that is known ({person.measure_text})", item.wins),
        ("How much", f"{NUMBER_WORDS['plain']}, with their wallet or a fresh fact known; bold only where our word "
                     "counts for much", ""),
        *((after, STAND_WORDS["stand" if twist == "none" else "recut"], text or TWIST_WORDS[twist])
          for twist, text in twists),
        ("What proves it", PROOFS, ""),
        ("What to ask", ask, ""),
        ("To the objection", f"{REPLY_WORDS['figure']} where wallet, price or trust were found out; else "
                             f"{REPLY_WORDS['admit']}", ""),
    )  # fmt: skip
    return [
        Head(f"{at}, {span(cast, item.quarter, item.spread)}: {also(item.place, [way.place for way in item.ways])}"),
        Said(f"{person.name}: {item.question} It comes in {percent(item.chance)} of sessions."),
        Grid("Taken well", ("Pick", "Best", "Says"), rows),
        Said(f"Held: {item.holds} Lost: {item.loses} No answer: {item.passes}", "under"),
    ]
