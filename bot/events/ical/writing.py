"""Writes one date as a file that the calendar of her telephone opens."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.events.happening import Happening


def write_calendar(
    happening: Happening, title: str, text: str, where: str, now: datetime, zone: ZoneInfo
) -> bytes:
    """Return one date as a file that a telephone's calendar opens.

    Opening a newer one again replaces the older, by its number and version.
    """
    import icalendar

    calendar = icalendar.Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", "-//Bong Srey//Events//KM")
    calendar.add("METHOD", "PUBLISH")
    event = icalendar.Event()
    event.add("UID", f"date-{happening.date_id}@bongsrey")
    event.add("SEQUENCE", happening.version)
    event.add("DTSTAMP", now)
    if happening.all_day:
        first = happening.starts.astimezone(zone).date()
        event.add("DTSTART", first)
        event.add("DTEND", max(happening.over.astimezone(zone).date(), first + timedelta(days=1)))
    else:
        event.add("DTSTART", happening.starts)
        event.add("DTEND", max(happening.ends or happening.starts, happening.starts))
    event.add("SUMMARY", title)
    if text:
        event.add("DESCRIPTION", text)
    if where:
        event.add("LOCATION", where)
    event.add("STATUS", "CANCELLED" if happening.cancelled else "CONFIRMED")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
