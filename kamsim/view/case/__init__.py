"""The business case as any face shows it: its sentences, its form, its figures, and what is said to it."""
