"""The short form of a page: the few questions that a drill leaves open, of the same form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kamsim.view.case.form import PARTS, Form
from kamsim.view.case.working import Working, carried_on
from kamsim.view.questions import Question

if TYPE_CHECKING:
    from kamsim.game.session import Session
    from kamsim.gym.drill import Drill
    from kamsim.view.table import Table
    from kamsim.view.words.names import Cast


class ShortForm(Form):
    """A page of which only some questions are asked; the rest stands as it is."""

    def __init__(self, session: Session, cast: Cast, work: Working, levers: tuple[str, ...]) -> None:
        super().__init__(session, cast, work)
        self.levers = levers

    def questions(self) -> list[Question]:
        """The questions that are open, in the order of a page."""
        found: dict[str, Question] = {}
        for make in PARTS.values():
            for item in make(self):
                if isinstance(item, Question):
                    found |= {question.name: question for question in _within(item)}
        return [found[name] for name in self.levers if name in found]


def _within(question: Question) -> list[Question]:
    """A question, and what is asked with any of its answers."""
    inner = [option.then for option in question.options if option.then is not None]
    return [question, *(one for item in inner[:1] for one in _within(item))]


def short_form(table: Table, drill: Drill) -> ShortForm:
    """The page of a drill as it opens."""
    recut = drill.kind == "recut"
    work = carried_on(table.seen, drill.account, drill.audience, dict(drill.page), recut=recut)
    return ShortForm(table.session, table.cast, table.cases.take(work), drill.levers)
