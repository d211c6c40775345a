"""JSON Schema 2020-12 of what an author may write, made from the models: editors complete, explain and mark faults.

A schema says what a single file may hold. How things fit together (a person who exists, a quarter after another) is
`crosscheck`'s, so `kamsim check` has the last word. The models' own schema would help an editor little: see `_Exact`.
"""

from __future__ import annotations

import ast
import json
import os
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from kamsim.aside import write_whole
from kamsim.errors import KamsimError
from kamsim.scenario.casework import Example
from kamsim.scenario.customer import Account
from kamsim.scenario.models import Scenario
from kamsim.scenario.supplier import Desk

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
"""Without it an editor leaves the entries of a pair unchecked."""
FILES: Final[Mapping[str, Any]] = {
    "scenario": Scenario,
    "variant": Scenario,
    "account": Account,
    "desk": Desk,
    "examples": tuple[Example, ...],
}
"""The kinds of file, and what each holds; a variant is a ``scenario.yaml`` that extends another."""
ENDING: Final = ".schema.json"
FOLDER: Final = "schema"
"""Where schemas lie: beside the shipped scenarios, and in the folder of a scenario of one's own."""
MODELINE: Final = "# yaml-language-server: $schema="
_NO_BOUND: Final = 1e9
"""What the largest number that an author may write is told as."""
_SLUG: Final = r"^[a-z][a-z0-9_]{0,31}$"
FEW: Final = 20
"""Values that are listed rather than given as multiples of a fraction, which binary numbers never quite are."""


class _Exact(GenerateJsonSchema):
    """Exact errors, and no empty headings over hovers."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002  # none of them
        """A field is called what its key is called."""
        return False

    def dict_schema(self, schema: core_schema.DictSchema) -> dict[str, Any]:
        """A key that does not fit its pattern is an error, too."""
        made = super().dict_schema(schema)
        if "patternProperties" in made:
            made["additionalProperties"] = False
        return made

    def tuple_schema(self, schema: core_schema.TupleSchema) -> dict[str, Any]:
        """No third value in a pair."""
        made = super().tuple_schema(schema)
        if "prefixItems" in made:
            made["items"] = False
        return made

    def float_schema(self, schema: core_schema.FloatSchema) -> dict[str, Any]:
        """Steps of a fraction are listed."""
        made = super().float_schema(schema)
        step = made.pop("multipleOf", None)
        if step is not None:
            low, high = made["minimum"], made["maximum"]
            count = round((high - low) / step) + 1
            assert count <= FEW, "a grid that is too fine to be listed"
            made = {"enum": [round(low + step * place, 10) for place in range(count)]}
        return made

    def union_schema(self, schema: core_schema.UnionSchema) -> dict[str, Any]:
        """Words from several lists are one list, so that a wrong one is told all that could stand there."""
        made = super().union_schema(schema)
        parts = made.get("anyOf", [])
        if parts and all(set(part) == {"enum", "type"} and part["type"] == "string" for part in parts):
            return {"enum": [word for part in parts for word in part["enum"]], "type": "string"}
        return made

    def nullable_schema(self, schema: core_schema.NullableSchema) -> dict[str, Any]:
        """An optional value may be left empty, ``region:``; what else it may be is said in one piece."""
        inner = self.generate_inner(schema["schema"])
        if "$ref" in inner:
            return super().nullable_schema(schema)
        words = {"enum": [*inner["enum"], None]} if "enum" in inner else {}
        return {**inner, **words, "type": [inner["type"], "null"]}


@cache
def schema_of(kind: str) -> dict[str, Any]:
    """The schema of one kind of file. Raises KamsimError for another word."""
    if kind not in FILES:
        raise KamsimError(f"there is no schema {kind!r}; known are {', '.join(FILES)}")
    made: dict[str, Any] = TypeAdapter(FILES[kind]).json_schema(mode="validation", schema_generator=_Exact)
    for name, model in _models(made, FILES[kind]):
        _explain(model, _docs().get(name, {}))
    if kind == "scenario":
        made["properties"]["accounts"] = _account_names(made["properties"]["accounts"])
        made["properties"]["names"] = _NAMES
        made["required"] = [name for name in made["required"] if name != "accounts"] + ["accounts"]
        _prune(made)
    if kind == "variant":
        _relax(made)
    return {"$schema": DIALECT, **made}


_NAMES: Final = {
    "type": "object",
    "patternProperties": {r"^[a-z][a-z0-9_]{0,31}(\.[a-z]+)?$": {"type": "string", "minLength": 1, "maxLength": 90}},
    "additionalProperties": False,
    "description": "Words that prose takes by name: {stavfjord}, or a part of a name, {orvik.short}.",
    "markdownDescription": "Words that prose takes by name: `{stavfjord}`, or a part of a name, `{orvik.short}`.",
}
"""What the reader uses up before there is a model."""


_OF_A_VARIANT: Final = {
    "extends": {
        "type": "string",
        "minLength": 1,
        "description": "The scenario that this one changes: a shipped one, or a folder beside this one.",
    },
    "exchange": {
        "type": "number",
        "minimum": 0.001,
        "maximum": 100_000,
        "description": "What one unit of the base's money is in this currency; all money, in prose too, times so much.",
    },
    "difficulty": {"enum": ["easy", "normal", "hard"], "description": "How kind customers, rivals and luck are."},
    "names": _NAMES,
}
_NAMED_BY: Final = ("id", "move", "line", "year", "quarter")
"""By what a variant calls an entry of a list."""


def _relax(made: dict[str, Any]) -> None:
    """What a variant may say: any part of a scenario, entries of lists by their name, and nothing for what is gone."""
    models = [made, *made["$defs"].values()]
    for model in models:
        model.pop("required", None)
        model["properties"] = {name: _loose(found, made) for name, found in model["properties"].items()}
    accounts = made["properties"]["accounts"]["anyOf"]
    accounts[0] = {"type": "array", "items": {"type": "string", "pattern": _SLUG}}
    made["properties"] |= _OF_A_VARIANT
    made["required"] = ["extends", "id"]


def _loose(found: dict[str, Any], made: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {name: found[name] for name in ("description", "markdownDescription") if name in found}
    reference = found.get("items", {}).get("$ref", "") if isinstance(found.get("items"), dict) else ""
    entry = made["$defs"].get(reference.rsplit("/", 1)[-1], {"properties": {}})
    if any(name in entry["properties"] for name in _NAMED_BY):
        by_name = {"type": "object", "additionalProperties": {"anyOf": [found["items"], {"type": "null"}]}}
        return {"anyOf": [found, by_name, {"type": "null"}], **told}
    if isinstance(found.get("type"), str) and "enum" not in found and "const" not in found:
        return {**found, "type": [found["type"], "null"]}
    return {"anyOf": [found, {"type": "null"}], **told}


def _account_names(listed: Mapping[str, Any]) -> dict[str, Any]:
    """In ``scenario.yaml`` accounts are names of files."""
    kept = {name: listed[name] for name in ("description", "markdownDescription", "minItems") if name in listed}
    return {"type": "array", "items": {"type": "string", "pattern": _SLUG}, **kept}


def _models(made: dict[str, Any], root: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every model of a schema by the name of its class."""
    yield from made.get("$defs", {}).items()
    if isinstance(root, type):
        yield root.__name__, made


def _prune(made: dict[str, Any]) -> None:
    """Definitions that nothing leads to any more go."""
    while True:
        text = json.dumps(made)
        unused = [name for name in made["$defs"] if f'"#/$defs/{name}"' not in text]
        if not unused:
            return
        for name in unused:
            del made["$defs"][name]


def _explain(model: dict[str, Any], docs: Mapping[str, str]) -> None:
    """What each field means, its bounds and what it is if left out: what an editor shows over the key."""
    model.pop("title", None)
    if "description" in model:
        model.update(_described(model["description"]))
    for name, found in model.get("properties", {}).items():
        said = [part for part in (docs.get(name, ""), _bounds(found), _otherwise(found)) if part]
        if said:
            found.update(_described("\n\n".join(said)))


def _described(text: str) -> dict[str, str]:
    """A description twice: as plain text, and as Markdown, which editors prefer."""
    text = re.sub(r"``(.+?)``", r"`\1`", text)
    return {"description": text.replace("`", ""), "markdownDescription": text}


def _bounds(found: Mapping[str, Any]) -> str:
    """What a number or a short name may be, in words."""
    if found.get("pattern") == _SLUG:
        return "A short name of a-z, 0-9 and _, a letter first, at most 32 long."
    low, above = found.get("minimum"), found.get("exclusiveMinimum")
    high, below = found.get("maximum"), found.get("exclusiveMaximum")
    parts = [
        f"{word} {bound:,.10g}"
        for word, bound in (("at least", low), ("above", above), ("at most", high), ("below", below))
        if bound is not None and bound < _NO_BOUND
    ]
    if low is not None and high is not None and high < _NO_BOUND:
        parts = [f"{low:,.10g} to {high:,.10g}"]
    step = [f"in steps of {found['multipleOf']}"] if "multipleOf" in found else []
    return f"A number, {', '.join([*parts, *step])}." if parts else ""


def _otherwise(found: Mapping[str, Any]) -> str:
    """What it is if left out."""
    default = found.get("default")
    if default is None or default in ([], {}) or isinstance(default, dict):
        return ""
    return f"{json.dumps(default, ensure_ascii=False).strip(chr(34))} if left out."


@cache
def _docs() -> dict[str, dict[str, str]]:
    """What the models' sources say below each field, by class and field: read as text, since a running program has no
    docstrings of attributes, and looking for them as the models are made would slow every start."""
    found: dict[str, dict[str, str]] = {}
    for file in sorted(Path(__file__).parent.glob("*.py")):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                found[node.name] = dict(_fields(node))
    return found


def _fields(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, below in zip(node.body, node.body[1:], strict=False):
        if not (isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)):
            continue
        if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
            yield field.target.id, " ".join(str(below.value.value).split())


def text_of(kind: str) -> str:
    """One schema as the text of its file. Raises KamsimError for another word."""
    return json.dumps(schema_of(kind), indent=1, ensure_ascii=False) + "\n"


def write(folder: Path) -> tuple[Path, ...]:
    """Write all schemas into a folder, all of them or none; where they are. Raises OSError where that cannot be."""
    files = {folder / f"{kind}{ENDING}": text_of(kind).encode() for kind in FILES}
    write_whole(files)
    return tuple(files)


def kind_of(file: Path, text: str = "") -> str:
    """Which kind a scenario's file is, by its place; ``text`` tells a variant."""
    if file.parent.name == "accounts":
        return "account"
    return file.stem if file.stem in ("desk", "examples") else "variant" if _EXTENDS.search(text) else "scenario"


_EXTENDS: Final = re.compile(r"^extends:", re.MULTILINE)


def modeline(file: Path, schemas: Path, text: str = "") -> str:
    """The comment that leads an editor from a scenario's file to its schema in the folder ``schemas``: by a path from
    one to the other, so that both can move together and no network is needed."""
    steps = os.path.relpath(schemas, file.parent).replace(os.sep, "/")
    return f"{MODELINE}{steps}/{kind_of(file, text)}{ENDING}"


def led(files: Mapping[str, str]) -> dict[str, str]:
    """A scenario's files by their path within its folder, each led to its schema in its first line, and those schemas
    beside them."""
    made = {
        name: f"{modeline(Path(name), Path(FOLDER), text)}\n{text}" if name.endswith(".yaml") else text
        for name, text in files.items()
    }
    return made | {f"{FOLDER}/{kind}{ENDING}": text_of(kind) for kind in FILES}
