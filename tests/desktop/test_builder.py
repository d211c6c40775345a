"""A business case by mouse alone and by keys alone: written, compared, coached, presented; and what a page remembers."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from kamsim.desktop.config import Config
from kamsim.desktop.kit.pick import Pick
from kamsim.desktop.kit.stepping import Stepping
from kamsim.desktop.pilot import Pilot
from kamsim.desktop.screens.account import AccountPage
from kamsim.desktop.screens.builder import CasePage, open_case
from kamsim.desktop.screens.builder_papers import ComparePage
from kamsim.engine.preview import AT_REST, DRAGGING
from kamsim.game.replay import verify
from kamsim.game.session import Session
from kamsim.view.case.form import SLOTS
from tests.desktop.hands import Keys, Mouse
from tests.desktop.test_play import lines
from tests.desktop.tour import flown, played, say


class PageMouse(Mouse):
    """The mouse on the controls of a page."""

    def pick(self, name: str, value: Any) -> None:
        node = self.pilot.app.stage.node(name)
        assert isinstance(node, Pick)
        place = [way.value for way in node.options].index(value)
        cell = node._placed[place]
        self.pilot.click(name, at=(0.5, (cell.y + cell.h / 2 - node.rect.y) / node.rect.h))

    def step(self, name: str, by: int) -> None:
        node = self.pilot.app.stage.node(name)
        assert isinstance(node, Stepping)
        for _ in range(abs(by)):
            edge = node._box.right - 8 if by > 0 else node._box.x + 8
            at = ((edge - node.rect.x) / node.rect.w, (node._box.y + 15 - node.rect.y) / node.rect.h)
            self.pilot.click(name, at=at)


class PageKeys(Keys):
    """Keys on the controls of a page."""

    def pick(self, name: str, value: Any) -> None:
        self.pilot.focus(name)
        node = self.pilot.app.stage.node(name)
        assert isinstance(node, Pick)
        values = [way.value for way in node.options]
        by = values.index(value) - values.index(node.value)
        self.pilot.press(*["Right" if by > 0 else "Left"] * abs(by))

    def step(self, name: str, by: int) -> None:
        self.pilot.focus(name)
        self.pilot.press(*["Right" if by > 0 else "Left"] * abs(by))


def write_and_present(hand: PageMouse | PageKeys) -> None:
    """A page for Tessaro: opened, kept, made better sentence by sentence, compared, coached, presented."""
    app = hand.pilot.app
    hand.do("account.tessaro")
    hand.do("do.customer_case")
    assert isinstance(app.screen, CasePage)
    hand.do("drafts")
    hand.do("draft.keep")
    hand.do("slot.give")
    hand.slide("price", 0.0)
    hand.step("programme", 1)
    hand.do("slot.get")
    hand.choose("length", 4)
    hand.do("slot.worth")
    hand.choose("width", 0.5)
    hand.pick("metric", "savings")
    hand.do("slot.otherwise")
    hand.pick("alternative", "pilot")
    hand.choose("inaction", "dated")
    hand.do("slot.paper")
    hand.choose("body", "one_page")
    hand.pick("sensitivity", "downside")
    hand.do("compare")
    assert isinstance(app.screen, ComparePage)
    said = hand.pilot.describe()
    assert "Draft 1" in said and "Do nothing" in said and "Walk away" in said
    hand.do("back")
    hand.do("coach")
    hand.do("dialog.close")
    hand.do("present")
    hand.do("present.yes")
    assert isinstance(app.screen, AccountPage) and "Your case is with Tessaro Rail" in app.message


@pytest.mark.parametrize("hand_type", [PageMouse, PageKeys])
def test_a_case_by_one_hand_leaves_the_log_that_its_commands_leave(hand_type, tmp_path):
    """Nothing but the mouse, or nothing but keys, in few inputs; and the same given to a session gives the same log."""
    with flown(3, tmp_path / "desktop") as pilot:
        hand = hand_type(pilot)
        write_and_present(hand)
        assert (pilot.keys == 0) if hand_type is PageMouse else (pilot.clicks == 0)
        assert pilot.clicks <= 25
        assert pilot.app.play is not None
        log = pilot.app.play.session.log_path
    assert verify(log).ok
    app_lines = lines(log)
    before = len(lines(played(3)))
    made = [line for line in app_lines[before:] if line["kind"] != "resumed"]
    assert [line["kind"] for line in made] == ["draft", "coach", "command"]
    assert made[2]["move"] == "present_case"
    args = made[2]["args"]
    assert args["programme"] == 20 and args["price"] == 0 and args["metric"] == "savings" and args["length"] == 4
    (tmp_path / "direct").mkdir()
    copy = Path(shutil.copy(played(3), tmp_path / "direct" / log.name))
    with Session.resume(copy) as session:
        session.draft(made[0]["name"], "tessaro", "customer", made[0]["page"])
        session.coach("tessaro", "customer", made[1]["page"])
        session.do("present_case", **args)
    direct = lines(copy)
    for one, other in zip(app_lines, direct, strict=True):
        for line in (one, other):
            line.pop("at", None)
            line.pop("id" if line["kind"] == "header" else "", None)
        assert one == other


def opened(tmp_path: Path, audience: str = "customer", account: str = "tessaro", **more: Any) -> Pilot:
    """A pilot on a page."""
    pilot = flown(3, tmp_path, **more)
    pilot.app.go_account(account)
    pilot.press("Ctrl B" if audience == "customer" else "Ctrl D")
    assert isinstance(pilot.app.screen, CasePage)
    return pilot


def test_only_what_changed_is_drawn_and_it_is_worked_out_finely_at_rest(tmp_path):
    """A lever's step draws the page, the controls, and the three cards of figures; nothing at all when nothing moves."""
    with opened(tmp_path) as pilot:
        stage, page = pilot.app.stage, pilot.app.screen
        pilot.press("3")
        pilot.settle()
        before = stage.pictures.renders
        pilot.app.frame(force=True)
        assert stage.pictures.renders == before
        pilot.press("Right")
        assert stage.pictures.renders - before <= 6 and page.form.lanes == DRAGGING
        known = page.made
        before = stage.pictures.renders
        pilot.settle()
        assert page.form.lanes == AT_REST and page.made is not known
        assert stage.pictures.renders - before <= 4
        before = stage.pictures.renders
        pilot.press("Tab")
        assert stage.pictures.renders - before <= 2


def test_a_page_that_was_taken_back_lies_there_as_it_was(tmp_path):
    """Presenting can be undone until somebody answers, and the page is still the one that was written."""
    with opened(tmp_path) as pilot:
        page = pilot.app.screen
        say(page, commitment=0.1)
        written = dict(page.work.page)
        pilot.press("Ctrl Enter", "Enter")
        pilot.press("Ctrl B")
        assert "Re-cut" in pilot.describe() and pilot.app.screen.work.recut
        assert pilot.app.screen.form.refused, "the page that lies there already says the same"
        say(pilot.app.screen, length=4)
        pilot.press("Ctrl Enter")
        assert "change of mind" in pilot.describe() or "costs nothing in confidence" in pilot.describe()
        pilot.press("Esc", "Ctrl Z")
        pilot.press("Esc", "Ctrl B")
        assert pilot.app.screen.work.page == written and not pilot.app.screen.work.recut


def test_what_would_stop_a_page_is_said_before_anybody_reads_it(tmp_path):
    """A gate and a broken rule stand in a warning; the button says why it does nothing."""
    with opened(tmp_path) as pilot:
        page = pilot.app.screen
        say(page, bespoke="yes")
        assert "our own desk has not signed" in pilot.describe()
        say(page, people=1)
        assert "three at most" in pilot.describe()
        pilot.press("Ctrl Enter")
        assert pilot.app.dialog is None and "three at most" in pilot.app.message


def test_our_desk_says_who_signs_and_answers_small_asks_at_once(tmp_path):
    """An ask inside the first band is answered on the spot, in a letter over the account."""
    with opened(tmp_path, "desk") as pilot:
        page = pilot.app.screen
        said = pilot.describe()
        assert "signs alone" in said and "must sign" in said and "How our desk stands" in said
        marks = page.form.edges.tiers
        assert marks["auto"] <= marks["sales"] <= marks["finance"]
        pilot.press("Ctrl Enter", "Enter")
        assert pilot.app.dialog is not None and pilot.app.dialog.title == "Our desk has answered"


def test_locked_cases_say_the_authors_reason(tmp_path):
    """In the first quarter both pages are locked, and say why, from the list of moves and by key."""
    with flown(0, tmp_path) as pilot:
        app = pilot.app
        app.go_account("tessaro")
        pilot.press("W")
        assert isinstance(app.screen, AccountPage)
        cast = app.play.cast
        reason = next(entry.reason for entry in cast.scenario.unlocks if entry.move == "present_case")
        assert reason[:30] in app.message
        app.message = ""
        pilot.press("Ctrl D")
        assert isinstance(app.screen, AccountPage) and "From " in app.message


def test_a_page_left_open_is_found_again(tmp_path):
    """What was written and not presented is there after the window was closed."""
    config = Config(motion=False)
    with opened(tmp_path, config=config) as pilot:
        say(pilot.app.screen, commitment=0.1, price=0.0)
        say(pilot.app.screen, tone="bold")
        pilot.settle()
        page, log = dict(pilot.app.screen.work.page), pilot.app.play.session.log_path
    with Pilot(log_dir=tmp_path, config=config, session=Session.resume(log)) as again:
        screen = again.app.screen
        assert isinstance(screen, CasePage) and screen.work.page == page and screen.work.tone == "bold"


def test_the_coach_leads_to_the_sentence_that_mends(tmp_path):
    """A remark opens the controls of the sentence that it is about."""
    with opened(tmp_path) as pilot:
        pilot.press("A", "1")
        page = pilot.app.screen
        assert pilot.app.dialog is None and page.slot in SLOTS and page.slot != "whom"
        open_case(pilot.app, "customer")
        assert isinstance(pilot.app.screen, CasePage)


def test_nobody_is_told_how_likely_a_yes_is(tmp_path):
    """No figure on the page is a chance of a yes."""
    with opened(tmp_path) as pilot:
        said = pilot.describe().casefold()
        assert "chance of a yes" not in said and "likely" not in said
