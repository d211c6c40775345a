"""The text session, driven by lists of answers."""

from __future__ import annotations

import random
import re

import pytest

from kamsim.errors import LogUnwritable
from kamsim.game.replay import verify
from kamsim.game.session import Session
from kamsim.terminal.app import play_text
from kamsim.terminal.talk import Choice, Leave, Talk, pick
from kamsim.view.words.numbers import parse_number
from tests.engine.worlds import halden
from tests.terminal.table import WIDTH, Pipe, sit


def play(tmp_path, answers, **chosen):
    """Play some answers; returns (status, text, path of the log)."""
    played = sit(tmp_path, answers, **chosen)
    return played.status, played.text, played.log


GUESSES = ["1 2 3 4 5", "12", "500k 1.4m"]
QUARTER = ["end", "yes"]
BUSY = ["1", "1", "2", "1", "back", "orvik", "meet", "1", "1", "tessaro", "scan", "rhythm", "2", "desk", "end", "yes"]


def test_four_quarters_end_sound_and_name_the_log(tmp_path):
    answers = [*GUESSES, *BUSY, *QUARTER, *QUARTER, *QUARTER, "900k 1.5m"]
    status, text, log = play(tmp_path, answers)
    assert status == 0
    assert "THE YEAR AS IT WAS" in text and "You said 1st." in text and "YOUR REVIEW, YEAR 1" in text
    assert f"kamsim play --resume {log}" in text
    assert verify(log).ok
    assert "Traceback" not in text and not re.search(r"\b(nan|None)\b", text)


def test_a_whole_session_ends_with_the_score_and_the_discounter(tmp_path):
    status, text, log = play(tmp_path, ["skip", "skip", "skip", *QUARTER * 4, "skip", *QUARTER * 4], quarters=8)
    assert status == 0
    assert "Score" in text and "The same luck" in text and str(log) in text.replace("\n    ", "")
    assert verify(log).ok
    again = play(tmp_path, [], log=log)
    assert again[0] == 0 and "THE END" in again[1]


def test_no_line_is_wider_than_the_terminal(tmp_path):
    _, text, _ = play(tmp_path, [*GUESSES, *BUSY, *QUARTER, "notes", "portfolio", "why", "help", "mira"])
    assert not [line for line in text.splitlines() if len(line) > WIDTH and "/" not in line]


def test_the_end_of_input_saves_and_the_session_goes_on(tmp_path):
    _, _, log = play(tmp_path, [*GUESSES, "orvik", "rhythm", "2"])
    _, text, same = play(tmp_path, ["orvik"], log=log)
    assert same == log and "Welcome back" in text and "Normal contact, 40 hours" in text
    assert "Guess 1 of 3" not in text


def test_guesses_left_out_are_asked_again_and_given_ones_are_not(tmp_path):
    _, first, log = play(tmp_path, ["# a note", "", "nonsense", "1 2 3", "5 4 3 2 1"])
    assert "Each number from 1 to 5 once" in first
    _, text, _ = play(tmp_path, [], log=log)
    assert "Guess 1 of 3" not in text and "Guess 2 of 3" in text


def test_guesses_are_not_asked_again_in_mid_quarter(tmp_path):
    _, _, log = play(tmp_path, ["skip"] * 3 + ["orvik", "scan"])
    _, text, _ = play(tmp_path, [], log=log)
    assert "Guess" not in text


def test_closed_doors_come_last_and_say_where_to_knock(tmp_path):
    _, text, _ = play(tmp_path, ["skip"] * 3 + ["orvik", "meet"])
    assert "5. Mireille Castagne, Chief Financial Officer (not yet; ask for a first meeting)" in " ".join(text.split())


def test_a_topic_taken_this_quarter_is_marked_and_refused(tmp_path):
    _, text, _ = play(tmp_path, ["skip"] * 3 + ["orvik", "meet", "1", "1", "meet", "1", "1"])
    assert "1. Their results. Taken up this quarter." in text and "Choose another topic or" in text


def test_a_no_at_a_door_counts_down(tmp_path):
    for seed in range(9):
        seek = ["tessaro", "seek", "1", "1", "meet", "5", "page", *QUARTER, "tessaro"]
        _, text, _ = play(tmp_path, ["skip"] * 3 + [*QUARTER * 2, *seek], seed=seed)
        if "You may ask again" in text:
            break
    told = " ".join(text.split())
    assert "You may ask again from Q2 2027, in 3 quarters." in told
    assert "Door shut. You may ask again from Q2 2027, in 2 quarters." in told
    assert "not before Q2 2027" in told


def test_an_incident_that_nobody_put_right_is_told_at_the_close(tmp_path):
    for seed in range(20):
        _, text, log = play(tmp_path, ["skip"] * 3 + QUARTER * 3, seed=seed)
        if "has no answer" in text:
            break
    assert "nobody came about" in " ".join(text.split()) and '"neglected"' in log.read_text(encoding="utf-8")


def test_the_last_quarter_says_that_the_session_ends_first(tmp_path):
    _, text, _ = play(tmp_path, ["skip"] * 3 + QUARTER * 4 + ["skip"] + QUARTER * 4, quarters=8)
    assert "The session ends first" in text.partition("Q4 2027, QUARTER 8")[2]
    assert "next quarter" not in text.partition("Q4 2027, QUARTER 8")[2]


def test_points_come_back_by_an_offer(tmp_path):
    _, text, _ = play(tmp_path, ["skip"] * 3 + ["orvik", "price", "1", "back"])
    assert "make an offer (from Q2 2026)" in " ".join(text.split())


def test_rubbish_never_ends_the_session(tmp_path):
    rubbish = ["\x00", "9" * 400, "-3", "💥", "drop table", "1.5", "  ", "[[[", "e" * 5000, "0x11", "\u0661"]
    answers = [*rubbish, "skip", *rubbish, "skip", *rubbish, "skip", *rubbish]
    status, text, _ = play(tmp_path, [*answers, "orvik", *rubbish, "price", "1", *rubbish, "back", "desk"])
    assert status == 0 and "Desk, Q1 2026" in text and "Traceback" not in text


WORDS = [
    *map(str, range(13)), "20", "-1", "0.5", "12.5", "banana", "back", "desk", "notes", "why", "portfolio", "undo",
    "reset", "help", "waiting", "end", "yes", "skip", "orvik", "mira", "brandt", "meet", "scan", "review", "seek",
    "offer", "price", "list", "1 2 3 4 5", "1m 2m",
]  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2])
def test_three_hundred_random_answers_make_no_mistake(tmp_path, seed):
    chance = random.Random(seed)
    answers = ["skip"] * 3 + [chance.choice(WORDS) for _ in range(300)]
    status, text, log = play(tmp_path, answers, seed=seed)
    assert status == 0 and "made a mistake" not in text
    assert verify(log).ok


def test_undo_and_reset_take_back_what_nobody_answered(tmp_path):
    answers = ["skip"] * 3 + ["orvik", "rhythm", "1", "price", "1", "20", "yes", "undo", "reset", "undo"]
    _, text, _ = play(tmp_path, answers)
    assert (
        "Taken back: price change." in text
        and "Taken back: 1 move." in text
        and "There is nothing to take back" in text
    )


def test_a_review_shows_what_the_equal_share_hid(tmp_path):
    """The aha, found by play: the true cost to serve beside the booked one, and on every page from then on."""
    _, text, _ = play(tmp_path, ["skip"] * 3 + [*QUARTER, "orvik", "review", "page", "portfolio"])
    told = re.search(r"cost (€[\d,]+) to serve; the\s+books\s+had\s+(€[\d,]+)", text)
    assert told and told[1] != told[2]
    assert text.count(told[1]) >= 3


def test_an_offer_and_an_executives_door_from_beginning_to_end(tmp_path):
    offer = ["brandt", "offer", "2", "2", "2", "2", "2", "yes", "offer"]
    seek = ["tessaro", "scan", "seek", "1", "2", "end", "yes"]
    _, text, log = play(tmp_path, ["skip"] * 3 + [*QUARTER, *offer, *seek])
    assert "2 points more off, they commit 5% more of what they" in text and "has an offer of yours" in text
    assert re.search(r"Brandt Pumps (says (yes|no)|takes another quarter)", text)
    assert "Adaeze Nwosu" in text and '"seek_executive"' in log.read_text(encoding="utf-8")
    assert verify(log).ok


def test_locked_moves_show_their_quarter_and_their_reason(tmp_path):
    _, text, _ = play(tmp_path, ["skip"] * 3 + ["news", "2", "0", "orvik", "review"])
    assert "from Q2 2026" in text and "Joost Veldkamp" in text


def test_a_price_move_shows_break_even_before_it_is_made(tmp_path):
    _, text, log = play(tmp_path, ["skip"] * 3 + ["orvik", "price", "1", "23", "quit"])
    assert re.search(r"repays only if they\s+buy \d+% more", text)
    assert '"set_discount"' not in log.read_text()


def test_interrupting_saves_and_says_how_to_go_on(tmp_path):
    def read():
        raise KeyboardInterrupt

    pipe = Pipe([])
    status = play_text(lambda: Session.start(halden(), seed=1, log_dir=tmp_path), read, pipe.write)
    assert status == 130 and "--resume" in pipe.text


def test_a_mistake_of_ours_is_said_in_a_sentence_and_kept_beside_the_log(tmp_path, monkeypatch):
    monkeypatch.setattr("kamsim.terminal.desk.opening", lambda _table: 1 / 0)
    status, text, log = play(tmp_path, ["skip"] * 3)
    assert status == 1 and "ZeroDivisionError" in text and "Traceback" not in text and str(log) in text
    assert "Traceback" in log.with_suffix(".error.txt").read_text()


def test_a_full_disk_is_said_and_nothing_is_lost(tmp_path, monkeypatch):
    def full(*_args, **_kwargs):
        raise LogUnwritable("the disk is full; make room and go on")

    monkeypatch.setattr(Session, "make", full)
    status, text, log = play(tmp_path, ["skip"] * 3 + ["orvik", "scan"])
    assert status == 1 and "the disk is full" in text and str(log) in text


def test_only_what_is_seen_is_shown(tmp_path):
    """Nothing of another seed's luck or of what is hidden: names of things that come later stay away."""
    _, text, _ = play(tmp_path, ["skip"] * 3 + ["orvik", "meet", "1", "1", "meet", "1", "3", "page", "notes"])
    assert "Stavfjord" not in text and "The letter in the drawer" not in text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5", 5),
        ("5.5%", 5.5),
        ("5,5", 5.5),
        ("€1,200,000", 1.2e6),
        ("900k", 9e5),
        ("-1.2m", -1.2e6),
        ("\u22123", -3),
        ("1.200.000", 1.2e6),
        ("1'000", 1000),
        ("18 per cent", 18),
        ("x", None),
        ("", None),
        ("1e9", None),
        ("1.2.3", None),
        ("300.000,00", 300_000),
        ("1.234,50", 1234.5),
        ("\u20135", -5),
        ("300\u202f000", 300_000),
        ("5 \u20ac", 5),
        ("5\u00a0%", 5),
        ("400.000", None),
        ("400,000", None),
    ],
)
def test_numbers_as_people_type_them(text, value):
    assert parse_number(text) == value


def test_a_point_before_three_digits_is_asked_again_where_both_readings_fit():
    """The bounds decide where only one reading lies in them, large amounts are thousands, and else it is asked again."""
    assert parse_number("12.500", 0, 1000) == 12.5
    assert parse_number("300.000", 0, 2e7, whole=True) == 300_000
    said, answers = [], iter(["12.500\n", "12500\n"])
    assert Talk(lambda: next(answers, None), said.append).number("How many", 0, 20_000, 0.5) == 12_500
    assert "12.500 can be read in two ways" in "".join(said)


def test_choosing_by_number_word_and_beginning():
    choices = [Choice("Meet somebody", "a", ("m",)), Choice("Measure", "b"), Choice("Price", "c")]
    assert [pick(choices, answer) for answer in ("1", "m", "mea", "me", "4", "²")] == [
        choices[0], choices[0], choices[1], None, None, None,
    ]  # fmt: skip


def test_what_cannot_be_taken_back_asks_once_more():
    """A yes is never the first answer, and no word that means something else is taken for it; steps are not rounded."""

    def answered(*lines, ask):
        said, answers = [], iter(f"{line}\n" for line in lines)
        return ask(Talk(lambda: next(answers, None), said.append)), "".join(said)

    for lines, meant in ((["1"], False), (["0"], False), (["no"], False), (["2"], True), (["y"], True)):
        assert answered(*lines, ask=lambda talk: talk.confirm("Sign it"))[0] is meant
    meant, text = answered("skip", "end", "3", "sign", ask=lambda talk: talk.confirm("Sign it"))
    assert meant and text.count("is not among the answers") == 3
    value, text = answered("2.3", "2.5", ask=lambda talk: talk.number("Points", 0, 10, 0.5))
    assert value == 2.5 and "In steps of 0.5, please; 2.5 lies nearest." in text


def test_the_end_of_input_leaves():
    with pytest.raises(Leave):
        Talk(lambda: None, lambda _text: None).ask()


def test_the_map_of_people_as_text(tmp_path):
    _, text, _ = play(tmp_path, ["skip"] * 3 + ["orvik", "meet", "1", "buying", "desk", "map orvik", "map tessaro"])
    orvik, _, tessaro = text.partition("THE PEOPLE AT TESSARO")
    orvik = " ".join(orvik.partition("THE PEOPLE AT ORVIK")[2].split())
    assert "of the say in what they buy" in orvik and "a meeting" in orvik
    assert "Mireille Castagne, Chief Financial Officer. Door closed." in orvik
    assert "Not known. What weight they have: ask anybody here how they buy." in " ".join(tessaro.split())


def test_a_word_for_an_executive_is_asked_for(tmp_path):
    seek = ["tessaro", "seek", "1", "referral lorenz"]
    _, text, log = play(tmp_path, ["skip"] * 3 + [*QUARTER * 2, *seek])
    assert "would rather not" in " ".join(text.split())
    assert '"through":"lorenz"' in log.read_text(encoding="utf-8")


def test_help_at_a_guess_is_short_and_news_opens_anywhere(tmp_path):
    """What can be typed there fits a few lines; the whole of it is a word away; news leads out of any menu."""
    text = play(tmp_path, ["help", "skip", "skip", "skip", "help all"])[1]
    first = text.partition("Ranking>")[2].partition("Ranking>")[0]
    assert 0 < len(first.split()) < 60 and "Pocket price:" not in first and "Pocket price:" in text
    text = play(tmp_path / "news", ["skip", "skip", "skip", "orvik", "meet", "news"])[1]
    assert "New this quarter" in text and "not among the answers" not in text
