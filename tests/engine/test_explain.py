"""Every change explains itself to the cent (economics H7)."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamsim.engine.explain import CAUSES, Recorder
from kamsim.engine.market import Conditions
from tests.engine.worlds import SCENARIOS, Game, bits, cents, halden, start


def test_every_condition_has_one_cause() -> None:
    """Nothing that trade depends on is left unexplained or explained twice."""
    named = Counter(name for names in CAUSES.values() for name in names)
    assert named == Counter(item.name for item in fields(Conditions))


def check_quarter(game: Game, why: Recorder) -> None:
    """Close with a recorder and compare what it says with the books."""
    old = game.world.ledger
    new = game.close(why)
    if old is None:
        assert why.whys == []
        return
    assert [entry.account for entry in why.whys] == list(game.params.accounts)
    for row, entry in enumerate(why.whys):
        assert entry.before == old.contribution[row, 0]
        assert entry.after == new.contribution[row, 0]
        assert list(entry.parts) == list(CAUSES)
        assert int(cents(list(entry.parts.values())).sum()) == int(entry.after) - int(entry.before)
        assert entry.change == entry.after - entry.before
    assert why.books is not None
    for name in ("money", "volume", "share"):
        assert bits(getattr(why.books, name)[..., 0]) == bits(getattr(old, name)[..., 0])
        assert bits(getattr(why.books, name)[..., -1]) == bits(getattr(new, name)[..., 0])


@pytest.mark.parametrize("name", SCENARIOS)
@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 2**64 - 1))
def test_parts_sum_to_the_change_under_any_legal_play(name: str, seed: int) -> None:
    """The parts of each account's change add up to it exactly, and it is the change between the two quarters' books."""
    game, why = start(SCENARIOS[name](), [seed]), Recorder()
    for _ in range(6):
        game.play("random_legal")
        check_quarter(game, why)


@pytest.mark.parametrize("policy", ["typical", "value_seller", "discounter"])
def test_parts_sum_to_the_change_over_a_long_game(policy: str) -> None:
    """The same through tenders, recession, contracts and incidents of the shipped scenario."""
    game, why = start(halden(), [3]), Recorder()
    for _ in range(game.params.longest):
        game.play(policy)
        check_quarter(game, why)


def test_recording_changes_nothing() -> None:
    """A game that explains itself has the bits of one that does not."""
    plain, told = start(halden(), [8]), start(halden(), [8])
    for _ in range(6):
        plain.play("value_seller")
        told.play("value_seller")
        one, other = plain.close(), told.close(Recorder())
        assert bits(one.money) == bits(other.money)
        assert bits(plain.world.relations.trust) == bits(told.world.relations.trust)


def test_a_quarter_without_a_recorder_is_never_explained_by_an_older_one() -> None:
    """If a quarter was closed unrecorded, the next one compares with it or with nothing, not with the one before."""
    game = start(halden(), [8])
    game.close(Recorder())
    game.play("discounter")
    game.close()
    old = game.world.ledger
    why = Recorder()
    game.close(why)
    assert old is not None
    for row, entry in enumerate(why.whys):
        assert entry.before == old.contribution[row, 0]


def test_a_lone_cause_gets_the_whole_change() -> None:
    """When only the hours of one account differ between two quarters, the team's cost is all there is to tell."""
    from kamsim.engine.luck import STREAMS
    from tests.engine.worlds import calm

    game = start(calm("minimal"), [1], STREAMS)
    why = Recorder()
    game.close(why)
    game.play("steady")
    game.do("set_rhythm", account="orvik", rhythm="close")
    before = game.world.ledger
    game.close(why)
    assert before is not None
    told = next(entry for entry in why.whys if entry.account == "orvik")
    rest = {cause: part for cause, part in told.parts.items() if cause not in ("team", "trust", "momentum")}
    assert told.parts["team"] == pytest.approx(-20 * game.params.hourly_cost, abs=2)
    assert not any(np.abs(list(rest.values())) > 1)
