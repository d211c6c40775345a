"""The end: two purses, the score against bots on the same luck, and two of those bots beside the player."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from kamsim.engine.lanes import Lanes
from kamsim.engine.ledger import Ledger
from kamsim.engine.params import Params
from kamsim.game.closing import cents
from kamsim.players.scoring import purses, score
from kamsim.scenario.models import Scenario

if TYPE_CHECKING:
    from kamsim.players.outcomes import Outcomes


def finish_data(
    scenario: Scenario, params: Params, seed: int, history: Sequence[Ledger], trust: Lanes
) -> dict[str, Any]:
    """What the event ``finished`` holds, the log's name left out. Money in cents.

    ``discounter``, ``empty_chair`` (nobody decides anything) and ``you``: {volume_value (units at list price), profit
    (account profit), value (both purses)}.
    """
    from kamsim.players.outcomes import reference_leads  # noqa: PLC0415  # bots are needed at the end only
    from kamsim.players.simulate import simulate  # noqa: PLC0415  # likewise

    quarters = len(history)
    profit = np.array([ledger.contribution for ledger in history])
    worth = purses(profit, trust, params)
    typical = simulate(scenario, "typical", [seed], quarters=quarters).value
    leads = reference_leads(scenario, quarters)
    volume = np.array([ledger.line("list_sales") for ledger in history])
    value = float(worth.value[0])
    return {
        "score": round(float(score(worth.value, typical, leads)[0]), 1),
        "banked": cents(worth.banked[0]),
        "left": cents(worth.left[0]),
        "value": cents(value),
        "typical": cents(typical[0]),
        "lead": cents(np.median(leads)),
        "discounter": _told(simulate(scenario, "discounter", [seed], quarters=quarters)),
        "empty_chair": _told(simulate(scenario, "do_nothing", [seed], quarters=quarters)),
        "you": {"volume_value": cents(volume.sum()), "profit": cents(profit.sum()), "value": cents(value)},
    }


def _told(bot: Outcomes) -> dict[str, int]:
    """A bot's session on the player's luck, in three figures."""
    return {
        "volume_value": cents(bot.volume[0].sum()),
        "profit": cents(bot.nac[0].sum()),
        "value": cents(bot.value[0]),
    }
