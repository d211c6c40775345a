"""The claims as data: what is quoted, what is compared, and which threshold was fixed beforehand (``claims.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, Final

from kamsim.errors import KamsimError

FILE: Final = Path(__file__).parent / "claims.toml"
TESTS: Final = ("more", "least", "order", "rate", "band", "variance")
RELATIVE: Final = frozenset({"profit", "revenue", "volume", "left", "new_lines"})
"""Metrics whose effects are shares of the lower side's figure unless a condition says otherwise: money."""
TOGETHER: Final = frozenset({"departures_ratio"})
"""Metrics of which all seeds of one side together are told as a multiple of those of the other."""
QUARTERS: Final = 20
"""Length of an experiment unless its claim says otherwise (economics E)."""


@dataclass(frozen=True)
class Arm:
    """One side of an experiment: who plays, and which values of the scenario are replaced (dotted paths; ``*`` stands
    for every entry of a list)."""

    policy: str
    overrides: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Condition:
    """One thing that must hold. ``test`` says how, as told at the head of ``claims.toml``; without a threshold
    (``share``, ``rate``, or ``low`` and ``high``) the figure is only reported."""

    says: str
    metric: str
    test: str = "more"
    more: str = ""
    less: str = ""
    rising: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()
    """All that a claim combines, of which ``of`` are looked at; the arms are in ``rising``, as `combined` has them."""
    of: tuple[str, ...] = ()
    arm: str = ""
    accounts: str = "all"
    relative: bool = False
    """Whether the effect is told as a share of the lower side's figure rather than as a difference."""
    first: int = 1
    last: int | None = None
    """Quarters that are looked at, from 1; None for the end of the game."""
    share: float | None = None
    rate: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def sides(self) -> tuple[str, ...]:
        """What is compared, each an arm or ``a - b``, the highest expected first."""
        if self.test == "variance":
            return self.rising
        if self.test == "order":
            return tuple(reversed(self.rising))
        return (self.arm,) if self.test == "rate" else (self.more, self.less)

    @property
    def threshold(self) -> float | tuple[float, float] | None:
        """What was fixed beforehand, or None where the figure is only reported."""
        if self.test in ("band", "variance"):
            return None if self.low is None or self.high is None else (self.low, self.high)
        return self.rate if self.test == "rate" else self.share


@dataclass(frozen=True)
class Claim:
    """A sentence of a document as a paired experiment: the same seeds in every arm."""

    id: str
    quote: str
    source: str
    asks: str
    scenario: str
    quarters: int
    arms: Mapping[str, Arm]
    conditions: tuple[Condition, ...]
    needs: str
    """What the game lacks so that it cannot be tried yet; empty where it can."""
    part_needs: str
    """What is missing for the part of the claim that no condition tests."""

    def needed_quarters(self) -> int:
        """The shortest game in which every condition can be looked at."""
        return max([4, *(max(c.first, c.last or c.first) for c in self.conditions)])


def arms_of(side: str) -> tuple[str, ...]:
    """Names of the arms in ``a`` or ``a - b``."""
    return tuple(name.strip() for name in side.split(" - "))


@cache
def all_claims() -> tuple[Claim, ...]:
    """Every claim of the data file, in its order, those that cannot be tried yet among them."""
    return read_claims(FILE.read_text(encoding="utf-8"))


def read_claims(text: str) -> tuple[Claim, ...]:
    """Claims from TOML. Raises KamsimError for what does not fit, by claim."""
    data = tomllib.loads(text)
    claims = [_claim(row) for row in data.get("claim", ())]
    claims += [_claim({"asks": "", "arms": {}, "condition": [], **row}) for row in data.get("waiting", ())]
    names = [claim.id for claim in claims]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise KamsimError(f"claims.toml has two claims {sorted(twice)[0]!r}")
    return tuple(claims)


def chosen(rows: tuple[str, ...]) -> tuple[Claim, ...]:
    """The claims named, in the order of the file; all of them for no names. Raises KamsimError for an unknown one."""
    claims = all_claims()
    known = {claim.id for claim in claims}
    for row in rows:
        if row not in known:
            raise KamsimError(f"there is no claim {row!r}; known are {', '.join(claim.id for claim in claims)}")
    return tuple(claim for claim in claims if not rows or claim.id in rows)


def _claim(row: Mapping[str, Any]) -> Claim:
    quarters = int(row.get("quarters", QUARTERS))
    factors = row.get("factors", {})
    arms = {name: Arm(**arm) for name, arm in row.get("arms", {}).items()} | combined(factors, row.get("plays", ""))
    conditions = tuple(_condition(row["id"], item, quarters, tuple(factors)) for item in row["condition"])
    for condition in conditions:
        for name in (arm for side in condition.sides for arm in arms_of(side)):
            if name not in arms:
                raise KamsimError(f"claim {row['id']}: {condition.says!r} names an arm {name!r} that it has not")
    return Claim(
        id=row["id"],
        quote=row["quote"],
        source=row["source"],
        asks=row["asks"],
        scenario=row.get("scenario", "halden"),
        quarters=quarters,
        arms=arms,
        conditions=conditions,
        needs=row.get("needs", ""),
        part_needs=row.get("part_needs", ""),
    )


def combined(factors: Mapping[str, Sequence[Mapping[str, Any]]], policy: str) -> dict[str, Arm]:
    """An arm for every combination of factors, each low (its first overrides) or high; the last one changes first."""
    made = {}
    for levels in product((0, 1), repeat=len(factors)) if factors else ():
        chosen = {name: factors[name][level] for name, level in zip(factors, levels, strict=True)}
        overrides = {path: value for changes in chosen.values() for path, value in changes.items()}
        name = ", ".join(f"{factor} {('low', 'high')[level]}" for factor, level in zip(factors, levels, strict=True))
        made[name] = Arm(policy, overrides)
    return made


def _condition(claim: str, row: Mapping[str, Any], quarters: int, factors: tuple[str, ...] = ()) -> Condition:
    """One condition; its window as first and last quarter."""
    item = dict(row)
    year, last = item.pop("year", None), item.pop("last", None)
    first, end = item.pop("from", 1), item.pop("to", None)
    if year is not None:
        first, end = 4 * year - 3, 4 * year
    elif last is not None:
        first = quarters - last + 1
    if item.get("test", "more") not in TESTS:
        raise KamsimError(f"claim {claim}: there is no test {item['test']!r}; known are {', '.join(TESTS)}")
    item = {"relative": item["metric"] in RELATIVE, **item, "rising": tuple(item.get("rising", ()))}
    if item.get("test") == "variance":
        unknown = sorted(set(item["of"]) - set(factors))
        if unknown:
            raise KamsimError(f"claim {claim}: {item['says']!r} names a factor {unknown[0]!r} that it has not")
        arms = combined(dict.fromkeys(factors, ({}, {})), "")
        item |= {"factors": factors, "of": tuple(item["of"]), "rising": tuple(arms), "relative": False}
    return Condition(**item, first=first, last=end)
