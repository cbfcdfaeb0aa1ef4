"""Careers, the path, plans, women, the directory."""
