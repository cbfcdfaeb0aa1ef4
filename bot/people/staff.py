"""What a person may do: roles, and who sits at the coordinators' desk."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Session
from bot.people.tables import AuditLine, Coordinator
from bot.refusals import NotAllowedError


class Role(StrEnum):
    """Who a person is to the bot; `bot.mentoring.roles` finds out."""

    STUDENT = "student"
    MENTOR = "mentor"
    GUARDIAN = "guardian"
    COORDINATOR = "coordinator"

    @property
    def is_adult(self) -> bool:
        """Whether she is spoken to as a grown woman or man, and not as a younger sister."""
        return self is not Role.STUDENT


@dataclass(frozen=True)
class Actor:
    """Who acts, among which coordinators, when, in which unit of work."""

    session: Session
    id: int
    staff: tuple[int, ...]
    now: datetime

    @property
    def is_staff(self) -> bool:
        """Whether she is a coordinator."""
        return self.id in self.staff

    @property
    def others(self) -> tuple[int, ...]:
        """The other coordinators, in the order of alerts."""
        return tuple(person_id for person_id in self.staff if person_id != self.id)

    def require_staff(self) -> None:
        """Raise NotAllowedError unless she is a coordinator."""
        if not self.is_staff:
            raise NotAllowedError

    async def note(
        self, action: str, kind: str, number: int | None = None, more: str = ""
    ) -> None:
        """Append what she did to the audit log: `kind` and `number` of what it was done to.

        `more` says what a number does not, as the id of an entry.
        """
        parts = (kind, "" if number is None else str(number), more)
        line = AuditLine(
            at_utc=self.now, actor_id=self.id, action=action, kind=kind, number=number,
            subject=" ".join(part for part in parts if part),
        )  # fmt: skip
        self.session.add(line)
        await self.session.flush()


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
