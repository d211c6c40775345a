"""`kamsim new`: a small scenario that plays at once and whose comments teach the format, or a variant of another."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from kamsim.errors import KamsimError
from kamsim.paths import data_folder
from kamsim.scenario.models import Scenario
from kamsim.scenario.reader import load_scenario, shipped, words_of
from kamsim.scenario.schema import led

STARTER = "new"
"""The folder of assets/ that holds the small scenario."""


def begin(folder: Path, base: str | None = None) -> list[Path]:
    """Write a scenario into ``folder``, of which nothing may be there yet: the small one, or a variant of ``base``.

    Returns the files. Raises KamsimError where something is in the way, ScenarioError for a base that does not read.
    """
    return written(folder, starter(slug(folder)) if base is None else {"scenario.yaml": variant(base, slug(folder))})


def written(folder: Path, files: dict[str, str]) -> list[Path]:
    """Write texts by their path within ``folder``, which is made, each led to its schema, and the schemas for editors.

    Raises KamsimError where something is in the folder.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise KamsimError(f"{folder}: something is there already; give a folder that is new or empty")
    made = []
    for name, text in led(files).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        made.append(path)
    return made


def starter(name: str) -> dict[str, str]:
    """The small scenario's files, under the id ``name``."""
    root = data_folder("assets") / STARTER
    files = {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in root.rglob("*.yaml")}
    files["scenario.yaml"] = re.sub(r"(?m)^id: \w+$", f"id: {name}", files["scenario.yaml"], count=1)
    return dict(sorted(files.items(), key=lambda item: (item[0] != "scenario.yaml", item[0])))


def slug(folder: Path) -> str:
    """An id made of a folder's name, and of no shipped scenario."""
    made = re.sub(r"[^a-z0-9]+", "_", folder.resolve().name.casefold()).strip("_").lstrip("0123456789_")[:32]
    return f"my_{made}"[:32] if made in shipped() else made or "mine"


def variant(base: str, name: str) -> str:
    """The first file of a variant of ``base``: everybody's name to be changed, and an example of any other change."""
    told = load_scenario(base)
    kept = base if base in shipped() else Path(base).resolve().name
    line, account = told.lines[0], told.accounts[0]
    units = ", ".join(f"{one.id}: {{unit: {_plain(one.unit)}}}" for one in told.lines)
    person = account.people[0].id
    lines = [
        f"# A variant of {told.title}: all of it, but for what stands here. kamsim check . says what does not fit.",
        "# Take away the # before a line to change what it says. Money here is in your own currency.",
        "format: 1",
        f"extends: {kept}",
        f"id: {name}",
        f"currency: {told.currency} # any code of ISO 4217, such as USD; locale: de_CH writes money as there",
        "# exchange: 1.08 # what one of its money is in yours: all prices, costs and amounts in texts",
        "# difficulty: hard # or easy",
        f"# length: {{standard: {told.length.standard}}} # quarters",
        "# seeds: [7, 19, 23] # luck that sessions take; the same for a whole class if there is one",
        "",
        "# Who is called what, in every text: write your names in place of these. A short or last name is made of the",
        "# new one; where that is not what people say, add it, such as orvik.short: the Yard.",
        "names: {",
        *_names(told, base),
        "}",
        "# What one of a line is called stands in texts beside its name, so change both. After a unit there may follow",
        f"# what else you change, such as {line.id}: {{unit: {_plain(line.unit)}, list_price: {line.list_price:g}, "
        f"unit_cost: {line.unit_cost:g}}}.",
        f"lines: {{{units}}}",
        "",
        "# Anything else, by name; a value that is left empty takes away what it names.",
        f"# company: {{hourly_cost: {told.company.hourly_cost:g}}}",
        f"# accounts: {{{account.id}: {{trust: {account.trust:g}, people: {{{person}: {{veto: true}}}}}}}}",
    ]
    if told.news:
        lines.append(f"# news: {{{told.news[0].id}: {{text: What everybody reads instead.}}}}")
    if len(told.accounts) > 1:
        lines.append(
            f"# To leave a customer out: accounts: {{{told.accounts[-1].id}: }}. A new one is a file in accounts/."
        )
    return "\n".join(lines) + "\n"


def _names(told: Scenario, base: str) -> Iterator[str]:
    """Everybody and everything with a name, a customer and its people on a line."""
    words = {"company": told.company.name, "boss": told.company.boss.name}
    yield _row(words)
    for account in told.accounts:
        plans = [f"{len(account.initiatives)} programmes"] if account.initiatives else []
        yield f"  # {'; '.join([account.industry, *(person.role for person in account.people), *plans])}"
        programmes = {one.id: one.name for one in account.initiatives}
        here = {account.id: account.name, **{one.id: one.name for one in account.people}, **programmes}
        words |= here
        yield _row(here)
    desk = told.desk.approvers if told.desk else ()
    for what, group in (("rivals", told.rivals), ("the deal desk", desk), ("lines", told.lines)):
        if group:
            yield f"  # {what}"
            words |= (here := {one.id: one.name for one in group})
            yield _row(here)
    others = {word: name for word, name in words_of(base).items() if word not in words}
    if others:
        yield "  # people and places that texts speak of"
        yield from (_row(dict(some)) for some in _batched(others.items(), 8))


def _row(names: dict[str, str]) -> str:
    return f"  {', '.join(f'{word}: {_plain(name)}' for word, name in names.items())},"


def _batched(items: Iterable[tuple[str, str]], count: int) -> Iterator[list[tuple[str, str]]]:
    """Items by so many."""
    rest = list(items)
    while rest:
        yield rest[:count]
        rest = rest[count:]


def _plain(name: str) -> str:
    """A name as YAML, in quotes where it needs them."""
    return name if re.fullmatch(r"\w[\w .&'()/-]*", name) else json.dumps(name, ensure_ascii=False)
