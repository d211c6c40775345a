"""`kamsim preview`: a page of a scenario as players will see it, at a quarter to which a bot has played, and again each
time that a file is saved; the faults of a file that cannot be read stand as a list that leads to them."""

from __future__ import annotations

import inspect
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pygame

from kamsim.desktop import editor
from kamsim.desktop.app import App
from kamsim.desktop.config import Config, config_path, load
from kamsim.desktop.events import run
from kamsim.desktop.kit.buttons import Button, Item
from kamsim.desktop.kit.layout import Column
from kamsim.desktop.kit.node import Node
from kamsim.desktop.kit.words import Text
from kamsim.desktop.main import fitting, ready
from kamsim.desktop.present import Window
from kamsim.desktop.screens.briefing import Briefing
from kamsim.desktop.screens.places import PAGES
from kamsim.desktop.shell import Screen
from kamsim.errors import KamsimError
from kamsim.game.session import Session
from kamsim.scenario.findings import Finding, abridged, listed, suggest
from kamsim.scenario.reader import Reading, read
from kamsim.view.watched import play_to

if TYPE_CHECKING:
    from kamsim.scenario.models import Scenario

SEED: Final = 7
POLL: Final = 0.2
"""Seconds between two looks at the files."""
FIRST: Final = "briefing"
Stamp = tuple[tuple[str, int, int], ...]


def pages() -> list[str]:
    """Pages by name, as ``--page`` takes them."""
    return [FIRST, *PAGES]


class FaultsPage(Screen):
    """What keeps a scenario from being shown, each with the way to its place."""

    rail = "locked"
    shows_hours = False
    framed = False

    def __init__(self, shell: Any, title: str, faults: Sequence[Finding], told: str = "") -> None:
        super().__init__(shell)
        self.heading, self.faults, self.told = title, tuple(faults), told

    def title(self) -> str:
        return self.heading

    def body(self) -> Node:
        rows: list[Node] = [Text(text=self.heading, style="title")]
        if self.told:
            rows.append(Text(text=self.told))
        for number, found in enumerate(self.faults):
            hint = f" Did you mean {found.suggestion}?" if found.suggestion else ""
            rows.append(
                Item(
                    name=f"fault.{number}",
                    title=f"{found.message[:1].upper()}{found.message[1:]}.{hint}",
                    text=f"{found.file}:{found.line}:{found.column} [{found.code}]",
                    act=lambda found=found: self.shell.say(editor.open_at(found)),  # type: ignore[misc]
                )
            )
        return Column(children=rows, gap=8)

    def first(self) -> str:
        return "fault.0" if self.faults else ""

    def actions(self) -> Sequence[Button]:
        return ()

    def back(self) -> None:
        self.shell.quit()


class Preview:
    """Watches a scenario's files and shows the page anew when one was saved."""

    def __init__(self, app: App, path: str, *, quarter: int, page: str, folder: Path) -> None:
        """Sessions are kept in ``folder``. Raises KamsimError for a page that there is not."""
        self.app, self.path, self.quarter, self.folder = app, path, quarter, folder
        self.name, _, self.about = page.partition(":")
        if self.name not in pages():
            hint = suggest(self.name, pages())
            raise KamsimError(f"there is no page '{self.name}'; known are {', '.join(pages())}"
                              + (f" (did you mean {hint}?)" if hint else ""))  # fmt: skip
        self.showing: str | None = None
        """The digest of the scenario on screen; '' where faults are shown."""
        self.shown = 0
        """How often a page was made."""
        self._files: set[Path] = set()
        self._stamp: Stamp = ()
        self._seen: Stamp = ()
        self._next = 0.0
        self.load()

    def tick(self) -> None:
        """Look at the files where it is time, and show what was saved once it has come to rest."""
        now = self.app.clock()
        if now < self._next:
            return
        self._next = now + POLL
        stamp = self._stamp_now()
        rested, self._seen = stamp == self._seen, stamp
        if rested and stamp != self._stamp:
            self.load()

    def load(self) -> None:
        """Read the scenario, and show it, or what is wrong with it."""
        reading = read(self.path)
        self._files = {Path(file).parent for file in reading.files}
        self._stamp = self._seen = self._stamp_now()
        errors = [found for found in reading.findings if found.severity == "error"]
        if errors or reading.scenario is None:
            self._faults(errors, reading)
        elif reading.scenario.digest != self.showing:
            self._play(reading.scenario)
        if not errors and (warned := len(reading.findings)):
            self.app.say(f"{warned} warning{'s' if warned > 1 else ''}: {reading.findings[0]}")

    def _stamp_now(self) -> Stamp:
        found = []
        for folder in self._files:
            for path in sorted(folder.glob("*.y*ml")):
                try:
                    held = path.stat()
                except OSError:
                    continue
                found.append((str(path), held.st_mtime_ns, held.st_size))
        return tuple(sorted(found))

    def _faults(self, errors: list[Finding], reading: Reading) -> None:
        self.showing = ""
        count = len(errors) + reading.uncounted
        title = f"{count} fault{'s' if count != 1 else ''} to mend"
        self._show(FaultsPage(self.app, title, abridged(errors, reading.uncounted)))

    def _play(self, scenario: Scenario) -> None:
        self.showing = scenario.digest
        longest = min(scenario.length.longest, max(self.quarter, scenario.length.standard))
        if self.quarter > longest:
            told = f"The longest session of this scenario has {longest} quarters; there is no quarter {self.quarter}."
            self._show(FaultsPage(self.app, "This quarter never comes", (), told))
            return
        session = Session.start(scenario, seed=SEED, player="Preview", log_dir=self.folder, quarters=longest)
        play_to(session, self.quarter)
        self.app.take(session)
        try:
            screen = self._page()
            screen.body()
        except (KeyError, ValueError, IndexError, StopIteration, AttributeError, LookupError) as error:
            told = f"The page '{self.name}' has nothing to show for '{self.about}' in quarter {self.quarter} ({error})."
            self.app.show(self.app.page("desk"), over=False)
            self.app.say(told)
            return
        self._show(screen)

    def _page(self) -> Screen:
        if self.name == FIRST:
            return Briefing(self.app)
        asked = [one for one in inspect.signature(PAGES[self.name]).parameters.values() if one.name != "shell"]
        args = {one.name: self._usual(one.name) for one in asked[bool(self.about) :] if one.default is one.empty}
        if self.about and asked:
            args[asked[0].name] = self.about
        return self.app.page(self.name, **args)

    def _usual(self, what: str) -> str:
        """The first of its kind, for a page about something that was not named."""
        play = self.app.play
        assert play is not None
        kinds: dict[str, Sequence[str]] = {
            "account": list(play.cast.accounts),
            "person": [person.id for person in play.session.scenario.accounts[0].people],
            "audience": ["customer"],
            "opportunity": [str(row) for row in play.session.seen.params.opportunities],
        }
        found = kinds.get(what)
        if not found:
            raise LookupError(f"say which {what}: --page {self.name}:ID; known pages are {listed(pages())}")
        return found[0]

    def _show(self, screen: Screen) -> None:
        self.shown += 1
        self.app.show(screen, over=False)
        self.app.stage.motion = 1.0


def open_preview(path: str, *, quarter: int, page: str) -> int:
    """Show the preview in a window until it is closed; returns the exit status. Raises KamsimError, NoDisplay."""
    ready()
    look = load(config_path())
    config = Config(theme=look.theme, zoom=look.zoom, motion=False)
    with tempfile.TemporaryDirectory(prefix="kamsim-preview-", ignore_cleanup_errors=True) as folder:
        window = Window(fitting(None, pygame.display.get_desktop_sizes()), full=False)
        app = App(window, config, log_dir=Path(folder), scenario="halden")
        preview = Preview(app, path, quarter=quarter, page=page, folder=Path(folder))
        app.watch = preview.tick
        app.presenter.title(f"{path}, kamsim preview")
        try:
            run(app)
        finally:
            pygame.quit()
    return 0
