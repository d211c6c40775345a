"""The team (economics B20): nothing where there is none, load and strain, leaving, skills, moves and what they cost."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from kamsim.engine import cases, relations, team
from kamsim.engine.belief import believed_standing
from kamsim.engine.luck import Luck
from kamsim.engine.moves import Refusal, Result
from kamsim.engine.organisation import CASES, RELATIONS, RESEARCH, SKILLS, TECHNICAL
from kamsim.engine.parts_team import PLAYER
from kamsim.engine.sight import observe
from kamsim.engine.standing import true_standing
from kamsim.players.simulate import override
from tests.engine.organised import TEAM, only, organised
from tests.engine.worlds import Array, Game, differences, start

KESTREL = 1
"""Whom Ilse, colleague 0, looks after."""
PAR = dict.fromkeys(SKILLS, team.PAR)


def own() -> Game:
    """Eight lanes of a team and a pool, and nothing else of an organisation."""
    return start(only("team", "pool"), range(8))


def test_a_team_of_par_that_is_not_strained_changes_no_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside what is kept of the team itself, the world with it is the world without it while nobody is worn or leaves:
    hours, customers, books."""
    for name in ("WEARS", "RESIGNS"):
        monkeypatch.setattr(team, name, 0.0)
    plain = start(only(), range(6))
    team_of_par = [{**member, "skills": PAR} for member in TEAM]
    led = start(override(only("team"), {"organisation.team": team_of_par, "organisation.red_tape": 0}), range(6))
    for _ in range(6):
        plain.play("value_seller")
        led.play("value_seller")
        plain.close()
        led.close()
        assert [name for name in differences(plain.world, led.world) if not str(name).startswith("team.")] == []
    assert differences(plain.world, led.world), "there is a team in one of them"


def test_no_team_no_moves() -> None:
    game = start(only(), range(2))
    for kind, args in (("review_team", {}), ("set_target", {"target": "personal"})):
        assert (game.do(kind, **args).refused == Refusal.NOT_HERE).all()
        assert not game.seat.legal(kind).options


def test_load_wears_out_and_rest_and_help_mend() -> None:
    """Strain rises with load above the full one and with a quota, and falls by itself, with coaching and with reviews."""
    tired, pressed, calm, coached = games = [own() for _ in range(4)]
    for game in games:
        game.world.team.strain[...] = 0.5
        game.world.team.leaving[...] = False
    tired.world.work.spent[KESTREL] = 160.0
    pressed.do("set_target", target="personal")
    coached.do("coach", colleague="ilse")
    coached.do("review_team")
    assert (team.load(tired.world, tired.params)[0] > 1.0).all()
    for game in games:
        team.settle(game.world, game.params)
    strain = [game.world.team.strain[0] for game in (coached, calm, pressed, tired)]
    assert all((less < more).all() for less, more in pairwise(strain))
    assert (strain[1] < 0.5).all() and (strain[3] > 0.5).all()
    assert (coached.world.team.skill[:, 0] > calm.world.team.skill[:, 0]).all()


def test_whoever_gave_notice_is_gone_a_quarter_later_with_half_the_ties() -> None:
    """Notice can be seen; then somebody new is there, with less hours for the team, and nobody knows how good."""
    game = own()
    world, people = game.world, list(game.params.account_people[KESTREL])
    world.team.leaving[0] = True
    team.see_skill(world, 0, slice(None))
    tie, share = world.people.tie[people].copy(), world.market.share.copy()
    assert game.seat.seen.team["leaving"][0].all()
    team.open_quarter(world, game.params, game.luck)
    assert np.allclose(world.people.tie[people], team.TIES_LEFT * tie)
    cells = list(game.params.account_cells[KESTREL])
    assert np.allclose(world.market.share[cells], (1.0 - team.LOST_SALES) * share[cells])
    assert (world.team.holder[0] == 1).all() and (world.team.ramp[0] == team.NEWCOMER).all()
    assert (world.team.hours < game.params.hours).all() and (world.team.seen_at[0] == -1).all()


def test_a_customer_handed_on_in_time_keeps_its_ties() -> None:
    """During the notice somebody else can take over: a tenth of each tie goes, not half, and no sales."""
    game = own()
    people = list(game.params.account_people[KESTREL])
    tie = game.world.people.tie[people].copy()
    game.world.team.leaving[0] = True
    assert game.do("assign", account="kestrel").done.all()
    assert (game.do("assign", account="orvik", colleague="ilse").refused == Refusal.LEAVES_US).all()
    share = game.world.market.share.copy()
    team.open_quarter(game.world, game.params, game.luck)
    assert (game.world.team.lead[KESTREL] == PLAYER).all()
    assert np.allclose(game.world.people.tie[people], 0.9 * tie) and np.array_equal(share, game.world.market.share)


def test_a_team_is_as_large_as_it_is_written_whatever_it_brings_and_learns_its_way_beyond() -> None:
    game = own()
    at = game.world.team
    for brought in (0.2, 0.6, 0.9):
        at.skill[...], at.brought[...] = brought, brought
        assert (team.capacity(game.world, game.params) == game.params.hours).all(), brought
    at.skill[...], at.brought[...] = 0.6, 0.2
    assert (team.capacity(game.world, game.params) == game.params.hours).all(), "up to par it is only caught up with"
    at.skill[...] = 0.9
    assert (team.capacity(game.world, game.params) > game.params.hours).all()


def test_skill_is_a_factor_that_is_one_at_par_and_a_specialist_stands_in() -> None:
    game = own()
    for kind in (RESEARCH, CASES, TECHNICAL, RELATIONS):
        assert np.array_equal(team.craft(game.world, game.params, kind, 0), np.ones(8)), "the player is par"
        felt = team.felt(game.world, game.params, kind)
        assert np.array_equal(felt[0], np.ones(8)), "where the player calls, nobody feels a difference"
        assert np.array_equal(felt[KESTREL], team.craft(game.world, game.params, kind, KESTREL))
    good, weak = (team.craft(game.world, game.params, kind, KESTREL) for kind in (RESEARCH, CASES))
    assert (good > 1.0).all() and (weak < 1.0).all()
    game.world.team.free[...] = True
    before = game.world.work.left.copy()
    assert game.do("borrow", account="kestrel", specialist="mara").done.all()
    assert (game.world.work.left == before - 10.0).all() and (team.fees(game.world, game.params)[KESTREL] > 0).all()
    assert (team.craft(game.world, game.params, CASES, KESTREL) > 1.0).all()
    assert (game.do("borrow", account="orvik", specialist="mara").refused == Refusal.SPECIALIST_TAKEN).all()
    assert (game.do("borrow", account="kestrel", specialist="tove").refused == Refusal.HELPED_ALREADY).all()
    game.world.team.free[...] = False
    assert (game.do("borrow", account="orvik", specialist="tove").refused == Refusal.SPECIALIST_BUSY).all()


def test_specialists_are_to_be_had_as_far_as_the_company_helps() -> None:
    """The more our own company stands behind us, the seldomer another team has them (economics B21)."""
    free = []
    for support in (0.3, 0.8, 1.0):
        game = start(only("team", "pool", "support"), range(400))
        game.world.own.support[...] = support
        team.open_quarter(game.world, game.params, Luck(range(400)))
        free.append(game.world.team.free.mean(axis=1))
    assert (free[0] < free[1] - 0.1).all() and (free[1] < free[2]).all()
    assert np.allclose(free[1], 1.0 - game.params.own.specialist_busy[:, 0], atol=0.06)


def test_what_a_good_hand_writes_is_believed_more() -> None:
    """The page that lies before a customer keeps the craft that made it, also where it is worked on again."""
    game = own()
    world, lanes = game.world, np.arange(8)
    cases.note_craft(world, game.params, KESTREL, lanes)
    weak = world.team.page_craft[KESTREL].copy()
    world.team.borrowed[KESTREL] = 1
    cases.note_craft(world, game.params, KESTREL, lanes)
    good = world.team.page_craft[KESTREL].copy()
    world.team.borrowed[KESTREL] = 0
    cases.note_craft(world, game.params, KESTREL, lanes, again=True)
    assert (weak < 0.0).all() and (good > 0.0).all() and np.array_equal(world.team.page_craft[KESTREL], good)


def test_a_preview_knows_of_whoever_makes_the_page_what_was_seen_of_them() -> None:
    """Par before they were seen at work; then what was seen, as it enters the verdict; a specialist at once."""
    game = own()
    world, params, lanes = game.world, game.params, np.arange(8)
    world.team.skill[CASES, 0], world.team.strain[...] = 0.3, 0.0

    def craft() -> tuple[Array, Array]:
        seen = observe(world, params)
        true = true_standing(world, seen, KESTREL).craft
        return np.broadcast_to(believed_standing(seen, KESTREL).craft, true.shape), true

    believed, true = craft()
    assert not believed.any() and (true < 0.0).all()
    assert game.do("coach", colleague="ilse").done.all()
    for strain, word in ((0.0, "calm"), (team.TIRED, "tired"), (team.WORN, "worn")):
        world.team.strain[...] = strain
        team.see_strain(world, 0, lanes)
        believed, true = craft()
        assert np.array_equal(believed, true) and (true < 0.0).all(), word
    world.team.free[...] = True
    assert game.do("borrow", account="kestrel", specialist="mara").done.all()
    believed, true = craft()
    assert np.array_equal(believed, true) and (true > 0.0).all()
    cases.note_craft(world, params, KESTREL, lanes)
    world.team.borrowed[...] = 0
    laid = true_standing(world, observe(world, params), KESTREL, place=KESTREL)
    assert np.array_equal(laid.craft, true), "what lies there stays as it was made"


def test_the_player_sees_how_somebody_is_by_asking() -> None:
    """Skills and strain are hidden until somebody is coached, reviewed, or seen at much work."""
    game = own()
    game.world.team.strain[0] = 0.9
    assert (game.seat.seen.team["seen_at"] == -1).all()
    made = game.do("review_team")
    assert (made.result == Result.DONE).all() and (game.world.team.seen_strain[0] == 2).all()
    assert np.allclose(game.world.team.seen_skill[RESEARCH, 0], 0.8)
    assert (game.do("review_team").refused == Refusal.TEAM_REVIEWED).all()
    assert game.do("coach", colleague="bo").done.all()
    assert (game.do("coach", colleague="bo").refused == Refusal.COACHED).all()


def test_what_is_promised_beyond_the_hours_that_there_are_is_not_worked() -> None:
    """Everybody is looked after, booked and carried that much less; lightening something pays what is owed first; what
    takes no hours can still be done."""
    game = own()
    for account in game.params.accounts:
        game.do("set_rhythm", account=account, rhythm="close")
    enough = game.copy()
    game.world.work.left[...] = -0.2 * game.world.work.spent.sum(axis=0)
    for full, short in (
        (relations.coverage(enough.world, game.params), relations.coverage(game.world, game.params)),
        (team.load(enough.world, game.params)[0], team.load(game.world, game.params)[0]),
        (enough.copy().close().line("team"), game.copy().close().line("team")),
    ):
        assert (np.abs(short) < np.abs(full)).all()
    owed = game.world.work.left.copy()
    assert (game.do("coach", colleague="ilse").refused == Refusal.NO_HOURS).all()
    assert game.do("set_target", target="personal").done.all(), "it takes no hours"
    assert game.do("set_rhythm", account="kestrel", rhythm="light").done.all()
    freed = enough.params.rhythm_hours[2] - enough.params.rhythm_hours[0]
    assert np.allclose(game.world.work.left, owed + freed)


def test_what_the_player_cannot_carry_goes_to_whoever_has_time() -> None:
    """No way out of the load: customers of the player's own beyond the player's hours load the team."""
    game = own()
    game.world.work.spent[...] = 0.0
    game.world.work.spent[0] = 390.0
    loads = team.load(game.world, game.params)
    assert (loads > team.FULL).all()


@pytest.mark.parametrize("policy", ["random_legal", "player_coach"])
def test_a_team_stays_within_its_bounds(policy: str) -> None:
    """Over fifteen quarters of an organisation with everything, nothing is infinite, negative or above one."""
    game = start(organised(), range(12), policy=policy, quarters=15)
    at = game.world.team
    for values in (at.skill, at.strain, at.ramp):
        assert np.isfinite(values).all() and (values >= 0.0).all() and (values <= 1.0).all()
    assert (game.world.work.left >= 0.0).all() and (at.hours > 0.0).all()
