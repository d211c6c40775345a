"""What each session draws for itself, told as what may be: a range of quarters, several needs, several titles."""

from __future__ import annotations

from collections.abc import Sequence

from kamsim.engine.params import START_QUARTER, TRADES
from kamsim.scenario.customer import Request
from kamsim.view.words.names import TRADE_WORDS, Cast, counted, listed


def first_of(quarter: int, spread: int) -> int:
    """The earliest quarter that a session may draw."""
    return max(quarter - spread, START_QUARTER)


def span(cast: Cast, quarter: int, spread: int) -> str:
    """In which quarters it may come; the one that is written where nothing is drawn."""
    if not spread:
        return cast.quarter(quarter)
    first, last = cast.quarter(first_of(quarter, spread)), cast.quarter(quarter + spread)
    return f"one of {first} to {last}" if quarter - first_of(quarter, spread) + spread > 1 else f"{first} or {last}"


def answered(cast: Cast, quarter: int, due: int, spread: int) -> str:
    """Until when it can be answered: a quarter, or how long after it comes where that is drawn."""
    if not spread:
        return cast.quarter(due)
    return f"{counted(due - quarter, 'quarter')} later" if due > quarter else "the same quarter"


def also(title: str, ways: Sequence[str]) -> str:
    """A title, with those under which other sessions meet it."""
    return f"{title} (or {listed([f'“{way}”' for way in ways], 'or')})" if ways else title


def needs(request: Request) -> str:
    """What the asker would take instead; where sessions differ in that, each need by the titles it comes under."""
    own = _welcomes(request.welcomes)
    if not request.needs:
        return own
    others = [f"{_welcomes(need.welcomes)} where it is called "
              f"{listed([f'“{title}”' for title in (need.title, *(way.title for way in need.ways))], 'or')}"
              for need in request.needs]  # fmt: skip
    return "; ".join((own, *others))


def _welcomes(trades: Sequence[str]) -> str:
    return listed([TRADE_WORDS[name] for name in TRADES if name in trades], "or") or "nothing"
