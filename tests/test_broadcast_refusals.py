"""Whatever is refused has changed nothing: what was planned is still planned."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

import handlers
from bot.announcements import lifecycle
from bot.announcements.lifecycle import Desk, RefusedError
from bot.announcements.tables import Broadcast
from bot.answering.answerer import Answerer
from bot.content import Content
from bot.database import Database
from bot.incoming import Incoming
from bot.people import people
from bot.people.tables import Person
from bot.settings import Settings
from bot.turn import Services, Turn

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TOMORROW = NOW + timedelta(days=1)
BOPHA, NARY, GIRL = 11, 12, 1
STAFF = (BOPHA, NARY)
DESK = Desk(BOPHA, STAFF, NOW, 5)
Attempt = Callable[[AsyncSession, Broadcast], Awaitable[object]]


async def _planned(session: AsyncSession, state: str) -> Broadcast:
    """An announcement to one girl, planned for tomorrow or waiting for the second coordinator."""
    session.add(Person(id=GIRL, language="km", reach="reachable", joined_at_utc=NOW))
    await session.flush()
    draft = await lifecycle.begin(session, DESK, "announcement")
    await lifecycle.write(session, DESK, draft.id, "km", "សួស្ដី")
    limit = 0 if state == "asked" else 5
    desk = Desk(BOPHA, STAFF, NOW, limit)
    return await lifecycle.submit(session, desk, draft.id, draft.version, TOMORROW)


REFUSED: dict[str, Attempt] = {
    "an old “send now”": lambda s, b: lifecycle.submit(s, DESK, b.id, b.version - 1, None),
    "a second “send now”": lambda s, b: lifecycle.submit(s, DESK, b.id, b.version, None),
    "a time that is over": lambda s, b: lifecycle.submit(s, DESK, b.id, b.version, NOW),
    "words too long": lambda s, b: lifecycle.write(s, DESK, b.id, "km", "x" * 901),
    "a filter there is not": lambda s, b: lifecycle.choose(s, DESK, b.id, "gossip", "x"),
}


@pytest.mark.parametrize("state", ["scheduled", "asked"])
@pytest.mark.parametrize("attempt", REFUSED.values(), ids=REFUSED.keys())
async def test_a_refusal_leaves_the_plan_as_it_was(
    database: Database, attempt: Attempt, state: str
) -> None:
    async with database.write() as session:
        planned = await _planned(session, state)
        before = (planned.state, planned.version, planned.start_at_utc)
        assert before[0] == state
        with pytest.raises(RefusedError):
            await attempt(session, planned)
        assert (planned.state, planned.version, planned.start_at_utc) == before


@pytest.mark.parametrize("button", ["cast:now:1:{old}", "cast:at:1:{old}", "cast:opt:1:gossip:0"])
async def test_an_old_button_leaves_the_plan_as_it_was(
    database: Database, content: Content, answerer: Answerer, button: str
) -> None:
    """As it happens in a chat: the refusal is told, and the turn commits."""
    settings = Settings(coordinator_ids=STAFF, _env_file=None)
    services = Services(settings, content, answerer, lambda: NOW)
    async with database.write() as session:
        planned = await _planned(session, "scheduled")
    assert planned.id == 1
    data = button.format(old=planned.version - 1)
    heard = Incoming("button", BOPHA, "en", data=data, callback_id="1", message_id=1)
    async with database.write() as session:
        person, conversation, new = await people.meet(session, BOPHA, "en", NOW)
        await handlers.take(Turn(services, session, 1, heard, person, conversation, new, STAFF))
    async with database.read() as session:
        kept = await session.get_one(Broadcast, planned.id)
        assert (kept.state, kept.version) == ("scheduled", planned.version)
        assert kept.start_at_utc == TOMORROW
