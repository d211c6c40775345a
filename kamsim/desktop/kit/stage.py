"""The stage: layers of nodes laid out in a window, drawn with a memory of what has not changed, and one flat order of
focus for keys, pointer and pilot."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Final

import pygame

from kamsim.desktop.kit import lettering
from kamsim.desktop.kit.gfx import Painter, Rect
from kamsim.desktop.kit.node import Look, Metrics, Node, Tip
from kamsim.desktop.kit.pictures import MARGIN, Pictures, Unit, units
from kamsim.desktop.kit.theme import Theme
from kamsim.desktop.kit.tooltip import tip_picture

WHEEL: Final = 56.0
BAR: Final = 12.0
"""Width of a scroll bar's reach."""


@dataclass(eq=False)
class Layer:
    """A part of the window: where it lies, what is in it, whether it scrolls, what its ground is ('' lets what is
    below show through)."""

    name: str
    root: Node
    rect: Rect
    scrolls: bool = False
    ground: str = "bg"
    modal: bool = False
    content: float = 0.0
    """How high the content is."""
    units: list[Unit] = field(default_factory=list)

    @property
    def hidden(self) -> float:
        """How much of the content does not fit; less than half a pixel is nothing."""
        over = self.content - self.rect.h
        return over if self.scrolls and over > 0.5 else 0.0


class Stage:
    """What is on screen now. ``focus`` and ``hover`` are names."""

    def __init__(self, theme: Theme, scale: float = 1.0) -> None:
        self.theme, self.scale = theme, scale
        self.layers: list[Layer] = []
        self.offsets: dict[str, float] = {}
        self.focus = self.hover = ""
        self.by_keys = False
        """Whether the focus was last moved by keys, so that it explains itself."""
        self.explaining = False
        """Whether the pointer has rested long enough on what it is on."""
        self.motion = 1.0
        self.place_key = ""
        """Which page's scroll position is meant."""
        self.pictures = Pictures()
        self._drawn: Hashable = None
        self._dragged: tuple[Layer, Node] | None = None
        self._bar: Layer | None = None

    # --- layout -----------------------------------------------------------------------------------------------

    def show(self, layers: list[Layer]) -> None:
        """Take new layers and lay them out."""
        metrics = Metrics(self.scale)
        for layer in layers:
            layer.content = layer.root.height(metrics, layer.rect.w)
            high = max(layer.content, layer.rect.h)
            layer.root.place(metrics, Rect(layer.rect.x, layer.rect.y, layer.rect.w, high))
            layer.units = list(units(layer.root))
        self.layers = layers
        self.pictures.keep(
            {(layer.name, unit.late or number) for layer in layers for number, unit in enumerate(layer.units)}
        )
        for layer in layers:
            self.scroll_to(layer, self.offset(layer))
        if self.focus and self.node(self.focus) is None:
            self.focus = ""
        if self.hover and self.node(self.hover) is None:
            self.hover = ""

    def _offset_key(self, layer: Layer) -> str:
        return f"{self.place_key}/{layer.name}" if layer.name == "body" else layer.name

    def offset(self, layer: Layer) -> float:
        """How far a layer is scrolled."""
        return self.offsets.get(self._offset_key(layer), 0.0)

    def scroll_to(self, layer: Layer, offset: float) -> bool:
        """Scroll a layer; whether that changed anything."""
        wanted = max(0.0, min(layer.hidden, offset))
        if abs(wanted - self.offset(layer)) < 0.01:
            return False
        self.offsets[self._offset_key(layer)] = wanted
        return True

    def active(self) -> list[Layer]:
        """The layers that take input: the topmost modal one alone, or all."""
        modal = [layer for layer in self.layers if layer.modal]
        return modal[-1:] or self.layers

    def order(self) -> list[tuple[Layer, Node]]:
        """Everything that takes the focus, in its flat order: the page first, then its foot, then the frame."""
        ranks = {"dialog": 0, "body": 1, "foot": 2, "top": 3, "rail": 4}
        layers = sorted(self.active(), key=lambda layer: ranks.get(layer.name, 5))
        return [(layer, node) for layer in layers for node in layer.root.walk() if node.focusable and node.name]

    def node(self, name: str) -> Node | None:
        """The node of a name among what takes input."""
        found = self.find(name)
        return found[1] if found else None

    def find(self, name: str) -> tuple[Layer, Node] | None:
        """The layer and node of a name among what takes input."""
        for layer in self.active():
            for unit in layer.units:
                if name in unit.names:
                    return layer, unit.names[name]
        return None

    def on_screen(self, name: str) -> Rect | None:
        """Where a node is in the window, logical, scrolling taken off."""
        found = self.find(name)
        return found[1].rect.moved(0, -self.offset(found[0])) if found else None

    def in_sight(self, name: str) -> bool:
        """Whether the middle of something is not scrolled out of its layer."""
        found = self.find(name)
        if found is None:
            return False
        layer, node = found
        middle = node.rect.y + node.rect.h / 2 - self.offset(layer)
        return layer.rect.y <= middle <= layer.rect.bottom

    # --- drawing ----------------------------------------------------------------------------------------------

    def draw(self, surface: pygame.Surface, *, whole: bool = False) -> None:
        """Everything, drawing anew only what looks different, and only where it is unless that is the ``whole``."""
        frame = Painter(surface, self.scale, self.theme)
        lying = (id(surface), surface.get_size(), self.scale, self.theme.name, self._lie())
        explained = self._explained()
        hurried = not (whole or self.pictures.behind)
        whole = whole or lying != self._drawn or explained is not None or Painter.record is not None
        self._drawn = None if explained is not None else lying
        self.pictures.behind = False
        look = Look(self.focus, self.hover, self.motion)
        for layer in self.layers:
            pictures, anew = self._pictures_of(layer, look, frame, hurried=hurried)
            for part in (None,) if whole else anew:
                self._put(surface, frame, layer, pictures, part)
        if explained is not None:
            self._draw_tip(surface, *explained)

    def _lie(self) -> Hashable:
        """All that a picture of the whole depends on besides the pictures in it; None, like nothing before, while one
        layer lies over others."""
        if any(not layer.ground for layer in self.layers):
            return object()
        return tuple(
            (
                layer.name,
                layer.rect,
                layer.ground,
                self.offset(layer),
                layer.hidden,
                *[unit.node.rect for unit in layer.units],
            )
            for layer in self.layers
        )

    def _pictures_of(
        self, layer: Layer, look: Look, frame: Painter, *, hurried: bool
    ) -> tuple[list[tuple[tuple[int, int], pygame.Surface]], list[pygame.Rect]]:
        """The pictures of a layer that are in sight, with where they lie, and where one of them was drawn anew."""
        offset, shown, anew = self.offset(layer), [], list[pygame.Rect]()
        for number, unit in enumerate(layer.units):
            rect = unit.node.rect.moved(0, -offset)
            if not layer.scrolls or (rect.bottom > layer.rect.y - MARGIN and rect.y < layer.rect.bottom + MARGIN):
                place = (frame.across(rect.x - MARGIN), frame.down(rect.y - MARGIN))
                picture, parts = self.pictures.of(
                    (layer.name, unit.late or number), unit, look, self.scale, self.theme, layer.ground, hurried=hurried
                )
                shown.append((place, picture))
                anew += [part.move(place) for part in parts]
        return shown, anew

    def _put(
        self,
        surface: pygame.Surface,
        frame: Painter,
        layer: Layer,
        pictures: list[tuple[tuple[int, int], pygame.Surface]],
        part: pygame.Rect | None,
    ) -> None:
        """Put a layer's pictures on the surface, all or those that reach into a part of it."""
        if layer.modal:
            frame.veil(Rect(0, 0, surface.get_width() / self.scale, surface.get_height() / self.scale), "scrim", 130)
        area, over = frame.area(layer.rect), 2 * frame.length(MARGIN)
        clip = area if layer.ground or layer.hidden > 0 else area.inflate(over, over)
        clip = clip if part is None else clip.clip(part)
        surface.set_clip(clip)
        if layer.ground and part is None:  # a part is covered by the picture for which it is drawn
            frame.fill(layer.rect, layer.ground)
        for place, picture in pictures:
            if part is None or clip.colliderect((place, picture.get_size())):
                surface.blit(picture, place)
        if part is None:
            surface.set_clip(None)
        if layer.hidden > 0 and (part is None or part.right >= area.right - frame.length(BAR)):
            if layer.modal:
                frame.fill(Rect(layer.rect.x, layer.rect.bottom - 2, layer.rect.w, 2), "ghost")
            self._draw_bar(frame, layer)
        surface.set_clip(None)

    def forget(self) -> None:
        """Draw everything anew the next time, at another scale: what was kept of texts is of no use any more."""
        self.pictures.clear()
        self._drawn = None
        lettering.picture.cache_clear()

    def _bar_rect(self, layer: Layer) -> Rect:
        part = layer.rect.h / layer.content
        high = max(36.0, layer.rect.h * part)
        y = layer.rect.y + (layer.rect.h - high) * self.offset(layer) / layer.hidden
        return Rect(layer.rect.right - 7, y + 2, 4, high - 4)

    def _draw_bar(self, frame: Painter, layer: Layer) -> None:
        frame.box(self._bar_rect(layer), 2, "ghost")

    def _explained(self) -> tuple[Layer, Node, Tip] | None:
        """What is explained now: where, what, and how."""
        name = self.hover if self.explaining and self.hover else self.focus if self.by_keys else ""
        found = self.find(name) if name else None
        tip = found[1].tip_now() if found else None
        if found is None or tip is None or not (name == self.hover or found[1].tip_by_keys):
            return None
        return *found, tip

    def _draw_tip(self, surface: pygame.Surface, layer: Layer, node: Node, tip: Tip) -> None:
        room = min(340.0, surface.get_width() / self.scale - 24)
        picture = tip_picture(tip, self.scale, self.theme, room)
        rect = node.rect.moved(0, -self.offset(layer))
        wide, high = picture.get_width() / self.scale, picture.get_height() / self.scale
        across, down = surface.get_width() / self.scale, surface.get_height() / self.scale
        x = max(8.0, min(rect.x, across - wide - 8))
        y = rect.bottom + 8 if rect.bottom + 8 + high < down else max(8.0, rect.y - high - 8)
        if layer.name == "rail":
            x, y = rect.right + 8, max(8.0, min(rect.y + (rect.h - high) / 2, down - high - 8))
        surface.blit(picture, (round(x * self.scale), round(y * self.scale)))

    def hush(self) -> None:
        """A key was pressed: what the pointer rests on is no longer explained, until it moves."""
        self.hover, self.explaining = "", False

    # --- focus ------------------------------------------------------------------------------------------------

    def move_focus(self, step: int) -> None:
        """To the next (1) or the one before (-1), round and round."""
        names = [node.name for _, node in self.order()]
        if not names:
            return
        row = names.index(self.focus) + step if self.focus in names else (0 if step > 0 else -1)
        self.set_focus(names[row % len(names)], by_keys=True)

    def move_down(self, way: int) -> None:
        """To what lies below (1) or above (-1) in the list that has the focus, and not beyond its end: Tab leaves it.
        What has nothing of its list above or below is in none."""
        found = self.find(self.focus) if self.focus else None
        listed = self._listed(*found) if found is not None else []
        stacked = [(_below(found[1].rect, node.rect), node) for node in listed] if found is not None else []
        if found is None or not any(far for far, _ in stacked):
            self.move_focus(way)
            return
        x = found[1].rect.x
        ahead = [(far * way, abs(node.rect.x - x), node.name) for far, node in stacked if far * way > 0]
        if ahead:
            self.set_focus(min(ahead)[2], by_keys=True)

    def _listed(self, layer: Layer, node: Node) -> list[Node]:
        """What stands in one list with a node: what else its card holds, or its like before it and after it."""
        place = next(number for number, unit in enumerate(layer.units) if node.name in unit.names)
        inside = [other for other in layer.units[place].names.values() if other.focusable]
        if len(inside) > 1 or layer.units[place].node is not node:
            return inside
        first = last = place
        while first > 0 and type(layer.units[first - 1].node) is type(node):
            first -= 1
        while last + 1 < len(layer.units) and type(layer.units[last + 1].node) is type(node):
            last += 1
        return [unit.node for unit in layer.units[first : last + 1] if unit.node.name and unit.node.focusable]

    def move_aside(self, way: int) -> bool:
        """To what lies right (1) or left (-1) of what has the focus, on its height; whether there is something."""
        found = self.find(self.focus) if self.focus else None
        if found is None:
            return False
        layer, here = found[0], found[1].rect
        beside = []
        for other, node in self.order():
            rect = node.rect
            gap = (rect.x - here.right if way > 0 else here.x - rect.right) + 0.5
            if other is layer and gap >= 0 and min(rect.bottom, here.bottom) > max(rect.y, here.y):
                beside.append((gap, abs(rect.y - here.y), node.name))
        if beside:
            self.set_focus(min(beside)[2], by_keys=True)
        return bool(beside)

    def set_focus(self, name: str, *, by_keys: bool = False) -> None:
        """Give the focus, and bring it into sight."""
        self.focus, self.by_keys = name, by_keys
        found = self.find(name)
        if found is not None:
            self.bring_into_sight(*found)

    def bring_into_sight(self, layer: Layer, node: Node) -> None:
        """Scroll as little as shows a node, with all of its card where that has room and tells what it sets."""
        if not layer.scrolls:
            return
        whole = next((unit.node.rect for unit in layer.units if node.name in unit.names), node.rect)
        rect = whole if node.sets and whole.h + 32 <= layer.rect.h else node.rect
        top, bottom = rect.y - layer.rect.y - 16, rect.bottom - layer.rect.y + 16
        offset = self.offset(layer)
        if bottom - offset > layer.rect.h:
            offset = bottom - layer.rect.h
        offset = min(offset, top)
        self.scroll_to(layer, offset)

    # --- pointer ----------------------------------------------------------------------------------------------

    def under(self, x: float, y: float) -> tuple[Layer, Node] | None:
        """What takes input at a place."""
        for layer in reversed(self.active()):
            if not layer.rect.inset(-MARGIN if not layer.scrolls else 0).holds(x, y):
                continue
            below = y + self.offset(layer)
            found = [node for node in layer.root.walk() if node.name and node.rect.holds(x, below)]
            focusable = [node for node in found if node.focusable] or [node for node in found if node.tip]
            if focusable:
                return layer, focusable[-1]
        return None

    def point(self, x: float, y: float) -> bool:
        """The pointer is here; whether anything looks different."""
        if self._bar is not None:
            return self._drag_bar(y)
        if self._dragged is not None:
            layer, node = self._dragged
            return node.drag(x, y + self.offset(layer))
        found = self.under(x, y)
        name = found[1].name if found else ""
        changed = name != self.hover
        if changed and self.hover:
            old = self.node(self.hover)
            if old is not None:
                old.point(-1e6, -1e6)
        self.hover = name
        if changed:
            self.explaining = False
        if found is not None and found[1].point(x, y + self.offset(found[0])):
            changed = True
        return changed

    def press(self, x: float, y: float) -> bool:
        """The mouse button goes down; whether anything was hit."""
        for layer in reversed(self.active()):
            if layer.hidden > 0 and layer.rect.right - BAR <= x < layer.rect.right and layer.rect.holds(x, y):
                self._bar = layer
                return self._drag_bar(y) or True
        found = self.under(x, y)
        if found is None:
            return False
        layer, node = found
        if node.focusable:
            self.focus, self.by_keys = node.name, False
        self._dragged = found
        node.press(x, y + self.offset(layer))
        return True

    def release(self) -> None:
        """The mouse button goes up."""
        self._dragged, self._bar = None, None

    @property
    def dragging(self) -> bool:
        """Whether something is being dragged."""
        return self._dragged is not None

    def _drag_bar(self, y: float) -> bool:
        layer = self._bar
        assert layer is not None
        high = self._bar_rect(layer).h + 4
        part = (y - layer.rect.y - high / 2) / max(1.0, layer.rect.h - high)
        return self.scroll_to(layer, part * layer.hidden)

    def wheel(self, x: float, y: float, steps: float) -> bool:
        """The wheel turns; whether anything moved."""
        for layer in reversed(self.active()):
            if layer.hidden > 0 and (layer.rect.holds(x, y) or layer.modal or len(self.layers) == 1):
                return self.scroll_to(layer, self.offset(layer) - steps * WHEEL)
        return self.scroll_page(-steps * WHEEL)

    def scroll_page(self, by: float) -> bool:
        """Scroll the page, or what lies over it."""
        for layer in reversed(self.active()):
            if layer.hidden > 0 and layer.name in ("body", "dialog"):
                return self.scroll_to(layer, self.offset(layer) + by)
        return False

    # --- words ------------------------------------------------------------------------------------------------

    def describe(self) -> str:
        """Everything on screen in words, layer by layer."""
        return "\n".join(filter(None, (layer.root.describe() for layer in self.active())))


def _below(here: Rect, there: Rect) -> float:
    """How far a place lies below another, less than 0 where it is above it, 0 where it is beside it."""
    if there.y >= here.bottom - 1:
        return there.y - here.bottom + 2
    return min(0.0, there.bottom - here.y - 2) if there.bottom <= here.y + 1 else 0.0
