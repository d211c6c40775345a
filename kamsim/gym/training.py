"""A training: drills one after the other, each chosen, posed, answered and told of, everything on disk before it shows.

with Training.start(player="Ada") as training:
    while training.left:
        bout = training.pose()
        bout.do("answer_moment", ...)
        told = training.feedback()
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

from kamsim.errors import IllegalMove, KamsimError, LogError
from kamsim.game.log import LogWriter, now, slug
from kamsim.game.records import RULES, Line
from kamsim.gym import choosing, records
from kamsim.gym.bout import LEAVE, Bout
from kamsim.gym.drill import Drill, Feedback
from kamsim.gym.feedback import feedback
from kamsim.gym.kinds import KINDS, LEVELS
from kamsim.gym.progress import Progress, progress, trainings
from kamsim.gym.staging import can_stage, stage
from kamsim.paths import drill_folder, version
from kamsim.scenario.models import Scenario
from kamsim.scenario.reader import canonical, load_scenario, shipped
from kamsim.signals import uninterrupted

MOST_DRILLS: Final = 100
NOTE: Final = "kamsim is a training game: this log holds the truth of its scenarios in clear."


class Training:
    """Drills in a row. Attributes, to be read only: ``player``; ``seed``, ``fixed``: whether the set follows from it
    alone; ``kind``, ``level``: what was asked for, None for any; ``count``; ``done``: what came of each so far."""

    def __init__(self, begun: records.Begun, scenarios: Sequence[Scenario], writer: LogWriter) -> None:
        self.player, self.seed, self.fixed = begun.player, begun.seed, begun.fixed
        self.kind, self.level, self.count = begun.only, begun.level, begun.count
        self.done: list[Feedback] = []
        self._scenarios, self._writer = tuple(scenarios), writer
        self._written: set[str] = set()
        self._bout: Bout | None = None

    # --- beginning and end ------------------------------------------------------------------------------------------

    @classmethod
    def start(
        cls,
        *,
        player: str = "",
        scenario: Scenario | str | Path | None = None,
        kind: str | None = None,
        seed: int | None = None,
        count: int = 5,
        level: int | None = None,
        log_dir: Path | None = None,
        policy: str = "",
    ) -> Self:
        """A new training with a new log. ``scenario``: any shipped one unless named; ``seed``: the set then follows
        from it alone, the same for everybody. Raises KamsimError for what cannot be, ScenarioError
        and LogUnwritable."""
        scenarios = _scenarios(scenario)
        _check(kind, count, level, scenarios)
        begun = records.Begun(
            format=records.FORMAT,
            kamsim=version(),
            rules=RULES,
            note=NOTE,
            player=" ".join(player.split())[:80],
            id=f"t{os.urandom(16).hex()}",
            started=now(),
            seed=int.from_bytes(os.urandom(4), "big") % 1_000_000 if seed is None else seed,
            fixed=seed is not None,
            count=count,
            only=kind,  # type: ignore[arg-type]  # checked above
            level=level,
            policy=policy,
            scenarios=[one.id for one in scenarios],
        )
        folder = drill_folder() if log_dir is None else Path(log_dir)
        name = f"drills-{slug(begun.player)[:40] or 'player'}-{begun.seed}"
        return cls(begun, scenarios, LogWriter.begin(folder, name, begun))

    @classmethod
    def resume(cls, path: Path | str) -> Self:
        """The training that a log holds, as if it had never stopped: the drill that is open is staged again, and its
        moves are made again. Raises LogError and its kinds, and ScenarioError."""
        writer, found = LogWriter.continue_(Path(path), records.read_training)
        try:
            if found.begun.rules != RULES:
                raise LogError(
                    f"{path}: these drills were begun under rules {found.begun.rules}, and kamsim now has rules "
                    f"{RULES}; begin new ones"
                )
            made = cls(found.begun, _as_begun(found), writer)
            made._written = set(found.scenes)
            made.done = [told for drilled in found.drills if (told := drilled.told) is not None]
            if found.drills and found.drills[-1].judged is None:
                made._take_up(found.drills[-1])
        except BaseException:
            writer.close()
            raise
        return made

    def close(self) -> None:
        """Let go of the log. Nothing needs saving: everything shown is in it."""
        self._writer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- drills -----------------------------------------------------------------------------------------------------

    @property
    def number(self) -> int:
        """The number of the drill that is open, or comes next."""
        return len(self.done) + 1

    @property
    def left(self) -> int:
        """Drills still to come, the open one counted."""
        return self.count - len(self.done)

    @property
    def log_path(self) -> Path:
        """Where the log is."""
        return self._writer.path

    def pose(self) -> Bout:
        """The next drill; the one that is open, while it is. Raises KamsimError where none is left, LogUnwritable."""
        if self._bout is None:
            if not self.left:
                raise KamsimError("all drills of this training are answered")
            wanted = choosing.Wanted(self._scenarios, self.seed, self.count, self.kind, self.level)
            asked = choosing.chosen(wanted, self.number, None if self.fixed else self.progress())
            bout = stage(
                asked.scenario,
                number=self.number,
                kind=asked.kind,
                seed=asked.seed,
                level=asked.level,
                skill=asked.skill,
            )
            lines: list[Line] = []
            if asked.scenario.id not in self._written:
                lines.append(records.Scene(scenario=canonical(asked.scenario), sha256=asked.scenario.digest))
            self._write(*lines, records.posed(bout.drill, now()))
            self._written.add(asked.scenario.id)
            self._bout = self._kept(bout)
        return self._bout

    def feedback(self) -> Feedback:
        """What came of the drill that is open; the next may be posed then. Raises IllegalMove while it is not answered,
        and LogUnwritable."""
        if self._bout is None or not self._bout.answered:
            raise IllegalMove("answer the drill first, or leave it")
        told = feedback(self._bout)
        self._write(records.judged(told, now()))
        self.done.append(told)
        self._bout = None
        return told

    def last(self) -> tuple[Bout, Feedback] | None:
        """The drill judged last, staged and answered again, and what came of it; None while another is open, or where
        none was judged."""
        if self._bout is not None or not self.done:
            return None
        drilled = records.read_training(self.log_path).drills[-1]
        bout = staged_again(next(one for one in self._scenarios if one.id == drilled.posed.scenario), drilled.drill)
        for did in drilled.did:
            replayed(bout, did)
        return bout, self.done[-1]

    def progress(self) -> Progress:
        """The player's progress over all trainings in the log's folder, this one included."""
        return progress(self.player, self.log_path.parent)

    def untold(self) -> list[str]:
        """What a player must know of how the log is kept, and was not told yet."""
        return self._writer.notices()

    def touch(self) -> None:
        """A face tells that somebody is there."""
        if self._bout is not None:
            self._bout.touch()

    # --- inside -----------------------------------------------------------------------------------------------------

    def _write(self, *lines: Line) -> None:
        with uninterrupted():
            self._writer.append(*lines)

    def _kept(self, bout: Bout) -> Bout:
        def note(what: str, args: dict[str, Any], thought: float) -> None:
            self._write(records.Did(what=what, args=args, thought=thought))

        bout.kept_by(note, self.player, self.log_path)
        return bout

    def _take_up(self, drilled: records.Drilled) -> None:
        """Stage the open drill again, and make its moves again."""
        drill = drilled.drill
        scenario = next(one for one in self._scenarios if one.id == drill.scenario)
        bout = staged_again(scenario, drill)
        if bout.drill != drill:
            raise LogError(f"{self.log_path}: its open drill comes out otherwise on this computer; begin new ones")
        for did in drilled.did:
            replayed(bout, did)
        self._bout = self._kept(bout)


@dataclass(frozen=True)
class Unfinished:
    """A training that was left in the middle: its log, the number of the drill that comes next, and how many there
    are."""

    path: Path
    number: int
    count: int


def unfinished(player: str, folder: Path | None = None) -> Unfinished | None:
    """The latest training of a player in a folder that can go on; None for none. Files that are none are left out."""
    found = []
    for log in trainings(drill_folder() if folder is None else folder)[0]:
        over = sum(drilled.judged is not None for drilled in log.drills)
        if log.begun.player == player and log.begun.rules == RULES and over < log.begun.count:
            found.append((log.begun.started, Unfinished(log.path, over + 1, log.begun.count)))
    return max(found, key=lambda item: item[0])[1] if found else None


def staged_again(scenario: Scenario, drill: Drill) -> Bout:
    """A drill from its beginning, from what its log says of it."""
    return stage(scenario, number=drill.number, kind=drill.kind, seed=drill.seed, level=drill.level, skill=drill.skill)


def replayed(bout: Bout, did: records.Did) -> None:
    """Do again what a log says was done. Raises LogError where it cannot be."""
    try:
        if did.what == LEAVE:
            bout.leave()
        elif did.what == records.EXPECT:
            bout.expect(int(did.args["low"]), int(did.args["high"]))
        elif int(bout.make(did.what, did.args)[0].refused[0]):
            raise LogError(f"a move {did.what!r} of drill {bout.drill.number} is refused when it is made again")
    except (IllegalMove, KeyError, TypeError, ValueError) as error:
        raise LogError(f"what was done in drill {bout.drill.number} cannot be: {error}") from None
    bout.thought += did.thought


def _as_begun(found: records.TrainingLog) -> list[Scenario]:
    """The scenarios of a training that goes on: as its log holds them, else as they are shipped. Raises LogError."""
    made = [
        found.scenario(name) if name in found.scenes else load_scenario(name)
        for name in found.begun.scenarios
        if name in found.scenes or name in shipped()
    ]
    if not made:
        raise LogError(f"{found.path}: no drill was posed yet, and its scenario is not here; begin new ones")
    return made


def _scenarios(named: Scenario | str | Path | None) -> list[Scenario]:
    if isinstance(named, Scenario):
        return [named]
    return [load_scenario(one) for one in ([named] if named is not None else shipped())]


def _check(kind: str | None, count: int, level: int | None, scenarios: Sequence[Scenario]) -> None:
    """See that what is asked for can be. Raises KamsimError."""
    if kind is not None and kind not in KINDS:
        raise KamsimError(f"there is no kind of drill {kind!r}; known are {', '.join(KINDS)}")
    if not 1 <= count <= MOST_DRILLS:
        raise KamsimError(f"a training has 1 to {MOST_DRILLS} drills, not {count}")
    if level is not None and level not in LEVELS:
        raise KamsimError(f"a level is {LEVELS[0]} to {LEVELS[-1]}, not {level}")
    if not any(can_stage(one, name) for one in scenarios for name in ([kind] if kind else KINDS)):
        titles = ", ".join(one.title for one in scenarios)
        what = f"a drill of this kind ({kind})" if kind else "a drill"
        raise KamsimError(f"{titles}: nothing there makes {what}; it is too short, or holds no such situation")
