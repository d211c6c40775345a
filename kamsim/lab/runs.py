"""Bots over many seeds, as `kamsim run` plays and tells them: a policy by name or from a file of the user's own, its
logs, and the figures by year."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import numpy as np

from kamsim.errors import KamsimError
from kamsim.game.session import Session
from kamsim.players.policies import named_policy
from kamsim.players.seat import Policy
from kamsim.players.simulate import Outcomes
from kamsim.scenario.models import Scenario


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
    spec = spec_from_file_location(f"kamsim_policy_{file.stem}", file)
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise KamsimError(f"{file} cannot be run: {_fault_of(error)}") from None
    made = getattr(module, name, None)
    if not isinstance(made, type):
        known = [n for n, v in vars(module).items() if isinstance(v, type) and callable(getattr(v, "play", None))]
        told = f"; classes with a method play are {', '.join(known)}" if known else ""
        raise KamsimError(f"there is no class {name!r} in {file}{told}")

    def make() -> Policy:
        try:
            policy: Policy = made()
        except Exception as error:
            raise KamsimError(f"{name}() of {file} cannot be made: {_fault_of(error)}") from None
        return policy

    return make


def _fault_of(error: Exception) -> str:
    """An error in the user's own code, on one line."""
    return f"{type(error).__name__}: {' '.join(str(error).split())}"


def bot_log(scenario: Scenario, bot: Policy, seed: int, quarters: int | None, folder: Path) -> Path:
    """One session that a bot plays through its seat, with its log."""
    with Session.start(scenario, seed=seed, player=bot.name, log_dir=folder, quarters=quarters) as session:
        while not session.finished:
            bot.play(session.seat)
            session.end_quarter()
        return session.log_path


def summary(outcomes: Outcomes) -> dict[str, Any]:
    """Figures by year: money in whole units of the currency, summed over accounts, mean over seeds."""
    quarters = outcomes.nac.shape[1]
    years = []
    for start in range(0, quarters, 4):
        part = slice(start, min(start + 4, quarters))
        profit = outcomes.nac[:, part].sum(axis=(1, 2)) / 100
        revenue = outcomes.revenue[:, part].sum(axis=(1, 2)) / 100
        volume = outcomes.volume[:, part].sum(axis=(1, 2)) / 100
        years.append(
            {
                "year": start // 4 + 1,
                "quarters": part.stop - part.start,
                "profit_mean": float(profit.mean()),
                "profit_median": float(np.median(profit)),
                "revenue": float(revenue.mean()),
                "volume": float(volume.mean()),
                "discount": float(1 - revenue.sum() / volume.sum()),
                "cost_to_serve": float(outcomes.cost_to_serve[:, part].sum(axis=(1, 2)).mean() / 100),
                "share_of_wallet": float(outcomes.share_of_wallet[:, part].mean()),
                "trust": float(outcomes.trust[:, part].mean()),
            }
        )
    score = outcomes.score
    return {
        "scenario": outcomes.scenario.id,
        "currency": outcomes.scenario.currency,
        "policy": outcomes.policy,
        "seeds": len(outcomes.seeds),
        "quarters": quarters,
        "years": years,
        "score": {"mean": float(score.mean()), "median": float(np.median(score)), "by_seed": [float(s) for s in score]},
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
    return "\n".join([head, *lines, f"Score: mean {score['mean']:.1f}, median {score['median']:.1f}. {foot}"])
