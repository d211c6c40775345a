"""What pushed the customers' initiatives in a session, who here heard of it, and what was done then (economics B13).

The log holds what was heard and done. Which forces came at all is luck that nobody could see: it is drawn again from
the seed, and only for sessions of this version's rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kamsim.debrief.record import Play
from kamsim.engine.initiatives import ACTS, COMING, WORKING
from kamsim.engine.luck import Luck
from kamsim.game.commands import Command
from kamsim.game.events.contact import learned_with
from kamsim.game.events.opening import InitiativeTurned
from kamsim.view.words.names import state_told

LIVE_ACTS: Final = (ACTS[COMING], ACTS[WORKING])
IDLE: Final = ("dormant", "completed", "cancelled")
"""States in which nothing pushes an initiative."""
IN_VAIN: Final = ("stale", "wasted")
"""Results of help that was no longer true."""
SERVES: Final = ("build_insight", "bring_insight", "present_case", "recut_case")
"""Moves that serve an initiative by its name, beside work on the force itself."""


@dataclass(frozen=True)
class Push:
    """A force that came, or of which was heard. ``first``..``last``: the closed quarters in which it was at work, empty
    where that is not known. ``heard``: the quarter in which it was first heard to be coming or at work; 0 for never."""

    force: str
    initiative: str
    first: int
    last: int
    heard: int
    how: str
    """Coming or working, as first heard."""
    answer: Command | None
    """The first move that did something about it."""


def pushes(play: Play) -> tuple[Push, ...]:
    """Every force of which was heard, and those of this luck that were at work on something alive."""
    worked = at_work(play)
    made = []
    for force, initiative in play.first_cast.pushes.items():
        first, last = worked.get(force, (0, -1))
        known = first_heard(play, force)
        if known is not None and known[0] <= play.quarters:
            made.append(Push(force, initiative, first, last, known[0], known[1], _answer(play, force, *known)))
        elif first and state_of(play, initiative, first) not in IDLE:
            made.append(Push(force, initiative, first, last, 0, "", None))
    return tuple(made)


def at_work(play: Play) -> dict[str, tuple[int, int]]:
    """By force: the first and last closed quarter in which it was at work on this luck."""
    params = play.params
    if not play.replayable or not params.forces:
        return {}
    truth = play.first_day.truth
    comes = Luck([play.seed]).uniform("force", 0, params.force_keys)[:, 0] < truth.force_chance[:, 0]
    spans = {
        name: (int(truth.force_from[row]), min(int(truth.force_until[row]), play.quarters))
        for row, name in enumerate(params.forces)
        if comes[row]
    }
    return {name: span for name, span in spans.items() if span[0] <= span[1]}


def first_heard(play: Play, force: str) -> tuple[int, str, int] | None:
    """When a force was first heard to be coming or at work: quarter, which of them, and the move (0: without one)."""
    name = f"{force}.acts"
    if name in play.noted and ACTS[int(play.noted[name])] in LIVE_ACTS:
        return 1, ACTS[int(play.noted[name])], 0
    for item, fact in play.learned:
        if fact.fact == name and fact.label in LIVE_ACTS:
            return item.quarter, fact.label, item.number or 0
    return None


def _answer(play: Play, force: str, quarter: int, _how: str, number: int) -> Command | None:
    """The first move after the hearing, in that quarter or the next, that worked on the force, served its initiative
    or talked to the owner of it."""
    initiative = play.first_cast.pushes[force]
    owner = play.first_cast.initiatives[initiative].owner
    for command in play.commands:
        if command.number <= number or not quarter <= command.quarter <= quarter + 1:
            continue
        if play.result(command) in IN_VAIN:
            continue
        args = command.args
        served = command.move in SERVES and args.get("initiative") == initiative
        met = command.move == "meet" and args["person"] == owner
        if served or met or (command.move == "back_initiative" and args["force"] == force):
            return command
    return None


def state_of(play: Play, initiative: str, quarter: int) -> str:
    """The state of an initiative as last told by a quarter: by its turn, by somebody there, or on the first day."""
    known: str = play.first_cast.initiatives[initiative].state
    for item in play.happenings:
        if item.quarter > quarter:
            continue
        if isinstance(item.event, InitiativeTurned) and item.event.initiative == initiative:
            known = item.event.to
        for fact in learned_with(item.event):
            if fact.kind == "state" and fact.about == initiative:
                known = fact.label or known
    return known


_DID: Final = {
    "back_initiative": "our people worked on it",
    "build_insight": "an insight was built on it",
    "bring_insight": "an insight was brought",
    "present_case": "a case was brought",
    "recut_case": "the case was re-cut",
    "meet": "its owner was met",
}


def done(push: Push) -> str:
    """What was done about a force that was heard of."""
    return _DID[push.answer.move] if push.answer else "nothing was done"


@dataclass(frozen=True)
class Pushed:
    """An initiative that was pushed: its name and whether it was caught, and what pushed it, one sentence a force."""

    head: str
    said: tuple[str, ...]

    @property
    def line(self) -> str:
        """All of it in one line."""
        return f"{self.head}. {' '.join(self.said)}"


def turned_to(state: str) -> str:
    """A state as it was told: was funded, had been cancelled."""
    return state_told(state).replace("is ", "was ", 1).replace("has ", "had ", 1)


def initiatives_told(play: Play) -> tuple[list[Pushed], list[Pushed]]:
    """Each initiative that was pushed: those of which somebody here heard in time to do something and did, and those
    missed."""
    caught: list[Pushed] = []
    missed: list[Pushed] = []
    found = pushes(play)
    for name in dict.fromkeys(push.initiative for push in found):
        own = [push for push in found if push.initiative == name]
        answered = [push for push in own if push.answer]
        cast = play.cast
        said = [_told(play, push) for push in own]
        turns = [item for item in play.of(InitiativeTurned) if item.event.initiative == name]
        turned = max((item.quarter for item in turns), default=0)
        said += [f"In {cast.quarter(item.quarter)} it {turned_to(item.event.to)}." for item in turns]
        seen = [(item.quarter, fact.label) for item, fact in play.learned
                if fact.kind == "state" and fact.about == name]  # fmt: skip
        if not seen:
            said.append("Nobody here ever found out more about how it stood.")
        elif seen[-1][0] >= turned:
            said.append(f"Last seen in {cast.quarter(seen[-1][0])}: it {turned_to(str(seen[-1][1]))}.")
        head = f"{cast.initiatives[name].name} ({cast.account(cast.home[name])})"
        if answered:
            part = "" if len(answered) == len(own) else " in part"
            caught.append(Pushed(f"{head}: what pushed it was answered{part}", tuple(said)))
        else:
            missed.append(Pushed(f"{head}: what pushed it was missed", tuple(said)))
    return caught, missed


def _told(play: Play, push: Push) -> str:
    cast = play.cast
    force = cast.forces[push.force]
    way = "for" if force.strength > 0 else "against"
    what = f'"{force.name}" ({way} it)'
    when = f"at work {_span(play, push.first, push.last)}" if push.last >= push.first > 0 else ""
    if not push.heard:
        return f"{what}: {when}; nobody here heard of it."
    word = {"coming": "to be coming", "working": "to be at work"}[push.how]
    heard = f"heard {word} in {cast.quarter(push.heard)}, and {done(push)}"
    return f"{what}: {when}; {heard}." if when else f"{what}: {heard}."


def _span(play: Play, first: int, last: int) -> str:
    if first == last:
        return f"in {play.cast.quarter(first)}"
    return f"from {play.cast.quarter(first)} to {play.cast.quarter(last)}"
