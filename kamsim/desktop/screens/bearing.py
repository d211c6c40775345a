"""What bears on a decision about a customer, below it: today's prices, and what is known there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kamsim.desktop.kit.layout import Card, Column, Row
from kamsim.desktop.kit.node import Node
from kamsim.desktop.kit.words import Rule, Text
from kamsim.desktop.screens.money import prices_card
from kamsim.view.words.facts import known_facts
from kamsim.view.words.names import capital

if TYPE_CHECKING:
    from kamsim.desktop.shell import Screen
    from kamsim.desktop.table import WindowTable


def decided(page: Screen, account: str, left: Sequence[Node], right: Sequence[Node], stack: float) -> Node:
    """What is decided in two columns, below it what is known and today's prices; all of it one below the other where
    there is no room, what is decided first."""
    notes = Card(
        title=f"What you know of {page.play.cast.account(account)}", children=_notes(page.play, account), gap=9
    )
    prices = prices_card(page.play, account)
    if page.narrow(stack):
        return Column(children=[*left, *right, notes, prices], gap=14)
    sides = [Column(children=[*left, notes], gap=14), Column(children=[*right, prices], gap=14)]
    return Row(children=sides, align="top")


def _notes(play: WindowTable, account: str) -> list[Node]:
    rows: list[Node] = []
    for heading, notes in known_facts(play.cast, play.seen, account):
        if rows:
            rows.append(Rule())
        lines = [Text(text=f"{capital(note)}.") for note in notes]
        rows.append(Column(children=[Text(text=heading, style="strong"), *lines], gap=2))
    return rows or [Text(text="Nothing yet. Meet people about their results, or read up on them.")]
