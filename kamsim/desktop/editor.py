"""The author's editor, opened at a line: whichever the environment names, where it is one that has a window."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from kamsim.scenario.findings import Finding

VARIABLES: Final = ("KAMSIM_EDITOR", "VISUAL", "EDITOR")
PLACES: Final[dict[str, tuple[str, ...]]] = {
    "code": ("-g", "{file}:{line}:{column}"),
    "codium": ("-g", "{file}:{line}:{column}"),
    "cursor": ("-g", "{file}:{line}:{column}"),
    "subl": ("{file}:{line}:{column}",),
    "zed": ("{file}:{line}:{column}",),
    "kate": ("--line", "{line}", "--column", "{column}", "{file}"),
    "gedit": ("+{line}:{column}", "{file}"),
    "pycharm": ("--line", "{line}", "--column", "{column}", "{file}"),
    "notepad++": ("-n{line}", "-c{column}", "{file}"),
    "gvim": ("+{line}", "{file}"),
}
"""By an editor's name how it is told a place. Those of a terminal have none to draw in."""


def command(found: Finding, environment: Mapping[str, str] = os.environ) -> list[str] | None:
    """How to open the place of a finding; None where no editor with a window is named."""
    for name in VARIABLES:
        words = shlex.split(environment.get(name, ""), posix=os.name != "nt")
        places = PLACES.get(Path(words[0]).stem.casefold()) if words else None
        if places:
            told = {"file": found.file, "line": max(1, found.line), "column": max(1, found.column)}
            return [*words, *(place.format(**told) for place in places)]
    return None


def open_at(found: Finding) -> str:
    """Open the place of a finding; what to tell of it."""
    place = f"{found.file}:{found.line}:{found.column}"
    words = command(found)
    if words is None:
        return f"{place}. Name an editor in KAMSIM_EDITOR, such as code or kate, and it opens there."
    try:
        subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603  # the user's own editor, without a shell
    except OSError as error:
        return f"{place}. {words[0]} did not open: {(error.strerror or 'it is not there').lower()}."
    return f"{place} is opened in {Path(words[0]).stem}."
