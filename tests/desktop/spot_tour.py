"""Moments, letters, promises and the deal desk, in states in which they have much to show."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from kamsim.desktop.config import Config
from kamsim.desktop.pilot import Pilot
from kamsim.desktop.screens.close import close_quarter
from kamsim.desktop.screens.desk import confirm_end
from kamsim.game import open_cases
from kamsim.game.session import Session
from kamsim.players.policies import named_policy
from tests.desktop.longest import longest

MOST = 12


@cache
def told(quarters: int, scenario: str = "halden", seed: int = 7, *, midway: bool = False) -> Path:
    """The log of a session that a bot with business cases has played so far; ``midway``, this quarter's moves too."""
    chosen = longest() if scenario == "longest" else scenario
    with Session.start(chosen, seed=seed, player="Ada", log_dir=Path(mkdtemp()), quarters=MOST) as session:
        for _ in range(quarters):
            named_policy("retailored").play(session.seat)
            session.end_quarter()
        if midway:
            named_policy("retailored").play(session.seat)
        return session.log_path


def spotted(
    quarters: int,
    tmp: Path,
    *,
    size: tuple[int, int] = (1280, 800),
    config: Config | None = None,
    scenario: str = "halden",
    seed: int = 7,
    midway: bool = False,
    motion: bool = False,
) -> Pilot:
    """A pilot in a copy of that session."""
    tmp.mkdir(parents=True, exist_ok=True)
    log = tmp / f"told-{quarters}-{seed}-{midway}.jsonl"
    log.write_bytes(told(quarters, scenario, seed, midway=midway).read_bytes())
    return Pilot(log_dir=tmp, size=size, config=config or Config(motion=motion), session=Session.resume(log))


def on_the_spot(tmp: Path, size: tuple[int, int], config: Config, scenario: str) -> Iterator[tuple[str, Pilot]]:
    """A whole moment, and one that is put off."""
    with spotted(6, tmp, size=size, config=config, scenario=scenario) as pilot:
        app = pilot.app
        app.go_desk()
        yield "desk with a moment", pilot
        confirm_end(app)
        yield "confirm a moment", pilot
        app.close_dialog()
        app.go_account("mira")
        yield "account with a moment", pilot
        app.open("moment", moment="mira_shoes")
        yield "moment why", pilot
        pilot.press("1")
        pilot.press("P")
        yield "moment number", pilot
        pilot.press("2")
        yield "moment turned", pilot
        pilot.clock.now += 300.0
        pilot.press("2")
        pilot.settle()
        yield "moment proof, time over", pilot
        pilot.press("4", "N")
        yield "moment ask", pilot
        pilot.press("1")
        yield "moment objection", pilot
        pilot.press("2")
        yield "moment ended", pilot


def papers(tmp: Path, size: tuple[int, int], config: Config, scenario: str) -> Iterator[tuple[str, Pilot]]:
    """Letters, conditions, what lies with them, promises, the desk."""
    with spotted(2, tmp, size=size, config=config, scenario=scenario, midway=True) as pilot:
        app = pilot.app
        assert app.play is not None
        pending = next(iter(open_cases.all_lying(app.play.seen)), None)
        if pending is not None:
            app.go_account(pending.account)
            yield "account with a case", pilot
        close_quarter(app)
        yield "close with letters", pilot
        app.show(app.page("desk"), over=False)
        yield "desk with letters", pilot
        confirm_end(app)
        yield "confirm conditions", pilot
        app.close_dialog()
        for item in open_cases.conditions(app.play.seen)[:1]:
            app.go_account(item.account)
            yield "account with a condition", pilot
            app.open("letter", account=item.account, audience=item.audience)
            yield "letter if", pilot
            pilot.press("Enter")
            yield "letter accepted", pilot
        app.go_promises()
        yield "promises first", pilot
        app.go_deal()
        yield "deal desk first", pilot
    with spotted(7, tmp, size=size, config=config, scenario=scenario) as pilot:
        app = pilot.app
        app.go_promises()
        yield "promises due", pilot
        pilot.press("M")
        yield "promises measured", pilot
        app.open("account", account="mira", tab="history")
        yield "history with cases", pilot
    with spotted(10, tmp, size=size, config=config, scenario=scenario, seed=3) as pilot:
        app = pilot.app
        app.go_desk()
        yield "desk late", pilot
        app.open("letter", account="orvik", audience="customer")
        yield "letter back", pilot
        app.go_promises()
        yield "promises late", pilot
    with spotted(11, tmp, size=size, config=config, scenario=scenario) as pilot:
        pilot.app.go_desk()
        yield "desk with letters of both", pilot
        pilot.app.open("letter", account="tessaro", audience="desk")
        yield "letter of our desk", pilot
        pilot.app.go_deal()
        yield "deal desk", pilot
