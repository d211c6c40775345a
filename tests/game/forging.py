"""Logs forged by chance behind a sound chain, and everything that kamsim does with a log."""

from __future__ import annotations

import copy
import hashlib
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from kamsim.debrief.exports import FORMATS, export
from kamsim.debrief.pages import write_debrief
from kamsim.errors import KamsimError
from kamsim.game.records import canonical_text
from kamsim.game.replay import replay, verify
from kamsim.game.session import Session
from kamsim.players.policies import named_policy
from tests.engine.worlds import furnished
from tests.game.test_log import forge

LONGEST = 600
"""Characters of a sentence, the name of the file left out."""
ODD: list[Any] = [
    None, True, -1, 0, 1, 2, 99, 127, 128, 2**53, 10**12, 10**15, 10**40, -1.5, 0.5, 5e-324, 1e300, "", "none", "orvik", "kestrel",
    "brandl", "quiet_ships", "dry_dock", "sudo", "late", "savings", "2020-01-01", "x" * 300, "x" * 1_000_000, "\u202e", [], {}, [[1]],
    {"a": 1}, [0] * 2000, {str(number): number for number in range(1100)},
]  # fmt: skip
KINDS = ("header", "opened", "command", "guess", "quarter", "finished", "", "")
"""In which line a value is changed; '' for any."""


def sources(folder: Path) -> list[Path]:
    """Three sound logs of bots: finished, and left in the middle."""
    made = []
    for bot, closed, planned in (("value_seller", 4, 4), ("random_legal", 3, 5), ("discounter", 6, 8)):
        with Session.start(furnished(), seed=3, log_dir=folder, quarters=planned, player=bot) as session:
            session.guess("ranking", ["orvik", "kestrel"])
            session.guess("breakeven", 12.0)
            for _ in range(closed):
                named_policy(bot).play(session.seat)
                session.guess("profit_range", [1_000_000, 90_000_000])
                session.end_quarter()
            made.append(session.log_path)
    return made


def forged(source: Path, target: Path, dice: random.Random) -> Path:
    """A log with one or two other values somewhere; mostly with the digest of the scenario that it then holds."""
    shutil.copy(source, target)

    def change(lines: list[Any]) -> None:
        for _ in range(dice.choice((1, 1, 2))):
            mutate(lines, dice)
        header = lines[0]
        if dice.random() < 0.7 and isinstance(header.get("scenario"), dict):
            text = canonical_text(header["scenario"])
            header["scenario_sha256"] = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

    forge(target, change)
    return target


def mutate(lines: list[Any], dice: random.Random) -> None:
    """Change one value: for an odd one, for another of its kind, or for none at all."""
    kind = dice.choice(KINDS)
    place: Any = lines[
        dice.choice([row for row, line in enumerate(lines) if line["kind"] == kind] or range(len(lines)))
    ]
    while True:
        keys = [key for key in (place if isinstance(place, dict) else range(len(place))) if key != "kind"]
        if not keys:
            return
        key = dice.choice(keys)
        inner = place[key]
        if isinstance(inner, dict | list) and inner and dice.random() < 0.93:
            place = inner
            continue
        if dice.random() < 0.08:
            del place[key]
        elif isinstance(inner, int | float) and not isinstance(inner, bool) and dice.random() < 0.5:
            place[key] = dice.choice((inner * 2, -inner, inner + 1, inner - 1, inner * 1e6, inner / 3))
        else:
            place[key] = copy.deepcopy(dice.choice(ODD))
        return


def faults_of(path: Path, sound: Path, folder: Path, form: str) -> Iterator[str]:
    """What went wrong with a forged log: anything but a result or a sentence, and a sound log beside it that was lost."""
    uses: dict[str, Callable[[], object]] = {
        "verify": lambda: verify(path),
        "replay": lambda: replay(path, drop=[1], neutral="demand"),
        "debrief": lambda: write_debrief([path], folder / "one.html"),
        "class": lambda: write_debrief([path, sound], folder / "class.html", as_class=True).sessions,
        "export": lambda: export([path, sound], form, folder / "out").sessions,
        "resume": lambda: play_on(path),
    }
    for name, use in uses.items():
        try:
            made = use()
        except KamsimError as error:
            told = str(error).replace(str(path), "")
            if name in ("class", "export"):
                yield f"{name}: nothing is left of the class: {told[:300]}"
            elif max(map(len, told.splitlines())) > LONGEST:
                yield f"{name}: {len(told)} characters: {told[:300]}"
        except Exception as error:
            yield f"{name}: {type(error).__name__}: {str(error)[:300]}"
        else:
            if name in ("class", "export") and not made:
                yield f"{name}: the sound log was lost"


def play_on(path: Path) -> None:
    """Resume, look, and play a quarter."""
    with Session.resume(path) as session:
        session.open_matters()
        if not session.finished:
            named_policy("typical").play(session.seat)
            session.end_quarter()


def try_some(folder: Path, count: int, seed: int) -> list[str]:
    """Forge logs and put them to every use; the faults, each with the number of its log."""
    dice, found = random.Random(seed), []
    logs = sources(folder / "sources")
    for number in range(count):
        source, beside = dice.choice(logs), dice.choice(logs)
        path = forged(source, folder / "forged.jsonl", dice)
        sound = Path(shutil.copy(beside, folder / "sound.jsonl"))
        form = list(FORMATS)[number % len(FORMATS)]
        found += [f"log {number}: {fault}" for fault in faults_of(path, sound, folder, form)]
    return found
