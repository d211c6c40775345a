"""What the rows of several tables look up in one log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from kamsim.debrief.folder import PlayedLog
from kamsim.debrief.reading import E_co, Happening
from kamsim.engine.params import businesses
from kamsim.scenario.customer import Account, Initiative, Opportunity
from kamsim.scenario.opportunities import opportunities


@dataclass
class Lookup:
    """A log with what is looked up in it more than once."""

    log: PlayedLog

    @cached_property
    def accounts(self) -> list[str]:
        """Ids in the order of the books."""
        return [account.id for account in self.log.scenario.accounts]

    @cached_property
    def owners(self) -> dict[tuple[str, str], str]:
        """The account of a person, request, moment, talk, initiative, joint initiative or opportunity: by the name of
        the argument and the id."""
        made = {}
        for account in self.log.scenario.accounts:
            for kind, items in (
                ("person", account.people),
                ("request", account.requests),
                ("moment", account.moments),
                ("talk", account.talks),
                ("initiative", account.initiatives),
                ("joint", (account.joint,) if account.joint else ()),
            ):
                for item in items:
                    made[kind, item.id] = account.id
        return made | {("opportunity", item.id): account.id for account, _, item in self.opportunities.values()}

    @cached_property
    def opportunities(self) -> dict[str, tuple[Account, Initiative, Opportunity]]:
        """By its id: whose an opportunity is, what it is for, and what it is."""
        return {item.id: (account, about, item) for _, account, about, item in opportunities(self.log.scenario)}

    @cached_property
    def cells(self) -> list[tuple[str, str, str]]:
        """(account, region, product) in the order of the books."""
        return [(account.id, region, item.line) for account, region, item in businesses(self.log.scenario)]

    @cached_property
    def by_account(self) -> list[dict[str, list[int]]]:
        """For each closed quarter: cents by line of the books and account."""
        made = []
        places = [self.accounts.index(cell[0]) for cell in self.cells]
        for books in self.log.books:
            lines: dict[str, list[int]] = {}
            for name, row in zip(books.names, books.money, strict=True):
                sums = [0] * len(self.accounts)
                for place, cents in zip(places, row, strict=True):
                    sums[place] += cents
                lines[name] = sums
            made.append(lines)
        return made

    def of(self, *kinds: type[E_co]) -> Iterator[Happening[E_co]]:
        """Events of some kinds, in the order of the log."""
        return (item for item in self.log.events if isinstance(item.event, kinds))  # type: ignore[misc]  # narrows no generic

    def lines(self, kind: type[Any]) -> Iterator[tuple[int, Any]]:
        """Lines of a kind with their numbers."""
        return ((number, line) for number, line in enumerate(self.log.lines, start=1) if isinstance(line, kind))

    def owner(self, args: dict[str, Any]) -> tuple[str | None, str | None]:
        """The account that a move is about, and whom or what in it."""
        kinds = ("person", "request", "moment", "talk", "opportunity", "initiative", "joint", "news")
        about = next((str(args[kind]) for kind in kinds if kind in args), None)
        account = args.get("account")
        if account is None:
            account = next((self.owners[key] for key in self.owners.keys() & args.items()), None)
        return (None if account is None else str(account)), about

    @cached_property
    def profits(self) -> list[int]:
        """Total account profit of each closed quarter."""
        return [sum(map(sum, books.money)) for books in self.log.books]
