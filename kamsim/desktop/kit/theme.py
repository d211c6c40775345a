"""Looks as tables of data: what each colour is for, in three themes. Meaning never rests on colour alone."""

from __future__ import annotations

from typing import Final

Colour = tuple[int, int, int]

LIGHT: Final = {
    "bg": "#F2F4F8", "card": "#FFFFFF", "card2": "#F5F7FB", "line": "#E2E7EF", "line2": "#CBD4E1", "edge": "#E2E7EF",
    "ink": "#131E31", "ink2": "#43516A", "ink3": "#566580", "accent": "#1B5FC1", "accent_soft": "#E8F0FC",
    "accent_ink": "#FFFFFF", "accent_down": "#164FA2", "rail": "#0F1D33", "rail_ink": "#A9B8D0", "rail_on": "#223A5F",
    "rail_bright": "#FFFFFF", "pos": "#1B5FC1", "neg": "#A84505", "pos_soft": "#E4EEFB", "neg_soft": "#FBEDE0",
    "total": "#24405F", "grid": "#EAEEF4", "warn": "#7A5000", "warn_soft": "#FFF3D6", "track": "#DDE4EE",
    "ghost": "#8592A8", "tip": "#16233A", "tip_ink": "#F4F7FC", "tip_ink2": "#B9C6DB", "scrim": "#0B1526",
}  # fmt: skip
DARK: Final = {
    "bg": "#0C1421", "card": "#141F30", "card2": "#1A273B", "line": "#243349", "line2": "#3A4D69", "edge": "#22314A",
    "ink": "#EAF0F8", "ink2": "#B9C5D7", "ink3": "#98A7BF", "accent": "#6CA8FF", "accent_soft": "#1B3050",
    "accent_ink": "#0A1526", "accent_down": "#8DBBFF", "rail": "#08101C", "rail_ink": "#93A5C2", "rail_on": "#1C2F4C",
    "rail_bright": "#FFFFFF", "pos": "#6CA8FF", "neg": "#F0955A", "pos_soft": "#1B3050", "neg_soft": "#3A2718",
    "total": "#8FA9CB", "grid": "#1E2C41", "warn": "#F3C969", "warn_soft": "#3A2F14", "track": "#2A3B55",
    "ghost": "#7F91AD", "tip": "#E8EEF8", "tip_ink": "#101A2B", "tip_ink2": "#3F4E66", "scrim": "#02060C",
}  # fmt: skip
CONTRAST: Final = {
    "bg": "#000000", "card": "#000000", "card2": "#14171C", "line": "#9AA4B2", "line2": "#D7DEE8", "edge": "#D7DEE8",
    "ink": "#FFFFFF", "ink2": "#F2F5F9", "ink3": "#DCE3EC", "accent": "#7FD0FF", "accent_soft": "#0B2B45",
    "accent_ink": "#000000", "accent_down": "#B5E4FF", "rail": "#000000", "rail_ink": "#DCE3EC", "rail_on": "#123A57",
    "rail_bright": "#FFFFFF", "pos": "#7FD0FF", "neg": "#FFB070", "pos_soft": "#0B2B45", "neg_soft": "#43230B",
    "total": "#E3EAF3", "grid": "#3B434F", "warn": "#FFE07A", "warn_soft": "#3A3000", "track": "#4A5462",
    "ghost": "#B4BFCD", "tip": "#FFFFFF", "tip_ink": "#000000", "tip_ink2": "#22303F", "scrim": "#000000",
}  # fmt: skip
THEMES: Final = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}
NAMES: Final = {"light": "Light", "dark": "Dark", "contrast": "High contrast"}
SHADOW: Final = {"light": 26, "dark": 90, "contrast": 0}
"""How strong the shadow below a card is, of 255."""
TEXT_PAIRS: Final = (
    ("ink", "card"), ("ink2", "card"), ("ink3", "card"), ("ink", "bg"), ("ink2", "bg"), ("ink3", "bg"),
    ("ink", "card2"), ("ink2", "card2"), ("ink3", "card2"), ("accent", "card"), ("accent", "card2"),
    ("accent_ink", "accent"), ("accent_ink", "accent_down"), ("accent", "accent_soft"), ("ink", "accent_soft"),
    ("ink2", "accent_soft"), ("rail_ink", "rail"), ("rail_bright", "rail_on"), ("rail_ink", "rail_on"),
    ("pos", "card"), ("neg", "card"), ("neg", "card2"), ("pos", "pos_soft"), ("neg", "neg_soft"), ("warn", "warn_soft"),
    ("ink", "warn_soft"), ("ink2", "warn_soft"), ("tip_ink", "tip"), ("tip_ink2", "tip"), ("ink", "neg_soft"),
    ("ink2", "track"), ("ink", "track"),
)  # fmt: skip
"""What is written on what: (text, ground)."""


def rgb(text: str) -> Colour:
    """#1B5FC1 as three numbers."""
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


class Theme:
    """One look. ``theme["ink"]`` is a colour as three numbers; so is ``theme["#102030"]``."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.shadow = SHADOW[name]
        self._colours = {role: rgb(value) for role, value in THEMES[name].items()}

    def __getitem__(self, role: str | Colour) -> Colour:
        if isinstance(role, tuple):
            return role
        return rgb(role) if role.startswith("#") else self._colours[role]

    def mix(self, one: str | Colour, other: str | Colour, part: float) -> Colour:
        """A colour between two: ``part`` of the first."""
        first, second = self[one], self[other]
        red, green, blue = (round(a * part + b * (1.0 - part)) for a, b in zip(first, second, strict=True))
        return red, green, blue


def luminance(colour: Colour) -> float:
    """Relative luminance, 0 to 1 (WCAG 2)."""
    parts = [part / 255.0 for part in colour]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
