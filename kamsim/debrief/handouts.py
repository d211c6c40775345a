"""Handouts: a sheet of A4 for each player, in one file to print, with room to write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kamsim.debrief import report, story
from kamsim.debrief.classroom import Entry
from kamsim.debrief.competencies import Rating, front
from kamsim.debrief.decisions import flags_of
from kamsim.debrief.record import Play
from kamsim.debrief.signals import signals_missed
from kamsim.letters import curled
from kamsim.page import charts, charts_time, shell
from kamsim.view.words.names import counted

STYLE: Final = """
body { max-width: none; padding: 1.5rem; background: var(--bg); }
.sheet { width: 186mm; height: 270mm; margin: 0 auto 1.5rem; padding: 0; display: flex; flex-direction: column;
  font-size: 9.75pt; line-height: 1.35; background: var(--card); box-shadow: 0 0 0 12mm var(--card),
  0 0 0 calc(12mm + 1px) var(--line); margin-block: 16mm 30mm; overflow: hidden; }
.sheet h2 { border: 0; margin: 0; padding: 0; font-size: 16pt; line-height: 1.2; overflow-wrap: anywhere; }
.sheet h3 { margin: 3mm 0 1mm; font-size: 10.5pt; }
.sheet p { margin: .5mm 0; }
.sheet ul { margin: 0; padding-left: 4.5mm; }
.sheet li { margin: .4mm 0; }
.sheet .under { color: var(--ink2); }
.sheet .big { font-size: 12.5pt; font-weight: 600; margin: 1.5mm 0; }
.sheet figure.chart { margin: 1mm 0 0; } .sheet figure.chart .said { margin: 0; font-size: 8.5pt; }
.sheet figure.chart > svg { max-width: none; } .sheet details.numbers { display: none; }
.two { display: grid; grid-template-columns: 1fr 1fr; gap: 0 8mm; }
.two > * { min-width: 0; }
.write { flex: 1; min-height: 0; display: flex; flex-direction: column; }
.write .rule { flex: 1; min-height: 6mm; border-bottom: 1px solid var(--line); display: flex; align-items: flex-end;
  color: var(--ink2); padding-bottom: .8mm; }
.sheet footer { margin: 2mm 0 0; font-size: 8.25pt; }
@media screen and (max-width: 52rem) {
  body { padding: .5rem; }
  .sheet { width: auto; height: auto; margin: 0 0 1rem; padding: 1rem; box-shadow: none; }
  .sheet { border: 1px solid var(--line); }
  .sheet, .sheet footer, .sheet figure.chart .said { font-size: .9rem; } .two { grid-template-columns: 1fr; }
  .write .rule { min-height: 2.25rem; }
}
@media print {
  @page { size: A4; margin: 13mm 12mm; }
  body { padding: 0; background: none; }
  .sheet { margin: 0; box-shadow: none; width: auto; break-after: page; break-inside: avoid; }
  .sheet:last-of-type { break-after: auto; }
  .cover { display: none; }
}
"""
MOST: Final = 8
"""Decisions in the picture, the largest."""
WIDE: Final = (700.0, 360.0)
TALL: Final = 178.0
"""The picture's size: that of the sheet, and narrower for a telephone."""
LONGEST: Final = 190
"""Letters of a line of evidence."""
AGAIN: Final = ("A decision that I would take again, and what I knew", "One that I would not, and what I did not know")
"""What is written beside the result."""
CARD: Final = (
    "My customer, and who decides there", "Three facts, and how old each is", "",
    "One executive to reach, and by which insight", "One case to re-cut, and what changes on the page", "By (date)",
)  # fmt: skip
"""What the Monday card asks for, a line each; '' for one more line."""


def handouts_page(entries: Sequence[Entry]) -> str:
    """All handouts as one page to print, a sheet each, by name, as they are handed out."""
    head = (
        f'<header class="cover"><h1>Handouts: {counted(len(entries), "player")}</h1><p class="under">Print this page: '
        "a sheet of A4 each.</p></header>\n"
    )
    ordered = sorted(entries, key=lambda entry: entry.play.name.casefold())
    sheets = "".join(map(_sheet, ordered))
    return report.unbroken(shell.document("Handouts", f"{head}<main>{sheets}</main>", style=charts.STYLE + STYLE))


def _sheet(entry: Entry) -> str:
    play = entry.play
    strong, weak = front(entry.ratings)
    skills = [("Strengths", _skills(play, strong, met=True)), ("To practise", _skills(play, weak, met=False))]
    missed = signals_missed(play)
    lines = [story.calibration_line(entry.ranges)]
    if missed:
        lines.append(f"Missed, the first of {len(missed)}: {_short(missed[0])}")
    name = f"hand{entry.number}"
    return (
        f'<article class="sheet" aria-labelledby="{name}"><h2 id="{name}">{report.bdi(play.name)}</h2>'
        f'<p class="under">{shell.text(play.scenario.title)}, {counted(play.quarters, "quarter")}</p>'
        f'<p class="big">{shell.text(_result(entry))}</p>{_years(entry)}{_two(skills)}'
        f"{_list(lines)}{_write('In my own words', AGAIN, 3)}{_write('Monday card', CARD, 1)}"
        f"<footer>{shell.text(report.LEARNING)}</footer></article>\n"
    )


def _result(entry: Entry) -> str:
    play, cast = entry.play, entry.play.cast
    earned = f"account profit {cast.money(entry.profit)}"
    if entry.score is None or not play.score:
        return f"{counted(play.quarters, 'quarter')} closed; {earned}."
    return f"{entry.score:.0f} points, where 50 is a typical key account manager on your luck; {earned}."


def _years(entry: Entry) -> str:
    """The years, each decision a flag of its size."""
    play, cast = entry.play, entry.play.cast
    found = flags_of(play, entry.made)[:MOST] if entry.made is not None else []
    flags = [replace(flag, mark="") for flag in found]  # no list beside the picture goes by numbers
    if not flags:
        return ""
    years = [(str(play.scenario.year + number), cast.money(float(play.profit[part].sum())), part.start, part.stop)
             for number, part in enumerate(story.year_slices(play.quarters))]  # fmt: skip
    quarters = [cast.quarter(quarter) for quarter in range(1, play.quarters + 1)]
    said = "Each flag is as high as what both purses would have missed without that decision."
    return charts_time.flags(
        "What your decisions were worth", said, quarters, years, flags, cast.money, each="account profit", widths=WIDE,
        tall=TALL,
    )  # fmt: skip


def _two(parts: Sequence[tuple[str, Sequence[str]]]) -> str:
    made = "".join(
        f"<div>{shell.heading(title, 3)}{_list(lines) or shell.paragraph('None stands out.')}</div>"
        for title, lines in parts
    )
    return f'<div class="two">{made}</div>'


def _list(lines: Sequence[str]) -> str:
    return "<ul>" + "".join(f"<li>{shell.text(curled(_short(line)))}</li>" for line in lines) + "</ul>" if lines else ""


def _skills(play: Play, ratings: Sequence[Rating], *, met: bool) -> list[str]:
    lines = []
    for rating in ratings:
        shown = [one for one in rating.occasions if one.met == met][-1:]
        proof = f" {play.cast.quarter(shown[0].quarter)}: {shown[0].text}." if shown else ""
        lines.append(f"{rating.row.behaviour}: {rating.row.words} ({rating.met} of {len(rating.occasions)}).{proof}")
    return lines


def _short(line: str) -> str:
    """A line that leaves room to write."""
    if len(line) <= LONGEST:
        return line
    return f"{line[: LONGEST - 1].rsplit(' ', maxsplit=1)[0]}\N{HORIZONTAL ELLIPSIS}"


def _write(title: str, prompts: Sequence[str], room: int) -> str:
    """Ruled lines under a heading: each prompt on a line, then ``room`` - 1 empty ones."""
    rules = "".join(
        f'<div class="rule">{shell.text(prompt)}</div>' + '<div class="rule"></div>' * (room - 1) for prompt in prompts
    )
    return f'<div class="write">{shell.heading(title, 3)}{rules}</div>'
