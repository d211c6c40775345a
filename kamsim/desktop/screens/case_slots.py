"""The slots of a page, each with its own widgets: what it may hold, and what is known about it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kamsim.desktop.kit.buttons import Item
from kamsim.desktop.kit.controls import Mark, Segmented, Slider, Stepper, Switch
from kamsim.desktop.kit.node import Node
from kamsim.desktop.kit.words import Text
from kamsim.engine.page import (
    ALTERNATIVES,
    BODIES,
    CASE_DAYS,
    DUE,
    HIGHEST_CLAIM,
    PEOPLE,
    PRICE_GRID,
    PROGRAMME,
    PROOFS,
    SENSITIVITY,
    WIDTHS,
)
from kamsim.engine.params import MEASURES
from kamsim.engine.terms import COMMITMENTS, LENGTHS
from kamsim.game import drafting, wording
from kamsim.game.open_page import OWN

if TYPE_CHECKING:
    from kamsim.desktop.screens.case import CasePage

INACTIONS: Final = (("none", "Not said"), ("said", "Said"), ("dated", "Dated"))
TONES: Final[tuple[tuple[str, str], ...]] = (
    ("cautious", "Cautious"),
    ("plain", "Plain"),
    ("bold", "Bold"),
    (OWN, "My own"),
)


def _set(page: CasePage, name: str) -> Callable[[Any], None]:
    """Write one field of the page."""
    return lambda value: page.change(**{name: value})


def _value(page: CasePage, name: str) -> Any:
    """What the page says in a field, or what an empty page has there."""
    return wording.case_value(page.work.page, name)


def _choice(page: CasePage, name: str, label: str, options: Sequence[tuple[Hashable, str]]) -> Segmented:
    return Segmented(
        name=f"slot.{name}", label=label, value=_value(page, name), options=options, change=_set(page, name)
    )


def _items(page: CasePage, name: str, options: Sequence[tuple[str, str, str]]) -> list[Node]:
    """Choices as rows: value, title, remark."""
    now = page.work.page.get(name)
    return [
        Item(
            name=f"slot.{name}.{value or 'none'}",
            title=title,
            text=text,
            chosen=(now or "") == value,
            act=partial(page.change, **{name: value or None}),
        )
        for value, title, text in options
    ]


def whom(page: CasePage) -> list[Node]:
    """Which of their initiatives it serves."""
    cast, seen = page.play.cast, page.play.seen
    known = drafting.known_initiatives(seen, page.account)
    rows: list[Node] = [Text(text="Which of their initiatives does it serve?", style="label")]
    if not known:
        rows.append(Text(text="You know of none. A meeting about results, or reading up on them, finds them."))
    options = [(name, cast.initiatives[name].name, wording.initiative_choice(cast, seen, name)) for name in known]
    return [*rows, *_items(page, "initiative", [*options, ("", "None in particular", "")])]


def now(page: CasePage) -> list[Node]:
    """For what the initiative wants, or against what holds it back."""
    seen, initiative = page.play.seen, page.work.initiative
    if initiative is None:
        return [Text(text="First say for which initiative (1).")]
    force = seen.known("force", seen.params.initiatives.index(initiative))[0]
    told = "You don't know whether anything does; ask what could go wrong"
    if not np.isnan(force[0]):
        told = "Something does, as you heard" if force[0] < 0 else "Nothing does, as far as you heard"
    goal = ("goal", "It serves what the initiative wants", "")
    return _items(page, "angle", [goal, ("obstacle", "It works on what holds the initiative back", told)])


def give(page: CasePage) -> list[Node]:
    """The levers."""
    play, work = page.play, page.work
    cast, seen, row = play.cast, play.seen, play.row(page.account)
    option = play.options(work.kind, page.account)[0]
    low, high = (float(edge[0]) + 0.0 for edge in option.ranges["price"])
    price = max(low, min(high, float(work.page.get("price") or 0.0)))
    marks = [Mark(0.0, "as it is")] if low < 0 < high else []
    marks += page.break_even_mark(low, high)
    days_now = int(seen.days[row, 0])
    days = [0, *(value for value in CASE_DAYS if value not in (0, days_now))]
    rows: list[Node] = [
        Text(text="Two things are enough, three the most.", style="small"),
        Slider(
            name="slot.price",
            label="Points off the list price" + (", asked of our desk" if work.audience == "desk" else ""),
            value=price,
            low=low,
            high=max(high, low + PRICE_GRID),
            step=PRICE_GRID,
            origin=0.0 if low < 0 else None,
            marks=marks,
            change=_set(page, "price"),
            format=_points,
        ),
        Stepper(
            name="slot.days",
            label="They pay after",
            value=days.index(_value(page, "days")) if _value(page, "days") in days else 0,
            low=0,
            high=len(days) - 1,
            change=lambda place: page.change(days=days[int(place)]),
            format=lambda place: f"{days[int(place)]} days" if place else f"{days_now}, as now",
        ),
        _choice(
            page,
            "programme",
            "Our team beside theirs, hours a quarter",
            [(h, str(h) if h else "None") for h in PROGRAMME],
        ),
        _choice(page, "people", "Specialists on their site", [(n, str(n) if n else "None") for n in PEOPLE]),
        _switch(page, "pooled", "Fewer, larger deliveries"),
        _switch(page, "priority", "Their orders first on our lines"),
    ]
    made = cast.accounts[page.account].bespoke
    if made is not None:
        rows.append(_switch(page, "bespoke", f"{made.name}, {cast.money(made.cost * 100.0)} once"))
    regions = cast.accounts[page.account].regions
    if len(regions) > 1:
        where = [("", "Everywhere"), *((item.id, item.name) for item in regions)]
        rows.append(
            Segmented(
                name="slot.region",
                label="Where does the price hold?",
                value=work.page.get("region") or "",
                options=where,
                change=lambda value: page.change(region=value or None),
            )
        )
    if work.audience == "customer":
        rows.append(Text(text=_not_ours(page), style="small"))
    return rows


def _not_ours(page: CasePage) -> str:
    """Which levers our desk must sign first."""
    seen, row = page.play.seen, page.play.row(page.account)
    ours = {
        "a specialist": float(seen.people_there[row, 0]) > 0,
        "what is made for them alone": bool(int(seen.bespoke[row, 0])),
        "their orders first": float(seen.priority_until[row, 0]) >= seen.quarter,
    }
    missing = [name for name, signed in ours.items() if not signed]
    return f"Our desk must sign first: {wording.listed(missing)}." if missing else "Our desk has signed all of it."


def _switch(page: CasePage, name: str, label: str) -> Switch:
    on = page.work.page.get(name) in ("yes", True, 1)
    return Switch(
        name=f"slot.{name}", label=label, value=on, change=lambda value: page.change(**{name: "yes" if value else "no"})
    )


def _points(value: float) -> str:
    points = abs(value) * 100
    if points < 0.01:
        return "none"
    return f"{points:g} {'more off' if value > 0 else 'taken back'}"


def get(page: CasePage) -> list[Node]:
    """What they commit, and for how long."""
    shares = [(part, f"{part * 100:g}%" if part else "Nothing") for part in COMMITMENTS]
    years = [(length, wording.counted(length // 4, "year")) for length in LENGTHS]
    return [
        _choice(page, "commitment", "More of what they buy, in writing", shares),
        _choice(page, "length", "For how long?", years),
    ]


def worth(page: CasePage) -> list[Node]:
    """One claim: how boldly, on what measure, how wide, counted when."""
    play, work = page.play, page.work
    per = "a quarter" if work.audience == "desk" else "a year"
    known = play.money(work.known["claim"] * 100_000)
    rows: list[Node] = [
        Segmented(
            name="slot.tone",
            label=f"Your notes imply {known} {per}",
            value=work.tone,
            options=TONES,
            change=page.set_tone,
        )
    ]
    if work.tone == OWN:
        low = -2000.0 if work.audience == "desk" else 0.0
        top = min(HIGHEST_CLAIM, max(1000.0, 3 * abs(work.known["claim"])))
        claim = float(work.page.get("claim") or 0.0)
        rows.append(
            Slider(
                name="slot.claim",
                label=f"Claimed, {per}",
                value=max(low, min(top, claim)),
                low=low,
                high=top,
                step=5.0,
                change=_set(page, "claim"),
                format=lambda value: play.money(value * 100_000),
            )
        )
    rows.append(_choice(page, "width", "Range, either way", [(width, f"{width * 100:g}%") for width in WIDTHS]))
    rows.append(
        _choice(page, "due", "Counted, quarters after the yes", [(quarters, str(quarters)) for quarters in DUE])
    )
    late = [quarters for quarters in DUE if play.cast.over(play.quarter + quarters)]
    if late:
        rows.append(Text(text="What falls due after your time, your successor will be asked for.", style="small"))
    rows.append(
        Text(text="On which measure? Best one that what you give moves, and that a reader is judged on.", style="label")
    )
    return [*rows, *_items(page, "metric", _metrics(page))]


def _metrics(page: CasePage) -> list[tuple[str, str, str]]:
    play, work = page.play, page.work
    if work.audience == "desk":
        return [("profit", "Account profit a quarter", ""), ("volume", "Sales at list price a quarter", "")]
    implied = {}
    for name in MEASURES:
        figures = drafting.with_figures(play.seen, page.account, "customer", {**work.page, "metric": name})
        implied[name] = float(figures["claim"])
    judged: dict[str, list[str]] = {}
    for person in play.cast.accounts[page.account].people:
        code = play.seen.known("measure", play.seen.params.people.index(person.id))[0]
        if not np.isnan(code[0]):
            judged.setdefault(MEASURES[int(code[0])], []).append(play.cast.person(person.id))
    made = []
    for name in sorted(MEASURES, key=lambda name: -implied[name]):
        if implied[name] <= 0 and name not in judged and name != work.page.get("metric"):
            continue
        money = (
            f"{play.money(implied[name] * 100_000)} a year by your notes"
            if implied[name] > 0
            else "What you give does nothing for it"
        )
        who = f"; {wording.listed(judged[name])} is judged on it" if name in judged else ""
        made.append((name, wording.capital(wording.METRIC_WORDS[name]), money + who))
    return made


def proof(page: CasePage) -> list[Node]:
    """What proves it, with what is missing behind each."""
    seen, work = page.play.seen, page.work
    options = []
    for name in reversed(PROOFS):
        lacks = wording.proof_lacks(seen, page.account, name, work.initiative)
        options.append((name, wording.capital(wording.PROOF_WORDS[name]), f"Not there: {lacks}" if lacks else ""))
    return _items(page, "proof", options)


def otherwise(page: CasePage) -> list[Node]:
    """What stands beside it, and what doing nothing costs."""
    seen, work = page.play.seen, page.work
    known = page.play.money(work.known["inaction_value"] * 100_000)
    rows: list[Node] = [_choice(page, "inaction", f"What doing nothing costs: {known} a year by your notes", INACTIONS)]
    if work.page.get("inaction", "none") != "none":
        tones = [tone for tone in TONES if tone[0] != OWN]
        rows.append(
            Segmented(
                name="slot.harm", label="How boldly?", value=work.inaction_tone, options=tones, change=page.set_harm
            )
        )
    options = []
    for name in (*ALTERNATIVES[1:], ALTERNATIVES[0]):
        lacks = wording.alternative_lacks(seen, page.account, name)
        options.append((name, wording.capital(wording.ALTERNATIVE_WORDS[name]), f"Hollow: {lacks}" if lacks else ""))
    rows.append(Text(text="What stands beside it as the other way?", style="label"))
    return [*rows, *_items(page, "alternative", options)]


def paper(page: CasePage) -> list[Node]:
    """How long it is, and what stands behind it."""
    study = {"drivers": "Worked through with our controller, 10 hours more"}
    return [
        _choice(page, "body", "How long?", [(name, wording.capital(wording.BODY_WORDS[name])) for name in BODIES]),
        Text(text="And behind it?", style="label"),
        *_items(
            page,
            "sensitivity",
            [(n, wording.capital(wording.SENSITIVITY_WORDS[n]), study.get(n, "")) for n in SENSITIVITY],
        ),
    ]


SLOTS: Final[dict[str, Callable[[Any], list[Node]]]] = {
    "whom": whom,
    "now": now,
    "give": give,
    "get": get,
    "worth": worth,
    "proof": proof,
    "otherwise": otherwise,
    "paper": paper,
}
"""By slot: its widgets."""
