"""Bots in bulk: a policy over many seeds, all lanes at once, through the same seat as a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import index
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np

from kamsim.engine.lanes import Lanes, total
from kamsim.engine.ledger import Ledger
from kamsim.engine.luck import Luck
from kamsim.engine.params import Params, compile_params
from kamsim.engine.quarter import close_quarter, first_quarter
from kamsim.engine.world import World
from kamsim.errors import KamsimError
from kamsim.players.policies import named_policy
from kamsim.players.scoring import Purses, purses, score
from kamsim.players.seat import Policy, Seat
from kamsim.scenario.models import Scenario
from kamsim.scenario.reader import canonical, digest, load_scenario, scenario_from_canonical

CHUNK: Final = 2048
"""Lanes worked on together: bounds memory, and shares the cost of each call of numpy among enough of them."""
MOST_SEED: Final = 2**63 - 1
"""The largest seed, as in a session."""
REFERENCE_SEEDS: Final = range(1, 201)
"""Seeds over which the score's unit, the median lead of ``value_seller`` over ``typical``, is taken."""


class Watch(Protocol):
    """Looks at true worlds while a policy plays, and touches nothing; chunk by chunk of `CHUNK` lanes."""

    def before_close(self, world: World, params: Params) -> None:
        """The quarter's moves are made."""

    def after_close(self, world: World, params: Params, ledger: Ledger) -> None:
        """The quarter is closed; ``ledger`` has its books, ``world`` stands in the next one."""


@dataclass(frozen=True, eq=False)
class Outcomes:
    """What a policy came to. Arrays have axes (lane, quarter, account); money in cents.

    ``nac`` account profit, ``revenue`` pocket sales, ``volume`` units valued at list price, ``discount`` what list
    price lost on and off invoice as a share of it, ``cost_to_serve`` positive cents, ``share_of_wallet`` by list
    value, ``trust`` as the quarter's trade found it. ``purses`` by lane.
    """

    policy: str
    seeds: tuple[int, ...]
    accounts: tuple[str, ...]
    nac: Lanes
    revenue: Lanes
    volume: Lanes
    discount: Lanes
    cost_to_serve: Lanes
    share_of_wallet: Lanes
    trust: Lanes
    purses: Purses
    scenario: Scenario

    @property
    def value(self) -> Lanes:
        """Both purses together by lane, cents."""
        return self.purses.value

    @property
    def score(self) -> Lanes:
        """By lane: 50 is play as good as ``typical`` on the same luck (economics H8)."""
        quarters = self.nac.shape[1]
        typical = simulate(self.scenario, "typical", self.seeds, quarters).value
        return score(self.value, typical, reference_leads(self.scenario, quarters))


def override(scenario: Scenario, changes: Mapping[str, Any]) -> Scenario:
    """The same scenario with some values replaced, named by dotted paths such as ``accounts.orvik.trust``.

    List entries are named by their id or their place from 0. Raises KamsimError for a path that leads nowhere and
    ScenarioError for a value that the scenario cannot have.
    """
    data = canonical(scenario)
    for path, value in changes.items():
        *parents, last = path.split(".")
        place: Any = data
        for step in parents:
            place = _step(place, step, path)
        if isinstance(place, list):
            place[_entry(place, last, path)] = value
        elif isinstance(place, dict) and last in place:
            place[last] = value
        else:
            raise KamsimError(f"there is no {path!r} in scenario {scenario.id}: {last!r} was not found")
    return scenario_from_canonical(data, "overrides")


def _step(place: Any, step: str, path: str) -> Any:
    if isinstance(place, list):
        return place[_entry(place, step, path)]
    if isinstance(place, dict) and step in place:
        return place[step]
    raise KamsimError(f"there is no {path!r} in the scenario: {step!r} was not found")


def _entry(entries: list[Any], step: str, path: str) -> int:
    for row, entry in enumerate(entries):
        if isinstance(entry, dict) and entry.get("id", entry.get("line")) == step:
            return row
    if step.isdecimal() and int(step) < len(entries):
        return int(step)
    raise KamsimError(f"there is no {path!r} in the scenario: {step!r} was not found")


def simulate(
    scenario: Scenario | str | Path,
    policy: str | Policy,
    seeds: int | Iterable[int],
    quarters: int | None = None,
    overrides: Mapping[str, Any] | None = None,
    watch: Watch | None = None,
) -> Outcomes:
    """Play a policy over seeds, in chunks of lanes.

    ``scenario``: a shipped id, a folder, a ``scenario.yaml``, or a scenario already loaded. ``policy``: the name of a
    shipped bot, or an object of your own (see `Policy`). ``seeds``: a number n for seeds 1..n, or the seeds themselves.

    ``quarters``: how many to play, from 1 to the scenario's longest; its standard length unless given. The first
    quarters do not know how many follow, so a shorter run is the start of a longer one::

        kamsim.simulate("halden", "steady", seeds=20, quarters=4)

    ``overrides``: values of the scenario to replace, by dotted path. A path goes down the names of the scenario's
    files; an entry of a list is named by its ``id`` (business by its ``line``), or by its place from 0::

        kamsim.simulate("halden", "steady", seeds=20, overrides={"accounts.orvik.trust": 0.5})

    ``watch``: for studies, somebody who looks at the true worlds before and after each close (see `Watch`).

    Raises KamsimError, before anything is played, for arguments that cannot be, and ScenarioError for a scenario that
    cannot be read or a value that it cannot have.
    """
    player, numbers = _player(policy), _seeds(seeds)
    scenario = _scenario(scenario)
    if overrides is not None:
        scenario = override(scenario, _paths(overrides))
    _keep_freed_memory()
    params = _compiled(digest(scenario), scenario)
    length = params.standard_quarters if quarters is None else _whole(quarters)
    if length is None or not 1 <= length <= params.longest:
        raise KamsimError(f"{scenario.id} can be played for 1 to {params.longest} quarters, not {quarters!r}")
    chunks = [
        _play(scenario, params, player, numbers[at : at + CHUNK], length, watch) for at in range(0, len(numbers), CHUNK)
    ]
    joined = {name: np.concatenate([chunk[name] for chunk in chunks], axis=-1) for name in chunks[0]}
    worth = purses(joined["nac"], joined.pop("final_trust"), params)
    by_lane = {name: np.moveaxis(values, -1, 0) for name, values in joined.items()}
    return Outcomes(player.name, numbers, params.accounts, **by_lane, purses=worth, scenario=scenario)


def _scenario(scenario: Any) -> Scenario:
    if isinstance(scenario, Scenario):
        return scenario
    if not isinstance(scenario, str | Path):
        raise KamsimError(f"a scenario is an id, a path, or what load_scenario gave, not {_told(scenario)}")
    return load_scenario(scenario)


def _player(policy: Any) -> Policy:
    """The policy meant, checked for what a run will ask of it."""
    if isinstance(policy, str):
        return named_policy(policy)
    if isinstance(policy, type):
        raise KamsimError(f"a policy is an object: give {policy.__name__}(), not the class")
    missing = [
        text
        for text, there in (
            ("a name", isinstance(getattr(policy, "name", None), str)),
            ("a method play(seat)", callable(getattr(policy, "play", None))),
        )
        if not there
    ]
    if missing:
        raise KamsimError(
            f"a policy is the name of a shipped bot, or an object with a name and a method play(seat); "
            f"{_told(policy)} has not {' and not '.join(missing)}"
        )
    found: Policy = policy
    return found


def _seeds(seeds: Any) -> tuple[int, ...]:
    """The seeds meant: n stands for 1..n."""
    count = _whole(seeds)
    if count is not None:
        numbers = tuple(range(1, count + 1))
    elif isinstance(seeds, Iterable) and not isinstance(seeds, str | bytes | Mapping):
        numbers = tuple(_seed(seed) for seed in seeds)
    else:
        raise KamsimError(f"seeds are a whole number n, for seeds 1 to n, or a list of seeds, not {_told(seeds)}")
    if not numbers:
        raise KamsimError("a simulation needs at least one seed")
    return numbers


def _seed(seed: Any) -> int:
    number = _whole(seed)
    if number is None or not 0 <= number <= MOST_SEED:
        raise KamsimError(f"a seed is a whole number from 0 to {MOST_SEED}, not {_told(seed)}")
    return number


def _whole(value: Any) -> int | None:
    """A whole number of any integer type; None for anything else, truth values among it."""
    if isinstance(value, bool | np.bool_ | np.ndarray):
        return None
    try:
        return index(value)
    except TypeError:
        return None


def _paths(overrides: Any) -> Mapping[str, Any]:
    if not isinstance(overrides, Mapping) or not all(isinstance(path, str) for path in overrides):
        raise KamsimError(
            f"overrides name values by dotted path, such as {{'accounts.orvik.trust': 0.5}}; "
            f"they cannot be {_told(overrides)}"
        )
    return overrides


def _told(value: Any) -> str:
    """What was given instead, in few words."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _keep_freed_memory() -> None:
    """Teach the C allocator to keep what is freed, by freeing one large block: otherwise every temporary of a chunk is
    given back to the system and faulted in again page by page (glibc; up to a third of the speed when measured)."""
    np.empty(30 << 17)


_PARAMS: dict[str, Params] = {}
_LEADS: dict[tuple[str, int], Lanes] = {}


def _compiled(key: str, scenario: Scenario) -> Params:
    """Params of a scenario, compiled once for each content."""
    if key not in _PARAMS:
        if len(_PARAMS) > 32:
            _PARAMS.clear()
        _PARAMS[key] = compile_params(scenario)
    return _PARAMS[key]


def _play(
    scenario: Scenario,
    params: Params,
    policy: Policy,
    seeds: tuple[int, ...],
    quarters: int,
    watch: Watch | None,
) -> dict[str, Lanes]:
    """One chunk of lanes; arrays (quarter, account, lane)."""
    luck = Luck(seeds)
    world = first_quarter(scenario, params, luck)
    shape = (quarters, len(params.accounts), len(seeds))
    names = ("nac", "revenue", "volume", "discount", "cost_to_serve", "share_of_wallet", "trust")
    kept = {name: np.empty(shape) for name in names}
    list_value = params.list_price
    for quarter in range(quarters):
        policy.play(Seat(world, params, luck))
        if watch is not None:
            watch.before_close(world, params)
        ledger = close_quarter(world, params, luck)
        if watch is not None:
            watch.after_close(world, params, ledger)
        listed = ledger.line("list_sales")
        kept["nac"][quarter] = ledger.contribution
        kept["revenue"][quarter] = ledger.sales
        kept["volume"][quarter] = listed
        kept["discount"][quarter] = 1.0 - ledger.sales / np.maximum(listed, 1.0)
        kept["cost_to_serve"][quarter] = -ledger.cost_to_serve
        wallet = ledger.wallet * list_value
        for account, cells in enumerate(params.account_cells):
            spent = total(wallet, cells)
            kept["share_of_wallet"][quarter, account] = listed[account] / np.maximum(spent, 1.0)
        kept["trust"][quarter] = ledger.trust
    kept["final_trust"] = world.relations.trust
    return kept


def reference_leads(scenario: Scenario, quarters: int) -> Lanes:
    """Lead in value of ``value_seller`` over ``typical`` by reference seed, cents: the unit of the score."""
    key = (digest(scenario), quarters)
    if key not in _LEADS:
        better = simulate(scenario, "value_seller", REFERENCE_SEEDS, quarters).value
        usual = simulate(scenario, "typical", REFERENCE_SEEDS, quarters).value
        _LEADS[key] = better - usual
    return _LEADS[key]
