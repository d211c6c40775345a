"""A demonstration plays itself, says why, and can be left at any moment."""

from __future__ import annotations

from kamsim.desktop.demo import Demo
from kamsim.desktop.pilot import Pilot
from kamsim.desktop.screens.close import ClosePage
from kamsim.game.replay import verify


def tick(pilot: Pilot) -> Demo:
    pilot.clock.now += 5.0
    demo = pilot.app.demo
    assert demo is not None
    demo.tick()
    pilot.app.frame()
    return demo


def test_a_demonstration_plays_a_quarter_with_reasons(tmp_path):
    """Every move is shown with its reason, and goes through the log like anybody's."""
    with Pilot(log_dir=tmp_path) as pilot:
        pilot.click("demo")
        reasons = set()
        for _ in range(200):
            reasons.add(tick(pilot).text)
            if isinstance(pilot.app.screen, ClosePage):
                break
        session = pilot.app.play.session
        assert session.quarter == 2 and len(reasons) > 8 and all(len(reason) > 20 for reason in reasons)
        pilot.press("Esc")
        assert pilot.app.demo is None and pilot.app.play is None
        assert verify(session.log_path).ok


def test_a_demonstration_waits_when_told_to_and_takes_no_moves(tmp_path):
    """P holds it; clicks on the page do nothing; the window can be closed in the middle."""
    with Pilot(log_dir=tmp_path) as pilot:
        pilot.click("demo")
        for _ in range(3):
            tick(pilot)
        pilot.press("P")
        text = pilot.app.demo.text
        for _ in range(5):
            assert tick(pilot).text == text
        before = len(pilot.app.play.session.commands)
        pilot.click_at(640, 300)
        assert len(pilot.app.play.session.commands) == before and pilot.app.demo is not None
        pilot.press("Ctrl Q")
        assert not pilot.app.running
