"""Who plays: the seat, bots, bulk simulation and what a session was worth."""
