"""The door of a log: whatever is declared goes through JSON and back to the same bytes, and whatever cannot be is
refused with its line, by everything that reads a log."""

from __future__ import annotations

import copy
import json
from functools import cache
from pathlib import Path
from types import NoneType
from typing import Annotated, Any, get_args, get_origin

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from kamsim.debrief.folder import read_logs
from kamsim.engine.moves import MOVES
from kamsim.errors import LogError
from kamsim.game.door import Door, door
from kamsim.game.events import fields as may_be
from kamsim.game.events.contact import MoveMade
from kamsim.game.events.declared import KINDS, Declared, Event
from kamsim.game.events.names import names_of
from kamsim.game.log import read_log
from kamsim.game.records import canonical_text
from kamsim.game.replay import verify
from kamsim.game.session import Session
from kamsim.players.policies import named_policy
from kamsim.scenario.reader import canonical, load_scenario
from tests.debrief.logs import forge, opened
from tests.engine.worlds import compiled, halden

LAST = 12


@cache
def at() -> Door:
    return door(names_of(canonical(halden()), LAST))


# --- values that can be -----------------------------------------------------------------------------------------


def of_rule(rule: may_be.Rule) -> st.SearchStrategy[Any]:  # noqa: PLR0911  # one case a rule
    names = at().names
    match rule:
        case may_be.Named(what):
            return st.sampled_from(names.of(what))
        case may_be.Word(words):
            return st.sampled_from(words)
        case may_be.Whole(low, high):
            return st.integers(low, high)
        case may_be.InQuarter(first, beyond):
            return st.integers(first, LAST + beyond)
        case may_be.Between(low, high):
            return st.floats(low, high, allow_nan=False)
        case may_be.Wording():
            return st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
        case may_be.Ranked():
            return st.permutations(names.of("account"))
        case may_be.Guessing():
            return st.floats(0, 1000)
        case may_be.Arguments():
            return st.just({})
        case may_be.Values(fields, partial):
            needed = {f.name: of_field(f) for f in fields if not (partial or f.optional)}
            return st.fixed_dictionaries(needed, optional={f.name: of_field(f) for f in fields if f.name not in needed})
    raise AssertionError(rule)


def of_field(field: Any) -> st.SearchStrategy[Any]:
    if field.kind == "number":
        return st.floats(field.low, field.high)
    return st.sampled_from(field.choices if field.kind == "choice" else at().names.of(field.kind))


def values(kind: Any) -> st.SearchStrategy[Any]:
    """Everything that a declared type may hold."""
    if get_origin(kind) is Annotated:
        return of_rule(kind.__metadata__[0])
    if kind is bool:
        return st.booleans()
    inner = get_args(kind)
    if NoneType in inner:
        return st.none() | values(next(part for part in inner if part is not NoneType))
    if get_origin(kind) is list:
        return st.lists(values(inner[0]), max_size=3)
    if get_origin(kind) is dict:
        return st.dictionaries(values(inner[0]), values(inner[1]), max_size=3)
    return declared(kind)


@cache
def declared(kind: type[Declared]) -> st.SearchStrategy[Declared]:
    fields = {name: values(held) for name, held in kind.fields.items()}
    if kind is MoveMade:
        own = compiled(halden()).own
        there = sorted(name for name, move in MOVES.items() if own.has(move.part))
        return st.sampled_from(there).flatmap(
            lambda move: st.builds(kind, **fields | {"move": st.just(move), "args": of_rule(may_be.arguments_of(move))})
        )
    return st.builds(kind, **fields)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_every_event_goes_through_json_to_the_same_bytes(kind: str, data: st.DataObject) -> None:
    event = data.draw(declared(KINDS[kind]))
    line = canonical_text(event.to_dict())
    again = at().event(json.loads(line))
    assert again == event and canonical_text(again.to_dict()) == line


@pytest.mark.parametrize("scenario", ["halden", "portfolio"])
def test_what_bots_bring_about_is_all_declared(scenario: str, tmp_path: Path) -> None:
    """Every line of what two bots play passes, and what was read is what was told."""
    for policy in ("random_legal", "retailored"):
        with Session.start(load_scenario(scenario), seed=11, log_dir=tmp_path) as session:
            bot = named_policy(policy)
            for _ in range(6):
                bot.play(session.seat)
                session.end_quarter()
            told = [event for line in read_log(session.log_path).lines for event in getattr(line, "events", ())]
            standing = iter(told)
            assert all(any(event == other for other in standing) for event in session.events)


# --- values that cannot be --------------------------------------------------------------------------------------


def impossible(kind: Any) -> list[Any]:  # noqa: PLR0911  # one case a rule
    """For a declared type: values of another type, unknown names, numbers beyond every bound."""
    if get_origin(kind) is Annotated:
        match kind.__metadata__[0]:
            case may_be.Named() | may_be.Word():
                return ["nobody knows this", 7.5, None, [], {}]
            case may_be.Whole() | may_be.InQuarter():
                return [10**400, -(10**18), 1.5, "1", True, None, []]
            case may_be.Between():
                return [10.0**300, -(10.0**300), "1", None, []]
            case may_be.Wording():
                return ["x" * 10_000, 1, None]
            case may_be.Guessing():
                return [-1.0, "x", None, {"nobody": 1}]
            case _:
                return [7, "x", None, {"nobody": 1}]
    if kind is bool:
        return [1, "yes", None]
    inner = get_args(kind)
    if NoneType in inner:
        held = impossible(next(part for part in inner if part is not NoneType))
        return [value for value in held if value is not None]
    if get_origin(kind) is list:
        return [7, None, *([value] for value in impossible(inner[0]))]
    if get_origin(kind) is dict:
        return [7, None, {"nobody": 1}]
    return [7, None, {}, {"more": 1}]


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_no_field_takes_what_cannot_be(kind: str, data: st.DataObject) -> None:
    """Field by field: other types, unknown names, numbers out of bounds, fields that are missing or too many."""
    sound = json.loads(canonical_text(data.draw(declared(KINDS[kind])).to_dict()))
    forged = [
        {**sound, "audience": "everybody"},
        {**sound, "kind": "chat"},
        {**sound, "data": {**sound["data"], "x": 1}},
    ]
    for name, held in KINDS[kind].fields.items():
        if name in KINDS[kind].needed:
            forged.append({**sound, "data": {key: value for key, value in sound["data"].items() if key != name}})
        if name == "args":
            forged += [{**sound, "data": {**sound["data"], "args": args}} for args in ({"a": 1}, [], {"account": 5})]
            continue
        forged += [{**sound, "data": {**sound["data"], name: value}} for value in impossible(held)]
    taken = [one for one in forged if _passes(one)]
    assert not taken, canonical_text(taken[0]["data"])[:300]


def _passes(raw: Any) -> bool:
    try:
        at().event(raw)
    except PydanticCustomError:
        return False
    return True


@cache
def played(folder: Path) -> Path:
    """A log with moves, answers, books and an open quarter."""
    with Session.start(halden(), seed=4, log_dir=folder, quarters=8) as session:
        session.guess("breakeven", 20)
        bot = named_policy("retailored")
        for _ in range(4):
            bot.play(session.seat)
            session.end_quarter()
        session.draft("one", "orvik", "customer", {"price": 0.01})
        bot.play(session.seat)
    return session.log_path


def spoiled(lines: list[Any]) -> list[tuple[str, int, list[Any]]]:
    """For each kind of event and of line there is, one value of it forged: what, in which line, and all lines."""
    made, seen = [], set()
    lines = [{**lines[0], "seed": 99}, *lines[1:]]  # another session than the sound one
    for number, line in enumerate(lines, start=1):
        for row, event in enumerate(line.get("events", ())):
            cls: type[Event] = KINDS[event["kind"]]
            for name in event["data"]:
                if (event["kind"], name) not in seen:
                    seen.add((event["kind"], name))
                    value = {"nobody": 1} if name == "args" else impossible(cls.fields[name])[0]
                    forged = copy.copy(lines)
                    forged[number - 1] = copy.deepcopy(line)
                    forged[number - 1]["events"][row]["data"][name] = value
                    made.append((f"{event['kind']}.{name}", number, forged))
        for path in BESIDE.get(line["kind"], ()):
            if (line["kind"], path) not in seen:
                seen.add((line["kind"], path))
                forged = copy.copy(lines)
                place = forged[number - 1] = copy.deepcopy(line)
                *way, last = path.split(".")
                for step in way:
                    place = place[step]
                place[last] = BESIDE[line["kind"]][path]
                made.append((f"{line['kind']} {path}", number, forged))
    return made


BESIDE: dict[str, dict[str, Any]] = {
    "command": {"move": "zz", "args": {"a": 1}, "thought": -1.0, "seen.hours_left": 1e300},
    "guess": {"name": "weather", "value": 10**400, "thought": "long"},
    "draft": {"account": "nobody", "page.price": 1e9, "audience": "all"},
    "quarter": {"ledger.unused": 10**40, "ledger.share": [7.0], "thought": -1.0},
}
"""By kind of line, beside its events: values that cannot be, by where they stand."""


def test_whoever_reads_a_forged_log_names_its_line(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> None:
    """One field after the other, in a chain that holds: verifying, resuming, a debrief and an export refuse the log in
    one sentence with the line's number; a class loses that log only."""
    source = played(tmp_path_factory.getbasetemp() / "door")
    faults = []
    for what, number, lines in spoiled(opened(source)):
        log = forge(source, tmp_path / "forged.jsonl", lambda held, lines=lines: held.__setitem__(slice(None), lines))
        for read in (verify, Session.resume):
            try:
                read(log)
                faults.append(f"{what} passes {read.__qualname__}")
            except LogError as error:
                told = str(error)
                if f"line {number} " not in told or "\n" in told or len(told) > 400:
                    faults.append(f"{what}: {told[:300]}")
        found = read_logs([source, log])
        if len(found.logs) != 1 or not any(f"line {number} " in fault.sentence for fault in found.faults):
            faults.append(f"{what}: {[fault.sentence for fault in found.faults]}")
    assert not faults, "\n".join(faults)
