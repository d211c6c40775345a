"""The gym as text: a situation, one answer, how they took it and why; then the next."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from kamsim.terminal.gym_answers import ANSWERS
from kamsim.terminal.gym_progress import another, show_progress
from kamsim.terminal.helping import gym_help
from kamsim.terminal.leaving import Played, play_out
from kamsim.terminal.table import TextTable
from kamsim.terminal.talk import Choice, Talk
from kamsim.view.gym import drilling, hub, told
from kamsim.view.words import gym as words

if TYPE_CHECKING:
    from kamsim.gym.bout import Bout
    from kamsim.gym.drill import Feedback
    from kamsim.gym.training import Training

THOUSAND: Final = 100_000.0
"""Cents in a thousand: ranges are typed in thousands."""


def play_text_drills(
    begin: Callable[[], Training],
    read: Callable[[], str | None],
    write: Callable[[str], None],
    *,
    width: int = 80,
    echo: bool = False,
    complain: Callable[[str], None] | None = None,
) -> int:
    """Play a training to its end, or to the end of the input, and more of them as long as the player wants. Returns the
    exit status. ``begin`` gives the first one; the rest is as with `kamsim.terminal.app.play_text`."""
    training = begin()
    talk = Talk(read, write, width=width, echo=echo, help_text=gym_help)

    def play() -> None:
        nonlocal training
        more: Training | None = training
        while more is not None:
            training = more
            play_all(training, talk)
            more = _more(training, talk)

    played = Played(lambda: training.log_path, lambda: "kamsim drill --text", lambda: _goodbye(training, talk))
    try:
        return play_out(play, played, talk, complain or write)
    finally:
        training.close()


def _goodbye(training: Training, talk: Talk) -> None:
    talk.say()
    if training.left:
        talk.say("Saved. kamsim drill --text goes on with this situation.")


def play_all(training: Training, talk: Talk) -> None:
    """Every drill that is left of a training."""
    talk.all(training.untold())
    while training.left:
        play_one(training, talk)
    if training.count > 1:
        talk.part(told.set_line(training.done))


def play_one(training: Training, talk: Talk) -> None:
    """One drill: what is so, the answer, and what came of it."""
    talk.say()
    talk.say(drilling.MAKING)
    bout = training.pose()
    table = TextTable(bout, talk)
    _situation(training, bout, table)
    if not bout.said and bout.expected is None:
        _range(bout, table)
    while not bout.answered:
        ANSWERS[bout.drill.kind](table, bout)
        if not bout.answered and talk.confirm(drilling.LEAVE[bout.drill.kind], "No, look at it again"):
            bout.leave()
    talk.say()
    talk.say(drilling.READING)
    _told(table, training.feedback())


def _situation(training: Training, bout: Bout, table: TextTable) -> None:
    talk, brief = table.talk, words.brief(table, bout.drill)
    talk.head(f"{drilling.heading(bout.drill)}, {drilling.place(training)}")
    who = drilling.speaker(table, bout.drill)
    talk.say(f"{who.name}, {who.role}. {brief.head}")
    talk.all(brief.lines, 2)
    talk.say(brief.task)


def _range(bout: Bout, table: TextTable) -> None:
    """The player's own range; nothing counts where none is typed."""
    talk, asked = table.talk, drilling.asked(table, bout)
    say = table.money
    talk.part(f"{asked.question} {drilling.TYPED} {drilling.from_books(say(asked.low), say(asked.high))}")
    ends = []
    for name in ("Not below", "Not above"):
        low, high = asked.least / THOUSAND, asked.most / THOUSAND
        value = talk.number(f"{name}, in thousands", low, high, 1.0)
        if value is None:
            return
        ends.append(round(value * THOUSAND))
    bout.expect(min(ends), max(ends))


def _told(table: TextTable, made: Feedback) -> None:
    """The reaction first; then why, what could have been, and what to do next time."""
    talk, said = table.talk, told.reaction(table, made)
    talk.say()
    if made.drill.kind not in told.AT_ONCE:
        talk.all([told.spoken(said)] if said.quote else [], 2)
        talk.say(f"{said.chip[0]}.", 2)
        talk.all(said.lines, 2)
    thoughts = told.thoughts(table, made)
    if thoughts:
        talk.part(told.HEADS["readers"])
        talk.all([one.line for one in thoughts], 2)
    talk.part(told.HEADS["borne"])
    talk.all(words.borne_lines(table, made), 2)
    talk.part(told.HEADS["ahead"])
    talk.all([told.ways_line(table, made), words.ahead_line(table, made)], 2)
    if made.expected is not None:
        talk.say(told.range_line(table, made), 2)
    talk.part(f"{told.HEADS['next']}: {words.next_line(table, made)}")
    talk.say(told.mark_line(made))


def _more(training: Training, talk: Talk) -> Training | None:
    """What to do after a set: another, or a look at progress; None for nothing more."""
    training.close()
    choices = [
        Choice(hub.start(hub.COUNT), "more", ("more", "again")),
        Choice(hub.PROGRESS, "progress", ("progress", "how")),
    ]
    while True:
        talk.say()
        picked = talk.choose(choices, back="Enough for today")
        if picked is None:
            return None
        if picked == "more":
            return another(training)
        show_progress(training, talk)
