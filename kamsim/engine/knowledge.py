"""Facts: what the player has found out, when and how (economics B11). A fact is what was true when it was seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from kamsim.engine import opportunities, regions
from kamsim.engine.facts import INITIATIVE_FACTS, OPPORTUNITY_FACTS
from kamsim.engine.initiatives import NOTHING, OVER, alive
from kamsim.engine.lanes import EVERYWHERE, ONE, Codes, Flags, Lanes, Rows, Where, across, cut, run, some, unit
from kamsim.engine.luck import Keys, Luck
from kamsim.engine.params import Params

if TYPE_CHECKING:
    from kamsim.engine.world import World

SOURCES: Final = ("none", "notes", "meeting", "scan", "review", "news", "routine")
NOTES, MEETING, SCAN, REVIEW, NEWS, ROUTINE = range(1, len(SOURCES))
ROUTINE_CHANCE: Final = np.array([0.10, 0.35, 0.65])
"""Chance a quarter that the light, normal or close rhythm brings the news of one initiative, or of a rival's plan."""
PLAN: Final = ("attacker", "attack_kind", "attack_idea")
"""Kinds of fact that tell what a rival plans, heard with the plan itself; named as the arrays of `state.Relations`."""
FRESH: Final = 1
"""Quarters after which a fact about an initiative no longer carries a talk."""
SURE: Final = (NOTES, MEETING, REVIEW, NEWS)
"""Sources that bring what is so on the day. The others, scans and routine contact, are as good as our information."""
_IS_SURE: Final = np.isin(np.arange(len(SOURCES)), SURE)
IN_MEETINGS: Final = 0.5
"""How much poor information weighs in a meeting, where people say themselves how things are (economics B21)."""
LATE: Final = (0.7, 1.0)
"""Of the signals that come late, the part that is a quarter old, and that is at most two (economics B21)."""
NOISE: Final = 0.3
"""Spread of figures, as a share of them, where information is worst (economics B21)."""
BLURRED: Final = ("wallet", "trust", "price_sensitivity")
"""Kinds of fact that are figures, which a poor source brings inexactly."""
INSIGHT_LASTS: Final = 2
"""Quarters after which an insight is old, whatever it is about."""
JUST_OVER: Final = 1
"""Quarters for which people still speak of a force that is over to somebody who never heard of it."""


def reliability(params: Params, source: int, quality: Lanes) -> Lanes:
    """How far a source can be taken at its word, 0..1 as ``quality``: the chance that its news is today's. Where what
    our company knows can be built, it counts in meetings too, half as much."""
    if source == MEETING and params.own.has("support"):
        return 1.0 - IN_MEETINGS * (1.0 - quality)
    return np.ones(quality.shape) if source in SURE else quality


NOTHING_TO_TELL: Final = -1.0
"""Value of a fact about people that nobody mentions: it is as one would expect."""
UNTOLD: Final = ("power_new", "listens", "leaving")
MATTERS: Final = 0.1
"""By how much a value must differ from what was known, as a share of the larger, to be something else."""
Which: TypeAlias = "int | slice | Rows"
"""One row of a kind of fact, some, shaped to be an index together with the lanes, or all of them."""


def _wallet(world: World, params: Params, which: Which, lanes: Where) -> Lanes:
    """What a customer spends a quarter on our categories with anybody, cents at our list price."""
    units = world.truth.wallet if world.ledger is None else world.ledger.wallet
    width = world.work.left[lanes].shape[0]
    accounts = np.arange(len(params.accounts))[which]
    value = np.zeros((accounts.size, width))
    for place, account in enumerate(accounts.reshape(-1)):
        for cell in params.account_cells[account]:
            value[place] += (units[cell] if units.shape[1] == 1 else units[cell, lanes]) * params.list_price[cell]
    return value if accounts.ndim else value[0]


def _sensitivity(world: World, params: Params, which: Which, _lanes: Where) -> Lanes:
    """Price sensitivity of an account, read off its first cell."""
    first: Lanes = world.truth.price_sensitivity[[cells[0] for cells in params.account_cells]]
    return first[which]


def _interest(world: World, _params: Params, which: Which, lanes: Where) -> Lanes:
    """First welcome trade of each request, -1 for none."""
    welcomes = world.truth.request_welcomes
    if not welcomes.size:
        return np.zeros((0, 1))[which]
    first = np.where(welcomes.any(axis=2), np.argmax(welcomes, axis=2), -1.0)
    values: Lanes = first[cut(world.calendar.request_need, lanes), np.arange(first.shape[1])[:, None]]
    return values[which]


def _compliance(world: World, params: Params, which: Which, lanes: Where) -> Lanes:
    """Compliance by bound region: what its people say of it."""
    rows = np.arange(len(params.bound))[which]
    value = [regions.compliance(world, params, row, lanes) for row in rows.reshape(-1).tolist()]
    return np.array(value).reshape(len(value), -1) if rows.ndim else value[0]


TRUTHS: Final[dict[str, Callable[[World, Params, Which, Where], Lanes]]] = {
    "wallet": _wallet,
    "price_sensitivity": _sensitivity,
    "collaboration": lambda world, _, which, __: world.truth.collaboration[which],
    "trust": lambda world, _, which, lanes: world.relations.trust[which, lanes],
    "attack": lambda world, _, which, lanes: world.relations.attack[which, lanes],
    "measure": lambda world, _, which, lanes: world.people.measure[which, lanes].astype(np.float64),
    "stance": lambda world, _, which, lanes: world.people.stance[which, lanes],
    "power": lambda world, _, which, __: world.truth.power[which],
    "veto": lambda world, _, which, __: world.truth.veto[which],
    "state": lambda world, _, which, lanes: world.initiatives.state[which, lanes].astype(np.float64),
    "force": lambda world, _, which, lanes: world.initiatives.pressure[which, lanes],
    "interest": _interest,
    "power_new": lambda world, _, which, __: np.where(
        world.truth.power_differs[which] > 0.0, world.truth.power_new[which], NOTHING_TO_TELL
    ),
    "listens": lambda world, _, which, __: world.truth.listens[which],
    "leaving": lambda world, _, which, lanes: np.where(world.people.leaving[which, lanes], 1.0, NOTHING_TO_TELL),
    "tie": lambda world, _, which, lanes: world.people.tie[which, lanes],
    "orientation": lambda world, _, which, __: world.truth.orientation[which],
    "attacker": lambda world, _, which, lanes: world.relations.attacker[which, lanes].astype(np.float64),
    "attack_kind": lambda world, _, which, lanes: world.relations.attack_kind[which, lanes].astype(np.float64),
    "attack_idea": lambda world, _, which, lanes: world.relations.attack_idea[which, lanes].astype(np.float64),
    "compliance": _compliance,
    "acts": lambda world, _, which, lanes: world.initiatives.acts[which, lanes].astype(np.float64),
    "worth": lambda world, _, which, __: world.truth.talk_values.swapaxes(0, 1).reshape(-1, 1)[which],
    **{kind: opportunities.told_of(kind) for kind in OPPORTUNITY_FACTS},
}
"""By kind of fact: its value now for one row (lanes,), or of several (rows, lanes); a trait is one for all lanes."""


def hear(
    world: World,
    params: Params,
    luck: Luck,
    wanted: Sequence[tuple[str, int, float]],
    chance: Lanes,
    lanes: Where,
    source: int,
) -> tuple[tuple[int, ...], Flags]:
    """Try to learn facts: (kind, row, bonus on the ``chance`` (lanes,)). Returns the facts tried, and which were heard
    (facts, lanes). The same question in the same quarter meets the same luck."""
    asked = _asked(params, tuple(wanted))
    draws = luck.uniform("discovery", world.quarter, asked.keys, lanes)
    heard: Flags = draws < np.minimum(0.97, chance + asked.bonus)
    told: Lanes = np.empty(heard.shape)
    quality = reliability(params, source, world.own.quality[lanes])
    poor = some(quality < ONE)
    late = _late(quality, luck, world.quarter, asked.keys, lanes) if poor else None
    for part in asked.parts:
        kind, places, facts = part.kind, part.places, across(part.facts, lanes)
        told[places] = TRUTHS[kind](world, params, across(part.rows, lanes), lanes).reshape(part.count, -1)
        if late is not None:
            off = luck.uniform("noise", world.quarter, asked.keys[places], lanes) if kind in BLURRED else None
            told[places], heard[places] = _as_heard(
                world, kind, across(part.rows, lanes), facts, lanes, told[places], heard[places], late[places], off,
                quality,
            )  # fmt: skip
        _only_mentioned(world, params, part, lanes, told[places], heard)
    _take_in(world, asked.facts, lanes, told, heard, source)
    for part in asked.parts:
        if part.kind in ("attack", "stage") and (here := heard[part.places]).any():
            rows, hearers = np.nonzero(here)
            rows, there = np.arange(len(params.facts))[part.rows][rows], np.arange(world.lanes)[lanes][hearers]
            tell_more = _who_attacks if part.kind == "attack" else _tell_of
            tell_more(world, params, rows, there, source)
    return asked.names, heard


@dataclass(frozen=True)
class _Part:
    """Facts of one kind among those that are asked for: how many, which places they have among these, which rows they
    are about, and which facts they are; each as an index."""

    kind: str
    count: int
    places: slice | Rows
    rows: slice | Rows
    facts: slice | Rows


@dataclass(frozen=True, eq=False)
class _Asked:
    """Facts that are asked for together (n,), with their keys (n, 1) and bonuses on the chance (n, 1)."""

    names: tuple[int, ...]
    facts: Rows
    keys: Keys
    bonus: Lanes
    parts: tuple[_Part, ...]


@lru_cache(maxsize=4096)
def _asked(params: Params, wanted: tuple[tuple[str, int, float], ...]) -> _Asked:
    facts = tuple(params.fact_blocks[kind][row] for kind, row, _ in wanted)
    kinds: dict[str, list[int]] = {}
    for place, (kind, _, _) in enumerate(wanted):
        kinds.setdefault(kind, []).append(place)
    parts = tuple(
        _Part(kind, len(at), run(tuple(at)), run(tuple(wanted[place][1] for place in at)),
              run(tuple(facts[place] for place in at)))
        for kind, at in kinds.items()
    )  # fmt: skip
    keys, bonus = params.fact_keys[list(facts)], np.array([extra for _, _, extra in wanted])
    return _Asked(facts, np.array(facts, dtype=np.intp)[:, None], keys, bonus[:, None], parts)


def _only_mentioned(world: World, params: Params, part: _Part, lanes: Where, told: Lanes, heard: Flags) -> None:
    """Take out of what is ``heard`` (n, lanes) what nobody would speak of, being asked for facts of one kind and
    ``told`` this of them (rows, lanes)."""
    if part.kind in ("state", "stage"):
        heard[part.places] &= told > 0  # nobody talks about what has not begun, nor of a need that nobody has
    elif part.kind in INITIATIVE_FACTS:
        # so its name does not come up either
        heard[part.places] &= world.initiatives.state[across(part.rows, lanes), lanes] > 0
    elif part.kind == "acts":
        heard[part.places] &= _spoken_of(world, params, part, lanes, told)
    elif part.kind in UNTOLD:
        heard[part.places] &= told != NOTHING_TO_TELL
    elif part.kind == "compliance":
        # nobody can say how a contract is lived that has not been signed
        accounts = np.array([account for account, _ in params.bound])[part.rows]
        heard[part.places] &= cut(world.dealings.harmony[accounts], lanes) > 0


def _take_in(world: World, facts: Rows, lanes: Where, told: Lanes, heard: Flags, source: int) -> None:
    """Note what was ``told`` of ``facts`` (n, 1) where it was ``heard`` (n, lanes)."""
    here = np.flatnonzero(heard)
    places = (facts * world.lanes + np.arange(world.lanes)[lanes]).ravel().take(here)
    _write(world, places, told.take(here), source)


def about_purchase(world: World, params: Params, row: int, lanes: NDArray[np.intp], source: int) -> None:
    """Whoever hears how a purchase stands hears what there is to know of it."""
    _tell_of(world, params, row, lanes, source)


def purchases(world: World, params: Params, heard: Flags, source: int) -> None:
    """Note how purchases stand where ``heard`` (O, L), and all that there is to know of them."""
    rows, lanes = heard.nonzero()
    if rows.size:
        _tell_of(world, params, rows, lanes, source)


def _tell_of(world: World, params: Params, rows: Rows | int, lanes: Rows, source: int) -> None:
    """Note all that there is to know of purchases ``rows``, or of one, in ``lanes`` (n,)."""
    told = np.array(list(opportunities.told(world, params, rows, lanes).values()))
    tell(world, _first_facts(params, OPPORTUNITY_FACTS) + rows, lanes, told, source)


@lru_cache(maxsize=16)
def _first_facts(params: Params, kinds: tuple[str, ...]) -> Rows:
    """Number of the first fact of each kind (kinds, 1)."""
    return np.array([params.fact_blocks[kind].start for kind in kinds])[:, None]


def invited(world: World, params: Params) -> None:
    """Whoever has laid a bid is told how things go on: that they compare, that they want another, when they decide."""
    at = world.opportunities
    ours = (at.bid_at > 0) & (at.stage > 0) & (at.bid_at >= at.arose)
    if some(ours):
        purchases(world, params, ours, NEWS)


def _who_attacks(world: World, params: Params, accounts: Rows, lanes: Rows, source: int) -> None:
    """Whoever hears of a rival's plan for one of ``accounts`` in ``lanes`` (n,) hears whose it is and what it will
    bring."""
    at = world.relations
    coming = at.attack[accounts, lanes] > 0
    if not coming.any():
        return
    accounts, lanes = accounts[coming], lanes[coming]
    first = np.array([params.fact_blocks[kind].start for kind in PLAN])
    told = np.array([getattr(at, kind)[accounts, lanes] for kind in PLAN], dtype=np.float64)
    tell(world, first[:, None] + accounts, lanes, told, source)


def _late(quality: Lanes, luck: Luck, quarter: int, keys: Keys, lanes: Where = EVERYWHERE) -> Codes:
    """By how many quarters a signal is late: 0 with chance Q, else mostly one, sometimes two (economics B21)."""
    draws = luck.uniform("lag", quarter, keys, lanes)
    late = (draws >= quality).astype(np.int8)
    late += draws >= quality + LATE[0] * (1.0 - quality)
    return late


def _as_heard(
    world: World, kind: str, row: Which, fact: Which, lanes: Where,
    told: Lanes, heard: Flags, late: Codes, noise: Lanes | None, quality: Lanes,
) -> tuple[Lanes, Flags]:  # fmt: skip
    """What a poor source brings of one fact (lanes,) or of a block of them (rows, lanes): what was so some quarters
    ago, a figure that is off by ``noise``. It does not bring what a sure source has told since, nor a rival's plan in
    time."""
    at, known = world.initiatives, world.knowledge
    histories: dict[str, Lanes | Codes] = {"state": at.past_state, "force": at.past_pressure, "acts": at.past_acts}
    past = histories.get(kind)
    if past is not None:
        told = np.where(late > 0, np.where(late > 1, past[1][row, lanes], past[0][row, lanes]), told)
    elif kind == "attack":
        heard = heard & (late == 0)
    elif noise is not None:
        told = _blurred(told, noise, quality)
        if kind == "trust":
            told = unit(told)
    about = world.quarter - (late if past is not None else FRESH)
    sure = _IS_SURE.take(known.source[fact, lanes]) & (known.seen_at[fact, lanes] >= about)
    better = sure & ((quality < ONE) if kind in BLURRED else (late > 0))
    return told, heard & ~better


def _blurred(told: Lanes, draw: Lanes, quality: Lanes) -> Lanes:
    """A figure as a poor source has it: off by a spread of .3 (1-Q), likeliest by nothing."""
    side = np.where(draw < 0.5, np.sqrt(2.0 * draw) - 1.0, 1.0 - np.sqrt(2.0 * (1.0 - draw)))
    off: Lanes = told * (1.0 + NOISE * (1.0 - quality) * np.sqrt(6.0) * side)
    return off


def _spoken_of(world: World, params: Params, part: _Part, lanes: Where, told: Lanes) -> Flags:
    """Whether anybody would speak of forces (rows, lanes): their initiative is alive, and they are coming, at work,
    or over since a quarter; of an older one only to somebody who takes it to be still there."""
    known, facts = world.knowledge, across(part.facts, lanes)
    believed = known.value[facts, lanes]
    held = (known.seen_at[facts, lanes] >= 0) & (believed > NOTHING) & (believed < OVER)
    lately = world.quarter - world.truth.force_until[part.rows] <= JUST_OVER
    live = alive(cut(world.initiatives.state[params.force_initiative[part.rows]], lanes))
    spoken: Flags = live & (told > NOTHING) & ((told < OVER) | held | lately[:, None])
    return spoken


def _new(held: Lanes, told: Lanes, seen_at: Codes) -> Flags:
    """Where what is told was not known, or was known to be otherwise by more than figures move all the time."""
    other: Flags = np.abs(told - held) > MATTERS * np.maximum(np.abs(told), np.abs(held))
    return other | (seen_at < 0)


def tell(world: World, facts: Any, lanes: Where, told: Lanes, source: int) -> None:
    """Note what was heard in some lanes of one fact (lanes,), or of some (facts, 1), (facts, lanes)."""
    there = np.arange(world.lanes)[lanes] if isinstance(lanes, slice) else lanes
    _write(world, facts * world.lanes + there, told, source)


def _write(world: World, places: Rows, told: Lanes, source: int) -> None:
    """Note what was heard, at ``places`` in the table of facts as one row: fact times lanes, and the lane."""
    known = world.knowledge
    new = _new(known.value.take(places), told, known.seen_at.take(places))
    known.changed_at.put(places[new], world.quarter)
    known.value.put(places, told)
    known.seen_at.put(places, world.quarter)
    known.source.put(places, source)


def fresh_states(world: World, params: Params, account: int, lanes: Where) -> tuple[Flags, Flags]:
    """Whether the player has a recent fact on each initiative of a customer, and whether it is still true and alive,
    (k, lanes)."""
    known, initiatives = world.knowledge, params.account_initiatives[account]
    rows = across(run(initiatives), lanes)
    facts = across(run(tuple(params.fact_blocks["state"][row] for row in initiatives)), lanes)
    seen = known.seen_at[facts, lanes]
    recent = (seen >= 0) & (world.quarter - seen <= FRESH)
    state = world.initiatives.state[rows, lanes]
    return recent, recent & (known.value[facts, lanes] == state) & alive(state)


def live_insight(world: World, params: Params, account: int, lanes: Where) -> Flags:
    """Whether we have an insight for an executive of this customer that is about something true and alive (lanes,)."""
    rows = across(run(params.account_initiatives[account]), lanes)
    return np.asarray(insight_live(world, rows, lanes).any(axis=0))


def insight_live(world: World, which: Which, lanes: Where) -> Flags:
    """Whether the insight on an initiative is recent, and the state that it speaks of is the true one: of one (lanes,),
    or of several (k, lanes)."""
    known = world.knowledge
    built, state = known.insight_built[which, lanes], world.initiatives.state[which, lanes]
    recent = (built > 0.0) & (world.quarter - built <= INSIGHT_LASTS)
    live: Flags = recent & (known.insight_state[which, lanes] == state) & alive(state)
    return live


def routine(world: World, params: Params, luck: Luck) -> None:
    """What standing contact brings as a quarter opens: states of initiatives, a rival's plan, the mood."""
    kinds, keys, owners = _standing_contact(params)
    comes = luck.uniform("routine", world.quarter, keys) < ROUTINE_CHANCE.take(world.work.rhythm).take(owners, 0)
    quality = reliability(params, ROUTINE, world.own.quality)
    late = _late(quality, luck, world.quarter, keys) if some(quality < ONE) else None
    first = 0
    for kind, those in kinds.items():
        rows, first = slice(first, first + len(those)), first + len(those)
        heard = comes[rows]
        if not some(heard):
            continue
        told = TRUTHS[kind](world, params, EVERYWHERE, EVERYWHERE)
        if late is not None:
            noise = luck.uniform("noise", world.quarter, those) if kind in BLURRED else None
            facts = slice(params.fact_blocks[kind].start, params.fact_blocks[kind].stop)
            told, heard = _as_heard(world, kind, EVERYWHERE, facts, EVERYWHERE, told, heard, late[rows], noise, quality)
        if kind != "trust":
            heard &= told > 0
        if kind == "stage":
            purchases(world, params, heard, ROUTINE)
            continue
        _note(world, params, kind, told, heard, ROUTINE)
        if kind == "attack" and some(heard):
            for detail in PLAN:
                note(world, params, detail, heard, ROUTINE)


def routine_draws(params: Params, quarter: int) -> list[tuple[str, int, Keys]]:
    """The luck that `routine` asks for."""
    kinds, keys, _ = _standing_contact(params)
    poor = [("lag", quarter, keys), ("noise", quarter, kinds["trust"])]
    return [("routine", quarter, keys), *(poor if params.information_quality < 1.0 else ())]


@lru_cache(maxsize=8)
def _standing_contact(params: Params) -> tuple[dict[str, Keys], Keys, Rows]:
    """What standing contact may bring: by kind of fact, the addresses of luck (rows, 1); then all of these, and the
    accounts that they are about."""
    accounts = np.arange(len(params.accounts))
    kinds = {
        "state": (params.initiative_keys, params.initiative_account),
        "attack": (params.account_keys, accounts),
        "trust": (params.account_keys ^ np.uint64(1), accounts),
        "stage": (params.opportunity_keys, params.opportunity_account),
    }
    keys, owners = (np.concatenate(parts) for parts in zip(*kinds.values(), strict=True))
    return {kind: those for kind, (those, _) in kinds.items()}, keys, owners


def note(world: World, params: Params, kind: str, heard: Flags, source: int) -> None:
    """Note the present truth of a whole block of facts where ``heard`` (rows, L)."""
    _note(world, params, kind, TRUTHS[kind](world, params, slice(None), slice(None)), heard, source)


def _note(world: World, params: Params, kind: str, told: Lanes, heard: Flags, source: int) -> None:
    where = heard.ravel().nonzero()[0]
    wide = told if told.shape == heard.shape else np.broadcast_to(told, heard.shape)
    _write(world, params.fact_blocks[kind].start * world.lanes + where, wide.take(where), source)
