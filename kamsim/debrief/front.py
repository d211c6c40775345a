"""What a player's first page says, as plain data: the printed page and the window's last page draw the same figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from kamsim.debrief import story
from kamsim.debrief.attribution import Attribution
from kamsim.debrief.competencies import Rating, front, rate
from kamsim.debrief.decisions import Decision, decisions_of, flags_of
from kamsim.debrief.pursuits import Pursuit
from kamsim.debrief.record import Play
from kamsim.game.events.ending import RanksRevealed
from kamsim.letters import curled
from kamsim.page.charts_time import Flag
from kamsim.view.words.names import apart, capital, counted
from kamsim.view.words.opportunities import at_home, at_stake

LOST: Final = "Played again it gives other figures (other rules, or changed), so what decisions were worth is missing."
COUNT: Final = {2: "two", 3: "three"}
Row = tuple[str, float, str]
"""A name, cents, and "own" for the player's."""


@dataclass(frozen=True)
class Score:
    """Points and their unit; both purses of whoever sat in the chair on the same luck, cents; '' and no rows where
    they are lost."""

    points: str
    unit: str
    said: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Years:
    """Each decision a flag of its worth, over named quarters and (name, profit, from, to) of years."""

    said: str
    quarters: tuple[str, ...]
    years: tuple[tuple[str, str, int, int], ...]
    flags: tuple[Flag, ...]


@dataclass(frozen=True)
class Chance:
    """One kind of what customers came to buy: its sign, how many and how much, and the largest ('' for none)."""

    sign: str
    head: str
    largest: str


@dataclass(frozen=True)
class Ranks:
    """Places by sales, as guessed, by profit (from 1, None for none), and what is told beside each name."""

    said: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int | None, ...]], ...]
    told: tuple[str, ...]


@dataclass(frozen=True)
class Skill:
    """A strength, or something to practise, with one line of evidence."""

    name: str
    counts: str
    proof: str


@dataclass(frozen=True)
class Front:
    """The whole first page. ``years``, ``ranks``: None where there are none; ``decisions``: those that made it, under
    ``title``; ``strong``, ``weak``: skills."""

    name: str
    under: str
    score: Score
    years: Years | None
    chances: tuple[Chance, ...]
    title: str
    decisions: tuple[Decision, ...]
    ranks: Ranks | None
    strong: tuple[Skill, ...]
    weak: tuple[Skill, ...]


def front_of(play: Play, made: Attribution | None) -> Front:
    """What the first page of a session says; without what its decisions were worth where it cannot be played again."""
    scenario = play.scenario
    span = f"{scenario.year} to {scenario.year + (play.quarters - 1) // 4}" if play.quarters > 4 else str(scenario.year)
    found = decisions_of(play, made) if made is not None else []
    strong, weak = front(rate(play))
    return Front(
        name=play.name,
        under=f"{scenario.title}, {counted(play.quarters, 'quarter')}, {span}. Luck {play.seed}.",
        score=_score(play, made),
        years=_years(play, made) if made is not None else None,
        chances=tuple(_chances(play)),
        title="The decision that made it" if len(found) == 1 else f"The {COUNT.get(len(found))} decisions that made it",
        decisions=tuple(found),
        ranks=_ranks(play),
        strong=tuple(_skill(play, rating, True) for rating in strong),
        weak=tuple(_skill(play, rating, False) for rating in weak),
    )


def _score(play: Play, made: Attribution | None) -> Score:
    """Points, and both purses beside whoever else sat in the chair on the same luck."""
    cast, score = play.cast, play.score
    if score is not None:
        others = [
            ("A typical key account manager", float(score.typical), ""),
            ("An empty chair", float(score.empty_chair.value), ""),
            ("8 points more off for everyone", float(score.discounter.value), ""),
        ]
        more = "more" if score.value >= score.typical else "less"
        said = (
            f"Both purses: {apart(cast, score.value, score.typical)} {more} than a typical key account manager on your "
            f"luck (50 points). Account profit {cast.money(score.you.profit)}; an empty chair "
            f"{cast.money(score.empty_chair.profit)}."
        )
        rows = (("You", float(score.value), "own"), *sorted(others, key=lambda row: -row[1]))
        return Score(f"{score.score:.0f}", "points", said, rows)
    unit = f"of {play.log.header.quarters} quarters: no score yet"
    if made is None:
        return Score(str(play.quarters), unit, "", ())
    more = "more" if made.played >= made.nobody else "less"
    said = (
        f"Both purses so far: {apart(cast, made.played, made.nobody)} {more} than with nobody deciding anything, on "
        "your luck."
    )
    return Score(
        str(play.quarters), unit, said, (("You", float(made.played), "own"), ("An empty chair", float(made.nobody), ""))
    )


def _years(play: Play, made: Attribution) -> Years:
    """The years, each decision a flag of its size."""
    cast, years = play.cast, []
    for number, part in enumerate(story.year_slices(play.quarters)):
        earned = cast.money(float(play.profit[part].sum()))
        years.append((str(play.scenario.year + number), earned, part.start, part.stop))
    flags = flags_of(play, made)
    ups, downs = (sum(way * one.worth > 0 for one in flags) for way in (1, -1))
    said = "Each decision is as large as what both purses would have missed without it."
    if ups and downs:
        said += f" {ups} brought money, {downs} cost some."
    if not flags:
        said = "No decision changed either purse."
    quarters = tuple(cast.quarter(quarter) for quarter in range(1, play.quarters + 1))
    return Years(said, quarters, tuple(years), tuple(flags))


def _chances(play: Play) -> list[Chance]:
    """What customers came to buy: won, lost, and never seen, each with the largest of its kind."""
    decided = [one for one in play.pursuits if one.award is not None]
    if not decided:
        return []
    won = [one for one in decided if one.outcome == "won"]
    lost = [one for one in decided if one.outcome == "lost" and one.seen]
    unseen = [one for one in decided if one.outcome == "lost" and not one.seen]
    sides = (("check", WON, won), ("cross", ("lost", "lost"), lost), ("search", ("never seen", "never seen"), unseen))
    return [_chance(play, *side) for side in sides]


WON: Final = ("opportunity won", "opportunities won")


def _chance(play: Play, sign: str, words: tuple[str, str], found: Sequence[Pursuit]) -> Chance:
    """One kind: how many, in ``words`` of one and of many, what they come to, and the largest."""
    cast = play.cast
    awards = [one.award for one in found if one.award is not None]
    if not awards:
        return Chance(sign, f"{'No' if sign == 'check' else 'None'} {words[1]}.", "")
    most = max(awards, key=lambda award: award.worth * award.runs)
    whole = cast.money(sum(at_stake(award) * award.runs for award in awards))
    return Chance(
        sign, f"{counted(len(awards), *words)}, {whole}.", curled(at_home(cast, most.opportunity, most.arose))
    )


def _ranks(play: Play) -> Ranks | None:
    """Who is first by sales, who by profit, and what was guessed."""
    revealed = [item.event for item in play.of(RanksRevealed)]
    event = next((one for one in revealed if one.guess), revealed[0] if revealed else None)
    if event is None:
        return None
    cast = play.first_cast
    orders = [list(event.by_sales), *([list(event.guess)] if event.guess else []), list(event.by_profit)]
    heads = ("By sales", *(["Your guess"] if event.guess else []), "By profit")
    rows = tuple((cast.account(name), tuple(_rank(order, name) for order in orders)) for name in event.by_sales)
    told = tuple(cast.money(event.profit[name]) for name in event.by_sales) if event.profit else ()
    year = play.scenario.year + event.year - 1
    first, last = cast.account(event.by_sales[0]), event.by_profit.index(event.by_sales[0]) + 1
    said = f"{year}: {first} was first by sales and number {last} by profit."
    if event.guess:
        right = sum(one == two for one, two in zip(event.guess, event.by_profit, strict=False))
        said += f" You placed {right} of {len(event.by_profit)} right."
    return Ranks(said, heads, rows, told)


def _rank(order: list[str], name: str) -> int | None:
    return order.index(name) + 1 if name in order else None


def _skill(play: Play, rating: Rating, met: bool) -> Skill:
    proof = next((one for one in reversed(rating.occasions) if one.met == met), None)
    said = f"{play.cast.quarter(proof.quarter)}: {proof.text}." if proof else ""
    return Skill(capital(rating.row.words), f"{rating.met} of {len(rating.occasions)} occasions.", curled(said))


# --- as text ------------------------------------------------------------------------------------------------------


def in_lines(told: Front, money: Callable[..., str]) -> list[tuple[str, list[str]]]:
    """The first page as headings with lines, for a face without pictures: the same figures in the same order."""
    score, years, ranks = told.score, told.years, told.ranks
    parts = [("What your decisions were worth", [LOST] if years is None else [years.said, *_flags(years, money)])]
    parts.append((told.title, [_line(place, one, money) for place, one in enumerate(told.decisions, start=1)]))
    others = [f"{name}: {money(value)}." for name, value, _ in score.rows]
    parts.append((f"On the same luck: {score.points} {score.unit}", [*filter(None, [score.said]), *others]))
    chances = [f"{one.head}{f' Largest: {one.largest}.' if one.largest else ''}" for one in told.chances]
    parts.append(("What customers came to buy", chances))
    parts.append(("Who sells, who earns", [ranks.said] if ranks is not None else []))
    parts += [(title, [f"{one.name}. {one.counts} {one.proof}".rstrip() for one in skills])
              for title, skills in (("Strengths", told.strong), ("To practise", told.weak))]  # fmt: skip
    return [(title, lines) for title, lines in parts if lines]


def _flags(years: Years, money: Callable[..., str]) -> list[str]:
    return [f"{flag.name} ({years.quarters[flag.first]}): {money(flag.worth, plus=True)}." for flag in years.flags]


def _line(place: int, one: Decision, money: Callable[..., str]) -> str:
    said = f" \N{LEFT DOUBLE QUOTATION MARK}{one.quote}\N{RIGHT DOUBLE QUOTATION MARK} {one.who}." if one.quote else ""
    told = f"{capital(one.came)}. {capital(one.when)}. {one.otherwise}"
    return f"{place}. {money(one.worth, plus=True)}. {one.about}.{said} {told}"
