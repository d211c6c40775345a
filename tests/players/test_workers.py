"""Work done by other processes: in order, again where a worker died, and told in a sentence where it cannot be."""

from __future__ import annotations

import os
import signal
import sys
import threading
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from kamsim.cli import main
from kamsim.errors import KamsimError
from kamsim.players import workers
from kamsim.players.outcomes import Outcomes
from kamsim.players.simulate import simulate
from kamsim.players.workers import Cluster, Processes, Workers, workers_for
from tests.engine.worlds import bits, minimal
from tests.players.test_keeping import Quiet

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
"""loky's own thread may stumble over a worker that was killed, at any time until the session's end; the jobs come back
all the same, which is what is tested."""


def square(number: int) -> int:
    return number * number


def dying(beside: Path, times: int, number: int) -> int:
    """The square of a number; at 3 the process dies, so many times."""
    if number == 3 and len(list(beside.iterdir())) < times:
        (beside / str(os.getpid())).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return square(number)


def test_results_come_in_order() -> None:
    with Processes(2) as crew:
        assert list(crew.each(square, range(20))) == [n * n for n in range(20)]
    assert list(workers_for().each(square, range(3))) == [0, 1, 4] and type(workers_for()) is Workers


@pytest.mark.skipif(sys.platform == "win32", reason="needs a signal that kills")
def test_a_worker_that_dies_changes_nothing(tmp_path: Path) -> None:
    with Processes(2) as crew:
        assert list(crew.each(partial(dying, tmp_path, 2), range(6))) == [0, 1, 4, 9, 16, 25]
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="needs a signal that kills")
def test_workers_that_keep_dying_are_told(tmp_path: Path) -> None:
    with pytest.raises(KamsimError, match="died 4 times"), Processes(2) as crew:
        list(crew.each(partial(dying, tmp_path, 99), range(6)))


class Failing(Quiet):
    def play(self, seat: object) -> None:
        raise ValueError("a slip of the user's own")


class Locked(Quiet):
    def __init__(self) -> None:
        self.lock = threading.Lock()


def test_faults_come_back_as_they_are() -> None:
    """An error of the user's own code is told with its file and line; what cannot leave this process is a sentence."""
    with pytest.raises(KamsimError, match=r"test_workers\.py:\d+: .*a slip"):
        simulate(minimal(), Failing(), 8, 1, workers=2)
    with pytest.raises(KamsimError, match=r"cannot be given to other processes: .*lock"):
        simulate(minimal(), Locked(), 8, 1, workers=2)


def test_workers_of_another_version_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "code", lambda: "another")
    with pytest.raises(KamsimError, match="another version"):
        simulate(minimal(), Quiet(), 8, 1, workers=2)


OWN = """
from dataclasses import dataclass
SHARE = 0.5

@dataclass
class Base:
    name: str = "mine"

class Mine(Base):
    def play(self, seat):
        for option in seat.legal("set_discount").options:
            low, high = option.ranges["discount"]
            seat.do("set_discount", where=option.refused == 0, **option.args, discount=low + SHARE * (high - low))
"""


def test_a_policy_from_a_file_of_the_user_s_own_plays_elsewhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No other process can import it, so it travels whole."""
    (tmp_path / "mine.py").write_text(OWN, encoding="utf-8")
    arguments = ["run", "halden", "--policy", f"{tmp_path / 'mine.py'}:Mine", "--seeds", "6", "--quarters", "4"]
    assert main(arguments) == 0
    alone = capsys.readouterr().out
    assert main([*arguments, "--workers", "2"]) == 0
    assert capsys.readouterr().out == alone


def against_typical(made: Outcomes) -> np.ndarray:
    return made.value - made.against("typical").value


def test_figures_are_worked_out_where_the_lanes_are() -> None:
    """Functions travel too, those without a name among them."""
    keep = {"lead": against_typical, "gains": lambda made: made.value > 0}
    alone = simulate(minimal(), "do_nothing", 20, 4, keep=keep)
    shared = simulate(minimal(), "do_nothing", 20, 4, keep=keep, workers=2)
    assert bits(alone["lead"].sample) == bits(shared["lead"].sample)
    assert alone["gains"].mean == shared["gains"].mean


def test_a_cluster_needs_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(KamsimError, match=r"kamsim\[cluster\]"):
        Cluster("tcp://127.0.0.1:9")
