"""The claims' data: quotes, thresholds and arms, and what the command makes of them."""

from __future__ import annotations

import json
import tomllib
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from kamsim.cli import cli, main
from kamsim.errors import KamsimError
from kamsim.lab.claims import FILE, Arm, Claim, Condition, all_claims, arms_of, chosen, read_claims
from kamsim.lab.experiments import Laboratory, Trial, policy_of, spread
from kamsim.lab.metrics import METRICS, RATES
from kamsim.lab.table import render, to_dict
from kamsim.lab.verdicts import explained
from kamsim.players.simulate import simulate
from tests.engine.worlds import SCENARIOS, halden
from tests.every import every

READY = [claim for claim in all_claims() if not Laboratory(1).lacks(claim)]
FIXED = {
    "1": (0.90, 0.90), "2": (0.95, 0.80), "3": (0.80, 0.80, 0.80), "4": (0.90, 0.90), "6": (0.95, 0.95),
    "7": (0.95, 0.75), "8": (0.95, 0.80), "10": (0.95, 0.95), "11": (0.90, 0.90), "13": (0.80,), "14": (0.90,), "15": (0.95,),
    "17": (0.90, 0.75), "18": (0.90, 0.70), "20": (0.95, 0.95), "23": ((0.55, 1.0), (0.0, 0.35)), "25": (0.95, 0.95, 0.95),
    "26": (0.95,), "27": (0.80, 0.80, 0.80), "29": (0.85, 0.85, 0.85),
    "low-touch": (0.85,),
}  # fmt: skip
"""Thresholds of economics E, which the data file repeats; never to be loosened."""


@every("claim", all_claims(), lambda claim: claim.id)
def test_quotes_are_short_and_experiments_complete(claim: Claim) -> None:
    """At most fifteen words; two arms, a metric that exists and a threshold, or what is missing for it."""
    assert 0 < len(claim.quote.split()) <= 15
    assert claim.source in ("BTS", "BCG", "GAR", "SL", "ROG", "ECO")
    if claim.needs or not claim.conditions:
        assert claim.needs
        return
    assert len(claim.arms) >= 2 and claim.asks
    assert any(condition.threshold is not None for condition in claim.conditions)
    for condition in claim.conditions:
        assert condition.metric in METRICS
        assert condition.test != "rate" or condition.metric in RATES


def test_thresholds_come_from_the_file_and_are_those_fixed_beforehand() -> None:
    claims = {claim.id: claim for claim in all_claims()}
    for name, wanted in FIXED.items():
        found = [c.threshold for c in claims[name].conditions if c.threshold is not None and c.test != "band"]
        assert tuple(found) == wanted, name
    written = {row["id"]: row for row in tomllib.loads(FILE.read_text(encoding="utf-8"))["claim"]}
    assert written["2"]["condition"][0]["share"] == claims["2"].conditions[0].share


@every("claim", READY, lambda claim: claim.id)
def test_every_arm_that_can_be_tried_has_a_player_and_a_world(claim: Claim) -> None:
    scenario = SCENARIOS[claim.scenario]()
    for arm in claim.arms.values():
        assert policy_of(arm.policy).name
        assert all("*" not in path for path in spread(scenario, arm.overrides))


def test_a_star_stands_for_every_account() -> None:
    paths = spread(halden(), {"accounts.*.trust": 0.5})
    assert set(paths) == {f"accounts.{name}.trust" for name in ("orvik", "tessaro", "kestrel", "brandt", "mira")}


MADE_UP = """
[[claim]]
id = "a"
quote = "a saying"
source = "BTS"
asks = "Nothing against normal contact"
quarters = 4
arms.nothing = { policy = "do_nothing" }
arms.contact = { policy = "steady" }
condition = [
  { says = "contact brings trust", metric = "trust", more = "contact", less = "nothing", share = 0.9 },
  { says = "and the reverse", metric = "trust", more = "nothing", less = "contact", share = 0.1 },
]

[[waiting]]
id = "b"
quote = "another"
source = "SL"
needs = "a moon"
"""


def test_a_made_up_claim_is_played_judged_and_told() -> None:
    """Both arms meet the same seeds; the second line contradicts the first, so the claim is not shown."""
    (claim, waiting) = read_claims(MADE_UP)
    told: list[str] = []
    laboratory = Laboratory(12, None, told.append)
    (row,) = laboratory.rows([claim, waiting])
    first, second = row.findings
    assert first.share == 1.0 and second.share == 0.0 and row.verdict == "not shown"
    assert first.effect == pytest.approx(-second.effect)
    contact, nothing = (simulate("halden", name, 12, 4).trust.mean(axis=(1, 2)) for name in ("steady", "do_nothing"))
    by_hand = np.median(contact - nothing)
    assert first.effect == pytest.approx(by_hand)
    assert len(told) == 2  # each arm was played once
    text = render([row], [(waiting, laboratory.lacks(waiting))], 12)
    assert "NOT SHOWN" in text and "needs a moon" in text and "contact brings trust" in text
    assert max(len(line) for line in text.splitlines()) <= 100


def test_an_arm_may_be_what_one_side_adds_to_another() -> None:
    assert arms_of("a - b") == ("a", "b") and arms_of("a") == ("a",)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('more = "contact"', 'more = "moon"'), "an arm 'moon'"),
        (("share = 0.9", 'share = 0.9, test = "guess"'), "no test 'guess'"),
        (('id = "b"', 'id = "a"'), "two claims 'a'"),
    ],
)
def test_a_slip_in_the_data_is_named(change: tuple[str, str], said: str) -> None:
    with pytest.raises(KamsimError, match=said):
        read_claims(MADE_UP.replace(*change))


def test_the_command_s_json_keeps_its_contract() -> None:
    """One object on standard output, progress elsewhere, exit status 0 also where a claim is not shown."""
    result = CliRunner().invoke(cli, ["claims", "1", "3", "--seeds", "8", "--json"])
    assert result.exit_code == 0
    data: dict[str, Any] = json.loads(result.stdout)
    assert [claim["id"] for claim in data["claims"]] == ["1", "3"]
    for claim in data["claims"]:
        assert {"id", "quote", "share", "effect", "interval", "threshold", "verdict"} <= set(claim)
        assert claim["verdict"] in data["verdicts"]
        low, high = claim["interval"]
        assert 0 <= low <= claim["share"] <= high <= 1
    assert data["waiting"] == []
    assert "halden, 8 seeds" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["claims", "99"], "there is no claim '99'"), (["claims", "3", "--quarters", "8"], "needs 12 quarters")],
)
def test_bad_input_is_exit_status_one(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 1
    captured = capsys.readouterr()
    assert said in captured.err and not captured.out


def test_another_length_is_played_where_it_reaches() -> None:
    (claim,) = chosen(("1",))
    told: list[str] = []
    row = next(Laboratory(4, 6, told.append).rows([claim]))
    assert row.claim.quarters == 6
    assert told and all(line.endswith("4 seeds, 6 quarters") for line in told)


def test_a_shorter_game_is_the_beginning_of_a_longer_one() -> None:
    """Claims that look at an arm after different quarters share one game, and see what they would alone, to the bit:
    books, what is left to a successor, and what was witnessed on the way."""
    metrics = ("profit", "left", "trust", "margin", "approved", "granted")
    conditions = [Condition("", metric, more="a", less="b") for metric in metrics]
    arm = Arm("retailored")
    shared = Trial(
        halden(), arm, range(1, 6), tuple((quarters, c) for quarters in (6, 8) for c in conditions)
    ).figures()
    for quarters in (6, 8):
        alone = Trial(halden(), arm, range(1, 6), tuple((quarters, c) for c in conditions)).figures()
        assert all(np.array_equal(shared[asked][0], alone[asked][0], equal_nan=True) for asked in alone)
    assert np.any(shared[8, conditions[4]][0] > 0), "cases were decided"
    claims = chosen(("6", "18", "done-right"))
    told: list[str] = []
    assert len(list(Laboratory(1, told=told.append).rows(claims))) == 3
    arms = {(claim.scenario, arm.policy) for claim in claims for arm in claim.arms.values()}
    assert len(told) == len(arms), "whoever is asked for twice plays once"


def test_what_is_missing_is_said_and_another_scenario_can_stand_in() -> None:
    """A claim about a scenario that does not ship waits for it, and is tried where one is named instead."""
    (claim, _) = read_claims(MADE_UP.replace("quarters = 4", 'quarters = 4\nscenario = "atlantis"'))
    assert Laboratory(2).lacks(claim) == "the scenario atlantis"
    assert list(Laboratory(2).rows([claim])) == []
    (row,) = Laboratory(2, scenario="halden").rows([claim])
    assert row.claim.scenario == "halden"


def test_accounts_of_a_kind_that_a_scenario_has_not_are_nothing_to_compare() -> None:
    """Nobody on Halden is asked for one price everywhere."""
    (claim, _) = read_claims(MADE_UP.replace('metric = "trust"', 'metric = "trust", accounts = "global_price"'))
    (row,) = Laboratory(2).rows([claim])
    assert row.findings[0].seeds == 0 and row.verdict == "not shown"


def test_figures_that_do_not_exist_are_null() -> None:
    """Nothing in the JSON is NaN."""
    text = MADE_UP.replace('metric = "trust"', 'metric = "approved"')
    (claim, _) = read_claims(text)
    rows = list(Laboratory(3).rows([claim]))
    plain = to_dict(rows, [], 3)
    json.dumps(plain, allow_nan=False)
    assert plain["claims"][0]["share"] is None and plain["claims"][0]["verdict"] == "not shown"


FACTORS = """
[[claim]]
id = "a"
quote = "a saying"
source = "BTS"
asks = "Contact, and who plays"
quarters = 2
plays = "do_nothing"
factors.trust = [{ "accounts.*.trust" = 0.3 }, { "accounts.*.trust" = 0.7 }]
factors.name = [{ "accounts.orvik.payment_days" = 60 }, { "accounts.orvik.payment_days" = 61 }]
condition = [
  { says = "trust is what differs", metric = "trust", test = "variance", of = ["trust"], low = 0.9, high = 1.0 },
  { says = "days do not", metric = "trust", test = "variance", of = ["name"], low = 0.0, high = 0.1 },
]
"""


def test_what_several_factors_explain_is_taken_apart() -> None:
    """Four arms on the same seeds; parts add to one, and a factor that a condition names must be there."""
    (claim,) = read_claims(FACTORS)
    assert list(claim.arms) == [
        "trust low, name low",
        "trust low, name high",
        "trust high, name low",
        "trust high, name high",
    ]
    (row,) = Laboratory(4).rows([claim])
    first, second = row.findings
    assert first.share > 0.99 and second.share < 0.01 and row.verdict == "shown"
    assert "of what differs between 4 arms" in render([row], [], 4)
    signs = np.array([[-1.0, -1.0], [-1.0, 1.0], [1.0, -1.0], [1.0, 1.0]])
    means = signs @ np.array([2.0, 1.0]) + np.prod(signs, axis=1)
    assert explained(means, signs, [0]) == pytest.approx(4 / 6) and explained(means, signs, [0, 1]) == pytest.approx(
        1.0
    )
    with pytest.raises(KamsimError, match="a factor 'moon'"):
        read_claims(FACTORS.replace('of = ["trust"]', 'of = ["moon"]'))
