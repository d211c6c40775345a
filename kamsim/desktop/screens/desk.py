"""The desk: what the quarter opened with, what waits, where the hours go, and the end of the quarter."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from kamsim.desktop.kit.buttons import Button, Item
from kamsim.desktop.kit.controls import Segmented
from kamsim.desktop.kit.layout import Card, Column, Flow, Row
from kamsim.desktop.kit.node import Node
from kamsim.desktop.kit.words import Chip, Mark, Text
from kamsim.desktop.screens.attention import headlines_card, matter_cards, next_step
from kamsim.desktop.screens.close import close_quarter
from kamsim.desktop.screens.people import brush, stance
from kamsim.desktop.screens.practice import ask_leave, close_practice
from kamsim.desktop.shell import Dialog, Screen
from kamsim.desktop.wordbook import tip
from kamsim.view import alarms, desk, own
from kamsim.view.first_steps import first_steps
from kamsim.view.portraits import face
from kamsim.view.words import waiting
from kamsim.view.words.names import capital, counted

if TYPE_CHECKING:
    from kamsim.desktop.shell import Shell
    from kamsim.view.desk import Paragraphs


class Desk(Screen):
    """Where a quarter starts and ends."""

    rail = "desk"
    topic = "desk"

    def key(self) -> str:
        return f"desk/{self.play.quarter}"

    def title(self) -> str:
        return "Your desk"

    def subtitle(self) -> str:
        waiting = desk.how_many(self.play)
        if waiting:
            return f"{counted(waiting, 'thing waits', 'things wait')} for an answer"
        return "Nothing waits for an answer"

    def place(self) -> dict[str, Any]:
        return {"page": "desk"}

    def body(self) -> Node:
        steps, told = self._first_steps(), [*matter_cards(self.shell), *self._dilemma(), *headlines_card(self.shell)]
        left: list[Node] = [*steps, *told] if self.play.quarter == 1 else [*told, *steps]
        right: list[Node] = [self._accounts(), self._contact()]
        return Row(children=[Column(children=left, gap=14), Column(children=right, gap=14, span=372)], stack=900)

    # --- left ---------------------------------------------------------------------------------------------------

    def _first_steps(self) -> list[Node]:
        quarter = self.play.quarter
        steps = first_steps(self.play)
        hidden = self.shell.config.place(self.play.session.log_path).get("coach", 0)
        if steps is None or (isinstance(hidden, int) and hidden >= quarter):
            return []
        title, lines = steps
        rows: list[Node] = [Text(text=title, style="title")]
        for name, line in lines:
            rows.append(
                Flow(
                    children=[Mark(done=desk.done_this_quarter(self.play, name)), Text(text=line, style="ink", span=0)],
                    gap=10,
                )
            )
        rows.append(Button(name="coach.done", label="I will find my way", act=self._coached, kind="quiet", span=0))
        rows[-1] = Row(children=[rows[-1]])
        return [Card(children=rows, tone="soft", gap=6)]

    def _coached(self) -> None:
        self.shell.config.remember(self.play.session.log_path, coach=self.play.quarter)

    def _dilemma(self) -> list[Node]:
        return [self._choice(item) for item in desk.opened(self.play, "dilemma")]

    def _choice(self, item: Paragraphs) -> Card:
        cast = self.play.cast
        places: list[Node] = [
            Button(
                name=f"dilemma.{account}",
                label=cast.account(account),
                kind="quiet",
                act=partial(self.shell.go_account, account),
            )
            for account in cast.news[item.event.plain()["id"]].accounts
        ]
        rows: list[Node] = [
            Chip(text="This quarter's dilemma", tone="accent"),
            Text(text=item.head, style="head"),
            *[Text(text=text, style="ink") for text in item.lines],
            Text(text="Nothing to answer: spend hours on it, or don't.", style="small"),
        ]
        return Card(children=[*rows, Flow(children=places)] if places else rows, gap=8)

    # --- right --------------------------------------------------------------------------------------------------

    def _accounts(self) -> Card:
        play, cast = self.play, self.play.cast
        rows: list[Node] = []
        keys = initials([cast.account(account) for account in play.accounts], play.accounts)
        for account in play.accounts:
            line = desk.account_line(play, account)
            first = cast.accounts[account].people[0].id
            who = face(cast, first, stance(play, first))
            ours = own.account_line(play, account).rstrip(".")
            told = (f"Sales {line.sales}", f"Profit {line.profit}", waiting.together(line.felt), ours)
            rows.append(
                Item(
                    name=f"account.{account}",
                    title=cast.account(account),
                    text="\n".join(filter(None, told)),
                    face=brush(who),
                    draws=who,
                    face_size=36,
                    shortcut=keys[account],
                    act=partial(self.shell.go_account, account),
                )
            )
        return Card(title="Your customers", children=rows, gap=7)

    def _contact(self) -> Card:
        play, cast = self.play, self.play.cast
        hours = play.rhythm_hours
        rows: list[Node] = []
        for account in play.accounts:
            rows.append(
                Segmented(
                    name=f"rhythm.{account}",
                    label=cast.account(account),
                    value=play.rhythm(account),
                    options=[(name, f"{capital(name)} {hours[name]:.0f} h") for name in hours],
                    change=partial(self._set_rhythm, account),
                )
            )
        opened = play.open_now("contact")
        fold = Item(
            name="contact", title=f"Standing contact, {play.contact_hours:.0f} hours a quarter", shortcut="S",
            icon="up" if opened else "down", act=partial(play.unfold, "contact"), tip=tip("rhythm"),
        )  # fmt: skip
        return Card(children=[fold, *(rows if opened else [])])

    def _set_rhythm(self, account: str, rhythm: Hashable) -> None:
        told = self.play.do("set_rhythm", account=account, rhythm=str(rhythm))
        self.shell.say(" ".join(told.lines))

    # --- the end ------------------------------------------------------------------------------------------------

    def actions(self) -> Sequence[Button]:
        quarter = self.play.cast.quarter(self.play.quarter)
        step = next_step(self.shell)
        end = Button(
            name="end",
            label=f"End {quarter}",
            act=partial(confirm_end, self.shell),
            kind="normal" if step else "primary",
            icon="flag",
            shortcut="Ctrl Enter",
        )
        return (end, step) if step else (end,)

    def hints(self) -> Sequence[tuple[str, str]]:
        return (("F1", "help"), ("1 2 3", "go there"), ("Tab", "next"), ("S", "standing contact"), ("Ctrl Z", "undo"))

    def first(self) -> str:
        return ""

    def back(self) -> None:
        """Esc on the desk: leave the session, or the practice, if that is meant."""
        if self.play.session.practised:
            ask_leave(self.shell)
            return
        self.shell.ask(leave_dialog(self.shell))


def initials(names: Sequence[str], ids: Sequence[str]) -> dict[str, str]:
    """A letter for each name, no two alike: its first that is still free. S is taken by the standing contact."""
    taken, made = {"S"}, {}
    for name, account in zip(names, ids, strict=True):
        free = [sign for sign in name.upper() if "A" <= sign <= "Z" and sign not in taken]
        made[account] = free[0] if free else ""
        taken.add(made[account])
    return made


def leave_dialog(shell: Shell) -> Dialog:
    """Whether to leave the session for now."""
    return Dialog(
        "Leave for now?",
        ("Everything is saved. You go on exactly here.",),
        (
            Button(name="leave.quit", label="Close the window", act=shell.quit),
            Button(name="leave.title", label="To the first page", act=lambda: _leave(shell)),
            Button(name="leave.stay", label="Stay", act=shell.close_dialog, kind="primary", shortcut="Esc"),
        ),
        first="leave.stay",
    )


def _leave(shell: Shell) -> None:
    shell.close_dialog()
    shell.leave_session()


def confirm_end(shell: Shell) -> None:
    """Name what stays undone, and ask."""
    play = shell.play
    assert play is not None
    name = play.cast.quarter(play.quarter)
    lines = [*desk.undone(play), *alarms.undone(play)] or ["Everything is answered, and the hours are spent."]

    def end() -> None:
        shell.close_dialog()
        (close_practice if play.session.practised else close_quarter)(shell)

    undo: tuple[Button, ...] = ()
    if play.session.can_undo:
        undo = (Button(name="end.reset", label="Take its moves back", act=lambda: _reset(shell), kind="quiet"),)
    shell.ask(
        Dialog(
            f"End {name}?",
            lines,
            (
                *undo,
                Button(name="end.no", label="Not yet", act=shell.close_dialog, shortcut="Esc"),
                Button(name="end.yes", label=f"End {name}", act=end, kind="primary", shortcut="Enter"),
            ),
            first="end.yes",
            wide=620,
        )
    )


def _reset(shell: Shell) -> None:
    play = shell.play
    assert play is not None
    count = play.reset()
    shell.close_dialog()
    shell.say(f"Taken back: {counted(count, 'move')}. What people answered stands.")
