"""Which slides a class gets: those for which its logs have something to show, six to ten for 45 minutes."""

from __future__ import annotations

from typing import Final

from kamsim.debrief.lesson.accounts import whale
from kamsim.debrief.lesson.foresight import forecaster, mistake
from kamsim.debrief.lesson.pairs import pairs
from kamsim.debrief.lesson.results import luck, price, spread
from kamsim.debrief.lesson.slide import Group, Slide
from kamsim.debrief.lesson.unseen import unseen
from kamsim.page import charts, stage
from kamsim.view.words.names import counted

MOST: Final = 10
ABSENT: Final = {
    "spread": "What came of it: one player is no spread.",
    "price": "What lower prices bought: halves of the class that differ by a point of discount and earn unlike.",
    "whale": "Where profit comes from: it takes three customers.",
    "pair1": "Contrast pair: no two players shared luck and length and then chose differently.",
    "unseen": "What nobody saw: whatever was there, more than a third acted on it.",
    "luck": "Luck against choice: the sessions were played under other rules and cannot be played again.",
    "forecaster": "The straightest forecaster: nobody stated three ranges that can be held against a figure.",
    "mistake": "The commonest mistake: none was found with anybody.",
}
"""By slide: why a class goes without it."""


def slides_of(group: Group) -> list[Slide]:
    """The slides in the order of a lesson: what happened, why, and what now. The least needed go where there are more
    than ten."""
    charts.fresh_numbers()
    found = [opening(group), spread(group), price(group), whale(group), *pairs(group), unseen(group), luck(group),
             forecaster(group), mistake(group), monday()]  # fmt: skip
    made = [slide for slide in found if slide is not None]
    spare = sorted(made, key=lambda slide: -slide.need)[: max(0, len(made) - MOST)]
    return [slide for slide in made if slide not in spare]


def absent(slides: list[Slide]) -> list[str]:
    """What this class goes without, and why."""
    there = {slide.key for slide in slides}
    return [why for key, why in ABSENT.items() if key not in there]


def opening(group: Group) -> Slide:
    """Before any figure: a decision each."""
    scenario, lengths = group.entries[0].play.scenario, [entry.play.quarters for entry in group.entries]
    length = f"{min(lengths)} to {max(lengths)} quarters" if len(set(lengths)) > 1 else counted(lengths[0], "quarter")
    luck_ = "one luck for all" if group.one_luck else "each on their own luck"
    return Slide(
        "opening", scenario.title, "One decision that you would take again, and one that you would not",
        stage.line(f"{counted(group.size, 'player')}, {length}, {luck_}"),
        "One word each. Nobody explains yet.",
        ("No figure yet: whoever has seen a ranking defends a place instead of a decision.",
         "Write the words where all can see them; you come back to them at the end."),
        (), 4, 1,
    )  # fmt: skip


def monday() -> Slide:
    """What each takes home."""
    return Slide(
        "monday", "Monday", "One customer of yours, one door, one page",
        stage.steps(["Three facts about your customer, and how old each is",
                     "One executive to reach, and by which insight",
                     "One case to re-cut, and what changes on the page"]),
        "Write it down, alone and in silence. Then two of you read theirs aloud.",
        ("The Monday card is on the handout; there is room for it.",
         "Ask each for a date. A card without one is a wish."),
        (), 7, 1,
    )  # fmt: skip
