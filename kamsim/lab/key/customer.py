"""One customer as it is: its nature, who wants what and moves whom, what it has under way, what it buys for that, and
what it asks."""

from __future__ import annotations

from typing import Final

import numpy as np

from kamsim.engine.judgement import WEIGHTS
from kamsim.engine.levers import LEVERS
from kamsim.engine.params import CRITERIA, STATES, force_names, reader_column
from kamsim.engine.terms import ISSUES
from kamsim.lab.key.blocks import Block, Chapter, Grid, Head, Named, Said
from kamsim.lab.key.drawn import also, answered, needs, span
from kamsim.scenario.customer import Account, Initiative, Opportunity, Person, Request
from kamsim.scenario.opportunities import opportunities_of
from kamsim.scenario.talks import Talk
from kamsim.view.words.letters import CRITERION_WORDS
from kamsim.view.words.levers import WORDS
from kamsim.view.words.names import (
    KIND_WORDS,
    MEASURE_WORDS,
    MINUS,
    STATE_WORDS,
    Cast,
    counted,
    listed,
    percent,
)

MOST_LEVERS: Final = 3
"""What serves a measure best is told, and not all that does."""
SIGNS: Final = 2
ISSUE_WORDS: Final = {
    "price": "six points off",
    "commitment": "fifteen points of their wallet",
    "length": "twelve quarters",
    "service": "first place in our plan",
    "days": "ninety days to pay",
    "exclusive": "one line from us alone",
    "data": "their plan data",
    "help": "thirty hours of ours a quarter",
}
"""By issue: its best level."""


def chapter(cast: Cast, account: Account) -> Chapter:
    """Everything about one customer."""
    blocks: list[Block] = [Said(account.brief, "under"), _nature(account), *_business(cast, account)]
    blocks += [Head("Who wants what, and who moves whom"), _people(account)]
    for initiative in account.initiatives:
        blocks += _initiative(cast, account, initiative)
    blocks += _asks(cast, account)
    return Chapter(f"at-{account.id}", account.name, tuple(blocks))


def _nature(account: Account) -> Named:
    """Hidden traits with what they mean."""
    traits = account.traits
    weights = sorted(account.importance.model_dump().items(), key=lambda item: -item[1])[:2]
    return Named(
        (
            ("Trust on the first day", f"{account.trust:g} of 1{'; below one half' if account.trust < 0.5 else ''}"),
            ("How much price counts", f"{traits.price_sensitivity:g} (2.5 is calm, 5 is keen)"),
            ("Works with suppliers", f"{traits.collaboration:g} of 1"),
            ("Looks ahead", f"{traits.orientation:g} of 1{_leaks(traits.orientation)}"),
            ("People leave", f"{percent(traits.turnover, 1)} a quarter each"),
            ("Beside price it looks at", listed([f"{name} ({weight:g})" for name, weight in weights])),
            ("Its finance people ask of an investment", f"{percent(account.hurdle)} a year"),
        )
    )


def _leaks(orientation: float) -> str:
    return "; it shows rivals what it learns from us" if orientation < 0.6 else ""


def _business(cast: Cast, account: Account) -> list[Block]:
    rows = []
    for item in account.business:
        line = cast.lines[item.line]
        kept = (1 - item.discount) * (1 - item.rebate)
        bought = cast.money(100 * item.wallet * line.list_price)
        rows.append(
            (
                f"{line.name}{f', {item.region}' if item.region else ''}",
                f"{bought} a quarter at list",
                percent(item.share),
                percent(1 - kept, 1),
                percent(1 - line.unit_cost / (line.list_price * kept), 0),
                item.contract,
            )
        )
    heads = ("Line", "They buy", "Our share", "Off list", "Pocket margin", "Contract")
    return [Grid("What it buys, on the first day", heads, tuple(rows))]


def _people(account: Account) -> Grid:
    heads = (
        "Who",
        "Judged on",
        "What serves that",
        "A case must have",
        "Say in re-orders",
        "in what is new",
        "Moves",
        "",
    )
    return Grid("The buying centre", heads, tuple(_person(account, person) for person in account.people))


def _person(account: Account, person: Person) -> tuple[str, ...]:
    all_power = sum(one.power for one in account.people) or 1.0
    new = [one.power if one.power_new is None else one.power_new for one in account.people]
    own = person.power if person.power_new is None else person.power_new
    moved = [one.name for one in account.people if person.id in one.listens]
    notes = [*(["can veto"] if person.veto else []), f"stance {signed(person.stance)}"]
    notes += [f"tie {person.tie:g}"]
    return (
        f"{person.name}, {person.role}",
        f"{MEASURE_WORDS[person.measure]}: {person.measure_text}",
        listed(serving(person.measure, account)),
        listed(asked_for(person)),
        percent(person.power / all_power),
        percent(own / (sum(new) or 1.0)),
        listed(moved) or "nobody",
        ", ".join(notes),
    )


def signed(value: float) -> str:
    """A number with its sign."""
    return f"{value:+g}".replace("-", MINUS)


def serving(measure: str, account: Account) -> list[str]:
    """Levers of a case that are worth most by a measure to a customer, the best first."""
    found = sorted(
        (
            (lever.worth[measure], name)
            for name, lever in LEVERS.items()
            if lever.worth.get(measure, 0.0) > 0.0 and (account.bespoke or not lever.one_off)
        ),
        reverse=True,
    )
    return [_lever(name, worth, account) for worth, name in found[:MOST_LEVERS]]


def _lever(name: str, worth: float, account: Account) -> str:
    """A lever by its label, with what it is worth a year at full swing as a share of purchases; a price is worth what
    it is."""
    made = account.bespoke.name if account.bespoke and LEVERS[name].one_off else ""
    label = made or WORDS[name].label
    return label if LEVERS[name].money else f"{label} ({percent(worth, 1)})"


def asked_for(person: Person) -> list[str]:
    """The criteria that weigh most for this reader of cases."""
    column = WEIGHTS[:, reader_column(person)]
    order = np.argsort(-column, kind="stable")[:MOST_LEVERS]
    return [CRITERION_WORDS[CRITERIA[int(row)]] for row in order]


def _initiative(cast: Cast, account: Account, initiative: Initiative) -> list[Block]:
    owner = cast.people[initiative.owner]
    known = "its state stands in the predecessor's notes" if initiative.known else "the notes do not tell its state"
    demand = [f"{cast.line(line)} {percent(change, plus=True)}" for line, change in initiative.demand.items()]
    blocks: list[Block] = [
        Head(f"{initiative.name}, their {KIND_WORDS[initiative.kind]}"),
        Said(
            f"{initiative.summary} {owner.name} owns it. On the first day it is {STATE_WORDS[initiative.state]}; "
            f"{known}." + (f" At full swing they buy otherwise: {listed(demand)}." if demand else "")
        ),
        Grid(
            "When it changes", ("When", "What", "How surely", "How it can be heard"), tuple(_changes(cast, initiative))
        ),
    ]
    if cast.scenario.opportunities != "none":
        rows = tuple(_purchase(cast, initiative, item) for item in opportunities_of(account, initiative))
        heads = (
            "What is bought",
            "Who decides",
            "Of which line",
            "It arises",
            "Decided after",
            "Runs",
            "What may come over it",
        )
        blocks.append(Grid("What it brings to be bought", heads, rows))
    return blocks


def _changes(cast: Cast, initiative: Initiative) -> list[tuple[str, ...]]:
    """Turns and forces in the order of their quarters."""
    found = [
        (
            turn.quarter,
            cast.quarter(turn.quarter),
            f"to {STATE_WORDS[turn.to]}",
            percent(turn.chance),
            "everybody reads it",
        )
        for turn in initiative.turns
        if turn.to in STATES
    ]
    for name, force in zip(force_names(initiative), initiative.forces, strict=True):
        way = "pushes it on" if force.strength > 0 else "holds it back"
        warned = [news.title for news in cast.scenario.news if name in news.warns or initiative.id in news.warns]
        heard = [f"asked what could go wrong: “{force.hint}”", *(f"the news “{title}”" for title in warned)]
        when = f"{cast.quarter(force.quarter)} to {cast.quarter(force.until)}"
        what = f"{force.name} {way} ({signed(force.strength)})"
        found.append((force.quarter, when, what, percent(force.chance), "; ".join(heard)))
    return [row[1:] for row in sorted(found)]


def _purchase(cast: Cast, initiative: Initiative, item: Opportunity) -> tuple[str, ...]:
    decider = cast.people[item.decider or initiative.owner].name
    low, high = item.share
    return (
        also(item.title, [way.title for way in item.ways]),
        decider,
        f"{cast.line(item.line)}, {percent(low)} to {percent(high)} of what they buy",
        f"{percent(item.chance)} a quarter while it is alive",
        f"{item.lead[0]:g} to {item.lead[1]:g} quarters",
        f"{item.runs[0]} to {item.runs[1]} quarters",
        listed(list(item.twists), "or") or "nothing",
    )


NEEDS: Final = (
    "To win a purchase: a bid in its window; a signed case that speaks to the initiative as it stands then (it weighs "
    "most, and loses half when the state changes); work on the initiative; whoever decides well known to us; "
    "promises that were kept. A discount in the bid adds little."
)
"""What every award hangs on (economics B28)."""


def _asks(cast: Cast, account: Account) -> list[Block]:
    blocks: list[Block] = []
    if account.requests:
        heads = ("Request", "When", "Answer by", "Asked by", "For", "Would take instead", "A no unsettles")
        rows = tuple(_request(cast, item) for item in account.requests)
        blocks += [Head("What it will ask"), Grid("Requests", heads, rows)]
    if account.tenders:
        tenders = tuple(
            (also(item.title, [way.title for way in item.ways]), cast.quarter(item.quarter),
             f"{item.units:,.0f} of {cast.line(item.line)}",
             f"{item.price_sensitivity:g} (5 to 9 is usual)")
            for item in account.tenders
        )  # fmt: skip
        blocks.append(Grid("Tenders", ("Tender", "Decided", "What", "How much price counts"), tenders))
    for talk in account.talks:
        blocks += _talk(cast, talk)
    if account.attacks:
        attacks = tuple((cast.rival(item.rival), cast.quarter(item.quarter), item.hint) for item in account.attacks)
        blocks.append(Grid("Attacks", ("Rival", "Strikes", "Heard a quarter before"), attacks))
    if account.incidents:
        failures = tuple(
            (also(item.name, [way.name for way in item.ways]), span(cast, item.quarter, item.spread),
             f"{item.severity:g} of 1", percent(item.chance))
            for item in account.incidents
        )  # fmt: skip
        blocks.append(Grid("Failures of ours", ("What", "When", "How severe", "How surely"), failures))
    return blocks


def _request(cast: Cast, item: Request) -> tuple[str, ...]:
    ask = (
        "one price in every region"
        if item.kind == "global_price"
        else f"{percent(item.ask, 1)} more off {cast.line(item.line)}"
    )
    return (
        also(item.title, [way.title for way in item.ways]),
        span(cast, item.quarter, item.spread),
        answered(cast, item.quarter, item.due, item.spread),
        cast.people[item.person].name,
        ask,
        needs(item),
        f"{item.firmness:g} of 1",
    )


def _talk(cast: Cast, talk: Talk) -> list[Block]:
    """What a negotiation is worth to them, issue by issue, and where both gain."""
    values = talk.values.model_dump()
    rows = tuple((ISSUE_WORDS[name], percent(values[name], SIGNS, plus=True)) for name in ISSUES)
    best = sorted((name for name in ISSUES if values[name] > 0), key=lambda name: -values[name])[:MOST_LEVERS]
    told = listed([ISSUE_WORDS[name] for name in best])
    begins, ends = span(cast, talk.quarter, talk.spread), answered(cast, talk.quarter, talk.due, talk.spread)
    return [
        Head(f"At the table: {also(talk.title, [way.title for way in talk.ways])}"),
        Said(
            f"{cast.people[talk.person].name} leads it. It begins in {begins}; answer by: {ends}. Their best "
            f"other offer is worth {percent(talk.walk_away, 1)} of a year's purchases; at first they want "
            f"{percent(talk.aspiration)} of all that the table could give them beyond it, a tenth less with each "
            f"concession given for one. They gain most by {told}."
        ),
        Grid(
            "What each is worth to them at its best level, as a share of a year's purchases", ("Issue", "Worth"), rows
        ),
    ]


def count_of(account: Account) -> str:
    """How much there is of a customer, in a line."""
    return f"{counted(len(account.people), 'person', 'people')}, {counted(len(account.initiatives), 'initiative')}"
