"""The builder: a business case that opens as a page already written, seven sentences and the figures beside them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import numpy as np

from kamsim.engine.moves import MOVES, bind
from kamsim.engine.page import CONDITIONAL, CONDITIONS, DUE_NOW, OPEN, PENDING
from kamsim.game.events import cases
from kamsim.terminal import library, papers, slots
from kamsim.terminal.talk import Choice
from kamsim.terminal.working import Working, opened, taken_up
from kamsim.view.case import form
from kamsim.view.case.answers import CONDITION_WORDS, condition_terms
from kamsim.view.case.basis import (
    desk_short,
    desk_stances,
    heard_since,
    news_since,
    rests,
    stances,
    stances_short,
    turned_since,
    word_with,
)
from kamsim.view.case.coach import coach_line
from kamsim.view.case.figures import (
    fan_lines,
    figure_lines,
    gate_line,
    price_line,
    short_lines,
    waterfall_lines,
    when_line,
)
from kamsim.view.case.sentences import CASE_SLOTS, case_terms, case_value, claim_range, measured_in, paper
from kamsim.view.words.names import unlock

if TYPE_CHECKING:
    from kamsim.terminal.context import Table

SHORT: Final = {
    "whom": ("for whom", ("whom", "initiative")),
    "now": ("why now", ("now",)),
    "give": ("give", ("give",)),
    "get": ("get", ("get", "commitment")),
    "worth": ("worth", ("worth", "claim")),
    "proof": ("proof", ("proof", "proves")),
    "otherwise": ("otherwise", ("otherwise", "alternative")),
}
MONEY_SLOTS: Final = ("whom", "give", "get", "worth")
"""Slots that move the figures."""
MOST_NEWS: Final = 4
AGAIN: Final = "1 to 8 change a sentence. Present, coach, page, compare, keep, print; list names all. 0 puts it aside."
BACK: Final = "Put it aside, as it is"


def business_case(table: Table, account: str) -> bool:
    """A case for a customer: a new page, the one that lies with them, or their condition."""
    return _enter(table, account, "customer")


def ask(table: Table, account: str) -> bool:
    """An ask to our own deal desk about a customer."""
    return _enter(table, account, "desk")


def place(table: Table, account: str, audience: str) -> int:
    """Where a page lies, among all places."""
    return cases.place_of(table.seen.params, account, audience)


def _enter(table: Table, account: str, audience: str) -> bool:
    seen, row = table.seen, place(table, account, audience)
    stage = int(seen.case_stage[row, 0])
    if stage == CONDITIONAL:
        return condition(table, account, audience)
    if stage == PENDING:
        return recut(table, account, audience)
    refused = form.barred(table.cast, seen, account, audience)
    if refused:
        table.talk.say(refused)
        return False
    return build(table, opened(table, account, audience))


def recut(table: Table, account: str, audience: str) -> bool:
    """The page that lies with its audience, to be re-cut."""
    talk, cast, seen = table.talk, table.cast, table.seen
    row = place(table, account, audience)
    decides = int(seen.case_decides[row, 0])
    reader = "our deal desk" if audience == "desk" else cast.account(account)
    talk.part(f"Your page lies with {reader}, which answers when {cast.quarter(decides)} closes.")
    if heard_since(seen, account, row):
        told = "; ".join(news_since(cast, seen, account, row)[:MOST_NEWS])
        heard = f": {told}" if told else ""
        talk.say(f"You have heard from {cast.account(account)} since you presented it{heard}. Re-cutting it costs "
                 "nothing in confidence.")  # fmt: skip
    else:
        talk.say("Nothing was heard since you presented it. Re-cutting it now is a change of mind, and costs a little "
                 "confidence.")  # fmt: skip
    page = cases.named_page(seen.params, table.row(account), seen.case_page[:, row, 0])
    turned = turned_since(cast, seen, row)
    if turned:
        talk.say(turned)
    held = table.pages.get((account, audience))
    work = held if held is not None and held.recut else taken_up(table, account, audience, page, recut=True)
    return build(table, work)


def condition(table: Table, account: str, audience: str) -> bool:
    """Their "yes, if": accept it, or leave it."""
    talk, cast, seen = table.talk, table.cast, table.seen
    row = place(table, account, audience)
    page = cases.named_page(seen.params, table.row(account), seen.case_page[:, row, 0])
    name = CONDITIONS[int(seen.case_condition[row, 0]) - 1]
    reader = "Our deal desk" if audience == "desk" else cast.account(account)
    talk.part(f"{reader} says yes, if: {CONDITION_WORDS[name]}.")
    talk.all(condition_terms(cast, audience, name, page), 2)
    talk.say(f"It stands until {cast.quarter(int(seen.case_decides[row, 0]))} closes, then it lapses.", 2)
    picked = talk.choose([Choice("Accept it", "yes", ("yes", "accept"))], back="Leave it for now")
    if picked is None or not table.do("accept_condition", account=account, audience=audience):
        return False
    signed = cases.named_page(seen.params, table.row(account), table.seen.case_page[:, row, 0])
    talk.say(f"In force at once: {case_terms(cast, account, audience, signed)}.")
    return True


# --- the page ---------------------------------------------------------------------------------------------


def build(table: Table, work: Working) -> bool:
    """The page and its figures, until it is presented or put aside."""
    show(table, work)
    brief: bool | str = True
    while True:
        picked = table.talk.choose(_choices(table, work), prompt="Case", back=BACK, brief=brief)
        brief = AGAIN
        if picked is None:
            table.talk.say("It stays on your desk as it is.")
            return False
        if picked in slots.SLOTS:
            _change(table, work, picked)
        elif picked == "present":
            if present(table, work):
                return True
        else:
            work = COMMANDS[picked](table, work) or work


def _title(table: Table, work: Working) -> str:
    name = table.cast.account(work.account)
    if work.recut:
        return f"Re-cut: your page about {name}" if work.audience == "desk" else f"Re-cut: your case for {name}"
    return f"An ask to our deal desk, about {name}" if work.audience == "desk" else f"A case for {name}"


def show(table: Table, work: Working) -> None:
    """The whole page: seven sentences, the paper, the figures, the facts behind it, how people stand."""
    talk, cast, seen = table.talk, table.cast, table.seen
    talk.head(_title(table, work))
    for number, (slot, text) in enumerate(work.sentences(table.cast, table.seen).items(), 1):
        talk.say(f"{number}. {CASE_SLOTS[slot]}: {text}", 0, 3)
    talk.say(f"8. On paper: {paper(work.page)}", 0, 3)
    talk.part("What it comes to, as far as you know")
    made = work.preview(table.session)
    needed, when = form.hours(seen, work), decides(table, work)
    talk.all(figure_lines(cast, seen, work.account, work.audience, work.page, made, needed, when), 2)
    talk.say(rests(seen, work.account, work.page), 2, 2)
    stands = desk_short(cast, seen) if work.audience == "desk" else stances_short(cast, seen, work.account)
    talk.say(stands, 2, 2)
    talk.say()


def decides(table: Table, work: Working) -> int:
    """The quarter at whose close a page that lies there already is decided; 0 for a new one."""
    if not work.recut:
        return 0
    return int(table.seen.case_decides[place(table, work.account, work.audience), 0])


def _choices(table: Table, work: Working) -> list[Choice[str]]:
    texts = work.sentences(table.cast, table.seen)
    choices = [
        Choice(f"{CASE_SLOTS[slot]}: {texts[slot]}", slot, words, short) for slot, (short, words) in SHORT.items()
    ]
    choices.append(Choice(f"On paper: {paper(work.page)}", "paper", ("paper", "appendix", "length"), "paper"))
    hours = form.hours(table.seen, work)
    verb = "Hand in the new page" if work.recut else "Ask the desk" if work.audience == "desk" else "Present it"
    choices += [
        Choice(
            f"{verb} ({hours:.0f} hours)",
            "present",
            ("present", "submit", "hand"),
            verb.lower(),
        ),
        Choice("Ask the coach what is weak", "coach", ("coach",), "coach"),
        Choice("Show the page and its figures again", "page", ("page", "show"), "page"),
        Choice("More figures: year by year, and line by line", "figures", ("figures", "more"), "figures"),
        Choice("Compare with drafts, with doing nothing, with walking away", "compare", ("compare",), "compare"),
        Choice("Keep a copy under a name", "keep", ("keep", "duplicate", "draft"), "keep"),
        Choice("Take up a kept copy", "take", ("take", "drafts", "open"), "take up" if table.session.drafts else ""),
        Choice("Read the room: how they stand (10 hours)", "room", ("room", "stances"), "room"),
        Choice("Print it, one page and appendix", "print", ("print",), "print"),
        Choice("Worked examples, good and bad", "library", ("examples", "example"), "examples"),
        Choice("Begin again, as the page opened", "again", ("again", "new"), "begin again"),
    ]
    return choices


def _change(table: Table, work: Working, slot: str) -> None:
    talk, cast = table.talk, table.cast
    found = slots.SLOTS[slot](table, work)
    if found is None:
        return
    work.change(table.seen, **found)
    talk.say()
    text = paper(work.page) if slot == "paper" else work.sentences(table.cast, table.seen)[slot]
    talk.say(f"{CASE_SLOTS.get(slot, 'On paper')}: {text}", 0, 3)
    if slot in ("whom", "give", "get") and work.page.get("claim"):
        talk.say(f"So it is worth: {work.sentences(table.cast, table.seen)['worth']}", 0, 3)
    if slot in MONEY_SLOTS:
        talk.all(short_lines(cast, work.account, work.audience, work.page, work.preview(table.session)), 2)
    talk.say()


def present(table: Table, work: Working) -> bool:
    """Say what it commits to, and bring it."""
    talk, cast, seen = table.talk, table.cast, table.seen
    made = work.preview(table.session)
    _, low, high = claim_range(work.page)
    talk.part(f"{_title(table, work)}, {form.hours(seen, work):.0f} hours.")
    gate = gate_line(cast, work.account, work.audience, made.gate)
    if gate:
        talk.say(gate, 2, 2)
    when = decides(table, work)
    talk.say(when_line(cast, seen, work.account, work.audience, work.page, made.tier, when), 2)
    if low or high:
        what = measured_in(str(case_value(work.page, "metric")))
        talk.say(f"Once signed, you are held to {cast.money(low)} to {cast.money(high)} {what}, counted "
                 f"{work.page.get('due', 4)} quarters after the yes.", 2, 2)  # fmt: skip
    if work.audience == "desk" and made.tier not in ("", "auto"):
        talk.say("An ask of this size costs a little standing with whoever must sign, and more if it is refused.", 2, 2)
    if not talk.confirm("Hand it in" if work.recut or work.audience == "desk" else "Present it", "Not yet"):
        return False
    done = table.do(work.kind, account=work.account, **work.said)
    if done:
        table.pages.pop((work.account, work.audience), None)
    return done


# --- what else can be done with a page -----------------------------------------------------------------------


def _coach(table: Table, work: Working) -> None:
    talk = table.talk
    said = table.session.coach(work.account, work.audience, work.page)
    talk.part("The coach has read it.")
    if not said:
        talk.say("Nothing on it costs you much. Bring it while the facts are fresh.", 2)
    for name in said:
        if name == "finance" and "negative_value" in said:
            continue
        talk.say(coach_line(table.cast, table.seen, work.account, work.audience, work.page, name), 2, 2)
    talk.say()


def _figures(table: Table, work: Working) -> None:
    talk, cast, made = table.talk, table.cast, work.preview(table.session)
    talk.part("Year by year")
    talk.all(fan_lines(cast, made), 2)
    price = price_line(made, work.page)
    if price:
        talk.say(price, 2, 2)
    talk.part("A quarter of the second year, line by line")
    talk.all(waterfall_lines(cast, made), 2)
    talk.say()


def _room(table: Table, work: Working) -> None:
    if work.audience == "desk":
        table.talk.all(desk_stances(table.cast, table.seen), 2)
        table.talk.say(word_with(table.cast, table.seen, None), 2, 2)
        return
    if room(table, work.account):
        work.refresh(table.seen)


def label(table: Table, account: str, audience: str) -> tuple[str, str]:
    """How the account's menu calls it, in full and in brief ('' where it cannot be done now)."""
    cast, seen = table.cast, table.seen
    stage = int(seen.case_stage[place(table, account, audience), 0])
    desk = audience == "desk"
    if stage == CONDITIONAL:
        who = "Our desk's" if desk else "Their"
        return f"{who} \N{LEFT DOUBLE QUOTATION MARK}yes, if\N{RIGHT DOUBLE QUOTATION MARK}: accept it or leave it", \
               "our desk's condition" if desk else "their condition"  # fmt: skip
    if stage == PENDING:
        return ("Re-cut what lies with our deal desk", "re-cut the ask") if desk else (
            "Re-cut the case that lies with them", "re-cut the case")  # fmt: skip
    kind = "ask_desk" if desk else "present_case"
    text = "Ask our deal desk" if desk else "Write a business case"
    opens, _ = unlock(cast, kind)
    if table.quarter < opens:
        return f"{text}, from {cast.quarter(opens)}", ""
    if form.barred(cast, seen, account, audience):
        return f"{text}, {_why_not(table, account, audience)}", ""
    hours_ = float(np.max(MOVES[kind].hours(seen, bind(seen.params, kind, {"account": account}))))
    return f"{text} ({hours_:.0f} hours when handed in)", text[:1].lower() + text[1:]


def _why_not(table: Table, account: str, audience: str) -> str:
    """A few words behind a choice that cannot be made now."""
    cast, seen, row = table.cast, table.seen, place(table, account, audience)
    status = int(seen.promise[row, 0])
    if status == DUE_NOW:
        return "once your promise is measured"
    if status == OPEN:
        return f"once your promise is measured, from {cast.quarter(int(seen.promise_due[row, 0]) + 1)}"
    return "an offer lies with them" if int(seen.offer[table.row(account), 0]) else "not now"


def room(table: Table, account: str) -> bool:
    """Where they stand, and asking around."""
    table.talk.part(f"Where they stand at {table.cast.account(account)}, as last seen")
    table.talk.all(stances(table.cast, table.seen, account), 2)
    table.talk.say(word_with(table.cast, table.seen, account), 2, 2)
    return read_room(table, account)


def read_room(table: Table, account: str) -> bool:
    """Ask around how each of them stands."""
    hours_ = float(
        np.max(MOVES["read_room"].hours(table.seen, bind(table.seen.params, "read_room", {"account": account})))
    )
    if not table.talk.confirm(f"Ask around again ({hours_:.0f} hours)"):
        return False
    return table.do("read_room", account=account)


def _again(table: Table, work: Working) -> Working:
    table.pages.pop((work.account, work.audience), None)
    if work.recut:
        seen, row = table.seen, place(table, work.account, work.audience)
        page = cases.named_page(seen.params, table.row(work.account), seen.case_page[:, row, 0])
        made = taken_up(table, work.account, work.audience, page, recut=True)
    else:
        made = opened(table, work.account, work.audience)
    show(table, made)
    return made


COMMANDS: Final[dict[str, Callable[[Table, Working], Working | None]]] = {
    "coach": _coach,
    "page": show,
    "figures": _figures,
    "compare": papers.compare,
    "keep": papers.keep,
    "take": papers.take,
    "room": _room,
    "print": papers.print_case,
    "library": lambda table, _work: library.library(table),
    "again": _again,
}
