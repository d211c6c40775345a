"""What tests of the engine share: small games in lanes, and worlds compared to the last bit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kamsim.engine.explain import Recorder
from kamsim.engine.ledger import Ledger
from kamsim.engine.luck import STREAMS, Luck
from kamsim.engine.market import Conditions
from kamsim.engine.moves import Outcome
from kamsim.engine.params import Params, compile_params
from kamsim.engine.parts import PARTS
from kamsim.engine.quarter import close_quarter, first_quarter
from kamsim.engine.world import World
from kamsim.players.policies import named_policy
from kamsim.players.seat import Seat
from kamsim.players.simulate import override
from kamsim.scenario.models import Scenario
from kamsim.scenario.reader import load_scenario
from tests.scenario.minimal import write_minimal

Array = NDArray[Any]


TALK = {
    "id": "frame", "quarter": 3, "due": 4, "person": "aune", "line": "sensors", "initiative": "quiet_ships",
    "title": "The frame", "text": "The frame ends in June.",
    "values": {
        "price": 0.05, "commitment": -0.03, "length": 0.01, "service": 0.05, "days": 0.01, "exclusive": -0.06,
        "data": -0.005, "help": 0.02,
    },
    "walk_away": 0.02, "aspiration": 0.3,
    "replies": {
        "opens": "So.", "accepts": "Good.", "walks": "No.", "lapses": "Nobody came.",
        "counters": {"service": "When?"}, "hints": {"service": "We wait."},
    },
}  # fmt: skip
"""Its best levels add up to .14 on their side, .12 beyond their best other offer."""


@cache
def minimal() -> Scenario:
    """Two accounts, two lines, one rival."""
    with TemporaryDirectory() as folder:
        return load_scenario(write_minimal(Path(folder) / "minimal"))


@cache
def halden() -> Scenario:
    """The shipped scenario."""
    return load_scenario("halden")


@cache
def furnished() -> Scenario:
    """The minimal scenario with a deal desk, work for one customer alone, conversations on the spot and a talk."""
    seats = {"sales": 0.4, "finance": 0.3, "operations": 0.2, "product": 0.1}
    desk = {
        "notices": "Three small papers for {account} in a year are one large one.",
        "approvers": [
            {
                "id": seat, "name": seat.title(), "role": seat, "seat": seat, "power": power, "stance": 0.0,
                "measure_text": seat, "voice": "Plain.", "says": {},
            }
            for seat, power in seats.items()
        ],
    }  # fmt: skip
    told = {
        "place": "On the quay",
        "question": "Why you?",
        "wins": "Good.",
        "holds": "So.",
        "loses": "No.",
        "passes": "Well.",
    }
    moments = [
        {"id": "quay", "quarter": 2, "person": "brandl", "twist": "paused", "twist_text": "It is paused.", **told},
        {
            "id": "lift",
            "quarter": 4,
            "person": "aune",
            "initiative": "quiet_ships",
            "twist": "rival",
            "twist_text": "Sudo calls.",
            **told,
        },
        {"id": "dock", "quarter": 6, "person": "brandl", "twist": "new_chief", "twist_text": "A new chief.", **told},
    ]
    last = [{"id": "crane", "quarter": 3, "person": "moen", "chance": 0.6, **told}]
    return override(
        minimal(),
        {
            "desk": desk,
            "accounts.orvik.moments": moments,
            "accounts.kestrel.moments": last,
            "accounts.orvik.talks": [TALK],
            "accounts.orvik.bespoke": {"name": "Sealed sets", "cost": 60000},
        },
    )


@cache
def portfolio() -> Scenario:
    """The shipped scenario with eight accounts, one of them in four regions."""
    return load_scenario("portfolio")


SCENARIOS = {"minimal": minimal, "furnished": furnished, "halden": halden, "portfolio": portfolio}


@cache
def calm(name: str) -> Scenario:
    """A scenario in which nothing happens: no growth, flat economy, no events, no initiatives, nobody leaves."""
    scenario = SCENARIOS[name]()
    changes: dict[str, Any] = {"length.longest": 20, "macro": [], "news": [], "organisation": {}}
    for account in scenario.accounts:
        changes[f"accounts.{account.id}.joint"] = None
        for kind in ("initiatives", "requests", "incidents", "tenders", "attacks", "moments", "talks"):
            changes[f"accounts.{account.id}.{kind}"] = []
        changes[f"accounts.{account.id}.growth"] = 0.0
        changes[f"accounts.{account.id}.traits.incident_hazard"] = 0.0
        changes[f"accounts.{account.id}.traits.turnover"] = 0.0
        for place in range(len(account.business)):
            changes[f"accounts.{account.id}.business.{place}.season"] = [1.0, 1.0, 1.0, 1.0]
    return override(scenario, changes)


_PARAMS: dict[int, tuple[Scenario, Params]] = {}


def compiled(scenario: Scenario) -> Params:
    """Params of a scenario, made once."""
    if id(scenario) not in _PARAMS:
        _PARAMS[id(scenario)] = scenario, compile_params(scenario)
    return _PARAMS[id(scenario)][1]


@dataclass
class Game:
    """Some lanes being played."""

    world: World
    params: Params
    luck: Luck

    @property
    def seat(self) -> Seat:
        return Seat(self.world, self.params, self.luck)

    def do(self, kind: str, where: Array | None = None, **args: Any) -> Outcome:
        return self.seat.do(kind, where, **args)

    def play(self, policy: str) -> None:
        named_policy(policy).play(self.seat)

    def close(self, why: Recorder | None = None) -> Ledger:
        return close_quarter(self.world, self.params, self.luck, why)

    def copy(self) -> Game:
        return Game(self.world.copy(), self.params, self.luck)

    def lane(self, lane: int) -> Game:
        """One lane in a world of its own."""
        rows = np.array([lane])
        return Game(self.world.take(rows), self.params, self.luck.take(rows))


def start(
    scenario: Scenario, seeds: Iterable[int] = (1,), neutral: Iterable[str] = (), policy: str = "", quarters: int = 0
) -> Game:
    """A game on its first day, or after some quarters of a policy; ``neutral`` streams of luck rest at their middle."""
    params = compiled(scenario)
    luck = Luck(seeds).neutral(neutral)
    game = Game(first_quarter(scenario, params, luck), params, luck)
    for _ in range(quarters):
        game.play(policy)
        game.close()
    return game


def still(scenario: Scenario, lanes: int = 1) -> Game:
    """A first day on which luck decides nothing."""
    return start(scenario, [1] * lanes, STREAMS)


def arrays(world: World) -> Iterator[tuple[str, Array]]:
    """Every array of a world, last quarter's books included, with its name in checkpoints."""
    for part in PARTS:
        for item in fields(getattr(world, part)):
            yield f"{part}.{item.name}", getattr(getattr(world, part), item.name)
    for _, part, name, row in world.levers.rows():
        yield f"{part}.{name}", row
    if world.ledger is not None:
        yield from book_arrays(world.ledger)


def book_arrays(ledger: Ledger) -> Iterator[tuple[str, Array]]:
    """Every array of some books."""
    for item in fields(ledger):
        value = getattr(ledger, item.name)
        if isinstance(value, np.ndarray):
            yield f"ledger.{item.name}", value
    for name in ("sales", "cost_to_serve", "margin", "average_cost", "contribution", "company"):
        yield f"ledger.{name}", getattr(ledger, name)


def bits(array: Array) -> bytes:
    """An array's bits: the sign of a zero counts."""
    return np.ascontiguousarray(array).tobytes()


def differences(one: World, other: World, lanes: Array | None = None) -> list[str]:
    """Names of the arrays in which two worlds differ by a single bit (in some lanes)."""
    left, right = dict(arrays(one)), dict(arrays(other))
    cut: Any = slice(None) if lanes is None else lanes
    names = left.keys() ^ right.keys()
    names |= {name for name in left.keys() & right.keys() if bits(left[name][..., cut]) != bits(right[name][..., cut])}
    return sorted(names | ({"quarter"} if one.quarter != other.quarter else set()))


def cents(values: Any) -> Any:
    """Money as whole numbers, so that sums are exact; fails where it is not whole."""
    whole = np.rint(values)
    assert np.array_equal(whole, values), "money that is not whole cents"
    return whole.astype(np.int64)


def spread(now: Conditions, lanes: int) -> Conditions:
    """One lane's conditions in several equal lanes."""
    return now.take(np.zeros(1, dtype=np.intp)).each(lambda values: np.repeat(values[..., :1], lanes, axis=-1))
