"""The recipients of announcements, counted: what became of each, and that it adds up."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database.broadcast_tables import Broadcast, Recipient

ON_THE_WAY = ("waiting", "staged")
ENDS = ("delivered", "blocked", "deactivated", "failed", "unsent")
ERASED = "erased herself"
_MEASURED_AFTER_SECONDS = 5
_SEPARATOR = ": "


@dataclass(frozen=True)
class Tally:
    """How many recipients stand where; every recipient is counted in exactly one of `states`."""

    states: Counter[str] = field(default_factory=Counter)
    # why messages were not delivered
    reasons: Counter[tuple[str, str]] = field(default_factory=Counter)
    # corrections or withdrawals of delivered messages: staged, done, failed
    mends: Counter[str] = field(default_factory=Counter)
    mends_to_do: int = 0

    @property
    def total(self) -> int:
        """Everybody it was meant for."""
        return sum(self.states.values())

    @property
    def left(self) -> int:
        """Those whose message has neither arrived nor failed."""
        return self.states["waiting"] + self.states["staged"]

    @property
    def ended(self) -> int:
        """Those for whom it is decided."""
        return self.total - self.left


async def tally(session: AsyncSession, broadcast: Broadcast) -> Tally:
    """Count the recipients of an announcement, those whose rows are forgotten included."""
    old = Recipient.version < broadcast.version
    rows = await session.execute(
        select(Recipient.state, Recipient.failure, Recipient.mend, old, func.count())
        .where(Recipient.broadcast_id == broadcast.id)
        .group_by(Recipient.state, Recipient.failure, Recipient.mend, old)
    )
    counts = Tally()
    to_do = 0
    for state, failure, mend, outdated, number in rows:
        counts.states[state] += number
        if failure and state != "delivered":
            counts.reasons[state, failure] += number
        if mend == "staged" or (mend and not outdated):
            counts.mends[mend] += number
        if state == "delivered" and outdated:
            to_do += number
    for name, number in broadcast.kept.items():
        state, _, failure = name.partition(_SEPARATOR)
        counts.states[state] += number
        if failure:
            counts.reasons[state, failure] += number
    return Tally(counts.states, counts.reasons, counts.mends, to_do)


def seconds_to_go(
    broadcast: Broadcast, counts: Tally, now: datetime, per_second: float
) -> float | None:
    """Return how long it will still take at the speed measured so far; None when it stands."""
    if broadcast.state != "sending":
        return None
    since = broadcast.measured_from_utc
    elapsed = (now - since).total_seconds() if since else 0.0
    done = counts.ended - broadcast.measured_from
    speed = done / elapsed if elapsed > _MEASURED_AFTER_SECONDS and done > 0 else per_second
    return counts.left / speed


async def of_person(session: AsyncSession, person_id: int) -> list[dict[str, object]]:
    """Return which announcements a person was meant to get, and how that ended."""
    rows = await session.scalars(select(Recipient).where(Recipient.person_id == person_id))
    return [
        {"announcement": row.broadcast_id, "state": row.state,
         "at": row.at_utc.isoformat() if row.at_utc else None}
        for row in rows
    ]  # fmt: skip


async def forget_person(session: AsyncSession, person_id: int) -> None:
    """Take a person out of all announcements and keep the counts right."""
    rows = (await session.scalars(select(Recipient).where(Recipient.person_id == person_id))).all()
    for row in rows:
        broadcast = await session.get_one(Broadcast, row.broadcast_id)
        lost = row.state in ON_THE_WAY
        _keep(broadcast, "unsent" if lost else row.state, ERASED if lost else row.failure, 1)
        await session.delete(row)
    await session.flush()


async def forget_old(session: AsyncSession, now: datetime, days: int) -> None:
    """Delete the rows of announcements that ended over `days` ago, and keep their counts."""
    ended = await session.scalars(
        select(Broadcast).where(
            Broadcast.finished_at_utc < now - timedelta(days=days), ~Broadcast.busy
        )
    )
    for broadcast in ended:
        groups = await session.execute(
            select(Recipient.state, Recipient.failure, func.count())
            .where(Recipient.broadcast_id == broadcast.id)
            .group_by(Recipient.state, Recipient.failure)
        )
        for state, failure, number in groups.all():
            _keep(broadcast, state, failure if state != "delivered" else None, number)
        await session.execute(delete(Recipient).where(Recipient.broadcast_id == broadcast.id))


def _keep(broadcast: Broadcast, state: str, failure: str | None, number: int) -> None:
    name = f"{state}{_SEPARATOR}{failure}" if failure else state
    broadcast.kept = {**broadcast.kept, name: broadcast.kept.get(name, 0) + number}
