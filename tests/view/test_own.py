"""Our own side in words, for both faces: what happened there leads the desk, is a scene of the close, and ends well
told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from kamsim.engine.moves import MOVES
from kamsim.engine.organisation import CASES
from kamsim.game.events.declared import Event
from kamsim.game.session import Session
from kamsim.game.untaken import untaken
from kamsim.players.filling import fill
from kamsim.scenario.models import Scenario
from kamsim.view import alarms, brief, closing, joint, own, plan, programme, scenes, team
from kamsim.view.case import coach
from kamsim.view.case.basis import maker_line
from kamsim.view.case.form import Form
from kamsim.view.closing import Closing, end_quarter
from kamsim.view.table import Table
from tests.engine.organised import only, organised

PLAN: dict[str, Any] = {
    "account": "kestrel", "person": "moen", "aim": "know", "initiative": "longer_life", "step": "meeting", "due": 1,
}  # fmt: skip


def begun(folder: Path, scenario: Scenario, seed: int = 7, quarters: int = 12) -> Table:
    return Table(Session.start(scenario, seed=seed, log_dir=folder / f"{seed}", quarters=quarters))


def until(table: Table, found: Callable[[Event], bool], each: Callable[[], None] = lambda: None) -> Closing | None:
    """Close quarters until an event comes; the close that brought it, None where none did."""
    while not table.session.finished:
        each()
        closed = end_quarter(table)
        if any(found(event) for event in closed.report.events):
            return closed
    return None


def test_somebody_who_gives_notice_is_a_scene_and_leads_the_desk(tmp_path: Path) -> None:
    """With one quarter to hand over; the row leads to the team's page."""
    for seed in range(1, 20):
        table = begun(tmp_path, only("team"), seed)
        assert not any(member.leaving for member in team.members(table)), "nobody leaves on the first day"
        closed = until(table, lambda event: event.kind == "resigned")
        if closed is not None and not table.session.finished:
            break
    assert closed is not None
    told = [scene for scene in scenes.scenes(table, closed) if scene.named]
    assert [scene.name for scene in told] == ["Notice"] and told[0].quote and told[0].colleague
    row = alarms.alarms(table)[0]
    assert row.kind == "notice" and alarms.TAB_OF[row.kind] == "team" and row in brief.matters(table)
    member = next(member for member in team.members(table) if member.name == row.name)
    assert member.leaving and "given notice" in " ".join(member.lines)
    assert told[0].quote in member.lines[0], "the page of the team has their own words"
    assert bool(member.accounts) == ("if nobody takes them over" in " ".join(member.lines))
    assert any(member.who in line for line in alarms.undone(table)) == bool(member.accounts)


def test_what_a_hand_over_does_to_the_load_is_told_before_it(tmp_path: Path) -> None:
    """Of everybody who may take a customer over, and so it comes."""
    for account in ("orvik", "kestrel"):
        table = begun(tmp_path / account, only("team"))
        for way in own.doable(table, "assign", account=account):
            if way.off:
                continue
            table.do("assign", **way.args)
            name = way.args.get("colleague")
            now = next((f"{member.load * 100:.0f}%" for member in team.members(table) if member.name == name), "")
            assert f"then {now}" in way.note or team.own_line(table).split(" of ")[0].endswith(way.note.split()[-1])
            assert table.undo()


def test_what_is_built_together_is_told_from_its_start_to_the_end(tmp_path: Path) -> None:
    """Its phases in order, its scorecard, and what it came to."""
    for seed in range(1, 12):
        table = begun(tmp_path, organised(), seed)
        table.do("meet", person="moen", agenda="buying")
        if table.do("start_joint", joint="one_crane", share=0.3).result == "agreed":
            break
    assert [item.name for item in joint.built(table) if item.running] == ["one_crane"]
    steps = []
    closed: Closing | None = None
    while not table.session.finished:
        item = joint.built(table, "kestrel")[0]
        steps += [] if item.step in steps[-1:] else [item.step]
        closed = end_quarter(table)
        for event in closed.report.events:
            if event.kind == "joint_moved" and event.plain()["phase"] in ("live", "ended"):
                assert any(scene.event is event for scene in scenes.scenes(table, closed))
    assert steps[:2] == [1, 2]
    assert closed is not None and "One crane call, built with Kestrel Wind, brought us" in joint.end_line(table)


def test_what_was_left_on_the_table_is_told_and_changes_nothing(tmp_path: Path) -> None:
    """The session's own moves once more, and its own luck: what lane 0 comes to is what was played."""
    table = begun(tmp_path, only("joint"), quarters=8)
    until(table, lambda event: event.kind == "finished")
    at = table.session
    found = untaken(at.scenario, at.params, at.seed, at.commands, len(at.history))
    assert {item.joint for item in found} == {"dry_dock_days", "one_crane"}
    assert found == sorted(found, key=lambda item: -item.gain) and any(item.begun for item in found)
    best = next(item for item in found if item.begun)
    line = next(line for line in closing.end_lines(table) if "together" in line or "Left on the table" in line)
    assert line == joint.end_line(table) and table.money(abs(best.gain)) in line


def test_a_plan_is_kept_or_missed_by_its_date(tmp_path: Path) -> None:
    """Kept where the step was made, missed where it was not; both stand on the desk."""
    for made, status in ((True, "kept"), (False, "missed")):
        table = begun(tmp_path / status, only("plans"))
        assert plan.written(table, "kestrel") is None and not table.do("write_plan", **PLAN).refused
        assert [item.account for item in alarms.due_plans(table)] == ["kestrel"] and alarms.undone(table)
        if made:
            table.do("meet", person="moen", agenda="results")
        end_quarter(table)
        written = plan.written(table, "kestrel")
        assert written is not None and written.status == status
        rows = [*alarms.alarms(table), *alarms.results(table)]
        assert [row.kind for row in rows] == ["plan"] and rows[0] in brief.matters(table)


def test_who_makes_a_page_and_who_sees_to_a_plan_is_told_as_far_as_it_was_seen(tmp_path: Path) -> None:
    """Not seen, then seen: on the page, by the coach where they are weak, in the plan; and what leaves with them."""
    table = begun(tmp_path, only("team", "pool", "plans"), quarters=8)
    end_quarter(table)
    form = Form(table.session, table.cast, table.cases.open("kestrel", "customer"))

    def coached() -> dict[str, str]:
        return dict(coach.remarks(table.cast, table.seen, form.work, (), form.made))

    assert maker_line(table.cast, table.seen, "orvik") == "You make it yourself."
    world = table.session.seat._world  # what nobody sees yet
    world.team.seen_at[:], world.team.skill[CASES, 0] = -1, 0.3
    assert "haven't seen" in maker_line(table.cast, table.seen, "kestrel") and coach.MAKER not in coached()
    assert table.session.do("coach", colleague="ilse").refusal == 0
    assert "weak at business cases" in coached()[coach.MAKER] and "Borrow a specialist" in coached()[coach.MAKER]
    assert table.session.do("write_plan", **{**PLAN, "due": 4}, owner="ilse").refusal == 0
    made = plan.written(table, "kestrel")
    assert made is not None and "Ilse Dahl sees to it" in made.line and plan.start(table, "kestrel")["due"] == 4
    assert "plans take" in team.load_line(team.members(table)[0])
    world.team.leaving[0] = True
    assert plan.left_alone(table) == {"kestrel": "ilse"}
    assert any("still sees to your plan" in line for line in alarms.undone(table))
    closed = end_quarter(table)
    told = next(event for event in closed.report.events if event.kind == "plan_settled").plain()
    assert told["left"] and told["status"] == "missed"
    made = plan.written(table, "kestrel")
    assert made is not None and "has left" in made.line
    assert "has left" in next(row.text for row in alarms.alarms(table) if row.kind == "plan")


def test_more_promised_than_there_are_hours_for_leads_the_desk(tmp_path: Path) -> None:
    """How much is missing, and by how much everybody is looked after less."""
    table = begun(tmp_path, only("team"))
    assert not team.short_line(table) and all(row.kind != "short" for row in alarms.alarms(table))
    work = table.session.seat._world.work  # as after somebody left
    work.left[...] = -0.25 * work.spent.sum()
    assert "25% less than promised" in team.short_line(table) and table.hours == 0.0
    assert [row.kind for row in alarms.alarms(table)] == ["short"] and alarms.TAB_OF["short"] == "team"


def test_without_parts_nothing_is_said_of_our_own_side(tmp_path: Path) -> None:
    """No tab, no line, no row, no word at the end."""
    table = begun(tmp_path, only(), quarters=4)
    until(table, lambda event: event.kind == "finished")
    assert not own.tabs(table) and not alarms.alarms(table) and not joint.end_line(table)
    assert not any(own.account_lines(table, account) for account in table.accounts)


def test_a_need_that_is_not_met_says_how_to_meet_it(tmp_path: Path) -> None:
    """Once it is known, to learn it is no advice; and nobody is sent to what the scenario has not."""
    for scenario, way in ((organised(), "Spend time"), (only("joint"), "deal desk")):
        table = begun(tmp_path, scenario, 7 if way == "Spend time" else 8)
        for item in joint.built(table):
            trust, inside = item.needs[1], item.needs[4]
            assert trust.met is not None or "Ask what could go wrong" in trust.text
            assert inside.met is not False or way in inside.text
        table.do("meet", person="moen", agenda="provocative")
        assert all(
            need.met is None or "Ask what could" not in need.text for item in joint.built(table) for need in item.needs
        )


def test_what_was_done_on_our_own_side_is_taken_back_wholly(tmp_path: Path) -> None:
    """Every move of it that nobody answers: made it shows on a page, taken back no page knows of it."""
    table = begun(tmp_path, organised())
    session, left = table.session, []
    start = _pages(table)
    for kind in (name for name, move in MOVES.items() if move.part and not move.answered):
        option = next((one for one in session.seat.legal(kind).options if not one.refused[0]), None)
        if option is None:
            left.append(kind)
            continue
        args = fill(session.params, kind, option, lambda *_: 0, lambda _: np.full(1, 0.5))
        assert not table.do(kind, **args).refused, kind
        assert _pages(table) != start, kind
        table.undo()
        assert _pages(table) == start, kind
    assert set(left) <= {"share_plan", "leave_joint", "borrow"}, left


def _pages(table: Table) -> list[Any]:
    """What all pages of our own side hold."""
    plans = [plan.written(table, account) for account in table.accounts]
    there = [team.leader(table, account) for account in table.accounts]
    keys, own_plan = programme.statuses(table), programme.plan_lines(table)
    levels, sat = programme.levels(table), [way.off for way in own.doable(table, "network")]
    return [team.members(table), team.experts(table), team.target(table), there, keys, own_plan, levels, sat,
            joint.built(table), plans, table.seen.hours_left[0]]  # fmt: skip
