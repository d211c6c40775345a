"""All moves, declared once: what they need, what they cost, why they may be refused, and what they do.

The same declarations are the commands of the log, the buttons of every face, the list that bots choose from
and the fuzz tests' material. A refusal is computed from `Seen` alone, so it can never leak what is hidden; a
hidden reason ("she declined") is an outcome that costs its hours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import product
from typing import Any, Final

import numpy as np

from kamsim.engine import initiatives, knowledge, market, service
from kamsim.engine.lanes import EVERYWHERE, Codes, Flags, Lanes, Where, unit
from kamsim.engine.luck import Luck
from kamsim.engine.params import RHYTHMS, TRADES, Params
from kamsim.engine.quarter import unsettle
from kamsim.engine.sight import Seen, observe
from kamsim.engine.terms import COMMITMENTS, DAYS, LENGTHS, PRICE_STEP
from kamsim.engine.world import World
from kamsim.errors import IllegalMove


class Refusal(IntEnum):
    """Why a move cannot be made; the game words each with what would help."""

    NONE = 0
    ENDED = 1
    LOCKED = 2
    NO_HOURS = 3
    NO_CHANGE = 4
    DOOR_CLOSED = 5
    DOOR_SHUT = 6
    DOOR_OPEN = 7
    NOT_EXECUTIVE = 8
    NO_INSIGHT = 9
    SCANNED = 10
    REVIEWED = 11
    NOT_BOUGHT = 12
    BEYOND_AUTHORITY = 13
    BELOW_FLOOR = 14
    BELOW_AGREED = 15
    OFFER_PENDING = 16
    NO_REQUEST = 17
    TRADE_TRIED = 18
    NO_INCIDENT = 19
    HANDLED = 20
    EXPEDITED = 21


class Result(IntEnum):
    """What came of a move that was made."""

    DONE = 0
    LEARNED = 1
    NOTHING_NEW = 2
    DOOR_OPENED = 3
    DECLINED = 4
    STALE = 5
    GRANTED = 6
    TRADED = 7
    TRADE_REFUSED = 8
    TURNED_DOWN = 9
    TURNED_DOWN_BADLY = 10


@dataclass(frozen=True)
class Field:
    """One argument of a move. ``kind``: account, line, region, person, request (names); choice (one of ``choices``);
    number (``low``..``high`` in steps of ``step``). A ``free`` choice never decides whether a move is allowed."""

    name: str
    kind: str
    choices: tuple[Any, ...] = ()
    low: float = 0.0
    high: float = 0.0
    step: float = 1.0
    optional: bool = False
    free: bool = False


@dataclass(frozen=True)
class Outcome:
    """What happened to one move, by lane.

    ``refused`` (L,) holds `Refusal` codes, 0 where the move was made (-1 where it was not asked for); ``result``
    (L,) `Result` codes; ``hours`` (L,) charged; ``facts`` row numbers in ``params.facts`` that it could reveal, and
    ``learned`` (facts, L) which it did.
    """

    refused: Codes
    result: Codes
    hours: Lanes
    facts: tuple[int, ...]
    learned: Flags

    @property
    def done(self) -> Flags:
        """Lanes in which the move was made."""
        return self.refused == 0


Bound = dict[str, Any]
Effect = tuple[Any, tuple[int, ...], Any]
"""Result codes, facts tried, facts learned, all over the lanes touched."""
NOTHING: Final[tuple[int, ...]] = ()


@dataclass(frozen=True)
class Move:
    """One kind of move. ``answered``: somebody answers or something is revealed at once, so it cannot be undone."""

    kind: str
    fields: tuple[Field, ...]
    answered: bool
    hours: Callable[[Seen, Bound], Any]
    refuse: Callable[[Seen, Bound], Sequence[tuple[Any, Refusal]]]
    apply: Callable[[World, Params, Luck, Bound, Where], Effect]


def bind(params: Params, kind: str, args: Mapping[str, Any]) -> Bound:
    """Names to row numbers, values checked. Raises IllegalMove for what does not exist."""
    move = MOVES.get(kind)
    if move is None:
        raise IllegalMove(f"there is no move {kind!r}; known are {', '.join(MOVES)}")
    unknown = set(args) - {field.name for field in move.fields}
    if unknown:
        raise IllegalMove(f"{kind} takes no {', '.join(sorted(unknown))}; it takes {', '.join(f.name for f in move.fields)}")
    bound: Bound = {}
    for field in move.fields:
        if field.name not in args or args[field.name] is None:
            if not field.optional:
                raise IllegalMove(f"{kind} needs {field.name}")
            bound[field.name] = None
            continue
        bound[field.name] = _value(params, kind, field, args[field.name])
    if "region" in bound:
        bound["cells"] = _cells(params, bound)
    return bound


def _value(params: Params, kind: str, field: Field, value: Any) -> Any:
    names = {"account": params.accounts, "line": params.lines, "person": params.people, "request": params.requests}
    if field.kind in names:
        if value not in names[field.kind]:
            raise IllegalMove(f"{kind}: there is no {field.kind} {value!r}")
        return names[field.kind].index(value)
    if field.kind == "region":
        return str(value)
    if field.kind == "choice":
        if isinstance(value, np.ndarray) or value not in field.choices:
            known = ", ".join(map(str, field.choices))
            raise IllegalMove(f"{kind}: {field.name} must be one of {known}, not {value!r}")
        return value
    try:
        number = np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError):
        raise IllegalMove(f"{kind}: {field.name} must be a number, not {value!r}") from None
    steps = np.rint(number / field.step)
    good = (np.abs(number / field.step - steps) < 1e-6) & (number >= field.low - 1e-9) & (number <= field.high + 1e-9)
    if not np.all(good):
        raise IllegalMove(f"{kind}: {field.name} must be {field.low:g} to {field.high:g} in steps of {field.step:g}")
    return steps * field.step


def _cells(params: Params, bound: Bound) -> tuple[int, ...]:
    return tuple(
        row
        for row in params.account_cells[bound["account"]]
        if params.cell_line[row] == bound["line"] and bound["region"] in (None, params.cells[row][1])
    )


def refusals(seen: Seen, kind: str, bound: Bound) -> Codes:
    """Why a move is refused, by lane (L,); 0 where it is allowed. From Seen alone."""
    move, params = MOVES[kind], seen.params
    codes: Codes = np.zeros(seen.lanes, dtype=np.int8)
    checks = (
        (seen.quarter > params.longest, Refusal.ENDED),
        (seen.quarter < params.unlocked_at.get(kind, 1), Refusal.LOCKED),
        *move.refuse(seen, bound),
        (move.hours(seen, bound) > seen.hours_left, Refusal.NO_HOURS),
    )
    for condition, code in checks:
        if np.ndim(condition) == 0:
            if condition:
                codes[codes == 0] = code
        elif condition.any():
            codes[(codes == 0) & condition] = code
    return codes


def act(
    world: World, params: Params, luck: Luck, kind: str, args: Mapping[str, Any], where: Flags | None = None
) -> Outcome:
    """Make a move in the lanes ``where`` (all by default) in which the rules allow it; other lanes keep every bit.

    Raises IllegalMove for a move, name or value that does not exist.
    """
    bound = bind(params, kind, args)
    seen = observe(world, params)
    codes = refusals(seen, kind, bound)
    if where is not None:
        codes = np.where(where, codes, np.int8(-1))
    made = codes == 0
    hours = np.where(made, np.asarray(MOVES[kind].hours(seen, bound), dtype=np.float64), 0.0)
    result: Codes = np.zeros(seen.lanes, dtype=np.int8)
    if not made.any():
        return Outcome(codes, result, hours, NOTHING, np.zeros((0, seen.lanes), dtype=bool))
    everywhere = bool(made.all())
    lanes: Where = EVERYWHERE if everywhere else np.flatnonzero(made)
    account = _account(params, bound)
    world.work.left[lanes] -= hours[lanes]
    world.work.spent[account, lanes] += hours[lanes]
    codes_made, facts, learned_made = MOVES[kind].apply(world, params, luck, bound, lanes)
    result[lanes] = codes_made
    learned = np.zeros((len(facts), seen.lanes), dtype=bool)
    if facts:
        learned[:, lanes] = learned_made
    return Outcome(codes, result, hours, facts, learned)


def _account(params: Params, bound: Bound) -> int:
    if "account" in bound:
        return int(bound["account"])
    if "person" in bound:
        return int(params.person_account[bound["person"]])
    return int(params.request_account[bound["request"]])


def combinations(params: Params, kind: str) -> Iterator[dict[str, Any]]:
    """Every choice of names and of choices that decide legality, as arguments; free fields and numbers are left out."""
    lists: list[list[tuple[str, Any]]] = []
    names = {"account": params.accounts, "line": params.lines, "person": params.people, "request": params.requests}
    for field in MOVES[kind].fields:
        if field.kind in names:
            lists.append([(field.name, name) for name in names[field.kind]])
        elif field.kind == "choice" and not field.free:
            lists.append([(field.name, choice) for choice in field.choices])
    for chosen in product(*lists):
        args = dict(chosen)
        if "get" in args and (args["answer"] == "trade") == (args["get"] == "none"):
            continue
        if "line" in args and not any(
            cell[0] == args["account"] and cell[2] == args["line"] for cell in params.cells
        ):
            continue
        yield args


# --- the moves, in the order in which a player meets them ---------------------------------------------------

MEETING_HOURS: Final = 10.0
EXECUTIVE_HOURS: Final = 20.0
SCAN_HOURS: Final = 10.0
REVIEW_HOURS: Final = 10.0
SEEK_HOURS: Final = 10.0
OFFER_HOURS: Final = 30.0
ANSWER_HOURS: Final = 10.0
DOOR_QUARTERS: Final = 4
SHUT_QUARTERS: Final = 2
AGENDAS: Final = ("results", "provocative", "buying")
GETS: Final = ("none", *TRADES)
TRADED_COMMITMENT: Final = 0.025
"""Share of wallet that a customer commits for half a concession; promised volume is often missed (ECONOMICS B5)."""


def _no_hours(_seen: Seen, _bound: Bound) -> float:
    return 0.0


def _rhythm_hours(seen: Seen, bound: Bound) -> Lanes:
    hours = seen.params.rhythm_hours
    wanted = RHYTHMS.index(bound["rhythm"])
    more: Lanes = hours[wanted] - hours[seen.rhythm[bound["account"]]]
    return more


def _refuse_rhythm(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    return [(seen.rhythm[bound["account"]] == RHYTHMS.index(bound["rhythm"]), Refusal.NO_CHANGE)]


def _set_rhythm(world: World, _params: Params, _luck: Luck, bound: Bound, lanes: Where) -> Effect:
    world.work.rhythm[bound["account"], lanes] = RHYTHMS.index(bound["rhythm"])
    return Result.DONE, NOTHING, None


def _meeting_hours(seen: Seen, bound: Bound) -> float:
    return EXECUTIVE_HOURS if seen.params.person_level[bound["person"]] == 2 else MEETING_HOURS


def _refuse_meeting(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    return [(~seen.door_open[bound["person"]], Refusal.DOOR_CLOSED)]


def _meet(world: World, params: Params, luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """A meeting reveals facts by its agenda, warms the tie, and serves the initiatives that we understand."""
    person = bound["person"]
    account = int(params.person_account[person])
    people = world.people
    tie = people.tie[person, lanes]
    chance = 0.30 + 0.35 * world.truth.collaboration[account] + 0.25 * tie
    facts, heard = knowledge.hear(
        world, params, luck, _questions(params, person, account, bound["agenda"]), chance, lanes, knowledge.MEETING
    )
    people.tie[person, lanes] = tie + 0.12 * (1.0 - tie)
    people.stance[person, lanes] = unit(people.stance[person, lanes] + 0.04, -1.0)
    if bound["agenda"] != "buying":
        _serve(world, params, person, account, lanes)
    any_heard = heard.any(axis=0)
    return np.where(any_heard, Result.LEARNED, Result.NOTHING_NEW), facts, heard


def _questions(params: Params, person: int, account: int, agenda: str) -> list[tuple[str, int, float]]:
    """What an agenda may reveal: (kind of fact, row, bonus on the chance)."""
    owned = [k for k in params.account_initiatives[account] if params.initiative_owner[k] == person]
    others = [k for k in params.account_initiatives[account] if k not in owned]
    if agenda == "results":
        return [
            ("measure", person, 0.4),
            *(("state", k, 0.4) for k in owned),
            *(("state", k, 0.0) for k in others),
            ("wallet", account, 0.0),
        ]
    if agenda == "provocative":
        return [
            ("stance", person, 0.3),
            *(("force", k, 0.3) for k in owned),
            *(("force", k, -0.1) for k in others),
            ("attack", account, 0.1),
            ("trust", account, 0.2),
        ]
    members = params.account_people[account]
    asked = [q for q in params.account_requests[account] if params.request_person[q] == person]
    return [
        *((kind, member, 0.3 if member == person else 0.0) for member in members for kind in ("power", "veto")),
        ("price_sensitivity", account, 0.1),
        ("collaboration", account, 0.0),
        *(("interest", q, 0.4) for q in asked),
    ]


def _serve(world: World, params: Params, person: int, account: int, lanes: Where) -> None:
    """Talk that rests on a true and recent picture of an initiative helps it, most of all with its owner; an
    outdated picture costs a little standing (ECONOMICS B10, B13)."""
    at = world.initiatives
    for row in params.account_initiatives[account]:
        recent, true = knowledge.fresh_state(world, params, row, lanes)
        owner = params.initiative_owner[row] == person
        gain = 0.40 if owner else 0.15
        engaged = at.engagement[row, lanes]
        at.engagement[row, lanes] = np.where(true, engaged + gain * (1.0 - engaged), engaged)
        if owner:
            at.help[row, lanes] = np.where(true, initiatives.HELP, at.help[row, lanes])
            stance = world.people.stance[person, lanes]
            world.people.stance[person, lanes] = unit(stance + np.where(true, 0.06, np.where(recent, -0.05, 0.0)), -1.0)


def _scan_hours(_seen: Seen, _bound: Bound) -> float:
    return SCAN_HOURS


def _refuse_scan(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    return [(seen.insight[bound["account"]], Refusal.SCANNED)]


def _scan(world: World, params: Params, luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """A day in the trade press, filings and the sales channel around one customer."""
    account = bound["account"]
    rows = params.account_initiatives[account]
    wanted = [("attack", account, 0.2), ("wallet", account, 0.1)]
    wanted += [("state", row, 0.1) for row in rows] + [("force", row, -0.1) for row in rows]
    chance = np.full(world.work.left[lanes].shape, 0.55)
    facts, heard = knowledge.hear(world, params, luck, wanted, chance, lanes, knowledge.SCAN)
    world.knowledge.insight[account, lanes] = True
    return np.where(heard.any(axis=0), Result.LEARNED, Result.NOTHING_NEW), facts, heard


def _review_hours(_seen: Seen, _bound: Bound) -> float:
    return REVIEW_HOURS


def _refuse_review(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    return [(seen.reviewed[bound["account"]], Refusal.REVIEWED)]


def _review(world: World, _params: Params, _luck: Luck, bound: Bound, lanes: Where) -> Effect:
    world.knowledge.reviewed[bound["account"], lanes] = True
    world.booked = None
    return Result.LEARNED, NOTHING, None


def _seek_hours(_seen: Seen, _bound: Bound) -> float:
    return SEEK_HOURS


def _refuse_seek(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    person = bound["person"]
    account = seen.params.person_account[person]
    insight: Any = False
    if bound["approach"] == "insight":
        insight = np.ones(seen.lanes, dtype=bool)
        for row in seen.params.account_initiatives[account]:
            insight &= ~(seen.seen_at[seen.params.fact_blocks["state"][row]] >= 0)
    return [
        (seen.params.person_level[person] != 2, Refusal.NOT_EXECUTIVE),
        (seen.door_open[person], Refusal.DOOR_OPEN),
        (seen.door_shut[person], Refusal.DOOR_SHUT),
        (insight, Refusal.NO_INSIGHT),
    ]


def _seek(world: World, params: Params, luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """Ask for an executive's time, cold or with an insight on a current initiative (ECONOMICS B10)."""
    person = bound["person"]
    account = int(params.person_account[person])
    collaboration = world.truth.collaboration[account]
    people = world.people
    chance = np.full(world.work.left[lanes].shape, 0.10 + 0.10 * float(collaboration[0]))
    live = np.zeros(chance.shape, dtype=bool)
    if bound["approach"] == "insight":
        for row in params.account_initiatives[account]:
            live |= knowledge.fresh_state(world, params, row, lanes)[1]
        chance = np.where(live, 0.85, 0.10)
    draw = luck.uniform("door", world.quarter, params.person_keys[person : person + 1], lanes)[0]
    opens = draw < chance
    stale = (bound["approach"] == "insight") & ~live & ~opens
    quarter = float(world.quarter)
    people.open_until[person, lanes] = np.where(opens, quarter + DOOR_QUARTERS - 1, people.open_until[person, lanes])
    people.shut_until[person, lanes] = np.where(opens, 0.0, quarter + SHUT_QUARTERS)
    tie = people.tie[person, lanes]
    people.tie[person, lanes] = np.where(opens, tie + 0.15 * (1.0 - tie), np.maximum(0.0, tie - 0.05 * stale))
    result = np.where(opens, Result.DOOR_OPENED, np.where(stale, Result.STALE, Result.DECLINED))
    return result, NOTHING, None


def _price_limits(seen: Seen, cells: Sequence[int], discount: Any, rebate: Any) -> list[tuple[Any, Refusal]]:
    """The rules that every price must keep: our authority, the floor, and what the customer holds us to."""
    params = seen.params
    beyond: Any = np.zeros(seen.lanes, dtype=bool)
    floor: Any = np.zeros(seen.lanes, dtype=bool)
    for cell in cells:
        off = discount(cell)
        back = rebate(cell)
        limit = params.start_discount[cell] + params.authority_discount
        beyond = beyond | ((off > limit + 1e-9) & (off > seen.discount[cell] + 1e-9))
        floor = floor | (((1.0 - off) * (1.0 - back) < params.floor[cell] - 1e-9) & (off + back > 0.0))
    return [(beyond, Refusal.BEYOND_AUTHORITY), (floor, Refusal.BELOW_FLOOR)]


def _refuse_discount(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    cells, value = bound["cells"], bound["discount"]
    if not cells:
        return [(True, Refusal.NOT_BOUGHT)]
    same: Any = np.ones(seen.lanes, dtype=bool)
    dear: Any = np.zeros(seen.lanes, dtype=bool)
    for cell in cells:
        same = same & (np.abs(seen.discount[cell] - value) < 1e-9)
        dear = dear | (value < seen.agreed[cell] - 1e-9)
    return [
        (same, Refusal.NO_CHANGE),
        (dear, Refusal.BELOW_AGREED),
        *_price_limits(seen, cells, lambda _: value, lambda cell: seen.rebate[cell]),
    ]


def _set_discount(world: World, params: Params, _luck: Luck, bound: Bound, lanes: Where) -> Effect:
    for cell in bound["cells"]:
        world.market.discount[cell, lanes] = _at(bound["discount"], lanes)
    market.reprice(world, params, bound["cells"], lanes)
    return Result.DONE, NOTHING, None


def _refuse_rebate(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    cells, value = bound["cells"], bound["rebate"]
    if not cells:
        return [(True, Refusal.NOT_BOUGHT)]
    same: Any = np.ones(seen.lanes, dtype=bool)
    dear: Any = np.zeros(seen.lanes, dtype=bool)
    beyond: Any = np.zeros(seen.lanes, dtype=bool)
    for cell in cells:
        same = same & (np.abs(seen.rebate[cell] - value) < 1e-9)
        dear = dear | (value < seen.params.start_rebate[cell] - 1e-9)
        beyond = beyond | (value > np.maximum(seen.params.authority_rebate, seen.params.start_rebate[cell]) + 1e-9)
    return [
        (same, Refusal.NO_CHANGE),
        (dear, Refusal.BELOW_AGREED),
        (beyond, Refusal.BEYOND_AUTHORITY),
        _price_limits(seen, cells, lambda cell: seen.discount[cell], lambda _: value)[1],
    ]


def _set_rebate(world: World, params: Params, _luck: Luck, bound: Bound, lanes: Where) -> Effect:
    for cell in bound["cells"]:
        world.market.rebate[cell, lanes] = _at(bound["rebate"], lanes)
    market.reprice(world, params, bound["cells"], lanes)
    return Result.DONE, NOTHING, None


def _at(value: Any, lanes: Where) -> Any:
    """A number for some lanes, given once or by lane."""
    return value if np.ndim(value) == 0 else value[lanes]


def _offer_hours(_seen: Seen, _bound: Bound) -> float:
    return OFFER_HOURS


def _refuse_offer(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    account = bound["account"]
    cells = seen.params.account_cells[account]
    nothing = (
        (bound["change"] == 0.0)
        & (bound["commitment"] == 0.0)
        & (bound["days"] == seen.days[account])
        & (seen.pooled[account] == (bound["pooled"] == "yes"))
    )
    return [
        (seen.offer[account] > 0, Refusal.OFFER_PENDING),
        (nothing, Refusal.NO_CHANGE),
        *_price_limits(
            seen, cells, lambda cell: seen.discount[cell] + bound["change"], lambda cell: seen.rebate[cell]
        ),
    ]


def _offer(world: World, params: Params, _luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """Put Terms before a buying centre, which answers when the quarter closes."""
    account, dealings = bound["account"], world.dealings
    for cell in params.account_cells[account]:
        dealings.offer_price[cell, lanes] = np.maximum(
            0.0, world.market.discount[cell, lanes] + _at(bound["change"], lanes)
        )
    dealings.offer_commitment[account, lanes] = bound["commitment"]
    dealings.offer_length[account, lanes] = bound["length"]
    dealings.offer_days[account, lanes] = bound["days"]
    dealings.offer_pooled[account, lanes] = bound["pooled"] == "yes"
    dealings.offer[account, lanes] = 1
    world.relations.pitched[account, lanes] = world.quarter
    return Result.DONE, NOTHING, None


def _answer_hours(_seen: Seen, bound: Bound) -> float:
    return ANSWER_HOURS if bound["answer"] == "trade" else 0.0


def _request_cells(params: Params, request: int) -> tuple[int, ...]:
    line = params.request_line[request]
    cells = params.account_cells[params.request_account[request]]
    return tuple(cell for cell in cells if line < 0 or params.cell_line[cell] == line)


def _refuse_answer(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    request = bound["request"]
    checks: list[tuple[Any, Refusal]] = [(seen.request[request] != 1, Refusal.NO_REQUEST)]
    if bound["answer"] == "trade":
        checks.append(((bound["get"] or "none") == "none", Refusal.NO_CHANGE))
        checks.append((seen.trade_refused[request] > 0, Refusal.TRADE_TRIED))
    if bound["answer"] != "decline":
        part = 1.0 if bound["answer"] == "grant" else 0.5
        ask = np.nan_to_num(seen.request_ask[request]) * part
        cells = _request_cells(seen.params, request)
        checks += _price_limits(seen, cells, lambda cell: seen.discount[cell] + ask, lambda cell: seen.rebate[cell])
    return checks


def _answer(world: World, params: Params, luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """Grant a price request, trade half of it for something, or decline."""
    request, dealings = bound["request"], world.dealings
    person = int(params.request_person[request])
    cells = _request_cells(params, request)
    ask = float(world.truth.request_ask[request, 0])
    stance = world.people.stance
    if bound["answer"] == "decline":
        shaken = unsettle(world, params, luck, request, lanes, 0.0)
        dealings.request[request, lanes] = 4
        return np.where(shaken, Result.TURNED_DOWN_BADLY, Result.TURNED_DOWN), NOTHING, None
    if bound["answer"] == "grant":
        _concede(world, params, cells, ask, lanes)
        stance[person, lanes] = unit(stance[person, lanes] + 0.15, -1.0)
        dealings.request[request, lanes] = 2
        return Result.GRANTED, NOTHING, None
    account = int(params.request_account[request])
    welcome = float(world.truth.request_welcomes[request, TRADES.index(bound["get"])])
    willing = 0.15 + 0.25 * float(world.truth.collaboration[account, 0])
    chance = (0.75 if welcome else willing) + 0.20 * world.people.tie[person, lanes]
    draw = luck.uniform("trade", world.quarter, params.request_keys[request : request + 1], lanes)[0]
    agreed = draw < chance
    _concede(world, params, cells, ask / 2.0 * agreed, lanes)
    _take_get(world, params, account, cells, bound["get"], agreed, lanes)
    stance[person, lanes] = unit(stance[person, lanes] + np.where(agreed, 0.12, -0.02), -1.0)
    dealings.request[request, lanes] = np.where(agreed, 3, dealings.request[request, lanes])
    dealings.trade_refused[request, lanes] = ~agreed
    return np.where(agreed, Result.TRADED, Result.TRADE_REFUSED), NOTHING, None


def _concede(world: World, params: Params, cells: tuple[int, ...], off: Any, lanes: Where) -> None:
    """Lower the price for good: what a customer was granted it holds us to."""
    for cell in cells:
        lower = world.market.discount[cell, lanes] + off
        world.market.discount[cell, lanes] = lower
        given = np.asarray(off) > 0.0
        world.dealings.agreed[cell, lanes] = np.where(given, lower, world.dealings.agreed[cell, lanes])
    market.reprice(world, params, cells, lanes)


def _take_get(
    world: World, params: Params, account: int, cells: tuple[int, ...], get: str, agreed: Flags, lanes: Where
) -> None:
    """What the customer gives for half a concession."""
    dealings = world.dealings
    if get == "fewer_deliveries":
        dealings.pooled[account, lanes] |= agreed.astype(np.int8)
    elif get == "prompt_payment":
        days = dealings.days[account, lanes]
        dealings.days[account, lanes] = np.where(agreed, np.maximum(0.0, days - 15.0), days)
    else:
        until = dealings.contract_until[account, lanes]
        dealings.contract_until[account, lanes] = np.where(agreed, np.maximum(until, world.quarter + 7.0), until)
    if get == "volume_commitment":
        for cell in cells:
            promised = np.minimum(0.95, world.market.share[cell, lanes] + TRADED_COMMITMENT)
            dealings.committed[cell, lanes] = np.where(agreed, promised, dealings.committed[cell, lanes])


def _incident_hours(_seen: Seen, bound: Bound) -> float:
    return float(bound["effort"])


def _refuse_incident(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    account = bound["account"]
    return [(seen.incident[account] == 0, Refusal.NO_INCIDENT), (seen.handled[account], Refusal.HANDLED)]


def _handle(world: World, params: Params, _luck: Luck, bound: Bound, lanes: Where) -> Effect:
    """Put an incident right: hours at once, and money for the damage where redress is given."""
    account, dealings = bound["account"], world.dealings
    redress = bound["redress"] == "credit"
    dealings.recovery[account, lanes] = service.recovery(bound["effort"], redress)
    if redress:
        sales = np.zeros(world.lanes) if world.ledger is None else world.ledger.sales[account]
        cost = service.CREDIT * dealings.severity[account, lanes] * np.broadcast_to(sales, world.lanes)[lanes]
        dealings.credit[account, lanes] = np.rint(cost)
    return Result.DONE, NOTHING, None


def _expedite_hours(_seen: Seen, _bound: Bound) -> float:
    return 10.0


def _refuse_expedite(seen: Seen, bound: Bound) -> list[tuple[Any, Refusal]]:
    return [(seen.expedited[bound["account"]] > 0, Refusal.EXPEDITED)]


def _expedite(world: World, _params: Params, _luck: Luck, bound: Bound, lanes: Where) -> Effect:
    world.work.expedite[bound["account"], lanes] = 1
    return Result.DONE, NOTHING, None


_ACCOUNT: Final = Field("account", "account")
_PRICE: Final = (_ACCOUNT, Field("line", "line"), Field("region", "region", optional=True))
_ALL: Final = (
    Move("set_rhythm", (_ACCOUNT, Field("rhythm", "choice", RHYTHMS)), False, _rhythm_hours, _refuse_rhythm, _set_rhythm),
    Move(
        "meet", (Field("person", "person"), Field("agenda", "choice", AGENDAS)),
        True, _meeting_hours, _refuse_meeting, _meet,
    ),
    Move(
        "answer_request",
        (
            Field("request", "request"),
            Field("answer", "choice", ("grant", "trade", "decline")),
            Field("get", "choice", GETS, optional=True),
        ),
        True, _answer_hours, _refuse_answer, _answer,
    ),
    Move(
        "handle_incident",
        (_ACCOUNT, Field("effort", "choice", (10, 20, 30, 40)), Field("redress", "choice", ("none", "credit"))),
        False, _incident_hours, _refuse_incident, _handle,
    ),
    Move(
        "set_discount", (*_PRICE, Field("discount", "number", low=0.0, high=0.9, step=PRICE_STEP)),
        False, _no_hours, _refuse_discount, _set_discount,
    ),
    Move("scan", (_ACCOUNT,), True, _scan_hours, _refuse_scan, _scan),
    Move("review_costs", (_ACCOUNT,), True, _review_hours, _refuse_review, _review),
    Move(
        "seek_executive", (Field("person", "person"), Field("approach", "choice", ("cold", "insight"))),
        True, _seek_hours, _refuse_seek, _seek,
    ),
    Move(
        "offer_terms",
        (
            _ACCOUNT,
            Field("change", "number", low=-0.10, high=0.10, step=PRICE_STEP),
            Field("commitment", "choice", COMMITMENTS, free=True),
            Field("length", "choice", LENGTHS, free=True),
            Field("days", "choice", DAYS, free=True),
            Field("pooled", "choice", ("no", "yes"), free=True),
        ),
        False, _offer_hours, _refuse_offer, _offer,
    ),
    Move("expedite", (_ACCOUNT,), False, _expedite_hours, _refuse_expedite, _expedite),
    Move(
        "set_rebate", (*_PRICE, Field("rebate", "number", low=0.0, high=0.2, step=PRICE_STEP)),
        False, _no_hours, _refuse_rebate, _set_rebate,
    ),
)  # fmt: skip
MOVES: Final[dict[str, Move]] = {move.kind: move for move in _ALL}
"""Every kind of move by name, in the order in which a player meets them."""
