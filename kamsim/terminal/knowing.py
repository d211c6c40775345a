"""Knowing a customer: the radar of signals, the timeline of its initiatives, and the moves that rest on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kamsim.terminal.talk import Choice
from kamsim.view.timeline import Track, heard_of, last_seen, learn_more, push_line, signals, tracks
from kamsim.view.words.knowing import INSIGHT_WORDS, linkable, linked_to
from kamsim.view.words.names import age, capital, counted, listed

if TYPE_CHECKING:
    from kamsim.terminal.table import TextTable

MOST_SIGNALS = 14
"""Lines of the radar that are told."""
SHORT_STATES = {
    "": ".", "announced": "ann", "funded": "fund", "executing": "run", "accelerated": "FAST", "delayed": "late",
    "undermined": "weak", "completed": "done", "cancelled": "dead",
}  # fmt: skip
"""A state in a column of the timeline."""


def radar(table: TextTable) -> None:
    """Every signal, the newest first; then news that may be linked to somebody."""
    talk, cast = table.talk, table.cast
    talk.part("Radar: what moves, as far as you heard. Two quarters old is faded.")
    found = signals(cast, table.seen, table.session.events)
    if not found:
        talk.say("Nothing yet. Meet people, read up on customers, and come back.", 2)
        return
    for signal in found[:MOST_SIGNALS]:
        whose = f"{cast.account(signal.account)}. " if signal.account else "News. "
        old = "FADED. " if signal.faded else ""
        when = age(table.quarter, table.quarter - signal.age)
        talk.say(f"{old}{whose}{capital(signal.text)} ({when}; {signal.source}). {signal.means}".strip(), 2, 2)
    if len(found) > MOST_SIGNALS:
        talk.say(f"And {counted(len(found) - MOST_SIGNALS, 'older signal')}; the notes have them.", 2)
    names = linkable(cast, table.seen)
    if not names:
        return
    hours = table.takes("link_news", news=names[0], account=table.accounts[0])
    talk.part(f"Link news to an account? It takes {hours:.0f} hours.")
    tried = {name: linked_to(cast, table.seen, name) for name in names}
    news = talk.choose(
        [
            Choice(f"{cast.news[name].title}{f' (asked for {tried[name]})' if tried[name] else ''}", name, (name,))
            for name in names
        ]
    )
    if news is None:
        return
    talk.part("To whom?")
    account = talk.choose([Choice(cast.account(name), name, (name,)) for name in table.accounts])
    if account is not None:
        table.act("link_news", news=news, account=account)


def timeline(table: TextTable, account: str = "") -> None:
    """How the initiatives of an account, or of all, went as far as the player heard."""
    talk, cast = table.talk, table.cast
    talk.part("Timeline. Capitals and letters where you saw it, brackets where you only believe it went on.")
    told = False
    for name in table.accounts:
        if account not in ("", name):
            continue
        for track in tracks(cast, table.seen, table.session.events, name):
            told = True
            _track(table, name, track)
    if not told:
        talk.say("You have heard of no initiative there. Ask about results, or read up on them.", 2)


def _track(table: TextTable, account: str, track: Track) -> None:
    talk, cast, quarter = table.talk, table.cast, table.quarter
    talk.say(f"{cast.account(account)}, {cast.initiatives[track.initiative].name}", 2)
    cells = []
    for when in range(1, quarter + 1):
        state, seen = track.at(when)
        word = SHORT_STATES[state]
        cells.append(word if seen or not state else f"({word})")
    talk.say(f"{cast.quarter(1)} to {cast.quarter(quarter)}: {' '.join(cells)}", 4, 2)
    talk.say(last_seen(table.seen, track), 4, 2)
    for push in track.pushes:
        talk.say(push_line(cast, push, quarter), 4, 2)
    helps = [f"{what} in {cast.quarter(when)}" for when, what in track.helps.items()]
    if helps:
        talk.say(f"From us: {listed(helps)}.", 4, 2)
    talk.say(learn_more(cast, table.seen, track), 4, 2)


def build_insight(table: TextTable, account: str) -> bool:
    """Choose an initiative and what kind of insight."""
    option = _choose(table, "build_insight", account, "initiative", "On which initiative?")
    if option is None:
        return False
    table.talk.part(
        "What do you build? It speaks of the state that you last saw. If that has changed, it falls flat: ask about "
        "results first where you have not heard this quarter."
    )
    forms = []
    for name, text in INSIGHT_WORDS.items():
        hours = table.takes("build_insight", initiative=option, form=name)
        forms.append(Choice(f"{capital(text)} ({hours:.0f} hours)", name, (name,)))
    form = table.talk.choose(forms)
    return form is not None and table.act("build_insight", initiative=option, form=form)


def bring_insight(table: TextTable, account: str) -> bool:
    """Choose an insight and who hears it."""
    initiative = _choose(table, "bring_insight", account, "initiative", "Which insight?")
    if initiative is None:
        return False
    table.talk.part("Who hears it?")
    people = [Choice(table.cast.post(item.id), item.id, (item.id,)) for item in table.cast.accounts[account].people]
    person = table.talk.choose(people)
    return person is not None and table.act("bring_insight", person=person, initiative=initiative)


def back_initiative(table: TextTable, account: str) -> bool:
    """Choose a force that is known, and put our people on it."""
    talk, cast = table.talk, table.cast
    options = [item for item in table.options("back_initiative", account) if heard_of(table.seen, item.args["force"])]
    if not options:
        talk.say("You have heard of nothing that pushes their initiatives. Ask people there what could go wrong.")
        return False
    hours = table.takes("back_initiative", **options[0].args)
    talk.part(f"On what? It takes {hours:.0f} hours, and is wasted where it is over.")
    choices = []
    for item in options:
        refused = " (not now)" if table.refused("back_initiative", item) else ""
        initiative = cast.initiatives[item.args["initiative"]].name
        label = f"{initiative}: {cast.forces[item.args['force']].name}{refused}"
        choices.append(Choice(label, item.args["force"], (item.args["force"],)))
    force = talk.choose(choices)
    return force is not None and table.act("back_initiative", initiative=cast.pushes[force], force=force)


def _choose(table: TextTable, kind: str, account: str, field: str, question: str) -> str | None:
    """One of the initiatives that the player has heard of; says why not where there is none."""
    talk, cast = table.talk, table.cast
    known = {track.initiative: track for track in tracks(cast, table.seen, table.session.events, account)}
    options = [item for item in table.options(kind, account) if item.args[field] in known]
    allowed = list(dict.fromkeys(item.args[field] for item in options if not table.refused(kind, item)))
    if not allowed:
        nothing = "You have heard of no initiative there. Ask about results, or read up on them."
        talk.say(table.first_refusal(kind, options) or nothing)
        return None
    talk.part(question)
    said = {name: last_seen(table.seen, known[name]) for name in allowed}
    return talk.choose([Choice(f"{cast.initiatives[name].name}. {said[name]}", name, (name,)) for name in allowed])
