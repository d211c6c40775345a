"""The debrief: what was decided, what it was worth, and what would have happened otherwise, from logs alone."""
