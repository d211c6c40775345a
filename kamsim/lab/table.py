"""The claims as a page of text, and as plain data."""

from __future__ import annotations

import math
from collections.abc import Sequence
from textwrap import wrap
from typing import Any, Final

from kamsim.lab.claims import Claim, Condition
from kamsim.lab.statistics import Interval
from kamsim.lab.verdicts import FRAGILE, NOT_SHOWN, ORDER, SHOWN, Finding, Row

WIDTH: Final = 100
Waiting = tuple[Claim, str]
"""A claim that cannot be tried yet, and what is missing for it."""
POINTS: Final = frozenset(
    {
        "discount",
        "price",
        "cost_share",
        "margin",
        "share_of_wallet",
        "approved",
        "affected_approved",
        "granted",
        "doors",
    }
)
"""Metrics that are shares themselves, so that their differences are told in points."""
NOTE: Final = (
    "Share: of seeds in which the condition holds, or of all attempts where it says so; in brackets its exact 95% "
    "interval. Effect: median over seeds, with the interval of its order statistics. Fragile: it holds, but the "
    "interval includes the threshold or the effect's interval a change of sign. A claim is as good as its worst line. "
    "Thresholds were fixed beforehand (kamsim/lab/claims.toml)."
)


def render(rows: Sequence[Row], waiting: Sequence[Waiting], seeds: int) -> str:
    """The table: a block for each claim, what cannot be tried yet, and the count of verdicts."""
    blocks = [_block(row) for row in rows]
    if waiting:
        lines = [f"  {claim.id:<14} {_quoted(claim)}\n  {'':<14} needs {needs}" for claim, needs in waiting]
        blocks.append("\n".join(["Not yet possible:", *lines]))
    if rows:
        counts = {name: sum(row.verdict == name for row in rows) for name in (SHOWN, FRAGILE, NOT_SHOWN)}
        told = ", ".join(f"{count} {name}" for name, count in counts.items())
        said = f"{len(rows)} claim{'' if len(rows) == 1 else 's'} tried on {seeds} seeds: {told}."
        blocks.append("\n".join([said, *wrap(NOTE, WIDTH)]))
    return "\n\n".join(blocks)


def _quoted(claim: Claim) -> str:
    return f"\u201c{claim.quote}\u201d {claim.source}"


def _block(row: Row) -> str:
    claim = row.claim
    head = f"{claim.id}  {row.verdict.upper()}  {_quoted(claim)}"
    told = [f"    {line}" for line in wrap(f"{claim.asks}; {claim.scenario}, {_length(claim)}.", WIDTH - 4)]
    lines = [line for finding in row.findings for line in _lines(finding)]
    if claim.part_needs:
        lines += [f"    {line}" for line in wrap(f"Not tried: {claim.part_needs}.", WIDTH - 4)]
    return "\n".join([*wrap(head, WIDTH, subsequent_indent="    "), *told, *lines])


def _length(claim: Claim) -> str:
    return f"{claim.quarters} quarters"


def _lines(finding: Finding) -> list[str]:
    """What a condition came to, on two lines: the sentence and its verdict, then the figures."""
    condition = finding.condition
    says = wrap(condition.says, WIDTH - 20)
    first = f"  - {says[0]}"
    made = [f"{first:<{WIDTH - 14}} {finding.verdict:>13}", *(f"    {line}" for line in says[1:])]
    return [*made, f"      {_figures(finding)}"]


def _figures(finding: Finding) -> str:
    condition = finding.condition
    if not math.isfinite(finding.share):
        return "there was nothing to compare"
    if condition.test == "variance":
        low, high = finding.interval
        least, most = condition.threshold if isinstance(condition.threshold, tuple) else (0.0, 1.0)
        of = f"{finding.share:.1%} of what differs between {len(condition.rising)} arms ({low:.1%} to {high:.1%})"
        return f"{of}, asked {least:.0%} to {most:.0%}; {finding.seeds} seeds"
    if condition.test == "band":
        asked = _asked(condition)
        return f"median effect {_effect(finding)}{asked}; inside in {finding.share:.1%} of {finding.seeds} seeds"
    low, high = finding.interval
    of = "of all attempts" if condition.test == "rate" else f"of {finding.seeds} seeds"
    share = f"{finding.share:.1%} {of} ({low:.1%} to {high:.1%}){_asked(condition)}"
    return share if condition.test == "rate" else f"{share}; effect {_effect(finding)}"


def _asked(condition: Condition) -> str:
    threshold = condition.threshold
    if threshold is None:
        return ""
    if isinstance(threshold, tuple):
        return f", asked {_amount(condition, threshold[0])} to {_amount(condition, threshold[1])}"
    return f", asked {threshold:.0%}"


def _effect(finding: Finding) -> str:
    low, high = finding.effect_interval
    told = [_amount(finding.condition, value) for value in (finding.effect, low, high)]
    return f"{told[0]} ({told[1]} to {told[2]})"


def _amount(condition: Condition, value: float) -> str:
    """An effect in the metric's own unit: per cent of the lower side's, points, or as it is."""
    if condition.relative:
        return f"{value:+.1%}"
    return f"{100.0 * value:+.1f} pts" if condition.metric in POINTS else f"{value:+.2f}"


def to_dict(rows: Sequence[Row], waiting: Sequence[Waiting], seeds: int) -> dict[str, Any]:
    """One object. A claim's ``share``, ``effect``, ``interval`` and ``threshold`` are those of its deciding (worst)
    condition; all of them stand in ``conditions``. ``interval`` is that of the share, for a ``band`` of the effect.
    ``threshold`` is a number, or ``[low, high]`` for a band. Figures that do not exist are null."""
    return {
        "seeds": seeds,
        "claims": [
            {
                "id": row.claim.id,
                "quote": row.claim.quote,
                "source": row.claim.source,
                "asks": row.claim.asks,
                "scenario": row.claim.scenario,
                "quarters": row.claim.quarters,
                **_plain(row.deciding),
                "not_tried": row.claim.part_needs,
                "conditions": [
                    {
                        "says": finding.condition.says,
                        "metric": finding.condition.metric,
                        "test": finding.condition.test,
                        "seeds": finding.seeds,
                        "effect_interval": _pair(finding.effect_interval),
                        **_plain(finding),
                    }
                    for finding in row.findings
                ],
            }
            for row in rows
        ],
        "waiting": [{"id": claim.id, "quote": claim.quote, "needs": needs} for claim, needs in waiting],
        "verdicts": list(ORDER[1:]),
    }


def _plain(finding: Finding) -> dict[str, Any]:
    threshold = finding.condition.threshold
    return {
        "share": _number(finding.share),
        "effect": _number(finding.effect),
        "interval": _pair(finding.interval),
        "threshold": list(threshold) if isinstance(threshold, tuple) else threshold,
        "verdict": finding.verdict,
    }


def _pair(interval: Interval) -> list[float | None]:
    return [_number(value) for value in interval]


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None
