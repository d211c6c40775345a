"""Options for all tests."""

from __future__ import annotations

import pytest
from hypothesis import settings

settings.register_profile("busy", deadline=None)  # how long an example takes tells how busy the machine is
settings.load_profile("busy")


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--update-golden`` writes what the tests of tests/golden compare with."""
    parser.addoption("--update-golden", action="store_true", help="write tests/golden/*.json anew instead of comparing")
