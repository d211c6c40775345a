"""What a session's log tells afterwards: read from the logs alone, as tables, exports and the debrief."""
