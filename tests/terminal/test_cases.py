"""Business cases in the text session: written, weighed, presented, answered, re-cut, promised, measured, printed."""

from __future__ import annotations

import random
import re
import shutil
from functools import cache
from itertools import product
from pathlib import Path
from tempfile import mkdtemp

import pytest

from kamsim.game.replay import verify
from tests.terminal.table import END, SKIP, WIDTH, play

LEARN = [
    "kestrel",
    "scan",
    "meet",
    "1",
    "1",
    "meet",
    "2",
    "1",
    "rhythm",
    "2",
    "mira",
    "meet",
    "3",
    "1",
    "meet",
    "2",
    "1",
]
"""A first quarter of questions."""
NEWCOMER = ["kestrel", "case", "proof", "3", "otherwise", "3", "1", "paper", "3", "present", "yes"]
"""What it takes to make the page sound, from the desk to the confirmation."""
BETTER = ["kestrel", "meet", "2", "3", "case", "give", "4", "4", "give", "price", "0", "get", "2", "1", "worth", "measure",
          "1", "proof", "3", "otherwise", "3", "1", "paper", "3"]  # fmt: skip
MODEST = [
    "brandt",
    "scan",
    "meet",
    "2",
    "1",
    "case",
    "give",
    "4",
    "3",
    "proof",
    "3",
    "otherwise",
    "1",
    "1",
    "paper",
    "3",
]
FIRST = [*SKIP, *LEARN, *END]


def test_it_opens_as_a_page_already_written_with_its_figures(tmp_path):
    told = play(tmp_path, [*FIRST, "kestrel", "case"]).told
    for name in ("1. For whom:", "2. Why now:", "3. What we give:", "4. What we get:", "5. What it is worth:",
                 "6. What proves it:", "7. What happens otherwise:", "8. On paper:"):  # fmt: skip
        assert name in told
    for figure in ("Worth to us over 3 years", "eight times in ten", "Breaks even if", "Paid back after",
                   "it asks €", "Answered when", "20 hours, of", "How they stand to us"):  # fmt: skip
        assert figure in told
    assert "rest on facts" in told or "rests on facts" in told


def test_a_newcomer_submits_in_eleven_inputs(tmp_path):
    played = play(tmp_path, [*FIRST, *NEWCOMER])
    assert len(NEWCOMER) <= 11
    assert "Your case is with Kestrel Wind." in played.told
    assert played.session.commands[-1].move == "present_case"
    page = played.session.commands[-1].args
    assert page["proof"] == "their_figures" and page["inaction"] == "dated" and page["body"] == "one_page"


YES_IF = "\N{LEFT DOUBLE QUOTATION MARK}yes, if\N{RIGHT DOUBLE QUOTATION MARK}"
ROUND = ["desk", "end", "yes", "skip"]
"""A quarter's end, and a range passed where one is asked for."""


@cache
def heard(outcome):
    """A session in which a customer's answer to a case is of some kind."""
    folder = Path(mkdtemp(prefix="kamsim-tests-"))
    for seed, words in product(range(1, 41), (BETTER, MODEST)):
        played = play(folder, [*FIRST, *words, "present", "yes", *END, *END], seed=seed)
        if outcome in [data["outcome"] for data in played.events("case_answered")]:
            return played
    raise AssertionError(f"no case ends {outcome}")


def answered(folder, outcome):
    """Such a session, and a copy of its log to be played on."""
    played = heard(outcome)
    return played, Path(shutil.copy(played.log, folder))


def test_a_case_is_approved_in_the_speakers_voice_and_locks_a_promise(tmp_path):
    played, log = answered(tmp_path, "approved")
    name = played.events("case_answered")[0]["account"].capitalize()
    assert "says yes to your case." in played.told and "In force at once for " in played.told
    assert f"Promised to {name}" in played.told
    later = play(tmp_path, ["promises", "desk", name.lower()], log=log)
    assert re.search(rf"Q\d 20\d\d: {name}", later.told) and "once your promise is measured, from Q" in later.told
    assert verify(log).ok


def test_a_promise_is_measured_with_its_gap_in_plain_words(tmp_path):
    _, log = answered(tmp_path, "approved")
    due = play(tmp_path, [*ROUND] * 4, log=log)
    assert "Your promise to Kestrel Wind can be measured" in due.told
    played = play(tmp_path, ["promises", "1"], log=due.log)
    measured = played.events("measured")
    assert len(measured) == 1 and sum(measured[0]["split"].values()) == measured[0]["actual"] - measured[0]["value"]
    assert re.search(r"Promised: €\d.*, between €.* and €.*; measured: €", played.told)
    assert re.search(r"Beside your figure of €[\d,]+ that is .*the estimate itself", played.told)
    assert "Your first promise to be counted" in played.told
    ended = play(tmp_path, [*ROUND], log=played.log)
    assert "first promise to be counted" in ended.told.partition("YOUR REVIEW")[2]


def test_a_promise_that_nobody_measures_is_remembered_as_talk(tmp_path):
    _, log = answered(tmp_path, "approved")
    assert "is remembered as talk" in play(tmp_path, [*ROUND] * 8, log=log).told


def test_a_yes_if_can_be_accepted(tmp_path):
    played, log = answered(tmp_path, "conditional")
    account = played.events("case_answered")[0]["account"]
    assert f"says {YES_IF} to your case" in played.told
    assert "What it changes:" in played.told and "You may accept that until" in played.told
    accepted = play(tmp_path, [account, "case", "yes"], log=log)
    assert "'s condition." in accepted.told and "Promised to" in accepted.told and "In force at once:" in accepted.told
    assert (accepted.session.seen.case_stage == 0).all()


def test_a_condition_that_nobody_takes_up_lapses(tmp_path):
    _, log = answered(tmp_path, "conditional")
    told = play(tmp_path, ["waiting", "0", *ROUND, *ROUND], log=log).told
    assert f"{YES_IF} lapses." in told and "has lapsed: nobody took it up" in told


def test_a_pending_case_is_recut_and_says_whether_that_is_free(tmp_path):
    start = [*FIRST, *BETTER, "present", "yes", "desk", "kestrel", "case"]
    same = play(tmp_path, [*start, "present", "yes"], seed=5)
    assert "a change of mind, and costs a little confidence" in same.told
    assert "That changes nothing. Choose something else." in same.told
    free = play(
        tmp_path, ["0", *END, "kestrel", "meet", "1", "1", "case", "worth", "1", "present", "yes"], log=same.log
    )
    assert "Re-cutting it costs nothing in confidence" in free.told and "K-9 launch" in free.told
    assert free.session.commands[-1].move == "recut_case"
    assert "The new page replaces the old one" in free.told


def test_the_coach_names_what_is_weak_and_is_logged(tmp_path):
    played = play(tmp_path, [*FIRST, "kestrel", "case", "coach"])
    assert "The coach has read it." in played.told and "Why should anybody believe the figure?" in played.told
    assert '"kind":"coach"' in played.log.read_text(encoding="utf-8").replace('": "', '":"')
    assert "alignment" not in played.text.lower().partition("the coach has read it")[2]


def test_drafts_are_kept_compared_and_taken_up(tmp_path):
    start = [*FIRST, "kestrel", "case", "give", "price", "0", "keep", "No price", "give", "4", "4"]
    played = play(tmp_path, [*start, "compare", "take", "1", "page"])
    assert "Side by side: this page, as it opened and No price." in played.told
    assert re.search(r"Worth to us: this page €[\d,]+; as it opened €[\d,]+; No price €[\d,]+", played.told)
    assert "Do nothing: no page, no promise." in played.told
    assert "Walk away: let their request go" in played.told and "their account profit goes" in played.told
    assert "“No price” lies open now." in played.told and "No price" in played.session.drafts
    again = play(tmp_path, ["kestrel", "case", "take", "1"], log=played.log)
    assert "“No price” lies open now." in again.told


def test_a_page_put_aside_is_there_again(tmp_path):
    told = play(tmp_path, [*FIRST, "kestrel", "case", "give", "4", "4", "desk", "kestrel", "case"]).told
    assert "30 hours a quarter of our team" in told.rpartition("A CASE FOR KESTREL WIND")[2]


def test_figures_follow_what_is_given_unless_they_were_typed(tmp_path):
    start = [*FIRST, "kestrel", "case"]
    follows = play(tmp_path, [*start, "give", "4", "4"]).told
    worth = re.findall(r"worth: €([\d,]+) a year", follows)
    assert len(set(worth)) == 2
    typed = play(tmp_path, [*start, "worth", "own", "500k", "give", "4", "4"]).told
    assert "So it is worth: €500,000 a year" in typed and "you claim more than you know" in typed


@pytest.mark.parametrize(("tone", "more"), [("cautious", "easier to keep"), ("bold", "harder to keep")])
def test_claims_are_offered_cautious_plain_and_bold(tmp_path, tone, more):
    told = play(tmp_path, [*FIRST, "kestrel", "case", "worth", tone, "worth", "range", "3", "worth", "due", "1"]).told
    assert f"{tone.capitalize()}: €" in told and more in told
    assert "counted 2 quarters after the yes" in told and "±50%: so wide that it says little" in told


def test_what_the_desk_has_not_signed_is_shown_before_it_is_offered(tmp_path):
    told = play(tmp_path, [*FIRST, "kestrel", "case", "give", "5", "2"]).told
    assert "our desk must sign it first" in told
    assert (
        "Kestrel Wind would stop it, as far as you know: it promises something that our own desk has not signed" in told
    )


def test_four_levers_are_refused_with_a_reason(tmp_path):
    levers = ["give", "pooled", "1", "give", "days", "1"]
    told = play(tmp_path, [*FIRST, "kestrel", "case", *levers, "present", "yes"]).told
    assert "That gives four things or more" in told


def test_the_desk_signs_a_small_ask_at_once_and_weighs_a_large_one(tmp_path):
    third = [*FIRST, *END, "tessaro", "meet", "1", "1"]
    small = play(tmp_path, [*third, "ask", "proof", "3", "paper", "3", "present", "yes", "deal"])
    assert "Edda Ravnkilde signs alone, at once" in small.told and "Our deal desk says yes" in small.told
    assert "has signed nothing. Put it into a case for them." in small.told
    assert "1 specialist until the end of" in small.told and "Promised to our own desk" in small.told
    large = play(tmp_path, [*third, "deal", "tessaro", "give", "price", "2", "page", "present", "yes", *END])
    assert "must sign" in large.told and "costs a little standing" in large.told
    assert "is with the deal desk. It answers when the quarter closes." in large.told
    assert re.search(r"Our deal desk (says|sends|stops|takes)", large.told)


def test_a_case_before_its_quarter_says_from_when(tmp_path):
    told = play(tmp_path, [*SKIP, "kestrel", "case", "ask"]).told
    assert "From Q2 2026: Corinna Hale" in told and "Write a business case, from Q2 2026" in told


def test_reading_the_room_refreshes_stances_in_the_same_words(tmp_path):
    played = play(tmp_path, [*FIRST, "kestrel", "room", "yes", "case", "room", "0"], seed=3)
    assert "Where they stand at Kestrel Wind, as last seen" in played.told and ": not known" in played.told
    assert "Two days of corridors" in played.told and "Your word at Kestrel Wind, 50 of 100" in played.told


def test_printing_writes_text_and_html_beside_the_log_and_escapes_names(tmp_path):
    hostile = '<script>alert("x")</script> & Söhne'
    played = play(
        tmp_path, [*FIRST, "kestrel", "case", "paper", "4", "keep", hostile, "print", "print"], player=hostile
    )
    text, page = sorted(tmp_path.glob("*.txt")), sorted(tmp_path.glob("*.html"))
    assert len(text) == len(page) == 2 and all(str(path) in played.text for path in (*text, *page))
    html = page[0].read_text(encoding="utf-8")
    assert "<script" not in html and "&lt;script&gt;" in html and hostile in text[0].read_text(encoding="utf-8")
    assert "What drives it" in html and '<th scope="col">' in html
    assert hostile in played.session.drafts


def test_the_library_shows_both_pages_with_the_judges_points(tmp_path):
    told = play(tmp_path, [*SKIP, "library", "1", "3", "0"]).told
    assert told.count("As it was sent:") == 2 and told.count("As it should have been:") == 2
    assert re.search(r"Judged on these facts: \d+ of 100; a yes takes \d+", told)
    assert "What makes the difference" in told
    from_builder = play(tmp_path, [*FIRST, "kestrel", "case", "examples", "2", "0"]).told
    assert "As it should have been:" in from_builder and from_builder.rstrip().endswith(".jsonl")


def test_no_line_of_the_builder_is_wider_than_the_terminal(tmp_path):
    everything = ["coach", "figures", "compare", "list", "room", "0", "examples", "1", "0", "again"]
    text = play(tmp_path, [*FIRST, "kestrel", "case", *everything, "deal", "back", "promises", "help"]).text
    assert not [line for line in text.splitlines() if len(line) > WIDTH and "/" not in line]
    assert "alignment" not in text.lower()


def test_old_inputs_still_work(tmp_path):
    """Words that led somewhere before business cases lead there still, and so do the numbers of an account's page."""
    words = ["account", "1", "10", "0", "portfolio", "notes", "news", "0", "help", "end", "0", "waiting", "0"]
    told = play(tmp_path, [*SKIP, *words]).told
    for place in ("Portfolio", "Notes. Each with its age", "Waiting for an answer", "End Q1 2026?"):
        assert place in told
    assert "Show this page again" in told


ACCOUNTS = ("orvik", "mira", "brandt", "kestrel", "tessaro")
BUILDER = [*map(str, range(1, 9)), "coach", "compare", "keep", "My draft", "take", "figures", "page", "list", "price", "own",
           "120k", "measure", "range", "due", "0", "worth", "proof", "otherwise", "paper"]  # fmt: skip


@pytest.mark.parametrize("seed", [6, 7])
def test_pages_written_by_chance_make_no_mistake(tmp_path, seed):
    """Whatever is typed into the builder, the desk, a moment or the calendar, the session goes on and its log is true."""
    chance, answers = random.Random(seed), [*SKIP]
    for _ in range(8):
        for _ in range(2):
            account = chance.choice(ACCOUNTS)
            answers += [
                "desk",
                account,
                "meet",
                chance.choice("123"),
                chance.choice("123"),
                chance.choice(["case", "ask"]),
            ]
            answers += [chance.choice([*BUILDER, *"01234567"]) for _ in range(30)]
            answers += ["0", "0", "desk", account, chance.choice(["case", "ask"]), "present", "yes", "0"]
        answers += ["desk", "moment", *(chance.choice([*"12345", "pause", "more", "no clock"]) for _ in range(8))]
        answers += ["desk", "promises", "1", "desk", "waiting", "1", "1", *END, "skip"]
    played = play(tmp_path, answers, seed=seed)
    assert played.status == 0 and verify(played.log).ok
    assert not re.search(r"\b(nan|None)\b", played.text)
    assert played.events("case_answered")
    assert not [line for line in played.text.splitlines() if len(line) > WIDTH and "/" not in line and "> " not in line]


def test_within_a_sentence_the_coach_answers_and_a_proof_that_is_not_there_is_refused(tmp_path):
    """Coach, page and present are taken while a sentence is being changed; nobody proves by what never happened."""
    played = play(
        tmp_path, [*FIRST, "kestrel", "case", "paper", "coach", "worth", "page", "proof", "1", "proof", "present"]
    )
    told = played.told
    assert "The coach has read it." in told and told.count("What it comes to, as far as you know") == 2
    assert "A promise that we kept here is not there: none yet. The page stays as it is." in told
    assert told.rstrip().endswith("Case>") or "Not yet" in told.rpartition("A promise that we kept here")[2]
