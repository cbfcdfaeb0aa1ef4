"""Announcements, as coordinators write them and as people receive them."""
