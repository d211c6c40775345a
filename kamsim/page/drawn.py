"""The house's icons and portraits as SVG: decoration beside words, so nobody who listens to a page hears of them."""

from __future__ import annotations

from itertools import pairwise

from kamsim.look.colours import Colour
from kamsim.look.faces import Face, Shape, ground, shapes
from kamsim.look.icons import ICONS, Stroke


def icon(name: str) -> str:
    """An icon in the colour and the size of the text around it."""
    return f'<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{"".join(map(_stroke, ICONS[name]))}</svg>'


def _stroke(stroke: Stroke) -> str:
    kind, values = stroke
    if kind == "line":
        return f'<path d="M{"L".join(f"{x:g} {y:g}" for x, y in list(pairwise(values))[::2])}"/>'
    if kind == "box":
        x, y, wide, high = values
        return f'<rect x="{x:g}" y="{y:g}" width="{wide:g}" height="{high:g}" rx="2"/>'
    x, y, radius = values
    look = ' class="dot"' if kind == "dot" else ""
    return f'<circle{look} cx="{x:g}" cy="{y:g}" r="{radius:g}"/>'


def portrait(face: Face) -> str:
    """A portrait in a round frame."""
    drawn = "".join(map(_shape, shapes(face)))
    back = f'<rect width="100" height="100" fill="{_hex(ground(face))}"/>'
    return f'<svg class="face" viewBox="0 0 100 100" aria-hidden="true">{back}{drawn}</svg>'


def _hex(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


def _way(shape: Shape) -> str:
    return "L".join(f"{x:.3g} {y:.3g}" for x, y in shape.points)


def _shape(shape: Shape) -> str:
    colour = _hex(shape.colour)
    line = f'fill="none" stroke="{colour}" stroke-width="{shape.thick or shape.size:g}"'
    if shape.kind == "polygon":
        return f'<path fill="{colour}" d="M{_way(shape)}z"/>'
    if shape.kind == "stroke":
        return f'<path {line} stroke-linecap="round" d="M{_way(shape)}"/>'
    (x, y), (right, bottom) = shape.points[0], shape.points[-1]
    if shape.kind == "ellipse":
        return f'<ellipse fill="{colour}" cx="{x:.3g}" cy="{y:.3g}" rx="{right:.3g}" ry="{bottom:.3g}"/>'
    if shape.kind == "ring":
        return f'<circle {line} cx="{x:g}" cy="{y:g}" r="{shape.size:g}"/>'
    look = f'fill="{colour}"' if shape.kind == "box" else line
    return f'<rect {look} x="{x:g}" y="{y:g}" width="{right - x:g}" height="{bottom - y:g}" rx="{shape.size:g}"/>'
