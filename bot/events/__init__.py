"""The calendar: events, who holds a place, reminders, and feeds of other calendars."""
