"""Plain talk with a person or a script: wrapped paragraphs, numbered choices, numbers. No cursor, no colour, no boxes.

A line that is empty or starts with ``#`` is passed over, so a script may hold notes. Whatever does not fit is
asked again, never punished; only the end of the input or ``quit`` leaves.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from kamsim.letters import curled
from kamsim.view.words.numbers import parse_number

T = TypeVar("T")
WIDEST: Final = 100
NARROWEST: Final = 30
JUMPS: Final = (
    "end", "undo", "reset", "notes", "why", "portfolio", "desk", "waiting", "deal", "promises", "library", "moment",
    "radar", "timeline", "pipeline", "practise", "news",
)  # fmt: skip
"""Words that lead from any menu to a place of the desk."""
LEAVING: Final = ("quit", "exit", "q", "save")
BACK: Final = ("0", "back", "b")
LISTING: Final = ("list", "menu", "l", "m")
HELPING: Final = ("help", "?", "h")
ALL_HELP: Final = ("help all", "words", "glossary")
MORE_HELP: Final = "The words help all tell the rest."


class Leave(Exception):  # a way out, not an error
    """The player leaves, or the input has ended."""


class Jump(Exception):  # a way through, not an error
    """The player wants to be somewhere else at the desk."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


class Step(Exception):  # a way back, not an error
    """The player wants something else of the page that asked a question."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


@dataclass(frozen=True)
class Choice(Generic[T]):
    """One numbered answer. ``words`` choose it too; so does the beginning of its label if no other begins so."""

    label: str
    value: T
    words: tuple[str, ...] = ()
    short: str = ""
    """What it is called in a brief list."""
    later: bool = False
    """Cannot be chosen before a later quarter; such choices share one line at the end of a full list."""


class Talk:
    """Reads answers with ``read`` (None at the end of input) and says things with ``write`` (text with line ends).

    ``echo`` repeats each answer after the prompt, so that the record of a script reads like a session.
    """

    def __init__(
        self,
        read: Callable[[], str | None],
        write: Callable[[str], None],
        *,
        width: int = 80,
        echo: bool = False,
        help_text: Callable[[], Sequence[str]] = tuple,
    ) -> None:
        self._read = read
        self._write = write
        self._echo = echo
        self._width = max(NARROWEST, min(WIDEST, width))
        self._help = help_text
        self.mark = ""
        """What stands before every heading and prompt, '' for nothing."""
        self.jumps = False
        """Whether words that lead to the desk are taken."""
        self.places: dict[str, str] = {}
        """Further such words, and what they stand for."""
        self.steps: Mapping[str, str] = {}
        """Words that lead back to the page that asks, and what they stand for there."""
        self.first_help: Sequence[str] = ()
        """What help says while nothing else is needed; empty where it says everything."""

    def help_lines(self) -> Sequence[str]:
        """What help says."""
        return self._help()

    # --- saying ---------------------------------------------------------------------------------------------

    def say(self, text: str = "", indent: int = 0, hang: int = 0) -> None:
        """A paragraph, wrapped; ``indent`` spaces before each line and ``hang`` more from the second on."""
        margin = " " * indent
        lines = [
            line
            for place, part in enumerate(curled(text).split("\n"))
            for line in textwrap.wrap(
                part,
                self._width,
                initial_indent=margin + " " * (hang if place else 0),
                subsequent_indent=margin + " " * hang,
                break_long_words=False,
                break_on_hyphens=False,
            )
        ]
        self._write("\n".join(lines) + "\n")

    def all(self, lines: Sequence[str], indent: int = 0) -> None:
        """Several paragraphs, one after the other."""
        for line in lines:
            self.say(line, indent, 2)

    def raw(self, text: str) -> None:
        """A line that must not be broken, such as a path or a command."""
        self._write(text + "\n")

    def head(self, text: str) -> None:
        """A heading: an empty line, the text in capitals so that it is found again, nothing drawn."""
        self.say()
        self.say(f"{self.mark}: {text}".upper() if self.mark else text.upper())

    def part(self, text: str) -> None:
        """A smaller heading."""
        self.say()
        self.say(text)

    # --- asking ---------------------------------------------------------------------------------------------

    def ask(self, prompt: str = "", taken: Collection[str] = (), about: Sequence[str] = ()) -> str:
        """The next answer, without spaces around it. Raises Leave at the end of input or on ``quit``, Jump on a word of
        the desk and Step on one of the page that asks, where these are allowed and not ``taken``; ``help`` is answered
        on the spot, ``about`` what is asked where that is given."""
        while True:
            self._write(f"{', '.join(filter(None, (self.mark, prompt)))}> ")
            line = self._read()
            if line is None:
                self._write("\n")
                raise Leave
            answer = " ".join(line.replace("\ufeff", "").split())
            if self._echo:
                self._write(f"{answer}\n")
            if not answer or answer.startswith("#"):
                continue
            word = answer.casefold()
            if word in LEAVING:
                raise Leave
            if word in (*HELPING, *ALL_HELP):
                first = about or self.first_help
                self.all(first if first and word in HELPING else self._help())
                continue
            if word in self.steps and word not in taken:
                raise Step(self.steps[word])
            if self.jumps and word not in taken and (word in JUMPS or word in self.places):
                raise Jump(self.places.get(word, word))
            return answer

    def choose(
        self,
        choices: Sequence[Choice[T]],
        *,
        prompt: str = "",
        back: str | None = "Back",
        brief: bool | str = False,
        hidden: Sequence[Choice[T]] = (),
    ) -> T | None:
        """One of numbered choices; None for ``back`` (0), where there is a way back. A ``brief`` list names only the
        choices that have a short name, in one paragraph, or is the text given; the word ``list`` gives the whole of it.
        ``hidden`` choices are taken by name and not listed."""
        self._list(choices, back, brief)
        taken = {word for choice in (*choices, *hidden) for word in choice.words}
        while True:
            answer = self.ask(prompt, taken).casefold()
            if back is not None and answer in BACK:
                return None
            picked = pick(choices, answer) or (None if answer.isdecimal() else pick(hidden, answer))
            if picked is not None:
                return picked.value
            if answer in LISTING:
                self._list(choices, back, False)
                continue
            top = f"1 to {len(choices)}" if len(choices) > 1 else "1"
            out = ", 0 to go back" if back is not None else ""
            self.say(f'"{answer[:40]}" is not among the answers. Type {top}{out}, or list, help, quit.')

    def _list(self, choices: Sequence[Choice[T]], back: str | None, brief: bool | str) -> None:
        if isinstance(brief, str):
            self.say(brief)
            return
        if brief:
            named = [f"{number} {choice.short}" for number, choice in enumerate(choices, 1) if choice.short]
            self.say(", ".join(named) + (f", 0 {back[:1].lower()}{back[1:]}." if back is not None else "."))
            return
        for number, choice in enumerate(choices, 1):
            if not choice.later:
                self.say(f"{number}. {choice.label}", hang=3 if number < 10 else 4)
        later = [f"{number} {choice.label}" for number, choice in enumerate(choices, 1) if choice.later]
        if later:
            self.say(f"Not yet: {'; '.join(later)}.", hang=4)
        if back is not None:
            self.say(f"0. {back}")

    def confirm(self, yes: str, no: str = "Back", words: tuple[str, ...] = ()) -> bool:
        """Whether the player goes ahead, which is never the first answer; ``words`` mean it too."""
        ways = [Choice(no, False, ("no", "n", *BACK)), Choice(yes, True, ("yes", "y", "ok", *words))]
        return self.choose(ways, back=None) is True

    def number(self, prompt: str, low: float, high: float, step: float) -> float | None:
        """A number from ``low`` to ``high`` in steps; None for back. A per cent sign may follow."""
        while True:
            answer = self.ask(prompt, about=[f"A number from {low:g} to {high:g}, or back. {MORE_HELP}"]).casefold()
            if answer in ("back", "b"):
                return None
            value = parse_number(answer, low, high, whole=step >= 1)
            stepped = 0.0 if value is None else round(round(value / step) * step, 9)
            if value is None and parse_number(answer, whole=True) is not None:
                self.say(f"{answer} can be read in two ways; write it without a separator.")
            elif value is None:
                self.say(f"A number from {low:g} to {high:g}, please, or back.")
            elif not low - 1e-9 <= value <= high + 1e-9:
                self.say(f"{value:g} is outside {low:g} to {high:g}.")
            elif abs(stepped - value) > 1e-6:
                self.say(f"In steps of {step:g}, please; {stepped:g} lies nearest.")
            else:
                return stepped


def pick(choices: Sequence[Choice[T]], answer: str) -> Choice[T] | None:
    """The choice that an answer means, by number, word, or the beginning of its label; None if it means none."""
    if answer.isdecimal():
        number = int(answer) if len(answer) < 6 else 0
        if 1 <= number <= len(choices):
            return choices[number - 1]
    for choice in choices:
        if answer in choice.words:
            return choice
    begins = len(answer) > 2 and not answer.isdecimal()
    close = [choice for choice in choices if begins and choice.label.casefold().startswith(answer)]
    return close[0] if len(close) == 1 else None
