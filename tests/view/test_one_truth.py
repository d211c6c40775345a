"""One truth per fact: pages that tell the same thing say the same, and the comparison finds it where they do not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kamsim.debrief import signals
from kamsim.engine.talks import our_worth
from kamsim.engine.team import seen_load
from kamsim.engine.world import World
from kamsim.game.session import Session
from kamsim.look.faces import Face
from kamsim.players.filling import fill
from kamsim.players.policies import named_policy
from kamsim.terminal import talk as terminal_talk
from kamsim.view import centre, desk, grounds, joint, open_cases, pipeline, plan, programme, team, timeline
from kamsim.view import work as work_view
from kamsim.view.case import coach, trial
from kamsim.view.table import Table
from kamsim.view.words import books, facts, names, talks, waiting
from tests.engine.worlds import halden, portfolio
from tests.told import told
from tests.view import across, figures, ours, truths
from tests.view.rendered import Reader, pages
from tests.view.walking import player, stale, walk

FIRST, EARLY, TALKING, LATE, OURS = 1, 3, 6, 8, 0
"""Quarters in which breaks are looked for, `TALKING` before its moves; `OURS`: in a session that used all of our own side."""


def careful(session: Session) -> None:
    """A quarter of the careful bot."""
    named_policy("value_seller").play(session.seat)


@pytest.mark.parametrize(("seed", "bot"), [(3, "value_seller"), (11, "")])
def test_pages_say_one_thing_of_each_fact(tmp_path: Path, seed: int, bot: str) -> None:
    """A careful bot's session and one of random moves, eight quarters each, page beside page."""
    with Session.start(halden(), seed=seed, log_dir=tmp_path, quarters=8) as session:
        found = list(walk(session, player(bot, seed), cases=False, scratch=tmp_path / "window"))
    assert not found, "\n".join(f"{kind}: {where}" for kind, where in found[:20])


# --- what it finds ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """A careful bot's session of eight quarters, as it lay on the table early and late; and one with our own side."""
    found: dict[int, Path] = {}
    for quarter in (FIRST, EARLY, TALKING, LATE):
        with Session.start(halden(), seed=7, log_dir=tmp_path_factory.mktemp("truth"), quarters=8) as session:
            while session.quarter < quarter:
                careful(session)
                session.end_quarter()
            for name in session.params.accounts[:3] if quarter in (EARLY, LATE) else ():
                session.do("read_room", account=name)
            if quarter != TALKING:
                careful(session)
            found[quarter] = session.log_path
    with Session.start(portfolio(), seed=5, log_dir=tmp_path_factory.mktemp("ours"), quarters=12) as session:
        for _ in range(4):
            session.end_quarter()
        for kind in ("review_team", "name_key", "write_plan", "coach"):
            option = next(one for one in session.legal(kind).options if not one.refused[0])
            session.make(kind, fill(session.params, kind, option, lambda *_: 0, lambda _: np.zeros(1)))
        session.do("set_target", target="personal")
        found[OURS] = session.log_path
    return found


def kinds(session: Session, kind: str) -> set[str]:
    """The kinds of contradiction that are found in a session as it stands; ``kind``: which is looked for, '' for all."""
    reader, heard = Reader(session), set[str]()
    if kind not in ("coach", "award"):
        heard |= {found for found, _ in truths.faults(reader.table, pages(reader, cases=False))}
    if kind in ("", "stale"):
        pages(reader, cases=False)
        reader.table.do("scan", account=reader.table.accounts[0])
        heard |= {found for found, _ in stale(pages(reader, cases=False), pages(Reader(session), cases=False))}
    for name in reader.table.accounts if kind in ("", "coach") else ():
        heard |= {found for found, _ in truths.coached(reader.table, name, "customer")}
    if kind in ("", "award"):
        marks, before = truths.expected(reader.table), len(session.events)
        session.end_quarter()
        heard |= {found for found, _ in truths.awarded(reader.table, marks, session.events[before:])}
    return heard


def any_way(cast: Any, seen: Any, work: Any, ways: Any, _name: str) -> str:
    """Advice that nobody has tried."""
    changed = trial.changed(seen, work, ways)
    return trial.filled(cast, ways[-1].text, changed[-1]) if ways else ""


BREAKS: dict[str, tuple[int, list[tuple[Any, str, Any]]]] = {
    "stance": (EARLY, [(centre, "stand", lambda number: "unknown" if np.isnan(number) else "cool")]),
    "sponsor": (EARLY, [(centre, "sponsor", lambda *_: True)]),
    "trust": (EARLY, [(waiting, "mood", lambda value: f"solid, trust {value * 100:.0f} of 100")]),
    "state": (LATE, [(facts, "FACTS", {**facts.FACTS, "state": lambda *_: "is needed"})]),
    "push": (LATE, [(facts, "FACTS", {**facts.FACTS, "force": lambda *_: "is neither pushed nor held"})]),
    "departed": (
        LATE,
        [(names.Cast, "post", lambda cast, name: f"{cast.people[name].name}, {cast.people[name].role}")],
    ),
    "same name": (LATE, [(names.Cast, "round", lambda *_: 1)]),
    "window": (EARLY, [(open_cases, "window", lambda *_: False)]),
    "past the end": (LATE, [(names.Cast, "over", lambda *_: False)]),
    "straight quote": (EARLY, [(terminal_talk, "curled", lambda text: text.replace("“", chr(34)))]),
    "raw name": (EARLY, [(desk, "hours_line", lambda _table: "offer_terms")]),
    "repeated": (EARLY, [(desk, "decision_lines", lambda _table: ["That " + "word " * 30 + "end."] * 2)]),
    "order": (EARLY, [(desk, "listed", lambda found, *_: " and ".join(reversed(found)))]),
    "locked advice": (EARLY, [(timeline, "unlock", lambda *_: (1, ""))]),
    "sum": (EARLY, [(books, "rounded", lambda values, _total: [round(value / 1e5) + 1 for value in values])]),
    "coach": (EARLY, [(coach, "best", any_way)]),
    "break-even": (FIRST, [(figures, "breakeven_of_five", lambda _price: 0.07)]),
    "table and case": (TALKING, [(talks, "our_worth", lambda *args, **more: 5.0 * our_worth(*args, **more))]),
    "stale": (TALKING, [(Table, "kept", lambda table, name, make: table.__dict__.setdefault(name, make()))]),
    "load": (OURS, [(team, "seen_load", lambda seen: seen_load(seen) * 0.0 + 0.5)]),
    "strain": (OURS, [(team, "STRAIN_WORDS", ("worn", "worn", "worn"))]),
    "skill": (OURS, [(team, "skills_told", lambda _skills: "fair at everything")]),
    "lead": (OURS, [(team, "leader", lambda *_: "You")]),
    "target": (OURS, [(team, "target", lambda _table: "team")]),
    "key": (OURS, [(programme, "is_key", lambda *_: False)]),
    "joint": (OURS, [(joint, "met_line", lambda _item: "1 of 6 met, 3 not known")]),
    "plan": (OURS, [(plan, "summary", lambda *_: "No plan yet")]),
    "log": (OURS, [(World, "target", np.zeros((1,), dtype=np.int8))]),
    "award": (LATE, [(grounds, "work_on", lambda *_: work_view.Work())]),
    "opportunity": (EARLY, [(pipeline, "brief_line", lambda *_: "")]),
}
"""By kind of contradiction: when it is looked for, and what is broken so that it must be found."""


def test_every_kind_of_contradiction_is_found_where_the_code_is_broken(
    logs: dict[int, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each break speaks under its own kind, and nothing is found where nothing is broken."""
    missed = []
    for number, (kind, (quarter, broken)) in enumerate((("", (LATE, [])), *BREAKS.items())):
        log = tmp_path / f"{number}-{logs[quarter].name}"
        log.write_bytes(logs[quarter].read_bytes())
        with Session.resume(log) as session, monkeypatch.context() as patched:
            for where, name, instead in broken:
                patched.setattr(session.world.team if where is World else where, name, instead)
            found = kinds(session, kind)
        if (kind and kind not in found) or (not kind and found):
            missed.append(f"{kind or 'nothing broken'}: found {sorted(found)}")
    assert not missed, "\n".join(missed)


def test_what_the_window_and_the_debrief_contradict_is_found(
    logs: dict[int, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A portrait with another mood, a thread of two worths, another break-even, a turn both followed up and missed, a
    promise without its figures, a letter that no history tells, a colleague who is gone."""
    looks = [("team", Face("milan", "sales")), ("desk", Face("milan", "sales", mood=0.3))]
    assert [kind for kind, _ in figures.portraits(looks)] == ["portrait"] and not list(figures.portraits(looks[:1]))
    table = "<table><caption>{}</caption><tr><th>Thread</th><th>{}</th></tr><tr><td>Bid</td><td>{}</td></tr></table>"
    every, largest = (table.format("All threads", "Left out", 5), "Worth of your largest threads")
    assert [kind for kind, _ in across.worths(every + table.format(largest, "Worth", 6))] == ["two worths"]
    assert not list(across.worths(every + table.format(largest, "Worth", 5)))
    said = {"close 1": "repays only if they buy 53% more", "debrief": "said 40%, it is 56%"}
    assert [kind for kind, _ in figures.breakevens(said)] == ["break-even"]
    with Session.resume(logs[LATE]) as session, monkeypatch.context() as patched:
        at = Table(session)
        assert not list(across.followed(at))
        patched.setattr(signals, "followed_up", lambda *_: False)
        assert {kind for kind, _ in across.followed(at)} == {"followed up"}
        measured = told("measured", {"account": "orvik", "audience": "customer", "value": 5e7, "actual": 4e7, "low": 3e7,
                                     "kept": False})  # fmt: skip
        answer = told("case_answered", {"account": "orvik", "audience": "customer", "outcome": "approved"})
        gone = told("succeeded", {"colleague": "milan", "name": "Ida Lund", "before": "Milan Old", "accounts": []})
        patched.setattr(session, "events", [measured, answer, gone])
        pages_said = {"promises": "€500,000", "history orvik": "Nothing.", "team": "Milan Old is calm."}
        assert len(list(figures.promises(at, pages_said))) == 2
        assert [kind for kind, _ in figures.answered(at, pages_said)] == ["letter"]
        assert [kind for kind, _ in ours.departed(at, pages_said)] == ["departed"]
