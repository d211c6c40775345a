"""The session in a window. Nothing outside this package imports pygame, and nothing in it knows a rule.

`kit` draws and lays out (it knows nothing of the game), `screens` show the session, `app` runs them, `pilot` drives
them without a display.
"""

import os

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
os.environ.setdefault("SDL_FRAMEBUFFER_ACCELERATION", "0")
os.environ.setdefault("SDL_WINDOWS_DPI_AWARENESS", "permonitorv2")
os.environ.setdefault("SDL_VIDEO_X11_WMCLASS", "kamsim")
