"""The negotiation table in the text session: sat down at, asked, proposed, settled, and left for later."""

from __future__ import annotations

from kamsim.game.replay import verify
from tests.terminal.table import END, SKIP, play

SIXTH = [*SKIP, *(answer for _ in range(5) for answer in (*END, "skip", "skip"))]
"""Five quarters gone by."""


def at_the_table(tmp_path, answers):
    """A session whose sixth quarter sits down at Tessaro's table."""
    return play(tmp_path, [*SIXTH, "desk", "tessaro", "table", *answers])


def test_a_table_is_named_where_things_wait_and_says_all_it_knows(tmp_path):
    told = at_the_table(tmp_path, ["0"]).told
    assert "Tessaro Rail: The frame, in eight columns. " in told and "sits at the table, to be settled by" in told
    assert "Tessaro Rail waits at the table, to be settled by the end of" in told
    assert "eight columns, you may fill all of them at once" in told
    assert "Place in our plan: as for all. For us a year: nothing. For them: not known: ask." in told
    assert "chance" not in told.partition("eight columns, you may")[2], "how likely a yes is, nobody says"


def test_a_question_a_counter_and_a_signature(tmp_path):
    """The first question brings two answers; the counter is in the person's words; what is signed is named."""
    played = at_the_table(
        tmp_path, ["ask", "service", "price", "0.02", "propose", "service", "priority", "length", "3", "8", "4",
                   "commitment", "0.1", "propose"],
    )  # fmt: skip
    told = played.told
    assert "a fixed place in your plan is worth all of the first column to us" in told
    assert "Learned: Place in our plan, at its most, is worth 5% of a year's purchases to them." in told
    assert "Learned: Sole supply, at its most, costs them 6% of a year's purchases." in told
    assert "You gave more and asked for nothing: that is noted as a gift." in told
    first, second = played.events("table")
    assert first["status"] == "open" and first["gift"] and first["pushed"] == "length"
    assert second["status"] == "signed" and second["page"]["help"] == 30
    assert "I read it across, as one should" in told
    assert "Signed, in force at once: 2 points off, 10% more with us, 3 years, first in our plan and 30 hours" in told
    assert verify(played.log).ok


def test_a_table_that_falls_due_is_named_before_the_end_and_lapses(tmp_path):
    """In its last quarter the end of the quarter names it; afterwards the person speaks, and trust has gone."""
    played = play(tmp_path, [*SIXTH, *END, "skip", "skip", "desk", "end", "yes"])
    assert "it ends unsettled" in played.told
    assert played.events("talk_lapsed") == [{"talk": "tessaro_frame", "begun": False}]
    assert "your seven empty columns were remarked on" in played.told
