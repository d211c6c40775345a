"""What a quarter's account profit owes to the player: each decision with its euros, and an empty chair beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kamsim.game.credit import Credits
from kamsim.game.events.contact import MoveMade
from kamsim.view.menu.catalogue import MENU, history_line
from kamsim.view.open_cases import by_quarter
from kamsim.view.words.names import Cast, account_of, capital, counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kamsim.game.commands import Command
    from kamsim.game.credit import Credit
    from kamsim.view.table import Table

MOST_NOW: Final = 5
MOST_EARLIER: Final = 5
"""Decisions of the quarter, and of earlier ones, that are told."""
WORTH_A_WORD: Final = 500_000
"""Cents by which an earlier decision must move the quarter to be told: five thousand."""
NOW: Final = "Decided this quarter"
EARLIER: Final = "Decided earlier, and felt now"
EACH_ALONE: Final = (
    "Each figure is what this quarter's account profit would have missed without that one decision; two that need each "
    "other both carry the whole."
)
OTHER_RULES: Final = (
    "Part of this session was played under other rules, so what each decision brought cannot be worked out."
)


@dataclass(frozen=True)
class Decision:
    """One decision. ``quarter``: when; ``now``, ``whole``: cents in the quarter that was closed and in all so far."""

    account: str
    text: str
    quarter: int
    now: float
    whole: float


@dataclass(frozen=True)
class Brought:
    """A quarter's account profit, cents: with the player, and with nobody in the chair since the first day; the
    quarter's own decisions and earlier ones, the largest first; how many are left out."""

    you: float
    nobody: float
    made: tuple[Decision, ...]
    earlier: tuple[Decision, ...]
    smaller: int

    @property
    def gain(self) -> float:
        """What all decisions together brought."""
        return self.you - self.nobody


def decided(table: Table, quarter: int) -> bool:
    """Whether anything was decided by the close of a quarter."""
    return any(command.quarter <= quarter for command in table.session.commands)


def follow(table: Table, quarter: int) -> bool:
    """Work out one more quarter of what decisions brought; whether all is known up to ``quarter``."""
    if table.credits is None:
        table.credits = Credits(table.session)
    if table.credits.quarters < quarter:
        table.credits.follow(table.session, decisions(table.session.commands))
        _note(table, table.credits.quarters)
    return table.credits.quarters >= quarter


def decisions(commands: Sequence[Command]) -> dict[int, int]:
    """By a move's number that of the decision that it belongs to: what is said on the spot, halves and answers to
    objections, is one, by its first."""
    first: dict[str, int] = {}
    return {
        command.number: first.setdefault(str(command.args["moment"]), command.number)
        if MENU[command.move].thread == "moment"
        else command.number
        for command in commands
    }


def _note(table: Table, quarter: int) -> None:
    """Keep what was decided in a quarter in the words of that quarter: who held a post then, which order it was."""
    numbers = [command.number for command in table.session.commands if command.quarter == quarter]
    cast = Cast(table.session.scenario, seed=table.session.words)
    for when, event in by_quarter(table.session.events):
        if when > quarter:
            return
        cast.note(event)
        if when == quarter and isinstance(event, MoveMade):
            said = history_line(cast, event) or capital(MENU[event.move].short)
            table.decided[numbers.pop(0)] = account_of(cast, event.args), said


def brought(table: Table, quarter: int) -> Brought | None:
    """What decisions brought in the quarter that was closed last, as far as `follow` has come; None where it was played
    under other rules."""
    credits = table.credits
    assert credits is not None and credits.quarters == quarter
    if not credits.sound:
        return None
    told = [_decision(table, item) for item in credits.all()]
    told.sort(key=lambda item: -abs(item.now))
    made = [item for item in told if item.quarter == quarter]
    earlier = [item for item in told if item.quarter < quarter and abs(item.now) >= WORTH_A_WORD]
    you, nobody = credits.last
    shown = (tuple(made[:MOST_NOW]), tuple(earlier[:MOST_EARLIER]))
    return Brought(you, nobody, *shown, len(told) - sum(map(len, shown)))


def _decision(table: Table, item: Credit) -> Decision:
    account, said = table.decided[item.key]
    return Decision(account, said, item.made, item.last, item.whole)


# --- in words ---------------------------------------------------------------------------------------------------


def head(table: Table, told: Brought) -> str:
    """The quarter with the player and with nobody, in a sentence."""
    money = table.money
    if not round(told.gain):
        return f"With nobody in your chair it would have come to {money(told.nobody)}, too."
    way = "more" if told.gain > 0 else "less"
    return (
        f"{money(told.you)} of account profit: {money(abs(told.gain))} {way} than with nobody in your chair since the "
        "first day, on the same luck."
    )


def line(table: Table, item: Decision) -> str:
    """A decision with its euros: Orvik Marine: read up on them: −€2,000."""
    return f"{name(table, item)}: {figure(table, item)}"


def name(table: Table, item: Decision) -> str:
    """A decision with the account that it was about."""
    where = f"{table.cast.account(item.account)}. " if item.account else ""
    return f"{where}{item.text}"


def figure(table: Table, item: Decision) -> str:
    """Its euros: this quarter, and in all where that is more than one quarter."""
    now = table.money(item.now, plus=True)
    return (
        now if item.whole == item.now else f"{now} now, {table.money(item.whole, plus=True)} since {since(table, item)}"
    )


def since(table: Table, item: Decision) -> str:
    """When it was made."""
    return table.cast.quarter(item.quarter)


def rest(told: Brought) -> str:
    """What is left out, in a sentence; '' for nothing."""
    if not told.smaller:
        return ""
    return (
        f"{counted(told.smaller, 'other decision')} moved less; hours cost at once, and pay when they open something."
    )
