"""Pages by name, so that a session can be taken up again where it was left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kamsim.desktop.screens.account import AccountPage
from kamsim.desktop.screens.answers import IncidentPage, RequestPage
from kamsim.desktop.screens.briefing import Briefing
from kamsim.desktop.screens.builder import CasePage
from kamsim.desktop.screens.builder_library import ExamplesPage
from kamsim.desktop.screens.cases import CasesPage
from kamsim.desktop.screens.close import final_page
from kamsim.desktop.screens.dealdesk import DealDeskPage
from kamsim.desktop.screens.desk import Desk
from kamsim.desktop.screens.gym import GymPage
from kamsim.desktop.screens.gym_flow import drill_page, practise_page
from kamsim.desktop.screens.knowing import RadarPage
from kamsim.desktop.screens.knowledge import NotesPage, WhyPage
from kamsim.desktop.screens.letters import LetterPage
from kamsim.desktop.screens.meeting import DoorPage, MeetPage
from kamsim.desktop.screens.moment import MomentPage
from kamsim.desktop.screens.opportunity import OpportunityPage
from kamsim.desktop.screens.own import OwnPage
from kamsim.desktop.screens.peoplemap import PeoplePage
from kamsim.desktop.screens.pipeline import PipelinePage
from kamsim.desktop.screens.plan import PlanPage
from kamsim.desktop.screens.portfolio import Portfolio
from kamsim.desktop.screens.pricing import OfferPage, PricePage
from kamsim.desktop.screens.promises import PromisesPage
from kamsim.desktop.screens.table_talks import TablePage

if TYPE_CHECKING:
    from collections.abc import Callable

    from kamsim.desktop.shell import Screen, Shell
    from kamsim.desktop.table import WindowTable

PAGES: Final[dict[str, Callable[..., Screen]]] = {
    "desk": Desk,
    "portfolio": Portfolio,
    "account": AccountPage,
    "notes": NotesPage,
    "why": WhyPage,
    "radar": RadarPage,
    "meet": MeetPage,
    "door": DoorPage,
    "people": PeoplePage,
    "request": RequestPage,
    "incident": IncidentPage,
    "offer": OfferPage,
    "price": PricePage,
    "case": CasePage,
    "examples": ExamplesPage,
    "cases": CasesPage,
    "letter": LetterPage,
    "promises": PromisesPage,
    "deal": DealDeskPage,
    "moment": MomentPage,
    "talk": TablePage,
    "pipeline": PipelinePage,
    "opportunity": OpportunityPage,
    "own": OwnPage,
    "plan": PlanPage,
    "gym": GymPage,
    "drill": drill_page,
    "practise": practise_page,
}


def page(shell: Shell, name: str, **args: Any) -> Screen:
    """A page by its name. Raises KeyError and TypeError for none."""
    return PAGES[name](shell, **args)


def enter(shell: Shell) -> None:
    """Into the session that the app has: where it was left, or to its beginning or end."""
    play = shell.play
    assert play is not None
    _enter(shell, play)
    for notice in play.session.untold():
        shell.say(notice)


def _enter(shell: Shell, play: WindowTable) -> None:
    if play.session.finished:
        shell.show(final_page(shell), over=False)
        return
    if play.guesses_left() and not shell.config.place(play.session.log_path).get("started"):
        shell.show(Briefing(shell), over=False)
        return
    remembered = shell.config.place(play.session.log_path).get("pages")
    shell.show(Desk(shell), over=False)
    for place in remembered if isinstance(remembered, list) else []:
        screen = _remembered(shell, place)
        if screen is not None and not isinstance(screen, Desk):
            shell.show(screen)


def _remembered(shell: Shell, place: Any) -> Screen | None:
    """A page from what was kept of it; None where that makes no sense any more."""
    try:
        args = {str(name): value for name, value in place.items() if name != "page"}
        screen = page(shell, str(place["page"]), **args)
        screen.body()
    except (KeyError, TypeError, AttributeError, ValueError, IndexError, StopIteration):
        return None
    return screen
