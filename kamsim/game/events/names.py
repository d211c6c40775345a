"""What has a name in a session's scenario, as the first line of its log tells it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from kamsim.engine import params
from kamsim.engine.terms import ISSUES
from kamsim.errors import LogError

_FACTS: Final = {
    "account": params.ACCOUNT_FACTS + params.LATER_ACCOUNT_FACTS,
    "person": params.PERSON_FACTS + params.CENTRE_FACTS,
    "initiative": params.INITIATIVE_FACTS,
    "request": params.REQUEST_FACTS,
    "bound": params.REGION_FACTS,
    "force": params.FORCE_FACTS,
    "issue": params.TALK_FACTS,
}
"""Kinds of fact by what they are about."""


@dataclass(frozen=True)
class Names:
    """The ids in a scenario, by what they name, and the session's last quarter."""

    last: int
    listed: tuple[tuple[str, tuple[str, ...]], ...]

    @cached_property
    def _by_what(self) -> dict[str, tuple[str, ...]]:
        held = dict(self.listed)
        subjects = {what: held[what] for what in _FACTS}
        return held | {
            "reader": held["person"] + held["approver"],
            "incident": held["incident"] + held["incident_kind"],
            "plan": ("", *held["initiative"]),
            "subject": tuple(dict.fromkeys(name for names in subjects.values() for name in names)),
            "fact_kind": tuple(kind for kinds in _FACTS.values() for kind in kinds),
            "fact": tuple(
                f"{name}.{kind}" for what, names in subjects.items() for kind in _FACTS[what] for name in names
            ),
        }

    def of(self, what: str) -> tuple[str, ...]:
        """The ids of its accounts, people, facts and so on."""
        return self._by_what[what]


_PARTS: Final = {
    "person": "people",
    "initiative": "initiatives",
    "request": "requests",
    "incident": "incidents",
    "tender": "tenders",
    "moment": "moments",
    "talk": "talks",
    "region": "regions",
}
"""Where an account of a scenario lists what has a name."""


def names_of(scenario: Mapping[str, Any], last: int) -> Names:
    """What is named in a scenario as a header holds it. Raises LogError where it is none."""
    try:
        accounts = scenario["accounts"]
        listed = {what: [item["id"] for account in accounts for item in account[part]] for what, part in _PARTS.items()}
        listed |= {f"{name[:-1]}": [item["id"] for item in scenario[name]] for name in ("accounts", "lines", "rivals")}
        listed["news"] = [item["id"] for item in scenario["news"]]
        listed["incident_kind"] = [kind["id"] for kind in scenario["incident_kinds"]]
        listed["approver"] = [approver["id"] for approver in (scenario["desk"] or {}).get("approvers", ())]
        listed["bound"] = [f"{account['id']}/{region['id']}" for account in accounts for region in account["regions"]]
        listed["issue"] = [f"{talk}.{issue}" for talk in listed["talk"] for issue in ISSUES]
        listed["force"] = [
            force["id"] or f"{item['id']}.{place}"
            for account in accounts
            for item in account["initiatives"]
            for place, force in enumerate(item["forces"], 1)
        ]
        return Names(last, tuple((what, tuple(map(str, names))) for what, names in listed.items()))
    except (KeyError, TypeError, AttributeError, RecursionError):
        raise LogError("line 1 holds no scenario that this kamsim can read") from None
