"""What is measured, and against what: seconds mean little on a shared machine, so every figure is also given as a
multiple of a calibration kernel that is timed in between (gates use those ratios).

More may be added to `MEASURES`: a name and a function that returns something to time, having done its preparation.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp
from time import process_time
from typing import Final

import numpy as np

from kamsim.authoring.begin import begin
from kamsim.desktop.pilot import Pilot
from kamsim.desktop.preview import POLL, Preview
from kamsim.engine.appraisal import npv
from kamsim.engine.belief import believe
from kamsim.engine.explain import Recorder
from kamsim.engine.forecast import Noise, project
from kamsim.engine.forecast import Path as Path_
from kamsim.engine.judgement import judge_company, judge_customer
from kamsim.engine.page import AT, coded
from kamsim.engine.preview import Futures
from kamsim.engine.sight import observe
from kamsim.engine.standing import Standing, true_standing
from kamsim.game.promise_gap import split_gap
from kamsim.game.session import Session
from kamsim.lab.claims import chosen
from kamsim.lab.experiments import Laboratory
from kamsim.lab.runs import write_logs
from kamsim.players.outcomes import Study
from kamsim.players.policies import POLICIES, named_policy
from kamsim.players.simulate import simulate
from kamsim.scenario.lint import check_paths
from tests.engine.casebook import lay, random_pages
from tests.engine.worlds import compiled, halden, start

BASELINE: Final = Path(__file__).with_name("baseline.json")
SLOWER: Final = 1.5
"""How many times its baseline ratio a measure may take."""
Timed = Callable[[], object]


def spent() -> float:
    """CPU seconds of this process and of those that it waited for, so that others on the machine do not count."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return process_time() + children.ru_utime + children.ru_stime


def kernel() -> float:
    """Seconds of a fixed mix of numpy work on (19, 1024) arrays: a little more than cache, like the engine's."""
    rows = np.linspace(0.1, 1.0, 19 * 1024).reshape(19, 1024)
    out, other = np.empty_like(rows), rows + 0.5
    began = spent()
    for _ in range(60):
        np.exp(rows, out=out)
        np.multiply(out, other, out=out)
        np.add(out, rows, out=out)
        np.multiply(out, 0.5, out=other)
    return spent() - began


def closing() -> Timed:
    """Closing a quarter of one lane, explained: what a player waits for."""
    games = [start(halden(), (1,), policy="value_seller", quarters=5) for _ in range(1)]
    first = games[0]
    first.close(Recorder())
    first.play("value_seller")
    copies = [first.copy() for _ in range(20)]
    for copy in copies:
        copy.world.conditions, copy.world.ledger = first.world.conditions, first.world.ledger

    def close_all() -> None:
        for copy in copies:
            copy.close(Recorder())

    return close_all


def moving() -> Timed:
    """A quarter's moves of a careful bot in one lane: what previews and replays cost."""
    first = start(halden(), (1,), policy="value_seller", quarters=5)
    copies = [first.copy() for _ in range(5)]

    def play_all() -> None:
        for copy in copies:
            copy.play("value_seller")

    return play_all


def _believed(lanes: int) -> tuple[Standing, Noise, Path_]:
    """Futures of the largest account, and the path without a case that is kept for the next offer."""
    game = start(halden(), (1,), policy="value_seller", quarters=3)
    standing, noise = believe(observe(game.world, game.params), 0, lanes)
    return standing, noise, project(standing, None, noise)


def forecasting(lanes: int, times: int) -> Callable[[], Timed]:
    """What moves while a player drags a lever: 12 quarters of one account in many futures, what they are worth, with
    the path without the case kept."""

    def prepare() -> Timed:
        standing, noise, without = _believed(lanes)
        said = coded(CASE, 1)

        def forecast_all() -> None:
            for _ in range(times):
                npv(project(standing, said, noise).profit - without.profit, standing.params.hurdle)

        return forecast_all

    return prepare


def previewing(lanes: int, times: int) -> Callable[[], Timed]:
    """Everything that the builder shows of one page: fan, waterfall, break-even, tier, gate."""

    def prepare() -> Timed:
        game = start(halden(), (1,), policy="value_seller", quarters=3)
        futures, said = Futures(observe(game.world, game.params), 0), coded(CASE, 1)
        futures.preview(said, desk=False, lanes=lanes)

        def preview_all() -> None:
            for _ in range(times):
                futures.preview(said, desk=False, lanes=lanes)

        return preview_all

    return prepare


def judging(company: bool) -> Callable[[], Timed]:
    """10,000 cases on one account's true standing, in one call."""

    def prepare() -> Timed:
        game = start(halden(), (1,), policy="value_seller", quarters=3)
        standing = true_standing(game.world, observe(game.world, game.params), 0)
        metrics = range(8, 10) if company else range(8)
        pages = random_pages(np.random.default_rng(1), 10_000, desk=company, initiatives=1, metrics=metrics)
        judge = judge_company if company else judge_customer
        return lambda: judge(standing, pages)

    return prepare


def observing(lanes: int) -> Callable[[], Timed]:
    """A hundred looks."""

    def prepare() -> Timed:
        game = start(halden(), range(lanes), policy="typical", quarters=2)

        def look() -> None:
            for _ in range(100):
                observe(game.world, game.params)

        return look

    return prepare


def deciding() -> Timed:
    """Closing a quarter of 1,024 lanes, in each of which a case lies before every audience."""
    game = start(halden(), range(1024), policy="typical", quarters=2)
    rng, accounts = np.random.default_rng(1), len(game.params.accounts)
    for place in range(2 * accounts):
        metrics = range(8, 10) if place >= accounts else range(8)
        pages = random_pages(rng, 1024, desk=place >= accounts, initiatives=0, metrics=metrics)
        rows = game.params.account_initiatives[place % accounts]
        pages[AT["initiative"]] = rows[0] if rows else -1.0
        lay(game, place, pages)
    copy = game.copy()
    copy.world.ledger = game.world.ledger
    return copy.close


CASE: Final = {
    "initiative": 0, "programme": 20, "price": 0.02, "commitment": 0.05, "length": 8, "metric": "savings", "claim": 50.0,
    "proof": "their_figures", "alternative": "pilot", "inaction": "dated", "inaction_value": 50.0, "sensitivity": "drivers",
}  # fmt: skip
"""A page with every lever that costs work to project."""


def simulated(policy: str, seeds: int, quarters: int) -> Timed:
    def run() -> object:
        return simulate(halden(), policy, seeds, quarters)

    return run


def study() -> Timed:
    """Eight policy runs of 1,000 seeds and 12 quarters."""
    runs = [*POLICIES, "typical", "value_seller"]

    def run() -> None:
        for policy in runs:
            simulate(halden(), policy, 1000, 12)

    return run


def _played(folder: Path, quarters: int) -> Path:
    """The log of a session that a careful bot has played so far."""
    with Session.start(halden(), seed=3, log_dir=folder, quarters=20) as session:
        for _ in range(quarters):
            named_policy("value_seller").play(session.seat)
            session.end_quarter()
        return session.log_path


def commanding() -> Timed:
    """Forty commands of a session, each on disk before it is shown."""
    folder = Path(mkdtemp())
    session = Session.start(halden(), seed=3, log_dir=folder)

    def command_all() -> None:
        for number in range(40):
            session.do("set_discount", account="orvik", line="bearings", discount=0.19 + 0.005 * (number % 2))

    return command_all


def resuming() -> Timed:
    """Taking up a session of twelve quarters again."""
    log = _played(Path(mkdtemp()), 12)

    def resume() -> None:
        Session.resume(log).close()

    return resume


def logging() -> Timed:
    """The sessions of eight seeds, played by a careful bot with a log each, eight quarters long."""
    folder = Path(mkdtemp())
    study = Study(halden(), named_policy("value_seller"), range(1, 9), 8)
    list(write_logs(study, lambda: named_policy("value_seller"), folder, lambda _line: None))

    def log_all() -> None:
        list(write_logs(study, lambda: named_policy("value_seller"), folder, lambda _line: None))

    return log_all


def splitting() -> Timed:
    """Why five promises came out as they did, each three quarters later."""
    session = Session.start(halden(), seed=3, log_dir=Path(mkdtemp()), quarters=20)
    for _ in range(6):
        named_policy("value_seller").play(session.seat)
        session.end_quarter()
    signed = session._played[2]

    def split_all() -> None:
        for place in range(5):
            split_gap(session.params, session.seed, signed, session.commands, place, 6)

    return split_all


def claiming() -> Timed:
    """Claims that share an arm, one of them in a shorter game."""
    return lambda: list(Laboratory(40).rows(chosen(("2", "3", "18"))))


def checking() -> Timed:
    """`kamsim check` of the largest scenario, read and cross-checked; half a second on the issue's machine."""
    return lambda: check_paths(["halden"])


def editing() -> Timed:
    """From a saved edit of a variant to its picture in the preview; a second on the issue's machine."""
    folder = Path(mkdtemp()) / "client"
    begin(folder, "halden")
    entry = folder / "scenario.yaml"
    text = entry.read_text(encoding="utf-8")
    pilot = Pilot(log_dir=folder.parent / "logs")
    preview = Preview(pilot.app, str(folder), quarter=4, page="desk", folder=folder.parent / "logs")

    def edited() -> None:
        entry.write_text(text.replace("Corinna Hale", "Dana Reed"), encoding="utf-8")
        for _ in range(3):
            pilot.clock.now += POLL + 0.01
            preview.tick()
        assert pilot.app.frame() and preview.shown == 2

    return edited


def starting() -> Timed:
    """The whole process of ``kamsim --version``."""

    def version() -> object:
        return subprocess.run([sys.executable, "-m", "kamsim", "--version"], check=True, capture_output=True)

    return version


MEASURES: Final[dict[str, tuple[Callable[[], Timed], int]]] = {
    "20 closings of one lane, explained": (closing, 5),
    "5 quarters' moves of value_seller, one lane": (moving, 5),
    "10 forecasts of 2,000 lanes": (forecasting(2000, 10), 5),
    "10 forecasts of 256 lanes": (forecasting(256, 10), 5),
    "10 previews of 2,000 lanes": (previewing(2000, 10), 5),
    "10 previews of 256 lanes": (previewing(256, 10), 5),
    "judging 10,000 cases, customer": (judging(False), 5),
    "judging 10,000 cases, desk": (judging(True), 5),
    "100 looks at one lane": (observing(1), 5),
    "100 looks at 1,024 lanes": (observing(1024), 5),
    "closing 1,024 lanes with 10 cases each": (deciding, 3),
    "do_nothing, 2,000 seeds x 20 quarters": (lambda: simulated("do_nothing", 2000, 20), 2),
    "value_seller, 1,000 seeds x 12 quarters": (lambda: simulated("value_seller", 1000, 12), 2),
    "dynamic, 1,000 seeds x 12 quarters": (lambda: simulated("dynamic", 1000, 12), 1),
    "8 policy runs x 1,000 seeds x 12 quarters": (study, 1),
    "40 commands, each fsynced": (commanding, 3),
    "resuming 12 quarters": (resuming, 3),
    "5 gaps of promises split": (splitting, 3),
    "8 logs of 8 quarters, side by side": (logging, 2),
    "claims 2, 3 and 18 at 40 seeds": (claiming, 2),
    "kamsim --version, the whole process": (starting, 5),
    "kamsim check of Halden Drives": (checking, 3),
    "an edit of a variant to its picture": (editing, 2),
}
"""Name: preparation, and how often it is timed; the best counts."""
BUDGETS: Final = {
    "10 forecasts of 2,000 lanes": 9,
    "10 forecasts of 256 lanes": 3,
    "judging 10,000 cases, customer": 50,
    "judging 10,000 cases, desk": 50,
}
"""Milliseconds that a forecast or a call of judging may take on the machine on which the issue was written."""


def measured(name: str) -> tuple[float, float]:
    """Best seconds of a measure, and the same as a multiple of the kernel's best time before, between and after."""
    prepare, repeats = MEASURES[name]
    yardstick = min(kernel() for _ in range(8))
    best = float("inf")
    for _ in range(repeats):
        timed = prepare()
        began = spent()
        timed()
        best = min(best, spent() - began)
        yardstick = min(yardstick, *(kernel() for _ in range(4)))
    return best, best / yardstick


def baseline() -> dict[str, float]:
    """Ratios as they were when somebody last looked."""
    ratios: dict[str, float] = json.loads(BASELINE.read_text(encoding="utf-8"))
    return ratios


def cell_quarters() -> int:
    """Account-line-quarters of the run that does nothing."""
    return 2000 * 20 * len(compiled(halden()).cells)
