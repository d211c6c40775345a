"""What a new quarter brings: news, successors, turns of initiatives, attacks, and what asks for an answer."""

from typing import Final

import numpy as np

from kamsim.engine.params import STATES, Params
from kamsim.engine.rivals import IDEAS, RECOVERS, STRIKE_PRICE
from kamsim.engine.service import GOOD, OWNERS
from kamsim.engine.world import World
from kamsim.game.events import fields as may_be
from kamsim.game.events.contact import ContactHeard, plan_words, routine, warnings
from kamsim.game.events.declared import Event
from kamsim.game.events.newcomers import newcomer
from kamsim.game.events.programme import of_programme_opening
from kamsim.game.events.team import of_team_opening
from kamsim.game.events.together import of_together
from kamsim.scenario.models import Scenario

SEVERITY_WORDS: Final = ((0.35, "minor"), (0.65, "serious"), (2.0, "severe"))
"""Below which severity an incident is called what."""
HALF_MENDED: Final = 0.5
"""Recovery from which an incident that was not put right well was put right in part."""


class NewsCame(Event, kind="news"):
    """A news item of the scenario."""

    id: may_be.News


class InitiativeTurned(Event, kind="turned"):
    """A scripted turn, public."""

    initiative: may_be.Initiative
    to: may_be.State


class PersonLeft(Event, kind="left"):
    """``before`` left; ``name``, the post's holder by this number, took over."""

    person: may_be.Person
    holder: may_be.Count
    name: may_be.Text
    before: may_be.Text
    introduced: bool | None = None
    """True where the successor was introduced to us."""


class PriceRequested(Event, kind="requested"):
    """A price request."""

    request: may_be.Request
    due: may_be.Coming


class IncidentHappened(Event, kind="failed"):
    """An incident that needs an answer now."""

    account: may_be.Account
    incident: may_be.Incident
    severity_word: may_be.Severity


class TenderCalled(Event, kind="tender"):
    """A tender is announced, and again when it is due."""

    tender: may_be.Tender
    quarter: may_be.Coming


class AttackStruck(Event, kind="struck"):
    """A planned attack hit."""

    account: may_be.Account
    rival: may_be.Rival
    quarter: may_be.Quarter
    habit: may_be.Habit | None = None
    """With what."""
    idea: may_be.Plan | None = None
    """For which initiative; '' for none."""


class IncidentMended(Event, kind="mended"):
    """How what was done about an incident was taken, a quarter later."""

    account: may_be.Account
    incident: may_be.Incident
    owner: may_be.Owner
    how: may_be.Mending


class RivalFollowed(Event, kind="followed", audience="debrief"):
    """A rival followed a visible cut."""

    account: may_be.Account
    rival: may_be.Rival


def holder_name(scenario: Scenario, seed: int, person: str, holder: int) -> str:
    """Who holds a person's post: the authored name for holder 0, else a card of the shuffled deck of newcomers."""
    people = [somebody for account in scenario.accounts for somebody in account.people]
    row = next(place for place, somebody in enumerate(people) if somebody.id == person)
    if holder <= 0:
        return people[row].name
    return newcomer(scenario, seed, (holder - 1) * len(people) + row) or f"the new {people[row].role}"


def of_opening(scenario: Scenario, params: Params, seed: int, before: World, after: World) -> tuple[Event, ...]:
    """What is new as a quarter opens: ``before`` is the world as the quarter before was played, or the first day."""
    quarter = after.quarter
    events: list[Event] = [NewsCame(id=item.id) for item in scenario.news if item.quarter == quarter]
    for row in np.flatnonzero(after.people.holder[:, 0] > before.people.holder[:, 0]):
        person, holder = params.people[row], int(after.people.holder[row, 0])
        old, new = (holder_name(scenario, seed, person, number) for number in (holder - 1, holder))
        introduced = True if before.people.handed[row, 0] else None
        events.append(PersonLeft(person=person, holder=holder, before=old, name=new, introduced=introduced))
    events += of_programme_opening(params, before, after)
    events += of_team_opening(scenario, params, seed, before, after)
    events += _turns(params, before, after)
    events += _rivals(params, before, after)
    events += _mended(scenario, params, before)
    events += _demands(scenario, params, before, after)
    events += of_together(params, before, after)
    heard = routine(params, before, after)
    if heard:
        events.append(ContactHeard(learned=heard))
    return (*events, *warnings(params, before, after))


def _turns(params: Params, before: World, after: World) -> list[InitiativeTurned]:
    state = after.initiatives.state[:, 0]
    to = after.truth.turn_to[after.quarter]
    changed = (state != before.initiatives.state[:, 0]) & (state == to)
    return [
        InitiativeTurned(initiative=params.initiatives[row], to=STATES[int(state[row])])
        for row in np.flatnonzero(changed)
    ]


def _rivals(params: Params, before: World, after: World) -> list[Event]:
    events: list[Event] = []
    struck = before.relations.attack[:, 0] == after.quarter
    for row in np.flatnonzero(struck):
        rival = int(before.relations.attacker[row, 0])
        account = params.accounts[row]
        plan = int(before.relations.attack_kind[row, 0]), int(before.relations.attack_idea[row, 0])
        habit, idea = plan_words(params, *plan)
        name, now = params.rivals[rival], after.quarter
        events.append(AttackStruck(account=account, rival=name, quarter=now, habit=habit, idea=idea))
    for rival, name in enumerate(params.rivals):
        blow = struck & (before.relations.attacker[:, 0] == rival) & (before.relations.attack_kind[:, 0] != IDEAS)
        rested = before.market.rival_price[rival, :, 0] * (1.0 - RECOVERS) - STRIKE_PRICE * blow[params.cell_account]
        lower = after.market.rival_price[rival, :, 0] < rested - 1e-9
        rows = sorted(set(params.cell_account[lower].tolist()))
        events += [RivalFollowed(account=params.accounts[row], rival=name) for row in rows]
    return events


def _mended(scenario: Scenario, params: Params, before: World) -> list[IncidentMended]:
    """How what was done about last quarter's incidents was taken."""
    events, dealings = [], before.dealings
    for row in np.flatnonzero((dealings.incident[:, 0] > 0) & (dealings.recovery[:, 0] > 0)):
        recovery = float(dealings.recovery[row, 0])
        how = "well" if recovery > GOOD else "partly" if recovery > HALF_MENDED else "badly"
        name = incident_name(scenario, params, int(dealings.incident[row, 0]))
        owner = OWNERS[int(dealings.owner[row, 0])]
        events.append(IncidentMended(account=params.accounts[row], incident=name, owner=owner, how=how))
    return events


def _demands(scenario: Scenario, params: Params, before: World, after: World) -> list[Event]:
    """What asks for an answer: requests, incidents, tenders."""
    events: list[Event] = []
    for row in np.flatnonzero((after.dealings.request[:, 0] == 1) & (before.dealings.request[:, 0] == 0)):
        events.append(PriceRequested(request=params.requests[row], due=int(after.calendar.request_due[row, 0])))
    for row in np.flatnonzero(after.dealings.incident[:, 0] > 0):
        name = incident_name(scenario, params, int(after.dealings.incident[row, 0]))
        severity = float(after.dealings.severity[row, 0])
        word = next(word for limit, word in SEVERITY_WORDS if severity < limit)
        events.append(IncidentHappened(account=params.accounts[row], incident=name, severity_word=word))
    for name, decided in zip(params.tenders, after.truth.tender_quarter.tolist(), strict=True):
        if after.quarter in (decided - 1, decided):
            events.append(TenderCalled(tender=name, quarter=decided))
    return events


def incident_name(scenario: Scenario, params: Params, code: int) -> str:
    """The id of an authored incident or of a kind, from the code that ``Seen.incident`` holds (1 or more)."""
    authored = len(params.incidents)
    return params.incidents[code - 1] if code <= authored else scenario.incident_kinds[code - 1 - authored].id
