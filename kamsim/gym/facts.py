"""Which facts a situation needs: those that an answer can rest on, the most important first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np

from kamsim.engine.moments import initiative_of
from kamsim.engine.sight import Seen
from kamsim.engine.terms import ISSUES
from kamsim.gym.drill import Drill

MOST: Final = 10
"""Facts that one situation brings."""
OF_A_PURCHASE: Final = ("stage", "decides", "amount", "runs")
OF_ACCOUNT: Final = ("attack", "price_sensitivity", "trust", "wallet")


def needed(seen: Seen, drill: Drill) -> tuple[int, ...]:
    """Rows of the facts that are known and bear on a drill."""
    rows = dict.fromkeys(_bearing(seen, drill))
    return tuple(row for row in rows if seen.seen_at[row, 0] >= 0)[:MOST]


def _bearing(seen: Seen, drill: Drill) -> Iterator[int]:
    params, at = seen.params, seen.params.fact_blocks
    if drill.kind == "pursue":
        yield from _purchases(seen, drill.choices)
        return
    account = params.accounts.index(drill.account)
    if drill.kind == "talk":
        talk = params.talks.index(drill.about)
        yield from (at["worth"][talk * len(ISSUES) + issue] for issue in range(len(ISSUES)))
        yield from _initiatives(seen, [int(params.talk_initiative[talk])])
    elif drill.kind == "moment":
        moment = params.moments.index(drill.about)
        yield from _initiatives(seen, [initiative_of(params, moment)])
        yield at["measure"][int(params.moment_person[moment])]
    else:
        first = params.initiatives.index(drill.about)
        others = [row for row in params.account_initiatives[account] if row != first]
        yield from _initiatives(seen, [first])
        yield at["measure"][int(params.initiative_owner[first])]
        yield from _initiatives(seen, others)
    yield at["attack"][account]
    yield from (at["measure"][row] for row in _powerful(seen, account))
    yield from (at[kind][account] for kind in OF_ACCOUNT)
    yield from (at["stance"][row] for row in _powerful(seen, account))


def _initiatives(seen: Seen, rows: Iterable[int]) -> Iterator[int]:
    """How initiatives stand, and what pushes them or holds them back."""
    params, at = seen.params, seen.params.fact_blocks
    for row in rows:
        if row < 0:
            continue
        yield at["state"][row]
        known = [at["acts"][force] for force in params.initiative_forces[row] if _works(seen, force)]
        yield from known or [at["force"][row]]


def _works(seen: Seen, force: int) -> bool:
    """Whether a force is known to be there."""
    return bool(np.nan_to_num(seen.known("acts", force)[0][0]) > 0)


def _powerful(seen: Seen, account: int) -> list[int]:
    """The account's people, the most powerful first as far as known."""
    people = seen.params.account_people[account]
    return sorted(people, key=lambda row: -float(np.nan_to_num(seen.known("power", row)[0][0])))


def _purchases(seen: Seen, choices: Iterable[str]) -> Iterator[int]:
    params, at = seen.params, seen.params.fact_blocks
    for name in choices:
        row = params.opportunities.index(name)
        yield at["state"][int(params.opportunity_initiative[row])]
        yield from (at[kind][row] for kind in OF_A_PURCHASE)
