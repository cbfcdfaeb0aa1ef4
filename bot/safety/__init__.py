"""Danger: what gives it away, and the cases that come of it."""
