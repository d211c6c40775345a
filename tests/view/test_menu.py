"""The menu: every move stands once with all that is said of it, and both faces offer an account's moves from it."""

from __future__ import annotations

import inspect
import re
from collections import Counter
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest

import kamsim
from kamsim.desktop.kit.buttons import Button, Item
from kamsim.desktop.pilot import Pilot
from kamsim.desktop.screens.account import AccountPage
from kamsim.desktop.table import WindowTable
from kamsim.engine.moves import MOVES, Refusal, bind, combinations
from kamsim.engine.moves.kinds import no_hours
from kamsim.game.session import Session
from kamsim.players.policies import named_policy
from kamsim.scenario.vocabulary import MoveKind
from kamsim.terminal import account as text_account
from kamsim.terminal.table import TextTable
from kamsim.terminal.talk import Leave, Talk
from kamsim.view.menu.catalogue import MENU, REASONS, hours_of, refusal, why
from kamsim.view.menu.entry import Activity
from kamsim.view.menu.lines import Line, lines, ways
from kamsim.view.words.names import Cast
from tests.engine.organised import organised


def codes(function: Any, enum: str, seen: set[str] | None = None) -> set[str]:
    """The members of an enum that a function of the engine names, it or what it calls in its own file."""
    seen = set() if seen is None else seen
    inner = inspect.unwrap(function)
    if inner.__qualname__ in seen:
        return set()
    seen.add(inner.__qualname__)
    found = set(re.findall(rf"\b{enum}\.([A-Z_]+)", inspect.getsource(inner)))
    for name in inner.__code__.co_names:
        called = inner.__globals__.get(name)
        if inspect.isfunction(called) and called.__module__.startswith("kamsim.engine.moves"):
            found |= codes(called, enum, seen)
    return found


def some_args(params: Any, kind: str) -> dict[str, Any]:
    """Arguments of a move, whatever the rules say of them."""
    args = dict(combinations(params, kind)[0])
    for field in MOVES[kind].fields:
        if field.name not in args and not field.optional:
            args[field.name] = field.low if field.kind == "number" else field.choices[0]
    return args


@pytest.fixture(scope="module")
def halden(tmp_path_factory):
    with Session.start("halden", seed=3, log_dir=tmp_path_factory.mktemp("menu")) as session:
        for _ in range(2):
            session.end_quarter()
        yield session


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """A session with every part of an organisation."""
    with Session.start(organised(), seed=3, log_dir=tmp_path_factory.mktemp("own")) as session:
        session.end_quarter()
        yield session


def test_every_move_has_its_entry_and_an_author_may_open_it_later() -> None:
    assert set(MENU) == set(MOVES) == set(get_args(MoveKind))
    for kind, entry in MENU.items():
        assert entry.kind == kind and entry.name and entry.short, kind
        assert entry.group == "elsewhere" or (entry.number and entry.icon and entry.key) or entry.group == "plans", kind
        assert entry.help or entry.waits or entry.group == "elsewhere", kind
        assert entry.activity in get_args(Activity) and (entry.thread != "contact" or all(entry.counted)), kind
        assert entry.activity or MOVES[kind].hours is no_hours or entry.takes, kind


def test_one_move_stands_in_six_files() -> None:
    """The word itself, comments included: its rule, its name for authors, its words, a page of each face, and the one
    occasion of a debrief that is about it."""
    package = Path(kamsim.__file__).parent
    found = [path for path in package.rglob("*.py") if re.search(r"\blink_news\b", path.read_text(encoding="utf-8"))]
    assert len(found) <= 6, found


def test_numbers_keys_and_words_mean_one_thing_on_an_accounts_page() -> None:
    offered = [entry for entry in MENU.values() if entry.group != "elsewhere"]
    assert max(Counter(entry.number for entry in offered).values()) == 1
    words = Counter(word for entry in offered for word in {entry.kind, *entry.aliases})
    assert max(words.values()) == 1, words.most_common(2)
    there = [entry.key for entry in offered if entry.key and entry.kind != "hand_over"]
    assert max(Counter(there).values()) == 1, "somebody who leaves has no key there: I is the incident's"


def test_every_reason_and_every_result_that_a_move_can_have_is_told(halden, own) -> None:
    """The engine's own code names them: each refusal has a sentence, each result an outcome, each move a reason."""
    assert set(REASONS) == set(Refusal)
    for kind, move in MOVES.items():
        played = own if move.part else halden
        params, seen, cast = played.params, played.seen, Cast(played.scenario, played.events)
        args = some_args(params, kind)
        for name in {"LOCKED", "NO_HOURS", "ENDED", "NO_CHANGE"} | codes(move.refuse, "Refusal"):
            text = refusal(cast, seen, kind, args, Refusal[name])
            assert text.endswith((".", '."')) and "{" not in text, (kind, name, text)
        data = {"move": kind, "args": args, "hours": 10.0, "learned": []}
        for name in codes(move.apply, "Result") or {"DONE"}:
            made = MENU[kind].told(cast, {**data, "result": name.lower()}, 2)
            assert made and all(line and "{" not in line for line in made), (kind, name)
        last = {"propose": "AGREED"}.get(kind, "DONE")
        assert MENU[kind].made(cast, {**data, "result": last.lower()}) or MENU[kind].thread in ("case", "moment"), kind
        assert why(cast, seen, kind, args).endswith("."), kind


class Reading:
    """A text session that is left as soon as it has listed an account's moves in full."""

    def __init__(self, session: Session) -> None:
        self.said: list[str] = []
        self.table = TextTable(session, Talk(lambda: None, self.said.append, width=100))

    def menu(self, account: str) -> str:
        """What it lists, without line ends."""
        self.said.clear()
        self.table.visited.add((account, self.table.quarter))
        with pytest.raises(Leave):
            text_account._menu(self.table, account, brief=False)
        return " ".join("".join(self.said).split())


def shown(pilot: Pilot) -> dict[str, Item | Button]:
    """Rows and buttons of the page, by name."""
    found = {name: pilot.app.stage.node(name) for name in pilot.names()}
    return {name: node for name, node in found.items() if isinstance(node, Item | Button)}


def row_of(line: Line) -> str:
    """What the desktop calls a line."""
    entry = line.entry
    if entry.group == "waiting":
        return f"waiting.{'incident' if entry.kind == 'handle_incident' else line.subject}"
    return f"do.{entry.audience}_case" if entry.audience else f"do.{entry.kind}"


@pytest.mark.parametrize(("scenario", "policy"), [("halden", "value_seller"), ("portfolio", "dynamic")])
def test_both_faces_offer_the_same_moves_for_the_same_reasons(scenario, policy, tmp_path) -> None:
    """Over a bot's session: whatever the menu has of an account stands on both faces, with its words or with why not."""
    bot, told = named_policy(policy), Counter[str]()
    with Session.start(scenario, seed=2, log_dir=tmp_path) as session:
        log = session.log_path
        for _ in range(6):
            bot.play(session.seat)
            session.end_quarter()
            reading, play = Reading(session), WindowTable(session)
            account = session.params.accounts[session.quarter % len(session.params.accounts)]
            offered = lines(play.cast, play.seen, account, play.options, play.incidents())
            text = reading.menu(account)
            for line in offered:
                assert " ".join(line.label.split()) in text, line.label
                told["off" if line.off else "on"] += 1
    with Pilot(log_dir=tmp_path, session=Session.resume(log)) as pilot:
        play = pilot.app.play
        for account in play.cast.accounts:
            offered = lines(play.cast, play.seen, account, play.options, play.incidents())
            pilot.app.show(AccountPage(pilot.app, account), over=False)
            rows = shown(pilot)
            for line in offered:
                if line.entry.group == "plans":
                    continue
                row = rows[row_of(line)]
                assert (row.title, row.text, row.note, row.off) == (line.title, line.text, line.hours, line.off)
                assert row.icon == line.entry.icon
            assert {name for name in rows if name.startswith(("do.", "waiting."))} == {
                row_of(line) for line in offered if line.entry.group != "plans"
            }
            keys = Counter(row.shortcut for row in rows.values() if row.shortcut)
            assert not keys or max(keys.values()) == 1, keys.most_common(2)
            pilot.app.show(AccountPage(pilot.app, account, "timeline"), over=False)
            plans = shown(pilot)
            for line in offered:
                starts = {"build_insight": "build.", "bring_insight": "bring.", "back_initiative": "back."}
                if line.entry.kind in starts and line.off:
                    own = [row for name, row in plans.items() if name.startswith(starts[line.entry.kind])]
                    assert all(row.off for row in own), (account, line)
    assert told["on"] > 20 and told["off"] > 5, told


def test_a_move_without_a_page_asks_which(tmp_path) -> None:
    """Standing contact on an account's page: the ways are the rules' own, and the one that holds says why not."""
    with Pilot(log_dir=tmp_path, session=Session.start("halden", seed=2, log_dir=tmp_path)) as pilot:
        pilot.app.show(AccountPage(pilot.app, "orvik"), over=False)
        pilot.names()
        pilot.press("S")
        found = ways(
            pilot.app.play.cast, pilot.app.play.seen, "set_rhythm", pilot.app.play.options("set_rhythm", "orvik")
        )
        rows = [row for name, row in shown(pilot).items() if name.startswith("way.") and name != "way.no"]
        assert [(row.title, row.off) for row in rows] == [(way.title, way.off) for way in found]
        assert sum(bool(way.off) for way in found) == 1
        place = next(number for number, way in enumerate(found, 1) if not way.off)
        pilot.press(str(place))
        assert pilot.app.dialog is None
        (command,) = pilot.app.play.session.commands
        assert (command.move, command.args) == ("set_rhythm", found[place - 1].args)


def test_hours_are_those_that_the_rules_charge(halden) -> None:
    """The fewest and the most of every move that is open."""
    play = WindowTable(halden)
    for account in play.accounts:
        for kind in (entry.kind for entry in MENU.values() if not entry.audience):
            options = play.options(kind, account)
            low, high = hours_of(halden.seen, kind, options)
            for option in options:
                if not option.free:
                    taken = float(np.max(MOVES[kind].hours(halden.seen, bind(halden.params, kind, option.args))))
                    assert low <= taken <= high, kind
