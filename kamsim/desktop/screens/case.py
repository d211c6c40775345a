"""The builder: a business case that opens as a page already written. Seven sentences, each a slot to change, and what
the page comes to while a lever moves."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from kamsim.desktop import casework
from kamsim.desktop.kit.buttons import Button, Item
from kamsim.desktop.kit.controls import Mark
from kamsim.desktop.kit.field import TextField, Typed
from kamsim.desktop.kit.layout import Card, Column, Flow, Row
from kamsim.desktop.kit.node import Node
from kamsim.desktop.kit.table import Cell, Heading, Line, Table
from kamsim.desktop.kit.words import Text
from kamsim.desktop.screens.case_figures import before_after, fan_card, figures_card, rests_card, tier_chip
from kamsim.desktop.screens.case_slots import SLOTS
from kamsim.desktop.screens.screen import Dialog, Screen
from kamsim.engine.preview import AT_REST, DRAGGING
from kamsim.errors import IllegalMove
from kamsim.game import drafting, wording
from kamsim.game.open_page import taken_up

if TYPE_CHECKING:
    from kamsim.desktop.app import App
    from kamsim.engine.preview import Preview

ICONS: Final = {
    "whom": "people",
    "now": "clock",
    "give": "price",
    "get": "check",
    "worth": "case",
    "proof": "search",
    "otherwise": "undo",
    "paper": "notes",
}
SETTLE: Final = 0.3
"""Seconds after the last change at which the figures are worked out well."""
MOST_BESIDE: Final = 4


class CasePage(Screen):
    """A page about a customer, for the customer or for our own desk."""

    rail = "cases"
    topic = "case"

    def __init__(self, app: App, account: str, audience: str = "customer", slot: str = "give") -> None:
        super().__init__(app)
        if account not in self.play.cast.accounts or audience not in ("customer", "desk"):
            raise KeyError(account)
        self.account, self.audience = account, audience
        self.slot = slot if slot in SLOTS else "give"
        self.work = casework.open_page(self.play, account, audience)
        self._moved_at = -1.0
        self._made: tuple[Any, Preview] | None = None

    def key(self) -> str:
        return f"case/{self.account}/{self.audience}"

    def place(self) -> dict[str, Any]:
        return {"page": "case", "account": self.account, "audience": self.audience, "slot": self.slot}

    def title(self) -> str:
        name = self.play.cast.account(self.account)
        if self.work.recut:
            return f"Re-cut: {'your ask about' if self.audience == 'desk' else 'your case for'} {name}"
        return f"An ask to our deal desk, about {name}" if self.audience == "desk" else f"A case for {name}"

    def subtitle(self) -> str:
        return "A page already written; each sentence is yours to change"

    # --- the page and its changes -------------------------------------------------------------------------------

    def change(self, **values: Any) -> None:
        """Say something else."""
        self.work.change(self.play.seen, **values)
        self._moved_at = self.app.clock()
        self.app.later(SETTLE)
        self.app.changed()

    def set_tone(self, value: Any) -> None:
        """Claim more cautiously or more boldly."""
        self.work.tone = str(value)
        self.change()

    def set_harm(self, value: Any) -> None:
        """Say more cautiously or more boldly what doing nothing costs."""
        self.work.inaction_tone = str(value)
        self.change()

    def preview(self) -> Preview:
        """What it comes to: roughly while a lever moves, well when it rests."""
        moving = self.app.clock() - self._moved_at < SETTLE or self.app.stage.dragging
        key = (tuple(sorted(self.work.said.items(), key=lambda pair: pair[0])), moving, self.play.version)
        if self._made is None or self._made[0] != key:
            lanes = DRAGGING if moving else AT_REST
            self._made = key, self.play.session.preview(self.account, self.audience, self.work.page, lanes)
        return self._made[1]

    def break_even_mark(self, low: float, high: float) -> list[Mark]:
        """Where on the price lever nothing is left."""
        if self._made is None:
            return []
        value = self._made[1].price_break_even
        return [Mark(value, "nothing left")] if not math.isnan(value) and low < value < high else []

    # --- what is shown ------------------------------------------------------------------------------------------

    def body(self) -> Node:
        made = self.preview()
        figures = Column(children=[fan_card(self, made), figures_card(self, made), rests_card(self)], gap=14, span=372)
        editor = Card(title=self._slot_name(self.slot), children=SLOTS[self.slot](self), gap=12)
        wide = Row(children=[self._sentences(), Column(children=[editor], span=320), figures], stack=1080, align="top")
        return Column(children=[*self._lying(made), wide], gap=12)

    def _lying(self, made: Preview) -> list[Node]:
        """What to know before it: that it lies with its audience already, who signs."""
        chips = tier_chip(self, made)
        rows: list[Node] = [Flow(children=chips)] if chips else []
        if self.work.recut:
            play, row = self.play, casework.place(self.play, self.account, self.audience)
            heard = wording.heard_since(play.seen, self.account, row)
            text = (
                "Nothing was heard since you presented it. Re-cutting it now is a change of mind, and "
                "costs a little confidence."
            )
            if heard:
                told = "; ".join(wording.news_since(play.cast, play.seen, self.account, row)[:4])
                text = (
                    f"You have heard from them since you presented it: {told or 'something new'}. "
                    f"Re-cutting it costs nothing in confidence."
                )
            rows.append(Card(children=[Text(text=text, style="ink")], tone="soft"))
        return rows

    def _slot_name(self, slot: str) -> str:
        return wording.CASE_SLOTS.get(slot, "On paper")

    def _sentences(self) -> Card:
        cast, seen = self.play.cast, self.play.seen
        texts = {
            **wording.sentences(cast, seen, self.account, self.audience, self.work.page),
            "paper": wording.paper(self.work.page),
        }
        rows: list[Node] = [
            Item(
                name=f"slot.{slot}",
                title=self._slot_name(slot),
                text=text,
                icon=ICONS[slot],
                shortcut=str(number),
                chosen=slot == self.slot,
                act=partial(self.turn, slot),
            )
            for number, (slot, text) in enumerate(texts.items(), 1)
        ]
        return Card(title="The page", children=rows, gap=7)

    def turn(self, slot: str) -> None:
        """Take up another sentence; the focus goes to what can be changed there."""
        self.slot = slot
        self.app.rebuild()
        first = next(
            (
                name
                for name in (node.name for node in Column(children=SLOTS[slot](self)).walk() if node.focusable)
                if name
            ),
            "",
        )
        if first:
            self.app.stage.set_focus(first, by_keys=True)
        self.app.changed()
        self.app.remember()

    # --- what can be done with it -------------------------------------------------------------------------------

    def actions(self) -> Sequence[Button]:
        verb = (
            "Hand in the new page" if self.work.recut else "Ask the desk" if self.audience == "desk" else "Present it"
        )
        hours = casework.hours(self.play, self.work)
        return (
            Button(name="back", label="Put it aside", act=self.back, kind="quiet", shortcut="Esc"),
            Button(name="more", label="More", act=self._more, shortcut="M"),
            Button(name="coach", label="Coach", act=self._coach, icon="help", shortcut="C"),
            Button(
                name="present", label=f"{verb} ({hours:.0f} h)", act=self._ask, kind="primary", shortcut="Ctrl Enter"
            ),
        )

    def hints(self) -> Sequence[tuple[str, str]]:
        return (("F1", "help"), ("1 … 8", "sentence"))

    def back(self) -> None:
        self.app.go_account(self.account)

    def _close(self) -> Button:
        return Button(name="case.close", label="Back to the page", act=self.app.close_dialog, shortcut="Esc")

    def _ask(self) -> None:
        """Say what it commits to, and ask."""
        cast, seen, made = self.play.cast, self.play.seen, self.preview()
        _, low, high = wording.claim_range(self.work.page)
        texts = [
            wording.gate_line(cast, self.account, self.audience, made.gate),
            wording.when_line(cast, seen, self.account, self.audience, self.work.page, made.tier),
        ]
        if low or high:
            what = wording.measured_in(str(wording.case_value(self.work.page, "metric")))
            texts.append(
                f"Once signed, you are held to {cast.money(low)} to {cast.money(high)} {what}, counted "
                f"{self.work.page.get('due', 4)} quarters after the yes."
            )
        if self.audience == "desk" and made.tier not in ("", "auto"):
            texts.append(
                "An ask of this size costs a little standing with whoever must sign, and more if it is refused."
            )
        go = Button(
            name="case.go",
            label="Hand it in" if self.work.recut or self.audience == "desk" else "Present it",
            act=self._present,
            kind="primary",
            shortcut="Enter",
        )
        hours = casework.hours(self.play, self.work)
        self.app.ask(
            Dialog(
                f"{self.title()}, {hours:.0f} hours",
                [text for text in texts if text],
                (self._close(), go),
                first="case.go",
                wide=600,
            )
        )

    def _present(self) -> None:
        self.app.close_dialog()
        told = self.play.do(self.work.kind, account=self.account, **self.work.said)
        self.app.sounds.play("no" if told.refused else "done")
        if told.refused:
            self.app.say(" ".join(told.lines))
            return
        self.play.pages.pop((self.account, self.audience), None)
        self.app.go_account(self.account)

    def _coach(self) -> None:
        said = self.play.session.coach(self.account, self.audience, self.work.page)
        cast, seen, page = self.play.cast, self.play.seen, self.work.page
        texts = [wording.coach_line(cast, seen, self.account, self.audience, page, name) for name in said]
        texts = texts or ["Nothing on it costs you much. Bring it while the facts are fresh."]
        self.app.ask(Dialog("The coach has read it", texts, (self._close(),), wide=620))

    def _more(self) -> None:
        kept = self._kept()
        room = self.play.hindrance("read_room", self.account) if self.audience == "customer" else "-"
        rows: list[Node] = [
            Item(
                name="more.figures",
                title="A quarter of the second year, line by line",
                icon="report",
                shortcut="F",
                act=self._figures,
            ),
            Item(
                name="more.compare",
                title="Compare with drafts, doing nothing, walking away",
                icon="portfolio",
                shortcut="V",
                act=self._compare,
            ),
            Item(name="more.keep", title="Keep a copy under a name", icon="pin", shortcut="K", act=self._keep),
        ]
        if kept:
            rows.append(
                Item(
                    name="more.take",
                    title="Take up a kept copy",
                    text=wording.listed(list(kept)),
                    icon="read",
                    shortcut="T",
                    act=self._take,
                )
            )
        if self.audience == "customer":
            rows.append(
                Item(
                    name="more.room",
                    title="Read the room: how they stand",
                    note="10 h",
                    off=room,
                    icon="people",
                    shortcut="R",
                    act=self._room,
                )
            )
        rows.append(
            Item(name="more.again", title="Begin again, as the page opened", icon="undo", shortcut="B", act=self._again)
        )
        self.app.ask(Dialog("More", (), (self._close(),), more=lambda: rows, wide=560, first="more.figures"))

    def _kept(self) -> dict[str, dict[str, Any]]:
        drafts = self.play.session.drafts
        return {
            name: dict(draft.page)
            for name, draft in drafts.items()
            if (draft.account, draft.audience) == (self.account, self.audience)
        }

    def _figures(self) -> None:
        made = self.preview()
        self.app.ask(
            Dialog(
                "A quarter of the second year: without it above, with it below",
                (),
                (self._close(),),
                more=lambda: [before_after(self.play, made)],
                wide=640,
            )
        )

    def _compare(self) -> None:
        play = self.play
        pages: dict[str, dict[str, Any]] = {"This page": self.work.page}
        opening = drafting.opening_page(play.seen, self.account, self.audience)
        if opening != self.work.page:
            pages["As it opened"] = opening
        for name, page in list(self._kept().items())[-(MOST_BESIDE - len(pages)) :]:
            pages[name] = page
        made = {name: play.session.preview(self.account, self.audience, page) for name, page in pages.items()}
        rows = [
            Line((Cell(figure), *(Cell(value) for value in values)))
            for figure, values in wording.compared(play.cast, made, pages)
        ]
        columns = [Heading("", figures=False, weight=1.4), *(Heading(name) for name in pages)]
        table = Table(name="compared", columns=columns, rows=rows, label="Side by side")
        ways = wording.nothing_and_away(play.cast, play.seen, self.account, made["This page"])
        self.app.ask(
            Dialog(
                "Side by side",
                (),
                (self._close(),),
                more=lambda: [table, *[Text(text=way, style="ink") for way in ways]],
                wide=860,
            )
        )

    def _keep(self) -> None:
        typed = Typed()
        typed.set(f"Draft {len(self._kept()) + 1}")

        def keep() -> None:
            try:
                self.play.session.draft(typed.text.strip(), self.account, self.audience, self.work.page)
            except IllegalMove as error:
                self.app.say(f"Not kept: {error}.")
                return
            self.app.close_dialog()
            self.app.say(f"Kept as “{typed.text.strip()}”. The page here goes on.")

        field = TextField(name="draft.name", label="Under which name?", typed=typed, enter=keep)
        save = Button(name="draft.keep", label="Keep it", act=keep, kind="primary")
        self.app.ask(Dialog("Keep a copy", (), (self._close(), save), more=lambda: [field], first="draft.name"))

    def _take(self) -> None:
        kept = self._kept()

        def take(name: str) -> None:
            self.work = taken_up(self.play.seen, self.account, self.audience, kept[name], recut=self.work.recut)
            self.play.pages[self.account, self.audience] = self.work
            self.app.close_dialog()
            self.app.say(f"“{name}” lies open now.")

        rows: list[Node] = [
            Item(name=f"take.{n}", title=name, icon="notes", act=partial(take, name)) for n, name in enumerate(kept)
        ]
        self.app.ask(
            Dialog(
                "Which copy?", ("The open page is lost unless you keep it first.",), (self._close(),), more=lambda: rows
            )
        )

    def _room(self) -> None:
        told = self.play.do("read_room", account=self.account)
        self.app.close_dialog()
        if not told.refused:
            self.work.refresh(self.play.seen)
        self.app.say(" ".join(told.lines))

    def _again(self) -> None:
        self.play.pages.pop((self.account, self.audience), None)
        self.work = casework.open_page(self.play, self.account, self.audience)
        self.app.close_dialog()
