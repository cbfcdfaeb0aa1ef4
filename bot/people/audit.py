"""The audit log, read a page at a time: who did which privileged thing to what, and when.

It is only ever added to (`note`); the database refuses to change or delete a line. Ids
of people are shown as short aliases, so a page may be shown to others.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from bot.database import count
from bot.people import staff
from bot.people.staff import Actor
from bot.people.tables import AuditLine

PAGE = 8
# A Telegram id is long, the number of a case or an event is short.
_TELEGRAM_ID = re.compile(r"\d{5,}")


@dataclass(frozen=True)
class Line:
    """One privileged act: `number` and `name` for a coordinator, `alias` for anybody else.

    It was done to something of a `kind`; `which` one is a number or a name.
    """

    at: datetime
    number: int | None
    name: str | None
    alias: str
    action: str
    kind: str
    which: str


def alias(person_id: int) -> str:
    """Return a short stand-in for an id, the same each time, that nobody can write to."""
    return hashlib.sha256(str(person_id).encode()).hexdigest()[:4]


async def page(actor: Actor, number: int) -> tuple[list[Line], int]:
    """Return a page of the log, newest first, and how many lines there are. Coordinators only."""
    actor.require_staff()
    total = await count(actor.session, select(func.count()).select_from(AuditLine))
    rows = await actor.session.scalars(
        select(AuditLine).order_by(AuditLine.id.desc()).offset(number * PAGE).limit(PAGE)
    )
    known = await staff.aliases(actor.session)
    return [_line(row, known) for row in rows], total


def _line(row: AuditLine, known: dict[int, tuple[int, str | None]]) -> Line:
    number, name = known.get(row.actor_id, (None, None))
    which = row.subject.removeprefix(row.kind).strip()
    return Line(
        row.at_utc,
        number,
        name,
        alias(row.actor_id),
        row.action,
        _hidden(row.kind),
        _hidden(which),
    )


def _hidden(words: str) -> str:
    """Return words with aliases for the ids of people; a switch has one in its name."""
    return _TELEGRAM_ID.sub(lambda found: alias(int(found[0])), words)
