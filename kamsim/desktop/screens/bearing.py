"""What bears on a decision about a customer, below it: today's prices, and what is known there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kamsim.desktop.kit.layout import Card, Column, Row
from kamsim.desktop.kit.node import Node
from kamsim.desktop.kit.words import Rule, Text
from kamsim.desktop.screens.money import prices_card
from kamsim.view.words.facts import known_facts
from kamsim.view.words.names import capital

if TYPE_CHECKING:
    from kamsim.desktop.shell import Shell
    from kamsim.desktop.table import WindowTable

STACK = 980.0


def bearing(shell: Shell, account: str) -> Node:
    """Two cards, one below the other where there is no room."""
    play = shell.play
    assert play is not None
    notes = Card(title=f"What you know of {play.cast.account(account)}", children=_notes(play, account), gap=9)
    return Row(children=[notes, Column(children=[prices_card(play, account)])], stack=STACK, align="top")


def _notes(play: WindowTable, account: str) -> list[Node]:
    rows: list[Node] = []
    for heading, notes in known_facts(play.cast, play.seen, account):
        if rows:
            rows.append(Rule())
        lines = [Text(text=f"{capital(note)}.") for note in notes]
        rows.append(Column(children=[Text(text=heading, style="strong"), *lines], gap=2))
    return rows or [Text(text="Nothing yet. Meet people about their results, or read up on them.")]
