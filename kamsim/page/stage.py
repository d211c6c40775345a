"""Slides as one page: stages of 16:9 that fit any screen, turned by keys and clicks of the browser itself, no script.

The page is as many screens long as it has slides, and scrolling stops at each: Space, Page Down, the arrow down and
what a clicker sends turn to the next, with Shift, Page Up and the arrow up one goes back, Home and End lead to the ends,
and a click anywhere turns on. On paper each slide is a sheet of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kamsim.page import shell

STYLE: Final = """
html { scroll-snap-type: y mandatory; scrollbar-width: none; }
body.deck { --u: min(100vw / 1280, 100vh / 720); max-width: none; padding: 0; margin: 0; font-size: calc(28 * var(--u));
  line-height: 1.35; }
.slide { height: 100vh; overflow: hidden; display: grid; place-items: center; scroll-snap-align: start;
  scroll-snap-stop: always; position: relative; }
.board { width: calc(1280 * var(--u)); height: calc(720 * var(--u)); padding: calc(44 * var(--u)) calc(64 * var(--u))
  calc(64 * var(--u)); display: flex; flex-direction: column; position: relative; }
.board > * { margin: 0; }
.kind { color: var(--soft); font-size: calc(24 * var(--u)); font-weight: 600; }
.board h1, .board h2 { font-size: calc(46 * var(--u)); line-height: 1.18; letter-spacing: -.015em; border: 0; padding: 0;
  margin: calc(6 * var(--u)) 0 calc(18 * var(--u)); text-wrap: balance; }
.picture { flex: 1; min-height: 0; display: flex; flex-direction: column; justify-content: center;
  gap: calc(18 * var(--u)); }
.ask { margin-top: calc(18 * var(--u)); padding: calc(12 * var(--u)) calc(22 * var(--u)); background: var(--tint);
  border-left: calc(8 * var(--u)) solid var(--c0); font-size: calc(32 * var(--u)); font-weight: 600; line-height: 1.25;
  text-wrap: balance; }
.turn { position: absolute; right: calc(64 * var(--u)); bottom: calc(18 * var(--u)); font-size: calc(22 * var(--u));
  color: var(--soft); display: flex; gap: calc(18 * var(--u)); }
.turn a { color: inherit; text-decoration: none; }
.turn a.on::after, .turn a.back::after { content: ""; position: fixed; }
.slide .turn a::after { position: absolute; }
.slide .turn a { position: static; }
.turn a:focus-visible { outline: 3px solid var(--c1); outline-offset: 3px; }
.shown { margin: 0; font-size: calc(27 * var(--u)); }
.shown > p { margin: 0; }
.label { color: var(--soft); font-size: calc(22 * var(--u)); font-weight: 600; }
.sides { display: grid; grid-template-columns: 1fr 1fr; gap: calc(24 * var(--u)); }
.side { background: var(--tint); border-radius: calc(10 * var(--u)); padding: calc(16 * var(--u)) calc(24 * var(--u)); }
.side > p { margin: 0; }
.side .head { font-weight: 600; }
.side .figure { font-size: calc(56 * var(--u)); font-weight: 700; line-height: 1.15; letter-spacing: -.02em; }
.side .small { font-size: calc(24 * var(--u)); color: var(--soft); }
.finds { list-style: none; margin: 0; padding: 0; display: grid; gap: calc(20 * var(--u)); }
.finds li { display: grid; grid-template-columns: calc(200 * var(--u)) 1fr; gap: calc(24 * var(--u)); align-items: center;
  margin: 0; }
.finds .figure { font-size: calc(50 * var(--u)); font-weight: 700; letter-spacing: -.02em; white-space: nowrap; }
.finds p { margin: 0; } .finds .head { font-weight: 600; }
.plain { font-size: calc(36 * var(--u)); color: var(--soft); }
ol.steps { margin: 0; padding: 0; list-style: none; counter-reset: step; display: grid; gap: calc(22 * var(--u)); }
ol.steps li { counter-increment: step; display: grid; grid-template-columns: calc(70 * var(--u)) 1fr; margin: 0;
  font-size: calc(36 * var(--u)); align-items: baseline; }
ol.steps li::before { content: counter(step); font-size: calc(50 * var(--u)); font-weight: 700; color: var(--c0); }
@media print {
  @page { size: 13.333in 7.5in; margin: 0; }
  html { scroll-snap-type: none; }
  body.deck { --u: calc(13.333in / 1280); }
  .slide { height: 7.5in; break-after: page; break-inside: avoid; }
  .slide:last-child { break-after: auto; }
  .turn a { display: none; }
}
"""


@dataclass(frozen=True)
class Card:
    """One side of a contrast: who did what, the figure that it came to and what that figure is, lines below."""

    head: str
    figure: str
    of_what: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """A find: its figure, where it stood, and what it was."""

    figure: str
    head: str
    text: str


def board(number: int, count: int, kind: str, title: str, picture: str, ask: str) -> str:
    """One slide of ``count``: its kind, its title, a picture (HTML already), a question, and the ways on and back."""
    level = 1 if number == 1 else 2
    back = (
        f'<a class="back" href="#s{number - 1}" aria-label="Back to slide {number - 1}">\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}</a>'
        if number > 1
        else ""
    )
    on = (
        f'<a class="on" href="#s{number + 1}" aria-label="On to slide {number + 1}">\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}</a>'
        if number < count
        else ""
    )
    return (
        f'<section class="slide" id="s{number}" aria-labelledby="s{number}-h"><div class="board">'
        f'<p class="kind">{shell.text(kind)}</p><h{level} id="s{number}-h">{shell.text(title)}</h{level}>\n'
        f'<div class="picture">{picture}</div>\n<p class="ask">{shell.text(ask)}</p>\n'
        f'<nav class="turn" aria-label="Slide {number} of {count}">{back}<span>{number} / {count}</span>{on}</nav>'
        "</div></section>\n"
    )


def shown(label: str, words: str) -> str:
    """What all saw, in its own words."""
    return f'<blockquote class="shown"><p class="label">{shell.text(label)}</p>{shell.paragraph(words)}</blockquote>'


def pair(cards: Sequence[Card]) -> str:
    """Sides next to each other."""
    made = []
    for card in cards:
        below = "".join(shell.paragraph(line, "small") for line in (card.of_what, *card.lines) if line)
        made.append(
            f'<div class="side">{shell.paragraph(card.head, "head")}{shell.paragraph(card.figure, "figure")}{below}</div>'
        )
    return f'<div class="sides">{"".join(made)}</div>'


def rows(found: Sequence[Row]) -> str:
    """Finds below each other, each with its figure in front."""
    made = "".join(
        f"<li>{shell.paragraph(row.figure, 'figure')}<div>{shell.paragraph(row.head, 'head')}{shell.paragraph(row.text)}</div></li>"
        for row in found
    )
    return f'<ul class="finds">{made}</ul>'


def line(words: str) -> str:
    """A line in place of a picture."""
    return shell.paragraph(words, "plain")


def steps(words: Sequence[str]) -> str:
    """Numbered things to do."""
    return f'<ol class="steps">{"".join(f"<li><span>{shell.text(one)}</span></li>" for one in words)}</ol>'
