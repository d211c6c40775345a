"""The words that a scenario chooses from: kinds, states, levels and moves, as they stand in YAML and in logs."""

from __future__ import annotations

from typing import Final, Literal

Rhythm = Literal["light", "normal", "close"]
Level = Literal["executive", "manager", "buyer"]
Function = Literal["general", "finance", "operations", "purchasing", "engineering", "sales"]
Measure = Literal["savings", "cash", "uptime", "delivery", "launch", "growth", "quality", "footprint"]
InitiativeKind = Literal[
    "cost_out", "growth", "resilience", "sustainability", "digital", "working_capital", "integration"
]
InitiativeState = Literal[
    "dormant", "announced", "funded", "executing", "accelerated", "delayed", "undermined", "completed", "cancelled"
]
ForceKind = Literal[
    "sponsor_change", "budget_cut", "competing", "merger", "technology", "regulation", "resistance", "market", "support"
]
"""What kind of thing pushes an initiative (economics B13, forces)."""
Trade = Literal["fewer_deliveries", "volume_commitment", "longer_term", "prompt_payment"]
MoveKind = Literal[
    "set_rhythm",
    "meet",
    "scan",
    "review_costs",
    "seek_executive",
    "set_discount",
    "set_rebate",
    "offer_terms",
    "answer_request",
    "handle_incident",
    "expedite",
    "present_case",
    "ask_desk",
    "recut_case",
    "recut_ask",
    "accept_condition",
    "measure_promise",
    "read_room",
    "answer_moment",
    "press_moment",
    "close_moment",
    "hand_over",
    "build_insight",
    "bring_insight",
    "back_initiative",
    "link_news",
    "ask_table",
    "propose",
    "leave_table",
    "bid",
    "renew_case",
    "start_joint",
    "leave_joint",
    "write_plan",
    "share_plan",
    "network",
    "ask_leader",
    "name_key",
    "end_key",
    "assign",
    "coach",
    "review_team",
    "set_target",
    "borrow",
]
WORK: Final[dict[str, tuple[MoveKind, ...]]] = {
    "offers": ("offer_terms", "set_discount", "set_rebate", "present_case", "ask_desk", "bid"),
    "projects": (
        "link_news", "build_insight", "bring_insight", "seek_executive", "back_initiative", "expedite", "hand_over",
    ),
    "finding": ("scan", "review_costs", "read_room"),
}  # fmt: skip
"""Kinds of move of the work with customers that belong together: to a player who meets them they are one thing."""
Criterion = Literal[
    "alignment", "cause", "inaction", "options", "finance", "sensitivity", "evidence", "delivery", "brevity"
]
"""What a business case is judged by, in the order of economics C."""
Gate = Literal["dead_initiative", "negative_value", "below_floor", "no_approver", "no_capacity", "double_counted"]
"""What stops a business case before it is judged."""
Condition = Literal["pilot", "cap", "guarantee"]
"""What a "yes, if" asks for."""
CompanyMetric = Literal["profit", "volume"]
Seat = Literal["sales", "finance", "operations", "product"]
"""The functions of our company that sit at its deal desk."""
Twist = Literal["none", "paused", "halved", "rival", "new_chief"]
PurchaseTwist = Literal["grown", "cut", "price", "changed"]
"""What may come over a purchase before it is decided."""
Habit = Literal["both", "price", "ideas"]
"""What a rival attacks with."""
Skill = Literal["research", "cases", "technical", "relations"]
"""Kinds of work that somebody may be good at (economics B20)."""
RequestKind = Literal["price", "global_price"]
Bot = Literal[
    "random_legal",
    "do_nothing",
    "steady",
    "decliner",
    "discounter",
    "typical",
    "value_seller",
    "canned",
    "retailored",
    "static",
    "dynamic",
    "hq_only",
    "single_thread",
    "farmer",
    "joint_builder",
    "transactional",
    "player_coach",
    "over_designator",
]
"""Whoever may play instead of a person, from `kamsim.players.policies`."""
Currency = Literal[
    "AED", "AFN", "ALL", "AMD", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BHD", "BIF", "BMD",
    "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHF", "CLP", "CNY", "COP", "CRC",
    "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB", "EUR", "FJD", "FKP", "GBP", "GEL",
    "GHS", "GIP", "GMD", "GNF", "GTQ", "GYD", "HKD", "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IQD", "IRR",
    "ISK", "JMD", "JOD", "JPY", "KES", "KGS", "KHR", "KMF", "KPW", "KRW", "KWD", "KYD", "KZT", "LAK", "LBP",
    "LKR", "LRD", "LSL", "LYD", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR", "MWK",
    "MXN", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN", "PGK", "PHP", "PKR",
    "PLN", "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD", "SHP", "SLE",
    "SOS", "SRD", "SSP", "STN", "SYP", "SZL", "THB", "TJS", "TMT", "TND", "TOP", "TRY", "TTD", "TWD", "TZS",
    "UAH", "UGX", "USD", "UYU", "UZS", "VES", "VND", "VUV", "WST", "XAF", "XCD", "XCG", "XOF", "XPF", "YER",
    "ZAR", "ZMW", "ZWG",
]  # fmt: skip
"""Legal tender somewhere, by its code of ISO 4217 (as CLDR has it)."""
