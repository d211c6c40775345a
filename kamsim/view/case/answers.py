"""What an audience says to a business case, in the voice of whoever speaks for it: yes, yes if, come back, no.

An author writes each person's lines; whoever has none, and every successor, uses the plain ones of this module.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from kamsim.scenario.casework import CaseSays
from kamsim.view.case.sentences import GATE_WORDS, case_terms, claim_range, gate_help, gate_words
from kamsim.view.words.names import Cast, capital, counted, percent, points, quoted

Data = Mapping[str, Any]
Say = Callable[[str, Sequence[str], Sequence[str]], str]
"""What the speaker says of a case: by name, the own ways, plain ways."""
MOST_LINES: Final = 3
STANDS: Final = 1
"""Quarters after its own for which a "yes, if" can be accepted."""
CONDITION_WORDS: Final = {
    "pilot": "one year first, as a pilot",
    "cap": "half of it",
    "guarantee": "if we pay when the promise is missed",
}
GUARANTEED: Final = 0.02
"""What a missed guarantee costs, as a share of a year's sales; as the rules have it."""
PLAIN_CONDITIONS: Final = {
    "pilot": (
        "Yes, if it runs for one year first. Then we count, and talk about more.",
        "Yes, for a year. What comes after it depends on what was counted.",
    ),
    "cap": (
        "Yes, to half of it. The other half when the first has paid.",
        "Yes, to the first half. I'd have to believe the second.",
    ),
    "guarantee": (
        "Yes, if you pay when it doesn't come true.",
        "Yes, as long as a miss costs you something and not only us.",
    ),
}
ALREADY_WORDS: Final = {
    "pilot": "the one year on your page, as a pilot",
    "cap": "as small as it is, and no more",
    "guarantee": "without a figure on it, which could be missed",
}
ALREADY_SO: Final = {
    "pilot": "your page says one year already",
    "cap": "your page is that small already",
    "guarantee": "your page promises no figure",
}
"""By condition: what is asked where the page is that already, and why accepting it changes nothing."""
PLAIN_ALREADY: Final = {
    "pilot": (
        "Yes, to the one year that is on it, as a pilot. Agree to that, and it is signed as it stands.",
        "Yes, for that one year. Agree that what comes after it depends on what was counted.",
    ),
    "cap": (
        "Yes, as small as it is. Agree that it grows only when it has paid.",
        "Yes, to that much and no more. Agree, and it is signed as it stands.",
    ),
    "guarantee": (
        "Yes. You would pay for a miss, but your page names no figure that could be missed. Agree to it as it is.",
        "Yes, though it promises nothing that I could hold you to. Agree, and it is signed as it stands.",
    ),
}
PLAIN_CRITERIA: Final = {
    "alignment": (
        "It is not about anything that we are busy with this year. Say which of our initiatives it serves.",
        "I look for what we have under way and don't find it here. Name it, as it stands today.",
    ),
    "cause": (
        "I don't see how what you give leads to what you promise. Show the step between.",
        "There is a gap between the help and the figure. What happens in it?",
    ),
    "inaction": (
        "It doesn't say what happens if I leave it in the drawer. A sum, and from when.",
        "And without you? What would that cost us, and by what date?",
    ),
    "options": (
        "There is one way on it, and one way is no choice. Put a real second one beside it.",
        "I should have to choose, and there's nothing to choose from. What else was thought of?",
    ),
    "finance": (
        "By our sums it brings too little for what it asks. Ask less, or bring more.",
        "The money doesn't come back in time. Make it smaller in front, or sooner behind.",
    ),
    "sensitivity": (
        "And if half of it comes true? That figure is missing.",
        "It works if all goes well. Say what it's worth if not.",
    ),
    "evidence": (
        "The figure is your own. Bring ours, or something that you have kept.",
        "Who has seen this happen? Count it at our place, or show me where it was counted.",
    ),
    "delivery": (
        "I don't see who does the work, or whether there is room for it.",
        "It needs people, and names none. Whose hours are these?",
    ),
    "brevity": (
        "It is too long. One page.",
        "I had no time to finish it. Shorter, please.",
    ),
}
PLAIN_YES: Final = (
    "Agreed. It is clear what it serves and when we count.",
    "Yes. I'll hold you to the figure.",
    "Yes. We know what we get, and how we shall see it.",
)
PLAIN_BACK: Final = (
    "It isn't no. What is missing:",
    "I send it back, because of this:",
    "Not as it stands. What I'd need:",
)
PLAIN_NO: Final = (
    "No. As it stands there is nothing in it that I could defend.",
    "No. I have tried to see it from our side, and there is no such side to it.",
)
PLAIN_GATES: Final = (
    "I stopped reading: {gate}.",
    "This far and no further: {gate}.",
    "I put it down here: {gate}.",
)
"""By what is said: plain ways, for whoever has none of their own left."""
HEADS: Final = {
    "approved": "says yes to {page}",
    "conditional": "says \N{LEFT DOUBLE QUOTATION MARK}yes, if\N{RIGHT DOUBLE QUOTATION MARK} to {page}",
    "returned": "sends {page} back",
    "rejected": "says no to {page}",
    "delayed": "takes another quarter over {page}",
    "stopped": "stops {page} before anybody weighs it",
    "lapsed": "has let {page} lapse",
}


def answer_head(cast: Cast, data: Data) -> str:
    """Who answered what."""
    name = cast.account(data["account"])
    head = HEADS[data["outcome"]]
    if data["audience"] == "desk":
        return f"Our deal desk {head.format(page=f'your ask about {name}')}."
    return f"{name} {head.format(page='your case')}."


def speaker(cast: Cast, data: Data) -> tuple[str, CaseSays | None]:
    """Who speaks, and that person's own lines; None for a successor, who has none."""
    return cast.voices.reader(str(data["audience"]), str(data["speaker"]), str(data["account"]))


def letter(cast: Cast, data: Data, quarter: int) -> str:
    """The answer as the speaker puts it, a paragraph; otherwise than in the last letters about the same."""
    who, says = speaker(cast, data)

    def say(name: str, own: Sequence[str], plain: Sequence[str]) -> str:
        return cast.voices.in_letter(who, name, own, plain, quarter)

    text = SAID[data["outcome"]](data, says or CaseSays(), say)
    if data["outcome"] == "delayed" and cast.over(quarter + 1):
        text = text.partition(", and we decide")[0] + "."
    return quoted(who, text.replace("{account}", cast.account(data["account"])))


def _one(lines: Mapping[Any, str], name: str) -> Sequence[str]:
    return (lines[name],) if name in lines else ()


def _lines(says: CaseSays, say: Say, names: Sequence[str]) -> str:
    return "\n".join(say(name, _one(says.criteria, name), PLAIN_CRITERIA[name]) for name in names)


def _approved(_data: Data, says: CaseSays, say: Say) -> str:
    return say("approves", says.approves, PLAIN_YES)


def _conditional(data: Data, says: CaseSays, say: Say) -> str:
    name = data["condition"]
    if has_already(data["audience"], name, data.get("page") or {}):
        return say(name, (), PLAIN_ALREADY[name])
    return say(name, _one(says.conditions, name), PLAIN_CONDITIONS[name])


def _returned(data: Data, says: CaseSays, say: Say) -> str:
    named = data["criteria"][:MOST_LINES]
    apart = "\n" if len(named) > 1 else " "  # so that several reasons of somebody who counts them do not run together
    return f"{say('returns', says.returns, PLAIN_BACK)}{apart}{_lines(says, say, named)}"


def _rejected(data: Data, says: CaseSays, say: Say) -> str:
    return f"{say('rejects', says.rejects, PLAIN_NO)} {_lines(says, say, data['criteria'][:1])}"


def _stopped(data: Data, says: CaseSays, say: Say) -> str:
    name = data["gate"]
    return say(name, _one(says.gates, name), [way.format(gate=GATE_WORDS[name]) for way in PLAIN_GATES])


def _delayed(_data: Data, _says: CaseSays, _say: Say) -> str:
    return (
        "Not this quarter: we are not of one mind, or what it serves is on hold. It stays on the table, and we decide "
        "when the next quarter closes."
    )


SAID: Final = {
    "approved": _approved,
    "conditional": _conditional,
    "returned": _returned,
    "rejected": _rejected,
    "delayed": _delayed,
    "stopped": _stopped,
    "lapsed": _delayed,
}
"""By outcome: what is said."""


def answer_body(cast: Cast, data: Data, quarter: int) -> list[str]:
    """The letter, and what it means."""
    lines = [letter(cast, data, quarter), *_meaning(cast, data, quarter)]
    if data.get("noticed"):
        desk = cast.scenario.desk
        said = desk.notices if desk else "Small asks one after another add up, and somebody has added them."
        lines.append(said.replace("{account}", cast.account(data["account"])))
        lines.append("It cost you standing with the desk.")
    return lines


def _meaning(cast: Cast, data: Data, quarter: int) -> list[str]:
    """What follows from an answer."""
    return [*_picture(cast, data), *MEANINGS[data["outcome"]](cast, data, quarter)]


def _picture(cast: Cast, data: Data) -> list[str]:
    """Where they find nothing of theirs on a page that names something: that it rests on what the player last saw."""
    missed = data["gate"] == "dead_initiative" or "alignment" in data["criteria"][:MOST_LINES]
    name = (data.get("page") or {}).get("initiative")
    if data["outcome"] not in ("returned", "rejected", "stopped") or not missed or not name:
        return []
    title = cast.initiatives[name].name
    return [f"Your page was for {title} as you last saw it, and that may be out of date. Ask how it stands now."]


def _means_yes(cast: Cast, data: Data, _quarter: int) -> list[str]:
    terms = case_terms(cast, data["account"], data["audience"], data.get("page") or {})
    lines = [f"In force at once for {cast.account(data['account'])}: {terms}."]
    if data["audience"] == "desk":
        name = cast.account(data["account"])
        lines.append(
            f"What comes back for it is still yours to get: {name} has signed nothing. Put it into a case for them."
        )
    return lines


def _means_if(cast: Cast, data: Data, quarter: int) -> list[str]:
    last = quarter + STANDS
    end = "to the end of the session" if cast.over(last) else f"until {cast.quarter(last)} closes"
    changed = condition_terms(cast, data["audience"], data["condition"], data.get("page") or {})
    return [*changed, f"You may accept that {end}."]


def _means_back(cast: Cast, _data: Data, quarter: int) -> list[str]:
    if cast.over(quarter + 1):
        return ["Not a no. Your successor may bring it again."]
    return [
        "Not a no. Within two quarters you may bring it again, once, and lose no standing by it. Next quarter, about "
        "the same initiative, it takes no hours."
    ]


def _means_wait(cast: Cast, _data: Data, quarter: int) -> list[str]:
    return ["The session ends first: your successor will hear."] if cast.over(quarter + 1) else []


MEANINGS: Final[dict[str, Callable[[Cast, Data, int], list[str]]]] = {
    "approved": _means_yes,
    "conditional": _means_if,
    "returned": _means_back,
    "rejected": lambda _c, data, _q: [
        "The desk remembers it." if data["audience"] == "desk" else "It cost you a little standing."
    ],
    "delayed": _means_wait,
    "stopped": lambda _c, data, _q: [
        f"What stopped it: {gate_words(data['gate'], data['audience'])}. {gate_help(data['gate'], data['audience'])}"
    ],
    "lapsed": lambda *_: [],
}
"""By outcome: what follows."""


def has_already(audience: str, condition: str, page: Data) -> bool:
    """Whether a page is already what a "yes, if" asks for, so that accepting signs it as it is."""
    if condition == "pilot":
        return int(page.get("length", 4)) <= 4
    if condition == "guarantee":
        return not claim_range(page)[0]
    price, desk = float(page.get("price", 0.0)), audience == "desk"
    halved = desk and (_half_points(price) < price or int(page.get("people", 0)) > 1)
    return condition == "cap" and not float(page.get("commitment", 0.0)) and not halved


def condition_words(audience: str, condition: str, page: Data) -> str:
    """What a "yes, if" asks for, in a few words."""
    return (ALREADY_WORDS if has_already(audience, condition, page) else CONDITION_WORDS)[condition]


def condition_terms(cast: Cast, audience: str, condition: str, page: Data) -> list[str]:
    """What a "yes, if" means in terms: what changes on the page."""
    if has_already(audience, condition, page):
        same = ALREADY_SO[condition]
        return [f"What it changes: nothing: {same}, and accepting signs it as it is."]
    changes = []
    length, part = int(page.get("length", 4)), float(page.get("commitment", 0.0))
    if condition == "pilot":
        changes.append(f"one year instead of {counted(length // 4, 'year')}")
    if condition == "cap" and part > 0.0:
        changes.append(f"{percent(part / 2.0, 1)} committed instead of {percent(part, 1)}")
    price = float(page.get("price", 0.0))
    if condition == "cap" and audience == "desk" and _half_points(price) < price:
        changes.append(f"{points(_half_points(price))} instead of {points(price)}")
    if condition == "cap" and audience == "desk" and int(page.get("people", 0)) > 1:
        changes.append("one specialist instead of two")
    if condition == "guarantee":
        claim, low, _ = claim_range(page)
        floor = f"falls well short of {cast.money(claim)} and below {cast.money(low)}"
        changes.append(f"if it {floor}, we pay them {percent(GUARANTEED)} of a year's sales")
    return [f"What it changes: {'; '.join(changes)}."]


def _half_points(price: float) -> float:
    """Half of a price in half points, rounded up, as the rules have it."""
    steps = -(-round(price * 1000) // 10)
    return steps * 0.005


def lapsed_head(cast: Cast, data: Data) -> str:
    """Nobody took up a condition."""
    reader = "our deal desk's" if data["audience"] == "desk" else f"{cast.account(data['account'])}'s"
    return f"{capital(reader)} \N{LEFT DOUBLE QUOTATION MARK}yes, if\N{RIGHT DOUBLE QUOTATION MARK} has lapsed: " \
           "nobody took it up."  # fmt: skip
