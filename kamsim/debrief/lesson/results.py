"""Slides about what came of it: the spread of results, what lower prices bought, luck against choice."""

from __future__ import annotations

from statistics import mean, median
from typing import Final

from kamsim.debrief.classroom import Entry, figures
from kamsim.debrief.lesson.slide import Group, Slide, names_of
from kamsim.debrief.record import YEAR
from kamsim.page import charts_spread, stage
from kamsim.view.words.names import counted, percent

MOST: Final = 2.0 / 3.0
"""Part of the class that must have finished for results to be those of whole sessions."""
HALVES: Final = 4
"""Players from which a class has halves."""
APART: Final = 0.01
"""Part of list price by which the halves' discounts must differ."""
ALIKE: Final = 0.03
"""Part of their profit by which the halves' middle players must differ."""


def spread(group: Group) -> Slide | None:
    """All results on one scale, beside the empty chair, a discounter and a typical key account manager."""
    if group.size < 2:
        return None
    show = group.cast.money
    scored = [(entry, score) for entry in group.entries if (score := entry.play.score)]
    finished = len(scored) >= max(2.0, MOST * group.size)
    if finished:
        values = [(entry, float(score.value)) for entry, score in scored]
        of_what = "profit banked, and what is left for the successor"
    else:
        values = [(entry, _yearly(entry)) for entry in group.entries]
        of_what = "account profit a year"
    low, high = min(values, key=lambda pair: pair[1]), max(values, key=lambda pair: pair[1])
    alike = len({entry.play.same_world for entry, _ in values}) == 1
    first = scored[0][1] if finished and alike else None
    marks = []
    if first:
        marks = [("typical", float(first.typical)), ("8% discounter", float(first.discounter.value)),
                 ("empty chair", float(first.empty_chair.value))]  # fmt: skip
    luck = "One luck, the same customers" if group.one_luck else "The same customers"
    said = f"{counted(len(values), 'player')}: {of_what}. The middle is {show(median(v for _, v in values))}."
    rows = [("You", [("", value) for _, value in values])]
    say = [f"Everybody stood before {counted(len(group.cast.accounts), 'customer')}. {said}"]
    if first:
        beaten = sum(value > first.typical for _, value in values)
        empty = sum(value < first.empty_chair.value for _, value in values)
        say.append(
            f"A typical key account manager leaves {show(first.typical)} on this luck; {beaten} of {len(values)} did "
            f"better. Deciding nothing at all leaves {show(first.empty_chair.value)}; {empty} did worse than that."
        )
    if len(values) < group.size:
        say.append(f"{counted(group.size - len(values), 'session')} not finished and not in the picture.")
    return Slide(
        "spread", f"What came of it: {of_what}", f"{luck}: from {show(low[1])} to {show(high[1])}",
        charts_spread.dots("Results of the class", said, rows, show, marks=marks, widths=stage.WIDTHS, tall=stage.TALL),
        "What would you have to see to know which end is skill?",
        tuple(say),
        (f"The ends are {low[0].play.name} and {high[0].play.name}. Call on neither: ask somebody in the middle.",),
        5, 1,
    )  # fmt: skip


def _yearly(entry: Entry) -> float:
    return YEAR * entry.profit / entry.play.quarters


def price(group: Group) -> Slide | None:
    """The half that gave the lower discounts beside the half that gave the higher ones."""
    if group.size < HALVES:
        return None
    values = {name: row for name, row, _ in figures(group.entries)}
    off, profit = values["Discount, last four quarters"], values["Account profit a year"]
    order = sorted(range(group.size), key=lambda place: off[place])
    low, high = order[: group.size // 2], order[-(group.size // 2) :]
    given = [mean(off[place] for place in half) for half in (low, high)]
    earned = [median(profit[place] for place in half) for half in (low, high)]
    gap = earned[0] - earned[1]
    if given[1] - given[0] < APART or abs(gap) < ALIKE * abs(earned[1]):
        return None
    show = group.cast.money
    more = "more" if gap > 0 else "less"
    rows = [(f"{percent(given[row], 1)} off on average", [("", profit[place]) for place in half])
            for row, half in enumerate((low, high))]  # fmt: skip
    title = f"The half that gave less off earned {show(abs(gap))} a year {more}"
    said = f"Account profit a year, by player: in the middle {show(earned[0])} beside {show(earned[1])}."
    return Slide(
        "price", "What lower prices bought: account profit a year", title,
        charts_spread.dots("Profit by half of the class", said, rows, show,
                           widths=stage.WIDTHS, tall=stage.TALL / 2),
        "What did the points bring back, and who could have said so beforehand?",
        (f"{said} Discounts of the last four quarters: {percent(given[0], 1)} and {percent(given[1], 1)}.",
         "The halves differ in more than price. Say so before somebody else does."),
        (f"Gave least off: {names_of([group.entries[place] for place in low], 3)}. Gave most: "
         f"{names_of([group.entries[place] for place in reversed(high)], 3)}.",),
        5, 3,
    )  # fmt: skip


def luck(group: Group) -> Slide | None:
    """What decisions moved beside what luck moved, on one scale."""
    if not group.valued:
        return None
    show = group.cast.money
    chosen = [(entry, float(made.played - made.nobody)) for entry, made in group.valued]
    fell = [(entry, float(made.played - made.middling)) for entry, made in group.valued]
    rows = [("Your decisions", [("", value) for _, value in chosen]), ("Luck", [("", value) for _, value in fell])]
    said = "Decisions: against an empty chair on the same luck. Luck: against the same moves with every chance halfway."
    if len(chosen) > 1:
        wide = [max(v for _, v in part) - min(v for _, v in part) for part in (chosen, fell)]
        title = f"Between the ends of this class lie {show(wide[0])} of decisions and {show(wide[1])} of luck"
    else:
        title = f"Decisions moved {show(chosen[0][1], plus=True)}, luck {show(fell[0][1], plus=True)}"
    lucky, unlucky = max(fell, key=lambda pair: pair[1]), min(fell, key=lambda pair: pair[1])
    below = [entry for entry, value in chosen if value < 0]
    say = [f"{said} Both in what is banked and left behind together."]
    if below:
        say.append(f"{counted(len(below), 'player')} would have left more by deciding nothing.")
    call = [f"Luck was kindest to {lucky[0].play.name} ({show(lucky[1], plus=True)}), hardest on "
            f"{unlucky[0].play.name} ({show(unlucky[1], plus=True)})."] if len(fell) > 1 else []  # fmt: skip
    return Slide(
        "luck", "Luck against choice: what each moved for each of you", title,
        charts_spread.dots("Decisions and luck", said, rows, show, widths=stage.WIDTHS, tall=stage.TALL / 2),
        "Which of your results would come again next year, on another luck?",
        tuple(say), tuple(call), 5, 2,
    )  # fmt: skip
