"""Bots that see a part of the customer keep to it; the static one keeps its first picture, best play leaves room."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from kamsim.engine.moves import Outcome
from kamsim.engine.params import EXECUTIVE
from kamsim.lab.behaviours import BEHAVIOURS
from kamsim.players.case_sellers import Static
from kamsim.players.policies import POLICIES
from kamsim.players.seat import Policy, Seat
from kamsim.players.selective import SelectiveSeat
from kamsim.players.simulate import simulate
from tests.engine.worlds import SCENARIOS, halden, portfolio


class Overheard(SelectiveSeat):
    """A seat that notes every move that was made in some lane."""

    def __init__(self, seat: Seat, made: list[tuple[str, dict[str, Any]]]) -> None:
        super().__init__(seat, lambda _person: True)
        self._made = made

    def do(self, kind: str, where: Any = None, **args: Any) -> Outcome:
        outcome = super().do(kind, where=where, **args)
        if outcome.done.any():
            self._made.append((kind, args))
        return outcome


class Eavesdropper:
    """Plays as another policy and remembers what it did."""

    def __init__(self, policy: Policy) -> None:
        self.name, self.policy = policy.name, policy
        self.made: list[tuple[str, dict[str, Any]]] = []
        self.params: Any = None

    def play(self, seat: Seat) -> None:
        self.params = seat.seen.params
        self.policy.play(Overheard(seat, self.made))


def heard(policy: Policy, scenario: str = "halden", quarters: int = 8) -> Eavesdropper:
    listening = Eavesdropper(policy)
    simulate(SCENARIOS[scenario](), listening, 12, quarters)
    assert listening.made
    return listening


def met(listening: Eavesdropper) -> set[str]:
    return {args["person"] for _, args in listening.made if "person" in args}


@pytest.mark.parametrize("scenario", ["halden", "portfolio"])
def test_hq_only_meets_nobody_of_a_region_or_who_uses_what_we_sell(scenario: str) -> None:
    """Whoever it meets is an executive, or a desk at headquarters; the value seller meets others too."""
    told = SCENARIOS[scenario]()
    bound = {
        person.id
        for account in told.accounts
        for person in account.people
        if person.level != "executive" and account.headquarters and person.region not in (None, account.headquarters)
    }
    users = {
        person.id
        for account in told.accounts
        for person in account.people
        if person.level != "executive" and person.function in ("operations", "engineering")
    }
    assert users
    assert not met(heard(POLICIES["hq_only"](), scenario)) & (bound | users)
    assert met(heard(POLICIES["value_seller"](), scenario)) & (bound | users)


def test_single_thread_knows_one_person_at_each_account() -> None:
    listening = heard(POLICIES["single_thread"]())
    params = listening.params
    for people in params.account_people:
        names = {params.people[person] for person in people}
        assert len(met(listening) & names) == 1
        assert any(params.person_level[person] != EXECUTIVE for person in people)


def test_a_farmer_pitches_nothing() -> None:
    """No offer, case, insight, scan or executive's door; it visits, answers and mends."""
    kinds = {kind for kind, _ in heard(POLICIES["farmer"]()).made}
    assert kinds <= {"set_rhythm", "meet", "answer_request", "handle_incident"}
    assert {"meet", "answer_request"} <= kinds


def test_one_builds_jointly_in_the_hours_left_and_the_other_takes_orders() -> None:
    """Of the builder's moves none sells: it answers, mends, finds out, opens a sponsor's door, starts, and writes the plan
    with them; its twin does what ``steady`` does; who takes orders goes to nobody; a coach asks for help inside."""
    kinds = {kind for kind, _ in heard(POLICIES["joint_builder"](), "portfolio").made}
    usual = {"set_rhythm", "answer_request", "handle_incident"}
    own = {"start_joint", "meet", "seek_executive", "write_plan", "share_plan"}
    assert own <= kinds <= usual | own | {"build_insight", "network", "borrow"}
    assert {"ask_leader", "coach"} <= {kind for kind, _ in heard(POLICIES["player_coach"](), "portfolio").made}
    assert {kind for kind, _ in heard(BEHAVIOURS["nothing_joint"](), "portfolio").made} <= usual
    assert {kind for kind, _ in heard(POLICIES["transactional"](), "portfolio").made} <= usual - {"set_rhythm"}


def test_static_knows_what_it_had_heard_in_its_first_quarter() -> None:
    """Later news of other initiatives never makes one usable."""

    class Watched(Static):
        def play(self, seat: Seat) -> None:
            super().play(seat)
            count = len(seat.seen.params.initiatives)
            usable = np.array([self.usable(seat, row) for row in range(count)])
            known = np.array([~np.isnan(seat.seen.known("state", row)[0]) for row in range(count)])
            if seat.quarter == 1:
                self.first = usable
            assert (usable == self.first).all()
            if seat.quarter == 8:
                assert (known & ~usable).any()  # something else was heard since

    simulate(halden(), Watched(), 12, 8)


def test_best_play_beats_a_value_seller_and_the_usual_year_3() -> None:
    """On most luck more value than a value seller; in year 3 more volume than habitual play at lower discounts."""
    best, good, usual = (simulate(halden(), name, 24, 12) for name in ("dynamic", "value_seller", "typical"))
    assert (best.value > good.value).mean() >= 0.9
    year = slice(8, 12)
    assert (best.volume[:, year].sum((1, 2)) > usual.volume[:, year].sum((1, 2))).mean() >= 0.8
    assert (best.discount[:, year].mean((1, 2)) < usual.discount[:, year].mean((1, 2))).all()


def test_experiments_do_not_stand_among_the_shipped_bots() -> None:
    assert not set(BEHAVIOURS) & set(POLICIES)
    assert all(made().name == name for name, made in BEHAVIOURS.items())


def test_a_bare_ask_is_the_wish_and_no_page() -> None:
    """The same asks, one with reasons and one without (row 11)."""
    with_page, bare = (
        [args for kind, args in heard(BEHAVIOURS[name](), quarters=6).made if kind == "ask_desk"]
        for name in ("argued_asks", "bare_asks")
    )
    assert with_page and bare
    assert all({"claim", "initiative", "proof"} <= set(args) for args in with_page)
    assert all(set(args) == {"account", "people", "length"} for args in bare)


@pytest.mark.parametrize(("name", "answer"), [("one_price", "grant"), ("corridor", "trade")])
def test_headquarters_gets_one_price_or_a_corridor(name: str, answer: str) -> None:
    """Row 4: the same request, answered in two ways."""
    told = portfolio()
    asked = {
        request.id
        for account in told.accounts
        for request in account.requests
        if getattr(request, "kind", "price") == "global_price"
    }
    made = heard(BEHAVIOURS[name](), "portfolio", 12).made
    answers = {args["answer"] for kind, args in made if kind == "answer_request" and args["request"] in asked}
    assert answer in answers and answers <= {answer, "decline"}
