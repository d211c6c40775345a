"""Questions to a player, as data: what may be answered, what is answered now, what each answer rests on.

Whatever may be chosen on a page is declared once as questions; the text session lists them, the desktop makes controls
of them, and neither knows what they are about.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

Kind = Literal["list", "few", "steps", "switch", "slider", "amount"]
"""How an answer is found: among ways with something to say about each; among a few words; on a scale of a few; yes or
no (yes stands first); on a range whose marks mean something; by typing a number."""
OWN: Final = "own"
"""The answer that stands for a figure that is typed."""


@dataclass(frozen=True)
class Mark:
    """A value on a range that means something."""

    value: float
    text: str


@dataclass(frozen=True)
class Limits:
    """What a number may be. ``good``: the text of the mark that is good news."""

    low: float
    high: float
    step: float
    origin: float | None = None
    """Where nothing changes."""
    marks: tuple[Mark, ...] = ()
    good: str = ""
    shown: Callable[[float], str] = str
    asked: str = ""
    """How a typed number is asked for, in its unit."""
    typed: float = 1.0
    """A typed number for 1."""

    def within(self, value: float) -> float:
        """The value, or the end of the range beyond which it lies."""
        return max(self.low, min(self.high, value))


@dataclass(frozen=True)
class Option:
    """One answer. ``note``: what there is to say about it; ``lacks``: what is missing behind it; ``words``: what may be
    typed for it; ``then``: what is asked with it; ``barred``: cannot be given, as what it names is not there."""

    value: Hashable
    title: str
    note: str = ""
    lacks: str = ""
    words: tuple[str, ...] = ()
    then: Question | None = None
    barred: bool = False


@dataclass(frozen=True)
class Question:
    """One thing to answer: ``options`` to choose from, or ``limits`` of a number. ``value``: the answer now; ``usual``:
    the one that changes nothing; ``note``: how it stands today; ``words``: what may be typed to come to it."""

    name: str
    kind: Kind
    label: str
    value: Any
    options: tuple[Option, ...] = ()
    limits: Limits | None = None
    usual: Hashable = None
    help: str = ""
    note: str = ""
    words: tuple[str, ...] = ()

    @property
    def chosen(self) -> Option | None:
        """The answer now, where it is one of the options."""
        return next((option for option in self.options if option.value == self.value), None)

    @property
    def said(self) -> str:
        """The answer now, in words."""
        if self.limits is not None:
            return self.limits.shown(self.value)
        return self.chosen.title if self.chosen is not None else ""

    def open(self) -> Iterator[Question]:
        """It, and what is asked with its answer."""
        yield self
        if self.chosen is not None and self.chosen.then is not None:
            yield from self.chosen.then.open()


@dataclass(frozen=True)
class Span:
    """A range that is claimed, and where our own facts lie; in cents, with the words for both."""

    low: float
    high: float
    middle: float
    words: tuple[str, str]


@dataclass(frozen=True)
class Part:
    """Some questions that belong together, with lines to tell and ranges to show between them; ``help``: what they are
    for; ``barred``: why none of them can be answered yet."""

    help: str
    items: tuple[Question | Span | str, ...] = ()
    barred: str = ""

    @property
    def questions(self) -> list[Question]:
        """The questions alone."""
        return [item for item in self.items if isinstance(item, Question)]
