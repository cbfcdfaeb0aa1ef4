"""iCalendar: read what others publish, within limits, and write one date for her phone."""
