"""New the second time: sessions on different luck are told differently, nobody repeats a line within a year, and who has
left says nothing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

from kamsim.game.events.opening import PersonLeft, PriceRequested
from kamsim.game.records import DRAWN, RULES, Header
from kamsim.view.words.drawn import told_on
from kamsim.view.words.names import Cast
from kamsim.view.words.news import body
from tests.engine.worlds import halden, portfolio
from tests.sentences import SEEDS, Line, idle, played, shared
from tests.told import told

SPOKEN = re.compile(
    r"^([^:\N{LEFT DOUBLE QUOTATION MARK}]{3,80}): \N{LEFT DOUBLE QUOTATION MARK}(.+)\N{RIGHT DOUBLE QUOTATION MARK}$"
)
MOST_SHARED = 0.5
"""Part of their sentences that two sessions of Halden on different luck may share."""


@cache
def sessions(by_bot: bool) -> list[list[Line]]:
    """What is told of Halden, by seed."""
    with TemporaryDirectory() as folder:
        return [(played if by_bot else idle)(halden(), seed, Path(folder)) for seed in SEEDS]


def spoken(said: Sequence[Line]) -> list[tuple[int, str, str]]:
    """Quarter, name and words of whoever is quoted in a paragraph of its own."""
    found = ((quarter, SPOKEN.match(text)) for quarter, text in said)
    return [(quarter, match[1].split(",")[0], match[2]) for quarter, match in found if match]


def test_two_sessions_share_at_most_half_of_their_sentences() -> None:
    """Where nothing is decided, menus and figures among it, and where a bot plays: no pair of three shares more."""
    for by_bot in (False, True):
        pairs = {
            pair: shared(*pair_of)
            for pair, pair_of in zip(combinations(SEEDS, 2), combinations(sessions(by_bot), 2), strict=True)
        }
        assert max(pairs.values()) <= MOST_SHARED, pairs


def test_nobody_repeats_a_line_within_a_year() -> None:
    """All that people say in three sessions of a bot that meets, asks, bids and presents."""
    repeated, heard = [], 0
    for seed, said in zip(SEEDS, sessions(by_bot=True), strict=True):
        last: dict[tuple[str, str], int] = {}
        for quarter, who, words in spoken(said):
            heard += 1
            if (who, words) in last and quarter - last[who, words] < 4:
                repeated.append((seed, last[who, words], quarter, who, words[:60]))
            last[who, words] = quarter
    assert heard > 300 and not repeated, repeated


def test_whoever_has_left_is_not_heard_again() -> None:
    """No line of an authored voice comes after its owner has left, and a successor's come under the successor's name."""
    authored = defaultdict(set)
    for account in halden().accounts:
        for person in account.people:
            for occasion in type(person.says).model_fields:
                for line in getattr(person.says, occasion):
                    authored[line].add(person.name)
    wrong = [
        (who, words[:60])
        for said in sessions(by_bot=True)
        for _, who, words in spoken(said)
        if words in authored and who not in authored[words]
    ]
    assert not wrong


def test_a_successor_asks_in_words_that_still_give_the_need_away() -> None:
    """Whatever trade a request welcomes, what a successor writes of it holds a hint that belongs to that trade alone; a
    letter that came before stands, and is answered in the successor's words."""
    hints = defaultdict(set)
    for seed in (None, *range(12)):
        scenario = told_on(halden(), seed)
        for account in scenario.accounts:
            for request in account.requests:
                gone = told("left", {"person": request.person, "holder": 1, "name": "Ada New", "before": "X"})
                assert isinstance(gone, PersonLeft)
                cast = Cast(halden(), [gone], seed)
                now = cast.requests[request.id]
                hints[now.text.partition(". ")[2]].add(now.welcomes[0])
                assert request.text not in body(cast, told("requested", {"request": request.id, "due": 9}), 9)[0]
                asked = told("requested", {"request": request.id, "due": request.due})
                assert isinstance(asked, PriceRequested)
                late = Cast(halden(), [asked, gone], seed).requests[request.id]
                assert late.text == request.text and late.replies != request.replies
    assert all(len(trades) == 1 for trades in hints.values())


def test_a_log_of_rules_that_drew_nothing_reads_as_it_was_written() -> None:
    """The words hang on the rules under which a session was begun; without a seed they are the first ones."""
    header = {"format": 1, "kamsim": "0", "note": "", "scenario": {}, "scenario_sha256": "", "seed": 5, "player": "",
              "members": [], "quarters": 8, "pace": "self", "started": ""}  # fmt: skip
    assert [Header(**header, rules=rules).words for rules in (1, DRAWN - 1, DRAWN, RULES)] == [None, None, 5, 5]
    assert told_on(halden(), None) is halden() and told_on(halden(), 5) == told_on(halden(), 5) != halden()


def test_colleagues_do_not_repeat_themselves_and_their_successors_speak() -> None:
    """A year of coaching is four lines of theirs; what was said stands; whoever comes after says why they leave."""
    for scenario in (halden(), portfolio()):
        for one in scenario.organisation.team:
            cast, heard = Cast(scenario, (), 5), []
            for quarter in range(1, 9):
                move = {"move": "coach", "args": {"colleague": one.id}, "result": "done", "learned": []}
                cast.note(told("moved", move))
                heard.append(cast.voices.colleague(one.id, "coached", quarter))
                assert heard[-1] in one.says.coached and heard[-1] == cast.voices.colleague(one.id, "coached", quarter)
                assert len(set(heard[-4:])) == len(heard[-4:]), (one.id, heard)
                cast.note(told("closed", {"quarter": quarter}))
            cast.note(told("succeeded", {"colleague": one.id, "holder": 1, "name": "Ada New", "before": one.name,
                                         "accounts": []}))  # fmt: skip
            cast.note(told("resigned", {"colleague": one.id, "accounts": []}))
            said = cast.voices.colleague(one.id, "leaving", 9)
            assert said and said not in one.says.leaving
            assert cast.voices.colleague(one.id, "coached", 8) == heard[-1]
