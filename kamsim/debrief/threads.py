"""Threads: moves that belong together at one account, from the first question to the contract.

A case and the talks that led to it are one thread; prices, answers to requests, repairs and answers on the spot are
threads of their own. A move that only reveals never stands alone: it belongs to the thread that it served. Where a
move leaned on a fact, it names the moves that had brought that fact; without all of them it could not have been made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kamsim.debrief.pursuits import Pursuit
from kamsim.debrief.record import Play
from kamsim.engine.knowledge import FRESH
from kamsim.engine.moves import MOVES
from kamsim.engine.params import MEASURES, TRADES
from kamsim.game.commands import Command
from kamsim.game.events.cases import CaseAnswered
from kamsim.game.events.closing import OfferAnswered
from kamsim.game.events.moments import MomentEnded
from kamsim.game.events.talks import TalkAnswered
from kamsim.view.menu.catalogue import MENU
from kamsim.view.pipeline import off_words
from kamsim.view.words.names import RHYTHM_WORDS, counted, listed, percent
from kamsim.view.words.opportunities import OUTCOME_WORDS, named, titled

REVEALS: Final = frozenset(kind for kind, move in MOVES.items() if move.reveals)
"""Moves that only reveal: they change nothing but what is known."""
CONTACT: Final = frozenset(kind for kind, entry in MENU.items() if entry.thread == "contact")
"""Moves that lead up to a case, or to nothing yet."""
CASES: Final = {kind: entry.audience for kind, entry in MENU.items() if entry.audience}
"""Moves that hand a page over, and to whom."""
OPENS: Final = frozenset(kind for kind, entry in MENU.items() if entry.opens)
BY_NAME: Final = ("request", "moment", "talk", "opportunity", "joint")
"""Threads about what a move names."""
BY_QUARTER: Final = ("incident", "offer")
"""Threads that a later quarter begins anew."""
NEEDS: Final = {
    "build_insight": ("initiative", "state"), "renew_case": ("initiative", "state"),
    "back_initiative": ("force", "acts"), "bid": ("opportunity", "stage"),
}  # fmt: skip
"""By move: the fact without which it cannot be made, as the argument that it is about and its kind."""
NOTES_AGE: Final = 2
"""Quarters for which a customer's own figures prove something."""
ENDS: Final = {"returned": "sent back", "rejected": "turned down", "conditional": "their condition not taken up",
               "stopped": "stopped before it was weighed", "delayed": "no decision yet"}  # fmt: skip
"""How a case ended that was not signed, by its last answer."""
KINDS: Final = ("case", "contact", "price", "request", "offer", "incident", "moment", "rhythm", "talk", "opportunity",
                "team", "company", "joint")  # fmt: skip


@dataclass(frozen=True)
class Lean:
    """A fact that a move leaned on: its names, and the moves any one of which had brought it in time."""

    facts: tuple[str, ...]
    sources: tuple[int, ...]


@dataclass(frozen=True)
class Thread:
    """Moves that belong together. ``key`` and ``choice``: what it was about and which way it went, alike for every
    player; ``numbers``: its moves in the log; ``reveals``: it only told the player something."""

    key: str
    kind: str
    account: str
    title: str
    choice: str
    first: int
    last: int
    numbers: tuple[int, ...]
    reveals: bool


def threads_of(play: Play) -> tuple[Thread, ...]:
    """The threads of a session, in the order in which they began; every move that stands is in exactly one."""
    groups: dict[str, list[Command]] = {}
    cases: dict[tuple[str, str], int] = {}
    waiting: dict[str, list[Command]] = {}
    for command in play.commands:
        account = play.account(command)
        if command.move in CONTACT:
            waiting.setdefault(account, []).append(command)
            continue
        if command.move in OPENS:
            audience = CASES[command.move]
            count = cases[account, audience] = cases.get((account, audience), 0) + 1
            key = f"case:{account}:{audience}:{count}"
            if audience == "customer":
                groups.setdefault(key, []).extend(waiting.pop(account, []))
        else:
            key = _key(command, account, cases)
        groups.setdefault(key, []).append(command)
    for account, commands in waiting.items():
        groups[f"contact:{account}"] = commands
    made = [_thread(play, key, commands) for key, commands in groups.items()]
    return tuple(sorted(made, key=lambda thread: thread.numbers[0]))


def _key(command: Command, account: str, cases: dict[tuple[str, str], int]) -> str:
    kind, args = MENU[command.move].thread, command.args
    if kind == "case":
        audience = CASES.get(command.move) or str(args.get("audience", "customer"))
        return f"case:{account}:{audience}:{cases.get((account, audience), 1)}"
    if kind in BY_NAME:
        return f"{kind}:{args[kind]}"
    return f"{kind}:{account}:{command.quarter}" if kind in BY_QUARTER else f"{kind}:{account}"


def _thread(play: Play, key: str, commands: list[Command]) -> Thread:
    commands = sorted(commands, key=lambda command: command.number)
    kind, account = key.split(":", maxsplit=1)[0], play.account(commands[0])
    title, choice = _WORDS[kind](play, account, commands)
    if kind == "case" and (count := int(key.rsplit(":", 1)[1])) > 1:
        title = f"{title.replace('case for', f'case {count} for', 1).replace('ask to', f'ask {count} to', 1)}"
    return Thread(
        key,
        kind,
        account,
        f"{_whose(play, account)}: {title}",
        choice,
        commands[0].quarter,
        commands[-1].quarter,
        tuple(command.number for command in commands),
        all(command.move in REVEALS for command in commands),
    )


def _whose(play: Play, account: str) -> str:
    """At whom a thread was; our own side has no account."""
    return play.first_cast.account(account) if account else "Our side"


def _of_case(play: Play, account: str, commands: list[Command]) -> tuple[str, str]:
    pages = [command for command in commands if command.move in CASES]
    if not pages:
        return "what was left to do of a case", "done"
    audience, last = CASES[pages[-1].move], commands[-1]
    initiative = pages[-1].args.get("initiative")
    about = play.first_cast.initiatives[str(initiative)].name if initiative else "no initiative"
    answers = [
        item.event.outcome
        for item in play.of(CaseAnswered)
        if item.event.account == account and item.event.audience == audience and item.quarter >= pages[0].quarter
    ]
    later = [
        command.quarter
        for command in play.commands
        if command.move in OPENS
        and CASES[command.move] == audience
        and play.account(command) == account
        and command.number > pages[0].number
    ]
    until = later[0] if later else play.quarters + 1
    ends = [
        item.event.outcome
        for item in play.of(CaseAnswered)
        if item.event.account == account
        and item.event.audience == audience
        and pages[0].quarter <= item.quarter < max(until, pages[0].quarter + 1)
    ]
    took = any(command.move == "accept_condition" for command in commands)
    end = "signed with a condition" if took else {"approved": "signed"}.get(ends[-1] if ends else "", "")
    end = end or (ENDS.get(ends[-1], str(ends[-1])) if ends else "no answer" if not answers else "not signed")
    talks = sum(command.move in CONTACT for command in commands)
    who = "ask to our own desk" if audience == "desk" else f"case for {about}"
    recuts = sum(command.move.startswith("recut") for command in commands)
    more = f", {talks} talks and readings before it" if talks else ""
    again = f", re-cut {recuts} times" if recuts > 1 else ", re-cut once" if recuts else ""
    if last.move == "measure_promise":
        again += ", measured"
    return f"{who}{more}{again}; {end}", end


def _of_contact(play: Play, _account: str, commands: list[Command]) -> tuple[str, str]:
    said = _counted(commands)
    served = dict.fromkeys(str(command.args["initiative"]) for command in commands if "initiative" in command.args)
    about = listed([play.first_cast.initiatives[name].name for name in served])
    head = f"work on {about}, no case after it" if about else "contact without a case after it"
    return f"{head} ({said})", "contact"


STATUS: Final = "key status"
BEHIND: Final = "what our company does for them"
"""What moves inside our own company are about: one customer's status, or all of them."""


def _counted(commands: list[Command]) -> str:
    """How often each kind of move was made."""
    counts = Counter(command.move for command in commands)
    return ", ".join(
        entry.counted[0] if counts[kind] == 1 else f"{counts[kind]} {entry.counted[1]}"
        for kind, entry in MENU.items()
        if counts[kind]
    )


def _of_team(_play: Play, _account: str, commands: list[Command]) -> tuple[str, str]:
    return f"who does it, and how they are ({_counted(commands)})", "done"


def _of_company(_play: Play, account: str, commands: list[Command]) -> tuple[str, str]:
    return f"{STATUS if account else BEHIND} ({_counted(commands)})", "done"


def _of_price(play: Play, _account: str, commands: list[Command]) -> tuple[str, str]:
    values = [f"{_line(command)} to {percent(_level(command), 1)}" for command in commands[:3]]
    more = f" and {len(commands) - 3} more" if len(commands) > 3 else ""
    numbers = {command.number for command in commands}
    ups = [after > before for command, before, after in play.repriced if command.number in numbers]
    rises = 2 * sum(ups) - len(ups) + sum(command.move == "set_rebate" for command in commands)
    return f"price changes of our own ({', '.join(values)}{more})", "lowered" if rises > 0 else "raised or put back"


def _line(command: Command) -> str:
    what = "rebate on " if command.move == "set_rebate" else ""
    return f"{what}{command.args['line']}"


def _level(command: Command) -> float:
    return float(command.args[command.move.removeprefix("set_")])


def _of_request(play: Play, _account: str, commands: list[Command]) -> tuple[str, str]:
    last = commands[-1]
    result = play.result(last) or str(last.args["answer"])
    word = {
        "granted": "granted",
        "traded": "traded",
        "trade_refused": "trade refused",
        "turned_down": "declined",
        "turned_down_badly": "declined",
    }.get(result, str(last.args["answer"]))
    return f'answer to "{play.first_cast.requests[last.args["request"]].title}": {word}', word


def _of_offer(play: Play, account: str, commands: list[Command]) -> tuple[str, str]:
    change = float(commands[-1].args["change"])
    answers = [
        item.event.answer
        for item in play.of(OfferAnswered)
        if item.event.account == account and item.quarter >= commands[-1].quarter
    ]
    said = answers[0] if answers else "no answer"
    return f"offer, {percent(change, 1, plus=True)} discount; {said}", str(said)


def _of_incident(_play: Play, _account: str, commands: list[Command]) -> tuple[str, str]:
    hours = sum(int(command.args.get("effort", 0)) for command in commands)
    credit = any(command.args.get("redress") == "credit" for command in commands)
    if not hours:
        return "deliveries expedited", "expedited"
    word = "with a credit" if credit else "no credit"
    return f"incident put right, {hours} hours, {word}", f"{hours} hours, {word}"


def _of_moment(play: Play, _account: str, commands: list[Command]) -> tuple[str, str]:
    name = str(commands[-1].args["moment"])
    ends = [item.event.phase for item in play.of(MomentEnded) if item.event.moment == name]
    return f"answer on the spot to {play.first_cast.person(play.first_cast.moments[name].person)}", (
        ends[-1] if ends else "open"
    )


def _of_talk(play: Play, _account: str, commands: list[Command]) -> tuple[str, str]:
    name = str(commands[-1].args["talk"])
    ends = [item.event.status for item in play.of(TalkAnswered) if item.event.talk == name]
    end = {"signed": "signed", "walked": "they left"}.get(ends[-1] if ends else "", "not settled")
    end = "left" if commands[-1].move == "leave_table" else end
    rounds = sum(command.move == "propose" for command in commands)
    asked = sum(command.move == "ask_table" for command in commands)
    return (
        f'"{play.first_cast.talks[name].title}", {counted(rounds, "proposal")}, {counted(asked, "question")}; {end}',
        end,
    )


def _of_opportunity(play: Play, _account: str, commands: list[Command]) -> tuple[str, str]:
    """Every bid in one slot: how it ended the last time that one lay there."""
    name = str(commands[0].args["opportunity"])
    mine = [item for item in play.pursuits if item.opportunity == name and item.bids]
    ends = [OUTCOME_WORDS.get(item.outcome, item.outcome) for item in mine] or ["too late"]
    told = [f"{end}{_second(item)}" for end, item in zip(ends, mine, strict=True)] if mine else ends
    off = off_words(float(commands[-1].args["discount"]))
    return f"{counted(len(commands), 'bid')} for {named(play.first_cast, name)}, {off}; {', '.join(told)}", ends[-1]


def _second(item: Pursuit) -> str:
    """What is ours of an award that somebody else won."""
    part = item.award.part if item.award is not None and item.outcome == "lost" else None
    return f", {percent(part)} of it ours as the second source" if part else ""


def _of_rhythm(_play: Play, _account: str, commands: list[Command]) -> tuple[str, str]:
    steps = [str(command.args["rhythm"]) for command in commands]
    return f"rhythm of contact ({', then '.join(RHYTHM_WORDS.get(step, step) for step in steps)})", steps[-1]


def _of_joint(play: Play, _account: str, commands: list[Command]) -> tuple[str, str]:
    """What was built together, and how the last word on it went."""
    name, last = str(commands[-1].args["joint"]), commands[-1]
    agreed = {"agreed": "agreed", "declined": "turned down", "not_yet": "not yet"}
    ends = [agreed[said] for command in commands if (said := play.result(command)) in agreed]
    end = "left" if last.move == "leave_joint" else ends[-1] if ends else "asked for"
    asked = sum(command.move == "start_joint" for command in commands)
    return f"{play.first_cast.joints[name].name}, built together, asked {counted(asked, 'time')}; {end}", end


_WORDS: Final = {
    "case": _of_case,
    "contact": _of_contact,
    "price": _of_price,
    "request": _of_request,
    "offer": _of_offer,
    "incident": _of_incident,
    "moment": _of_moment,
    "talk": _of_talk,
    "opportunity": _of_opportunity,
    "rhythm": _of_rhythm,
    "joint": _of_joint,
    "team": _of_team,
    "company": _of_company,
}


def subject(play: Play, thread: Thread) -> str:
    """What a thread was about, without the way it went: alike for every player."""
    cast = play.first_cast
    names = thread.key.split(":")
    told = {
        "price": "price changes of our own", "rhythm": "rhythm of contact", "moment": "asked on the spot",
        "incident": f"the incident of {cast.quarter(thread.first)}", "contact": "contact without a case after it",
        "offer": "an offer", "team": "who does it, and how they are",
        "company": STATUS if thread.account else BEHIND,
    }  # fmt: skip
    if thread.kind == "request":
        about = f'"{cast.requests[names[1]].title}"'
    elif thread.kind == "talk":
        about = f'"{cast.talks[names[1]].title}"'
    elif thread.kind == "opportunity":
        about = titled(cast, names[1])
    elif thread.kind == "case":
        about = _case_about(play, thread)
    elif thread.kind == "joint":
        about = cast.joints[names[1]].name
    else:
        about = told.get(thread.kind) or thread.title.partition(": ")[2]
    return f"{_whose(play, thread.account)}: {about}"


def _case_about(play: Play, thread: Thread) -> str:
    """The initiative that the last page served."""
    pages = [play.by_number[number] for number in thread.numbers if play.by_number[number].move in CASES]
    if thread.key.split(":")[2] == "desk":
        return "an ask to our own desk"
    initiative = pages[-1].args.get("initiative") if pages else None
    return f"the case for {play.first_cast.initiatives[str(initiative)].name}" if initiative else "a case"


@dataclass(frozen=True)
class _Sighting:
    fact: str
    quarter: int
    value: float
    number: int | None
    """The move that brought it; None for routine contact."""


def leans_of(play: Play) -> dict[int, tuple[Lean, ...]]:
    """By move: the facts that it leaned on and that only moves had brought."""
    sightings = [_Sighting(fact, 1, value, None) for fact, value in play.noted.items()]
    made: dict[int, tuple[Lean, ...]] = {}
    by_move: dict[int, list[_Sighting]] = {}
    opening: list[tuple[int, _Sighting]] = []
    for item, fact in play.learned:
        seen = _Sighting(fact.fact, item.quarter, fact.value, item.number)
        if item.number is None:
            opening.append((item.quarter, seen))
        else:
            by_move.setdefault(item.number, []).append(seen)
    heard = sorted(opening, key=lambda pair: pair[0])
    place = 0
    for command in play.commands:
        while place < len(heard) and heard[place][0] <= command.quarter:
            sightings.append(heard[place][1])
            place += 1
        needs = [_met(facts, values, age, command.quarter, sightings) for facts, values, age in _needs(play, command)]
        leans = tuple(lean for lean in needs if lean is not None)
        if leans:
            made[command.number] = leans
        sightings += by_move.get(command.number, [])
    return made


def _met(
    facts: Sequence[str], value: float | None, age: int | None, quarter: int, sightings: Sequence[_Sighting]
) -> Lean | None:
    """What a need leaned on: None where nothing had been found out, or routine contact or the notes knew it too."""
    known = [seen for seen in sightings if seen.fact in facts]
    if value is not None:
        known = [seen for seen in known if seen.value == value]
    else:
        last = {fact: [seen.value for seen in known if seen.fact == fact][-1:] for fact in facts}
        known = [seen for seen in known if last[seen.fact] == [seen.value]]
    if age is not None:
        known = [seen for seen in known if quarter - seen.quarter <= age]
    if not known or any(seen.number is None for seen in known):
        return None
    names = tuple(dict.fromkeys(seen.fact for seen in known))
    return Lean(names, tuple(sorted({seen.number for seen in known if seen.number is not None})))


def _needs(play: Play, command: Command) -> list[tuple[list[str], float | None, int | None]]:
    """What a move leans on: (facts any of which will do, value or None for the last seen, greatest age or None)."""
    params, args = play.params, command.args
    if not play.account(command):
        return []
    account = params.accounts.index(play.account(command))
    initiatives = [params.initiatives[row] for row in params.account_initiatives[account]]
    people = [params.people[row] for row in params.account_people[account]]
    needs: list[tuple[list[str], float | None, int | None]] = []
    if command.move == "seek_executive" and args["approach"] == "insight":
        needs.append(([f"{name}.state" for name in initiatives], None, FRESH))
    if command.move in NEEDS:
        about, kind = NEEDS[command.move]
        needs.append(([f"{args[about]}.{kind}"], None, None))
    if command.move == "answer_request" and args.get("get") in TRADES:
        needs.append(([f"{args['request']}.interest"], float(TRADES.index(args["get"])), None))
    if command.move in CASES:
        if args.get("initiative"):
            needs.append(([f"{args['initiative']}.state"], None, None))
        if args.get("metric") in MEASURES:
            needs.append(([f"{name}.measure" for name in people], float(MEASURES.index(args["metric"])), None))
        if args.get("proof") == "their_figures":
            needs.append(([f"{args.get('initiative')}.state"], None, NOTES_AGE))
            needs.append(([f"{name}.measure" for name in people], None, NOTES_AGE))
        alternative = {"rival": "attack", "price_only": "price_sensitivity"}.get(str(args.get("alternative")))
        if alternative:
            needs.append(([f"{play.account(command)}.{alternative}"], None, None))
    if command.move == "answer_moment":
        owner = play.scenario_person(args["moment"])
        if args.get("why") == "their_goal":
            needs.append(([f"{name}.state" for name in initiatives], None, FRESH))
        if args.get("why") == "their_measure":
            needs.append(([f"{owner}.measure"], None, None))
    return needs
