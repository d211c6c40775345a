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
from kamsim.desktop.screens.money import waterfall_drawing
from kamsim.desktop.shell import Screen
from kamsim.desktop.wordbook import tip
from kamsim.engine.moves import MOVES, OFFER_HOURS, Refusal, bind, refusals
from kamsim.engine.terms import COMMITMENTS, DAYS, LENGTHS, PRICE_STEP
from kamsim.view.words import moves, waiting
from kamsim.view.words.moves import refusal
from kamsim.view.words.names import capital, counted, percent
from kamsim.view.words.prices import Price, beyond_price, change_lines, margin_of, prices, repays_at

if TYPE_CHECKING:
    from kamsim.desktop.shell import Shell

EVERYWHERE: Final = "everywhere"
NAMES: Final = {"set_discount": "discount", "set_rebate": "rebate"}


class PricePage(Screen):
    """A new discount or rebate on one line, at our own word."""

    rail = "account"
    topic = "price"

    def __init__(self, app: Shell, account: str, kind: str = "set_discount") -> None:
        super().__init__(app)
        self.account, self.kind, self.name = account, kind, NAMES[kind]
        self.line = prices(self.play.cast, self.play.seen, account)[0].line
        self.region = self._regions(self.line)[0]
        self.value = self._today()

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

    def _today(self) -> float:
        return max(float(getattr(row, self.name)) for row in self._rows())

    def _args(self) -> dict[str, Any]:
        rows = self._rows()
        args: dict[str, Any] = {"account": self.account, "line": rows[0].line}
        if self.region != EVERYWHERE:
            args["region"] = rows[0].region
        return args

    def _allowed(self) -> list[float]:
        """The values that the rules take, by asking the rules; today's value counts as one."""
        seen = self.play.seen
        field = next(field for field in MOVES[self.kind].fields if field.name == self.name)
        steps = range(round(field.low / field.step), round(field.high / field.step) + 1)
        fine = (int(Refusal.NONE), int(Refusal.NO_CHANGE))
        values = [round(step * field.step, 6) for step in steps]
        return [
            v
            for v in values
            if int(refusals(seen, self.kind, bind(seen.params, self.kind, {**self._args(), self.name: v}))[0]) in fine
        ]

    def body(self) -> Node:
        where = self._where()
        allowed = self._allowed()
        if not allowed:
            text = (
                f"No {self.name} can be set there: what one site was promised is beyond what another may "
                f"have. Set each site."
            )
            return Card(children=[*where, Text(text=text, style="warn")], gap=16)
        low, high, today = allowed[0], allowed[-1], self._today()
        value = max(low, min(high, self.value))
        slider = Slider(
            name="value",
            label=f"New {self.name}",
            value=value,
            low=low,
            high=max(high, low + PRICE_STEP),
            step=PRICE_STEP,
            origin=today,
            marks=(Mark(today, f"today {today * 100:g}%"),),
            change=self._set,
            format=lambda v: f"{v * 100:.1f}%",
        )
        note = f"They hold you to {low * 100:g}%. Points come back only through an offer."
        left = Card(children=[*where, slider, Text(text=note, style="small")], gap=16)
        return Row(children=[left, self._cost(value)], stack=820)

    def _turn(self, value: Any) -> None:
        self.line = str(value)
        self._move(self._regions(self.line)[0])

    def _move(self, value: Any) -> None:
        self.region = str(value)
        self.value = self._today()

    def _set(self, value: float) -> None:
        self.value = value

    def _given(self, value: float) -> float:
        return sum(row.given(**{self.name: value}) for row in self._rows())

    def _cost(self, value: float) -> Card:
        cast, rows = self.play.cast, self._rows()
        given = self._given(value)
        margin = margin_of(rows)
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

        nodes: list[Node] = [Text(text=line, style="ink") for line in change_lines(cast, rows, given)]
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
        same = any(abs(float(getattr(row, self.name)) - self.value) > 1e-9 for row in self._rows())
        return (
            Button(name="back", label="Not now", act=self.back, kind="quiet", shortcut="Esc"),
            Button(
                name="set",
                label=f"Set {self.value * 100:g}%",
                act=self._do,
                kind="primary",
                shortcut="Ctrl Enter",
                off="" if same else "that is today's price",
            ),
        )

    def first(self) -> str:
        return "value"

    def back(self) -> None:
        self.app.go_account(self.account)

    def _do(self) -> None:
        told = self.play.do(self.kind, **self._args(), **{self.name: round(self.value, 6)})
        self.app.sounds.play("no" if told.refused else "done")
        if told.refused:
            self.app.say(" ".join(told.lines))
            return
        self.app.go_account(self.account)
        self.app.say(" ".join(told.lines) + " Ctrl+Z takes it back.")


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

    def __init__(self, app: Shell, account: str) -> None:
        super().__init__(app)
        self.account = account
        play, row = self.play, self.play.row(account)
        days = float(play.seen.days[row, 0])
        self.terms: dict[str, Any] = {
            "change": 0.0,
            "commitment": COMMITMENTS[0],
            "length": LENGTHS[0],
            "days": min(DAYS, key=lambda d: abs(d - days)),
            "pooled": "yes" if int(play.seen.level["pooled"][row, 0]) else "no",
        }
        self.today = dict(self.terms)
        self.ending = int(play.seen.contract_until[row, 0]) == play.quarter

    def key(self) -> str:
        return f"offer/{self.account}"

    def place(self) -> dict[str, Any]:
        return {"page": "offer", "account": self.account}

    def title(self) -> str:
        return f"An offer to {self.play.cast.account(self.account)}"

    def subtitle(self) -> str:
        return f"{OFFER_HOURS:.0f} hours. Their buying centre answers when the quarter closes"

    def _set(self, name: str, value: Any) -> None:
        self.terms[name] = value

    def body(self) -> Node:
        play, cast, seen = self.play, self.play.cast, self.play.seen
        option = play.options("offer_terms", self.account)[0]
        low, high = (float(edge[0]) + 0.0 for edge in option.ranges["change"])
        row = play.row(self.account)
        self.terms["change"] = max(low, min(high, self.terms["change"]))
        until = int(seen.contract_until[row, 0])
        signed = until >= seen.quarter
        note = (
            f"Terms are signed until the end of {cast.quarter(until)}: no points come back before."
            if signed
            else "To the left you take points back, to the right you give."
        )
        days_now = float(seen.days[row, 0])
        rows: list[Node] = [
            Slider(
                name="change",
                label="Price on all lines, points of discount",
                value=self.terms["change"],
                low=low,
                high=max(high, low + PRICE_STEP),
                step=PRICE_STEP,
                origin=0.0,
                marks=(Mark(0.0, "as it is"),),
                change=lambda value: self._set("change", value),
                format=_points,
            ),
            Text(text=note, style="small"),
            self._choice(
                "commitment",
                "What do they commit in return?",
                [(c, f"{c * 100:g}% more" if c else "Nothing") for c in COMMITMENTS],
            ),
            self._choice("length", "For how long?", [(length, counted(length // 4, "year")) for length in LENGTHS]),
            self._choice("days", f"When do they pay? Now after {days_now:.0f} days", [(d, f"{d} days") for d in DAYS]),
            self._choice(
                "pooled",
                "How do we deliver?",
                [("no", "Small and often"), ("yes", "Fewer, larger")]
                if int(seen.level["pooled"][row, 0])
                else [("no", "As now"), ("yes", "Fewer, larger")],
            ),
        ]
        return Row(
            children=[Card(title="The offer", children=rows, gap=14), Column(children=self._meaning(), gap=14)],
            stack=860,
        )

    def _choice(self, name: str, label: str, options: list[tuple[Any, str]]) -> Segmented:
        return Segmented(
            name=name, label=label, value=self.terms[name], options=options, change=lambda value: self._set(name, value)
        )

    def _meaning(self) -> list[Node]:
        play, cast, seen = self.play, self.play.cast, self.play.seen
        change = float(self.terms["change"])
        rows = prices(cast, seen, self.account)
        given = sum(row.given(discount=max(0.0, row.discount + change)) for row in rows)
        margin = margin_of(rows)
        lines = change_lines(cast, rows, given, beyond_price(cast, seen, self.account, self.terms))
        listed = sum(row.list_price * row.volume for row in rows)
        sales = sum(row.pocket * row.volume for row in rows)
        steps = [
            charts.Step("List price", listed, True),
            charts.Step("Off today", sales - listed),
            charts.Step("This offer", -given),
            charts.Step("Sales", sales - given, True),
            charts.Step("Product cost", margin - sales),
            charts.Step("Margin", margin - given, True),
        ]
        told: list[Node] = [
            Text(text=f"{capital(moves.terms(self.terms))}.", style="strong"),
            *[Text(text=line, style="ink") for line in lines],
        ]
        return [
            Card(title="What that means", children=[*told, *breakeven(given, margin)]),
            Card(
                children=[Text(text="A quarter at today's volume", style="title"), waterfall_drawing(play, steps)],
                gap=4,
            ),
        ]

    def actions(self) -> Sequence[Button]:
        play = self.play
        code = int(
            refusals(
                play.seen, "offer_terms", bind(play.seen.params, "offer_terms", {"account": self.account, **self.terms})
            )[0]
        )
        off = refusal(play.cast, play.seen, "offer_terms", {"account": self.account, **self.terms}, code)
        if not off and not self.ending and self.terms == self.today:
            off = waiting.today_is_no_offer()
        return (
            Button(name="back", label="Not now", act=self.back, kind="quiet", shortcut="Esc"),
            Button(
                name="offer",
                label=f"Put it on their table ({OFFER_HOURS:.0f} h)",
                act=self._do,
                kind="primary",
                shortcut="Ctrl Enter",
                off=off,
            ),
        )

    def first(self) -> str:
        return "change"

    def back(self) -> None:
        self.app.go_account(self.account)

    def _do(self) -> None:
        terms = {**self.terms, "change": round(float(self.terms["change"]), 6)}
        told = self.play.do("offer_terms", account=self.account, **terms)
        self.app.sounds.play("no" if told.refused else "done")
        if told.refused:
            self.app.say(" ".join(told.lines))
            return
        self.app.go_account(self.account)
        self.app.say("Your offer is with them. Ctrl+Z takes it back until something is answered.")


def _points(value: float) -> str:
    amount = abs(value) * 100
    if amount < 0.01:
        return "as it is"
    return f"{amount:g} {'point' if amount == 1 else 'points'} {'more off' if value > 0 else 'taken back'}"
