"""Accepted means playable: what the reader takes is played to its end, and opens on every page of both faces.

All bounds singly and thousands of pairs are in tests/deep/test_bounds.py.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from kamsim.debrief.folder import read_logs
from kamsim.debrief.pages import write_debrief
from kamsim.engine.moves import MOVES
from kamsim.errors import LogError, ScenarioError
from kamsim.game.replay import replay, verify
from kamsim.game.session import Session
from kamsim.players.policies import named_policy
from kamsim.players.simulate import override
from kamsim.scenario import basics
from kamsim.scenario.customer import Business
from kamsim.scenario.models import Scenario
from kamsim.scenario.reader import canonical, scenario_from_canonical
from tests.engine.worlds import furnished, halden
from tests.every import every
from tests.scenario.bounds import Change, bounds, changed, singly, together
from tests.scenario.playing import BOTS, look_through, play_out


def test_the_readers_bounds_are_the_moves() -> None:
    """A price that a scenario begins with can be set by a move, and the other way round."""
    for kind, field, most in (
        ("set_discount", "discount", basics.MOST_DISCOUNT),
        ("set_rebate", "rebate", basics.MOST_REBATE),
    ):
        move = next(one for one in MOVES[kind].fields if one.name == field)
        assert Business.model_json_schema()["properties"][field]["maximum"] == most == move.high


@every(
    "path, value",
    [
        ("accounts.orvik.business.0.rebate", 0.25),
        ("accounts.orvik.business.0.discount", 0.95),
        ("accounts.orvik.business.0.wallet", 5e-324),
        ("accounts.orvik.business.0.share", 1e-9),
        ("lines.bearings.list_price", 1e-6),
        ("lines.bearings.unit_cost", 1e-300),
        ("time.rhythms.normal", 0),
        ("time.rhythms.close", 0),
        ("macro.0.materials", 1e-300),
        ("accounts.orvik.importance.quality", 1e9),
    ],
)
def test_what_cannot_be_played_is_refused(path: str, value: float) -> None:
    """With the bounds that hold, in one sentence at its place."""
    with pytest.raises(ScenarioError) as refused:
        override(halden(), {path: value})
    (found,) = refused.value.findings
    assert found.code == "K203" and " must be between " in found.message


@every("count", [1, 2, 3])
def test_some_scenarios_at_their_bounds_are_played_and_looked_through(count: int) -> None:
    """One of all that are accepted, then two and three numbers at once, somewhere or everywhere."""
    luck = random.Random(count)
    made = None
    while made is None:
        _, made = together(furnished(), luck, count)
    play_out(made, [luck.choice(BOTS)])
    look_through(made, luck)


def test_every_number_with_bounds_is_tried() -> None:
    """The generator finds the numbers of all parts, and what it makes lies at a bound."""
    kinds = bounds(furnished())
    parts = {kind.split(".")[0] for kind in kinds}
    assert parts >= {"company", "time", "authority", "lines", "activities", "rivals", "macro", "desk", "accounts"}
    assert len(kinds) > 100 and all(changes for changes in kinds.values())
    told, made = next(singly(furnished()))
    assert isinstance(made, Scenario) and "=" in told


@every("what, most", [("rivals", 128), ("incidents", 127), ("people", 51)])
def test_there_are_no_more_of_a_kind_than_can_be_numbered(what: str, most: int) -> None:
    """Each kind that the engine or a log numbers has its limit, in words."""
    data = canonical(furnished())
    account = data["accounts"][0]
    home = data if what == "rivals" else account
    for number in range(most - len(home[what])):
        home[what] = [*home[what], {**home[what][0], "id": f"more_{number}"}]
    with pytest.raises(ScenarioError, match=r"there are \d+ .* and a scenario may have \d+ \[K348\]"):
        scenario_from_canonical(data)


# --- logs that were played before a bound was drawn ------------------------------------------------------------------

BEYOND = (
    (("accounts", 0, "business", 0, "rebate"), 0.25),
    (("accounts", 0, "business", 0, "share"), 0.975),
    (("accounts", 1, "service", "orders"), 1e9),
    (("time", "rhythms", "close"), 0),
)


def played_beyond(folder: Path, change: Change) -> Path:
    """The log of a session whose scenario breaks a bound of today, two quarters long."""
    scenario = scenario_from_canonical(changed(canonical(furnished()), [change]), played=True)
    with Session.start(scenario, seed=3, log_dir=folder, quarters=4) as session:
        for _ in range(2):
            named_policy("value_seller").play(session.seat)
            session.end_quarter()
        return session.log_path


@every("change", BEYOND)
def test_a_log_whose_scenario_breaks_a_bound_is_still_debriefed(change: Change, tmp_path: Path) -> None:
    """It is verified, replayed and debriefed, alone and in a class with another; only playing on is refused, with the
    bound and what still works."""
    folder = tmp_path / str(change[0][-1])
    log = played_beyond(folder, change)
    assert verify(log).ok and replay(log).quarters == 2
    with Session.start(furnished(), seed=3, log_dir=folder, quarters=4, player="Ada") as other:
        other.end_quarter()
    read = read_logs([folder])
    assert len(read.logs) == 2 and {fault.used for fault in read.faults} == {"all"}
    assert write_debrief([log], folder / "one.html").sessions == 1
    assert write_debrief([folder], folder / "class.html").sessions == 2
    with pytest.raises(LogError) as refused:
        Session.resume(log)
    told = str(refused.value)
    assert (
        "can't be played on" in told and "debrief and export still open it" in told and len(told) < 400 + len(str(log))
    )
