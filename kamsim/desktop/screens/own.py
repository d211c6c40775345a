"""Our own side: the team, the programme, what is built together, and the account plans, a tab each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from kamsim.desktop.kit.buttons import Button
from kamsim.desktop.kit.controls import Segmented
from kamsim.desktop.kit.layout import Column
from kamsim.desktop.kit.node import Node
from kamsim.desktop.screens.joint import joint_cards
from kamsim.desktop.screens.plan import plans_card
from kamsim.desktop.screens.programme import programme_cards
from kamsim.desktop.screens.team import team_cards
from kamsim.desktop.shell import Screen
from kamsim.view import own

if TYPE_CHECKING:
    from kamsim.desktop.shell import Shell

CARDS: Final[dict[str, Callable[[Screen], list[Node]]]] = {
    own.TEAM: team_cards,
    own.PROGRAMME: programme_cards,
    own.JOINT: joint_cards,
    own.PLANS: plans_card,
}


class OwnPage(Screen):
    """Our own side. Raises KeyError where the scenario has no such tab."""

    rail = "own"

    def __init__(self, shell: Shell, tab: str) -> None:
        super().__init__(shell)
        self.tabs = own.tabs(self.play)
        if tab not in dict(self.tabs):
            raise KeyError(tab)
        self.tab = tab

    @property
    def topic(self) -> str:  # type: ignore[override]
        """The help of the tab."""
        return self.tab

    def key(self) -> str:
        return f"own/{self.tab}"

    def place(self) -> dict[str, Any]:
        return {"page": "own", "tab": self.tab}

    def title(self) -> str:
        return own.TITLE

    def subtitle(self) -> str:
        return own.SUBTITLES[self.tab]

    def body(self) -> Node:
        cards = CARDS[self.tab](self)
        if len(self.tabs) == 1:
            return Column(children=cards, gap=12)
        switch = Segmented(name="tabs", value=self.tab, options=self.tabs, change=lambda value: self._turn(str(value)))
        return Column(children=[switch, *cards], gap=12)

    def _turn(self, tab: str) -> None:
        self.tab = tab
        self.shell.stage.place_key = self.key()
        self.shell.changed()
        self.shell.remember()

    def actions(self) -> Sequence[Button]:
        return (Button(name="desk", label="To the desk", act=self.shell.go_desk, icon="back", shortcut="Esc"),)
