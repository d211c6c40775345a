"""Every money line of a quarter, by cell, closing to the cent (economics A).

Lines are signed: sales positive, everything taken from them negative, each rounded to a whole cent where it
is posted. So any sum is exact in any order, and net account contribution is simply the sum of all lines.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, Final

import numpy as np

from kamsim.engine.lanes import Lanes, Where, cut, grouped, total
from kamsim.engine.levers import FIRST, LEVERS, RESERVED, SERVED, rushing
from kamsim.engine.market import Conditions, Trade
from kamsim.engine.params import Params
from kamsim.engine.truth import Truth

BEFORE = ("list_sales", "on_invoice", "off_invoice", "variable_cost")
AFTER = ("team", "projects", "credits", "capital")
JOINT = ("joint_spending", "joint_gain")
"""What is built with customers, in the books of scenarios where there is such a thing."""
JOINT_SAVES: Final = 0.075
"""Part of cost to serve that a joint initiative in full swing saves (economics B18: 5 to 10%)."""
SALES = ("list_sales", "on_invoice", "off_invoice")
"""What adds up to pocket sales."""


@dataclass(eq=False)
class Ledger:
    """One quarter's books.

    ``money``: (lines, C, L) cents, named by ``names``. ``accounts``: the same by account (lines, A, L).
    ``volume`` and ``wallet`` in units, ``share`` 0..1, by cell; ``utilisation`` by line; ``unused``: cents of
    activity and team capacity that no account used (L,), negative; ``programme``: cents, negative.
    """

    quarter: int
    names: tuple[str, ...]
    money: Lanes
    accounts: Lanes
    volume: Lanes
    wallet: Lanes
    share: Lanes
    utilisation: Lanes
    delivered: Lanes
    trust: Lanes
    unused: Lanes
    programme: float

    def line(self, *names: str) -> Lanes:
        """The sum of some lines by account (A, L), cents. Raises ValueError for an unknown name."""
        return total(self.accounts, [self.names.index(name) for name in names])

    @property
    def activities(self) -> tuple[str, ...]:
        """Names of the cost-to-serve lines."""
        return self.names[len(BEFORE) : self.names.index(AFTER[0])]

    @cached_property
    def sales(self) -> Lanes:
        """Pocket sales by account (A, L), cents: list less everything given away."""
        return self.line(*SALES)

    @cached_property
    def cost_to_serve(self) -> Lanes:
        """By account (A, L), cents, negative."""
        return self.line(*self.activities)

    @cached_property
    def margin(self) -> Lanes:
        """Pocket margin by account (A, L), cents: pocket sales less variable cost."""
        return self.sales + self.line("variable_cost")

    @cached_property
    def average_cost(self) -> Lanes:
        """Cost to serve by account if it is booked as one rate on everybody's sales (A, L), cents, negative."""
        rate = total(self.cost_to_serve) / np.maximum(total(self.sales), 1.0)
        booked: Lanes = np.rint(rate * self.sales)
        return booked

    @cached_property
    def contribution(self) -> Lanes:
        """Net account contribution, "account profit" on screen (A, L), cents."""
        return total(self.accounts)

    @property
    def company(self) -> Lanes:
        """The company's result (L,), cents: accounts plus unused capacity plus programme cost."""
        result: Lanes = total(self.contribution) + self.unused + self.programme
        return result

    def take(self, lanes: Where) -> Ledger:
        """Some lanes only."""
        part: dict[str, Any] = {
            item.name: cut(value, lanes) if isinstance(value := getattr(self, item.name), np.ndarray) else value
            for item in fields(self)
        }
        return Ledger(**part)


def by_account(money: Lanes, groups: Sequence[Sequence[int]]) -> Lanes:
    """Lines by cell (lines, C, L) added up to lines by account (lines, A, L)."""
    made: Lanes = np.empty((money.shape[0], len(groups), money.shape[2]))
    for group, rows in enumerate(groups):
        out = made[:, group]
        out[...] = money[:, rows[0]]
        for row in rows[1:]:
            out += money[:, row]
    return made


def _effort(now: Conditions) -> Callable[[Lanes], Lanes] | None:
    """By the part that orders drive, the factor (A, L) on what of an activity moves with volume; None for 1."""
    pulled = [(lever.effort, now.levers[name]) for name, lever in LEVERS.items() if lever.effort is not None]
    pulled = [(effort, level) for effort, level in pulled if level.any()]
    placed = [now.levers[name] for name in FIRST]
    if not (pulled or now.expedite.any() or any(level.any() for level in placed)):
        return None
    rushed = now.expedite
    for level in placed:
        rushed = np.maximum(rushed, RESERVED * level)

    def factor(orders: Lanes) -> Lanes:
        made = rushing(orders, rushed)
        for effort, level in pulled:
            made = effort(orders, level) * made
        return made

    return factor


def _overhead(now: Conditions) -> Lanes | None:
    """The factor (A, L) on all cost to serve; None for 1."""
    factor: Lanes | None = None
    for name in SERVED:
        if LEVERS[name].overhead and now.levers[name].any():
            factor = (1.0 if factor is None else factor) + LEVERS[name].overhead * now.levers[name]
    if now.joint.any():
        factor = (1.0 if factor is None else factor) - JOINT_SAVES * now.joint
    return factor


def post(params: Params, truth: Truth, quarter: int, now: Conditions, done: Trade, trust: Lanes) -> Ledger:
    """Book a quarter's trade. ``trust`` (A, L) is kept beside the money for studies."""
    account = params.cell_account
    count = len(params.activities)
    cells, lanes = done.volume.shape
    names = (*BEFORE, *params.activities, *AFTER, *(JOINT if params.own.joints else ()))
    money: Lanes = np.empty((cells, len(names), lanes)).transpose(1, 0, 2)
    list_sales, on_invoice, off_invoice, variable = money[: len(BEFORE)]
    np.multiply(done.volume, params.list_price, out=list_sales)
    np.rint(list_sales, out=list_sales)
    np.multiply(list_sales, -now.discount, out=on_invoice)
    np.rint(on_invoice, out=on_invoice)
    if done.won_off.any():
        on_invoice -= np.rint(done.won_off * params.list_price)
    invoiced = list_sales + on_invoice
    np.multiply(invoiced, -now.rebate, out=off_invoice)
    np.rint(off_invoice, out=off_invoice)
    np.multiply(done.volume, -now.unit_cost, out=variable)
    np.rint(variable, out=variable)
    scale = done.volume / truth.start_volume
    effort, overhead = _effort(now), _overhead(now)
    for activity in range(count):
        out = money[len(BEFORE) + activity]
        np.multiply(scale, -truth.activity_variable[activity], out=out)
        if effort is not None:
            out *= effort(truth.activity_orders[activity])[account]
        out -= truth.activity_fixed[activity]
        if overhead is not None:
            out *= overhead[account]
        np.rint(out, out=out)
    team, projects, credits_, capital, *joint = money[len(BEFORE) + count :]
    np.multiply((params.hourly_cost * now.hours + now.specialists)[account], -truth.sales_part, out=team)
    np.rint(team, out=team)
    np.multiply(now.projects[account], -truth.sales_part, out=projects)
    np.rint(projects, out=projects)
    projects += 0.0  # a zero is a positive one, so that lanes agree to the bit
    if now.credit.any():
        np.multiply(now.credit[account], -truth.sales_part, out=credits_)
        np.rint(credits_, out=credits_)
        credits_ += 0.0  # a zero is a positive one here as in the other branch, so that lanes agree to the bit
    else:
        credits_[...] = 0.0
    invoiced += off_invoice
    np.multiply(invoiced, (now.days * (-params.cost_of_capital / 4.0 / 90.0))[account], out=capital)
    np.rint(capital, out=capital)
    if joint:
        _post_joint(params, truth, now, done, *joint)
    summed = by_account(money, params.account_cells)
    team_used = total(summed[len(BEFORE) + count]) + total(np.rint(now.specialists))
    unused = np.minimum(0.0, -params.hourly_cost * params.hours - team_used)
    for activity in range(count):
        # work beyond a pool's capacity is overtime, which its accounts have paid for: it earns the company nothing
        idle = -params.activity_capacity[activity] - total(summed[len(BEFORE) + activity])
        unused += np.minimum(0.0, idle)
    return Ledger(
        quarter, names, money, summed, done.volume, done.wallet, done.share, done.utilisation, done.delivered,
        trust, unused, -params.programme_cost,
    )  # fmt: skip


def _post_joint(params: Params, truth: Truth, now: Conditions, done: Trade, spending: Lanes, gain: Lanes) -> None:
    """What is being built with customers takes, and what is live brings, by cell as their sales were on the first
    day."""
    account = params.cell_account
    np.multiply(now.joint_spending[account], -truth.sales_part, out=spending)
    spent = grouped(done.wallet * params.list_price, params.account_cells)
    np.multiply((now.joint_gain * spent)[account], truth.sales_part, out=gain)
    for line in (spending, gain):
        np.add(np.rint(line, out=line), 0.0, out=line)  # a zero is a positive one, so that lanes agree to the bit
