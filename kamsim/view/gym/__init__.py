"""The gym as every face shows it: a drill on its way, what came of it, and progress."""
