"""The three guesses before play: the ranking by profit, break-even, and a range. Each can be skipped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kamsim.terminal.numbers import parse_number
from kamsim.view.words.books import ranking_line
from kamsim.view.words.names import Cast
from kamsim.view.words.prices import guess_base, start_sales

if TYPE_CHECKING:
    from kamsim.terminal.context import Table

SKIPPING = ("skip", "s", "0", "back", "b", "pass")


def all_guesses(table: Table) -> None:
    """Ask the three guesses that were not made yet, before the first move."""
    made = {event.data["guess"] for event in table.session.events if event.kind == "guessed"}
    if len(made) == 3 or table.quarter > 1 or table.session.commands:
        return
    if not made:
        table.talk.head("Three guesses before you start")
        table.talk.say(
            "Nobody marks them. You get them back beside the truth: the second and the third when the quarter closes, "
            "the first after a year. The word skip passes one."
        )
    if "ranking" not in made:
        _ranking(table)
    if "breakeven" not in made:
        _breakeven(table)
    if "profit_range" not in made:
        profit_range(table)


def _ranking(table: Table) -> None:
    talk, cast = table.talk, table.cast
    order = sorted(cast.accounts, key=lambda name: -start_sales(cast, table.seen, name))
    talk.part("Guess 1 of 3. Which customer earns you most, after everybody is paid?")
    for number, name in enumerate(order, 1):
        sales = cast.money(start_sales(cast, table.seen, name))
        talk.say(f"{number}. {cast.account(name)}, sales {sales} a quarter")
    example = " ".join(str(number) for number in range(1, len(order) + 1))
    talk.say(f"Type all the numbers, most profitable first, such as {example}.")
    while True:
        answer = talk.ask("Ranking").casefold()
        if answer in SKIPPING:
            return
        ranking = _order(answer, order, cast)
        if ranking is not None:
            table.session.guess("ranking", ranking)
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


def _breakeven(table: Table) -> None:
    talk, cast = table.talk, table.cast
    account, price = guess_base(cast, table.session.params)
    talk.part(
        f"Guess 2 of 3. You give {cast.account(account)} five points more off "
        f"{cast.line(price.line)}. How many per cent "
        f"more must they then buy, so that you earn what you earned before?"
    )
    while True:
        answer = talk.ask("Per cent more").casefold()
        if answer in SKIPPING and answer != "0":
            return
        value = parse_number(answer, 0, 1000)
        if value is not None and 0 <= value <= 1000:
            table.session.guess("breakeven", value)
            talk.say(f"Noted: {value:g}%. You get it back when the quarter closes.")
            return
        talk.say("A number from 0 to 1000, such as 12, or skip.")


def profit_range(table: Table) -> None:
    """Ask for next quarter's account profit as a range."""
    talk, cast = table.talk, table.cast
    sales = sum(start_sales(cast, table.seen, name) for name in cast.accounts)
    quarter = cast.quarter(table.quarter)
    if table.closed is None:
        talk.part(
            f"Guess 3 of 3. Sales run at {cast.money(sales)} a quarter. Between which "
            "two figures will all your customers' "
            f"account profit lie in {quarter}? Be right nine times in ten."
        )
        talk.say("Account profit: sales less product cost, cost to serve the customer, and your team's hours.")
    else:
        talk.part(
            f"{cast.scenario.company.boss.name} wants two figures: between what will account profit lie in {quarter}, "
            f"nine times in ten? Last quarter it was {cast.money(table.closed['total'])}."
        )
    talk.say("Type both figures, lower first, such as 400k 1.2m.")
    while True:
        answer = talk.ask("Range").casefold()
        if answer in SKIPPING:
            return
        parts = answer.replace(" to ", " ").replace(" and ", " ").replace("..", " ").replace(";", " ").split()
        figures = [value for part in parts if (value := parse_number(part, whole=True)) is not None]
        if len(figures) == len(parts) == 2 and all(abs(value) < 1e9 for value in figures):
            low, high = sorted(figures)
            table.session.guess("profit_range", [round(low * 100), round(high * 100)])
            talk.say(f"Noted: {cast.money(low * 100)} to {cast.money(high * 100)}.")
            return
        talk.say("Two figures with a space between, such as 400k 1.2m, or skip.")
