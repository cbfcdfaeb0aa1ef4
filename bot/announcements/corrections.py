"""What can be done about an announcement that was sent: other words, or taking it back.

A correction of something large needs the second coordinator as well, or it would be the way
around her; a withdrawal does not, for it can only be too late.
"""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.announcements.lifecycle import Desk, RefusedError, changed, decide, find, fitting, named
from bot.announcements.tables import Broadcast, Recipient
from bot.people.audit import note

MENDABLE = ("sending", "paused", "done", "cancelled")


async def withdraw(session: AsyncSession, desk: Desk, broadcast_id: int) -> Broadcast:
    """Take the message back from everybody who has it, and send it to nobody more."""
    await _require_rows(session, await find(session, desk, broadcast_id))
    broadcast = await decide(session, desk, broadcast_id, "withdrawn", "withdrew")
    broadcast.proposal = None
    changed(broadcast)
    return broadcast


async def propose(
    session: AsyncSession, desk: Desk, broadcast_id: int, texts: dict[str, str | None]
) -> Broadcast:
    """Write down other words for what has been sent; nothing is changed for anybody yet."""
    broadcast = await find(session, desk, broadcast_id)
    if broadcast.state not in MENDABLE:
        raise RefusedError("cast.changed")
    await _require_rows(session, broadcast)
    if not any(texts.values()):
        raise RefusedError("cast.no_words")
    words = {tongue: fitting(text) for tongue, text in texts.items()}
    number = int((broadcast.proposal or {}).get("number", 0)) + 1
    broadcast.proposal = {**words, "by": desk.actor_id, "asked": False, "number": number}
    return broadcast


async def correct(session: AsyncSession, desk: Desk, broadcast_id: int, number: int) -> Broadcast:
    """Put the proposed words before everyone, or ask the second coordinator where many have it.

    The one who asked may not agree to her own. Raises RefusedError when another proposal has
    been written meanwhile.
    """
    broadcast = await find(session, desk, broadcast_id)
    proposal = broadcast.proposal
    if broadcast.state not in MENDABLE or not proposal or proposal["number"] != number:
        raise RefusedError("cast.changed")
    people = await session.scalar(
        select(func.count()).where(Recipient.broadcast_id == broadcast.id)
    )
    # One that was agreed to by two stays theirs, and while it begins the rows are still few.
    started_large = broadcast.approved_by is not None or broadcast.cursor is not None
    large = started_large or (people or 0) > desk.approve_above
    if large and proposal["by"] == desk.actor_id:
        if not desk.others:
            raise RefusedError("cast.no_second")
        broadcast.proposal = {**proposal, "asked": True}
        await note(session, desk.actor_id, "asked to correct", named(broadcast), desk.now)
        return broadcast
    broadcast.text_km, broadcast.text_en = proposal["km"], proposal["en"]
    broadcast.proposal, broadcast.busy = None, True
    await note(session, desk.actor_id, "corrected", named(broadcast), desk.now)
    return changed(broadcast)


async def _require_rows(session: AsyncSession, broadcast: Broadcast) -> None:
    """Raise RefusedError when it is no longer known which message went to whom."""
    mine = select(Recipient.person_id).where(Recipient.broadcast_id == broadcast.id).limit(1)
    if broadcast.cursor is None and await session.scalar(mine) is None:
        raise RefusedError("cast.too_old")
