"""How each kind of drill is answered as text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from kamsim.terminal import moments, table_talks
from kamsim.terminal.asking import ask
from kamsim.terminal.talk import Choice
from kamsim.view.case import bringing
from kamsim.view.case.figures import short_lines
from kamsim.view.case.form import SLOTS
from kamsim.view.case.short import short_form
from kamsim.view.gym import drilling, pursuing
from kamsim.view.softclock import SoftClock

if TYPE_CHECKING:
    from kamsim.gym.bout import Bout
    from kamsim.terminal.table import TextTable
    from kamsim.view.case.short import ShortForm


def page(table: TextTable, bout: Bout) -> None:
    """A case, a re-cut or an ask: the levers that matter, one after the other, then bring it or change one."""
    talk, form = table.talk, short_form(table, bout.drill)
    while True:
        _figures(table, form)
        picked = talk.choose(_choices(form), prompt="Page", back=drilling.LEAVE[bout.drill.kind])
        if picked is None:
            return
        if picked == "bring":
            work = form.work
            if table.act(work.kind, account=work.account, **work.said):
                return
        elif picked == "read":
            for slot, text in form.texts().items():
                talk.say(f"{SLOTS[slot]}: {text}", 2, 2)
        else:
            question = next(one for one in form.questions() if one.name == picked)
            ask(talk, question, form.answer)


def _choices(form: ShortForm) -> list[Choice[str]]:
    made = [
        Choice(f"{question.label.rstrip('?.') or drilling.ASKS[question.name]}: {question.said}", question.name,
               (*question.words, question.name))
        for question in form.questions()
    ]  # fmt: skip
    made.append(Choice(bringing.VERBS[form.work.kind], "bring", ("bring", "present", "hand")))
    made.append(Choice("Read the whole page", "read", ("read", "page")))
    return made


def _figures(table: TextTable, form: ShortForm) -> None:
    work = form.work
    table.talk.all(short_lines(table.cast, work.account, work.audience, work.page, form.made), 2)
    if form.refused:
        table.talk.say(form.refused, 2)


def moment(table: TextTable, bout: Bout) -> None:
    """On the spot, as in a session, on the clock of a drill."""
    talk = table.talk
    talk.say(drilling.CLOCK_WORDS)
    moments.play(table, bout.drill.about, SoftClock(bout, drilling.CLOCK, table.clock, drilling.LIMIT))


def talks(table: TextTable, bout: Bout) -> None:
    """At the table, as in a session."""
    table_talks.sit_down(table, bout.drill.about)


def pursue(table: TextTable, bout: Bout) -> None:
    """Which purchase to go after, and what the bid gives off."""
    said: dict[str, Any] = {}
    talk, drill = table.talk, bout.drill
    if not ask(talk, pursuing.which(table, drill, None), said.__setitem__, back=drilling.LEAVE["pursue"]):
        return
    name = str(said["opportunity"])
    if ask(talk, pursuing.offs(table, name, 0.0), said.__setitem__, mark=""):
        table.act("bid", **pursuing.bid(name, float(said["discount"])))


ANSWERS: Final[dict[str, Callable[[TextTable, Bout], None]]] = {
    "case": page, "recut": page, "ask": page, "moment": moment, "talk": talks, "pursue": pursue,
}  # fmt: skip
"""By kind of drill. One that comes back without an answer was put aside."""
