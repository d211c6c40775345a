"""Every page of the desktop, in states in which it has much to show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import numpy as np

from kamsim.desktop.app import App
from kamsim.desktop.config import Config
from kamsim.desktop.pilot import Pilot
from kamsim.desktop.screens.answers import IncidentPage, RequestPage
from kamsim.desktop.screens.builder import CasePage, open_case
from kamsim.desktop.screens.close import ClosePage, close_quarter
from kamsim.desktop.screens.desk import confirm_end, leave_dialog
from kamsim.desktop.screens.helping import glossary_dialog, help_dialog, settings_dialog
from kamsim.desktop.screens.opportunity import OpportunityPage
from kamsim.desktop.screens.practice import choose_quarter, close_practice
from kamsim.desktop.screens.table_talks import TablePage
from kamsim.desktop.screens.title import Title
from kamsim.engine.moves import MOVES
from kamsim.game.session import Session
from kamsim.players.filling import fill
from kamsim.players.policies import named_policy
from kamsim.players.simulate import override
from kamsim.view import pipeline
from kamsim.view.case.form import SLOTS
from kamsim.view.closing import end_quarter
from tests.desktop.gym_tour import gym
from tests.desktop.longest import lengthened, longest
from tests.desktop.spot_tour import on_the_spot, papers
from tests.desktop.visits import ours as own_pages
from tests.engine.worlds import SCENARIOS

Stop = tuple[str, Callable[[App], None]]


@cache
def played(quarters: int, scenario: str = "halden", length: int = 12) -> Path:
    """The log of a session that a careful bot has played so far, left in the middle of a quarter."""
    chosen = longest() if scenario == "longest" else SCENARIOS[scenario]()
    with Session.start(
        chosen, seed=7, player="A long name of a team, Ltd", log_dir=Path(mkdtemp()), quarters=length
    ) as session:
        for _ in range(quarters):
            named_policy("value_seller").play(session.seat)
            session.end_quarter()
        if not session.finished:
            session.do("meet", person="aksel", agenda="buying")
        return session.log_path


def say(page: CasePage, **said: Any) -> None:
    """Answer some questions of a page, whether they are on screen or not."""
    for name, value in said.items():
        page.answer(name, value)


def flown(
    quarters: int,
    tmp: Path,
    *,
    size: tuple[int, int] = (1280, 800),
    config: Config | None = None,
    length: int = 12,
    scenario: str = "halden",
) -> Pilot:
    """A pilot in a copy of that session."""
    tmp.mkdir(parents=True, exist_ok=True)
    log = tmp / f"played-{quarters}-{length}.jsonl"
    log.write_bytes(played(quarters, scenario, length).read_bytes())
    return Pilot(log_dir=tmp, size=size, config=config, session=Session.resume(log))


def title(tmp: Path, size: tuple[int, int], config: Config, scenario: str) -> Iterator[tuple[str, Pilot]]:
    """The first page, the briefing and its guesses."""
    logs = tmp / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    for quarters in (2, 5):
        (logs / f"kept-{quarters}.jsonl").write_bytes(played(quarters, scenario).read_bytes())
    with Pilot(log_dir=logs, size=size, config=config) as pilot:
        yield "title", pilot
        pilot.app.ask(settings_dialog(pilot.app))
        yield "settings", pilot
        pilot.app.close_dialog()
        screen = pilot.app.screen
        assert isinstance(screen, Title)
        if scenario == "longest":
            screen.scenarios[screen.chosen] = longest()
            pilot.app.changed()
            yield "title long", pilot
        screen.start()
        for step in ("job", "ranking", "breakeven", "range"):
            yield f"briefing {step}", pilot
            pilot.press("Enter")
        yield "desk 1", pilot
        pilot.app.go("cases")
        yield "cases 1", pilot
        pilot.app.go_portfolio()
        yield "portfolio 1", pilot
        pilot.app.open("account", account="orvik", tab="money")
        yield "money 1", pilot


def session(tmp: Path, size: tuple[int, int], config: Config, scenario: str) -> Iterator[tuple[str, Pilot]]:
    """The pages of a session in its second year."""
    with flown(5, tmp, size=size, config=config, scenario=scenario) as pilot:
        app = pilot.app
        assert app.play is not None
        app.go_desk()
        yield "desk 6", pilot
        app.say("A message at the foot that says what was just done, and how it may be taken back.")
        yield "desk with message", pilot
        app.message = ""
        for name in ("portfolio", "notes", "why", "radar"):
            app.go(name)
            yield name, pilot
        app.go_account("orvik")
        yield "account", pilot
        for tab in ("money", "timeline", "history"):
            app.open("account", account="orvik", tab=tab)
            yield f"account {tab}", pilot
        app.open("people", account="orvik")
        yield "people", pilot
        app.open("people", account="tessaro", kind="new")
        yield "people new", pilot
        app.open("meet", person="aksel")
        yield "meeting", pilot
        pilot.press("R")
        yield "meeting told", pilot
        executive = next(p.id for a in app.play.cast.scenario.accounts for p in a.people if p.level == "executive"
                         and not bool(app.play.seen.door_open[app.play.seen.params.people.index(p.id), 0]))  # fmt: skip
        app.open("door", person=executive)
        yield "door", pilot
        pilot.press("C")
        yield "door told", pilot
        for account in ("orvik", "brandt"):
            app.open("offer", account=account)
            pilot.press("Right", "Right")
            yield f"offer {account}", pilot
        for kind in ("set_discount", "set_rebate"):
            app.open("price", account="tessaro", kind=kind)
            pilot.press("Right", "Right", "Right")
            yield kind, pilot
        confirm_end(app)
        yield "confirm", pilot
        app.close_dialog()
        app.ask(leave_dialog(app))
        yield "leave", pilot
        app.close_dialog()
        app.ask(help_dialog(app, "desk"))
        yield "help", pilot
        app.close_dialog()
        app.ask(glossary_dialog(app))
        yield "glossary", pilot
        app.close_dialog()


def ours(tmp: Path, size: tuple[int, int], config: Config, scenario: str) -> Iterator[tuple[str, Pilot]]:
    """Our own side, a tab for each part that the scenario has, and a plan."""
    with flown(5, tmp, size=size, config=config, scenario=scenario) as pilot:
        app = pilot.app
        assert app.play is not None
        for page, args in own_pages(app.play):
            app.open(page, **args)
            yield f"{page} {' '.join(args.values())}", pilot


def every_part(tmp: Path, size: tuple[int, int], config: Config, scenario: str) -> Iterator[tuple[str, Pilot]]:
    """Our own side with every part of an organisation, after quarters in which much was done there."""
    chosen = SCENARIOS["portfolio"]()
    session = Session.start(lengthened(chosen) if scenario == "longest" else chosen, seed=7, log_dir=tmp)
    for _ in range(5):
        named_policy("joint_builder").play(session.seat)
        _busy_with_ours(session)
        session.end_quarter()
    _busy_with_ours(session)
    with Pilot(log_dir=tmp, size=size, config=config, session=session) as pilot:
        assert pilot.app.play is not None
        for page, args in own_pages(pilot.app.play):
            pilot.app.open(page, **args)
            yield f"every part: {page} {' '.join(args.values())}", pilot


def _busy_with_ours(session: Session) -> None:
    """Every kind of move of our own side that can be made now, once, but those that end something."""
    for kind in (name for name, move in MOVES.items() if move.part and name not in ("end_key", "leave_joint")):
        option = next((one for one in session.seat.legal(kind).options if not one.refused[0]), None)
        if option:
            session.do(kind, **fill(session.params, kind, option, lambda *_: 0, lambda _: np.full(1, 0.5)))


def bought(tmp: Path, size: tuple[int, int], config: Config, scenario: str) -> Iterator[tuple[str, Pilot]]:
    """The pipeline with nothing in it, by customer and by decision, one opportunity with a forecast, and a bid for it."""
    chosen = longest() if scenario == "longest" else SCENARIOS[scenario]()
    none = {f"accounts.{account.id}.initiatives.{item.id}.opportunities": [] for account in chosen.accounts
            for item in account.initiatives}  # fmt: skip
    (tmp / "none").mkdir(parents=True)
    session = Session.start(override(chosen, none), seed=7, log_dir=tmp / "none")
    with Pilot(log_dir=tmp / "none", size=size, config=config, session=session) as pilot:
        pilot.app.open("pipeline")
        yield "pipeline empty", pilot
    with flown(4, tmp, size=size, config=config, scenario=scenario) as pilot:
        app = pilot.app
        assert app.play is not None
        for order in ("customer", "decision"):
            app.open("pipeline", order=order)
            yield f"pipeline by {order}", pilot
        item = next(item for item in pipeline.prospects(app.play) if not pipeline.no_bid(app.play, item, 0.01))
        app.open("opportunity", opportunity=item.name)
        page = app.screen
        assert isinstance(page, OpportunityPage)
        page.expect("outcome", "won")
        pilot.press("Right", "Right")
        yield "opportunity", pilot
        pilot.press("Ctrl Enter")
        yield "opportunity bid for", pilot
        app.go_account(item.account)
        yield "account with opportunities", pilot


def answers(tmp: Path, size: tuple[int, int], config: Config, scenario: str) -> Iterator[tuple[str, Pilot]]:
    """Requests and incidents, in whichever quarter they come first."""
    waiting = {"request": False, "incident": False}
    with flown(0, tmp, size=size, config=config, scenario=scenario) as pilot:
        app = pilot.app
        assert app.play is not None
        while not all(waiting.values()) and not app.play.session.finished:
            for name in app.play.requests():
                if not waiting["request"]:
                    app.show(RequestPage(app, name))
                    yield "request", pilot
                    pilot.press("T")
                    yield "request trade", pilot
                    pilot.press("1", "Enter")
                    yield "request told", pilot
                    waiting["request"] = True
            for account in app.play.incidents():
                if not waiting["incident"]:
                    app.show(IncidentPage(app, account))
                    yield "incident", pilot
                    pilot.press("Ctrl Enter")
                    yield "incident told", pilot
                    waiting["incident"] = True
            end_quarter(app.play)
        assert all(waiting.values())


def at_the_table(tmp: Path, size: tuple[int, int], config: Config, scenario: str) -> Iterator[tuple[str, Pilot]]:
    """A negotiation: as it opens, after a question, countered, settled; and the question before leaving."""
    with flown(0, tmp, size=size, config=config, scenario=scenario) as pilot:
        app = pilot.app
        assert app.play is not None
        while app.play.quarter < 6:
            named_policy("steady").play(app.play.session.seat)
            end_quarter(app.play)
        name = app.play.talks()[0]
        app.go_desk()
        yield "desk with a table", pilot
        app.go_account(app.play.cast.home[name])
        yield "account with a table", pilot
        app.open("talk", talk=name)
        yield "table", pilot
        page = app.screen
        assert isinstance(page, TablePage)
        page._ask("service")
        yield "table asked", pilot
        for issue, place in (("price", 3), ("commitment", 3), ("exclusive", 0)):
            page._set(issue, place)
        yield "table set", pilot
        page._propose()
        yield "table countered", pilot
        pilot.press("L")
        yield "table leave", pilot
        pilot.press("Esc")
        for issue, place in (("service", 1), ("length", 2), ("help", 3), ("commitment", 1)):
            page._set(issue, place)
        page._propose()
        yield "table settled", pilot


def closes(tmp: Path, size: tuple[int, int], config: Config, scenario: str) -> Iterator[tuple[str, Pilot]]:
    """The close that ends a year, and the end."""
    for quarters, length in ((3, 12), (7, 8)):
        with flown(quarters, tmp, size=size, config=config, length=length, scenario=scenario) as pilot:
            app = pilot.app
            assert app.play is not None
            app.play.guess("profit_range", [50_000_000, 90_000_000])
            close_quarter(app)
            while isinstance(app.screen, ClosePage):
                yield f"close {quarters + 1} {app.screen.step}", pilot
                pilot.press("Enter")
            if app.play.session.finished:
                yield "end", pilot


def practised(tmp: Path, size: tuple[int, int], config: Config, scenario: str) -> Iterator[tuple[str, Pilot]]:
    """A past quarter played again: chosen, played, left, and compared."""
    with flown(5, tmp, size=size, config=config, scenario=scenario) as pilot:
        app = pilot.app
        choose_quarter(app)
        yield "practice choice", pilot
        pilot.press("2")
        assert app.play is not None and app.play.session.practised
        app.go_desk()
        yield "practice desk", pilot
        pilot.click("top.leave")
        yield "practice leave", pilot
        pilot.press("Esc")
        app.play.do("meet", person="aksel", agenda="results")
        close_practice(app)
        yield "practice waits", pilot
        for _ in range(20):
            pilot.settle(0.3)
        yield "practice compared", pilot


def cases(tmp: Path, size: tuple[int, int], config: Config, scenario: str) -> Iterator[tuple[str, Pilot]]:
    """The builder of business cases, sentence by sentence, and what can be done with a page."""
    with flown(3, tmp, size=size, config=config, scenario=scenario) as pilot:
        app = pilot.app
        app.go_account("tessaro")
        open_case(app, "customer")
        page = app.screen
        assert isinstance(page, CasePage)
        for slot in SLOTS:
            page.choose(slot)
            yield f"case {slot}", pilot
        page.turn("both")
        say(page, bespoke="yes", people=2, price=page.work.page["price"] + 0.01, length=12, commitment=0.15)
        yield "case stopped", pilot
        page.more()
        yield "case more", pilot
        pilot.press("D")
        yield "case drafts", pilot
        pilot.press("Enter")
        page.begin_again()
        for key, name in (("A", "coach"), ("P", "printed"), ("Ctrl Enter", "present")):
            pilot.press(key)
            yield f"case {name}", pilot
            pilot.press("Esc")
        say(page, commitment=0.1)
        page._compare()
        yield "case compare", pilot
        app.back()
        app.open("examples")
        yield "case examples", pilot
        app.go_account("tessaro")
        open_case(app, "desk")
        page = app.screen
        assert isinstance(page, CasePage)
        page.choose("give")
        say(page, price=0.03)
        yield "ask give", pilot
        page.choose("worth")
        say(page, price=0.15)
        yield "ask stopped", pilot


def one_price(tmp: Path, size: tuple[int, int], config: Config, scenario: str) -> Iterator[tuple[str, Pilot]]:
    """A headquarters asks for one price: its regions before and after, the answers, and how it is lived."""
    tmp.mkdir(parents=True, exist_ok=True)
    chosen = longest() if scenario == "longest" else SCENARIOS[scenario]()
    asked = chosen.accounts[0].requests[0].model_dump(mode="json") | {
        "id": "one_price", "kind": "global_price", "person": "lorenz", "quarter": 1, "due": 3, "line": None, "ask": 0,
        "welcomes": ["volume_commitment"],
    }  # fmt: skip
    changed = override(chosen, {"accounts.tessaro.requests": [asked], "accounts.tessaro.business.1.discount": 0.14})
    session = Session.start(changed, seed=7, player="Ada", log_dir=tmp)
    with Pilot(log_dir=tmp, size=size, config=config, session=session) as pilot:
        app = pilot.app
        assert app.play is not None
        app.go_account("tessaro")
        yield "regions", pilot
        app.open("request", request="one_price")
        yield "one price", pilot
        pilot.press("T")
        yield "one price trade", pilot
        pilot.press("1", "Enter")
        yield "one price told", pilot
        app.go_account("tessaro")
        yield "regions bound", pilot
        end_quarter(app.play)
        for person in ("yasmine", "petri"):
            app.play.do("meet", person=person, agenda="results")
        app.go_account("tessaro")
        yield "regions heard", pilot
        pilot.press("End")
        yield "regions end", pilot


def everywhere(
    tmp: Path, size: tuple[int, int] = (1280, 800), config: Config | None = None, scenario: str = "halden"
) -> Iterator[tuple[str, Pilot]]:
    """Every page."""
    for part in (
        title,
        session,
        ours,
        every_part,
        bought,
        cases,
        answers,
        at_the_table,
        one_price,
        closes,
        practised,
        on_the_spot,
        papers,
        gym,
    ):
        yield from part(tmp / part.__name__, size, config or Config(motion=False), scenario)
