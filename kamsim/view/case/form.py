"""A business case as a form: its eight parts as questions, the figures that follow, and what an answer changes.

Each part is declared here once. The text session lists the questions, the desktop makes controls of them; neither
decides what may be said.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from kamsim.game import drafting
from kamsim.view import open_cases
from kamsim.view.case import choices
from kamsim.view.case.answers import PLAIN_CRITERIA, answer_head
from kamsim.view.case.basis import proof_lacks
from kamsim.view.case.coach import MAKER, OURS
from kamsim.view.case.figures import payback_line
from kamsim.view.case.gives import EVERYWHERE, gives
from kamsim.view.case.open_page import FREE, OpenPage
from kamsim.view.case.sentences import CASE_SLOTS, claim_range
from kamsim.view.questions import OWN, Part, Question, Span

SLOTS: Final = {**CASE_SLOTS, "paper": "On paper"}
"""The eight parts of a page, in their order."""
SLOT_HELP: Final = {
    "whom": "Hang it on one initiative of theirs that is running now. Whoever runs it reads it first, "
    "the others who buy there read it, too, and whoever weighs most answers.",
    "now": "For what the initiative wants, or against what holds it back.",
    "give": "Two things are enough, three the most.",
    "get": "Something signed in return: volume, years, or both.",
    "worth": "One figure that you can be held to, with a range. Aim to land inside it eight times in ten.",
    "proof": "Their own figures beat any brochure.",
    "otherwise": "A second way, and what it costs to leave things as they are.",
    "paper": "What can be read in four minutes is read. All else goes behind it.",
}
DESK_HELP: Final = {
    "whom": "Hang it on one initiative of theirs that is running now: our desk asks what it is for.",
    "give": "What is not yours to give, our desk signs. Two things are enough, three the most.",
}
"""The same where our own desk reads it, as far as it differs."""
SLOT_OF: Final = {
    "alignment": "whom", "cause": "worth", "inaction": "otherwise", "options": "otherwise", "finance": "get",
    "sensitivity": "paper", "evidence": "proof", "delivery": "give", "brevity": "paper", "too_many_levers": "give",
    "dead_initiative": "whom", "negative_value": "get", "below_floor": "give", "no_approver": "give",
    "no_capacity": "get", "double_counted": "give", OURS: "give", MAKER: "paper",
}  # fmt: skip
"""Which part of the page mends what a coach speaks of."""


class Form(OpenPage):
    """The questions of one page."""

    def part(self, slot: str) -> Part:
        """What a part may say otherwise."""
        help_ = SLOT_HELP[slot]
        if self.work.audience == "desk":
            help_ = DESK_HELP.get(slot, help_)
        if slot == "now" and self.work.initiative is None:
            return Part(help_, barred=self._first())
        return Part(help_, tuple(PARTS[slot](self)))

    def _first(self) -> str:
        """What comes before a reason: an initiative, which has to be known first."""
        if drafting.known_initiatives(self.seen, self.work.account):
            return "First say for which initiative (1)."
        name = self.cast.account(self.work.account)
        return (
            f"You know of no initiative at {name}, so there is none to choose in (1) either. Ask about results, or "
            "read up on them, and come back; without one the page may be brought, and serves nothing that is theirs."
        )

    def comments(self) -> list[str]:
        """What they missed, where this page was sent back and may be brought again; none for another."""
        return self.kept("comments", (len(self.session.events), self.work.recut), self._comments)

    def _comments(self) -> list[str]:
        work, events = self.work, self.session.events
        back = open_cases.sent_back(events, work.account, work.audience, self.seen.quarter)
        if back is None or work.recut:
            return []
        data = back.plain()
        missed = [PLAIN_CRITERIA[name][0] for name in back.criteria] if back.outcome == "returned" else []
        return [f"{answer_head(self.cast, data)} This is that page, with what they missed beside it.", *missed]

    def measures(self) -> Question:
        """On which measure."""
        key = self.said_but("width", "due", *FREE)
        return self.kept("measures", key, lambda: choices.measures(self.cast, self.seen, self.work))

    def claimed(self) -> Span:
        """The claimed range, and what our own facts imply."""
        _, low, high = claim_range(self.work.page)
        return Span(low, high, self.made.implied, ("you claim", "your notes imply"))

    def answer(self, name: str, value: Any) -> None:
        """Answer a question; the figures of the page follow, unless they were typed. A proof that is not
        there cannot be put on the page."""
        work = self.work
        if name == "proof" and proof_lacks(self.seen, work.account, str(value), work.initiative):
            return
        if name in ("tone", "claim"):
            work.tone = value if name == "tone" else OWN
        elif name in ("harm", "inaction_value"):
            work.inaction_tone = value if name == "harm" else OWN
        if name in FREE:
            value = round(value)
        elif isinstance(value, float):
            value = round(value, 4)
        elif value == EVERYWHERE:
            value = None
        work.change(self.seen, **({} if name in ("tone", "harm") else {name: value}))


def _worth(form: Form) -> list[Question | Span | str]:
    cast, seen, work = form.cast, form.seen, form.work
    rest = (choices.widths(work), choices.dues(cast, seen, work), form.measures())
    return [choices.tones(cast, work), form.claimed(), *rest]


PARTS: Final[dict[str, Callable[[Form], list[Any]]]] = {
    "whom": lambda form: [choices.initiatives(form.cast, form.seen, form.work)],
    "now": lambda form: [choices.angles(form.seen, form.work)],
    "give": gives,
    "get": lambda form: [
        *choices.asks(form.cast, form.work.account, form.work.page),
        payback_line(form.cast, form.made, form.seen.quarter),
    ],
    "worth": _worth,
    "proof": lambda form: [choices.proofs(form.seen, form.work)],
    "otherwise": lambda form: [
        choices.alternatives(form.seen, form.work),
        choices.inactions(form.cast, form.seen, form.work),
    ],
    "paper": lambda form: [choices.papers(form.work)],
}
"""What each part asks, shows and tells."""
