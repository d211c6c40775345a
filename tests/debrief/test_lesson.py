"""Slides for one class: chosen for it, told without names, counted from its logs; the sheet beside them, and handouts."""

from __future__ import annotations

from statistics import mean

import pytest

from kamsim.debrief import classroom
from kamsim.debrief.forces import pushes
from kamsim.debrief.handouts import handouts_page
from kamsim.debrief.lesson.accounts import whale
from kamsim.debrief.lesson.choosing import absent, slides_of
from kamsim.debrief.lesson.deck import SHORT, deck_page, presenter_page, short
from kamsim.debrief.lesson.foresight import forecaster
from kamsim.debrief.lesson.pairs import pairs
from kamsim.debrief.lesson.results import luck, price
from kamsim.debrief.lesson.slide import MINUTES, group_of, shared_out
from kamsim.debrief.lesson.unseen import FEW, unseen_of
from kamsim.debrief.record import YEAR, read_play
from kamsim.errors import KamsimError
from kamsim.game.events.opportunities import OpportunityAwarded
from tests.debrief.html import sound
from tests.debrief.plays import HOSTILE, bot, by_hand, listener, log_of, read_log

NAME = "<script>Ada & Co</script>"
POLICIES = ("retailored", "discounter", "typical", "farmer", "single_thread")


@pytest.fixture(scope="module")
def entries():
    return classroom.entries_of([*map(bot, POLICIES), bot("value_seller", player=NAME)])


@pytest.fixture(scope="module")
def group(entries):
    return group_of(entries)


@pytest.fixture(scope="module")
def slides(group):
    return slides_of(group)


def test_a_class_gets_six_to_ten_slides_of_one_idea_and_one_question(slides):
    keys = [slide.key for slide in slides]
    assert keys[0] == "opening" and keys[-1] == "monday" and 6 <= len(keys) <= 10
    assert {"spread", "whale", "pair1", "luck"} <= set(keys) and len(set(keys)) == len(keys)
    for slide in slides:
        assert slide.title and slide.picture and slide.ask and slide.say, slide.key
        assert slide.ask.count("?") <= 1
    assert not {line.split(":")[0] for line in absent(slides)} & {slide.kind.split(":")[0] for slide in slides}


def test_minutes_add_up_for_a_long_lesson_and_a_short_one(slides):
    assert sum(shared_out(slides)) == MINUTES and min(shared_out(slides)) >= 2
    assert sum(short(slides).values()) == SHORT and 4 <= len(short(slides)) < len(slides)


def test_slides_hold_no_name_and_tell_nobody_by_order(entries, group, slides):
    html = deck_page(group, slides)
    words = " ".join(sound(html).words)
    for name in (*POLICIES, "Ada &", "value_seller", "Player "):
        assert name not in words, name
    other = group_of(list(reversed(entries)))
    assert deck_page(other, slides_of(other)) == html


def test_names_are_shown_where_somebody_asks_for_it(entries):
    named = group_of(entries, named=True)
    html = deck_page(named, slides_of(named))
    sound(html)
    assert "retailored" in html and "<script" not in html


def test_the_presenters_sheet_has_minutes_words_questions_and_names(group, slides):
    html = presenter_page(group, slides, ["x.txt: it is a text"])
    reader = sound(html)
    words = " ".join(reader.words)
    assert "&lt;script&gt;Ada" in html and "x.txt: it is a text" in words
    for slide in slides:
        assert slide.title in words and f"Ask: {slide.ask}" in words
    assert f"{MINUTES - shared_out(slides)[-1]} to {MINUTES}" in words


def test_handouts_are_a_sheet_for_each_with_room_to_write(entries):
    html = handouts_page(entries)
    reader = sound(html)
    numbers = [int(name.removeprefix("hand")) for name in reader.ids if name.startswith("hand")]
    assert sorted(numbers) == [1, 2, 3, 4, 5, 6]
    names = {entry.number: entry.play.name.casefold() for entry in entries}
    assert [names[number] for number in numbers] == sorted(names.values())
    assert html.count("Monday card") >= 6 and html.count('class="rule"') >= 6 * 10
    assert "&lt;script&gt;Ada" in html and "<script" not in html


def test_the_whale_is_the_mean_of_the_class(group):
    slide = whale(group)
    accounts = group.entries[0].play.params.accounts
    means = [mean(float(e.play.profit[-YEAR:, row].sum()) for e in group.entries) for row in range(len(accounts))]
    for row, name in enumerate(accounts):
        assert group.cast.account(name) in slide.picture
        assert group.cast.money(means[row]) in slide.picture
    assert slide.title.startswith(group.cast.account(accounts[means.index(max(means))]))


def test_a_pair_tells_what_both_saw_and_what_each_side_came_to(group):
    made = pairs(group)
    assert [slide.key for slide in made] == ["pair1", "pair2"][: len(made)] and made
    contrast = next(one for one in group.contrasts if any(str(len(s.entries)) in made[0].title for s in one.sides))
    for side in contrast.sides:
        worths = [w.alone for e in side.entries for w in e.made.worths if w.thread.key == contrast.key]
        if worths:
            assert side.worth == pytest.approx(mean(worths))
    assert "What both saw" in made[0].picture
    assert any(entry.play.name in " ".join(made[0].call) for entry in group.entries)
    alone = group_of(group.entries[:1])
    assert not pairs(alone)


def test_no_side_of_a_pair_is_one_player_in_a_crowd(entries):
    crowd = group_of(entries)
    assert crowd.size >= 6
    for slide in pairs(crowd):
        numbers = [int(word) for word in slide.title.rpartition(": ")[2].split() if word.isdigit()][:1]
        assert all(number > 1 for number in numbers), slide.title


def test_what_nobody_saw_was_there_and_few_did_anything(group):
    found = unseen_of(group)
    assert found
    for one in found:
        assert one.part <= FEW and 2 * len(one.there) >= group.size and {*one.acted} <= {*one.heard} <= {*one.there}
        for entry in one.there:
            if one.kind == "force":
                acted = any(push.force == one.name and push.answer for push in pushes(entry.play))
            else:
                awards = [item.event for item in entry.play.of(OpportunityAwarded)]
                acted = next(award for award in awards if award.opportunity == one.name).bid is not None
            assert acted == (entry in one.acted), (one.name, entry.play.name)


def test_luck_and_choice_are_those_of_the_attributions(group):
    slide = luck(group)
    chosen = [made.played - made.nobody for _, made in group.valued]
    fell = [made.played - made.middling for _, made in group.valued]
    show = group.cast.money
    assert show(max(chosen) - min(chosen)) in slide.title and show(max(fell) - min(fell)) in slide.title


def test_what_cannot_be_told_is_left_out_with_its_reason():
    alone = group_of(classroom.entries_of([bot("retailored")]))
    made = slides_of(alone)
    assert not {"spread", "price", "pair1"} & {slide.key for slide in made} and 5 <= len(made) <= 10
    assert price(alone) is None and forecaster(alone) is None
    assert any("forecaster" in line for line in absent(made))
    sound(deck_page(alone, made))


def test_the_straightest_forecaster_is_named_to_the_presenter_alone():
    group = group_of(classroom.entries_of([read_play(by_hand())]))
    slide = forecaster(group)
    assert HOSTILE[:8] not in slide.picture and HOSTILE[:8] in " ".join(slide.call)
    html = deck_page(group, slides_of(group))
    assert "alert(1)" not in html


def test_a_lesson_is_about_the_scenario_that_most_played(entries):
    group = group_of([*classroom.entries_of([read_play(by_hand())]), *entries])
    assert group.size == len(entries) and {e.play.scenario.title for e in group.entries} == {"Halden Drives"}


def test_listeners_and_sessions_on_several_lucks_make_a_lesson():
    group = group_of(classroom.entries_of([bot("discounter", seed=2), bot("discounter"), read_play(listener())]))
    made = slides_of(group)
    assert not group.one_luck and "one luck" not in made[0].picture
    sound(deck_page(group, made))


def test_files_are_written_side_by_side(tmp_path):
    from kamsim.debrief.pages import write_lesson

    logs = [log_of("discounter"), log_of("typical")]
    made = write_lesson(logs, tmp_path / "class.html")
    assert [path.name for path in made.paths] == ["class.html", "class-presenter.html", "class-handouts.html"]
    assert made.sessions == 2 and all(path.stat().st_size > 5_000 for path in made.paths)
    assert "discounter" not in made.paths[0].read_text(encoding="utf-8")
    with pytest.raises(KamsimError, match="log's name"):
        write_lesson(logs, logs[0])
    assert read_log(logs[0])
