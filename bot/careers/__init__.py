"""Careers: found by name, walked towards, planned, looked up, shown to a family."""
