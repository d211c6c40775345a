"""Forces, help, signals, insights and news (economics B10, B11, B13, B14, B21, B22): hand-computed odds and paired lanes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamsim.engine import initiatives, knowledge
from kamsim.engine.initiatives import (
    ACCELERATED,
    ANNOUNCED,
    CANCELLED,
    COMING,
    COMPLETED,
    DELAYED,
    EXECUTING,
    FUNDED,
    NOTHING,
    OVER,
    UNDERMINED,
    WORKING,
)
from kamsim.engine.moves import Refusal, Result
from kamsim.engine.params import STATES
from kamsim.engine.quarter import gather, open_quarter
from kamsim.players.simulate import override
from kamsim.scenario.models import Scenario
from tests.engine.worlds import Array, Game, bits, differences, halden, minimal, start

SHIPS = 0
FORCES = "accounts.orvik.initiatives.quiet_ships.forces"


def force(**more: Any) -> dict[str, Any]:
    """A force on the minimal scenario's initiative."""
    return {
        "id": None, "name": "Yard strike", "kind": "resistance", "quarter": 3, "until": 5, "strength": -0.5, "chance": 1.0,
        "hint": "The yard stands still.", "before": None, "after": None, **more,
    }  # fmt: skip


def pushed(*forces: dict[str, Any], **more: Any) -> Scenario:
    """The minimal scenario with these forces, no turns, nobody leaving, and no recession."""
    still = {
        "macro": [], "accounts.orvik.initiatives.quiet_ships.turns": [], "accounts.orvik.traits.turnover": 0.0,
        "accounts.kestrel.traits.turnover": 0.0,
    }  # fmt: skip
    return override(minimal(), {FORCES: list(forces), **still, **more})


def step(game: Game, state: int, pressure_of: float = 0.0, since: int = 0) -> Array:
    """States of the initiative after one more opening from ``state``, under a force that is at work already."""
    world = game.copy().world
    world.initiatives.state[SHIPS] = state
    world.initiatives.since[SHIPS], world.initiatives.before[SHIPS] = since, FUNDED
    world.quarter += 1
    world.truth = replace(world.truth, force_strength=np.full_like(world.truth.force_strength, pressure_of))
    nobody_left, helped = np.zeros(world.initiatives.state.shape, dtype=bool), initiatives.helped(world)
    initiatives.advance(world, game.params, game.luck, nobody_left, helped)
    return world.initiatives.state[SHIPS]


@pytest.mark.parametrize(
    ("state", "pressure", "to", "hazard"),
    [
        (UNDERMINED, 0.4, EXECUTING, 1 - 0.82 ** np.exp(0.8 * 0.4)),
        (UNDERMINED, -0.4, CANCELLED, 1 - 0.82 ** np.exp(0.8 * 0.4)),
        (DELAYED, -0.5, FUNDED, 1 - 0.65 ** np.exp(-0.6 * 0.5)),
        (ANNOUNCED, -1.0, DELAYED, 1 - 0.9 ** np.exp(0.6)),
        (FUNDED, 0.0, EXECUTING, 0.55),
        (EXECUTING, 0.5, ACCELERATED, 1 - 0.94 ** np.exp(0.8 * 0.5)),
    ],
)
def test_hazards_at_a_net_force_are_those_of_the_table(state: int, pressure: float, to: int, hazard: float) -> None:
    """B13 by hand: ``1 - (1-h)^exp(k f)``, over 20,000 lanes, within three standard errors."""
    game = start(pushed(force(quarter=1, until=9)), range(20_000))
    found = float((step(game, state, pressure) == to).mean())
    assert found == pytest.approx(hazard, abs=3.0 * np.sqrt(hazard * (1 - hazard) / 20_000) + 1e-4)


def test_a_force_comes_works_and_passes_or_never_came() -> None:
    """A quarter ahead it is coming, then at work, then over; with a chance, in that share of lanes, and never in others.
    Its address is its own, so it comes in the same lanes whatever else is there."""
    game = start(pushed(force(chance=0.6)), range(3000))
    told = []
    for _ in range(7):
        told.append(game.world.initiatives.acts[0].copy())
        game.close()
    came = told[3] == WORKING
    assert 0.56 < came.mean() < 0.64
    assert all((acts[~came] == NOTHING).all() for acts in told)
    assert [int(acts[came][0]) for acts in told] == [NOTHING, COMING, WORKING, WORKING, WORKING, OVER, OVER]
    two = start(pushed(force(chance=0.6), force(name="Another", quarter=2, chance=0.5)), range(3000), quarters=0)
    for _ in range(3):
        two.close()
    assert np.array_equal(two.world.initiatives.acts[0] == WORKING, came)


def test_only_what_is_at_work_pushes() -> None:
    """The net force of a lane is the sum of what is at work in it, and no more."""
    game = start(pushed(force(chance=0.5), force(name="Wind", strength=0.2, quarter=4)), range(500))
    for _ in range(3):
        game.close()
    at = game.world.initiatives
    expected = np.where(at.acts[0] == WORKING, -0.5, 0.0) + 0.2
    assert np.allclose(at.pressure[SHIPS], expected)


@pytest.mark.parametrize(("kind", "added"), [("growth", -0.4), ("cost_out", 0.2), ("resilience", 0.0)])
def test_a_recession_holds_back_what_earns_later_and_pushes_what_saves_now(kind: str, added: float) -> None:
    """Economics B22, by kind of initiative."""
    hard = [{"quarter": 2, "demand": 1.0, "materials": 1.0, "recession": True}]
    scenario = pushed(macro=hard, **{"accounts.orvik.initiatives.quiet_ships.kind": kind})
    game = start(scenario, range(3))
    assert not game.world.initiatives.pressure.any()
    game.close()
    assert np.allclose(game.world.initiatives.pressure[SHIPS], added)


def test_a_new_owner_unsettles_an_initiative_until_met_with_a_true_picture() -> None:
    """-.4 in the quarter in which the owner leaves and in the next, unless somebody brings the new one what is true."""
    game = start(pushed(), range(4))
    owner = game.params.people.index("brandl")
    left = np.array([[True, True, False, False]])
    world = game.world
    world.quarter += 1
    rows = np.zeros(world.initiatives.state.shape, dtype=bool)
    rows[SHIPS] = left
    initiatives.push(world, game.params, game.luck, rows)
    assert world.initiatives.pressure[SHIPS].tolist() == [-0.4, -0.4, 0.0, 0.0]
    world.knowledge.seen_at[game.params.fact_blocks["state"][SHIPS]] = world.quarter
    world.knowledge.value[game.params.fact_blocks["state"][SHIPS]] = world.initiatives.state[SHIPS]
    world.people.open_until[owner] = 9.0
    game.do("meet", np.array([True, False, True, False]), person="brandl", agenda="provocative")
    world.quarter += 1
    initiatives.push(world, game.params, game.luck, np.zeros_like(rows))
    assert world.initiatives.pressure[SHIPS].tolist() == [0.0, -0.4, 0.0, 0.0]
    world.quarter += 1
    initiatives.push(world, game.params, game.luck, np.zeros_like(rows))
    assert not world.initiatives.pressure[SHIPS].any()


def stand(game: Game, state: int) -> None:
    """The initiative is in this state in all lanes, and the player knows."""
    game.world.initiatives.state[SHIPS] = state
    fact = game.params.fact_blocks["state"][SHIPS]
    game.world.knowledge.seen_at[fact] = game.world.quarter
    game.world.knowledge.value[fact] = state


def hear_of(game: Game, acts: int = WORKING) -> None:
    """The player has heard how the first force stands."""
    fact = game.params.fact_blocks["acts"][0]
    game.world.knowledge.seen_at[fact] = game.world.quarter
    game.world.knowledge.value[fact] = acts


def test_help_against_a_true_force_brings_more_initiatives_home() -> None:
    """Twins on 2,000 seeds: with our people on it in every second quarter, more are completed by quarter 14; and in the
    step itself nobody is worse off for it, at any draw."""
    scenario = pushed(force(quarter=1, until=20))
    done = []
    for helps in (False, True):
        game = start(scenario, range(2000))
        finished = np.zeros(2000, dtype=bool)
        for _ in range(13):
            hear_of(game)
            if helps:
                game.do("back_initiative", initiative="quiet_ships", force="quiet_ships.1")
            game.close()
            finished |= game.world.initiatives.state[SHIPS] == COMPLETED
        done.append(finished)
    assert done[1].mean() > done[0].mean() + 0.05


@settings(max_examples=20, deadline=None)
@given(
    low=st.integers(-20, 20), more=st.integers(1, 8), state=st.sampled_from([ANNOUNCED, FUNDED, DELAYED, UNDERMINED])
)
def test_more_force_never_lowers_the_odds_of_going_on(low: int, more: int, state: int) -> None:
    """What helps never hurts: lane by lane the way forward that opens at a net force is open at a stronger one too."""
    forward = initiatives.ROUTES[state][0][0]
    forward = FUNDED if forward == initiatives.BACK else forward
    game = start(pushed(force(quarter=1, until=9)), range(300))
    weak = step(game, state, low * 0.05) == forward
    strong = step(game, state, min(1.0, (low + more) * 0.05)) == forward
    assert (strong >= weak).all()


def test_help_on_a_named_force_needs_the_name_and_is_wasted_on_an_old_one() -> None:
    """Refused unless known as coming or at work; against what is there it counts for two quarters, and repeats are
    refused; against what is over it costs tie and credibility and is known to be over."""
    game = start(pushed(force(quarter=1, until=9)), range(6))
    made = {"initiative": "quiet_ships", "force": "quiet_ships.1"}
    assert (game.do("back_initiative", **made).refused == Refusal.FORCE_UNKNOWN).all()
    hear_of(game)
    stand(game, EXECUTING)
    game.world.initiatives.acts[0, 3:] = OVER
    tie, word = game.world.people.tie.copy(), game.world.standings.credibility.copy()
    done = game.do("back_initiative", **made)
    assert done.result.tolist() == [Result.BACKED] * 3 + [Result.WASTED] * 3
    owner = game.params.people.index("brandl")
    assert (game.world.people.tie[owner, 3:] < tie[owner, 3:]).all()
    assert np.allclose(game.world.standings.credibility[0, 3:], word[0, 3:] - 0.05)
    assert (game.world.people.tie[owner, :3] > tie[owner, :3]).all()
    again = game.do("back_initiative", **made)
    assert again.refused.tolist() == [Refusal.ALREADY_BACKED] * 3 + [Refusal.FORCE_UNKNOWN] * 3
    counts = []
    for _ in range(4):
        game.world.quarter += 1
        counts.append(float(initiatives.helped(game.world)[SHIPS, 0]))
    assert counts == [0.4, 0.4, 0.0, 0.0]


def informed(quality: float, scenario: Scenario | None = None) -> Scenario:
    return override(scenario or minimal(), {"company.information_quality": quality})


@pytest.mark.parametrize("quality", [0.3, 0.6])
def test_signals_are_late_as_often_as_information_is_poor(quality: float) -> None:
    """Lag 0 with chance Q, one quarter .7 (1-Q), two .3 (1-Q): each lane's state tells when it was true."""
    game = start(informed(quality, pushed()), range(20_000))
    world = game.world
    world.quarter = 6
    world.initiatives.state[SHIPS] = EXECUTING
    world.initiatives.past_state[0, SHIPS], world.initiatives.past_state[1, SHIPS] = FUNDED, ANNOUNCED
    world.knowledge.seen_at[...] = -1
    game.do("scan", account="orvik")
    fact = game.params.fact_blocks["state"][SHIPS]
    heard = world.knowledge.seen_at[fact] == 6
    told = world.knowledge.value[fact][heard]
    shares = [float((told == state).mean()) for state in (EXECUTING, FUNDED, ANNOUNCED)]
    assert shares == pytest.approx([quality, 0.7 * (1 - quality), 0.3 * (1 - quality)], abs=0.015)
    now = world.own.quality
    assert (knowledge.reliability(game.params, knowledge.SCAN, now) == quality).all()
    assert (knowledge.reliability(game.params, knowledge.MEETING, now) == 1.0).all()


def test_figures_are_off_by_the_spread_of_poor_information_and_meetings_are_exact() -> None:
    """A spread of .3 (1-Q) around the truth, no side; what a meeting told since is not overwritten."""
    game = start(informed(0.5, pushed()), range(20_000))
    fact = game.params.fact_blocks["wallet"][0]
    true = knowledge.TRUTHS["wallet"](game.world, game.params, 0, slice(None))[0]
    game.world.knowledge.seen_at[...] = -1
    game.do("scan", account="orvik")
    heard = game.world.knowledge.seen_at[fact] >= 0
    off = game.world.knowledge.value[fact][heard] / true - 1.0
    assert off.mean() == pytest.approx(0.0, abs=0.005)
    assert off.std() == pytest.approx(0.15, abs=0.005)
    met = start(informed(0.5, pushed()), range(2000))
    met.do("meet", person="aune", agenda="results")
    sure = met.world.knowledge.source[fact] == knowledge.MEETING
    met.do("scan", account="orvik")
    assert sure.any()
    assert (met.world.knowledge.value[fact][sure] == true).all()


def test_an_unspoilt_flow_of_information_changes_nothing() -> None:
    """At quality 1, and with chances of 1, a game is the same to the bit as with neither written: the defaults."""
    plain = start(minimal(), range(8), policy="value_seller", quarters=5)
    written = override(minimal(), {"company.information_quality": 1.0, f"{FORCES}.0.chance": 1.0})
    told = start(written, range(8), policy="value_seller", quarters=5)
    assert differences(plain.world, told.world) == []


def test_poor_information_moves_no_world_by_itself() -> None:
    """Who does nothing fares the same with any quality of information: it is only about what is heard."""
    good, poor = (start(informed(q, halden()), range(12), policy="do_nothing", quarters=8) for q in (1.0, 0.4))
    assert bits(good.world.ledger.contribution) == bits(poor.world.ledger.contribution)  # type: ignore[union-attr]
    assert bits(good.world.initiatives.state) == bits(poor.world.initiatives.state)


def test_an_insight_lives_while_its_state_does_and_two_quarters_at_most() -> None:
    """Fresh by state and by age; bringing a stale one shuts an executive's door and costs tie and credibility."""
    game = start(pushed(), range(4))
    world = game.world
    stand(game, ANNOUNCED)
    assert (game.do("build_insight", initiative="quiet_ships", form="story").refused == Refusal.NO_STORY).all()
    assert game.do("build_insight", initiative="quiet_ships", form="options").done.all()
    again = game.do("build_insight", initiative="quiet_ships", form="options")
    assert (again.refused == Refusal.ALREADY_BUILT).all()
    for age, alive in ((0, True), (2, True), (3, False)):
        world.quarter = 1 + age
        assert (knowledge.live_insight(world, game.params, 0, slice(None)) == alive).all()
    world.quarter = 2
    world.initiatives.state[SHIPS, 2:] = FUNDED
    assert knowledge.live_insight(world, game.params, 0, slice(None)).tolist() == [True, True, False, False]
    world.people.open_until[game.params.people.index("brandl")] = 9.0
    word, tie = world.standings.credibility[0].copy(), world.people.tie[game.params.people.index("brandl")].copy()
    made = game.do("bring_insight", person="brandl", initiative="quiet_ships")
    assert made.result.tolist() == [Result.LANDED, Result.LANDED, Result.STALE, Result.STALE]
    owner = game.params.people.index("brandl")
    assert (world.people.shut_until[owner] >= world.quarter).tolist() == [False, False, True, True]
    assert np.allclose(world.standings.credibility[0] - word, [0.0, 0.0, -0.05, -0.05])
    assert (np.sign(world.people.tie[owner] - tie) == [1, 1, -1, -1]).all()
    assert (world.relations.pitched[0] == 2.0).all()
    once = game.do("bring_insight", person="brandl", initiative="quiet_ships").refused
    assert once.tolist() == [Refusal.BROUGHT] * 2 + [Refusal.DOOR_CLOSED] * 2


def test_a_story_needs_a_promise_kept_with_another_customer() -> None:
    """One kept here is no story for the same customer."""
    game = start(pushed(), range(2))
    stand(game, FUNDED)
    game.world.promises.kept_at[0, 0] = 1.0
    game.world.promises.kept_at[1, 1] = 1.0
    told = game.do("build_insight", initiative="quiet_ships", form="story")
    assert told.refused.tolist() == [Refusal.NO_STORY, Refusal.NONE]


def test_news_linked_to_the_right_customer_tells_what_is_coming() -> None:
    """Before the effect shows, once for each customer, of this quarter's or the last's news; where it is the wrong
    customer, or nothing comes in this lane, a day went by."""
    scenario = pushed(force(quarter=3, chance=0.5), **{"news.0.warns": ["quiet_ships"]})
    game = start(scenario, range(400))
    right, wrong = {"news": "permits", "account": "orvik"}, {"news": "permits", "account": "kestrel"}
    assert (game.do("link_news", **right).refused == Refusal.NO_NEWS).all()
    assert not game.seat.legal("link_news").options, "news to come is not even listed"
    game.close()
    comes = (game.world.initiatives.acts[0] == COMING) & initiatives.alive(game.world.initiatives.state[SHIPS])
    assert 0 < comes.mean() < 1
    made = game.do("link_news", **right)
    fact = game.params.fact_blocks["acts"][0]
    assert np.array_equal(made.result == Result.LINKED, comes)
    assert np.array_equal((game.world.knowledge.seen_at[fact] == 2), comes)
    assert (game.world.knowledge.value[fact][comes] == COMING).all()
    assert (game.do("link_news", **wrong).result == Result.NOTHING_NEW).all()
    assert (game.do("link_news", **right).refused == Refusal.ALREADY_LINKED).all()
    word = game.world.standings.credibility[0].copy()
    game.do("back_initiative", initiative="quiet_ships", force="quiet_ships.1", where=comes)
    assert np.allclose((game.world.standings.credibility[0] - word)[comes], 0.03), "they notice who reads the papers"
    for _ in range(2):
        game.close()
    assert (game.do("link_news", **right).refused != Refusal.NONE).all()


@pytest.mark.parametrize(("state", "price"), [(EXECUTING, 1.0), (DELAYED, 1.1), (ACCELERATED, 0.9)])
def test_a_states_mood_changes_how_they_buy(state: int, price: float) -> None:
    """B13: delayed, price weighs a tenth more; accelerated, a tenth less, and service more. Weights keep their sum."""
    game = start(pushed(), range(2))
    game.world.initiatives.state[SHIPS] = DELAYED if state == DELAYED else EXECUTING
    strength = np.full(game.world.initiatives.state.shape, 0.0)
    game.world.initiatives.state[SHIPS] = state
    _, weights, factor = initiatives.shifts(game.world, game.params, strength)
    assert np.allclose(factor[0], price)
    before = game.world.truth.importance[:, 0, 0]
    assert np.allclose(weights[:, 0].sum(axis=0), before.sum())
    assert (weights[1, 0] > before[1]).all() == (state == ACCELERATED)
    assert np.isfinite(gather(game.world, game.params, game.luck).sensitivity).all()


def test_nothing_of_all_this_is_needed() -> None:
    """A scenario without initiatives, forces or news opens its quarters as before."""
    bare = {f"accounts.{name}.initiatives": [] for name in ("orvik", "kestrel")}
    bare |= {f"accounts.{name}.moments": [] for name in ("orvik", "kestrel")}
    game = start(override(minimal(), {**bare, "news": []}), range(3), policy="value_seller", quarters=4)
    open_quarter(game.world, game.params, game.luck)
    assert game.params.forces == game.params.news == ()


@pytest.mark.parametrize(
    ("to", "chance", "help_", "expected"),
    [
        ("undermined", 0.8, 0.4, 1.0 - 0.2 ** np.exp(-0.8 * 0.4)),
        ("delayed", 0.8, 0.15, 1.0 - 0.2 ** np.exp(-0.6 * 0.15)),
        ("accelerated", 0.5, 0.4, 1.0 - 0.5 ** np.exp(0.8 * 0.4)),
        ("completed", 0.5, 0.4, 0.5),
        ("delayed", 1.0, 0.4, 1.0),
        ("delayed", 0.8, 0.0, 0.8),
    ],
)
def test_help_moves_the_chance_of_a_scripted_turn(to: str, chance: float, help_: float, expected: float) -> None:
    """Economics B13 by hand: 1 - (1-h)^exp(k f), k -.8 undermine, -.6 delay, +.8 accelerate; what is certain stays so,
    and lanes without help keep the author's chance to the bit."""
    row = np.array([[chance]])
    moved = initiatives._with_help(row, np.array([STATES.index(to)]), np.array([[help_, 0.0]]))
    assert moved[0, 0] == pytest.approx(expected)
    assert np.broadcast_to(moved, (1, 2))[0, 1] == chance


@pytest.mark.parametrize("knew", [False, True])
def test_a_talk_rests_on_the_picture_that_one_came_with(knew: bool) -> None:
    """Whoever comes with a true picture helps (half of what is missing from engagement) and warms the tie by .12 of
    what is missing; whoever is told it in that very meeting has helped nobody, and a mere visit warms by .06."""
    game = start(pushed(), range(400))
    world, params = game.world, game.params
    owner, fact = int(params.initiative_owner[SHIPS]), params.fact_blocks["state"][SHIPS]
    world.initiatives.state[SHIPS] = EXECUTING
    world.people.open_until[owner] = 9.0
    states = params.fact_blocks["state"]
    world.knowledge.seen_at[states.start : states.stop] = -1
    if knew:
        world.knowledge.seen_at[fact], world.knowledge.value[fact] = world.quarter, EXECUTING
    tie, engaged = world.people.tie[owner].copy(), world.initiatives.engagement[SHIPS].copy()
    made = game.do("meet", person=params.people[owner], agenda="results")
    assert made.done.all() and (world.knowledge.seen_at[fact] == world.quarter).any()
    assert np.allclose(world.initiatives.engagement[SHIPS], engaged + (0.5 if knew else 0.0) * (1.0 - engaged))
    warmed = np.where(made.result == Result.WASTED, 0.0, 0.12 if knew else 0.06)
    assert (warmed > 0.0).any()
    assert np.allclose(world.people.tie[owner], tie + warmed * (1.0 - tie))
