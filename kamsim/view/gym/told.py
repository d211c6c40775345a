"""What came of an answer, in the order in which it is told: how they took it, what each thought and why, what the facts
would have borne, the year ahead, and the one thing to do next time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from kamsim.game.events.cases import CaseAnswered
from kamsim.game.events.opportunities import OpportunityAwarded
from kamsim.letters import curled
from kamsim.view.gym.drilling import Speaker, speaker
from kamsim.view.table import unquoted
from kamsim.view.words import gym as words
from kamsim.view.words import letters, news
from kamsim.view.words.names import capital, counted, listed

if TYPE_CHECKING:
    from kamsim.game.events.declared import Event
    from kamsim.gym.drill import Feedback, Reading
    from kamsim.view.table import Table

Chip = tuple[str, str, str]
"""A word, its tone, its icon."""
OTHER_CHIPS: Final[dict[str, Chip]] = {
    "signed": ("Signed", "good", "check"), "walked": ("They left", "bad", "cross"),
    "open": ("Not yet", "plain", "flat"), "lost": ("Lost", "bad", "cross"), "won": ("Won", "good", "check"),
    "undecided": ("Nobody has it", "plain", "flat"),
}  # fmt: skip
CHIPS: Final[dict[str, Chip]] = {**OTHER_CHIPS, **letters.ENDED_CHIPS, **letters.OUTCOME_CHIPS}
"""By result: what stands beside the reaction."""
MOST_BARS: Final = 6
"""Things that were weighed that are shown at most."""
LEAST_LOSS: Final = 0.05
"""Of 1, below which nothing is said to have been lost."""
CLOSE: Final = 5.0
"""Points within which an answer is about as good as the facts allowed."""
NOTHING: Final[Chip] = ("You let it be", "plain", "clock")
MOODS: Final = {
    "approved": 0.9, "conditional": 0.4, "returned": -0.25, "rejected": -0.85, "delayed": -0.1, "stopped": -0.6,
    "lapsed": -0.2, "won": 0.95, "held": 0.1, "lost": -0.9, "passed": -0.45, "signed": 0.9, "walked": -0.9,
    "open": -0.1, "undecided": -0.2,
}  # fmt: skip
"""By result: how they look, -1 to 1."""
AT_ONCE: Final = ("moment", "talk")
"""Kinds of drill whose reaction comes with the last move already."""
RESULT: Final = ("outcome", "phase", "status")
"""Where an event keeps its result."""
HEADS: Final = {
    "readers": "What each of them thought",
    "parts": "What was weighed",
    "borne": "What the facts would have borne",
    "ahead": "The year ahead, beside doing nothing",
    "next": "The one thing to take along",
    "range": "Your range",
    "mark": "In one figure",
}
BAR_MEANS: Final = "Full: how well it was met. Hatched: how far the facts would have let it go."
LEAST_PART: Final = 0.02
"""Of a year's profit, what the chart of the year ahead spans at least."""
WAYS: Final = {"nothing": "doing nothing", "bot": "the best bot", "yours": "your answer"}
"""By name of a way through the year: its words, in the order in which they are drawn."""


@dataclass(frozen=True)
class Reaction:
    """How they took it: who speaks, in whose words, what it meant, and the result in a word."""

    speaker: Speaker
    quote: str
    lines: tuple[str, ...]
    chip: Chip
    good: bool


def reaction(table: Table, told: Feedback) -> Reaction:
    """The reaction as an event of a session is told; the last word of a talk alone."""
    event = told.reaction[-1] if told.reaction else None
    result = _result(event)
    who = speaker(table, told.drill, MOODS.get(result, -0.1), _spoke(table, event))
    chip = CHIPS.get(result, NOTHING)
    if event is None:
        return Reaction(who, "", (words.LEFT_LINES[told.drill.kind],), NOTHING, good=False)
    head, body = news.headline(table.cast, event), news.body(table.cast, event, told.drill.quarter)
    spoken = next((text for text in (*body, head) if unquoted(text)), "")
    quote = curled(unquoted(spoken))
    lines = tuple(text for text in (head, *body) if text != spoken)
    return Reaction(who, quote, lines, chip, good=chip[1] == "good")


def _spoke(table: Table, event: Event | None) -> str:
    """Who speaks, where the event says so; '' where it is whoever the drill is about."""
    if isinstance(event, OpportunityAwarded):
        return table.cast.decider(event.opportunity)
    return event.speaker if isinstance(event, CaseAnswered) else ""


def spoken(made: Reaction) -> str:
    """The words with whose they are, as text."""
    return f"{made.speaker.name}: {letters.LEFT}{made.quote}{letters.RIGHT}"


def _result(event: Event | None) -> str:
    return next((str(getattr(event, name)) for name in RESULT if hasattr(event, name)), "")


# --- readers, and what was weighed ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Thought:
    """What one reader thought: who, whether it was a yes, and why."""

    speaker: Speaker
    yes: bool
    why: str

    @property
    def chip(self) -> Chip:
        """Yes or no."""
        return ("For it", "good", "check") if self.yes else ("Not yet", "plain", "cross")

    @property
    def line(self) -> str:
        """All of it in a sentence."""
        return f"{self.speaker.name}, {self.speaker.role}: {self.chip[0].lower()}. {self.why}"


def thoughts(table: Table, told: Feedback) -> list[Thought]:
    """Every reader of a page."""
    made = []
    for reading in told.readers:
        mood = 0.7 if reading.says else -0.5
        made.append(Thought(speaker(table, told.drill, mood, reading.id), reading.says, _why(reading)))
    return made


def _why(reading: Reading) -> str:
    if not reading.costly:
        return "Nothing on it cost much."
    lacked = listed([letters.CRITERION_WORDS[name] for name in reading.costly[:2]])
    return f"{'Would still ask about' if reading.says else 'Missed'} {lacked}."


@dataclass(frozen=True)
class Weighed:
    """One thing that was weighed: its name, how well it was met and how well it could have been, 0 to 1."""

    name: str
    met: float
    best: float


def weighed(table: Table, told: Feedback) -> list[Weighed]:
    """What lost most of what it could have brought, the costliest first; all of it where there is little of it."""
    ordered = sorted(told.parts, key=lambda part: -part.weight * max(0.0, part.best - part.met))
    if len(ordered) > MOST_BARS:
        ordered = [part for part in ordered if part.best > part.met + LEAST_LOSS][:MOST_BARS]
    return [Weighed(words.part_name(table, told, part.name), part.met, part.best) for part in ordered]


# --- the year ahead ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Way:
    """One way through the year: yours, bot or nothing; its words; cents added up against doing nothing, today first;
    and what all of the year comes to."""

    name: str
    words: str
    values: tuple[float, ...]
    whole: float


def ways(told: Feedback) -> list[Way]:
    """The ways, yours last."""
    found = {one.name: [0.0, *accumulate(float(cents) for cents in one.usual)] for one in told.ahead}
    ground = found["nothing"]
    return [
        Way(name, text, tuple(here - there for here, there in zip(found[name], ground, strict=True)), found[name][-1])
        for name, text in WAYS.items()
    ]


def figure(table: Table, way: Way) -> str:
    """What stands at the end of a way: the whole where nothing is done, else what it differs by."""
    return table.money(way.whole) if way.name == "nothing" else table.money(way.values[-1], plus=True)


def least_reach(told: Feedback) -> float:
    """Cents that the chart spans at least, so that next to nothing looks like it."""
    return max(100_000.0, LEAST_PART * abs(ways(told)[0].whole))


def quarters(table: Table, told: Feedback) -> tuple[str, ...]:
    """The names of the points of a way."""
    length = max((len(one.profit) for one in told.ahead), default=0)
    named = (table.cast.quarter(told.drill.quarter + step).split(" ")[0] for step in range(length))
    return ("today", *named)


def ways_line(table: Table, told: Feedback) -> str:
    """The ends of all ways in a sentence, for whoever sees no chart."""
    said = [f"{way.words} {table.money(way.whole)}" for way in reversed(ways(told))]
    return f"{capital(listed(said))}: four quarters in the middle of several lots of luck."


def range_line(table: Table, told: Feedback) -> str:
    """The player's own range beside the truth; '' where none was given."""
    if told.expected is None:
        return ""
    low, high = (table.money(value) for value in told.expected)
    inside = "inside" if told.inside else "outside"
    return (
        f"You said {low} to {high}; with your answer and the luck as it fell it is {table.money(told.truth)}, {inside}."
    )


def mark_line(told: Feedback) -> str:
    """The mark, last and small, beside what habit and the facts would have had."""
    return f"{told.mark:.0f} of 100; the habitual answer {told.habit:.0f}, the facts would have borne {told.borne:.0f}."


# --- a whole set ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Summed:
    """A drill of a set that is over: what it was, what to work on, how it ended, and its mark (0 to 1) beside what the
    facts would have borne."""

    title: str
    line: str
    chip: Chip
    mark: float
    borne: float


def summed(told: Feedback) -> Summed:
    """One drill in a line."""
    event = told.reaction[-1] if told.reaction else None
    skill = words.SKILL_WORDS[told.next_time][0]
    line = f"Work on: {skill.lower()}." if told.borne > told.mark + CLOSE else "About as good as the facts allowed."
    chip = CHIPS.get(_result(event), NOTHING)
    return Summed(words.KIND_WORDS[told.drill.kind], line, chip, told.mark / 100.0, told.borne / 100.0)


def set_line(done: Sequence[Feedback]) -> str:
    """A set in a sentence."""
    good = sum(one.mark > one.habit for one in done)
    return f"{counted(len(done), 'situation')}; in {good} your answer was better than the habitual one."
