"""Each move as a short dialogue: choose, see what it costs, confirm, hear what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kamsim.engine.moves import (
    AGENDAS,
    ANSWER_HOURS,
    EXECUTIVE_HOURS,
    MEETING_HOURS,
    MOVES,
    OFFER_HOURS,
    Refusal,
    bind,
    refusals,
    traded_part,
)
from kamsim.engine.params import RHYTHMS
from kamsim.engine.service import CREDIT, effort_hours
from kamsim.engine.terms import COMMITMENTS, DAYS, LENGTHS, PRICE_STEP
from kamsim.terminal.context import Table, open_incidents
from kamsim.terminal.talk import Choice
from kamsim.view.words import regions
from kamsim.view.words.facts import known_facts
from kamsim.view.words.moves import terms
from kamsim.view.words.names import (
    AGENDA_WORDS,
    OWNER_WORDS,
    RHYTHM_WORDS,
    TRADE_WORDS,
    capital,
    counted,
    percent,
    points,
    quoted,
    unlock,
)
from kamsim.view.words.news import ENDS_FIRST, incident_words, request_terms
from kamsim.view.words.prices import Price, beyond_price, change_lines, prices

if TYPE_CHECKING:
    from kamsim.players.seat import Option


ORDER: Final = (
    "meet", "scan", "review_costs", "seek_executive", "offer_terms", "set_discount", "set_rebate", "expedite",
    "set_rhythm",
)  # fmt: skip
"""Kinds of move as an account's page numbers them, from 1."""


def number_of(kind: str) -> int:
    """The number of a kind of move on an account's page."""
    return ORDER.index(kind) + 1


def place_name(table: Table, account: str, line: str, region: str | None) -> str:
    """A line, with its region where the account has several."""
    entry = table.cast.accounts[account]
    name = table.cast.line(line)
    if len(entry.regions) == 1 or region is None:
        return name
    return f"{name} in {next(item.name for item in entry.regions if item.id == region)}"


def locked(table: Table, kind: str) -> bool:
    """Whether a kind of move is not there yet; says from when, and why."""
    quarter, reason = unlock(table.cast, kind)
    if table.quarter >= quarter:
        return False
    table.talk.say(f"From {table.cast.quarter(quarter)}: {reason}")
    return True


def _only(table: Table, kind: str, account: str) -> bool:
    """Make a move that needs no more than the account, or say why not."""
    if locked(table, kind):
        return False
    return table.do(kind, account=account)


def meet(table: Table, account: str) -> bool:
    """Choose a person and an agenda."""
    talk, cast, seen = table.talk, table.cast, table.seen
    facts = dict(known_facts(cast, seen, account))
    talk.part("Whom do you meet?")
    choices, closed = [], []
    for person in cast.accounts[account].people:
        row = seen.params.people.index(person.id)
        if not bool(seen.door_open[row, 0]):
            label = f"{cast.post(person.id)} (not yet; see {number_of('seek_executive')})"
            closed.append(Choice(label, person.id, (person.id,)))
            continue
        hours = EXECUTIVE_HOURS if person.level == "executive" else MEETING_HOURS
        told = ", in your notes" if facts.get(cast.post(person.id)) else ""
        choices.append(Choice(f"{cast.post(person.id)} ({hours:.0f} hours{told})", person.id, (person.id,)))
    choices += closed
    person_id = talk.choose(choices)
    if person_id is None:
        return False
    if not bool(seen.door_open[seen.params.people.index(person_id), 0]):
        talk.say(
            first_refusal(table, "meet", [o for o in table.options("meet", account) if o.args["person"] == person_id])
        )
        return False
    if person_id not in table.introduced and cast.original(person_id):
        table.introduced.add(person_id)
        talk.say(f"{cast.person(person_id)}, a colleague says: {cast.people[person_id].voice}")
    talk.part("What about?")
    taken = int(seen.met[seen.params.people.index(person_id), 0])
    topics = []
    for name, text in AGENDA_WORDS.items():
        done = " (taken up this quarter)" if taken & (1 << AGENDAS.index(name)) else ""
        topics.append(Choice(f"{capital(text)}{done}", name, (name,)))
    agenda = talk.choose(topics)
    return agenda is not None and table.do("meet", person=person_id, agenda=agenda)


def first_refusal(table: Table, kind: str, options: list[Option]) -> str:
    """Why the first of some ways to make a move is refused; '' where none is."""
    return next((text for text in (table.refused(kind, option) for option in options) if text), "")


def scan(table: Table, account: str) -> bool:
    """Read up on an account."""
    return _only(table, "scan", account)


def review_costs(table: Table, account: str) -> bool:
    """Book the true cost to serve, and say what it changes."""
    seen, row, cast = table.seen, table.row(account), table.cast
    before, profit = float(seen.cost_to_serve[row, 0]), float(seen.profit[row, 0])
    if not _only(table, "review_costs", account):
        return False
    now = table.seen
    if seen.quarter > 1 and round(before) != round(float(now.cost_to_serve[row, 0])):
        table.talk.say(
            f"Last quarter {cast.account(account)} cost "
            f"{cast.money(-float(now.cost_to_serve[row, 0]))} to serve; the books had "
            f"{cast.money(-before)}. Account profit was "
            f"{cast.money(float(now.profit[row, 0]))}, not {cast.money(profit)}."
        )
    return True


def expedite(table: Table, account: str) -> bool:
    """Send their orders first."""
    return _only(table, "expedite", account)


def set_rhythm(table: Table, account: str) -> bool:
    """Choose the standing contact."""
    talk, seen = table.talk, table.seen
    now = int(seen.rhythm[table.row(account), 0])
    talk.part("Standing contact carries over until you change it. Closer contact hears more and keeps trust.")
    hours = seen.params.rhythm_hours
    choices = [
        Choice(
            f"{capital(RHYTHM_WORDS[name])}, {hours[row]:.0f} hours a quarter{' (as now)' if row == now else ''}",
            name,
            (name,),
        )
        for row, name in enumerate(RHYTHMS)
    ]
    rhythm = talk.choose(choices)
    return rhythm is not None and table.do("set_rhythm", account=account, rhythm=rhythm)


def answer_request(table: Table, name: str) -> bool:
    """Grant, trade or decline a price request, with what each costs."""
    talk, cast = table.talk, table.cast
    request, account = cast.requests[name], cast.home[name]
    talk.part(f"{cast.account(account)}: {request.title}")
    talk.say(quoted(cast.post(request.person), request.text), 2)
    whole = regions.one_for_all(cast, name)
    rows, given = regions.asked_prices(cast, table.seen, name, "grant")
    talk.say(f"In full, {request_terms(cast, name)}:", 2)
    talk.all(change_lines(cast, rows, given), 4)
    when = "this quarter" if request.due <= table.quarter else f"by the end of {cast.quarter(request.due)}"
    until = ENDS_FIRST if cast.over(request.due) else f"Answer {when}, or it lapses."
    talk.say(f"{until} An answer cannot be taken back.", 2)
    part = points(traded_part(request.ask))
    words = {
        "grant": "Grant it in full",
        "trade": f"Give {part}, and ask for something back",
        "decline": "Decline",
    }
    if whole:
        part = "a corridor"
        words = regions.answer_words(cast, name)
        talk.say(f"A corridor: {' '.join(regions.corridor_lines(cast, rows))}", 2)
    hours = {"trade": f" ({ANSWER_HOURS:.0f} hours)"}
    picked = talk.choose(
        [Choice(f"{text}{hours.get(answer, '')}", answer, (answer,)) for answer, text in words.items()],
        back="Not now",
    )
    if picked is None:
        return False
    if picked != "trade":
        return table.do("answer_request", request=name, answer=picked)
    talk.part(f"{capital(part)}{'' if whole else ' off'} for what?")
    noted = dict(known_facts(cast, table.seen, account)).get(f'The request "{request.title}"')
    talk.say(
        f"Your notes: it {noted[0]}. What serves them they agree to."
        if noted
        else "A talk with the asker about how they buy may tell what would serve them; what serves them they agree to."
    )
    trades = []
    for trade in regions.offers(cast, name):
        bound = bind(table.seen.params, "answer_request", {"request": name, "answer": "trade", "get": trade})
        agreed = int(refusals(table.seen, "answer_request", bound)[0]) == Refusal.ALREADY_AGREED
        label = f"{capital(TRADE_WORDS[trade])}{' (agreed already)' if agreed else ''}"
        trades.append(Choice(label, trade, (trade,)))
    get = talk.choose(trades)
    return get is not None and table.do("answer_request", request=name, answer="trade", get=get)


def handle_incident(table: Table, account: str) -> bool:
    """Hours at once, and perhaps a credit for the damage."""
    talk, cast = table.talk, table.cast
    incident = open_incidents(table).get(account)
    if incident is None:
        return False
    name, text = incident_words(cast, account, incident)
    talk.part(f"{cast.account(account)}: {name}")
    talk.say(text, 2)
    talk.say("Who puts it right?", 2)
    owner = talk.choose([Choice(f"{title}. {text}", name, (name,)) for name, title, text in OWNER_WORDS])
    if owner is None:
        return False
    talk.part("Hours now, while they look? The first ones help most.")
    effort = talk.choose([_effort(hours, owner) for hours in (10, 20, 30, 40)])
    if effort is None:
        return False
    talk.part(f"A credit for the damage? It costs up to {percent(CREDIT, 1)} of a quarter's sales. "
              "They remember it.")  # fmt: skip
    redress = talk.choose(
        [Choice("No credit", "none", ("no",)), Choice("Give the credit", "credit", ("yes", "credit"))]
    )
    args = {"account": account, "effort": effort, "redress": redress, "owner": owner}
    return redress is not None and table.do("handle_incident", **args)


def _effort(hours: int, owner: str) -> Choice[int]:
    ours = effort_hours(hours, owner)
    text = f"{hours} hours" if ours == hours else f"{hours} hours, {ours:.0f} of yours"
    return Choice(text, hours, (f"{hours} hours",))


def set_discount(table: Table, account: str) -> bool:
    """A new discount on one line."""
    return _price(table, account, "set_discount", "discount")


def set_rebate(table: Table, account: str) -> bool:
    """A new year-end rebate on one line."""
    return _price(table, account, "set_rebate", "rebate")


def _price(table: Table, account: str, kind: str, name: str) -> bool:
    talk, cast = table.talk, table.cast
    if locked(table, kind):
        return False
    places = _places(table, account)
    choices: list[Choice[str]] = []
    for place, rows in places.items():
        now = sorted({getattr(row, name) for row in rows})
        shown = " to ".join(percent(value, 1) for value in dict.fromkeys((now[0], now[-1])))
        choices.append(Choice(f"{place}, {shown} {name} now", place))
    talk.part("Which price?")
    label = talk.choose(choices)
    if label is None:
        return False
    rows = places[label]
    args = {"account": account, "line": rows[0].line, "region": rows[0].region if len(rows) == 1 else None}
    allowed = _allowed(table, kind, name, args)
    if not allowed:
        talk.say(
            f"No {name} can be set there: what one site was promised is beyond what another may have. Set each site."
        )
        return False
    low, high = allowed[0] * 100, allowed[-1] * 100
    opens, _ = unlock(cast, "offer_terms")
    when = "" if table.quarter >= opens else f", from {cast.quarter(opens)}"
    talk.say(
        f"You may set {low:g}% to {high:g}%, in steps of {PRICE_STEP * 100:g}. They hold you to {low:g}%. To take "
        f"points back, put an offer on the table ({number_of('offer_terms')}{when})."
    )
    while True:
        value = talk.number(f"New {name} in per cent", low, high, PRICE_STEP * 100)
        if value is None:
            return False
        given = sum(row.given(**{name: value / 100}) for row in rows)
        talk.all(change_lines(cast, rows, given), 2)
        if talk.confirm(f"Set {value:g}%", "Another figure"):
            return table.do(kind, **args, **{name: value / 100})


def _places(table: Table, account: str) -> dict[str, list[Price]]:
    """What can be priced: each line in each region, and a line everywhere where it is bought in several."""
    rows = prices(table.cast, table.seen, account)
    places = {place_name(table, account, row.line, row.region): [row] for row in rows}
    for line in dict.fromkeys(row.line for row in rows):
        same = [row for row in rows if row.line == line]
        if len(same) > 1:
            places[f"{table.cast.line(line)} everywhere"] = same
    return places


def _allowed(table: Table, kind: str, name: str, args: dict[str, Any]) -> list[float]:
    """The values of a price that the rules take, by asking the rules; today's value counts as one."""
    seen = table.seen
    field = next(field for field in MOVES[kind].fields if field.name == name)
    values = [
        round(step * field.step, 6) for step in range(round(field.low / field.step), round(field.high / field.step) + 1)
    ]
    fine = (int(Refusal.NONE), int(Refusal.NO_CHANGE))
    return [
        value
        for value in values
        if int(refusals(seen, kind, bind(seen.params, kind, {**args, name: value}))[0]) in fine
    ]


def offer_terms(table: Table, account: str) -> bool:
    """A whole offer: price, commitment, length, payment days, deliveries."""
    talk, cast, seen = table.talk, table.cast, table.seen
    if locked(table, "offer_terms"):
        return False
    option = table.options("offer_terms", account)[0]
    if int(seen.offer[table.row(account), 0]):
        talk.say(table.refused("offer_terms", option))
        return False
    low, high = (float(edge[0]) * 100 + 0.0 for edge in option.ranges["change"])
    talk.part(
        f"An offer takes {OFFER_HOURS:.0f} hours. Their buying centre answers when the quarter closes. Five questions."
    )
    until = int(seen.contract_until[table.row(account), 0])
    signed = until >= seen.quarter
    back = (
        f"none can be taken back before {cast.quarter(until + 1)}: terms are signed" if signed else "-1 takes one back"
    )
    talk.say(f"Price on all lines, in points of discount: {low:g} to {high:g}. 2 gives two points more; {back}.")
    change = talk.number("Points", low, high, PRICE_STEP * 100)
    if change is None:
        return False
    args: dict[str, Any] = {"change": change / 100}
    days_now = float(seen.days[table.row(account), 0])
    lengths: list[Choice[Any]] = [Choice(counted(length // 4, "year"), length) for length in LENGTHS]
    payment: list[Choice[Any]] = [
        Choice(f"{days} days{' (as now)' if days == days_now else ''}", days) for days in DAYS
    ]
    commitments: list[Choice[Any]] = [
        Choice(f"{percent(part)} more of what they buy" if part else "No commitment", part) for part in COMMITMENTS
    ]
    now = int(seen.level["pooled"][table.row(account), 0])
    small = "Small and often again" if now else "As now"
    deliveries = [Choice(small, "no"), Choice("Fewer, larger deliveries", "yes")]
    questions: tuple[tuple[str, str, list[Choice[Any]]], ...] = (
        ("commitment", "What do they commit in return?", commitments),
        ("length", "For how long?", lengths),
        ("days", f"When do they pay? Now after {days_now:.0f} days.", payment),
        ("pooled", "How do we deliver? Fewer, larger deliveries save us trips and them goods-in.", deliveries),
    )
    for name, question, choices in questions:
        talk.part(question)
        picked = talk.choose(choices, back="Drop the offer")
        if picked is None:
            return False
        args[name] = picked
    rows = prices(cast, seen, account)
    given = sum(row.given(discount=max(0.0, row.discount + change / 100)) for row in rows)
    talk.part(f"Your offer to {cast.account(account)}: {terms(args)}.")
    talk.all(change_lines(cast, rows, given, beyond_price(cast, seen, account, args)), 2)
    return talk.confirm("Put it on their table", "Drop the offer") and table.do("offer_terms", account=account, **args)
