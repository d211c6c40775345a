"""Each move as a short dialogue: choose, see what it costs, confirm, hear what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kamsim.terminal.asking import ask
from kamsim.terminal.talk import Choice
from kamsim.view import answering, offers, pricing
from kamsim.view.account import offer_lies, people
from kamsim.view.centre import taken_up
from kamsim.view.menu.catalogue import locked_told
from kamsim.view.menu.lines import ways
from kamsim.view.words.agenda import brings, requires
from kamsim.view.words.names import AGENDA_WORDS, OWNER_WORDS, RHYTHM_WORDS, capital, opens, percent, quoted
from kamsim.view.words.news import ENDS_FIRST, incident_words, request_terms
from kamsim.view.words.prices import terms

if TYPE_CHECKING:
    from kamsim.terminal.table import TextTable


def locked(table: TextTable, kind: str) -> bool:
    """Whether a kind of move is not there yet; says from when, and why."""
    if table.unlocked(kind):
        return False
    table.talk.say(locked_told(table.cast, table.seen, kind))
    return True


def at_once(table: TextTable, kind: str, account: str) -> bool:
    """Make a move that needs no dialogue of its own: ask which, where there are several ways, or say why not."""
    if locked(table, kind):
        return False
    found = ways(table.cast, table.seen, kind, table.options(kind, account))
    if len(found) > 1:
        table.talk.part("Which?")
        labels = [f"{way.title}{' (not now)' if way.off else f' ({way.spelt})' if way.spelt else ''}" for way in found]
        picked = table.talk.choose([Choice(label, way) for label, way in zip(labels, found, strict=True)])
        found = [picked] if picked else []
    return bool(found) and table.act(kind, **found[0].args)


def meet(table: TextTable, account: str) -> bool:
    """Choose a person and an agenda."""
    talk, cast = table.talk, table.cast
    talk.part("Whom do you meet?")
    choices, closed = [], []
    for person in people(table, account):
        name, post = person.person, cast.post(person.person)
        if not person.receives:
            closed.append(Choice(f"{post} (not yet; ask for a first meeting)", name, (name,)))
            continue
        hours, told = table.takes("meet", person=name, agenda="results"), ", in your notes" if person.notes else ""
        choices.append(Choice(f"{post} ({hours:.0f} hours{told})", name, (name,)))
    person_id = talk.choose([*choices, *closed])
    if person_id is None:
        return False
    if person_id in [choice.value for choice in closed]:
        talk.say(table.first_refusal("meet", table.options("meet", account, person=person_id)))
        return False
    return _meet(table, person_id)


def _meet(table: TextTable, person_id: str) -> bool:
    """Choose what to talk about with somebody."""
    talk, cast, seen = table.talk, table.cast, table.seen
    if person_id not in table.introduced and cast.original(person_id):
        table.introduced.add(person_id)
        talk.say(f"{cast.person(person_id)}, a colleague says: {cast.people[person_id].voice}")
    needs = requires(cast, seen, person_id)
    if needs:
        talk.say(needs)
    talk.part("What about?")
    topics = []
    for name, text in AGENDA_WORDS.items():
        told = "Taken up this quarter." if taken_up(seen, person_id, name) else brings(cast, seen, person_id, name)
        topics.append(Choice(f"{capital(text.partition(':')[0])}. {told}", name, (name,)))
    agenda = talk.choose(topics)
    return agenda is not None and table.act("meet", person=person_id, agenda=agenda)


def set_rhythm(table: TextTable, account: str) -> bool:
    """Choose the standing contact."""
    talk, now = table.talk, table.rhythm(account)
    talk.part("Standing contact carries over until you change it. Closer contact hears more and keeps trust.")
    choices = [
        Choice(
            f"{capital(RHYTHM_WORDS[name])}, {hours:.0f} hours a quarter{' (as now)' if name == now else ''}",
            name,
            (name,),
        )
        for name, hours in table.rhythm_hours.items()
    ]
    rhythm = talk.choose(choices)
    return rhythm is not None and table.act("set_rhythm", account=account, rhythm=rhythm)


def answer_request(table: TextTable, name: str) -> bool:
    """Grant, trade or decline a price request, with what each costs."""
    talk, cast = table.talk, table.cast
    request, account = cast.requests[name], cast.home[name]
    talk.part(f"{cast.account(account)}: {request.title}")
    talk.say(quoted(cast.post(request.person), request.text), 2)
    talk.say(f"In full, {request_terms(cast, name)}:", 2)
    talk.all(answering.cost_lines(table, name, "grant"), 4)
    talk.say(f"{capital(answering.part_given(table, name))}:", 2)
    talk.all(answering.cost_lines(table, name, "trade"), 4)
    when = "this quarter" if request.due <= table.quarter else f"by the end of {cast.quarter(request.due)}"
    until = ENDS_FIRST if cast.over(request.due) else f"Answer {when}, or it lapses."
    talk.say(f"{until} {answering.FINAL}", 2)
    choices = []
    for reply in answering.replies(table, name):
        hours = f" ({reply.hours:.0f} hours)" if reply.hours else ""
        choices.append(Choice(f"{reply.title}{hours}", reply.answer, (reply.answer,)))
    if not (answering.noted(table, name) or answering.asked_how_they_buy(table, name)):
        takes = table.takes("meet", person=request.person, agenda="buying")
        choices.append(Choice(f"Meet {cast.person(request.person)} first ({takes:.0f} hours)", "meet", ("meet",)))
    while (picked := talk.choose(choices, back="Not now")) is not None:
        if picked == "meet":
            return _meet(table, request.person) and answer_request(table, name)
        if _answered(table, name, picked):
            return True
    return False


def _answered(table: TextTable, name: str, picked: str) -> bool:
    """Give an answer, with what is asked in return; False where the player thinks again."""
    talk = table.talk
    if picked != "trade":
        return _final(table, answering.answer_title(table, name, picked), request=name, answer=picked)
    talk.part(f"{capital(answering.part_given(table, name))} for what?")
    talk.say(answering.serves_line(table, name))
    trades = []
    for trade in answering.trades(table, name):
        serves = f": {trade.help[:1].lower()}{trade.help[1:]}" if trade.help and not trade.off else ""
        label = f"{trade.title}{serves}{' (agreed already)' if trade.agreed else ''}"
        trades.append(Choice(label, trade.get, (trade.get,)))
    get = talk.choose(trades)
    args = {"request": name, "answer": "trade", "get": get}
    return get is not None and _final(table, answering.traded(table, name, get), **args)


def _final(table: TextTable, title: str, **args: Any) -> bool:
    """Give an answer that cannot be taken back, if it is meant."""
    word = answering.last_word(table, args["request"], args["answer"], args.get("get", ""))
    table.talk.part(f"{title}? {word}")
    return table.talk.confirm(title, "Not yet") and table.act("answer_request", **args)


def handle_incident(table: TextTable, account: str) -> bool:
    """Hours at once, and perhaps a credit for the damage."""
    talk, cast = table.talk, table.cast
    incident = table.incidents().get(account)
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
    effort = talk.choose([_effort(table, account, hours, owner) for hours in answering.EFFORTS])
    if effort is None:
        return False
    talk.part(f"A credit for the damage? {answering.credit_line(table, account)}")
    redress = talk.choose(
        [Choice("No credit", "none", ("no",)), Choice("Give the credit", "credit", ("yes", "credit"))]
    )
    args = {"account": account, "effort": effort, "redress": redress, "owner": owner}
    return redress is not None and table.act("handle_incident", **args)


def _effort(table: TextTable, account: str, hours: int, owner: str) -> Choice[int]:
    ours, most = (answering.mending_hours(table, account, taken, owner) for taken in (hours, max(answering.EFFORTS)))
    whose = (
        f", {ours:.0f} of yours" if ours != hours else ", all of them yours" if most < max(answering.EFFORTS) else ""
    )
    return Choice(f"{hours} hours{whose}", hours, (f"{hours} hours",))


def set_discount(table: TextTable, account: str) -> bool:
    """A new discount on one line."""
    return _price(table, account, "set_discount")


def set_rebate(table: TextTable, account: str) -> bool:
    """A new year-end rebate on one line."""
    return _price(table, account, "set_rebate")


def _price(table: TextTable, account: str, kind: str) -> bool:
    talk, cast, name = table.talk, table.cast, pricing.NAMES[kind]
    if locked(table, kind):
        return False
    places = pricing.places(table, account)
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
    allowed = pricing.allowed(table, kind, account, rows)
    if allowed is None:
        talk.say(pricing.nothing_allowed(kind))
        return False
    low, high = (edge * 100 for edge in allowed)
    when = opens(cast, "offer_terms")
    later = "" if table.unlocked("offer_terms") else f" ({when[:1].lower()}{when[1:]})"
    talk.say(
        f"You may set {low:g}% to {high:g}%, in steps of {pricing.STEP * 100:g}. They hold you to {low:g}%. To take "
        f"points back, make an offer{later}."
    )
    while True:
        value = talk.number(f"New {name} in per cent", low, high, pricing.STEP * 100)
        if value is None:
            return False
        talk.all(pricing.change(table, kind, rows, value / 100).lines, 2)
        if talk.confirm(f"Set {value:g}%", "Another figure"):
            return table.act(kind, **pricing.arguments(account, rows), **{name: value / 100})


def offer_terms(table: TextTable, account: str) -> bool:
    """A whole offer: price, commitment, length, payment days, deliveries."""
    talk, cast, seen = table.talk, table.cast, table.seen
    if locked(table, "offer_terms"):
        return False
    if offer_lies(seen, account):
        talk.say(table.first_refusal("offer_terms", table.options("offer_terms", account)))
        return False
    hours, args = table.takes("offer_terms", account=account), offers.today(seen, account)
    asked = pricing.offer(table, account, args)
    talk.part(f"An offer takes {hours:.0f} hours. Their buying centre answers when the quarter closes. Five questions.")
    talk.say(asked.help)
    for question in asked.questions:
        if not ask(talk, question, args.__setitem__, back="Drop the offer", mark=""):
            return False
    talk.part(f"Your offer to {cast.account(account)}: {terms(args)}.")
    talk.all(pricing.offer_meaning(table, account, args).lines, 2)
    return talk.confirm("Put it on their table", "Drop the offer") and table.act("offer_terms", account=account, **args)
