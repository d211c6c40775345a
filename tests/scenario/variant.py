"""A variant of Halden in which everybody has another name, as an author would write it."""

from __future__ import annotations

import re
from pathlib import Path

from kamsim.authoring.begin import variant
from kamsim.scenario.prose import every_text
from kamsim.scenario.reader import load_scenario, words_of

FIRST = [
    "Ada",
    "Ben",
    "Cleo",
    "Dan",
    "Eve",
    "Finn",
    "Gus",
    "Hope",
    "Ira",
    "Jed",
    "Kim",
    "Lou",
    "Max",
    "Nan",
    "Otis",
    "Pam",
    "Quin",
    "Rex",
    "Sue",
    "Tod",
    "Una",
    "Vic",
    "Wes",
    "Xan",
    "Yul",
    "Zoe",
]
LAST = ["Alder", "Birch", "Cedar", "Dogwood", "Elder", "Fir", "Gum", "Hazel", "Juniper", "Larch"]


def another_name(place: int) -> str:
    """A name of two words that nobody else has."""
    return f"{FIRST[place % len(FIRST)]} {LAST[place // len(FIRST) % len(LAST)]}"


def renamed(folder: Path, base: str = "halden") -> Path:
    """The variant of `kamsim new --from`, with other names for all, units of lines too, and in dollars."""
    text = variant(base, "another").replace("currency: EUR", "currency: USD")
    for place, (word, name) in enumerate(words_of(base).items()):
        text = text.replace(f"{word}: {name},", f"{word}: {another_name(place)},")
    for row, line in enumerate(load_scenario(base).lines):
        text = text.replace(
            f"{line.id}: {{unit: {line.unit}}}", f"{line.id}: {{unit: {another_name(row).replace(' ', '-')}}}"
        )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "scenario.yaml").write_text(text, encoding="utf-8")
    return folder


def base_words(base: str = "halden") -> re.Pattern[str]:
    """Words of the base's names that are names only, its names in full, and its money."""
    texts = " ".join(text for _, text in every_text(load_scenario(base)))
    small = set(re.findall(r"\b[^\W\d_][\w-]*", re.sub(r"\b[A-ZÀ-Ž][\w-]*", "", texts)))
    names = [name for name in words_of(base).values() if name[:1].isupper()]
    words = {word for name in names for word in name.split() if len(word) > 3 and word.casefold() not in small}
    generic = {"Marine", "Wind", "Rail", "Second", "Source", "Warm", "Cold", "Iron", "Open", "Ebb", "Repair", "Units", "Packaging",
               "Pumps", "Precision", "Drives", "Works"}  # fmt: skip
    whole = [name for name in names if " " in name]
    return re.compile("|".join([r"€|\beuros?\b", *(rf"\b{re.escape(one)}\b" for one in {*words, *whole} - generic)]))
