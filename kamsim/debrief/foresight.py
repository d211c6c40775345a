"""Occasions to see what is coming and to use it: forces, news, insights, attacks, the table. See `behaviours`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kamsim.debrief.forces import IDLE, at_work, done, first_heard, pushes, state_of
from kamsim.debrief.occasions import Occasion, doors, followed_turns
from kamsim.debrief.reading import Happening
from kamsim.debrief.record import Play
from kamsim.debrief.signals import attack_with
from kamsim.engine.moves import NEWS_LASTS
from kamsim.game.events.contact import AttackForetold
from kamsim.game.events.opening import AttackStruck
from kamsim.game.events.talks import TalkAnswered, TalkJudged
from kamsim.view.words.names import counted, listed, percent

LINK: Final = "link_news"
MUCH: Final = 0.6
"""Part of what a table held for both from which a deal took up much of it."""
SHARE: Final = 1.0 / 3.0
"""Our part of that from which the deal was no present."""


def followed_changes(play: Play) -> list[Occasion]:
    """Turns, and forces that were heard to be coming or at work: whether anything was done in time."""
    made = followed_turns(play)
    for push in pushes(play):
        if push.heard:
            name = play.cast.initiatives[push.initiative].name
            word = "coming" if push.how == "coming" else "at work"
            text = f'{name}: heard that "{play.cast.forces[push.force].name}" is {word}, {done(push)}'
            made.append(Occasion(push.heard, text, push.answer is not None))
    return made


def news_linked(play: Play) -> list[Occasion]:
    """News put to an account: whether it announced something there. And first signs that nobody put anywhere."""
    made, tried = [], set()
    for command in play.commands:
        if command.move == LINK:
            tried.add((command.args["news"], command.args["account"]))
            met = play.result(command) == "linked"
            said = "a first sign there" if met else "nothing there"
            made.append(Occasion(command.quarter, f"{_news(play, *_asked(command.args))}: {said}", met))
    for sign in first_signs(play):
        if (sign.news, sign.account) not in tried:
            said = f"{_news(play, sign.news, sign.account)}: not asked, and it was the first sign of "
            made.append(Occasion(sign.quarter, said + announced(play, sign.forces), False))
    return made


@dataclass(frozen=True)
class FirstSign:
    """News that was the first sign of something at an account, and who put it there. ``forces``: what it announced."""

    news: str
    quarter: int
    account: str
    forces: tuple[str, ...]


def first_signs(play: Play) -> tuple[FirstSign, ...]:
    """News of which somebody could have asked what it means for an account, and would have been told something that
    nobody here knew yet."""
    unlocked = play.params.unlocked_at.get(LINK, 1)
    worked = at_work(play)
    if not worked:
        return ()
    warns = play.first_day.truth.news_warns
    made = []
    for row, name in enumerate(play.params.news):
        quarter = int(play.params.news_quarter[row])
        window = range(max(quarter, unlocked), quarter + NEWS_LASTS + 1)
        by_account: dict[str, list[str]] = {}
        for place, force in enumerate(play.params.forces):
            first, last = worked.get(force, (0, -1))
            initiative = play.first_cast.pushes[force]
            live = [turn for turn in window if first - 1 <= turn <= last and turn <= play.quarters
                    and state_of(play, initiative, turn) not in IDLE]  # fmt: skip
            known = first_heard(play, force)
            knew = known is not None and known[0] <= quarter + NEWS_LASTS
            if warns[row, place] and live and not knew:
                by_account.setdefault(play.cast.home[initiative], []).append(force)
        made += [FirstSign(name, quarter, account, tuple(forces)) for account, forces in by_account.items()]
    return tuple(made)


def announced(play: Play, forces: tuple[str, ...]) -> str:
    """What news announced, by name."""
    return listed([f'"{play.cast.forces[force].name}"' for force in forces])


def _asked(args: dict[str, str]) -> tuple[str, str]:
    return args["news"], args["account"]


def _news(play: Play, news: str, account: str) -> str:
    return f'what "{play.cast.news[news].title}" means for {play.cast.account(account)}'


def insights_brought(play: Play) -> list[Occasion]:
    """Insights brought, landed or out of date, and doors that were knocked at with one."""
    made = doors(play, ("insight", "both"))
    for command in play.commands:
        if command.move == "bring_insight":
            met = play.result(command) == "landed"
            name = play.first_cast.initiatives[command.args["initiative"]].name
            person = play.first_cast.people[command.args["person"]].role
            said = "it landed" if met else "it was out of date"
            made.append(Occasion(command.quarter, f"brought the {person} an insight on {name}: {said}", met))
    return made


def attacks(play: Play) -> list[Occasion]:
    """Attacks: who came with what, and whether it had been seen coming."""
    at = play.cast.account
    warned = {(item.event.account, item.event.quarter): item for item in play.of(AttackForetold)}
    made = []
    for item in play.of(AttackStruck):
        before = warned.get((item.event.account, item.event.quarter))
        ahead = item.quarter - before.quarter if before else 0
        said = "not seen coming"
        if before:
            said = f"seen coming {counted(ahead, 'quarter')} ahead" if ahead > 0 else "seen coming that quarter"
        came = f"{play.cast.rival(item.event.rival)} attacked{attack_with(play.cast, item.event)}"
        made.append(Occasion(item.quarter, f"{at(item.event.account)}: {came}, {said}", before is not None))
    return made


def at_the_table(play: Play) -> list[Occasion]:
    """Questions before the first proposal, proposals that moved, and what the last one took up of what was there."""
    made = []
    for item in play.of(TalkAnswered):
        if item.event.gift or item.event.traded:
            said = "gave more and asked for nothing" if item.event.gift else "gave and asked"
            text = f"{_title(play, item)}, proposal {item.event.round}: {said}"
            made.append(Occasion(item.quarter, text, not item.event.gift))
    judged = {(item.event.talk, item.event.round): item for item in play.of(TalkJudged)}
    for talk in dict.fromkeys(item.event.talk for item in play.of(TalkAnswered)):
        proposals = [item for item in play.of(TalkAnswered) if item.event.talk == talk]
        first, last = proposals[0], proposals[-1]
        asked = [c for c in play.commands
                 if c.move == "ask_table" and c.args["talk"] == talk and c.number < (first.number or 0)]  # fmt: skip
        said = f"{counted(len(asked), 'question')} before the first proposal"
        made.append(Occasion(first.quarter, f"{_title(play, first)}: {said}", bool(asked)))
        verdict = judged.get((talk, last.event.round))
        if verdict is None:
            continue
        captured, own = float(verdict.event.captured), float(verdict.event.own)
        signed = last.event.status == "signed"
        end = "signed, with" if signed else "not signed; the last proposal held"
        said = f"{end} {percent(captured)} of what was there for both, {percent(own)} of it ours"
        said += ", if all that they promise is filled"
        met = signed and captured >= MUCH and own >= SHARE
        made.append(Occasion(last.quarter, f"{_title(play, last)}: {said}", met))
    return made


def _title(play: Play, item: Happening[TalkAnswered]) -> str:
    return f'"{play.first_cast.talks[item.event.talk].title}"'
