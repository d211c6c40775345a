"""Slides about forecasts and habits: the straightest forecaster, the commonest mistake."""

from __future__ import annotations

from typing import Final

from kamsim.debrief import mistakes, story
from kamsim.debrief.classroom import RANGES, awards
from kamsim.debrief.lesson.slide import Group, Slide
from kamsim.page import charts_bars, stage
from kamsim.view.words.names import counted

SHOWN: Final = 5
"""Ranges on a slide, the latest."""


def forecaster(group: Group) -> Slide | None:
    """The ranges of whoever forecast straightest beside what came, and how the class did."""
    best = next((one.entry for one in awards(group.entries) if one.name == "Straightest forecaster"), None)
    if best is None:
        return None
    every = [one for entry in group.entries for one in entry.ranges]
    held, stated = sum(one.inside for one in best.ranges), len(best.ranges)
    kept = sum(one.inside for one in every)
    shown = best.ranges[-SHOWN:]
    who = best.play.name if group.named else "One of you"
    rest = f"The class: {kept} of {len(every)}" if group.size > 1 else "Four of five should"
    hoped = round(story.HOPED * len(every))
    said = f"Each bar is a range that was stated, each mark what came. {rest}; about {hoped} should have held."
    title = f"{who} stated {counted(stated, 'range')}, and {held} held. {rest}"
    others = sorted(
        (entry for entry in group.entries if len(entry.ranges) >= RANGES and entry is not best),
        key=lambda entry: sum(one.inside for one in entry.ranges) / len(entry.ranges),
    )
    call = [
        f"It is {best.play.name}. Ask first whether they want to be named; then what they knew of their own figures."
    ]
    if others:
        last = others[0]
        call.append(
            f"{last.play.name} stated {counted(len(last.ranges), 'range')}, "
            f"{sum(one.inside for one in last.ranges)} held: too narrow, or about the wrong thing?"
        )
    return Slide(
        "forecaster", "The straightest forecaster: the range that was stated, and what came", title,
        charts_bars.ranges(
            "What was said, and what came", said,
            [(one.name, one.low, one.high, one.middle, one.actual) for one in shown], group.cast.money,
            widths=stage.WIDTHS,
        ),
        "How wide must yours be for four of five to hold?",
        (said, "A range that always holds is no use either: straightest is who pays least for width and misses."),
        tuple(call), 4, 3,
    )  # fmt: skip


def mistake(group: Group) -> Slide | None:
    """The mistake that most made."""
    counts = {
        kind: len({entry.number for entry in group.entries for one in entry.mistakes if one.kind == kind})
        for kind in mistakes.NAMES
    }
    kind = max(counts, key=lambda name: counts[name])
    if not counts[kind]:
        return None
    rows = [
        (name.split(":", maxsplit=1)[0], float(counts[key]), "own" if key == kind else "")
        for key, name in mistakes.NAMES.items()
        if counts[key]
    ]
    rows.sort(key=lambda row: -row[1])
    head, _, tail = mistakes.NAMES[kind].partition(": ")
    found = [(entry, one) for entry in group.entries for one in entry.mistakes if one.kind == kind]
    said = f"Players with each mistake of the documents on key accounts, of {group.size}."
    return Slide(
        "mistake", f"The commonest mistake: {head.lower()}", f"{counts[kind]} of {group.size}: {tail or head.lower()}",
        charts_bars.bars("Mistakes found", said, rows, lambda value: f"{value:.0f}", widths=stage.WIDTHS),
        mistakes.ASKS[kind],
        (said,),
        tuple(f"{entry.play.name}, {entry.play.cast.quarter(one.quarter)}: {one.text}." for entry, one in found[:3]),
        5, 4,
    )  # fmt: skip
