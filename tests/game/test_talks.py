"""Negotiations in a session: what is logged for whom, that nothing answered is taken back, and that it replays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kamsim.engine.moves import Refusal
from kamsim.game.replay import verify
from kamsim.game.session import Session
from kamsim.players.policies import named_policy
from kamsim.view.words import talks
from kamsim.view.words.names import Cast
from tests.engine.worlds import halden

TALK = "tessaro_frame"
PACKAGE: dict[str, Any] = {
    "price": 0.0, "commitment": 0.10, "length": 12, "service": "priority", "days": 45, "exclusive": "no", "data": "no",
    "help": 30,
}  # fmt: skip


@pytest.fixture
def sixth(tmp_path: Path) -> Session:
    """Halden when Tessaro's frame is to be renewed."""
    session = Session.start(halden(), seed=7, log_dir=tmp_path)
    for _ in range(5):
        named_policy("steady").play(session.seat)
        session.end_quarter()
    return session


def told(session: Session, kind: str) -> list[dict[str, Any]]:
    return [event.plain() for event in session.events if event.kind == kind]


def test_halden_price_alone_is_refused_and_the_trade_is_taken(sixth: Session, tmp_path: Path) -> None:
    """Six points of price are worth .05 of a year to Tessaro, which wants .0675; a place in the plan, three years and
    hands for ten points of wallet are worth .05 + .02 + .03 - .03 = .07. The best for both is worth more to us, too."""
    assert [event["talk"] for event in told(sixth, "talk")] == [TALK]
    sixth.do(
        "propose", talk=TALK, **{**PACKAGE, "price": 0.06, "commitment": 0.0, "length": 4, "service": "none", "help": 0}
    )
    sixth.do("propose", talk=TALK, **PACKAGE)
    price, package = told(sixth, "table")
    assert (price["status"], package["status"]) == ("open", "signed")
    one, two = told(sixth, "table_judged")
    assert one["theirs"] < one["bar"] and two["theirs"] >= two["bar"]
    assert two["ours"] > 0 > one["ours"] and two["captured"] > one["captured"]
    assert verify(sixth.log_path).ok


def test_what_is_hidden_goes_to_the_debrief_only(sixth: Session) -> None:
    """The player's event says what was said; the surplus and the bar are for the debrief."""
    sixth.do("propose", talk=TALK, **{**PACKAGE, "commitment": 0.15})
    events = {event.kind: event for event in sixth.events if event.kind.startswith("table")}
    assert events["table"].told_to == "player" and events["table_judged"].told_to == "debrief"
    assert not set(events["table"].plain()) & {"bar", "ours", "theirs", "best", "captured", "own"}


def test_nothing_at_a_table_can_be_taken_back(sixth: Session) -> None:
    """Somebody has answered, or something was revealed."""
    for kind, args in (
        ("ask_table", {"issue": "data"}),
        ("propose", {**PACKAGE, "commitment": 0.15}),
        ("leave_table", {}),
    ):
        assert sixth.do(kind, talk=TALK, **args).refusal is Refusal.NONE
        assert not sixth.can_undo


def test_a_session_taken_up_again_sits_at_the_same_table(sixth: Session) -> None:
    """After a pause the last proposal lies there, with what was named, known and left."""
    sixth.do("ask_table", talk=TALK, issue="help")
    sixth.do("propose", talk=TALK, **{**PACKAGE, "commitment": 0.15})
    draft, opening = talks.last_proposal(sixth.seen, TALK), sixth.seen.talk_pushed.copy()
    path = sixth.log_path
    sixth.close()
    with Session.resume(path) as again:
        assert talks.last_proposal(again.seen, TALK) == draft == {**PACKAGE, "commitment": 0.15}
        assert (again.seen.talk_pushed == opening).all() and int(again.seen.talk_round[0, 0]) == 1
        assert talks.told(again.seen, TALK, "help")
        assert again.open_matters().talks == ()
        again.end_quarter()
        assert again.open_matters().talks == (TALK,)


def test_what_runs_since_a_table_is_named(sixth: Session) -> None:
    """Shared plan data stand on the account's page until they end."""
    cast = Cast(sixth.scenario, sixth.events)
    assert talks.running(cast, sixth.seen, "tessaro") == []
    generous = {**PACKAGE, "commitment": 0.0, "length": 4, "data": "yes", "price": 0.03}
    sixth.do("propose", talk=TALK, **generous)
    assert talks.running(cast, sixth.seen, "tessaro") == ["their plan data until the end of Q1 2028"]


def test_the_running_balance_is_the_sum_of_the_rows(sixth: Session) -> None:
    """What is given and got on screen adds up to the eight rows, and unknown worth is not counted."""
    cast = Cast(sixth.scenario, sixth.events)
    rows = talks.rows(sixth.seen, TALK, PACKAGE)
    give, get = talks.balance(cast, rows)
    assert give == f"You give {cast.money(-sum(row.ours for row in rows if row.ours < 0))}"
    assert get == f"You get {cast.money(sum(row.ours for row in rows if row.ours > 0))}"
    assert talks.known_balance(cast, rows) == "For them: nothing known yet"
    sixth.do("ask_table", talk=TALK, issue="service")
    rows = talks.rows(sixth.seen, TALK, PACKAGE)
    year = 4.0 * float(sixth.seen.sales[sixth.params.talk_account[0], 0])
    assert next(row.theirs for row in rows if row.issue == "service") == pytest.approx(0.05 * year)
    assert talks.known_balance(cast, rows).endswith("6 issues not known")
