"""How the parts of a scenario fit together: what no single field can tell.

Each check walks one part of the scenario and notes findings at its path; `Notes` knows where that path
stands in the author's files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, pairwise
from typing import get_args

from pydantic import BaseModel

from kamsim.scenario.crosscheck_talks import check_talks
from kamsim.scenario.findings import Finding, fault, listed, suggest, warning
from kamsim.scenario.models import Account, CaseSays, CompanyMetric, Condition, Criterion, Moment, Person, Scenario
from kamsim.scenario.yaml_text import Source

LONGEST_PROSE = 90
"""Words in one field that a player reads at one go."""
LONGEST_DEADLINE = 2
"""Quarters after its own in which a request may fall due."""
MOST_VARIANTS = 3
HIGHEST_INDEX = 5
"""Of demand and materials, 1 at the start."""
HIGHEST_RIVAL_PRICE = 3
"""As a share of ours."""
SEASONS = (0.6, 1.5)
"""Bounds of the four seasons' mean, which should be near 1."""
BESPOKE = (0.001, 0.25)
"""Bounds of what bespoke work may cost, as a share of what the account buys from us in a year."""
REPLIES = ("recut_case", "accept_condition", "measure_promise", "answer_moment", "press_moment", "close_moment",
           "ask_table", "propose", "leave_table")  # fmt: skip
"""Moves that answer to something that has happened, and are needed as soon as it has."""

CORRIDOR_TRADES = ("volume_commitment", "longer_term")
"""What a headquarters can give for a corridor of prices."""

Path = tuple[str | int, ...]


def crosscheck(scenario: Scenario, source: Source) -> list[Finding]:
    """Everything that does not fit, in no order."""
    notes = Notes(source)
    _calendar(scenario, notes)
    _supplier(scenario, notes)
    _lines(scenario, notes)
    _desk(scenario, notes)
    _goals(scenario, notes)
    _unlocks(scenario, notes)
    _examples(scenario, notes)
    _identities(scenario, notes)
    for index, account in enumerate(scenario.accounts):
        at: Path = ("accounts", index)
        _account(account, at, scenario, notes)
        _buying_centre(account, at, notes)
        _initiatives(account, at, scenario, notes)
        _requests(account, at, scenario, notes)
        _events(account, at, scenario, notes)
        _bespoke(account, at, scenario, notes)
        check_talks(account, at, scenario, notes)
    _moments(scenario, notes)
    for at, quarter in _quarters(scenario):
        if quarter > scenario.length.longest:
            longest = scenario.length.longest
            notes.warning("K305", at, f"quarter {quarter} never comes; the longest session has {longest}")
    for at, text in texts(scenario):
        if (words := len(text.split())) > LONGEST_PROSE and not _meant_to_be_long(at):
            notes.warning("K314", at, f"{at[-1]} has {words} words; more than {LONGEST_PROSE} are not read")
    return notes.findings


class Notes:
    """Collects findings and places them."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.findings: list[Finding] = []

    def error(self, code: str, at: Path, message: str, suggestion: str = "", *, key: bool = False) -> None:
        """Note what forbids play; with ``key``, at the name rather than its value."""
        self.findings.append(fault(code, self.source.at(at, key=key), self.told(at, message), suggestion))

    def warning(self, code: str, at: Path, message: str, *, key: bool = False) -> None:
        """Note what only advises."""
        self.findings.append(warning(code, self.source.at(at, key=key), self.told(at, message)))

    def told(self, at: Path, message: str) -> str:
        """The message, with its path where there is no file to point into."""
        return message if self.source.root else f"{self.source.dotted(at)}: {message}"

    def reference(
        self, word: str | None, known: Mapping[str, str], at: Path, what: str, owner: str = "", *, key: bool = False
    ) -> bool:
        """Whether ``word``, when given, is among the ids that are ``known`` with their names; else notes it."""
        if word is None or word in known:
            return word is not None
        lacks = f"{owner} has no {what} '{word}'; it has" if owner else f"there is no {what} '{word}'; known are"
        named = [own for own, name in known.items() if word in re.split(r"\W+", name.casefold())]
        meant = f"'{named[0]}'" if len(named) == 1 else suggest(word, known)
        self.error("K301", at, f"{lacks} {listed(known)}", meant, key=key)
        return False

    def unique(self, items: Iterable[tuple[Path, str]], what: str) -> None:
        """Notes every id after the first of its name."""
        seen: dict[str, Path] = {}
        for at, word in items:
            if word in seen:
                first = self.source.at(seen[word])
                self.error("K302", at, f"the {what} '{word}' exists already ({first.file}:{first.line})")
            seen.setdefault(word, at)


def texts(model: BaseModel, at: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every text of a model that holds a space, with its path: what somebody reads."""
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, BaseModel):
            yield from texts(value, (*at, name))
        elif isinstance(value, str):
            if " " in value:
                yield (*at, name), value
        elif isinstance(value, tuple | dict):
            for index, item in enumerate(value) if isinstance(value, tuple) else value.items():
                if isinstance(item, BaseModel):
                    yield from texts(item, (*at, name, index))
                elif isinstance(item, str) and " " in item:
                    yield (*at, name, index), item


def _meant_to_be_long(at: Path) -> bool:
    """Whether a text is an example of how not to write."""
    return at[:1] == ("examples",) and at[-2:] == ("bad", "text")


def _quarters(model: BaseModel, at: Path = ()) -> Iterator[tuple[Path, int]]:
    """Every calendar entry of a model."""
    for name in type(model).model_fields:
        value = getattr(model, name)
        if name == "examples":
            continue
        if name in ("quarter", "due", "until") and isinstance(value, int) and at[:1] != ("time",):
            yield (*at, name), value
        elif isinstance(value, BaseModel):
            yield from _quarters(value, (*at, name))
        elif isinstance(value, tuple):
            for index, item in enumerate(value):
                if isinstance(item, BaseModel):
                    yield from _quarters(item, (*at, name, index))


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
    for index, kind in enumerate(scenario.incident_kinds):
        _placeholders(("incident_kinds", index, "text"), kind.text, notes)
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


def _placeholders(at: Path, text: str, notes: Notes) -> None:
    if strange := [word for word in re.findall(r"\{[^}]*\}?|\}", text) if word != "{account}"]:
        notes.error("K319", at, f"{strange[0][:40]} stands for nothing; only {{account}} does")


def _desk(scenario: Scenario, notes: Notes) -> None:
    desk = scenario.desk
    asked = [index for index, unlock in enumerate(scenario.unlocks) if unlock.move == "ask_desk"]
    if desk is None:
        for index in asked:
            notes.warning("K333", ("unlocks", index, "move"), "there is no desk that could be asked")
        return
    if not asked:
        message = "no unlock of ask_desk gives the reason why this desk may be asked, and when"
        notes.warning("K333", ("desk",), message, key=True)
    if list(desk.bands) != sorted(desk.bands):
        told = listed(f"{band:g}" for band in desk.bands)
        notes.error("K338", ("desk", "bands"), f"bands must rise, each at least the one before, not {told}")
    if not any(approver.power > 0 for approver in desk.approvers):
        message = "nobody on the desk has power, so nobody can decide"
        notes.error("K310", ("desk", "approvers"), message, key=True)
    seats: dict[str, str] = {}
    for index, approver in enumerate(desk.approvers):
        if approver.seat in seats:
            message = f"{approver.name} has the seat of {approver.seat}, and so has {seats[approver.seat]}"
            notes.warning("K332", ("desk", "approvers", index, "seat"), message)
        seats.setdefault(approver.seat, approver.name)
        _case(approver.says, ("desk", "approvers", index, "says"), approver.name, notes)
    _placeholders(("desk", "notices"), desk.notices, notes)


def _case(says: CaseSays, at: Path, name: str, notes: Notes) -> None:
    """What somebody says to business cases: all of it, or nothing."""
    if says == CaseSays():
        return
    wanted = (("criteria", get_args(Criterion)), ("conditions", get_args(Condition)))
    silent = [key for key in ("approves", "returns", "rejects") if not getattr(says, key)]
    silent += [word for key, words in wanted for word in words if word not in getattr(says, key)]
    if silent:
        message = f"{name} answers business cases, and has nothing to say for {listed(silent)}"
        notes.warning("K335", at, message, key=True)
    for path, text in texts(says, at):
        _placeholders(path, text, notes)
    for key in ("approves", "returns", "rejects"):
        _variants(getattr(says, key), (*at, key), notes)


def _variants(variants: tuple[str, ...], at: Path, notes: Notes) -> None:
    if len(variants) > MOST_VARIANTS:
        notes.warning("K321", at, f"{at[-1]} has {len(variants)} variants; {MOST_VARIANTS} are enough")


def _goals(scenario: Scenario, notes: Notes) -> None:
    goals = scenario.company.goals
    here: Path = ("company", "goals")
    notes.unique([((*here, index, "year"), str(goal.year)) for index, goal in enumerate(goals)], "goal of year")
    longest = scenario.length.longest
    for index, goal in enumerate(goals):
        if 4 * (goal.year - 1) >= longest:
            message = f"year {goal.year} never comes; the longest session has {longest} quarters"
            notes.warning("K305", (*here, index, "year"), message)


def _unlocks(scenario: Scenario, notes: Notes) -> None:
    for index, unlock in enumerate(scenario.unlocks):
        if unlock.move in REPLIES and unlock.quarter > 1:
            message = f"{unlock.move} answers to what has happened, so it should not wait for quarter {unlock.quarter}"
            notes.warning("K334", ("unlocks", index, "move"), message)


def _examples(scenario: Scenario, notes: Notes) -> None:
    for index, example in enumerate(scenario.examples):
        ours = example.good.metric in get_args(CompanyMetric)
        if ours != (example.audience == "company"):
            theirs = "what the desk is judged on, profit or volume" if not ours else "what the customer measures"
            message = f"a case for the {example.audience} claims {theirs}, not {example.good.metric}"
            notes.warning("K340", ("examples", index, "good", "metric"), message)


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


def _identities(scenario: Scenario, notes: Notes) -> None:
    """Ids are unique within their kind, over the whole scenario, because logs name them."""
    for kind, what in (
        ("lines", "line"),
        ("activities", "activity"),
        ("rivals", "rival"),
        ("news", "news item"),
        ("incident_kinds", "kind of incident"),
        ("accounts", "account"),
        ("examples", "example"),
    ):
        items = [((kind, index, "id"), item.id) for index, item in enumerate(getattr(scenario, kind))]
        notes.unique(items, what)
    for kind, what in (
        ("people", "person"),
        ("initiatives", "initiative"),
        ("requests", "request"),
        ("incidents", "incident"),
        ("tenders", "tender"),
        ("moments", "moment"),
        ("talks", "talk"),
    ):
        owned = [
            (("accounts", owner, kind, index, "id"), item.id)
            for owner, account in enumerate(scenario.accounts)
            for index, item in enumerate(getattr(account, kind))
        ]
        notes.unique(owned, what)
    forces = [
        (("accounts", owner, "initiatives", row, "forces", place, "id"), force.id)
        for owner, account in enumerate(scenario.accounts)
        for row, initiative in enumerate(account.initiatives)
        for place, force in enumerate(initiative.forces)
        if force.id is not None
    ]
    notes.unique(forces, "force")
    approvers = scenario.desk.approvers if scenario.desk else ()
    notes.unique([(("desk", "approvers", index, "id"), item.id) for index, item in enumerate(approvers)], "approver")
    notes.unique(
        [(("unlocks", index, "move"), str(unlock.move)) for index, unlock in enumerate(scenario.unlocks)], "unlock of"
    )


def _account(account: Account, at: Path, scenario: Scenario, notes: Notes) -> None:
    lines = {line.id: line for line in scenario.lines}
    regions = {region.id: region.name for region in account.regions}
    notes.unique([((*at, "regions", index, "id"), item.id) for index, item in enumerate(account.regions)], "region")
    notes.reference(account.headquarters, regions, (*at, "headquarters"), "region", account.id)
    seen: set[tuple[str, str]] = set()
    for index, business in enumerate(account.business):
        here: Path = (*at, "business", index)
        region = business.region or account.regions[0].id
        if (business.line, region) in seen:
            notes.error("K303", here, f"the line '{business.line}' in the region '{region}' is given twice")
        seen.add((business.line, region))
        notes.reference(business.region, regions, (*here, "region"), "region", account.id)
        season = sum(business.season) / len(business.season)
        if not SEASONS[0] <= season <= SEASONS[1]:
            message = f"the four seasons' mean is {season:g}; 1 is a usual quarter, so their mean should be near 1"
            notes.warning("K325", (*here, "season"), message)
        if notes.reference(business.line, {word: line.name for word, line in lines.items()}, (*here, "line"), "line"):
            line = lines[business.line]
            price = line.list_price * (1 - business.discount - business.rebate)
            if line.unit_cost >= price:
                message = f"'{business.line}' is sold at {price:,.2f} after discount and rebate, below its unit cost"
                notes.warning("K307", here, message)


def _buying_centre(account: Account, at: Path, notes: Notes) -> None:
    regions = {region.id: region.name for region in account.regions}
    if not any(person.power > 0 for person in account.people):
        notes.error("K310", (*at, "people"), f"nobody at '{account.id}' has power, so nobody can decide", key=True)
    if all(person.level == "executive" for person in account.people):
        message = f"everybody at '{account.id}' is an executive; somebody must meet the player on the first day"
        notes.error("K311", (*at, "people"), message, key=True)
    for index, person in enumerate(account.people):
        here: Path = (*at, "people", index)
        notes.reference(person.region, regions, (*here, "region"), "region", account.id)
        _listens(person, account, here, notes)
        silent = [name for name in ("door_opens", "door_closed") if not getattr(person.says, name)]
        if person.level == "executive" and silent:
            message = f"{person.name} is an executive, and has nothing to say for {listed(silent)}"
            notes.warning("K328", (*here, "says"), message, key=True)
        for occasion in type(person.says).model_fields:
            variants = getattr(person.says, occasion)
            if not variants and type(person.says).model_fields[occasion].is_required():
                notes.error("K320", (*here, "says", occasion), f"{person.name} needs something to say for {occasion}")
            _variants(variants, (*here, "says", occasion), notes)
        _case(person.case, (*here, "case"), person.name, notes)


def _listens(person: Person, account: Account, here: Path, notes: Notes) -> None:
    """To colleagues, not to oneself; and what is said about listening counts only for those who listen."""
    people = {somebody.id: somebody.name for somebody in account.people}
    for name in person.listens:
        if name == person.id:
            message = f"{person.name} cannot listen to themself; how much the own view counts is sway"
            notes.error("K350", (*here, "listens", name), message, key=True)
        else:
            notes.reference(name, people, (*here, "listens", name), "person", account.id, key=True)
    if "sway" in person.model_fields_set and not person.listens:
        message = f"{person.name} listens to nobody, so sway changes nothing; say to whom with listens"
        notes.warning("K351", (*here, "sway"), message, key=True)


def _initiatives(account: Account, at: Path, scenario: Scenario, notes: Notes) -> None:
    lines = {line.id: line.name for line in scenario.lines}
    bought = {business.line for business in account.business}
    people = {person.id: person.name for person in account.people}
    for index, initiative in enumerate(account.initiatives):
        here: Path = (*at, "initiatives", index)
        notes.reference(initiative.owner, people, (*here, "owner"), "person", account.id)
        for word in initiative.demand:
            known = notes.reference(word, lines, (*here, "demand", word), "line", key=True)
            if known and word not in bought:
                message = f"{account.id} does not buy '{word}', so this changes nothing"
                notes.warning("K308", (*here, "demand", word), message, key=True)
        for place, force in enumerate(initiative.forces):
            if force.until < force.quarter:
                message = f"until is quarter {force.until}, before it starts in quarter {force.quarter}"
                notes.error("K304", (*here, "forces", place, "until"), message)
        for place in range(1, len(initiative.turns)):
            if initiative.turns[place].quarter < initiative.turns[place - 1].quarter:
                notes.error(
                    "K304", (*here, "turns", place, "quarter"), "turns must stand in the order of their quarters"
                )
        for place, turn in enumerate(initiative.turns):
            if turn.to == "dormant":
                message = (
                    "a turn to dormant sends an initiative back to before its start; delayed or cancelled says more"
                )
                notes.warning("K327", (*here, "turns", place, "to"), message)
        if initiative.state == "dormant" and not initiative.turns:
            notes.warning("K322", here, f"the initiative '{initiative.id}' is dormant and no turn ever starts it")


def _requests(account: Account, at: Path, scenario: Scenario, notes: Notes) -> None:
    lines = {line.id: line.name for line in scenario.lines}
    bought = {business.line for business in account.business}
    people = {person.id: person.name for person in account.people}
    for index, request in enumerate(account.requests):
        here: Path = (*at, "requests", index)
        notes.reference(request.person, people, (*here, "person"), "person", account.id)
        if notes.reference(request.line, lines, (*here, "line"), "line") and request.line not in bought:
            notes.error("K308", (*here, "line"), f"{account.id} does not buy '{request.line}'")
        _one_price(account, index, here, notes)
        last = request.quarter + LONGEST_DEADLINE
        if not request.quarter <= request.due <= last:
            message = (
                f"due must be between quarter {request.quarter} and {last}, not {request.due}; "
                f"it comes in quarter {request.quarter} and waits {LONGEST_DEADLINE} quarters at most"
            )
            notes.error("K304", (*here, "due"), message)
    for (_, one), (later, two) in combinations(enumerate(account.requests), 2):
        if one.quarter <= two.due and two.quarter <= one.due:
            message = f"the requests '{one.id}' and '{two.id}' of {account.id} are open at once"
            notes.warning("K313", (*at, "requests", later), message)


def _one_price(account: Account, index: int, at: Path, notes: Notes) -> None:
    """A request is for a lower price, or a headquarters' for one price in all the regions that it speaks for."""
    request = account.requests[index]
    if request.kind == "price":
        if request.ask <= 0:
            notes.error("K341", (*at, "ask"), f"'{request.id}' asks for nothing; ask is a share of list, 0.04 is 4%")
        return
    bought = {item.region or account.regions[0].id for item in account.business if request.line in (None, item.line)}
    if account.headquarters is None or len(bought) < 2:
        lacks = "has no headquarters" if account.headquarters is None else "buys that in one region only"
        message = f"'{request.id}' asks for one price in all regions, and {account.id} {lacks}"
        notes.error("K342", (*at, "kind"), message)
    odd = [trade for trade in request.welcomes if trade not in CORRIDOR_TRADES]
    if odd:
        gives = listed(CORRIDOR_TRADES)
        message = f"'{request.id}' can't welcome {listed(odd)}: a headquarters gives {gives} for a corridor"
        notes.warning("K343", (*at, "welcomes"), message)


def _events(account: Account, at: Path, scenario: Scenario, notes: Notes) -> None:
    lines = {line.id: line.name for line in scenario.lines}
    regions = {region.id: region.name for region in account.regions}
    people = {person.id: person.name for person in account.people}
    bought = {(business.line, business.region or account.regions[0].id) for business in account.business}
    for index, incident in enumerate(account.incidents):
        notes.reference(incident.person, people, (*at, "incidents", index, "person"), "person", account.id)
    for index, tender in enumerate(account.tenders):
        here: Path = (*at, "tenders", index)
        notes.reference(tender.person, people, (*here, "person"), "person", account.id)
        if tender.quarter == 1:
            message = "a tender is announced a quarter before it is decided, so nobody can see one of quarter 1 coming"
            notes.warning("K326", (*here, "quarter"), message)
        known = notes.reference(tender.line, lines, (*here, "line"), "line")
        region = tender.region or account.regions[0].id
        if tender.region is not None:
            known = notes.reference(tender.region, regions, (*here, "region"), "region", account.id) and known
        if known and (tender.line, region) not in bought:
            notes.error("K308", (*here, "line"), f"{account.id} does not buy '{tender.line}' in the region '{region}'")
    rivals = {rival.id: rival.name for rival in scenario.rivals}
    sellers = {rival.id: {rivalry.line for rivalry in rival.lines} for rival in scenario.rivals}
    for index, attack in enumerate(account.attacks):
        here = (*at, "attacks", index)
        known = notes.reference(attack.rival, rivals, (*here, "rival"), "rival")
        if known and not sellers[attack.rival] & {line for line, _ in bought}:
            notes.warning("K308", (*here, "rival"), f"{attack.rival} sells nothing that {account.id} buys")


def _bespoke(account: Account, at: Path, scenario: Scenario, notes: Notes) -> None:
    prices = {line.id: line.list_price for line in scenario.lines}
    sales = sum(4 * b.wallet * b.share * prices.get(b.line, 0) * (1 - b.discount) for b in account.business)
    if account.bespoke is None or not sales:
        return
    part = account.bespoke.cost / sales
    if not BESPOKE[0] <= part <= BESPOKE[1]:
        message = f"bespoke work for {account.bespoke.cost:,.10g} is {part:.2%} of what {account.id} buys in a year"
        notes.warning("K336", (*at, "bespoke", "cost"), message)


def _moments(scenario: Scenario, notes: Notes) -> None:
    """At most one moment a quarter in the whole scenario, and each about something that is going on by then."""
    found: list[tuple[Moment, Path]] = []
    for owner, account in enumerate(scenario.accounts):
        people = {person.id: person.name for person in account.people}
        for index, moment in enumerate(account.moments):
            here: Path = ("accounts", owner, "moments", index)
            found.append((moment, here))
            notes.reference(moment.person, people, (*here, "person"), "person", account.id)
            _moment_subject(moment, account, here, notes)
            _moment_words(moment, here, notes)
    found.sort(key=lambda item: item[0].quarter)
    if found and found[0][0].twist != "none":
        first, here = found[0]
        notes.warning("K331", (*here, "twist"), f"'{first.id}' is the first moment; one learns better without a twist")
    for (before, there), (moment, here) in pairwise(found):
        if moment.quarter == before.quarter:
            place = notes.source.at(there)
            message = f"'{before.id}' comes in quarter {moment.quarter} too ({place.file}:{place.line}); one a quarter"
            notes.error("K329", (*here, "quarter"), message)


def _moment_subject(moment: Moment, account: Account, at: Path, notes: Notes) -> None:
    names = {initiative.id: initiative.name for initiative in account.initiatives}
    if moment.initiative is None:
        if not any(initiative.owner == moment.person for initiative in account.initiatives):
            message = f"'{moment.id}' names no initiative, and '{moment.person}' owns none"
            notes.warning("K339", at, message)
        return
    if not notes.reference(moment.initiative, names, (*at, "initiative"), "initiative", account.id):
        return
    initiative = next(item for item in account.initiatives if item.id == moment.initiative)
    if initiative.state == "dormant" and not any(turn.quarter <= moment.quarter for turn in initiative.turns):
        message = f"'{initiative.id}' has not started by quarter {moment.quarter}"
        notes.warning("K339", (*at, "initiative"), message)


def _moment_words(moment: Moment, at: Path, notes: Notes) -> None:
    if moment.twist != "none" and moment.twist_text is None:
        message = f"the twist of '{moment.id}' needs a twist_text, which tells the player what has changed"
        notes.error("K330", (*at, "twist"), message)
    if moment.twist == "none" and moment.twist_text is not None:
        notes.warning("K330", (*at, "twist_text"), f"'{moment.id}' has no twist, so its twist_text is never said")
    if silent := [word for word in get_args(Criterion) if word not in moment.objections]:
        message = f"{moment.person} has no objection for {listed(silent)}"
        notes.warning("K337", (*at, "objections"), message, key=True)
    for path, text in texts(moment, at):
        if "{" in text or "}" in text:
            notes.error("K319", path, "a moment has no placeholders; write the name in place of { }")
