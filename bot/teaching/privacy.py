"""What is kept of who teaches the bot, of her words, and of what she said of others'."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import deleted
from bot.people.people import traces
from bot.people.tables import Band, Person
from bot.settings import Settings
from bot.teaching.tables import AskedWay, Teacher, WayState, WayVote

# How it stands, as she is told.
_SAID = {
    WayState.WAITING: "waiting",
    WayState.HELD: "waiting",
    WayState.ACCEPTED: "accepted",
    WayState.DROPPED: "not_taken",
}


async def export(session: AsyncSession, person_id: int) -> dict[str, Any]:
    """Return what she agreed to, her words that are learned from, and what she judged.

    Of a coordinator also which ways of asking she decided about.
    """
    teacher = await session.get(Teacher, person_id)
    ways = await session.scalars(
        select(AskedWay).where(AskedWay.person_id == person_id).order_by(AskedWay.id)
    )
    judged = await session.scalars(
        select(WayVote.at_utc).where(WayVote.person_id == person_id).order_by(WayVote.at_utc)
    )
    kept: dict[str, Any] = {
        "teaching": teacher
        and {
            "joined": teacher.joined_at_utc.isoformat(),
            "published": teacher.open,
            "learned_from": teacher.learns,
        },
        "ways_of_asking": [
            {"text": way.text, "state": _SAID[way.state], "sent": way.at_utc.isoformat()}
            for way in ways
        ],
        "ways_judged": [at.isoformat() for at in judged],
    }
    decided = ("ways_decided", AskedWay.id, AskedWay.decided_by)
    return kept | await traces(session, person_id, (decided,))


async def erase(session: AsyncSession, person_id: int, _now: datetime) -> None:
    """Forget who taught, with all that she gave; what nobody's name stands at stays."""
    for table in (WayVote, AskedWay, Teacher):
        await session.execute(delete(table).where(table.person_id == person_id))
    await session.execute(
        update(AskedWay).where(AskedWay.decided_by == person_id).values(decided_by=None)
    )


async def forget_old(session: AsyncSession, settings: Settings, now: datetime) -> dict[str, int]:
    """Delete what nobody has accepted for as long as questions are kept, and votes as old.

    Of who has told since that she is too young nothing stays.
    """
    before = now - timedelta(days=settings.question_days)
    old = delete(AskedWay).where(AskedWay.state != WayState.ACCEPTED, AskedWay.at_utc < before)
    ways = await deleted(session, old)
    await session.execute(delete(WayVote).where(WayVote.at_utc < before))
    young = select(Person.id).where(Person.age_band == Band.YOUNG)
    for table in (WayVote, AskedWay, Teacher):
        await session.execute(delete(table).where(table.person_id.in_(young)))
    return {"ways": ways}
