"""What waits in the outbox, due or not: more than the courier looks at."""

from datetime import UTC, datetime

from bot.database import Database
from bot.queues import outbox
from bot.queues.outbox import Lane
from bot.queues.tables import OutboxMessage

_EVER = datetime.max.replace(tzinfo=UTC)


async def undelivered(database: Database, most: int = 10_000) -> list[OutboxMessage]:
    """Return undelivered messages in sending order."""
    return await outbox.waiting(database, tuple(Lane), set(), most, _EVER)
