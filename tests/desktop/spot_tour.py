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
from kamsim.game.session import Session
from kamsim.players.policies import named_policy
from kamsim.view import open_cases
from kamsim.view.closing import end_quarter
from tests.desktop.longest import longest
from tests.engine.worlds import SCENARIOS

SEED, MOST = 3, 8
MIDWAY = 2
"""A quarter after which the bot's moves of the next one are kept too, before its close."""
ASK = {"priority": "yes", "commitment": 0.05, "length": 8, "metric": "profit", "claim": 300, "width": 0.25, "due": 4,
       "proof": "their_figures", "alternative": "do_nothing", "body": "one_page"}  # fmt: skip
"""An ask to our own desk."""


@cache
def told(scenario: str = "halden") -> dict[tuple[int, bool], bytes]:
    """Logs of a session that a bot with business cases plays: by quarters that are closed, and whether the moves of the
    next one are made."""
    chosen = longest() if scenario == "longest" else SCENARIOS[scenario]()
    kept: dict[tuple[int, bool], bytes] = {}
    with Session.start(chosen, seed=SEED, player="Ada", log_dir=Path(mkdtemp())) as session:
        for quarters in range(MOST):
            kept[quarters, False] = session.log_path.read_bytes()
            named_policy("retailored").play(session.seat)
            if quarters == MIDWAY:
                kept[quarters, True] = session.log_path.read_bytes()
            session.end_quarter()
        kept[MOST, False] = session.log_path.read_bytes()
    return kept


def spotted(
    quarters: int,
    tmp: Path,
    *,
    size: tuple[int, int] = (1280, 800),
    config: Config | None = None,
    scenario: str = "halden",
    midway: bool = False,
) -> Pilot:
    """A pilot in a copy of that session."""
    tmp.mkdir(parents=True, exist_ok=True)
    log = tmp / f"told-{quarters}-{midway}.jsonl"
    log.write_bytes(told(scenario)[quarters, midway])
    return Pilot(log_dir=tmp, size=size, config=config or Config(motion=False), session=Session.resume(log))


def on_the_spot(tmp: Path, size: tuple[int, int], config: Config, scenario: str) -> Iterator[tuple[str, Pilot]]:
    """A whole moment; then promises that are due."""
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
        app.go_promises()
        yield "promises due", pilot
        pilot.press("M")
        yield "promises measured", pilot


def papers(tmp: Path, size: tuple[int, int], config: Config, scenario: str) -> Iterator[tuple[str, Pilot]]:
    """Letters, conditions, what lies with them, promises, the desk."""
    with spotted(MIDWAY, tmp, size=size, config=config, scenario=scenario, midway=True) as pilot:
        app = pilot.app
        assert app.play is not None
        app.go_account(open_cases.all_lying(app.play.seen)[0].account)
        yield "account with a case", pilot
        close_quarter(app)
        yield "close with letters", pilot
        app.show(app.page("desk"), over=False)
        yield "desk with letters", pilot
        confirm_end(app)
        yield "confirm conditions", pilot
        app.close_dialog()
        item = open_cases.conditions(app.play.seen)[0]
        app.go_account(item.account)
        yield "account with a condition", pilot
        app.open("letter", account=item.account, audience=item.audience)
        yield "letter if", pilot
        pilot.press("Enter")
        yield "letter accepted", pilot
        app.go_promises()
        yield "promises first", pilot
        app.go_cases()
        yield "cases and the way on", pilot
        assert not app.play.do("ask_desk", account="orvik", **ASK).refused
        app.go_deal()
        yield "deal desk with an ask", pilot
        end_quarter(app.play)
        app.open("letter", account="orvik", audience="desk")
        yield "letter of our desk", pilot
    with spotted(MOST, tmp, size=size, config=config, scenario=scenario) as pilot:
        app = pilot.app
        app.go_desk()
        yield "desk late", pilot
        app.open("letter", account="orvik", audience="customer")
        yield "letter back", pilot
        app.go_promises()
        yield "promises late", pilot
        app.open("account", account="orvik", tab="history")
        yield "history with cases", pilot
        app.go_deal()
        yield "deal desk", pilot
