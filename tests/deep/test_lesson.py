"""A lesson as a browser shows and prints it: slides that the last row can read, turned by keys and clicks; a sheet for
each player; nothing for axe to mend. Needs chromium, node and KAMSIM_AXE (see test_debrief)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from kamsim.debrief.classroom import entries_of
from kamsim.debrief.handouts import handouts_page
from kamsim.debrief.lesson.choosing import slides_of
from kamsim.debrief.lesson.deck import deck_page, presenter_page
from kamsim.debrief.lesson.slide import group_of
from kamsim.debrief.otherwise import otherwise
from kamsim.debrief.record import read_play
from kamsim.debrief.what_if_page import what_if_page
from tests.debrief.plays import bot, by_hand, portfolio_log
from tests.deep.test_layout import LAYOUT, specs

HERE = Path(__file__).parent
POLICIES = (
    "retailored",
    "discounter",
    "typical",
    "value_seller",
    "farmer",
    "single_thread",
    "canned",
    "hq_only",
    "steady",
)
THIRTIETH = 30.0
"""No letter on a slide is smaller than this part of its height."""

pytestmark = pytest.mark.skipif(
    not (os.environ.get("KAMSIM_AXE") and shutil.which("chromium") and shutil.which("node")),
    reason="needs chromium, node and KAMSIM_AXE",
)


def node(script, *words):
    ran = subprocess.run(["node", str(HERE / script), *map(str, words)], env=os.environ, check=False,
                         capture_output=True, text=True)  # fmt: skip
    assert ran.returncode == 0, f"{script} {words[0]}\n{ran.stdout}{ran.stderr}"


def shown(html, path, box, screens, least):
    """A page whose boxes hold all their text, on screens and on paper; axe finds nothing."""
    path.write_text(html, encoding="utf-8")
    made = [{"width": wide, "height": high, "media": "screen", "least": least(wide, high)} for wide, high in screens]
    made.append({"width": 1280, "height": 720, "media": "print", "least": 11})
    node("stage.cjs", path, box, json.dumps(made))
    node("axe.cjs", path, "closed")
    node("axe.cjs", path, "open")


def slides_shown(group, path):
    screens = ((1280, 720), (1920, 1080), (1024, 768))
    shown(deck_page(group, slides_of(group)), path, ".board", screens, lambda w, h: min(h, w * 9 / 16) / THIRTIETH)
    wide = [{"width": w, "height": h, "scheme": scheme, "media": "screen"}
            for w, h in screens for scheme in ("light", "dark")]  # fmt: skip
    node(LAYOUT.name, path, json.dumps(wide))


@pytest.mark.parametrize("count", [3, 12, 60])
def test_a_lesson(count, tmp_path):
    plays = [
        bot(POLICIES[n % len(POLICIES)], player=f"Player with quite a long name {n}") for n in range(min(count, 12))
    ]
    group = group_of(entries_of([plays[n % len(plays)] for n in range(count)]))
    slides_shown(group, tmp_path / "slides.html")
    slides_shown(group_of(group.entries, named=True), tmp_path / "named.html")
    for scheme, html in (("presenter", presenter_page(group, slides_of(group))), ("if", _what_if(plays[0]))):
        path = tmp_path / f"{scheme}.html"
        path.write_text(html, encoding="utf-8")
        node(LAYOUT.name, path, json.dumps(specs(first=False)))
        node("axe.cjs", path, "open")
    shown(handouts_page(group.entries[:12]), tmp_path / "handouts.html", ".sheet", ((1280, 800),), lambda *_: 11)


def _what_if(play):
    answer = next(command for command in play.commands if command.move == "answer_request")
    other = "decline" if answer.args["answer"] == "grant" else "grant"
    return what_if_page(play, [otherwise(play, answer.number, {"answer": other})])


def test_lessons_with_little_to_show_and_with_many_accounts(tmp_path):
    for name, play in (("hand", read_play(by_hand())), ("portfolio", read_play(portfolio_log()))):
        group = group_of(entries_of([play]), named=True)
        slides_shown(group, tmp_path / f"{name}.html")
        shown(handouts_page(group.entries), tmp_path / f"{name}-handouts.html", ".sheet", ((1280, 800),), lambda *_: 11)
