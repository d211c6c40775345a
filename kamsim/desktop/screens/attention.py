"""What waits: a row for each thing, the most urgent first, and the next step."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from kamsim.desktop.kit.buttons import Button, Item
from kamsim.desktop.kit.node import Node
from kamsim.desktop.kit.words import Text
from kamsim.desktop.screens.letters import condition_item
from kamsim.desktop.screens.people import brush, stance
from kamsim.view import desk
from kamsim.view.portraits import face
from kamsim.view.words.news import ENDS_FIRST

if TYPE_CHECKING:
    from kamsim.desktop.shell import Shell
    from kamsim.view.desk import Waiting

ICONS: Final = {"incident": "warn", "promise": "calendar", "tender": "flag", "ending": "offer"}
"""By kind: the picture of what has no face."""
BY_THEMSELVES: Final = ("bid", "tender", "ending")
"""Kinds of what comes by itself, which need no key."""


def attention_rows(shell: Shell) -> list[Node]:
    """Everything that needs attention."""
    play = shell.play
    assert play is not None
    found = desk.attention(play)
    keys = play.digits([row_name(item) for item in found if item.kind not in BY_THEMSELVES])
    rows: list[Node] = [_row(shell, item, keys.get(row_name(item), "")) for item in found]
    if not rows:
        rows.append(Text(text="Nothing waits for an answer. The hours are yours to spend."))
    if play.last_quarter:
        rows.append(Text(text=f"This is the last quarter. {ENDS_FIRST}", style="warn"))
    return rows


def row_name(item: Waiting) -> str:
    """How the row of something that waits is called."""
    return f"{item.kind}.{item.name}{'.' + item.audience if item.audience else ''}"


def _row(shell: Shell, item: Waiting, key: str) -> Item:
    play = shell.play
    assert play is not None
    if item.kind == "condition":
        lying = play.lying(item.account, item.audience)
        assert lying is not None
        row = condition_item(shell, lying)
        row.name, row.shortcut = row_name(item), key
        return row
    who = face(play.cast, item.person, stance(play, item.person)) if item.person else None
    warns = item.urgent and item.kind != "ending"
    return Item(
        name=row_name(item), title=item.title, text=item.text, note=item.note, icon=ICONS.get(item.kind, ""),
        face=brush(who) if who else None, draws=who, tone="warn" if warns else "", shortcut=key,
        act=_answer(shell, item),
    )  # fmt: skip


def _answer(shell: Shell, item: Waiting) -> Callable[[], None]:
    """To the page on which it is answered."""
    ways: dict[str, Callable[[], None]] = {
        "window": partial(shell.open, "opportunity", opportunity=item.name),
        "bid": partial(shell.open, "opportunity", opportunity=item.name),
        "moment": partial(shell.open, "moment", moment=item.name),
        "incident": partial(shell.open, "incident", account=item.account),
        "request": partial(shell.open, "request", request=item.name),
        "talk": partial(shell.open, "talk", talk=item.name),
        "condition": partial(shell.open, "letter", account=item.account, audience=item.audience),
        "promise": shell.go_promises,
    }
    return ways.get(item.kind, partial(shell.go_account, item.account))


def next_step(shell: Shell) -> Button | None:
    """What comes first: whatever waits, then a customer as long as there are hours; None when it is time to end the
    quarter."""
    play = shell.play
    assert play is not None
    cast = play.cast
    for item in desk.waiting_for_answer(play):
        name = cast.account(item.account)
        labels = {
            "window": f"Bid at {name}",
            "moment": f"Answer {cast.person(item.person) if item.person else name}",
            "incident": f"Put it right at {name}",
            "request": f"Answer {name}",
            "talk": f"To the table with {name}",
            "condition": f"Answer {'our deal desk' if item.audience == 'desk' else name}",
        }
        if item.kind in labels:
            return _next(labels[item.kind], _answer(shell, item))
    return _next("Go to a customer", shell.go_account) if play.hours >= desk.ENOUGH else None


def _next(label: str, act: Callable[[], None]) -> Button:
    return Button(name="next", label=label, act=act, kind="primary", shortcut="Enter")
