"""What a page is, and what it may ask of the app: the session, the way to other pages, dialogs, and a word at the foot.

A page knows this file and never the app, so that either can be read, and tested, without the other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from kamsim.desktop.kit.buttons import Button
from kamsim.desktop.kit.layout import Column, Flow
from kamsim.desktop.kit.node import Act, Node
from kamsim.desktop.kit.words import Text

if TYPE_CHECKING:
    from kamsim.desktop.config import Config
    from kamsim.desktop.kit.stage import Stage
    from kamsim.desktop.sound import Sounds
    from kamsim.desktop.table import WindowTable
    from kamsim.errors import KamsimError
    from kamsim.game.session import Session

HINTS = (("F1", "help"), ("Tab", "next"), ("← →", "change"), ("Enter", "do it"), ("Esc", "back"), ("Ctrl Z", "undo"))
FIVE: Final = ("Shift →", "five steps")
"""What moves a slider faster."""
RAIL: Final = 84.0
SLIM: Final = 54.0
SLIM_BELOW: Final = 900.0
"""How wide the rail is, and in which windows it is slim."""


class Attended(Protocol):
    """What keeps how long somebody thought: a session, or a training."""

    def touch(self) -> None:
        """Somebody is there."""


class Screen:
    """A page: what it shows, what can be done at its foot, and where it can be found again.

    ``rail``: which place in the rail it belongs to; ``topic``: its help; ``framed``: whether rail and top surround it;
    ``centred``: whether a short page stands a little below the top.
    """

    rail = ""
    topic = "help"
    framed = True
    shows_hours = True
    centred = False
    account = ""
    """The customer that it is about, '' for none."""
    motion = 0.18
    """Seconds that what moves on it takes."""

    def __init__(self, shell: Shell) -> None:
        self.shell = shell

    @property
    def play(self) -> WindowTable:
        """The session."""
        assert self.shell.play is not None
        return self.shell.play

    def room(self) -> tuple[float, float]:
        """How wide and high the window is, logical."""
        return self.shell.room()

    def narrow(self, stack: float) -> bool:
        """Whether a row of the page that needs so much stands one below the other here."""
        wide = self.room()[0]
        return wide - (RAIL if wide >= SLIM_BELOW else SLIM) - 36 < stack

    def key(self) -> str:
        """What tells this page from others: for its scroll position."""
        return type(self).__name__

    def title(self) -> str:
        """Where we are."""
        return ""

    def subtitle(self) -> str:
        """A line below."""
        return ""

    def body(self) -> Node:
        """The page."""
        return Column()

    def actions(self) -> Sequence[Button]:
        """The buttons at the foot; the primary one is the next step."""
        return ()

    def hints(self) -> Sequence[tuple[str, str]]:
        """Keys worth naming."""
        return HINTS

    def keys(self) -> dict[str, Act]:
        """Keys of its own, by name."""
        return {}

    def back(self) -> None:
        """Esc."""
        self.shell.back()

    def slide(self, _step: int) -> bool:
        """Left (-1) or Right (1) that nothing else has taken: whether another slide of the page is shown now."""
        return False

    def place(self) -> dict[str, Any] | None:
        """How to find the page again after a pause; None for one that is not worth it."""
        return None

    def first(self) -> str:
        """What has the focus when the page opens, '' for nothing."""
        return ""

    def note(self) -> None:
        """The page is shown again."""

    def tick(self) -> bool:
        """Whether the page looks different now because time has passed."""
        return False

    def attended(self) -> Attended | None:
        """What somebody who sits before this page thinks about."""
        return None if self.shell.play is None else self.shell.play.session

    def let_go(self) -> None:
        """The window closes with this page on it."""


@dataclass(eq=False)
class Dialog:
    """A question over the page. ``close``: what Esc does."""

    title: str
    texts: Sequence[str] = ()
    buttons: Sequence[Button] = ()
    close: Act | None = None
    more: Callable[[], Sequence[Node]] | None = None
    wide: float = 520.0
    first: str = field(default="")

    def nodes(self) -> list[Node]:
        """What is in it."""
        made: list[Node] = [Text(text=self.title, style="head")]
        made += [Text(text=text) for text in self.texts]
        made += list(self.more()) if self.more is not None else []
        if self.buttons:
            made.append(Flow(children=self.buttons, gap=10, right=True))
        return made


class Demonstration(Protocol):
    """A session that plays itself on the pages."""

    text: str

    def buttons(self) -> Sequence[Button]:
        """What whoever watches may do."""

    def tick(self) -> None:
        """Go on, where it is time."""

    def stop(self) -> None:
        """End it."""


class Shell(Protocol):
    """The app, as a page sees it."""

    play: WindowTable | None
    """The session, None on the title."""
    config: Config
    stage: Stage
    sounds: Sounds
    clock: Callable[[], float]
    """Seconds, for what happens by itself."""
    log_dir: Path
    drill_dir: Path
    """Where drills of the gym go."""
    scenario: str
    """The scenario that the title offers first."""
    dialog: Dialog | None
    demo: Demonstration | None
    """A demonstration that runs."""
    message: str
    """What stands at the foot for a while."""

    @property
    def screen(self) -> Screen:
        """The page on top."""

    @property
    def seen(self) -> bool:
        """Whether what takes the input now has been on screen."""

    def room(self) -> tuple[float, float]:
        """How wide and high the window is, logical."""

    # --- the way to other pages

    def page(self, name: str, **args: Any) -> Screen:
        """A page of the session by its name (see `screens.places`)."""

    def open(self, name: str, **args: Any) -> None:
        """Show a page over the present one."""

    def show(self, screen: Screen, *, over: bool = True) -> None:
        """Show a page: over the present one, to which Esc leads back, or instead of all."""

    def replace(self, screen: Screen, *, keep: bool = False) -> None:
        """Show a page instead of the present one; ``keep`` leaves the focus where it is."""

    def back(self) -> None:
        """To the page below."""

    def below(self) -> Screen | None:
        """The page to which Esc leads."""

    def remember(self) -> None:
        """Keep where we are, to come back to it."""

    def leaving_allowed(self) -> bool:
        """Whether the page may be left for another by the rail."""

    def go_desk(self) -> None:
        """To the desk."""

    def go_portfolio(self) -> None:
        """To all accounts in figures."""

    def go_account(self, account: str = "") -> None:
        """To an account: the one seen last, unless one is named."""

    def go_pipeline(self) -> None:
        """To what customers are about to buy."""

    def go_notes(self) -> None:
        """To everything that is known."""

    def go_radar(self) -> None:
        """To all signals."""

    def go_why(self) -> None:
        """To why profit moved."""

    def go_cases(self) -> None:
        """To business cases."""

    def go_promises(self) -> None:
        """To what was promised to whom."""

    def go_deal(self) -> None:
        """To our own deal desk."""

    def go_own(self, tab: str = "") -> None:
        """To our own side, where the scenario has one: team, programme, what is built together, account plans."""

    # --- dialogs, messages, pictures

    def ask(self, dialog: Dialog) -> None:
        """Put a question over the page."""

    def close_dialog(self) -> None:
        """Back to the page."""

    def open_help(self) -> None:
        """Help for this page."""

    def open_settings(self) -> None:
        """How it looks and sounds."""

    def say(self, message: str) -> None:
        """A line at the foot for a while."""

    def trouble(self, error: Exception) -> None:
        """Say what could not be done."""

    def undo(self) -> None:
        """Take back the last move."""

    def changed(self) -> None:
        """What is shown may have changed."""

    def later(self, seconds: float) -> None:
        """Make the page anew in a moment."""

    def rebuild(self) -> None:
        """Make the page anew now, and lay it out."""

    def fresh(self) -> None:
        """See that what takes the input is what is meant to be on screen."""

    def start_motion(self) -> None:
        """Let figures roll and steps step."""

    # --- what takes long

    def aside(
        self,
        said: str,
        work: Callable[[], Any],
        then: Callable[[Any], None],
        failed: Callable[[KamsimError], None] | None = None,
    ) -> None:
        """Do what takes longer than a picture may beside the window, then go on with its result; ``said`` stands there
        meanwhile. ``work`` touches neither window nor session; ``failed`` tells of an error, else a dialog does."""

    # --- the session and the window

    def take(self, session: Session) -> None:
        """Play a session; the one before is let go."""

    def set_aside(self, session: Session) -> None:
        """Play something else for a while, of which nothing is kept; the session and its pages wait for `take_up`."""

    def take_up(self) -> None:
        """Back to the session that was set aside, where it was left."""

    def leave_session(self) -> None:
        """Back to the title."""

    def quit(self) -> None:
        """Close the window."""

    def rescale(self) -> None:
        """Fit the window and the player's zoom."""

    def set_theme(self, name: str) -> None:
        """Another look, kept."""

    def toggle_full(self) -> None:
        """Full screen, or back."""
