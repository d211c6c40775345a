"""Any argument of a move may differ by lane (docs: `Seat.do`), and lanes keep to themselves whatever they choose."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from kamsim.engine.moves import Refusal, alone
from kamsim.engine.page import AT, METRICS, PROOFS
from kamsim.engine.params import MEASURES
from kamsim.errors import IllegalMove
from kamsim.players.selective import SelectiveSeat
from kamsim.players.simulate import simulate
from tests.engine.worlds import Game, differences, halden, start

LANES = 12
CASE: dict[str, Any] = {
    "account": "orvik", "metric": np.arange(LANES) % len(MEASURES), "claim": np.arange(LANES) * 10.0,
    "initiative": np.where(np.arange(LANES) % 3 == 0, -1, 0), "length": np.array([4, 8, 12] * 4),
    "proof": np.array(["their_figures", "brochure"] * 6), "pooled": np.array([0, 1, 1, 0] * 3), "programme": 20,
    "commitment": np.array([0.05, 0.1, 0.15] * 4), "sensitivity": np.array(["drivers", "downside"] * 6),
}  # fmt: skip


def game(lanes: int = LANES, first: int = 1) -> Game:
    return start(halden(), range(first, first + lanes), policy="value_seller", quarters=4)


def of_lane(args: dict[str, Any], lane: int) -> dict[str, Any]:
    return {name: value[lane : lane + 1] if isinstance(value, np.ndarray) else value for name, value in args.items()}


@pytest.mark.parametrize(
    ("kind", "args"),
    [
        ("set_rhythm", {"account": np.arange(LANES) % 5, "rhythm": np.array(["light", "close", "normal"] * 4)}),
        ("meet", {"person": np.arange(LANES), "agenda": np.arange(LANES) % 3}),
        ("scan", {"account": np.array(["orvik", "mira"] * 6)}),
        ("present_case", CASE),
        ("offer_terms", {"account": "mira", "change": 0.01, "commitment": np.array([0.05, 0.0] * 6), "length": 8,
                         "days": np.array([30, 60, 90] * 4), "pooled": np.array([0, 1] * 6)}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_choices_by_lane_are_the_moves_of_each_lane(kind: str, args: dict[str, Any]) -> None:
    """One move with arrays does, in the lanes asked for, what each lane alone would have done with its own entries, and
    tells the same; elsewhere nothing."""
    together, where = game(), np.arange(LANES) % 4 > 0
    before = together.copy()
    made = together.do(kind, where=where, **args)
    assert made.done.any()
    for lane in range(LANES):
        if not where[lane]:
            assert differences(together.lane(lane).world, before.lane(lane).world) == []
            assert made.refused[lane] == -1
            continue
        single = game(1, 1 + lane)
        own = single.do(kind, **of_lane(args, lane))
        assert differences(together.lane(lane).world, single.world) == [], lane
        assert (made.refused[lane], made.result[lane], made.hours[lane]) == (
            own.refused[0], own.result[0], own.hours[0],
        )  # fmt: skip
        heard = {fact for fact, learned in zip(made.facts, made.learned, strict=True) if learned[lane]}
        assert heard == {fact for fact, learned in zip(own.facts, own.learned, strict=True) if learned[0]}


def test_what_is_wrong_in_one_lane_is_told_and_nothing_happens() -> None:
    """A name, word, place or number that there is not, in any lane; and arrays of another shape."""
    played = game(3)
    before = played.copy()
    for kind, args, words in (
        ("scan", {"account": np.array(["orvik", "nobody", "mira"])}, "no account 'nobody'"),
        ("scan", {"account": np.array([0, 1, 99])}, "no account 99"),
        ("scan", {"account": np.array([0, 1])}, r"account must be one choice or an array of shape \(3,\)"),
        ("set_rhythm", {"account": "orvik", "rhythm": np.array([0, 3, 1])}, "rhythm must be one of light"),
        ("present_case", {"account": "orvik", "length": np.array([4, 5, 8])}, "length must be one of 4"),
        ("present_case", {"account": "orvik", "metric": np.array(["savings", "savings", "profit"])}, "metric must be"),
    ):
        with pytest.raises(IllegalMove, match=words):
            played.do(kind, **args)
    assert differences(before.world, played.world) == []


def test_pages_hold_what_was_chosen() -> None:
    """Words and places become the codes of a page; our own measures are counted as theirs are."""
    played = game(3)
    played.do("present_case", account="orvik", programme=10, metric=np.array([0, 1, 2]), proof=np.array(PROOFS[3:6]))
    page = played.world.cases.page[:, 0]
    lies = played.world.cases.stage[0] > 0
    assert lies.any()
    assert (page[AT["metric"], lies] == np.arange(3)[lies]).all() and (
        page[AT["proof"], lies] == [3, 4, 5][: sum(lies)]
    ).all()
    played.do("ask_desk", account="mira", people=1, metric=np.array([0, 1, 0]))
    asked = played.world.cases.page[AT["metric"], 5 + 4]
    named = [METRICS[int(code)] for code in asked]
    assert set(named) <= {"profit", "volume"} and len(set(named)) == 2


def test_a_session_hears_words() -> None:
    """What a policy chooses by lane is written down as it is said."""
    params = game(1).params
    said = alone(
        params, "present_case", {"account": np.array([1]), "metric": np.array([2]), "initiative": np.array([-1])}
    )
    assert said == {"account": params.accounts[1], "metric": MEASURES[2], "initiative": None}


def test_a_seat_that_leaves_people_out_does_so_by_lane() -> None:
    """Those who are not spoken to are not met, in the lanes that name them."""
    played = game(4)
    people = played.params.people
    seat = SelectiveSeat(played.seat, lambda person: person != people[0])
    for who in (np.array([0, 1, 0, 1]), np.array([people[0], people[1]] * 2)):
        made = seat.do("meet", person=who, agenda="buying")
        assert made.refused.tolist()[::2] == [-1, -1] and (made.refused[1::2] >= 0).all()
        assert (made.refused[1::2] != Refusal.LOCKED).all()


@pytest.mark.parametrize("policy", ["canned", "dynamic"])
def test_a_bot_plays_a_lane_as_if_it_were_alone(policy: str) -> None:
    """Whatever pages other lanes need."""
    among = simulate("halden", policy, range(1, 25), 8)
    for seed in (3, 24):
        single = simulate("halden", policy, [seed], 8)
        assert np.array_equal(single.nac[0], among.nac[seed - 1]) and single.value[0] == among.value[seed - 1]
