"""A headquarters and its regions: what each pays, what binds them, how each lives by it as last heard."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kamsim.desktop.kit.buttons import Button
from kamsim.desktop.kit.layout import Card, Column, Flow
from kamsim.desktop.kit.node import Node
from kamsim.desktop.kit.words import Chip, Rule, Text
from kamsim.view.words import regions

if TYPE_CHECKING:
    from kamsim.desktop.shell import Shell


def regions_card(shell: Shell, account: str) -> list[Node]:
    """The card of an account whose headquarters could bind its regions; none for others."""
    play = shell.play
    assert play is not None
    cast, seen = play.cast, play.seen
    notes = regions.region_notes(cast, seen, account)
    if not notes:
        return []
    rows: list[Node] = [Text(text=regions.contract_line(cast, seen, account), style="ink")]
    for note in notes:
        head: list[Node] = [Text(text=note.name, style="strong", span=0)]
        if note.leads:
            head.append(Chip(text="signs for all", tone="plain", icon="people"))
        elif note.lived:
            tone = "plain" if note.good is None else "good" if note.good else "warn"
            head.append(Chip(text=note.lived, tone=tone, icon="clock"))
        prices = ". ".join(f"{line}: {price}" for line, price in note.buys)
        rows += [Rule(), Column(children=[Flow(children=head), Text(text=f"{prices}.")], gap=4)]
    learn = regions.how_to_learn(cast, seen, account)
    if learn:
        rows += [Rule(), Text(text=learn)]
        talks: list[Node] = [
            Button(
                name=f"hear.{person.id}",
                label=f"Meet {cast.person(person.id)}",
                kind="normal",
                icon="chat",
                act=partial(shell.open, "meet", person=person.id),
            )
            for person in regions.speakers(cast, seen, account)
            if person.level != "executive"
        ]
        rows.append(Flow(children=talks))
    return [Card(title="Headquarters and regions", children=rows, gap=8)]
