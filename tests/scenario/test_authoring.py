"""The author's guide says what is so: its example can be checked and played, its files and fields exist."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from kamsim.authoring.begin import begin
from kamsim.cli import main
from kamsim.engine.luck import Luck
from kamsim.engine.params import compile_params
from kamsim.engine.quarter import first_quarter
from kamsim.players.simulate import simulate
from kamsim.scenario.customer import Account
from kamsim.scenario.lint import check_paths
from kamsim.scenario.models import Scenario
from kamsim.scenario.opportunities import opportunities
from kamsim.scenario.reader import load_scenario, shipped
from kamsim.view.words.drawn import told_on

GUIDE = Path(__file__).parents[2] / "scenarios" / "AUTHORING.md"
EXAMPLE = re.compile(r"^`([a-z/.]+)`:\n\n```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ASKED = re.compile(r"may be asked at the yard above;.*?```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
VARIANT = "client/scenario.yaml"
FOLLOWING = re.compile(r"may follow the yard above:\n\n```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_example_checks_clean_and_can_be_played(tmp_path: Path) -> None:
    """What the guide calls the smallest scenario has neither an error nor a warning, and a bot can play it."""
    files = EXAMPLE.findall(GUIDE.read_text(encoding="utf-8"))
    files = [found for found in files if found[0] != VARIANT]
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
        if name == VARIANT:
            continue
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


def test_the_guides_first_hour_works_as_it_is_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command of the guide, in its order, in an empty folder: a scenario is begun, checked, played by a person and
    by bots, put on record and compared. The window of the preview is another test's."""
    monkeypatch.chdir(tmp_path)
    (typed,) = re.findall(r"```sh\n(.*?)^```$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    lines = [line.partition("#")[0].split() for line in typed.splitlines()]
    assert [words[1] for words in lines] == ["new", "check", "preview", "play", "run", "check", "check"]
    for words in lines:
        if words[1] == "preview":
            continue
        more = {"play": ["--log-dir", "logs"], "run": ["--seeds", "5"]}.get(words[1], [])
        monkeypatch.setattr("sys.stdin", io.StringIO("quit\n"))
        assert main([*words[1:], *more]) == 0, words
    assert sorted(path.name for path in tmp_path.iterdir()) == ["before.json", "logs", "mine"]
    inline = set(re.findall(r"`kamsim (new [^`]*)`", GUIDE.read_text(encoding="utf-8")))
    assert len(inline) == 3
    for words in sorted((line.split() for line in inline), key=lambda words: "--accounts" in words):
        path = tmp_path / "accounts.csv"
        told = [str(path) if word.startswith("accounts.") else "another" if word == "mine" else word for word in words]
        assert main(told) == 0, told


def test_the_guides_variant_shows_what_it_changed(tmp_path: Path) -> None:
    """It checks without an error, and everything that it says by name is so."""
    ((_, text),) = [found for found in EXAMPLE.findall(GUIDE.read_text(encoding="utf-8")) if found[0] == VARIANT]
    (tmp_path / "scenario.yaml").write_text(text, encoding="utf-8")
    report = check_paths([tmp_path])
    assert not report.errors and not report.warnings, report
    told = load_scenario(tmp_path)
    assert (told.title, told.accounts[0].people[0].name) == ("Northgate Motion", "Ron Delgado")
    assert (told.lines[0].list_price, told.lines[1].list_price, told.seeds) == (210, 4620, (7, 19, 23))
    assert "the Yards" in told.news[0].text and "$" in told.briefing
    assert told.news[1].text == "Line 1 is at 86%. Below, in another hand: so tell Dana."


def test_blocks_are_where_the_guide_says(tmp_path: Path) -> None:
    """Each block of its table stands, with a comment, in the file of `kamsim new` that is named beside it, and each
    scenario named for more is a shipped one."""
    begin(tmp_path / "mine")
    rows = re.findall(
        r"^\| (`[a-z_`, ]+`) \| `([a-z./]+)` \| (.*) \|$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert len(rows) == 11
    for blocks, file, more in rows:
        text = (tmp_path / "mine" / file).read_text(encoding="utf-8")
        for block in re.findall(r"`([a-z_]+)`", blocks):
            if block == "headquarters":
                continue
            assert re.search(rf"^ *{block}:", text, re.MULTILINE), (block, file)
        assert "#" in text and all(base in shipped() for base in re.findall(r"`(halden|portfolio)`", more))


def test_every_number_is_in_the_guide_of_numbers() -> None:
    """With its unit and meaning; a new field of a model that is a number fails here until it is told."""
    told = set(re.findall(r"`([a-z_]+)`", (GUIDE.parent / "NUMBERS.md").read_text(encoding="utf-8")))
    schema = Scenario.model_json_schema()
    missing = set()
    for model in (schema, *schema["$defs"].values()):
        for name, field in model.get("properties", {}).items():
            if "'type': 'number'" in str(field) or "'type': 'integer'" in str(field):
                missing |= {name} - told
    assert not missing


def test_every_group_of_fields_of_a_scenario_and_a_customer_is_in_the_guide() -> None:
    """Whoever reads the guide has met every part of a scenario and of an account that can be written."""
    text = GUIDE.read_text(encoding="utf-8")
    words = set(re.findall(r"`([a-z_]+)`", text)) | set(re.findall(r"^ *([a-z_]+):", text, re.MULTILINE))
    missing = {*Scenario.model_fields, *Account.model_fields} - words
    assert not missing


def test_the_guide_is_short() -> None:
    """It can be read at one go."""
    assert len(GUIDE.read_text(encoding="utf-8").splitlines()) < 360
