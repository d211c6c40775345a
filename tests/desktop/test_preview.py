"""`kamsim preview`: a saved file is on screen within a second, and its faults lead to their places."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from kamsim.authoring.begin import begin
from kamsim.desktop import editor
from kamsim.desktop.kit.buttons import Item
from kamsim.desktop.pilot import Pilot
from kamsim.desktop.preview import POLL, FaultsPage, Preview, pages
from kamsim.errors import KamsimError


def looked(pilot: Pilot, preview: Preview) -> None:
    """Two looks at the files, as they come within a second."""
    for _ in range(3):
        pilot.clock.now += POLL + 0.01
        preview.tick()
    pilot.app.frame()


def test_a_saved_edit_is_on_screen_and_a_fault_leads_to_its_place(tmp_path: Path) -> None:
    """A text that was saved stands on the page; a slip becomes a list with file, line and column; mended, the page is
    back. What was not saved changes nothing, and nothing is drawn anew. An edit takes less than a second of work."""
    mine = tmp_path / "mine"
    begin(mine)
    entry = mine / "scenario.yaml"
    with Pilot(log_dir=tmp_path / "logs") as pilot:
        preview = Preview(pilot.app, str(mine), quarter=2, page="desk", folder=tmp_path / "logs")
        assert pilot.app.play is not None and pilot.app.play.quarter == 2
        assert "The river, in writing" in pilot.describe()
        shown = preview.shown
        looked(pilot, preview)
        assert preview.shown == shown
        whole = entry.read_text(encoding="utf-8")
        began = time.process_time()
        entry.write_text(whole.replace("The river, in writing", "The lake, in print"), encoding="utf-8")
        looked(pilot, preview)
        assert time.process_time() - began < 1
        assert "The lake, in print" in pilot.describe() and preview.shown == shown + 1
        entry.write_text(whole.replace("hourly_cost: 90", "hourly_cost: ninety"), encoding="utf-8")
        looked(pilot, preview)
        assert isinstance(pilot.app.screen, FaultsPage)
        line = next(number for number, one in enumerate(whole.splitlines(), 1) if "hourly_cost" in one)
        assert f"scenario.yaml:{line}:16" in pilot.describe()
        pilot.click("fault.0")
        assert f"scenario.yaml:{line}:16" in pilot.app.message
        entry.write_text(whole, encoding="utf-8")
        looked(pilot, preview)
        assert "The river, in writing" in pilot.describe()


def test_every_page_opens_by_name_or_says_what_it_lacks(tmp_path: Path) -> None:
    """Each page of the window, with the customer or person that comes first; what is not there now is said on the desk.
    An unknown page is refused with those that are known."""
    with Pilot(log_dir=tmp_path) as pilot:
        for name in pages():
            Preview(pilot.app, "halden", quarter=3, page=name, folder=tmp_path)
            pilot.app.frame(force=True)
        Preview(pilot.app, "halden", quarter=1, page="account:tessaro", folder=tmp_path)
        assert "Tessaro Rail" in pilot.describe()
        with pytest.raises(KamsimError, match=r"no page 'dsk'.*did you mean 'desk'"):
            Preview(pilot.app, "halden", quarter=1, page="dsk", folder=tmp_path)


def test_an_editor_is_told_the_place(tmp_path: Path) -> None:
    """By the editor that the environment names; one without a window is not used."""
    faults = FaultsPage(None, "", ())
    assert faults.first() == "" and isinstance(Item(name="x"), Item)
    from kamsim.scenario.findings import Finding

    found = Finding("K203", "error", "a.yaml", 7, 3, "wrong")
    assert editor.command(found, {"EDITOR": "code --wait"}) == ["code", "--wait", "-g", "a.yaml:7:3"]
    assert editor.command(found, {"EDITOR": "vi"}) is None
    assert re.search(r"a\.yaml:7:3", editor.open_at(found))
