"""xAPI 1.0.3 statements in one JSON file, in the vocabulary of the serious games profile, for any record store.

The id of a statement comes from all that it says: a second export of the same session, or of more of it, has the same
ids for the same things, and no id stands for two statements, such as one with a name and one with a pseudonym. Moves
that were taken back are not told.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from io import TextIOWrapper
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from kamsim.debrief.exports.sink import Sink, clean
from kamsim.debrief.exports.times import times_of
from kamsim.debrief.files import Fault
from kamsim.debrief.folder import PlayedLog
from kamsim.debrief.pseudonyms import Names
from kamsim.debrief.rows import thought_of
from kamsim.debrief.threads import CASES
from kamsim.engine.moves import MOVES
from kamsim.errors import KamsimError
from kamsim.game import records
from kamsim.game.events.cases import CaseAnswered, CaseLapsed, Promise, PromiseForgotten, PromiseMeasured, PromiseSigned
from kamsim.game.events.contact import MoveMade
from kamsim.game.events.declared import Event, of
from kamsim.game.events.moments import MomentBegan, MomentEnded
from kamsim.game.events.opportunities import OpportunityAwarded
from kamsim.game.events.talks import TalkAnswered, TalkAsked, TalkLapsed
from kamsim.view.words.names import quarter_name

HOME: Final = "https://kamsim.example.org"
"""Where ids begin unless the facilitator says otherwise: a name reserved for examples, so that it can never be somebody
else's."""
NAME: Final = "statements.json"
GAMES: Final = "https://w3id.org/xapi/seriousgames"
VERBS: Final = {
    "initialized": "http://adlnet.gov/expapi/verbs/initialized",
    "progressed": "http://adlnet.gov/expapi/verbs/progressed",
    "completed": "http://adlnet.gov/expapi/verbs/completed",
    "selected": "http://id.tincanapi.com/verb/selected",
}
TYPES: Final = {
    "game": f"{GAMES}/activity-types/serious-game",
    "level": f"{GAMES}/activity-types/level",
    "quest": f"{GAMES}/activity-types/quest",
    "dialog": f"{GAMES}/activity-types/dialog-tree",
    "choice": "http://adlnet.gov/expapi/activities/cmi.interaction",
    "question": "http://adlnet.gov/expapi/activities/question",
}
PROGRESS: Final = f"{GAMES}/extensions/progress"
_SPACE: Final = bytes.fromhex("6ba7b8119dad11d180b400c04fd430c8")  # the name space of addresses (RFC 4122)
_GOOD: Final = frozenset({"approved", "conditional", "won", "held"})

Statement = dict[str, Any]


_ADDRESS: Final = re.compile(r"https?://[^\s/?#<>\"{}|\\^`]+(/[^\s?#<>\"{}|\\^`]*)?")
_TAG: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True)
class Telling:
    """How statements name things. Raises KamsimError for what no record store would take."""

    home: str = HOME
    """The address that ids begin with, and to which the accounts of actors belong."""
    language: str = ""
    """Of the scenario's words, such as de or pt-BR; empty where nobody said."""

    def __post_init__(self) -> None:
        if not _ADDRESS.fullmatch(self.home):
            raise KamsimError(f"a home page is an address such as https://training.example.com, not {self.home!r}")
        if self.language and not _TAG.fullmatch(self.language):
            raise KamsimError(f"a language is a tag such as en, de or pt-BR, not {self.language!r}")
        object.__setattr__(self, "home", self.home.rstrip("/"))


class XapiFile(Sink):
    """All sessions' statements in one array, one statement a line."""

    def __init__(self, out: Path, names: Names | None, telling: Telling | None = None) -> None:
        super().__init__(out, names)
        self._telling = telling or Telling()
        self._file: TextIOWrapper | None = None

    def add(self, log: PlayedLog) -> None:
        """Append its statements."""
        between = ",\n"
        if self._file is None:
            self._file = self.new(NAME).open("w", encoding="utf-8", newline="\n")
            between = "[\n"
        for statement in statements_of(log, self.names, self._telling):
            self._file.write(between + json.dumps(statement, ensure_ascii=False, allow_nan=False))
            between = ",\n"

    def finish(self, faults: Sequence[Fault], used: Mapping[Path, str]) -> tuple[Path, ...]:  # noqa: ARG002
        """Close the array; faults are told on the way, for no statement could hold them."""
        if self._file is not None:
            self._file.write("\n]\n")
        self.abandon()
        return self.publish()

    def abandon(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()


def statements_of(log: PlayedLog, names: Names | None = None, telling: Telling | None = None) -> Iterator[Statement]:
    """One session's statements, in the order in which things happened."""
    telling = telling or Telling()
    yield from _Teller(log, _actor(log, names, telling.home), telling).tell()


def identified(statement: Statement, key: str) -> Statement:
    """A statement with the id that belongs to all that it says."""
    told = {name: value for name, value in statement.items() if name != "id"}
    return {"id": uuid5(_SPACE, f"{key} {_json(told)}"), **told}


def uuid5(space: bytes, name: str) -> str:
    """The name-based id of RFC 4122, version 5."""
    made = bytearray(hashlib.sha1(space + name.encode(), usedforsecurity=False).digest()[:16])
    made[6], made[8] = made[6] & 0x0F | 0x50, made[8] & 0x3F | 0x80
    text = made.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _actor(log: PlayedLog, names: Names | None, home: str) -> Statement:
    """The player, or the team as a group; whoever gave no name is called by the session."""
    mask = None if names is None else names.mask(log)
    player = log.name if mask is None else mask.player
    who = clean(player).strip() or f"session-{log.session}"
    made = {"name": who, "account": {"homePage": home, "name": who}}
    members = list(log.header.members) if mask is None else [name for name in mask.members.split("; ") if name]
    agents = [
        {"objectType": "Agent", "name": clean(name), "account": {"homePage": home, "name": clean(name)}}
        for name in dict.fromkeys(members)
        if clean(name).strip()
    ]
    return {"objectType": "Group", **made, "member": agents} if agents else {"objectType": "Agent", **made}


@dataclass
class _Teller:
    """Tells one session."""

    log: PlayedLog
    actor: Statement
    telling: Telling
    open_quests: dict[str, str] = field(default_factory=dict)

    @cached_property
    def registration(self) -> str:
        """The session, as this actor's: with pseudonyms it is another one, or it would tell the name."""
        return uuid5(_SPACE, f"{self.telling.home}/xapi/sessions/{self.log.secret} {_json(self.actor)}")

    @cached_property
    def times(self) -> list[datetime | None]:
        return times_of(self.log)

    def tell(self) -> Iterator[Statement]:
        log, scenario = self.log, self.log.scenario
        game = self._thing(f"scenarios/{scenario.id}", scenario.title, "game", language=self.telling.language)
        yield self._say("begin", "initialized", game, 1)
        yield self._level(1, "initialized", 2, {})
        placed: dict[int, list[Event]] = {}
        for item in log.events:
            placed.setdefault(item.line, []).append(item.event)
        standing = {move.n for move in log.moves}
        asked = 0
        for number, line in enumerate(log.lines, start=1):
            if isinstance(line, records.Moved) and line.n in standing:
                yield from self._sent(line, number)
                yield self._decision(line, number)
            elif isinstance(line, records.Guessed):
                asked += 1
                thing = self._thing(f"scenarios/{scenario.id}/guesses/{line.name}", line.name, "question")
                answer = {"response": _json(line.value), "duration": _duration(line.thought)}
                yield self._say(f"guess {asked}", "selected", thing, number, answer)
            for place, event in enumerate(placed.get(number, ())):
                yield from self._told(event, number, f"{number}.{place}")
            if isinstance(line, records.Closed):
                yield from self._closed(line, number, game)
        if log.score is not None:
            count = len(log.lines)
            result: Statement = {
                "score": {"raw": log.score.score},
                "completion": True,
                "duration": _duration(sum(map(thought_of, log.lines))),
                "extensions": {PROGRESS: 1.0, **self._money(log.score.plain(), ("banked", "left", "value", "typical"))},
            }
            yield self._say("end", "completed", game, count, result)

    def _closed(self, line: records.Closed, number: int, game: Statement) -> Iterator[Statement]:
        profit, books = sum(map(sum, line.ledger.money)), line.ledger
        extensions = self._money({"profit": profit, "company": books.company}, ("profit", "company"))
        yield self._level(line.quarter, "completed", number, {"completion": True, "extensions": extensions})
        progress = round(line.quarter / self.log.header.quarters, 4)
        yield self._say(f"progress {line.quarter}", "progressed", game, number, {"extensions": {PROGRESS: progress}})
        if line.quarter < self.log.header.quarters:
            yield self._level(line.quarter + 1, "initialized", number, {})

    def _level(self, quarter: int, verb: str, number: int, result: Statement) -> Statement:
        thing = self._thing(
            f"scenarios/{self.log.scenario.id}/quarters/{quarter}", quarter_name(self.log.scenario, quarter), "level"
        )
        return self._say(f"quarter {quarter} {verb}", verb, thing, min(number, len(self.log.lines)), result)

    def _decision(self, line: records.Moved, number: int) -> Statement:
        """A move: what it was about is the thing, the first choice that it offers is the response."""
        kinds = ("account", "person", "request", "moment", "talk", "opportunity", "initiative", "joint")
        about = [str(line.args[kind]) for kind in kinds if kind in line.args]
        where = "/".join(["scenarios", self.log.scenario.id, "moves", line.move, *about[:1]])
        name = " ".join([line.move.replace("_", " "), *about[:1]])
        fields = MOVES[line.move].fields if line.move in MOVES else ()
        choice = next((one for one in fields if one.kind == "choice" and one.name in line.args), None)
        more: Statement = {"interactionType": "other"}
        response = _json(line.args)
        if choice is not None:
            more = {"interactionType": "choice", "choices": [{"id": str(one)} for one in choice.choices]}
            response = str(line.args[choice.name])
        moved = next(iter(of(MoveMade, line.events)), None)
        extensions: Statement = {
            self._extension("args"): dict(line.args),
            self._extension("outcome"): moved.result if moved else None,
        }
        if moved:
            extensions[self._extension("hours")] = moved.hours
        result = {"response": response or "none", "duration": _duration(line.thought), "extensions": extensions}
        return self._say(f"move {line.n}", "selected", self._thing(where, name, "choice", more), number, result)

    def _sent(self, line: records.Moved, number: int) -> Iterator[Statement]:
        """A case begins as its page is handed over."""
        audience = CASES.get(line.move)
        key = f"cases/{line.args.get('account')}/{audience}"
        if audience is not None and key not in self.open_quests:
            yield self._begin(key, "quest", number, f"{number}.sent")

    def _told(self, event: Event, number: int, place: str) -> Iterator[Statement]:
        """Cases, promises, opportunities, moments and negotiations: each is begun before it is completed."""
        match event:
            case CaseAnswered() | CaseLapsed():
                told = event.plain()
                outcome = str(told.get("outcome", "lapsed"))
                named = {name: told[name] for name in ("gate", "condition", "speaker", "criteria") if told.get(name)}
                result = _result(outcome, outcome in _GOOD, outcome != "conditional")
                result["extensions"] = {self._extension(name): value for name, value in named.items()}
                key = f"cases/{event.account}/{event.audience}"
                yield from self._quest(key, "quest", event, number, place, result)
            case PromiseSigned():
                yield self._begin(_promise(event), "quest", number, place)
            case PromiseMeasured() | PromiseForgotten():
                measured = isinstance(event, PromiseMeasured)
                result = {"success": isinstance(event, PromiseMeasured) and event.kept, "completion": measured}
                result["extensions"] = self._money(event.plain(), ("value", "low", "high", "actual"))
                yield from self._quest(_promise(event), "quest", event, number, place, result)
            case OpportunityAwarded() if event.seen is not None or event.bid is not None:
                result = _result(event.outcome, event.outcome == "won", True)
                worth = self._money(event.plain(), ("worth",))
                result["extensions"] = {self._extension("reason"): event.reason, **worth}
                yield from self._quest(f"opportunities/{event.opportunity}", "quest", event, number, place, result)
            case MomentBegan():
                yield self._begin(f"moments/{event.moment}", "dialog", number, place)
            case MomentEnded(phase=phase):
                result = _result(phase, phase in _GOOD, phase != "passed")
                yield from self._quest(f"moments/{event.moment}", "dialog", event, number, place, result)
            case TalkAsked():
                yield self._begin(f"talks/{event.talk}", "dialog", number, place)
            case TalkAnswered(status="signed" | "walked" as status):
                result = _result(status, status == "signed", True)
                result["extensions"] = {self._extension("round"): event.round, self._extension("page"): event.page}
                yield from self._quest(f"talks/{event.talk}", "dialog", event, number, place, result)
            case MoveMade(move="leave_table"):
                result = _result("left", False, True)
                yield from self._quest(f"talks/{event.args['talk']}", "dialog", event, number, place, result)
            case TalkLapsed():
                result = _result("lapsed", False, False)
                yield from self._quest(f"talks/{event.talk}", "dialog", event, number, place, result)

    def _begin(self, key: str, kind: str, number: int, place: str) -> Statement:
        self.open_quests[key] = place
        return self._say(f"{key} begun {place}", "initialized", self._quest_thing(key, kind), number)

    def _quest(
        self, key: str, kind: str, event: Event, number: int, place: str, result: Statement
    ) -> Iterator[Statement]:
        if key not in self.open_quests:
            yield self._begin(key, kind, number, place)
        del self.open_quests[key]
        yield self._say(f"{key} {event.kind} {place}", "completed", self._quest_thing(key, kind), number, result)

    def _quest_thing(self, key: str, kind: str) -> Statement:
        return self._thing(f"scenarios/{self.log.scenario.id}/{key}", key.replace("/", " ").replace("_", " "), kind)

    def _thing(self, path: str, name: str, kind: str, more: Statement | None = None, language: str = "") -> Statement:
        where = "/".join(quote(part, safe="") for part in path.split("/"))
        definition = {"name": {language or "en": clean(name) or "?"}, "type": TYPES[kind], **(more or {})}
        return {"objectType": "Activity", "id": f"{self.telling.home}/xapi/{where}", "definition": definition}

    def _say(self, key: str, verb: str, thing: Statement, number: int, result: Statement | None = None) -> Statement:
        when = self.times[number - 1]
        made: Statement = {
            "actor": self.actor,
            "verb": {"id": VERBS[verb], "display": {"en": verb}},
            "object": thing,
        }
        if result:
            made["result"] = result
        made["context"] = {
            "registration": self.registration,
            "platform": f"kamsim {self.log.header.kamsim}".strip(),
            "contextActivities": {"category": [{"objectType": "Activity", "id": GAMES}]},
            "extensions": {
                self._extension("seed"): str(self.log.header.seed),
                self._extension("rules"): self.log.header.rules,
            },
        }
        game = f"{self.telling.home}/xapi/scenarios/{quote(self.log.scenario.id, safe='')}"
        if thing["id"] != game:
            made["context"]["contextActivities"]["parent"] = [{"objectType": "Activity", "id": game}]
        if when is not None:
            made["timestamp"] = when.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        made["version"] = "1.0.3"
        if self.telling.language:
            made["context"]["language"] = self.telling.language
        return identified(made, f"{self.registration} {key}")

    def _extension(self, name: str) -> str:
        return f"{self.telling.home}/xapi/extensions/{name}"

    def _money(self, data: Mapping[str, Any], names: Sequence[str]) -> Statement:
        """Amounts in units of the scenario's currency."""
        return {self._extension(name): data[name] / 100 for name in names if name in data}


def _result(response: str, success: bool, completion: bool) -> Statement:
    return {"response": response or "none", "success": success, "completion": completion}


def _promise(event: Promise) -> str:
    return f"promises/{event.account}/{event.audience}/{event.signed}"


def _json(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _duration(seconds: float) -> str:
    return f"PT{min(max(0.0, seconds), 1e7):.2f}S"
