"""What a quarter is about, on top of the desk: threats, answers to what was brought, what came of the last dilemma,
what lapses and what can wait; and everything else that is new, folded to headlines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np

from kamsim.game.events.cases import CaseAnswered
from kamsim.game.events.closing import OfferAnswered
from kamsim.game.events.contact import AttackForetold, MoveMade
from kamsim.game.events.declared import Event
from kamsim.game.events.opening import AttackStruck, InitiativeTurned, NewsCame
from kamsim.game.events.opportunities import OpportunityAwarded
from kamsim.view import alarms, desk, joint, open_cases, pipeline
from kamsim.view.centre import leaves
from kamsim.view.desk import Paragraphs, Waiting
from kamsim.view.menu.answers import INTRODUCED
from kamsim.view.open_cases import by_quarter
from kamsim.view.words import letters, news
from kamsim.view.words.names import account_of, capital, counted, initiative_named, listed, state_told

if TYPE_CHECKING:
    from kamsim.view.table import Table

E = TypeVar("E", bound=Event)

TROUBLED: Final = ("delayed", "undermined", "cancelled")
"""States of an initiative that threaten what rests on it."""
TITLES: Final = (
    "Threats", "Answers to you", "What came of last quarter's dilemma", "Lapses with this quarter",
    "Decided when this quarter closes", "Not due yet",
)  # fmt: skip
PRESSING: Final = (
    "incident", "leaver", "attack", "warned", "turned", "letter", "offer", "talk", "condition", *alarms.TAB_OF,
)  # fmt: skip
"""Kinds that are told in full whatever the room."""
RESULTS, ANSWERED = 1, 2
SETTLED: Final = ("bid", "tender", "ending")
"""Kinds of what comes by itself: it waits behind what wants an answer."""
"""Names that are listed in a headline; of more, their number."""
MOST: Final = 9
WORDS: Final = 90
"""Matters that are told, so that each has a digit, and about how many words; what can wait beyond them is counted."""


@dataclass(frozen=True)
class Section:
    """Some matters of one kind, under a title."""

    title: str
    rows: tuple[Waiting, ...]


def sections(table: Table) -> list[Section]:
    """Everything that the quarter is about, the most pressing first."""
    made: list[Section] = table.kept("brief", lambda: _sections(table))
    return made


def _sections(table: Table) -> list[Section]:
    waits = desk.attention(table)
    incidents = [item for item in waits if item.kind == "incident"]
    rest = [item for item in waits if item.kind != "incident"]
    rest += alarms.due_plans(table)
    groups = (
        [*incidents, *alarms.alarms(table), *_threats(table)],
        [*_answers(table), *alarms.results(table)], _results(table),
        [item for item in rest if item.urgent], [item for item in rest if item.decided and not item.urgent],
        sorted((item for item in rest if not item.decided and not item.urgent), key=lambda item: item.kind in SETTLED),
    )  # fmt: skip
    return [Section(title, tuple(rows)) for title, rows in zip(TITLES, groups, strict=True) if rows]


def matters(table: Table) -> list[Waiting]:
    """All of them in one list, in order."""
    return [row for section in sections(table) for row in section.rows]


def shown(table: Table, most: int = MOST, words: int = WORDS) -> tuple[list[Section], int]:
    """All that presses, waits for an answer or came of the dilemma, but for the first by its title alone where there is
    no room for ``words``; what needs nothing of the player only up to ``most`` in all; and how many are left out."""
    found = sections(table)
    rows = [row for section in found for row in section.rows]
    kept: dict[int, Waiting] = {}
    for row in sorted(rows, key=_rank):
        words -= _words(row)
        if _rank(row) > ANSWERED and (words < 0 or len(kept) >= most):
            continue
        short = words < 0 and _rank(row) in (ANSWERED, RESULTS)
        kept[id(row)] = replace(row, text="", note="") if short else row
    made = [Section(one.title, tuple(kept[id(row)] for row in one.rows if id(row) in kept)) for one in found]
    return [section for section in made if section.rows], len(rows) - len(kept)


def _rank(row: Waiting) -> int:
    """What has room first: what presses, what came of the dilemma, what waits, what needs nothing."""
    if row.urgent or row.kind in PRESSING:
        return 0
    if row.kind in SETTLED:
        return 3
    return RESULTS if row.kind == "result" else ANSWERED


def _words(row: Waiting) -> int:
    """Words of a matter on the page."""
    return len(f"{row.title} {row.text} {row.note}".split())


def _matter(kind: str, name: str, account: str, title: str, text: str = "", *, person: str = "") -> Waiting:
    return Waiting(kind, name, account, title, text, title, "", person=person)


# --- threats ----------------------------------------------------------------------------------------------------


def _threats(table: Table) -> list[Waiting]:
    cast, made = table.cast, []
    for event in table.inbox:
        match event:
            case AttackStruck() | AttackForetold():
                title = news.headline(cast, event).rstrip(".")
                text = f"{table.money(table.sales(event.account))} of sales at stake."
                kind = "attack" if isinstance(event, AttackStruck) else "warned"
                made.append(_matter(kind, f"{event.account}.{event.rival}", event.account, title, text))
            case InitiativeTurned(to=to) if to in TROUBLED:
                account = cast.home[event.initiative]
                title = f"{cast.account(account)}: {cast.initiatives[event.initiative].name} {state_told(to)}"
                made.append(_matter("turned", event.initiative, account, title, f"{capital(_rests(table, event))}."))
    return [*_leavers(table), *made]


def _leavers(table: Table) -> list[Waiting]:
    """Whoever is known to leave when the quarter closes and carries something that we rest on, with what it is, and
    what can be done about it; why it cannot, with the first of whom that holds."""
    cast, seen, made, told = table.cast, table.seen, [], set[str]()
    for account, entry in cast.accounts.items():
        for person in (person.id for person in entry.people if leaves(seen, person.id)):
            carried = [item.title for item in joint.built(table, account)
                       if item.running and cast.joints[item.name].sponsor == person]  # fmt: skip
            carried += [
                item.name for item in cast.initiatives.values() if item.owner == person and _heard_of(table, item.id)
            ]
            if not carried:
                continue
            leaves_when = f"leaves when {cast.quarter(table.quarter)} closes"
            title = f"{cast.account(account)}: {cast.person(person)} {leaves_when}"
            refused = table.why_not("hand_over", person=person)
            way = "" if refused in told else refused or f"{INTRODUCED}."
            told |= {refused} - {""}
            text = f"Stands for {listed(carried)} there. {way}".rstrip()
            made.append(_matter("leaver", person, account, title, text, person=person))
    return made


def _heard_of(table: Table, initiative: str) -> bool:
    """Whether it was ever seen how an initiative stands."""
    row = table.seen.params.initiatives.index(initiative)
    return not np.isnan(table.seen.known("state", row)[0][0])


def _rests(table: Table, event: InitiativeTurned) -> str:
    """What hangs on an initiative that is in trouble, in a few words."""
    cast = table.cast
    bought = [name for name, owner in cast.bought_for.items() if owner == event.initiative]
    count = len([item for item in pipeline.prospects(table) if item.name in bought])
    what = initiative_named(cast, event.initiative).partition(", ")[2]
    hang = "hangs" if count == 1 else "hang"
    return f"{what}; {counted(count, 'opportunity', 'opportunities')} {hang} on it" if count else what


# --- answers ----------------------------------------------------------------------------------------------------


def _answers(table: Table) -> list[Waiting]:
    """Letters and answers to offers of the last close, a row for each place."""
    cast, made, told = table.cast, [], set[tuple[str, str]]()
    for quarter, event in open_cases.letters(table.session.events):
        place = event.account, event.audience
        if quarter < table.quarter - 1 or place in told or open_cases.waits(table.seen, *place):
            continue
        told.add(place)
        title = letters.letter_title(cast, event.plain())
        made.append(
            Waiting("letter", event.account, event.account, title, _writer(table, event), title, "",
                    audience=event.audience, person=event.speaker if event.speaker in cast.people else "")
        )  # fmt: skip
    for answer in _last(table, OfferAnswered):
        made.append(_matter("offer", answer.account, answer.account, news.headline(cast, answer).rstrip(".")))
    return made


def _writer(table: Table, event: CaseAnswered) -> str:
    """Who wrote."""
    cast, name = table.cast, event.speaker
    if name in cast.people:
        return cast.post(name)
    return f"{cast.approvers[name].name}, {cast.approvers[name].role}" if name in cast.approvers else ""


def _last(table: Table, kind: type[E]) -> list[E]:
    """Events of a kind in the last quarter, up to its books."""
    past = table.quarter - 1
    return [event for quarter, event in by_quarter(table.session.events) if quarter == past and isinstance(event, kind)]


# --- what came of the dilemma -----------------------------------------------------------------------------------


def _results(table: Table) -> list[Waiting]:
    """Last quarter's dilemma, a row for each customer that it named: the time that it got, and what came of it."""
    asked = [event for event in _last(table, NewsCame) if table.cast.news[event.id].dilemma]
    return [_result(table, account) for event in asked for account in table.cast.news[event.id].accounts]


def _result(table: Table, account: str) -> Waiting:
    cast = table.cast
    moves = [event for event in _last(table, MoveMade) if account_of(cast, event.args) == account]
    hours, learned = sum(event.hours for event in moves), sum(len(event.learned) for event in moves)
    time = f"{hours:.0f} hours of yours" if hours else "none of your time"
    said = [f"{counted(learned, 'thing')} learned"] if learned else []
    said += [*_came(table, account), *_profit(table, account)]
    return _matter(
        "result",
        account,
        account,
        f"{cast.account(account)}: {time}",
        f"{capital('; '.join(said) or 'nothing came of it yet')}.",
    )


def _came(table: Table, account: str) -> list[str]:
    """What was decided there at the close, or who came there since, in a few words; the weightiest alone."""
    cast = table.cast
    for award in _last(table, OpportunityAwarded):
        if cast.home[award.opportunity] == account and award.outcome in ("won", "lost"):
            return [f"{cast.opportunities[award.opportunity].title} {award.outcome}"]
    for event in table.inbox:
        if isinstance(event, AttackStruck) and event.account == account:
            return [
                f"{cast.rival(event.rival)} came instead of you" if not _time(table, account) else "a rival came, too"
            ]
    return []


def _time(table: Table, account: str) -> bool:
    return any(account_of(table.cast, event.args) == account and event.hours for event in _last(table, MoveMade))


def _profit(table: Table, account: str) -> list[str]:
    """How its profit moved."""
    for why in table.chronicle.whys.get(table.quarter - 1, []):
        if why["account"] == account:
            moved = float(why["after"]) - float(why["before"])
            return [f"profit {'up' if moved > 0 else 'down'} {table.money(abs(moved))}"]
    return []


# --- headlines --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Headline:
    """Something that is new, folded: ``lines`` are read on request."""

    name: str
    group: str
    title: str
    lines: tuple[str, ...]


GROUPS: Final = {"news": "News", "people": "People", "heard": "Heard", "rivals": "Rivals", "new": "New on your desk"}


def headlines(table: Table) -> list[Headline]:
    """News, people, what standing contact brought, what rivals did, and what may be done from now on."""
    made: list[Headline] = table.kept("headlines", lambda: _headlines(table))
    return made


def _headlines(table: Table) -> list[Headline]:
    made = [_headline("news", number, item) for number, item in enumerate(desk.opened(table, "news"))]
    left = desk.opened(table, "people")
    if left:
        said = "1 person has left" if len(left) == 1 else f"{len(left)} people have left"
        homes = {table.cast.home[str(item.event.plain()["person"])] for item in left}
        title = f"{said}: {listed([table.cast.account(name) for name in table.accounts if name in homes])}"
        lines = dict.fromkeys(text for item in left for text in (item.head, *item.lines))
        made.append(Headline("people", "people", title, tuple(lines)))
    heard = [text for item in desk.opened(table, "heard") for text in item.lines]
    if heard:
        title = f"What your standing contact brought: {counted(len(heard), 'thing')}"
        made.append(Headline("heard", "heard", title, tuple(heard)))
    rivals = [text for item in desk.opened(table, "rivals") for text in (item.head, *item.lines)]
    if rivals:
        made.append(Headline("rivals", "rivals", "What rivals did, and how", tuple(rivals)))
    new = desk.new_things(table)
    if new:
        lines = dict.fromkeys(line for item in new for line in item.lines)
        titles = listed([item.title for item in new])
        made.append(Headline("new", "new", f"New on your desk: {titles}", tuple(lines)))
    return made


def initiatives(table: Table) -> Headline:
    """How the customers' initiatives stand, and whose attacks still run, folded."""
    attacks = [desk.account_line(table, account) for account in table.accounts]
    attacked = [f"{table.cast.account(line.account)}: {line.attacked}." for line in attacks if line.attacked]
    return Headline("stand", "stand", "Where their initiatives stand, and who attacks",
                    (desk.initiatives_line(table), *attacked))  # fmt: skip


def _headline(group: str, number: int, item: Paragraphs) -> Headline:
    return Headline(f"{group}{number}", group, item.head, item.lines)
