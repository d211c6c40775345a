"""How money, shares, quarters and names are written, and who sits where: the words that all other sentences use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from kamsim.currency import ENGLISH, written
from kamsim.engine.params import MEASURES, STATES, TRADES, force_names
from kamsim.engine.terms import ISSUES
from kamsim.game.events.contact import MoveMade
from kamsim.game.events.opening import AttackStruck, PersonLeft, PriceRequested
from kamsim.game.events.opportunities import OpportunityAwarded
from kamsim.game.events.talks import TalkAsked
from kamsim.game.events.team import ColleagueSucceeded
from kamsim.scenario.opportunities import opportunities
from kamsim.view.words import successors
from kamsim.view.words.drawn import told_on
from kamsim.view.words.voices import Voices

if TYPE_CHECKING:
    from kamsim.game.events.declared import Event
    from kamsim.scenario.casework import Moment
    from kamsim.scenario.customer import Account, Force, Initiative, Opportunity, Person, Request, Tender
    from kamsim.scenario.models import Scenario
    from kamsim.scenario.organisation import Colleague, Joint, Specialist
    from kamsim.scenario.supplier import Approver, News
    from kamsim.scenario.talks import Talk

MINUS: Final = "\N{MINUS SIGN}"
ATTACK_RUNS: Final = 4
"""Quarters for which more than half of a rival's cut lasts, as a rule of thumb."""

GENDERED: Final = re.compile(r"\b(he|she|him|her|hers|his|mr|ms|mrs|madame)\b", re.IGNORECASE)
"""Words that fit a man or a woman only."""
SHORT_AGENDAS: Final = {"results": "Their results", "provocative": "What could go wrong", "buying": "How they buy"}
AGENDA_WORDS: Final = {
    "results": "their results: what this person is measured on, what is under way",
    "provocative": "what could go wrong: what pushes or threatens their plans, and rivals",
    "buying": "how they buy: who decides, how much price counts",
}
RHYTHM_WORDS: Final = {"light": "light contact", "normal": "normal contact", "close": "close contact"}
APPROACH_WORDS: Final = {
    "cold": "ask cold (a no shuts the door for two quarters)",
    "insight": "bring an insight on one of their initiatives",
    "referral": "let somebody of theirs put in a word",
    "both": "let somebody put in a word, and bring an insight",
}
TRADE_WORDS: Final = dict(
    zip(TRADES, ("fewer, larger deliveries", "a volume commitment", "a longer term", "prompt payment"), strict=True)
)
MEASURE_WORDS: Final = {
    "savings": "savings",
    "cash": "cash",
    "uptime": "uptime",
    "delivery": "delivery",
    "launch": "launch dates",
    "growth": "growth",
    "quality": "quality",
    "footprint": "carbon footprint",
}
KIND_WORDS: Final = {
    "cost_out": "cost programme",
    "growth": "growth plan",
    "resilience": "supply safety programme",
    "sustainability": "sustainability programme",
    "digital": "digital programme",
    "working_capital": "cash programme",
    "integration": "merger",
}
"""By kind of initiative: what it is, in plain words."""
STATE_WORDS: Final = dict(
    zip(
        STATES,
        (
            "not started", "announced, without money yet", "funded", "under way", "speeded up", "delayed",
            "losing support", "completed", "cancelled",
        ),
        strict=True,
    )
)  # fmt: skip
STATE_TOLD: Final = {
    "speeded up": "has been speeded up",
    "announced, without money yet": "has been announced, without money yet",
    "not started": "has not started",
    "cancelled": "has been cancelled",
}
"""How a state is told of an initiative, where "is" does not fit."""
SOURCE_WORDS: Final = (
    "",
    "the predecessor's notes",
    "a meeting",
    "reading up",
    "a cost review",
    "the news",
    "routine contact",
)


def initiative_named(cast: Cast, name: str) -> str:
    """An initiative with what it is: Ballast, their cost programme."""
    entry = cast.initiatives[name]
    return f"{entry.name}, their {KIND_WORDS[entry.kind]}"


def inner_quotes(text: str) -> str:
    """A text that is put into quotes: single ones inside."""
    return re.sub(r'"([^"]*)"', "\N{LEFT SINGLE QUOTATION MARK}\\1\N{RIGHT SINGLE QUOTATION MARK}", text)


def state_told(state: str) -> str:
    """What is said of an initiative in a state: is funded, has been cancelled."""
    word = STATE_WORDS[state]
    return STATE_TOLD.get(word, f"is {word}")


@lru_cache(8192)
def money(
    cents: float, currency: str = "EUR", locale: str = ENGLISH, *, plus: bool = False, exact: bool = False
) -> str:
    """Cents as people write them: €1.24m, €38,000, with a true minus sign where they are owed. ``exact``
    keeps every whole unit; ``plus`` shows gains."""
    units = abs(cents) / 100.0
    if not exact and units >= 999_500:
        figure = f"{units / 1e6:.2f}m" if units < 999_500_000 else f"{units / 1e9:.2f}bn"
    else:
        step = 1 if exact or units < 1_000 else 100 if units < 10_000 else 1_000
        figure = f"{round(units / step) * step}"
    sign = "" if not figure.strip("0.mbn") else MINUS if cents < 0 else "+" if plus else ""
    return written(figure, currency, locale, sign=sign)


def apart(cast: Cast, one: float, two: float) -> str:
    """How far two figures lie apart as they are shown, so that whoever subtracts one from the other is right."""
    return cast.money(abs(as_shown(one) - as_shown(two)))


def as_shown(cents: float) -> float:
    """Cents as `money` rounds them."""
    units = abs(cents) / 100.0
    step = 10_000 if units >= 999_500 else 1_000 if units >= 10_000 else 100 if units >= 1_000 else 1
    return float(round(units / step) * step * 100 * (1 if cents >= 0 else -1))


def percent(part: float, digits: int = 0, *, plus: bool = False) -> str:
    """A share as per cent: 0.05 is 5%, 0.125 with one digit 12.5%. Trailing zeros are dropped."""
    text = f"{abs(part) * 100:.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    sign = "" if text == "0" else MINUS if part < 0 else "+" if plus else ""
    return f"{sign}{text}%"


def quarter_name(scenario: Scenario, quarter: int) -> str:
    """Quarter 1 is "Q1 2026" where the scenario starts in 2026."""
    return f"Q{(quarter - 1) % 4 + 1} {scenario.year + (quarter - 1) // 4}"


def age(quarter: int, seen_at: int) -> str:
    """How old something is that was seen in a quarter."""
    quarters = quarter - seen_at
    if quarters <= 0:
        return "this quarter"
    return "last quarter" if quarters == 1 else f"{quarters} quarters ago"


def listed(items: Sequence[str], word: str = "and") -> str:
    """One, two and three."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {word} {items[-1]}"


def points(share: float) -> str:
    """A part of the list price: 0.03 is 3 points."""
    return counted(round(abs(share) * 100, 2), "point")


def counted(number: float, noun: str, plural: str = "") -> str:
    """1 quarter, 2 quarters."""
    return f"{number:g} {noun if number == 1 else plural or noun + 's'}"


def quoted(who: str, text: str) -> str:
    """What somebody says, in quotes that differ from those inside it."""
    return f"{who}: \N{LEFT DOUBLE QUOTATION MARK}{text}\N{RIGHT DOUBLE QUOTATION MARK}"


def capital(text: str) -> str:
    """The first letter large, the rest as it is."""
    return text[:1].upper() + text[1:]


def unlock(cast: Cast, kind: str) -> tuple[int, str]:
    """From which quarter a kind of move may be made, and the reason that the player reads ('' from the start)."""
    for entry in cast.scenario.unlocks:
        if entry.move == kind:
            return entry.quarter, entry.reason
    return 1, ""


def opens(cast: Cast, kind: str) -> str:
    """From when a kind of move may be made, in a few words."""
    quarter, _ = unlock(cast, kind)
    return "Not in this session" if cast.over(quarter) else f"From {cast.quarter(quarter)}"


def account_of(cast: Cast, args: Mapping[str, Any]) -> str:
    """The account that a move is about; '' where its arguments name none."""
    if "account" in args:
        return str(args["account"])
    named = (args.get(name) for name in ("person", "initiative", "opportunity", "request", "moment", "talk", "joint"))
    return cast.home.get(str(next((name for name in named if name), "")), "")


def who(cast: Cast, args: Mapping[str, Any]) -> str:
    """Whom a move is about: a person, a colleague, else an account."""
    if "person" in args:
        return cast.person(args["person"])
    if args.get("colleague"):
        return cast.colleague(args["colleague"])
    account = account_of(cast, args)
    return cast.account(account) if account else "They"


def _ids(account: Account) -> list[str]:
    """Everything of an account that has an id of its own."""
    ids = [item.id for item in account.people]
    ids += [item.id for item in account.initiatives]
    ids += [item.id for item in account.requests]
    ids += [item.id for item in account.moments]
    ids += [item.id for item in account.talks]
    ids += [f"{item.id}.{issue}" for item in account.talks for issue in ISSUES]
    ids += [account.joint.id] if account.joint else []
    return ids + [item.id for item in account.tenders]


OWNER_WORDS: Final = (
    ("self", "You yourself", "Your hours, and all that they can do"),
    ("desk", "The service desk", "Half the hours are theirs; it gets seven tenths as far"),
    (
        "joint",
        "You, at their place",
        "Ten hours more; put right well, it wins trust from 50 of 100 up, not only from 70",
    ),
)
"""Who may put an incident right: the name of the choice, its title, what it means."""


class Cast:
    """Who and what the scenario's ids stand for, and who holds each post now. Fed with events as they come.

    ``seed``: by which a session's words are drawn; None for the words as they were written first.
    """

    def __init__(self, scenario: Scenario, events: Iterable[Event] = (), seed: int | None = None) -> None:
        self.scenario = scenario = told_on(scenario, seed)
        self.seed = seed
        self.accounts: dict[str, Account] = {account.id: account for account in scenario.accounts}
        self.order = list(self.accounts)
        """Accounts as every page lists them: at a table, the largest first."""
        self.people: dict[str, Person] = {}
        self.initiatives: dict[str, Initiative] = {}
        self.forces: dict[str, Force] = {}
        self.pushes: dict[str, str] = {}
        """The initiative that a force pushes."""
        self.opportunities: dict[str, Opportunity] = {}
        self.bought_for: dict[str, str] = {}
        """The initiative that an opportunity belongs to."""
        self.news: dict[str, News] = {item.id: item for item in scenario.news}
        self.requests: dict[str, Request] = {}
        self.tenders: dict[str, Tender] = {}
        self.moments: dict[str, Moment] = {}
        self.talks: dict[str, Talk] = {}
        desk = scenario.desk
        self.approvers: dict[str, Approver] = {item.id: item for item in desk.approvers} if desk else {}
        self.colleagues: dict[str, Colleague] = {item.id: item for item in scenario.organisation.team}
        self.specialists: dict[str, Specialist] = {item.id: item for item in scenario.organisation.pool}
        self.joints: dict[str, Joint] = {}
        """What may be built together with a customer."""
        self.home: dict[str, str] = {}
        """The account of a person, initiative, opportunity, request, tender, moment, talk, joint initiative, or issue
        of a talk ("frame.price")."""
        for account in scenario.accounts:
            self._enter(account)
        for _, account, initiative, item in opportunities(scenario):
            self.opportunities[item.id], self.bought_for[item.id] = item, initiative.id
            self.home[item.id] = account.id
        self.lines = {line.id: line for line in scenario.lines}
        self.rivals = {rival.id: rival for rival in scenario.rivals}
        self.last: int | None = None
        """The last quarter of the session, where it is known: nothing is promised beyond it."""
        self.attacks: dict[str, tuple[str, int]] = {}
        """By account the last attack seen: the rival and the quarter in which it struck."""
        self._successors: dict[str, str] = {}
        self._left: dict[str, str] = {}
        """Whoever has left, by name: the post that they held."""
        self._awarded: dict[str, list[int]] = {}
        """By opportunity the quarters in which those arose that were decided since, as far as it was told."""
        self._met: set[tuple[str, str]] = set()
        self._again: set[tuple[str, str]] = set()
        self._asked: dict[str, int] = {}
        self._called: set[str] = set()
        self.voices = Voices(scenario, seed, self._successors)
        """What people say, and have said."""
        for event in events:
            self.note(event)

    def _enter(self, account: Account) -> None:
        """Take up everything of an account that has an id of its own."""
        self.home |= dict.fromkeys(_ids(account), account.id)
        for person in account.people:
            self.people[person.id] = person
        for initiative in account.initiatives:
            self.initiatives[initiative.id] = initiative
            for name, force in zip(force_names(initiative), initiative.forces, strict=True):
                self.forces[name], self.pushes[name] = force, initiative.id
        for request in account.requests:
            self.requests[request.id] = request
        for tender in account.tenders:
            self.tenders[tender.id] = tender
        for moment in account.moments:
            self.moments[moment.id] = moment
        for talk in account.talks:
            self.talks[talk.id] = talk
        if account.joint:
            self.joints[account.joint.id] = account.joint

    @property
    def currency(self) -> str:
        """The scenario's currency."""
        return self.scenario.currency

    def note(self, event: Event) -> None:
        """Remember who took over a post, whom we met, who attacked and who asks. Noting it twice changes nothing but
        the count of meetings."""
        match event:
            case PersonLeft():
                self._left[event.before or self.person(event.person)] = event.person
                self._left.pop(event.name, None)
                self._successors[event.person] = event.name
                self._speak_anew(event.person)
            case ColleagueSucceeded():
                self._successors[event.colleague] = event.name
            case OpportunityAwarded() if event.seen is not None or event.outcome != "undecided":
                arose = self._awarded.setdefault(event.opportunity, [])
                arose += [event.arose] if event.arose not in arose else []
            case AttackStruck():
                self.attacks[event.account] = (event.rival, event.quarter)
            case PriceRequested():
                self._asked.setdefault(event.request, event.due)
            case TalkAsked():
                self._called.add(event.talk)
            case MoveMade(move="answer_request") if event.result != "trade_refused":
                self._asked[event.args["request"]] = 0
            case MoveMade(move="meet"):
                person = event.args["person"]
                who = (person, self.person(person))
                (self._again if who in self._met else self._met).add(who)
        self.voices.note(event)

    def _speak_anew(self, person: str) -> None:
        """What somebody would have said who has left, a successor says, in the words of one."""
        asked = [name for name, item in self.requests.items() if item.person == person]
        for place, name in enumerate(asked):
            there = name in self._asked
            self.requests[name] = successors.request(self.requests[name], self.seed, place, asked=there)
        spots = [name for name, item in self.moments.items() if item.person == person]
        for place, name in enumerate(spots):
            self.moments[name] = successors.moment(self.moments[name], self.seed, place)
        tables = [name for name, item in self.talks.items() if item.person == person]
        for place, name in enumerate(tables):
            there = name in self._called
            self.talks[name] = successors.talk(self.talks[name], self.seed, place, asked=there)

    def account(self, name: str) -> str:
        """An account's name on screen."""
        return self.accounts[name].name

    def customers(self, names: Iterable[str]) -> str:
        """Some accounts by their names as a list, in the order of every page; '' for none."""
        return listed([self.account(name) for name in sorted(names, key=self.order.index)])

    def person(self, name: str) -> str:
        """Who holds this post now."""
        return self._successors.get(name, self.people[name].name)

    def colleague(self, name: str) -> str:
        """Who of our own team has this post now."""
        return self._successors.get(name, self.colleagues[name].name)

    def post(self, name: str) -> str:
        """Name and role: Aksel Brandvik, Head of Purchasing."""
        return f"{self.person(name)}, {self.people[name].role}"

    def now(self, text: str) -> str:
        """What an author wrote on the first day, as it reads at a table now: whoever has left is named no more but the
        post's holder of today; where a name cannot be put in its place, that somebody has left is said after it."""
        if self.last is None:
            return text
        notes = []
        for name, person in self._left.items():
            if name in text and not GENDERED.search(text):
                text = text.replace(name, self.person(person))
            elif re.search(rf"\b{re.escape(name.split()[-1])}\b", text) and name.split()[-1] not in self.person(person):
                notes.append(f"({name} has left; {self.post(person)}, has the post now.)")
        return " ".join((text, *notes))

    def round(self, opportunity: str, arose: int = 0) -> int:
        """Which of the orders that go by one name an opportunity is, from 1: the one that ``arose`` in a quarter, or
        the one that is open now."""
        earlier = self._awarded.get(opportunity, [])
        return 1 + sum(not arose or quarter < arose for quarter in earlier) if arose or self.last is not None else 1

    def original(self, name: str) -> bool:
        """Whether the authored person is still there, whose voice the author wrote."""
        return name not in self._successors

    def met_again(self, person: str) -> bool:
        """Whether the last meeting noted with whoever holds a post was not the first."""
        return (person, self.person(person)) in self._again

    def over(self, quarter: int) -> bool:
        """Whether a quarter lies behind the end of the session."""
        return self.last is not None and quarter > self.last

    def attacked(self, account: str, quarter: int) -> str:
        """Who attacked an account whose attack still runs, and since when; '' where nobody did."""
        rival, since = self.attacks.get(account, ("", 0))
        if not since or not since <= quarter < since + ATTACK_RUNS:
            return ""
        return f"{self.rival(rival)} has been at their table since {self.quarter(since)}"

    def pressed(self, account: str, quarter: int) -> bool:
        """Whether an attack that we saw still runs at an account, or a request is open there."""
        asked = any(due >= quarter for name, due in self._asked.items() if self.home[name] == account)
        return asked or bool(self.attacked(account, quarter))

    def decider(self, opportunity: str) -> str:
        """Who decides about an opportunity: a person's id."""
        return self.opportunities[opportunity].decider or self.initiatives[self.bought_for[opportunity]].owner

    def rival(self, name: str | None) -> str:
        """A rival's name on screen."""
        return self.rivals[name].name if name in self.rivals else "A rival"

    def line(self, name: str | None) -> str:
        """A product line's name on screen; None stands for all of them."""
        return self.lines[name].name if name in self.lines else "all lines"

    def money(self, cents: float, *, plus: bool = False, exact: bool = False) -> str:
        """Money in the scenario's currency."""
        return money(cents, self.currency, self.scenario.locale, plus=plus, exact=exact)

    def quarter(self, quarter: int) -> str:
        """A quarter's name."""
        return quarter_name(self.scenario, quarter)

    def by(self, quarter: int) -> str:
        """A quarter's name; beyond the end of the session that is said."""
        return f"{self.quarter(quarter)}{', after your time' if self.over(quarter) else ''}"

    def since(self, quarter: int) -> str:
        """From when on something goes; beyond the end of the session that is said."""
        return f"from {self.quarter(quarter)} on{', after your time' if self.over(quarter) else ''}"

    def voice(self, person: str, occasion: str, quarter: int, about: str = "") -> str:
        """What whoever holds a post says on an occasion, quoted with the name; '' where nothing is written, or all of
        it was said within a year. ``about``: the agenda of a meeting."""
        text = self.voices.line(person, occasion, quarter, about)
        return quoted(self.person(person), text) if text else ""

    def measure(self, code: float) -> str:
        """What a person is judged on, by its number."""
        return MEASURE_WORDS[MEASURES[int(code)]]
