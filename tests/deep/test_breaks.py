"""Every deliberate break is caught: ``pytest tests/deep/test_breaks.py``, or, to choose,

    python -m tests.deep.test_breaks [--root DIR] [--layout old|new] [--check] [--whole] [NAME...]

``--check`` tells which breaks no longer fit the code, without running a test; ``--whole`` runs the files of tests to
their end and names every test that failed.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.deep.breaks import BREAKS as OF_OLD
from tests.deep.breaks import LAYOUTS, Break
from tests.deep.breaks_organisation import ORGANISATION

ROOT = Path(__file__).parents[2]
BREAKS = (*OF_OLD, *ORGANISATION)
"""Fifty that fit two layouts of the package, and those of the organisation, which is younger than both."""
NEEDED = ("kamsim", "tests", "scenarios", "assets", "pyproject.toml", "README.md", "CONTRIBUTING.md", "docs")
FAILED, PASSED = 1, 0
"""What pytest ends with."""


def misfit(one: Break, root: Path, layout: str) -> str:
    """Why a break no longer fits the code; '' where it does."""
    line = one.line(layout)
    path = root / "kamsim" / line.file
    if not path.is_file():
        return f"kamsim/{line.file} is not there"
    count = path.read_text(encoding="utf-8").count(line.text)
    if count != 1:
        return f"its text stands {count} times in kamsim/{line.file}, not once: {line.text}"
    lost = [test for test in one.tests(layout) if not _stands(root, test)]
    return f"there is no test {', '.join(lost)}" if lost else ""


def _stands(root: Path, test: str) -> bool:
    """Whether a file of tests is there, and the test in it."""
    file, _, name = test.partition("::")
    path = root / file
    return path.is_file() and (not name or f"def {name.partition('[')[0]}(" in path.read_text(encoding="utf-8"))


class Workshop:
    """A copy of a checkout, in which one line at a time is broken."""

    def __init__(self, root: Path, copy: Path, layout: str) -> None:
        self.copy, self.layout, self._turn = copy, layout, 0
        for name in NEEDED:
            if (root / name).is_dir():
                shutil.copytree(root / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
            elif (root / name).is_file():
                shutil.copy2(root / name, copy / name)

    def failures(self, one: Break, *, whole: bool = False) -> tuple[bool, str]:
        """Whether the tests notice a break, and what pytest said last."""
        line = one.line(self.layout)
        path = self.copy / "kamsim" / line.file
        sound = path.read_text(encoding="utf-8")
        self._write(path, sound.replace(line.text, line.broken))
        try:
            done = self._run(one.tests(self.layout), whole=whole)
        finally:
            self._write(path, sound)
        said = done.stdout
        if done.returncode not in (FAILED, PASSED):
            said += f"\nthe tests could not be run (status {done.returncode})\n{done.stderr}"
        return done.returncode == FAILED, said

    def _write(self, path: Path, text: str) -> None:
        """Also with a time of its own, so that no compiled file of another text is taken for this one's."""
        path.write_text(text, encoding="utf-8")
        self._turn += 2
        os.utime(path, (1_500_000_000 + self._turn, 1_500_000_000 + self._turn))

    def _run(self, tests: Sequence[str], *, whole: bool) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--tb=no", "-rfE", *tests]
        environment = {**os.environ, "PYTHONPATH": str(self.copy), "PYTEST_ADDOPTS": ""}
        return subprocess.run(
            command if whole else [*command, "-x"],
            cwd=self.copy, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip


@pytest.fixture(scope="module")
def workshop() -> Iterator[Workshop]:
    with TemporaryDirectory(prefix="kamsim-breaks-") as copy:
        yield Workshop(ROOT, Path(copy), "new")


def test_each_has_a_name_of_its_own_and_fits_the_code() -> None:
    assert len({one.name for one in BREAKS}) == len(BREAKS) and len(OF_OLD) == 50
    found = [f"{one.name}: {why}" for one in BREAKS if (why := misfit(one, ROOT, "new"))]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("one", BREAKS, ids=lambda one: one.name)
def test_a_break_is_caught(workshop: Workshop, one: Break) -> None:
    caught, said = workshop.failures(one)
    assert caught, f"{one.rule}: nothing noticed\n{said[-500:]}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run some breaks, all unless named; 1 where one slipped through or no longer fits."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="words of the names of breaks to try")
    parser.add_argument("--root", type=Path, default=ROOT, help="the checkout")
    parser.add_argument("--layout", choices=LAYOUTS, default="new")
    parser.add_argument("--check", action="store_true", help="only see that every break fits the code")
    parser.add_argument("--whole", action="store_true", help="go on after the first test that fails, and name all")
    asked = parser.parse_args(arguments)
    chosen = [one for one in BREAKS if not asked.names or any(name in one.name for name in asked.names)]
    misfits = {one.name: why for one in chosen if (why := misfit(one, asked.root, asked.layout))}
    for name, why in misfits.items():
        print(f"DOES NOT FIT     {name}: {why}")  # noqa: T201
    slipped = [] if asked.check else list(_slipped([one for one in chosen if one.name not in misfits], asked))
    tried = (
        "" if asked.check else f"; {len(chosen) - len(misfits) - len(slipped)} caught, {len(slipped)} slipped through"
    )
    print(f"{len(chosen)} breaks in the {asked.layout} layout, {len(misfits)} do not fit{tried}")  # noqa: T201
    return 1 if misfits or slipped else 0


def _slipped(chosen: Sequence[Break], asked: argparse.Namespace) -> Iterator[str]:
    """The names of breaks that nothing noticed; each is told as it was tried."""
    with TemporaryDirectory(prefix="kamsim-breaks-") as copy:
        workshop = Workshop(asked.root, Path(copy), asked.layout)
        for one in chosen:
            caught, said = workshop.failures(one, whole=asked.whole)
            failed = re.findall(r"^(?:FAILED|ERROR) (\S+)", said, re.MULTILINE)
            print(f"{'caught' if caught else 'SLIPPED THROUGH':<16} {one.name}: {' '.join(failed)}", flush=True)  # noqa: T201
            if not caught:
                print(said[-800:], flush=True)  # noqa: T201
                yield one.name


if __name__ == "__main__":
    sys.exit(main())
