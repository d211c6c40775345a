"""Drills in words: the situation in a minute's reading, what the facts would have borne, what to do next time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kamsim.engine.levers import LEVERS
from kamsim.engine.params import STATES
from kamsim.engine.terms import ISSUES, STAGES_OF_PURCHASE
from kamsim.game.drafting import advice
from kamsim.gym.drill import YEAR, Drill, Feedback
from kamsim.gym.feedback import stopped_by
from kamsim.gym.kinds import CALIBRATES, LEVERS_OF, PICKS
from kamsim.view.case.sentences import (
    ALTERNATIVE_WORDS,
    BODY_WORDS,
    METRIC_WORDS,
    PROOF_WORDS,
    SENSITIVITY_WORDS,
    gate_help,
    gate_words,
)
from kamsim.view.open_cases import speaks
from kamsim.view.pipeline import price
from kamsim.view.words import levers, moments, talks
from kamsim.view.words.facts import ISSUE_NAMES, predicate, quoted_force
from kamsim.view.words.names import Cast, age, counted, listed, percent, points, quoted, state_told
from kamsim.view.words.opportunities import STAGE_TOLD

if TYPE_CHECKING:
    from kamsim.engine.facts import Fact
    from kamsim.engine.sight import Seen
    from kamsim.view.table import Table

OF_A_PURCHASE: Final = ("amount", "runs", "decides")
MOST_WORDS: Final = 150
"""Before the first choice."""
KIND_WORDS: Final = {
    "case": "Write the case", "recut": "Re-cut the case", "moment": "Answer on the spot", "talk": "Negotiate",
    "ask": "Ask our own desk", "pursue": "Choose what to pursue",
}  # fmt: skip
KIND_SHORT: Final = {
    "case": "Case", "recut": "Re-cut", "moment": "On the spot", "talk": "Table", "ask": "Own desk", "pursue": "Pursue",
}  # fmt: skip
TASKS: Final = {
    "case": "Your page for {account} is written, but for: {open}. Set that right, and bring it.",
    "recut": "Your page lies with {account}, which decides at the close. Re-cut it, or leave it. Open: {open}.",
    "moment": "Answer now.",
    "talk": "Ask what things are worth to them, propose, up to four rounds; or get up.",
    "ask": "Your ask about {account} is written, but for: {open}. Set that right, and bring it.",
    "pursue": "You have hours for one bid. For which?",
}
"""By kind: what is to be done."""
LEFT_LINES: Final = {
    "case": "Nothing was brought, so nobody had anything to say.",
    "recut": "The page was left as it lay.",
    "moment": "No answer came, and that is an answer too.",
    "talk": "You got up, and nothing was signed.",
    "ask": "Nothing was asked of our desk.",
    "pursue": "You pursued none of them.",
}
"""By kind: what it means to have done nothing."""
SKILL_WORDS: Final = {
    "alignment": ("Their agenda", "It serves an initiative of theirs as it stands now."),
    "cause": ("Cause and measure", "What you give moves what you promise, and somebody there answers for that."),
    "inaction": ("Cost of waiting", "It says what doing nothing costs, and from when."),
    "options": ("A real second way", "Something that could truly be done stands beside it."),
    "finance": ("It pays for them", "More comes in than it asks of them, in their own arithmetic."),
    "sensitivity": ("What if it's half", "Break-even, the bad case and what drives it stand behind the figure."),
    "evidence": ("Why believe it", "The proof is theirs, or something that we kept."),
    "delivery": ("Who does it", "Somebody's hours and room for the work are on it."),
    "brevity": ("In four minutes", "It can be read in four minutes."),
    "follows": ("Follows the change", "The answer is for how things are now, not for how they were."),
    "asks_first": ("Asks first", "You find out what things are worth to them before you propose."),
    "trades": ("Trades", "Nothing is given for nothing."),
    "qualifies": ("Qualifies", "You pursue what lives, and where something speaks for us."),
    "calibrates": ("Ranges that hold", "The truth lies inside your range eight times in ten."),
}
"""By skill: its name, and what it means."""
WHY_LINES: Final = {
    "new": "It has not been shown yet.",
    "weak": "It was the weakest lately, so it comes back with another customer.",
    "due": "It is time to see whether it holds.",
}
"""Why a skill comes next."""
TWIST_LINES: Final = {
    "paused": "This morning: {initiative} was put on hold.",
    "halved": "This morning: half of the money for {initiative} is gone.",
    "rival": "This morning: you hear that a rival is about to court {account}.",
    "new_chief": "This morning: {person} has a new chief, whom nobody here knows.",
    "moved": "New since your page: {initiative} {state}.",
}
"""What has just changed."""
PICK_WORDS: Final = {
    "why": "Why now", "number": "The figure", "stand": "After what changed", "proof": "What proves it",
    "ask": "What you ask for", "reply": "The objection",
}  # fmt: skip
"""By pick of a moment."""
CARD_WORDS: Final[dict[str, dict[str, str]]] = {
    "why": moments.WHY_WORDS, "number": moments.NUMBER_WORDS, "stand": moments.STAND_WORDS, "proof": PROOF_WORDS,
    "ask": moments.ASK_WORDS, "reply": moments.REPLY_WORDS,
}  # fmt: skip
LEVER_WORDS: Final = {
    "initiative": "For whom", "angle": "Why now", "metric": "The measure", "proof": "The proof",
    "alternative": "The second way", "inaction": "Doing nothing", "sensitivity": "The appendix", "body": "The paper",
    "commitment": "What they commit", "length": "For how long", "price": "The price", "programme": "Our team's hours",
    "people": "Specialists",
}  # fmt: skip
"""By field of a page: what it is called where one is compared with another."""
INACTION_WORDS: Final = {"none": "not a word on it", "said": "its cost", "dated": "its cost, and from when"}
ANGLE_WORDS: Final = {"goal": "for what it wants", "obstacle": "against what holds it back"}
NEXT_TIMES: Final = {
    "alignment": "Next time, look first at how their initiative stands today, and write for that.",
    "cause": "Next time, promise the measure that a reader answers for and that what you give moves.",
    "inaction": "Next time, say what waiting costs them a year, and from when.",
    "options": "Next time, put a second way beside it that could truly be done.",
    "finance": "Next time, add up their side before yours: what comes in must beat what you ask.",
    "sensitivity": "Next time, put the bad case behind the figure before somebody asks for it.",
    "evidence": "Next time, bring their own figures or something that we kept, never a brochure.",
    "delivery": "Next time, say who does the work, and see that there is room.",
    "brevity": "Next time, one page and two things given.",
    "follows": "Next time, say it again for how things are now.",
    "asks_first": "Next time, ask what it is worth to them before you propose.",
    "trades": "Next time, ask for something with whatever you give.",
    "qualifies": "Next time, go where the initiative lives and a case speaks for us, not where the sum is largest.",
    "calibrates": "Next time, name the range wider or narrower until eight in ten hold: this one did not.",
}
"""By skill: the one thing to do next time."""
WELL_DONE: Final = "Next time, the same again: there was little more to be had from these facts."
AT_MOST: Final = {
    "evidence": "Next time, ask them for figures first: your notes held no proof that is theirs or ours.",
    "alignment": "Next time, find out first what they have under way, or what whoever asks is judged on: your notes "
    "did not say.",
}
"""By skill: the same where the notes held nothing that would have done it."""
FALLBACKS: Final = ("none", "brochure", "our_product", "our_price")
"""What is said where the notes hold nothing better."""
HERE_WORDS: Final = {
    "why": "begin with {}", "number": "name {}", "stand": "{}", "proof": "bring {}", "ask": "ask for {}",
    "reply": "{}",
}  # fmt: skip
"""By pick of a moment: how what would have done it joins a sentence."""
CLOSE: Final = 3.0
"""Points within which an answer is as good as the facts allowed."""


@dataclass(frozen=True)
class Brief:
    """A situation: where and when, what is so with its age, and what is to be done."""

    head: str
    lines: tuple[str, ...]
    task: str

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(" ".join((self.head, *self.lines, self.task)).split())


def brief(table: Table, drill: Drill) -> Brief:
    """A situation in `MOST_WORDS` words at most: facts that are less needed are left out beyond that."""
    cast, seen = table.cast, table.seen
    quarter = cast.quarter(drill.quarter)
    head = f"{cast.account(drill.account)}, {quarter}" if drill.account else f"Several customers, {quarter}"
    task = TASKS[drill.kind].format(
        account=cast.account(drill.account) if drill.account else "",
        open=listed([_small(lever_name(name)) for name in drill.levers]),
    )
    lines = [text for text in (*_asked(cast, drill), _twist(cast, seen, drill), *_books(table, drill)) if text]
    for line in _facts(cast, seen, drill):
        if Brief(head, (*lines, line), task).words > MOST_WORDS:
            break
        lines.append(line)
    return Brief(head, tuple(lines), task)


def _small(text: str) -> str:
    """As in the middle of a sentence."""
    return text[:1].lower() + text[1:]


def _asked(cast: Cast, drill: Drill) -> Iterator[str]:
    """What was said to us."""
    if drill.kind == "moment":
        item = cast.moments[drill.about]
        yield f"{item.place}. {quoted(cast.person(item.person), item.question)}"
    if drill.kind == "talk":
        entry = cast.talks[drill.about]
        yield f"{entry.title}. {quoted(cast.person(entry.person), entry.replies.opens)}"


def _twist(cast: Cast, seen: Seen, drill: Drill) -> str:
    """What has just changed; on the spot it comes later."""
    if drill.kind == "moment" or drill.twist not in TWIST_LINES:
        return ""
    name = drill.about
    owner = seen.params.people[int(seen.params.initiative_owner[seen.params.initiatives.index(name)])]
    row = seen.params.initiatives.index(name)
    state = predicate(cast, "state", name, float(seen.known("state", row)[0][0]), seen.quarter)
    return TWIST_LINES[drill.twist].format(
        initiative=cast.initiatives[name].name, account=cast.account(drill.account), person=cast.person(owner),
        state=state,
    )  # fmt: skip


def _books(table: Table, drill: Drill) -> Iterator[str]:
    """Last quarter's books of the customer."""
    if drill.account:
        row = table.seen.params.accounts.index(drill.account)
        sales, profit = (table.money(float(rows[row, 0])) for rows in (table.seen.sales, table.seen.profit))
        yield f"Last quarter: sales {sales}, account profit {profit}."


def _purchases(cast: Cast, seen: Seen, drill: Drill) -> Iterator[str]:
    """What there is to choose from, a line each."""
    params = seen.params
    for name in drill.choices:
        row = params.opportunities.index(name)
        stage, ages = seen.known("stage", row)
        amount, runs, decides = (float(np.nan_to_num(seen.known(kind, row)[0][0])) for kind in OF_A_PURCHASE)
        worth = cast.money(amount * price(seen, row, 0.0))
        when = f", decided when {cast.quarter(int(decides))} closes" if decides else ""
        initiative = int(params.opportunity_initiative[row])
        state, old = seen.known("state", initiative)
        title = cast.initiatives[params.initiatives[initiative]].name
        stands = (
            f"{title} {state_told(STATES[int(state[0])])} ({age(seen.quarter, seen.quarter - int(old[0]))})"
            if not np.isnan(state[0])
            else f"how {title} stands, nobody told you"
        )
        signed = {True: "a signed case of ours speaks to it", False: "what they signed with us is out of date",
                  None: "no signed case of ours"}[speaks(seen, initiative)]  # fmt: skip
        yield (
            f"{_subject(cast, name)} {STAGE_TOLD[STAGES_OF_PURCHASE[int(stage[0])]]}{when}; {worth} a quarter, "
            f"{counted(int(runs), 'quarter')} ({age(seen.quarter, seen.quarter - int(ages[0]))}). {stands}; {signed}."
        )


def _facts(cast: Cast, seen: Seen, drill: Drill) -> Iterator[str]:
    """The facts that the situation needs, a line for whom or what each is about, with ages."""
    if drill.choices:
        yield from _purchases(cast, seen, drill)
        return
    found: dict[str, dict[int, list[str]]] = {}
    for place in drill.facts:
        fact = seen.params.facts[place]
        seen_at, value = int(seen.seen_at[place, 0]), float(seen.fact[place, 0])
        about = fact.name.rsplit(".", 1)[0]
        said = _said(cast, fact, about, value, seen_at)
        if said:
            found.setdefault(_subject(cast, about), {}).setdefault(seen_at, []).append(said)
    for name, notes in found.items():
        told = "; ".join(f"{listed(said)} ({age(seen.quarter, at)})" for at, said in notes.items())
        yield f"{name}{',' if name.count(', ') else ''} {told}."


def _said(cast: Cast, fact: Fact, about: str, value: float, seen_at: int) -> str:
    """One fact, short; '' where it says nothing."""
    if fact.kind == "attack" and value <= seen_at:
        return ""
    if fact.kind == "acts":
        return f"{quoted_force(cast, about)} {predicate(cast, fact.kind, about, value, seen_at)}"
    return predicate(cast, fact.kind, about, value, seen_at)


def _subject(cast: Cast, about: str) -> str:
    """Whom or what a fact is about, short."""
    if about in cast.forces:
        about = cast.pushes[about]
    if about in cast.initiatives:
        return cast.initiatives[about].name
    if about in cast.people:
        return cast.post(about)
    if about in cast.opportunities:
        return f"{cast.opportunities[about].title} ({cast.account(cast.home[about])})"
    talk, _, issue = about.partition(".")
    if talk in cast.talks and issue:
        return f"{ISSUE_NAMES[issue]}, at its most"
    return cast.account(about) if about in cast.accounts else about


# --- what came of it ----------------------------------------------------------------------------------------------


def part_name(table: Table, told: Feedback, name: str) -> str:
    """What was weighed, in words."""
    if name in table.cast.opportunities:
        return table.cast.opportunities[name].title
    if name == "ours":
        return "What it brings us"
    if told.drill.kind == "moment":
        return PICK_WORDS[name]
    return SKILL_WORDS[name][0]


CHOICE_WORDS: Final[dict[str, dict[str, str]]] = {
    "angle": ANGLE_WORDS, "metric": METRIC_WORDS, "proof": PROOF_WORDS, "alternative": ALTERNATIVE_WORDS,
    "inaction": INACTION_WORDS, "sensitivity": SENSITIVITY_WORDS, "body": BODY_WORDS,
}  # fmt: skip
"""By field of a page that holds a word: what each says."""


def lever_name(field: str) -> str:
    """What a field of a page is called where one page is compared with another."""
    return LEVER_WORDS.get(field) or levers.WORDS[field].label


def lever_said(cast: Cast, field: str, value: Any) -> str:
    """What a page says in a field, in a few words."""
    if field == "initiative":
        return cast.initiatives[value].name if value else "no initiative"
    if field == "price":
        price = float(value or 0.0)
        return f"{points(price)} off" if price > 0 else "no price given"
    if field in CHOICE_WORDS:
        return CHOICE_WORDS[field][str(value or next(iter(CHOICE_WORDS[field])))]
    return _amount_said(field, value)


def _amount_said(field: str, value: Any) -> str:
    """The same of how much of something."""
    if field == "commitment":
        return f"{percent(float(value or 0.0))} more of what they buy" if value else "no volume"
    if field == "length":
        return counted(int(value or 4) // 4, "year")
    if LEVERS[field].switch:
        return "yes" if value in ("yes", 1, 1.0) else "no"
    return (
        f"{int(value)} hours a quarter"
        if field == "programme" and value
        else levers.WORDS[field].title(int(value or 0))
    )


def borne_lines(table: Table, told: Feedback) -> tuple[str, ...]:
    """What the facts would have borne, as far as it differs from what was said."""
    cast, drill = table.cast, told.drill
    best, said = _given(told.borne_answer), _given(told.answer)
    if drill.audience:
        own = said or drill.page
        lines = [
            f"{lever_name(field)}: {lever_said(cast, field, best.get(field))}, rather than "
            f"{lever_said(cast, field, own.get(field))}."
            for field in drill.levers
            if lever_said(cast, field, best.get(field)) != lever_said(cast, field, own.get(field))
        ]
        return tuple(lines) or ("What you brought is what the facts bear.",)
    if not best:
        return ("Nothing better was to be had: getting up was right.",) if drill.kind == "talk" else ("None of them.",)
    if drill.kind == "moment":
        lines = [
            f"{PICK_WORDS[pick]}: {words[best[pick]]}."
            for pick, words in CARD_WORDS.items()
            if best[pick] != said.get(pick)
        ]
        return tuple(lines) or ("What you said is what the facts bear.",)
    if drill.kind == "talk":
        know = "They would" if _asked_all(table, drill.about) else "Asked for all of it, they would"
        return (f"{know} have signed at once: {talks.proposal(cast, drill.about, best)}.",)
    off = float(best["discount"])
    given = f", with {points(off)} off" if off else ", with nothing off"
    return (f"{part_name(table, told, str(best['opportunity']))}{given}.",)


def _asked_all(table: Table, talk: str) -> bool:
    """Whether the notes hold what every issue of a table is worth to them."""
    seen, first = table.seen, table.seen.params.talks.index(talk) * len(ISSUES)
    return not any(np.isnan(seen.known("worth", first + place)[0][0]) for place in range(len(ISSUES)))


def ahead_line(table: Table, told: Feedback) -> str:
    """The year ahead beside doing nothing, in the middle of several lots of luck, in a sentence."""
    by_name = {one.name: sum(one.usual) for one in told.ahead}
    yours, bot = (by_name[name] - by_name["nothing"] for name in ("yours", "bot"))
    mine = f"Over several lots of luck your answer brings {table.money(yours, plus=True)} in four quarters"
    slow = next(one.signed for one in told.ahead if one.name == "yours") and yours < 0
    after = f" {_granted(table, told) or 'What was signed costs at once, and comes back slowly.'}" if slow else ""
    return f"{mine} beside doing nothing, the best bot's {table.money(bot, plus=True)}.{after}"


def _granted(table: Table, told: Feedback) -> str:
    """What specialists that our desk has granted cost in the year ahead; '' where there are none."""
    people = sum(int(one["args"].get("people") or 0) for one in told.answer) if told.drill.kind == "ask" else 0
    if not people:
        return ""
    fee = table.money(100.0 * YEAR * people * table.cast.scenario.company.specialist_cost)
    return f"That counts {fee} for {counted(people, 'specialist')}, whose help seldom pays for itself within a year."


def next_line(table: Table, told: Feedback) -> str:
    """The one thing to do next time: about what stopped the page, else about the skill that was met least, and here
    how."""
    gate = stopped_by(told.reaction)
    if gate:
        why, helps = gate_words(gate, told.drill.audience), gate_help(gate, told.drill.audience)
        blind = "" if _foreseen(table, told, gate) else " By your notes it would have passed: they did not hold that."
        return (
            f"Next time, look first for what would stop the page before anybody weighs it. Here, {why}.{blind} {helps}"
        )
    if told.mark >= told.borne - CLOSE and told.next_time != CALIBRATES:
        return WELL_DONE
    skill = told.next_time
    if skill in AT_MOST and _held_nothing(told, skill):
        return AT_MOST[skill]
    return f"{NEXT_TIMES[skill]}{'' if skill == CALIBRATES else _here(table, told, skill)}"


def _foreseen(table: Table, told: Feedback, gate: str) -> bool:
    """Whether the notes told that a page would be stopped."""
    page = {**told.drill.page, **_given(told.answer)}
    page.pop("account", None)
    return gate in advice(table.seen, told.drill.account, told.drill.audience, page)


def _given(answer: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """What an answer says, by field."""
    return {name: value for one in answer for name, value in one["args"].items()}


def _held_nothing(told: Feedback, skill: str) -> bool:
    """Whether the best that the notes bore for a skill is what one says without any."""
    best = _given(told.borne_answer)
    pick = {"evidence": "proof", "alignment": "why"}[skill]
    return best.get(pick) in FALLBACKS


def _here(table: Table, told: Feedback, skill: str) -> str:
    """What would have done it here, as far as a lever or a card says it, as a further sentence."""
    best, said = _given(told.borne_answer), _given(told.answer) or dict(told.drill.page)
    if told.drill.audience:
        for field in LEVERS_OF.get(skill, told.drill.levers):
            if field in told.drill.levers and best.get(field) != said.get(field):
                return f" On this page, {_small(lever_name(field))}: {lever_said(table.cast, field, best.get(field))}."
    if told.drill.kind == "moment":
        for pick, shows in PICKS.items():
            if shows == skill and pick in best and best[pick] != said.get(pick):
                words = CARD_WORDS[pick][best[pick]].removeprefix("because of ")
                return f" Here, {HERE_WORDS[pick].format(words)}."
    return ""
