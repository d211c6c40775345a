"""What the desktop remembers between sessions: look, size, and where each session was left. One small file."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from kamsim.look.colours import THEMES

MOST_PLACES: Final = 30
ZOOM: Final = (0.6, 2.0)
STEP: Final = 0.1
LEAST: Final = (480, 360)
"""The smallest window that is opened again."""


@dataclass
class Config:
    """Preferences, and by log the page and the pins that it was left with."""

    theme: str = "light"
    zoom: float = 1.0
    motion: bool = True
    sound: bool = False
    full: bool = False
    maximised: bool = False
    size: tuple[int, int] | None = None
    """The window when it was left, in device pixels, if it was not maximised."""
    name: str = ""
    places: dict[str, dict[str, Any]] = field(default_factory=dict)
    path: Path | None = None

    def save(self) -> None:
        """Write the file beside itself and put it in place; a folder that cannot be written to is no disaster."""
        if self.path is None:
            return
        for log in list(self.places)[:-MOST_PLACES]:
            del self.places[log]
        data = {name: value for name, value in asdict(self).items() if name != "path"}
        fresh = self.path.with_suffix(".new")
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_text(json.dumps(data, indent=1), encoding="utf-8")
            fresh.replace(self.path)

    def place(self, log: Path) -> dict[str, Any]:
        """What is remembered of a log."""
        return self.places.get(log.name, {})

    def remember(self, log: Path, **what: Any) -> None:
        """Remember something of a log; written at once."""
        place = {**self.places.pop(log.name, {}), **what}
        self.places[log.name] = place
        self.save()


def config_path() -> Path:
    """Where the file is."""
    from platformdirs import user_config_path  # needed only where a window opens

    return user_config_path("kamsim", appauthor=False) / "desktop.json"


def load(path: Path | None) -> Config:
    """The configuration of a file; what is missing or odd there is as from the start."""
    config = Config(path=path)
    if path is None:
        return config
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return config
    if not isinstance(data, dict):
        return config
    for name in ("motion", "sound", "full", "maximised"):
        if isinstance(data.get(name), bool):
            setattr(config, name, data[name])
    if data.get("theme") in THEMES:
        config.theme = data["theme"]
    if isinstance(data.get("zoom"), int | float):
        config.zoom = max(ZOOM[0], min(ZOOM[1], float(data["zoom"])))
    config.size = _size(data.get("size"))
    if isinstance(data.get("name"), str):
        config.name = data["name"][:60]
    if isinstance(data.get("places"), dict):
        config.places = {str(log): place for log, place in data["places"].items() if isinstance(place, dict)}
    return config


def _size(found: Any) -> tuple[int, int] | None:
    """A window's size, if it is one that can be used."""
    if not isinstance(found, list) or len(found) != 2 or not all(isinstance(side, int) for side in found):
        return None
    wide, high = found
    return (wide, high) if wide >= LEAST[0] and high >= LEAST[1] else None
