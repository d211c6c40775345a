"""What if, as a page: a move as it was and as it would have been, the years side by side, the difference explained."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from kamsim.debrief import report
from kamsim.debrief.otherwise import Otherwise
from kamsim.debrief.parts_money import LINE_WORDS, bullet
from kamsim.debrief.record import YEAR, Play
from kamsim.engine.explain import Why
from kamsim.page import charts, charts_bars, charts_time, shell
from kamsim.page.charts import grid
from kamsim.page.charts_time import Series
from kamsim.view.menu.catalogue import MENU
from kamsim.view.words.books import ROUND_TO, why_lines
from kamsim.view.words.names import capital, counted

WAS: Final = "As it was"
WOULD: Final = "As it would have been"
STYLE: Final = """
main { max-width: 54rem; margin: 0 auto; padding: 1.5rem 1.25rem; }
article > h2 { font-size: 1.25rem; margin: 1.5rem 0 .25rem; }
.result { display: flex; gap: 0 1.25rem; align-items: baseline; flex-wrap: wrap; margin: 0 0 1rem; }
.result .figure { font-size: 3rem; font-weight: 600; letter-spacing: -.03em; line-height: 1.1; color: var(--pos); }
.result .cost { color: var(--neg); } .result .none { color: var(--ink2); }
.result span:last-child { flex: 1 1 24rem; }
article .panel { margin: .75rem 0; padding: .75rem 1.1rem 1rem; } .panel > h3 { margin: 0 0 .5rem; font-size: 1.08rem; }
.moves { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }
.moves > div { background: var(--card2); border: 1px solid var(--line); border-radius: .6rem; padding: .6rem 1rem .8rem;
  min-width: 0; }
.moves h4 { margin: 0; color: var(--ink2); font-size: .95rem; } .moves dt { margin-top: .4rem; }
.moves .would { border: 2px solid var(--accent); background: var(--accent-soft); }
.moves + .under { margin: .6rem 0 0; }
article + article { break-before: page; margin-top: 3rem; }
@media (max-width: 40rem) { .moves { grid-template-columns: 1fr; } main { padding: .75rem .5rem; }
  article .panel { padding: .75rem; } }
@media print { main { padding: 0; max-width: none; } article .panel { border: 0; padding: 0; }
  .panel h3, .panel h4 { break-after: avoid; } .moves, .result { break-inside: avoid; } }
"""


def what_if_page(play: Play, tried: Sequence[Otherwise], *, notes: Sequence[str] = ()) -> str:
    """A page of one or more changes to a session, each by itself. ``notes``: what is to be known of the file."""
    charts.fresh_numbers()
    head = (
        f"<header><h1>What if: {report.bdi(play.name)}</h1>"
        f'<p class="under">{shell.text(play.scenario.title)}, {counted(play.quarters, "quarter")} from '
        f"{play.scenario.year}. Everything else and all luck unchanged.</p></header>\n"
    )
    told = f'<div class="notice" role="note">{bullet(list(notes))}</div>' if notes else ""
    body = "".join(_article(play, one, number) for number, one in enumerate(tried, start=1))
    html = f"<main>\n{head}{told}{body}</main>\n"
    return report.unbroken(shell.document(f"What if: {play.name}", html, style=report.STYLE + STYLE))


def _article(play: Play, one: Otherwise, number: int) -> str:
    name = f"if{number}"
    entry = MENU[one.command.move]
    title = f"Move {one.command.number}, {play.cast.quarter(one.command.quarter)}: {capital(entry.short)}"
    parts = [("move", "The move", _move(one))]
    if one.change:
        parts += [
            ("years", "The years side by side", _years(play, one)),
            ("why", "Why", _why(play, one)),
            ("lines", "Line by line", _lines(play, one)),
        ]
    parts.append(("else", "What else would have come otherwise", _else(play, one)))
    inner = "".join(f'<div class="panel {key}">{shell.heading(head, 3)}{html}</div>\n' for key, head, html in parts)
    return (
        f'<article aria-labelledby="{name}"><h2 id="{name}">{shell.text(title)}</h2>{_result(play, one)}{inner}'
        "</article>\n"
    )


def _result(play: Play, one: Otherwise) -> str:
    """What the change came to: the figure, and a sentence."""
    role = "cost" if one.change < 0 else "" if one.change else "none"
    figure = play.cast.money(one.change, plus=True)
    return (
        f'<p class="result"><span class="figure {role}">{shell.text(figure)}</span>'
        f"<span>{shell.text(result(play, one))}</span></p>"
    )


def result(play: Play, one: Otherwise) -> str:
    """What the change came to, in a sentence."""
    show = play.cast.money
    old, new = one.trial.lines[-1][1:]
    if not one.change:
        return f"Account profit would have been the same to the cent, {show(old)}."
    more = "more" if one.change > 0 else "less"
    purses = show(one.trial.value[1] - one.trial.value[0], plus=True)
    return (
        f"Account profit would have been {show(abs(one.change))} {more}: {show(new)} instead of {show(old)}. In both "
        f"purses, with what is left for the successor: {purses}."
    )


def _move(one: Otherwise) -> str:
    changed = one.changed()
    sides = []
    for title, role, side in ((WAS, "was", 1), (WOULD, "would", 2)):
        rows = [(row[0], row[side] or "left out") for row in changed]
        sides.append(f'<div class="{role}"><h4>{shell.text(title)}</h4>{shell.named_lines(rows)}</div>')
    kept = "; ".join(f"{name}: {said.removesuffix('.')}" for name, said in one.kept())
    same = shell.paragraph(f"The same in both: {kept}.", "under") if kept else ""
    return f'<div class="moves">{"".join(sides)}</div>{same}'


def _years(play: Play, one: Otherwise) -> str:
    cast = play.cast
    quarters = range(1, one.quarters + 1)
    across = [cast.quarter(quarter).replace(" ", "\N{NO-BREAK SPACE}") for quarter in quarters]
    series = [Series(name, tuple(float(ran.profit(q)) for q in quarters))
              for name, ran in ((WAS, one.was), (WOULD, one.would))]  # fmt: skip
    apart = max(quarters, key=lambda q: abs(one.would.profit(q) - one.was.profit(q)))
    gap = one.would.profit(apart) - one.was.profit(apart)
    said = f"The quarters differ most in {cast.quarter(apart)}: {cast.money(gap, plus=True)}."
    chart = charts_time.lines("Account profit by quarter", said, across, series, cast.money)
    rows = []
    for start in range(0, one.quarters, YEAR):
        part = [quarter for quarter in quarters if start < quarter <= start + YEAR]
        old, new = (sum(ran.profit(quarter) for quarter in part) for ran in (one.was, one.would))
        short = "" if len(part) == YEAR else f" ({counted(len(part), 'quarter')})"
        rows.append([f"{play.scenario.year + start // YEAR}{short}", cast.money(old), cast.money(new),
                     cast.money(new - old, plus=True)])  # fmt: skip
    old, new = one.trial.lines[-1][1:]
    rows.append(["All quarters", cast.money(old), cast.money(new), cast.money(new - old, plus=True)])
    old, new = one.trial.value
    rows.append(["Both purses", cast.money(old), cast.money(new), cast.money(new - old, plus=True)])
    return chart + grid("Account profit by year, and both purses", ["Year", WAS, WOULD, "Difference"], rows)


def _why(play: Play, one: Otherwise) -> str:
    if not one.whys:
        return shell.paragraph("Nothing moved.")
    cast = play.cast
    whole = _added(one.whys)
    lines = why_lines(cast, whole)
    rows = sorted(((_cause(line.text), line.cents) for line in lines if line.cents), key=lambda row: -row[1])
    said = (
        f"Together {cast.money(whole.change, plus=True)}. The causes are those that explain a quarter in play, here "
        "between the session as it was and as it would have been."
    )
    chart = charts_bars.diverging("What the difference is made of", said, rows, cast.money)
    told = [why for why in one.whys if abs(why.change) >= ROUND_TO / 2]
    rest = sum(why.change for why in one.whys if why not in told)
    made = []
    for why in sorted(told, key=lambda why: -abs(why.change)):
        causes = "; ".join(line.text for line in why_lines(cast, why) if line.shown)
        made.append(f"{cast.account(why.account)}: {cast.money(why.change, plus=True)}. {causes}.")
    if rest:
        made.append(f"The other accounts together: {cast.money(rest, plus=True)}.")
    return chart + bullet(made)


def _cause(words: str) -> str:
    return words.rsplit(":", maxsplit=1)[0]


def _added(whys: Sequence[Why]) -> Why:
    """All accounts as one."""
    parts: Counter[str] = Counter()
    for why in whys:
        parts.update(why.parts)
    return Why("", sum(why.before for why in whys), sum(why.after for why in whys), dict(parts))


def _lines(play: Play, one: Otherwise) -> str:
    """The books of each year from the move on, line by line, where lines differ."""
    made = []
    first = (one.command.quarter - 1) // YEAR
    for year in range(first, -(-one.quarters // YEAR)):
        part = slice(year * YEAR, min((year + 1) * YEAR, one.quarters))
        rows = _year_rows(play, one, part)
        if rows:
            title = f"{play.scenario.year + year}: the lines that differ"
            made.append(grid(title, ["Line", WAS, WOULD, "Difference"], rows))
    whole = (
        f"<details class='prints'><summary>The books of each year, where they differ</summary>{''.join(made)}</details>"
    )
    return whole if made else shell.paragraph("No line of the books differs.")


def _year_rows(play: Play, one: Otherwise, part: slice) -> list[list[str]]:
    show = play.cast.money
    rows = []
    whole = [0, 0]
    for at, name in enumerate(one.was.ledgers[0].names):
        old, new = (ran.line(at, part) for ran in (one.was, one.would))
        whole = [whole[0] + old, whole[1] + new]
        if old != new:
            words = LINE_WORDS.get(name, capital(name.replace("_", " ")))
            rows.append([words, show(old), show(new), show(new - old, plus=True)])
    if rows:
        rows.append(["Account profit", show(whole[0]), show(whole[1]), show(whole[1] - whole[0], plus=True)])
    return rows


def _else(play: Play, one: Otherwise) -> str:
    rows = [[play.cast.quarter(quarter), "; ".join(old) or "nothing", "; ".join(new) or "nothing"]
            for quarter, old, new in one.differences()]  # fmt: skip
    gone = [f"Move {number} could not be made then ({reason})." for number, reason in one.trial.refused]
    if not rows and not gone:
        return shell.paragraph("Nothing: every answer, attack and promise would have been the same.")
    table = grid("What happened, where it differs", ["Quarter", WAS, WOULD], rows, role="words") if rows else ""
    return table + bullet(gone)
