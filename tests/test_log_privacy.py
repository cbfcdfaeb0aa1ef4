"""What girls write never reaches the log, whatever fails."""

import logging
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from bot.database import Database, Session
from bot.queues import outbox
from bot.queues.messages import Text
from bot.queues.outbox import Lane
from bot.screens.screen import Html

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
WORDS = "my father hits me"
log = logging.getLogger("bot")


async def _keep(session: Session, person_id: Any) -> None:
    await outbox.stage(session, Text(Html(WORDS)), to=person_id, key="k", lane=Lane.REPLY, now=NOW)


@pytest.mark.parametrize("door", ["write", "read"])
async def test_a_statement_that_fails_shows_nothing_of_what_it_carried(
    database: Database, caplog: pytest.LogCaptureFixture, door: str
) -> None:
    """A reader may not write, and no message goes to nobody: both fail with her words in hand."""
    with pytest.raises(DBAPIError) as failed:
        async with getattr(database, door)() as session:
            await _keep(session, None if door == "write" else 1)
    log.error("it failed", exc_info=failed.value)
    assert "outbox" in caplog.text
    assert WORDS not in caplog.text
