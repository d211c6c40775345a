"""Studies at size: memory that does not grow with the seeds, Ctrl-C, and a real dask cluster on this machine."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from kamsim.players import workers

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs signals, and what the system says of memory")
KAMSIM = [sys.executable, "-m", "kamsim"]
MEASURED = """
import resource, sys
from kamsim.cli import main
status = main(sys.argv[1:])
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(peak * (1 if sys.platform == "darwin" else 1024), file=sys.stderr)
sys.exit(status)
"""


def kamsim(*arguments: Any, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*KAMSIM, *map(str, arguments)], capture_output=True, text=True, timeout=600, check=False, **options
    )


def peak(seeds: int, *more: str) -> float:
    """Most memory of a whole run, MB."""
    arguments = ["run", "halden", "--policy", "do_nothing", "--seeds", str(seeds), *more]
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *arguments], capture_output=True, text=True, timeout=900, check=True
    )
    return int(done.stderr.split()[-1]) / 1e6


def test_memory_does_not_grow_with_the_seeds(tmp_path: Path) -> None:
    """What is kept of single seeds is 32 bytes each (score and profit of three years), and no more than 4 MB; the rest
    is as for one chunk. A million seeds have room in 300 MB, and so has the file of every lane."""
    few, many, more = peak(4_000, "--json"), peak(40_000, "--json"), peak(80_000, "--json")
    assert more < 200 and many - few < 15 and more - many < 8, (few, many, more)
    out = tmp_path / "lanes.parquet"
    first, second = peak(8_000, "--out", str(out)), peak(40_000, "--out", str(out))
    assert second < 300 and second - first < 60, (first, second)


@pytest.mark.parametrize("more", [(), ("--workers", "2")])
def test_ctrl_c_ends_within_a_second_and_tells_what_was_finished(more: tuple[str, ...], tmp_path: Path) -> None:
    """Everybody at the terminal gets the signal; one sentence, a partial summary, and nothing beside it."""
    arguments = ["run", "halden", "--policy", "do_nothing", "--seeds", "1000000", "--json", "--out", "x.parquet", *more]
    playing = subprocess.Popen(
        [*KAMSIM, *arguments], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    try:
        until(lambda: held(tmp_path) > 20_000_000 or playing.poll() is not None)
        os.killpg(playing.pid, signal.SIGINT)
        began = time.monotonic()
        out, err = playing.communicate(timeout=60)
        took = time.monotonic() - began
    finally:
        playing.kill()
    data = json.loads(out)
    assert playing.returncode == 130
    assert 0 < data["seeds"] < data["seeds_asked"] == 1_000_000 and len(data["score"]["by_seed"] or [0]) > 0
    assert err.count("\n") == 1 and "Interrupted" in err
    assert list(tmp_path.iterdir()) == []
    assert took < 3, f"{took:.1f} s"  # one second where the machine has nothing else to do


def held(folder: Path) -> int:
    """Bytes in its files, those that go away while one looks not counted."""
    found = 0
    for file in folder.rglob("*.duckdb*"):
        with suppress(FileNotFoundError):
            found += file.stat().st_size
    return found


def until(there: Any, looks: int = 3000) -> None:
    """Look again and again, so often that only what never comes is missed, however busy the machine is."""
    for _ in range(looks):
        if there():
            return
        time.sleep(0.2)
    raise AssertionError("it never came")


class ACluster:
    """A scheduler and two workers, each a process of its own."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{port}"
        self.folder = folder
        self.scheduler = self._start("scheduler", "--port", str(port), "--no-show")
        self.workers: list[subprocess.Popen[bytes]] = []

    def hire(self) -> None:
        self.workers.append(
            self._start("worker", self.address, "--nthreads", "1", "--no-nanny", "--local-directory", str(self.folder))
        )

    def _start(self, *arguments: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *arguments, "--host", "127.0.0.1", "--no-dashboard"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def end(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ACluster]:
    pytest.importorskip("distributed")
    made = ACluster(tmp_path_factory.mktemp("dask"))
    try:
        until(lambda: "no workers" in kamsim("run", "halden", "--policy", "steady", "--dask", made.address).stderr)
        made.hire()
        made.hire()
        yield made
    finally:
        made.end()


CLAIMS = ("claims", "1", "2", "3", "18", "--seeds", "40", "--json")


def test_a_cluster_gives_the_same_bits(cluster: ACluster, tmp_path: Path) -> None:
    """Figures of a run, of a policy of the user's own, and of claims."""
    (tmp_path / "mine.py").write_text(
        "class Quiet:\n    name = 'quiet'\n    def play(self, seat):\n"
        "        seat.do('set_rhythm', account='orvik', rhythm='light')\n",
        encoding="utf-8",
    )
    own = f"{tmp_path / 'mine.py'}:Quiet"
    for arguments in (
        ("run", "halden", "--policy", "value_seller", "--seeds", "100", "--json"),
        ("run", "halden", "--policy", own, "--seeds", "50", "--quarters", "6", "--json"),
        CLAIMS,
    ):
        alone, shared = kamsim(*arguments), kamsim(*arguments, "--dask", cluster.address)
        assert shared.returncode == 0, shared.stderr
        assert shared.stdout == alone.stdout


def test_a_worker_of_the_cluster_that_dies_changes_nothing(cluster: ACluster) -> None:
    """Killed in the middle of the claims; another one takes its arms."""
    alone = kamsim(*CLAIMS).stdout
    cluster.hire()
    playing = subprocess.Popen(
        [*KAMSIM, *CLAIMS, "--dask", cluster.address], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert playing.stderr is not None
    assert "claim 1" in playing.stderr.readline()
    time.sleep(0.5)
    victim = cluster.workers.pop(0)
    victim.kill()
    victim.wait()
    out, err = playing.communicate(timeout=300)
    assert playing.returncode == 0, err
    assert out == alone


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense", "moon://x:1", "tcp://nowhere.invalid:8786"])
def test_a_wrong_address_is_one_sentence_within_five_seconds(address: str) -> None:
    pytest.importorskip("distributed")
    assert 3 * workers.CONNECTING <= 5.0  # it asks three times at most; how long the rest takes is the machine's
    done = kamsim("run", "halden", "--policy", "steady", "--dask", address)
    assert done.returncode == 1 and done.stdout == "" and done.stderr.count("\n") == 1
    assert "there is no dask scheduler at" in done.stderr
