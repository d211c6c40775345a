"""All 36 rows: rated only on evidence, cut where the data file says, and silent where a simulation is blind."""

from __future__ import annotations

import pytest

from kamsim.debrief.behaviours import OCCASIONS
from kamsim.debrief.competencies import LEAST, NOT_SEEN, ROWS, cutoffs, cuts, front, rate
from tests.debrief.plays import bot


def test_there_are_36_rows_in_their_order_and_each_is_seen_or_said_to_be_unseen():
    assert [row.number for row in ROWS] == list(range(1, 37))
    assert {row.number for row in ROWS} == set(OCCASIONS) | set(NOT_SEEN)
    assert not set(OCCASIONS) & set(NOT_SEEN)
    assert [row.number for row in ROWS if row.sight == "N"] == [18]


def test_the_cuts_are_sound():
    assert set(cutoffs()["rows"]) <= {str(row.number) for row in ROWS}
    for row in ROWS:
        low, high = cuts(row.number)
        assert 0.0 < low < high < 1.0
    assert "before any player" in cutoffs()["how"]


@pytest.mark.parametrize("policy", ["retailored", "value_seller", "discounter"])
def test_levels_follow_occasions_and_cuts(policy):
    for rating in rate(bot(policy)):
        if rating.row.number in NOT_SEEN:
            assert rating.level == "cannot be seen here" and not rating.occasions
        elif len(rating.occasions) < LEAST:
            assert rating.level == "not enough evidence" and rating.place is None
        else:
            low, high = cuts(rating.row.number)
            part = rating.met / len(rating.occasions)
            assert rating.level == ("High" if part >= high else "Low" if part < low else "Medium")


def test_row_12_repeats_row_4():
    ratings = rate(bot("retailored"))
    assert ratings[11].occasions == ratings[3].occasions
    assert all(rating.row.number != 12 for rating in (*front(ratings)[0], *front(ratings)[1]))


def test_the_front_names_two_and_two_with_evidence():
    strong, weak = front(rate(bot("retailored")))
    assert len(strong) == len(weak) == 2
    assert not {one.row.number for one in strong} & {one.row.number for one in weak}
    assert all(one.level != "Low" and one.met for one in strong)
    assert all(one.level != "High" and one.met < len(one.occasions) for one in weak)


def test_who_discounts_is_told_so_and_who_sells_value_is_not():
    rows = {policy: {one.row.number: one for one in rate(bot(policy))} for policy in ("discounter", "value_seller")}
    low, high = rows["discounter"][22], rows["value_seller"][22]
    assert low.met / len(low.occasions) < high.met / len(high.occasions)
