"""Work done beside the window, so that it goes on drawing and taking input."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Errand(Generic[T]):
    """A function that runs in a thread of its own, once. Look at `done` now and then, and fetch what it brought with
    `result`."""

    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self._brought: list[T] = []
        self._failed: Exception | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._brought.append(self._work())
        except Exception as error:  # raised again where the result is fetched
            self._failed = error

    @property
    def done(self) -> bool:
        """Whether it has come back."""
        return not self._thread.is_alive()

    def result(self) -> T:
        """What it brought, waited for; raises what the work raised."""
        self._thread.join()
        if self._failed is not None:
            raise self._failed
        return self._brought[0]

    def wait(self) -> None:
        """Wait until it has come back, whatever it brings."""
        self._thread.join()
