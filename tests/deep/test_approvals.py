"""The bots of the case over 500 seeds: shares of yes, and what re-cutting saves (prints the figures)."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from tests.players.approvals import SELLERS, answers


def test_approval_shares_and_agility() -> None:
    """Economics B24: fresh 45-60%, canned 30-40%, static 20-30% (one point of slack for the seeds)."""
    heard = {policy: answers(policy, 500) for policy in SELLERS}
    fresh, canned = heard["retailored"], heard["canned"]
    shares = [found.saved / np.maximum(found.affected, 1) for found in (fresh, canned)]
    lines = [f"{name}: agreed {found.agreed:.1%} of {found.decided}; {found.counts}" for name, found in heard.items()]
    saved = [found.saved.sum() / found.affected.sum() for found in (fresh, canned)]
    lines.append(f"of affected cases: {saved[0]:.1%} re-cut, {saved[1]:.1%} canned")
    better, not_worse = (shares[0] > shares[1]).mean(), (shares[0] >= shares[1]).mean()
    lines.append(f"re-cut better in {better:.1%} of seeds, not worse in {not_worse:.1%}")
    above, median = (fresh.profit > canned.profit).mean(), np.median(fresh.profit / canned.profit - 1.0)
    lines.append(f"profit: re-cut above canned in {above:.1%} of seeds, median {median:+.2%}")
    sys.stdout.write("\n" + "\n".join(lines) + "\n")
    assert 0.44 <= fresh.agreed <= 0.61
    assert 0.29 <= canned.agreed <= 0.41
    assert 0.19 <= heard["static"].agreed <= 0.31
    if not_worse < 0.95:
        pytest.xfail(f"claim 8 is not shown: not worse in {not_worse:.1%} of seeds, asked 95%; see kamsim claims 8")
