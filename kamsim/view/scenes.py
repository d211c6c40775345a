"""The great moments of a close, each a scene of its own: what was won, what was lost, and what serving them takes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from kamsim.game.events.closing import TenderDecided
from kamsim.game.events.declared import of
from kamsim.game.events.opportunities import OpportunityAwarded
from kamsim.game.events.programme import ProgrammeRebuilt
from kamsim.game.events.team import ColleagueNoticed
from kamsim.game.events.together import JointMoved, JointShaken
from kamsim.view.pipeline import served
from kamsim.view.table import unquoted
from kamsim.view.team import NOTICE
from kamsim.view.words import news
from kamsim.view.words.names import capital, percent
from kamsim.view.words.opportunities import at_stake, money_line, reason_line
from kamsim.view.words.programme import rebuilt_told

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kamsim.game.events.declared import Event
    from kamsim.view.closing import Closing
    from kamsim.view.table import Table

MOST: Final = 3
"""Scenes of one close; what was won or lost besides stands among the answers."""
YEAR: Final = 4
"""Quarters."""
WORTH_A_WORD: Final = 500_000
"""Cents by which what an account took must differ from its equal share to be a matter."""
TRUE_COST: Final = "What serving them really takes"
Books = dict[str, Any]


@dataclass(frozen=True)
class Scene:
    """Something that was won or lost: where (``head``) and what (``title``). ``person``: who tells it, '' for nobody,
    with the words in ``quote``; ``colleague``: who of ours
    tells it instead; ``worth``: cents a quarter that we won or lost, for ``runs`` quarters up to ``until`` (all 0 for a
    tender);
    ``lines``: what it is worth, why, and what could have been known."""

    won: bool
    account: str
    head: str
    title: str
    person: str
    quote: str
    worth: int
    runs: int
    until: int
    lines: tuple[str, ...]
    event: Event
    colleague: str = ""
    named: str = ""
    """What it is called in a list, where it is neither won nor lost."""

    @property
    def whole(self) -> int:
        """Cents in all."""
        return self.worth * self.runs

    @property
    def name(self) -> str:
        """What it is called in a list."""
        return self.named or ("Won" if self.won else "Lost")


def scenes(table: Table, closing: Closing) -> list[Scene]:
    """What was won and lost at a close, the largest first, and what is great on our own side, which gives way to no
    purchase; not what the player never heard of."""
    found = [_award(table, event, closing.quarter) for event in of(OpportunityAwarded, closing.report.events)
             if event.outcome in ("won", "lost") and event.seen is not None]  # fmt: skip
    found += [_tender(table, event, closing.quarter) for event in of(TenderDecided, closing.report.events)]
    found.sort(key=_rank)
    ours = [scene for scene in (_ours(table, event) for event in closing.report.events) if scene is not None]
    kept = min(len(ours), MOST - 1) if found else MOST
    return sorted([*found[: MOST - kept], *ours[:kept]], key=_rank)


def _rank(scene: Scene) -> tuple[bool, int]:
    """What was won first, then the largest."""
    return not scene.won, -scene.whole


def _award(table: Table, event: OpportunityAwarded, quarter: int) -> Scene:
    cast, data = table.cast, event.plain()
    said = news.body(cast, event, quarter)
    quote = unquoted(said[0])
    head, title = _split(news.headline(cast, event))
    lines = money_line(cast, data), reason_line(cast, data), leaves(table, event), said[-1]
    return Scene(
        event.outcome == "won", cast.home[event.opportunity], head, title, cast.decider(event.opportunity), quote,
        at_stake(event), event.runs, event.until, tuple(filter(None, lines)), event,
    )  # fmt: skip


def leaves(table: Table, event: OpportunityAwarded) -> str:
    """What ours of an award leaves a quarter after product cost and what serving the customer takes, in a sentence; ''
    where nothing of it is ours."""
    account, ours = table.cast.home[event.opportunity], event.part if event.part is not None else 1.0
    taken = served(table, account)
    if taken is None or event.outcome != "won" or not event.worth:
        return ""
    cell = int(table.seen.params.opportunity_cell[table.seen.params.opportunities.index(event.opportunity)])
    sold = ours * event.worth
    margin = sold - ours * event.units * float(table.seen.unit_cost[cell, 0])
    part, found = taken
    left = margin - part * sold
    stays = f"{table.money(left)} a quarter stays" if left >= 0.0 else f"you pay {table.money(-left)} a quarter on top"
    return (
        f"What is yours of it leaves {table.money(margin)} a quarter over product cost, a margin of "
        f"{percent(margin / sold)}; serving {table.cast.account(account)} takes {percent(part)} of sales ({found}): "
        f"{stays}."
    )


def who(table: Table, scene: Scene) -> str:
    """Who tells it, with the post; '' for nobody."""
    cast = table.cast
    if scene.person:
        return cast.post(scene.person)
    name = scene.colleague
    return f"{capital(cast.colleague(name))}, {cast.colleagues[name].role}" if name else ""


def _split(headline: str) -> tuple[str, str]:
    """Where something was won or lost, and what it was."""
    where, _, what = headline.partition(": ")
    return where, what


def _tender(table: Table, event: TenderDecided, quarter: int) -> Scene:
    cast = table.cast
    account = cast.home[event.tender]
    buyer = max(cast.accounts[account].people, key=lambda person: person.level == "buyer").id
    told, *rest = news.body(cast, event, quarter)
    return Scene(
        event.won, account, f"{'Won' if event.won else 'Lost'} at {cast.account(account)}",
        cast.now(cast.tenders[event.tender].title), buyer, unquoted(told), 0, 0, 0,
        (*([] if unquoted(told) else [told]), *rest), event,
    )  # fmt: skip


# --- our own side -----------------------------------------------------------------------------------------------


def _ours(table: Table, event: Event) -> Scene | None:
    """What happened in our own team or company, where it is great; None for anything else."""
    match event:
        case ColleagueNoticed():
            return _notice(table, event)
        case ProgrammeRebuilt():
            told = (rebuilt_told(table.cast, event),)
            return _scene(event, "In our own company", "The programme is rebuilt", told, named="Rebuilt")
        case JointMoved(joint=name, phase="live"):
            return replace(_built(table, event, name, "It runs"), won=True)
        case JointMoved(joint=name, phase="ended"):
            return _built(table, event, name, "It is over")
        case JointShaken(joint=name, lost=[_, *_]):
            return _built(table, event, name, "By half")
    return None


def _built(table: Table, event: Event, name: str, named: str) -> Scene:
    """What became of something built together, as their sponsor tells it, while the author's sits there."""
    cast = table.cast
    sponsor, said = cast.joints[name].sponsor, news.body(cast, event, table.quarter)
    quote = unquoted(said[0])
    head = f"{named} at {cast.account(cast.home[name])}"
    scene = _scene(event, head, cast.joints[name].name, tuple(said[bool(quote) :]), named=named)
    return replace(scene, account=cast.home[name], person=sponsor if quote else "", quote=quote)


def _scene(event: Event, head: str, title: str, lines: tuple[str, ...], *, named: str, won: bool = False) -> Scene:
    return Scene(won, "", head, title, "", "", 0, 0, 0, lines, event, named=named)


def _notice(table: Table, event: ColleagueNoticed) -> Scene:
    cast, name = table.cast, event.colleague
    lines = [line for line in news.body(cast, event, table.quarter) if not unquoted(line)]
    lines.append("Whoever comes after them needs about a year to get as much done.")
    scene = _scene(event, NOTICE, capital(cast.colleague(name)), tuple(lines), named="Notice")
    return replace(scene, colleague=name, quote=cast.voices.colleague(name, "leaving", table.quarter))


# --- true cost to serve -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TrueCost:
    """What serving an account took, cents: its equal share of all service, what it took, and account profit with
    either."""

    account: str
    share: float
    took: float
    thought: float
    profit: float

    @property
    def hidden(self) -> float:
        """What the equal share hid: above zero others paid for it."""
        return self.took - self.share


def true_costs(table: Table, closing: Closing) -> list[TrueCost]:
    """Accounts whose cost to serve came to light at this close, the largest difference first: those that the player had
    reviewed for the first time, over the quarter; with the first year's end all, over the year."""
    if not [year for year in table.chronicle.revealed if int(year["year"]) == 1]:
        before = closing.before["accounts"] if closing.before else {}
        rows = closing.after["accounts"]
        new = [name for name in rows if rows[name]["reviewed"] and not before.get(name, {}).get("reviewed")]
        return _costs([closing.after], {name: float(rows[name]["profit_booked"]) for name in new})
    data = closing.told.get("revealed", {})
    if data.get("year") != 1:
        return []
    return _costs([close for close in table.chronicle.closes if int(close["quarter"]) <= YEAR], data["profit"])


def _costs(books: Sequence[Books], profits: Mapping[str, float]) -> list[TrueCost]:
    """For accounts with their true profit over some quarters' books."""

    def add(account: str, name: str) -> float:
        return sum(float(book["accounts"][account][name]) for book in books)

    everybody = list(books[0]["accounts"])
    served = -sum(add(account, "cost_to_serve") for account in everybody)
    served -= sum(float(book["unallocated"]) for book in books)
    rate = served / (sum(add(account, "sales") for account in everybody) or 1.0)
    made = []
    for account, profit in profits.items():
        share = rate * add(account, "sales")
        took = -add(account, "cost_to_serve") + add(account, "profit_booked") - profit
        made.append(TrueCost(account, share, took, profit + took - share, float(profit)))
    return sorted(made, key=lambda item: -abs(item.hidden))


def cost_line(table: Table, item: TrueCost) -> str:
    """What came to light about an account, in a sentence or two."""
    money, name = table.money, table.cast.account(item.account)
    if abs(item.hidden) < WORTH_A_WORD:
        return f"{name} took {money(item.took)} to serve, much as its equal share said."
    others = "The others paid for the rest." if item.hidden > 0 else "It paid for others."
    return (
        f"{name} took {money(item.took)} to serve; an equal share is {money(item.share)}. {others} Account profit is "
        f"{money(item.profit)}; with an equal share it would read {money(item.thought)}."
    )
