"""A look of the window: the house's colours as pygame takes them, and how strong shadows are."""

from __future__ import annotations

from typing import Final

from kamsim.look.colours import THEMES, Colour, rgb

NAMES: Final = {"light": "Light", "dark": "Dark", "contrast": "High contrast"}
SHADOW: Final = {"light": 26, "dark": 90, "contrast": 0}
"""How strong the shadow below a card is, of 255."""


class Theme:
    """One look. ``theme["ink"]`` is a colour as three numbers; so is ``theme["#102030"]``."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.shadow = SHADOW[name]
        self._colours: dict[str | Colour, Colour] = {role: rgb(value) for role, value in THEMES[name].items()}

    def __getitem__(self, role: str | Colour) -> Colour:
        found = self._colours.get(role)
        if found is None:
            found = self._colours[role] = role if isinstance(role, tuple) else rgb(role)
        return found

    def mix(self, one: str | Colour, other: str | Colour, part: float) -> Colour:
        """A colour between two: ``part`` of the first."""
        first, second = self[one], self[other]
        red, green, blue = (round(a * part + b * (1.0 - part)) for a, b in zip(first, second, strict=True))
        return red, green, blue
