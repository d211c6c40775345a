"""Tests of kamsim.debrief."""
