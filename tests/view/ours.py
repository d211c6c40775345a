"""Our own side, page beside page: what the seat knows of colleagues, key customers, what is built together and plans, and
what the log says was decided, against what every page of either face tells.

What is known is taken from `Seen` and the events, not from the view; what a page tells is read from its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import numpy as np

from kamsim.engine.joint import DESIGN, ENABLERS, ENDED, FAILED, LIVE, NONE, PHASES, known_enablers
from kamsim.engine.organisation import SKILLS
from kamsim.engine.parts_joint import STATUS
from kamsim.engine.parts_team import PLAYER, STRAIN_WORDS, TARGETS
from kamsim.engine.team import MOST_LOAD, seen_load
from kamsim.game.events.contact import MoveMade
from kamsim.game.events.programme import ProgrammeRebuilt
from kamsim.game.events.team import ColleagueSucceeded
from kamsim.game.events.together import JointMoved, PlanSettled
from kamsim.view.joint import STEPS
from kamsim.view.plan import STATUS_CHIPS
from kamsim.view.words.names import age
from kamsim.view.words.team import SKILL_WORDS, TARGET_TITLES, level_word
from tests.view.told import Told

if TYPE_CHECKING:
    from kamsim.view.table import Table
    from tests.view.told import Fault, Pages

NAMED: Final = {"calm": "calm", "tired": "tired", "worn": "worn out"}
"""By word of the rules: how a page says it first."""
WAYS: Final = "|".join(("No plan yet", *(re.escape(chip) for chip, _, _ in STATUS_CHIPS.values())))
"""How a plan may be said to stand."""


# --- the team ----------------------------------------------------------------------------------------------------


def loads(table: Table, pages: Pages) -> Iterator[Fault]:
    """How much of a colleague's hours their customers take: in words, on the bar, and as the rules have it."""
    told, seen = Told("load"), table.seen
    for row, who in enumerate(_colleagues(table)):
        load = float(seen_load(seen)[row, 0])
        hours = float(seen.params.own.colleague_hours[row, 0] * seen.team["ramp"][row, 0])
        leads = bool((seen.team["lead"][:, 0] == row).any())
        for page, text in _of(pages, who):
            for part, of in re.findall(r"customers take (?:at least )?(\d+)% of (\d+) hours", text):
                told.note(f"{who}, hours", page, of)
                told.note(who, page, part)
            for part in re.findall(r"\bload (\d+)%", text):
                told.note(who, page, part)
            if leads != ("customers take" in text):
                yield "load", f"{page}: {who} has customers: {leads}; {text[:200]}"
            if ("at least" in text) != (leads and load >= MOST_LOAD):
                yield "load", f"{page}: {who} carries {load}: {text[:200]}"
        told.note(who, "rules", f"{100 * load:.0f}")
        told.note(f"{who}, hours", "rules", f"{hours:.0f}")
    yield from told.faults()


def strains(table: Table, pages: Pages) -> Iterator[Fault]:
    """How colleagues are, and of when that is; nothing where nobody has looked."""
    told, seen = Told("strain"), table.seen
    for row, who in enumerate(_colleagues(table)):
        when = int(seen.team["strain_at"][row, 0])
        word = NAMED[STRAIN_WORDS[int(seen.team["seen_strain"][row, 0])]] if when >= 0 else "nothing"
        told.note(who, "rules", word)
        told.note(f"{who}, of", "rules", age(seen.quarter, when) if when >= 0 else "never")
        for page, text in _of(pages, who):
            found = re.findall(r"\b(calm|tired|worn out)\b", text, re.IGNORECASE)
            for said in found or ["nothing"]:
                told.note(who, page, said.casefold())
            dated = re.findall(r"(?:Calm|will show|may leave), as seen ([\w ]+)\.", text)
            dated += re.findall(r"(?:Calm|Tired|Worn out), (?!as seen)([\w ]+?) load", text)
            for said in dated or ["never"]:
                told.note(f"{who}, of", page, said)
    yield from told.faults()


def skills(table: Table, pages: Pages) -> Iterator[Fault]:
    """What colleagues are good at: strong, good, weak or fair at each thing."""
    told, seen = Told("skill"), table.seen
    for row, who in enumerate(_colleagues(table)):
        known = int(seen.team["seen_at"][row, 0]) >= 0
        for place, skill in enumerate(SKILLS):
            words = SKILL_WORDS[skill]
            value = level_word(float(seen.team["seen_skill"][place, row, 0])) if known else "nothing"
            told.note(f"{who}, {words}", "rules", value)
            for page, text in _of(pages, who):
                told.note(f"{who}, {words}", page, _level(text, words))
    yield from told.faults()


def _level(text: str, skill: str) -> str:
    """How good a paragraph says that somebody is at something."""
    said = re.search(rf"\b(strong|good|weak) at (?:[^;.]*[ ,])?{re.escape(skill)}\b", text, re.IGNORECASE)
    if said:
        return said[1].casefold()
    return "fair" if re.search(r"\bfair at (?:the rest|everything)", text, re.IGNORECASE) else "nothing"


def leads(table: Table, pages: Pages) -> Iterator[Fault]:
    """Who looks after whom, wherever it is told."""
    told, known = Told("lead"), {}
    for place, account in enumerate(table.seen.params.accounts):
        row = int(table.seen.team["lead"][place, 0])
        known[account] = "you" if row == PLAYER else list(_colleagues(table))[row]
    for account, who in known.items() if table.cast.colleagues else ():
        name = table.cast.account(account)
        told.note(name, "rules", who)
        _, _, listed = pages.get("team", "").partition("Who looks after whom")
        everybody = "|".join(map(re.escape, {"you", *known.values()}))
        for said in re.findall(rf"{re.escape(name)}[:.] ({everybody})\b", listed, re.IGNORECASE):
            told.note(name, "team", next(one for one in {"you", *known.values()} if one.casefold() == said.casefold()))
        text = pages.get(f"account {account}", "")
        said = re.search(r"([^.;:]+) looks after them", text.rpartition("Our side of it")[2] or text)
        if text:
            told.note(
                name, f"account {account}", next((one for one in known.values() if said and one in said[1]), "you")
            )
    for page in ("desk", "portfolio"):
        found = re.findall(rf"({'|'.join(map(re.escape, _colleagues(table)))}) looks after them", pages.get(page, ""))
        led = [known[account] for account in table.accounts if known[account] != "you"]
        if found and found != led:
            yield "lead", f"{page} tells {found}; {led} look after somebody"
    yield from told.faults()


def targets(table: Table, pages: Pages) -> Iterator[Fault]:
    """What colleagues are measured on."""
    text = pages.get("team", "")
    said = re.search(r"measured on(?:: | Choice: )([^.;]+)", text)
    known = TARGET_TITLES[TARGETS[int(table.seen.team["target"][0])]] if table.cast.colleagues else ""
    if said and said[1].casefold() != known.casefold():
        yield "target", f"{said[1]} on the page, {known} by the rules"


def _colleagues(table: Table) -> dict[str, str]:
    """Who is in the team now, by name, with their id; in the order of the rules."""
    return {table.cast.colleague(name): name for name in table.cast.colleagues}


def _of(pages: Pages, who: str) -> Iterator[tuple[str, str]]:
    """The team's page as far as it is about one colleague."""
    text, named = pages.get("team", ""), re.escape(who)
    found = re.search(rf"(?:portrait of {named}|{named}, [\w, -]+\.)(.*?)(?=portrait of|\w+, [A-Z][\w, -]+\. Their|Review the team|"
                      rf"Who looks after whom|[\w'-]+ [\w'-]+, [A-Z][\w, -]+\. \d+ hours|$)", text)  # fmt: skip
    if found:
        yield "team", found[1]


# --- the programme ----------------------------------------------------------------------------------------------


def keys(table: Table, pages: Pages) -> Iterator[Fault]:
    """Which customers are key: the programme, each customer's page, and how many that makes."""
    if not table.has("programme"):
        return
    told, key = Told("key"), table.seen.own["key"][:, 0].astype(bool)
    for place, account in enumerate(table.seen.params.accounts):
        name = table.cast.account(account)
        told.note(name, "rules", bool(key[place]))
        if "programme" in pages:
            told.note(name, "programme", bool(re.search(rf"{re.escape(name)}[:.] Key since", pages["programme"])))
        if pages.get(f"account {account}"):
            told.note(name, f"account {account}", "key customer of ours" in pages[f"account {account}"])
    for page, text in pages.items():
        many = text.count("key customer of ours")
        if page in ("desk", "portfolio") and many and many != int(key.sum()):
            yield "key", f"{page} tells of {many}, {int(key.sum())} are key"
        for said in re.findall(r"(\d+) of our customers (?:is|are) key", text):
            told.note("how many", page, said)
    told.note("how many", "rules", int(key.sum()))
    yield from told.faults()


# --- what is built together ------------------------------------------------------------------------------------


def steps(table: Table, pages: Pages) -> Iterator[Fault]:
    """How far what is built together is, and what of its needs is met: its page, and its customer's."""
    told = Told("joint")
    for row, name in enumerate(table.seen.params.own.joints):
        item, account = table.cast.joints[name], table.cast.home[name]
        phase = int(table.seen.joint.phase[row, 0])
        needs = _needs(table, row, phase)
        told.note(f"{item.name}, needs", "rules", needs)
        told.note(f"{item.name}, step", "rules", _step(table, row, phase))
        page, text = "joint", pages.get("joint", "")
        at = text.partition(item.name)[2]
        at = re.split(
            "|".join(re.escape(one.name) for one in table.cast.joints.values() if one is not item) or "$^", at
        )[0]
        if at:
            counted = tuple(
                len(re.findall(rf"(?:^| )(?<!Choice: ){word}[: ] ?(?=[A-Z])", at)) for word in ("Met", "Not known")
            )
            told.note(f"{item.name}, needs", page, counted)
        for where in ("joint", f"account {account}"):
            about = at if where == "joint" else pages.get(where, "").partition(item.name)[2][:200]
            for met, _, unknown in re.findall(r"(\d) of (\d) met(?:, (\d) not known)?", about):
                told.note(f"{item.name}, needs", where, (int(met), int(unknown or 0)))
            said = (
                re.search(rf"^[:.] (?:.*? )?({'|'.join(STEPS)})(?:, by half)?\.", about) if where != "joint" else None
            )
            if said:
                told.note(f"{item.name}, step", where, said[1])
            running = re.search(r"It is being (designed|built)|It runs since", about)
            if running:
                first = {"designed": STEPS[:1], "built": STEPS[1:2]}.get(running[1] or "", STEPS[2:])
                if _step(table, row, phase) not in first:
                    yield "joint", f"{where}: {running[0]}; by the rules {_step(table, row, phase)}"
    yield from told.faults()


def _step(table: Table, row: int, phase: int) -> str:
    if phase != LIVE:
        return {DESIGN: STEPS[0], DESIGN + 1: STEPS[1]}.get(phase, "none")
    runs = table.quarter - float(table.seen.joint.since[row, 0]) + 1
    return STEPS[3] if runs >= float(table.seen.params.own.joint_ramp[row, 0]) else STEPS[2]


def _needs(table: Table, row: int, phase: int) -> tuple[int, int]:
    """How many needs are met, and how many are not known; none are told while it is built and after."""
    if phase not in (NONE, DESIGN) and not (phase == ENDED and int(table.seen.joint.why[row, 0]) == FAILED):
        return 0, 0
    known = known_enablers(table.seen, row)[:, 0]
    assert len(known) == len(ENABLERS)
    return int(np.nansum(known)), int(np.isnan(known).sum())


# --- plans -------------------------------------------------------------------------------------------------------


def plans(table: Table, pages: Pages) -> Iterator[Fault]:
    """How each customer's plan stands and by when it is due: the list, its own page, the customer's page."""
    if not table.has("plans"):
        return
    told, at = Told("plan"), table.seen.plans
    for row, account in enumerate(table.seen.params.accounts):
        name, status = table.cast.account(account), STATUS[int(at.status[row, 0])]
        known = STATUS_CHIPS[status][0] if status in STATUS_CHIPS else "No plan yet"
        due = table.cast.by(int(at.due[row, 0])) if status == "open" else ""
        told.note(name, "rules", f"{known} {due}")
        for page, title in (("plans", name), (f"account {account}", "Account plan")):
            ways = f"{WAYS}|[^.:]+ until" if page == "plans" else WAYS
            found = re.search(rf"{re.escape(title)}[:.] ({ways})(.*)", pages.get(page, ""))
            if not found and pages.get(page):
                yield "plan", f"{page} does not tell of the plan for {name}: {known} {due}"
            elif found and page == "plans" and due:
                told.note(
                    name, page, f"{known} {due}" if due in found[0].partition(" Choice")[0][:200] else found[0][:120]
                )
            elif found:
                right = found[1] == known and found[2].startswith(f", until the end of {due}" if due else (".", " "))
                told.note(name, page, f"{known} {due}" if right else f"{found[1]}{found[2][:40]}")
        text = pages.get(f"plan {account}", "")
        if text and status == "none" and not ("Not written yet" in text or "No plan yet" in text):
            yield "plan", f"plan {account}: nothing is written, and the page does not say so"
        if text and status != "none" and f"{known}" not in text:
            yield "plan", f"plan {account} does not say {known}"
        if text and status == "open" and f"until the end of {due}" not in text:
            yield "plan", f"plan {account} does not say {due}"
    yield from told.faults()


# --- the log -----------------------------------------------------------------------------------------------------


def logged(table: Table, _pages: Pages) -> Iterator[Fault]:
    """What was decided, as the log tells it, is what the seat sees: who looks after whom, what is key, the target, what is
    built together, plans."""
    seen, params, cast = table.seen, table.seen.params, table.cast
    said = _from_log(table)
    for place, account in enumerate(params.accounts):
        for what, now in (
            (
                "lead",
                params.own.colleagues[int(seen.team["lead"][place, 0])]
                if seen.team["lead"][place, 0] != PLAYER
                else None,
            ),
            ("key", bool(seen.own["key"][place, 0])),
            ("plan", STATUS[int(seen.plans.status[place, 0])]),
        ):
            if (what, account) in said and said[what, account] != now:
                yield "log", f"{what} of {cast.account(account)}: {said[what, account]} in the log, {now} to the seat"
    for row, name in enumerate(params.own.joints):
        now = PHASES[int(seen.joint.phase[row, 0])]
        if said.get(("joint", name), now) != now:
            yield "log", f"{cast.joints[name].name}: {said['joint', name]} in the log, {now} to the seat"
    target = TARGETS[int(seen.team["target"][0])]
    if said.get(("target", ""), target) != target:
        yield "log", f"target: {said['target', '']} in the log, {target} to the seat"


def _from_log(table: Table) -> dict[tuple[str, str], object]:
    """What the events of a session say last of each thing that our own side decides."""
    said: dict[tuple[str, str], object] = {}
    for event in table.session.events:
        if isinstance(event, MoveMade):
            args = event.args
            match event.move:
                case "assign":
                    said["lead", str(args["account"])] = args.get("colleague")
                case "name_key" | "end_key":
                    said["key", str(args["account"])] = event.move == "name_key"
                case "set_target":
                    said["target", ""] = args["target"]
                case "write_plan":
                    said["plan", str(args["account"])] = "open"
                case "start_joint" if event.result == "agreed":
                    said["joint", str(args["joint"])] = "design"
                case "leave_joint":
                    said["joint", str(args["joint"])] = "ended"
        elif isinstance(event, ProgrammeRebuilt):
            said |= {("key", name): False for name in event.ended}
        elif isinstance(event, JointMoved):
            said["joint", event.joint] = event.phase
        elif isinstance(event, PlanSettled):
            said["plan", event.account] = event.status
    return said


def departed(table: Table, pages: Pages) -> Iterator[Fault]:
    """No colleague who is gone is named, but for that they are gone."""
    for event in table.session.events:
        if isinstance(event, ColleagueSucceeded) and event.before not in _colleagues(table):
            for page, text in pages.items():
                for found in re.finditer(re.escape(event.before), text):
                    after = text[found.end() : found.end() + 40]
                    deed = page == "close" and re.match(
                        r"[^.]{0,60}: [+\u2212]€", text[found.end() : found.end() + 120]
                    )
                    if (
                        not after.startswith((" is gone", " has given notice"))
                        and not deed
                        and "went with " not in text[found.start() - 12 : found.start()]
                        and page != "close"
                    ):
                        yield (
                            "departed",
                            f"{event.before} on {page}: {text[max(0, found.start() - 90) : found.end() + 60]}",
                        )


CHECKS: Final = (loads, strains, skills, leads, targets, keys, steps, plans, logged, departed)
