"""The page of a class: names hidden where they must be, pairs on one luck only, sheets that add up."""

from __future__ import annotations

import pytest

from kamsim.debrief import classroom, mistakes
from kamsim.debrief.class_report import class_page
from kamsim.debrief.record import read_play
from tests.debrief.html import body, sound
from tests.debrief.plays import bot, by_hand

NAME = "<script>Ada & Co</script>"


@pytest.fixture(scope="module")
def plays():
    return [bot("retailored"), bot("discounter"), bot("value_seller", player=NAME), bot("discounter", seed=2)]


@pytest.fixture(scope="module")
def entries(plays):
    return classroom.entries_of(plays)


def test_the_page_is_sound(plays):
    html = class_page(plays, notes=["x.txt: it is a text"])
    reader = sound(html)
    for name in ("minute", "sheet27", "sheet45", "questions", "contrast", "mistakes", "awards", "figures", "board",
                 "skills", "files"):  # fmt: skip
        assert name in reader.ids, name
    assert "<script>" not in html and "&lt;script&gt;Ada" in html
    assert len(html) < 4 * 50_000
    assert class_page(plays, notes=["x.txt: it is a text"]) == html


def test_the_projector_page_holds_no_name(plays):
    html = class_page(plays, projector=True)
    reader = sound(html)
    words = " ".join(reader.words)
    assert "Ada" not in body(html) and "retailored" not in words and "discounter" not in words.lower()
    assert "Player 1" in words


def test_names_are_hidden_by_a_switch_without_script(plays):
    html = class_page(plays)
    assert 'id="projector"' in html and "body:has(#projector:checked) .name" in html
    for word in ("retailored", "value_seller"):
        for part in html.split(f">{word}<")[:-1]:
            assert part.endswith("<bdi"), part[-60:]


def test_contrasts_are_on_one_luck_only(entries):
    found = classroom.contrasts(entries)
    assert found
    for contrast in found:
        worlds = {entry.play.same_world for side in contrast.sides for entry in side.entries}
        assert len(worlds) == 1 and len(contrast.sides) > 1
        players = [entry.number for side in contrast.sides for entry in side.entries]
        assert len(players) == len(set(players))
    assert not classroom.contrasts([entries[0], entries[3]])


@pytest.mark.parametrize("minutes", [27, 45])
def test_run_sheets_add_up_and_go_from_what_to_now_what(entries, minutes):
    steps = classroom.run_sheet(entries, minutes)
    assert sum(step.minutes for step in steps) == minutes
    parts = [step.part for step in steps]
    assert list(dict.fromkeys(parts)) == ["What", "So what", "Now what"]
    assert sum(step.minutes for step in classroom.run_sheet(entries[3:], minutes)) == minutes


def test_questions_carry_their_evidence(entries):
    asked = classroom.questions(entries)
    assert {question.step for question in asked} == {"what", "so what", "now what"}
    assert all(question.text.endswith("?") and question.evidence for question in asked)


def test_mistakes_are_found_where_they_were_made_and_not_elsewhere(entries):
    kinds = {entry.play.name: {one.kind for one in entry.mistakes} for entry in entries}
    assert {"discount", "transactional"} <= kinds["discounter"]
    assert "complacent" in kinds["discounter"] and "complacent" not in kinds["retailored"]
    for entry in entries:
        for one in entry.mistakes:
            assert one.kind in mistakes.NAMES and 1 <= one.quarter <= entry.play.quarters and one.text


def test_awards_go_to_who_earned_them(entries):
    for award in classroom.awards(entries):
        assert award.entry in entries and award.why
    names = [award.name for award in classroom.awards(classroom.entries_of([read_play(by_hand())]))]
    assert names == ["Straightest forecaster"]


def test_a_class_of_nobody_says_so():
    sound(class_page([]))
    assert "No session" in class_page([])
