"""A client for yaml-language-server over standard streams: what an editor asks, and what it is told.

with Editor(server, node) as editor:
    faults = editor.open(path, text)
    editor.hover(path, line, column), editor.completions(path, line, column)
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any, Self

SETTINGS = {"yaml": {"schemaStore": {"enable": False}, "validate": True, "hover": True, "completion": True}}
"""Without a store of schemas, which would want the network."""


class Editor:
    """A running server. Lines and columns count from 1, as `kamsim check` tells them."""

    def __init__(self, server: Path, node: str) -> None:
        command = [node, str(server), "--stdio"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._number = 0
        self._told: dict[str, list[dict[str, Any]]] = {}
        self._ask("initialize", {"processId": None, "rootUri": None, "capabilities": {"textDocument": {
            "completion": {"completionItem": {"snippetSupport": False}}, "hover": {"contentFormat": ["markdown"]}}}})  # fmt: skip
        self._say("initialized", {})
        self._say("workspace/didChangeConfiguration", {"settings": SETTINGS})

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def open(self, path: Path, text: str) -> list[tuple[int, int, str]]:
        """What is marked in a file that holds ``text``, opened for the first time: line, column and words."""
        whole = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": text}
        self._say("textDocument/didOpen", {"textDocument": whole})
        while path.as_uri() not in self._told:
            self._take()
        found = [(one["range"]["start"], one["message"]) for one in self._told[path.as_uri()]]
        return [(start["line"] + 1, start["character"] + 1, message) for start, message in found]

    def hover(self, path: Path, line: int, column: int) -> str:
        """What is shown over a place of an open file."""
        made = self._ask("textDocument/hover", self._at(path, line, column))
        return "" if made is None else str(made["contents"]["value"])

    def completions(self, path: Path, line: int, column: int) -> list[str]:
        """What is offered at a place of an open file."""
        made = self._ask("textDocument/completion", self._at(path, line, column))
        items = made if isinstance(made, list) else made["items"]
        return [item["label"] for item in items]

    def _at(self, path: Path, line: int, column: int) -> dict[str, Any]:
        return {"textDocument": {"uri": path.as_uri()}, "position": {"line": line - 1, "character": column - 1}}

    def _ask(self, method: str, params: dict[str, Any]) -> Any:
        self._number += 1
        self._write({"id": self._number, "method": method, "params": params})
        while True:
            made = self._take()
            if made.get("id") == self._number and "method" not in made:
                assert "error" not in made, made
                return made["result"]

    def _say(self, method: str, params: dict[str, Any]) -> None:
        self._write({"method": method, "params": params})

    def _write(self, body: dict[str, Any]) -> None:
        raw = json.dumps({"jsonrpc": "2.0", **body}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(raw) + raw)
        self._process.stdin.flush()

    def _take(self) -> dict[str, Any]:
        """The next message; what the server asks of its client is answered."""
        stream = self._process.stdout
        assert stream is not None
        length = 0
        while line := stream.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, "the server has gone"
        made: dict[str, Any] = json.loads(stream.read(length))
        if made.get("method") == "textDocument/publishDiagnostics":
            self._told[made["params"]["uri"]] = made["params"]["diagnostics"]
        elif "id" in made and "method" in made:
            items = made.get("params", {}).get("items", [])
            asked = [SETTINGS.get(item.get("section")) for item in items]
            self._write({"id": made["id"], "result": asked if made["method"] == "workspace/configuration" else None})
        return made
