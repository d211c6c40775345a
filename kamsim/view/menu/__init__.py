"""The menu: every kind of move once, with all that any face, the demonstration and the debrief say of it."""
