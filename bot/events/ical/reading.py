"""Reads a calendar of others: its events with their dates to come, and what had to be left out."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.events.dates import HORIZON, MOST_DATES
from bot.events.details import LONGEST_PLACE, LONGEST_TEXT, LONGEST_TITLE
from bot.events.ical.entries import Entry, Slot
from bot.events.ical.lines import calendars
from bot.events.ical.problems import CalendarProblemError, LeftOutError, Patience
from bot.events.ical.series import slots_of
from bot.events.ical.times import moments_in
from bot.events.ical.words import plain
from bot.events.ical.zones import Zones

MOST_EVENTS = 500
_LONGEST_UID = 255


@dataclass(frozen=True)
class Item:
    """One event of a feed with its dates still to come."""

    uid: str
    title: str
    text: str
    place: str
    all_day: bool
    slots: tuple[Slot, ...]


@dataclass(frozen=True)
class LeftOut:
    """An event that could not be read, and of what: its time, zone, rule or title."""

    uid: str
    title: str
    why: str


@dataclass(frozen=True)
class Calendar:
    """What a file says: every event, those without dates to come included."""

    items: tuple[Item, ...]
    left_out: tuple[LeftOut, ...] = ()


def read_calendar(data: bytes, now: datetime, zone: ZoneInfo) -> Calendar:
    """Return what a file says; times that name no zone at all are in `zone`.

    What cannot be read of an event leaves out that event only. Raises CalendarProblemError when
    it is no calendar, one without events or without any that can be read, or one too large.
    """
    patience = Patience()
    items: list[Item] = []
    left_out: list[LeftOut] = []
    groups = _groups(data, now, zone, patience)
    if not groups:
        raise CalendarProblemError("empty")
    coming = 0
    for uid, group in groups.items():
        patience.check()
        try:
            items.append(_item(uid, group, now, patience))
            coming += bool(items[-1].slots)
        except (LeftOutError, ValueError, OverflowError) as error:
            if _may_come(group, now):
                why = str(error) if isinstance(error, LeftOutError) else "time"
                left_out.append(LeftOut(uid, _title(group[0]), why))
        if max(coming, len(left_out)) > MOST_EVENTS:
            raise CalendarProblemError("too_large")
    if left_out and not items:
        raise CalendarProblemError("unreadable")
    return Calendar(tuple(items), tuple(left_out))


def _groups(
    data: bytes, now: datetime, zone: ZoneInfo, patience: Patience
) -> dict[str, list[Entry]]:
    """Return the events of all calendars of a file by their UID."""
    groups: dict[str, list[Entry]] = {}
    for calendar in calendars(data):
        zones = Zones(calendar, zone, now + HORIZON, patience)
        calls_off = calendar.value("METHOD").upper() == "CANCEL"
        for component in calendar.parts:
            if component.kind == "VEVENT":
                entry = Entry(component, zones, calls_off)
                groups.setdefault(_uid(entry), []).append(entry)
    return groups


def _uid(entry: Entry) -> str:
    """Return by what an event is known again; without a UID by its title and its time."""
    component = entry.component
    if uid := component.value("UID"):
        return uid[:_LONGEST_UID]
    known = "\n".join(component.value(name) for name in ("SUMMARY", "DTSTART", "RECURRENCE-ID"))
    return f"without-uid-{hashlib.sha256(known.encode()).hexdigest()[:32]}"


def _item(uid: str, group: list[Entry], now: datetime, patience: Patience) -> Item:
    master, slots = slots_of(group, now, patience)
    title = _title(master)
    if not title:
        raise LeftOutError("title")
    return Item(
        uid,
        title,
        plain(master.component.text("DESCRIPTION"), LONGEST_TEXT),
        plain(master.component.text("LOCATION"), LONGEST_PLACE, one_line=True),
        master.starts().all_day,
        tuple(slots[:MOST_DATES]),
    )


def _title(entry: Entry) -> str:
    return plain(entry.component.text("SUMMARY"), LONGEST_TITLE, one_line=True)


def _may_come(group: Iterable[Entry], now: datetime) -> bool:
    """Return whether something of what cannot be read may still lie ahead."""
    for entry in group:
        try:
            local = moments_in(entry.component.value("DTSTART"), UTC)[0].local
        except LeftOutError:
            return True
        if entry.repeats or local > now.replace(tzinfo=None) - timedelta(days=2):
            return True
    return False
