"""The builder: a business case that opens as a page already written, seven sentences and the figures beside them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from kamsim.terminal import library, papers
from kamsim.terminal.asking import ask_part
from kamsim.terminal.talk import Choice, Step
from kamsim.view import open_cases
from kamsim.view.case import bringing
from kamsim.view.case.answers import condition_terms, condition_words
from kamsim.view.case.basis import desk_short, desk_stances, maker_line, rests, stances, stances_short, word_with
from kamsim.view.case.coach import remarks
from kamsim.view.case.figures import fan_lines, figure_lines, price_line, short_lines, waterfall_lines
from kamsim.view.case.form import SLOTS, Form
from kamsim.view.case.sentences import case_terms
from kamsim.view.gym.practising import ONE_DRILL, kind_of

if TYPE_CHECKING:
    from kamsim.terminal.table import TextTable

SHORT: Final = {
    "whom": (("whom", "initiative"), "for whom"),
    "now": (("now",), "why now"),
    "give": (("give",), "give"),
    "get": (("get", "commitment"), "get"),
    "worth": (("worth", "claim"), "worth"),
    "proof": (("proof", "proves"), "proof"),
    "otherwise": (("otherwise", "alternative"), "otherwise"),
    "paper": (("paper", "appendix", "length"), "paper"),
}
"""What may be typed for each part, and its name in a brief list."""
MONEY_SLOTS: Final = ("whom", "give", "get", "worth")
"""Slots that move the figures."""
AGAIN: Final = "1 to 8 change a sentence. Present, coach, page, compare, keep, print; list names all. 0 puts it aside."
STEPS: Final = ("present", "coach", "page", "figures", "compare", "print")
"""What may be asked for while a sentence is being changed; its words begin no answer."""
BACK: Final = "Put it aside, as it is"


def business_case(table: TextTable, account: str) -> bool:
    """A case for a customer: a new page, the one that lies with them, or their condition."""
    return _enter(table, account, "customer")


def ask(table: TextTable, account: str) -> bool:
    """An ask to our own deal desk about a customer."""
    return _enter(table, account, "desk")


def _enter(table: TextTable, account: str, audience: str) -> bool:
    lying = table.lying(account, audience)
    if lying is not None:
        return condition(table, account, audience) if lying.conditional else recut(table, account, audience)
    refused = bringing.barred(table.cast, table.seen, account, audience)
    if refused:
        table.talk.say(refused)
        return False
    return build(table, account, audience)


def recut(table: TextTable, account: str, audience: str) -> bool:
    """The page that lies with its audience, to be re-cut."""
    talk, cast, seen = table.talk, table.cast, table.seen
    talk.part(bringing.lies_line(cast, seen, account, audience))
    talk.say(bringing.recut_line(cast, seen, account, audience))
    return build(table, account, audience)


def condition(table: TextTable, account: str, audience: str) -> bool:
    """Their "yes, if": accept it, or leave it."""
    talk, cast, lying = table.talk, table.cast, table.lying(account, audience)
    assert lying is not None
    reader = "Our deal desk" if audience == "desk" else cast.account(account)
    talk.part(f"{reader} says yes, if: {condition_words(audience, lying.condition, lying.page)}.")
    talk.all(condition_terms(cast, audience, lying.condition, lying.page), 2)
    talk.say(f"It stands until {cast.quarter(lying.until)} closes, then it lapses.", 2)
    accepted = talk.confirm("Accept it", "Leave it for now", ("accept",))
    if not accepted or not table.act("accept_condition", account=account, audience=audience):
        return False
    signed = open_cases.page(table.seen, account, audience)
    talk.say(f"In force at once: {case_terms(cast, account, audience, signed)}.")
    return True


# --- the page ---------------------------------------------------------------------------------------------


def build(table: TextTable, account: str, audience: str) -> bool:
    """The page and its figures, until it is presented or put aside."""
    form = Form(table.session, table.cast, table.cases.open(account, audience))
    show(table, form)
    brief: bool | str = True
    while True:
        picked = table.talk.choose(_choices(table, form), prompt="Case", back=BACK, brief=brief)
        brief = AGAIN
        if picked is None:
            table.talk.say("It stays on your desk as it is.")
            return False
        if picked in SLOTS:
            picked = _change(table, form, picked)
        if picked == "present":
            if present(table, form):
                return True
        elif picked:
            COMMANDS[picked](table, form)


def show(table: TextTable, form: Form) -> None:
    """The whole page: seven sentences, the paper, the figures, the facts behind it, how people stand."""
    talk, cast, seen, work = table.talk, table.cast, table.seen, form.work
    talk.head(form.title)
    talk.all(form.comments(), 2)
    for number, (slot, text) in enumerate(form.texts().items(), 1):
        talk.say(f"{number}. {SLOTS[slot]}: {text}", 0, 3)
    talk.part("What it comes to, as far as you know")
    lines = figure_lines(
        cast, seen, work.account, work.audience, work.page, form.made, form.hours, bringing.decides(seen, work)
    )
    talk.all(lines, 2)
    talk.say(rests(seen, work.account, work.page), 2, 2)
    talk.all([line for line in (maker_line(cast, seen, work.account),) if line], 2)
    stands = desk_short(cast, seen) if work.audience == "desk" else stances_short(cast, seen, work.account)
    talk.say(stands, 2, 2)
    talk.say()


def _choices(table: TextTable, form: Form) -> list[Choice[str]]:
    texts, verb = form.texts(), bringing.VERBS[form.work.kind]
    choices = [Choice(f"{name}: {texts[slot]}", slot, *SHORT[slot]) for slot, name in SLOTS.items()]
    return [
        *choices,
        Choice(f"{verb} ({form.hours:.0f} hours)", "present", ("present", "submit", "hand"), verb.lower()),
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
        Choice(ONE_DRILL, "practise", ("drill",), "drill"),
    ]


def _change(table: TextTable, form: Form, slot: str) -> str:
    """Change a sentence; what else of the page was asked for instead, '' for nothing."""
    talk = table.talk
    talk.steps = {word: item.value for item in _choices(table, form) if item.value in STEPS for word in item.words}
    try:
        if ask_part(talk, SLOTS[slot], form.part(slot), form.answer, table.cast.money):
            _changed(table, form, slot)
    except Step as step:
        return step.word
    finally:
        talk.steps = {}
    return ""


def _changed(table: TextTable, form: Form, slot: str) -> None:
    talk, cast, work = table.talk, table.cast, form.work
    texts = form.texts()
    talk.say()
    talk.say(f"{SLOTS[slot]}: {texts[slot]}", 0, 3)
    if slot in ("whom", "give", "get") and work.page.get("claim"):
        talk.say(f"So it is worth: {texts['worth']}", 0, 3)
    if slot in MONEY_SLOTS:
        talk.all(short_lines(cast, work.account, work.audience, work.page, form.made), 2)
    talk.say()


def present(table: TextTable, form: Form) -> bool:
    """Say what it commits to, and bring it."""
    talk, work = table.talk, form.work
    talk.part(f"{form.title}, {form.hours:.0f} hours.")
    talk.all(bringing.commits(table.cast, table.seen, work, form.made), 2)
    if not talk.confirm(bringing.VERBS[work.kind], "Not yet"):
        return False
    done = table.act(work.kind, account=work.account, **work.said)
    if done:
        table.cases.brought(work)
    return done


# --- what else can be done with a page -----------------------------------------------------------------------


def coach(table: TextTable, form: Form) -> None:
    """What is weak on the page, and what would mend it."""
    talk, work = table.talk, form.work
    said = table.session.coach(work.account, work.audience, work.page)
    told = remarks(table.cast, table.seen, work, said, form.made)
    talk.part("The coach has read it.")
    if not told:
        talk.say("Nothing on it costs you much. Bring it while the facts are fresh.", 2)
    for _, line in told:
        talk.say(line, 2, 2)
    talk.say()


def _figures(table: TextTable, form: Form) -> None:
    talk, cast, made = table.talk, table.cast, form.made
    talk.part("Year by year")
    talk.all(fan_lines(cast, made), 2)
    price = price_line(made, form.work.page)
    if price:
        talk.say(price, 2, 2)
    talk.part("A quarter of the second year, line by line")
    talk.all(waterfall_lines(cast, made), 2)
    talk.say()


def _room(table: TextTable, form: Form) -> None:
    if form.work.audience == "desk":
        table.talk.all(desk_stances(table.cast, table.seen), 2)
        table.talk.say(word_with(table.cast, table.seen, None), 2, 2)
        return
    if room(table, form.work.account):
        form.work.refresh(table.seen)


def room(table: TextTable, account: str) -> bool:
    """Where they stand, and asking around."""
    table.talk.part(f"Where they stand at {table.cast.account(account)}, as last seen")
    table.talk.all(stances(table.cast, table.seen, account), 2)
    table.talk.say(word_with(table.cast, table.seen, account), 2, 2)
    return read_room(table, account)


def read_room(table: TextTable, account: str) -> bool:
    """Ask how each of them stands."""
    if not table.talk.confirm(f"Ask around ({table.takes('read_room', account=account):.0f} hours)"):
        return False
    return table.act("read_room", account=account)


def _again(table: TextTable, form: Form) -> None:
    form.work = table.cases.again(form.work)
    show(table, form)


def _practise(table: TextTable, form: Form) -> None:
    if table.practise is not None:
        table.practise(kind_of(form.work))


COMMANDS: Final[dict[str, Callable[[TextTable, Form], None]]] = {
    "coach": coach,
    "page": show,
    "figures": _figures,
    "compare": papers.compare,
    "keep": papers.keep,
    "take": papers.take,
    "room": _room,
    "print": papers.print_case,
    "library": lambda table, _form: library.library(table),
    "again": _again,
    "practise": _practise,
}
