"""What is drawn for each session: within what the author wrote, by an address of its own, and by no luck that is taken
away."""

from __future__ import annotations

from functools import cache

import numpy as np

from kamsim.engine.luck import STREAMS, Luck
from kamsim.engine.moves import Result
from kamsim.engine.params import TRADES, compile_params
from kamsim.engine.quarter import first_quarter
from kamsim.engine.truth import TWISTS
from kamsim.engine.world import World
from kamsim.players.simulate import override
from kamsim.scenario.models import Scenario
from tests.engine.worlds import halden, minimal, start

REPLIES = dict.fromkeys(("granted", "traded", "trade_refused", "declined", "lapsed"), "So be it.")
NEED = {"welcomes": ["prompt_payment"], "title": "Money, early", "text": "We have cash.", "replies": REPLIES}
LANES = 400


@cache
def ranged() -> Scenario:
    """The minimal scenario, its request up to a quarter earlier or later and about one of two needs."""
    return override(
        minimal(),
        {"accounts.orvik.requests.six_per_cent.spread": 1, "accounts.orvik.requests.six_per_cent.needs": [NEED]},
    )


def morning(scenario: Scenario, luck: Luck) -> World:
    """The first quarter's worlds."""
    return first_quarter(scenario, compile_params(scenario), luck)


def test_what_is_drawn_lies_in_its_range_each_value_as_likely() -> None:
    """Over many sessions of Halden and of a request with a range: nothing before the first quarter or outside the spread,
    due moves along, and no value comes clearly more often than another."""
    for scenario in (halden(), ranged()):
        at = morning(scenario, Luck(range(LANES))).calendar
        requests = [item for account in scenario.accounts for item in account.requests]
        for row, item in enumerate(requests):
            moved = at.request_opens[row] - item.quarter
            assert np.abs(moved).max() <= item.spread and at.request_opens[row].min() >= 1
            assert (at.request_due[row] - item.due == moved).all()
            for drawn, values in ((moved, 2 * item.spread + 1), (at.request_need[row], 1 + len(item.needs))):
                counts = np.unique(drawn, return_counts=True)[1]
                assert len(counts) == values and counts.min() > 0.7 * LANES / values, item.id
        moments = [item for account in scenario.accounts for item in account.moments]
        for row, item in enumerate(moments):
            assert np.abs(at.moment_quarter[row] - item.quarter).max() <= item.spread
            assert len(np.unique(at.moment_twist[row])) == 1 + len(item.twists)


def test_a_draw_is_a_sessions_own() -> None:
    """Alone or among others, with luck or without: one seed is asked the same in the same quarter."""
    many = morning(halden(), Luck(range(20))).calendar
    without = morning(halden(), Luck(range(20)).neutral(STREAMS)).calendar
    for lane in (0, 7, 19):
        one = morning(halden(), Luck([lane])).calendar
        for name, values in vars(one).items():
            assert np.array_equal(values[:, 0], getattr(many, name)[:, lane]), name
            assert np.array_equal(values[:, 0], getattr(without, name)[:, lane]), name


def test_how_it_is_put_moves_no_result() -> None:
    """With every other way to say a thing struck out, a bot's session comes to the same in all lanes, to the last bit."""
    data = halden().model_dump()
    plain = Scenario.model_validate(_without_ways(data))
    ours, theirs = (start(scenario, range(3), policy="typical", quarters=4) for scenario in (halden(), plain))
    assert ours.world.plain() == theirs.world.plain()


def _without_ways(data: object) -> object:
    if isinstance(data, dict):
        return {name: () if name == "ways" else _without_ways(value) for name, value in data.items()}
    if isinstance(data, tuple | list):
        return type(data)(_without_ways(value) for value in data)
    return data


def test_what_serves_the_need_that_was_drawn_is_taken() -> None:
    """The trade that the drawn need welcomes never fails by luck; the one that the other need would have mostly does."""
    game = start(ranged(), range(LANES))
    row = game.params.requests.index("six_per_cent")
    need = game.world.calendar.request_need[row]
    welcomes = game.world.truth.request_welcomes[:, row]
    while not (game.world.dealings.request[row] == 1).any():
        game.close()
    open_now = game.world.dealings.request[row] == 1
    made = game.do("answer_request", open_now, request="six_per_cent", answer="trade", get="prompt_payment")
    serves = welcomes[need, TRADES.index("prompt_payment")] > 0
    taken = made.result == Result.TRADED
    assert made.done[open_now].all() and not made.done[~open_now].any()
    assert taken[open_now & serves].all() and taken[open_now & ~serves].mean() < 0.6


def test_nobody_is_told_what_lies_behind_a_request_that_was_not_made() -> None:
    """Asked how they buy, they speak of it in the lanes in which it has come, and in no other."""
    game = start(ranged(), range(LANES))
    fact = game.params.fact_blocks["interest"][game.params.requests.index("six_per_cent")]
    person = game.params.people[game.params.request_person[0]]
    for _ in range(5):
        game.do("meet", person=person, agenda="buying")
        made = game.world.calendar.request_opens[0] <= game.world.quarter
        assert not (game.world.knowledge.seen_at[fact, ~made] >= 0).any()
        game.close()
    heard = game.world.knowledge.seen_at[fact] >= 0
    told = game.world.knowledge.value[fact]
    first = np.argmax(game.world.truth.request_welcomes[game.world.calendar.request_need[0], 0], axis=1)
    assert heard.mean() > 0.5 and (told[heard] == first[heard]).all()


def test_what_changes_in_a_moment_is_what_was_drawn() -> None:
    """With two facts that may change, each lane has its own; where it is a rival one is on the way to them, else none."""
    moment = halden().accounts[2].moments[0]
    assert moment.id == "kestrel_eleven_minutes" and {moment.twist, moment.twists[0].twist} == {"paused", "rival"}
    game = start(halden(), range(60))
    row, account = game.params.moments.index(moment.id), game.params.accounts.index("kestrel")
    while not (game.world.moments.phase[row] == 1).any() and game.world.quarter < 7:
        game.close()
    open_now = game.world.moments.phase[row] == 1
    before = game.world.relations.attack[account].copy()
    made = game.do("answer_moment", open_now, moment=moment.id, why="their_goal", number="plain")
    rival = game.world.calendar.moment_twist[row] == TWISTS.index("rival")
    assert made.done[open_now].all() and (open_now & rival).any() and (open_now & ~rival).any()
    comes = game.world.relations.attack[account]
    assert (comes[open_now & rival] == game.world.quarter + 1).all()
    assert np.array_equal(comes[~(open_now & rival)], before[~(open_now & rival)])
