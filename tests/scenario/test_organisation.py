"""The checker on what an author writes of the organisation: each slip is told once, where it is to be mended."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Final

from kamsim.authoring.begin import begin
from kamsim.engine.moves.catalogue import MOVES as CATALOGUE
from kamsim.scenario.folder import shipped
from kamsim.scenario.organisation import MOVES, PARTS
from kamsim.scenario.reader import load_scenario, read_scenario
from kamsim.scenario.unlocking import NEW_A_YEAR, QUARTERS, arrivals, opened

from .casework import DESK
from .minimal import ORVIK, SCENARIO, write_minimal

SAYS: Final = "{strained: [I am.], leaving: [I go.], coached: [I see.], takes_over: [I ring.]}"
OWN: Final = f"""\
organisation:
  red_tape: 0.2
  team:
    - {{id: ilse, name: Ilse Dahl, role: Rep, voice: Exact., hours: 120, accounts: [kestrel], says: {SAYS}}}
    - {{id: bo, name: Bo Renn, role: Engineer, voice: Dry., hours: 110, says: {SAYS}}}
  pool:
    - {{id: mara, name: Mara Quint, role: Analyst, voice: Short., skill: cases}}
  programme:
    key: [orvik]
    span: 1
    questions:
      - {{year: 1, text: What makes one key?}}
      - {{year: 2, text: Which would you give up?}}
"""
JOINT: Final = """\
joint:
  id: dry_dock
  name: Fewer days in dock
  summary: One plan for their docks and our plant.
  initiative: quiet_ships
  sponsor: brandl
  inside: lind
  says: {agreed: We build., not_yet: Not yet., live: It runs., halved: Half of it., failed: It did not work.}
"""
S, V = "scenario.yaml", "accounts/orvik.yaml"
FAULTS: Final = (
    # file, old, new, code, the text at which it is shown, a part of the sentence
    (S, "[kestrel], says", "[kestral], says", "K301", "kestral", "(did you mean 'kestrel'?)"),
    (S, "hours: 110,", "hours: 110, accounts: [kestrel],", "K360", "kestrel], says: {strained: [I am.], leaving: [I go.], coached: [I see.], takes_over: [I ring.]}}\n  pool",
     "Kestrel Wind is looked after by Ilse Dahl already; one person leads an account"),
    (S, "hours: 110", "hours: 310", "K361", "team:", "430 hours a quarter together, and the team has 390"),
    (S, "id: bo", "id: ilse", "K302", "ilse, name: Bo", "the colleague 'ilse' exists already"),
    (S, "key: [orvik]", "key: [orvig]", "K301", "orvig", "(did you mean 'orvik'?)"),
    (S, "{year: 2, text", "{year: 1, text", "K302", "1, text: Which", "the question of 'year 1' exists already"),
    (V, "initiative: quiet_ships", "initiative: quick_ships", "K301", "quick_ships", "(did you mean 'quiet_ships'?)"),
    (V, "sponsor: brandl", "sponsor: moen", "K301", "moen", "orvik has no person 'moen'; it has aune and brandl"),
    (V, "inside: lind", "inside: linda", "K301", "linda", "(did you mean 'lind'?)"),
)  # fmt: skip
ODDITIES: Final = (
    (S, "hours: 120", "hours: 10", "K362", "accounts: [kestrel]",
     "contact with Ilse Dahl's accounts takes 20 hours a quarter of 10"),
    (S, "key: [orvik]", "key: [orvik, kestrel]", "K363", "key:", "2 customers are key on the first day"),
    (S, "{year: 2, text", "{year: 9, text", "K305", "9, text", "year 9 never comes; the longest session has 3"),
    (S, "{strained: [I am.], ", "{", "K328", "says: {leaving", "Ilse Dahl has nothing to say for strained"),
    (V, "inside: lind", "design: 6\n  build: 6", "K365", "joint:", "takes 12 quarters, and the longest session has 12"),
)  # fmt: skip


def organised(folder: Path) -> Path:
    """The minimal scenario with a team, a pool, a programme, a desk, and something to build with Orvik."""
    write_minimal(folder)
    (folder / S).write_text(SCENARIO.replace("accounts: [orvik", f"{OWN}accounts: [orvik"), encoding="utf-8")
    (folder / V).write_text(ORVIK + JOINT, encoding="utf-8")
    (folder / "desk.yaml").write_text(DESK, encoding="utf-8")
    return folder


def told(folder: Path, file: str, old: str, new: str) -> list[tuple[str, str, str]]:
    """Code, rest of the line at its place, and sentence of each finding after one change."""
    path = organised(folder) / file
    text = path.read_text(encoding="utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = []
    for one in read_scenario(folder)[1]:
        after = (folder / file).read_text(encoding="utf-8").split("\n", one.line - 1)[-1][one.column - 1 :]
        found.append((f"{one.severity} {one.code}", after, str(one)))
    return found


def test_each_slip_is_told_where_it_is_to_be_mended(tmp_path: Path) -> None:
    """A sound organisation is left in peace; of each slip there is one finding with its code, place and sentence."""
    before = told(tmp_path, S, "id: ilse", "id: ilse")
    assert all(code not in ("error K301", "error K302") for code, _, _ in before), before
    missed = []
    for severity, slips in (("error", FAULTS), ("warning", ODDITIES)):
        for file, old, new, code, shown_at, sentence in slips:
            found = [one for one in told(tmp_path, file, old, new) if one not in before]
            if not any(kind == f"{severity} {code}" and after.startswith(shown_at) and sentence in line
                       for kind, after, line in found):  # fmt: skip
                missed.append((new, [(kind, after[:30], line) for kind, after, line in found]))
    assert not missed


def test_no_more_than_two_things_a_year_are_new(tmp_path: Path) -> None:
    """What is not unlocked is there on the first day; a pool comes with its team. What never comes is told, too."""
    later = "  - {move: name_key, quarter: 5, reason: Now.}\n  - {move: end_key, quarter: 5, reason: Or not.}\n"
    never = "  - {move: network, quarter: 2, reason: R.}\n"

    def found(more: str) -> dict[str, str]:
        return {code: line for code, _, line in told(tmp_path, S, "unlocks:\n", f"unlocks:\n{more}")}

    crowded = found("")["warning K367"]
    assert "year 1 brings joint in quarter 1, programme in quarter 1 and team in quarter 1; unlock 2" in crowded
    assert "warning K367" not in found(later)
    assert "network needs 'support', which this scenario does not have" in found(never)["warning K366"]


def test_what_ships_opens_as_few_things(tmp_path: Path) -> None:
    """Every quarter as few things, each with a reason; a year brings at most two new ones of our own side, and after
    the first quarter, which is the desk as one finds it, at most two of the work with customers."""
    found = []
    begin(tmp_path / "mine")
    for name in (*shipped(), str(tmp_path / "mine")):
        scenario = load_scenario(name)
        own = Counter(1 + (quarter - 1) // QUARTERS for quarter, _ in arrivals(scenario))
        met: dict[str, int] = {}
        for quarter in range(1, scenario.length.longest + 1):
            things = opened(scenario, quarter)
            assert sorted(item.move for items in things.values() for item in items) == sorted(
                item.move for item in scenario.unlocks if item.quarter == quarter
            ), (name, quarter)
            assert all(item.reason for items in things.values() for item in items)
            found += [(name, quarter, list(things))] if len(things) > 3 else []
            for thing in things:
                met.setdefault(thing, quarter)
        craft = Counter(1 + (quarter - 1) // QUARTERS for thing, quarter in met.items()
                        if thing not in PARTS and quarter > 1)  # fmt: skip
        found += [(name, year, kinds) for kinds in (own, craft) for year, many in kinds.items() if many > NEW_A_YEAR]
    assert not found


def test_an_organisation_without_a_team_or_a_desk_says_what_is_missing(tmp_path: Path) -> None:
    """Red tape without colleagues, and a sponsor inside where nobody signs."""
    folder = organised(tmp_path)
    (folder / S).write_text(
        SCENARIO.replace("accounts: [orvik", "organisation: {red_tape: 0.3}\naccounts: [orvik"), encoding="utf-8"
    )
    (folder / "desk.yaml").unlink()
    codes = {found.code: str(found) for found in read_scenario(folder)[1]}
    assert "there are none; name them under team" in codes["K362"]
    assert "leave inside out" in codes["K364"]


def test_the_moves_of_each_part_are_those_of_the_catalogue() -> None:
    """What the checker and the engine say of which move belongs to which part is the same."""
    told = {kind: move.part for kind, move in CATALOGUE.items() if move.part}
    assert set(MOVES) == set(PARTS)
    assert told.items() <= {move: part for part, moves in MOVES.items() for move in moves}.items()


def test_shipped_organisations_are_what_their_guide_says() -> None:
    """The portfolio has every part, and Halden a light team, plans, and one thing to build, with Tessaro."""
    heavy, light = load_scenario("portfolio"), load_scenario("halden")
    assert all(getattr(heavy.organisation, part) for part in PARTS[:-1])
    assert len([account for account in heavy.accounts if account.joint]) >= 3
    own = light.organisation
    assert own.team and own.plans and not (own.pool or own.programme or own.support)
    assert [account.id for account in light.accounts if account.joint] == ["tessaro"]
