"""Paperwork of a session: previews of business cases, drafts put aside, the coach, the clock of a moment. Nothing here
changes the world; all of it that a debrief may want is in the log."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, Final, Literal

import numpy as np

from kamsim.engine.preview import AT_REST, Futures, Preview
from kamsim.errors import IllegalMove
from kamsim.game import drafting, records
from kamsim.game.commands import plain_page
from kamsim.game.course import Course
from kamsim.game.drafting import Draft
from kamsim.game.parts import Thinking
from kamsim.scenario.models import Scenario

MOST_NAME: Final = 60
"""Characters of a draft's name."""
Clocking = Literal["start", "pause", "go_on", "extend", "off", "ran_out"]


class Paperwork(Course, ABC):
    """The part of a `Session` that writes pages and asks about them."""

    _thinking: Thinking

    def __init__(self, scenario: Scenario, seed: int, quarters: int) -> None:
        super().__init__(scenario, seed, quarters)
        self._futures: dict[str, tuple[int, int, Futures]] = {}

    @abstractmethod
    def write(self, *lines: records.Line) -> None:
        """Append lines to the log."""

    def preview(self, account: str, audience: str, page: Mapping[str, Any], lanes: int = AT_REST) -> Preview:
        """What a page would bring, from what the player knows: ``page`` as the arguments of ``present_case`` (audience
        customer) or ``ask_desk`` (audience desk). All pages of a quarter meet the same imagined futures.

        Raises IllegalMove for an account, audience or value that does not exist.
        """
        plain_page(self.params, account, audience, page)
        known = int(np.count_nonzero(self.seen.seen_at[:, 0] == self.quarter)) + 1000 * len(self.commands)
        held = self._futures.get(account)
        if held is None or held[:2] != (self.quarter, known):
            held = self.quarter, known, drafting.futures(self.seen, account)
            self._futures[account] = held
        column = drafting.page_of(self.seen, account, page)
        return held[2].preview(column, desk=audience == "desk", lanes=lanes)

    def draft(self, name: str, account: str, audience: str, page: Mapping[str, Any]) -> Draft:
        """Put a page aside under a name; it replaces an older one of that name.

        Raises IllegalMove for a page that cannot be, and LogUnwritable.
        """
        if not name or len(name) > MOST_NAME:
            raise IllegalMove(f"a draft's name has 1 to {MOST_NAME} characters")
        args = plain_page(self.params, account, audience, page)
        made = Draft(name, account, audience, self.quarter, args)
        self.write(
            records.Drafted(
                quarter=self.quarter,
                name=name,
                account=account,
                audience="desk" if audience == "desk" else "customer",
                page=args,
                thought=self._thinking.so_far(),
            )
        )
        self.drafts[name] = made
        return made

    def coach(self, account: str, audience: str, page: Mapping[str, Any]) -> list[str]:
        """What a coach would say about a page: names of gates and criteria, the costliest first. Logged.

        Raises IllegalMove for a page that cannot be, and LogUnwritable.
        """
        args = plain_page(self.params, account, audience, page)
        said = drafting.advice(self.seen, account, audience, args)
        self.write(
            records.Coached(
                quarter=self.quarter,
                account=account,
                audience="desk" if audience == "desk" else "customer",
                page=args,
                advice=said,
                thought=self._thinking.so_far(),
            )
        )
        return said

    def clock(self, moment: str, what: Clocking, seconds: float) -> None:
        """Note what was done about the soft clock of a moment, ``seconds`` after it began. Raises LogUnwritable."""
        line = records.Clocked(quarter=self.quarter, moment=moment, what=what, seconds=round(float(seconds), 1))
        self.write(line)
