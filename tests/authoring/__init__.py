"""Tests of kamsim.authoring."""
