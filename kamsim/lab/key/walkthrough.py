"""How good bots play a seed, quarter by quarter, and what it brings: from the logs that these sessions would leave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import numpy as np

from kamsim.game import records
from kamsim.game.books import ledger_from
from kamsim.game.events.contact import MoveMade
from kamsim.game.events.declared import Event
from kamsim.game.log import read_log
from kamsim.game.scribe import Scribe
from kamsim.lab.key.blocks import Block, Chapter, Grid, Said
from kamsim.lab.teaching.arms import BEST, GOOD, USUAL
from kamsim.players.outcomes import Study, compiled, played
from kamsim.players.policies import named_policy
from kamsim.scenario.models import Scenario
from kamsim.view.history import TOLD
from kamsim.view.menu.catalogue import history_line
from kamsim.view.words.names import Cast, account_of, counted
from kamsim.view.words.news import headline

TRIED: Final = range(1, 65)
"""Seeds of which the typical one is taken."""
ROUTINE: Final = ("meet", "scan", "set_rhythm")
"""Moves that are counted, and not told one by one."""


@dataclass(frozen=True)
class Quarter:
    """One quarter of a session: what was done and what came of it by account, and profit in cents."""

    number: int
    told: dict[str, list[str]]
    profit: int


def typical_seed(scenario: Scenario, quarters: int) -> int:
    """Of some seeds the one in which good play leads habit as it mostly does."""
    good, usual = (played(Study(scenario, named_policy(name), TRIED, quarters)).value for name in (GOOD, USUAL))
    lead = good - usual
    away = np.abs(lead - np.median(lead)) / (lead.std() or 1.0) + np.abs(good - np.median(good)) / (good.std() or 1.0)
    return TRIED[int(np.argmin(away))]


def chapters(scenario: Scenario, seed: int, quarters: int) -> Iterator[Chapter]:
    """A chapter for each of the bots that are worth following."""
    for name in (GOOD, BEST):
        found = list(walk(scenario, name, seed, quarters))
        yield Chapter(
            f"walk-{name}", f"A walkthrough: {name} on seed {seed}", tuple(_blocks(scenario, seed, name, found))
        )


def _blocks(scenario: Scenario, seed: int, name: str, found: Sequence[Quarter]) -> Iterator[Block]:
    cast = Cast(scenario, seed=seed)
    whole = sum(one.profit for one in found)
    yield Said(
        f"{WHAT[name]} In {counted(len(found), 'quarter')} it brings an account profit of {cast.money(whole)}. What it "
        "does is legal for any player at the same table; what it knows, it has found out."
    )
    for one in found:
        rows = tuple((where, "; ".join(lines)) for where, lines in one.told.items() if lines)
        title = f"{cast.quarter(one.number)}: account profit {cast.money(one.profit)}"
        yield Grid(title, ("Where", "What was done, and what came"), rows)


WHAT: Final = {
    GOOD: "It finds out first, holds prices, trades instead of giving, and spends hours where there is room to grow.",
    BEST: "The best play that we know: a light routine everywhere, fresh facts from several people, cases that are "
          "re-cut when facts change, and bids for what customers come to buy.",
}  # fmt: skip


def walk(scenario: Scenario, name: str, seed: int, quarters: int) -> Iterator[Quarter]:
    """A bot's session, quarter by quarter."""
    with TemporaryDirectory(prefix="kamsim-key-") as folder:
        bot = named_policy(name)
        with Scribe(scenario, (seed,), quarters, name, Path(folder)) as scribe:
            for _ in range(quarters):
                bot.play(scribe.seat)
                scribe.end_quarter()
            log = read_log(scribe.logs[0])
    cast, params = Cast(scenario, seed=seed), compiled(scenario)
    told: dict[str, list[str]] = {account.name: [] for account in scenario.accounts}
    counts: dict[str, int] = {}
    for line in log.lines:
        if isinstance(line, records.Opened | records.Moved | records.Closed):
            for event in _events(line):
                cast.note(event)
                _tell(cast, event, told, counts)
        if isinstance(line, records.Closed):
            for name_, count in counts.items():
                told[name_].insert(0, f"{counted(count, 'meeting or reading', 'meetings and readings')}")
            profit = int(ledger_from(line.ledger, params).contribution.sum())
            yield Quarter(line.quarter, told, profit)
            told, counts = {account.name: [] for account in scenario.accounts}, {}


def _events(line: records.Opened | records.Moved | records.Closed) -> list[Event]:
    return list(line.events)


def _tell(cast: Cast, event: Event, told: dict[str, list[str]], counts: dict[str, int]) -> None:
    """A line of a history under the account that it is about; routine contact is counted."""
    if isinstance(event, MoveMade):
        account = account_of(cast, event.args)
        said = history_line(cast, event)
        if account and event.move in ROUTINE:
            counts[cast.account(account)] = counts.get(cast.account(account), 0) + 1
            return
    elif event.kind in TOLD:
        data = event.plain()
        named = next(
            (data[name] for name in ("opportunity", "request", "tender", "moment", "talk") if name in data), ""
        )
        account = cast.home.get(str(named), "") if named else str(data.get("account", ""))
        said = headline(cast, event)
    else:
        return
    if account and said:
        told[cast.account(account)].append(said.rstrip("."))
