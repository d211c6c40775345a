"""The pipeline as text: every opportunity as last seen, a bid, the player's own forecast, what runs, what is signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kamsim.terminal.asking import ask
from kamsim.terminal.talk import Choice
from kamsim.view import pipeline

if TYPE_CHECKING:
    from kamsim.terminal.table import TextTable
    from kamsim.view.pipeline import Prospect, Signed


def show_pipeline(table: TextTable) -> None:
    """Everything by customer; then one of them, or a renewal of what was signed."""
    talk, order = table.talk, pipeline.by_customer
    while True:
        talk.head("Pipeline, as last seen")
        talk.say(pipeline.summary(table))
        choices: list[Choice[Prospect | Signed | str]] = []
        for title, items in order(table):
            talk.part(title)
            for item in items:
                choices.append(Choice(item.title, item, (item.name,)))
                _brief(table, item, len(choices))
        signed = [item for item in pipeline.signed(table) if item.renews and not item.off]
        hours = [
            f"{table.takes('renew_case', account=item.account, initiative=item.initiative):.0f}" for item in signed
        ]
        names = [table.cast.initiatives[item.initiative].name for item in signed]
        choices += [
            Choice(f"Renew what they signed for {name} ({takes} hours)", item, (f"renew {item.initiative}",))
            for item, name, takes in zip(signed, names, hours, strict=True)
        ]
        _rest(table)
        if choices:
            other = "by decision" if order is pipeline.by_customer else "by customer"
            choices.append(Choice(f"The same {other}", "turn", (other, "turn")))
        picked = talk.choose(choices) if choices else None
        if picked is None:
            return
        if picked == "turn":
            order = pipeline.by_decision if order is pipeline.by_customer else pipeline.by_customer
        elif isinstance(picked, pipeline.Prospect):
            one(table, picked.name)
        elif not isinstance(picked, str):
            renew(table, picked.initiative)


def _brief(table: TextTable, item: Prospect, number: int) -> None:
    """One opportunity in three lines."""
    talk = table.talk
    talk.say(f"{number}. {item.title}. {pipeline.for_what(table, item)}.", 2, 3)
    talk.say(f"{pipeline.stage_line(item, table.quarter)}. {pipeline.decision_line(table, item)}.", 5)
    talk.say(f"{pipeline.amount_line(table, item)}. {pipeline.marks_line(item)}.", 5)


def _rest(table: TextTable) -> None:
    """What runs, and what was signed for what."""
    talk = table.talk
    running, signed = pipeline.running(table), pipeline.signed(table)
    if running:
        talk.part("Awarded, and running")
        talk.all([item.line for item in running], 2)
    if signed:
        talk.part("What they signed, and what it still speaks to")
        talk.all([item.line for item in signed], 2)


def one(table: TextTable, name: str) -> None:
    """One opportunity in full, and what can be done about it."""
    talk = table.talk
    while True:
        item = pipeline.prospect(table, name)
        if item is None:
            return
        tell(table, item)
        off = pipeline.no_bid(table, item)
        bid = "Change your bid" if item.bid is not None else "Bid for it"
        takes = f" ({table.takes('bid', opportunity=name):.0f} hours)"
        picked = talk.choose([
            Choice(f"{bid}{takes}" if not off else f"{bid}: not now", "bid", ("bid",)),
            Choice("Note your own forecast", "forecast", ("forecast", "guess")),
        ])  # fmt: skip
        if picked is None:
            return
        if picked == "forecast":
            foresee(table, item)
        elif off:
            talk.say(off)
        else:
            bid_for(table, name)


def tell(table: TextTable, item: Prospect) -> None:
    """Everything about one opportunity."""
    talk = table.talk
    talk.part(f"{item.title}. {pipeline.for_what(table, item)}")
    talk.say(pipeline.need(table, item), 2, 2)
    talk.say(f"{pipeline.stage_line(item, table.quarter)}. {pipeline.stage_help(item)}", 2, 2)
    talk.say(f"{pipeline.decision_line(table, item)}. {pipeline.amount_line(table, item)}.", 2, 2)
    for title, lines in (("For you", item.speaks), ("Missing, or against you", item.missing), ("Lapses", item.lapses)):
        if lines:
            talk.say(f"{title}: {' '.join(lines)}", 2, 2)
    said = pipeline.forecast_line(table, item)
    if said:
        talk.say(said, 2, 2)


def renew(table: TextTable, initiative: str) -> bool:
    """Make what they signed for an initiative speak to it as it is now."""
    return table.act("renew_case", account=table.cast.home[initiative], initiative=initiative)


def decide(table: TextTable, name: str) -> bool:
    """What is decided, in full, before a bid is asked for: whoever comes from a headline has not read it."""
    item = pipeline.prospect(table, name)
    if item is not None:
        tell(table, item)
    return bid_for(table, name)


def bid_for(table: TextTable, name: str) -> bool:
    """A bid: how many points off, what that comes to, and whether it goes out."""
    talk, given = table.talk, dict[str, float]()
    item = pipeline.prospect(table, name)
    if item is None:
        return False
    while ask(talk, pipeline.bid_question(table, name, item.bid or 0.0), given.__setitem__, mark=""):
        off = given["discount"]
        talk.all(pipeline.bid_meaning(table, name, off), 2)
        refused = pipeline.no_bid(table, item, off)
        if refused:
            talk.say(refused, 2)
        elif talk.confirm(pipeline.bid_binds(table, name, off), "Another figure"):
            return table.act("bid", opportunity=name, discount=off)
    return False


def foresee(table: TextTable, item: Prospect) -> None:
    """What the player expects: an outcome, and an amount a quarter."""
    talk, said, typed = table.talk, dict[str, str](), dict[str, float]()
    if not ask(
        talk,
        pipeline.forecast_question(item.forecast.outcome if item.forecast else None),
        said.__setitem__,
        mark=" (as you said)",
    ):
        return
    outcome, amount = said["outcome"], item.worth
    if outcome != "none":
        talk.say("The word back keeps the amount as it is.")
        ask(talk, pipeline.amount_question(table, item, amount), typed.__setitem__)
    amount = typed.get("amount", amount)
    pipeline.foresee(table, item, outcome, amount)
    talk.say(f"Noted. {pipeline.FORECAST_HELP}")
