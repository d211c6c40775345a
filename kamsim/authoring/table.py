"""A sales team's table of customers, read cell by cell: .xlsx or .csv, numbers as they are written in either half of
Europe. What cannot be is told by sheet, row and column, all of it at once."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any, Final

from kamsim.errors import KamsimError
from kamsim.scenario.findings import listed, suggest
from kamsim.view.words.numbers import parse_number

MOST_ROWS: Final = 400
MOST_CUSTOMERS: Final = 40
MOST_BYTES: Final = 8 << 20
COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "Customer": ("account", "client", "name", "key account"),
    "Product": ("line", "product line", "item"),
    "Sales a year": ("sales", "revenue", "turnover", "annual sales"),
    "Price": ("net price", "unit price", "price per unit"),
    "Cost": ("unit cost", "cost per unit", "cost of goods"),
    "Our share": ("share", "share of wallet", "wallet share"),
    "People": ("contacts", "contact", "names"),
    "Industry": ("sector", "branch"),
    "Payment days": ("days", "terms", "payment terms"),
}
"""Columns by their header, and other words for them. Those from People on may be missing."""
_PERSON: Final = re.compile(r"[\s,;/]*([^(),;/\n]*[^(),;/\s][^(),;/\n]*)\(([^()]*[^()\s][^()]*)\)")
"""A name and a role in brackets; several stand with any mark between them."""
NEEDED: Final = tuple(COLUMNS)[:6]
EXAMPLE: Final = (
    (
        "Penhale Yard",
        "Rope",
        480000,
        380,
        250,
        0.4,
        "Joss Penrose (Foreman), Ida Marsh (Finance Director)",
        "Ship repair",
        45,
    ),
    ("Penhale Yard", "Slings", 120000, 95, 60, 0.25, "", "", ""),
    ("Marrow Quarries", "Rope", 210000, 405, 250, 0.2, "Lee Abara (Head of Purchasing)", "Stone", 30),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One product that one customer buys."""

    customer: str
    product: str
    sales: float
    """A year, in the currency."""
    price: float
    cost: float
    share: float
    people: tuple[tuple[str, str], ...]
    """Names and roles."""
    industry: str
    days: int | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of a table, as the file holds them; rows and columns count from 1."""

    name: str
    """As messages call it: ``accounts.xlsx, sheet Accounts``."""
    rows: Sequence[Sequence[Any]]

    def where(self, row: int, column: int, header: str) -> str:
        """A cell as a spreadsheet calls it."""
        letter = chr(ord("A") + column - 1) if column <= 26 else str(column)
        return f"{self.name}, row {row}, column {letter} ({header})"


def read(path: Path) -> list[Row]:
    """The rows of a table. Raises KamsimError that lists every cell that cannot be."""
    sheet = _csv(path) if path.suffix.casefold() == ".csv" else _xlsx(path)
    header, places = _header(sheet)
    faults: list[str] = []
    rows = []
    for number, cells in enumerate(sheet.rows[header:], header + 1):
        if not any(str(cell or "").strip() for cell in cells):
            continue
        if number - header > MOST_ROWS:
            raise KamsimError(f"{sheet.name}: more than {MOST_ROWS} rows; keep those of your key customers")
        if (row := _Cells(sheet, number, cells, places, faults).row()) is not None:
            rows.append(row)
    faults += _together(sheet, rows)
    if not rows and not faults:
        faults.append(f"{sheet.name}: there is no row below the header")
    if faults:
        raise KamsimError("\n".join(faults))
    return rows


def write_template(path: Path) -> None:
    """The table to be filled in, with an example. Raises KamsimError where a file is in the way."""
    if path.exists():
        raise KamsimError(f"{path} is there already; give another name")
    if path.suffix.casefold() == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([tuple(COLUMNS), *EXAMPLE])
        return
    book = _openpyxl(path).Workbook()
    sheet = book.active
    sheet.title = "Accounts"
    for cells in [tuple(COLUMNS), *EXAMPLE]:
        sheet.append(cells)
    for column, header in enumerate(COLUMNS, 1):
        sheet.column_dimensions[chr(ord("A") + column - 1)].width = 50 if header == "People" else 16
    for row in range(2, len(EXAMPLE) + 2):
        sheet.cell(row, 6).number_format = "0%"
    sheet.freeze_panes = "A2"
    book.save(path)


class _Cells:
    """One row, told cell by cell."""

    def __init__(
        self, sheet: Sheet, number: int, cells: Sequence[Any], places: dict[str, int], faults: list[str]
    ) -> None:
        self.sheet, self.number, self.cells, self.places, self.faults = sheet, number, cells, places, faults

    def row(self) -> Row | None:
        """The row, or None and a fault for each of its cells that cannot be."""
        before = len(self.faults)
        customer, product = self.text("Customer", needed=True), self.text("Product", needed=True)
        sales = self.number_in("Sales a year", 1000, 1e9)
        price = self.number_in("Price", 0.01, 1e7)
        cost = self.number_in("Cost", 0.01, 1e7)
        share = self.number_in("Our share", 0.001, 97, part=True)
        days = self.number_in("Payment days", 0, 180, needed=False)
        if price and cost and cost >= price:
            self.fault("Cost", f"{cost:g} is not below the price of {price:g}; each sale would lose money")
        people = tuple(self.people())
        if len(self.faults) > before:
            return None
        assert sales is not None and price is not None and cost is not None and share is not None
        told = None if days is None else round(days)
        return Row(customer, product, sales, price, cost, share, people, self.text("Industry"), told)

    def cell(self, header: str) -> Any:
        place = self.places.get(header)
        return self.cells[place] if place is not None and place < len(self.cells) else None

    def fault(self, header: str, told: str) -> None:
        self.faults.append(f"{self.sheet.where(self.number, self.places[header] + 1, header)}: {told}")

    def text(self, header: str, *, needed: bool = False) -> str:
        value = self.cell(header)
        text = "" if value is None else " ".join(str(value).split())
        if needed and not text:
            self.fault(header, "is empty")
        elif len(text) > 90:
            self.fault(header, f"has {len(text)} letters, and may have 90")
        elif text.startswith("#"):
            self.fault(header, f"holds the error {text[:20]}")
        return text

    def number_in(
        self, header: str, low: float, high: float, *, part: bool = False, needed: bool = True
    ) -> float | None:
        value = self.cell(header)
        if value is None or not str(value).strip():
            if needed:
                self.fault(header, "is empty, or a formula that was never calculated; type the number")
            return None
        if isinstance(value, bool | date | time | timedelta):
            self.fault(
                header, f"is {'yes or no' if isinstance(value, bool) else 'a date or a time'}, and should be a number"
            )
            return None
        number = float(value) if isinstance(value, int | float) else parse_number(str(value), low, high)
        if number is None:
            self.fault(
                header, f"'{str(value)[:30]}' is no number, or could be two; write it without marks for thousands"
            )
            return None
        if part:
            number = number / 100 if number > 1 or "%" in str(value) else number
            high = 0.97
        if not low <= number <= high:
            self.fault(header, f"{str(value)[:30]} should be between {low:g} and {high:,.10g}")
            return None
        return number

    def people(self) -> Iterator[tuple[str, str]]:
        told = str(self.cell("People") or "")
        for found in _PERSON.finditer(told):
            yield " ".join(found[1].split()), " ".join(found[2].split())
        if left := _PERSON.sub("", told).strip(" ,;/\n"):
            self.fault("People", f"'{left[:40]}' should be a name with the role in brackets: Ida Marsh (Buyer)")


def _together(sheet: Sheet, rows: list[Row]) -> Iterator[str]:
    """What no single cell tells: a product twice at one customer, too many customers."""
    seen: set[tuple[str, str]] = set()
    for row in rows:
        key = (row.customer.casefold(), row.product.casefold())
        if key in seen:
            yield f"{sheet.name}: {row.customer} buys {row.product} in two rows; add them up into one"
        seen.add(key)
    if len({row.customer for row in rows}) > MOST_CUSTOMERS:
        yield f"{sheet.name}: a scenario has at most {MOST_CUSTOMERS} customers; keep those that are key"


def _header(sheet: Sheet) -> tuple[int, dict[str, int]]:
    """The row (from 1) that names the columns, and where each stands. Raises KamsimError."""
    words = {word.casefold(): header for header, others in COLUMNS.items() for word in (header, *others)}
    best: dict[str, int] = {}
    line = 0
    for number, cells in enumerate(sheet.rows[:10], 1):
        found = {words[str(cell).strip().casefold()]: place for place, cell in reversed(list(enumerate(cells)))
                 if cell is not None and str(cell).strip().casefold() in words}  # fmt: skip
        if len(found) > len(best):
            best, line = found, number
    missing = [header for header in NEEDED if header not in best]
    if missing:
        strange = [
            str(cell)
            for cell in (sheet.rows[line - 1] if line else ())
            if cell and str(cell).strip().casefold() not in words
        ]
        hints = [f"'{cell[:30]}' may be {hint}" for cell in strange if (hint := suggest(cell, missing))]
        also = f"; {listed(hints)}" if hints else ""
        raise KamsimError(f"{sheet.name}: there is no column {listed(missing)}{also}. "
                          "kamsim new --template accounts.csv writes the table.")  # fmt: skip
    return line, best


def _csv(path: Path) -> Sheet:
    raw = _bytes(path)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")
    first = text.partition("\n")[0]
    mark = max(";\t,", key=first.count)
    return Sheet(path.name, list(csv.reader(io.StringIO(text, newline=""), delimiter=mark)))


def _xlsx(path: Path) -> Sheet:
    openpyxl = _openpyxl(path)
    raw = _bytes(path)
    try:
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        sheet = next((one for one in book.worksheets if one.title.casefold() == "accounts"), book.worksheets[0])
        rows = [list(cells) for cells in sheet.iter_rows(max_row=MOST_ROWS + 20, max_col=40, values_only=True)]
    except (OSError, ValueError, KeyError, IndexError, SyntaxError, EOFError) as error:
        raise KamsimError(f"{path} is not a spreadsheet that can be read ({type(error).__name__}); save it as .xlsx or "
                          ".csv") from None  # fmt: skip
    except Exception as error:  # a zip that is none, XML that is none: openpyxl raises what its parsers raise
        raise KamsimError(f"{path} is not an .xlsx ({type(error).__name__}); save it again, or as .csv") from None
    return Sheet(f"{path.name}, sheet {sheet.title}", rows)


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise KamsimError(f"{path} cannot be read: {(error.strerror or 'it is no file').lower()}") from None
    if len(raw) > MOST_BYTES:
        raise KamsimError(f"{path} is larger than {MOST_BYTES >> 20} MiB; keep the table alone")
    return raw


def _openpyxl(path: Path) -> Any:
    try:
        import openpyxl  # noqa: PLC0415  # an extra, for tables only
    except ImportError:
        raise KamsimError(
            f"{path.name} needs openpyxl, which is not installed: pip install 'kamsim[authoring]', or use a .csv"
        ) from None
    return openpyxl
