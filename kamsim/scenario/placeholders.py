"""Names and money in an author's prose: ``{orvik.short}``, ``{aksel.last}``, ``{money:8.1m}``.

They are filled in as the files are read, before anything is checked, so a scenario, its digest and a log's header hold
plain words; a variant that gives somebody another name shows nothing of the old one. Only ``{account}`` may be left for
play, where a text is about any customer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from kamsim import currency as money
from kamsim.scenario.findings import Finding, Place, fault, listed, suggest
from kamsim.scenario.yaml_text import Node

_BRACES: Final = re.compile(r"\{\{|\}\}|\{([^{}\n]*)\}|[{}]")
_AMOUNT: Final = re.compile(r"[-\u2212]?[0-9]+([.][0-9]+)?(k|m|bn)?")
WAITS: Final = "account"
"""The one placeholder that play fills in."""
_ENTITIES: Final = (("accounts",), ("accounts", "people"), ("accounts", "initiatives"), ("rivals",), ("lines",),
                    ("accounts", "joint"), ("desk", "approvers"), ("organisation", "team"),
                    ("organisation", "pool"))  # fmt: skip
"""Lists of what has an id and a name that prose may use."""

PARTS: Final = ("short", "first", "last", "formal", "one", "unit", "units")
"""Of a name: a firm's short one, a person's, and what a line sells."""


def _part(part: str, name: str, unit: str) -> str:
    """A part of a name where ``names`` gives none: from the name and, of a line, its unit."""
    if part in ("short", "first"):
        return name.split(maxsplit=1)[0]
    if part in ("last", "formal"):
        return " ".join(name.split()[1:]) or name
    return f"{unit or name}s" if part == "units" else unit or name


@dataclass(slots=True)
class Names:
    """All words that prose may take by name."""

    whole: dict[str, str] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)
    """``orvik.short`` and the like, where the author gives one."""
    units: dict[str, str] = field(default_factory=dict)
    """Lines, whose names stand in lower case within a sentence."""
    currency: str = "EUR"
    locale: str = money.ENGLISH

    def word(self, told: str) -> str | None:
        """What stands for the placeholder ``told``, None for nothing. With a capital it begins a sentence."""
        article, _, rest = told.rpartition(":")
        if article == "money":
            return money.written(rest, self.currency, self.locale) if _AMOUNT.fullmatch(rest) else None
        if article and article not in ("a", "A"):
            return None
        value = self._plain(rest[:1].lower() + rest[1:])
        if value is None:
            return None
        if rest[:1].isupper():
            value = value[:1].upper() + value[1:]
        return f"{article}{'n' if value[:1].lower() in 'aeiouäöüéåø' else ''} {value}" if article else value

    def _plain(self, told: str) -> str | None:
        word, point, part = told.partition(".")
        if word == "currency" and part in ("", "one"):
            return money.named(self.currency, self.locale)[0 if part else 1]
        if told in self.parts:
            return self.parts[told]
        name = self.whole.get(word)
        if name is None or not name.strip() or (point and part not in PARTS):
            return None
        value = _part(part, name, self.units.get(word, "")) if part else name
        return _lower(value) if word in self.units else value

    def known(self) -> list[str]:
        """The words before a point, and those of money."""
        return sorted({*self.whole, *(name.split(".")[0] for name in self.parts), "money:12000", "currency"})


def _lower(name: str) -> str:
    """A line's name within a sentence: its first letter small, unless it is an abbreviation."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def entities(root: Node) -> Iterator[tuple[str, Node]]:
    """Everything that has a name of its own, by the word that prose has for it."""
    for word, node in (("company", _at(root, "company")), ("boss", _at(root, "company", "boss"))):
        if node is not None:
            yield word, node
    for path in _ENTITIES:
        for entity in _under(root, path):
            if own := _text(entity, "id"):
                yield own, entity


def names_of(root: Node) -> Names:
    """The words that a scenario's files offer, whatever else is wrong with them."""
    names = Names(currency=_text(root, "currency") or "EUR")
    if money.known_locale(locale := _text(root, "locale") or money.ENGLISH):
        names.locale = locale
    lines = {id(line) for line in _under(root, ("lines",))}
    for own, entity in entities(root):
        if name := _text(entity, "name"):
            names.whole.setdefault(own, name)
            if id(entity) in lines:
                names.units[own] = _text(entity, "unit")
    for word, node in _mapping(_at(root, "names")).items():
        if isinstance(node.value, str):
            (names.parts if "." in word else names.whole)[word] = node.value
    return names


def fill(root: Node, texts: Mapping[str, str], base: Names | None = None) -> tuple[Node, list[Finding]]:
    """The tree with every placeholder filled in, and a finding for each that stands for nothing, at its place in
    ``texts``, which are the files by name. Of whom a variant has left out its ``base`` knows the name."""
    filler = _Filler(names_of(root), texts)
    for word, name in (base.whole if base else {}).items():
        filler.names.whole.setdefault(word, name)
    for word, name in list(filler.names.whole.items()):
        if "{" in name:
            filler.names.whole[word] = filler.text(Node(name, root.place), "")
    filler.findings.clear()
    return filler.tree(root, (), ""), filler.findings


@dataclass(slots=True)
class _Filler:
    """Fills one scenario's texts."""

    names: Names
    texts: Mapping[str, str]
    findings: list[Finding] = field(default_factory=list)

    def tree(self, node: Node, at: tuple[str, ...], account: str) -> Node:
        """A part of the tree that stands ``at`` these keys, of ``account`` if it is of one."""
        if isinstance(node.value, str):
            bare = "{" not in node.value and "}" not in node.value
            return node if bare else replace(node, value=self.text(node, WAITS if _waits(at) else account))
        if isinstance(node.value, dict):
            if at == ("accounts",):
                account = _text(node, "name")
            return replace(node, value={key: self.tree(one, (*at, key), account) for key, one in node.value.items()})
        if isinstance(node.value, tuple):
            return replace(node, value=tuple(self.tree(one, at, account) for one in node.value))
        return node

    def text(self, node: Node, account: str) -> str:
        """One text, filled in; ``account`` is the customer's name, `WAITS` where play will tell it."""

        def put(found: re.Match[str]) -> str:
            whole, word = found.group(), found[1]
            if whole in ("{{", "}}"):
                return whole[0]
            if word == WAITS and account:
                return whole if account == WAITS else account
            value = None if word is None or word == WAITS else self.names.word(word)
            if value is None:
                self.findings.append(
                    fault("K319", self.place(node.place, whole), *_stands_for_nothing(whole, word, self.names))
                )
                return whole
            return value

        return _BRACES.sub(put, str(node.value))

    def place(self, start: Place, word: str) -> Place:
        """Where a word stands in the text that begins at ``start``."""
        lines = self.texts.get(start.file, "").split("\n")
        rest = lines[start.line - 1 :] if start.line else []
        for number, line in enumerate(rest):
            column = line.find(word, start.column - 1 if number == 0 else 0)
            if column >= 0:
                return Place(start.file, start.line + number, column + 1)
        return start


def _waits(at: tuple[str, ...]) -> bool:
    """Whether a text is about any customer, so that play fills in whom."""
    return at in (("incident_kinds", "text"), ("desk", "notices")) or at[:3] == ("desk", "approvers", "says")


def _stands_for_nothing(whole: str, word: str | None, names: Names) -> tuple[str, str]:
    """What to say of a placeholder, and what was probably meant."""
    told = whole[:40]
    if word is None:
        return f"a {told} stands alone here; write {told * 2} for the sign itself", ""
    if word == WAITS:
        return "{account} is not filled in here; write the customer's name", ""
    kind, _, rest = word.rpartition(":")
    if kind == "money":
        return f"{told}: money is written {{money:12000}}, {{money:8.1m}} or {{money:640k}}", ""
    name, point, part = rest.partition(".")
    if point and names.word(name):
        return f"{told} stands for nothing; known are {listed(f'{name}.{one}' for one in PARTS)}", suggest(part, PARTS)
    hint = suggest(name, [*names.known(), WAITS])
    known = [WAITS, *names.known()]
    return f"{told} stands for nothing" + ("" if hint else f"; known are {listed(known)}"), hint and f"{{{hint[1:-1]}}}"


def _under(root: Node, path: tuple[str, ...]) -> Iterator[Node]:
    found = [root]
    for key in path:
        found = [child for node in found for child in _children(_mapping(node).get(key))]
    yield from found


def _children(node: Node | None) -> tuple[Node, ...]:
    if node is None:
        return ()
    return node.value if isinstance(node.value, tuple) else (node,)


def _at(root: Node, *path: str) -> Node | None:
    node: Node | None = root
    for key in path:
        node = _mapping(node).get(key)
    return node


def _mapping(node: Node | None) -> dict[str, Node]:
    return node.value if node is not None and isinstance(node.value, dict) else {}


def _text(node: Node | None, key: str) -> str:
    found = _mapping(node).get(key)
    return found.value if found is not None and isinstance(found.value, str) else ""
