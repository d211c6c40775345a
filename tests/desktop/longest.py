"""A scenario with the longest names and texts that an author may write."""

from __future__ import annotations

from functools import cache
from typing import Any

from kamsim.scenario.models import Scenario
from tests.engine.worlds import halden

NAME = "Allgemeine Donaudampfschifffahrts- und Maschinenbaugesellschaft Oberkrain Nord AG & Co"
PERSON = "Maximiliane-Friederike von und zu Hohenzollern-Sigmaringen-Wittgenstein"
ROLE = "Senior Vice President, Strategic Procurement and Supplier Relations, Northern Europe"
TITLE = "Seven and a half per cent off everything, from the first of April, or we shall see you in May"
PROSE = "They have counted every delivery of the year twice, and each time came to another figure. "


def _long(text: str, most: int, longer: str) -> str:
    return (longer * (most // len(longer) + 1))[:most].strip() if len(text) < most else text


def _called(person: dict[str, Any]) -> None:
    """A long name and a long role for somebody."""
    person["name"], person["role"] = f"{person['id'].title()} {PERSON}"[:90], ROLE[:90]


def _says(says: dict[str, Any] | None) -> None:
    """Every line of somebody who reads business cases, as long as may be."""
    if says is None:
        return
    for name in ("approves", "returns", "rejects"):
        says[name] = [_long(text, 600, PROSE) for text in says[name]]
    for name in ("conditions", "criteria", "gates"):
        says[name] = {key: _long(text, 600, PROSE) for key, text in says[name].items()}


def _our_side(side: dict[str, Any]) -> None:
    """The team, the pool and the programme's questions, as long as may be."""
    for one in (*side["team"], *side["pool"]):
        _called(one)
        one["voice"] = _long(one["voice"], 900, PROSE)
    for colleague in side["team"]:
        says = colleague["says"]
        colleague["says"] = {name: [_long(text, 600, PROSE) for text in lines] for name, lines in says.items()}
    for question in (side["programme"] or {"questions": ()})["questions"]:
        question["text"] = _long(question["text"], 600, PROSE)


@cache
def longest() -> Scenario:
    """Halden Drives with the longest words."""
    return lengthened(halden())


def lengthened(scenario: Scenario) -> Scenario:
    """The same figures, the longest words: names of 90 signs, texts of 1,200."""
    data: dict[str, Any] = scenario.model_dump(mode="json")
    data["title"] = TITLE[:90]
    for number, account in enumerate(data["accounts"]):
        account["name"] = f"{number}. {NAME}"[:90]
        account["industry"] = ROLE[:90]
        account["brief"] = _long(account["brief"], 1200, PROSE)
        for person in account["people"]:
            _called(person)
            person["voice"] = _long(person["voice"], 900, PROSE)
            _says(person.get("case"))
        for initiative in account["initiatives"]:
            initiative["name"] = f"{initiative['id']} {TITLE}"[:90]
            initiative["summary"] = _long(initiative["summary"], 1000, PROSE)
            for bought in initiative["opportunities"] or ():
                bought["title"], bought["need"] = TITLE[:90], _long(bought["need"], 900, PROSE)
                bought["says"] = {name: _long(text, 600, PROSE) for name, text in bought["says"].items()}
        for request in account["requests"]:
            request["title"], request["text"] = TITLE[:90], _long(request["text"], 1200, PROSE)
        if account["joint"]:
            joint = account["joint"]
            joint["name"], joint["summary"] = TITLE[:90], _long(joint["summary"], 1200, PROSE)
            joint["says"] = {name: _long(text, 600, PROSE) for name, text in joint["says"].items() if text}
        for moment in account["moments"]:
            moment["place"] = TITLE[:90]
            for name in ("question", "twist_text", "wins", "holds", "loses", "passes"):
                moment[name] = _long(moment[name], 1200, PROSE) if moment[name] else None
            moment["objections"] = {name: _long(text, 1200, PROSE) for name, text in moment["objections"].items()}
    for approver in data["desk"]["approvers"]:
        _called(approver)
        approver["measure_text"] = TITLE[:90]
        _says(approver["says"])
    _our_side(data["organisation"])
    for goal in data["company"]["goals"]:
        goal["text"] = _long(goal["text"], 1200, PROSE)
    for news in data["news"]:
        news["title"], news["text"] = TITLE[:90], _long(news["text"], 1200, PROSE)
    for line in data["lines"]:
        line["name"] = f"{line['name']}, all sizes, with certificates, seals, mounting and a warranty of five years"[
            :90
        ]
        line["unit"] = f"{line['unit']} with its certificate of origin and a box"[:90]
    newcomers = set(data["newcomers"])
    data["portraits"] = {worn: [one for one in names if one in newcomers] for worn, names in data["portraits"].items()}
    return Scenario.model_validate(data)
