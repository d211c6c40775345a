"""One opportunity: what is known of it, what speaks for us and what is missing, a bid, the player's own forecast."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from kamsim.desktop.kit.buttons import Button
from kamsim.desktop.kit.layout import Card, Column, Flow, Row
from kamsim.desktop.kit.node import Node
from kamsim.desktop.kit.words import Drawing, Figure, Text
from kamsim.desktop.screens.asking import Asking, sure
from kamsim.desktop.screens.builder import open_case
from kamsim.desktop.screens.just_now import told_nodes
from kamsim.desktop.screens.people import picture, stance
from kamsim.desktop.screens.pipeline import marks, stage_track
from kamsim.desktop.shell import FIVE, Screen
from kamsim.view import pipeline
from kamsim.view.account import receives
from kamsim.view.portraits import face
from kamsim.view.words.names import counted

if TYPE_CHECKING:
    from kamsim.desktop.kit.gfx import Painter, Rect
    from kamsim.desktop.kit.node import Look
    from kamsim.desktop.shell import Shell


class OpportunityPage(Screen):
    """What they are about to buy. Raises KeyError for one that is not known to be open."""

    rail = "pipeline"
    topic = "pipeline"

    def __init__(self, shell: Shell, opportunity: str) -> None:
        super().__init__(shell)
        item = pipeline.prospect(self.play, opportunity)
        if item is None:
            raise KeyError(opportunity)
        self.item = item
        self.account = item.account
        self.bid: dict[str, float] = {"discount": item.bid or pipeline.bid_range(self.play, opportunity)[0]}
        said = item.forecast
        self.forecast: dict[str, Any] = {
            "outcome": said.outcome if said else None, "amount": float(said.amount) if said else item.worth,
        }  # fmt: skip
        self.bidding = Asking(self.bid.__setitem__, self.play.money)
        self.asking = Asking(self.expect, self.play.money)

    def key(self) -> str:
        return f"opportunity/{self.item.name}"

    def place(self) -> dict[str, Any]:
        return {"page": "opportunity", "opportunity": self.item.name}

    def title(self) -> str:
        return self.item.title

    def subtitle(self) -> str:
        return pipeline.for_what(self.play, self.item)

    def body(self) -> Node:
        self.item = pipeline.prospect(self.play, self.item.name) or self.item
        what, grounds, bid, own = self._what(), self._grounds(), self._bidding(), self._expecting()
        if self.room()[0] < 900:  # one column: what is decided here comes before why
            return Column(children=[*self._just_now(), what, bid, grounds, own], gap=14)
        left = Column(children=[*self._just_now(), what, grounds], gap=14)
        return Row(children=[left, Column(children=[bid, own], gap=14, span=430)], align="top")

    # --- left ---------------------------------------------------------------------------------------------------

    def _just_now(self) -> list[Node]:
        """What came of the last move, where it was a bid here."""
        told = self.play.last
        if told is None or told.kind != "bid" or told.account != self.account:
            return []
        return [Card(children=told_nodes(self.play, told), tone="soft", gap=6)]

    def _what(self) -> Card:
        play, item, cast = self.play, self.item, self.play.cast
        figures: list[Node] = [
            Figure(label="A quarter", value=play.money(item.worth)),
            Figure(label=f"In all, {counted(item.runs, 'quarter')}", value=play.money(item.whole)),
            Figure(label="Decided", value=pipeline.decision_short(play, item)),
        ]
        person = item.decider
        who = face(cast, person, stance(play, person))
        meets = receives(play.seen, person)
        buttons: list[Node] = [
            Button(
                name="meet", label=f"{'Meet' if meets else 'Ask to meet'} {cast.person(person)}", shortcut="M",
                icon="chat" if meets else "door",
                act=partial(self.shell.open, "meet" if meets else "door", person=person),
            ),
            Button(
                name="case", label="Write a case", icon="case", shortcut="W",
                act=partial(open_case, self.shell, "customer", self.account),
            ),
            Button(
                name="timeline", label="Their timeline", icon="clock", shortcut="E",
                act=partial(self.shell.open, "account", account=self.account, tab="timeline"),
            ),
        ]  # fmt: skip
        decides = Text(text=f"{cast.post(person)}, decides.", style="strong")
        return Card(
            children=[
                Text(text=pipeline.need(self.play, item), style="ink"),
                Row(children=figures, gap=18, stack=420),
                stage_track(self, item, full=True),
                Row(children=[picture(who, 44), decides], gap=12, align="middle"),
                Flow(children=buttons),
            ],
            gap=11,
        )

    def _grounds(self) -> Card:
        item = self.item
        rows: list[Node] = [marks(item)]
        for title, icon, ink, lines in (
            ("For you", "check", "accent", item.speaks),
            ("Missing, or against you", "cross", "neg", item.missing),
            ("What lapses", "clock", "warn", item.lapses),
        ):
            if lines:
                rows.append(Text(text=title, style="accent"))
            rows += [Row(children=[_sign(icon, ink), Text(text=line, style="ink")], gap=8) for line in lines]
        return Card(title="What counts there", children=rows, gap=6)

    # --- right --------------------------------------------------------------------------------------------------

    def _bidding(self) -> Card:
        play, item, off = self.play, self.item, self.bid["discount"]
        barred = pipeline.no_bid(play, item)
        if barred:
            return Card(title="Your bid", children=[Text(text=barred, style="ink")])
        question = pipeline.bid_question(play, item.name, off)
        lines = pipeline.bid_meaning(play, item.name, off)
        told: list[Node] = [Text(text=line, style="ink") for line in lines]
        lies = [Text(text=f"{item.speaks[0]}", style="strong")] if item.bid is not None else []
        return Card(title="Your bid", children=[*lies, *self.bidding.controls(question), *told], gap=11)

    def _expecting(self) -> Card:
        play, item = self.play, self.item
        rows: list[Node] = [Text(text=pipeline.FORECAST_HELP, style="small")]
        rows += self.asking.controls(pipeline.forecast_question(self.forecast["outcome"]))
        if self.forecast["outcome"] not in (None, "none"):
            rows += self.asking.controls(pipeline.amount_question(play, item, self.forecast["amount"]))
        said = pipeline.forecast_line(play, item)
        rows += [Text(text=said, style="ink")] if said else []
        return Card(title="Your own forecast", children=rows, gap=9)

    def expect(self, name: str, value: Any) -> None:
        """An answer is noted as it is given."""
        self.forecast[name] = value
        pipeline.foresee(self.play, self.item, self.forecast["outcome"], self.forecast["amount"])

    # --- on -----------------------------------------------------------------------------------------------------

    def actions(self) -> Sequence[Button]:
        play, item = self.play, self.item
        off = pipeline.no_bid(play, item, self.bid["discount"])
        label = "Bid" if item.bid is None else "Change the bid"
        hours = play.takes("bid", opportunity=item.name)
        kind = "primary" if off and item.bid is not None else "quiet"  # a bid that lies there leaves nothing but to go
        return (
            Button(name="back", label="Back", act=self.back, kind=kind, icon="back", shortcut="Esc"),
            Button(
                name="bid", label=f"{label}, {hours:.0f} h", act=self._bid, kind="primary", shortcut="Ctrl Enter",
                off=off,
            ),
        )  # fmt: skip

    def first(self) -> str:
        return "discount"

    def hints(self) -> Sequence[tuple[str, str]]:
        return (("F1", "help"), ("Tab", "next"), ("← →", "change"), FIVE, ("Esc", "back"), ("Ctrl Z", "undo"))

    def _bid(self) -> None:
        text = f"{pipeline.bid_binds(self.play, self.item.name, self.bid['discount'])}."
        sure(self.shell, "Hand the bid in?", text, "Hand it in", self._hand_in)

    def _hand_in(self) -> None:
        told = self.play.do("bid", opportunity=self.item.name, discount=round(self.bid["discount"], 6))
        self.shell.sounds.play("no" if told.refused or told.result == "stale" else "done")
        if told.refused:
            self.shell.say(" ".join(told.lines))
        self.shell.stage.offsets[f"{self.key()}/body"] = 0.0
        self.shell.stage.set_focus("back")
        self.shell.changed()


def _sign(icon: str, ink: str) -> Drawing:
    """A small picture before a line."""

    def paint(painter: Painter, rect: Rect, _look: Look) -> None:
        painter.icon(rect.x + 8, rect.y + 10, icon, 14, ink, 2.4)

    return Drawing(draws=(icon, ink), high=20, wide=18, span=18, brush=paint)
