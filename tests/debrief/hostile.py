"""Files that lie among logs in a folder, or were logs once: each with the fault that it must be named with."""

from __future__ import annotations

import gzip
import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.debrief.logs import another_id, bot_log, forge, opened, sealed_lines, team_log

Fault = tuple[str, str]
"""Kind, and how much of the file is used."""
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
GIANT = 1 << 30


def first(lines: list[Any], kind: str) -> Any:
    return next(line for line in lines if line["kind"] == kind)


def _set(kind: str, **values: Any) -> Callable[[list[Any]], None]:
    return lambda lines: first(lines, kind).update(values)


def _event(kind: str, **values: Any) -> Callable[[list[Any]], None]:
    def change(lines: list[Any]) -> None:
        events = (event for line in lines for event in line.get("events", ()))
        next(event for event in events if event["kind"] == kind)["data"].update(values)

    return change


def _nested(depth: int) -> str:
    return '{"events":' + "[" * depth + "]" * depth + ',"kind":"opened"}'


def _ledger(**values: Any) -> Callable[[list[Any]], None]:
    return lambda lines: first(lines, "quarter")["ledger"].update(values)


FORGED: dict[str, tuple[Callable[[list[Any]], None], Fault]] = {
    "from_the_future": (_set("header", format=2), ("future", "none")),
    "format_of_none": (_set("header", format="one"), ("odd", "none")),
    "other_rules": (_set("header", rules=99), ("rules", "all")),
    "a_seed_in_words": (_set("header", seed="seven"), ("odd", "none")),
    "more_quarters_than_allowed": (_set("header", quarters=99), ("odd", "none")),
    "another_scenario": (lambda lines: lines[0]["scenario"].update(title="Other"), ("odd", "none")),
    "no_scenario": (lambda lines: lines[0].pop("scenario"), ("odd", "none")),
    "no_beginning": (lambda lines: lines.__delitem__(1), ("odd", "none")),
    "two_beginnings": (lambda lines: lines.insert(3, lines[1]), ("odd", "none")),
    "a_move_twice": (lambda lines: lines.insert(4, lines[3]), ("odd", "none")),
    "a_move_of_another_quarter": (lambda lines: lines[2].update(quarter=5), ("odd", "none")),
    "a_move_without_number": (lambda lines: lines[2].pop("n"), ("odd", "none")),
    "an_undo_of_nothing": (
        lambda lines: lines.insert(3, {"kind": "undo", "quarter": 1, "takes_back": [77]}),
        ("odd", "none"),
    ),
    "a_score_too_early": (lambda lines: lines.insert(2, lines[-1]), ("odd", "none")),
    "a_line_after_the_end": (lambda lines: lines.append(lines[2]), ("odd", "none")),
    "a_line_of_another_kind": (lambda lines: lines.insert(2, {"kind": "chat", "text": "hi"}), ("odd", "none")),
    "nested_deeply": (lambda lines: lines.insert(2, _nested(100_000)), ("odd", "none")),
    "an_array_of_arrays": (
        lambda lines: lines.insert(2, '{"kind":"guess","value":[' + "[]," * 400_000 + "0]}"),
        ("odd", "none"),
    ),
    "not_a_number": (lambda lines: lines.insert(2, '{"kind":"guess","thought":NaN}'), ("odd", "none")),
    "half_a_letter": (lambda lines: lines[2]["args"].update(agenda="\ud800"), ("odd", "none")),
    "a_number_without_end": (
        lambda lines: lines.insert(
            2, '{"kind":"guess","name":"breakeven","quarter":1,"thought":0.0,"value":' + "9" * 5000 + "}"
        ),
        ("odd", "none"),
    ),
    "an_infinite_thought": (
        lambda lines: lines.insert(
            2, '{"kind":"guess","name":"breakeven","quarter":1,"thought":1e999,"value":1}'
        ),
        ("odd", "none"),
    ),
    "an_infinite_guess": (
        lambda lines: lines.insert(
            2, '{"kind":"guess","name":"breakeven","quarter":1,"thought":1.0,"value":1e999}'
        ),
        ("odd", "none"),
    ),
    "books_of_another_size": (_ledger(money=[[1]]), ("odd", "none")),
    "books_beyond_counting": (_ledger(company=10**40), ("odd", "none")),
    "books_without_sales": (
        lambda lines: first(lines, "quarter")["ledger"]["names"].__setitem__(0, "gifts"),
        ("odd", "none"),
    ),
    "books_in_words": (_ledger(volume=["much"]), ("odd", "none")),
    "a_move_that_learned_a_number": (_event("moved", learned=7), ("odd", "none")),
    "an_account_that_is_a_list": (_event("why", account=[]), ("odd", "none")),
    "truth_in_words": (_event("truth", accounts="all"), ("odd", "none")),
    "a_case_without_outcome": (_event("case_answered", outcome=None), ("odd", "none")),
    "a_promise_of_words": (_event("signed", value="much"), ("odd", "none")),
    "a_ranking_of_a_number": (_event("revealed", by_profit=3), ("odd", "none")),
    "a_score_in_words": (lambda lines: lines[-1]["score"].update(score="good"), ("odd", "none")),
}  # fmt: skip
PLAIN: dict[str, tuple[Callable[[], bytes], Fault]] = {
    "empty.jsonl": (lambda: b"", ("empty", "none")),
    "blank.jsonl": (lambda: b"\n\n\n", ("foreign", "none")),
    "picture.png": (lambda: PNG, ("foreign", "none")),
    "picture.jsonl": (lambda: PNG, ("foreign", "none")),
    "scenario.yaml": (lambda: b"format: 1\nid: halden\n", ("foreign", "none")),
    "notes.txt": (lambda: b"Dear Ada,\n", ("foreign", "none")),
    "page.html": (lambda: b"<!doctype html>", ("foreign", "none")),
    "logs.zip": (lambda: b"PK\x03\x04" + bytes(100), ("foreign", "none")),
    "log.jsonl.gz": (lambda: gzip.compress(bot_log().read_bytes()), ("foreign", "none")),
    "list.json": (lambda: b"[1, 2, 3]\n", ("foreign", "none")),
    "other.json": (lambda: b'{"name": "somebody", "kind": "else"}\n', ("foreign", "none")),
    "noise.bin": (lambda: random.Random(1).randbytes(4096), ("foreign", "none")),
    "utf16.jsonl": (lambda: bot_log().read_text("utf-8").encode("utf-16"), ("encoding", "none")),
    "latin1.jsonl": (lambda: _spoiled(5, b"\xe9"), ("encoding", "part")),
    "bom.jsonl": (lambda: b"\xef\xbb\xbf" + team_log().read_bytes(), ("line_endings", "all")),
    "crlf.jsonl": (lambda: _cut(4000, 10_000).replace(b"\n", b"\r\n"), ("line_endings", "all")),
    "header_only.jsonl": (lambda: bot_log().read_bytes().splitlines(keepends=True)[0], ("torn", "none")),
    "one_long_line.jsonl": (lambda: bot_log().read_bytes().replace(b"\n", b" "), ("changed", "none")),
}  # fmt: skip


def _spoiled(number: int, byte: bytes) -> bytes:
    lines = bot_log().read_bytes().splitlines(keepends=True)
    lines[number] = lines[number][:20] + byte + lines[number][20:]
    return b"".join(lines)


def giant(path: Path, before: bytes) -> None:
    """A line of a gigabyte after some bytes; it takes no room on the disk."""
    path.write_bytes(before)
    os.truncate(path, GIANT)


def lay(folder: Path) -> Iterator[tuple[Path, Fault]]:
    """One of every sort, with the fault that it must be named with. All forged ones are of different sessions."""
    for name, (made, fault) in PLAIN.items():
        (folder / name).write_bytes(made())
        yield folder / name, fault
    for seed, (name, (change, fault)) in enumerate(FORGED.items(), start=1000):
        yield forge(bot_log(), folder / f"{name}.jsonl", _renamed(seed, change)), fault
    giant(folder / "giant_zero.jsonl", b"")
    yield folder / "giant_zero.jsonl", ("foreign", "none")
    giant(folder / "giant_line.jsonl", _cut(2000, 30))
    yield folder / "giant_line.jsonl", ("too_long", "part")
    giant(folder / "giant_first.jsonl", b'{"format":1,"kind":"header","note":"' + b"x" * 600)
    yield folder / "giant_first.jsonl", ("too_long", "none")
    yield from _doubled(folder)
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe.jsonl")
        yield folder / "pipe.jsonl", ("foreign", "none")
        (folder / "nowhere.jsonl").symlink_to(folder / "gone")
        yield folder / "nowhere.jsonl", ("unreadable", "none")
        (folder / "loop").symlink_to(folder, target_is_directory=True)


def _renamed(seed: int, change: Callable[[list[Any]], None]) -> Callable[[list[Any]], None]:
    def both(lines: list[Any]) -> None:
        lines[0]["seed"] = seed
        change(lines)

    return both


def _cut(seed: int, count: int) -> bytes:
    lines = opened(bot_log())
    lines[0] |= {"seed": seed, "id": another_id(seed)}
    return sealed_lines(lines[:count])


def _doubled(folder: Path) -> Iterator[tuple[Path, Fault]]:
    """The same session whole, again, earlier, and played on otherwise."""
    whole = _cut(3000, 10_000)
    (folder / "session_a.jsonl").write_bytes(whole)
    (folder / "session_b.jsonl").write_bytes(whole)
    yield folder / "session_b.jsonl", ("duplicate", "none")
    (folder / "session_c.jsonl").write_bytes(_cut(3000, 40))
    yield folder / "session_c.jsonl", ("duplicate", "none")
    lines = opened(bot_log())[:30]
    lines[0] |= {"seed": 3000, "id": another_id(3000)}
    lines[-1]["thought"] = 99.0
    (folder / "session_d.jsonl").write_bytes(sealed_lines(lines))
    yield folder / "session_d.jsonl", ("duplicate", "none")


def spoil(source: bytes, dice: random.Random) -> bytes:
    """A log with one thing wrong by chance: cut, a byte changed, a line taken away, doubled or moved, noise put in."""
    lines = source.splitlines(keepends=True)
    way = dice.randrange(6)
    if way == 0:
        return source[: dice.randrange(len(source))]
    if way == 1:
        place = dice.randrange(len(source))
        return source[:place] + bytes([source[place] ^ (1 << dice.randrange(8))]) + source[place + 1 :]
    row = dice.randrange(1, len(lines))
    if way == 2:
        del lines[row]
    elif way == 3:
        lines.insert(row, lines[row - 1])
    elif way == 4:
        lines.insert(row, lines.pop())
    else:
        lines.insert(row, dice.randbytes(dice.randrange(1, 3000)) + b"\n")
    return b"".join(lines)
