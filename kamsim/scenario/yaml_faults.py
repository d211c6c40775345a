"""YAML's own complaints in plain words."""

from __future__ import annotations

ODD = {
    "\t": "a tab stands here; indent with spaces",
    "\xa0": "a non-breaking space (U+00A0) stands here; use ordinary spaces",
}
TOLD_WHERE_IT_OPENS = ("could not find expected ':'", "quoted scalar / found unexpected end")

_SYNTAX = (
    ("found duplicate", "a %YAML or %TAG line stands twice"),
    ("document start", "this text stands after the document's end, or the line above is indented wrongly"),
    (
        "could not find expected ':'",
        "this line has no ':' after its key, or its indentation is wrong; text over several lines needs quotes or '>'",
    ),
    (
        "mapping values are not allowed",
        "a ':' stands where no key can be; put the text in quotes, or its indentation is wrong",
    ),
    ("while scanning a quoted scalar / found unexpected end", "a quote is opened here and never closed"),
    ("escape", "this is no escape that YAML knows; use single quotes, or double the backslash"),
    ("',' or ']'", "a list in [ ] lacks a ',' or its ']'"),
    ("',' or '}'", "a mapping in { } lacks a ',' or its '}'"),
    ("node content", "a value is missing here"),
    ("alphabetic or numeric", "an anchor or alias (& or *) needs a name; put a text that starts so in quotes"),
    ("block scalar", "after '|' or '>' the text starts on the next line"),
    ("directive", "a line that starts with % is not allowed here"),
    ("tag", "tags (!) are not allowed; put a text in quotes"),
    (
        "sequence entries are not allowed",
        "a '-' cannot stand here, or its indentation is wrong; lists start on their own line",
    ),
    ("'-' indicator", "a '-' is missing here, or the indentation does not fit the lines above"),
    ("parsing a block collection", "a '-' is missing here, or the indentation does not fit the lines above"),
    ("expected", "the indentation does not fit the lines above"),
)


def plain_words(problem: str, at: str) -> str:
    """What PyYAML's problem means to whoever writes scenarios; ``at``: the character where it stopped."""
    if "cannot start any token" in problem:
        return f"'{at}' cannot start a text; put the text in quotes"
    for known, words in _SYNTAX:
        if known in problem:
            return words
    return "this is not valid YAML"
