"""The levers of a case in words: everything that any page, coach or report says of one stands here, by its name.

The other half of `kamsim.engine.levers`. Sentences have places in braces: ``n`` how far it is pulled, ``made`` what
would be made for this customer alone, ``cost`` what it costs, ``now`` how far it is pulled today, ``until`` the last
quarter of what is in force.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kamsim.engine.levers import LEVERS, Lever, kept
from kamsim.view.words.names import Cast, capital, counted, percent, points

if TYPE_CHECKING:
    from kamsim.engine.sight import Seen

Page = Mapping[str, Any]
NONE: Final = "none"
SIGNED: Final = "our desk has signed it"
UNSIGNED: Final = "our desk must sign it first, on another page"


@dataclass(frozen=True)
class Words:
    """What is said of one lever. Sentences that are empty are not said.

    ``label`` names it beside its control, ``desk_label`` on a page for our own desk; ``help`` says what it is, ``have``
    that they have it. ``title``: one of its choices. ``given``: on the page, ``paid`` behind it for our own desk;
    ``terms``: once signed; ``granted``: once our desk has signed it for us; ``held``: while it is in force.
    """

    label: str
    given: str
    terms: str
    column: str
    """What its column in the tables of a debriefing holds."""
    desk_label: str = ""
    help: str = ""
    have: str = ""
    title: Callable[[Any], str] = str
    n: Callable[[Any], str] = str
    paid: str = ""
    granted: str = ""
    held: str = ""
    more: str = ""
    """A coach on giving it, or more of it, up to ``enough``."""
    enough: float = 1.0
    back: str = ""
    """A coach on it as something that they do for us."""
    ask: str = ""
    """Its question in an offer, with what no and yes are called there, and what a change to no and to yes means."""
    answers: tuple[str, str] = ("", "")
    change: tuple[str, str] = ("", "")


def _whole(value: float) -> str:
    return str(int(value))


def _moved(value: float) -> str:
    return f"{points(value)} {'more off' if value > 0 else 'taken back'}"


WORDS: Final = {
    "price": Words(
        label="Price, points off list",
        desk_label="Price you may give",
        n=_moved,
        given="{n}{where}",
        terms="{n}",
        granted="{n} than today",
        column="points of list price given",
    ),
    "days": Words(
        label="They pay after",
        title=lambda days: f"{days} days",
        n=_whole,
        given="{n} days to pay instead of {now}",
        terms="{n} days to pay",
        granted="payment up to {n} days",
        column="payment days given; 0 leaves them",
    ),
    "pooled": Words(
        label="Fewer, larger deliveries",
        help="It saves us trips, and them goods-in.",
        have="as they have already",
        given="fewer, larger deliveries",
        terms="fewer, larger deliveries",
        held="fewer, larger deliveries",
        more="pool their deliveries",
        back="fewer deliveries",
        ask="How do we deliver?",
        answers=("Small and often", "Fewer, larger"),
        change=("small deliveries again, which raise service cost", "fewer trips, which save service cost"),
        column="pooled deliveries",
    ),
    "programme": Words(
        label="Our team's hours",
        help="Hours of our team, beside theirs.",
        title=lambda hours: f"{hours} a quarter" if hours else NONE,
        n=_whole,
        given="{n} hours a quarter of our team, beside theirs",
        terms="{n} hours a quarter of our team",
        held="{n} hours a quarter of your team promised until the end of {until}",
        more="give more hours of your team",
        enough=20.0,
        column="hours a quarter of a joint programme",
    ),
    "people": Words(
        label="Specialists there",
        help="Each costs {cost} a quarter.",
        title=lambda people: str(people) if people else NONE,
        n=lambda people: counted(int(people), "specialist"),
        given="{n} on their site",
        paid=", {cost} a quarter",
        terms="{n}",
        granted="{n}",
        held="{n} until the end of {until}",
        column="specialists given",
    ),
    "bespoke": Words(
        label="{made}, {cost} once",
        help="It costs once, and a little for ever.",
        given="{made}",
        paid=", {cost} once",
        terms="{made}",
        granted="{made}",
        held="{made}",
        column="customization",
    ),
    "priority": Words(
        label="Their orders first",
        help="Somebody else's wait.",
        given="their orders first on our lines",
        terms="their orders first",
        granted="their orders first",
        held="their orders first until the end of {until}",
        column="reserved capacity",
    ),
    "commitment": Words(
        label="More volume, committed",
        help="What they commit in return, as a part of what they buy.",
        title=lambda part: percent(part, plus=True) if part else NONE,
        given="",
        terms="",
        column="share of volume asked for as a commitment",
    ),
    "length": Words(
        label="Signed for",
        title=lambda quarters: counted(quarters // 4, "year"),
        given="",
        terms="",
        column="quarters of contract asked for",
    ),
}
"""By the name of the lever or ask."""


def _filled(cast: Cast, account: str, name: str, said: str, value: Any = 1, **more: str) -> str:
    """A sentence with its places filled."""
    made = cast.accounts[account].bespoke
    thing = made.name[:1].lower() + made.name[1:] if made else "something made for them alone"
    if "{cost}" in said:
        once = made.cost if made and LEVERS[name].one_off is not None else 0.0
        more["cost"] = cast.money(100.0 * (once or value * cast.scenario.company.specialist_cost))
    return said.format(n=WORDS[name].n(value), made=thing, **more)


def label(cast: Cast, account: str, name: str, audience: str = "customer") -> str:
    """What a lever is called beside its control."""
    words = WORDS[name]
    return capital(_filled(cast, account, name, (audience == "desk" and words.desk_label) or words.label))


def explained(cast: Cast, account: str, name: str) -> str:
    """What a lever is, in a sentence; '' where its name says it."""
    return _filled(cast, account, name, WORDS[name].help)


def offered(cast: Cast, account: str, name: str) -> bool:
    """Whether a lever can be had at an account at all."""
    return LEVERS[name].one_off is None or cast.accounts[account].bespoke is not None


def value_of(page: Page, name: str) -> Any:
    """How far a page pulls a lever."""
    lever = LEVERS[name]
    return page.get(name) or (lever.choices[0] if lever.choices else 0.0)


def pulls(page: Page, name: str) -> bool:
    """Whether a page pulls a lever at all."""
    value = value_of(page, name)
    return abs(value) > 1e-9 if isinstance(value, float) else value not in (0, "no")


def far(page: Page, name: str) -> float:
    """How far a page pulls a lever, as a number; 1 for yes."""
    value = value_of(page, name)
    return float(LEVERS[name].choices.index(value)) if LEVERS[name].switch else float(value)


def given(cast: Cast, account: str, audience: str, page: Page, *, where: str, days: int) -> list[str]:
    """What a page gives, a few words a lever. ``where``: where its price holds; ``days``: when they pay today."""
    said = []
    for name in LEVERS:
        value, words = value_of(page, name), WORDS[name]
        if pulls(page, name) and not (name == "days" and int(value) == days):
            paid = words.paid if audience == "desk" and offered(cast, account, name) else ""
            said.append(_filled(cast, account, name, words.given + paid, value, where=where, now=str(days)))
    return said


def terms(cast: Cast, account: str, page: Page) -> list[str]:
    """What a signed page of a customer gives, a few words a lever."""
    return [
        _filled(cast, account, name, WORDS[name].terms, value_of(page, name)) for name in LEVERS if pulls(page, name)
    ]


def granted(cast: Cast, account: str, page: Page) -> list[str]:
    """What our desk grants by signing a page, a few words a lever."""
    return [
        _filled(cast, account, name, WORDS[name].granted, value_of(page, name))
        for name in LEVERS
        if WORDS[name].granted and pulls(page, name) and far(page, name) > 0
    ]


def more(page: Page) -> list[str]:
    """What a coach would have a page give, or give more of: hours of ours before what they do for us."""
    wanted = sorted((name for name in LEVERS if WORDS[name].more), key=lambda name: LEVERS[name].returns)
    return [WORDS[name].more for name in wanted if far(page, name) < WORDS[name].enough]


def in_force(seen: Seen, name: str, row: int) -> float:
    """How far a lever is pulled today at an account: 0 or 1, hours, specialists."""
    return float(seen.in_force(name, row)[0])


def held(cast: Cast, seen: Seen, row: int, *, desk: bool) -> list[str]:
    """What is in force at an account, a few words a lever: of those that our desk must sign, or of the others."""
    return _in_force(cast, seen, row, [name for name, lever in LEVERS.items() if lever.needs_desk is desk])


def paid_for(cast: Cast, seen: Seen, row: int) -> list[str]:
    """The same of those that cost hours or money every quarter, whatever becomes of what they were signed for."""
    costly = [name for name, lever in LEVERS.items() if lever.hours or lever.fee or lever.one_off]
    return _in_force(cast, seen, row, costly)


def _in_force(cast: Cast, seen: Seen, row: int, names: Sequence[str]) -> list[str]:
    said, account = [], seen.params.accounts[row]
    for name in names:
        if LEVERS[name].rows and in_force(seen, name, row):
            until = cast.quarter(int(seen.until[name][row, 0])) if name in seen.until else ""
            said.append(_filled(cast, account, name, WORDS[name].held, int(in_force(seen, name, row)), until=until))
    return said


def signature(seen: Seen, lever: Lever, row: int) -> str:
    """Whether our desk has signed a lever at an account; '' where it need not."""
    if not lever.needs_desk:
        return ""
    return SIGNED if in_force(seen, lever.name, row) else UNSIGNED


# --- in offers --------------------------------------------------------------------------------------------------

OFFERED: Final = tuple(lever.name for lever, _ in kept("offered"))
"""The levers of a case that an offer of Terms has, too, besides price and payment days."""


def said_yes(offer: Page, name: str) -> bool:
    """Whether an offer has a lever; old logs hold a number."""
    return offer.get(name) in ("yes", 1, True)


def offer_terms(offer: Page) -> list[str]:
    """What an offer has besides price, volume, years and days."""
    return [WORDS[name].terms for name in OFFERED if said_yes(offer, name)]


def changes(seen: Seen, row: int, offer: Page) -> list[str]:
    """What an offer changes by its levers."""
    return [
        WORDS[name].change[said_yes(offer, name)]
        for name in OFFERED
        if said_yes(offer, name) != bool(in_force(seen, name, row))
    ]


def returned(offer: Page) -> bool:
    """Whether an offer has something come back: volume, or what they do for us."""
    return float(offer.get("commitment", 0.0)) > 0 or any(
        said_yes(offer, name) for name in OFFERED if LEVERS[name].returns
    )
