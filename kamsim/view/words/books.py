"""A quarter's books in words: why an account's profit moved, the close, and how a guess fared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

from kamsim.view.words.names import MINUS, Cast, listed, percent, state_told
from kamsim.view.words.prices import Price, breakeven_of_five

if TYPE_CHECKING:
    from kamsim.engine.explain import Why

MOST_LINES: Final = 4
NOTHING_DONE: Final[Mapping[str, str]] = {}
ROUND_TO: Final = 100_000
"""Cents to which a line of a "why" is rounded on screen: a thousand."""
SERVING: Final = "cost to serve"
LONG: Final = {"payment": "waiting for payment", "made for them": "made for them alone"}
RARE: Final = ("credits", "made for them", "built together")
"""Parts of account profit that are told only where there are any."""
REST: Final = "rest"
FAMILIES: Final = {
    "deal": ("price", "contract"),
    "serving": ("cost_to_serve", "team", "projects", "payment", "redress"),
    "standing": ("trust", "service", "fit"),
    "market": ("economy", "initiatives", "tender", "recession", "rivals"),
    "luck": ("chance", "materials"),
}
"""Related causes that may share a line where the lines are too few, so that little is left over: the player's own
decisions first."""
WIDE: Final = {
    "bargain": (*FAMILIES["deal"], "awards", "joint"),
    "serving": FAMILIES["serving"],
    "regard": (*FAMILIES["standing"], "momentum"),
    "outside": (*FAMILIES["market"], *FAMILIES["luck"]),
}
"""The same, so wide that every cause has its line and nothing is left over."""
OWN: Final = frozenset(
    ("awards", "joint", "deal", "serving", "standing", "bargain")
    + FAMILIES["deal"]
    + FAMILIES["serving"]
    + FAMILIES["standing"]
)
"""What the player decides, or has worked for: it is told first."""
NOBODYS: Final = frozenset(("luck", *FAMILIES["luck"]))
"""What is nobody's doing: it is told last."""
CAUSE_WORDS: Final = {
    "economy": ("Their own business, and the season", "Their own business, and the season"),
    "initiatives": ("What their projects call for", "What their projects call for"),
    "chance": ("Chance, nobody's doing", "Chance, nobody's doing"),
    "tender": ("The tender's one-off units", "The tender's one-off units"),
    "materials": ("Cheaper materials, not your doing", "Dearer materials, not your doing"),
    "recession": ("Bad times, in which they keep to "
"whom they trust", "Bad times, in which they leave whom they don't trust"),
    "rivals": ("What rivals offer them", "What rivals offer them"),
    "price": ("Your price, and what they made of it", "Your price, and what they made of it"),
    "contract": ("What they have signed to buy", "What they have signed to buy"),
    "trust": ("How far they trust and know us", "How far they trust and know us"),
    "service": ("How punctually we delivered", "How punctually we delivered"),
    "fit": ("How well we fit what they are busy with", "How well we fit what they are busy with"),
    "momentum": ("Still working through from earlier quarters", "Still working through from earlier quarters"),
    "cost_to_serve": ("Fewer trips and rushes", "More trips and rushes"),
    "team": ("Fewer of your team's hours", "More of your team's hours"),
    "projects": ("What is made for them alone costs less now", "What is made for them alone"),
    "payment": ("They pay sooner", "They pay later"),
    "redress": ("Last quarter's credit for damage is behind us", "The credit for damage"),
    "awards": ("What was awarded of their projects", "What was awarded of their projects, or ran out"),
    "joint": ("What is built with them", "What is built with them"),
    "market": ("Their own business, its projects and rivals", "Their own business, its projects and rivals"),
    "standing": ("How they see us, and how we served them", "How they see us, and how we served them"),
    "luck": ("Chance and materials, nobody's doing", "Chance and materials, nobody's doing"),
    "deal": ("Your price, and what they have signed", "Your price, and what they have signed"),
    "bargain": ("Your price, and what is signed, awarded or built", "Your price, and what is signed, awarded or built"),
    "serving": ("Serving them, and waiting for their money", "Serving them, and waiting for their money"),
    "outside": ("Their own business, rivals, materials, chance", "Their own business, rivals, materials, chance"),
    "regard": ("How they see us, now and from earlier quarters", "How they see us, now and from earlier quarters"),
    REST: ("Everything else", "Everything else"),
}  # fmt: skip
"""By cause: where it helped, where it hurt. The same words where more volume may cost money."""


SHARED: Final = ("A smaller share of everybody's service cost", "A larger share of everybody's service cost")


@dataclass(frozen=True)
class WhyLine:
    """One cause of a change in account profit. ``cents`` is exact and the lines of an account sum to its change;
    ``text`` is rounded to thousands such that the rounded figures sum too."""

    cause: str
    cents: float
    shown: int
    """The figure in the text, in whole units of the currency."""
    text: str


def why_lines(
    cast: Cast, why: Why | Mapping[str, Any], *, shared: bool = False, did: Mapping[str, str] = NOTHING_DONE
) -> list[WhyLine]:
    """At most four causes that add up to the change of one account's profit: the player's own decisions first, chance
    and materials last, the largest first among either. ``shared``: the account bears an equal share of service cost, so
    that what others caused shows here too; ``did``: by cause, what the player did about it, in a few words."""
    before, after, parts = _why(why)
    ordered = sorted(_largest(parts), key=lambda item: _rank(item[0], shared=shared))
    shown = rounded([value for _, value in ordered], round(after / ROUND_TO) - round(before / ROUND_TO))
    words = {**CAUSE_WORDS, "cost_to_serve": SHARED} if shared else CAUSE_WORDS
    return [
        WhyLine(
            cause,
            value,
            units * ROUND_TO // 100,
            f"{words[cause][value < 0]}{_named(cast, why, cause)}{_done(did, cause, value)}: "
            f"{cast.money(units * ROUND_TO, plus=True, exact=True)}",
        )
        for (cause, value), units in zip(ordered, shown, strict=True)
    ]


def _rank(cause: str, *, shared: bool) -> int:
    """Where a cause stands: 0 what the player decided, 1 the rest, 2 what is nobody's doing."""
    own = cause in OWN and not (shared and cause == "cost_to_serve")
    return 0 if own else 2 if cause in NOBODYS else 1


def _done(did: Mapping[str, str], cause: str, value: float) -> str:
    """What the player did about a cause, or about those that share its line; where its figure goes against what that
    leads one to expect, with the reason."""
    causes = (cause, *FAMILIES.get(cause, ()), *WIDE.get(cause, ()))
    told = dict.fromkeys(did[name] for name in causes if name in did)
    reason = did.get(f"{cause}.{'hurt' if value < 0 else 'helped'}", "")
    return f" ({'; '.join(told)}{reason})" if told else ""


def _named(cast: Cast, why: Why | Mapping[str, Any], cause: str) -> str:
    """Which projects a line about projects may mean, as last seen: what the player knew, and no more. A state is no
    cause: what the project has called for since may have gone the other way."""
    if cause != "initiatives" or not isinstance(why, Mapping) or "seen" not in why:
        return ""
    named = [f"{cast.initiatives[name].name} {state_told(state)}" for name, state in why["seen"].items()]
    if not named:
        return " (you know of none that lives; ask about results)"
    return f" (last seen: {', '.join(named)}; {'it' if len(named) == 1 else 'they'} may have moved since)"


def _largest(parts: Mapping[str, float]) -> list[tuple[str, float]]:
    """At most four causes and their cents, the largest first. What is left over is never larger than the smallest line
    shown: where it would be, related causes share a line."""
    for count in range(len(FAMILIES) + 1):
        chosen = [{name: FAMILIES[name] for name in names} for names in combinations(FAMILIES, count)]
        ways = [_few(_merged(parts, families)) for families in chosen]
        small = [way for way in ways if _left_over(way) <= _smallest(way)]
        if small:
            return min(small, key=_left_over)
    return _few(_merged(parts, WIDE))


def _merged(parts: Mapping[str, float], families: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """The parts with some families added up; a cause that is alone in its family keeps its name."""
    made = dict(parts)
    for name, members in families.items():
        present = [member for member in members if parts.get(member)]
        if len(present) > 1:
            made[name] = sum(made.pop(member) for member in present)
    return made


def _few(parts: Mapping[str, float]) -> list[tuple[str, float]]:
    """The largest causes; those beyond four lines in one line that stands last."""
    ordered = sorted((item for item in parts.items() if item[1]), key=lambda item: -abs(item[1]))
    if len(ordered) > MOST_LINES:
        rest = sum(value for _, value in ordered[MOST_LINES - 1 :])
        ordered = [*ordered[: MOST_LINES - 1], (REST, rest)]
    return ordered


def _smallest(lines: Sequence[tuple[str, float]]) -> float:
    return min((abs(value) for cause, value in lines if cause != REST), default=0.0)


def _left_over(lines: Sequence[tuple[str, float]]) -> float:
    return next((abs(value) for cause, value in lines if cause == REST), 0.0)


def why_head(
    cast: Cast,
    why: Why | Mapping[str, Any],
    account: str,
    volume: float | None = None,
    told: float | None = None,
) -> str:
    """The line above: how far an account's profit moved, beside its volume where that is known. ``told``: what the
    quarter before was told to have earned, cents; where that was restated since, by a review, it is said."""
    before, after, _ = _why(why)
    moved = (round(after / ROUND_TO) - round(before / ROUND_TO)) * ROUND_TO
    start = cast.account(account)
    if volume is not None:
        grew = "as before" if abs(volume) < 0.005 else f"{'up' if volume > 0 else 'down'} {percent(abs(volume))}"
        start += f": volume {grew},"
    else:
        start += ":"
    restated = ""
    if told is not None and round(told / ROUND_TO) != round(before / ROUND_TO):
        restated = (
            f" The quarter before is restated at its true cost to serve: {_thousands(cast, before)}, told then as "
            f"{_thousands(cast, told)}."
        )
    if not moved:
        return f"{start} account profit unchanged at {_thousands(cast, after)}.{restated}"
    way = "up" if moved > 0 else "down"
    return f"{start} account profit {way} {cast.money(abs(moved), exact=True)} to {_thousands(cast, after)}.{restated}"


def _thousands(cast: Cast, cents: float) -> str:
    return cast.money(round(cents / ROUND_TO) * ROUND_TO, exact=True)


def _why(why: Why | Mapping[str, Any]) -> tuple[float, float, Mapping[str, float]]:
    if isinstance(why, Mapping):
        return float(why["before"]), float(why["after"]), why["parts"]
    return why.before, why.after, why.parts


def rounded(values: Sequence[float], total: int) -> list[int]:
    """Whole thousands that sum to ``total``: what rounding leaves over goes to the largest, where it shows least."""
    units = [round(value / ROUND_TO) for value in values]
    if units:
        units[max(range(len(units)), key=lambda row: abs(values[row]))] += total - sum(units)
    return units


def sales_line(cast: Cast, account: str, now: Mapping[str, Any], before: Mapping[str, Any] | None) -> str:
    """What one account bought, beside last quarter, and how we delivered."""
    moved = ""
    if before and before["volume_value"]:
        change = now["volume_value"] / before["volume_value"] - 1.0
        moved = (
            ", volume as before"
            if abs(change) < 0.005
            else f", volume {'up' if change > 0 else 'down'} {percent(abs(change))}"
        )
    on_time = f", {percent(now['on_time'])} delivered on the day" if "on_time" in now else ""
    return f"{cast.account(account)}: sales {cast.money(now['sales'])}{moved}{on_time}."


def profit_head(cast: Cast, closed: Mapping[str, Any]) -> str:
    """The line above the accounts' profits."""
    shared = not all(now.get("reviewed") for now in closed["accounts"].values())
    note = "; cost to serve is an equal share of sales, unless reviewed" if shared else ""
    return f"Account profit, in {cast.money(ROUND_TO, exact=True)}{note}"


def profit_line(cast: Cast, account: str, now: Mapping[str, Any], *, mark: bool = True) -> str:
    """What one account earned in thousands, and the parts that add up to it, in one line."""
    whole, parts = _profit_parts(now)
    reviewed = " (reviewed)" if mark and now.get("reviewed") else ""
    shown = [
        f"{name} {MINUS if unit < 0 else ''}{abs(unit):,}{reviewed if name == SERVING else ''}" for name, unit in parts
    ]
    return f"{cast.account(account)} {MINUS if whole < 0 else ''}{abs(whole):,}: {', '.join(shown)}."


def profit_parts(cast: Cast, now: Mapping[str, Any]) -> str:
    """Account profit and its parts: margin less cost to serve, team, waiting for payment, and what else there is. The
    rounded figures add up too."""
    whole, parts = _profit_parts(now)
    how = " (as reviewed)" if now.get("reviewed") else " (equal share)"
    shown = [
        f"{LONG.get(name, name)} {cast.money(unit * ROUND_TO, exact=True)}{how if name == SERVING else ''}"
        for name, unit in parts
    ]
    return f"{cast.money(whole * ROUND_TO, exact=True)}: {', '.join(shown)}"


def _profit_parts(now: Mapping[str, Any]) -> tuple[int, list[tuple[str, int]]]:
    """Account profit and its parts in whole thousands that add up; rare ones only where there are any."""
    values = {
        "margin": float(now["margin"]),
        SERVING: float(now["cost_to_serve"]),
        "team": float(now.get("team", 0)),
        "made for them": float(now.get("projects", 0)),
        "payment": float(now.get("capital", 0)),
        "credits": float(now.get("credits", 0)),
        "built together": float(now.get("joint", 0)),
    }
    whole = round(float(now["profit_booked"]) / ROUND_TO)
    units = rounded(list(values.values()), whole)
    parts = zip(values, units, strict=True)
    return whole, [(name, unit) for name, unit in parts if unit or name not in RARE]


def totals(cast: Cast, closed: Mapping[str, Any]) -> list[str]:
    """All accounts together, and what the company keeps after what no account is charged with."""
    lines = [f"All accounts: account profit {cast.money(closed['total'])}."]
    gap = closed.get("unallocated", 0)
    if abs(gap) >= 500_00:
        word = "more" if gap < 0 else "less"
        lines.append(
            f"Service cost {cast.money(abs(gap))} {word} than the accounts above "
            "show; whose it is, a review would tell."
        )
    rest = closed["unused"] + closed["programme"]
    lines.append(
        f"After idle capacity and the fixed cost of key account management, whoever is key ({cast.money(rest)}) the "
        f"company keeps {cast.money(closed['company'])}."
    )
    return lines


def range_line(cast: Cast, low: float, high: float, actual: float) -> str:
    """A guessed range beside the truth."""
    said = f"You said {cast.money(low)} to {cast.money(high)}; it is {cast.money(actual)}."
    if actual < low:
        return f"{said} Below your range by {cast.money(low - actual)}."
    if actual > high:
        return f"{said} Above your range by {cast.money(actual - high)}."
    width = (high - low) / max(abs(actual), 1.0)
    return f"{said} Inside" + (", though a range that wide holds nearly anything." if width > 0.6 else ".")


def breakeven_line(cast: Cast, account: str, price: Price, guess: float | None) -> str:
    """What five points more off would need, beside the guess."""
    needed = breakeven_of_five(price)
    name, line = cast.account(account), cast.line(price.line)
    if needed is None:
        truth = f"Five points more off {line} for {name}: no volume repays it"
    else:
        truth = f"Five points more off {line} for {name} repays only if they buy {percent(needed)} more"
    reason = (
        f"of every {cast.money(price.pocket, exact=True)} they pay for a {cast.lines[price.line].unit}, "
        f"{cast.money(price.pocket - price.unit_cost, exact=True)} is margin; five points take "
        f"{cast.money(price.list_price * 0.05 * (1.0 - price.rebate), exact=True)} of it"
    )
    said = "" if guess is None else f" You said {guess:g}%."
    return f"{truth}: {reason}.{said}"


def ranking_line(cast: Cast, ranking: Sequence[str]) -> str:
    """A ranking of accounts in a sentence."""
    return f"Your ranking by profit: {listed([cast.account(name) for name in ranking], 'then')}."
