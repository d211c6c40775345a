"""What has a name in a session's scenario, as the first line of its log tells it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from kamsim.engine import facts
from kamsim.engine.terms import ISSUES
from kamsim.errors import LogError
from kamsim.scenario.opportunities import usual_names

_FACTS: Final = {
    "account": facts.ACCOUNT_FACTS + facts.LATER_ACCOUNT_FACTS,
    "person": facts.PERSON_FACTS + facts.CENTRE_FACTS,
    "initiative": facts.INITIATIVE_FACTS,
    "request": facts.REQUEST_FACTS,
    "bound": facts.REGION_FACTS,
    "force": facts.FORCE_FACTS,
    "issue": facts.TALK_FACTS,
    "opportunity": facts.OPPORTUNITY_FACTS,
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


_PARTS: Final = (
    ("person", "people"),
    *((what, f"{what}s") for what in ("initiative", "request", "incident", "tender", "moment", "talk", "region")),
)
"""What has a name within an account, and where a scenario lists it."""
_OWN: Final = (
    ("news", "news"),
    *((what, f"{what}s") for what in ("account", "line", "rival", "incident_kind")),
)
"""What has a name beside the accounts."""


def names_of(scenario: Mapping[str, Any], last: int) -> Names:
    """What is named in a scenario as a header holds it. Raises LogError where it is none."""
    try:
        accounts = scenario["accounts"]
        initiatives = [item for account in accounts for item in _listed(account, "initiatives")]
        listed = {
            what: [item["id"] for account in accounts for item in _listed(account, part)] for what, part in _PARTS
        }
        listed |= {what: [item["id"] for item in _listed(scenario, part)] for what, part in _OWN}
        listed["approver"] = [item["id"] for item in _listed(scenario.get("desk") or {}, "approvers")]
        listed["bound"] = [
            f"{account['id']}/{item['id']}" for account in accounts for item in _listed(account, "regions")
        ]
        listed["issue"] = [f"{talk}.{issue}" for talk in listed["talk"] for issue in ISSUES]
        listed["force"] = [
            force.get("id") or f"{item['id']}.{place}"
            for item in initiatives
            for place, force in enumerate(_listed(item, "forces"), 1)
        ]
        listed["opportunity"] = [
            name for item in initiatives for name in _bought(item) if scenario.get("opportunities") != "none"
        ]
        own = scenario.get("organisation") or {}
        listed["colleague"] = [item["id"] for item in _listed(own, "team")]
        listed["specialist"] = [item["id"] for item in _listed(own, "pool")]
        listed["joint"] = [account["joint"]["id"] for account in accounts if account.get("joint")]
        return Names(last, tuple((what, tuple(map(str, names))) for what, names in listed.items()))
    except (KeyError, TypeError, AttributeError, RecursionError):
        raise LogError("line 1 holds no scenario that this kamsim can read") from None


def _bought(initiative: Mapping[str, Any]) -> list[str]:
    """The opportunities of an initiative: those that are written, else those that are usual."""
    written = initiative.get("opportunities")
    return usual_names(initiative["id"]) if written is None else [item["id"] for item in written]


def _listed(holder: Mapping[str, Any], part: str) -> list[Any]:
    """What a scenario lists; nothing where it was written before there were such parts."""
    found: list[Any] = holder.get(part) or []
    return found
