"""The whale curve: which customers bring the profit, beside which ones the class believed would."""

from __future__ import annotations

from statistics import mean
from typing import Final

from kamsim.debrief.classroom import Entry
from kamsim.debrief.lesson.slide import Group, Slide, names_of
from kamsim.debrief.record import YEAR
from kamsim.game.events.ending import RanksRevealed
from kamsim.page import charts_spread, stage
from kamsim.view.words.names import percent

FEWEST: Final = 3
"""Accounts that make a curve."""
MOST: Final = 8
"""Accounts on a slide."""
ROOM: Final = 128.0
"""Units for a line of an account's name where there are that many."""


def whale(group: Group) -> Slide | None:
    """Account profit of the last four quarters, the class's mean, added up from the best account to the worst."""
    cast = group.cast
    accounts = list(group.entries[0].play.params.accounts)
    if len(accounts) < FEWEST:
        return None
    means = [
        mean(float(entry.play.profit[-YEAR:, row].sum()) for entry in group.entries) for row in range(len(accounts))
    ]
    order = sorted(range(len(accounts)), key=lambda row: -means[row])
    best, worst, whole = order[0], order[-1], sum(means)
    show = cast.money
    part = f"brings {percent(means[best] / whole)} of the profit" if whole > 0 else f"brings {show(means[best])}"
    end = f"costs {show(-means[worst])}" if means[worst] < 0 else f"brings {percent(means[worst] / whole)}"
    title = f"{cast.account(accounts[best])} {part}, {cast.account(accounts[worst])} {end}"
    loss = [row for row in order if means[row] < 0]
    said = f"Last four quarters, mean of {group.size}: {show(whole)} in all."
    if loss:
        top = sum(means[row] for row in order if means[row] > 0)
        said += f" Without the accounts that lose money it would be {show(top)}."
    points = [(stage.fit(cast.account(accounts[row]), 24.0, ROOM, most=2), means[row]) for row in order]
    say, call = [said], []
    guessed = _guessed(group)
    if guessed:
        right = [entry for entry, guess, truth in guessed if guess[-1] == truth[-1]]
        first = [entry for entry, guess, truth in guessed if guess[0] == truth[0]]
        say.append(
            f"On the first day {len(guessed)} of you ranked the customers by profit: {len(first)} had the first one "
            f"right, {len(right)} the last one."
        )
        if right:
            call.append(f"Had the last one right: {names_of(right)}. Ask what they had looked at.")
    return Slide(
        "whale", "Where profit comes from: account profit of the last four quarters", title,
        charts_spread.whale("Profit customer by customer, the best first", said, _few(points), show,
                            widths=stage.WIDTHS, tall=stage.TALL),
        f"Who is your {cast.account(accounts[worst])}, and how would you find out on Monday?",
        tuple(say), tuple(call), 5, 1,
    )  # fmt: skip


def _few(points: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """As many accounts as a slide has room for: the best, the last two, and the others as one between them."""
    if len(points) <= MOST:
        return points
    best, others, last = points[: MOST - 3], points[MOST - 3 : -2], points[-2:]
    return [*best, (f"{len(others)} others", sum(value for _, value in others)), *last]


def _guessed(group: Group) -> list[tuple[Entry, list[str], list[str]]]:
    """Who ranked the accounts before the first year ended: the player, the guess, the truth, best first."""
    made = []
    for entry in group.entries:
        for item in entry.play.of(RanksRevealed)[:1]:
            if item.event.guess:
                made.append((entry, list(item.event.guess), list(item.event.by_profit)))
    return made
