"""An offer of Terms as questions: its price, and what a page of a case asks, too: volume, years, days, deliveries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kamsim.engine.moves import MOVES
from kamsim.engine.terms import COMMITMENTS, LENGTHS, PRICE_STEP
from kamsim.view.case.choices import asks
from kamsim.view.questions import Limits, Mark, Option, Part, Question
from kamsim.view.words import levers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kamsim.engine.sight import Seen
    from kamsim.view.words.names import Cast

CHANGE: Final = "change"
SMALL: Final = 1e-9


def today(seen: Seen, account: str) -> dict[str, Any]:
    """The offer that changes nothing but signs for a year."""
    row = seen.params.accounts.index(account)
    days = float(seen.days[row, 0])
    return {
        CHANGE: 0.0,
        "commitment": COMMITMENTS[0],
        "length": LENGTHS[0],
        "days": min(_choices("days"), key=lambda value: abs(value - days)),
        **{name: _choices(name)[bool(levers.in_force(seen, name, row))] for name in levers.OFFERED},
    }


def _choices(name: str) -> tuple[Any, ...]:
    """What an offer may say in a field."""
    return next(field.choices for field in MOVES["offer_terms"].fields if field.name == name)


def part(cast: Cast, seen: Seen, account: str, offer: Mapping[str, Any], bounds: tuple[float, float]) -> Part:
    """Everything that an offer says. ``offer``: what it says now; ``bounds``: the fewest and most points of discount
    that it may add, as shares of list price."""
    row = seen.params.accounts.index(account)
    until, days = int(seen.contract_until[row, 0]), float(seen.days[row, 0])
    told = "To the left, or with a minus, you take points back; to the right you give."
    if until >= seen.quarter:
        told = f"Terms are signed until the end of {cast.quarter(until)}: no points come back before."
    pay = [Option(n, levers.WORDS["days"].title(n), "as now" if n == days else "") for n in _choices("days")]
    return Part(told, (
        _change(offer, bounds),
        *asks(cast, account, offer),
        Question("days", "few", f"{levers.WORDS['days'].label}, now {days:.0f} days", offer["days"], tuple(pay)),
        *(_lever(seen, name, row, offer) for name in levers.OFFERED),
    ))  # fmt: skip


def _change(offer: Mapping[str, Any], bounds: tuple[float, float]) -> Question:
    low, most = bounds
    high = max(most, low + PRICE_STEP)
    limits = Limits(low, high, PRICE_STEP, 0.0, (Mark(0.0, "as it is"),), "", _moved, "Points", 100.0)
    told = f"{low * 100:g} to {most * 100:g}, which is yours to give."
    value = limits.within(float(offer[CHANGE]))
    return Question(CHANGE, "slider", "Price on all lines, points of discount", value, limits=limits, help=told)


def _moved(change: float) -> str:
    return levers.WORDS["price"].n(change) if abs(change) > SMALL else "as it is"


def _lever(seen: Seen, name: str, row: int, offer: Mapping[str, Any]) -> Question:
    """One that is in force or not: as now, or the other way."""
    words, now = levers.WORDS[name], bool(levers.in_force(seen, name, row))
    choices = _choices(name)
    made = [Option(choice, title, "as now" if place == now else "")
            for place, (choice, title) in enumerate(zip(choices, words.answers, strict=True))]  # fmt: skip
    label = f"{words.ask} Now {words.answers[now][:1].lower()}{words.answers[now][1:]}"
    return Question(name, "few", label, offer[name], tuple(made), help=f"{words.label}? {words.help}")
