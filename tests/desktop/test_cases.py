"""Business cases on the desktop: written, watched, coached, presented; and a moment on the spot."""

from __future__ import annotations

from kamsim.desktop.casework import moments
from kamsim.desktop.pilot import Pilot
from kamsim.desktop.screens.case import CasePage
from kamsim.engine.preview import AT_REST, DRAGGING
from kamsim.game.replay import verify
from kamsim.game.session import Session


def second_quarter(folder):
    session = Session.start("halden", seed=7, log_dir=folder)
    session.do("meet", person="aksel", agenda="results")
    session.end_quarter()
    return Pilot(log_dir=folder, session=session)


def test_a_case_by_keys_alone_in_few_keys(tmp_path):
    """Open the page of a customer, change a lever and the claim, ask the coach, keep a copy, present it."""
    with second_quarter(tmp_path) as pilot:
        pilot.press("O", "W")
        page = pilot.app.screen
        assert isinstance(page, CasePage) and "What we give" in pilot.describe()
        pilot.press("3", "Tab", "Tab")
        pilot.focus("slot.programme")
        pilot.press("Right")
        assert page.work.page["programme"] == 20 and "20 hours a quarter of our team" in pilot.describe()
        pilot.press("5", "Right")
        assert page.work.tone == "bold"
        pilot.press("C", "Esc", "M", "K", "Enter")
        assert list(pilot.app.play.session.drafts) == ["Draft 1"]
        pilot.press("Ctrl Enter", "Enter")
        command = pilot.app.play.session.commands[-1]
        assert command.move == "present_case" and command.args["account"] == "orvik" and command.args["programme"] == 20
        pilot.press("Ctrl Z")
        assert pilot.app.play.session.commands == [c for c in pilot.app.play.session.commands if c.quarter == 1]
        assert verify(pilot.app.play.session.log_path).ok


def test_the_figures_follow_a_lever_roughly_and_then_well(tmp_path, monkeypatch):
    """While a lever moves few futures are drawn, at rest many; nothing is worked out twice."""
    with second_quarter(tmp_path) as pilot:
        pilot.press("O", "W")
        asked, session = [], pilot.app.play.session
        preview = session.preview

        def watched(account, audience, page, lanes=AT_REST):
            asked.append(lanes)
            return preview(account, audience, page, lanes)

        monkeypatch.setattr(session, "preview", watched)
        pilot.focus("slot.price")
        pilot.press("Right", "Right")
        assert asked == [DRAGGING, DRAGGING]
        pilot.settle(0.5)
        assert asked == [DRAGGING, DRAGGING, AT_REST]
        pilot.app.frame(force=True)
        pilot.press("Tab")
        assert len(asked) == 3


def test_no_chance_of_a_yes_is_shown(tmp_path):
    """Money, break-even, hours, who signs: yes. How likely a yes is: never."""
    with second_quarter(tmp_path) as pilot:
        pilot.press("O", "W")
        said = pilot.describe().casefold()
        assert "chance of a yes" not in said and "likely to say yes" not in said
        assert "repays if they buy" in said and "worth to us" in said


def test_a_moment_is_played_with_its_soft_clock(tmp_path):
    """Five picks, an objection, an end; the clock is noted in the log and forbids nothing."""
    with Pilot(log_dir=tmp_path, session=Session.start("halden", seed=7, log_dir=tmp_path)) as pilot:
        play = pilot.app.play
        while not moments(play):
            play.end_quarter()
        pilot.app.show(pilot.app.page("desk"), over=False)
        pilot.press("Enter")
        assert "asks, now" in pilot.describe() and "2:00 left" in pilot.describe()
        pilot.press("P")
        pilot.settle(60.0)
        assert "stands still" in pilot.describe()
        pilot.settle(200.0)
        for _ in range(8):
            if not pilot.app.screen._step():
                break
            pilot.press("1")
        assert not moments(play) and "To the desk" in pilot.describe()
        kinds = [command.move for command in play.session.commands]
        assert kinds == ["answer_moment", "press_moment", "close_moment"]
        assert verify(play.session.log_path).ok
        text = play.session.log_path.read_text(encoding="utf-8")
        assert '"what":"start"' in text and '"what":"pause"' in text and '"what":"go_on"' in text
