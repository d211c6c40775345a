"""A log with a sound chain and values that cannot be: a sentence from every use, and no harm to the class beside it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kamsim.debrief.exports import export
from kamsim.debrief.pages import write_debrief
from kamsim.errors import LogError
from kamsim.game.replay import replay, verify
from kamsim.game.session import Session
from tests.every import every
from tests.game.forging import sources, try_some
from tests.game.test_log import forge

QUOTED = 200
"""Characters of its input that a sentence repeats at most."""


def test_some_forged_logs_in_every_use(tmp_path: Path) -> None:
    """Ten of the two thousand of tests/deep/test_log_fuzz.py."""
    faults = try_some(tmp_path, 10, 7)
    assert not faults, "\n".join(faults)


def argument(field: str, value: Any) -> Callable[[list[Any]], None]:
    """Another value for the first argument of that name; ``number`` for the first that is one."""

    def change(lines: list[Any]) -> None:
        for line in lines:
            for name, held in line.get("args", {}).items():
                if name == field or (field == "number" and isinstance(held, float)):
                    line["args"][name] = value
                    return
        raise LookupError(field)

    return change


def first_command(**values: Any) -> Callable[[list[Any]], None]:
    """Other values in the first line of a move."""
    return lambda lines: next(line for line in lines if line["kind"] == "command").update(values)


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return sources(tmp_path_factory.mktemp("sources"))


@every(
    "change",
    [
        argument("number", 10**400),
        argument("number", True),
        argument("number", "0.1"),
        argument("account", 5),
        argument("account", "nope"),
        argument("account", "n" * 1_000_000),
        argument("account", ["orvik"]),
        argument("person", "nope"),
        argument("person", ""),
        first_command(args={"a": 1}),
        first_command(args={}),
        first_command(args=[]),
        first_command(move="zz"),
        first_command(move="z" * 1_000_000),
        first_command(n=10**400),
        first_command(quarter=True),
    ],
    lambda change: change.__qualname__,
)
def test_a_forged_value_is_refused_with_its_line_and_costs_nobody_a_page(
    change: Callable[[list[Any]], None], logs: list[Path], tmp_path: Path
) -> None:
    """By replay, resuming, debrief and export; the log beside it, of the same session, is debriefed and exported."""
    path, sound = tmp_path / "forged.jsonl", tmp_path / "sound.jsonl"
    for copy in (path, sound):
        shutil.copy(logs[0], copy)
    forge(path, change)
    for use in (verify, replay, Session.resume, lambda log: write_debrief([log], tmp_path / "one.html")):
        try:
            use(path)
        except Exception as error:
            told = str(error).replace(str(path), "")
            assert "line " in told and max(map(len, told.splitlines())) < QUOTED + 200, told[:500]
            assert "Error" not in type(error).__name__ or type(error).__module__.startswith("kamsim"), repr(error)[:300]
        else:
            raise AssertionError(f"{use} takes it")
    made = write_debrief([path, sound], tmp_path / "class.html", as_class=True)
    assert made.sessions == 1 and any(fault.path == path and fault.used == "none" for fault in made.faults)
    assert export([path, sound], "csv", tmp_path / "out").sessions == 1


def test_a_refused_log_is_a_log_error(logs: list[Path], tmp_path: Path) -> None:
    """Callers of the Python interface can tell it from a mistake of their own."""
    path = tmp_path / "forged.jsonl"
    shutil.copy(logs[0], path)
    forge(path, argument("account", 5))
    for use in (replay, Session.resume):
        with pytest.raises(LogError):
            use(path)
