"""Our own side: which of its pages there are, and what can be done on them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from kamsim.view import joint, plan, programme, team
from kamsim.view.menu.catalogue import MENU
from kamsim.view.menu.lines import Way, ways, word
from kamsim.view.words.names import capital

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kamsim.view.table import Table

TEAM, PROGRAMME, JOINT, PLANS = "team", "programme", "joint", "plans"
TABS: Final = (
    (TEAM, "Team", ("team", "pool")),
    (PROGRAMME, "Programme", ("programme", "support")),
    (JOINT, "Built together", ("joint",)),
    (PLANS, "Account plans", ("plans",)),
)
"""By name: a page of our own side, its title, and the parts of the organisation of which any makes it."""
TITLE: Final = "Our side"
WITH_THEM: Final = "Our side of it"
SUBTITLES: Final = {
    "team": "Who does it, and who looks after whom",
    "programme": "Which customer is key, and who helps in our own company",
    "joint": "What we build together with customers",
    "plans": "Whom to reach, what brings revenue, what is done",
}


TAB_OF: Final = {
    kind: tab
    for tab, kinds in (("team", team.KINDS), ("programme", programme.KINDS), ("joint", joint.KINDS))
    for kind in kinds
}
"""By kind of move: the page of our own side on which it is made; a plan has a page of its own."""


def tabs(table: Table) -> list[tuple[str, str]]:
    """The pages of our own side that this scenario has, by name; none where it has no part of an organisation."""
    return [(name, title) for name, title, parts in TABS if any(table.has(part) for part in parts)]


def doable(table: Table, kind: str, **known: Any) -> list[Way]:
    """Every way to make a kind of move with what is ``known``, allowed or not, called by what is left to choose; none
    where the scenario has no such part."""
    found = ways(table.cast, table.seen, kind, table.every(kind, **known), tuple(known))
    if kind != "assign" or "account" not in known:
        return found
    return [
        way if way.off else replace(way, note=team.load_if(table, known["account"], way.args.get("colleague")))
        for way in found
    ]


def shared_off(found: Sequence[Way]) -> str:
    """Why none of some ways is open, where it is the same for at least two of them; '' where one is open. Rows then
    need no more than a few words each."""
    reasons = Counter(way.off for way in found)
    return "" if not found or reasons.pop("", 0) else next((text for text, many in reasons.items() if many > 1), "")


ABOUT: Final = ("account", "specialist", "colleague", "joint", "function")
"""Arguments that say whom a move is about."""


def heading(table: Table, kind: str, found: Sequence[Way]) -> str:
    """What some ways to make a move are headed by: the move, and whom all of them are about."""
    about = [name for name in ABOUT if len({way.args.get(name, "") for way in found}) == 1 and found[0].args.get(name)]
    words = [word(table.cast, table.seen, name, found[0].args[name]) for name in about]
    return ": ".join((MENU[kind].name, *words[:1]))


def account_line(table: Table, account: str) -> str:
    """Who looks after a customer, and whether it is key, in a sentence; '' where the scenario has neither."""
    said = []
    if team.lead(table, account):
        said.append(f"{team.leader(table, account)} looks after them")
    if programme.is_key(table, account):
        said.append("a key customer of ours")
    return f"{capital('; '.join(said))}." if said else ""


def account_lines(table: Table, account: str) -> list[str]:
    """The same, with what is built together there and the plan, a line each."""
    line = account_line(table, account)
    told = [line] if line else []
    told += [f"{item.title}: {joint.summary(item).rstrip('.')}." for item in joint.built(table, account)]
    return [*told, *([f"{plan.TITLE}: {plan.summary(table, account)}."] if table.has("plans") else [])]


def warning(table: Table, kind: str, args: Mapping[str, Any]) -> str:
    """What is to be read before a move of our own side is made; '' for nothing."""
    said = {"start_joint": joint.ASKING, "leave_joint": joint.LEAVING}
    if kind == "borrow":
        return team.fee_line(table)
    if kind in ("name_key", "end_key"):
        return programme.meaning(table, str(args["account"]))
    return said.get(kind, "")
