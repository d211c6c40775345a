"""Every page of the window as a voice would tell it, by the names that the text session's pages have."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kamsim.desktop.kit.node import Node
from kamsim.desktop.pilot import Pilot
from kamsim.game.session import Session
from kamsim.look.faces import Face
from kamsim.view import own, pipeline
from kamsim.view.case import bringing
from kamsim.view.table import Table
from tests.view.rendered import AUDIENCES, OURS

Stop = tuple[str, str, dict[str, Any]]
"""The name of a page, and how it is opened."""


def pages(
    session: Session, scratch: Path, *, cases: bool = True, faces: list[tuple[str, Face]] | None = None
) -> dict[str, str]:
    """What each page of the window says of a session as it stands, in one line; of a copy of its log. ``cases``: the
    builder, too, which takes the longest; ``faces`` takes up every portrait, with its page."""
    scratch.mkdir(parents=True, exist_ok=True)
    log = Path(shutil.copy(session.log_path, scratch))
    with Pilot(log_dir=scratch, session=Session.resume(log)) as pilot:
        assert pilot.app.play is not None
        made = {}
        for name, place, args in _stops(pilot.app.play, cases=cases):
            made[name] = _page(pilot, place, args)
            if faces is not None:
                faces += [(name, face) for layer in pilot.app.stage.active() for face in _faces(layer.root)]
        return made


def end(session: Session, scratch: Path) -> str:
    """What the window's last page says of a session that is over, in one line."""
    log = Path(shutil.copy(session.log_path, scratch))
    with Pilot(log_dir=scratch, session=Session.resume(log)) as pilot:
        return " ".join(pilot.describe().split())


def _page(pilot: Pilot, place: str, args: dict[str, Any]) -> str:
    pilot.app.go_desk()
    if place != "desk":
        pilot.app.open(place, **args)
    return " ".join(pilot.describe().split())


def _faces(node: Node) -> Iterator[Face]:
    """Every portrait in a part of the window."""
    drawn = getattr(node, "draws", ())
    yield from (one for one in (drawn if isinstance(drawn, tuple) else (drawn,)) if isinstance(one, Face))
    for child in getattr(node, "children", ()):
        yield from _faces(child)


def _stops(table: Table, *, cases: bool) -> list[Stop]:
    """Every page, as far as it opens now."""
    found: list[Stop] = [
        (name, name, {}) for name in ("desk", "portfolio", "notes", "why", "radar", "promises", "deal", "cases")
    ]
    found.append(("pipeline", "pipeline", {}))
    found += [(OURS[tab], "own", {"tab": tab}) for tab, _ in own.tabs(table)]
    found += [(f"plan {account}", "plan", {"account": account}) for account in table.accounts if table.has("plans")]
    for account in table.accounts:
        found += [(f"account {account}", "account", {"account": account})]
        found += [(f"{tab} {account}", "account", {"account": account, "tab": tab}) for tab in ("timeline", "history")]
        found += [(f"map {account}", "people", {"account": account})]
        found += [
            (f"case {account} {audience}", "case", {"account": account, "audience": audience})
            for audience in AUDIENCES
            if cases
            and not bringing.barred(table.cast, table.seen, account, audience)
            and not table.lying(account, audience)
        ]
    found += [
        (f"opportunity {one.name}", "opportunity", {"opportunity": one.name}) for one in pipeline.prospects(table)
    ]
    found += [(f"request {name}", "request", {"request": name}) for name in table.requests()]
    return [*found, *((f"talk {name}", "talk", {"talk": name}) for name in table.talks())]
