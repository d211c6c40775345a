"""Exports: every format whole, alike, harmless, and the same again; what is missing is said in one sentence."""

from __future__ import annotations

import csv
import json
import shutil
import sys
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import duckdb
import openpyxl
import pytest

from kamsim.cli import main
from kamsim.debrief.dictionary import TABLES
from kamsim.debrief.exports import FORMATS, export
from kamsim.debrief.exports.xapi import PROGRESS, uuid5
from kamsim.debrief.folder import Found, read_logs
from kamsim.debrief.pseudonyms import Names
from kamsim.debrief.tables import Tables, tables_of
from kamsim.errors import KamsimError
from tests.debrief.logs import ADA, MEMBERS, bot_log, forge, team_log
from tests.debrief.plays import OLD_LOGS, listener, log_of, portfolio_log

FORMULA = "=1+1"


@cache
def logs() -> tuple[Path, ...]:
    """A finished session, a team's that stops, and one of somebody whose name is a formula."""
    folder = Path(mkdtemp(prefix="kamsim-tests-", dir=bot_log().parent))

    def renamed(lines: list[Any]) -> None:
        lines[0] |= {"player": FORMULA, "seed": 9, "policy": ""}
        del lines[12:]

    return bot_log(), team_log(), forge(bot_log(), folder / "formula.jsonl", renamed)


@cache
def found() -> Found:
    return read_logs(logs())


@cache
def made() -> Tables:
    return tables_of(found())


@cache
def exported(form: str) -> Path:
    out = Path(mkdtemp(prefix="kamsim-tests-", dir=bot_log().parent))
    done = export(logs(), form, out)
    assert done.sessions == 3 and all(file.is_file() for file in done.files)
    assert {file.name for file in out.iterdir()} == {file.name for file in done.files}, "nothing else is left"
    return out


@cache
def base() -> Any:
    """One DuckDB for all questions."""
    return duckdb.connect(config={"threads": 1})


def sql(statement: str) -> list[tuple[Any, ...]]:
    """What DuckDB answers."""
    rows: list[tuple[Any, ...]] = base().execute(statement).fetchall()
    return rows


def cents(text: Any) -> int | None:
    return None if text in ("", None) else round(float(text) * 100)


def with_zone(value: Any) -> Any:
    """A time of a file, which are all UTC."""
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) else value


def as_read(kind: str, text: str) -> Any:
    """A cell of a CSV file as the table had it."""
    if text == "":
        return None
    if kind == "money":
        return cents(text)
    if kind == "flag":
        return {"true": True, "false": False}[text]
    if kind == "time":
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    return {"whole": int, "code": int, "number": float}.get(kind, str)(text)


def expected(kind: str, value: Any, *, guard: bool = False) -> Any:
    if kind != "text" or value is None:
        return value
    value = "".join(letter if letter.isprintable() else " " for letter in value)
    return None if value == "" else f"'{value}" if guard and value[0] in "=+-@" else value


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_csv_and_parquet_hold_the_tables(table: Any) -> None:
    """Python's csv and DuckDB read the same from CSV, and DuckDB the same from Parquet, as the tables hold."""
    name = table.name
    path = exported("csv") / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        head, *lines = csv.reader(file)
    assert tuple(head) == table.names
    kinds = [column.type for column in table.columns]
    read = [tuple(as_read(kind, cell) for kind, cell in zip(kinds, line, strict=True)) for line in lines]
    rows = list(zip(*made()[name].values(), strict=True))
    wanted = [tuple(expected(kind, cell, guard=True) for kind, cell in zip(kinds, row, strict=True)) for row in rows]
    assert read == wanted
    relation = f"read_csv('{path}', all_varchar=true, header=true, delim=',', quote='\"')"
    assert [row[0] for row in sql(f"DESCRIBE SELECT * FROM {relation}")] == head
    told = [tuple(cell or "" for cell in row) for row in sql(f"SELECT * FROM {relation}")]
    assert told == [tuple(line) for line in lines]
    parquet = sql(f"SELECT * FROM '{exported('parquet') / name}.parquet'")
    money = [kind == "money" for kind in kinds]
    got = [tuple(cents(c) if m else with_zone(c) for m, c in zip(money, row, strict=True)) for row in parquet]
    assert got == [tuple(expected(kind, cell) for kind, cell in zip(kinds, row, strict=True)) for row in rows]


def test_types_of_parquet_are_those_of_the_dictionary() -> None:
    types = {"text": "VARCHAR", "whole": "BIGINT", "number": "DOUBLE", "money": "DECIMAL(18,2)", "flag": "BOOLEAN"}
    types |= {"code": "BIGINT", "time": "TIMESTAMP"}
    for table in TABLES:
        described = sql(f"DESCRIBE SELECT * FROM '{exported('parquet') / table.name}.parquet'")
        assert [row[1] for row in described] == [types[column.type] for column in table.columns]


def test_the_workbook_opens_elsewhere() -> None:
    """openpyxl finds a sheet for each table with its rows, and the dictionary with every column."""
    book = openpyxl.load_workbook(exported("xlsx") / "kamsim.xlsx", read_only=True)
    assert book.sheetnames == ["dictionary", *(table.name for table in TABLES)]
    told = {(row[0], row[1]) for row in book["dictionary"].iter_rows(values_only=True)}
    assert told >= {(table.name, name) for table in TABLES for name in table.names}
    for table in TABLES:
        head, *lines = book[table.name].iter_rows(values_only=True)
        assert head == table.names
        rows = list(zip(*made()[table.name].values(), strict=True))
        assert len(lines) == len(rows)
        for line, row in zip(lines, rows, strict=True):
            for column, cell, value in zip(table.columns, line, row, strict=True):
                got = cents(cell) if column.type == "money" else with_zone(cell)
                wanted = str(value) if column.type == "code" else expected(column.type, value)
                if isinstance(wanted, float):  # a workbook holds sixteen digits
                    wanted = pytest.approx(wanted, rel=1e-15)
                assert got == wanted, (table.name, column.name)
    book.close()


def test_no_text_becomes_a_formula() -> None:
    """A player called =1+1 stays a text: marked as one in the workbook, behind an apostrophe in CSV."""
    book = openpyxl.load_workbook(exported("xlsx") / "kamsim.xlsx")
    cell = next(cell for row in book["players"].iter_rows() for cell in row if cell.value == FORMULA)
    assert cell.data_type == "s" and cell.quotePrefix
    assert not any(c.data_type == "f" for sheet in book for row in sheet.iter_rows() for c in row)
    text = (exported("csv") / "players.csv").read_text("utf-8")
    assert f",'{FORMULA}," in text and f",{FORMULA}," not in text
    assert "apostrophe" in (exported("csv") / "dictionary.csv").read_text("utf-8")


# --- xAPI ---------------------------------------------------------------------------------------------------


@cache
def statements() -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = json.loads((exported("xapi") / "statements.json").read_text("utf-8"))
    return made


def test_statements_tell_each_session() -> None:
    """Version, UTC time, category, one registration a session; ids are unique; what is completed was begun before."""
    assert len({one["id"] for one in statements()}) == len(statements())
    assert len({one["context"]["registration"] for one in statements()}) == 3
    begun: set[tuple[str, str]] = set()
    before: dict[str, str] = {}
    for one in statements():
        assert one["version"] == "1.0.3" and one["timestamp"].endswith("Z")
        assert one["context"]["contextActivities"]["category"][0]["id"] == "https://w3id.org/xapi/seriousgames"
        registration = one["context"]["registration"]
        assert one["timestamp"] >= before.get(registration, "")
        before[registration] = one["timestamp"]
        verb, key = one["verb"]["display"]["en"], (registration, one["object"]["id"])
        if verb == "initialized":
            begun.add(key)
        assert verb != "completed" or key in begun, one
        if verb == "selected":
            assert one["result"]["response"] and one["result"]["duration"].startswith("PT")
    ends = [one for one in statements() if one.get("result", {}).get("extensions", {}).get(PROGRESS) == 1.0]
    assert {one["verb"]["display"]["en"] for one in ends} == {"progressed", "completed"}
    moves = sum(len(log.moves) for log in found().logs)
    assert sum("/moves/" in one["object"]["id"] for one in statements()) == moves


def test_a_second_export_and_a_longer_session_keep_their_ids(tmp_path: Path) -> None:
    """Whoever sends statements again, or of a session that was played on, sends the same ids for the same things."""
    lines = team_log().read_bytes().splitlines(keepends=True)
    (tmp_path / "early.jsonl").write_bytes(b"".join(lines[:9]))
    export(tmp_path / "early.jsonl", "xapi", tmp_path / "out")
    early = json.loads((tmp_path / "out" / "statements.json").read_text("utf-8"))
    ids = {one["id"]: one for one in statements()}
    assert len(early) > 5 and all(ids[one["id"]] == one for one in early)


def test_name_based_ids_are_those_of_the_standard() -> None:
    import uuid

    assert uuid5(uuid.NAMESPACE_URL.bytes, "https://kamsim.example.org/ü") == str(
        uuid.uuid5(uuid.NAMESPACE_URL, "https://kamsim.example.org/ü")
    )


# --- oTree --------------------------------------------------------------------------------------------------


def read(name: str) -> list[dict[str, str]]:
    with (exported("otree") / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_files_in_otree_s_shape() -> None:
    """Wide: a participant a row, a column for each field and round; long: a round a row; both say the same."""
    wide, long = read("all_apps_wide.csv"), read("kam.csv")
    assert [row["participant._is_bot"] for row in wide] == ["1", "0", "0"]
    assert len(wide) == 3 and len(long) == 24
    for row in wide:
        rounds = [one for one in long if one["participant.code"] == row["participant.code"]]
        for one in rounds:
            turn = one["subsession.round_number"]
            for name, value in one.items():
                if name.startswith(("player.", "group.", "subsession.")):
                    assert row[f"kam.{turn}.{name}"] == value
        assert row["session.config.seed"] and row["session.config.scenario"] == "halden"
    for log, row in zip(found().logs, wide, strict=True):
        for books in log.books:
            assert cents(row[f"kam.{books.quarter}.player.company"]) == books.company
        last = log.header.quarters
        paid = row[f"kam.{last}.player.payoff"]
        assert row["participant.payoff"] == (paid if log.finished else "")
    assert wide[1]["kam.3.player.closed"] == "0" and wide[1]["kam.4.player.moves"] == ""
    pages = read("PageTimes.csv")
    assert {row["page_name"] for row in pages} >= {"Guess", "Draft", "Coach", "Close", "meet"}
    times = [float(row["epoch_time_completed"]) for row in pages if row["participant_code"] == found().logs[1].session]
    assert times == sorted(times)
    assert {row["page_name"] for row in pages if row["page_index"] == "0"} == {"InitializeParticipant"}
    described = {(row["file"], row["column"]) for row in read("codebook.csv")}
    for file in ("kam.csv", "kam_custom.csv", "PageTimes.csv"):
        assert {column for of, column in described if of == file} == set(read(file)[0])


# --- all formats --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMATS)
def test_every_kind_of_session_goes_out(form: str, tmp_path: Path) -> None:
    """Bots that listen, one that does anything, somebody who tries every move of foresight, a portfolio of eight
    customers, and sessions of older rules: all are exported whole, with no fault but being unfinished or old."""
    given = [
        listener(),
        log_of("dynamic", quarters=7),
        log_of("random_legal", quarters=7),
        portfolio_log(),
        *OLD_LOGS,
    ]
    done = export(given, form, tmp_path)
    assert done.sessions == len(given)
    assert {fault.kind for fault in done.faults} <= {"unfinished", "rules"}, [f.sentence for f in done.faults]


def test_a_negotiation_is_a_dialogue_that_begins_and_ends(tmp_path: Path) -> None:
    """xAPI tells each talk once begun and at most once completed, as signed, walked, left or lapsed."""
    export([bot_log(), log_of("random_legal", quarters=7), listener()], "xapi", tmp_path)
    told = json.loads((tmp_path / "statements.json").read_text("utf-8"))
    talks = [one for one in told if "/talks/" in one["object"]["id"]]
    ends = [one["result"] for one in talks if one["verb"]["display"]["en"] == "completed"]
    assert len(talks) - len(ends) == 3 and len(ends) <= 3
    assert ends and {one["response"] for one in ends} <= {"signed", "walked", "left", "lapsed"}
    assert all(one["success"] is (one["response"] == "signed") for one in ends)
    backed = [one for one in told if "/moves/back_initiative/" in one["object"]["id"]]
    assert backed and all(one["result"]["response"] for one in backed)


@pytest.mark.parametrize("form", FORMATS)
def test_pseudonyms_leave_no_name_in_any_file(form: str, tmp_path: Path) -> None:
    done = export(logs(), form, tmp_path, Names())
    if form == "xlsx":
        book = openpyxl.load_workbook(done.files[0], read_only=True)
        told = repr([list(sheet.iter_rows(values_only=True)) for sheet in book])
        book.close()
    elif form == "parquet":
        told = repr([sql(f"SELECT * FROM '{file}'") for file in done.files])
    else:
        told = "".join(file.read_text("utf-8") for file in done.files)
    assert ("player-" in told and found().logs[1].session in told) or form == "xapi"
    for name in (ADA, *MEMBERS, "Adalbert", "adalbert", "Qvist", "Zoraida", "Quirin", "O'Dell", FORMULA):
        assert name not in told, name


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Files on standard output, faults and counts on standard error; 0 where a session was exported, 1 where none was,
    2 for wrong usage."""
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    given = [str(team_log()), str(tmp_path / "picture.png"), "--out", str(tmp_path / "out"), "--format"]
    assert main(["export", *given, "csv"]) == 0
    out, err = capsys.readouterr()
    assert all(Path(line).is_file() for line in out.splitlines()) and len(out.splitlines()) == len(TABLES) + 1
    assert "picture.png: it is a picture" in err and "not finished" in err and "1 session exported" in err
    assert main(["export", *given, "xapi", "--json", "--pseudonyms", "--key", "word"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["sessions"] == 1 and {fault["kind"] for fault in told["faults"]} == {"unfinished", "foreign"}
    assert main(["export", str(tmp_path / "picture.png"), "--out", str(tmp_path / "none"), "--format", "csv"]) == 1
    out, err = capsys.readouterr()
    assert out == "" and "nothing was written" in err and not (tmp_path / "none").exists()
    for wrong in (
        ["export"],
        ["export", *given, "pdf"],
        ["export", *given, "csv", "--key", "x"],
        ["export", *given[:1]],
    ):
        assert main(wrong) == 2


@pytest.mark.parametrize(("form", "module"), [("parquet", "duckdb"), ("xlsx", "xlsxwriter")])
def test_a_missing_extra_is_said_in_one_sentence(
    form: str, module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    assert main(["export", str(team_log()), "--format", form, "--out", str(tmp_path / "out")]) == 1
    out, err = capsys.readouterr()
    assert out == "" and "pip install 'kamsim[classroom]'" in err and err.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(KamsimError, match="cannot be written"):
        export(team_log(), "csv", tmp_path / "file")
    with pytest.raises(KamsimError, match="no format"):
        export(team_log(), "pdf", tmp_path)


def test_an_export_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Old files stay until the new ones are whole, and nothing is left lying about."""
    export(team_log(), "csv", tmp_path)
    old = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    monkeypatch.setattr("kamsim.debrief.exports.csv_files.dictionary_rows", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        export(bot_log(), "csv", tmp_path)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == old


@pytest.mark.parametrize("form", FORMATS)
def test_folders_with_odd_names(form: str, tmp_path: Path) -> None:
    """A folder's name with the signs of a pattern, a quote and a space in it is a name like any other."""
    out = tmp_path / "a [1]* 'b' ü"
    done = export(team_log(), form, out)
    assert done.files and all(file.stat().st_size for file in done.files)
    assert {file.name for file in out.iterdir()} == {file.name for file in done.files}


@pytest.mark.parametrize("broken", [False, True], ids=["by processes", "where none can be started"])
def test_a_cohort_read_by_several_processes_is_the_same(
    broken: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many logs are shared out among processes; rows, faults and their order are as if one had read them all."""
    monkeypatch.setattr("kamsim.debrief.exports.parquet.FEWEST", 1)
    monkeypatch.setattr("kamsim.debrief.exports.parquet.os.cpu_count", lambda: 2)
    if broken:
        monkeypatch.setattr("kamsim.debrief.exports.part.sys.executable", shutil.which("false") or "false")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    done = export([*logs(), tmp_path / "picture.png"], "parquet", tmp_path / "out")
    assert done.sessions == 3 and {fault.kind for fault in done.faults} == {"unfinished", "foreign"}
    for table in TABLES[:-1]:
        one, two = (
            sql(f"SELECT * FROM '{out / table.name}.parquet'") for out in (exported("parquet"), tmp_path / "out")
        )
        assert one == two, table.name
