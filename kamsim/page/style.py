"""How pages look: the house's colours, letters and patterns as one style sheet, for light, dark and paper."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from typing import Final

from kamsim.look.colours import DARK, LIGHT, PAPER, SERIES
from kamsim.paths import data_folder

ROLES: Final = (
    "bg", "card", "card2", "ink", "ink2", "ink3", "line", "line2", "grid", "accent", "accent_soft", "accent_ink", "pos",
    "neg", "pos_soft", "neg_soft", "total", "track", "warn", "warn_soft", "ghost",
)  # fmt: skip
"""Colours that a page may use, each as ``--role``; the rows of a chart are ``--c0`` to ``--c5``."""
WEIGHTS: Final = {"Regular": "400", "SemiBold": "600 700"}
LETTERS: Final = 'Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif'


def _tokens(theme: Mapping[str, str], series: tuple[str, ...]) -> str:
    named = [f"--{role.replace('_', '-')}:{theme[role]}" for role in ROLES]
    named += [f"--c{row}:{colour}" for row, colour in enumerate(series)]
    return f":root{{{';'.join(named)}}}"


@cache
def tokens() -> str:
    """The colours: light, dark where somebody asks for it, and paper, whatever the screen is set to."""
    return (
        f":root{{color-scheme:light dark}}\n{_tokens(LIGHT, SERIES['light'])}\n"
        f"@media screen and (prefers-color-scheme: dark){{{_tokens(DARK, SERIES['dark'])}}}\n"
        f"@media print{{:root{{color-scheme:light}}{_tokens(PAPER, SERIES['light'])}}}\n"
    )


@cache
def letters() -> str:
    """The house's letters, carried inside the page."""
    faces = []
    for name, weight in WEIGHTS.items():
        font = (data_folder("assets") / "fonts" / f"page-{name}.woff2").read_bytes()
        faces.append(
            f"@font-face{{font-family:Inter;font-weight:{weight};"
            f"src:url(data:font/woff2;base64,{b64encode(font).decode()}) format('woff2')}}"
        )
    return "\n".join(faces) + "\n"


BASE: Final = f"""
* {{ box-sizing: border-box; }}
html {{ -webkit-text-size-adjust: 100%; }}
body {{ margin: 0 auto; padding: 2rem 1.25rem; max-width: 46rem; background: var(--bg); color: var(--ink);
  font: 1rem/1.5 {LETTERS}; }}
h1, h2, h3, h4, th, dt, strong, summary {{ font-weight: 600; }}
h1 {{ font-size: 1.6rem; line-height: 1.2; letter-spacing: -.015em; margin: 0 0 .25rem; }}
h2 {{ font-size: 1.15rem; line-height: 1.3; margin: 1.75rem 0 .5rem; }}
h3 {{ font-size: 1rem; line-height: 1.35; margin: 1.1rem 0 .25rem; }}
p {{ margin: .5rem 0; }}
.under {{ color: var(--ink2); margin: 0 0 1.25rem; }}
dl {{ margin: 0; }}
dt {{ margin-top: .75rem; }}
dd {{ margin: .1rem 0 0; }}
table {{ border-collapse: collapse; width: 100%; margin: .5rem 0; }}
caption {{ text-align: left; color: var(--ink2); padding: .25rem 0; }}
th, td {{ text-align: right; padding: .35rem .5rem; border-bottom: 1px solid var(--line); vertical-align: top; }}
th:first-child, td:first-child {{ text-align: left; padding-left: 0; }}
thead th {{ border-bottom: 1.5px solid var(--ink); vertical-align: bottom; }}
tbody tr:last-child > * {{ font-weight: 600; }}
tbody.plain tr:last-child > * {{ font-weight: inherit; }}
.wide {{ overflow-x: auto; }}
footer {{ margin-top: 2rem; color: var(--ink2); font-size: .875rem; }}
svg.icon {{ width: 1.15em; height: 1.15em; vertical-align: -.2em; fill: none; stroke: currentColor; stroke-width: 1.8;
  stroke-linecap: round; stroke-linejoin: round; }}
svg.icon .dot {{ fill: currentColor; stroke: none; }}
svg.face {{ width: 3rem; height: 3rem; border-radius: 50%; flex: none; }}
svg.defs {{ position: absolute; width: 0; height: 0; }}
a:focus-visible, summary:focus-visible, .wide:focus-visible, input:focus-visible {{ outline: 2px solid var(--accent);
  outline-offset: 2px; }}
@page {{ margin: 5mm 9mm; }}
@media print {{
  body {{ padding: 0; max-width: none; font-size: 10pt; }}
  .leaf {{ break-before: page; }}
  tr, dt, dd {{ break-inside: avoid; }}
  h2, h3 {{ break-after: avoid; }}
  .wide {{ overflow: visible; }}
}}
"""
"""What every page shares. Contrast of what is written is at least 4.5 on every ground, as in the window."""

_PATTERNS: Final = {
    "p0": (8, 0, ""),
    "p1": (6, 45, '<path d="M0 0V6"/>'),
    "p2": (6, 0, '<circle cx="3" cy="3" r="1.3"/>'),
    "p3": (6, -45, '<path d="M0 0V6"/>'),
    "p4": (5, 0, '<path d="M0 0H5"/>'),
    "p5": (5, 0, '<path d="M0 0V5"/>'),
    "hatch": (6, 45, '<path d="M0 0V6"/>'),
    "ghost": (5, 45, '<path d="M0 0V5"/>'),
}
"""By name: size, turn in degrees, and what lies on the ground."""


@cache
def patterns() -> str:
    """Patterns that stand beside colours: ``p0`` to ``p5`` for the rows of a chart, ``hatch`` for what costs, ``ghost``
    for what was not played."""
    made = [
        f'<pattern id="{name}" class="s-{name}" width="{size}" height="{size}" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate({turn})"><rect class="g" width="{size}" height="{size}"/>{drawn}</pattern>'
        for name, (size, turn, drawn) in _PATTERNS.items()
    ]
    return f'<svg class="defs" aria-hidden="true" focusable="false"><defs>{"".join(made)}</defs></svg>'


def sheet() -> str:
    """The style sheet that every page begins with."""
    return letters() + tokens() + BASE
