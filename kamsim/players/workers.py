"""Who does the work of a study: this process, more of them on this machine, or those of a dask cluster.

The result of a job depends on the job alone, so that the same bits come back whoever did it, in whatever order, and
however often it had to be tried. Results are handed on in the order of the jobs, and few jobs are under way at a time.
(Machines of one kind: numpy's own last bits may differ between processors.)
"""

from __future__ import annotations

import logging
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from functools import cache
from hashlib import blake2b
from importlib import import_module
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self, TypeVar

import numpy as np

from kamsim.errors import KamsimError
from kamsim.paths import version

Job = TypeVar("Job")
Result = TypeVar("Result")
AHEAD: Final = 2
"""Jobs under way for each worker, so that none waits for the next."""
DEATHS: Final = 4
"""Deaths of workers without a result between them, after which they are no accident."""
CONNECTING: Final = 1.5
"""Seconds within which a cluster answers, and has a worker."""
ABANDONED: Final = 60
"""Seconds without any worker after which a cluster is given up."""
OWN: Final = "kamsim_policy_"
"""How the names of modules begin that were read from files of the user's own."""


class Workers:
    """This process alone; and what `Processes` and `Cluster` offer too. Used by ``with``, which ends what they do."""

    count = 1
    """How many jobs are done at the same time."""
    here = True
    """Whether the work stays in this process, and so may call back."""

    def each(self, work: Callable[[Job], Result], jobs: Iterable[Job]) -> Iterator[Result]:
        """The result of every job, in the order of the jobs."""
        return map(work, jobs)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop(in_order=kind is None)

    def stop(self, *, in_order: bool) -> None:
        """End: after the jobs, or in the middle of them."""


class _Elsewhere(Workers):
    """Jobs leave this process through an executor."""

    here = False
    _executor: Executor

    def each(self, work: Callable[[Job], Result], jobs: Iterable[Job]) -> Iterator[Result]:
        """The same, elsewhere. Raises KamsimError for work that cannot travel, and where nobody is left to do it."""
        parcels = (_packed(work, job) for job in jobs)
        under_way: list[tuple[bytes, Future[Result]]] = []
        while True:
            for parcel in islice(parcels, AHEAD * self.count - len(under_way)):
                under_way.append((parcel, self._submit(parcel)))
            if not under_way:
                return
            yield self._first(under_way)
            del under_way[0]

    def _first(self, under_way: list[tuple[bytes, Future[Result]]]) -> Result:
        """The first result; what a death took is done again."""
        for _ in range(DEATHS):
            try:
                return self._wait(under_way[0][1])
            except BrokenExecutor:
                under_way[:] = [(job, made if _sound(made) else self._submit(job)) for job, made in under_way]
        raise KamsimError(f"worker processes died {DEATHS} times at the same seeds, perhaps for want of memory")

    def _submit(self, parcel: bytes) -> Future[Result]:
        try:
            return self._executor.submit(_done, parcel, code())
        except BrokenExecutor:
            self._executor = self._fresh()
            return self._executor.submit(_done, parcel, code())

    def _wait(self, future: Future[Result]) -> Result:
        return future.result()

    def _fresh(self) -> Executor:
        raise NotImplementedError


class Processes(_Elsewhere):
    """Processes of this machine (joblib's loky). One that dies is replaced."""

    def __init__(self, count: int) -> None:
        self.count = count
        if not isinstance(threading.excepthook, _Unmoved):
            threading.excepthook = _Unmoved(threading.excepthook)
        self._executor = self._fresh()

    def _fresh(self) -> Any:
        loky = import_module("joblib.externals.loky")
        return loky.get_reusable_executor(max_workers=self.count, timeout=60, initializer=_leave_interrupts_alone)

    def stop(self, *, in_order: bool) -> None:
        """Idle processes end by themselves, and serve the next study before; busy ones are killed."""
        if not in_order:
            self._executor.shutdown(wait=False, kill_workers=True)  # type: ignore[call-arg]  # of loky


class _Unmoved:
    """Passes over what befalls loky's own thread when a worker dies under it (a job that it had just given away is not
    in its list any more): the job comes back as broken and is tried again, so there is nothing to tell."""

    def __init__(self, before: Callable[[threading.ExceptHookArgs], Any]) -> None:
        self._before = before

    def __call__(self, fault: threading.ExceptHookArgs) -> None:
        if type(fault.thread).__module__ != "joblib.externals.loky.process_executor":
            self._before(fault)


class Cluster(_Elsewhere):
    """Workers of a dask cluster, which tries the jobs of a worker that died elsewhere. Raises KamsimError where there
    is no such cluster, or nobody in it."""

    def __init__(self, address: str) -> None:
        try:
            self._dask = import_module("distributed")
        except ImportError:
            raise KamsimError(
                "--dask needs distributed, which is not installed: pip install 'kamsim[cluster]'"
            ) from None
        for name in ("distributed", "distributed.client"):
            logging.getLogger(name).setLevel(logging.CRITICAL)  # what goes wrong is told in a sentence
        self._address = address
        try:
            import_module("asyncio").run(self._knock())
        except Exception as error:  # whatever answers there, or fails to
            said = " ".join(str(error).split()) or type(error).__name__
            raise KamsimError(f"there is no dask scheduler at {address}: {said}") from None
        self._client = self._dask.Client(address, timeout=CONNECTING, set_as_default=False)
        try:
            self._client.wait_for_workers(1, timeout=CONNECTING)
        except TimeoutError:
            self.stop(in_order=False)
            raise KamsimError(f"the dask cluster at {address} has no workers") from None
        self.count = sum(self._client.nthreads().values())
        self._executor = self._client.get_executor(pure=False)

    async def _knock(self) -> None:
        """See whether somebody is there: a client that finds nobody takes seconds to give up, and says so at length."""
        comm = await import_module("distributed.comm").connect(self._address, timeout=CONNECTING)
        comm.abort()

    def _wait(self, future: Future[Result]) -> Result:
        alone = 0
        while True:
            try:
                return future.result(timeout=1)
            except TimeoutError:
                alone = 0 if self._client.scheduler_info()["workers"] else alone + 1
                if alone > ABANDONED:
                    raise KamsimError(f"the dask cluster at {self._address} has lost all its workers") from None
            except CancelledError:
                raise KamsimError(f"the dask cluster at {self._address} has gone") from None
            except self._dask.KilledWorker:
                raise KamsimError("workers of the cluster died several times at the same seeds") from None

    def stop(self, *, in_order: bool) -> None:
        """Leave the cluster; what it has not begun is called off."""
        self._client.close(timeout=None if in_order else 0.2)


def workers_for(count: int = 1, dask: str | None = None) -> Workers:
    """The workers meant: a cluster's by its address, or ``count`` processes."""
    if dask is not None:
        return Cluster(dask)
    return Workers() if count == 1 else Processes(count)


def _sound(future: Future[Any]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


def _packed(work: Callable[[Job], Any], job: Job) -> bytes:
    """A job as it travels. What comes from a file of the user's own travels whole, since nobody else can import it.
    Raises KamsimError for what cannot."""
    travel = import_module("cloudpickle")
    for name in [name for name in sys.modules if name.startswith(OWN)]:
        travel.register_pickle_by_value(sys.modules[name])
    try:
        packed: bytes = travel.dumps((work, job))
    except Exception as error:  # whatever the user's own objects raise
        raise KamsimError(f"this study cannot be given to other processes: {' '.join(str(error).split())}") from None
    return packed


def _done(parcel: bytes, asked: str) -> Any:
    """A job, done where this runs. Raises KamsimError where that is another kamsim than the one that asked."""
    if asked != code():
        raise KamsimError("the workers have another version of kamsim, Python or numpy than this process")
    try:
        work, job = import_module("cloudpickle").loads(parcel)
    except ImportError as error:
        raise KamsimError(f"a worker lacks what this study needs: {error}") from None
    return work(job)


@cache
def code() -> str:
    """What the bits of a result depend on beside the job: the package's source, Python and numpy."""
    versions = f"{version()} {sys.version_info[:2]} {np.__version__}"
    digest = blake2b(versions.encode(), digest_size=16)
    package = Path(__file__).parent.parent
    for part in ("scenario", "engine", "players", "lab"):
        for file in sorted((package / part).glob("*.py")):
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _leave_interrupts_alone() -> None:
    """Ctrl-C reaches every process of a terminal; the one that gave the work ends it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
