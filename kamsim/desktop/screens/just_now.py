"""What just came of a move: who spoke, what was said and learned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kamsim.desktop.kit.layout import Card
from kamsim.desktop.kit.node import Node
from kamsim.desktop.kit.words import Text
from kamsim.desktop.screens.people import MOODS, says
from kamsim.view.menu.catalogue import MENU
from kamsim.view.words.names import capital

if TYPE_CHECKING:
    from kamsim.desktop.table import WindowTable
    from kamsim.view.table import Response


def told_nodes(play: WindowTable, told: Response, size: float = 64.0) -> list[Node]:
    """A move's outcome as nodes: the person's words first."""
    rows: list[Node] = []
    if told.person and told.quote:
        rows.append(says(play, told.person, told.quote, MOODS.get(told.result, 0.0), size))
    head = ""
    for line in told.lines:
        word, colon, rest = line.partition(": ")
        if colon and word in ("Learned", "Still as you knew it", "Heard"):
            if word != head:
                rows.append(Text(text=word, style="accent"))
            head = word
            rows.append(Text(text=capital(rest), style="ink"))
        else:
            head = ""
            rows.append(Text(text=line, style="ink"))
    return rows


def just_now(play: WindowTable, account: str) -> list[Node]:
    """A card with what came of the last move here; none where the last move was elsewhere."""
    told = play.last
    if told is None or told.account != account or told.kind in ("set_rhythm", "") or told.kind.endswith("_moment"):
        return []
    return [Card(title=f"Just now: {MENU[told.kind].short}", children=told_nodes(play, told), tone="soft", gap=6)]
