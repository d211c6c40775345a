"""The parts of a player's page about people and time: cases, ranges, hours, signals, the card for Monday."""

from __future__ import annotations

from collections.abc import Sequence

from kamsim.debrief import casebook, forces, signals, story
from kamsim.debrief.record import Play
from kamsim.page import charts_bars, shell
from kamsim.page.charts import grid
from kamsim.view.words.names import counted, percent

OUTCOME_WORDS = {
    "approved": "yes",
    "conditional": "\N{LEFT DOUBLE QUOTATION MARK}yes, if\N{RIGHT DOUBLE QUOTATION MARK}",
    "returned": "sent back",
    "rejected": "no",
    "delayed": "not yet",
    "stopped": "stopped at the gate",
    "lapsed": "lapsed",
}


def cases_part(play: Play) -> str:
    """Each case: score by criterion and reader, what was said, claim against actual with its split."""
    answers, promises = casebook.answers(play), casebook.promises(play)
    if not answers:
        return shell.paragraph("No business case was put before anybody.")
    counts = {word: sum(answer.outcome == name for answer in answers) for name, word in OUTCOME_WORDS.items()}
    said = ", ".join(f"{number} {word}" for word, number in counts.items() if number)
    parts = [shell.paragraph(f"{counted(len(answers), 'answer')}: {said}. Criteria and readers are scored 0 to 100.")]
    lost: dict[str, float] = {}
    for answer in answers:
        for name, _, points in answer.criteria:
            lost[name] = lost.get(name, 0.0) + points / len(answers)
    worst = sorted(lost.items(), key=lambda item: -item[1])[:3]
    told = ", ".join(f"{name} ({points:.1f})" for name, points in worst if points >= 0.05)
    if told:
        parts.append(shell.paragraph(f"Points lost per case, on average: most on {told}."))
    names = [name for name, _, _ in answers[0].criteria]
    rows = []
    for number, answer in enumerate(answers, start=1):
        scores = {name: score for name, score, _ in answer.criteria}
        rows.append([
            f"{number}. {_who(play, answer.account, answer.audience)}, {play.cast.quarter(answer.quarter)}",
            OUTCOME_WORDS.get(answer.outcome, answer.outcome), *(f"{scores.get(name, 0.0):.0f}" for name in names),
        ])  # fmt: skip
    parts.append(grid("Every answer, by criterion", ["Case", "Answer", *names], rows, role="tight"))
    for number, answer in enumerate(answers, start=1):
        readers = ", ".join(f"{name} {score:.0f}" for name, score in answer.readers)
        parts.append(
            f'<section class="case">{shell.heading(f"{number}. {answer.head}", 3)}'
            f"{shell.paragraph(f'{play.cast.quarter(answer.quarter)}. {answer.ask}', 'under')}"
            + "".join(f"<blockquote>{shell.paragraph(line)}</blockquote>" for line in answer.said[:1])
            + "".join(shell.paragraph(line) for line in answer.said[1:])
            + shell.paragraph(f"Readers: {readers}.")
            + "</section>"
        )
    if promises:
        parts.append(shell.heading("Claim against actual", 3))
        rows = []
        for promise in promises:
            actual = "not measured" if promise.actual is None else play.cast.money(promise.actual)
            rows.append([
                f"{_who(play, promise.account, promise.audience)}, due {play.cast.quarter(promise.due)}",
                casebook.plain_metric(promise.metric), play.cast.money(promise.value),
                f"{play.cast.money(promise.low)} to {play.cast.money(promise.high)}", actual,
            ])  # fmt: skip
        parts.append(grid("Promises", ["To whom", "Measure", "Claim", "Range", "Came to"], rows))
        for promise in promises:
            parts += [shell.paragraph(line) for line in promise.said if line.startswith("Beside")]
    return "".join(parts)


def _who(play: Play, account: str, audience: str) -> str:
    name = play.cast.account(account)
    return f"our own desk, {name}" if audience == "desk" else name


def ranges_part(play: Play) -> str:
    """Range calibration."""
    ranges = story.stated_ranges(play)
    said = story.calibration_line(ranges)
    if not ranges:
        return shell.paragraph(said + " A forecast without a range cannot be wrong, and cannot be planned with.")
    rows = [(one.name, one.low, one.high, one.middle, one.actual) for one in ranges]
    return charts_bars.ranges("What you said, and what came", said, rows, play.cast.money)


def guesses_part(play: Play) -> str:
    """Guesses against truth."""
    return grid("Guesses", ["Question", "You said", "It was"], story.guess_rows(play), role="words")


def hours_part(play: Play) -> str:
    """Time by account and activity, beside what each account earned."""
    spent = story.hours(play)
    total = sum(sum(kinds.values()) for kinds in spent.values()) or 1.0
    profit = play.profit.sum(axis=0)
    earned = float(profit.sum()) or 1.0
    rows = [(play.cast.account(name), list(kinds.values())) for name, kinds in spent.items()]
    shares = []
    for row, (name, kinds) in enumerate(spent.items()):
        part = sum(kinds.values()) / total
        shares.append((part - float(profit[row]) / earned, name, part, float(profit[row]) / earned))
    most, least = max(shares), min(shares)
    said = (
        f"{play.cast.account(most[1])} took {percent(most[2])} of the hours and brought {percent(most[3])} of the "
        f"profit; {play.cast.account(least[1])} took {percent(least[2])} and brought {percent(least[3])}."
    )
    chart = charts_bars.stacked("Hours by account and activity", said, rows, list(story.ACTIVITIES), _hours)
    thought = sum(play.thought.values())
    if thought >= 60:
        slow = max(play.thought.items(), key=lambda item: item[1])
        name = play.by_number[slow[0]].move.replace("_", " ") if slow[0] in play.by_number else "a move"
        chart += shell.paragraph(
            f"Thinking time: {thought / 60:.0f} minutes over {counted(len(play.thought), 'move')}; the longest, "
            f"{slow[1] / 60:.1f} minutes, before move {slow[0]} ({name})."
        )
    return chart


def _hours(value: float) -> str:
    return f"{value:,.0f} h"


def signals_part(play: Play) -> str:
    """Signals missed, and initiatives that were missed or caught, with what pushed them."""
    lines = signals.unanswered(play)
    parts = [
        _list(lines) if lines else shell.paragraph("Every warning, turn and request that reached you was answered.")
    ]
    caught, missed = forces.initiatives_told(play)
    for title, told in (("What pushed their initiatives, missed", missed), ("What pushed them, answered", caught)):
        if told:
            inner = "".join(f"<p><strong>{shell.text(one.head)}.</strong></p>{_list(one.said)}" for one in told)
            parts += [shell.heading(title, 3), inner]
    return "".join(parts)


def _list(lines: Sequence[str]) -> str:
    return "<ul>" + "".join(f"<li>{shell.text(line)}</li>" for line in lines) + "</ul>"


def monday_card() -> str:
    """The card for the player's own account, to be filled in by hand."""
    rows = (
        "My account",
        "Fact 1, and how old it is",
        "Fact 2, and how old it is",
        "Fact 3, and how old it is",
        "One executive to reach, and by which insight",
        "One case to re-cut, and what changes on the page",
        "By (date)",
    )
    inner = "".join(f"<dt>{shell.text(row)}</dt><dd class='blank'>&nbsp;</dd>" for row in rows)
    return f'<dl class="card">{inner}</dl>'
