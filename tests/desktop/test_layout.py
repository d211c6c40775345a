"""A ruler laid on every page; the whole matrix of looks and sizes is in tests/deep."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from kamsim.desktop.kit.faces import portrait
from kamsim.desktop.pilot import Pilot
from kamsim.look.faces import Face, shapes
from kamsim.view.portraits import wardrobe
from tests.desktop.lint import faults
from tests.desktop.tour import everywhere
from tests.engine.worlds import halden, portfolio

LOOKS = (("light", (1280, 800), 1.0), ("contrast", (1280, 720), 2.0))
"""Theme, window and zoom: the plain look, and the one with least room."""


@pytest.fixture
def drawn(monkeypatch) -> list[Face]:
    """Every portrait that is drawn."""
    faces: list[Face] = []

    def noted(face: Face):
        faces.append(face)
        return shapes(face)

    portrait.cache_clear()
    monkeypatch.setattr("kamsim.desktop.kit.faces.shapes", noted)
    return faces


def test_nothing_overlaps_is_cut_off_or_too_small(tmp_path, drawn):
    """On every page, in either look: no two texts over each other, none cut, none below 11 px, contrast at least 4.5; a
    voice has something to say of it, and no two things that take the focus have one name."""
    seen, found = 0, []
    for name, pilot in everywhere(tmp_path):
        for look in reversed(LOOKS):
            wear(pilot, *look)
            found += [f"{name}, {look[0]}: {fault}" for fault in (*faults(pilot.app), *unsaid(pilot))]
        seen += 1
    assert seen > 40
    assert not found, "\n".join(found)
    assert len(drawn) > 40 and not doubles(drawn), "\n".join(doubles(drawn))


def doubles(faces: list[Face]) -> list[str]:
    """Who looks like two people, or is nobody that the author named: a woman and a man are what the words say."""
    looks, meant, newcomers = dict[tuple[str, str], set[Face]](), dict[str, str](), set[str]()
    for scenario in (portfolio(), halden()):
        side = scenario.organisation
        people = [person for account in scenario.accounts for person in account.people]
        people += [*scenario.desk.approvers, *side.team, *side.pool]
        meant |= {name: worn for worn, names in scenario.portraits.items() for name in names}
        meant |= {person.id: meant.get(person.name, wardrobe(person.voice)) for person in people}
        meant[scenario.company.boss.name] = wardrobe(scenario.company.boss.voice)
        newcomers |= set(scenario.newcomers)
    for face in faces:
        house = "" if face.id in meant and face.id not in newcomers else face.house  # another on other luck
        looks.setdefault((face.id, house), set()).add(replace(face, mood=0.0))
    wrong = [f"{name} has several faces: {found}" for (name, _), found in looks.items() if len(found) > 1]
    for (name, _), found in looks.items():
        worn = {face.wardrobe for face in found}
        if worn != {meant.get(name)} or "" in worn:
            wrong.append(f"{name} wears {worn}, and is {meant.get(name)!r}")
    return wrong


def wear(pilot: Pilot, theme: str, size: tuple[int, int], zoom: float) -> None:
    """The page that is on screen, in another look."""
    pilot.app.config.zoom = zoom
    pilot.app.set_theme(theme)
    pilot.resize(*size)


def unsaid(pilot: Pilot) -> Iterator[str]:
    """What a voice cannot say of a page, and what it could not tell apart."""
    names, said = pilot.names(), pilot.describe()
    yield from (f"two things are called {one}" for one in sorted({one for one in names if names.count(one) > 1}))
    if len(said) <= 40:
        yield "nothing to say of the page"
    if "nan" in said.casefold().split() or "{" in said:
        yield f"no words: {said}"
    yield from (f"{node.name} says nothing" for _, node in pilot.app.stage.order() if not node.describe().strip())
