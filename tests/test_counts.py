"""The house stays easy to change: the bounds of `tests.counts` that are reached are kept."""

from __future__ import annotations

import pytest

from tests.counts import CASES_HELD, COUNTS, MOST_CASES


def test_the_measures_of_the_house_are_within_their_bounds() -> None:
    """No count goes back over its bound; ``python -m tests.counts`` prints them all."""
    over = []
    for one in COUNTS:
        found = one.count()
        number = found if isinstance(found, int) else len(found)
        if one.held and one.most is not None and number > one.most:
            over.append(f"{one.name}: {number}, at most {one.most}: {found}")
    assert not over, "\n".join(over)


def test_there_are_no_more_test_cases_than_say_something(request: pytest.FixtureRequest) -> None:
    """A product over wording or files is one test that reports all faults; a part of the suite is below the bound."""
    assert not CASES_HELD or request.session.testscollected <= MOST_CASES
