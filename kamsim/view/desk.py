"""The desk: what the quarter opened with, what waits, what would lapse at its end, and one line an account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kamsim.game.events.declared import of
from kamsim.game.events.opening import TenderCalled
from kamsim.scenario.organisation import PARTS
from kamsim.scenario.unlocking import THING_OF
from kamsim.scenario.unlocking import opened as opened_things
from kamsim.view import open_cases, pipeline
from kamsim.view.menu.catalogue import MENU, hours_of, hours_text
from kamsim.view.words import letters, news, opportunities, talks, waiting
from kamsim.view.words.facts import standing_of
from kamsim.view.words.moments import moment_place
from kamsim.view.words.names import RHYTHM_WORDS, capital, listed
from kamsim.view.words.promises import calendar, due_soon, to_whom

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kamsim.game.events.declared import Event
    from kamsim.scenario.models import Unlock
    from kamsim.view.open_cases import Lying
    from kamsim.view.pipeline import Prospect
    from kamsim.view.table import Table

ENOUGH: Final = 30.0
"""Hours with which something can still be done."""
DECISIONS: Final = ("window", "bid")
"""Kinds of `Waiting` about what a customer decides."""
WORTH_NAMING: Final = 10.0
"""Unused hours that are named before a quarter ends."""


@dataclass(frozen=True)
class Waiting:
    """Something that needs attention. ``kind``: window, moment, incident, request, talk, condition or promise, which
    wait for an answer; bid (a window in which ours lies), tender or ending, which come by themselves. ``name``: which
    one, for an incident or an ending the account; ``audience``: customer or desk, for a condition or a promise;
    ``person``: who asks, '' for nobody.

    ``title``, ``text``, ``note`` (hours, proposals left): a row of a list; ``label``: a choice in one line; ``brief``:
    a few words in a sentence, '' where one tells of all of a kind; ``urgent``: it is over when this quarter closes;
    ``decided``: others decide it when this quarter closes.
    """

    kind: str
    name: str
    account: str
    title: str
    text: str
    label: str
    brief: str
    note: str = ""
    person: str = ""
    audience: str = ""
    urgent: bool = False
    decided: bool = False


def waiting_for_answer(table: Table, account: str | None = None) -> list[Waiting]:
    """What waits for an answer of the player's, the most urgent first; at one account or at all."""
    found = [_window(table, item) for item in pipeline.windows(table) if item.bid is None]
    found += [_moment(table, name) for name in table.moments()]
    found += [_incident(table, name, what) for name, what in table.incidents().items()]
    found += [_request(table, name) for name in table.requests()]
    found += [_talk(table, name) for name in table.talks()]
    found += [_condition(table, item) for item in open_cases.conditions(table.seen)]
    found += [_promise(table, data) for data in due_now(table)]
    return [item for item in found if account in (None, item.account)]


def how_many(table: Table) -> int:
    """How much waits for an answer; counted on every picture, so without its words."""
    found = (table.moments(), table.incidents(), table.requests(), table.talks(), open_cases.conditions(table.seen))
    return len(open_cases.left_alone(table.seen)) + sum(map(len, found)) + len(due_now(table))


def attention(table: Table) -> list[Waiting]:
    """What needs attention: what waits for an answer, decisions first, then what comes by itself."""
    bids = [_window(table, item) for item in pipeline.windows(table) if item.bid is not None]
    tenders = of(TenderCalled, table.inbox)
    ends = waiting.signed_ends(table.cast, table.seen)
    waits = waiting_for_answer(table)
    alone = len([item for item in waits if item.kind == "window"])
    return [
        *waits[:alone],
        *bids,
        *waits[alone:],
        *[_tender(table, event) for event in tenders],
        *[_ending(table, account) for account in ends],
    ]


def attention_line(table: Table) -> str:
    """The same in a sentence, but for what is decided, which stands before it in lines of its own."""
    items = attention(table)
    found = [item.brief for item in items if item.brief and item.kind not in DECISIONS]
    found += due_soon(table.cast, table.seen, table.accounts)
    if found:
        return f"Needs attention: {'; '.join(found)}."
    return f"Nothing{' else' if any(item.kind == 'window' for item in items) else ''} is waiting for an answer."


def decision_lines(table: Table) -> list[str]:
    """What is decided now or soon, a line each: the customer, what, by when, how much, and whether we are in it."""
    return [f"{item.title}, {item.note}. {item.text}" for item in attention(table) if item.kind in DECISIONS]


def due_now(table: Table) -> list[dict[str, object]]:
    """Promises that can be measured now."""
    return [data for _, data, now in calendar(table.seen) if now]


def _window(table: Table, item: Prospect) -> Waiting:
    title, where = pipeline.window_title(table, item), table.cast.account(item.account)
    when = pipeline.window_when(table, item)
    name = opportunities.titled(table.cast, item.name)
    brief = f"{where} decides about {name} {when}{', no bid of yours there' if item.bid is None else ''}"
    return Waiting(
        "window" if item.bid is None else "bid", item.name, item.account, title, pipeline.window_text(table, item),
        f"{title} ({when})", brief, when, item.decider, urgent=item.closing and item.bid is None, decided=item.closing,
    )  # fmt: skip


def _moment(table: Table, name: str) -> Waiting:
    cast, person = table.cast, table.cast.moments[name].person
    place, who = moment_place(cast, name), cast.person(person)
    return Waiting(
        "moment", name, cast.home[name], f"{who} asks, now", place, place, f"{who} asks on the spot, this quarter",
        letters.TWO_MINUTES, person, urgent=True,
    )  # fmt: skip


def _incident(table: Table, account: str, incident: str) -> Waiting:
    cast = table.cast
    title = f"{cast.account(account)}: {news.incident_words(cast, account, incident)[0]}"
    takes = hours_text(*hours_of(table.seen, "handle_incident", table.options("handle_incident", account)))
    brief = f"an incident at {cast.account(account)}, this quarter"
    return Waiting("incident", account, account, title, MENU["handle_incident"].help, title, brief, takes, urgent=True)


def _request(table: Table, name: str) -> Waiting:
    cast, request = table.cast, table.cast.requests[name]
    account, due = cast.home[name], waiting.due_text(cast, request.due, table.quarter)
    title, terms = f"{cast.account(account)}: {request.title}", news.request_terms(cast, name)
    return Waiting(
        "request", name, account, title, waiting.asks(cast, name, table.quarter), f"{title} ({terms})",
        f"{cast.account(account)} asks for {terms}, {due}", "", request.person, urgent=request.due <= table.quarter,
    )  # fmt: skip


def _talk(table: Table, name: str) -> Waiting:
    cast, talk, account = table.cast, table.cast.talks[name], table.cast.home[name]
    title, until = f"{cast.account(account)}: {talk.title}", talks.until(cast, table.seen, name)
    text = f"{cast.person(talk.person)} sits at the table, {until}"
    return Waiting(
        "talk", name, account, title, text, f"{title}, at the table",
        f"{cast.account(account)} waits at the table, {until}", talks.rounds_left(table.seen, name), talk.person,
        urgent=talks.due(table.seen, name) <= table.quarter,
    )  # fmt: skip


def _condition(table: Table, item: Lying) -> Waiting:
    cast = table.cast
    title = letters.condition_title(cast, item)
    text = letters.condition_text(cast, item, table.quarter)
    name = cast.account(item.account)
    brief = f"a {letters.YES_IF}: " + (f"our desk's, about {name}" if item.audience == "desk" else f"{name}'s")
    return Waiting(
        "condition", item.account, item.account, title, text, title, brief, audience=item.audience,
        urgent=item.until <= table.quarter,
    )  # fmt: skip


def _promise(table: Table, data: dict[str, object]) -> Waiting:
    cast, account, audience = table.cast, str(data["account"]), str(data["audience"])
    hours, whom = table.takes("measure_promise", account=account, audience=audience), to_whom(table.cast, data)
    return Waiting(
        "promise", account, account, letters.due_title(cast, data), f"{capital(letters.promise_text(cast, data))}.",
        f"Measure your promise to {whom} ({hours:.0f} hours)", "", f"{hours:.0f} h", audience=audience,
    )  # fmt: skip


def _tender(table: Table, event: TenderCalled) -> Waiting:
    cast, name, by = table.cast, event.tender, event.quarter
    account = cast.home[name]
    title = f"{cast.account(account)}, tender: {cast.now(cast.tenders[name].title)}"
    when = "this quarter" if by == table.quarter else "next quarter"
    when = f"in {cast.quarter(by)}, after your time" if cast.over(by) else f"{when} at the prices then"
    text = capital(news.tender_when(cast, name, by, table.quarter))
    brief = f"{cast.account(account)}'s tender, {when}"
    return Waiting("tender", name, account, title, text, title, brief, decided=by == table.quarter)


def _ending(table: Table, account: str) -> Waiting:
    title = "signed terms end with this quarter"
    name = table.cast.account(account)
    text = "Deliveries and commitments end with them. A new offer can follow."
    return Waiting("ending", account, account, f"{name}: {title}", text, title, f"{name}'s {title}", urgent=True)


def undone(table: Table) -> list[str]:
    """What would stay undone if the quarter ended now, in sentences."""
    cast, matters = table.cast, table.session.open_matters()
    lines = [
        f"{cast.account(item.account)} decides about {opportunities.titled(cast, item.name)} now, and no bid of yours "
        "lies there."
        for item in pipeline.windows(table)
        if item.closing and item.bid is None
    ]
    lines += letters.unanswered(cast, table.seen)
    lines += [f"The incident at {cast.account(account)} has no answer." for account in matters.incidents]
    lines += [
        f"{cast.account(cast.home[name])} waits for an answer to "
        f"{letters.LEFT}{cast.requests[name].title}{letters.RIGHT}; it lapses."
        for name in matters.requests
    ]
    lines += [talks.unanswered(cast, name) for name in matters.talks]
    if table.last_quarter:
        lines.append(f"This is the last quarter. {news.ENDS_FIRST}")
    if matters.hours_left >= WORTH_NAMING:
        said = f"{matters.hours_left:.0f} hours are unused. They don't carry over."
        lines.append(" ".join(filter(None, (said, may_count(table)))))
    return lines


def may_count(table: Table) -> str:
    """Where hours that are left may count: the purchase of which most would stay, that is decided later and has no
    case, work or access of ours yet; '' where there is none, or it is too late, or too early for a case."""
    if table.last_quarter or not table.unlocked("present_case"):
        return ""
    open_ = [item for item in pipeline.prospects(table) if not item.closing and not table.cast.over(item.decides)]
    lacking = {
        item.name: [name.lower() for name, mark in item.marks if mark == "missing" and name != "Bid"] for item in open_
    }
    best = max(open_, key=lambda item: bool(lacking[item.name]) * _stays(table, item), default=None)
    if best is None or not lacking[best.name] or _stays(table, best) <= 0.0:
        return ""
    when = f"is decided in {table.cast.quarter(best.decides)}" if best.decides else "has no date yet"
    return (
        f"They may count at {table.cast.account(best.account)}: {opportunities.titled(table.cast, best.name)}, "
        f"{table.money(best.whole)} in all, {when}, and there is no {listed(lacking[best.name], 'or')} of yours there."
    )


def _stays(table: Table, item: pipeline.Prospect) -> float:
    """What all of a purchase would leave after product cost and what serving the customer takes, cents."""
    seen, row = table.seen, table.seen.params.opportunities.index(item.name)
    cost = float(seen.unit_cost[int(seen.params.opportunity_cell[row]), 0])
    taken, _ = pipeline.served(table, item.account) or (0.0, "")
    return item.whole * (1.0 - cost / pipeline.price(seen, row, item.bid or 0.0) - taken)


# --- what the quarter opened with -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Paragraphs:
    """One event of the opening: its headline ('' where it has none of its own) and what else is said of it."""

    event: Event
    head: str
    lines: tuple[str, ...]


def opened(table: Table, group: str) -> list[Paragraphs]:
    """One group of what the quarter opened with (see `news.group`), in order. What one event has said, those after it
    leave out, but for what standing contact brought."""
    cast, said, made = table.cast, set[str](), []
    for event in table.inbox:
        if news.group(cast, event) != group:
            continue
        heard = group == "heard"
        lines = [text for text in news.body(cast, event, table.quarter) if heard or text not in said]
        said.update(lines)
        made.append(Paragraphs(event, "" if heard else news.headline(cast, event), tuple(lines)))
    return made


THINGS: Final = {
    "finding": "finding out",
    "offers": "offers and cases",
    "projects": "serving their projects",
    "team": "your team",
    "joint": "what we build together",
    "plans": "account plans",
    "programme": "the key-account programme",
    "support": "our own company",
}
"""By name: what opens over the years, as the player meets it; what is not named goes by its move."""
OUR_PLACE: Final = "It has a page of its own under Our side."
REASONS_READ: Final = 2
"""Reasons of one thing that are read."""


@dataclass(frozen=True)
class NewThing:
    """Something that opens with this quarter, or more of something that the player has met. ``lines``: what can be done
    with it, and why, in the words of whoever opens it."""

    name: str
    title: str
    lines: tuple[str, ...]


def new_things(table: Table) -> list[NewThing]:
    """What opens with this quarter, as few things: kinds of move that belong together come as one."""
    scenario = table.cast.scenario
    met = {name for quarter in range(1, table.quarter) for name in opened_things(scenario, quarter)}
    made = []
    for name, items in opened_things(scenario, table.quarter).items():
        title = THINGS.get(name) or MENU[name].name
        title = f"more for {title}" if name in met else title
        place = f" {OUR_PLACE}" if name in PARTS and name not in met else ""
        head = f"{capital(title)}: {'; '.join(MENU[item.move].name for item in items)}.{place}"
        made.append(NewThing(name, title, (head, *_reasons(items))))
    return made


def _reasons(items: Sequence[Unlock]) -> list[str]:
    """Why, of the first moves: of one of each part first, where several come as one thing."""
    parts = [THING_OF.get(item.move, "") for item in items]
    order = sorted(range(len(items)), key=lambda place: parts[place] in parts[:place])
    return [items[place].reason for place in order[:REASONS_READ]]


def done_this_quarter(table: Table, step: str) -> bool:
    """Whether one of the first steps was made: a move, or a meeting about an agenda; ``waiting``: all is answered."""
    if step == "waiting":
        return not table.requests() and not table.incidents()
    made = [command for command in table.session.commands if command.quarter == table.quarter]
    return any(step in (command.move, command.args.get("agenda")) for command in made)


# --- one line an account ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class AccountLine:
    """An account on the desk, in a few words each: sales and profit, standing contact, the mood as last felt, and who
    attacks ('' for nobody)."""

    account: str
    sales: str
    profit: str
    contact: str
    felt: str
    attacked: str


def account_line(table: Table, account: str) -> AccountLine:
    """How an account stands."""
    now = table.books(account)
    how = "" if now is None else " reviewed" if now["reviewed"] else " as booked"
    profit = "not booked yet" if now is None else f"{table.money(float(now['profit_booked']))}{how}"
    return AccountLine(
        account,
        table.money(table.sales(account)),
        profit,
        RHYTHM_WORDS[table.rhythm(account)],
        waiting.felt(table.seen, account),
        table.cast.attacked(account, table.quarter),
    )


def initiatives_line(table: Table) -> str:
    """Where the player knows how initiatives stand, and where that is out of date. Only this opens doors."""
    return str(table.kept("initiatives", lambda: _initiatives_line(table)))


def _initiatives_line(table: Table) -> str:
    groups: dict[str, list[str]] = {}
    for account in table.accounts:
        groups.setdefault(standing_of(table.seen, account), []).append(table.cast.account(account))
    told = [f"{said} at {listed(names)}" for said, names in sorted(groups.items(), reverse=True)]
    return f"How their initiatives stand: {'; '.join(told)}."


def weeks_line(table: Table) -> str:
    """What the hours that are left come to: 6.7 of 13 weeks' work."""
    free, weeks = table.weeks
    return f"{round(free, 1):g} of {weeks} weeks' work"


def hours_line(table: Table) -> str:
    """Hours that are left, with their weeks: 200 of 390 hours (6.7 of 13 weeks' work)."""
    return f"{table.hours:.0f} of {table.session.hours:.0f} hours ({weeks_line(table)})"
