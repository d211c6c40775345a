"""Pages put aside under a name, side by side, and on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kamsim.errors import IllegalMove
from kamsim.game import drafting
from kamsim.page import sheets
from kamsim.terminal.talk import Choice
from kamsim.terminal.working import Working, taken_up
from kamsim.view.case.figures import compared, nothing_and_away
from kamsim.view.words.names import listed

if TYPE_CHECKING:
    from kamsim.terminal.context import Table

MOST_SIDE_BY_SIDE: Final = 4


def keep(table: Table, work: Working) -> None:
    """Keep a copy under a name; the page stays open."""
    talk = table.talk
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


def mine(table: Table, work: Working) -> dict[str, dict[str, object]]:
    """Kept copies about this account for this audience, by name."""
    return {
        name: dict(draft.page)
        for name, draft in table.session.drafts.items()
        if draft.account == work.account and draft.audience == work.audience
    }


def take(table: Table, work: Working) -> Working | None:
    """Go on with a kept copy instead of the open page."""
    kept = mine(table, work)
    if not kept:
        table.talk.say("No copy of this page was kept yet. The word keep keeps one.")
        return None
    table.talk.part("Which copy? The open page is lost unless you keep it first.")
    name = table.talk.choose([Choice(name, name, (name.casefold(),)) for name in kept])
    if name is None:
        return None
    made = taken_up(table, work.account, work.audience, kept[name], recut=work.recut)
    table.talk.say(f'"{name}" lies open now.')
    return made


def compare(table: Table, work: Working) -> None:
    """This page beside kept copies, beside doing nothing, beside walking away."""
    talk, cast = table.talk, table.cast
    kept = mine(table, work)
    pages: dict[str, dict[str, object]] = {"this page": work.page}
    opening = drafting.opening_page(table.seen, work.account, work.audience)
    if opening != work.page and len(kept) < MOST_SIDE_BY_SIDE - 1:
        pages["as it opened"] = opening
    for name in list(kept)[-(MOST_SIDE_BY_SIDE - len(pages)) :]:
        pages[name] = kept[name]
    made = {name: table.session.preview(work.account, work.audience, page) for name, page in pages.items()}
    talk.part(f"Side by side: {listed(list(pages))}.")
    for figure, values in compared(cast, made, pages):
        said = "; ".join(
            f"{name} {value}" if len(pages) > 1 else value for name, value in zip(pages, values, strict=True)
        )
        talk.say(f"{figure}: {said}.", 2, 2)
    nothing, away = nothing_and_away(cast, table.seen, work.account, made["this page"])
    talk.say(nothing, 2, 2)
    talk.say(away, 2, 2)
    if not kept:
        talk.say("The word keep puts a copy aside; change the page, and compare again.", 2, 2)
    talk.say()


def print_case(table: Table, work: Working) -> None:
    """Write the page and its appendix beside the log, as text and as HTML."""
    session = table.session
    made = work.preview(session)
    sheet = sheets.case_sheet(
        table.cast, table.seen, work.account, work.audience, work.page, made, author=session.player
    )
    stem = f"{session.log_path.stem}-{table.cast.quarter(table.quarter).replace(' ', '-')}-{work.account}"
    stem += "-desk" if work.audience == "desk" else ""
    written = sheets.write(sheet, session.log_path.parent, stem)
    table.talk.say("Written, as text and as a page for any browser or printer:")
    for path in written:
        table.talk.raw(f"  {path}")
