"""Where the rail and its keys lead."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

from kamsim.view import own

if TYPE_CHECKING:
    from kamsim.desktop.config import Config
    from kamsim.desktop.table import WindowTable


class Ways(ABC):
    """The places of a session that are open from everywhere."""

    play: WindowTable | None
    config: Config

    @abstractmethod
    def go(self, name: str, **args: Any) -> None:
        """To a page of the rail by its name."""

    def go_desk(self) -> None:
        """To the desk."""
        self.go("desk")

    def go_portfolio(self) -> None:
        """To all accounts in figures."""
        self.go("portfolio")

    def go_account(self, account: str = "") -> None:
        """To an account: the one seen last, unless one is named."""
        if self.play is not None:
            known = self.play.cast.accounts
            last = str(self.config.place(self.play.session.log_path).get("account", ""))
            chosen = account or (last if last in known else next(iter(known)))
            self.go("account", account=chosen)

    def go_pipeline(self) -> None:
        """To what customers are about to buy."""
        self.go("pipeline")

    def go_notes(self) -> None:
        """To everything that is known."""
        self.go("notes")

    def go_radar(self) -> None:
        """To all signals."""
        self.go("radar")

    def go_why(self) -> None:
        """To why profit moved."""
        self.go("why")

    def go_cases(self) -> None:
        """To business cases."""
        self.go("cases")

    def go_promises(self) -> None:
        """To what was promised to whom."""
        self.go("promises")

    def go_deal(self) -> None:
        """To our own deal desk."""
        self.go("deal")

    def go_own(self, tab: str = "") -> None:
        """To our own side, where the scenario has one: team, programme, what is built together, account plans."""
        if self.play is not None and (found := own.tabs(self.play)):
            self.go("own", tab=tab or found[0][0])
