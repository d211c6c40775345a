"""What happened, as plain data: the only thing that a session tells the faces, the log and the debrief.

Each kind of event is one class, declared beside the code that makes it: `contact` (moves, what was learned), `opening`
(what a new quarter brings), `cases`, `moments`, `talks`, `closing` (a quarter's close), `ending` (years, the end).
`fields` says what a value may be; `game.door` holds every value of a log against that as it is read.
"""
