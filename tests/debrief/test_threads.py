"""Threads: every move in exactly one, cases with the talks before them, and the facts that moves leaned on."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from kamsim.debrief.record import read_play
from kamsim.debrief.story import ACTIVITIES
from kamsim.debrief.threads import KINDS, leans_of, threads_of
from kamsim.engine.moves import MOVES
from kamsim.engine.moves.kinds import no_hours
from kamsim.game.commands import Command
from kamsim.view.menu.catalogue import MENU
from tests.debrief.plays import bot, by_hand, listener
from tests.every import every


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
                brought = {fact.fact for fact in play.moved[source].learned}
                assert brought & set(lean.facts)


def test_what_the_notes_knew_is_leaned_on_by_nobody():
    play = bot("retailored")
    assert play.noted
    for leans in leans_of(play).values():
        for lean in leans:
            for fact in lean.facts:
                if fact in play.noted:
                    assert fact.endswith(
                        (".state", ".measure", ".stage")
                    )  # the notes' value had changed, or was too old


def test_a_session_by_hand():
    play = read_play(by_hand())
    assert {thread.kind for thread in threads_of(play)} == {"contact", "price"}
    assert [thread.choice for thread in threads_of(play) if thread.kind == "price"] == ["lowered"]


def some_move(play, number, kind):
    """A move of a kind on the first of everything at the first account, as a log would hold it."""
    params = play.params
    initiative = params.account_initiatives[0][0]
    named = {
        "account": params.accounts[0],
        "line": play.scenario.lines[0].id,
        "region": params.cells[0][1],
        "person": params.people[params.account_people[0][0]],
        "request": params.requests[0],
        "initiative": params.initiatives[initiative],
        "force": params.forces[params.initiative_forces[initiative][0]],
        "news": params.news[0],
        "moment": params.moments[0],
        "talk": params.talks[0],
        "opportunity": params.opportunities[0],
        "joint": params.own.joints[0],
        "colleague": params.own.colleagues[0],
    }
    args = {
        field.name: field.choices[-1] if field.kind == "choice" else named.get(field.kind, field.low)
        for field in MOVES[kind].fields
    }
    return Command(number, 1, kind, args)


@every("kind", MOVES)
def test_every_kind_of_move_has_its_place(kind):
    """A move that the catalogue knows is in one thread with a title, alone in a session or among all the others."""
    play = bot("retailored")
    alone = replace(play, commands=(some_move(play, 1, kind),))
    (thread,) = threads_of(alone)
    assert thread.numbers == (1,) and thread.kind in KINDS
    whose = play.first_cast.account(thread.account) if thread.account else "Our side"
    assert thread.title.startswith(whose) and "()" not in thread.title
    assert not leans_of(alone).get(2)


def test_all_kinds_of_moves_together():
    play = bot("retailored")
    mixed = replace(play, commands=tuple(some_move(play, number, kind) for number, kind in enumerate(MOVES, 1)))
    assert sorted(n for thread in threads_of(mixed) for n in thread.numbers) == list(range(1, len(MOVES) + 1))


def test_whatever_takes_hours_is_in_the_picture_of_hours():
    """Standing contact has its own row; every other move that can take time is under exactly one activity."""
    takes = {kind for kind, move in MOVES.items() if move.hours is not no_hours} - {"set_rhythm"}
    assert takes <= {kind for kind, entry in MENU.items() if entry.activity in ACTIVITIES}
    assert {kind for kind, entry in MENU.items() if all(entry.counted)} == {
        kind for kind, entry in MENU.items() if entry.thread in ("contact", "team", "company")
    }


def test_work_on_an_initiative_without_a_case_names_it():
    play = read_play(listener())
    titles = [thread.title for thread in threads_of(play) if thread.kind == "contact"]
    brought = [c for c in play.commands if c.move == "bring_insight"]
    assert brought
    for command in brought:
        name = play.first_cast.initiatives[command.args["initiative"]].name
        assert any(f"work on {name}" in title for title in titles)
