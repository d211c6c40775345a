"""What a year and the session come to: the player's guesses, the yearly reveal and review, the score."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kamsim.engine.lanes import Lanes, total
from kamsim.engine.ledger import Ledger
from kamsim.engine.params import Params
from kamsim.engine.world import World
from kamsim.game.events import fields as may_be
from kamsim.game.events.closing import cents
from kamsim.game.events.declared import Declared, Event
from kamsim.players.scoring import purses_of, score
from kamsim.scenario.models import Scenario

if TYPE_CHECKING:
    from kamsim.players.outcomes import Outcomes


_BOTS: Final = ("typical", "discounter", "do_nothing")
YEAR: Final = 4
"""Quarters."""
Guesses = Mapping[str, Sequence[tuple[int, Any]]]
"""By name of the guess: (quarter, value), in the order in which they were made."""


class GuessMade(Event, kind="guessed"):
    """The player's own guess, as `commands.plain_guess` has it."""

    guess: may_be.Guess
    value: may_be.GuessValue


class RanksRevealed(Event, kind="revealed"):
    """Sales rank beside profit rank, the largest first, and the ranking that was guessed last."""

    year: may_be.Year
    by_sales: may_be.Ranking
    by_profit: may_be.Ranking
    guess: may_be.Ranking | None
    sales: dict[may_be.Account, may_be.Cents] | None = None
    profit: dict[may_be.Account, may_be.Cents] | None = None


class YearReviewed(Event, kind="reviewed"):
    """A year's account profit and company result, the year before, and the last range that was guessed in it: for
    which quarter, and what that came to."""

    year: may_be.Year
    profit: may_be.Cents
    last_year: may_be.Cents | None
    company: may_be.Cents
    range: list[may_be.Cents] | None
    range_quarter: may_be.Quarter | None
    range_profit: may_be.Cents | None


class Came(Declared):
    """What a session came to in cents: volume at list price, account profit, both purses."""

    volume_value: may_be.Cents
    profit: may_be.Cents
    value: may_be.Cents


class SessionFinished(Event, kind="finished"):
    """The score (50 is play as good as the bot ``typical`` on the same luck), the purses, what stood beside them, and
    the log's name. ``empty_chair``: nobody decides anything."""

    score: may_be.Figure
    banked: may_be.Cents
    left: may_be.Cents
    value: may_be.Cents
    typical: may_be.Cents
    lead: may_be.Cents
    discounter: Came
    empty_chair: Came
    you: Came
    log: may_be.Text


def of_year(params: Params, history: Sequence[Ledger], guesses: Guesses) -> tuple[Event, ...]:
    """The reveal and the review, when the last close ended a year; nothing otherwise."""
    if not history or len(history) % YEAR:
        return ()
    year = len(history) // YEAR
    books = history[-YEAR:]
    sales = total(np.array([ledger.sales for ledger in books]))[:, 0]
    profit = total(np.array([ledger.contribution for ledger in books]))[:, 0]
    last = history[-2 * YEAR : -YEAR]
    ranked = [value for _, value in guesses.get("ranking", ())]
    ranges = [(quarter, value) for quarter, value in guesses.get("profit_range", ()) if quarter > len(history) - YEAR]
    quarter, value = ranges[-1] if ranges else (None, None)
    reviewed = YearReviewed(
        year=year,
        profit=_sum(books),
        last_year=_sum(last) if last else None,
        company=sum(cents(ledger.company[0]) for ledger in books),
        range=None if value is None else list(value),
        range_quarter=quarter,
        range_profit=None if quarter is None else _sum([history[quarter - 1]]),
    )
    revealed = RanksRevealed(
        year=year,
        by_sales=_ranked(params, sales),
        by_profit=_ranked(params, profit),
        guess=list(ranked[-1]) if ranked else None,
        sales={name: cents(sales[row]) for row, name in enumerate(params.accounts)},
        profit={name: cents(profit[row]) for row, name in enumerate(params.accounts)},
    )
    return revealed, reviewed


def _sum(books: Sequence[Ledger]) -> int:
    return sum(cents(total(ledger.contribution)[0]) for ledger in books)


def _ranked(params: Params, values: Any) -> list[str]:
    return [params.accounts[row] for row in np.argsort(-values, kind="stable")]


@dataclass(frozen=True, eq=False)
class Beside:
    """What bots came to on the same luck, by lane, and the unit of the score."""

    typical: "Outcomes"
    discounter: "Outcomes"
    empty_chair: "Outcomes"
    leads: Lanes


def bots_beside(scenario: Scenario, seeds: Sequence[int], quarters: int) -> Beside:
    """The bots with which sessions of these seeds are compared."""
    from kamsim.players.outcomes import reference_leads  # noqa: PLC0415  # bots are needed at the end only
    from kamsim.players.simulate import simulate  # noqa: PLC0415  # likewise

    typical, discounter, idle = (simulate(scenario, name, seeds, quarters) for name in _BOTS)
    return Beside(typical, discounter, idle, reference_leads(scenario, quarters))


def of_end(
    params: Params, history: Sequence[Ledger], world: World, beside: Beside, lane: int, log: str
) -> SessionFinished:
    """The end: two purses, the score against bots on the same luck (``lane`` of those ``beside``), and two of those
    bots beside the player."""
    profit = np.array([ledger.contribution for ledger in history])
    worth = purses_of(history, world, params)
    typical = beside.typical.value[lane]
    volume = np.array([ledger.line("list_sales") for ledger in history])
    value = float(worth.value[0])
    return SessionFinished(
        score=round(float(score(worth.value, typical, beside.leads)[0]), 1),
        banked=cents(worth.banked[0]),
        left=cents(worth.left[0]),
        value=cents(value),
        typical=cents(typical),
        lead=cents(np.median(beside.leads)),
        discounter=_came(beside.discounter, lane),
        empty_chair=_came(beside.empty_chair, lane),
        you=Came(volume_value=cents(volume.sum()), profit=cents(profit.sum()), value=cents(value)),
        log=log,
    )


def _came(bot: "Outcomes", lane: int) -> Came:
    """A bot's session on the player's luck."""
    return Came(
        volume_value=cents(bot.volume[lane].sum()), profit=cents(bot.nac[lane].sum()), value=cents(bot.value[lane])
    )
