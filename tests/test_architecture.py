"""What may import, write, draw and sum where (docs/design.md), read from the source with `ast`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import kamsim
from tests.every import every

PACKAGE = Path(kamsim.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))
LEVELS = (
    {"__main__"},
    {"cli"},
    {"cli_authors", "cli_drills", "cli_lab"},
    {"desktop", "terminal", "lab", "debrief", "authoring"},
    {"page"},
    {"view"},
    {"gym"},
    {"game"},
    {"players"},
    {"engine"},
    {"scenario"},
    {"look"},
    {"endings", "options"},
    {"aside", "currency", "streams"},
    {"errors", "letters", "owners", "paths", "signals"},
)
"""From the top down: a part imports itself and what stands on lower levels."""
PAGES_FOR = {"desktop", "terminal"}
"""May ask debrief for a page; no other neighbours import each other."""
TYPE_ONLY = {("errors.py", "kamsim.scenario.findings"), ("errors.py", "kamsim.scenario.reader")}
"""Upward imports that only name a type, and vanish when the code runs."""
SCENARIO_MODELS = {
    "basics",
    "models",
    "supplier",
    "customer",
    "casework",
    "vocabulary",
    "opportunities",
    "organisation",
}
"""The files of scenario/ that say what an author may write, and what is usual where nothing is written."""
ENGINE_READS_SCENARIO = {
    "engine/params.py": {
        "Account",
        "Business",
        "Criterion",
        "Gate",
        "Habit",
        "Importance",
        "Initiative",
        "InitiativeKind",
        "MOST_DISCOUNT",
        "Person",
        "Scenario",
        "Seat",
        "opportunities",
    },
    "engine/calibration.py": {"InitiativeKind", "Scenario", "opportunities"},
    "engine/organisation.py": {"Programme", "Scenario", "Seat", "Skill", "parts"},
    "engine/truth.py": {"Twist"},
    "engine/world.py": {"Scenario"},
    "engine/quarter.py": {"Scenario"},
    "engine/moves/catalogue.py": {"MOST_DISCOUNT", "MOST_REBATE"},
}
"""Where scenario models become arrays, and names that authors use become codes; quarter.py names the type of an
argument only, and the catalogue takes the bounds that moves share with the reader."""


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Everything in a file, in the order of `ast.walk`."""
    return tuple(ast.walk(tree(path)))


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[tuple[str, tuple[str, ...], int]]:
    """Absolute module, names taken from it, and line, wherever in the file it stands."""
    package = ("kamsim", *path.relative_to(PACKAGE).parent.parts)
    for node in nodes(path):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, (), node.lineno
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join((*above, *((node.module,) if node.module else ())))
            yield module, tuple(alias.name for alias in node.names), node.lineno


def dotted(node: ast.expr) -> str:
    """The written name of an expression: "np.random.default_rng" or "" for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        left = dotted(node.value)
        return f"{left}.{node.attr}" if left else f".{node.attr}"
    return ""


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in nodes(path):
        if isinstance(node, ast.Call):
            yield dotted(node.func), node


def level_of(part: str) -> int:
    return next(level for level, parts in enumerate(LEVELS) if part in parts)


def test_every_part_has_its_level() -> None:
    """A new part of the package must be placed in the order of imports."""
    known = set().union(*LEVELS) | {"__init__"}
    assert {part_of(path) for path in FILES} <= known


@every("path", FILES, name_of)
def test_imports_go_down_only(path: Path) -> None:
    """No part imports one above it, nor a neighbour, so each can be understood with what stands below it."""
    part = part_of(path)
    if part == "__init__":
        return  # the public names, lazily
    for module, names, line in imports(path):
        if module.split(".")[0] != "kamsim":
            continue
        targets = [module.split(".")[1]] if "." in module else [name for name in names if not name.startswith("_")]
        for target in targets:
            if target == part or target not in set().union(*LEVELS):
                continue
            page = part in PAGES_FOR and target == "debrief"
            if (name_of(path), module) in TYPE_ONLY:
                assert all(node.lineno != line for node in tree(path).body), (
                    f"{name_of(path)}:{line} imports it for good"
                )
                continue
            assert page or level_of(target) > level_of(part), f"{name_of(path)}:{line} imports {module} from above"


def test_importing_kamsim_is_cheap() -> None:
    """The package itself imports no part of it when it is read: public names come when asked for."""
    top = tree(PACKAGE / "__init__.py").body
    guarded = [node for node in top if not (isinstance(node, ast.If) and "TYPE_CHECKING" in dotted(node.test))]
    found = [node for node in guarded if isinstance(node, (ast.Import, ast.ImportFrom))]
    for node in found:
        module = node.module if isinstance(node, ast.ImportFrom) else node.names[0].name
        assert not (module or "").startswith(("kamsim.", "numpy", "pydantic")), module


FACES = [path for path in FILES if part_of(path) in ("desktop", "terminal")]
PIXELS = ("desktop/kit/", "desktop/sound.py")
"""Where a face may compute with arrays: pictures and sounds."""


def when_run(path: Path) -> Iterator[tuple[str, int]]:
    """Modules that a file imports when it runs, with their lines: not those that only name a type."""
    types = {
        node
        for block in ast.walk(tree(path))
        if isinstance(block, ast.If) and dotted(block.test).endswith("TYPE_CHECKING")
        for node in ast.walk(block)
    }
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node not in types:
            yield node.module or "", node.lineno
        elif isinstance(node, ast.Import) and node not in types:
            yield from ((alias.name, node.lineno) for alias in node.names)


def lanes_read(path: Path) -> Iterator[int]:
    """Lines on which a lane is taken out of what is seen: ``seen.days[row, 0]``, ``seen.known(...)[0]``."""
    for node in ast.walk(tree(path)):
        if not isinstance(node, ast.Subscript):
            continue
        value = node.value.func if isinstance(node.value, ast.Call) else node.value
        if isinstance(value, ast.Subscript):
            value = value.value
        if isinstance(value, ast.Attribute) and dotted(value.value).rpartition(".")[2] == "seen":
            yield node.lineno


def test_a_face_decides_no_rule_and_computes_no_figure() -> None:
    """Faces ask `view`: none imports the engine or its players when it runs, or takes a lane out of what is seen."""
    found: dict[str, list[str]] = {}
    for path in FACES:
        name = name_of(path)
        told = [
            f"line {line} imports {module}"
            for module, line in when_run(path)
            if module.startswith(("kamsim.engine", "kamsim.players"))
            or (module.split(".")[0] == "numpy" and not name.startswith(PIXELS))
        ]
        told += [f"line {line} takes a lane out of what is seen" for line in lanes_read(path)]
        if told:
            found[name] = told
    assert not found


ENGINE = [path for path in FILES if part_of(path) == "engine"]


def test_engine_reads_scenario_models_only_where_they_become_arrays() -> None:
    """Scenario models enter the engine in four files, and as the type of an argument in a fifth; the moves'
    catalogue takes two bounds."""
    found: dict[str, set[str]] = {}
    for path in ENGINE:
        for module, names, _ in imports(path):
            if module.startswith("kamsim.scenario"):
                assert module.rpartition(".")[2] in SCENARIO_MODELS, module
                found.setdefault(name_of(path), set()).update(names)
    assert found == ENGINE_READS_SCENARIO
    quarter = tree(PACKAGE / "engine/quarter.py").body
    at_runtime = [node for node in quarter if isinstance(node, ast.ImportFrom)]
    assert not any((node.module or "").startswith("kamsim.scenario") for node in at_runtime)


@every("path", ENGINE, name_of)
def test_engine_has_no_clock_file_print_or_chance(path: Path) -> None:
    """Whatever the engine computes depends on its arguments only."""
    modules = {module.split(".")[0] for module, _, _ in imports(path)}
    allowed = {
        "__future__",
        "collections",
        "dataclasses",
        "enum",
        "functools",
        "hashlib",
        "itertools",
        "kamsim",
        "numpy",
        "typing",
    }
    assert modules <= allowed, modules - allowed
    assert "hashlib" not in modules or name_of(path) == "engine/luck.py"
    assert not any(module.startswith("numpy.random") for module, _, _ in imports(path))
    for name, node in calls(path):
        assert name not in {"open", "print", "input", "id", "hash", "vars", "globals"}, f"line {node.lineno}: {name}"
    for node in nodes(path):
        if isinstance(node, ast.Attribute):
            assert dotted(node) not in {"np.random", "numpy.random"}, f"line {node.lineno}"
        assert not isinstance(node, (ast.Global, ast.Nonlocal, ast.AsyncFunctionDef)), f"line {node.lineno}"


SUMS = {
    "dot", "vdot", "inner", "outer", "matmul", "einsum", "tensordot", "sum", "nansum", "mean", "nanmean", "average",
    "cumsum", "nancumsum", "prod", "cumprod", "std", "var", "reduce", "accumulate", "reduceat", "trapezoid", "convolve",
    "correlate", "ptp", "trace", "linalg", "fsum", "bincount", "histogram", "add.at", "interp",
}  # fmt: skip
"""Reductions whose order of adding, and so whose last bits, depend on the shape."""


@every("path", ENGINE, name_of)
def test_engine_sums_in_index_order_only(path: Path) -> None:
    """Sums over cells or people go through `lanes.total` and `lanes.grouped`, so lanes agree to the last bit."""
    for node in nodes(path):
        assert not (isinstance(node, (ast.BinOp, ast.AugAssign)) and isinstance(node.op, ast.MatMult)), (
            f"{node.lineno}: @"
        )
        if isinstance(node, ast.Attribute):
            assert node.attr not in SUMS, f"line {node.lineno}: .{node.attr}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in SUMS, f"line {node.lineno}: {node.func.id}()"


@every("path", FILES, name_of)
def test_yaml_is_read_in_one_place(path: Path) -> None:
    """YAML comes in through scenario/yaml_text.py, with its budgets and positions, and nowhere else."""
    if any(module.split(".")[0] == "yaml" for module, _, _ in imports(path)):
        assert name_of(path) == "scenario/yaml_text.py"


WRITERS = {"game/log.py"}
"""Files that write a session."""
EXCUSED = {
    "aside.py": {  # for all others; os.open to have names on disk
        ".mkdir",
        ".rename",
        ".rmdir",
        ".unlink",
        ".write_bytes",
        ".write_text",
        "os.open",
        "path.open",
    },
    "streams.py": {"os.open"},  # /dev/null, when whoever read our output has gone
    "game/lock.py": {"beside.open", ".unlink"},  # the file that stands for a lock, beside the log
    "page/sheets.py": {".write_text"},  # a page that the player asked to have printed, through aside.py
    "terminal/leaving.py": {".write_text"},  # the report of an accident, beside the log
    "gym/training.py": {".touch"},  # the bout's sign of life, no file
    "desktop/events.py": {".touch"},  # the session's sign of life, no file
    "desktop/main.py": {".write_text", "path.open"},  # the same, and a line about each picture for a script that asks
    "desktop/config.py": {".write_text", ".mkdir"},  # what the desktop remembers of its own looks
}
WRITING = {
    "os.open", "os.write", "os.replace", "os.rename", "os.remove", "os.unlink", "os.mkdir", "os.makedirs", "os.truncate",
    "os.ftruncate",
}  # fmt: skip
WRITING_METHODS = {
    "write_text",
    "write_bytes",
    "mkdir",
    "unlink",
    "touch",
    "rename",
    "replace_file",
    "rmdir",
    "symlink_to",
}


def written(path: Path) -> set[str]:
    """The calls in a file that write, make or remove files."""
    found = set()
    for name, node in calls(path):
        method = name.rpartition(".")[2]
        if name in WRITING:
            found.add(name)
        elif "." in name and method in WRITING_METHODS:
            found.add(f".{method}")
        elif method == "open" and (name == "open" or not name.startswith("os.")):
            modes = [a.value for a in node.args if isinstance(a, ast.Constant)]
            modes += [k.value.value for k in node.keywords if k.arg == "mode" and isinstance(k.value, ast.Constant)]
            if any(isinstance(mode, str) and set(mode) <= set("rwaxbt+") and set(mode) & set("wax+") for mode in modes):
                found.add(name)
    return found


@every("path", [path for path in FILES if part_of(path) not in ("debrief", "lab", "authoring")], name_of)
def test_files_are_written_by_the_log_only(path: Path) -> None:
    """Whatever a session leaves behind goes through the log, which knows how to keep it."""
    if name_of(path) not in WRITERS:
        assert written(path) <= EXCUSED.get(name_of(path), set())


PICKLES = {"pickle", "cPickle", "_pickle", "shelve", "marshal", "dill", "cloudpickle"}
"""Formats that run what they hold. Jobs travel so between processes of the user's own, and nothing is read from a file."""


@every("path", FILES, name_of)
def test_nothing_runs_what_it_reads(path: Path) -> None:
    """No pickle, no eval, no exec, no shell: a log or a scenario from a stranger is data."""
    for module, names, line in imports(path):
        root = module.split(".")[0]
        assert root not in PICKLES, f"line {line}"
        assert not (root == "os" and {"system", "popen"} & set(names)), f"line {line}"
    for name, node in calls(path):
        assert name not in {"eval", "exec", "compile", "__import__", "os.system", "os.popen"}, (
            f"line {node.lineno}: {name}"
        )
        if name == "import_module" and isinstance(node.args[0], ast.Constant) and node.args[0].value in PICKLES:
            assert name_of(path) == "players/workers.py", f"line {node.lineno}"
        assert name not in {"yaml.load", "yaml.unsafe_load", "yaml.full_load"}, f"line {node.lineno}: {name}"
        for keyword in node.keywords:
            risky = keyword.arg in ("allow_pickle", "shell")
            assert not (risky and isinstance(keyword.value, ast.Constant) and keyword.value.value), (
                f"line {node.lineno}"
            )


@every("path", FILES, name_of)
def test_pygame_is_for_the_desktop(path: Path) -> None:
    """Only the desktop knows about windows."""
    if any(module.split(".")[0] == "pygame" for module, _, _ in imports(path)):
        assert part_of(path) == "desktop"


@every("path", FILES, name_of)
def test_chance_has_one_source(path: Path) -> None:
    """Nobody draws luck but from `engine.luck`; no generator hides anywhere in the package."""
    for module, _, line in imports(path):
        assert module.split(".")[0] not in {"random", "secrets", "uuid"}, f"line {line}"
    for node in nodes(path):
        if isinstance(node, ast.Attribute):
            assert dotted(node) not in {"np.random", "numpy.random"}, f"line {node.lineno}"


@every(
    "name",
    [
        *(f"players/{name}" for name in ("sellers", "case_sellers", "filling", "narrow", "dynamics")),
        *(f"lab/{name}" for name in ("behaviours", "doors")),
    ],
)
def test_policies_touch_nothing_but_the_seat(name: str) -> None:
    """Bots see and do what a person can: they neither import World, Truth, Luck nor reach behind the seat."""
    path = PACKAGE / f"{name}.py"
    for module, names, line in imports(path):
        assert module not in {f"kamsim.engine.{name}" for name in ("world", "truth", "luck", "quarter", "sight")}, line
        assert not {"World", "Truth", "Luck", "observe", "act"} & set(names), line
    for node in nodes(path):
        if isinstance(node, ast.Attribute):
            private = node.attr.startswith("_") and not node.attr.startswith("__")
            parent = isinstance(node.value, ast.Call) and dotted(node.value.func) == "super"
            assert not private or parent or dotted(node.value) == "self", f"line {node.lineno}: {node.attr}"


def modules() -> dict[str, Path]:
    """Every file of the package by its module's name."""
    dots = {path: ".".join(("kamsim", *path.relative_to(PACKAGE).with_suffix("").parts)) for path in FILES}
    return {name.removesuffix(".__init__"): path for path, name in dots.items()}


def reach(edges: dict[str, set[str]], start: str) -> set[str]:
    """What can be reached from a module by one import or more."""
    found: set[str] = set()
    waiting = list(edges[start])
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += edges[name]
    return found


def test_no_imports_go_in_circles() -> None:
    """No file imports another that leads back to it, be it for a type or inside a function: each is read after those
    that it stands on. What the package offers lazily under its own name is no import of the package."""
    known = modules()
    edges: dict[str, set[str]] = {name: set() for name in known}
    for name, path in known.items():
        for module, names, _ in imports(path) if name != "kamsim" else ():
            parts = {f"{module}.{part}" for part in names} & set(known)
            edges[name] |= parts or {module} & set(known)
    assert edges
    assert not {name for name in edges if name in reach(edges, name)}


SHELL_ONLY = [path for path in FILES if name_of(path).startswith(("desktop/screens/", "desktop/kit/"))]


def test_pages_know_the_shell_and_never_the_app() -> None:
    """What a page may ask of the app is in desktop/shell.py; nothing that a page is made of imports the app."""
    faults = [
        f"{name_of(path)}:{line} imports {module}"
        for path in SHELL_ONLY
        for module, names, line in imports(path)
        if module == "kamsim.desktop.app" or (module == "kamsim.desktop" and "app" in names)
    ]
    assert SHELL_ONLY
    assert not faults, faults


def test_a_lever_is_named_where_it_is_declared() -> None:
    """Four files know a lever of the case by its name: its declaration, its words, what an author may write of it, and
    a bot that prefers it. All else loops over `engine.levers.LEVERS`."""
    named = {name_of(path) for path in FILES if "pooled" in path.read_text(encoding="utf-8")}
    assert named == {"engine/levers.py", "view/words/levers.py", "scenario/casework.py", "players/case_sellers.py"}


def test_no_face_knows_a_lever_by_its_name() -> None:
    """Pages and printed questions take levers from the view, whichever there are."""
    faults = [
        f"{name_of(path)}:{node.lineno} {node.value}"
        for path in FILES
        if part_of(path) in ("terminal", "desktop")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and node.value in ("pooled", "programme", "bespoke", "priority")
    ]
    assert not faults, faults
