"""The great moments of a close: what was won and lost, with whose words, and what serving them takes."""

from __future__ import annotations

import re

import pytest

from kamsim.game.events.declared import of
from kamsim.game.events.opportunities import OpportunityAwarded
from kamsim.game.session import Session
from kamsim.players.policies import named_policy
from kamsim.view import closing
from kamsim.view.scenes import MOST, cost_line, scenes, true_costs
from kamsim.view.table import Table
from kamsim.view.words.names import percent
from tests.engine.worlds import SCENARIOS

DECIDED = re.compile("What decided it|luck|Luck")


def closes(scenario, tmp_path, quarters, review=""):
    """A bot's session, close by close; an account reviewed in the first quarter."""
    with Session.start(SCENARIOS[scenario](), seed=7, log_dir=tmp_path) as session:
        table = Table(session)
        if review:
            table.do("review_costs", account=review)
        for _ in range(quarters):
            named_policy("value_seller").play(session.seat)
            table.changed()
            yield table, closing.end_quarter(table)


def test_what_was_won_and_lost_is_a_scene_with_a_face_a_voice_and_its_worth(tmp_path):
    found = []
    for scenario in ("halden", "portfolio"):
        for table, closed in closes(scenario, tmp_path, 6):
            told = scenes(table, closed)
            awards = [event for event in of(OpportunityAwarded, closed.report.events)
                      if event.outcome in ("won", "lost") and event.seen is not None]  # fmt: skip
            assert len(told) >= min(MOST, len(awards))
            assert [scene.won for scene in told] == sorted((scene.won for scene in told), reverse=True)
            for scene in told:
                found.append(scene.won)
                if scene.named:
                    continue  # of our own side: see test_own
                assert scene.head.startswith("Won at" if scene.won else "Lost at") and scene.title
                assert scene.person in table.cast.people and scene.lines
                if scene.runs:
                    assert table.money(scene.whole) in scene.lines[0] and DECIDED.search(scene.lines[1])
                    assert scene.until == closed.quarter + scene.runs
                    stays = [line for line in scene.lines if line.startswith("What is yours of it leaves")]
                    booked = table.books(scene.account)
                    assert bool(stays) == scene.won and booked is not None
                    taken = percent(-float(booked["cost_to_serve"]) / float(booked["sales"]))
                    assert all(f"takes {taken} of sales" in line for line in stays)
    assert set(found) == {True, False}


def test_true_cost_to_serve_comes_to_light_once(tmp_path):
    """With a review, for the quarter; with the first year's end, for all and the year: shares and costs sum alike."""
    told = {}
    for table, closed in closes("halden", tmp_path, 6, review="orvik"):
        found = true_costs(table, closed)
        if found:
            told[closed.quarter] = [item.account for item in found]
            for item in found:
                assert item.profit == pytest.approx(item.thought - item.hidden)
                assert table.cast.account(item.account) in cost_line(table, item)
        if closed.quarter == 4:
            assert sum(item.share for item in found) == pytest.approx(sum(item.took for item in found))
            profits = closed.told["revealed"]["profit"]
            assert {item.account: item.profit for item in found} == pytest.approx(profits)
    assert told[1] == ["orvik"] and set(told) == {1, 4} and len(told[4]) == 5
