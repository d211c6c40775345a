"""What a quarter opens with: what it is about, in few words, each matter a way to where it is dealt with."""

from __future__ import annotations

from contextlib import suppress

from kamsim.desktop.pilot import Pilot
from kamsim.desktop.screens.desk import Desk
from kamsim.game.events.opening import AttackStruck
from kamsim.game.session import Session
from kamsim.letters import curled
from kamsim.players.policies import named_policy
from kamsim.terminal import desk as text_desk
from kamsim.terminal.app import first_steps
from kamsim.terminal.table import TextTable
from kamsim.terminal.talk import Leave, Talk
from kamsim.view import brief, desk
from kamsim.view.table import Table
from tests.engine.worlds import SCENARIOS

MOST_WORDS = 400
"""Before the first decision of a quarter; 547 to 1,105 before the desk told what the quarter is about."""
VOICED = ("Choice:", "Button:")
"""What a voice says of a kind of node, and no screen shows."""


def in_text(session: Session) -> str:
    """What the text session says as a quarter opens, up to the first prompt."""
    said: list[str] = []
    table = TextTable(session, Talk(lambda: None, said.append))
    text_desk.opening(table)
    first_steps(table)
    with suppress(Leave):
        text_desk.main_menu(table)
    return "".join(said)


def on_desk(session: Session, folder) -> str:
    """What stands on the desk in a window."""
    with Pilot(log_dir=folder, session=session) as pilot:
        pilot.app.show(Desk(pilot.app), over=False)
        said = pilot.app.screen.body().describe()
        pilot.app.play = None
        return said


def test_a_quarter_opens_in_at_most_four_hundred_words(tmp_path):
    """In both scenarios and on both faces, over seeded sessions."""
    found = []
    for scenario, seed, quarters in (("halden", 1, 6), ("halden", 2, 4), ("portfolio", 1, 6)):
        with Session.start(SCENARIOS[scenario](), seed=seed, log_dir=tmp_path) as session:
            for quarter in range(1, quarters + 1):
                for face, said in (("text", in_text(session)), ("desktop", on_desk(session, tmp_path))):
                    count = len([word for word in said.split() if word not in VOICED])
                    if count > MOST_WORDS:
                        found.append(f"{scenario}, luck {seed}, quarter {quarter}, {face}: {count} words")
                named_policy("value_seller").play(session.seat)
                session.end_quarter()
    assert not found


def test_what_waits_and_what_threatens_is_told_and_nothing_twice(tmp_path):
    """Every matter that waits has a row, however little room there is; every attack of the quarter is a threat."""
    for scenario in ("halden", "portfolio"):
        with Session.start(SCENARIOS[scenario](), seed=1, log_dir=tmp_path) as session:
            for _ in range(6):
                table = Table(session)
                shown, _ = brief.shown(table)
                rows = [(row.kind, row.name, row.audience) for section in shown for row in section.rows]
                waits = [(item.kind, item.name, item.audience) for item in desk.waiting_for_answer(table)]
                struck = [
                    ("attack", f"{event.account}.{event.rival}", "")
                    for event in table.inbox
                    if isinstance(event, AttackStruck)
                ]
                assert {*waits, *struck} <= set(rows) and len(rows) == len(set(rows))
                named_policy("value_seller").play(session.seat)
                session.end_quarter()


def test_the_dilemma_reports_back(tmp_path):
    """A quarter later each customer that it named has a row: the hours that it got, what was learned and what came."""
    with Session.start(SCENARIOS["halden"](), seed=7, log_dir=tmp_path) as session:
        asked = Table(session).cast.scenario.news[0]
        assert asked.dilemma and asked.accounts == ("orvik", "tessaro", "kestrel")
        session.do("meet", person="aksel", agenda="results")
        learned = len(session.events[-1].plain().get("learned", ()))
        session.end_quarter()
        rows = [row for row in brief.matters(Table(session)) if row.kind == "result"]
        assert [row.name for row in rows] == list(asked.accounts)
        assert rows[0].title == "Orvik Marine: 10 hours of yours" and f"{learned} thing" in rows[0].text
        assert rows[1].title == "Tessaro Rail: none of your time"


def test_each_matter_leads_to_where_it_is_dealt_with(tmp_path):
    """By its digit in a window; news fold to headlines that open and close."""
    with Session.start(SCENARIOS["halden"](), seed=7, log_dir=tmp_path) as session:
        for _ in range(2):
            named_policy("value_seller").play(session.seat)
            session.end_quarter()
        with Pilot(log_dir=tmp_path, session=session) as pilot:
            pilot.app.go_desk()
            rows = [row for section in brief.shown(pilot.app.play)[0] for row in section.rows][:9]
            places = set()
            for number in range(1, len(rows) + 1):
                pilot.press(str(number))
                assert not isinstance(pilot.app.screen, Desk), rows[number - 1].title
                places.add(pilot.app.screen.key())
                pilot.app.go_desk()
            assert {"account/orvik/customer", "moment/tessaro_soup/"} & {key[:22] for key in places}
            item = brief.headlines(pilot.app.play)[0]
            first = curled(item.lines[0])
            assert first not in pilot.describe()
            pilot.click(f"news.{item.name}")
            assert first in pilot.describe()
            pilot.click(f"news.{item.name}")
            assert first not in pilot.describe()
