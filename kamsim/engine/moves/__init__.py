"""All moves, declared once: what they need, what they cost, why they may be refused, and what they do.

The same declarations are the commands of the log, the buttons of every face, the list that bots choose from
and the fuzz tests' material. A refusal is computed from `Seen` alone, so it can never leak what is hidden; a
hidden reason ("she declined") is an outcome that costs its hours.
"""

from kamsim.engine.moves.acting import act, bind, combinations, refusals
from kamsim.engine.moves.answers import ANSWER_HOURS, GETS, traded_part
from kamsim.engine.moves.catalogue import MOVES
from kamsim.engine.moves.contact import AGENDAS, DOOR_QUARTERS, EXECUTIVE_HOURS, MEETING_HOURS, SHUT_QUARTERS
from kamsim.engine.moves.kinds import Field, Move, Outcome, Refusal, Result
from kamsim.engine.moves.prices import OFFER_HOURS

__all__ = [
    "AGENDAS",
    "ANSWER_HOURS",
    "DOOR_QUARTERS",
    "EXECUTIVE_HOURS",
    "GETS",
    "MEETING_HOURS",
    "MOVES",
    "OFFER_HOURS",
    "SHUT_QUARTERS",
    "Field",
    "Move",
    "Outcome",
    "Refusal",
    "Result",
    "act",
    "bind",
    "combinations",
    "refusals",
    "traded_part",
]
