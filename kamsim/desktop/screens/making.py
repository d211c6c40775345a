"""Moves that need no page of their own: made at once, or chosen from a short list of ways."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING

from kamsim.desktop.kit.buttons import Button, Item
from kamsim.desktop.kit.layout import Card
from kamsim.desktop.kit.node import Node
from kamsim.desktop.screens.just_now import told_nodes
from kamsim.desktop.shell import Dialog
from kamsim.view import own
from kamsim.view.menu.catalogue import MENU
from kamsim.view.words.names import capital

if TYPE_CHECKING:
    from kamsim.desktop.shell import Shell
    from kamsim.desktop.table import WindowTable
    from kamsim.view.menu.lines import Way


def make(shell: Shell, kind: str, found: Sequence[Way], text: str = "") -> None:
    """Make a move: ask which, where there are several ways, or where ``text`` is to be read before it is made."""
    if len(found) == 1 and not text:
        _make(shell, kind, found[0])
        return
    close = Button(name="way.no", label="Not now", act=shell.close_dialog, kind="quiet", shortcut="Esc")
    rows = [
        Item(
            name=f"way.{number}",
            title=way.title or MENU[kind].name,
            text=capital(way.note),
            note=way.hours,
            off=way.off,
            shortcut=str(number) if number < 10 else "",
            act=partial(shell.say, way.off) if way.off else partial(_chosen, shell, kind, way),
        )
        for number, way in enumerate(found, 1)
    ]
    assert shell.play is not None
    title = own.heading(shell.play, kind, found)
    shell.ask(Dialog(title, (text or f"{MENU[kind].help}.",), (close,), more=lambda: rows, first="way.1"))


def _chosen(shell: Shell, kind: str, way: Way) -> None:
    shell.close_dialog()
    _make(shell, kind, way)


def _make(shell: Shell, kind: str, way: Way) -> None:
    play = shell.play
    assert play is not None
    told = play.do(kind, **way.args)
    shell.sounds.play("no" if told.refused else "done")
    if told.refused or kind == "set_rhythm":
        shell.say(" ".join(told.lines))
    if kind in own.TAB_OF:
        shell.stage.offsets[f"{shell.stage.place_key}/body"] = 0.0  # what came of it stands on top
    shell.changed()


def way_button(
    shell: Shell, kind: str, found: Sequence[Way], name: str, label: str = "", *, text: str = "", primary: bool = False
) -> Button:
    """A button for a move: off, with the reason, where no way is open. ``text``: read before it is made."""
    hours = next((way.hours for way in found if way.hours), "")
    off = "" if any(not way.off for way in found) else found[0].off if found else MENU[kind].nobody
    act: Callable[[], None] = partial(shell.say, off) if off else partial(make, shell, kind, found, text)
    said = label or MENU[kind].name
    brief = found[0].brief if off and found else ""
    more = hours or f"{brief[:1].lower()}{brief[1:]}"
    return Button(
        name=name, label=f"{said}, {more}" if more else said, icon=MENU[kind].icon, off=off, act=act,
        kind="primary" if primary else "normal",
    )  # fmt: skip


def just_made(play: WindowTable, kinds: Collection[str], account: str = "") -> list[Node]:
    """A card with what came of the last move, where it was one of some kinds (at an account, where one is named)."""
    told = play.last
    if told is None or told.kind not in kinds or (account and told.account != account):
        return []
    return [Card(title=f"Just now: {MENU[told.kind].short}", children=told_nodes(play, told), tone="soft", gap=6)]
