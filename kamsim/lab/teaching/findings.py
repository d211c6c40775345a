"""What is wrong with a scenario, what to know of it, and what is sound: each a sentence with its figures, and where
something can be done about it, what to change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from kamsim.lab.teaching.arms import GOOD, HABITS, LEVERS, USUAL
from kamsim.lab.teaching.figures import Figures
from kamsim.lab.teaching.happenings import written
from kamsim.lab.teaching.measures import MATTERS
from kamsim.lab.teaching.playing import scores
from kamsim.view.words.names import counted, listed, percent

Mark = Literal["fault", "note", "sound"]
HEADROOM: Final = 0.10
"""By how much the best play beats good play in a scenario that has something to learn (economics H5)."""
CLOSE: Final = 0.95
"""Part of the best that no single habit should reach."""
ALL: Final = 0.8
"""Part of what differs between ways to play from which price explains all."""
ENOUGH: Final = 30
"""Decisions of a purchase from which never having won one says that nobody can."""
LATE: Final = 1.0
"""Utilisation beyond which a line delivers less than was ordered."""
IDLE: Final = 0.35
"""Part of the team's hours that good play leaves unused, from which hours are not scarce."""

PLURALS: Final = {"news": "news", "kind of incident": "kinds of incident"}


@dataclass(frozen=True)
class Finding:
    """One thing that a facilitator should know. ``kind``: what it is about, for who reads the JSON."""

    kind: str
    mark: Mark
    says: str
    change: str = ""


def findings(made: Figures) -> list[Finding]:
    """All of them, faults first."""
    parts = (
        _skill, _order, _habit, _price, _behaviours, _knowledge, _luck, _events, _levers, _purchases, _load, _hours,
        _targets, _expected,
    )  # fmt: skip
    found = [finding for part in parts for finding in part(made)]
    order = ("fault", "note", "sound")
    return sorted(found, key=lambda finding: order.index(finding.mark))


def _skill(made: Figures) -> Iterator[Finding]:
    """Whether there is something to learn beyond routine."""
    best = made.values[made.best]
    good, farmer = made.values[GOOD], made.values["farmer"]
    lead = float(np.median(best / good - 1.0)) if (good > 0).all() else 0.0
    new = float(np.median(good - farmer)) / abs(made.worth)
    most = made.cast.money(float(np.median(best)))
    if lead < HEADROOM / 2 and new < 2 * MATTERS:
        yield Finding(
            "rewards_no_skill", "fault",
            f"It rewards no skill beyond routine: who only looks after what there is (farmer) is worth "
            f"{made.cast.money(float(np.median(farmer)))}, good play {made.cast.money(made.worth)}, and the best play "
            f"that we know {most}.",
            "Give customers something under way: initiatives with forces and purchases, people who want different "
            "things, costs to serve that are worth finding out. A trainee who reads, asks and argues must be able to "
            "win what a trainee who only keeps the books tidy does not.",
        )  # fmt: skip
    elif lead < HEADROOM:
        yield Finding(
            "little_headroom", "note",
            f"Good play is nearly the best: the best play that we know ({made.best}) is worth {percent(lead, 1)} more "
            f"than value_seller. A tenth or more leaves something to learn for those who are good already.",
            "More purchases, more forces that can be helped against, or tables with more to trade.",
        )  # fmt: skip
    else:
        yield Finding(
            "headroom", "sound",
            f"There is something to learn for good players, too: the best play that we know is worth {percent(lead)} "
            f"more than value_seller.",
        )  # fmt: skip


def _order(made: Figures) -> Iterator[Finding]:
    """Whether better play ends better."""
    told = []
    for low, high in (("random_legal", USUAL), (USUAL, GOOD)):
        share = float((made.values[high] > made.values[low]).mean())
        if share < 0.95:
            told.append(f"{high} beats {low} in {percent(share)} of seeds only")
    if told:
        yield Finding(
            "order", "fault", f"Better play does not end better often enough: {listed(told)}. 95% is asked.",
            "Look at the habits below for what wins instead.",
        )  # fmt: skip
    else:
        yield Finding("order", "sound", "Better play ends better: chance below habit below selling on value, in 95% of "
                      "seeds and more.")  # fmt: skip


def _habit(made: Figures) -> Iterator[Finding]:
    """Whether doing one thing all the time comes near the best."""
    says = {habit.name: habit.says for habit in HABITS}
    near = sorted(((part, name) for name, part in made.habits.items() if part >= CLOSE), reverse=True)
    if near:
        told = listed([f"{says.get(name, name)} ({percent(part)})" for part, name in near])
        yield Finding(
            "one_habit_wins", "fault",
            f"Doing the same every quarter comes within a twentieth of the best play: {told} of what that is worth.",
            "Let that habit cost more (hours, money, trust), or give what it misses more weight.",
        )  # fmt: skip
    else:
        name, part = max(made.habits.items(), key=lambda item: item[1])
        yield Finding("habits", "sound", f"No single habit wins: the best of them, {says.get(name, name)}, comes to "
                      f"{percent(part)} of the best play.")  # fmt: skip


def _price(made: Figures) -> Iterator[Finding]:
    """Whether anything but price decides."""
    explained = 1.0 - made.factorial.luck
    price, skills = made.factorial.price / explained, made.factorial.skills / explained
    figures = (
        f"of what differs between ways to play, price explains {percent(price)}; cases, work on initiatives and "
        f"knowledge together {percent(skills)}"
    )
    if price > ALL:
        yield Finding(
            "price_alone", "fault", f"Price alone decides: {figures}.",
            "Give the rest something to work on: initiatives with purchases, facts that change, cases that serve them; "
            "or lower price_sensitivity, so that a point of price moves less.",
        )  # fmt: skip
    elif price > skills:
        yield Finding("price_first", "note", f"Price matters more than anything else: {figures}. Say so in the "
                      "briefing of the class, or give initiatives more purchases.")  # fmt: skip
    else:
        yield Finding("price_and_skill", "sound", f"More than price decides: {figures}.")


def _behaviours(made: Figures) -> Iterator[Finding]:
    """What is rewarded, and what that should be rewarded is not."""
    good = [reward for reward in made.rewards if reward.effect >= MATTERS and reward.share > 0.5]
    bad = [reward for reward in made.rewards if reward.effect <= -MATTERS and reward.share < 0.5]
    none = [reward for reward in made.rewards if reward not in good and reward not in bad]
    best = sorted(good, key=lambda reward: -reward.effect)[:3]
    if best:
        told = "; ".join(f"{_small(reward.pair.says)} ({percent(reward.effect, plus=True)})" for reward in best)
        yield Finding("rewards", "sound", f"It rewards most, as shares of what good play is worth: {told}.")
    if bad:
        told = "; ".join(f"{_small(reward.pair.says)} ({percent(reward.effect, plus=True)})" for reward in bad)
        yield Finding("punishes", "note", f"It punishes: {told}. If that is not the lesson, change what it costs.")
    if none:
        told = "; ".join(_small(reward.pair.says) for reward in none)
        yield Finding("indifferent", "note", f"It makes no difference here: {told}.")


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _knowledge(made: Figures) -> Iterator[Finding]:
    """What knowing and re-building are worth."""
    worth = {reward.pair.not_: reward.effect for reward in made.rewards}
    knows, bends = worth["frozen"], worth["unbending"]
    figures = (
        f"a fresh picture of customers' plans is worth {percent(knows, 1)}, re-building what was said "
        f"{percent(bends, 1)}"
    )
    if knows < MATTERS and bends < MATTERS:
        yield Finding(
            "knowledge_worthless", "fault", f"Knowledge and agility are worth nothing here: {figures} of good play.",
            "Let what customers have under way change during the game, by forces and turns, and let purchases hang on "
            "it.",
        )  # fmt: skip
    else:
        yield Finding("knowledge", "sound", f"Knowledge and agility pay: {figures} of good play.")


def _luck(made: Figures) -> Iterator[Finding]:
    """Luck against skill."""
    luck = made.luck
    figures = (
        f"how one plays explains {percent(luck.skill)} of how sensible play ends, the seed {percent(luck.seed)}; good "
        f"play beats habit in {percent(luck.same)} of seeds that both play, and in {percent(luck.different)} where "
        f"each has a seed of its own"
    )
    if luck.skill < luck.seed:
        yield Finding("luck", "note", f"Luck weighs more than skill: {figures}. Give a class one seed for all, and "
                      "compare scores, which take the seed out.")  # fmt: skip
    else:
        yield Finding("luck", "sound", f"Skill weighs more than luck: {figures}.")


def _events(made: Figures) -> Iterator[Finding]:
    """What was written and never comes."""
    standard, longest = made.quarters, made.scenario.length.longest
    never: list[str] = []
    late: Counter[str] = Counter()
    for item in written(made.scenario):
        if item.quarter > longest:
            never.append(f"{item.kind} “{item.name}” (quarter {item.quarter}, and no session is longer than {longest})")
        elif item.quarter > standard:
            late[item.kind] += 1
        elif not made.fired[item.address]:
            never.append(f"{item.kind} “{item.name}” (quarter {item.quarter})")
    if never:
        yield Finding(
            "dead_events", "fault",
            f"{counted(len(never), 'thing')} that {'was' if len(never) == 1 else 'were'} written never happened in "
            f"{made.sessions:,} sessions: {'; '.join(never)}.",
            "Look at its quarter and chance, at what has to be so before (a turn needs another state than it leads to, "
            "a moment a quarter that no other has), or take it out.",
        )  # fmt: skip
    else:
        yield Finding(
            "events", "sound", f"Everything that was written for {standard} quarters happens in some session."
        )
    if late:
        told = listed([counted(count, kind, PLURALS.get(kind, "")) for kind, count in late.items()])
        yield Finding("late_events", "note", f"{late.total()} more come only in sessions of more than {standard} "
                      f"quarters: {told}.")  # fmt: skip


def _levers(made: Figures) -> Iterator[Finding]:
    """What players can do and it does not matter."""
    dead = [lever.says for lever in LEVERS if not lever.field and not made.used(lever)]
    flat = [lever.says for lever in LEVERS if made.used(lever) and not made.moves(lever)]
    barred = [habit.says for habit in HABITS if not made.differs(habit.name)]
    if dead:
        one = len(dead) == 1
        yield Finding(
            "dead_levers", "fault",
            f"{counted(len(dead), 'thing')} that players do elsewhere {'has' if one else 'have'} no use here: "
            f"{listed(dead)}. No bot that plays on purpose ever did so.",
            "Give them something to work on (initiatives, a desk, talks, executives), or tell the class that they are "
            "not part of this game.",
        )  # fmt: skip
    if flat:
        yield Finding(
            "flat_levers", "fault",
            f"Left out of play that uses {'it' if len(flat) == 1 else 'them'}, nothing changes: {listed(flat)}.",
            "Give it weight: what it serves must matter to somebody who decides.",
        )  # fmt: skip
    if barred:
        yield Finding(
            "barred_habits", "note", f"Cannot be done here, or changes nothing in any session: {listed(barred)}."
        )
    if not dead and not flat:
        yield Finding("levers", "sound", f"All {len(made.played.without)} things that were left out of good play are "
                      "missed in some session.")  # fmt: skip


def _purchases(made: Figures) -> Iterator[Finding]:
    """What comes to be bought, and who can have it."""
    hopeless, absent, late = [], [], []
    for name, (arose, won, lost, _none) in made.purchases.items():
        if arose == 0:
            absent.append(name)
        elif won == 0 and lost >= ENOUGH:
            hopeless.append(f"{name}, {lost:,} times awarded and never to us")
        elif won + lost == 0:
            late.append(name)
    if hopeless:
        yield Finding(
            "hopeless_purchases", "fault",
            f"{counted(len(hopeless), 'purchase')} that nobody can win: {'; '.join(hopeless)}. "
            f"{len(made.sessions_by)} ways to play have tried.",
            "Look at who decides (can a player reach them, does a case serve what they are judged on?), at the rivals "
            "who sell that line, and at how long the initiative lives: lead is the time that a player has.",
        )  # fmt: skip
    if absent:
        yield Finding("absent_purchases", "fault", f"Never come up in any session: {'; '.join(absent)}.",
                      "Look at the initiative's state and turns, and at chance.")  # fmt: skip
    if late:
        yield Finding("late_purchases", "note", f"Come up, and are awarded to nobody within {made.quarters} quarters: "
                      f"{'; '.join(late)}.", "Start their initiatives earlier, or play longer.")  # fmt: skip
    if made.purchases and not hopeless and not absent:
        told = len(made.purchases) - len(late)
        yield Finding("purchases", "sound", f"{counted(told, 'kind')} of purchase are awarded, and each can be won.")
    if not made.purchases:
        yield Finding("no_purchases", "note", "Nothing is bought beyond the usual: no initiative brings a purchase.",
                      "Initiatives bring two each unless you say otherwise.")  # fmt: skip


def _load(made: Figures) -> Iterator[Finding]:
    """The plant over the game."""
    for name, loads in zip((line.name for line in made.scenario.lines), made.load.T, strict=True):
        full = int(np.count_nonzero(loads > LATE))
        if full:
            yield Finding(
                "overload", "note",
                f"{name}: more is sold than the plant can make in {counted(full, 'quarter')} of {made.quarters} under "
                f"the best play, at most {percent(float(loads.max()))}; deliveries slip, and customers have less.",
                "More capacity, or less other_load, unless a full plant is the lesson.",
            )  # fmt: skip


def _hours(made: Figures) -> Iterator[Finding]:
    """Whether time is scarce."""
    if made.idle > IDLE:
        yield Finding(
            "idle_hours", "note",
            f"Time is not scarce: good play leaves {percent(made.idle)} of the team's hours unused at the close.",
            "Fewer hours (time.quarter), or more that is worth doing.",
        )  # fmt: skip
    else:
        yield Finding(
            "hours", "sound", f"Time is scarce: good play leaves {percent(made.idle)} of the team's hours unused."
        )


def _targets(made: Figures) -> Iterator[Finding]:
    """Figures outside the range that behaves."""
    missed = [target for target in made.targets if not target.met]
    if missed:
        told = "; ".join(f"{_small(target.name)}: {made.told(target)}" for target in missed)
        yield Finding(
            "targets", "note",
            f"{len(missed)} of {len(made.targets)} figures lie outside the range that behaves (AUTHORING, “Balance”): "
            f"{told}.",
            " ".join(target.change for target in missed),
        )  # fmt: skip
    else:
        yield Finding(
            "targets", "sound", f"All {len(made.targets)} of AUTHORING's figures lie in the range that behaves."
        )


def _expected(made: Figures) -> Iterator[Finding]:
    """What the author expects."""
    for item in made.confirmed:
        held = f"{item.says}: so in {percent(item.share)} of {item.seeds} unseen seeds, {percent(item.wanted)} expected"
        if item.met:
            yield Finding("expected", "sound", f"As expected, {held}.")
        else:
            yield Finding(
                "unexpected", "fault", f"Not as expected: {held}.", "Change the scenario, or what you expect."
            )


def summary(made: Figures, found: list[Finding]) -> str:
    """In two sentences, for the head of the page."""
    faults, notes = (sum(item.mark == mark for item in found) for mark in ("fault", "note"))
    best = float(np.median(scores(made.played.arms, made.best)))
    told = (
        "no fault was found" if not faults else f"{counted(faults, 'fault')} {'was' if faults == 1 else 'were'} found"
    )
    looks = f"{notes} {'is' if notes == 1 else 'are'} worth a look"
    return f"Of {len(found)} findings {looks}; {told}. The best play scores {best:.0f}."
