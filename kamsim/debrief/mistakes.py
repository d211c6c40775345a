"""The documents' mistakes, found in a log with when: the wrong accounts, too many, transactional, discounts without
return, a single thread, complacency."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kamsim.debrief import story
from kamsim.debrief.record import YEAR, Play
from kamsim.debrief.threads import CASES
from kamsim.game.events.opening import AttackStruck
from kamsim.view.words.names import percent

NAMES: Final = {
    "wrong": "Wrong accounts: most hours where least is earned",
    "many": "Too many: nobody chosen, or more key than can be served",
    "transactional": "Transactional: prices, and no case",
    "discount": "Discounts without return",
    "single": "Single-threading: one person is the account",
    "complacent": "Complacency: a good account left alone",
}
"""By kind of mistake: its heading."""
ASKS: Final = {
    "wrong": "What would that account have to bring to deserve those hours?",
    "many": "Which account would you have left to routine, and what would that have bought elsewhere?",
    "transactional": "What did they need that no price could give them?",
    "discount": "What could you have asked for in return, and who there could have given it?",
    "single": "Who else had a say, and when did you find out?",
    "complacent": "What would have told you earlier that something was moving there?",
}
"""By kind of mistake: the question that it raises."""
ROUTINE: Final = ("Routine contact", "Incidents")
"""Hours that nobody chose to spend there."""
EVEN: Final = 0.3
"""How far shares of hours may lie from equal and still be no choice."""
FEW: Final = 3
TOUCHES: Final = ("meet", "scan", "seek_executive", "read_room", "bring_insight", "back_initiative", *CASES)


@dataclass(frozen=True)
class Mistake:
    """One found: its kind, when, and the figures."""

    kind: str
    quarter: int
    text: str


def mistakes_of(play: Play) -> list[Mistake]:
    """All that a log shows, in the order of `NAMES`."""
    hours = [*_hours(play), *_too_many_keys(play)]
    found = [*hours, *_transactional(play), *_discounts(play), *_single(play), *_complacent(play)]
    order = list(NAMES)
    return sorted(found, key=lambda one: (order.index(one.kind), one.quarter))


def _hours(play: Play) -> list[Mistake]:
    spent = {name: sum(kinds.values()) for name, kinds in story.hours(play).items()}
    total = sum(spent.values()) or 1.0
    profit = play.profit.sum(axis=0)
    accounts = list(play.params.accounts)
    most = max(accounts, key=lambda name: spent[name])
    least = accounts[int(profit.argmin())]
    made = []
    if most == least:
        said = f"{play.cast.account(most)} took {percent(spent[most] / total)} of the hours and earned least"
        made.append(Mistake("wrong", play.quarters, f"{said} ({play.cast.money(float(profit.min()))})"))
    chosen = {
        name: sum(h for what, h in kinds.items() if what not in ROUTINE) for name, kinds in story.hours(play).items()
    }
    whole, equal = sum(chosen.values()), 1.0 / len(accounts)
    if whole and len(accounts) >= 4 and all(abs(chosen[name] / whole - equal) <= EVEN * equal for name in accounts):
        shares = ", ".join(f"{play.cast.account(name)} {percent(chosen[name] / whole)}" for name in accounts)
        made.append(Mistake("many", play.quarters, f"hours beside routine: {shares}"))
    return made


def _too_many_keys(play: Play) -> list[Mistake]:
    """The first customer named key beyond those whom the programme serves well."""
    programme = play.scenario.organisation.programme
    key = set(programme.key) if programme else set()
    for command in play.commands:
        if command.move == "end_key":
            key.discard(play.account(command))
        if programme and command.move == "name_key":
            key.add(play.account(command))
            if len(key) > programme.span:
                said = f"{len(key)} customers key, and the programme serves {programme.span} well"
                return [Mistake("many", command.quarter, said)]
    return []


def _transactional(play: Play) -> list[Mistake]:
    made = []
    for start in range(0, play.quarters - YEAR + 1, YEAR):
        inside = [c for c in play.commands if start < c.quarter <= start + YEAR]
        for account in play.params.accounts:
            here = [c for c in inside if play.account(c) == account]
            prices = sum(c.move in ("set_discount", "set_rebate", "offer_terms", "answer_request") for c in here)
            if prices >= FEW and not any(c.move in CASES for c in here):
                year = play.scenario.year + start // YEAR
                said = f"{play.cast.account(account)}, {year}: {prices} moves on price, no case"
                made.append(Mistake("transactional", start + YEAR, said))
    return made


def _discounts(play: Play) -> list[Mistake]:
    made: dict[tuple[str, int], str] = {}
    for command, result, back in story.concessions_of(play):
        if result == "granted" and not back:
            title = play.first_cast.requests[command.args["request"]].title
            made[play.account(command), command.quarter] = f'"{title}" granted, nothing asked'
    for command, before, after in play.repriced:
        if after > before + 1e-9:
            said = f"lowered unasked, to {percent(after, 1)} off {play.cast.line(command.args['line']).lower()}"
            made.setdefault((command.args["account"], command.quarter), said)
    return [
        Mistake("discount", quarter, f"{play.cast.account(account)}: {said}")
        for (account, quarter), said in made.items()
    ]


def _single(play: Play) -> list[Mistake]:
    made = []
    for account in play.params.accounts:
        met = [c for c in play.commands if c.move == "meet" and play.account(c) == account]
        people = {c.args["person"] for c in met}
        if len(met) >= FEW and len(people) == 1:
            role = play.first_cast.people[people.pop()].role
            said = f"{play.cast.account(account)}: {len(met)} meetings, all with the {role}"
            made.append(Mistake("single", met[-1].quarter, said))
    return made


def _complacent(play: Play) -> list[Mistake]:
    profit = play.profit.sum(axis=0)
    accounts = list(play.params.accounts)
    best = sorted(range(len(accounts)), key=lambda row: -profit[row])[:2]
    made = []
    for row in best:
        account = accounts[row]
        touched = {c.quarter for c in play.commands
                   if play.account(c) == account and c.move in TOUCHES}  # fmt: skip
        quiet = 0
        for quarter in range(1, play.quarters + 1):
            quiet = 0 if quarter in touched else quiet + 1
            if quiet == YEAR:
                said = f"{play.cast.account(account)}: no talk, reading or case for four quarters"
                struck = [
                    i
                    for i in play.of(AttackStruck)
                    if i.event.account == account and quarter - YEAR < i.quarter <= quarter + 1
                ]
                more = (
                    f"; {play.cast.rival(struck[0].event.rival)} came in {play.cast.quarter(struck[0].quarter)}"
                    if struck
                    else ""
                )
                made.append(Mistake("complacent", quarter, said + more))
                break
    return made
