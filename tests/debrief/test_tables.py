"""Tables from logs alone: what they say is what the log says, to the cent."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kamsim.debrief.dictionary import TABLES
from kamsim.debrief.folder import Found, read_logs
from kamsim.debrief.pseudonyms import Names
from kamsim.debrief.tables import Tables, tables_of
from kamsim.game.events.cases import PromiseSigned
from kamsim.game.events.closing import ProfitExplained
from kamsim.game.events.talks import TalkAnswered, TalkJudged
from kamsim.game.promise_gap import PARTS
from kamsim.game.records import Closed
from tests.debrief.logs import ADA, DRAFT, MEMBERS, bot_log, forge, team_log
from tests.debrief.plays import listener

PYTHON: dict[str, tuple[type, ...]] = {
    "code": int,
    "time": datetime,
    "text": (str,),
    "whole": (int,),
    "number": (int, float),
    "money": (int,),
    "flag": (bool,),
}


@cache
def found() -> Found:
    return read_logs([bot_log(), team_log()])


@cache
def made() -> Tables:
    return tables_of(found())


def rows(table: str, **where: Any) -> list[dict[str, Any]]:
    """Rows of a table as dicts, those with the values asked for."""
    columns = made()[table]
    every = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    return [row for row in every if all(row[name] == value for name, value in where.items())]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_columns_are_as_the_dictionary_has_them(table: Any) -> None:
    """Names, order, lengths and types of every column; and every column says what it means."""
    columns = made()[table.name]
    assert tuple(columns) == table.names and len({len(values) for values in columns.values()}) == 1
    for column in table.columns:
        assert (column.meaning and column.meaning[0] == column.meaning[0].lower()) or column.meaning[0].isdigit()
        for value in columns[column.name]:
            assert value is None or isinstance(value, PYTHON[column.type]), (column.name, value)
            assert column.type == "flag" or not isinstance(value, bool), column.name
    assert columns[table.names[0]], f"the test's logs fill the table {table.name}"


def test_books_close_to_the_cent() -> None:
    """Account profit is its lines; activities and cells add up to the accounts; accounts to the company."""
    for row in rows("quarters"):
        parts = ("list_sales", "on_invoice", "off_invoice", "variable_cost", "cost_to_serve")
        assert row["profit"] == sum(row[name] for name in (*parts, "team", "projects", "credits", "capital"))
        where = {name: row[name] for name in ("session", "quarter", "account")}
        assert row["cost_to_serve"] == sum(part["cost"] for part in rows("serving", **where))
        cells = rows("cells", **where)
        assert row["profit"] == sum(cell["profit"] for cell in cells)
        assert row["sales"] == sum(cell["sales"] for cell in cells)
    for row in rows("company"):
        assert row["company"] == row["accounts"] + row["unused"] + row["programme"]
        of_quarter = rows("quarters", session=row["session"], quarter=row["quarter"])
        assert row["accounts"] == sum(one["profit"] for one in of_quarter)
    for row in rows("players"):
        closed = rows("company", session=row["session"])
        assert row["profit"] == sum(one["accounts"] for one in closed) and row["closed"] == len(closed)


def test_causes_add_up_to_the_change() -> None:
    for log in found().logs:
        for item in log.events:
            if isinstance(item.event, ProfitExplained):
                where = {"session": log.session, "quarter": item.quarter, "account": item.event.account}
                moved = item.event.after - item.event.before
                assert sum(row["change"] for row in rows("causes", **where)) == moved


def test_promises_and_their_gaps() -> None:
    """Every signature is there, and a measured one's gap is actual less claim and the sum of its parts."""
    every = rows("promises")
    signed = sum(isinstance(item.event, PromiseSigned) for log in found().logs for item in log.events)
    assert len(every) == signed > 0
    measured = [row for row in every if row["status"] == "measured"]
    assert measured
    for row in measured:
        assert row["gap"] == row["actual"] - row["value"] == sum(row[f"gap_{part}"] for part in PARTS)
        assert row["inside"] == (row["low"] <= row["actual"] <= row["high"])


def test_cases_and_who_made_what_of_them() -> None:
    """Each answer is beside the scores of its own readers, and names the move that sent it."""
    sent = ("present_case", "recut_case", "ask_desk", "recut_ask")
    for row in rows("cases"):
        (move,) = rows("decisions", session=row["session"], move=row["move"])
        assert move["kind"] in sent and move["account"] == row["account"] and move["quarter"] <= row["quarter"]
        scores = rows("case_scores", session=row["session"], case=row["case"])
        assert {score["account"] for score in scores} == {row["account"]}
        assert {score["by"] for score in scores} == {"reader", "criterion"}


def test_talks_hold_every_proposal_beside_what_it_took_up() -> None:
    """A row for each answer at a table, with the verdict of the same proposal and the questions before it."""
    every = rows("talks")
    happened = [(log.session, item) for log in found().logs for item in log.events]
    told = [(session, item.number, item.event) for session, item in happened if isinstance(item.event, TalkAnswered)]
    judged = [item.event for _, item in happened if isinstance(item.event, TalkJudged)]
    assert [(row["session"], row["move"]) for row in every] == [(session, move) for session, move, _ in told]
    assert len(every) == len(judged) > 0
    for row, (_, _, event), verdict in zip(every, told, judged, strict=True):
        assert (row["talk"], row["round"], row["status"]) == (event.talk, event.round, event.status)
        assert (row["ours"], row["best"], row["captured"]) == (verdict.ours, verdict.best, verdict.captured)
        asked = [one for one in rows("decisions", session=row["session"], kind="ask_table", about=row["talk"])
                 if one["move"] < row["move"]]  # fmt: skip
        assert row["asked"] == len(asked) and row["account"]


def test_moves_of_foresight_say_whom_and_what_they_are_about() -> None:
    """Every decision has its account; news, forces and insights have what they were about; listeners are named."""
    made = tables_of(read_logs(listener()))
    decisions = [
        dict(zip(made["decisions"], row, strict=True)) for row in zip(*made["decisions"].values(), strict=True)
    ]
    assert {"link_news", "back_initiative", "build_insight", "bring_insight"} <= {row["kind"] for row in decisions}
    assert all(row["account"] for row in decisions)
    for row in decisions:
        if row["kind"] in ("link_news", "back_initiative", "build_insight"):
            args = json.loads(row["args"])
            assert row["about"] == args.get("news", args.get("initiative"))
    for kind, label, value in zip(*(made["facts"][name] for name in ("kind", "label", "value")), strict=True):
        if kind == "listens":
            assert len([name for name in label.split("; ") if name]) == int(value).bit_count()
        assert kind != "acts" or label in ("nothing", "coming", "working", "over")


def test_a_team_s_paperwork_guesses_and_undone_moves() -> None:
    (player,) = rows("players", player=ADA)
    assert player["members"] == "; ".join(MEMBERS) and player["team"] == 2 and not player["bot"]
    assert (player["closed"], player["finished"], player["score"], player["undone"]) == (2, False, None, 1)
    session = player["session"]
    assert [row["undone"] for row in rows("decisions", session=session)][:3] == [False, False, True]
    assert rows("drafts", session=session)[0]["draft"] == DRAFT
    assert rows("coach", session=session)[0]["advice"]
    guesses = {row["guess"]: row for row in rows("guesses", session=session)}
    assert guesses["breakeven"]["percent"] == 12.5
    books = rows("company", session=session, quarter=1)[0]
    assert guesses["profit_range"]["actual"] == books["accounts"] and guesses["profit_range"]["inside"]
    assert guesses["ranking"]["right"] is None, "no year is over"
    assert len(rows("sittings", session=session)) == 2
    (bot,) = rows("players", bot=True)
    assert bot["finished"] and bot["score"] is not None


def test_thought_adds_up() -> None:
    for log in found().logs:
        (player,) = rows("players", session=log.session)
        closes = sum(line.thought for line in log.lines if isinstance(line, Closed))
        parts = [
            row["thought"] for table in ("decisions", "drafts", "coach") for row in rows(table, session=log.session)
        ]
        assert player["thought"] >= round(sum(parts) + closes, 2) - 0.05


def test_pseudonyms_hide_names_everywhere_and_stay_the_same(tmp_path: Path) -> None:
    """Neither player nor members nor a draft's name is in any cell; the same session has the same pseudonym again."""
    one, two = (tables_of(found(), names=Names()) for _ in range(2))
    assert one == two
    told = repr(one)
    for name in (ADA, *MEMBERS, "Adalbert", "Qvist", "adalbert", "Zoraida", "Quirin", "O'Dell", "retailored"):
        assert name not in told, name
    assert one["drafts"]["draft"] == ["draft 1"]
    assert one["quarters"]["profit"] == made()["quarters"]["profit"]
    other = forge(team_log(), tmp_path / "other.jsonl", lambda lines: lines[0].update(seed=8))
    logs = [team_log(), other]
    alone = tables_of(read_logs(logs), names=Names())["players"]["player"]
    linked = tables_of(read_logs(logs), names=Names("class of 2030"))["players"]["player"]
    assert len(set(alone)) == 2, "without a key nobody can tell that two sessions are one person's"
    assert len(set(linked)) == 1, "with a key the debriefer can"
    assert linked != tables_of(read_logs(logs), names=Names("another"))["players"]["player"]


def test_names_inside_text() -> None:
    (log,) = read_logs(team_log()).logs
    mask = Names().mask(log)
    said = mask.text(f"ADALBERT-QVIST met zoraida wexl and Quirin; {MEMBERS[1]} wrote; wexler stays")
    assert "wexler stays" in said and "player-" in said and said.count("member-") == 3
    for name in ("adalbert", "qvist", "zoraida", "quirin", "dell"):
        assert name not in said.casefold()
