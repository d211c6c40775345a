"""What is printed: self-contained, escaped, readable without a mouse, the same figures as on screen."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from kamsim.engine.luck import Luck
from kamsim.engine.params import compile_params
from kamsim.engine.quarter import close_quarter, first_quarter
from kamsim.engine.sight import observe
from kamsim.errors import LogUnwritable
from kamsim.game import drafting
from kamsim.look.colours import DARK, LIGHT, PAPER, contrast, rgb
from kamsim.page import sheets, style
from kamsim.view.case.sentences import SENSITIVITY_ORDER
from kamsim.view.words.names import Cast
from tests.engine.worlds import halden

HALDEN = halden()
PARAMS = compile_params(HALDEN)
HOSTILE = "</title><script>alert(1)</script><img src=x onerror=alert(1)> \"'&"
EMPTY = {"meta", "br", "hr", "img", "link", "input"}


@pytest.fixture(scope="module")
def sheet():
    luck = Luck([2])
    world = first_quarter(HALDEN, PARAMS, luck)
    close_quarter(world, PARAMS, luck)
    seen = observe(world, PARAMS)
    page = {**drafting.opening_page(seen, "orvik", "desk"), "sensitivity": "drivers"}
    made = drafting.futures(seen, "orvik").preview(drafting.page_of(seen, "orvik", page), desk=True, lanes=64)
    return sheets.case_sheet(Cast(HALDEN), seen, "orvik", "desk", page, made, author=HOSTILE)


class Reader(HTMLParser):
    """Reads a page as strictly as a picky browser: every tag closed in order."""

    def __init__(self):
        super().__init__()
        self.open, self.tags, self.attrs, self.text = [], [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attrs += attrs
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, tag

    def handle_data(self, data):
        self.text.append(data)


def read(page):
    reader = Reader()
    reader.feed(page)
    assert reader.open == []
    return reader


def test_a_page_is_well_formed_and_asks_nothing_of_the_world(sheet):
    page = sheets.as_html(sheet)
    reader = read(page)
    page = page.replace("url(data:font/woff2;base64,", "").replace("url(#", "")
    assert not {"script", "img", "link", "iframe", "a", "form"} & set(reader.tags)
    assert not re.search(r"https?://|url\(|@import|onerror=|javascript:", page.replace("&#x27;", ""), re.I) or (
        "onerror=alert(1)&gt;" in page and not re.search(r"https?://|url\(|@import|javascript:", page)
    )
    assert not [name for name, _ in reader.attrs if name.startswith("on") or name in ("src", "href")]
    assert "default-src 'none'" in page


def test_hostile_names_are_text(sheet):
    reader = read(sheets.as_html(sheet))
    assert reader.tags.count("title") == 1 and HOSTILE in "".join(reader.text)


def test_a_page_can_be_heard(sheet):
    """Language, one first heading, headings in order, headers for rows and columns, a caption."""
    page = sheets.as_html(sheet)
    reader = read(page)
    assert ("lang", "en") in reader.attrs and reader.tags.count("h1") == 1 and reader.tags.count("main") == 1
    levels = [int(tag[1]) for tag in reader.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1 and all(after - before <= 1 for before, after in pairwise(levels))
    assert reader.tags.count("caption") == reader.tags.count("table") == 1
    assert ("scope", "col") in reader.attrs and ("scope", "row") in reader.attrs


def test_text_stands_out_in_light_dark_and_print():
    """What is read at length, on every ground of a page."""
    for theme in (LIGHT, DARK, PAPER):
        for ink in ("ink", "ink2"):
            for ground in ("bg", "card", "card2"):
                assert contrast(rgb(theme[ink]), rgb(theme[ground])) >= 7.0, (ink, theme[ink], ground)
    page = style.sheet()
    assert "@media print" in page and "break-before: page" in page


def test_text_and_html_say_the_same(sheet):
    plain, page = sheets.as_text(sheet), "".join(read(sheets.as_html(sheet)).text)
    for name, said in sheet.page:
        assert name in plain and name in page and said in " ".join(page.split()) and said[:20] in plain
    for cell in sheet.grid.rows[-1]:
        assert cell in plain and cell in page
    assert max(len(line) for line in plain.splitlines()) <= 100


def test_the_appendix_goes_as_deep_as_the_page_says():
    luck = Luck([2])
    world = first_quarter(HALDEN, PARAMS, luck)
    close_quarter(world, PARAMS, luck)
    seen = observe(world, PARAMS)
    titles = []
    for depth in SENSITIVITY_ORDER:
        page = {**drafting.opening_page(seen, "mira", "customer"), "sensitivity": depth}
        made = drafting.futures(seen, "mira").preview(drafting.page_of(seen, "mira", page), desk=False, lanes=16)
        made_sheet = sheets.case_sheet(Cast(HALDEN), seen, "mira", "customer", page, made)
        titles.append([title for title, _ in made_sheet.appendix])
    assert titles == [
        [],
        ["Break-even"],
        ["Break-even", "The bad case"],
        ["Break-even", "The bad case", "What drives it"],
    ]
    before_ours = sheets.as_text(made_sheet).partition("FOR OUR EYES ONLY")[0]
    assert "Worth to us" not in before_ours and "account profit" not in before_ours


def test_nothing_is_written_over(sheet, tmp_path):
    first = sheets.write(sheet, tmp_path, "case")
    second = sheets.write(sheet, tmp_path, "case")
    assert first != second and len(list(tmp_path.iterdir())) == 4
    (tmp_path / "taken").write_text("a file, no folder", encoding="utf-8")
    with pytest.raises(LogUnwritable):
        sheets.write(sheet, tmp_path / "taken", "case")
