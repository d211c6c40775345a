"""Bots in bulk: a policy over many seeds, all lanes at once, through the same seat as a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from operator import index
from pathlib import Path
from typing import Any, Final, overload

import numpy as np

from kamsim.errors import KamsimError
from kamsim.players.keeping import Figures, Keep, Kept
from kamsim.players.outcomes import Outcomes, Study, Watch, compiled, joined, played
from kamsim.players.policies import named_policy
from kamsim.players.seat import Policy
from kamsim.players.workers import workers_for
from kamsim.scenario.models import Scenario
from kamsim.scenario.reader import canonical, load_scenario, scenario_from_canonical

MOST_SEED: Final = 2**63 - 1
"""The largest seed, as in a session."""


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


@overload
def simulate(
    scenario: Scenario | str | Path,
    policy: str | Policy,
    seeds: int | Iterable[int],
    quarters: int | None = None,
    overrides: Mapping[str, Any] | None = None,
    watch: Watch | None = None,
    *,
    keep: None = None,
    workers: int = 1,
    dask: str | None = None,
) -> Outcomes: ...
@overload
def simulate(
    scenario: Scenario | str | Path,
    policy: str | Policy,
    seeds: int | Iterable[int],
    quarters: int | None = None,
    overrides: Mapping[str, Any] | None = None,
    watch: Watch | None = None,
    *,
    keep: Keep,
    workers: int = 1,
    dask: str | None = None,
) -> Kept: ...
def simulate(
    scenario: Scenario | str | Path,
    policy: str | Policy,
    seeds: int | Iterable[int],
    quarters: int | None = None,
    overrides: Mapping[str, Any] | None = None,
    watch: Watch | None = None,
    *,
    keep: Keep | None = None,
    workers: int = 1,
    dask: str | None = None,
) -> Outcomes | Kept:
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

    ``keep``: instead of `Outcomes`, keep figures only, chunk by chunk, so that any number of seeds has room: names of
    what `Outcomes` has, or functions of the outcomes of a chunk that give an entry for each lane. Numbers give means,
    yes and no a share, one number by lane quantiles too, and a difference is of the same luck::

        kept = kamsim.simulate("halden", "steady", seeds=100_000, keep={
            "value": "value",
            "gains": lambda outcomes: outcomes.value > 0,
            "lead": lambda outcomes: outcomes.value - outcomes.against("typical").value,
        })
        kept["gains"].mean, kept["lead"].quantile(0.1)

    ``workers``: how many processes of this machine play; ``dask``: the address of a cluster whose workers do. Both
    play copies of the policy, chunk by chunk, and give the same bits as this process alone.

    Raises KamsimError, before anything is played, for arguments that cannot be, and ScenarioError for a scenario that
    cannot be read or a value that it cannot have.
    """
    study = study_of(scenario, policy, seeds, quarters, overrides)
    figures = None if keep is None else Figures.of(keep)
    crew = _whole(workers)
    if crew is None or crew < 1:
        raise KamsimError(f"workers are a whole number from 1 up, not {_told(workers)}")
    if watch is not None and (crew > 1 or dask is not None):
        raise KamsimError("a watch looks on in this process only; leave workers and dask out")
    with workers_for(crew, dask) as hands:
        made = hands.each(partial(_worked, figures, watch), study.chunks(hands.count))
        if figures is None:
            return joined(list(made))
        kept = Kept(len(study.seeds))
        for part in made:
            kept.add(part)
        return kept


def _worked(figures: Figures | None, watch: Watch | None, chunk: Study) -> Any:
    """What is wanted of a chunk: its outcomes, or figures of them."""
    outcomes = played(chunk, watch)
    return outcomes if figures is None else figures(outcomes)


def study_of(
    scenario: Any, policy: Any, seeds: Any, quarters: Any = None, overrides: Mapping[str, Any] | None = None
) -> Study:
    """The study that these arguments of `simulate` mean, checked."""
    player, numbers = _player(policy), _seeds(seeds)
    scenario = _scenario(scenario)
    if overrides is not None:
        scenario = override(scenario, _paths(overrides))
    params = compiled(scenario)
    length = params.standard_quarters if quarters is None else _whole(quarters)
    if length is None or not 1 <= length <= params.longest:
        raise KamsimError(f"{scenario.id} can be played for 1 to {params.longest} quarters, not {quarters!r}")
    return Study(scenario, player, numbers, length)


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


def _seeds(seeds: Any) -> Sequence[int]:
    """The seeds meant: n stands for 1..n."""
    count = _whole(seeds)
    numbers: Sequence[int]
    if count is not None:
        numbers = range(1, count + 1)
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
