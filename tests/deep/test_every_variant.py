"""One suite over every scenario that kamsim ships, begins, makes of a table or takes as a variant: ``pytest tests/deep``.

Each checks clean, plays with every policy, is deterministic and finite; everything that was written happens in some run;
every text fits its place; and of a variant's base nothing is left on any page of either face.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import pytest

from kamsim.authoring import customers, table
from kamsim.authoring.begin import begin
from kamsim.desktop.config import Config
from kamsim.game.session import Session
from kamsim.players.policies import POLICIES
from kamsim.players.simulate import simulate
from kamsim.scenario.lint import check_paths, render
from kamsim.scenario.reader import load_scenario, shipped
from kamsim.terminal.app import play_text
from tests import test_every_scenario as each
from tests.desktop import tour
from tests.desktop.lint import faults
from tests.desktop.spot_tour import on_the_spot, papers
from tests.engine.worlds import SCENARIOS
from tests.scenario.variant import base_words, renamed
from tests.terminal.table import Pipe


def of_a_table(folder: Path) -> Path:
    """The scenario of the table that kamsim writes."""
    path = folder.with_suffix(".csv")
    table.write_template(path)
    customers.scenario_of(path, folder)
    return folder


def begun(folder: Path) -> Path:
    """The small scenario of `kamsim new`."""
    begin(folder)
    return folder


def harder(folder: Path) -> Path:
    """A variant in francs, at another rate, harder, with a customer left out and its texts said anew."""
    folder.mkdir(parents=True)
    said = ("format: 1\nextends: portfolio\nid: harder\ncurrency: CHF\nlocale: de_CH\nexchange: 0.95\ndifficulty: hard\n"
            "company: {hourly_cost: 110}\n")  # fmt: skip
    (folder / "scenario.yaml").write_text(said, encoding="utf-8")
    return folder


MADE: dict[str, Callable[[Path], Path]] = {
    "renamed": renamed,
    "harder": harder,
    "begun": begun,
    "of_a_table": of_a_table,
}
ALL = [*shipped(), *MADE]


@cache
def place(name: str) -> str:
    """Where a scenario is: its id, or a folder made for it."""
    return str(MADE[name](Path(mkdtemp()) / name)) if name in MADE else name


@pytest.mark.parametrize("name", ALL)
def test_it_checks_clean_and_plays_with_every_policy(name: str) -> None:
    """Neither an error nor a warning; every bot comes to finite figures, the same each time, to the bit."""
    report = check_paths([place(name)])
    assert not report.errors and not report.warnings, render(report)
    told = load_scenario(place(name))
    for policy in POLICIES:
        once, again = (simulate(told, policy, (1, 2, 3), told.length.shortest) for _ in range(2))
        assert once.nac.tobytes() == again.nac.tobytes(), policy
        for what in ("nac", "revenue", "volume", "discount", "cost_to_serve", "share_of_wallet", "trust", "value"):
            assert np.isfinite(getattr(once, what)).all(), (policy, what)


@pytest.mark.parametrize("name", list(MADE))
def test_everything_that_was_written_happens(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in shipped scenarios: each request, incident, tender, turn and attack in some of 200 seeds."""
    monkeypatch.setattr(each, "scenario", lambda _: load_scenario(place(name)))
    each.test_everything_that_was_written_can_happen(name)


def test_nothing_of_the_base_is_on_any_page_of_the_window(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A variant of Halden under other names and in dollars: on no page stands a name of Halden's or a euro, and every
    text fits its place. The title is left out: it offers Halden, too."""
    monkeypatch.setitem(SCENARIOS, "renamed", lambda: load_scenario(place("renamed")))
    words, seen, found = base_words(), 0, []
    parts = (tour.session, tour.ours, tour.bought, tour.cases, tour.answers, tour.at_the_table, tour.closes,
             on_the_spot, papers)  # fmt: skip
    for part in parts:
        for stop, pilot in part(tmp_path / part.__name__, (1280, 800), Config(motion=False), "renamed"):
            said = pilot.describe()
            left = sorted({hit.group() for hit in words.finditer(said)})
            found += [f"{stop}: {left}"] if left else []
            found += [f"{stop}: {fault}" for fault in faults(pilot.app)]
            seen += 1
    assert seen > 40
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", ["renamed", "begun"])
def test_nothing_of_the_base_is_in_the_text_session(tmp_path: Path, name: str) -> None:
    """Two thousand answers at random, from one desk to the next: no name of Halden's, no euro under dollars, no brace
    that waits to be filled."""
    draw = random.Random(7)
    words = ("desk", "end", "notes", "why", "radar", "cases", "promises", "portfolio", "deal", "back", "help", "skip")
    answers = [draw.choice(words) if draw.random() < 0.25 else str(draw.randint(1, 9)) for _ in range(2000)]
    pipe = Pipe(["skip", "skip", "skip", *answers])
    told = load_scenario(place(name))
    play_text(
        lambda: Session.start(told, seed=7, log_dir=tmp_path, quarters=told.length.shortest), pipe.read, pipe.write,
        width=80, echo=False,
    )  # fmt: skip
    assert len(pipe.text) > 20_000 and "{" not in pipe.text
    if name == "renamed":
        left = {hit.group() for hit in base_words().finditer(pipe.text)}
        assert not left, left
