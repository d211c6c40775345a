"""Nothing hidden gets out (docs/design.md, the contract of the engine): `Seen` is the only way out, and it does not depend on the truth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from kamsim.engine.ledger import Ledger
from kamsim.engine.luck import Luck
from kamsim.engine.market import Conditions
from kamsim.engine.moves import MOVES, bind, combinations, refusals
from kamsim.engine.organisation import Organisation
from kamsim.engine.params import Params, compile_params
from kamsim.engine.parts import PARTS
from kamsim.engine.sight import Seen, observe
from kamsim.engine.state import State
from kamsim.engine.truth import Truth
from kamsim.engine.world import World
from kamsim.players.simulate import override
from kamsim.scenario.models import Scenario
from tests.engine.organised import organised
from tests.engine.worlds import Array, Game, arrays, bits, halden, minimal, start

SHOWN = {
    "market": {"discount", "rebate"},
    "relations": set(),
    "people": {"open_until", "shut_until", "holder", "met", "handed"},
    "initiatives": {"backed_until"},
    "dealings": {
        "request", "trade_refused", "incident", "severity", "recovery", "offer", "answer", "agreed", "committed",
        "contract_until", "days", "pooled", "harmony",
    },
    "work": {"left", "spent", "rhythm", "expedite"},
    "knowledge": {
        "value", "seen_at", "changed_at", "source", "reviewed", "insight", "insight_built", "insight_kind", "insight_state", "linked",
    },
    "cases": {"page", "stage", "presented", "decides", "outcome", "gate", "condition"},
    "mandates": {
        "discount", "days", "people", "people_until", "bespoke", "priority_until", "programme", "programme_until", "asked",
    },
    "standings": {"credibility", "desk", "claims", "inside"},
    "promises": {
        "status", "metric", "value", "low", "high", "signed", "due", "kept_at", "kept_metric", "pilot_at",
    },
    "moments": {"phase"},
    "own": {
        "support", "quality", "support_coming", "quality_coming", "networked", "asked", "backing", "key", "key_since", "owed",
        "booked", "plan", "earned", "past_plan", "past_earned", "below", "reset_at",
    },
    "calendar": {"request_opens", "request_due", "talk_opens", "talk_due"},
    "talks": {"status", "round", "page", "pushed", "exclusive_until", "data_until"},
    "opportunities": {
        "bid", "bid_off", "bid_at", "award", "award_at", "award_winner", "award_part", "award_reason", "award_units",
        "award_off", "award_until", "award_arose", "award_window", "runs_units", "runs_part", "runs_winner", "runs_off",
        "runs_until", "tendered",
        "opened", "written_for",
    },
    "joint": {
        "phase", "since", "until", "share", "asked", "lost", "why", "planned", "spent", "earned", "latest",
    },
    "plans": {
        "status", "written", "due", "person", "aim", "initiative", "step", "owner", "shared", "reached",
        "left", "before",
    },
    "team": {
        "lead", "ramp", "holder", "leaving", "coached", "reviewed", "target", "borrowed", "free", "hours",
        "fresh_until", "seen_skill", "seen_strain", "seen_at", "strain_at",
    },
}  # fmt: skip
"""What a player sees of each part of the world, in full or in part. All else is hidden."""
HIDDEN = {
    "market": {"share", "price", "reference", "rival_price", "rival_fit"},
    "relations": {"trust", "fit", "service", "reconsider", "pitched", "attack", "attacker", "attack_kind",
                  "attack_idea", "neglected"},
    "people": {"stance", "tie", "measure", "leaving"},
    "initiatives": {
        "state", "before", "since", "engagement", "help", "shaken_until", "acts", "pressure", "past_state", "past_acts",
        "past_pressure",
    },
    "dealings": {
        "credit", "owner", "offer_price", "offer_commitment", "offer_length", "offer_days", "offer_pooled", "compliance",
        "edge",
    },
    "work": set(),
    "knowledge": set(),
    "cases": {"wavered", "returned", "resubmitted", "noticed", "reader_score", "criteria", "loss"},
    "mandates": {"bespoke_cost", "served"},
    "standings": {"interval"},
    "promises": {"actual", "guarantee", "pilot", "rate", "certain", "delivered"},
    "moments": {"picks", "weakest"},
    "own": set(),
    "talks": {"conceded", "gifts"},
    "calendar": {"request_need", "incident_quarter", "moment_quarter", "moment_twist"},
    "opportunities": {
        "stage", "progress", "arose", "window", "decides", "lead", "units", "runs", "twist", "bidders", "speaks",
    },
    "joint": {"missing", "holder"},
    "plans": set(),
    "team": {"skill", "brought", "strain", "page_craft"},
}  # fmt: skip
"""Hidden from `Seen`: the player's own price and offers are there because Seen has no need of them."""
SEEN_OF_TRUTH = {
    "request_ask",
    "request_global",
    "tender_quarter",
    "unit_cost",
    "steel",
    "materials",
    "recession",
}
"""What Seen takes from Truth: what has been told, our own costs, and whether this quarter's economy is in a recession."""


GAMES = (
    (minimal, "do_nothing", 0),
    (halden, "value_seller", 2),
    (halden, "random_legal", 7),
    (halden, "typical", 15),
    (organised, "random_legal", 5),
)
NAMES = ("first day", "third quarter", "eighth", "sixteenth", "with an organisation")


@cache
def played(place: int) -> Game:
    """One of the games in which nothing hidden may get out; it is looked at, and copied before it is changed."""
    scenario, policy, quarters = GAMES[place]
    return start(scenario(), range(4), policy=policy, quarters=quarters)


@pytest.fixture(scope="module", params=range(len(GAMES)), ids=NAMES)
def game(request: pytest.FixtureRequest) -> Game:
    return played(request.param)


def test_every_array_of_the_world_is_shown_or_hidden() -> None:
    """A new array of the world must be put into one of the two lists above."""
    world = start(minimal()).world
    for part in PARTS:
        names = {name.removeprefix(f"{part}.") for name, _ in arrays(world) if name.startswith(f"{part}.")}
        assert SHOWN[part] | HIDDEN[part] == names
        assert not SHOWN[part] & HIDDEN[part]


def reachable(root: object) -> Iterator[object]:
    """Everything that can be reached from an object by fields, items, attributes and the arrays behind arrays."""
    waiting, met = [root], set()
    while waiting:
        thing = waiting.pop()
        if id(thing) in met or isinstance(thing, (str, bytes, int, float, bool, type(None), np.generic, type)):
            continue
        met.add(id(thing))
        yield thing
        if isinstance(thing, np.ndarray):
            waiting.append(thing.base)
        elif isinstance(thing, dict):
            waiting += [*thing.keys(), *thing.values()]
        elif isinstance(thing, (list, tuple, set, frozenset)):
            waiting += list(thing)
        elif is_dataclass(thing):
            waiting += [getattr(thing, item.name) for item in fields(thing)]
        waiting += list(getattr(thing, "__dict__", {}).values())


def owner(array: Array) -> Array:
    """The array that holds the memory."""
    while isinstance(array.base, np.ndarray):
        array = array.base
    return array


def hidden_arrays(world: World) -> Iterator[tuple[str, Array]]:
    for name, array in arrays(world):
        part, _, own = name.partition(".")
        if own in HIDDEN.get(part, ()):
            yield name, array
    for item in fields(world.truth):
        value = getattr(world.truth, item.name)
        for place, each in enumerate(value if isinstance(value, tuple) else (value,)):
            if isinstance(each, np.ndarray):
                yield f"truth.{item.name}[{place}]", each
    if world.ledger is not None:
        for name in ("money", "accounts", "wallet", "share", "delivered", "trust", "unused"):
            yield f"ledger.{name}", getattr(world.ledger, name)


def test_no_world_is_reachable_from_what_is_seen(game: Game) -> None:
    """Walking fields, items and `.base` from Seen meets no World, Truth, Ledger, Luck or part of them."""
    for thing in reachable(game.seat.seen):
        assert not isinstance(thing, (World, State, Truth, Ledger, Conditions, Luck, Scenario)), type(thing)
        assert not callable(thing) or isinstance(thing, (Params, Seen))


def seen_arrays(seen: Seen) -> Iterator[tuple[str, Array]]:
    """Every array of what is seen, those by lever included."""
    for item in fields(Seen):
        value = getattr(seen, item.name)
        if isinstance(value, np.ndarray):
            yield item.name, value
        elif is_dataclass(value) and not isinstance(value, Params):
            yield from ((f"{item.name}.{part.name}", getattr(value, part.name)) for part in fields(value))
        elif isinstance(value, dict):
            yield from ((f"{item.name}.{name}", row) for name, row in value.items())


def test_no_memory_of_hidden_arrays_is_behind_what_is_seen(game: Game) -> None:
    """The array behind each view is no larger than the view, and none shares memory with anything hidden."""
    hidden = [(name, owner(array)) for name, array in hidden_arrays(game.world)]
    for shown, value in seen_arrays(game.seat.seen):
        assert owner(value).nbytes <= max(value.nbytes, 1), f"{shown} is a window on a larger array"
        for name, array in hidden:
            assert not np.shares_memory(value, array), f"{shown} shares memory with {name}"


def test_what_is_seen_cannot_be_written(game: Game) -> None:
    """Views are read-only: a policy cannot change the world by accident."""
    seen = game.seat.seen
    for name in ("hours_left", "discount", "fact", "request", "reviewed", "sales", "profit", "incident"):
        values = getattr(seen, name)
        if values.size and game.world.ledger is not None:
            with pytest.raises(ValueError, match="read-only"):
                values[...] = 0


def shaken(value: Any, rng: np.random.Generator) -> Any:
    """Another value of the same kind."""
    if isinstance(value, tuple):
        return tuple(shaken(each, rng) for each in value)
    if isinstance(value, np.ndarray) and value.dtype == bool:
        return ~value
    if isinstance(value, np.ndarray) and value.dtype.kind in "iu":
        return (value + 1 + rng.integers(0, 3, value.shape)).astype(value.dtype)
    if isinstance(value, np.ndarray):
        return value * rng.uniform(0.2, 3.0, value.shape) + rng.uniform(0.01, 0.2, value.shape)
    return not value if isinstance(value, bool) else value * 1.7 + 0.1


def another_truth(world: World, rng: np.random.Generator) -> Truth:
    """Every hidden trait and script changed; requests and tenders only where nobody has heard of them."""
    truth, quarter = world.truth, world.quarter
    changes = {
        item.name: shaken(getattr(truth, item.name), rng)
        for item in fields(truth)
        if item.name not in SEEN_OF_TRUTH | {"initiative_price", "initiative_weights", "initiative_demand"}
    }
    future = (world.calendar.request_opens > quarter).all(axis=1)[:, None]
    changes["request_global"] = np.where(future, 1.0 - truth.request_global, truth.request_global)
    changes["request_ask"] = np.where(future, truth.request_ask + 0.07, truth.request_ask)
    later = truth.tender_quarter > quarter + 1
    now = min(quarter, len(truth.materials) - 1)
    for name in ("materials", "recession"):
        old = getattr(truth, name)
        other = shaken(old, rng)
        changes[name] = (*other[:now], old[now], *other[now + 1 :])
    changes["tender_quarter"] = np.where(later, truth.tender_quarter + 2, truth.tender_quarter)
    return replace(truth, **changes)


def another_world(game: Game) -> Game:
    """The same sight, everything behind it changed."""
    rng = np.random.default_rng(3)
    other = game.copy()
    world = other.world
    world.truth = another_truth(game.world, rng)
    for part, names in HIDDEN.items():
        for name in names:
            if hasattr(getattr(world, part), name):
                setattr(getattr(world, part), name, shaken(getattr(getattr(world, part), name), rng))
    for opens, due in (("request_opens", "request_due"), ("talk_opens", "talk_due")):
        calendar = vars(world.calendar)
        later = 2 * (calendar[opens] > world.quarter).astype(np.int8)
        calendar[opens], calendar[due] = calendar[opens] + later, calendar[due] + later
    for _, part, name, row in world.levers.rows():
        if name in HIDDEN[part]:
            row[...] = shaken(row, rng)
    dealings = world.dealings
    dealings.recovery = np.where(dealings.recovery > 0, dealings.recovery / 2, 0.0)  # only "handled" is seen
    if world.ledger is not None:
        world.ledger = another_ledger(game, rng)
    return other


def another_ledger(game: Game, rng: np.random.Generator) -> Ledger:
    """Books in which cost to serve lies with other accounts than it does, where nobody has reviewed them; sales, margin
    and the sum of cost to serve are the same. Wallet, share, delivery and trust are changed."""
    old = game.world.ledger
    assert old is not None
    accounts = old.accounts.copy()
    place = old.names.index(old.activities[0])
    for lane in range(game.world.lanes):
        unknown = np.flatnonzero(~game.world.knowledge.reviewed[:, lane])
        if unknown.size > 1:
            accounts[place, unknown[0], lane] -= 777.0
            accounts[place, unknown[1], lane] += 777.0
    return replace(
        old,
        accounts=accounts,
        wallet=shaken(old.wallet, rng),
        share=shaken(old.share, rng),
        delivered=shaken(old.delivered, rng),
        trust=shaken(old.trust, rng),
        unused=shaken(old.unused, rng),
    )


def test_what_is_hidden_leaves_sight_and_rules_unmoved(game: Game) -> None:
    """With every hidden trait, plan, mood, state and script changed, the player sees the same bits, and every move is
    allowed or refused as before, with the same ranges."""
    other = another_world(game)
    here, there = observe(game.world, game.params), observe(other.world, game.params)
    for (name, one), (other_name, two) in zip(seen_arrays(here), seen_arrays(there), strict=True):
        assert name == other_name and bits(one) == bits(two), name
    for item in fields(Seen):
        one, two = getattr(here, item.name), getattr(there, item.name)
        apart = isinstance(one, np.ndarray | dict) or (is_dataclass(one) and one is not here.params)
        assert apart or one is two or one == two, item.name
    for kind in MOVES:
        for one, two in zip(game.seat.legal(kind).options, other.seat.legal(kind).options, strict=True):
            assert one.args == two.args
            assert bits(one.refused) == bits(two.refused), (kind, one.args)
            for name, (low, high) in one.ranges.items():
                assert bits(low) == bits(two.ranges[name][0])
                assert bits(high) == bits(two.ranges[name][1])


def test_the_change_of_the_hidden_side_was_real(game: Game) -> None:
    """The test above means something: the changed world does go another way."""
    other = another_world(game)
    for name, array in hidden_arrays(game.world):
        assert (
            array.size == 0
            or name.startswith(("truth", "ledger"))
            or not np.array_equal(array, dict(hidden_arrays(other.world))[name])
        )
    assert not np.array_equal(game.world.truth.price_sensitivity, other.world.truth.price_sensitivity)
    assert game.params.forces
    assert not np.array_equal(game.world.truth.force_strength, other.world.truth.force_strength)
    assert not np.array_equal(game.world.truth.news_warns, other.world.truth.news_warns) or not game.params.news


def test_refusals_take_nothing_but_sight() -> None:
    """Each rule is a function of Seen and arguments: it gives the same codes for a Seen that was put together anew."""
    game = start(halden(), range(3), policy="typical", quarters=3)
    seen = game.seat.seen
    copied = replace(
        seen,
        **{
            item.name: getattr(seen, item.name).copy()
            for item in fields(Seen)
            if isinstance(getattr(seen, item.name), np.ndarray)
        },
    )
    for kind in ("meet", "answer_request", "seek_executive", "handle_incident", "expedite"):
        for args in combinations(game.params, kind):
            bound = bind(game.params, kind, args)
            assert bits(refusals(seen, kind, bound)) == bits(refusals(copied, kind, bound))


def hidden_changes(scenario: Scenario) -> dict[str, object]:
    """Another value for everything that a scenario marks as hidden."""
    changes: dict[str, object] = {"macro": [{"quarter": 2, "demand": 0.7, "materials": 1.4, "recession": True}]}
    for account in scenario.accounts:
        at = f"accounts.{account.id}"
        changes |= {
            f"{at}.traits.collaboration": 0.11,
            f"{at}.traits.orientation": 0.13,
            f"{at}.traits.price_sensitivity": 7.7,
            f"{at}.traits.turnover": 0.29,
            f"{at}.traits.incident_hazard": 0.17,
            f"{at}.trust": 0.91,
            f"{at}.growth": 0.05,
            f"{at}.importance.quality": 2.5,
            f"{at}.service.orders": 4321.0,
            f"{at}.attacks": [],
            f"{at}.hurdle": 0.33,
        }
        for person in account.people:
            changes |= {
                f"{at}.people.{person.id}.{name}": value
                for name, value in (
                    ("measure", "footprint"), ("power", 0.77), ("veto", not person.veto), ("stance", -0.4), ("tie", 0.9),
                    ("power_new", 0.31), ("sway", 0.6),
                    ("listens", {other.id: 1.0 for other in account.people if other is not person}),
                )
            }  # fmt: skip
        for initiative in account.initiatives:
            changes |= {
                f"{at}.initiatives.{initiative.id}.{name}": value
                for name, value in (("state", "undermined"), ("turns", []), ("demand", {}))
            }
            for place in range(len(initiative.forces)):
                changes |= {
                    f"{at}.initiatives.{initiative.id}.forces.{place}.{name}": value
                    for name, value in (
                        ("name", "Another"), ("kind", "merger"), ("quarter", 3), ("until", 4), ("strength", 0.05),
                        ("chance", 0.4), ("hint", "Something else.")
                    )
                }  # fmt: skip
        for request in account.requests:
            at_request = f"{at}.requests.{request.id}"
            changes |= {f"{at_request}.ask": 0.099, f"{at_request}.firmness": 0.99, f"{at_request}.welcomes": []}
        for moment in account.moments:
            changes |= {f"{at}.moments.{moment.id}.chance": 0.05}
        for incident in account.incidents:
            changes |= {f"{at}.incidents.{incident.id}.severity": 0.99, f"{at}.incidents.{incident.id}.chance": 0.01}
        for tender in account.tenders:
            changes |= {f"{at}.tenders.{tender.id}.units": 3.0, f"{at}.tenders.{tender.id}.price_sensitivity": 11.0}
        for place in range(len(account.business)):
            changes |= {f"{at}.business.{place}.wallet": 777.0, f"{at}.business.{place}.share": 0.111}
    for rival in scenario.rivals:
        changes[f"rivals.{rival.id}.follow"] = 0.99
    first = next(item.id for account in scenario.accounts for item in account.initiatives)
    for place in range(len(scenario.news)):
        changes[f"news.{place}.warns"] = [first]
    return changes


@pytest.mark.parametrize("scenario", [minimal(), organised(), halden()], ids=lambda scenario: scenario.id)
def test_params_know_nothing_hidden(scenario: Scenario) -> None:
    """Params of two scenarios that differ in everything hidden are equal to the bit, so whoever holds them knows only
    what a player knows on the first day."""
    one, two = compile_params(scenario), compile_params(override(scenario, hidden_changes(scenario)))
    for held in (Params, Organisation):
        for item in fields(held):
            left, right = (getattr(side if held is Params else side.own, item.name) for side in (one, two))
            if isinstance(left, np.ndarray):
                assert bits(left) == bits(right), item.name
            else:
                assert left == right or item.name == "own", item.name


def test_a_fact_is_what_was_true_when_it_was_seen() -> None:
    """What was found out stays as it was found when the truth moves on, with its date."""
    game = start(halden(), range(20), policy="value_seller", quarters=3)
    block = game.params.fact_blocks["state"]
    before = game.seat.seen.fact[block.start : block.stop].copy()
    dates = game.seat.seen.seen_at[block.start : block.stop].copy()
    game.world.initiatives.state[...] = 8
    assert bits(before) == bits(game.seat.seen.fact[block.start : block.stop])
    value, age = game.seat.seen.known("state", 0)
    known = dates[0] >= 0
    assert np.array_equal(value[known], before[0][known])
    assert np.array_equal(age[known], (game.world.quarter - dates[0])[known].astype(float))
    assert np.isnan(value[~known]).all()
