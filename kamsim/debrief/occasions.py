"""Occasions at the customer's: knowing, asking, gaining access, bringing cases. See `behaviours`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kamsim.debrief.reading import Happening
from kamsim.debrief.record import Play
from kamsim.debrief.signals import followed_up
from kamsim.debrief.story import stated_ranges
from kamsim.debrief.threads import CASES
from kamsim.engine.levers import LEVERS
from kamsim.engine.params import EXECUTIVE, MEASURES
from kamsim.game.commands import Command
from kamsim.game.events.cases import CaseAnswered, CaseJudged
from kamsim.game.events.contact import Fact
from kamsim.game.events.ending import RanksRevealed
from kamsim.game.events.moments import MomentEnded
from kamsim.game.events.opening import InitiativeTurned
from kamsim.view.case.sentences import METRIC_WORDS
from kamsim.view.words import levers
from kamsim.view.words.letters import CRITERION_WORDS, ENDED_CHIPS
from kamsim.view.words.names import SHORT_AGENDAS, counted, listed, state_told
from kamsim.view.words.prices import breakeven_of_five, guess_base

ENOUGH: Final = 0.6
"""Score of a criterion, 0..1, from which it counts as met."""
NEAR: Final = 0.25
"""How far a guess may be off, as a part of the truth."""
NOTHING_BACK: Final = "granted"
PRICED: Final = ("offer_terms", "answer_request", "set_discount")
MONEY: Final = tuple(name for name, lever in LEVERS.items() if lever.money)
LOOKS: Final = ("scan", "review_costs", "read_room")


@dataclass(frozen=True)
class Occasion:
    """One occasion to show a behaviour: what happened in a few words, and whether it was met."""

    quarter: int
    text: str
    met: bool


def meetings(play: Play) -> list[tuple[Command, list[Fact]]]:
    """Meetings, each with what was learned."""
    made = [(c, play.moved.get(c.number)) for c in play.commands if c.move == "meet"]
    return [(command, moved.learned if moved else []) for command, moved in made]


def cases(play: Play, audience: str) -> list[Command]:
    """Pages put before an audience, re-cuts among them."""
    return [c for c in play.commands if CASES.get(c.move) == audience]


def judged(play: Play, audience: str) -> list[Happening[CaseJudged]]:
    """How an audience judged."""
    return [item for item in play.of(CaseJudged) if item.event.audience == audience]


def answered(play: Play, audience: str) -> list[Happening[CaseAnswered]]:
    """What an audience answered."""
    return [item for item in play.of(CaseAnswered) if item.event.audience == audience]


def heard(play: Play, name: str, by: int, number: int, since: int = 0) -> list[float]:
    """Values of a fact known by a quarter, from the predecessor's notes or heard; moves after ``number`` left out."""
    noted = [play.noted[name]] if name in play.noted and since <= 1 else []
    return noted + [
        fact.value
        for item, fact in play.learned
        if fact.fact == name and since <= item.quarter <= by and (item.number is None or item.number <= number)
    ]


def known_measures(play: Play) -> list[Occasion]:
    """Meetings with executives whose measure was known."""
    made = []
    for command, _ in meetings(play):
        person = command.args["person"]
        if play.params.person_level[play.params.people.index(person)] == EXECUTIVE:
            known = bool(heard(play, f"{person}.measure", command.quarter, command.number))
            name = play.first_cast.people[person].role
            said = "what counts there was known" if known else "without knowing what counts there"
            made.append(Occasion(command.quarter, f"met the {name}, {said}", known))
    return made


def followed_turns(play: Play) -> list[Occasion]:
    """Turns of initiatives that were followed up, and cases on facts that had changed."""
    at = play.cast.account
    made = []
    for item in play.of(InitiativeTurned):
        if item.quarter > play.quarters:
            continue
        name = play.cast.initiatives[item.event.initiative].name
        met = followed_up(play, item)
        said = "followed up" if met else "nobody followed it up"
        now = state_told(item.event.to)
        made.append(Occasion(item.quarter, f"{name} {now}: {said}", met))
    for answer in play.of(CaseAnswered):
        if answer.event.noticed:
            made.append(
                Occasion(
                    answer.quarter,
                    f"{at(answer.event.account)}: small asks one after another, added up by our desk",
                    False,
                )
            )
    return made


def right_measure(play: Play) -> list[Occasion]:
    """Claims in the measure of whoever owns the initiative or weighs most, as authored or as heard since."""
    made, params = [], play.params
    for command in cases(play, "customer"):
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
            for value in heard(play, f"{name}.measure", command.quarter, command.number)
        }
        said = (
            "what its owner or the weightiest reader is judged on" if metric in true else "which neither is judged on"
        )
        made.append(
            Occasion(
                command.quarter, f"{play.cast.account(account)}: claimed {METRIC_WORDS[metric]}, {said}", metric in true
            )
        )
    return made


def criterion(play: Play, audience: str, names: tuple[str, ...]) -> list[Occasion]:
    """Cases judged by some criteria, their mean."""
    at = play.cast.account
    made = []
    for item in judged(play, audience):
        mean = sum(item.event.criteria[name] for name in names) / len(names)
        made.append(
            Occasion(
                item.quarter,
                f"{at(item.event.account)}: {listed([CRITERION_WORDS[n] for n in names])}, {100 * mean:.0f} of 100",
                mean >= ENOUGH,
            )
        )
    return made


def own_figures(play: Play) -> list[Occasion]:
    """Guesses about the own profit."""
    made = [
        Occasion(one.quarter, f"{one.name}: {'inside' if one.inside else 'outside'} the range given", one.inside)
        for one in stated_ranges(play)
        if not one.promise
    ]
    _, price = guess_base(play.first_cast, play.params)
    truth = breakeven_of_five(price)
    for quarter, value in play.guesses.get("breakeven", []):
        if truth is not None:
            near = abs(value / 100.0 - truth) <= NEAR * truth
            made.append(Occasion(quarter, f"break-even of 5 points: said {value:g}%, it is {100 * truth:.0f}%", near))
    for item in play.of(RanksRevealed)[:1]:
        guess = item.event.guess
        if guess:
            met = guess[-1] == item.event.by_profit[-1]
            made.append(Occasion(item.quarter, f"named {play.cast.account(guess[-1])} as least profitable", met))
    return made


def _talk(command: Command) -> str:
    """A talk by what it was about."""
    return f"talk about {SHORT_AGENDAS[command.args['agenda']].lower()}"


def talks(play: Play, agenda: str | None) -> list[Occasion]:
    """Talks of an agenda that brought something."""
    made = []
    for command, learned in meetings(play):
        if agenda is None or command.args["agenda"] == agenda:
            count = len(learned)
            person = play.first_cast.people[command.args["person"]].role
            said = f"{counted(count, 'fact')} learned" if count else "nothing new"
            made.append(Occasion(command.quarter, f"{_talk(command)} with the {person}: {said}", count > 0))
    return made


def results_talks(play: Play) -> list[Occasion]:
    """Talks about results that told what counts."""
    made = []
    for command, learned in meetings(play):
        kinds = {fact.kind for fact in learned}
        met = command.args["agenda"] == "results" and bool(kinds & {"measure", "state", "wallet"})
        person = play.first_cast.people[command.args["person"]].role
        made.append(Occasion(command.quarter, f"{_talk(command)} with the {person}", met))
    return made


def offers_that_fit(play: Play) -> list[Occasion]:
    """Cases that gave more than a price."""
    made = []
    for command in cases(play, "customer"):
        args = command.args
        bare = {name: value for name, value in args.items() if name not in MONEY}
        given = levers.terms(play.cast, play.account(command), bare)
        met = bool(args.get("initiative")) and bool(given)
        said = f"with {listed(given)}" if given else "with nothing but price or words"
        made.append(Occasion(command.quarter, f"{play.cast.account(play.account(command))}: a case {said}", met))
    return made


def power_map(play: Play) -> list[Occasion]:
    """Who weighs how much, known before the first case."""
    made, seen = [], set()
    for command in cases(play, "customer"):
        account = play.account(command)
        if account in seen:
            continue
        seen.add(account)
        people = play.params.account_people[play.params.accounts.index(account)]
        names = [play.params.people[row] for row in people]
        known, ears = (
            sum(any(heard(play, f"{name}.{kind}", command.quarter, command.number) for kind in kinds) for name in names)
            for kinds in (("power", "power_new"), ("listens",))
        )
        listens = f", and to whom {ears} of them listen{'s' if ears == 1 else ''}" if ears else ""
        made.append(
            Occasion(
                command.quarter,
                f"{play.cast.account(account)}: weight of {known} of {len(people)} people known before the first "
                f"case{listens}",
                2 * known >= len(people),
            )
        )
    return made


APPROACH_WORDS: Final = {
    "cold": "cold",
    "insight": "with an insight",
    "referral": "by a referral",
    "both": "by a referral and with an insight",
}
DOOR_WORDS: Final = {
    "door_opened": "the door opened",
    "declined": "not this time",
    "stale": "the insight was out of date",
    "no_referral": "nobody put in a word",
}


def doors(play: Play, approaches: tuple[str, ...] = tuple(APPROACH_WORDS)) -> list[Occasion]:
    """Executives asked for a meeting, by the way in which they were asked."""
    made = []
    for command in play.commands:
        if command.move == "seek_executive" and command.args["approach"] in approaches:
            result = play.result(command)
            person = play.first_cast.people[command.args["person"]].role
            said = (
                f"{play.cast.account(play.account(command))}: asked the {person} "
                f"{APPROACH_WORDS[command.args['approach']]}, {DOOR_WORDS.get(result, result.replace('_', ' '))}"
            )
            made.append(Occasion(command.quarter, said, result == "door_opened"))
    return made


def moments(play: Play) -> list[Occasion]:
    """Questions on the spot."""
    made = []
    for item in play.of(MomentEnded):
        person = play.first_cast.people[play.first_cast.moments[item.event.moment].person].role
        ended = ENDED_CHIPS[item.event.phase][0].lower()
        said = f"asked on the spot by the {person}: {ended}"
        made.append(Occasion(item.quarter, said, item.event.phase in ("won", "held")))
    return made
