"""Luck has an address: (seed, stream, entity, quarter). No counter, no state, no generator.

The same address gives the same draw however often and in whatever order it is asked for, so a second try
meets the same door, and adding a person or a quarter shifts nobody else's luck (economics B, randomness).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from hashlib import blake2b
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kamsim.engine.lanes import EVERYWHERE, Flags, Lanes, Where

STREAMS: Final = (
    "demand",
    "incident",
    "turnover",
    "successor",
    "initiative",
    "script",
    "attack",
    "follow",
    "door",
    "discovery",
    "routine",
    "trade",
    "benefit",
    "moment",
    "forecast",
    "policy",
    "notice",
    "force",
    "lag",
    "noise",
    "opportunity",
    "award",
    "calendar",
    "wording",
    "joint",
    "plan",
    "programme",
    "leader",
    "team",
)
"""Every subsystem that meets luck; ``policy`` is for bots that choose by chance, ``forecast`` for imagined futures,
``wording`` for how things are put, which moves no result."""

_A, _B = np.array(0xBF58476D1CE4E5B9, dtype=np.uint64), np.array(0x94D049BB133111EB, dtype=np.uint64)
_11, _27, _30, _31, _32 = (np.array(bits, dtype=np.uint64) for bits in (11, 27, 30, 31, 32))
"""Arrays without an axis: numpy works with them twice as fast as with its own scalars."""
_GOLD: Final = 0x9E3779B97F4A7C15
_MASK: Final = (1 << 64) - 1
_TO_UNIT: Final = np.array(2.0**-53)
_TO_TWO: Final = np.array(2.0**-32)
_LOW: Final = np.array(0xFFFFFFFF, dtype=np.uint64)
Keys = NDArray[np.uint64]
FEW: Final = 32
"""Lanes up to which draws that will be asked for are drawn at once."""


def entity_key(name: str) -> int:
    """The 64-bit address of an entity, from its name alone."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "little")


def entity_keys(names: Iterable[str]) -> Keys:
    """Addresses of many entities, shape (rows, 1)."""
    return np.array([entity_key(name) for name in names], dtype=np.uint64).reshape(-1, 1)


def _scramble(values: Keys) -> Keys:
    """The finaliser of splitmix64, in place: every input bit moves about half of the output bits."""
    high = values >> _30
    values ^= high
    values *= _A
    values ^= np.right_shift(values, _27, out=high)
    values *= _B
    values ^= np.right_shift(values, _31, out=high)
    return values


@cache
def _moment_key(stream: str, quarter: int) -> np.uint64:
    if stream not in STREAMS:
        raise ValueError(f"no stream {stream!r}; known are {', '.join(STREAMS)}")
    return np.uint64((entity_key(stream) + quarter * _GOLD) & _MASK)


@lru_cache(maxsize=8192)
def _row_bits(stream: str, quarter: int, keys: bytes) -> Keys:
    """Scrambled addresses of entities at a moment, (rows, 1); the same rows are asked for again and again."""
    rows = _scramble(np.frombuffer(keys, dtype=np.uint64) ^ _moment_key(stream, quarter)).reshape(-1, 1)
    rows.flags.writeable = False
    return rows


class Luck:
    """The draws of L lanes. ``seeds``: whole numbers, shape (L,); two lanes with one seed share all luck."""

    def __init__(self, seeds: Iterable[int], _settled: Mapping[str, Flags] | None = None) -> None:
        self.seeds = np.array([seed & _MASK for seed in map(int, seeds)], dtype=np.uint64)
        self._base = _scramble(self.seeds + np.uint64(_GOLD))
        self._settled = dict(_settled or {})
        self._kept: dict[tuple[str, int, bytes], Lanes] = {}

    @property
    def lanes(self) -> int:
        """How many lanes there are."""
        return int(self.seeds.shape[0])

    def uniform(
        self, stream: str, quarter: int, keys: Keys, lanes: Where = EVERYWHERE, *, again: bool = False
    ) -> Lanes:
        """Draws in 0 <= u < 1 for entities ``keys`` (rows, 1); shape (rows, lanes). With probability p: ``u < p``.
        Those that will be asked for ``again`` in all lanes are kept until then."""
        if lanes is not EVERYWHERE:
            return self._drawn(stream, quarter, keys, lanes)
        address = (stream, quarter, keys.tobytes())
        draws = self._kept.get(address) if again else self._kept.pop(address, None)
        if draws is None:
            draws = self._drawn(stream, quarter, keys, lanes)
            if again:
                self._keep(address, draws)
        return draws

    def foresee(self, wanted: Iterable[tuple[str, int, Keys]]) -> None:
        """Draw at once what `uniform` will be asked for in all lanes: on few lanes it is the number of calls that
        costs. The draws are the same either way."""
        if self.lanes > FEW:
            return
        addresses = [(stream, quarter, keys.tobytes()) for stream, quarter, keys in wanted]
        addresses = [address for address in addresses if address not in self._kept]
        if not addresses:
            return
        rows = [_row_bits(*address) for address in addresses]
        bits = _scramble(np.concatenate(rows) ^ self._base)
        bits >>= _11
        draws, last = bits * _TO_UNIT, 0
        for address, part in zip(addresses, rows, strict=True):
            first, last = last, last + len(part)
            self._keep(address, self._middled(address[0], draws[first:last]))

    def _keep(self, address: tuple[str, int, bytes], draws: Lanes) -> None:
        draws.flags.writeable = False
        self._kept[address] = draws

    def _drawn(self, stream: str, quarter: int, keys: Keys, lanes: Where) -> Lanes:
        bits = _scramble(_row_bits(stream, quarter, keys.tobytes()) ^ self._base[lanes])
        bits >>= _11
        return self._middled(stream, bits * _TO_UNIT, lanes)

    def _middled(self, stream: str, draws: Lanes, lanes: Where = EVERYWHERE) -> Lanes:
        """The same with its middle where that luck is settled."""
        settled = self._settled.get(stream)
        if settled is not None:
            draws[:, settled[lanes]] = 0.5
        return draws

    def pairs(self, stream: str, quarter: int, keys: Keys, lanes: NDArray[np.intp]) -> Lanes:
        """The draws of `uniform` for pairs of an entity (its key, (n,)) and a lane (n,); shape (n,)."""
        bits = _scramble(_scramble(keys ^ _moment_key(stream, quarter)) ^ self._base[lanes])
        bits >>= _11
        draws: Lanes = bits * _TO_UNIT
        settled = self._settled.get(stream)
        if settled is not None:
            draws[settled[lanes]] = 0.5
        return draws

    def triangular(self, stream: str, quarter: int, keys: Keys) -> Lanes:
        """Draws in -1..1 with mean 0, likeliest at 0 (the sum of two halves of one draw's bits); shape (rows, L)."""
        bits = _scramble(_row_bits(stream, quarter, keys.tobytes()) ^ self._base)
        high = bits >> _32
        bits &= _LOW
        bits += high
        draws: Lanes = bits * _TO_TWO
        draws -= 1.0
        settled = self._settled.get(stream)
        if settled is not None:
            draws[:, settled] = 0.0
        return draws

    def neutral(self, streams: Iterable[str], where: Flags | None = None) -> Luck:
        """The same luck with some streams replaced by their middle, in some lanes: 0.5 for what is decided by
        ``u < p`` (what is likelier than not happens), 0 for noise around a mean. Used to tell choice from luck."""
        flags = np.ones(self.lanes, dtype=bool) if where is None else np.asarray(where, dtype=bool)
        settled = dict(self._settled)
        for stream in streams:
            _moment_key(stream, 0)
            settled[stream] = flags | settled.get(stream, np.zeros(self.lanes, dtype=bool))
        return Luck(self.seeds.tolist(), settled)

    def take(self, lanes: NDArray[np.intp]) -> Luck:
        """The luck of some lanes only."""
        return Luck(self.seeds[lanes].tolist(), {stream: flags[lanes] for stream, flags in self._settled.items()})
