"""Sentences, by what they are about. Pure functions of what the player sees."""
