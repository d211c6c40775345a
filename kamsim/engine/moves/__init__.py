"""All moves, declared once: what they need, what they cost, why they may be refused, and what they do.

The same declarations are the commands of the log, the buttons of every face, the list that bots choose from
and the fuzz tests' material. A refusal is computed from `Seen` alone, so it can never leak what is hidden; a
hidden reason ("she declined") is an outcome that costs its hours.
"""

from kamsim.engine.moves.acting import act, combinations, refusals
from kamsim.engine.moves.answers import ANSWER_HOURS, GETS, traded_part
from kamsim.engine.moves.bargain import TABLE_HOURS, page_of, said
from kamsim.engine.moves.binding import alone, bind
from kamsim.engine.moves.casework import facts_changed
from kamsim.engine.moves.catalogue import MOVES
from kamsim.engine.moves.contact import AGENDAS, EXECUTIVE_HOURS, MEETING_HOURS
from kamsim.engine.moves.doors import DOOR_QUARTERS, HAND_OVER_HOURS, SEEK_HOURS, VOUCHED
from kamsim.engine.moves.insights import FORMS as INSIGHTS
from kamsim.engine.moves.insights import NEWS_LASTS, has_insight
from kamsim.engine.moves.kinds import Field, Move, Outcome, Refusal, Result
from kamsim.engine.moves.prices import OFFER_HOURS, days_allowed, discount_limit
from kamsim.engine.people import SHUT_QUARTERS

__all__ = [
    "AGENDAS",
    "ANSWER_HOURS",
    "DOOR_QUARTERS",
    "EXECUTIVE_HOURS",
    "GETS",
    "HAND_OVER_HOURS",
    "INSIGHTS",
    "MEETING_HOURS",
    "MOVES",
    "NEWS_LASTS",
    "OFFER_HOURS",
    "SEEK_HOURS",
    "SHUT_QUARTERS",
    "TABLE_HOURS",
    "VOUCHED",
    "Field",
    "Move",
    "Outcome",
    "Refusal",
    "Result",
    "act",
    "alone",
    "bind",
    "combinations",
    "days_allowed",
    "discount_limit",
    "facts_changed",
    "has_insight",
    "page_of",
    "refusals",
    "said",
    "traded_part",
]
