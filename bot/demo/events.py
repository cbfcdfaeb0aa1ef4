"""Three invented events for the demo, marked as such, always a few days ahead."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from sqlalchemy.ext.asyncio import AsyncSession

from bot.content.base import BASE_TONGUE
from bot.events import calendar
from bot.events.details import Details
from bot.people.staff import Actor
from bot.settings import CONTENT

FILE = CONTENT / "demo" / "events.yaml"


def demo_events(now: datetime, zone: ZoneInfo) -> list[Details]:
    """Return the events of the file, counted from today."""
    rows = yaml.safe_load(FILE.read_text(encoding="utf-8"))["events"]
    return [_details(row, now.astimezone(zone), zone) for row in rows]


def _details(row: dict[str, Any], today: datetime, zone: ZoneInfo) -> Details:
    told, at, hours = row.pop("in_days"), row.pop("at", None), row.pop("hours", None)
    day = today.date() + timedelta(days=told)
    starts = datetime.combine(day, time.fromisoformat(at) if at else time(), zone).astimezone(UTC)
    ends = starts + timedelta(hours=hours) if hours else None
    return Details(**row, starts=starts, ends=ends, all_day=at is None)


async def seed_events(
    session: AsyncSession, coordinator: int, now: datetime, zone: ZoneInfo
) -> None:
    """Publish the demo's events."""
    actor = Actor(session, coordinator, (coordinator,), now)
    for details in demo_events(now, zone):
        await calendar.publish(actor, details, zone, (BASE_TONGUE,))
