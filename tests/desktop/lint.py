"""A look at a page with a ruler: what overlaps, what is cut off, what is too small or too faint to read."""

from __future__ import annotations

import pygame

from kamsim.desktop.app import App
from kamsim.desktop.kit.gfx import Painter, Written
from kamsim.desktop.kit.node import Look
from kamsim.desktop.kit.pictures import MARGIN, Unit, paint
from kamsim.desktop.kit.stage import Layer, Stage
from kamsim.look.colours import contrast

LEAST = 11.0
"""Pixels that a letter must be high."""
READABLE = 4.5


def faults(app: App) -> list[str]:
    """Everything that is wrong with the page on screen."""
    app.frame(force=True)
    found: list[str] = []
    stage = app.stage
    wide, high = app.presenter.surface.get_size()
    for layer in stage.layers:
        inside = layer.rect.x >= -0.5 and layer.rect.right <= wide / stage.scale + 0.5
        if not inside or layer.rect.bottom > high / stage.scale + 0.5 or layer.rect.h < 24:
            found.append(f"layer {layer.name} is out of the window or has no room: {layer.rect}")
        if not layer.scrolls and layer.content > layer.rect.h + 0.5:
            found.append(f"layer {layer.name} needs {layer.content:.0f} and has {layer.rect.h:.0f}")
        for unit in layer.units:
            found += _unit(stage, layer, unit)
        found += _units(layer)
    return found


def _units(layer: Layer) -> list[str]:
    """Units that lie over each other or beyond their layer."""
    found = []
    rects = [(unit.node, unit.node.rect) for unit in layer.units if unit.node.rect.w > 0]
    for place, (node, rect) in enumerate(rects):
        if rect.x < layer.rect.x - 0.5 or rect.right > layer.rect.right + 0.5:
            found.append(f"{layer.name}: {type(node).__name__} {node.name} is wider than its layer")
        for other, there in rects[place + 1 :]:
            across = min(rect.right, there.right) - max(rect.x, there.x)
            down = min(rect.bottom, there.bottom) - max(rect.y, there.y)
            if across > 0.6 and down > 0.6:
                found.append(
                    f"{layer.name}: {type(node).__name__} and {type(other).__name__} overlap by {across:.0f}x{down:.0f}"
                )
    return found


def written(stage: Stage, layer: Layer, unit: Unit) -> list[Written]:
    """Every text of a unit, painted anew."""
    rect = unit.node.rect
    size = (round((rect.w + 2 * MARGIN) * stage.scale), round((rect.h + 2 * MARGIN) * stage.scale))
    surface = pygame.Surface(size, 0 if layer.ground else pygame.SRCALPHA)
    surface.fill(stage.theme[layer.ground or "card"])
    Painter.record = []
    try:
        painter = Painter(surface, stage.scale, stage.theme, rect.x - MARGIN, rect.y - MARGIN)
        paint(unit.node, painter, Look(stage.focus, stage.hover, 1.0))
        return Painter.record
    finally:
        Painter.record = None


def _unit(stage: Stage, layer: Layer, unit: Unit) -> list[str]:
    texts = written(stage, layer, unit)
    rect = unit.node.rect
    edge = round(MARGIN * stage.scale) - 3
    room = pygame.Rect(edge, edge, round(rect.w * stage.scale) + 6, round(rect.h * stage.scale) + 6)
    found = []
    for place, text in enumerate(texts):
        where = f"{layer.name}: {text.text[:40]!r}"
        if text.cut:
            found.append(f"{where} is cut off")
        if text.size < LEAST - 0.01:
            found.append(f"{where} is {text.size:.1f} px")
        if not room.contains(text.rect):
            found.append(
                f"{where} at {tuple(text.rect)} leaves {tuple(room)} of {type(unit.node).__name__} {unit.node.name}"
            )
        ratio = contrast(text.colour, text.ground)
        if ratio < READABLE:
            found.append(f"{where} has a contrast of {ratio:.1f}")
        for other in texts[place + 1 :]:
            shared = text.rect.clip(other.rect)
            if shared.w > 1 and shared.h > 1:
                found.append(f"{where} and {other.text[:40]!r} overlap by {shared.w}x{shared.h}")
    return found
