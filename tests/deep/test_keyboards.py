"""A real window on a virtual display, under the keyboards of four countries, held keys and a frozen frame. Needs Xvfb,
xdotool, openbox and setxkbmap, and says what it measured: ``pytest tests/deep/test_keyboards.py -s``.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

TOOLS = ("Xvfb", "xdotool", "openbox", "setxkbmap", "xdpyinfo")
DISPLAY = ":78"
ALTGR = 108
"""Key codes are those of the places on a board, whatever is printed on them."""
WAIT = 30.0
LOOKS = 1_200
LAYOUTS = {
    "de": ([(34,), (47,), (48,), (20,), (24, ALTGR), (26, ALTGR), (29,), (49,), (26,)], "üöäß@€zê"),
    "fr": ([(24,), (11,), (18,), (19, ALTGR), (34,), (26,), (25,), (20, ALTGR)], "aéç@êz]"),
    "pl": ([(52, ALTGR), (46, ALTGR), (38, ALTGR), (32, ALTGR), (54, ALTGR), (26, ALTGR)], "żłąóćę"),
    "tr": ([(31,), (48,), (34,), (35,), (24, ALTGR), (47,), (59,)], "ıiğü@şö"),
}
"""By layout: keys that are struck, some with AltGr, and what they write. AltGr with q, z and + would close, undo and
zoom if it were Ctrl; the German and the French row end in a dead accent before a letter."""

NO_LETTERS = (34, 35, 47, 48, 59)
"""Places that write no letter from a to z, which would press what it is the key of."""

pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, TOOLS)), reason=f"needs {', '.join(TOOLS)}, and a machine where they may be run"
)


@pytest.fixture(scope="module")
def display() -> Iterator[None]:
    """A display of its own, with a window manager."""
    server = subprocess.Popen(["Xvfb", DISPLAY, "-screen", "0", "1280x800x24", "-nolisten", "tcp"], stderr=-3)
    os.environ["DISPLAY"] = DISPLAY
    _until(lambda: subprocess.run(["xdpyinfo"], capture_output=True, check=False).returncode == 0)
    manager = subprocess.Popen(["openbox"], stderr=-3, stdout=-3)
    time.sleep(0.5)
    try:
        yield
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait(WAIT)


def _until(met: Any) -> None:
    for _ in range(LOOKS):
        if met():
            return
        time.sleep(0.05)
    pytest.fail(f"it never came to that in {LOOKS} looks")


class RealWindow:
    """kamsim in a process of its own, and what it says of itself."""

    def __init__(self, folder: Path, layout: str, *more: str) -> None:
        subprocess.run(["setxkbmap", layout], check=True)
        self.folder, self.trace = folder, folder / "trace.txt"
        self.trace.touch()
        environment = {
            **os.environ, "SDL_VIDEODRIVER": "x11", "SDL_AUDIODRIVER": "dummy", "LC_ALL": "C.UTF-8",
            "XDG_CONFIG_HOME": str(folder / "config"),
        }  # fmt: skip
        arguments = ["play", "--log-dir", str(folder / "logs"), "--trace", str(self.trace), *more]
        code = "import sys; from kamsim.cli import main; sys.exit(main())"
        self.process = subprocess.Popen([sys.executable, "-c", code, *arguments], env=environment)
        self.wait_for("Title")
        found = subprocess.run(
            ["xdotool", "search", "--sync", "--onlyvisible", "--pid", str(self.process.pid)],
            check=True, capture_output=True, text=True, timeout=WAIT,
        ).stdout.split()  # fmt: skip
        self.id = found[-1]
        self.tool("windowactivate", "--sync", self.id)
        time.sleep(0.3)

    def tool(self, *words: Any) -> None:
        subprocess.run(["xdotool", *map(str, words)], check=True, timeout=WAIT)

    def strike(self, code: int, *held: int) -> None:
        """A key at a place of the board, others held."""
        for other in held:
            self.tool("keydown", other)
        self.tool("key", code)
        for other in reversed(held):
            self.tool("keyup", other)
        time.sleep(0.06)

    def press(self, *names: str) -> None:
        for name in names:
            self.tool("key", name)
            time.sleep(0.15)

    def said(self) -> list[str]:
        return self.trace.read_text(encoding="utf-8").splitlines()

    def wait_for(self, text: str) -> None:
        _until(lambda: self.said() and text in self.said()[-1])

    def lines(self) -> list[dict[str, Any]]:
        """The log, line by line."""
        (log,) = (self.folder / "logs").glob("*.jsonl")
        return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]

    def seconds(self) -> float:
        """Processor time that it has used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def __enter__(self) -> RealWindow:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.terminate()
        self.process.wait(WAIT)


def to_the_desk(window: RealWindow) -> None:
    """A session begins; its guesses are passed."""
    window.press("ctrl+Return")
    window.wait_for("briefing/job")
    window.press("Return")
    for step in ("ranking", "breakeven", "profit_range"):
        window.wait_for(step)
        window.press("s")
    window.wait_for("desk/1")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_letters_of_a_country_are_text_and_nothing_else(layout: str, tmp_path: Path, display: None) -> None:
    """In the name they stand as they are printed on the board; on the desk they press, undo, zoom and close nothing."""
    keys, written = LAYOUTS[layout]
    with RealWindow(tmp_path, layout) as window:
        window.press("Tab")
        _until(lambda: _focused(window, "name"))
        for code, *held in keys:
            window.strike(code, *held)
        to_the_desk(window)
        player = window.lines()[0]["player"]
        before = window.said()[-1]
        for code, *held in keys:
            if held or code in NO_LETTERS:
                window.strike(code, *held)
        time.sleep(0.3)
        assert window.process.poll() is None
        after = window.said()[-1]
        sys.stdout.write(f"\n{layout}: {player!r}, then {after}\n")
        assert player == written
        assert after.split("zoom")[1].split("|")[0] == before.split("zoom")[1].split("|")[0]
        assert after.split("|")[0] == before.split("|")[0]
        assert not [line for line in window.lines() if line["kind"] in ("command", "undo")]


def _focused(window: RealWindow, name: str) -> bool:
    if window.said()[-1].endswith(f"focus {name}"):
        return True
    window.press("Tab")
    return False


def test_a_held_key_and_a_frozen_frame_answer_once(tmp_path: Path, display: None) -> None:
    """Enter held for two seconds on Start starts, and no more; twenty Enters and clicks on a frozen picture are one."""
    with RealWindow(tmp_path, "de") as window:
        _until(lambda: _focused(window, "start"))
        window.tool("keydown", "Return")
        time.sleep(2.0)
        window.tool("keyup", "Return")
        time.sleep(0.3)
        steps = [line.split(" ")[0] for line in window.said() if line.startswith("briefing")]
        assert set(steps) == {"briefing/job"} and not [line for line in window.lines() if line["kind"] == "guess"]
        window.process.send_signal(signal.SIGSTOP)
        for _ in range(20):
            window.tool("key", "Return")
            window.tool("mousemove", "--window", window.id, 1180, 700, "click", 1)
        window.process.send_signal(signal.SIGCONT)
        time.sleep(1.5)
        guesses = [line for line in window.lines() if line["kind"] == "guess"]
        sys.stdout.write(f"\nafter the frozen frame: {window.said()[-1]}, {len(guesses)} guesses\n")
        assert window.said()[-1].startswith("briefing/ranking") and not guesses


def test_an_idle_window_rests(tmp_path: Path, display: None) -> None:
    """At most 2% of a core on the desk and on the page of a case, over ten seconds each."""
    with RealWindow(tmp_path, "pl") as window:
        to_the_desk(window)
        for name, keys in (("desk/1", ()), ("account/", ("ctrl+3",)), ("portfolio", ("ctrl+2",))):
            window.press(*keys)
            time.sleep(1.5)
            before = window.seconds()
            time.sleep(10.0)
            used = (window.seconds() - before) / 10.0
            sys.stdout.write(f"\n{name}: {used * 100:.1f}% of a core, {window.said()[-1]}\n")
            assert used <= 0.02
