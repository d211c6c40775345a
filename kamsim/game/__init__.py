"""A person's session: what is done, what happens, the log of it, and playing it again."""
