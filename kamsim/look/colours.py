"""Colours as tables of data: what each is for, in the window's three themes and on paper. Meaning never rests on colour
alone: sign, arrow, hatch and place always repeat it.
"""

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
    "chosen": "#FFFFFF", "chosen_edge": "#CBD4E1", "chosen_ink": "#131E31",
}  # fmt: skip
DARK: Final = {
    "bg": "#0C1421", "card": "#141F30", "card2": "#1A273B", "line": "#243349", "line2": "#3A4D69", "edge": "#22314A",
    "ink": "#EAF0F8", "ink2": "#B9C5D7", "ink3": "#98A7BF", "accent": "#6CA8FF", "accent_soft": "#1B3050",
    "accent_ink": "#0A1526", "accent_down": "#8DBBFF", "rail": "#08101C", "rail_ink": "#93A5C2", "rail_on": "#1C2F4C",
    "rail_bright": "#FFFFFF", "pos": "#6CA8FF", "neg": "#F0955A", "pos_soft": "#1B3050", "neg_soft": "#3A2718",
    "total": "#8FA9CB", "grid": "#1E2C41", "warn": "#F3C969", "warn_soft": "#232B38", "track": "#2A3B55",
    "ghost": "#7F91AD", "tip": "#E8EEF8", "tip_ink": "#101A2B", "tip_ink2": "#3F4E66", "scrim": "#02060C",
    "chosen": "#3D5A8A", "chosen_edge": "#6C8DC2", "chosen_ink": "#FFFFFF",
}  # fmt: skip
CONTRAST: Final = {
    "bg": "#000000", "card": "#000000", "card2": "#14171C", "line": "#9AA4B2", "line2": "#D7DEE8", "edge": "#D7DEE8",
    "ink": "#FFFFFF", "ink2": "#F2F5F9", "ink3": "#DCE3EC", "accent": "#7FD0FF", "accent_soft": "#0B2B45",
    "accent_ink": "#000000", "accent_down": "#B5E4FF", "rail": "#000000", "rail_ink": "#DCE3EC", "rail_on": "#123A57",
    "rail_bright": "#FFFFFF", "pos": "#7FD0FF", "neg": "#FFB070", "pos_soft": "#0B2B45", "neg_soft": "#43230B",
    "total": "#E3EAF3", "grid": "#3B434F", "warn": "#FFE07A", "warn_soft": "#3A3000", "track": "#4A5462",
    "ghost": "#B4BFCD", "tip": "#FFFFFF", "tip_ink": "#000000", "tip_ink2": "#22303F", "scrim": "#000000",
    "chosen": "#7FD0FF", "chosen_edge": "#FFFFFF", "chosen_ink": "#000000",
}  # fmt: skip
PAPER: Final = LIGHT | {
    "bg": "#FFFFFF", "card2": "#FFFFFF", "ink": "#000000", "ink2": "#2A3547", "ink3": "#43516A", "line": "#B4BFCD",
    "line2": "#8592A8", "edge": "#B4BFCD", "grid": "#D5DBE4", "accent_soft": "#FFFFFF",
}  # fmt: skip
"""Light, for a printer: no tinted grounds, and hairlines that survive one."""
SERIES: Final = {
    "light": ("#1B5FC1", "#A84505", "#2F7D6B", "#7A3F98", "#566580", "#8A6400"),
    "dark": ("#6CA8FF", "#F0955A", "#6FCFB4", "#CDA3EA", "#B3C0D4", "#E6C35C"),
}
"""The rows of a chart on a page; each also has its dash, marker and pattern."""
THEMES: Final = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}
TEXT_PAIRS: Final = (
    ("ink", "card"), ("ink2", "card"), ("ink3", "card"), ("ink", "bg"), ("ink2", "bg"), ("ink3", "bg"),
    ("ink", "card2"), ("ink2", "card2"), ("ink3", "card2"), ("accent", "card"), ("accent", "card2"),
    ("accent_ink", "accent"), ("accent_ink", "accent_down"), ("accent", "accent_soft"), ("ink", "accent_soft"),
    ("ink2", "accent_soft"), ("rail_ink", "rail"), ("rail_bright", "rail_on"), ("rail_ink", "rail_on"),
    ("pos", "card"), ("neg", "card"), ("neg", "card2"), ("pos", "pos_soft"), ("neg", "neg_soft"), ("warn", "warn_soft"),
    ("ink", "warn_soft"), ("ink2", "warn_soft"), ("tip_ink", "tip"), ("tip_ink2", "tip"), ("ink", "neg_soft"),
    ("ink2", "track"), ("ink", "track"), ("chosen_ink", "chosen"),
)  # fmt: skip
"""What is written on what: (text, ground)."""


def rgb(text: str) -> Colour:
    """#1B5FC1 as three numbers."""
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def luminance(colour: Colour) -> float:
    """Relative luminance, 0 to 1 (WCAG 2)."""
    parts = [part / 255.0 for part in colour]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
