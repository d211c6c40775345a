"""What ``kamsim check`` says about scenarios: findings, counts, and how long a player will read and play."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from kamsim.scenario.casework import CaseSays
from kamsim.scenario.crosscheck import crosscheck
from kamsim.scenario.crosscheck_opportunities import first_alive
from kamsim.scenario.customer import Account, Initiative, Opportunity, Person
from kamsim.scenario.findings import Finding, abridged
from kamsim.scenario.leftovers import leftovers
from kamsim.scenario.models import Scenario
from kamsim.scenario.opportunities import opportunities
from kamsim.scenario.proportions import FirstQuarter, first_quarter
from kamsim.scenario.prose import texts
from kamsim.scenario.reader import read
from kamsim.scenario.supplier import IncidentKind
from kamsim.scenario.talks import Talk
from kamsim.scenario.yaml_text import Source

WORDS_A_MINUTE = 200
SECONDS_A_MOVE = 10
MOVES_A_QUARTER = 10
SPEECH_A_QUARTER = 2
"""Times in a quarter that somebody at a customer says something."""
SECONDS_A_MOMENT = 75
SECONDS_A_TALK = 240
"""Thinking at a negotiation's table; its words are counted apart."""
SPOKEN_AT_A_TABLE = 5
"""Answers to questions and proposals that one negotiation brings."""
SECONDS_A_CASE = 180
CASES_A_QUARTER = 1
"""Business cases that a player presents or takes to the desk, from the quarter in which that is allowed."""


def lint(scenario: Scenario, where: Source | None = None) -> list[Finding]:
    """What does not fit together in a scenario, placed by the source that it was read from."""
    return crosscheck(scenario, where or Source(None, scenario.id))


def predicted_minutes(scenario: Scenario, quarters: int) -> float:
    """How long one player takes for that many quarters: reading what appears in them, and moving."""
    words = _words_at_the_start(scenario) + _words_of_events(scenario, quarters) + _words_spoken(scenario, quarters)
    seconds: float = quarters * MOVES_A_QUARTER * SECONDS_A_MOVE
    seconds += SECONDS_A_CASE * CASES_A_QUARTER * _quarters_with_cases(scenario, quarters)
    seconds += SECONDS_A_MOMENT * sum(
        moment.chance for account in scenario.accounts for moment in account.moments if moment.quarter <= quarters
    )
    seconds += SECONDS_A_TALK * sum(talk.quarter <= quarters for account in scenario.accounts for talk in account.talks)
    return words / WORDS_A_MINUTE + seconds / 60


def summary(scenario: Scenario) -> dict[str, int]:
    """Counts of what an author wrote."""
    accounts = scenario.accounts
    return {
        "accounts": len(accounts),
        "people": sum(len(account.people) for account in accounts),
        "initiatives": sum(len(account.initiatives) for account in accounts),
        "opportunities": len(opportunities(scenario)),
        "requests": sum(len(account.requests) for account in accounts),
        "incidents": sum(len(account.incidents) for account in accounts),
        "tenders": sum(len(account.tenders) for account in accounts),
        "moments": sum(len(account.moments) for account in accounts),
        "talks": sum(len(account.talks) for account in accounts),
        "news": len(scenario.news),
        "ways": _ways(scenario),
        "words": _words(text for _, text in texts(scenario)),
        "quarters": scenario.length.standard,
    }


@dataclass(frozen=True, slots=True)
class CheckedScenario:
    """One path that was checked."""

    path: str
    title: str
    """'' when the scenario could not be built."""
    findings: tuple[Finding, ...]
    counts: dict[str, int]
    minutes: dict[int, float]
    """Predicted minutes by number of quarters: the shortest, standard and longest session."""
    start: FirstQuarter | None = None
    """What the first quarter comes to, where there is a scenario."""
    uncounted: int = 0
    """Further errors, too many to put in words."""
    crosschecked: bool = True
    """Whether it was looked at how things fit together, which wants sound values first."""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What came of checking some paths."""

    scenarios: tuple[CheckedScenario, ...]

    @property
    def errors(self) -> int:
        """How many findings forbid play."""
        listed = sum(found.severity == "error" for checked in self.scenarios for found in checked.findings)
        return listed + sum(checked.uncounted for checked in self.scenarios)

    @property
    def warnings(self) -> int:
        """How many findings only advise."""
        return sum(found.severity == "warning" for checked in self.scenarios for found in checked.findings)

    def to_dict(self) -> dict[str, Any]:
        """Plain data for ``--json``."""
        return {
            "errors": self.errors,
            "warnings": self.warnings,
            "scenarios": [
                {
                    "path": checked.path,
                    "title": checked.title,
                    "findings": [asdict(found) for found in checked.findings],
                    "counts": checked.counts,
                    "first_quarter": checked.start._asdict() if checked.start else None,
                    "minutes": {str(quarters): round(minutes, 1) for quarters, minutes in checked.minutes.items()},
                }
                for checked in self.scenarios
            ],
        }


def check_paths(paths: Sequence[str | Path]) -> CheckReport:
    """Check each path or shipped id; a faulty one never stops the others."""
    return CheckReport(tuple(_checked(path) for path in paths))


def render(report: CheckReport) -> str:
    """The report as text: a line a finding, then a line or two a scenario, then the sum."""
    lines: list[str] = []
    for checked in report.scenarios:
        lines += [str(found) for found in abridged(list(checked.findings), checked.uncounted)]
        if not checked.crosschecked:
            lines.append(f"{checked.path}: references are checked once these are mended")
        if checked.title:
            counts = ", ".join(f"{count:,} {_noun(name, count)}" for name, count in checked.counts.items())
            minutes = ", ".join(f"{value:.0f} for {quarters}" for quarters, value in checked.minutes.items())
            lines += [f"{checked.path}: {checked.title}", f"  {counts}", f"  minutes by quarters played: {minutes}"]
            lines += [f"  {checked.start.told()}"] if checked.start else []
    lines.append(
        f"{report.errors:,} {_noun('errors', report.errors)}, {report.warnings:,} {_noun('warnings', report.warnings)}"
    )
    return "\n".join(lines)


def _checked(path: str | Path) -> CheckedScenario:
    reading = read(path)
    scenario = reading.scenario
    if scenario is None:
        return CheckedScenario(str(path), "", reading.findings, {}, {}, None, reading.uncounted, reading.crosschecked)
    length = scenario.length
    minutes = {q: predicted_minutes(scenario, q) for q in (length.shortest, length.standard, length.longest)}
    findings = (*reading.findings, *leftovers(scenario, reading.source))
    return CheckedScenario(str(path), scenario.title, findings, summary(scenario), minutes, first_quarter(scenario))


def _noun(plural: str, count: int) -> str:
    if count != 1 or plural == "news":
        return plural
    return {"people": "person"}.get(plural, plural.removesuffix("s"))


def _ways(model: BaseModel) -> int:
    """In how many other ways the things of a model are told."""
    found = 0
    for name in type(model).model_fields:
        value = getattr(model, name)
        items = value if isinstance(value, tuple) else (value,)
        found += len(items) if name == "ways" else 0
        found += sum(_ways(item) for item in items if isinstance(item, BaseModel))
    return found


def _words(written: Iterable[str]) -> int:
    return sum(len(text.split()) for text in written)


def _mean_words(written: Sequence[str]) -> float:
    return _words(written) / len(written) if written else 0.0


def _quarters_with_cases(scenario: Scenario, quarters: int) -> int:
    """In how many quarters somebody reads business cases; in none where nobody has anything to say to them."""
    readers = any(person.case != CaseSays() for account in scenario.accounts for person in account.people)
    if not readers and scenario.desk is None:
        return 0
    opens = {unlock.move: unlock.quarter for unlock in scenario.unlocks}
    return max(0, quarters + 1 - opens.get("present_case" if readers else "ask_desk", 1))


def _words_at_the_start(scenario: Scenario) -> float:
    """The briefing, the rivals, and each account's note and people."""
    company = scenario.company
    read = [scenario.title, scenario.summary, scenario.briefing, company.name, company.role, company.brief]
    read += [company.boss.name, company.boss.role, company.boss.voice]
    read += [text for rival in scenario.rivals for text in (rival.name, rival.brief)]
    read += [line.name for line in scenario.lines]
    for account in scenario.accounts:
        read += [account.name, account.industry, account.brief]
        read += [text for person in account.people for text in (person.name, person.role, person.voice)]
        read += [text for known in account.initiatives if known.known for text in (known.name, known.summary)]
    return _words(read)


def _words_of_events(scenario: Scenario, quarters: int) -> float:
    """What happens within the quarters played, each weighed with its chance."""
    words: float = _words(
        text for news in scenario.news if news.quarter <= quarters for text in (news.title, news.text)
    )
    words += _words(unlock.reason for unlock in scenario.unlocks if 1 < unlock.quarter <= quarters)
    words += sum(_words_of_a_purchase(item, initiative, quarters) for _, _, initiative, item in opportunities(scenario))
    return words + sum(_words_at_account(account, scenario.incident_kinds, quarters) for account in scenario.accounts)


def _words_at_account(account: Account, kinds: Sequence[IncidentKind], quarters: int) -> float:
    words = 0.0
    for request in account.requests:
        if request.quarter <= quarters:
            replies = [text for _, text in texts(request.replies)]
            words += _words((request.title, request.text)) + _mean_words(replies)
    for incident in account.incidents:
        if incident.quarter <= quarters:
            words += incident.chance * _words((incident.name, incident.text))
    for tender in account.tenders:
        if tender.quarter - 1 <= quarters:
            words += _words((tender.title, tender.text))
        if tender.quarter <= quarters:
            words += _mean_words((tender.won, tender.lost))
    words += sum(_words_at_a_table(talk) for talk in account.talks if talk.quarter <= quarters)
    words += _words(attack.text for attack in account.attacks if attack.quarter <= quarters)
    words += _words(attack.hint for attack in account.attacks if attack.quarter - 1 <= quarters)
    for initiative in account.initiatives:
        turns = [turn for turn in initiative.turns if turn.quarter <= quarters]
        words += sum(turn.chance * _words((turn.text,)) for turn in turns)
        if turns and not initiative.known:
            words += _words((initiative.name, initiative.summary))
    chance_incident = _mean_words([f"{kind.name} {kind.text}" for kind in kinds])
    return words + account.traits.incident_hazard * quarters * chance_incident


def _words_of_a_purchase(item: Opportunity, initiative: Initiative, quarters: int) -> float:
    """What somebody hears of a purchase when it first arises, and what the decider says each time: about once in a
    wait, a lead and a run, so many do bots meet."""
    alive = max(0, quarters + 1 - first_alive(initiative, quarters + 1))
    before = 1 / max(item.chance, 1e-9) + sum(item.lead) / 2
    decided = (1 + (alive - before) / (before + sum(item.runs) / 2)) if alive >= before else 0.0
    arisen: float = 1 - (1 - item.chance) ** alive
    return arisen * _words((item.title, item.need)) + decided * _mean_words(list(item.says.model_dump().values()))


def _words_at_a_table(talk: Talk) -> float:
    """A negotiation: what it is about, how it opens and ends, and some answers."""
    said = [*talk.replies.counters.values(), *talk.replies.hints.values()]
    words = _words((talk.title, talk.text, talk.replies.opens, talk.replies.accepts))
    return words + SPOKEN_AT_A_TABLE * _mean_words(said)


def _words_spoken(scenario: Scenario, quarters: int) -> float:
    people: list[Person] = [person for account in scenario.accounts for person in account.people]
    lines = [text for person in people for _, text in texts(person.says)]
    return quarters * SPEECH_A_QUARTER * _mean_words(lines)
