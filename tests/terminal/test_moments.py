"""Moments in the text session: asked, twisted, objected to, ended; the clock is soft; nobody is ever held up."""

from __future__ import annotations

import json
import re

import pytest

from kamsim.game.replay import verify
from kamsim.game.session import Session
from kamsim.terminal.moments import left
from kamsim.view.softclock import SoftClock
from tests.engine.worlds import halden
from tests.terminal.table import END, SKIP, play

THIRD = [*SKIP, *END, *END]
"""Two quarters gone by: somebody asks in the third."""
FIFTH = [*SKIP, "kestrel", "meet", "1", "1", *END, *END, *END, "kestrel", "meet", "1", "1", "scan", *END, "skip"]


def clocked(log):
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    return [line["what"] for line in lines if line.get("kind") == "clock"]


def test_the_first_moment_comes_without_a_twist_and_ends_in_a_reaction(tmp_path):
    played = play(tmp_path, [*THIRD, "moment", "2", "1", "1", "5", "2", "2"])
    told = played.told
    assert "Adaeze Nwosu asks, now. Tessaro Rail, on the spot" in told and "IN THE CANTEEN AT LINZ" in told
    assert re.search(r"1 of 5\. Why now\? \(about \d:\d\d left\)", told)
    for step in (
        "2 of 5.",
        "3 of 5.",
        "4 of 5.",
        "5 of 5.",
        "One objection, one",
    ):
        assert step in told
    assert "Nobody interrupts. Go on." in told and "(you don't know what that is)" in told
    ended = played.events("moment_ended")
    assert len(ended) == 1 and ended[0]["phase"] in ("won", "held", "lost")
    assert clocked(played.log) == ["start"] and verify(played.log).ok


def test_a_twist_changes_a_fact_after_the_second_pick(tmp_path):
    for seed in range(5, 20):
        played = play(tmp_path, [*FIFTH, "moment", "1", "2", "2", "3", "2", "1"], seed=seed)
        if played.events("moment_turned"):
            break
    assert "(K-9 launch" in played.told
    assert (
        "prepared" not in played.told.casefold().replace("come prepared", "")
        and "Noted: K-9 launch is delayed." in played.told
    )
    assert played.events("moment_turned")[0]["twist"] == "paused"


def test_asking_for_time_ends_it_politely(tmp_path):
    played = play(tmp_path, [*THIRD, "moment", "1", "1", "time"])
    assert played.events("moment_ended")[0]["phase"] == "passed"


def test_pause_more_and_no_clock_are_logged(tmp_path):
    played = play(tmp_path, [*THIRD, "moment", "pause", "1", "more", "1", "no clock", "1"])
    assert clocked(played.log) == ["start", "pause", "go_on", "extend", "off"]
    assert "The clock stands still until you answer." in played.told and "(no clock)" in played.told


def test_a_moment_left_may_be_taken_up_again_the_same_quarter(tmp_path):
    played = play(
        tmp_path,
        [*THIRD, "moment", "1", "0", "waiting", "tessaro rail, on the spot", "1", "1", "desk", "tessaro", "moment"],
    )
    assert "You say nothing for now." in played.told and "is left waiting" in played.told
    assert "3 of 5. And now?" in played.told.rpartition("IN THE CANTEEN")[2]


@pytest.mark.parametrize("stop", [[], ["moment"], ["moment", "1"], ["moment", "1", "1"], ["moment", "quit"]])
def test_whoever_gets_no_answer_remembers_it_and_nobody_is_held_up(tmp_path, stop):
    played = play(tmp_path, [*THIRD, *stop])
    assert played.status == 0
    after = play(tmp_path, [*END], log=played.log)
    assert "silence is remembered" in after.told and "No answer came, and that is an answer too." in after.told
    assert after.session.quarter == 4


def test_the_clock_runs_out_softly(tmp_path):
    """Time is only shown: an answer after two minutes counts."""
    with Session.start(halden(), seed=7, log_dir=tmp_path) as session:
        session.end_quarter()
        session.end_quarter()
        now = [0.0]
        clock = SoftClock(session, session.params.moments[0], lambda: now[0])
        assert left(clock) == "about 2:00 left"
        now[0] = 51.0
        assert left(clock) == "about 1:10 left"
        clock.pause()
        now[0] = 500.0
        assert left(clock) == "about 1:10 left"
        clock.go_on()
        now[0] = 580.0
        assert "still counts" in left(clock) and "still counts" in left(clock)
        clock.more()
        assert left(clock) == "about 1:00 left"
        clock.off()
        assert left(clock) == "no clock"
        log = session.log_path
    assert clocked(log) == ["start", "pause", "go_on", "ran_out", "extend", "off"]
