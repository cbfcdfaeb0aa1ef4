"""A turn has one time, however long it takes."""

from datetime import UTC, datetime, timedelta
from itertools import count

from bot.answering.answerer import Answerer
from bot.content import Content
from bot.database import Database
from bot.incoming import Incoming
from bot.people import people
from bot.settings import Settings
from bot.turn import Services, Turn

BEGAN = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


async def test_the_time_of_a_turn_does_not_move_within_it(
    database: Database, content: Content, answerer: Answerer
) -> None:
    seconds = count()
    services = Services(
        Settings(_env_file=None), content, answerer,
        lambda: BEGAN + timedelta(seconds=next(seconds)),
    )  # fmt: skip
    async with database.write() as session:
        person, conversation, new = await people.meet(session, 1, "en", BEGAN)
        heard = Incoming("text", 1, "en", "hello", message_id=1)
        turn = Turn(services, session, 1, heard, person, conversation, new)
        first = turn.now
        assert turn.now == first
        assert turn.today == first.astimezone(services.settings.zone).date()
