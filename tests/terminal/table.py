"""A text session driven by a list of answers, for all tests of the terminal."""

from __future__ import annotations

from pathlib import Path

from kamsim.game.session import Session
from kamsim.terminal.app import play_text
from tests.engine.worlds import halden

WIDTH = 80
SKIP = ["skip"] * 3
END = ["desk", "end", "yes"]


class Pipe:
    """Answers in, text out."""

    def __init__(self, answers):
        self.answers = iter(answers)
        self.said = []

    def read(self):
        return next(self.answers, None)

    def write(self, text):
        self.said.append(text)

    @property
    def text(self):
        return "".join(self.said)


class Played:
    """What a list of answers came to."""

    def __init__(self, status: int, text: str, session: Session) -> None:
        self.status, self.text, self.session = status, text, session
        self.told = " ".join(text.split())

    @property
    def log(self) -> Path:
        return self.session.log_path

    def events(self, kind: str):
        return [event.plain() for event in self.session.events if event.kind == kind]


def sit(folder, answers, *, seed=7, quarters=None, log=None, player=""):
    """Play some answers from the first guess on, whatever comes of it."""
    pipe, made = Pipe(answers), []

    def begin():
        session = (
            Session.resume(log)
            if log
            else Session.start(halden(), seed=seed, log_dir=folder, quarters=quarters, player=player)
        )
        made.append(session)
        return session

    status = play_text(begin, pipe.read, pipe.write, width=WIDTH, echo=True)
    return Played(status, pipe.text, made[0])


def play(folder, answers, **chosen):
    """Play some answers, none of which may trip the session; takes what `sit` takes."""
    played = sit(folder, answers, **chosen)
    assert "made a mistake" not in played.text, played.text[-600:]
    return played
