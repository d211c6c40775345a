"""Our own team as the player knows it: who looks after whom, how they are, what they are good at, whom one can have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from kamsim.engine.organisation import SKILLS
from kamsim.engine.parts_joint import OPEN
from kamsim.engine.parts_team import PLAYER, STRAIN_WORDS, TARGETS
from kamsim.engine.team import FEE, FULL, LOST_SALES, MOST_LOAD, QUOTA_HOURS, load_with, seen_load, worked
from kamsim.game.events.team import ColleagueNoticed, ColleagueStrained
from kamsim.view.words.names import age, capital, listed, percent, quoted
from kamsim.view.words.our_news import TAKEN
from kamsim.view.words.team import SKILL_WORDS, STRAIN_TOLD, level_word, skills_told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kamsim.engine.sight import Seen
    from kamsim.view.table import Table

STRAIN_CHIPS: Final = {
    "calm": ("Calm", "good", "check"),
    "tired": ("Tired", "warn", "clock"),
    "worn": ("Worn out", "bad", "warn"),
}
"""By word: how it is shown, in which tone, with which sign."""
UNASKED: Final = "How they are, coaching and monthly reviews tell."
UNSEEN: Final = "What they are good at shows when you work with them."
NOTICE: Final = "Has given notice"
LAST_QUARTER: Final = ": gone when the quarter ends, hand them over"
FULL_LOAD: Final = FULL
"""Load above which somebody is worn down."""
MOODS: Final = {"calm": 0.5, "tired": -0.3, "worn": -0.9, "": 0.0}
YOU: Final = "You"
WHY_LEAVES: Final = {
    "calm": "It was not too much here: somebody leaves now and then.",
    "tired": "It has been a lot.",
    "worn": "It was too much for too long.",
}
"""By how they were found to be: why somebody has given notice."""
KINDS: Final = ("assign", "coach", "review_team", "set_target", "borrow")
"""Moves of the team's page."""
LEADS: Final = "Who looks after whom"
LEADS_HELP: Final = "A change takes hours for the hand-over, and some of the ties there."
POOL: Final = "Specialists of the company, for a quarter"
POOL_HELP: Final = "Work at a customer goes as well as they do it. Other teams want them, too."
BEYOND: Final = "What goes beyond them falls to whoever has time."
MEASURED: Final = "What they are measured on"


@dataclass(frozen=True)
class Member:
    """A colleague. ``accounts``: whom they look after; ``hours``: of their own this quarter; ``load``: the part of them
    that their customers take; ``strain``: of `STRAIN_CHIPS`, '' where nobody has seen it, and ``since``: when it was
    seen; ``lines``: what else is known, in sentences; ``leaving``: has given notice; ``plans``: how many open account
    plans they see to."""

    name: str
    who: str
    role: str
    accounts: tuple[str, ...]
    hours: float
    load: float
    strain: str
    since: str
    lines: tuple[str, ...]
    leaving: bool
    plans: int

    @property
    def mood(self) -> float:
        """How they look, -1 to 1."""
        return -0.9 if self.leaving else MOODS[self.strain]

    @property
    def how(self) -> str:
        """How they are, in a sentence; '' where nobody has seen it."""
        return f"{capital(STRAIN_TOLD[self.strain])}, as seen {self.since}." if self.strain else ""

    @property
    def worries(self) -> bool:
        """Whether how they are is more than a word."""
        return self.strain in ("tired", "worn")

    @property
    def overloaded(self) -> bool:
        """Whether their customers take more than can be borne for long."""
        return self.load > FULL


def looks(table: Table, name: str) -> float:
    """How a colleague looks on every page on which nobody speaks, -1 to 1."""
    return next(member.mood for member in members(table) if member.name == name)


def members(table: Table) -> list[Member]:
    """Every colleague, in the author's order."""
    made: list[Member] = table.kept(
        "members", lambda: [_member(table, row, name) for row, name in enumerate(table.cast.colleagues)]
    )
    return made


def _member(table: Table, row: int, name: str) -> Member:
    cast, seen = table.cast, table.seen
    accounts = tuple(account for account in table.accounts if lead(table, account) == name)
    hours = float(seen.params.own.colleague_hours[row, 0] * seen.team["ramp"][row, 0])
    when = _when(seen, "strain_at", row)
    strain = STRAIN_WORDS[int(seen.team["seen_strain"][row, 0])] if when >= 0 else ""
    since = age(seen.quarter, when) if strain else ""
    leaving = bool(seen.team["leaving"][row, 0])
    lines = [*_said(table, name), *_notice(table, accounts, strain, leaving), *_found_in(seen, row)]
    lines += _known(seen, row, strain)
    return Member(
        name, capital(cast.colleague(name)), cast.colleagues[name].role, accounts, hours,
        float(seen_load(seen)[row, 0]), strain, since, tuple(lines), leaving,
        int(np.sum((seen.plans.status == OPEN) & (seen.plans.owner == row))),
    )  # fmt: skip


def _when(seen: Seen, name: str, row: int) -> int:
    """The quarter in which something of a colleague was seen; -1 never."""
    return int(seen.team[name][row, 0])


def _said(table: Table, name: str) -> list[str]:
    """What somebody said as this quarter opened: that it is too much, or that they leave."""
    for event in table.inbox:
        if isinstance(event, ColleagueNoticed | ColleagueStrained) and event.colleague == name:
            occasion = "leaving" if isinstance(event, ColleagueNoticed) else "strained"
            text = table.cast.voices.colleague(name, occasion, table.quarter)
            return [quoted(table.cast.colleague(name), text)] if text else []
    return []


def _notice(table: Table, accounts: tuple[str, ...], strain: str, leaving: bool) -> list[str]:
    """That somebody has given notice, why, and what goes with them."""
    if not leaving:
        return []
    ends = table.cast.quarter(table.quarter)
    said = f"Has given notice, and is gone when {ends} ends. {WHY_LEAVES.get(strain, '')}".rstrip()
    return [said, *([f"{capital(TAKEN)}: {at_stake(table, accounts)}."] if accounts else [])]


def at_stake(table: Table, accounts: Sequence[str]) -> str:
    """What is sold a quarter to some customers, and what of it would go with whoever looks after them."""
    sold = sum(table.sales(account) for account in accounts)
    return f"about {table.money(LOST_SALES * sold)} of {table.money(sold)} a quarter, if nobody takes them over before"


def _found_in(seen: Seen, row: int) -> list[str]:
    ramp = float(seen.team["ramp"][row, 0])
    return [f"New in the post, and does {ramp * 100:.0f} of 100 so far."] if ramp < 1 else []


def _known(seen: Seen, row: int, strain: str) -> list[str]:
    """What they are good at, as last seen, and what nobody has seen yet."""
    skilled, told = _when(seen, "seen_at", row), []
    if skilled >= 0:
        skills = {skill: float(seen.team["seen_skill"][place, row, 0]) for place, skill in enumerate(SKILLS)}
        told.append(f"{capital(skills_told(skills))}, as seen {age(seen.quarter, skilled)}.")
    missing = [text for text, known in ((UNASKED, strain), (UNSEEN, skilled >= 0)) if not known]
    return [*told, *([" ".join(missing)] if missing else [])]


def lead(table: Table, account: str) -> str:
    """The colleague who looks after an account, '' for the player."""
    row = int(table.seen.team["lead"][table.seen.params.accounts.index(account), 0])
    return "" if row == PLAYER else table.seen.params.own.colleagues[row]


def leader(table: Table, account: str) -> str:
    """The same by name: You, or who has the post now."""
    name = lead(table, account)
    return capital(table.cast.colleague(name)) if name else YOU


def load_line(member: Member) -> str:
    """How much their customers take of their time."""
    if not (member.accounts or member.plans):
        return f"{member.hours:.0f} hours a quarter, and no customer to look after."
    much = " That is more than can be borne for long." if member.overloaded else ""
    least = "at least " if member.load >= MOST_LOAD else ""
    takes = f"Their {'customers and plans' if member.plans else 'customers'} take"
    return f"{takes} {least}{member.load * 100:.0f}% of {member.hours:.0f} hours so far.{much}"


def own_line(table: Table) -> str:
    """The same of the player; '' where no colleague shares the work."""
    if not table.cast.colleagues:
        return ""
    has, taken = _own_hours(table)
    return f"{YOU}: your customers take {taken:.0f} of your own {has:.0f} hours so far. {BEYOND}"


def _own_hours(table: Table) -> tuple[float, float]:
    """Hours that the player has beside the colleagues', and what the player's customers take."""
    own = table.seen.params.hours - float(table.seen.params.own.colleague_hours.sum())
    theirs = [row for row, account in enumerate(table.seen.params.accounts) if not lead(table, account)]
    return own, float(table.seen.hours_spent[theirs, 0].sum())


def load_if(table: Table, account: str, name: str | None) -> str:
    """What a customer would make of somebody's load, the hand-over with it, in a few words; ``name``: None for the
    player."""
    place, hours = table.seen.params.accounts.index(account), table.takes("assign", account=account, colleague=name)
    if not name:
        own, taken = _own_hours(table)
        then = taken + float(table.seen.hours_spent[place, 0]) + hours
        return f"{taken:.0f} of your own {own:.0f} hours, then {then:.0f}"
    row = table.seen.params.own.colleagues.index(name)
    loads = seen_load(table.seen), load_with(table.seen, place, row, hours)
    now, then = (float(found[row, 0]) for found in loads)
    much = ", more than can be borne for long" if then > FULL else ""
    return f"load {now * 100:.0f}%, then {'at least ' if then >= MOST_LOAD else ''}{then * 100:.0f}%{much}"


def target(table: Table) -> str:
    """What colleagues are measured on: team or personal."""
    return TARGETS[int(table.seen.team["target"][0])]


def target_help(table: Table) -> str:
    """What a quota each does."""
    more = 10.0 * round(QUOTA_HOURS * float(table.seen.params.own.colleague_hours.sum()) / 10.0)
    when = "after your time" if table.last_quarter else "from the next one on"
    return (
        f"A quota each brings about {more:.0f} hours more a quarter, {when}. It wears them down every quarter, and "
        "whoever has one helps the others less."
    )


def reviewed(table: Table) -> bool:
    """Whether there are monthly reviews this quarter."""
    return bool(table.seen.team["reviewed"][0])


@dataclass(frozen=True)
class Expert:
    """A specialist of the pool. ``skill``: at what, with how good; ``account``: whom they help this quarter, '' for
    none; ``free``: whether no other team has them."""

    name: str
    title: str
    skill: str
    account: str
    free: bool

    @property
    def line(self) -> str:
        """How it stands with them this quarter."""
        return self.skill


def experts(table: Table) -> list[Expert]:
    """Every specialist, in the author's order."""
    return [_expert(table, row, name) for row, name in enumerate(table.cast.specialists)]


def _expert(table: Table, row: int, name: str) -> Expert:
    item, borrowed = table.cast.specialists[name], table.seen.team["borrowed"]
    at = [account for place, account in enumerate(table.seen.params.accounts) if int(borrowed[place, 0]) == row + 1]
    skill = f"{level_word(item.level)} at {SKILL_WORDS[item.skill]}"
    return Expert(
        name, f"{item.name}, {item.role}", capital(skill), at[0] if at else "", bool(table.seen.team["free"][row, 0])
    )


def expert_line(table: Table, item: Expert) -> str:
    """At what, and where they are this quarter."""
    if item.account:
        return f"{item.skill}. Helps at {table.cast.account(item.account)} this quarter."
    return f"{item.skill}. {'Free this quarter.' if item.free else 'Another team has them this quarter.'}"


def fee_line(table: Table) -> str:
    """What a specialist costs, for a quarter at one customer."""
    fee = FEE * table.seen.params.specialist_cost
    return f"A quarter of one costs {table.money(fee)}, on that customer's books. {POOL_HELP}"


def not_handed_over(table: Table) -> list[str]:
    """By colleague who has given notice: whom they still look after, in a sentence."""
    return [
        f"{member.who} is gone when the quarter ends, and still looks after "
        f"{listed([table.cast.account(account) for account in member.accounts])}."
        for member in members(table)
        if member.leaving and member.accounts
    ]


def hours_line(table: Table) -> str:
    """How many hours the team has this quarter; '' where they are what they were on the first day."""
    has, usual = table.session.hours, table.seen.params.hours
    told = f"The team has {has:.0f} hours this quarter; on the first day it had {usual:.0f}." if has != usual else ""
    return " ".join(line for line in (told, short_line(table)) if line)


def short_line(table: Table) -> str:
    """That more is promised to customers than there are hours, and what that does; '' where it is not."""
    seen = table.seen
    beyond, part = -float(seen.hours_left[0]), float(np.atleast_1d(worked(seen.hours_left, seen.hours_spent))[0])
    if beyond <= 0.0:
        return ""
    return (
        f"Standing contact and what runs with customers take {beyond:.0f} hours more than there are: every customer is "
        f"looked after {percent(1.0 - part)} less than promised, until you lighten something."
    )
