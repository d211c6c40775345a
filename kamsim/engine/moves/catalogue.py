"""The catalogue: every kind of move, in the order in which a player meets them."""

from __future__ import annotations

from typing import Final

from kamsim.engine import moments
from kamsim.engine.levers import kept
from kamsim.engine.moves import answers, bargain, casework, contact, doors, insights, prices, spot
from kamsim.engine.moves.kinds import Field, Move, no_hours
from kamsim.engine.page import PROOFS
from kamsim.engine.params import RHYTHMS
from kamsim.engine.service import OWNERS
from kamsim.engine.terms import COMMITMENTS, DAYS, ISSUES, LENGTHS, PRICE_STEP

_ACCOUNT: Final = Field("account", "account")
_PRICE: Final = (_ACCOUNT, Field("line", "line"), Field("region", "region", optional=True))
_AUDIENCE: Final = Field("audience", "choice", casework.AUDIENCES)
_INITIATIVE: Final = Field("initiative", "initiative")
_MOMENT: Final = Field("moment", "moment")
_TALK: Final = Field("talk", "talk")
_ALL: Final = (
    Move(
        "set_rhythm",
        "change",
        (_ACCOUNT, Field("rhythm", "choice", RHYTHMS)),
        False,
        contact.rhythm_hours,
        contact.refuse_rhythm,
        contact.set_rhythm,
    ),
    Move(
        "meet",
        "10, 20",
        (Field("person", "person"), Field("agenda", "choice", contact.AGENDAS)),
        True,
        contact.meeting_hours,
        contact.refuse_meeting,
        contact.meet,
    ),
    Move(
        "answer_request",
        "0, 10",
        (
            Field("request", "request"),
            Field("answer", "choice", ("grant", "trade", "decline")),
            Field("get", "choice", answers.GETS, optional=True),
        ),
        True,
        answers.answer_hours,
        answers.refuse_answer,
        answers.answer,
    ),
    Move(
        "handle_incident",
        "effort",
        (
            _ACCOUNT,
            Field("effort", "choice", (10, 20, 30, 40)),
            Field("redress", "choice", ("none", "credit")),
            Field("owner", "choice", OWNERS, optional=True, free=True),
        ),
        False,
        answers.incident_hours,
        answers.refuse_incident,
        answers.handle,
    ),
    Move(
        "set_discount",
        "0",
        (*_PRICE, Field("discount", "number", low=0.0, high=0.9, step=PRICE_STEP)),
        False,
        no_hours,
        prices.refuse_discount,
        prices.set_discount,
    ),
    Move("scan", "10", (_ACCOUNT,), True, contact.scan_hours, contact.refuse_scan, contact.scan),
    Move("review_costs", "10", (_ACCOUNT,), True, contact.review_hours, contact.refuse_review, contact.review),
    Move(
        "seek_executive",
        "10",
        (
            Field("person", "person"),
            Field("approach", "choice", doors.APPROACHES),
            Field("through", "person", optional=True),
        ),
        True,
        doors.seek_hours,
        doors.refuse_seek,
        doors.seek,
    ),
    Move(
        "offer_terms",
        "30",
        (
            _ACCOUNT,
            Field("change", "number", low=-0.10, high=0.10, step=PRICE_STEP),
            Field("commitment", "choice", COMMITMENTS, free=True),
            Field("length", "choice", LENGTHS, free=True),
            Field("days", "choice", DAYS, free=True),
            *(Field(lever.name, "choice", lever.choices, free=True) for lever, _ in kept("offered")),
        ),
        False,
        prices.offer_hours,
        prices.refuse_offer,
        prices.offer,
    ),
    Move("expedite", "10", (_ACCOUNT,), False, answers.expedite_hours, answers.refuse_expedite, answers.expedite),
    Move(
        "set_rebate",
        "0",
        (*_PRICE, Field("rebate", "number", low=0.0, high=0.2, step=PRICE_STEP)),
        False,
        no_hours,
        prices.refuse_rebate,
        prices.set_rebate,
    ),
    Move(
        "present_case",
        "20, 30",
        (_ACCOUNT, *casework.CASE_FIELDS),
        False,
        casework.case_hours,
        casework.refuse_case,
        casework.present,
        {"programme": 10},
    ),
    Move(
        "ask_desk",
        "10, 20",
        (_ACCOUNT, *casework.DESK_FIELDS),
        True,
        casework.desk_hours,
        casework.refuse_desk,
        casework.ask_desk,
        {"people": 1},
    ),
    Move(
        "recut_case",
        "10",
        (_ACCOUNT, *casework.CASE_FIELDS),
        False,
        casework.recut_hours,
        casework.refuse_recut,
        casework.recut,
        {"programme": 30, "body": "deck"},
    ),
    Move(
        "recut_ask",
        "10",
        (_ACCOUNT, *casework.DESK_FIELDS),
        False,
        casework.recut_hours,
        casework.refuse_recut_ask,
        casework.recut_ask,
        {"people": 2, "body": "deck"},
    ),
    Move(
        "accept_condition",
        "0",
        (_ACCOUNT, _AUDIENCE),
        True,
        no_hours,
        casework.refuse_condition,
        casework.accept_condition,
    ),
    Move(
        "measure_promise",
        "10",
        (_ACCOUNT, _AUDIENCE),
        True,
        casework.measure_hours,
        casework.refuse_measure,
        casework.measure,
    ),
    Move("read_room", "10", (_ACCOUNT,), True, casework.room_hours, casework.refuse_room, casework.read_room),
    Move(
        "answer_moment",
        "0",
        (
            _MOMENT,
            Field("why", "choice", moments.WHYS, free=True),
            Field("number", "choice", moments.NUMBERS, free=True),
        ),
        True,
        no_hours,
        spot.refuse_open,
        spot.open_with,
    ),
    Move(
        "press_moment",
        "0",
        (
            _MOMENT,
            Field("stand", "choice", moments.STANDS, free=True),
            Field("proof", "choice", PROOFS, free=True),
            Field("ask", "choice", moments.ASKS, free=True),
        ),
        True,
        no_hours,
        spot.refuse_press,
        spot.press,
    ),
    Move(
        "close_moment",
        "0",
        (_MOMENT, Field("reply", "choice", moments.REPLIES, free=True)),
        True,
        no_hours,
        spot.refuse_close,
        spot.close,
    ),
    Move(
        "hand_over",
        "10",
        (Field("person", "person"),),
        False,
        doors.hand_over_hours,
        doors.refuse_hand_over,
        doors.hand_over,
    ),
    Move(
        "build_insight",
        "10, 20",
        (_INITIATIVE, Field("form", "choice", insights.FORMS)),
        False,
        insights.build_hours,
        insights.refuse_build,
        insights.build,
    ),
    Move(
        "bring_insight",
        "10, 20",
        (Field("person", "person"), _INITIATIVE),
        True,
        insights.bring_hours,
        insights.refuse_bring,
        insights.bring,
    ),
    Move(
        "back_initiative",
        "20",
        (_INITIATIVE, Field("force", "force")),
        True,
        insights.back_hours,
        insights.refuse_back,
        insights.back,
    ),
    Move(
        "link_news",
        "10",
        (Field("news", "news"), _ACCOUNT),
        True,
        insights.link_hours,
        insights.refuse_link,
        insights.link,
    ),
    Move(
        "ask_table",
        "10",
        (_TALK, Field("issue", "choice", ISSUES)),
        True,
        bargain.table_hours,
        bargain.refuse_question,
        bargain.ask_table,
    ),
    Move(
        "propose",
        "10",
        (_TALK, *bargain.PROPOSAL),
        True,
        bargain.table_hours,
        bargain.refuse_proposal,
        bargain.propose,
    ),
    Move("leave_table", "0", (_TALK,), True, no_hours, bargain.refuse_leaving, bargain.leave_table),
)
MOVES: Final[dict[str, Move]] = {move.kind: move for move in _ALL}
"""Every kind of move by name, in the order in which a player meets them."""
