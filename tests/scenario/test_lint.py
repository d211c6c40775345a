"""The checker finds what does not fit together, and foretells what a session takes."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

from kamsim.errors import ScenarioError
from kamsim.scenario import lint, reader
from kamsim.scenario.findings import Finding

from .minimal import KESTREL, ORVIK, SCENARIO, write_minimal


def findings_after(folder: Path, file: str, old: str, new: str) -> list[Finding]:
    """What the checker says about the minimal scenario with one change."""
    write_minimal(folder)
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return reader.read_scenario(folder)[1]


def place_of(folder: Path, file: str, needle: str) -> tuple[int, int]:
    """Line and column of the text in the changed file."""
    before = (folder / file).read_text(encoding="utf-8").split(needle, 1)[0]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


S, V, K = "scenario.yaml", "accounts/orvik.yaml", "accounts/kestrel.yaml"
TENDER = "    line: bearings\n    region: south"
TURN = "      - {quarter: 3, to: funded"
LONG = " ".join(["word"] * 91)

ERRORS = [
    # file, old, new, code, the text at which it is shown, a part of the sentence
    (S, "accounts: [kestrel]", "accounts: [kestral]", "K301", "kestral]", "(did you mean 'kestrel'?)"),
    (S, "{line: sensors, price", "{line: sensor, price", "K301", "sensor, price", "no line 'sensor'; known are bearings and sensors (did you mean 'sensors'?)"),
    (V, "headquarters: north", "headquarters: nord", "K301", "nord", "(did you mean 'north'?)"),
    (V, "region: south, wallet", "region: east, wallet", "K301", "east, wallet", "no region 'east'"),
    (V, "line: sensors, wallet", "line: censors, wallet", "K301", "censors", "(did you mean 'sensors'?)"),
    (V, "    region: north\n", "    region: west\n", "K301", "west", "no region 'west'"),
    (V, "owner: brandl", "owner: brandle", "K301", "brandle", "(did you mean 'brandl'?)"),
    (V, "owner: brandl", "owner: moen", "K301", "moen", "orvik has no person 'moen'; it has aune and brandl"),
    (V, "demand: {sensors", "demand: {sensor", "K301", "sensor: 0.3", "(did you mean 'sensors'?)"),
    (V, "    person: aune\n    ask", "    person: anne\n    ask", "K301", "anne\n", "(did you mean 'aune'?)"),
    (V, "    ask: 0.06", "    ask: 0.06\n    line: gears", "K301", "gears", "no line 'gears'"),
    (V, "person: brandl, name: Dry", "person: bend, name: Dry", "K301", "bend", "no person"),
    (V, TENDER, "    line: beerings", "K301", "beerings", "no line"),
    (V, TENDER, TENDER.replace("bearings", "sensors"), "K308", "sensors\n    region", "buy"),
    (V, "rival: sudo", "rival: judo", "K301", "judo", "(did you mean 'sudo'?)"),
    (V, "    ask: 0.06\n", "", "K341", "id: six_per_cent", "asks for nothing"),
    (V, "    ask: 0.06", "    ask: 0", "K341", "0\n    welcomes", "asks for nothing; ask is a share of list"),
    (V, "    ask: 0.06", "    kind: global_price\n    line: sensors", "K342", "global_price", "buys that in one region only"),
    (S, "id: sensors", "id: bearings", "K302", "bearings\n    name: Condition", "exists already"),
    (K, "id: moen", "id: aune", "K302", "aune", "the person 'aune' exists already"),
    (V, "id: south", "id: north", "K302", "north, name: South", "the region 'north'"),
    (S, "accounts: [orvik", "  - {move: seek_executive, quarter: 3, reason: Again.}\naccounts: [orvik", "K302",
     "seek_executive, quarter: 3", "unlock of"),
    (V, "bearings, region: south", "bearings, region: north", "K303", "{line: bearings, region: north", "twice"),
    (V, "due: 3", "due: 5", "K304", "5\n    person", "not 5; it comes in quarter 2 and waits 2 quarters at most"),
    (V, "due: 3", "due: 1", "K304", "1\n    person", "between quarter 2 and 4"),
    (V, "quarter: 1, until: 6", "quarter: 7, until: 6", "K304", "6, strength", "before it starts"),
    (V, TURN, f"      - {{quarter: 5, to: executing, text: It runs.}}\n{TURN}",
     "K304", "3, to: funded", "in the order"),
    (S, "standard: 8", "standard: 3", "K304", "{standard", "shortest <= standard <= longest"),
    (S, "{quarter: 3, demand", "{quarter: 1, demand", "K312", "1, demand: 0.94", "must come after quarter 1"),
    (K, "power: 1", "power: 0", "K310", "people:", "nobody at 'kestrel' has power"),
    (K, "level: manager", "level: executive", "K311", "people:", "everybody at 'kestrel' is an executive"),
    (S, "      - {line: sensors, price: 1.02, innovation: 0.7}\n", "", "K315", "id: sensors", "no rival sells"),
    (S, "orders: 0.6, order_lines: 0.1, rush_orders: 2.5", "orders: 0", "K316", "{orders", "nothing drives"),
    (S, "for {account} stood", "for {customer} stood", "K319", "{customer}", "{customer} stands for nothing"),
    (V, "person: brandl, name: Dry", "person: hanne, name: Dry", "K301", "hanne", "(did you mean 'brandl'?)"),
    (S, "year: 2030", "year: 2030\ntime: {quarter: 50}", "K323", "50}", "take 60 hours a quarter, and the team has 50"),
    (S, "capacity: 4000", "capacity: 790", "K324", "790", "790, less than the 800 of other_load"),
    (K, "buying: [I choose. Finance signs what I chose.]", "buying: []", "K320", "[]", "something to say for buying"),
    (K, "wallet: 1200", "wallet: 1e8", "K347", "1e8", "kestrel can buy of 'sensors' comes to"),
    (S, "capacity: 2000", "capacity: 1e9", "K347", "1e9", "'order_desk' at capacity comes to 4.8e+10 in a quarter"),
    (S, "role: Key Account Manager", "role: Key Account Manager\n  hourly_cost: 1e8", "K347", "1e8", "team's time"),
    (V, "units: 600", "units: 1e9", "K347", "1e9", "'hull_nine' comes to 1e+11 in a quarter"),
    (K, "orders: 30", "orders: 1e9", "K347", "{orders: 1e9", "the service of kestrel comes to"),
]  # fmt: skip

WARNINGS = [
    (S, "{quarter: 3, demand", "{quarter: 13, demand", "K305", "13, demand", "never comes; the longest session has 12"),
    (V, "discount: 0.14", "discount: 0.4", "K307", "{line: bearings, wallet: 14000", "below its unit cost"),
    (S, "unit_cost: 120", "unit_cost: 260", "K307", "260", "costs as much"),
    (K, "trust: 0.5\n", "trust: 0.5\ninitiatives:\n  - {id: x, name: X, kind: growth, owner: moen, summary: S,"
     " state: funded, demand: {bearings: 0.1}}\n", "K308", "bearings: 0.1", "does not buy 'bearings'"),
    (V, "incidents:\n", "  - {id: more, quarter: 3, due: 4, person: aune, ask: 0.1, title: More, text: More, replies:"
     " {granted: a, traded: b, trade_refused: c, declined: d, lapsed: e}}\nincidents:\n", "K313", "{id: m", "at once"),
    (S, "You take over", f"{LONG} You take over", "K314", "word word", "briefing has 104 words"),
    (S, "capacity: 4000", "capacity: 1500", "K318", "1500", "1,610 units sold, and its capacity is 1,500"),
    (V, "results: [On Monday", "results: [a, b, c, d, e, f, On Monday", "K321", "[a, b", "7 variants; 6 are enough"),
    (K, "trust: 0.5\n", "trust: 0.5\ninitiatives:\n  - {id: x, name: X, kind: growth, owner: moen, summary: S}\n",
     "K322", "{id: x", "no turn ever starts it"),
    (S, "demand: 0.94", "demand: 94", "K325", "94, mat", "1.05 is 5% more"),
    (S, "materials: 1.05", "materials: 105", "K325", "105, rec", "materials is 105 times"),
    (S, "price: 0.94", "price: 94", "K325", "94}", "0.94 is 6% cheaper"),
    (K, "share: 0.45", "share: 0.45, season: [2, 2, 2, 2]", "K325", "[2, 2", "mean is 2;"),
    (K, "share: 0.45", "share: 0.45, season: [0.1, 0.2, 0.3, 0.4]", "K325", "[0.1", "mean is 0.25;"),
    (V, "    quarter: 5\n    person", "    quarter: 1\n    person", "K326", "1\n    person: aune\n    line", "quarter 1"),
    (V, "title: Hull nine", "title: For Siri Aune", "K368", "For Siri", "the title names Siri Aune, who may have left"),
    (V, "to: funded", "to: dormant", "K327", "dormant", "delayed or cancelled says more"),
    (V, "      door_opens: [Dock two at seven. Bring boots.]\n", "", "K328", "says:\n      results: [Ask me",
     "Hanne Brandl is an executive, and has nothing to say for door_opens"),
    (K, "industry: Wind power", "industry: Wind #1 power", "K118", "Wind #1", "put it in quotes"),
    (S, "accounts: [orvik, kestrel]", "accounts: [ kestrel]", "K122", "[ kestrel]", "accounts/orvik.yaml is not listed"),
    (S, "year: 2030", "year: 2030\ntime: {rhythms: {light: 50}}", "K317", "{light", "light <= normal <= close"),
]  # fmt: skip


def test_the_minimal_scenario_has_no_findings(tmp_path: Path) -> None:
    """What is sound is left in peace."""
    assert reader.read_scenario(write_minimal(tmp_path))[1] == []


@pytest.mark.parametrize("case", ERRORS)
def test_what_does_not_fit_is_an_error_at_its_place(tmp_path: Path, case: tuple[str, ...]) -> None:
    """Each broken promise between parts of a scenario is told once, where the author must mend it, and forbids play."""
    file, old, new, code, shown_at, sentence = case
    errors = [found for found in findings_after(tmp_path, file, old, new) if found.severity == "error"]
    (found,) = (found for found in errors if found.code == code)
    assert found.file.endswith(file)
    assert (found.line, found.column) == place_of(tmp_path, file, shown_at)
    assert sentence in str(found)
    with pytest.raises(ScenarioError, match=re.escape(code)):
        reader.load_scenario(tmp_path)


@pytest.mark.parametrize("case", WARNINGS)
def test_what_is_odd_is_a_warning_at_its_place(tmp_path: Path, case: tuple[str, ...]) -> None:
    """Oddities are told at their place and never forbid play."""
    file, old, new, code, shown_at, sentence = case
    findings = findings_after(tmp_path, file, old, new)
    assert [found.code for found in findings if found.severity == "error"] == []
    assert reader.load_scenario(tmp_path)
    found = next(found for found in findings if found.code == code)
    assert (found.line, found.column) == place_of(tmp_path, file, shown_at)
    assert sentence in str(found) and ": warning: " in str(found)


def test_findings_come_in_reading_order(tmp_path: Path) -> None:
    """An author mends from top to bottom, file by file, in the order in which accounts are listed."""
    write_minimal(tmp_path)
    for file, text in ((S, SCENARIO), (V, ORVIK), (K, KESTREL)):
        (tmp_path / file).write_text(text.replace("bearings, ", "gears, ").replace("owner: brandl", "owner: b"))
    findings = reader.read_scenario(tmp_path)[1]
    files = [found.file.removeprefix(f"{tmp_path}/") for found in findings]
    assert files == sorted(files, key=[S, V, K].index)
    lines = [found.line for found in findings if found.file.endswith(V)]
    assert lines == sorted(lines) and len(lines) > 2


def test_longer_sessions_take_longer(tmp_path: Path) -> None:
    """Minutes grow with the quarters played, by ten moves of ten seconds at least, and with every word read."""
    scenario = reader.load_scenario(write_minimal(tmp_path))
    minutes = [lint.predicted_minutes(scenario, quarters) for quarters in range(1, 13)]
    steps = [later - sooner for sooner, later in pairwise(minutes)]
    assert all(step >= 10 * 10 / 60 for step in steps)
    wordy = scenario.model_copy(update={"briefing": scenario.briefing + " word" * 200})
    assert lint.predicted_minutes(wordy, 4) - lint.predicted_minutes(scenario, 4) == pytest.approx(1.0)


def test_only_what_appears_in_time_is_read(tmp_path: Path) -> None:
    """News after the last quarter costs no reading time; news before does."""
    scenario = reader.load_scenario(write_minimal(tmp_path))
    news = scenario.news[0].model_copy(update={"quarter": 9, "text": "word " * 100})
    more = scenario.model_copy(update={"news": (*scenario.news, news)})
    assert lint.predicted_minutes(more, 8) == lint.predicted_minutes(scenario, 8)
    assert lint.predicted_minutes(more, 9) > lint.predicted_minutes(scenario, 9) + 0.5


def test_the_summary_counts_what_was_written(tmp_path: Path) -> None:
    """An author sees the size of a scenario at a glance."""
    counts = lint.summary(reader.load_scenario(write_minimal(tmp_path)))
    assert {name: counts[name] for name in ("accounts", "people", "requests", "incidents", "quarters")} == {
        "accounts": 2,
        "people": 3,
        "requests": 1,
        "incidents": 1,
        "quarters": 8,
    }
    assert 300 < counts["words"] < 500


def test_the_report_names_every_path_and_sums_up(tmp_path: Path) -> None:
    """One faulty path never hides another; text and JSON tell the same."""
    good = write_minimal(tmp_path / "good")
    bad = write_minimal(tmp_path / "bad")
    (bad / S).write_text(SCENARIO.replace("year: 2030", "year: 30"))
    report = lint.check_paths([good, str(bad), tmp_path / "none"])
    assert (report.errors, report.warnings) == (2, 0)
    text = lint.render(report)
    assert "Two accounts and a rival" in text and text.endswith("2 errors, 0 warnings")
    assert f"{bad}/scenario.yaml:6:7: year must be between 1990 and 2100, not 30 [K203]" in text
    data = json.loads(json.dumps(report.to_dict()))
    assert [len(item["findings"]) for item in data["scenarios"]] == [0, 1, 1]
    assert set(data["scenarios"][0]["minutes"]) == {"4", "8", "12"}
    assert data["scenarios"][1]["findings"][0]["line"] == 6


def test_lint_without_a_source_names_the_path(tmp_path: Path) -> None:
    """A scenario built in Python can be checked too: the path stands in the sentence."""
    scenario = reader.load_scenario(write_minimal(tmp_path))
    broken = scenario.model_copy(update={"macro": (scenario.macro[1], scenario.macro[0])})
    (found,) = lint.lint(broken)
    assert found.message.startswith("macro.1.quarter: ")


def test_the_report_says_when_references_wait_for_values(tmp_path: Path) -> None:
    """An author who mends a value is not surprised by the references that could not be looked at before."""
    write_minimal(tmp_path)
    waits = "references are checked once these are mended"
    assert waits not in lint.render(lint.check_paths([tmp_path]))
    (tmp_path / K).write_text(KESTREL.replace("trust: 0.5", "trust: x").replace("line: sensors", "line: gears"))
    assert lint.render(lint.check_paths([tmp_path])).count(waits) == 1
    (tmp_path / K).write_text(KESTREL)
    (tmp_path / V).write_text(ORVIK.replace("  - id: brandl", "    id: brandl"))
    assert [found.code for found in reader.read_scenario(tmp_path)[1]] == ["K109"], "no follow-ups of a missing dash"
    assert waits in lint.render(lint.check_paths([tmp_path]))
    (tmp_path / V).write_text(ORVIK)
    (tmp_path / K).write_text(KESTREL.replace("line: sensors", "line: gears"))
    assert waits not in lint.render(lint.check_paths([tmp_path]))


def test_hours_that_the_standing_rhythms_just_fill_are_fine(tmp_path: Path) -> None:
    """A team without an hour to spare is hard, not impossible."""
    assert findings_after(tmp_path, S, "year: 2030", "year: 2030\ntime: {quarter: 60}") == []


def test_a_negotiation_takes_its_time() -> None:
    """A negotiation costs four minutes of thinking and its words from the quarter in which it comes, none before."""
    scenario = reader.load_scenario("portfolio")
    (talk,) = (talk for account in scenario.accounts for talk in account.talks)
    without = scenario.model_copy(
        update={"accounts": tuple(account.model_copy(update={"talks": ()}) for account in scenario.accounts)}
    )
    quarter = talk.quarter
    assert lint.predicted_minutes(scenario, quarter - 1) == lint.predicted_minutes(without, quarter - 1)
    longer = lint.predicted_minutes(scenario, quarter) - lint.predicted_minutes(without, quarter)
    spoken = [*talk.replies.counters.values(), *talk.replies.hints.values()]
    words = sum(len(text.split()) for text in (talk.title, talk.text, talk.replies.opens, talk.replies.accepts))
    words += 5 * sum(len(text.split()) for text in spoken) / len(spoken)
    assert longer == pytest.approx(4 + words / 200)


NEED = """    needs:
      - welcomes: [longer_term]
        title: A price that stays
        text: A price that stays, please.
        replies: {granted: Yes., traded: Good., trade_refused: No., declined: So., lapsed: Late.}
"""
WAY = """    ways:
      - {title: Six, text: Six per cent again., lapsed: Nobody wrote.}
"""


def test_needs_are_told_in_several_ways_and_none_in_the_words_of_another(tmp_path: Path) -> None:
    """Counted for authors who tell anything anew: a need in one way only is named; two needs in the same words are a
    fault, and so is a spread by which two requests or moments may meet, told as a warning."""
    text = ORVIK[ORVIK.index("    ask: 0.06") :].splitlines(keepends=True)[0]

    def codes(folder: str, added: str) -> list[str]:
        return [found.code for found in findings_after(tmp_path / folder, V, text, text + added)]

    assert not {"K357", "K358"} & set(codes("plain", ""))
    assert codes("need", NEED).count("K357") == 2
    assert codes("both", NEED + WAY).count("K357") == 1
    said = re.search(r"\n    text: (>-\n      )?(.+)\n", ORVIK[ORVIK.index("requests:") :])
    assert said is not None
    same = NEED.replace("text: A price that stays, please.", f"text: {json.dumps(said[2])}")
    assert "K358" in codes("same", same)
    assert lint.summary(reader.load_scenario(write_minimal(tmp_path / "counted")))["ways"] == 0
