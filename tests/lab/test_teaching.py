"""What `kamsim lab` says of scenarios: figures against direct runs, and the right sentence for each flaw."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kamsim.cli_lab import lab
from kamsim.lab.agility import Factored
from kamsim.lab.factorial import LEVERS as FACTORS
from kamsim.lab.factorial import Combined
from kamsim.lab.teaching import measures
from kamsim.lab.teaching.arms import HABITS, LEVERS
from kamsim.lab.teaching.figures import Figures, study
from kamsim.lab.teaching.findings import findings
from kamsim.lab.teaching.page import page
from kamsim.lab.teaching.playing import scores
from kamsim.lab.teaching.text import render, to_dict
from kamsim.players.outcomes import Study, played
from kamsim.players.policies import POLICIES, named_policy
from kamsim.players.selective import SeatBehind
from kamsim.players.simulate import simulate
from kamsim.players.workers import Workers
from kamsim.scenario.models import Scenario
from kamsim.scenario.reader import load_scenario
from tests.lab.flawed import minimal_with, unbalanced

SEEDS = 24
HOPELESS = """\
    opportunities:
      - id: ears
        title: Ears for every hull
        need: Every hull is to be heard. Hanne Brandl decides.
        line: sensors
        share: [0.1, 0.2]
        says: {won: Yours., lost: Not yours., none: Nobody's.}
    forces:
"""


def studied(scenario: Scenario, seeds: int = SEEDS) -> Figures:
    return study(scenario, range(1, seeds + 1), scenario.length.standard, Workers(), lambda _done, _all: None)


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    extra = (
        "expect:\n"
        "  - {bot: value_seller, above: typical, by: 0.05, seeds: 0.95}\n"
        "  - {bot: dynamic, score: [90, 200]}\n"
    )
    return studied(unbalanced(tmp_path_factory.mktemp("film") / "film", extra))


@pytest.fixture(scope="module")
def ships(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    """The minimal scenario with an incident that cannot come, prices that cannot be moved, and purchases for which
    nobody may bid."""
    return studied(minimal_with(
        tmp_path_factory.mktemp("ships") / "minimal",
        ("name: Dry dock, severity: 0.7,", "name: Dry dock, chance: 0, severity: 0.7,"),
        ("length: {", "authority: {discount: 0, rebate: 0}\nlength: {"),
        ("unlocks:\n", "unlocks:\n  - {move: bid, quarter: 12, reason: Not this year.}\n"),
        ("wallet: 900, share: 0.3}", "wallet: 900, share: 0.005}"),
        ("    forces:\n", HOPELESS),
    ), 48)  # fmt: skip


def told(made: Figures, kind: str) -> Any:
    return next((one for one in findings(made) if one.kind == kind), None)


def test_the_unbalanced_scenario_is_told_what_is_wrong_with_it(film: Figures) -> None:
    """It checks clean and rewards no skill: routine earns what the best play does, one habit nearly, price decides,
    knowledge is worth nothing, most moves have no use, service costs too little; each with what to change."""
    faults = {one.kind for one in findings(film) if one.mark == "fault"}
    assert faults == {
        "rewards_no_skill", "one_habit_wins", "price_alone", "knowledge_worthless", "dead_levers", "unexpected",
    }  # fmt: skip
    assert "farmer" in told(film, "rewards_no_skill").says
    assert "price explains 100%" in told(film, "price_alone").says
    assert "business cases before customers" in told(film, "dead_levers").says
    assert "cost to serve over all customers" in told(film, "targets").says
    assert told(film, "idle_hours") is not None
    assert all(one.change for one in findings(film) if one.mark == "fault")


def test_each_flaw_is_told_by_its_own_sentence(ships: Figures) -> None:
    """An event that cannot come, levers that cannot be pulled, purchases that nobody can win; and nothing of those is
    said of what is sound beside them."""
    assert "“Dry dock (Orvik Shipping)”" in told(ships, "dead_events").says
    assert "Hull nine" not in told(ships, "dead_events").says
    barred = told(ships, "barred_habits").says
    assert "3% off every price" in barred and "largest yearly rebate" in barred
    assert "closest contact" not in barred
    assert "nobody can win: Ears for every hull (Orvik Shipping)" in told(ships, "hopeless_purchases").says
    assert "asks at our own deal desk" in told(ships, "dead_levers").says
    assert "meeting people" not in told(ships, "dead_levers").says


def test_what_the_author_expects_is_tried_on_unseen_seeds(film: Figures) -> None:
    """The first expectation holds on the seeds after the last one, as a direct run has it; the second does not."""
    first, second = film.confirmed
    unseen = range(SEEDS + 1, 2 * SEEDS + 1)
    good, usual = (simulate(film.scenario, name, unseen).value for name in ("value_seller", "typical"))
    assert (first.share, first.seeds, first.met) == ((good > 1.05 * usual).mean(), SEEDS, True)
    assert not second.met
    assert "dynamic scores 90 to 200" in told(film, "unexpected").says


def test_expectations_stand_in_no_digest_and_are_checked(film: Figures, tmp_path: Path) -> None:
    """A scenario with and without them is the same to a log; one that says nothing is refused at its place."""
    plain = unbalanced(tmp_path / "plain")
    assert plain.digest == film.scenario.digest and film.scenario.expect
    with pytest.raises(Exception, match="say what is expected"):
        unbalanced(tmp_path / "empty", "expect:\n  - {bot: dynamic}\n")
    with pytest.raises(Exception, match="cannot stand above itself"):
        unbalanced(tmp_path / "same", "expect:\n  - {bot: dynamic, above: dynamic}\n")


class Refusing(SeatBehind):
    """The oracle of levers: a seat that refuses kinds of move everywhere."""

    def __init__(self, seat: Any, kinds: tuple[str, ...]) -> None:
        super().__init__(seat)
        self.kinds = kinds

    def do(self, kind: str, where: Any = None, **args: Any) -> Any:
        nowhere = np.zeros(self.seen.lanes, dtype=bool)
        return super().do(kind, where=nowhere if kind in self.kinds else where, **args)


def test_side_by_side_is_the_same_as_one_by_one(ships: Figures) -> None:
    """Bots, levers left out, habits and the arms of the analysis of variance: to the last bit what a run of each alone
    gives, and scores those of a session."""
    scenario, quarters = ships.scenario, ships.quarters
    for name in ("value_seller", "random_legal"):
        assert (ships.values[name] == simulate(scenario, name, len(ships.seeds)).value).all(), name
    direct = simulate(scenario, "farmer", len(ships.seeds))
    lead = np.median(ships.values["value_seller"] - ships.values["typical"])
    assert np.allclose(scores(ships.played.arms, "farmer"), 50 + 25 * (direct.value - ships.values["typical"]) / lead)
    some = tuple(ships.seeds[: len(next(iter(ships.played.habits.values())))])
    for lever in (one for one in LEVERS if one.name in ("contact", "bids", "reading")):
        host = named_policy(lever.host)
        play = host.play
        host.play = lambda seat, play=play, kinds=lever.kinds: play(Refusing(seat, kinds))  # type: ignore[method-assign]
        alone = played(Study(scenario, host, some, quarters)).value
        assert (ships.played.without[lever.name] == alone).all(), lever.name
    for habit in (one for one in HABITS if one.name in ("visits", "rushes", "grants")):
        routine = named_policy("steady")
        play = routine.play
        routine.play = lambda seat, play=play, habit=habit: (habit.does(seat), play(seat))  # type: ignore[method-assign]
        assert (ships.played.habits[habit.name] == played(Study(scenario, routine, some, quarters)).value).all()
    together = Combined(scenario, some[:4], quarters).profit()
    for row, chosen in enumerate(product((False, True), repeat=len(FACTORS))):
        if row % 5 == 1:
            pulled = {name: np.full(4, value) for name, value in zip(FACTORS, chosen, strict=True)}
            alone = played(Study(scenario, Factored(pulled), some[:4], quarters)).purses.banked
            assert (together[row] == alone).all(), row


def test_events_and_purchases_are_counted_as_logs_tell_them(tmp_path: Path) -> None:
    """What the watch counts of a bot is what the logs of the same sessions tell, event by event."""
    from kamsim.lab.runs import write_logs
    from kamsim.lab.teaching.playing import Trial

    scenario = minimal_with(tmp_path / "minimal")
    seeds = tuple(range(1, 7))
    arm = Trial(scenario, "value_seller", seeds, 8).play()
    bot = Study(scenario, named_policy("value_seller"), seeds, 8)
    logs = list(write_logs(bot, lambda: named_policy("value_seller"), tmp_path / "logs", lambda _line: None))
    events = [line for log in logs for line in log.read_text(encoding="utf-8").splitlines()]

    def count(kind: str) -> int:
        return sum(line.count(f'"kind":"{kind}"') for line in events)

    trouble = {name: int(values.sum()) for name, values in arm.seen.trouble.items()}
    assert trouble == {"incidents": count("failed"), "blows": count("struck"), "departures": count("left")}
    assert arm.seen.fired["request:six_per_cent"] == count("requested") == 6
    assert arm.seen.purchases[:, 1:].sum() == count("awarded") > 0


def test_measures_on_figures_made_by_hand() -> None:
    """When one passes the other, and for good."""
    ahead = measures._ahead
    assert ahead(np.array([-1.0, 1.0, -1.0, 2.0])) == 4
    assert ahead(np.array([1.0, 1.0])) == 1
    assert ahead(np.array([1.0, -1.0])) is None


def test_page_text_and_json_tell_the_same(film: Figures, tmp_path: Path) -> None:
    """Every finding stands in all three; the page is one file that takes nothing from outside, the same bytes each
    time."""
    text, html = render(film), page(film)
    data = json.loads(json.dumps(to_dict(film)))
    assert [one["says"] for one in data["findings"]] == [one.says for one in findings(film)]
    flat = " ".join(text.split())
    for one in findings(film):
        assert one.says in flat, one.says
    assert html == page(film)
    assert "http" not in html.replace("http-equiv", "").replace("http://www.w3.org", "")
    assert html.count("<section") >= 12 and "What Three films teaches" in html
    assert set(data["bots"]) == set(POLICIES)


def test_the_command_writes_a_page_whole_or_not_at_all(tmp_path: Path) -> None:
    """Exit 0 with a page; a scenario that cannot be, and a page that cannot be written, are one sentence each."""
    from kamsim.cli import main

    unbalanced(tmp_path / "film")
    out = tmp_path / "page.html"
    assert main(["lab", str(tmp_path / "film"), "--seeds", "24", "--quarters", "4", "--out", str(out)]) == 0
    assert out.read_text(encoding="utf-8").endswith("</html>\n")
    assert main(["lab", str(tmp_path / "nothing"), "--seeds", "24"]) == 1
    assert not list(tmp_path.glob(".kamsim-*"))
    assert lab.name == "lab"
    assert load_scenario(tmp_path / "film").expect == ()
