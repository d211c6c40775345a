"""What somebody reads: how long it is, how many variants it has, and whether its placeholders stand for something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import get_args

from pydantic import BaseModel

from kamsim.scenario.casework import CaseSays
from kamsim.scenario.findings import listed
from kamsim.scenario.models import Scenario
from kamsim.scenario.notes import Notes, Path
from kamsim.scenario.vocabulary import Condition, Criterion

LONGEST_PROSE = 90
"""Words in one field that a player reads at one go."""
MOST_VARIANTS = 3


def texts(model: BaseModel, at: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every text of a model that holds a space, with its path: what somebody reads."""
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, BaseModel):
            yield from texts(value, (*at, name))
        elif isinstance(value, str):
            if " " in value:
                yield (*at, name), value
        elif isinstance(value, tuple | dict):
            for index, item in enumerate(value) if isinstance(value, tuple) else value.items():
                if isinstance(item, BaseModel):
                    yield from texts(item, (*at, name, index))
                elif isinstance(item, str) and " " in item:
                    yield (*at, name, index), item


def _meant_to_be_long(at: Path) -> bool:
    """Whether a text is an example of how not to write."""
    return at[:1] == ("examples",) and at[-2:] == ("bad", "text")


def check_placeholders(at: Path, text: str, notes: Notes) -> None:
    """Nothing in braces but the account's name."""
    if strange := [word for word in re.findall(r"\{[^}]*\}?|\}", text) if word != "{account}"]:
        notes.error("K319", at, f"{strange[0][:40]} stands for nothing; only {{account}} does")


def check_case_says(says: CaseSays, at: Path, name: str, notes: Notes) -> None:
    """What somebody says to business cases: all of it, or nothing."""
    if says == CaseSays():
        return
    wanted = (("criteria", get_args(Criterion)), ("conditions", get_args(Condition)))
    silent = [key for key in ("approves", "returns", "rejects") if not getattr(says, key)]
    silent += [word for key, words in wanted for word in words if word not in getattr(says, key)]
    if silent:
        message = f"{name} answers business cases, and has nothing to say for {listed(silent)}"
        notes.warning("K335", at, message, key=True)
    for path, text in texts(says, at):
        check_placeholders(path, text, notes)
    for key in ("approves", "returns", "rejects"):
        check_variants(getattr(says, key), (*at, key), notes)


def check_variants(variants: tuple[str, ...], at: Path, notes: Notes) -> None:
    """No more variants than a player will hear."""
    if len(variants) > MOST_VARIANTS:
        notes.warning("K321", at, f"{at[-1]} has {len(variants)} variants; {MOST_VARIANTS} are enough")


def check_lengths(scenario: Scenario, notes: Notes) -> None:
    """Nothing is longer than what is read at one go."""
    for at, text in texts(scenario):
        if (words := len(text.split())) > LONGEST_PROSE and not _meant_to_be_long(at):
            notes.warning("K314", at, f"{at[-1]} has {words} words; more than {LONGEST_PROSE} are not read")
