"""The key-account programme and our own company as the player sees them: who is key, management's plan, who helps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from kamsim.engine.programme import DEMOTED
from kamsim.view.words.facts import HORIZONS, band
from kamsim.view.words.names import age, capital, counted, percent
from kamsim.view.words.programme import BEFORE_KEYS, brings, colleague, cost_told, information_told, support_told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kamsim.view.menu.lines import Way
    from kamsim.view.table import Table

YEAR: Final = 4
KINDS: Final = ("name_key", "end_key", "network", "ask_leader")
"""Moves of the programme's page."""
UNHEARD: Final = "How far ahead they think you have not heard."
HEAR: Final = "Key status pays where they think in years. Ask somebody there how they buy, and you hear how far ahead."
KEY: Final = "Which customer is key"
PLAN: Final = "Management's plan"
COMPANY: Final = "Our own company"
INSIDE: Final = "Time with a function of ours"
LEADER: Final = "A case to the sales leader"


@dataclass(frozen=True)
class Status:
    """A customer in the programme, or not; ``line``: how it stands and what is known of how they think, in a sentence
    or two."""

    account: str
    key: bool
    line: str


def statuses(table: Table) -> list[Status]:
    """Every customer, key ones first."""
    found = [_status(table, account) for account in table.accounts]
    return sorted(found, key=lambda item: not item.key)


def _status(table: Table, account: str) -> Status:
    cast, own, row = table.cast, table.seen.own, table.seen.params.accounts.index(account)
    if not is_key(table, account):
        return Status(account, False, f"{table.money(table.sales(account))} a quarter. {_thinks(table, row)}")
    since, owed = int(own["key_since"][row, 0]), float(own["owed"][row, 0])
    told = f"Key since {cast.quarter(since)}." if since else "Key since before your time."
    spend = f" {cast.money(owed)} are still to be spent." if owed else ""
    return Status(account, True, f"{told}{spend} {_thinks(table, row)}")


def _thinks(table: Table, row: int) -> str:
    """How far ahead a customer thinks, as last heard: what a programme pays for."""
    ahead, when = (float(part[0]) for part in table.seen.known("orientation", row))
    if np.isnan(ahead):
        return UNHEARD
    thinks = band(ahead, HORIZONS).partition(",")[0]
    return f"{capital(thinks)}, as heard {age(0, -round(when))}."


def meaning(table: Table, account: str) -> str:
    """What it means to make a customer key, or to end that."""
    return _ending(table, account) if is_key(table, account) else _naming(table)


def _ending(table: Table, account: str) -> str:
    owed = float(table.seen.own["owed"][table.seen.params.accounts.index(account), 0])
    saved = f" The {table.money(owed)} that are not spent yet are saved." if owed else ""
    return f"{table.cast.account(account)} is told, and remembers: {DEMOTED * 100:.0f} of 100 points of trust.{saved}"


def _naming(table: Table) -> str:
    """What naming a customer key costs and brings."""
    once, later = cost_told(table.cast)
    return (
        f"It costs {once} at once and {later} over two years. Good work there then earns trust faster where they think "
        f"in years, doors open, their orders go first; and neglect costs more. {_spread(table)}"
    )


def _spread(table: Table) -> str:
    span, many = int(table.seen.params.own.span), count(table)
    has = f"The programme serves {span} well, {many} {'has' if many == 1 else 'have'} it"
    return f"{has}." if many < span else f"{has}: one more takes from all of them."


def count(table: Table) -> int:
    """How many customers are key."""
    return int(table.seen.own["key"][:, 0].sum())


def key_line(table: Table) -> str:
    """How many are key, of how many the programme serves well."""
    span, many = int(table.seen.params.own.span), count(table)
    over = f" Each has {percent(span / many)} of what it could bring." if many > span else ""
    are = "none of our customers is" if not many else f"{many} of our customers {'is' if many == 1 else 'are'}"
    return f"{capital(are)} key; the programme serves {span} well.{over} {HEAR}"


def there(table: Table) -> bool:
    """Whether key status is something that one decides about."""
    return table.has("programme")


def is_key(table: Table, account: str) -> bool:
    """Whether a customer is key; never where there is no programme."""
    return there(table) and bool(table.seen.own["key"][table.seen.params.accounts.index(account), 0])


# --- management's plan --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Plan:
    """Account profit of this year: what management expects, cents, and what has come so far, of so many quarters."""

    expected: float
    earned: float
    quarters: int

    @property
    def due(self) -> float:
        """What should have come by now."""
        return self.expected * self.quarters / YEAR


def plan(table: Table) -> Plan:
    """This year's."""
    own = table.seen.own
    return Plan(float(own["plan"][0]), float(own["earned"][0]), (table.quarter - 1) % YEAR)


def plan_lines(table: Table) -> list[str]:
    """This year's plan, last year's, and how patient management is."""
    own, money, params = table.seen.own, table.money, table.seen.params.own
    now = plan(table)
    lines = [
        f"{money(now.expected)} of account profit this year, {BEFORE_KEYS}; {percent(params.growth)} more each year."
    ]
    if now.quarters:
        gap = now.earned - now.due
        side = f"{money(abs(gap))} {'above' if gap >= 0 else 'below'} what was planned by now"
        lines.append(f"{money(now.earned)} after {counted(now.quarters, 'quarter')}: {side}.")
    past = float(own["past_plan"][0])
    if past:
        earned = float(own["past_earned"][0])
        lines.append(f"Last year: {money(earned)}, {money(past)} planned.")
    return [*lines, _patience(table)]


def _patience(table: Table) -> str:
    below, patience = int(table.seen.own["below"][0]), table.seen.params.own.patience
    reset = int(table.seen.own["reset_at"][0])
    told = f" It was last rebuilt in {table.cast.quarter(reset)}." if reset else ""
    if below >= patience:
        ended = f"Patience is at an end: {counted(below, 'review')} below plan."
        return f"{ended} The programme may be rebuilt any quarter.{told}"
    years = counted(patience, "review")
    already = f", {below} of them already," if below else ""
    return f"After {years} below plan{already} the programme may be rebuilt: less support, and few key customers.{told}"


# --- our own company ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Level:
    """How far our company helps, or how much it knows. ``value``: 0..1; ``line``: where it comes from and what follows
    it."""

    title: str
    value: float
    line: str


def levels(table: Table) -> list[Level]:
    """Support, and what is known of customers; none where neither can be built."""
    if not table.has("support"):
        return []
    own, params = table.seen.own, table.seen.params
    support, quality = float(own["support"][0]), float(own["quality"][0])
    return [
        _level(table, "Support", support, f"It {support_told(support)}.", params.support, "support_coming"),
        _level(
            table, "What it knows", quality, f"It {information_told(quality)}.", params.information_quality,
            "quality_coming",
        ),
    ]  # fmt: skip


def _level(table: Table, title: str, value: float, told: str, usual: float, promised: str) -> Level:
    coming = float(table.seen.own[promised][0])
    more = f" {coming * 100:.0f} more are promised, bit by bit." if round(coming * 100) > 0 else ""
    back = f" Left alone it goes back to {usual * 100:.0f}." if round(value * 100) != round(usual * 100) else ""
    return Level(title, value, f"{told}{back}{more}")


@dataclass(frozen=True)
class Function:
    """A function of our own company with which time can be spent: who sits there (an approver's id), what it is good
    for, and the way to it."""

    name: str
    brings: str
    way: Way


def functions(table: Table, ways: Sequence[Way]) -> list[Function]:
    """Every function that has a seat at our desk."""
    made = []
    for way in ways:
        seat = str(way.args["function"])
        there = colleague(table.cast, seat)
        made += [Function(there.id, f"{brings(seat)}.", way)] if there else []
    return made
