"""What was seen coming: rows 2, 3, 11, 13, 14, 21, 22 and 31, each against the log's own lines."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from kamsim.debrief import forces, foresight
from kamsim.debrief.behaviours import OCCASIONS
from kamsim.debrief.competencies import NOT_SEEN, ROWS
from kamsim.debrief.foresight import MUCH, SHARE, at_the_table, attacks, insights_brought, news_linked
from kamsim.debrief.occasions import doors, power_map
from kamsim.debrief.parts_player import signals_part
from kamsim.debrief.reading import Happening
from kamsim.debrief.record import Play, read_play
from kamsim.debrief.signals import signals_missed
from kamsim.engine.initiatives import ACTS
from kamsim.game.commands import Command
from kamsim.game.events.contact import AttackForetold, ContactHeard, Fact, MoveMade
from kamsim.game.events.declared import Event
from kamsim.game.events.opening import AttackStruck
from kamsim.game.events.talks import TalkAnswered, TalkJudged
from tests.debrief.plays import OLD_LOGS, bot, listener


@cache
def played() -> Play:
    return read_play(listener())


def results(play: Play, move: str) -> list[str]:
    return [play.moved[command.number].result for command in play.commands if command.move == move]


def with_events(play: Play, *events: Event, commands: tuple[Command, ...] = (), quarter: int = 3) -> Play:
    """The session with nothing in it but these events, in one quarter, and these moves."""
    return replace(play, commands=commands, happenings=tuple(Happening(quarter, event, 5) for event in events))


def test_row_3_is_seen_by_a_proxy():
    assert 3 in OCCASIONS and 3 not in NOT_SEEN and ROWS[2].sight == "P"


def test_news_counts_where_it_announced_something_there():
    """As many met as the log has links that found something; first signs that nobody asked about are not met."""
    play = played()
    found = news_linked(play)
    links = results(play, "link_news")
    assert links.count("linked") == sum(one.met for one in found) > 0
    unasked = [one for one in found if "not asked" in one.text]
    assert len(found) == len(links) + len(unasked)


def test_first_signs_are_those_that_the_author_wrote():
    """Every first sign is news that warns of a force of that account, none of something that we had heard already."""
    play = bot("discounter")
    signs = foresight.first_signs(play)
    assert signs
    for sign in signs:
        news = play.first_cast.news[sign.news]
        for force in sign.forces:
            initiative = play.first_cast.pushes[force]
            assert force in news.warns or initiative in news.warns
            assert play.first_cast.home[initiative] == sign.account and sign.quarter == news.quarter
            early = [
                item
                for item, fact in play.learned
                if fact.fact == f"{force}.acts" and fact.label in ("coming", "working")
                and item.quarter <= news.quarter + 1
            ]  # fmt: skip
            assert not early


def test_a_force_that_was_heard_of_and_answered_is_caught_and_else_missed():
    """By hand: heard in quarter 3 by move 5; a move before it is no answer, one in quarter 4 is, one in 5 is not."""
    play = played()
    force = next(name for name in play.params.forces if name in play.first_cast.pushes)
    name = play.first_cast.pushes[force]
    account = play.first_cast.home[name]
    fact = Fact(fact=f"{force}.acts", kind="acts", about=force, account=account, value=1.0, label=ACTS[1])
    heard = MoveMade(move="scan", args={"account": account}, result="learned", hours=20.0, learned=[fact])
    back = {"initiative": name, "force": force}
    for number, quarter, answered in ((4, 3, False), (6, 3, True), (6, 4, True), (6, 5, False)):
        made = with_events(play, heard, commands=(Command(number, quarter, "back_initiative", back),))
        (push,) = [one for one in forces.pushes(made) if one.force == force]
        assert (push.heard, push.how) == (3, "coming") and (push.answer is not None) is answered
        caught, missed = forces.initiatives_told(made)
        title = play.first_cast.initiatives[name].name
        assert any(one.head.startswith(title) for one in (caught if answered else missed))
        assert (title in signals_part(made)) and ("What pushed them, answered" in signals_part(made)) is answered
        assert answered or any(line.startswith(title) and "nothing was done" in line for line in signals_missed(made))


def test_forces_at_work_are_drawn_as_the_session_drew_them():
    """Whatever the log says was at work is at work by our account, in that quarter; news may be two quarters late."""
    play = played()
    spans = forces.at_work(play)
    seen = [(item.quarter, fact) for item, fact in play.learned if fact.kind == "acts"]
    late = 0 if play.params.information_quality >= 1.0 else 2
    assert any(fact.label == "working" for _, fact in seen)
    for quarter, fact in seen:
        name = fact.fact.removesuffix(".acts")
        if quarter <= play.quarters and fact.label == "working":
            first, last = spans[name]
            assert first <= quarter <= last + late
        if fact.label == "nothing" and name in spans:
            assert quarter < spans[name][0]


def test_what_nobody_could_know_is_not_told_of_older_rules():
    for log in OLD_LOGS:
        play = read_play(log)
        assert not play.replayable and foresight.first_signs(play) == ()
        assert all(push.heard and (push.first, push.last) == (0, -1) for push in forces.pushes(play))
        for find in OCCASIONS.values():
            find(play)


def test_doors_say_by_which_way():
    play = played()
    opened = results(play, "seek_executive").count("door_opened")
    found = doors(play)
    assert sum(one.met for one in found) == opened > 0
    assert len(doors(play, ("referral",))) + len(doors(play, ("insight",))) == len(found)
    assert all("by a referral" in one.text for one in doors(play, ("referral",)))


def test_insights_that_landed_and_those_that_were_stale():
    play = played()
    brought = [one for one in insights_brought(play) if one.text.startswith("brought")]
    assert [one.met for one in brought] == [result == "landed" for result in results(play, "bring_insight")]
    assert brought
    knocked = [c for c in play.commands if c.move == "seek_executive" and c.args["approach"] in ("insight", "both")]
    assert len(insights_brought(play)) == len(brought) + len(knocked)


def test_an_insight_that_landed_is_something_unasked():
    play = played()
    landed = [
        (play.cast.account(play.account(c)), (c.quarter - 1) // 4)
        for c in play.commands
        if c.move == "bring_insight" and play.moved[c.number].result == "landed"
    ]
    whole = [(name, year) for name, year in landed if year < play.quarters // 4]
    met = [one for one in OCCASIONS[21](play) if one.met]
    assert len(met) == len(set(whole)), "nobody here brought a case"


def test_a_power_map_counts_what_was_known_before_the_first_case():
    play = bot("retailored")
    account = play.account(next(c for c in play.commands if c.move == "present_case"))
    row = play.params.accounts.index(account)
    people = [play.params.people[place] for place in play.params.account_people[row]]
    learned = [
        Fact(fact=f"{people[0]}.power_new", kind="power_new", about=people[0], account=account, value=0.4),
        Fact(
            fact=f"{people[0]}.listens", kind="listens", about=people[0], account=account, value=2.0, names=[people[1]]
        ),
    ]
    heard = ContactHeard(learned=learned)
    case = Command(9, 3, "present_case", {"account": account, "initiative": None})
    made = with_events(play, heard, commands=(case,))
    made.__dict__["noted"] = {}
    (one,) = power_map(made)
    assert f"weight of 1 of {len(people)} people" in one.text and "to whom 1 of them listens" in one.text
    assert one.met is (len(people) <= 2)


@pytest.mark.parametrize(("captured", "own", "status", "met"), [
    (MUCH, SHARE, "signed", True), (MUCH - 0.01, 0.6, "signed", False), (0.9, SHARE - 0.01, "signed", False),
    (0.9, 0.6, "walked", False),
])  # fmt: skip
def test_a_deal_counts_by_what_it_took_up_and_our_part(captured, own, status, met):
    play = bot("retailored")
    talk = play.params.talks[0]
    table = TalkAnswered(
        talk=talk, round=1, status=status, pushed=None, gift=False, gifts=0, traded=False, took_back=False, page={}
    )
    judged = TalkJudged(talk=talk, round=1, ours=1, theirs=1, best=2, captured=captured, own=own, bar=1)
    for asked, number in ((True, 4), (False, 6)):
        question = Command(number, 3, "ask_table", {"talk": talk, "issue": "price"})
        questions, deal = at_the_table(with_events(play, table, judged, commands=(question,)))
        assert questions.met is asked, "only questions before the first proposal count"
        assert deal.met is met and f"{100 * captured:.0f}%" in deal.text


def test_gifts_at_the_table_are_not_met():
    play = bot("retailored")
    gifts = [item for item in play.of(TalkAnswered) if item.event.gift]
    traded = [item for item in play.of(TalkAnswered) if item.event.traded and not item.event.gift]
    found = [one for one in at_the_table(play) if ", proposal " in one.text]
    assert sum(not one.met for one in found) >= len(gifts) and sum(one.met for one in found) >= len(traded)


def test_attacks_say_who_and_what_and_whether_it_was_seen():
    play = bot("retailored")
    rival, account, idea = play.params.rivals[0], play.params.accounts[0], play.params.initiatives[0]
    plan = {"account": account, "rival": rival, "quarter": 3, "habit": "ideas", "idea": idea}
    (blind,) = attacks(with_events(play, AttackStruck(**plan)))
    assert not blind.met and play.cast.rival(rival) in blind.text and "not seen coming" in blind.text
    assert f"with an idea for {play.cast.initiatives[idea].name}" in blind.text
    warned = Happening(1, AttackForetold(**plan), 2)
    seen = replace(play, commands=(), happenings=(warned, Happening(3, AttackStruck(**plan))))
    (one,) = attacks(seen)
    assert one.met and "seen coming 2 quarters ahead" in one.text
    bare = {name: plan[name] for name in ("account", "rival", "quarter")}
    (old,) = attacks(with_events(play, AttackStruck(**bare)))
    assert "attacked, not seen coming" in old.text
