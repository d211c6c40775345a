"""Moments, conditions and promises on the desktop, by mouse only and by keys only, and the soft clock."""

from __future__ import annotations

import re

import pytest

from kamsim.desktop.pilot import Pilot
from kamsim.desktop.screens.close import ClosePage
from kamsim.desktop.screens.desk import Desk, confirm_end
from kamsim.desktop.screens.moment import MomentPage
from kamsim.desktop.screens.promises import PromisesPage
from kamsim.game.replay import verify
from kamsim.game.session import Session
from kamsim.view import open_cases
from tests.desktop.hands import Keys, Mouse
from tests.desktop.spot_tour import spotted, told
from tests.desktop.test_play import lines


def added(session: Session, log_before: int) -> list[dict]:
    """The lines that a log gained."""
    return lines(session.log_path)[log_before:]


def whole_moment(hand: Mouse | Keys) -> None:
    hand.do("moment.mira_shoes")
    for pick in ("their_goal", "plain", "recut", "their_figures", "pilot", "admit"):
        hand.do(f"pick.{pick}")
    hand.do("back")


def a_condition(hand: Mouse | Keys) -> None:
    waiting = open_cases.conditions(hand.pilot.app.play.seen)[0]
    hand.do(f"condition.{waiting.account}.{waiting.audience}")
    hand.do("accept")
    hand.do("back")


def a_moment_and_a_promise(hand: Mouse | Keys) -> None:
    whole_moment(hand)
    hand.do("promise.orvik.customer")
    hand.do("measure.orvik.customer")
    hand.do("desk")


CHORES = {
    "spot": (
        6,
        a_moment_and_a_promise,
        ["answer_moment", "press_moment", "close_moment", "measure_promise"],
    ),
    "condition": (3, a_condition, ["accept_condition"]),
}


@pytest.mark.parametrize("chore", CHORES)
def test_by_one_hand_and_the_log_is_that_of_the_same_commands(chore, tmp_path):
    """Nothing but the mouse, or nothing but keys; the same commands and clock notes, given to a session, log the same."""
    quarters, act, moves = CHORES[chore]
    logged = []
    for hand_type in (Mouse, Keys):
        with spotted(quarters, tmp_path / hand_type.__name__) as pilot:
            session = pilot.app.play.session
            before = len(lines(session.log_path))
            act(hand_type(pilot))
            assert isinstance(pilot.app.screen, Desk)
            assert (pilot.keys == 0) if hand_type is Mouse else (pilot.clicks == 0)
            logged.append(added(session, before))
    assert logged[0] == logged[1]
    assert [line["move"] for line in logged[0] if line["kind"] == "command"] == moves
    assert verify(session.log_path).ok
    log = tmp_path / "direct.jsonl"
    log.write_bytes(told()[quarters, False])
    with Session.resume(log) as session:
        start = len(lines(log))
        for line in logged[0]:
            if line["kind"] == "command":
                session.do(line["move"], **line["args"])
            else:
                assert line["kind"] == "clock"
                session.clock(line["moment"], line["what"], line["seconds"])
        assert added(session, start) == logged[0]


def clocked(pilot: Pilot) -> list[tuple[str, float]]:
    log = pilot.app.play.session.log_path
    return [(line["what"], line["seconds"]) for line in lines(log) if line["kind"] == "clock"]


def test_the_soft_clock_ends_nothing_and_rests_while_nobody_looks(tmp_path):
    """It runs out once and never below none; it stands while paused or off the screen; a minute more starts it anew."""
    with spotted(6, tmp_path) as pilot:
        pilot.click("moment.mira_shoes")
        page = pilot.app.screen
        assert isinstance(page, MomentPage) and "2:00 left" in pilot.describe()
        pilot.settle(30.0)
        assert "1:30 left" in pilot.describe()
        pilot.press("P")
        pilot.settle(500.0)
        assert page.clock.spent() == 30.0 and "stands still" in pilot.describe()
        pilot.press("1")
        pilot.settle(200.0)
        pilot.settle(200.0)
        assert (
            page.clock.left() == 0.0
            and "0:00 left" in pilot.describe()
            and "An answer still counts" in pilot.describe()
        )
        pilot.press("M")
        pilot.settle(10.0)
        assert 49.0 < page.clock.left() <= 50.0
        pilot.press("Ctrl 2")
        pilot.settle(300.0)
        pilot.press("Ctrl 1")
        pilot.click("moment.mira_shoes")
        pilot.settle(5.0)
        assert 44.0 < pilot.app.screen.clock.left() <= 45.0
        pilot.press("N")
        assert "No clock" in pilot.describe()
        kinds = [what for what, _ in clocked(pilot)]
        assert kinds == ["start", "pause", "go_on", "ran_out", "extend", "pause", "go_on", "off"]
        assert all(seconds >= 0 for _, seconds in clocked(pilot))
        assert open_cases.moments(pilot.app.play.seen) == ["mira_shoes"]


def test_without_motion_the_ring_moves_in_tens(tmp_path):
    """Nothing on the page changes for seconds at a time."""
    with spotted(6, tmp_path) as pilot:
        pilot.click("moment.mira_shoes")
        pilot.app.frame()
        pilot.clock.now += 4.0
        assert not pilot.app.frame()
        pilot.clock.now += 7.0
        assert pilot.app.frame()


def test_a_moment_goes_on_where_it_was_left_and_passes_at_the_close(tmp_path):
    """A half is said and stands; the end of the quarter names who waits; unanswered, it passes."""
    with spotted(6, tmp_path) as pilot:
        pilot.click("moment.mira_shoes")
        pilot.press("2", "Esc")
        assert not pilot.app.play.session.commands[-1].move.endswith("_moment")
        pilot.press("1", "2", "Esc")
        pilot.click("moment.mira_shoes")
        assert isinstance(pilot.app.screen, MomentPage)
        log, name = pilot.app.play.session.log_path, pilot.app.play.cast.person("renzo")
        pilot.app.quit()
        with Pilot(log_dir=tmp_path, session=Session.resume(log), config=pilot.app.config) as again:
            assert isinstance(again.app.screen, MomentPage)
            again.app.go_desk()
            confirm_end(again.app)
            assert f"{name} still waits" in again.describe()
            again.press("Enter")
            assert isinstance(again.app.screen, ClosePage)
            while again.app.screen.step != "people":
                again.press("Enter")
            assert "No answer came" in again.describe()


def test_asking_for_time_ends_it_politely(tmp_path):
    """Two picks, then time: it is put off, and the face shows it."""
    with spotted(6, tmp_path) as pilot:
        pilot.click("moment.mira_shoes")
        pilot.press("1", "1", "3")
        assert "Put off" in pilot.describe() and not open_cases.moments(pilot.app.play.seen)
        pilot.press("Enter")
        assert isinstance(pilot.app.screen, Desk)


def test_a_measured_promise_stands_first_and_its_parts_add_up(tmp_path):
    """What it came to, beside what was said, and the causes in thousands that sum to the gap."""
    with spotted(6, tmp_path) as pilot:
        pilot.press("Ctrl 7")
        assert isinstance(pilot.app.screen, PromisesPage)
        pilot.press("M")
        said = pilot.describe()
        assert said.index("Why it came out as it did") < said.index("Calendar")
        data = pilot.app.play.session.events[-1].plain()
        assert sum(data["split"].values()) == data["actual"] - data["value"]
        assert re.search(r"promises? (so far|to be counted)", said)


def test_the_deal_desk_names_everybody_on_it(tmp_path):
    """Who, what they are judged on, how they stand, who signs what, what the company wants."""
    with spotted(3, tmp_path) as pilot:
        pilot.press("Ctrl 8")
        said = pilot.describe()
        for item in pilot.app.play.cast.approvers.values():
            assert item.name in said and item.measure_text in said
        assert "Up to 4%" in said and "What the company wants" in said
