"""Scenarios: the models, the reader that places every fault, and the checker."""
