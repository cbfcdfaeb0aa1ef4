"""Announcements: who decides, who gets them, how they are sent and counted."""
