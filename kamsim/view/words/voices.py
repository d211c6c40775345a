"""Who says what when: the author's lines for whoever still sits there, and for a successor those of the post.

Nobody says the same line twice within a year. What was said is read off the events, so that a session that was taken up
again, and its debrief, hear the same voices.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from kamsim.engine import drawing
from kamsim.engine.luck import Luck
from kamsim.engine.moves import Result
from kamsim.game.events.cases import CaseAnswered
from kamsim.game.events.closing import OfferAnswered, QuarterClosed
from kamsim.game.events.contact import MoveMade
from kamsim.game.events.opening import IncidentHappened, IncidentMended
from kamsim.game.events.opportunities import OpportunityAwarded
from kamsim.game.events.talks import TalkAnswered
from kamsim.game.events.team import ColleagueNoticed, ColleagueStrained
from kamsim.scenario.opportunities import opportunities
from kamsim.view.words.successors import COLLEAGUES

if TYPE_CHECKING:
    from kamsim.game.events.declared import Event
    from kamsim.scenario.casework import CaseSays
    from kamsim.scenario.customer import Says
    from kamsim.scenario.models import Scenario

YEAR: Final = 4
"""Quarters in which nobody repeats a line."""
OF_RESULT: Final = {
    Result.NOTHING_NEW: "nothing_new",
    Result.WASTED: "door_closed",
    Result.STALE: "door_closed",
    Result.DECLINED: "door_closed",
    Result.DOOR_OPENED: "door_opens",
}
"""What is said where a meeting, or asking for one, came to this; what was learned is told by the agenda's lines."""
OF_ANSWER: Final = {"accepted": "accepts", "rejected": "rejects"}
OF_CASE: Final = {"approved": "approves", "returned": "returns", "rejected": "rejects"}
Turn = tuple[str, int, str]
"""An occasion, its quarter, and what it was about where somebody may be on it twice."""


class Voices:
    """What people say, and have said. ``holders``: who took over a post, by its id, kept up to date by their owner."""

    def __init__(self, scenario: Scenario, seed: int | None, holders: Mapping[str, str]) -> None:
        self._scenario, self._seed, self._holders = scenario, seed, holders
        self._accounts = {account.id: account for account in scenario.accounts}
        self._people = {person.id: person for account in scenario.accounts for person in account.people}
        self._bought = {item.id: (item, initiative) for _, _, initiative, item in opportunities(scenario)}
        self._quarter = 1
        self._said: dict[str, dict[Turn, str]] = {}
        """By whoever said it: the line of each turn."""
        self._letters: dict[tuple[str, str], list[int]] = {}
        """By whoever wrote, and what of: the quarters of letters about cases."""
        self._team = {item.id: item for item in scenario.organisation.team}
        self._ours: dict[str, dict[Turn, str]] = {}
        """By post in our own team: what whoever had it then said on each turn."""
        self._pushed: dict[str, set[tuple[int, str]]] = {}
        """By negotiation: the number of a proposal, and the issue named in answer."""

    def note(self, event: Event) -> None:
        """Remember what an event has somebody say."""
        match event:
            case QuarterClosed():
                self._quarter = event.quarter + 1
            case MoveMade(move="meet" | "seek_executive" | "bring_insight"):
                result, agenda = Result[event.result.upper()], str(event.args.get("agenda", ""))
                occasion = agenda if result is Result.LEARNED else OF_RESULT.get(result, "")
                self._remember(str(event.args["person"]), occasion, agenda)
            case IncidentHappened():
                self._remember(self.contact(event.account, event.incident), "incident")
            case IncidentMended(how="well"):
                self._remember(self.contact(event.account, event.incident), "recovered")
            case OfferAnswered():
                self._remember(self.buyer(event.account), OF_ANSWER.get(event.answer, ""))
            case OpportunityAwarded():
                who, ways = self._award(event.opportunity, event.outcome)
                text = self.pick(who, event.outcome, ways, self._quarter, event.opportunity)
                self._said.setdefault(who, {})[(event.outcome, self._quarter, event.opportunity)] = text
            case CaseAnswered():
                self._letter(event)
            case MoveMade(move="coach"):
                self._hear(str(event.args["colleague"]), "coached")
            case MoveMade(move="assign") if event.args.get("colleague"):
                self._hear(str(event.args["colleague"]), "takes_over", str(event.args["account"]))
            case ColleagueStrained():
                self._hear(event.colleague, "strained")
            case ColleagueNoticed():
                self._hear(event.colleague, "leaving")
            case TalkAnswered() if event.pushed:
                self._pushed.setdefault(event.talk, set()).add((event.round, event.pushed))

    def line(self, person: str, occasion: str, quarter: int, about: str = "") -> str:
        """What whoever holds a post says on an occasion: none of what they said within the last year; '' where nothing
        is left."""
        who = self._people[person]
        says: Says | None = self._scenario.successors.get(who.function) if person in self._holders else who.says
        ways = getattr(says, occasion) if says is not None else ()
        return self.pick(self.holder(person), occasion, ways, quarter, about)

    def pick(self, who: str, occasion: str, ways: Sequence[str], quarter: int, about: str = "") -> str:
        """One of several ways to say it that somebody has not used within the last year; '' where none is left."""
        said, turn = self._said.get(who, {}), (occasion, quarter, about)
        if turn in said:
            return said[turn]
        recent = {text for (_, when, _), text in said.items() if when > quarter - YEAR}
        ordered = _in_turn(ways, self._seed, f"{who} {occasion}", quarter)
        return next((text for text in ordered if text not in recent), "")

    def award(self, opportunity: str, outcome: str, quarter: int) -> str:
        """What the decider says of how a purchase ended; '' for a successor, or where all of it was said within a
        year."""
        who, ways = self._award(opportunity, outcome)
        return self.pick(who, outcome, ways, quarter, opportunity)

    def _award(self, opportunity: str, outcome: str) -> tuple[str, list[str]]:
        """Who decides a purchase, and all ways in which the author has them tell that end, the drawn one first."""
        item, initiative = self._bought[opportunity]
        decider = item.decider or initiative.owner
        name = {"won": "won", "lost": "lost", "undecided": "none"}[outcome]
        says = [] if decider in self._holders else [item.says, *(way.says for way in item.ways if way.says)]
        return self.holder(decider), list(dict.fromkeys(getattr(one, name) for one in says))

    def colleague(self, name: str, occasion: str, quarter: int, about: str = "") -> str:
        """What whoever has a post in our own team says on an occasion: the author's lines, or a successor's; none twice
        within a year, '' where none is left."""
        said, turn = self._ours.get(name, {}), (occasion, quarter, about)
        if turn in said:
            return said[turn]
        post = self._team[name]
        who, after = self._holders.get(name, post.name), name in self._holders
        ways = COLLEAGUES[occasion] if after else getattr(post.says, occasion)
        recent = {text for (_, when, _), text in said.items() if when > quarter - YEAR}
        ordered = _in_turn(ways, self._seed, f"{who} {occasion}", quarter)
        return next((text for text in ordered if text not in recent), "")

    def in_letter(self, who: str, name: str, own: Sequence[str], plain: Sequence[str], quarter: int) -> str:
        """What somebody says of a business case, by the name of the answer, criterion, gate or condition: the own ways
        first, then plain ones, each once before any is said again."""
        times = sum(when < quarter for when in self._letters.get((who, name), ()))
        ways = (*_in_turn(own, self._seed, f"{who} {name}", 1), *plain)
        return ways[times % len(ways)]

    def pushed_before(self, talk: str, issue: str, number: int) -> int:
        """How often an issue was named at a table in answer to earlier proposals than that one."""
        return sum(name == issue and made < number for made, name in self._pushed.get(talk, ()))

    def holder(self, person: str) -> str:
        """Who holds a post now."""
        return self._holders.get(person, self._people[person].name)

    def reader(self, audience: str, name: str, account: str) -> tuple[str, CaseSays | None]:
        """Who speaks for an audience, with the role, and that person's lines; None for a successor, who has none."""
        desk = self._scenario.desk
        if audience == "desk":
            approver = next((item for item in desk.approvers if item.id == name), None) if desk else None
            return (f"{approver.name}, {approver.role}", approver.says) if approver else ("Our deal desk", None)
        if name not in self._people:
            return self._accounts[account].name, None
        who = self._people[name]
        return f"{self.holder(name)}, {who.role}", None if name in self._holders else who.case

    def contact(self, account: str, incident: str | None = None) -> str:
        """Who at an account speaks about an incident: the authored person, else whoever runs operations."""
        entry = next((item for item in self._accounts[account].incidents if item.id == incident), None)
        if entry is not None:
            return entry.person
        people = self._accounts[account].people
        return next((p.id for p in people if p.function == "operations" and p.level != "executive"), people[0].id)

    def buyer(self, account: str) -> str:
        """Who at an account answers offers of Terms."""
        return max(self._accounts[account].people, key=lambda person: person.level == "buyer").id

    def _remember(self, person: str, occasion: str, about: str = "") -> None:
        if occasion:
            text = self.line(person, occasion, self._quarter, about)
            self._said.setdefault(self.holder(person), {})[(occasion, self._quarter, about)] = text

    def _hear(self, name: str, occasion: str, about: str = "") -> None:
        text = self.colleague(name, occasion, self._quarter, about)
        self._ours.setdefault(name, {})[(occasion, self._quarter, about)] = text

    def _letter(self, event: CaseAnswered) -> None:
        """What a letter about a case was put together from."""
        who, _ = self.reader(event.audience, event.speaker, event.account)
        for name in filter(None, (OF_CASE.get(event.outcome), event.gate, event.condition, *event.criteria)):
            self._letters.setdefault((who, name), []).append(self._quarter)


def _in_turn(ways: Sequence[str], seed: int | None, name: str, quarter: int) -> list[str]:
    """Lines in the order in which one would say them this quarter; without a seed the next one each time."""
    if not ways:
        return []
    if seed is None:
        start = (quarter - 1) % len(ways)
    else:
        start = int(drawing.chosen(Luck([seed]), "wording", drawing.WAY, name, len(ways), quarter)[0])
    return [*ways[start:], *ways[:start]]
