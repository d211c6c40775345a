"""Our own company: support and information that can be built and fade, key status that costs, a plan that the year is
held against (economics B21, B23)."""

from __future__ import annotations

import numpy as np
import pytest

from kamsim.engine import programme, support
from kamsim.engine.initiatives import ANNOUNCED, EXECUTING, FUNDED
from kamsim.engine.moves import Refusal, Result
from kamsim.engine.moves.support import leader_chance
from kamsim.engine.params import CENTS
from kamsim.game.events.programme import of_programme_close, of_programme_opening
from kamsim.players.simulate import override
from kamsim.scenario.models import Scenario
from tests.engine.organised import only
from tests.engine.worlds import Game, differences, start

ORVIK, KESTREL = 0, 1
COST = 360_000 * CENTS


def company(*parts: str, **changes: object) -> Scenario:
    """Only these parts, with other values of the programme."""
    return override(only(*parts), {f"organisation.programme.{name}": value for name, value in changes.items()})


def test_a_company_that_nobody_works_on_plays_as_if_it_could_not_be_worked_on() -> None:
    """The part alone, untouched, where information is perfect: every array is the same to the bit, over three years."""
    for policy in ("value_seller", "discounter"):
        with_part, without = start(only("support"), range(4)), start(only(), range(4))
        for _ in range(12):
            for game in (with_part, without):
                game.play(policy)
                game.close()
            apart = differences(with_part.world, without.world)
            assert [name for name in apart if not name.startswith(("own.", "initiatives.past_"))] == []


def test_an_afternoon_builds_support_or_knowledge_twice_a_quarter_and_fades_again() -> None:
    """Finance and operations add to support, sales and product to what we know; each approver comes nearer; the third
    of a quarter adds nothing but that; what nobody keeps up fades to what is usual."""
    game = start(override(only("support"), {"company.information_quality": 0.6}), range(3))
    own, desk = game.world.own, game.world.standings.desk
    before = desk.copy()
    assert (game.do("network", function="finance").done).all() and np.allclose(own.support, 0.81)
    assert (game.do("network", function="sales").done).all() and np.allclose(own.quality, 0.61)
    assert (game.do("network", function="operations").done).all() and np.allclose(own.support, 0.81)
    rows = [game.params.own.seats[place] for place in (0, 1, 2)]
    assert np.allclose(desk[rows], before[rows] + 0.08 * (1.0 - before[rows]))
    assert (game.do("network", function="sales").refused == Refusal.NETWORKED).all()
    game.close()
    assert np.allclose(game.world.own.support, 0.81 - support.FADES * 0.01)
    assert (game.do("network", function="sales").done).all()


def test_the_sales_leader_goes_by_word_and_results_and_a_yes_arrives_over_a_year() -> None:
    """The chance is what anybody can work out; a yes adds a quarter of it in each of four; asked again within a year it
    is refused; support that has risen by a tenth and more gives the team hours."""
    game = start(only("support", "joint"), range(2_000))
    seen = game.seat.seen
    word = game.world.standings.credibility[-1]
    assert np.allclose(leader_chance(seen.own, word, 1), 0.1 + 0.6 * 0.5 + 0.3)
    game.world.own.past_plan[...] = 1.0
    assert np.allclose(leader_chance(game.seat.seen.own, word, 1), 0.1 + 0.6 * 0.5)
    made = game.do("ask_leader", wish="support")
    yes = made.result == Result.GRANTED
    assert yes.mean() == pytest.approx(0.4, abs=0.03) and np.allclose(game.world.own.support_coming[yes], 0.08)
    assert (game.do("ask_leader", wish="sponsor").refused == Refusal.LEADER_ASKED).all()
    for quarter in range(1, 6):
        game.close()
        level = game.world.own.support[yes]
        assert (level > 0.8 + 0.015 * min(quarter, 4)).all() and (level < 0.8 + 0.02 * min(quarter, 4) + 1e-9).all()
    assert np.allclose(game.world.own.support[~yes], 0.8) and np.allclose(game.world.own.support_coming, 0.0)
    game.world.own.support[...] = 0.9
    assert np.allclose(support.hours(game.world, game.params), 10.0)
    assert (game.do("ask_leader", wish="sponsor").done).all() and game.world.own.backing.any()
    alone = start(only("support"), range(2))
    assert (alone.do("ask_leader", wish="sponsor").refused == Refusal.NOT_HERE).all()


def test_meetings_are_late_half_as_often_as_reading_where_information_can_be_built() -> None:
    """With Q = .6 a meeting tells today's state in .8 of lanes, of the others .7 a quarter old; in a scenario without the
    part it is always today's."""
    told = {}
    for parts in (("support",), ()):
        game = start(override(only(*parts), {"company.information_quality": 0.6}), range(20_000))
        world, row = game.world, game.params.initiatives.index("longer_life")
        world.quarter, world.initiatives.state[row] = 6, EXECUTING
        world.initiatives.past_state[0, row], world.initiatives.past_state[1, row] = FUNDED, ANNOUNCED
        world.knowledge.seen_at[...] = -1
        game.do("meet", person="moen", agenda="results")
        fact = game.params.fact_blocks["state"][row]
        heard = world.knowledge.seen_at[fact] == 6
        found = world.knowledge.value[fact][heard]
        told[parts] = [float((found == state).mean()) for state in (EXECUTING, FUNDED, ANNOUNCED)]
    assert told["support",] == pytest.approx([0.8, 0.14, 0.06], abs=0.015)
    assert told[()] == [1.0, 0.0, 0.0]


def spent(game: Game, account: int) -> float:
    """Cents of the account's projects in the last books."""
    assert game.world.ledger is not None
    return -float(game.world.ledger.line("projects")[account, 0])


def test_naming_a_customer_costs_to_the_cent_and_ending_it_saves_the_rest_and_costs_trust() -> None:
    """60% at once and the rest in eight quarters, in the account's own books; a status that is ended owes nothing more."""
    kept, ended = (start(company("programme", patience=9), [1]) for _ in range(2))
    for game in (kept, ended):
        assert (game.do("name_key", account="kestrel").done).all()
        assert (game.do("name_key", account="kestrel").refused == Refusal.NO_CHANGE).all()
    booked = []
    for quarter in range(12):
        if quarter == 4:
            trust = ended.world.relations.trust[KESTREL, 0]
            assert ended.do("end_key", account="kestrel").done.all()
            assert ended.world.relations.trust[KESTREL, 0] == pytest.approx(trust - programme.DEMOTED)
        kept.close()
        ended.close()
        booked.append((spent(kept, KESTREL), spent(ended, KESTREL)))
    assert [one for one, _ in booked] == [0.6 * COST, *[0.05 * COST] * 8, 0.0, 0.0, 0.0]
    assert [two for _, two in booked] == [0.6 * COST, *[0.05 * COST] * 4, *[0.0] * 7]
    assert spent(kept, ORVIK) == 0.0, "who was key on the first day was paid for before"


def test_key_status_is_shared_and_pays_where_a_customer_thinks_in_years() -> None:
    """Two key customers where one can be served well have half each; attraction, trust and doors follow orientation, and
    a customer that lives by quotations gives nothing."""
    game = start(company("programme", patience=9), range(4))
    game.do("name_key", account="kestrel")
    assert np.allclose(programme.shares(game.world, game.params), 0.5)
    game.do("end_key", account="orvik")
    assert np.allclose(programme.shares(game.world, game.params), [[0.0], [1.0]])
    game.world.quarter += programme.SETTLES
    pull = programme.preferred(game.world, game.params)
    assert np.allclose(pull, [[0.0], [programme.PREFERRED * float(game.world.truth.orientation[KESTREL, 0])]])
    gains = {}
    for orientation in (0.0, 0.9):
        scenario = override(company("programme"), {"accounts.kestrel.traits.orientation": orientation})
        named, other = start(scenario, range(20)), start(scenario, range(20))
        named.do("name_key", account="kestrel")
        for _ in range(8):
            for one in (named, other):
                one.play("value_seller")
                one.close()
        gains[orientation] = [
            float((a - b)[KESTREL].mean())
            for a, b in (
                (named.world.relations.trust, other.world.relations.trust),
                (named.world.ledger.sales, other.world.ledger.sales),
            )
        ]
    assert gains[0.9][0] > 0.02 and gains[0.9][1] > 0 and abs(gains[0.0][0]) < 0.01
    assert gains[0.9][1] > 5 * abs(gains[0.0][1])


def test_a_key_customer_is_disappointed_sooner_and_more() -> None:
    """At light contact it counts as neglected, where another customer does not, and loses three times as much."""
    trust = {}
    for key in ([], ["orvik"]):
        changes = {"accounts.orvik.traits.orientation": 0.0, "time.rhythms.normal": 60, "time.rhythms.close": 80}
        scenario = override(company("programme", key=key), changes)
        game = start(scenario, range(4))
        game.do("set_rhythm", account="orvik", rhythm="light")
        for _ in range(3):
            game.close()
        trust[bool(key)] = game.world.relations.trust[ORVIK].mean(), game.world.relations.neglected[ORVIK].max()
    assert trust[True][0] < trust[False][0] and trust[True][1] == 3 and trust[False][1] == 0


def test_a_year_is_held_against_the_plan_and_patience_ends_in_a_reset_that_is_told() -> None:
    """The plan grows whatever happens; what naming cost is not held against the year; after as many missed reviews as
    there is patience a reset comes in about 5.5% of quarters: support falls, all but the two largest are no longer key."""
    game = start(company("programme", growth=0.5, key=["orvik", "kestrel"]), range(2_000))
    first = game.world.own.plan.copy()
    assert (first > 0).all() and np.ptp(first) == 0.0
    resets, events = [], []
    for quarter in range(1, 13):
        earned = game.world.own.earned.copy()
        before = game.copy().world
        ledger = game.close()
        if quarter % 4:
            assert np.allclose(
                game.world.own.earned, earned + ledger.contribution.sum(axis=0) + before.own.booked.sum(axis=0)
            )
        one = slice(0, 1)
        events += of_programme_close(game.params, before.take(one), game.world.take(one))
        resets.append(float((game.world.own.reset_at == quarter + 1).mean()))
        lane = np.flatnonzero((game.world.own.reset_at == quarter + 1) & (before.own.reset_at == 0))[:1]
        for told in of_programme_opening(game.params, before.take(lane), game.world.take(lane)) if lane.size else ():
            assert told.ended == [], "there are only two, and two are spared"
            assert game.world.own.support[lane[0]] == pytest.approx(0.65)
    assert np.allclose(game.world.own.plan, np.rint(np.rint(np.rint(first * 1.5) * 1.5) * 1.5))
    assert [event.year for event in events] == [1, 2, 3] and events[0].below == 1 and events[0].earned < events[0].plan
    assert resets[:3] == [0.0] * 3 and resets[3] == pytest.approx(programme.RESET, abs=0.015)
    named, twin = (start(company("programme", key=[]), range(2)) for _ in range(2))
    named.do("name_key", account="kestrel")
    for game in (named, twin):
        game.close()
    assert spent(named, KESTREL) == 0.6 * COST
    assert (np.abs(named.world.own.earned - twin.world.own.earned) < 0.01 * COST).all(), "only the hours of telling it"
    calm = start(company("programme", growth=-0.9), range(50))
    for _ in range(9):
        calm.close()
    assert not calm.world.own.reset_at.any() and not calm.world.own.below.any()
