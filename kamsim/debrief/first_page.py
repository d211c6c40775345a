"""A player's first page: what fits one screen and one sheet of A4, and could be all that somebody reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kamsim.debrief import story
from kamsim.debrief.attribution import Attribution
from kamsim.debrief.competencies import Rating, front, rate
from kamsim.debrief.decisions import Decision, decisions_of, flags_of
from kamsim.debrief.parts_player import monday_card
from kamsim.debrief.pursuits import Pursuit
from kamsim.debrief.record import Play
from kamsim.game.events.ending import RanksRevealed
from kamsim.letters import curled
from kamsim.page import charts_bars, charts_spread, charts_time, shell
from kamsim.page.canvas import NARROW
from kamsim.page.drawn import icon, portrait
from kamsim.view.words.names import capital, counted
from kamsim.view.words.opportunities import at_home

YEARS: Final = (755.0, NARROW)
TALL: Final = 172.0
SIDE: Final = (NARROW,)
"""Widths at which the charts of the wide and of the narrow column are drawn, and the height of the years."""
LOST: Final = "Played again it gives other figures (other rules, or changed), so what decisions were worth is missing."
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
    scenario = play.scenario
    span = f"{scenario.year} to {scenario.year + (play.quarters - 1) // 4}" if play.quarters > 4 else str(scenario.year)
    under = f"{scenario.title}, {counted(play.quarters, 'quarter')}, {span}. Luck {play.seed}."
    head = (
        f'<header><h1>Debrief: <bdi>{shell.text(play.name)}</bdi></h1><p class="under">{shell.text(under)}</p></header>'
    )
    left = [
        _panel("years", _years(play, made)),
        _panel("chances", _chances(play)),
        _panel("three", _three(play, made)),
        _panel("practise grow", _skills(play)),
    ]
    right = [_panel("score", _score(play, made)), _panel("ranks", _ranks(play)), _panel("monday grow", _monday())]
    return (
        f'<section class="first" id="first" aria-label="The first page">{head}{notice}'
        f'<div class="column">{"".join(left)}</div><div class="column">{"".join(right)}</div></section>\n'
    )


def _panel(role: str, inner: str) -> str:
    return f'<div class="panel {role}">{inner}</div>' if inner else ""


def _score(play: Play, made: Attribution | None) -> str:
    """Points, and both purses beside whoever else sat in the chair on the same luck."""
    cast, score = play.cast, play.score
    if score is not None:
        rows = [
            ("You", float(score.value), "own"),
            *sorted(
                [
                    ("A typical key account manager", float(score.typical), ""),
                    ("An empty chair", float(score.empty_chair.value), ""),
                    ("8 points more off for everyone", float(score.discounter.value), ""),
                ],
                key=lambda row: -row[1],
            ),
        ]
        gap = score.value - score.typical
        more = "more" if gap >= 0 else "less"
        said = (
            f"Both purses: {cast.money(abs(gap))} {more} than a typical key account manager on your luck (50 points). "
            f"Account profit {cast.money(score.you.profit)}; an empty chair {cast.money(score.empty_chair.profit)}."
        )
        head = f'<p class="points">{score.score:.0f}<small>points</small></p>'
    else:
        planned = play.log.header.quarters
        head = f'<p class="points">{play.quarters}<small>of {planned} quarters: no score yet</small></p>'
        if made is None:
            return head + shell.paragraph(LOST)
        rows = [("You", float(made.played), "own"), ("An empty chair", float(made.nobody), "")]
        gap = made.played - made.nobody
        more = "more" if gap >= 0 else "less"
        said = f"Both purses so far: {cast.money(abs(gap))} {more} than with nobody deciding anything, on your luck."
    return head + charts_bars.bars("On the same luck", said, rows, cast.money, widths=SIDE)


def _years(play: Play, made: Attribution | None) -> str:
    """The years, each decision a flag of its size."""
    if made is None:
        return shell.heading("The years") + shell.paragraph(LOST)
    cast, years = play.cast, []
    for number, part in enumerate(story.year_slices(play.quarters)):
        earned = cast.money(float(play.profit[part].sum()))
        years.append((str(play.scenario.year + number), earned, part.start, part.stop))
    flags = flags_of(play, made)
    quarters = [cast.quarter(quarter) for quarter in range(1, play.quarters + 1)]
    ups, downs = (sum(way * one.worth > 0 for one in flags) for way in (1, -1))
    said = "Each flag is as high as what both purses would have missed without that decision."
    if ups and downs:
        said += f" {ups} brought money, {downs} cost some."
    if not flags:
        said = "No decision changed either purse."
    title = "What your decisions were worth"
    return charts_time.flags(
        title, said, quarters, years, flags, cast.money, each="account profit", widths=YEARS, tall=TALL
    )


def _chances(play: Play) -> str:
    """What customers came to buy: won, lost, and never seen, each with the largest of its kind."""
    decided = [one for one in play.pursuits if one.award is not None]
    if not decided:
        return ""
    won = [one for one in decided if one.outcome == "won"]
    lost = [one for one in decided if one.outcome == "lost" and one.seen]
    unseen = [one for one in decided if one.outcome != "won" and not one.seen]
    sides = (("check", "opportunities won", won), ("cross", "lost", lost), ("search", "never seen", unseen))
    return f'<div class="sides">{"".join(_chance(play, *side) for side in sides)}</div>'


def _chance(play: Play, sign: str, word: str, found: Sequence[Pursuit]) -> str:
    """One kind: how many, what they come to, and the largest."""
    cast = play.first_cast
    awards = [one.award for one in found if one.award is not None]
    if not awards:
        return f"<p>{icon(sign)} <strong>{'No' if sign == 'check' else 'None'} {word}.</strong></p>"
    most = max(awards, key=lambda award: award.worth * award.runs)
    whole = cast.money(sum(award.worth * award.runs for award in awards))
    return (
        f"<p>{icon(sign)} <strong>{len(awards)} {word}, {shell.text(whole)}.</strong> "
        f'<span class="note">Largest: {shell.text(curled(at_home(cast, most.opportunity, most.arose)))}.</span></p>'
    )


def _three(play: Play, made: Attribution | None) -> str:
    """The three decisions that made the session."""
    found = decisions_of(play, made) if made is not None else []
    if not found:
        return ""
    inner = "".join(_told(play, place, one) for place, one in enumerate(found, start=1))
    title = "The decision that made it" if len(found) == 1 else f"The {_COUNT[len(found)]} decisions that made it"
    return f'{shell.heading(title)}<ol class="made">{inner}</ol>'


_COUNT: Final = {2: "two", 3: "three"}


def _told(play: Play, place: int, one: Decision) -> str:
    way = "gain" if one.worth > 0 else "cost"
    said = f"\N{LEFT DOUBLE QUOTATION MARK}{one.quote}\N{RIGHT DOUBLE QUOTATION MARK} {one.who}"
    quote = f"<blockquote>{shell.text(said)}</blockquote>" if one.quote else ""
    return (
        f'<li><div class="who">{portrait(one.face)}<p><span class="sum {way}">{place}. '
        f"{shell.text(play.cast.money(one.worth, plus=True))}</span><br>"
        f"<strong>{shell.text(one.about)}</strong></p></div>"
        f"{quote}"
        f"<p>{shell.text(capital(one.came))}. {shell.text(capital(one.when))}.</p>"
        f"<p>{shell.text(one.otherwise)}</p></li>"
    )


def _ranks(play: Play) -> str:
    """Who is first by sales, who by profit, and what was guessed."""
    revealed = [item.event for item in play.of(RanksRevealed)]
    event = next((one for one in revealed if one.guess), revealed[0] if revealed else None)
    cast = play.first_cast
    if event is None:
        return ""
    orders = [list(event.by_sales), *([list(event.guess)] if event.guess else []), list(event.by_profit)]
    heads = ["By sales", *(["Your guess"] if event.guess else []), "By profit"]
    rows = [(cast.account(name), [_rank(order, name) for order in orders]) for name in event.by_sales]
    told = [cast.money(event.profit[name]) for name in event.by_sales] if event.profit else []
    year = play.scenario.year + event.year - 1
    first, last = cast.account(event.by_sales[0]), event.by_profit.index(event.by_sales[0]) + 1
    said = f"{year}: {first} was first by sales and number {last} by profit."
    if event.guess:
        right = sum(one == two for one, two in zip(event.guess, event.by_profit, strict=False))
        said += f" You placed {right} of {len(event.by_profit)} right."
    return charts_spread.slope("Who sells, who earns", said, heads, rows, told=told, widths=SIDE)


def _rank(order: list[str], name: str) -> int | None:
    return order.index(name) + 1 if name in order else None


def _skills(play: Play) -> str:
    """Two strengths and two to practise, each with one line of evidence."""
    strong, weak = front(rate(play))
    if not strong and not weak:
        return ""
    sides = []
    for title, sign, ratings, met in (("Strengths", "check", strong, True), ("To practise", "rhythm", weak, False)):
        inner = "".join(_skill(play, rating, met) for rating in ratings) or shell.paragraph("None stands out.")
        sides.append(f"<div><h2>{icon(sign)} {title}</h2>{inner}</div>")
    return f'<div class="skills">{"".join(sides)}</div>'


def _skill(play: Play, rating: Rating, met: bool) -> str:
    proof = next((one for one in reversed(rating.occasions) if one.met == met), None)
    said = f" {play.cast.quarter(proof.quarter)}: {proof.text}." if proof else ""
    counts = f"{rating.met} of {len(rating.occasions)} occasions."
    return (
        f"<p><strong>{shell.text(capital(rating.row.words))}.</strong> {counts}"
        f'<span class="note">{shell.text(curled(said))}</span></p>'
    )


def _monday() -> str:
    return shell.heading("Monday card") + monday_card()
