"""Controls for questions, whatever they are about; answers go to whoever declared them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kamsim.desktop.kit import charts
from kamsim.desktop.kit.buttons import Button
from kamsim.desktop.kit.controls import Mark, Segmented, Switch
from kamsim.desktop.kit.field import TextField, Typed
from kamsim.desktop.kit.lever import Lever
from kamsim.desktop.kit.node import Tip
from kamsim.desktop.kit.pick import Pick, Way
from kamsim.desktop.kit.stepping import Stepping
from kamsim.desktop.kit.words import Drawing, Text
from kamsim.desktop.shell import Dialog
from kamsim.view.questions import Question, Span
from kamsim.view.words.names import capital
from kamsim.view.words.numbers import parse_number

if TYPE_CHECKING:
    from kamsim.desktop.kit.gfx import Painter, Rect
    from kamsim.desktop.kit.node import Act, Look, Node
    from kamsim.desktop.shell import Shell
    from kamsim.view.questions import Part

NUMERIC = "0123456789.,-kmKM€% "
"""What may be typed for a number."""


@dataclass
class Asking:
    """What asks the questions of a page. ``answer`` is told the name of a question and the answer; ``typed`` holds what
    was typed, by question."""

    answer: Callable[[str, Any], None]
    money: Callable[[float], str]
    typed: dict[str, Typed] = field(default_factory=dict)
    _made: dict[str, tuple[Question, list[Node]]] = field(default_factory=dict)

    def part(self, part: Part) -> list[Node]:
        """A part of a page: its questions as controls, switches last, with what is told and shown between."""
        made: list[Node] = [Text(text=part.help, style="small")]
        if part.barred:
            return [*made, Text(text=part.barred, style="ink")]
        last: list[Node] = []
        for item in part.items:
            if isinstance(item, Question):
                (last if item.kind == "switch" else made).extend(self.controls(item))
            else:
                made.append(self._span(item) if isinstance(item, Span) else Text(text=item, style="ink"))
        asked = {item.name for question in part.questions for item in question.open()}
        self.typed = {name: typed for name, typed in self.typed.items() if name in asked}
        return [*made, *last, *_notes(part.questions)]

    def controls(self, question: Question) -> list[Node]:
        """A question, and what is asked with its answer; the same controls for the same question, but for what is
        typed."""
        asked, made = self._made.get(question.name, (None, []))
        if asked is not question or any(isinstance(node, TextField) for node in made):
            made = [CONTROLS[item.kind](self, item) for item in question.open()]
            self._made[question.name] = question, made
        return made

    def told(self, question: Question) -> Callable[[Any], None]:
        """Whom a control tells."""
        return lambda value: self.answer(question.name, value)

    def _span(self, span: Span) -> Node:
        def brush(painter: Painter, rect: Rect, _look: Look) -> None:
            charts.span(painter, rect, span.low, span.high, span.middle, self.money, span.words)

        low, high, middle = (self.money(value) for value in (span.low, span.high, span.middle))
        said = f"{span.words[0]} {low} to {high}, {span.words[1]} {middle}"
        return Drawing(draws=(span.low, span.high, span.middle), high=charts.SPAN_HIGH, brush=brush, says=said)


def _notes(questions: list[Question]) -> list[Node]:
    """How some things stand, those together that stand alike."""
    noted: dict[str, list[str]] = {}
    for question in questions:
        if question.note:
            noted.setdefault(question.note, []).append(question.label)
    return [Text(text=f"{capital(note)}: {'; '.join(labels)}.", style="small") for note, labels in noted.items()]


def tip(question: Question) -> Tip | None:
    """What there is to say about a question and its answers, where the control has no room for it."""
    notes = () if question.kind == "list" else tuple(f"{o.title}: {o.note}." for o in question.options if o.note)
    lines = tuple(text for text in (question.help, *notes) if text)
    return Tip(question.label or "Choice", lines) if lines else None


# --- by kind ----------------------------------------------------------------------------------------------------


def _pick(asking: Asking, question: Question) -> Node:
    ways = [Way(o.value, o.title, capital(o.note), capital(o.lacks)) for o in question.options]
    told, name = asking.told(question), question.name
    return Pick(name=name, label=question.label, options=ways, value=question.value, change=told, tip=tip(question))


def _segmented(asking: Asking, question: Question) -> Node:
    return Segmented(
        name=question.name,
        label=question.label,
        options=[(option.value, option.title) for option in question.options],
        value=question.value,
        change=asking.told(question),
        tip=tip(question),
    )


def _stepping(asking: Asking, question: Question) -> Node:
    return Stepping(
        name=question.name,
        label=question.label,
        options=[(option.value, option.title) for option in question.options],
        value=question.value,
        usual=question.usual,
        change=asking.told(question),
        tip=tip(question),
    )


def _switch(asking: Asking, question: Question) -> Node:
    yes, no = (option.value for option in question.options)
    told, on = asking.told(question), question.value == yes
    label = question.label
    return Switch(
        name=question.name, label=label, value=on, change=lambda made: told(yes if made else no), tip=tip(question)
    )


def _lever(asking: Asking, question: Question) -> Node:
    limits = question.limits
    assert limits is not None
    return Lever(
        name=question.name,
        label=question.label,
        value=question.value,
        low=limits.low,
        high=limits.high,
        step=limits.step,
        origin=limits.origin,
        marks=[Mark(mark.value, mark.text) for mark in limits.marks],
        good=limits.good,
        change=asking.told(question),
        format=limits.shown,
        tip=tip(question),
    )


def _field(asking: Asking, question: Question) -> Node:
    """A number to type; what is no number, or too much, changes nothing."""
    limits = question.limits
    assert limits is not None
    typed = asking.typed.setdefault(question.name, Typed())

    def change(text: str) -> None:
        scale = limits.typed
        number = parse_number(text, limits.low * scale, limits.high * scale, whole=True)
        if number is not None and limits.within(number / scale) == number / scale:
            asking.answer(question.name, number / scale)

    hint = limits.shown(question.value)
    return TextField(name=question.name, label=question.label, typed=typed, hint=hint, change=change, accepts=NUMERIC)


CONTROLS: dict[str, Callable[[Asking, Question], Node]] = {
    "list": _pick,
    "few": _segmented,
    "steps": _stepping,
    "switch": _switch,
    "slider": _lever,
    "amount": _field,
}
"""By kind of question."""


def sure(shell: Shell, title: str, text: str, yes: str, act: Act) -> None:
    """Ask once more before something that cannot be taken back."""

    def go() -> None:
        shell.close_dialog()
        act()

    buttons = (
        Button(name="sure.no", label="Not yet", act=shell.close_dialog, shortcut="Esc"),
        Button(name="sure.yes", label=yes, act=go, kind="primary", shortcut="Enter"),
    )
    shell.ask(Dialog(title, (text,), buttons, close=shell.close_dialog, first="sure.yes"))
