"""What was signed holds as long as it was signed for, and no longer."""

from __future__ import annotations

import numpy as np

from kamsim.engine.luck import STREAMS
from kamsim.engine.moves import Refusal
from kamsim.engine.quarter import gather
from kamsim.players.simulate import override
from tests.engine.worlds import Game, halden, minimal, start


def signed(length: int) -> Game:
    """Orvik has accepted more volume for two points, for some quarters."""
    game = start(override(minimal(), {"accounts.orvik.traits.turnover": 0.0, "opportunities": "none"}), (1,), STREAMS)
    game.close()
    game.world.relations.trust[...] = 0.95
    game.world.relations.fit[...] = 0.95
    game.world.people.tie[...] = 0.9
    made = game.do("offer_terms", account="orvik", change=0.08, commitment=0.05, length=length, days=60, pooled="no")
    assert made.done.all()
    game.close()
    assert game.world.dealings.answer[0, 0] == 1, "this test needs a yes"
    return game


def test_a_commitment_binds_from_the_quarter_it_is_signed_to_the_last_of_its_term() -> None:
    """Four quarters mean four: the one in which it was signed and three more."""
    game = signed(4)
    promised = game.world.dealings.committed[:3, 0].copy()
    assert (promised > 0).all()
    for _ in range(3):
        assert np.array_equal(gather(game.world, game.params, game.luck).committed[:3, 0], promised)
        game.close()
    assert not gather(game.world, game.params, game.luck).committed.any()


def test_an_expired_commitment_does_not_come_back_with_the_next_contract() -> None:
    """When a later contract is signed without volume, the volume promised in the old one is not owed again."""
    game = signed(4)
    for _ in range(5):
        game.close()
    assert game.world.dealings.contract_until[0, 0] < game.world.quarter
    game.world.dealings.contract_until[0] = game.world.quarter + 7.0  # as a trade for a longer term does
    assert not gather(game.world, game.params, game.luck).committed.any()
    assert not game.seat.seen.committed.any()


def test_a_contract_changes_what_was_written_into_it() -> None:
    """A yes brings the offered discount, days and deliveries at once, and the customer holds us to the price."""
    game = signed(8)
    dealings = game.world.dealings
    assert np.allclose(game.world.market.discount[:3, 0], [0.22, 0.08, 0.08])
    assert np.array_equal(dealings.agreed[:3], game.world.market.discount[:3])
    assert dealings.days[0, 0] == 60
    assert dealings.contract_until[0, 0] == 2 + 8 - 1
    assert not dealings.offer.any()


def test_an_offer_under_study_moves_along_with_what_is_granted_meanwhile() -> None:
    """Granting a request while an offer lies with the customer never turns that offer into a price rise."""
    game = start(halden(), (11,), policy="do_nothing", quarters=1)
    offer = {"account": "orvik", "change": 0.0, "commitment": 0.05, "length": 8, "days": 60, "pooled": "no"}
    assert game.do("offer_terms", **offer).done.all()
    orvik = game.params.account_requests[game.params.accounts.index("orvik")]
    request = next(row for row in orvik if game.world.dealings.request[row, 0] == 1)
    assert game.do("answer_request", request=game.params.requests[request], answer="grant").done.all()
    assert (game.world.market.discount[:3] > game.params.start_discount[:3] + 0.01).any(), "the request was granted"
    assert np.allclose(game.world.dealings.offer_price[:3], game.world.market.discount[:3])
    refused = game.do("set_discount", account="orvik", line="bearings", discount=0.25)
    assert refused.refused[0] == Refusal.OFFER_PENDING
