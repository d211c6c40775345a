"""One customer: who is there, what they are busy with as last seen, what can be done, and where the money goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from kamsim.desktop import casework
from kamsim.desktop.kit.buttons import Button, Item
from kamsim.desktop.kit.controls import Segmented
from kamsim.desktop.kit.layout import Card, Column, Flow, Row
from kamsim.desktop.kit.node import Act, Node
from kamsim.desktop.kit.words import Chip, Figure, Rule, Text
from kamsim.desktop.screens.builder import case_items
from kamsim.desktop.screens.just_now import just_now
from kamsim.desktop.screens.knowing import timeline_cards
from kamsim.desktop.screens.knowledge import history_cards
from kamsim.desktop.screens.letters import with_them
from kamsim.desktop.screens.meeting import ask_whom
from kamsim.desktop.screens.money import money_cards
from kamsim.desktop.screens.people import face, known_of, picture, stance
from kamsim.desktop.screens.regions import regions_card
from kamsim.desktop.shell import CustomerScreen
from kamsim.desktop.wordbook import tip
from kamsim.view import books
from kamsim.view.words import talks, waiting
from kamsim.view.words.books import profit_parts
from kamsim.view.words.moments import moment_place
from kamsim.view.words.names import RHYTHM_WORDS, capital, initiative_named
from kamsim.view.words.news import incident_words
from kamsim.view.words.prices import start_sales

if TYPE_CHECKING:
    from kamsim.desktop.play import Play
    from kamsim.desktop.shell import Shell

STACK: Final = 860.0
SIDE_BY_SIDE: Final = 6
"""Customers up to which their names and the tabs share a line."""
MOVES: Final = (
    ("meet", "chat", "M"),
    ("read_room", "people", "L"),
    ("scan", "read", "R"),
    ("review_costs", "search", "C"),
    ("seek_executive", "door", "D"),
    ("offer_terms", "offer", "O"),
    ("set_discount", "price", "P"),
    ("set_rebate", "rebate", "B"),
    ("expedite", "truck", "X"),
)
"""Kinds of move as the page shows them: name, icon, key."""
TABS: Final = (("customer", "Customer"), ("money", "Money"), ("history", "History and notes"), ("timeline", "Timeline"))


class AccountPage(CustomerScreen):
    """A customer."""

    rail = "account"

    def __init__(self, app: Shell, account: str, tab: str = "customer") -> None:
        super().__init__(app)
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
        if self.app.config.place(log).get("account") != self.account:
            self.app.config.remember(log, account=self.account)

    def place(self) -> dict[str, Any]:
        return {"page": "account", "account": self.account, "tab": self.tab}

    def title(self) -> str:
        return self.play.cast.account(self.account)

    def subtitle(self) -> str:
        return self.play.cast.accounts[self.account].industry

    def _to(self, account: str) -> None:
        if account != self.account:
            self.app.replace(AccountPage(self.app, account, self.tab), keep=True)

    def _turn(self, tab: str) -> None:
        self.tab = tab
        self.app.message = ""
        self.app.stage.place_key = self.key()
        self.app.start_motion()
        self.app.changed()
        self.app.remember()

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
        first: list[Node] = [*just_now(self.play, self.account), self._waiting(), *with_them(self.app, self.account)]
        rest: list[Node] = [
            self._about(), *regions_card(self.app, self.account), self._people(), self._initiatives()
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

    def _waiting(self) -> Card:
        play, cast = self.play, self.play.cast
        rows: list[Node] = []
        for name in casework.moments(play, self.account):
            rows.append(
                Item(
                    name=f"waiting.{name}",
                    title=moment_place(cast, name),
                    text="Now, on the spot",
                    icon="clock",
                    tone="warn",
                    shortcut="N",
                    act=partial(self.app.open, "moment", moment=name),
                )
            )
        incident = play.incidents().get(self.account)
        if incident is not None:
            name, _ = incident_words(cast, self.account, incident)
            rows.append(
                Item(
                    name="waiting.incident",
                    title=name,
                    text="Put it right this quarter, or they will remember",
                    note="10 to 40 h",
                    icon="warn",
                    tone="warn",
                    shortcut="I",
                    act=lambda: self.app.open("incident", account=self.account),
                )
            )
        for name in play.requests(self.account):
            request = cast.requests[name]
            due = waiting.due_text(cast, request.due, play.quarter)
            rows.append(
                Item(
                    name=f"waiting.{name}",
                    title=request.title,
                    text=f"{waiting.asks(cast, name)}, {due}",
                    icon="chat",
                    tone="warn" if request.due <= play.quarter else "",
                    shortcut="A" if name == play.requests(self.account)[0] else "",
                    act=partial(self.app.open, "request", request=name),
                )
            )
        for name in talks.open_talks(play.seen):
            if cast.home[name] == self.account:
                rows.append(
                    Item(
                        name=f"waiting.{name}",
                        title=cast.talks[name].title,
                        text=capital(talks.until(cast, play.seen, name)),
                        note=talks.rounds_left(play.seen, name),
                        icon="offer",
                        shortcut="T",
                        act=partial(self.app.open, "talk", talk=name),
                    )
                )
        return Card(title="Waiting for an answer" if rows else "", children=rows)

    def _about(self) -> Card:
        play, cast, seen = self.play, self.play.cast, self.play.seen
        entry, row, now = cast.accounts[self.account], play.row(self.account), play.books(self.account)
        sales = play.money(start_sales(cast, seen, self.account))
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
                value=_trust(play, self.account),
                note=_felt_when(play, self.account),
                tip=tip("trust"),
            )
        )
        rhythm = RHYTHM_WORDS[play.rhythm(self.account)]
        terms = [rhythm, f"they pay after {seen.days[row, 0]:.0f} days"]
        if int(seen.level["pooled"][row, 0]):
            terms.append("fewer, larger deliveries")
        until = int(seen.contract_until[row, 0])
        if until >= seen.quarter:
            terms.append(f"signed until the end of {cast.quarter(until)}")
        if int(seen.offer[row, 0]):
            terms.append("an offer of yours is with them")
        terms += talks.running(cast, seen, self.account)
        texts: list[Node] = [Text(text=f"{capital('; '.join(terms))}.", style="ink")]
        attack = cast.attacked(self.account, play.quarter)
        if attack:
            texts.append(Text(text=f"{attack}.", style="warn"))
        own = known_of(play, self.account).get(entry.name, [])
        texts += [Text(text=f"{entry.name} {note}.") for note in own]
        note: list[Node] = []
        if play.quarter == 1:
            note = [
                Rule(),
                Text(text="Your predecessor's note", style="tiny"),
                Text(text=f"“{entry.brief}”", style="body"),
            ]
        return Card(children=[Row(children=shown, gap=18, stack=520), *texts, *note], gap=10)

    def _people(self) -> Card:
        play, cast, seen = self.play, self.play.cast, self.play.seen
        known = known_of(play, self.account)
        rows: list[Node] = []
        for number, person in enumerate(cast.accounts[self.account].people):
            row = seen.params.people.index(person.id)
            who = face(cast, person.id, stance(play, person.id))
            notes = known.get(cast.post(person.id), [])
            door = self._door(row) if person.level == "executive" else ""
            told = ". ".join(capital(note) for note in notes) + "." if notes else "Nothing known yet."
            if rows:
                rows.append(Rule())
            open_now = bool(seen.door_open[row, 0])
            shut = "" if open_now else self._not_yet(person.id)
            if shut:
                door = f"{door}. {shut}"
            button = Button(
                off=shut,
                name=f"meet.{person.id}",
                label="Meet" if open_now else "Ask to meet",
                kind="normal",
                span=0,
                icon="chat" if open_now else "door",
                shortcut=str(number + 1),
                act=partial(self.app.open, "meet" if open_now else "door", person=person.id),
            )
            text: list[Node] = [
                Text(text=cast.person(person.id), style="strong"),
                Text(text=person.role, style="small"),
            ]
            chips: list[Node] = [Chip(text=door, tone="good" if open_now else "plain", icon="door")] if door else []
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
                act=partial(self.app.open, "people", account=self.account),
            )
        )
        return Card(title="People", children=rows)

    def _not_yet(self, person: str) -> str:
        """Why an executive cannot be asked for a first meeting now, in a few words; '' where it is possible."""
        play = self.play
        options = [item for item in play.options("seek_executive", self.account) if item.args["person"] == person]
        return waiting.not_yet(play.cast, "seek_executive", options)

    def _door(self, row: int) -> str:
        cast, seen = self.play.cast, self.play.seen
        if bool(seen.door_open[row, 0]):
            until = int(seen.open_until[row, 0])
            return "Door open" if cast.over(until) else f"Door open until the end of {cast.quarter(until)}"
        if bool(seen.door_shut[row, 0]):
            again = int(seen.shut_until[row, 0]) + 1
            return "Door shut until the end" if cast.over(again) else f"Door shut until {cast.quarter(again)}"
        return "Door closed"

    def _initiatives(self) -> Card:
        play, cast, seen = self.play, self.play.cast, self.play.seen
        known = known_of(play, self.account)
        rows: list[Node] = []
        for row in seen.params.account_initiatives[play.row(self.account)]:
            initiative = cast.initiatives[seen.params.initiatives[row]]
            notes = known.get(initiative.name)
            if not notes:
                continue
            _, ages = seen.known("state", row)
            seen_it = ages[0] == ages[0]
            fresh = seen_it and ages[0] <= 1
            chip = Chip(
                text="fresh: build on it" if fresh else "too old to build on" if seen_it else "heard of",
                icon="clock",
                tone="good" if fresh else "plain",
            )
            if rows:
                rows.append(Rule())
            rows.append(Flow(children=[Text(text=initiative_named(cast, initiative.id), style="strong", span=0), chip]))
            rows.append(Text(text=". ".join(capital(note) for note in notes) + ".", style="ink"))
            if seen_it:
                rows.append(Text(text=f"{initiative.summary} {cast.person(initiative.owner)} runs it."))
        if not rows:
            rows.append(
                Text(text="You know of none. Meeting people about their results, or reading up on them, finds them.")
            )
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
        play = self.play
        rows: list[Node] = []
        for kind, icon, shortcut in MOVES:
            options = play.options(kind, self.account)
            off = play.hindrance(kind, self.account)
            low, high = waiting.hours_of(play.seen, kind, options)
            rows.append(
                Item(
                    name=f"do.{kind}",
                    title=waiting.SHORT_NAMES[kind],
                    text="" if off else waiting.MOVE_HELP[kind],
                    note="" if off else waiting.hours_text(low, high),
                    icon=icon,
                    shortcut=shortcut,
                    off=off,
                    act=partial(self._do_it, kind, off),
                )
            )
        rows[1:1] = case_items(self.app, self.account)
        return Card(title="What you can do", children=rows, gap=7)

    def _do_it(self, kind: str, off: str) -> None:
        play = self.play
        if off:
            options = play.options(kind, self.account)
            said = next((text for text in (play.refused(kind, option) for option in options) if text), f"{off}.")
            self.app.say(said)
            return
        pages: dict[str, Callable[[], None]] = {
            "meet": lambda: ask_whom(self.app, self.account),
            "seek_executive": lambda: self.app.open("door", account=self.account),
            "offer_terms": lambda: self.app.open("offer", account=self.account),
            "set_discount": lambda: self.app.open("price", account=self.account, kind="set_discount"),
            "set_rebate": lambda: self.app.open("price", account=self.account, kind="set_rebate"),
        }
        if kind in pages:
            pages[kind]()
            return
        told = play.do(kind, account=self.account)
        self.app.sounds.play("no" if told.refused else "done")
        if told.refused:
            self.app.say(" ".join(told.lines))
        self.app.stage.offsets[f"{self.key()}/body"] = 0.0

    def _pinned(self) -> list[Node]:
        pins = self.app.config.place(self.play.session.log_path).get("pins", [])
        own = [pin for pin in pins if isinstance(pin, list) and len(pin) == 2 and pin[0] == self.account]
        if not own:
            return []
        return [Card(title="Pinned", children=[Text(text=str(pin[1])) for pin in own], tone="soft", gap=6)]

    def actions(self) -> Sequence[Button]:
        return (Button(name="desk", label="To the desk", act=self.app.go_desk, icon="back", shortcut="Esc"),)

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


def _trust(play: Play, account: str) -> str:
    known = books.trust_known(play.seen, account)
    return "?" if known is None else f"{known[0] * 100:.0f} of 100"


def _felt_when(play: Play, account: str) -> str:
    known = books.trust_known(play.seen, account)
    return waiting.felt_when(None if known is None else known[1])
