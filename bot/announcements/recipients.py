"""The recipients of announcements, counted: what became of each, and that it adds up."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.announcements.policy import Policy
from bot.announcements.states import Mend, RecipientState, State
from bot.announcements.tables import Broadcast, Recipient

ON_THE_WAY = (RecipientState.WAITING, RecipientState.STAGED)
ENDS = tuple(state for state in RecipientState if state not in ON_THE_WAY)
ERASED = "erased herself"
_MEASURED_AFTER_SECONDS = 5
SEPARATOR = ": "


@dataclass(frozen=True)
class Progress:
    """How many recipients stand where; every recipient is counted in exactly one of `states`."""

    states: Counter[RecipientState] = field(default_factory=Counter)
    # why messages were not delivered
    reasons: Counter[tuple[RecipientState, str]] = field(default_factory=Counter)
    # corrections or withdrawals of delivered messages
    mends: Counter[Mend] = field(default_factory=Counter)
    mends_to_do: int = 0

    @property
    def total(self) -> int:
        """Everybody it was meant for."""
        return sum(self.states.values())

    @property
    def left(self) -> int:
        """Those whose message has neither arrived nor failed."""
        return sum(self.states[state] for state in ON_THE_WAY)

    @property
    def ended(self) -> int:
        """Those for whom it is decided."""
        return self.total - self.left


async def tally(session: AsyncSession, broadcast: Broadcast) -> Progress:
    """Count the recipients of an announcement, those whose rows are forgotten included."""
    old = Recipient.version < broadcast.version
    rows = await session.execute(
        select(Recipient.state, Recipient.failure, Recipient.mend, old, func.count())
        .where(Recipient.broadcast_id == broadcast.id)
        .group_by(Recipient.state, Recipient.failure, Recipient.mend, old)
    )
    counts = Progress()
    to_do = 0
    for state, failure, mend, outdated, number in rows:
        counts.states[state] += number
        if failure and state is not RecipientState.DELIVERED:
            counts.reasons[state, failure] += number
        if mend is Mend.STAGED or (mend and not outdated):
            counts.mends[mend] += number
        if state is RecipientState.DELIVERED and outdated:
            to_do += number
    for name, number in broadcast.kept.items():
        word, _, failure = name.partition(SEPARATOR)
        state = RecipientState(word)
        counts.states[state] += number
        if failure:
            counts.reasons[state, failure] += number
    return Progress(counts.states, counts.reasons, counts.mends, to_do)


def seconds_to_go(
    broadcast: Broadcast, counts: Progress, now: datetime, policy: Policy
) -> float | None:
    """Return how long it will still take at the speed measured so far; None when it stands."""
    if broadcast.state is not State.SENDING:
        return None
    since = broadcast.measured_from_utc
    elapsed = (now - since).total_seconds() if since else 0.0
    done = counts.ended - broadcast.measured_from
    speed = done / elapsed if elapsed > _MEASURED_AFTER_SECONDS and done > 0 else policy.per_second
    return counts.left / speed
