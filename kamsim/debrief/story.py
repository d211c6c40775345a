"""The story of a session in short sentences: each year, what was guessed, what luck did, what was missed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, get_args

from kamsim.debrief.attribution import Attribution, Worth
from kamsim.debrief.own_story import year_lines
from kamsim.debrief.record import YEAR, Play
from kamsim.game.events.cases import PromiseMeasured, PromiseSigned
from kamsim.game.events.closing import TenderDecided
from kamsim.game.events.contact import learned_with
from kamsim.game.events.declared import of
from kamsim.game.events.ending import RanksRevealed
from kamsim.game.events.opening import AttackStruck, InitiativeTurned, PersonLeft
from kamsim.game.events.team import ColleagueStrained, ColleagueSucceeded
from kamsim.view.menu.catalogue import MENU
from kamsim.view.menu.entry import Activity
from kamsim.view.words.books import breakeven_line
from kamsim.view.words.names import capital, counted, listed, percent
from kamsim.view.words.our_news import TAKEN
from kamsim.view.words.prices import guess_base

HOPED: Final = 0.8
"""How often a stated range should hold."""
OFTEN: Final = {1: "once", 2: "twice"}
MISS: Final = 2.0 / (1.0 - HOPED)
"""Weight of a miss in the interval score."""


def year_slices(quarters: int) -> list[slice]:
    """The closed quarters by year; the last may be short."""
    return [slice(start, min(start + YEAR, quarters)) for start in range(0, quarters, YEAR)]


def years(play: Play) -> list[tuple[str, list[str]]]:
    """By year: a heading and a few sentences."""
    made = []
    for number, part in enumerate(year_slices(play.quarters), start=1):
        name = str(play.scenario.year + number - 1)
        short = "" if part.stop - part.start == YEAR else f" ({counted(part.stop - part.start, 'quarter')})"
        made.append((f"{name}{short}", _year(play, number, part)))
    return made


def _year(play: Play, number: int, part: slice) -> list[str]:
    cast, profit, sales = play.cast, play.profit, play.sales
    earned, sold = float(profit[part].sum()), float(sales[part].sum())
    said = f"Account profit {cast.money(earned)} on sales of {cast.money(sold)}"
    before = slice(part.start - YEAR, part.start)
    if number > 1 and part.stop - part.start == YEAR:
        change = earned - float(profit[before].sum())
        volume = sold - float(sales[before].sum())
        said += f": {cast.money(change, plus=True)} on the year before, sales {cast.money(volume, plus=True)}"
    lines = [f"{said}."]
    totals = profit[part].sum(axis=0)
    accounts = list(play.params.accounts)
    best, worst = accounts[int(totals.argmax())], accounts[int(totals.argmin())]
    lines.append(
        f"{cast.account(best)} earned most ({cast.money(float(totals.max()))}), "
        f"{cast.account(worst)} least ({cast.money(float(totals.min()))})."
    )
    inside = [item.event for item in play.happenings if part.start < item.quarter <= part.stop]
    signed = of(PromiseSigned, inside)
    if signed:
        what = [
            f"{cast.account(item.account)}{' (our own desk)' if item.audience == 'desk' else ''}" for item in signed
        ]
        lines.append(f"Signed: {listed(what)}.")
    measured = of(PromiseMeasured, inside)
    if measured:
        kept = sum(event.kept for event in measured)
        lines.append(
            f"Of {counted(len(measured), 'promise')} that came due, {kept} {'was' if kept == 1 else 'were'} kept."
        )
    struck = of(AttackStruck, inside)
    if struck:
        names = list(dict.fromkeys(cast.account(item.account) for item in struck))
        lines.append(f"Rivals attacked {'once' if len(struck) == 1 else f'{len(struck)} times'}, at {listed(names)}.")
    left = of(PersonLeft, inside)
    if left:
        who = [f"{item.before} ({cast.account(cast.home[item.person])})" for item in left[:3]]
        rest = f" and {len(left) - 3} more" if len(left) > 3 else ""
        lines.append(f"Left their posts: {', '.join(who)}{rest}.")
    lines += [_gone(play, gone) for gone in of(ColleagueSucceeded, inside)]
    for item in of(TenderDecided, inside):
        won = "won" if item.won else "not won"
        lines.append(
            f"The tender at {cast.account(cast.home[item.tender])} was {won}: share "
            f"{percent(item.share_before)} before, {percent(item.share)} after."
        )
    return [*lines, *year_lines(play, inside, range(part.start + 1, part.stop + 1))]


def _gone(play: Play, gone: ColleagueSucceeded) -> str:
    """Who left our own team, how often they had said that it is too much, and what went along."""
    came = [item for item in play.of(ColleagueSucceeded) if item.event.colleague == gone.colleague]
    ends = [0, *(item.quarter for item in came)]
    last = next(place for place, item in enumerate(came) if item.event is gone)
    said = sum(
        item.event.colleague == gone.colleague and ends[last] <= item.quarter < ends[last + 1]
        for item in play.of(ColleagueStrained)
    )
    often = f", having said {OFTEN.get(said, f'{said} times')} that it was too much" if said else ""
    led = listed([play.cast.account(name) for name in gone.accounts])
    what = f"{led} had nobody else yet: {TAKEN} went along" if led else "every customer was handed over before"
    return f"{gone.before} left our own team{often}. {capital(what)}."


@dataclass(frozen=True)
class Range:
    """A range that was stated, and what came. ``name`` says of what; money in cents."""

    name: str
    quarter: int
    low: float
    high: float
    middle: float | None
    actual: float
    promise: bool

    @property
    def inside(self) -> bool:
        """Whether it held."""
        return self.low <= self.actual <= self.high

    @property
    def score(self) -> float:
        """The interval score for a range that should hold four times of five, as a share of what came: its width, and
        five (two over one fifth: ten) times any miss. Lower is better."""
        miss = max(self.low - self.actual, self.actual - self.high, 0.0)
        return (self.high - self.low + MISS * miss) / max(abs(self.actual), abs(self.low), 1.0)


def stated_ranges(play: Play) -> list[Range]:
    """Every range that can be held against a figure: promises that were measured, guesses of a quarter's profit."""
    made = []
    for item in play.of(PromiseMeasured):
        event = item.event
        who = "own desk, " if event.audience == "desk" else ""
        name = f"{who}{play.cast.account(event.account)}, due {play.cast.quarter(event.due)}"
        low, high = event.low, event.high
        made.append(Range(name, event.due, low, high, event.value, event.actual, True))
    last = dict(play.guesses.get("profit_range", []))
    for quarter, (low, high) in sorted(last.items()):
        if quarter <= play.quarters:
            actual = float(play.profit[quarter - 1].sum())
            made.append(Range(f"Profit of {play.cast.quarter(quarter)}", quarter, low, high, None, actual, False))
    return made


def calibration_line(ranges: Sequence[Range]) -> str:
    """How often ranges held, beside how often they should."""
    if not ranges:
        return "No range was stated that could be held against a figure."
    held = sum(one.inside for one in ranges)
    hoped = round(HOPED * len(ranges))
    said = f"Of {counted(len(ranges), 'range')} you said about {hoped} would hold; {held} did."
    above = sum(one.actual > one.high for one in ranges)
    below = sum(one.actual < one.low for one in ranges)
    if above or below:
        ways = [f"{count} came out {way}" for count, way in ((above, "above"), (below, "below")) if count]
        said += f" {capital(listed(ways))}."
    return said


def guess_rows(play: Play) -> list[tuple[str, str, str]]:
    """Guesses against truth: (what, you said, it was)."""
    cast, rows = play.first_cast, []
    for item in play.of(RanksRevealed)[:1]:
        event = item.event
        rows.append(("Ranking by sales, first year", "", _ranked(play, event.by_sales)))
        guess = event.guess
        rows.append(("Ranking by profit, first year", _ranked(play, guess) if guess else "no guess",
                     _ranked(play, event.by_profit)))  # fmt: skip
    breakeven = [value for _, value in play.guesses.get("breakeven", [])]
    account, price = guess_base(cast, play.params)
    line = breakeven_line(cast, account, price, None)
    rows.append(("More volume that repays 5 points off", f"{breakeven[-1]:g}%" if breakeven else "no guess", line))
    return rows


def _ranked(play: Play, names: Sequence[str]) -> str:
    return ", ".join(f"{place}. {play.first_cast.account(name)}" for place, name in enumerate(names, start=1))


def luck_lines(play: Play, made: Attribution | None) -> list[str]:
    """Luck and choice apart, as far as one session can tell."""
    cast, lines = play.cast, []
    if made is not None:
        gap = made.played - made.middling
        lines.append(
            f"The same moves with every chance at its middle would have left {cast.money(made.middling)}; yours left "
            f"{cast.money(made.played)}. Luck: {cast.money(gap, plus=True)}."
        )
        lines.append(
            f"On your luck, an empty chair (nobody deciding anything) leaves {cast.money(made.nobody)}. Your "
            f"decisions: {cast.money(made.played - made.nobody, plus=True)}."
        )
    if play.score:
        score = play.score
        lines.append(
            f"On your luck, a typical key account manager leaves {cast.money(score.typical)}, which is 50 points. "
            f"You have {score.score:.0f}."
        )
        other = score.discounter
        volume = other.volume_value / max(score.you.volume_value, 1) - 1.0
        lines.append(
            f"Somebody who gives everyone 8 points more off, on your luck: volume {percent(volume, 1, plus=True)}, "
            f"account profit {cast.money(other.profit - score.you.profit, plus=True)} against yours."
        )
    return lines


ROUTINE: Final = "Routine contact"
ACTIVITIES: Final = (ROUTINE, *filter(None, get_args(Activity)))
"""What hours went into."""


def hours(play: Play) -> dict[str, dict[str, float]]:
    """Hours by account and activity over the closed quarters, standing rhythms and joint programmes among them; those
    for our own side are on no account."""
    from kamsim.engine.params import RHYTHMS  # noqa: PLC0415  # one name

    made = {account: dict.fromkeys(ACTIVITIES, 0.0) for account in play.params.accounts}
    rhythm = {account.id: account.rhythm for account in play.scenario.accounts}
    for quarter in range(1, play.quarters + 1):
        for command in play.commands:
            if command.quarter != quarter:
                continue
            if command.move == "set_rhythm":
                rhythm[command.args["account"]] = command.args["rhythm"]
                continue
            spent = play.moved[command.number].hours if command.number in play.moved else 0.0
            activity = MENU[command.move].activity
            if activity and play.account(command):
                made[play.account(command)][activity] += spent
        for account, step in rhythm.items():
            made[account][ROUTINE] += float(play.params.rhythm_hours[RHYTHMS.index(step)])
    return made


def freshness(play: Play) -> dict[str, list[float | None]]:
    """By account and closed quarter: the share of its initiatives heard of in that quarter or the one before."""
    seen: dict[str, int] = {}
    by_account: dict[str, list[float | None]] = {account: [] for account in play.params.accounts}
    items = list(play.happenings)
    for quarter in range(1, play.quarters + 1):
        for item in items:
            if item.quarter != quarter:
                continue
            if isinstance(item.event, InitiativeTurned):
                seen[item.event.initiative] = quarter
            for fact in learned_with(item.event):
                if fact.kind == "state":
                    seen[fact.about] = quarter
        for row, account in enumerate(play.params.accounts):
            names = [play.params.initiatives[place] for place in play.params.account_initiatives[row]]
            known = sum(quarter - seen.get(name, -9) <= 1 for name in names)
            by_account[account].append(known / len(names) if names else None)
    return by_account


def best_and_worst(made: Attribution, most: int = 3) -> tuple[list[Worth], list[Worth]]:
    """The threads whose absence would have cost most, and those whose absence would have paid most."""
    known = [worth for worth in made.worths if worth.alone is not None]
    ordered = sorted(known, key=lambda worth: -(worth.alone or 0))
    good = [worth for worth in ordered if (worth.alone or 0) > 0][:most]
    bad = [worth for worth in reversed(ordered) if (worth.alone or 0) < 0][:most]
    return good, bad


def concessions_of(play: Play) -> list[tuple[Any, str, bool]]:
    """Price requests answered: (command, result, whether something came back)."""
    made = []
    for command in play.commands:
        if command.move == "answer_request":
            result = play.result(command)
            if result in ("granted", "traded"):
                made.append((command, result, result == "traded"))
    return made
