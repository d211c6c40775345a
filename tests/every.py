"""Many cases in one test: every case is tried, and all that fail are told in one assertion."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from inspect import signature
from typing import Any

import pytest


def every(names: str, cases: Iterable[Any], called: Callable[[Any], object] = str) -> Callable[..., Any]:
    """Like `pytest.mark.parametrize`, in one loop: for cases that are quick and need no fixture of their own.

    ``names`` are the arguments that a case fills, with commas between; ``called`` names a case in the message.
    Fixtures are shared by all cases.
    """
    fields = [name.strip() for name in names.split(",")]
    listed = list(cases)
    assert listed, "there is no case to try"

    def looped(test: Callable[..., None]) -> Callable[..., None]:
        @wraps(test)
        def tried(**fixtures: Any) -> None:
            faults = []
            for case in listed:
                values = case if len(fields) > 1 else (case,)
                try:
                    test(**dict(zip(fields, values, strict=True)), **fixtures)
                except (Exception, pytest.fail.Exception) as fault:
                    faults.append(f"{called(case)}, {_line(fault)}: {type(fault).__name__}: {fault}")
            assert not faults, f"{len(faults)} of {len(listed)} cases fail:\n" + "\n".join(faults)

        whole = signature(test)
        rest = [given for name, given in whole.parameters.items() if name not in fields]
        tried.__signature__ = whole.replace(parameters=rest)  # type: ignore[attr-defined]
        return tried

    return looped


def _line(fault: BaseException) -> str:
    """The line of the test at which it failed."""
    trace = fault.__traceback__
    inside = trace.tb_next if trace else None
    return f"line {inside.tb_lineno}" if inside else "in the call"
