"""Dealings with a customer leave their mark: trades, talks, failures and rejected offers."""

from __future__ import annotations

import numpy as np
import pytest

from kamsim.engine.luck import STREAMS
from kamsim.engine.moves import Refusal, Result, traded_part
from kamsim.engine.params import OPEN, TRADES
from tests.engine.worlds import Game, halden, start


def asked(lanes: int = 200) -> tuple[Game, int]:
    """The first quarter of Halden in many lanes, and the request that lies open in it."""
    game = start(halden(), range(lanes))
    return game, next(row for row, status in enumerate(game.world.dealings.request[:, 0]) if status == OPEN)


def test_a_trade_that_serves_the_asker_is_always_taken_and_another_one_seldom() -> None:
    """Who found out what is behind a request is never turned down by bad luck; who guessed wrong mostly is."""
    game, request = asked()
    need = game.world.calendar.request_need[request]
    for number, trade in enumerate(TRADES):
        one = game.copy()
        made = one.do("answer_request", request=one.params.requests[request], answer="trade", get=trade)
        taken, serves = made.result == Result.TRADED, game.world.truth.request_welcomes[need, request, number] > 0
        assert taken[serves].all()
        assert serves.all() or taken[~serves].mean() < 0.6


@pytest.mark.parametrize(("ask", "part"), [(0.025, 0.01), (0.03, 0.01), (0.04, 0.015), (0.05, 0.015), (0.002, 0.005)])
def test_a_trade_concedes_a_third_of_the_ask_in_half_points(ask: float, part: float) -> None:
    """Worked by hand: a third, rounded to half a point, and never nothing."""
    assert traded_part(ask) == pytest.approx(part)


def test_what_was_given_in_a_trade_cannot_be_sold_again() -> None:
    """A customer that already takes pooled deliveries has none to offer for the next concession."""
    game, request = asked(3)
    account = int(game.params.request_account[request])
    game.world.levers.level["pooled"][account] = 1
    made = game.do("answer_request", request=game.params.requests[request], answer="trade", get="fewer_deliveries")
    assert (made.refused == Refusal.ALREADY_AGREED).all()


def test_a_discount_that_was_granted_is_not_lowered_by_our_word_alone() -> None:
    """They hold us to what they were promised; one that nobody promised may come down again."""
    game, request = asked(3)
    params, account = game.params, int(game.params.request_account[request])
    place = {"account": params.accounts[account], "line": params.cells[params.account_cells[account][0]][2]}
    assert game.do("answer_request", request=params.requests[request], answer="grant").done.all()
    agreed = {cell: game.world.dealings.agreed[cell, 0] for cell in params.account_cells[account]}
    cell = next(cell for cell, price in agreed.items() if price > params.start_discount[cell, 0])
    lower = {**place, "line": params.cells[cell][2], "region": params.cells[cell][1], "discount": agreed[cell] - 0.005}
    assert (game.do("set_discount", **lower).refused == Refusal.BELOW_AGREED).all()
    free = start(halden(), range(3))
    row = params.account_cells[params.accounts.index("mira")][0]
    _, region, line = params.cells[row]
    today = float(free.world.market.discount[row, 0])
    for discount in (today + 0.01, today + 0.005):
        assert free.do("set_discount", account="mira", line=line, region=region, discount=discount).done.all()


def test_each_topic_is_good_for_one_talk_a_quarter() -> None:
    """The same person on the same topic is refused until the next quarter; another topic is welcome."""
    game = start(halden(), (1, 2), STREAMS)
    person = next(name for row, name in enumerate(game.params.people) if game.params.person_level[row] < 2)
    assert game.do("meet", person=person, agenda="results").done.all()
    assert (game.do("meet", person=person, agenda="results").refused == Refusal.ALREADY_MET).all()
    assert game.do("meet", person=person, agenda="buying").done.all()
    game.close()
    assert game.do("meet", person=person, agenda="results").done.all()


def test_a_failure_that_is_not_put_right_is_remembered_as_bad_service() -> None:
    """The same incident lowers the remembered service by 0.12 x severity when ignored, and less the better it is mended."""
    remembered = []
    for effort in (None, 10, 40):
        game = start(halden(), (5,), STREAMS)
        game.world.dealings.incident[0], game.world.dealings.severity[0] = 1, 0.5
        if effort:
            assert game.do("handle_incident", account="orvik", effort=effort, redress="credit").done.all()
        game.close()
        remembered.append(float(game.world.relations.service[0, 0]))
    assert remembered[0] < remembered[1] < remembered[2]
    assert remembered[2] - remembered[0] == pytest.approx(0.12 * 0.5)


def test_a_rejected_price_rise_costs_trust_and_a_plain_rejection_only_standing() -> None:
    """Both cool the people; asking in vain for a higher price also costs trust: 0.25 x 0.3 of it."""
    after = {}
    for change in (None, -0.10, 0.0):
        game = start(halden(), (7,), STREAMS)
        game.close()
        game.world.relations.trust[...] = 0.4
        game.world.relations.fit[...] = 0.1
        if change is not None:
            terms = {"commitment": 0.15, "length": 12, "days": 30, "pooled": "yes"}
            assert game.do("offer_terms", account="orvik", change=change, **terms).done.all()
            game.world.work.spent[0] -= 30.0  # its hours count as contact, which is not what is measured here
        game.close()
        assert change is None or game.world.dealings.answer[0, 0] == 2, "this test needs a no"
        people = list(game.params.account_people[0])
        after[change] = (game.world.relations.trust[0, 0], float(np.max(game.world.people.stance[people, 0])))
    assert after[0.0][0] == after[None][0] and after[0.0][1] < after[None][1]
    assert after[-0.10][1] < after[0.0][1]
    lost = 0.25 * 0.3 * 0.4 * (1 - 0.25 * 0.4)  # the request that lapses takes a tenth of what trust is left
    assert after[None][0] - after[-0.10][0] == pytest.approx(lost, rel=0.05)
