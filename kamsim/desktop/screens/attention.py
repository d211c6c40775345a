"""What waits: a row for each thing, the most urgent first, and the next step."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from kamsim.desktop import casework
from kamsim.desktop.kit.buttons import Button, Item
from kamsim.desktop.kit.node import Node
from kamsim.desktop.kit.words import Text
from kamsim.desktop.screens.letters import condition_item
from kamsim.desktop.screens.people import brush, face, stance
from kamsim.view import open_cases
from kamsim.view.words import letters, talks, waiting
from kamsim.view.words.moments import moment_place
from kamsim.view.words.names import capital
from kamsim.view.words.news import ENDS_FIRST, incident_words

if TYPE_CHECKING:
    from kamsim.desktop.play import Play
    from kamsim.desktop.shell import Shell

ENOUGH: Final = 30.0
"""Hours with which something can still be done."""


def attention_rows(app: Shell) -> list[Node]:
    """Everything that needs attention."""
    play = app.play
    assert play is not None
    makers: dict[str, Callable[[Shell, str], Item]] = {
        "moment": _moment,
        "incident": _incident,
        "request": _request,
        "talk": _talk,
        "condition": _condition,
        "promise": _promise,
    }
    rows: list[Node] = []
    for number, name in enumerate(casework.waiting_items(play), 1):
        kind, _, what = name.partition(".")
        item = makers[kind](app, what)
        item.name, item.shortcut = name, str(number) if number < 10 else ""
        rows.append(item)
    rows += [*_tenders(app), *_endings(app)]
    if not rows:
        rows.append(Text(text="Nothing waits for an answer. The hours are yours to spend."))
    if play.cast.over(play.quarter + 1):
        rows.append(Text(text=f"This is the last quarter. {ENDS_FIRST}", style="warn"))
    return rows


def _play(app: Shell) -> Play:
    assert app.play is not None
    return app.play


def _moment(app: Shell, name: str) -> Item:
    play = _play(app)
    person = play.cast.moments[name].person
    who = face(play.cast, person, stance(play, person))
    return Item(
        title=f"{play.cast.person(person)} asks, now",
        text=moment_place(play.cast, name),
        note=letters.TWO_MINUTES,
        face=brush(who),
        draws=who,
        tone="warn",
        act=partial(app.open, "moment", moment=name),
    )


def _incident(app: Shell, account: str) -> Item:
    play = _play(app)
    name, _ = incident_words(play.cast, account, play.incidents()[account])
    return Item(
        title=f"{play.cast.account(account)}: {name}",
        text="Put it right this quarter, or they will remember",
        note="10 to 40 h",
        icon="warn",
        tone="warn",
        act=partial(app.open, "incident", account=account),
    )


def _request(app: Shell, name: str) -> Item:
    play, cast = _play(app), _play(app).cast
    request = cast.requests[name]
    who = face(cast, request.person, stance(play, request.person))
    due = waiting.due_text(cast, request.due, play.quarter)
    return Item(
        title=f"{cast.account(cast.home[name])}: {request.title}",
        text=f"{waiting.asks(cast, name)}, {due}",
        face=brush(who),
        draws=who,
        tone="warn" if request.due <= play.quarter else "",
        act=partial(app.open, "request", request=name),
    )


def _talk(app: Shell, name: str) -> Item:
    play, cast = _play(app), _play(app).cast
    talk = cast.talks[name]
    who = face(cast, talk.person, stance(play, talk.person))
    until = talks.until(cast, play.seen, name)
    return Item(
        title=f"{cast.account(cast.home[name])}: {talk.title}",
        text=f"{cast.person(talk.person)} sits at the table, {until}",
        note=talks.rounds_left(play.seen, name),
        face=brush(who),
        draws=who,
        tone="warn" if int(play.seen.talk_due[play.seen.params.talks.index(name), 0]) <= play.quarter else "",
        act=partial(app.open, "talk", talk=name),
    )


def _condition(app: Shell, what: str) -> Item:
    account, _, audience = what.partition(".")
    item = open_cases.lying(_play(app).seen, account, audience)
    assert item is not None
    return condition_item(app, item)


def _promise(app: Shell, what: str) -> Item:
    play = _play(app)
    account, _, audience = what.partition(".")
    data = next(d for d in casework.due(play) if (d["account"], d["audience"]) == (account, audience))
    return Item(
        title=letters.due_title(play.cast, data),
        text=f"{capital(letters.promise_text(play.cast, data))}.",
        note="10 h",
        icon="calendar",
        act=app.go_promises,
    )


def _tenders(app: Shell) -> list[Node]:
    play, cast, rows = _play(app), _play(app).cast, []
    for event in play.session.inbox:
        if event.kind == "tender":
            tender, by = event.data["tender"], int(event.data["quarter"])
            account = cast.home[tender]
            rows.append(
                Item(
                    name=f"tender.{tender}",
                    title=f"{cast.account(account)}, tender: {cast.tenders[tender].title}",
                    icon="flag",
                    text=capital(waiting.tender_text(cast, by, play.quarter)),
                    act=partial(app.go_account, account),
                )
            )
    return [*rows]


def _endings(app: Shell) -> list[Node]:
    play = _play(app)
    return [
        Item(
            name=f"ends.{account}",
            title=f"{play.cast.account(account)}: signed terms end with this quarter",
            icon="offer",
            text="Deliveries and commitments end with them. A new offer can follow.",
            act=partial(app.go_account, account),
        )
        for account in waiting.signed_ends(play.cast, play.seen)
    ]


def next_step(app: Shell) -> Button | None:
    """What comes first: whatever waits, then a customer as long as there are hours; None when it is time to end the
    quarter."""
    play, cast = _play(app), _play(app).cast
    for name in casework.waiting_items(play):
        kind, _, what = name.partition(".")
        account, _, audience = what.partition(".")
        if kind == "moment":
            person = cast.moments[what].person
            return _next(f"Answer {cast.person(person)}", partial(app.open, "moment", moment=what))
        if kind == "incident":
            return _next(f"Put it right at {cast.account(what)}", partial(app.open, "incident", account=what))
        if kind == "request":
            return _next(f"Answer {cast.account(cast.home[what])}", partial(app.open, "request", request=what))
        if kind == "talk":
            return _next(f"To the table with {cast.account(cast.home[what])}", partial(app.open, "talk", talk=what))
        if kind == "condition":
            whom = "our deal desk" if audience == "desk" else cast.account(account)
            return _next(f"Answer {whom}", partial(app.open, "letter", account=account, audience=audience))
    return _next("Go to a customer", app.go_account) if play.hours >= ENOUGH else None


def _next(label: str, act: Callable[[], None]) -> Button:
    return Button(name="next", label=label, act=act, kind="primary", shortcut="Enter")


def undone(app: Shell) -> list[str]:
    """What would stay undone if the quarter ended now, in sentences."""
    play, cast = _play(app), _play(app).cast
    matters = play.session.open_matters()
    lines = letters.unanswered(cast, play.seen)
    lines += [f"The incident at {cast.account(account)} has no answer." for account in matters.incidents]
    lines += [
        f"{cast.account(cast.home[n])} waits for an answer to “{cast.requests[n].title}”; it lapses."
        for n in matters.requests
    ]
    lines += [talks.unanswered(cast, name) for name in matters.talks]
    if cast.over(play.quarter + 1):
        lines.append(f"This is the last quarter. {ENDS_FIRST}")
    if matters.hours_left >= 10:
        lines.append(f"{matters.hours_left:.0f} hours are unused. They don't carry over.")
    return lines or ["Everything is answered, and the hours are spent."]
