"""A variant of a scenario: what it says by name, laid over its base. ``extends: halden`` takes all of Halden; then

    names: {orvik: Pacific Yards, aksel: Ron Delgado}       who is called what, in every text
    accounts: {mira: {trust: 0.4}, kestrel: }               a customer changed, and one left out
    lines: {bearings: {list_price: 200}}                    an entry of a list, by its id
    exchange: 1.08                                          all money, in prose too, times so much
    difficulty: hard                                        how kind customers, rivals and luck are

Every node keeps its place, so a fault is told in the file that holds it. A value that is left empty takes its key away;
a list takes the place of the base's.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from kamsim.scenario.findings import Finding, Place, fault, listed, suggest
from kamsim.scenario.placeholders import entities, names_of
from kamsim.scenario.yaml_text import Node

MONEY: Final = ("list_price", "unit_cost", "rate", "hourly_cost", "programme_cost", "specialist_cost", "cost",
                "sales", "claim", "inaction_value")  # fmt: skip
"""Keys whose numbers are money, wherever they stand."""
SCALES: Final = {"": 1.0, "k": 1e3, "m": 1e6, "bn": 1e9}
_AMOUNT: Final = re.compile(r"(?<=\{money:)[0-9.]+(?:k|m|bn)?(?=\})")
DIFFICULTIES: Final = ("easy", "normal", "hard")


@dataclass(frozen=True, slots=True)
class Shift:
    """How a number changes with the difficulty."""

    path: tuple[str, ...]
    usual: float
    """Where the files give none."""
    easy: Callable[[float], float]
    hard: Callable[[float], float]
    most: float = 1.0


SHIFTS: Final = (
    Shift(("company", "information_quality"), 1, lambda _: 1.0, lambda old: old * 0.8),
    Shift(("company", "support"), 0.8, lambda old: old + 0.1, lambda old: old - 0.1),
    Shift(("rivals", "follow"), 0.35, lambda old: old * 0.6, lambda old: old * 1.4),
    Shift(("accounts", "trust"), 0.5, lambda old: old + 0.08, lambda old: old - 0.08),
    Shift(("accounts", "traits", "price_sensitivity"), 4, lambda old: old * 0.9, lambda old: old * 1.1, 10.0),
    Shift(("accounts", "traits", "turnover"), 0.05, lambda old: old * 0.6, lambda old: old * 1.4, 0.3),
    Shift(("accounts", "traits", "incident_hazard"), 0.05, lambda old: old * 0.6, lambda old: old * 1.4, 0.3),
)


class Base:
    """The scenario that a variant extends, as its tree."""

    def __init__(self, name: str, tree: Node, own: dict[str, Node], findings: list[Finding]) -> None:
        """``own`` is what the variant says: its ``exchange`` and ``difficulty`` change the base, and not what it says
        itself."""
        self.name = name
        self.tree = _adjusted(tree, own, findings)
        self.names = names_of(tree)

    def accounts(self) -> dict[str, Node]:
        """Its customers' mappings by id."""
        found = _mapping(self.tree).get("accounts")
        return {_name(node): node for node in found.value} if found and isinstance(found.value, tuple) else {}

    def changed(self, over: Node, findings: list[Finding]) -> Node:
        """The base with everything that the variant says; ``over`` holds its accounts already."""
        own = _mapping(over)
        if "id" not in own:
            findings.append(fault("K201", over.place, f"id is missing: a variant of '{self.name}' has one of its own"))
        spare = {key for key in ("names", "accounts") if key in own and own[key].value is None}
        said = replace(over, value={key: node for key, node in own.items() if key not in spare})
        made = overlay(self.tree, said, findings)
        made = self._renamed(made, own.get("names"), findings)
        return self._without_pictures(self._without_the_gone(made))

    def _renamed(self, made: Node, names: Node | None, findings: list[Finding]) -> Node:
        """Everybody under the name that ``names`` gives; parts of a name that is gone go with it."""
        told = _mapping(names)
        known = sorted({*self.names.whole, *names_of(_without(made, "names")).whole})
        for word in told:
            if word.partition(".")[0] not in known:
                place = names.keys.get(word, names.place) if names else made.place
                message = f"names: there is no '{word[:40]}' in '{self.name}'; it has {listed(known)}"
                findings.append(fault("K131", place, message, suggest(word.partition(".")[0], known)))
        made = _with_names(made, {word: node for word, node in told.items() if "." not in word})
        now = names_of(made).whole

        def holds(word: str) -> bool:
            whose = word.partition(".")[0]
            stands = "." not in word or word in told or now.get(whose) == self.names.whole.get(whose)
            return stands and whose in known

        kept = {word: node for word, node in _mapping(_mapping(made).get("names")).items() if holds(word)}
        entries = dict(_mapping(made))
        if "names" in entries:
            entries["names"] = replace(entries["names"], value=kept)
        return replace(made, value=entries)

    def _without_the_gone(self, made: Node) -> Node:
        """News, colleagues and the programme without customers who were left out, and without news that is about nobody
        else."""
        entries = dict(_mapping(made))
        here = entries.get("accounts")
        gone = set(self.accounts()) - {_name(node) for node in _entries(here)}
        if gone and "organisation" in entries:
            entries["organisation"] = _looked_after(entries["organisation"], gone)
        if not gone or "news" not in entries:
            return replace(made, value=entries)
        theirs = {_name(one) for name in gone for one in _entries(_mapping(self.accounts()[name]).get("initiatives"))}
        kept = []
        for item in _entries(entries["news"]):
            about = [_text(node) for node in _entries(_mapping(item).get("accounts"))]
            if about and set(about) <= gone:
                continue
            kept.append(_less(_less(item, "accounts", gone), "warns", theirs))
        entries["news"] = replace(entries["news"], value=tuple(kept))
        return replace(made, value=entries)

    def _without_pictures(self, made: Node) -> Node:
        """Portraits without people and newcomers who are not there any more."""
        entries = dict(_mapping(made))
        if "portraits" not in entries:
            return made
        here = {own for own, _ in entities(made)}
        gone = {f"{{{own}}}" for own, _ in entities(self.tree) if own not in here}
        gone |= {_text(node) for node in _entries(_mapping(self.tree).get("newcomers"))}
        gone -= {_text(node) for node in _entries(entries.get("newcomers"))}
        kept = {
            side: replace(node, value=tuple(one for one in _entries(node) if _text(one) not in gone))
            for side, node in _mapping(entries["portraits"]).items()
        }
        entries["portraits"] = replace(entries["portraits"], value=kept)
        return replace(made, value=entries)


def overlay(base: Node, over: Node, findings: list[Finding]) -> Node:
    """``base`` with everything that ``over`` says: mappings by key, entries of a list by their name."""
    if not isinstance(over.value, dict):
        return over
    if isinstance(base.value, tuple):
        return _by_name(base, over, findings)
    if not isinstance(base.value, dict):
        return over
    entries, keys = dict(base.value), dict(base.keys)
    for key, node in over.value.items():
        if node.value is None:
            entries.pop(key, None)
            continue
        entries[key] = overlay(entries[key], node, findings) if key in entries else node
        keys[key] = over.keys.get(key, node.place)
    return Node(entries, base.place, keys)


def _by_name(base: Node, over: Node, findings: list[Finding]) -> Node:
    """A list whose entries are changed by name; a new one has its own ``id`` in it."""
    made = {_name(node): node for node in _entries(base)}
    if len(made) < len(_entries(base)):
        made = {f"{_name(node)}.{_text(_mapping(node).get('region'))}": node for node in _entries(base)}
    for key, node in _mapping(over).items():
        place = over.keys.get(key, node.place)
        if key not in made and _text(_mapping(node).get("id")) != key:
            message = f"there is no '{key[:40]}' here to change; known are {listed(made)}"
            findings.append(fault("K131", place, message, suggest(key, made)))
        elif node.value is None:
            del made[key]
        else:
            made[key] = overlay(made[key], node, findings) if key in made else node
    return Node(tuple(made.values()), base.place, base.keys)


def _name(node: Node) -> str:
    """By what an entry of a list is called: its id, or else its move, line, year or quarter."""
    held = _mapping(node)
    found = next((held[key] for key in ("id", "move", "line", "year", "quarter") if key in held), None)
    return "" if found is None else str(found.value)


def _with_names(node: Node, names: dict[str, Node]) -> Node:
    """The tree with the name of each entity that ``names`` holds."""
    found = {id(entity): word for word, entity in entities(node) if word in names}

    def put(one: Node) -> Node:
        if isinstance(one.value, dict):
            held = {key: put(child) for key, child in one.value.items()}
            if id(one) in found:
                held["name"] = names[found[id(one)]]
            return replace(one, value=held)
        return replace(one, value=tuple(map(put, one.value))) if isinstance(one.value, tuple) else one

    return put(node) if found else node


def _adjusted(made: Node, own: dict[str, Node], findings: list[Finding]) -> Node:
    """Money times ``exchange``, and what the ``difficulty`` changes."""
    rate, level = own.get("exchange"), own.get("difficulty")
    if rate is not None:
        if isinstance(rate.value, int | float) and not isinstance(rate.value, bool) and 0.001 <= rate.value <= 100_000:
            made = _times(made, float(rate.value))
        else:
            message = "exchange is what one unit of the base's money is in this currency, such as 1.08"
            findings.append(fault("K132", rate.place, message))
    if level is not None and level.value not in DIFFICULTIES:
        findings.append(fault("K132", level.place, f"difficulty is {listed(DIFFICULTIES, 'or')}", suggest(
            str(level.value), DIFFICULTIES)))  # fmt: skip
    elif level is not None and level.value != "normal":
        for shift in SHIFTS:
            made = _shifted(made, shift.path, shift, shift.hard if level.value == "hard" else shift.easy, level.place)
    return made


def _times(node: Node, rate: float, money: tuple[str, ...] = MONEY) -> Node:
    """All money of a tree times ``rate``: numbers under keys of ``money``, and amounts in prose. What is built jointly
    is told in shares, its cost too."""
    if isinstance(node.value, str) and "{money:" in node.value:
        return replace(node, value=_AMOUNT.sub(lambda found: _figure_times(found.group(), rate), node.value))
    if isinstance(node.value, tuple):
        return replace(node, value=tuple(_times(one, rate, money) for one in node.value))
    if not isinstance(node.value, dict):
        return node
    return replace(node, value={
        key: replace(one, value=float(f"{one.value * rate:.6g}"))
        if key in money and isinstance(one.value, int | float) and not isinstance(one.value, bool)
        else _times(one, rate, () if key == "joint" else money)
        for key, one in node.value.items()
    })  # fmt: skip


def _figure_times(figure: str, rate: float) -> str:
    """An amount times ``rate``, with as many digits that count (two at least), in thousands, millions or billions where
    it was in any of them."""
    if rate == 1:
        return figure
    digits = figure.rstrip("kmbn")
    scale = figure[len(digits) :]
    value = float(digits) * SCALES[scale] * rate
    count = max(2, len(digits.replace(".", "").strip("-\u22120")))
    value = float(f"{value:.{count}g}")
    if scale:
        scale = next((word for word in ("bn", "m", "k") if abs(value) >= SCALES[word]), "")
        value /= SCALES[scale]
    return f"{value:.10f}".rstrip("0").rstrip(".") + scale


def _shifted(node: Node, path: tuple[str, ...], shift: Shift, how: Callable[[float], float], place: Place) -> Node:
    if isinstance(node.value, tuple):
        return replace(node, value=tuple(_shifted(one, path, shift, how, place) for one in node.value))
    if not isinstance(node.value, dict):
        return node
    held, key = dict(node.value), path[0]
    if len(path) > 1:
        if key in held:
            held[key] = _shifted(held[key], path[1:], shift, how, place)
    else:
        old = held.get(key, Node(shift.usual, place))
        if isinstance(old.value, int | float) and not isinstance(old.value, bool):
            held[key] = replace(old, value=round(min(shift.most, max(0.0, how(float(old.value)))), 4))
    return replace(node, value=held)


def _without(node: Node, key: str) -> Node:
    return replace(node, value={word: one for word, one in _mapping(node).items() if word != key})


def _looked_after(own: Node, gone: set[str]) -> Node:
    """The organisation, whose colleagues and programme have none of the customers who are ``gone``."""
    held = dict(_mapping(own))
    if "team" in held:
        team = tuple(_less(one, "accounts", gone) for one in _entries(held["team"]))
        held["team"] = replace(held["team"], value=team)
    if "programme" in held:
        held["programme"] = _less(held["programme"], "key", gone)
    return replace(own, value=held)


def _less(item: Node, key: str, gone: set[str]) -> Node:
    held = dict(_mapping(item))
    if key in held:
        kept = tuple(node for node in _entries(held[key]) if _text(node).partition(".")[0] not in gone)
        held[key] = replace(held[key], value=kept)
    return replace(item, value=held)


def _mapping(node: Node | None) -> dict[str, Node]:
    return node.value if node is not None and isinstance(node.value, dict) else {}


def _entries(node: Node | None) -> tuple[Node, ...]:
    return node.value if node is not None and isinstance(node.value, tuple) else ()


def _text(node: Node | None) -> str:
    return node.value if node is not None and isinstance(node.value, str) else ""
