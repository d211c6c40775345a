"""The debrief page of one player: self-contained, printable, readable without script."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kamsim.debrief import parts_money, parts_player, story
from kamsim.debrief.attribution import Attribution, WhatIf, worths_of
from kamsim.debrief.parts_money import bullet
from kamsim.debrief.parts_skills import front_part, rows_part
from kamsim.debrief.record import Play
from kamsim.page import charts, shell
from kamsim.page.charts import Html
from kamsim.view.words.names import counted

STYLE: Final = (
    charts.STYLE
    + """
body { max-width: 54rem; }
h3 { font-size: 1rem; margin: 1.1rem 0 .25rem; }
nav ul { columns: 2; padding-left: 1.1rem; margin: .5rem 0; }
nav a { color: var(--c0); }
ul, ol { padding-left: 1.2rem; }
li { margin: .2rem 0; }
blockquote { margin: .4rem 0; padding-left: .8rem; border-left: 3px solid var(--line); }
table { font-size: .9rem; }
table.tight { font-size: .8rem; }
table.tight th:first-child { min-width: 9em; }
table.words td, table.words th { text-align: left; }
tbody.plain tr > th { font-weight: 400; }
td, th { overflow-wrap: break-word; }
details > summary { cursor: pointer; padding: .25rem 0; }
.big { font-size: 1.15rem; }
.notice { border: 2px solid var(--line); padding: .5rem .75rem; }
.card dt { margin-top: .6rem; } .blank { border-bottom: 1px solid var(--ink); min-height: 1.6rem; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }
.pair > * { min-width: 0; }
td .box { min-width: 4.5rem; border: 0; border-bottom: 1px solid var(--line); background: none; color: inherit;
  font: inherit; }
a:focus-visible, summary:focus-visible, .wide:focus-visible { outline: 3px solid var(--c1); outline-offset: 2px; }
@media (max-width: 40rem) { .pair { grid-template-columns: 1fr; } nav ul { columns: 1; } }
@media print { nav, .screen { display: none; } details.prints::details-content { content-visibility: visible; }
  body { font-size: 9.5pt; } table { font-size: 8.5pt; } table.tight { font-size: 7pt; } .wide { overflow: visible; }
  #monday { break-before: page; } blockquote, .case { break-inside: avoid; } h3 { break-after: avoid; } }
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
    if made is not None:
        good, bad = story.best_and_worst(made, 1)
        if good:
            lines.append(f"Worth most: {good[0].thread.title}. Without it, {cast.money(good[0].alone or 0)} less.")
        if bad:
            lines.append(f"Cost most: {bad[0].thread.title}. Without it, {cast.money(-(bad[0].alone or 0))} more.")
    given = story.concessions_of(play)
    if given:
        back = sum(came for _, _, came in given)
        lines.append(f"Price requests that you met: {len(given)}; {back} brought something back.")
    lines.append(story.calibration_line(story.stated_ranges(play)))
    return lines


def player_page(play: Play, *, notes: Sequence[str] = (), what_ifs: Sequence[WhatIf] = ()) -> str:
    """The whole page of one player. ``notes``: what a debriefer should know of the file."""
    charts.fresh_numbers()
    made = worths_of(play)
    parts = player_parts(play, made, what_ifs)
    title = f"Debrief: {play.name}"
    scenario = play.scenario.title
    head = (
        f"<header><h1>Debrief: {bdi(play.name)}</h1>"
        f'<p class="under">{shell.text(scenario)}, {counted(play.quarters, "quarter")} from {play.scenario.year}. '
        f"Luck {play.seed}.</p></header>\n"
    )
    contents = "".join(f'<li><a href="#{name}">{shell.text(heading)}</a></li>' for name, heading, _ in parts)
    nav = f'<nav aria-label="Contents"><ul>{contents}</ul></nav>\n'
    body = "".join(section(name, heading, inner) for name, heading, inner in parts)
    told = f'<div class="notice" role="note">{bullet(list(notes))}</div>' if notes else ""
    foot = f"<footer><p>{shell.text(LEARNING)}</p></footer>"
    return unbroken(shell.document(title, f"{head}{nav}<main>\n{told}{body}</main>\n{foot}", style=STYLE))


def unbroken(html: str) -> str:
    """Signs kept with their figure, so that no line ends in a minus."""
    for sign in ("\N{MINUS SIGN}", "+"):
        for money in ("\N{EURO SIGN}", "\N{POUND SIGN}", "$"):
            html = html.replace(f"{sign}{money}", f"{sign}\N{WORD JOINER}{money}")
    return html


def player_parts(play: Play, made: Attribution | None, what_ifs: Sequence[WhatIf] = ()) -> list[tuple[str, str, str]]:
    """The parts of a player's page: (id, heading, HTML)."""
    if not play.quarters:
        return [("short", "In short", shell.paragraph("No quarter was closed, so there is nothing to debrief yet."))]
    score = ""
    if play.score:
        score = (
            f'<p class="big"><strong>{play.score.score:.0f} points</strong>. Banked '
            f"{shell.text(play.cast.money(play.score.banked))}, left for your successor "
            f"{shell.text(play.cast.money(play.score.left))}.</p>"
        )
    lost = "" if made else shell.paragraph(
        "Played again it gives other figures (other rules, or changed), so what threads were worth is missing."
    )  # fmt: skip
    years = "".join(shell.heading(year, 3) + "".join(map(shell.paragraph, said)) for year, said in story.years(play))
    parts = [
        ("short", "In short", score + bullet(summary_lines(play, made)) + lost),
        ("skills", "Two strengths, two to practise", front_part(play)),
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
    for number, one in enumerate(what_ifs, start=1):
        parts.append((f"whatif{number}", "What if" if number == 1 else f"What if ({number})",
                      parts_money.what_if_part(play, one)))  # fmt: skip
    return [
        *parts,
        ("hours", "Where the hours went", parts_player.hours_part(play)),
        ("signals", "Signals missed and caught", parts_player.signals_part(play)),
        ("rows", "All 36 behaviours", rows_part(play)),
        ("monday", "Monday card", parts_player.monday_card()),
    ]
