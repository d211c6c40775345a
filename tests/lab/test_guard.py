"""What the documents' main claims come to stays so: a reduced run. The whole one is tests/deep/test_claims.py."""

from __future__ import annotations

from itertools import pairwise

import pytest

from kamsim.lab.claims import all_claims, chosen
from kamsim.lab.experiments import Laboratory
from kamsim.lab.verdicts import FRAGILE, SHOWN, Row
from tests.lab.recorded import QUICK, RECORDED


@pytest.fixture(scope="module")
def rows() -> dict[str, Row]:
    return {row.claim.id: row for row in Laboratory(60).rows(chosen((*QUICK, "7")))}


@pytest.mark.parametrize("name", QUICK)
def test_a_claim_that_is_shown_holds_on_sixty_seeds(rows: dict[str, Row], name: str) -> None:
    """On record as holding, and every line reaches its threshold here."""
    assert RECORDED[name] in (SHOWN, FRAGILE)
    assert rows[name].verdict in (SHOWN, FRAGILE), rows[name].deciding


def test_a_live_insight_opens_three_doors_of_four(rows: dict[str, Row]) -> None:
    """Row 7: the four ways to a door differ as they should over all attempts, whatever single seeds say."""
    findings = {finding.condition.arm: finding for finding in rows["7"].findings if finding.condition.arm}
    assert findings["insight"].verdict == SHOWN
    shares = [findings[arm].interval for arm in ("cold", "acumen", "insight", "both")]
    for (_, high), (low, _) in pairwise(shares):
        assert high < low


def test_every_claim_that_can_be_tried_is_on_record() -> None:
    assert set(RECORDED) == {claim.id for claim in all_claims() if not claim.needs}
