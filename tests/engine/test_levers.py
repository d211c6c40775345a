"""The levers of a case as they are declared: one table that pages, moves, worlds and checkpoints follow."""

from __future__ import annotations

import numpy as np

from kamsim.engine.levers import ASKS, CERTAIN, KEPT, LEVERS
from kamsim.engine.moves import MOVES
from kamsim.engine.page import FIELDS, blank
from kamsim.engine.params import MEASURES, TRADES
from tests.engine.worlds import arrays, differences, furnished, start


def test_each_lever_is_whole() -> None:
    """It has choices of which the first changes nothing, or a range and a step; it serves measures that there are; what
    is kept of it has a place of its own in checkpoints; money stands first."""
    places = [(row.part, row.name) for lever in KEPT for row in lever.rows.values()]
    assert len(set(places)) == len(places)
    assert [lever.money for lever in LEVERS.values()] == [place < CERTAIN for place in range(len(LEVERS))]
    for lever in LEVERS.values():
        low, high = lever.bounds(desk=False)
        assert lever.choices[0] in (0, "no") if lever.choices else low < 0.0 < high and lever.step > 0.0
        assert lever.worth and set(lever.worth) <= set(MEASURES)
        assert "level" in lever.rows or "until" in lever.rows or lever.money
    named = [lever.trade for lever in (*LEVERS.values(), *ASKS.values()) if lever.trade]
    assert sorted(named) == sorted(TRADES)


def test_pages_and_moves_offer_what_is_declared() -> None:
    """Every lever and ask is a field of a page, and of the moves that carry pages, with its choices or its range."""
    for kind, desk in (("present_case", False), ("recut_case", False), ("ask_desk", True), ("recut_ask", True)):
        fields = {field.name: field for field in MOVES[kind].fields}
        assert [name for name in FIELDS if name != "state"] == [name for name in fields if name != "account"]
        for name, lever in {**LEVERS, **ASKS}.items():
            assert fields[name].choices == lever.choices
            if not lever.choices:
                assert (fields[name].low, fields[name].high) == lever.bounds(desk=desk)


def test_a_world_keeps_levers_through_copies_and_checkpoints() -> None:
    """Copies are apart, a checkpoint gives every bit back, and one world becomes another in place, with what is seen of
    it."""
    game = start(furnished(), (1, 2, 3), policy="random_legal", quarters=5)
    other = game.copy()
    for _, _, _, row in other.world.levers.rows():
        row[...] += 1
    assert {name for name, _ in arrays(game.world)} >= set(differences(game.world, other.world))
    assert len(differences(game.world, other.world)) == sum(len(lever.rows) for lever in KEPT)
    seen = game.seat.seen
    game.world.become(other.world)
    assert differences(game.world, other.world) == []
    for name, level in other.world.levers.level.items():
        assert np.array_equal(seen.level[name], level)
    fresh = start(furnished(), (1, 2, 3))
    fresh.world.restore(other.world.plain())
    assert [name for name in differences(fresh.world, other.world) if not name.startswith("ledger")] == []


def test_a_checkpoint_of_fewer_fields_and_levers_opens() -> None:
    """Before a lever was declared no page had its row, which stands last: what lay there says nothing of it."""
    game = start(furnished(), (1,), policy="random_legal", quarters=4)
    held = game.world.plain()
    last = held["cases"]["page"].pop()
    fresh = start(furnished(), (1,))
    fresh.world.restore(held)
    pages, before = fresh.world.cases.page, game.world.cases.page
    assert np.array_equal(pages[:-1], before[:-1]) and len(last) == before.shape[1]
    assert np.array_equal(pages[-1], blank(*before.shape[1:])[-1])
