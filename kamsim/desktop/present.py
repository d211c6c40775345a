"""What a picture is shown on, behind one small interface, so that another way to show it is one more class."""

from __future__ import annotations

from typing import Protocol

import pygame

from kamsim.desktop.kit.brand import icon


class Presenter(Protocol):
    """A surface to draw on, and a way to show it."""

    @property
    def surface(self) -> pygame.Surface:
        """What to draw on, in device pixels."""

    def show(self) -> None:
        """Show what was drawn."""

    def resize(self, size: tuple[int, int]) -> None:
        """Take another size in device pixels."""

    def full_screen(self, on: bool) -> None:
        """Fill the screen, or go back to a window."""

    def title(self, text: str) -> None:
        """Name the window."""

    def pointer(self, hand: bool) -> None:
        """A hand where there is something to press, else an arrow."""

    def maximised(self, on: bool) -> None:
        """The system says that the window fills the screen's room, or no longer does."""

    def left_at(self) -> tuple[tuple[int, int], bool] | None:
        """The size that the window has unless it is maximised, and whether it is; None where that is not to be kept."""


class Window:
    """A window of the system, drawn by the processor. ``asked``: just this size was asked for, and is not kept."""

    def __init__(
        self, size: tuple[int, int], *, full: bool = False, maximised: bool = False, asked: bool = False
    ) -> None:
        self._size = self._before = size
        self._hand, self._maximised, self._asked = False, False, asked
        pygame.display.set_icon(icon())
        self._surface = self._shape(full, maximised)

    def _shape(self, full: bool, maximised: bool) -> pygame.Surface:
        made = pygame.display.set_mode((0, 0) if full else self._size, pygame.FULLSCREEN if full else pygame.RESIZABLE)
        if maximised and not full:
            pygame.Window.from_display_module().maximize()
        return made

    @property
    def surface(self) -> pygame.Surface:
        """The window's surface, as large as the window is now."""
        return pygame.display.get_surface() or self._surface

    def show(self) -> None:
        """Flip."""
        pygame.display.flip()

    def resize(self, size: tuple[int, int]) -> None:
        """The window was resized; its surface follows by itself."""
        if not self.surface.get_flags() & pygame.FULLSCREEN and not self._maximised and size != self._size:
            self._before, self._size = self._size, size

    def maximised(self, on: bool) -> None:
        """The size that came just before is that of the whole room, and not the one to go back to."""
        if on and not self._maximised:
            self._size = self._before
        self._maximised = on

    def left_at(self) -> tuple[tuple[int, int], bool] | None:
        """Where it goes back to."""
        return None if self._asked else (self._size, self._maximised)

    def full_screen(self, on: bool) -> None:
        """Fill the screen, or go back."""
        self._surface = self._shape(on, self._maximised)

    def title(self, text: str) -> None:
        """Name the window."""
        pygame.display.set_caption(text)

    def pointer(self, hand: bool) -> None:
        """A hand or an arrow; told to the system only where it changes."""
        if hand != self._hand:
            self._hand = hand
            pygame.mouse.set_cursor(pygame.SYSTEM_CURSOR_HAND if hand else pygame.SYSTEM_CURSOR_ARROW)


class Picture:
    """No window: a surface in memory, for the pilot and for tests."""

    def __init__(self, size: tuple[int, int]) -> None:
        if pygame.display.get_surface() is None:
            pygame.display.set_mode((1, 1))
        self.surface = pygame.Surface(size).convert()
        self.shown = 0

    def show(self) -> None:
        """Count."""
        self.shown += 1

    def resize(self, size: tuple[int, int]) -> None:
        """A surface of another size."""
        self.surface = pygame.Surface(size).convert()

    def full_screen(self, on: bool) -> None:
        """Nothing to fill."""

    def title(self, text: str) -> None:
        """Nothing to name."""

    def pointer(self, hand: bool) -> None:
        """No pointer to show."""

    def maximised(self, on: bool) -> None:
        """No room to fill."""

    def left_at(self) -> tuple[tuple[int, int], bool] | None:
        """Nothing to go back to."""
        return None
