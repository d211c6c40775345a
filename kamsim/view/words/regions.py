"""A headquarters and its regions in words: what one price would cost, what a contract does, how the regions live it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kamsim.engine.moves.answers import CORRIDOR_GETS, conceded
from kamsim.engine.params import TRADES
from kamsim.engine.regions import CORRIDOR, LEAK, ONE_PRICE, WIDTH
from kamsim.view.words.names import Cast, age, listed, percent, points
from kamsim.view.words.prices import Price, prices

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen
    from kamsim.scenario.customer import Person

APART: Final = float(WIDTH[CORRIDOR])
KEEPS: Final = 0.85
"""Part of what was signed from which a region is said to live by its contract."""


@dataclass(frozen=True)
class RegionNote:
    """One region of an account as its player sees it."""

    name: str
    leads: bool
    """Whether it is the headquarters."""
    buys: tuple[tuple[str, str], ...]
    """By line: its name, and the price as text."""
    lived: str
    """What is known of how it lives by the contract, with its age; '' where there is nothing to know."""
    good: bool | None
    """Whether that is well; None where it is unknown."""


def one_for_all(cast: Cast, request: str) -> bool:
    """Whether a request asks for one price in all regions."""
    return cast.requests[request].kind == "global_price"


def offers(cast: Cast, request: str) -> tuple[str, ...]:
    """What can be asked in return for a part of what a request asks."""
    return CORRIDOR_GETS if one_for_all(cast, request) else TRADES


def asked_prices(cast: Cast, seen: Seen, request: str, answer: str) -> tuple[list[Price], float]:
    """The prices that a request is about, and what granting it or trading would give away a quarter, cents."""
    asked = cast.requests[request]
    rows = [row for row in prices(cast, seen, cast.home[request]) if asked.line in (None, row.line)]
    whole = one_for_all(cast, request)
    off = conceded(asked.ask, whole, answer)
    given = 0.0
    for row in rows:
        discount = row.discount
        if whole and answer == "grant":
            least = min(other.pocket for other in rows if other.line == row.line)
            discount = 1.0 - least / row.list_price / (1.0 - row.rebate)
        given += row.given(discount=discount + off)
    return rows, given


def outside(rows: Sequence[Price]) -> float:
    """What the prices stand outside a corridor, cents a quarter at today's volume."""
    return sum(
        row.volume * max(0.0, row.pocket - least - APART * row.list_price)
        for row in rows
        for least in [min(other.pocket for other in rows if other.line == row.line)]
    )


def corridor_lines(cast: Cast, rows: Sequence[Price]) -> list[str]:
    """What a corridor does to today's prices."""
    beyond = outside(rows)
    first = f"No region pays more than {points(APART)} above the cheapest."
    if beyond < 50:
        return [first, "Today all of them stand inside it, so no price moves."]
    part = percent(float(LEAK[CORRIDOR]))
    return [first, f"{cast.money(beyond)} a quarter stands outside it today, of which {part} goes each quarter."]


def answer_words(cast: Cast, request: str) -> dict[str, str]:
    """The three answers to a headquarters, as choices."""
    off = conceded(cast.requests[request].ask, True, "trade")
    more = f" and {points(off)} off" if off else ""
    return {
        "grant": "One price, the lowest, everywhere",
        "trade": f"A corridor{more}, and ask for something back",
        "decline": "Decline: each region keeps its price",
    }


def granted(cast: Cast, request: str) -> str:
    """What a grant of one price means."""
    extra = cast.requests[request].ask
    more = f", {points(extra)} lower" if extra else ""
    return (
        f"Every region pays the lowest price on {cast.line(cast.requests[request].line)}{more}, from this quarter. "
        "Where you cut one region from now on, the others take half of the gap each quarter."
    )


def cornered(cast: Cast, request: str, for_what: str) -> str:
    """What a corridor means that was traded."""
    off = conceded(cast.requests[request].ask, True, "trade")
    more = f" {points(off)} off everywhere." if off else ""
    return (
        f"A corridor for two years, for {for_what}: no region pays more than {points(APART)} above the cheapest; of "
        f"what stands outside, {percent(float(LEAK[CORRIDOR]))} goes each quarter.{more}"
    )


def contract_line(cast: Cast, seen: Seen, account: str) -> str:
    """What binds the regions of an account, '' where nothing could."""
    row = seen.params.accounts.index(account)
    if not notable(seen, row):
        return ""
    kind = int(seen.harmony[row, 0])
    until = cast.quarter(int(seen.contract_until[row, 0]))
    if kind == ONE_PRICE:
        half = percent(float(LEAK[ONE_PRICE]))
        return f"One price until the end of {until}: cut one region, and the others take {half} of the gap a quarter."
    if kind == CORRIDOR:
        part = percent(float(LEAK[CORRIDOR]))
        return (
            f"A corridor until the end of {until}: up to {points(APART)} above the cheapest region may stay; of more, "
            f"{part} goes each quarter."
        )
    return "Each region has its own price. Without a contract, nothing travels from one to another."


def notable(seen: Seen, account: int) -> bool:
    """Whether an account has regions that its headquarters could bind."""
    return any(owner == account for owner, _ in seen.params.bound)


def region_notes(cast: Cast, seen: Seen, account: str) -> list[RegionNote]:
    """Every region of an account: what it pays by line, and how it lives by the contract as last heard."""
    row = seen.params.accounts.index(account)
    if not notable(seen, row):
        return []
    entry, notes = cast.accounts[account], []
    for region in entry.regions:
        buys = tuple(
            (cast.line(price.line), f"{cast.money(price.pocket, exact=True)}, {percent(price.discount, 1)} off")
            for price in prices(cast, seen, account)
            if price.region == region.id
        )
        lived, good = ("", None) if region.id == entry.headquarters else _lived(seen, row, region.id)
        if buys:
            notes.append(RegionNote(region.name, region.id == entry.headquarters, buys, lived, good))
    return notes


def _lived(seen: Seen, account: int, region: str) -> tuple[str, bool | None]:
    if not int(seen.harmony[account, 0]) or (account, region) not in seen.params.bound:
        return "", None
    value, ages = seen.known("compliance", seen.params.bound.index((account, region)))
    if ages[0] != ages[0]:
        return "not heard yet how it lives by the contract", None
    said = f"buys {percent(float(value[0]))} of what was signed, heard {age(int(ages[0]), 0)}"
    return said, bool(value[0] >= KEEPS)


def speakers(cast: Cast, seen: Seen, account: str) -> list[Person]:
    """Who speaks for the regions that a headquarters could bind."""
    row = seen.params.accounts.index(account)
    own = {region for owner, region in seen.params.bound if owner == row}
    return [person for person in cast.accounts[account].people if person.region in own]


def how_to_learn(cast: Cast, seen: Seen, account: str) -> str:
    """Whom to ask how the regions live by a contract, '' where nothing is signed."""
    row = seen.params.accounts.index(account)
    if not notable(seen, row) or not int(seen.harmony[row, 0]):
        return ""
    people = [cast.person(person.id) for person in speakers(cast, seen, account)]
    if not people:
        return "Nobody you know speaks for the regions."
    return f"Ask {listed(people)} about results. Regions keep to a contract when somebody comes to hear them."
