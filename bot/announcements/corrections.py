"""What can be done about an announcement that was sent: other words, or taking it back.

A correction of something large needs the second coordinator as well, or it would be the way
around her; a withdrawal does not, for it can only be too late.
"""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.announcements.lifecycle import (
    Announcement,
    changed,
    decide,
    find,
    fitting,
    rest_next,
    rest_series,
)
from bot.announcements.policy import Policy
from bot.announcements.states import MENDABLE
from bot.announcements.tables import Broadcast, Recipient
from bot.content.base import Tongue
from bot.database import count
from bot.people.staff import Actor
from bot.refusals import GoneError, RefusedError


class Proposal(BaseModel):
    """Other words for what has been sent: who wrote them, and whether a second was asked."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    # so that nobody agrees to other words than she has seen
    number: int
    words: dict[Tongue, str]
    by: int
    asked: bool = False


def proposal_of(broadcast: Announcement) -> Proposal | None:
    """Return the words that are proposed for an announcement, if any are."""
    return Proposal(**broadcast.proposal) if broadcast.proposal else None


def as_proposed(broadcast: Announcement) -> Announcement:
    """Return what an announcement would say with the proposed words; it is kept nowhere."""
    proposal = proposal_of(broadcast)
    return Broadcast(
        id=broadcast.id, kind=broadcast.kind, picture=broadcast.picture, opens=broadcast.opens,
        words=proposal.words if proposal else {},
    )  # fmt: skip


async def withdraw(actor: Actor, broadcast_id: int) -> Announcement:
    """Take the message back from everybody who has it, and send it to nobody more."""
    await _require_rows(actor.session, await find(actor, broadcast_id))
    broadcast = await decide(actor, broadcast_id, "withdraw", "withdrew")
    broadcast.proposal = None
    await rest_series(actor.session, broadcast)
    return changed(broadcast)


async def propose(
    actor: Actor, broadcast_id: int, texts: Mapping[Tongue, str | None]
) -> Announcement:
    """Write down other words for what has been sent; nothing is changed for anybody yet."""
    broadcast = await find(actor, broadcast_id)
    if broadcast.state not in MENDABLE:
        raise GoneError("cast.changed")
    await _require_rows(actor.session, broadcast)
    words = fitting(texts)
    if not words:
        raise RefusedError("cast.no_words")
    before = proposal_of(broadcast)
    number = before.number + 1 if before else 1
    _keep(broadcast, Proposal(number=number, words=words, by=actor.id))
    return broadcast


async def correct(actor: Actor, broadcast_id: int, number: int, policy: Policy) -> Announcement:
    """Put the proposed words before everyone, or ask the second coordinator where many have it.

    The one who asked may not agree to her own. Raises RefusedError when another proposal has
    been written meanwhile.
    """
    broadcast = await find(actor, broadcast_id)
    proposal = proposal_of(broadcast)
    if broadcast.state not in MENDABLE or proposal is None or proposal.number != number:
        raise GoneError("cast.changed")
    if proposal.by == actor.id and await _is_large(actor.session, broadcast, policy):
        if not actor.others:
            raise RefusedError("cast.no_second")
        _keep(broadcast, proposal.model_copy(update={"asked": True}))
        await actor.note("asked to correct", "announcement", broadcast.id)
        return broadcast
    await _correct_next(actor.session, broadcast, proposal.words)
    broadcast.words = proposal.words
    broadcast.proposal, broadcast.busy = None, True
    await actor.note("corrected", "announcement", broadcast.id)
    return changed(broadcast)


async def _correct_next(
    session: AsyncSession, broadcast: Broadcast, words: dict[Tongue, str]
) -> None:
    """Give the next of its series the new words too, unless it has words of its own already."""
    following = await rest_next(session, broadcast)
    if following is not None and following.words == broadcast.words:
        following.words = words


async def _is_large(session: AsyncSession, broadcast: Broadcast, policy: Policy) -> bool:
    """Return whether so many have it, or will, that a correction needs two."""
    # One that was agreed to by two stays theirs, and while it begins the rows are still few.
    if broadcast.approved_by is not None or broadcast.cursor is not None:
        return True
    hers = select(func.count()).where(Recipient.broadcast_id == broadcast.id)
    return await count(session, hers) > policy.approve_above


def _keep(broadcast: Broadcast, proposal: Proposal) -> None:
    broadcast.proposal = proposal.model_dump()


async def _require_rows(session: AsyncSession, broadcast: Broadcast) -> None:
    """Raise RefusedError when it is no longer known which message went to whom."""
    hers = select(Recipient.person_id).where(Recipient.broadcast_id == broadcast.id).limit(1)
    if broadcast.cursor is None and await session.scalar(hers) is None:
        raise RefusedError("cast.too_old")
