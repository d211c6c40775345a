"""How much processor time pictures take on the desktop: ``python -m tests.bench.desktop`` prints milliseconds;
``--update`` keeps the ratios to the calibration kernel as the baseline of test_desktop.py. Software rendering, 1280x800.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp
from time import process_time
from typing import Final

from kamsim.desktop.events import warm
from kamsim.desktop.pilot import Pilot
from kamsim.desktop.screens.builder import barred
from tests.bench.measures import kernel
from tests.desktop.tour import flown

BASELINE: Final = Path(__file__).with_name("desktop.json")
FIRST: Final = """
import time; began = time.process_time()
from pathlib import Path
from kamsim.desktop.pilot import Pilot
from kamsim.desktop.screens.builder import barred
import sys
Pilot(log_dir=Path(sys.argv[1]))
print(time.process_time() - began)
"""
Act = Callable[[int], None]


def _pilot() -> Pilot:
    pilot = flown(5, Path(mkdtemp()))
    warm()
    return pilot


def _often(pilot: Pilot, act: Act, times: int, *, again: bool = True) -> Callable[[], list[float]]:
    """``again``: whether the picture is made once more at the end, for acts that make none."""

    def run() -> list[float]:
        seconds = []
        for number in range(times):
            began = process_time()
            act(number)
            pilot.app.frame(force=again)
            seconds.append(process_time() - began)
        return sorted(seconds)

    return run


def unchanged() -> Callable[[], list[float]]:
    """The same picture again."""
    pilot = _pilot()
    pilot.app.go_account("orvik")
    return _often(pilot, lambda _n: None, 100)


def full() -> Callable[[], list[float]]:
    """A page made anew and every card of it drawn anew, texts and shapes remembered."""
    pilot = _pilot()
    pilot.app.go_account("orvik")

    def act(_number: int) -> None:
        pilot.app.stage.pictures.clear()
        pilot.app.changed()

    return _often(pilot, act, 40)


def slider() -> Callable[[], list[float]]:
    """From a key on the offer's slider to the finished picture, break-even and waterfall with it."""
    pilot = _pilot()
    pilot.app.open("offer", account="brandt")
    pilot.focus("change")
    return _often(pilot, lambda number: pilot.press("Right" if number % 12 < 6 else "Left"), 60, again=False)


def _case() -> Pilot:
    """A pilot at the price of a business case."""
    pilot = _pilot()
    pilot.app.go_account(next(name for name in pilot.app.play.accounts if not barred(pilot.app, name, "customer")))
    pilot.press("Ctrl B", "3")
    assert pilot.app.stage.focus == "price"
    return pilot


def lever() -> Callable[[], list[float]]:
    """From a key on a business case's price to the picture that shows it: the forecast in 256 futures, the sentences
    and every figure of it; its two charts come with the next picture."""
    pilot = _case()

    def run() -> list[float]:
        seconds = []
        for number in range(80):
            pilot.settle(0.0)
            began = process_time()
            pilot.press("Right" if number % 12 < 6 else "Left")
            seconds.append(process_time() - began)
        return sorted(seconds)

    return run


def charts() -> Callable[[], list[float]]:
    """The same to the picture after it, which has the charts too."""
    pilot = _case()

    def act(number: int) -> None:
        pilot.press("Right" if number % 12 < 6 else "Left")
        pilot.settle(0.0)
        assert not pilot.app.stage.pictures.behind

    return _often(pilot, act, 80, again=False)


def case_anew() -> Callable[[], list[float]]:
    """A business case at rest, every card of it drawn anew."""
    pilot = _case()
    pilot.settle()

    def act(_number: int) -> None:
        pilot.app.stage.pictures.clear()
        pilot.app.changed()

    return _often(pilot, act, 40)


def focus() -> Callable[[], list[float]]:
    """One step of the focus."""
    pilot = _pilot()
    pilot.app.go_account("orvik")
    return _often(pilot, lambda _n: pilot.press("Tab"), 60)


def turning() -> Callable[[], list[float]]:
    """From the desk to the portfolio and back."""
    pilot = _pilot()
    return _often(pilot, lambda number: pilot.app.go_portfolio() if number % 2 else pilot.app.go_desk(), 20)


def first_frame() -> Callable[[], list[float]]:
    """From the first import to the first picture, in a process of its own, compiled once before as any program that
    was installed is."""
    environment = {**os.environ, "SDL_VIDEODRIVER": "dummy", "PYTHONPYCACHEPREFIX": mkdtemp()}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def run() -> list[float]:
        command = [sys.executable, "-c", FIRST, mkdtemp()]
        made = [
            subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout
            for _ in range(4)
        ]
        return sorted(float(text.split()[-1]) for text in made[1:])

    return run


MEASURES: Final = {
    "unchanged frame": unchanged,
    "full redraw of a page": full,
    "slider to finished picture": slider,
    "lever of a case to picture": lever,
    "lever of a case to its charts": charts,
    "full redraw of a case": case_anew,
    "step of the focus": focus,
    "turning to another page": turning,
    "first frame, the whole process": first_frame,
}


def measured(name: str) -> tuple[float, float, float]:
    """Middle and 95th of a hundred seconds, and the middle as a multiple of the kernel timed around it."""
    yardstick = min(kernel() for _ in range(6))
    seconds = MEASURES[name]()()
    yardstick = min(yardstick, *(kernel() for _ in range(6)))
    middle, late = seconds[len(seconds) // 2], seconds[min(len(seconds) - 1, int(len(seconds) * 0.95))]
    return middle, late, middle / yardstick


def main() -> None:
    """Measure everything once."""
    ratios = {}
    for name in MEASURES:
        middle, late, ratios[name] = measured(name)
        sys.stdout.write(
            f"{name:<34} p50 {middle * 1e3:7.1f} ms, p95 {late * 1e3:7.1f} ms, {ratios[name]:8.2f} kernels\n"
        )
    sys.stdout.write(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most\n")
    if "--update" in sys.argv:
        BASELINE.write_text(
            json.dumps({name: round(ratio, 3) for name, ratio in ratios.items()}, indent=1) + "\n", encoding="utf-8"
        )


if __name__ == "__main__":
    main()
