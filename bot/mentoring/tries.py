"""What was tried: messages that were stopped are counted, and three within a week have a sequel.

A girl's only bring a note to the coordinators. A mentor writes to nobody until one has looked.
"""

from datetime import timedelta

from sqlalchemy import Select, func, select

from bot.database import count
from bot.mentoring import mentors, moves
from bot.mentoring.policy import Policy
from bot.mentoring.states import Passage, Who
from bot.mentoring.tables import Introduction, Mentor, RelayMessage
from bot.people.staff import Actor

TRIES, WITHIN = 3, timedelta(days=7)


async def count_one(actor: Actor, row: Introduction, policy: Policy) -> None:
    """Do what follows from one more try of who acts."""
    if actor.id == row.student_id:
        tried = await _of_girl(actor, row)
        if tried and tried % TRIES == 0:
            await moves.make(actor, row, "warn", Who.BOT, policy, Who.STUDENT)
        return
    mentor = await mentors.find(actor.session, actor.id)
    if mentor is not None and await of_mentor(actor, mentor) >= TRIES:
        await mentors.quiet(actor, mentor)


async def _of_girl(actor: Actor, row: Introduction) -> int:
    query = select(func.count()).where(
        RelayMessage.introduction_id == row.id,
        RelayMessage.sender_id == actor.id,
        RelayMessage.state == Passage.STOPPED,
        RelayMessage.at_utc > actor.now - WITHIN,
    )
    return await count(actor.session, query)


def stopped(mentor: Mentor, *, apart_from: Select[int] | None = None) -> Select[RelayMessage]:
    """Return the query for what of a mentor was stopped and is still kept.

    Nothing of the introductions it is kept `apart_from`.
    """
    query = select(RelayMessage).where(
        RelayMessage.sender_id == mentor.person_id,
        RelayMessage.from_student.is_(False),
        RelayMessage.state == Passage.STOPPED,
    )
    if apart_from is None:
        return query
    return query.where(RelayMessage.introduction_id.not_in(apart_from))


async def of_mentor(actor: Actor, mentor: Mentor) -> int:
    """Return how often a mentor tried within the week, since a coordinator last looked.

    While she is kept from writing the week is that before.
    """
    since = (mentor.quiet_since_utc or actor.now) - WITHIN
    if mentor.tries_from_utc is not None:
        since = max(since, mentor.tries_from_utc)
    tried = stopped(mentor).where(RelayMessage.at_utc > since).subquery()
    return await count(actor.session, select(func.count()).select_from(tried))
