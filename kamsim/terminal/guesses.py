"""The three guesses before play: the ranking by profit, break-even, and a range. Each can be skipped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kamsim.view.closing import first_range_line, range_question, tiny_range
from kamsim.view.table import GUESSES
from kamsim.view.words.books import ranking_line
from kamsim.view.words.numbers import parse_number

if TYPE_CHECKING:
    from kamsim.terminal.table import TextTable
    from kamsim.view.words.names import Cast

SKIPPING = ("skip", "s", "pass")
HELP = (
    "Type what is asked, as the example shows, or skip. Nobody marks a guess: it comes back beside the truth. Quit "
    "leaves, and everything is saved; help all explains every word of the game.",
)


def all_guesses(table: TextTable) -> None:
    """Ask the three guesses that were not made yet, before the first move."""
    left = table.guesses_left()
    if left == list(GUESSES):
        table.talk.head("Three guesses before you start")
        table.talk.say(
            "Nobody marks them. You get them back beside the truth: the second and the third when the quarter closes, "
            "the first after a year. The word skip passes one."
        )
    asked = dict(zip(GUESSES, (_ranking, _breakeven, profit_range), strict=True))
    table.talk.first_help = HELP
    for name in left:
        asked[name](table)
    table.talk.first_help = ()


def _ranking(table: TextTable) -> None:
    talk, cast = table.talk, table.cast
    order = table.accounts
    talk.part("Guess 1 of 3. Which customer earns you most, after everybody is paid?")
    for number, name in enumerate(order, 1):
        sales = cast.money(table.sales(name))
        talk.say(f"{number}. {cast.account(name)}, sales {sales} a quarter")
    example = " ".join(str(number) for number in range(1, len(order) + 1))
    talk.say(f"Type all the numbers, most profitable first, such as {example}.")
    while True:
        answer = talk.ask("Ranking").casefold()
        if answer in SKIPPING:
            return
        ranking = _order(answer, order, cast)
        if ranking is not None:
            table.guess("ranking", ranking)
            talk.say(f"Noted. {ranking_line(cast, ranking)}")
            return
        talk.say(f"Each number from 1 to {len(order)} once, with spaces between, or skip.")


def _order(answer: str, order: list[str], cast: Cast) -> list[str] | None:
    """A ranking typed as numbers, as ids or as the beginnings of names; None if it is none."""
    words = answer.replace(",", " ").replace(".", " ").replace(">", " ").split()
    if len(words) == 1 and len(words[0]) == len(order) and words[0].isdecimal():
        words = list(words[0])
    ranking = []
    for word in words:
        if word.isdecimal():
            place = int(word) if len(word) < 4 else 0
            found = [order[place - 1]] if 1 <= place <= len(order) else []
        else:
            found = [name for name in order if name == word or cast.account(name).casefold().startswith(word)]
        if len(found) != 1:
            return None
        ranking.append(found[0])
    return ranking if sorted(ranking) == sorted(order) else None


def _breakeven(table: TextTable) -> None:
    talk, cast = table.talk, table.cast
    account, price = table.guess_base()
    talk.part(
        f"Guess 2 of 3. You give {cast.account(account)} five points more off "
        f"{cast.line(price.line)}. How many per cent "
        f"more must they then buy, so that you earn what you earned before?"
    )
    while True:
        answer = talk.ask("Per cent more").casefold()
        if answer in SKIPPING:
            return
        value = parse_number(answer, 0, 1000)
        if value is not None and 0 <= value <= 1000:
            table.guess("breakeven", value)
            talk.say(f"Noted: {value:g}%. You get it back when the quarter closes.")
            return
        talk.say("A number from 0 to 1000, such as 12, or skip.")


def profit_range(table: TextTable) -> None:
    """Ask for next quarter's account profit as a range."""
    talk, cast = table.talk, table.cast
    sales = sum(table.sales(name) for name in table.accounts)
    last = table.chronicle.last
    if last is None:
        talk.part(
            f"Guess 3 of 3. Sales run at {cast.money(sales)} a quarter. Between which "
            "two figures will all your customers' "
            f"account profit lie in {cast.quarter(table.quarter)}? Be right nine times in ten."
        )
        talk.say(
            "Account profit: sales less product cost, cost to serve the customer, and your team's hours. "
            f"{first_range_line(table)}"
        )
    else:
        talk.part(f"{range_question(table)}, nine times in ten? Last quarter it was {cast.money(last['total'])}.")
    talk.say("Type both figures, lower first, such as 400k 1.2m.")
    while True:
        answer = talk.ask("Range").casefold()
        if answer in SKIPPING:
            return
        parts = answer.replace(" to ", " ").replace(" and ", " ").replace("..", " ").replace(";", " ").split()
        figures = [value for part in parts if (value := parse_number(part, whole=True)) is not None]
        if len(figures) == len(parts) == 2 and all(abs(value) < 1e9 for value in figures):
            low, high = sorted(figures)
            doubt = tiny_range(table, low * 100, high * 100)
            if doubt:
                talk.say(doubt)
                continue
            table.guess("profit_range", [round(low * 100), round(high * 100)])
            talk.say(f"Noted: {cast.money(low * 100)} to {cast.money(high * 100)}.")
            return
        talk.say("Two figures with a space between, such as 400k 1.2m, or skip.")
