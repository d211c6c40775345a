"""A page read as strictly as a picky browser and a screen reader would."""

from __future__ import annotations

from html.parser import HTMLParser
from itertools import pairwise

EMPTY = {"meta", "br", "hr", "img", "link", "input"}


class Reader(HTMLParser):
    """Every tag closed in its order; headings, tables, drawings and ids collected."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.levels: list[int] = []
        self.attributes: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags.append(tag)
        self.attributes.append((tag, found))
        if "id" in found:
            self.ids.append(found["id"])
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.levels.append(int(tag[1]))
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, f"</{tag}> closes {self.open[-1:]}"
        self.open.pop()

    def handle_data(self, data):
        if self.open and self.open[-1] != "style":
            self.words.append(data)


def body(html: str) -> str:
    """What a page says: all but its style sheet, and the letters in it."""
    head, _, rest = html.partition("<style>")
    return head + rest.partition("</style>")[2]


def sound(html: str) -> Reader:
    """The page, after checking all that holds for every page of ours."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert not reader.open
    assert html.startswith("<!DOCTYPE html>") and ("html", {"lang": "en"}) in reader.attributes
    assert "script" not in reader.tags and "iframe" not in reader.tags and "img" not in reader.tags
    assert len(reader.ids) == len(set(reader.ids))
    assert reader.levels.count(1) == 1 and reader.levels[0] == 1
    assert all(two - one <= 1 for one, two in pairwise(reader.levels))
    assert reader.tags.count("main") == 1
    for tag, attributes in reader.attributes:
        assert not any(name.startswith("on") for name in attributes), (tag, attributes)
        for name in ("src", "href", "xlink:href"):
            assert name not in attributes or str(attributes[name]).startswith("#")
        if tag == "svg" and attributes.get("aria-hidden") != "true":
            assert attributes["role"] == "img" and attributes["aria-label"]
        if tag == "th":
            assert attributes["scope"] in ("col", "row")
        if tag == "a":
            assert str(attributes["href"])[1:] in reader.ids
    outside, *figures = html.split("<figure ")
    assert 'role="img"' not in outside
    for figure in figures:  # drawn for a wide column, a narrow one, or both
        inside, _, after = figure.partition("</figure>")
        assert 1 <= inside.count('role="img"') <= 2 and 'role="img"' not in after
    assert reader.tags.count("table") == reader.tags.count("caption")
    inside = html.replace("url(#", "").replace("url(data:font/woff2;base64,", "")
    assert "url(" not in inside and "@import" not in html
    return reader
