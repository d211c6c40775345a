"""What surrounds a customer: rivals with habits, incidents with owners, customers who leave, a company that helps
(economics B7, B15, B21, E rows 10, 20 and 25)."""

from __future__ import annotations

from functools import cache
from math import ceil, exp
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamsim.engine import initiatives, relations, rivals, service
from kamsim.engine.luck import STREAMS
from kamsim.engine.market import SUPPORTED
from kamsim.engine.moves import Result
from kamsim.engine.params import HABITS
from kamsim.engine.quarter import gather
from kamsim.players.simulate import override, simulate
from kamsim.scenario.models import Scenario
from tests.engine.worlds import SCENARIOS, Array, Game, calm, furnished, halden, minimal, start

ORVIK, KESTREL = 0, 1
NEUTRAL = [stream for stream in STREAMS if stream != "policy"]
UNIT = st.floats(0.0, 1.0)


# --- rivals -----------------------------------------------------------------------------------------------------


def struck(habit: str, pitched: float = 0.0, lanes: int = 1) -> Game:
    """A calm third quarter in which Sudo's planned strike at Orvik has just landed."""
    scenario = override(
        calm("minimal"),
        {
            "rivals.sudo.habit": habit,
            "accounts.orvik.attacks": [{"rival": "sudo", "quarter": 3, "hint": "Soon.", "text": "Now."}],
        },
    )
    game = start(scenario, [1] * lanes, NEUTRAL)
    game.close()
    game.world.relations.pitched[...] = pitched
    game.close()
    assert game.world.quarter == 3
    return game


@pytest.mark.parametrize(
    ("habit", "pitched", "price", "fit"),
    [
        ("both", 0.0, -0.05, 0.10), ("price", 0.0, -0.05, 0.0), ("ideas", 0.0, 0.0, 0.10),
        ("both", 2.0, -0.05, 0.05), ("price", 2.0, -0.05, 0.0), ("ideas", 2.0, 0.0, 0.05),
    ],
)  # fmt: skip
def test_what_a_strike_brings_by_habit(habit: str, pitched: float, price: float, fit: float) -> None:
    """Both is five per cent off and a tenth of fit, price is the one, ideas are the other; an offer of ours in the quarter
    before leaves an idea half of its worth, and no price."""
    market = struck(habit, pitched).world.market
    assert market.rival_price[0, :3, 0] == pytest.approx([price] * 3)
    assert market.rival_fit[0, ORVIK, 0] == pytest.approx(fit)
    assert not market.rival_price[0, 3].any() and not market.rival_fit[0, KESTREL].any()


def test_an_idea_is_for_what_is_in_fullest_swing() -> None:
    """A planned idea names the customer's live initiative of the highest intensity; a lower price names none."""
    plan = {"accounts.orvik.attacks": [{"rival": "sudo", "quarter": 2, "hint": "Soon.", "text": "Now."}]}
    for habit, named in (("ideas", 1), ("both", 1), ("price", 0)):
        game = start(override(minimal(), {**plan, "rivals.sudo.habit": habit}), [1], NEUTRAL)
        assert game.world.relations.attack[ORVIK, 0] == 2.0
        assert game.world.relations.attack_kind[ORVIK, 0] == HABITS.index(habit)
        assert game.world.relations.attack_idea[ORVIK, 0] == named
    game.world.initiatives.state[...] = initiatives.COMPLETED
    assert initiatives.fullest(game.world, game.params, ORVIK, slice(None))[0] == 0


def test_whoever_hears_of_a_plan_hears_whose_it_is_and_what_it_brings() -> None:
    """A warning tells who comes with what: the details are heard with the plan, in the same lanes, from the same source;
    where nobody plans anything there is nobody to name."""
    plan = {"accounts.orvik.attacks": [{"rival": "sudo", "quarter": 2, "hint": "Soon.", "text": "Now."}]}
    game = start(override(minimal(), {**plan, "rivals.sudo.habit": "ideas"}), range(40))
    for account in ("orvik", "kestrel"):
        game.do("scan", account=account)
    seen, blocks = game.seat.seen, game.params.fact_blocks
    for account in (ORVIK, KESTREL):
        plan_at = seen.seen_at[blocks["attack"][account]]
        heard = (plan_at >= 0) & (seen.fact[blocks["attack"][account]] > 0)
        for kind in ("attacker", "attack_kind", "attack_idea"):
            assert ((seen.seen_at[blocks[kind][account]] >= 0) == heard).all()
    heard = seen.seen_at[blocks["attacker"][ORVIK]] >= 0
    assert heard.any() and not heard.all()
    assert (seen.fact[blocks["attacker"][ORVIK]][heard] == 0).all()
    assert (seen.fact[blocks["attack_kind"][ORVIK]][heard] == HABITS.index("ideas")).all()
    alive = (game.world.initiatives.state[0] >= 1) & (game.world.initiatives.state[0] <= 6)
    assert (seen.fact[blocks["attack_idea"][ORVIK]][heard] == alive[heard]).all()


def test_rivals_go_where_nobody_looks_after_the_account() -> None:
    """Two quarters below the mark of neglect raise the hazard by half; one does not, and a quarter of care forgets."""
    bare = override(
        calm("minimal"), {"time.rhythms": {"light": 10, "normal": 40, "close": 60}, "accounts.orvik.rhythm": "normal"}
    )
    game = start(bare, range(3000))
    game.world.relations.pitched[...] = 10.0
    cared = game.copy()
    for _ in range(2):
        game.close()
    assert (game.world.relations.neglected[KESTREL] == 2).all() and not game.world.relations.neglected[ORVIK].any()
    cared.world.work.rhythm[...] = 1
    cared.close()
    cared.do("set_rhythm", account="kestrel", rhythm="normal")
    cared.close()
    for twin in (game, cared):
        twin.world.relations.trust[...] = 0.5
        twin.world.relations.reconsider[...] = False
    trust = 0.5
    nothing = np.zeros_like(game.world.relations.trust, dtype=bool)
    for twin, factor in ((game, 1.5), (cared, 1.0)):
        rivals.advance(twin.world, twin.params, twin.luck, nothing)
        rate = (twin.world.relations.attack[KESTREL] > 0).mean()
        assert rate == pytest.approx(rivals.HAZARD * (1.6 - trust) * factor, abs=0.02), factor
    assert (game.world.relations.attack >= cared.world.relations.attack).all(), "wherever the others are attacked"


def test_silence_is_attacked_more_often_than_pushing_our_luck() -> None:
    """Economics E row 25: an account to which nothing was offered for more than three quarters is attacked half as often
    again, and wherever one that hears from us is; until then silence changes nothing."""
    landed = {}
    for pitches in (True, False):
        game = start(calm("minimal"), range(1500))
        planned = []
        for _ in range(8):
            game.world.relations.trust[...] = 0.5
            game.world.relations.pitched[...] = float(game.world.quarter) if pitches else 0.0
            game.close()
            planned.append(game.world.relations.attack > 0)
        landed[pitches] = np.array(planned)
    assert (landed[False] >= landed[True]).all()
    assert (landed[False][:2] == landed[True][:2]).all(), "the second to third quarter: not yet silent for long"
    late = landed[False][3:].sum() / landed[True][3:].sum()
    assert late == pytest.approx(1.5, abs=0.1)


# --- incidents --------------------------------------------------------------------------------------------------


def hand_recovery(effort: int, redress: str, owner: str, support: float = 0.8) -> float:
    """Speed x ownership x redress x help of the company, in plain floats (economics B7)."""
    speed = (1 - exp(-effort / 15)) / (1 - exp(-40 / 15))
    owned = {"self": 1.0, "desk": 0.7, "joint": 1.0}[owner]
    return min(1.0, speed * owned * (1.0 if redress == "credit" else 0.8) * support / 0.8)


@pytest.mark.parametrize("support", [0.4, 0.8, 1.0])
@pytest.mark.parametrize("owner", service.OWNERS)
@pytest.mark.parametrize("redress", ["none", "credit"])
@pytest.mark.parametrize("effort", [10, 20, 30, 40])
def test_recovery_by_hand(effort: int, redress: str, owner: str, support: float) -> None:
    """Every way to put an incident right, with its hours: the desk takes half of them off us in whole tens and gets seven
    tenths as far, going there costs ten more."""
    game = start(override(minimal(), {"company.support": support}))
    game.world.dealings.incident[...], game.world.dealings.severity[...] = 1, 0.5
    made = game.do("handle_incident", account="orvik", effort=effort, redress=redress, owner=owner)
    assert made.done.all() and made.result[0] == Result.DONE
    hours = {"self": effort, "desk": 10 * ceil(effort / 20), "joint": effort + 10}[owner]
    assert made.hours[0] == hours
    expected = hand_recovery(effort, redress, owner, support)
    assert game.world.dealings.recovery[ORVIK, 0] == pytest.approx(expected, rel=1e-12)


def test_we_ourselves_are_the_owner_unless_said_otherwise() -> None:
    """Leaving the owner out is the same to the bit as naming ourselves."""
    games = []
    for more in ({}, {"owner": "self"}):
        game = start(minimal())
        game.world.dealings.incident[...], game.world.dealings.severity[...] = 1, 0.5
        assert game.do("handle_incident", account="orvik", effort=20, redress="credit", **more).done.all()
        games.append(game.world.dealings.recovery.copy())
    assert (games[0] == games[1]).all()


@pytest.mark.parametrize(
    ("trust", "owner", "change"),
    [(0.6, "self", 0.0), (0.6, "joint", 0.02), (0.75, "self", 0.02), (0.75, "joint", 0.02), (0.45, "joint", 0.0)],
)
def test_a_good_recovery_raises_trust_sooner_where_their_people_took_part(
    trust: float, owner: str, change: float
) -> None:
    """A recovery above .8 raises trust by .02 where trust was above .7, and from .5 where we went there (economics B7);
    it leaves nothing to reconsider. Against a twin without the incident, damage counted by hand."""
    game = start(minimal(), [1], NEUTRAL)
    game.world.relations.trust[...] = trust
    twin = game.copy()
    game.world.dealings.incident[...], game.world.dealings.severity[...] = 1, 0.5
    assert game.do("handle_incident", account="orvik", effort=40, redress="credit", owner=owner).done.all()
    hours = 50 if owner == "joint" else 40
    twin.world.work.spent[ORVIK] += hours
    recovered = game.world.dealings.recovery[ORVIK, 0]
    game.close()
    twin.close()
    damage = relations.TRUST_DOWN * trust * 0.5 * (1 - recovered)
    difference = game.world.relations.trust[ORVIK, 0] - twin.world.relations.trust[ORVIK, 0]
    assert difference == pytest.approx(change - damage, abs=1e-12)


@settings(max_examples=30, deadline=None)
@given(trust=UNIT, severity=UNIT, recovery=UNIT)
def test_going_there_never_hurts(trust: float, severity: float, recovery: float) -> None:
    """The same recovery, put right together, never leaves less trust."""
    game = start(minimal(), [3, 3], policy="do_nothing", quarters=1)
    game.world.relations.trust[...] = trust
    game.world.dealings.incident[...], game.world.dealings.severity[...] = 1, severity
    game.world.dealings.recovery[...] = recovery
    game.world.dealings.owner[:, 1] = service.JOINT
    game.close()
    assert (np.diff(game.world.relations.trust, axis=1) >= 0).all()


# --- long-term orientation ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("orientation", "factor"), [(0.0, 1.2), (0.2, 1.12), (0.5, 1.0), (0.8, 0.88), (1.0, 0.8)])
def test_losses_come_faster_from_those_who_think_of_today(orientation: float, factor: float) -> None:
    """Pace of losses x (1.2 - .4 orientation); gains come at the pace that they always had."""
    game = start(override(calm("minimal"), {"accounts.kestrel.traits.orientation": orientation}), [1, 1], NEUTRAL)
    usual = start(override(calm("minimal"), {"accounts.kestrel.traits.orientation": 0.5}), [1, 1], NEUTRAL)
    for one in (game, usual):
        one.world.relations.fit[KESTREL] = [0.2, 0.9]
    before = game.world.market.share[3].copy()
    game.close()
    usual.close()
    moved, normal = game.world.market.share[3] - before, usual.world.market.share[3] - before
    assert normal[0] < 0 < normal[1]
    assert moved[0] == pytest.approx(normal[0] * factor)
    assert moved[1] == pytest.approx(normal[1])


def test_what_they_learn_from_us_leaks_by_hand() -> None:
    """Each opening, rivals' fit loses 15% and then moves half of the way up to (.6 - orientation) x (fit - .5)."""
    game = start(override(calm("minimal"), {"accounts.kestrel.traits.orientation": 0.1}), [1], NEUTRAL)
    game.world.relations.fit[...] = 0.9
    leaked, fit = 0.0, 0.9
    for _ in range(3):
        game.world.relations.fit[...] = fit = 0.9
        game.close()
        fit += relations.FIT_PACE * (0.5 - fit)  # it heads for one half, and the leak is of what is left of it
        leaked *= 1 - rivals.RECOVERS
        leaked += 0.5 * max(0.0, (0.6 - 0.1) * (fit - 0.5) - leaked)
        assert game.world.market.rival_fit[0, KESTREL, 0] == pytest.approx(leaked)
        orvik = game.world.market.rival_fit[0, ORVIK, 0]
        assert 0.0 < orvik < leaked, "Orvik, at .5, leaks a fifth of it"


@settings(max_examples=40, deadline=None)
@given(orientation=UNIT, fit=UNIT)
def test_no_leak_at_rest_nor_from_the_patient(orientation: float, fit: float) -> None:
    """Fit of one half or less leaks nothing, nor does a customer of .6 or more; never more than we gained."""
    shared = float(rivals.leaking(np.array(orientation), np.array(fit)))
    assert (shared > 0) == (orientation < rivals.LEAKS_BELOW and fit > 0.5)
    assert 0.0 <= shared <= max(0.0, fit - 0.5)


@cache
def pair(orientation: float) -> Scenario:
    """Kestrel as it is but for its orientation, with an initiative in which our work pays."""
    crane = {
        "id": "one_crane", "name": "One crane visit", "kind": "resilience", "owner": "moen",
        "summary": "One visit a turbine a year.", "state": "executing", "known": True,
    }  # fmt: skip
    return override(
        minimal(),
        {"accounts.kestrel.initiatives": [crane], "accounts.kestrel.traits.orientation": orientation,
         "length.longest": 20},
    )  # fmt: skip


def test_the_same_effort_earns_more_from_the_patient() -> None:
    """Economics E row 10: the same bot, luck and customer but for orientation .8 against .2. From the twelfth quarter its
    profit is higher in at least 95% of seeds; in the first year the gap is small."""
    long, short = (simulate(pair(value), "value_seller", 200, quarters=20).nac[:, :, KESTREL] for value in (0.8, 0.2))
    late = (long[:, 11:].sum(axis=1) > short[:, 11:].sum(axis=1)).mean()
    early = long[:, :4].sum(axis=1) / short[:, :4].sum(axis=1) - 1
    assert late >= 0.95
    assert abs(float(np.median(early))) < 0.02


# --- our own company --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("support", [0.5, 0.65, 0.9])
def test_support_moves_deliveries(support: float) -> None:
    """Orders on time shift by .24 (O - .8), which is .6 of the service attribute (economics B21); .8 changes nothing."""
    plain = start(calm("minimal"), [1], NEUTRAL)
    game = start(override(calm("minimal"), {"company.support": support}), [1], NEUTRAL)
    one, other = plain.close(), game.close()
    assert abs(SUPPORTED - 0.6 * 0.4) < 1e-12
    expected = np.minimum(1.0, one.delivered + 0.24 * (support - 0.8))
    assert other.delivered == pytest.approx(expected)


def test_support_is_hours_too() -> None:
    """A quarter's hours grow and shrink by a quarter of the difference in support, in whole tens, and never below what
    the standing rhythms take."""
    for support, hours in ((0.8, 390), (0.65, 380), (0.9, 400), (0.4, 350), (0.0, 310)):
        assert start(override(minimal(), {"company.support": support})).params.hours == hours
    tight = {"company.support": 0.0, "time.quarter": 60, "accounts.orvik.rhythm": "normal"}
    assert start(override(minimal(), tight)).params.hours == 60


@pytest.mark.parametrize(("support", "later"), [(0.59, 1), (0.6, 0), (0.8, 0)])
def test_a_company_that_does_not_care_decides_late(support: float, later: int) -> None:
    """Below .6 an ask above the first band is decided a quarter later."""
    game = start(override(furnished(), {"company.support": support}), [1], policy="do_nothing", quarters=1)
    made = game.do(
        "ask_desk", account="orvik", price=0.15, people=2, length=12, metric="profit", claim=10, body="one_page"
    )
    assert made.done.all() and made.result[0] == Result.DONE
    place = len(game.params.accounts) + ORVIK
    assert game.world.cases.decides[place, 0] == game.world.quarter + later
    game.close()
    assert (game.world.cases.outcome[place, 0] == 0) == bool(later)
    game.close()
    assert game.world.cases.outcome[place, 0] > 0


def test_a_supported_key_account_manager_earns_more() -> None:
    """Economics E row 20: the same bot and luck on the shipped scenario, support .9 against .65. Profit is higher in at
    least 95% of seeds."""
    better, worse = (
        simulate(halden(), "value_seller", 60, overrides={"company.support": value}).nac.sum(axis=(1, 2))
        for value in (0.9, 0.65)
    )
    assert (better > worse).mean() >= 0.95


# --- rest -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SCENARIOS)
def test_everything_on_rests_when_nothing_happens(name: str) -> None:
    """Economics H4 with one price signed, habits, and the least patient customers: steady contact for twenty quarters
    leaves shares, fit, trust and rivals where they were."""
    changes: dict[str, Any] = {f"rivals.{rival.id}.habit": "ideas" for rival in SCENARIOS[name]().rivals}
    for account in SCENARIOS[name]().accounts:
        changes[f"accounts.{account.id}.traits.orientation"] = 0.0
        for place in range(len(account.business)):
            changes |= {f"accounts.{account.id}.business.{place}.{key}": 0.0 for key in ("discount", "rebate")}
    game = start(override(calm(name), changes), [1, 2], NEUTRAL)
    world = game.world
    for row, has in enumerate(game.params.global_price):
        if has:
            world.dealings.harmony[row] = 2
            world.dealings.contract_until[row] = 99.0
    before = {part: getattr(world.relations, part).copy() for part in ("trust", "fit", "service")}
    share, discount = world.market.share.copy(), world.market.discount.copy()
    for _ in range(20):
        game.play("steady")
        game.close()
        assert np.allclose(world.market.share, share, rtol=1e-9)
        assert (world.market.discount == discount).all()
        assert not world.market.rival_fit.any() and not world.market.rival_price.any()
        for part, values in before.items():
            assert np.allclose(getattr(world.relations, part), values, rtol=1e-9), part


def conditions(game: Game) -> Array:
    return gather(game.world, game.params, game.luck).loss_pace


def test_a_signed_contract_slows_losses_by_the_same_factor_for_all() -> None:
    """Terms slow losses to seven tenths of what they are for that customer."""
    game = start(override(calm("minimal"), {"accounts.kestrel.traits.orientation": 0.0}), [1])
    free = conditions(game).copy()
    game.world.dealings.contract_until[...] = 9.0
    assert conditions(game) == pytest.approx(0.7 * free)
