"""A move as it was and as it would have been: both sessions played through side by side, and why they differ.

What the change came to is told twice, and both sum to the cent: by line of the books, and by cause, with the causes
that explain a quarter to a player. Here they are replaced one by one between a quarter as played and the same quarter
as it would have been.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from kamsim.debrief.attribution import WhatIf, what_if
from kamsim.debrief.record import Play
from kamsim.engine.explain import Why, compared, why_by_account
from kamsim.engine.ledger import Ledger
from kamsim.engine.market import Conditions
from kamsim.engine.moves import MOVES
from kamsim.engine.moves.kinds import Field
from kamsim.game.commands import Command, plain_args
from kamsim.game.course import Course
from kamsim.game.events.contact import MoveMade
from kamsim.game.events.declared import Event
from kamsim.view.case.sentences import CASE_SLOTS, sentences
from kamsim.view.history import TOLD
from kamsim.view.menu.catalogue import MENU, history_line
from kamsim.view.words.names import Cast, capital, percent
from kamsim.view.words.news import headline

PARTS: Final = ("discount", "rebate", "change", "price", "commitment", "width")
"""Terms that are parts of a whole."""
PLAIN: Final = ("", "done")
"""Results that tell nothing beyond that a move was made."""


@dataclass(eq=False)
class Ran:
    """A session played through. ``terms``: the move in question in words, by name of the term."""

    course: Course
    terms: dict[str, str] = field(default_factory=dict)
    conditions: list[Conditions] = field(default_factory=list)
    told: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    """By quarter: what happened, a line each."""

    @property
    def ledgers(self) -> list[Ledger]:
        """The books of its quarters."""
        return self.course.history

    def profit(self, quarter: int) -> int:
        """Account profit of a quarter, cents."""
        return round(float(self.ledgers[quarter - 1].contribution.sum()))

    def line(self, row: int, quarters: slice) -> int:
        """A line of the books by its row, over all accounts and some quarters, cents."""
        return round(sum(float(ledger.accounts[row].sum()) for ledger in self.ledgers[quarters]))


@dataclass(frozen=True, eq=False)
class Otherwise:
    """A move with other terms: what it came to, and the two sessions."""

    trial: WhatIf
    command: Command
    was: Ran
    would: Ran
    whys: tuple[Why, ...]
    """By account whose profit differs: from the session as played to the one with the other terms, all quarters."""

    @property
    def change(self) -> int:
        """Account profit that the other terms would have brought, cents."""
        return self.trial.lines[-1][2] - self.trial.lines[-1][1]

    @property
    def quarters(self) -> int:
        """Closed quarters."""
        return len(self.was.ledgers)

    def changed(self) -> list[tuple[str, str, str]]:
        """The move's terms that differ: name, as it was, as it would have been."""
        names = dict.fromkeys((*self.was.terms, *self.would.terms))
        rows = [(name, self.was.terms.get(name, ""), self.would.terms.get(name, "")) for name in names]
        return [row for row in rows if row[1] != row[2]]

    def kept(self) -> list[tuple[str, str]]:
        """The terms that stay."""
        return [(name, said) for name, said in self.was.terms.items() if self.would.terms.get(name) == said]

    def differences(self) -> Iterator[tuple[int, list[str], list[str]]]:
        """By quarter: what happened only as played, and what would only have happened then."""
        for quarter in range(self.command.quarter, self.quarters + 1):
            old, new = Counter(self.was.told[quarter]), Counter(self.would.told[quarter])
            if old != new:
                yield quarter, list((old - new).elements()), list((new - old).elements())


def otherwise(play: Play, number: int, values: Mapping[str, Any]) -> Otherwise:
    """Play a session again with other values for the terms of a move, and explain the difference. Raises IllegalMove
    where the move or its terms cannot be, ReplayMismatch and LogError."""
    trial = what_if(play.log, number, values)
    command = play.by_number[number]
    args = plain_args(play.params, command.move, {**command.args, **values})
    was, would = _played(play, number, command.args), _played(play, number, args)
    return Otherwise(trial, command, was, would, tuple(_explained(play, was, would)))


def _played(play: Play, number: int, args: dict[str, Any]) -> Ran:
    """A session played through with some arguments for a move; what the engine then refuses is left out."""
    course = Course(play.scenario, play.seed, play.log.header.quarters)
    course.open(*course.begin())
    made = Ran(course)
    cast = Cast(play.scenario, course.inbox, course.words)
    for quarter in range(1, play.quarters + 1):
        for command in play.commands:
            if command.quarter != quarter:
                continue
            chosen = args if command.number == number else command.args
            if command.number == number:
                made.terms = _terms(cast, course, command.move, chosen)
            _, world, happened = course.attempt(command.move, dict(chosen))
            if world is not None:
                course.apply(Command(command.number, quarter, command.move, dict(chosen)), world, happened)
                _tell(made, cast, quarter, happened)
        close = course.closing()
        course.close_books(close.world, close.ledger, close.closed, close.inbox)
        assert course.world.conditions is not None  # kept, because the close was explained
        made.conditions.append(course.world.conditions)
        _tell(made, cast, quarter, close.closed)
        _tell(made, cast, quarter + 1, close.inbox)
    return made


def _tell(made: Ran, cast: Cast, quarter: int, happened: Sequence[Event]) -> None:
    for event in happened:
        cast.note(event)
        if isinstance(event, MoveMade):
            line = "" if event.result in PLAIN else history_line(cast, event)
            made.told[quarter] += [f"{line}. It came to: {event.result.replace('_', ' ')}"] if line else []
        elif event.kind in TOLD:
            made.told[quarter].append(headline(cast, event))


def _terms(cast: Cast, course: Course, kind: str, args: Mapping[str, Any]) -> dict[str, str]:
    """A move in words: a page as its sentences, any other by its fields."""
    audience = MENU[kind].audience
    if audience:
        said = sentences(cast, course.seen, str(args["account"]), audience, args)
        return {CASE_SLOTS[slot]: text for slot, text in said.items()}
    return {capital(item.name.replace("_", " ")): _term(cast, item, args[item.name])
            for item in MOVES[kind].fields if args.get(item.name) is not None}  # fmt: skip


def _term(cast: Cast, item: Field, value: Any) -> str:
    if item.name in PARTS:
        return percent(float(value), 1, plus=item.low < 0)
    if item.kind in ("choice", "number"):
        return str(value).replace("_", " ")
    return _name(cast, item.kind, str(value))


def _name(cast: Cast, kind: str, name: str) -> str:
    by_kind: dict[str, Callable[[str], str]] = {
        "account": cast.account,
        "person": cast.post,
        "line": cast.line,
        "initiative": lambda one: cast.initiatives[one].name,
        "force": lambda one: cast.forces[one].name,
        "moment": lambda one: cast.moments[one].place,
        "request": lambda one: cast.requests[one].title,
        "news": lambda one: cast.news[one].title,
        "talk": lambda one: cast.talks[one].title,
    }
    return by_kind[kind](name) if kind in by_kind else capital(name.replace("_", " "))


def _explained(play: Play, was: Ran, would: Ran) -> Iterator[Why]:
    """By account: the causes of the difference, quarter by quarter and then added up."""
    parts: dict[str, Counter[str]] = defaultdict(Counter)
    ends: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    truth = would.course.world.truth
    for place, new in enumerate(would.ledgers):
        old_terms, new_terms = was.conditions[place], would.conditions[place]
        _, books = compared(play.params, truth, new.quarter, old_terms, new_terms, new.trust)
        for why in why_by_account(play.params.accounts, books.contribution):
            ends[why.account][0] += why.before
            ends[why.account][1] += why.after
            for cause, cents in why.parts.items():
                parts[why.account][cause] += cents  # type: ignore[assignment]  # a Counter of cents
    for account, (before, after) in ends.items():
        if before != after:
            yield Why(account, before, after, dict(parts[account]))
