"""The pipeline: every opportunity as last seen, by customer and by decision, what runs, and what was signed for what.

From what is seen and told alone; how likely an award is, nobody says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from kamsim.engine.awards import MAIN_PART
from kamsim.engine.params import STATES
from kamsim.engine.terms import LARGEST_OFF, PRICE_STEP
from kamsim.game.commands import FORESEEN
from kamsim.game.events.declared import of
from kamsim.game.events.opportunities import OpportunityAwarded
from kamsim.view import open_cases
from kamsim.view.grounds import Mark, grounds, known, signed_line
from kamsim.view.questions import Limits, Option, Question
from kamsim.view.words import opportunities as words
from kamsim.view.words.names import STATE_WORDS, capital, counted, percent, points

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen
    from kamsim.view.table import Table
    from kamsim.view.words.names import Cast

NOTHING: Final = (
    "You have heard of nothing that they are about to buy. Ask about their results, or how they buy; standing contact "
    "hears of it, too."
)
OPEN_DATE: Final = "No date yet"
MOST: Final = 1e9
"""Units of currency a quarter that a forecast stays below."""
MARKS: Final[dict[Mark, str]] = {"speaks": "For you", "perhaps": "Perhaps", "missing": "Missing"}
WON, LOST = 1, 2
"""What became of the last opportunity of a slot, as `Seen.award` has it."""


@dataclass(frozen=True)
class Forecast:
    """What the player expects: one of `commands.FORESEEN`, cents a quarter, and since which quarter."""

    outcome: str
    amount: int
    quarter: int


@dataclass(frozen=True)
class Prospect:
    """An opportunity as last seen. ``stage``: 1 need to 4 decision; ``worth``: cents a quarter at our price there;
    ``runs``: quarters; ``decides``: the quarter at whose close it is decided, 0 where nobody can say; ``bid``: points
    that ours gives off, None where none lies there; ``closing``: its window closes with this quarter."""

    name: str
    account: str
    initiative: str
    title: str
    stage: int
    seen_at: int
    worth: float
    runs: int
    decides: int
    decider: str
    bid: float | None
    closing: bool
    speaks: tuple[str, ...]
    """What speaks for us, in sentences."""
    missing: tuple[str, ...]
    """What is missing or against us."""
    lapses: tuple[str, ...]
    """What ends when."""
    marks: tuple[tuple[str, Mark], ...]
    """Of what can speak for us, each in a word, and whether it does."""
    forecast: Forecast | None

    @property
    def whole(self) -> float:
        """Cents over all its quarters."""
        return self.worth * self.runs


def prospects(table: Table, account: str = "") -> list[Prospect]:
    """Every opportunity that the player knows to be open, at one account or at all: windows that close first, then by
    decision, those without a date last."""
    found: list[Prospect] = table.kept(
        f"prospects.{len(table.session.guesses.get('forecast', ()))}", lambda: _all(table)
    )
    return [item for item in found if account in ("", item.account)]


def _all(table: Table) -> list[Prospect]:
    found = [_prospect(table, row) for row in open_cases.opportunities(table.seen)]
    return sorted(found, key=lambda item: (item.decides or 10**6, -item.worth))


def prospect(table: Table, name: str) -> Prospect | None:
    """One opportunity by its name; None where it is not known to be open."""
    return next((item for item in prospects(table) if item.name == name), None)


def _prospect(table: Table, row: int) -> Prospect:
    cast, seen = table.cast, table.seen
    name, quarter = seen.params.opportunities[row], seen.quarter

    bid = float(seen.bid_off[row, 0]) if seen.bid[row, 0] else None
    seen_at = quarter - int(seen.known("stage", row)[1][0])
    decides = int(known(seen, "decides", row))
    told = grounds(table, row)
    return Prospect(
        name=name,
        account=cast.home[name],
        initiative=cast.bought_for[name],
        title=words.title(cast, name),
        stage=int(known(seen, "stage", row)),
        seen_at=seen_at,
        worth=known(seen, "amount", row) * price(seen, row, bid or 0.0),
        runs=int(known(seen, "runs", row)),
        decides=decides,
        decider=cast.decider(name),
        bid=bid,
        closing=0 < decides <= quarter,
        speaks=told.speaks,
        missing=told.missing,
        lapses=(*_window(cast, decides, quarter), *told.lapses),
        marks=told.marks,
        forecast=forecast(table, name),
    )


def price(seen: Seen, row: int, off: float) -> float:
    """Cents that a unit of an opportunity leaves of its list price, ``off`` given besides today's discount."""
    cell = int(seen.params.opportunity_cell[row])
    kept = 1.0 - float(seen.discount[cell, 0]) - off
    return float(seen.params.list_price[cell, 0]) * kept * (1.0 - float(seen.rebate[cell, 0]))


def _window(cast: Cast, decides: int, quarter: int) -> list[str]:
    if not decides:
        return []
    if decides == quarter:
        return ["The window closes with this quarter."]
    if decides < quarter:
        return [f"It was to be decided in {cast.quarter(decides)}; you have heard nothing since."]
    return [f"The window closes with {cast.by(decides)}."]


# --- in lines ----------------------------------------------------------------------------------------------------


def amount_line(table: Table, item: Prospect) -> str:
    """Money a quarter and in all."""
    return f"{table.money(item.worth)} a quarter for {counted(item.runs, 'quarter')}, {table.money(item.whole)} in all"


def stage_line(item: Prospect, quarter: int) -> str:
    """The stage, with its age."""
    return f"{words.STAGES[item.stage - 1]}, {words.last_seen(quarter, item.seen_at)}"


def decision_short(table: Table, item: Prospect) -> str:
    """When it is decided, in a word or two."""
    if not item.decides:
        return OPEN_DATE
    return "This quarter" if item.closing else table.cast.by(item.decides)


def bid_told(item: Prospect) -> str:
    """Whether a bid of ours lies there, in a few words."""
    return "no bid of yours" if item.bid is None else f"your bid lies there, {off_words(item.bid)}"


def marks_line(item: Prospect) -> str:
    """What speaks for us and what does not, in words: For you: bid, work. Perhaps: case. Missing: access."""
    by_mark = {head: [name.lower() for name, is_so in item.marks if is_so == mark] for mark, head in MARKS.items()}
    return ". ".join(f"{head}: {', '.join(names)}" for head, names in by_mark.items() if names)


def stage_help(item: Prospect) -> str:
    """What the stage means."""
    return words.STAGE_HELP[item.stage - 1]


def need(table: Table, item: Prospect) -> str:
    """What is needed, in the author's words, as it reads now."""
    return table.cast.now(table.cast.opportunities[item.name].need)


def under_title(table: Table, item: Prospect) -> str:
    """Stage, amount and bid in a line, below its title."""
    return f"{stage_line(item, table.quarter)}. {amount_line(table, item)}. {capital(bid_told(item))}."


def brief_line(table: Table, item: Prospect) -> str:
    """All of it in a line, for a page that names the customer."""
    when = f"decided in {table.cast.by(item.decides)}" if item.decides else "no date yet"
    stage = stage_line(item, table.quarter)
    return (
        f"{item.title}: {stage[:1].lower()}{stage[1:]}; {when}; {table.money(item.worth)} a quarter; {bid_told(item)}."
    )


def decision_line(table: Table, item: Prospect) -> str:
    """When it is decided, and by whom."""
    who = table.cast.post(item.decider)
    if not item.decides:
        return f"{OPEN_DATE} for the decision; it is with {who}"
    if table.cast.over(item.decides):
        return f"Decided in {table.cast.by(item.decides)}, by {who}"
    return f"Decided when {table.cast.quarter(item.decides)} closes, by {who}"


def for_what(table: Table, item: Prospect, *, alone: bool = False) -> str:
    """The customer, and the initiative that it is for, as last seen; ``alone``: without the customer."""
    cast, seen = table.cast, table.seen
    state, _ = seen.known("state", seen.params.initiatives.index(item.initiative))
    told = "" if np.isnan(state[0]) else f" ({STATE_WORDS[STATES[int(state[0])]]})"
    said = f"for {cast.initiatives[item.initiative].name}{told}"
    return capital(said) if alone else f"{cast.account(item.account)}, {said}"


def summary(table: Table) -> str:
    """All of it in a sentence."""
    found = prospects(table)
    if not found:
        return NOTHING
    count, worth = counted(len(found), "opportunity", "opportunities"), table.money(sum(item.worth for item in found))
    said = f"{count} open, {worth} a quarter as last seen"
    due = [item for item in found if item.closing]
    if not due:
        return f"{said}. No window closes with this quarter, as far as you know."
    verb, worth = "is" if len(due) == 1 else "are", table.money(sum(item.worth for item in due))
    return f"{said}; {len(due)} of them, {worth} a quarter, {verb} decided when this one closes."


def by_customer(table: Table) -> list[tuple[str, list[Prospect]]]:
    """Open opportunities by customer, in the order of accounts everywhere."""
    found = [(table.cast.account(account), prospects(table, account)) for account in table.accounts]
    return [(name, items) for name, items in found if items]


def by_decision(table: Table) -> list[tuple[str, list[Prospect]]]:
    """Open opportunities by the quarter in which they are decided, those without a date last."""
    made: dict[str, list[Prospect]] = {}
    for item in prospects(table):
        made.setdefault(_when(table, item), []).append(item)
    return list(made.items())


def _when(table: Table, item: Prospect) -> str:
    if not item.decides:
        return OPEN_DATE
    if item.decides == table.quarter:
        return f"{table.cast.quarter(item.decides)}, when this quarter closes"
    past = ", and nothing heard since" if item.decides < table.quarter else ""
    return f"{table.cast.by(item.decides)}{past}"


# --- windows, on the desk ----------------------------------------------------------------------------------------


def windows(table: Table) -> list[Prospect]:
    """Opportunities whose window is open, opens now or closes with this quarter, as last seen."""
    rows = {table.seen.params.opportunities[row] for row in open_cases.opportunities(table.seen)
            if open_cases.window(table.seen, row)}  # fmt: skip
    return [item for item in prospects(table) if item.name in rows]


def window_title(table: Table, item: Prospect) -> str:
    """What is decided where."""
    return f"{table.cast.account(item.account)} decides: {item.title}"


def window_when(table: Table, item: Prospect) -> str:
    """By when it is decided, in a few words."""
    if not item.decides:
        return "no date heard"
    return "this quarter" if item.closing else f"by the end of {table.cast.by(item.decides)}"


def window_text(table: Table, item: Prospect) -> str:
    """How much, and whether we are in it."""
    bid = "No bid of yours lies there." if item.bid is None else "Your bid lies there."
    return f"{table.money(item.worth)} a quarter, {table.money(item.whole)} in all. {bid}"


# --- a bid -------------------------------------------------------------------------------------------------------


def bid_question(table: Table, name: str, value: float) -> Question:
    """What a bid may give off."""
    low, high = bid_range(table, name)
    limits = Limits(
        low, max(high, low + PRICE_STEP), PRICE_STEP, origin=0.0,
        shown=off_words,
        asked="Points of list off, for this one alone", typed=100.0,
    )  # fmt: skip
    said = f"{capital(points(high))} at most."
    return Question(
        "discount", "slider", "What do you give off, for this one alone?", value, limits=limits, help=said, usual=0.0
    )


def bid_range(table: Table, name: str) -> tuple[float, float]:
    """The fewest and the most points that a bid may give off, as shares of list."""
    for option in table.options("bid", table.cast.home[name], opportunity=name):
        free = next(item for item in option.free if item.name == "discount")
        return float(np.max(free.low)), float(np.max(free.high))
    return 0.0, LARGEST_OFF


def bid_meaning(table: Table, name: str, off: float) -> list[str]:
    """What a bid comes to: money a quarter and in all, and the margin that it leaves."""
    item, seen = prospect(table, name), table.seen
    if item is None:
        return []
    row = seen.params.opportunities.index(name)
    amount = known(seen, "amount", row)
    pocket, cost = price(seen, row, off), float(seen.unit_cost[int(seen.params.opportunity_cell[row]), 0])
    given = amount * (price(seen, row, 0.0) - pocket)
    line = int(seen.params.cell_line[int(seen.params.opportunity_cell[row])])
    load = float(seen.utilisation[line, 0])
    most = load + amount / float(seen.params.capacity[line, 0])
    said = [
        f"{capital(words.units(table.cast, name, amount))} a quarter bring {table.money(amount * pocket)}, of which "
        f"{table.money(amount * (pocket - cost))} is margin ({percent((pocket - cost) / pocket)})."
    ]
    said += _serving(table, item.account)
    if given:
        said.append(f"What you give off costs {table.money(given)} a quarter, {table.money(given * item.runs)} in all.")
    name_of_line = table.cast.line(seen.params.lines[line])
    if table.chronicle.last is None:  # nothing has run yet, as far as the books tell
        said.append(f"All of this takes {percent(most)} of our {name_of_line} capacity.")
    else:
        said.append(
            f"{capital(name_of_line)} ran at {percent(load)} of our capacity last quarter; all of this on top would "
            f"make it {percent(most)}, less what they buy of us already."
        )
    return said


def _serving(table: Table, account: str) -> list[str]:
    """What serving an account more takes of what it adds, as every forecast has it, beside what serving it took on
    average; none before the first close."""
    taken = served(table, account)
    if taken is None:
        return []
    part, found = taken
    more = part * table.seen.params.priors.variable_service
    return [
        f"Serving them more takes {percent(more)} of what it adds to sales: {table.cast.account(account)} took "
        f"{percent(part)} last quarter on average ({found}), and not all of that grows."
    ]


def served(table: Table, account: str) -> tuple[float, str] | None:
    """What serving an account took of its sales at the last close, and as booked how; None before the first."""
    now = table.books(account)
    if now is None or float(now["sales"]) <= 0.0:
        return None
    found = "reviewed" if now["reviewed"] else "an equal share"
    return -float(now["cost_to_serve"]) / float(now["sales"]), found


def bid_binds(table: Table, name: str, off: float) -> str:
    """What a bid takes and binds us to, for a last question before it goes out."""
    hours = table.takes("bid", opportunity=name)
    return (
        f"Bid for it, {off_words(off)}, {hours:.0f} hours: it holds if you are chosen; to change it takes as many again"
    )


def no_bid(table: Table, item: Prospect, off: float | None = None) -> str:
    """Why no bid can be made at all, or not this one, in a sentence; '' where it can."""
    if off is None:
        low, high = bid_range(table, item.name)
        off = low if item.bid != low else min(high, low + PRICE_STEP)
    return table.why_not("bid", opportunity=item.name, discount=off)


def off_words(off: float) -> str:
    """What a bid gives off."""
    return f"{points(off)} off" if off else "at the price as it is"


# --- the player's own forecast -----------------------------------------------------------------------------------


def forecast(table: Table, name: str) -> Forecast | None:
    """What the player last said becomes of the opportunity that is open in this slot; None for nothing."""
    since = float(table.seen.award_at[table.seen.params.opportunities.index(name), 0])
    made = [
        Forecast(str(value["outcome"]), int(value["amount"]), quarter)
        for quarter, value in table.session.guesses.get("forecast", ())
        if value["opportunity"] == name and quarter > since
    ]
    return made[-1] if made else None


def forecast_question(value: str | None) -> Question:
    """What the player expects to become of it; ``value``: what was said so far, None for nothing."""
    options = tuple(Option(name, words.FORESEEN_WORDS[name], words=(name,)) for name in FORESEEN)
    return Question("outcome", "few", "What will become of it?", value, options)


def amount_question(table: Table, item: Prospect, value: float) -> Question:
    """The amount that the player expects."""
    limits = Limits(0.0, MOST * 100.0, 100.0, shown=table.money, asked="An amount such as 120k", typed=0.01)
    label = f"How much a quarter? As last seen it is {table.money(item.worth)}"
    return Question("amount", "amount", label, value, limits=limits)


FORECAST_HELP: Final = "Nobody marks it. You get it back beside what came, and so does your debrief."


def foresee(table: Table, item: Prospect, outcome: str, amount: float) -> None:
    """Note a forecast: an outcome, and cents a quarter."""
    table.guess("forecast", {"opportunity": item.name, "outcome": outcome, "amount": round(amount)})


def forecast_line(table: Table, item: Prospect) -> str:
    """The player's own forecast in a sentence; '' for none."""
    made = item.forecast
    if made is None:
        return ""
    return (
        f"Your forecast of {table.cast.quarter(made.quarter)}: {words.foreseen(table.cast, made.outcome, made.amount)}."
    )


# --- what runs, and what was signed ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Running:
    """What was awarded and still runs: won by us or by a rival, cents a quarter, until which quarter; ``line``: all of
    it in a sentence, of which the rest are the parts."""

    name: str
    account: str
    won: bool
    until: int
    line: str
    what: str
    whose: str
    end: str
    money: str


def running(table: Table) -> list[Running]:
    """Everything that was awarded and still runs, ours first, the earliest to end first."""
    cast, seen, made = table.cast, table.seen, []
    for row, name in enumerate(seen.params.opportunities):
        part, until = float(seen.runs_part[row, 0]), int(seen.runs_until[row, 0])
        if until < seen.quarter:
            continue
        worth = float(seen.runs_units[row, 0]) * price(seen, row, float(seen.runs_off[row, 0]))
        won, winner = part >= MAIN_PART, int(seen.runs_winner[row, 0])
        whose = "Ours" if won else cast.scenario.rivals[winner - 1].name
        end = cast.by(until)
        ours = f", {table.money(part * worth)} of it ours" if 0.0 < part < 1.0 else ""
        what = words.at_home(cast, name, _arose(table, name))
        money = f"{table.money(worth)} a quarter{ours}"
        line = f"{what}. {whose} until the end of {end}, {money}."
        made.append(Running(name, cast.home[name], won, until, line, what, whose, end, money))
    return sorted(made, key=lambda item: (not item.won, item.until))


def _arose(table: Table, name: str) -> int:
    """The quarter in which what runs now of an opportunity's orders arose; later ones may have come to nothing."""
    awards = (event for event in reversed(of(OpportunityAwarded, table.session.events)) if event.opportunity == name)
    return next((event.arose for event in awards if event.outcome != "undecided"), 1)


@dataclass(frozen=True)
class Signed:
    """What was signed for an initiative, and whether it still speaks to it; ``off``: why it cannot be renewed, ''
    where it can; ``renews``: whether a renewal would change anything as far as is known."""

    initiative: str
    account: str
    line: str
    renews: bool
    off: str


def signed(table: Table) -> list[Signed]:
    """Every initiative for which they signed a case: what it speaks to, what is sunk where the initiative is over."""
    seen, made = table.seen, []
    for row, name in enumerate(seen.params.initiatives):
        if seen.written_for[row, 0]:
            account = table.cast.home[name]
            off = table.why_not("renew_case", account=account, initiative=name)
            made.append(Signed(name, account, signed_line(table, row), open_cases.outdated(seen, row), off))
    return made
