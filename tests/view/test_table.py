"""The session as a face sees it: what the two faces tell of it is one thing, said twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from kamsim.desktop.pilot import Pilot
from kamsim.desktop.screens.account import AccountPage
from kamsim.desktop.screens.close import ClosePage
from kamsim.desktop.screens.desk import Desk
from kamsim.desktop.screens.portfolio import Portfolio
from kamsim.desktop.shell import Screen
from kamsim.game.session import Session
from kamsim.players.policies import named_policy
from kamsim.terminal import account as text_account
from kamsim.terminal import closing as text_closing
from kamsim.terminal import desk as text_desk
from kamsim.terminal.table import TextTable
from kamsim.terminal.talk import Talk
from kamsim.view import account, closing, desk, portfolio
from kamsim.view.books import totals
from kamsim.view.table import Table
from kamsim.view.words.books import totals as totals_told
from kamsim.view.words.names import percent
from tests.engine.worlds import halden

SESSIONS = [("halden", "value_seller", 6), ("halden", "discounter", 5), ("portfolio", "dynamic", 6)]


def plain(text: str) -> str:
    """A text without line ends, unbreakable spaces and large letters, so that only its words count."""
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split()).casefold()


class Faces:
    """Both faces on one session: what each says of a page."""

    def __init__(self, session: Session, pilot: Pilot) -> None:
        self.session, self.pilot = session, pilot
        self.said: list[str] = []
        self.made: Any = None
        self.table = TextTable(session, Talk(lambda: None, self.said.append, width=100))

    def text(self, tell: Callable[..., Any], *args: Any) -> str:
        """What the text session says when it is asked to tell something; ``made``: what came of it."""
        self.said.clear()
        self.made = tell(*args)
        return plain("".join(self.said))

    def page(self, screen: Screen) -> str:
        """What a voice would say of a page of the desktop."""
        self.pilot.app.show(screen, over=False)
        self.pilot.app.frame(force=True)
        return plain(self.pilot.describe())


@contextmanager
def faces(session: Session, folder: Path) -> Iterator[Faces]:
    """Both faces; the session stays open after them."""
    with Pilot(log_dir=folder, session=session) as pilot:
        yield Faces(session, pilot)
        pilot.app.play = None


def of_desk(table: Table) -> Iterator[str]:
    """What the desk must tell."""
    for name in table.accounts:
        line = desk.account_line(table, name)
        yield from (f"sales {line.sales}", f"profit {line.profit}", line.felt, line.attacked)
    yield desk.initiatives_line(table)


def of_account(table: Table, name: str) -> Iterator[str]:
    """What an account's page must tell."""
    cast = table.cast
    yield from (account.terms(table, name), table.money(table.sales(name)), cast.attacked(name, table.quarter))
    yield from account.own_notes(table, name)
    for person in account.people(table, name):
        yield from (cast.person(person.person), *person.notes, "" if person.again else person.door)
    for item in account.initiatives(table, name):
        yield from (cast.initiatives[item.initiative].name, *item.notes)
    now = table.books(name)
    if now is not None:
        yield table.money(float(now["profit_booked"]), exact=False)


def of_portfolio(table: Table) -> Iterator[str]:
    """What the portfolio must tell."""
    for row in portfolio.rows(table):
        yield from (table.money(row.sales), percent(row.off, 1))
        yield from [f"{row.trust[0] * 100:.0f}"] if row.trust else []
        yield from [percent(row.share[0])] if row.share else []
        yield from [str(row.ranks[0]), str(row.ranks[1])] if row.ranks else []
    booked = totals(table.chronicle, table.seen)
    yield from totals_told(table.cast, booked) if booked else ()
    yield from (*(portfolio.cost_lines(table) if booked else ()), portfolio.ranked_line(table))


def of_close(table: Table, closed: closing.Closing) -> Iterator[tuple[str, str]]:
    """What a close must tell, with the step of the desktop that tells it."""
    yield from (("volume", item.line) for item in closing.volumes(table, closed))
    yield from (("profit", text) for text in totals_told(table.cast, closed.after)[1:])
    guessed = closing.guessed(table, closed)
    yield from (("profit", guessed.range_line), ("profit", guessed.breakeven_line))
    for note in closing.whys(table, closed.quarter):
        if note.large:
            yield "why", note.head
            for line in note.lines:
                name, _, figure = line.text.rpartition(": ")
                yield from (("why", name), ("why", figure))
    if "revealed" in closed.told:
        told = closing.revealed(table, closed.told["revealed"])
        yield from (("year", text) for text in (told.intro, *told.places, *told.meaning))
    if "reviewed" in closed.told:
        lines = closing.review(table, closed.told["reviewed"], closed.told.get("revealed"))
        yield from (("review", line.strip('"').rpartition(': "')[2]) for line in lines)


@pytest.mark.parametrize(("scenario", "policy", "quarters"), SESSIONS)
def test_both_faces_tell_the_same_facts(scenario, policy, quarters, tmp_path) -> None:
    """Over a bot's session: every fact of the desk, of an account, of the portfolio and of a close stands on both
    faces, as `view` has it."""
    bot, found = named_policy(policy), Counter[str]()
    missing: list[str] = []

    def check(where: str, facts: Iterator[str], text: str, page: str) -> None:
        for fact in facts:
            found[where] += bool(fact)
            for face, said in (("text", text), ("desktop", page)):
                if plain(fact) not in said:
                    missing.append(f"quarter {session.quarter}, {where}, {face}: {fact}")

    with Session.start(scenario, seed=5, log_dir=tmp_path) as session:
        session.guess("profit_range", [10_000_000, 90_000_000])
        for number in range(quarters):
            with faces(session, tmp_path) as both:
                table, app = both.table, both.pilot.app
                app.play.unfold("stand")
                check("desk", of_desk(table), both.text(text_desk.overview, table), both.page(Desk(app)))
                check("portfolio", of_portfolio(table), both.text(text_desk._portfolio, table),
                      both.page(Portfolio(app)))  # fmt: skip
                name = table.accounts[number % len(table.accounts)]
                check("account", of_account(table, name), both.text(text_account.show, table, name),
                      both.page(AccountPage(app, name)))  # fmt: skip
                waits = [item.title for item in desk.waiting_for_answer(table)]
                page = both.page(Desk(app))
                assert all(plain(title) in page for title in waits)
                assert desk.attention_line(table).split()[0] in ("Needs", "Nothing")
            bot.play(session.seat)
            with faces(session, tmp_path) as both:
                told = both.text(text_closing.end_quarter, both.table)
                closed: closing.Closing = both.made
            with faces(session, tmp_path) as both:
                screen = ClosePage(both.pilot.app, closed)
                steps: dict[str, str] = {}
                for step in screen.steps:
                    screen.step = step
                    steps[step] = both.page(screen)
                for step, fact in of_close(both.table, closed):
                    check(f"close, {step}", iter([fact]), told, steps[step].replace("minus ", "\N{MINUS SIGN}"))
    assert not missing, "\n".join(missing[:40])
    assert all(found[where] > 20 for where in ("desk", "account", "portfolio")), found
    assert found["close, year"] > 4 and found["close, review"] > 3 and found["close, why"] > 3, found


def test_what_a_meeting_brought_is_in_the_notes_of_the_same_quarter(tmp_path: Path) -> None:
    """One table through a quarter says what a table laid anew says after a meeting."""
    table = Table(Session.start(halden(), seed=3, quarters=8, log_dir=tmp_path))
    before = table.notes("tessaro")
    table.do("meet", person="lorenz", agenda="buying")
    after = table.notes("tessaro")
    assert after != before
    assert after == Table(table.session).notes("tessaro")
    assert account.people(table, "tessaro") == account.people(Table(table.session), "tessaro")
