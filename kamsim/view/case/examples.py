"""Worked examples judged: each page by the judge of the game, on the facts that its author gave.

The customer of an example is not one of the scenario's, so it gets a small world of its own: one line, one reader, one
initiative; our own desk has its four seats.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Final, Literal, cast

import numpy as np

from kamsim.engine.judgement import Judgement, judge_company, judge_customer
from kamsim.engine.lanes import Lanes, total
from kamsim.engine.levers import KEPT, LEVERS
from kamsim.engine.page import CRITERIA, GATES, METRICS, coded
from kamsim.engine.params import KINDS, MEASURES, STATES, Params, reader_column
from kamsim.engine.standing import Standing
from kamsim.engine.truth import INERTIA, service_attribute, trusting
from kamsim.scenario.casework import Example, ExamplePage
from kamsim.scenario.customer import Person

Which = Literal["good", "bad"]
LIST_PRICE: Final = 10_000.0
"""Cents a unit; only ratios matter."""
DISCOUNT: Final = 0.10
DAYS: Final = 60.0
PART_OF_LINE: Final = 0.15
"""Part of the line's capacity that this customer takes."""
FLOOR_MARGIN: Final = 0.05
BESPOKE: Final = 0.02
"""What something made for this customer alone costs, as a share of a year's sales."""
VARIABLE, ORDERS = 0.7, 0.5
HURDLE: Final = 0.15
SEATS: Final = (4, 5, 6, 7)
HALF: Final = 0.5


@dataclass(frozen=True)
class Verdict:
    """What the judge makes of a page: points of 100 and the points needed, the gate that stopped it ('' for none), and
    the criteria that cost most, the costliest first."""

    score: float
    bar: float
    gate: str
    worst: tuple[str, ...]

    @property
    def passes(self) -> bool:
        """Whether it would be said yes to."""
        return not self.gate and self.score >= self.bar


def judged(params: Params, example: Example, which: Which) -> Verdict:
    """The verdict on the good or the bad page of an example."""
    page = column(example.good if which == "good" else example.bad)
    standing = stand(params, example)
    verdict = judge_company(standing, page) if example.audience == "company" else judge_customer(standing, page)
    return _told(verdict, standing)


def _told(verdict: Judgement, standing: Standing) -> Verdict:
    weight = standing.params.approver_power if len(verdict.score) > 1 else np.ones((1, 1))
    loss = [float(total(weight * verdict.loss[row])[0]) for row in range(len(CRITERIA))]
    order = sorted(range(len(CRITERIA)), key=lambda row: -loss[row])
    gate = int(verdict.gate[0])
    return Verdict(
        float(total(weight * verdict.score)[0]),
        float(verdict.bar[0]),
        GATES[gate - 1] if gate else "",
        tuple(CRITERIA[row] for row in order if loss[row] >= 1.0),
    )


def column(page: ExamplePage) -> Lanes:
    """A page of an example as the judge reads it (G, 1)."""
    said = page.model_dump(exclude={"text"})
    for name, lever in LEVERS.items():
        if lever.switch:
            said[name] = "yes" if said.get(name) else "no"
    said["initiative"] = 0 if page.initiative else None
    for name in ("claim", "inaction_value"):
        said[name] = said[name] / 1000.0
    return coded(said, 1)


def _one(value: float) -> Lanes:
    return np.array([[float(value)]])


def _world(params: Params, example: Example) -> Params:
    """Public numbers for the example's one customer."""
    facts = example.facts
    reader = cast(Person, SimpleNamespace(function=facts.function))
    units = 100.0 * facts.sales / (LIST_PRICE * (1.0 - DISCOUNT))
    cost = LIST_PRICE * (1.0 - DISCOUNT) * (1.0 - facts.margin)
    return replace(
        params,
        accounts=("example",),
        regions=(("here",),),
        lines=("line",),
        cells=(("example", "here", "line"),),
        people=("reader",),
        initiatives=("initiative",),
        approvers=("sales", "finance", "operations", "product"),
        account_cells=((0,),),
        account_people=((0,),),
        account_initiatives=((0,),),
        cell_account=np.array([0]),
        cell_line=np.array([0]),
        person_account=np.array([0]),
        person_column=np.array([reader_column(reader)]),
        initiative_account=np.array([0]),
        initiative_owner=np.array([0]),
        initiative_kind=np.array([KINDS.index(facts.kind)]),
        region_codes=np.array([0]),
        global_price=(False,),
        bound=(),
        cell_bound=np.array([-1]),
        person_bound=np.array([-1]),
        list_price=_one(LIST_PRICE),
        capacity=_one(units / PART_OF_LINE),
        floor=_one(cost / LIST_PRICE + FLOOR_MARGIN),
        bespoke_cost=_one(100.0 * 4.0 * facts.sales * BESPOKE),
        approver_column=np.array(SEATS),
        approver_power=np.full((len(SEATS), 1), 1.0 / len(SEATS)),
        goal_metrics=(-1,),
    )


def stand(params: Params, example: Example) -> Standing:
    """How the example's customer stands."""
    world, facts = _world(params, example), example.facts
    sales = 100.0 * facts.sales
    units = sales / (LIST_PRICE * (1.0 - DISCOUNT))
    known = np.array([1.0 if facts.known else 0.0])
    charge = sales * DAYS * world.cost_of_capital / 4.0 / 90.0
    spare = max(0.0, 1.0 - facts.utilisation) * units / PART_OF_LINE
    never = np.array([np.inf])
    zero = np.zeros(1)
    return Standing(
        params=world,
        account=0,
        quarter=1,
        recession=False,
        list_price=world.list_price,
        unit_cost=_one(LIST_PRICE * (1.0 - DISCOUNT) * (1.0 - facts.margin)),
        floor=world.floor,
        discount=_one(DISCOUNT),
        rebate=_one(0.0),
        volume=_one(units),
        share=_one(facts.share),
        growth=_one(0.0),
        sensitivity=_one(facts.price_sensitivity * float(trusting(np.array(facts.trust)))),
        pace=_one(INERTIA["normal"]),
        loyalty=np.ones(1),
        expected=_one(0.0),
        free=_one(spare),
        utilisation=_one(facts.utilisation),
        follow=np.array([world.priors.follow]),
        service_cost=np.array([sales * facts.service]),
        variable_service=np.array([VARIABLE]),
        order_service=np.array([ORDERS]),
        profit=np.array([sales * (facts.margin - facts.service) - charge]),
        days=np.array([DAYS]),
        now={lever.name: zero for lever in KEPT},
        trust=np.array([facts.trust]),
        fit=np.array([HALF]),
        delivered=np.atleast_1d(service_attribute(np.array([0.95]))),
        fit_weight=np.array([0.6]),
        service_weight=np.array([0.8]),
        state=_one(STATES.index(facts.state)),
        force=_one(facts.force),
        engagement=_one(0.2),
        measure=_one(MEASURES.index(facts.measure)),
        power=_one(1.0),
        veto=_one(0.0),
        tie=_one(0.3),
        hurdle=np.array([HURDLE]),
        credibility=np.array([HALF]),
        own_credibility=np.array([HALF]),
        granted_discount=zero,
        granted_days=zero,
        committed=_one(0.0),
        compliance=_one(1.0),
        harmony=zero,
        asked=zero,
        desk=np.zeros((len(SEATS), 1)),
        own_figures=known[None],
        drivers_known=known,
        sensitivity_known=known,
        rival_known=known,
        rival_offer=zero,
        kept_age=never,
        pilot_age=never,
        reference=np.zeros((len(METRICS), 1)),
        peer_sales=np.zeros((0, 1)),
        peer_discount=np.zeros((0, 1)),
        peer_line=np.zeros(0, dtype=np.intp),
        craft=zero,
    )
