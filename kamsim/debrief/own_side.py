"""Occasions of our own side: plans and what is built together, the team, the company behind us. See `behaviours`.

Each is empty in a scenario that has no such part.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Final

from kamsim.debrief.occasions import Occasion, heard
from kamsim.debrief.record import YEAR, Play
from kamsim.game.commands import Command
from kamsim.game.events.cases import PromiseMeasured
from kamsim.game.events.team import ColleagueStrained
from kamsim.game.events.together import JointMoved, JointShaken, PlanSettled
from kamsim.view.words.names import counted

REVIEWS: Final = 2
"""Quarters of a year in which a team that is led is asked how it is."""
FUNCTIONS: Final = 2
"""Functions of our own company with whom somebody sits in a year who is at home there."""
THINKING: Final = ("orientation", "collaboration")
"""Facts that tell whether a customer would be key."""
RELIEF: Final = ("coach", "review_team", "assign", "set_target")
"""Moves that take something off a colleague, or ask."""


def _made(play: Play, move: str) -> list[Command]:
    return [command for command in play.commands if command.move == move]


def _yearly(play: Play, done: Callable[[range], int], least: int, told: Callable[[int], str]) -> list[Occasion]:
    """One occasion for each closed year: how often something was done in it, and whether that is enough."""
    made = []
    for year in range(play.quarters // YEAR):
        count = done(range(year * YEAR + 1, (year + 1) * YEAR + 1))
        made.append(Occasion((year + 1) * YEAR, f"{told(count)} {play.scenario.year + year}", count >= least))
    return made


def leader_asked(play: Play) -> list[Occasion]:
    """Cases to the sales leader, which promises kept and results against the plan decide."""
    boss = play.scenario.company.boss.name
    return [
        Occasion(command.quarter, f"case to {boss}: {play.result(command)}", play.result(command) == "granted")
        for command in _made(play, "ask_leader")
    ]


def plans_shared(play: Play) -> list[Occasion]:
    """Account plans: whether the customer wrote on them."""
    made = []
    for command in _made(play, "share_plan"):
        met = play.result(command) == "landed"
        said = "they wrote on it" if met else "they kept the copy"
        made.append(Occasion(command.quarter, f"plan shown to {play.cast.account(play.account(command))}, {said}", met))
    return made


def planned_together(play: Play) -> list[Occasion]:
    """Account plans: whether a colleague owns the step or the customer saw it; years in which the team was asked."""
    made = []
    for command in _made(play, "write_plan"):
        account = play.account(command)
        shown = any(
            one.move == "share_plan" and play.account(one) == account and 0 <= one.quarter - command.quarter < YEAR
            for one in play.commands
        )
        owned = command.args.get("owner") is not None
        said = "a colleague's" if owned else "seen by them" if shown else "yours alone"
        made.append(Occasion(command.quarter, f"plan for {play.cast.account(account)}, {said}", owned or shown))
    if play.params.own.has("team"):
        asked = {command.quarter for command in play.commands if command.move in ("review_team", "coach")}
        made += _yearly(
            play,
            lambda span: len(asked & set(span)),
            REVIEWS,
            lambda count: f"the team was asked or coached in {counted(count, 'quarter')} of",
        )
    return made


def targets(play: Play) -> list[Occasion]:
    """What colleagues were measured on: one target, or each a figure of their own."""
    return [
        Occasion(
            command.quarter,
            "one target for the team" if command.args["target"] == "team" else "a quota for each colleague",
            command.args["target"] == "team",
        )
        for command in _made(play, "set_target")
    ]


def faces(play: Play) -> list[Occasion]:
    """Customers that were given to somebody else, by year: whether they had one new face in it and no more."""
    times = Counter(
        (play.account(command), (command.quarter - 1) // YEAR)
        for command in _made(play, "assign")
        if command.quarter <= play.quarters
    )
    return [
        Occasion(
            min((year + 1) * YEAR, play.quarters),
            f"{play.cast.account(account)}: {counted(count, 'new face')} in {play.scenario.year + year}",
            count == 1,
        )
        for (account, year), count in times.items()
    ]


def plans_kept(play: Play) -> list[Occasion]:
    """Account plans: whether their step was done by its date."""
    return [
        Occasion(
            item.quarter,
            f"plan for {play.cast.account(item.event.account)}: {item.event.status}",
            item.event.status == "kept",
        )
        for item in play.of(PlanSettled)
        if item.quarter <= play.quarters and item.event.status in ("kept", "missed")
    ]


def joint_asked(play: Play) -> list[Occasion]:
    """Joint initiatives put to a customer unasked."""
    made = []
    for command in _made(play, "start_joint"):
        name = play.cast.joints[str(command.args["joint"])].name
        result = play.result(command)
        made.append(Occasion(command.quarter, f"{name}: {result.replace('_', ' ')}", result == "agreed"))
    return made


def strained(play: Play) -> list[Occasion]:
    """Colleagues who said that it was too much: whether anything was taken off them by the next quarter."""
    made = []
    for item in play.of(ColleagueStrained):
        if item.quarter > play.quarters:
            continue
        name = item.event.colleague
        met = any(
            command.move in RELIEF
            and command.args.get("colleague", name) in (name, None)
            and 0 <= command.quarter - item.quarter <= 1
            for command in play.commands
        )
        said = "something was done" if met else "nothing was done"
        made.append(Occasion(item.quarter, f"{play.cast_at(item.quarter).colleague(name)} was worn out, {said}", met))
    return made


def shaken(play: Play) -> list[Occasion]:
    """Joint initiatives that lost something: whether their sponsor was met by the next quarter."""
    made = []
    for item in play.of(JointShaken):
        if item.quarter > play.quarters or not item.event.lost:
            continue
        joint = play.cast.joints[item.event.joint]
        met = any(
            command.move == "meet"
            and command.args["person"] == joint.sponsor
            and 0 <= command.quarter - item.quarter <= 1
            for command in play.commands
        )
        said = "their sponsor was met" if met else "nobody went there"
        made.append(Occasion(item.quarter, f"{joint.name} was shaken, {said}", met))
    return made


def scored(play: Play) -> list[Occasion]:
    """What runs that was built together: whether, beside its shared scorecard, a figure of a case was measured there
    within a year of it."""
    made = []
    measured = [(item.event.account, item.quarter) for item in play.of(PromiseMeasured) if not item.event.settled]
    for item in play.of(JointMoved):
        if item.event.phase != "live" or item.quarter > play.quarters:
            continue
        home = play.cast.home[item.event.joint]
        met = any(account == home and abs(quarter - item.quarter) < YEAR for account, quarter in measured)
        said = "on its scorecard and by a figure of a case" if met else "on its scorecard alone"
        made.append(Occasion(item.quarter, f"{play.cast.joints[item.event.joint].name} runs, measured {said}", met))
    return made


def key_chosen(play: Play) -> list[Occasion]:
    """Customers named key: whether one knew how they think, and the programme could still serve them well."""
    programme, made = play.scenario.organisation.programme, []
    key = set(programme.key) if programme else set()
    for command in play.commands:
        account = play.account(command)
        if command.move == "end_key":
            key.discard(account)
        if command.move == "name_key" and programme:
            key.add(account)
            known = any(heard(play, f"{account}.{kind}", command.quarter, command.number) for kind in THINKING)
            said = f"{'knowing' if known else 'not knowing'} how they think, {counted(len(key), 'key customer')} then"
            met = known and len(key) <= programme.span
            made.append(Occasion(command.quarter, f"{play.cast.account(account)} named key, {said}", met))
    return made


def assigned(play: Play) -> list[Occasion]:
    """Customers given to a colleague: whether one had looked before how good that colleague is."""
    made, looked = [], set[str]()
    for command in play.commands:
        if command.move == "review_team":
            looked |= set(play.params.own.colleagues)
        if command.move == "coach":
            looked.add(str(command.args["colleague"]))
        name = command.args.get("colleague")
        if command.move == "assign" and name is not None:
            said = "after looking at what they are good at" if name in looked else "without looking"
            whom = play.cast_at(command.quarter).colleague(str(name))
            text = f"{play.cast.account(play.account(command))} given to {whom}, {said}"
            made.append(Occasion(command.quarter, text, name in looked))
    return made


def company_used(play: Play) -> list[Occasion]:
    """Years: with how many functions of our own company somebody sat, and whether specialists were borrowed."""
    made = []
    if play.params.own.has("support"):
        made += _yearly(
            play,
            lambda span: len({c.args["function"] for c in _made(play, "network") if c.quarter in span}),
            FUNCTIONS,
            lambda count: f"sat with {counted(count, 'other function')} in",
        )
    if play.params.own.has("pool"):
        made += _yearly(
            play,
            lambda span: sum(c.quarter in span for c in _made(play, "borrow")),
            1,
            lambda count: f"{counted(count, 'specialist')} borrowed in",
        )
    return made
