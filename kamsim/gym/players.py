"""Bots that answer drills: ``dynamic`` by the facts, ``canned`` by rote, ``random_legal`` by chance.

What the shipped policies of these names do in a quarter, they do here in one situation; moments, which no policy plays,
and the choice of one purchase stand here.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any, Final

import numpy as np

from kamsim.engine.lanes import Flags, Lanes, total
from kamsim.engine.luck import Luck
from kamsim.engine.moments import ASKS, NUMBERS, REPLIES, STANDS, WHYS, initiative_of
from kamsim.engine.moves import Outcome, said
from kamsim.engine.page import PROOFS
from kamsim.engine.params import Params
from kamsim.engine.sight import Seen
from kamsim.engine.standing import RECENT
from kamsim.engine.talks import LEVELS, believed_books, our_worth, their_worth
from kamsim.engine.terms import DEEPEST, ISSUES, PRICE_STEP
from kamsim.engine.world import World
from kamsim.game.commands import plain_args
from kamsim.game.events.declared import of
from kamsim.game.events.moments import MomentTurned
from kamsim.game.parts import not_made
from kamsim.gym import pages
from kamsim.gym.bout import LEAVE, Bout
from kamsim.gym.drill import Drill
from kamsim.gym.kinds import OFFS, draw, pick
from kamsim.gym.rooms import believed_room
from kamsim.players.bargaining import ONE_STEP, Proposals, bargain
from kamsim.players.case_sellers import CASE, SPECIALIST
from kamsim.players.pursuing import alive
from kamsim.players.seat import Seat, check_where

Said = tuple[str, dict[str, Any]]
"""A move and its arguments."""
GOOD_WORD: Final = 0.6
"""Credibility from which our word is an answer, and a bold figure is believed."""
GOOD_TRUST: Final = 0.75
"""Trust from which an order may be asked for on the spot."""


def play(bout: Bout, bot: str) -> None:
    """Answer a bout as a bot does."""
    for kind, args in answer(bout, bot):
        bout.make(kind, args)
    if not bout.answered:
        bout.leave()


def answer(bout: Bout, bot: str) -> list[Said]:
    """What a bot does in a drill, as it was staged; nothing where it leaves it."""
    return ANSWERS[bout.drill.kind](bout, bot)


class OnlySeat(Seat):
    """A chair in which only moves that a drill lets can be made; they are kept, as a log has them."""

    def __init__(self, world: World, params: Params, luck: Luck, lets: Callable[[str, dict[str, Any]], bool]) -> None:
        super().__init__(world, params, luck)
        self._lets = lets
        self.made: list[Said] = []

    def do(self, kind: str, where: Flags | None = None, **args: Any) -> Outcome:
        """Make a move that the drill lets; any other is not made."""
        check_where(kind, where, 1)
        if where is not None and not bool(np.asarray(where).all()):
            return not_made(-1)
        plain = plain_args(self._params, kind, args)
        if not self._lets(kind, plain):
            return not_made(-1)
        outcome = super().do(kind, **args)
        if outcome.done[0]:
            self.made.append((kind, plain))
        return outcome


# --- pages ------------------------------------------------------------------------------------------------------


def _page(bout: Bout, bot: str) -> list[Said]:
    """The page with its open levers as the bot would have them."""
    drill = bout.drill
    kind = bout.drill_move
    if bot == "canned" and drill.kind == "recut":
        return []
    room = believed_room(bout.staged_seen, drill.account, drill.audience)
    if bot == "dynamic":
        page = pages.best(room, kind, drill.page, drill.levers)
    else:
        own = _by_rote(drill) if bot == "canned" else _by_chance(bout)
        page = pages.figured(
            room, {**drill.page, **{name: own.get(name, drill.page.get(name)) for name in drill.levers}}
        )
    return [(kind, {**page, "account": drill.account})] if pages.legal(room.seen, kind, drill.account, page) else []


def _by_rote(drill: Drill) -> dict[str, Any]:
    """What every page of the bot says, whatever the customer."""
    usual = SPECIALIST if drill.audience == "desk" else {**CASE, "programme": 20}
    return {**usual, "commitment": 0.05, "proof": "their_figures", "angle": "goal", "price": 0.0}


def _by_chance(bout: Bout) -> dict[str, Any]:
    drill = bout.drill
    return {
        name: pick(drill.seed, pages.options(bout.staged_seen, drill.account, drill.audience, name), "chance", name)
        for name in drill.levers
    }


# --- on the spot ------------------------------------------------------------------------------------------------


def _moment(bout: Bout, bot: str) -> list[Said]:
    """Six picks; what has changed is known when the third is made."""
    made: list[Said] = []
    trial = bout.again()
    moment = bout.drill.about
    for move, names in HALVES:
        args = {"moment": moment, **{name: SPOT[bot](trial, name) for name in names}}
        trial.make(move, args)
        made.append((move, args))
        if trial.answered:
            break
    return made


HALVES: Final = (
    ("answer_moment", ("why", "number")),
    ("press_moment", ("stand", "proof", "ask")),
    ("close_moment", ("reply",)),
)
"""The moves of a moment, and what is picked in each."""
_CHOICES: Final = {"why": WHYS, "number": NUMBERS, "stand": STANDS, "proof": PROOFS, "ask": ASKS, "reply": REPLIES}
_ROTE: Final = {
    "why": "their_goal", "number": "plain", "stand": "stand", "proof": "their_figures", "ask": "meeting",
    "reply": "admit",
}  # fmt: skip


def _fact_by_fact(bout: Bout, name: str) -> str:
    """The pick that the facts at hand carry."""
    return PREPARED[name](bout.seen, bout)


def _fresh(seen: Seen, bout: Bout) -> bool:
    """Whether we know by now how the initiative behind a moment stands."""
    initiative = initiative_of(bout.params, bout.params.moments.index(bout.drill.about))
    return initiative >= 0 and bool(seen.known("state", initiative)[1][0] <= RECENT)


def _measured(seen: Seen, bout: Bout) -> bool:
    person = bout.params.people.index(bout.drill.person)
    return not np.isnan(seen.known("measure", person)[0][0])


def _told(seen: Seen, bout: Bout, *kinds: str) -> bool:
    row = bout.params.accounts.index(bout.drill.account)
    return any(not np.isnan(seen.known(kind, row)[0][0]) for kind in kinds)


def _word(seen: Seen, bout: Bout) -> float:
    return float(seen.credibility[bout.params.accounts.index(bout.drill.account), 0])


def _turned(bout: Bout) -> bool:
    return any(event.twist != "none" for event in of(MomentTurned, bout.told))


def _proved(seen: Seen, bout: Bout) -> str:
    row = bout.params.accounts.index(bout.drill.account)
    if seen.kept_at[row, 0] > 0:
        return "result"
    if seen.pilot_at[row, 0] > 0:
        return "pilot"
    return "their_figures" if _fresh(seen, bout) else "reference"


def _asked(seen: Seen, bout: Bout) -> str:
    trust = seen.known("trust", bout.params.accounts.index(bout.drill.account))[0][0]
    return "order" if trust > GOOD_TRUST and not _turned(bout) else "pilot"


PREPARED: Final[dict[str, Callable[[Seen, Bout], str]]] = {
    "why": lambda seen, bout: "their_measure" if _measured(seen, bout) else "their_goal",
    "number": lambda seen, bout: (
        "plain" if _fresh(seen, bout) or _told(seen, bout, "wallet")
        else "bold" if _word(seen, bout) > GOOD_WORD else "cautious"
    ),
    "stand": lambda _seen, bout: "recut" if _turned(bout) else "stand",
    "proof": _proved,
    "ask": _asked,
    "reply": lambda seen, bout: "figure" if _told(seen, bout, "wallet", "price_sensitivity", "trust") else "admit",
}  # fmt: skip
"""By pick: what the facts carry."""
SPOT: Final[dict[str, Callable[[Bout, str], str]]] = {
    "dynamic": _fact_by_fact,
    "canned": lambda _bout, name: _ROTE[name],
    "random_legal": lambda bout, name: pick(bout.drill.seed, _CHOICES[name], "chance", name),
}


# --- at the table, and before purchases ---------------------------------------------------------------------------


def _table(bout: Bout, bot: str) -> list[Said]:
    if bot == "dynamic":
        return _step_by_step(bout)
    seat = OnlySeat(bout.staged.copy(), bout.params, bout.luck, bout.lets)
    bargain(seat, ONE_STEP if bot == "canned" else _thrown(bout))
    return seat.made


def _step_by_step(bout: Bout) -> list[Said]:
    """Asks what each issue is worth to them; then, round by round, what leaves us most of all that gives them a part of
    what the table could, a larger part each time; gets up where nothing is left for us."""
    trial, talk = bout.again(), bout.drill.about
    row = bout.params.talks.index(talk)
    for issue in ISSUES:
        if np.isnan(trial.seen.known("worth", row * len(ISSUES) + ISSUES.index(issue))[0][0]):
            trial.make("ask_table", {"talk": talk, "issue": issue})
    for part in PARTS:
        proposal = table_best(trial.seen, row, part)
        if trial.answered or proposal is None:
            break
        trial.make("propose", {"talk": talk, **proposal})
    if not trial.answered:
        trial.leave()
    return [(kind, args) for kind, args in trial.said if kind != LEAVE]


PARTS: Final = (0.3, 0.45, 0.6, 0.75)
"""Of the most that the table could give them: what a proposal gives, round by round."""


def table_columns(days: float) -> Lanes:
    """Every proposal that leaves payment as it is, prices by whole points (8, N)."""
    levels: list[tuple[float, ...]] = [tuple(map(float, level)) for level in LEVELS]
    levels[ISSUES.index("price")] = tuple(PRICE_STEP * step for step in range(0, round(DEEPEST / PRICE_STEP) + 1, 2))
    levels[ISSUES.index("days")] = (days,)
    return np.array(list(product(*levels))).T


def table_best(seen: Seen, row: int, part: float) -> dict[str, Any] | None:
    """The proposal that leaves us most of those that give them so much of the most that the table could, as far as we
    know; None where none leaves us anything."""
    params = seen.params
    account = int(params.talk_account[row])
    days = seen.days[account]
    columns = table_columns(float(days[0]))
    told = [seen.known("worth", row * len(ISSUES) + issue)[0] for issue in range(len(ISSUES))]
    values = np.nan_to_num(np.array(told))
    theirs = total(their_worth(values, columns, days, params.start_days[account]))
    ours = total(our_worth(params, believed_books(seen, row), columns))
    fits = theirs >= part * total(np.maximum(0.0, values))[0]
    found = int(np.argmax(np.where(fits, ours, -np.inf)))
    return said(columns[:, found]) if fits.any() and ours[found] > 0.0 else None


def _thrown(bout: Bout) -> Proposals:
    """Three proposals by chance, payment left as it is."""
    words = {"service": ("none", "priority"), "exclusive": ("no", "yes"), "data": ("no", "yes")}
    return tuple(
        {
            issue: pick(bout.drill.seed, words.get(issue, LEVELS[row]), "chance", turn, issue)
            for row, issue in enumerate(ISSUES)
            if issue != "days"
        }
        for turn in range(3)
    )


def _purchase(bout: Bout, bot: str) -> list[Said]:
    """A bid for one of them."""
    choices, seed = bout.drill.choices, bout.drill.seed
    off = 0.0
    if bot == "random_legal":
        if draw(seed, "chance", "leaves") < 1.0 / (1 + len(choices)):
            return []
        name, off = pick(seed, choices, "chance", "which"), pick(seed, OFFS, "chance", "off")
    elif bot == "canned":
        name = max(choices, key=lambda one: size(bout.staged_seen, one))
    else:
        name = max(choices, key=lambda one: promise(bout.staged_seen, one))
    return [("bid", {"opportunity": name, "discount": off})]


def promise(seen: Seen, opportunity: str) -> float:
    """What a purchase promises us as far as we know: its size, more where a signed case speaks to its initiative and
    where that lives, and nothing where it is believed to be over."""
    params = seen.params
    initiative = int(params.opportunity_initiative[params.opportunities.index(opportunity)])
    state = seen.known("state", initiative)[0]
    written = float(seen.written_for[initiative, 0])
    speaks = 4.0 if written > 0 and written == state[0] + 1.0 else 1.0
    lives = 1.0 if np.isnan(state[0]) else 2.0 * float(alive(state)[0])
    return size(seen, opportunity) * speaks * lives


def size(seen: Seen, opportunity: str) -> float:
    """What a purchase would leave us over all its quarters, as far as we know, cents."""
    params = seen.params
    row = params.opportunities.index(opportunity)
    cell = int(params.opportunity_cell[row])
    amount, runs = (float(np.nan_to_num(seen.known(kind, row)[0][0], nan=1.0)) for kind in ("amount", "runs"))
    margin = float(params.list_price[cell, 0] * (1.0 - seen.discount[cell, 0]) - seen.unit_cost[cell, 0])
    return amount * runs * max(margin, 0.0)


ANSWERS: Final[dict[str, Callable[[Bout, str], list[Said]]]] = {
    "case": _page, "recut": _page, "moment": _moment, "talk": _table, "ask": _page, "pursue": _purchase,
}  # fmt: skip
BOTS: Final = tuple(SPOT)
"""Who can answer drills, the best first."""
