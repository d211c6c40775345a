"""A business case that lies open on the desktop: what it holds and what is done with it, without a picture of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kamsim.desktop.screens.asking import Asking
from kamsim.desktop.shell import Screen
from kamsim.view.case import bringing
from kamsim.view.case.form import SLOTS, Form
from kamsim.view.menu.catalogue import hours_of

if TYPE_CHECKING:
    from kamsim.desktop.shell import Shell
    from kamsim.engine.preview import Preview
    from kamsim.view.case.working import Working

REST: Final = 0.22
"""Seconds after which a page that nobody touches is worked out finely."""
AUDIENCES: Final = ("customer", "desk")


class CaseScreen(Screen):
    """One case, for a customer or for our own desk."""

    rail = "cases"
    topic = "case"

    def __init__(
        self,
        shell: Shell,
        account: str,
        audience: str = "customer",
        slot: str = "whom",
        left: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(shell)
        if account not in self.play.cast.accounts or audience not in AUDIENCES or slot not in SLOTS:
            raise KeyError(account)
        self.account, self.audience, self.slot = account, audience, slot
        if left is not None:
            self.play.cases.restore(account, audience, left)
        self.form = Form(self.play.session, self.play.cast, self.play.cases.open(account, audience))
        self._version = self.play.version
        self.asking = Asking(self.answer, self.play.money)
        self.view = "added"
        self._touched = shell.clock()
        self.form.moves(True)

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
        if self._touched < 0 or self.shell.clock() - self._touched < REST:
            return False
        self._touched = -1.0
        self.form.moves(False)
        self.shell.remember()
        return True

    def touched(self) -> None:
        """Something on the page has changed."""
        self._touched = self.shell.clock()
        self.form.moves(True)
        self.shell.changed()

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
        self.shell.changed()

    def take(self, work: Working) -> None:
        """Go on with another page."""
        self.form.work = self.play.cases.take(work)
        self.touched()

    def choose(self, slot: str) -> None:
        """Open the controls of a sentence, and go to them."""
        self.slot = slot
        self.shell.changed()
        self.shell.rebuild()
        self.shell.changed()
        first = next((question.name for question in self.form.part(slot).questions), "")
        self.shell.stage.set_focus(first, by_keys=False)

    def examples(self) -> None:
        """Worked cases."""
        self.shell.open("examples")

    def read_room(self) -> None:
        """Ask around how they stand."""
        told = self.play.do("read_room", account=self.account)
        self.shell.sounds.play("no" if told.refused else "done")
        self.work.refresh(self.play.seen)
        self.shell.say(" ".join(told.lines))

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

    def back(self) -> None:
        self.shell.go_account(self.account)
