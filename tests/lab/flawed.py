"""Scenarios with one flaw each, for the lab to tell: written as an author would write them."""

from __future__ import annotations

from pathlib import Path

from kamsim.scenario.models import Scenario
from kamsim.scenario.reader import load_scenario
from tests.scenario.minimal import ORVIK, SCENARIO, write_minimal

FILM = """\
format: 1
id: film
title: Three films
summary: Flexible packaging for three brand owners.
briefing: The extruder is nearly full. I want to know what each of them leaves us.
currency: USD
year: 2027
company:
  name: Lumen Films
  brief: Laminates and pouches, and one extruder that matters.
  role: Key Account Manager
  boss: {name: Birgit Sand, role: Sales Director, voice: One figure a sentence.}
  programme_cost: 150000
length: {standard: 8, shortest: 4, longest: 8}
lines:
  - {id: laminate, name: Laminate, unit: roll, list_price: 420, unit_cost: 270, capacity: 20000, other_load: 9000}
  - {id: pouch, name: Pouches, unit: thousand, list_price: 95, unit_cost: 58, capacity: 60000, other_load: 25000}
activities:
  - {id: orders, name: Order desk, rate: 55, capacity: 2000, hours: {orders: 0.6, order_lines: 0.04}}
rivals:
  - id: rex
    name: Rex Films
    brief: Cheaper, slower, always in the lobby.
    lines: [{line: laminate, price: 0.94}, {line: pouch, price: 0.92}]
incident_kinds:
  - {id: late, name: Late, severity: 0.4, text: "A truck for {account} left two days late."}
accounts: [bread, beans, bones]
"""
BUYER = """\
id: {id}
name: {name}
industry: Food
brief: Buys film on Mondays. The plant likes us.
regions: [{{id: {id}_main, name: Main plant}}]
traits: {{collaboration: {mood}, orientation: {mood}, price_sensitivity: {keen}, turnover: 0.05}}
trust: {mood}
business:
  - {{line: laminate, wallet: {wallet}, share: 0.4, discount: 0.06}}
  - {{line: pouch, wallet: 20000, share: 0.3, discount: 0.05}}
service: {{orders: 300, order_lines: 1500}}
people:
  - id: {id}_plant
    name: Ann {name}
    role: Plant Manager
    function: operations
    level: manager
    voice: Counts stops.
    measure: uptime
    measure_text: stops of the packing line
    power: 0.6
    says: {{results: [Eleven stops a week.], provocative: [What if your extruder stopped?], buying: [I say what.]}}
  - id: {id}_desk
    name: Bob {name}
    role: Head of Purchasing
    function: purchasing
    level: buyer
    voice: Writes everything down.
    measure: savings
    measure_text: savings against last year
    power: 0.4
    says: {{results: [Three per cent by December.], provocative: [Rex has sent samples.], buying: [I count.]}}
requests:
  - id: {id}_q2
    quarter: 2
    due: 3
    person: {id}_desk
    line: laminate
    ask: 0.03
    welcomes: [volume_commitment]
    title: Three per cent
    text: I need three per cent off laminate by December.
    replies: {{granted: Filed., traded: Better. Filed., trade_refused: No help., declined: I'll look., lapsed: Silence.}}
"""
CUSTOMERS = (("bread", "Rye", 0.5, 4, 9000), ("beans", "Mocca", 0.6, 3, 7000), ("bones", "Paw", 0.4, 5, 6000))


def unbalanced(folder: Path, extra: str = "") -> Scenario:
    """Checks clean, and rewards no skill: nobody has anything under way, service costs next to nothing, price decides.
    ``extra`` is added to ``scenario.yaml``."""
    (folder / "accounts").mkdir(parents=True)
    (folder / "scenario.yaml").write_text(FILM + extra, encoding="utf-8")
    for name, title, mood, keen, wallet in CUSTOMERS:
        text = BUYER.format(id=name, name=title, mood=mood, keen=keen, wallet=wallet)
        (folder / "accounts" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return load_scenario(folder)


def minimal_with(folder: Path, *changes: tuple[str, str]) -> Scenario:
    """The minimal scenario with texts replaced, in whichever of its files they stand."""
    write_minimal(folder)
    for old, new in changes:
        file = folder / ("scenario.yaml" if old in SCENARIO else "accounts/orvik.yaml")
        text = file.read_text(encoding="utf-8")
        assert old in text, old
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert ORVIK
    return load_scenario(folder)
