"""The women's page leads on to the work of each of them."""

import html
from datetime import UTC, datetime

from sqlalchemy import select

import handlers
from bot.answering.answerer import Answerer
from bot.content import Content
from bot.database import Database
from bot.incoming import Incoming
from bot.people import people
from bot.queues.tables import OutboxMessage
from bot.screens.voice import Voice
from bot.settings import Settings
from bot.turn import Services, Turn
from handlers.careers.women import woman_screen

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
GIRL = 1


async def test_the_work_of_every_woman_can_be_opened(
    database: Database, content: Content, answerer: Answerer
) -> None:
    """What is tapped is what her page shows, so a button that nobody answers is found."""
    services = Services(Settings(_env_file=None), content, answerer, lambda: NOW)
    voice = Voice(content, "en")
    opened = 0
    for woman in content.women:
        screen = woman_screen(voice, content, woman, 0)
        works = [content.careers[career] for career in woman.careers if career in content.careers]
        for (button,), career in zip(screen.rows, works, strict=False):
            told = await _told(database, services, opened, button.data)
            assert career.what.get("en") in html.unescape(told)
            opened += 1
    assert opened >= 10


async def _told(database: Database, services: Services, number: int, data: str) -> str:
    """Return what a girl is shown who taps a button."""
    heard = Incoming("button", GIRL, "en", data=data, callback_id="1", message_id=1)
    async with database.write() as session:
        person, conversation, new = await people.meet(session, GIRL, "en", NOW)
        await handlers.take(Turn(services, session, number, heard, person, conversation, new))
        key = f"turn:{number}:0"
        row = (await session.scalars(select(OutboxMessage).where(OutboxMessage.key == key))).one()
        return str(row.payload["text"])
