"""The facilitator's key: everything that is hidden stands in it, walkthroughs are the sessions that they say, and no
player's face leads to it."""

from __future__ import annotations

from html import escape
from pathlib import Path

import numpy as np
import pytest

import kamsim
from kamsim.cli import main
from kamsim.lab.key.contents import Key
from kamsim.lab.key.walkthrough import walk
from kamsim.players.simulate import simulate
from kamsim.scenario.opportunities import opportunities
from kamsim.scenario.reader import load_scenario
from tests.lab.flawed import minimal_with

PACKAGE = Path(kamsim.__file__).parent


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Key:
    return Key(minimal_with(tmp_path_factory.mktemp("key") / "minimal"), seed=4)


def test_everything_that_is_hidden_stands_in_it(key: Key) -> None:
    """Every person with measure and say, every initiative, force, purchase, request, tender, attack and failure; in text
    and on the page, and nothing that waits to be filled in."""
    flat, html = " ".join(key.text().split()), key.html()
    scenario = key.scenario
    wanted = [account.name for account in scenario.accounts]
    for account in scenario.accounts:
        for person in account.people:
            wanted += [person.name, person.measure_text]
        for initiative in account.initiatives:
            wanted += [initiative.name, initiative.summary, *(force.hint for force in initiative.forces)]
        wanted += [request.title for request in account.requests] + [tender.title for tender in account.tenders]
        wanted += [attack.hint for attack in account.attacks] + [failure.name for failure in account.incidents]
    wanted += [item.title for _, _, _, item in opportunities(scenario)]
    missing = [word for word in wanted if word not in flat or escape(word, quote=True) not in html]
    assert not missing
    for told in (
        "Hanne Brandl, COO",
        "can veto",
        "fewer, larger deliveries or a longer term",
        "0.55 of 1",
        "announced",
    ):
        assert told in flat, told
    assert "{" not in flat


def test_moments_and_tables_of_halden_are_told() -> None:
    """Each moment with the pick that its twist asks for; each talk with what it is worth to them, issue by issue."""
    from kamsim.lab.key import calendar, customer
    from kamsim.lab.key.blocks import as_text
    from kamsim.view.words.names import Cast

    scenario = load_scenario("halden")
    cast = Cast(scenario)
    found = calendar.moments(cast)
    assert found is not None
    told = " ".join(as_text("", "", [found, *(customer.chapter(cast, one) for one in scenario.accounts)]).split())
    for account in scenario.accounts:
        for moment in account.moments:
            assert moment.place in told
        for talk in account.talks:
            assert talk.title in told
    asked = [moment for account in scenario.accounts for moment in account.moments]
    messages = [(one.twist, one.twist_text) for moment in asked for one in (moment, *moment.twists)]
    changed = [text for twist, text in messages if twist != "none"]
    assert told.count("say it again, for how things are now") == len(changed) > len(asked)
    assert not [text for text in changed if " ".join(str(text).split()) not in told]
    assert "{" not in told


def test_what_a_session_draws_is_told_as_what_may_be() -> None:
    """Quarters as a range, at the first of them; each need by its titles; answers so long after as they are."""
    from kamsim.lab.key import calendar, customer
    from kamsim.lab.key.blocks import as_text
    from kamsim.view.words.names import Cast

    scenario = load_scenario("halden")
    cast = Cast(scenario)
    mira = next(one for one in scenario.accounts if one.id == "mira")
    told = " ".join(as_text("", "", [customer.chapter(cast, mira)]).split())
    assert "When: one of Q3 2026 to Q1 2027; Answer by: 1 quarter later" in told
    assert "a volume commitment where it is called “Three per cent, or a quantity” or “Rule four, the footnote”" in told
    by_quarter = as_text("", "", [calendar.calendar(cast, 12)]).split("\n  Q")
    first = [" ".join(part.split()) for part in by_quarter if "Three per cent, or a date" in " ".join(part.split())]
    assert len(first) == 1 and first[0].startswith("3 2026") and "date”, one of Q3 2026 to Q1 2027" in first[0]


def test_walkthroughs_are_the_sessions_that_they_say(key: Key) -> None:
    """Quarter by quarter the account profit of the same bot on the same seed, to the cent; every award of the log."""
    for name in ("value_seller", "dynamic"):
        found = list(walk(key.scenario, name, key.seed, key.quarters))
        direct = simulate(key.scenario, name, [key.seed], key.quarters).nac[0].sum(axis=1)
        assert [one.profit for one in found] == np.rint(direct).astype(int).tolist()
        assert any(
            "request" in line or "Answered" in line for one in found for said in one.told.values() for line in said
        )


def test_the_page_is_one_file_and_the_same_each_time(key: Key, tmp_path: Path) -> None:
    """Without script or network; the command writes it whole."""
    assert key.html() == Key(key.scenario, key.seed).html()
    assert "<script" not in key.html() and "src=" not in key.html()
    minimal_with(tmp_path / "minimal")
    out = tmp_path / "key.html"
    assert main(["key", str(tmp_path / "minimal"), "--seed", "4", "--out", str(out)]) == 0
    assert out.read_text(encoding="utf-8") == key.html()


def test_no_face_of_a_player_leads_to_it() -> None:
    """Neither window nor text session, nor any word that they show, names the key or imports it."""
    faults = [
        f"{file.relative_to(PACKAGE)}: {word}"
        for room in ("desktop", "terminal", "view", "game", "engine", "players")
        for file in (PACKAGE / room).rglob("*.py")
        for word in ("lab.key", "kamsim key", "kamsim lab")
        if word in file.read_text(encoding="utf-8")
    ]
    assert not faults
