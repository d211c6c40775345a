"""A drill's year played ahead: each answer in a lane of its own, on the same luck, whoever answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from kamsim.engine.lanes import Lanes, total
from kamsim.engine.luck import Luck
from kamsim.engine.moves import act
from kamsim.engine.quarter import close_quarter
from kamsim.engine.world import World
from kamsim.game.events.cases import of_case_close
from kamsim.game.events.declared import Event
from kamsim.game.events.moments import of_moment_close
from kamsim.game.events.opportunities import of_opportunity_close
from kamsim.game.events.talks import of_talk_close
from kamsim.gym.bout import LEAVE, Bout
from kamsim.gym.drill import YEAR
from kamsim.players.case_sellers import Retailored
from kamsim.players.seat import Seat
from kamsim.players.sellers import put_right

Said = tuple[str, dict[str, Any]]


class Keeper(Retailored):
    """Goes on after a drill as anybody would, and starts nothing: what fails is put right, requests are answered, a
    "yes, if" is taken up, promises are shown. So years differ by the answer alone."""

    name = "keeper"
    fresh_for = 4

    def __init__(self, sells_to: int | None = None) -> None:
        self._sells_to = sells_to
        """The account for which what our desk has granted is put into a case."""

    def play(self, seat: Seat) -> None:
        """What must be done."""
        put_right(seat, 40, "credit")
        self._requests(seat)
        self._promises(seat)
        if self._sells_to is not None:
            wanted = self._wanted(seat, self._sells_to)
            initiatives = seat.seen.params.account_initiatives[self._sells_to]
            self._write(
                seat, "present_case", self._sells_to, {row: wanted & self.usable(seat, row) for row in initiatives}
            )


@dataclass(frozen=True, eq=False)
class Year:
    """The year after some answers (n lanes). ``answered``: the worlds as the answers left them; ``profit`` (quarters,
    n): account profit in cents; ``happened``: what the year told of the first answer; ``signed`` (n,)."""

    answered: World
    profit: Lanes
    happened: tuple[Event, ...]
    signed: tuple[bool, ...]


def after(bout: Bout, answers: Sequence[Sequence[Said]], lucks: Sequence[int] | None = None) -> tuple[World, Luck]:
    """Worlds in which each answer was given as the drill stood, a lane each; and their luck, the drill's own unless
    ``lucks`` names a seed for each."""
    world = bout.staged.take(np.zeros(len(answers), dtype=np.intp))
    luck = Luck([bout.seed] * len(answers) if lucks is None else lucks)
    lanes = np.arange(len(answers))
    for lane, moves in enumerate(answers):
        for kind, args in moves:
            if kind != LEAVE:
                act(world, bout.params, luck, kind, args, where=lanes == lane)
    return world, luck


def year(bout: Bout, answers: Sequence[Sequence[Said]], lucks: Sequence[int] | None = None) -> Year:
    """Play the year ahead of each answer."""
    world, luck = after(bout, answers, lucks)
    answered, params, account = world.copy(), bout.params, bout.drill.account
    keeper = Keeper(params.accounts.index(account) if bout.drill.kind == "ask" else None)
    rows = [params.accounts.index(account)] if account else list(range(len(params.accounts)))
    profit, happened = np.zeros((YEAR, len(answers))), list[Event]()
    signed = np.zeros(len(answers), dtype=bool)
    first = np.array([0])
    for quarter in range(YEAR):
        if quarter:
            keeper.play(Seat(world, params, luck))
        before = world.take(first)
        ledger = close_quarter(world, params, luck)
        profit[quarter] = total(ledger.contribution, rows)
        happened += _told(bout, before, world.take(first))
        signed |= _signed(bout, world)
    return Year(answered, profit, tuple(happened), tuple(bool(yes) for yes in signed))


def _told(bout: Bout, before: World, now: World) -> list[Event]:
    """What a close told of the drill's answer."""
    params, drill = bout.params, bout.drill
    told: list[Event] = [
        event
        for event in of_case_close(params, before, now)
        if getattr(event, "account", "") == drill.account and getattr(event, "audience", "") == drill.audience
    ]
    told += [event for event in of_moment_close(params, before, now) if event.moment == drill.about]
    told += [event for event in of_talk_close(params, before, now) if event.talk == drill.about]
    return told + [event for event in of_opportunity_close(params, before, now) if event.opportunity in drill.choices]


def _signed(bout: Bout, world: World) -> Any:
    """Where something of the drill's was signed by now (n,)."""
    params, drill = bout.params, bout.drill
    if drill.audience:
        place = params.accounts.index(drill.account) + (len(params.accounts) if drill.audience == "desk" else 0)
        return world.promises.signed[place] >= drill.quarter
    if drill.choices:
        rows = [params.opportunities.index(name) for name in drill.choices]
        return ((world.opportunities.award_at[rows] >= drill.quarter) & (world.opportunities.award[rows] == 1)).any(
            axis=0
        )
    if drill.kind == "talk":
        return world.talks.status[params.talks.index(drill.about)] == 2
    return world.moments.phase[params.moments.index(drill.about)] == 4
