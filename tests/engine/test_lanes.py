"""Lanes never influence each other, to the last bit (docs/design.md, the contract of the engine)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from kamsim.engine.joint import LIVE
from kamsim.engine.lanes import grouped, total
from kamsim.engine.moves import MOVES, combinations
from kamsim.engine.page import CONDITIONAL, DUE_NOW, PENDING, coded
from kamsim.players.filling import PAGES, fill
from kamsim.players.policies import POLICIES
from kamsim.players.seat import Option
from tests.engine.organised import organised
from tests.engine.worlds import SCENARIOS, Array, Game, bits, book_arrays, differences, halden, start
from tests.every import every

LANES = 64
MOST = 2**63 + 5
"""A seed beyond what a session takes, among others."""
ALONE = ("value_seller", "random_legal", "discounter")
"""Policies whose lanes are played alone too, on every scenario."""
NEIGHBOURS = "halden"
"""Where all policies are played beside an odd neighbour."""


@pytest.mark.parametrize("name", SCENARIOS)
@pytest.mark.parametrize("policy", ALONE)
def test_a_lane_alone_is_that_lane_among_many(name: str, policy: str) -> None:
    """Over twelve quarters, every array of world and books of a lane played alone has the bits it has among 64."""
    seeds = [*range(100, 99 + LANES), MOST]
    many = start(SCENARIOS[name](), seeds)
    chosen = (0, 37, LANES - 1)
    alone = {lane: start(SCENARIOS[name](), [seeds[lane]]) for lane in chosen}
    for _ in range(12):
        many.play(policy)
        many.close()
        for lane, game in alone.items():
            game.play(policy)
            game.close()
            assert differences(many.world.take(np.array([lane])), game.world) == [], f"lane {lane}"


@pytest.mark.parametrize("width", [2, 3, 5, 8, 17])
def test_the_number_of_neighbours_does_not_matter(width: int) -> None:
    """A lane has the same bits at every place and in every width, so no vector remainder computes differently."""
    wide = start(halden(), range(width), policy="value_seller", quarters=6)
    narrow = [start(halden(), [seed], policy="value_seller", quarters=6) for seed in (0, width - 1)]
    for lane, game in zip((0, width - 1), narrow, strict=True):
        assert differences(wide.world.take(np.array([lane])), game.world) == []


def arguments(game: Game, kind: str) -> Iterator[dict[str, Any]]:
    """Every choice of names and choices, and for free fields a few values each, allowed or not."""
    free = [field for field in MOVES[kind].fields if (field.free and field.choices) or field.kind == "number"]
    for number, args in enumerate(combinations(game.params, kind)):
        if not free:
            yield args
            continue
        if kind in PAGES:
            yield from pages(game, kind, args)
            continue
        for turn in range(3):
            chosen = {}
            for place, field in enumerate(free):
                if field.kind == "number":
                    steps = round((field.high - field.low) / field.step)
                    step = (0, steps // 4 + number % 7, steps // 2)[turn]
                    chosen[field.name] = field.low + step * field.step
                else:
                    chosen[field.name] = field.choices[(number + turn + place) % len(field.choices)]
            yield {**args, **chosen}
        if "region" in {field.name for field in MOVES[kind].fields}:
            region = next(cell[1] for cell in game.params.cells if cell[::2] == (args["account"], args["line"]))
            yield {**args, **chosen, "region": region}


def pages(game: Game, kind: str, args: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A few legal pages, with and without an initiative and a region; and one that goes too far."""
    params = game.params
    account = params.accounts.index(args["account"])
    free = tuple(field for field in MOVES[kind].fields if field.free)
    price = np.zeros(()), np.full((), 0.02)
    ranges = {field.name: price for field in free if field.name == "price"}
    option = Option(args, np.zeros(game.world.lanes, dtype=np.int8), free, ranges)
    theirs = [params.initiatives[row] for row in params.account_initiatives[account]]
    for turn in range(4):
        rng = np.random.default_rng(turn)
        made = fill(
            params, kind, option, lambda _, count, rng=rng: int(rng.integers(count)),
            lambda _, rng=rng: rng.random(), theirs[:turn],
        )  # fmt: skip
        made = {name: float(value) if isinstance(value, np.floating) else value for name, value in made.items()}
        yield {**made, "region": params.regions[account][-1]} if turn == 2 else made
    yield {**made, "price": 0.05, "days": 45, "programme": 10, "pooled": "yes", "people": 1}


def busy_worlds() -> list[Game]:
    """Worlds in which much is going on: requests, incidents, doors open and shut, offers under way, cases that lie
    with an audience or were answered with a condition, promises that fall due, executives who ask."""
    games = []
    desk = start(organised(), range(12), policy="random_legal", quarters=4)
    world, lanes = desk.world, np.arange(12)
    world.work.left[lanes % 6 == 5] = 0.0
    world.moments.phase[:, lanes % 4 == 1] = 1
    world.moments.phase[:, lanes % 4 == 2] = 2
    world.moments.phase[:, lanes % 4 == 3] = 3
    world.knowledge.seen_at[...] = np.where(lanes % 3 == 0, world.quarter - 1, world.knowledge.seen_at)
    world.cases.stage[:, lanes % 5 == 1] = PENDING
    world.cases.stage[:, lanes % 5 == 2] = CONDITIONAL
    world.cases.condition[:, lanes % 5 == 2] = 1 + np.arange(4)[:, None] % 3
    world.cases.decides[...] = world.quarter
    world.cases.presented[...] = world.quarter
    world.cases.page[...] = desk_page(desk)[:, None, None]
    world.promises.status[...] = 0
    world.promises.status[:, lanes % 5 == 4] = DUE_NOW
    world.promises.actual[...] = 5e6 * (lanes % 2)
    world.promises.value[...] = 4e6
    world.promises.guarantee[:, lanes % 2 == 0] = 1
    world.talks.status[...] = lanes % 3 > 0
    world.talks.round[...] = lanes % 4
    world.talks.page[2], world.talks.page[4] = 8.0, 60.0
    world.talks.exclusive_until[..., lanes % 5 == 0] = world.quarter
    world.talks.data_until[..., lanes % 2 == 0] = world.quarter + 1.0
    world.joint.phase[:, lanes % 4 == 3] = LIVE
    games.append(desk)
    own = start(organised(), range(12), policy="random_legal", quarters=4)
    own.world.team.leaving[:, lanes % 3 == 1] = True
    own.world.work.left[lanes % 6 == 5] = 0.0
    games.append(own)
    for policy, quarters in (("value_seller", 4), ("random_legal", 9)):
        game = start(halden(), range(12), policy=policy, quarters=quarters)
        game.world.dealings.incident[:, ::2] = 1
        game.world.dealings.severity[:, ::2] = 0.5
        game.world.knowledge.insight[:, 1::3] = True
        game.world.knowledge.reviewed[...] = np.arange(12) % 3 == 0
        game.world.work.expedite[:, 1::4] = 1
        game.world.booked = None
        games.append(game)
    return games


def desk_page(game: Game) -> Array:
    """A page that asks for something of everything."""
    said = {"initiative": 0, "programme": 10, "people": 1, "metric": "uptime", "claim": 40.0, "proof": "reference"}
    made: Array = coded(said, 1)[:, 0]
    return made


@pytest.fixture(scope="module")
def busy() -> list[Game]:
    return busy_worlds()


@every("kind", MOVES)
def test_a_move_touches_only_its_lanes(kind: str, busy: list[Game]) -> None:
    """For every move and every kind of argument: lanes that were not asked for, or in which the rules refuse, keep
    every bit; and a lane in which it is made changes as it would alone."""
    rng = np.random.default_rng(7)
    made = refused = 0
    for game in busy:
        for args in arguments(game, kind):
            where = rng.random(game.world.lanes) < 0.6
            after = game.copy()
            outcome = after.do(kind, where, **args)
            changed = outcome.refused == 0
            assert not (changed & ~where).any()
            assert (outcome.refused[~where] == -1).all()
            rest = np.flatnonzero(~changed)
            assert differences(game.world, after.world, rest) == [], args
            assert not outcome.hours[rest].any()
            assert not outcome.learned[:, rest].any()
            refused += int((outcome.refused > 0).any())
            if changed.any():
                made += 1
                lane = int(rng.choice(np.flatnonzero(changed)))
                alone = game.lane(lane)
                single = alone.do(kind, **args)
                assert single.result[0] == outcome.result[lane]
                assert differences(after.world.take(np.array([lane])), alone.world) == [], args
    assert made, f"{kind} was never made: this test is empty"
    assert refused, f"{kind} was never refused"


def test_closing_does_not_see_the_neighbours_decisions(busy: list[Game]) -> None:
    """One lane's contract, credit, rush, incident or cut changes no bit of the other lanes' quarter."""
    for game in busy:
        lane = 4
        others = np.array([row for row in range(game.world.lanes) if row != lane])
        quiet, loud = game.copy(), game.copy()
        only = np.arange(game.world.lanes) == lane
        loud.world.cases.stage[:, lane] = PENDING
        loud.world.cases.decides[:, lane] = game.world.quarter
        loud.world.cases.page[:, :, lane] = desk_page(game)[:, None]
        loud.world.levers.level["people"][:, lane] = 1.0
        loud.world.levers.level["programme"][:, lane] = 20.0
        loud.world.levers.until["programme"][:, lane] = 40.0
        loud.world.levers.until["people"][:, lane] = 40.0
        loud.world.levers.until["priority"][:, lane] = 40.0
        loud.world.levers.level["bespoke"][:, lane] = 1
        loud.world.promises.status[:, lane] = 1
        loud.world.promises.due[:, lane] = game.world.quarter
        loud.world.moments.phase[:, lane] = 2
        for account in game.params.accounts:
            loud.do("expedite", only, account=account)
            loud.do("handle_incident", only, account=account, effort=10, redress="credit")
        loud.world.dealings.committed[:, lane] = 0.9
        loud.world.dealings.contract_until[:, lane] = 40.0
        loud.world.levers.level["pooled"][:, lane] = 1
        loud.world.relations.reconsider[:, lane] = True
        loud.world.market.price[:, lane] -= 0.3
        loud.world.relations.attack[:, lane] = game.world.quarter + 1
        loud.world.relations.attacker[:, lane] = 0
        for _ in range(3):
            quiet.close()
            loud.close()
            assert differences(quiet.world, loud.world, others) == []


@pytest.mark.parametrize("policy", POLICIES)
def test_policies_play_each_lane_by_itself(policy: str) -> None:
    """A bot's moves in one lane do not depend on what happened in another, nor on anything but seed and policy: the
    lanes of two runs are equal to the bit, but for the one that is odd in one of them."""
    seeds = [*range(7), MOST]
    calm, odd = (start(SCENARIOS[NEIGHBOURS](), seeds) for _ in range(2))
    odd.world.relations.trust[:, 0] = 0.0
    odd.world.market.share[:, 0] = 0.01
    others = np.arange(1, 8)
    for _ in range(8):
        calm.play(policy)
        odd.play(policy)
        one, other = calm.close(), odd.close()
        assert differences(calm.world, odd.world, others) == []
        for (name, left), (_, right) in zip(book_arrays(one), book_arrays(other), strict=True):
            assert bits(left[..., others]) == bits(right[..., others]), name


@pytest.mark.parametrize("rows", [1, 2, 9, 40])
def test_sums_have_one_order(rows: int) -> None:
    """`total` and `grouped` add in index order, so a lane's sum has the same bits in any company."""
    rng = np.random.default_rng(rows)
    values = rng.normal(size=(rows, 33)) * 10.0 ** rng.integers(-8, 8, size=(rows, 33))
    groups = (tuple(range(0, rows, 2)), tuple(range(1, rows, 2)), ())
    for lane in (0, 16, 32):
        alone = values[:, lane : lane + 1].copy()
        plain = 0.0
        for row in range(rows):
            plain += float(values[row, lane])
        assert total(values)[lane] == total(alone)[0] == plain
        for first in (0.0, 0.5):
            sums = bits(grouped(alone, groups, first)[:, 0])
            assert bits(grouped(values, groups, first)[:, lane]) == sums
            assert bits(grouped(np.tile(values, 200), groups, first)[:, lane]) == sums, "long rows"
    assert not grouped(values, groups)[2].any()
