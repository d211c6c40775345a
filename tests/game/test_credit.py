"""What each decision brought, against the session played again without it."""

from __future__ import annotations

import pytest

from kamsim.game.credit import Credits
from kamsim.game.replay import replay
from kamsim.game.session import Session
from kamsim.players.policies import named_policy
from kamsim.view import credit
from kamsim.view.table import Table
from tests.engine.worlds import SCENARIOS


@pytest.mark.parametrize("scenario", ["halden", "portfolio"])
def test_each_decision_is_worth_what_a_replay_without_it_says(scenario, tmp_path):
    with Session.start(SCENARIOS[scenario](), seed=3, log_dir=tmp_path) as session:
        credits, quarters = Credits(session), 5
        for _ in range(quarters):
            named_policy("value_seller").play(session.seat)
            session.end_quarter()
            credits.follow(session, {command.number: command.number for command in session.commands})
        numbers = [command.number for command in session.commands]
        again = replay(session.log_path, drop=[*numbers, tuple(numbers)])
    profit = again.nac.sum(axis=2)
    assert credits.sound and credits.quarters == quarters
    assert credits.last == pytest.approx((profit[0, -1], profit[-1, -1]))
    for lane, told in enumerate(credits.all(), start=1):
        missed = profit[0] - profit[lane]
        assert told.key == numbers[lane - 1]
        assert told.last == pytest.approx(missed[-1], abs=1.0)
        assert told.whole == pytest.approx(missed.sum(), abs=1.0)


def test_decisions_are_told_with_their_euros_the_largest_first(tmp_path):
    with Session.start(SCENARIOS["halden"](), seed=7, log_dir=tmp_path) as session:
        for _ in range(5):
            named_policy("value_seller").play(session.seat)
            session.end_quarter()
        table = Table(session)
        while not credit.follow(table, 5):
            assert table.credits.quarters < 5
        told = credit.brought(table, 5)
        assert told is not None and told.made and told.earlier
        for rows in (told.made, told.earlier):
            assert [abs(row.now) for row in rows] == sorted((abs(row.now) for row in rows), reverse=True)
        assert {row.quarter for row in told.made} == {5} and all(row.quarter < 5 for row in told.earlier)
        shown = len(told.made) + len(told.earlier)
        assert told.smaller == len(session.commands) - shown
        assert table.money(abs(told.gain)) in credit.head(table, told)


def test_a_decision_is_told_in_the_words_in_which_it_was_taken(tmp_path):
    """Titles are drawn anew for a session; the close tells the one that was on the page."""
    with Session.start(SCENARIOS["halden"](), seed=7, log_dir=tmp_path) as session:
        table = Table(session)
        named = {}
        while session.quarter <= 8:
            named |= {name: table.cast.requests[name].title for name in table.requests()}
            for name in table.requests():
                table.do("answer_request", request=name, answer="decline")
            session.end_quarter()
            credit.follow(table, session.quarter - 1)
        told = " ".join(said for _, said in table.decided.values())
        first = {item.id: item.title for account in session.scenario.accounts for item in account.requests}
        assert any(first[name] != title for name, title in named.items())
        assert not [title for title in named.values() if title not in told]
