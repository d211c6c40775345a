"""How pages lie in a browser: no text is clipped, lies on other text or is smaller than 11 pixels; nothing scrolls
sideways; a player's first page fits one screen and one sheet. Needs chromium, node and KAMSIM_AXE (see test_debrief)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from kamsim.debrief.class_report import class_page
from kamsim.debrief.record import read_play
from kamsim.debrief.report import player_page
from kamsim.page import charts, shell
from tests.debrief.logs import bot_log
from tests.debrief.plays import bot, by_hand, portfolio_log
from tests.page.test_charts import DRAWN, LONG

LAYOUT = Path(__file__).with_name("layout.cjs")
WINDOWS = ((1280, 800), (1920, 1080), (390, 844))
PAPERS = (("A4", 718, 1069), ("Letter", 740, 1002))
"""Paper, and its room inside the margins in CSS pixels."""

pytestmark = pytest.mark.skipif(
    not (os.environ.get("KAMSIM_AXE") and shutil.which("chromium") and shutil.which("node")),
    reason="needs chromium, node and KAMSIM_AXE",
)


def specs(*, first: bool) -> list[dict[str, object]]:
    made: list[dict[str, object]] = []
    for wide, high in WINDOWS:
        for scheme in ("light", "dark"):
            made.append(
                {"width": wide, "height": high, "scheme": scheme, "media": "screen", "one": first and wide > 1000}
            )
        made.append({"width": wide, "height": high, "scheme": "light", "media": "screen", "open": True})
    for paper, wide, high in PAPERS:
        sheet = {"width": wide, "height": high, "scheme": "dark", "media": "print", "paper": paper}
        made += [{**sheet, "one": first}, {**sheet, "open": True}]
    return made


def sound(html: str, path: Path, *, first: bool) -> None:
    """The page as it lies in every window and on every paper; fails with all faults."""
    path.write_text(html, encoding="utf-8")
    ran = subprocess.run(["node", str(LAYOUT), str(path), json.dumps(specs(first=first))], env=os.environ, check=False,
                         capture_output=True, text=True)  # fmt: skip
    assert ran.returncode == 0, f"{path.name}\n{ran.stdout}{ran.stderr}"


PLAYERS = {
    "good": lambda: read_play(bot_log("retailored", 3, 12)),
    "poor": lambda: read_play(bot_log("discounter", 3, 12)),
    "eight": lambda: read_play(bot_log("value_seller", 5, 8)),
    "unfinished": lambda: bot("typical", 3, 5),
    "one quarter": lambda: bot("typical", 3, 1),
    "hostile": lambda: read_play(by_hand()),
    "portfolio": lambda: read_play(portfolio_log()),
}


@pytest.mark.parametrize("name", PLAYERS)
def test_a_players_page(name, tmp_path):
    sound(player_page(PLAYERS[name]()), tmp_path / "player.html", first=True)


@pytest.mark.parametrize("count", [3, 12, 60])
def test_a_class_page(count, tmp_path):
    policies = ("retailored", "value_seller", "canned", "typical", "discounter")
    plays = [bot(policies[n % 5], 1 + n // 5 % 3, 6, f"Player with a long name {n}") for n in range(min(count, 15))]
    plays = [plays[n % len(plays)] for n in range(count)]
    sound(class_page(plays), tmp_path / "class.html", first=False)
    sound(class_page(plays, projector=True), tmp_path / "projector.html", first=False)


def test_every_chart_with_long_names(tmp_path):
    body = "".join(draw(LONG, value) for draw in DRAWN.values() for value in (-3.0, 1234.5))
    html = shell.document("Charts", f"<main><h1>Charts</h1>{body}</main>", style=charts.STYLE)
    sound(html, tmp_path / "charts.html", first=False)
