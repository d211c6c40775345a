"""The text session led anywhere, whatever its scenario: every menu is entered by number or by word."""

from __future__ import annotations

import random
import re
from pathlib import Path

from kamsim.game.session import Session
from kamsim.scenario.models import Scenario
from kamsim.terminal.app import play_text
from tests.terminal.table import END, WIDTH, Pipe

WORDS = (
    "portfolio",
    "notes",
    "desk",
    "back",
    "help",
    "why",
    "cases",
    "promises",
    "radar",
    "team",
    "programme",
    "joint",
    "plans",
    "",
    "5",
    "0.05",
    "10 20",
    "y",
)
NO_FIGURE = re.compile(r"\b(nan|inf)\b")


def walk(scenario: Scenario, folder: Path, luck: random.Random, steps: int = 25) -> str:
    """What a session said that was led anywhere, some steps in each quarter, until its end."""
    accounts = [account.id for account in scenario.accounts]
    words = [
        *WORDS,
        *accounts,
        *(f"map {account}" for account in accounts),
        *map(str, range(1, 10)),
        *map(str, range(1, 6)),
    ]
    answers = ["skip"] * 3
    for _ in range(scenario.length.shortest):
        answers += [luck.choice(words) for _ in range(steps)]
        answers += ["back", "back", "desk", *END[1:], "skip", "skip"]
    pipe = Pipe([*answers, *(END * 3)])
    session = Session.start(scenario, seed=5, log_dir=folder, quarters=scenario.length.shortest)
    status = play_text(lambda: session, pipe.read, pipe.write, width=WIDTH)
    assert status == 0 and not NO_FIGURE.search(pipe.text), pipe.text[-2000:]
    return pipe.text
