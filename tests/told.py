"""Events for tests of words, from as much of their data as a sentence needs."""

from __future__ import annotations

from typing import Any

from kamsim.game.door import DECLARING
from kamsim.game.events.contact import Fact
from kamsim.game.events.declared import KINDS, Event

assert DECLARING


def told(kind: str, data: dict[str, Any]) -> Event:
    """An event of a kind; what it needs and is not given is None. Facts may be given as a log has them."""
    blank = dict.fromkeys(KINDS[kind].needed)
    if "learned" in blank:
        facts = data.get("learned", ())
        data = {**data, "learned": [fact if isinstance(fact, Fact) else Fact(**fact) for fact in facts]}
    return KINDS[kind](**{**blank, **data})
