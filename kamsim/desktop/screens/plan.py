"""Account plans: all of them in a list, and one on a page of its own, written in three parts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from kamsim.desktop.kit.buttons import Button, Item
from kamsim.desktop.kit.layout import Card, Column, Flow, Row
from kamsim.desktop.kit.node import Node
from kamsim.desktop.kit.words import Chip, Text
from kamsim.desktop.screens.asking import Asking, sure
from kamsim.desktop.screens.making import just_made
from kamsim.desktop.screens.people import brush, stance
from kamsim.desktop.shell import Screen
from kamsim.view import plan
from kamsim.view.menu.catalogue import MENU
from kamsim.view.portraits import face

if TYPE_CHECKING:
    from kamsim.desktop.shell import Shell
    from kamsim.view.plan import Written

STACK: Final = 900.0


def plans_card(page: Screen) -> list[Node]:
    """A row for each customer."""
    play = page.play
    rows: list[Node] = [Text(text=plan.HELP, style="small")]
    for account in play.accounts:
        first = play.cast.accounts[account].people[0].id
        who = face(play.cast, first, stance(play, first))
        rows.append(plan_item(page, account, play.cast.account(account), brush(who), who))
    return [*just_made(play, plan.KINDS), Card(children=rows, gap=8)]


def plan_item(page: Screen, account: str, title: str = plan.TITLE, picture: Any = None, draws: Any = ()) -> Item:
    """A row that leads to a customer's plan; in a list of all, with a ``picture``, it says what is done."""
    told = plan.listed if picture else plan.summary
    made = plan.written(page.play, account)
    warns = made is not None and made.status == "missed"
    return Item(
        name=f"plan.{account}", title=title, text=told(page.play, account), icon="" if picture else "plan",
        face=picture, draws=draws, tone="warn" if warns else "", act=partial(page.shell.open, "plan", account=account),
    )  # fmt: skip


def _page(parts: Sequence[tuple[str, str]]) -> list[Node]:
    """The three parts, each under its name."""
    return [node for name, text in parts for node in (Text(text=name, style="accent"), Text(text=text, style="quote"))]


class PlanPage(Screen):
    """The plan for a customer. Raises KeyError where there are no plans, or no such customer."""

    topic = "plans"
    rail = "own"

    def __init__(self, shell: Shell, account: str) -> None:
        super().__init__(shell)
        if account not in self.play.cast.accounts or not self.play.has("plans"):
            raise KeyError(account)
        self.account = account
        self.said = plan.start(self.play, account)
        self.asking = Asking(self.said.__setitem__, self.play.money)

    def key(self) -> str:
        return f"plan/{self.account}"

    def place(self) -> dict[str, Any]:
        return {"page": "plan", "account": self.account}

    def title(self) -> str:
        return f"{plan.TITLE}: {self.play.cast.account(self.account)}"

    def subtitle(self) -> str:
        return plan.summary(self.play, self.account)

    def body(self) -> Node:
        made = plan.written(self.play, self.account)
        left: list[Node] = [*just_made(self.play, plan.KINDS, self.account)]
        left += [self._written(made)] if made is not None else []
        left += [self._writing()] if made is None or made.parts != plan.preview(self.play, self.said) else []
        left.append(Card(children=[Text(text=plan.HELP, style="ink"), Text(text=plan.SHARE_HELP)], tone="soft", gap=6))
        form: list[Node] = [self._part(title, questions) for title, questions in
                            plan.questions(self.play, self.account, self.said)]  # fmt: skip
        sides = [Column(children=left, gap=14), Column(children=form, gap=14, span=480)]
        return Row(children=sides, stack=STACK, align="top")

    def _part(self, title: str, questions: Sequence[Any]) -> Card:
        return Card(title=title, children=[node for one in questions for node in self.asking.controls(one)], gap=10)

    def _written(self, made: Written) -> Card:
        words, tone, icon = plan.STATUS_CHIPS[made.status]
        rows: list[Node] = [Flow(children=[Chip(text=words, tone=tone, icon=icon)])]
        rows += _page(made.parts)
        return Card(title="As it is written", children=[*rows, Text(text=made.line)], gap=6)

    def _writing(self) -> Card:
        """The page as the answers beside it would have it, and why it cannot be written so."""
        off = plan.why_not(self.play, self.account, self.said)
        rows = [*_page(plan.preview(self.play, self.said)), *([Text(text=off, style="warn")] if off else [])]
        return Card(title=plan.WRITING, children=rows, gap=6)

    def actions(self) -> Sequence[Button]:
        play, account = self.play, self.account
        off = plan.why_not(play, account, self.said)
        hours = play.takes("write_plan", **plan.arguments(account, self.said)) if not off else 0.0
        buttons = [Button(name="back", label="Back", act=self.back, kind="quiet", icon="back", shortcut="Esc")]
        made = plan.written(play, account)
        if plan.may_share(play, account):
            shared = play.why_not("share_plan", account=account)
            takes = play.takes("share_plan", account=account)
            buttons.append(
                Button(name="share", label=f"{MENU['share_plan'].name}, {takes:.0f} h", act=self._share, off=shared)
            )
        takes_hours = f", {hours:.0f} h" if hours else ""
        buttons.append(
            Button(name="write", label=f"{'Write it' if made is None else 'Write it anew'}{takes_hours}",
                   act=self._write, off=off, kind="primary" if made is None else "normal", shortcut="Ctrl Enter")
        )  # fmt: skip
        return buttons

    def _write(self) -> None:
        self._make("write_plan", plan.arguments(self.account, self.said))

    def _share(self) -> None:
        sure(self.shell, "Show it to them?", plan.SHARE_HELP, "Show it", self._shown)

    def _shown(self) -> None:
        self._make("share_plan", {"account": self.account})

    def _make(self, kind: str, args: dict[str, Any]) -> None:
        told = self.play.do(kind, **args)
        self.shell.sounds.play("no" if told.refused else "done")
        if told.refused:
            self.shell.say(" ".join(told.lines))
        self.shell.stage.offsets[f"{self.key()}/body"] = 0.0
        self.shell.changed()
