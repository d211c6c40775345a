"""Twenty thousand broken scenarios: each is read or refused in words, quickly, within a little memory."""

from __future__ import annotations

import random
import re
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kamsim.errors import ScenarioError
from kamsim.scenario import reader
from tests.scenario.minimal import KESTREL, ORVIK, SCENARIO, write_minimal

DOCUMENTS = 20_000
BATCHES = 20
SECONDS = 1.0
MEGABYTES = 200

FILES = {"scenario.yaml": SCENARIO, "accounts/orvik.yaml": ORVIK, "accounts/kestrel.yaml": KESTREL}
TOKENS = (
    *"[]{},:-?&*!|>'\"%@`#~\\\t\0é🎲\u2028\u0085\ufeff\u202e",
    *("<<", "null", "true", "no", "yes", ".nan", ".inf", "-.inf", "1e400", "1e999999", "0x", "0o17", "017", "1_000"),
    *("12:30", "2019-04-01", "-1", "0", "-0.0", "99999999999999999999", "1e-400", "&a", "*a", "!!int", "---", "..."),
    *("!!python/object:os.system", "%YAML", "\\x00", "\\ud800", "\x1b[31m", "{account}", "{0.__class__}"),
    *("id", "accounts", "orvik", "../../etc/passwd"),
)


def flip_bytes(luck: random.Random, text: str) -> bytes:
    """A few bytes changed, dropped or added."""
    raw = bytearray(text.encode())
    for _ in range(luck.randint(1, 8)):
        at = luck.randrange(len(raw))
        raw[at : at + luck.randint(0, 2)] = luck.randbytes(luck.randint(0, 2))
    return bytes(raw)


def shuffle_lines(luck: random.Random, text: str) -> bytes:
    """Lines dropped, doubled, moved or indented otherwise."""
    lines = text.split("\n")
    for _ in range(luck.randint(1, 5)):
        at = luck.randrange(len(lines))
        line = lines.pop(at) if luck.random() < 0.7 else lines[at]
        if luck.random() < 0.7:
            shift = " " * luck.randint(0, 3)
            lines.insert(
                luck.randint(0, len(lines)), line[luck.randint(0, 3) :] if luck.random() < 0.3 else shift + line
            )
    return "\n".join(lines).encode()


def swap_tokens(luck: random.Random, text: str) -> bytes:
    """Words replaced by tokens that mean something to YAML, to pydantic or to a file system."""
    parts = re.split(r"(\s+|[:,\[\]{}])", text)
    for _ in range(luck.randint(1, 6)):
        parts[luck.randrange(len(parts))] = luck.choice(TOKENS) * luck.choice((1, 1, 1, 2, 300))
    return "".join(parts).encode("utf-8", "surrogatepass")


def swap_values(luck: random.Random, text: str) -> bytes:
    """Whole values replaced, the structure kept: what an author gets wrong."""
    lines = text.split("\n")
    for _ in range(luck.randint(1, 6)):
        at = luck.randrange(len(lines))
        key, colon, _ = lines[at].partition(": ")
        lines[at] = key + colon + (luck.choice(TOKENS) if luck.random() < 0.8 else structure(luck, 4))
    return "\n".join(lines).encode("utf-8", "surrogatepass")


def from_nothing(luck: random.Random, _text: str) -> bytes:
    """Random structure, deep or wide, with anchors, or plain noise."""
    kind = luck.randrange(4)
    if kind == 0:
        return luck.randbytes(luck.randint(0, 400))
    if kind == 1:
        return "".join(luck.choice(TOKENS) + luck.choice(("", " ", "\n", "\n  ")) for _ in range(200)).encode(
            "utf-8", "surrogatepass"
        )
    if kind == 2:
        return (
            luck.choice(("[", "{a: ", "- ", "? ", "&a [", "{? ", "'", '"', "!", "*a ")) * luck.randint(1, 9000)
        ).encode()
    return "\n".join(f"{luck.choice(TOKENS)}: {structure(luck, luck.randint(1, 8))}" for _ in range(20)).encode(
        "utf-8", "surrogatepass"
    )


def structure(luck: random.Random, depth: int) -> str:
    """A flow value."""
    if depth == 0 or luck.random() < 0.2:
        return luck.choice(TOKENS)
    items = [structure(luck, depth - 1) for _ in range(luck.randint(0, 3))]
    if luck.random() < 0.5:
        return f"[{', '.join(items)}]"
    return "{" + ", ".join(f"{luck.choice(('id', 'line', 'a', '<<', 'name'))}: {item}" for item in items) + "}"


MUTATIONS: tuple[Callable[[random.Random, str], bytes], ...] = (
    flip_bytes,
    shuffle_lines,
    swap_tokens,
    swap_values,
    from_nothing,
)


def megabytes() -> float:
    """The most memory that this process has held."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


@pytest.mark.parametrize("batch", range(BATCHES))
def test_no_document_breaks_the_reader(tmp_path: Path, batch: int) -> None:
    """Whatever the bytes: a scenario or ScenarioError within a second of processor time; every finding one printable line of its file."""
    folder = write_minimal(tmp_path)
    reader.load_scenario(folder)
    before = megabytes()
    refused = 0
    for number in range(DOCUMENTS // BATCHES):
        luck = random.Random(f"{batch}/{number}")
        name = luck.choice(list(FILES))
        raw = luck.choice(MUTATIONS)(luck, FILES[name])
        (folder / name).write_bytes(raw)
        start = time.process_time()
        try:
            scenario = reader.load_scenario(folder)
        except ScenarioError as error:
            refused += 1
            assert 1 <= len(error.findings) <= 51
            for found in error.findings:
                text = str(found)
                assert text.isprintable() and len(text) < 600 + len(found.file), (batch, number, text)
                assert found.line <= max(100, raw.count(b"\n") + raw.count(b"\r")) + 2, (batch, number, text)
        else:
            assert reader.scenario_from_canonical(reader.canonical(scenario)) == scenario, (batch, number)
        assert time.process_time() - start < SECONDS, (batch, number)
        (folder / name).write_text(FILES[name], encoding="utf-8")
    assert megabytes() - before < MEGABYTES
    assert refused > DOCUMENTS // BATCHES // 2
