"""The whole key of a scenario: how to use it, the calendar, customers, moments, and walkthroughs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kamsim.aside import write_whole
from kamsim.errors import KamsimError
from kamsim.lab.key import calendar, customer, walkthrough
from kamsim.lab.key.blocks import Chapter, Grid, Named, Said, as_html, as_text
from kamsim.scenario.models import Scenario
from kamsim.view.words.names import Cast, percent

HABITS: Final = {"price": "prices", "ideas": "ideas", "both": "prices and ideas"}
"""By a rival's habit: what it attacks with."""


class Key:
    """The answer key of a scenario on one seed, the typical one unless another is given."""

    def __init__(self, scenario: Scenario, seed: int | None = None) -> None:
        self.scenario, self.quarters = scenario, scenario.length.standard
        self.seed = walkthrough.typical_seed(scenario, self.quarters) if seed is None else seed
        self.title = f"The key to {scenario.title}"
        self.under = f"{scenario.company.name}, {self.quarters} quarters from {scenario.year}."
        self.chapters = tuple(self._chapters())

    def _chapters(self) -> Iterator[Chapter]:
        cast = Cast(self.scenario)
        yield self._first()
        yield calendar.calendar(cast, self.scenario.length.longest)
        for account in self.scenario.accounts:
            yield customer.chapter(cast, account)
        asked = calendar.moments(cast)
        if asked is not None:
            yield asked
        yield from walkthrough.chapters(self.scenario, self.seed, self.quarters)

    def _first(self) -> Chapter:
        accounts = tuple((account.name, customer.count_of(account)) for account in self.scenario.accounts)
        rivals = tuple(
            (rival.name, percent(rival.follow), HABITS[rival.habit], rival.brief) for rival in self.scenario.rivals
        )
        blocks = (
            Said(self.scenario.summary),
            Said(customer.NEEDS),
            Named(accounts),
            Grid("Rivals", ("Rival", "Follows a cut, a quarter", "Attacks with", "Told to players"), rivals),
            Said(
                "What is said here is so on the first day; people leave, initiatives turn by chance, and players "
                "change what they touch. A debrief tells what was so in a session."
            ),
        )
        return Chapter("first", "What this scenario is about", blocks)

    def text(self) -> str:
        """The key as plain text."""
        return as_text(self.title, self.under, self.chapters)

    def html(self) -> str:
        """The key as one self-contained page."""
        return as_html(self.title, self.under, self.chapters)

    def write(self, out: Path) -> Path:
        """Write the page whole, or not at all. Raises KamsimError where it cannot be written."""
        try:
            write_whole({out: self.html().encode("utf-8", "replace")})
        except OSError as error:
            raise KamsimError(f"{out} cannot be written ({error.strerror}); nothing was changed") from error
        return out
