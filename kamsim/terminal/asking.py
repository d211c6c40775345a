"""Questions asked in turn or chosen from a list, whatever they are about; answers go to whoever declared them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from kamsim.terminal.talk import Choice
from kamsim.view.questions import Limits, Option, Part, Question, Span
from kamsim.view.words.names import capital

if TYPE_CHECKING:
    from kamsim.terminal.talk import Talk

Setter = Callable[[str, Any], None]
Way = tuple[tuple[Question, Option], ...]
"""A question with one answer to it; then what is asked with that answer, with one answer to it."""
ON_PAGE: Final = " (on the page)"
IN_TURN: Final = 2
"""Questions that are asked one after the other; of more, one is chosen."""


def ask_part(talk: Talk, title: str, part: Part, answer: Setter, money: Callable[[float], str]) -> bool:
    """Ask what a part of a page may say otherwise; whether anything was answered."""
    talk.part(f"{title}. {part.help}")
    if part.barred:
        talk.say(part.barred)
        return False
    for item in part.items:
        if isinstance(item, Span):
            claimed, implied = item.words
            said = f"{claimed} {money(item.low)} to {money(item.high)}; {implied} {money(item.middle)}"
            talk.say(f"{capital(said)}.")
        elif isinstance(item, str):
            talk.say(item)
    if len(part.questions) > IN_TURN:
        return _one_of(talk, part.questions, answer)
    for number, question in enumerate(part.questions):
        if not ask(talk, question, answer):
            return number > 0
    return True


def ask(talk: Talk, question: Question, answer: Setter, back: str = "Back", mark: str = ON_PAGE) -> bool:
    """Ask one question, and what is asked with its answer; whether it was answered. ``mark``: behind the answer now."""
    told = " ".join(text for text in (_asked(question), question.help) if text)
    if told:
        talk.part(told)
    if question.limits is not None:
        value = _number(talk, question.limits)
        if value is not None:
            answer(question.name, value)
        return value is not None
    picked = talk.choose([Choice(_told(way, mark), way, _words(way)) for way in _ways(question)], back=back)
    return picked is not None and _take(talk, picked, answer)


def _one_of(talk: Talk, questions: Sequence[Question], answer: Setter) -> bool:
    """Choose which question to answer; the first is answered from the same list where it has options."""
    first, *rest = questions
    choices: list[Choice[Question | Way]] = [Choice(_told(way), way, _words(way)) for way in _ways(first)]
    if choices:
        talk.say(_asked(first))
    choices += [Choice(_listed(item), item, item.words) for item in (rest if choices else questions)]
    picked = talk.choose(choices)
    if isinstance(picked, Question):
        return ask(talk, picked, answer)
    return picked is not None and _take(talk, picked, answer)


def _take(talk: Talk, way: Way, answer: Setter) -> bool:
    """Take an answer; a number may have to be typed for the last."""
    barred = next((option for _, option in way if option.barred), None)
    if barred is not None:
        talk.say(f"{barred.title} is {barred.lacks}. The page stays as it is.")
        return False
    more = way[-1][1].then
    value = None
    if more is not None and more.limits is not None:
        value = _number(talk, more.limits)
        if value is None:
            return False
    for question, option in way:
        answer(question.name, option.value)
    if more is not None and value is not None:
        answer(more.name, value)
    return True


def _number(talk: Talk, limits: Limits) -> float | None:
    marks = [mark.text for mark in limits.marks if mark.text != limits.shown(mark.value)]
    if marks:
        talk.say(f"{capital('; '.join(marks))}.")
    scale = limits.typed
    value = talk.number(limits.asked, limits.low * scale, limits.high * scale, limits.step * scale)
    return None if value is None else value / scale


# --- in words ---------------------------------------------------------------------------------------------------


def _ways(question: Question) -> list[Way]:
    """Every answer, with every answer to what is asked with it."""
    made: list[Way] = []
    for option in question.options:
        more = _ways(option.then) if option.then is not None else []
        made += [((question, option), *way) for way in more or [()]]
    return made


def _told(way: Way, mark: str = ON_PAGE) -> str:
    title, *more = [option.title for _, option in way]
    said = ", ".join((title, *(text[:1].lower() + text[1:] for text in more)))
    notes = "; ".join(option.note for _, option in way if option.note)
    lacks = "".join(f" ({option.lacks})" for _, option in way if option.lacks)
    now = mark if all(option.value == question.value for question, option in way) else ""
    between = "" if not notes else ", " if ": " in said else ": "
    return f"{said}{between}{notes}{lacks}{now}"


def _words(way: Way) -> tuple[str, ...]:
    """What may be typed for it: the words of the last answer; of all, where the rest stays as it is."""
    if all(option.value == question.value for question, option in way[1:]):
        return tuple(word for _, option in way for word in option.words)
    return way[-1][1].words


def _asked(question: Question) -> str:
    return question.label if not question.label or question.label.endswith("?") else f"{question.label}."


def _listed(question: Question) -> str:
    """A question with its answer, and how that stands."""
    said = question.said[:1].lower() + question.said[1:]
    return f"{question.label.rstrip('?')}: {said}{f' ({question.note})' if question.note else ''}"
