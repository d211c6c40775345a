"""Options for all tests."""

from __future__ import annotations

import signal
import threading

import pytest
from hypothesis import settings

settings.register_profile("busy", deadline=None)  # how long an example takes tells how busy the machine is
settings.load_profile("busy")
if threading.current_thread() is threading.main_thread():
    # whoever starts the tests in the background may have told them to ignore signals, and their children with them
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_DFL)


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--update-golden`` writes what the tests of tests/golden compare with."""
    parser.addoption("--update-golden", action="store_true", help="write tests/golden/*.json anew instead of comparing")
