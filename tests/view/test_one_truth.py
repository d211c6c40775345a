"""One truth per fact: pages that tell the same thing say the same, and the comparison finds it where they do not."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kamsim.game.session import Session
from kamsim.players.policies import named_policy
from kamsim.terminal import talk as terminal_talk
from kamsim.view import centre, desk, grounds, open_cases, pipeline, timeline
from kamsim.view import work as work_view
from kamsim.view.case import coach, trial
from kamsim.view.words import books, facts, names, waiting
from tests.engine.worlds import halden
from tests.game.play import play_quarter
from tests.view import truths
from tests.view.rendered import Reader, pages
from tests.view.walking import walk

EARLY, LATE = 3, 8
"""Quarters in which breaks are looked for."""


def careful(session: Session) -> None:
    """A quarter of the careful bot."""
    named_policy("value_seller").play(session.seat)


@pytest.mark.parametrize(("seed", "bot"), [(3, "value_seller"), (11, "")])
def test_pages_say_one_thing_of_each_fact(tmp_path: Path, seed: int, bot: str) -> None:
    """A careful bot's session and one of random moves, eight quarters each, page beside page."""
    dice = random.Random(seed)
    play = named_policy(bot).play if bot else None
    with Session.start(halden(), seed=seed, log_dir=tmp_path, quarters=8) as session:

        def turn(at: Session) -> None:
            play(at.seat) if play else play_quarter(at, dice, 8)

        told = list(walk(session, turn, cases=False, scratch=tmp_path / "window"))
    assert not told, "\n".join(f"{kind}: {where}" for kind, where in told[:20])


# --- what it finds ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """A careful bot's session of eight quarters, as it lay on the table early and late."""
    found: dict[int, Path] = {}
    for quarter in (EARLY, LATE):
        with Session.start(halden(), seed=7, log_dir=tmp_path_factory.mktemp("truth"), quarters=8) as session:
            while session.quarter < quarter:
                careful(session)
                session.end_quarter()
            for name in session.params.accounts[:3]:
                session.do("read_room", account=name)
            careful(session)
            found[quarter] = session.log_path
    return found


def kinds(session: Session) -> set[str]:
    """The kinds of contradiction that are found in a session as it stands."""
    reader = Reader(session)
    told = {kind for kind, _ in truths.faults(reader.table, pages(reader, cases=False))}
    for name in reader.table.accounts:
        told |= {kind for kind, _ in truths.coached(reader.table, name, "customer")}
    marks, before = truths.expected(reader.table), len(session.events)
    session.end_quarter()
    return told | {kind for kind, _ in truths.awarded(reader.table, marks, session.events[before:])}


def any_way(cast: Any, seen: Any, work: Any, ways: Any, _name: str) -> str:
    """Advice that nobody has tried."""
    changed = trial.changed(seen, work, ways)
    return trial.filled(cast, ways[-1].text, changed[-1]) if ways else ""


BREAKS: dict[str, tuple[int, list[tuple[Any, str, Any]]]] = {
    "stance": (EARLY, [(centre, "stand", lambda number: "unknown" if np.isnan(number) else "cool")]),
    "sponsor": (EARLY, [(centre, "sponsor", lambda *_: True)]),
    "trust": (EARLY, [(waiting, "mood", lambda value: f"solid, trust {value * 100:.0f} of 100")]),
    "state": (LATE, [(timeline, "learned", lambda *_: [])]),
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
                patched.setattr(where, name, instead)
            found = kinds(session)
        if (kind and kind not in found) or (not kind and found):
            missed.append(f"{kind or 'nothing broken'}: found {sorted(found)}")
    assert not missed, "\n".join(missed)
