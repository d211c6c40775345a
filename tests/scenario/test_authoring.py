"""The author's guide says what is so: its example can be checked and played, its files and fields exist."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from kamsim.engine.luck import Luck
from kamsim.engine.params import compile_params
from kamsim.engine.quarter import first_quarter
from kamsim.players.simulate import simulate
from kamsim.scenario.customer import Account
from kamsim.scenario.lint import check_paths
from kamsim.scenario.models import Scenario
from kamsim.scenario.opportunities import opportunities
from kamsim.scenario.reader import load_scenario
from kamsim.view.words.drawn import told_on

GUIDE = Path(__file__).parents[2] / "scenarios" / "AUTHORING.md"
EXAMPLE = re.compile(r"^`([a-z/.]+)`:\n\n```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ASKED = re.compile(r"may be asked at the yard above;.*?```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FOLLOWING = re.compile(r"may follow the yard above:\n\n```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_example_checks_clean_and_can_be_played(tmp_path: Path) -> None:
    """What the guide calls the smallest scenario has neither an error nor a warning, and a bot can play it."""
    files = EXAMPLE.findall(GUIDE.read_text(encoding="utf-8"))
    assert [name for name, _ in files] == ["scenario.yaml", "accounts/yard.yaml"]
    for name, text in files:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    report = check_paths([tmp_path])
    assert not report.errors and not report.warnings, report
    assert len(simulate(load_scenario(tmp_path), "value_seller", 2, 4).seeds) == 2


def test_purchases_of_the_guide_can_follow_its_example(tmp_path: Path) -> None:
    """The initiative that the guide adds to its smallest scenario checks clean and brings what it says."""
    guide = GUIDE.read_text(encoding="utf-8")
    (added,) = FOLLOWING.findall(guide)
    for name, text in EXAMPLE.findall(guide):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text + (added if name.startswith("accounts/") else ""), encoding="utf-8")
    report = check_paths([tmp_path])
    assert not report.errors and not report.warnings, report
    (slot,) = opportunities(load_scenario(tmp_path))
    assert (slot[3].id, slot[3].line, slot[3].decider) == ("slings", "rope", None)
    assert len(simulate(load_scenario(tmp_path), "value_seller", 2, 4).seeds) == 2


def test_a_request_of_the_guide_is_asked_in_several_ways(tmp_path: Path) -> None:
    """The request that the guide adds to its smallest scenario checks clean, and over some sessions it comes in each of
    its quarters, about both needs, in all of its words."""
    guide = GUIDE.read_text(encoding="utf-8")
    (added,) = ASKED.findall(guide)
    for name, text in EXAMPLE.findall(guide):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text + (added if name.startswith("accounts/") else ""), encoding="utf-8")
    report = check_paths([tmp_path])
    assert not report.errors and not report.warnings, report
    scenario, seeds = load_scenario(tmp_path), range(60)
    at = first_quarter(scenario, compile_params(scenario), Luck(seeds)).calendar
    assert set(at.request_opens[0].tolist()) == {2, 3, 4} and set(at.request_need[0].tolist()) == {0, 1}
    said = {told_on(scenario, seed).accounts[0].requests[0].title: at.request_need[0, seed] for seed in seeds}
    assert len(said) == 4 and list(said.values()).count(1) == 2


def test_the_guides_commands_work(tmp_path: Path) -> None:
    """What the guide tells authors to type is accepted as it stands, with their folder in it."""
    for name, text in EXAMPLE.findall(GUIDE.read_text(encoding="utf-8")):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    typed = set(re.findall(r"`kamsim ((?:check|run|play) FOLDER[^`]*)`", GUIDE.read_text(encoding="utf-8")))
    assert {line.split()[0] for line in typed} == {"check", "run", "play"}
    for line in typed:
        words = [str(tmp_path) if word == "FOLDER" else word for word in line.split()]
        if words[0] == "play":
            words += ["--text", "--seed", "1", "--log-dir", str(tmp_path / "logs")]
        if words[0] == "run":
            words += ["--seeds", "2", "--quarters", "4"]
        done = subprocess.run(
            [sys.executable, "-m", "kamsim", *words], input="quit\n", capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, (line, done.stderr)


def test_every_group_of_fields_of_a_scenario_and_a_customer_is_in_the_guide() -> None:
    """Whoever reads the guide has met every part of a scenario and of an account that can be written."""
    text = GUIDE.read_text(encoding="utf-8")
    words = set(re.findall(r"`([a-z_]+)`", text)) | set(re.findall(r"^ *([a-z_]+):", text, re.MULTILINE))
    missing = {*Scenario.model_fields, *Account.model_fields} - words
    assert not missing


def test_the_guide_is_short() -> None:
    """It can be read at one go."""
    assert len(GUIDE.read_text(encoding="utf-8").splitlines()) < 300
