"""The parts of a player's page about behaviours: two strengths and two to practise in front, all 36 rows behind."""

from __future__ import annotations

from kamsim.debrief.competencies import BLIND, SAME_AS, Rating, cutoffs, front, rate, unseen
from kamsim.debrief.record import Play
from kamsim.page import shell
from kamsim.page.charts import Html, grid
from kamsim.view.words.names import capital

EVIDENCE = 3
"""Lines of evidence in front."""


def front_part(play: Play) -> str:
    """Two strengths and two to practise, each with its evidence."""
    strong, weak = front(rate(play))
    if not strong and not weak:
        return shell.paragraph("Too little was played to name a strength or something to practise.")
    made = []
    for title, ratings, met in (("Strengths", strong, True), ("To practise", weak, False)):
        inner = "".join(_one(play, rating, met) for rating in ratings)
        made.append(f"<div>{shell.heading(title, 3)}{inner or shell.paragraph('None stands out.')}</div>")
    return f'<div class="pair">{"".join(made)}</div>'


def _one(play: Play, rating: Rating, met: bool) -> str:
    head = f"{rating.row.behaviour}: {rating.row.words}"
    proxy = " Seen only by a proxy." if rating.row.sight == "P" else ""
    lines = [one for one in rating.occasions if one.met == met][-EVIDENCE:]
    inner = "".join(f"<li>{shell.text(play.cast.quarter(one.quarter))}: {shell.text(one.text)}</li>" for one in lines)
    return (
        f"<p><strong>{shell.text(head)}.</strong> {rating.met} of {len(rating.occasions)} occasions."
        f"{proxy}</p><ul>{inner}</ul>"
    )


def _field(label: str) -> Html:
    """A rating to choose on the screen, or to write on paper."""
    choices = "".join(f"<option>{word}</option>" for word in ("", "High", "Medium", "Low"))
    return Html(f'<select class="box" aria-label="{label}">{choices}</select>')


def rows_part(play: Play) -> str:
    """All rows, with fields for the player's own rating and the coach's."""
    rows = []
    for rating in rate(play):
        note = ""
        if rating.row.number in SAME_AS:
            note = f"the same as row {SAME_AS[rating.row.number]}, rated once"
        elif why := unseen(play, rating.row.number):
            note = why
        elif rating.row.sight == "P":
            note = "a proxy only"
        count = f"{rating.met} of {len(rating.occasions)}" if rating.occasions else "none"
        level = capital(rating.level)
        own, coach = (_field(f"{whose} rating of row {rating.row.number}") for whose in ("Your own", "A coach's"))
        rows.append(
            [f"{rating.row.number}. {rating.row.behaviour}: {rating.row.words}", count, level, note, own, coach]
        )
    heads = ["Behaviour", "Met, of occasions", "In this session", "Note", "You", "Coach"]
    table = grid(
        "All 36 rows; High, Medium or Low as the rows are labelled in the appendix", heads, rows, role="tight words"
    )
    return (
        shell.paragraph(
            "For learning, not for hiring or pay. Fewer than three occasions is not enough evidence. Your own rating "
            "and your coach's go beside, chosen here or by hand on paper; they are never merged with what the log "
            "shows, and the page keeps them only in print."
        )
        + shell.paragraph(BLIND)
        + table
        + shell.paragraph(str(cutoffs()["how"]), "under")
    )
