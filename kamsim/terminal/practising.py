"""Practising beside a session: one drill of a kind, and back to where one was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kamsim.errors import KamsimError
from kamsim.terminal.gym import play_all
from kamsim.view.gym import practising

if TYPE_CHECKING:
    from kamsim.terminal.table import TextTable


def practise(table: TextTable, kind: str) -> None:
    """A drill of this kind in the session's own scenario. The session is left as it is."""
    session, talk = table.session, table.talk
    try:
        training = practising.begin(session, kind, practising.folder(session.log_path.parent))
    except KamsimError as error:
        talk.say(str(error))
        return
    jumps, talk.jumps = talk.jumps, False
    try:
        play_all(training, talk)
    finally:
        talk.jumps = jumps
        training.close()
    talk.part(practising.BACK)
