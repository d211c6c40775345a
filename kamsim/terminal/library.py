"""The library: worked cases, each as it was sent and as it should have been."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kamsim.terminal.talk import Choice
from kamsim.view.case import examples
from kamsim.view.case.verdicts import example_verdict

if TYPE_CHECKING:
    from kamsim.terminal.table import TextTable


def library(table: TextTable) -> None:
    """Choose a worked case, and read both pages."""
    talk, scenario = table.talk, table.session.scenario
    if not scenario.examples:
        talk.say("This scenario has no worked examples.")
        return
    while True:
        talk.part("Worked cases. Each was written badly first.")
        for_whom = {"customer": "for a customer", "company": "for our own desk"}
        choices = [
            Choice(f"{item.title} ({for_whom[item.audience]})", item.id, (item.id,)) for item in scenario.examples
        ]
        picked = talk.choose(choices)
        if picked is None:
            return
        _show(table, picked)


def _show(table: TextTable, name: str) -> None:
    talk, session = table.talk, table.session
    example = next(item for item in session.scenario.examples if item.id == name)
    talk.head(example.title)
    talk.say(example.situation)
    pages: tuple[tuple[examples.Which, str], ...] = (("bad", "As it was sent"), ("good", "As it should have been"))
    for which, title in pages:
        page = example.good if which == "good" else example.bad
        talk.part(f"{title}:")
        talk.say(page.text, 2)
        talk.say(example_verdict(examples.judged(session.params, example, which)), 2)
    talk.part("What makes the difference")
    talk.say(example.difference, 2)
