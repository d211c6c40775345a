"""The slots of a page: what each may hold, as numbered choices, with what is known about them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kamsim.engine import levers
from kamsim.engine.page import ALTERNATIVES, BODIES, DUE, PROOFS, SENSITIVITY
from kamsim.engine.page import WIDTHS as RANGES
from kamsim.engine.params import MEASURES
from kamsim.engine.terms import COMMITMENTS, LENGTHS, PRICE_STEP
from kamsim.game import drafting
from kamsim.terminal.talk import Choice
from kamsim.terminal.working import OWN, Working
from kamsim.view.case.basis import alternative_lacks, proof_lacks
from kamsim.view.case.sentences import (
    ALTERNATIVE_WORDS,
    BODY_WORDS,
    METRIC_WORDS,
    PROOF_WORDS,
    SENSITIVITY_WORDS,
    TONES,
    gives,
    initiative_choice,
)
from kamsim.view.words.names import capital, counted, listed, percent

if TYPE_CHECKING:
    from kamsim.terminal.context import Table

Fields = dict[str, Any]


def whom(table: Table, work: Working) -> Fields | None:
    """Which of their initiatives it serves."""
    talk, cast, seen = table.talk, table.cast, table.seen
    known = drafting.known_initiatives(seen, work.account)
    talk.part("Which of their initiatives does it serve?")
    if not known:
        talk.say("You know of none. A meeting about results, or reading up on them, finds them.")
    choices: list[Choice[str]] = [
        Choice(f"{initiative_choice(cast, seen, name)}{_now(work, name)}", name, (name,)) for name in known
    ]
    choices.append(Choice("No initiative in particular", "", ("none",)))
    picked = talk.choose(choices)
    return None if picked is None else {"initiative": picked or None}


def _now(work: Working, name: str) -> str:
    return " (on the page)" if work.initiative == name else ""


def now(table: Table, work: Working) -> Fields | None:
    """For what the initiative wants, or against what holds it back."""
    talk, seen = table.talk, table.seen
    if work.initiative is None:
        talk.say("First say for which initiative (1).")
        return None
    force = seen.known("force", seen.params.initiatives.index(work.initiative))[0]
    if np.isnan(force[0]):
        told = "you don't know whether anything does; ask what could go wrong"
    else:
        told = "something does, as you heard" if force[0] < 0 else "nothing does, as far as you heard"
    talk.part("Why now?")
    picked = talk.choose(
        [
            Choice("It serves what the initiative wants", "goal", ("goal",)),
            Choice(f"It works on what holds the initiative back ({told})", "obstacle", ("obstacle",)),
        ]
    )
    return None if picked is None else {"angle": picked}


def give(table: Table, work: Working) -> Fields | None:
    """Which lever, and how far."""
    talk, cast, seen = table.talk, table.cast, table.seen
    talk.part("What do you give? Two things are enough, three the most.")
    made = gives(cast, seen, work.account, work.audience, work.page)
    talk.say(f"Now: {listed(made) or 'nothing'}.")
    choices = [Choice(label, name, (name,)) for name, label in _levers(table, work).items()]
    if len(cast.accounts[work.account].regions) > 1:
        choices.append(Choice("Where the price holds", "region", ("region", "where")))
    picked = talk.choose(choices)
    return None if picked is None else LEVERS[picked](table, work)


def _levers(table: Table, work: Working) -> dict[str, str]:
    """The levers as choices, each with whether it is ours to give."""
    seen, row, desk = table.seen, table.row(work.account), work.audience == "desk"
    signed = "our desk has signed it"
    not_ours = "our desk must sign it first; that is another page"
    levers = {
        "price": "Price, in half points" + ("; more than is yours to give" if desk else ""),
        "days": "Payment days",
        "pooled": "Fewer, larger deliveries" + (", as they have already" if int(seen.level["pooled"][row, 0]) else ""),
        "programme": "Hours of our team, beside theirs",
    }
    ours = {
        "people": float(seen.level["people"][row, 0]) > 0,
        "bespoke": bool(int(seen.level["bespoke"][row, 0])),
        "priority": float(seen.until["priority"][row, 0]) >= seen.quarter,
    }
    words = {"people": "A specialist on their site", "priority": "Their orders first on our lines"}
    made = table.cast.accounts[work.account].bespoke
    if made is not None:
        words["bespoke"] = f"{made.name}, {table.cast.money(made.cost * 100.0)} once"
    for name, text in words.items():
        levers[name] = text if desk else f"{text} ({signed if ours[name] else not_ours})"
    return levers


def _price(table: Table, work: Working) -> Fields | None:
    option = table.options(work.kind, work.account)[0]
    low, high = (float(edge[0]) * 100 + 0.0 for edge in option.ranges["price"])
    if work.audience == "desk":
        own = float(table.options("present_case", work.account)[0].ranges["price"][1][0]) * 100 + 0.0
        table.talk.say(
            f"Points more off today's price, {low:g} to {high:g}. Up to {own:g} you may give yourself; beyond that it "
            "takes their signatures."
        )
    else:
        back = "; with a minus they are taken back" if low < 0 else ""
        table.talk.say(f"Points more off the list price, {low:g} to {high:g}, which is yours to give{back}.")
    value = table.talk.number("Points", low, high, PRICE_STEP * 100)
    return None if value is None else {"price": round(value / 100, 4)}


def _days(table: Table, work: Working) -> Fields | None:
    now_ = int(table.seen.days[table.row(work.account), 0])
    return _pick(table, "When do they pay?", "days",
                 [Choice(f"As now, after {now_} days", 0)]
                 + [Choice(f"After {days} days", days)
                    for days in levers.LEVERS["days"].choices if days not in (0, now_)])  # fmt: skip


def _pick(table: Table, question: str, name: str, choices: list[Choice[Any]]) -> Fields | None:
    table.talk.part(question)
    picked = table.talk.choose(choices)
    return None if picked is None else {name: picked}


def _yes(question: str, name: str) -> Callable[[Table, Working], Fields | None]:
    def ask(table: Table, _work: Working) -> Fields | None:
        return _pick(table, question, name, [Choice("Yes", "yes", ("yes", "y")), Choice("No", "no", ("no", "n"))])

    return ask


def _programme(table: Table, _work: Working) -> Fields | None:
    labels = [Choice("No hours", 0)] + [
        Choice(f"{hours} hours a quarter", hours) for hours in levers.LEVERS["programme"].choices if hours
    ]
    return _pick(table, "How many hours of our team, each quarter, beside theirs?", "programme", list(labels))


def _people(table: Table, _work: Working) -> Fields | None:
    cost = table.cast.money(table.cast.scenario.company.specialist_cost * 100.0)
    numbers = levers.LEVERS["people"].choices
    labels = [Choice(counted(number, "specialist") if number else "No specialist", number) for number in numbers]
    return _pick(table, f"How many specialists on their site? Each costs {cost} a quarter.", "people", list(labels))


def _region(table: Table, work: Working) -> Fields | None:
    regions = table.cast.accounts[work.account].regions
    choices: list[Choice[Any]] = [Choice("Everywhere", "")]
    choices += [Choice(f"In {item.name} only", item.id, (item.id,)) for item in regions]
    found = _pick(table, "Where does the price hold?", "region", choices)
    return None if found is None else {"region": found["region"] or None}


LEVERS: Final[dict[str, Callable[[Table, Working], Fields | None]]] = {
    "price": _price,
    "days": _days,
    "pooled": _yes("Fewer, larger deliveries? It saves us trips, and them goods-in.", "pooled"),
    "programme": _programme,
    "people": _people,
    "bespoke": _yes("Make it for them alone? It costs once, and a little for ever.", "bespoke"),
    "priority": _yes("Their orders first? Somebody else's wait.", "priority"),
    "region": _region,
}


def get(table: Table, _work: Working) -> Fields | None:
    """What they commit, and for how long."""
    choices: list[Choice[Any]] = [
        Choice(f"{percent(part)} more of what they buy" if part else "No volume", part) for part in COMMITMENTS
    ]
    found = _pick(table, "What do they commit in return?", "commitment", choices)
    if found is None:
        return None
    years: list[Choice[Any]] = [Choice(counted(length // 4, "year"), length) for length in LENGTHS]
    length = _pick(table, "For how long?", "length", years)
    return None if length is None else found | length


def worth(table: Table, work: Working) -> Fields | None:
    """One claim: how boldly, or on what measure, with how wide a range, counted when."""
    talk, cast = table.talk, table.cast
    per = "a quarter" if work.audience == "desk" else "a year"
    talk.part(f"What is it worth? Your notes imply {cast.money(work.known['claim'] * 100_000)} {per} on that measure.")
    choices: list[Choice[str]] = []
    for tone, how in (("cautious", "easier to keep"), ("plain", "what your notes imply"), ("bold", "harder to keep")):
        figure = cast.money(work.toned(work.known["claim"], tone) * 100_000)
        mark = " (on the page)" if work.tone == tone else ""
        choices.append(Choice(f"{capital(tone)}: {figure}, {how}{mark}", tone, (tone,)))
    choices += [
        Choice("A figure of my own", OWN, ("own",)),
        Choice(f"Another measure than {METRIC_WORDS[str(work.page['metric'])]}", "metric", ("measure", "metric")),
        Choice(f"A wider or narrower range than {_range(float(work.page['width']))}", "width", ("range", "width")),
        Choice(f"Counted earlier or later than {work.page['due']} quarters after the yes", "due", ("due", "when")),
    ]
    picked = talk.choose(choices)
    if picked is None:
        return None
    if picked in TONES:
        work.tone = picked
        return {}
    if picked == OWN:
        low = -20_000_000.0 if work.audience == "desk" else 0.0
        value = talk.number(f"{METRIC_WORDS[str(work.page['metric'])]} {per}, such as 120k", low, 20_000_000.0, 1000)
        if value is None:
            return None
        work.tone = OWN
        return {"claim": round(value / 1000)}
    return {"metric": metric, "width": _width, "due": _due}[picked](table, work)


def _range(width: float) -> str:
    return f"{width * 100:g}% either way"


def _width(table: Table, _work: Working) -> Fields | None:
    names = ("narrow", "middling", "so wide that it says little")
    choices: list[Choice[Any]] = [
        Choice(f"{_range(width)}, {name}", width) for width, name in zip(RANGES, names, strict=True)
    ]
    return _pick(table, "How wide? Aim to land inside eight times in ten.", "width", choices)


def _due(table: Table, _work: Working) -> Fields | None:
    cast, quarter = table.cast, table.quarter
    made: list[Choice[Any]] = [Choice(f"{due} quarters after the yes", due) for due in DUE]
    late = [due for due in DUE if cast.over(quarter + due)]
    if late:
        table.talk.say("What falls due after your time, your successor will be asked for.")
    return _pick(table, "When is it counted?", "due", made)


def metric(table: Table, work: Working) -> Fields | None:
    """On which measure: what is promised must be something that the levers move."""
    if work.audience == "desk":
        goal = table.seen.params.goal_metrics
        wanted = int(goal[min((table.quarter - 1) // 4, len(goal) - 1)]) if len(goal) else -1
        names = {"profit": "Account profit a quarter", "volume": "Sales at list price a quarter"}
        mark = " (what our board watches this year)"
        codes = {"profit": len(MEASURES), "volume": len(MEASURES) + 1}
        choices: list[Choice[Any]] = [
            Choice(text + (mark if codes[name] == wanted else ""), name, (name,)) for name, text in names.items()
        ]
        return _pick(table, "Which figure of ours?", "metric", choices)
    implied = {}
    for name in MEASURES:
        figures = drafting.with_figures(table.seen, work.account, {**work.page, "metric": name})
        implied[name] = float(figures["claim"])
    order = sorted(MEASURES, key=lambda name: -implied[name])
    judged = _judged(table, work.account)
    choices = []
    for name in order:
        if implied[name] <= 0 and name not in judged:
            continue
        worth_ = f"{table.cast.money(implied[name] * 100_000)} a year by your notes" if implied[name] > 0 else (
            "what you give does nothing for it")  # fmt: skip
        who = f"; {listed(judged[name])} is judged on it" if name in judged else ""
        choices.append(Choice(f"{capital(METRIC_WORDS[name])}: {worth_}{who}", name, (name,)))
    if not choices:
        table.talk.say("What you give moves no measure of theirs. Give something else first (3).")
        return None
    return _pick(table, "Which of their measures? Best one that what you give moves, and that a reader is judged on.",
                 "metric", choices)  # fmt: skip


def _judged(table: Table, account: str) -> dict[str, list[str]]:
    """By measure: who there is judged on it, as far as known."""
    found: dict[str, list[str]] = {}
    for person in table.cast.accounts[account].people:
        code = table.seen.known("measure", table.seen.params.people.index(person.id))[0]
        if not np.isnan(code[0]):
            found.setdefault(MEASURES[int(code[0])], []).append(table.cast.person(person.id))
    return found


def proof(table: Table, work: Working) -> Fields | None:
    """What proves it, with what is missing behind each."""
    choices: list[Choice[Any]] = []
    for name in reversed(PROOFS):
        lacks = proof_lacks(table.seen, work.account, name, work.initiative)
        told = f" ({lacks})" if lacks else ""
        choices.append(Choice(f"{capital(PROOF_WORDS[name])}{told}", name, (name,)))
    return _pick(table, "What proves the figure?", "proof", choices)


def otherwise(table: Table, work: Working) -> Fields | None:
    """What stands beside it, and what doing nothing costs."""
    cast = table.cast
    choices: list[Choice[Any]] = []
    for name in (*ALTERNATIVES[1:], ALTERNATIVES[0]):
        lacks = alternative_lacks(table.seen, work.account, name)
        told = f" (hollow: {lacks})" if lacks else ""
        choices.append(Choice(f"{capital(ALTERNATIVE_WORDS[name])}{told}", name, (name,)))
    found = _pick(table, "What stands beside it as the other way?", "alternative", choices)
    if found is None:
        return None
    known = cast.money(work.known["inaction_value"] * 100_000)
    start = cast.quarter(table.quarter + 1)
    talk = table.talk
    talk.part(f"And if nobody does anything? Your notes imply {known} a year.")
    ways: list[Choice[tuple[str, str]]] = [
        Choice(f"It costs them {known} a year, from {start} on", ("dated", "plain"), ("dated",)),
        Choice(f"The same, with no date: {known} a year", ("said", "plain"), ("said",)),
        Choice(
            f"Cautiously, dated: {cast.money(work.harm('cautious') * 100_000)}", ("dated", "cautious"), ("cautious",)
        ),
        Choice(f"Boldly, dated: {cast.money(work.harm('bold') * 100_000)}", ("dated", "bold"), ("bold",)),
        Choice("A figure of my own, dated", ("dated", OWN), ("own",)),
        Choice("Say nothing of it", ("none", "plain"), ("nothing",)),
    ]
    picked = talk.choose(ways)
    if picked is None:
        return found
    kind, tone = picked
    if tone == OWN:
        value = talk.number("A year, such as 120k", 0.0, 20_000_000.0, 1000)
        if value is None:
            return found
        found["inaction_value"] = round(value / 1000)
    work.inaction_tone = tone
    return found | {"inaction": kind}


def paper(table: Table, _work: Working) -> Fields | None:
    """How long it is, and what stands behind it."""
    study = {"drivers": " (10 hours more, with our controller)"}
    one = capital(BODY_WORDS["one_page"])
    choices: list[Choice[Fields]] = [
        Choice(
            f"{one}, {SENSITIVITY_WORDS[name]}{study.get(name, '')}",
            {"body": "one_page", "sensitivity": name},
            (name,),
        )
        for name in SENSITIVITY
    ]
    choices += [
        Choice(f"{capital(BODY_WORDS[name])}, what is behind it as now", {"body": name}, (name,)) for name in BODIES[1:]
    ]
    table.talk.part("How long, and what stands behind it?")
    return table.talk.choose(choices)


SLOTS: Final[dict[str, Callable[[Table, Working], Fields | None]]] = {
    "whom": whom,
    "now": now,
    "give": give,
    "get": get,
    "worth": worth,
    "proof": proof,
    "otherwise": otherwise,
    "paper": paper,
}
