"""Slides as one page: stages of 16:9 that fit any screen, turned by keys and clicks of the browser itself, no script.

The page is as many screens long as it has slides, and scrolling stops at each: Space, Page Down, the arrow down and
what a clicker sends turn on; Shift and Space, Page Up and the arrow up go back; Home and End lead to the ends; a click
turns on, at the left edge back. On paper each slide is a sheet of its own.

A stage is 1280 by 720 units, ``--u`` each, and nothing on it is written smaller than 24: a thirtieth of its height, as
far as the last row reads.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kamsim.look.widths import Weight, broken
from kamsim.page import shell

WIDE: Final = 1152.0
"""Units between the edges of what is on a stage."""
WIDTHS: Final = (576.0,)
"""How wide a chart of a slide is drawn: at half its size on a stage, so that its letters are large enough."""
TALL: Final = 88.0
"""Height of what is drawn above the words of such a chart."""
MORE: Final = "\N{HORIZONTAL ELLIPSIS}"
BACK: Final = "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}"
ON: Final = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
_SHEET: Final = """
html { scroll-snap-type: y mandatory; scrollbar-width: none; background: var(--card); }
body.deck { --u: min(100vw / 1280, 100vh / 720); max-width: none; padding: 0; margin: 0; background: var(--card);
  font-size: 28u; line-height: 1.35; }
.slide { height: 100vh; overflow: hidden; display: grid; place-items: center; scroll-snap-align: start;
  scroll-snap-stop: always; position: relative; }
.board { width: 1280u; height: 720u; padding: 40u 64u 8u; display: flex; flex-direction: column; }
.board > * { margin: 0; }
.board .kind { color: var(--accent); font-size: 24u; font-weight: 600; line-height: 1.3; }
.board h1, .board h2 { font-size: 46u; line-height: 1.16; letter-spacing: -.02em; margin: 4u 0 14u;
  text-wrap: balance; }
.picture { flex: 1; min-height: 0; display: flex; flex-direction: column; justify-content: center; gap: 16u; }
.picture p { margin: 0; }
.ask { padding: 12u 22u; background: var(--accent-soft); border-left: 8u solid var(--accent); font-size: 32u;
  font-weight: 600; line-height: 1.25; text-wrap: balance; }
.cover h1 { font-size: 80u; line-height: 1.08; letter-spacing: -.03em; margin-top: 24u; max-width: 1080u; }
.cover .plain { font-size: 34u; color: var(--ink2); }
.turn { display: flex; justify-content: flex-end; align-items: center; gap: 10u; height: 52u; font-size: 24u;
  color: var(--ink2); }
.turn a { color: inherit; text-decoration: none; padding: 0 10u; }
.turn a::after { content: ""; position: absolute; inset: 0; z-index: 1; }
.turn a.back::after { right: 88%; z-index: 2; }
.shown { margin: 0; border: 0; padding: 0; font-size: 27u; line-height: 1.36; display: flex; gap: 26u;
  align-items: center; }
.shown svg.face { width: 124u; height: 124u; }
.label { color: var(--ink2); font-size: 24u; font-weight: 600; }
.sides { display: grid; grid-template-columns: 1fr 1fr; gap: 24u; }
.side { background: var(--card2); border: 1.5u solid var(--line); border-radius: 12u; padding: 12u 24u; }
.side .head { font-weight: 600; }
.side .figure { font-size: 54u; font-weight: 600; line-height: 1.15; letter-spacing: -.025em; color: var(--pos); }
.side .figure.cost { color: var(--neg); } .side .figure.none { color: var(--ink2); }
.side .figure small { font-size: 24u; font-weight: 400; letter-spacing: 0; color: var(--ink2); }
.side .small { font-size: 24u; line-height: 1.3; color: var(--ink2); }
.finds { list-style: none; margin: 0; padding: 0; display: grid; gap: 18u; }
.finds li { display: grid; grid-template-columns: 214u 1fr; gap: 26u; align-items: center; margin: 0; }
.finds .figure { font-size: 44u; font-weight: 600; letter-spacing: -.02em; white-space: nowrap; color: var(--accent); }
.finds .head { font-weight: 600; } .finds p { line-height: 1.28; }
ol.steps { margin: 0; padding: 0; list-style: none; counter-reset: step; display: grid; gap: 24u; }
ol.steps li { counter-increment: step; display: grid; grid-template-columns: 64u 1fr; margin: 0; font-size: 38u;
  align-items: baseline; }
ol.steps li::before { content: counter(step); font-size: 52u; font-weight: 600; color: var(--accent); }
.deck figure.chart { margin: 0; position: relative; }
.deck figure.chart > svg { max-width: none; }
.deck figure.chart > figcaption, .deck details.numbers { position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); }
.deck details.numbers:focus-within, .deck details.numbers[open] { width: 100%; height: auto; max-height: 420u;
  overflow: auto; clip-path: none; inset: 0 0 auto; z-index: 3; background: var(--card); border: 2u solid var(--line2);
  border-radius: 12u; padding: 12u 20u; font-size: 24u; }
@media print {
  @page { size: 13.333in 7.5in; margin: 0; }
  html { scroll-snap-type: none; }
  body.deck { --u: calc(13.333in / 1280); font-size: 28u; }
  .slide { height: 7.5in; break-after: page; break-inside: avoid; }
  .slide:last-child { break-after: auto; }
  .turn a { display: none; }
}
"""
STYLE: Final = re.sub(r"([\d.]+)u\b", r"calc(\1 * var(--u))", _SHEET)


@dataclass(frozen=True)
class Card:
    """One side of a contrast: who did what, the figure that it came to with what it is of, and lines below. ``role``:
    "cost" for a figure below zero, "none" where there is none."""

    head: str
    figure: str
    of_what: str
    lines: tuple[str, ...]
    role: str = ""


@dataclass(frozen=True)
class Row:
    """A find: its figure, where it stood, and what it was."""

    figure: str
    head: str
    text: str


def fit(words: str, size: float, room: float = WIDE, *, most: int = 1, weight: Weight = "SemiBold") -> str:
    """Words that take no more lines of a stage than there is room for; cut where they would."""
    return " ".join(broken(words, size, room, weight, most=most))


def board(number: int, count: int, kind: str, title: str, picture: str, ask: str) -> str:
    """One slide of ``count``: its kind, its title, a picture (HTML already), a question, and the ways on and back. The
    first one is the cover."""
    level, role = (1, "slide cover") if number == 1 else (2, "slide")
    head = fit(title, 80.0, 1080.0, most=4) if number == 1 else fit(title, 46.0, most=2)
    back = _turn("back", number - 1, "Back to", BACK) if number > 1 else ""
    on = _turn("on", number + 1, "On to", ON) if number < count else ""
    return (
        f'<section class="{role}" id="s{number}" aria-labelledby="s{number}-h"><div class="board">'
        f'{shell.paragraph(fit(kind, 24.0), "kind")}<h{level} id="s{number}-h">{shell.text(head)}</h{level}>\n'
        f'<div class="picture">{picture}</div>\n{shell.paragraph(fit(ask, 32.0, WIDE - 52.0, most=2), "ask")}\n'
        f'<nav class="turn" aria-label="Slide {number} of {count}">{back}<span>{number} / {count}</span>{on}</nav>'
        "</div></section>\n"
    )


def _turn(role: str, number: int, way: str, sign: str) -> str:
    return f'<a class="{role}" href="#s{number}" aria-label="{way} slide {number}">{sign}</a>'


def shown(label: str, words: str, face: str = "") -> str:
    """What all saw, in its own words, as many whole sentences as four lines hold. ``face``: a portrait of who said so,
    as HTML."""
    said = fit(words, 27.0, WIDE - 150.0 if face else WIDE, most=4, weight="Regular")
    whole, stop, rest = said.rpartition(". ")
    if rest.endswith(MORE) and stop:
        said = f"{whole}. {MORE}"
    inner = shell.paragraph(label, "label") + shell.paragraph(said)
    return f'<blockquote class="shown">{face}<div>{inner}</div></blockquote>'


def pair(cards: Sequence[Card]) -> str:
    """Sides next to each other."""
    return f'<div class="sides">{"".join(map(_side, cards))}</div>'


def _side(card: Card) -> str:
    room = (WIDE - 24.0) / 2.0 - 51.0
    role = f"figure {card.role}".strip()
    figure = f'<p class="{role}">{shell.text(card.figure)} <small>{shell.text(card.of_what)}</small></p>'
    below = "".join(shell.paragraph(fit(line, 24.0, room, most=1, weight="Regular"), "small") for line in card.lines)
    return f'<div class="side">{shell.paragraph(fit(card.head, 28.0, room), "head")}{figure}{below}</div>'


def rows(found: Sequence[Row]) -> str:
    """Finds below each other, each with its figure in front."""
    return f'<ul class="finds">{"".join(map(_find, found))}</ul>'


def _find(row: Row) -> str:
    room = WIDE - 240.0
    words = shell.paragraph(fit(row.head, 28.0, room), "head")
    words += shell.paragraph(fit(row.text, 28.0, room, most=2, weight="Regular"))
    return f"<li>{shell.paragraph(row.figure, 'figure')}<div>{words}</div></li>"


def line(words: str) -> str:
    """A line in place of a picture."""
    return shell.paragraph(fit(words, 34.0, weight="Regular"), "plain")


def steps(words: Sequence[str]) -> str:
    """Numbered things to do."""
    return f'<ol class="steps">{"".join(f"<li><span>{shell.text(one)}</span></li>" for one in words)}</ol>'
