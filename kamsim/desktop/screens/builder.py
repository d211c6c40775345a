"""The builder of business cases: a page already written, its controls beside it, its figures live."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from kamsim.desktop.kit.buttons import Button, Item
from kamsim.desktop.kit.layout import Card, Column, Row
from kamsim.desktop.kit.node import Act, Metrics, Node
from kamsim.desktop.kit.sentence import Sentence
from kamsim.desktop.screens import builder_figures, builder_papers, builder_slots
from kamsim.desktop.shell import Screen
from kamsim.engine.page import CONDITIONAL, PENDING
from kamsim.engine.preview import AT_REST, DRAGGING
from kamsim.errors import KamsimError
from kamsim.game.events import cases
from kamsim.view.case import edges as case_edges
from kamsim.view.case import form
from kamsim.view.case.sentences import paper
from kamsim.view.case.working import Working, carried_on, opening
from kamsim.view.words import waiting

if TYPE_CHECKING:
    from kamsim.desktop.shell import Shell
    from kamsim.engine.preview import Preview

ROOMY: Final = 1000.0
"""Logical pixels from which on the foot has room for everything."""
REST: Final = 0.22
"""Seconds after which a page that nobody touches is worked out finely."""
AUDIENCES: Final = ("customer", "desk")
FRAME: Final = 154.0
"""What rail, top and foot leave of a window's height to the page, taken off it."""


class CasePage(Screen):
    """One page, for a customer or for our own desk."""

    rail = "cases"
    topic = "case"

    def __init__(
        self,
        app: Shell,
        account: str,
        audience: str = "customer",
        slot: str = "whom",
        left: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(app)
        if account not in self.play.cast.accounts or audience not in AUDIENCES or slot not in form.SLOTS:
            raise KeyError(account)
        self.account, self.audience, self.slot = account, audience, slot
        if left is not None:
            self._restore(left)
        self.work = self._taken()
        self._version = self.play.version
        self.view = "added"
        self._touched = -1.0
        self._lanes = AT_REST
        self._made: tuple[Any, Preview] | None = None
        self._edges: tuple[Any, case_edges.Edges] | None = None
        self._measures: tuple[Any, list[form.Choice]] | None = None
        self._held: dict[str, tuple[Any, Any]] = {}

    # --- the page and its figures -------------------------------------------------------------------------------

    def _taken(self) -> Working:
        """The page that lies with them, the one left open, or one as it opens."""
        play, key = self.play, (self.account, self.audience)
        seen, params = play.seen, play.session.params
        place = cases.place_of(params, *key)
        lies = int(seen.case_stage[place, 0]) == PENDING
        held = play.pages.get((*key, lies))
        if play.sent.get(key, play.quarter) < play.quarter:
            held = None
        if held is not None:
            held.refresh(seen)
            return held
        if lies:
            page = cases.named_page(params, play.row(self.account), seen.case_page[:, place, 0])
            made = carried_on(seen, *key, page, recut=True)
        else:
            made = opening(seen, *key)
        play.pages[*key, lies] = made
        return made

    def _restore(self, left: dict[str, Any]) -> None:
        """Take up a page as it was left before a pause, if it still makes sense."""
        play, key = self.play, (self.account, self.audience)
        if (*key, bool(left["recut"])) in play.pages or left.get("quarter") != play.quarter:
            return
        made = Working(*key, dict(left["page"]), bool(left["recut"]), str(left["tone"]), str(left["harm"]))
        try:
            made.preview(play.session, lanes=DRAGGING)
        except KamsimError:
            return
        play.pages[*key, made.recut] = made

    def _now(self, *leave: str) -> Any:
        page = self.work.page
        return self.play.version, tuple((name, page[name]) for name in page if name not in leave)

    @property
    def made(self) -> Preview:
        """What the page comes to: quickly while a lever moves, finely at rest."""
        key = (self._lanes, self._now())
        if self._made is None or self._made[0] != key:
            self._made = key, self.work.preview(self.play.session, lanes=self._lanes)
        return self._made[1]

    def edges(self) -> case_edges.Edges:
        """Where the price changes its meaning, all else as it is."""
        key = self._now("price", "claim", "inaction_value")
        if self._edges is None or self._edges[0] != key:
            self._edges = key, case_edges.price_edges(self.play.seen, self.account, self.audience, self.work.page)
        return self._edges[1]

    def measures(self) -> list[form.Choice]:
        """What could be promised."""
        key = self._now("claim", "width", "due", "inaction_value")
        if self._measures is None or self._measures[0] != key:
            self._measures = key, form.measures(self.play.cast, self.play.seen, self.work)
        return self._measures[1]

    def _kept(self, name: str, key: Any, make: Callable[[], Any]) -> Any:
        """Something that depends on no more than its key."""
        if name not in self._held or self._held[name][0] != key:
            self._held[name] = key, make()
        return self._held[name][1]

    @property
    def refused(self) -> str:
        """Why the page could not be brought as it is; '' where it can."""
        said: str = self._kept("refused", self._now(), lambda: form.refused(self.play.cast, self.play.seen, self.work))
        return said

    @property
    def room_hours(self) -> float:
        """What reading the room takes."""
        options = self.play.options("read_room", self.account)
        return waiting.hours_of(self.play.seen, "read_room", options)[1]

    def tick(self) -> bool:
        """Work it out finely once it rests."""
        if self._touched < 0 or self.app.clock() - self._touched < REST:
            return False
        self._touched, self._lanes = -1.0, AT_REST
        self.app.remember()
        return True

    def touched(self) -> None:
        """Something on the page has changed."""
        self._touched, self._lanes = self.app.clock(), DRAGGING
        self.app.changed()

    def set(self, **values: Any) -> None:
        """Say something else in some fields."""
        self.work.change(self.play.seen, **values)
        self.touched()

    def tone(self, tone: str) -> None:
        """Claim more cautiously or boldly."""
        self.work.tone = tone
        self.set()

    def harm(self, tone: str) -> None:
        """Tell the cost of doing nothing more cautiously or boldly."""
        self.work.inaction_tone = tone
        self.set()

    def begin_again(self) -> None:
        """The page as it opened."""
        self.play.pages.pop((self.account, self.audience, self.work.recut), None)
        self.take(self._taken())

    def turn(self, view: str) -> None:
        """Show the futures another way."""
        self.view = view
        self.app.changed()

    def take(self, work: Working) -> None:
        """Go on with another page."""
        self.work = self.play.pages[self.account, self.audience, work.recut] = work
        self.touched()

    # --- what is shown ------------------------------------------------------------------------------------------

    def key(self) -> str:
        return f"case/{self.audience}/{self.account}"

    def place(self) -> dict[str, Any]:
        work = self.work
        left = {"quarter": self.play.quarter, "page": dict(work.page), "recut": work.recut, "tone": work.tone}
        left["harm"] = work.inaction_tone
        where = {"page": "case", "account": self.account, "audience": self.audience, "slot": self.slot}
        return {**where, "left": left}

    def title(self) -> str:
        return form.title(self.play.cast, self.account, self.audience, recut=self.work.recut)

    def subtitle(self) -> str:
        if self.work.recut:
            return form.lies_line(self.play.cast, self.play.seen, self.account, self.audience)
        return "Seven sentences and a paper: choose one to change it"

    def note(self) -> None:
        """Take up what changed while the page was not on top."""
        self.work = self._taken()

    def first(self) -> str:
        return f"slot.{self.slot}"

    def body(self) -> Node:
        if self._version != self.play.version:
            self._version, self.work = self.play.version, self._taken()
        wide, high = self.room()
        made = self.made
        signing = tuple(sorted(form.signers(self.play.cast, made, self.work.page)))
        readers = self._kept(
            "readers", (self.play.version, signing), lambda: builder_figures.readers_card(self, signing)
        )
        beside = Column(children=[self._controls(), readers], gap=14, span=0.5)
        page = Column(children=[self._page()], gap=14, span=0.5)
        left = Row(children=[page, beside], gap=14, stack=560, span=0.545, align="top")
        figures = self._figures(high - FRAME, big=wide >= 1100)
        return Row(children=[left, Column(children=figures, gap=14, span=0.455)], gap=14, stack=1000, align="top")

    def _page(self) -> Card:
        play = self.play
        texts = self.work.sentences(play.cast, play.seen)
        texts["paper"] = paper(self.work.page)
        said = self.work.page
        rests = (play.version, *(said.get(name) for name in ("initiative", "proof", "alternative")))
        feet = self._kept("feet", rests, lambda: form.footing(play.seen, self.work))
        rows: list[Node] = []
        for number, (slot, label) in enumerate(form.SLOTS.items(), 1):
            rows.append(
                Sentence(
                    name=f"slot.{slot}",
                    number=str(number),
                    label=label,
                    text=texts[slot],
                    footing=feet.get(slot),
                    chosen=slot == self.slot,
                    act=lambda slot=slot: self.choose(slot),  # type: ignore[misc]
                    shortcut=str(number),
                )
            )
        return Card(children=rows, gap=2, pad=10, down=10)

    def choose(self, slot: str) -> None:
        """Open the controls of a sentence, and go to them."""
        self.slot = slot
        self.app.changed()
        self.app.rebuild()
        self.app.changed()
        self.app.stage.set_focus(builder_slots.FIRST[slot], by_keys=False)

    def _controls(self) -> Card:
        return Card(title=form.SLOTS[self.slot], children=builder_slots.controls(self), gap=11)

    def _figures(self, room: float, *, big: bool) -> list[Node]:
        """Outcome, futures, lines; the futures as high as there is room for."""
        outcome, lines = builder_figures.outcome_card(self), builder_figures.bridge_card(self)
        warning = builder_figures.warning_card(self)
        metrics = Metrics(self.app.stage.scale)
        wide = 500.0
        used = sum(card.height(metrics, wide) + 14 for card in (*warning, outcome, lines)) + 60
        least, most = builder_figures.FAN
        high = max(least, min(most, room - used)) if big else 240.0
        return [*warning, outcome, builder_figures.futures_card(self, round(high)), lines]

    def actions(self) -> Sequence[Button]:
        return self._tools(form.hours(self.play.seen, self.work))

    def _tools(self, hours: float) -> Sequence[Button]:
        """Everything that can be done with the page; behind one button what there is no room for."""
        work = self.work
        more: Sequence[Button] = self._more_tools()
        if self._small():
            more = [Button(name="more", label="More", act=self.more, kind="quiet", shortcut="M")]
        return [
            Button(name="coach", label="Coach", act=lambda: builder_papers.coach(self), kind="quiet", shortcut="A"),
            *more,
            Button(
                name="present",
                label=f"{form.VERBS[work.kind]}, {hours:.0f} h",
                act=lambda: builder_papers.present(self),
                kind="primary",
                shortcut="Ctrl Enter",
                off=self.refused,
            ),
        ]

    def _small(self) -> bool:
        return self.room()[0] < ROOMY

    def keys(self) -> dict[str, Act]:
        if not self._small():
            return {}
        return {tool.shortcut: tool.act for tool in self._more_tools() if tool.act is not None}

    def _more_tools(self) -> Sequence[Button]:
        return [
            Button(name="drafts", label="Drafts", act=lambda: builder_papers.drafts(self), kind="quiet", shortcut="D"),
            Button(name="compare", label="Compare", act=self.compare, kind="quiet", shortcut="C"),
            Button(name="print", label="Print", act=lambda: builder_papers.printed(self), kind="quiet", shortcut="P"),
            Button(name="examples", label="Examples", act=self.examples, kind="quiet", shortcut="E"),
        ]

    def more(self) -> None:
        """What the foot has no room for."""
        builder_papers.more(self)

    def hints(self) -> Sequence[tuple[str, str]]:
        return (("1 … 8", "sentence"), ("← →", "change"), ("Tab", "next"), ("Esc", "account"))

    def back(self) -> None:
        self.app.go_account(self.account)

    # --- what can be done ---------------------------------------------------------------------------------------

    def compare(self) -> None:
        """Beside drafts, doing nothing and walking away."""
        self.app.show(builder_papers.ComparePage(self.app, self.account, self.audience, self.work))

    def examples(self) -> None:
        """Worked cases."""
        self.app.open("examples")

    def read_room(self) -> None:
        """Ask around how they stand."""
        told = self.play.do("read_room", account=self.account)
        self.app.sounds.play("no" if told.refused else "done")
        self.work.refresh(self.play.seen)
        self.app.say(" ".join(told.lines))


def barred(app: Shell, account: str, audience: str) -> str:
    """Why the builder cannot be opened, in a sentence; '' where it can."""
    play = app.play
    assert play is not None
    stage = int(play.seen.case_stage[cases.place_of(play.session.params, account, audience), 0])
    if stage in (PENDING, CONDITIONAL):
        return ""
    return form.barred(play.cast, play.seen, account, audience)


def case_items(app: Shell, account: str) -> list[Node]:
    """Both pages as rows of an account's list of moves; locked ones say why when they are pressed."""
    play = app.play
    assert play is not None
    made: list[Node] = []
    for audience, icon, shortcut in (("customer", "case", "W"), ("desk", "stamp", "K")):
        told = form.entry(play.cast, play.seen, account, audience)
        made.append(
            Item(
                name=f"do.{audience}_case",
                title=told.title,
                text=told.text,
                note=told.note,
                icon=icon,
                shortcut=shortcut,
                off=told.off,
                act=partial(open_case, app, audience, account),
            )
        )
    return made


def open_case(app: Shell, audience: str, account: str = "") -> None:
    """Open the page for a customer, or our desk, of the account on screen or seen last; or say why there is none."""
    play = app.play
    if play is None or play.session.finished or not app.leaving_allowed():
        return
    last = app.config.place(play.session.log_path).get("account", "")
    known = play.cast.accounts
    wanted = account or getattr(app.screen, "account", "") or last
    chosen = str(wanted) if wanted in known else next(iter(known))
    said = barred(app, chosen, audience)
    if said:
        app.say(said)
        return
    place = cases.place_of(play.session.params, chosen, audience)
    if int(play.seen.case_stage[place, 0]) == CONDITIONAL:
        app.open("letter", account=chosen, audience=audience)
        return
    page = CasePage(app, chosen, audience)
    if isinstance(app.screen, CasePage):
        app.replace(page)
    else:
        app.show(page)
