"""The page of a class that drilled: who improved at what, a set side by side, what to talk about; and handouts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from kamsim.debrief.class_report import CLASS_STYLE
from kamsim.debrief.drills import page
from kamsim.debrief.drills.reading import Answered, Trainee
from kamsim.debrief.handouts import STYLE as SHEETS
from kamsim.debrief.report import LEARNING, bdi, section, unbroken
from kamsim.gym.kinds import SKILLS
from kamsim.page import charts, charts_bars, shell
from kamsim.page.charts import Html, grid
from kamsim.view.words.gym import KIND_WORDS, NEXT_TIMES, SKILL_WORDS
from kamsim.view.words.names import counted, listed

CARD: Final = ("One customer of mine where I will do this", "What I will say first", "By (date)")
"""What the card of a handout asks for."""
HARDEST: Final = 3
"""Situations to talk about."""


def class_page(people: Sequence[Trainee], *, notes: Sequence[str] = (), projector: bool = False) -> str:
    """The whole page. With ``projector`` it holds no names, and its type is large."""
    charts.fresh_numbers()
    names = {one.name: _alias(place) if projector else bdi(one.name) for place, one in enumerate(people, 1)}
    count = sum(len(one.answered) for one in people)
    title = f"Drills: {counted(len(people), 'player')}"
    under = f"{counted(count, 'situation')}. Marks are how good an answer was, luck apart, 0 to 100."
    head = f"<header><h1>{shell.text(title)}</h1>{shell.paragraph(under, 'under')}</header>\n"
    parts = [
        section("improved", "Who improved at what", _improved(people, names)),
        section("skills", "Where the class stands", _skills(people)),
        section("set", "The same situations", _set(people, names)),
        section("talk", "To talk about", _talk(people)),
        section("ranges", "Ranges", _ranges(people, names)),
    ]
    if notes and not projector:
        parts.append(section("files", "About the files", "".join(map(shell.paragraph, notes))))
    body = f"{head}<main>{''.join(parts)}</main>\n<footer><p>{shell.text(LEARNING)}</p></footer>"
    return unbroken(shell.document(title, body, style=CLASS_STYLE, role="projector" if projector else ""))


def _alias(place: int) -> Html:
    return Html(f"Player {place}")


def _improved(people: Sequence[Trainee], names: dict[str, Html]) -> str:
    """Everybody with what got better, what did not, and what is weakest."""
    rows: list[list[object]] = []
    for one in people:
        changes = one.changes()
        better = [page.change_said(change) for change in changes if change.gain > page.GAINED]
        worse = [page.change_said(change) for change in changes if change.gain < -page.GAINED]
        weakest = one.weakest()
        rows.append([
            names[one.name], str(len(one.answered)), f"{one.part * 100:.0f}%", listed(better) or "nothing yet",
            listed(worse) or "nothing", SKILL_WORDS[weakest[0][0]][0] if weakest else "",
        ])  # fmt: skip
    heads = ["Player", "Situations", "Of what the facts bear", "Better than at first", "Not as good", "Weakest"]
    return grid("Who improved at what", heads, rows)


def _skills(people: Sequence[Trainee]) -> str:
    """How well the class met each skill, the weakest first."""
    found = []
    for skill in SKILLS:
        met = [value for one in people for value in one.met(skill)]
        if met:
            found.append((SKILL_WORDS[skill][0], 100.0 * sum(met) / len(met), ""))
    if not found:
        return shell.paragraph("No situation has shown a skill yet.")
    rows = sorted(found, key=lambda row: row[1])
    said = "How well each was met by all together, of what the facts let it be met; the weakest first."
    return charts_bars.bars("Skills of the class", said, rows, lambda value: f"{value:.0f}%")


def sets(people: Sequence[Trainee]) -> dict[int, dict[int, dict[str, Answered]]]:
    """By seed of a set and number of a drill: who answered it, and how; sets of at least two people alone."""
    found: dict[int, dict[int, dict[str, Answered]]] = defaultdict(lambda: defaultdict(dict))
    for one in people:
        for item in one.answered:
            if item.log.begun.fixed:
                found[item.log.begun.seed][item.drill.number].setdefault(one.name, item)
    return {
        seed: dict(sorted(drills.items()))
        for seed, drills in sorted(found.items())
        if len({name for answers in drills.values() for name in answers}) > 1
    }


def _set(people: Sequence[Trainee], names: dict[str, Html]) -> str:
    """Every set side by side."""
    made = ""
    for seed, drills in sets(people).items():
        who = [one.name for one in people if any(one.name in answers for answers in drills.values())]
        rows: list[list[object]] = []
        for number, answers in drills.items():
            some = next(iter(answers.values()))
            marks = [f"{answers[name].told.mark:.0f}" if name in answers else "" for name in who]
            rows.append([f"{number}. {KIND_WORDS[some.drill.kind]}", some.customer, f"{some.told.borne:.0f}", *marks])
        heads: list[object] = ["Situation", "Customer", "Facts", *(names[name] for name in who)]
        made += grid(f"The set of seed {seed}", heads, rows)
    return made or shell.paragraph(
        "Nobody drilled the same set. Give everybody one by its seed: kamsim drill --seed 7 --count 10."
    )


def _talk(people: Sequence[Trainee]) -> str:
    """The situations that took most from what the facts would have borne, and what would have helped."""
    by_drill: dict[tuple[int, int], list[Answered]] = defaultdict(list)
    same = [item for drills in sets(people).values() for answers in drills.values() for item in answers.values()]
    for item in same or [item for one in people for item in one.answered]:
        by_drill[item.log.begun.seed, item.drill.number].append(item)
    order = sorted(by_drill.values(), key=_lost, reverse=True)[:HARDEST]
    lines = []
    for items in order:
        some = items[0]
        skills = [item.told.next_time for item in items]
        most = max(set(skills), key=skills.count)
        lines.append(
            f"{KIND_WORDS[some.drill.kind]}, {some.customer}: {_lost(items):.0f} points below what the facts would "
            f"have borne. What would you have had to know, and from whom? {NEXT_TIMES[most]}"
        )
    return "<ul>" + "".join(f"<li>{shell.text(line)}</li>" for line in lines) + "</ul>"


def _lost(items: Sequence[Answered]) -> float:
    """Points below what the facts would have borne, on average."""
    return sum(item.told.borne - item.told.mark for item in items) / len(items)


def _ranges(people: Sequence[Trainee], names: dict[str, Html]) -> str:
    """How often everybody's ranges held."""
    rows: list[list[object]] = []
    for one in people:
        held, named = one.ranges
        rows.append([names[one.name], str(named), f"{held / named * 100:.0f}%" if named else ""])
    return shell.paragraph("A range should hold eight times in ten.") + grid(
        "Ranges", ["Player", "Named", "Held"], rows
    )


# --- handouts -----------------------------------------------------------------------------------------------------


def handouts_page(people: Sequence[Trainee]) -> str:
    """A sheet of A4 for everybody, to print."""
    charts.fresh_numbers()
    head = (
        f'<header class="cover"><h1>Handouts: {counted(len(people), "player")}</h1><p class="under">Print this page: '
        "a sheet of A4 each.</p></header>\n"
    )
    sheets = "".join(_sheet(place, one) for place, one in enumerate(people, 1))
    return unbroken(shell.document("Handouts", f"{head}<main>{sheets}</main>", style=charts.STYLE + SHEETS))


def _sheet(place: int, one: Trainee) -> str:
    weakest = [name for name, _ in one.weakest()[:2]]
    strongest = [SKILL_WORDS[name][0] for name, _ in one.weakest()[-2:]]
    practise = "".join(f"<li>{shell.text(f'{SKILL_WORDS[name][0]}. {NEXT_TIMES[name]}')}</li>" for name in weakest)
    rules = "".join(f'<div class="rule">{shell.text(prompt)}</div><div class="rule"></div>' for prompt in CARD)
    return (
        f'<article class="sheet" aria-labelledby="drill{place}"><h2 id="drill{place}">{bdi(one.name)}</h2>'
        f"{shell.paragraph(page.summary(one), 'under')}{page.marks(one)}"
        f"{shell.heading('Strong', 3)}{shell.paragraph(listed(strongest) or 'Nothing stands out.')}"
        f"{shell.heading('To practise', 3)}<ul>{practise}</ul>"
        f"{''.join(map(shell.paragraph, page.change_lines(one)))}"
        f'<div class="write">{shell.heading("Monday card", 3)}{rules}</div>'
        f"<footer>{shell.text(LEARNING)}</footer></article>\n"
    )
