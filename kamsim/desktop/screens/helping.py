"""Help on every page, the words of the trade, and how kamsim looks and sounds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kamsim.desktop.config import STEP, ZOOM
from kamsim.desktop.kit.buttons import Button
from kamsim.desktop.kit.controls import Segmented, Stepper, Switch
from kamsim.desktop.kit.layout import Column, Row
from kamsim.desktop.kit.node import Node
from kamsim.desktop.kit.theme import NAMES
from kamsim.desktop.kit.words import Facts, Gap, Rule, Text
from kamsim.desktop.shell import Dialog
from kamsim.view import own
from kamsim.view.words import help

if TYPE_CHECKING:
    from kamsim.desktop.shell import Shell


def help_dialog(shell: Shell, topic: str) -> Dialog:
    """What this page is for, the rules in a few words, the keys."""
    page = help.PAGES.get(topic, help.PAGES["help"])
    own_key = (help.OWN_KEY,) if shell.play is not None and own.tabs(shell.play) else ()

    def more() -> Sequence[Node]:
        rules: list[Node] = [Text(text="The rules in a few words", style="title")]
        rules += [Text(text=rule) for rule in help.RULES]
        keys = Facts(rows=tuple((what, key) for key, what in (*help.KEYS, *own_key)))
        right: list[Node] = [Text(text="Keys", style="title"), keys]
        return [Rule(), Row(children=[Column(children=rules, gap=8), Column(children=right, gap=8)], gap=28, stack=640)]

    return Dialog(
        "Help",
        page,
        (
            Button(
                name="help.words",
                label="The words of the trade",
                act=lambda: shell.ask(glossary_dialog(shell)),
                icon="read",
                shortcut="W",
            ),
            Button(name="help.close", label="Close", act=shell.close_dialog, kind="primary", shortcut="Esc"),
        ),
        more=more,
        wide=860,
        first="help.close",
    )


def glossary_dialog(shell: Shell) -> Dialog:
    """Every word that may need explaining here."""
    play = shell.play

    def more() -> Sequence[Node]:
        words = [word for word in help.WORDS.values() if not word.part or (play is not None and play.has(word.part))]
        cells: list[Node] = [
            Column(children=[Text(text=word.name, style="strong"), *[Text(text=line) for line in word.lines]], gap=2)
            for word in words
        ]
        half = (len(cells) + 1) // 2
        return [
            Row(
                children=[Column(children=cells[:half], gap=14), Column(children=cells[half:], gap=14)],
                gap=28,
                stack=640,
            )
        ]

    return Dialog(
        "The words of the trade",
        (),
        (Button(name="words.close", label="Close", act=shell.close_dialog, kind="primary", shortcut="Esc"),),
        more=more,
        wide=900,
        first="words.close",
    )


def settings_dialog(shell: Shell) -> Dialog:
    """Theme, size, motion, sound, full screen: all kept."""
    config = shell.config

    def set_theme(value: Any) -> None:
        shell.set_theme(str(value))

    def set_zoom(value: float) -> None:
        config.zoom = round(value, 2)
        config.save()
        shell.changed()

    def close() -> None:
        shell.close_dialog()
        shell.rescale()

    def set_motion(value: bool) -> None:
        config.motion = value
        config.save()
        shell.changed()

    def set_sound(value: bool) -> None:
        config.sound = shell.sounds.on = value
        config.save()
        shell.sounds.play("done")
        shell.changed()

    def more() -> Sequence[Node]:
        return [
            Segmented(
                name="set.theme", label="Look", value=config.theme, options=list(NAMES.items()), change=set_theme
            ),
            Stepper(
                name="set.zoom",
                label="Size of everything, seen when you close this",
                value=config.zoom,
                low=ZOOM[0],
                high=ZOOM[1],
                step=STEP,
                change=set_zoom,
                format=lambda value: f"{value * 100:.0f}%",
            ),
            Switch(name="set.motion", label="Figures roll and steps step", value=config.motion, change=set_motion),
            Switch(name="set.sound", label="Soft sounds", value=config.sound, change=set_sound),
            Switch(
                name="set.full", label="Full screen (F11)", value=config.full, change=lambda _value: shell.toggle_full()
            ),
            Gap(high=2),
        ]

    return Dialog(
        "Settings",
        (),
        (Button(name="set.close", label="Done", act=close, kind="primary", shortcut="Esc"),),
        close=close,
        more=more,
        first="set.theme",
    )
