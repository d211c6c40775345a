"""The documents say what the code says: sections that it cites, files and names that exist, constants with their values."""

from __future__ import annotations

import ast
import importlib
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

import kamsim
from kamsim.debrief.behaviours import OCCASIONS
from kamsim.debrief.competencies import ROWS
from kamsim.engine.levers import LEVERS
from kamsim.lab.claims import all_claims

ROOT = Path(__file__).parent.parent
PACKAGE = Path(kamsim.__file__).parent
DOCUMENTS = (*sorted((ROOT / "docs").glob("*.md")), ROOT / "CONTRIBUTING.md")
ECONOMICS = ROOT / "docs" / "economics.md"
CODE = [
    path
    for folder in (PACKAGE, ROOT / "tests")
    for path in sorted(folder.rglob("*"))
    if path.suffix in (".py", ".toml") and path != Path(__file__)
]


@cache
def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def shown(path: Path) -> str:
    return path.relative_to(ROOT if ROOT in path.parents else PACKAGE.parent).as_posix()


# --- citations --------------------------------------------------------------------------------------------

SECTION = r"[A-H][0-9]{0,2}\b"
AND = r"(?:,? and |, |-)"
CITED = re.compile(rf"\b[Ee]conomics ({SECTION}(?:{AND}{SECTION})*)")
SAID = re.compile(r"(?<!docs/)\beconomics\b(?!\.md)", re.IGNORECASE)
BARE = re.compile(r"\b[A-H][0-9]{1,2}\b")
CITING = ("engine", "players", "lab", "scenario")
"""Parts in which a letter and a number are a section of economics.md; elsewhere they may be a key or a colour."""


def unwrapped(words: str) -> str:
    """Prose as if no line had ever been broken."""
    return re.sub(r"\s+(?:#:?\s+)?", " ", words)


def sections() -> set[str]:
    return set(re.findall(rf"^#{{2,3}} ({SECTION})", text(ECONOMICS), re.MULTILINE))


def spelled(cited: str) -> set[str]:
    """The sections that a citation names: "B3-B5 and C" are B3, B4, B5 and C."""
    found = set(re.findall(SECTION, cited))
    for letter, low, high in re.findall(r"([A-H])([0-9]+)-\1([0-9]+)", cited):
        found |= {f"{letter}{number}" for number in range(int(low), int(high) + 1)}
    return found


def prose(path: Path) -> str:
    """Comments and docstrings of a file, which is where a citation stands; all of it where it is data."""
    if path.suffix != ".py":
        return text(path)
    strings = [node.value.value for node in ast.walk(ast.parse(text(path))) if isinstance(node, ast.Expr)
               and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)]  # fmt: skip
    return "\n".join((*strings, *re.findall(r"#:? .*", text(path))))


def test_every_citation_of_the_code_is_a_section() -> None:
    """Whoever follows "economics B13" from the code finds B13; no citation is written in a way that this test misses."""
    known, files, count, wrong = sections(), 0, 0, []
    for path in CODE:
        words = unwrapped(text(path))
        found = [match.group(1) for match in CITED.finditer(words)]
        wrong += [f"{shown(path)}: {SAID.search(words)}"] if len(SAID.findall(words)) != len(found) else []
        cited = set().union(*map(spelled, found)) if found else set()
        if PACKAGE in path.parents and path.relative_to(PACKAGE).parts[0] in CITING:
            cited |= set(BARE.findall(prose(path)))
        wrong += [f"{shown(path)}: no section {name}" for name in sorted(cited - known)]
        count, files = count + len(found), files + bool(found and PACKAGE in path.parents)
    assert not wrong, "\n".join(wrong)
    assert count >= 150 and files >= 30, f"{count} citations in {files} files of the package: too few to be all"


# --- names and values -------------------------------------------------------------------------------------

NAMED = re.compile(r"`([\w/]+\.py): ([^`]+)`")
"""`engine/market.py: LOSS_AVERSION = 2.0`, `engine/rivals.py: advance() holds 1.6`, `engine/sight.py: Seen`."""


def named(path: Path) -> list[tuple[str, str]]:
    return NAMED.findall(text(path))


def module(file: str) -> Any:
    return importlib.import_module("kamsim." + file.removesuffix(".py").replace("/", "."))


@cache
def tree(file: str) -> ast.Module:
    return ast.parse(text(PACKAGE / file))


def targets(node: ast.stmt) -> list[str]:
    """The names that a statement of a module defines."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    left = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return [one.id for part in left for one in ast.walk(part) if isinstance(one, ast.Name)]


def defined(file: str) -> set[str]:
    return {name for node in tree(file).body for name in targets(node)}


def homes(said: str) -> str:
    """The files that define what a document names, where it has moved."""
    root = re.match(r"\w*", said)
    files = [path.relative_to(PACKAGE).as_posix() for path in sorted(PACKAGE.rglob("*.py"))]
    return ", ".join(file for file in files if root and root.group() in defined(file))


def value(file: str, name: str) -> Any:
    """What a name, a field of a model, an entry or a call comes to in a file's own words."""
    space = vars(module(file))
    owner, _, field = name.partition(".")
    if field.isidentifier() and hasattr(space.get(owner), "model_fields"):
        return space[owner].model_fields[field].default
    return eval(name, dict(space))  # our own document


def same(found: Any, said: Any) -> bool:
    if isinstance(found, np.ndarray | np.generic | float | int):
        return bool(np.shape(found) == np.shape(said) and np.allclose(found, said, rtol=1e-12, atol=1e-12))
    return bool(found == said)


def numbers(file: str, function: str) -> set[float]:
    """The constants that stand in a function."""
    (found,) = (node for node in tree(file).body if isinstance(node, ast.FunctionDef) and node.name == function)
    return {
        float(node.value)
        for node in ast.walk(found)
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float)
    }


def fault(file: str, said: str) -> str:
    """What is wrong with one name that a document gives; empty if nothing is."""
    if not (PACKAGE / file).is_file():
        return "there is no such file"
    root = re.match(r"\w+", said)
    if root is None or root.group() not in defined(file):
        return f"the file does not define it; {homes(said) or 'no other'} does"
    if " holds " in said:
        function, _, told = said.partition("() holds ")
        lacking = {float(number) for number in told.split(", ")} - numbers(file, function)
        return f"the function has no {lacking}" if lacking else ""
    if " = " not in said:
        head, *rest = said.split(".")
        part = getattr(module(file), head)
        known = not rest or hasattr(part, rest[0]) or rest[0] in getattr(part, "__annotations__", {})
        return "" if known else "it has no such part"
    name, _, told = said.rpartition(" = ")
    found = value(file, name)
    return "" if same(found, eval(told, dict(vars(module(file))))) else f"it is {found!r}"


def test_every_name_and_constant_of_the_documents_is_the_code_s() -> None:
    """A document that names a constant gives the value that it has; a name that moved is told where it was left behind."""
    wrong = [
        f"{shown(path)}: {file}: {said[:60]}: {found}"
        for path in DOCUMENTS
        for file, said in named(path)
        if (found := fault(file, said))
    ]
    assert not wrong, "\n".join(wrong)


def numeric(node: ast.expr | None) -> bool:
    """Whether an expression is numbers written out, alone, in a collection or by name."""
    parts = list(ast.walk(node)) if node is not None else []
    leaves = [part.value for part in parts if isinstance(part, ast.Constant)]
    plain = {part.id for part in parts if isinstance(part, ast.Name)} <= {"np"}
    plain &= {ast.unparse(part.func) for part in parts if isinstance(part, ast.Call)} <= {"np.array"}
    return plain and any(isinstance(leaf, int | float) and not isinstance(leaf, bool) for leaf in leaves)


PLAIN = {
    "engine/lanes.py": {"LONG", "NOUGHT", "ONE"},
    "engine/luck.py": {"FEW"},
    "engine/params.py": {"START_QUARTER"},
    "engine/parts_team.py": {"PLAYER"},
}
"""Numbers that are no parameter."""


def test_every_parameter_of_the_engine_is_in_economics() -> None:
    """A number that the engine calls by name has its meaning, unit and source in the document."""
    told: dict[str, set[str]] = {}
    for file, said in named(ECONOMICS):
        told.setdefault(file, set()).add(re.split(r"\W", said)[0])
    lacking = []
    for path in (*sorted((PACKAGE / "engine").rglob("*.py")), PACKAGE / "players" / "scoring.py"):
        file = path.relative_to(PACKAGE).as_posix()
        for node in tree(file).body:
            if isinstance(node, ast.Assign | ast.AnnAssign) and numeric(node.value):
                names = set(targets(node)) - told.get(file, set()) - PLAIN.get(file, set())
                lacking += [f"{file}: {name}" for name in sorted(names)]
    levers = {said for file, said in named(ECONOMICS) if file == "engine/levers.py"}
    lacking += [
        f"worth of {name}" for name in LEVERS if not any(one.startswith(f'LEVERS["{name}"].worth') for one in levers)
    ]
    assert not lacking, "\n".join(lacking)


# --- files, links, tables ---------------------------------------------------------------------------------

QUOTED = re.compile(r"`([^`\s]+)`|\]\(([^)#\s]+)[^)]*\)")
ENDINGS = (".py", ".md", ".toml", ".yaml", ".json", ".jsonl", ".png", "/")


def paths_of(path: Path) -> set[str]:
    """Whatever a document quotes that looks like a file or a folder of the repository."""
    found = {one or other for one, other in QUOTED.findall(text(path))} | {file for file, _ in named(path)}
    return {one for one in found if one.endswith(ENDINGS) and "<" not in one and "://" not in one}


def exists(path: str) -> bool:
    """At the top, in the package, beside the document or, by its bare name, anywhere."""
    wanted = path.removeprefix("../").strip("/")
    return any(any(top.glob(wanted)) for top in (ROOT, PACKAGE, ROOT / "docs")) or (
        "/" not in wanted and any(PACKAGE.rglob(wanted))
    )


def test_every_file_that_a_document_names_exists() -> None:
    """No document sends anybody to a file that is not there, nor to a heading."""
    wrong = [f"{shown(path)}: {one}" for path in DOCUMENTS for one in sorted(paths_of(path)) if not exists(one)]
    for path in DOCUMENTS:
        headings = {
            re.sub(r"[^\w\- ]", "", line.lower()).replace(" ", "-")
            for line in re.findall(r"^#+ (.+)$", text(path), re.MULTILINE)
        }
        wrong += [f"{shown(path)}: #{one}" for one in re.findall(r"\]\(#([^)]+)\)", text(path)) if one not in headings]
    assert not wrong, "\n".join(wrong)


def rows(path: Path, heading: str) -> list[list[str]]:
    """The cells of the first table under a heading, its head left out."""
    below = text(path).split(f"\n{heading}\n", 1)[1]
    lines = re.search(r"(?:^\|.*\n?)+", below, re.MULTILINE)
    assert lines is not None
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines.group().splitlines()[2:]]


def test_the_table_of_claims_has_every_row_with_its_thresholds() -> None:
    """The thresholds in the document are those of claims.toml, and no row is left out."""
    said = {row[0]: row[-1].strip(" |") for row in rows(ECONOMICS, "## E. Claims as experiments")}
    tried = {claim.id: claim for claim in all_claims() if claim.conditions and not claim.needs}
    assert set(said) == set(tried)
    for name, claim in tried.items():
        wanted = [one.threshold for one in claim.conditions if one.threshold is not None and one.test != "band"]
        told = [" to ".join(f"{end:.0%}" for end in one) if isinstance(one, tuple) else f"{one:.0%}" for one in wanted]
        assert said[name] == "; ".join(told), name


def test_the_table_of_competencies_has_every_row_with_its_sight() -> None:
    """What the document says can be seen is what the debrief looks for."""
    said = [row[:3] for row in rows(ECONOMICS, "## F. Competencies")]
    assert [(int(number), sight) for number, sight, _ in said] == [(row.number, row.sight) for row in ROWS]
    assert {int(number) for number, _, met in said if not met.startswith("cannot be seen")} == set(OCCASIONS)


def test_the_glossary_is_in_order_and_names_the_code() -> None:
    """One line a word, alphabetically; every word that the code has is named with its file."""
    table = rows(ROOT / "docs" / "glossary.md", "## Words")
    words = [row[0].strip("| ").lower() for row in table]
    assert words == sorted(words) and len(words) == len(set(words))
    for row in table:
        assert len(row) == 4 and (NAMED.search(row[1]) or row[1] == "none"), row[0]


def test_documents_travel_with_the_source() -> None:
    """Whoever unpacks the source distribution has the documents that the code cites."""
    made = tomllib.loads(text(ROOT / "pyproject.toml"))["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    assert {"/docs", "/CONTRIBUTING.md"} <= set(made)
