"""Buying centres by hand: who listens to whom, what a say weighs, who leaves and who introduces whom (economics B8, B9,
B12)."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamsim.engine import influence, people
from kamsim.engine.influence import MODIFIED, NEW, PRICE, believed_say, say, swayed
from kamsim.engine.moves import Refusal, Result
from kamsim.engine.params import STATES
from kamsim.players.simulate import override
from kamsim.scenario.models import Scenario
from tests.engine.worlds import Array, Game, bits, calm, furnished, minimal, start, still

AUNE, BRANDL, DAHL = 0, 1, 2
ORVIK = 0
LISTENS = {"aune": {"brandl": 3.0, "dahl": 1.0}, "dahl": {"brandl": 1.0}}
ROOM = people.room
SWAY = {"aune": 0.4, "dahl": 0.5}


@cache
def trio(listening: bool = True, turnover: float = 0.04, new: bool = False) -> Scenario:
    """Orvik with three people: Aune listens to Brandl and a little to Dahl, Dahl to Brandl, Brandl to nobody."""
    made = []
    aune, brandl = minimal().accounts[0].people
    dahl = aune.model_copy(update={"id": "dahl", "name": "Kai Dahl", "function": "finance", "level": "manager"})
    for person, power, power_new in ((aune, 0.5, 0.2), (brandl, 0.3, 0.5), (dahl, 0.2, 0.3)):
        changes: dict[str, Any] = {"power": power, "veto": False, "measure": "uptime"}
        if listening:
            changes |= {"listens": LISTENS.get(person.id, {}), "sway": SWAY.get(person.id, 0.45)}
        if new:
            changes["power_new"] = power_new
        made.append(person.model_copy(update=changes).model_dump(mode="json"))
    return override(
        minimal(), {"accounts.orvik.people": made, "accounts.orvik.traits.turnover": turnover, "unlocks": []}
    )


# --- influence --------------------------------------------------------------------------------------------------


def test_one_round_of_friedkin_and_johnsen_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """x <- .7 x + .3 ((1 - Lambda) u + Lambda W x), worked out for three people."""
    game = still(trio())
    view = np.zeros((4, 1))
    view[:3, 0] = 0.5, -0.1, 0.3
    game.world.people.stance[:3, 0] = 0.2, 0.8, -0.4
    monkeypatch.setattr(people, "outlook", lambda *_: view)
    people.settle(game.world, game.params, np.ones((2, 1)))
    aune = 0.7 * 0.2 + 0.3 * (0.6 * 0.5 + 0.4 * (0.75 * 0.8 + 0.25 * -0.4))
    brandl = 0.7 * 0.8 + 0.3 * -0.1
    dahl = 0.7 * -0.4 + 0.3 * (0.5 * 0.3 + 0.5 * 0.8)
    assert game.world.people.stance[:3, 0] == pytest.approx([aune, brandl, dahl])


def test_stances_rest_where_the_model_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """Quarter after quarter the stances go to (I - Lambda W)^-1 (I - Lambda) u."""
    game = still(trio())
    view = np.zeros((4, 1))
    view[:3, 0] = -0.6, 0.9, 0.1
    monkeypatch.setattr(people, "outlook", lambda *_: view)
    for _ in range(200):
        people.settle(game.world, game.params, np.ones((2, 1)))
    sway = np.diag([0.4, 0.0, 0.5])
    heard = np.array([[0, 0.75, 0.25], [0, 0, 0], [0, 1.0, 0]])
    rest = np.linalg.solve(np.eye(3) - sway @ heard, (np.eye(3) - sway) @ view[:3, 0])
    assert game.world.people.stance[:3, 0] == pytest.approx(rest)


def test_who_listens_to_nobody_is_as_before() -> None:
    """Without listeners a whole session leaves the stances of people who listen with no sway, and nothing is copied."""
    plain = start(trio(listening=False), range(3), policy="value_seller", quarters=6)
    deaf = override(trio(), {f"accounts.orvik.people.{name}.sway": 0.0 for name in ("aune", "brandl", "dahl")})
    other = start(deaf, range(3), policy="value_seller", quarters=6)
    assert plain.world.people.stance == pytest.approx(other.world.people.stance, abs=1e-12)
    views = np.array([[0.1], [0.2], [0.3], [0.4]])
    assert swayed(plain.world.truth, range(4), views, views) is views


def in_room(game: Game) -> float:
    """What the buying centre at Orvik makes of a paper of which each member thinks nothing in particular."""
    rows = [AUNE, BRANDL, DAHL]
    opinion = people.opinions(game.world, ORVIK, np.zeros((3, game.world.lanes)), rows)
    return float(people.room(say(game.world, game.params, ORVIK, MODIFIED), np.zeros((3, 1)), opinion)[0][0])


def test_meeting_the_one_they_listen_to_moves_the_room() -> None:
    """A meeting with Brandl, to whom everybody listens, moves the room by more than her own say; a meeting with Aune,
    who has more say and to whom nobody listens, by less than hers. By hand: Brandl weighs .3 + .5 x .4 x .75 + .2 x .5,
    and through Dahl .5 x .4 x .25 once more only in the next round."""
    moved = {}
    for person in ("aune", "brandl", "dahl"):
        game = still(trio())
        game.world.people.tie[:3] = 0.3
        game.world.people.open_until[...] = 9.0
        before = in_room(game)
        assert game.do("meet", person=person, agenda="buying").done.all()
        moved[person] = in_room(game) - before
    one = 0.2 * 0.06 * 0.7  # the tie's part of an opinion, times what a mere visit adds at a tie of .3
    assert moved["brandl"] == pytest.approx(one * (0.3 + 0.5 * 0.4 * 0.75 + 0.2 * 0.5))
    assert moved["aune"] == pytest.approx(one * 0.5 * 0.6)
    assert moved["dahl"] == pytest.approx(one * (0.2 * 0.5 + 0.5 * 0.4 * 0.25))
    assert moved["brandl"] > 1.5 * moved["aune"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(-1, 1), min_size=3, max_size=3), st.integers(0, 2), st.floats(0, 1))
def test_influence_keeps_its_bounds_and_its_sign(views: list[float], place: int, more: float) -> None:
    """Nobody's opinion leaves the range of those at the table, and one that rises lowers nobody's."""
    truth = still(trio()).world.truth
    low = np.array(views)[:, None]
    high = low.copy()
    high[place] = min(1.0, low[place, 0] + more)
    before, after = (swayed(truth, [0, 1, 2], values, values) for values in (low, high))
    assert (before >= low.min() - 1e-12).all() and (before <= low.max() + 1e-12).all()
    assert (after >= before - 1e-12).all()


# --- what a say weighs ------------------------------------------------------------------------------------------


def weights(game: Game, kind: int) -> list[float]:
    return [float(value) for value in np.broadcast_to(say(game.world, game.params, ORVIK, kind), (3, 1))[:, 0]]


@pytest.mark.parametrize(
    ("state", "factor"),
    [("announced", 1.0), ("funded", 1.5), ("executing", 1.5), ("accelerated", 1.5), ("undermined", 0.5), ("delayed", 1.0)],
)  # fmt: skip
def test_an_owner_weighs_by_what_becomes_of_the_plan(state: str, factor: float) -> None:
    """Brandl owns Quiet ships: in new tasks her say follows its state; in what is bought again it does not."""
    game = still(trio(new=True))
    game.world.initiatives.state[...] = STATES.index(state)
    whole = 0.2 + 0.5 * factor + 0.3
    assert weights(game, NEW) == pytest.approx([0.2 / whole, 0.5 * factor / whole, 0.3 / whole])
    assert weights(game, MODIFIED) == pytest.approx([0.5, 0.3, 0.2])


def test_purchasing_is_heard_in_a_recession() -> None:
    """A tenth more for the purchaser, before the whole is set to 1 again."""
    game = still(override(trio(new=True), {"macro": [{"quarter": 1, "recession": True}]}))
    game.world.initiatives.state[...] = 0
    assert weights(game, NEW) == pytest.approx([0.3 / 1.1, 0.5 / 1.1, 0.3 / 1.1])
    assert weights(game, MODIFIED) == pytest.approx([0.5, 0.3, 0.2])


def test_a_price_is_the_askers_alone() -> None:
    """Aune asks for six per cent in quarter 2: an offer of a price alone is hers to answer, and nobody's else."""
    game = still(trio())
    assert weights(game, PRICE) == pytest.approx([0.5, 0.3, 0.2])
    game.close()
    assert weights(game, PRICE) == [1.0, 0.0, 0.0]
    answers = {}
    for commitment in (0.0, 0.05):
        one = game.copy()
        one.world.people.tie[:3, 0] = 1.0, 0.0, 0.0
        one.world.people.measure[...] = 0
        one.world.relations.fit[...] = one.world.relations.service[...] = one.world.relations.trust[...] = 0.75
        said = {"account": "orvik", "change": 0.03, "length": 4, "days": 60, "pooled": "no", "commitment": commitment}
        assert one.do("offer_terms", **said).done.all()
        seen: list[Array] = []
        answers[commitment] = seen
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(people, "room", lambda *args, kept=seen: kept.append(args[0]) or ROOM(*args))
            people.decide(one.world, one.params)
    assert np.allclose(answers[0.0][0][:, 0], [1.0, 0.0, 0.0])
    assert np.allclose(answers[0.05][0][:, 0], [0.5, 0.3, 0.2])  # announced: nobody's say has shifted yet


def test_belief_weighs_from_what_is_known() -> None:
    """With all facts known and fresh, belief is the truth; with none, everybody weighs alike; with one, the others
    share the rest; a stale state misleads."""
    game = still(trio(new=True))
    game.world.initiatives.state[...] = STATES.index("funded")
    known, blocks = game.world.knowledge, game.params.fact_blocks
    known.seen_at[...] = -1
    assert np.allclose(believed_say(game.seat.seen, ORVIK, NEW), 1 / 3)
    known.seen_at[blocks["power"][0]], known.value[blocks["power"][0]] = 1, 0.5
    assert believed_say(game.seat.seen, ORVIK)[:, 0] == pytest.approx([0.5, 0.25, 0.25])
    for kind, values in (("power", (0.5, 0.3, 0.2)), ("power_new", (0.2, 0.5, 0.3))):
        for row, value in enumerate(values):
            known.seen_at[blocks[kind][row]], known.value[blocks[kind][row]] = 1, value
    known.seen_at[blocks["state"][0]], known.value[blocks["state"][0]] = 1, STATES.index("funded")
    for kind in (MODIFIED, NEW):
        assert believed_say(game.seat.seen, ORVIK, kind)[:, 0] == pytest.approx(weights(game, kind))
    game.world.initiatives.state[...] = STATES.index("undermined")
    assert believed_say(game.seat.seen, ORVIK, NEW)[1, 0] > weights(game, NEW)[1]


def test_the_talk_about_buying_shows_who_listens() -> None:
    """Asked how they buy, people tell to whom they listen and who decides what is new; a centre in which nobody
    listens has nothing to tell, and nothing is learned of it."""
    game = start(trio(new=True), range(300))
    made = game.do("meet", person="aune", agenda="buying")
    blocks, known = game.params.fact_blocks, game.world.knowledge
    for row, mask in ((AUNE, 0b110), (BRANDL, 0), (DAHL, 0b010)):
        fact = blocks["listens"][row]
        heard = made.learned[made.facts.index(fact)]
        assert 0.3 < heard.mean() < 1.0
        assert (known.value[fact, heard] == mask).all()
        assert influence.heard_rows(game.params, row, mask) == tuple(r for r in range(3) if mask >> r & 1)
    assert made.learned[made.facts.index(blocks["power_new"][AUNE])].any()
    other = start(trio(listening=False), range(300))
    told = other.do("meet", person="aune", agenda="buying")
    for kind in ("listens", "power_new", "leaving"):
        rows = [place for place, fact in enumerate(told.facts) if other.params.facts[fact].kind == kind]
        assert rows and not told.learned[rows].any()


# --- notice, handover, a single thread --------------------------------------------------------------------------


def test_who_leaves_was_settled_a_quarter_before() -> None:
    """The people who are gone when a quarter opens are those of whom it was settled in the quarter before."""
    game = start(trio(turnover=0.3), range(200), policy="do_nothing", quarters=1)
    gone = 0
    for _ in range(3):
        leaving, holder = game.world.people.leaving.copy(), game.world.people.holder.copy()
        game.close()
        assert np.array_equal(game.world.people.holder > holder, leaving)
        gone += int(leaving.sum())
    assert 0.25 < gone / (3 * 3 * 200) / 1.0 < 0.35


def leaving(lanes: int = 1, tie: float = 0.8, **changes: Any) -> Game:
    """Aune leaves when the quarter closes, in every lane; luck is at its middle, so nobody else does."""
    game = still(override(trio(), changes), lanes)
    game.world.people.leaving[AUNE] = True
    game.world.people.tie[AUNE] = tie
    return game


@pytest.mark.parametrize(("tie", "says"), [(0.8, True), (0.3, False)])
@pytest.mark.parametrize("agenda", ["results", "provocative", "buying"])
def test_a_friend_says_that_they_leave(tie: float, says: bool, agenda: str) -> None:
    """With a real tie, asked for anything, Aune tells; without, she does not."""
    game = leaving(tie=tie)
    made = game.do("meet", person="aune", agenda=agenda)
    fact = game.params.fact_blocks["leaving"][AUNE]
    assert bool(made.learned[made.facts.index(fact), 0]) == says
    assert (game.seat.seen.known("leaving", AUNE)[0][0] == 1.0) == says


def test_a_confidant_says_who_leaves() -> None:
    """Aune listens to Dahl, who knows; she does not confide in anybody who is not at the table."""
    game = leaving(400, tie=0.0)
    game.luck = start(trio(), range(400)).luck
    told = game.do("meet", person="dahl", agenda="results")
    fact = game.params.fact_blocks["leaving"][AUNE]
    assert 0.2 < told.learned[told.facts.index(fact)].mean() < 0.9
    assert not told.learned[told.facts.index(game.params.fact_blocks["leaving"][BRANDL])].any()
    deaf = leaving(400, tie=0.0, **{"accounts.orvik.people.aune.listens": {}})
    deaf.luck = game.luck
    told = deaf.do("meet", person="dahl", agenda="results")
    assert not told.learned[told.facts.index(fact)].any()


@pytest.mark.parametrize(
    ("rhythm", "tie", "rate"), [(0, 0.2, 0), (1, 0.2, 0), (2, 0.2, 0.65), (1, 0.8, 0.65), (2, 0.8, 0.95)]
)
def test_close_contact_and_friends_hear_it_in_time(rhythm: int, tie: float, rate: float) -> None:
    """Standing contact brings the notice by its rhythm, friends at any rhythm."""
    game = leaving(4000, tie=tie)
    game.luck = start(trio(), range(4000)).luck
    game.world.work.rhythm[...] = rhythm
    people.notice(game.world, game.params, game.luck)
    heard = game.seat.seen.known("leaving", AUNE)[0] == 1.0
    assert heard.mean() == pytest.approx(rate, abs=0.03)


def depart(game: Game) -> None:
    """Aune goes, by a luck that lets exactly her go."""

    class Leaves:
        def uniform(
            self, stream: str, quarter: int, keys: Array, lanes: Any = slice(None), *, again: bool = False
        ) -> Array:
            draws = np.ones((len(keys), game.world.lanes))
            draws[AUNE] = 0.0 if quarter == game.world.quarter else 1.0
            return draws

        def pairs(self, stream: str, quarter: int, keys: Array, lanes: Array) -> Array:
            return np.full(len(lanes), 0.9)

    people.turnover(game.world, game.params, Leaves())  # type: ignore[arg-type]


def test_a_warm_handover_passes_half_of_it_on() -> None:
    """Twins: with an introduction the successor starts with half of the tie and a stance between the leaver's and the
    cool one, the trust that goes with the thread is halved, and an open door stays open; without, nothing is left."""
    cold, warm = leaving(), leaving()
    for game in (cold, warm):
        game.world.people.stance[:3, 0] = 0.6, 0.0, 0.0
        game.world.people.tie[:3, 0] = 0.8, 0.1, 0.1
        game.world.relations.trust[ORVIK] = 0.6
        game.world.people.open_until[AUNE] = 9.0
        assert game.do("meet", person="aune", agenda="results").done.all()
        game.world.people.tie[:3, 0] = 0.8, 0.1, 0.1
        game.world.people.stance[:3, 0] = 0.6, 0.0, 0.0
    hours = warm.seat.seen.hours_left[0]
    assert warm.do("hand_over", person="aune").done.all()
    assert warm.seat.seen.hours_left[0] == hours - 10.0
    assert warm.do("hand_over", person="aune").refused[0] == Refusal.HANDED_OVER
    depart(cold)
    depart(warm)
    part = 0.5 * 0.8 / (0.5 * 0.8 + 0.3 * 0.1 + 0.2 * 0.1)
    loss = 0.15 * 0.8 * (2 * part - 1)
    assert cold.world.relations.trust[ORVIK, 0] == pytest.approx(0.6 * (1 - loss))
    assert warm.world.relations.trust[ORVIK, 0] == pytest.approx(0.6 * (1 - loss / 2))
    assert cold.world.people.tie[AUNE, 0] == 0.0 and warm.world.people.tie[AUNE, 0] == pytest.approx(0.4)
    assert cold.world.people.stance[AUNE, 0] == pytest.approx(0.2 - 0.1)
    assert warm.world.people.stance[AUNE, 0] == pytest.approx(0.5 * (0.1 + 0.6))
    assert cold.world.people.open_until[AUNE, 0] == 0.0 and warm.world.people.open_until[AUNE, 0] == 9.0
    for game in (cold, warm):
        assert game.world.people.handed[AUNE, 0] == 0
        assert game.world.people.holder[AUNE, 0] == 1
        assert all(np.isnan(game.seat.seen.known(kind, AUNE)[0][0]) for kind in ("leaving", "stance"))
        assert game.seat.seen.known("tie", AUNE)[0][0] == game.world.people.tie[AUNE, 0]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=3, max_size=3), st.lists(st.floats(-1, 1), min_size=3, max_size=3))
def test_an_introduction_never_hurts(ties: list[float], stances: list[float]) -> None:
    """Whatever the leaver thought of us: tie, stance and trust after it are at least what they are without."""
    cold, warm = leaving(), leaving()
    for game in (cold, warm):
        game.world.people.tie[:3, 0], game.world.people.stance[:3, 0] = ties, stances
    warm.world.people.handed[AUNE] = 1
    depart(cold)
    depart(warm)
    for part, name in (("people", "tie"), ("people", "stance"), ("relations", "trust")):
        assert (getattr(getattr(warm.world, part), name) >= getattr(getattr(cold.world, part), name)).all()


def test_a_handover_needs_somebody_known_to_leave() -> None:
    """Nobody introduces a successor who does not leave, or of whom we have not heard it; that can be taken back."""
    game = leaving(tie=0.2)
    assert game.do("hand_over", person="aune").refused[0] == Refusal.NOT_LEAVING
    assert game.do("hand_over", person="dahl").refused[0] == Refusal.NOT_LEAVING
    fact = game.params.fact_blocks["leaving"][BRANDL]
    game.world.knowledge.seen_at[fact] = game.world.knowledge.value[fact] = 1
    assert game.do("hand_over", person="brandl").refused[0] == Refusal.DOOR_CLOSED


def test_a_single_thread_loses_more_than_a_broad_relationship() -> None:
    """Same seeds, same tie weighted by power: whoever knew one person loses trust when that person goes; whoever knew
    three loses none, in every lane; and without departures there is no difference at all."""
    threads = {"single": (0.8, 0.0, 0.0), "broad": (0.4, 0.4, 0.4)}
    lost = {}
    for name, ties in threads.items():
        game = start(trio(turnover=0.3), range(300), policy="do_nothing", quarters=1)
        game.world.people.tie[:3] = np.array(ties)[:, None]
        first = game.world.relations.trust[ORVIK].copy()
        gone = game.world.people.leaving[:3].copy()
        game.world.quarter += 1
        people.turnover(game.world, game.params, game.luck)
        lost[name] = first - game.world.relations.trust[ORVIK]
    alone = gone[AUNE]
    assert (lost["single"][alone] > 0.03).all() and alone.sum() > 50
    assert (lost["broad"][alone & ~gone[BRANDL] & ~gone[DAHL]] == 0.0).all()
    assert (lost["single"][~gone.any(axis=0)] == 0.0).all() and (lost["broad"][~gone.any(axis=0)] == 0.0).all()


def test_nothing_happens_where_nothing_happens() -> None:
    """Do-nothing neutrality (economics H4) holds with people who listen: the books of a calm world are the same to the
    bit with influence and without."""
    quiet = calm("furnished")
    talk = override(
        quiet, {"accounts.orvik.people.aune.listens": {"brandl": 1.0}, "accounts.orvik.people.aune.power_new": 0.7}
    )
    one, two = (start(scenario, range(3), policy="do_nothing", quarters=12) for scenario in (quiet, talk))
    assert bits(one.world.market.share) == bits(two.world.market.share)
    assert bits(one.world.relations.trust) == bits(two.world.relations.trust)
    assert furnished().accounts[0].people[0].listens == {}


# --- doors ------------------------------------------------------------------------------------------------------

LANES = 4000
EXECUTING, ANNOUNCED = STATES.index("executing"), STATES.index("announced")


def asked(approach: str, *, age: int | None = 0, sponsor: bool = True, measure: bool = False) -> tuple[Game, Any]:
    """Brandl is asked for a first meeting in many lanes; Dahl is a sponsor, or not."""
    game = start(trio(turnover=0.0), range(LANES), policy="do_nothing", quarters=4)
    world, params = game.world, game.params
    world.initiatives.state[...] = EXECUTING
    world.people.open_until[...] = world.people.shut_until[...] = 0.0
    world.people.stance[DAHL], world.people.tie[DAHL] = (0.4, 0.6) if sponsor else (0.4, 0.4)
    world.knowledge.seen_at[params.fact_blocks["measure"].start :][:4] = -1
    state = params.fact_blocks["state"][0]
    world.knowledge.seen_at[state] = -1 if age is None else world.quarter - age
    world.knowledge.value[state] = EXECUTING
    if age is not None:
        bring(world, world.quarter - 1, EXECUTING if age == 0 else ANNOUNCED)
    if measure:
        fact = params.fact_blocks["measure"][BRANDL]
        world.knowledge.seen_at[fact], world.knowledge.value[fact] = 1, world.people.measure[BRANDL]
    through = {"through": "dahl"} if approach in ("referral", "both") else {}
    made = game.do("seek_executive", person="brandl", approach=approach, **through)
    assert made.done.all()
    return game, made


def bring(world: Any, built: int, state: int) -> None:
    """An insight on the first initiative, built in a quarter, about a state of it."""
    world.knowledge.insight_built[0], world.knowledge.insight_state[0] = built, state


def opened(approach: str, **kwargs: Any) -> Array:
    return asked(approach, **kwargs)[1].result == Result.DOOR_OPENED


def test_doors_open_as_often_as_they_should() -> None:
    """Economics B10 and claim row 7: cold .14 at collaboration .4, prepared .25, stale .10, sponsor .80, live .85, both
    .95; each better way opens every door that a worse one opens."""
    stale = opened("insight", age=3)
    cold = opened("cold", age=None)
    prepared = opened("cold", age=None, measure=True)
    referral = opened("referral", age=None)
    live = opened("insight")
    both = opened("both")
    order = (stale, cold, prepared, referral, live, both)
    for found, rate in zip(order, (0.10, 0.14, 0.25, 0.80, 0.85, 0.95), strict=True):
        assert found.mean() == pytest.approx(rate, abs=0.025)
    for worse, better in pairwise(order):
        assert (better >= worse).all()
    assert (opened("both", age=3) >= referral).all()


def test_a_colleague_who_is_not_for_us_puts_in_no_word() -> None:
    """Hours go, the door is not tried and may be asked at again at once; how that colleague stands is learned."""
    for approach in ("referral", "both"):
        game, made = asked(approach, sponsor=False)
        assert (made.result == Result.NO_REFERRAL).all() and (made.hours == 10.0).all()
        assert (game.world.people.shut_until[BRANDL] == 0.0).all()
        stance, age = game.seat.seen.known("stance", DAHL)
        assert np.array_equal(stance, game.world.people.stance[DAHL]) and (age == 0).all()
        assert game.do("seek_executive", person="brandl", approach="insight").done.all()


def test_stale_news_costs_tie_and_word() -> None:
    """An insight that is no longer true costs .05 of the tie and of our word there; a cold no costs neither."""
    for approach, age, cost in (("insight", 3, 0.05), ("cold", None, 0.0)):
        before = start(trio(turnover=0.0), [0], policy="do_nothing", quarters=4).world
        game, made = asked(approach, age=age)
        no = made.result != Result.DOOR_OPENED
        word = before.standings.credibility[ORVIK, 0] - game.world.standings.credibility[ORVIK, no]
        tie = before.people.tie[BRANDL, 0] - game.world.people.tie[BRANDL, no]
        assert word == pytest.approx(cost) and tie == pytest.approx(cost)
        assert (made.result[no] == (Result.STALE if cost else Result.DECLINED)).all()


@pytest.mark.parametrize(("through", "code"), [(None, "NO_REFEREE"), ("brandl", "NO_REFEREE"), ("moen", "NO_REFEREE")])
def test_a_word_needs_somebody_to_say_it(through: str | None, code: str) -> None:
    """Nobody, the executive herself, or somebody of another customer cannot put in a word."""
    game = still(trio())
    made = game.do("seek_executive", person="brandl", approach="referral", through=through)
    assert made.refused[0] == Refusal[code]


def test_a_wasted_meeting_shuts_the_door() -> None:
    """An executive who told nothing, and was brought nothing true, does not see us for two quarters; one to whom we
    brought a live picture does; and somebody of the working level always does."""
    for live, person, row in ((False, "brandl", BRANDL), (True, "brandl", BRANDL), (False, "dahl", DAHL)):
        game = start(trio(turnover=0.0), range(2000), policy="do_nothing", quarters=4)
        world = game.world
        world.initiatives.state[...] = EXECUTING
        world.people.open_until[BRANDL] = 9.0
        known = game.params.fact_blocks["state"]
        world.knowledge.seen_at[known.start : known.stop] = -1
        if live:
            bring(world, world.quarter, EXECUTING)
        tie = world.people.tie[row].copy()
        made = game.do("meet", person=person, agenda="provocative")
        nothing = ~made.learned.any(axis=0)
        wasted = made.result == Result.WASTED
        assert nothing.any()
        assert np.array_equal(wasted, nothing) if not live and row == BRANDL else not wasted.any()
        assert np.array_equal(game.seat.seen.out_of_reach(row), wasted)
        assert np.array_equal(~game.seat.seen.may_meet(row), wasted)
        assert np.array_equal(world.people.tie[row] > tie, ~wasted)
        if wasted.any():
            again = [game.seat.seen.out_of_reach(row)[wasted].all() for _ in range(4) if game.close() or True]
            assert again == [True, True, False, False]
