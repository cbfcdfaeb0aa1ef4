"""What is kept of a person's cases and of what she wrote last; of a coordinator, her drills.

A case that is open when she erases herself outlives her wish for a while, for it may be that
somebody else holds her telephone: without a word of hers, only that it is there, of which kind,
since when, and her Telegram id (`bot/safety/erased.py`). It goes when it is closed, and after
`CASE_DAYS` anyway.

A closed case goes, with all of that, so many days after it was closed. So does one that somebody
has and in which nobody has written for as long. One that nobody has taken is never forgotten.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import deleted
from bot.people.people import FORGOTTEN
from bot.people.tables import Person
from bot.queues.tables import OutboxMessage, OutboxState
from bot.safety import case_upkeep, drills, erased, last_words
from bot.safety.tables import Case, CaseMessage, Drill, LastWord
from bot.settings import Settings

# So long after a case is closed its girl was told so, and nothing more is on its way to her.
_TOLD_BY_THEN = timedelta(hours=1)


async def export(session: AsyncSession, person_id: int) -> dict[str, Any]:
    """Return last words and cases; of a coordinator also what she took, was told and wrote."""
    said = await session.scalars(
        select(LastWord).where(LastWord.person_id == person_id).order_by(LastWord.id)
    )
    found = list(await session.scalars(select(Case).order_by(Case.id)))
    hers = [case for case in found if case.person_id == person_id]
    own = {case.id for case in hers}
    messages = list(
        await session.scalars(
            select(CaseMessage)
            .where(CaseMessage.case_id.in_(own) | (CaseMessage.author_id == person_id))
            .order_by(CaseMessage.id)
        )
    )
    kept: dict[str, Any] = {
        "last_words": [{"at": word.at_utc.isoformat(), "text": word.text} for word in said],
        "talks_with_a_person": [
            {
                "case": case.id,
                "opened": case.opened_at_utc.isoformat(),
                "closed": case.closed_at_utc.isoformat() if case.closed_at_utc else None,
                "outcome": case.outcome,
                "messages": [
                    {
                        "at": message.at_utc.isoformat(),
                        "from": "coordinator" if message.by_staff else "you",
                        "text": message.text,
                        **({"sent": message.media} if message.media else {}),
                    }
                    for message in messages
                    if message.case_id == case.id
                ],
            }
            for case in hers
        ],
    }
    if taken := [case.id for case in found if case.acknowledged_by == person_id]:
        kept["cases_taken"] = taken
    if alerted := [case.id for case in found if person_id in case.alerted]:
        kept["cases_alerted_of"] = alerted
    if wrote := [
        {"case": message.case_id, "text": message.text}
        for message in messages
        if message.author_id == person_id and message.case_id not in own
    ]:
        kept["written_in_cases"] = wrote
    return kept | await _of_drills(session, person_id)


async def _of_drills(session: AsyncSession, person_id: int) -> dict[str, Any]:
    """Return which drills a coordinator began, was called in, answered, was passed over in."""
    found = list(await session.scalars(select(Drill).order_by(Drill.id)))
    kept = {
        "drills_begun": [drill.id for drill in found if drill.started_by == person_id],
        "drills_called": [drill.id for drill in found if person_id in drill.alerted],
        "drills_answered": [drill.id for drill in found if drill.acknowledged_by == person_id],
        "drills_not_reached": [drill.id for drill in found if person_id in drill.passed],
    }
    return {name: numbers for name, numbers in kept.items() if numbers}


async def erase(session: AsyncSession, person_id: int, now: datetime) -> None:
    """Forget last words, and cases, with what was written in and about them.

    Of an open one stays that it is there. Those of others forget that she took them, was alerted
    of them or wrote in them; drills, that she had a part in them.
    """
    await last_words.forget(session, person_id)
    hers = Case.person_id == person_id
    await session.execute(delete(Case).where(hers, Case.closed_at_utc.is_not(None)))
    await erased.empty(session, person_id, now)
    await case_upkeep.sweep(session)
    for case in await session.scalars(select(Case)):
        if case.acknowledged_by == person_id:
            case.acknowledged_by = FORGOTTEN
        case.alerted = [FORGOTTEN if told == person_id else told for told in case.alerted]
    await session.execute(
        update(CaseMessage)
        .where(CaseMessage.author_id == person_id)
        .values(author_id=FORGOTTEN, message_id=None)
    )
    for drill in await session.scalars(select(Drill)):
        if drill.started_by == person_id:
            drill.started_by = FORGOTTEN
        if drill.acknowledged_by == person_id:
            drill.acknowledged_by = FORGOTTEN
        drill.alerted = [FORGOTTEN if one == person_id else one for one in drill.alerted]
        drill.passed = [FORGOTTEN if one == person_id else one for one in drill.passed]
    await session.flush()


async def forget_old(session: AsyncSession, settings: Settings, now: datetime) -> dict[str, int]:
    """Delete old last words and drills, and cases that are over with what was written in them."""
    words = await last_words.forget_old(session, now)
    tried = await drills.forget_old(session, now)
    before = now - timedelta(days=settings.case_days)
    # First, for with these goes more than with the others, of which they may be some.
    cases = await _forget_erased(session, before, now)
    last = (
        select(func.max(CaseMessage.at_utc))
        .where(CaseMessage.case_id == Case.id)
        .correlate(Case)
        .scalar_subquery()
    )
    silent = (
        Case.closed_at_utc.is_(None)
        & (Case.acknowledged_at_utc < before)
        # Of who erased herself no message is left: her days begin when she did.
        & (func.coalesce(last, Case.erased_at_utc, Case.acknowledged_at_utc) < before)
    )
    cases += await deleted(session, delete(Case).where((Case.closed_at_utc < before) | silent))
    await case_upkeep.erase_mistakes(session, now)
    await case_upkeep.sweep(session)
    return {"words": words, "cases": cases, "drills": tried}


async def _forget_erased(session: AsyncSession, before: datetime, now: datetime) -> int:
    """Delete the cases of who erased herself once they are closed, or were kept long enough.

    And what is known of messages that reached her since, for nothing else is known of her. Returns
    how many cases.
    """
    over = (Case.closed_at_utc <= now - _TOLD_BY_THEN) | (Case.erased_at_utc < before)
    found = await session.scalars(
        delete(Case).where(Case.erased_at_utc.is_not(None), over).returning(Case.person_id)
    )
    gone = list(found)
    await session.execute(
        delete(OutboxMessage).where(
            OutboxMessage.chat_id.in_(set(gone)),
            OutboxMessage.chat_id.not_in(select(Person.id)),
            OutboxMessage.state != OutboxState.WAITING,
        )
    )
    return len(gone)
