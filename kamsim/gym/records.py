"""The lines of a training's log: chained like a session's, each kind declared once and checked as it is read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import Field, TypeAdapter, ValidationInfo, model_validator

from kamsim.errors import LogChanged, LogError
from kamsim.game.chain import Chain, named, read_chain
from kamsim.game.door import Door, door
from kamsim.game.events import fields as may_be
from kamsim.game.events.names import names_of
from kamsim.game.records import Count, Line, Text, Told, canonical_text, checked_line, plain_line
from kamsim.gym.bout import LEAVE
from kamsim.gym.drill import Ahead, Drill, Feedback, Part, Reading
from kamsim.gym.kinds import KINDS, LEVELS, SKILLS
from kamsim.scenario.models import Scenario
from kamsim.scenario.reader import scenario_from_canonical

FORMAT: Final = 1
"""Of a training's log. A higher number is a log of a later kamsim."""
EXPECT: Final = "expect"
"""The range that was named, as a log calls it."""
MANY: Final = 64
Kind = Literal["case", "recut", "moment", "talk", "ask", "pursue"]
assert set(KINDS) == set(Kind.__args__)  # type: ignore[attr-defined]
Seed = Annotated[int, Field(ge=0, lt=2**63)]
Number = Annotated[int, Field(ge=1, le=1000)]
Mark = Annotated[float, Field(ge=0.0, le=100.0)]
Cents = Annotated[int, Field(gt=-may_be.MOST, lt=may_be.MOST)]
Share = Annotated[float, Field(ge=0.0, le=1.0)]
Names = Annotated[list[Text], Field(max_length=MANY)]


class Begun(Line):
    """Line 1: who trains, what was asked for, and whether the set follows from its seed alone."""

    kind: Literal["training"] = "training"
    format: Count
    kamsim: Text
    rules: Count
    note: Text
    player: Text
    id: Annotated[str, Field(pattern="^t[0-9a-f]{32}$")]
    started: Text
    seed: Seed
    fixed: bool
    count: Number
    only: Kind | None
    level: Annotated[int, Field(ge=1, le=3)] | None
    scenarios: Annotated[list[Text], Field(min_length=1, max_length=MANY)]
    """Ids of those of which drills are made."""
    policy: Text
    """The bot that answers; empty for people."""


class Scene(Line):
    """A scenario, before the first drill of it: the whole of it in canonical form, and its digest."""

    kind: Literal["scene"] = "scene"
    scenario: dict[str, Any]
    sha256: Text


class Posed(Line):
    """A drill, as it was posed."""

    kind: Literal["posed"] = "posed"
    at: Text
    number: Number
    drill: Kind
    scenario: Text
    seed: Seed
    level: Annotated[int, Field(ge=1, le=3)]
    skill: Text
    bot: Text
    quarter: Annotated[int, Field(ge=1, le=100)]
    account: Text
    twist: Text
    person: Text
    about: Text
    audience: Literal["customer", "desk", ""]
    page: dict[str, Any]
    levers: Names
    choices: Names
    facts: Annotated[list[Annotated[int, Field(ge=0, le=10**6)]], Field(max_length=MANY)]

    @model_validator(mode="after")
    def _sound(self, info: ValidationInfo) -> Posed:
        if self.skill not in SKILLS or self.level not in LEVELS:
            raise ValueError("names a skill that there is not")
        if info.context is not None:
            info.context.posed(self)
        return self

    @property
    def value(self) -> Drill:
        """The drill."""
        held = {field.name: getattr(self, field.name) for field in fields(Drill) if field.name != "kind"}
        held |= {name: tuple(held[name]) for name in ("levers", "choices", "facts")}
        return Drill(kind=self.drill, **held)


class Did(Line):
    """What was done in the drill that is open: a move, `LEAVE`, or `EXPECT`."""

    kind: Literal["did"] = "did"
    what: Text
    args: dict[str, Any]
    thought: may_be.Seconds

    @model_validator(mode="after")
    def _sound(self, info: ValidationInfo) -> Did:
        if info.context is not None and self.what not in (LEAVE, EXPECT):
            info.context.arguments(self.what, self.args)
        return self


class Read(Line):
    """What a reader made of it."""

    id: Text
    score: Annotated[float, Field(ge=-1000.0, le=1000.0)]
    bar: Mark
    costly: Names


class Weighed(Line):
    """One thing that was weighed."""

    name: Text
    met: Share
    best: Share
    weight: Annotated[float, Field(ge=0.0, le=1000.0)]


class Played(Line):
    """A year that was played ahead."""

    name: Literal["yours", "bot", "nothing"]
    bot: Text
    profit: Annotated[list[Cents], Field(max_length=MANY)]
    usual: Annotated[list[Cents], Field(max_length=MANY)]
    signed: bool


class Borne(Line):
    """A move of what the facts would have borne."""

    move: Text
    args: dict[str, Any]


class Judged(Line):
    """What came of the drill that is open, which it ends."""

    kind: Literal["judged"] = "judged"
    at: Text
    reaction: Annotated[list[Told], Field(max_length=MANY)]
    readers: Annotated[list[Read], Field(max_length=MANY)]
    parts: Annotated[list[Weighed], Field(max_length=MANY)]
    mark: Mark
    habit: Mark
    borne: Mark
    borne_answer: Annotated[list[Borne], Field(max_length=MANY)]
    ahead: Annotated[list[Played], Field(max_length=3)]
    met: dict[Text, Share]
    next_time: Text
    expected: Annotated[list[Cents], Field(min_length=2, max_length=2)] | None
    truth: Cents
    thought: may_be.Seconds

    def value(self, drill: Drill, did: Sequence[Did]) -> Feedback:
        """What came of a drill in which this was done."""
        return Feedback(
            drill=drill,
            reaction=tuple(self.reaction),
            readers=tuple(Reading(one.id, one.score, one.bar, tuple(one.costly)) for one in self.readers),
            parts=tuple(Part(one.name, one.met, one.best, one.weight) for one in self.parts),
            mark=self.mark,
            habit=self.habit,
            borne=self.borne,
            answer=tuple({"move": o.what, "args": dict(o.args)} for o in did if o.what not in (LEAVE, EXPECT)),
            borne_answer=tuple({"move": one.move, "args": dict(one.args)} for one in self.borne_answer),
            ahead=tuple(Ahead(o.name, o.bot, tuple(o.profit), tuple(o.usual), o.signed) for o in self.ahead),
            met=dict(self.met),
            next_time=self.next_time,
            expected=None if self.expected is None else (self.expected[0], self.expected[1]),
            truth=self.truth,
            thought=self.thought,
        )


AnyLine = Begun | Scene | Posed | Did | Judged
_LINES: Final[TypeAdapter[AnyLine]] = TypeAdapter(Annotated[AnyLine, Field(discriminator="kind")])


def posed(drill: Drill, at: str) -> Posed:
    """The line that poses a drill."""
    held = {field.name: getattr(drill, field.name) for field in fields(Drill) if field.name != "kind"}
    held |= {name: list(held[name]) for name in ("levers", "choices", "facts")}
    return Posed(at=at, drill=drill.kind, **held)  # type: ignore[arg-type]  # a drill's kind is one of them


def judged(told: Feedback, at: str) -> Judged:
    """The line that ends a drill."""
    return Judged(
        at=at,
        reaction=list(told.reaction),
        readers=[Read(id=o.id, score=o.score, bar=o.bar, costly=list(o.costly)) for o in told.readers],
        parts=[
            Weighed(name=o.name, met=round(o.met, 4), best=round(o.best, 4), weight=round(o.weight, 4))
            for o in told.parts
        ],
        mark=told.mark,
        habit=told.habit,
        borne=told.borne,
        borne_answer=[Borne(move=o["move"], args=o["args"]) for o in told.borne_answer],
        ahead=[
            Played(name=o.name, bot=o.bot, profit=list(o.profit), usual=list(o.usual), signed=o.signed)  # type: ignore[arg-type]  # one of three
            for o in told.ahead
        ],
        met=told.met,
        next_time=told.next_time,
        expected=None if told.expected is None else list(told.expected),
        truth=told.truth,
        thought=told.thought,
    )  # fmt: skip


# --- reading ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Drilled:
    """A drill of a log: as it was posed and when, what was done, and what came of it; None while it is open."""

    posed: Posed
    did: tuple[Did, ...]
    judged: Judged | None

    @property
    def drill(self) -> Drill:
        """What was posed."""
        return self.posed.value

    @property
    def told(self) -> Feedback | None:
        """What came of it."""
        return None if self.judged is None else self.judged.value(self.drill, self.did)


@dataclass(frozen=True)
class TrainingLog(Chain):
    """A training's log as read."""

    begun: Begun
    scenes: Mapping[str, Scene]
    """By scenario id."""
    drills: tuple[Drilled, ...]

    def scenario(self, name: str) -> Scenario:
        """A scenario that was drilled. Raises LogChanged where it is not the one that the log says; ScenarioError."""
        scene = self.scenes[name]
        if hashlib.sha256(canonical_text(scene.scenario).encode()).hexdigest() != scene.sha256:
            raise LogChanged(f"{self.path}: it holds another scenario {name!r} than was drilled")
        return scenario_from_canonical(json.loads(canonical_text(scene.scenario)), played=True)


class _Desk:
    """Checks lines as they are read, each with the scenario that it is about."""

    def __init__(self) -> None:
        self.doors: dict[str, Door] = {}
        self.open: Door | None = None

    def posed(self, line: Posed) -> None:
        """A drill about what there is in its scenario."""
        if line.scenario not in self.doors:
            raise ValueError("poses a drill of a scenario that the log does not hold")
        self.open = self.doors[line.scenario]
        names = self.open.names
        for what, name in (("account", line.account), ("reader", line.person)):
            if name and name not in names.of(what):
                raise ValueError(f"names {what} {name[:40]!r}, which its scenario has not")

    def event(self, raw: Any) -> Any:
        """An event of a reaction."""
        return self._now.event(raw)

    def arguments(self, move: str, args: Any) -> Any:
        """The arguments of a move."""
        return self._now.arguments(move, args)

    def value(self, rule: Any, raw: Any) -> Any:
        """A value that a rule bounds."""
        return (self.open or door(names_of({"accounts": []}, 1))).value(rule, raw)

    @property
    def _now(self) -> Door:
        if self.open is None:
            raise ValueError("tells of a drill that was not posed")
        return self.open


def read_training(path: Path | str) -> TrainingLog:
    """Read and check a training's log. Raises LogChanged, naming the line, and LogError."""
    path, desk, lines = named(path), _Desk(), list[AnyLine]()
    scenes: dict[str, Scene] = {}
    drills: list[Drilled] = []

    def place(raw: bytes, number: int) -> None:
        try:
            line = _parse(raw, number, desk)
            _fits(line, number, drills)
        except LogError as error:
            raise LogError(f"{path}: {error}") from None
        lines.append(line)
        if isinstance(line, Scene):
            name = str(line.scenario.get("id", ""))
            scenes[name] = line
            desk.doors[name] = door(names_of(line.scenario, int(line.scenario["length"]["longest"])))
        elif isinstance(line, Posed):
            drills.append(Drilled(line, (), None))
        elif isinstance(line, Did):
            drills[-1] = Drilled(drills[-1].posed, (*drills[-1].did, line), None)
        elif isinstance(line, Judged):
            drills[-1] = Drilled(drills[-1].posed, drills[-1].did, line)

    chain = read_chain(path, place)
    if not lines:
        raise LogError(f"{path}: the log has no complete beginning; no training can be taken from it")
    begun = lines[0]
    assert isinstance(begun, Begun)
    return TrainingLog(path, chain.size, chain.torn, chain.last_hash, begun, scenes, tuple(drills))


def _parse(raw: bytes, number: int, desk: _Desk) -> AnyLine:
    data = plain_line(raw, number)
    form = data.get("format")
    if data.get("kind") == "training" and isinstance(form, int) and form > FORMAT:
        raise LogError(f"line {number}: this log has format {form}, written by a later kamsim; install that")
    return checked_line(lambda: _LINES.validate_python(data, context=desk), number)


def _fits(line: AnyLine, number: int, drills: list[Drilled]) -> None:
    """See that a line may stand where it does."""
    is_open = bool(drills) and drills[-1].judged is None
    good = {
        Begun: number == 1,
        Scene: not is_open,
        Posed: not is_open,
        Did: is_open,
        Judged: is_open,
    }[type(line)]
    if not good or (number == 1) != isinstance(line, Begun):
        raise LogError(f"line {number} is a {line.kind!r} line, which cannot stand there; kamsim did not write it")


def is_training(path: Path) -> bool:
    """Whether a file begins as a training's log does."""
    try:
        with path.open("rb") as file:
            head = file.readline(4096)
        return isinstance(found := json.loads(head), dict) and found.get("kind") == "training"
    except (OSError, ValueError, RecursionError):
        return False
