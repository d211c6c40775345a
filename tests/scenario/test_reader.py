"""The reader gives a scenario, or findings that tell an author where and what; whatever the bytes are."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import get_args

import pytest
import yaml

from kamsim.errors import ScenarioError
from kamsim.players.simulate import override
from kamsim.scenario import reader, yaml_text
from kamsim.scenario.findings import MOST_SHOWN, Finding
from kamsim.scenario.models import Scenario
from kamsim.scenario.vocabulary import MoveKind

from .minimal import KESTREL, ORVIK, SCENARIO, write_minimal

SCALARS = [
    ("true", True),
    ("False", False),
    ("null", None),
    ("~", None),
    ("", None),
    ("12", 12),
    ("+7", 7),
    ("-3", -3),
    ("017", 17),
    ("08", 8),
    ("0o17", 15),
    ("0xFf", 255),
    ("1e6", 1_000_000.0),
    ("1.5E-3", 0.0015),
    (".5", 0.5),
    ("-2.", -2.0),
    (".inf", float("inf")),
    ("-.INF", float("-inf")),
    *(
        (text, text)
        for text in (
            *("NO", "no", "yes", "on", "Off", "n", "tRUE", "12:30", "1:30:00", "2019-04-01", "2019-13-01"),
            *(
                "1_000",
                "10_000.5",
                "0b11",
                "0x",
                "0o8",
                "-0x1",
                "1e",
                "e6",
                ".",
                "..",
                "+",
                "-",
                "=",
                "1.2.3",
                "²",
                "\u0661",
            ),
        )
    ),
]


@pytest.fixture(params=["C", "Python"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """PyYAML with its C parser and without."""
    monkeypatch.setattr(
        yaml_text, "LOADER", getattr(yaml, "CSafeLoader", None) if request.param == "C" else yaml.SafeLoader
    )
    if yaml_text.LOADER is None:
        pytest.skip("this PyYAML has no C parser")


def read_text(text: str | bytes) -> tuple[object, list[Finding]]:
    raw = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    node, findings = yaml_text.read_yaml(raw, "x.yaml", yaml_text.Budget())
    return (node.plain() if node else None), findings


def findings_with(folder: Path, scenario: str = SCENARIO, orvik: str = ORVIK, kestrel: str = KESTREL) -> list[Finding]:
    write_minimal(folder)
    (folder / "scenario.yaml").write_text(scenario, encoding="utf-8")
    (folder / "accounts/orvik.yaml").write_text(orvik, encoding="utf-8")
    (folder / "accounts/kestrel.yaml").write_text(kestrel, encoding="utf-8")
    return reader.read_scenario(folder)[1]


@pytest.mark.parametrize(("text", "value"), SCALARS)
@pytest.mark.usefixtures("loader")
def test_plain_scalars_are_yaml_1_2(text: str, value: object) -> None:
    """The game reads a value as an editor shows it: NO is text and 1e6 a number."""
    data, findings = read_text(
        f"k: {text}\n" if text not in ("-", "=") else f"k: [{text} ]\n" if text == "=" else "k: '-'\n"
    )
    assert not findings
    got = data["k"] if text != "=" else data["k"][0]  # type: ignore[index]
    assert got == value and type(got) is type(value)


@pytest.mark.usefixtures("loader")
def test_quoted_scalars_are_text() -> None:
    """Quotes make text of anything, block scalars too."""
    assert read_text("a: 'true'\nb: \"1\"\nc: |\n  3\n")[0] == {"a": "true", "b": "1", "c": "3\n"}


@pytest.mark.usefixtures("loader")
def test_aliases_stand_for_their_anchor() -> None:
    """A sound alias is a second copy, and keys keep their text."""
    assert read_text("a: &x [1, {y: 2}]\nb: *x\nno: 3\n")[0] == {"a": (1, {"y": 2}), "b": (1, {"y": 2}), "no": 3}


REFUSED = [
    ("duplicate key", "a: 1\nbb: 2\na: 3\n", "K109", 3, 1),
    ("merge key", "a: &a {x: 1}\nb:\n  <<: *a\n", "K110", 3, 3),
    ("missing key", "a: 1\n?\n: 2\n", "K111", 2, 2),
    ("list as key", "a: 1\n[b, c]: 2\n", "K111", 2, 1),
    ("unknown anchor", "a: *nobody\n", "K112", 1, 4),
    ("alias in itself", "a: &a\n  - *a\n", "K112", 2, 5),
    ("second document", "a: 1\n---\nb: 2\n", "K113", 2, 1),
    ("long number", "a: " + "9" * 5000, "K114", 1, 4),
    ("tag", "a: !!python/name:os.system x\n", "K108", 1, 4),
    ("local tag", "a:\n  - !secret x\n", "K108", 2, 5),
    ("plain string tag", "a: !!str 1\n", "K108", 1, 4),
    ("control character", "a: 1\nb: x\x07y\n", "K105", 2, 5),
    ("null character", "a\0b", "K105", 1, 2),
    ("escaped control character", 'a: "\\e[31m"\n', "K105", 1, 4),
    ("line separator", "a: 1\nb: x\u2028y\n", "K105", 2, 5),
    ("latin-1", b"a: 1\nb: \xe9t\xe9\n", "K104", 2, 4),
    ("utf-16", "a: 1".encode("utf-16"), "K104", 1, 1),
    ("empty", "", "K106", 1, 1),
    ("comment only", "# nothing yet\n", "K106", 1, 1),
    ("tab", "a:\n\tb: 1\n", "K107", 2, 1),
    ("open quote", 'a: "b\n', "K107", None, None),
    ("colon in text", "a: b: c\n", "K107", 1, 5),
    ("percent", "a: %b\n", "K107", 1, 4),
    ("indentation", "a:\n    b: 1\n  c: 2\n", "K107", 3, 3),
    ("open list", "a: [b\n", "K107", None, None),
    ("too large", "a" * ((1 << 20) + 1), "K103", 1, 1),
]


@pytest.mark.parametrize(
    ("text", "code", "line", "column"), [case[1:] for case in REFUSED], ids=[c[0] for c in REFUSED]
)
@pytest.mark.usefixtures("loader")
def test_refused_text(text: str | bytes, code: str, line: int | None, column: int | None) -> None:
    """What is not plain YAML is refused at its place, the same with and without the C parser."""
    _, findings = read_text(text)
    assert [found.code for found in findings] == [code]
    assert line is None or (findings[0].line, findings[0].column) == (line, column)
    assert "expected" not in findings[0].message and len(str(findings[0])) < 200


BOMBS = {
    "brackets": "a: " + "[" * 50_000,
    "braces": "{a: " * 50_000,
    "dashes": "- " * 50_000,
    "question marks": "? " * 50_000,
    "laughs": "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
    + "".join(f"{chr(i + 1)}: &{chr(i + 1)} [{','.join([f'*{chr(i)}'] * 10)}]\n" for i in range(97, 107)),
    "deep aliases": "a0: &a0 []\n" + "".join(f"a{i}: &a{i} [*a{i - 1}]\n" for i in range(1, 5_000)),
    "merges": "a0: &a0 {x: 1}\n"
    + "".join(f"a{i}: &a{i} {{<<: [{', '.join([f'*a{i - 1}'] * 9)}]}}\n" for i in range(1, 9)),
    "tags": "- !a x\n" * 40_000,
    "duplicates": "a: 1\n" * 40_000,
    "unknown aliases": "- *a\n" * 40_000,
    "digits": "a: " + "9" * 1_000_000,
    "unknown keys": "".join(f"key{i}: 1\n" for i in range(45_000)),
    "many values": "a: [" + "a," * 400_000 + "]",
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_refused_at_once(tmp_path: Path, name: str) -> None:
    """No small file can hold up a class: each is refused in well under the seconds of processor time it was made to
    take."""
    write_minimal(tmp_path)
    (tmp_path / "scenario.yaml").write_text(BOMBS[name])
    start = time.process_time()
    with pytest.raises(ScenarioError) as caught:
        reader.load_scenario(tmp_path)
    assert time.process_time() - start < 4
    assert len(caught.value.findings) <= MOST_SHOWN + 1
    assert max(len(line) for line in str(caught.value).splitlines()) < 300 + len(str(tmp_path))


BAD = """\
format: 1
id: Minimal Case
titel: Two accounts
summary: 2030
briefing: ""
currency: EURO
year: 1871
company:
  name: Halden Drives
  brief: Makes bearings.
  role: Key Account Manager
  cost_of_capital: 1.4
  boss: Vera Lind
length: {standard: 8, shortest: 0, longest: 12}
time:
  quarter: 395
  weeks: 2.5
lines:
  - id: bearings
    name: Bearing sets
    unit: bearing set
    list_price: .nan
    unit_cost: 62
    capacity: 3e99
    other_load: 9000
    list_price: 3
activities:
  - id: order_desk
    name: Order desk
    rate: "48"
    capacity: 2000
    hours: {order: 0.6}
rivals: []
macro:
  - {quarter: 1, demand: 0, recession: no}
incident_kinds: !list
  - id: late
    name: A late delivery
    severity: 0.4
unlocks:
  - {move: seek_exec, quarter: 2, reason: You were seen.}
accounts: [orvik, kestral]
"""
BAD_ORVIK = ORVIK.replace("share: 0.6", "share: 0.98").replace("share: 0.3}", "share: 0.3, season: [1, 1, 1]}")

BAD_EXPECTED = """\
scenario.yaml:2:5: id must be a short name of a-z, 0-9 and _, a letter first, at most 32 long, not 'Minimal Case' \
(did you mean 'minimal_case'?) [K207]
scenario.yaml:3:1: 'titel' is not known (did you mean 'title'?) [K202]
scenario.yaml:4:10: summary must be text (put it in quotes), not 2030 [K204]
scenario.yaml:5:11: briefing is empty; write some text [K206]
scenario.yaml:6:11: currency must be AED, AFN, ALL, AMD, AOA, ARS, AUD, AWG, AZN, BAM, BBD or 142 more, not 'EURO' (did you mean 'EUR'?) [K205]
scenario.yaml:7:7: year must be between 1990 and 2100, not 1871 [K203]
scenario.yaml:12:20: cost_of_capital must be between 0 and 1, not 1.4 (did you mean 0.014?) [K203]
scenario.yaml:13:9: boss must be a mapping of named values, not 'Vera Lind' [K204]
scenario.yaml:14:33: shortest must be between 1 and 40, not 0 [K203]
scenario.yaml:16:12: quarter must be a multiple of 10, not 395 [K203]
scenario.yaml:17:10: weeks must be a whole number, not 2.5 [K204]
scenario.yaml:22:17: list_price must be a finite number, not .nan [K209]
scenario.yaml:24:15: capacity must be between 0.001 and 1,000,000,000, not 3e+99 [K203]
scenario.yaml:26:5: 'list_price' is given twice; it is already on line 22 [K109]
scenario.yaml:30:11: rate must be a number, not '48'; write 48 without quotes [K204]
scenario.yaml:32:13: 'order' is not known in hours (did you mean 'orders'?) [K202]
scenario.yaml:33:9: rivals needs at least 1 entry [K208]
scenario.yaml:35:26: demand must be between 0.01 and 1000, not 0 [K203]
scenario.yaml:35:40: recession must be true or false, not 'no'; write false [K204]
scenario.yaml:36:17: tags (!) are not allowed; put a text in quotes [K108]
scenario.yaml:37:5: late: text is missing [K201]
scenario.yaml:41:12: move must be set_rhythm, meet, scan, review_costs, seek_executive, set_discount, set_rebate, \
offer_terms, answer_request, handle_incident, expedite or MANY more, not 'seek_exec' (did you mean 'seek_executive'?) [K205]
scenario.yaml:42:19: there is no file accounts/kestral.yaml (did you mean 'kestrel'?) [K101]
accounts/orvik.yaml:13:44: share must be between 0.001 and 0.97, not 0.98 [K203]
accounts/orvik.yaml:15:54: season needs exactly 4 entries [K208]
"""


@pytest.mark.usefixtures("loader")
def test_every_mistake_is_told_at_once_in_plain_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One run names every mistake of an author, at its line and column, with what was probably meant."""
    monkeypatch.chdir(tmp_path)
    findings = findings_with(tmp_path, BAD, BAD_ORVIK)
    told = [str(found).removeprefix(f"{tmp_path}/") for found in findings]
    others = str(len(get_args(MoveKind)) - 11)
    assert told == BAD_EXPECTED.replace("MANY", others).splitlines()


def test_values_inside_an_alias_point_at_the_text_that_holds_them(tmp_path: Path) -> None:
    """A fault in an anchored value is shown where it was written."""
    scenario = SCENARIO.replace(
        "  - id: sensors\n    name: Condition sensors", "  - id: sensors\n    name: &n 4"
    ).replace("    unit: sensor\n", "    unit: *n\n")
    assert [(found.line, found.column) for found in findings_with(tmp_path, scenario)] == [(25, 11), (26, 11)]


def test_long_values_are_not_repeated(tmp_path: Path) -> None:
    """A finding never floods the screen with what somebody wrote."""
    found = findings_with(tmp_path, SCENARIO.replace("year: 2030", f"year: {'very ' * 40}"))[0]
    assert str(found).endswith("year must be a whole number [K204]")


def test_many_faults_of_a_kind_are_one_line_and_a_count(tmp_path: Path) -> None:
    """Of many faults of a kind the first ten stand alone, one line counts those like them, and one those beyond."""
    extra = "".join(f"stray{i}: 1\n" for i in range(700))
    write_minimal(tmp_path)
    (tmp_path / "scenario.yaml").write_text(SCENARIO + extra)
    with pytest.raises(ScenarioError) as caught:
        reader.load_scenario(tmp_path)
    *listed, folded, beyond = str(caught.value).splitlines()
    assert len(listed) == 10
    assert "and 489 more like it, on lines" in folded
    assert beyond == "and 200 more [K999]"
    assert len(caught.value.findings) == 12


def test_a_faulty_account_does_not_hide_the_others(tmp_path: Path) -> None:
    """Where one account cannot be read at all, the values of the rest are still checked, and no follow-ups told."""
    findings = findings_with(tmp_path, orvik="id: 'orvik", kestrel=KESTREL.replace("trust: 0.5", "trust: 5"))
    assert [found.code for found in findings] == ["K107", "K203"]
    assert findings[1].file.endswith("kestrel.yaml")
    assert [found.code for found in findings_with(tmp_path, orvik="", kestrel="[]")] == ["K106", "K117"]


def test_an_account_has_its_files_name(tmp_path: Path) -> None:
    """What news calls an account is what its file is called."""
    found = findings_with(tmp_path, kestrel=KESTREL.replace("id: kestrel", "id: falcon"))[0]
    assert (found.code, found.line, found.column) == ("K121", 1, 5)


@pytest.mark.parametrize(
    "name",
    ["../secret", "/etc/passwd", "a/b", "..", "Orvik", '"a\\tb"', "3", "null", "[orvik]", "x" * 40, "orvik.yaml"],
)
def test_account_names_are_names(tmp_path: Path, name: str) -> None:
    """No name in a scenario can point at a file outside its accounts folder."""
    (tmp_path / "secret.yaml").write_text("id: secret")
    folder = tmp_path / "s"
    findings = findings_with(folder, SCENARIO.replace("accounts: [orvik, kestrel]", f"accounts: [{name}]"))
    assert [found.code for found in findings] == ["K120"]
    assert "secret" not in findings[0].message or "../secret" in findings[0].message


def test_links_out_of_the_folder_are_refused(tmp_path: Path) -> None:
    """A scenario from a stranger cannot read a file beside it through a link; a link inside is fine."""
    folder = write_minimal(tmp_path / "s")
    outside = tmp_path / "kestrel.yaml"
    inside = folder / "accounts/kestrel.yaml"
    inside.rename(outside)
    inside.symlink_to(outside)
    (found,) = reader.read_scenario(folder)[1]
    assert found.code == "K102" and "outside" in found.message
    inside.unlink()
    outside.rename(folder / "kept.yaml")
    inside.symlink_to(folder / "kept.yaml")
    assert reader.load_scenario(folder)
    inside.unlink()
    inside.symlink_to(inside)
    assert [found.code for found in reader.read_scenario(folder)[1]] == ["K102"]


def test_what_is_no_file_is_refused_in_words(tmp_path: Path) -> None:
    """Missing folders, folders in place of files, devices and strange paths each get one clear sentence."""
    import os

    folder = write_minimal(tmp_path / "s")
    entry = folder / "scenario.yaml"
    entry.unlink()
    cases: list[tuple[object, str]] = [(folder, "there is no file"), (tmp_path / "nowhere", "no such folder or file")]
    for path, sentence in cases:
        (found,) = reader.read_scenario(path)[1]  # type: ignore[arg-type]
        assert found.code == "K101" and sentence in found.message
    entry.mkdir()
    assert "is a folder" in reader.read_scenario(folder)[1][0].message
    entry.rmdir()
    os.mkfifo(entry)
    assert "not a regular file" in reader.read_scenario(folder)[1][0].message
    for strange in ("a\0b", "x" * 5000, "", "/dev/zero", "halden drives", str(folder / "accounts/orvik.yaml")):
        with pytest.raises(ScenarioError):
            reader.load_scenario(strange)


def test_a_shipped_scenario_is_known_by_its_id(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An id finds what ships, wherever one stands, and a misspelt one is put right."""
    write_minimal(tmp_path / "minimal")
    monkeypatch.setattr("kamsim.scenario.folder.data_folder", lambda kind: tmp_path)
    assert reader.shipped() == ["minimal"]
    assert reader.load_scenario("minimal").id == "minimal"
    with pytest.raises(ScenarioError, match="did you mean 'minimal'"):
        reader.load_scenario("minimel")


def test_the_same_scenario_by_any_path_with_any_loader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folder, file, byte-order mark, Windows line ends and a PyYAML without C all give the same scenario."""
    folder = write_minimal(tmp_path)
    first = reader.load_scenario(folder)
    assert reader.load_scenario(str(folder / "scenario.yaml")) == first
    for file in (folder / "scenario.yaml", folder / "accounts/orvik.yaml"):
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    monkeypatch.setattr(yaml_text, "LOADER", yaml.SafeLoader)
    assert reader.load_scenario(folder).digest == first.digest


def test_the_canonical_form_gives_the_scenario_back(tmp_path: Path) -> None:
    """A log's header holds the whole scenario: through JSON and back it is equal, with the same digest."""
    scenario = reader.load_scenario(write_minimal(tmp_path))
    data = json.loads(json.dumps(reader.canonical(scenario)))
    again = reader.scenario_from_canonical(data)
    assert isinstance(again, Scenario) and again == scenario
    assert again.digest == scenario.digest and len(scenario.digest) == 64


def test_a_changed_canonical_form_is_refused_in_words(tmp_path: Path) -> None:
    """A recorded scenario that was tampered with is an error with the path of each fault, never a crash later."""
    data = reader.canonical(reader.load_scenario(write_minimal(tmp_path)))
    wrong = json.loads(json.dumps(data))
    wrong["accounts"][0]["trust"] = 7
    with pytest.raises(
        ScenarioError, match=r"^the recorded scenario: accounts\.orvik\.trust must be between 0 and 1, not 7"
    ):
        reader.scenario_from_canonical(wrong)
    wrong = json.loads(json.dumps(data))
    wrong["accounts"][0]["requests"][0]["person"] = "nobody"
    with pytest.raises(
        ScenarioError, match=r"accounts\.orvik\.requests\.six_per_cent\.person: orvik has no person 'nobody'"
    ):
        reader.scenario_from_canonical(wrong)
    for hopeless in ({"format": object()}, {"format": float("nan")}, {}, []):
        with pytest.raises(ScenarioError):
            reader.scenario_from_canonical(hopeless)  # type: ignore[arg-type]


def test_an_override_is_refused_with_its_path_and_value(tmp_path: Path) -> None:
    """Whoever changes a value from Python reads the path as they would write it, and the value that they gave."""
    scenario = reader.load_scenario(write_minimal(tmp_path))
    cases: list[tuple[str, object, str]] = [
        ("accounts.orvik.trust", 9, "accounts.orvik.trust must be between 0 and 1, not 9 "),
        ("accounts.0.people.aune.tie", "x", "accounts.orvik.people.aune.tie must be a number, not 'x'"),
        ("accounts.kestrel.business.sensors.share", None, "accounts.kestrel.business.sensors.share must be a number"),
        ("accounts.orvik.headquarters", "nord", "accounts.orvik.headquarters: orvik has no region 'nord'"),
    ]
    for path, value, sentence in cases:
        with pytest.raises(ScenarioError) as caught:
            override(scenario, {path: value})
        assert str(caught.value).startswith(f"overrides: {sentence}")


SPACES = [
    ("a:\n\tb: 1\n", 2, 1, "a tab"),
    ("a:\n  b: 1\n\tc: 2\n", 3, 1, "a tab"),
    ("a:\n  b: 1\n  \tc: 2\n", 3, 3, "a tab"),
    ("a: >\n  b\n\tc\n", 3, 1, "a tab"),
    ("- a\n\t- b\n", 2, 1, "a tab"),
    ("a:\n\xa0\xa0b: 1\n", 2, 1, "a non-breaking space"),
    ("a:\n  b: 1\n\xa0\xa0c: 2\n", 3, 1, "a non-breaking space"),
    ("a: 1\nb:\xa02\nc: 3\n", 2, 3, "a non-breaking space"),
]


@pytest.mark.parametrize(("text", "line", "column", "sentence"), SPACES)
@pytest.mark.usefixtures("loader")
def test_spaces_that_are_none_are_named(text: str, line: int, column: int, sentence: str) -> None:
    """What an author cannot see is named and placed: a tab, a non-breaking space."""
    _, findings = read_text(text)
    assert [(found.code, found.line, found.column) for found in findings] == [("K107", line, column)]
    assert findings[0].message.startswith(sentence)


SLIPS = [
    ('a: 1\nb: "x\nc: 3\nd: 4\n', 2, 4, "never closed"),
    ("a: 'x\nb: it's 2\n", 1, 4, "closed on line 2, inside another text"),
    ('a: "x" y\nb: 2\n', 1, 4, "the other quotes"),
    ("a: 1\n  b: 2\n", 2, 4, "or its indentation is wrong"),
    ("a: 1\nfoo\nb: 2\n", 2, 1, "or its indentation is wrong"),
    ("a:\n  - b\n  c: 2\n", 3, 3, "a '-' is missing here"),
    ("a: [1,\n  2\nb: 3\n", 3, 2, "opened on line 1"),
]


@pytest.mark.parametrize(("text", "line", "column", "sentence"), SLIPS)
@pytest.mark.usefixtures("loader")
def test_slips_are_told_where_they_were_made(text: str, line: int, column: int, sentence: str) -> None:
    """The place is where the author must mend, not where the parser gave up, and the sentence says how."""
    _, (found,) = read_text(text)
    assert (found.code, found.line, found.column) == ("K107", line, column)
    assert sentence in found.message


@pytest.mark.usefixtures("loader")
def test_a_missing_dash_is_one_finding() -> None:
    """Two entries run into one are told once, not key by key; other doubles keep their own findings."""
    _, (found,) = read_text("p:\n  - id: a\n    name: x\n    age: 1\n    id: b\n    name: y\n    age: 2\n")
    assert (found.code, found.line, found.column) == ("K109", 5, 5)
    assert "it is already on line 2, and so are 2 more keys after it, or a '-' is missing before it" in found.message
    assert "so is one more key" in read_text("a: 1\nb: 2\na: 3\nb: 4\n")[1][0].message


@pytest.mark.usefixtures("loader")
def test_text_cut_by_a_comment_is_told() -> None:
    """`` #4`` in a text without quotes cuts it; an ordinary comment, a quote or a block does not."""
    _, findings = read_text("a: Hall #4 is late\nb: Hall # late\nc: 'Hall #4'\nd: >\n  Hall #4\ne: 1 # x\n")
    assert [(found.code, found.severity, found.line) for found in findings] == [("K118", "warning", 1)]


REMEDIES = [
    ("trust: 0.5\n", "trust: 12\n", "must be between 0 and 1, not 12 (did you mean 0.12?)"),
    ("trust: 0.5\n", "trust: 120\n", "must be between 0 and 1, not 120 [K203]"),
    ("trust: 0.5\n", "trust: 12%\n", "not '12%'; write 0.12 [K204]"),
    ("trust: 0.5\n", "trust: 0,45\n", "not '0,45'; write 0.45 with a point"),
    ("trust: 0.5\n", 'trust: "0.45"\n', "not '0.45'; write 0.45 without quotes"),
    ("trust: 0.5\n", 'trust: "9"\n', "not '9' [K204]"),
    ("wallet: 1200", 'wallet: "60,000"', "write 60000 without separators"),
    ("wallet: 1200", "wallet: 60 000", "write 60000 without separators"),
    ("wallet: 1200", "wallet: 60_000", "write 60000 without separators"),
    ("wallet: 1200", "wallet: 2000 sets", "write 2000 alone"),
    ("wallet: 1200", "wallet: 250k", "write 250000 [K204]"),
    ("wallet: 1200", "wallet: €250000", "write 250000 without the currency"),
    ("wallet: 1200", "wallet: many", "must be a number, not 'many' [K204]"),
    ("wallet: 1200", 'wallet: "true"', "must be a number, not 'true' [K204]"),
    ("trust: 0.5\n", "trust: 0.5\npayment_days: 60.0\n", "must be a whole number, not 60.0; write 60 [K204]"),
    ("power: 1\n", "power: 1\n    veto: yes\n", "veto must be true or false, not 'yes'; write true"),
    ("power: 1\n", "power: 1\n    stance: -3\n", "stance must be between -1 and 1, not -3 (did you mean -0.03?)"),
    ("trust: 0.5\n", "trust: 0.5\ninitiatives:\n  - {id: i, name: I, kind: growth, owner: moen, summary: S,"
     " demand: {sensors: 2}}\n", "sensors must be between -1 and 1, not 2"),
    ("industry: Wind power\n", "", "kestrel: industry is missing [K201]"),
    ("industry: Wind power\n", "industri: Wind power\n", "not known in kestrel (did you mean 'industry'?) [K202]"),
    ("trust: 0.5\n", "trust: 0.5\ninitiatives:\n  - {id: i, name: I, kind: growth, owner: Pal Moen, summary: S}\n",
     "not 'Pal Moen' (did you mean 'moen'?)"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "sentence"), REMEDIES)
def test_a_value_is_refused_with_what_to_write(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    """A slip of the hand is told once, with what was probably meant; nothing is guessed that would not fit."""
    assert old in KESTREL
    found = [found for found in findings_with(tmp_path, kestrel=KESTREL.replace(old, new, 1)) if "K2" in found.code]
    assert len(found) == 1
    assert sentence in str(found[0])


def test_a_path_beside_the_scenario_leads_to_it(tmp_path: Path) -> None:
    """Whoever names an account's file, its folder or a .yml is told which folder to give, or what to rename."""
    folder = write_minimal(tmp_path)
    for beside in (folder / "accounts/orvik.yaml", folder / "notes.txt"):
        beside.touch()
        assert f"(did you mean '{folder}'?)" in str(reader.read_scenario(beside)[1][0])
    assert f"give the scenario's folder, {folder}" in reader.read_scenario(folder / "accounts")[1][0].message
    (folder / "accounts/orvik.yaml").rename(folder / "accounts/orvik.yml")
    (found,) = reader.read_scenario(folder)[1]
    assert found.message == "there is no file accounts/orvik.yaml; rename orvik.yml to orvik.yaml"
    (folder / "scenario.yaml").rename(folder / "scenario.yml")
    assert "rename scenario.yml to scenario.yaml" in reader.read_scenario(folder)[1][0].message
    assert "rename this file to scenario.yaml" in reader.read_scenario(folder / "scenario.yml")[1][0].message
