"""The debrief page of one player: self-contained, printable, readable without script."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from kamsim.debrief import first_page, parts_money, parts_player, story
from kamsim.debrief.attribution import Attribution, worths_of
from kamsim.debrief.parts_money import bullet
from kamsim.debrief.parts_skills import front_part, rows_part
from kamsim.debrief.record import Play
from kamsim.page import charts, shell
from kamsim.page.charts import Html
from kamsim.view.words.names import counted
from kamsim.view.words.year import purses

STYLE: Final = (
    charts.STYLE
    + first_page.STYLE
    + """
body { max-width: none; padding: 0; }
.chapters, .plain { max-width: 54rem; margin: 0 auto; padding: .5rem 1.25rem; }
details.chapter { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; margin: .5rem 0; }
details.chapter > summary { padding: .6rem 1rem; }
details.chapter > summary h2 { display: inline; margin: 0; font-size: 1.05rem; }
details.chapter > div { padding: 0 1rem 1rem; }
ul, ol { padding-left: 1.2rem; }
li { margin: .2rem 0; }
blockquote { margin: .4rem 0; padding-left: .8rem; border-left: 3px solid var(--line2); }
table { font-size: .9rem; }
table.tight { font-size: .8rem; }
table.tight th:first-child { min-width: 9em; }
table.words td, table.words th { text-align: left; }
tbody.plain tr > th { font-weight: 400; }
td, th { overflow-wrap: break-word; }
details > summary { cursor: pointer; padding: .25rem 0; }
.notice { border: 1px solid var(--line2); border-radius: .5rem; padding: .25rem .75rem; grid-column: 1 / -1; }
.notice ul { margin: 0; padding: 0; list-style: none; }
.card dt { margin-top: .6rem; } .blank { border-bottom: 1px solid var(--ink); min-height: 1.6rem; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }
.pair > * { min-width: 0; }
td .box { min-width: 4.5rem; border: 0; border-bottom: 1px solid var(--line2); background: none; color: inherit;
  font: inherit; }
footer { max-width: 54rem; margin: 1rem auto; padding: 0 1.25rem; }
@media (max-width: 40rem) { .pair { grid-template-columns: 1fr; } }
@media print { .screen { display: none; } details.prints::details-content { content-visibility: visible; }
  details.chapter:not([open]) { display: none; } .chapters { padding: 0; max-width: none; }
  details.chapter { border: 0; } details.chapter > div { padding: 0; }
  details.chapter > summary { padding: 0; list-style: none; } details.chapter[open] { break-before: page; }
  footer { margin: 4pt 0 0; padding: 0; max-width: none; font-size: 8.3pt; }
  table { font-size: 8.75pt; } table.tight { font-size: 8.3pt; }
  blockquote, .case { break-inside: avoid; } }
"""
)
LEARNING: Final = "This page is for learning, not for hiring or pay. One session is weak evidence about a person."


def section(name: str, title: str, *parts: str, role: str = "") -> str:
    """A part of the page with a heading that the contents lead to."""
    kind = f' class="{role}"' if role else ""
    head = f'<h2 id="{name}-h">{shell.text(title)}</h2>'
    return f'<section id="{name}"{kind} aria-labelledby="{name}-h">{head}\n{"".join(parts)}\n</section>\n'


def bdi(name: str) -> Html:
    """A name that somebody chose, kept from turning the text around it."""
    return Html(f"<bdi>{shell.text(name)}</bdi>")


def summary_lines(play: Play, made: Attribution | None) -> list[str]:
    """The session in a few sentences."""
    cast, lines = play.cast, []
    planned = play.log.header.quarters
    if not play.score:
        lines.append(f"Not finished: {counted(play.quarters, 'quarter')} of {planned} closed.")
    else:
        banked, left, _ = purses(cast, play.score.banked, play.score.left)
        lines.append(f"{play.score.score:.0f} points. Banked {banked}, left for your successor {left}.")
    if made is not None:
        good, bad = story.best_and_worst(made, 1)
        if good:
            lines.append(f"Worth most: {good[0].thread.title}. Without it, {cast.money(good[0].alone or 0)} less.")
        if bad:
            lines.append(f"Cost most: {bad[0].thread.title}. Without it, {cast.money(-(bad[0].alone or 0))} more.")
    given = story.concessions_of(play)
    if given:
        back = sum(came for _, _, came in given)
        lines.append(
            f"Price requests that you met: {len(given)}; {back} brought something back. What each was worth stands "
            "below."
        )
    lines.append(story.calibration_line(story.stated_ranges(play)))
    return lines


def player_page(play: Play, *, notes: Sequence[str] = ()) -> str:
    """The whole page of one player. ``notes``: what a debriefer should know of the file."""
    charts.fresh_numbers()
    told = f'<div class="notice" role="note">{bullet(list(notes))}</div>' if notes else ""
    foot = f"<footer><p>{shell.text(LEARNING)}</p></footer>"
    if play.quarters:
        made = worths_of(play)
        front = first_page.first_page(play, made, told)
        parts = player_parts(play, made)
        chapters = "".join(chapter(number, *part) for number, part in enumerate(parts, start=1))
        note = shell.paragraph("Printing gives the first page, and those of these chapters that are open.", "screen")
        body = f'{front}<section class="chapters" aria-label="Chapters">{note}{chapters}</section>'
    else:
        nothing = shell.paragraph("No quarter was closed, so there is nothing to debrief yet.")
        body = f'<div class="plain"><h1>Debrief: {bdi(play.name)}</h1>{told}{nothing}</div>'
    title = f"Debrief: {play.name}"
    return unbroken(shell.document(title, f"<main>\n{body}</main>\n{foot}", style=STYLE))


def chapter(number: int, name: str, title: str, inner: str) -> str:
    """A folded part behind the first page, numbered so that a class can be told which to open."""
    return (
        f'<details class="chapter" id="{name}"><summary><h2>{number}. {shell.text(title)}</h2></summary>\n'
        f"<div>{inner}</div></details>\n"
    )


def unbroken(html: str) -> str:
    """Signs kept with their figure and quarters with their year, so that no line ends in a minus or in Q4."""
    for sign in ("\N{MINUS SIGN}", "+"):
        for money in ("\N{EURO SIGN}", "\N{POUND SIGN}", "$"):
            html = html.replace(f"{sign}{money}", f"{sign}\N{WORD JOINER}{money}")
    return re.sub(r"\b(Q[1-4]) (\d{4})\b", "\\1\N{NO-BREAK SPACE}\\2", html)


def player_parts(play: Play, made: Attribution | None) -> list[tuple[str, str, str]]:
    """The chapters behind the first page: (id, heading, HTML)."""
    years = "".join(shell.heading(year, 3) + "".join(map(shell.paragraph, said)) for year, said in story.years(play))
    parts = [
        ("short", "In short", bullet(summary_lines(play, made))),
        ("skills", "Two strengths, two to practise: the evidence", front_part(play)),
        ("story", "The story of the years", years),
        ("guesses", "Guesses against truth", parts_player.guesses_part(play)),
    ]
    if made is not None:
        parts.append(("worth", "What your decisions were worth", parts_money.worth_part(play, made)))
    parts += [
        ("luck", "Luck and choice", bullet(story.luck_lines(play, made))),
        ("price", "Price and profit, then and now", parts_money.price_part(play)),
        ("curves", "Accounts: profit, share, trust, knowledge", parts_money.curves_part(play)),
        ("cases", "Business cases", parts_player.cases_part(play)),
        ("ranges", "Ranges: what you said, what came", parts_player.ranges_part(play)),
        ("joint", "Value for both sides", parts_money.joint_part(play, made)),
    ]
    if made is not None:
        parts.append(
            ("origins", "Where last year's discounts and costs came from", parts_money.lineage_part(play, made))
        )
    return [
        *parts,
        ("hours", "Where the hours went", parts_player.hours_part(play)),
        ("signals", "Signals missed and caught", parts_player.signals_part(play)),
        ("rows", "All 36 behaviours", rows_part(play)),
    ]
