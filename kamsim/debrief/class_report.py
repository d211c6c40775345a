"""The debrief page of a class: what a debriefer needs with many waiting people."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Final

import numpy as np

from kamsim.debrief import mistakes, story
from kamsim.debrief.classroom import (
    LEFT,
    Contrast,
    Entry,
    apart,
    awards,
    beyond_chair,
    chair_line,
    contrasts,
    entries_of,
    figures,
    questions,
    run_sheet,
    told_apart,
)
from kamsim.debrief.competencies import BLIND
from kamsim.debrief.parts_money import bullet
from kamsim.debrief.record import Play
from kamsim.debrief.report import LEARNING, STYLE, section, unbroken
from kamsim.page import charts, charts_spread, charts_time, shell
from kamsim.page.canvas import NARROW
from kamsim.page.charts import Html, grid
from kamsim.view.words.names import counted, listed, percent

CLASS_STYLE: Final = (
    STYLE
    + """
header, nav, main, body > footer { max-width: 64rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 1.5rem; }
h1 { font-size: 1.6em; } h2 { font-size: 1.2em; margin: 0 0 .5rem; } h3 { font-size: 1.02em; }
nav ul { display: flex; flex-wrap: wrap; gap: .4rem; padding: 0; margin: .75rem 0; list-style: none; }
nav li { margin: 0; } nav a { display: block; padding: .2rem .7rem; border: 1px solid var(--line2); border-radius: 1rem;
  color: var(--ink2); background: var(--card); text-decoration: none; font-size: .9rem; }
main > section { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1rem 1.25rem;
  margin: .75rem 0; }
.multiples { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(20.5rem, 100%), 1fr)); gap: .5rem 2rem; }
.multiples .of { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.multiples figure.chart { margin: .5rem 0; position: relative; } .multiples figure.chart > svg { max-width: none; }
table.nocap caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
td:first-child, th:first-child { min-width: 5.5em; }
.alias { display: none; }
.projector .name { display: none; } .projector .alias { display: inline; }
.projector .onlynamed { display: none; }
.projector, .projector table { font-size: 1.35rem; }
.projector header, .projector nav, .projector main, .projector > footer { max-width: 84rem; }
body:has(#projector:checked) .name { display: none; } body:has(#projector:checked) .alias { display: inline; }
body:has(#projector:checked) .onlynamed { display: none; }
body:has(#projector:checked) { font-size: 1.35rem; }
body:has(#projector:checked) :is(header, nav, main) { max-width: 84rem; }
body:has(#projector:checked) table { font-size: 1.2rem; }
.switch { margin: .75rem 0; }
.switch input { width: 1.5rem; height: 1.5rem; vertical-align: middle; }
@media print { body > footer, nav { display: none; } header, main { padding: 0; max-width: none; }
  main > section { border: 0; padding: 0; margin: 0 0 1rem; }
  .switch { display: none; } }
"""
)


MANY: Final = 8
"""Players from whom on one can speak of one in ten."""


def class_page(plays: Sequence[Play], *, notes: Sequence[str] = (), projector: bool = False) -> str:
    """The whole page of a class. With ``projector`` it holds no names, and its type is large."""
    charts.fresh_numbers()
    entries = entries_of(plays)
    title = f"Debrief: {counted(len(entries), 'player')}"
    head = f'<header><h1>{shell.text(title)}</h1><p class="under">{shell.text(_under(entries))}</p>'
    if not projector:
        head += (
            '<p class="switch screen"><input type="checkbox" id="projector"> <label for="projector">Projector: '
            "large type, names hidden</label></p>"
        )
    head += "</header>\n"
    if not entries:
        body = section("nothing", "Nothing to debrief", shell.paragraph("No session with a closed quarter was found."))
        notices = "" if projector else _notes(notes)
        return shell.document(title, f"{head}<main>{body}{notices}</main>", style=CLASS_STYLE)
    parts = _all_parts(apart(entries), projector)
    contents = "".join(
        f'<li{_role(name)}><a href="#{name}">{shell.text(heading)}</a></li>' for name, heading, _ in parts
    )
    body = "".join(
        section(name, heading, inner, role=SCRIPT if _script(name) else "") for name, heading, inner in parts
    )
    files = "" if projector else _notes(notes)
    html = (
        f'{head}<nav aria-label="Contents"><ul>{contents}</ul></nav>\n<main>\n{body}{files}</main>\n'
        f"<footer><p>{shell.text(LEARNING)}</p></footer>"
    )
    return unbroken(shell.document(title, html, style=CLASS_STYLE, role="projector" if projector else ""))


def _under(entries: Sequence[Entry]) -> str:
    if not entries:
        return ""
    names = list(dict.fromkeys(entry.play.scenario.title for entry in entries))
    seeds = sorted({entry.play.seed for entry in entries})
    luck = f"One luck for all ({seeds[0]})." if len(seeds) == 1 else f"{len(seeds)} kinds of luck."
    open_ = sum(entry.score is None for entry in entries)
    more = f" {counted(open_, 'session')} not finished." if open_ else ""
    return f"{listed(names)}. {luck}{more}"


def _notes(notes: Sequence[str]) -> str:
    if not notes:
        return ""
    return section("files", "The files", bullet(list(notes)), role="onlynamed")


def who(entry: Entry, projector: bool) -> Html:
    """A player's name; on a projector, the number only."""
    if projector:
        return Html(shell.text(entry.alias))
    return Html(
        f'<span class="name"><bdi>{shell.text(entry.play.name)}</bdi></span>'
        f'<span class="alias">{shell.text(entry.alias)}</span>'
    )


SCRIPT: Final = "onlynamed"
"""The part of what only the facilitator reads."""


def _script(name: str) -> bool:
    return name.startswith("sheet")


def _role(name: str) -> str:
    return f' class="{SCRIPT}"' if _script(name) else ""


def _all_parts(groups: Sequence[Sequence[Entry]], projector: bool) -> list[tuple[str, str, str]]:
    """The parts of each group, the groups named where there are several; what a facilitator does and says is on no
    projector."""
    parts = []
    if len(groups) > 1:
        said = "These sessions are of different scenarios or rules, so their figures stand apart, group by group."
        parts.append(("groups", "Groups that were kept apart", shell.paragraph(said) + bullet(told_apart(groups))))
    for place, group in enumerate(groups, start=1):
        named, mark = (f"Group {place}: ", f"-{place}") if len(groups) > 1 else ("", "")
        parts += [(f"{name}{mark}", f"{named}{heading}", inner) for name, heading, inner in _parts(group, projector)]
    return [part for part in parts if not (projector and _script(part[0]))]


def _parts(entries: Sequence[Entry], projector: bool) -> list[tuple[str, str, str]]:
    return [
        ("minute", "In one minute", bullet(_minute(entries))),
        ("figures", "The class in figures", _figures(entries)),
        ("sheet27", "Run sheet: 27 minutes", _sheet(entries, 27)),
        ("sheet45", "Run sheet: 45 minutes", _sheet(entries, 45)),
        ("questions", "Questions for the class", _questions(entries)),
        ("contrast", "Contrast pairs: same luck, different choice", _contrasts(entries, projector)),
        ("mistakes", "Mistakes found", _mistakes(entries, projector)),
        ("awards", "Awards", _awards(entries, projector)),
        ("board", "Leaderboard", _board(entries, projector)),
        ("skills", "Where the class is strong, and what to practise", _skills(entries)),
    ]


def _minute(entries: Sequence[Entry]) -> list[str]:
    cast = entries[0].play.cast
    lines = []
    scores = [entry.score for entry in entries if entry.score is not None]
    if scores:
        over = sum(score > 50 for score in scores)
        lines.append(
            f"Scores {min(scores):.0f} to {max(scores):.0f}, the middle {median(scores):.0f}; {over} of {len(scores)} "
            f"did better than a typical key account manager on their luck (50)."
        )
    lines += filter(None, [chair_line(entries)])
    values = {name: row for name, row, _ in figures(entries)}
    discount, profit = values["Discount, last four quarters"], values["Account profit a year"]
    if len(entries) > 2:
        half = sorted(range(len(entries)), key=lambda row: discount[row])
        low, high = half[: len(half) // 2], half[-(len(half) // 2) :]
        one, two = (sum(profit[row] for row in rows) / len(rows) for rows in (low, high))
        lines.append(
            f"The half with the lower discounts made {cast.money(one)} a year, the half with the higher ones "
            f"{cast.money(two)}."
        )
    kinds = [(len({e.number for e in entries for m in e.mistakes if m.kind == kind}), kind) for kind in mistakes.NAMES]
    count, kind = max(kinds)
    if count:
        lines.append(f"Most frequent mistake: {mistakes.NAMES[kind].lower()} ({count} of {len(entries)}).")
    lines.append(story.calibration_line([one for entry in entries for one in entry.ranges]))
    pairs = contrasts(entries)
    if pairs:
        lines.append(
            f"The choice that split the class: {pairs[0].title}, {cast.money(pairs[0].gap)} between the sides."
        )
    return lines


def _sheet(entries: Sequence[Entry], minutes: int) -> str:
    at, rows = 0, []
    for step in run_sheet(entries, minutes):
        rows.append([f"{at} to {at + step.minutes}", step.part, step.text, step.show])
        at += step.minutes
    return grid(f"Run sheet of {minutes} minutes", ["Minute", "Part", "What you do", "Show"], rows, role="words nocap")


def _questions(entries: Sequence[Entry]) -> str:
    made = []
    for number, question in enumerate(questions(entries), start=1):
        made.append(shell.heading(f"{number}. {question.text}", 3) + bullet(list(question.evidence)))
    return "".join(made)


def _contrasts(entries: Sequence[Entry], projector: bool) -> str:
    found = contrasts(entries)
    if not found:
        return shell.paragraph("No two players shared luck and length and then chose differently.")
    intro = shell.paragraph(
        "Each choice left out alone, on the shared luck; the figure is the mean over those who made it. A choice is "
        "seldom alone: ask what went with it."
    )
    return intro + "".join(_contrast(entries, one, projector) for one in found)


def _contrast(entries: Sequence[Entry], one: Contrast, projector: bool) -> str:
    cast = entries[0].play.cast
    rows = []
    for side in sorted(one.sides, key=lambda s: -(s.worth or 0.0)):
        names = Html(", ".join(who(entry, projector) for entry in side.entries[:8]))
        more = f" and {len(side.entries) - 8} more" if len(side.entries) > 8 else ""
        profit = sum(entry.profit for entry in side.entries) / len(side.entries)
        worth = "" if side.worth is None else cast.money(side.worth)
        worth = "nothing to leave out" if side.choice == LEFT else worth
        rows.append([side.choice, str(len(side.entries)), worth, cast.money(profit), Html(names + more)])
    heads = ["Choice", "Players", "Worth of the choice", "Their account profit, all quarters", "Who"]
    return shell.heading(one.title, 3) + grid(one.title, heads, rows, role="words nocap")


def _mistakes(entries: Sequence[Entry], projector: bool) -> str:
    made = []
    for kind, name in mistakes.NAMES.items():
        found = [(entry, one) for entry in entries for one in entry.mistakes if one.kind == kind]
        if not found:
            continue
        by_player: dict[int, list[mistakes.Mistake]] = {}
        for entry, one in found:
            by_player.setdefault(entry.number, []).append(one)
        rows = []
        for entry in entries:
            mine = by_player.get(entry.number)
            if mine:
                said = "; ".join(one.text for one in mine[:2]) + (
                    f"; and {len(mine) - 2} more" if len(mine) > 2 else ""
                )
                rows.append([who(entry, projector), entry.play.cast.quarter(mine[0].quarter), said])
        table = grid(name, ["Who", "When first", "What"], rows, role="words nocap")
        made.append(
            f"{shell.heading(name, 3)}{shell.paragraph(f'{len(rows)} of {len(entries)}. {mistakes.ASKS[kind]}')}"
            f"<details><summary>Who and when: {shell.text(name)}</summary>{table}</details>"
        )
    clean = [mistakes.NAMES[kind] for kind in mistakes.NAMES
             if not any(one.kind == kind for entry in entries for one in entry.mistakes)]  # fmt: skip
    if clean:
        made.append(shell.paragraph(f"Not found with anybody: {'; '.join(name.lower() for name in clean)}."))
    return "".join(made)


def _awards(entries: Sequence[Entry], projector: bool) -> str:
    found = awards(entries)
    made = "".join(
        f"<li><strong>{shell.text(one.name)}</strong>: {who(one.entry, projector)}. {shell.text(one.why)}.</li>"
        for one in found
    )
    missing = {"Straightest forecaster", "Best recovery", "Best re-cut"} - {one.name for one in found}
    rest = shell.paragraph(f"Not earned: {', '.join(sorted(missing)).lower()}.") if missing else ""
    return (f"<ul>{made}</ul>" if made else "") + rest


def _show(kind: str, entries: Sequence[Entry]):  # type: ignore[no-untyped-def]
    cast = entries[0].play.cast
    return {"points": lambda v: f"{v:.0f}", "money": cast.money, "part": lambda v: percent(v, 1)}[kind]


def _figures(entries: Sequence[Entry]) -> str:
    made = []
    for name, values, kind in figures(entries):
        show = _show(kind, entries)
        said = f"From {show(min(values))} to {show(max(values))}, the middle {show(median(values))}."
        made.append(charts_spread.dots(name, said, [(name, [("", value) for value in values])], show, widths=(NARROW,)))
    return f'<div class="multiples">{"".join(made)}</div>{_spread(entries)}'


def _spread(entries: Sequence[Entry]) -> str:
    """How far the class came apart, quarter by quarter; nothing where there are too few to speak of one in ten."""
    quarters = min(entry.play.quarters for entry in entries)
    if len(entries) < MANY or quarters < 2:
        return ""
    cast = entries[0].play.cast
    earned = np.array([entry.play.profit[:quarters].sum(axis=1).cumsum() for entry in entries])
    bands = [[float(value) for value in np.quantile(earned, part, axis=0)] for part in (0.1, 0.25, 0.5, 0.75, 0.9)]
    said = (
        f"Account profit so far. After {counted(quarters, 'quarter')}, half of you lie between "
        f"{cast.money(bands[1][-1])} and {cast.money(bands[3][-1])}."
    )
    across = [cast.quarter(quarter) for quarter in range(1, quarters + 1)]
    return charts_time.fan("How the class came apart", said, across, bands, cast.money)


def _board(entries: Sequence[Entry], projector: bool) -> str:
    ordered = sorted(entries, key=lambda entry: -(entry.score if entry.score is not None else -1e9))
    rows = []
    for place, entry in enumerate(ordered, start=1):
        score = "not finished" if entry.score is None else f"{entry.score:.0f}"
        cast = entry.play.cast
        value = cast.money(entry.play.score.value) if entry.play.score else ""
        held = f"{sum(one.inside for one in entry.ranges)} of {len(entry.ranges)}" if entry.ranges else "none"
        beyond = beyond_chair(entry)
        chair = "" if beyond is None else cast.money(beyond, plus=True)
        rows.append([Html(f"{place}. {who(entry, projector)}"), score, cast.money(entry.profit), value, chair, held])
    heads = ["Player", "Score", "Account profit", "Both purses", "Beyond an empty chair", "Ranges that held"]
    return (
        shell.paragraph(
            "Closed unless you open it. A rank says little about one session: luck differs, and so do styles."
        )
        + f"<details><summary>Show the leaderboard</summary>{grid('Leaderboard', heads, rows)}</details>"
    )


def _skills(entries: Sequence[Entry]) -> str:
    counts: dict[str, dict[str, int]] = {}
    for entry in entries:
        for rating in entry.ratings:
            if rating.place is not None and rating.row.number != 12:
                name = f"{rating.row.number}. {rating.row.behaviour}: {rating.row.words}"
                counts.setdefault(name, {"High": 0, "Medium": 0, "Low": 0})[rating.level] += 1
    rows = [[name, *(str(found[level]) for level in ("High", "Medium", "Low"))] for name, found in counts.items()
            if 2 * sum(found.values()) >= len(entries)]  # fmt: skip
    rows.sort(key=lambda row: int(row[3]) - int(row[1]))
    intro = shell.paragraph(f"Rows that at least half of the class gave evidence for. {BLIND}")
    return intro + grid("Behaviours of the class", ["Behaviour", "High", "Medium", "Low"], rows)
