"""`kamsim run`: what it tells of many seeds, interrupted or not, and the file of every lane."""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kamsim.cli import main
from kamsim.lab import experiments, runs
from kamsim.lab.progress import Progress
from kamsim.players import outcomes
from kamsim.players.simulate import simulate
from kamsim.players.workers import Workers

RUN = ["run", "halden", "--policy", "do_nothing", "--quarters", "2", "--seeds"]


class Stopped(Workers):
    """Somebody presses Ctrl-C after two jobs."""

    def each(self, work: Any, jobs: Iterable[Any]) -> Iterator[Any]:
        for place, job in enumerate(jobs):
            if place == 2:
                raise KeyboardInterrupt
            yield work(job)


@pytest.fixture
def stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outcomes, "CHUNK", 5)
    monkeypatch.setattr(runs, "workers_for", lambda *_: Stopped())
    monkeypatch.setattr(experiments, "workers_for", lambda *_: Stopped())


def test_the_figures_are_those_of_the_outcomes(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By year, over all accounts; cut in chunks or not."""
    monkeypatch.setattr(outcomes, "CHUNK", 16)
    assert main(["run", "halden", "--policy", "steady", "--quarters", "6", "--seeds", "40", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    whole = simulate("halden", "steady", 40, 6)
    for year, part in zip(data["years"], (slice(0, 4), slice(4, 6)), strict=True):
        profit = whole.nac[:, part].sum(axis=(1, 2)) / 100
        assert year["profit_mean"] == profit.mean() and year["profit_median"] == np.median(profit)
        volume, revenue = whole.volume[:, part].sum(), whole.revenue[:, part].sum()
        assert year["discount"] == pytest.approx(1 - revenue / volume, rel=1e-12)
        assert year["revenue"] == pytest.approx(revenue / 4000, rel=1e-12)
        assert year["cost_to_serve"] == pytest.approx(whole.cost_to_serve[:, part].sum() / 4000, rel=1e-12)
        assert year["share_of_wallet"] == pytest.approx(whole.share_of_wallet[:, part].mean(), rel=1e-12)
        assert year["trust"] == pytest.approx(whole.trust[:, part].mean(), rel=1e-12)
    assert data["score"]["by_seed"] == whole.score.tolist() and data["score"]["sampled"] == 40
    assert data["score"]["quantiles"]["0.25"] == np.quantile(whole.score, 0.25)


def test_many_scores_are_not_listed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "MOST_LISTED", 9)
    assert main([*RUN, "10", "--json"]) == 0
    score = json.loads(capsys.readouterr().out)["score"]
    assert score["by_seed"] is None and len(score["quantiles"]) == 5


@pytest.mark.usefixtures("stopped")
def test_an_interrupted_run_tells_what_was_finished(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two chunks of five seeds; the file of every lane is not there, nor anything beside it."""
    out = tmp_path / "lanes.parquet"
    assert main([*RUN, "20", "--json", "--out", str(out)]) == 130
    told = capsys.readouterr()
    data = json.loads(told.out)
    assert data["seeds"] == 10 and data["seeds_asked"] == 20
    assert data["score"]["by_seed"] == simulate("halden", "do_nothing", 10, 2).score.tolist()
    assert "Interrupted" in told.err and "was not written" in told.err
    assert list(tmp_path.iterdir()) == []
    assert main([*RUN, "20"]) == 130
    assert "first 10 of 20 seeds" in capsys.readouterr().out


@pytest.mark.usefixtures("stopped")
def test_interrupted_claims_are_those_that_were_tried(capsys: pytest.CaptureFixture[str]) -> None:
    """The first claim has two arms."""
    assert main(["claims", "1", "4", "--seeds", "3", "--json"]) == 130
    told = capsys.readouterr()
    assert [claim["id"] for claim in json.loads(told.out)["claims"]] == ["1"]
    assert "1 of 2 claims" in told.err


def test_a_log_that_was_not_finished_is_not_left(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bot.py").write_text(
        "class Stops:\n    name, games = 'stops', 0\n    def play(self, seat):\n"
        "        Stops.games += seat.quarter == 1\n"
        "        if Stops.games == 2 and seat.quarter == 2: raise KeyboardInterrupt\n",
        encoding="utf-8",
    )
    logs = tmp_path / "logs"
    arguments = ["run", "halden", "--policy", f"{tmp_path / 'bot.py'}:Stops", "--seeds", "2", "--quarters", "8"]
    assert main([*arguments, "--logs", str(logs)]) == 130
    assert not list(logs.glob("*.jsonl"))


def test_every_lane_is_in_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One row for each seed, quarter and account, in that order, in place of an older file."""
    duckdb = pytest.importorskip("duckdb")
    monkeypatch.setattr(outcomes, "CHUNK", 4)
    out = tmp_path / "it's 100% [a].parquet"
    out.write_text("older", encoding="utf-8")
    assert main([*RUN, "10", "--out", str(out)]) == 0
    assert list(tmp_path.iterdir()) == [out]
    copy = out.rename(tmp_path / "lanes.parquet")
    rows = duckdb.sql(f"SELECT * FROM '{copy}'").fetchnumpy()
    whole = simulate("halden", "do_nothing", 10, 2)
    assert list(rows) == ["seed", "quarter", "account", *outcomes.BOOKS, "banked", "left"]
    for name in outcomes.BOOKS:
        assert np.array_equal(rows[name], np.ascontiguousarray(getattr(whole, name)).reshape(-1))
    assert rows["seed"].tolist() == np.repeat(whole.seeds, 10).tolist()
    assert rows["quarter"].tolist() == [1] * 5 + [2] * 5 + rows["quarter"].tolist()[:-10]
    assert rows["account"].tolist() == [*whole.accounts] * 20
    assert np.array_equal(rows["banked"][::10] + rows["left"][::10], whole.value)


@pytest.mark.parametrize("out", ["", "nowhere/lanes.parquet"])
def test_a_file_that_cannot_be_is_told_first(out: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Before anything is played."""
    began = time.process_time()
    assert main(["run", "halden", "--policy", "dynamic", "--seeds", "2000", "--out", str(tmp_path / out)]) == 1
    err = capsys.readouterr().err
    assert err.count("\n") == 1 and str(tmp_path) in err
    assert time.process_time() - began < 5


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_what_takes_long_says_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only on a terminal, and only after a while."""
    monkeypatch.setattr("kamsim.lab.progress.PATIENCE", 0.05)
    for stream, seen in ((Terminal(), True), (io.StringIO(), False)):
        monkeypatch.setattr(sys, "stderr", stream)
        with Progress("steady", lambda _line: None) as progress:
            progress.done(1, 4)
            time.sleep(0.3)
            progress.done(2, 4)
        assert ("steady" in stream.getvalue() and "50%" in stream.getvalue()) is seen
    monkeypatch.setattr("kamsim.lab.progress.PATIENCE", 60.0)
    monkeypatch.setattr(sys, "stderr", Terminal())
    with Progress("steady", lambda _line: None) as progress:
        progress.done(1, 4)
    assert "steady" not in sys.stderr.getvalue()  # type: ignore[attr-defined]  # it is ours
