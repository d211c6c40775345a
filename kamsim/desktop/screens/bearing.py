"""What bears on a decision about a customer, below it: today's prices, and what is known there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kamsim.desktop.kit.layout import Card, Column
from kamsim.desktop.kit.node import Node
from kamsim.desktop.kit.words import Rule, Text
from kamsim.desktop.screens.money import prices_card
from kamsim.view.words.facts import known_facts
from kamsim.view.words.names import capital

if TYPE_CHECKING:
    from kamsim.desktop.shell import Shell
    from kamsim.desktop.table import WindowTable


def bearing(shell: Shell, account: str) -> tuple[Node, Node]:
    """What is known of a customer, and its prices: a card for the left side of a page and one for the right."""
    play = shell.play
    assert play is not None
    notes = Card(title=f"What you know of {play.cast.account(account)}", children=_notes(play, account), gap=9)
    return notes, prices_card(play, account)


def _notes(play: WindowTable, account: str) -> list[Node]:
    rows: list[Node] = []
    for heading, notes in known_facts(play.cast, play.seen, account):
        if rows:
            rows.append(Rule())
        lines = [Text(text=f"{capital(note)}.") for note in notes]
        rows.append(Column(children=[Text(text=heading, style="strong"), *lines], gap=2))
    return rows or [Text(text="Nothing yet. Meet people about their results, or read up on them.")]
