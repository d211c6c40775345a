"""What a quarter opens with, in words: news, people, requests, incidents, tenders, rivals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from kamsim.game.events.opening import NewsCame
from kamsim.view.case import answers
from kamsim.view.words import moments, opportunities, our_news, promises, regions, talks
from kamsim.view.words.facts import learned_lines
from kamsim.view.words.names import Cast, capital, initiative_named, percent, points, quoted, state_told
from kamsim.view.words.prices import terms

if TYPE_CHECKING:
    from kamsim.game.events.declared import Event

Data = Mapping[str, Any]
ENDS_FIRST: Final = "The session ends first: what you leave open, your successor finds."
GROUPS: Final = ("spot", "dilemma", "news", "people", "heard", "waiting", "rivals", "answers", "other")
"""Where an event belongs on the page that opens or closes a quarter, in the order of reading."""
GROUP_OF: Final = {
    "news": "news", "turned": "news", "left": "people", "heard": "heard", "requested": "waiting", "failed": "waiting",
    "tender": "waiting", "warned": "rivals", "struck": "rivals", "answered": "answers", "lapsed": "answers",
    "neglected": "answers", "tendered": "answers", "moment": "spot", "moment_turned": "spot", "moment_objected": "spot",
    "moment_ended": "answers", "case_answered": "answers", "case_lapsed": "answers", "signed": "answers",
    "promise_due": "waiting", "promise_forgotten": "answers", "measured": "answers", "mended": "heard",
    "talk": "waiting", "talk_lapsed": "answers", "table": "answers", "awarded": "answers", "line_opened": "answers",
}  # fmt: skip


def group(cast: Cast, event: Event) -> str:
    """The group of an event; the quarter's headline dilemma stands alone, first."""
    if isinstance(event, NewsCame) and _news(cast, event.id).dilemma:
        return "dilemma"
    return GROUP_OF.get(event.kind, "other")


def _news(cast: Cast, name: str) -> Any:
    return next(item for item in cast.scenario.news if item.id == name)


def headline(cast: Cast, event: Event) -> str:
    """One line that says what an event is."""
    return HEADLINES[event.kind](cast, event.plain())


def body(cast: Cast, event: Event, quarter: int) -> list[str]:
    """The paragraphs under the headline; none where the headline says it all."""
    lines = BODIES[event.kind](cast, event.plain(), quarter)
    return lines if event.kind == "left" else [cast.now(line) for line in lines]


def _turned_text(cast: Cast, data: Data, quarter: int) -> list[str]:
    turns = cast.initiatives[data["initiative"]].turns
    return [turn.text for turn in turns if turn.quarter == quarter and turn.to == data["to"]]


def request_terms(cast: Cast, name: str) -> str:
    """What a request asks for: 3 points more off on Bearings."""
    request = cast.requests[name]
    if regions.one_for_all(cast, name):
        extra = f", and {points(request.ask)} off it" if request.ask else ""
        return f"one price in every region, the lowest, on {cast.line(request.line)}{extra}"
    return f"{points(request.ask)} more off on {cast.line(request.line)}"


def _request_head(cast: Cast, data: Data) -> str:
    request = cast.requests[data["request"]]
    account = cast.account(cast.home[request.id])
    due = int(data["due"])
    until = f"Answer by the end of {cast.quarter(due)}"
    if cast.over(due):
        until = f"Due in {cast.quarter(due)}, after your time"
    return f"{account} asks: {request.title}. {until}."


def _request_body(cast: Cast, data: Data, _quarter: int) -> list[str]:
    request = cast.requests[data["request"]]
    return [quoted(cast.post(request.person), request.text), f"Asked: {request_terms(cast, request.id)}, for good."]


def incident_words(cast: Cast, account: str, incident: str) -> tuple[str, str]:
    """Name and text of an incident, authored or of a kind."""
    for entry in cast.accounts[account].incidents:
        if entry.id == incident:
            return entry.name, entry.text
    for kind in cast.scenario.incident_kinds:
        if kind.id == incident:
            return kind.name, kind.text.replace("{account}", cast.account(account))
    return "Something went wrong", ""


def _failed_body(cast: Cast, data: Data, quarter: int) -> list[str]:
    account, incident = data["account"], data["incident"]
    said = cast.voice(cast.voices.contact(account, incident), "incident", quarter)
    return [text for text in (incident_words(cast, account, incident)[1], said) if text]


def _struck_body(cast: Cast, data: Data, quarter: int) -> list[str]:
    for attack in cast.accounts[data["account"]].attacks:
        if attack.quarter == quarter and attack.rival == data["rival"]:
            return [attack.text]
    better = {
        "price": "a lower price than it had last quarter",
        "ideas": "an idea" + (f" for {_named_idea(cast, data)}" if data.get("idea") else " of its own"),
    }.get(str(data.get("habit")), "a better offer than it had last quarter")
    return [f"{cast.rival(data['rival'])} has brought {cast.account(data['account'])} {better}."]


def _named_idea(cast: Cast, data: Data) -> str:
    return initiative_named(cast, str(data["idea"]))


def _brings(cast: Cast, data: Data) -> str:
    """With what a rival comes, as far as it was heard."""
    if "habit" not in data:
        return "something"
    brings = {"price": "a lower price", "ideas": "an idea", "both": "a lower price and an idea"}[str(data["habit"])]
    return f"{brings} for {_named_idea(cast, data)}" if data.get("idea") else brings


def _mended_head(cast: Cast, data: Data) -> str:
    name = incident_words(cast, data["account"], data["incident"])[0]
    how = {"well": "put right well", "partly": "put right in part", "badly": "hardly put right"}[data["how"]]
    return f'{cast.account(data["account"])}: "{name}" was {how}.'


def _mended_body(cast: Cast, data: Data, quarter: int) -> list[str]:
    """How it was taken: in the voice of whoever speaks there where it went well, else in plain words."""
    person = cast.voices.contact(data["account"], data["incident"])
    who = cast.person(person)
    if data["how"] == "well":
        said = cast.voice(person, "recovered", quarter)
        return [said or f"{who} says so to everybody who asks.", *TOGETHER.get(data["owner"], ())]
    missed = {"desk": " The desk was polite, and read from a screen.", "joint": " At least you came."}
    if data["how"] == "partly":
        return [f"{who} counts the hours, and thanks you for half of them.{missed.get(data['owner'], '')}"]
    return [f"{who} has told the story often by now. You are not in it.{missed.get(data['owner'], '')}"]


TOGETHER: Final = {"joint": ("Their people were in the room, and tell it as their own success.",)}


def _warned_body(cast: Cast, data: Data, _quarter: int) -> list[str]:
    if cast.over(int(data["quarter"])):
        return [ENDS_FIRST]
    for attack in cast.accounts[data["account"]].attacks:
        if attack.quarter == int(data["quarter"]) and attack.rival == data["rival"]:
            return [attack.hint]
    if data.get("habit") in ("ideas", "both"):
        return ["An offer or a case of yours on their table before then takes half the shine off any idea."]
    return ["Time for something of your own at their table before then."]


def _tender(cast: Cast, name: str, mark: str) -> str:
    """Whose tender, and what for; whoever is named in it and has left is named no more."""
    return f"{cast.account(cast.home[name])}, tender{mark}{cast.now(cast.tenders[name].title)}"


def tender_when(cast: Cast, tender: str, due: int, quarter: int) -> str:
    """When a tender is decided, and by what: nothing can be handed in for it."""
    if cast.over(due):
        return f"decided in {cast.by(due)}"
    when = "this quarter" if due == quarter else "next quarter"
    line = cast.line(cast.tenders[tender].line)
    return f"decided when {when} closes, by the prices that stand then; there is no bid, your price of {line} is it"


def _tender_body(cast: Cast, data: Data, quarter: int) -> list[str]:
    tender = cast.tenders[data["tender"]]
    due = int(data["quarter"])
    when = f"{capital(tender_when(cast, tender.id, due, quarter))}."
    return [when] if due == quarter else [tender.text, when]


def _answer_head(cast: Cast, data: Data) -> str:
    said = {"accepted": "says yes to", "rejected": "says no to", "delayed": "takes another quarter over"}[
        data["answer"]
    ]
    return f"{cast.account(data['account'])} {said} your offer."


def _answer_body(cast: Cast, data: Data, quarter: int) -> list[str]:
    account, answer = data["account"], data["answer"]
    lines: list[str] = []
    if answer in ("accepted", "rejected"):
        said = cast.voice(cast.voices.buyer(account), "accepts" if answer == "accepted" else "rejects", quarter)
        lines += [said] if said else []
    offer = data.get("offer") or {}
    if answer == "accepted":
        lines.append(f"In force at once: {terms(offer)}.")
    elif answer == "rejected":
        asked = float(offer.get("change", 0.0)) < -1e-9
        cost = "It cost you a little standing"
        if asked:
            cost = "Asking for a higher price cost trust, and they look around"
        lines.append(f"{cost}. What they care about is worth a conversation before another offer.")
    elif cast.over(quarter + 1):
        lines.append("The room is divided. Your successor will hear what it decides.")
    else:
        lines.append("The room is divided. Your offer stays on their table.")
    return lines


def _tendered_body(cast: Cast, data: Data, _quarter: int) -> list[str]:
    tender = cast.tenders[data["tender"]]
    share = (
        f"Our share of {cast.line(tender.line)} there: {percent(data['share_before'])} "
        f"before, {percent(data['share'])} now."
    )
    return [tender.won if data["won"] else tender.lost, share]


def _lapsed_body(cast: Cast, data: Data, _quarter: int) -> list[str]:
    request = cast.requests[data["request"]]
    return [
        quoted(cast.person(request.person), request.replies.lapsed),
        "Silence cost more trust than a no would have.",
    ]


def _left_head(cast: Cast, data: Data) -> str:
    role = cast.people[data["person"]].role
    first = int(data.get("holder", 1)) <= 1
    before = data.get("before") or (cast.people[data["person"]].name if first else f"The {role}")
    account = cast.account(cast.home[data["person"]])
    return f"{account}: {before} has left. {data['name']} takes over as {role}."


HEADLINES: Final[dict[str, Callable[[Cast, Data], str]]] = {
    "news": lambda cast, d: _news(cast, d["id"]).title,
    "turned": lambda cast, d: f"{cast.account(cast.home[d['initiative']])}: "
f"{initiative_named(cast, d['initiative'])}, "
    f"{state_told(d['to'])}",
    "left": _left_head,
    "heard": lambda _c, _d: "What the standing contact brought",
    "requested": _request_head,
    "failed": lambda cast, d: f"{cast.account(d['account'])}: {incident_words(cast, d['account'], d['incident'])[0]} "
    f"({d['severity_word']}). It needs an answer this quarter.",
    "tender": lambda cast, d: _tender(cast, d["tender"], ": "),
    "warned": lambda cast, d: f"{cast.rival(d['rival'])} is preparing {_brings(cast, d)} at "
f"{cast.account(d['account'])} for {cast.by(int(d['quarter']))}.",
    "mended": _mended_head,
    "struck": lambda cast, d: f"{cast.rival(d['rival'])} attacks at {cast.account(d['account'])}.",
    "followed": lambda cast, d: f"{cast.rival(d['rival'])} followed your price at {cast.account(d['account'])}.",
    "answered": _answer_head,
    "lapsed": lambda cast, d: f"{cast.account(cast.home[d['request']])}: nobody answered "
    f'"{cast.requests[d["request"]].title}".',
    "neglected": lambda cast, d: f"{cast.account(d['account'])}: nobody came about "
    f'"{incident_words(cast, d["account"], d["incident"])[0]}". '
    "They sorted it out themselves, and will remember who didn't.",
    "tendered": lambda cast, d: f"{_tender(cast, d['tender'], ' ')}: {'won' if d['won'] else 'lost'}",
    "case_answered": answers.answer_head,
    "case_lapsed": answers.lapsed_head,
    "signed": promises.signed_head,
    "promise_due": promises.due_head,
    "promise_forgotten": promises.forgotten_head,
    "measured": promises.measured_head,
    "moment": moments.moment_head,
    "moment_turned": moments.turned_head,
    "moment_objected": moments.objected_head,
    "moment_ended": moments.ended_head,
    "awarded": opportunities.awarded_head,
    "line_opened": opportunities.opened_head,
    "talk": talks.talk_head,
    "talk_lapsed": talks.lapsed_head,
    "table": lambda cast, d: f"{cast.account(cast.home[d['talk']])}: {cast.talks[d['talk']].title}",
    **our_news.HEADLINES,
}  # fmt: skip
"""By kind of event: one line."""
BODIES: Final[dict[str, Callable[[Cast, Data, int], list[str]]]] = {
    "news": lambda cast, d, _q: [_news(cast, d["id"]).text],
    "turned": _turned_text,
    "left": lambda _c, d, _q: [
        "You were introduced: half of the tie comes with the post. Your notes on it are from before."
        if d.get("introduced")
        else "No tie comes with the post, and your notes on it are from before."
    ],
    "heard": lambda cast, d, q: [line.replace("Learned: ", "", 1) for line in learned_lines(cast, d["learned"], q)],
    "requested": _request_body,
    "failed": _failed_body,
    "tender": _tender_body,
    "warned": _warned_body,
    "mended": _mended_body,
    "struck": _struck_body,
    "followed": lambda *_: [],
    "answered": _answer_body,
    "lapsed": _lapsed_body,
    "neglected": lambda *_: [],
    "tendered": _tendered_body,
    "case_answered": answers.answer_body,
    "case_lapsed": lambda *_: ["What is not taken up in time was not meant."],
    "signed": lambda *_: [],
    "promise_due": promises.due_body,
    "promise_forgotten": lambda *_: ["It cost you some of your word there."],
    "measured": promises.measured_body,
    "moment": moments.moment_body,
    "moment_turned": lambda *_: [],
    "moment_objected": lambda *_: [],
    "moment_ended": moments.ended_body,
    "awarded": opportunities.awarded_body,
    "line_opened": opportunities.opened_body,
    "talk": talks.talk_body,
    "talk_lapsed": talks.lapsed_body,
    "table": lambda cast, d, _q: talks.table_lines(cast, d),
    **our_news.BODIES,
}  # fmt: skip
"""By kind of event: the paragraphs under the line."""
