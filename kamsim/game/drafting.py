"""Drafts of business cases: the page as a habitual KAM would bring it, kept drafts, and a coach's view of one.

Everything here is made from Seen. Drafts stay outside the World; the log keeps them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from kamsim.engine.appraisal import appraise
from kamsim.engine.belief import believed_standing
from kamsim.engine.effects import ABOUT
from kamsim.engine.initiatives import alive
from kamsim.engine.judgement import implied_claim, judge_company, judge_customer
from kamsim.engine.lanes import Lanes
from kamsim.engine.levers import MOST_LEVERS
from kamsim.engine.moves.casework import written_for
from kamsim.engine.page import COMPANY_METRICS, CRITERIA, GATES, HIGHEST_CLAIM, THOUSAND, coded, levers_used
from kamsim.engine.params import KINDS, MEASURES
from kamsim.engine.preview import Futures
from kamsim.engine.sight import Seen
from kamsim.engine.standing import Standing

WORTH_SAYING: Final = 2.0
"""Points that a criterion must cost before the coach speaks of it."""
MOST_ADVICE: Final = 3


@dataclass(frozen=True)
class Draft:
    """A page put aside under a name; ``page`` as the arguments of a move have it."""

    name: str
    account: str
    audience: str
    quarter: int
    page: dict[str, Any]


def page_of(seen: Seen, account: str, page: Mapping[str, Any]) -> Lanes:
    """The column of numbers (G, 1) of a page given by words."""
    params = seen.params
    values = dict(page)
    if values.get("initiative") is not None:
        values["initiative"] = params.initiatives.index(values["initiative"])
    if values.get("region") is not None:
        values["region"] = params.regions[params.accounts.index(account)].index(values["region"])
    return written_for(seen, params.accounts.index(account), coded(values, 1))


def known_initiatives(seen: Seen, account: str) -> list[str]:
    """Initiatives of a customer that the player knows of, the liveliest and freshest first."""
    params = seen.params
    rows = []
    for row in params.account_initiatives[params.accounts.index(account)]:
        state, age = seen.known("state", row)
        if not np.isnan(state[0]):
            rows.append((not bool(alive(state.astype(np.int8))[0]), float(age[0]), row))
    return [params.initiatives[row] for *_, row in sorted(rows)]


def opening_page(seen: Seen, account: str, audience: str) -> dict[str, Any]:
    """The page as it opens: written already, as a habitual KAM would bring it. It names the initiative that is known
    best, a small price, a modest get, a brochure, no cost of doing nothing, three pages; each is a choice to improve.
    The claim is what our own facts imply for what it offers."""
    known = known_initiatives(seen, account)
    page: dict[str, Any] = {
        "initiative": known[0] if known else None,
        "angle": "goal",
        "commitment": 0.05,
        "length": 8,
        "width": 0.25,
        "due": 4,
        "proof": "brochure",
        "alternative": "do_nothing",
        "inaction": "none",
        "sensitivity": "none",
        "body": "three_pages",
    }
    row = seen.params.accounts.index(account)
    if audience == "desk":
        page |= {"metric": "profit", "people": 1}
    else:
        page |= {"metric": _likely_measure(seen, known), "programme": 10, "price": 0.01}
        page["price"] = _price_left(seen, row, page["price"])
    return with_figures(seen, account, page)


def _price_left(seen: Seen, account: int, wanted: float) -> float:
    """As much of a price concession as authority leaves."""
    params = seen.params
    for cell in params.account_cells[account]:
        limit = params.start_discount[cell] + params.authority_discount + seen.granted_discount[account]
        if float(seen.discount[cell, 0]) + wanted > float(limit[0]) + 1e-9:
            return 0.0
    return wanted


def _likely_measure(seen: Seen, known: list[str]) -> str:
    """What the owner of the initiative is judged on, where that is known; else what such an initiative is about."""
    params = seen.params
    if not known:
        return "savings"
    initiative = params.initiatives.index(known[0])
    owner = int(params.initiative_owner[initiative])
    measure, _ = seen.known("measure", owner)
    about = ABOUT[KINDS[params.initiative_kind[initiative]]]
    if not np.isnan(measure[0]) and MEASURES[int(measure[0])] in about:
        return MEASURES[int(measure[0])]
    return about[0]


def with_figures(seen: Seen, account: str, page: Mapping[str, Any], standing: Standing | None = None) -> dict[str, Any]:
    """The page with its claim, and its cost of doing nothing, set to what our own facts imply, in thousands.
    ``standing``: what is believed of the account, where it is at hand."""
    if standing is None:
        standing = believed_standing(seen, seen.params.accounts.index(account))
    worked = appraise(standing, page_of(seen, account, page))
    made = dict(page)
    least = -HIGHEST_CLAIM if made.get("metric") in COMPANY_METRICS else 0.0
    made["claim"] = _claimed(implied_claim(worked)[0], least)
    if made.get("inaction", "none") != "none":
        made["inaction_value"] = _claimed(worked.worth[0], 0.0)
    else:
        made["inaction_value"] = 0.0
    return made


def _claimed(cents: float, least: float) -> float:
    """An amount in whole thousands, as far as a page can hold it."""
    return float(np.clip(np.rint(cents / THOUSAND), least, HIGHEST_CLAIM))


def advice(seen: Seen, account: str, audience: str, page: Mapping[str, Any]) -> list[str]:
    """What a coach would say about a page, from what the player knows: a gate that it would fall at, then the criteria
    that cost it most; names of `page.GATES` and `page.CRITERIA`."""
    row = seen.params.accounts.index(account)
    standing, column = believed_standing(seen, row), page_of(seen, account, page)
    judged = judge_company(standing, column) if audience == "desk" else judge_customer(standing, column)
    code = int(judged.gate[0])
    said = [GATES[code - 1]] if code else []
    if levers_used(column, standing.days)[0] > MOST_LEVERS:
        said.append("too_many_levers")
    loss = judged.loss[:, :, 0]
    mean = [float(np.add.reduce(loss[place])) / max(1, loss.shape[1]) for place in range(len(CRITERIA))]
    order = sorted(range(len(CRITERIA)), key=lambda place: -mean[place])
    said += [CRITERIA[place] for place in order[:MOST_ADVICE] if mean[place] >= WORTH_SAYING]
    return said


def futures(seen: Seen, account: str) -> Futures:
    """The futures in which offers to an account are compared this quarter."""
    return Futures(seen, seen.params.accounts.index(account))
