"""Slides without script: ways on and back, one cover, and words that never outgrow their stage."""

from __future__ import annotations

from kamsim.look.widths import width
from kamsim.page import shell, stage
from tests.debrief.html import sound

LONG = "Long words " * 60


def page(count):
    boards = (
        stage.board(number, count, "Kind", "Title", stage.line("words"), "Why?") for number in range(1, count + 1)
    )
    return shell.document("Slides", f"<main>{''.join(boards)}</main>", style=stage.STYLE, role="deck")


def test_every_slide_leads_on_and_back():
    reader = sound(page(3))
    links = [(found["class"], found["href"]) for tag, found in reader.attributes if tag == "a"]
    assert links == [("on", "#s2"), ("back", "#s1"), ("on", "#s3"), ("back", "#s2")]
    assert [name for name in reader.ids if name.endswith("-h")] == ["s1-h", "s2-h", "s3-h"]


def test_all_that_is_written_keeps_to_its_lines():
    for size, room, most in ((46.0, stage.WIDE, 2), (28.0, 400.0, 1)):
        cut = stage.fit(LONG, size, room, most=most)
        assert width(cut, size, "SemiBold") <= most * room and cut.endswith(stage.MORE)
    assert stage.fit("short", 46.0) == "short"
    quote = stage.shown("What both saw", "One sentence that is told. " * 40)
    assert f"told. {stage.MORE}</p>" in quote


def test_words_of_others_are_harmless():
    bad = "<script>alert(1)</script>"
    cards = [stage.Card(bad, bad, bad, (bad,))]
    rows = [stage.Row(bad, bad, bad)]
    parts = (stage.shown(bad, bad), stage.pair(cards), stage.rows(rows), stage.line(bad), stage.steps([bad]),
             stage.board(1, 2, bad, bad, "", bad))  # fmt: skip
    assert all("<script" not in part and "&lt;script" in part for part in parts)
    assert "calc(" in stage.STYLE and "28u" not in stage.STYLE
