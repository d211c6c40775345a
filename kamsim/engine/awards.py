"""Awards: who is given a purchase, when its decision has come (economics B28).

A choice as in the market, among us, the rivals who bid and nobody at all, with what leans to us: our bid, a case that
speaks to the initiative as it is, our work on it, access to the decider, our word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kamsim.engine.lanes import Codes, Flags, Lanes, Rows, total
from kamsim.engine.luck import Luck
from kamsim.engine.market import LARGEST_UTILITY, Conditions, attraction
from kamsim.engine.opportunities import note_award
from kamsim.engine.params import Params
from kamsim.engine.terms import DECISION, LOST, PRICED, REASONS, UNDECIDED, WON

if TYPE_CHECKING:
    from kamsim.engine.world import World

PRICE_WEIGHS: Final = 1.5
"""Factor on price sensitivity where price came to matter more, and in a tender."""
LOTS: Final = 6
"""Lots of a purchase, which are awarded one by one: who stands best has most of them, rarely all."""
MAIN_PART: Final = 0.5
"""Part of the lots from which a purchase is bought at all, and of what is bought from which it is won: the others are
second sources."""
BID, ALONE = -0.15, -6.0
"""Lean of an award where nothing but a bid speaks for us, and where not even a bid does: the window is left alone."""
SPEAKS: Final = 4.0
"""Lean for a signed case that speaks to the initiative as it is; it goes with the square of how far it does, since
whoever finds one half out of date doubts the other."""
ENGAGED: Final = 1.0
"""Lean for engagement with the initiative, in full from `ENOUGH` on."""
ENOUGH: Final = 0.12
"""Engagement beyond which a buying centre sees no difference."""
ACCESS: Final = 1.2
"""Lean for the whole of the decider's tie, counted from `USUAL_TIE`."""
USUAL_TIE: Final = 0.3
WORD: Final = 1.0
"""Lean for the whole of our word's credibility, counted from one half."""
TENDER_LEANS: Final = 0.5
"""Part of what leans to us that counts in a tender."""
UNDECIDED_WEIGHT: Final = 0.2
"""Weight of no decision, as a part of all offers' attraction before anything leans."""
FORCE_DECIDES: Final = 1.0
"""How far the net force on the initiative moves the weight of no decision, in logs for a full unit."""
_LOT_SALTS: Final = np.arange(LOTS, dtype=np.uint64)[:, None]
_LUCK, _TENDER, _NO_BID = (REASONS.index(reason) for reason in ("luck", "tender", "no_bid"))


def leans(world: World, params: Params, rows: Rows, lanes: Rows) -> dict[str, Lanes]:
    """What leans awards to us, in points of attraction, by the reason that it is: for purchases ``rows`` in ``lanes``
    (n,)."""
    at, initiatives = world.opportunities, params.opportunity_initiative[rows]
    counts = np.where(at.tendered[rows, lanes] > 0, TENDER_LEANS, 1.0)
    engaged = world.initiatives.engagement[initiatives, lanes]
    tie = world.people.tie[params.opportunity_decider[rows], lanes]
    word = world.standings.credibility[params.opportunity_account[rows], lanes]
    return {
        "no_bid": np.where(at.bid[rows, lanes] > 0, BID, ALONE),
        "case": counts * SPEAKS * at.speaks[initiatives, lanes] ** 2,
        "engagement": counts * ENGAGED * np.minimum(1.0, engaged / ENOUGH),
        "access": counts * ACCESS * (tie - USUAL_TIE),
        "word": counts * WORD * (word - 0.5),
    }


BEST: Final = {"no_bid": BID, "case": SPEAKS, "engagement": ENGAGED, "access": 0.4 * ACCESS, "word": 0.3 * WORD}
"""What a seller who does everything has by the reason: the shortfall from it names what lost an award."""


def award(world: World, params: Params, luck: Luck, now: Conditions) -> Flags:
    """As a quarter closes: every purchase whose decision has come is awarded. Returns where (O, L)."""
    at, truth = world.opportunities, world.truth
    due: Flags = (at.stage == DECISION) & (at.decides <= world.quarter)
    rows, lanes = due.nonzero()
    if not rows.size:
        return due
    cells = params.opportunity_cell[rows]
    there, place = np.unique(lanes, return_inverse=True) if world.lanes > 1 else (lanes[:1], lanes)
    own, rivals = attraction(params, truth, now.take(there))
    dearer = (PRICE_WEIGHS - 1.0) * ((at.tendered[rows, lanes] > 0) | (at.twist[rows, lanes] == PRICED))
    market = truth.market[cells, 0]
    kept = 1.0 - np.maximum(_of(now.discount, cells, lanes), 0.0)
    cheaper = -np.log(np.maximum(kept - at.bid_off[rows, lanes], 1e-3) / kept)
    sensitivity = _of(now.sensitivity, cells, lanes)
    bids = at.bid[rows, lanes] > 0
    by_price = sensitivity * ((1.0 + dearer) * cheaper * bids - dearer * (_of(now.price, cells, lanes) - market))
    lean = {**leans(world, params, rows, lanes), "price": by_price}
    leaning = by_price
    for reason in BEST:
        leaning = leaning + lean[reason]
    plain = _of(own, cells, place)
    everything, others = _pull(plain), []
    for rival, value in enumerate(rivals):
        stands = _of(value, cells, place)
        gap = _of(now.rival_price[rival], cells, lanes) + truth.rival_markup[rival][cells, 0] - market
        others.append(_pull(stands - sensitivity * dearer * gap) * ((at.bidders[rows, lanes] >> np.int8(rival)) & 1))
        everything = everything + _pull(stands)
    pressure = world.initiatives.pressure[params.opportunity_initiative[rows], lanes]
    nobody = UNDECIDED_WEIGHT * everything * np.exp(-FORCE_DECIDES * pressure)
    _decide(world, params, luck, rows, lanes, [_pull(plain + leaning), *others, nobody], lean)
    return due


def _of(values: Lanes, cells: Rows, lanes: Rows) -> Lanes:
    """Values by cell (C, L) or (C, 1) for pairs of a cell and a lane (n,)."""
    chosen: Lanes = values[cells, lanes if values.shape[-1] > 1 else 0]
    return chosen


def _pull(utility: Lanes) -> Lanes:
    """How a choice weighs among others, finite at absurd prices too."""
    weight: Lanes = np.exp(np.minimum(utility, LARGEST_UTILITY))
    return weight


def _decide(
    world: World, params: Params, luck: Luck, rows: Rows, lanes: Rows, pulls: list[Lanes], lean: dict[str, Lanes]
) -> None:
    """Who has which of its lots, a draw for each: we, one of the rivals, or nobody, as it isn't bought after all.
    ``pulls`` (n,): of these in this order."""
    at, quarter, keys = world.opportunities, world.quarter, params.opportunity_keys[rows, 0]
    everything = pulls[0]
    for pull in pulls[1:]:
        everything = everything + pull
    draw = luck.pairs("award", quarter, (keys ^ _LOT_SALTS).ravel(), np.tile(lanes, LOTS)).reshape(LOTS, -1)
    reached = pulls[0] / everything
    mine = total(draw < reached)
    holder = np.zeros(draw.shape, dtype=np.int8)
    for rival, pull in enumerate(pulls[1:-1]):
        beyond = reached + pull / everything
        holder[(draw >= reached) & (draw < beyond)] = rival + 1
        reached = beyond
    theirs = total(holder > 0)
    winner = holder[0]
    for lot in holder[1:]:
        winner = np.where(lot > 0, lot, winner)
    bought = mine + theirs >= MAIN_PART * LOTS
    part = mine / np.maximum(mine + theirs, 1.0)
    won = bought & (part >= MAIN_PART)
    units = at.units[rows, lanes]
    at.units[rows, lanes] = np.where(bought, np.rint(units * (mine + theirs) / LOTS), units)
    code = np.where(won, WON, np.where(bought, LOST, UNDECIDED))
    reason = _reasons(at.tendered[rows, lanes], lean, won, pulls[0] / (everything - pulls[-1]))
    note_award(world, rows, lanes, code, reason, float(quarter))
    at.award_winner[rows, lanes] = np.where(bought & (part < 1.0), winner, 0)
    at.award_part[rows, lanes] = np.where(bought, part, 0.0)
    here, there = rows[bought], lanes[bought]
    delivered = {
        "units": at.units[here, there],
        "part": part[bought],
        "winner": np.where(part < 1.0, winner, 0)[bought],
        "off": at.award_off[here, there],
        "until": quarter + at.runs[here, there],
    }
    for name, value in delivered.items():
        getattr(at, f"runs_{name}")[here, there] = value


def _reasons(tendered: Codes, lean: dict[str, Lanes], won: Flags, chance: Lanes) -> Codes:
    """What decided (n,): of a win, what leant to us most; of a loss, what we lacked most; luck where it was likely to
    go the other way."""
    most, gave = np.zeros(won.shape), np.full(won.shape, _LUCK)
    least, lacked = np.zeros(won.shape), np.full(won.shape, _LUCK)
    for reason, value in lean.items():
        code = REASONS.index(reason)
        gave = np.where(value > most, code, gave)
        most = np.maximum(most, value)
        short = BEST.get(reason, 0.0) - value
        lacked = np.where(short > least, code, lacked)
        least = np.maximum(least, short)
    lacked = np.where(tendered > 0, _TENDER, lacked)
    lacked = np.where(chance > 0.5, _LUCK, lacked)
    lacked = np.where(lean["no_bid"] == ALONE, _NO_BID, lacked)  # whoever brings none has lost it by that
    gave = np.where(chance < 0.25, _LUCK, gave)
    return np.where(won, gave, lacked).astype(np.int8)
