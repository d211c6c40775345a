"""Every money line of a quarter, by cell, closing to the cent (economics A).

Lines are signed: sales positive, everything taken from them negative, each rounded to a whole cent where it
is posted. So any sum is exact in any order, and net account contribution is simply the sum of all lines.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, Final

import numpy as np

from kamsim.engine.lanes import NOUGHT, Groups, Lanes, Where, cut, grouped, some, total
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
            name: cut(value, lanes) if isinstance(value := getattr(self, name), np.ndarray) else value
            for name in _FIELDS
        }
        return Ledger(**part)


_FIELDS: Final = tuple(item.name for item in fields(Ledger))


def by_account(money: Lanes, groups: Groups) -> Lanes:
    """Lines by cell (lines, C, L) added up to lines by account (lines, A, L)."""
    return grouped(money.transpose(1, 0, 2), groups).transpose(1, 0, 2)


def _effort(now: Conditions) -> Callable[[Lanes], Lanes] | None:
    """By the parts (N, 1, 1) that orders drive, the factor (N, A, L) on what of activities moves with volume; None for
    1."""
    pulled = [(lever.effort, now.levers[name]) for name, lever in LEVERS.items() if lever.effort is not None]
    pulled = [(effort, level) for effort, level in pulled if some(level)]
    placed = [now.levers[name] for name in FIRST]
    if not (pulled or some(now.expedite) or any(map(some, placed))):
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
        if LEVERS[name].overhead and some(now.levers[name]):
            factor = (1.0 if factor is None else factor) + LEVERS[name].overhead * now.levers[name]
    if some(now.joint):
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
    if some(done.won_off):
        on_invoice -= np.rint(done.won_off * params.list_price)
    invoiced = list_sales + on_invoice
    np.multiply(invoiced, -now.rebate, out=off_invoice)
    np.rint(off_invoice, out=off_invoice)
    np.multiply(done.volume, -now.unit_cost, out=variable)
    np.rint(variable, out=variable)
    scale = done.volume / truth.start_volume
    effort, overhead = _effort(now), _overhead(now)
    served = money[len(BEFORE) : len(BEFORE) + count]
    np.multiply(scale, -truth.activity_variable, out=served)
    if effort is not None:
        served *= effort(truth.activity_orders[:, None]).take(account, 1)
    served -= truth.activity_fixed
    if overhead is not None:
        served *= overhead.take(account, 0)
    np.rint(served, out=served)
    team, projects, credits_, capital, *joint = money[len(BEFORE) + count :]
    charged = -truth.sales_part
    np.multiply((params.hourly_cost * now.hours + now.specialists).take(account, 0), charged, out=team)
    np.rint(team, out=team)
    for costs, line in ((now.projects, projects), (now.credit, credits_)):
        if some(costs):
            np.multiply(costs.take(account, 0), charged, out=line)
            np.rint(line, out=line)
            np.add(line, NOUGHT, out=line)  # a zero is a positive one, here too, so that lanes agree to the bit
        else:
            line.fill(0.0)
    invoiced += off_invoice
    np.multiply(invoiced, (now.days * (-params.cost_of_capital / 4.0 / 90.0)).take(account, 0), out=capital)
    np.rint(capital, out=capital)
    if joint:
        _post_joint(params, truth, now, done, *joint)
    summed = by_account(money, params.account_cells)
    *used, hours = total(summed[len(BEFORE) : len(BEFORE) + count + 1].transpose(1, 0, 2))
    unused = np.minimum(0.0, -params.hourly_cost * params.hours - (hours + total(np.rint(now.specialists))))
    for capacity, work in zip(params.activity_capacity, used, strict=True):
        # work beyond a pool's capacity is overtime, which its accounts have paid for: it earns the company nothing
        unused += np.minimum(0.0, -capacity - work)
    return Ledger(
        quarter, names, money, summed, done.volume, done.wallet, done.share, done.utilisation, done.delivered,
        trust, unused, -params.programme_cost,
    )  # fmt: skip


def _post_joint(params: Params, truth: Truth, now: Conditions, done: Trade, spending: Lanes, gain: Lanes) -> None:
    """What is being built with customers takes, and what is live brings, by cell as their sales were on the first
    day."""
    account = params.cell_account
    np.multiply(now.joint_spending.take(account, 0), -truth.sales_part, out=spending)
    spent = grouped(done.wallet * params.list_price, params.account_cells)
    np.multiply((now.joint_gain * spent).take(account, 0), truth.sales_part, out=gain)
    for line in (spending, gain):
        np.add(np.rint(line, out=line), 0.0, out=line)  # a zero is a positive one, so that lanes agree to the bit
