"""Pages put aside under a name, side by side, and on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kamsim.errors import IllegalMove
from kamsim.page import sheets
from kamsim.terminal.talk import Choice
from kamsim.view.case.figures import compared, nothing_and_away
from kamsim.view.case.pages import THIS
from kamsim.view.words.names import listed

if TYPE_CHECKING:
    from kamsim.terminal.table import TextTable
    from kamsim.view.case.form import Form


def keep(table: TextTable, form: Form) -> None:
    """Keep a copy under a name; the page stays open."""
    talk, work = table.talk, form.work
    talk.say("Under which name? A name that you used already is written over; back keeps nothing.")
    name = talk.ask("Name")
    if name.casefold() in ("back", "b", "0"):
        return
    try:
        table.session.draft(name, work.account, work.audience, work.page)
    except IllegalMove as error:
        talk.say(f"Not kept: {error}.")
        return
    talk.say(f'Kept as "{name}". The page here goes on.')


def take(table: TextTable, form: Form) -> None:
    """Go on with a kept copy instead of the open page."""
    work = form.work
    kept = table.cases.copies(work)
    if not kept:
        table.talk.say("No copy of this page was kept yet. The word keep keeps one.")
        return
    table.talk.part("Which copy? The open page is lost unless you keep it first.")
    name = table.talk.choose([Choice(name, name, (name.casefold(),)) for name in kept])
    if name is not None:
        form.work = table.cases.go_on(work, kept[name])
        table.talk.say(f'"{name}" lies open now.')


def compare(table: TextTable, form: Form) -> None:
    """This page beside kept copies, beside doing nothing, beside walking away."""
    talk, cast, work = table.talk, table.cast, form.work
    pages = table.cases.side_by_side(work)
    made = {name: table.session.preview(work.account, work.audience, page) for name, page in pages.items()}
    talk.part(f"Side by side: {listed(list(pages))}.")
    for figure, values in compared(cast, made, pages):
        said = "; ".join(
            f"{name} {value}" if len(pages) > 1 else value for name, value in zip(pages, values, strict=True)
        )
        talk.say(f"{figure}: {said}.", 2, 2)
    nothing, away = nothing_and_away(cast, table.seen, work.account, made[THIS])
    talk.say(nothing, 2, 2)
    talk.say(away, 2, 2)
    if not table.cases.copies(work):
        talk.say("The word keep puts a copy aside; change the page, and compare again.", 2, 2)
    talk.say()


def print_case(table: TextTable, form: Form) -> None:
    """Write the page and its appendix beside the log, as text and as HTML."""
    written = sheets.write_case(table.session, table.cast, form.work, form.made)
    table.talk.say("Written, as text and as a page for any browser or printer:")
    for path in written:
        table.talk.raw(f"  {path}")
