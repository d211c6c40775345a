"""What a step of a session tells, every kind of event together: from a one-lane world before it, and after it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from kamsim.engine.explain import Why
from kamsim.engine.ledger import Ledger
from kamsim.engine.luck import Luck
from kamsim.engine.moves import Outcome
from kamsim.engine.params import Params
from kamsim.engine.world import World
from kamsim.game.commands import Command
from kamsim.game.events import cases, closing, contact, ending, moments, opening, opportunities, talks
from kamsim.game.events.declared import Event
from kamsim.game.promise_gap import split_gap
from kamsim.scenario.models import Scenario


def of_move(
    params: Params, before: World, after: World, kind: str, args: dict[str, Any], outcome: Outcome
) -> tuple[Event, ...]:
    """A move that was made; a promise that it measured is not `explained` yet."""
    happened = contact.of_move(params, before, after, kind=kind, args=args, outcome=outcome)
    happened += cases.of_case_move(params, after, kind, args)
    happened += moments.of_moment_move(params, after, kind, args)
    happened += talks.of_talk_move(params, before, after, kind, args)
    return happened + opportunities.opened(params, before, after)


def explained(
    event: Event, params: Params, seed: int, played: Callable[[int], World], commands: Sequence[Command]
) -> Event:
    """A measured promise with its gap split into causes; any other event as it is. ``played``: a quarter's world as it
    was closed, its moves made."""
    if not isinstance(event, cases.PromiseMeasured):
        return event
    place = cases.place_of(params, event.account, event.audience)
    split = split_gap(params, seed, played(event.signed), commands, place, event.due)
    return cases.PromiseMeasured(**event.plain(), split=split)


def of_close(
    scenario: Scenario,
    params: Params,
    before: World,
    after: World,
    history: Sequence[Ledger],
    whys: Sequence[Why],
    guesses: ending.Guesses,
) -> tuple[Event, ...]:
    """A close, and the year that it ends: ``history`` up to its books, and ``guesses`` of the player."""
    closed = closing.of_close(scenario, params, before, after, history[-1], whys)
    return closed + ending.of_year(params, history, guesses)


def of_end(params: Params, luck: Luck, after: World) -> tuple[Event, ...]:
    """What a session's last close tells beside: promises that nobody will measure any more."""
    return tuple(cases.of_end(params, luck, after))


def of_opening(scenario: Scenario, params: Params, seed: int, before: World, after: World) -> tuple[Event, ...]:
    """What is new as a quarter opens."""
    happened = opening.of_opening(scenario, params, seed, before, after)
    for made in (
        moments.of_moment_opening, cases.of_case_opening, talks.of_talk_opening, opportunities.of_opportunity_opening,
    ):  # fmt: skip
        happened += tuple(made(params, before, after))
    return happened
