"""Our own company and its key-account programme in words: who helps, what is key, how it stands against the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kamsim.engine.params import CENTS
from kamsim.engine.programme import AT_ONCE
from kamsim.engine.support import HELPS

if TYPE_CHECKING:
    from kamsim.game.events.programme import PlanReviewed, ProgrammeRebuilt
    from kamsim.scenario.supplier import Approver
    from kamsim.view.words.names import Cast

FUNCTION_WORDS: Final = {
    "sales": "sales", "finance": "finance", "operations": "operations", "product": "product management",
}  # fmt: skip
WISH_WORDS: Final = {
    "support": "that the whole company helps more",
    "information": "that we know more about customers, and sooner",
    "sponsor": "to stand behind what you build with a customer",
}
BEFORE_KEYS: Final = "before what key customers cost"
"""What management's plan leaves out, and the books do not."""
SUPPORT_WORDS: Final = (
    (0.6, "leaves you alone: late deliveries, a slow desk"),
    (0.75, "helps where it must"),
    (0.85, "helps as usual"),
    (2.0, "stands behind your customers"),
)
"""Below which support our company is said to do what."""
INFORMATION_WORDS: Final = (
    (0.5, "hears late, and often wrong"),
    (0.75, "hears a good part in time"),
    (0.9, "hears most things in time"),
    (2.0, "hears what is going on"),
)
"""Below which quality of information our company is said to know how much."""
USUAL_QUESTIONS: Final = (
    "What makes a customer of ours a key customer? I won't take last year's sales for an answer.",
    "Which of them think in years, as we would like to, and which from one quotation to the next? How do you know?",
    "Who in this house, besides you, can tell me what your best customer is trying to get done?",
    "What stands with one of them that we built together, and that neither of us would have had alone?",
    "If you left in spring, what would the next one find that isn't in your head?",
)
"""What a boss asks at the reviews of the years, where the story has no question for one."""


def question(cast: Cast, year: int) -> str:
    """The one question that the boss asks at the review of a year, where there is a programme; '' where there is
    none."""
    programme = cast.scenario.organisation.programme
    if programme is None:
        return ""
    written = {item.year: item.text for item in programme.questions}
    return written.get(year, USUAL_QUESTIONS[(year - 1) % len(USUAL_QUESTIONS)])


def colleague(cast: Cast, function: str) -> Approver | None:
    """Who sits at our desk for a function; None for nobody."""
    return next((item for item in cast.approvers.values() if item.seat == function), None)


def seat_told(cast: Cast, function: str) -> str:
    """A function with whoever sits at our desk for it: Bas Roem, finance."""
    found = colleague(cast, function)
    return f"{found.name}, {FUNCTION_WORDS[function]}" if found else FUNCTION_WORDS[function]


def support_told(support: float) -> str:
    """How far our company helps: helps as usual."""
    return next(words for limit, words in SUPPORT_WORDS if support < limit)


def information_told(quality: float) -> str:
    """How much our company knows of customers, and how soon."""
    return next(words for limit, words in INFORMATION_WORDS if quality < limit)


def brings(function: str) -> str:
    """What an afternoon with a function is good for."""
    if function in HELPS:
        return "Deliveries, signatures and a hand with what went wrong come a little easier"
    return "What customers do reaches you a little sooner, and truer"


def cost_told(cast: Cast) -> tuple[str, str]:
    """What naming a customer key costs at once, and over the next two years."""
    programme = cast.scenario.organisation.programme
    cost = CENTS * programme.cost if programme else 0.0
    return cast.money(AT_ONCE * cost), cast.money((1.0 - AT_ONCE) * cost)


def rebuilt_told(cast: Cast, event: ProgrammeRebuilt) -> str:
    """What it means that the programme was rebuilt."""
    ended, many = cast.customers(event.ended), len(event.ended)
    gone = f" {ended} {'is' if many == 1 else 'are'} no longer key, and noticed." if ended else ""
    return (
        f"The programme has been rebuilt: management had waited long enough for its plan. The company helps less than "
        f"it did.{gone}"
    )


def reviewed_told(cast: Cast, event: PlanReviewed) -> str:
    """A year against management's plan."""
    came, plan, year = cast.money(event.earned), cast.money(event.plan), f"Year {event.year} against the plan"
    head = f"{year}, {BEFORE_KEYS}: {came} of {plan}."
    if event.earned >= event.plan:
        return f"{head} There."
    patience = cast.scenario.organisation.programme
    left = patience.patience - event.below if patience else 0
    after = (
        "One more such year, and the programme may be rebuilt." if left == 1 else "Management's patience is at an end."
    )
    return f"{head} Missed. {after if left <= 1 else ''}".rstrip()
