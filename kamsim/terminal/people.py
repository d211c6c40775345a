"""People as text: the map of a buying centre, an executive's door, and an introduction to a successor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kamsim.terminal import moves
from kamsim.terminal.talk import Choice
from kamsim.view.centre import leaves, members
from kamsim.view.words import doors, waiting

if TYPE_CHECKING:
    from kamsim.terminal.table import TextTable


def seek_executive(table: TextTable, account: str) -> bool:
    """Choose an executive and how to ask."""
    talk, cast = table.talk, table.cast
    if moves.locked(table, "seek_executive"):
        return False
    executives = [person for person in cast.accounts[account].people if person.level == "executive"]
    if not executives:
        talk.say(f"{cast.account(account)} has nobody above the people you can meet already.")
        return False
    talk.part("Whom do you ask?")
    person = talk.choose([Choice(cast.post(item.id), item.id, (item.id,)) for item in executives])
    if person is None:
        return False
    options = table.options("seek_executive", account, person=person)
    refused = [table.refused("seek_executive", option) for option in options]
    if all(refused):
        talk.say(refused[0])
        return False
    talk.part("How do you ask?")
    fresh = waiting.fresh_at(table.seen, account)
    choices: list[Choice[dict[str, str]]] = []
    for option, no in zip(options, refused, strict=True):
        approach, through = option.args["approach"], str(option.args.get("through") or "")
        title = doors.approach_title(cast, table.seen, approach, account, through)
        odds = doors.door_odds(cast, table.seen, approach, person, fresh=fresh, through=through)
        label = f"{title} (not now)" if no else f"{title}. {odds}"
        choices.append(Choice(label, option.args, (f"{approach} {through}".strip(),)))
    chosen = talk.choose(choices)
    return chosen is not None and table.act("seek_executive", **chosen)


def hand_over(table: TextTable, account: str) -> bool:
    """Choose somebody who is known to leave."""
    talk, cast = table.talk, table.cast
    if moves.locked(table, "hand_over"):
        return False
    able = table.open_to("hand_over", account)
    if not able:
        options = table.options("hand_over", account)
        leaving = [option for option in options if leaves(table.seen, option.args["person"])]
        talk.say(table.first_refusal("hand_over", leaving or options))
        return False
    hours = table.takes("hand_over", person=able[0].args["person"])
    talk.part(f"Who introduces you? It takes {hours:.0f} hours, and half of what you built there passes on.")
    person = talk.choose([Choice(cast.post(o.args["person"]), o.args["person"], (o.args["person"],)) for o in able])
    return person is not None and table.act("hand_over", person=person)


def show_map(table: TextTable, account: str) -> None:
    """The buying centre as last seen: who weighs what, how they stand, how well they know us, who listens to whom."""
    talk, cast = table.talk, table.cast
    talk.head(f"The people at {cast.account(account)}, as last seen")
    for level, title in (("executive", "Executives"), ("manager", "Managers"), ("buyer", "Buyers")):
        there = [member for member in members(cast, table.seen, account) if member.level == level]
        if there:
            talk.part(title)
        for member in there:
            marks = [word for word, on in (("sponsor", member.sponsor), ("leaving", member.leaving)) if on]
            told = f" ({', '.join(marks)})" if marks else ""
            door = f" {member.door}." if member.door else ""
            talk.say(f"{cast.post(member.person)}{told}.{door} {' '.join(member.lines)}", 2, 2)
            if member.asks:
                talk.say(f"Not known. {' '.join(member.asks)}", 4, 2)
