"""The first page says what the log says, in few words, and has a place for each thing that it promises."""

from __future__ import annotations

import re

from kamsim.debrief.attribution import worths_of
from kamsim.debrief.decisions import DONE, SAID, decisions_of, flags_of, largest
from kamsim.debrief.first_page import first_page
from kamsim.debrief.record import read_play
from kamsim.debrief.report import player_page
from kamsim.game.events.ending import RanksRevealed
from kamsim.page import shell
from tests.debrief.html import body, sound
from tests.debrief.logs import bot_log
from tests.debrief.plays import bot, by_hand

PANELS = ("years", "chances", "three", "practise", "score", "ranks", "monday")


def panels(html):
    """The panels of a first page by name."""
    return {part.split(" ")[0].split('"')[0]: part for part in html.split('<div class="panel ')[1:]}


def test_each_thing_has_its_panel_and_figures_are_those_of_the_log():
    play = read_play(bot_log())
    made, cast = worths_of(play), play.cast
    found = panels(first_page(play, made))
    assert tuple(found) == PANELS
    score = play.score
    assert f">{score.score:.0f}<small>points" in found["score"]
    for cents in (score.value, score.typical, score.empty_chair.value, score.discounter.value, score.you.profit):
        assert shell.text(cast.money(cents)) in found["score"]
    for place, one in enumerate(largest(made, 3), start=1):
        assert f"{place}. {shell.text(cast.money(one.alone, plus=True))}" in found["three"]
        assert shell.text(cast.money(made.played - one.alone)) in found["three"]
    assert found["three"].count('<svg class="face"') == 3
    event = play.of(RanksRevealed)[0].event
    for name in event.by_profit:
        assert f"{event.by_profit.index(name) + 1}  {cast.account(name)}" in found["ranks"]
    assert found["practise"].count("occasions.") <= 4 and "Fact 3" in found["monday"]


def test_what_was_bought_is_counted_by_what_became_of_it():
    """Every opportunity that was decided is won, lost, never seen, or was put off before the player's eyes; what is
    told of it is our part of what was won, and the other part of what was lost."""
    play = read_play(bot_log())
    found = panels(first_page(play, None))["chances"]
    decided = [one for one in play.pursuits if one.award]
    won = [one for one in decided if one.outcome == "won"]
    lost = [one for one in decided if one.outcome == "lost" and one.seen]
    unseen = [one for one in decided if one.outcome != "won" and not one.seen]
    put_off = [one for one in decided if one.outcome == "undecided" and one.seen]
    assert won and len(won) + len(lost) + len(unseen) + len(put_off) == len(decided)
    for word, kind in (("opportunities won", won), ("lost", lost), ("never seen", unseen)):
        ours = [(one.award, one.award.part or float(kind is won)) for one in kind]
        worth = play.cast.money(sum(
            round(award.worth * (part if kind is won else 1.0 - part)) * award.runs for award, part in ours
        ))  # fmt: skip
        assert (f"{len(kind)} {word}, {shell.text(worth)}." if kind else f" {word}.") in found


def test_flags_are_the_threads_that_changed_most():
    play = bot("discounter")
    made = worths_of(play)
    flags = flags_of(play, made)
    assert [one.worth for one in flags] == [float(worth.alone) for worth in largest(made, len(flags))]
    assert [one.mark for one in flags[:4]] == ["1", "2", "3", ""]
    assert all(0 <= one.first <= one.last < play.quarters for one in flags)


def test_what_is_told_of_a_decision_fits_its_card():
    for play in (bot("retailored"), bot("discounter"), read_play(by_hand())):
        for one in decisions_of(play, worths_of(play), 30):
            assert len(one.quote) <= SAID and len(one.came) <= DONE and one.who and one.about
            assert '"' not in one.about + one.came + one.quote
            assert not one.came.startswith((",", ":", ";", "("))


def test_a_session_that_is_not_finished_shows_what_there_is():
    play = bot("retailored")
    found = panels(first_page(play, worths_of(play)))
    assert "of 8 quarters: no score yet" in found["score"] and "An empty chair" in found["score"]
    assert "typical" not in found["score"]


def test_without_worths_the_page_says_why_and_keeps_the_rest():
    found = panels(first_page(read_play(bot_log()), None))
    assert "is missing" in found["years"] and "three" not in found and "ranks" in found


def test_chapters_are_folded_and_numbered():
    html = player_page(bot("retailored"))
    sound(html)
    numbers = re.findall(r'<details class="chapter" id="\w+"( open)?><summary><h2>(\d+)\. ', html)
    assert [int(number) for _, number in numbers] == list(range(1, len(numbers) + 1)) and len(numbers) > 10
    assert not any(state for state, _ in numbers)
    assert not re.search(r"Q[1-4] \d{4}", body(html))  # a quarter stays with its year
