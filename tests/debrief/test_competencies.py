"""All 36 rows: rated only on evidence, cut where the data file says, and silent where a simulation is blind."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from kamsim.debrief.behaviours import OCCASIONS
from kamsim.debrief.casebook import built, left_unbuilt
from kamsim.debrief.competencies import LEAST, NOT_SEEN, ROWS, cutoffs, cuts, front, rate, unseen
from kamsim.debrief.own_side import scored
from kamsim.debrief.record import read_play
from kamsim.debrief.story import years
from kamsim.game.events.cases import PromiseMeasured
from kamsim.game.events.together import JointMoved
from kamsim.view.words.names import Cast
from tests.debrief.plays import bot, by_hand, organiser
from tests.engine.worlds import portfolio
from tests.told import told


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
        if unseen(bot(policy), rating.row.number):
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


def test_our_own_side_is_evidence_where_there_is_one():
    """Plans, the team, key status and the company behind one are occasions where a scenario has them; each row that
    hangs on a part says why it cannot be seen where there is none."""
    play = read_play(organiser())
    rows = {one.row.number: one for one in rate(play)}
    said = {number: " | ".join(one.text for one in rows[number].occasions) for number in rows}
    for number, words in (
        (5, "case to Maud Ekelund: "),
        (19, "plan shown to Ostra Syrups, they wrote on it"),
        (23, "a quota for each colleague"),
        (23, "Kellan Garden: 1 new face in 2027"),
        (24, "plan for Ostra Syrups: "),
        (27, "plan for Ostra Syrups, a colleague's"),
        (30, "Pallister Private Label named key, not knowing how they think, 1 key customer then"),
        (33, "Kellan Garden given to Fenwick Osei, after looking"),
        (36, "sat with 1 other function in 2028"),
        (36, "3 specialists borrowed in 2027"),
    ):
        assert words in said[number], (number, said[number])
    assert rows[19].level == rows[27].level == "High" and rows[23].level == "not enough evidence"
    story = dict(years(play))
    assert "Named key: Pallister Private Label." in story["2028"]
    assert any("account plan" in line and "kept" in line for line in story["2027"])
    assert any("Management's plan was" in line for line in story["2027"])
    unbuilt = left_unbuilt(play)
    assert len(unbuilt) == 1 and unbuilt[0].startswith(("Left on the table: ", "Nothing was built")) and not built(play)
    lone = read_play(by_hand())
    assert all(unseen(lone, number) and not unseen(play, number) for number in (19, 27))
    assert unseen(play, 18)


def test_what_was_built_together_is_measured_by_its_scorecard_and_by_a_case():
    """Row 26: on its scorecard alone it is no broad set; beside the figure of a case, within a year, it is."""
    cast = Cast(portfolio())
    live = [told("joint_moved", {"joint": name, "phase": "live"}) for name in ("ostra_last_drop", "juniper_fifth_life")]
    case = told("measured", {"account": "juniper", "audience": "customer", "due": 7})
    found = {kind: [SimpleNamespace(quarter=quarter, event=event) for quarter, event in events]
             for kind, events in ((JointMoved, [(9, live[0]), (8, live[1])]), (PromiseMeasured, [(7, case)]))}  # fmt: skip
    made = scored(SimpleNamespace(of=found.get, quarters=12, cast=cast))
    assert [one.met for one in made] == [False, True], made
    assert "on its scorecard alone" in made[0].text
