"""How the parts of the player's own company and its market fit together: calendar, lines, rivals, news, goals."""

from __future__ import annotations

from kamsim import currency
from kamsim.scenario.models import Scenario
from kamsim.scenario.notes import Notes, Path

HIGHEST_INDEX = 5
"""Of demand and materials, 1 at the start."""
HIGHEST_RIVAL_PRICE = 3
"""As a share of ours."""


def check_supplier(scenario: Scenario, notes: Notes) -> None:
    """The company, its plant, its market and its calendar."""
    _money(scenario, notes)
    _calendar(scenario, notes)
    _supplier(scenario, notes)
    _lines(scenario, notes)
    _goals(scenario, notes)


def _money(scenario: Scenario, notes: Notes) -> None:
    if not currency.known_locale(scenario.locale):
        message = f"'{scenario.locale}' is no locale; write a language and perhaps a country, such as de_CH"
        notes.error("K347", ("locale",), message)


def _calendar(scenario: Scenario, notes: Notes) -> None:
    length = scenario.length
    if not length.shortest <= length.standard <= length.longest:
        notes.error("K304", ("length",), "length must have shortest <= standard <= longest")
    last = 0
    for index, macro in enumerate(scenario.macro):
        if macro.quarter <= last:
            message = f"quarter {macro.quarter} of macro must come after quarter {last}, the entry before"
            notes.error("K312", ("macro", index, "quarter"), message)
        last = max(last, macro.quarter)
        for name in ("demand", "materials"):
            if (level := getattr(macro, name)) > HIGHEST_INDEX:
                message = f"{name} is {level:g} times what it was at the start; 1.05 is 5% more"
                notes.warning("K325", ("macro", index, name), message)
    rhythms = scenario.time.rhythms
    if not rhythms.light <= rhythms.normal <= rhythms.close:
        notes.warning("K317", ("time", "rhythms"), "a closer rhythm should take more hours: light <= normal <= close")
    standing = sum(getattr(rhythms, account.rhythm) for account in scenario.accounts)
    if standing > scenario.time.quarter:
        message = f"the accounts' rhythms take {standing} hours a quarter, and the team has {scenario.time.quarter}"
        notes.error("K323", ("time", "quarter"), message)


def _supplier(scenario: Scenario, notes: Notes) -> None:
    lines = {line.id: line.name for line in scenario.lines}
    for index, activity in enumerate(scenario.activities):
        if not any(hours > 0 for hours in activity.hours.values()):
            notes.error("K316", ("activities", index, "hours"), f"nothing drives the activity '{activity.id}'")
    for index, rival in enumerate(scenario.rivals):
        for place, rivalry in enumerate(rival.lines):
            notes.reference(rivalry.line, lines, ("rivals", index, "lines", place, "line"), "line")
            if rivalry.price > HIGHEST_RIVAL_PRICE:
                message = f"{rival.id} asks {rivalry.price:g} times our price; 0.94 is 6% cheaper"
                notes.warning("K325", ("rivals", index, "lines", place, "price"), message)
        stands = [(("rivals", index, "lines", place, "line"), item.line) for place, item in enumerate(rival.lines)]
        notes.unique(stands, f"rival {rival.id}'s line")
    accounts = {account.id: account.name for account in scenario.accounts}
    for index, news in enumerate(scenario.news):
        for place, word in enumerate(news.accounts):
            notes.reference(word, accounts, ("news", index, "accounts", place), "account")
    _warnings(scenario, notes)


def _warnings(scenario: Scenario, notes: Notes) -> None:
    """What news announces exists, and can be found in the two quarters in which the news may be linked."""
    known: dict[str, str] = {}
    spans: dict[str, list[tuple[int, int]]] = {}
    for initiative in (item for account in scenario.accounts for item in account.initiatives):
        known[initiative.id] = initiative.name
        for place, force in enumerate(initiative.forces, 1):
            name = force.id or f"{initiative.id}.{place}"
            known[name] = force.name
            for word in (initiative.id, name):
                spans.setdefault(word, []).append((force.quarter - 1, force.until))
    for index, news in enumerate(scenario.news):
        for place, word in enumerate(news.warns):
            at = ("news", index, "warns", place)
            if not notes.reference(word, known, at, "initiative or force"):
                continue
            if not any(first <= news.quarter <= last for first, last in spans.get(word, [])):
                message = (
                    f"nothing is coming or at work on '{word}' in quarter {news.quarter}, so whoever links this "
                    f"news to it finds nothing"
                )
                notes.warning("K341", at, message)


def _goals(scenario: Scenario, notes: Notes) -> None:
    goals = scenario.company.goals
    here: Path = ("company", "goals")
    notes.unique([((*here, index, "year"), str(goal.year)) for index, goal in enumerate(goals)], "goal of year")
    longest = scenario.length.longest
    for index, goal in enumerate(goals):
        if 4 * (goal.year - 1) >= longest:
            message = f"year {goal.year} never comes; the longest session has {longest} quarters"
            notes.warning("K305", (*here, index, "year"), message)


def _lines(scenario: Scenario, notes: Notes) -> None:
    rivalled = {rivalry.line for rival in scenario.rivals for rivalry in rival.lines}
    for index, line in enumerate(scenario.lines):
        if line.id not in rivalled:
            notes.error("K315", ("lines", index), f"no rival sells the line '{line.id}'; customers need a choice")
        if line.unit_cost >= line.list_price:
            notes.warning(
                "K307", ("lines", index, "unit_cost"), f"the line '{line.id}' costs as much as its list price"
            )
        sold = sum(b.wallet * b.share for account in scenario.accounts for b in account.business if b.line == line.id)
        if line.other_load > line.capacity:
            message = f"capacity is {line.capacity:,.10g}, less than the {line.other_load:,.10g} of other_load"
            notes.error("K324", ("lines", index, "capacity"), message)
        elif sold + line.other_load > line.capacity:
            units = f"{sold + line.other_load:,.0f} units sold"
            message = f"the line '{line.id}' starts with {units}, and its capacity is {line.capacity:,.10g}"
            notes.warning("K318", ("lines", index, "capacity"), message)
