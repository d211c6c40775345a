"""A player's first page: what fits one screen and one sheet of A4, and could be all that somebody reads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kamsim.debrief.attribution import Attribution
from kamsim.debrief.decisions import Decision
from kamsim.debrief.front import LOST, Chance, Front, Skill, front_of
from kamsim.debrief.parts_player import monday_card
from kamsim.debrief.record import Play
from kamsim.page import charts_bars, charts_spread, charts_time, shell
from kamsim.page.canvas import NARROW
from kamsim.page.drawn import icon, portrait
from kamsim.view.words.names import capital

Money = Callable[..., str]
YEARS: Final = (755.0, NARROW)
TALL: Final = 172.0
SIDE: Final = (NARROW,)
"""Widths at which the charts of the wide and of the narrow column are drawn, and the height of the years."""
STYLE: Final = """
.first { display: grid; grid-template-columns: minmax(0, 1fr) 29%; gap: .7em; max-width: 160vh; margin: 0 auto;
  padding: .7em 1.2em; font-size: clamp(12px, min(1.016vw, 1.6vh), 20px); line-height: 1.38; }
.first header { grid-column: 1 / -1; display: flex; align-items: baseline; gap: 0 1em; }
.first h1 { font-size: 1.7em; margin: 0; } .first .under { margin: 0; }
.first .note { color: var(--ink2); font-size: .93em; }
.column { display: flex; flex-direction: column; gap: .7em; min-width: 0; }
.panel { background: var(--card); border: 1px solid var(--line); border-radius: .75em; padding: .65em 1em;
  min-width: 0; }
.first h2 { font-size: 1.08em; margin: 0 0 .3em; } .first p { margin: .2em 0; } .first .grow { flex: 1; }
.first figure.chart { margin: 0; position: relative; } .first figure.chart > figcaption { font-size: 1.08em; }
.first figure.chart > figcaption { padding-right: 7em; }
.first figure.chart .said { font-size: .93em; margin: 0 -7em .35em 0; } .first figure.chart > svg { max-width: none; }
.first details.numbers { position: absolute; top: 0; right: 0; margin: 0; font-size: .93em; text-align: right; }
.first details.numbers[open] { background: var(--card); z-index: 2; left: -.5em; right: -.5em; top: -.3em;
  padding: .3em .5em; border: 1px solid var(--line2); border-radius: .5em; box-shadow: 0 .3em 1em #0003; }
.first details.numbers > summary { padding: 0; font-weight: 400; }
.first details.numbers .of { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.points { font-size: 3.1em; font-weight: 600; line-height: 1; letter-spacing: -.03em; margin: 0 0 .1em !important; }
.points small { font-size: .36em; font-weight: 600; letter-spacing: 0; color: var(--ink2); margin-left: .4em; }
.made { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 1.2em; margin: 0; padding: 0; }
.made li { margin: 0; min-width: 0; list-style: none; }
.made .who { display: flex; gap: .7em; align-items: center; margin-bottom: .3em; }
.made .who p { margin: 0; line-height: 1.25; } .made .sum { font-size: 1.25em; font-weight: 600; }
.made blockquote { margin: .25em 0; padding: 0; border: 0; color: var(--ink2); }
.made .gain { color: var(--pos); } .made .cost { color: var(--neg); }
.sides { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: .3em 1.2em; }
.sides p { margin: 0; }
.skills { display: grid; grid-template-columns: 1fr 1fr; gap: .5em 1.2em; }
.skills > div { min-width: 0; } .skills p { margin: .15em 0 .4em; }
.first dl.card dt { margin: 0; padding: .2em 0 .1em; font-weight: 400; border-bottom: 1px solid var(--line2); }
.first dl.card dd { display: none; }
@media screen and (max-width: 999px) {
  .first { display: flex; flex-direction: column; max-width: 46rem; font-size: 1rem; padding: 1rem; }
  .first header { flex-wrap: wrap; } .column { display: contents; }
  .first .score { order: 1; } .first .years { order: 2; } .first .chances { order: 3; } .first .three { order: 4; }
  .first .ranks { order: 5; } .first .practise { order: 6; } .first .monday { order: 7; }
}
@media screen and (max-width: 699px) { .made, .skills, .sides { grid-template-columns: minmax(0, 1fr); } }
@media print {
  .first { grid-template-columns: 1fr 1fr; max-width: none; padding: 0; font-size: 8.3pt; gap: 4pt; line-height: 1.25; }
  .column { display: contents; } .panel { border-radius: 5pt; padding: 4pt 8pt; break-inside: avoid; }
  .first .note, .first figure.chart .said { font-size: 1em; } .first h1 { font-size: 14pt; }
  .first .years, .first .chances, .first .three { grid-column: 1 / -1; }
  .first .score, .first .ranks { order: 1; } .first .years { order: 2; } .first .chances { order: 3; }
  .first .three { order: 4; } .first .practise, .first .monday { order: 5; }
  .first .score { position: relative; } .first .points { position: absolute; width: 25%; }
  .first .points small { display: block; margin: 0; line-height: 1.2; }
  .first .score figcaption { padding-left: 28%; min-height: 60pt; } .first .made { gap: 1em; }
  .first details.numbers { display: none; } .skills { grid-template-columns: minmax(0, 1fr); gap: 0; }
  .first dl.card { display: flex; flex-wrap: wrap; column-gap: 5pt; }
  .first dl.card dt { border: 0; padding: 5pt 0 0; }
  .first dl.card dd { display: block; flex: 1 0 58%; margin: 0; min-height: 15pt;
    border-bottom: .75pt solid var(--line2); }
  .first dl.card dd:is(:nth-of-type(5), :nth-of-type(6)) { flex-basis: 100%; }
}
"""
"""One grid on a screen, two stacks beside each other; one column on a telephone; on paper what belongs together side by
side."""


def first_page(play: Play, made: Attribution | None, notice: str = "") -> str:
    """The whole first page: years, decisions and what to practise at the left, the score, ranks and the card beside."""
    told, money = front_of(play, made), play.cast.money
    head = (
        f'<header><h1>Debrief: <bdi>{shell.text(told.name)}</bdi></h1><p class="under">{shell.text(told.under)}</p>'
        "</header>"
    )
    left = [
        _panel("years", _years(told, money)),
        _panel("chances", _chances(told)),
        _panel("three", _three(told, money)),
        _panel("practise grow", _skills(told)),
    ]
    right = [_panel("score", _score(told, money)), _panel("ranks", _ranks(told)), _panel("monday grow", _monday())]
    return (
        f'<section class="first" id="first" aria-label="The first page">{head}{notice}'
        f'<div class="column">{"".join(left)}</div><div class="column">{"".join(right)}</div></section>\n'
    )


def _panel(role: str, inner: str) -> str:
    return f'<div class="panel {role}">{inner}</div>' if inner else ""


def _score(told: Front, money: Money) -> str:
    """Points, and both purses beside whoever else sat in the chair on the same luck."""
    score = told.score
    head = f'<p class="points">{shell.text(score.points)}<small>{shell.text(score.unit)}</small></p>'
    if not score.rows:
        return head + shell.paragraph(LOST)
    return head + charts_bars.bars("On the same luck", score.said, list(score.rows), money, widths=SIDE)


def _years(told: Front, money: Money) -> str:
    """The years, each decision a flag of its size."""
    years = told.years
    if years is None:
        return shell.heading("The years") + shell.paragraph(LOST)
    return charts_time.flags(
        "What your decisions were worth", years.said, years.quarters, years.years, years.flags, money,
        each="account profit", widths=YEARS, tall=TALL,
    )  # fmt: skip


def _chances(told: Front) -> str:
    """What customers came to buy: won, lost, and never seen, each with the largest of its kind."""
    inner = "".join(_chance(one) for one in told.chances)
    return f'<div class="sides">{inner}</div>' if inner else ""


def _chance(one: Chance) -> str:
    largest = f' <span class="note">Largest: {shell.text(one.largest)}.</span>' if one.largest else ""
    return f"<p>{icon(one.sign)} <strong>{shell.text(one.head)}</strong>{largest}</p>"


def _three(told: Front, money: Money) -> str:
    """The three decisions that made the session."""
    if not told.decisions:
        return ""
    inner = "".join(_told(one, place, money) for place, one in enumerate(told.decisions, start=1))
    return f'{shell.heading(told.title)}<ol class="made">{inner}</ol>'


def _told(one: Decision, place: int, money: Money) -> str:
    way = "gain" if one.worth > 0 else "cost"
    said = f"\N{LEFT DOUBLE QUOTATION MARK}{one.quote}\N{RIGHT DOUBLE QUOTATION MARK} {one.who}"
    quote = f"<blockquote>{shell.text(said)}</blockquote>" if one.quote else ""
    return (
        f'<li><div class="who">{portrait(one.face)}<p><span class="sum {way}">{place}. '
        f"{shell.text(money(one.worth, plus=True))}</span><br>"
        f"<strong>{shell.text(one.about)}</strong></p></div>"
        f"{quote}"
        f"<p>{shell.text(capital(one.came))}. {shell.text(capital(one.when))}.</p>"
        f"<p>{shell.text(one.otherwise)}</p></li>"
    )


def _ranks(told: Front) -> str:
    """Who is first by sales, who by profit, and what was guessed."""
    ranks = told.ranks
    if ranks is None:
        return ""
    rows = [(name, list(places)) for name, places in ranks.rows]
    return charts_spread.slope(
        "Who sells, who earns", ranks.said, list(ranks.heads), rows, told=list(ranks.told), widths=SIDE
    )


def _skills(told: Front) -> str:
    """Two strengths and two to practise, each with one line of evidence."""
    if not told.strong and not told.weak:
        return ""
    sides = []
    for title, sign, skills in (("Strengths", "check", told.strong), ("To practise", "rhythm", told.weak)):
        inner = "".join(map(_skill, skills)) or shell.paragraph("None stands out.")
        sides.append(f"<div><h2>{icon(sign)} {title}</h2>{inner}</div>")
    return f'<div class="skills">{"".join(sides)}</div>'


def _skill(one: Skill) -> str:
    proof = f'<span class="note"> {shell.text(one.proof)}</span>' if one.proof else ""
    return f"<p><strong>{shell.text(one.name)}.</strong> {one.counts}{proof}</p>"


def _monday() -> str:
    return shell.heading("Monday card") + monday_card()
