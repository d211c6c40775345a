"""A small whole scenario with two accounts, written as an author would write it."""

from __future__ import annotations

from pathlib import Path

SCENARIO = """\
format: 1
id: minimal
title: Two accounts and a rival
summary: The smallest scenario that plays.
briefing: You take over two customers from a colleague who liked to be liked.
year: 2030
company:
  name: Halden Drives
  brief: Makes bearings in one plant and sells them to people who hate to stop.
  role: Key Account Manager
  boss:
    name: Vera Lind
    role: VP Sales
    voice: Short sentences. Wants the figure first.
length: {standard: 8, shortest: 4, longest: 12}
lines:
  - id: bearings
    name: Bearing sets
    unit: bearing set
    list_price: 100
    unit_cost: 62
    capacity: 30000
    other_load: 9000
  - id: sensors
    name: Condition sensors
    unit: sensor
    list_price: 240
    unit_cost: 120
    capacity: 4000
    other_load: 800
activities:
  - id: order_desk
    name: Order desk
    rate: 48
    capacity: 2000
    hours: {orders: 0.6, order_lines: 0.1, rush_orders: 2.5}
rivals:
  - id: sudo
    name: Sudo Bearings
    brief: Cheaper by a little, later by a lot.
    lines:
      - {line: bearings, price: 0.94}
      - {line: sensors, price: 1.02, innovation: 0.7}
macro:
  - {quarter: 1, demand: 1}
  - {quarter: 3, demand: 0.94, materials: 1.05, recession: true}
news:
  - id: permits
    quarter: 2
    title: Permits slip to autumn
    text: The company maintains its guidance, and has stopped the night shift.
    accounts: [kestrel]
incident_kinds:
  - id: late
    name: A late delivery
    severity: 0.4
    text: A pallet for {account} stood in the wrong hall for three days.
unlocks:
  - move: seek_executive
    quarter: 2
    reason: You have been seen often enough to ask.
accounts: [orvik, kestrel]
"""

ORVIK = """\
id: orvik
name: Orvik Shipping
industry: Ferries
brief: Biggest customer. Pays late, complains early.
headquarters: north
regions:
  - {id: north, name: North yard}
  - {id: south, name: South yard}
traits: {collaboration: 0.4, orientation: 0.5, price_sensitivity: 5, turnover: 0.04}
trust: 0.55
rhythm: normal
business:
  - {line: bearings, wallet: 14000, share: 0.6, discount: 0.14, rebate: 0.02, contract: frame}
  - {line: bearings, region: south, wallet: 5000, share: 0.4}
  - {line: sensors, wallet: 900, share: 0.3}
service: {orders: 160, order_lines: 900, rush_orders: 22}
people:
  - id: aune
    name: Siri Aune
    role: Head of Purchasing
    function: purchasing
    level: buyer
    voice: Counts out loud. Needs a saving with a name beside it.
    measure: savings
    measure_text: savings shown to the board
    power: 0.4
    says:
      results: [On Monday I show the board a saving.]
      provocative: [Sudo has been here twice this month.]
      buying: [I sign below half a million. Above it Hanne does.]
  - id: brandl
    name: Hanne Brandl
    role: COO
    function: operations
    level: executive
    voice: Says safety when she means penalties.
    region: north
    measure: uptime
    measure_text: penalty hours
    power: 0.6
    veto: true
    says:
      results: [Ask me what hour three cost.]
      provocative: [One more stop and I choose the supplier myself.]
      buying: [Nothing single-source without my initials.]
      door_opens: [Dock two at seven. Bring boots.]
      door_closed: [I have a ship in dock. You have a brochure.]
initiatives:
  - id: quiet_ships
    name: Quiet ships
    kind: resilience
    owner: brandl
    summary: No unplanned stop by the end of next year.
    state: announced
    known: true
    demand: {sensors: 0.3}
    forces:
      - {name: Penalties, quarter: 1, until: 6, strength: 0.4, hint: Hour three costs more than the ship earns.}
    turns:
      - {quarter: 3, to: funded, chance: 0.8, text: Orvik funds its Quiet ships programme.}
requests:
  - id: six_per_cent
    quarter: 2
    due: 3
    person: aune
    ask: 0.06
    welcomes: [fewer_deliveries, longer_term]
    title: Six per cent, all lines
    text: Six per cent from 1 April. Make it easy for me.
    replies:
      granted: Thank you. It is noted, with your name.
      traded: That I can show on Monday.
      trade_refused: That is a plan for you, not for me.
      declined: Then I will show the board something else.
      lapsed: You were silent; Sudo was not.
incidents:
  - {id: dry_dock, quarter: 4, person: brandl, name: Dry dock, severity: 0.7, text: Dock two is four sets short.}
tenders:
  - id: hull_nine
    quarter: 5
    person: aune
    line: bearings
    region: south
    units: 600
    price_sensitivity: 7
    title: Hull nine
    text: One hull, six hundred sets, sealed bids.
    won: Hull nine is yours.
    lost: Hull nine went to Sudo.
attacks:
  - {rival: sudo, quarter: 6, hint: Sudo has hired two people here., text: Sudo offers Orvik a frame at minus five.}
"""

KESTREL = """\
id: kestrel
name: Kestrel Wind
industry: Wind power
brief: Small, quick, asks good questions.
regions:
  - {id: skarnes, name: Skarnes}
traits: {collaboration: 0.8, orientation: 0.7, price_sensitivity: 3, turnover: 0.03}
trust: 0.5
business:
  - {line: sensors, wallet: 1200, share: 0.45}
service: {orders: 30, order_lines: 70}
people:
  - id: moen
    name: Pal Moen
    role: Service Manager
    function: operations
    level: manager
    voice: Engineer. Draws while he talks.
    measure: uptime
    measure_text: turbines that turn
    power: 1
    says:
      results: [Two hundred and twelve turbines, the oldest in year eleven.]
      provocative: [If the crane comes twice, the year is gone.]
      buying: [I choose. Finance signs what I chose.]
"""


def write_minimal(folder: Path) -> Path:
    """Write the scenario into ``folder``, which may not exist yet, and return it."""
    (folder / "accounts").mkdir(parents=True, exist_ok=True)
    for name, text in (("scenario", SCENARIO), ("accounts/orvik", ORVIK), ("accounts/kestrel", KESTREL)):
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder
