"""What a page is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from kamsim.desktop.kit.buttons import Button
from kamsim.desktop.kit.layout import Column, Flow
from kamsim.desktop.kit.node import Act, Node
from kamsim.desktop.kit.words import Text

if TYPE_CHECKING:
    from kamsim.desktop.app import App
    from kamsim.desktop.play import Play

HINTS = (("F1", "help"), ("Tab", "next"), ("← →", "change"), ("Enter", "do it"), ("Esc", "back"), ("Ctrl Z", "undo"))


RAIL: Final = 84.0
SLIM: Final = 54.0
SLIM_BELOW: Final = 900.0
"""How wide the rail is, and in which windows it is slim."""


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

    def __init__(self, app: App) -> None:
        self.app = app

    @property
    def play(self) -> Play:
        """The session."""
        assert self.app.play is not None
        return self.app.play

    def room(self) -> tuple[float, float]:
        """How wide and high the window is, logical."""
        wide, high = self.app.presenter.surface.get_size()
        return wide / self.app.stage.scale, high / self.app.stage.scale

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
        self.app.back()

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
