"""What the player found out, in words: one predicate a fact, grouped by whom it is about, with its age and source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kamsim.engine.facts import OPPORTUNITY_FACTS
from kamsim.engine.initiatives import ACTS, WORKING
from kamsim.engine.joint import THINKS_AHEAD
from kamsim.engine.knowledge import PLAN, SOURCES
from kamsim.engine.params import HABITS, MEASURES, STATES, TRADES
from kamsim.engine.rivals import LEAKS_BELOW
from kamsim.view.words.names import (
    KIND_WORDS,
    MEASURE_WORDS,
    SOURCE_WORDS,
    TRADE_WORDS,
    Cast,
    age,
    counted,
    initiative_named,
    inner_quotes,
    listed,
    percent,
    state_told,
)
from kamsim.view.words.opportunities import OPPORTUNITY_WORDS, named
from kamsim.view.words.people import CENTRE_WORDS, STANCE_TOLD, stand

if TYPE_CHECKING:
    from kamsim.engine.facts import Fact
    from kamsim.engine.sight import Seen

MOODS: Final = ((0.25, "cold"), (0.40, "cool"), (0.55, "polite"), (0.70, "warm"), (2.0, "solid"))
PRICE_MINDS: Final = ((2.5, "hardly moves for a price"), (4.5, "weighs price with the rest"), (99.0, "shops by price"))
PRICE_COUNTS: Final = ((2.5, "little"), (4.5, "something"), (99.0, "much"))
WAYS: Final = ((0.35, "keeps suppliers at arm's length"), (0.65, "works with a supplier where it pays"),
               (2.0, "likes to build things together"))  # fmt: skip
BRINGS: Final = {"price": "a lower price", "ideas": "ideas of theirs", "both": "a lower price and an idea"}
"""With what a rival comes."""
SILENT: Final = ("decides", "twist", "bidder")
"""Kinds of fact about an opportunity that say nothing where they are 0."""
CURRENT: Final = 1
"""Quarters for which a fact about an initiative still opens doors."""
HORIZONS: Final = ((0.35, "thinks of this year's price, and shows rivals what it learns from you"),
                   (THINKS_AHEAD, "thinks a year ahead, and shows rivals some of what it learns from you"),
                   (LEAKS_BELOW, "thinks in years, and shows rivals a little of what it learns from you"),
                   (2.0, "thinks in years, and keeps what it learns from you to itself"))  # fmt: skip
LASTING: Final = (
    "measure", "power", "veto", "power_new", "listens", "price_sensitivity", "collaboration", "interest", "worth",
    "orientation",
)  # fmt: skip
"""Kinds of fact that hardly change: heard again, they are no news, however long ago they were first heard."""


def band(value: float, bands: Iterable[tuple[float, str]]) -> str:
    """The word of the first band whose upper edge lies above the value."""
    word = ""
    for edge, word in bands:
        if value < edge:
            return word
    return word


def price_mind(value: float) -> str:
    """How much price counts, as words and a figure; one figure, one word."""
    value = round(value)
    return f"{band(value, PRICE_MINDS)}: price counts for {band(value, PRICE_COUNTS)} ({value:.0f} of 10)"


def mood(trust: float) -> str:
    """Trust as a word and a figure; one figure, one word."""
    shown = round(trust * 100)
    return f"{band(shown / 100, MOODS)}, trust {shown} of 100"


def _measure(cast: Cast, about: str, value: float, _seen_at: int) -> str:
    name = MEASURES[int(value)]
    person = cast.people[about]
    own_words = (
        f" (\N{LEFT DOUBLE QUOTATION MARK}{inner_quotes(person.measure_text)}\N{RIGHT DOUBLE QUOTATION MARK})"
        if cast.original(about) and person.measure == name
        else ""
    )
    return f"is judged on {MEASURE_WORDS[name]}{own_words}"


def _attack(cast: Cast, _about: str, value: float, seen_at: int) -> str:
    if value >= seen_at and value > 0:
        return f"will have a rival at its table in {cast.by(int(value))}"
    return "is about to be courted by no rival, as far as anybody said"


def _force(_cast: Cast, _about: str, value: float, _seen_at: int) -> str:
    if abs(value) <= 0.05:
        return "is, all told, neither pushed on nor held back"
    return "is, all told, being pushed forward" if value > 0 else "is, all told, being held back"


STUCK: Final = {"delayed": "delayed", "undermined": "losing support"}
"""States in which an initiative does not move, in words."""


def acts_told(cast: Cast, force: str, value: float, seen_at: int) -> str:
    """How a force stood in the quarter ``seen_at``, said of it. What comes has its date, which does not age."""
    helps = cast.forces[force].strength > 0
    return {
        "coming": f"comes in {cast.by(seen_at + 1)} and will {'push it forward' if helps else 'hold it back'}",
        "working": f"is {'pushing it forward' if helps else 'holding it back'}",
        "over": "is over",
    }.get(ACTS[int(value)], "is not there")


def force_story(cast: Cast, force: str, value: float) -> str:
    """What is heard of a force before, while and after it is at work; '' where the author has nothing."""
    entry = cast.forces[force]
    return {"coming": entry.before, "working": entry.hint, "over": entry.after}.get(ACTS[int(value)]) or ""


def _interest(_cast: Cast, _about: str, value: float, _seen_at: int) -> str:
    return f"would be served by {TRADE_WORDS[TRADES[int(value)]]}" if value >= 0 else "is about price and nothing else"


def _idea(cast: Cast, _about: str, value: float, _seen_at: int) -> str:
    names = list(cast.initiatives)
    if not value:
        return "is to be told that it serves no plan of theirs in particular"
    return f"is to be told that it serves {initiative_named(cast, names[int(value) - 1])}"


ISSUE_NAMES: Final = {
    "price": "Price", "commitment": "Volume", "length": "Term", "service": "Place in our plan", "days": "Payment",
    "exclusive": "Sole supply", "data": "Their plan data", "help": "Our help on site",
}  # fmt: skip
"""By issue of a negotiation: its name on screen."""
Predicate = Callable[[Cast, str, float, int], str]
FACTS: Final[dict[str, Predicate]] = {
    "wallet": lambda cast, _a, v, _q: f"buys about {cast.money(v)} a quarter of what we make (from "
"everybody, at our list price)",
    "price_sensitivity": lambda _c, _a, v, _q: price_mind(v),
    "collaboration": lambda _c, _a, v, _q: band(v, WAYS),
    "trust": lambda _c, _a, v, _q: f"is {mood(v)}",
    "attack": _attack,
    "measure": _measure,
    "stance": lambda _c, _a, v, _q: STANCE_TOLD[stand(v)],
    "power": lambda _c, _a, v, _q: f"has {percent(v)} of the say in what they buy",
    "veto": lambda _c, _a, v, _q: "can veto" if v > 0.5 else "has no veto",
    "state": lambda _c, _a, v, _q: state_told(STATES[int(v)]),
    "force": _force,
    "interest": _interest,
    "orientation": lambda _c, _a, v, _q: band(v, HORIZONS),
    "attacker": lambda cast, _a, v, _q: f"hears from {cast.scenario.rivals[int(v)].name}",
    "attack_kind": lambda _c, _a, v, _q: f"is to be offered {BRINGS[HABITS[int(v)]]}",
    "attack_idea": _idea,
    "compliance": lambda _c, _a, v, _q: f"buys {percent(v)} of what headquarters signed for it",
    **CENTRE_WORDS,
    **OPPORTUNITY_WORDS,
    "worth": lambda _c, _a, v, _q: worth_words(v),
    "acts": acts_told,
}  # fmt: skip
"""By kind of fact: what is said of its subject."""


def region_name(cast: Cast, account: str, region: str) -> str:
    """A region's name on screen."""
    return next(entry.name for entry in cast.accounts[account].regions if entry.id == region)


def subject(cast: Cast, about: str) -> str:
    """Whom or what a fact is about."""
    if about in cast.people:
        return cast.post(about) + ","
    if about in cast.initiatives:
        entry = cast.initiatives[about]
        return f"{entry.name}, the {KIND_WORDS[entry.kind]} at {cast.account(cast.home[about])},"
    if about in cast.opportunities:
        return f"{named(cast, about)} at {cast.account(cast.home[about])}"
    if about in cast.forces:
        initiative = cast.initiatives[cast.pushes[about]]
        return f"{initiative.name}: {quoted_force(cast, about)}"
    return _thing(cast, about)


def quoted_force(cast: Cast, force: str) -> str:
    """What pushes an initiative, in quotation marks: its name may be a sentence."""
    return f"\N{LEFT DOUBLE QUOTATION MARK}{cast.forces[force].name}\N{RIGHT DOUBLE QUOTATION MARK}"


def _thing(cast: Cast, about: str) -> str:
    """A request, an issue of a talk, a region, or an account."""
    if about in cast.requests:
        return f'The request "{cast.requests[about].title}"'
    talk, _, issue = about.partition(".")
    if talk in cast.talks:
        return f"{ISSUE_NAMES[issue]}, at its most,"
    account, _, region = about.partition("/")
    return f"{region_name(cast, account, region)} at {cast.account(account)}" if region else cast.account(account)


def worth_words(value: float) -> str:
    """What an issue's best level is worth to a customer."""
    if abs(value) < 0.0005:
        return "is worth nothing to them, either way"
    verb = "is worth" if value > 0 else "costs them"
    return f"{verb} {percent(abs(value), 1)} of a year's purchases{' to them' if value > 0 else ''}"


def predicate(cast: Cast, kind: str, about: str, value: float, seen_at: int) -> str:
    """What is said of a fact's subject."""
    return FACTS[kind](cast, about, value, seen_at)


def fact_line(cast: Cast, kind: str, about: str, value: float, *, seen_at: int, quarter: int, source: int = 0) -> str:
    """One fact as a sentence with its age and, where known, its source."""
    told = f", from {SOURCE_WORDS[source]}" if 0 < source < len(SOURCES) else ""
    said = f"{subject(cast, about)} {predicate(cast, kind, about, value, seen_at)}"
    return f"{said}. Seen {age(quarter, seen_at)}{told}."


def learned_lines(cast: Cast, learned: Iterable[Mapping[str, Any]], quarter: int) -> list[str]:
    """Facts just found, one line for each person or thing they are about; the story behind a push follows it, once.
    What was known already and has not changed is only confirmed. An initiative that has not begun is not named:
    nobody talks of it yet."""
    facts = list(learned)
    new: dict[str, list[str]] = {}
    old: dict[str, list[str]] = {}
    hints: list[str] = []
    quiet = {fact["about"] for fact in facts if fact["kind"] == "state" and float(fact["value"]) == 0}
    for fact in facts:
        kind, about, value = fact["kind"], fact["about"], float(fact["value"])
        if about in quiet or (kind == "force" and value == 0) or _untold(cast, kind, about, value, quarter):
            continue
        groups = old if _held(fact, quarter) else new
        groups.setdefault(about, []).append(predicate(cast, kind, about, value, quarter) + _no_longer(fact))
        hints += [hint for hint in [_story(cast, fact, quarter)] if hint]
    lines = [f"Learned: {subject(cast, about)} {listed(said)}." for about, said in new.items()]
    if old:
        again = "; ".join(f"{subject(cast, about)} {listed(said)}" for about, said in old.items())
        lines.append(f"Still as you knew it: {again}.")
    nothing = ["Learned: nothing that you did not know."] if facts else []
    return [*lines, *hints] or nothing


def _no_longer(fact: Mapping[str, Any]) -> str:
    """That an initiative moves again, where it was last known to be stuck."""
    if fact["kind"] != "state" or "was" not in fact:
        return ""
    was, now = STATES[int(fact["was"])], STATES[int(fact["value"])]
    if was not in STUCK or now in (*STUCK, "completed", "cancelled"):
        return ""
    return f", no longer {STUCK[was]}"


def _held(fact: Mapping[str, Any], quarter: int) -> bool:
    """Whether the player held a fact already, unchanged, and fresh where it is of a kind that ages."""
    if "was" not in fact or abs(float(fact["was"]) - float(fact["value"])) > 0.005:
        return False
    return fact["kind"] in LASTING or quarter - int(fact["was_at"]) <= CURRENT


def _untold(cast: Cast, kind: str, about: str, value: float, quarter: int) -> bool:
    """Whether a fact is not told here: a request that nobody has made yet; an attack, which the warning names with its
    rival; that no rival moves, where one sits at the table or the customer is asking."""
    if kind == "attack":
        return value >= quarter or cast.pressed(about, quarter)
    if kind in SILENT:
        return not value
    return kind == "interest" and cast.requests[about].quarter > quarter


def _story(cast: Cast, fact: Mapping[str, Any], quarter: int) -> str:
    """What the author has people say of a force, or of what is needed; '' where there is nothing or it was told
    before."""
    if fact["kind"] == "stage" and "was" not in fact:
        return cast.now(cast.opportunities[fact["about"]].need)
    if fact["kind"] != "acts" or _held(fact, quarter):
        return ""
    story = cast.now(force_story(cast, fact["about"], float(fact["value"])))
    return f"Heard: {story}" if story else ""


def held_by(cast: Cast, seen: Seen, initiative: int) -> str:
    """The name of the strongest force that is known to hold an initiative back, '' for none."""
    found = []
    for force in seen.params.initiative_forces[initiative]:
        name = seen.params.forces[force]
        if float(np.nan_to_num(seen.known("acts", force)[0][0])) == WORKING and cast.forces[name].strength < 0:
            found.append((cast.forces[name].strength, cast.forces[name].name))
    return min(found)[1] if found else ""


def dormant(seen: Seen, initiative: int) -> bool:
    """Whether an initiative, as far as the player knows, has not begun, or nothing is known but that nothing moves."""
    state, _ = seen.known("state", initiative)
    force, _ = seen.known("force", initiative)
    return bool(state[0] == 0) or (bool(np.isnan(state[0])) and not bool(abs(force[0]) > 0))


def known_facts(cast: Cast, seen: Seen, account: str) -> list[tuple[str, list[str]]]:
    """Everything known about an account, by whom or what it concerns: (heading, notes with age and source). What was
    found at one time in one way is one note."""
    row = seen.params.accounts.index(account)
    found: dict[str, dict[tuple[int, int], list[str]]] = {}
    for place, fact in enumerate(seen.params.facts):
        seen_at, value = int(seen.seen_at[place, 0]), float(seen.fact[place, 0])
        if fact.account != row or seen_at < 0 or _past(seen, fact, value):
            continue
        about = fact.name.rsplit(".", 1)[0]
        when = (seen_at, int(seen.source[place, 0]))
        said = predicate(cast, fact.kind, about, value, seen_at)
        if about in cast.forces:
            about, said = cast.pushes[about], f"{quoted_force(cast, about)} {said}"
        found.setdefault(about, {}).setdefault(when, []).append(said)
    return [
        (
            _heading(cast, about),
            [
                f"{listed(said)} ({age(seen.quarter, at)}, {SOURCE_WORDS[source]})"
                for (at, source), said in notes.items()
            ],
        )
        for about, notes in found.items()
    ]


def fact_row(seen: Seen, fact: Fact) -> int:
    """The row of a fact among all of them."""
    return seen.params.fact_blocks[fact.kind][fact.row]


def _past(seen: Seen, fact: Fact, value: float) -> bool:
    """Whether a fact is no longer worth a note, or would name what has not begun."""
    if fact.kind == "attack":
        return value <= seen.quarter
    if fact.kind in PLAN:
        attack = seen.params.fact_blocks["attack"][fact.row]
        fresh = seen.fact[attack, 0] > seen.quarter and seen.seen_at[attack, 0] == seen.seen_at[fact_row(seen, fact), 0]
        return not fresh or (fact.kind == "attack_idea" and not value)
    if fact.kind == "tie":
        return True  # our own record, which the map of people shows
    if fact.kind in ("state", "force", "acts"):
        pushes = fact.kind == "acts"
        about = int(seen.params.force_initiative[fact.row]) if pushes else fact.row
        return (pushes and value == 0) or dormant(seen, about)
    if fact.kind in OPPORTUNITY_FACTS:
        decided = seen.award_at[fact.row, 0] >= seen.seen_at[fact_row(seen, fact), 0]
        return bool(decided) or (fact.kind in SILENT and not value)
    return fact.kind == "interest" and int(seen.request[fact.row, 0]) != 1


def _heading(cast: Cast, about: str) -> str:
    """Whom or what notes are about, on a page that names the account already."""
    if about in cast.opportunities:
        return named(cast, about)
    return cast.initiatives[about].name if about in cast.initiatives else subject(cast, about).rstrip(",")


def standing_of(seen: Seen, account: str) -> str:
    """Whether the player knows how an account's initiatives stand, in a few words. Only states open doors."""
    row = seen.params.accounts.index(account)
    fresh = known = ended = 0
    for initiative in seen.params.account_initiatives[row]:
        state, ages = seen.known("state", initiative)
        living = bool(ages[0] >= 0) and 0 < int(state[0]) < STATES.index("completed")
        ended += bool(ages[0] >= 0) and int(state[0]) >= STATES.index("completed")
        known += living
        fresh += living and bool(ages[0] <= CURRENT)
    if fresh:
        return f"up to date on {counted(fresh, 'initiative')}"
    if known:
        return "out of date (ask about results)"
    return "over, as last heard (ask what comes next)" if ended else "unknown (ask about results)"
