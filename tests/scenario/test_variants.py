"""A variant says by name what differs from its base, and shows nothing else of it; placeholders, and money."""

from __future__ import annotations

from pathlib import Path

import pytest

from kamsim.authoring.begin import variant
from kamsim.currency import named, written
from kamsim.game.session import Session
from kamsim.scenario.lint import check_paths, render
from kamsim.scenario.models import Scenario
from kamsim.scenario.prose import every_text
from kamsim.scenario.reader import load_scenario, read, scenario_from_canonical, shipped
from tests.scenario.variant import base_words, renamed


def made(folder: Path, said: str) -> Path:
    """A variant of Halden that says this."""
    folder.mkdir(exist_ok=True)
    (folder / "scenario.yaml").write_text(f"format: 1\nextends: halden\nid: mine\n{said}", encoding="utf-8")
    return folder


def faults(folder: Path, said: str) -> str:
    return render(check_paths([made(folder, said)]))


def test_a_variant_as_it_is_begun_is_its_base_to_the_letter(tmp_path: Path) -> None:
    """`kamsim new --from` names everybody as the base does and changes nothing but the id."""
    for base in shipped():
        folder = tmp_path / base
        folder.mkdir()
        (folder / "scenario.yaml").write_text(variant(base, "mine"), encoding="utf-8")
        assert load_scenario(folder).model_copy(update={"id": base}) == load_scenario(base)
        assert not check_paths([folder]).warnings


def test_nothing_of_the_base_is_left_where_all_have_other_names(tmp_path: Path) -> None:
    """No name of Halden's and no euro in any text of a variant in dollars, in at most twenty changed lines; it checks
    clean."""
    folder = renamed(tmp_path / "another")
    words = base_words()
    told = load_scenario(folder)
    left = [f"{at}: {found.group()}" for at, text in every_text(told) if (found := words.search(text))]
    left = [one for one in left if "newcomers" not in one]
    assert not left, left[:20]
    before = variant("halden", "another").splitlines()
    after = (folder / "scenario.yaml").read_text(encoding="utf-8").splitlines()
    assert sum(one != two for one, two in zip(before, after, strict=True)) <= 20
    report = check_paths([folder])
    assert not report.errors and not report.warnings, render(report)
    assert "$8.1m a quarter" in told.briefing


def test_what_a_variant_changes_by_name(tmp_path: Path) -> None:
    """Values deep in lists, one customer left out and one added, news without the one who is gone, money at a rate,
    and a level of difficulty; what the variant says itself is in its own money."""
    folder = made(
        tmp_path,
        "currency: CHF\nexchange: 2\ndifficulty: hard\nlength: {standard: 10}\nseeds: [3, 5]\n"
        "names: {orvik: Pacific Yards, aksel: Ron Delgado}\n"
        "lines: {bearings: {list_price: 200}}\ncompany: {boss: {voice: 'She asks {money:500}.'}}\n"
        "accounts: {kestrel: , orvik: {trust: 0.6, people: {aksel: {veto: true}}, business: {drives: {share: 0.3}}},\n"
        "  pond: }\n".replace(",\n  pond: ", ""),
    )
    told, base = load_scenario(folder), load_scenario("halden")
    orvik = next(account for account in told.accounts if account.id == "orvik")
    assert [account.id for account in told.accounts] == ["orvik", "tessaro", "brandt", "mira"]
    assert (orvik.name, orvik.people[0].name, orvik.people[0].veto, orvik.trust) == (
        "Pacific Yards", "Ron Delgado", True, 0.6)  # fmt: skip
    assert next(item.share for item in orvik.business if item.line == "drives") == 0.3
    assert [line.list_price for line in told.lines] == [200, 8400, 1900]
    built, usual = (next(one.joint for one in which.accounts if one.id == "tessaro") for which in (told, base))
    assert built and usual and built.cost == usual.cost, "a share of what they spend is no money"
    assert told.company.boss.voice == "She asks CHF\xa0500."
    assert "CHF\xa016m a quarter" in told.briefing and "Pacific Yards" in told.briefing
    assert told.company.information_quality < base.company.information_quality
    assert all("kestrel" not in news.accounts for news in told.news)
    assert told.length.standard == 10 and told.seeds == (3, 5)
    alone = load_scenario(made(tmp_path / "alone", "accounts: {mira: }\n"))
    assert [one.accounts for one in alone.organisation.team] == [("brandt",), ()]


def test_every_slip_of_a_variant_is_told_at_its_place(tmp_path: Path) -> None:
    """Unknown names with those that are known, in the variant's own file; a fault of a base in the base's."""
    cases = (
        ("names: {orvk: X}", "scenario.yaml:4:9: names: there is no 'orvk'", "(did you mean 'orvik'?)"),
        ("lines: {bearing: {list_price: 2}}", "scenario.yaml:4:9: there is no 'bearing'", "known are bearings, drives"),
        ("accounts: {mirra: {trust: 1}}", ":4:12: neither the base nor accounts/ has 'mirra'", "'mira'"),
        ("accounts: [orvik, mirra]", ":4:19: neither the base nor accounts/ has 'mirra'", "orvik, tessaro"),
        ("accounts: {mira: {trust: 7}}", "scenario.yaml:4:26: trust must be between 0 and 1", ""),
        ("compny: {name: X}", ":4:1: 'compny' is not known", "(did you mean 'company'?)"),
        ("exchange: much", ":4:11: exchange is what one unit", ""),
        ("difficulty: harder", ":4:13: difficulty is easy, normal or hard", ""),
        ("currency: EUX", ":4:11: currency must be AED, AFN", "or 142 more, not 'EUX'"),
        ("locale: xx_YY", ":4:9: 'xx_YY' is no locale", ""),
        ("summary: 'For {orvk}'", ":4:15: {orvk} stands for nothing", "(did you mean {orvik}?)"),
        ("summary: 'For {orvik.shrt}'", "stands for nothing; known are orvik.short", "(did you mean 'short'?)"),
        ("summary: 'For {money:a lot}'", "money is written {money:12000}", ""),
        ("summary: 'A } alone'", "a } stands alone here; write }} for the sign itself", ""),
        ("summary: 'For {account}'", "{account} is not filled in here", ""),
    )  # fmt: skip
    for said, *wanted in cases:
        found = faults(tmp_path / "mine", said + "\n")
        assert all(one in found for one in wanted), (said, found)
    (tmp_path / "loop").mkdir()
    (tmp_path / "loop" / "scenario.yaml").write_text("format: 1\nid: loop\nextends: loop\n", encoding="utf-8")
    assert "leads back to this scenario" in render(check_paths([tmp_path / "loop"]))
    deep = made(tmp_path / "base_two", "trust_me: 1\n")
    (tmp_path / "on_it").mkdir()
    (tmp_path / "on_it" / "scenario.yaml").write_text("format: 1\nid: on_it\nextends: base_two\n", encoding="utf-8")
    assert f"{deep / 'scenario.yaml'}:4:1: 'trust_me' is not known" in render(check_paths([tmp_path / "on_it"]))
    assert "there is no scenario 'haldn' to extend; known are halden" in faults_of(tmp_path, "haldn")


def faults_of(folder: Path, base: str) -> str:
    (folder / "far").mkdir()
    (folder / "far" / "scenario.yaml").write_text(f"format: 1\nid: far\nextends: {base}\n", encoding="utf-8")
    return render(check_paths([folder / "far"]))


def test_a_variants_log_needs_no_base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The header holds the whole scenario; the log opens where neither the variant nor its base is."""
    folder = renamed(tmp_path / "another")
    with Session.start(str(folder), seed=3, log_dir=tmp_path / "logs") as session:
        session.end_quarter()
        log = session.log_path
    for file in folder.iterdir():
        file.unlink()
    monkeypatch.setattr("kamsim.scenario.folder.data_folder", lambda _: tmp_path / "nowhere")
    with Session.resume(log) as again:
        assert again.quarter == 2 and again.scenario.title == "Ada Alder"


def test_placeholders_are_filled_everywhere_and_braces_can_be_written(tmp_path: Path) -> None:
    """In a customer's file {account} is its name; a line's name is small within a sentence; articles fit; a name with
    marks of its own is taken as it stands."""
    said = ("summary: '{Bearings}, {bearings.one}, {drives.units}, {a:orvik}, {A:sudo.short}, {mireille.formal}, "
            "{{x}}, {currency}'\naccounts: {orvik: {brief: 'So {account} it is.'}}\n")  # fmt: skip
    told = load_scenario(made(tmp_path, said))
    assert told.summary == "Bearings, bearing, drive units, an Orvik Marine, A Sudo, Madame Castagne, {x}, euros"
    assert told.accounts[0].brief == "So Orvik Marine it is."
    assert isinstance(scenario_from_canonical(told.model_dump(mode="json")), Scenario)
    assert "{" not in "".join(text for _, text in every_text(load_scenario("halden"))).replace("{account}", "")


def test_money_is_written_as_the_locale_writes_it() -> None:
    """Any currency of ISO 4217; the true minus; marks that Babel groups otherwise than CLDR; a sign that the fonts lack
    as its code; English euros, dollars and pounds without Babel, and as ever."""
    cases = {
        ("-1240", "EUR", "en"): "−€1,240", ("8.1m", "EUR", "en"): "€8.1m", ("640k", "USD", "en"): "$640k",
        ("-1240", "EUR", "de"): "−1.240\xa0€", ("8.1m", "EUR", "de"): "8,1m\xa0€", ("1240", "EUR", "es"): "1240\xa0€",
        ("12345678.50", "CHF", "de_CH"): "CHF\xa012'345'678.50", ("1240", "SEK", "sv"): "1\xa0240\xa0kr",
        ("1234567", "INR", "en_IN"): "INR\xa012,34,567", ("640", "JPY", "ja"): "¥640", ("5", "CAD", "en"): "CA$5",
    }  # fmt: skip
    found = {case: written(*case).replace("\u2019", "'") for case in cases}
    assert found == cases
    assert (named("EUR"), named("CHF"), named("SEK", "sv")) == (
        ("euro", "euros"), ("franc", "francs"), ("svensk krona", "svenska kronor"))  # fmt: skip


def test_the_kind_of_slip_in_case_09_is_gone(tmp_path: Path) -> None:
    """A literal {account} in what customers say, ask and are told never reaches a player."""
    said = "accounts: {orvik: {people: {aksel: {says: {results: ['{account} counts.']}}}}}\n"
    told = read(made(tmp_path, said)).scenario
    assert told is not None and told.accounts[0].people[0].says.results == ("Orvik Marine counts.",)
