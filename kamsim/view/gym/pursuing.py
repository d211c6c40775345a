"""Which purchase to go after: the choice and the bid as questions, for both faces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kamsim.gym.kinds import OFFS
from kamsim.view import pipeline
from kamsim.view.questions import Option, Question

if TYPE_CHECKING:
    from kamsim.gym.drill import Drill
    from kamsim.view.pipeline import Prospect
    from kamsim.view.table import Table


def prospects(table: Table, drill: Drill) -> list[Prospect]:
    """What there is to choose from."""
    found = (pipeline.prospect(table, name) for name in drill.choices)
    return [item for item in found if item is not None]


def which(table: Table, drill: Drill, value: str | None) -> Question:
    """Which of them; each with how far it has come, how much, and when it is decided."""
    options = tuple(
        Option(item.name, f"{table.cast.account(item.account)}: {item.title}", note(table, item), words=(item.name,))
        for item in prospects(table, drill)
    )
    return Question("opportunity", "list", "Which one is worth your hours?", value, options)


def note(table: Table, item: Prospect) -> str:
    """One of them in some sentences."""
    said = [pipeline.stage_line(item, table.quarter), pipeline.amount_line(table, item),
            pipeline.decision_line(table, item), pipeline.marks_line(item)]  # fmt: skip
    return ". ".join(said)


def offs(table: Table, name: str, value: float) -> Question:
    """What the bid gives off."""
    low, high = pipeline.bid_range(table, name)
    options = tuple(
        Option(off, pipeline.off_words(off), words=(f"{off * 100:g}",)) for off in OFFS if low <= off <= high
    )
    return Question("discount", "few", "What do you give off, for this one alone?", value, options)


def bid(name: str, off: float) -> dict[str, Any]:
    """The move's arguments."""
    return {"opportunity": name, "discount": off}
