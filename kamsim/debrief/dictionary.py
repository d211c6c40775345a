"""The data dictionary: every table that is made of logs, with each column's type, unit and meaning.

Tables, files and the dictionary sheet are all made from here, so none can say something else than another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from kamsim.engine.page import CHOICES, FIELDS
from kamsim.game.promise_gap import PARTS
from kamsim.view.words.levers import WORDS

Type = Literal["text", "whole", "number", "money", "flag", "code", "time"]
MONEY: Final = "currency of the scenario"
PAGE: Final = tuple(name for name in FIELDS if name != "state")
"""Fields of a business case's page, as the columns of the table of cases hold them."""


@dataclass(frozen=True)
class Column:
    """One column. ``money`` is whole cents in Python and units with two decimals in files; a ``code`` is a whole number
    that names something, and too long for the cells of a workbook; a ``time`` is a datetime, UTC.

    ``private``: text in which names of people who played may stand; a pseudonym replaces them where asked for.
    """

    name: str
    type: Type
    unit: str
    meaning: str
    private: bool = False


@dataclass(frozen=True)
class TableSchema:
    """A table: one row for each of what its meaning says."""

    name: str
    meaning: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names."""
        return tuple(column.name for column in self.columns)


def _text(name: str, meaning: str, *, private: bool = False) -> Column:
    return Column(name, "text", "", meaning, private)


def _whole(name: str, unit: str, meaning: str) -> Column:
    return Column(name, "whole", unit, meaning)


def _number(name: str, unit: str, meaning: str) -> Column:
    return Column(name, "number", unit, meaning)


def _money(name: str, meaning: str) -> Column:
    return Column(name, "money", MONEY, meaning)


def _code(name: str, meaning: str) -> Column:
    return Column(name, "code", "", meaning)


def _time(name: str, meaning: str) -> Column:
    return Column(name, "time", "UTC", meaning)


def _flag(name: str, meaning: str) -> Column:
    return Column(name, "flag", "yes or no", meaning)


SESSION: Final = _text("session", "the session's id: an s and 16 signs, the same however far the session is played")
PLAYER: Final = _text("player", "who played: the player or the team", private=True)
QUARTER: Final = _whole("quarter", "quarter", "the quarter of the game, from 1")
QUARTER_NAME: Final = _text("quarter_name", "its name as in the debrief, such as Q3 2027")
ACCOUNT: Final = _text("account", "id of the account")
AUDIENCE: Final = _text("audience", "customer (their committee) or desk (our own deal desk)")
LINE: Final = _whole("line", "line", "where it stands in the log")
MOVE: Final = _whole("move", "move", "number of the move in the log; empty where it came with no move")
THOUGHT: Final = _number(
    "thought", "seconds", "thought since the entry before; a gap without a sign of life counts 120 at most"
)
PAGE_TEXT: Final = _text("page", "the page's fields as JSON")
PROPOSAL_TEXT: Final = _text("page", "what was proposed on each issue, as JSON")

_PAGE_MEANING: Final = {
    "initiative": "the initiative that the case serves",
    "angle": "why now: for its goal, or against its obstacle",
    "region": "the region it is about; empty for all",
    **{name: words.column for name, words in WORDS.items()},
    "metric": "what the claim is about",
    "claim": "the claim, in thousands of currency",
    "width": "half of the claimed range, as a share of the claim",
    "due": "quarters after the yes until it is measured",
    "proof": "what proves it",
    "alternative": "what it is compared with",
    "inaction": "whether the cost of doing nothing is said",
    "inaction_value": "that cost, in thousands of currency",
    "sensitivity": "what is said about when it fails",
    "body": "how long the paper is",
}


def _page_column(name: str) -> Column:
    words = name in CHOICES or name in ("initiative", "region")
    return Column(f"page_{name}", "text" if words else "number", "", f"on the page: {_PAGE_MEANING[name]}")


def _table(name: str, meaning: str, *columns: Column) -> TableSchema:
    named = [one for column in columns for one in ((column, QUARTER_NAME) if column is QUARTER else (column,))]
    return TableSchema(name, meaning, (SESSION, PLAYER, *named))


_PROMISE: Final = (
    _text("metric", "what was promised"),
    _money("value", "the claim"),
    _money("low", "lowest of its range"),
    _money("high", "highest of its range"),
    _whole("signed", "quarter", "when it was signed"),
    _whole("due", "quarter", "at whose end it can be measured"),
)

_OPPORTUNITY: Final = _text("opportunity", "id of its slot, in which one comes after the other")
_NUMBER: Final = _whole("number", "opportunity", "number in its slot, from 1")

TABLES: Final = (
    _table(
        "players",
        "a session: who played what, how far, and with what result",
        _text("members", "members of a team, separated by semicolons", private=True),
        _whole("team", "people", "how many members were named"),
        _flag("bot", "whether a policy played; empty in logs of versions that did not say"),
        _text("policy", "the policy that played; empty for people", private=True),
        _text("scenario", "id of the scenario"),
        _text("scenario_sha256", "which version of the scenario: its checksum"),
        _text("currency", "in which money is stated"),
        _code("seed", "the luck: sessions of one scenario and seed met the same"),
        _whole("planned", "quarters", "how long it was to be played"),
        _whole("closed", "quarters", "how many were played to their end"),
        _flag("finished", "whether it was played to the score"),
        _text("pace", "self, or as the class set it", private=True),
        _time("started", "when it began"),
        _text("kamsim", "version with which it began"),
        _whole("rules", "", "rules of the game with which it began"),
        _flag("same_rules", "whether all of it was played under this kamsim's rules"),
        _whole("moves", "moves", "that stand"),
        _whole("undone", "moves", "that were taken back"),
        _number("hours", "hours", "of the team's time spent by moves"),
        _number("thought", "seconds", "of thought in all"),
        _money("profit", "account profit of all closed quarters"),
        _money("company", "the company's result of all closed quarters"),
        _money("volume_value", "volume at list price of all closed quarters"),
        _number("score", "points", "50 is play as good as the bot typical on the same luck; empty if not finished"),
        _money("banked", "profit banked, in today's money"),
        _money("left", "left for the successor"),
        _money("value", "both purses together"),
        _money("typical", "both purses of the bot typical on the same luck"),
        _money("discounter_profit", "account profit of a discounter on the same luck"),
        _money("discounter_volume_value", "its volume at list price"),
        _money("empty_chair_profit", "account profit on the same luck if nobody decides anything"),
        _text("file", "name of the log", private=True),
    ),
    _table(
        "quarters",
        "an account in a closed quarter: its books, as they are and as the company had them",
        QUARTER,
        _whole("year", "year", "of the game, from 1"),
        ACCOUNT,
        _money("list_sales", "volume at list price"),
        _money("on_invoice", "discounts on the invoice, negative"),
        _money("off_invoice", "rebates after it, negative"),
        _money("sales", "pocket sales: the three before added up"),
        _money("variable_cost", "negative"),
        _money("margin", "pocket margin: pocket sales and variable cost"),
        _money("cost_to_serve", "of all activities, negative; by activity in the table serving"),
        _money("team", "our hours and specialists, negative"),
        _money("projects", "customization, negative"),
        _money("credits", "redress after incidents, negative"),
        _money("capital", "charge for payment days, negative"),
        _money("joint_spending", "what is being built with the customer, negative"),
        _money("joint_gain", "our part of what was built with the customer"),
        _money("profit", "account profit: all lines added up"),
        _money("cost_booked", "cost to serve as the company had it: an equal share of sales unless reviewed"),
        _money("profit_booked", "account profit as the company had it"),
        _flag("reviewed", "whether the account's cost to serve was known by a review"),
        _number("share_of_wallet", "0 to 1", "of what the customer bought, at list price"),
        _number("trust", "0 to 1", "at the quarter's end; the player could not see it"),
        _number("on_time", "0 to 1", "deliveries on time"),
    ),
    _table(
        "serving",
        "an activity's cost for an account in a closed quarter",
        QUARTER,
        ACCOUNT,
        _text("activity", "id of the activity"),
        _money("cost", "negative"),
    ),
    _table(
        "cells",
        "a product line in a region of an account in a closed quarter",
        QUARTER,
        ACCOUNT,
        _text("region", "id of the region"),
        _text("product", "id of the product line"),
        _number("volume", "units", "sold"),
        _number("wallet", "units", "that the customer bought from anybody"),
        _number("share", "0 to 1", "ours of them"),
        _money("list_sales", "volume at list price"),
        _money("sales", "pocket sales"),
        _money("profit", "account profit"),
    ),
    _table(
        "company",
        "a closed quarter of the company",
        QUARTER,
        _money("accounts", "profit of all accounts"),
        _money("unused", "capacity that no account used, negative"),
        _money("programme", "fixed cost of key account management, whoever is key, negative"),
        _money("company", "the result: the three added up"),
        _number("thought", "seconds", "of thought before the close, since the entry before"),
    ),
    _table(
        "causes",
        "one cause why an account's booked profit moved against the quarter before",
        QUARTER,
        ACCOUNT,
        _text("cause", "name of the cause"),
        _money("change", "its part; an account's parts add up to the change"),
    ),
    _table(
        "ranks",
        "an account in a year: sales rank beside profit rank beside the player's guess",
        _whole("year", "year", "of the game, from 1"),
        ACCOUNT,
        _whole("sales_rank", "rank", "1 is the largest"),
        _whole("profit_rank", "rank", "1 is the most profitable"),
        _whole("guessed_rank", "rank", "by profit, as the player last guessed; empty without a guess"),
        _money("sales", "pocket sales of the year"),
        _money("profit", "account profit of the year"),
    ),
    _table(
        "decisions",
        "a move, those taken back included",
        MOVE,
        LINE,
        QUARTER,
        _number("elapsed", "seconds", "of thought since the session began, up to this move"),
        THOUGHT,
        _text("kind", "what was done"),
        ACCOUNT,
        _text("about", "the person, request, moment, talk, initiative or news it was about"),
        _text("args", "all arguments as JSON"),
        _text("result", "what came of it"),
        _number("hours", "hours", "of the team's time it took"),
        _number("hours_left", "hours", "that were left before it"),
        _whole("known", "facts", "that were known before it"),
        _whole("learned", "facts", "that it brought"),
        _flag("undone", "whether it was taken back"),
    ),
    _table(
        "cases",
        "a business case, or an ask of the deal desk, that was answered",
        _whole("case", "case", "number in the session, from 1"),
        MOVE,
        LINE,
        QUARTER,
        ACCOUNT,
        AUDIENCE,
        _text("outcome", "approved, conditional, returned, rejected, delayed or stopped"),
        _text("gate", "which gate stopped it, if one did"),
        _text("condition", "the condition of a conditional yes"),
        _text("speaker", "who answered"),
        _text("worst", "the costliest criteria as the answer named them, separated by semicolons"),
        _flag("noticed", "whether the audience noticed what the page left out or bent"),
        *(_page_column(name) for name in PAGE),
    ),
    _table(
        "case_scores",
        "what a reader, or one criterion, made of a case; the player could not see it",
        _whole("case", "case", "number in the session, as in the table of cases"),
        QUARTER,
        ACCOUNT,
        AUDIENCE,
        _text("by", "reader or criterion"),
        _text("name", "id of the reader, or name of the criterion"),
        _number("score", "0 to 100 for a reader, 0 to 1 for a criterion", "how well it was met"),
        _number("loss", "points", "that the criterion cost the case"),
    ),
    _table(
        "promises",
        "a promise that a signature locked",
        ACCOUNT,
        AUDIENCE,
        *_PROMISE,
        _text("status", "open, due, measured, forgotten; at the session's end settled, or early: before it was due"),
        _whole("measured", "quarter", "when it was measured or settled"),
        _money("actual", "what it came to"),
        _money("gap", "actual less claim"),
        _flag("kept", "whether it counts as kept"),
        _flag("inside", "whether the actual lies in the claimed range"),
        *(_money(f"gap_{part}", f"part of the gap: {part.replace('_', ' ')}") for part in PARTS),
    ),
    _table(
        "guesses",
        "one of the player's own guesses",
        LINE,
        QUARTER,
        _text("guess", "ranking, breakeven, profit_range or forecast"),
        _text("value", "as it was made, as JSON; amounts in cents"),
        _money("low", "lowest profit of a range"),
        _money("high", "highest profit of a range"),
        _number("percent", "percent", "more volume that repays 5% off"),
        _money("actual", "total account profit of that quarter, once closed"),
        _flag("inside", "whether it lies in the range"),
        _whole("right", "accounts", "of a ranking that stand where the year's profit has them"),
    ),
    _table(
        "facts",
        "something that was learned about a customer",
        LINE,
        QUARTER,
        MOVE,
        _text("source", "the kind of move that brought it, or routine for standing contact"),
        ACCOUNT,
        _text("fact", "its name"),
        _text("kind", "its kind"),
        _text("about", "the account, person, initiative or request it is about"),
        _number("value", "", "as it was told; for kinds with words, their number"),
        _text("label", "the word, or the ids separated by semicolons, where the value stands for that"),
        _number("was", "", "the value known before"),
        _whole("was_at", "quarter", "in which that was learned"),
    ),
    _table(
        "moments",
        "an executive asked on the spot",
        QUARTER,
        _text("moment", "id of the moment"),
        ACCOUNT,
        _text("twist", "the fact that changed, if it came so far"),
        _text("objection", "the criterion of the objection, if it came so far"),
        _text("ended", "won, held, lost or passed; empty while open"),
        _number("seconds", "seconds", "on the soft clock when it was last touched"),
        _text("clock", "what was done about the clock, separated by semicolons"),
    ),
    _table(
        "clock",
        "one thing done about the soft clock of a moment",
        LINE,
        QUARTER,
        _text("moment", "id of the moment"),
        _text("what", "start, pause, go_on, extend, off or ran_out"),
        _number("seconds", "seconds", "after it began"),
    ),
    _table(
        "talks",
        "a proposal in a negotiation over several issues, and what they said",
        LINE,
        QUARTER,
        MOVE,
        _text("talk", "id of the negotiation"),
        ACCOUNT,
        _whole("round", "proposal", "number of the proposal in this negotiation, from 1"),
        _text("status", "open, signed or walked, as it stood after their answer"),
        _text("pushed", "the issue that they named; empty where they named none"),
        _flag("gift", "whether it gave more and asked for nothing"),
        _flag("traded", "whether it gave and asked"),
        _flag("took_back", "whether it took back what had been offered"),
        _whole("asked", "questions", "questions at this table before the proposal"),
        PROPOSAL_TEXT,
        _money("ours", "what it is worth to us in a year; the player could not see it"),
        _money("theirs", "what it is worth to them in a year; the player could not see it"),
        _money("best", "the most that any proposal is worth to both in a year; the player could not see it"),
        _number("captured", "0 to 1", "part of the best for both that it takes up"),
        _number("own", "0 to 1", "part of that which is ours"),
        _money("bar", "what they would have settled for in a year; the player could not see it"),
    ),
    _table(
        "opportunities",
        "something that an initiative of a customer brought to be bought, from the need to what became of it",
        _OPPORTUNITY,
        _NUMBER,
        _text("title", "what is bought"),
        ACCOUNT,
        _text("initiative", "id of the initiative that it is for"),
        _text("product", "id of the product line"),
        _text("region", "id of the region"),
        _whole("arose", "quarter", "in which the need was there, as the session or the quarter opened"),
        _whole("opened", "quarter", "in which its decision opened; empty where it never did"),
        _whole("decided", "quarter", "at whose close it was decided; empty while it is open"),
        _text("stage", "the last before it was decided: need, requirements, comparison or decision"),
        _text("outcome", "won, lost, undecided, or open as far as the log goes"),
        _text("reason", "what decided it"),
        _text("rival", "id of the rival who has it"),
        _number("units", "units a quarter", "of the product line, as last known to the rules"),
        _money("worth", "a quarter at our price there, less what the bid gave off; empty while it is open"),
        _whole("runs", "quarters", "that it runs for"),
        _whole("until", "quarter", "the last of it; empty where nobody has it"),
        _whole("bids", "bids", "of the player's"),
        _number("bid", "share of list", "that the last bid gave off; empty without one"),
        _whole("bid_at", "quarter", "of the last bid"),
        _whole("first_seen", "quarter", "in which the player first heard of it"),
        _whole("last_seen", "quarter", "in which the player last heard of it before it was decided"),
        _flag("never_seen", "whether the player never heard of it"),
        _text("forecast", "won, lost or none, as the player last said; empty where nothing was said"),
        _whole("forecast_at", "quarter", "in which that was said"),
        _money("forecast_amount", "a quarter, as the player said"),
        _flag("foreseen", "whether the forecast named what came"),
        _money("forecast_gap", "what was forecast less what it came to, a quarter; empty where either is nothing"),
    ),
    _table(
        "opportunity_stages",
        "a stage that an opportunity came to; the player saw it only where the last columns say so",
        _OPPORTUNITY,
        _NUMBER,
        QUARTER,
        _text("stage", "need, requirements, comparison or decision"),
        _number("units", "units a quarter", "of the product line"),
        _whole("runs", "quarters", "that it runs for"),
        _whole("decides", "quarter", "at whose close it is decided; empty while nobody can say"),
        _text("twist", "what comes over it: none, grown, cut, price or changed"),
        _text("rivals", "ids of the rivals who bid, separated by semicolons"),
        _text("seen", "the stage that the player last heard of by then; empty for none"),
        _whole("seen_at", "quarter", "in which the player heard that"),
    ),
    _table(
        "drafts",
        "a page that was put aside",
        LINE,
        QUARTER,
        _text("draft", "the player's name for it", private=True),
        ACCOUNT,
        AUDIENCE,
        PAGE_TEXT,
        THOUGHT,
    ),
    _table(
        "coach",
        "a page about which the coach was asked",
        LINE,
        QUARTER,
        ACCOUNT,
        AUDIENCE,
        _text("advice", "criteria and gates that were named, the costliest first, separated by semicolons"),
        PAGE_TEXT,
        THOUGHT,
    ),
    _table(
        "events",
        "something that happened and still stands; books are in the tables above",
        LINE,
        QUARTER,
        MOVE,
        _text("kind", "what happened"),
        _text("told_to", "player, or debrief for what the player could not know"),
        _text("data", "its data as JSON; money in cents"),
    ),
    _table(
        "sittings",
        "a time at which the session was begun or gone on with",
        LINE,
        QUARTER,
        _time("at", "when"),
        _text("kamsim", "with which version"),
        _whole("rules", "", "under which rules"),
        _flag("restored", "whether it went on from its last checkpoint, open moves lost"),
    ),
    TableSchema(
        "faults",
        "something wrong with a file, or worth knowing about it",
        (
            _text("session", "the session's id, where some of the file is used"),
            _text("file", "the file", private=True),
            _text("kind", "the kind of fault"),
            LINE,
            _text("used", "all, part or none of the file is used"),
            _text("sentence", "what is wrong", private=True),
        ),
    ),
)
BY_NAME: Final = {table.name: table for table in TABLES}
