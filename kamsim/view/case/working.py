"""The page of a business case that lies open on the desk, and how its figures follow what is given."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from kamsim.engine.belief import believed_standing
from kamsim.engine.page import HIGHEST_CLAIM
from kamsim.game import drafting
from kamsim.view.case import sentences as case_sentences
from kamsim.view.case.sentences import TONES
from kamsim.view.questions import OWN
from kamsim.view.words.names import Cast

if TYPE_CHECKING:
    from kamsim.engine.preview import Preview
    from kamsim.engine.sight import Seen
    from kamsim.engine.standing import Standing
    from kamsim.game.session import Session

INSIDE_TONES: Final = {"cautious": 0.9, "plain": 1.0, "bold": 1.15}
"""Of our own figures, which are large beside what a case changes."""


@dataclass
class Working:
    """One open page. ``tone``: how its claim follows what our facts imply, ``own`` for a figure that was typed."""

    account: str
    audience: str
    page: dict[str, Any]
    recut: bool = False
    tone: str = "plain"
    inaction_tone: str = "plain"
    known: dict[str, float] = field(default_factory=dict)
    """What our facts imply for the claim and for the cost of doing nothing, in thousands."""
    _believed: tuple[Seen, Standing] | None = field(default=None, repr=False, compare=False)
    """What was believed of the account when it was last asked."""

    @property
    def kind(self) -> str:
        """The move that would bring it to its audience."""
        if self.recut:
            return "recut_ask" if self.audience == "desk" else "recut_case"
        return "ask_desk" if self.audience == "desk" else "present_case"

    @property
    def initiative(self) -> str | None:
        """The initiative that it serves."""
        name = self.page.get("initiative")
        return None if name is None else str(name)

    @property
    def said(self) -> dict[str, Any]:
        """What the page says, as the arguments of its move have it."""
        return {name: value for name, value in self.page.items() if value is not None}

    def toned(self, implied: float, tone: str) -> float:
        """A figure in thousands as cautiously or boldly as that."""
        part = (INSIDE_TONES if self.audience == "desk" else TONES)[tone]
        made = float(round(implied + (part - 1.0) * abs(implied)))
        return min(HIGHEST_CLAIM, max(-HIGHEST_CLAIM if self.audience == "desk" else 0.0, made))

    def harm(self, tone: str) -> float:
        """A cost of doing nothing in thousands, as cautiously or boldly as that."""
        return min(HIGHEST_CLAIM, max(0.0, float(round(self.known.get("inaction_value", 0.0) * TONES[tone]))))

    def refresh(self, seen: Seen) -> None:
        """Let the figures follow: what is claimed, and what doing nothing costs, unless they were typed."""
        asked = {**self.page, "inaction": "said"}
        if self._believed is None or self._believed[0] is not seen:
            self._believed = seen, believed_standing(seen, seen.params.accounts.index(self.account))
        implied = drafting.with_figures(seen, self.account, asked, self._believed[1])
        self.known = {name: float(implied[name]) for name in ("claim", "inaction_value")}
        self.follow()

    def follow(self) -> None:
        """Set the figures that are not typed to what our facts imply."""
        if self.tone != OWN:
            self.page["claim"] = self.toned(self.known["claim"], self.tone)
        if self.page.get("inaction", "none") == "none":
            self.page["inaction_value"] = 0.0
        elif self.inaction_tone != OWN:
            self.page["inaction_value"] = self.harm(self.inaction_tone)

    def change(self, seen: Seen, **values: Any) -> None:
        """Say something else in some fields."""
        self.page.update(values)
        self.refresh(seen)

    def preview(self, session: Session, **lanes: int) -> Preview:
        """What it comes to."""
        return session.preview(self.account, self.audience, self.page, **lanes)

    def sentences(self, cast: Cast, seen: Seen) -> dict[str, str]:
        """Its seven sentences."""
        return case_sentences.sentences(cast, seen, self.account, self.audience, self.page)


def opening(seen: Seen, account: str, audience: str) -> Working:
    """The page as it opens: written already."""
    made = Working(account, audience, drafting.opening_page(seen, account, audience))
    made.refresh(seen)
    return made


def carried_on(seen: Seen, account: str, audience: str, page: dict[str, Any], *, recut: bool = False) -> Working:
    """A page that was kept, or that lies with its audience, with its own figures; they follow again where they are
    what our facts imply."""
    made = Working(account, audience, dict(page), recut, OWN, OWN)
    made.refresh(seen)
    if made.page.get("claim") == made.known["claim"]:
        made.tone = "plain"
    return made
