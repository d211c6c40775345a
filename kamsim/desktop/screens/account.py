"""One customer: who is there, what they are busy with as last seen, what can be done, and where the money goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from kamsim.desktop.kit.buttons import Button, Item
from kamsim.desktop.kit.controls import Segmented
from kamsim.desktop.kit.layout import Card, Column, Flow, Row
from kamsim.desktop.kit.node import Act, Node
from kamsim.desktop.kit.words import Chip, Figure, Rule, Text
from kamsim.desktop.screens.builder import open_case
from kamsim.desktop.screens.joint import joint_items
from kamsim.desktop.screens.just_now import just_now
from kamsim.desktop.screens.knowing import timeline_cards
from kamsim.desktop.screens.knowledge import history_cards
from kamsim.desktop.screens.letters import with_them
from kamsim.desktop.screens.making import make
from kamsim.desktop.screens.meeting import ask_whom
from kamsim.desktop.screens.money import money_cards
from kamsim.desktop.screens.people import picture, stance
from kamsim.desktop.screens.plan import plan_item
from kamsim.desktop.screens.regions import regions_card
from kamsim.desktop.shell import Screen
from kamsim.desktop.wordbook import tip
from kamsim.view import account as account_view
from kamsim.view import books, own, pipeline
from kamsim.view.menu.lines import Line, for_good, lines, ways
from kamsim.view.portraits import face
from kamsim.view.words import waiting
from kamsim.view.words.books import profit_parts
from kamsim.view.words.names import capital, initiative_named

if TYPE_CHECKING:
    from kamsim.desktop.shell import Shell
    from kamsim.view.menu.entry import Group

STACK: Final = 860.0
SIDE_BY_SIDE: Final = 6
"""Customers up to which their names and the tabs share a line."""
TABS: Final = (("customer", "Customer"), ("money", "Money"), ("history", "History and notes"), ("timeline", "Timeline"))


class AccountPage(Screen):
    """A customer."""

    rail = "account"

    def __init__(self, shell: Shell, account: str, tab: str = "customer") -> None:
        super().__init__(shell)
        if account not in self.play.cast.accounts:
            raise KeyError(account)
        self.account, self.tab = account, tab if tab in dict(TABS) else "customer"

    @property
    def topic(self) -> str:  # type: ignore[override]
        """The help of the tab."""
        return self.tab if self.tab in ("money", "timeline") else "account"

    def key(self) -> str:
        return f"account/{self.account}/{self.tab}"

    def note(self) -> None:
        """Remember which customer was looked at last."""
        log = self.play.session.log_path
        if not self.play.session.practised and self.shell.config.place(log).get("account") != self.account:
            self.shell.config.remember(log, account=self.account)

    def place(self) -> dict[str, Any]:
        return {"page": "account", "account": self.account, "tab": self.tab}

    def title(self) -> str:
        return self.play.cast.account(self.account)

    def subtitle(self) -> str:
        return self.play.cast.accounts[self.account].industry

    def _to(self, account: str) -> None:
        if account != self.account:
            self.shell.replace(AccountPage(self.shell, account, self.tab), keep=True)

    def _turn(self, tab: str) -> None:
        self.tab = tab
        self.shell.message = ""
        self.shell.stage.place_key = self.key()
        self.shell.start_motion()
        self.shell.changed()
        self.shell.remember()

    def body(self) -> Node:
        cast = self.play.cast
        switch = Segmented(
            name="customers",
            value=self.account,
            options=[(n, _short(cast.account(n))) for n in self.play.accounts],
            change=lambda value: self._to(str(value)),
        )
        tabs = Segmented(name="tabs", value=self.tab, options=TABS, change=lambda value: self._turn(str(value)))
        stack = 820 if len(self.play.accounts) <= SIDE_BY_SIDE else 2000
        head = Row(children=[switch, tabs], gap=14, stack=stack, stack_gap=8, align="middle")
        if self.tab == "money":
            return Column(children=[head, *money_cards(self)], gap=12)
        if self.tab == "timeline":
            return Column(children=[head, *timeline_cards(self)], gap=12)
        if self.tab == "history":
            return Column(children=[head, *history_cards(self)], gap=12)
        first: list[Node] = [
            *just_now(self.play, self.account), *self._attack(), self._waiting(), *with_them(self.shell, self.account),
        ]  # fmt: skip
        rest: list[Node] = [
            self._about(), *regions_card(self.shell, self.account), *self._opportunities(), self._own(), self._people(),
            self._initiatives(),
        ]  # fmt: skip
        first, rest = _filled(first), _filled(rest)
        left, right = [*first, *rest], [self._do(), *self._pinned()]
        if self.narrow(STACK):
            return Column(children=[head, Column(children=[*first, *right, *rest], gap=14)], gap=12)
        return Column(
            children=[
                head,
                Row(
                    children=[Column(children=left, gap=14), Column(children=right, gap=14, span=364)],
                    stack=STACK,
                    align="top",
                ),
            ],
            gap=12,
        )

    # --- left ---------------------------------------------------------------------------------------------------

    def _attack(self) -> list[Node]:
        """Who is at their table now."""
        said = self.play.cast.attacked(self.account, self.play.quarter)
        return [Card(children=[Text(text=f"{said}.", style="warn")], tone="warn", down=12)] if said else []

    def _waiting(self) -> Card:
        rows: list[Node] = []
        keys: set[str] = set()
        for line in self._lines("waiting"):
            kind = line.entry.kind
            rows.append(
                Item(
                    name=f"waiting.{'incident' if kind == 'handle_incident' else line.subject}",
                    title=line.title,
                    text=line.text,
                    note=line.hours,
                    icon=line.entry.icon,
                    tone="warn" if line.urgent else "",
                    shortcut="" if line.entry.key in keys else line.entry.key,
                    off=line.off,
                    act=partial(self._answer, line),
                )
            )
            keys.add(line.entry.key)
        return Card(title="Waiting for an answer" if rows else "", children=rows)

    def _lines(self, *groups: Group) -> list[Line]:
        """What can be done here, of some groups."""
        play = self.play
        return lines(play.cast, play.seen, self.account, play.options, play.incidents(), *groups)

    def _answer(self, line: Line) -> None:
        go, subject = self.shell.open, line.subject
        pages = {
            "answer_moment": partial(go, "moment", moment=subject),
            "handle_incident": partial(go, "incident", account=subject),
            "answer_request": partial(go, "request", request=subject),
            "propose": partial(go, "talk", talk=subject),
            "hand_over": partial(go, "people", account=self.account, person=subject),
            "bid": partial(go, "opportunity", opportunity=subject),
        }
        pages[line.entry.kind]()

    def _about(self) -> Card:
        play, cast, seen = self.play, self.play.cast, self.play.seen
        entry, now = cast.accounts[self.account], play.books(self.account)
        sales, trust = play.money(play.sales(self.account)), books.trust_known(seen, self.account)
        shown: list[Node] = [Figure(name="fig.sales", label="Sales a quarter", value=sales, tip=tip("sales"))]
        if now is not None:
            earned = float(now["profit_booked"])
            shown.append(
                Figure(
                    name="fig.profit",
                    label="Account profit",
                    value=play.money(earned),
                    tone="bad" if earned < 0 else "good",
                    note="as reviewed" if now["reviewed"] else "as booked",
                    tip=tip("profit", capital(profit_parts(cast, now)) + "."),
                )
            )
            shown.append(
                Figure(
                    name="fig.serve",
                    label="Cost to serve",
                    value=play.money(float(now["cost_to_serve"])),
                    note="reviewed" if now["reviewed"] else "equal share of sales",
                    tip=tip("cost_to_serve"),
                )
            )
        shown.append(
            Figure(
                name="fig.trust",
                label="Trust",
                value="?" if trust is None else f"{trust[0] * 100:.0f} of 100",
                note=waiting.felt_when(None if trust is None else trust[1]),
                tip=tip("trust"),
            )
        )
        texts: list[Node] = [Text(text=account_view.terms(play, self.account), style="ink")]
        own = account_view.own_notes(play, self.account)
        texts += [Text(text=f"{entry.name} {note}.") for note in own]
        note: list[Node] = []
        if play.quarter == 1:
            note = [
                Rule(),
                Text(text="Your predecessor's note", style="tiny"),
                Text(text=f"“{entry.brief}”", style="body"),
            ]
        return Card(children=[Row(children=shown, gap=18, stack=520), *texts, *note], gap=10)

    def _own(self) -> Card:
        """What our own side has to do with them: who looks after them, what is built together, the plan."""
        play = self.play
        rows: list[Node] = [*joint_items(self, self.account)]
        rows += [plan_item(self, self.account)] if play.has("plans") else []
        line = own.account_line(play, self.account)
        told: list[Node] = [Text(text=line, style="ink")] if line else []
        return Card(title=own.WITH_THEM if rows or told else "", children=[*told, *rows], gap=7)

    def _people(self) -> Card:
        play, cast, rows = self.play, self.play.cast, list[Node]()
        for number, item in enumerate(account_view.people(play, self.account)):
            name = item.person
            who = face(cast, name, stance(play, name))
            told = ". ".join(capital(note) for note in item.notes) + "." if item.notes else "Nothing known yet."
            if rows:
                rows.append(Rule())
            shut = "" if item.receives else self._not_yet(name)
            door = f"{item.door}. {shut}" if shut else item.door
            button = Button(
                off=shut,
                name=f"meet.{name}",
                label="Meet" if item.receives else "Ask to meet",
                kind="normal",
                span=0,
                icon="chat" if item.receives else "door",
                shortcut=str(number + 1),
                act=partial(self.shell.open, "meet" if item.receives else "door", person=name),
            )
            text: list[Node] = [
                Text(text=cast.person(name), style="strong"),
                Text(text=cast.people[name].role, style="small"),
            ]
            chips: list[Node] = (
                [Chip(text=door, tone="good" if item.receives else "plain", icon="door")] if door else []
            )
            body = Column(children=[*text, *chips, Text(text=told)], gap=4)
            rows.append(
                Row(
                    children=[
                        picture(who, 52),
                        Row(children=[body, button], gap=12, align="top", stack=380, stack_gap=8),
                    ],
                    gap=14,
                    align="top",
                )
            )
        rows.append(
            Item(
                name="people",
                title="The map of people",
                text="Who weighs what, how they stand, who listens to whom",
                icon="people",
                shortcut="H",
                act=partial(self.shell.open, "people", account=self.account),
            )
        )
        return Card(title="People", children=rows)

    def _not_yet(self, person: str) -> str:
        """Why an executive cannot be asked for a first meeting now, in a few words; '' where it is possible."""
        play = self.play
        options = play.options("seek_executive", self.account, person=person)
        return waiting.not_yet(play.cast, "seek_executive", options)

    def _opportunities(self) -> list[Node]:
        """What they are about to buy, as last seen; nothing where nothing is known."""
        rows: list[Node] = [
            Item(
                name=f"opportunity.{item.name}",
                title=item.title,
                text=pipeline.under_title(self.play, item),
                note=pipeline.decision_short(self.play, item),
                icon="funnel",
                tone="warn" if item.closing and item.bid is None else "",
                act=partial(self.shell.open, "opportunity", opportunity=item.name),
            )
            for item in pipeline.prospects(self.play, self.account)
        ]
        return [Card(title="What they are about to buy, as last seen", children=rows, gap=7)] if rows else []

    def _initiatives(self) -> Card:
        cast, rows = self.play.cast, list[Node]()
        for item in account_view.initiatives(self.play, self.account):
            initiative = cast.initiatives[item.initiative]
            stale = "too old to build on" if item.seen else "heard of"
            chip = Chip(
                text="fresh: build on it" if item.fresh else stale,
                icon="clock",
                tone="good" if item.fresh else "plain",
            )
            if rows:
                rows.append(Rule())
            rows.append(Flow(children=[Text(text=initiative_named(cast, initiative.id), style="strong", span=0), chip]))
            rows.append(Text(text=". ".join(capital(note) for note in item.notes) + ".", style="ink"))
            rows += [Text(text=item.signed, style="ink")] if item.signed else []
            if item.seen:
                rows.append(Text(text=f"{cast.now(initiative.summary)} {cast.person(initiative.owner)} runs it."))
        if not rows:
            rows.append(Text(text=account_view.NO_INITIATIVE))
        rows.append(
            Item(
                name="timeline",
                title="Their timeline",
                text="How each went, what pushes it, insights to build and bring",
                icon="clock",
                shortcut="E",
                act=partial(self._turn, "timeline"),
            )
        )
        return Card(title="What they are busy with, as last seen", children=rows, gap=7)

    # --- right --------------------------------------------------------------------------------------------------

    def _do(self) -> Card:
        first, *rest = self._lines("account")
        rows: list[Node] = [
            Item(
                name=f"do.{line.entry.audience}_case" if line.entry.audience else f"do.{line.entry.kind}",
                title=line.title,
                text=line.text,
                note=line.hours,
                icon=line.entry.icon,
                shortcut=line.entry.key,
                off=line.off,
                act=partial(self._do_it, line),
            )
            for line in (first, *self._lines("case"), *rest)
        ]
        if self.narrow(STACK):  # two abreast: the page goes on below them
            rows = [Row(children=rows[at : at + 2], gap=7, stack=600, stack_gap=7) for at in range(0, len(rows), 2)]
        return Card(title="What you can do", children=rows, gap=7)

    def _do_it(self, line: Line) -> None:
        play, kind, shell, account = self.play, line.entry.kind, self.shell, self.account
        if line.off and not line.entry.opens:
            shell.say(play.first_refusal(kind, play.options(kind, account)) or f"{line.off}.")
            return
        pages: dict[str, Callable[[], None]] = {
            "meet": partial(ask_whom, shell, account),
            "seek_executive": partial(shell.open, "door", account=account),
            "offer_terms": partial(shell.open, "offer", account=account),
            "set_discount": partial(shell.open, "price", account=account, kind="set_discount"),
            "set_rebate": partial(shell.open, "price", account=account, kind="set_rebate"),
            "present_case": partial(open_case, shell, "customer", account),
            "ask_desk": partial(open_case, shell, "desk", account),
        }
        if kind in pages:
            pages[kind]()
            return
        found = ways(play.cast, play.seen, kind, play.options(kind, account))
        make(shell, kind, found, for_good(kind, found))
        shell.stage.offsets[f"{self.key()}/body"] = 0.0

    def _pinned(self) -> list[Node]:
        pins = self.shell.config.place(self.play.session.log_path).get("pins", [])
        own = [pin for pin in pins if isinstance(pin, list) and len(pin) == 2 and pin[0] == self.account]
        if not own:
            return []
        return [Card(title="Pinned", children=[Text(text=str(pin[1])) for pin in own], tone="soft", gap=6)]

    def actions(self) -> Sequence[Button]:
        return (Button(name="desk", label="To the desk", act=self.shell.go_desk, icon="back", shortcut="Esc"),)

    def hints(self) -> Sequence[tuple[str, str]]:
        return (("F1", "help"), ("M R C", "moves"), ("1 2 3", "people"), ("Ctrl ← →", "customers"), ("Ctrl Z", "undo"))

    def keys(self) -> dict[str, Act]:
        return {"Ctrl LEFT": partial(self.step, -1), "Ctrl RIGHT": partial(self.step, 1)}

    def step(self, by: int) -> None:
        """To the next customer."""
        names = self.play.accounts
        self._to(names[(names.index(self.account) + by) % len(names)])


def _filled(cards: Sequence[Node]) -> list[Node]:
    """The cards that have something in them."""
    return [card for card in cards if card.parts and any(True for part in card.parts[0].parts)]


def _short(name: str) -> str:
    return name.split(maxsplit=1)[0]
