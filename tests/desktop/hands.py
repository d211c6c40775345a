"""Two ways to do the same on the desktop: with the mouse alone, and with keys alone."""

from __future__ import annotations

from typing import Any

from kamsim.desktop.kit.controls import Segmented, Slider
from kamsim.desktop.pilot import Pilot


class Mouse:
    """Clicks, and nothing else."""

    def __init__(self, pilot: Pilot) -> None:
        self.pilot = pilot

    def do(self, name: str) -> None:
        self.pilot.click(name)

    def choose(self, name: str, value: Any) -> None:
        node = self.pilot.app.stage.node(name)
        assert isinstance(node, Segmented)
        place = [option for option, _ in node.options].index(value)
        self.pilot.click(name, at=((place + 0.5) / len(node.options), 0.8))

    def slide(self, name: str, value: float) -> None:
        node = self.pilot.app.stage.node(name)
        assert isinstance(node, Slider)
        part = (value - node.low) / (node.high - node.low)
        self.pilot.click(name, at=((9 + part * (node.rect.w - 18)) / node.rect.w, 0.6))

    def undo(self) -> None:
        self.pilot.click("top.undo")

    def swap_first_two(self) -> None:
        node = self.pilot.app.stage.node("ranking")
        assert node is not None
        self.pilot.click("ranking", at=((node.rect.w - 22) / node.rect.w, 0.1))


class Keys:
    """Keys, and nothing else."""

    def __init__(self, pilot: Pilot) -> None:
        self.pilot = pilot

    def do(self, name: str) -> None:
        self.pilot.focus(name)
        self.pilot.press("Enter")

    def choose(self, name: str, value: Any) -> None:
        self.pilot.focus(name)
        node = self.pilot.app.stage.node(name)
        assert isinstance(node, Segmented)
        options = [option for option, _ in node.options]
        step = options.index(value) - options.index(node.value)
        self.pilot.press(*["Right" if step > 0 else "Left"] * abs(step))

    def slide(self, name: str, value: float) -> None:
        self.pilot.focus(name)
        node = self.pilot.app.stage.node(name)
        assert isinstance(node, Slider)
        step = round((value - node.value) / node.step)
        self.pilot.press(*["Right" if step > 0 else "Left"] * abs(step))

    def undo(self) -> None:
        self.pilot.press("Ctrl Z")

    def swap_first_two(self) -> None:
        self.pilot.focus("ranking")
        self.pilot.press("Right")
