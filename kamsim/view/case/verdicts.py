"""Worked examples in words: what the judge makes of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kamsim.view.case.sentences import GATE_WORDS

if TYPE_CHECKING:
    from kamsim.view.case.examples import Verdict

QUESTIONS: Final = {
    "alignment": "whether it is about something they care about now",
    "cause": "whether what is given leads to what is promised",
    "inaction": "what happens if nobody does anything",
    "options": "whether there is a second way",
    "finance": "whether it pays for whoever signs",
    "sensitivity": "what if only half of it comes true",
    "evidence": "why anybody should believe the figure",
    "delivery": "who does it, and whether there is room",
    "brevity": "whether it can be read in four minutes",
}
"""What each criterion asks."""


def example_verdict(verdict: Verdict) -> str:
    """Points, the points needed, and what cost most."""
    points = f"Judged on these facts: {verdict.score:.0f} of 100; a yes takes {verdict.bar:.0f}."
    if verdict.gate:
        weighed = f"Weighed, it would have {verdict.score:.0f} of 100; a yes takes {verdict.bar:.0f}."
        points = f"Stopped before anybody weighed it: {GATE_WORDS[verdict.gate]}. {weighed}"
    worst = "; ".join(QUESTIONS[name] for name in verdict.worst[: 1 if verdict.passes else 3])
    return f"{points} What cost most: {worst}." if worst else points
