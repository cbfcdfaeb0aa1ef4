"""What is done about cases when nobody writes: mistakes go, and what a wrong clock has meant."""

from datetime import datetime, timedelta

from sqlalchemy import Select, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.people import notes
from bot.people.tables import DeskNote
from bot.safety import cases
from bot.safety.states import Outcome
from bot.safety.tables import Case, CaseMessage

# So far two looks at the clock may lie apart before it is said to have been set back.
_APART = timedelta(minutes=1)


def _mistakes(now: datetime) -> Select[int]:
    """Select the cases that were a mistake, when that can not be taken back."""
    return select(Case.id).where(
        Case.outcome == Outcome.MISTAKE, Case.closed_at_utc <= now - cases.UNDO
    )


async def erase_mistakes(session: AsyncSession, now: datetime) -> None:
    """Erase what was written in and about cases that were a mistake, once that is for good."""
    over = _mistakes(now)
    await session.execute(delete(CaseMessage).where(CaseMessage.case_id.in_(over)))
    await session.execute(
        delete(DeskNote).where(DeskNote.about == "case", DeskNote.about_id.in_(over))
    )


async def has_mistakes(session: AsyncSession, now: datetime) -> bool:
    """Return whether words in or about a mistake are still there and may be erased."""
    written = select(CaseMessage.case_id)
    noted = select(DeskNote.about_id).where(DeskNote.about == "case")
    found = await session.scalar(
        _mistakes(now).where(or_(Case.id.in_(written), Case.id.in_(noted))).limit(1)
    )
    return found is not None


async def are_ahead(session: AsyncSession, now: datetime, interval: timedelta) -> bool:
    """Return whether a case waits for a time that only a wrong clock can have meant."""
    late = now + _APART
    case = select(Case.id).where(
        Case.closed_at_utc.is_(None),
        or_(Case.next_alert_at_utc > late + interval, Case.acknowledged_at_utc > late),
    )
    written = select(CaseMessage.id).where(CaseMessage.at_utc > late)
    return bool(await session.scalar(case.limit(1)) or await session.scalar(written.limit(1)))


async def stamp_anew(session: AsyncSession, now: datetime, interval: timedelta) -> None:
    """Bring back to now what was stamped before the clock was set back.

    Or the next would be called later by the whole jump, and so would be seen that a girl waits.
    """
    late = now + _APART
    for case in await session.scalars(select(Case).where(Case.closed_at_utc.is_(None))):
        if case.next_alert_at_utc is not None and case.next_alert_at_utc > late + interval:
            case.next_alert_at_utc = now
        if case.acknowledged_at_utc is not None and case.acknowledged_at_utc > late:
            case.acknowledged_at_utc = now
    await session.execute(update(CaseMessage).where(CaseMessage.at_utc > late).values(at_utc=now))
    await session.flush()


async def sweep(session: AsyncSession) -> None:
    """Delete the notes about cases that are gone."""
    await notes.sweep(session, "case", select(Case.id))
