"""Slips of authors in the minimal scenario: what is written instead, where an editor must mark it, and as what."""

from __future__ import annotations

from typing import NamedTuple

from tests.scenario.minimal import ORVIK, SCENARIO


class Slip(NamedTuple):
    """``new`` instead of ``old`` in a file of that kind; marked where ``at`` begins, in ``new`` or before it.

    ``path`` is where a validator finds it, ``says`` a part of what an editor says."""

    kind: str
    old: str
    new: str
    at: str
    path: str
    says: str

    @property
    def text(self) -> str:
        """The whole file, as the author would save it."""
        whole = SCENARIO if self.kind == "scenario" else ORVIK
        assert self.old in whole, self.old
        return whole.replace(self.old, self.new, 1)

    @property
    def place(self) -> tuple[int, int]:
        """Line and column of ``at``, from 1: the last one up to the end of ``new``."""
        whole = SCENARIO if self.kind == "scenario" else ORVIK
        start = self.text.rindex(self.at, 0, whole.index(self.old) + len(self.new))
        before = self.text[:start]
        return before.count("\n") + 1, start - (before.rfind("\n") + 1) + 1


SLIPS = (
    Slip("scenario", "year: 2030", "year: MMXXX", "MMXXX", "$.year", "integer"),
    Slip("scenario", "year: 2030", "year: 2030.5", "2030.5", "$.year", "integer"),
    Slip("scenario", "summary:", "sumary:", "sumary", "$", "not allowed"),
    Slip("scenario", "list_price: 100", "list_price: 0", "0", "$.lines[0].list_price", "minimum"),
    Slip("scenario", "innovation: 0.7}", "inovation: 0.7}", "inovation", "$.rivals[0].lines[1]", "not allowed"),
    Slip("scenario", "hours: {orders: 0.6", "hours: {order: 0.6", "order", "$.activities[0].hours", "Valid values"),
    Slip("scenario", "hours: {orders: 0.6", "hours: {orders: some", "some", "$.activities[0].hours.orders", "number"),
    Slip("scenario", "move: seek_executive", "move: seek", "seek", "$.unlocks[0].move", "Valid values"),
    Slip("scenario", "recession: true}", "recession: perhaps}", "perhaps", "$.macro[1].recession", "boolean"),
    Slip("scenario", "accounts: [kestrel]", "accounts: [Kestrel]", "Kestrel", "$.news[0].accounts[0]", "pattern"),
    Slip("account", "trust: 0.55", "trust: 55", "55", "$.trust", "maximum of 1"),
    Slip("account", "rhythm: normal", "rhythm: often", "often", "$.rhythm", "Valid values"),
    Slip("account", "contract: frame}", "contract: framed}", "framed", "$.business[0].contract", "Valid values"),
    Slip("account", "turnover: 0.04}", "turnover: 4%}", "4%", "$.traits.turnover", "number"),
    Slip("account", "    function: purchasing\n", "", "id: aune", "$.people[0]", "Missing property \"function\""),
    Slip("account", "    region: north\n", "    region: North\n", "North", "$.people[1].region", "pattern"),
    Slip("account", "veto: true", "veto: perhaps", "perhaps", "$.people[1].veto", "boolean"),
    Slip("account", "kind: resilience", "kind: resilent", "resilent", "$.initiatives[0].kind", "Valid values"),
    Slip("account", "demand: {sensors: 0.3}", "demand: {Sensors: 0.3}", "Sensors", "$.initiatives[0].demand",
         "not allowed"),
    Slip("account", "strength: 0.4", "strength: 4", "4", "$.initiatives[0].forces[0].strength", "maximum of 1"),
    Slip("account", "welcomes: [fewer_deliveries, ", "welcomes: [discount, ", "discount", "$.requests[0].welcomes[0]",
         "Valid values"),
    Slip("account", "replies:\n      granted: Thank you. It is noted, with your name.\n", "replies:\n", "replies",
         "$.requests[0].replies", "Missing property \"granted\""),
)  # fmt: skip
