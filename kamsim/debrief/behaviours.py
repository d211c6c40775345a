"""What a log shows of each behaviour: the occasions that a session gave, and which of them were met.

One function a behaviour (economics F, by the number of its row). Each returns what happened, occasion by occasion, so
that every rating can be checked against the lines behind it. Rows that no function serves cannot be seen here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kamsim.debrief.foresight import at_the_table, attacks, followed_changes, insights_brought, news_linked
from kamsim.debrief.occasions import (
    LOOKS,
    NOTHING_BACK,
    PRICED,
    Occasion,
    answered,
    cases,
    criterion,
    doors,
    heard,
    known_measures,
    moments,
    offers_that_fit,
    own_figures,
    power_map,
    results_talks,
    right_measure,
    talks,
)
from kamsim.debrief.own_side import (
    assigned,
    company_used,
    faces,
    joint_asked,
    key_chosen,
    leader_asked,
    planned_together,
    plans_kept,
    plans_shared,
    scored,
    shaken,
    strained,
    targets,
)
from kamsim.debrief.record import YEAR, Play
from kamsim.debrief.signals import acted_before
from kamsim.debrief.threads import CASES, OPENS
from kamsim.game.events.cases import PromiseDue, PromiseMeasured
from kamsim.game.events.closing import IncidentNeglected
from kamsim.game.events.contact import AttackForetold
from kamsim.game.events.opening import IncidentHappened
from kamsim.view.words import levers
from kamsim.view.words.names import counted, listed
from kamsim.view.words.opportunities import OUTCOME_WORDS, at_home, named


def _measured(play: Play) -> list[Occasion]:
    at = play.cast.account
    done = {(i.event.account, i.event.audience, i.event.due) for i in play.of(PromiseMeasured)
            if not i.event.settled}  # fmt: skip
    made = []
    for item in play.of(PromiseDue):
        met = (item.event.account, item.event.audience, item.event.due) in done
        made.append(
            Occasion(
                item.quarter,
                f"{at(item.event.account)}: promise due, {'measured' if met else 'not measured'}",
                met,
            )
        )
    return made


def _decided(play: Play, audience: str, good: tuple[str, ...]) -> list[Occasion]:
    at = play.cast.account
    return [
        Occasion(item.quarter, f"{at(item.event.account)}: {item.event.outcome}", item.event.outcome in good)
        for item in answered(play, audience)
    ]


def _unasked(play: Play) -> list[Occasion]:
    made = []
    for year in range(play.quarters // YEAR):
        span = range(year * YEAR + 1, (year + 1) * YEAR + 1)
        for account in play.params.accounts:
            own = [c for c in play.commands if play.account(c) == account and c.quarter in span]
            brought = {
                "a case of our own": any(c.move == "present_case" for c in own),
                "an insight that nobody had asked for": any(
                    c.move == "bring_insight" and play.result(c) == "landed" for c in own
                ),
                "something to build together": any(c.move == "start_joint" for c in own),
            }
            said = listed([word for word, done in brought.items() if done]) or "nothing brought unasked"
            met = any(brought.values())
            made.append(Occasion(span[-1], f"{play.cast.account(account)}, {play.scenario.year + year}: {said}", met))
    return made


def _trades(play: Play) -> list[Occasion]:
    made = []
    for command in play.commands:
        if command.move == "answer_request":
            result = play.result(command)
            if result in ("granted", "traded", "trade_refused"):
                title = play.first_cast.requests[command.args["request"]].title
                made.append(Occasion(command.quarter, f'"{title}": {result.replace("_", " ")}', result != NOTHING_BACK))
        elif command.move == "offer_terms" and float(command.args["change"]) > 0:
            met = levers.returned(command.args)
            said = "asked something back" if met else "asked nothing back"
            made.append(Occasion(command.quarter, f"offer to {play.cast.account(play.account(command))}: {said}", met))
    return made + at_the_table(play) + _own_cuts(play)


def _own_cuts(play: Play) -> list[Occasion]:
    """Prices lowered unasked, one by one."""
    made = []
    for command, before, after in play.repriced:
        if after > before + 1e-9:
            line = play.cast.line(command.args["line"]).lower()
            said = f"{play.cast.account(command.args['account'])}: {line} made cheaper for nothing"
            made.append(Occasion(command.quarter, said, False))
    return made


def _one_voice(play: Play) -> list[Occasion]:
    """Quarters in which a customer heard from us in two ways: whether a price of our own cut across the other."""
    by_place: dict[tuple[str, int], set[str]] = {}
    for command in play.commands:
        kind = "a case" if command.move in OPENS or command.move.startswith("recut") else ""
        kind = kind or ("our own price" if command.move in ("set_discount", "set_rebate", "offer_terms") else "")
        kind = kind or ("an answer to a request" if command.move == "answer_request" else "")
        if kind:
            by_place.setdefault((play.account(command), command.quarter), set()).add(kind)
    return [
        Occasion(quarter, f"{play.cast.account(account)}: {' and '.join(sorted(kinds))}", "our own price" not in kinds)
        for (account, quarter), kinds in by_place.items()
        if len(kinds) > 1
    ]


def _owners_met(play: Play) -> list[Occasion]:
    made = []
    for command in cases(play, "customer"):
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
        if command.move in PRICED:
            met = account in reviewed or command.quarter > YEAR
            said = "true cost to serve in the books" if met else "on an equal share of cost"
            made.append(Occasion(command.quarter, f"{play.cast.account(account)}: price decision, {said}", met))
    return made


def _many_measures(play: Play) -> list[Occasion]:
    by_account: dict[str, set[str]] = {}
    last: dict[str, int] = {}
    for command in cases(play, "customer"):
        account = play.account(command)
        by_account.setdefault(account, set()).add(str(command.args.get("metric", "savings")))
        last[account] = command.quarter
    return [
        Occasion(last[account], f"{play.cast.account(account)}: {', '.join(sorted(names))}", len(names) >= 2)
        for account, names in by_account.items()
    ]


def _warned(play: Play) -> list[Occasion]:
    at = play.cast.account
    made = []
    for item in play.of(AttackForetold):
        if item.quarter > play.quarters:
            continue
        met = acted_before(play, item)
        said = "acted before it" if met else "nothing done"
        made.append(Occasion(item.quarter, f"{at(item.event.account)}: warned of an attack, {said}", met))
    return made


def _bespoke(play: Play) -> list[Occasion]:
    at = play.cast.account
    return [
        Occasion(
            item.quarter,
            f"{at(item.event.account)}: {item.event.outcome}",
            item.event.outcome in ("approved", "conditional"),
        )
        for item in answered(play, "desk")
        if item.event.page.get("bespoke") == "yes" or item.event.page.get("people")
    ]


def _risks(play: Play) -> list[Occasion]:
    at = play.cast.account
    neglected = {(i.event.account, i.quarter) for i in play.of(IncidentNeglected)}
    made = attacks(play)
    for item in play.of(IncidentHappened):
        if item.quarter <= play.quarters:
            met = (item.event.account, item.quarter) not in neglected
            made.append(
                Occasion(
                    item.quarter,
                    f"{at(item.event.account)}: incident {'put right' if met else 'left alone'}",
                    met,
                )
            )
    return made


def _kept(play: Play) -> list[Occasion]:
    at = play.cast.account
    return [
        Occasion(
            item.quarter,
            f"{at(item.event.account)}: promise {'kept' if item.event.kept else 'missed'}",
            item.event.kept,
        )
        for item in play.of(PromiseMeasured)
    ]


def _sources(play: Play) -> list[Occasion]:
    made = []
    for quarter in range(1, play.quarters + 1):
        looked = {play.account(c) for c in play.commands
                  if c.move in LOOKS and quarter - 1 <= c.quarter <= quarter}  # fmt: skip
        decided = {play.account(c) for c in play.commands
                   if c.quarter == quarter and (c.move in CASES or c.move in PRICED)}  # fmt: skip
        for account in decided:
            met = account in looked
            said = "after looking" if met else "without looking"
            made.append(Occasion(quarter, f"{play.cast.account(account)}: decided {said}", met))
    return made


def _advanced(play: Play) -> list[Occasion]:
    """Cases, and opportunities that the player had heard of: whether the customer said yes."""
    made = _decided(play, "customer", SIGNED)
    for item in play.pursuits:
        if item.seen and item.decided:
            said = f"{at_home(play.cast, item.opportunity, item.arose)}, {OUTCOME_WORDS[item.outcome]}"
            made.append(Occasion(item.decided, said, item.outcome == "won"))
    return made


def _qualified(play: Play) -> list[Occasion]:
    """Cases, and opportunities whose window was known: whether the player bid knowing how what it was for stood."""
    made = _decided(play, "customer", (*SIGNED, "returned", "delayed"))
    for command in play.commands:
        if command.move == "bid":
            name = str(command.args["opportunity"])
            state = f"{play.cast.bought_for[name]}.state"
            known = bool(heard(play, state, command.quarter, command.number, command.quarter - 1))
            met = known and play.result(command) == "done"
            said = "knowing how what it is for stands" if known else "not knowing how what it is for stands"
            made.append(Occasion(command.quarter, f"bid for {named(play.cast, name)}, {said}", met))
    return made


def _pipeline(play: Play) -> list[Occasion]:
    made, kinds = [], (*CASES, "bid", "start_joint")
    for quarter in range(4, play.quarters + 1):
        running = {play.account(c) for c in play.commands if c.move in kinds and quarter - 3 <= c.quarter <= quarter}
        said = f"cases or bids at {counted(len(running), 'account')} within a year"
        made.append(Occasion(quarter, said, len(running) >= 3))
    return made


def _profit_first(play: Play) -> list[Occasion]:
    made = []
    for command in play.commands:
        if command.move == "answer_request":
            result = play.result(command)
            if result != "trade_refused":
                title = play.first_cast.requests[command.args["request"]].title
                made.append(Occasion(command.quarter, f'"{title}": {result.replace("_", " ")}', result != NOTHING_BACK))
    return made + _own_cuts(play)


SIGNED: Final = ("approved", "conditional")
OCCASIONS: Final[dict[int, Callable[[Play], list[Occasion]]]] = {
    1: known_measures,
    2: followed_changes,
    3: news_linked,
    4: right_measure,
    5: lambda play: criterion(play, "desk", ("alignment",)) + leader_asked(play),
    6: own_figures,
    7: lambda play: talks(play, None),
    8: offers_that_fit,
    9: results_talks,
    10: lambda play: talks(play, "provocative"),
    11: power_map,
    12: right_measure,
    13: doors,
    14: insights_brought,
    15: moments,
    16: lambda play: criterion(play, "customer", ("alignment", "cause", "inaction")),
    17: _measured,
    19: plans_shared,
    20: _advanced,
    21: _unasked,
    22: _trades,
    23: lambda play: _one_voice(play) + targets(play) + faces(play),
    24: lambda play: _owners_met(play) + plans_kept(play),
    25: _true_cost,
    26: lambda play: _many_measures(play) + scored(play),
    27: planned_together,
    28: lambda play: _warned(play) + strained(play),
    29: lambda play: _bespoke(play) + joint_asked(play),
    30: lambda play: _qualified(play) + key_chosen(play),
    31: lambda play: _risks(play) + shaken(play),
    32: _kept,
    33: lambda play: _sources(play) + assigned(play),
    34: _pipeline,
    35: _profit_first,
    36: lambda play: _decided(play, "desk", SIGNED) + company_used(play),
}
