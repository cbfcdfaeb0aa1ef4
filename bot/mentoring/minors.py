"""A minor who erased herself and comes back as an adult is shown to the coordinator as such.

Of her only a salted hash is kept, for this purpose alone and for a while: nobody can read an id
from it, and only with the secret in this database can it be asked whether an id is one of them.
"""

import hmac
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from bot.database import Session, insert_new, upsert
from bot.mentoring.tables import MinorMark, MinorSecret

LASTS = timedelta(days=400)
_ONE = 1


async def _mark(session: Session, person_id: int) -> str | None:
    secret = await session.scalar(select(MinorSecret.secret).where(MinorSecret.id == _ONE))
    if secret is None:
        return None
    return hmac.new(secret.encode(), str(person_id).encode(), "sha256").hexdigest()


async def remember(session: Session, person_id: int, now: datetime) -> None:
    """Keep that somebody who erases herself had said that she is a minor."""
    await insert_new(session, MinorSecret, {"id": _ONE, "secret": secrets.token_hex(32)})
    row = {"mark": await _mark(session, person_id), "until_utc": now + LASTS}
    await upsert(session, MinorMark, row, key=("mark",))


async def marked(session: Session, person_id: int) -> bool:
    """Return whether somebody said before that she is a minor, and erased herself since."""
    mark = await _mark(session, person_id)
    return mark is not None and await session.get(MinorMark, mark) is not None


async def forget_old(session: Session, now: datetime) -> None:
    """Delete what has been kept long enough."""
    await session.execute(delete(MinorMark).where(MinorMark.until_utc <= now))
