"""People, and an event to go to."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.events import calendar
from bot.events.details import Details
from bot.people import people

ZONE = ZoneInfo("Asia/Phnom_Penh")
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)  # ten in the morning in Phnom Penh
FIRST, SECOND = 11, 12
STAFF = (FIRST, SECOND)
GIRLS = (1, 2, 3, 4)
WORKSHOP = Details(
    kind="workshop",
    title_km="សិក្ខាសាលា",
    title_en="A workshop",
    province="phnom-penh",
    place="Factory",
    starts=datetime(2026, 12, 10, 7, 0, tzinfo=UTC),
    ends=datetime(2026, 12, 10, 9, 0, tzinfo=UTC),
)


async def meet(session, *ids: int) -> None:
    """Let people write to the bot."""
    for person_id in ids or GIRLS:
        await people.meet(session, person_id, "en", NOW)


async def publish(session, **changes) -> int:
    """Publish the workshop, changed; return the event's id."""
    details = WORKSHOP.model_copy(update=changes)
    return await calendar.publish(session, FIRST, STAFF, details, NOW, ZONE)


def local(day: int, hour: int, minute: int = 0, month: int = 12, year: int = 2026) -> datetime:
    """Return a time of Phnom Penh, in UTC."""
    return datetime(year, month, day, hour, minute, tzinfo=ZONE).astimezone(UTC)
