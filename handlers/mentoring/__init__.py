"""Mentoring, from both sides and from the desk."""
