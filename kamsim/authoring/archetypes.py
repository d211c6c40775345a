"""What is usual for a customer of which a table tells only the sales: three kinds of customer, six of people."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of customer. Service drivers are for each 100,000 of its sales a quarter."""

    name: str
    why: str
    traits: str
    trust: float
    rhythm: str
    contract: str
    service: dict[str, float]
    programme: tuple[str, str, str, str]
    """Its initiative: kind, name, summary, state."""
    brief: str
    ask: float
    """What it asks off in its second quarter; 0 for nothing."""


ANCHOR: Final = Kind(
    "anchor", "much of our sales, and much of what it buys is ours",
    "{collaboration: 0.4, orientation: 0.45, price_sensitivity: 4.6, turnover: 0.04}", 0.45, "normal", "frame",
    {"orders": 46, "order_lines": 170, "rush_orders": 6, "returns": 5, "tickets": 4, "sites": 1},
    ("cost_out", "The Short List", "Fewer suppliers, and from each of them less cost than last year.", "executing"),
    "Buys a great deal from us and knows it. Asks for something each spring, orders late, and has somebody upstairs "
    "whom nobody here has met.", 0.05,
)  # fmt: skip
GROWER: Final = Kind(
    "grower", "most of what it buys, it buys elsewhere",
    "{collaboration: 0.72, orientation: 0.75, price_sensitivity: 3.2, turnover: 0.03}", 0.52, "light", "normal",
    {"orders": 22, "order_lines": 70, "rush_orders": 1.5, "returns": 2, "tickets": 7, "sites": 1, "custom_parts": 0.4},
    ("growth", "Second Floor", "Half as much again within two years, without half as many people again.", "funded"),
    "Could be twice its size with us. Has a plan that nobody here has read, and answers when it is asked.", 0.0,
)  # fmt: skip
STEADY: Final = Kind(
    "steady", "neither large nor open to much more",
    "{collaboration: 0.35, orientation: 0.45, price_sensitivity: 5, turnover: 0.03}", 0.55, "light", "normal",
    {"orders": 16, "order_lines": 60, "rush_orders": 1, "returns": 2, "tickets": 2, "sites": 1},
    ("resilience", "Nothing Late", "No order of theirs waits for a supplier, and none is the only one.", "funded"),
    "Orders what it ordered last year and pays for it. Nobody has rung to ask why.", 0.0,
)  # fmt: skip


def kind_of(part: float, share: float) -> Kind:
    """The kind of a customer by its part of all sales and our share of what it buys."""
    if share < 0.28:
        return GROWER
    return ANCHOR if part >= 0.25 else STEADY


@dataclass(frozen=True, slots=True)
class Trade:
    """What somebody's function makes of them: a measure, a voice, and what they say when asked."""

    words: str
    """Of a role, by which it is told."""
    measure: str
    measure_text: str
    voice: str
    results: str
    provocative: str
    buying: str


TRADES: Final[dict[str, Trade]] = {
    "purchasing": Trade(
        r"purchas|procure|buyer|buying|sourcing|category", "savings", "per cent off last year",
        "Reads an offer from the bottom up and knows three other prices by heart.",
        "What I save against last year. Three per cent, and somebody checks.",
        "Your rival writes each month. I file it. A good reason would be to have one myself.",
        "What we bought before, I buy again. Anything new, the others want to see first, and I carry it up.",
    ),
    "finance": Trade(
        r"financ|cfo|controll|treasur|account(ant|ing)", "cash", "cash by the end of the quarter",
        "Quiet, exact, and first to notice a second page.",
        "Cash, on the last Friday of the quarter. Everything else is a forecast.",
        "A cost that comes twice. The first time it's bad luck, and the second it's mine.",
        "Above a certain sum it needs my name, and I ask what it brings, by when, and who says so.",
    ),
    "operations": Trade(
        r"operat|plant|works|production|logist|supply|coo|foreman|shift|manufactur|warehouse", "delivery",
        "orders out on their day",
        "Counts in shifts; believes what arrives.",
        "Orders out on their day. Eleven late last quarter, four of them for want of something of yours.",
        "A line that stands on a Friday. One hour of it costs more than a year of your best idea.",
        "If it changes my shifts I'm asked, and I can be very slow about it.",
    ),
    "engineering": Trade(
        r"engineer|technic|r&d|research|develop|quality|mainten|design|cto|it\b|digital", "quality",
        "complaints that come back",
        "Wants to be argued with, with a drawing on the table.",
        "What comes back. Nine last year, and I can tell you the reason for seven.",
        "That somebody changes a part and doesn't tell me. I'd rather hear of it from a supplier than from a customer.",
        "I say what fits. Then purchasing says what it may cost, and sometimes we mean the same thing.",
    ),
    "sales": Trade(
        r"sales|market|commercial|customer|brand|retail", "growth", "new business a quarter",
        "Optimistic by the week, exact by the year.",
        "New business. I've promised a third more, and half of it has a name.",
        "To win it and then not to deliver. We did that once; the customer still tells it.",
        "I ask for things, others buy them. When I ask loudly it goes quicker.",
    ),
    "general": Trade(
        r"", "growth", "the plan for the year",
        "Has little time, and gives it to whoever speaks of the plan.",
        "The plan for the year. It has three lines, and one of them is late.",
        "That we do everything a little. I'd pay for somebody who tells me what to leave.",
        "The house proposes, I nod or I don't. I don't when nobody can say what happens if we wait.",
    ),
}  # fmt: skip
_EXECUTIVE: Final = re.compile(r"\bchief\b|\bc[efomt]o\b|\bdirector\b|president|\bvp\b|managing|\bowner\b|\bpartner\b")


def trade_of(role: str) -> str:
    """The function that a role's words tell of."""
    told = role.casefold()
    return next(name for name, trade in TRADES.items() if re.search(trade.words, told))


def level_of(role: str) -> str:
    """executive, manager or buyer, by the words of a role."""
    if _EXECUTIVE.search(role.casefold()):
        return "executive"
    return "buyer" if re.search(r"\bbuyer\b|purchasing manager|procurement", role.casefold()) else "manager"


ASSUMED_PEOPLE: Final = (("Mara Lindqvist", "Purchasing Manager"), ("Theo Brandes", "Operations Manager"),
                         ("Ines Duarte", "Purchasing Manager"), ("Karl Oyen", "Operations Manager"),
                         ("Petra Halm", "Purchasing Manager"), ("Sami Rask", "Operations Manager"))  # fmt: skip
"""Who stands in where the table names nobody, or nobody below an executive."""
