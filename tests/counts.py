"""``python -m tests.counts``: the measures of a house that is easy to change, beside what they should be.

A lever, a move or a screen should be named in few files, no file should need another that needs it, and none should be
too long to read in one sitting. `tests/test_counts.py` holds what is reached.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import kamsim

PACKAGE: Final = Path(kamsim.__file__).parent
ROOT: Final = PACKAGE.parent
LONGEST: Final = 500
"""Lines of a file."""


@cache
def sources() -> dict[str, str]:
    """Text of every source file by its dotted name."""
    made = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        made[name] = path.read_text(encoding="utf-8")
    return made


def imported(name: str) -> Iterator[str]:
    """The files of the package that a file imports, anywhere in it and for whatever purpose."""
    for node in ast.walk(ast.parse(sources()[name])):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in sources())
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            inside = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (one for one in inside if one in sources())
            if node.module in sources() and not all(one in sources() for one in inside):
                yield node.module


def circles() -> list[list[str]]:
    """Groups of files that all need each other, directly or through others: Tarjan's strongly connected components."""
    graph = {name: sorted(set(imported(name))) for name in sources()}
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(name: str) -> None:
        order[name] = low[name] = len(order)
        stack.append(name)
        for other in graph[name]:
            if other not in order:
                visit(other)
            if other in stack:
                low[name] = min(low[name], low[other])
        if low[name] == order[name]:
            group = stack[stack.index(name) :]
            del stack[stack.index(name) :]
            if len(group) > 1:
                found.append(sorted(group))

    for name in graph:
        if name not in order:
            visit(name)
    return found


def holding(word: str) -> list[str]:
    """Files that hold a word, comments included."""
    return [name for name, text in sources().items() if re.search(rf"\b{word}\b", text)]


def long_files() -> list[str]:
    """Files of more lines than one reads in a sitting."""
    return [name for name, text in sources().items() if text.count("\n") > LONGEST]


def faces_past_the_view() -> list[str]:
    """Files of the two faces that ask the engine instead of the view: where a rule or a figure may hide."""
    faces = [name for name in sources() if name.split(".")[1:2] in (["terminal"], ["desktop"])]
    return [name for name in faces if any(one.startswith("kamsim.engine") for one in imported(name))]


def wall_clocks() -> list[str]:
    """Test files whose asserts hang on how busy the machine is; the benchmarks and the slow proofs are run alone."""
    tests = [path for path in sorted((ROOT / "tests").rglob("*.py")) if path.parent.name not in ("bench", "deep")]
    clocks = re.compile(r"\b(?:perf_counter|monotonic|time\.time)\(")
    return [path.relative_to(ROOT).as_posix() for path in tests if clocks.search(path.read_text(encoding="utf-8"))]


def test_cases() -> int:
    """Test cases that the README's test command collects."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"]
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    found = re.search(r"^(\d+) tests? collected", shown, re.MULTILINE)
    if found is None:
        raise SystemExit(f"the tests could not be collected:\n{shown[-2000:]}")
    return int(found.group(1))


test_cases.__test__ = False  # type: ignore[attr-defined]  # its name says what it counts


@dataclass(frozen=True)
class Count:
    """One measure: what is counted, how, and the most that it should be (None: only printed). ``held``: whether
    `tests/test_counts.py` asserts it."""

    name: str
    count: Callable[[], int | list[str] | list[list[str]]]
    most: int | None
    held: bool = True


COUNTS: Final = (
    Count("circles of imports between files", circles, 0, held=False),
    Count("files that hold `pooled`, a lever of the case", lambda: holding("pooled"), 8),
    Count("files that hold `link_news`, a move", lambda: holding("link_news"), 6),
    Count("files named wording...", lambda: [n for n in sources() if n.split(".")[-1].startswith("wording")], 0),
    Count(f"files over {LONGEST} lines", long_files, 0, held=False),
    Count("lines under kamsim/", lambda: sum(text.count("\n") for text in sources().values()), 52_000, held=False),
    Count("test files that read the wall clock", wall_clocks, 0),
    Count("files of terminal/ and desktop/ that import the engine", faces_past_the_view, None),
)
MOST_CASES: Final = 3_500
"""Test cases of the README's test command."""
CASES_HELD: Final = True


def main() -> None:
    """Print the table; what is over its bound is listed."""
    over = []
    for one in COUNTS:
        found = one.count()
        number = found if isinstance(found, int) else len(found)
        sys.stdout.write(_line(one.name, number, one.most))
        if isinstance(found, list) and one.most is not None and number > one.most:
            over.append((one.name, found))
    sys.stdout.write(_line("test cases", test_cases(), MOST_CASES))
    for name, files in over:
        sys.stdout.write(f"\n{name}:\n")
        for entry in files:
            sys.stdout.write(f"  {entry if isinstance(entry, str) else ' > '.join(entry)}\n")


def _line(name: str, number: int, most: int | None) -> str:
    wanted = "" if most is None else f"   at most {most:,}{'' if number <= most else '   OVER'}"
    return f"{name:<58} {number:>7,}{wanted}\n"


if __name__ == "__main__":
    main()
