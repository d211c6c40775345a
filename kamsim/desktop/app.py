"""The desktop: one window, a stack of pages, and the events between them. It knows no page's content and no rule."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kamsim.desktop import frame
from kamsim.desktop.background import STEP as STEP_ASIDE
from kamsim.desktop.background import Task
from kamsim.desktop.config import STEP, ZOOM, Config
from kamsim.desktop.held_keys import Held
from kamsim.desktop.kit.buttons import Button
from kamsim.desktop.kit.stage import Stage
from kamsim.desktop.kit.theme import Theme
from kamsim.desktop.screens.helping import help_dialog, settings_dialog
from kamsim.desktop.screens.places import page
from kamsim.desktop.screens.title import Title
from kamsim.desktop.shell import Demonstration, Dialog, Screen
from kamsim.desktop.sound import Sounds
from kamsim.desktop.table import WindowTable
from kamsim.desktop.ways import Ways
from kamsim.errors import KamsimError, LogLost
from kamsim.paths import log_folder
from kamsim.view.gym import practising

if TYPE_CHECKING:
    from kamsim.desktop.present import Presenter
    from kamsim.game.session import Session

SIZE: Final = (1280, 800)
"""The window, in logical pixels, that a scale of 1 is made for."""
LEAST_SCALE: Final = 1.0
GROWTH: Final = 0.5
"""How much of a larger window goes into larger letters, as a power; the rest shows more."""
REST: Final = 0.45
"""Seconds after which a resting pointer is told what it is on."""
MESSAGE: Final = 5.0


class App(Ways):
    """Everything that lives as long as the window."""

    def __init__(
        self,
        presenter: Presenter,
        config: Config,
        *,
        clock: Callable[[], float] = time.monotonic,
        log_dir: Path | None = None,
        scenario: str = "halden",
        scale: float | None = None,
        trace: Callable[[str], None] | None = None,
        threads: bool = True,
    ) -> None:
        self.presenter, self.config, self.clock = presenter, config, clock
        self.log_dir = log_folder() if log_dir is None else log_dir
        self.drill_dir = practising.folder(self.log_dir)
        self.scenario, self.fixed_scale = scenario, scale
        self.play: WindowTable | None = None
        self.stack: list[Screen] = []
        self.dialog: Dialog | None = None
        self.message = ""
        self.stage = Stage(Theme(config.theme))
        self.sounds = Sounds(config.sound)
        self.running = True
        self.demo: Demonstration | None = None
        """A demonstration that runs."""
        self.trace = trace
        self.watch: Callable[[], None] | None = None
        """Looks after something outside the window, such as the files of a preview, whenever time has passed."""
        self.threads = threads
        """Whether what takes long runs beside the window; else it is done at once."""
        self.task: Task | None = None
        """What runs beside the window; until it is done nothing else is taken."""
        self.held = Held()
        self.waiting: tuple[WindowTable, list[Screen], dict[str, float]] | None = None
        """The session that was set aside for practice, its pages, and how far they were scrolled."""
        self.arrivals = 0
        """How often another page or dialog came to take the input."""
        self._shown_arrival = -1
        self._hasty = False
        """Whether a page was just shown for the first time, and may have to begin something behind its picture."""
        self._message_until = 0.0
        self._message_of = 0
        self._stale = self._dirty = True
        self._motion_from = -1.0
        self._wake_at = float("inf")
        self._pointed_at = 0.0
        self._before_dialog = ""
        self.touched = clock()
        """When somebody last pressed, typed or moved something."""
        self.pointer = (-1.0, -1.0)
        """Where the pointer is, logical."""
        self.rescale()

    # --- pages ------------------------------------------------------------------------------------------------

    @property
    def screen(self) -> Screen:
        """The page on top."""
        return self.stack[-1]

    def show(self, screen: Screen, *, over: bool = True) -> None:
        """Show a page: over the present one, to which Esc leads back, or instead of all."""
        self.stack = [*self.stack, screen] if over else [screen]
        self._arrived()

    def replace(self, screen: Screen, *, keep: bool = False) -> None:
        """Show a page instead of the present one; ``keep`` leaves the focus where it is."""
        focus, by_keys = self.stage.focus, self.stage.by_keys
        self.stack[-1:] = [screen]
        self._arrived()
        if keep:
            self.stage.focus, self.stage.by_keys = focus, by_keys

    def back(self) -> None:
        """To the page below."""
        if len(self.stack) > 1:
            self.stack.pop()
            self._arrived()
        elif self.play is not None and self.screen.rail != "desk":
            self.go_desk()

    def below(self) -> Screen | None:
        """The page to which Esc leads."""
        return self.stack[-2] if len(self.stack) > 1 else None

    def _arrived(self) -> None:
        self.arrivals += 1
        self.message = ""
        self.stage.place_key = self.screen.key()
        self.screen.note()
        for soft in self.play.clocks.values() if self.play is not None else ():
            soft.shown(self.screen.key().startswith(f"moment/{soft.name}/"))
        self.stage.focus, self.stage.by_keys = self.screen.first(), False
        self.start_motion()
        self.changed()
        self.remember()

    def remember(self) -> None:
        """Keep where we are, to come back to it."""
        if self.play is None or self.play.session.finished or self.demo is not None or self.waiting is not None:
            return
        found = [place for place in (screen.place() for screen in self.stack) if place is not None]
        if found and self.config.place(self.play.session.log_path).get("pages") != found:
            self.config.remember(self.play.session.log_path, pages=found)

    def go(self, name: str, **args: Any) -> None:
        """To a page of the rail, where one may leave for it now; Esc leads from there to the desk."""
        if self.play is None or self.play.session.finished or self.dialog is not None:
            return
        if not self.leaving_allowed():
            return
        desk = self.page("desk")
        self.stack = [desk] if name == "desk" else [desk, self.page(name, **args)]
        self._arrived()

    def page(self, name: str, **args: Any) -> Screen:
        """A page of the session by its name."""
        return page(self, name, **args)

    def open(self, name: str, **args: Any) -> None:
        """Show a page over the present one."""
        self.show(self.page(name, **args))

    def leaving_allowed(self) -> bool:
        """Whether the page may be left for another by the rail: not while a close is told or guesses are asked."""
        return self.screen.rail != "locked"

    def open_help(self) -> None:
        """Help for this page."""
        self.ask(help_dialog(self, self.screen.topic))

    def open_settings(self) -> None:
        """How it looks and sounds."""
        self.ask(settings_dialog(self))

    def undo(self) -> None:
        """Take back the last move."""
        if self.play is not None and not self.play.session.finished and self.leaving_allowed():
            said = self.play.undo()
            self.say(said or "Nothing to take back: nothing was changed, or somebody has answered since.")

    # --- dialogs and messages ---------------------------------------------------------------------------------

    def ask(self, dialog: Dialog) -> None:
        """Put a question over the page; the focus comes back when it is answered."""
        if self.dialog is None:
            self._before_dialog = self.stage.focus
        self.arrivals += 1
        self.dialog = dialog
        self.stage.offsets.pop("dialog", None)
        self.rebuild()
        names = [node.name for _, node in self.stage.order()]
        self.stage.focus, self.stage.by_keys = dialog.first or (names[-1] if names else ""), False
        self.changed()

    def close_dialog(self) -> None:
        """Back to the page."""
        self.arrivals += 1
        self.dialog = None
        self.stage.focus = self._before_dialog
        self.changed()

    def trouble(self, error: Exception) -> None:
        """Say what could not be done."""
        said = str(error)
        texts = [said[:1].upper() + said[1:]]
        if not isinstance(error, LogLost):
            texts.append("Everything shown before is saved.")
        self._tell("That could not be done", texts)

    def tell_of_log(self, notices: list[str]) -> None:
        """Say what became of the log while it was played."""
        self._tell("About your log", notices)

    def _tell(self, title: str, texts: list[str]) -> None:
        close = Button(name="trouble.close", label="I see", act=self.close_dialog, kind="primary", shortcut="Enter")
        self.dialog = None
        self.ask(Dialog(title, texts, (close,)))

    def say(self, message: str) -> None:
        """A line at the foot for a while."""
        self.message, self._message_until = message, self.clock() + MESSAGE
        self._message_of = self._version()
        self.changed()

    def _version(self) -> int:
        """What the session has come to: a message is about that, and gone with the next move."""
        return self.play.version if self.play is not None else 0

    def changed(self) -> None:
        """What is shown may have changed."""
        self._stale = self._dirty = True

    def redraw(self) -> None:
        """Only how it looks has changed: the focus, what the pointer is on, how far it is scrolled."""
        self._dirty = True

    def later(self, seconds: float) -> None:
        """Make the page anew in a moment: what was worked out roughly while something moved is then worked out well."""
        self._wake_at = self.clock() + seconds

    def start_motion(self) -> None:
        """Let figures roll and steps step."""
        self._motion_from = self.clock() if self.config.motion else -1.0
        self.stage.motion = 0.0 if self.config.motion else 1.0

    # --- what takes long --------------------------------------------------------------------------------------

    def aside(
        self,
        said: str,
        work: Callable[[], Any],
        then: Callable[[Any], None],
        failed: Callable[[KamsimError], None] | None = None,
    ) -> None:
        """Do what takes long beside the window, then go on with its result; ``said`` stands there meanwhile. ``work``
        touches neither window nor session; nothing else is taken before it is done."""
        task = Task(said, work, then, failed or self.trouble, self.clock())
        self.task = task
        task.start()
        if not self.threads:
            task.wait()
            self.tend()

    def tend(self) -> None:
        """Go on with what ran aside, if it is done."""
        task = self.task
        if task is None or not task.done:
            return
        self.task = None
        self.arrivals += 1
        self.changed()
        try:
            task.deliver()
        except KamsimError as error:
            self.trouble(error)

    @property
    def on_top(self) -> Dialog | None:
        """What lies over the page: what is done aside, or a question."""
        if self.task is not None:
            return self.task.dialog(self.clock(), motion=self.config.motion) or self.dialog
        return self.dialog

    # --- session ----------------------------------------------------------------------------------------------

    def take(self, session: Session) -> None:
        """Play a session; the one before is let go."""
        if self.play is not None:
            self.play.session.close()
        self.play = WindowTable(session)
        self.presenter.title(f"{session.scenario.title}, kamsim")

    def set_aside(self, session: Session) -> None:
        """Play something else for a while, of which nothing is kept; the session and its pages wait for `take_up`."""
        assert self.play is not None
        self.waiting = self.play, self.stack, dict(self.stage.offsets)
        self.play = WindowTable(session)

    def take_up(self) -> None:
        """Back to the session that was set aside, where it was left."""
        if self.waiting is not None:
            self.play, self.stack, offsets = self.waiting
            self.waiting = None
            self.stage.offsets.update(offsets)
            self._arrived()

    def leave_session(self) -> None:
        """Back to the title."""
        self.waiting = None
        if self.demo is not None:
            self.demo.stop()
        if self.play is not None:
            self.play.session.close()
        self.aside("Looking for your sessions", lambda: Title(self), self._left)

    def _left(self, title: Screen) -> None:
        self.play = None
        self.stage.offsets.clear()
        self.show(title, over=False)

    def quit(self) -> None:
        """Close the window; everything is on disk already, or is about to be."""
        if self.task is not None:
            self.task.wait()
        if left := self.presenter.left_at():
            self.config.size, self.config.maximised = left
            self.config.save()
        for screen in self.stack:
            screen.let_go()
        if self.demo is not None:
            self.demo.stop()
        if self.play is not None:
            self.play.session.close()
        self.running = False

    # --- size and look ----------------------------------------------------------------------------------------

    def room(self) -> tuple[float, float]:
        """How wide and high the window is, logical."""
        wide, high = self.presenter.surface.get_size()
        return wide / self.stage.scale, high / self.stage.scale

    def rescale(self) -> None:
        """The scale that fits the window and the player's zoom."""
        wide, high = self.presenter.surface.get_size()
        fitting = max(1.0, min(wide / SIZE[0], high / SIZE[1]))
        base = self.fixed_scale if self.fixed_scale is not None else fitting**GROWTH
        self.stage.scale = round(max(LEAST_SCALE, base * self.config.zoom), 3)
        self.stage.forget()
        self.changed()

    def zoom(self, steps: int) -> None:
        """Larger or smaller, kept; 0 is back to normal."""
        wanted = 1.0 if not steps else self.config.zoom + steps * STEP
        self.config.zoom = round(max(ZOOM[0], min(ZOOM[1], wanted)), 2)
        self.config.save()
        self.rescale()
        self.say(f"Size {self.config.zoom * 100:.0f}%")

    def set_theme(self, name: str) -> None:
        """Another look, kept."""
        self.config.theme = name
        self.config.save()
        self.stage.theme = Theme(name)
        self.changed()

    def toggle_full(self) -> None:
        """Full screen, or back."""
        self.config.full = not self.config.full
        self.config.save()
        self.presenter.full_screen(self.config.full)
        self.rescale()

    # --- frames -----------------------------------------------------------------------------------------------

    @property
    def seen(self) -> bool:
        """Whether what takes the input now has been on screen."""
        return self._shown_arrival == self.arrivals

    def rebuild(self) -> None:
        """Make the page anew and lay it out; while something runs aside only what is said of it."""
        self._stale = False
        room = self.room()
        page = (
            frame.layers(self, *room) if self.task is None else [each for each in self.stage.layers if not each.modal]
        )
        self.stage.show([*page, *frame.over(self.on_top, self.stage.scale, *room)])

    def frame(self, *, force: bool = False) -> bool:
        """Draw if anything may look different; whether it did."""
        self._tick()
        if self._stale:
            self.rebuild()
        if not (self._dirty or force):
            return False
        self.stage.draw(self.presenter.surface, whole=force)
        self._dirty = self.stage.pictures.behind
        self.presenter.show()
        self._hasty = not self.seen
        self._shown_arrival = self.arrivals
        if self.trace is not None:
            self.trace(self.state())
        return True

    def state(self) -> str:
        """Where we are, in a line, for whoever follows from outside."""
        quarter = self.play.quarter if self.play is not None else 0
        wide, high = self.presenter.surface.get_size()
        dialog = self.dialog.title if self.dialog is not None else "-"
        return (
            f"{self.screen.key()} | {dialog} | quarter {quarter} | {wide}x{high} | zoom "
            f"{self.config.zoom:g} | focus {self.stage.focus}"
        )

    def _tick(self) -> None:
        self._hasty = False
        if self.watch is not None:
            self.watch()
        now = self.clock()
        if self.message and (now >= self._message_until or self._version() != self._message_of):
            self.message = ""
            self.changed()
        if self.task is not None and self.task.due(now):
            self.changed()
        if now >= self._wake_at:
            self._wake_at = float("inf")
            self.changed()
        if self.stack and self.on_top is None and self.task is None and self.seen and self.screen.tick():
            self.changed()
        if self.stage.motion < 1.0:
            self.stage.motion = (
                min(1.0, max(0.0, (now - self._motion_from) / self.screen.motion)) if self._motion_from >= 0 else 1.0
            )
            self._dirty = True
        if self.stage.hover and not self.stage.explaining and now - self._pointed_at >= REST:
            self.stage.explaining = True
            self._dirty = True

    def patience(self) -> float:
        """Seconds until something may happen by itself."""
        if self._stale or self._dirty or self._hasty:
            return 0.0
        if self.stage.motion < 1.0:
            return 0.012
        if self.task is not None:
            return STEP_ASIDE
        if (self.stage.hover and not self.stage.explaining) or self._wake_at < float("inf"):
            return 0.1
        return 0.25

    # --- input ------------------------------------------------------------------------------------------------

    def fresh(self) -> None:
        """See that what takes the input is what is meant to be on screen."""
        if self._stale:
            self.rebuild()

    def point(self, x: float, y: float) -> None:
        """The pointer is at a place."""
        self.pointer = (x, y)
        self.fresh()
        if self.stage.point(x, y):
            node = self.stage.node(self.stage.hover) if self.stage.hover else None
            self.presenter.pointer(node is not None and node.focusable)
            self._pointed_at = self.clock()
            self.redraw()
            if self.stage.dragging:
                self.changed()

    def press(self, x: float, y: float) -> None:
        """The mouse button goes down at a place."""
        found = self.stage.under(x, y)
        if self.demo is not None and (found is None or found[0].name != "foot"):
            return
        if self.stage.press(x, y):
            self.explain_off(found[1] if found else None)
            self.changed()
        elif self.dialog is not None and self.stage.active()[0].modal and not self.stage.active()[0].rect.holds(x, y):
            self.dismiss()

    def explain_off(self, node: Any) -> None:
        """Say why something that was pressed cannot be used now."""
        off = getattr(node, "off", "")
        if isinstance(off, str) and off and getattr(node, "kind", None) is not None:
            self.say(off[:1].upper() + off[1:])

    def dismiss(self) -> None:
        """Esc in a dialog."""
        if self.dialog is not None:
            if self.dialog.close is not None:
                self.dialog.close()
            else:
                self.close_dialog()
