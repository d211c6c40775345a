"""Negotiations in words: what is on the table, what each issue costs us and is worth to them, what was said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kamsim.engine.moves import MOVES, page_of, said
from kamsim.engine.talks import EXCLUSIVE_REBATE, believed_books, levels, our_worth
from kamsim.engine.terms import DAYS, ISSUES, MOST_ROUNDS
from kamsim.view.words.facts import ISSUE_NAMES
from kamsim.view.words.names import Cast, counted, listed, percent, points, quoted

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen

Args = Mapping[str, Any]
ISSUE_HELP: Final = {
    "price": "Off list, on every line, for good.",
    "commitment": "More of what they buy, promised to us. Little of it comes by itself, more while what "
    "they signed for is in full swing, and the plant must have room. The figure is for what they are likely to buy.",
    "length": "How long it all holds. No price goes up before.",
    "service": "Their orders go first. It costs rush work, and everybody else waits a little longer.",
    "days": "When they pay.",
    "exclusive": "They buy that line from us, with a second source for emergencies. Rivals' offers do not reach it.",
    "data": "They show us their plans each quarter: what they buy, and how their initiatives stand.",
    "help": "Hours of your team, every quarter, to put things to work at their place.",
}
"""By issue: what it means."""
NOTHING_OF: Final = {
    "price": "as it is", "commitment": "no promise", "service": "as for all", "exclusive": "no", "data": "no",
    "help": "none",
}  # fmt: skip
"""By issue: how it is said that nothing of it is on the table."""
OUR_SIDE, THEIR_SIDE, LEVER = "For us, a year", "For them, a year", "On the table"
NOT_YET: Final = (
    "Not yet. I would rather talk about this: {issue}.",
    "It's still the same that is missing: {issue}.",
    "You moved something else. I had said: {issue}.",
    "Once more: {issue}.",
)
"""What is said to a proposal that lacks something, the first time and again."""
UNKNOWN: Final = "not known: ask"
ASK, PROPOSE, LEAVE = "Ask", "Propose", "Leave the table"
LAST_TIME: Final = "they named this"
FIRST_QUESTION: Final = "The first question also brings out what matters most to them."
YEARS: Final = 4


def today(seen: Seen, talk: str) -> dict[str, Any]:
    """The proposal that would change nothing but sign for a year."""
    row = seen.params.talks.index(talk)
    days = float(seen.days[seen.params.talk_account[row], 0])
    nearest = min(DAYS, key=lambda value: abs(value - days))
    return {"price": 0.0, "commitment": 0.0, "length": 4, "service": "none", "days": nearest, "exclusive": "no",
            "data": "no", "help": 0}  # fmt: skip


def last_proposal(seen: Seen, talk: str) -> dict[str, Any]:
    """What a new proposal starts from: the last one, or what holds today."""
    if not begun(seen, talk):
        return today(seen, talk)
    return said(seen.talk_page[:, seen.params.talks.index(talk), 0])


def told(seen: Seen, talk: str, issue: str) -> bool:
    """Whether they have said what an issue is worth to them."""
    row = seen.params.talks.index(talk)
    return bool(seen.known("worth", row * len(ISSUES) + ISSUES.index(issue))[1][0] >= 0)


def level(issue: str, value: Any) -> str:
    """One issue of a proposal, in a few words."""
    if value in (0, 0.0, "no", "none"):
        return NOTHING_OF[issue]
    words: dict[str, Callable[[], str]] = {
        "price": lambda: f"{points(value)} off",
        "commitment": lambda: f"{percent(value)} more with us",
        "length": lambda: counted(int(value) // YEARS, "year"),
        "service": lambda: "first in our plan",
        "days": lambda: f"{int(value)} days",
        "exclusive": lambda: "yes",
        "data": lambda: "shared with us",
        "help": lambda: f"{int(value)} hours a quarter",
    }
    return words[issue]()


def line_name(cast: Cast, talk: str) -> str:
    """The line that they might buy from us alone."""
    return cast.line(cast.talks[talk].line or cast.accounts[cast.home[talk]].business[0].line)


def running(cast: Cast, seen: Seen, account: str) -> list[str]:
    """What was agreed at a table and has no other place on an account's page."""
    row, params = seen.params.accounts.index(account), seen.params
    alone = [cell for cell in params.account_cells[row] if seen.exclusive_until[cell, 0] >= seen.quarter]
    made = []
    for line in dict.fromkeys(params.cells[cell][2] for cell in alone):
        end = max(int(seen.exclusive_until[cell, 0]) for cell in alone if params.cells[cell][2] == line)
        made.append(f"{cast.line(line)} from us alone until the end of {cast.quarter(end)}")
    data = int(seen.data_until[row, 0])
    if data >= seen.quarter:
        made.append(f"their plan data until the end of {cast.quarter(data)}")
    return made


def sole_supply(cast: Cast, talk: str) -> str:
    """What sole supply is about here."""
    return f"Sole supply is about {line_name(cast, talk)}; a second source stays for emergencies."


@dataclass(frozen=True)
class Row:
    """One issue on the table. Money in cents a year; ``theirs`` None where it is not known."""

    issue: str
    name: str
    level: str
    ours: float
    whole: float
    """The same if all that they promise were filled."""
    theirs: float | None
    pushed: bool
    """They named it last."""


def rows(seen: Seen, talk: str, args: Args) -> list[Row]:
    """The eight issues of a proposal, with what each costs or brings us by our books, and what is known of its worth to
    them."""
    row = seen.params.talks.index(talk)
    account = int(seen.params.talk_account[row])
    page = page_of(dict(args), 1)
    books = believed_books(seen, row)
    ours, whole = (our_worth(seen.params, books, page, whole=all_)[:, 0] for all_ in (False, True))
    days = seen.days[account]
    far = levels(page, days, seen.params.start_days[account])[:, 0]
    year = 4.0 * float(seen.sales[account, 0])
    pushed = int(seen.talk_pushed[row, 0]) - 1
    made = []
    for place, issue in enumerate(ISSUES):
        value, ages = seen.known("worth", row * len(ISSUES) + place)
        theirs = None if np.isnan(ages[0]) else float(value[0]) * float(far[place]) * year
        made.append(
            Row(issue, ISSUE_NAMES[issue], level(issue, args[issue]), float(ours[place]), float(whole[place]), theirs,
                pushed == place)
        )  # fmt: skip
    return made


def our_side(cast: Cast, row: Row) -> str:
    """What an issue costs or brings us a year."""
    if abs(row.ours) < 50.0:
        return "nothing"
    likely = f"{'costs' if row.ours < 0 else 'brings'} {cast.money(abs(row.ours))}"
    return f"{likely}; {cast.money(row.whole)} if all of it is filled" if row.whole != row.ours else likely


def their_side(cast: Cast, seen: Seen, talk: str, row: Row) -> str:
    """What is known of an issue's worth to them: as it stands here, and at its most."""
    if row.theirs is None:
        return UNKNOWN
    most = at_most(cast, seen, talk, row.issue)
    if abs(row.theirs) < 50.0:
        return most or "nothing, either way"
    here = f"{'worth' if row.theirs > 0 else 'costs'} {cast.money(abs(row.theirs))}"
    return f"{here}; {most}" if most else here


def at_most(cast: Cast, seen: Seen, talk: str, issue: str) -> str:
    """What an issue is worth to them at its most, in money; '' for nothing."""
    row = seen.params.talks.index(talk)
    value, _ = seen.known("worth", row * len(ISSUES) + ISSUES.index(issue))
    worth = float(value[0]) * 4.0 * float(seen.sales[seen.params.talk_account[row], 0])
    return f"{cast.money(worth, plus=True)} at most" if abs(worth) >= 50.0 else ""


def balance(cast: Cast, table: list[Row]) -> tuple[str, str]:
    """The running sum on our side: what we give, what we get, a year."""
    give = -sum(row.ours for row in table if row.ours < 0)
    get = sum(row.ours for row in table if row.ours > 0)
    return f"You give {cast.money(give)}", f"You get {cast.money(get)}"


def known_balance(cast: Cast, table: list[Row]) -> str:
    """What is known of the sum on their side."""
    known = [row.theirs for row in table if row.theirs is not None]
    missing = len(table) - len(known)
    if not known:
        return "For them: nothing known yet"
    rest = f", {counted(missing, 'issue')} not known" if missing else ""
    return f"For them: {cast.money(sum(known), plus=True)}{rest}"


def unanswered(cast: Cast, talk: str) -> str:
    """What the end of this quarter does to a table that falls due."""
    title = f"\N{LEFT DOUBLE QUOTATION MARK}{cast.talks[talk].title}\N{RIGHT DOUBLE QUOTATION MARK}"
    return f"{cast.account(cast.home[talk])} waits at the table about {title}; it ends unsettled."


def rounds_left(seen: Seen, talk: str) -> str:
    """How many proposals they will still hear."""
    left = MOST_ROUNDS - int(seen.talk_round[seen.params.talks.index(talk), 0])
    return "last proposal" if left == 1 else f"{left} proposals left"


def due(seen: Seen, talk: str) -> int:
    """The quarter at whose close it ends."""
    return int(seen.talk_due[seen.params.talks.index(talk), 0])


def begun(seen: Seen, talk: str) -> bool:
    """Whether a proposal was made."""
    return int(seen.talk_round[seen.params.talks.index(talk), 0]) > 0


def choices(issue: str) -> tuple[Any, ...]:
    """What an issue may be set to, in order."""
    item = next(field for field in MOVES["propose"].fields if field.name == issue)
    return item.choices or tuple(round(step * item.step, 4) for step in range(round(item.high / item.step) + 1))


def untold(seen: Seen, talk: str) -> list[str]:
    """Issues that they may still be asked about."""
    return [issue for issue in ISSUES if not told(seen, talk, issue)]


def until(cast: Cast, seen: Seen, talk: str) -> str:
    """By when it must be settled."""
    last = due(seen, talk)
    if cast.over(last):
        return "open to the end of your time"
    return "to be settled this quarter" if last <= seen.quarter else f"to be settled by the end of {cast.quarter(last)}"


def opening(cast: Cast, seen: Seen, talk: str) -> str:
    """What was said last at the table, or first."""
    entry = cast.talks[talk]
    pushed = int(seen.talk_pushed[seen.params.talks.index(talk), 0])
    if not begun(seen, talk):
        return entry.replies.opens
    number = int(seen.talk_round[seen.params.talks.index(talk), 0])
    return countered(cast, talk, ISSUES[pushed - 1], number) if pushed else entry.replies.opens


def countered(cast: Cast, talk: str, issue: str, number: int) -> str:
    """Not yet, to a proposal: in the person's words where the author wrote some, and otherwise where it is named
    again."""
    words = cast.talks[talk].replies.counters.get(issue)  # type: ignore[call-overload]
    plain = [way.format(issue=ISSUE_NAMES[issue].lower()) for way in NOT_YET]
    ways = [words, *plain] if words else plain
    return ways[cast.voices.pushed_before(talk, issue, number) % len(ways)]


def proposal(cast: Cast, talk: str, page: Args) -> str:
    """A proposal in a line: what it changes; the term always."""
    usual = cast.accounts[cast.home[talk]].payment_days
    parts = []
    for issue in ISSUES:
        value = page.get(issue)
        plain = value in (0, 0.0, "no", "none", None)
        if (plain and issue != "length") or (issue == "days" and value == usual):
            continue
        text = level(issue, value)
        words = {
            "data": "their plan data",
            "exclusive": f"{line_name(cast, talk)} from us alone",
            "days": f"payment after {text}",
            "help": f"{text} of help",
        }
        parts.append(words.get(issue, text))
    return listed(parts)


# --- events -----------------------------------------------------------------------------------------------------


def talk_head(cast: Cast, data: Args) -> str:
    """A customer asks us to the table."""
    entry = cast.talks[data["talk"]]
    account, due = cast.account(cast.home[entry.id]), int(data["due"])
    end = f"Due in {cast.quarter(due)}, after your time" if cast.over(due) else f"Until the end of {cast.quarter(due)}"
    return f"{account} asks you to the table: {entry.title}. {end}."


def talk_body(cast: Cast, data: Args, _quarter: int) -> list[str]:
    """The letter, and how it goes."""
    entry = cast.talks[data["talk"]]
    return [
        quoted(cast.post(entry.person), entry.text),
        f"Eight things are on the table, not one. Up to {MOST_ROUNDS} proposals; each takes 10 hours, a question too.",
    ]


def lapsed_head(cast: Cast, data: Args) -> str:
    """Nobody came, or it was not finished."""
    entry = cast.talks[data["talk"]]
    title = f"\N{LEFT DOUBLE QUOTATION MARK}{entry.title}\N{RIGHT DOUBLE QUOTATION MARK}"
    what = "was not finished" if data["begun"] else "went by without you"
    return f"{cast.account(cast.home[entry.id])}: {title} {what}."


def lapsed_body(cast: Cast, data: Args, _quarter: int) -> list[str]:
    """What that did."""
    entry = cast.talks[data["talk"]]
    if data["begun"]:
        return ["Nothing was signed, and nothing that was proposed holds."]
    return [
        quoted(cast.person(entry.person), entry.replies.lapses),
        "Silence cost trust, and they look around.",
    ]


def table_lines(cast: Cast, data: Args) -> list[str]:
    """What they said to a proposal, and what it means."""
    talk, entry = str(data["talk"]), cast.talks[str(data["talk"])]
    name, status = cast.person(entry.person), data["status"]
    if status == "signed":
        lines = [
            quoted(name, entry.replies.accepts),
            f"Signed, in force at once: {proposal(cast, talk, data['page'])}.",
        ]
        if data["page"].get("exclusive") == "yes":
            back, line = percent(EXCLUSIVE_REBATE), line_name(cast, talk)
            lines.append(f"For buying {line} from us alone they get {back} back at year's end, on that line.")
        return lines
    if status == "walked":
        return [quoted(name, entry.replies.walks), "They left the table. Nothing was signed."]
    lines = [quoted(name, countered(cast, talk, str(data["pushed"]), int(data["round"])))]
    left = MOST_ROUNDS - int(data["round"])
    more = "One proposal is left." if left == 1 else f"{left} proposals are left."
    named = ISSUE_NAMES[str(data["pushed"])].lower()
    lines.append(
        "Not yet: all of it together is worth less to them than they wait for; giving what they named before need not "
        f"be enough. Now they would gain most from {named}. {more}"
    )
    if data["gift"]:
        lines.append("You gave more and asked for nothing: that is noted as a gift.")
    if data["traded"]:
        lines.append("You gave and you asked: they want a little less than before.")
    if data["took_back"]:
        lines.append("You took back what you had conceded. It was noticed, and cost some standing.")
    return lines
