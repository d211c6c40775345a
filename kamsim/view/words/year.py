"""The year and the end in words: the two rankings, the boss's review, the score and the discounter's."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from kamsim.game.events.closing import OfferAnswered
from kamsim.game.events.contact import MoveMade
from kamsim.view.words import levers
from kamsim.view.words.names import Cast, apart, as_shown, counted, inner_quotes, percent
from kamsim.view.words.promises import track_line

if TYPE_CHECKING:
    from kamsim.game.commands import Command
    from kamsim.game.events.declared import Event
    from kamsim.game.events.opportunities import OpportunityAwarded

ORDINALS: Final = ("1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th", "10th")
Data = Mapping[str, Any]


def ordinal(place: int) -> str:
    """0 is 1st."""
    return ORDINALS[place] if place < len(ORDINALS) else f"{place + 1}th"


def reveal_lines(
    cast: Cast,
    data: Data,
    booked: Mapping[str, float],
    listed: Mapping[str, float],
    *,
    last: Sequence[str] = (),
    reviewed: Collection[str] = (),
) -> list[str]:
    """Sales rank beside profit rank beside the player's guess, then what it means. ``booked`` is the year's profit by
    account as the books had it before the truth; ``listed`` the year's volume at list price; ``last`` last year's
    ranking by profit, shown instead of the guess; ``reviewed`` the accounts that the player had reviewed."""
    by_sales, by_profit, guess = data["by_sales"], data["by_profit"], data.get("guess")
    sales, profit = data.get("sales") or {}, data.get("profit") or {}
    lines = []
    for place, name in enumerate(by_sales):
        earned = by_profit.index(name)
        figures = f" ({cast.money(sales[name])})" if name in sales else ""
        gain = f" ({cast.money(profit[name])})" if name in profit else ""
        said = f" You said {ordinal(guess.index(name))}." if guess else ""
        if last:
            said = f" Last year {ordinal(last.index(name))}."
        lines.append(
            f"{cast.account(name)}: {ordinal(place)} by sales{figures}, {ordinal(earned)} by profit{gain}.{said}"
        )
    top, best = by_sales[0], by_profit[0]
    if not sales or not profit or top == best:
        return lines
    lines.append(f"{_of_hundred(cast, cast.account(top), profit[top], sales[top])} "
                 f"{_of_hundred(cast, cast.account(best), profit[best], sales[best])}")  # fmt: skip
    if listed.get(top) and listed.get(best):
        off, other = 1.0 - sales[top] / listed[top], 1.0 - sales[best] / listed[best]
        lines.append(f"{cast.account(top)} pays {percent(off)} below list, {cast.account(best)} {percent(other)}.")
        if off > other:
            gap = (off - other) * listed[top]
            lines[-1] += f" That difference alone was worth {cast.money(gap)} in the year."
    hidden = booked.get(top, profit[top]) - profit[top]
    if hidden >= 500_00:
        lines.append(
            f"And {cast.money(hidden)} of service for {cast.account(top)} had been spread "
            f"over the others: the equal share hid it{', until you had it reviewed' if top in reviewed else ''}."
        )
    return lines


def _of_hundred(cast: Cast, name: str, profit: float, sales: float) -> str:
    """What is left of a hundred that a customer pays."""
    left = cast.money(abs(round(10_000 * profit / sales, -2)), exact=True) if sales else cast.money(0)
    hundred = cast.money(10_000)
    if sales and abs(profit) < 0.005 * sales:
        return f"Of every {hundred} that {name} paid us, next to nothing stayed."
    if profit < 0:
        return f"For every {hundred} that {name} paid us, we put {left} on top."
    return f"Of every {hundred} that {name} paid us, {left} stayed."


def review_lines(
    cast: Cast,
    data: Data,
    kept: tuple[int, int],
    lapsed: int,
    worst: str | None,
    promises: tuple[int, int] = (0, 0),
    programme: tuple[str, str] = ("", ""),
) -> list[str]:
    """The boss's yearly review: three lines and one question, built from figures. ``kept``: concessions that brought
    something back, of all; ``worst``: the account that earned least; ``promises``: measured so far, and how many ended
    inside their range; ``programme``: the year against management's plan, and what the boss asks, '' where there is no
    programme."""
    boss = cast.scenario.company.boss
    profit, last = data["profit"], data.get("last_year")
    first = f"Year {data['year']}: {cast.money(profit)} of account profit."
    if last is not None:
        change = profit - last
        first += f" {apart(cast, profit, last)} {'more' if change >= 0 else 'less'} than the year before."
    planned, asked = programme
    return [
        f'{boss.name}, {boss.role}: "{first}',
        *([planned] if planned else []),
        _on_range(cast, data),
        _on_concessions(kept, lapsed),
        *([track_line(*promises)] if promises[0] else []),
        inner_quotes(asked or _question(cast, data, kept, worst)) + '"',
    ]


def _on_range(cast: Cast, data: Data) -> str:
    wanted = data.get("range")
    if not wanted:
        return "You gave me no range this year, so I have nothing to hold the figure against." + (
            "" if cast.over(4 * int(data["year"]) + 1) else " Next year, two figures, please."
        )
    low, high = wanted
    actual = data.get("range_profit")
    actual = data["profit"] if actual is None else actual
    when = cast.quarter(int(data["range_quarter"])) if data.get("range_quarter") else "the year"
    said = f"For {when} you told me {cast.money(low)} to {cast.money(high)}. It was {cast.money(actual)}"
    if actual < low:
        return f"{said}. I had planned with your lower figure."
    if actual > high:
        return f"{said}. Pleasant, and still wrong: I could have used the money elsewhere."
    if high - low > 0.6 * max(abs(actual), 1.0):
        return f"{said}. Inside, but I can't plan with a range that wide."
    return f"{said}, so I could plan with it. Few people here can say that."


def _on_concessions(kept: tuple[int, int], lapsed: int) -> str:
    back, given = kept
    line = f"Concessions that brought something back: {back} of {given}." if given else "You gave nothing away."
    if lapsed:
        line += f" {counted(lapsed, 'request')} got no answer at all, which I heard from the customer."
    return line


def _question(cast: Cast, data: Data, kept: tuple[int, int], worst: str | None) -> str:
    back, given = kept
    options = []
    if worst:
        options.append(f"What would have to change at {cast.account(worst)} before you would take it on again?")
    if given > back:
        options.append("Which of the things that you gave away would they have paid for?")
    options.append("Which of your five would you be asked about by name, if you left tomorrow?")
    return options[(int(data["year"]) - 1) % len(options)]


def concessions(
    start: Mapping[tuple[str, str], float], events: Iterable[Event], commands: Iterable[Command]
) -> tuple[int, int]:
    """(those that brought something back, all) among the price concessions made: requests granted or traded, offers
    accepted, prices and rebates that we changed ourselves. ``start``: the discount of each (account, line) on the first
    day; ``commands``: the moves that stand."""
    back = given = 0
    for event in events:
        match event:
            case MoveMade(move="answer_request", result="granted" | "traded" as result):
                given += 1
                back += result == "traded"
            case OfferAnswered(answer="accepted", offer=offer) if float(offer["change"]) > 1e-9:
                given += 1
                back += levers.returned(offer)
    books: dict[str, dict[tuple[str, str], float]] = {"set_discount": dict(start), "set_rebate": {}}
    for command in commands:
        if command.move in books:
            book, key = books[command.move], (command.args["account"], command.args["line"])
            value = float(command.args[command.move.removeprefix("set_")])
            given += value > book.get(key, 0.0) + 1e-9
            book[key] = value
    return back, given


def first_discounts(cast: Cast) -> dict[tuple[str, str], float]:
    """The discount of each (account, line) on the first day."""
    return {(account.id, item.line): item.discount for account in cast.scenario.accounts for item in account.business}


def score_lines(cast: Cast, data: Data, kept: tuple[int, int]) -> list[str]:
    """The end: the score and what it stands for, the two purses, the discounter on the same luck, and the log."""
    score = float(data["score"])
    lead = "like" if abs(score - 50.0) < 2.5 else "better than" if score > 50.0 else "worse than"
    banked, left, both = purses(cast, data["banked"], data["left"])
    lines = [
        f"Score {score:.0f}. 50 is what a typical key account manager would have "
        f"made on your luck; you did {lead} that.",
        f"Banked: {banked} of account profit, counted at what it was worth on the first day.",
        f"Left for your successor: {left}. What was signed in the last two quarters adds nothing to it.",
        f"Both purses together: {both}.",
        f"Concessions that brought something back: {kept[0]} of {kept[1]}; what each was worth, the debrief tells."
        if kept[1]
        else "You gave no price away.",
    ]
    return [*lines, *empty_chair_lines(cast, data), *discounter_lines(cast, data)]


def purses(cast: Cast, banked: float, left: float) -> tuple[str, str, str]:
    """What was banked, what is left, and both together, cents as words: the whole as it is on every page; what rounding
    leaves over goes to the larger part, so that both add up as they are shown."""
    whole = as_shown(banked + left)
    if abs(banked) >= abs(left):
        return cast.money(whole - as_shown(left)), cast.money(left), cast.money(whole)
    return cast.money(banked), cast.money(whole - as_shown(banked)), cast.money(whole)


def windows_line(cast: Cast, awards: Sequence[OpportunityAwarded]) -> str:
    """What customers came to buy for what they had under way: won, and lost with no bid of ours there; empty where
    nothing was decided."""
    bought = [item for item in awards if item.outcome != "undecided"]
    if not bought:
        return ""
    won = [item for item in bought if item.outcome == "won"]
    alone = [item for item in bought if item.outcome == "lost" and item.bid is None]
    told = f"You won {len(won)} of the {counted(len(bought), 'opportunity', 'opportunities')} that were decided."
    if alone:
        worth = cast.money(sum(item.worth * item.runs for item in alone))
        others = "a rival" if len(alone) == 1 else "rivals"
        told += f" {len(alone)} of them, {worth} in all, went to {others} without a bid of yours."
    return told


def empty_chair_lines(cast: Cast, data: Data) -> list[str]:
    """The same luck, with everything left as the predecessor left it: what deciding was worth."""
    chair, you = data.get("empty_chair"), data.get("you")
    if not chair or not you:
        return []
    worth = you["value"] - chair["value"]
    figure = apart(cast, you["value"], chair["value"])
    alone = "more" if you["profit"] >= chair["profit"] else "less"
    if abs(worth) < 0.01 * abs(chair["value"]):
        told = "No more and no less than an empty chair (nobody deciding anything) would have left, on the same luck."
    elif worth > 0:
        told = (
            f"Your decisions were worth {figure}, in both purses, yours and your successor's: an empty chair (nobody "
            f"deciding anything) would have left that much less. In account profit alone you made "
            f"{apart(cast, you['profit'], chair['profit'])} {alone}."
        )
    else:
        told = (
            f"An empty chair (nobody deciding anything) would have left {figure} more, in both purses: what you gave "
            "away was never earned back."
        )
    return [told]


def discounter_lines(cast: Cast, data: Data) -> list[str]:
    """The same luck, played by somebody who gives 8% more off: volume and profit beside yours."""
    other, you = data.get("discounter"), data.get("you")
    if not other or not you:
        return []
    figure = apart(cast, other["profit"], you["profit"])
    volume, profit = _versus(other["volume_value"], you["volume_value"]), other["profit"] - you["profit"]
    lines = [
        "The same luck, played by somebody who gives everyone 8 points more off:",
        f"Volume at list price: {cast.money(other['volume_value'])}; yours {cast.money(you['volume_value'])}. {volume}",
        f"Account profit: {cast.money(other['profit'])}; yours {cast.money(you['profit'])}.",
    ]
    if profit < 0 and other["volume_value"] > you["volume_value"]:
        lines.append(f"It sold more and kept {figure} less.")
    elif profit < 0:
        lines.append(f"It sold no more than you did, and kept {figure} less.")
    else:
        lines.append(f"It kept {figure} more than you did. Worth finding out where your money went.")
    return lines


def _versus(other: float, own: float) -> str:
    change = other / own - 1.0 if own else 0.0
    return f"It sold {percent(abs(change))} {'more' if change >= 0 else 'less'}."
