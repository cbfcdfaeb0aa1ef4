"""People, and an event to go to."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.content.base import Text
from bot.database import Session
from bot.events import calendar
from bot.events.details import Details
from bot.people import ages, people
from bot.people.ages import Band
from bot.people.staff import Actor

ZONE = ZoneInfo("Asia/Phnom_Penh")
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)  # ten in the morning in Phnom Penh
FIRST, SECOND = 11, 12
STAFF = (FIRST, SECOND)
GIRLS = (1, 2, 3, 4)
TONGUES = ("km", "en")
WORKSHOP = Details(
    kind="workshop",
    title=Text({"km": "សិក្ខាសាលា", "en": "A workshop"}),
    province="phnom-penh",
    place="Factory",
    starts=datetime(2026, 12, 10, 7, 0, tzinfo=UTC),
    ends=datetime(2026, 12, 10, 9, 0, tzinfo=UTC),
)


def acting(session: Session, person_id: int = FIRST, now: datetime = NOW) -> Actor:
    """Return somebody who acts; a coordinator, unless said otherwise."""
    return Actor(session, person_id, STAFF, now)


async def meet(session: Session, *ids: int) -> None:
    """Let people write to the bot, who are old enough for its events."""
    for person_id in ids or GIRLS:
        await people.meet(session, person_id, "en", NOW)
        await ages.tell(acting(session, person_id), Band.MINOR, NOW.date())


async def publish(session: Session, **changes: Any) -> int:
    """Publish the workshop, changed; return the event's id."""
    details = WORKSHOP.model_copy(update=changes)
    return await calendar.publish(acting(session), details, ZONE, TONGUES)


def local(day: int, hour: int, minute: int = 0, month: int = 12, year: int = 2026) -> datetime:
    """Return a time of Phnom Penh, in UTC."""
    return datetime(year, month, day, hour, minute, tzinfo=ZONE).astimezone(UTC)


def calendar_of(*events: str) -> bytes:
    """Return a calendar file of these events, each the lines inside of its VEVENT."""
    return file_of(
        "".join(f"BEGIN:VEVENT\nDTSTAMP:20260101T000000Z\n{e}\nEND:VEVENT\n" for e in events)
    )


def file_of(inside: str) -> bytes:
    """Return a calendar file of what is said inside of its VCALENDAR."""
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{inside}END:VCALENDAR\n".encode()


def one(uid: str = "a", at: str = "20261210T070000Z", title: str = "Fair", more: str = "") -> str:
    """Return the lines of one event."""
    return f"UID:{uid}\nDTSTART:{at}\nSUMMARY:{title}{more}"
