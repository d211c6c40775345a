"""Negotiation over several issues (economics B26): worth, answers, what a signature changes, and what it costs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamsim.engine import talks
from kamsim.engine.ledger import post
from kamsim.engine.market import trade, under_contract
from kamsim.engine.moves import Refusal, Result, page_of
from kamsim.engine.quarter import gather
from kamsim.engine.talks import LEVELS, believed_books, captured, our_worth, true_books
from kamsim.engine.terms import ISSUES, LEFT, SIGNED, TALK_LAPSED, TALK_OPEN, WALKED
from kamsim.players.simulate import override
from tests.engine.worlds import Game, furnished, start

NOTHING: dict[str, Any] = {
    "price": 0.0, "commitment": 0.0, "length": 4, "service": "none", "days": 60, "exclusive": "no", "data": "no", "help": 0,
}  # fmt: skip
AT_AUNE = "accounts.orvik.talks.frame"


def table(lanes: int = 1, **changes: Any) -> Game:
    """The furnished scenario in quarter 3, when the talk has been asked for; the same luck in every lane."""
    scenario = override(furnished(), {f"{AT_AUNE}.{name}": value for name, value in changes.items()})
    return start(scenario, [5] * lanes, policy="steady", quarters=2)


def proposed(game: Game, **levels: Any) -> int:
    made = game.do("propose", talk="frame", **{**NOTHING, **levels})
    assert made.done.all(), made.refused
    return int(made.result[0])


def values(**worth: float) -> dict[str, float]:
    """Only the named issues are worth anything."""
    return {f"values.{issue}": worth.get(issue, 0.0) for issue in ISSUES}


# --- two issues by hand ---------------------------------------------------------------------------------------


def test_a_talk_of_two_issues_worked_out_on_paper() -> None:
    """Price is worth 6% at best, the first place in the plan 4%; their other offer 2%, and they want half of the 8% that
    the table could give beyond it: 2% + 4% = 6%. So 5 points off (5%) are not enough and 6 are. The first place and 2
    points (4% + 2% = 6%) are enough, for a third of the price. Once something was given for something they want .4 of
    the 8%: 2% + 3.2% = 5.2%, so that the first place and 1.5 points (5.5%) are enough."""
    two = {**values(price=0.06, service=0.04), "walk_away": 0.02, "aspiration": 0.5}
    assert proposed(table(**two), price=0.05) == Result.COUNTERED
    assert proposed(table(**two), price=0.06) == Result.AGREED
    assert proposed(table(**two), price=0.02, service="priority") == Result.AGREED
    game = table(**two)
    assert proposed(game, price=0.015, service="priority") == Result.COUNTERED
    game = table(**two)
    assert proposed(game, service="priority") == Result.COUNTERED  # 4% of 6%
    assert proposed(game, service="priority", price=0.005, commitment=0.05) == Result.COUNTERED  # 4.5%, for something
    assert proposed(game, service="priority", price=0.010, commitment=0.05) == Result.COUNTERED  # 5.0% of 5.2%
    assert proposed(game, service="priority", price=0.015, commitment=0.05) == Result.AGREED  # 5.5%


def test_the_table_s_money_by_hand() -> None:
    """What a proposal is worth to us a year, line by line, from a quarter of 1,000,000 at list, 900,000 of sales, 250,000
    earned, 80,000 of service, and 2,500,000 bought of anybody; of the line in question 100,000 of 400,000 at a margin of
    40%. Six points: 240,000. Ten points of wallet: 10% of 10,000,000 at 25% earned: 250,000, of which
    a tenth is made up at 15% a quarter, 9.23% on average over twelve: 23,083. Eight more quarters: two years at .3% of
    3,600,000: 21,600. First place: an eighth of 320,000: 40,000. Thirty days at 9% on 3,600,000: 27,000.
    The line alone: 9.23% of 240,000 more a quarter at 40% less 2% of 90% of 122,160, four times: 26,660. Ten hours of
    scanning and thirty hours of help a quarter at 100 an hour: 4,000 and 12,000."""
    game = table()
    cents = {"listed": 1e6, "sales": 9e5, "earned": 2.5e5, "service": 8e4, "wallet": 2.5e6, "line_listed": 1e5,
             "line_margin": 4e4, "line_wallet": 4e5}  # fmt: skip
    books = talks.Books(**{name: np.array([100 * value]) for name, value in cents.items()}, days=np.array([60.0]),
                        filled=np.array([0.1]))  # fmt: skip
    page = page_of(
        {"price": 0.06, "commitment": 0.1, "length": 12, "service": "priority", "days": 90, "exclusive": "yes",
         "data": "yes", "help": 30}, 1
    )  # fmt: skip
    worth = our_worth(game.params, books, page)[:, 0] / 100
    assert worth == pytest.approx([-240_000, 23_083, 21_600, -40_000, -27_000, 26_660, 4_000, -12_000], abs=1)
    kept = our_worth(game.params, books, page, whole=True)[:, 0] / 100
    assert kept == pytest.approx([-240_000, 250_000, 21_600, -40_000, -27_000, 359_520, 4_000, -12_000])


def test_the_table_counts_of_a_promise_what_the_market_fills() -> None:
    """Quarter by quarter as a signed share is filled, and as the table counts it, on average over the term."""
    one, game = np.array([1.0]), table()
    books = true_books(game.world, game.params, 0)
    full = float(0.1 * 4.0 * books.wallet[0] * books.earned[0] / books.listed[0])
    for part in (0.1, 0.55, 1.0):
        for length in LEVELS[2]:
            share, promised, gained = 0.2 * one, 0.3 * one, 0.0
            for _ in range(int(length)):
                held = promised - (promised - share) * (1.0 - part)
                target, pace = under_contract(share, 0.05 * one, share, held, one)
                share = share + pace * (target - share)
                gained += float((share[0] - 0.2) / 0.1) / length
            page = page_of({**NOTHING, "commitment": 0.1, "length": int(length)}, 1)
            worth = our_worth(game.params, replace(books, filled=part * one), page)[1, 0]
            assert worth == pytest.approx(gained * full), (part, length)


def test_what_is_logged_of_a_proposal_by_hand() -> None:
    """Two issues, price (6% at most to them) and the first place (4%): joint surplus of six points is what they value it
    at less what it costs us, and the best is the first place without the price, where price costs us more than it is
    worth to them."""
    game = table(**values(price=0.05, service=0.08))
    ledger = game.world.ledger
    assert ledger is not None
    page = page_of({**NOTHING, "price": 0.06, "service": "priority"}, 1)
    found = captured(game.world, game.params, 0, page)
    listed = float((ledger.volume * game.params.list_price)[list(game.params.account_cells[0]), 0].sum())
    sales, service = float(ledger.sales[0, 0]), -float(ledger.cost_to_serve[0, 0])
    assert found.theirs[0] == pytest.approx(4 * sales * 0.13)
    assert found.ours[0] == pytest.approx(-4 * listed * 0.06 - 4 * service * 0.125)
    books = true_books(game.world, game.params, 0)
    alone = our_worth(game.params, books, page_of({**NOTHING, "exclusive": "yes"}, 1), whole=True)[5, 0]
    committed = our_worth(game.params, books, page_of({**NOTHING, "commitment": 0.15}, 1), whole=True)[1, 0]
    free = 0.006 * 4 * sales + 4 * 10 * game.params.hourly_cost + 30 / 360 * 0.09 * 4 * sales
    best = 4 * sales * 0.08 - 4 * service * 0.125 + max(0.0, alone) + committed + free
    assert found.best[0] == pytest.approx(best)


# --- answers ---------------------------------------------------------------------------------------------------


GIVE = st.fixed_dictionaries(
    {
        "price": st.sampled_from(LEVELS[0]),
        "service": st.sampled_from(("none", "priority")),
        "days": st.sampled_from((45, 60, 75)),
        "help": st.sampled_from((0, 10, 20, 30)),
        "commitment": st.sampled_from((0.0, 0.05, 0.10, 0.15)),
        "length": st.sampled_from((4, 8, 12)),
    }
)


@settings(max_examples=40, deadline=None)
@given(first=GIVE, levels=GIVE, lever=st.sampled_from(("price", "service", "days", "help")), data=st.data())
def test_giving_more_never_turns_a_yes_into_a_no(
    first: dict[str, Any], levels: dict[str, Any], lever: str, data: Any
) -> None:
    """After any first round: more off, the first place, later payment, more help. Who said yes to less says yes to more,
    and nobody gets up because of it."""
    grids: dict[str, tuple[Any, ...]] = {
        "price": LEVELS[0], "service": ("none", "priority"), "days": (45, 60, 75), "help": (0, 10, 20, 30),
    }  # fmt: skip
    grid = grids[lever]
    here = grid.index(levels[lever])
    more = {**levels, lever: grid[data.draw(st.integers(here, len(grid) - 1))]}
    game = table()
    if proposed(game, **first) != Result.COUNTERED:
        return
    one, two = game.copy(), game.copy()
    if first in (levels, more):
        return
    less_, more_ = proposed(one, **levels), proposed(two, **more)
    order = {Result.WALKED: 0, Result.COUNTERED: 1, Result.AGREED: 2}
    assert order[Result(more_)] >= order[Result(less_)]


@settings(max_examples=20, deadline=None)
@given(levels=GIVE, asked=st.lists(st.sampled_from(ISSUES), max_size=3, unique=True))
def test_asking_never_changes_the_answer(levels: dict[str, Any], asked: list[str]) -> None:
    """Questions cost hours and bring knowledge; what is said to a proposal is the same."""
    quiet, curious = table(), table()
    for issue in asked:
        curious.do("ask_table", talk="frame", issue=issue)
    assert proposed(quiet, **levels) == proposed(curious, **levels)
    assert (quiet.world.talks.pushed == curious.world.talks.pushed).all()


def test_the_first_question_also_brings_out_what_matters_most() -> None:
    """Asked about help they tell of help, and of the exclusive line, which is worth most (-.06); the next question brings
    its own issue only, and what was told is not asked again. Ten hours each."""
    game = table()
    before = float(game.world.work.left[0])
    made = game.do("ask_table", talk="frame", issue="help")
    assert [game.params.facts[row].name for row in made.facts] == ["frame.help.worth", "frame.exclusive.worth"]
    assert made.learned[:, 0].tolist() == [True, True]
    place = ISSUES.index("exclusive")
    assert game.seat.seen.known("worth", place)[0][0] == -0.06
    again = game.do("ask_table", talk="frame", issue="price")
    assert again.learned[:, 0].tolist() == [True, False]
    assert game.do("ask_table", talk="frame", issue="help").refused[0] == Refusal.TOLD_ALREADY
    assert before - float(game.world.work.left[0]) == 20.0


def test_they_name_what_they_would_gain_most_for_its_cost() -> None:
    """Worth over usual cost: price .05/.06, term .01/.006, the first place .05/.02, days .01/.015, help .02/.02. So first
    the first place; once it is given the term; then help."""
    game = table(walk_away=0.139)
    assert proposed(game) == Result.COUNTERED
    assert ISSUES[game.seat.seen.talk_pushed[0, 0] - 1] == "service"
    proposed(game, service="priority")
    assert ISSUES[game.seat.seen.talk_pushed[0, 0] - 1] == "length"
    proposed(game, service="priority", length=12)
    assert ISSUES[game.seat.seen.talk_pushed[0, 0] - 1] == "help"


def test_four_rounds_and_they_get_up() -> None:
    """The fourth proposal that is not enough ends it: they cool, and there is no fifth."""
    game = table(walk_away=0.139)
    stance = float(game.world.people.stance[0, 0])
    for points in (0.0, 0.005, 0.01):
        assert proposed(game, price=points) == Result.COUNTERED
    assert proposed(game, price=0.015) == Result.WALKED
    assert game.world.talks.status[0, 0] == WALKED
    assert game.world.people.stance[0, 0] == pytest.approx(stance - 0.10)
    assert game.do("propose", talk="frame", **NOTHING).refused[0] == Refusal.NO_TALK
    assert game.world.talks.gifts[0, 0] == 3  # the first changed nothing; three gave for nothing


def test_to_ask_for_everything_and_give_nothing_ends_it_at_once() -> None:
    """It is worth -.095 to them; half of the .14 that the table could give them is .07: they get up below -.07."""
    game = table()
    assert proposed(game, commitment=0.15, exclusive="yes", data="yes") == Result.WALKED
    assert proposed(table(), commitment=0.15) == Result.COUNTERED  # -.03


def test_taking_back_what_was_conceded_costs_standing() -> None:
    """Two points offered and then one: the person cools, and it is no concession. A withdrawn ask is no bad faith."""
    game = table(walk_away=0.139)
    proposed(game, price=0.02, commitment=0.05)
    stance = float(game.world.people.stance[0, 0])
    proposed(game, price=0.02)
    assert game.world.people.stance[0, 0] == stance
    proposed(game, price=0.01, help=10, commitment=0.05)
    assert game.world.people.stance[0, 0] == pytest.approx(stance - 0.08)
    assert game.world.talks.conceded[0, 0] == 0


def test_nobody_came_is_as_no_answer_to_a_request() -> None:
    """Unanswered by its date: the person cools, trust falls as for an unanswered request, the account looks around. A talk
    that was begun ends as if we had left, which costs the person's mood a little and nothing else."""
    silent, begun = table(), table()
    proposed(begun)
    for game in (silent, begun):
        game.close()
        assert game.world.talks.status[0, 0] == TALK_OPEN
    trust = {id(game): float(game.world.relations.trust[0, 0]) for game in (silent, begun)}
    for game in (silent, begun):
        game.world.people.stance[...] = 0.0
        talks.lapse(game.world, game.params)
    assert silent.world.talks.status[0, 0] == TALK_LAPSED
    assert begun.world.talks.status[0, 0] == LEFT
    assert silent.world.people.stance[0, 0] == -0.20
    assert begun.world.people.stance[0, 0] == -0.05
    assert silent.world.relations.trust[0, 0] == pytest.approx(trust[id(silent)] * 0.9)
    assert begun.world.relations.trust[0, 0] == trust[id(begun)]
    assert silent.world.relations.reconsider[0, 0] and not begun.world.relations.reconsider[0, 0]


def test_leaving_is_a_move_and_final() -> None:
    """It takes no hours, cools the person a little, and nothing can be proposed afterwards."""
    game = table()
    hours, stance = float(game.world.work.left[0]), float(game.world.people.stance[0, 0])
    assert game.do("leave_table", talk="frame").done.all()
    assert float(game.world.work.left[0]) == hours
    assert game.world.people.stance[0, 0] == pytest.approx(stance - 0.05)
    assert game.do("leave_table", talk="frame").refused[0] == Refusal.NO_TALK


# --- what a signature changes, and what it costs -----------------------------------------------------------------


def test_a_signature_holds_at_once() -> None:
    """Price, commitment, term, days, first place, hours of help for the initiative, the line alone with its rebate, and
    their plan data: from the quarter of the yes to the last of the term."""
    game = table(walk_away=-0.2)
    world, params = game.world, game.params
    before, share = world.market.discount[:, 0].copy(), world.market.share[:, 0].copy()
    rebate = world.market.rebate[:, 0].copy()
    levels = {"price": 0.02, "commitment": 0.1, "length": 8, "service": "priority", "days": 75, "exclusive": "yes",
              "data": "yes", "help": 20}  # fmt: skip
    assert proposed(game, **levels) == Result.AGREED
    assert world.talks.status[0, 0] == SIGNED
    cells, sensors = list(params.account_cells[0]), params.talk_cells[0]
    assert world.market.discount[cells, 0] == pytest.approx(before[cells] + 0.02)
    assert (world.dealings.agreed[cells, 0] == world.market.discount[cells, 0]).all()
    for cell in cells:
        committed = 0.85 if cell in sensors else min(0.95, share[cell] + 0.1)
        assert world.dealings.committed[cell, 0] == pytest.approx(committed)
        assert world.market.rebate[cell, 0] == pytest.approx(rebate[cell] + 0.02 * (cell in sensors))
        kept = (1 - world.market.discount[cell, 0]) * (1 - world.market.rebate[cell, 0])
        was = (1 - params.start_discount[cell, 0]) * (1 - params.start_rebate[cell, 0])
        assert world.market.price[cell, 0] == pytest.approx(np.log(kept / was))
    assert world.dealings.contract_until[0, 0] == 10 == world.levers.until["priority"][0, 0]
    assert world.dealings.days[0, 0] == 75
    assert world.levers.level["programme"][0, 0] == 20 and world.levers.until["programme"][0, 0] == 10
    assert world.mandates.served[0, 0] == 1 + params.initiatives.index("quiet_ships")
    assert world.talks.exclusive_until[list(sensors), 0].tolist() == [10.0]
    assert world.talks.data_until[0, 0] == 10
    game.close()
    known = game.seat.seen.known("wallet", 0)
    assert known[1][0] == 0


@pytest.mark.parametrize(
    ("issue", "level"), [("price", 0.03), ("service", "priority"), ("days", 75), ("help", 30), ("exclusive", "yes")]
)
def test_whatever_we_give_costs_us(issue: str, level: Any) -> None:
    """No free lunch (economics H5): with the same trade, each thing that we give, and the rebate that goes with a line
    bought from us alone, lowers the account's profit of the same quarter, or the hours of the next."""
    game = table(walk_away=-0.2)
    plain, given_ = game.copy(), game.copy()
    proposed(plain)
    proposed(given_, **{issue: level})
    ledgers = []
    for one in (plain, given_):
        one.world.dealings.committed[...] = 0.0
        one.world.market.reference[...] = one.world.market.price  # the customer buys no more for it in this quarter
        ledgers.append(one)
    if issue == "help":
        for one in ledgers:
            one.close()
        assert given_.world.work.left[0] == plain.world.work.left[0] - 30
        return
    costs = []
    for one in ledgers:
        now = gather(one.world, one.params, one.luck)
        done = trade(one.params, one.world.truth, gather(plain.world, plain.params, plain.luck))
        costs.append(post(one.params, one.world.truth, 3, now, done, one.world.relations.trust).contribution[0, 0])
    assert costs[1] < costs[0]


def test_a_trade_beats_the_price_alone_for_both() -> None:
    """Where value ratios differ: the first place, a longer term and help for a commitment leave them more than the
    deepest price, and us far more."""
    game = table()
    params, books = game.params, true_books(game.world, game.params, 0)
    price = page_of({**NOTHING, "price": 0.06}, 1)
    package = page_of({**NOTHING, "service": "priority", "length": 12, "help": 20, "commitment": 0.05}, 1)
    theirs = [captured(game.world, params, 0, page).theirs[0] for page in (price, package)]
    ours = [our_worth(params, books, page).sum() for page in (price, package)]
    assert theirs[1] > theirs[0] and ours[1] > ours[0] and ours[1] > 0 > ours[0]
    assert proposed(game, service="priority", length=12, help=20, commitment=0.05) == Result.AGREED


def test_to_give_everything_is_never_best_for_us() -> None:
    """It is accepted, and there is an accepted proposal that leaves us more."""
    everything = {"price": 0.06, "service": "priority", "days": 75, "help": 30}
    game = table()
    books = true_books(game.world, game.params, 0)
    less = {"service": "priority", "length": 12, "commitment": 0.05, "help": 20}
    worth = [our_worth(game.params, books, page_of({**NOTHING, **levels}, 1)).sum() for levels in (everything, less)]
    assert proposed(table(), **everything) == proposed(table(), **less) == Result.AGREED
    assert worth[1] > worth[0]


def test_a_line_bought_from_us_alone_is_out_of_a_strike_s_reach() -> None:
    """The scripted strike of quarter 6 lowers the rival's price in every line but that one, and its rebate stays. (The
    rival follows no cuts here: the rebate is one.)"""
    scenario = override(furnished(), {f"{AT_AUNE}.walk_away": -0.2, "rivals.sudo.follow": 0.0})
    game = start(scenario, [5], policy="steady", quarters=2)
    plain = game.copy()
    proposed(game, exclusive="yes", length=8)
    proposed(plain, length=8)
    assert game.do("set_rebate", account="orvik", line="sensors", rebate=0.0).refused[0] == Refusal.BELOW_AGREED
    for one in (game, plain):
        while one.world.quarter < 6:
            one.close()
    sensors = list(game.params.talk_cells[0])
    bearings = [cell for cell in game.params.account_cells[0] if cell not in sensors]
    assert (game.world.market.rival_price[0, sensors, 0] == plain.world.market.rival_price[0, sensors, 0] + 0.05).all()
    assert (game.world.market.rival_price[0, bearings, 0] == plain.world.market.rival_price[0, bearings, 0]).all()


# --- authority and sight -----------------------------------------------------------------------------------------


def test_authority_is_that_of_any_price() -> None:
    """Points beyond our authority, days beyond ours, and hours that we have not, are refused from sight alone; what the
    desk granted counts."""
    game = table()
    cells = list(game.params.account_cells[0])
    game.world.market.discount[cells, 0] = game.params.start_discount[cells, 0] + game.params.authority_discount - 0.02
    beyond = {**NOTHING, "price": 0.03}
    assert game.do("propose", talk="frame", **beyond).refused[0] in (Refusal.BEYOND_AUTHORITY, Refusal.BELOW_FLOOR)
    assert game.do("propose", talk="frame", **{**NOTHING, "days": 90}).refused[0] == Refusal.DAYS_BEYOND
    game.world.mandates.days[0, 0] = 90
    assert game.do("propose", talk="frame", **{**NOTHING, "days": 90}).done.all()
    full = table()
    full.world.levers.level["programme"][1, 0] = full.params.hours
    assert full.do("propose", talk="frame", **{**NOTHING, "help": 10}).refused[0] == Refusal.NO_HOURS


def test_what_it_costs_us_is_worked_out_from_what_is_seen() -> None:
    """The believed books are the booked ones: a wallet that nobody told of is a newcomer's guess, and the true one once it
    is known."""
    game = table()
    seen = game.seat.seen
    books = believed_books(seen, 0)
    assert books.wallet[0] == pytest.approx(books.listed[0] / game.params.priors.share)
    assert books.sales[0] == seen.sales[0, 0]
    game.do("meet", person="aune", agenda="results")
    told = start(override(furnished(), {}), [5], policy="steady", quarters=2)
    fact = told.params.fact_blocks["wallet"][0]
    told.world.knowledge.seen_at[fact] = 2
    told.world.knowledge.value[fact] = 777.0
    assert believed_books(told.seat.seen, 0).wallet[0] == 777.0


def test_talks_of_the_future_look_like_none(furnished_first: Game) -> None:
    """Before its quarter nothing of a talk is seen, and no move at it is listed."""
    seen = furnished_first.seat.seen
    assert not seen.talk.any() and np.isnan(seen.talk_due).all()
    for kind in ("ask_table", "propose", "leave_table"):
        assert furnished_first.seat.legal(kind).options == ()


@pytest.fixture
def furnished_first() -> Game:
    return start(furnished())
