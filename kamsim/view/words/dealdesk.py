"""Our own deal desk in words: bands, who signs, what was granted and until when, what the company wants this year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kamsim.view.case.figures import seated
from kamsim.view.words import levers
from kamsim.view.words.names import Cast, listed, percent, points

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen


def band_lines(cast: Cast) -> list[str]:
    """Who signs what, by what an ask gives away in a year."""
    desk = cast.scenario.desk
    if desk is None:
        return []
    first, second, third = desk.bands
    auto, sales, finance, board = (listed(seated(cast, tier, {})) for tier in ("auto", "sales", "finance", "board"))
    made = [item.name for item in cast.approvers.values() if item.seat == "product"]
    lines = [
        f"What an ask gives away in a year, as a share of their sales: up to {percent(first, 1)} {auto} signs at once.",
        f"Up to {percent(second, 1)}: {sales}. Up to {percent(third, 1)}: {finance}. Above: {board}. They answer when "
        "the quarter closes.",
    ]
    if made:
        lines.append(f"{listed(made)} has a say wherever something is made for one customer alone.")
    lines.append(
        "A large ask cut in small ones is noticed. Each large one costs a little standing, a refused one more."
    )
    return lines


def goal_line(cast: Cast, quarter: int) -> str:
    """What the company wants most this year; '' where it does not say."""
    year = (quarter - 1) // 4 + 1
    goals = [goal for goal in cast.scenario.company.goals if goal.year <= year]
    if not goals:
        return ""
    goal = max(goals, key=lambda item: item.year)
    return f"What the company wants this year: {goal.text}"


def mandate_lines(cast: Cast, seen: Seen) -> list[str]:
    """What is granted for each account, and until when."""
    lines = []
    for account in seen.params.accounts:
        said = mandates(cast, seen, account)
        if said:
            lines.append(f"{cast.account(account)}: {'; '.join(said)}.")
    return lines or ["Nothing yet."]


def mandates(cast: Cast, seen: Seen, account: str) -> list[str]:
    """What is granted for one account, a few words each."""
    row, said = seen.params.accounts.index(account), []
    more = float(seen.granted_discount[row, 0])
    if more > 1e-9:
        said.append(f"{points(more)} of price beyond what is yours")
    days = int(seen.granted_days[row, 0])
    if days:
        said.append(f"payment up to {days} days")
    return said + levers.held(cast, seen, row, desk=True)
