"""Sight: the only way out of World. What a player may know, and nothing else.

`Seen` is made of read-only views of what is public or was found out, and of arrays computed from those. It
holds no reference to a World, a Truth or a Ledger; a test walks it. Its views follow the moves of the quarter in
which it was made; a new quarter needs a new one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from kamsim.engine import parts_team
from kamsim.engine.lanes import EVERYWHERE, Codes, Flags, Lanes, Where
from kamsim.engine.params import EXECUTIVE, Params
from kamsim.engine.sight_joint import SeenJoint, SeenPlans, look
from kamsim.engine.world import World
from kamsim.errors import IllegalMove

_Array = TypeVar("_Array", Lanes, Codes, Flags)


@dataclass(frozen=True, eq=False)
class Seen:
    """What the player sees this quarter, in every lane.

    Axes: A accounts, C cells (account, region, line), S people, Q requests, F facts, T tenders, P lines, D approvers,
    M moments, K initiatives, W news, N talks, O opportunities, L lanes; rows are in the order of ``params.accounts``,
    ``cells``, ``people``, ``requests``, ``facts``, ``tenders``, ``lines``, ``approvers``, ``moments``,
    ``initiatives``, ``news``, ``talks``, ``opportunities``. Cases and promises lie at places B: the accounts with their
    buying centres, then the accounts with our desk; G are the fields of a page, in the order of `page.FIELDS`. A last
    axis of 1 holds for all lanes. Money is in cents, discounts and rebates are shares of list price (0.05 is 5%),
    quarters count from 1. Figures of last quarter's books are zero before the first close.
    """

    params: Params
    """The scenario's public numbers and names, the same for all lanes."""
    quarter: int
    """The quarter being played, from 1."""
    lanes: int
    """How many lanes there are: L."""
    hours_left: Lanes
    """(L,) hours of the team that this quarter still has."""
    hours_spent: Lanes
    """(A, L) hours this quarter, rhythm included."""
    rhythm: Codes
    """(A, L) 0 light, 1 normal, 2 close."""
    expedited: Codes
    """(A, L) 1 if the account's orders go first this quarter, at rush cost."""
    discount: Lanes
    """(C, L) on invoice, as a share of list price."""
    rebate: Lanes
    """(C, L) yearly volume rebate, as a share of the invoice."""
    agreed: Lanes
    """(C, L) the discount that the customer holds us to."""
    days: Lanes
    """(A, L) days in which they pay."""
    committed: Lanes
    """(C, L) share of their wallet that they promised us, 0..1."""
    contract_until: Lanes
    """(A, L) last quarter of the signed Terms; 0 without any."""
    harmony: Codes
    """(A, L) what a headquarters' contract does to prices between its regions, index into `regions.HARMONIES`."""
    sales: Lanes
    """(A, L) pocket sales of last quarter, cents."""
    volume: Lanes
    """(C, L) units of last quarter."""
    margin: Lanes
    """(A, L) pocket margin of last quarter, cents."""
    cost_to_serve: Lanes
    """(A, L) cents of last quarter as booked, negative: an equal share of sales until the account was reviewed."""
    profit: Lanes
    """(A, L) account profit of last quarter as booked, cents."""
    reviewed: Flags
    """(A, L) whether the account's true cost to serve is booked."""
    utilisation: Lanes
    """(P, L) share of our own capacity in use last quarter; 1 is full."""
    fact: Lanes
    """(F, L) values as last seen, in the unit of their kind; look at ``seen_at`` first, or ask `known`."""
    seen_at: Codes
    """(F, L) quarter in which a fact was seen, -1 never."""
    changed_at: Codes
    """(F, L) quarter in which what we know of a fact last became something else; -1 never."""
    source: Codes
    """(F, L) how a fact was found out, index into `knowledge.SOURCES`; 0 while it is unknown."""
    request: Codes
    """(Q, L) index into `params.REQUEST_STATUS`; future ones look like any that never came."""
    request_ask: Lanes
    """(Q, L) discount asked on top of today's, as a share of list price; NaN before it is asked."""
    request_due: Lanes
    """(Q, L) quarter; NaN before it is asked."""
    request_global: Lanes
    """(Q, L) 1 where a headquarters asks for one price in all its regions; 0 for other requests and before it asks."""
    trade_refused: Codes
    """(Q, L) 1 once they turned a trade down; a request can be traded once."""
    incident: Codes
    """(A, L) 0 none, else 1 + its row among authored incidents and kinds."""
    recovery: Lanes
    """(A, L) how far this quarter's incident was put right, 0..1; 0 while nobody has answered it."""
    severity: Lanes
    """(A, L) how bad this quarter's incident is, 0..1; 0 without one."""
    offer: Codes
    """(A, L) 1 while our Terms lie with the buying centre."""
    answer: Codes
    """(A, L) their last answer, index into `params.ANSWERS`."""
    open_until: Lanes
    """(S, L) last quarter in which an executive receives us; the others always do."""
    shut_until: Lanes
    """(S, L) last quarter in which an executive will not be asked again."""
    holder: Codes
    """(S, L) 0 the person of the first day, 1 the first successor, ..."""
    met: Codes
    """(S, L) agendas taken up with this person this quarter, one bit each in the order of `moves.AGENDAS`; and one more
    once an insight was brought."""
    handed: Codes
    """(S, L) 1 where somebody who leaves introduces the successor to us."""
    tender_quarter: Lanes
    """(T, 1) quarter in which a tender is decided; NaN until it is announced, one quarter before."""
    insight: Flags
    """(A, L) whether this quarter's scan of the account has been done."""
    insight_built: Lanes
    """(K, L) quarter in which our insight on an initiative was built; 0 never."""
    insight_kind: Codes
    """(K, L) 0 none, 1 options, 2 a story."""
    insight_state: Codes
    """(K, L) the state that it takes the initiative to be in, index into `params.STATES`."""
    backed_until: Lanes
    """(K, L) last quarter at whose start our work against a named force still counts; 0 never."""
    linked: Codes
    """(W, A, L) 1 once a piece of news was held against an account."""
    recession: bool
    """Whether the economy is in one."""
    unit_cost: Lanes
    """(C, 1) what a unit costs us now, cents."""
    case_page: Lanes
    """(G, B, L) the last page for each audience."""
    case_stage: Codes
    """(B, L) index into `page.STAGES`."""
    case_presented: Lanes
    """(B, L) quarter in which it was presented; 0 never."""
    case_decides: Lanes
    """(B, L) quarter at whose close it is decided."""
    case_outcome: Codes
    """(B, L) last answer, index into `page.OUTCOMES`."""
    case_gate: Codes
    """(B, L) 1 + the gate that stopped it, 0 for none."""
    case_condition: Codes
    """(B, L) 1 + what a "yes, if" asks for, 0 for none."""
    granted_discount: Lanes
    """(A, L) points of list that the desk has granted beyond the ordinary authority."""
    granted_days: Lanes
    """(A, L) payment days that may be given at most; 0 for the ordinary authority."""
    level: Mapping[str, NDArray[Any]]
    """(A, L) by lever that keeps one, how far it is pulled: 0 or 1, hours, specialists; `in_force` has all."""
    until: Mapping[str, Lanes]
    """(A, L) by lever that has one of its own, its last quarter; 0 for none."""
    asked: Lanes
    """(A, L) concessions signed inside the desk's first band over a year, as a share of yearly sales."""
    desk: Lanes
    """(D, L) how each approver stands to us, -1..1."""
    credibility: Lanes
    """(A + 1, L) of our word with each customer, and last with our own company, 0..1."""
    promise: Codes
    """(B, L) index into `page.PROMISE_STATUS`."""
    promise_metric: Codes
    """(B, L) what was promised, index into `page.METRICS`."""
    promise_value: Lanes
    """(B, L) cents: a year for the customer's measures, a quarter for ours."""
    promise_low: Lanes
    """(B, L) lower end of the claimed range."""
    promise_high: Lanes
    """(B, L) upper end of the claimed range."""
    promise_due: Lanes
    """(B, L) quarter whose books tell."""
    promise_signed: Lanes
    """(B, L) quarter of the yes."""
    kept_at: Lanes
    """(B, L) quarter in which a promise was last found kept there; 0 never."""
    kept_metric: Codes
    """(B, L) what was promised then, index into `page.METRICS`."""
    pilot_at: Lanes
    """(B, L) quarter in which a promise signed as a pilot was last found kept; 0 never."""
    claims: Lanes
    """(L,) promises measured so far."""
    claims_inside: Lanes
    """(L,) of these, how many ended inside the claimed range."""
    moment: Codes
    """(M, L) index into `page.PHASES`; moments still to come look like any that never came."""
    talk: Codes
    """(N, L) of negotiations, in the order of ``params.talks``: index into `terms.TALK_STATUS`; future ones look like
    any that never came."""
    talk_due: Lanes
    """(N, L) last quarter in which it can be settled; NaN before it is asked."""
    talk_round: Codes
    """(N, L) proposals made, at most `terms.MOST_ROUNDS`."""
    talk_page: Lanes
    """(8, N, L) the last proposal, by `terms.ISSUES`: yes is 1, days and hours are as they are."""
    talk_pushed: Codes
    """(N, L) 1 + the issue that they named last, 0 for none."""
    exclusive_until: Lanes
    """(C, L) last quarter in which they buy that cell's line from us alone; 0 never."""
    data_until: Lanes
    """(A, L) last quarter in which they share their plan data; 0 never."""

    bid: Codes
    """(O, L) 1 where our bid lies for a purchase."""
    bid_off: Lanes
    """(O, L) points of list that it gives off, as a share."""
    bid_at: Lanes
    """(O, L) quarter in which it was laid; 0 never."""
    award: Codes
    """(O, L) what became of the last purchase there: 0 nothing yet, 1 won (most of its lots), 2 lost, 3 not decided."""
    award_at: Lanes
    """(O, L) quarter at whose close that was; 0 never."""
    award_winner: Codes
    """(O, L) 1 + the rival who has it, or the lots that are not ours; 0 for nobody."""
    award_part: Lanes
    """(O, L) part of its lots that is ours, 0..1."""
    award_reason: Codes
    """(O, L) what decided it, index into `terms.REASONS`."""
    award_units: Lanes
    """(O, L) units a quarter."""
    award_off: Lanes
    """(O, L) points of list that our bid gave off, as a share."""
    award_until: Lanes
    """(O, L) last quarter in which it is delivered."""
    award_arose: Lanes
    """(O, L) quarter in which its need had arisen."""
    award_window: Lanes
    """(O, L) quarter in which its decision had opened; 0 where it never did."""
    runs_units: Lanes
    """(O, L) units a quarter of what is being delivered there, whoever has it; see ``runs_until``."""
    runs_part: Lanes
    """(O, L) part of these that is ours."""
    runs_winner: Codes
    """(O, L) 1 + the rival who has the lots of it that are not ours; 0 for nobody."""
    tendered: Codes
    """(O, L) 1 where it has gone to tender, after a no of ours; told when offers begin to be compared."""
    runs_off: Lanes
    """(O, L) points of list that our bid gave off for them, as a share."""
    runs_until: Lanes
    """(O, L) last quarter of that delivery; 0 before anything was awarded there."""
    opened: Lanes
    """(C, L) quarter until which the next purchase of a line goes to tender, after a refusal; 0 for none."""
    written_for: Codes
    """(K, L) 1 + the state that what they signed for an initiative speaks of; 0 for nothing signed."""
    joint: SeenJoint
    """What is built together with customers."""
    plans: SeenPlans
    """Account plans."""
    team: Mapping[str, NDArray[Any]]
    """What is seen of colleagues and specialists, by the names of `parts_team.SHOWN`."""

    own: Mapping[str, NDArray[Any]]
    """(L,), or (A, L) of what is by account, by the names of `parts_own.Own`: support, information, the programme."""

    def in_force(self, lever: str, account: int, lanes: Where = EVERYWHERE) -> Lanes:
        """How far a lever of a case, one of `levers.KEPT`, is pulled at an account in some lanes (N,): 0 or 1, hours,
        specialists."""
        if lever in self.level:
            return np.asarray(self.level[lever][account][lanes].astype(np.float64))
        return np.asarray((self.until[lever][account][lanes] >= self.quarter).astype(np.float64))

    def may_meet(self, person: int) -> Flags:
        """Whether we may meet this person now (L,): executives only after they let us in."""
        if self.params.person_level[person] < EXECUTIVE:
            return np.ones(self.lanes, dtype=bool)
        welcome: Flags = self.open_until[person] >= self.quarter
        return welcome

    def out_of_reach(self, person: int) -> Flags:
        """Whether this executive cannot be asked for a meeting now (L,), after turning us down."""
        shut: Flags = self.shut_until[person] >= self.quarter
        return shut

    @property
    def door_open(self) -> Flags:
        """(S, L) whom we may meet now."""
        return np.array([self.may_meet(person) for person in range(len(self.params.people))])

    @property
    def door_shut(self) -> Flags:
        """(S, L) who cannot be asked now."""
        return np.array([self.out_of_reach(person) for person in range(len(self.params.people))])

    @property
    def handled(self) -> Flags:
        """(A, L) whether this quarter's incident was answered."""
        answered: Flags = self.recovery > 0.0
        return answered

    def known(self, kind: str, row: int) -> tuple[Lanes, Lanes]:
        """A fact as last seen: its value and its age in quarters (L,), both NaN where it is unknown.

        ``row``: the account, person, initiative or request that it is about; for ``worth``, what an issue is worth to a
        customer, 8 times the talk's row plus the issue's place in `terms.ISSUES`. Raises IllegalMove for no such fact.
        """
        blocks = self.params.fact_blocks
        try:
            place = blocks[kind][row]
        except KeyError:
            raise IllegalMove(f"there is no kind of fact {kind!r}; known are {', '.join(blocks)}") from None
        except (IndexError, TypeError):
            rows = f"its rows are 0 to {len(blocks[kind]) - 1}" if blocks[kind] else "it has no rows here"
            raise IllegalMove(f"there is no {kind} of row {row!r}; {rows}") from None
        seen_at = self.seen_at[place].astype(np.float64)
        unknown = seen_at < 0
        return np.where(unknown, np.nan, self.fact[place]), np.where(unknown, np.nan, self.quarter - seen_at)


def _view(array: _Array) -> _Array:
    view = array.view()
    view.flags.writeable = False
    return view


def observe(world: World, params: Params) -> Seen:
    """What the player sees of the worlds as they now stand. Its views follow all moves, so that who looks again sees
    the same until a close has put other arrays there."""
    if world.looked is not None:
        held, seen = world.looked
        if seen.params is params and all(one is other for one, other in zip(held, world.held(), strict=True)):
            return cast("Seen", seen)
    seen = _look(world, params)
    world.looked = world.held(), seen
    return seen


def _look(world: World, params: Params) -> Seen:
    dealings, known, market, work, people = world.dealings, world.knowledge, world.market, world.work, world.people
    truth, quarter = world.truth, world.quarter
    sales, volume, margin, cost, profit, utilisation = _books(world, params)
    asked = world.calendar.request_opens <= quarter
    announced = truth.tender_quarter[:, None] <= quarter + 1
    return Seen(
        params=params,
        quarter=quarter,
        lanes=world.lanes,
        hours_left=_view(work.left),
        hours_spent=_view(work.spent),
        rhythm=_view(work.rhythm),
        expedited=_view(work.expedite),
        discount=_view(market.discount),
        rebate=_view(market.rebate),
        agreed=_view(dealings.agreed),
        days=_view(dealings.days),
        committed=_view(dealings.committed),
        contract_until=_view(dealings.contract_until),
        harmony=_view(dealings.harmony),
        sales=sales,
        volume=volume,
        margin=margin,
        cost_to_serve=cost,
        profit=profit,
        reviewed=_view(known.reviewed),
        utilisation=utilisation,
        fact=_view(known.value),
        seen_at=_view(known.seen_at),
        changed_at=_view(known.changed_at),
        source=_view(known.source),
        request=_view(dealings.request),
        request_ask=np.where(asked, truth.request_ask, np.nan),
        request_due=np.where(asked, world.calendar.request_due, np.nan),
        request_global=np.where(asked, truth.request_global, 0.0),
        trade_refused=_view(dealings.trade_refused),
        incident=_view(dealings.incident),
        recovery=_view(dealings.recovery),
        severity=_view(dealings.severity),
        offer=_view(dealings.offer),
        answer=_view(dealings.answer),
        open_until=_view(people.open_until),
        shut_until=_view(people.shut_until),
        holder=_view(people.holder),
        met=_view(people.met),
        handed=_view(people.handed),
        tender_quarter=np.where(announced, truth.tender_quarter[:, None], np.nan),
        insight=_view(known.insight),
        insight_built=_view(known.insight_built),
        insight_kind=_view(known.insight_kind),
        insight_state=_view(known.insight_state),
        backed_until=_view(world.initiatives.backed_until),
        linked=_view(known.linked),
        recession=bool(truth.recession[min(quarter, len(truth.recession) - 1)]),
        unit_cost=truth.unit_cost * (1.0 + truth.steel * (truth.materials[quarter] - 1.0)),
        team={name: _view(getattr(world.team, name)) for name in parts_team.SHOWN},
        **_casework(world),
        **look(world, _view),
    )


def _casework(world: World) -> dict[str, Any]:
    """Cases, mandates, promises and moments as they are seen."""
    cases, mandates, promises, standings = world.cases, world.mandates, world.promises, world.standings
    return {
        "case_page": _view(cases.page),
        "case_stage": _view(cases.stage),
        "case_presented": _view(cases.presented),
        "case_decides": _view(cases.decides),
        "case_outcome": _view(cases.outcome),
        "case_gate": _view(cases.gate),
        "case_condition": _view(cases.condition),
        "granted_discount": _view(mandates.discount),
        "granted_days": _view(mandates.days),
        "level": {name: _view(row) for name, row in world.levers.level.items()},
        "until": {name: _view(row) for name, row in world.levers.until.items()},
        "asked": _view(mandates.asked),
        "desk": _view(standings.desk),
        "credibility": _view(standings.credibility),
        "promise": _view(promises.status),
        "promise_metric": _view(promises.metric),
        "promise_value": _view(promises.value),
        "promise_low": _view(promises.low),
        "promise_high": _view(promises.high),
        "promise_due": _view(promises.due),
        "promise_signed": _view(promises.signed),
        "kept_at": _view(promises.kept_at),
        "kept_metric": _view(promises.kept_metric),
        "pilot_at": _view(promises.pilot_at),
        "claims": _view(standings.claims),
        "claims_inside": _view(standings.inside),
        "moment": _view(world.moments.phase),
        **_talks(world),
    }


def _talks(world: World) -> dict[str, Any]:
    """Negotiations as they are seen."""
    talks, at = world.talks, world.calendar
    return {
        "talk": _view(talks.status),
        "talk_due": np.where(at.talk_opens <= world.quarter, at.talk_due, np.nan),
        "talk_round": _view(talks.round),
        "talk_page": _view(talks.page),
        "talk_pushed": _view(talks.pushed),
        "exclusive_until": _view(talks.exclusive_until),
        "data_until": _view(talks.data_until),
        **{name: _view(getattr(world.opportunities, name)) for name in _OF_PURCHASES},
        "own": {name: _view(row) for name, row in world.own.__dict__.items()},
    }


_OF_PURCHASES: Final = (
    "bid", "bid_off", "bid_at", "award", "award_at", "award_winner", "award_part", "award_reason", "award_units",
    "award_off", "award_until", "award_arose", "award_window", "runs_units", "runs_part", "runs_winner", "tendered",
    "runs_off", "runs_until", "opened", "written_for",
)  # fmt: skip
"""Arrays of `parts.Opportunities` that a player sees as they are: what we did, and what was told."""


def _books(world: World, params: Params) -> tuple[Lanes, Lanes, Lanes, Lanes, Lanes, Lanes]:
    """Last quarter's figures as the company books them: cost to serve as one rate on sales for accounts that nobody
    reviewed, true for the others (economics A)."""
    ledger = world.ledger
    nothing = np.zeros((len(params.accounts), world.lanes))
    if ledger is None:
        return (nothing, np.zeros((len(params.cells), world.lanes)), nothing, nothing, nothing,
                np.zeros((len(params.lines), world.lanes)))  # fmt: skip
    if world.booked is None:
        cost = np.where(world.knowledge.reviewed, ledger.cost_to_serve, ledger.average_cost)
        world.booked = (cost, ledger.contribution - ledger.cost_to_serve + cost)
    cost, profit = world.booked
    return (
        _view(ledger.sales),
        _view(ledger.volume),
        _view(ledger.margin),
        _view(cost),
        _view(profit),
        _view(ledger.utilisation),
    )
