"""Letters: what a buying centre or our own desk said to a case, and a page for a "yes, if" that waits."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from kamsim.desktop.kit.buttons import Button, Item
from kamsim.desktop.kit.layout import Card, Column, Row
from kamsim.desktop.kit.node import Node
from kamsim.desktop.kit.words import Chip, Facts, Rule, Text
from kamsim.desktop.screens.bearing import decided
from kamsim.desktop.screens.just_now import told_nodes
from kamsim.desktop.screens.people import brush, speech
from kamsim.desktop.shell import Screen
from kamsim.letters import curled
from kamsim.view import open_cases
from kamsim.view.case import bringing
from kamsim.view.case.sentences import CASE_SLOTS, sentences
from kamsim.view.portraits import approver_face, face
from kamsim.view.table import Response, unquoted
from kamsim.view.words import letters, news
from kamsim.view.words.promises import calendar

if TYPE_CHECKING:
    from kamsim.desktop.shell import Shell
    from kamsim.desktop.table import WindowTable
    from kamsim.game.events.cases import CaseAnswered
    from kamsim.look.faces import Face

MOODS: Final = {"approved": 0.85, "conditional": 0.4, "returned": -0.2, "rejected": -0.8, "delayed": -0.1,
                "stopped": -0.6, "lapsed": -0.2}  # fmt: skip


def writer(play: WindowTable, event: CaseAnswered) -> tuple[Face, str, str]:
    """Who wrote a letter: portrait, name, role."""
    cast = play.cast
    name, mood = event.speaker, MOODS[event.outcome]
    if event.audience == "desk" and name in cast.approvers:
        item = cast.approvers[name]
        return approver_face(cast, name, mood), item.name, item.role
    if name in cast.people:
        return face(cast, name, mood), cast.person(name), cast.people[name].role
    account = event.account
    return face(cast, cast.accounts[account].people[0].id, mood), cast.account(account), ""


def letter_rows(
    play: WindowTable, event: CaseAnswered, quarter: int, size: float = 72.0, *, head: bool = True, means: bool = True
) -> list[Node]:
    """A letter: the outcome in words, the writer's own words, what cost it most, what it means; its ``head`` line and
    what it ``means`` may be left out."""
    cast = play.cast
    words, tone, icon = letters.OUTCOME_CHIPS[event.outcome]
    lines = news.body(cast, event, quarter)
    who, name, role = writer(play, event)
    title: list[Node] = [Text(text=news.headline(cast, event), style="title")] if head else []
    rows: list[Node] = [
        Chip(text=words, tone=tone, icon=icon),
        *title,
        speech(who, name, role, curled(unquoted(lines[0])), size=size),
    ]
    cost = letters.cost_most(event.plain())
    if cost:
        rows += [Rule(), _under(letters.COST_IT, [cost])]
    if means and lines[1:]:
        rows += [Rule(), _under(letters.MEANS, lines[1:])]
    return rows


def _under(head: str, lines: Sequence[str]) -> Column:
    """Some lines under a small head."""
    return Column(children=[Text(text=head, style="tiny"), *[Text(text=text, style="ink") for text in lines]], gap=4)


class LetterPage(Screen):
    """The latest letter about an account; where it says "yes, if", accept it or leave it."""

    rail = "account"
    topic = "letter"

    def __init__(self, shell: Shell, account: str, audience: str) -> None:
        super().__init__(shell)
        self.account, self.audience = account, audience
        found = open_cases.letters(self.play.session.events, account, audience)
        if account not in self.play.cast.accounts or not found:
            raise KeyError(account)
        self.written, self.event = found[0]
        self.told: Response | None = None

    def _item(self) -> open_cases.Lying | None:
        """The "yes, if" that still waits."""
        item = open_cases.lying(self.play.seen, self.account, self.audience)
        return item if item is not None and item.conditional else None

    def key(self) -> str:
        return f"letter/{self.account}/{self.audience}/{self.told is not None}"

    def place(self) -> dict[str, Any] | None:
        return {"page": "letter", "account": self.account, "audience": self.audience} if self.told is None else None

    def title(self) -> str:
        return letters.letter_title(self.play.cast, self.event.plain())

    def subtitle(self) -> str:
        return self.play.cast.quarter(self.written)

    def body(self) -> Node:
        item = self._item()
        left: list[Node] = [
            Card(
                children=letter_rows(
                    self.play,
                    self.event,
                    self.written,
                    96,
                    head=False,
                    means=self.event.outcome != "conditional",
                ),
                gap=11,
            )
        ]
        right: list[Node] = []
        if self.told is not None:
            right.append(Card(children=told_nodes(self.play, self.told), tone="soft"))
        elif item is not None:
            right += [self._condition(item), self._page(item.page)]
        else:
            right.append(self._page(self.event.page))
        return decided(self, self.account, left, right, 860)

    def _condition(self, item: open_cases.Lying) -> Card:
        cast = self.play.cast
        rows: list[Node] = [
            Text(text=letters.CHANGES, style="tiny"),
            *[Text(text=text, style="strong") for text in letters.condition_rows(cast, item)],
            Rule(),
            Text(text=letters.condition_text(cast, item, self.play.quarter), style="ink"),
            Text(text=letters.held_to(cast, item.page)),
        ]
        return Card(title=letters.ACCEPT_OR_LEAVE, children=rows, tone="card", gap=8)

    def _page(self, page: dict[str, Any]) -> Card:
        """What was on the page."""
        said = sentences(self.play.cast, self.play.seen, self.account, self.audience, page)
        names = ("give", "get", "worth")
        rows: list[Node] = []
        for name in names:
            if rows:
                rows.append(Rule())
            rows += [Text(text=CASE_SLOTS[name], style="tiny"), Text(text=said[name], style="ink")]
        return Card(title=letters.ON_THE_PAGE, children=rows, gap=6)

    def actions(self) -> Sequence[Button]:
        leave = Button(name="back", label="Back", act=self.back, icon="back", shortcut="Esc")
        if self._item() is None:
            done = self.told is not None
            label = "To the desk" if done else "Back"
            again = self._again()
            if again is not None:
                return (leave, again)
            return (
                Button(
                    name="back",
                    label=label,
                    act=self.shell.go_desk if done else self.back,
                    icon="back",
                    kind="primary",
                    shortcut="Enter" if done else "Esc",
                ),
            )
        return (
            Button(name="back", label="Leave it for now", act=leave.act, icon="back", shortcut="Esc"),
            Button(name="accept", label="Accept it", act=self.accept, icon="check", kind="primary", shortcut="Enter"),
        )

    def _again(self) -> Button | None:
        """A new page, where this one did not pass and another can be written."""
        outcome, play = self.event.outcome, self.play
        if outcome not in letters.AGAIN or play.lying(self.account, self.audience):
            return None
        if bringing.barred(play.cast, play.seen, self.account, self.audience):
            return None
        return Button(
            name="again",
            label=letters.AGAIN[outcome],
            icon="case",
            kind="primary",
            shortcut="Enter",
            act=partial(self.shell.open, "case", account=self.account, audience=self.audience),
        )

    def accept(self) -> None:
        """Say yes to their condition."""
        told = self.play.do("accept_condition", account=self.account, audience=self.audience)
        if told.refused:
            self.shell.say(" ".join(told.lines))
            return
        self.shell.sounds.play("done")
        self.told = told
        self.shell.replace(self)

    def hints(self) -> Sequence[tuple[str, str]]:
        waits, again = self._item() is not None, self._again() is not None
        enter = (("Enter", "accept"),) if waits else (("Enter", "a new page"),) if again else ()
        return (("F1", "help"), *enter, ("Esc", "back"), ("Ctrl Z", "undo"))


def with_them(shell: Shell, account: str) -> list[Node]:
    """What of ours lies with a customer, or with our desk about it: a card for the account's page; none for nothing."""
    assert shell.play is not None
    play = shell.play
    rows: list[Node] = []
    for item in open_cases.lying_about(play.seen, account):
        audience = item.audience
        if rows:
            rows.append(Rule())
        if item.conditional:
            rows.append(condition_item(shell, item))
            continue
        head = letters.WITH_DESK if audience == "desk" else letters.WITH_THEM
        rows += [
            Chip(text=head, tone="accent", icon="offer"),
            Text(text=letters.page_terms(play.cast, item), style="strong"),
            Text(text=letters.lying_text(play.cast, item), style="ink"),
            Text(text=bringing.recut_line(play.cast, play.seen, item.account, item.audience)),
        ]
        again = Button(
            name=f"recut.{audience}",
            label=letters.RECUT,
            icon="case",
            act=partial(shell.open, "case", account=account, audience=audience),
        )
        rows.append(Row(children=[again]))
    runs = _promised(shell, account)
    if runs:
        rows += [Rule()] if rows else []
        rows.append(Facts(rows=runs))
    return [Card(title=letters.YOUR_PAGES, children=rows, gap=8)] if rows else []


def _promised(shell: Shell, account: str) -> tuple[tuple[str, str], ...]:
    """Promises that run there, a line each."""
    assert shell.play is not None
    cast = shell.play.cast
    return tuple(
        (letters.promise_text(cast, data), letters.promise_short(cast, data, now))
        for _, data, now in calendar(shell.play.seen)
        if data["account"] == account
    )


def condition_item(shell: Shell, item: open_cases.Lying) -> Item:
    """A "yes, if" that waits, for a list."""
    assert shell.play is not None
    play = shell.play
    found = open_cases.letters(play.session.events, item.account, item.audience)
    who = writer(play, found[0][1])[0] if found else None
    return Item(
        name=f"waiting.condition.{item.account}.{item.audience}",
        title=letters.condition_title(play.cast, item),
        text=letters.condition_text(play.cast, item, play.quarter),
        icon="offer",
        face=brush(who) if who else None,
        draws=who,
        tone="warn" if item.until <= play.quarter else "soft",
        act=partial(shell.open, "letter", account=item.account, audience=item.audience),
    )
