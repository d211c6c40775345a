"""`kamsim new`, `check --diff` and scenarios made of a table: what somebody gets who has never written one."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path

import openpyxl
import pytest

from kamsim.authoring import customers, table
from kamsim.authoring.begin import begin
from kamsim.authoring.difference import difference, record
from kamsim.cli import main
from kamsim.errors import KamsimError
from kamsim.game.session import Session
from kamsim.players.simulate import simulate
from kamsim.scenario.lint import check_paths, render
from kamsim.scenario.reader import load_scenario
from tests.scenario.variant import renamed

HEAD = ("Customer", "Product", "Sales a year", "Price", "Cost", "Our share", "People")


def test_the_small_scenario_checks_clean_plays_and_rewards_skill(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It has an example of every block, plays at once, and a careful bot beats a careless one by far. A folder in use is
    not written to."""
    assert main(["new", str(tmp_path / "Our First-Case")]) == 0
    report = check_paths([tmp_path / "Our First-Case"])
    assert not report.errors and not report.warnings, render(report)
    told = load_scenario(tmp_path / "Our First-Case")
    first = told.accounts[0]
    assert told.id == "our_first_case"
    assert all(
        (first.requests, first.talks, first.moments, first.incidents, first.attacks, first.initiatives, told.desk)
    )
    scores = {bot: float(simulate(told, bot, 20).score.mean()) for bot in ("value_seller", "farmer", "discounter")}
    assert scores["value_seller"] > scores["farmer"] + 5 > scores["discounter"] + 20, scores
    assert main(["new", str(tmp_path / "Our First-Case")]) == 1
    assert "something is there already" in capsys.readouterr().err
    assert main(["new", str(tmp_path / "v"), "--from", "haldn"]) == 1
    assert "did you mean 'halden'" in capsys.readouterr().err


def filled(path: Path, rows: list[tuple[object, ...]], head: tuple[str, ...] = HEAD) -> Path:
    """A table in a file, by its ending."""
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows([head, *rows])
        return path
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Accounts"
    for row in [head, *rows]:
        sheet.append(row)
    book.save(path)
    return path


ROWS: list[tuple[object, ...]] = [
    ("Østmark & Søn", "Rope", 480000, 380, 250, 0.4, "Liv Ås (CFO); Jon Bru (Buyer)"),
    ("Østmark & Søn", 'Slings "wide"', "120.000", "95,50", "60,00", "25 %", ""),
    ("Marrow {Quarries}", "Rope", "210 000", 405, 250, 20, "Lee Abara (Managing Director)"),
    ("Tern: Docks", "Rope", "90,000", 400, 251, 0.5, ""),
]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_sales_teams_table_becomes_a_scenario_that_plays(tmp_path: Path, ending: str) -> None:
    """Sales, price, cost, share and people are those of the table, numbers read as they are written in either half of
    Europe; all else is marked as assumed and listed; it checks clean, and skill pays."""
    made = customers.scenario_of(filled(tmp_path / f"a.{ending}", ROWS), tmp_path / "out")
    report = check_paths([tmp_path / "out"])
    assert not report.errors and not report.warnings, render(report)
    told = load_scenario(tmp_path / "out")
    assert [account.name for account in told.accounts] == ["Østmark & Søn", "Marrow {Quarries}", "Tern: Docks"]
    lines = {line.id: line for line in told.lines}
    for row, share in ((0, 0.4), (1, 0.25)):
        item = told.accounts[0].business[row]
        price = lines[item.line].list_price * (1 - item.discount)
        assert price == pytest.approx((380, 95.5)[row], rel=1e-3)
        assert item.wallet * item.share * price * 4 == pytest.approx((480000, 120000)[row], rel=1e-3)
        assert item.share == share
    assert [(person.name, person.level) for person in told.accounts[0].people] == [
        ("Liv Ås", "executive"), ("Jon Bru", "buyer")]  # fmt: skip
    assert told.accounts[1].people[0].level != "executive", "somebody whom one can meet is made up"
    listing = (tmp_path / "out" / customers.LIST).read_text(encoding="utf-8").splitlines()
    assert listing == made.assumed and len(listing) > 15
    assert simulate(told, "value_seller", 10).score.mean() > simulate(told, "discounter", 10).score.mean() + 20


def test_cells_that_cannot_be_are_told_by_sheet_row_and_column(tmp_path: Path) -> None:
    """All of them at once, and nothing is written."""
    rows: list[tuple[object, ...]] = [
        ("Penhale", "Rope", "12.500", "1.234", 250, 0.4, "Joss"),
        ("", "Rope", 480000, dt.datetime(2026, 5, 1), 250, 140, ""),
        ("Marrow", "Rope", True, 380, 390, None, "=A1"),
        ("Tern", "#REF!", "lots", 380, 100, 0.3, ""),
    ]
    with pytest.raises(KamsimError) as refused:
        table.read(filled(tmp_path / "bad.xlsx", rows))
    said = str(refused.value)
    for wanted in (
        "bad.xlsx, sheet Accounts, row 2, column D (Price): '1.234' is no number, or could be two",
        "row 2, column G (People): 'Joss' should be a name with the role in brackets",
        "row 3, column A (Customer): is empty", "row 3, column D (Price): is a date or a time",
        "row 3, column F (Our share): 140 should be", "row 4, column C (Sales a year): is yes or no",
        "row 4, column E (Cost): 390 is not below the price of 380", "row 4, column F (Our share): is empty",
        "row 5, column B (Product): holds the error #REF!", "row 5, column C (Sales a year): 'lots' is no number",
    ):  # fmt: skip
        assert wanted in said, (wanted, said)
    assert "row 2, column C" not in said, "sales of a year are thousands"
    with pytest.raises(KamsimError, match=r"no column Price; 'Prise' may be 'Price'"):
        table.read(
            filled(tmp_path / "head.csv", ROWS, ("Customer", "Product", "Revenue", "Prise", "Cost", "Share", "x"))
        )
    (tmp_path / "no.xlsx").write_bytes(b"PK not a zip")
    for path, wanted in ((tmp_path / "no.xlsx", "not an .xlsx"), (tmp_path / "gone.csv", "cannot be read")):
        with pytest.raises(KamsimError, match=wanted):
            table.read(path)
    twice = [ROWS[0], ROWS[0]]
    with pytest.raises(KamsimError, match="buys Rope in two rows"):
        table.read(filled(tmp_path / "twice.csv", twice))


def test_the_table_that_kamsim_writes_can_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As .csv and as .xlsx; without openpyxl one sentence says what to install, and .csv needs nothing."""
    for ending in ("csv", "xlsx"):
        path = tmp_path / f"t.{ending}"
        table.write_template(path)
        assert [row.customer for row in table.read(path)] == ["Penhale Yard", "Penhale Yard", "Marrow Quarries"]
        with pytest.raises(KamsimError, match="is there already"):
            table.write_template(path)
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    with pytest.raises(KamsimError, match=r"pip install 'kamsim\[authoring\]', or use a .csv"):
        table.read(tmp_path / "t.xlsx")
    assert table.read(tmp_path / "t.csv")


def test_what_changed_is_told_in_words_also_under_other_rules(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Against another scenario, a session's log and a record from before an upgrade: who is gone, which values and
    texts changed, which fields are new, and what bots make of it then and now."""
    folder = tmp_path / "mine"
    begin(folder)
    kept = tmp_path / "before.json"
    record(str(folder), kept)
    assert "nothing that was written has changed" in difference(str(kept), str(folder)).text()
    with Session.start(str(folder), seed=1, log_dir=tmp_path / "logs") as session:
        log = session.log_path
    entry = folder / "scenario.yaml"
    text = entry.read_text(encoding="utf-8")
    entry.write_text(
        text.replace("list_price: 90", "list_price: 99").replace("accounts: [brine, tarn, osprey]", "accounts: [brine, tarn]")
        .replace("[brine, tarn, osprey]", "[brine, tarn]").replace("{osprey}", "Osprey").replace("{osprey.short}", "It").replace("smell of wet clay", "smell of dry clay"),
        encoding="utf-8",
    )  # fmt: skip
    old = json.loads(kept.read_text(encoding="utf-8"))
    old["rules"] = 1
    del old["scenario"]["company"]["support"]
    old["scenario"]["lines"][0]["other_load"] = -5.0
    kept.write_text(json.dumps(old), encoding="utf-8")
    said = difference(str(kept), str(folder)).text()
    for wanted in ("rules 1 ", "accounts.osprey (Osprey Paints)", "lines.candles.list_price: 90, now 99",
                   "now '... a smell of dry clay", "support: 0.8", "score of value_seller: ",
                   "other_load: \N{MINUS SIGN}5, now "):  # fmt: skip
        assert wanted in said, (wanted, said)
    assert "is not on record" in difference(str(log), str(folder)).text()
    assert main(["check", str(folder), "--diff", str(kept), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["diff"][0]["gone"] == ["accounts.osprey (Osprey Paints)"]
    assert main(["check", str(folder), "--diff", str(tmp_path / "none.json")]) == 1


def test_a_variants_difference_from_its_base_is_names_and_texts(tmp_path: Path) -> None:
    """Names and money alone change no figure: bots come to what they come to in the base."""
    found = difference("halden", str(renamed(tmp_path / "another")))
    assert not found.gone and not found.added
    assert found.old.figures == found.new.figures
    assert {one.rsplit(".", 1)[-1].partition(":")[0] for one in found.numbers} <= {"name", "id", "currency"} | {
        "title", "unit", *(str(number) for number in range(60))}, found.numbers  # fmt: skip
