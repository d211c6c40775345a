"""What a scenario teaches, on the terminal and as plain data."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from kamsim.lab.teaching.arms import GOOD, HABITS, LEVERS
from kamsim.lab.teaching.figures import NO_LEAST, Figures
from kamsim.lab.teaching.findings import Finding, findings, summary
from kamsim.lab.teaching.measures import Seed
from kamsim.lab.teaching.playing import scores
from kamsim.players.policies import POLICIES
from kamsim.view.words.names import MINUS, counted, percent

WIDTH: Final = 100
SIGNS: Final = {"fault": "FAULT", "note": "note ", "sound": "sound"}
DOES: Final = {
    "random_legal": "moves by chance",
    "do_nothing": "leaves everything as it was",
    "steady": "normal contact, declines, mends",
    "decliner": "trades once, declines the rest",
    "discounter": "buys volume with 8% off",
    "typical": "habit: 3% off, hours by past sales",
    "value_seller": "finds out first, holds prices, trades",
    "canned": "cases, written once",
    "retailored": "cases, re-cut as facts change",
    "static": "cases, on the first quarter's picture",
    "dynamic": "the best that we know: facts, cases, bids",
    "hq_only": "value_seller at headquarters alone",
    "single_thread": "value_seller with one contact each",
    "farmer": "looks after what there is",
    "transactional": "takes orders, no more",
    "joint_builder": "builds together with customers",
    "player_coach": "sells, and coaches in between",
    "over_designator": "key status for everybody",
}
"""Each bot in a few words."""


def bot_rows(made: Figures) -> list[list[str]]:
    """The bots side by side, the best first: name, what it does, worth, score, the worst and best tenth of seeds, how
    often it is ahead of good play."""
    order = sorted(POLICIES, key=lambda name: -float(np.median(made.values[name])))
    rows = []
    for name in order:
        value, score = made.values[name], scores(made.played.arms, name)
        low, middle, high = np.quantile(score, [0.1, 0.5, 0.9])
        ahead = "" if name == GOOD else percent(float((value > made.values[GOOD]).mean()))
        worth = made.cast.money(float(np.median(value)))
        rows.append([name, DOES[name], worth, _score(middle), f"{_score(low)} to {_score(high)}", ahead])
    return rows


def _score(value: float) -> str:
    return f"{value:.0f}".replace("-", MINUS)


BOT_HEADS: Final = ("Bot", "What it does", "Worth", "Score", "8 of 10 seeds", "Ahead of value_seller")


def render(made: Figures) -> str:
    """The whole report as text."""
    found = findings(made)
    parts = [
        f"What {made.scenario.title} teaches: seeds {made.seeds.start} to {made.seeds.stop - 1}, "
        f"{made.quarters} quarters",
        summary(made, found),
        _columns(
            "Bots side by side on the same luck; worth is both purses, the middle of all seeds",
            BOT_HEADS,
            bot_rows(made),
        ),
        _columns("What it rewards, as a share of what good play is worth", REWARD_HEADS, reward_rows(made)),
        _columns("Left out of play that uses it", LEVER_HEADS, lever_rows(made)),
        _columns("The same every quarter, added to a plain routine", HABIT_HEADS, habit_rows(made)),
        _columns("What moves profit", FACTOR_HEADS, factor_rows(made)),
        crossing_line(made),
        _columns("AUTHORING's figures", TARGET_HEADS, target_rows(made)),
        "\n".join(seed_lines(made)),
        "\n".join(["Findings", *(line for finding in found for line in _finding(finding))]),
    ]
    return "\n\n".join(part for part in parts if part)


def _finding(finding: Finding) -> list[str]:
    lines = textwrap.wrap(f"{SIGNS[finding.mark]}  {finding.says}", WIDTH, subsequent_indent=" " * 7)
    if finding.change:
        lines += textwrap.wrap(finding.change, WIDTH, initial_indent="       > ", subsequent_indent="         ")
    return lines


def _columns(caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A caption and columns: words to the left, figures to the right."""
    if not rows:
        return ""
    table = [list(heads), *map(list, rows)]
    widths = [max(len(row[place]) for row in table) for place in range(len(heads))]
    wordy = [any(cell[:1].isalpha() for cell in column) for column in zip(*rows, strict=True)]
    lines = [caption]
    for row in table:
        cells = [
            cell.ljust(width) if words else cell.rjust(width)
            for cell, width, words in zip(row, widths, wordy, strict=True)
        ]
        lines.append(f"  {'  '.join(cells)}".rstrip())
    return "\n".join(lines)


REWARD_HEADS: Final = ("Behaviour", "Brings", "Ahead in", "Verdict")


def reward_rows(made: Figures) -> list[list[str]]:
    """What each behaviour brings."""
    return [
        [reward.pair.says, percent(reward.effect, 1, plus=True), percent(reward.share), reward.verdict]
        for reward in sorted(made.rewards, key=lambda reward: -reward.effect)
    ]


LEVER_HEADS: Final = ("Without", "Missed", "By")


def lever_rows(made: Figures) -> list[list[str]]:
    """What each thing is worth to who uses it."""
    rows = []
    for lever in sorted(LEVERS, key=lambda lever: -made.lost(lever)):
        if made.used(lever) or not lever.field:
            missed = percent(made.lost(lever), 1, plus=True) if made.used(lever) else "never used"
            rows.append([lever.says, missed, lever.host])
    return rows


HABIT_HEADS: Final = ("Habit", "Adds")


def habit_rows(made: Figures) -> list[list[str]]:
    """What each habit adds."""
    ordered = sorted(HABITS, key=lambda habit: -made.gained(habit.name))
    return [
        [habit.says, percent(made.gained(habit.name), 1, plus=True) if made.differs(habit.name) else "changes nothing"]
        for habit in ordered
    ]


FACTOR_HEADS: Final = ("Cause", "Changes profit by", "Explains")
CAUSES: Final = {
    "prices": "3% off every price",
    "incidents": "putting incidents right with all that helps",
    "initiatives": "working on what customers have under way",
    "cases": "business cases",
    "knowledge": "a picture that is kept fresh",
}
LEAST: Final = 0.004


def factor_rows(made: Figures) -> list[list[str]]:
    """The analysis of variance: each alone, those together that matter, luck."""
    rows = [
        [
            " with ".join(CAUSES[name] for name in effect.levers),
            percent(effect.change, 1, plus=True),
            percent(effect.variance, 1),
        ]
        for effect in made.factorial.effects
        if len(effect.levers) == 1 or effect.variance >= LEAST
    ]
    return [*rows, ["luck: the seed", "", percent(made.factorial.luck, 1)]]


TARGET_HEADS: Final = ("", "Figure", "Is, and behaves")


def target_rows(made: Figures) -> list[list[str]]:
    """AUTHORING's targets, ticked or failed."""
    return [["ok" if target.met else "no", target.name, made.told(target)] for target in made.targets]


def crossing_line(made: Figures) -> str:
    """When good play passes the discounter, in volume and in profit."""
    found = made.crossing

    def when(quarter: int | None, what: str) -> str:
        if quarter is None:
            return f"never in {what}"
        return f"in {what} from the first quarter" if quarter == 1 else f"in {what} from quarter {quarter}"

    told = [when(found.volume, "volume"), when(found.profit, "profit"), when(found.all_profit, "all profit so far")]
    return f"value_seller is ahead of the discounter {told[0]}, {told[1]}, {told[2]}."


def seed_lines(made: Figures) -> list[str]:
    """Seeds worth playing, by number."""
    return ["Seeds worth playing", *(f"  {one.seed:>6}  {seed_line(one)}" for one in made.chosen)]


def seed_line(one: Seed) -> str:
    """What a seed is like."""
    usual = [f"{value:.0f}" for value in one.middle]
    return (
        f"{one.kind}: sensible play ends {percent(one.worth, plus=True)} against the mean; "
        f"{counted(one.incidents, 'incident')} ({usual[0]} as a rule), {counted(one.blows, 'blow')} of rivals "
        f"({usual[1]}), {counted(one.departures, 'person leaves', 'people leave')} ({usual[2]})"
    )


def to_dict(made: Figures) -> dict[str, Any]:
    """Everything as plain data: money in cents, shares and effects as parts of 1."""
    arms = made.played.arms
    return {
        "scenario": made.scenario.id,
        "currency": made.scenario.currency,
        "seeds": len(made.seeds),
        "first_seed": made.seeds.start,
        "compared_on": len(next(iter(made.played.habits.values()))),
        "quarters": made.quarters,
        "bots": {
            name: {
                "worth": float(np.median(arms[name].value)),
                "score": _quantiles(scores(arms, name)),
                "profit_by_quarter": arms[name].profit.tolist(),
                "volume_by_quarter": arms[name].volume.tolist(),
            }
            for name in POLICIES
        },
        "best": made.best,
        "rewards": [
            {"says": one.pair.says, "does": one.pair.does, "not": one.pair.not_, "effect": one.effect,
             "share": one.share, "seeds": one.seeds, "verdict": one.verdict} for one in made.rewards
        ],
        "levers": {
            lever.name: {"says": lever.says, "host": lever.host, "missed": made.lost(lever),
                         "used": made.used(lever), "moves": made.moves(lever)} for lever in LEVERS
        },
        "habits": {
            habit.name: {"says": habit.says, "adds": made.gained(habit.name), "differs": made.differs(habit.name)}
            for habit in HABITS
        },
        "constant": made.habits,
        "factorial": {"price": made.factorial.price, "skills": made.factorial.skills, "luck": made.factorial.luck,
                      "seeds": made.factorial.seeds},
        "luck": vars(made.luck),
        "crossing": vars(made.crossing),
        "events": {address: made.fired[address] for address in sorted(made.fired)},
        "sessions": made.sessions,
        "purchases": {name: dict(zip(("arose", "won", "lost", "none"), counts, strict=True))
                      for name, counts in made.purchases.items()},
        "load": made.load.tolist(),
        "idle": made.idle,
        "targets": [
            {"name": one.name, "value": one.value, "low": None if one.low < NO_LEAST else one.low, "high": one.high,
             "met": one.met} for one in made.targets
        ],
        "expected": [{**vars(one), "met": one.met} for one in made.confirmed],
        "seeds_worth_playing": [{"kind": one.kind, "seed": one.seed, "worth": one.worth} for one in made.chosen],
        "findings": [vars(one) for one in findings(made)],
    }  # fmt: skip


def _quantiles(score: Any) -> dict[str, float]:
    return {str(share): float(np.quantile(score, share)) for share in (0.05, 0.25, 0.5, 0.75, 0.95)}
