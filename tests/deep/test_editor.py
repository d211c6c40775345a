"""What an author sees in an editor: the real yaml-language-server over the schemas that kamsim writes.

It is installed into the test's own folder from npm; without node and npm the test is skipped.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from kamsim.scenario import schema
from tests.scenario.broken import SLIPS
from tests.scenario.editor import Editor
from tests.scenario.minimal import ORVIK, SCENARIO

SERVER = "yaml-language-server@1.25.0"
"""The last that runs on node 20."""


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Editor, Path]]:
    """A server, and a folder with the schemas beside which files are opened."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("node and npm are not installed")
    home = tmp_path_factory.mktemp("editor")
    made = subprocess.run(
        [npm, "install", "--no-audit", "--no-fund", SERVER], cwd=home, capture_output=True, text=True, check=False
    )
    if made.returncode:
        pytest.skip(f"{SERVER} could not be installed: {made.stderr[-300:]}")
    schema.write(home / schema.FOLDER)
    with Editor(home / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server", node) as running:
        yield running, home


def opened(editor: tuple[Editor, Path], name: str, kind: str, text: str) -> tuple[Path, list[tuple[int, int, str]]]:
    """A file of that kind in the editor: its path, and what is marked, as if its first line were not the modeline."""
    running, home = editor
    folder = home / ("accounts" if kind == "account" else ".")
    file = (folder / f"{name}.yaml").resolve()
    found = running.open(file, f"{schema.modeline(file, home / schema.FOLDER)}\n{text}")
    return file, [(line - 1, column, said) for line, column, said in found]


def test_slips_are_marked_where_they_stand(editor: tuple[Editor, Path]) -> None:
    """Sound files are unmarked; of twenty slips each is marked at its line and column, in words that help."""
    for kind, text in (("scenario", SCENARIO), ("account", ORVIK)):
        assert opened(editor, f"sound_{kind}", kind, text)[1] == []
    told = []
    for number, slip in enumerate(SLIPS):
        _, found = opened(editor, f"slip{number}", slip.kind, slip.text)
        if not any((line, column) == slip.place and slip.says in said for line, column, said in found):
            told.append(f"{slip.new!r}: {found}, not {slip.place} {slip.says!r}")
        if len({line for line, _, _ in found}) > 2:
            told.append(f"{slip.new!r} is marked in many places: {found}")
    assert len(SLIPS) >= 20
    assert not told, "\n".join(told)


def test_keys_and_words_are_offered_and_explained(editor: tuple[Editor, Path]) -> None:
    """Completion lists what may stand there and nothing that does; a hover tells meaning, bounds and default."""
    running, _ = editor
    open_word = ORVIK.replace("level: buyer", "level: ", 1)
    file, _ = opened(editor, "word", "account", open_word)
    line = open_word[: open_word.index("level: \n")].count("\n") + 2
    assert running.completions(file, line, len("    level: ") + 1) == ["executive", "manager", "buyer"]
    open_key = ORVIK.replace("    power: 0.4\n", "    power: 0.4\n    \n", 1)
    file, _ = opened(editor, "key", "account", open_key)
    line = open_key[: open_key.index("    \n")].count("\n") + 2
    offered = running.completions(file, line, 5)
    assert {"veto", "sway", "listens"} <= set(offered)
    assert not {"id", "name", "power"} & set(offered)
    file, _ = opened(editor, "hover", "account", ORVIK)
    line = ORVIK[: ORVIK.index("rhythm:")].count("\n") + 2
    said = running.hover(file, line, 3)
    assert "What the predecessor left in place." in said
    assert "light if left out." in said
