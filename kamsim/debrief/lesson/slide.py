"""What a slide is, whom a lesson is about, and how the minutes are shared out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kamsim.debrief.attribution import Attribution
from kamsim.debrief.classroom import Contrast, Entry, apart, contrasts
from kamsim.view.words.names import Cast, listed

MINUTES: Final = 45
"""Of a lesson."""
NAMED: Final = 6
"""Names that a sheet lists before it counts the rest."""


@dataclass(frozen=True)
class Slide:
    """One idea: what is projected, and what the presenter has beside it.

    ``title``: the idea as a sentence, with its figure; ``picture``: HTML; ``ask``: the question for the class, which
    stands on the slide; ``say`` and ``call``: what to say, and whom to call on or what to listen for, for the presenter
    alone; ``minutes``: its weight among the others; ``need``: 1 for what no lesson does without, more for what a short
    one leaves out first.
    """

    key: str
    kind: str
    title: str
    picture: str
    ask: str
    say: tuple[str, ...]
    call: tuple[str, ...]
    minutes: int
    need: int


@dataclass(frozen=True, eq=False)
class Group:
    """The players whom a lesson is about: all of one scenario and one set of rules. ``named``: whether slides may
    tell names."""

    entries: tuple[Entry, ...]
    named: bool

    @property
    def cast(self) -> Cast:
        """Names of the scenario, as they stood on the first day."""
        return self.entries[0].play.first_cast

    @property
    def size(self) -> int:
        """Players."""
        return len(self.entries)

    @property
    def one_luck(self) -> bool:
        """Whether all had the same luck."""
        return len({entry.play.seed for entry in self.entries}) == 1

    @cached_property
    def valued(self) -> tuple[tuple[Entry, Attribution], ...]:
        """Those whose decisions could be worked out."""
        return tuple((entry, entry.made) for entry in self.entries if entry.made is not None)

    @cached_property
    def contrasts(self) -> list[Contrast]:
        """What players on one luck decided in different ways."""
        return contrasts(self.entries)


def group_of(entries: Sequence[Entry], *, named: bool = False) -> Group:
    """The players of the scenario and rules that most of them played. ``entries``: at least one."""
    return Group(tuple(apart(entries)[0]), named)


def names_of(entries: Sequence[Entry], most: int = NAMED) -> str:
    """Players by name; the rest counted."""
    shown = [entry.play.name for entry in entries[:most]]
    return listed([*shown, f"{len(entries) - most} more"]) if len(entries) > most else listed(shown)


def curled(title: str) -> str:
    """A title in quotes."""
    return f"\N{LEFT DOUBLE QUOTATION MARK}{title}\N{RIGHT DOUBLE QUOTATION MARK}"


def shared_out(slides: Sequence[Slide], minutes: int = MINUTES) -> list[int]:
    """Whole minutes for each slide by its weight; they add up to all of them."""
    whole = sum(slide.minutes for slide in slides)
    exact = [slide.minutes * minutes / whole for slide in slides]
    given = [int(part) for part in exact]
    most_left = sorted(range(len(slides)), key=lambda place: given[place] - exact[place])
    for place in most_left[: minutes - sum(given)]:
        given[place] += 1
    return given
