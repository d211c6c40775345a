"""What can be done at one account now: the same lines for every face, with hours, and why one is barred."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kamsim.engine.moves import MOVES, Refusal
from kamsim.engine.page import CONDITIONAL, PENDING
from kamsim.engine.params import RHYTHMS
from kamsim.game.events.cases import place_of
from kamsim.view.case import bringing
from kamsim.view.menu.casework import YES_IF
from kamsim.view.menu.catalogue import MENU, hindrance, hours_of, hours_text, hours_told, in_brief, locked, refusal
from kamsim.view.menu.entry import Entry, Group, Waits
from kamsim.view.words.names import RHYTHM_WORDS, Cast, account_of, capital, percent
from kamsim.view.words.programme import WISH_WORDS, seat_told
from kamsim.view.words.team import TARGET_TITLES

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen
    from kamsim.players.seat import Option

Options = Callable[[str, str], Sequence["Option"]]
"""Every way to make a kind of move at an account, allowed or not."""
RECUTS: Final = {entry.audience: entry for entry in MENU.values() if entry.audience and not entry.opens}
"""By audience: the move that replaces a page which lies with it."""


@dataclass(frozen=True)
class Line:
    """One thing that can be done at an account.

    ``subject``: what it answers (a request, talk, moment, incident or person), '' for none; ``hours`` and ``spelt``:
    what it takes, short and in full, '' where its page tells it; ``off``: a few words on why it cannot be
    done now, '' where it can; ``later``: not before a later quarter; ``urgent``: not after this one.
    """

    entry: Entry
    title: str
    text: str = ""
    subject: str = ""
    hours: str = ""
    spelt: str = ""
    off: str = ""
    later: bool = False
    urgent: bool = False

    @property
    def label(self) -> str:
        """All of it in one line, as a list of choices has it."""
        head = f"{self.entry.call or self.entry.name}: {self.title}" if self.subject else self.title
        if self.off:
            return f"{head}, {_small(self.off)}"
        more = f": {_small(self.text)}" if self.text and not self.subject else ""
        return f"{head}{more}{f' ({self.spelt})' if self.spelt else ''}"

    @property
    def brief(self) -> str:
        """A name for it in a list of nothing but names, with what it is about; '' where it cannot be done."""
        about = f" \N{LEFT DOUBLE QUOTATION MARK}{self.title}\N{RIGHT DOUBLE QUOTATION MARK}" if self.subject else ""
        return "" if self.off else f"{self.entry.short}{about}"


def _small(text: str) -> str:
    return f"{text[:1].lower()}{text[1:]}"


def lines(
    cast: Cast, seen: Seen, account: str, options: Options, incidents: Mapping[str, str], *groups: Group
) -> list[Line]:
    """What an account's page offers, by the numbers that the text session gives it; of some groups or of all.
    ``incidents``: by account the incident that nobody handled yet."""
    made: list[Line] = []
    for entry in MENU.values():
        if entry.group == "elsewhere" or (groups and entry.group not in groups):
            continue
        if not seen.params.own.has(MOVES[entry.kind].part):
            continue
        if entry.waits:
            found = entry.waits(cast, seen, account, incidents.get(account, ""))
            made += [_waiting(cast, seen, entry, waits, options(entry.kind, account)) for waits in found]
        elif entry.opens:
            made += [_case(cast, seen, account, entry)] if entry.audience != "desk" or cast.approvers else []
        else:
            made.append(_move(cast, seen, account, entry, options(entry.kind, account)))
    return sorted(made, key=lambda line: line.entry.number)


def _move(cast: Cast, seen: Seen, account: str, entry: Entry, options: Sequence[Option]) -> Line:
    low, high = hours_of(seen, entry.kind, options)
    later = locked(cast, seen, entry.kind)
    off = hindrance(cast, seen, entry.kind, account, options)
    return Line(
        entry,
        entry.name,
        "" if off else entry.help,
        hours="" if off else entry.takes or hours_text(low, high),
        spelt="" if off else hours_told(entry.kind, low, high),
        off=off,
        later=later,
    )


def _case(cast: Cast, seen: Seen, account: str, entry: Entry) -> Line:
    """A page for a customer or for our own desk: a new one, one that lies with them, or their condition."""
    stage = int(seen.case_stage[place_of(seen.params, account, entry.audience), 0])
    if stage == CONDITIONAL:
        whose = "Our desk says" if entry.audience == "desk" else "They say"
        return Line(entry, f"{whose} {YES_IF}", "Accept it, or leave it")
    if stage == PENDING:
        recut = RECUTS[entry.audience]
        return Line(entry, recut.name, recut.help)
    off = bringing.hindrance(cast, seen, account, entry.audience)
    if off:
        return Line(entry, entry.name, off=off, later=locked(cast, seen, entry.kind))
    takes = bringing.opening_hours(seen, account, entry.audience)
    return Line(
        entry, entry.name, entry.help, hours=hours_text(takes, takes), spelt=f"{takes:.0f} hours when handed in"
    )


def _waiting(cast: Cast, seen: Seen, entry: Entry, waits: Waits, options: Sequence[Option]) -> Line:
    """Something that waits for this move."""
    own = [option for option in options if waits.subject in option.args.values()]
    low, high = hours_of(seen, entry.kind, own)
    account = account_of(cast, own[0].args) if own else ""
    off = hindrance(cast, seen, entry.kind, account, own) if entry.at_once else ""
    return Line(
        entry,
        waits.title,
        "" if off else waits.text or entry.help,
        waits.subject,
        "" if off else hours_text(low, high) if waits.hours else waits.note,
        hours_told(entry.kind, low, high) if waits.hours else "",
        off,
        locked(cast, seen, entry.kind),
        waits.urgent and not off,
    )


@dataclass(frozen=True)
class Way:
    """One way to make a move, for faces that have no page of its own for it; ``hours`` and ``spelt``: what it takes,
    short and in full; ``off``: why not, in a sentence, and ``brief``: in a few words; ``now``: because it is so;
    ``note``: what it would come to, in a few words."""

    title: str
    args: Mapping[str, Any]
    hours: str
    spelt: str
    off: str
    brief: str = ""
    now: bool = False
    note: str = ""


def for_good(kind: str, found: Sequence[Way]) -> str:
    """What is read before the only way to make a move is gone, where its hours are spent for good; '' where it can be
    taken back, or one chooses first."""
    if len(found) != 1 or not MOVES[kind].answered or not found[0].spelt or found[0].off:
        return ""
    return f"{MENU[kind].help}. It takes {found[0].spelt}, and cannot be taken back."


def ways(
    cast: Cast, seen: Seen, kind: str, options: Sequence[Option], known: Collection[str] = ("account",)
) -> list[Way]:
    """Some ways to make a move, each called by what its arguments name beside what is ``known`` already."""
    made = []
    left_out = [field.name for field in MOVES[kind].fields if field.kind == "colleague" and not field.free]
    for option in options:
        low, high = hours_of(seen, kind, [option])
        args = {**dict.fromkeys(left_out), **option.args}
        title = ", ".join(word(cast, seen, name, value) for name, value in args.items() if name not in known)
        off = refusal(cast, seen, kind, option.args, int(option.refused[0]))
        takes = not off and high > 0
        spelt = f"{high:.0f} hours" if takes else ""
        code = Refusal(int(option.refused[0]))
        brief = in_brief(cast, seen, kind, account_of(cast, option.args), {code}) if off else ""
        now = code is Refusal.NO_CHANGE
        made.append(Way(title, option.args, hours_text(low, high) if takes else "", spelt, off, brief, now))
    return made


def word(cast: Cast, seen: Seen, name: str, value: Any) -> str:
    """What an argument holds, as a choice is called by it."""
    told: dict[str, Callable[[Any], str]] = {
        "account": cast.account,
        "person": cast.post,
        "through": cast.post,
        "initiative": lambda name: cast.initiatives[name].name,
        "colleague": lambda name: cast.colleague(name) if name else "You yourself",
        "specialist": lambda name: f"{cast.specialists[name].name}, {cast.specialists[name].role}",
        "joint": lambda name: cast.joints[name].name,
        "target": TARGET_TITLES.__getitem__,
        "function": lambda seat: capital(seat_told(cast, seat)),
        "wish": lambda wish: capital(WISH_WORDS[wish]),
        "share": lambda part: f"{percent(part)} of what it brings for us",
        "rhythm": lambda name: (
            f"{capital(RHYTHM_WORDS[name])}, {seen.params.rhythm_hours[RHYTHMS.index(name)]:.0f} hours a quarter"
        ),
    }
    return told[name](value) if name in told else capital(str(value).replace("_", " "))
