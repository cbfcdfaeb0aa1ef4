"""What is counted of cases: since when girls wait for somebody to take theirs. No names."""

from datetime import datetime

from sqlalchemy import select

from bot.database import Session
from bot.safety.tables import Case


async def waiting_since(session: Session) -> list[datetime]:
    """Return since when each open case waits that no coordinator has taken."""
    rows = await session.scalars(
        select(Case.opened_at_utc).where(
            Case.closed_at_utc.is_(None), Case.acknowledged_by.is_(None)
        )
    )
    return list(rows)
