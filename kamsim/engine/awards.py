"""Awards: who is given a purchase, when its decision has come (economics B28).

A choice as in the market, among us, the rivals who bid and nobody at all, with what leans to us: our bid, a case that
speaks to the initiative as it is, our work on it, access to the decider, our word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kamsim.engine.lanes import Codes, Flags, Lanes
from kamsim.engine.luck import Luck
from kamsim.engine.market import LARGEST_UTILITY, Conditions, attraction
from kamsim.engine.opportunities import note_award
from kamsim.engine.params import Params
from kamsim.engine.terms import DECISION, LOST, PRICED, REASONS, UNDECIDED, WON
from kamsim.engine.truth import market_price

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
_LUCK, _TENDER = REASONS.index("luck"), REASONS.index("tender")


def leans(world: World, params: Params) -> dict[str, Lanes]:
    """What leans each award to us, in points of attraction, by the reason that it is (O, L)."""
    at, rows = world.opportunities, params.opportunity_initiative
    counts = np.where(at.tendered > 0, TENDER_LEANS, 1.0)
    tie = world.people.tie[params.opportunity_decider]
    word = world.standings.credibility[params.opportunity_account]
    return {
        "no_bid": np.where(at.bid > 0, BID, ALONE),
        "case": counts * SPEAKS * at.speaks[rows] ** 2,
        "engagement": counts * ENGAGED * np.minimum(1.0, world.initiatives.engagement[rows] / ENOUGH),
        "access": counts * ACCESS * (tie - USUAL_TIE),
        "word": counts * WORD * (word - 0.5),
    }


BEST: Final = {"no_bid": BID, "case": SPEAKS, "engagement": ENGAGED, "access": 0.4 * ACCESS, "word": 0.3 * WORD}
"""What a seller who does everything has by the reason: the shortfall from it names what lost an award."""


def award(world: World, params: Params, luck: Luck, now: Conditions) -> Flags:
    """As a quarter closes: every purchase whose decision has come is awarded. Returns where (O, L)."""
    at, quarter = world.opportunities, world.quarter
    due: Flags = (at.stage == DECISION) & (at.decides <= quarter)
    if not due.any():
        return due
    chosen = np.flatnonzero(due.any(axis=1))
    lean = leans(world, params)
    own, rivals = attraction(params, world.truth, now)
    market = market_price(world.truth.rival_markup)
    for row in chosen.tolist():
        cell = int(params.opportunity_cell[row])
        where = due[row]
        dearer = (PRICE_WEIGHS - 1.0) * ((at.tendered[row] > 0) | (at.twist[row] == PRICED))
        price = now.price[cell] - market[cell]
        kept = 1.0 - np.maximum(now.discount[cell], 0.0)
        cheaper = -np.log(np.maximum(kept - at.bid_off[row], 1e-3) / kept)
        sensitivity = now.sensitivity[cell]
        by_price = sensitivity * ((1.0 + dearer) * cheaper * (at.bid[row] > 0) - dearer * price)
        plain = own[cell] + np.zeros(world.lanes)
        ours = _pull(plain + by_price + _added(lean, row))
        others = []
        everything = _pull(plain)
        for rival, value in enumerate(rivals):
            gap = now.rival_price[rival][cell] + world.truth.rival_markup[rival][cell] - market[cell]
            bids = (at.bidders[row] >> np.int8(rival)) & 1
            pull = _pull(value[cell] - sensitivity * dearer * gap) * bids
            everything = everything + _pull(value[cell])
            others.append(pull)
        pressure = world.initiatives.pressure[params.opportunity_initiative[row]]
        nobody = UNDECIDED_WEIGHT * everything * np.exp(-FORCE_DECIDES * pressure)
        _decide(world, params, luck, row, where, ours, others, nobody, lean, by_price)
    return due


def _pull(utility: Lanes) -> Lanes:
    """How a choice weighs among others, finite at absurd prices too."""
    weight: Lanes = np.exp(np.minimum(utility, LARGEST_UTILITY))
    return weight


def _added(lean: dict[str, Lanes], row: int) -> Lanes:
    first, *rest = (values[row] for values in lean.values())
    made: Lanes = first
    for values in rest:
        made = made + values
    return made


def _decide(
    world: World, params: Params, luck: Luck, row: int, where: Flags, ours: Lanes, others: list[Lanes],
    nobody: Lanes, lean: dict[str, Lanes], by_price: Lanes,
) -> None:  # fmt: skip
    """Who has which of its lots, a draw for each: we, one of the rivals, or nobody, as it isn't bought after all."""
    at, quarter, key = world.opportunities, world.quarter, params.opportunity_keys[row : row + 1]
    everything = ours + nobody
    for pull in others:
        everything = everything + pull
    chance = ours / (everything - nobody)
    mine, theirs, winner = np.zeros(world.lanes), np.zeros(world.lanes), np.zeros(world.lanes, dtype=np.int8)
    for lot in range(LOTS):
        draw = luck.uniform("award", quarter, key ^ np.uint64(lot))[0]
        reached = ours / everything
        mine = mine + (draw < reached)
        for rival, pull in enumerate(others):
            taken = (draw >= reached) & (draw < reached + pull / everything)
            winner = np.where(taken, np.int8(rival + 1), winner)
            theirs = theirs + taken
            reached = reached + pull / everything
    bought = where & (mine + theirs >= MAIN_PART * LOTS)
    part = mine / np.maximum(mine + theirs, 1.0)
    won = bought & (part >= MAIN_PART)
    reason = _reasons(at.tendered[row], row, lean, by_price, won, chance)
    at.units[row] = np.where(bought, np.rint(at.units[row] * (mine + theirs) / LOTS), at.units[row])
    flags = np.zeros((len(params.opportunities), world.lanes), dtype=bool)
    for happened, code in ((won, WON), (bought & ~won, LOST), (where & ~bought, UNDECIDED)):
        flags[row] = happened
        note_award(world, flags, code, reason, float(quarter))
    at.award_winner[row] = np.where(bought & (part < 1.0), winner, at.award_winner[row])
    at.award_part[row] = np.where(bought, part, at.award_part[row])
    delivered = {"units": at.units[row], "part": part, "off": at.award_off[row], "until": quarter + at.runs[row]}
    for name, value in delivered.items():
        values = getattr(at, f"runs_{name}")
        values[row] = np.where(bought, value, values[row])


def _reasons(tendered: Codes, row: int, lean: dict[str, Lanes], by_price: Lanes, won: Flags, chance: Lanes) -> Codes:
    """What decided (L,): of a win, what leant to us most; of a loss, what we lacked most; luck where it was likely to
    go the other way."""
    most, gave = np.zeros(won.shape), np.full(won.shape, _LUCK)
    least, lacked = np.zeros(won.shape), np.full(won.shape, _LUCK)
    for reason, values in {**lean, "price": by_price}.items():
        code = REASONS.index(reason)
        gave = np.where(values[row] > most, code, gave) if reason != "price" else np.where(by_price > most, code, gave)
        value = by_price if reason == "price" else values[row]
        most = np.maximum(most, value)
        short = BEST.get(reason, 0.0) - value
        lacked = np.where(short > least, code, lacked)
        least = np.maximum(least, short)
    lacked = np.where(tendered > 0, _TENDER, lacked)
    lacked = np.where(chance > 0.5, _LUCK, lacked)
    gave = np.where(chance < 0.25, _LUCK, gave)
    return np.where(won, gave, lacked).astype(np.int8)
