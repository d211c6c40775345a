"""The first page inside the game says what the page for a browser says: one set of figures, drawn twice."""

from __future__ import annotations

import re
import shutil
import time

from kamsim.debrief.attribution import worths_of
from kamsim.debrief.decisions import told_of
from kamsim.debrief.first_page import first_page
from kamsim.debrief.front import front_of, in_lines
from kamsim.debrief.pages import own_front
from kamsim.debrief.record import read_play
from kamsim.desktop.pilot import Pilot
from kamsim.game.session import Session
from tests.desktop.tour import played

MONEY = re.compile(r"€\d[\d,]*(?:\.\d+)?m?(?<!,)")


def test_the_window_and_the_text_tell_the_figures_of_the_printed_page(tmp_path):
    log = tmp_path / "played.jsonl"
    shutil.copy(played(8, length=8), log)
    play = read_play(log)
    made = worths_of(play, shares=False)
    told, html = front_of(play, made), first_page(play, made)
    assert own_front(log) == told
    text = " ".join(line for _, lines in in_lines(told, play.cast.money) for line in lines)
    with Pilot(log_dir=tmp_path, session=Session.resume(log)) as pilot:
        pilot.press("D")
        for _ in range(600):
            if pilot.app.screen.key() == "DebriefPage":
                break
            time.sleep(0.02)  # the page is worked out in another thread
            pilot.settle(0.02)
        window = pilot.describe()
        pilot.press("Esc")
        assert pilot.app.screen.key() == "FinalPage"
    for said in (window, text):
        missing = [one.about for one in told.decisions if one.about not in said]
        missing += [one.head for one in told.chances if one.head not in said]
        missing += [one.name for one in (*told.strong, *told.weak) if one.name not in said]
        missing += [play.cast.money(value) for _, value, _ in told.score.rows if play.cast.money(value) not in said]
        assert not missing
        assert set(MONEY.findall(said)) <= set(MONEY.findall(html))


def test_of_bare_refusals_one_at_most_made_a_session(tmp_path):
    """Where other decisions changed something, too; what stood there anyway is not three times the story."""
    with Session.start("halden", seed=5, log_dir=tmp_path) as session:
        for _ in range(6):
            for option in session.legal("answer_request").options:
                if option.args["answer"] == "decline" and not int(option.refused[0]):
                    session.do("answer_request", **option.args)
            session.do("set_rhythm", account="orvik", rhythm=("light", "close")[session.quarter % 2])
            session.do("set_discount", account="mira", line="bearings", discount=0.10 + 0.01 * session.quarter)
            session.do("set_discount", account="brandt", line="bearings", discount=0.12 + 0.01 * session.quarter)
            session.end_quarter()
        log = session.log_path
    play = read_play(log)
    made = worths_of(play, shares=False)
    kinds = [worth.thread.kind for worth in told_of(play, made)]
    assert [worth.thread.kind for worth in made.worths if worth.alone].count("request") > 1
    assert len(kinds) == 3 and kinds.count("request") <= 1
