"""One press does one thing, and only to the page that was on screen when it was made. Everything here comes through the
queue and the turn of the real loop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest

from kamsim.desktop import events
from kamsim.desktop.kit.controls import Slider, Switch
from kamsim.desktop.pilot import KEYS, Pilot
from kamsim.desktop.screens.briefing import Briefing
from kamsim.desktop.screens.close import ClosePage
from kamsim.desktop.screens.desk import Desk
from kamsim.desktop.screens.title import Title
from kamsim.game.session import Session

LENGTH = 8
TIMES = 40


def post(kind: int, *names: str, mod: int = 0) -> None:
    """Put keys into the queue, as the system does."""
    for name in names:
        code = KEYS.get(name) or pygame.key.key_code(name.lower())
        pygame.event.post(pygame.event.Event(kind, key=code, mod=mod, unicode=""))


def tap(*names: str) -> None:
    """Keys go down and up."""
    for name in names:
        post(pygame.KEYDOWN, name)
        post(pygame.KEYUP, name)


def hold(pilot: Pilot, name: str, mod: int = 0, times: int = TIMES) -> None:
    """A key is held: its repeats come one by one, each after a picture, and some of them together."""
    post(pygame.KEYDOWN, name, mod=mod)
    for number in range(times):
        turn(pilot)
        post(pygame.KEYDOWN, *[name] * (1 + number % 3), mod=mod)
    post(pygame.KEYUP, name, mod=mod)
    turn(pilot)


def turn(pilot: Pilot, times: int = 1) -> None:
    """Let the loop turn."""
    for _ in range(times):
        pilot.clock.now += 1.0
        events.turn(pilot.app)


@pytest.fixture
def pilot(tmp_path: Path) -> Iterator[Pilot]:
    """The first page of an empty folder."""
    with Pilot(log_dir=tmp_path) as made:
        yield made


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Pilot]:
    """A desk in its first quarter, guesses made."""
    with Pilot(log_dir=tmp_path, session=Session.start("halden", seed=3, quarters=LENGTH, log_dir=tmp_path)) as made:
        while made.app.screen.rail == "locked":
            made.press("S" if made.app.stage.node("skip") else "Enter")
        assert isinstance(made.app.screen, Desk)
        yield made


@pytest.fixture
def last(tmp_path: Path) -> Iterator[Pilot]:
    """The desk of a last quarter, in a folder where another session waits."""
    other = Session.start("halden", seed=4, quarters=LENGTH, log_dir=tmp_path)
    other.close()
    session = Session.start("halden", seed=3, quarters=LENGTH, log_dir=tmp_path)
    for name, value in (("ranking", [account.id for account in session.scenario.accounts]), ("breakeven", 25)):
        session.guess(name, value)
    session.guess("profit_range", [40_000_000, 90_000_000])
    while session.quarter < LENGTH:
        session.end_quarter()
    with Pilot(log_dir=tmp_path, session=session) as made:
        made.app.go_desk()
        made.app.frame()
        yield made


@pytest.mark.parametrize("name", ["Enter", "Space"])
def test_a_held_key_on_start_starts_and_no_more(pilot: Pilot, name: str) -> None:
    """The session begins; its briefing stays, and no guess is made."""
    pilot.focus("start")
    hold(pilot, name)
    assert isinstance(pilot.app.screen, Briefing)
    assert pilot.app.screen.step == "job" and pilot.app.play is not None and not pilot.app.play.session.guesses
    pilot.press("Enter")
    assert pilot.app.screen.step != "job"


@pytest.mark.parametrize("repeated", [False, True])
def test_enter_on_the_last_end_leaves_the_close_on_screen(
    last: Pilot, monkeypatch: pytest.MonkeyPatch, repeated: bool
) -> None:
    """However long it is held, or often pressed while the window is busy: nothing passes the close unread, and the
    other session of the folder is not touched."""
    play = last.app.play
    assert play is not None
    files = {path: path.read_bytes() for path in last.app.log_dir.glob("*.jsonl") if path != play.session.log_path}
    real = play.session.end_quarter

    def busy():  # whoever waits goes on pressing
        report = real()
        if repeated:
            tap(*["Enter"] * TIMES)
        else:
            post(pygame.KEYDOWN, *["Enter"] * TIMES)
        return report

    monkeypatch.setattr(play.session, "end_quarter", busy)
    last.focus("end")
    last.press("Enter")
    post(pygame.KEYDOWN, "Enter")
    if repeated:
        post(pygame.KEYUP, "Enter")
    turn(last, 2)
    if not repeated:
        hold(last, "Enter")
    assert play.session.finished and last.app.play is play
    assert isinstance(last.app.screen, ClosePage)
    assert last.app.screen.step == last.app.screen.steps[0]
    assert len(files) == 1 and all(path.read_bytes() == held for path, held in files.items())
    last.press("Enter")
    assert last.app.screen.step == last.app.screen.steps[1]


def test_a_held_command_is_given_once(desk: Pilot) -> None:
    """A letter asks once, and while it is held says no yes; Enter says it once; Esc leaves one page or one dialog."""
    session = desk.app.play.session
    desk.app.go_account("mira")
    desk.app.frame()
    hold(desk, "R")
    assert desk.app.dialog is not None and not session.commands
    hold(desk, "Enter")
    assert desk.app.dialog is None and len(session.commands) == 1
    desk.app.go_desk()
    desk.app.go_account("mira")
    desk.app.open("price", account="mira", kind="set_discount")
    desk.app.frame()
    depth = len(desk.app.stack)
    hold(desk, "Esc")
    assert len(desk.app.stack) == depth - 1
    hold(desk, "F1")
    hold(desk, "Esc")
    assert desk.app.dialog is None and len(desk.app.stack) == depth - 1


def test_arrows_go_through_slides_and_to_what_lies_beside(desk: Pilot) -> None:
    """Right and Left turn the slides of a close, one for each press; among buttons they go to the one beside."""
    desk.press("Ctrl Enter", "Left")
    assert desk.app.stage.focus == "end.no"
    desk.press("Right", "Enter")
    page = desk.app.screen
    assert isinstance(page, ClosePage)
    hold(desk, "Right")
    assert page.step == page.steps[1]
    desk.press("Left")
    assert page.step == page.steps[0]
    for _ in range(len(page.steps) + 2):
        desk.press("Right")
    assert desk.app.screen is page and page.step in (page.steps[-1], "range")


def test_what_waits_keeps_its_digit(desk: Pilot) -> None:
    """The second thing on the desk is still reached by 2 when the first is answered; a final answer asks once more."""
    rows = {node.name: node.shortcut for _, node in desk.app.stage.order() if getattr(node, "shortcut", "").isdigit()}
    assert set(rows.values()) >= {"1", "2"}, rows
    request = next(name for name in rows if name.startswith("request."))
    play = desk.app.play
    assert play is not None
    desk.press(rows[request], "D")
    assert play.requests() and desk.app.dialog is not None
    desk.press("Enter")
    assert not play.requests()
    desk.app.go_desk()
    desk.app.frame()
    left = {node.name: node.shortcut for _, node in desk.app.stage.order() if getattr(node, "shortcut", "").isdigit()}
    assert left and left == {name: key for name, key in rows.items() if name != request}


def test_undo_takes_back_one_move_while_held(desk: Pilot) -> None:
    """Ctrl+Z again is a press of its own."""
    session = desk.app.play.session
    for account in ("mira", "kestrel"):
        session.do("set_rhythm", account=account, rhythm="close")
    made = len(session.commands)
    assert made == 2
    hold(desk, "Z", mod=pygame.KMOD_CTRL)
    assert len(session.commands) == made - 1


def test_held_arrows_move_and_held_erasing_erases(pilot: Pilot, desk: Pilot) -> None:
    """A slider, a caret, the focus and a text go on moving under a held key; a switch turns over once."""
    desk.app.open("price", account="mira", kind="set_discount")
    desk.app.frame()
    name = next(node.name for _, node in desk.app.stage.order() if isinstance(node, Slider))
    desk.focus(name)
    slider = desk.app.stage.node(name)
    assert isinstance(slider, Slider)
    start, step = slider.value, slider.step
    hold(desk, "Left" if start > slider.low + 5 * step else "Right", times=5)
    moved = desk.app.stage.node(name)
    assert isinstance(moved, Slider) and abs(moved.value - start) > 3 * step
    desk.app.go_desk()
    desk.click("contact")
    rhythm = "rhythm.mira"
    desk.focus(rhythm)
    made, before = len(desk.app.play.session.commands), desk.app.play.rhythm("mira")
    hold(desk, "Left" if before != "light" else "Right", times=6)
    assert len(desk.app.play.session.commands) == made + 1 and desk.app.stage.focus == rhythm
    desk.app.open_settings()
    desk.focus("set.motion")
    switch = desk.app.stage.node("set.motion")
    assert isinstance(switch, Switch)
    was = switch.value
    hold(desk, "Right", times=3)
    now = desk.app.stage.node("set.motion")
    assert isinstance(now, Switch) and now.value is not was

    pilot.focus("name")
    pilot.type("Ada Lovelace")
    assert isinstance(pilot.app.screen, Title)
    hold(pilot, "Backspace", times=20)
    assert pilot.app.screen.name.text == ""
    first = pilot.app.stage.focus
    hold(pilot, "Down", times=1)
    assert pilot.app.stage.focus != first


def test_the_keyboard_lost_lets_go_of_keys(pilot: Pilot) -> None:
    """A key that another window sees let go is not taken for held when it comes again; without that it is."""
    pilot.focus("start")
    post(pygame.KEYDOWN, "Enter")
    turn(pilot)
    assert isinstance(pilot.app.screen, Briefing) and pilot.app.screen.step == "job"
    post(pygame.KEYDOWN, "Enter")
    turn(pilot)
    assert pilot.app.screen.step == "job"
    pygame.event.post(pygame.event.Event(pygame.WINDOWFOCUSLOST))
    post(pygame.KEYDOWN, "Enter")
    turn(pilot)
    assert pilot.app.screen.step != "job"


def test_what_is_pressed_ahead_of_a_page_is_passed_over(pilot: Pilot) -> None:
    """A second click and keys that came together with the click on Start were for the page that is gone."""
    rect = pilot.app.stage.on_screen("start")
    assert rect is not None
    scale = pilot.app.stage.scale
    place = (round((rect.x + rect.w / 2) * scale), round((rect.y + rect.h / 2) * scale))
    for _ in range(2):
        pygame.event.post(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=place, button=1))
        pygame.event.post(pygame.event.Event(pygame.MOUSEBUTTONUP, pos=place, button=1))
    tap("Enter", "Space")
    turn(pilot, 2)
    assert isinstance(pilot.app.screen, Briefing)
    assert pilot.app.screen.step == "job"


def test_what_is_typed_ahead_is_in_no_field_of_the_next_page(pilot: Pilot) -> None:
    """Text follows its key: a letter that opened a page, or is still held, writes nothing there; the next one does."""
    pilot.focus("name")
    pilot.app.open_settings()
    pygame.event.post(pygame.event.Event(pygame.TEXTINPUT, text="x"))
    turn(pilot)
    post(pygame.KEYDOWN, "x")
    turn(pilot)
    pilot.app.close_dialog()
    pilot.app.frame()
    pygame.event.post(pygame.event.Event(pygame.TEXTINPUT, text="x"))
    turn(pilot)
    assert isinstance(pilot.app.screen, Title) and pilot.app.screen.name.text == ""
    post(pygame.KEYDOWN, "y")
    pygame.event.post(pygame.event.Event(pygame.TEXTINPUT, text="y"))
    turn(pilot)
    assert pilot.app.screen.name.text == "y"


def test_what_is_pressed_while_a_page_is_drawn_is_passed_over(pilot: Pilot, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that takes long to draw is not answered by a press made meanwhile; once it is there it is."""
    pilot.focus("start")
    real, drawn = pilot.app.presenter.show, [0]

    def slow() -> None:
        drawn[0] += 1
        if drawn[0] == 1:
            tap(*["Enter"] * TIMES)
        real()

    monkeypatch.setattr(pilot.app.presenter, "show", slow)
    tap("Enter")
    turn(pilot, 3)
    assert isinstance(pilot.app.screen, Briefing) and pilot.app.screen.step == "job"
    tap("Enter")
    turn(pilot)
    assert pilot.app.screen.step != "job"
