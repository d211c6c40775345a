"""What a log shows of each behaviour: the occasions that a session gave, and which of them were met.

One function a behaviour (ECONOMICS F, by the number of its row). Each returns what happened, occasion by occasion, so
that every rating can be checked against the lines behind it. Rows that no function serves cannot be seen here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from kamsim.debrief.record import YEAR, Happening, Play
from kamsim.debrief.story import signals_missed, stated_ranges
from kamsim.debrief.threads import CASES, OPENS
from kamsim.engine.params import MEASURES
from kamsim.game.commands import Command
from kamsim.game.wording import guess_base, repays_at

ENOUGH: Final = 0.6
"""Score of a criterion, 0..1, from which it counts as met."""
NEAR: Final = 0.25
"""How far a guess may be off, as a part of the truth."""
LEVERS: Final = ("pooled", "bespoke", "priority", "programme", "people")
NOTHING_BACK: Final = "granted"


@dataclass(frozen=True)
class Occasion:
    """One occasion to show a behaviour: what happened in a few words, and whether it was met."""

    quarter: int
    text: str
    met: bool


def _meetings(play: Play) -> list[tuple[Command, dict[str, Any]]]:
    return [(c, play.moved.get(c.number, {})) for c in play.commands if c.move == "meet"]


def _cases(play: Play, audience: str) -> list[Command]:
    return [c for c in play.commands if CASES.get(c.move) == audience]


def _judged(play: Play, audience: str) -> list[Happening]:
    return [item for item in play.of("case_judged") if item.data["audience"] == audience]


def _answered(play: Play, audience: str) -> list[Happening]:
    return [item for item in play.of("case_answered") if item.data["audience"] == audience]


def _heard(play: Play, name: str, by: int, number: int, since: int = 0) -> list[float]:
    """Values of a fact known by a quarter, from the predecessor's notes or heard; moves after ``number`` left out."""
    noted = [play.noted[name]] if name in play.noted and since <= 1 else []
    return noted + [
        float(fact["value"])
        for item in play.of("moved", "heard")
        for fact in item.data.get("learned", ())
        if fact["fact"] == name and since <= item.quarter <= by and (item.number is None or item.number <= number)
    ]


def _known_measures(play: Play) -> list[Occasion]:
    made = []
    for command, _ in _meetings(play):
        person = command.args["person"]
        if play.params.person_level[play.params.people.index(person)] == 2:
            known = bool(_heard(play, f"{person}.measure", command.quarter, command.number))
            name = play.first_cast.people[person].role
            said = "what counts there was known" if known else "without knowing what counts there"
            made.append(Occasion(command.quarter, f"met the {name}, {said}", known))
    return made


def _followed_turns(play: Play) -> list[Occasion]:
    missed = signals_missed(play)
    made = []
    for item in play.of("turned"):
        name = play.cast.initiatives[item.data["initiative"]].name
        lost = any(name in line and play.cast.quarter(item.quarter) in line for line in missed)
        said = "no contact until a quarter later" if lost else "followed up"
        made.append(Occasion(item.quarter, f"{name} turned ({item.data['to']}): {said}", not lost))
    for item in play.of("case_answered"):
        if item.data["noticed"]:
            made.append(Occasion(item.quarter, f"{_at(play, item)}: a case on facts that had changed", False))
    return made


def _at(play: Play, item: Happening) -> str:
    return play.cast.account(item.data["account"])


def _right_measure(play: Play) -> list[Occasion]:
    """Claims in the measure of whoever owns the initiative or weighs most, as authored or as heard since."""
    made, params = [], play.params
    for command in _cases(play, "customer"):
        metric = str(command.args.get("metric", "savings"))
        account = play.account(command)
        people = [
            play.first_cast.people[params.people[row]] for row in params.account_people[params.accounts.index(account)]
        ]
        asked = {max(people, key=lambda person: person.power).id}
        if command.args.get("initiative"):
            row = params.initiatives.index(str(command.args["initiative"]))
            asked.add(params.people[int(params.initiative_owner[row])])
        true = {person.measure for person in people if person.id in asked}
        true |= {
            MEASURES[int(value)]
            for name in asked
            for value in _heard(play, f"{name}.measure", command.quarter, command.number)
        }
        said = (
            "what its owner or the weightiest reader is judged on" if metric in true else "which neither is judged on"
        )
        made.append(
            Occasion(command.quarter, f"{play.cast.account(account)}: claimed {metric}, {said}", metric in true)
        )
    return made


def _criterion(play: Play, audience: str, names: tuple[str, ...]) -> list[Occasion]:
    made = []
    for item in _judged(play, audience):
        mean = sum(float(item.data["criteria"][name]) for name in names) / len(names)
        made.append(
            Occasion(item.quarter, f"{_at(play, item)}: {', '.join(names)} {100 * mean:.0f} of 100", mean >= ENOUGH)
        )
    return made


def _own_figures(play: Play) -> list[Occasion]:
    made = [
        Occasion(one.quarter, f"{one.name}: {'inside' if one.inside else 'outside'} the range given", one.inside)
        for one in stated_ranges(play)
        if not one.promise
    ]
    _, price = guess_base(play.first_cast, play.params)
    truth = repays_at(0.05, (price.pocket - price.unit_cost) / price.list_price)
    for quarter, value in play.guesses.get("breakeven", []):
        if truth is not None:
            near = abs(value / 100.0 - truth) <= NEAR * truth
            made.append(Occasion(quarter, f"break-even of 5 points: said {value:g}%, it is {100 * truth:.0f}%", near))
    for item in play.of("revealed")[:1]:
        guess = item.data.get("guess")
        if guess:
            met = guess[-1] == item.data["by_profit"][-1]
            made.append(Occasion(item.quarter, f"named {play.cast.account(guess[-1])} as least profitable", met))
    return made


def _talks(play: Play, agenda: str | None) -> list[Occasion]:
    made = []
    for command, data in _meetings(play):
        if agenda is None or command.args["agenda"] == agenda:
            count = len(data.get("learned", ()))
            person = play.first_cast.people[command.args["person"]].role
            said = f"{count} facts learned" if count else "nothing new"
            made.append(
                Occasion(command.quarter, f"{command.args['agenda']} talk with the {person}: {said}", count > 0)
            )
    return made


def _results_talks(play: Play) -> list[Occasion]:
    made = []
    for command, data in _meetings(play):
        kinds = {fact["kind"] for fact in data.get("learned", ())}
        met = command.args["agenda"] == "results" and bool(kinds & {"measure", "state", "wallet"})
        person = play.first_cast.people[command.args["person"]].role
        made.append(Occasion(command.quarter, f"{command.args['agenda']} talk with the {person}", met))
    return made


def _offers_that_fit(play: Play) -> list[Occasion]:
    made = []
    for command in _cases(play, "customer"):
        args = command.args
        levers = [name for name in LEVERS if args.get(name) not in (None, 0, "no")]
        met = bool(args.get("initiative")) and bool(levers)
        said = f"with {', '.join(levers)}" if levers else "with nothing but price or words"
        made.append(Occasion(command.quarter, f"{play.cast.account(play.account(command))}: a case {said}", met))
    return made


def _power_map(play: Play) -> list[Occasion]:
    made, seen = [], set()
    for command in _cases(play, "customer"):
        account = play.account(command)
        if account in seen:
            continue
        seen.add(account)
        people = play.params.account_people[play.params.accounts.index(account)]
        known = sum(
            bool(_heard(play, f"{play.params.people[row]}.power", command.quarter, command.number)) for row in people
        )
        made.append(
            Occasion(command.quarter, f"{play.cast.account(account)}: weight of {known} of {len(people)} known before the "
                     f"first case", 2 * known >= len(people))
        )  # fmt: skip
    return made


def _doors(play: Play, approach: str | None) -> list[Occasion]:
    made = []
    for command in play.commands:
        if command.move == "seek_executive" and approach in (None, command.args["approach"]):
            result = str(play.moved.get(command.number, {}).get("result", ""))
            person = play.first_cast.people[command.args["person"]].role
            said = f"asked the {person} ({command.args['approach']}): {result.replace('_', ' ')}"
            made.append(Occasion(command.quarter, said, result == "door_opened"))
    return made


def _moments(play: Play) -> list[Occasion]:
    made = []
    for item in play.of("moment_ended"):
        person = play.first_cast.people[play.first_cast.moments[item.data["moment"]].person].role
        made.append(Occasion(item.quarter, f"asked on the spot by the {person}: {item.data['phase']}",
                             item.data["phase"] in ("won", "held")))  # fmt: skip
    return made


def _measured(play: Play) -> list[Occasion]:
    done = {(i.data["account"], i.data["audience"], i.data["due"]) for i in play.of("measured")}
    made = []
    for item in play.of("promise_due"):
        met = (item.data["account"], item.data["audience"], item.data["due"]) in done
        made.append(
            Occasion(item.quarter, f"{_at(play, item)}: promise due, {'measured' if met else 'not measured'}", met)
        )
    return made


def _decided(play: Play, audience: str, good: tuple[str, ...]) -> list[Occasion]:
    return [
        Occasion(item.quarter, f"{_at(play, item)}: {item.data['outcome']}", item.data["outcome"] in good)
        for item in _answered(play, audience)
    ]


def _unasked(play: Play) -> list[Occasion]:
    made = []
    for year in range(play.quarters // YEAR):
        span = range(year * YEAR + 1, (year + 1) * YEAR + 1)
        for account in play.params.accounts:
            met = any(
                c.move == "present_case" and play.account(c) == account and c.quarter in span for c in play.commands
            )
            said = "a case of our own" if met else "no case brought"
            made.append(Occasion(span[-1], f"{play.cast.account(account)}, {play.scenario.year + year}: {said}", met))
    return made


def _trades(play: Play) -> list[Occasion]:
    made = []
    for command in play.commands:
        if command.move == "answer_request":
            result = str(play.moved.get(command.number, {}).get("result", ""))
            if result in ("granted", "traded", "trade_refused"):
                title = play.first_cast.requests[command.args["request"]].title
                made.append(Occasion(command.quarter, f'"{title}": {result.replace("_", " ")}', result != NOTHING_BACK))
        elif command.move == "offer_terms" and float(command.args["change"]) > 0:
            met = float(command.args.get("commitment", 0.0)) > 0 or command.args.get("pooled") == "yes"
            said = "asked something back" if met else "asked nothing back"
            made.append(Occasion(command.quarter, f"offer to {play.cast.account(play.account(command))}: {said}", met))
    return made + _own_cuts(play)


def _own_cuts(play: Play) -> list[Occasion]:
    """Prices lowered unasked, once for each account and quarter."""
    level = {(a.id, item.line): item.discount for a in play.scenario.accounts for item in a.business}
    made, seen = [], set()
    for command in play.commands:
        if command.move != "set_discount":
            continue
        key, account = (command.args["account"], command.args["line"]), command.args["account"]
        if float(command.args["discount"]) > level.get(key, 0.0) + 1e-9 and (account, command.quarter) not in seen:
            seen.add((account, command.quarter))
            made.append(Occasion(command.quarter, f"{play.cast.account(account)}: price lowered for nothing", False))
        level[key] = float(command.args["discount"])
    return made


def _one_voice(play: Play) -> list[Occasion]:
    by_place: dict[tuple[str, int], set[str]] = {}
    for command in play.commands:
        kind = "case" if command.move in OPENS or command.move.startswith("recut") else ""
        kind = kind or ("price" if command.move in ("set_discount", "set_rebate", "offer_terms") else "")
        if kind:
            by_place.setdefault((play.account(command), command.quarter), set()).add(kind)
    return [
        Occasion(
            quarter, f"{play.cast.account(account)}: {' and '.join(sorted(kinds))} in one quarter", len(kinds) == 1
        )
        for (account, quarter), kinds in by_place.items()
    ]


def _owners_met(play: Play) -> list[Occasion]:
    made = []
    for command in _cases(play, "customer"):
        name = command.args.get("initiative")
        if not name:
            continue
        owner = play.params.people[int(play.params.initiative_owner[play.params.initiatives.index(str(name))])]
        met = any(
            c.move == "meet"
            and c.args["person"] == owner
            and command.quarter - 2 <= c.quarter
            and c.number < command.number
            for c in play.commands
        )
        said = "met within two quarters before" if met else "not met lately"
        made.append(
            Occasion(
                command.quarter, f"{play.cast.account(play.account(command))}: owner of the initiative {said}", met
            )
        )
    return made


def _true_cost(play: Play) -> list[Occasion]:
    made = []
    reviewed: dict[str, int] = {}
    for command in play.commands:
        account = play.account(command)
        if command.move == "review_costs":
            reviewed[account] = command.quarter
        if command.move in ("answer_request", "offer_terms", "set_discount"):
            met = account in reviewed or command.quarter > YEAR
            said = "true cost to serve in the books" if met else "on an equal share of cost"
            made.append(Occasion(command.quarter, f"{play.cast.account(account)}: price decision, {said}", met))
    return made


def _many_measures(play: Play) -> list[Occasion]:
    by_account: dict[str, set[str]] = {}
    last: dict[str, int] = {}
    for command in _cases(play, "customer"):
        account = play.account(command)
        by_account.setdefault(account, set()).add(str(command.args.get("metric", "savings")))
        last[account] = command.quarter
    return [
        Occasion(last[account], f"{play.cast.account(account)}: {', '.join(sorted(names))}", len(names) >= 2)
        for account, names in by_account.items()
    ]


def _warned(play: Play) -> list[Occasion]:
    missed = signals_missed(play)
    made = []
    for item in play.of("warned"):
        lost = any(
            "warned" in line and _at(play, item) in line and play.cast.quarter(item.quarter) in line for line in missed
        )
        said = "nothing done" if lost else "acted before it"
        made.append(Occasion(item.quarter, f"{_at(play, item)}: warned of an attack, {said}", not lost))
    return made


def _bespoke(play: Play) -> list[Occasion]:
    return [
        Occasion(
            item.quarter,
            f"{_at(play, item)}: {item.data['outcome']}",
            item.data["outcome"] in ("approved", "conditional"),
        )
        for item in _answered(play, "desk")
        if item.data["page"].get("bespoke") == "yes" or item.data["page"].get("people")
    ]


def _risks(play: Play) -> list[Occasion]:
    warned = {(i.data["account"], i.data["quarter"]) for i in play.of("warned")}
    neglected = {(i.data["account"], i.quarter) for i in play.of("neglected")}
    made = []
    for item in play.of("struck"):
        met = (item.data["account"], item.data["quarter"]) in warned
        said = "had been seen coming" if met else "had not been seen coming"
        made.append(Occasion(item.quarter, f"{_at(play, item)}: the attack {said}", met))
    for item in play.of("failed"):
        if item.quarter <= play.quarters:
            met = (item.data["account"], item.quarter) not in neglected
            made.append(
                Occasion(item.quarter, f"{_at(play, item)}: incident {'put right' if met else 'left alone'}", met)
            )
    return made


def _kept(play: Play) -> list[Occasion]:
    return [
        Occasion(
            item.quarter,
            f"{_at(play, item)}: promise {'kept' if item.data['kept'] else 'missed'}",
            bool(item.data["kept"]),
        )
        for item in play.of("measured")
    ]


def _sources(play: Play) -> list[Occasion]:
    made = []
    for quarter in range(1, play.quarters + 1):
        looked = {play.account(c) for c in play.commands
                  if c.move in ("scan", "review_costs", "read_room") and quarter - 1 <= c.quarter <= quarter}  # fmt: skip
        decided = {play.account(c) for c in play.commands
                   if c.quarter == quarter and (c.move in CASES or c.move in ("offer_terms", "answer_request", "set_discount"))}  # fmt: skip
        for account in decided:
            met = account in looked
            said = "after looking" if met else "without looking"
            made.append(Occasion(quarter, f"{play.cast.account(account)}: decided {said}", met))
    return made


def _pipeline(play: Play) -> list[Occasion]:
    made = []
    for quarter in range(4, play.quarters + 1):
        running = {play.account(c) for c in play.commands if c.move in CASES and quarter - 3 <= c.quarter <= quarter}
        made.append(Occasion(quarter, f"cases at {len(running)} accounts within a year", len(running) >= 3))
    return made


def _profit_first(play: Play) -> list[Occasion]:
    made = []
    for command in play.commands:
        if command.move == "answer_request":
            result = str(play.moved.get(command.number, {}).get("result", ""))
            if result != "trade_refused":
                title = play.first_cast.requests[command.args["request"]].title
                made.append(Occasion(command.quarter, f'"{title}": {result.replace("_", " ")}', result != NOTHING_BACK))
    return made + _own_cuts(play)


SIGNED: Final = ("approved", "conditional")
OCCASIONS: Final[dict[int, Callable[[Play], list[Occasion]]]] = {
    1: _known_measures,
    2: _followed_turns,
    4: _right_measure,
    5: lambda play: _criterion(play, "desk", ("alignment",)),
    6: _own_figures,
    7: lambda play: _talks(play, None),
    8: _offers_that_fit,
    9: _results_talks,
    10: lambda play: _talks(play, "provocative"),
    11: _power_map,
    12: _right_measure,
    13: lambda play: _doors(play, None),
    14: lambda play: _doors(play, "insight"),
    15: _moments,
    16: lambda play: _criterion(play, "customer", ("alignment", "cause", "inaction")),
    17: _measured,
    20: lambda play: _decided(play, "customer", SIGNED),
    21: _unasked,
    22: _trades,
    23: _one_voice,
    24: _owners_met,
    25: _true_cost,
    26: _many_measures,
    28: _warned,
    29: _bespoke,
    30: lambda play: _decided(play, "customer", (*SIGNED, "returned", "delayed")),
    31: _risks,
    32: _kept,
    33: _sources,
    34: _pipeline,
    35: _profit_first,
    36: lambda play: _decided(play, "desk", SIGNED),
}
