"""What the menu holds of one kind of move, and of one reason why a move is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from kamsim.engine.moves import Result
from kamsim.view.words.facts import learned_lines
from kamsim.view.words.names import Cast

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen

Args = Mapping[str, Any]
"""A move's arguments by name, or the data of its event."""
Group = Literal["account", "case", "plans", "waiting", "elsewhere"]
"""Where a move is offered: among an account's moves, its cases or its initiatives; where something waits for it; or on
a page of its own."""
Activity = Literal[
    "Meetings",
    "Reading and review",
    "Help with their plans",
    "Cases",
    "Prices and requests",
    "Incidents",
    "Our own company",
    "The team",
    "",
]
"""What a debrief counts hours under; '' for moves that take none of their own."""
ThreadKind = Literal[
    "case",
    "contact",
    "price",
    "request",
    "offer",
    "incident",
    "moment",
    "rhythm",
    "talk",
    "opportunity",
    "joint",
    "team",
    "company",
]
"""With what a debrief tells a move as one thread."""
NOTHING_CHANGES: Final = "That changes nothing. Choose something else."
NOBODY: Final = "Nobody to ask here"


@dataclass(frozen=True)
class Waits:
    """Something at an account that waits for a move. ``subject``: its name in the move's arguments; ``note``: a few
    words beside it, or its ``hours``; ``urgent``: not after this quarter."""

    subject: str
    title: str
    text: str = ""
    note: str = ""
    hours: bool = False
    urgent: bool = False


@dataclass(frozen=True)
class Entry:
    """One kind of move in words.

    ``name`` and ``help``: a choice in a menu, and a few words on what it brings; ``short``: a name for it in a
    sentence; ``told``: what came of it, from its event's data and the quarter; ``made``: one line of a history, ''
    where another event tells it; ``why``: a careful player's reason; ``unchanged``: said where it would change nothing
    ({they}: whom it is about).

    ``number``: its place on an account's page in the text session, which also takes ``aliases``; ``icon`` and ``key``:
    its sign and key on the desktop; ``takes``: its hours where they are no figure; ``dearer``: for whom or what it
    takes the most; ``nobody``: said where nothing is there to make it with.

    ``waits``: what waits for it at an account (from cast, what is seen, account, and the incident that is open there,
    '' for none); ``call``: how a list offers it to that; ``at_once``: it needs no page of its own.

    ``thread``, ``activity``, ``counted`` (once, and a plural): how a debrief tells it; ``audience`` and ``opens``: to
    whom a page goes with it, and whether that begins a new case.
    """

    kind: str
    name: str
    short: str
    group: Group
    told: Callable[[Cast, Args, int], list[str]]
    made: Callable[[Cast, Args], str]
    thread: ThreadKind
    activity: Activity = ""
    counted: tuple[str, str] = ("", "")
    why: Callable[[Cast, Seen, Args], str] | None = None
    help: str = ""
    unchanged: str = NOTHING_CHANGES
    number: int = 0
    aliases: tuple[str, ...] = ()
    icon: str = ""
    key: str = ""
    waits: Callable[[Cast, Seen, str, str], list[Waits]] | None = None
    call: str = ""
    at_once: bool = False
    takes: str = ""
    dearer: str = ""
    nobody: str = NOBODY
    audience: str = ""
    opens: bool = False


@dataclass(frozen=True)
class Reason:
    """Why a move is refused: one or two ``sentence``s with what would help, and a few words, ``brief``, for behind a
    choice that cannot be made now (from cast, what is seen, move and account)."""

    sentence: Callable[[Cast, Seen, str, Args], str]
    brief: str | Callable[[Cast, Seen, str, str], str] = "Not now"


def result_of(data: Args) -> Result:
    """What came of a move, from its event's data."""
    return Result[str(data["result"]).upper()]


def learned(cast: Cast, data: Args, quarter: int) -> list[str]:
    """What a move found out, from its event's data."""
    return learned_lines(cast, data.get("learned", ()), quarter)
