"""Sessions in which a headquarters asks for one price, a rival has an idea, and an incident has an owner."""

from __future__ import annotations

from pathlib import Path

import pytest

from kamsim.game.session import Session
from kamsim.scenario.models import Scenario
from kamsim.terminal.app import play_text
from kamsim.view.menu.catalogue import outcome
from kamsim.view.words import regions
from kamsim.view.words.names import Cast
from kamsim.view.words.news import body, headline
from tests.engine.test_regions import four
from tests.engine.worlds import minimal
from tests.terminal.table import Pipe


@pytest.fixture(scope="module")
def asked() -> Scenario:
    return four()


def lines(session: Session, kind: str, **args: object) -> str:
    """What is said of a move that was made."""
    answer = session.do(kind, **args)
    return " ".join(outcome(Cast(session.scenario), answer.events[0], session.quarter))


def test_one_price_in_words_and_in_the_log(asked: Scenario, tmp_path: Path) -> None:
    """What a grant would cost is told before it is given: 12, 9 and 5 points at 40, 30 and 20 per cent of 5,000 units is
    8.5 a unit. Then one price is what the card shows, and the log gives the same session back."""
    cast = Cast(asked)
    with Session.start(asked, seed=3, log_dir=tmp_path) as session:
        rows, given = regions.asked_prices(cast, session.seen, "one_price", "grant")
        assert len(rows) == 4 and given == pytest.approx(8.5 * 5_000 * 100)
        assert regions.asked_prices(cast, session.seen, "one_price", "trade")[1] == pytest.approx(0.0)
        assert regions.outside(rows) == pytest.approx((7 * 0.4 + 4 * 0.3) * 5_000 * 100)
        assert "has its own price" in regions.contract_line(cast, session.seen, "orvik")
        said = lines(session, "answer_request", request="one_price", answer="grant")
        assert "Every region pays the lowest price" in said
        assert "One price until" in regions.contract_line(cast, session.seen, "orvik")
        notes = regions.region_notes(cast, session.seen, "orvik")
        assert [note.name for note in notes] == ["East", "West", "North", "South"]
        assert all("12% off" in price for note in notes for _, price in note.buys)
        assert notes[0].leads and not notes[0].lived and "not heard yet" in notes[1].lived
        learn = regions.how_to_learn(cast, session.seen, "orvik")
        assert "Buyer west" in learn and "Buyer south" in learn and "Chief" not in learn
        session.end_quarter()
        log, events = session.log_path, [event.to_dict() for event in session.events]
        prices = session.seen.discount.copy()
    with Session.resume(log) as again:
        assert [event.to_dict() for event in again.events] == events
        assert (again.seen.discount == prices).all() and again.seen.harmony[0, 0] == 2


def test_a_corridor_in_words(asked: Scenario, tmp_path: Path) -> None:
    """A corridor names its width, what it is given for, and what goes on leaving."""
    with Session.start(asked, seed=3, log_dir=tmp_path) as session:
        said = lines(session, "answer_request", request="one_price", answer="trade", get="volume_commitment")
        assert "no region pays more than 5 points above the cheapest" in said and "volume" in said
        cast = Cast(asked)
        assert "A corridor until" in regions.contract_line(cast, session.seen, "orvik")


@pytest.mark.parametrize(
    ("owner", "effort", "how"), [("joint", 40, "well"), ("desk", 40, "partly"), ("desk", 10, "badly")]
)
def test_next_quarter_they_say_how_it_was_taken(owner: str, effort: int, how: str, tmp_path: Path) -> None:
    """What was done about an incident comes back a quarter later, in words that name it."""
    scenario = minimal()
    with Session.start(scenario, seed=3, log_dir=tmp_path) as session:
        for _ in range(3):
            session.end_quarter()
        failed = next(event for event in session.inbox if event.kind == "failed")
        assert failed.plain()["account"] == "orvik"
        session.do("handle_incident", account="orvik", effort=effort, redress="credit", owner=owner)
        session.end_quarter()
        mended = next(event for event in session.inbox if event.kind == "mended")
        expected = {"account": "orvik", "incident": failed.plain()["incident"], "owner": owner, "how": how}
        assert mended.plain() == expected
        cast = Cast(scenario)
        assert "Dry dock" in headline(cast, mended) and all(body(cast, mended, session.quarter))


def test_a_warning_says_who_comes_with_what(tmp_path: Path) -> None:
    """Sudo is warned of with its habit, and, where it has an idea, with the initiative that it is for."""
    from kamsim.players.simulate import override

    scenario = override(minimal(), {"rivals.sudo.habit": "ideas"})
    for seed in range(12):
        with Session.start(scenario, seed=seed, log_dir=tmp_path) as session:
            for _ in range(4):
                session.end_quarter()
            session.do("scan", account="orvik")
            warned = [e for e in session.events if e.kind == "warned" and e.plain()["account"] == "orvik"]
        if warned:
            assert warned[-1].plain()["habit"] == "ideas"
            head = headline(Cast(scenario), warned[-1])
            assert head.startswith("Sudo Bearings is preparing an idea")
            return
    pytest.fail("nobody was ever warned")


def test_the_terminal_asks_who_owns_an_incident_and_what_a_corridor_is_for(asked: Scenario, tmp_path: Path) -> None:
    """By text alone: the request is answered with a corridor, the regions are on the account's page."""
    made: list[Session] = []

    def begin() -> Session:
        made.append(Session.start(asked, seed=3, log_dir=tmp_path))
        return made[0]

    answers = ["skip"] * 3 + ["orvik", "request", "trade", "volume_commitment", "yes", "page", "desk", "quit"]
    pipe = Pipe(answers)
    play_text(begin, pipe.read, pipe.write, width=80, echo=True)
    told = " ".join(pipe.text.split())
    assert "made a mistake" not in told, told[-800:]
    assert "A corridor for what?" in told and "A corridor until" in told and "East: signs for all" in told
    assert made[0].seen.harmony[0, 0] == 1
