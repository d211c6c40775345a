"""Each business case as it went: what was asked, its score by criterion and reader, what was said, claim and actual."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from kamsim.debrief.attribution import Attribution
from kamsim.debrief.pursuits import Pursuit
from kamsim.debrief.record import Play
from kamsim.engine.page import COMPANY_METRICS
from kamsim.game.events import cases as promised
from kamsim.game.events.cases import CaseAnswered, CaseJudged, CaseLapsed, PromiseMeasured, PromiseSigned
from kamsim.game.events.together import JointMoved
from kamsim.game.untaken import untaken
from kamsim.letters import curled
from kamsim.view.case.sentences import METRIC_WORDS
from kamsim.view.joint import left_told
from kamsim.view.words import levers
from kamsim.view.words.names import Cast, capital, listed
from kamsim.view.words.news import body, headline
from kamsim.view.words.opportunities import at_home

REACHED: Final = {"build": "was being built", "live": "ran", "ended": "is over"}
"""By phase of something built together: how far it came."""
MOST_LOST: Final = 6
"""Opportunities that rivals have, of those left on the table."""
CRITERION_WORDS: Final = {
    "alignment": "serves their initiative",
    "cause": "cause and effect",
    "inaction": "risk of inaction",
    "options": "a real alternative",
    "finance": "the money",
    "sensitivity": "what if less comes",
    "evidence": "evidence",
    "delivery": "who delivers",
    "brevity": "length",
}


@dataclass(frozen=True)
class CaseAnswer:
    """One answer to a case. ``criteria``: (name, score 0..100, points lost); ``readers``: (name, score 0..100)."""

    quarter: int
    account: str
    audience: str
    head: str
    said: tuple[str, ...]
    outcome: str
    criteria: tuple[tuple[str, float, float], ...]
    readers: tuple[tuple[str, float], ...]
    speaker: str
    """Who said it: a person's or an approver's id."""
    page: dict[str, Any]
    ask: str


@dataclass(frozen=True)
class Promise:
    """A promise and what came of it. Cents; ``actual`` None while it was not measured."""

    account: str
    audience: str
    metric: str
    signed: int
    due: int
    value: float
    low: float
    high: float
    actual: float | None
    said: tuple[str, ...]
    split: dict[str, int] | None


def answers(play: Play) -> list[CaseAnswer]:
    """Every answer to every case, in the order in which they came, in the words of whoever spoke."""
    cast, made = Cast(play.scenario, seed=play.log.header.words), []
    cast.last = play.log.header.quarters
    pending: list[tuple[int, CaseAnswered]] = []
    for item in play.happenings:
        cast.note(item.event)
        if isinstance(item.event, CaseAnswered):
            pending.append((item.quarter, item.event))
        elif isinstance(item.event, CaseJudged) and pending:
            quarter, event = pending.pop()
            judged = item.event
            readers = tuple((_reader(cast, name), float(score)) for name, score in judged.scores.items())
            criteria = tuple(
                (CRITERION_WORDS.get(name, name), 100.0 * float(score), float(judged.loss.get(name, 0.0)))
                for name, score in judged.criteria.items()
            )
            made.append(
                CaseAnswer(
                    quarter,
                    event.account,
                    event.audience,
                    headline(cast, event),
                    tuple(body(cast, event, quarter)),
                    event.outcome,
                    criteria,
                    readers,
                    event.speaker,
                    event.page,
                    _ask(cast, event.account, event.page),
                )
            )
    return made


def _reader(cast: Cast, name: str) -> str:
    if name in cast.approvers:
        return cast.approvers[name].name
    return cast.person(name) if name in cast.people else name


def _ask(cast: Cast, account: str, page: dict[str, Any]) -> str:
    """What the page gave and claimed, in a line."""
    given = levers.terms(cast, account, page)
    parts = [f"We give {listed(given) if given else 'nothing'}."]
    if page.get("initiative") in cast.initiatives:
        parts.insert(0, f"For {cast.initiatives[page['initiative']].name}.")
    if page.get("claim") and page.get("metric"):
        low, high = (page["claim"] * 100_000 * (1 + way * page.get("width", 0.25)) for way in (-1, 1))
        parts.append(
            f"Claim: {cast.money(page['claim'] * 100_000)} a {_every(page)} in {METRIC_WORDS[page['metric']]} "
            f"({cast.money(low)} to {cast.money(high)})."
        )
    return " ".join(parts)


def _every(page: dict[str, Any]) -> str:
    """What a claim is counted over: the company's own measures by quarter, the customer's by year."""
    return "quarter" if page["metric"] in COMPANY_METRICS else "year"


def promises(play: Play) -> list[Promise]:
    """Every promise that was signed, with its measurement where there is one."""
    cast, made = play.cast, []
    measured = {_key(item.event): item for item in play.of(PromiseMeasured)}
    for item in play.of(PromiseSigned):
        event = item.event
        if not event.value:
            continue
        found = measured.get(_key(event))
        said = (headline(cast, found.event), *body(cast, found.event, found.quarter)) if found else ()
        made.append(
            Promise(
                event.account,
                event.audience,
                event.metric,
                event.signed,
                event.due,
                event.value,
                event.low,
                event.high,
                float(found.event.actual) if found else None,
                said,
                found.event.split if found else None,
            )
        )
    return made


def _key(event: promised.Promise) -> tuple[Any, ...]:
    return event.account, event.audience, event.signed, event.due


def joint_value(play: Play, made: Attribution | None) -> list[tuple[str, float, bool, float | None]]:
    """By promise to a customer: (case, what a year brought them in cents, whether measured, our account profit from the
    thread over the years played, None where it cannot be told)."""
    rows: list[tuple[str, float, bool, float | None]] = []
    worths = {worth.thread.key: worth for worth in made.worths} if made else {}
    for promise in promises(play):
        if promise.audience != "customer":
            continue
        opened = [
            worth
            for key, worth in worths.items()
            if key.startswith(f"case:{promise.account}:customer:") and worth.thread.first <= promise.signed
        ]
        ours = opened[-1].profit if opened else None
        theirs = promise.actual if promise.actual is not None else promise.value
        name = f"{play.cast.account(promise.account)}, signed {play.cast.quarter(promise.signed)}"
        rows.append((name, theirs, promise.actual is not None, ours))
    return rows


def built(play: Play) -> list[tuple[str, str, str, float, float]]:
    """By joint initiative that a customer agreed to: its name, with whom, how far it came, and cents that it brought
    us and took."""
    begun = {
        str(command.args["joint"]): "was being designed"
        for command in play.commands
        if command.move == "start_joint" and play.result(command) == "agreed"
    }
    for item in play.of(JointMoved):
        begun[item.event.joint] = REACHED[item.event.phase]
    money, accounts = play.lines(slice(None)), play.params.accounts
    rows = []
    for name, reached in begun.items():
        where = play.cast.home[name]
        gain, spent = (float(money[line][accounts.index(where)]) for line in ("joint_gain", "joint_spending"))
        rows.append((play.cast.joints[name].name, play.cast.account(where), reached, gain, -spent))
    return rows


def left_unbuilt(play: Play) -> list[str]:
    """What building nothing together left, in a sentence; none where something was begun, nothing could be, or the log
    cannot be played again."""
    if not play.params.own.joints or not play.replayable or any(c.move == "start_joint" for c in play.commands):
        return []
    return [left_told(play.cast, untaken(play.scenario, play.params, play.seed, play.commands, play.quarters))]


def left_on_table(play: Play, made: Attribution | None) -> list[str]:
    """Money that lay there: windows in which no bid of ours lay or another won, conditions that lapsed, claims too
    small, prices given for nothing."""
    cast, lines = play.cast, [*left_unbuilt(play), *(_missed(play, one) for one in _lost(play))]
    for lapsed in play.of(CaseLapsed):
        lines.append(
            f"{cast.quarter(lapsed.quarter)}: {cast.account(lapsed.event.account)} had said yes, if; nobody took it up."
        )
    for item in play.of(PromiseMeasured):
        if item.event.audience == "customer" and item.event.actual > item.event.high:
            over = item.event.actual - item.event.high
            lines.append(
                f"{cast.account(item.event.account)} got {cast.money(over)} a year beyond your highest figure: a "
                f"larger claim would have carried a larger ask."
            )
    if made is not None:
        for worth in made.worths:
            if worth.thread.kind == "request" and worth.thread.choice == "granted" and (worth.alone or 0) < 0:
                lines.append(f"{worth.thread.title}: {cast.money(worth.alone or 0)}, and nothing came back.")
    return lines


def _lost(play: Play) -> list[Pursuit]:
    """What a rival has, that the player had heard of or could have, the largest first."""
    lost = [one for one in play.pursuits if one.award is not None and one.outcome == "lost"]
    return sorted(lost, key=lambda one: -_whole(one))[:MOST_LOST]


def _whole(one: Pursuit) -> int:
    return one.award.worth * one.award.runs if one.award is not None else 0


def _missed(play: Play, one: Pursuit) -> str:
    """One of them in a sentence."""
    award = one.award
    assert award is not None
    why = "without a bid of yours" if award.bid is None else "against your bid"
    heard = "" if one.seen else ", and you never heard of it"
    name = curled(at_home(play.cast, one.opportunity, one.arose))
    return (
        f"{play.cast.quarter(one.decided or 1)}: {name}, {play.cast.money(_whole(one))} in all, went to "
        f"{play.cast.rival(award.rival)} {why}{heard}."
    )


def plain_metric(name: str) -> str:
    """A measure's words, capital first."""
    return capital(METRIC_WORDS.get(name, name))
