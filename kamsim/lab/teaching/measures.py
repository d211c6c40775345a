"""Figures of a scenario from what was played: what behaviours bring, luck against skill, when volume and profit cross,
load and hours, what a point of price is worth, and seeds worth playing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from kamsim.engine.lanes import Lanes
from kamsim.engine.params import Params
from kamsim.lab.teaching.arms import BEST, GOOD, USUAL
from kamsim.lab.teaching.playing import Played
from kamsim.players.policies import POLICIES

DISCOUNTER: Final = "discounter"
SENSIBLE: Final = (USUAL, "farmer", GOOD, "retailored", BEST)
"""Bots that play as people might, from habit to the best that we know."""
MATTERS: Final = 0.01
"""Of good play's worth: what a facilitator would see in a debrief."""
MOSTLY: Final = 0.9
"""Share of seeds in which a thing is so, to be told as a rule."""


@dataclass(frozen=True)
class Pair:
    """A behaviour, in a facilitator's words, and the two ways to play that differ in it alone or nearly."""

    says: str
    does: str
    not_: str


PAIRS: Final = (
    Pair("Playing sensibly rather than at random", USUAL, "random_legal"),
    Pair("Answering and mending at all", "steady", "do_nothing"),
    Pair("Holding prices rather than buying volume", "steady", DISCOUNTER),
    Pair("Finding out first, trading instead of giving", GOOD, USUAL),
    Pair("Going after what is new, not only looking after what there is", GOOD, "farmer"),
    Pair("Several people at each customer rather than one", GOOD, "single_thread"),
    Pair("Regions and users too, not headquarters alone", GOOD, "hq_only"),
    Pair("Business cases before customers", "retailored", GOOD),
    Pair("Writing a case anew when facts change", "retailored", "canned"),
    Pair("Going on learning after the first quarter", "retailored", "static"),
    Pair("A fresh picture of what customers have under way", BEST, "frozen"),
    Pair("Re-building what was said when it changes", BEST, "unbending"),
    Pair("Showing what came of promises", "retailored", "never_measures"),
    Pair("Arguing for a specialist at our own desk", "argued_asks", "no_asks"),
    Pair("More contact for the largest, less for the smallest", "uneven_coverage", "steady"),
    Pair("Holding the price in tenders", "holds_tenders", "cuts_all_tenders"),
    Pair("A corridor of prices rather than one for all regions", "corridor", "one_price"),
)


@dataclass(frozen=True)
class Reward:
    """What a behaviour brings: the median over seeds of the difference, as a share of what good play is worth, and the
    share of seeds in which it brings anything."""

    pair: Pair
    effect: float
    share: float
    seeds: int

    @property
    def verdict(self) -> str:
        """In a word or two."""
        if abs(self.effect) < MATTERS:
            return "hardly matters"
        if self.share >= MOSTLY:
            return "rewarded"
        if self.share <= 1.0 - MOSTLY:
            return "punished"
        return "mostly rewarded" if self.effect > 0 else "mostly punished"


def worth(made: Played) -> float:
    """What good play is worth, the median over seeds in cents: what effects are shares of."""
    return float(np.median(made.arms[GOOD].value))


def rewards(made: Played) -> list[Reward]:
    """What each behaviour brings, on seeds that both of its arms have played."""
    found = []
    for pair in PAIRS:
        if pair.does in made.arms and pair.not_ in made.arms:
            one, other = made.arms[pair.does].value, made.arms[pair.not_].value
            count = min(len(one), len(other))
            gain = one[:count] - other[:count]
            found.append(Reward(pair, float(np.median(gain)) / abs(worth(made)), float((gain > 0).mean()), count))
    return found


@dataclass(frozen=True)
class Luck:
    """What explains how differently sensible play ends: parts of the variance of what it is worth, by how it is played,
    by the seed, and by both together; and how often good play beats habit, on the same seed and on different ones."""

    skill: float
    seed: float
    both: float
    same: float
    different: float


def luck(made: Played) -> Luck:
    """A two-way analysis of variance of `SENSIBLE` bots over seeds."""
    values = np.array([made.arms[name].value for name in SENSIBLE])
    middle, by_bot, by_seed = values.mean(), values.mean(axis=1, keepdims=True), values.mean(axis=0, keepdims=True)
    everything = float(((values - middle) ** 2).mean()) or 1.0
    skill, seed = (
        float(((by_bot - middle) ** 2).mean()) / everything,
        float(((by_seed - middle) ** 2).mean()) / everything,
    )
    good, usual = made.arms[GOOD].value, np.sort(made.arms[USUAL].value)
    below = np.searchsorted(usual, good) / len(usual)
    same = float((good > made.arms[USUAL].value).mean())
    return Luck(skill, seed, max(0.0, 1.0 - skill - seed), same, float(below.mean()))


@dataclass(frozen=True)
class Crossing:
    """The first quarter in which good play is ahead of the discounter for the rest of the game: by the volume of the
    quarter, by its profit, and by all profit so far; None where it never is."""

    volume: int | None
    profit: int | None
    all_profit: int | None


def crossing(made: Played) -> Crossing:
    """From means over seeds."""
    good, cheap = made.arms[GOOD], made.arms[DISCOUNTER]
    sums = np.cumsum(good.profit) - np.cumsum(cheap.profit)
    return Crossing(_ahead(good.volume - cheap.volume), _ahead(good.profit - cheap.profit), _ahead(sums))


def _ahead(lead: Lanes) -> int | None:
    behind = np.flatnonzero(lead <= 0)
    first = 1 if not behind.size else int(behind[-1]) + 2
    return first if first <= len(lead) else None


def best_of(made: Played) -> str:
    """The bot that is worth most, by the median over seeds."""
    return max(POLICIES, key=lambda name: float(np.median(made.arms[name].value)))


def habits(made: Played) -> dict[str, float]:
    """What doing the same every quarter is worth, as a share of the best: bots and routines with one habit."""
    count = len(next(iter(made.habits.values())))
    best = float(np.median(made.arms[best_of(made)].value[:count]))
    kept = {name: made.arms[name].value[:count] for name in ("do_nothing", "steady", "decliner", USUAL, DISCOUNTER)}
    return {name: float(np.median(value)) / best for name, value in {**kept, **made.habits}.items()}


def idle(made: Played, params: Params, name: str) -> float:
    """Share of the team's hours that a bot leaves at the close of a quarter, after the first."""
    seen = made.arms[name].seen
    later = seen.hours[1:] if len(seen.hours) > 1 else seen.hours
    return float(later.mean() / seen.lanes / params.hours)


def loads(made: Played, name: str) -> Lanes:
    """Utilisation by quarter and line under a bot, mean over seeds."""
    seen = made.arms[name].seen
    by_line: Lanes = seen.load / seen.lanes
    return by_line


@dataclass(frozen=True)
class Seed:
    """A seed worth playing, and why. ``kind``: typical, kind or cruel; figures as against the mean of all seeds."""

    kind: str
    seed: int
    worth: float
    """How much better or worse sensible play ends in it than in all seeds, as a share."""
    incidents: int
    blows: int
    departures: int
    middle: tuple[float, float, float]
    """Incidents, blows and departures in all seeds, means."""


QUANTILES: Final = (("typical", 0.5), ("kind", 0.95), ("cruel", 0.05))


def seeds_worth(made: Played) -> list[Seed]:
    """Of all seeds that were played: one in the middle, a kind and a cruel one, by how sensible play ends in them; in
    the typical one trouble is as usual, too."""
    values = np.array([made.arms[name].value for name in SENSIBLE])
    spread = values.std(axis=1, keepdims=True)
    standing = ((values - values.mean(axis=1, keepdims=True)) / np.where(spread > 0, spread, 1.0)).mean(axis=0)
    arm = made.arms[GOOD]
    trouble = [arm.seen.trouble[name] for name in ("incidents", "blows", "departures")]
    odd = np.sum([np.abs(found - found.mean()) / (found.std() or 1.0) for found in trouble], axis=0)
    chosen = []
    for kind, share in QUANTILES:
        away = np.abs(standing - np.quantile(standing, share)) / (standing.std() or 1.0)
        row = int(np.argmin(away + 0.1 * odd * (kind == "typical")))
        better = float((values[:, row] / values.mean(axis=1) - 1.0).mean())
        counts = [int(found[row]) for found in trouble]
        means = (float(trouble[0].mean()), float(trouble[1].mean()), float(trouble[2].mean()))
        chosen.append(Seed(kind, arm.seeds[row], better, counts[0], counts[1], counts[2], means))
    return chosen


def point_of_price(made: Played) -> tuple[float, float]:
    """What one per cent of price is worth a year in cents, nothing else moved, and as a share of what the company earns
    in the first year, under a plain routine."""
    first = made.arms["steady"].seen.first
    lanes = made.arms["steady"].seen.lanes
    money = 0.01 * float(np.sum(first.sales)) / lanes
    earned = first.company / lanes
    return money, money / earned if earned > 0 else float("inf")
