"""The gym: short drills, made of the middle of a bot's year, answered at once, played a year ahead, learned from."""
