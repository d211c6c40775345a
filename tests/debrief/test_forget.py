"""`kamsim forget`: a person is nowhere in the folder afterwards, everybody else is as before, and what was done is said."""

from __future__ import annotations

import csv
import io
import json
import shutil
import zipfile
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import duckdb
import openpyxl
import pytest

from kamsim.cli import main
from kamsim.debrief.exports import FORMATS, export
from kamsim.debrief.folder import read_logs
from kamsim.debrief.forgetting import forget
from kamsim.debrief.pages import write_debrief
from kamsim.debrief.pseudonyms import Names
from kamsim.errors import KamsimError
from kamsim.game.replay import verify
from kamsim.game.session import Session
from tests.debrief.logs import ADA, MEMBERS, bot_log, forge, team_log
from tests.debrief.test_all_or_nothing import held, locked
from tests.engine.worlds import halden

ZOE = "Zoë Adams-Berg"
MEMBER = MEMBERS[0]


def named(player: str) -> Any:
    """A short session of hers."""

    def change(lines: list[Any]) -> None:
        lines[0].update(player=player, seed=len(player), policy="")
        del lines[14:]

    return change


@cache
def class_of_three() -> Path:
    """Zoë's own session, one of somebody else, and a team's, with every export, pages, and files of the facilitator."""
    folder = Path(mkdtemp(prefix="kamsim-tests-", dir=bot_log().parent)) / "class"
    (folder / "deep").mkdir(parents=True)
    forge(bot_log(), folder / "deep" / "halden-zoe-adams-berg-14.jsonl", named(ZOE))
    forge(bot_log(), folder / "ben.jsonl", named("Ben Berg"))
    shutil.copy(team_log(), folder / f"halden-{MEMBER.replace(' ', '-')}-team.jsonl")
    logs = sorted(folder.rglob("*.jsonl"))
    for form in FORMATS:
        export(logs, form, folder / form)
    export(logs, "csv", folder / "masked", Names())
    export(logs, "xapi", folder / "keyed", Names("word"))
    write_debrief([logs[1]], folder / "deep" / "halden-zoe-adams-berg-14-debrief.html")
    write_debrief(logs, folder / "class.html")
    write_debrief([log for log in logs if "zoe" not in log.name], folder / "wall.html", projector=True)
    (folder / "notes.txt").write_text(f"Call {ZOE} back.")
    (folder / "list.zip").write_bytes(b"PK\x03\x04...")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(class_of_three(), tmp_path / "class"))


def texts(path: Path) -> str:
    """Everything that a file says, its name too, unpacked."""
    data = path.read_bytes()
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            data = b"".join(map(book.read, book.namelist()))
    if path.suffix == ".parquet":
        data = repr(duckdb.sql(f"SELECT * FROM '{path}'").fetchall()).encode()
    return f"{path.name} {data.decode('utf-8', 'replace')}".casefold()


def holding(folder: Path, *words: str) -> set[str]:
    """Names of the files that hold any of these words."""
    return {
        path.name for path in folder.rglob("*") if path.is_file() and any(w.casefold() in texts(path) for w in words)
    }


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_whoever_played_alone_goes_with_every_row(folder: Path) -> None:
    """No file but the facilitator's own holds the name or the session's id; the others' rows are byte for byte the same,
    and what is exported again is the same as what was edited."""
    her_log = folder / "deep" / "halden-zoe-adams-berg-14.jsonl"
    her_id = read_logs(her_log).logs[0].session
    before = {path.name: path.read_bytes() for path in folder.glob("*.jsonl")}
    steps = forget("zoë  adams-berg", folder)
    assert holding(folder, ZOE, "zoe-adams-berg", her_id) == {"notes.txt"}
    assert not her_log.exists() and not list((folder / "deep").iterdir())
    assert {path.name: path.read_bytes() for path in folder.glob("*.jsonl")} == before
    assert {step.path.name for step in steps if step.what == "left"} == {"notes.txt", "list.zip"}
    gone = {step.path.name for step in steps if step.what == "removed"}
    assert gone == {her_log.name, "halden-zoe-adams-berg-14-debrief.html", "class.html"}
    assert (folder / "wall.html").exists()
    logs = sorted(folder.rglob("*.jsonl"))
    for form in ("csv", "xapi", "otree"):
        export(logs, form, folder / "again")
        for path in sorted((folder / "again").iterdir()):
            if path.name not in ("faults.csv", "all_apps_wide.csv", "PageTimes.csv", "kam.csv"):
                assert (folder / form / path.name).read_bytes() == path.read_bytes(), path.name
        shutil.rmtree(folder / "again")
    for table in ("players", "decisions"):
        for part in ("csv", "masked"):
            assert len({row["session"] for row in rows(folder / part / f"{table}.csv")}) == 2
        read = duckdb.sql(f"SELECT DISTINCT session FROM '{folder}/parquet/{table}.parquet'").fetchall()
        assert len(read) == 2
    book = openpyxl.load_workbook(folder / "xlsx" / "kamsim.xlsx")
    players = list(book["players"].iter_rows(values_only=True))
    assert len(players) == 3 and {row[1] for row in players[1:]} == {"Ben Berg", ADA}
    assert len(json.loads((folder / "keyed" / "statements.json").read_text("utf-8"))) > 30


def test_a_member_of_a_team_leaves_the_session_to_the_others(folder: Path) -> None:
    """Her name is someone's in log, tables, statements and file names; the log verifies, resumes and has its id."""
    (log,) = folder.glob("*team.jsonl")
    before = read_logs(log).logs[0]
    forget(MEMBER, folder)
    assert holding(folder, MEMBER, "zoraida", "wexl") == set()
    (log,) = folder.glob("*team.jsonl")
    after = read_logs(log).logs[0]
    assert log.name == "halden-someone-team.jsonl" and verify(log).ok
    assert after.session == before.session and after.header.members == ["someone", MEMBERS[1]]
    assert len(after.moves) == len(before.moves) and after.header.player == ADA
    with Session.resume(log) as session:
        session.end_quarter()
    player = next(row for row in rows(folder / "csv" / "players.csv") if row["session"] == after.session)
    assert player["members"] == f"someone; {MEMBERS[1]}" and player["player"] == ADA
    book = openpyxl.load_workbook(folder / "xlsx" / "kamsim.xlsx", read_only=True)
    assert f"someone; {MEMBERS[1]}" in [row[2] for row in book["players"].iter_rows(values_only=True)]
    book.close()
    told = json.loads((folder / "xapi" / "statements.json").read_text("utf-8"))
    assert len({one["id"] for one in told}) == len(told)
    teams = [one for one in told if one["actor"]["objectType"] == "Group"]
    assert teams and all([who["name"] for who in one["actor"]["member"]] == [MEMBERS[1]] for one in teams)


def test_pseudonyms_made_with_a_word_are_found_with_it(folder: Path) -> None:
    """Statements name no session: those with pseudonyms are hers by the word that made them."""
    path = folder / "keyed" / "statements.json"
    before = len(json.loads(path.read_text("utf-8")))
    forget(ZOE, folder, key="word")
    assert 0 < len(json.loads(path.read_text("utf-8"))) < before


def test_all_of_it_or_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dry run, a log that is being played, a file that is locked, and a name that nobody has change nothing."""
    before = held(folder)
    assert len(forget(ZOE, folder, pretend=True)) > 10 and held(folder) == before
    with Session.resume(folder / "ben.jsonl"):
        before = held(folder)
        with pytest.raises(KamsimError, match="being played"):
            forget("Ben Berg", folder)
    for name in ("Nobody", " ", "Ben"):
        with pytest.raises(KamsimError):
            forget(name, folder)
    real, count = Path.rename, [0]

    def rename(path: Path, target: Path) -> Path:
        count[0] += 1
        return real(path, target) if count[0] != 30 else locked()  # type: ignore[func-returns-value]

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", rename)
        with pytest.raises(KamsimError, match="nothing was changed"):
            forget(ZOE, folder)
    assert count[0] == 30 and held(folder) == before


def test_the_command(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line for each file; 1 where a file still holds the name, 0 once none does, 1 where nobody is called so."""
    assert main(["forget", ZOE, str(folder), "--dry-run", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["done"] is False and {file["what"] for file in told["files"]} == {"removed", "rewritten", "left"}
    (folder / "notes.txt").unlink()
    (folder / "list.zip").unlink()
    assert main(["forget", ZOE, str(folder)]) == 0
    out, _ = capsys.readouterr()
    assert "rows are gone" in out and "hers alone" in out and "statements are gone" in out
    assert main(["forget", ZOE, str(folder)]) == 1
    assert "nobody is called" in capsys.readouterr().err
    assert main(["forget", ZOE, str(folder / "nowhere")]) == 1


def test_odd_files_are_left_as_they_are(tmp_path: Path) -> None:
    """A table, workbook or list of others that looks like an export is no export; a workbook saved by another program is
    named; a log that was cut short is hers all the same."""
    (tmp_path / "a.csv").write_text("name,grade\nSomebody,1\n")
    (tmp_path / "b.json").write_text('[{"actor": 1}, 2]')
    (tmp_path / "c.xlsx").write_bytes(b"no workbook")
    (tmp_path / "d.parquet").write_bytes(b"PAR1 no table")
    with zipfile.ZipFile(tmp_path / "e.xlsx", "w") as book:  # as Excel saves one: texts lie in another part
        book.writestr(
            "xl/worksheets/sheet1.xml", '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData>'
        )
    with Session.start(halden(), seed=1, player=ZOE, log_dir=tmp_path, quarters=8) as session:
        session.do("set_rhythm", account="orvik", rhythm="light")
    session.log_path.write_bytes(session.log_path.read_bytes()[:-30])
    odd = {name: path for name, path in held(tmp_path).items() if not name.endswith(".jsonl")}
    steps = forget(ZOE, tmp_path)
    assert held(tmp_path) == odd
    assert {step.path.name: step.what for step in steps} == {
        session.log_path.name: "removed", "d.parquet": "left", "e.xlsx": "left",
    }  # fmt: skip
