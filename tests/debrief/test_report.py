"""The page of one player: whole, sound, escaped, and saying what the log says."""

from __future__ import annotations

import json
import re

import pytest

from kamsim.cli import main
from kamsim.debrief import casebook, story
from kamsim.debrief.class_report import class_page
from kamsim.debrief.record import read_play
from kamsim.debrief.report import player_page
from kamsim.game import records
from kamsim.game.events.cases import CaseAnswered
from kamsim.game.log import LogFile
from kamsim.game.session import Session
from tests.debrief.html import body, sound
from tests.debrief.plays import HOSTILE, bot, by_hand, log_of
from tests.engine.worlds import halden


@pytest.fixture(scope="module")
def page():
    return player_page(bot("retailored"))


def test_the_page_is_sound_and_has_every_part(page):
    reader = sound(page)
    for name in ("short", "skills", "story", "guesses", "worth", "luck", "price", "curves", "cases", "ranges", "joint",
                 "origins", "hours", "signals", "rows", "first"):  # fmt: skip
        assert name in reader.ids, name
    assert "not for hiring or pay" in " ".join(reader.words)
    assert reader.tags.count("svg") >= 7
    assert len(page) < 300_000


def test_the_same_log_gives_the_same_bytes(page):
    assert player_page(bot("retailored")) == page


def test_every_chart_has_its_numbers_as_a_table(page):
    for figure in page.split('<figure class="chart">')[1:]:
        inside = figure.split("</figure>")[0]
        assert "<details" in inside and "<table" in inside and "<svg" in inside


def test_hostile_names_are_text(tmp_path):
    play = read_play(by_hand())
    html = player_page(play)
    reader = sound(html)
    assert "<script>" not in html and "&lt;script&gt;" in html
    assert "\u202e" not in html  # a log never holds a letter that cannot be printed
    assert any("<script>alert(1)</script>" in word for word in reader.words)
    assert HOSTILE


def test_every_move_has_its_number_on_the_page():
    """So that a what-if can name it: the numbers of all moves stand beside the threads that they belong to."""
    play = read_play(by_hand())
    html = player_page(play)
    table = html[html.index("All threads") :].partition("</table>")[0]
    cells = re.findall(r"<tr>.*?</tr>", table, re.DOTALL)[1:]
    shown = {
        int(number) for row in cells for number in re.findall(r"\b\d+\b", re.findall(r"<td[^>]*>(.*?)</td>", row)[0])
    }
    assert shown == {command.number for command in play.commands}


def test_own_and_coachs_ratings_stand_beside_all_36_rows():
    """Each row has a field for either, named for a voice, with the levels to choose from; none is filled in."""
    html = player_page(bot("discounter"))
    for row in range(1, 37):
        for whose in ("Your own", "A coach's"):
            assert f'aria-label="{whose} rating of row {row}"' in html
    assert "<option></option><option>High</option>" in html and "selected" not in html


def test_a_session_without_a_closed_quarter_says_so(tmp_path):
    with Session.start(halden(), seed=3, player="x" * 10_000, log_dir=tmp_path, quarters=8) as session:
        session.do("scan", account="orvik")
        log = session.log_path
    html = player_page(read_play(log))
    sound(html)
    assert "No quarter was closed" in html and len(body(html)) < 20_000


def test_a_session_that_cannot_be_played_again_still_has_its_page():
    """Figures that this version does not give: the page goes without worth by thread, and says so."""
    play = bot("discounter")
    closed = next(line for line in play.log.lines if isinstance(line, records.Closed))
    books = closed.ledger.model_copy(update={"money": [[cents + 1 for cents in row] for row in closed.ledger.money]})
    lines = [line.model_copy(update={"ledger": books}) if line is closed else line for line in play.log.lines]
    other = read_play(LogFile(play.log.path, play.log.size, 0, play.log.last_hash, tuple(lines)))
    html = player_page(other)
    sound(html)
    assert "is missing" in html and 'id="worth"' not in html and 'class="made"' not in html
    sound(class_page([other, play]))


def test_ranges_are_held_against_what_came():
    play = read_play(by_hand())
    ranges = story.stated_ranges(play)
    assert [one.quarter for one in ranges] == [1, 2, 3, 4]
    assert all(one.actual == play.profit[one.quarter - 1].sum() for one in ranges)
    said = story.calibration_line(ranges)
    assert said.startswith("Of 4 ranges you said about 3 would hold; ")
    wide, narrow = (story.Range("r", 1, low, high, None, 100.0, False) for low, high in ((50.0, 150.0), (90.0, 110.0)))
    missed = story.Range("r", 1, 101.0, 111.0, None, 100.0, False)
    assert narrow.score < wide.score and narrow.inside and not missed.inside
    assert missed.score == pytest.approx((10.0 + 10.0 * 1.0) / 101.0)


def test_guesses_stand_beside_the_truth():
    rows = story.guess_rows(read_play(by_hand()))
    assert [row[0] for row in rows][-1].startswith("More volume") and rows[-1][1] == "20%"
    assert "no guess" not in rows[1][1]


def test_cases_answers_and_promises_are_told():
    play = bot("retailored")
    answers = casebook.answers(play)
    assert len(answers) == len(play.of(CaseAnswered))
    for answer in answers:
        assert answer.said and answer.readers and len(answer.criteria) == 9
        assert all(0.0 <= score <= 100.0 for _, score, _ in answer.criteria)
    for promise in casebook.promises(play):
        if promise.split is not None:
            assert sum(promise.split.values()) == promise.actual - promise.value


def test_hours_add_up_to_the_team():
    play = bot("retailored")
    spent = sum(sum(kinds.values()) for kinds in story.hours(play).values())
    assert 0 < spent <= play.quarters * float(play.params.hours) + 1e-6


def test_the_command_writes_the_page_and_refuses_what_cannot_be(tmp_path, capsys):
    log, out = log_of("discounter"), tmp_path / "page.html"
    assert main(["debrief", str(log), "--out", str(out), "--json", "--what-if", "1", "discount=0.2"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["sessions"] == 1 and told["page"] == str(out)
    html = out.read_text(encoding="utf-8")
    sound(html)
    assert str(tmp_path) not in html and str(log.parent) not in html
    for wrong in (["nowhere"], [str(log), "--what-if", "1", "colour=red"], [str(log), "--what-if", "99", "discount=0.1"],
                  [str(log), "--what-if", "1", "discount"], [str(log), "--what-if", "1", "discount=0.02"],
                  [str(log), "--what-if", "1", "discount=0.9"], [str(log), "--what-if", "1", "discount=12.500"]):  # fmt: skip
        assert main(["debrief", *wrong, "--out", str(tmp_path / "no.html")]) == 1
        out_, err = capsys.readouterr()
        assert out_ == "" and "Traceback" not in err and err
    assert main(["debrief", str(log), "--out", str(log)]) == 1
    assert not (tmp_path / "no.html").exists()
    assert main(["debrief", str(log)]) == 2


def test_foreign_files_are_named_and_the_sound_log_is_used(tmp_path, capsys):
    torn = tmp_path / "torn.jsonl"
    torn.write_bytes(log_of("discounter").read_bytes()[:-40])
    (tmp_path / "notes.txt").write_text("no log")
    assert main(["debrief", str(torn), str(tmp_path / "notes.txt"), "--out", str(tmp_path / "p.html")]) == 0
    err = capsys.readouterr().err
    assert "torn.jsonl" in err and "notes.txt" in err
    html = (tmp_path / "p.html").read_text(encoding="utf-8")
    sound(html)
    assert "notes.txt" in html and str(tmp_path) not in html
