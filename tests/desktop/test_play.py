"""Eight quarters on the real pages, by mouse alone and by keys alone, leave the log that the same commands leave."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kamsim.desktop.pilot import Pilot
from kamsim.desktop.screens.close import ClosePage
from kamsim.desktop.screens.desk import Desk
from kamsim.desktop.screens.year import FinalPage
from kamsim.game.replay import verify
from kamsim.game.session import Session
from tests.desktop.hands import Keys, Mouse
from tests.engine.worlds import halden

SEED = 7
EXPECTED = [
    (1, "set_rhythm", {"account": "tessaro", "rhythm": "normal"}),
    (1, "meet", {"person": "aksel", "agenda": "buying"}),
    (1, "answer_request", {"request": "orvik_q1", "answer": "trade", "get": "fewer_deliveries"}),
    (1, "scan", {"account": "kestrel"}),
    (2, "review_costs", {"account": "orvik"}),
    (2, "set_discount", {"account": "mira", "line": "bearings", "region": "plants", "discount": 0.105}),
    (
        2,
        "offer_terms",
        {"account": "brandt", "change": 0.01, "commitment": 0.05, "length": 8, "days": 45, "pooled": "yes"},
    ),
    (4, "expedite", {"account": "tessaro"}),
]
"""What the hands do in the first quarters; later ones only answer what waits."""


def lines(log: Path) -> list[dict[str, Any]]:
    """A log's lines without what differs between two people who do the same."""
    made = []
    for raw in log.read_text(encoding="utf-8").splitlines():
        line = json.loads(raw)
        for name in ("hash", "thought", "started", *(("id",) if line["kind"] == "header" else ())):
            line.pop(name, None)
        made.append(line)
    return made


def first_quarter(hand: Mouse | Keys) -> None:
    hand.do("contact")
    hand.choose("rhythm.tessaro", "close")
    hand.undo()
    hand.choose("rhythm.tessaro", "normal")
    hand.do("account.orvik")
    hand.do("meet.aksel")
    hand.do("ask.buying")
    hand.do("back")
    hand.do("waiting.orvik_q1")
    hand.do("answer.trade")
    hand.do("get.fewer_deliveries")
    hand.do("sure.yes")
    hand.do("back")
    hand.do("desk")
    hand.do("account.kestrel")
    hand.do("do.scan")
    hand.do("way.1")
    hand.do("desk")


def second_quarter(hand: Mouse | Keys) -> None:
    hand.do("account.orvik")
    hand.do("do.review_costs")
    hand.do("way.1")
    hand.choose("customers", "mira")
    hand.do("do.set_discount")
    node = hand.pilot.app.stage.node("value")
    hand.slide("value", 0.105)
    assert node is not None
    hand.do("set")
    hand.choose("customers", "brandt")
    hand.do("do.offer_terms")
    hand.slide("change", 0.01)
    for name, value in (("commitment", 0.05), ("length", 8), ("days", 45), ("pooled", "yes")):
        hand.choose(name, value)
    hand.do("offer")
    hand.do("desk")


def fourth_quarter(hand: Mouse | Keys) -> None:
    hand.do("account.tessaro")
    hand.do("do.expedite")
    hand.do("desk")


CHORES = {1: first_quarter, 2: second_quarter, 4: fourth_quarter}


def answer_everything(hand: Mouse | Keys) -> None:
    """Decline what is asked and mend what broke, from the desk."""
    play = hand.pilot.app.play
    assert play is not None
    for account in list(play.incidents()):
        hand.do(f"incident.{account}")
        hand.choose("effort", 10)
        hand.do("mend")
        hand.do("back")
    for request in play.requests():
        hand.do(f"request.{request}")
        hand.do("answer.decline")
        hand.do("sure.yes")
        hand.do("back")


def end_quarter(hand: Mouse | Keys) -> None:
    app = hand.pilot.app
    hand.do("end")
    hand.do("end.yes")
    assert isinstance(app.screen, ClosePage)
    while isinstance(app.screen, ClosePage):
        if app.screen.step == "range":
            hand.slide("range.high", app.screen.range.high + 5_000_000)
            hand.do("guess")
        else:
            hand.do("next")


def brief(hand: Mouse | Keys) -> None:
    hand.do("next")
    hand.swap_first_two()
    hand.do("guess")
    hand.slide("percent", 25)
    hand.do("guess")
    hand.slide("range.high", 90_000_000)
    hand.slide("range.low", 40_000_000)
    hand.do("guess")


def play_on_the_desktop(hand_type: type[Mouse] | type[Keys], folder: Path) -> tuple[Path, Pilot]:
    with Pilot(log_dir=folder, session=Session.start(halden(), seed=SEED, quarters=8, log_dir=folder)) as pilot:
        hand = hand_type(pilot)
        brief(hand)
        for quarter in range(1, 9):
            assert isinstance(pilot.app.screen, Desk)
            if quarter in CHORES:
                CHORES[quarter](hand)
            elif quarter > 4:
                answer_everything(hand)
            end_quarter(hand)
        assert isinstance(pilot.app.screen, FinalPage)
        assert "Score" in pilot.describe()
        assert pilot.app.play is not None
        return pilot.app.play.session.log_path, pilot


@pytest.mark.parametrize("hand_type", [Mouse, Keys])
def test_eight_quarters_by_one_hand_leave_the_same_log(hand_type, tmp_path):
    """Nothing but the mouse, or nothing but keys; and the commands, given to a session, give the same log."""
    log, pilot = play_on_the_desktop(hand_type, tmp_path / "desktop")
    assert (pilot.keys == 0) if hand_type is Mouse else (pilot.clicks == 0)
    assert verify(log).ok
    app_lines = lines(log)
    made = [(line["quarter"], line["move"], line["args"]) for line in app_lines if line["kind"] == "command"]
    undone = {n for line in app_lines if line["kind"] == "undo" for n in line["takes_back"]}
    kept = [move for number, move in enumerate(made, 1) if number not in undone]
    assert kept[: len(EXPECTED)] == EXPECTED and len(undone) == 1
    with Session.start(halden(), seed=SEED, quarters=8, log_dir=tmp_path / "direct") as session:
        for line in app_lines:
            if line["kind"] == "command":
                session.do(line["move"], **line["args"])
            elif line["kind"] == "undo":
                session.undo()
            elif line["kind"] == "guess":
                session.guess(line["name"], line["value"])
            elif line["kind"] == "quarter":
                session.end_quarter()
        direct = lines(session.log_path)
    for one, other in zip(app_lines, direct, strict=True):
        if one["kind"] == "finished":
            one["score"].pop("log"), other["score"].pop("log")
        assert one == other
