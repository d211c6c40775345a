"""The end of a quarter, of a year and of a session: people first, then volume, then profit beside the guess."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kamsim.errors import KamsimError
from kamsim.game.events import cases
from kamsim.terminal import dealdesk, moments
from kamsim.terminal.context import Table
from kamsim.terminal.talk import Choice
from kamsim.view.words import talks
from kamsim.view.words import year as year_words
from kamsim.view.words.books import (
    breakeven_line,
    profit_head,
    profit_line,
    range_line,
    sales_line,
    totals,
    why_head,
    why_lines,
)
from kamsim.view.words.news import ENDS_FIRST, body, group, headline
from kamsim.view.words.prices import Price, guess_base

if TYPE_CHECKING:
    from pathlib import Path

    from kamsim.game.session import Report, Session

YEAR: Final = 4
WORTH_A_WORD: Final = 1_000_000
"""Cents by which an account's profit must move before its causes are told unasked."""


def confirm_end(table: Table) -> bool:
    """Name what stays undone; whether the player ends the quarter all the same."""
    talk, cast = table.talk, table.cast
    matters = table.session.open_matters()
    talk.part(f"End {cast.quarter(table.quarter)}?")
    for name in moments.waiting(table):
        talk.say(f"{cast.person(cast.moments[name].person)} still waits for an answer; silence is remembered.", 2)
    for account, audience in dealdesk.conditions(table):
        if int(table.seen.case_decides[cases.place_of(table.seen.params, account, audience), 0]) <= table.quarter:
            whose = f"Our desk's about {cast.account(account)}" if audience == "desk" else f"{cast.account(account)}'s"
            talk.say(f"{whose} \N{LEFT DOUBLE QUOTATION MARK}yes, if\N{RIGHT DOUBLE QUOTATION MARK} lapses.", 2)
    for account in matters.incidents:
        talk.say(f"The incident at {cast.account(account)} has no answer.", 2)
    for name in matters.requests:
        talk.say(f'{cast.account(cast.home[name])} waits for an answer to "{cast.requests[name].title}"; it lapses.', 2)
    for name in matters.talks:
        talk.say(talks.unanswered(cast, name), 2)
    if cast.over(table.quarter + 1):
        talk.say(f"This is the last quarter. {ENDS_FIRST}", 2)
    if matters.hours_left >= 10:
        talk.say(f"{matters.hours_left:.0f} hours are unused. They don't carry over.", 2)
    return (
        talk.choose([Choice(f"End {cast.quarter(table.quarter)}", True, ("yes", "y", "end"))], back="Not yet") is True
    )


def end_quarter(table: Table) -> None:
    """Close the quarter and tell what came of it."""
    opened = guess_base(table.cast, table.session.params) if table.quarter == 1 else None
    before = table.closed
    report = table.session.end_quarter()
    table.note_close(report.events)
    told = {event.kind: event.data for event in report.events}
    if table.closed is not None and "closed" in told:
        table.talk.head(f"{table.cast.quarter(report.quarter)} is closed")
        _answers(table, report)
        _volume(table, before)
        _profit(table, report, opened)
        _whys(table, before)
    if "revealed" in told:
        _reveal(table, told["revealed"])
    if "reviewed" in told:
        _review(table, told["reviewed"], told.get("revealed"))
    if "finished" in told:
        final(table, told["finished"])


def _answers(table: Table, report: Report) -> None:
    talk, cast = table.talk, table.cast
    events = [event for event in report.events if event.told_to == "player" and group(cast, event) == "answers"]
    if not events:
        return
    talk.part("People")
    for event in events:
        talk.say(headline(cast, event), 2, 2)
        for text in body(cast, event, report.quarter):
            talk.say(text, 4)


def _volume(table: Table, before: dict[str, Any] | None) -> None:
    if table.closed is None:
        return
    table.talk.part("Volume and sales")
    for account, now in table.closed["accounts"].items():
        old = before["accounts"].get(account) if before else None
        table.talk.say(sales_line(table.cast, account, now, old), 2, 2)


def _profit(table: Table, report: Report, opened: tuple[str, Price] | None) -> None:
    talk, cast, closed = table.talk, table.cast, table.closed
    if closed is None:
        return
    talk.part(profit_head(cast, closed))
    mixed = not all(now["reviewed"] for now in closed["accounts"].values())
    for account, now in closed["accounts"].items():
        talk.say(profit_line(cast, account, now, mark=mixed), 2, 2)
    talk.all(totals(cast, closed), 2)
    ranges = [value for quarter, value in table.session.guesses.get("profit_range", []) if quarter == report.quarter]
    breakeven = [value for _, value in table.session.guesses.get("breakeven", [])]
    if ranges or opened is not None:
        talk.part("Your guesses")
    if ranges:
        talk.say(range_line(cast, ranges[-1][0], ranges[-1][1], closed["total"]), 2, 2)
    if opened is not None:
        talk.say(breakeven_line(cast, *opened, breakeven[-1] if breakeven else None), 2, 2)


def _whys(table: Table, before: dict[str, Any] | None) -> None:
    talk, cast = table.talk, table.cast
    if not table.whys:
        return
    talk.part("Why it moved")
    large = [why for why in table.whys if _worth_a_word(why)]
    for why in large:
        volume = None
        if before and table.closed and before["accounts"][why["account"]]["volume_value"]:
            old, now = before["accounts"][why["account"]], table.closed["accounts"][why["account"]]
            volume = now["volume_value"] / old["volume_value"] - 1.0
        show_why(table, why, volume)
    if len(large) < len(table.whys):
        who = "Elsewhere" if large else "Nowhere did"
        small = "nothing moved" if large else "anything move"
        talk.say(f"{who} {small} by as much as {cast.money(WORTH_A_WORD)}; the word why tells all.", 2, 2)


def _worth_a_word(why: dict[str, Any]) -> bool:
    """Whether an account's profit moved by much, or large causes cancelled each other."""
    moved = [why["after"] - why["before"], *why["parts"].values()]
    return any(abs(cents) >= WORTH_A_WORD for cents in moved)


def show_why(table: Table, why: dict[str, Any], volume: float | None = None) -> None:
    """One account's change and its causes; lines too small to show a figure are left out."""
    table.talk.say(why_head(table.cast, why, why["account"], volume), 2, 2)
    shared = table.closed is not None and not table.closed["accounts"][why["account"]]["reviewed"]
    table.talk.all([line.text for line in why_lines(table.cast, why, shared=shared) if line.shown], 4)


def _year_books(table: Table, year: int) -> list[dict[str, Any]]:
    books = [event.data for event in table.session.events if event.kind == "closed"]
    return [book for book in books if (int(book["quarter"]) - 1) // YEAR == year - 1]


def _reveal(table: Table, data: dict[str, Any]) -> None:
    talk, cast = table.talk, table.cast
    year = int(data["year"])
    books = _year_books(table, year)
    booked = {name: float(sum(book["accounts"][name]["profit_booked"] for book in books)) for name in cast.accounts}
    listed = {name: float(sum(book["accounts"][name]["volume_value"] for book in books)) for name in cast.accounts}
    reviewed = {command.args["account"] for command in table.session.commands if command.move == "review_costs"}
    last = [event.data["by_profit"] for event in table.session.events if event.kind == "revealed"][-2:-1]
    talk.head(f"{cast.scenario.year + year - 1}, the year as it was")
    if year == 1:
        asked = f" now reviewed everybody; you had asked for {len(reviewed)}." if reviewed else " reviewed everybody."
        talk.say(f"Controlling has{asked} This is the first year in which each customer is charged with the service "
                 "it took.")  # fmt: skip
    lines = year_words.reveal_lines(cast, data, booked, listed, last=last[0] if last else (), reviewed=reviewed)
    talk.all(lines, 2)


def _review(table: Table, data: dict[str, Any], revealed: dict[str, Any] | None) -> None:
    talk, cast, session = table.talk, table.cast, table.session
    year = int(data["year"])
    kept = concessions(table)
    lapsed, quarter = 0, 1
    for event in session.events:
        quarter += event.kind == "closed"
        lapsed += event.kind == "lapsed" and (quarter - 1) // YEAR == year - 1
    worst = revealed["by_profit"][-1] if revealed else None
    talk.head(f"Your review, year {year}")
    for text in year_words.review_lines(cast, data, kept, lapsed, worst, _promises(session)):
        talk.say(text, 2)


def _promises(session: Session) -> tuple[int, int]:
    """Promises measured so far, and how many ended inside their range."""
    measured = [event.data for event in session.events if event.kind == "measured"]
    return (int(measured[-1]["claims"]), int(measured[-1]["claims_inside"])) if measured else (0, 0)


def concessions(table: Table) -> tuple[int, int]:
    """Price concessions that brought something back, of all that stand."""
    answered = [event for event in table.session.events if event.kind in ("moved", "answered")]
    return year_words.concessions(year_words.first_discounts(table.cast), answered, table.session.commands)


def final(table: Table, data: dict[str, Any]) -> None:
    """The last page."""
    talk, cast = table.talk, table.cast
    talk.head("The end")
    talk.all(year_words.score_lines(cast, data, concessions(table)), 2)
    talk.say(f"Your log: {table.session.log_path}", 2)
    talk.say(_own_page(table.session.log_path), 2)


def _own_page(log: Path) -> str:
    """Write the player's own debrief page beside the log, and say where it is."""
    from kamsim.debrief.pages import write_own_page  # noqa: PLC0415  # only the end needs it

    try:
        return f"Your debrief, to open in any browser: {write_own_page(log)}"
    except KamsimError as error:
        return f"Your debrief could not be written: {error}"
