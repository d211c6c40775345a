"""Changes of a page that are tried before anybody advises them: what each would do to what readers make of the page, as
far as the player knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kamsim.engine.appraisal import appraise
from kamsim.engine.belief import believed_standing
from kamsim.engine.judgement import implied_claim, judge_company, judge_customer
from kamsim.engine.page import CRITERIA, THOUSAND
from kamsim.game.drafting import page_of
from kamsim.view.case import bringing

if TYPE_CHECKING:
    from kamsim.engine.lanes import Lanes
    from kamsim.engine.sight import Seen
    from kamsim.view.case.working import Working
    from kamsim.view.words.names import Cast

FEELS: Final = 0.5
"""Points that a change must save of what it is meant to mend, and of the whole."""
ENOUGH: Final = 0.6
"""Of what the best change brings, what the first one that is advised brings at least: smaller changes stand first."""
ANY: Final = 1e3
"""Points beyond what any page can win or lose."""
TONE, HARM_TONE = "tone", "inaction_tone"
"""What a change may say besides fields of the page: how boldly the figures follow."""


@dataclass(frozen=True)
class Way:
    """A change of a page: its fields, or how boldly its figures follow; and what a coach says to it, with ``{claim}``
    and ``{harm}`` for the figures that it comes to."""

    changes: Mapping[str, Any]
    text: str


def changed(seen: Seen, work: Working, ways: Sequence[Way]) -> list[Working]:
    """The page with each of some changes, its figures following as they do on the page."""
    account = seen.params.accounts.index(work.account)
    made = []
    for way in ways:
        fields = {name: value for name, value in way.changes.items() if name not in (TONE, HARM_TONE)}
        tones = {name: value for name, value in way.changes.items() if name in (TONE, HARM_TONE)}
        made.append(replace(work, page={**work.page, **fields}, known=dict(work.known), **tones))
    worked = appraise(believed_standing(seen, account), _columns(seen, made))
    width = len(made)
    implied, worth = (np.broadcast_to(values, width) for values in (implied_claim(worked), worked.worth))
    for place, page in enumerate(made):
        page.known = {"claim": float(np.rint(implied[place] / THOUSAND)),
                      "inaction_value": float(np.rint(worth[place] / THOUSAND))}  # fmt: skip
        page.follow()
    return made


def _columns(seen: Seen, works: Sequence[Working]) -> Lanes:
    """Pages as columns of numbers (G, N)."""
    return np.concatenate([page_of(seen, work.account, work.page) for work in works], axis=-1)


def best(cast: Cast, seen: Seen, work: Working, ways: Sequence[Way], name: str) -> str:
    """The words of the first change that helps about as much as any, of those that mend what they are about (a
    criterion or a gate by ``name``) and could be brought; '' where none does."""
    if not ways:
        return ""
    pages = [work, *changed(seen, work, ways)]
    standing = believed_standing(seen, seen.params.accounts.index(work.account))
    judged = (judge_company if work.audience == "desk" else judge_customer)(standing, _columns(seen, pages))
    gate, score = (np.broadcast_to(values, (*values.shape[:-1], len(pages))) for values in (judged.gate, judged.score))
    whole = np.add.reduce(score) / max(1, len(score))
    mends = _mended(judged.loss, len(pages), name)
    allowed = (gate[1:] == 0) if name not in CRITERIA else (gate[1:] == 0) | (gate[1:] == gate[0])
    least = FEELS if name in CRITERIA else -ANY
    gain = np.where(allowed & mends, whole[1:] - whole[0], -ANY)
    now = bringing.refused(cast, seen, work)
    able = [
        place
        for place in np.flatnonzero(gain > least).tolist()
        if bringing.refused(cast, seen, pages[place + 1]) in ("", now)
    ]
    if not able:
        return ""
    most = max(float(gain[place]) for place in able)
    enough = min(place for place in able if gain[place] >= ENOUGH * most or (most <= 0.0 and gain[place] == most))
    return filled(cast, ways[enough].text, pages[enough + 1])


def earns(cast: Cast, seen: Seen, work: Working, ways: Sequence[Way]) -> str:
    """The words of the first change that helps what the page is worth to us about as much as any, of those that could
    be brought and that no reader would stop; '' where none does."""
    if not ways:
        return ""
    pages = [work, *changed(seen, work, ways)]
    standing = believed_standing(seen, seen.params.accounts.index(work.account))
    judged = (judge_company if work.audience == "desk" else judge_customer)(standing, _columns(seen, pages))
    gate, worth = (np.broadcast_to(values, len(pages)) for values in (judged.gate, judged.appraisal.npv))
    now = bringing.refused(cast, seen, work)
    able = [
        place
        for place in range(1, len(pages))
        if worth[place] > worth[0] + THOUSAND
        and gate[place] in (0, gate[0])
        and bringing.refused(cast, seen, pages[place]) in ("", now)
    ]
    if not able:
        return ""
    most = max(float(worth[place] - worth[0]) for place in able)
    first = min(place for place in able if worth[place] - worth[0] >= ENOUGH * most)
    return filled(cast, ways[first - 1].text, pages[first])


def _mended(loss: Lanes, width: int, name: str) -> Any:
    """Of each change whether it saves points where it is meant to; a gate is looked at by itself."""
    if name not in CRITERIA:
        return np.ones(width - 1, dtype=bool)
    row = loss[CRITERIA.index(name)]
    cost = np.broadcast_to(np.add.reduce(row) / max(1, len(row)), width)
    return cost[1:] < cost[0] - FEELS


def filled(cast: Cast, text: str, work: Working) -> str:
    """What a coach says, with the figures that a page comes to."""
    claim = cast.money(float(work.page.get("claim") or 0.0) * THOUSAND)
    harm = cast.money(float(work.page.get("inaction_value") or 0.0) * THOUSAND)
    return text.replace("{claim}", claim).replace("{harm}", harm)
