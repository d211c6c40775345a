"""All accounts in figures, and what each leaves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kamsim.desktop.kit import charts
from kamsim.desktop.kit.buttons import Button
from kamsim.desktop.kit.gfx import Painter, Rect
from kamsim.desktop.kit.layout import Card, Column, Row
from kamsim.desktop.kit.node import Look, Node
from kamsim.desktop.kit.table import Cell, Cursor, Heading, Line, Table
from kamsim.desktop.kit.words import Drawing, Text
from kamsim.desktop.shell import Screen
from kamsim.desktop.wordbook import tip
from kamsim.view import books
from kamsim.view.words import names, waiting
from kamsim.view.words.books import profit_parts, totals
from kamsim.view.words.names import age, capital
from kamsim.view.words.prices import prices, start_sales

if TYPE_CHECKING:
    from kamsim.desktop.shell import Shell


class Portfolio(Screen):
    """Rows of accounts."""

    rail = "portfolio"
    topic = "portfolio"

    def __init__(self, app: Shell) -> None:
        super().__init__(app)
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
        cards: list[Node] = [Card(children=[self._table(), *self._totals()], gap=12)]
        if play.chronicle.last is not None:
            cards.append(Row(children=[self._bars(), self._meaning()], stack=860, align="top"))
        else:
            text = "Until the first close there are only sales: what each customer leaves is booked then."
            cards.append(Card(children=[Text(text=text)], tone="soft"))
        return Column(children=cards, gap=14)

    def _table(self) -> Table:
        play = self.play
        ranked = bool(play.chronicle.revealed)
        closed = play.chronicle.last is not None
        columns = [Heading("Customer", figures=False, weight=1.6), Heading("Sales"), Heading("Below list")]
        if closed:
            columns += [Heading("Cost to serve"), Heading("Account profit"), Heading("Profit so far")]
        columns += [Heading("Share of wallet"), Heading("Trust")]
        if ranked:
            columns.append(Heading("Rank by sales, by profit"))
        rows = [self._line(account, closed=closed, ranked=ranked) for account in play.accounts]
        return Table(name="accounts", columns=columns, rows=rows, cursor=self.cursor, label="Accounts")

    def _line(self, account: str, *, closed: bool, ranked: bool) -> Line:
        play, cast = self.play, self.play.cast
        seen, now = play.seen, play.books(account)
        rows = prices(cast, seen, account)
        listed = sum(row.list_price * row.volume for row in rows)
        sales = start_sales(cast, seen, account)
        if now is not None:
            listed = float(now["volume_value"])
        off = 1.0 - sales / listed if listed else 0.0
        cells = [
            Cell(cast.account(account), cast.accounts[account].industry),
            Cell(play.money(sales), tip=tip("sales")),
            Cell(names.percent(off, 1), tip=tip("discount")),
        ]
        if closed and now is not None:
            how = "reviewed" if now["reviewed"] else "equal share"
            earned = float(now["profit_booked"])
            cells += [
                Cell(play.money(float(now["cost_to_serve"])), how, tip=tip("cost_to_serve")),
                Cell(
                    play.money(earned),
                    "as reviewed" if now["reviewed"] else "as booked",
                    "bad" if earned < 0 else "good",
                    tip=tip("profit", capital(profit_parts(cast, now)) + "."),
                ),
                Cell(spark=(*play.chronicle.series(account, "profit_booked")[:-1], earned), tip=tip("profit")),
            ]
        share = books.wallet_share(seen, account, listed)
        trust = books.trust_known(seen, account)
        cells.append(
            Cell("?", "ask them", "soft", tip("wallet")) if share is None
            else Cell(names.percent(share[0]), age(share[1], 0), tip=tip("wallet"))
        )  # fmt: skip
        cells.append(
            Cell("?", "not felt yet", "soft", tip("trust"))
            if trust is None
            else Cell(
                f"{trust[0] * 100:.0f}",
                age(trust[1], 0),
                tip=tip("trust", waiting.felt(seen, account) + "."),
            )
        )
        if ranked:
            last = play.chronicle.revealed[-1]
            by_sales, by_profit = last["by_sales"].index(account) + 1, last["by_profit"].index(account) + 1
            cells.append(
                Cell(
                    f"{by_sales} → {by_profit}",
                    f"year {last['year']}",
                    "bad" if by_profit > by_sales else "",
                    tip("rank"),
                )
            )
        return Line(tuple(cells), act=lambda: self.app.go_account(account))

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
        play, cast = self.play, self.play.cast
        reviewed = [name for name in cast.accounts if bool(play.seen.reviewed[play.row(name), 0])]
        rows: list[Node] = []
        if len(reviewed) < len(cast.accounts):
            rows.append(
                Text(
                    text="Cost to serve is booked as an equal share of sales, whoever causes it. A review of "
                    "one customer "
                    "(10 hours, on its page) books the true figure."
                )
            )
        told = names.listed([cast.account(name) for name in reviewed])
        rows.append(Text(text=f"Reviewed so far: {told}." if reviewed else "Nobody is reviewed yet.", style="ink"))
        if play.chronicle.revealed:
            last = play.chronicle.revealed[-1]
            rows.append(
                Text(
                    text=f"Year {last['year']} by profit: "
                    f"{names.listed([cast.account(n) for n in last['by_profit']], 'then')}.",
                    style="ink",
                )
            )
        return Card(title="Whose cost is it?", children=rows)

    def actions(self) -> Sequence[Button]:
        return (Button(name="desk", label="To the desk", act=self.app.go_desk, icon="back", shortcut="Esc"),)

    def first(self) -> str:
        return "accounts"
