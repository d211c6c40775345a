"""The map of people, doors with a word put in, and introductions on the desktop, by mouse only and by keys only."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest

from kamsim.desktop.config import Config
from kamsim.desktop.kit.peoplemap import PeopleMap
from kamsim.desktop.pilot import Pilot
from kamsim.desktop.screens.meeting import DoorPage
from kamsim.desktop.screens.peoplemap import PeoplePage
from kamsim.game.session import Session
from kamsim.players.simulate import override
from kamsim.scenario.models import Scenario
from tests.desktop.lint import faults
from tests.engine.worlds import halden


@cache
def talking() -> Scenario:
    """Halden with people who listen to each other and often leave."""
    changes: dict[str, object] = {"unlocks": []}
    for account in halden().accounts:
        changes[f"accounts.{account.id}.traits.turnover"] = 0.2
        for one, other in pairwise(account.people):
            changes[f"accounts.{account.id}.people.{one.id}.listens"] = {other.id: 1.0}
    return override(halden(), changes)


def met(folder, quarters=2) -> Session:
    """Everybody at the two largest customers was asked how they buy and what could go wrong, for some quarters."""
    session = Session.start(talking(), seed=5, log_dir=folder)
    for quarter in range(quarters + 1):
        for account in ("orvik", "tessaro"):
            for person in session.params.account_people[session.params.accounts.index(account)]:
                for agenda in ("buying", "provocative"):
                    session.do("meet", person=session.params.people[person], agenda=agenda)
        if quarter < quarters:
            session.end_quarter()
    return session


def picture(pilot: Pilot) -> PeopleMap:
    pilot.app.frame(force=True)
    node = pilot.app.stage.node("people")
    assert isinstance(node, PeopleMap)
    return node


@pytest.mark.parametrize(
    ("theme", "size", "zoom"),
    [("light", (1280, 720), 1.0), ("dark", (820, 1100), 1.0), ("contrast", (1920, 1080), 1.5)],
)
def test_the_map_is_whole_at_any_size(theme, size, zoom, tmp_path):
    """No text over another, cut or faint, whoever is chosen, for both kinds of say; and everybody is told of."""
    with Pilot(
        log_dir=tmp_path, size=size, config=Config(theme=theme, zoom=zoom, motion=False), session=met(tmp_path)
    ) as pilot:
        for account in ("orvik", "tessaro", "kestrel"):
            people = pilot.app.play.cast.accounts[account].people
            for kind in ("usual", "new"):
                for person in people:
                    pilot.app.open("people", account=account, person=person.id, kind=kind)
                    assert not faults(pilot.app), (account, person.id)
            told = picture(pilot).describe()
            assert all(pilot.app.play.cast.post(person.id) in told for person in people)


def test_arrows_are_drawn_only_where_they_were_found_out(tmp_path):
    """What nobody told is not in the picture: the customer that was never visited shows no arrow and no say."""
    with Pilot(log_dir=tmp_path, config=Config(motion=False), session=met(tmp_path)) as pilot:
        seen = pilot.app.play.seen
        for account in ("orvik", "mira"):
            pilot.app.open("people", account=account)
            for token in picture(pilot).tokens:
                row = seen.params.people.index(token.name)
                known = seen.known("listens", row)[0][0]
                assert bool(token.heeds) == bool(known > 0)
                assert (token.say is None) == (seen.known("power", row)[0][0] != seen.known("power", row)[0][0])
        assert not any(token.heeds for token in picture(pilot).tokens)
        assert all("ask" in token.told for token in picture(pilot).tokens)


def test_people_are_chosen_with_keys_and_with_the_mouse(tmp_path):
    """Arrows move through the picture in both directions; a click chooses; D asks at the door of whoever is chosen."""
    with Pilot(log_dir=tmp_path, config=Config(motion=False), session=met(tmp_path)) as pilot:
        pilot.app.go_account("orvik")
        pilot.press("H")
        page = pilot.app.screen
        assert isinstance(page, PeoplePage)
        pilot.focus("people")
        names = [token.name for token in picture(pilot).tokens]
        reached = {page.person}
        pilot.press("Up", "Up", "Up")
        assert pilot.app.play.cast.people[page.person].level == "executive"
        pilot.press(*["Left"] * len(names))
        for _ in names:
            reached.add(page.person)
            pilot.press("Right")
        assert reached == set(names)
        node = picture(pilot)
        for name in names:
            cell = node._cells[name]
            pilot.click(
                "people", at=((cell.x + 20 - node.rect.x) / node.rect.w, (cell.y + 20 - node.rect.y) / node.rect.h)
            )
            assert page.person == name
        pilot.app.open("people", account="tessaro", person="adaeze")
        if not bool(pilot.app.play.seen.door_open[pilot.app.play.seen.params.people.index("adaeze"), 0]):
            pilot.press("D")
            assert isinstance(pilot.app.screen, DoorPage)
            assert not faults(pilot.app)
            assert any(name.startswith("ask.referral.") for name in pilot.names())


@pytest.mark.parametrize("by_mouse", [True, False])
def test_an_introduction_by_one_hand(by_mouse, tmp_path):
    """Somebody who is known to leave introduces the successor, from the map and from a meeting; it can be taken back."""
    with Pilot(log_dir=tmp_path, config=Config(motion=False), session=met(tmp_path, quarters=4)) as pilot:
        session = pilot.app.play.session
        blocks, params = session.params.fact_blocks, session.params
        leaving = [
            params.people[row] for row in range(len(params.people))
            if session.seen.fact[blocks["leaving"][row], 0] > 0 and bool(session.seen.door_open[row, 0])
        ]  # fmt: skip
        person = leaving[0]
        for page, args in (("people", {"account": pilot.app.play.cast.home[person]}), ("meet", {})):
            pilot.app.open(page, person=person, **args)
            pilot.app.frame(force=True)
            if by_mouse:
                pilot.click("hand_over")
            else:
                pilot.press("I")
            assert session.commands[-1].move == "hand_over"
            assert int(session.seen.handed[params.people.index(person), 0]) == 1
            pilot.press("Ctrl Z")
            assert int(session.seen.handed[params.people.index(person), 0]) == 0
