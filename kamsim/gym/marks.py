"""How good an answer was, luck apart: of a page what its readers make of it, on the spot pick by pick, at a table what
we took home, of purchases what each would bring."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any, Final

import numpy as np

from kamsim.engine import moments, talks
from kamsim.engine.judgement import WEIGHTS as BY_READER
from kamsim.engine.lanes import Lanes, total, unit
from kamsim.engine.moments import ASKS, NUMBERS, REPLIES, STANDS, WEIGHTS, WHYS
from kamsim.engine.moves import bind, refusals, said
from kamsim.engine.page import CRITERIA, PROOFS
from kamsim.engine.terms import ISSUES, WALKED
from kamsim.gym.ahead import Said, after, year
from kamsim.gym.bout import LEAVE, Bout
from kamsim.gym.drill import YEAR, Reading
from kamsim.gym.kinds import ASKS_FIRST, FOLLOWS, OFFS, PICKS, QUALIFIES, TRADES, seed_of
from kamsim.gym.players import table_columns
from kamsim.gym.rooms import Room, true_room

MOST_COSTLY: Final = 3
PASSED: Final = 30.0
"""Mark of asking for time on the spot: nothing lost, nothing won."""
GOT_UP: Final = 20.0
"""The most that is left of the mark where they walked out."""
LUCKS: Final = 12
"""Lots of luck over which a purchase's worth is taken."""
OURS: Final = "ours"
"""The part of a page's mark that is what it brings us."""


@dataclass(frozen=True)
class Marked:
    """How good one answer was: ``mark`` 0..100, ``met`` by skill 0..1 as it stands, by name what was weighed."""

    mark: float
    met: dict[str, float] = field(default_factory=dict)
    readers: tuple[Reading, ...] = ()
    parts: tuple[tuple[str, float, float], ...] = ()
    """Name, how well it was met 0..1, weight."""


def marked(bout: Bout, answers: Sequence[Sequence[Said]]) -> list[Marked]:
    """How good each of some answers is."""
    return MARKS[bout.drill.kind](bout, answers)


# --- pages ------------------------------------------------------------------------------------------------------


def room_of(bout: Bout) -> Room:
    """Those who read the drill's page, as they are."""
    drill = bout.drill
    return true_room(bout.staged, bout.staged_seen, drill.account, drill.audience)


def _pages(bout: Bout, answers: Sequence[Sequence[Said]]) -> list[Marked]:
    room, drill = room_of(bout), bout.drill
    blank = dict(bout.lying)
    brought = [_page_said(answer) or blank for answer in answers]
    weighed = room.weigh(room.columns([page or drill.page for page in brought], claims=False))
    made = []
    for place, page in enumerate(brought):
        if not page:
            made.append(Marked(0.0))
            continue
        met = {name: float(weighed.criteria[row, place]) for row, name in enumerate(CRITERIA)}
        parts = [(name, met[name], _weight(room, row)) for row, name in enumerate(CRITERIA)]
        parts += [] if drill.audience == "desk" else [(OURS, float(weighed.ours[place]), 100.0 / 3.0)]
        readers = tuple(_reading(bout, weighed, place, reader) for reader in range(weighed.judged.score.shape[0]))
        made.append(Marked(float(weighed.mark[place]), met, readers, tuple(parts)))
    return made


def _page_said(answer: Sequence[Said]) -> dict[str, Any]:
    pages_said = [args for kind, args in answer if kind != LEAVE]
    return {name: value for name, value in pages_said[-1].items() if name != "account"} if pages_said else {}


def _weight(room: Room, row: int) -> float:
    params = room.seen.params
    if room.audience == "desk":
        columns = [int(column) for column in params.approver_column]
    else:
        columns = [int(params.person_column[person]) for person in room.standing.people_rows]
    return float(total(room.weight * BY_READER[row, columns][:, None])[0])


def _reading(bout: Bout, weighed: Any, place: int, reader: int) -> Reading:
    params, drill, judged = bout.params, bout.drill, weighed.judged
    if drill.audience == "desk":
        name = params.approvers[reader]
    else:
        name = params.people[params.account_people[params.accounts.index(drill.account)][reader]]
    loss = judged.loss[:, reader, place]
    costly = tuple(CRITERIA[row] for row in np.argsort(-loss, kind="stable")[:MOST_COSTLY] if loss[row] > 1.0)
    return Reading(
        name, round(float(judged.score[reader, place]), 1), float(judged.bar[min(place, len(judged.bar) - 1)]), costly
    )


# --- on the spot ------------------------------------------------------------------------------------------------

_PICKED: Final[dict[str, tuple[str, ...]]] = {
    "why": WHYS, "number": NUMBERS, "stand": STANDS, "proof": PROOFS, "ask": ASKS, "reply": REPLIES,
}  # fmt: skip


def grades(bout: Bout) -> dict[str, dict[str, float]]:
    """By pick and choice: how good it is here, 0..1, once what changes has changed."""
    params, world = bout.params, bout.staged.copy()
    row, lane = params.moments.index(bout.drill.about), np.array([0])
    moments.open_with(world, params, row, WHYS[0], NUMBERS[0], lane)
    made: dict[str, dict[str, float]] = {}
    for place, (name, choices) in enumerate(_PICKED.items()):
        if name == "reply":
            made[name] = {one: float(value[0]) for one, value in moments.replies(world, params, row, lane).items()}
            continue
        many = world.take(np.zeros(len(choices), dtype=np.intp))
        many.moments.picks[place, row] = np.arange(len(choices))
        found = moments.grades(many, params, row, np.arange(len(choices)))[place]
        made[name] = {choice: float(found[lane]) for lane, choice in enumerate(choices)}
    return made


def _spot(bout: Bout, answers: Sequence[Sequence[Said]]) -> list[Marked]:
    graded = grades(bout)
    made = []
    for answer in answers:
        picked = {name: args[name] for _, args in answer for name in _PICKED if name in args}
        if not picked or picked.get("stand") == "time":
            made.append(Marked(PASSED if picked else 0.0, {FOLLOWS: PASSED / 100.0} if picked else {}))
            continue
        met = {name: graded[name][picked[name]] if name in picked else 0.0 for name in _PICKED}
        parts = tuple((name, met[name], 100.0 * weight) for name, weight in zip(_PICKED, WEIGHTS, strict=True))
        mark = sum(value * weight for _, value, weight in parts)
        made.append(Marked(mark, {PICKS[name]: met[name] for name in _PICKED}, parts=parts))
    return made


def best_spot(bout: Bout) -> list[Said]:
    """The picks that the facts carry best, of those whose facts the notes hold."""
    held = moments.held(bout.staged_seen, bout.params.moments.index(bout.drill.about))
    most = {}
    for name, found in grades(bout).items():
        borne = {one: grade for one, grade in found.items() if held.get((name, one), True)}
        most[name] = max(borne, key=borne.__getitem__)
    about = {"moment": bout.drill.about}
    return [
        ("answer_moment", {**about, "why": most["why"], "number": most["number"]}),
        ("press_moment", {**about, "stand": most["stand"], "proof": most["proof"], "ask": most["ask"]}),
        ("close_moment", {**about, "reply": most["reply"]}),
    ]


# --- at the table -----------------------------------------------------------------------------------------------


def best_table(bout: Bout) -> tuple[list[Said], float]:
    """The proposal that brings most in a year of those that they would sign at once, and what that is, cents; none, and
    0, where leaving is better."""
    found = bout.kept("table", lambda: _proposals(bout))
    return found if found[1] > 0.0 else ([], 0.0)


def _proposals(bout: Bout) -> tuple[list[Said], float]:
    params, world = bout.params, bout.staged
    row = params.talks.index(bout.drill.about)
    account, one = int(params.talk_account[row]), np.array([0])
    days = world.dealings.days[account]
    column = table_columns(float(days[0]))
    theirs = total(talks.their_worth(world.truth.talk_values[:, row], column, days, params.start_days[account]))
    ours = total(talks.our_worth(params, talks.true_books(world, params, row), column))
    fits = np.flatnonzero(theirs >= talks.bar(world, row, one)[0])
    likely = fits[np.argsort(-ours[fits], kind="stable")[:TRIED]]
    bids: list[Said] = [("propose", {"talk": bout.drill.about, **said(column[:, place])}) for place in likely]
    gains = worths(bout, [[bid] for bid in bids])
    place = int(np.argmax(gains)) if gains else -1
    return ([bids[place]], gains[place]) if gains else ([], 0.0)


TRIED: Final = 16
"""Proposals that are played ahead to find the best."""
REGRET: Final = 0.1
"""Part of a year's account profit that, left on the table or given away, costs a whole mark."""


def _table(bout: Bout, answers: Sequence[Sequence[Said]]) -> list[Marked]:
    world, _ = after(bout, answers)
    row = bout.params.talks.index(bout.drill.about)
    _, most = best_table(bout)
    gains = worths(bout, answers)
    whole = max(REGRET * abs(YEAR * float(bout.staged_seen.profit[int(bout.params.talk_account[row]), 0])), most, 1.0)
    made = []
    for lane, answer in enumerate(answers):
        mark = 100.0 * float(unit(np.array(1.0 - (most - gains[lane]) / whole)))
        if int(world.talks.status[row, lane]) == WALKED:
            mark = min(mark, GOT_UP)
        gifts, traded = int(world.talks.gifts[row, lane]), int(world.talks.conceded[row, lane])
        proposed = [place for place, (kind, _) in enumerate(answer) if kind == "propose"]
        met = {}
        if proposed:
            met[TRADES] = 1.0 if not gifts else traded / (gifts + traded)
            met[ASKS_FIRST] = 1.0 if proposed[0] > 0 or _told_before(bout, row) else 0.0
        made.append(Marked(mark, met, parts=tuple((name, value, 50.0) for name, value in met.items())))
    return made


def _told_before(bout: Bout, row: int) -> bool:
    """Whether something of what the issues are worth to them was known as the drill opened."""
    issues = range(row * len(ISSUES), (row + 1) * len(ISSUES))
    return any(not np.isnan(bout.staged_seen.known("worth", issue)[0][0]) for issue in issues)


# --- purchases --------------------------------------------------------------------------------------------------


def worths(bout: Bout, answers: Sequence[Sequence[Said]]) -> list[float]:
    """What some answers bring over several lots of luck, cents: the year ahead of each less that of doing nothing, in
    the middle for what is decided at once, on average for what is won or lost."""
    seeds = [seed_of(bout.seed, "luck", turn) for turn in range(LUCKS)]
    given = [[], *answers]
    found = year(bout, [answer for _ in seeds for answer in given], [seed for seed in seeds for _ in given])
    whole = total(found.profit).reshape(len(seeds), len(given))
    gains = whole - whole[:, :1]
    mean: Lanes = total(gains) / len(seeds) if bout.drill.choices else np.median(gains, axis=0)
    return [float(value) for value in mean[1:]]


def every_bid(bout: Bout) -> list[Said]:
    """Every bid that the drill lets."""
    bids: list[Said] = []
    for name, off in product(bout.drill.choices, OFFS):
        args = {"opportunity": name, "discount": off}
        if not int(refusals(bout.staged_seen, "bid", bind(bout.params, "bid", args))[0]):
            bids.append(("bid", args))
    return bids


def _purchases(bout: Bout, answers: Sequence[Sequence[Said]]) -> list[Marked]:
    found = bid_worths(bout)
    most = max(0.0, *found.values())
    made = []
    best = {name: max(found.get((name, off), 0.0) for off in OFFS) for name in bout.drill.choices}
    for answer in answers:
        worth = found.get(_key(answer[0]), 0.0) if answer and answer[0][0] != LEAVE else 0.0
        mark = 100.0 * float(unit(np.array(worth / most))) if most > 0 else 100.0 * (worth >= 0)
        chosen = _key(answer[0])[0] if answer and answer[0][0] != LEAVE else ""
        parts = tuple((name, max(0.0, best[name]) / most if most > 0 else 0.0, float(name == chosen)) for name in best)
        made.append(Marked(mark, {QUALIFIES: mark / 100.0}, parts=parts))
    return made


def bid_worths(bout: Bout) -> dict[tuple[str, float], float]:
    """By opportunity and points off: what a bid brings, cents."""
    bids = every_bid(bout)
    made: dict[tuple[str, float], float] = bout.kept(
        "bids", lambda: dict(zip(map(_key, bids), worths(bout, [[bid] for bid in bids]), strict=True))
    )
    return made


def best_bid(bout: Bout) -> list[Said]:
    """The bid that brings most; none where none brings anything."""
    found = bid_worths(bout)
    best = max(found, key=lambda key: found[key], default=None)
    if best is None or found[best] <= 0.0:
        return []
    return [("bid", {"opportunity": best[0], "discount": best[1]})]


def _key(bid: Said) -> tuple[str, float]:
    return str(bid[1]["opportunity"]), float(bid[1]["discount"])


MARKS: Final[dict[str, Callable[[Bout, Sequence[Sequence[Said]]], list[Marked]]]] = {
    "case": _pages, "recut": _pages, "moment": _spot, "talk": _table, "ask": _pages, "pursue": _purchases,
}  # fmt: skip
