"""Prices and offers: levers whose cost is told while they move, with the break-even beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from kamsim.desktop.kit import charts
from kamsim.desktop.kit.buttons import Button
from kamsim.desktop.kit.controls import Mark, Segmented, Slider
from kamsim.desktop.kit.gfx import Painter, Rect
from kamsim.desktop.kit.layout import Card, Column, Row
from kamsim.desktop.kit.node import Look, Node
from kamsim.desktop.kit.words import Drawing, Gap, Text
from kamsim.desktop.screens.answers import breakeven_bars
from kamsim.desktop.screens.asking import Asking
from kamsim.desktop.screens.bearing import decided
from kamsim.desktop.screens.money import waterfall_drawing
from kamsim.desktop.shell import Screen
from kamsim.desktop.wordbook import tip
from kamsim.view import offers, pricing
from kamsim.view.words.names import capital, percent
from kamsim.view.words.prices import Price, prices, repays_at, terms

if TYPE_CHECKING:
    from kamsim.desktop.shell import Shell

EVERYWHERE: Final = "everywhere"


class PricePage(Screen):
    """A new discount or rebate on one line, at our own word."""

    rail = "account"
    topic = "price"

    def __init__(self, shell: Shell, account: str, kind: str = "set_discount") -> None:
        super().__init__(shell)
        self.account, self.kind, self.name = account, kind, pricing.NAMES[kind]
        self.line = prices(self.play.cast, self.play.seen, account)[0].line
        self.region = self._regions(self.line)[0]
        self.value = pricing.today(kind, self._rows())

    def key(self) -> str:
        return f"{self.kind}/{self.account}"

    def place(self) -> dict[str, Any]:
        return {"page": "price", "account": self.account, "kind": self.kind}

    def title(self) -> str:
        return f"A new {'discount' if self.kind == 'set_discount' else 'year-end rebate'}"

    def subtitle(self) -> str:
        return self.play.cast.account(self.account)

    def _rows(self) -> list[Price]:
        """The prices chosen: one line in one region, or everywhere."""
        rows = prices(self.play.cast, self.play.seen, self.account)
        return [row for row in rows if row.line == self.line and self.region in (EVERYWHERE, row.region)]

    def _regions(self, line: str) -> list[str]:
        rows = prices(self.play.cast, self.play.seen, self.account)
        return [row.region for row in rows if row.line == line]

    def _where(self) -> list[Node]:
        """Which line, and where in several regions."""
        cast, entry = self.play.cast, self.play.cast.accounts[self.account]
        lines = list(dict.fromkeys(row.line for row in prices(cast, self.play.seen, self.account)))
        options = [(line, cast.line(line)) for line in lines]
        made: list[Node] = [
            Segmented(name="where", label="Which price?", value=self.line, options=options, change=self._turn)
        ]
        regions = self._regions(self.line)
        if len(regions) > 1:
            names = {item.id: item.name for item in entry.regions}
            places = [*((region, names[region]) for region in regions), (EVERYWHERE, "Everywhere")]
            made.append(Segmented(name="region", label="Where?", value=self.region, options=places, change=self._move))
        return made

    def body(self) -> Node:
        where = self._where()
        allowed = pricing.allowed(self.play, self.kind, self.account, self._rows())
        if allowed is None:
            return Card(children=[*where, Text(text=pricing.nothing_allowed(self.kind), style="warn")], gap=16)
        (low, high), today = allowed, pricing.today(self.kind, self._rows())
        value = max(low, min(high, self.value))
        slider = Slider(
            name="value",
            label=f"New {self.name}",
            value=value,
            low=low,
            high=max(high, low + pricing.STEP),
            step=pricing.STEP,
            origin=today,
            marks=(Mark(today, f"today {today * 100:g}%"),),
            change=self._set,
            format=lambda v: f"{v * 100:.1f}%",
        )
        note = f"They hold you to {low * 100:g}%. Points come back only through an offer."
        left = Card(children=[*where, slider, Text(text=note, style="small")], gap=16)
        return decided(self, self.account, [left], [self._cost(value)], 820)

    def _turn(self, value: Any) -> None:
        self.line = str(value)
        self._move(self._regions(self.line)[0])

    def _move(self, value: Any) -> None:
        self.region = str(value)
        self.value = pricing.today(self.kind, self._rows())

    def _set(self, value: float) -> None:
        self.value = value

    def _cost(self, value: float) -> Card:
        change = pricing.change(self.play, self.kind, self._rows(), value)
        given, margin = change.given, change.margin
        pairs = (
            charts.Pair(
                "Margin a quarter at today's volume: now, then",
                margin,
                margin - given,
                self.play.money(margin),
                self.play.money(margin - given),
            ),
        )

        def brush(painter: Painter, rect: Rect, _look: Look) -> None:
            charts.pairs(painter, rect, pairs)

        nodes: list[Node] = [Text(text=line, style="ink") for line in change.lines]
        nodes.append(Gap(high=4))
        nodes.append(
            Drawing(
                draws=pairs,
                high=charts.pairs_high(pairs),
                brush=brush,
                says=f"Margin now {pairs[0].first_text}, then {pairs[0].second_text}",
            )
        )
        nodes += breakeven(given, margin)
        return Card(title="What that means", children=nodes)

    def actions(self) -> Sequence[Button]:
        same = pricing.is_today(self.kind, self._rows(), self.value)
        return (
            Button(name="back", label="Not now", act=self.back, kind="quiet", shortcut="Esc"),
            Button(
                name="set",
                label=f"Set {self.value * 100:g}%",
                act=self._do,
                kind="primary",
                shortcut="Ctrl Enter",
                off="that is today's price" if same else "",
            ),
        )

    def first(self) -> str:
        return "value"

    def back(self) -> None:
        self.shell.go_account(self.account)

    def _do(self) -> None:
        told = self.play.do(
            self.kind, **pricing.arguments(self.account, self._rows()), **{self.name: round(self.value, 6)}
        )
        self.shell.sounds.play("no" if told.refused else "done")
        if told.refused:
            self.shell.say(" ".join(told.lines))
            return
        self.shell.go_account(self.account)
        self.shell.say(" ".join(told.lines) + " Ctrl+Z takes it back.")


def breakeven(given: float, margin: float) -> list[Node]:
    """How much more they must buy, as a bar; nothing where nothing is given."""
    needed = repays_at(given, margin)
    if given <= 50 or needed is None:
        return []
    items = (charts.Pair("Repays if they buy", 0.0, needed, "", f"{percent(needed)} more"),)

    def brush(painter: Painter, rect: Rect, _look: Look) -> None:
        breakeven_bars(painter, rect, items)

    return [
        Drawing(
            name="breakeven",
            tip=tip("breakeven"),
            draws=items,
            high=44,
            brush=brush,
            says=f"Repays if they buy {items[0].second_text}",
        )
    ]


class OfferPage(Screen):
    """A whole offer: price, commitment, length, days, deliveries."""

    rail = "account"
    topic = "offer"

    def __init__(self, shell: Shell, account: str) -> None:
        super().__init__(shell)
        self.account = account
        self.terms = offers.today(self.play.seen, account)
        self.asking = Asking(self.terms.__setitem__, self.play.money)

    def key(self) -> str:
        return f"offer/{self.account}"

    def place(self) -> dict[str, Any]:
        return {"page": "offer", "account": self.account}

    def title(self) -> str:
        return f"An offer to {self.play.cast.account(self.account)}"

    def subtitle(self) -> str:
        hours = self.play.takes("offer_terms", account=self.account)
        return f"{hours:.0f} hours. Their buying centre answers when the quarter closes"

    def body(self) -> Node:
        asked = pricing.offer(self.play, self.account, self.terms)
        self.terms.update((question.name, question.value) for question in asked.questions)
        return Row(
            children=[
                Card(title="The offer", children=self.asking.part(asked), gap=14),
                Column(children=self._meaning(), gap=14),
            ],
            stack=860,
        )

    def _meaning(self) -> list[Node]:
        meaning = pricing.offer_meaning(self.play, self.account, self.terms)
        given, margin, sales = meaning.given, meaning.margin, meaning.sales
        steps = [
            charts.Step("List price", meaning.listed, True),
            charts.Step("Off today", sales - meaning.listed),
            charts.Step("This offer", -given),
            charts.Step("Sales", sales - given, True),
            charts.Step("Product cost", margin - sales),
            charts.Step("Margin", margin - given, True),
        ]
        told: list[Node] = [
            Text(text=f"{capital(terms(self.terms))}.", style="strong"),
            *[Text(text=line, style="ink") for line in meaning.lines],
        ]
        return [
            Card(title="What that means", children=[*told, *breakeven(given, margin)]),
            Card(
                children=[Text(text="A quarter at today's volume", style="title"), waterfall_drawing(self.play, steps)],
                gap=4,
            ),
        ]

    def actions(self) -> Sequence[Button]:
        off = pricing.offer_off(self.play, self.account, self.terms)
        hours = self.play.takes("offer_terms", account=self.account)
        return (
            Button(name="back", label="Not now", act=self.back, kind="quiet", shortcut="Esc"),
            Button(
                name="offer",
                label=f"Put it on their table ({hours:.0f} h)",
                act=self._do,
                kind="primary",
                shortcut="Ctrl Enter",
                off=off,
            ),
        )

    def first(self) -> str:
        return "change"

    def back(self) -> None:
        self.shell.go_account(self.account)

    def _do(self) -> None:
        terms = {**self.terms, "change": round(float(self.terms["change"]), 6)}
        told = self.play.do("offer_terms", account=self.account, **terms)
        self.shell.sounds.play("no" if told.refused else "done")
        if told.refused:
            self.shell.say(" ".join(told.lines))
            return
        self.shell.go_account(self.account)
        self.shell.say("Your offer is with them. Ctrl+Z takes it back until something is answered.")
