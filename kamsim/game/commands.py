"""What a player may ask of a session, as plain data: moves and guesses, checked and put in one form for the log."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from kamsim.engine.moves import MOVES, alone, bind
from kamsim.engine.moves.casework import AUDIENCES
from kamsim.engine.params import Params
from kamsim.errors import IllegalMove

GUESSES: Final = ("ranking", "breakeven", "profit_range", "forecast")
FORESEEN: Final = ("won", "lost", "none")
"""What a player may forecast of an opportunity; none: that nobody gets it."""
MOST_CENTS: Final = 10**15
MOST_PERCENT: Final = 1000.0


@dataclass(frozen=True)
class Command:
    """A move that was made: its number in the log (from 1, never used twice), quarter, kind and plain arguments."""

    number: int
    quarter: int
    move: str
    args: dict[str, Any]


@dataclass(frozen=True)
class OpenMatters:
    """What would be left undone if the quarter closed now. False when nothing is."""

    requests: tuple[str, ...]
    """Unanswered requests that fall due this quarter; they lapse."""
    incidents: tuple[str, ...]
    """Accounts with an incident that nobody handled."""
    hours_left: float
    talks: tuple[str, ...] = ()
    """Negotiations that fall due this quarter."""

    def __bool__(self) -> bool:
        return bool(self.requests or self.incidents or self.talks or self.hours_left >= 10.0)


_OWNERS: Final = (
    ("person", "people", "person_account"),
    ("moment", "moments", "moment_account"),
    ("talk", "talks", "talk_account"),
    ("opportunity", "opportunities", "opportunity_account"),
    ("initiative", "initiatives", "initiative_account"),
    ("request", "requests", "request_account"),
)
"""What a move may be about where it names no account: a kind of name, the ids of that kind, and their accounts."""


def account_row(params: Params, command: Command) -> int | None:
    """The row of the account that a move was about; None where it was about our own side."""
    names: dict[str, object] = {}
    for field in MOVES[command.move].fields:
        names.setdefault(field.kind, command.args.get(field.name))  # the first of a kind is whom it is about
    if names.get("account"):
        return params.accounts.index(str(names["account"]))
    if names.get("joint"):
        return int(params.own.joint_account[params.own.joints.index(str(names["joint"]))])
    owner = next((owner for owner in _OWNERS if names.get(owner[0])), None)
    if owner is None:
        return None
    kind, ids, accounts = owner
    return int(getattr(params, accounts)[getattr(params, ids).index(str(names[kind]))])


def plain_args(params: Params, kind: str, args: Mapping[str, Any]) -> dict[str, Any]:
    """A move's arguments as JSON data, numbers on their grid. Raises IllegalMove for what does not exist."""
    said = alone(params, kind, args)
    given = {name: _scalar(kind, name, value) for name, value in said.items() if value is not None}
    bound = bind(params, kind, given)
    made: dict[str, Any] = {}
    for field in MOVES[kind].fields:
        if field.name not in given:
            continue
        if field.kind == "number":
            made[field.name] = float(bound[field.name])
        elif field.kind == "choice":
            made[field.name] = field.choices[field.choices.index(given[field.name])]
        else:
            made[field.name] = str(given[field.name])
    return made


def plain_page(params: Params, account: str, audience: str, page: Mapping[str, Any]) -> dict[str, Any]:
    """A page of a business case as JSON data. Raises IllegalMove for an account, audience or value that does not
    exist."""
    if audience not in AUDIENCES:
        raise IllegalMove(f"a case is for {' or '.join(AUDIENCES)}, not for {audience!r}")
    kind = "ask_desk" if audience == "desk" else "present_case"
    args = plain_args(params, kind, {**page, "account": account})
    del args["account"]
    return args


def _scalar(kind: str, name: str, value: Any) -> Any:
    """One plain value; a policy may give an array with one lane."""
    if isinstance(value, np.ndarray | np.generic):
        if value.size != 1:
            raise IllegalMove(f"{kind}: {name} must be one value, not {value.size}")
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        raise IllegalMove(f"{kind}: {name} must be a number, not {value!r}")
    if not isinstance(value, str | int | float):
        raise IllegalMove(f"{kind}: {name} must be a name or a number, not {type(value).__name__}")
    return value


def plain_guess(accounts: Sequence[str], opportunities: Sequence[str], name: str, value: Any) -> Any:
    """A guess as JSON data. Raises IllegalMove when it is none.

    ``ranking``: every account id once, most profitable first; ``breakeven``: percent more volume that repays 5%
    off; ``profit_range``: lowest and highest total account profit of the quarter about to close, in cents;
    ``forecast``: an ``opportunity``, its ``outcome`` (one of `FORESEEN`) and ``amount``, cents a quarter.
    """
    if name == "ranking":
        if not isinstance(value, list | tuple) or sorted(map(str, value)) != sorted(accounts):
            raise IllegalMove(f"ranking must name every account once: {', '.join(accounts)}")
        return [str(account) for account in value]
    if name == "breakeven":
        percent = _number(name, value)
        if not 0.0 <= percent <= MOST_PERCENT:
            raise IllegalMove(f"breakeven must be 0 to {MOST_PERCENT:g} percent, not {value!r}")
        return percent
    if name == "profit_range":
        if not isinstance(value, list | tuple) or len(value) != 2:
            raise IllegalMove("profit_range must be two amounts of cents, the lower first")
        low, high = (_number(name, part) for part in value)
        if not -MOST_CENTS <= low <= high <= MOST_CENTS:
            raise IllegalMove("profit_range must be two amounts of cents, the lower first")
        return [round(low), round(high)]
    if name == "forecast":
        return _forecast(opportunities, value)
    raise IllegalMove(f"there is no guess {name!r}; known are {', '.join(GUESSES)}")


def _forecast(opportunities: Sequence[str], value: Any) -> dict[str, Any]:
    """What becomes of an opportunity, as JSON data."""
    if not isinstance(value, Mapping) or set(value) != {"opportunity", "outcome", "amount"}:
        raise IllegalMove("forecast must be an opportunity, an outcome and an amount")
    if value["opportunity"] not in opportunities:
        raise IllegalMove(f"there is no opportunity {str(value['opportunity'])[:40]!r}")
    if value["outcome"] not in FORESEEN:
        raise IllegalMove(f"an opportunity is {', '.join(FORESEEN)}, not {str(value['outcome'])[:40]!r}")
    amount = _number("amount", value["amount"])
    if amount < 0:
        raise IllegalMove("a forecast's amount cannot be below nothing")
    return {"opportunity": str(value["opportunity"]), "outcome": str(value["outcome"]), "amount": round(amount)}


def _number(name: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= MOST_CENTS:
        raise IllegalMove(f"{name} must be a number, not {str(value)[:40]}")
    return float(value)
