"""Soft sounds: a few short tones made here, silent where there is no device or nobody wants them."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
import pygame

RATE: Final = 22_050
TONES: Final = {"done": (523.3, 659.3), "no": (311.1, 277.2), "close": (392.0, 523.3, 659.3), "turn": (587.3,)}
"""By occasion: the tones, one after the other, in hertz."""


class Sounds:
    """Plays a sound where sounds are on and there is a device."""

    def __init__(self, on: bool) -> None:
        self.on = on

    def play(self, occasion: str) -> None:
        """A sound for an occasion."""
        if not self.on:
            return
        try:
            if pygame.mixer.get_init() is None:
                pygame.mixer.init(RATE, -16, 1, 512)
            _sound(occasion).play()
        except pygame.error:
            self.on = False


@lru_cache(8)
def _sound(occasion: str) -> pygame.mixer.Sound:
    parts = []
    for tone in TONES[occasion]:
        time = np.arange(int(RATE * 0.12)) / RATE
        swell = np.minimum(1.0, time / 0.012) * np.exp(-time * 22.0)
        parts.append(np.sin(2 * np.pi * tone * time) * swell * 0.16)
    wave = (np.concatenate(parts) * 32767).astype(np.int16)
    channels = (pygame.mixer.get_init() or (RATE, -16, 1))[2]
    if channels > 1:
        wave = np.repeat(wave[:, None], channels, axis=1)
    return pygame.mixer.Sound(buffer=np.ascontiguousarray(wave).tobytes())
