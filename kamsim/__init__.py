"""kamsim: a business-case simulation that trains Key Account Managers.

    import kamsim
    scenario = kamsim.load_scenario("halden")
    with kamsim.Session.start(scenario, seed=7) as session: ...
    kamsim.simulate(scenario, "steady", seeds=100)

Everything that goes wrong for a reason you can mend is a `KamsimError`; ``kamsim.errors`` has the whole tree.
Names are loaded when they are first used, so that ``import kamsim`` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from kamsim.debrief.attribution import attribute
    from kamsim.errors import IllegalMove, KamsimError, LogError, ScenarioError
    from kamsim.game.replay import replay
    from kamsim.game.session import Session
    from kamsim.players.outcomes import Outcomes
    from kamsim.players.seat import Policy, Seat
    from kamsim.players.simulate import override, simulate
    from kamsim.scenario.reader import load_scenario

__version__: Final = "0.1.0"
__all__ = [
    "IllegalMove",
    "KamsimError",
    "LogError",
    "Outcomes",
    "Policy",
    "ScenarioError",
    "Seat",
    "Session",
    "__version__",
    "attribute",
    "load_scenario",
    "override",
    "replay",
    "simulate",
]

_HOMES: Final = {
    "load_scenario": "kamsim.scenario.reader",
    "Session": "kamsim.game.session",
    "simulate": "kamsim.players.simulate",
    "override": "kamsim.players.simulate",
    "Outcomes": "kamsim.players.outcomes",
    "Policy": "kamsim.players.seat",
    "Seat": "kamsim.players.seat",
    "replay": "kamsim.game.replay",
    "attribute": "kamsim.debrief.attribution",
    "KamsimError": "kamsim.errors",
    "IllegalMove": "kamsim.errors",
    "LogError": "kamsim.errors",
    "ScenarioError": "kamsim.errors",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'kamsim' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
