"""A business case as a form: its eight parts as questions, the figures that follow, and what an answer changes.

Each part is declared here once. The text session lists the questions, the desktop makes controls of them; neither
decides what may be said.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeVar

from kamsim.engine.preview import AT_REST
from kamsim.view.case import bringing, choices
from kamsim.view.case import edges as case_edges
from kamsim.view.case.figures import payback_line
from kamsim.view.case.gives import EVERYWHERE, gives
from kamsim.view.case.outcome import footing
from kamsim.view.case.sentences import CASE_SLOTS, claim_range, paper
from kamsim.view.questions import OWN, Part, Question, Span

if TYPE_CHECKING:
    from kamsim.engine.preview import Preview
    from kamsim.engine.sight import Seen
    from kamsim.game.session import Session
    from kamsim.view.case.working import Working
    from kamsim.view.words.names import Cast

T = TypeVar("T")
SLOTS: Final = {**CASE_SLOTS, "paper": "On paper"}
"""The eight parts of a page, in their order."""
SLOT_HELP: Final = {
    "whom": "Hang it on one initiative of theirs that is running now. Whoever runs it reads it first.",
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
    "no_capacity": "get", "double_counted": "give",
}  # fmt: skip
"""Which part of the page mends what a coach speaks of."""
FREE: Final = ("claim", "inaction_value")
"""What a page's figures follow, and are not drawn from."""


class Form:
    """One page that lies open. What is worked out is kept until something changes on which it rests.

    ``lanes``: in how many futures its figures are worked out.
    """

    def __init__(self, session: Session, cast: Cast, work: Working) -> None:
        self.session, self.cast, self.work = session, cast, work
        self.lanes = AT_REST
        self._held: dict[Any, tuple[Seen, Any, Any]] = {}

    @property
    def seen(self) -> Seen:
        """What the player sees now."""
        return self.session.seen

    def kept(self, name: Any, key: Any, make: Callable[[], T]) -> T:
        """Something that depends on no more than what is seen and a key."""
        held = self._held.get(name)
        if held is None or held[0] is not self.seen or held[1] != key:
            held = self._held[name] = self.seen, key, make()
        made: T = held[2]
        return made

    def _page(self, *leave: str) -> Any:
        """What the page says, as a key; without some fields."""
        page = self.work.page
        return self.work.kind, tuple((name, page[name]) for name in page if name not in leave)

    # --- figures ------------------------------------------------------------------------------------------------

    @property
    def made(self) -> Preview:
        """What the page comes to."""
        key = (self.lanes, self._page())
        return self.kept("made", key, lambda: self.work.preview(self.session, lanes=self.lanes))

    @property
    def edges(self) -> case_edges.Edges:
        """Where the price changes its meaning, all else as it is."""
        work = self.work
        key = self._page("price", *FREE)
        return self.kept(
            "edges", key, lambda: case_edges.price_edges(self.seen, work.account, work.audience, work.page)
        )

    @property
    def refused(self) -> str:
        """Why the page could not be brought as it is; '' where it can."""
        return self.kept("refused", self._page(), lambda: bringing.refused(self.cast, self.seen, self.work))

    @property
    def footing(self) -> dict[str, tuple[str, str]]:
        """By part whether it rests on facts."""
        said = self.work.page
        rests = tuple(said.get(name) for name in ("initiative", "proof", "alternative"))
        return self.kept("footing", rests, lambda: footing(self.seen, self.work))

    @property
    def title(self) -> str:
        """What the page is called."""
        return bringing.title(self.cast, self.work.account, self.work.audience, recut=self.work.recut)

    @property
    def hours(self) -> float:
        """What it takes to bring it."""
        return bringing.hours(self.seen, self.work)

    def bounds(self, kind: str, name: str) -> tuple[float, float]:
        """The lowest and highest value of a number that a kind of move may have at the account."""
        low, high = self.kept(("bounds", kind), (), lambda: self._option(kind))[name]
        return float(low[0]) + 0.0, float(high[0]) + 0.0

    def _option(self, kind: str) -> dict[str, Any]:
        options = self.session.legal(kind).options
        return next(option.ranges for option in options if option.args["account"] == self.work.account)

    # --- questions ----------------------------------------------------------------------------------------------

    def texts(self) -> dict[str, str]:
        """What the page says, by part."""
        return {**self.work.sentences(self.cast, self.seen), "paper": paper(self.work.page)}

    def part(self, slot: str) -> Part:
        """What a part may say otherwise."""
        help_ = SLOT_HELP[slot]
        if self.work.audience == "desk":
            help_ = DESK_HELP.get(slot, help_)
        if slot == "now" and self.work.initiative is None:
            return Part(help_, barred="First say for which initiative (1).")
        return Part(help_, tuple(PARTS[slot](self)))

    def measures(self) -> Question:
        """On which measure."""
        key = self._page("width", "due", *FREE)
        return self.kept("measures", key, lambda: choices.measures(self.cast, self.seen, self.work))

    def claimed(self) -> Span:
        """The claimed range, and what our own facts imply."""
        _, low, high = claim_range(self.work.page)
        return Span(low, high, self.made.implied, ("you claim", "your notes imply"))

    def answer(self, name: str, value: Any) -> None:
        """Answer a question; the figures of the page follow, unless they were typed."""
        work = self.work
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
    "get": lambda form: [*choices.asks(form.cast, form.work), payback_line(form.cast, form.made, form.seen.quarter)],
    "worth": _worth,
    "proof": lambda form: [choices.proofs(form.seen, form.work)],
    "otherwise": lambda form: [
        choices.alternatives(form.seen, form.work),
        choices.inactions(form.cast, form.seen, form.work),
    ],
    "paper": lambda form: [choices.papers(form.work)],
}
"""What each part asks, shows and tells."""
