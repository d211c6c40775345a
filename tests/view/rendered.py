"""Every page of the text session as it reads now, for checks that compare what different pages say."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from kamsim.game.session import Session
from kamsim.terminal import account as account_page
from kamsim.terminal import app, casework, dealdesk, desk, knowing, moves, people, pursuit, table_talks
from kamsim.terminal import own as own_pages
from kamsim.terminal.table import TextTable
from kamsim.terminal.talk import Jump, Leave, Talk
from kamsim.view import own, pipeline
from kamsim.view.case import bringing
from kamsim.view.case.form import Form

WIDE = 1_000_000
"""Letters of a line, so that nothing is broken into lines to be joined again."""
AUDIENCES = ("customer", "desk")


class Reader:
    """A table of the text session at which nobody answers; `page` gives what it says until it asks."""

    def __init__(self, session: Session) -> None:
        self.said: list[str] = []
        self.table = TextTable(session, Talk(lambda: None, self.said.append, width=WIDE))
        self.table.talk.places = app.places(self.table)

    def page(self, show: Callable[..., object], *about: object) -> str:
        """A page as it reads, in one line."""
        self.said.clear()
        with suppress(Leave, Jump):
            show(self.table, *about)
        return " ".join("".join(self.said).split())


def pages(reader: Reader, *, cases: bool = True) -> dict[str, str]:
    """Every page by its name; ``cases``: business cases and their coach, too, which take the longest."""
    table = reader.table
    table.visited.clear()
    table.introduced.clear()
    made = {name: reader.page(show) for name, show in DESK.items()}
    made |= {OURS[name]: reader.page(own_pages.PLACES[name]) for name, _ in own.tabs(table)}
    for account in table.accounts:
        made[f"account {account}"] = reader.page(account_page.account_page, account)
        made[f"map {account}"] = reader.page(people.show_map, account)
        made[f"meet {account}"] = reader.page(moves.meet, account)
        made[f"door {account}"] = reader.page(people.seek_executive, account)
        if table.has("plans"):
            made[f"plan {account}"] = reader.page(own_pages.show_plan, account)
        for audience in AUDIENCES if cases else ():
            if bringing.barred(table.cast, table.seen, account, audience) or table.lying(account, audience):
                continue
            made[f"case {account} {audience}"] = reader.page(casework.build, account, audience)
            form = Form(table.session, table.cast, table.cases.open(account, audience))
            made[f"coach {account} {audience}"] = reader.page(casework.coach, form)
    for item in pipeline.prospects(table):
        made[f"opportunity {item.name}"] = reader.page(pursuit.tell, item)
        if item.bid is None and not pipeline.no_bid(table, item):
            made[f"bid {item.name}"] = reader.page(pursuit.bid_for, item.name)
    for name in table.requests():
        made[f"request {name}"] = reader.page(moves.answer_request, name)
    for name in table.talks():
        made[f"talk {name}"] = reader.page(table_talks.sit_down, name)
    return made


OURS = {own.TEAM: "team", own.PROGRAMME: "programme", own.JOINT: "joint", own.PLANS: "plans"}
"""By tab of our own side: the name of its page here."""
DESK: dict[str, Callable[[TextTable], object]] = {
    "opening": desk.opening,
    "desk": desk.overview,
    "waiting": desk.PLACES["waiting"],
    "portfolio": desk.PLACES["portfolio"],
    "notes": desk.PLACES["notes"],
    "why": desk.PLACES["why"],
    "radar": knowing.radar,
    "timeline": knowing.timeline,
    "pipeline": pursuit.show_pipeline,
    "promises": dealdesk.promises,
    "deal": dealdesk.deal_desk,
    "steps": app.first_steps,
}
