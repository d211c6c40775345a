"""``python -m tests.sentences``: how much of a session somebody has read before.

Of two sessions on different luck, the part of what one tells that the other tells too, word for word; and within one, the
part that it has told before. Once where nothing is decided (the text session, its menus and figures with it), once where
a bot plays (what happened and who said what, as both faces tell it).
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from kamsim.game.events.closing import QuarterClosed
from kamsim.game.events.contact import MoveMade
from kamsim.game.session import Session
from kamsim.players.policies import named_policy
from kamsim.scenario.models import Scenario
from kamsim.scenario.reader import load_scenario
from kamsim.terminal.app import play_text
from kamsim.view.menu.catalogue import outcome
from kamsim.view.words.names import Cast
from kamsim.view.words.news import BODIES, body, headline
from tests.terminal.table import END

SEEDS: Final = (11, 12, 13)
SHORTEST: Final = 3
"""Words of a sentence that counts."""
_ENDS: Final = re.compile(r"(?<=[.!?:\N{RIGHT DOUBLE QUOTATION MARK}\"])\s+")
Line = tuple[int, str]
"""The quarter in which a paragraph was told, and the paragraph."""


def idle(scenario: Scenario, seed: int, folder: Path) -> list[Line]:
    """What the text session says where nothing is decided, guesses skipped."""
    said: list[Line] = []
    session = Session.start(scenario, seed=seed, log_dir=folder)
    answers = iter(["skip"] * 3 + [*END, "skip"] * (scenario.length.longest + 2))

    def write(text: str) -> None:
        said.append((session.quarter, " ".join(text.split())))

    play_text(lambda: session, lambda: next(answers, None), write, width=10_000)
    return said


def played(scenario: Scenario, seed: int, folder: Path, policy: str = "dynamic") -> list[Line]:
    """What is told of a session that a bot plays: each event in words, in its order."""
    bot = named_policy(policy)
    with Session.start(scenario, seed=seed, log_dir=folder) as session:
        while not session.finished:
            bot.play(session.seat)
            session.end_quarter()
    cast, quarter, said = Cast(scenario, seed=session.words), 1, []
    cast.last = session.quarters
    for event in session.events:
        cast.note(event)
        if isinstance(event, MoveMade):
            told = outcome(cast, event, quarter)
        elif event.told_to == "player" and event.kind in BODIES:
            told = [headline(cast, event), *body(cast, event, quarter)]
        else:
            told = []
        said += [(quarter, text) for text in told]
        quarter += isinstance(event, QuarterClosed)
    return said


def sentences(said: Sequence[Line]) -> list[str]:
    """The sentences of some paragraphs, in their order."""
    parts = (part for _, text in said for part in _ENDS.split(text))
    return [part for part in parts if len(part.split()) >= SHORTEST]


def shared(one: Sequence[Line], other: Sequence[Line]) -> float:
    """The part of the sentences that one session tells which another tells too, each counted once."""
    ours, theirs = set(sentences(one)), set(sentences(other))
    return len(ours & theirs) / len(ours)


def repeated(said: Sequence[Line]) -> float:
    """The part of the sentences that a session had told before."""
    counted = Counter(sentences(said))
    return 1.0 - len(counted) / counted.total()


def measured(scenario: Scenario, tell: Callable[[Scenario, int, Path], list[Line]]) -> tuple[float, float]:
    """The mean of `shared` over all pairs of `SEEDS`, and of `repeated` over them."""
    with TemporaryDirectory() as folder:
        told = [tell(scenario, seed, Path(folder)) for seed in SEEDS]
    pairs = [shared(one, other) for one, other in combinations(told, 2)]
    return sum(pairs) / len(pairs), sum(map(repeated, told)) / len(told)


def main(names: Sequence[str]) -> None:
    """Print the figures of some scenarios."""
    for name in names:
        scenario = load_scenario(name)
        for what, tell in (("nothing decided", idle), ("played by a bot", played)):
            between, within = measured(scenario, tell)
            sys.stdout.write(
                f"{name}, {what}: {between:.0%} shared by two sessions, {within:.0%} repeated within one\n"
            )


if __name__ == "__main__":
    main(sys.argv[1:] or ["halden"])
