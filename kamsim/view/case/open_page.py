"""One page of a business case that lies open, and the figures that follow what it says."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeVar

from kamsim.engine.preview import AT_REST, DRAGGING
from kamsim.view.case import bringing
from kamsim.view.case.edges import Edges, price_edges
from kamsim.view.case.outcome import footing
from kamsim.view.case.sentences import paper

if TYPE_CHECKING:
    from kamsim.engine.preview import Preview
    from kamsim.engine.sight import Seen
    from kamsim.game.session import Session
    from kamsim.view.case.working import Working
    from kamsim.view.words.names import Cast

T = TypeVar("T")
FREE: Final = ("claim", "inaction_value")
"""What a page's figures follow, and are not drawn from."""


class OpenPage:
    """One page that lies open. What is worked out is kept until something changes on which it rests.

    ``lanes``: in how many futures its figures are worked out.
    """

    def __init__(self, session: Session, cast: Cast, work: Working) -> None:
        self.session, self.cast, self.work = session, cast, work
        self.lanes = AT_REST
        self._held: dict[Any, tuple[Seen, Any, Any]] = {}

    def moves(self, moving: bool) -> None:
        """Work its figures out quickly while something on it moves, and finely once it rests."""
        self.lanes = DRAGGING if moving else AT_REST

    @property
    def seen(self) -> Seen:
        """What the player sees now."""
        return self.session.seen

    def kept(self, name: Any, key: Any, make: Callable[[], T]) -> T:
        """Something that depends on no more than what is seen and a key."""
        held = self._held.get(name)
        if held is None or held[0] is not self.seen or held[1] != key:
            held = self._held[name] = self.seen, key, make()
        made: T = held[2]
        return made

    def said_but(self, *leave: str) -> Any:
        """What the page says, as a key; without some fields."""
        page = self.work.page
        return self.work.kind, tuple((name, page[name]) for name in page if name not in leave)

    # --- figures ------------------------------------------------------------------------------------------------

    @property
    def made(self) -> Preview:
        """What the page comes to."""
        key = (self.lanes, self.said_but())
        return self.kept("made", key, lambda: self.work.preview(self.session, lanes=self.lanes))

    @property
    def edges(self) -> Edges:
        """Where the price changes its meaning, all else as it is."""
        work = self.work
        key = self.said_but("price", *FREE)
        return self.kept("edges", key, lambda: price_edges(self.seen, work.account, work.audience, work.page))

    @property
    def refused(self) -> str:
        """Why the page could not be brought as it is; '' where it can."""
        return self.kept("refused", self.said_but(), lambda: bringing.refused(self.cast, self.seen, self.work))

    @property
    def footing(self) -> dict[str, tuple[str, str]]:
        """By part whether it rests on facts."""
        said = self.work.page
        rests = tuple(said.get(name) for name in ("initiative", "proof", "alternative"))
        return self.kept("footing", rests, lambda: footing(self.seen, self.work))

    @property
    def title(self) -> str:
        """What the page is called."""
        return bringing.title(self.cast, self.work.account, self.work.audience, recut=self.work.recut)

    @property
    def hours(self) -> float:
        """What it takes to bring it, whatever its price and figures."""
        key = self.said_but("price", *FREE)
        return self.kept("hours", key, lambda: bringing.hours(self.seen, self.work))

    def bounds(self, kind: str, name: str) -> tuple[float, float]:
        """The lowest and highest value of a number that a kind of move may have at the account."""
        low, high = self.kept(("bounds", kind), (), lambda: self._option(kind))[name]
        return float(low[0]) + 0.0, float(high[0]) + 0.0

    def _option(self, kind: str) -> dict[str, Any]:
        options = self.session.legal(kind).options
        return next(option.ranges for option in options if option.args["account"] == self.work.account)

    def texts(self) -> dict[str, str]:
        """What the page says, by part."""
        return {**self.work.sentences(self.cast, self.seen), "paper": paper(self.work.page)}
