"""What can be built together with a customer, as the player knows it: what a start needs, how far it is, what it has
brought beside what was promised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from kamsim.engine.initiatives import COMPLETED
from kamsim.engine.joint import (
    BUILD,
    DESIGN,
    ENABLERS,
    ENDED,
    ENDS,
    FAILED,
    LACKS,
    LIVE,
    LOSSES,
    NONE,
    WORKS,
    WORKS_TOGETHER,
    known_enablers,
)  # fmt: skip
from kamsim.game.untaken import untaken
from kamsim.view.account import receives
from kamsim.view.words.doors import ask_again
from kamsim.view.words.names import capital, counted, listed, percent
from kamsim.view.words.our_news import ENDED as ENDED_TOLD
from kamsim.view.words.our_news import LOST, ONCE_MORE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kamsim.game.untaken import Untaken
    from kamsim.view.table import Table
    from kamsim.view.words.names import Cast

STEPS: Final = ("Design", "Build", "Starts up", "In full swing")
KINDS: Final = ("start_joint", "leave_joint")
"""Moves of its page."""
WHAT: Final = {
    NONE: "What it needs before it is built",
    DESIGN: "What the design needs before it is built",
    ENDED: "What it needs",
}
"""By phase: what the needs are headed by; in the others nothing can be done about them."""
UNSURE: Final = "What is missing when building begins makes it likelier to fail. What is not known may be missing."
SCORE: Final = "The shared scorecard"
ONE_AT_A_TIME: Final = "One at a time: what is built with a customer takes the hours of a whole customer."
ASKING: Final = (
    "Their sponsor answers at once. The more of what it brings you ask for, the likelier a no. From then on it takes "
    "its hours every quarter."
)
LEAVING: Final = "What was spent is lost, and so is what it would have brought. They remember who left."
WON_OVER: Final = (
    "They receive you: until they are for you, meet them, bring an insight on what they run, and help it on."
)
MET_WORDS: Final = {True: "Met", False: "Not met", None: "Not known"}


@dataclass(frozen=True)
class Need:
    """Something that a start needs: what, whether it is ``met`` (None: not known), and how to learn it or get it."""

    title: str
    met: bool | None
    text: str

    @property
    def line(self) -> str:
        """All of it in one line."""
        return f"{MET_WORDS[self.met]}: {self.title}.{'' if self.met else f' {self.text}'}"


@dataclass(frozen=True)
class Built:
    """Something to build together. ``phase``: of `joint.PHASES`; ``step``: of `STEPS`, from 1, 0 before a start and
    once it is over; ``stands``: how it stands, in sentences; ``score``: what was promised and what came, by name;
    ``halved``: whether it has lost what carried it."""

    name: str
    account: str
    title: str
    summary: str
    phase: int
    step: int
    needs: tuple[Need, ...]
    stands: tuple[str, ...]
    score: tuple[tuple[str, str], ...]
    halved: bool

    @property
    def running(self) -> bool:
        """Whether it was begun and is not over."""
        return self.phase in (DESIGN, BUILD, LIVE)


def built(table: Table, account: str = "") -> list[Built]:
    """Everything that can be built together, what runs first; with one customer or with all."""
    found = [_built(table, row, name) for row, name in enumerate(table.seen.params.own.joints)]
    return sorted((item for item in found if account in ("", item.account)), key=lambda item: not item.running)


def _built(table: Table, row: int, name: str) -> Built:
    joint, phase = table.cast.joints[name], int(table.seen.joint.phase[row, 0])
    return Built(
        name, table.cast.home[name], joint.name, joint.summary, phase, _step(table, row, phase),
        tuple(_needs(table, row)), tuple(_stands(table, row, phase)), tuple(_score(table, row, phase)),
        bool(table.seen.joint.lost[row, 0]) and phase not in (NONE, ENDED),
    )  # fmt: skip


def _step(table: Table, row: int, phase: int) -> int:
    if phase != LIVE:
        return {DESIGN: 1, BUILD: 2}.get(phase, 0)
    ramp = float(table.seen.params.own.joint_ramp[row, 0])
    return 4 if table.quarter - float(table.seen.joint.since[row, 0]) + 1 >= ramp else 3


# --- what a start needs -------------------------------------------------------------------------------------------


def _needs(table: Table, row: int) -> list[Need]:
    """What it needs, while that can still be met: before building begins, and before what failed is tried again."""
    phase = int(table.seen.joint.phase[row, 0])
    if phase not in WHAT or (phase == ENDED and int(table.seen.joint.why[row, 0]) != FAILED):
        return []
    known = known_enablers(table.seen, row)[:, 0]
    words = _words(table, row)
    return [
        Need(words[name][0], None if np.isnan(value) else bool(value), words[name][1 if np.isnan(value) else 2])
        for name, value in zip(ENABLERS, known, strict=True)
    ]


def _words(table: Table, row: int) -> dict[str, tuple[str, str, str]]:
    """By what a start needs: its words, how to learn whether it is met, and how to get it where it is not."""
    cast, own = table.cast, table.seen.params.own
    joint = cast.joints[own.joints[row]]
    name, sponsor = cast.account(cast.home[joint.id]), cast.post(joint.sponsor)
    serves, inside = cast.initiatives[joint.initiative].name, _inside(table, row)
    over = table.seen.known("state", int(own.joint_initiative[row]))[0][0] == COMPLETED
    desk = "A promise to our deal desk that is kept wins them."
    if int(own.joint_inside[row]) < 0:
        desk = "They go by your word inside, 50 of 100 at least: keep what you promise to our desk."
    insiders = "Spend time in our own company, or ask for it there." if table.has("support") else desk
    lent = ", or a specialist borrowed for them" if table.has("pool") else ""
    return {
        "willing": (
            f"{name} thinks in years, and would build with a supplier",
            "Ask somebody there how they buy.",
            "No work of ours changes how they buy.",
        ),
        "trust": (
            f"{name} trusts us, {100.0 * float(own.joint_trust[row, 0]):.0f} of 100 at least",
            "Ask what could go wrong, to learn how far they do.",
            "It grows with contact, deliveries on the day, and what you promise and keep.",
        ),
        "initiative": (
            f"{serves} is under way there",
            "Ask about results, best whoever runs it.",
            "They have reached it: what is tried once more goes on without it."
            if over
            else "Help it on, or wait for its next phase; then ask about results again.",
        ),
        "sponsor": (
            f"{sponsor}, is for us and receives us",
            "Read the room, or meet them.",
            _won(table, joint.sponsor),
        ),
        "inside": (f"{inside} wants it", "", insiders),
        "resources": (
            f"Hours or people of ours are signed for {name}",
            "",
            f"A case that our desk grants gives them{lent}.",
        ),
    }


def _won(table: Table, sponsor: str) -> str:
    """What is missing until a sponsor is for us and receives us, and how to get it."""
    seen = table.seen
    if receives(seen, sponsor):
        return WON_OVER
    again = int(seen.shut_until[seen.params.people.index(sponsor), 0]) + 1
    if again > seen.quarter:
        return f"Their door is shut. {ask_again(table.cast, again, seen.quarter)}"
    return "Their door is not open: ask for a meeting with an insight on what they run, and go on meeting them."


def _inside(table: Table, row: int) -> str:
    """Who has to want it in our company."""
    approver = int(table.seen.params.own.joint_inside[row])
    if approver < 0:
        boss = table.cast.scenario.company.boss
        return f"{boss.name}, {boss.role},"
    item = list(table.cast.approvers.values())[approver]
    return f"{item.name}, {item.role},"


def met_line(item: Built) -> str:
    """How many of its needs are met, as far as is known."""
    met, unknown = (len([need for need in item.needs if need.met is value]) for value in (True, None))
    more = f", {unknown} not known" if unknown else ""
    return f"{met} of {len(item.needs)} met{more}"


def needs_title(item: Built) -> str:
    """What its needs are headed by, with how many are met."""
    return f"{WHAT[item.phase]}: {met_line(item)}"


# --- how it stands ------------------------------------------------------------------------------------------------


def _stands(table: Table, row: int, phase: int) -> list[str]:
    seen, cast = table.seen, table.cast
    if phase == NONE:
        return _before(table, row)
    if phase == ENDED:
        why = int(seen.joint.why[row, 0])
        return [ENDED_TOLD[ENDS[why]], *([ONCE_MORE, _odds(table, row)] if why == FAILED else [])]
    until = cast.by(int(seen.joint.until[row, 0]))
    told = [{
        DESIGN: f"It is being designed, until the end of {until}.",
        BUILD: f"It is being built, until the end of {until}. Then it shows whether it works.",
        LIVE: f"It has run since {cast.quarter(int(seen.joint.since[row, 0]))}.",
    }[phase]]  # fmt: skip
    told.append(f"{percent(float(seen.joint.share[row, 0]))} of what it brings is ours.")
    told += [_odds(table, row)] if phase == DESIGN else []
    lost = [LOST[name] for place, name in enumerate(LOSSES) if int(seen.joint.lost[row, 0]) >> place & 1]
    if lost:
        half = "It works by half" if phase == LIVE else "It will work by half"
        told.append(f"{half}: {listed(lost)}. Without both it ends.")
    if int(seen.joint.lost[row, 0]) >> LOSSES.index("sponsor") & 1:
        sponsor = cast.joints[seen.params.own.joints[row]].sponsor
        told.append(f"{cast.post(sponsor)}, has to be for us and receive us. {_won(table, sponsor)}")
    return told


def _odds(table: Table, row: int) -> str:
    """How likely it works once it is built, as far as the player knows."""
    seen = table.seen
    together = seen.known("collaboration", int(seen.params.own.joint_account[row]))[0][0]
    if np.isnan(together):
        return "How likely it works depends on how they work with suppliers: ask somebody there how they buy."
    known = known_enablers(seen, row)[:, 0]
    most = WORKS + WORKS_TOGETHER * float(together)
    now = most - LACKS * np.count_nonzero(known == 0.0)
    least = now - LACKS * np.count_nonzero(np.isnan(known))
    said = f"{100 * now:.0f}" if least == now else f"{100 * least:.0f} to {100 * now:.0f}"
    return (
        f"What is built works {100 * most:.0f} times in 100 with everything there, {100 * LACKS:.0f} fewer for each "
        f"thing that is missing: as far as you know, {said} now."
    )


def _before(table: Table, row: int) -> list[str]:
    """How long it takes and what it costs, before a start."""
    own, joint = table.seen.params.own, table.cast.joints[table.seen.params.own.joints[row]]
    quarters = joint.design + joint.build
    told = [
        f"Design {counted(joint.design, 'quarter')}, build {counted(joint.build, 'quarter')}, in full swing "
        f"{counted(joint.ramp, 'quarter')} later: it costs for {quarters} quarters before it brings anything.",
        f"It takes {joint.hours} hours a quarter until it runs, half of them afterwards, and "
        f"{percent(float(own.joint_cost[row, 0]), 2)} of all that they spend on such things{_a_quarter(table, row)}.",
        _odds(table, row),
    ]
    asked = int(table.seen.joint.asked[row, 0])
    if asked:
        told.append(f"You asked for it in {table.cast.quarter(asked)}.")
    return told


def _a_quarter(table: Table, row: int) -> str:
    """What that part of their purchases comes to by our notes, or how to learn it."""
    own, seen = table.seen.params.own, table.seen
    spend = float(seen.known("wallet", int(own.joint_account[row]))[0][0])
    if np.isnan(spend):
        return ": how much that is, a talk about their results tells"
    return f": about {table.money(float(own.joint_cost[row, 0]) * spend)} a quarter, by your notes"


def _score(table: Table, row: int, phase: int) -> list[tuple[str, str]]:
    """What was promised and what came."""
    at, money = table.seen.joint, table.money
    if phase == NONE:
        return []
    planned = float(at.planned[row, 0])
    rows = [("Promised for us, a quarter in full swing", money(planned))] if planned else []
    if float(at.earned[row, 0]) or phase == LIVE:
        rows += [
            ("Came last quarter", money(float(at.latest[row, 0]))),
            ("Came so far", money(float(at.earned[row, 0]))),
        ]
    return [*rows, ("Spent so far", money(float(at.spent[row, 0])))]


def stands_for_it(table: Table, item: Built) -> str:
    """Who there would stand for it, or does."""
    sponsor, row = table.cast.post(table.cast.joints[item.name].sponsor), table.seen.params.own.joints.index(item.name)
    if item.running and int(table.seen.joint.lost[row, 0]) >> LOSSES.index("sponsor") & 1:
        return f"{sponsor}, came after whoever stood for it, and is to be won for it."
    return f"{sponsor}, {'stands' if item.running else 'would stand'} for it there."


def summary(item: Built) -> str:
    """How it stands, in a few words for a list."""
    if item.phase == NONE:
        return capital(met_line(item))
    if item.phase == ENDED:
        return item.stands[0]
    return f"{STEPS[item.step - 1]}{', by half' if item.halved else ''}"


# --- the end ------------------------------------------------------------------------------------------------------


def end_line(table: Table) -> str:
    """What was built together, or what was left on the table by building nothing; '' where nothing can be built."""
    if not table.has("joint"):
        return ""
    begun = [item for item in built(table) if item.phase != NONE]
    if begun:
        return " ".join(_came(table, item) for item in begun)
    return str(table.kept("untaken", lambda: _left(table)))


def _came(table: Table, item: Built) -> str:
    at, row = table.seen.joint, table.seen.params.own.joints.index(item.name)
    earned, spent = (table.money(float(cents[row, 0])) for cents in (at.earned, at.spent))
    return f"{item.title}, built with {table.cast.account(item.account)}, brought us {earned} and took {spent}."


def _left(table: Table) -> str:
    at = table.session
    return left_told(table.cast, untaken(at.scenario, at.params, at.seed, at.commands, len(at.history)))


def left_told(cast: Cast, found: Sequence[Untaken]) -> str:
    """What the best of what could have been built was worth, on the same luck and with the same moves."""
    agreed = [item for item in found if item.begun]
    if not agreed:
        return "Nothing was built together, and as you and your luck left things no customer would have agreed to it."
    best = agreed[0]
    name, where = cast.joints[best.joint].name, cast.account(cast.home[best.joint])
    what = (
        f"{name}, begun with {where} in {cast.quarter(best.begun)} by whoever had their sponsor's ear, your other "
        "moves as far as its hours let them,"
    )
    if best.gain > 0:
        return f"Left on the table: {what} would have left {cast.money(best.gain)} more in both purses."
    less = f"would have left {cast.money(-best.gain)} less"
    return f"Nothing was built together, and that cost nothing here: {what} {less}."
