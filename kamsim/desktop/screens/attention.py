"""What the quarter is about: a row for each matter, the most pressing first; what else is new, folded; what is next."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from kamsim.desktop.kit.buttons import Button, Item
from kamsim.desktop.kit.layout import Card
from kamsim.desktop.kit.node import Node
from kamsim.desktop.kit.words import Text
from kamsim.desktop.screens.letters import condition_item
from kamsim.desktop.screens.people import brush, stance
from kamsim.view import alarms, brief, desk, team
from kamsim.view.portraits import colleague_face, face
from kamsim.view.words.news import ENDS_FIRST

if TYPE_CHECKING:
    from kamsim.desktop.shell import Shell
    from kamsim.view.desk import Waiting

ICONS: Final = {
    "incident": "warn", "attack": "warn", "warned": "warn", "turned": "down", "letter": "letter", "offer": "offer",
    "result": "rhythm", "promise": "calendar", "tender": "flag", "ending": "offer", "rebuilt": "down",
    "built": "joint", "plan": "plan", "short": "clock",
}  # fmt: skip
"""By kind: the picture of what has no face."""
ALARMING: Final = ("incident", "leaver", "attack", "warned", "turned", "notice", "strained", "rebuilt", "short")
"""Kinds that are told in the colour of a warning, besides what is urgent."""


def matter_cards(shell: Shell) -> list[Node]:
    """What the quarter is about: a card for each kind of matter, each matter a row that leads to where it is dealt
    with; by its digit too, of which what only tells what came of something has the last."""
    play = shell.play
    assert play is not None
    shown, more = brief.shown(play, *((99, 9999) if play.open_now("matters") else ()))
    matters = sorted((item for section in shown for item in section.rows), key=lambda item: item.kind == "result")
    keys = play.digits([_matter(item) for item in matters])
    cards: list[Node] = []
    for section in shown:
        rows: list[Node] = [_row(shell, item, keys[_matter(item)]) for item in section.rows]
        cards.append(Card(title=section.title, children=rows, gap=8))
    if more:
        title = f"{more} more that {'needs' if more == 1 else 'need'} nothing of you now"
        cards.append(Item(name="more", title=title, icon="down", act=partial(play.unfold, "matters")))
    if not cards:
        cards.append(Card(children=[Text(text="Nothing waits for an answer. The hours are yours to spend.")]))
    if play.last_quarter:
        cards.append(Text(text=f"This is the last quarter. {ENDS_FIRST}", style="warn"))
    return cards


def headlines_card(shell: Shell) -> list[Node]:
    """What else is new, folded to its headlines; none where nothing is."""
    play = shell.play
    assert play is not None
    rows: list[Node] = []
    for item in [*brief.headlines(play), brief.initiatives(play)]:
        opened = play.open_now(item.name)
        rows.append(
            Item(name=f"news.{item.name}", title=item.title, icon="up" if opened else "down",
                 act=partial(play.unfold, item.name))
        )  # fmt: skip
        rows += [Text(text=line) for line in item.lines] if opened else []
    return [Card(title="Also new", children=rows, gap=7)] if rows else []


def _matter(item: Waiting) -> str:
    """What it is about, whether or not a bid of ours lies there by now."""
    return f"window.{item.name}" if item.kind == "bid" else row_name(item)


def row_name(item: Waiting) -> str:
    """How the row of something that waits is called."""
    return f"{item.kind}.{item.name}{'.' + item.audience if item.audience else ''}"


def _row(shell: Shell, item: Waiting, key: str) -> Item:
    play = shell.play
    assert play is not None
    lying = play.lying(item.account, item.audience) if item.kind == "condition" else None
    if lying is not None:
        row = condition_item(shell, lying)
        row.name, row.shortcut = row_name(item), key
        return row
    who = face(play.cast, item.person, stance(play, item.person)) if item.person else None
    if item.kind in alarms.OF_COLLEAGUES:
        who = colleague_face(play.cast, item.name, team.looks(play, item.name))
    warns = item.kind in ALARMING or (item.urgent and item.kind != "ending")
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
        "letter": partial(shell.open, "letter", account=item.account, audience=item.audience),
        "turned": partial(shell.open, "account", account=item.account, tab="timeline"),
    }
    if item.kind in alarms.TAB_OF:
        return partial(shell.go_own, alarms.TAB_OF[item.kind])
    return ways.get(item.kind, partial(shell.go_account, item.account))


def next_step(shell: Shell) -> Button | None:
    """What comes first: the first on the desk that waits for an answer, then a customer as long as there are hours;
    None when it is time to end the quarter."""
    play = shell.play
    assert play is not None
    cast = play.cast
    waits = {row_name(item) for item in desk.waiting_for_answer(play)}
    for item in (item for section in brief.shown(play, 99, 9999)[0] for item in section.rows):
        if row_name(item) not in waits:
            continue
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
