"""What is planned and built with customers: its life, its books, and that nothing of it is free (economics B18, H5)."""

from __future__ import annotations

from typing import Any

import numpy as np

from kamsim.engine import joint, plans, team
from kamsim.engine.initiatives import COMPLETED
from kamsim.engine.moves import MOVES, Refusal, Result, together
from kamsim.engine.moves.planning import PLAN_HOURS, RENAME_HOURS
from kamsim.engine.parts_joint import KEPT, MISSED, OPEN
from kamsim.players.filling import fill
from kamsim.players.scoring import Built, purses, purses_of
from tests.engine.organised import only, organised
from tests.engine.worlds import Game, bits, start

JOINT = "dry_dock_days"


def begun(lanes: int = 40, share: float = 0.3) -> Game:
    """Worlds in which Orvik's initiative was agreed in the first quarter, where they said yes."""
    game = start(organised(), range(lanes))
    world = game.world
    world.initiatives.state[0] = 3
    world.knowledge.value[game.params.fact_blocks["state"][0]] = 3.0
    world.knowledge.seen_at[game.params.fact_blocks["state"][0]] = 1
    world.people.open_until[game.params.people.index("brandl")] = 1.0
    world.relations.trust[0] = 0.6
    assert game.do("start_joint", joint=JOINT, share=share).done.all()
    return game


def test_it_costs_first_and_brings_later_and_its_scorecard_is_the_books() -> None:
    """Design and build take spending and hours, what is live brings its part; both add up to what the score card says."""
    game = begun()
    agreed = game.world.joint.phase[0] == joint.DESIGN
    assert 0.5 < agreed.mean() <= 1.0
    books, phases = [], []
    for _ in range(12):
        phases.append(game.world.joint.phase[0].copy())
        books.append(game.close())
    spent, gain = (np.array([ledger.line(name)[0] for ledger in books]) for name in ("joint_spending", "joint_gain"))
    making = np.isin(phases, (joint.DESIGN, joint.BUILD))
    assert (spent < 0)[making].all() and not spent[~making].any()
    live = np.array(phases) == joint.LIVE
    assert (gain > 0)[live].all() and not gain[~live].any() and live.any()
    assert not live[:5].any(), "two quarters of design and three of building"
    at = game.world.joint
    assert np.array_equal(at.spent[0], -spent.sum(axis=0)) and np.array_equal(at.earned[0], gain.sum(axis=0))
    assert set(np.unique(at.phase[0])) >= {joint.LIVE, joint.ENDED}, "some work, some fail"
    assert not gain[:, ~agreed].any()


def test_the_loss_of_a_sponsor_halves_it_and_of_both_ends_it() -> None:
    """Half the swing while one is gone, none at all without both; a sponsor who is won over mends it."""
    game = begun()
    at, sponsor = game.world.joint, game.params.people.index("brandl")
    at.phase[0], at.since[0], at.share[0] = joint.LIVE, -9.0, 0.3
    game.world.people.holder[sponsor] += np.int8(1)
    game.world.people.stance[sponsor] = -0.5
    game.world.initiatives.state[0] = 3
    joint.advance(game.world, game.params, game.luck)
    assert (at.lost[0] == joint.SPONSOR_LOST).all()
    assert np.allclose(joint.swing(game.world, game.params)[0], joint.HALF)
    game.world.people.stance[sponsor], game.world.people.tie[sponsor] = 0.8, 0.8
    joint.advance(game.world, game.params, game.luck)
    assert not at.lost[0].any() and np.allclose(joint.swing(game.world, game.params)[0], 1.0)
    game.world.people.holder[sponsor] += np.int8(1)
    game.world.people.stance[sponsor] = -0.5
    game.world.initiatives.state[0] = 8
    joint.advance(game.world, game.params, game.luck)
    assert (at.phase[0] == joint.ENDED).all() and (at.why[0] == joint.LOST).all()


def test_to_leave_it_costs_trust_and_their_sponsor() -> None:
    """A part of their trust, and of their sponsor's stance, at once; and it cannot be left twice."""
    game = begun(4)
    game.world.joint.phase[0] = joint.LIVE
    sponsor = game.params.people.index("brandl")
    trust, stance = game.world.relations.trust[0].copy(), game.world.people.stance[sponsor].copy()
    assert game.do("leave_joint", joint=JOINT).done.all()
    assert np.allclose(game.world.relations.trust[0], (1.0 - together.LEAVING_TRUST) * trust)
    assert np.allclose(game.world.people.stance[sponsor], np.maximum(-1.0, stance - together.LEAVING_STANCE))
    assert (game.world.joint.phase[0] == joint.ENDED).all() and (game.world.joint.why[0] == joint.LEFT).all()
    assert (game.do("leave_joint", joint=JOINT).refused == Refusal.NOTHING_BUILT).all()


def test_who_trades_says_not_yet_and_a_larger_part_is_refused_more_often() -> None:
    """A customer without trust says why; of two parts asked for on the same luck the larger one is agreed less."""
    game = start(organised(), range(40))
    game.world.initiatives.state[0] = 3
    game.world.people.open_until[game.params.people.index("brandl")] = 1.0
    fact = game.params.fact_blocks["state"][0]
    game.world.knowledge.value[fact], game.world.knowledge.seen_at[fact] = 3.0, 1
    game.world.relations.trust[0] = 0.3
    asked = game.do("start_joint", joint=JOINT, share=0.3)
    assert (asked.result == Result.NOT_YET).all() and asked.learned.all()
    assert (game.seat.seen.known("trust", 0)[0] == 0.3).all()
    assert (game.do("start_joint", joint=JOINT, share=0.3).refused == Refusal.ASKED_TODAY).all()
    little, much = (begun(share=share).world.joint.phase[0] > 0 for share in (0.3, 0.6))
    assert not (much & ~little).any() and much.mean() < little.mean()


def test_a_short_game_counts_what_is_live_at_full_swing() -> None:
    """Of two equal runs of profit the one with something live leaves more, by its yearly worth; spending is past."""
    params = start(organised(), [1]).params
    profit = np.full((8, 2, 1), 1e6)
    trust = np.full((2, 1), 0.6)
    plain = purses(profit, trust, params)
    taken = np.zeros_like(profit)
    taken[-3:, 0] = -2e5
    making = purses(profit + taken, trust, params, Built(taken, np.zeros((2, 1))))
    assert np.allclose(making.left, np.minimum(plain.left, making.banked * 0.4 / 0.6))
    live = purses(profit, trust, params, Built(np.zeros_like(profit), np.array([[1e5], [0.0]])))
    assert live.left >= plain.left
    game = begun(4)
    game.world.joint.phase[0], game.world.joint.share[0] = joint.LIVE, 0.3
    ledger = game.close()
    assert (
        purses_of([ledger], game.world, game.params).left
        >= purses(ledger.contribution[None], game.world.relations.trust, game.params).left
    ).all()


def test_a_plan_is_kept_by_its_date_or_missed_and_shared_it_binds() -> None:
    """A meeting in time keeps it; none misses it; who has written on it trusts us more, or less."""
    trusts = []
    for meets, shares in ((True, True), (False, True), (True, False)):
        game = start(organised(), range(4))
        person = game.params.people[game.params.working_level(0)[0]]
        plan = {"account": "orvik", "person": person, "initiative": "quiet_ships", "aim": "know", "step": "meeting"}
        assert game.do("write_plan", **plan, due=1).done.all()
        if shares:
            assert (game.do("share_plan", account="orvik").result == Result.LANDED).all()
        if meets:
            game.do("meet", person=person, agenda="results")
        before = game.world.relations.trust[0].copy()
        plans.settle(game.world, game.params)
        assert (game.world.plans.status[0] == (KEPT if meets else MISSED)).all()
        trusts.append(game.world.relations.trust[0] - before)
    assert (trusts[0] > 0).all() and (trusts[1] < 0).all() and not trusts[2].any()


def test_what_was_done_before_a_plan_was_written_does_not_keep_it() -> None:
    """A meeting of this quarter counts from the writing on, another agenda after it does, and next quarter any does;
    naming somebody else starts nothing anew. A try that failed may be made once more where what it served is reached."""
    for after, later in ((False, False), (True, False), (False, True)):
        game = start(organised(), range(4))
        person = game.params.people[game.params.working_level(0)[0]]
        plan = {"account": "orvik", "person": person, "initiative": "quiet_ships", "aim": "know", "step": "meeting"}
        game.do("meet", person=person, agenda="results")
        assert (
            game.do("write_plan", **plan, due=2).done.all()
            and game.do("write_plan", **plan, due=2, owner="bo").done.all()
        )
        if after:
            game.do("meet", person=person, agenda="buying")
        plans.settle(game.world, game.params)
        assert (game.world.plans.status[0] == (KEPT if after else OPEN)).all()
        if later:
            game.world.quarter += 1
            plans.settle(game.world, game.params)
            assert (game.world.plans.status[0] == KEPT).all()
    game = ready()
    row, fact = 0, game.params.fact_blocks["state"]
    reached = int(game.params.own.joint_initiative[row])
    game.world.initiatives.state[reached] = COMPLETED
    game.world.knowledge.value[fact.start + reached] = COMPLETED
    game.world.joint.phase[row] = joint.ENDED
    for why, refused in ((joint.LOST, Refusal.IT_IS_OVER), (joint.FAILED, Refusal.NONE)):
        game.world.joint.why[row] = why
        assert (game.do("start_joint", joint=game.params.own.joints[row], share=0.3).refused == refused).all()
    assert (game.world.joint.phase[row] == joint.BUILD).any()


def test_a_plan_stands_and_falls_with_whoever_sees_to_it() -> None:
    """The hours that it takes load them, their skill is what is made of it once kept; when they leave, somebody else is
    named for little, also on a plan that was shared, or it is missed before its date."""
    credited, lost = {}, {}
    for name in (None, "ilse", "bo"):
        game = start(organised(), range(4))
        person = game.params.people[game.params.working_level(0)[0]]
        plan = {"account": "orvik", "person": person, "initiative": "quiet_ships", "aim": "know", "step": "meeting"}
        before = team.load(game.world, game.params)
        assert (game.do("write_plan", **plan, due=3, owner=name).hours == PLAN_HOURS).all()
        more = team.load(game.world, game.params) - before
        assert [bool((row > 0).all()) for row in more] == [name == "ilse", name == "bo"]
        game.do("share_plan", account="orvik")
        game.world.team.leaving[:] = True
        gone = game.copy()
        plans.settle(gone.world, gone.params)
        lost[name] = bool(gone.world.plans.left[0].all())
        assert (gone.world.plans.status[0] == (OPEN if name is None else MISSED)).all()
        assert (game.do("write_plan", **plan, due=3, owner="bo").refused > 0).all(), "nobody who leaves is named"
        if name is not None:
            assert (game.do("write_plan", **plan, due=2).refused == Refusal.PLAN_SHARED).all()
            assert (game.do("write_plan", **plan, due=3).hours == RENAME_HOURS).all()
            assert game.world.plans.shared[0].all(), "only another name is on it"
            game.world.plans.owner[0] = ("ilse", "bo").index(name)
        game.do("meet", person=person, agenda="results")
        trust = game.world.relations.trust[0].copy()
        plans.settle(game.world, game.params)
        assert (game.world.plans.status[0] == KEPT).all()
        credited[name] = game.world.relations.trust[0] - trust
    assert lost == {None: False, "ilse": True, "bo": True}
    assert (credited["ilse"] > credited[None]).all() and (credited[None] > credited["bo"]).all()


def test_every_lever_of_the_organisation_costs_something() -> None:
    """Each move that only an organisation has takes hours, or books money, loses trust, standing or a tie, at once or by
    the close (economics H5); measured against a twin that makes no move."""
    free = []
    for kind, move in MOVES.items():
        if not move.part:
            continue
        game = ready()
        option = next((one for one in game.seat.legal(kind).options if (one.refused == 0).any()), None)
        assert option is not None, f"{kind} cannot be made at all"
        args: dict[str, Any] = fill(
            game.params, kind, option, lambda _name, count: count - 1, lambda _name: np.zeros(4)
        )
        twin = game.copy()
        made = game.do(kind, **args).done
        assert made.any(), kind
        one, other = game.world, twin.world
        paid = (one.work.left < other.work.left) | (one.relations.trust < other.relations.trust).any(axis=0)
        paid |= (one.people.tie < other.people.tie).any(axis=0) | (one.people.stance < other.people.stance).any(axis=0)
        ledgers = game.close(), twin.close()
        paid |= ledgers[0].company < ledgers[1].company
        strained = (game.world.team.strain > twin.world.team.strain).any(axis=0)
        free += [kind] if (made & ~(paid | strained)).any() else []
    assert not free, free


def ready() -> Game:
    """Worlds in which every move of an organisation can be made."""
    game = begun(4)
    game.world.joint.phase[0] = joint.LIVE
    game.world.joint.asked[:] = 0.0
    fact = game.params.fact_blocks["state"]
    game.world.initiatives.state[:] = 3
    game.world.knowledge.value[fact.start : fact.stop] = 3.0
    game.world.knowledge.seen_at[fact.start : fact.stop] = 1
    game.world.people.open_until[:] = 9.0
    game.do("write_plan", account="orvik", person="brandl", initiative="quiet_ships", aim="know", step="meeting", due=4)
    game.world.work.left[:] = 200.0
    game.world.team.free[:] = True
    return game


def test_a_scenario_without_a_part_plays_as_one_of_which_nobody_wrote_it() -> None:
    """With the parts stripped off, whoever plays comes to the same bits as where they never were; and a part that
    nobody uses moves no customer."""
    plain, stripped = start(only(), range(6)), start(only("joint", "plans"), range(6))
    for _ in range(6):
        plain.play("value_seller")
        stripped.play("value_seller")
        one, other = plain.close(), stripped.close()
        assert bits(one.contribution) == bits(other.contribution)
        assert bits(one.share) == bits(other.share) and bits(one.trust) == bits(other.trust)
    assert "joint_gain" not in one.names and "joint_gain" in other.names
