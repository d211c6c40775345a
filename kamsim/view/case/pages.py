"""The pages of business cases that lie open: as they were left, as they lie with their audience, or as they open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kamsim.engine.preview import DRAGGING
from kamsim.errors import KamsimError
from kamsim.view import open_cases
from kamsim.view.case.working import Working, carried_on, opening

if TYPE_CHECKING:
    from kamsim.game.session import Session

MOST_SIDE_BY_SIDE: Final = 4
THIS: Final = "this page"
OPENED: Final = "as it opened"


class Pages:
    """Every page of a session that somebody has begun to write, by account, audience and whether it is re-cut."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._open: dict[tuple[str, str, bool], Working] = {}
        self._brought: dict[tuple[str, str], int] = {}
        """In which quarter a page was last brought to its audience."""

    def open(self, account: str, audience: str) -> Working:
        """The page that was left open; else the one that lies with its audience, or one as it opens. What was brought
        stays as it was while it can be taken back."""
        seen, key = self._session.seen, (account, audience)
        lying = open_cases.lying(seen, account, audience)
        lies = lying is not None and not lying.conditional
        if self._brought.get(key, seen.quarter) < seen.quarter:
            del self._brought[key]
            self._open = {name: page for name, page in self._open.items() if name[:2] != key}
        held = self._open.get((*key, lies))
        if held is not None:
            held.refresh(seen)
            return held
        if not lies:
            back = open_cases.sent_back(self._session.events, account, audience, seen.quarter)
            page = open_cases.page(seen, account, audience) if back else None
            return self.take(carried_on(seen, *key, page) if page else opening(seen, *key))
        page = open_cases.page(seen, account, audience)
        return self.take(carried_on(seen, *key, page, recut=True))

    def take(self, work: Working) -> Working:
        """Go on with another page."""
        self._open[work.account, work.audience, work.recut] = work
        return work

    def again(self, work: Working) -> Working:
        """The page as it opened, or as it lies with its audience."""
        self._open.pop((work.account, work.audience, work.recut), None)
        return self.open(work.account, work.audience)

    def brought(self, work: Working) -> None:
        """Note that a page is with its audience."""
        self._brought[work.account, work.audience] = self._session.quarter

    def restore(self, account: str, audience: str, left: dict[str, Any]) -> None:
        """Take up a page as it was left before a pause, if it is of this quarter and still makes sense."""
        if (account, audience, bool(left["recut"])) in self._open or left.get("quarter") != self._session.quarter:
            return
        recut, tone, harm = bool(left["recut"]), str(left["tone"]), str(left["harm"])
        made = Working(account, audience, dict(left["page"]), recut, tone, harm)
        try:
            made.preview(self._session, lanes=DRAGGING)
        except KamsimError:
            return
        self.take(made)

    def left(self, work: Working) -> dict[str, Any]:
        """A page as `restore` takes it up."""
        said = {"page": dict(work.page), "recut": work.recut, "tone": work.tone, "harm": work.inaction_tone}
        return {"quarter": self._session.quarter, **said}

    # --- copies that were kept ----------------------------------------------------------------------------------

    def copies(self, work: Working) -> dict[str, dict[str, Any]]:
        """Copies about the same account for the same audience, by name."""
        return {
            name: dict(draft.page)
            for name, draft in self._session.drafts.items()
            if draft.account == work.account and draft.audience == work.audience
        }

    def go_on(self, work: Working, page: dict[str, Any]) -> Working:
        """Go on with a copy, or another page, instead of one."""
        return self.take(carried_on(self._session.seen, work.account, work.audience, page, recut=work.recut))

    def side_by_side(self, work: Working) -> dict[str, dict[str, Any]]:
        """What a page is compared with, by name: itself, the page as it opened, the copies kept last."""
        first, copies = opening(self._session.seen, work.account, work.audience), self.copies(work)
        made = {THIS: work.page}
        if first.page != work.page:
            made[OPENED] = first.page
        return made | {name: copies[name] for name in list(copies)[-(MOST_SIDE_BY_SIDE - len(made)) :]}
