"""What pages were heard to say of a fact, and where two of them differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

Pages = dict[str, str]
"""By name: what a page says, in one line."""
Fault = tuple[str, str]
"""A kind of contradiction, and where it is."""


class Told:
    """What was said of some things, by page."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))

    def note(self, about: str, page: str, value: object) -> None:
        """A page says a value of something."""
        self.said[about][str(value)].append(page)

    def faults(self) -> Iterator[Fault]:
        """Everything of which two pages say two things."""
        for about, values in self.said.items():
            if len(values) > 1:
                told = "; ".join(f"{value!r} on {', '.join(pages[:3])}" for value, pages in values.items())
                yield self.kind, f"{about}: {told}"
