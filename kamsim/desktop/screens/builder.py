"""The builder of business cases: a page already written, its controls beside it, its figures live."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from kamsim.desktop.kit.buttons import Button
from kamsim.desktop.kit.layout import Card, Column, Row
from kamsim.desktop.kit.node import Act, Metrics, Node
from kamsim.desktop.kit.sentence import Sentence
from kamsim.desktop.screens import builder_figures, builder_papers
from kamsim.desktop.screens.builder_case import CaseScreen
from kamsim.view.case import bringing
from kamsim.view.case.form import SLOTS
from kamsim.view.case.outcome import outcome, signers
from kamsim.view.gym.practising import SHORT, kind_of

if TYPE_CHECKING:
    from kamsim.desktop.shell import Shell

ROOMY: Final = 1000.0
"""Logical pixels from which on the foot has room for everything."""
SIDE_BY_SIDE: Final = 1000.0
"""Logical pixels of the page from which on its figures stand beside it."""
FRAME: Final = 154.0
"""What rail, top and foot leave of a window's height to the page, taken off it."""


class CasePage(CaseScreen):
    """The page as it is drawn."""

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
        return Row(
            children=[left, Column(children=figures, gap=14, span=0.455)], gap=14, stack=SIDE_BY_SIDE, align="top"
        )

    def subtitle(self) -> str:
        """Where there is no room for its figures beside the page, what it comes to."""
        if not self.narrow(SIDE_BY_SIDE):
            return super().subtitle()
        told = outcome(self.play.cast, self.play.seen, self.work, self.made)
        return f"Worth to us {told.us}. {told.other_label}: {told.other}."

    def _page(self) -> Card:
        rows = []
        for number, (slot, text) in enumerate(self.form.texts().items(), 1):
            said = str(number), text, self.form.footing.get(slot), slot == self.slot
            rows.append(self.form.kept(("sentence", slot), said, partial(self._sentence, slot, *said)))
        return Card(children=rows, gap=2, pad=10, down=10)

    def _sentence(self, slot: str, number: str, text: str, footing: tuple[str, str] | None, chosen: bool) -> Sentence:
        return Sentence(
            name=f"slot.{slot}",
            number=number,
            label=SLOTS[slot],
            text=text,
            footing=footing,
            chosen=chosen,
            act=lambda: self.choose(slot),
            shortcut=number,
        )

    def _controls(self) -> Card:
        return Card(title=SLOTS[self.slot], children=self.asking.part(self.form.part(self.slot)), gap=11)

    def _figures(self, room: float, *, big: bool) -> list[Node]:
        """Outcome, futures, lines; the futures as high as there is room for."""
        told = [*builder_figures.comments_card(self), *builder_figures.warning_card(self)]
        told.append(builder_figures.outcome_card(self))
        lines = builder_figures.bridge_card(self)
        metrics = Metrics(self.shell.stage.scale)
        used = sum(card.height(metrics, 500.0) + 14 for card in (*told, lines)) + 60
        least, most = builder_figures.FAN
        high = max(least, min(most, room - used)) if big else 240.0
        return [*told, builder_figures.futures_card(self, round(high)), lines]

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
            Button(
                name="compare", label="Compare", act=lambda: builder_papers.compare(self), kind="quiet", shortcut="C"
            ),
            Button(name="print", label="Print", act=lambda: builder_papers.printed(self), kind="quiet", shortcut="P"),
            Button(name="examples", label="Examples", act=self.examples, kind="quiet", shortcut="E"),
            Button(name="practise", label=SHORT, act=self.practise, kind="quiet", shortcut="T"),
        ]

    def _compare(self) -> None:
        builder_papers.compare(self)

    def practise(self) -> None:
        """A drill of this kind first; the page stays as it is."""
        self.shell.open("practise", kind=kind_of(self.work))

    def more(self) -> None:
        """What the foot has no room for."""
        builder_papers.more(self)

    def hints(self) -> Sequence[tuple[str, str]]:
        return (("1 … 8", "sentence"), ("← →", "change"), ("Tab", "next"), ("Esc", "account"))


def barred(shell: Shell, account: str, audience: str) -> str:
    """Why the builder cannot be opened, in a sentence; '' where it can."""
    play = shell.play
    assert play is not None
    if play.lying(account, audience) is not None:
        return ""
    return bringing.barred(play.cast, play.seen, account, audience)


def open_case(shell: Shell, audience: str, account: str = "") -> None:
    """Open the page for a customer, or our desk, of the account on screen or seen last; or say why there is none."""
    play = shell.play
    if play is None or play.session.finished or not shell.leaving_allowed():
        return
    last = shell.config.place(play.session.log_path).get("account", "")
    known = play.cast.accounts
    wanted = account or shell.screen.account or last
    chosen = str(wanted) if wanted in known else next(iter(known))
    said = barred(shell, chosen, audience)
    if said:
        shell.say(said)
        return
    lying = play.lying(chosen, audience)
    if lying is not None and lying.conditional:
        shell.open("letter", account=chosen, audience=audience)
        return
    page = CasePage(shell, chosen, audience)
    if isinstance(shell.screen, CasePage):
        shell.replace(page)
    else:
        shell.show(page)
