"""The seat: all that a policy or a session may touch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from textwrap import wrap
from typing import Any, Final, ParamSpec, Protocol

import numpy as np

from kamsim.engine.lanes import Codes, Flags, Lanes
from kamsim.engine.luck import Luck, entity_keys
from kamsim.engine.moves import MOVES, Field, Outcome, Refusal, act, bind, combinations, discount_limit, refusals
from kamsim.engine.params import Params
from kamsim.engine.sight import Seen, observe
from kamsim.engine.world import World
from kamsim.errors import IllegalMove


@dataclass(frozen=True, eq=False)
class Option:
    """One way to make a move: its named arguments, why it is refused by lane (0 where it is allowed), and the fields
    that are still free to choose. ``ranges``: lowest and highest allowed value of each number field, by lane."""

    args: dict[str, Any]
    refused: Codes
    free: tuple[Field, ...]
    ranges: dict[str, tuple[Lanes, Lanes]]


@dataclass(frozen=True, eq=False)
class Domain:
    """Everything that a kind of move could be now. Legality is enumerated once, here, and everybody uses the list."""

    kind: str
    options: tuple[Option, ...]


P = ParamSpec("P")
_UNCHANGED: Final = np.int8(Refusal.NO_CHANGE)
PAGE: Final = 20
"""Fields from which a move is a page, shown once."""
WIDTH: Final = 108
WHOLE: Final = "\xa0by\xa0"
"""Keeps a range and its step on one line."""


def listed() -> list[str]:
    """Every move with its hours and its arguments, as lines of text."""
    lines, shown = ["move              hours   arguments"], dict[tuple[Field, ...], str]()
    for kind, move in MOVES.items():
        arguments = ", ".join(field.said for field in move.fields)
        if len(move.fields) > PAGE and move.fields in shown:
            arguments = f"as {shown[move.fields]}"
        shown[move.fields] = kind
        whole = arguments.replace(" by ", WHOLE)
        first, *more = wrap(whole, WIDTH - 26, break_long_words=False, break_on_hyphens=False) or [""]
        lines += [f"{kind:<18}{move.takes:<8}{first}".rstrip(), *(" " * 26 + line for line in more)]
    return [line.replace(WHOLE, " by ") for line in lines]


def _listing(method: Callable[P, Outcome]) -> Callable[P, Outcome]:
    """Put the list of moves into the docstring of a method."""
    method.__doc__ = (method.__doc__ or "").replace("{moves}", ("\n" + " " * 12).join(listed()))
    return method


class Seat:
    """A chair at the table, for L lanes at once. It shows what may be seen and makes moves; it shows no truth."""

    def __init__(self, world: World, params: Params, luck: Luck) -> None:
        self._world = world
        self._params = params
        self._luck = luck
        self._seen: Seen | None = None

    @property
    def seen(self) -> Seen:
        """What the player sees now."""
        if self._seen is None or self._seen.quarter != self._world.quarter:
            self._seen = observe(self._world, self._params)
        return self._seen

    @property
    def quarter(self) -> int:
        """The quarter being played, from 1."""
        return self._world.quarter

    def chance(self, *labels: str) -> Lanes:
        """Draws in 0..1 for policies that choose by chance (labels, L); the same for the same label and quarter."""
        return self._luck.uniform("policy", self.quarter, entity_keys(labels))

    def legal(self, kind: str) -> Domain:
        """What this kind of move could be now, allowed or refused. Raises IllegalMove for no such kind."""
        params, seen = self._params, self.seen
        if kind not in MOVES:
            bind(params, kind, {})
        free = tuple(field for field in MOVES[kind].fields if field.free or field.kind == "number")
        options = []
        for args in combinations(params, kind):
            if "request" in args and not (seen.request[params.requests.index(args["request"])] > 0).any():
                continue
            if "talk" in args and not (seen.talk[params.talks.index(args["talk"])] > 0).any():
                continue
            if "moment" in args and not (seen.moment[params.moments.index(args["moment"])] > 0).any():
                continue
            if "force" in args and (seen.seen_at[_acts(params, args["force"])] < 0).all():
                continue
            if (
                "opportunity" in args
                and np.isnan(seen.known("stage", params.opportunities.index(args["opportunity"]))[0]).all()
            ):
                continue
            if "news" in args and params.news_quarter[params.news.index(args["news"])] > seen.quarter:
                continue
            options.append(_option(params, seen, kind, args, free))
        return Domain(kind, tuple(options))

    @_listing
    def do(self, kind: str, where: Flags | None = None, **args: Any) -> Outcome:
        """Make a move in the lanes ``where`` (all by default); where the rules refuse it, nothing happens there.

        ``where`` is an array of truth values, one for each lane, or a single one; any argument may be one value, or an
        array with one for each lane: names and words as they are said or by their place, numbers as they are.
        `kamsim.engine.moves` declares every move; hours come off ``seen.hours_left``::

            {moves}

        Arguments in brackets may be left out. A new rhythm costs what it adds this quarter, or frees it; a meeting
        takes 20 hours with an executive, and a referral needs ``through``, somebody of theirs who puts in a word; an
        incident takes half its effort, in whole tens, where the service desk owns it, and 10 more where we go and put
        it right together; a request takes 10 to trade, for which ``get`` says what we ask in return; a new case takes
        10 more where its drivers are worked through. What a page leaves out stays empty, or as it is; its claim and the
        cost of inaction are in thousands.

        Raises IllegalMove for a move, name or value that does not exist, and for arrays of another shape.
        """
        check_where(kind, where, self._world.lanes)
        return act(
            self._world, self._params, self._luck, kind, _by_lane(kind, args, self._world.lanes), where, self.seen
        )


def _acts(params: Params, force: str) -> int:
    """The fact about how a force stands."""
    return params.fact_blocks["acts"][params.forces.index(force)]


def check_where(kind: str, where: Any, lanes: int) -> None:
    """Raise IllegalMove for row numbers and lists, which would be taken for truth values, and for other shapes."""
    if where is None or isinstance(where, bool | np.bool_):
        return
    if not isinstance(where, np.ndarray):
        given = f"a {type(where).__name__}"
    elif where.dtype != np.bool_ or where.shape != (lanes,):
        given = f"an array of {where.dtype} of shape {where.shape}"
    else:
        return
    raise IllegalMove(f"{kind}: where must be an array of bool of shape ({lanes},), one for each lane, not {given}")


def _by_lane(kind: str, args: dict[str, Any], lanes: int) -> dict[str, Any]:
    """The arguments, each given once or by lane."""
    for field in MOVES[kind].fields if kind in MOVES else ():
        value, number = args.get(field.name), field.kind == "number"
        if not isinstance(value, np.ndarray | list | tuple):
            continue
        if not isinstance(value, np.ndarray) or value.shape not in ((), (1,), (lanes,)):
            given = f"shape {value.shape}" if isinstance(value, np.ndarray) else f"a {type(value).__name__}"
            raise IllegalMove(
                f"{kind}: {field.name} must be one {'number' if number else 'choice'} or an array of shape "
                f"({lanes},), one for each lane, not {given}"
            )
        if number and value.shape == (1,):
            args = {**args, field.name: value[0]}
    return args


def _option(params: Params, seen: Seen, kind: str, args: dict[str, Any], free: tuple[Field, ...]) -> Option:
    probe = dict(args)
    ranges: dict[str, tuple[Lanes, Lanes]] = {}
    for field in free:
        if field.kind == "number":
            low, high = _range(params, seen, args, field)
            ranges[field.name] = (low, high)
            probe[field.name] = high
        if field.optional:
            probe[field.name] = MOVES[kind].probe.get(field.name)
        elif field.kind != "number":
            probe[field.name] = field.choices[0]
    refused = refusals(seen, kind, bind(params, kind, probe))
    unchanged = refused == _UNCHANGED
    if free and unchanged.any():
        # payment days stay as they are: they have a bound of their own
        for field in (field for field in free if not field.optional and field.name != "days"):
            probe[field.name] = ranges[field.name][0] if field.kind == "number" else field.choices[-1]
        refused = np.where(unchanged, refusals(seen, kind, bind(params, kind, probe)), refused)
    return Option(args, refused, free, ranges)


def _range(params: Params, seen: Seen, args: dict[str, Any], field: Field) -> tuple[Lanes, Lanes]:
    """The lowest and highest value of a number field that the price rules allow, on the grid of its steps."""
    low, high = np.full(seen.lanes, field.low), np.full(seen.lanes, field.high)
    if field.name not in ("discount", "rebate", "change", "price"):
        return low, high
    if "opportunity" in args:
        cell = int(params.opportunity_cell[params.opportunities.index(args["opportunity"])])
        lowest = 1.0 - params.floor[cell] / (1.0 - seen.rebate[cell])
        top = np.minimum(np.minimum(discount_limit(seen, cell), lowest) - seen.discount[cell], field.high)
        return low, np.maximum(low, np.floor(top / field.step + 1e-6) * field.step)
    talk = params.talks.index(args["talk"]) if "talk" in args else -1
    account = int(params.talk_account[talk]) if talk >= 0 else params.accounts.index(args["account"])
    if field.name in ("change", "price") and field.low < 0.0:
        low = np.where(seen.contract_until[account] >= seen.quarter, 0.0, low)
    if field.name == "price" and field.low == 0.0 and talk < 0:
        return low, high
    for cell in params.account_cells[account]:
        _, region, line = params.cells[cell]
        if args.get("line", line) != line or args.get("region", region) != region:
            continue
        discount, rebate = seen.discount[cell], seen.rebate[cell]
        if field.name == "rebate":
            limit = np.maximum(np.maximum(params.authority_rebate, params.start_rebate[cell]), rebate)
            alone = seen.exclusive_until[cell] >= seen.quarter
            low = np.maximum(low, np.where(alone, rebate, params.start_rebate[cell]))
            high = np.minimum(high, np.minimum(limit, 1.0 - params.floor[cell] / (1.0 - discount)))
            continue
        limit = np.maximum(discount_limit(seen, cell), discount)
        top = np.minimum(limit, 1.0 - params.floor[cell] / (1.0 - rebate))
        if field.name == "discount":
            low = np.maximum(low, seen.agreed[cell])
            high = np.minimum(high, top)
        else:
            high = np.minimum(high, top - discount)
    grid_high = np.floor(high / field.step + 1e-6) * field.step
    grid_low = np.ceil(low / field.step - 1e-6) * field.step
    return grid_low, np.maximum(grid_low, grid_high)


class Policy(Protocol):
    """A way to play: anything with a name and a ``play`` that makes one quarter's moves in all lanes of a seat.

    A policy of your own can do all that a player can. Arrays end with the lane axis; ``where`` picks lanes, and any
    argument may differ by lane, as the largest account does here::

        import numpy as np
        import kamsim

        class Listener:
            name = "listener"

            def play(self, seat):
                names, people = seat.seen.params.accounts, seat.seen.params.people
                if seat.quarter == 1:
                    for account in names:
                        seat.do("set_rhythm", account=account, rhythm="normal")
                for row, account in enumerate(names):
                    open_now = seat.seen.incident[row] > 0
                    seat.do("handle_incident", where=open_now, account=account, effort=30, redress="credit")
                for row, request in enumerate(seat.seen.params.requests):
                    asker = people[seat.seen.params.request_person[row]]
                    waiting = seat.seen.request[row] == 1
                    if waiting.any():
                        seat.do("meet", where=waiting, person=asker, agenda="buying")
                        seat.do("answer_request", where=waiting, request=request, answer="decline")
                for row, person in enumerate(people):
                    stance, age = seat.seen.known("stance", row)
                    unsure = np.isnan(stance) | (age > 3)
                    spare = seat.seen.hours_left >= 60
                    seat.do("meet", where=unsure & spare, person=person, agenda="provocative")
                for option in seat.legal("review_costs").options:
                    seat.do("review_costs", where=option.refused == 0, **option.args)
                largest = np.argmax(seat.seen.sales, axis=0)
                seat.do("scan", account=largest)

        outcomes = kamsim.simulate("halden", Listener(), seeds=100)
        print(np.median(outcomes.score))
    """

    name: str

    def play(self, seat: Seat) -> None:
        """Make this quarter's moves. All that it may use is the seat."""
