"""The builder of business cases: a page already written, its controls beside it, its figures live."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from kamsim.desktop.kit.buttons import Button
from kamsim.desktop.kit.layout import Card, Column, Row
from kamsim.desktop.kit.node import Act, Metrics, Node
from kamsim.desktop.kit.sentence import Sentence
from kamsim.desktop.screens import builder_figures, builder_papers
from kamsim.desktop.screens.asking import Asking
from kamsim.desktop.shell import Screen
from kamsim.view.case import bringing
from kamsim.view.case.form import SLOTS, Form
from kamsim.view.case.outcome import signers
from kamsim.view.menu.catalogue import hours_of

if TYPE_CHECKING:
    from kamsim.desktop.shell import Shell
    from kamsim.engine.preview import Preview
    from kamsim.view.case.working import Working

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
        if account not in self.play.cast.accounts or audience not in AUDIENCES or slot not in SLOTS:
            raise KeyError(account)
        self.account, self.audience, self.slot = account, audience, slot
        if left is not None:
            self.play.cases.restore(account, audience, left)
        self.form = Form(self.play.session, self.play.cast, self.play.cases.open(account, audience))
        self._version = self.play.version
        self.asking = Asking(self.answer, self.play.money)
        self.view = "added"
        self._touched = -1.0

    # --- the page and its figures -------------------------------------------------------------------------------

    @property
    def work(self) -> Working:
        """The page."""
        return self.form.work

    @property
    def made(self) -> Preview:
        """What the page comes to: quickly while a lever moves, finely at rest."""
        return self.form.made

    @property
    def room_hours(self) -> float:
        """What reading the room takes."""
        options = self.play.options("read_room", self.account)
        return hours_of(self.play.seen, "read_room", options)[1]

    def tick(self) -> bool:
        """Work it out finely once it rests."""
        if self._touched < 0 or self.app.clock() - self._touched < REST:
            return False
        self._touched = -1.0
        self.form.moves(False)
        self.app.remember()
        return True

    def touched(self) -> None:
        """Something on the page has changed."""
        self._touched = self.app.clock()
        self.form.moves(True)
        self.app.changed()

    def answer(self, name: str, value: Any) -> None:
        """Answer a question of the page."""
        self.form.answer(name, value)
        self.touched()

    def begin_again(self) -> None:
        """The page as it opened."""
        self.form.work = self.play.cases.again(self.work)
        self.touched()

    def turn(self, view: str) -> None:
        """Show the futures another way."""
        self.view = view
        self.app.changed()

    def take(self, work: Working) -> None:
        """Go on with another page."""
        self.form.work = self.play.cases.take(work)
        self.touched()

    # --- what is shown ------------------------------------------------------------------------------------------

    def key(self) -> str:
        return f"case/{self.audience}/{self.account}"

    def place(self) -> dict[str, Any]:
        where = {"page": "case", "account": self.account, "audience": self.audience, "slot": self.slot}
        return {**where, "left": self.play.cases.left(self.work)}

    def title(self) -> str:
        return self.form.title

    def subtitle(self) -> str:
        if self.work.recut:
            return bringing.lies_line(self.play.cast, self.play.seen, self.account, self.audience)
        return "Seven sentences and a paper: choose one to change it"

    def note(self) -> None:
        """Take up what changed while the page was not on top."""
        self.form.work = self.play.cases.open(self.account, self.audience)

    def first(self) -> str:
        return f"slot.{self.slot}"

    def body(self) -> Node:
        if self._version != self.play.version:
            self._version = self.play.version
            self.note()
        wide, high = self.room()
        signing = tuple(sorted(signers(self.play.cast, self.made, self.work.page)))
        readers = self.form.kept("readers", signing, lambda: builder_figures.readers_card(self, signing))
        beside = Column(children=[self._controls(), readers], gap=14, span=0.5)
        page = Column(children=[self._page()], gap=14, span=0.5)
        left = Row(children=[page, beside], gap=14, stack=560, span=0.545, align="top")
        figures = self._figures(high - FRAME, big=wide >= 1100)
        return Row(children=[left, Column(children=figures, gap=14, span=0.455)], gap=14, stack=1000, align="top")

    def _page(self) -> Card:
        feet = self.form.footing
        rows: list[Node] = []
        for number, (slot, text) in enumerate(self.form.texts().items(), 1):
            rows.append(
                Sentence(
                    name=f"slot.{slot}",
                    number=str(number),
                    label=SLOTS[slot],
                    text=text,
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
        first = next((question.name for question in self.form.part(slot).questions), "")
        self.app.stage.set_focus(first, by_keys=False)

    def _controls(self) -> Card:
        return Card(title=SLOTS[self.slot], children=self.asking.part(self.form.part(self.slot)), gap=11)

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
        return self._tools(self.form.hours)

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
                label=f"{bringing.VERBS[work.kind]}, {hours:.0f} h",
                act=lambda: builder_papers.present(self),
                kind="primary",
                shortcut="Ctrl Enter",
                off=self.form.refused,
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
    if play.lying(account, audience) is not None:
        return ""
    return bringing.barred(play.cast, play.seen, account, audience)


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
    lying = play.lying(chosen, audience)
    if lying is not None and lying.conditional:
        app.open("letter", account=chosen, audience=audience)
        return
    page = CasePage(app, chosen, audience)
    if isinstance(app.screen, CasePage):
        app.replace(page)
    else:
        app.show(page)
