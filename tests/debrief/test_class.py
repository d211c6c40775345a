"""The page of a class: names hidden where they must be, pairs on one luck only, sheets that add up."""

from __future__ import annotations

import pytest

from kamsim.debrief import classroom, mistakes
from kamsim.debrief.class_report import class_page
from kamsim.debrief.competencies import BOTS, bots_high, front
from kamsim.debrief.record import read_play
from kamsim.game.records import RULES
from tests.debrief.html import body, sound
from tests.debrief.plays import bot, by_hand
from tests.debrief.test_folder import OLD_LOG

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


def test_the_projector_page_holds_no_file_no_script_and_no_order(plays):
    """What the facilitator does and says, and what the files are called, is on the named page only, and goes with the
    names by the switch there; players' numbers follow no order that anybody could know."""
    notes = ["ada-lovelace-7.jsonl: the session is not finished"]
    html, named = class_page(plays, notes=notes, projector=True), class_page(plays, notes=notes)
    assert "ada-lovelace" in named and "Run sheet" in named
    for word in ("ada-lovelace", ".jsonl", "Run sheet", "Hands up"):
        assert word not in html, word
    for name in ("sheet27", "sheet45", "files"):
        assert f'<section id="{name}" class="onlynamed"' in named
    assert "body:has(#projector:checked) .onlynamed { display: none; }" in named
    for ordered in (plays, plays[::-1], sorted(plays, key=lambda play: play.name)):
        found = {entry.number: entry.play.log.last_hash for entry in classroom.entries_of(ordered)}
        assert sorted(found.values()) == [found[number] for number in sorted(found)]


def test_the_empty_chair_stands_on_the_class_page(plays, entries):
    """Beside everybody on the same luck: in one minute, in the figures and on the leaderboard."""
    html = " ".join(sound(class_page(plays)).words)
    beyond = [classroom.beyond_chair(entry) for entry in entries]
    assert [value for value in beyond if value is None] == []
    for entry, value in zip(entries, beyond, strict=True):
        assert value == entry.made.played - entry.made.nobody
        assert entries[0].play.cast.money(value, plus=True).lstrip("+\u2212") in html
    assert "An empty chair (nobody deciding anything, on the same luck)" in html
    assert "Both purses, beyond an empty chair" in html and "Beyond an empty chair" in html


def test_logs_of_different_rules_or_scenarios_are_kept_apart_and_said_so(plays):
    """No figure, no rank and no pair spans two worlds; each group is named with its players, scenario and rules."""
    other = [read_play(by_hand()), read_play(OLD_LOG)]
    mixed = [*plays[:2], *other]
    groups = classroom.apart(classroom.entries_of(mixed))
    assert [len(group) for group in groups] == [2, 1, 1]
    assert all(len({entry.play.kind for entry in group}) == 1 for group in groups)
    html = class_page(mixed)
    words = " ".join(sound(html).words)
    assert "Groups that were kept apart" in words and "their figures stand apart" in words
    for place, line in enumerate(classroom.told_apart(groups), start=1):
        assert line in words and line.startswith(f"Group {place}: ")
        assert f"Group {place}: Leaderboard" in words
    assert f"rules {RULES}." in words and "Groups" not in " ".join(sound(class_page(plays)).words)


def test_strengths_are_what_is_rare_and_never_what_most_bots_show(entries):
    """In a class, what few others show ranks first; what most reference bots show is nobody's strength."""
    for entry in entries:
        strong, _ = front(entry.ratings)
        for one in strong:
            assert 2 * bots_high(one.row.number) <= BOTS
        high = [one.rare for one in strong if one.level == "High"]
        assert high == sorted(high, reverse=True) or len({one.row.behaviour for one in strong}) == len(strong)
    others = len(entries) - 1
    for entry in entries:
        for place, one in enumerate(entry.ratings):
            high = sum(other.ratings[place].level == "High" for other in entries if other is not entry)
            assert one.rare == pytest.approx(1 - high / others)


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
    (other,) = (entry for entry in entries if entry.play.seed == 2)
    assert not classroom.contrasts([next(entry for entry in entries if entry is not other), other])


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
