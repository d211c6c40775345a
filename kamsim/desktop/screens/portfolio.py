"""All accounts in figures, and what each leaves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kamsim.desktop.kit import charts
from kamsim.desktop.kit.buttons import Button
from kamsim.desktop.kit.gfx import Painter, Rect
from kamsim.desktop.kit.grid import Cell, Cursor, Grid, Heading, Line
from kamsim.desktop.kit.layout import Card, Column, Row
from kamsim.desktop.kit.node import Look, Node
from kamsim.desktop.kit.words import Drawing, Text
from kamsim.desktop.shell import Screen
from kamsim.desktop.wordbook import tip
from kamsim.view import books, portfolio
from kamsim.view.words import names, waiting
from kamsim.view.words.books import profit_parts, totals
from kamsim.view.words.names import age, capital

if TYPE_CHECKING:
    from kamsim.desktop.shell import Shell


class Portfolio(Screen):
    """Rows of accounts."""

    rail = "portfolio"
    topic = "portfolio"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.cursor = Cursor()

    def title(self) -> str:
        return "Portfolio"

    def subtitle(self) -> str:
        play = self.play
        if play.chronicle.last is None:
            return "Profit is booked for the first time when this quarter closes"
        return f"Books of {play.cast.quarter(int(play.chronicle.last['quarter']))}"

    def place(self) -> dict[str, Any]:
        return {"page": "portfolio"}

    def body(self) -> Node:
        play = self.play
        cards: list[Node] = [Card(children=[self._grid(), *self._totals()], gap=12)]
        if play.chronicle.last is not None:
            cards.append(Row(children=[self._bars(), self._meaning()], stack=860, align="top"))
        else:
            text = "Until the first close there are only sales: what each customer leaves is booked then."
            cards.append(Card(children=[Text(text=text)], tone="soft"))
        return Column(children=cards, gap=14)

    def _grid(self) -> Grid:
        rows = portfolio.rows(self.play)
        closed, ranked = rows[0].now is not None, rows[0].ranks is not None
        columns = [Heading("Customer", figures=False, weight=1.6), Heading("Sales"), Heading("Below list")]
        if closed:
            columns += [Heading("Cost to serve"), Heading("Account profit"), Heading("Profit so far")]
        columns += [Heading("Share of wallet"), Heading("Trust")]
        if ranked:
            columns.append(Heading("Rank by sales, by profit"))
        return Grid(
            name="accounts", columns=columns, rows=[self._line(row) for row in rows], cursor=self.cursor,
            label="Accounts",
        )  # fmt: skip

    def _line(self, row: portfolio.Row) -> Line:
        play, cast, account = self.play, self.play.cast, row.account
        cells = [
            Cell(cast.account(account), cast.accounts[account].industry),
            Cell(play.money(row.sales), tip=tip("sales")),
            Cell(names.percent(row.off, 1), tip=tip("discount")),
        ]
        if row.now is not None:
            earned, reviewed = float(row.now["profit_booked"]), row.now["reviewed"]
            how = "reviewed" if reviewed else "equal share"
            cells += [
                Cell(play.money(float(row.now["cost_to_serve"])), how, tip=tip("cost_to_serve")),
                Cell(
                    play.money(earned),
                    "as reviewed" if reviewed else "as booked",
                    "bad" if earned < 0 else "good",
                    tip=tip("profit", capital(profit_parts(cast, row.now)) + "."),
                ),
                Cell(spark=row.history, tip=tip("profit")),
            ]
        cells.append(
            Cell("?", "ask them", "soft", tip("wallet")) if row.share is None
            else Cell(names.percent(row.share[0]), age(row.share[1], 0), tip=tip("wallet"))
        )  # fmt: skip
        cells.append(
            Cell("?", "not felt yet", "soft", tip("trust"))
            if row.trust is None
            else Cell(
                f"{row.trust[0] * 100:.0f}",
                age(row.trust[1], 0),
                tip=tip("trust", waiting.felt(play.seen, account) + "."),
            )
        )
        if row.ranks is not None:
            by_sales, by_profit, year = row.ranks
            tone = "bad" if by_profit > by_sales else ""
            cells.append(Cell(f"{by_sales} → {by_profit}", f"year {year}", tone, tip("rank")))
        return Line(tuple(cells), act=lambda: self.shell.go_account(account))

    def _totals(self) -> list[Node]:
        last = books.totals(self.play.chronicle, self.play.seen)
        return [] if last is None else [Text(text=" ".join(totals(self.play.cast, last)), style="ink")]

    def _bars(self) -> Card:
        play = self.play
        items = []
        for account in play.accounts:
            now = play.books(account)
            assert now is not None
            sales, profit = float(now["sales"]), float(now["profit_booked"])
            items.append(charts.Pair(play.cast.account(account), sales, profit, play.money(sales), play.money(profit)))
        rows = tuple(items)

        def brush(painter: Painter, rect: Rect, look: Look) -> None:
            charts.pairs(painter, rect, rows, look.motion)

        said = "; ".join(f"{item.name}: sales {item.first_text}, account profit {item.second_text}" for item in rows)
        chart = Drawing(draws=rows, high=charts.pairs_high(rows), brush=brush, says=said, live=True)
        return Card(children=[Text(text="Sales above, account profit below", style="title"), chart])

    def _meaning(self) -> Card:
        told = [*portfolio.cost_lines(self.play), portfolio.ranked_line(self.play)]
        return Card(title="Whose cost is it?", children=[Text(text=text, style="ink") for text in told if text])

    def actions(self) -> Sequence[Button]:
        return (Button(name="desk", label="To the desk", act=self.shell.go_desk, icon="back", shortcut="Esc"),)

    def first(self) -> str:
        return "accounts"
