"""What a scenario teaches, as one self-contained page: findings first, then the pictures and tables behind them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from typing import Final

import numpy as np

from kamsim.aside import write_whole
from kamsim.errors import KamsimError
from kamsim.lab.teaching import text
from kamsim.lab.teaching.arms import GOOD, HABITS, LEVERS
from kamsim.lab.teaching.figures import Figures
from kamsim.lab.teaching.findings import Finding, findings, summary
from kamsim.lab.teaching.happenings import written
from kamsim.lab.teaching.measures import DISCOUNTER
from kamsim.page import charts, charts_bars, charts_time, shell
from kamsim.page.charts import Html, grid
from kamsim.page.charts_time import Series
from kamsim.view.words.names import percent

STYLE: Final = (
    charts.STYLE
    + """
body { max-width: 54rem; }
section.panel { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; margin: 1rem 0;
  padding: .25rem 1.1rem 1rem; }
section.panel > h2 { margin-top: .9rem; }
ul.findings { list-style: none; margin: 0; padding: 0; }
ul.findings > li { padding: .55rem .8rem; margin: .45rem 0; border-left: .3rem solid var(--line2);
  background: var(--card2); border-radius: .3rem; }
ul.findings > li.fault { border-color: var(--neg); background: var(--neg-soft); }
ul.findings > li.note { border-color: var(--warn); background: var(--warn-soft); }
ul.findings > li.sound { border-color: var(--pos); background: var(--pos-soft); }
ul.findings p { margin: .15rem 0; } ul.findings .change { color: var(--ink2); }
ul.findings strong { font-size: .8rem; letter-spacing: .04em; text-transform: uppercase; }
table { font-size: .9rem; } table.words td, table.words th { text-align: left; }
tbody.plain tr > * { font-weight: 400; } #bots td:nth-child(2), #bots th:nth-child(2) { text-align: left; }
.no { color: var(--neg); font-weight: 600; } .ok { color: var(--pos); font-weight: 600; }
nav ul { columns: 2; padding-left: 1.2rem; } nav { margin: 1rem 0; }
@media print { section.panel { border: 0; padding: 0; } ul.findings > li { break-inside: avoid; } }
"""
)
MARKS: Final = {"fault": "Fault", "note": "Worth a look", "sound": "Sound"}
SIGNED: Final = 0.0005
"""Effects below are drawn as none."""


def write_page(made: Figures, out: Path) -> Path:
    """Write the page whole, or not at all. Raises KamsimError where it cannot be written."""
    try:
        write_whole({out: page(made).encode("utf-8", "replace")})
    except OSError as error:
        raise KamsimError(f"{out} cannot be written ({error.strerror}); nothing was changed") from error
    return out


def page(made: Figures) -> str:
    """The page as HTML."""
    charts.fresh_numbers()
    found = findings(made)
    parts = [
        ("findings", "Findings", _findings(found)),
        ("bots", "Bots side by side", _bots(made)),
        ("rewards", "What it rewards", _rewards(made)),
        ("levers", "What players can do, and what it is worth", _levers(made)),
        ("profit", "What moves profit", _profit(made)),
        ("time", "Volume and profit over time", _time(made)),
        ("luck", "Luck against skill", _luck(made)),
        ("events", "What happens, and what never does", _events(made)),
        ("plant", "Plant and hours", _plant(made)),
        ("targets", "AUTHORING's figures", _targets(made)),
        ("expected", "What the author expects", _expected(made)),
        ("seeds", "Seeds worth playing", _seeds(made)),
        ("how", "How this was found", _how(made)),
    ]
    shown = [(name, title, html) for name, title, html in parts if html]
    links = "".join(f'<li><a href="#{name}">{shell.text(title)}</a></li>' for name, title, _ in shown)
    body = "".join(
        f'<section class="panel" id="{name}" aria-labelledby="{name}-h"><h2 id="{name}-h">{shell.text(title)}</h2>\n'
        f"{html}</section>\n"
        for name, title, html in shown
    )
    title = f"What {made.scenario.title} teaches"
    head = (
        f"<header>{shell.heading(title, 1)}"
        f'<p class="under">{shell.text(_under(made))}</p>{shell.paragraph(summary(made, found))}</header>\n'
        f'<nav aria-label="Contents"><ul>{links}</ul></nav>\n'
    )
    return shell.document(title, f"<main>\n{head}{body}</main>\n", style=STYLE)


def _under(made: Figures) -> str:
    length = f"{made.quarters} quarters from {made.scenario.year}"
    return f"{made.scenario.company.name}, {length}; {len(made.seeds):,} seeds from {made.seeds.start}."


def _findings(found: list[Finding]) -> str:
    return f'<ul class="findings">{"".join(map(_finding, found))}</ul>'


def _finding(one: Finding) -> str:
    change = f'<p class="change">What to change: {shell.text(one.change)}</p>' if one.change else ""
    return f'<li class="{one.mark}"><strong>{MARKS[one.mark]}</strong><p>{shell.text(one.says)}</p>{change}</li>\n'


def _bots(made: Figures) -> str:
    rows = text.bot_rows(made)
    worths = [(row[0], float(np.median(made.values[row[0]])), "own" if row[0] == GOOD else "") for row in rows]
    said = (
        f"Worth is what is banked and what is left for the successor, the middle of all seeds. The best is "
        f"{rows[0][0]}, {text.DOES[rows[0][0]]}."
    )
    chart = charts_bars.bars("What each bot is worth", said, worths, made.cast.money)
    return chart + grid("The bots", text.BOT_HEADS, rows)


def _rewards(made: Figures) -> str:
    ordered = sorted(made.rewards, key=lambda reward: -reward.effect)
    rows = [(reward.pair.says, _drawn(reward.effect)) for reward in ordered]
    said = "The difference between two ways to play that differ in this, as a share of what good play is worth."
    chart = charts_bars.diverging("What each behaviour brings", said, rows, _effect)
    return chart + grid("What each behaviour brings", text.REWARD_HEADS, text.reward_rows(made))


def _drawn(value: float) -> float:
    return 0.0 if abs(value) < SIGNED else value


def _effect(value: float) -> str:
    return percent(value, 1, plus=True)


def _levers(made: Figures) -> str:
    used = sorted((lever for lever in LEVERS if lever.name in made.played.without), key=lambda lever: -made.lost(lever))
    unused = [lever.says for lever in LEVERS if not made.used(lever) and not lever.field]
    said = "What a bot that does it well misses without it. Below nothing: its hours would have been better spent."
    chart = charts_bars.diverging(
        "Missed when it is left out", said, [(lever.says, _drawn(made.lost(lever))) for lever in used], _effect
    )
    never = shell.paragraph(f"Never used by any bot that plays on purpose: {'; '.join(unused)}.") if unused else ""
    habits = sorted(HABITS, key=lambda habit: -made.gained(habit.name))
    rows = [(habit.says, _drawn(made.gained(habit.name))) for habit in habits]
    second = charts_bars.diverging(
        "The same every quarter, added to a plain routine",
        "No single habit should come near the best play: then nobody has to look.", rows, _effect,
    )  # fmt: skip
    return chart + never + second


def _profit(made: Figures) -> str:
    named = [(text.CAUSES[name], effect) for effect in made.factorial.effects for name in effect.levers[:1]
             if len(effect.levers) == 1]  # fmt: skip
    together = sum(effect.variance for effect in made.factorial.effects if len(effect.levers) > 1)
    rows = [(name, effect.variance, "own" if name == text.CAUSES["prices"] else "") for name, effect in named]
    rows += [("several of these together", together, ""), ("luck: the seed", made.factorial.luck, "")]
    said = "Each is done and left out, in all 32 combinations on the same seeds: parts of the variance of profit."
    chart = charts_bars.bars("What explains how profit differs", said, rows, lambda value: percent(value, 1))
    return chart + grid("What each does to profit", text.FACTOR_HEADS, text.factor_rows(made))


def _time(made: Figures) -> str:
    across = [f"Q{quarter}" for quarter in range(1, made.quarters + 1)]
    arms = made.played.arms
    names = [DISCOUNTER, GOOD, *([made.best] if made.best not in (DISCOUNTER, GOOD) else [])]
    volume = [Series(name, tuple(arms[name].volume.tolist())) for name in names]
    profit = [Series(name, tuple(accumulate(arms[name].profit.tolist()))) for name in names]
    line = text.crossing_line(made)
    first = charts_time.lines("Volume by quarter, at list price", line, across, volume, made.cast.money)
    said = "Means over seeds. Buying volume should look good first and end worse."
    return first + charts_time.lines("Account profit, all so far", said, across, profit, made.cast.money)


def _luck(made: Figures) -> str:
    luck = made.luck
    rows = [("how one plays", luck.skill, "own"), ("the seed", luck.seed, ""), ("both together", luck.both, "")]
    said = (
        f"Among sensible bots. Good play beats habit in {percent(luck.same)} of seeds that both play, and in "
        f"{percent(luck.different)} where each has a seed of its own."
    )
    return charts_bars.bars("What explains how sensible play ends", said, rows, percent)


def _events(made: Figures) -> str:
    rows = [
        [item.kind, item.name, str(item.quarter), percent(made.fired[item.address] / made.sessions, 1)]
        for item in written(made.scenario)
        if item.quarter <= made.quarters and item.kind not in ("news", "unlock")
    ]
    events = grid("In which share of sessions each happened", ["Kind", "What", "Quarter", "Happened in"], rows)
    bought = [[name, f"{arose:,}", f"{won:,}", f"{lost:,}", f"{none:,}"]
              for name, (arose, won, lost, none) in made.purchases.items()]  # fmt: skip
    if not bought:
        return f"<details><summary>All {len(rows)}</summary>{events}</details>"
    stacked = charts_bars.stacked(
        "What became of purchases", "Over all sessions of all bots.",
        [(name, (float(won), float(lost), float(none))) for name, (_, won, lost, none) in made.purchases.items()],
        ["won", "lost to a rival", "not bought at all"], lambda value: f"{value:,.0f}",
    )  # fmt: skip
    table = grid("Purchases", ["Purchase", "Arose", "Won", "Lost", "Not bought"], bought)
    return f"{stacked}<details><summary>Purchases and events by number</summary>{table}{events}</details>"


def _plant(made: Figures) -> str:
    across = [f"Q{quarter}" for quarter in range(1, made.quarters + 1)]
    series = [
        Series(line.name, tuple(values.tolist())) for line, values in zip(made.scenario.lines, made.load.T, strict=True)
    ]
    hours = made.played.arms[GOOD].seen.hours / made.played.arms[GOOD].seen.lanes / made.params.hours
    said = f"Under the best play. Above 85% deliveries slip. Good play leaves {percent(made.idle)} of the team's hours."
    left = [Series(GOOD, tuple(hours.tolist()))]
    return charts_time.lines("Use of the plant", said, across, series, percent) + charts_time.lines(
        "Hours left at the close, as a part of the quarter's",
        "Good play, mean over seeds.",
        across,
        left,
        percent,
        floor=0.0,
    )


def _targets(made: Figures) -> str:
    rows: list[Sequence[object]] = [
        [
            Html('<span class="ok">ok</span>') if target.met else Html('<span class="no">no</span>'),
            target.name, made.told(target), "" if target.met else target.change,
        ]
        for target in made.targets
    ]  # fmt: skip
    return grid("Figures that behave, and what is so here", ["", "Figure", "Is, and behaves", "What to change"], rows,
                role="words")  # fmt: skip


def _expected(made: Figures) -> str:
    if not made.confirmed:
        return shell.paragraph(
            "The scenario says nothing. A block expect in scenario.yaml is tried here on unseen seeds."
        )
    rows: list[Sequence[object]] = [
        [Html(f'<span class="{"ok" if one.met else "no"}">{"ok" if one.met else "no"}</span>'), one.says,
         percent(one.share, 1), percent(one.wanted)] for one in made.confirmed
    ]  # fmt: skip
    caption = f"On {made.confirmed[0].seeds} seeds that no other figure used"
    return grid(caption, ["", "Expected", "So in", "At least"], rows, role="words")


def _seeds(made: Figures) -> str:
    items = "".join(f"<li><strong>{one.seed}</strong>, {shell.text(text.seed_line(one))}.</li>" for one in made.chosen)
    return f"<ul>{items}</ul>" + shell.paragraph(
        f"Play one with: kamsim play {made.scenario.id} --seed {made.chosen[0].seed}. Give a class one seed for all: "
        "then scores differ by how people played.", "under",
    )  # fmt: skip


def _how(made: Figures) -> str:
    few = len(next(iter(made.played.habits.values())))
    return shell.paragraph(
        f"Every bot plays {len(made.seeds):,} seeds of {made.quarters} quarters; what is compared seed by seed "
        f"(levers, habits, behaviours of experiments) {few:,} of them, and the 32 combinations "
        f"{made.factorial.seeds}. All meet the same luck, so that only how they play differs. Events and purchases are "
        f"counted over {made.sessions:,} sessions. Bots are no people: what they find is the least that can be found."
    )
