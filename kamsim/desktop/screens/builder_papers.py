"""What can be done with a page of a business case: coached, kept, compared, printed, presented."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from kamsim.desktop.kit.buttons import Button, Item
from kamsim.desktop.kit.field import TextField, Typed
from kamsim.desktop.kit.gfx import Painter, Rect, Style
from kamsim.desktop.kit.grid import Cell, Cursor, Grid, Heading, Line
from kamsim.desktop.kit.layout import Card, Column, Row
from kamsim.desktop.kit.node import Act, Look, Node
from kamsim.desktop.kit.words import Drawing, Text
from kamsim.desktop.shell import Dialog, Screen
from kamsim.page import sheets
from kamsim.view.case import bringing
from kamsim.view.case.coach import OURS, remarks
from kamsim.view.case.figures import compared, nothing_and_away
from kamsim.view.case.form import SLOT_OF, SLOTS
from kamsim.view.case.pages import THIS
from kamsim.view.case.sentences import GATE_WORDS
from kamsim.view.words.names import capital

if TYPE_CHECKING:
    from kamsim.desktop.screens.builder_case import CaseScreen
    from kamsim.desktop.shell import Shell
    from kamsim.engine.preview import Preview
    from kamsim.view.case.working import Working


def _close(shell: Shell, label: str = "Close", *, kind: str = "normal") -> Button:
    return Button(name="dialog.close", label=label, act=shell.close_dialog, kind=kind, shortcut="Esc")


# --- the coach ----------------------------------------------------------------------------------------------


def coach(page: CaseScreen) -> None:
    """What is weakest, each with the sentence that mends it."""
    shell, play, work = page.shell, page.play, page.work
    said = play.session.coach(work.account, work.audience, work.page)
    told = remarks(play.cast, play.seen, work, said, page.made)

    def mend(slot: str) -> None:
        shell.close_dialog()
        page.choose(slot)

    def rows_of() -> list[Node]:
        rows: list[Node] = []
        for number, (name, line) in enumerate(told, 1):
            slot = SLOT_OF[name]
            question, advice = _split(line)
            rows.append(
                Item(
                    name=f"coach.{number}",
                    title=question,
                    text=advice,
                    note=SLOTS[slot],
                    icon="warn" if name in (*GATE_WORDS, OURS) else "chat",
                    shortcut=str(number),
                    act=partial(mend, slot),
                )
            )
        return rows

    text = "What costs it most, the costliest first. Choose one to go to its sentence."
    if not told:
        text = "Nothing on it costs you much. Bring it while the facts are fresh."
    close = _close(shell, "Thank you", kind="primary")
    shell.ask(Dialog("The coach has read it", (text,), (close,), more=rows_of, wide=620, first="dialog.close"))


def _split(line: str) -> tuple[str, str]:
    """A question and what follows it."""
    for sign in ("? ", ": ", ". "):
        head, found, rest = line.partition(sign)
        if found:
            return head + sign.strip().replace(":", ""), capital(rest)
    return line, ""


def more(page: CaseScreen) -> None:
    """The tools that a small window has no room for."""
    shell = page.shell

    def then(act: Act) -> None:
        shell.close_dialog()
        act()

    tools: tuple[tuple[str, str, str, str, Act], ...] = (
        ("drafts", "Drafts", "notes", "D", partial(drafts, page)),
        ("compare", "Compare", "portfolio", "C", partial(compare, page)),
        ("print", "Print", "offer", "P", partial(printed, page)),
        ("examples", "Examples", "read", "E", page.examples),
    )
    rows = [
        Item(name=f"more.{name}", title=title, icon=icon, shortcut=key, act=partial(then, act))
        for name, title, icon, key, act in tools
    ]
    shell.ask(Dialog("With this page", (), (_close(shell),), more=lambda: rows, wide=420, first="more.drafts"))


# --- drafts -------------------------------------------------------------------------------------------------


def drafts(page: CaseScreen) -> None:
    """Keep the page under a name, take up another, begin again."""
    shell, work = page.shell, page.work
    typed = Typed()
    typed.set(_free_name(page.play.cases.copies(work)))

    def keep() -> None:
        name = " ".join(typed.text.split())
        if not name:
            shell.say("A draft needs a name.")
            return
        page.play.session.draft(name, work.account, work.audience, work.said)
        shell.close_dialog()
        shell.say(
            f"Kept as \N{LEFT DOUBLE QUOTATION MARK}{name}\N{RIGHT DOUBLE QUOTATION MARK}. The page here goes on."
        )

    def take(name: str) -> None:
        shell.close_dialog()
        page.take(page.play.cases.go_on(work, page.play.cases.copies(work)[name]))
        shell.say(f"\N{LEFT DOUBLE QUOTATION MARK}{name}\N{RIGHT DOUBLE QUOTATION MARK} lies open now.")

    def again() -> None:
        shell.close_dialog()
        page.begin_again()
        shell.say("The page is as it opened.")

    def nodes() -> list[Node]:
        note = "A name that was used already is written over."
        field = TextField(name="draft.name", label="Keep a copy of this page as", typed=typed, note=note, enter=keep)
        rows: list[Node] = [field]
        for number, name in enumerate(list(page.play.cases.copies(work))[-6:]):
            rows.append(
                Item(name=f"draft.{number}", title=name, text="Take it up; the open page is lost unless it is kept",
                     icon="notes", act=partial(take, name))
            )  # fmt: skip
        return rows

    buttons = (
        _close(shell),
        Button(name="draft.again", label="Begin again", act=again, kind="normal"),
        Button(name="draft.keep", label="Keep", act=keep, kind="primary"),
    )
    shell.ask(Dialog("Drafts", (), buttons, more=nodes, wide=560, first="draft.name"))


def _free_name(names: dict[str, dict[str, Any]]) -> str:
    """Draft 1, unless there is one; then the next."""
    return next(f"Draft {number}" for number in range(1, 1000) if f"Draft {number}" not in names)


# --- on paper -----------------------------------------------------------------------------------------------


def printed(page: CaseScreen) -> None:
    """Write it as text and for any browser, and say where."""
    shell, play, work = page.shell, page.play, page.work
    written = sheets.write_case(play.session, play.cast, work, work.preview(play.session))

    def nodes() -> list[Node]:
        folder = Text(text=str(written[0].parent), style="small")
        return [folder, *(Text(text=path.name, style="strong") for path in written)]

    text = "As text, and as a page for any browser or printer, beside the log:"
    shell.ask(Dialog("Printed", (text,), (_close(shell, "Fine", kind="primary"),), more=nodes, wide=620))


# --- presenting ---------------------------------------------------------------------------------------------


def present(page: CaseScreen) -> None:
    """Say what it means, and bring it."""
    shell, play, work = page.shell, page.play, page.work
    if page.form.refused:
        shell.say(page.form.refused)
        return
    made = work.preview(play.session)
    said = bringing.commits(play.cast, play.seen, work, made)

    def yes() -> None:
        told = play.do(work.kind, account=work.account, **work.said)
        shell.close_dialog()
        shell.sounds.play("no" if told.refused else "done")
        if told.refused:
            shell.say(" ".join(told.lines))
            return
        play.cases.brought(work)
        shell.go_account(work.account)
        if told.result == "answered":
            close = _close(shell, "I see", kind="primary")
            shell.ask(Dialog("Our desk has answered", tuple(told.lines), (close,), wide=620))
            return
        undo = " Ctrl+Z takes it back." if play.session.can_undo else ""
        shell.say(" ".join(told.lines) + undo)

    title = f"{bringing.VERBS[work.kind]}?"
    buttons = (
        _close(shell, "Not yet"),
        Button(
            name="present.yes",
            label=bringing.VERBS[work.kind],
            act=yes,
            kind="primary",
            shortcut="Enter",
        ),
    )
    shell.ask(Dialog(title, tuple(said), buttons, wide=580, first="present.yes"))


# --- side by side -------------------------------------------------------------------------------------------


class ComparePage(Screen):
    """The page beside drafts, beside doing nothing, beside walking away."""

    rail = "cases"
    topic = "case"

    def __init__(self, shell: Shell, account: str, audience: str, work: Working) -> None:
        super().__init__(shell)
        self.account, self.audience, self.work = account, audience, work
        self.cursor = Cursor()
        self._done: dict[Any, Preview] = {}

    def key(self) -> str:
        return f"compare/{self.audience}/{self.account}"

    def title(self) -> str:
        return f"Side by side: {self.play.cast.account(self.account)}"

    def subtitle(self) -> str:
        return "Each in the same imagined futures, from what you know now"

    def pages(self) -> dict[str, dict[str, Any]]:
        """What is compared, by name."""
        return self.play.cases.side_by_side(self.work)

    def _previews(self, pages: dict[str, dict[str, Any]]) -> dict[str, Preview]:
        found = {}
        for name, page in pages.items():
            key = (self.play.version, tuple(sorted((field, str(value)) for field, value in page.items())))
            if key not in self._done:
                self._done[key] = self.play.session.preview(self.account, self.audience, page)
            found[name] = self._done[key]
        return found

    def body(self) -> Node:
        cast, pages = self.play.cast, self.pages()
        made = self._previews(pages)
        columns = (Heading("", figures=False, weight=1.2), *(Heading(name) for name in pages))
        rows = [Line((Cell(name), *(Cell(value) for value in values))) for name, values in compared(cast, made, pages)]
        table = Grid(name="compared", columns=columns, rows=rows, cursor=self.cursor, label="Side by side")
        nothing, away = nothing_and_away(cast, self.play.seen, self.account, made[THIS])
        answers = Row(
            children=[
                Card(title="Do nothing", children=[Text(text=_rest(nothing))]),
                Card(title="Walk away", children=[Text(text=_rest(away))]),
            ],
            gap=14,
            stack=700,
        )
        cards: list[Node] = [self._ranges(made), Card(title="In figures", children=[table]), answers]
        cards += self._taking(pages)
        return Column(children=cards, gap=14)

    def _ranges(self, made: dict[str, Preview]) -> Card:
        """Each page's worth to us as a range on one line."""
        money = self.play.money
        rows = tuple((name, tuple(float(value) for value in item.gain)) for name, item in made.items())

        def brush(painter: Painter, rect: Rect, _look: Look) -> None:
            ranges(painter, rect, rows, money)

        said = "; ".join(f"{name} {money(gain[2])}, {money(gain[0])} to {money(gain[4])}" for name, gain in rows)
        drawing = Drawing(draws=rows, high=ranges_high(len(rows)), brush=brush, says=said)
        head = Text(text="Worth to us over three years, eight times in ten", style="title")
        return Card(children=[head, drawing], gap=8)

    def _taking(self, pages: dict[str, dict[str, Any]]) -> list[Node]:
        left, right = "\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"
        rows: list[Node] = []
        for number, (name, page) in enumerate(pages.items()):
            if name != THIS:
                rows.append(
                    Item(
                        name=f"take.{number}",
                        title=f"Go on with {left}{name}{right}",
                        text="The open page is lost unless it was kept",
                        icon="notes",
                        shortcut=str(number),
                        act=partial(self._take, page),
                    )
                )
        if not rows:
            text = "Keep a copy of the page (D), change the page, and come back: they will stand side by side."
            return [Card(children=[Text(text=text)], tone="soft")]
        return [Card(title="Go on with another", children=rows, gap=8)]

    def _take(self, page: dict[str, Any]) -> None:
        self.play.cases.go_on(self.work, page)
        self.shell.back()

    def actions(self) -> Sequence[Button]:
        return (Button(name="back", label="Back to the page", act=self.shell.back, icon="back", shortcut="Esc"),)


def _rest(line: str) -> str:
    """What follows the name of an answer."""
    return capital(line.partition(": ")[2])


NAME: Final = Style(13, "SemiBold", "ink", 1.35)
FIGURE: Final = Style(12, "SemiBold", "ink", 1.3)


ROW: Final = 36.0


def ranges_high(count: int) -> float:
    """How high ranges are."""
    return ROW * count + 26


def ranges(painter: Painter, rect: Rect, rows: Sequence[tuple[str, tuple[float, ...]]], say: Any) -> None:
    """A line for each: its 8 in 10 as a bar, half of them darker, the middle a dot; and where nothing is won."""
    low, high = min(0.0, *(gain[0] for _, gain in rows)), max(0.0, *(gain[4] for _, gain in rows))
    pad = max((high - low) * 0.04, 1.0)
    low, high = low - pad, high + pad
    names = min(rect.w * 0.3, max(painter.wide(name, NAME) for name, _ in rows) + 18)
    left, right = rect.x + names, rect.right - max(painter.wide(say(gain[2]), FIGURE) for _, gain in rows) - 14

    def at(value: float) -> float:
        return left + (value - low) / (high - low) * (right - left)

    painter.box(Rect(left, rect.y, rect.right - left, ROW * len(rows)), 6, "card2")
    painter.upright(at(0.0), rect.y, ROW * len(rows), "ghost", 4)
    zero = "do nothing"
    wide = painter.wide(zero, FIGURE)
    painter.text(max(left, min(at(0.0) - wide / 2, right - wide)), rect.bottom - 12, zero, FIGURE.like(colour="ink3"))
    y = rect.y
    for name, gain in rows:
        middle = y + ROW / 2
        painter.text(rect.x, middle, name, NAME, room=names - 10, may_cut=True)
        ink = "neg" if gain[2] < 0 else "accent"
        soft = "neg_soft" if gain[2] < 0 else "accent_soft"
        painter.box(Rect(at(gain[0]), middle - 8, max(4.0, at(gain[4]) - at(gain[0])), 16), 5, soft, ink)
        dark = Rect(at(gain[1]), middle - 5, max(3.0, at(gain[3]) - at(gain[1])), 10)
        painter.box(dark, 3, painter.theme.mix(ink, "card", 0.45))
        painter.disc(at(gain[2]), middle, 6.5, "card", 2.4, ink)
        painter.text(at(gain[4]) + 8, middle, say(gain[2]), FIGURE, colour=ink)
        y += ROW


def compare(page: CaseScreen) -> None:
    """Beside drafts, doing nothing and walking away."""
    page.shell.show(ComparePage(page.shell, page.account, page.audience, page.work))
