"""A class: several sessions side by side. Distributions, awards, contrast pairs on one luck, questions, run sheets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median
from typing import Any, Final

from kamsim.debrief import mistakes, story
from kamsim.debrief.attribution import Attribution, Worth, worths_of
from kamsim.debrief.competencies import Rating, rate_class
from kamsim.debrief.record import YEAR, Play
from kamsim.debrief.threads import subject
from kamsim.view.words.names import counted, listed, percent

LEFT: Final = "left as it was"
"""The choice of whoever did nothing."""
RANGES: Final = 3
"""Ranges that a forecaster needs for the award."""
MOST_PAIRS: Final = 5
MOST_ALIKE: Final = 2
"""Contrast pairs of one kind."""


@dataclass(frozen=True, eq=False)
class Entry:
    """One player of the class."""

    number: int
    play: Play
    made: Attribution | None
    ratings: tuple[Rating, ...]
    """All 36 rows, and how rare each is in the class."""

    @property
    def alias(self) -> str:
        """What stands for the name on a projector."""
        return f"Player {self.number}"

    @cached_property
    def ranges(self) -> list[story.Range]:
        """Ranges stated."""
        return story.stated_ranges(self.play)

    @cached_property
    def mistakes(self) -> list[mistakes.Mistake]:
        """Mistakes found."""
        return mistakes.mistakes_of(self.play)

    @property
    def score(self) -> float | None:
        """Points; None for an unfinished session."""
        return self.play.score.score if self.play.score else None

    @property
    def profit(self) -> float:
        """Account profit of the quarters played, cents."""
        return float(self.play.profit.sum())


def entries_of(plays: Sequence[Play]) -> list[Entry]:
    """The players with a closed quarter, each with what the threads were worth. Their numbers follow their logs' last
    lines, so that nobody is found by the order of names or files."""
    played = sorted((play for play in plays if play.quarters), key=lambda play: play.log.last_hash)
    by_kind: dict[Any, list[Play]] = {}
    for play in played:
        by_kind.setdefault(play.kind, []).append(play)
    rated = {kind: iter(rate_class(alike)) for kind, alike in by_kind.items()}
    return [
        Entry(number, play, worths_of(play, shares=False), next(rated[play.kind]))
        for number, play in enumerate(played, start=1)
    ]


def apart(entries: Sequence[Entry]) -> list[list[Entry]]:
    """The players of one scenario and one set of rules together, the largest group first: figures of different worlds
    say nothing beside each other."""
    groups: dict[Any, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.play.kind, []).append(entry)
    return sorted(groups.values(), key=lambda group: (-len(group), group[0].play.scenario.title, group[0].play.kind))


def told_apart(groups: Sequence[Sequence[Entry]]) -> list[str]:
    """Each group in a line: how many played which scenario under which rules."""
    made = []
    for place, group in enumerate(groups, start=1):
        play = group[0].play
        rules = listed([str(rule) for rule in play.kind[1]])
        alike = {other[0].play.kind[0] for other in groups if other[0].play.scenario.title == play.scenario.title}
        version = f" (version {play.kind[0][:6]})" if len(alike) > 1 else ""
        made.append(f"Group {place}: {counted(len(group), 'player')}, {play.scenario.title}{version}, rules {rules}.")
    return made


def beyond_chair(entry: Entry) -> float | None:
    """What a player's decisions left beyond an empty chair on the same luck, cents; None where nothing can be played
    again."""
    return float(entry.made.played - entry.made.nobody) if entry.made else None


def chair_line(entries: Sequence[Entry]) -> str:
    """The class beside an empty chair; '' where nobody's session can be played again."""
    values = [value for entry in entries if (value := beyond_chair(entry)) is not None]
    if not values:
        return ""
    show = entries[0].play.cast.money
    more = sum(value > 0 for value in values)
    low, high, middle = (show(find(values), plus=True) for find in (min, max, median))
    return (
        f"An empty chair (nobody deciding anything, on the same luck): {more} of {len(values)} left more than it; "
        f"from {low} to {high}, the middle {middle}."
    )


def figures(entries: Sequence[Entry]) -> list[tuple[str, list[float], str]]:
    """The class in figures: (name, one value a player, unit: points, money, part)."""
    rows: list[tuple[str, list[float], str]] = []
    scores = [entry.score for entry in entries]
    if all(score is not None for score in scores):
        rows.append(("Score", [score or 0.0 for score in scores], "points"))
    rows.append(("Account profit a year", [YEAR * entry.profit / entry.play.quarters for entry in entries], "money"))
    chairs = [beyond_chair(entry) for entry in entries]
    if all(value is not None for value in chairs):
        rows.append(("Both purses, beyond an empty chair", [value or 0.0 for value in chairs], "money"))
    rows.append(("Discount, last four quarters", [_discount(entry.play) for entry in entries], "part"))
    rows.append(("Cost to serve, last four", [_service(entry.play) for entry in entries], "part"))
    rows.append(("Share of wallet at the end", [_mean(entry.play, "share_of_wallet") for entry in entries], "part"))
    rows.append(("Trust at the end", [_mean(entry.play, "trust") for entry in entries], "part"))
    return rows


def _last(play: Play) -> slice:
    return slice(max(0, play.quarters - YEAR), play.quarters)


def _discount(play: Play) -> float:
    book = play.lines(_last(play))
    listed = float(book["list_sales"].sum())
    return -float(book["on_invoice"].sum() + book["off_invoice"].sum()) / max(listed, 1.0)


def _service(play: Play) -> float:
    ledgers = play.ledgers[_last(play)]
    cost = -sum(float(ledger.cost_to_serve.sum()) for ledger in ledgers)
    return cost / max(sum(float(ledger.sales.sum()) for ledger in ledgers), 1.0)


def _mean(play: Play, field: str) -> float:
    last = play.truths[play.quarters - 1] if play.truths else {}
    return sum(float(getattr(account, field)) for account in last.values()) / max(1, len(last))


@dataclass(frozen=True, eq=False)
class Award:
    """An award: its name, who has it, and the figure that earned it."""

    name: str
    entry: Entry
    why: str


def awards(entries: Sequence[Entry]) -> list[Award]:
    """Straightest forecaster, best recovery, best re-cut: as far as anybody earned them."""
    made = []
    forecasters = [entry for entry in entries if len(entry.ranges) >= RANGES]
    if forecasters:
        best = min(forecasters, key=lambda entry: sum(one.score for one in entry.ranges) / len(entry.ranges))
        score = sum(one.score for one in best.ranges) / len(best.ranges)
        held = sum(one.inside for one in best.ranges)
        why = f"{held} of {len(best.ranges)} ranges held; interval score {score:.2f} (lower is straighter)"
        made.append(Award("Straightest forecaster", best, why))
    for name, pick in (("Best recovery", _recovery), ("Best re-cut", _recut)):
        found = [(worth, entry) for entry in entries for worth in pick(entry)]
        if found:
            worth, entry = max(found, key=lambda pair: (pair[0].alone or 0, -pair[1].number))
            if (worth.alone or 0) > 0:
                made.append(
                    Award(name, entry, f"{worth.thread.title}: worth {entry.play.cast.money(worth.alone or 0)}")
                )
    return made


def _recovery(entry: Entry) -> list[Worth]:
    return [worth for worth in entry.made.worths if worth.thread.kind == "incident"] if entry.made else []


def _recut(entry: Entry) -> list[Worth]:
    if entry.made is None:
        return []
    moves = entry.play.by_number
    return [
        worth
        for worth in entry.made.worths
        if worth.thread.kind == "case"
        and worth.thread.choice.startswith("signed")
        and any(moves[number].move.startswith("recut") for number in worth.thread.numbers)
    ]


@dataclass(frozen=True, eq=False)
class Side:
    """One way of deciding a thing: the choice, who went that way, and the mean worth of it in cents."""

    choice: str
    entries: tuple[Entry, ...]
    worth: float | None


@dataclass(frozen=True, eq=False)
class Contrast:
    """A thing that players on one luck decided in different ways."""

    key: str
    title: str
    sides: tuple[Side, ...]

    @property
    def gap(self) -> float:
        """Cents between the best side and the worst."""
        known = [side.worth for side in self.sides if side.worth is not None]
        return max(known) - min(known) if len(known) > 1 else 0.0

    @property
    def balance(self) -> int:
        """Players on the second largest side: how evenly the class split."""
        return sorted((len(side.entries) for side in self.sides), reverse=True)[1]


def contrasts(entries: Sequence[Entry]) -> list[Contrast]:
    """What players of the same scenario, luck and length decided differently: first where they split most and it
    mattered. A choice not made (no answer) counts as a side of its own, worth nothing."""
    worlds: dict[tuple[str, int, int], list[Entry]] = {}
    for entry in entries:
        if entry.made is not None:
            worlds.setdefault(entry.play.same_world, []).append(entry)
    made = []
    for group in worlds.values():
        if len(group) > 1:
            made += _in_world(group)
    chosen: list[Contrast] = []
    for one in sorted(made, key=lambda one: -one.gap * one.balance):
        kind = one.key.split(":")[0]
        same = [other for other in chosen if other.key == one.key]
        alike = [other for other in chosen if other.key.startswith(f"{kind}:")]
        if not same and len(alike) < MOST_ALIKE:
            chosen.append(one)
    return chosen[:MOST_PAIRS]


def _in_world(group: Sequence[Entry]) -> list[Contrast]:
    kinds = ("request", "price", "rhythm", "moment", "incident", "talk")
    keys: dict[str, str] = {}
    found: dict[str, dict[str, list[tuple[Entry, float | None]]]] = {}
    for entry in group:
        assert entry.made is not None
        for worth in entry.made.worths:
            thread = worth.thread
            if thread.kind in kinds:
                keys[thread.key] = subject(entry.play, thread)
                found.setdefault(thread.key, {}).setdefault(thread.choice, []).append((entry, worth.alone))
    made = []
    for key, choices in found.items():
        taken = {entry.number for pairs in choices.values() for entry, _ in pairs}
        idle: list[tuple[Entry, float | None]] = [(entry, 0.0) for entry in group if entry.number not in taken]
        if key.startswith("incident") and idle:
            continue  # an incident that did not happen to everybody is no choice
        sides = {**choices, **({LEFT: idle} if idle else {})}
        if len(sides) > 1:
            made.append(Contrast(key, keys[key], tuple(_side(choice, pairs) for choice, pairs in sides.items())))
    return made


def _side(choice: str, pairs: Sequence[tuple[Entry, float | None]]) -> Side:
    known = [worth for _, worth in pairs if worth is not None]
    return Side(choice, tuple(entry for entry, _ in pairs), sum(known) / len(known) if known else None)


@dataclass(frozen=True)
class Question:
    """A question for the class, with the evidence behind it: plain lines, players by number."""

    text: str
    evidence: tuple[str, ...]
    step: str
    """what, so what or now what."""


def questions(entries: Sequence[Entry]) -> list[Question]:
    """Questions that these logs raise, each with its evidence; the strongest of each step first."""
    made: list[Question] = []
    for contrast in contrasts(entries)[:3]:
        best = max((s for s in contrast.sides if s.worth is not None), key=lambda s: s.worth or 0.0, default=None)
        if best is None:
            continue
        evidence = tuple(
            f"{side.choice}: {counted(len(side.entries), 'player')}"
            + (
                ""
                if side.worth is None or side.choice == LEFT
                else f", worth {entries[0].play.cast.money(side.worth)} on average"
            )
            for side in contrast.sides
        )
        asked = f"{contrast.title}. You went different ways. What did each side know, and what did it assume?"
        made.append(Question(asked, evidence, "what"))
    counts = {
        kind: len({e.number for e in entries for one in e.mistakes if one.kind == kind}) for kind in mistakes.NAMES
    }
    for kind in sorted(counts, key=lambda kind: -counts[kind]):
        name = mistakes.NAMES[kind]
        found = [(entry, one) for entry in entries for one in entry.mistakes if one.kind == kind]
        who = {entry.number for entry, _ in found}
        if found:
            evidence = (
                f"{counted(len(who), 'player')} of {len(entries)}",
                *(f"{entry.alias}, {entry.play.cast.quarter(one.quarter)}: {one.text}" for entry, one in found[:3]),
            )
            made.append(Question(f"{name}. {mistakes.ASKS[kind]}", evidence, "so what"))
    ranges = [one for entry in entries for one in entry.ranges]
    if ranges:
        asked = "Whose figure did you give when you were asked for a range, and how would you know it is too narrow?"
        made.append(Question(asked, (story.calibration_line(ranges),), "so what"))
    else:
        asked = "Nobody stated a range that could be checked. Which figure of yours does your boss plan with?"
        made.append(Question(asked, (story.calibration_line(ranges),), "so what"))
    losers = [cast_name for entry in entries for cast_name in [_worst_account(entry)] if cast_name]
    if losers:
        name = max(set(losers), key=losers.count)
        evidence = (f"{name} earned least with {counted(losers.count(name), 'player')} of {len(entries)}",)
        made.append(Question(f"Who is your {name}: first by sales, last by profit? How would you find out on Monday?",
                             evidence, "now what"))  # fmt: skip
    asked = "Which three facts about your largest customer are older than two quarters, and who could renew them?"
    made.append(Question(asked, (_freshness_line(entries),), "now what"))
    return made


def _worst_account(entry: Entry) -> str:
    totals = entry.play.profit.sum(axis=0)
    return entry.play.cast.account(entry.play.params.accounts[int(totals.argmin())])


def _freshness_line(entries: Sequence[Entry]) -> str:
    values = []
    for entry in entries:
        known = [v for row in story.freshness(entry.play).values() for v in row if v is not None]
        values.append(sum(known) / len(known) if known else 0.0)
    return (
        f"Of the customers' initiatives, the middle player had heard of {percent(median(values))} within two quarters; "
        f"the best {percent(max(values))}, the last {percent(min(values))}"
    )


@dataclass(frozen=True)
class Step:
    """A line of a run sheet: minutes, what to do, and what to show."""

    part: str
    minutes: int
    text: str
    show: str


def run_sheet(entries: Sequence[Entry], minutes: int) -> list[Step]:
    """A debrief in 27 or 45 minutes, built from these logs: what, so what, now what. The minutes add up."""
    asked = questions(entries)
    what, so, now = ([q for q in asked if q.step == step] for step in ("what", "so what", "now what"))
    long = minutes >= 45
    opening = [
        Step("What", 5 if long else 3, "Hands up: best decision, worst decision, one word each. Nobody explains yet.",
             "In one minute"),
        *_asked(what, "What", (5, 4) if long else (5,), "Contrast pairs",
                "Two players tell the year that surprised them. What happened?"),
    ]  # fmt: skip
    middle = _asked(so, "So what", (7, 6, 5) if long else (6, 5), "Mistakes found",
                    "Read one promise and what it came to. Why the gap?")  # fmt: skip
    closing = [
        *_asked(now, "Now what", (5,) if long else (4,), "Handouts", "What will you do on Monday?"),
        Step("Now what", 8 if long else 4, "Fill in the Monday card alone, in silence. Two people read theirs aloud.",
             "Monday card"),
    ]  # fmt: skip
    steps = [*opening, *middle, *closing]
    assert sum(step.minutes for step in steps) == (45 if long else 27)
    return steps


def _asked(found: Sequence[Question], part: str, minutes: Sequence[int], show: str, other: str) -> list[Step]:
    """A line a question; where there are fewer questions than lines, the last one has ``other``."""
    texts = [question.text for question in found] + [other] * len(minutes)
    return [Step(part, spent, text, show) for spent, text in zip(minutes, texts, strict=False)]
