"""What is kept of a study, at constant memory: means, shares and quantiles of figures by lane."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from kamsim.engine.lanes import Lanes
from kamsim.errors import KamsimError
from kamsim.players.outcomes import BOOKS, Outcomes

BLOCK: Final = 2048
"""Seeds whose figures are added up together; the sums of blocks are added in their order."""
MOST_KEPT: Final = 2**17
"""Seeds whose own figures are kept for quantiles. With more of them, every second, fourth, eighth ... is."""
NAMED: Final = (*BOOKS, "value", "score")
Figure = Callable[[Outcomes], Any]
"""Works out a figure from the outcomes of a chunk: the lane axis first; numbers, or yes and no for a share."""
Keep = Iterable[str] | Mapping[str, str | Figure]


class Column:
    """One figure over all seeds.

    Its mean is a sum in blocks of `BLOCK` seeds in their order, so that it has the same bits however the seeds are cut.
    A figure of one number by lane also keeps numbers of single seeds, for quantiles: exactly up to `MOST_KEPT` seeds,
    and beyond that those of every ``stride``-th seed, at least half of `MOST_KEPT`. Luck is hashed from the seed, so
    every n-th seed is as good a sample as any; a median from it is within about 0.4% of a standard deviation (one
    standard error, a normal figure).
    """

    def __init__(self) -> None:
        self.count = 0
        self.stride = 1
        self._sum: Lanes | None = None
        self._block: list[Lanes] = []
        self._kept: list[Lanes] = []
        self._held = 0

    def add(self, values: Lanes) -> None:
        """The figure of the next seeds, (L, ...)."""
        by_lane = np.moveaxis(np.asarray(values, dtype=np.float64), 0, -1)
        if by_lane.ndim == 1:
            self._sample(by_lane)
        while by_lane.shape[-1]:
            room = BLOCK - self.count % BLOCK
            self._block.append(by_lane[..., :room])
            self.count += self._block[-1].shape[-1]
            by_lane = by_lane[..., room:]
            if self.count % BLOCK == 0:
                self._sum, self._block = self.total, []

    def _sample(self, values: Lanes) -> None:
        """Keep the numbers of every ``stride``-th seed, and when they are too many, of every second of these."""
        chosen = values[-self.count % self.stride :: self.stride].copy()
        self._kept.append(chosen)
        self._held += len(chosen)
        while self._held > MOST_KEPT:
            self._kept = [np.concatenate(self._kept)[::2].copy()]
            self._held, self.stride = len(self._kept[0]), 2 * self.stride

    @property
    def total(self) -> Lanes:
        """The sum over seeds; its shape is what the figure has behind the lane axis."""
        if not self._block:
            return np.asarray(self._sum)
        added = np.ascontiguousarray(np.concatenate(self._block, axis=-1)).sum(axis=-1)
        return np.asarray(added if self._sum is None else self._sum + added)

    @property
    def mean(self) -> Any:
        """The mean over seeds, and of yes and no the share of yes."""
        return self.total / self.count

    @property
    def sample(self) -> Lanes:
        """The kept numbers of single seeds, in the seeds' order: all of them where ``stride`` is 1."""
        if not self._kept:
            raise KamsimError("only a figure of one number by lane keeps the numbers of single seeds")
        return np.concatenate(self._kept)

    def quantile(self, share: float) -> float:
        """The number that this share of seeds lies below; see the class for how exact it is."""
        return float(np.quantile(self.sample, share))

    @property
    def median(self) -> float:
        """The middle number."""
        return float(np.median(self.sample))


@dataclass(eq=False)
class Kept:
    """What was kept of a study; ``kept["value"].mean``. ``count`` of the ``seeds`` asked for have been played."""

    seeds: int
    count: int = 0
    figures: dict[str, Column] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """Whether every seed has been played."""
        return self.count == self.seeds

    def __getitem__(self, name: str) -> Column:
        return self.figures[name]

    def add(self, figures: Mapping[str, Lanes]) -> None:
        """The figures of the next chunk."""
        for name, values in figures.items():
            self.figures.setdefault(name, Column()).add(values)
        self.count += len(next(iter(figures.values())))


@dataclass(frozen=True)
class Figures:
    """Works out figures of a chunk by name."""

    wanted: Mapping[str, str | Figure]

    @classmethod
    def of(cls, keep: Keep) -> Figures:
        """The figures asked for: names of what `Outcomes` has, or functions of it. Raises KamsimError for others."""
        wanted = dict(keep) if isinstance(keep, Mapping) else {name: name for name in keep}
        for name, figure in wanted.items():
            if not callable(figure) and figure not in NAMED:
                raise KamsimError(f"{figure!r} cannot be kept as {name!r}; known are {', '.join(NAMED)}, or a function")
        if not wanted:
            raise KamsimError("keep names at least one figure")
        return cls(wanted)

    def __call__(self, outcomes: Outcomes) -> dict[str, Lanes]:
        """Of one chunk, lane axis first. Raises KamsimError for a function that gives another shape."""
        made = {}
        for name, figure in self.wanted.items():
            values = np.asarray(figure(outcomes) if callable(figure) else getattr(outcomes, figure))
            if values.shape[:1] != (len(outcomes.seeds),):
                raise KamsimError(f"the figure {name!r} has not one entry for each lane: its shape is {values.shape}")
            made[name] = values
        return made
