"""What nobody saw: what was at work at the customers on this luck, where it first stood, and how many did something."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

import numpy as np

from kamsim.debrief.classroom import Entry
from kamsim.debrief.forces import Push, pushes
from kamsim.debrief.lesson.slide import Group, Slide, curled, names_of
from kamsim.debrief.record import Play
from kamsim.page import stage
from kamsim.view.words.names import Cast, capital, initiative_named

MOST: Final = 3
"""Things that a slide shows."""
TIME: Final = 2
"""Quarters that must be left for somebody to do something."""
FEW: Final = 1.0 / 3.0
"""Part of the class up to which few did something."""
RARE: Final = 0.2
"""Part up to which almost nobody did."""


@dataclass(frozen=True, eq=False)
class Unseen:
    """A force that was at work: where, from which quarter, the news that told of it first ('' for none), for whom it
    was there, who heard of it, and who did something about it in time."""

    force: str
    first: int
    news: str
    there: tuple[Entry, ...]
    heard: tuple[Entry, ...]
    acted: tuple[Entry, ...]

    @property
    def part(self) -> float:
        """Part of those for whom it was there that did something."""
        return len(self.acted) / len(self.there)


def unseen_of(group: Group) -> list[Unseen]:
    """What at most few of at least half of the class acted upon: what almost
    nobody saw first, and of that what stood in the news."""
    found: dict[str, list[tuple[Entry, Push]]] = defaultdict(list)
    for entry in group.entries:
        for push in pushes(entry.play):
            if 0 < push.first <= min(push.last, entry.play.quarters - TIME):
                found[push.force].append((entry, push))
    made = []
    for force, seen in found.items():
        if 2 * len(seen) < group.size:
            continue
        first = min(push.first for _, push in seen)
        one = Unseen(
            force, first, _news(seen[0][0].play, force, first),
            tuple(entry for entry, _ in seen),
            tuple(entry for entry, push in seen if push.heard),
            tuple(entry for entry, push in seen if push.answer),
        )  # fmt: skip
        if one.part <= FEW:
            made.append(one)
    return sorted(made, key=lambda one: (one.part > RARE, not one.news, one.part, one.first))


def _news(play: Play, force: str, first: int) -> str:
    """The first news that announced a force, where everybody could read it before it had been at work for a year."""
    params = play.params
    warns = play.first_day.truth.news_warns[:, params.forces.index(force)]
    told = [(int(params.news_quarter[row]), params.news[row]) for row in np.flatnonzero(warns).tolist()]
    near = [(quarter, name) for quarter, name in told if quarter <= min(first + 3, play.quarters)]
    return min(near)[1] if near else ""


def unseen(group: Group) -> Slide | None:
    """Up to three things that were there to be seen, each with its sign and with how many acted."""
    every = unseen_of(group)
    if not every:
        return None
    found = [one for one in every if one.part <= RARE][:MOST] or every[:MOST]
    cast = group.cast
    what = ("One thing was", "Two things were", "Three things were")[len(found) - 1]
    where = "in the news" if all(one.news for one in found) else "there to be found out"
    most = max(len(one.acted) for one in found)
    did = f"at most {most} of {group.size} acted" if most else "nobody acted"
    title = f"{what} {where}, and {did}"
    return Slide(
        "unseen", "What almost nobody saw" if most else "What nobody saw", title,
        stage.rows([_row(cast, one) for one in found]),
        "Where did it stand first, and who of us would have asked there?",
        tuple(_said(cast, one) for one in found),
        tuple(f"Acted on {curled(cast.forces[one.force].name)}: {names_of(one.acted)}." for one in found if one.acted),
        6, 2,
    )  # fmt: skip


def _row(cast: Cast, one: Unseen) -> stage.Row:
    initiative = cast.initiatives[cast.pushes[one.force]]
    account = cast.account(cast.home[initiative.id])
    way = "pushed" if cast.forces[one.force].strength > 0 else "held back"
    news = cast.news.get(one.news)
    sign = f"To be heard from {cast.post(initiative.owner)}"
    if news:
        sign = f"In the news of {cast.quarter(news.quarter)}: {curled(news.title)}"
    return stage.Row(
        f"{len(one.acted)} of {len(one.there)}", sign,
        f"{curled(cast.forces[one.force].name)} {way} {initiative.name} at {account} from {cast.quarter(one.first)}",
    )  # fmt: skip


def _said(cast: Cast, one: Unseen) -> str:
    name = initiative_named(cast, cast.pushes[one.force])
    account = cast.account(cast.home[cast.pushes[one.force]])
    heard = f"{len(one.heard)} of {len(one.there)} ever heard of it, {len(one.acted)} did something in time."
    text = f" It read: {cast.news[one.news].text}" if one.news else ""
    return f"{capital(name)}, {account}. {heard}{text}"
