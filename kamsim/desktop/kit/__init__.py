"""Drawing, widgets and layout. Knows nothing of the game."""
