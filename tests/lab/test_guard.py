"""What the documents' main claims come to stays so: a reduced run. The whole one is tests/deep/test_claims.py."""

from __future__ import annotations

from itertools import pairwise

import pytest

from kamsim.lab.claims import all_claims, chosen
from kamsim.lab.experiments import Laboratory
from kamsim.lab.verdicts import FRAGILE, SHOWN
from tests.lab.recorded import QUICK, RECORDED


@pytest.fixture(scope="module")
def laboratory() -> Laboratory:
    return Laboratory(60)


@pytest.mark.parametrize("name", QUICK)
def test_a_claim_that_is_shown_holds_on_sixty_seeds(laboratory: Laboratory, name: str) -> None:
    """Recorded as shown, and every line reaches its threshold here."""
    assert RECORDED[name] == SHOWN
    (row,) = laboratory.rows(chosen((name,)))
    assert row.verdict in (SHOWN, FRAGILE), row.deciding


def test_a_live_insight_opens_three_doors_of_four(laboratory: Laboratory) -> None:
    """Row 7: the four ways to a door differ as they should over all attempts, whatever single seeds say."""
    (claim,) = chosen(("7",))
    findings = {finding.condition.arm: finding for finding in laboratory.row(claim).findings if finding.condition.arm}
    assert findings["insight"].verdict == SHOWN
    shares = [findings[arm].interval for arm in ("cold", "acumen", "insight", "both")]
    for (_, high), (low, _) in pairwise(shares):
        assert high < low


def test_every_claim_that_can_be_tried_is_on_record() -> None:
    assert set(RECORDED) == {claim.id for claim in all_claims() if not claim.needs}
