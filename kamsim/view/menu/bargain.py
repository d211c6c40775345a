"""The negotiation table in words: questions, proposals, and leaving it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kamsim.engine.moves import Refusal, Result
from kamsim.view import open_cases
from kamsim.view.menu.entry import Args, Entry, Reason, Waits, result_of
from kamsim.view.words.facts import ISSUE_NAMES, learned_lines
from kamsim.view.words.names import Cast, capital, quoted
from kamsim.view.words.talks import proposal, rounds_left, until

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen

ENDS: Final = {Result.AGREED: "signed", Result.WALKED: "they left", Result.COUNTERED: "not yet"}
"""How a proposal ended."""


def _asked(cast: Cast, data: Args, quarter: int) -> list[str]:
    args = data["args"]
    entry = cast.talks[args["talk"]]
    facts = data.get("learned", ())
    issues = [str(fact["about"]).partition(".")[2] for fact in facts] or [str(args["issue"])]
    hints = [entry.replies.hints[issue] for issue in issues if issue in entry.replies.hints]
    words = [quoted(cast.person(entry.person), hint) for hint in hints] if cast.original(entry.person) else []
    return [*words, *learned_lines(cast, facts, quarter)]


def _proposed(cast: Cast, data: Args, _quarter: int) -> list[str]:
    """The move alone: the event that follows it tells what they said."""
    args = data["args"]
    name = cast.person(cast.talks[args["talk"]].person)
    return [f"You lay it before {name}: {proposal(cast, str(args['talk']), args)}."]


def _left(cast: Cast, data: Args, _quarter: int) -> list[str]:
    entry = cast.talks[data["args"]["talk"]]
    return [f"You get up, and say why. {cast.person(entry.person)} cools a little; everything stays as it is today."]


def _tables(cast: Cast, seen: Seen, account: str, _incident: str) -> list[Waits]:
    return [
        Waits(name, cast.talks[name].title, capital(until(cast, seen, name)), rounds_left(seen, name))
        for name in open_cases.talks(seen)
        if cast.home[name] == account
    ]


ENTRIES: Final = (
    Entry(
        "propose",
        "Propose at the table",
        "proposal",
        "waiting",
        _proposed,
        lambda cast, data: (
            f"Proposed {proposal(cast, str(data['args']['talk']), data['args'])}: {ENDS[result_of(data)]}"
        ),
        "talk",
        "Prices and requests",
        unchanged="That is what you proposed the last time. Change something.",
        number=22,
        aliases=("table",),
        icon="offer",
        key="T",
        waits=_tables,
        call="Sit down at the table",
    ),
    Entry(
        "ask_table",
        "Ask at the table what something is worth to them",
        "question at the table",
        "elsewhere",
        _asked,
        lambda _cast, data: f"Asked at the table: {ISSUE_NAMES[str(data['args']['issue'])].lower()}",
        "talk",
        "Prices and requests",
    ),
    Entry(
        "leave_table",
        "Leave the table",
        "leaving a table",
        "elsewhere",
        _left,
        lambda _cast, _data: "Left the table",
        "talk",
        "Prices and requests",
    ),
)
REASONS: Final[dict[Refusal, Reason]] = {
    Refusal.NO_TALK: Reason(
        lambda *_: "Nobody sits at that table: it is settled, left, or was never asked for. See what is waiting now."
    ),
    Refusal.TOLD_ALREADY: Reason(
        lambda *_: "They have told you what that is worth to them. Ask about something else, or propose."
    ),
}
