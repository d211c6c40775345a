"""Rows of a workbook of kamsim's, taken out or changed in place: everything else of the file stays byte for byte."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from html import unescape
from typing import Any, Final, Protocol
from xml.sax.saxutils import escape

from kamsim.debrief.forgetting.person import Unreadable

_ROW: Final = re.compile(rb'<row r="(\d+)"([^>]*)>(.*?)</row>', re.DOTALL)
_CELL: Final = re.compile(rb'<c r="([A-Z]+)\d+"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
_TEXT: Final = re.compile(rb"(<is><t[^>]*>)(.*?)(</t></is>)", re.DOTALL)
_SHEET: Final = re.compile(r"xl/worksheets/sheet\d+\.xml")


class Table(Protocol):
    """Whoever decides what becomes of a row: None where it goes."""

    def edited(self, row: Sequence[Any]) -> list[Any] | None:
        """The row as it shall be."""


def rows_edited(data: bytes, begun: Callable[[Sequence[str]], Table | None]) -> bytes | None:
    """A workbook with every row as its table has it; ``begun`` gives the table that belongs to a head. None for what is
    no workbook. Raises Unreadable for one that another program has saved, whose texts lie elsewhere in it."""
    try:
        source = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile:
        return None
    made = io.BytesIO()
    with source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        sheets = [name for name in source.namelist() if _SHEET.fullmatch(name)]
        if sheets and not any(b"<is><t" in source.read(name) for name in sheets):
            raise Unreadable("another program has saved this workbook; export it anew")
        for item in source.infolist():
            part = source.read(item)
            target.writestr(item, _sheet(part, begun) if item.filename in sheets else part, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _sheet(part: bytes, begun: Callable[[Sequence[str]], Table | None]) -> bytes:
    found = list(_ROW.finditer(part))
    table = begun([text or "" for _, text in _cells(found[0].group(3))]) if found else None
    if table is None:
        return part
    columns = [letters for letters, _ in _cells(found[0].group(3))]
    rows, number = [found[0].group()], 1
    for row in found[1:]:
        texts = dict(_cells(row.group(3)))
        made = table.edited([texts.get(letters) for letters in columns])
        if made is None:
            continue
        number += 1
        rows.append(_row(row, number, dict(zip(columns, made, strict=True))))
    return part[: found[0].start()] + b"".join(rows) + part[found[-1].end() :]


def _cells(row: bytes) -> list[tuple[bytes, str | None]]:
    """(column, text) of every cell; None where it holds no text."""
    made = []
    for cell in _CELL.finditer(row):
        text = _TEXT.search(cell.group(3) or b"")
        made.append((cell.group(1), unescape(text.group(2).decode()) if text else None))
    return made


def _row(row: re.Match[bytes], number: int, texts: dict[bytes, str | None]) -> bytes:
    """A row under another number, with these texts."""

    def cell(found: re.Match[bytes]) -> bytes:
        letters, text = found.group(1), texts.get(found.group(1))
        whole = found.group().replace(letters + row.group(1), letters + str(number).encode(), 1)
        if text is None:
            return whole
        return _TEXT.sub(lambda held: held.group(1) + escape(text).encode() + held.group(3), whole)

    return b'<row r="%d"%s>%s</row>' % (number, row.group(2), _CELL.sub(cell, row.group(3)))
