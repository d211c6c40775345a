"""Events: plain data, and nothing in a player's event that a player may not know."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from kamsim.engine.moves import Refusal
from kamsim.game.events.declared import Event
from kamsim.game.events.opening import holder_name
from kamsim.game.session import Session
from kamsim.scenario.models import Scenario
from tests.game.play import play_quarter, try_move

KINDS = {
    "moved", "heard", "news", "turned", "left", "requested", "failed", "tender", "warned", "struck", "followed", "mended",
    "awarded", "line_opened", "opportunity", "answered", "lapsed", "neglected", "tendered", "guessed", "closed", "truth", "why", "revealed", "reviewed", "finished",
}  # fmt: skip
DEBRIEF = {"truth", "followed", "opportunity"}


def played(scenario: Scenario, logs: Path, seed: int, quarters: int) -> Session:
    session = Session.start(scenario, seed=seed, log_dir=logs, quarters=quarters)
    dice = random.Random(seed)
    while not session.finished:
        play_quarter(session, dice, 6)
        session.end_quarter()
    session.close()
    return session


def words(data: Any) -> set[str]:
    """Every key in nested plain data; anything that is not plain fails."""
    if isinstance(data, dict):
        assert all(isinstance(key, str) for key in data)
        return set(data) | {word for value in data.values() for word in words(value)}
    if isinstance(data, list | tuple):
        return {word for value in data for word in words(value)}
    assert data is None or type(data) in (str, int, float, bool), type(data)
    return set()


@pytest.mark.parametrize("seed", range(3))
def test_events_are_plain_and_known(scenario: Scenario, logs: Path, seed: int) -> None:
    """Every event is of a listed kind, made of plain JSON data, with names that exist."""
    session = played(scenario, logs, seed, 8)
    for event in session.events:
        assert event.kind in KINDS
        words(event.plain())
        assert json.loads(json.dumps(event.to_dict(), allow_nan=False)) == event.to_dict()
        assert event.told_to == ("debrief" if event.kind in DEBRIEF else "player")
        for name, known in (("account", session.params.accounts), ("person", session.params.people),
                            ("request", session.params.requests), ("rival", session.params.rivals)):  # fmt: skip
            assert event.plain().get(name, known[0]) in known


@pytest.mark.parametrize("seed", range(3))
def test_a_players_events_hold_only_what_was_learned(scenario: Scenario, logs: Path, seed: int) -> None:
    """A fact in an event is one that `Seen` shows, dated now; no event for the player names what is hidden."""
    hidden = {
        "truth",
        "trust",
        "stance",
        "tie",
        "share_of_wallet",
        "power",
        "veto",
        "firmness",
        "welcomes",
        "collaboration",
    }
    session = Session.start(scenario, seed=seed, log_dir=logs, quarters=8)
    dice = random.Random(seed)

    def check(events: tuple[Event, ...]) -> None:
        seen, facts = session.seen, {fact.name: row for row, fact in enumerate(session.params.facts)}
        for event in events:
            if event.told_to == "debrief":
                continue
            assert not words(event.plain()) & hidden
            for fact in event.plain().get("learned", ()):
                row = facts[fact["fact"]]
                assert seen.seen_at[row, 0] == session.quarter and seen.fact[row, 0] == fact["value"]

    check(session.inbox)
    while not session.finished:
        for _ in range(6):
            answer = try_move(session, dice)
            check(answer.events if answer else ())
        session.end_quarter()
        check(session.inbox)
    session.close()


def test_books_hide_the_cost_of_accounts_that_were_not_reviewed(scenario: Scenario, logs: Path) -> None:
    """Until a review, the books and the whys show an equal share of sales as cost to serve; then the true figure."""
    with Session.start(scenario, seed=2, log_dir=logs, quarters=8) as session:
        session.end_quarter()
        before = session.end_quarter()
        assert session.do("review_costs", account="orvik").refusal == Refusal.NONE
        after = session.end_quarter()
        rows = session.params.accounts
        for report, orvik_known in ((before, False), (after, True)):
            closed = next(event.plain() for event in report.events if event.kind == "closed")
            whys = {event.plain()["account"]: event.plain() for event in report.events if event.kind == "why"}
            for row, account in enumerate(rows):
                known = orvik_known and account == "orvik"
                booked = (report.ledger.cost_to_serve if known else report.ledger.average_cost)[row, 0]
                assert closed["accounts"][account]["cost_to_serve"] == booked
                assert closed["accounts"][account]["reviewed"] == known
                assert whys[account]["after"] == closed["accounts"][account]["profit"]
                assert whys[account]["after"] - whys[account]["before"] == sum(whys[account]["parts"].values())
            booked_total = sum(account["profit"] for account in closed["accounts"].values())
            assert booked_total + closed["unallocated"] == closed["total"]
            assert closed["company"] == closed["total"] + closed["unused"] + closed["programme"]


def test_who_takes_over(scenario: Scenario) -> None:
    """A successor's name depends on seed, person and holder only; nobody shares a card of the deck in one round."""
    assert holder_name(scenario, 1, "aune", 0) == "Siri Aune"
    assert holder_name(scenario, 1, "aune", 1) == "the new Head of Purchasing"
    deck = tuple(f"Person {number}" for number in range(12))
    peopled = scenario.model_copy(update={"newcomers": deck})
    for seed in range(20):
        names = [
            holder_name(peopled, seed, person, holder) for person in ("aune", "brandl", "moen") for holder in (1, 2)
        ]
        assert len(set(names)) == 6 and set(names) <= set(deck)
        assert names == [
            holder_name(peopled, seed, person, holder) for person in ("aune", "brandl", "moen") for holder in (1, 2)
        ]
    assert len({holder_name(peopled, seed, "aune", 1) for seed in range(40)}) > 5
