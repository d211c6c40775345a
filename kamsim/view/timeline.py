"""How customers' initiatives went as far as the player heard: from events alone, so nothing hidden can come in.

A `Track` is one initiative over the quarters; `signals` are all that was heard, the newest first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from kamsim.engine.initiatives import ACTS
from kamsim.engine.knowledge import NEWS, NOTES, ROUTINE, reliability
from kamsim.engine.moves import MOVES
from kamsim.engine.params import STATES
from kamsim.game.events.closing import QuarterClosed
from kamsim.game.events.contact import MoveMade, learned_with
from kamsim.game.events.opening import InitiativeTurned
from kamsim.view.words.ages import still_so
from kamsim.view.words.facts import FACTS, acts_told, quoted_force, subject
from kamsim.view.words.knowing import ACTS_MEAN, NO_HANDS, STATE_MEANS, linkable, linked_to
from kamsim.view.words.names import SOURCE_WORDS, Cast, age, capital, state_told, unlock

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen
    from kamsim.game.events.declared import Event

FADES: Final = 2
"""Quarters after which a signal has faded."""
HELPS: Final = {
    ("back_initiative", "backed"): "our people on it",
    ("bring_insight", "landed"): "an insight that was of use",
}
"""What a move did for an initiative, by the move and what came of it."""
SIGNAL_KINDS: Final = ("state", "acts", "force", "attack")
RELIABLE: Final = ((0.9, "sure"), (0.7, "mostly right, now and then a quarter late"), (0.0, "often late"))
"""From which reliability a source is called what."""


@dataclass(frozen=True)
class Heard:
    """One fact as it was heard: in which quarter, from which source (index into `knowledge.SOURCES`)."""

    quarter: int
    source: int
    kind: str
    about: str
    account: str
    value: float


@dataclass
class Push:
    """One force as the player knows it: by quarter in which it was heard of, how it stood."""

    force: str
    heard: dict[int, str] = field(default_factory=dict)

    @property
    def now(self) -> str:
        """How it stood when last heard of."""
        return self.heard[max(self.heard)]


@dataclass
class Track:
    """One initiative, as far as the player heard."""

    initiative: str
    states: dict[int, str]
    """By quarter in which it was seen: the state."""
    sources: dict[int, int]
    pushes: list[Push]
    helps: dict[int, str]
    """By quarter: what we did for it."""

    @property
    def over(self) -> bool:
        """Whether it was last seen at its end."""
        return self.states[max(self.states)] in ("completed", "cancelled")

    def at(self, quarter: int) -> tuple[str, bool]:
        """The state believed in a quarter ('' for unknown), and whether it was seen in that very quarter."""
        seen = [when for when in self.states if when <= quarter]
        return (self.states[max(seen)], max(seen) == quarter) if seen else ("", False)


@dataclass(frozen=True)
class Signal:
    """One line of the radar."""

    account: str
    text: str
    age: int
    source: str
    means: str
    news: str = ""
    """The piece of news, where it may be linked to an account."""

    @property
    def faded(self) -> bool:
        """Whether it is too old to act on without asking again."""
        return self.age >= FADES


def trusted(seen: Seen, source: int) -> str:
    """How far a source can be taken at its word, in words."""
    value = float(reliability(seen.params, source, seen.own["quality"])[0])
    return next(word for least, word in RELIABLE if value >= least)


def quarters(events: Iterable[Event]) -> Iterator[tuple[int, Event]]:
    """Events with the quarter in which they happened."""
    quarter = 1
    for event in events:
        yield quarter, event
        if isinstance(event, QuarterClosed):
            quarter = event.quarter + 1


def heard(cast: Cast, seen: Seen, events: Iterable[Event]) -> list[Heard]:
    """Every fact that was heard, in order, what the predecessor's notes tell first; last how initiatives stand where
    that was seen last without an event of its own, as by what changed while one spoke."""
    found = noted(cast)
    for quarter, event in quarters(events):
        found += learned(cast, quarter, event)
    latest = {item.about: item for item in found if item.kind == "state"}
    for row, name in enumerate(seen.params.initiatives):
        value, ages = seen.known("state", row)
        if np.isnan(ages[0]):
            continue
        when, told = seen.quarter - int(ages[0]), latest.get(name)
        if told is None or told.value != value[0] or told.quarter < when:
            source = int(seen.source[seen.params.fact_blocks["state"][row], 0])
            found.append(Heard(when, source, "state", name, cast.home[name], float(value[0])))
    return found


def noted(cast: Cast) -> list[Heard]:
    """How initiatives stood as the predecessor's notes have it."""
    return [
        Heard(1, NOTES, "state", item.id, account.id, float(STATES.index(item.state)))
        for account in cast.scenario.accounts
        for item in account.initiatives
        if item.known
    ]


def learned(cast: Cast, quarter: int, event: Event) -> list[Heard]:
    """The facts that were heard with an event."""
    source = MOVES[event.move].source if isinstance(event, MoveMade) else ROUTINE
    found = [Heard(quarter, source, fact.kind, fact.about, fact.account, fact.value) for fact in learned_with(event)]
    if isinstance(event, InitiativeTurned):
        value, name = float(STATES.index(event.to)), event.initiative
        found.append(Heard(quarter, NEWS, "state", name, cast.home[name], value))
    return found


def tracks(cast: Cast, seen: Seen, events: Iterable[Event], account: str) -> list[Track]:
    """The initiatives of an account that the player has heard of, in the order of the scenario."""
    told = list(events)
    made: dict[str, Track] = {}
    facts = [item for item in heard(cast, seen, told) if item.account == account]
    for item in facts:
        if item.kind == "state" and item.value > 0:
            track = made.setdefault(item.about, Track(item.about, {}, {}, [], {}))
            track.states[item.quarter], track.sources[item.quarter] = STATES[int(item.value)], item.source
    for item in facts:
        owner = cast.pushes.get(item.about, "")
        if item.kind != "acts" or owner not in made or item.value <= 0:
            continue
        pushes = made[owner].pushes
        push = next((one for one in pushes if one.force == item.about), None)
        if push is None:
            push = Push(item.about)
            pushes.append(push)
        push.heard[item.quarter] = ACTS[int(item.value)]
    for quarter, event in quarters(told):
        if isinstance(event, MoveMade) and (event.move, event.result) in HELPS:
            name = str(event.args["initiative"])
            if name in made:
                made[name].helps[quarter] = HELPS[event.move, event.result]
    return [made[item.id] for item in cast.accounts[account].initiatives if item.id in made]


def learn_more(cast: Cast, seen: Seen, track: Track) -> str:
    """How to learn more about an initiative, from its owner or from whoever receives us."""
    person, quarter = cast.initiatives[track.initiative].owner, seen.quarter
    owner, after = cast.person(person), ""
    if not bool(seen.may_meet(seen.params.people.index(person))[0]):
        after = f" {owner}, who runs it, does not receive you yet."
        owner = "somebody there who receives you"
    if track.over:
        return f"It is over. Ask {owner} what comes next.{after}"
    if quarter - max(track.states) > 1:
        old = age(quarter, max(track.states))
        return f"Ask {owner} about results, or read up on them: this picture is from {old}.{after}"
    if not any(push.now in ("coming", "working") for push in track.pushes):
        return f"Ask {owner} what could go wrong: you know of nothing that pushes it on or holds it back.{after}"
    when, _ = unlock(cast, "back_initiative")
    if cast.over(when):
        return "Speak of what you know to whoever runs it, while it is there."
    if when > quarter:
        return f"From {cast.quarter(when)} you may put your people on what you know."
    return "Put your people on what you know, while it is there."


def last_seen(seen: Seen, track: Track) -> str:
    """The state as last seen, with its age, source and how far that can be trusted."""
    when, quarter = max(track.states), seen.quarter
    source = track.sources[when]
    said = capital(state_told(track.states[when]))
    told = f"{said}. Seen {age(quarter, when)}, from {SOURCE_WORDS[source]} ({trusted(seen, source)})."
    return told if track.over or quarter == when else f"{told} That is {still_so(quarter - when)}."


def push_line(cast: Cast, push: Push, quarter: int) -> str:
    """One force as last heard of."""
    when = max(push.heard)
    told = acts_told(cast, push.force, float(ACTS.index(push.heard[when])), when)
    past = " That was due; ask whether it came" if push.now == "coming" and quarter > when else ""
    return f"{quoted_force(cast, push.force)} {told} ({age(quarter, when)}).{past}{'.' if past else ''}"


def signals(cast: Cast, seen: Seen, events: Iterable[Event]) -> list[Signal]:
    """All that was heard of change, the newest first; of each thing the latest only, and a push only until what pushes
    has a name. News that may be linked leads its quarter."""
    latest: dict[tuple[str, str], Heard] = {}
    for item in heard(cast, seen, events):
        if item.kind in SIGNAL_KINDS and item.value != 0:
            latest.pop((item.kind, item.about), None)
            latest[item.kind, item.about] = item
    named = {cast.pushes[about] for kind, about in latest if kind == "acts"}
    latest = {key: item for key, item in latest.items() if key[0] != "force" or key[1] not in named}
    made = []
    for name in linkable(cast, seen):
        done = linked_to(cast, seen, name)
        asked = f"Asked for {done}." if done else "Whose plans does it touch? Link it, and see."
        when = int(seen.params.news_quarter[seen.params.news.index(name)])
        made.append(Signal("", cast.news[name].title, seen.quarter - when, "the papers: sure", asked, name))
    for item in latest.values():
        if item.kind == "attack" and item.value < seen.quarter:
            continue
        source = f"{SOURCE_WORDS[item.source]}: {trusted(seen, item.source)}"
        means = _means(item, helps=unlock(cast, "back_initiative")[0] <= seen.quarter)
        made.append(Signal(item.account, _text(cast, item), seen.quarter - item.quarter, source, means))
    return sorted(made, key=lambda one: one.age)


def _text(cast: Cast, item: Heard) -> str:
    if item.kind == "attack":
        return f"a rival is about to court them, in {cast.by(int(item.value))}"
    if item.kind == "acts":
        initiative = cast.initiatives[cast.pushes[item.about]].name
        return f"{initiative}: {quoted_force(cast, item.about)} {acts_told(cast, item.about, item.value, item.quarter)}"
    said = FACTS[item.kind](cast, item.about, item.value, item.quarter)
    name = cast.initiatives[item.about].name if item.about in cast.initiatives else subject(cast, item.about)
    return f"{name} {said}"


def _means(item: Heard, *, helps: bool) -> str:
    """What a signal asks of whoever sells there; ``helps``: whether our people may be put on what pushes a plan."""
    if item.kind == "state":
        return STATE_MEANS.get(STATES[int(item.value)], "")
    if item.kind == "acts":
        acts = ACTS[int(item.value)]
        return ACTS_MEAN[acts] if helps or acts == "over" else NO_HANDS.get(acts, "")
    if item.kind == "attack":
        return "Be there before them, with something."
    return "Something pushes it. Ask what could go wrong, to get its name."


def heard_of(seen: Seen, force: str) -> bool:
    """Whether the player has heard of a force at all."""
    return bool(seen.known("acts", seen.params.forces.index(force))[0][0] > 0)
