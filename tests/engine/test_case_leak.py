"""A preview sees nothing hidden, lanes of cases keep to themselves, and where belief is truth preview and verdict agree
(docs/design.md, the contract of the engine; economics C)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from functools import cache, cached_property

import numpy as np
import pytest

from kamsim.engine import belief, cases, knowledge
from kamsim.engine.appraisal import Appraisal, appraise
from kamsim.engine.belief import believe, believed_standing
from kamsim.engine.forecast import project
from kamsim.engine.judgement import Judgement, judge_company, judge_customer
from kamsim.engine.luck import STREAMS
from kamsim.engine.moves import casework
from kamsim.engine.page import AT, CONDITIONAL, DUE_NOW, METRICS, OPEN, PENDING, coded
from kamsim.engine.params import MEASURES, STATES
from kamsim.engine.preview import Futures
from kamsim.engine.sight import observe
from kamsim.engine.standing import Standing
from kamsim.engine.truth import on_time
from kamsim.players.simulate import override
from tests.engine.casebook import EXECUTING, KESTREL, lay, random_pages, single, true_of, undisturbed
from tests.engine.test_leak import GAMES, NAMES, another_world, played
from tests.engine.worlds import Array, Game, bits, differences, halden, start

DESK = 2
CUSTOMER, COMPANY = range(len(MEASURES)), range(len(MEASURES), len(METRICS))


def same(one: object, other: object, where: str = "") -> None:
    """Equal to the bit, array by array, however deep; figures that are worked out when somebody asks, too."""
    for name, figure in vars(type(one)).items():
        if isinstance(figure, property | cached_property):
            left, right = getattr(one, name), getattr(other, name)
            if isinstance(left, np.ndarray):
                assert bits(left) == bits(right), f"{where}{name}"
    for item in fields(one):  # type: ignore[arg-type]
        left, right = getattr(one, item.name), getattr(other, item.name)
        if isinstance(left, np.ndarray):
            assert bits(left) == bits(right), f"{where}{item.name}"
        elif hasattr(left, "__dataclass_fields__") and item.name != "params":
            same(left, right, f"{where}{item.name}.")
        elif isinstance(left, dict):
            assert {name: bits(value) for name, value in left.items()} == {n: bits(v) for n, v in right.items()}
        elif item.name != "params":
            assert left == right, f"{where}{item.name}"


@pytest.fixture(scope="module", params=range(len(GAMES)), ids=NAMES)
def pair(request: pytest.FixtureRequest) -> tuple[Game, Game]:
    """A game, and one that looks the same though everything hidden in it is otherwise."""
    game = played(request.param)
    return game, another_world(game)


def judged(made: Standing, rng: np.random.Generator) -> Iterator[Judgement | Appraisal]:
    """What both audiences would make of a few pages."""
    lanes = made.lanes
    rows = made.initiatives
    for desk in (False, True):
        said = random_pages(rng, lanes, desk=desk, initiatives=1, metrics=COMPANY if desk else CUSTOMER)
        if rows:
            said[AT["initiative"]] = np.where(said[AT["initiative"]] >= 0, rows[0], -1.0)
        yield (judge_company if desk else judge_customer)(made, said)
        yield appraise(made, said)


def test_no_preview_sees_what_is_hidden(pair: tuple[Game, Game]) -> None:
    """With every trait, mood, plan, script and state changed behind the same sight, the believed standing, a thousand
    drawn futures and their luck, the arithmetic and the judgement of any page are equal to the bit."""
    here, there = (observe(game.world, game.params) for game in pair)
    for account in range(len(here.params.accounts)):
        one, other = believed_standing(here, account), believed_standing(there, account)
        same(one, other)
        if here.quarter == 1:
            continue  # there are no books yet, and no case
        for left, right in zip(
            judged(one, np.random.default_rng(account)), judged(other, np.random.default_rng(account)), strict=True
        ):
            same(left, right)
        lone = [observe(game.lane(0).world, game.params) for game in pair]
        drawn = [believe(seen, account, 64, 7) for seen in lone]
        same(drawn[0][0], drawn[1][0])
        same(drawn[0][1], drawn[1][1])


def test_the_builder_shows_the_same_whatever_is_hidden(pair: tuple[Game, Game]) -> None:
    """Fan, waterfall, break-even, tier and gate of a page, from the two sights: the same figures."""
    lone = [observe(game.lane(0).world, game.params) for game in pair]
    if lone[0].quarter == 1:
        return
    said = coded({"programme": 20, "price": 0.02, "commitment": 0.05, "metric": "profit", "claim": 30.0}, 1)
    for desk in (False, True) if lone[0].params.approvers else (False,):
        one, other = (Futures(seen, 0).preview(said, desk=desk, lanes=64) for seen in lone)
        for item in fields(one):
            if item.name == "worked":
                same(one.worked, other.worked, "worked.")
            else:
                np.testing.assert_array_equal(getattr(one, item.name), getattr(other, item.name), item.name)
    sensible = Futures(lone[0], 0).preview(said, desk=False, lanes=64)
    assert (np.diff(sensible.fan, axis=0) >= 0).all() and 0.0 <= sensible.chance_of_loss <= 1.0


def test_the_truth_does_look_different(pair: tuple[Game, Game]) -> None:
    """The test above means something: the true standings of the two differ in all that is hidden."""
    here, there = pair[0], pair[1].copy()
    there.world.ledger = pair[1].world.ledger
    there.world.initiatives.state %= len(STATES)  # what was shaken is no longer a state
    one, other = true_of(here, 0), true_of(there, 0)
    for name in ("sensitivity", "trust", "fit", "share", "follow", "hurdle"):
        assert not np.array_equal(getattr(one, name), getattr(other, name)), name


def test_belief_has_no_way_to_a_world() -> None:
    """`belief` takes Seen and imports neither World nor Truth nor the true standing."""
    names = set(vars(belief))
    assert not {"World", "Truth", "true_standing", "observe"} & names


def test_futures_depend_on_seed_account_and_sight_alone() -> None:
    """Two offers meet the same futures; other seeds and accounts meet others; N futures are the first N of more."""
    game = start(halden(), [5], policy="value_seller", quarters=2)
    seen = observe(game.world, game.params)
    one, luck = believe(seen, 0, 128)
    again, luck_again = believe(seen, 0, 128)
    same(one, again)
    same(luck, luck_again)
    more, many = believe(seen, 0, 256)
    assert bits(more.sensitivity[:, :128]) == bits(one.sensitivity) and bits(many.wallet[..., :128]) == bits(
        luck.wallet
    )
    assert not np.array_equal(believe(seen, 0, 128, 1)[0].sensitivity, one.sensitivity)
    assert not np.array_equal(believe(seen, 1, 128)[1].follows, luck.follows)
    path, alone = project(more, None, many), project(one, None, luck)
    assert bits(path.profit[:, :128]) == bits(alone.profit), "a future is the same in any company"


# --- lanes ------------------------------------------------------------------------------------------------------


def busy(lanes: int) -> Game:
    """Different cases, promises, conditions and moments in every lane."""
    game = start(single(), range(40, 40 + lanes), policy="value_seller", quarters=2)
    rng = np.random.default_rng(1)
    world = game.world
    for place in range(4):
        desk = place >= DESK
        pages = random_pages(rng, lanes, desk=desk, initiatives=1, metrics=COMPANY if desk else CUSTOMER)
        pages[AT["initiative"]] = np.where(pages[AT["initiative"]] >= 0, place % DESK, -1.0)
        lay(game, place, pages)
    world.cases.stage[:, ::3] = CONDITIONAL
    world.cases.condition[:, ::3] = 1 + rng.integers(0, 3, (4, len(range(0, lanes, 3))))
    world.cases.decides[:, ::3] += 1
    world.promises.status[...] = rng.choice([0, OPEN, DUE_NOW], world.promises.status.shape)
    world.promises.due[...] = world.quarter + rng.integers(-1, 2, world.promises.due.shape)
    world.promises.value[...] = world.promises.high[...] = 3e6
    world.promises.guarantee[...] = rng.integers(0, 2, world.promises.guarantee.shape)
    world.standings.credibility[...] = rng.random(world.standings.credibility.shape)
    world.moments.phase[...] = rng.integers(0, 4, world.moments.phase.shape)
    return game


def test_a_room_decides_for_its_own_lane() -> None:
    """Sound cases before rooms of every mood: some say yes, some no, each as it would alone."""
    lanes = 30
    game = start(single(), [3] * lanes, STREAMS, policy="steady", quarters=2)
    world, rng = game.world, np.random.default_rng(3)
    world.initiatives.state[...] = EXECUTING
    world.relations.fit[...] = rng.uniform(0.3, 1.0, world.relations.fit.shape)
    world.people.tie[...] = rng.uniform(0.0, 1.0, world.people.tie.shape)
    world.relations.service[...] = rng.uniform(0.6, 1.0, world.relations.service.shape)
    world.standings.credibility[...] = rng.random(world.standings.credibility.shape)
    world.people.measure[...] = np.where(rng.random(lanes) < 0.7, 2, 5)
    world.promises.pilot_at[...] = world.promises.kept_at[...] = world.quarter
    sound = {
        "programme": 30,
        "metric": "uptime",
        "proof": "pilot",
        "alternative": "pilot",
        "body": "one_page",
        "length": 8,
    }
    for account in (0, 1):
        page = coded({**sound, "initiative": account, "inaction": "dated", "sensitivity": "downside"}, lanes)
        worked = appraise(true_of(game, account), page)
        page[AT["claim"]], page[AT["inaction_value"]] = worked.claimed_worth, worked.worth
        lay(game, account, page)
    alone = [game.lane(lane) for lane in range(lanes)]
    cases.decide(world, game.params)
    assert len(np.unique(world.cases.outcome[0])) > 2, "all moods should not say the same"
    for lane, one in enumerate(alone):
        cases.decide(one.world, one.params)
        assert differences(world.take(np.array([lane])), one.world) == [], lane


def steps(game: Game) -> None:
    """A quarter with every new move in it."""
    for account in ("orvik", "kestrel"):
        for audience in ("customer", "desk"):
            game.do("accept_condition", account=account, audience=audience)
            game.do("measure_promise", account=account, audience=audience)
        game.do("read_room", account=account)
        game.do("recut_case", account=account, programme=20, claim=50.0, metric="quality")
        game.do("recut_ask", account=account, people=1, claim=10.0, metric="profit")
        game.do("present_case", account=account, pooled="yes", commitment=0.05, claim=9.0)
        game.do("ask_desk", account=account, priority="yes")
    for moment in game.params.moments:
        game.do("answer_moment", moment=moment, why="their_goal", number="bold")
        game.do("press_moment", moment=moment, stand="recut", proof="reference", ask="order")
        game.do("close_moment", moment=moment, reply="promise")


def test_a_lane_with_cases_alone_is_that_lane_among_many() -> None:
    """Answers, promises, conditions, grants, programmes and moments of one lane have the bits they have in the company
    of lanes in which other things are decided."""
    lanes = 24
    many = busy(lanes)
    alone = {lane: many.lane(lane) for lane in (0, 1, 11, lanes - 1)}
    for _ in range(4):
        steps(many)
        many.close()
        for lane, game in alone.items():
            steps(game)
            game.close()
            assert differences(many.world.take(np.array([lane])), game.world) == [], f"lane {lane}"
    at = many.world
    assert len(np.unique(at.cases.outcome)) > 3 and len(np.unique(at.promises.status)) > 3
    assert at.levers.level["people"].any() and len(np.unique(at.moments.phase)) > 3


# --- where belief is truth --------------------------------------------------------------------------------------

MANY = 9_000


@cache
def transparent() -> Game:
    """Kestrel as a newcomer would guess it, and everything that can be found out found out: belief is truth there,
    lane by lane, though the lanes differ in all that belief can know."""
    plain = undisturbed(
        single(),
        **{"priors.variable_service": 1.0, "priors.follow": 0.4, "rivals.sudo.follow": 0.4, "company.goals": []},
    )
    game = start(override(plain, {"rivals.sudo.follow": 0.4}), [1] * MANY, STREAMS, policy="steady", quarters=2)
    world, params, rng = game.world, game.params, np.random.default_rng(2)
    world.truth = replace(world.truth, activity_orders=np.full_like(world.truth.activity_orders, 0.5))
    line = params.cell_line[params.account_cells[KESTREL][0]]
    assert world.ledger is not None
    world.relations.fit[...] = 0.5
    world.relations.service[...] = on_time(world.ledger.utilisation[line])
    world.relations.trust[...] = rng.random(world.relations.trust.shape)
    world.relations.attack[...] = 0.0
    world.initiatives.engagement[...] = belief.UNKNOWN_ENGAGEMENT
    world.initiatives.state[...] = rng.choice([1, 2, 3, 4, 5, 6, 8], world.initiatives.state.shape)
    world.people.tie[...] = 0.3
    world.people.measure[...] = rng.integers(0, 8, world.people.measure.shape)
    world.market.share[...] = world.ledger.volume / world.ledger.wallet
    world.market.reference[...] = world.market.price
    standings, mandates, promised = world.standings, world.mandates, world.promises
    standings.credibility[...] = rng.random(standings.credibility.shape)
    standings.desk[...] = rng.uniform(-1, 1, standings.desk.shape)
    world.levers.level["people"][...] = rng.integers(0, 3, world.levers.level["people"].shape)
    world.levers.level["programme"][...] = 10.0 * rng.integers(0, 3, world.levers.level["programme"].shape)
    world.levers.level["bespoke"][...] = rng.integers(0, 2, world.levers.level["bespoke"].shape)
    world.levers.until["priority"][...] = world.quarter * rng.integers(0, 2, world.levers.until["priority"].shape)
    mandates.asked[...] = rng.uniform(0, 0.02, mandates.asked.shape) * rng.integers(0, 2, mandates.asked.shape)
    mandates.discount[...] = 0.005 * rng.integers(0, 11, mandates.discount.shape)
    promised.kept_at[...] = rng.integers(0, world.quarter + 1, promised.kept_at.shape)
    promised.kept_metric[...] = rng.integers(0, len(METRICS), promised.kept_metric.shape)
    promised.pilot_at[...] = promised.kept_at * rng.integers(0, 2, promised.pilot_at.shape)
    known = world.knowledge
    for kind in params.fact_blocks:
        rows = len(params.fact_blocks[kind])
        knowledge.note(world, params, kind, np.ones((rows, MANY), dtype=bool), knowledge.MEETING)
    known.seen_at[...] = world.quarter - rng.integers(0, 2, known.seen_at.shape)
    known.reviewed[...] = True
    world.booked = None
    return game


def test_belief_is_truth_in_the_transparent_world() -> None:
    """Field by field: what is believed of Kestrel is what is so."""
    game = transparent()
    one, other = believed_standing(observe(game.world, game.params), KESTREL), true_of(game, KESTREL)
    for name, left in {**vars(one), **one.now}.items():
        right = {**vars(other), **other.now}[name]
        if isinstance(left, np.ndarray):
            np.testing.assert_allclose(*np.broadcast_arrays(left, right), rtol=1e-12, atol=1e-12, err_msg=name)


@pytest.mark.parametrize("desk", [False, True], ids=["customer", "company"])
def test_preview_and_verdict_agree_where_belief_is_truth(desk: bool) -> None:
    """More than 10,000 random legal pages in two calls: the gate, every reader's score, every criterion, the tier, and
    what is noticed are those that the preview has shown."""
    game = transparent().copy()
    world, params = game.world, game.params
    world.ledger = transparent().world.ledger
    seen, place = observe(world, params), KESTREL + DESK * desk
    rng = np.random.default_rng(3 + desk)
    pages = random_pages(rng, MANY, desk=desk, initiatives=1, metrics=COMPANY if desk else CUSTOMER)
    pages[AT["initiative"]] = np.where(pages[AT["initiative"]] >= 0, 1.0, -1.0)
    if desk:
        pages[AT["people"]] = np.where(
            rng.random(MANY) < 0.7, np.maximum(1.0, pages[AT["people"]]), pages[AT["people"]]
        )
    legal = rules(game, pages, desk=desk)
    assert legal.sum() > 5_000
    middle = believed_standing(seen, KESTREL)
    shown = (judge_company if desk else judge_customer)(middle, pages)
    lay(game, place, pages)
    small = cases.inside_first_band(world, params, KESTREL, np.arange(MANY)) if desk else None
    cases.decide(world, params)
    at = world.cases
    assert np.array_equal(at.gate[place][legal], shown.gate[legal])
    rows = (
        range(len(params.people), len(params.people) + len(params.approvers))
        if desk
        else params.account_people[KESTREL]
    )
    for reader, row in enumerate(rows):
        np.testing.assert_allclose(at.reader_score[row, KESTREL][legal], shown.score[reader][legal], rtol=0, atol=1e-8)
    if desk:
        assert small is not None and np.array_equal(small[legal], (shown.tier == 0)[legal])
        assert np.array_equal(at.noticed[place][legal] > 0, shown.noticed[legal])
        assert len(np.unique(shown.tier)) == 4
    else:
        for criterion in range(9):
            np.testing.assert_allclose(
                at.criteria[criterion, place][legal], shown.criteria[criterion, 0][legal], atol=1e-9
            )
    assert len(np.unique(shown.gate[legal])) >= 4 and (shown.gate[legal] == 0).mean() > 0.02


def rules(game: Game, pages: Array, *, desk: bool) -> Array:
    """Where the rules of the moves allow a page, lane by lane."""
    seen = observe(game.world, game.params)
    bound = {"account": KESTREL, "region": None, "initiative": None}
    checks = casework._asks(seen, bound, pages) if desk else [
        *casework._page_limits(seen, bound, pages), *casework._priced(seen, bound, pages),
    ]  # fmt: skip
    allowed = np.ones(MANY, dtype=bool)
    for refused, _ in checks:
        allowed &= ~np.broadcast_to(np.asarray(refused), MANY)
    return allowed


def test_pending_is_what_decides_at_a_close() -> None:
    """Only what lies with an audience whose quarter has come is answered."""
    game = busy(6)
    game.world.cases.stage[...] = PENDING
    game.world.cases.decides[...] = game.world.quarter + np.arange(6) % 2
    game.world.cases.outcome[...] = 0
    cases.decide(game.world, game.params)
    assert (game.world.cases.outcome[:, ::2] > 0).all() and (game.world.cases.outcome[:, 1::2] == 0).all()
