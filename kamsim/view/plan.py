"""Account plans: three parts on one page, written from what is known; who has read it, and whether it was kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kamsim.engine.initiatives import COMPLETED
from kamsim.engine.organisation import SKILLS
from kamsim.engine.parts_joint import NONE, OPEN, STATUS
from kamsim.engine.plans import AIMS, SKILL, STEPS, WITHIN
from kamsim.engine.team import PAR
from kamsim.view import account as account_view
from kamsim.view.menu.together import AIM_WORDS, STEP_WORDS
from kamsim.view.questions import Option, Question
from kamsim.view.words.names import capital
from kamsim.view.words.team import SKILL_WORDS, level_word

if TYPE_CHECKING:
    from kamsim.view.table import Table
    from kamsim.view.words.names import Cast

STATUS_CHIPS: Final = {
    "open": ("Open", "accent", "clock"),
    "kept": ("Kept", "good", "check"),
    "missed": ("Missed", "bad", "cross"),
    "void": ("What it was for is over", "plain", "flat"),
}
"""By how a plan stands: its words, tone and sign."""
KINDS: Final = ("write_plan", "share_plan")
"""Moves of its page."""
TITLE: Final = "Account plan"
NOT_WRITTEN: Final = "Not written yet: whom to reach, what is to bring revenue, what is done about it."
HELP: Final = (
    "Three parts, one page: whom to reach, what is to bring revenue, what is done about it, by whom and by when. You "
    "will be held to it. A colleague who sees to it gives it hours of their own; the better they are at its step, the "
    "more is made of it once kept. If they leave, name somebody else. What was done before it was written doesn't "
    "count."
)
SHARE_HELP: Final = (
    "Show it to them and write it together: who thinks in years adds what they know and commits to it. Who trades "
    "gives nothing for it, and a rival may hear of it. Shared, a missed date costs trust."
)
OVER: Final = "over, as far as you know: nothing can be planned for it"
UNSEEN: Final = "only heard of: ask there about results before you plan for it"
WRITING: Final = "As it would be written"
PRIVATE: Final = "Only our own company has read it."
SHARED: Final = "They have written on it with you."
YOU: Final = "you"


@dataclass(frozen=True)
class Written:
    """The plan for a customer. ``status``: of `parts_joint.STATUS`; ``parts``: relationship, revenue and action, each
    by name and in a sentence; ``due``: its last quarter; ``line``: how it stands."""

    account: str
    status: str
    parts: tuple[tuple[str, str], ...]
    due: int
    shared: bool
    line: str


def written(table: Table, account: str) -> Written | None:
    """The plan that was written last for a customer; None for none, and where no plans are written."""
    if not table.has("plans"):
        return None
    cast, at, row = table.cast, table.seen.plans, table.seen.params.accounts.index(account)
    status = STATUS[int(at.status[row, 0])]
    if status == STATUS[NONE]:
        return None
    params, due = table.seen.params, int(at.due[row, 0])
    owner = int(at.owner[row, 0])
    parts = _parts(
        cast, params.people[int(at.person[row, 0])], AIMS[int(at.aim[row, 0])],
        params.initiatives[int(at.initiative[row, 0])], STEPS[int(at.step[row, 0])],
        params.own.colleagues[owner] if owner >= 0 else "", due,
    )  # fmt: skip
    shared = bool(at.shared[row, 0])
    line = _line(status, reached=bool(at.reached[row, 0]), shared=shared, left=bool(at.left[row, 0]))
    return Written(account, status, parts, due, shared, f"{line} {_hand_line(table, row)}".strip())


def _parts(
    cast: Cast, person: str, aim: str, initiative: str, step: str, owner: str, due: int
) -> tuple[tuple[str, str], ...]:
    """Relationship, revenue and action, each by name and in a sentence; ``owner``: '' for the player."""
    who = cast.colleague(owner) if owner else YOU
    return (
        ("Relationship", f"{cast.post(person)}: {AIM_WORDS[aim]}."),
        ("Revenue", f"{cast.initiatives[initiative].name}, and what is bought for it."),
        ("Action", f"{capital(STEP_WORDS[step])}, by {who}, until the end of {cast.by(due)}."),
    )


def preview(table: Table, said: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """The three parts as they would be written now; none where there is nothing to plan for."""
    if said["initiative"] is None:
        return ()
    due = table.quarter + int(said["due"]) - 1
    return _parts(
        table.cast, said["person"], said["aim"], said["initiative"], said["step"], said["owner"], due,
    )  # fmt: skip


def _hand_line(table: Table, row: int) -> str:
    """What is known of the colleague who sees to an open plan: whether they stay, how good they are at its step."""
    seen = table.seen
    at, team = seen.plans, seen.team
    owner, skill = int(at.owner[row, 0]), int(SKILL[at.step[row, 0]])
    if owner < 0 or at.status[row, 0] != OPEN:
        return ""
    who = capital(table.cast.colleague(seen.params.own.colleagues[owner]))
    if team["leaving"][owner, 0]:
        return f"{who} has given notice: name somebody else before {table.cast.quarter(table.quarter)} ends."
    if team["seen_at"][owner, 0] < 0:
        return f"{who} sees to it; how well, you haven't seen yet."
    level = float(team["seen_skill"][skill, owner, 0])
    more = "more is made of it, once kept" if level > PAR else "less is made of it, once kept" if level < PAR else ""
    known = f"{level_word(level)} at {SKILL_WORDS[SKILLS[skill]]}, as you have seen"
    return f"{who} sees to it: {known}{'; ' + more if more else ''}."


def _line(status: str, *, reached: bool, shared: bool, left: bool) -> str:
    who = SHARED if shared else PRIVATE
    aim = " Its aim was reached, too." if reached else ""
    if left:
        return f"Whoever saw to it has left, and nobody else was named. {who}"
    return {
        "open": who,
        "kept": f"The step was done in time.{aim} {who}",
        "missed": f"The date has passed without it. {who}",
        "void": "What it was written for is over, as far as you know: nobody holds you to it.",
    }[status]


def summary(table: Table, account: str) -> str:
    """How a customer's plan stands, in a few words."""
    plan = written(table, account)
    if plan is None:
        return "No plan yet"
    word = STATUS_CHIPS[plan.status][0]
    if plan.status != STATUS[OPEN]:
        return word
    return f"Open, until the end of {table.cast.by(plan.due)}{', shared' if plan.shared else ''}"


def listed(table: Table, account: str) -> str:
    """The same in a list of plans: of one that is open, what is done about it."""
    plan = written(table, account)
    if plan is None or plan.status != STATUS[OPEN]:
        return summary(table, account)
    done, _, _ = plan.parts[-1][1].rpartition(", until")
    return f"{summary(table, account)}: {done}"


def due_now(table: Table) -> list[str]:
    """Customers whose plan falls due with this quarter, and is open."""
    found = {account: written(table, account) for account in table.accounts}
    return [
        account for account, plan in found.items()
        if plan is not None and plan.status == STATUS[OPEN] and plan.due <= table.quarter
    ]  # fmt: skip


def left_alone(table: Table) -> dict[str, str]:
    """Customers whose open plan is in the name of somebody who has given notice, with the colleague's name."""
    at, leaving, found = table.seen.plans, table.seen.team["leaving"], {}
    for row, account in enumerate(table.seen.params.accounts if at.status.size else ()):
        owner = int(at.owner[row, 0])
        if at.status[row, 0] == OPEN and owner >= 0 and leaving[owner, 0]:
            found[account] = table.seen.params.own.colleagues[owner]
    return found


def may_share(table: Table, account: str) -> bool:
    """Whether there is an open plan that they have not written on."""
    made = written(table, account)
    return made is not None and made.status == STATUS[OPEN] and not made.shared


def may_rename(table: Table, account: str) -> bool:
    """Whether there is an open plan that somebody else of us could see to."""
    made = written(table, account)
    return made is not None and made.status == STATUS[OPEN] and bool(table.cast.colleagues)


# --- writing it ---------------------------------------------------------------------------------------------------


def start(table: Table, account: str) -> dict[str, Any]:
    """Answers to start from: the plan that runs; else the first person, the first initiative that can be planned for,
    a meeting, by you, in a year."""
    at, params, row = table.seen.plans, table.seen.params, table.seen.params.accounts.index(account)
    if at.status[row, 0] == OPEN:
        owner = int(at.owner[row, 0])
        return {
            "person": params.people[int(at.person[row, 0])], "aim": AIMS[int(at.aim[row, 0])],
            "initiative": params.initiatives[int(at.initiative[row, 0])], "step": STEPS[int(at.step[row, 0])],
            "owner": params.own.colleagues[owner] if owner >= 0 else "",
            "due": int(at.due[row, 0]) - table.quarter + 1,
        }  # fmt: skip
    known = [option for option in _initiatives(table, account) if not option.barred]
    return {
        "person": table.cast.accounts[account].people[0].id, "aim": AIMS[0],
        "initiative": known[0].value if known else None, "step": STEPS[0], "owner": "", "due": WITHIN[-1],
    }  # fmt: skip


def questions(table: Table, account: str, said: dict[str, Any]) -> list[tuple[str, list[Question]]]:
    """The three parts, each with its questions."""
    people = tuple(_person(table, item) for item in account_view.people(table, account))
    aims = tuple(Option(aim, capital(AIM_WORDS[aim])) for aim in AIMS)
    action = [
        Question("step", "list", "What is done", said["step"], tuple(map(_step, _steps(table, account)))),
        *owner(table, said),
        Question("due", "few", "Done by the end of", said["due"], tuple(_due(table, number) for number in WITHIN)),
    ]
    return [
        ("Relationship: whom to reach", [
            Question("person", "list", "Who", said["person"], people),
            Question("aim", "few", "What for", said["aim"], aims),
        ]),
        ("Revenue: what is to bring it", [
            Question("initiative", "list", "Which of theirs", said["initiative"], tuple(_initiatives(table, account))),
        ]),
        ("Action: what is done about it", action),
    ]  # fmt: skip


def _person(table: Table, item: account_view.PersonNotes) -> Option:
    note = item.door or ("something is known" if item.notes else "nothing known yet")
    return Option(item.person, table.cast.post(item.person), note, words=(item.person,))


def _initiatives(table: Table, account: str) -> list[Option]:
    """Initiatives that the player has heard of, as last seen; last those that no plan can be for now, with why."""
    found = [_initiative(table, item) for item in account_view.initiatives(table, account)]
    return sorted(found, key=lambda option: option.barred)


def _initiative(table: Table, item: account_view.InitiativeNotes) -> Option:
    row = table.seen.params.initiatives.index(item.initiative)
    over = item.seen and float(table.seen.known("state", row)[0][0]) >= COMPLETED
    lacks = OVER if over else "" if item.seen else UNSEEN
    name = table.cast.initiatives[item.initiative].name
    return Option(item.initiative, name, "; ".join(item.notes[:1]), lacks, (item.initiative,), barred=bool(lacks))


def _steps(table: Table, account: str) -> list[str]:
    """Kinds of step that can be done there: nothing is begun together where there is nothing to build."""
    there = bool(table.cast.accounts[account].joint)
    return [step for step in STEPS if step != "joint" or there]


def _step(step: str) -> Option:
    return Option(step, capital(STEP_WORDS[step]), words=(step,))


def owner(table: Table, said: dict[str, Any]) -> list[Question]:
    """Who sees to it: you, or a colleague; not asked where there is nobody else."""
    if not table.cast.colleagues:
        return []
    options = (
        Option("", capital(YOU), words=("you",)),
        *(Option(name, table.cast.colleague(name), _hand(table, name, said), words=(name,))
          for name in table.cast.colleagues),
    )  # fmt: skip
    return [Question("owner", "list", "Who sees to it", said["owner"], options)]


def _hand(table: Table, name: str, said: dict[str, Any]) -> str:
    """How good a colleague is at the step, as far as it was seen, and whether they stay."""
    at, row = table.seen.team, table.seen.params.own.colleagues.index(name)
    skill = int(SKILL[STEPS.index(said["step"])])
    if at["leaving"][row, 0]:
        return "has given notice"
    word = level_word(float(at["seen_skill"][skill, row, 0])) if at["seen_at"][row, 0] >= 0 else "not seen yet"
    return f"{SKILL_WORDS[SKILLS[skill]]}: {word}"


def _due(table: Table, within: int) -> Option:
    return Option(within, table.cast.by(table.quarter + within - 1), words=(str(within),))


def arguments(account: str, said: dict[str, Any]) -> dict[str, Any]:
    """The arguments of the move that writes it."""
    return {"account": account, **{name: value for name, value in said.items() if value != ""}}


def why_not(table: Table, account: str, said: dict[str, Any]) -> str:
    """Why it cannot be written as it stands, in a sentence; '' where it can."""
    if said["initiative"] is None:
        return "A plan is for something that they have under way, and you know of nothing. Ask somebody about results."
    return table.why_not("write_plan", **arguments(account, said))
