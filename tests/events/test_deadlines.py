"""Reminders of a last day reach everybody who keeps a thing, however many there are."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, func, select, text

from bot.careers.tables import SavedItem
from bot.events import deadlines
from bot.people.tables import Person
from bot.queues.tables import OutboxMessage
from handlers.events.deadlines import remind
from tests.events.announced import CHANCE, LAST, announced
from tests.stage import Stage

MANY = 3 * deadlines.PAGE + 1
FIRST = 500_000
# in the evening of the day before, when the last reminder is due
DUE = datetime(2026, 12, 14, 11, 1, tzinfo=UTC)


async def _keep_it(stage: Stage) -> None:
    async with stage.database.write() as session:
        before = stage.now - timedelta(days=1)
        people = range(FIRST, FIRST + MANY)
        session.add_all(Person(id=one, language="en", joined_at_utc=before) for one in people)
        await session.flush()
        session.add_all(
            SavedItem(person_id=one, item_id=CHANCE, saved_at_utc=before) for one in people
        )


async def _staged(stage: Stage) -> int:
    async with stage.database.read() as session:
        of_these = OutboxMessage.key.startswith("deadline:")
        return int(await session.scalar(select(func.count()).where(of_these)) or 0)


async def test_everybody_who_keeps_it_is_read_once_in_a_run_and_reminded_once(
    stage: Stage,
) -> None:
    stage.services.content = announced(stage.content, LAST)
    await _keep_it(stage)
    stage.now = DUE
    looks: list[int] = []

    def note(*execution: object) -> None:
        if "FROM saved_items" in str(execution[2]):
            looks.append(1)

    async with stage.database.read() as session:
        engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    try:
        for _ in range(2):
            await remind(stage.services, stage.database, lambda: None)
            assert await _staged(stage) == MANY
            assert len(looks) == MANY // deadlines.PAGE + 1, "as many looks as pages"
            looks.clear()
    finally:
        event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_a_page_of_them_is_found_without_reading_the_others(stage: Stage) -> None:
    """Of a file: a server reads few rows as they lie, and so will not say."""
    plan = text(
        "EXPLAIN QUERY PLAN SELECT person_id FROM saved_items"
        " WHERE item_id = 'x' AND person_id > 5 ORDER BY person_id LIMIT 100"
    )
    async with stage.database.read() as session:
        steps = [row.detail for row in await session.execute(plan)]
    assert steps == [
        "SEARCH saved_items USING COVERING INDEX ix_saved_items_keepers"
        " (item_id=? AND person_id>?)"
    ]
