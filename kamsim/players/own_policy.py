"""A policy of the user's own that fails: told with its own file and line, not as a fault of kamsim."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from kamsim.errors import IllegalMove, KamsimError


@contextmanager
def told_where(policy: Any) -> Iterator[None]:
    """Let what a policy raises be a KamsimError that begins with file and line; shipped policies are left alone."""
    try:
        yield
    except (Exception, SystemExit) as error:
        other = isinstance(error, KamsimError) and not isinstance(error, IllegalMove)
        if other or type(policy).__module__.startswith("kamsim."):
            raise
        raise KamsimError(f"{_place(policy, error)}: the policy {_called(policy)!r} failed: {fault(error)}") from error


def fault(error: BaseException) -> str:
    """What went wrong in the user's own code, on one line."""
    return f"{type(error).__name__}: {' '.join(str(error).split())[:200]}".removesuffix(": ")


def line_in(file: str, error: BaseException) -> int | None:
    """The last line of a file that an error came through."""
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno for frame in reversed(frames) if frame.filename == file), None)


def _called(policy: Any) -> str:
    return str(getattr(policy, "name", type(policy).__name__))[:80]


def _place(policy: Any, error: BaseException) -> str:
    """Where in its file it failed; where it was never entered (another signature), where its ``play`` stands."""
    play: Any = getattr(type(policy), "play", None)
    code = getattr(play, "__code__", None)
    if code is None:
        return type(policy).__qualname__
    file = play.__globals__.get("__file__") or code.co_filename  # code that travelled to another process has no name
    return f"{file}:{line_in(code.co_filename, error) or code.co_firstlineno}"
