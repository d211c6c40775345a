"""What nobody saw: purchases and forces at the customers on this luck, where they first stood, and how many acted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Final, Literal

import numpy as np

from kamsim.debrief.classroom import Entry
from kamsim.debrief.forces import Push, pushes
from kamsim.debrief.lesson.slide import Group, Slide, curled, names_of
from kamsim.debrief.record import Play
from kamsim.game.events.opportunities import OpportunityAwarded
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
    """Something that was there to be found out: a force that was at work, or a purchase that a customer decided.

    ``first``: from which quarter, or in which it was decided; ``news``: the news that told of a force first, '' for
    none; ``worth``: of a purchase, the mean of cents a quarter; for whom it was there, who heard of it, and who did
    something about it in time, which for a purchase is a bid.
    """

    kind: Literal["force", "purchase"]
    name: str
    first: int
    there: tuple[Entry, ...]
    heard: tuple[Entry, ...]
    acted: tuple[Entry, ...]
    news: str = ""
    worth: float = 0.0

    @property
    def part(self) -> float:
        """Part of those for whom it was there that did something."""
        return len(self.acted) / len(self.there)


def unseen_of(group: Group) -> list[Unseen]:
    """What at most few of at least half of the class acted upon: first what almost nobody did, and of that purchases by
    their worth, then what stood in the news."""
    made = [
        one for one in (*_purchases(group), *_forces(group)) if one.part <= FEW and 2 * len(one.there) >= group.size
    ]
    return sorted(made, key=lambda one: (one.part > RARE, -one.worth, not one.news, one.part, one.first))


def _forces(group: Group) -> list[Unseen]:
    found: dict[str, list[tuple[Entry, Push]]] = defaultdict(list)
    for entry in group.entries:
        for push in pushes(entry.play):
            if 0 < push.first <= min(push.last, entry.play.quarters - TIME):
                found[push.force].append((entry, push))
    made = []
    for force, seen in found.items():
        first = min(push.first for _, push in seen)
        made.append(
            Unseen(
                "force", force, first,
                tuple(entry for entry, _ in seen),
                tuple(entry for entry, push in seen if push.heard),
                tuple(entry for entry, push in seen if push.answer),
                news=_news(seen[0][0].play, force, first),
            )
        )  # fmt: skip
    return made


def _purchases(group: Group) -> list[Unseen]:
    """The first time that each was decided, for somebody: what nobody needed any more was no loss."""
    found: dict[str, list[tuple[Entry, int, OpportunityAwarded]]] = defaultdict(list)
    for entry in group.entries:
        firsts: dict[str, tuple[int, OpportunityAwarded]] = {}
        for item in entry.play.of(OpportunityAwarded):
            firsts.setdefault(item.event.opportunity, (item.quarter, item.event))
        for name, (quarter, award) in firsts.items():
            if award.outcome != "undecided":
                found[name].append((entry, quarter, award))
    return [
        Unseen(
            "purchase", name, min(quarter for _, quarter, _ in seen),
            tuple(entry for entry, _, _ in seen),
            tuple(entry for entry, _, award in seen if award.seen is not None),
            tuple(entry for entry, _, award in seen if award.bid is not None),
            worth=mean(float(award.worth) for _, _, award in seen),
        )
        for name, seen in found.items()
    ]  # fmt: skip


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
    most = max(len(one.acted) for one in found)
    return Slide(
        "unseen", "What almost nobody saw" if most else "What nobody saw", _title(group, found, most),
        stage.rows([_row(cast, one) for one in found]),
        "Where did it stand first, and who of us would have asked there?",
        tuple(_said(cast, one) for one in found),
        tuple(f"{_did(one)} {curled(_called(cast, one))}: {names_of(one.acted)}." for one in found if one.acted),
        6, 2,
    )  # fmt: skip


def _title(group: Group, found: Sequence[Unseen], most: int) -> str:
    bought = all(one.kind == "purchase" for one in found)
    who = f"at most {most} of {group.size}" if most else "nobody"
    if bought:
        what = ("One purchase was decided", "Two purchases were decided", "Three purchases were decided")[
            len(found) - 1
        ]
        return f"{what}, and {who} bid"
    what = ("One thing was", "Two things were", "Three things were")[len(found) - 1]
    where = "in the news" if all(one.news for one in found) else "there to be found out"
    return f"{what} {where}, and {who} acted"


def _initiative(cast: Cast, one: Unseen) -> str:
    return cast.bought_for[one.name] if one.kind == "purchase" else cast.pushes[one.name]


def _called(cast: Cast, one: Unseen) -> str:
    return cast.opportunities[one.name].title if one.kind == "purchase" else cast.forces[one.name].name


def _did(one: Unseen) -> str:
    return "Bid for" if one.kind == "purchase" else "Acted on"


def _row(cast: Cast, one: Unseen) -> stage.Row:
    initiative = cast.initiatives[_initiative(cast, one)]
    account, called = cast.account(cast.home[initiative.id]), curled(_called(cast, one))
    figure = f"{len(one.acted)} of {len(one.there)}"
    if one.kind == "purchase":
        heard = f"{len(one.heard)} had heard of it" if one.heard else "nobody had heard of it"
        text = f"{called} for {initiative.name}, decided in {cast.quarter(one.first)}; {heard}"
        return stage.Row(figure, f"{account} buys for {cast.money(one.worth)} a quarter", text)
    way = "pushed" if cast.forces[one.name].strength > 0 else "held back"
    sign = f"To be heard from {cast.post(initiative.owner)}"
    if one.news:
        news = cast.news[one.news]
        sign = f"In the news of {cast.quarter(news.quarter)}: {curled(news.title)}"
    return stage.Row(figure, sign, f"{called} {way} {initiative.name} at {account} from {cast.quarter(one.first)}")


def _said(cast: Cast, one: Unseen) -> str:
    name = _initiative(cast, one)
    account = cast.account(cast.home[name])
    heard = f"{len(one.heard)} of {len(one.there)} ever heard of it, {len(one.acted)} did something in time."
    if one.kind == "purchase":
        who = cast.post(cast.decider(one.name))
        heard = f"{len(one.heard)} of {len(one.there)} ever heard of it, {len(one.acted)} bid. Who decided: {who}."
    text = f" It read: {cast.news[one.news].text}" if one.news else ""
    return f"{capital(initiative_named(cast, name))}, {account}: {curled(_called(cast, one))}. {heard}{text}"
