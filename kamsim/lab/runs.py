"""Bots over many seeds, as `kamsim run` plays and tells them: a policy by name or from a file of the user's own, its
logs, and the figures by year."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from functools import partial
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, Final

import numpy as np

from kamsim.engine.lanes import Lanes, total
from kamsim.errors import KamsimError
from kamsim.lab.lanes_file import LanesFile
from kamsim.lab.progress import Progress
from kamsim.players.keeping import Kept
from kamsim.players.outcomes import Outcomes, Study, played
from kamsim.players.own_policy import fault, line_in, told_where
from kamsim.players.policies import named_policy
from kamsim.players.seat import Policy
from kamsim.players.workers import OWN, Workers, workers_for
from kamsim.scenario.models import Scenario

MOST_LISTED: Final = 10_000
"""Seeds whose scores are listed one by one; with more of them there are quantiles only."""
TOGETHER: Final = 64
"""Sessions that are played and logged side by side."""
QUANTILES: Final = (0.05, 0.25, 0.5, 0.75, 0.95)
MEANS: Final = ("revenue", "volume", "cost_to_serve", "share_of_wallet", "trust")
"""What is told by year as a mean over seeds, beside the profit."""


def check_quarters(scenario: Scenario, quarters: int | None, *, logged: bool) -> None:
    """Say what the scenario allows before anything is played."""
    length = scenario.length
    least = length.shortest if logged else 1
    if quarters is not None and not least <= quarters <= length.longest:
        why = " with --logs, because a log is a whole session," if logged else ""
        raise KamsimError(
            f"{scenario.title} can be run for {least} to {length.longest} quarters,{why} and for {length.standard} "
            f"unless you say otherwise; --quarters {quarters} is outside"
        )


def policy_maker(named: str) -> Callable[[], Policy]:
    """What makes the policy named: a shipped one, or FILE.py:CLASS, whose file is run once."""
    file, colon, name = named.rpartition(":")
    if colon and file.endswith(".py"):
        return _policy_of(Path(file), name)
    if named.endswith(".py"):
        raise KamsimError(f"name the class too: --policy {named}:CLASS")
    named_policy(named)
    return lambda: named_policy(named)


def _policy_of(file: Path, name: str) -> Callable[[], Policy]:
    """A class in a file of the user's own."""
    if not file.is_file():
        raise KamsimError(f"there is no file {file} to take a policy from")
    spec = spec_from_file_location(f"{OWN}{file.stem}", file)
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        line = line_in(module.__file__ or "", error)
        raise KamsimError(f"{file}{f':{line}' if line else ''} cannot be run: {fault(error)}") from None
    made = getattr(module, name, None)
    if not isinstance(made, type):
        known = [n for n, v in vars(module).items() if isinstance(v, type) and callable(getattr(v, "play", None))]
        told = f"; classes with a method play are {', '.join(known)}" if known else ""
        raise KamsimError(f"there is no class {name!r} in {file}{told}")

    def make() -> Policy:
        try:
            policy: Policy = made()
        except (Exception, SystemExit) as error:
            line = line_in(module.__file__ or "", error)
            place = f"{file}{f':{line}' if line else ''}"
            raise KamsimError(f"{place}: {name}() cannot be made: {fault(error)}") from None
        return policy

    return make


def write_logs(study: Study, maker: Callable[[], Policy], folder: Path, tell: Callable[[str], None]) -> Iterator[Path]:
    """The session of each seed as a log in ``folder``, `TOGETHER` of them at a time: all of these whole, or none."""
    from kamsim.game.scribe import Scribe  # noqa: PLC0415  # a run without logs needs none

    count = len(study.seeds)
    with Progress("logs", tell) as progress:
        for start in range(0, count, TOGETHER):
            bot, seeds = maker(), study.seeds[start : start + TOGETHER]
            with Scribe(study.scenario, seeds, study.quarters, bot.name, folder) as scribe:
                for quarter in range(study.quarters):
                    with told_where(bot):
                        bot.play(scribe.seat)
                    scribe.end_quarter()
                    progress.done(start * study.quarters + (quarter + 1) * len(seeds), count * study.quarters)
            for written, log in enumerate(scribe.logs, start + 1):
                progress.told(f"{log} ({written} of {count})")
                yield log


def play_all(study: Study, count: int, dask: str | None, out: Path | None, tell: Callable[[str], None]) -> Kept:
    """Play a study by ``count`` processes or the cluster at ``dask``, told by ``tell`` and a line that moves; ``out``
    is the Parquet file for every lane, which is written if the study is complete."""
    with (
        nullcontext() if out is None else LanesFile(out) as lanes,
        workers_for(count, dask) as workers,
        Progress(study.policy.name, tell) as progress,
    ):
        kept = play(study, workers, progress, lanes)
        if lanes is not None and kept.complete:
            tell(str(lanes.finish()))
    if not kept.complete:
        tell(
            "Interrupted: what follows is of the seeds that were finished."
            + (f" {out} was not written." if out else "")
        )
    return kept


def play(study: Study, workers: Workers, progress: Progress, lanes: LanesFile | None = None) -> Kept:
    """Play a study chunk by chunk; what it came to, at constant memory. ``lanes`` takes every lane.

    Interrupted, it gives what was finished by then, ``count`` of the ``seeds``. Raises KeyboardInterrupt where that is
    nothing.
    """
    kept = Kept(len(study.seeds))
    steps = len(study.seeds) * study.quarters

    def told(quarters: int, seeds: int) -> None:
        progress.done(kept.count * study.quarters + quarters * seeds, steps)

    work = partial(_part, lanes is not None, told if workers.here else None)
    try:
        for figures, outcomes in workers.each(work, study.chunks(workers.count)):
            kept.add(figures)
            if lanes is not None and outcomes is not None:
                lanes.add(outcomes)
            told(0, 0)
    except KeyboardInterrupt:
        workers.stop(in_order=False)
        if not kept.count or any(column.count != kept.count for column in kept.figures.values()):
            raise
    return kept


def _part(
    whole: bool, told: Callable[[int, int], None] | None, chunk: Study
) -> tuple[dict[str, Lanes], Outcomes | None]:
    """What is told of a chunk, and where they are wanted its lanes."""
    outcomes = played(chunk, told=told)
    return _figures(outcomes), outcomes if whole else None


def _figures(outcomes: Outcomes) -> dict[str, Lanes]:
    """By lane: the score, profit by year in whole units of the currency, and `MEANS` by year, (L, years), of which the
    cost to serve is in cents."""
    quarters, accounts = outcomes.nac.shape[1:]
    years = _years(quarters)
    figures = {"score": outcomes.score}
    for name in ("nac", *MEANS):
        books = np.moveaxis(getattr(outcomes, name), 0, -1)
        sums = [total(books[part].reshape(-1, books.shape[-1])) for part in years]
        if name == "nac":
            figures |= {f"profit {year}": added / 100 for year, added in enumerate(sums, start=1)}
        elif name in ("revenue", "volume"):
            figures[name] = np.stack(sums, axis=1) / 100
        elif name == "cost_to_serve":
            figures[name] = np.stack(sums, axis=1)
        else:
            cells = [accounts * (part.stop - part.start) for part in years]
            figures[name] = np.stack(sums, axis=1) / cells
    return figures


def _years(quarters: int) -> list[slice]:
    return [slice(start, min(start + 4, quarters)) for start in range(0, quarters, 4)]


def summary(study: Study, kept: Kept) -> dict[str, Any]:
    """Figures by year: money in whole units of the currency, summed over accounts, mean over seeds.

    ``score`` lists those of single seeds up to `MOST_LISTED` of them. Medians and quantiles are exact where
    ``sampled`` is the number of seeds, and otherwise taken from so many of them (see `keeping.Column`).
    """
    means = {name: kept[name].mean for name in MEANS}
    years = [
        {
            "year": year + 1,
            "quarters": part.stop - part.start,
            "profit_mean": float(kept[f"profit {year + 1}"].mean),
            "profit_median": kept[f"profit {year + 1}"].median,
            "revenue": float(means["revenue"][year]),
            "volume": float(means["volume"][year]),
            "discount": float(1 - kept["revenue"].total[year] / kept["volume"].total[year]),
            "cost_to_serve": float(means["cost_to_serve"][year] / 100),
            "share_of_wallet": float(means["share_of_wallet"][year]),
            "trust": float(means["trust"][year]),
        }
        for year, part in enumerate(_years(study.quarters))
    ]
    score = kept["score"]
    sample = score.sample
    return {
        "scenario": study.scenario.id,
        "currency": study.scenario.currency,
        "policy": study.policy.name,
        "seeds": kept.count,
        "seeds_asked": kept.seeds,
        "quarters": study.quarters,
        "years": years,
        "score": {
            "mean": float(score.mean),
            "median": score.median,
            "quantiles": {str(share): score.quantile(share) for share in QUANTILES},
            "sampled": len(sample),
            "by_seed": sample.tolist() if score.count <= MOST_LISTED else None,
        },
    }


def run_table(result: dict[str, Any]) -> str:
    """The summary as plain columns."""
    heads = (
        "Year",
        "Profit, mean",
        "Profit, median",
        "Revenue",
        "Volume",
        "Discount",
        "Cost to serve",
        "Share of wallet",
        "Trust",
    )
    rows: list[tuple[str, ...]] = [heads]
    for year in result["years"]:
        money = (f"{year[name] / 1e6:.2f}m" for name in ("profit_mean", "profit_median", "revenue", "volume"))
        rows.append(
            (
                str(year["year"]) + ("" if year["quarters"] == 4 else f" ({year['quarters']} q)"),
                *money,
                f"{year['discount']:.1%}",
                f"{year['cost_to_serve'] / 1e6:.2f}m",
                f"{year['share_of_wallet']:.1%}",
                f"{year['trust']:.2f}",
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(heads))]
    lines = ["  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    head = (
        f"{result['scenario']}, {result['policy']}: {result['seeds']} seeds, {result['quarters']} quarters; "
        f"{result['currency']}, all accounts, mean over seeds"
    )
    score = result["score"]
    foot = "Volume is valued at list price; share of wallet and trust are means over accounts."
    told = [head, *lines, f"Score: mean {score['mean']:.1f}, median {score['median']:.1f}. {foot}"]
    if score["sampled"] < result["seeds"]:
        told.append(f"Medians are those of {score['sampled']} seeds, evenly spread over all.")
    if result["seeds"] < result["seeds_asked"]:
        told.append(f"Interrupted: these are the first {result['seeds']} of {result['seeds_asked']} seeds.")
    return "\n".join(told)
