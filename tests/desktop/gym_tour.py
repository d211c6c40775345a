"""The gym in the window: a drill of each kind, in every state in which it has much to show."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kamsim.desktop.config import Config
from kamsim.desktop.pilot import Pilot
from kamsim.desktop.screens.gym_answers import MomentAnswer, TalkAnswer
from kamsim.desktop.screens.gym_flow import start
from kamsim.desktop.screens.gym_run import DrillScreen, WaitingPage
from tests.desktop.longest import longest
from tests.engine.worlds import SCENARIOS

SEED = 11
SHOWN = ("case", "moment", "talk", "pursue")
"""Kinds of drill whose pages differ."""


def come_back(pilot: Pilot) -> None:
    """Wait for what is worked out beside the window."""
    while isinstance(pilot.app.screen, WaitingPage):
        pilot.settle(0.1)


def answered(pilot: Pilot) -> None:
    """Answer the drill that is open, by keys."""
    page = pilot.app.screen
    assert isinstance(page, DrillScreen)
    if isinstance(page, MomentAnswer):
        while isinstance(pilot.app.screen, MomentAnswer):
            pilot.press("1")
    elif isinstance(page, TalkAnswer):
        page.draft["commitment"] = 0.05
        pilot.press("Ctrl Enter")
        if isinstance(pilot.app.screen, TalkAnswer):
            pilot.press("L")
    elif page.run.bout.drill.kind == "pursue":
        pilot.press("1", "Ctrl Enter")
    else:
        pilot.press("Ctrl Enter")
        if not isinstance(pilot.app.screen, WaitingPage):
            pilot.press("L")


def drilled(pilot: Pilot, kind: str, seed: int = SEED, **chosen: object) -> Iterator[tuple[str, Pilot]]:
    """One drill of a kind, from its making to what it came to."""
    app = pilot.app
    start(app, kind=kind, count=1, seed=seed, **chosen)
    come_back(pilot)
    yield f"{kind} situation", pilot
    pilot.focus("range.low")
    pilot.press("Right", "Enter")
    yield f"{kind} answer", pilot
    if kind == "moment":
        pilot.press("1", "2", "2")
        yield f"{kind} turned", pilot
    if kind == "pursue":
        pilot.press("1")
        yield f"{kind} chosen", pilot
    answered(pilot)
    come_back(pilot)
    yield f"{kind} reaction", pilot
    pilot.press("Enter")
    yield f"{kind} told", pilot
    pilot.press("Enter")
    come_back(pilot)
    yield f"{kind} end", pilot
    pilot.press("Enter")


def gym(tmp: Path, size: tuple[int, int], config: Config, scenario: str) -> Iterator[tuple[str, Pilot]]:
    """The gym before a set, one drill of each kind, and progress."""
    chosen = longest() if scenario == "longest" else SCENARIOS[scenario]()
    with Pilot(log_dir=tmp, size=size, config=config) as pilot:
        pilot.app.open("gym")
        yield "gym first", pilot
        for kind in SHOWN:
            yield from drilled(pilot, kind, scenario=chosen)
        yield "gym", pilot
        pilot.press("G")
        yield "gym progress", pilot
        pilot.press("D")
        yield "gym delete", pilot
