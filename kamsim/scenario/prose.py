"""What somebody reads: how long it is, how many variants it has, and whether its letters can be drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import get_args

from pydantic import BaseModel

from kamsim.currency import ENGLISH, known_locale, symbol
from kamsim.letters import DRAWN, HYPHENS
from kamsim.scenario.casework import CaseSays
from kamsim.scenario.findings import listed
from kamsim.scenario.models import Scenario
from kamsim.scenario.notes import Notes, Path
from kamsim.scenario.vocabulary import Condition, Criterion

LONGEST_PROSE = 90
"""Words in one field that a player reads at one go."""
MOST_VARIANTS = 6
SIGNS = {"EUR": "€", "USD": "$", "GBP": "£"}


def every_text(model: BaseModel, at: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every text of a model, names and ids included, with its path."""
    for name in type(model).model_fields:
        yield from _texts_in(getattr(model, name), (*at, name))


def _texts_in(value: object, at: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, BaseModel):
        yield from every_text(value, at)
    elif isinstance(value, str):
        yield at, value
    elif isinstance(value, tuple | dict):
        for index, item in enumerate(value) if isinstance(value, tuple) else value.items():
            yield from _texts_in(item, (*at, index))


def texts(model: BaseModel, at: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every text of a model that holds a space, with its path: what somebody reads."""
    return ((path, text) for path, text in every_text(model, at) if " " in text)


def _meant_to_be_long(at: Path) -> bool:
    """Whether a text is an example of how not to write."""
    return at[:1] == ("examples",) and at[-2:] == ("bad", "text")


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
    for key in ("approves", "returns", "rejects"):
        check_variants(getattr(says, key), (*at, key), notes)


def check_variants(variants: tuple[str, ...], at: Path, notes: Notes) -> None:
    """No more variants than a player will hear."""
    if len(variants) > MOST_VARIANTS:
        notes.warning("K321", at, f"{at[-1]} has {len(variants)} variants; {MOST_VARIANTS} are enough")


def check_prose(scenario: Scenario, notes: Notes) -> None:
    """Nothing is longer than what is read at one go; every letter can be drawn, and money is in the scenario's
    currency."""
    others = [rf"{re.escape(sign)}|\b{code}\b" for code, sign in SIGNS.items() if code != scenario.currency]
    foreign = re.compile("|".join(others))
    ours = symbol(scenario.currency, scenario.locale if known_locale(scenario.locale) else ENGLISH)
    for at, text in every_text(scenario):
        if (words := len(text.split())) > LONGEST_PROSE and not _meant_to_be_long(at):
            notes.warning("K314", at, f"{at[-1]} has {words} words; more than {LONGEST_PROSE} are not read")
        if not DRAWN.fullmatch(text):
            notes.warning("K344", at, _undrawn(text))
        if at != ("currency",) and (money := foreign.search(text.replace(ours, ""))):
            notes.warning("K345", at, f"this speaks of {money.group()}, and the scenario is in {scenario.currency}")


def _undrawn(text: str) -> str:
    """What to say of the first letter that the fonts lack."""
    letter = next(sign for sign in text if not DRAWN.fullmatch(sign))
    if letter in HYPHENS:
        return f"a hyphen stands here that is none of a keyboard's (U+{ord(letter):04X}); write -"
    return f"the window has no picture of {letter} (U+{ord(letter):04X}) and draws a box"
