"""The checker knows what belongs to a negotiation: who sits there, by when, and whether there is anything to trade."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from kamsim.scenario import reader
from kamsim.scenario.findings import Finding
from tests.engine.worlds import TALK

from .minimal import write_minimal


def findings(folder: Path, **changes: Any) -> list[Finding]:
    """What the checker says of the minimal scenario with a talk at Orvik, changed."""
    talk = {**TALK, **{name: value for name, value in changes.items() if not isinstance(value, dict)}}
    for name, value in changes.items():
        if isinstance(value, dict):
            talk[name] = {**TALK[name], **value}  # type: ignore[dict-item]
    path = write_minimal(folder) / "accounts/orvik.yaml"
    path.write_text(path.read_text(encoding="utf-8") + yaml.safe_dump({"talks": [talk]}), encoding="utf-8")
    return [found for found in reader.read_scenario(folder)[1] if found.code != "K328"]


@pytest.mark.parametrize(
    ("changes", "code", "said"),
    [
        ({"person": "brandel"}, "K301", "orvik has no person 'brandel'"),
        ({"line": "sensor"}, "K301", "there is no line 'sensor'"),
        ({"initiative": "quiet"}, "K301", "orvik has no initiative 'quiet'"),
        ({"due": 6}, "K304", "due must be between quarter 3 and 5, not 6"),
        ({"quarter": 1, "due": 2}, "K341", "before the first books close"),
        ({"walk_away": 0.15}, "K342", "the best that 'frame' could give them is 0.14"),
        ({"values": {"price": 0.3}}, "K343", "nothing else is needed"),
        ({"values": {"service": 0, "days": 0, "help": 0}}, "K343", "nothing to trade"),
        ({"values": {"volume": 0.1}}, "K202", "volume is not known"),
        ({"values": {"price": 6}}, "K203", "price must be between -0.3 and 0.3"),
    ],
)
def test_each_mistake_is_named(tmp_path: Path, changes: dict[str, Any], code: str, said: str) -> None:
    """With its code and what is wrong; for each the sound talk next to it is without it."""
    found = findings(tmp_path / "bad", **changes)
    assert [item for item in found if item.code == code and said in item.message.replace("'volume'", "volume")], found
    assert code not in {item.code for item in findings(tmp_path / "good")}


def test_silence_on_an_issue_is_advised_against(tmp_path: Path) -> None:
    """Counters and hints for all eight issues are wanted; one is written here, so seven lack twice."""
    told = [item.message for item in findings(tmp_path) if item.code == "K344"]
    assert len(told) == 2 and all("price, commitment, length, days" in text for text in told)
