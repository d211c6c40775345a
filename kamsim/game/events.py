"""What happened, as plain data: the only thing that a session tells the faces, the log and the debrief.

Names, never positions; money in whole cents. An event for the player holds nothing that was not public or
learned; what only a debrief may know has the audience ``debrief``. Kinds and their data:

    moved      move, args, result, hours, learned: [fact...]      a move was made
    heard      learned: [fact...]                                 what standing contact brought as the quarter opened
    news       id                                                 a scenario's news item
    turned     initiative, to                                     a scripted turn, public
    left       person, holder, name, before, [introduced]         ``before`` left; ``name`` took over, introduced to us
    requested  request, due                                       a price request
    failed     account, incident, severity_word                   an incident that needs an answer now
    tender     tender, quarter                                    announced, and again when it is due
    warned     account, rival, quarter, habit, idea               the player learned of a planned attack: with what, and
                                                                  for which initiative ('' for none)
    struck     account, rival, quarter, habit, idea               a planned attack hit
    mended     account, incident, owner, how                      a quarter later: well, partly or badly put right
    followed   account, rival                                     (debrief) a rival followed a visible cut
    answered   account, answer, offer                             accepted, rejected or delayed, at close
    lapsed     request                                            nobody answered it
    neglected  account, incident                                  nobody put it right by the close
    tendered   tender, share_before, share, won                   a tender was decided
    guessed    guess, value                                       the player's own guess
    closed     quarter, accounts, total, unallocated, unused, programme, company      the books as the company has them
    truth      quarter, accounts                                  (debrief) the books as they are
    why        account, before, after, parts, seen                why an account's profit moved, cents by cause; in
               ``seen`` the state of each initiative there that was known to live, as last seen
    revealed   year, by_sales, by_profit, guess                   sales rank beside profit rank
    reviewed   year, profit, last_year, range, range_quarter, range_profit
    moment     moment                                             an executive asks on the spot
    moment_turned, moment_objected, moment_ended                  twist; criterion; phase: won, held, lost, passed
    case_answered  account, audience, outcome, gate, condition, speaker, criteria, noticed, page
    case_judged    account, audience, scores, criteria, loss      (debrief) what each reader made of it, 0..100
    case_lapsed    account, audience                              nobody took up the condition
    signed     account, audience, metric, value, low, high, signed, due      a promise is locked
    promise_due, promise_forgotten  the same                      it can be measured now; nobody did
    measured   the same, actual, kept, inside, claims, claims_inside, split  what it came to, and why
    talk       talk, due                                          a customer asks us to the table
    table      talk, round, status, pushed, gift, gifts, traded, took_back, page     what they said to a proposal:
               ``pushed`` the issue that they named; ``gift``: it gave more and asked for nothing, ``gifts`` so far
    table_judged   talk, round, ours, theirs, best, captured, own, bar   (debrief) cents a year; the part of the best
               for both that it takes up, and the part of that which is ours; ``bar``: what they would have taken
    talk_lapsed    talk, begun                                    nobody came, or it was begun and not finished
    finished   score, banked, left, value, typical, lead, discounter, empty_chair, you, log

A *fact* is {fact, kind, about, account, value}, one about an issue of a talk is about "talk.issue"; for kinds whose
value stands for a name ``label`` (to whom somebody listens: ``names``), and where the player knew it before ``was``
(the value then) and ``was_at`` (the quarter in which it was seen).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np

from kamsim.engine import knowledge
from kamsim.engine.influence import heard_rows
from kamsim.engine.initiatives import ACTS
from kamsim.engine.luck import Luck, entity_keys
from kamsim.engine.moves import Outcome, Result
from kamsim.engine.params import (
    HABITS,
    MEASURES,
    STATES,
    TRADES,
    Params,
)
from kamsim.engine.rivals import IDEAS, RECOVERS, STRIKE_PRICE
from kamsim.engine.service import GOOD, OWNERS
from kamsim.engine.world import World
from kamsim.scenario.models import Scenario

Audience = Literal["player", "debrief"]
SEVERITY_WORDS: Final = ((0.35, "minor"), (0.65, "serious"), (2.0, "severe"))
"""Below which severity an incident is called what."""
HALF_MENDED: Final = 0.5
"""Recovery from which an incident that was not put right well was put right in part."""


@dataclass(frozen=True)
class Event:
    """One thing that happened. ``data`` is plain JSON data, listed by kind in this module's docstring."""

    kind: str
    audience: Audience
    data: dict[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """The event as a log line holds it."""
        return {"kind": self.kind, "audience": self.audience, "data": self.data}


def told(kind: str, **data: Any) -> Event:
    """An event for the player."""
    return Event(kind, "player", data)


def kept(kind: str, **data: Any) -> Event:
    """An event that only a debrief may know."""
    return Event(kind, "debrief", data)


def holder_name(scenario: Scenario, seed: int, person: str, holder: int) -> str:
    """Who holds a person's post: the authored name for holder 0, else a card of the shuffled deck of newcomers."""
    people = [somebody for account in scenario.accounts for somebody in account.people]
    row = next(place for place, somebody in enumerate(people) if somebody.id == person)
    if holder <= 0:
        return people[row].name
    deck = scenario.newcomers
    if not deck:
        return f"the new {people[row].role}"
    draws = Luck([seed]).uniform("successor", 0, entity_keys(deck))[:, 0]
    card = ((holder - 1) * len(people) + row) % len(deck)
    return deck[int(np.argsort(draws, kind="stable")[card])]


def fact_data(params: Params, place: int, before: World, after: World) -> dict[str, Any]:
    """One fact as an event tells it, with what was known of it before."""
    value = float(after.knowledge.value[place, 0])
    fact = params.facts[place]
    about = fact.name.rsplit(".", 1)[0]
    account = params.accounts[fact.account]
    data: dict[str, Any] = {"fact": fact.name, "kind": fact.kind, "about": about, "account": account, "value": value}
    if fact.kind == "state":
        data["label"] = STATES[int(value)]
    elif fact.kind == "measure":
        data["label"] = MEASURES[int(value)]
    elif fact.kind == "acts":
        data["label"] = ACTS[int(value)]
    elif fact.kind == "interest":
        data["label"] = TRADES[int(value)] if value >= 0 else "none"
    elif fact.kind == "listens":
        data["names"] = [params.people[row] for row in heard_rows(params, fact.row, value)]
    if before.knowledge.seen_at[place, 0] >= 0:
        data["was"] = float(before.knowledge.value[place, 0])
        data["was_at"] = int(before.knowledge.seen_at[place, 0])
    return data


def of_move(
    params: Params, before: World, after: World, *, kind: str, args: dict[str, Any], outcome: Outcome
) -> tuple[Event, ...]:
    """The events of one move that was made: ``moved``, and ``warned`` where it told of an attack not known before."""
    learned = [
        fact_data(params, place, before, after)
        for place, heard in zip(outcome.facts, outcome.learned[:, 0], strict=True)
        if heard
    ]
    result = Result(int(outcome.result[0])).name.lower()
    moved = told("moved", move=kind, args=args, result=result, hours=float(outcome.hours[0]), learned=learned)
    return (moved, *_warnings(params, before, after))


def of_opening(scenario: Scenario, params: Params, seed: int, before: World, after: World) -> tuple[Event, ...]:
    """What is new as a quarter opens: ``before`` is the world as the quarter before was played, or the first day."""
    quarter = after.quarter
    events = [told("news", id=item.id) for item in scenario.news if item.quarter == quarter]
    for row in np.flatnonzero(after.people.holder[:, 0] > before.people.holder[:, 0]):
        person, holder = params.people[row], int(after.people.holder[row, 0])
        names = {"before": holder_name(scenario, seed, person, holder - 1)}
        names["name"] = holder_name(scenario, seed, person, holder)
        introduced = {"introduced": True} if before.people.handed[row, 0] else {}
        events.append(told("left", person=person, holder=holder, **names, **introduced))
    events += _turns(params, before, after)
    events += _rivals(params, before, after)
    events += _mended(scenario, params, before)
    events += _demands(scenario, params, before, after)
    heard = _routine(params, before, after)
    if heard:
        events.append(told("heard", learned=heard))
    return (*events, *_warnings(params, before, after))


def _turns(params: Params, before: World, after: World) -> list[Event]:
    state = after.initiatives.state[:, 0]
    to = after.truth.turn_to[after.quarter]
    changed = (state != before.initiatives.state[:, 0]) & (state == to)
    return [
        told("turned", initiative=params.initiatives[row], to=STATES[int(state[row])])
        for row in np.flatnonzero(changed)
    ]


def _rivals(params: Params, before: World, after: World) -> list[Event]:
    events = []
    struck = before.relations.attack[:, 0] == after.quarter
    for row in np.flatnonzero(struck):
        rival = int(before.relations.attacker[row, 0])
        account = params.accounts[row]
        plan = _plan(params, int(before.relations.attack_kind[row, 0]), int(before.relations.attack_idea[row, 0]))
        events.append(told("struck", account=account, rival=params.rivals[rival], quarter=after.quarter, **plan))
    for rival, name in enumerate(params.rivals):
        blow = struck & (before.relations.attacker[:, 0] == rival) & (before.relations.attack_kind[:, 0] != IDEAS)
        rested = before.market.rival_price[rival, :, 0] * (1.0 - RECOVERS) - STRIKE_PRICE * blow[params.cell_account]
        lower = after.market.rival_price[rival, :, 0] < rested - 1e-9
        rows = sorted(set(params.cell_account[lower].tolist()))
        events += [kept("followed", account=params.accounts[row], rival=name) for row in rows]
    return events


def _plan(params: Params, kind: int, idea: int) -> dict[str, str]:
    """With what a rival comes, and for which initiative."""
    return {"habit": HABITS[kind], "idea": params.initiatives[idea - 1] if idea > 0 else ""}


def _mended(scenario: Scenario, params: Params, before: World) -> list[Event]:
    """How what was done about last quarter's incidents was taken."""
    events, dealings = [], before.dealings
    for row in np.flatnonzero((dealings.incident[:, 0] > 0) & (dealings.recovery[:, 0] > 0)):
        recovery = float(dealings.recovery[row, 0])
        how = "well" if recovery > GOOD else "partly" if recovery > HALF_MENDED else "badly"
        name = incident_name(scenario, params, int(dealings.incident[row, 0]))
        owner = OWNERS[int(dealings.owner[row, 0])]
        events.append(told("mended", account=params.accounts[row], incident=name, owner=owner, how=how))
    return events


def _demands(scenario: Scenario, params: Params, before: World, after: World) -> list[Event]:
    """What asks for an answer: requests, incidents, tenders."""
    events = []
    for row in np.flatnonzero((after.dealings.request[:, 0] == 1) & (before.dealings.request[:, 0] == 0)):
        events.append(told("requested", request=params.requests[row], due=int(after.truth.request_due[row])))
    for row in np.flatnonzero(after.dealings.incident[:, 0] > 0):
        name = incident_name(scenario, params, int(after.dealings.incident[row, 0]))
        severity = float(after.dealings.severity[row, 0])
        word = next(word for limit, word in SEVERITY_WORDS if severity < limit)
        events.append(told("failed", account=params.accounts[row], incident=name, severity_word=word))
    for name, decided in zip(params.tenders, after.truth.tender_quarter.tolist(), strict=True):
        if after.quarter in (decided - 1, decided):
            events.append(told("tender", tender=name, quarter=decided))
    return events


def incident_name(scenario: Scenario, params: Params, code: int) -> str:
    """The id of an authored incident or of a kind, from the code that ``Seen.incident`` holds (1 or more)."""
    authored = len(params.incidents)
    return params.incidents[code - 1] if code <= authored else scenario.incident_kinds[code - 1 - authored].id


def _routine(params: Params, before: World, after: World) -> list[dict[str, Any]]:
    known = after.knowledge
    brought = (known.seen_at[:, 0] == after.quarter) & (known.source[:, 0] == knowledge.ROUTINE)
    places = [int(place) for place in np.flatnonzero(brought) if params.facts[place].kind not in knowledge.PLAN]
    return [fact_data(params, place, before, after) for place in places]


def _warnings(params: Params, before: World, after: World) -> tuple[Event, ...]:
    """Attacks that the player knows of now and did not know of before."""
    old, new = before.knowledge, after.knowledge
    events = []
    for account, place in enumerate(params.fact_blocks["attack"]):
        quarter = float(new.value[place, 0])
        if new.seen_at[place, 0] != after.quarter or quarter < after.quarter:
            continue
        if old.seen_at[place, 0] >= 0 and old.value[place, 0] == quarter:
            continue
        who, kind, idea = (int(new.value[params.fact_blocks[detail][account], 0]) for detail in knowledge.PLAN)
        plan = _plan(params, kind, idea)
        rival = params.rivals[who]
        events.append(told("warned", account=params.accounts[account], rival=rival, quarter=int(quarter), **plan))
    return tuple(events)
