"""Khmer as people type it: repaired, folded for matching, recognised, cut into words."""
