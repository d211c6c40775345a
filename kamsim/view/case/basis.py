"""On what a page of a business case rests, in words: facts and their age, how people stand, what our word is worth."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kamsim.engine.moves import facts_changed
from kamsim.engine.organisation import CASES, SKILLS
from kamsim.engine.page import AT
from kamsim.engine.params import STATES
from kamsim.engine.parts_team import PLAYER, STRAIN_WORDS
from kamsim.engine.standing import RECENT, known_to
from kamsim.engine.team import page_craft, seen_craft
from kamsim.game.events.cases import place_of
from kamsim.view.case.sentences import case_value
from kamsim.view.words.facts import band, predicate
from kamsim.view.words.names import STATE_WORDS, Cast, age, capital, listed, state_told
from kamsim.view.words.people import STANCE_CHIPS, stand
from kamsim.view.words.team import STRAIN_TOLD, level_word

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen

Page = Mapping[str, Any]
YEAR: Final = 4
"""Quarters after which what they buy elsewhere is stale."""
WORDS_WORTH: Final = (
    (0.3, "figures of yours are no longer listened to"),
    (0.45, "what you say is checked twice"),
    (0.6, "you are believed about as much as anybody"),
    (0.75, "your figures are taken as a start"),
    (2.0, "what you say is taken as said"),
)


def stances(cast: Cast, seen: Seen, account: str) -> list[str]:
    """Each member of a buying centre: name, post, how they stand, how old that is, and what is known that moves it."""
    lines = []
    for person in cast.accounts[account].people:
        row = seen.params.people.index(person.id)
        number, ages = seen.known("stance", row)
        word = stand(float(number[0]))
        notes = []
        if word != "unknown":
            notes.append(f"seen {age(seen.quarter, seen.quarter - int(ages[0]))}")
        measure = seen.known("measure", row)[0]
        if not np.isnan(measure[0]):
            notes.append(f"judged on {cast.measure(float(measure[0]))}")
        power = seen.known("power", row)[0]
        if not np.isnan(power[0]):
            notes.append(f"weighs {float(power[0]) * 100:.0f}%")
        if float(np.nan_to_num(seen.known("veto", row)[0])[0]) > 0.5:
            notes.append("can veto")
        told = f" ({'; '.join(notes)})" if notes else ""
        lines.append(f"{cast.post(person.id)}: {STANCE_CHIPS[word][0]}{told}.")
    return lines


def stances_short(cast: Cast, seen: Seen, account: str) -> str:
    """The same in one line."""
    groups: dict[str, list[str]] = {}
    for person in cast.accounts[account].people:
        row = seen.params.people.index(person.id)
        number, ages = seen.known("stance", row)
        word = stand(float(number[0]))
        old = "" if np.isnan(ages[0]) or ages[0] <= RECENT else " (stale)"
        groups.setdefault(word, []).append(f"{cast.person(person.id)}{old}")
    return f"How they stand to us, as last seen. {_grouped(groups)}"


def _grouped(groups: Mapping[str, list[str]]) -> str:
    said = [f"{STANCE_CHIPS[word][0]}: {listed(groups[word])}" for word in STANCE_CHIPS if word in groups]
    return f"{capital('; '.join(said))}."


def desk_stances(cast: Cast, seen: Seen) -> list[str]:
    """Each approver: name, role, what they are judged on, how they stand."""
    return [
        f"{item.name}, {item.role}: {STANCE_CHIPS[stand(float(seen.desk[row, 0]))][0]}; judged on {item.measure_text}."
        for row, item in enumerate(cast.approvers.values())
    ]


def desk_short(cast: Cast, seen: Seen) -> str:
    """The same in one line."""
    groups: dict[str, list[str]] = {}
    for row, item in enumerate(cast.approvers.values()):
        groups.setdefault(stand(float(seen.desk[row, 0])), []).append(item.name)
    return f"How the desk stands to you. {_grouped(groups)}"


def word_with(cast: Cast, seen: Seen, account: str | None) -> str:
    """What our word is worth with a customer, or inside (None)."""
    row = len(seen.params.accounts) if account is None else seen.params.accounts.index(account)
    number = float(seen.credibility[row, 0])
    if account is None:
        return f"Your word inside, {number * 100:.0f} of 100: {band(number, WORDS_WORTH)}."
    return f"Your word at {cast.account(account)}, {number * 100:.0f} of 100: {band(number, WORDS_WORTH)}."


def maker_line(cast: Cast, seen: Seen, account: str) -> str:
    """Who of us makes a page for a customer, what the player has seen of how well, and what that does to it; '' where
    there is nobody but the player."""
    if not (cast.colleagues or cast.specialists):
        return ""
    row, at = seen.params.accounts.index(account), seen.team
    more = round(100.0 * float(page_craft(seen_craft(seen, CASES, row))[0]))
    does = f"the page is believed {abs(more)} points {'more' if more > 0 else 'less'} for it" if more else ""
    lead, lent = int(at["lead"][row, 0]), int(at["borrowed"][row, 0])
    helper = list(cast.specialists.values())[lent - 1] if lent else None
    if helper and helper.skill == SKILLS[CASES] and more > 0:
        return f"{helper.name} makes it, {level_word(helper.level)} at business cases: {does}."
    if lead == PLAYER:
        return "You make it yourself."
    who, when = capital(cast.colleague(seen.params.own.colleagues[lead])), int(at["seen_at"][lead, 0])
    if when < 0:
        return f"{who} makes it. How good they are at business cases you haven't seen; it's reckoned as if you made it."
    skill, tired = float(at["seen_skill"][CASES, lead, 0]), STRAIN_TOLD[STRAIN_WORDS[int(at["seen_strain"][lead, 0])]]
    looks = f", and {tired.split(':')[0]}" if at["seen_strain"][lead, 0] else ""
    seen_when = f"as seen {age(seen.quarter, when)}{looks}"
    return f"{who} makes it, {level_word(skill)} at business cases ({seen_when}){': ' + does if does else ''}."


def known(seen: Seen, account: str) -> dict[str, float]:
    """What carries weight in a case because the player has found it out or earned it, as readers count it."""
    row = seen.params.accounts.index(account)
    found = known_to(seen, row)
    own = found["own_figures"]
    return {
        "own_figures": float(np.max(own)) if own.size else 0.0,
        "drivers": float(found["drivers_known"][0]),
        "price": float(found["sensitivity_known"][0]),
        "rival": float(found["rival_known"][0]) * float(np.nan_to_num(seen.known("attack", row)[0])[0] > 0),
        "kept": float(found["kept_age"][0]),
        "pilot": float(found["pilot_age"][0]),
        "elsewhere": float(np.max(found["reference"])),
    }


def own_figures(seen: Seen, account: str, initiative: str | None) -> bool:
    """Whether their own figures stand behind a page for an initiative: how it stands and what somebody there is judged
    on, both known lately."""
    if initiative is None:
        return False
    row = seen.params.accounts.index(account)
    place = seen.params.account_initiatives[row].index(seen.params.initiatives.index(initiative))
    return bool(known_to(seen, row)["own_figures"][place, 0] > 0)


PROOF_LACKS: Final = {
    "their_figures": "not complete: how this initiative stands and what somebody there is judged on, both no older "
    "than two quarters",
    "reference": "none lately",
    "pilot": "none was measured yet",
    "result": "none yet",
}
ALTERNATIVE_LACKS: Final = {
    "pilot": "you don't know what drives it",
    "price_only": "you don't know how much price counts for them",
    "rival": "you know of no rival's offer there",
}


def proof_lacks(seen: Seen, account: str, proof: str, initiative: str | None) -> str:
    """What is missing behind a proof; '' where it stands."""
    found = known(seen, account)
    there = {
        "their_figures": own_figures(seen, account, initiative),
        "reference": found["elsewhere"] > 0,
        "pilot": np.isfinite(found["pilot"]),
        "result": np.isfinite(found["kept"]),
    }
    return "" if there.get(proof, True) else PROOF_LACKS[proof]


def alternative_lacks(seen: Seen, account: str, other: str) -> str:
    """What is missing behind an alternative; '' where it stands."""
    found = known(seen, account)
    there = {"pilot": found["drivers"], "price_only": found["price"], "rival": found["rival"]}
    return "" if there.get(other, 1.0) > 0 else ALTERNATIVE_LACKS[other]


def rests(seen: Seen, account: str, page: Page) -> str:
    """Which sentences of a page rest on facts, how old those are, and which rest on nothing that was found out."""
    name = case_value(page, "initiative")
    firm: list[str] = []
    loose: list[str] = []
    if name is not None:
        ages = seen.known("state", seen.params.initiatives.index(name))[1]
        (firm if ages[0] <= RECENT else loose).append(f"why now ({age(seen.quarter, seen.quarter - int(ages[0]))})")
    proof, other = str(case_value(page, "proof")), str(case_value(page, "alternative"))
    backed = proof not in ("none", "brochure") and not proof_lacks(seen, account, proof, name)
    (firm if backed else loose).append("what proves it")
    if other in ALTERNATIVE_LACKS:
        (loose if alternative_lacks(seen, account, other) else firm).append("what stands beside it")
    wallet = seen.known("wallet", seen.params.accounts.index(account))[1]
    if np.isnan(wallet[0]):
        loose.append("what they buy elsewhere")
    else:
        (firm if wallet[0] <= YEAR else loose).append(
            f"what they buy elsewhere ({age(seen.quarter, seen.quarter - int(wallet[0]))})"
        )
    said = f"{capital(listed(firm))} {'rest' if len(firm) > 1 else 'rests'} on facts." if firm else ""
    unsure = f"A guess, or stale: {listed(loose)}." if loose else ""
    return " ".join(text for text in (said, unsure) if text)


def news_since(cast: Cast, seen: Seen, account: str, place: int) -> list[str]:
    """What was heard about an account in quarters after a case was presented there, in sentences; nothing where the
    re-cut of that case would be a mere change of mind."""
    presented = float(seen.case_presented[place, 0])
    row = seen.params.accounts.index(account)
    said = []
    for at, fact in enumerate(seen.params.facts):
        if fact.account != row or float(seen.changed_at[at, 0]) <= presented:
            continue
        about = fact.name.rsplit(".", 1)[0]
        number = float(seen.fact[at, 0])
        if fact.kind in ("state", "measure", "stance") or (fact.kind == "attack" and number > 0):
            told = predicate(cast, fact.kind, about, number, int(seen.seen_at[at, 0]))
            said.append(f"{_name(cast, about)} {told}")
    return said


def _name(cast: Cast, about: str) -> str:
    if about in cast.initiatives:
        return cast.initiatives[about].name
    return cast.person(about) if about in cast.people else cast.account(about)


def turned_since(cast: Cast, seen: Seen, account: str, audience: str) -> str:
    """That the initiative of a page that lies there has turned since the page was written for it; '' where it has not,
    as far as is known."""
    page = seen.case_page[:, place_of(seen.params, account, audience), 0]
    row, written = int(page[AT["initiative"]]), int(page[AT["state"]])
    if row < 0 or written < 0:
        return ""
    now = seen.known("state", row)[0]
    if np.isnan(now[0]) or int(now[0]) == written:
        return ""
    name = cast.initiatives[seen.params.initiatives[row]].name
    was, is_now = STATE_WORDS[STATES[written]], state_told(STATES[int(now[0])])
    return f"The page was written when {name} was {was}; it {is_now}. As it lies there it answers yesterday's question."


def heard_since(seen: Seen, account: str, place: int) -> bool:
    """Whether what is known of an account has changed since a case was presented: a re-cut then costs nothing in
    confidence."""
    return bool(facts_changed(seen, seen.params.accounts.index(account), place)[0])
