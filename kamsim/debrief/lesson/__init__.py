"""A lesson of 45 minutes made of a class's logs: the slides, a sheet for whoever presents them, a handout each."""
