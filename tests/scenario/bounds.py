"""Every number of a scenario at every bound that its model declares: what "accepted means playable" is held against."""

from __future__ import annotations

import random
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from math import inf, nextafter
from typing import Any

from kamsim.errors import ScenarioError
from kamsim.scenario.models import Scenario
from kamsim.scenario.reader import canonical, scenario_from_canonical

Path = tuple[str | int, ...]
Change = tuple[Path, float | int]
"""Where a number stands in the canonical form, and what it becomes."""


def bounds(scenario: Scenario) -> dict[str, list[Change]]:
    """By number (entries of a list are one kind), every place where it stands, at each of its bounds."""
    found: dict[str, list[Change]] = {}
    for path, schema in _numbers(canonical(scenario), _schema()):
        if path[0] != "examples":
            kind = ".".join("*" if isinstance(step, int) else step for step in path)
            found.setdefault(kind, []).extend((path, edge) for edge in _edges(schema))
    return {kind: changes for kind, changes in found.items() if changes}


def singly(scenario: Scenario) -> Iterator[tuple[str, Scenario]]:
    """Every number at each bound: the first of its kind alone, then all of the kind at once. Only what is accepted."""
    base = canonical(scenario)
    for kind, changes in bounds(scenario).items():
        first = changes[0][0]
        for edge in dict.fromkeys(value for _, value in changes):
            alone = [change for change in changes if change == (first, edge)]
            every = [change for change in changes if change[1] == edge]
            for chosen in [alone, every] if len(every) > 1 else [alone]:
                if (made := accepted(base, chosen)) is not None:
                    yield f"{len(chosen)} {kind} = {edge:g}", made


def together(scenario: Scenario, luck: random.Random, count: int = 2) -> tuple[str, Scenario | None]:
    """Some numbers at a bound together, each in one place or everywhere; None where that is refused."""
    kinds = bounds(scenario)
    chosen: list[Change] = []
    told = []
    for kind in luck.sample(list(kinds), count):
        path, edge = luck.choice(kinds[kind])
        everywhere = luck.random() < 0.5
        chosen += [change for change in kinds[kind] if change[1] == edge and (everywhere or change[0] == path)]
        told.append(f"{kind} = {edge:g}{' everywhere' if everywhere else ''}")
    return ", ".join(told), accepted(canonical(scenario), chosen)


def accepted(base: dict[str, Any], changes: list[Change]) -> Scenario | None:
    """The scenario with these numbers, if the reader takes it."""
    try:
        return scenario_from_canonical(changed(base, changes))
    except ScenarioError:
        return None


def changed(base: dict[str, Any], changes: list[Change]) -> dict[str, Any]:
    """The canonical form with these numbers."""
    data = deepcopy(base)
    for path, value in changes:
        place: Any = data
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value
    return data


@cache
def _schema() -> dict[str, Any]:
    return Scenario.model_json_schema()


def _numbers(value: Any, schema: dict[str, Any], path: Path = ()) -> Iterator[tuple[Path, dict[str, Any]]]:
    schema = _resolved(schema)
    if isinstance(value, dict):
        others = [*schema.get("patternProperties", {}).values(), schema.get("additionalProperties")]
        for key, item in value.items():
            yield from _numbers(item, schema.get("properties", {}).get(key) or others[0], (*path, key))
    elif isinstance(value, list):
        fixed = schema.get("prefixItems", [])
        for place, item in enumerate(value):
            yield from _numbers(item, fixed[place] if place < len(fixed) else schema["items"], (*path, place))
    elif schema.get("type") in ("number", "integer"):
        yield path, schema


def _resolved(schema: dict[str, Any]) -> dict[str, Any]:
    schema = next((option for option in schema.get("anyOf", ()) if option.get("type") != "null"), schema)
    name = schema.get("$ref", "").rsplit("/", 1)[-1]
    return _schema()["$defs"][name] if name else schema


def _edges(schema: dict[str, Any]) -> list[float | int]:
    low, high = schema.get("minimum"), schema.get("maximum")
    above, below = schema.get("exclusiveMinimum"), schema.get("exclusiveMaximum")
    edges = [low, high, above and nextafter(above, inf), below and nextafter(below, -inf)]
    kind = int if schema["type"] == "integer" else float
    return [kind(edge) for edge in edges if edge is not None]
