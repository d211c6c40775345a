"""Pages weighed by whoever reads them: many at once, on what is believed or on what is true."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from kamsim.engine.appraisal import appraise
from kamsim.engine.belief import believed_standing
from kamsim.engine.influence import MODIFIED, believed_say, say
from kamsim.engine.judgement import Judgement, implied_claim, judge_company, judge_customer
from kamsim.engine.lanes import Lanes, total, unit
from kamsim.engine.page import AT, COMPANY_METRICS, GATES, HIGHEST_CLAIM, THOUSAND
from kamsim.engine.sight import Seen
from kamsim.engine.standing import Standing, true_standing
from kamsim.engine.world import World
from kamsim.game.drafting import page_of

OURS: Final = 0.25
"""Part of a customer's page's mark that is what it brings us: a room that is given everything says yes to it."""
STOPPED: Final = 0.3
"""What is left of the mark of a page that is stopped before anybody weighs it."""
EVEN, STEEP = 0.5, 8.0
"""How a case's worth to us, as a share of a year's sales, becomes 0..1, as our own desk reckons (economics C)."""
_WITH_CLAIM: Final = AT["claim"]


@dataclass(frozen=True, eq=False)
class Weighed:
    """What a room makes of N pages: ``mark`` 0..100; ``criteria`` (9, N) 0..1 by the weight of who reads; ``ours``
    0..1; ``judged``: what each reader makes of each."""

    mark: Lanes
    criteria: Lanes
    ours: Lanes
    judged: Judgement


@dataclass(frozen=True, eq=False)
class Room:
    """Those who read a page for an audience about an account. ``weight`` (readers, 1): adds to 1."""

    seen: Seen
    account: str
    audience: str
    standing: Standing
    weight: Lanes

    def columns(self, pages: Sequence[Mapping[str, Any]], *, claims: bool = True) -> Lanes:
        """Pages as numbers (G, N); with ``claims`` their figures follow what is given, in whole thousands."""
        made: Lanes = np.concatenate([page_of(self.seen, self.account, page) for page in pages], axis=-1)
        if claims:
            worked = appraise(self.standing, made)
            desk = made[AT["metric"], 0] >= len(COMPANY_METRICS) and self.audience == "desk"
            least = -HIGHEST_CLAIM if desk else 0.0
            made[_WITH_CLAIM] = _thousands(implied_claim(worked), least)
            said = made[AT["inaction"]] > 0
            made[AT["inaction_value"]] = np.where(said, _thousands(worked.worth, 0.0), 0.0)
        return made

    def weigh(self, columns: Lanes) -> Weighed:
        """What the room makes of pages (G, N)."""
        desk = self.audience == "desk"
        judged = (judge_company if desk else judge_customer)(self.standing, columns)
        score = total(self.weight * judged.score)
        criteria = np.array([total(self.weight * row) for row in judged.criteria])
        yearly = np.maximum(4.0 * self.standing.sales, 1.0)
        ours = unit(EVEN + STEEP * judged.appraisal.judged / yearly)
        whole = score if desk else (1.0 - OURS) * score + 100.0 * OURS * ours
        mark = np.where(judged.gate > 0, STOPPED * whole, whole)
        return Weighed(mark, criteria, np.broadcast_to(ours, mark.shape), judged)


def _thousands(cents: Lanes, least: float) -> Lanes:
    rounded: Lanes = np.clip(np.rint(cents / THOUSAND), least, HIGHEST_CLAIM) * THOUSAND
    return rounded


def _own_work(standing: Standing) -> Standing:
    """The same for a page that whoever practises makes, whoever looks after the customer."""
    return replace(standing, craft=np.zeros(1))


def believed_room(seen: Seen, account: str, audience: str) -> Room:
    """The room as a player may picture it."""
    row = seen.params.accounts.index(account)
    weight = seen.params.approver_power if audience == "desk" else believed_say(seen, row, MODIFIED)[:, :1]
    return Room(seen, account, audience, _own_work(believed_standing(seen, row)), weight)


def true_room(world: World, seen: Seen, account: str, audience: str) -> Room:
    """The room as it is. ``seen``: what is seen of the same one-lane world."""
    params = seen.params
    row = params.accounts.index(account)
    weight = params.approver_power if audience == "desk" else say(world, params, row, MODIFIED)[:, :1]
    return Room(seen, account, audience, _own_work(true_standing(world, seen, row)), weight)


def gate_of(weighed: Weighed, place: int) -> str:
    """What stops one of the pages; '' for nothing."""
    code = int(weighed.judged.gate[place])
    return GATES[code - 1] if code else ""
