"""Exports as other programs read them: real columns, ids that are no numbers and never change, statements that are what
their id says, bots that are marked, dates that are dates."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import duckdb
import openpyxl
import pytest

from kamsim.cli import main
from kamsim.debrief.exports import export
from kamsim.debrief.exports.xapi import HOME, Telling
from kamsim.debrief.folder import PlayedLog, read_logs
from kamsim.debrief.pseudonyms import Names
from kamsim.errors import KamsimError
from kamsim.game.session import MOST_SEED, Session
from tests.debrief.logs import bot_log, forge, team_log
from tests.engine.worlds import halden
from tests.every import every

OTREE_PARTICIPANT = (
    "id_in_session", "code", "label", "_is_bot", "_index_in_pages", "_max_page_index", "_current_app_name",
    "_current_page_name", "time_started_utc", "visited", "mturk_worker_id", "mturk_assignment_id", "payoff",
)  # fmt: skip
"""In the order of oTree 5.11 (otree/export.py: _get_table_fields)."""
OTREE_SESSION = ("code", "label", "mturk_HITId", "mturk_HITGroupId", "comment", "is_demo")
OTREE_ROUND = (
    "player.id_in_group",
    "player.role",
    "player.payoff",
    "group.id_in_subsession",
    "subsession.round_number",
)


@cache
def short() -> Path:
    """A person's session of one quarter, with a seed that no workbook holds as a number."""
    folder = Path(mkdtemp(prefix="kamsim-tests-", dir=bot_log().parent))
    with Session.start(halden(), seed=MOST_SEED, player="steady", log_dir=folder, quarters=8) as session:
        session.do("set_rhythm", account="orvik", rhythm="light")
        session.guess("breakeven", 12.5)
        session.end_quarter()
        return session.log_path


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def statements(logs: Any, out: Path, *how: Any) -> dict[str, Any]:
    export(logs, "xapi", out, *how)
    told = json.loads((out / "statements.json").read_text("utf-8"))
    assert len({one["id"] for one in told}) == len(told)
    return {one["id"]: one for one in told}


# --- oTree --------------------------------------------------------------------------------------------------


def test_all_columns_of_otree_s_own_exports_in_their_order(tmp_path: Path) -> None:
    export([short(), bot_log()], "otree", tmp_path)
    wide = list(read(tmp_path / "all_apps_wide.csv")[0])
    long = list(read(tmp_path / "kam.csv")[0])
    for names, own in ((wide, [f"kam.8.{name}" for name in OTREE_ROUND]), (long, list(OTREE_ROUND))):
        usual = [f"participant.{name}" for name in OTREE_PARTICIPANT]
        session = [f"session.{name}" for name in OTREE_SESSION]
        assert names[: len(usual)] == usual
        assert [name for name in names if name in session] == session
        assert [name for name in names if name in own] == own
    assert {"session.config.name", "session.config.participation_fee"} <= set(wide)


def test_pages_begin_with_page_0_so_that_each_has_a_duration(tmp_path: Path) -> None:
    """Indices run on without a gap, times never fall, and where a participant stands fits with them."""
    export([short(), bot_log()], "otree", tmp_path)
    pages = read(tmp_path / "PageTimes.csv")
    for row in read(tmp_path / "all_apps_wide.csv"):
        own = [page for page in pages if page["participant_code"] == row["participant.code"]]
        assert own[0]["page_name"] == "InitializeParticipant" and own[0]["round_number"] == "1"
        assert [int(page["page_index"]) for page in own] == list(range(len(own)))
        times = [float(page["epoch_time_completed"]) for page in own]
        assert times == sorted(times)
        index, last = int(row["participant._index_in_pages"]), int(row["participant._max_page_index"])
        assert index == len(own) and (index > last) == (row["participant._current_page_name"] == "Finished")
        assert row["participant._current_app_name"] == "kam"


# --- bots ---------------------------------------------------------------------------------------------------

MINE = """
class Listener:
    name = "listener"
    def play(self, seat):
        pass
"""


def test_bots_are_marked_and_people_are_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A policy of one's own is a bot, a person called steady is none, and of older logs nobody knows."""
    (tmp_path / "mine.py").write_text(MINE)
    monkeypatch.chdir(tmp_path)
    arguments = ["run", "halden", "--policy", "mine.py:Listener", "--seeds", "1", "--quarters", "8", "--logs", "logs"]
    assert main(arguments) == 0
    (mine,) = (tmp_path / "logs").iterdir()
    older = forge(
        short(), tmp_path / "older.jsonl", lambda lines: [lines[0].pop(name) for name in ("policy", "id")], keep_id=True
    )
    for form, table in (("csv", "players.csv"), ("otree", "all_apps_wide.csv")):
        export([mine, short(), older], form, tmp_path / form)
        told = read(tmp_path / form / table)
        column = "bot" if form == "csv" else "participant._is_bot"
        assert [row[column] for row in told] == (["true", "false", ""] if form == "csv" else ["1", "0", ""])


# --- ids ----------------------------------------------------------------------------------------------------


def test_an_id_is_the_same_from_the_first_export_on(tmp_path: Path) -> None:
    """Before the first move, after it, after a close, resumed, and of a log that was cut short."""
    ids, secrets = set(), set()

    def look(path: Path) -> None:
        log = read_logs(path).logs[0]
        ids.add(log.session)
        secrets.add(log.secret)

    with Session.start(halden(), seed=7, player="Ada", log_dir=tmp_path, quarters=8) as session:
        early = tmp_path / "early.jsonl"
        early.write_bytes(session.log_path.read_bytes())
        look(early)
        first = statements(early, tmp_path / "first")
        session.do("set_rhythm", account="orvik", rhythm="light")
        look(session.log_path)
        session.end_quarter()
    with Session.resume(session.log_path) as session:
        session.guess("breakeven", 20)
    early.unlink()
    look(session.log_path)
    session.log_path.write_bytes(session.log_path.read_bytes()[:-9])
    look(session.log_path)
    assert len(ids) == len(secrets) == 1
    later = statements(session.log_path, tmp_path / "later")
    assert first.items() <= later.items()


def test_an_id_is_no_number_and_does_not_tell_the_secret() -> None:
    """It begins with a letter that stands in no number, date or word that readers know; half of it is kept back."""
    for path in (short(), bot_log(), team_log()):
        log = read_logs(path).logs[0]
        assert re.fullmatch("s[0-9a-f]{16}", log.session) and log.secret.startswith(log.session)
        assert len(log.secret) == 33


@every("digits", ["2129629842e59340", "3887659316517637", "0000000000000000", "1e10000000000000"])
def test_ids_that_look_like_numbers_stay_texts(digits: str, tmp_path: Path) -> None:
    """Of all ids the worst, in CSV that DuckDB guesses the types of, and in oTree's columns."""
    renamed = forge(short(), tmp_path / "log.jsonl", lambda lines: lines[0].update(id=f"s{digits * 2}"), keep_id=True)
    export(renamed, "csv", tmp_path / digits)
    export(renamed, "otree", tmp_path / digits)
    for file, column in (("players.csv", "session"), ("all_apps_wide.csv", '"participant.code"')):
        found = duckdb.sql(f"SELECT {column} FROM '{tmp_path / digits / file}'").fetchall()
        assert found == [(f"s{digits}",)], file


def test_codes_are_texts_and_times_are_dates_in_a_workbook(tmp_path: Path) -> None:
    """A seed of nineteen digits keeps them all, without a warning; a date can be reckoned with; quarters have names."""
    export([short(), team_log()], "xlsx", tmp_path)
    book = openpyxl.load_workbook(tmp_path / "kamsim.xlsx")
    head, *lines = book["players"].iter_rows(values_only=True)
    first = dict(zip(head, lines[0], strict=True))
    assert first["seed"] == str(MOST_SEED) and isinstance(first["started"], datetime)
    head, *lines = book["sittings"].iter_rows(values_only=True)
    assert all(isinstance(line[head.index("at")], datetime) for line in lines) and len(lines) == 3
    head, *lines = book["decisions"].iter_rows(values_only=True)
    assert lines[0][head.index("quarter_name")] == f"Q1 {halden().year}"
    export(short(), "csv", tmp_path)
    told = duckdb.sql(f"SELECT seed, started FROM '{tmp_path}/players.csv'").fetchall()
    assert told[0][0] == MOST_SEED and isinstance(told[0][1], datetime)


# --- xAPI ---------------------------------------------------------------------------------------------------

OTHERWISE: dict[str, Callable[[PlayedLog], tuple[Any, ...]]] = {
    "pseudonyms": lambda _: (Names(),),
    "pseudonyms by a word": lambda _: (Names("word"),),
    "by another word": lambda _: (Names("another"),),
    "another home page": lambda _: (None, Telling(home="https://kam.example.com/x")),
    "a language": lambda _: (None, Telling(language="de")),
}


def test_an_id_stands_for_one_statement(tmp_path: Path) -> None:
    """Whatever is told otherwise has another id, and a registration that does not lead to the name."""
    log = read_logs(team_log()).logs[0]
    told = {"names": statements(team_log(), tmp_path / "names")}
    assert statements(team_log(), tmp_path / "again") == told["names"]
    for name, how in OTHERWISE.items():
        told[name] = statements(team_log(), tmp_path / name, *how(log))
    ids = [one for made in told.values() for one in made]
    assert len(set(ids)) == len(ids)
    registrations = {name: {one["context"]["registration"] for one in made.values()} for name, made in told.items()}
    assert all(len(found) == 1 for found in registrations.values())
    assert registrations["names"].isdisjoint(registrations["pseudonyms"])


def test_home_page_and_language_are_the_facilitator_s(tmp_path: Path) -> None:
    """Every id of ours begins with the home page, actors belong to it, and scenario and context have the language."""
    given = ["export", str(short()), "--format", "xapi", "--out", str(tmp_path)]
    assert main([*given, "--home", "https://kam.example.com/", "--language", "pt-BR"]) == 0
    text = (tmp_path / "statements.json").read_text("utf-8")
    told = json.loads(text)
    assert HOME not in text
    for one in told:
        assert one["actor"]["account"]["homePage"] == "https://kam.example.com"
        assert one["object"]["id"].startswith("https://kam.example.com/xapi/")
        assert one["context"]["language"] == "pt-BR"
    names = [one["object"]["definition"]["name"] for one in told]
    assert {"pt-BR": halden().title} in names and {"en": f"Q1 {halden().year}"} in names
    for wrong in (["--home", "kam"], ["--home", "ftp://x"], ["--home", "https://x/?q"], ["--language", "d e"]):
        assert main([*given, *wrong]) == 1
    assert main(["export", str(short()), "--format", "csv", "--out", str(tmp_path), "--language", "de"]) == 2
    with pytest.raises(KamsimError, match="home page"):
        Telling(home="https://x y")


# --- broken input -------------------------------------------------------------------------------------------


def test_a_broken_log_is_used_as_far_as_it_is_sound_and_the_status_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Changed or missing: the sound part is written, and the status is 1; cut short, doubled or foreign: 0."""
    lines = short().read_bytes().splitlines(keepends=True)
    changed, torn = tmp_path / "changed.jsonl", tmp_path / "torn.jsonl"
    changed.write_bytes(b"".join([*lines[:3], lines[3].replace(b'"n":', b'"m":'), lines[3][:-20] + b"\n"]))
    torn.write_bytes(short().read_bytes()[:-9])
    (tmp_path / "notes.txt").write_text("hello")
    for given, status in (([changed], 1), ([torn, tmp_path / "none.jsonl"], 1), ([torn, tmp_path / "notes.txt"], 0)):
        for command in (["export", "--format", "csv", "--out"], ["debrief", "--out"]):
            where = tmp_path / "out" / command[0] / "page.html"
            where.parent.mkdir(parents=True, exist_ok=True)
            assert (
                main([command[0], *map(str, given), *command[1:], str(where if len(command) == 2 else where.parent)])
                == status
            )
            assert ("broken or missing" in capsys.readouterr().err) == bool(status)
