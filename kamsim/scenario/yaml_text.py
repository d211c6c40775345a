"""Hardened YAML: bytes in, a tree of placed nodes out, every fault a finding. The only importer of ``yaml``.

PyYAML's parser gives events; everything above them is ours, so that nothing is built that was not counted
first: no recursion, no tags, no merge keys, aliases only within the budget. Scalars follow YAML 1.2's core
schema, as editors read them: ``NO``, ``12:30`` and ``2019-04-01`` are text, ``1e6`` is a number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import yaml

from kamsim.letters import INVISIBLE
from kamsim.scenario import slips
from kamsim.scenario.findings import LONGEST_ECHO, UNPRINTABLE, Finding, Place, fault, shown, warning
from kamsim.scenario.yaml_faults import ODD, TOLD_WHERE_IT_OPENS, plain_words

MOST_BYTES = 1 << 20
"""In one file."""
MOST_NODES = 100_000
"""In one scenario, each use of an alias counted in full."""
DEEPEST = 64
LONGEST_NUMBER = 40
"""Characters."""
MOST_FAULTS = 100
"""In the text of one file; after so many it is read no further."""

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""PyYAML's parser: the quick one where it was built, the pure Python one elsewhere."""

Scalar = str | int | float | bool | None

_CONSTANTS: dict[str, Scalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
    **dict.fromkeys((sign + word for sign in ("", "+") for word in (".inf", ".Inf", ".INF")), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
}
_INTEGER = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_CUT = re.compile(r"[ \t]+#[^\s#]")
"""A comment that begins as if it were text: ``hall #4``."""
_ODD_SPACE = re.compile(r"[ -]*([\t\xa0])|[ -]*(?:\w{1,40}:|-)(\xa0)")
"""A tab or non-breaking space where a line is indented, or a non-breaking one where a key or a dash ends."""


@dataclass(frozen=True, slots=True)
class Node:
    """A value of the document and where it stands; lists and mappings hold nodes."""

    value: Scalar | dict[str, Node] | tuple[Node, ...]
    place: Place
    keys: dict[str, Place] = field(default_factory=dict)
    size: int = 1
    """Nodes within, itself included, aliases expanded."""
    height: int = 1

    def plain(self) -> Any:
        """The data alone: dicts, tuples and scalars. Bounded, because ``size`` and ``height`` are."""
        if isinstance(self.value, dict):
            return {key: child.plain() for key, child in self.value.items()}
        if isinstance(self.value, tuple):
            return tuple(child.plain() for child in self.value)
        return self.value


@dataclass(frozen=True, slots=True)
class Source:
    """The text that a model came from: finds the place of anything in it by the model's path."""

    root: Node | None
    file: str
    data: Any = None
    """The values, where there is no text: a scenario's canonical form."""

    def value(self, path: Sequence[str | int]) -> Any:
        """What stands at ``path``, None if nothing does; of the text lists are tuples of nodes, mappings hold nodes."""
        if self.root is not None:
            node, exact = self.node(path)
            return node.value if node is not None and exact else None
        return self._steps(path)[-1] if path else self.data

    def dotted(self, path: Sequence[str | int]) -> str:
        """``accounts.orvik.trust``: the path as overrides write it, entries named by their id or line."""
        named: list[str | int] = list(path)
        for place, (part, found) in enumerate(zip(path, self._steps(path), strict=True)):
            if isinstance(part, int) and isinstance(found, dict):
                own = found.get("id", found.get("line"))
                named[place] = own if isinstance(own, str) and own else part
        return ".".join(str(part)[:LONGEST_ECHO] for part in named)

    def _steps(self, path: Sequence[str | int]) -> list[Any]:
        """What stands in ``data`` at each part of ``path``, None where nothing does."""
        found, steps = self.data, []
        for part in path:
            if isinstance(found, dict):
                found = found.get(part)
            elif isinstance(found, list | tuple) and isinstance(part, int) and part < len(found):
                found = found[part]
            else:
                found = None
            steps.append(found)
        return steps

    def node(self, path: Sequence[str | int]) -> tuple[Node | None, bool]:
        """The deepest node along ``path``, and whether it is the one that the path names."""
        node, whole = self.root, self.root is not None
        for part in path:
            if node is not None and isinstance(node.value, dict) and part in node.value:
                node = node.value[str(part)]
            elif (
                node is not None and isinstance(node.value, tuple) and isinstance(part, int) and part < len(node.value)
            ):
                node = node.value[part]
            else:
                whole = False
        return node, whole

    def at(self, path: Sequence[str | int], *, key: bool = False) -> Place:
        """Where ``path`` stands, or its nearest parent; with ``key``, where its name stands."""
        if key and path:
            parent, whole = self.node(path[:-1])
            if parent is not None and whole and path[-1] in parent.keys:
                return parent.keys[str(path[-1])]
        node, _ = self.node(path)
        return node.place if node else Place(self.file, 0, 0)


@dataclass(slots=True)
class Budget:
    """What may still be read and built; one for all files of a scenario."""

    nodes: int = MOST_NODES
    octets: int = MOST_BYTES


class _Stopped(Exception):
    """Nothing after this fault can be read."""

    def __init__(self, finding: Finding) -> None:
        super().__init__()
        self.finding = finding


def read_yaml(raw: bytes, file: str, budget: Budget) -> tuple[Node | None, list[Finding]]:
    """The document in ``raw`` and everything wrong with its text; no node when it could not be read to its end."""
    findings: list[Finding] = []
    try:
        text = _decoded(raw, file)
        return _Builder(text, file, budget, findings).build(), findings
    except _Stopped as stopped:
        return None, [*findings, stopped.finding]


def scalar(text: str) -> Scalar:
    """A plain scalar by YAML 1.2's core schema. Raises ValueError for a number of unreasonable length."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if text[0] not in "+-.0123456789":
        return text
    for pattern, base in ((_INTEGER, 10), (_OCTAL, 8), (_HEXADECIMAL, 16), (_FLOAT, 0)):
        if pattern.fullmatch(text):
            if len(text) > LONGEST_NUMBER:
                raise ValueError
            return int(text, base) if base != 10 and base else int(text) if base else float(text)
    return text


def _decoded(raw: bytes, file: str) -> str:
    if len(raw) > MOST_BYTES:
        raise _Stopped(fault("K103", Place(file), f"this file is larger than {MOST_BYTES // 1024:,} KiB"))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        place = _place_of(before.removeprefix("\ufeff"), file)
        raise _Stopped(fault("K104", place, "this file is not UTF-8; save it again as UTF-8")) from None
    if found := UNPRINTABLE.search(text):
        name = f"U+{ord(found.group()):04X}"
        place = _place_of(text[: found.start()], file)
        raise _Stopped(fault("K105", place, f"there is a control character here ({name}); delete it"))
    return text


def _place_of(before: str, file: str) -> Place:
    return Place(file, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet."""

    place: Place
    anchor: str | None
    mapping: bool
    items: list[Node] = field(default_factory=list)
    entries: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Place] = field(default_factory=dict)
    key: str | None = None
    """The key that waits for its value."""
    key_place: Place | None = None
    keep: bool = True
    """Whether that key was sound; else its value is read and dropped."""
    twice: int = 0
    """Keys that stood there already."""
    told_twice: int = 0
    """Which finding tells the first of them."""
    size: int = 1
    height: int = 1


class _Builder:
    """Builds nodes from the parser's events, counting before it builds."""

    def __init__(self, text: str, file: str, budget: Budget, findings: list[Finding]) -> None:
        self.text, self.file, self.budget, self.findings = text, file, budget, findings
        self.open: list[_Open] = []
        self.anchors: dict[str, Node | None] = {}
        """None while the node is still open: an alias to it would hold itself."""
        self.root: Node | None = None
        self.documents = 0
        self.quoted: Any = None
        """The last event, if it was a text in quotes."""

    def build(self) -> Node | None:
        try:
            for event in yaml.parse(self.text, Loader=LOADER):
                self.take(event)
        except yaml.YAMLError as error:
            raise _Stopped(self.syntax_fault(error)) from None
        if self.root is None or self.root.value is None:
            raise _Stopped(fault("K106", Place(self.file), "this file is empty"))
        return self.root

    def take(self, event: Any) -> None:
        self.quoted = event if isinstance(event, yaml.ScalarEvent) and event.style in ("'", '"') else None
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise _Stopped(fault("K113", self.place(event), "a second document starts here; a file holds one"))
        elif isinstance(event, yaml.AliasEvent):
            self.alias(event)
        elif isinstance(event, yaml.ScalarEvent):
            self.untagged(event)
            self.scalar(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self.untagged(event)
            self.start(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.end()

    def start(self, event: Any) -> None:
        place = self.place(event)
        self.spend(1, place)
        if len(self.open) >= DEEPEST:
            raise self.too_deep(place)
        if event.anchor is not None:
            self.anchors[event.anchor] = None
        self.open.append(_Open(place, event.anchor, isinstance(event, yaml.MappingStartEvent)))

    def end(self) -> None:
        done = self.open.pop()
        if done.twice > 1:
            self.tell_twice(done)
        value: dict[str, Node] | tuple[Node, ...] = done.entries if done.mapping else tuple(done.items)
        node = Node(value, done.place, done.keys, done.size, done.height)
        if done.anchor is not None:
            self.anchors[done.anchor] = node
        self.put(node)

    def scalar(self, event: Any) -> None:
        place = self.place(event)
        self.spend(1, place)
        if found := UNPRINTABLE.search(event.value):
            name = f"U+{ord(found.group()):04X}"
            self.note(fault("K105", place, f"this text holds a control character ({name}); delete it"))
        plain = bool(event.implicit[0])
        if self.awaits_key():
            self.name(event.value, place, plain, event.start_mark.index)
            return
        try:
            value = scalar(event.value) if plain else event.value
        except ValueError:
            self.note(fault("K114", place, f"this number has more than {LONGEST_NUMBER} characters"))
            value = 0
        if told := slips.invisible(event.value):
            self.note(fault("K105", self.sign_place(event, place), told))
        if plain:
            self.slips(event.value, value, place)
        if plain and (value is None or isinstance(value, str)) and _CUT.match(self.text, event.end_mark.index):
            self.advise(warning("K118", place, "the text ends at ' #', which begins a comment; put it in quotes"))
        node = Node(value, place)
        if event.anchor is not None:
            self.anchors[event.anchor] = node
        self.put(node)

    def slips(self, text: str, value: Scalar, place: Place) -> None:
        """Tell of a plain value that may not be what its author meant."""
        if isinstance(value, float) and (told := slips.pointed(text)):
            self.advise(warning("K126", place, told))
        elif isinstance(value, str) and slips.typographic(text):
            told = "these are typographic quotes, which become part of the text; use straight ones, or none"
            self.advise(warning("K127", place, told))

    def sign_place(self, event: Any, place: Place) -> Place:
        """Where the first invisible character of a scalar stands; the scalar's own place where it is an escape."""
        found = INVISIBLE.search(self.text, event.start_mark.index, event.end_mark.index)
        return place if found is None else _place_of(self.text[: found.start()], self.file)

    def cut_number(self, text: str, start: int, into: _Open) -> bool:
        """Whether a key is the second half of a number with a decimal comma; it then takes its first half's place."""
        number = slips.decimal_comma(self.text[max(0, start - LONGEST_NUMBER) : start], text)
        if not number or not into.entries:
            return False
        last = next(reversed(into.entries))
        comma = Place(self.file, *_place_of(self.text[: start - 1], self.file)[1:])
        self.note(fault("K128", comma, slips.told_comma(number)))
        into.entries[last] = replace(into.entries[last], value=float(number.replace(",", ".")))
        return True

    def alias(self, event: Any) -> None:
        place, name = self.place(event), event.anchor
        node = self.anchors.get(name)
        if name not in self.anchors:
            self.note(fault("K112", place, f"there is no anchor &{name[:40]} before this alias"))
        elif node is None:
            self.note(fault("K112", place, f"the alias *{name[:40]} stands inside its own anchor"))
        if node is None:
            node = Node(None, place)
        self.spend(node.size, place)
        if len(self.open) + node.height > DEEPEST:
            raise self.too_deep(place)
        if self.awaits_key():
            self.name(node.value if isinstance(node.value, str) else None, place, plain=False)
        else:
            self.put(Node(node.value, place, node.keys, node.size, node.height))

    def awaits_key(self) -> bool:
        return bool(self.open) and self.open[-1].mapping and self.open[-1].key is None

    def name(self, text: str | None, place: Place, plain: bool, start: int = -1) -> None:
        """Take ``text`` as the key of the mapping that is open; a key that cannot stand loses its value."""
        into = self.open[-1]
        into.key, into.key_place, into.keep = text or "", place, False
        if plain and text and start > 0 and self.cut_number(text, start, into):
            return
        if not text:
            self.note(fault("K111", place, "a key is missing here; each entry of a mapping has a name"))
        elif plain and text.startswith("\xa0"):
            self.note(fault("K107", place, ODD["\xa0"]))
        elif plain and text == "<<":
            self.note(fault("K110", place, "merge keys (<<) are not allowed; write the entries out"))
        elif text in into.keys:
            into.twice += 1
            if into.twice == 1:
                line, told = into.keys[text].line, shown(text) or "this key"
                into.told_twice = len(self.findings)
                self.note(fault("K109", place, f"{told} is given twice; it is already on line {line}"))
        else:
            into.keep = True

    def put(self, node: Node) -> None:
        """Hang ``node`` where it belongs."""
        if not self.open:
            self.root = node
            return
        into = self.open[-1]
        into.size += node.size
        into.height = max(into.height, node.height + 1)
        if not into.mapping:
            into.items.append(node)
        elif into.key is None:
            self.note(fault("K111", node.place, "a key must be a word, not a list or a mapping"))
            into.key, into.keep = "", False
        else:
            if into.keep and into.key_place:
                into.entries[into.key] = node
                into.keys[into.key] = into.key_place
            into.key = None

    def tell_twice(self, done: _Open) -> None:
        """Tell several keys that are given twice in one mapping as the one slip that they probably are."""
        first = self.findings[done.told_twice]
        keys = "one more key" if done.twice == 2 else f"{done.twice - 1:,} more keys"
        dash = ", or a '-' is missing before it" if self.open and not self.open[-1].mapping else ""
        message = f"{first.message}, and so are {keys} after it{dash}"
        self.findings[done.told_twice] = replace(first, message=message.replace("so are one", "so is one"))

    def advise(self, finding: Finding) -> None:
        """Note what does not forbid play, while there is room."""
        if len(self.findings) < MOST_FAULTS // 2:
            self.findings.append(finding)

    def note(self, finding: Finding) -> None:
        if len(self.findings) >= MOST_FAULTS:
            raise _Stopped(finding)
        self.findings.append(finding)

    def untagged(self, event: Any) -> None:
        if event.tag is not None:
            self.note(fault("K108", self.place(event), "tags (!) are not allowed; put a text in quotes"))

    def spend(self, nodes: int, place: Place) -> None:
        self.budget.nodes -= nodes
        if self.budget.nodes < 0:
            raise _Stopped(fault("K115", place, f"a scenario holds at most {MOST_NODES:,} values, aliases counted"))

    def too_deep(self, place: Place) -> _Stopped:
        return _Stopped(fault("K116", place, f"lists and mappings are nested deeper than {DEEPEST} here"))

    def place(self, event: Any) -> Place:
        mark = event.start_mark
        return Place(self.file, mark.line + 1, mark.column + 1)

    def syntax_fault(self, error: yaml.YAMLError) -> Finding:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        if mark is None:
            return fault("K107", Place(self.file), "this is not YAML text")
        opened = getattr(error, "context_mark", None) or mark
        problem = f"{getattr(error, 'context', None) or ''} / {getattr(error, 'problem', None) or ''}"
        if "':'" in problem or "mapping values" in problem:
            for place in dict.fromkeys((mark.line, opened.line, mark.line - 1)):
                if found := self.slip_of(place):
                    return found
        if odd := self.odd_space(mark) or (self.odd_space(opened) if opened.line + 1 >= mark.line else None):
            return odd
        if found := self.after_a_quote(mark, problem):
            return found
        if any(known in problem for known in TOLD_WHERE_IT_OPENS):
            mark = opened
        words = plain_words(problem, self.text[mark.index : mark.index + 1])
        if any(known in problem for known in ("',' or ']'", "',' or '}'")) and opened.line != mark.line:
            words += f"; it is opened on line {opened.line + 1}"
        return fault("K107", Place(self.file, mark.line + 1, mark.column + 1), words)

    def slip_of(self, number: int) -> Finding | None:
        """What is wrong with a line on which YAML missed a colon or found one too many."""
        lines = self.text.splitlines()
        line = lines[number] if 0 <= number < len(lines) else ""
        if key := slips.missing_space(line):
            column = line.index(f"{key}:") + len(key) + 1
            return fault("K107", Place(self.file, number + 1, column), f"a space is missing behind '{key}:'")
        _, colon, said = line.partition(":")
        if colon and slips.typographic(said.strip()):
            column = len(line) - len(said.lstrip()) + 1
            told = "these are typographic quotes, and YAML knows straight ones only; use those"
            return fault("K107", Place(self.file, number + 1, column), told)
        return None

    def odd_space(self, mark: Any) -> Finding | None:
        """A tab or a non-breaking space that the line of ``mark`` has where YAML wants spaces."""
        if self.text[mark.index : mark.index + 1] == "\t":
            return fault("K107", Place(self.file, mark.line + 1, mark.column + 1), ODD["\t"])
        start = mark.index - mark.column
        found = _ODD_SPACE.match(self.text, start, start + mark.column + LONGEST_NUMBER)
        if found is None or "\n" in found.group():
            return None
        odd = found[1] or found[2]
        return fault("K107", Place(self.file, mark.line + 1, found.end() - start), ODD[odd])

    def after_a_quote(self, mark: Any, problem: str) -> Finding | None:
        """What to say of text that stands right behind a closing quote."""
        end = self.quoted.end_mark if self.quoted is not None else None
        if (
            end is None
            or end.line != mark.line
            or self.text[end.index : mark.index].strip()
            or "expected" not in problem
        ):
            return None
        start = self.quoted.start_mark
        place = Place(self.file, start.line + 1, start.column + 1)
        if start.line != end.line:
            message = f"a quote is opened here and closed on line {end.line + 1}, inside another text"
            return fault("K107", place, f"{message}; close it where it should end")
        return fault("K107", place, "text stands after this text's closing quote; put all of it in the other quotes")
