"""The controls behind each sentence of a business case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kamsim.desktop.kit import charts
from kamsim.desktop.kit.controls import Mark, Segmented, Switch
from kamsim.desktop.kit.gfx import Painter, Rect
from kamsim.desktop.kit.lever import Lever
from kamsim.desktop.kit.node import Look, Node
from kamsim.desktop.kit.pick import Pick, Way
from kamsim.desktop.kit.stepping import Stepping
from kamsim.desktop.kit.words import Drawing, Text
from kamsim.engine.levers import LEVERS
from kamsim.engine.page import BODIES, DUE
from kamsim.engine.page import WIDTHS as RANGES
from kamsim.engine.terms import COMMITMENTS, LENGTHS, PRICE_STEP
from kamsim.view.case import form
from kamsim.view.case.figures import payback_line
from kamsim.view.case.sentences import claim_range
from kamsim.view.case.working import OWN
from kamsim.view.words.names import counted, percent
from kamsim.view.words.names import points as points_of

if TYPE_CHECKING:
    from kamsim.desktop.screens.builder import CasePage
    from kamsim.view.case.form import Choice

EVERYWHERE: Final = "everywhere"
BREAK_EVEN: Final = "breaks even at"


def controls(page: CasePage) -> list[Node]:
    """What the chosen sentence may say otherwise."""
    return [Text(text=form.slot_help(page.slot, page.audience), style="small"), *SLOTS[page.slot](page)]


def _pick(page: CasePage, name: str, label: str, choices: Sequence[Choice], field: str = "") -> Pick:
    ways = [Way(item.value, item.title, item.note, item.lacks) for item in choices]
    key = field or name
    value = page.work.page.get(key)
    return Pick(name=name, label=label, options=ways, value=value, change=lambda made: page.set(**{key: made}))


def _segmented(page: CasePage, name: str, label: str, options: Sequence[tuple[Any, str]], **more: Any) -> Segmented:
    value = more.pop("value", page.work.page.get(name))
    return Segmented(
        name=name, label=label, options=options, value=value, change=lambda made: page.set(**{name: made}), **more
    )


def _stepping(page: CasePage, name: str, label: str, options: Sequence[tuple[Any, str]], value: Any) -> Stepping:
    return Stepping(
        name=name, label=label, options=options, value=value, usual=0, change=lambda made: page.set(**{name: made})
    )


def _short(name: str) -> str:
    """A place without what stands in brackets."""
    return name.split(" (", maxsplit=1)[0]


def _switch(page: CasePage, name: str, label: str) -> Switch:
    on = page.work.page.get(name, "no") == "yes"
    return Switch(name=name, label=label, value=on, change=lambda made: page.set(**{name: "yes" if made else "no"}))


# --- for whom, why now --------------------------------------------------------------------------------------


def _whom(page: CasePage) -> list[Node]:
    choices = form.initiatives(page.play.cast, page.play.seen, page.account)
    return [_pick(page, "initiative", "Which of their initiatives does it serve?", choices)]


def _now(page: CasePage) -> list[Node]:
    if page.work.initiative is None:
        return [Text(text="First say for which initiative (1).", style="ink")]
    return [_pick(page, "angle", "", form.angles(page.play.seen, page.work))]


# --- what we give -------------------------------------------------------------------------------------------


def points(value: float) -> str:
    """Points of list price as a lever shows them."""
    if abs(value) < 1e-9:
        return "no change"
    return f"{points_of(value)} {'off' if value > 0 else 'back'}"


def _marks(page: CasePage, low: float, high: float) -> tuple[list[Mark], str]:
    """Where the price breaks even, how far one may go, where the floor lies; and the text of the first."""
    marks: list[Mark] = []
    even = page.made.price_break_even
    good = ""
    if not np.isnan(even) and low <= even <= high:
        good = f"{BREAK_EVEN} {even * 100:g}"
        marks.append(Mark(even, good))
    edges = page.edges()
    if edges.floor is not None and low <= edges.floor <= high:
        marks.append(Mark(edges.floor, f"floor {edges.floor * 100:g}"))
    if page.audience == "desk":
        words = {"sales": "finance signs", "finance": "all sign"}
        for tier, said in words.items():
            beyond = edges.tiers.get(tier, high) + PRICE_STEP
            if low < beyond <= high:
                marks.append(Mark(beyond, f"{said} from {beyond * 100:g}"))
    elif edges.floor is None or abs(edges.floor - high) > 1e-9:
        marks.append(Mark(high, f"yours to {high * 100:g}"))
    return marks, good


def _price(page: CasePage) -> Node:
    option = page.play.options(page.work.kind, page.account)[0]
    low, high = (float(edge[0]) + 0.0 for edge in option.ranges["price"])
    high = max(high, low + PRICE_STEP)
    marks, good = _marks(page, low, high)
    label = "Price you may give" if page.audience == "desk" else "Price, points off list"
    return Lever(
        name="price",
        label=label,
        value=max(low, min(high, float(page.work.page.get("price") or 0.0))),
        low=low,
        high=high,
        step=PRICE_STEP,
        origin=0.0,
        marks=marks,
        good=good,
        change=lambda value: page.set(price=round(value, 4)),
        format=points,
    )


def _give(page: CasePage) -> list[Node]:
    play, desk = page.play, page.audience == "desk"
    entry = play.cast.accounts[page.account]
    now = int(play.seen.days[play.row(page.account), 0])
    made: list[Node] = [_price(page)]
    if len(entry.regions) > 1:
        places = [(EVERYWHERE, "everywhere"), *((item.id, _short(item.name)) for item in entry.regions)]
        here = page.work.page.get("region") or EVERYWHERE
        made.append(
            Stepping(
                name="region",
                label="Where",
                options=places,
                value=here,
                usual=EVERYWHERE,
                change=lambda value: page.set(region=None if value == EVERYWHERE else value),
            )
        )
    days = [(d if d != now else 0, f"{d} days") for d in sorted({*LEVERS["days"].choices, now} - {0})]
    said = int(page.work.page.get("days") or 0)
    made.append(_stepping(page, "days", "They pay after", days, 0 if said == now else said))
    hours = [(h, f"{h} a quarter" if h else "none") for h in LEVERS["programme"].choices]
    made.append(_stepping(page, "programme", "Our team's hours", hours, int(page.work.page.get("programme") or 0)))
    people = [(n, str(n) if n else "none") for n in LEVERS["people"].choices]
    made.append(_stepping(page, "people", "Specialists there", people, int(page.work.page.get("people") or 0)))
    made.append(_switch(page, "pooled", "Fewer, larger deliveries"))
    own = form.owned(play.cast, play.seen, page.account)
    if own.made:
        made.append(_switch(page, "bespoke", f"{own.made}, {own.cost} once"))
    made.append(_switch(page, "priority", "Their orders first"))
    if not desk and not (own.people and own.priority and (own.bespoke or not own.made)):
        text = "Specialists, things made for them alone and their orders first: our desk signs before."
        made.append(Text(text=text, style="small"))
    return made


# --- what we get, what it is worth --------------------------------------------------------------------------


def _get(page: CasePage) -> list[Node]:
    volume = [(part, percent(part, plus=True) if part else "none") for part in COMMITMENTS]
    years = [(length, counted(length // 4, "year")) for length in LENGTHS]
    pays = payback_line(page.play.cast, page.made, page.play.seen.quarter)
    return [
        _segmented(page, "commitment", "More volume, committed", volume),
        _segmented(page, "length", "Signed for", years),
        Text(text=pays, style="ink"),
    ]


def _worth(page: CasePage) -> list[Node]:
    play, work = page.play, page.work
    tone = Segmented(
        name="tone",
        label="How boldly?" if work.tone != OWN else "How boldly? (a figure of your own stands now)",
        options=form.tones(play.cast, work),
        value=work.tone,
        change=lambda value: page.tone(str(value)),
    )
    ranges = [(width, f"±{width * 100:g}%") for width in RANGES]
    due = [(quarters, counted(quarters, "quarter")) for quarters in DUE]
    label = "Which figure of ours?" if page.audience == "desk" else "Which of their measures?"
    made: list[Node] = [tone, _claimed(page), _segmented(page, "width", "Range, either way", ranges)]
    made.append(_segmented(page, "due", "Counted after the yes", due))
    made.append(_pick(page, "metric", label, page.measures()))
    return made


def _claimed(page: CasePage) -> Node:
    """The claimed range, and what our own facts imply."""
    _, low, high = claim_range(page.work.page)
    implied, money = page.made.implied, page.play.money
    words = ("you claim", "your notes imply")

    def brush(painter: Painter, rect: Rect, _look: Look) -> None:
        charts.span(painter, rect, low, high, implied, money, words)

    said = f"{words[0]} {money(low)} to {money(high)}, {words[1]} {money(implied)}"
    return Drawing(draws=(low, high, implied), high=charts.SPAN_HIGH, brush=brush, says=said)


# --- proof, otherwise, paper --------------------------------------------------------------------------------


def _proof(page: CasePage) -> list[Node]:
    return [_pick(page, "proof", "", form.proofs(page.play.seen, page.work))]


def _otherwise(page: CasePage) -> list[Node]:
    play, work = page.play, page.work
    made: list[Node] = [
        _pick(page, "alternative", "What stands beside it?", form.alternatives(play.seen, work)),
        _segmented(page, "inaction", "What you say of doing nothing", form.inactions()),
    ]
    if work.page.get("inaction", "none") != "none":
        made.append(
            Segmented(
                name="harm",
                label="A year, by your notes",
                options=form.harms(play.cast, work),
                value=work.inaction_tone,
                change=lambda value: page.harm(str(value)),
            )
        )
    return made


def _paper(page: CasePage) -> list[Node]:
    lengths = [(name, form.LENGTHS[name]) for name in BODIES]
    return [
        _segmented(page, "body", "How long?", lengths),
        _pick(page, "sensitivity", "Appendix", form.appendices()),
    ]


SLOTS: Final[dict[str, Callable[[CasePage], list[Node]]]] = {
    "whom": _whom,
    "now": _now,
    "give": _give,
    "get": _get,
    "worth": _worth,
    "proof": _proof,
    "otherwise": _otherwise,
    "paper": _paper,
}
FIRST: Final = {
    "whom": "initiative", "now": "angle", "give": "price", "get": "commitment", "worth": "tone", "proof": "proof",
    "otherwise": "alternative", "paper": "body",
}  # fmt: skip
"""The first control behind each sentence."""
