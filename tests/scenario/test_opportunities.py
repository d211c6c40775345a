"""Purchases of initiatives: what an author writes fits together, and what is made where nothing is written fits any company."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from kamsim.engine.lanes import grouped
from kamsim.engine.opportunities import running as in_delivery
from kamsim.engine.params import compile_params
from kamsim.engine.terms import TWISTS_OF_PURCHASE
from kamsim.scenario import reader
from kamsim.scenario.customer import Account, Initiative, Opportunity
from kamsim.scenario.lint import check_paths, lint, predicted_minutes, summary
from kamsim.scenario.models import Scenario
from kamsim.scenario.opportunities import SAYS, USUAL, opportunities, opportunities_of
from kamsim.scenario.vocabulary import Function, InitiativeKind
from tests.engine.worlds import Array, start
from tests.scenario.minimal import write_minimal
from tests.scenario.test_lint import findings_after, place_of

V = "accounts/orvik.yaml"
END = "text: Orvik funds its Quiet ships programme.}\n"
SETS = """\
    opportunities:
      - id: hull_sets
        title: Sets for a hull
        need: A hull's sets as one lot. Hanne Brandl decides.
        line: bearings
        share: [0.1, 0.2]
        says: {won: Dock two., lost: Another dock., none: No dock.}
"""
MORE = SETS.removeprefix("    opportunities:\n").replace("hull_sets", "quay_sets")


def findings(folder: Path, *changes: tuple[str, str]) -> list[reader.Finding]:
    """What the checker says of the minimal scenario with a purchase, changed."""
    text = END + SETS
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return findings_after(folder, V, END, text)


def test_a_sound_purchase_is_left_in_peace(tmp_path: Path) -> None:
    """Where everything fits, nothing is said; in another region too."""
    assert findings(tmp_path) == []
    assert findings(tmp_path, ("line: bearings", "line: bearings\n        region: south")) == []


SAYS_LINE = "        says: {won: Dock two., lost: Another dock., none: No dock.}\n"
WRONG = [
    # change, code, the text at which it is shown, a part of the sentence
    (("line: bearings", "line: beerings"), "K301", "beerings", "(did you mean 'bearings'?)"),
    (("line: bearings", "line: bearings\n        region: nord"), "K301", "nord", "(did you mean 'north'?)"),
    (("line: bearings", "line: sensors\n        region: south"), "K308", "sensors\n", "does not buy 'sensors' in the region 'south'"),
    (("line: bearings", "line: bearings\n        decider: moen"), "K301", "moen", "orvik has no person 'moen'; it has aune and brandl"),
    (("[0.1, 0.2]", "[0.2, 0.1]"), "K304", "[0.2, 0.1]", "share goes from 0.2 down to 0.1; write the smaller one first"),
    (("[0.1, 0.2]", "[0.1, 0.2]\n        runs: [8, 4]"), "K304", "[8, 4]", "runs goes from 8 down to 4"),
    (("[0.1, 0.2]", "[0.1, 0.9]"), "K203", "0.9]", "0.6"),
    (("[0.1, 0.2]", "[0.1]"), "K208", "[0.1]", "needs exactly 2 entries"),
    (("share: [0.1, 0.2]", "share: 0.1"), "K204", "0.1\n        says", "must be a list, not 0.1; write [0.1, 0.1]"),
    ((SETS, "    opportunities: none\n"), "K204", "none\nrequests", "must be a list, not 'none'; [] is none"),
    (("[0.1, 0.2]", "[0.1, 0.2]\n        twists: [smaller]"), "K205", "smaller", "grown, cut, price or changed"),
    ((SAYS_LINE, ""), "K201", "id: hull_sets", "says is missing"),
    ((", none: No dock.", ""), "K201", "{won", "none is missing"),
    ((SAYS_LINE, SAYS_LINE + MORE.replace("quay_sets", "hull_sets")), "K302", "hull_sets\n        title: Sets for a hull\n        need: A hull's sets as one lot. Hanne Brandl decides.\n        line: bearings\n        share: [0.1, 0.2]\n        says: {won: Dock two., lost: Another dock., none: No dock.}\nrequests", "the opportunity 'hull_sets' exists already"),
    ((SAYS_LINE, SAYS_LINE + MORE + MORE.replace("quay", "yard")), "K208", "- id: hull_sets", "at most 2 entries"),
    (("[0.1, 0.2]", "[0.1, 0.6]"), "K354", None, "may take 120% of what orvik buys there at once"),
]  # fmt: skip


@pytest.mark.parametrize("case", WRONG, ids=lambda case: case[3][:30])
def test_what_does_not_fit_is_an_error_at_its_place(
    tmp_path: Path, case: tuple[tuple[str, str], str, str | None, str]
) -> None:
    """One sentence, where the author must mend it."""
    change, code, shown_at, sentence = case
    changes = [change] if code != "K354" else [change, (SAYS_LINE, SAYS_LINE + MORE.replace("0.2]", "0.6]"))]
    (found,) = (item for item in findings(tmp_path, *changes) if item.severity == "error")
    assert found.code == code and sentence in str(found)
    if shown_at:
        assert (found.line, found.column) == place_of(tmp_path, V, shown_at)


ODD = [
    ([("[0.1, 0.2]", "[0.1, 0.2]\n        chance: 0")], "K352", "never arises: its chance is 0"),
    ([("[0.1, 0.2]", "[0.1, 0.2]\n        lead: [12, 12]")], "K353", "never decided: it arises in quarter 1 at the earliest and takes 12 quarters"),
    ([("[0.1, 0.2]", "[0.1, 0.6]")], "K355", "takes 'bearings' to 22,760 units a quarter, and its capacity is 22,000"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "code", "sentence"), ODD)
def test_what_is_never_bought_or_too_much_to_make_is_a_warning(
    tmp_path: Path, changes: list[tuple[str, str]], code: str, sentence: str
) -> None:
    """It never arises, is never decided, or takes a line past its capacity by itself."""
    write_minimal(tmp_path)
    told = findings(tmp_path, *changes)
    if code == "K355":
        path = tmp_path / "scenario.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace("30000", "22000"), encoding="utf-8")
        told = reader.read_scenario(tmp_path)[1]
    (found,) = told
    assert (found.code, found.severity) == (code, "warning") and sentence in str(found)


def test_nothing_is_bought_for_what_never_lives(tmp_path: Path) -> None:
    """A purchase of an initiative that is dormant for ever never arises, and one that starts late may come too late."""
    scenario = reader.load_scenario(write_minimal(tmp_path))
    for state, turns, code in (
        ("dormant", [], "K352"),
        ("completed", [], None),
        ("dormant", [{"quarter": 12, "to": "announced", "text": "It starts."}], "K353"),
        ("dormant", [{"quarter": 11, "to": "announced", "text": "It starts."}], None),
    ):
        plain = scenario.model_dump(mode="json")
        item = plain["accounts"][0]["initiatives"][0]
        bought = Opportunity(
            id="sets", title="Sets", need="Sets.", line="bearings", share=(0.1, 0.2), says=SAYS["general"]
        )
        item |= {"state": state, "turns": turns, "opportunities": [bought.model_dump(mode="json")]}
        found = [one.code for one in lint(Scenario.model_validate(plain)) if one.code in ("K352", "K353")]
        assert found == ([code] if code else []), (state, turns)


def test_a_solution_is_bought_where_something_is_under_way(tmp_path: Path) -> None:
    """Who has no initiative that ever lives never buys one, and is told at the line."""
    (found,) = findings_after(tmp_path, "scenario.yaml", "    unit: sensor\n", "    unit: sensor\n    solution: true\n")
    assert (found.code, found.severity) == ("K356", "warning")
    assert "kestrel never buys 'sensors': it is a solution" in str(found)
    assert (found.line, found.column) == place_of(tmp_path, "accounts/kestrel.yaml", "sensors, wallet")


def test_purchases_take_time_to_read_once_they_can_be_heard_of(tmp_path: Path) -> None:
    """They are foretold with what becomes of them, from the quarter in which their initiative comes alive."""
    scenario = reader.load_scenario(write_minimal(tmp_path))
    plain = scenario.model_dump(mode="json")
    plain["accounts"][0]["initiatives"][0] |= {
        "state": "dormant",
        "turns": [{"quarter": 5, "to": "funded", "text": "It is funded."}],
    }
    late = Scenario.model_validate(plain)
    off = late.model_copy(update={"opportunities": "none"})
    added = [predicted_minutes(late, quarters) - predicted_minutes(off, quarters) for quarters in (4, 5, 8, 12)]
    assert added[0] == 0 < added[1] < added[2] < added[3] < 2
    assert summary(late)["opportunities"] == 2 and summary(off)["opportunities"] == 0


# --- what is made where an author wrote nothing ---------------------------------------------------------------


def with_initiatives(account: Account, kinds: list[InitiativeKind]) -> Account:
    made = [
        Initiative(id=f"{'plan_' * 6}{place}", name=f"Plan {place}", kind=kind, owner=account.people[0].id, summary="A plan.", state="executing")
        for place, kind in enumerate(kinds)
    ]  # fmt: skip
    return account.model_copy(update={"initiatives": tuple(made)})


def test_every_kind_brings_two_purchases_that_check_clean(tmp_path: Path) -> None:
    """Whatever its kind and however many there are, an initiative without purchases of an author's has two that fit in
    the customer's business, decided by somebody who is there, in words without a gap."""
    scenario = reader.load_scenario(write_minimal(tmp_path))
    kinds: list[InitiativeKind] = list(get_args(InitiativeKind))
    assert set(USUAL) == set(kinds) and set(SAYS) == set(get_args(Function))
    for many in (kinds, kinds[:1]):
        accounts = tuple(with_initiatives(account, many) for account in scenario.accounts)
        told = scenario.model_copy(update={"accounts": accounts[:1]})
        assert [found.code for found in lint(told) if found.code not in ("K301",)] == []
        made = opportunities(told)
        assert len(made) == 2 * len(many) and len({item.id for *_, item in made}) == len(made)
        for _, account, initiative, item in made:
            assert item.decider in {person.id for person in account.people}
            assert item.line in {business.line for business in account.business}
            assert initiative.name in item.need and "{" not in item.need + item.title


def test_usual_purchases_are_of_what_the_customer_buys(tmp_path: Path) -> None:
    """In the order of its business, because what an initiative needs more of is hidden; and none is none."""
    scenario = reader.load_scenario(write_minimal(tmp_path))
    account = scenario.accounts[0]
    first, second = opportunities_of(account, account.initiatives[0])
    assert (first.line, first.decider, second.line, second.decider) == ("bearings", "brandl", "bearings", "brandl")
    none = account.initiatives[0].model_copy(update={"opportunities": ()})
    assert opportunities_of(account, none) == ()
    assert opportunities(scenario.model_copy(update={"opportunities": "none"})) == []
    assert [item.id for *_, item in opportunities(scenario)] == ["quiet_ships.1", "quiet_ships.2"]


def test_no_usual_sentence_stands_twice() -> None:
    """Each kind wants something of its own, and each function has its own way to say yes, no and not at all."""
    words = [text for pair in USUAL.values() for usual in pair for text in (usual.title, usual.need)]
    words += [text for says in SAYS.values() for text in says.model_dump().values()]
    assert len(set(words)) == len(words)


# --- the shipped scenarios ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", reader.shipped())
def test_every_shipped_initiative_brings_purchases_in_its_deciders_words(name: str) -> None:
    """Authors wrote them all: no sentence stands twice, none is longer than an answer, and the note says who decides."""
    scenario = reader.load_scenario(name)
    words: list[str] = []
    for account, initiative in [(one, item) for one in scenario.accounts for item in one.initiatives]:
        assert initiative.opportunities, initiative.id
        names = {person.id: person.name for person in account.people}
        for item in initiative.opportunities:
            assert names[item.decider or initiative.owner] in item.need, item.id
            said = item.says.model_dump().values()
            words += [item.title, item.need, *said]
            assert len(item.need.split()) <= 40 and all(len(text.split()) <= 40 for text in said), item.id
    assert len(set(words)) == len(words)
    assert not check_paths([name]).warnings


def test_two_years_of_halden_are_read_and_played_in_an_hour_and_a_bit() -> None:
    """With its purchases too, eight quarters take 65 minutes at most."""
    assert round(predicted_minutes(reader.load_scenario("halden"), 8)) <= 65


@pytest.mark.parametrize("name", reader.shipped())
def test_every_shipped_purchase_arises_is_decided_and_differs_by_seed(name: str) -> None:
    """Left alone, each is decided in some seed before the longest session ends, differs in amount and in what came over
    it, and what runs is a real part of what each customer buys."""
    scenario = reader.load_scenario(name)
    game = start(scenario, range(1, 41))
    params, lanes = compile_params(scenario), 40
    decided = np.zeros((len(params.opportunities), lanes), dtype=bool)
    running = np.zeros((len(params.accounts), lanes))
    units: list[Array] = []
    twists: list[Array] = []
    for _ in range(scenario.length.longest):
        anybody, _, _ = in_delivery(game.world, params)
        running += grouped(anybody * params.list_price, params.account_cells)
        game.play("do_nothing")
        game.close()
        decided |= game.world.opportunities.award > 0
        units.append(game.world.opportunities.award_units.copy())
        twists.append(game.world.opportunities.twist.copy())
    assert decided.any(axis=1).all(), np.array(params.opportunities)[~decided.any(axis=1)]
    wallet = grouped(game.world.truth.wallet * params.list_price, params.account_cells) * scenario.length.longest
    part = running.mean(axis=1) / wallet[:, 0]
    assert (part > 0.03).all() and (part < 0.4).all(), dict(zip(params.accounts, part, strict=True))
    assert all(len(np.unique(np.stack(units)[:, row])) > 10 for row in range(len(params.opportunities)))
    assert set(np.unique(np.stack(twists))) == set(range(len(TWISTS_OF_PURCHASE)))


def test_a_copy_with_other_values_is_another_scenario() -> None:
    """What is worked out once for each content is worked out anew for a copy, also after the first was asked for its
    digest."""
    scenario = reader.load_scenario("halden")
    before = scenario.digest
    copy = scenario.model_copy(update={"accounts": scenario.accounts[1:]})
    assert copy.digest != before == scenario.digest
    assert scenario.model_copy().digest == before
