"""The checker knows what belongs to business cases: the desk, moments, answers, worked examples, and their files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kamsim.errors import ScenarioError
from kamsim.scenario import folder, lint, reader, yaml_text
from kamsim.scenario.findings import Finding

from .casework import ASK_DESK, DESK, EXAMPLES, MOMENT, inline, write_casework
from .minimal import write_minimal
from .test_lint import place_of

S, V, K, D, E = "scenario.yaml", "accounts/orvik.yaml", "accounts/kestrel.yaml", "desk.yaml", "examples.yaml"
LONG = " ".join(["word"] * 91)
SECOND = MOMENT.replace("moments:\n", "").replace("id: dock", "id: quay").replace("quarter: 3", "quarter: 5")
EARLIER = SECOND.replace("quarter: 5", "quarter: 2").replace(
    "    place:", "    twist: rival\n    twist_text: Sudo is here.\n    place:"
)
AGAIN = SECOND.replace("quarter: 5", "quarter: 03")
WHERE = "    place: On dock two"


def findings_after(folder: Path, file: str, old: str, new: str) -> list[Finding]:
    """What the checker says about the casework with one change."""
    path = write_casework(folder) / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return reader.read_scenario(folder)[1]


ERRORS = [
    # file, old, new, code, the text at which it is shown, a part of the sentence
    (V, f"brandl\n{WHERE}", f"brandel\n{WHERE}", "K301", "brandel",
     "orvik has no person 'brandel'; it has aune and brandl (did you mean 'brandl'?)"),
    (V, f"brandl\n{WHERE}", f"moen\n{WHERE}", "K301", "moen", "orvik has no person 'moen'; it has aune and brandl"),
    (V, WHERE, f"    initiative: quiet_ship\n{WHERE}", "K301", "quiet_ship\n",
     "orvik has no initiative 'quiet_ship'; it has later and quiet_ships (did you mean 'quiet_ships'?)"),
    (K, "trust: 0.5\n", f"trust: 0.5\n{MOMENT.replace('brandl', 'moen').replace('quarter: 3', 'quarter: 4')}", "K302",
     "dock\n    quarter", "the moment 'dock' exists already"),
    (V, "bespoke:", f"{AGAIN}bespoke:", "K329", "03\n", "'dock' comes in quarter 3 too"),
    (K, "trust: 0.5\n", f"trust: 0.5\nmoments:\n{AGAIN.replace('brandl', 'moen')}", "K329", "03\n", "'dock' comes in quarter 3"),
    (V, WHERE, f"    twist: rival\n{WHERE}", "K330", "rival\n    place", "the twist of 'dock' needs a twist_text"),
    (V, "What do I get?", "What does {acount} get?", "K319", "{acount}", "(did you mean {account}?)"),
    (V, "Yes for {account} then.", "Yes for {customer} then.", "K319", "{customer}", "{customer} stands for nothing; known are account"),
    (D, "That is one", "That {name} is one", "K319", "{name}", "{name} stands for nothing"),
    (D, "Mend the cause.", "Mend {it}.", "K319", "{it}", "{it} stands for nothing"),
    (D, "id: roy", "id: lind", "K302", "lind\n    name: Ada", "the approver 'lind' exists already"),
    (D, "[0.01, 0.04, 0.1]", "[0.04, 0.01, 0.1]", "K338", "[0.04", "each at least the one before, not 0.04, 0.01 and"),
    (D, "seat: finance", "seat: finanse", "K205", "finanse", "(did you mean 'finance'?)"),
    (D, "        cause: Mend", "        couse: Mend", "K202", "couse", "(did you mean 'cause'?)"),
    (D, "power: 0.4", "power: 4", "K203", "4\n    measure", "power must be between 0 and 1, not 4"),
    (D, "power: 0.6", "power: 60%", "K204", "60%", "write 0.6"),
    (E, "audience: customer", "audience: costumer", "K205", "costumer", "(did you mean 'customer'?)"),
    (E, "  title: Four trucks\n", "", "K201", "id: trucks", "trucks: title is missing"),
    (E, "difference:", "diference:", "K202", "diference", "(did you mean 'difference'?)"),
    (S, "{year: 2, metric", "{year: 1, metric", "K302", "1, metric: volume", "the goal of year '1' exists already"),
]  # fmt: skip

WARNINGS = [
    (V, "bespoke:", f"{EARLIER}bespoke:", "K331", "rival\n    twist_text", "'quay' is the first moment"),
    (V, WHERE, f"    twist_text: Sudo is here.\n{WHERE}", "K330", "Sudo is here", "its twist_text is never said"),
    (V, "    objections:\n      alignment: Mend the alignment.\n", "    objections:\n", "K337", "objections:",
     "brandl has no objection for alignment"),
    (V, f"brandl\n{WHERE}", f"aune\n{WHERE}", "K339", "id: dock", "names no initiative, and 'aune' owns none"),
    (V, WHERE, f"    initiative: later\n{WHERE}", "K339", "later\n    place", "'later' has not started by quarter 3"),
    (V, "        cause: Mend the cause.\n", "", "K335", "case:", "Hanne Brandl answers business cases, and has nothing"),
    (V, "      returns: [Not yet.]\n", "", "K335", "case:", "nothing to say for returns"),
    (V, "cap: Half of it., ", "", "K335", "case:", "nothing to say for cap"),
    (V, "returns: [Not yet.]", "returns: [a, b, c, d, e, f, g]", "K321", "[a, b", "returns has 7 variants; 6 are enough"),
    (V, "cost: 40000", "cost: 4000000", "K336", "4000000", "of what orvik buys in a year"),
    (V, "cost: 40000", "cost: 40", "K336", "40}", "0.00% of what orvik buys in a year"),
    (V, "Mend the options.", LONG, "K314", "word word", "options has 91 words"),
    (D, "        cause: Mend the cause.\n", "", "K335", "says:", "Vera Lind answers business cases"),
    (D, "seat: finance", "seat: sales", "K332", "sales\n    power: 0.4", "Ada Roy has the seat of sales, and so has Vera"),
    (S, ASK_DESK, f"{ASK_DESK}  - {{move: recut_case, quarter: 4, reason: Now.}}\n", "K334", "recut_case",
     "should not wait for quarter 4"),
    (S, "{year: 2, metric", "{year: 4, metric", "K305", "4, metric", "year 4 never comes"),
    (E, "metric: savings, claim: 100000", "metric: profit, claim: 100000", "K340", "profit", "customer measures"),
    (E, "audience: customer", "audience: company", "K340", "savings", "profit or volume, not savings"),
    (E, "Four trucks would do.", LONG, "K314", "word word", "text has 91 words"),
]  # fmt: skip


def test_sound_casework_has_no_findings(tmp_path: Path) -> None:
    """What is sound is left in peace, however long a bad example is, and comes back from its canonical form."""
    assert findings_after(tmp_path, E, "Dear Sir or Madam.", LONG) == []
    scenario = reader.load_scenario(tmp_path)
    assert scenario.desk is not None and len(scenario.examples) == 1
    assert reader.scenario_from_canonical(reader.canonical(scenario)) == scenario


@pytest.mark.parametrize("case", ERRORS)
def test_casework_that_does_not_fit_is_an_error_at_its_place(tmp_path: Path, case: tuple[str, ...]) -> None:
    """Each fault is told once, in the file and at the place where the author must mend it, and forbids play."""
    file, old, new, code, shown_at, sentence = case
    errors = [found for found in findings_after(tmp_path, file, old, new) if found.severity == "error"]
    (found,) = (found for found in errors if found.code == code)
    assert found.file.endswith(file)
    assert (found.line, found.column) == place_of(tmp_path, file, shown_at)
    assert sentence in str(found)
    with pytest.raises(ScenarioError, match=re.escape(code)):
        reader.load_scenario(tmp_path)


@pytest.mark.parametrize("case", WARNINGS)
def test_odd_casework_is_a_warning_at_its_place(tmp_path: Path, case: tuple[str, ...]) -> None:
    """Oddities are told at their place and never forbid play."""
    file, old, new, code, shown_at, sentence = case
    findings = findings_after(tmp_path, file, old, new)
    assert [found.code for found in findings if found.severity == "error"] == []
    found = next(found for found in findings if found.code == code)
    assert found.file.endswith(file)
    assert (found.line, found.column) == place_of(tmp_path, file, shown_at)
    assert sentence in str(found) and ": warning: " in str(found)


def test_a_desk_needs_power_and_a_reason_to_ask_it(tmp_path: Path) -> None:
    """A desk on which nobody can decide forbids play; one that nobody is told of, or an unlock without one, is odd."""
    write_casework(tmp_path)
    (tmp_path / D).write_text(DESK.replace("power: 0.6", "power: 0").replace("power: 0.4", "power: 0"))
    (found,) = reader.read_scenario(tmp_path)[1]
    assert (found.code, found.severity, Path(found.file).name) == ("K310", "error", D)
    found = next(found for found in findings_after(tmp_path, S, ASK_DESK, "") if found.code == "K333")
    assert "gives the reason" in found.message and found.file.endswith(D)
    write_casework(tmp_path)
    (tmp_path / D).unlink()
    (found,) = reader.read_scenario(tmp_path)[1]
    assert found.code == "K333" and "no desk" in found.message
    assert (found.line, found.column) == place_of(tmp_path, S, "ask_desk")


def test_a_part_may_stand_in_the_first_file(tmp_path: Path) -> None:
    """A scenario is the same, to the digest, wherever its desk and examples stand; in both places is an error."""
    apart = reader.load_scenario(write_casework(tmp_path))
    text = (tmp_path / S).read_text(encoding="utf-8")
    (tmp_path / S).write_text(text + inline("desk", DESK) + inline("examples", EXAMPLES))
    twice = reader.read_scenario(tmp_path)[1]
    assert [(found.code, found.severity) for found in twice] == [("K123", "error"), ("K123", "error")]
    assert (twice[0].line, twice[0].column) == place_of(tmp_path, S, "desk:\n")
    assert str(twice[0]).endswith("desk stands here and in desk.yaml; keep one of the two [K123]")
    (tmp_path / D).unlink()
    (tmp_path / E).unlink()
    assert reader.load_scenario(tmp_path).digest == apart.digest


def test_a_faulty_part_is_told_like_any_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A part that is empty, no YAML, a folder, a link out of the folder or beyond the budget is one clear finding, and
    the rest is still looked at."""
    write_casework(tmp_path / "s")
    desk = tmp_path / "s" / D
    for text, code in (("", "K106"), ("a: [b\n", "K107"), ("- a\n", "K204"), ("a: !x 1\n", "K108")):
        desk.write_text(text)
        findings = reader.read_scenario(tmp_path / "s")[1]
        assert code in [found.code for found in findings] and all(found.file.endswith(D) for found in findings)
    (tmp_path / "s" / V).write_text("id: orvik\ntrust: 7\n")
    assert any("trust must be between" in found.message for found in reader.read_scenario(tmp_path / "s")[1])
    write_casework(tmp_path / "s")
    outside = tmp_path / "outside.yaml"
    desk.rename(outside)
    desk.symlink_to(outside)
    (found,) = reader.read_scenario(tmp_path / "s")[1]
    assert found.code == "K102" and "outside" in found.message
    desk.unlink()
    desk.mkdir()
    assert "is a folder" in reader.read_scenario(tmp_path / "s")[1][0].message
    desk.rmdir()
    outside.rename(desk)
    monkeypatch.setattr(yaml_text, "MOST_NODES", 100)
    monkeypatch.setattr(folder, "Budget", lambda **given: yaml_text.Budget(nodes=100, **given))
    assert "K115" in [found.code for found in reader.read_scenario(tmp_path / "s")[1]]


def test_a_part_with_another_name_is_told(tmp_path: Path) -> None:
    """A misspelt file beside the first is not silently left unread."""
    write_casework(tmp_path)
    (tmp_path / E).rename(tmp_path / "example.yaml")
    (tmp_path / D).rename(tmp_path / "desk.yml")
    (tmp_path / "notes.yaml").write_text("a: 1\n")
    told = [found for found in reader.read_scenario(tmp_path)[1] if found.code == "K122"]
    assert [found.message for found in told] == ["desk.yml is not read", "example.yaml is not read"]
    assert [found.suggestion for found in told] == ["'desk.yaml'", "'examples.yaml'"]


def test_moments_and_cases_take_their_time(tmp_path: Path) -> None:
    """A moment adds 75 seconds by its chance, a case 180 in each quarter that has them; the footer counts moments."""
    plain = reader.load_scenario(write_minimal(tmp_path / "plain"))
    scenario = reader.load_scenario(write_casework(tmp_path / "casework"))
    assert (lint.summary(plain)["moments"], lint.summary(scenario)["moments"]) == (0, 1)
    assert "1 moment," in lint.render(lint.check_paths([tmp_path / "casework"]))
    orvik = scenario.accounts[0]
    half = orvik.moments[0].model_copy(update={"chance": 0.5})
    minutes = [
        lint.predicted_minutes(scenario.model_copy(update={"accounts": (account, scenario.accounts[1])}), 4)
        for account in (orvik, orvik.model_copy(update={"moments": (half,)}), orvik.model_copy(update={"moments": ()}))
    ]
    assert minutes[0] - minutes[1] == pytest.approx(75 / 2 / 60)
    assert minutes[1] - minutes[2] == pytest.approx(75 / 2 / 60)
    silent = orvik.model_copy(update={"people": plain.accounts[0].people})
    desk_only = scenario.model_copy(update={"accounts": (silent, scenario.accounts[1])})
    neither = desk_only.model_copy(update={"desk": None})
    assert lint.predicted_minutes(scenario, 4) - lint.predicted_minutes(neither, 4) == pytest.approx(4 * 3)
    assert lint.predicted_minutes(desk_only, 4) - lint.predicted_minutes(neither, 4) == pytest.approx(2 * 3)
