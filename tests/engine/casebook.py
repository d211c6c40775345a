"""What tests of business cases share: standings made of plain numbers, pages in words, cases that lie somewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from functools import cache
from typing import Any

import numpy as np

from kamsim.engine import cases
from kamsim.engine.levers import LEVERS
from kamsim.engine.page import AT, CHOICES, FIELDS, NUMBERS, PENDING, coded
from kamsim.engine.sight import observe
from kamsim.engine.standing import Standing, true_standing
from kamsim.players.simulate import override
from kamsim.scenario.models import Scenario
from tests.engine.worlds import Array, Game, furnished, start

KESTREL, ORVIK = 1, 0
EXECUTING, FUNDED, DELAYED, UNDERMINED, CANCELLED = 3, 2, 5, 6, 8


@cache
def single() -> Scenario:
    """The furnished scenario, whose Kestrel buys one line in one place, has an initiative, and could have a part of its
    own."""
    crane = {
        "id": "one_crane", "name": "One crane visit", "kind": "resilience", "owner": "moen",
        "summary": "One visit a turbine a year.", "state": "executing", "known": True,
    }  # fmt: skip
    bespoke = {"name": "Hub sensors", "cost": 48_000}
    changes = {"accounts.kestrel.initiatives": [crane], "accounts.kestrel.bespoke": bespoke, "opportunities": "none"}
    return override(furnished(), changes)


def true_of(game: Game, account: int) -> Standing:
    """How an account truly stands, in every lane of a game, in arrays of its own."""
    made = true_standing(game.world, observe(game.world, game.params), account)
    arrays = {name: v for name, v in vars(made).items() if isinstance(v, np.ndarray)}
    return changed(made, **{name: np.array(value) for name, value in {**arrays, **made.now}.items()})


@cache
def _first(account: int) -> Standing:
    game = start(single(), [1], policy="steady", quarters=2)
    game.world.knowledge.reviewed[...] = True
    game.world.booked = None
    return true_of(game, account)


def standing(account: int = KESTREL, **changes: Any) -> Standing:
    """A standing of one account of `single`, with some of its numbers replaced: a number holds for every row, a list is
    one for each row, an array is taken as it is."""
    made = _first(account)
    given: dict[str, Any] = {}
    for name, value in changes.items():
        old = made.now[name] if name in made.now else getattr(made, name)
        if not isinstance(old, np.ndarray) or isinstance(value, np.ndarray):
            given[name] = value
        elif isinstance(value, list):
            given[name] = np.array(value, dtype=np.float64)[:, None]
        else:
            given[name] = np.full((*old.shape[:-1], 1), float(value))
    return changed(made, **given)


def changed(made: Standing, **values: Any) -> Standing:
    """A standing with some of its arrays replaced, levers in force by their names."""
    levers = {name: values.pop(name) for name in list(values) if name in made.now}
    return replace(made, **values, now={**made.now, **levers})


def wide(made: Standing, lanes: int) -> Standing:
    """The same standing in several lanes."""
    values = {item.name: getattr(made, item.name) for item in fields(made) if item.name not in ("peer_line", "now")}
    arrays = {**made.now, **{name: value for name, value in values.items() if isinstance(value, np.ndarray)}}
    narrow = {name: value for name, value in arrays.items() if value.shape[-1] == 1}
    return changed(made, **{name: np.repeat(value, lanes, axis=-1) for name, value in narrow.items()})


def page(lanes: int = 1, **said: Any) -> Array:
    """A page (G, lanes) from words and numbers."""
    made: Array = coded(said, lanes)
    return made


def lay(game: Game, place: int, said: Mapping[str, Any] | Array, lanes: Iterable[int] | None = None) -> None:
    """Put a case where it lies before an audience that decides at this close, without asking the rules."""
    rows = np.arange(game.world.lanes) if lanes is None else np.array(list(lanes))
    made = said if isinstance(said, np.ndarray) else coded(said, len(rows))
    at = game.world.cases
    at.page[:, place, rows] = made
    at.stage[place, rows] = PENDING
    at.presented[place, rows] = at.decides[place, rows] = game.world.quarter


def sign(game: Game, place: int, said: Mapping[str, Any], condition: int = 0) -> None:
    """A yes to a page, as if the audience had given it."""
    lanes = np.arange(game.world.lanes)
    game.world.cases.page[:, place] = coded(said, len(lanes))
    game.world.cases.condition[place] = condition
    cases.sign(game.world, game.params, place, lanes)


def undisturbed(scenario: Scenario, **more: Any) -> Scenario:
    """A calm scenario, in which no rival follows a cut."""
    quiet = {f"rivals.{rival.id}.follow": 0.0 for rival in scenario.rivals}
    return override(calm_of(scenario), {**quiet, **more})


def calm_of(scenario: Scenario) -> Scenario:
    """As `worlds.calm`, but initiatives stay, in the state in which they are, as far as scripts go."""
    changes: dict[str, Any] = {"length.longest": 20, "macro": [], "news": []}
    for account in scenario.accounts:
        at = f"accounts.{account.id}"
        for kind in ("requests", "incidents", "tenders", "attacks", "moments"):
            changes[f"{at}.{kind}"] = []
        for initiative in account.initiatives:
            changes[f"{at}.initiatives.{initiative.id}.turns"] = []
            changes[f"{at}.initiatives.{initiative.id}.forces"] = []
            changes[f"{at}.initiatives.{initiative.id}.demand"] = {}
        changes |= {f"{at}.growth": 0.0, f"{at}.traits.incident_hazard": 0.0, f"{at}.traits.turnover": 0.0}
        for place in range(len(account.business)):
            changes[f"{at}.business.{place}.season"] = [1.0, 1.0, 1.0, 1.0]
    return override(scenario, changes)


def random_pages(rng: np.random.Generator, lanes: int, *, desk: bool, initiatives: int, metrics: range) -> Array:
    """Pages by chance, lane by lane: any word of each choice, at most three levers."""
    made = np.zeros((len(FIELDS), lanes))
    for name, row in AT.items():
        if name in NUMBERS:
            made[row] = rng.choice(NUMBERS[name], lanes)
        elif name in CHOICES:
            made[row] = rng.integers(0, len(CHOICES[name]), lanes)
    made[AT["metric"]] = rng.choice(list(metrics), lanes)
    made[AT["initiative"]] = rng.integers(-1, initiatives, lanes)
    made[AT["region"]] = -1.0
    made[AT["state"]] = rng.integers(-1, 9, lanes)
    steps = rng.integers(0 if desk else -10, 20, lanes)
    made[AT["price"]] = steps * 0.005
    made[AT["claim"]] = rng.integers(0, 400, lanes) * 100_000.0
    made[AT["inaction_value"]] = rng.integers(0, 400, lanes) * 100_000.0
    levers = np.array([AT[name] for name in LEVERS])
    kept = np.argsort(rng.random((len(levers), lanes)), axis=0) < rng.integers(1, 4, lanes)
    for place, row in enumerate(levers):
        made[row] = np.where(kept[place], made[row], 0.0)
    return made


def random_standing(rng: np.random.Generator, lanes: int, account: int = ORVIK) -> Standing:
    """An account that could stand in any way, lane by lane."""
    made = _first(account)
    cells, count, people = len(made.cells), len(made.initiatives), len(made.people_rows)

    def between(low: float, high: float, *rows: int) -> Array:
        return rng.uniform(low, high, (*rows, lanes))

    def flags(chance: float, *rows: int) -> Array:
        return (rng.random((*rows, lanes)) < chance).astype(float)

    volume = between(20.0, 9_000.0, cells)
    power = between(0.05, 1.0, people)
    ages = rng.choice([0.0, 1.0, 4.0, 11.0, np.inf], (2, lanes))
    discount = between(0.0, 0.25, cells)
    return changed(
        made, discount=discount, rebate=between(0.0, 0.05, cells), volume=volume, share=between(0.03, 0.95, cells),
        unit_cost=made.list_price * between(0.4, 0.75, cells), growth=between(-0.02, 0.03, cells),
        sensitivity=between(1.0, 9.0, cells), pace=between(0.05, 0.4, cells), expected=between(-0.08, 0.08, cells),
        free=between(0.0, 4_000.0, cells), utilisation=between(0.3, 1.1, cells), follow=between(0.0, 1.0),
        service_cost=between(1e5, 3e7), variable_service=between(0.0, 1.0), order_service=between(0.0, 1.0),
        profit=between(-5e7, 5e7), days=rng.choice([30.0, 45.0, 60.0, 90.0], lanes), pooled=flags(0.2),
        trust=between(0.0, 1.0), fit=between(0.0, 1.0), delivered=between(0.0, 1.0), fit_weight=between(0.2, 1.2),
        service_weight=between(0.2, 1.2), state=rng.integers(0, 9, (count, lanes)).astype(float),
        force=between(-1.0, 1.0, count), engagement=between(0.0, 1.0, count),
        measure=rng.integers(-1, 8, (people, lanes)).astype(float), power=power / power.sum(axis=0),
        veto=flags(0.3, people), tie=between(0.0, 1.0, people), hurdle=between(0.08, 0.25), credibility=between(0.0, 1.0),
        own_credibility=between(0.0, 1.0), granted_discount=between(0.0, 0.1), granted_days=np.zeros(lanes),
        people=rng.choice([0.0, 1.0, 2.0], lanes, p=[0.6, 0.3, 0.1]), bespoke=flags(0.2), priority=flags(0.2),
        programme=rng.choice([0.0, 10.0, 20.0], lanes, p=[0.7, 0.2, 0.1]), committed=np.zeros((cells, lanes)),
        asked=between(0.0, 0.03), desk=between(-1.0, 1.0, len(made.params.approvers)), own_figures=flags(0.5, count),
        drivers_known=flags(0.5), sensitivity_known=flags(0.5), rival_known=flags(0.5), rival_offer=flags(0.5),
        kept_age=ages[0], pilot_age=ages[1], reference=flags(0.3, made.reference.shape[0]),
        peer_sales=between(0.0, 5e7, len(made.peer_line)), peer_discount=between(0.0, 0.25, len(made.peer_line)),
    )  # fmt: skip
