"""A customer's money: the waterfall from list price to account profit, by line, by quarter, and today's prices."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from kamsim.desktop.kit import charts
from kamsim.desktop.kit.charts import Step
from kamsim.desktop.kit.gfx import Painter, Rect
from kamsim.desktop.kit.grid import Cell, Cursor, Grid, Heading, Line
from kamsim.desktop.kit.layout import Card, Row
from kamsim.desktop.kit.node import Look, Metrics, Node
from kamsim.desktop.kit.words import Drawing, Text
from kamsim.desktop.wordbook import tip
from kamsim.view import books as books_view
from kamsim.view.pricing import region_name
from kamsim.view.words.names import percent
from kamsim.view.words.prices import prices

if TYPE_CHECKING:
    from kamsim.desktop.shell import Screen
    from kamsim.desktop.table import WindowTable

ROWS = (
    ("Sales", "sales", "sales"),
    ("Product cost", "variable_cost", "margin"),
    ("Cost to serve", "cost_to_serve", "cost_to_serve"),
    ("Your team", "team", "hours"),
    ("Waiting for payment", "capital", "profit"),
    ("Credits", "credits", "profit"),
    ("Account profit", "profit_booked", "profit"),
)
"""Lines of the account by quarter: name, where its cents stand, which word explains it."""
SHOWN_QUARTERS = 5


def money_cards(page: Screen) -> list[Node]:
    """Everything about a customer's money."""
    play, account = page.play, page.account
    now = play.books(account)
    if now is None:
        text = "Nothing is booked yet: the first books come when this quarter closes. Today's prices you know already."
        return [Card(children=[Text(text=text)], tone="soft"), prices_card(play, account)]
    return [
        _waterfall(play, now),
        Row(children=[_by_line(play, account), prices_card(play, account)], stack=980),
        _by_quarter(play, account, now),
    ]


def waterfall_drawing(play: WindowTable, steps: list[Step]) -> Drawing:
    """A waterfall as a node."""
    rows, say = tuple(steps), partial(play.money, exact=True)

    def brush(painter: Painter, rect: Rect, look: Look) -> None:
        charts.waterfall(painter, rect, rows, say, look.motion)

    said = "; ".join(f"{step.name} {say(step.value)}" for step in rows)
    return Drawing(
        draws=rows,
        high=lambda width: charts.waterfall_high(rows, Metrics(1.0), width, say),
        brush=brush,
        says=said,
        live=True,
    )


def _waterfall(play: WindowTable, now: dict[str, Any]) -> Card:
    steps = [Step(name, value, total) for name, value, total in books_view.waterfall(now)]
    quarter = play.cast.quarter(int(play.chronicle.last["quarter"])) if play.chronicle.last else ""
    how = (
        "Cost to serve as reviewed."
        if now["reviewed"]
        else "Cost to serve is an equal share of everybody's sales until you review this customer."
    )
    return Card(
        children=[
            Text(text=f"From list price to account profit, {quarter}", style="title"),
            Text(text=f"{how} The steps add up.", style="small"),
            waterfall_drawing(play, steps),
        ],
        gap=4,
    )


def _by_line(play: WindowTable, account: str) -> Card:
    rows = []
    books = books_view.by_line(play.session, account)
    for book in books:
        share = book.margin / book.sales if book.sales else 0.0
        rows.append(
            Line(
                (
                    Cell(play.cast.line(book.line)),
                    Cell(play.money(book.listed), tip=tip("sales")),
                    Cell(play.money(book.sales), tip=tip("sales")),
                    Cell(play.money(book.cost), tip=tip("margin")),
                    Cell(
                        play.money(book.margin),
                        percent(share),
                        "bad" if book.margin < 0 else "good",
                        tip("margin"),
                    ),
                )
            )
        )
    if len(books) > 1:
        sums = [sum(getattr(book, name) for book in books) for name in ("listed", "sales", "cost", "margin")]
        rows.append(Line((Cell("All lines"), *(Cell(play.money(value)) for value in sums)), strong=True))
    columns = (
        Heading("By line", figures=False, weight=1.4),
        Heading("At list price"),
        Heading("Sales"),
        Heading("Product cost"),
        Heading("Margin"),
    )
    return Card(
        children=[Grid(name="lines", columns=columns, rows=rows, cursor=_cursor(play, "lines"), label="By line")]
    )


def prices_card(play: WindowTable, account: str) -> Card:
    """Today's prices, by line and region."""
    cast, rows = play.cast, []
    for price in prices(cast, play.seen, account):
        name = cast.line(price.line)
        region = region_name(play, account, price)
        rows.append(
            Line(
                (
                    Cell(name, region or f"a {cast.lines[price.line].unit}"),
                    Cell(play.money(price.list_price, exact=True)),
                    Cell(
                        percent(price.discount, 1),
                        f"+ {percent(price.rebate, 1)} rebate" if price.rebate else "",
                        tip=tip("discount"),
                    ),
                    Cell(play.money(price.pocket, exact=True), tip=tip("pocket")),
                    Cell(percent(price.margin), tip=tip("margin")),
                    Cell(f"{price.volume:,.0f}", "a quarter"),
                )
            )
        )
    columns = (
        Heading("Prices today", figures=False, weight=1.4),
        Heading("List"),
        Heading("Off"),
        Heading("Pocket price"),
        Heading("Margin"),
        Heading("Units"),
    )
    return Card(
        children=[Grid(name="prices", columns=columns, rows=rows, cursor=_cursor(play, "prices"), label="Prices")]
    )


def _by_quarter(play: WindowTable, account: str, now: dict[str, Any]) -> Card:
    closes = play.chronicle.closes[-SHOWN_QUARTERS:]
    books = [close["accounts"][account] for close in closes[:-1]] + [now]
    columns = [
        Heading("By quarter", figures=False, weight=1.4),
        *(Heading(play.cast.quarter(int(close["quarter"]))) for close in closes),
    ]
    rows = []
    for name, key, word in ROWS:
        values = [float(book[key]) for book in books]
        if key == "credits" and not any(values):
            continue
        last = key == "profit_booked"
        cells = [
            Cell(play.money(value), tone=("bad" if value < 0 else "good") if last else "", tip=tip(word))
            for value in values
        ]
        rows.append(Line((Cell(name), *cells), strong=last or key == "sales"))
    return Card(
        children=[
            Grid(name="quarters", columns=columns, rows=rows, cursor=_cursor(play, "quarters"), label="By quarter")
        ]
    )


def _cursor(play: WindowTable, name: str) -> Cursor:
    """Where a table's cursor stands, kept with the session."""
    return play.cursors.setdefault(name, Cursor())
