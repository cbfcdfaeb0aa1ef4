"""iCalendar: read what others publish, within limits, and write one date for her phone."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
from dateutil.rrule import rrulestr

from bot.events.dates import HORIZON, MOST_DATES
from bot.events.details import LONGEST_PLACE, LONGEST_TEXT, LONGEST_TITLE
from bot.events.happening import Happening
from bot.language.khmer import repair
from bot.language.words import shorten, utf16_length

MOST_EVENTS = 500
MOST_STEPS = 20_000
MOST_SECONDS = 5.0
_FREQUENCIES = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
# What could name a day that never comes, and be looked for until the year 9999.
_COSTLY_WHEN_OFTEN = {"BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"}
_TOO_FINE = {"BYHOUR", "BYMINUTE", "BYSECOND"}


class CalendarProblemError(Exception):
    """A calendar cannot be used; the message is the name of words in `content/`."""


@dataclass(frozen=True)
class Slot:
    """One date of an item; `name` stays when the date moves."""

    name: str
    starts: datetime
    ends: datetime | None


@dataclass(frozen=True)
class Item:
    """One event of a feed with its dates still to come."""

    uid: str
    title: str
    text: str
    place: str
    all_day: bool
    slots: tuple[Slot, ...]


def read_calendar(data: bytes, now: datetime, zone: ZoneInfo) -> list[Item]:
    """Return every event of a calendar, those without dates to come included.

    Times without a zone are in `zone`. What cannot be read of an event leaves out that event
    only. Raises CalendarProblemError when it is no calendar, or one too large to read.
    """
    try:
        components = list(icalendar.Calendar.from_ical(data).walk("VEVENT"))
    except (ValueError, IndexError, KeyError, AttributeError):
        raise CalendarProblemError("not_a_calendar") from None
    if not components:
        raise CalendarProblemError("empty")
    if len(components) > MOST_EVENTS:
        raise CalendarProblemError("too_large")
    grouped: dict[str, list[Any]] = {}
    for component in components:
        if uid := str(component.get("UID", ""))[:255]:
            grouped.setdefault(uid, []).append(component)
    began = time.monotonic()
    items = []
    for uid, group in grouped.items():
        if time.monotonic() - began > MOST_SECONDS:
            raise CalendarProblemError("too_large")
        try:
            items.append(_item(uid, group, now, zone))
        except (ValueError, TypeError, AttributeError, KeyError, OverflowError):
            continue
    if not items:
        raise CalendarProblemError("not_a_calendar")
    return items


def _item(uid: str, group: list[Any], now: datetime, zone: ZoneInfo) -> Item:
    master = next((c for c in group if "RECURRENCE-ID" not in c), group[0])
    slots = {} if _is_cancelled(master) else {s.name: s for s in _slots(master, zone)}
    for component in group:
        if "RECURRENCE-ID" not in component:
            continue
        name = _moment(component["RECURRENCE-ID"].dt, zone)[0].strftime("%Y%m%d")
        slots.pop(name, None)
        if not _is_cancelled(component) and not _is_cancelled(master):
            slots[name] = Slot(name, *_span(component, zone))
    ahead = [
        slot
        for slot in slots.values()
        if (slot.ends or slot.starts + timedelta(days=1)) > now and slot.starts < now + HORIZON
    ]
    ahead.sort(key=lambda slot: slot.starts)
    title = _plain(master.get("SUMMARY"), LONGEST_TITLE)
    if not title:
        raise ValueError("no title")
    return Item(
        uid,
        title,
        _plain(master.get("DESCRIPTION"), LONGEST_TEXT),
        _plain(master.get("LOCATION"), LONGEST_PLACE),
        not isinstance(master["DTSTART"].dt, datetime),
        tuple(ahead[:MOST_DATES]),
    )


def _is_cancelled(component: Any) -> bool:
    return str(component.get("STATUS", "")).upper() == "CANCELLED"


def _moment(value: Any, zone: ZoneInfo) -> tuple[datetime, bool]:
    """Return a time on its own clock, and whether it is a whole day."""
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=zone)), False
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=zone), True
    raise ValueError("no time")


def _span(component: Any, zone: ZoneInfo) -> tuple[datetime, datetime | None]:
    starts, all_day = _moment(component["DTSTART"].dt, zone)
    if "DTEND" in component:
        ends: datetime | None = _moment(component["DTEND"].dt, zone)[0]
    elif "DURATION" in component:
        ends = starts + component["DURATION"].dt
    else:
        ends = None
    # The end of a single whole day is the next midnight, which tells nothing.
    if ends is not None and (ends <= starts or (all_day and ends - starts <= timedelta(days=1))):
        ends = None
    return starts.astimezone(UTC), ends.astimezone(UTC) if ends else None


def _slots(component: Any, zone: ZoneInfo) -> Iterator[Slot]:
    starts, ends = _span(component, zone)
    rule = component.get("RRULE")
    if rule is None:
        yield Slot("0", starts, ends)
        return
    lasts = ends - starts if ends else None
    except_for = {
        _moment(value.dt, zone)[0].astimezone(UTC)
        for dates in _as_list(component.get("EXDATE"))
        for value in dates.dts
    }
    own_clock = _moment(component["DTSTART"].dt, zone)[0]
    for at in _repeated(rule, own_clock, zone):
        begins = at.astimezone(UTC)
        if begins not in except_for:
            yield Slot(at.strftime("%Y%m%d"), begins, begins + lasts if lasts else None)


def _repeated(rule: Any, first: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    if isinstance(rule, list):
        raise ValueError("several rules")
    parts = {str(key).upper(): value for key, value in rule.items()}
    frequency = str(parts["FREQ"][0]).upper()
    often = frequency in ("DAILY", "WEEKLY")
    if frequency not in _FREQUENCIES or _TOO_FINE & parts.keys():
        raise ValueError("too often")
    if often and _COSTLY_WHEN_OFTEN & parts.keys():
        raise ValueError("too costly")
    until = _moment(parts.pop("UNTIL")[0], zone) if "UNTIL" in parts else None
    text = icalendar.vRecur(parts).to_ical().decode()  # type: ignore[no-untyped-call]
    for at in islice(rrulestr(text, dtstart=first), MOST_STEPS):
        last = until and (until[0] + timedelta(days=1) if until[1] else until[0])
        if last and (at >= last if until and until[1] else at > last):
            return
        yield at


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _plain(value: Any, limit: int) -> str:
    """Return text on as many lines as it has, repaired and short enough."""
    text = repair(str(value or "")).strip()
    if utf16_length(text) <= limit:
        return text
    return shorten(text, limit)


def write_calendar(
    happening: Happening, title: str, text: str, where: str, now: datetime, zone: ZoneInfo
) -> bytes:
    """Return one date as a file that a telephone's calendar opens.

    Opening a newer one again replaces the older, by its number and version.
    """
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
