"""A past quarter played once more, on the same luck, beside the session and never in it: nothing of it is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kamsim.engine.moves import Outcome, Refusal, act
from kamsim.engine.quarter import close_quarter
from kamsim.errors import IllegalMove
from kamsim.game import records
from kamsim.game.parts import Report, not_made
from kamsim.game.session import Session
from kamsim.players.scoring import Purses, purses_of

if TYPE_CHECKING:
    from kamsim.engine.world import World
    from kamsim.game.events.declared import Event


@dataclass(frozen=True, eq=False)
class Onward:
    """Both purses after every quarter that the session has closed: as it was played, and with the practised quarter in
    place of the old one and the later moves as they were; ``lost``: later moves that could then not be made."""

    was: Purses
    would: Purses
    lost: int


class Practice(Session):
    """One closed quarter of a session again, from its first morning. A face plays it like any session; it is over with
    the close of that quarter. While the session runs it tells nothing that the session has not found out: such a move
    is refused.

    Its log is the session's, which it never writes; closing it closes the session. Raises ReplayMismatch where the
    quarter was played under other rules and cannot be had again, IllegalMove for one that is not closed.
    """

    practised = True

    def __init__(self, origin: Session, quarter: int) -> None:
        super().__init__(origin.scenario, origin.header, origin.log_path)
        if not 1 <= quarter <= len(origin.history):
            raise IllegalMove(f"quarter {quarter} was not closed yet, so it cannot be practised")
        self.origin, self.begun = origin, quarter
        self.go_back(origin, quarter)

    def write(self, *lines: records.Line) -> None:
        """Nothing: practice leaves no trace."""

    def close(self) -> None:
        """Close the session that it belongs to."""
        self.origin.close()

    def attempt(self, kind: str, args: dict[str, Any]) -> tuple[Outcome, World | None, tuple[Event, ...]]:
        """A move, what it told, and the world before it; None where it was refused and changed nothing."""
        outcome, before, happened = super().attempt(kind, args)
        if before is None or self.origin.finished or not self._tells(outcome):
            return outcome, before, happened
        self.withdraw(before)
        return not_made(Refusal.UNTOLD), None, ()

    def _tells(self, outcome: Outcome) -> bool:
        """Whether a move found out what the session does not know."""
        facts = [fact for fact, heard in zip(outcome.facts, outcome.learned[:, 0], strict=True) if heard]
        reviewed = self.world.knowledge.reviewed & ~self.origin.world.knowledge.reviewed
        return bool((~self.origin.found_out[facts]).any() or reviewed.any())

    def end_quarter(self) -> Report:
        """Close the quarter; the practice is over. Raises IllegalMove after that."""
        if self.finished:
            raise IllegalMove("the practised quarter is closed already")
        made = self.closing()
        self.close_books(made.world, made.ledger, made.closed, made.inbox)
        self.finished = True
        return Report(made.ledger.quarter, made.ledger, made.whys, made.closed)

    def onward(self) -> Iterator[Onward | None]:
        """What the whole session would have come to with the practised quarter, once it is closed: comes last, after
        None for each later quarter."""
        origin, world, lost = self.origin, self.world.copy(), 0
        books = list(self.history)
        for played in origin.history[len(books) :]:
            for command in origin.commands:
                if command.quarter == played.quarter:
                    lost += int(act(world, self.params, self.luck, command.move, command.args).refused[0] != 0)
            books.append(close_quarter(world, self.params, self.luck))
            yield None
        yield Onward(origin.so_far(), purses_of(books, world, self.params), lost)
