"""Who acts, what she may do, and who sits at the coordinators' desk."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Session, read_once
from bot.people.tables import AuditLine, Coordinator
from bot.refusals import NotAllowedError
from bot.rights import ALLOWED, May, Seat


class Role(StrEnum):
    """Who a person is to the bot; `bot.mentoring.roles` finds out."""

    STUDENT = "student"
    MENTOR = "mentor"
    GUARDIAN = "guardian"
    # invited to be a guardian, and has not agreed
    INVITED = "invited"
    # was a mentor, and is none at the moment
    FORMER = "former"
    COORDINATOR = "coordinator"

    @property
    def is_adult(self) -> bool:
        """Whether she is spoken to as a grown woman or man, and not as a younger sister."""
        return self is not Role.STUDENT


# The clauses for who was invited to the desk, to whatever seat, and sits there still.
SITS = Coordinator.invited, Coordinator.removed_at_utc.is_(None)


@dataclass(frozen=True)
class Actor:
    """Who acts, among which coordinators, when, in which unit of work."""

    session: Session
    id: int
    # the full coordinators, in the order of alerts
    staff: tuple[int, ...]
    now: datetime
    # who else sits at the desk, and as what
    helpers: Mapping[int, Seat] = field(default_factory=dict)
    # whether she has a role that only grown-ups have (`bot.mentoring.roles`)
    grown_up: bool = False

    @property
    def is_staff(self) -> bool:
        """Whether she is a full coordinator, who is called when somebody needs a person."""
        return self.id in self.staff

    @property
    def others(self) -> tuple[int, ...]:
        """The other coordinators, in the order of alerts."""
        return tuple(person_id for person_id in self.staff if person_id != self.id)

    @property
    def seat(self) -> Seat | None:
        """As what she sits at the desk; None for everybody else."""
        return Seat.FULL if self.is_staff else self.helpers.get(self.id)

    def may(self, what: May) -> bool:
        """Return whether a part of the work at the desk is hers."""
        return self.seat is not None and what in ALLOWED[self.seat]

    def require(self, what: May) -> None:
        """Raise NotAllowedError unless a part of the work at the desk is hers."""
        if not self.may(what):
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
    """Return all full coordinators, those of the settings first, in the order of alerts."""
    invited = (person_id for person_id, seat in await _invited(session) if seat is Seat.FULL)
    return tuple(dict.fromkeys((*first, *invited)))


async def helpers_of(session: AsyncSession, first: tuple[int, ...]) -> dict[int, Seat]:
    """Return who sits at the desk for one part of the work, and for which, in the same order.

    Whoever is in the settings is a full coordinator, whatever is kept of her.
    """
    return {
        person_id: seat
        for person_id, seat in await _invited(session)
        if seat is not Seat.FULL and person_id not in first
    }


async def _invited(session: AsyncSession) -> tuple[tuple[int, Seat], ...]:
    """Return who sits at the desk by an invitation, and as what, in the order of joining."""

    async def read() -> tuple[tuple[int, Seat], ...]:
        rows = await session.execute(
            select(Coordinator.person_id, Coordinator.seat)
            .where(*SITS)
            .order_by(Coordinator.joined_at_utc, Coordinator.number)
        )
        return tuple((person_id, seat) for person_id, seat in rows)

    return await read_once(session, "who was invited to the desk", (Coordinator,), read)


async def aliases(session: AsyncSession) -> dict[int, tuple[int, str | None]]:
    """Return the number and name of everybody who sits or sat at the desk, by id."""
    rows = await session.scalars(select(Coordinator))
    return {row.person_id: (row.number, row.name) for row in rows}
