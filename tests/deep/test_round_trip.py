"""Tables as other programs read them: pandas, polars, DuckDB, LibreOffice and R find the values that we wrote. Each is
tried where it is installed."""

from __future__ import annotations

import csv
import importlib
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from kamsim.debrief.dictionary import TABLES
from kamsim.debrief.exports import export
from tests.debrief.logs import bot_log

TYPES = {(table.name, column.name): column.type for table in TABLES for column in table.columns}
NUMBERS = ("number", "money", "whole")
DIGITS = 13
"""Significant digits compared: LibreOffice writes 15, rounded."""
EMPTY = ("", "nan", "NaN", "None", "NaT", "<NA>")
LIBRE_OFFICE = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false"
Table = tuple[Sequence[str], Sequence[Sequence[Any]]]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two sessions in all formats of tables."""
    folder = tmp_path_factory.mktemp("tables")
    logs = [bot_log(bot) for bot in ("value_seller", "random_legal")]
    for form in ("csv", "xlsx", "parquet"):
        export(logs, form, folder / form)
    return folder


def rows_of(path: Path) -> Table:
    """A table of ours as text."""
    with path.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    return head, rows


def told(value: Any, kind: str) -> str:
    """A value in one spelling, whoever read it."""
    text = str(value).strip()
    if text in EMPTY:
        return ""
    if kind in NUMBERS:
        return f"{float(text):.{DIGITS}g}"
    if kind == "flag":
        return text.lower()
    return text.replace("T", " ").split("+")[0].removesuffix(".000000") if kind == "time" else text


def differences(folder: Path, read: Callable[[str], Table]) -> Iterator[str]:
    """Where a program finds other values than lie in our tables."""
    for path in sorted((folder / "csv").glob("*.csv")):
        if path.stem in ("dictionary", "faults"):
            continue
        head, wanted = rows_of(path)
        columns, found = read(path.stem)
        if list(columns) != head or len(found) != len(wanted):
            yield f"{path.stem}: {len(found)} rows, {len(wanted)} written; columns {columns}"
            continue
        for place, name in enumerate(head):
            kind = TYPES[path.stem, name]
            pairs = [(told(row[place], kind), told(want[place], kind)) for row, want in zip(found, wanted, strict=True)]
            if wrong := [pair for pair in pairs if pair[0] != pair[1] and not _close(*pair, kind)]:
                yield f"{path.stem}.{name} ({kind}): {len(wrong)}, as {wrong[0]}"


def _close(one: str, other: str, kind: str) -> bool:
    """Two numbers that are one, rounded twice."""
    return (
        kind in NUMBERS and bool(one and other) and float(one) == pytest.approx(float(other), rel=10.0 ** (1 - DIGITS))
    )


def test_pandas(tables: Path) -> None:
    """CSV (with empty cells as the only ones without a value), Parquet and the workbook."""
    pandas: Any = importlib.import_module("pandas") if importlib.util.find_spec("pandas") else pytest.skip("no pandas")

    def told_by(frame: Any) -> Table:
        return list(frame.columns), frame.astype(object).where(frame.notna(), None).to_numpy().tolist()

    ways: Iterable[Callable[[str], Any]] = (
        lambda name: pandas.read_csv(tables / "csv" / f"{name}.csv", keep_default_na=False, na_values=[""]),
        lambda name: pandas.read_parquet(tables / "parquet" / f"{name}.parquet"),
        lambda name: pandas.read_excel(
            next((tables / "xlsx").glob("*.xlsx")), sheet_name=name, keep_default_na=False, na_values=[""]
        ),
    )
    faults = [fault for way in ways for fault in differences(tables, lambda name, way=way: told_by(way(name)))]
    assert not faults, "\n".join(faults)


def test_polars(tables: Path) -> None:
    """CSV and Parquet."""
    polars: Any = importlib.import_module("polars") if importlib.util.find_spec("polars") else pytest.skip("no polars")
    ways: Iterable[Callable[[str], Any]] = (
        lambda name: polars.read_csv(tables / "csv" / f"{name}.csv", infer_schema_length=None),
        lambda name: polars.read_parquet(tables / "parquet" / f"{name}.parquet"),
    )
    faults = [
        fault
        for way in ways
        for fault in differences(tables, lambda name, way=way: (way(name).columns, way(name).rows()))
    ]
    assert not faults, "\n".join(faults)


def test_duckdb(tables: Path) -> None:
    """Parquet; it takes a CSV column of yes and no for truth values, so types are told for text."""
    import duckdb

    def read(name: str) -> Table:
        found = duckdb.sql(f"select * from '{tables / 'parquet' / name}.parquet'")
        return found.columns, found.fetchall()

    faults = list(differences(tables, read))
    assert not faults, "\n".join(faults)


def test_libreoffice(tables: Path) -> None:
    """The workbook, each sheet written out again."""
    if shutil.which("soffice") is None:
        pytest.skip("no LibreOffice")
    there = tables / "libreoffice"
    book = next((tables / "xlsx").glob("*.xlsx"))
    command = ["soffice", "--headless", "--convert-to", f"{LIBRE_OFFICE},-1", "--outdir", str(there), str(book)]
    subprocess.run(command, check=True, capture_output=True)
    faults = list(differences(tables, lambda name: rows_of(there / f"{book.stem}-{name}.csv")))
    assert not faults, "\n".join(faults)


def test_r(tables: Path) -> None:
    """CSV by its own reader, written out again."""
    if shutil.which("Rscript") is None:
        pytest.skip("no R")
    there = tables / "r"
    there.mkdir()
    code = (
        f'for (f in list.files("{tables / "csv"}", pattern="csv$")) {{'
        f'd <- read.csv(file.path("{tables / "csv"}", f), check.names=FALSE, na.strings="", encoding="UTF-8");'
        f'write.csv(d, file.path("{there}", f), row.names=FALSE, na="")}}'
    )
    subprocess.run(["Rscript", "-e", code], check=True, capture_output=True)
    faults = list(differences(tables, lambda name: rows_of(there / f"{name}.csv")))
    assert not faults, "\n".join(faults)
