"""What comes of an answer, at once: the reaction, who read it and why, what the facts would bear, the year ahead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from kamsim.engine.lanes import Lanes, total
from kamsim.game.events.cases import CaseAnswered
from kamsim.game.events.declared import Event
from kamsim.game.events.moments import MomentEnded
from kamsim.game.events.opportunities import OpportunityAwarded
from kamsim.game.events.talks import TalkAnswered
from kamsim.gym import pages
from kamsim.gym.ahead import Said, year
from kamsim.gym.bout import LEAVE, Bout
from kamsim.gym.drill import YEAR, Ahead, Feedback, Part
from kamsim.gym.kinds import BEHAVIOURS, CALIBRATES, FOLLOWS, KINDS, SKILL_OF_GATE, seed_of
from kamsim.gym.marks import LUCKS, Marked, best_bid, best_spot, best_table, marked
from kamsim.gym.players import answer
from kamsim.gym.rooms import believed_room

BESTS: Final = ("dynamic", "canned")
"""Bots of which the better one's year is played ahead."""
YOURS, HABIT, BORNE = range(3)
WELL: Final = 0.95
"""How well everything else must be met for the range to be what is worked on."""
LEAST_PART: Final = 0.05
"""What the facts bear of a thing below which nothing can be learned from it."""


def feedback(bout: Bout) -> Feedback:
    """What came of a bout that is answered."""
    borne = borne_answer(bout)
    bots = [answer(bout, bot) for bot in BESTS]
    given = [bout.said, habit(bout), borne, *bots]
    found = marked(bout, given)
    years = [bout.said, [], *bots]
    own, even = year(bout, years), _even(bout, years)
    best = max(range(len(BESTS)), key=lambda place: total(even)[2 + place])
    mine, most = found[YOURS], _better(found[YOURS], found[BORNE])
    met = _met(bout, mine, most)
    ahead = tuple(
        Ahead(name, bot, _cents(own.profit[:, lane]), _cents(even[:, lane]), own.signed[lane])
        for name, bot, lane in (("yours", "", 0), ("bot", BESTS[best], 2 + best), ("nothing", "", 1))
    )
    truth, reaction = ahead[0].year, _reaction(bout, own.happened)
    if bout.expected is not None:
        met[CALIBRATES] = float(bout.expected[0] <= truth <= bout.expected[1])
    return Feedback(
        drill=bout.drill,
        reaction=reaction,
        readers=mine.readers,
        parts=_parts(mine, most),
        mark=round(mine.mark, 1),
        habit=round(found[HABIT].mark, 1),
        borne=round(max(found[BORNE].mark, mine.mark), 1),
        answer=tuple({"move": kind, "args": args} for kind, args in bout.said if kind != LEAVE),
        borne_answer=tuple({"move": kind, "args": args} for kind, args in borne),
        ahead=ahead,
        met=met,
        next_time=_next(bout, met, reaction),
        expected=bout.expected,
        truth=truth,
        thought=round(bout.thought, 1),
    )


def _even(bout: Bout, answers: Sequence[Sequence[Said]]) -> Lanes:
    """Account profit by quarter after each answer, in the middle of several lots of luck that all of them meet; cents
    (quarters, answers)."""
    seeds = [seed_of(bout.seed, "even", turn) for turn in range(LUCKS)]
    found = year(bout, [answer for answer in answers for _ in seeds], [seed for _ in answers for seed in seeds])
    lots = found.profit.reshape(YEAR, len(answers), len(seeds))
    mean: Lanes = np.median(lots - lots[:, 1:2], axis=-1) + np.median(lots[:, 1:2], axis=-1)
    return mean


def _cents(values: Lanes) -> tuple[int, ...]:
    return tuple(round(float(value)) for value in values)


def habit(bout: Bout) -> list[Said]:
    """The habitual answer: the page as it opened, what is always said, a price at the table, the first purchase."""
    drill = bout.drill
    if drill.audience:
        return [(bout.drill_move, {**drill.page, "account": drill.account})]
    if drill.kind == "moment":
        about = {"moment": drill.about}
        return [
            ("answer_moment", {**about, "why": "our_product", "number": "plain"}),
            ("press_moment", {**about, "stand": "stand", "proof": "brochure", "ask": "order"}),
            ("close_moment", {**about, "reply": "repeat"}),
        ]
    if drill.kind == "talk":
        row = bout.params.talks.index(drill.about)
        days = int(bout.staged.dealings.days[int(bout.params.talk_account[row]), 0])
        rest = {"commitment": 0.0, "length": 4, "service": "none", "exclusive": "no", "data": "no", "help": 0}
        return [
            ("propose", {"talk": drill.about, "price": price, "days": days, **rest})
            for price in (0.02, 0.03, 0.04, 0.05)
        ]
    return [("bid", {"opportunity": drill.choices[0], "discount": 0.02})]


def borne_answer(bout: Bout) -> list[Said]:
    """The best answer that the facts would have borne."""
    drill = bout.drill
    if drill.audience:
        room = believed_room(bout.staged_seen, drill.account, drill.audience)
        page = pages.best(room, bout.drill_move, drill.page, drill.levers)
        return [(bout.drill_move, {**page, "account": drill.account})]
    return {"moment": best_spot, "talk": lambda one: best_table(one)[0], "pursue": best_bid}[drill.kind](bout)


def _better(mine: Marked, borne: Marked) -> Marked:
    return mine if mine.mark > borne.mark else borne


def _parts(mine: Marked, most: Marked) -> tuple[Part, ...]:
    """What was weighed, and how well it could have been met."""
    best = {name: value for name, value, _ in most.parts}
    return tuple(Part(name, value, max(value, best.get(name, value)), weight) for name, value, weight in mine.parts)


def _met(bout: Bout, mine: Marked, most: Marked) -> dict[str, float]:
    """By skill that the drill showed: how well it was met, of what the facts let it be met; of a page only what was
    left open."""
    drill = bout.drill
    wanted = pages.shown(drill.levers) if drill.audience else KINDS[drill.kind].skills
    met = {}
    for name in wanted:
        could = 1.0 if name in BEHAVIOURS else most.met.get(name, 0.0)
        if could > LEAST_PART and (mine.met or not mine.mark):
            met[name] = round(min(1.0, mine.met.get(name, 0.0) / could), 4)
    if drill.kind == "recut":
        met[FOLLOWS] = round(min(1.0, mine.mark / max(most.mark, 1.0)), 4) if bout.said[-1][0] != LEAVE else 0.0
    return met


def _next(bout: Bout, met: dict[str, float], reaction: Sequence[Event]) -> str:
    """What to work on: what stopped the page; else what was met least, what the drill was for where all was met
    alike."""
    stopped = stopped_by(reaction)
    if stopped:
        return SKILL_OF_GATE[stopped]
    shown = {name: value for name, value in met.items() if name != CALIBRATES}
    worst = min(shown, key=lambda name: shown[name], default=bout.drill.skill)
    if met.get(CALIBRATES, 1.0) < 1.0 and shown.get(worst, 1.0) >= WELL:
        return CALIBRATES
    return bout.drill.skill if shown.get(bout.drill.skill, 1.0) <= shown.get(worst, 1.0) else worst


REACTIONS: Final = (CaseAnswered, MomentEnded, TalkAnswered, OpportunityAwarded)
"""Events that are the reaction to an answer."""


def stopped_by(reaction: Sequence[Event]) -> str:
    """The gate at which a page was stopped before anybody weighed it; '' where none closed."""
    return next((str(event.gate) for event in reaction if isinstance(event, CaseAnswered) and event.gate), "")


def _reaction(bout: Bout, happened: Sequence[Event]) -> tuple[Event, ...]:
    """What they said to it: at once, or at a close of the year ahead."""
    drill = bout.drill
    said = [event for event in (*bout.told, *happened) if isinstance(event, REACTIONS)]
    if drill.choices:
        chosen = [args.get("opportunity") for _, args in bout.said]
        said = [event for event in said if isinstance(event, OpportunityAwarded) and event.opportunity in chosen]
        return tuple(said[:1])
    answers = [event for event in said if not isinstance(event, CaseAnswered) or event.outcome != "delayed"] or said
    return tuple(answers[-1:] if drill.kind == "talk" else answers[:1])
