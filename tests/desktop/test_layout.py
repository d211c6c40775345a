"""A ruler laid on every page; the whole matrix of looks and sizes is in tests/deep."""

from __future__ import annotations

from collections.abc import Iterator

from kamsim.desktop.pilot import Pilot
from tests.desktop.lint import faults
from tests.desktop.tour import everywhere

LOOKS = (("light", (1280, 800), 1.0), ("contrast", (1280, 720), 2.0))
"""Theme, window and zoom: the plain look, and the one with least room."""


def test_nothing_overlaps_is_cut_off_or_too_small(tmp_path):
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
