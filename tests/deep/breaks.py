"""Fifty deliberate breaks: one line of the code made wrong, and the tests that must notice.

Each names the rule that it breaks, and where the line stands in two layouts of the package: the old one, in which words
lay in ``game/wording_*.py``, and today's. So the same fifty show that a move of the house took no proof away.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

LAYOUTS: Final = ("old", "new")
OLD_TESTS: Final = {
    "tests/view/test_words.py": "tests/game/test_wording.py",
    "tests/view/test_case_words.py": "tests/game/test_wording_cases.py",
}
"""By file of tests: where it lay in the old layout."""


@dataclass(frozen=True)
class Line:
    """A line of the package: its file, a text that stands there exactly once, and what that becomes."""

    file: str
    text: str
    broken: str


@dataclass(frozen=True)
class Break:
    """One deliberate break. ``caught_by``: tests of today's layout, each of which fails."""

    name: str
    rule: str
    new: Line
    caught_by: tuple[str, ...]
    old: Line | None = None
    """Where it stood in the old layout; None where nothing moved or changed."""

    def line(self, layout: str) -> Line:
        """The line in a layout."""
        return self.old if layout == "old" and self.old is not None else self.new

    def tests(self, layout: str) -> list[str]:
        """The tests in a layout."""
        if layout == "new":
            return list(self.caught_by)
        made = []
        for test in self.caught_by:
            file, mark, name = test.partition("::")
            made.append(f"{OLD_TESTS.get(file, file)}{mark}{name}")
        return made


def moved(old: str, new: str, text: str, broken: str) -> dict[str, Line]:
    """A line that only moved to another file."""
    return {"old": Line(old, text, broken), "new": Line(new, text, broken)}


ENGINE: Final = (
    Break(
        "a rebate on the list price",
        "a rebate is paid on what was invoiced",
        Line(
            "engine/ledger.py",
            "np.multiply(invoiced, -now.rebate, out=off_invoice)",
            "np.multiply(list_sales, -now.rebate, out=off_invoice)",
        ),
        ("tests/engine/test_accounting.py", "tests/engine/test_oracle.py"),
    ),
    Break(
        "capital by the month",
        "the cost of capital is a year's, and days to pay are out of ninety",
        Line("engine/ledger.py", "(-params.cost_of_capital / 4.0 / 90.0)", "(-params.cost_of_capital / 4.0 / 30.0)"),
        ("tests/engine/test_accounting.py", "tests/engine/test_oracle.py"),
    ),
    Break(
        "a pool earns by overtime",
        "work beyond a pool's capacity earns the company nothing",
        Line("engine/ledger.py", "unused += np.minimum(0.0, idle)", "unused += idle"),
        ("tests/engine/test_accounting.py", "tests/engine/test_oracle.py"),
    ),
    Break(
        "no aversion to loss",
        "a price above the expected one weighs twice",
        Line("engine/market.py", "LOSS_AVERSION: Final = 2.0", "LOSS_AVERSION: Final = 1.0"),
        ("tests/engine/test_calibration.py", "tests/engine/test_oracle.py"),
    ),
    Break(
        "expected prices rise at once",
        "the expected price is quick to fall and slow to rise",
        Line(
            "engine/market.py",
            "(DEARER_SLOWLY - CHEAPER_SOON) * np.minimum(gap, 0.0)",
            "(DEARER_SLOWLY - CHEAPER_SOON) * np.maximum(gap, 0.0)",
        ),
        ("tests/engine/test_calibration.py", "tests/engine/test_oracle.py"),
    ),
    Break(
        "a contract slows gains",
        "while Terms run, losses are slow and gains are not",
        Line(
            "engine/market.py",
            "pace * np.where(target < before, loss_pace, 1.0)",
            "pace * np.where(target > before, loss_pace, 1.0)",
        ),
        ("tests/engine/test_calibration.py", "tests/engine/test_oracle.py", "tests/engine/test_dealing.py"),
    ),
    Break(
        "an incident put right costs trust",
        "trust is lost by what was not put right",
        Line(
            "engine/relations.py",
            "damage = np.where(open_, world.dealings.severity * (1.0 - world.dealings.recovery), 0.0)",
            "damage = np.where(open_, world.dealings.severity * world.dealings.recovery, 0.0)",
        ),
        ("tests/engine/test_monotone.py", "tests/engine/test_surroundings.py", "tests/engine/test_dealing.py"),
    ),
    Break(
        "a handover keeps the whole tie",
        "a warm handover passes on half of a tie",
        Line(
            "engine/people.py",
            "np.where(handed, HANDED * at.tie[rows, lanes], 0.0)",
            "np.where(handed, at.tie[rows, lanes], 0.0)",
        ),
        ("tests/engine/test_people.py",),
    ),
    Break(
        "a recession pushes the other way",
        "an initiative's force in a recession is added to what pushes it",
        Line("engine/initiatives.py", "pressure += truth.force_in_recession", "pressure -= truth.force_in_recession"),
        ("tests/engine/test_surroundings.py", "tests/engine/test_knowing.py"),
    ),
    Break(
        "a fact is old when heard",
        "a fact is as old as the quarters since it was heard",
        Line(
            "engine/knowledge.py",
            "    known.seen_at[rows_heard, where] = world.quarter\n    known.source[rows_heard, where] = source",
            "    known.seen_at[rows_heard, where] = world.quarter - 1\n    known.source[rows_heard, where] = source",
        ),
        ("tests/engine/test_knowing.py", "tests/engine/test_leak.py"),
    ),
    Break(
        "the true cost is seen without a review",
        "cost to serve is an equal share of sales until the account was reviewed",
        Line(
            "engine/sight.py",
            "cost = np.where(world.knowledge.reviewed, ledger.cost_to_serve, ledger.average_cost)",
            "cost = np.where(world.knowledge.reviewed, ledger.cost_to_serve, ledger.cost_to_serve)",
        ),
        ("tests/engine/test_leak.py", "tests/engine/test_knowing.py"),
    ),
    Break(
        "the same luck every quarter",
        "a draw's address has its quarter",
        Line(
            "engine/luck.py",
            "return np.uint64((entity_key(stream) + quarter * _GOLD) & _MASK)",
            "return np.uint64((entity_key(stream) + 0 * quarter * _GOLD) & _MASK)",
        ),
        ("tests/engine/test_luck.py",),
    ),
    Break(
        "concessions make them greedy",
        "what they want falls with a concession that was given for one",
        Line(
            "engine/talks.py",
            "truth.talk_aspiration[row] - RECIPROCATED *",
            "truth.talk_aspiration[row] + RECIPROCATED *",
        ),
        ("tests/engine/test_talks.py",),
    ),
    Break(
        "a commitment is not on top",
        "a signed case commits a share on top of today's",
        Line(
            "engine/cases.py",
            "promised = np.minimum(0.95, market.share[cell, lanes] + added)",
            "promised = np.minimum(0.95, added)",
        ),
        ("tests/engine/test_case_life.py",),
    ),
    Break(
        "wavering costs little",
        "each change of mind costs five points of confidence",
        Line("engine/judgement.py", "WAVERING: Final = 0.05", "WAVERING: Final = 0.01"),
        ("tests/engine/test_case_judgement.py",),
    ),
    Break(
        "a stale page is as good",
        "a page written for another state of its initiative counts half",
        Line(
            "engine/judgement.py",
            "np.where((written >= 0) & (written != state), factor * YESTERDAY, factor)",
            "np.where((written >= 0) & (written != state), factor, factor)",
        ),
        ("tests/engine/test_case_judgement.py",),
    ),
    Break(
        "a missed claim is forgiven",
        "a shortfall of half the claim is a miss",
        Line("engine/promises.py", "np.minimum(1.0, np.abs(off) / 0.5)", "np.minimum(1.0, np.abs(off) / 5.0)"),
        ("tests/engine/test_case_oracle.py",),
    ),
    Break(
        "a quarter is discounted as a year",
        "flows by quarter are discounted at a yearly rate",
        Line(
            "engine/appraisal.py",
            "np.exp(-quarters / 4.0 * np.log1p(rate))",
            "np.exp(-quarters * np.log1p(rate))",
        ),
        ("tests/engine/test_case_oracle.py",),
    ),
    Break(
        "what was agreed may be taken back",
        "a discount that the customer was promised is not lowered by our word alone",
        Line(
            "engine/moves/prices.py",
            "dear = dear | (value < seen.agreed[cell] - 1e-9)",
            "dear = dear & (value < seen.agreed[cell] - 1e-9)",
        ),
        ("tests/engine/test_dealing.py", "tests/engine/test_legality.py"),
    ),
    Break(
        "an idea of ours does not help",
        "a rival's idea lands half as well where we were there first",
        Line(
            "engine/rivals.py",
            "np.where(relations.pitched >= quarter - 1, FIRST_THERE, 1.0)",
            "np.where(relations.pitched >= quarter - 1, 1.0, 1.0)",
        ),
        ("tests/engine/test_surroundings.py",),
    ),
)

GAME: Final = (
    Break(
        "undone moves are still told",
        "a move that was taken back never happened, and nor did what it told",
        Line(
            "game/session.py",
            "self.events = [event for event in self.events if id(event) not in gone]",
            "self.events = [event for event in self.events if id(event) in gone or event]",
        ),
        ("tests/game/test_session.py",),
    ),
    Break(
        "a changed line passes",
        "each line's hash binds it to the one before",
        Line(
            "game/records.py",
            "return found if hashlib.sha256(previous.encode() + body).hexdigest() == found else None",
            "return found if hashlib.sha256(previous.encode() + body).hexdigest() else None",
        ),
        ("tests/game/test_log.py",),
    ),
    Break(
        "a line after the end",
        "nothing stands after a session's end",
        Line("game/log.py", 'before[-1].kind == "finished"', 'before[-1].kind == "ended"'),
        ("tests/game/test_log.py",),
    ),
    Break(
        "a lapsed request is not told",
        "a request that fell due unanswered is told at the close",
        Line(
            "game/closing.py",
            'events.append(told("lapsed", request=params.requests[row]))',
            'told("lapsed", request=params.requests[row])',
        ),
        ("tests/game/test_events.py",),
    ),
    Break(
        "luck has no part in a gap",
        "the first part of a gap is what falls away as luck is replaced by its middle",
        Line("game/gap.py", "neutral(STREAMS) if taken >= 1 else", "neutral(STREAMS) if taken >= 2 else"),
        ("tests/game/test_casework.py",),
    ),
    Break(
        "no score at the end",
        "with the planned last quarter comes the score",
        Line("game/session.py", "if ledger.quarter == self.quarters:", "if ledger.quarter > self.quarters:"),
        ("tests/game/test_session.py",),
    ),
    Break(
        "forged figures are near enough",
        "a replay compares states within 1e-9",
        Line("game/books.py", "NEAR: Final = 1e-9", "NEAR: Final = 1e-1"),
        ("tests/game/test_log.py",),
    ),
    Break(
        "why profit moved shows the true cost",
        "booked cost is an equal share of sales until an account was reviewed",
        Line(
            "game/closing.py",
            "cost: Lanes = np.where(reviewed, ledger.cost_to_serve, ledger.average_cost)",
            "cost: Lanes = np.where(reviewed, ledger.cost_to_serve, ledger.cost_to_serve)",
        ),
        ("tests/game/test_events.py",),
    ),
)

VIEW: Final = (
    Break(
        "a force the other way",
        "a force above none pushes an initiative forward",
        **moved(
            "game/wording_facts.py",
            "view/words/facts.py",
            'return "is being pushed forward" if value > 0 else "is being held back"',
            'return "is being pushed forward" if value < 0 else "is being held back"',
        ),
        caught_by=("tests/view/test_words.py",),
    ),
    Break(
        "a stance in the wrong words",
        "who stands far below none is against us",
        **moved("game/wording_basis.py", "view/case/basis.py", '((-0.05, "against")', '((-0.95, "against")'),
        caught_by=("tests/view/test_case_words.py",),
    ),
    Break(
        "what nobody is charged for is added",
        "what no account was charged is the company's whole less what accounts were",
        **moved(
            "game/figures.py",
            "view/books.py",
            '"unallocated": float(chronicle.last["total"]) - booked',
            '"unallocated": float(chronicle.last["total"]) + booked',
        ),
        caught_by=("tests/desktop",),
    ),
    Break(
        "a loss in the words of a gain",
        "a cause that took from profit is told as one",
        **moved(
            "game/wording_books.py", "view/words/books.py", "{words[cause][value < 0]}", "{words[cause][value > 0]}"
        ),
        caught_by=("tests/view/test_words.py",),
    ),
    Break(
        "a refusal for another reason",
        "signed terms are named as what stands in the way, with their end",
        **moved(
            "game/wording_moves.py",
            "view/words/moves.py",
            "Refusal.UNDER_CONTRACT: _under_contract,",
            "Refusal.UNDER_CONTRACT: _below_agreed,",
        ),
        caught_by=("tests/view/test_words.py",),
    ),
    Break(
        "above a range is called below",
        "a promise that came to more than its range is said to lie above it",
        **moved(
            "game/wording_promises.py",
            "view/words/promises.py",
            'if data["actual"] > data["high"] else ", below your range"',
            'if data["actual"] < data["high"] else ", below your range"',
        ),
        caught_by=("tests/view/test_case_words.py",),
    ),
    Break(
        "break-even on the old margin",
        "a cut c out of a margin m needs c / (m - c) more volume",
        **moved(
            "game/wording_prices.py",
            "view/words/prices.py",
            "return given / left if left > 1e-9 else None",
            "return given / margin if left > 1e-9 else None",
        ),
        caught_by=("tests/view/test_words.py",),
    ),
    Break(
        "any page waits for the player",
        "only a conditional answer waits for the player",
        **moved(
            "game/open_cases.py",
            "view/open_cases.py",
            "return [item for item in all_lying(seen) if item.conditional]",
            "return [item for item in all_lying(seen) if item]",
        ),
        caught_by=("tests/terminal/test_cases.py",),
    ),
    Break(
        "due this quarter is due later",
        "an answer that is due in this quarter is wanted this quarter",
        **moved(
            "game/wording_waiting.py",
            "view/words/waiting.py",
            'return "this quarter" if due <= quarter else',
            'return "this quarter" if due < quarter else',
        ),
        caught_by=("tests/terminal", "tests/desktop"),
    ),
    Break(
        "a dilemma among the news",
        "the quarter's dilemma stands alone, first",
        **moved("game/wording_news.py", "view/words/news.py", 'return "dilemma"', 'return "news"'),
        caught_by=("tests/view/test_words.py", "tests/terminal", "tests/desktop"),
    ),
)

DEBRIEF: Final = (
    Break(
        "amounts ten times too large",
        "money in oTree's files is in whole currency with two decimals",
        Line("debrief/exports/otree.py", "Decimal(cents).scaleb(-2)", "Decimal(cents).scaleb(-1)"),
        ("tests/debrief/test_exports.py",),
    ),
    Break(
        "a name becomes a formula",
        "a text that begins like a formula has an apostrophe before it",
        Line("debrief/exports/sink.py", 'RISKY: Final = ("=", "+",', 'RISKY: Final = ("+", "+",'),
        ("tests/debrief/test_exports.py",),
    ),
    Break(
        "a level begins after the last",
        "what is begun in xAPI is a quarter of the session",
        Line(
            "debrief/exports/xapi.py",
            "if line.quarter < self.log.header.quarters:",
            "if line.quarter < self.log.header.quarters + 1:",
        ),
        ("tests/debrief/test_exports.py",),
    ),
    Break(
        "shares do not add up",
        "shares sum to the cent to what all come to beyond none",
        Line("debrief/shares.py", "for step in range(abs(left)):", "for step in range(0 * abs(left)):"),
        ("tests/debrief/test_attribution.py",),
    ),
    Break(
        "a member keeps their name",
        "pseudonyms stand for the names of a team's members in any text",
        Line(
            "debrief/pseudonyms.py",
            "_learn(words, member, members[-1])",
            "_learn(words, member, member)",
        ),
        ("tests/debrief/test_exports.py",),
    ),
    Break(
        "two occasions are evidence",
        "a behaviour is rated from three occasions on",
        Line("debrief/competencies.py", "LEAST: Final = 3", "LEAST: Final = 2"),
        ("tests/debrief/test_competencies.py",),
    ),
)

FACES: Final = (
    Break(
        "less than nothing is more",
        "a number with a minus is below none",
        Line(
            "terminal/numbers.py",
            'sign = -1.0 if found[1] and found[1] != "+" else 1.0',
            'sign = 1.0 if found[1] and found[1] != "+" else 1.0',
        ),
        ("tests/terminal/test_play.py",),
        Line(
            "terminal/talk.py",
            'return -value if found[1] in ("-", "\\u2212") else value',
            'return value if found[1] in ("-", "\\u2212") else value',
        ),
    ),
    Break(
        "the choice above",
        "a number picks the choice that bears it",
        Line("terminal/talk.py", "return choices[number - 1] if 1 <=", "return choices[number - 2] if 1 <="),
        ("tests/terminal/test_play.py",),
    ),
    Break(
        "a letter too faint to read",
        "text has a contrast of at least 4.5 in every theme",
        Line("desktop/kit/theme.py", '"ink3": "#566580"', '"ink3": "#A6B5D0"'),
        ("tests/desktop/test_theme.py",),
    ),
    Break(
        "the clock runs while it is paused",
        "a moment's clock stands still while it is paused",
        Line(
            "desktop/softclock.py",
            "self._rested += self._clock() - self._paused_at",
            "self._rested += 0.0 * self._paused_at",
        ),
        ("tests/desktop/test_spot.py",),
    ),
    Break(
        "a request may wait for ever",
        "a request falls due two quarters after its own at most",
        Line("scenario/crosscheck_customer.py", "LONGEST_DEADLINE = 2", "LONGEST_DEADLINE = 20"),
        ("tests/scenario/test_lint.py",),
        Line("scenario/crosscheck.py", "LONGEST_DEADLINE = 2", "LONGEST_DEADLINE = 20"),
    ),
    Break(
        "aliases are not counted",
        "what an alias stands for counts against what a scenario may hold",
        Line("scenario/yaml_text.py", "self.spend(node.size, place)", "self.spend(1, place)"),
        ("tests/scenario/test_reader.py",),
    ),
)

BREAKS: Final = (*ENGINE, *GAME, *VIEW, *DEBRIEF, *FACES)
