"""The session as text: no display needed, fit for screen readers, remote shells and scripts."""
