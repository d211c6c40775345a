"""Keys: what has the focus first, then the shortcuts on the page, then those that work everywhere. One press does one
thing: a key that is held only moves."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import pygame

from kamsim.desktop.screens.builder import open_case

if TYPE_CHECKING:
    from kamsim.desktop.app import App
    from kamsim.desktop.kit.node import Node

ENTERS: Final = (pygame.K_RETURN, pygame.K_KP_ENTER)
NAMES: Final = {
    pygame.K_ESCAPE: "Esc", pygame.K_RETURN: "Enter", pygame.K_KP_ENTER: "Enter", pygame.K_SPACE: "Space",
    pygame.K_KP_PLUS: "+", pygame.K_KP_MINUS: "-", pygame.K_PLUS: "+", pygame.K_EQUALS: "+", pygame.K_MINUS: "-",
}  # fmt: skip
SIDEWAYS: Final = {pygame.K_LEFT: -1, pygame.K_RIGHT: 1}
MOVES: Final = frozenset({
    pygame.K_LEFT, pygame.K_RIGHT, pygame.K_UP, pygame.K_DOWN, pygame.K_PAGEUP, pygame.K_PAGEDOWN, pygame.K_HOME,
    pygame.K_END, pygame.K_TAB, pygame.K_BACKSPACE, pygame.K_DELETE,
})  # fmt: skip
"""Keys that go on while they are held: they move a slider, a cursor, a caret, the focus or the page."""


def name_of(key: int, mods: int) -> str:
    """A key as shortcuts write it: M, 3, Ctrl Enter, F1; '' for one that has no name, which presses nothing."""
    name = NAMES.get(key) or pygame.key.name(key).upper()
    if name.startswith("[") and name.endswith("]"):
        name = name[1:-1]
    return f"Ctrl {name}" if name and mods & pygame.KMOD_CTRL else name


def meant(key: int, mods: int) -> int | None:
    """The modifiers as they were meant: Cmd is Ctrl; with AltGr a key that writes is text alone, and None."""
    if mods & (pygame.KMOD_RALT | pygame.KMOD_MODE):
        if len(name_of(key, 0)) <= 1:
            return None
        mods &= ~(pygame.KMOD_CTRL | pygame.KMOD_ALT | pygame.KMOD_MODE)
    return mods | pygame.KMOD_LCTRL if mods & pygame.KMOD_META else mods


def repeated(app: App, key: int, mods: int) -> None:
    """Take the repeat of a key that is held: it moves things, and neither activates nor commands."""
    if key not in MOVES or mods & pygame.KMOD_ALT or app.demo is not None:
        return
    node = app.stage.node(app.stage.focus)
    if node is not None and not node.repeats and key in SIDEWAYS:
        return
    if node is None or not node.repeats or not _by_node(app, node, key, mods):
        _moving(app, key, mods)


def pressed(app: App, key: int, mods: int) -> None:
    """Take a key that goes down."""
    name = name_of(key, mods)
    if app.stage.hover:
        app.stage.hush()
        app.redraw()
    if app.demo is not None:
        _watching(app, name)
        return
    command = _everywhere(app).get(name) or (app.screen.keys().get(name) if app.dialog is None else None)
    if command is not None:
        command()
        app.changed()
    elif name == "Ctrl Enter" and _shortcut(app, name):
        return
    elif not mods & pygame.KMOD_ALT:
        _on_page(app, key, mods, name)


def _on_page(app: App, key: int, mods: int, name: str) -> None:
    """What has the focus first, then shortcuts, then moving about. In a field letters are for the field."""
    stage = app.stage
    node = stage.node(stage.focus)
    if node is not None and _by_node(app, node, key, mods):
        return
    if key in ENTERS and not name.startswith("Ctrl") and node is not None and _activated(app, node):
        return
    typing = bool(getattr(node, "typing", False)) and len(name) == 1
    if not typing and _shortcut(app, name):
        return
    if key in ENTERS and node is None and _primary(app):
        return
    if key in SIDEWAYS and app.dialog is None and app.screen.slide(SIDEWAYS[key]):
        app.changed()
        return
    _moving(app, key, mods)


def _by_node(app: App, node: Node, key: int, mods: int) -> bool:
    """Give a key to what has the focus; whether that takes it. Nothing is changed unseen: first it comes into sight."""
    hidden = key in (*SIDEWAYS, pygame.K_HOME, pygame.K_END) and not app.stage.in_sight(app.stage.focus)
    if not hidden and not node.key(key, mods):
        return False
    app.stage.set_focus(app.stage.focus, by_keys=True)
    app.changed()
    return True


def _primary(app: App) -> bool:
    """Do the only blue button at the foot; whether there was one."""
    blue = [button for button in app.screen.actions() if button.kind == "primary"] if app.dialog is None else []
    if len(blue) != 1:
        return False
    if not blue[0].activate():
        app.explain_off(blue[0])
    app.changed()
    return True


def _activated(app: App, node: Node) -> bool:
    """Enter on what has the focus: whether that was for it, be it only to say why not."""
    if node.activate():
        app.changed()
        return True
    if getattr(node, "off", "") and getattr(node, "act", None) is not None:
        app.explain_off(node)
        return True
    return False


def _watching(app: App, name: str) -> None:
    """Keys while a demonstration runs: its own, and those for the look."""
    if name in ("Ctrl Q", "F2", "F11", "Ctrl +", "Ctrl -", "Ctrl 0"):
        _everywhere(app)[name]()
        return
    if app.dialog is not None:
        if name == "Esc":
            app.dismiss()
        return
    assert app.demo is not None
    for button in app.demo.buttons():
        if button.shortcut == name or (name in ("Enter", "RIGHT") and button.name == "demo.next"):
            button.activate()
            app.changed()
            return


def _everywhere(app: App) -> dict[str, Callable[[], None]]:
    keys: dict[str, Callable[[], None]] = {
        "Ctrl Q": app.quit,
        "F1": app.open_help,
        "F2": app.open_settings,
        "F11": app.toggle_full,
        "Ctrl +": lambda: app.zoom(1),
        "Ctrl -": lambda: app.zoom(-1),
        "Ctrl 0": lambda: app.zoom(0),
    }
    if app.dialog is None:
        keys |= {
            "Ctrl Z": app.undo,
            "Ctrl 1": app.go_desk,
            "Ctrl 2": app.go_portfolio,
            "Ctrl 3": app.go_account,
            "Ctrl 4": app.go_notes,
            "Ctrl 5": app.go_why,
            "Ctrl 6": app.go_cases,
            "Ctrl 7": app.go_promises,
            "Ctrl 8": app.go_deal,
            "Ctrl 9": app.go_radar,
            "Ctrl P": app.go_pipeline,
            "Ctrl O": app.go_own,
            "Ctrl B": lambda: open_case(app, "customer"),
            "Ctrl D": lambda: open_case(app, "desk"),
        }
    return keys


def _shortcut(app: App, name: str) -> bool:
    """Press what on the page has this key."""
    for _, node in app.stage.order() if name else ():
        if getattr(node, "shortcut", "") == name:
            if not node.activate():
                app.explain_off(node)
            app.changed()
            return True
    return False


def _moving(app: App, key: int, mods: int) -> None:
    stage = app.stage
    if key == pygame.K_ESCAPE:
        if app.dialog is not None:
            app.dismiss()
        else:
            app.screen.back()
        app.changed()
    elif key == pygame.K_TAB:
        stage.move_focus(-1 if mods & pygame.KMOD_SHIFT else 1)
        app.redraw()
    elif key in (pygame.K_DOWN, pygame.K_UP):
        stage.move_down(1 if key == pygame.K_DOWN else -1)
        app.redraw()
    elif key == pygame.K_SPACE:
        node = stage.node(stage.focus)
        if node is not None:
            _activated(app, node)
    elif key in SIDEWAYS:
        if stage.move_aside(SIDEWAYS[key]):
            app.redraw()
    elif key in (pygame.K_PAGEDOWN, pygame.K_PAGEUP):
        if stage.scroll_page(320 if key == pygame.K_PAGEDOWN else -320):
            app.redraw()
    elif key in (pygame.K_HOME, pygame.K_END) and stage.scroll_page(-1e6 if key == pygame.K_HOME else 1e6):
        app.redraw()
