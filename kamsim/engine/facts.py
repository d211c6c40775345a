"""What a player can find out: the kinds of fact, and every fact of a scenario in the order of its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kamsim.engine.terms import ISSUES

ACCOUNT_FACTS: Final = ("wallet", "price_sensitivity", "collaboration", "trust", "attack")
PERSON_FACTS: Final = ("measure", "stance", "power", "veto")
INITIATIVE_FACTS: Final = ("state", "force")
REQUEST_FACTS: Final = ("interest",)
CENTRE_FACTS: Final = ("power_new", "listens", "leaving", "tie")
"""More about people: their say where something is new, whom they listen to, that they leave, how well they know us."""
LATER_ACCOUNT_FACTS: Final = ("orientation", "attacker", "attack_kind", "attack_idea")
REGION_FACTS: Final = ("compliance",)
FORCE_FACTS: Final = ("acts",)
TALK_FACTS: Final = ("worth",)
OPPORTUNITY_FACTS: Final = ("stage", "amount", "decides", "runs", "twist", "bidder")
"""Of a purchase: how far it has come, units a quarter, the quarter at whose close it is decided (0: nobody can say),
quarters for which it runs, what came over it, 1 + the rival most likely to have it."""
"""In this order, and new kinds at the end: a checkpoint of earlier rules keeps its rows."""


@dataclass(frozen=True)
class Fact:
    """Something a player can find out: ``kind`` about ``row`` (an account, a person, an initiative, a request, a region
    that a headquarters may bind, a force, an issue of a talk: 8 rows a talk in the order of `terms.ISSUES`; or a
    purchase)."""

    name: str
    kind: str
    row: int
    account: int


def all_facts(
    accounts: Sequence[str],
    people: Sequence[tuple[str, int]],
    initiatives: Sequence[tuple[str, int]],
    requests: Sequence[tuple[str, int]],
    bound: Sequence[tuple[str, int]],
    forces: Sequence[tuple[str, int]],
    talks: Sequence[tuple[str, int]],
    opportunities: Sequence[tuple[str, int]],
) -> tuple[tuple[Fact, ...], dict[str, range]]:
    """Every fact, and the rows of each kind. A new kind goes to the end: checkpoints know facts by their rows."""
    blocks: dict[str, range] = {}
    facts: list[Fact] = []
    numbered = [(name, row) for row, name in enumerate(accounts)]
    for kinds, rows in (
        (ACCOUNT_FACTS, numbered),
        (PERSON_FACTS, people),
        (INITIATIVE_FACTS, initiatives),
        (REQUEST_FACTS, requests),
        (CENTRE_FACTS, people),
        (LATER_ACCOUNT_FACTS, numbered),
        (REGION_FACTS, bound),
        (FORCE_FACTS, forces),
        (TALK_FACTS, [(f"{name}.{issue}", account) for name, account in talks for issue in ISSUES]),
        (OPPORTUNITY_FACTS, opportunities),
    ):
        for kind in kinds:
            blocks[kind] = range(len(facts), len(facts) + len(rows))
            facts += [Fact(f"{name}.{kind}", kind, row, account) for row, (name, account) in enumerate(rows)]
    return tuple(facts), blocks
