"""Threads: every move in exactly one, cases with the talks before them, and the facts that moves leaned on."""

from __future__ import annotations

from collections import Counter

import pytest

from kamsim.debrief.record import read_play
from kamsim.debrief.threads import KINDS, leans_of, threads_of
from tests.debrief.plays import bot, by_hand


@pytest.mark.parametrize("policy", ["retailored", "value_seller", "discounter"])
def test_every_move_is_in_exactly_one_thread(policy):
    play = bot(policy)
    counts = Counter(number for thread in threads_of(play) for number in thread.numbers)
    assert counts == Counter(command.number for command in play.commands)
    for thread in threads_of(play):
        accounts = {play.account(play.by_number[number]) for number in thread.numbers}
        assert accounts == {thread.account} and thread.kind in KINDS
        assert thread.first <= thread.last and thread.title.startswith(play.first_cast.account(thread.account))


def test_a_case_has_the_talks_before_it_and_its_recuts():
    play = bot("retailored")
    cases = [thread for thread in threads_of(play) if thread.kind == "case"]
    assert cases
    for thread in cases:
        moves = [play.by_number[number].move for number in thread.numbers]
        assert sum(move == "present_case" for move in moves) == 1
    assert any("meet" in {play.by_number[n].move for n in thread.numbers} for thread in cases)
    assert any("recut_case" in {play.by_number[n].move for n in thread.numbers} for thread in cases)


def test_leans_name_earlier_moves_that_brought_the_fact():
    play = bot("retailored")
    found = leans_of(play)
    assert found
    for number, leans in found.items():
        for lean in leans:
            assert lean.sources and max(lean.sources) < number
            for source in lean.sources:
                brought = {fact["fact"] for fact in play.moved[source]["learned"]}
                assert brought & set(lean.facts)


def test_what_the_notes_knew_is_leaned_on_by_nobody():
    play = bot("retailored")
    assert play.noted
    for leans in leans_of(play).values():
        for lean in leans:
            for fact in lean.facts:
                if fact in play.noted:
                    assert fact.endswith((".state", ".measure"))  # the notes' value had changed, or was too old


def test_a_session_by_hand():
    play = read_play(by_hand())
    assert {thread.kind for thread in threads_of(play)} == {"contact", "price"}
    assert [thread.choice for thread in threads_of(play) if thread.kind == "price"] == ["lowered"]
