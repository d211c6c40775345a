"""Legality both ways: what is listed can be done, what is not listed cannot, and a refusal changes nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamsim.engine.moves import MOVES, Field, Refusal, bind, combinations, page_of
from kamsim.engine.params import Params
from kamsim.errors import IllegalMove
from kamsim.players.filling import fill
from kamsim.players.seat import Option
from kamsim.players.simulate import override
from tests.engine.organised import organised
from tests.engine.worlds import SCENARIOS, Array, Game, differences, furnished, halden, minimal, start
from tests.every import every

STATES = (
    ("minimal", "typical", 1),
    ("halden", "value_seller", 2),
    ("halden", "random_legal", 6),
    ("halden", "discounter", 9),
    ("furnished", "random_legal", 5),
    ("furnished", "typical", 2),
)


@pytest.fixture(scope="module", params=range(len(STATES)), ids=[f"{name}-{policy}" for name, policy, _ in STATES])
def game(request: pytest.FixtureRequest) -> Game:
    name, policy, quarters = STATES[request.param]
    made = start(SCENARIOS[name](), range(5), policy=policy, quarters=quarters)
    made.world.dealings.incident[:, 1::2] = 1
    made.world.dealings.severity[:, 1::2] = 0.4
    return made


def filled(params: Params, kind: str, option: Option, rng: np.random.Generator, lanes: int) -> dict[str, Any]:
    """An option's arguments with its free fields chosen by chance inside what it says is allowed."""
    return fill(params, kind, option, lambda _, count: int(rng.integers(count)), lambda _: rng.random(lanes))


def changes_nothing(game: Game, kind: str, args: dict[str, Any]) -> Array:
    """Lanes in which the arguments ask for what is so already, by the rules of each kind of move."""
    world, params = game.world, game.params
    if kind == "offer_terms":
        account = params.accounts.index(args["account"])
        dealings = world.dealings
        return (
            np.all(
                [
                    np.maximum(0, world.market.discount[cell] + args["change"]) == world.market.discount[cell]
                    for cell in params.account_cells[account]
                ],
                axis=0,
            )
            & (args["commitment"] == 0)
            & (dealings.days[account] == args["days"])
            & (world.levers.level["pooled"][account] == (args["pooled"] == "yes"))
        )
    if kind == "propose":
        row, talks = params.talks.index(args["talk"]), world.talks
        page = page_of({**args, "talk": row}, world.lanes)
        return (talks.round[row] > 0) & np.all(np.abs(page - talks.page[:, row]) < 1e-9, axis=0)
    if kind == "bid":
        row, at = params.opportunities.index(args["opportunity"]), world.opportunities
        return (at.bid[row] > 0) & (np.abs(at.bid_off[row] - args["discount"]) < 1e-9)
    standing = {"set_discount": ("discount", world.market.discount), "set_rebate": ("rebate", world.market.rebate)}
    if kind not in standing:
        return np.zeros(world.lanes, dtype=bool)
    name, now = standing[kind]
    place = {"account": args["account"], "line": args["line"], "region": args.get("region")}
    cells = [
        row
        for row, (account, region, line) in enumerate(params.cells)
        if (account, line) == (place["account"], place["line"]) and place["region"] in (None, region)
    ]
    return np.all([np.abs(now[cell] - args[name]) < 1e-9 for cell in cells], axis=0)


@every("kind", MOVES)
def test_what_is_listed_as_allowed_is_accepted(game: Game, kind: str) -> None:
    """In every lane in which an option is allowed, any value in its ranges and any free choice is accepted, except to
    ask for what is so already."""
    rng = np.random.default_rng(11)
    for option in game.seat.legal(kind).options:
        allowed = option.refused == 0
        if not allowed.any():
            continue
        for _ in range(4 if option.free else 1):
            args = filled(game.params, kind, option, rng, game.world.lanes)
            one = game.copy()
            made = one.do(kind, allowed, **args)
            same = changes_nothing(game, kind, args)
            assert (made.done | ~allowed | (same & (made.refused == Refusal.NO_CHANGE))).all(), (args, made.refused)
            if not made.done.all():
                rest = np.flatnonzero(~made.done)
                assert differences(game.world, one.world, rest) == []


@every("kind", MOVES)
def test_what_is_listed_as_refused_is_refused(game: Game, kind: str) -> None:
    """In every lane in which an option is refused, no value and no free choice makes it possible, and nothing changes."""
    rng = np.random.default_rng(12)
    for option in game.seat.legal(kind).options:
        refused = option.refused != 0
        if not refused.any():
            continue
        tries = [filled(game.params, kind, option, rng, game.world.lanes) for _ in range(3 if option.free else 1)]
        for args in tries:
            one = game.copy()
            made = one.do(kind, refused, **args)
            assert not made.done.any(), (args, option.refused, made.refused)
            assert (made.refused[refused] > 0).all()
            assert differences(game.world, one.world) == []


@pytest.mark.parametrize("kind", ["set_discount", "set_rebate", "offer_terms"])
def test_beyond_the_range_is_refused(game: Game, kind: str) -> None:
    """A step above the highest allowed value, or below the lowest, is refused or does not exist."""
    for option in game.seat.legal(kind).options:
        field = next(field for field in option.free if field.kind == "number")
        rest = {other.name: other.choices[0] for other in option.free if other.kind == "choice"}
        low, high = option.ranges[field.name]
        for values, inside in (
            (high + field.step, high + field.step <= field.high + 1e-9),
            (low - field.step, low - field.step >= field.low - 1e-9),
        ):
            one = game.copy()
            if not inside.all():
                with pytest.raises(IllegalMove):
                    one.do(kind, **option.args, **rest, **{field.name: values})
            possible = np.clip(values, field.low, field.high)
            if kind == "offer_terms" and not inside.any():
                continue
            made = one.do(kind, inside, **option.args, **rest, **{field.name: possible})
            assert not made.done.any(), (option.args, values, made.refused)
            assert differences(game.world, one.world) == []


def test_every_way_to_move_is_listed(game: Game) -> None:
    """The list holds every combination that exists, but for what nobody has heard of yet: requests, moments,
    forces, purchases, news."""
    for kind in MOVES:
        listed = [option.args for option in game.seat.legal(kind).options]
        for args in combinations(game.params, kind):
            if "request" in args:
                row = game.params.requests.index(args["request"])
                assert (args in listed) == bool((game.world.dealings.request[row] > 0).any())
            elif "talk" in args:
                row = game.params.talks.index(args["talk"])
                assert (args in listed) == bool((game.world.talks.status[row] > 0).any())
            elif "moment" in args:
                row = game.params.moments.index(args["moment"])
                assert (args in listed) == bool((game.world.moments.phase[row] > 0).any())
            elif "force" in args:
                row = game.params.fact_blocks["acts"][game.params.forces.index(args["force"])]
                assert (args in listed) == bool((game.seat.seen.seen_at[row] >= 0).any())
            elif "opportunity" in args:
                row = game.params.fact_blocks["stage"][game.params.opportunities.index(args["opportunity"])]
                assert (args in listed) == bool((game.seat.seen.seen_at[row] >= 0).any())
            elif "news" in args:
                row = game.params.news.index(args["news"])
                assert (args in listed) == bool(game.params.news_quarter[row] <= game.world.quarter)
            else:
                assert args in listed


def wrong_values(field: Field) -> list[Any]:
    if field.kind == "number":
        wrong = [field.low - field.step, field.high + field.step, field.low + field.step / 2, float("nan")]
        return [*wrong, float("inf"), -float("inf"), "a lot", [0.1, "x"]]
    if field.kind == "choice":
        return ["nonsense", 3.25, -1, True, [field.choices[0]], np.array([1, 99]), np.array(["nonsense", "no"])]
    return ["nobody", "", 7, ("orvik",), np.array(["nobody", "nobody"]), np.array([0, 99]), np.array([0.0, 1.0])]


@every("kind", MOVES)
def test_what_does_not_exist_is_an_error_in_words(kind: str) -> None:
    """A wrong name, value or type raises IllegalMove, which says what is possible, and nothing changes."""
    game = start(organised(), range(2), policy="do_nothing", quarters=1)
    before = game.copy()
    good = combinations(game.params, kind)[0]
    free = tuple(field for field in MOVES[kind].fields if field.free or field.kind == "number")
    ranges = {field.name: (np.array([field.low]),) * 2 for field in free if field.kind == "number"}
    option = Option(good, np.zeros(1, dtype=np.int8), free, ranges)
    good = fill(game.params, kind, option, lambda _, count: count - 1, lambda _: np.zeros(1), game.params.initiatives)
    bind(game.params, kind, good)
    for field in MOVES[kind].fields:
        for value in wrong_values(field):
            with pytest.raises(IllegalMove):
                game.do(kind, **{**good, field.name: value})
        if not field.optional:
            with pytest.raises(IllegalMove, match="needs"):
                game.do(kind, **{name: value for name, value in good.items() if name != field.name})
    with pytest.raises(IllegalMove, match="takes no"):
        game.do(kind, **good, colour="blue")
    assert differences(before.world, game.world) == []


def test_an_unknown_move_is_an_error_in_words() -> None:
    """There is no move of that name: the error lists those that exist."""
    game = start(minimal())
    with pytest.raises(IllegalMove, match="set_rhythm"):
        game.do("bribe", account="orvik")
    with pytest.raises(IllegalMove, match="set_rhythm"):
        game.seat.legal("bribe")


def test_moves_unlock_when_the_author_says() -> None:
    """Before its quarter a move is refused as locked and changes nothing; from that quarter on it is not."""
    game = start(halden(), range(2))
    for quarter in range(1, 5):
        for kind in MOVES:
            locked = quarter < game.params.unlocked_at.get(kind, 1)
            for option in game.seat.legal(kind).options:
                assert ((option.refused == Refusal.LOCKED) == locked).all(), (kind, quarter)
        game.close()


def test_nothing_is_possible_after_the_last_quarter() -> None:
    """Once the longest game is over every move is refused for that reason."""
    game = start(minimal(), (1,), policy="typical", quarters=minimal().length.longest)
    for kind in MOVES:
        for option in game.seat.legal(kind).options:
            assert (option.refused == Refusal.ENDED).all()


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 2**32), data=st.data())
def test_any_walk_through_listed_options_is_accepted(seed: int, data: st.DataObject) -> None:
    """A player who picks from the list, again and again, is never told no."""
    game = start(furnished(), (seed,))
    rng = np.random.default_rng(seed)
    for _ in range(5):
        for _ in range(8):
            kind = data.draw(st.sampled_from(list(MOVES)))
            options = [option for option in game.seat.legal(kind).options if (option.refused == 0).all()]
            if options:
                option = options[data.draw(st.integers(0, len(options) - 1))]
                args = filled(game.params, kind, option, rng, 1)
                made = game.do(kind, **args)
                assert made.done.all() or made.refused[0] == Refusal.NO_CHANGE
        game.close()


def test_a_price_agreed_between_two_steps_can_still_be_played() -> None:
    """An odd ask, granted, leaves a price between two steps; ranges start at the next step, and bots manage."""
    scenario = override(
        minimal(),
        {
            "accounts.orvik.requests.six_per_cent.ask": 0.0475,
            "accounts.orvik.requests.six_per_cent.line": "sensors",
            "accounts.orvik.requests.six_per_cent.welcomes": ["volume_commitment"],
            "accounts.orvik.tenders.hull_nine.line": "sensors",
            "accounts.orvik.tenders.hull_nine.region": None,
            "lines.sensors.unit_cost": 90.0,
        },
    )
    for policy in ("value_seller", "typical", "random_legal", "discounter"):
        game = start(scenario, range(30), policy=policy, quarters=8)
        if policy == "random_legal":
            assert (
                np.abs(np.rint(game.world.dealings.agreed / 0.005) * 0.005 - game.world.dealings.agreed) > 1e-4
            ).any()
        for option in game.seat.legal("set_discount").options:
            low, high = option.ranges["discount"]
            assert (low <= high).all()
