"""Logs for the tests: played once by bots and by hand, copied with other names and seeds, and spoiled in many ways."""

from __future__ import annotations

import atexit
import copy
import hashlib
import json
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from kamsim.game import drafting
from kamsim.game.records import canonical_text
from kamsim.game.session import Session
from kamsim.players.policies import named_policy
from tests.engine.worlds import halden

ADA = "Adalbert Qvist"
MEMBERS = ("Zoraida Wexl", "Quirin O'Dell")
DRAFT = "Zoraida's =cheap\none"


def sealed_lines(lines: list[Any], previous: str = "") -> bytes:
    """Lines (objects, or text as it is to stand) with a sound chain around them."""
    out = []
    for line in lines:
        body = (line if isinstance(line, str) else canonical_text(line)).encode("utf-8", "surrogatepass")
        previous = hashlib.sha256(previous.encode() + body).hexdigest()
        out.append(body[:-1] + f',"hash":"{previous}"}}\n'.encode())
    return b"".join(out)


def opened(path: Path) -> list[Any]:
    """A log's lines as objects, without their hashes."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for line in lines:
        del line["hash"]
    return lines


def forge(source: Path, target: Path, change: Callable[[list[Any]], object], *, keep_id: bool = False) -> Path:
    """A log with a sound chain around whatever ``change`` does to the lines of another; with another first line it is
    another session, unless ``keep_id``."""
    lines = opened(source)
    first = copy.deepcopy(lines[0])
    change(lines)
    if isinstance(lines[0], dict) and lines[0] != first and not keep_id:
        lines[0]["id"] = another_id(lines[0])
    target.write_bytes(sealed_lines(lines))
    return target


def another_id(header: Any) -> str:
    """The id of a session that began as this header says."""
    return "s" + hashlib.sha256(repr(header).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def copy_with_seed(source: Path, target: Path, seed: int, player: str) -> Path:
    """The same session under another name and seed, quickly: only line 1 is made anew, the rest is hashed again."""
    first, *rest = source.read_bytes().splitlines()
    header = json.loads(first)
    header |= {"seed": seed, "player": player}
    del header["hash"]
    header["id"] = another_id(header)
    previous, out = "", []
    for body in [canonical_text(header).encode(), *(line[:-75] + b"}" for line in rest)]:
        previous = hashlib.sha256(previous.encode() + body).hexdigest()
        out.append(body[:-1] + f',"hash":"{previous}"}}\n'.encode())
    target.write_bytes(b"".join(out))
    return target


@cache
def _folder() -> Path:
    made = Path(mkdtemp(prefix="kamsim-tests-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


@cache
def bot_log(policy: str = "retailored", seed: int = 1, quarters: int = 8) -> Path:
    """A finished session of a bot."""
    bot = named_policy(policy)
    with Session.start(
        halden(), seed=seed, player=bot.name, log_dir=_folder(), quarters=quarters, policy=bot.name
    ) as session:
        while not session.finished:
            bot.play(session.seat)
            session.end_quarter()
        return session.log_path


@cache
def team_log() -> Path:
    """A team's session that stops in quarter 3: guesses, drafts, the coach, moves taken back, a clock, a second
    sitting, and names that must not be found where pseudonyms are asked for."""
    session = Session.start(halden(), seed=7, player=ADA, members=MEMBERS, log_dir=_folder(), quarters=8)
    with session:
        session.guess("ranking", list(session.params.accounts))
        session.guess("breakeven", 12.5)
        session.do("meet", person="lorenz", agenda="results")
        session.do("set_rhythm", account="orvik", rhythm="light")
        session.do("set_rhythm", account="mira", rhythm="close")
        session.undo()
        page = drafting.opening_page(session.seen, "tessaro", "customer")
        session.draft(DRAFT, "tessaro", "customer", page)
        session.coach("tessaro", "customer", page)
        session.guess("profit_range", [100_000_00, 200_000_000_00])
        session.end_quarter()
        session.do("present_case", account="tessaro", **page)
    with Session.resume(session.log_path) as session:
        session.end_quarter()
        for event in session.inbox:
            if event.kind == "moment":
                session.clock(event.plain()["moment"], "start", 0)
                session.clock(event.plain()["moment"], "ran_out", 120)
        session.do("review_costs", account="orvik")
        return session.log_path
