"""How the parts of a customer fit together: what it buys, who decides there, what it plans, what it will ask for."""

from __future__ import annotations

from itertools import combinations

from kamsim.scenario.customer import Account, Need, Person, Request
from kamsim.scenario.findings import listed
from kamsim.scenario.models import Scenario
from kamsim.scenario.notes import Notes, Path
from kamsim.scenario.prose import check_case_says, check_variants

LONGEST_DEADLINE = 2
"""Quarters after its own in which a request may fall due."""
HIGHEST_IMPORTANCE = 10
"""Of the five weights of importance together."""
SEASONS = (0.6, 1.5)
"""Bounds of the four seasons' mean, which should be near 1."""
BESPOKE = (0.001, 0.25)
"""Bounds of what bespoke work may cost, as a share of what the account buys from us in a year."""
FEWEST_WAYS = 2
"""Ways to tell a need, below which a second session is recall."""
CORRIDOR_TRADES = ("volume_commitment", "longer_term")
"""What a headquarters can give for a corridor of prices."""


def check_customer(account: Account, at: Path, scenario: Scenario, notes: Notes) -> None:
    """One customer, talks left to `crosscheck_talks`."""
    _account(account, at, scenario, notes)
    _buying_centre(account, at, notes)
    _initiatives(account, at, scenario, notes)
    _requests(account, at, scenario, notes)
    _events(account, at, scenario, notes)
    _bespoke(account, at, scenario, notes)


def _account(account: Account, at: Path, scenario: Scenario, notes: Notes) -> None:
    lines = {line.id: line for line in scenario.lines}
    regions = {region.id: region.name for region in account.regions}
    notes.unique([((*at, "regions", index, "id"), item.id) for index, item in enumerate(account.regions)], "region")
    importance = sum(account.importance.model_dump().values())
    if importance > HIGHEST_IMPORTANCE:
        message = f"the weights of importance sum to {importance:g}; usual ones sum to 2 to 4, and 0.8 is a large one"
        notes.warning("K325", (*at, "importance"), message, key=True)
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
            check_variants(variants, (*here, "says", occasion), notes)
        check_case_says(person.case, (*here, "case"), person.name, notes)


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
        _told_anew(request, here, scenario, notes)
        last = request.quarter + LONGEST_DEADLINE
        if not request.quarter <= request.due <= last:
            message = (
                f"due must be between quarter {request.quarter} and {last}, not {request.due}; "
                f"it comes in quarter {request.quarter} and waits {LONGEST_DEADLINE} quarters at most"
            )
            notes.error("K304", (*here, "due"), message)
    for (_, one), (later, two) in combinations(enumerate(account.requests), 2):
        between = one.spread + two.spread
        if one.quarter <= two.due + between and two.quarter <= one.due + between:
            message = (
                f"the requests '{one.id}' and '{two.id}' of {account.id} {'may be' if between else 'are'} open at once"
            )
            notes.warning("K313", (*at, "requests", later), message)


def _told_anew(request: Request, at: Path, scenario: Scenario, notes: Notes) -> None:
    """Whether a second session would be told each need in other words, and no two needs in the same ones. Asked of
    authors who tell anything in several ways."""
    needs: list[tuple[Path, Request | Need]] = [(at, request)]
    needs += [((*at, "needs", place), need) for place, need in enumerate(request.needs)]
    heard: dict[str, int] = {}
    for place, (here, need) in enumerate(needs):
        told = 1 + len(need.ways)
        if told < FEWEST_WAYS and tells_anew(scenario):
            message = (
                f"this need of '{request.id}' is told in {told} way; {FEWEST_WAYS} or more keep a second session new"
            )
            notes.warning("K357", here, message, key=True)
        for text in (need.text, *(way.text for way in need.ways)):
            if heard.setdefault(text, place) != place:
                notes.error("K358", here, f"'{request.id}' has the same words for two needs, so they tell nothing")


def tells_anew(scenario: Scenario) -> bool:
    """Whether an author tells any request in several ways."""
    return any(request.ways or request.needs for account in scenario.accounts for request in account.requests)


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
    welcome = [*request.welcomes, *(trade for need in request.needs for trade in need.welcomes)]
    odd = [trade for trade in dict.fromkeys(welcome) if trade not in CORRIDOR_TRADES]
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
        for person in account.people:
            if person.name in tender.title:
                message = f"the title names {person.name}, who may have left by then; say what is bought"
                notes.warning("K368", (*here, "title"), message)
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
