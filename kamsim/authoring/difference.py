"""`kamsim check --diff`: what changed for a scenario, in words: since another one, since a session's log, or since it
was put on record before an upgrade, with what bots make of it under the rules of then and now."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from kamsim import __version__
from kamsim.errors import KamsimError
from kamsim.game.follow import scenario_of
from kamsim.game.log import read_log
from kamsim.game.records import RULES
from kamsim.players.simulate import simulate
from kamsim.scenario.findings import listed
from kamsim.scenario.models import Scenario
from kamsim.scenario.proportions import first_quarter
from kamsim.scenario.reader import canonical, load_scenario
from kamsim.view.words.names import MINUS

BOTS: Final = ("typical", "value_seller", "farmer", "discounter")
SEEDS: Final = 20
MOST_TOLD: Final = 40
"""Changes of one sort that are told one by one."""
RECORD: Final = "kamsim record of a scenario"
Figures = dict[str, float]


@dataclass(frozen=True, slots=True)
class Version:
    """A scenario as it stood somewhere, under some rules."""

    told: str
    """Where it stood: ``halden``, ``ada.jsonl``."""
    data: dict[str, Any]
    rules: int
    kamsim: str
    figures: Figures | None
    """What bots make of it, by what it is; None where nobody can tell any more."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed between two versions."""

    old: Version
    new: Version
    numbers: list[str]
    texts: list[str]
    added: list[str]
    gone: list[str]
    fields: list[str]
    """Fields that the old version did not know."""

    def text(self) -> str:
        """In words."""
        lines = [f"{self.new.told}, against {self.old.told}:"]
        if self.old.rules != self.new.rules:
            lines.append(f"  rules {self.old.rules} (kamsim {self.old.kamsim}), now {self.new.rules} "
                         f"(kamsim {self.new.kamsim}): the same play comes to other figures")  # fmt: skip
        sorts = {"gone": self.gone, "new": self.added, "changed": self.numbers, "said anew": self.texts}
        for what, told in {**sorts, "not known then, and usual now": self.fields}.items():
            lines += [f"  {what}:", *(f"    {one}" for one in told[:MOST_TOLD])] if told else []
            if len(told) > MOST_TOLD:
                lines.append(f"    and {len(told) - MOST_TOLD:,} more")
        if len(lines) == 1:
            lines.append("  nothing that was written has changed")
        return "\n".join([*lines, *self._figures()])

    def _figures(self) -> Iterator[str]:
        if self.old.figures is None or self.new.figures is None:
            yield "  what bots made of it then is not on record; kamsim check SCENARIO --record FILE keeps it"
            return
        yield "  what comes of it, then and now:"
        for what, now in self.new.figures.items():
            then = self.old.figures.get(what)
            same = then is not None and _figure(then) == _figure(now)
            before = "not known" if then is None else _figure(then)
            yield f"    {what}: {_figure(now)}, as before" if same else f"    {what}: {before}, now {_figure(now)}"

    def to_dict(self) -> dict[str, Any]:
        """Plain data for ``--json``."""
        sides = {side: {"told": one.told, "rules": one.rules, "kamsim": one.kamsim, "figures": one.figures}
                 for side, one in (("old", self.old), ("new", self.new))}  # fmt: skip
        return {**sides, "gone": self.gone, "new_parts": self.added, "changed": self.numbers, "texts": self.texts,
                "fields": self.fields}  # fmt: skip


def difference(base: str, path: str) -> Difference:
    """What changed from ``base`` to the scenario at ``path``. Raises KamsimError where either cannot be read."""
    old, new = version(base), version(path)
    found: dict[str, list[str]] = {"numbers": [], "texts": [], "added": [], "gone": [], "fields": []}
    for sort, told in _changes(old.data, new.data, ""):
        found[sort].append(told)
    found["fields"] = list(dict.fromkeys(found["fields"]))
    return Difference(old, new, **found)


def version(told: str) -> Version:
    """A scenario by its id or folder, of a session's log, or from a record."""
    path = Path(told)
    if path.suffix == ".jsonl":
        found = read_log(path)
        return Version(path.name, canonical(scenario_of(found)), found.header.rules, found.header.kamsim, None)
    if path.suffix == ".json":
        return _recorded(path)
    scenario = load_scenario(told)
    return Version(told, canonical(scenario), RULES, __version__, figures_of(scenario))


def record(path: str, file: Path) -> None:
    """Keep a scenario and what bots make of it, for a later --diff. Raises KamsimError where it cannot be written."""
    one = version(path)
    data = {"what": RECORD, "told": one.told, "kamsim": one.kamsim, "rules": one.rules, "figures": one.figures,
            "scenario": one.data}  # fmt: skip
    try:
        file.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    except OSError as error:
        raise KamsimError(f"{file} cannot be written: {(error.strerror or 'unknown').lower()}") from None


def figures_of(scenario: Scenario) -> Figures:
    """What the first quarter comes to, and the median score and profit of bots in a session of the usual length."""
    first = first_quarter(scenario)
    found = {"sales of the first quarter": first.sales, "pocket margin": first.margin, "cost to serve": first.serve}
    for bot in BOTS:
        played = simulate(scenario, bot, SEEDS, scenario.length.standard)
        found[f"score of {bot}"] = float(np.median(played.score))
        found[f"profit of {bot}"] = float(np.median(played.nac.sum(axis=(1, 2)))) / 100
    return found


def _recorded(path: Path) -> Version:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        raise KamsimError(f"{path} is no record of a scenario that can be read") from None
    if not isinstance(data, dict) or data.get("what") != RECORD or not isinstance(data.get("scenario"), dict):
        raise KamsimError(f"{path} is no record of a scenario; kamsim check SCENARIO --record FILE writes one")
    figures = data.get("figures")
    kept = {str(key): float(one) for key, one in figures.items() if isinstance(one, int | float)} if isinstance(
        figures, dict) else None  # fmt: skip
    rules = data.get("rules")
    return Version(
        path.name, data["scenario"], rules if isinstance(rules, int) else 0, str(data.get("kamsim", "")), kept
    )


def _changes(old: Any, new: Any, at: str) -> Iterator[tuple[str, str]]:
    """Everything that differs, by sort; entries of lists by their id."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key, value in new.items():
            here = f"{at}.{key}" if at else key
            if key in old:
                yield from _changes(old[key], value, here)
            elif value not in ([], {}, None):
                yield "fields", f"{key}: {_value(value)}"
        yield from (("gone", f"{at}.{key}" if at else key) for key in old if key not in new)
    elif _named(old) and _named(new):
        before, after = ({_key(one): one for one in side} for side in (old, new))
        yield from (("gone", f"{at}.{key}{_called(before[key])}") for key in before if key not in after)
        yield from (("added", f"{at}.{key}{_called(after[key])}") for key in after if key not in before)
        for key in (key for key in after if key in before):
            yield from _changes(before[key], after[key], f"{at}.{key}")
    elif _alike(old) and _alike(new) and len(old) == len(new):
        for place, (before, after) in enumerate(zip(old, new, strict=True), 1):
            yield from _changes(before, after, f"{at}.{place}")
    elif old != new:
        if _is_prose(old) and _is_prose(new):
            yield "texts", f"{at}: {_said_anew(_prose(old), _prose(new))}"
        else:
            yield "numbers", f"{at}: {_value(old)}, now {_value(new)}"


def _is_prose(value: Any) -> bool:
    return " " in value if isinstance(value, str) else isinstance(value, list) and any(map(_is_prose, value))


def _prose(value: Any) -> list[str]:
    return (value if isinstance(value, str) else " / ".join(map(str, value))).split()


def _said_anew(old: list[str], new: list[str]) -> str:
    """Two texts from a little before the word at which they part."""
    first = next((place for place, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]), 0)
    start = max(0, first - 3)
    before, after = (f"{'... ' if start else ''}{' '.join(words[start : start + 8])}" for words in (old, new))
    return f"'{before}', now '{after}'"


def _named(value: Any) -> bool:
    """A list whose entries have names."""
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) and _key(one) for one in value)


def _alike(value: Any) -> bool:
    """A list of parts without names, such as other ways to tell something."""
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def _key(entry: dict[str, Any]) -> str:
    own = next((entry[key] for key in ("id", "move", "line", "year", "quarter") if key in entry), "")
    return f"{own}.{entry['region']}" if entry.get("region") and "wallet" in entry else str(own)


def _called(entry: dict[str, Any]) -> str:
    name = entry.get("name") or entry.get("title")
    return f" ({name})" if isinstance(name, str) else ""


def _value(value: Any) -> str:
    if isinstance(value, str):
        words = value.split()
        return f"'{' '.join(words[:9])}{' ...' if len(words) > 9 else ''}'"
    if isinstance(value, list):
        return f"[{listed(_value(one) for one in value)}]" if value else "none"
    if isinstance(value, dict):
        return f"{{{listed(f'{key}: {_value(one)}' for key, one in value.items())}}}"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _signed(f"{value:g}" if isinstance(value, float) else str(value))
    return "nothing" if value is None else str(value).lower()


def _figure(value: float) -> str:
    said = f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.1f}" if abs(value) >= 1 else f"{value:.1%}"
    return _signed(said)


def _signed(figure: str) -> str:
    """A figure with a true minus sign."""
    return figure.replace("-", MINUS, 1) if figure.startswith("-") else figure
