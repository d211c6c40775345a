"""What a value of an event, or of another line of a log, may be: a name from the scenario, one of the words of the
rules, or a number within its bounds."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Annotated, Any, Final

from pydantic_core import CoreSchema
from pydantic_core import core_schema as is_

from kamsim.engine.explain import CAUSES as MOVERS
from kamsim.engine.initiatives import ACTS
from kamsim.engine.joint import ENDS as JOINT_ENDS
from kamsim.engine.joint import LOSSES
from kamsim.engine.joint import PHASES as JOINT_PHASES
from kamsim.engine.moves import MOVES, Field, Result
from kamsim.engine.page import CONDITIONS, CRITERIA, GATES, METRICS, OUTCOMES, PHASES
from kamsim.engine.params import ANSWERS, HABITS, MEASURES, STATES, TRADES
from kamsim.engine.parts_joint import STATUS as PLAN_STATUS
from kamsim.engine.parts_team import STRAIN_WORDS
from kamsim.engine.service import OWNERS
from kamsim.engine.terms import ISSUES, REASONS, STAGES_OF_PURCHASE, TALK_STATUS, TWISTS_OF_PURCHASE, WON
from kamsim.engine.truth import TWISTS
from kamsim.game.commands import FORESEEN, GUESSES, MOST_CENTS, MOST_PERCENT
from kamsim.game.events.names import Names
from kamsim.game.promise_gap import PARTS
from kamsim.scenario.crosscheck_size import MANY

MOST: Final = 2**53
"""Whole numbers from here on are not exact in any table."""
LONG: Final = 2_000
"""Characters of a text that no rule bounds more closely."""


class Rule(ABC):
    """What a value may be, once a session's scenario is known."""

    @abstractmethod
    def schema(self, names: Names, /) -> CoreSchema:
        """The rule as a schema of pydantic's core."""

    def __get_pydantic_core_schema__(self, *_: Any) -> CoreSchema:
        """In a line of the log: checked where there is a door (`game.door`), taken as it is where it is written."""
        return is_.with_info_plain_validator_function(self._at_door)

    def _at_door(self, value: Any, info: Any) -> Any:
        return value if info.context is None else info.context.value(self, value)


def one_of(values: Sequence[Any]) -> CoreSchema:
    """One of some values; nothing fits where there are none."""
    return is_.literal_schema(list(values) or [object()])


@dataclass(frozen=True, eq=False, repr=False)
class Named(Rule):
    """The id of one of the scenario's things."""

    what: str

    def schema(self, names: Names, /) -> CoreSchema:
        """One of the ids."""
        return one_of(names.of(self.what))


@dataclass(frozen=True, eq=False, repr=False)
class Word(Rule):
    """One of the rules' own words, or of the few numbers that they allow."""

    words: tuple[Any, ...]

    def schema(self, _names: Names, /) -> CoreSchema:
        """One of the words."""
        return one_of(self.words)


@dataclass(frozen=True, eq=False, repr=False)
class Whole(Rule):
    """A whole number from ``low`` to ``high``, both included."""

    low: int
    high: int

    def schema(self, _names: Names, /) -> CoreSchema:
        """A bounded int."""
        return is_.int_schema(strict=True, ge=self.low, le=self.high)


@dataclass(frozen=True, eq=False, repr=False)
class InQuarter(Rule):
    """A quarter of the game, from ``first``; ``beyond`` how many more than are played, for what is still to come."""

    first: int = 1
    beyond: int = 0

    def schema(self, names: Names, /) -> CoreSchema:
        """A bounded int."""
        return is_.int_schema(strict=True, ge=self.first, le=names.last + self.beyond)


@dataclass(frozen=True, eq=False, repr=False)
class Between(Rule):
    """A number from ``low`` to ``high``, both included."""

    low: float
    high: float

    def schema(self, _names: Names, /) -> CoreSchema:
        """A bounded, finite float."""
        return is_.float_schema(strict=True, allow_inf_nan=False, ge=self.low, le=self.high)


@dataclass(frozen=True, eq=False, repr=False)
class Wording(Rule):
    """Any text up to ``most`` characters."""

    most: int = LONG

    def schema(self, _names: Names, /) -> CoreSchema:
        """A bounded str."""
        return is_.str_schema(strict=True, max_length=self.most)


@dataclass(frozen=True, eq=False, repr=False)
class Ranked(Rule):
    """Every account once."""

    def schema(self, names: Names, /) -> CoreSchema:
        """A list of all the ids."""
        accounts = names.of("account")
        every = is_.list_schema(one_of(accounts), min_length=len(accounts), max_length=len(accounts))
        return is_.no_info_after_validator_function(_each_once, every)


def _each_once(names: list[str]) -> list[str]:
    if len(set(names)) != len(names):
        raise ValueError
    return names


@dataclass(frozen=True, eq=False, repr=False)
class Guessing(Rule):
    """A ranking, a number of percent, the lowest and highest of a range in cents, or what becomes of an opportunity
    (`commands.plain_guess`)."""

    def schema(self, names: Names, /) -> CoreSchema:
        """One of the four."""
        percent = Between(0.0, MOST_PERCENT).schema(names)
        amounts = is_.list_schema(Whole(-MOST_CENTS, MOST_CENTS).schema(names), min_length=2, max_length=2)
        forecast = {
            "opportunity": one_of(names.of("opportunity")),
            "outcome": one_of(FORESEEN),
            "amount": Whole(0, MOST_CENTS).schema(names),
        }
        foreseen = is_.typed_dict_schema(
            {name: is_.typed_dict_field(rule) for name, rule in forecast.items()}, extra_behavior="forbid"
        )
        return is_.union_schema([percent, amounts, Ranked().schema(names), foreseen])


@dataclass(frozen=True, eq=False, repr=False)
class Arguments(Rule):
    """The arguments of a move that another field names."""

    def schema(self, _names: Names, /) -> CoreSchema:
        """A dict; the door holds it against what its move declares."""
        return is_.dict_schema(is_.str_schema(strict=True), is_.any_schema(), max_length=MANY)


@dataclass(frozen=True, eq=False, repr=False)
class Values(Rule):
    """Values by the name of their field, each as its move declares it; with ``partial`` all of them may be missing."""

    fields: tuple[Field, ...]
    partial: bool = False

    def schema(self, names: Names, /) -> CoreSchema:
        """A dict with these keys only."""
        return is_.typed_dict_schema(
            {
                field.name: is_.typed_dict_field(of_field(field, names), required=not (self.partial or field.optional))
                for field in sorted(self.fields, key=lambda field: field.name)  # as the log has them
            },
            extra_behavior="forbid",
        )


EDGE: Final = 1e-9
"""How far a number may lie beyond the last step of its grid."""


def of_field(field: Field, names: Names) -> CoreSchema:
    """What an argument of a move may be."""
    if field.kind == "number":
        return Between(field.low - EDGE, field.high + EDGE).schema(names)
    return one_of(field.choices if field.kind == "choice" else names.of(field.kind))


@cache
def arguments_of(move: str) -> Values:
    """The arguments of a kind of move."""
    return Values(MOVES[move].fields)


PAGE: Final = tuple(field.name for field in MOVES["present_case"].fields[1:])
"""What a business case, or an ask of the desk, may say."""


def _page_field(name: str) -> Field:
    """A field of a page, whichever of the two it is."""
    customer, desk = (
        next(field for field in MOVES[move].fields if field.name == name) for move in ("present_case", "ask_desk")
    )
    choices = tuple(dict.fromkeys((*customer.choices, *desk.choices)))
    return replace(customer, choices=choices, low=min(customer.low, desk.low), high=max(customer.high, desk.high))


def _offered(field: Field) -> Field:
    """A field of an offer; its change of price is told against the price of each cell."""
    return replace(field, low=-1.0, high=1.0) if field.name == "change" else field


Account = Annotated[str, Named("account")]
Person = Annotated[str, Named("person")]
Reader = Annotated[str, Named("reader")]
"""Of the customer's committee or of our own desk."""
Initiative = Annotated[str, Named("initiative")]
Request = Annotated[str, Named("request")]
Incident = Annotated[str, Named("incident")]
"""Of an account's own, or a kind of them."""
Tender = Annotated[str, Named("tender")]
Rival = Annotated[str, Named("rival")]
News = Annotated[str, Named("news")]
Moment = Annotated[str, Named("moment")]
Talk = Annotated[str, Named("talk")]
FactName = Annotated[str, Named("fact")]
Subject = Annotated[str, Named("subject")]
"""What a fact is about."""
FactKind = Annotated[str, Named("fact_kind")]
Opportunity = Annotated[str, Named("opportunity")]
Colleague = Annotated[str, Named("colleague")]
Specialist = Annotated[str, Named("specialist")]
Joint = Annotated[str, Named("joint")]
"""Something that is built together with a customer."""
Region = Annotated[str, Named("region")]
Line = Annotated[str, Named("line")]
Plan = Annotated[str, Named("plan")]
"""An initiative; '' for none."""

MoveKind = Annotated[str, Word(tuple(MOVES))]
Outcome = Annotated[str, Word(tuple(result.name.lower() for result in Result))]
Side = Annotated[str, Word(("customer", "desk"))]
"""Whose page: the customer's committee, or our own deal desk."""
State = Annotated[str, Word(STATES)]
Label = Annotated[
    str,
    Word(tuple(dict.fromkeys((*STATES, *MEASURES, *ACTS, *TRADES, *STAGES_OF_PURCHASE, *TWISTS_OF_PURCHASE, "none")))),
]
Habit = Annotated[str, Word(HABITS)]
Severity = Annotated[str, Word(("minor", "serious", "severe"))]
Owner = Annotated[str, Word(OWNERS)]
Mending = Annotated[str, Word(("well", "partly", "badly"))]
Answer = Annotated[str, Word(ANSWERS)]
Verdict = Annotated[str, Word(OUTCOMES)]
Gate = Annotated[str, Word(GATES)]
Condition = Annotated[str, Word(CONDITIONS)]
Criterion = Annotated[str, Word(CRITERIA)]
Metric = Annotated[str, Word(METRICS)]
Cause = Annotated[str, Word(tuple(MOVERS))]
Twist = Annotated[str, Word(TWISTS)]
Phase = Annotated[str, Word(PHASES)]
JointPhase = Annotated[str, Word(JOINT_PHASES)]
JointEnd = Annotated[str, Word(JOINT_ENDS[1:])]
JointLoss = Annotated[str, Word(LOSSES)]
PlanStatus = Annotated[str, Word(PLAN_STATUS)]
Issue = Annotated[str, Word(ISSUES)]
TableStatus = Annotated[str, Word(TALK_STATUS)]
Strain = Annotated[str, Word(STRAIN_WORDS)]
"""How a colleague is."""
Stage = Annotated[str, Word(STAGES_OF_PURCHASE)]
Awarded = Annotated[str, Word(STAGES_OF_PURCHASE[WON:])]
Deciding = Annotated[str, Word(REASONS)]
"""What decided an opportunity."""
Turn = Annotated[str, Word(TWISTS_OF_PURCHASE)]
"""What came over an opportunity."""
Advice = Annotated[str, Word((*GATES, *CRITERIA, "too_many_levers"))]


GapPart = Annotated[str, Word(PARTS)]

Quarter = Annotated[int, InQuarter()]
SeenIn = Annotated[int, InQuarter(0)]
"""A quarter in which something was learned; 0 is before the first."""
Coming = Annotated[int, InQuarter(0, beyond=100)]
"""A quarter that something falls due in, also after the last."""
Year = Annotated[int, Whole(1, 100)]
Count = Annotated[int, Whole(0, 10**6)]
Cents = Annotated[int, Whole(1 - MOST, MOST - 1)]
Hours = Annotated[float, Between(-1e4, 1e4)]
"""That a move took; below 0 where it gave some back."""
Seconds = Annotated[float, Between(0.0, 1e9)]
Figure = Annotated[float, Between(-float(MOST), float(MOST))]
"""A number that no rule bounds more closely."""
Amount = Annotated[float, Between(0.0, float(MOST))]
Share = Annotated[float, Between(0.0, 1.0)]
Points = Annotated[float, Between(0.0, 100.0)]
Text = Annotated[str, Wording()]
Args = Annotated[dict[str, Any], Arguments()]
Guess = Annotated[str, Word(GUESSES)]
GuessValue = Annotated[Any, Guessing()]
Ranking = Annotated[list[str], Ranked()]
Page = Annotated[dict[str, Any], Values(tuple(map(_page_field, PAGE)), partial=True)]
"""Of a business case, as the arguments of a move have it."""
Offer = Annotated[dict[str, Any], Values(tuple(map(_offered, MOVES["offer_terms"].fields[1:])))]
"""Terms that lay before a customer; ``change`` is the largest of its cells."""
Proposal = Annotated[dict[str, Any], Values(MOVES["propose"].fields[1:])]
"""What was proposed on each issue."""
