"""Cuts of the 36 rows from what the reference bots do: ``python -m tests.deep.cutoffs`` writes kamsim/debrief/cutoffs.json.

To be run after a change of rules or of what counts as an occasion, and before anybody is rated.
"""

from __future__ import annotations

import json
from collections import defaultdict
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import numpy as np

import kamsim.debrief.competencies as rows
from kamsim.debrief.record import read_play
from kamsim.game.records import RULES
from kamsim.game.scribe import Scribe
from kamsim.players.policies import named_policy
from kamsim.scenario.reader import load_scenario

BOTS: Final = ("typical", "steady", "value_seller", "discounter", "canned", "static", "retailored")
SEEDS: Final = (1, 2, 3, 4)
QUARTERS: Final = 12
ENOUGH: Final = 12
"""Rates from which the cuts of a row are its own."""
LOWER, UPPER = (0.2, 0.6), (0.5, 0.9)
"""Within which its cuts are kept."""
APART: Final = 0.1
"""How far the lowest and the highest rate must lie apart."""
DEFAULT: Final = (0.35, 0.65)
HOW: Final = (
    "Low below the first figure, High from the second on. Where the reference bots ({bots} on Halden Drives, seeds 1 to 4, "
    "12 quarters; rules {rules}) give at least 12 rates for a row and differ enough, the cuts are the thirds of their "
    "rates, the lower kept within 0.2 to 0.6 and the upper within 0.5 to 0.9; elsewhere 0.35 and 0.65. They were fixed "
    "before any player was rated."
)


def rates() -> dict[int, dict[str, list[float]]]:
    """By row and bot: the part of its occasions that each of its sessions met, where there were enough of them."""
    made: dict[int, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    scenario = load_scenario("halden")
    for bot in BOTS:
        with TemporaryDirectory() as folder:
            policy = named_policy(bot)
            with Scribe(scenario, SEEDS, QUARTERS, bot, Path(folder)) as scribe:
                while not scribe.finished:
                    policy.play(scribe.seat)
                    scribe.end_quarter()
            for log in scribe.logs:
                for one in rows.rate(read_play(log)):
                    if one.place is not None:
                        made[one.row.number][bot].append(one.met / len(one.occasions))
    return made


def cuts(found: list[float]) -> tuple[float, float] | None:
    """The thirds of the rates of a row; None where there are too few, or they are too much alike."""
    if len(found) < ENOUGH:
        return None
    if max(found) - min(found) < APART:
        return None
    low, high = np.quantile(found, [1 / 3, 2 / 3])
    return round(float(np.clip(low, *LOWER)), 2), round(float(np.clip(high, *UPPER)), 2)


def main() -> None:
    """Write the data file."""
    found = rates()
    own = {number: made for number in found if (made := cuts([*chain(*found[number].values())])) is not None}
    shown = {
        str(number): [bot for bot, each in bots.items() if np.median(each) >= own.get(number, DEFAULT)[1]]
        for number, bots in sorted(found.items())
    }
    data = {
        "default": list(DEFAULT),
        "how": HOW.format(bots=", ".join(BOTS), rules=RULES),
        "rows": {str(number): list(own[number]) for number in sorted(own)},
        "shown": {number: bots for number, bots in shown.items() if bots},
    }
    path = Path(rows.__file__).with_name("cutoffs.json")
    path.write_text(json.dumps(data, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
