"""xAPI statements before two independent validators, neither of which knows kamsim; and CSV before pandas.

They are installed into the test's own folder, from npm and from PyPI; without them the test is skipped.
"""

from __future__ import annotations

import copy
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kamsim.debrief.exports import export
from kamsim.debrief.pseudonyms import Names
from tests.debrief.logs import bot_log, team_log

Statement = dict[str, Any]
NODE = """
const check = require("xapi-validation").default, fs = require("fs");
console.log(JSON.stringify(JSON.parse(fs.readFileSync(process.argv[2], "utf8")).map(one => check(one).length === 0)));
"""
RALPH = """
import json, sys
from ralph.models.xapi.base.statements import BaseXapiStatement
def good(one):
    try:
        BaseXapiStatement.model_validate_json(json.dumps(one))
    except Exception:
        return False
    return True
print(json.dumps([good(one) for one in json.load(open(sys.argv[1]))]))
"""
PANDAS = """
import json, sys, pandas
told = {}
for path in sys.argv[1:]:
    read = pandas.read_csv(path)
    told[path] = [list(read.columns), len(read), [float(read[c].sum()) for c in read.columns if read[c].dtype.kind in "if"]]
print(json.dumps(told))
"""


def _without(*path: str) -> Callable[[Statement], None]:
    def change(one: Statement) -> None:
        for name in path[:-1]:
            one = one[name]
        del one[path[-1]]

    return change


def _with(value: Any, *path: str) -> Callable[[Statement], None]:
    def change(one: Statement) -> None:
        for name in path[:-1]:
            one = one[name]
        one[path[-1]] = value

    return change


WRONG: dict[str, Callable[[Statement], None]] = {
    "no actor": _without("actor"),
    "no verb": _without("verb"),
    "no object": _without("object"),
    "an id that is none": _with("1234", "id"),
    "a verb that is no address": _with("selected", "verb", "id"),
    "an object that is no address": _with("halden", "object", "id"),
    "another version": _with("2.0.0", "version"),
    "an actor without account name": _without("actor", "account", "name"),
    "a name outside the standard": _with(1, "colour"),
    "a score beyond its range": _with({"scaled": 1.5}, "result", "score"),
    "success in words": _with("yes", "result", "success"),
    "a registration that is none": _with("here", "context", "registration"),
    "an interaction of no kind": _with("guessing", "object", "definition", "interactionType"),
    "a time in words": _with("this morning", "timestamp"),
}


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with both validators in it."""
    folder = tmp_path_factory.mktemp("validators")
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        pytest.skip("node and npm are not here")
    (folder / "package.json").write_text("{}")
    python = folder / "env" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    steps = (
        [npm, "install", "--no-audit", "--no-fund", "xapi-validation@2.1.4"],
        [sys.executable, "-m", "venv", str(folder / "env")],
        [str(python), "-m", "pip", "install", "-q", "ralph-malph>=5,<6", "pandas>=2"],
    )
    for step in steps:
        done = subprocess.run(step, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"{step[0]} cannot install the validators here")
    (folder / "check.cjs").write_text(NODE)
    (folder / "check.py").write_text(RALPH)
    (folder / "read.py").write_text(PANDAS)
    return folder


def accepted(tools: Path, statements: list[Statement]) -> tuple[list[bool], list[bool]]:
    """What the two validators say of each statement."""
    path = tools / "statements.json"
    path.write_text(json.dumps(statements), encoding="utf-8")
    answers = []
    for command in (["node", "check.cjs"], [str(next(tools.glob("env/*/python"))), "check.py"]):
        done = subprocess.run([*command, str(path)], cwd=tools, capture_output=True, text=True, check=True)
        answers.append(json.loads(done.stdout))
    return answers[0], answers[1]


@pytest.mark.parametrize("names", [None, Names()], ids=["names", "pseudonyms"])
def test_both_validators_accept_ours_and_refuse_wrong_ones(tools: Path, tmp_path: Path, names: Names | None) -> None:
    """Every statement passes both; one wrong in a single place is refused by each of them."""
    export([bot_log(), team_log()], "xapi", tmp_path, names)
    ours: list[Statement] = json.loads((tmp_path / "statements.json").read_text("utf-8"))
    move = next(one for one in ours if "/moves/" in one["object"]["id"])
    wrong = []
    for change in WRONG.values():
        one = copy.deepcopy(move)
        change(one)
        wrong.append(one)
    first, second = accepted(tools, [*ours, *wrong])
    count = len(ours)
    assert count > 150 and all(first[:count]) and all(second[:count])
    assert [name for name, good in zip(WRONG, first[count:], strict=True) if good] == []
    assert [name for name, good in zip(WRONG, second[count:], strict=True) if good] == []


def test_pandas_reads_csv_as_duckdb_does(tools: Path, tmp_path: Path) -> None:
    """The same columns, rows and sums of numbers in every table."""
    import duckdb

    export([bot_log(), team_log()], "csv", tmp_path)
    files = sorted(map(str, tmp_path.glob("*.csv")))
    python = str(next(tools.glob("env/*/python")))
    done = subprocess.run([python, "read.py", *files], cwd=tools, capture_output=True, text=True, check=True)
    for path, (columns, rows, sums) in json.loads(done.stdout).items():
        base = duckdb.connect()
        base.execute(f"CREATE TABLE t AS SELECT * FROM read_csv('{path}', header=true, quote='\"', delim=',')")
        kinds = {row[0]: row[1] for row in base.execute("DESCRIBE t").fetchall()}
        assert list(kinds) == columns and base.execute("SELECT count(*) FROM t").fetchall() == [(rows,)], path
        numbers = [name for name, kind in kinds.items() if kind in ("BIGINT", "DOUBLE")]
        if rows and numbers:
            added = ", ".join(f'sum("{name}")' for name in numbers)
            known = [float(value) for value in base.execute(f"SELECT {added} FROM t").fetchall()[0] if value]
            assert [value for value in sums if value] == pytest.approx(known), path
        base.close()
