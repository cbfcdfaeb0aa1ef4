"""The audit log, read a page at a time: who did which privileged thing to what, and when.

It is only ever added to (`note`); the database refuses to change or delete a line. Ids
of people are shown as short aliases, so a page may be shown to others.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.people import staff
from bot.people.staff import require_coordinator
from bot.people.tables import AuditLine

PAGE = 8
# A Telegram id is long, the number of a case or an event is short.
_TELEGRAM_ID = re.compile(r"\d{5,}")


@dataclass(frozen=True)
class Line:
    """One privileged act: `number` and `name` for a coordinator, `alias` for anybody else."""

    at: datetime
    number: int | None
    name: str | None
    alias: str
    action: str
    subject: str


def alias(person_id: int) -> str:
    """Return a short stand-in for an id, the same each time, that nobody can write to."""
    return hashlib.sha256(str(person_id).encode()).hexdigest()[:4]


async def page(
    session: AsyncSession, actor_id: int, coordinators: tuple[int, ...], number: int
) -> tuple[list[Line], int]:
    """Return a page of the log, newest first, and how many lines there are. Coordinators only."""
    require_coordinator(actor_id, coordinators)
    total = int(await session.scalar(select(func.count()).select_from(AuditLine)) or 0)
    rows = await session.scalars(
        select(AuditLine).order_by(AuditLine.id.desc()).offset(max(number, 0) * PAGE).limit(PAGE)
    )
    known = await staff.aliases(session)
    return [_line(row, known) for row in rows], total


def _line(row: AuditLine, known: dict[int, tuple[int, str | None]]) -> Line:
    number, name = known.get(row.actor_id, (None, None))
    subject = _TELEGRAM_ID.sub(lambda found: alias(int(found[0])), row.subject)
    return Line(row.at_utc, number, name, alias(row.actor_id), row.action, subject)


async def note(
    session: AsyncSession, actor_id: int, action: str, subject: str, now: datetime
) -> None:
    """Append a line to the audit log."""
    session.add(AuditLine(at_utc=now, actor_id=actor_id, action=action, subject=subject))
    await session.flush()
