"""One figure for one thing: break-even, promises, a table's levers beside a case's, portraits, letters; see `truths`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

import numpy as np

from kamsim.engine.belief import believed_standing
from kamsim.engine.forecast import project
from kamsim.engine.opportunities import filled_part
from kamsim.engine.params import CENTS
from kamsim.engine.talks import believed_books
from kamsim.game import drafting
from kamsim.game.events.cases import CaseAnswered, PromiseMeasured
from kamsim.game.events.declared import of
from kamsim.view import pricing
from kamsim.view.words import news, talks
from kamsim.view.words.prices import breakeven_of_five, guess_base
from tests.view.told import Told

if TYPE_CHECKING:
    from kamsim.look.faces import Face
    from kamsim.view.table import Table
    from tests.view.told import Fault, Pages

OFFERED: Final = 0.05
"""A commitment by which a table and a case are compared, as a share of what they buy."""
APART: Final = 2.0
"""How many times as much a lever may be worth at a table as on a page: a table counts an average, a page its years."""
LEAST: Final = 1000 * CENTS
"""A year, from which worths are compared."""
REPAYS: Final = re.compile(r"repays only if they buy (\d+)% more|said \d+%, it is (\d+)%")
STANDING: Final = ("account", "map", "plan", "plans", "desk", "portfolio", "joint", "team", "programme")
"""Pages on which somebody looks as they stand; elsewhere as they speak."""


def break_even(table: Table, _pages: Pages) -> Iterator[Fault]:
    """Five points more off the largest line repay at one volume, as guessed and on the page of prices, at the first day's price."""
    account, price = guess_base(table.cast, table.session.params)
    rows = [
        row
        for row in pricing.prices(table.cast, table.seen, account)
        if (row.line, row.region) == (price.line, price.region)
    ]
    if table.quarter > 1 or any((row.discount, row.rebate) != (price.discount, price.rebate) for row in rows):
        return
    said = " ".join(pricing.change(table, "set_discount", rows, rows[0].discount + 0.05).lines)
    needed = f"{100 * (breakeven_of_five(price) or 0.0):.0f}%"
    if needed not in said:
        yield "break-even", f"{table.cast.account(account)}: {needed} as guessed; {said}"


def breakevens(told: dict[str, str]) -> Iterator[Fault]:
    """The same guess has the same truth at the close and in the debrief. ``told``: what some pages say."""
    heard = Told("break-even")
    for page, text in told.items():
        for found in REPAYS.finditer(text):
            heard.note("the guess", page, found[1] or found[2])
    yield from heard.faults()


def promises(table: Table, pages: Pages) -> Iterator[Fault]:
    """Whatever was measured is on the page of promises with both figures, and kept or missed as they say."""
    text = pages.get("promises", "")
    for event in of(PromiseMeasured, table.session.events) if text else ():
        about = f"{table.cast.account(event.account)}, {event.audience}"
        for value in (event.value, event.actual):
            if table.money(value) not in text:
                yield "promise", f"{about}: {table.money(value)} is not on the page"
        if event.kept != (event.actual >= event.low):
            yield "promise", f"{about}: kept {event.kept}, {event.actual} of {event.low}"


def tables(table: Table, _pages: Pages) -> Iterator[Fault]:
    """What they would commit is worth about as much at the table as on a page for a case, a year: where nothing that is
    signed fills more of it at the table, and the plant has room for it on the page."""
    seen = table.seen
    for name in table.talks():
        account, talk = table.cast.home[name], seen.params.talks.index(name)
        row, levels = seen.params.accounts.index(account), {**talks.today(seen, name), "commitment": OFFERED}
        standing, page = (
            believed_standing(seen, row),
            drafting.page_of(seen, account, {"commitment": OFFERED, "length": 4}),
        )
        at = next(one.ours for one in talks.rows(seen, name, levels) if one.issue == "commitment")
        room = np.all(standing.free > OFFERED * standing.volume)
        if at < LEAST or not room or believed_books(seen, talk).filled[0] > filled_part(np.zeros(1))[0]:
            continue
        gained = float(np.mean((project(standing, page).profit - project(standing, None).profit)[:4].sum(axis=0)))
        if not 1 / APART < gained / at < APART:
            yield "table and case", f"{account}: {table.money(at)} a year at the table, {table.money(gained)} on a page"


def portraits(faces: Iterable[tuple[str, Face]]) -> Iterator[Fault]:
    """Whoever it is looks like themselves on every page, and as they stand where nobody speaks. ``faces``: by page."""
    told = Told("portrait")
    for page, face in faces:
        told.note(f"{face.house} {face.id}", page, (face.function, face.wardrobe, face.place))
        if page.split(" ")[0] in STANDING:
            told.note(f"{face.house} {face.id}, as they stand", page, round(face.mood, 3))
    yield from told.faults()


def answered(table: Table, pages: Pages) -> Iterator[Fault]:
    """A letter says in its customer's history what it said when it came."""
    for event in of(CaseAnswered, table.session.events):
        text, head = pages.get(f"history {event.account}", ""), news.headline(table.cast, event)
        if text and head.rstrip(".") not in text:
            yield "letter", f"{head} is not in the history of {event.account}"


CHECKS: Final = (break_even, promises, tables, answered)
