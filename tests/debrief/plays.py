"""Sessions that the debrief is tested on, played once each: bots through the seat, and one by hand."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from kamsim.debrief.record import Play, read_play
from kamsim.engine.moves import MOVES
from kamsim.errors import IllegalMove
from kamsim.game.log import read_log
from kamsim.game.session import Session
from kamsim.players.policies import named_policy
from kamsim.scenario.reader import load_scenario
from tests.engine.worlds import halden, portfolio
from tests.scenario.minimal import write_minimal

OLD_LOGS = tuple(sorted((Path(__file__).parents[1] / "golden" / "old_logs").glob("*.jsonl")))
"""Sessions of older rules."""
HOSTILE = "<script>alert(1)</script>\u202eevil\u202c\"'&</title>"


@cache
def folder() -> Path:
    """Where they lie."""
    return Path(tempfile.mkdtemp(prefix="kamsim-debrief-"))


@cache
def bot(policy: str, seed: int = 1, quarters: int = 6, player: str = "") -> Play:
    """A bot's unfinished session on Halden: two quarters are left open, so no reference bots are needed."""
    return read_play(log_of(policy, seed, quarters, player))


@cache
def log_of(policy: str, seed: int = 1, quarters: int = 6, player: str = "") -> Path:
    """Its log."""
    named = named_policy(policy)
    with Session.start(halden(), seed=seed, player=player or policy, log_dir=folder(), quarters=8) as session:
        for _ in range(quarters):
            named.play(session.seat)
            session.end_quarter()
        return session.log_path


@cache
def portfolio_log() -> Path:
    """Five quarters of the bot dynamic with a portfolio of eight customers."""
    named = named_policy("dynamic")
    with Session.start(portfolio(), seed=1, player="Dynamic", log_dir=folder()) as session:
        for _ in range(5):
            named.play(session.seat)
            session.end_quarter()
        return session.log_path


@cache
def by_hand() -> Path:
    """The smallest scenario, four quarters to the end: a scan, a talk, a price, guesses, a range."""
    scenario = load_scenario(write_minimal(folder() / "minimal"))
    with Session.start(scenario, seed=8, player=HOSTILE, log_dir=folder(), quarters=4) as session:
        session.guess("ranking", sorted(session.params.accounts))
        session.guess("breakeven", 20.0)
        session.do("scan", account="orvik")
        session.do("set_discount", account="orvik", line="bearings", region="north", discount=0.2)
        session.do("meet", person="aune", agenda="buying")
        while not session.finished:
            session.guess("profit_range", [0, 10_000_000_00])
            session.end_quarter()
        return session.log_path


@cache
def listener() -> Path:
    """Seven of eight quarters on Halden by somebody who tries every move of foresight that is allowed: news put to
    accounts, insights, work on forces, doors by each way, warm handovers, and questions at a table."""
    with Session.start(halden(), seed=3, player="Listener", log_dir=folder(), quarters=8) as session:
        for quarter in range(1, 8):
            _listen(session, quarter)
            session.end_quarter()
        return session.log_path


def _listen(session: Session, quarter: int) -> None:
    params = session.params
    first: list[tuple[str, dict[str, Any]]] = []
    for talk in params.talks:
        first.append(("ask_table", {"talk": talk, "issue": "price"}))
        plain = {field.name: field.choices[0] for field in MOVES["propose"].fields if field.kind == "choice"}
        first += [("propose", {"talk": talk, **plain, "price": price}) for price in (0.01, 0.02, 0.03)]
    tries: list[tuple[str, dict[str, Any]]] = []
    for row, name in enumerate(params.initiatives):
        owner = params.people[int(params.initiative_owner[row])]
        tries += [("back_initiative", {"initiative": name, "force": params.forces[force]})
                  for force in params.initiative_forces[row]]  # fmt: skip
        tries.append(("meet", {"person": owner, "agenda": "provocative"}))
        tries.append(("build_insight", {"initiative": name, "form": "options"}))
        tries.append(("seek_executive", {"person": owner, "approach": "insight"}))
        tries.append(("bring_insight", {"person": owner, "initiative": name}))
    for row, person in enumerate(params.people):
        tries.append(("hand_over", {"person": person}))
        others = [params.people[other] for other in params.account_people[params.person_account[row]] if other != row]
        tries.append(("seek_executive", {"person": person, "approach": "referral", "through": others[0]}))
    tries += [("scan", {"account": account}) for account in params.accounts]
    tries += [("link_news", {"news": news, "account": account}) for news in params.news for account in params.accounts]
    if quarter % 2:
        tries.reverse()
    for move, args in first + tries:
        with suppress(IllegalMove):
            session.do(move, **args)


__all__ = ["HOSTILE", "OLD_LOGS", "bot", "by_hand", "folder", "listener", "log_of", "portfolio_log", "read_log"]


@cache
def organiser() -> Path:
    """Eight quarters with a portfolio by somebody who asks the team, gives a customer on, plans, and sits with others."""
    plan = {"account": "ostra", "person": "jory", "aim": "know", "initiative": "ostra_pour", "step": "meeting"}
    habits: tuple[tuple[str, dict[str, Any]], ...] = (
        ("review_team", {}),
        ("assign", {"account": "kellan", "colleague": "fenwick"}),
        ("write_plan", {**plan, "owner": "noemi", "due": 1}),
        ("share_plan", {"account": "ostra"}),
        ("set_target", {"target": "personal"}),
        ("borrow", {"account": "ostra", "specialist": "ruth"}),
        ("name_key", {"account": "pallister"}),
        ("network", {"function": "sales"}),
        ("ask_leader", {"wish": "support"}),
    )
    with Session.start(portfolio(), seed=2, player="Organiser", log_dir=folder(), quarters=12) as session:
        for _ in range(8):
            for move, args in habits:
                with suppress(IllegalMove):
                    session.do(move, **args)
            session.end_quarter()
        return session.log_path
