"""What a person may do: roles, and who sits at the coordinators' desk."""

from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.people.tables import Coordinator
from bot.refusals import NotAllowedError


class Role(StrEnum):
    """What a person may do; every privileged action asks for one of these."""

    STUDENT = "student"
    # who is one is asked of the table of mentors: `bot.mentoring.mentors.role`
    MENTOR = "mentor"
    COORDINATOR = "coordinator"


def role_of(person_id: int, coordinators: tuple[int, ...]) -> Role:
    """Return the role of a person."""
    return Role.COORDINATOR if person_id in coordinators else Role.STUDENT


def require_coordinator(person_id: int, coordinators: tuple[int, ...]) -> None:
    """Raise NotAllowedError unless the person is a coordinator."""
    if role_of(person_id, coordinators) is not Role.COORDINATOR:
        raise NotAllowedError


async def coordinators_of(session: AsyncSession, first: tuple[int, ...]) -> tuple[int, ...]:
    """Return all coordinators, those of the settings first, in the order of alerts."""
    invited = await session.scalars(
        select(Coordinator.person_id)
        .where(Coordinator.invited, Coordinator.removed_at_utc.is_(None))
        .order_by(Coordinator.joined_at_utc, Coordinator.number)
    )
    return tuple(dict.fromkeys((*first, *invited)))


async def aliases(session: AsyncSession) -> dict[int, tuple[int, str | None]]:
    """Return the number and name of everybody who sits or sat at the desk, by id."""
    rows = await session.scalars(select(Coordinator))
    return {row.person_id: (row.number, row.name) for row in rows}
