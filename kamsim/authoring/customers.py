"""`kamsim new --accounts`: a sales team's table becomes a scenario that plays; what the table does not tell is usual
for such a customer (`archetypes`), marked as assumed in the files, and listed for the author to confirm."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from string import Template
from typing import Final

from kamsim.authoring.archetypes import ASSUMED_PEOPLE, TRADES, Kind, kind_of, level_of, trade_of
from kamsim.authoring.begin import slug, starter, written
from kamsim.authoring.table import Row, read
from kamsim.paths import data_folder

UTILISATION: Final = 0.83
"""Of each line on the first day (economics B16: above .85 deliveries slip)."""
OTHERS: Final = 0.4
"""Of a line's load sold to customers who are not in the table."""
SERVE: Final = 0.12
"""Cost to serve as a share of sales (economics D)."""
PROFIT: Final = 0.125
"""Of sales after all that: one per cent of price is then 8% of profit (economics D)."""
POOLS: Final = (("desk", "Order desk", {"orders": 0.7, "order_lines": 0.05}),
                ("vans", "Deliveries and rush", {"rush_orders": 4.0, "sites": 12.0}),
                ("returns", "Returns", {"returns": 2.5}),
                ("support", "Technical support", {"tickets": 3.0, "custom_parts": 8.0}))  # fmt: skip
"""Pools of service work, with hours by driver as they usually stand to one another."""
RATE: Final = 60.0


@dataclass(slots=True)
class Made:
    """What was written, and what was assumed."""

    folder: Path
    assumed: list[str] = field(default_factory=list)

    def told(self) -> list[str]:
        """What the author reads."""
        return [
            f"{self.folder}: kamsim check {self.folder} checks it, kamsim play {self.folder} plays it.",
            f"The table did not tell {len(self.assumed)} things. They are what is usual; confirm or change each:",
            *(f"  {line}" for line in self.assumed),
            f"The list stands in {self.folder / LIST}, too.",
        ]


LIST: Final = "assumed.txt"


@dataclass(slots=True)
class _Line:
    """A product line, put together from everybody who buys it."""

    id: str
    name: str
    list_price: float
    cost: float
    units: float
    """A quarter, to the customers of the table."""


def scenario_of(path: Path, folder: Path) -> Made:
    """Write a scenario of the customers in a table. Raises KamsimError for cells that cannot be, or a folder in use."""
    rows = read(path)
    made = Made(folder)
    ids = _Ids()
    lines = {line.name: line for line in _lines(rows, ids, made)}
    customers = list(dict.fromkeys(row.customer for row in rows))
    own = {name: ids.take(name) for name in customers}
    files = {"scenario.yaml": "", "desk.yaml": starter("mine")["desk.yaml"]}
    ids.taken |= {"ada", "otto"}
    total = sum(row.sales for row in rows)
    drivers: dict[str, float] = {}
    for name in customers:
        mine = [row for row in rows if row.customer == name]
        text = _account(own[name], mine, lines, total, ids, made, drivers)
        files[f"accounts/{own[name]}.yaml"] = text
    files["scenario.yaml"] = _company(slug(folder), rows, list(lines.values()), list(own.values()), drivers, made)
    files[LIST] = "\n".join(made.assumed) + "\n"
    written(folder, files)
    return made


class _Ids:
    """Short names that nobody else has."""

    def __init__(self) -> None:
        self.taken: set[str] = {"company", "boss", "account", "money", "currency", "house", "marta"}

    def take(self, name: str) -> str:
        """An id for a name."""
        plain = name.casefold().translate(
            str.maketrans("äöüåøæéèêëáàâíìîóòôúùûçñłßšžčć", "aouaoaeeeeaaaiiiooouuucnlsszcc")
        )
        made = re.sub(r"[^a-z0-9]+", "_", plain).strip("_").lstrip("0123456789_")[:28].rstrip("_") or "one"
        short = made.partition("_")[0]
        found = next(one for one in (short, made, *(f"{made}_{n}" for n in range(2, 999))) if one not in self.taken)
        self.taken.add(found)
        return found


def _lines(rows: list[Row], ids: _Ids, made: Made) -> Iterator[_Line]:
    for name in dict.fromkeys(row.product for row in rows):
        mine = [row for row in rows if row.product == name]
        units = sum(row.sales / row.price for row in mine) / 4
        cost = sum(row.cost * row.sales / row.price for row in mine) / 4 / units
        price = float(f"{max(row.price for row in mine) / 0.98:.4g}")
        line = _Line(ids.take(name), name, price, float(f"{cost:.4g}"), units)
        here = f"scenario.yaml: lines, {line.id}:"
        made.assumed.append(f"{here} list_price {price:g}, a little above the best price paid")
        made.assumed.append(f"{here} capacity, so that it is filled to {UTILISATION:.0%}, {OTHERS:.0%} of it by others")
        if len({row.cost for row in mine}) > 1:
            made.assumed.append(f"{here} unit_cost {line.cost:g}, the mean of what the table tells")
        yield line


def _account(
    own: str, rows: list[Row], lines: dict[str, _Line], total: float, ids: _Ids, made: Made, drivers: dict[str, float]
) -> str:
    """One customer's file."""
    sales = sum(row.sales for row in rows)
    units = sum(row.sales / row.price for row in rows)
    share = units / sum(row.sales / row.price / row.share for row in rows)
    kind = kind_of(sales / total, share)
    file = f"accounts/{own}.yaml"
    note = made.assumed.append
    note(f"{file}: all hidden numbers are those of a customer of the kind '{kind.name}': {kind.why}")
    days = next((row.days for row in rows if row.days is not None), None)
    industry = next((row.industry for row in rows if row.industry), "")
    if days is None:
        note(f"{file}: payment_days 45")
    if not industry:
        note(f"{file}: industry")
    people = list(_people(rows, own, ids, made))
    service = {driver: max(1.0, round(count * sales / 4 / 100_000, 1)) for driver, count in kind.service.items()}
    for driver, count in service.items():
        drivers[driver] = drivers.get(driver, 0.0) + count
    out = [
        f"id: {own}",
        f"name: {_text(rows[0].customer)}",
        f"industry: {_text(industry or 'Industry')}" + ("" if industry else " # assumed"),
        f"brief: {_text(kind.brief)} # assumed",
        "regions:",
        "  - {id: site, name: Their site} # assumed",
        f"traits: {kind.traits} # assumed",
        f"trust: {kind.trust} # assumed",
        f"rhythm: {kind.rhythm} # assumed",
        f"payment_days: {45 if days is None else days}" + (" # assumed" if days is None else ""),
        "business:",
        *(_business(row, lines[row.product], kind) for row in rows),
        f"service: {{{', '.join(f'{driver}: {count:g}' for driver, count in service.items())}}} # assumed",
        "people:",
        *(line for index, one in enumerate(people) for line in _person(*one, index, len(people))),
    ]
    return (
        "\n".join([*out, *_initiative(own, kind, people, made, ids), *_request(own, kind, people, rows, lines, made)])
        + "\n"
    )


def _business(row: Row, line: _Line, kind: Kind) -> str:
    units = row.sales / 4 / row.price
    discount = max(0.0, 1 - row.price / line.list_price)
    wallet = units / row.share
    return (f"  - {{line: {line.id}, wallet: {wallet:.6g}, share: {row.share:.4g}, discount: {discount:.4f}, "
            f"contract: {kind.contract}}} # contract assumed")  # fmt: skip


def _people(rows: list[Row], own: str, ids: _Ids, made: Made) -> Iterator[tuple[str, str, str, bool]]:
    """Id, name and role of everybody at a customer, and whether they are assumed."""
    told = list(dict.fromkeys(person for row in rows for person in row.people))
    if not any(level_of(role) != "executive" for _, role in told):
        start = len(made.assumed) % len(ASSUMED_PEOPLE)
        spare = [*ASSUMED_PEOPLE[start:], *ASSUMED_PEOPLE[:start]]
        added = spare[: 1 if told else 2]
        for name, role in added:
            why = "everybody in the table is an executive" if told else "the table names nobody"
            made.assumed.append(f"accounts/{own}.yaml: people, {name}, {role}: made up, because {why}")
        yield from ((ids.take(name), name, role, True) for name, role in added)
    for name, role in told:
        one = ids.take(name)
        made.assumed.append(f"accounts/{own}.yaml: people, {one}: what {name} is judged on and says, as usual for "
                            f"{trade_of(role)}")  # fmt: skip
        yield one, name, role, False


def _person(own: str, name: str, role: str, assumed: bool, index: int, count: int) -> Iterator[str]:
    trade, level = TRADES[trade_of(role)], level_of(role)
    mark = " # assumed" if assumed else ""
    weight = 1 / count
    yield f"  - id: {own}"
    yield f"    name: {_text(name)}{mark}"
    yield f"    role: {_text(role)}{mark}"
    yield f"    function: {trade_of(role)} # assumed from the role, as is all that follows"
    yield f"    level: {level}"
    yield f"    voice: {_text(trade.voice)}"
    yield f"    measure: {trade.measure}"
    yield f"    measure_text: {_text(trade.measure_text)}"
    yield f"    power: {weight * (0.8 if level == 'executive' else 1):.2f}"
    yield f"    power_new: {weight * (1.4 if level == 'executive' else 0.9):.2f}"
    yield f"    tie: {0.4 if index == 0 else 0.2}"
    yield "    says:"
    for occasion in ("results", "provocative", "buying"):
        yield f"      {occasion}: [{_text(getattr(trade, occasion))}]"
    if level == "executive":
        yield '      door_opens: ["Twenty minutes. Bring one page, and what it is for."]'
        yield '      door_closed: ["Not this quarter. Write when you know what you would tell me."]'


def _initiative(own: str, kind: Kind, people: list[tuple[str, str, str, bool]], made: Made, ids: _Ids) -> Iterator[str]:
    what, name, summary, state = kind.programme
    owner = next((one for one in people if level_of(one[2]) == "executive"), people[-1])[0]
    made.assumed.append(f"accounts/{own}.yaml: initiatives, '{name}': made up; write what they are really up to")
    yield "initiatives: # assumed"
    yield f"  - {{id: {ids.take(f'{own}_plan')}, name: {name}, kind: {what}, owner: {owner}, state: {state},"
    yield f"     summary: {_text(summary)}}}"


def _request(
    own: str, kind: Kind, people: list[tuple[str, str, str, bool]], rows: list[Row], lines: dict[str, _Line], made: Made
) -> Iterator[str]:
    if not kind.ask:
        return
    asker = next((one for one in people if trade_of(one[2]) == "purchasing"), people[0])[0]
    line = lines[max(rows, key=lambda row: row.sales).product]
    made.assumed.append(f"accounts/{own}.yaml: requests: {kind.ask:.0%} off {line.name}, asked in quarter 2")
    yield (
        _template("request.yaml")
        .substitute(
            account=own, person=asker, line=line.id, ask=kind.ask, percent=f"{kind.ask:.0%}", product=_bare(line.name)
        )
        .rstrip()
    )


def _company(
    name: str, rows: list[Row], lines: list[_Line], accounts: list[str], drivers: dict[str, float], made: Made
) -> str:
    """The first file: the company, its lines and plant, a rival, and the service that the customers take."""
    sales = sum(row.sales for row in rows) / 4
    gross = sum(row.sales * (1 - row.cost / row.price) for row in rows) / 4
    pools = [
        (pool, title, {driver: one for driver, one in hours.items() if driver in drivers})
        for pool, title, hours in POOLS
    ]
    pools = [pool for pool in pools if pool[2]]
    hours = {pool: sum(one * drivers[driver] for driver, one in each.items()) for pool, _, each in pools}
    scale = SERVE * sales / (RATE * sum(hours.values()))
    programme = max(0.0, gross - (SERVE + PROFIT) * sales)
    made.assumed += [
        f"scenario.yaml: company: its name, '{name.replace('_', ' ').title()}', the boss and the briefing",
        "scenario.yaml: currency EUR",
        f"scenario.yaml: activities: service costs {SERVE:.0%} of sales in all",
        f"scenario.yaml: company, programme_cost {programme:,.0f}: one per cent of price is then 8% of profit",
        "scenario.yaml: rivals: one house, 6% cheaper in every line",
        "scenario.yaml: macro: a mild dip in the second year",
        "desk.yaml: who signs, and how they talk",
    ]
    load = {line.id: line.units / (1 - OTHERS) for line in lines}
    return _template("scenario.yaml").substitute(
        id=name, count=_count(len(accounts)), name=_text(name.replace("_", " ").title()), programme=round(programme),
        sales=f"{sales / 1e6:.2g}m" if sales >= 1e6 else f"{sales / 1e3:.0f}k",
        hours=min(400, max(120, 80 * len(accounts))), accounts=", ".join(accounts),
        lines="\n".join(
            f"  - {{id: {line.id}, name: {_text(line.name)}, unit: piece, list_price: {line.list_price:g}, unit_cost: "
            f"{line.cost:g},\n     capacity: {load[line.id] / UTILISATION:.6g}, "
            f"other_load: {load[line.id] * OTHERS:.6g}}}"
            for line in lines),
        pools="\n".join(
            f"  - {{id: {pool}, name: {title}, rate: {RATE:g}, capacity: {hours[pool] * scale / 0.85:.4g}, hours: "
            f"{{{', '.join(f'{driver}: {one * scale:.3g}' for driver, one in each.items())}}}}}"
            for pool, title, each in pools),
        rivalry="\n".join(
            f"      - {{line: {line.id}, price: 0.94, quality: 0.45, service: 0.5, fit: 0.45}}" for line in lines),
    )  # fmt: skip


def _count(customers: int) -> str:
    words = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
    number = words[customers] if customers < len(words) else str(customers)
    return f"{number} customer{'s' if customers != 1 else ''}"


def _template(name: str) -> Template:
    return Template((data_folder("assets") / "table" / name).read_text(encoding="utf-8"))


def _bare(text: str) -> str:
    """A word from a table inside quotes, braces doubled."""
    return json.dumps(text.replace("{", "{{").replace("}", "}}"), ensure_ascii=False)[1:-1]


def _text(text: str) -> str:
    """A text as YAML."""
    return f'"{_bare(text)}"'
