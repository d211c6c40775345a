"""The page of one who trained: drill by drill, skill by skill, and the ranges."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kamsim.debrief.class_report import CLASS_STYLE
from kamsim.debrief.drills.reading import Answered, Change, Trainee
from kamsim.debrief.report import LEARNING, bdi, section, unbroken
from kamsim.page import charts, charts_bars, charts_time, shell
from kamsim.page.charts import grid
from kamsim.page.charts_time import Series
from kamsim.view.words.gym import KIND_WORDS, SKILL_WORDS
from kamsim.view.words.names import counted, listed, money

MOST_RANGES: Final = 12
"""Ranges that are drawn, the latest."""
GAINED: Final = 0.08
"""By how much of 1 a skill must differ to have changed."""
RESULTS: Final = {
    "approved": "yes", "conditional": "yes, if", "returned": "sent back", "rejected": "no", "stopped": "stopped",
    "won": "won", "held": "noted", "lost": "lost", "passed": "put off", "signed": "signed", "walked": "they walked out",
    "left": "left", "open": "left open", "undecided": "nobody has it", "": "nothing",
}  # fmt: skip
"""By result: how it ended, in a word."""


def player_page(one: Trainee, *, notes: Sequence[str] = ()) -> str:
    """The whole page."""
    charts.fresh_numbers()
    title = f"Drills: {one.name}"
    head = f"<header><h1>Drills: {bdi(one.name)}</h1>{shell.paragraph(summary(one), 'under')}</header>\n"
    parts = [
        section("marks", "How it went", marks(one)),
        section("skills", "What it showed", skills(one)),
        section("ranges", "Your ranges", ranges(one)),
        section("drills", "Every drill", table(one)),
    ]
    if notes:
        parts.append(section("files", "About the files", "".join(map(shell.paragraph, notes))))
    body = f"{head}<main>{''.join(parts)}</main>\n<footer><p>{shell.text(LEARNING)}</p></footer>"
    return unbroken(shell.document(title, body, style=CLASS_STYLE))


def summary(one: Trainee) -> str:
    """All of it in a sentence or two."""
    better = sum(item.told.mark > item.told.habit for item in one.answered)
    count = len(one.answered)
    return (
        f"{counted(count, 'situation')}, {one.part * 100:.0f}% of what the facts would have borne; better than the "
        f"habitual answer in {better} of {count}. {calibration(one)}"
    )


def calibration(one: Trainee) -> str:
    """How often the truth lay inside the ranges."""
    held, named = one.ranges
    return f"The truth lay inside {held} of {counted(named, 'range')}." if named else "No range was named."


def marks(one: Trainee) -> str:
    """The marks, beside the habitual answer and what the facts would have borne."""
    across = [str(place) for place in range(1, len(one.answered) + 1)]
    told = [item.told for item in one.answered]
    series = (
        Series("yours", tuple(item.mark for item in told)),
        Series("borne by the facts", tuple(item.borne for item in told)),
        Series("habitual", tuple(item.habit for item in told)),
    )
    said = "The mark of each situation, 0 to 100: how good the answer was, luck apart."
    return charts_time.lines("Situation by situation", said, across, series, "{:.0f}".format, floor=0.0)


def skills(one: Trainee) -> str:
    """Skills by how well they were met, and what has changed."""
    rows = [(SKILL_WORDS[name][0], met * 100.0, "") for name, met in one.weakest()]
    if not rows:
        return shell.paragraph("No situation has shown a skill yet.")
    said = "How well each was met, of what the facts let it be met; the weakest first."
    drawn = charts_bars.bars("Skills", said, rows, lambda value: f"{value:.0f}%")
    return drawn + "".join(map(shell.paragraph, change_lines(one)))


def change_lines(one: Trainee) -> list[str]:
    """What got better, and what did not."""
    changes = one.changes()
    better = [change for change in changes if change.gain > GAINED]
    worse = [change for change in changes if change.gain < -GAINED]
    lines = []
    if better:
        lines.append(f"Better than at first: {listed([change_said(change) for change in better])}.")
    if worse:
        lines.append(f"Not as good as at first: {listed([change_said(change) for change in worse])}.")
    return lines or ["Too little was shown often enough to say what has changed."]


def change_said(change: Change) -> str:
    """A change in a few words."""
    name = SKILL_WORDS[change.skill][0].lower()
    return f"{name} ({change.first * 100:.0f} to {change.last * 100:.0f}%, {change.times} times)"


def ranges(one: Trainee) -> str:
    """The latest ranges, and what came."""
    named = [item for item in one.answered if item.told.expected is not None][-MOST_RANGES:]
    if not named:
        return shell.paragraph(calibration(one))
    rows = []
    for place, item in enumerate(named, len(one.answered) - len(named) + 1):
        low, high = item.told.expected or (0, 0)
        rows.append((f"{place}. {item.customer}", float(low), float(high), None, float(item.told.truth)))
    said = "Account profit of the year ahead: the range that was named, and what came."
    drawn = charts_bars.ranges("Ranges", said, rows, lambda cents: money(cents, named[-1].currency))
    return shell.paragraph(calibration(one)) + drawn


def table(one: Trainee) -> str:
    """Every drill in a row."""
    rows = [
        [
            str(place), KIND_WORDS[item.drill.kind], item.customer, str(item.drill.level),
            RESULTS.get(item.result, item.result), f"{item.told.mark:.0f}", f"{item.told.habit:.0f}",
            f"{item.told.borne:.0f}", worked_on(item),
        ]
        for place, item in enumerate(one.answered, 1)
    ]  # fmt: skip
    heads = ["No.", "Situation", "Customer", "Level", "How it ended", "Yours", "Habitual", "Facts", "To work on"]
    return grid("Every situation", heads, rows)


def worked_on(item: Answered) -> str:
    """The skill that it left to work on."""
    return SKILL_WORDS[item.told.next_time][0] if item.told.next_time in SKILL_WORDS else ""
