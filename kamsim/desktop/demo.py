"""A demonstration: a bot plays a session on the real pages, and a line at the foot says why.

Each move of the bot is handed to the window, which shows where it happens, makes it through the session like anybody's,
shows what came of it, and hands the outcome back.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from kamsim.desktop.kit.buttons import Button
from kamsim.desktop.screens.close import ClosePage, close_quarter, final_page
from kamsim.desktop.screens.desk import Desk
from kamsim.desktop.screens.places import page
from kamsim.game.session import Session
from kamsim.view import own, plan
from kamsim.view.menu.catalogue import why
from kamsim.view.watched import Bot
from kamsim.view.words import demo as demo_words
from kamsim.view.words.names import account_of

if TYPE_CHECKING:
    from kamsim.desktop.shell import Screen, Shell
    from kamsim.engine.moves import Outcome

SEED: Final = 7
QUARTERS: Final = 8
PAUSE: Final = 4.0
"""Seconds that a caption, and then an outcome, is shown."""


class Demo:
    """What is shown next, and when."""

    def __init__(self, shell: Shell, session: Session) -> None:
        self.shell, self.session = shell, session
        self.text = demo_words.QUARTER_OPENS
        self.paused = False
        self._bot = Bot(session)
        self._next_at = shell.clock() + PAUSE
        self._move: tuple[str, dict[str, Any]] | None = None
        self._outcome: Outcome | None = None
        self._stopped = False

    def tick(self) -> None:
        """Go on where it is time to."""
        if self._stopped or self.paused or self.shell.clock() < self._next_at or self.shell.dialog is not None:
            return
        self.step()

    def step(self) -> None:
        """The next thing now."""
        screen = self.shell.screen
        if isinstance(screen, ClosePage):
            self._close_step(screen)
        elif self._outcome is not None:
            outcome, self._outcome = self._outcome, None
            self._bot.answer(outcome)
            self._wait_for_move()
        elif self._move is not None:
            self._make()
        else:
            self._wait_for_move()

    def _pause(self, text: str) -> None:
        self.text = text
        self._next_at = self.shell.clock() + PAUSE
        self.shell.changed()

    def _wait_for_move(self) -> None:
        try:
            self._move = self._bot.asked()
        except TimeoutError:
            return
        if self._move is None:
            self._pause(demo_words.QUARTER_CLOSES)
            close_quarter(self.shell)
            return
        kind, args = self._move
        play = self.shell.play
        assert play is not None
        self.shell.show(self._place(kind, args), over=False)
        self._pause(why(play.cast, play.seen, kind, args))

    def _place(self, kind: str, args: dict[str, Any]) -> Screen:
        """The page on which a move is made."""
        shell, play = self.shell, self.shell.play
        assert play is not None
        account = account_of(play.cast, args)
        terms = {name: value for name, value in args.items() if name != "account"}
        if kind in ("present_case", "ask_desk"):
            case = page(shell, "case", account=account, audience="desk" if kind == "ask_desk" else "customer")
            case.work.page.update(terms)  # type: ignore[attr-defined]
            return case
        if kind == "offer_terms":
            offer = page(shell, "offer", account=account)
            offer.terms.update(terms)  # type: ignore[attr-defined]
            return offer
        where: dict[str, tuple[str, dict[str, Any]]] = {
            "meet": ("meet", {"person": args.get("person")}),
            "seek_executive": ("door", {"person": args.get("person")}),
            "answer_request": ("request", {"request": args.get("request")}),
            "set_rhythm": ("desk", {}),
            "bid": ("opportunity", {"opportunity": args.get("opportunity")}),
        }
        where |= {made: ("own", {"tab": tab}) for made, tab in own.TAB_OF.items()}
        where |= dict.fromkeys(plan.KINDS, ("plan", {"account": account}))
        if account in play.incidents():
            where["handle_incident"] = ("incident", {"account": account})
        name, with_args = where.get(kind, ("account", {"account": account}))
        return page(shell, name, **with_args)

    def _make(self) -> None:
        assert self._move is not None and self.shell.play is not None
        (kind, args), self._move = self._move, None
        play, screen = self.shell.play, self.shell.screen
        told, self._outcome = play.make(kind, args)
        if hasattr(screen, "told"):
            screen.told = told
            self.shell.replace(screen)
        elif kind in ("offer_terms", "present_case", "ask_desk"):
            self.shell.show(page(self.shell, "account", account=told.account), over=False)
        self._pause(" ".join(told.lines) if not told.quote else self.text)

    def _close_step(self, screen: ClosePage) -> None:
        if screen.step == "range" or screen.step == screen.steps[-1]:
            if self.session.finished:
                self.stop(show=final_page(self.shell))
                self.shell.say(demo_words.ENDED)
                return
            self.shell.show(Desk(self.shell), over=False)
            self._pause(demo_words.QUARTER_OPENS)
            self._bot.quarter()
            return
        screen.forward()
        self._pause(self.text)

    def buttons(self) -> Sequence[Button]:
        """What one may do while watching."""
        return (
            Button(name="demo.stop", label="Stop", act=self.stop_to_title, kind="quiet", shortcut="Esc"),
            Button(name="demo.pause", label="Go on" if self.paused else "Wait", act=self._toggle, shortcut="P"),
            Button(name="demo.next", label="Next", act=self.step, kind="primary", shortcut="Space"),
        )

    def _toggle(self) -> None:
        self.paused = not self.paused
        self.shell.changed()

    def stop_to_title(self) -> None:
        """Enough seen."""
        self.stop()
        self.shell.leave_session()

    def stop(self, show: Screen | None = None) -> None:
        """Let the bot go; the session stays as it is."""
        self._stopped = True
        self.shell.demo = None
        self._bot.stop()
        if show is not None:
            self.shell.show(show, over=False)


def start_demo(shell: Shell) -> None:
    """Begin a demonstration, its log in a folder of its own."""
    scenario, folder = shell.scenario, shell.log_dir / "demo"
    shell.aside(
        "The demonstration opens",
        lambda: Session.start(scenario, seed=SEED, player="Demonstration", log_dir=folder, quarters=QUARTERS),
        lambda session: _watch(shell, session),
    )


def _watch(shell: Shell, session: Session) -> None:
    shell.take(session)
    shell.show(Desk(shell), over=False)
    shell.demo = Demo(shell, session)
    shell.changed()
