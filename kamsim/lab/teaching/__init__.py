"""What a scenario teaches: bots side by side on the same luck, read as a facilitator would ask.

`arms` are the ways to play, `happenings` what a watch sees of each, `playing` plays them; `findings` and its neighbours
judge, `text` and `page` tell.
"""
