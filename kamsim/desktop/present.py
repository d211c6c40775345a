"""What a picture is shown on, behind one small interface, so that another way to show it is one more class."""

from __future__ import annotations

from typing import Protocol

import pygame


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


class Window:
    """A window of the system, drawn by the processor."""

    def __init__(self, size: tuple[int, int], *, full: bool = False) -> None:
        self._size, self._hand = size, False
        self._surface = pygame.display.set_mode(
            (0, 0) if full else size, pygame.FULLSCREEN if full else pygame.RESIZABLE
        )

    @property
    def surface(self) -> pygame.Surface:
        """The window's surface, as large as the window is now."""
        return pygame.display.get_surface() or self._surface

    def show(self) -> None:
        """Flip."""
        pygame.display.flip()

    def resize(self, size: tuple[int, int]) -> None:
        """The window was resized; its surface follows by itself."""
        if not self.surface.get_flags() & pygame.FULLSCREEN:
            self._size = size

    def full_screen(self, on: bool) -> None:
        """Fill the screen, or go back."""
        flags = pygame.FULLSCREEN if on else pygame.RESIZABLE
        self._surface = pygame.display.set_mode((0, 0) if on else self._size, flags)

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
