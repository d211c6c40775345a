"""The lines of a log: their shapes, and the chain that binds each to the one before.

A line is one JSON object in canonical form (keys sorted, no spaces, UTF-8), with ``hash`` put last: the sha256
of the hash before and the rest of the line. So every byte of every line is protected, the last one too.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final, Literal, Self, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    InstanceOf,
    PlainSerializer,
    PlainValidator,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from kamsim.errors import LogError
from kamsim.game.door import Door, door
from kamsim.game.events import fields as may_be
from kamsim.game.events.declared import Declared, Event
from kamsim.game.events.ending import SessionFinished
from kamsim.game.events.names import names_of

FORMAT: Final = 1
"""Of the log. A higher number is a log of a later kamsim."""
RULES: Final = 7
"""Of the game. Raised whenever the same commands would give other figures."""
DRAWN: Final = 5
"""Rules since which each session draws when things come, what they are about, and how they are put."""
_ENDING: Final = re.compile(rb',"hash":"([0-9a-f]{64})"}\Z')
_STATE: Final = re.compile(rb'\{"checkpoint":\{"digest":"[0-9a-f]{64}","state":(?=\{)')
_AFTER_STATE: Final = b'}},"events":['

L = TypeVar("L")
Count = Annotated[int, Field(ge=0, le=10**9)]
Number = Annotated[int, Field(ge=1, le=10**9)]
Text = Annotated[str, Field(max_length=200)]
Cents = Annotated[int, Field(gt=-may_be.MOST, lt=may_be.MOST)]
Amount = Annotated[float, Field(ge=0.0, le=may_be.MOST)]
Share = Annotated[float, Field(ge=0.0, le=1.0)]


class Line(BaseModel):
    """One line of a log, its hash left out."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True, defer_build=True)


class Header(Line):
    """Line 1: everything that a session starts from. It holds the truth of the scenario in clear."""

    kind: Literal["header"] = "header"
    format: Count
    kamsim: Text
    rules: Count
    note: Text
    scenario: dict[str, Any]
    scenario_sha256: Text
    seed: Annotated[int, Field(ge=0, lt=2**63)]
    player: Text
    members: list[Text] = Field(max_length=20)
    quarters: Annotated[int, Field(ge=1, le=100)]
    pace: Text
    started: Text
    id: Annotated[str, Field(pattern="^(s[0-9a-f]{32})?$")] = ""
    """Drawn when the session began: no other has it, and nobody can guess it. Empty in logs of earlier versions."""
    policy: Text | None = None
    """The policy that plays; empty for people, None where the version that began the log did not say."""

    @property
    def words(self) -> int | None:
        """The seed by which the session's words are drawn; None under rules that drew none."""
        return self.seed if self.rules >= DRAWN else None


def _event(value: Any, info: ValidationInfo) -> Any:
    return value if info.context is None else info.context.event(value)


def _score(value: Any, info: ValidationInfo) -> Any:
    return value if info.context is None else info.context.data(SessionFinished, value)


Told = Annotated[Event, PlainValidator(_event), PlainSerializer(Event.to_dict)]
"""An event, as `Event.to_dict` gives it."""
Score = Annotated[SessionFinished, PlainValidator(_score), PlainSerializer(Declared.plain)]
"""The data of the event ``finished``."""


class Canonical(str):
    """Data as JSON text: canonical where it is written; where it was read, as it stands in the log."""

    __slots__ = ()


class Checkpoint(Line):
    """The whole one-lane state, and the sha256 of its canonical form."""

    state: Annotated[Canonical, InstanceOf()] | dict[str, Any]
    """As text, wherever it stands as kamsim writes it: most are compared with another text, and never taken apart."""
    digest: Text

    @property
    def data(self) -> dict[str, Any]:
        """The state as plain data. Raises ValueError and RecursionError for a text that kamsim would not write."""
        return _loaded(self.state) if isinstance(self.state, Canonical) else self.state


class Opened(Line):
    """Line 2: what was new on the first morning."""

    kind: Literal["opened"] = "opened"
    events: list[Told]
    checkpoint: Checkpoint


class Moved(Line):
    """A move that was made. ``thought``: seconds; ``seen``: hours left and how many facts were known then."""

    kind: Literal["command"] = "command"
    n: Number
    quarter: Number
    move: may_be.MoveKind
    args: dict[str, Any]
    events: list[Told]
    thought: may_be.Seconds
    seen: dict[str, may_be.Figure]
    """``hours_left``: below nothing where a team has fewer hours than its standing contact takes; ``facts``."""

    @model_validator(mode="after")
    def _sound(self, info: ValidationInfo) -> Self:
        if info.context is not None:
            info.context.arguments(self.move, self.args)
        return self


class Undone(Line):
    """The last move was taken back."""

    kind: Literal["undo"] = "undo"
    quarter: Number
    takes_back: list[Number] = Field(min_length=1, max_length=1)


class Reset(Line):
    """Every move of the quarter that could be was taken back."""

    kind: Literal["reset"] = "reset"
    quarter: Number
    takes_back: list[Number]


class Guessed(Line):
    """One of the player's own guesses."""

    kind: Literal["guess"] = "guess"
    quarter: Number
    name: may_be.Guess
    value: Any
    thought: may_be.Seconds

    @field_validator("value")
    @classmethod
    def _plain(cls, value: Any, info: ValidationInfo) -> Any:
        """As the session notes it: whole cents, whatever number says them."""
        if info.context is None or "name" not in info.data:
            return value
        return info.context.guess(info.data["name"], value)


class Drafted(Line):
    """A draft of a case that was put aside under a name; a later one of that name replaces it."""

    kind: Literal["draft"] = "draft"
    quarter: Number
    name: Text
    account: may_be.Account
    audience: Literal["customer", "desk"]
    page: may_be.Page
    thought: may_be.Seconds


class Coached(Line):
    """The player asked the coach about a page. ``advice``: criteria and gates that were named, the costliest first."""

    kind: Literal["coach"] = "coach"
    quarter: Number
    account: may_be.Account
    audience: Literal["customer", "desk"]
    page: may_be.Page
    advice: list[may_be.Advice]
    thought: may_be.Seconds


class Clocked(Line):
    """What was done about the soft clock of a moment: started, paused, extended, or switched off."""

    kind: Literal["clock"] = "clock"
    quarter: Number
    moment: may_be.Moment
    what: Literal["start", "pause", "go_on", "extend", "off", "ran_out"]
    seconds: may_be.Seconds


class Books(Line):
    """A quarter's ledger: money in cents by line and cell, and what it was earned with."""

    quarter: Number
    names: list[Text]
    money: list[list[Cents]]
    volume: list[Amount]
    wallet: list[Amount]
    share: list[Share]
    utilisation: list[Amount]
    delivered: list[Share]
    trust: list[Share]
    unused: Cents
    programme: Cents
    company: Cents


class Closed(Line):
    """A quarter's close. The last ``opening`` of its events belong to the next quarter."""

    kind: Literal["quarter"] = "quarter"
    quarter: Number
    thought: may_be.Seconds
    ledger: Books
    events: list[Told]
    opening: Count
    checkpoint: Checkpoint


class Resumed(Line):
    """The session went on later. ``restored``: from the last checkpoint, because the moves since then could not be
    replayed (other rules); those of the open quarter, ``takes_back``, then never happened."""

    kind: Literal["resumed"] = "resumed"
    quarter: Number
    at: Text
    rules: Count
    kamsim: Text
    restored: bool
    takes_back: list[Number]
    notices: list[str]


class Finished(Line):
    """The score."""

    kind: Literal["finished"] = "finished"
    score: Score


AnyLine = Header | Opened | Moved | Undone | Reset | Guessed | Drafted | Coached | Clocked | Closed | Resumed | Finished
_LINES: Final[TypeAdapter[AnyLine]] = TypeAdapter(Annotated[AnyLine, Field(discriminator="kind")])


def canonical_text(data: Any) -> Canonical:
    """JSON in the one form that is hashed. Raises ValueError for NaN and infinity."""
    return Canonical(json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False))


def canonical_object(parts: Mapping[str, Any]) -> Canonical:
    """The same of an object with names of our own, some of whose values are canonical already."""
    texts = [
        f'"{name}":{part if isinstance(part, Canonical) else canonical_text(part)}'
        for name, part in sorted(parts.items())
    ]
    return Canonical("{" + ",".join(texts) + "}")


def sealed(line: Line, previous: str) -> tuple[bytes, str]:
    """The bytes of a line, newline included, after a line with the hash ``previous``; and its own hash."""
    return sealed_text(_canonical(line), previous)


def sealed_text(text: str, previous: str) -> tuple[bytes, str]:
    """The same of a line's canonical text."""
    body = text.encode()
    own = hashlib.sha256(previous.encode() + body).hexdigest()
    return body[:-1] + b',"hash":"' + own.encode() + b'"}\n', own


def _canonical(line: Line) -> Canonical:
    """The canonical text of a line; that of a checkpoint's state is taken as it is."""
    if not isinstance(line, Opened | Closed):
        return canonical_text(line.model_dump(mode="json"))
    held = canonical_object({"digest": line.checkpoint.digest, "state": line.checkpoint.state})
    return canonical_object({**line.model_dump(mode="json", exclude={"checkpoint"}), "checkpoint": held})


def own_hash(raw: bytes, previous: str) -> str | None:
    """The hash of a line (without its newline) if it fits the chain, else None."""
    ending = _ENDING.search(raw, max(0, len(raw) - 80))
    if ending is None:
        return None
    body = raw[: ending.start()] + b"}"
    found = ending.group(1).decode()
    return found if hashlib.sha256(previous.encode() + body).hexdigest() == found else None


def door_of(header: Header) -> Door:
    """Where the lines after a header are checked. Raises LogError for a scenario that is none."""
    return door(names_of(header.scenario, header.quarters))


def validated(data: dict[str, Any], at: Door | None) -> AnyLine:
    """A line from plain data; ``at`` the door of its log, None for line 1. Raises ValidationError."""
    return _LINES.validate_python(data, context=at)


def parse(raw: bytes, number: int, at: Door | None = None) -> AnyLine:
    """The line that sound bytes hold. Raises LogError, naming the line, for anything that kamsim would not write."""
    raw, state = _state_apart(raw)
    data = plain_line(raw, number)
    if state:
        data["checkpoint"]["state"] = Canonical(state.decode())
    _check_format(data, number)
    return checked_line(lambda: validated(data, at), number)


def plain_line(raw: bytes, number: int) -> dict[str, Any]:
    """The plain data of a line, its hash left out. Raises LogError, naming the line."""
    try:
        data = _loaded(raw.decode())
    except RecursionError:
        raise LogError(f"line {number} holds data nested too deeply; kamsim did not write it") from None
    except ValueError as error:
        reason = str(error) if isinstance(error, _OddError) else "is not JSON in UTF-8"
        raise LogError(f"line {number} {reason}; kamsim did not write it") from None
    if not isinstance(data, dict):
        raise LogError(f"line {number} is not an object; kamsim did not write it")
    data.pop("hash", None)
    return data


def checked_line(make: Callable[[], L], number: int) -> L:
    """A line as it is validated. Raises LogError, naming the line and what is wrong with it."""
    try:
        return make()
    except (ValidationError, RecursionError) as error:
        raise LogError(f"line {number} {_wrong(error)}; kamsim did not write it") from None


def _state_apart(raw: bytes) -> tuple[bytes, bytes]:
    """A line without its checkpoint's state, and that; nothing of it where it does not stand as kamsim writes it."""
    begun = _STATE.match(raw)
    end = raw.find(_AFTER_STATE, begun.end()) if begun else -1
    if begun is None or end < 0:
        return raw, b""
    return raw[: begun.end()] + b"{" + raw[end:], raw[begun.end() : end + 1]


def _loaded(text: str) -> Any:
    """Data from JSON, which names nothing twice and holds numbers only. Raises ValueError and RecursionError."""
    return json.loads(text, object_pairs_hook=_no_twins, parse_float=_finite, parse_constant=_finite)


def _wrong(error: ValidationError | RecursionError) -> str:
    """What is wrong with a line, in words."""
    form = "does not have the form of a log's line"
    if isinstance(error, RecursionError):
        return form
    found = error.errors(include_url=False, include_input=False)[0]
    place = [str(step) for step in found["loc"]]
    if found["type"] == "door":
        return found["msg"]
    if found["type"] == "value":
        return f"is a {place[0]!r} line whose {place[-1]!r} {found['msg']}"
    return f"{form} (at {'.'.join(place)[:80]})" if place else form


def _check_format(data: dict[str, Any], number: int) -> None:
    if data.get("kind") != "header":
        return
    form = data.get("format")
    if isinstance(form, int) and not isinstance(form, bool) and form > FORMAT:
        raise LogError(
            f"line {number}: this log has format {form}, written by a later kamsim; "
            f"this one reads formats up to {FORMAT}: install a newer kamsim"
        )
    if form != FORMAT or isinstance(form, bool):
        raise LogError(f"line {number}: there is no log format {str(form)[:20]!r}; this kamsim reads format {FORMAT}")


class _OddError(ValueError):
    """Valid JSON for Python, but nothing that a log may hold."""


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise _OddError("names a value twice")
    return made


def _finite(text: str) -> float:
    value = float(text) if text not in ("NaN", "Infinity", "-Infinity") else math.nan
    if not math.isfinite(value):
        raise _OddError("holds a number that is none")
    return value
