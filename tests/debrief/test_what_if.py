"""What if, as a page: the move twice, the years side by side, and a difference whose causes add up to the cent."""

from __future__ import annotations

import pytest

from kamsim.debrief.otherwise import otherwise
from kamsim.debrief.pages import write_debrief
from kamsim.debrief.record import read_play
from kamsim.debrief.what_if_page import result, what_if_page
from kamsim.errors import IllegalMove
from tests.debrief.html import sound
from tests.debrief.plays import bot, by_hand, log_of


def first(play, move, **wanted):
    """The first move of a kind whose arguments are as wanted."""
    return next(c for c in play.commands if c.move == move and wanted.items() <= c.args.items())


@pytest.fixture(scope="module")
def traded():
    play = bot("typical")
    number = first(play, "answer_request", answer="trade", request="brandt_q2").number
    return play, otherwise(play, number, {"answer": "decline"})


def test_causes_and_lines_sum_to_the_difference_to_the_cent(traded):
    play, one = traded
    assert one.change
    assert sum(why.change for why in one.whys) == one.change
    for why in one.whys:
        assert sum(why.parts.values()) == pytest.approx(why.change, abs=0.5)
    quarters = slice(0, one.quarters)
    for ran, side in ((one.was, 1), (one.would, 2)):
        lines = [ran.line(row, quarters) for row in range(len(one.was.ledgers[0].names))]
        assert lines == [line[side] for line in one.trial.lines[:-1]]
        assert sum(ran.profit(quarter) for quarter in range(1, one.quarters + 1)) == one.trial.lines[-1][side]
    assert one.was.profit(1) == round(float(play.profit[0].sum()))


def test_nothing_differs_before_the_move(traded):
    _, one = traded
    for quarter in range(1, one.command.quarter):
        assert one.was.profit(quarter) == one.would.profit(quarter)
        assert one.was.told[quarter] == one.would.told[quarter]
    assert one.was.profit(one.quarters) != one.would.profit(one.quarters)


def test_the_page_tells_the_move_twice_and_why(traded):
    play, one = traded
    html = what_if_page(play, [one], notes=["x.txt: it is a text"])
    words = " ".join(sound(html).words)
    for part in ("As it was", "As it would have been", "The years side by side", "Why", "Line by line", "x.txt"):
        assert part in words, part
    assert one.changed() == [("Answer", "trade", "decline")] and one.kept()
    assert result(play, one) in words.replace("\N{WORD JOINER}", "").replace("\N{NO-BREAK SPACE}", " ")
    assert play.cast.quarter(one.command.quarter) in words.replace("\N{NO-BREAK SPACE}", " ")


def test_a_case_is_told_as_its_sentences():
    play = bot("retailored")
    command = first(play, "present_case")
    one = otherwise(play, command.number, {"claim": 1.0})
    changed = one.changed()
    assert [name for name, _, _ in changed] == ["What it is worth"]
    assert len(one.kept()) == 6
    sound(what_if_page(play, [one]))


def test_what_happened_otherwise_is_told_by_quarter(traded):
    _, one = traded
    found = list(one.differences())
    assert found and found[0][0] == one.command.quarter
    assert any("turned down" in line for _, _, then in found for line in then)


def test_a_change_without_effect_is_told_as_one():
    play = bot("retailored")
    talk = [command for command in play.commands if command.move == "meet"][-1]
    other = "results" if talk.args["agenda"] != "results" else "buying"
    one = otherwise(play, talk.number, {"agenda": other})
    html = what_if_page(play, [one])
    sound(html)
    assert not one.change and "the same to the cent" in html and "Line by line" not in html


def test_names_are_harmless():
    play = read_play(by_hand())
    one = otherwise(play, 2, {"discount": 0.21})
    html = what_if_page(play, [one])
    sound(html)
    assert "<script" not in html and "&lt;script&gt;" in html


def test_the_command_writes_it_and_refuses_what_cannot_be(tmp_path):
    number = first(bot("discounter"), "answer_request").number
    made = write_debrief(
        [log_of("discounter")], tmp_path / "if.html", changes=[(number, "answer=trade,get=volume_commitment")]
    )
    assert made.paths[0].read_text(encoding="utf-8").count("As it would have been") > 2
    for change in ((9_999, "answer=decline"), (number, "answer=perhaps"), (number, "colour=red"), (number, "answer")):
        with pytest.raises(IllegalMove):
            write_debrief([log_of("discounter")], tmp_path / "no.html", changes=[change])
    with pytest.raises(IllegalMove, match="one session"):
        write_debrief([log_of("discounter"), log_of("typical")], tmp_path / "no.html", changes=[(1, "answer=decline")])
    assert not (tmp_path / "no.html").exists()
