"""Opportunities in words: how far one has come, what became of it and why, and what opened a line to tender."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from kamsim.engine.awards import LOTS
from kamsim.engine.terms import STAGES_OF_PURCHASE, TWISTS_OF_PURCHASE
from kamsim.view.words.names import age, counted, points, quoted

if TYPE_CHECKING:
    from kamsim.game.events.opportunities import OpportunityAwarded
    from kamsim.view.words.names import Cast

Data = Mapping[str, Any]
STAGES: Final = ("Need", "Requirements", "Comparison", "Decision")
"""The four steps that an opportunity goes through, by their number from 1."""
STAGE_TOLD: Final = dict(
    zip(
        STAGES_OF_PURCHASE,
        (
            "is not asked for", "is needed", "is being specified", "is compared with what others offer",
            "is up for decision", "was won", "was lost", "was not decided",
        ),
        strict=True,
    )
)  # fmt: skip
"""By stage: what is said of it."""
STAGE_WAS: Final = {
    "need": "was needed", "requirements": "was being specified", "comparison": "was compared with other offers",
    "decision": "was up for decision",
}  # fmt: skip
"""The same of what is decided since."""
STAGE_HELP: Final = (
    "Somebody needs something. Help their initiative on, and know who will decide.",
    "They write down what it must do. A bid may lie there from now on.",
    "Offers are compared. What is required, and how much, may still change.",
    "The window is open. What lies there when it closes decides.",
)
TWIST_TOLD: Final = dict(
    zip(
        TWISTS_OF_PURCHASE,
        (
            "stands as it was asked for", "has grown", "was cut", "is now more about price",
            "asks for something else than at first: what lay there no longer counts",
        ),
        strict=True,
    )
)  # fmt: skip
FORESEEN_WORDS: Final = {"won": "Won", "lost": "Lost", "none": "No decision"}
"""What a player may forecast."""
OUTCOME_WORDS: Final = {"won": "won", "lost": "lost", "undecided": "not decided"}


def _bidder(cast: Cast, value: float) -> str:
    if not value:
        return "has no strongest rival yet"
    return f"has {cast.scenario.rivals[int(value) - 1].name} as the strongest rival"


OPPORTUNITY_WORDS: Final[dict[str, Callable[[Cast, str, float, int], str]]] = {
    "stage": lambda _c, _a, v, _q: STAGE_TOLD[STAGES_OF_PURCHASE[int(v)]],
    "amount": lambda cast, about, v, _q: f"comes to about {units(cast, about, v)} a quarter",
    "decides": lambda cast, _a, v, _q: (
        (f"is decided in {cast.by(int(v))}" if cast.over(int(v)) else f"is decided when {cast.quarter(int(v))} closes")
        if v
        else "has no date for its decision"
    ),
    "runs": lambda _c, _a, v, _q: f"runs for {counted(int(v), 'quarter')}",
    "twist": lambda _c, _a, v, _q: TWIST_TOLD[TWISTS_OF_PURCHASE[int(v)]],
    "bidder": lambda cast, _a, v, _q: _bidder(cast, v),
}
"""By kind of fact: what is said of its subject."""


def units(cast: Cast, opportunity: str, value: float) -> str:
    """An amount in the line's own unit: 1,240 bearings, 4,480 thousand pumps."""
    unit = cast.lines[cast.opportunities[opportunity].line].unit
    return f"{value:,.0f} {unit if round(value) == 1 or unit.endswith('s') else unit + 's'}"


def title(cast: Cast, opportunity: str, arose: int = 0) -> str:
    """What is bought; where they have bought it before, which order it is. ``arose``: the quarter in which it did, 0
    for the one that is open now."""
    count = cast.round(opportunity, arose)
    return f"{cast.opportunities[opportunity].title}{f', order {count}' if count > 1 else ''}"


def titled(cast: Cast, opportunity: str, arose: int = 0) -> str:
    """The same in quotation marks."""
    return f"\N{LEFT DOUBLE QUOTATION MARK}{title(cast, opportunity, arose)}\N{RIGHT DOUBLE QUOTATION MARK}"


def named(cast: Cast, opportunity: str) -> str:
    """What is bought, and for what: "Bearings for the second bench" for Ballast."""
    return f"{titled(cast, opportunity)} for {cast.initiatives[cast.bought_for[opportunity]].name}"


def at_home(cast: Cast, opportunity: str, arose: int = 0) -> str:
    """Where, and what: Orvik: Bearings for the second bench."""
    return f"{cast.account(cast.home[opportunity])}: {title(cast, opportunity, arose)}"


# --- what became of it --------------------------------------------------------------------------------------------

WON_BY: Final = {
    "case": "What decided it: what they had signed with you for {initiative}.",
    "engagement": "What decided it: your work with them on {initiative}.",
    "access": "What decided it: {decider} knows you, and called you first.",
    "word": "What decided it: what you promised there came true before.",
    "price": "What decided it: your price.",
    "luck": "It could well have gone the other way. That was luck.",
}
LACKED: Final = {
    "no_bid": "What decided it: no bid of yours lay there.",
    "price": "What decided it: your price.",
    "case": "What decided it: nothing that they had signed with you spoke to {initiative} as it is.",
    "engagement": "What decided it: you had done little for {initiative} itself.",
    "access": "What decided it: {decider} hardly knows you.",
    "word": "What decided it: your word counts for little there.",
    "tender": "What decided it: price. Your no without a reason had sent this line to tender.",
    "luck": "Nothing was missing: it was as good as yours. Luck had it otherwise.",
    "cancelled": "{initiative} was cancelled, and this with it.",
    "no_need": "{initiative} needed it no more before they came to buy.",
}
"""By reason: why it was won; why it was not."""


def awarded_head(cast: Cast, data: Data) -> str:
    """One line: who has it."""
    name = title(cast, data["opportunity"], int(data["arose"]))
    where = cast.account(cast.home[data["opportunity"]])
    if data["outcome"] == "won":
        return f"Won at {where}: {name}"
    if data["outcome"] == "lost":
        return f"Lost at {where} to {cast.rival(data.get('rival'))}: {name}"
    return f"Not decided at {where}: {name}"


def awarded_body(cast: Cast, data: Data, quarter: int) -> list[str]:
    """The decider's words, the money, what decided, and what could have been known when."""
    said = cast.voices.award(data["opportunity"], data["outcome"], quarter) if data["reason"] != "cancelled" else ""
    words = [quoted(cast.person(cast.decider(data["opportunity"])), said)] if said else []
    return [*words, money_line(cast, data), reason_line(cast, data), known_line(cast, data)]


def money_line(cast: Cast, data: Data) -> str:
    """What it is worth to whoever has it, and until when; who has the rest."""
    worth, runs, outcome = int(data["worth"]), int(data["runs"]), str(data["outcome"])
    theirs = _stake(worth, data.get("part"), outcome)
    amount = f"{cast.money(theirs)} a quarter for {counted(runs, 'quarter')}, {cast.money(theirs * runs)} in all"
    if outcome == "undecided":
        return f"It would have been {amount}."
    off = f", at {points(data['bid'])} off" if outcome == "won" and data["bid"] else ""
    whose = "Yours until the end of" if outcome == "won" else "Theirs until the end of"
    return " ".join((f"{whose} {cast.by(int(data['until']))}: {amount}{off}.", *_lots(cast, data)))


def at_stake(award: OpportunityAwarded) -> int:
    """Cents a quarter that we won or lost: without the part of whoever came second."""
    return _stake(award.worth, award.part, award.outcome)


def _stake(worth: int, part: float | None, outcome: str) -> int:
    """The part of a purchase that goes to whoever has it, cents a quarter; ``part``: ours, None for all or nothing."""
    if not part or part >= 1.0 or outcome == "undecided":
        return worth
    return round(worth * (part if outcome == "won" else 1.0 - part))


def _lots(cast: Cast, data: Data) -> list[str]:
    """Why it is another amount than was up for decision, and who has the rest of it."""
    units, asked, part = float(data["units"]), data.get("asked"), data.get("part")
    said = []
    if asked and round(LOTS * units / asked) < LOTS:
        said.append(f"They bought {round(LOTS * units / asked)} of the {LOTS} lots that were up, so it is smaller.")
    if part and 0.0 < part < 1.0:
        whole = f"All of it is {cast.money(int(data['worth']))} a quarter"
        ours = f"{cast.money(part * int(data['worth']))} a quarter of it is yours"
        rest = f"; {cast.rival(data.get('rival'))} has the rest as the second source."
        said.append(f"{whole}: {ours}{rest if data['outcome'] == 'won' else ', as the second source.'}")
    return said


def reason_line(cast: Cast, data: Data) -> str:
    """What decided it, in a sentence."""
    won, reason = data["outcome"] == "won", str(data["reason"])
    sentence = (WON_BY if won else LACKED).get(reason, (WON_BY if won else LACKED)["luck"])
    told = sentence.format(
        initiative=cast.initiatives[cast.bought_for[data["opportunity"]]].name,
        decider=cast.person(cast.decider(data["opportunity"])),
    )
    if data["outcome"] == "undecided" and reason not in ("cancelled", "no_need"):
        return f"They put it off, and nobody has it. {told}"
    return told


def known_line(cast: Cast, data: Data) -> str:
    """What could have been known, and when."""
    arose, window = cast.quarter(max(1, int(data["arose"]))), int(data["window"])
    opened = f"its window opened in {cast.quarter(window)}" if window else "its window never opened"
    if data["seen"] is None:
        return f"You never heard of it: it arose in {arose}, and {opened}."
    last = cast.quarter(max(1, int(data["seen"])))
    return (
        f"It arose in {arose}, and {opened}. You last saw it in {last}: it {STAGE_WAS.get(data['stage'], 'was open')}."
    )


def opened_head(cast: Cast, data: Data) -> str:
    """A line that goes to tender."""
    account, until = cast.account(data["account"]), int(data["until"])
    places = cast.accounts[data["account"]].regions
    if len(places) > 1:
        account += ", " + next((item.name for item in places if item.id == data["region"]), str(data["region"]))
    when = f"until the end of {cast.quarter(until)}" if not cast.over(until) else "for the rest of your time"
    return f"{account}: the next {cast.line(data['line']).lower()} they need go to tender ({when})."


def opened_body(_cast: Cast, _data: Data, _quarter: int) -> list[str]:
    """Why, and what would have prevented it."""
    return [
        "You said no and showed nothing for it. In a tender price weighs more, and what speaks for you counts half. A "
        "promise kept there, or work on what they have under way, would have been reason enough."
    ]


def last_seen(quarter: int, seen_at: int) -> str:
    """How old what is known of it is."""
    return f"seen {age(quarter, seen_at)}"


# --- the player's own forecast ------------------------------------------------------------------------------------


def foreseen(cast: Cast, outcome: str, amount: float) -> str:
    """A forecast in a few words."""
    said = FORESEEN_WORDS[outcome].lower()
    return f"{said}, {cast.money(amount)} a quarter" if outcome != "none" else said


def forecast_line(cast: Cast, made: Data, data: Data) -> str:
    """A forecast beside what came of it."""
    came = FORESEEN_WORDS["none" if data["outcome"] == "undecided" else data["outcome"]].lower()
    right = foresaw(made["outcome"], data["outcome"])
    worth = f", {cast.money(data['worth'])} a quarter" if data["outcome"] != "undecided" else ""
    said, tail = foreseen(cast, made["outcome"], made["amount"]), "" if right else " Not as you saw it."
    if data["outcome"] != "undecided" and data.get("asked") and float(data["units"]) < float(data["asked"]) - 0.5:
        tail += " Not all lots that were up were bought."
    return f"{at_home(cast, data['opportunity'], int(data['arose']))}. You said {said}; it was {came}{worth}.{tail}"


def foresaw(said: str, outcome: str) -> bool:
    """Whether a forecast named what came."""
    return said == ("none" if outcome == "undecided" else outcome)
