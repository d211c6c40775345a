"""The gym in the window: a set by keys alone, killed and taken up again, and practising beside a session."""

from __future__ import annotations

import json
from pathlib import Path

from kamsim.desktop.config import Config
from kamsim.desktop.pilot import Pilot
from kamsim.desktop.screens.builder import CasePage, open_case
from kamsim.desktop.screens.gym import GymPage
from kamsim.desktop.screens.gym_answers import AnswerScreen, MomentAnswer
from kamsim.desktop.screens.gym_end import EndPage
from kamsim.desktop.screens.gym_flow import start
from kamsim.desktop.screens.gym_progress import ProgressPage
from kamsim.desktop.screens.gym_situation import SituationPage
from kamsim.desktop.screens.gym_told import ReactionPage, ToldPage
from kamsim.desktop.screens.moment import MomentPage
from kamsim.game.books import checkpoint
from kamsim.gym.kinds import KINDS
from kamsim.look.colours import THEMES
from tests.desktop.gym_tour import answered, come_back
from tests.desktop.spot_tour import spotted
from tests.desktop.tour import flown

SEED = 5


def lines(folder: Path) -> list[dict[str, object]]:
    """Every line of the only log of drills."""
    (log,) = folder.glob("drills/*.jsonl")
    return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]


def situation(pilot: Pilot) -> SituationPage:
    come_back(pilot)
    page = pilot.app.screen
    assert isinstance(page, SituationPage)
    return page


def test_a_set_by_keys_alone(tmp_path):
    """From the title through a drill of each kind to progress, in every look: first a face and words without any mark,
    then why; the range counts where it was set; everything is in the log, and progress knows it."""
    with Pilot(log_dir=tmp_path) as pilot:
        app = pilot.app
        pilot.focus("gym")
        pilot.press("Enter")
        assert isinstance(app.screen, GymPage)
        pilot.focus("count")
        pilot.press("Right")
        pilot.focus("seed")
        pilot.type(str(SEED))
        pilot.press("Enter")
        kinds = []
        for number, theme in enumerate([*THEMES, *THEMES]):
            app.set_theme(theme)
            kinds.append(situation(pilot).run.bout.drill.kind)
            if number % 2:
                pilot.focus("range.high")
                pilot.press("Right")
            pilot.press("Enter")
            assert isinstance(app.screen, AnswerScreen)
            answered(pilot)
            come_back(pilot)
            assert isinstance(app.screen, ReactionPage)
            assert " of 100" not in pilot.describe()
            pilot.press("Enter")
            assert isinstance(app.screen, ToldPage)
            assert " of 100" in pilot.describe() and ("You said" in pilot.describe()) == bool(number % 2)
            pilot.press("Enter")
        assert isinstance(app.screen, EndPage)
        pilot.press("Enter", "G")
        assert isinstance(app.screen, ProgressPage)
        assert len(app.screen.progress.drills) == 6 and app.screen.progress.calibration[1] == 3
        pilot.press("D", "Enter")
        assert len(app.screen.progress.drills) == 6
        pilot.press("D", "Tab", "Enter")
        assert not app.screen.progress.drills and not list(tmp_path.glob("drills/*.jsonl"))
    assert sorted(kinds) == sorted(KINDS)


def test_killed_in_the_middle_nothing_is_lost(tmp_path):
    """Whoever stops in a situation, in the middle of an answer, or while it is read comes back to that very drill, with
    what was said."""
    with Pilot(log_dir=tmp_path) as pilot:
        start(pilot.app, kind="moment", count=2, seed=SEED)
        drill = situation(pilot).run.bout.drill
    for stage in ("situation", "answer", "read"):
        with Pilot(log_dir=tmp_path) as pilot:
            pilot.app.open("gym")
            assert pilot.app.stage.focus == "resume"
            pilot.press("Enter")
            come_back(pilot)
            page = pilot.app.screen
            assert page.run.bout.drill == drill
            if stage == "situation":
                pilot.press("Enter", "1", "1")
            elif stage == "answer":
                assert isinstance(page, MomentAnswer) and len(page.run.bout.said) == 1
                answered(pilot)
            else:
                assert isinstance(page, ReactionPage)
                assert len(page.run.training.done) == 1
    assert sum(line["kind"] == "posed" for line in lines(tmp_path)) == 1


def test_practising_first_leaves_a_session_as_it_is(tmp_path):
    """Beside a case: not a byte of the session's log changes, and one comes back to the page as it was left."""
    with flown(3, tmp_path) as pilot:
        app = pilot.app
        app.go_account("tessaro")
        open_case(app, "customer")
        page = app.screen
        assert isinstance(page, CasePage)
        page.answer("commitment", 0.1)
        pilot.settle()
        session = page.play.session
        before = session.log_path.read_bytes(), dict(page.work.page), checkpoint(session.world)
        for leaves in (False, True):
            pilot.press("T")
            assert situation(pilot).run.bout.drill.kind == "case"
            pilot.press("Ctrl Z", "Ctrl 1", "Ctrl B")
            if leaves:
                pilot.press("Esc")
            else:
                pilot.press("Enter")
                answered(pilot)
                come_back(pilot)
                pilot.press("Enter", "Enter", "Enter")
            assert app.screen is page
            assert (session.log_path.read_bytes(), dict(page.work.page), checkpoint(session.world)) == before


def test_practising_before_a_moment(tmp_path):
    """The moment waits, its clock stands still, and nothing is said in it, nor a byte noted in the session's log."""
    with spotted(6, tmp_path, config=Config(motion=False)) as pilot:
        app = pilot.app
        app.open("moment", moment="mira_shoes")
        page = app.screen
        assert isinstance(page, MomentPage)
        session, left = page.play.session, page.clock.left()
        before = session.log_path.read_bytes(), list(session.commands), checkpoint(session.world)
        pilot.press("T")
        assert situation(pilot).run.bout.drill.kind == "moment"
        pilot.clock.now += 300.0
        pilot.press("Esc")
        assert app.screen is page and page.clock.left() == left and not page.clock.paused
        assert (session.log_path.read_bytes(), list(session.commands), checkpoint(session.world)) == before
