"""The key-account programme in the menu: which customer is key, and which is so no longer."""

from __future__ import annotations

from typing import Final

from kamsim.engine.moves import Refusal
from kamsim.view.menu.entry import Args, Entry, Reason
from kamsim.view.menu.support import COMPANY
from kamsim.view.words.names import Cast, who
from kamsim.view.words.programme import cost_told


def _named(cast: Cast, data: Args, _quarter: int) -> list[str]:
    once, later = cost_told(cast)
    return [
        f"{who(cast, data['args'])} is a key customer from today. {once} go into it at once and {later} over the next "
        "two years, on that account's own books. From now on they notice when nobody comes."
    ]


def _ended(cast: Cast, data: Args, _quarter: int) -> list[str]:
    return [
        f"{who(cast, data['args'])} is no longer a key customer. What was not spent yet is saved; they will not forget "
        "how they heard."
    ]


ENTRIES: Final = (
    Entry(
        "name_key",
        "Make them a key customer",
        "naming a key customer",
        "elsewhere",
        _named,
        lambda _cast, _data: "Named a key customer",
        "company",
        COMPANY,
        ("named key", "times named key"),
        lambda cast, _seen, args: (
            f"Make {who(cast, args)} a key customer: it costs {cost_told(cast)[0]} at once, and pays where they think "
            "in years."
        ),
        "Doors, people and deliveries first; costs much, and pays with few",
        unchanged="{they} is a key customer already.",
    ),
    Entry(
        "end_key",
        "End their key status",
        "ending key status",
        "elsewhere",
        _ended,
        lambda _cast, _data: "Ended key status",
        "company",
        COMPANY,
        ("key status ended", "times key status ended"),
        lambda cast, _seen, args: f"{who(cast, args)} gives nothing back for being key; others would.",
        "Saves what is not spent yet, and costs trust",
        unchanged="{they} is not a key customer.",
    ),
)
REASONS: Final[dict[Refusal, Reason]] = {}
