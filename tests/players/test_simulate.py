"""Bots in bulk: the same figures however the lanes are cut, and clear words for what cannot be run."""

from __future__ import annotations

import sys

import pytest

from kamsim.errors import KamsimError, ScenarioError
from kamsim.players.outcomes import Outcomes
from kamsim.players.policies import POLICIES, named_policy
from kamsim.players.seat import Seat
from kamsim.players.simulate import override, simulate
from tests.engine.worlds import bits, halden, minimal, start

ARRAYS = ("nac", "revenue", "volume", "discount", "cost_to_serve", "share_of_wallet", "trust", "value")


def same(one: Outcomes, other: Outcomes, rows: slice = slice(None)) -> None:
    for name in ARRAYS:
        assert bits(getattr(one, name)[rows]) == bits(getattr(other, name)), name


@pytest.mark.parametrize("policy", ["value_seller", "random_legal", "typical"])
def test_chunks_do_not_matter(policy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Any size of chunk gives every result the same bits."""
    whole = simulate(minimal(), policy, 9)
    for size in (2, 8, 9):
        monkeypatch.setattr(sys.modules["kamsim.players.outcomes"], "CHUNK", size)
        same(whole, simulate(minimal(), policy, 9))


def test_seeds_do_not_matter_to_each_other() -> None:
    """A seed's results are its own, whichever seeds stand beside it and in whatever order."""
    together = simulate(halden(), "value_seller", (9, 4, 31, 4), 6)
    for row, seed in enumerate((9, 4, 31, 4)):
        same(together, simulate(halden(), "value_seller", (seed,), 6), slice(row, row + 1))


def test_a_shorter_game_is_the_start_of_a_longer_one() -> None:
    """The first quarters do not know how many follow."""
    short, long = simulate(halden(), "typical", 5, 4), simulate(halden(), "typical", 5, 12)
    for name in ARRAYS[:-1]:
        assert bits(getattr(short, name)) == bits(getattr(long, name)[:, :4]), name


@pytest.mark.parametrize("policy", POLICIES)
def test_outcomes_are_what_a_game_played_by_hand_gives(policy: str) -> None:
    """`simulate` adds nothing to playing the policy through a seat and closing quarters."""
    played = simulate(halden(), policy, (3, 8), 5)
    game, bot = start(halden(), (3, 8)), named_policy(policy)
    for quarter in range(5):
        bot.play(game.seat)
        ledger = game.close()
        assert bits(played.nac[:, quarter].T) == bits(ledger.contribution)
        assert bits(played.revenue[:, quarter].T) == bits(ledger.sales)
        assert bits(played.cost_to_serve[:, quarter].T) == bits(-ledger.cost_to_serve)
        assert bits(played.trust[:, quarter].T) == bits(ledger.trust)
    assert ((played.discount >= 0) & (played.discount < 1)).all()
    assert ((played.share_of_wallet > 0) & (played.share_of_wallet < 1)).all()


class Careless:
    """A player's own policy, as the docstring of `Policy` shows."""

    name = "careless"

    def play(self, seat: Seat) -> None:
        for option in seat.legal("set_discount").options:
            seat.do("set_discount", where=option.refused == 0, **option.args, discount=option.ranges["discount"][1])


def test_anybody_may_bring_a_policy() -> None:
    """An object with a name and `play` is a policy."""
    played = simulate(minimal(), Careless(), 3, 2)
    assert played.policy == "careless"
    assert played.nac.shape == (3, 2, 2)


def test_overrides_reach_every_place() -> None:
    """Dotted paths name entries by id, by line or by place; the scenario itself stays as it was."""
    changed = override(
        minimal(),
        {
            "accounts.orvik.trust": 0.9,
            "accounts.0.people.aune.tie": 0.7,
            "accounts.kestrel.business.sensors.share": 0.5,
            "lines.bearings.list_price": 101.0,
            "company.cost_of_capital": 0.1,
            "macro": [],
        },
    )
    assert changed.accounts[0].trust == 0.9
    assert changed.accounts[0].people[0].tie == 0.7
    assert changed.accounts[1].business[0].share == 0.5
    assert changed.lines[0].list_price == 101.0
    assert changed.company.cost_of_capital == 0.1
    assert minimal().accounts[0].trust == 0.55


@pytest.mark.parametrize(
    "path", ["accounts.nobody.trust", "accounts.orvik.colour", "accounts.9.trust", "", "macro.x", "trust"]
)
def test_a_path_that_leads_nowhere_is_told(path: str) -> None:
    """The error names the path."""
    with pytest.raises(KamsimError, match="was not found"):
        override(minimal(), {path: 1})


def test_a_value_that_cannot_be_is_told() -> None:
    """Overrides pass the same checks as an author's file."""
    with pytest.raises(ScenarioError):
        override(minimal(), {"accounts.orvik.trust": 1.5})


def test_what_cannot_be_run_is_told() -> None:
    """Unknown policies, no seeds and impossible lengths are errors in one sentence."""
    with pytest.raises(KamsimError, match="value_seller"):
        named_policy("genius")
    with pytest.raises(KamsimError, match="seed"):
        simulate(minimal(), "typical", 0)
    with pytest.raises(KamsimError, match="quarters"):
        simulate(minimal(), "typical", 1, 13)
    with pytest.raises(KamsimError, match="quarters"):
        simulate(minimal(), "typical", 1, 0)
