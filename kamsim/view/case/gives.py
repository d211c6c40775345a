"""What a page may give: a question for each lever, with its limits and whether our desk has signed it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kamsim.engine.levers import LEVERS, Lever
from kamsim.view.questions import Limits, Mark, Option, Question
from kamsim.view.words import levers
from kamsim.view.words.names import points

if TYPE_CHECKING:
    from kamsim.view.case.open_page import OpenPage

EVERYWHERE: Final = "everywhere"
YES_NO: Final = (Option("yes", "Yes", words=("yes", "y")), Option("no", "No", words=("no", "n")))
SIGN_WORDS: Final = {"sales": "finance signs", "finance": "all sign"}
"""Who signs beyond what a tier signs."""


def gives(page: OpenPage) -> list[Question]:
    """Every lever that can be had at the account, in the order of a page; where the price holds stands behind it."""
    made: list[Question] = []
    for name, lever in LEVERS.items():
        if levers.offered(page.cast, page.work.account, name):
            made.append(_asked(page, lever))
        if not lever.choices and len(page.cast.accounts[page.work.account].regions) > 1:
            made.append(_region(page))
    return made


def _asked(page: OpenPage, lever: Lever) -> Question:
    """A lever's question; it is the same as long as the page says the same of it, but for the price."""
    if not lever.choices:
        return _price(page)
    ask = _days if lever.name == "days" else _lever
    said = page.work.account, page.work.audience, page.work.page.get(lever.name)
    return page.kept(("asked", lever.name), said, lambda: ask(page, lever))


def _lever(page: OpenPage, lever: Lever) -> Question:
    """Yes or no, or a scale."""
    cast, work, name, words = page.cast, page.work, lever.name, levers.WORDS[lever.name]
    row = page.seen.params.accounts.index(work.account)
    note = levers.signature(page.seen, lever, row) if work.audience == "customer" else ""
    if words.have and levers.in_force(page.seen, name, row):
        note = words.have
    return Question(
        name,
        "switch" if lever.switch else "steps",
        levers.label(cast, work.account, name, work.audience),
        levers.value_of(work.page, name),
        YES_NO if lever.switch else tuple(Option(value, words.title(value)) for value in lever.choices),
        usual=lever.choices[0],
        help=levers.explained(cast, work.account, name),
        note=note,
        words=(name,),
    )


def _days(page: OpenPage, lever: Lever) -> Question:
    """When they pay; a page that leaves that as it is says 0."""
    work, name, words = page.work, lever.name, levers.WORDS[lever.name]
    now = int(page.seen.days[page.seen.params.accounts.index(work.account), 0])
    said = int(work.page.get(name) or 0)
    scale = sorted({*lever.choices, now} - {0})
    made = [Option(0 if d == now else d, words.title(d), "as now" if d == now else "") for d in scale]
    label = levers.label(page.cast, work.account, name)
    return Question(name, "steps", label, 0 if said == now else said, tuple(made), usual=0, words=(name,))


def _region(page: OpenPage) -> Question:
    """Where the price holds."""
    places = [Option(EVERYWHERE, EVERYWHERE)]
    for item in page.cast.accounts[page.work.account].regions:
        places.append(Option(item.id, item.name.split(" (", maxsplit=1)[0], words=(item.id,)))
    value: Any = page.work.page.get("region") or EVERYWHERE
    return Question(
        "region",
        "steps",
        "Where",
        value,
        tuple(places),
        usual=EVERYWHERE,
        help="Where the price holds.",
        words=("region", "where"),
    )


# --- the price --------------------------------------------------------------------------------------------------


def shown_points(value: float) -> str:
    """Points of list price as a lever shows them."""
    if abs(value) < 1e-9:
        return "no change"
    return f"{points(value)} {'off' if value > 0 else 'back'}"


def _price(page: OpenPage) -> Question:
    name, lever, audience = "price", LEVERS["price"], page.work.audience
    low, most = page.bounds(page.work.kind, name)
    high = max(most, low + lever.step)
    marks, good = _marks(page, low, high)
    limits = Limits(low, high, lever.step, 0.0, tuple(marks), good, shown_points, "Points", 100.0)
    if audience == "desk":
        own = page.bounds("present_case", name)[1]
        told = (
            f"Points more off today's price, {low * 100:g} to {most * 100:g}. Up to {own * 100:g} you may give "
            "yourself; beyond that it takes their signatures."
        )
    else:
        back = "; with a minus they are taken back" if low < 0 else ""
        told = f"Points more off the list price, {low * 100:g} to {most * 100:g}, which is yours to give{back}."
    value = limits.within(float(page.work.page.get(name) or 0.0))
    label = levers.label(page.cast, page.work.account, name, audience)
    return Question(name, "slider", label, value, limits=limits, usual=0.0, help=told, words=(name,))


def _marks(page: OpenPage, low: float, high: float) -> tuple[list[Mark], str]:
    """Where the price breaks even, how far one may go, where the floor lies; and the text of the first."""
    marks: list[Mark] = []
    even = page.made.price_break_even
    good = ""
    if not np.isnan(even) and low <= even <= high:
        good = f"breaks even at {even * 100:g}"
        marks.append(Mark(even, good))
    edges = page.edges
    if edges.floor is not None and low <= edges.floor <= high:
        marks.append(Mark(edges.floor, f"floor {edges.floor * 100:g}"))
    if page.work.audience == "desk":
        for tier, said in SIGN_WORDS.items():
            beyond = edges.tiers.get(tier, high) + LEVERS["price"].step
            if low < beyond <= high:
                marks.append(Mark(beyond, f"{said} from {beyond * 100:g}"))
    elif edges.floor is None or abs(edges.floor - high) > 1e-9:
        marks.append(Mark(high, f"yours to {high * 100:g}"))
    return marks, good
