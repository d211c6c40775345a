"""Events of the window on their way to the page, and the loop that waits for them.

Whoever presses means the page that they see. What was pressed, typed or clicked before the page that would take it was
ever shown (the window was busy, or another page was there) is passed over.
"""

from __future__ import annotations

import gc
import importlib
import time
from typing import TYPE_CHECKING, Final

import pygame

from kamsim.desktop.keys import meant, pressed, repeated
from kamsim.errors import KamsimError

if TYPE_CHECKING:
    from kamsim.desktop.app import App

AWAKE: Final = 1.0
"""Seconds after the last touch for which pygame itself waits for events, which looks a thousand times a second."""
DOZE: Final = 0.012
"""Seconds between two looks at a window that nobody touches: too short to be felt, long enough to rest."""
INPUT = (pygame.KEYDOWN, pygame.TEXTINPUT, pygame.MOUSEBUTTONDOWN, pygame.MOUSEWHEEL)


def take(app: App, event: pygame.event.Event, *, ahead: bool = False) -> None:
    """Take one event. What a full disk or a taken log forbids is said in a dialog, and nothing has changed.

    ``ahead``: it was made before what is on screen now was.
    """
    try:
        _take(app, event, ahead=ahead or not app.seen or app.task is not None)
    except KamsimError as error:
        app.trouble(error)
    if app.task is None and app.play is not None and (notices := app.play.session.untold()):
        app.tell_of_log(notices)


def _take(app: App, event: pygame.event.Event, *, ahead: bool) -> None:
    if event.type == pygame.QUIT:
        app.quit()
    elif event.type in (pygame.VIDEORESIZE, pygame.WINDOWSIZECHANGED):
        app.presenter.resize(event.size if event.type == pygame.VIDEORESIZE else (event.x, event.y))
        app.rescale()
    elif event.type in (pygame.WINDOWMAXIMIZED, pygame.WINDOWRESTORED):
        app.presenter.maximised(event.type == pygame.WINDOWMAXIMIZED)
    elif event.type == pygame.WINDOWEXPOSED:
        app.redraw()
    elif event.type == pygame.KEYUP:
        app.held.up(event.key)
    elif event.type == pygame.WINDOWFOCUSLOST:
        app.held.let_go()
    elif event.type in INPUT:
        app.touched = app.clock()
        repeat = event.type == pygame.KEYDOWN and app.held.down(event.key, app.arrivals)
        if ahead or (event.type == pygame.TEXTINPUT and not app.held.writes(app.arrivals)):
            return
        if (attended := app.screen.attended()) is not None:
            attended.touch()
        app.fresh()
        _input(app, event, repeat=repeat)
    elif event.type == pygame.MOUSEMOTION:
        app.touched = app.clock()
        app.point(*_logical(app, event.pos))
    elif event.type == pygame.MOUSEBUTTONUP and event.button == 1:
        app.stage.release()


def _logical(app: App, place: tuple[int, int]) -> tuple[float, float]:
    return place[0] / app.stage.scale, place[1] / app.stage.scale


def _input(app: App, event: pygame.event.Event, *, repeat: bool) -> None:
    if event.type == pygame.KEYDOWN:
        mods = meant(event.key, event.mod)
        if mods is not None:
            (repeated if repeat else pressed)(app, event.key, mods)
    elif event.type == pygame.TEXTINPUT:
        node = app.stage.node(app.stage.focus)
        if node is not None and app.demo is None and node.type(event.text):
            app.changed()
    elif event.type == pygame.MOUSEWHEEL:
        if app.stage.wheel(*app.pointer, event.y):
            app.redraw()
    elif event.button == 1:
        app.pointer = _logical(app, event.pos)
        app.press(*app.pointer)


def run(app: App) -> None:
    """Until the window closes."""
    pygame.key.set_repeat(350, 45)
    draw(app, force=True)
    warm()
    while app.running:
        turn(app)


def warm() -> None:
    """What would hold up a picture later is done behind the first one: a part of numpy that quantiles load when first
    asked for, and a collector of garbage that need not walk through all that stays."""
    importlib.import_module("numpy.ma")
    gc.freeze()


def turn(app: App) -> None:
    """Wait, take what came, draw once."""
    event = awaited(app)
    if event.type != pygame.NOEVENT:
        take(app, event)
    for more in pygame.event.get():
        take(app, more)
    app.tend()
    if app.demo is not None and app.task is None:
        app.demo.tick()
    if app.running:
        draw(app)


def awaited(app: App) -> pygame.event.Event:
    """The next event, or none once the app's patience is over."""
    patience = app.patience()
    if app.clock() - app.touched < AWAKE or patience < DOZE:
        return pygame.event.wait(max(1, round(patience * 1000)))
    for _ in range(round(patience / DOZE)):
        event = pygame.event.poll()
        if event.type != pygame.NOEVENT:
            return event
        time.sleep(DOZE)
    return pygame.event.poll()


def draw(app: App, *, force: bool = False) -> None:
    """Draw what has changed. What was pressed while a new page was on its way was not meant for it."""
    known = app.seen
    app.frame(force=force)
    if not known:
        for event in pygame.event.get():
            take(app, event, ahead=True)
