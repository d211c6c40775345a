"""One scenario for all tests of the game, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from kamsim.scenario.models import Scenario
from kamsim.scenario.reader import load_scenario
from tests.scenario.minimal import write_minimal


@pytest.fixture(scope="session")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """The smallest scenario that plays."""
    return load_scenario(write_minimal(tmp_path_factory.mktemp("scenario") / "minimal"))


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    """A folder for logs that does not exist yet."""
    return tmp_path / "logs"
