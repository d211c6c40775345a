"""The slides as a page to project, and the presenter's sheet to print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kamsim.debrief.lesson.choosing import absent
from kamsim.debrief.lesson.slide import MINUTES, Group, Slide, shared_out
from kamsim.debrief.parts_money import bullet
from kamsim.debrief.report import unbroken
from kamsim.page import charts, shell, stage
from kamsim.view.words.names import counted

SHORT: Final = 27
"""Minutes of a short lesson."""
KEYS: Final = (
    "Open the slides in any browser and press F11 for the whole screen. Space, Page Down, the arrow down, a click or a "
    "clicker turns on; Page Up, the arrow up or a click at the left edge goes back."
)
SHEET_STYLE: Final = """
body { max-width: 50rem; background: var(--card); }
.slot { display: grid; grid-template-columns: 4.75rem 1fr; gap: 0 1rem; border-top: 1px solid var(--line2);
  padding: .6rem 0; break-inside: avoid; }
.slot h2 { margin: 0; font-size: 1.1rem; line-height: 1.25; }
.slot p { margin: .2rem 0; }
.slot .when { font-weight: 600; margin: 0; }
.slot .when small { display: block; font-weight: 400; color: var(--ink2); font-size: .85rem; }
.slot .ask { font-weight: 600; background: var(--accent-soft); padding: .15rem .5rem; margin-left: -.5rem; }
.slot ul { margin: .2rem 0; padding-left: 1.2rem; }
.slot .kind { color: var(--accent); font-size: .9rem; font-weight: 600; margin: 0; }
@media print { @page { size: A4; margin: 11mm 12mm; } body { font-size: 8.75pt; line-height: 1.36; }
  h1 { font-size: 15pt; } .under { margin: 0 0 4pt; } .slot { padding: 3.5pt 0; } .slot h2 { font-size: 10.5pt; }
  .slot p, .slot ul { margin: 1.5pt 0; } }
"""


def deck_page(group: Group, slides: Sequence[Slide]) -> str:
    """All slides as one page."""
    count = len(slides)
    boards = "".join(
        stage.board(number, count, one.kind, one.title, one.picture, one.ask)
        for number, one in enumerate(slides, start=1)
    )
    title = f"{group.entries[0].play.scenario.title}: {counted(group.size, 'player')}"
    return unbroken(shell.document(title, f"<main>\n{boards}</main>", style=charts.STYLE + stage.STYLE, role="deck"))


def presenter_page(group: Group, slides: Sequence[Slide], notes: Sequence[str] = ()) -> str:
    """The sheet beside the slides: minutes, what to say, what to ask, whom to call on. It holds names.

    ``notes``: what the presenter should know of the files.
    """
    long, few = shared_out(slides), short(slides)
    at, slots = 0, []
    for number, (one, spent) in enumerate(zip(slides, long, strict=True), start=1):
        slots.append(_slot(number, one, at, spent, few.get(one.key, 0)))
        at += spent
    on_slides = "The slides hold them, too." if group.named else "The slides hold none."
    under = (
        f"{group.entries[0].play.scenario.title}, {counted(group.size, 'player')}. This sheet holds names; keep it in "
        f"your hand. {on_slides}"
    )
    title = f"Presenter\N{RIGHT SINGLE QUOTATION MARK}s sheet: {MINUTES} minutes, {counted(len(slides), 'slide')}"
    head = f"<header>{shell.heading(title, 1)}{shell.paragraph(under, 'under')}</header>\n"
    rest = [*absent(list(slides)), *notes]
    left = f"<section>{shell.heading('Not on the slides')}{bullet(rest)}</section>" if rest else ""
    how = shell.paragraph(f"{KEYS} With {SHORT} minutes, show only the slides with a second figure below the minutes.")
    body = f"{head}<main>{how}{''.join(slots)}{left}</main>"
    return unbroken(shell.document("Presenter's sheet", body, style=SHEET_STYLE))


def short(slides: Sequence[Slide]) -> dict[str, int]:
    """Minutes by slide for a short lesson: without what is least needed."""
    kept = [slide for slide in slides if slide.need <= 2]
    return {slide.key: spent for slide, spent in zip(kept, shared_out(kept, SHORT), strict=True)}


def _slot(number: int, one: Slide, at: int, spent: int, brief: int) -> str:
    say = "".join(shell.paragraph(line) for line in one.say)
    few = f"<small>or {brief} min</small>" if brief else ""
    return (
        f'<section class="slot"><p class="when">{at} to {at + spent}{few}</p><div>'
        f'<p class="kind">{number}. {shell.text(one.kind)}</p><h2>{shell.text(one.title)}</h2>{say}'
        f'<p class="ask">Ask: {shell.text(one.ask)}</p>{bullet(list(one.call))}</div></section>\n'
    )
