"""A girl's assent is kept with her request, and not where the request is refused or fails."""

import pytest
from sqlalchemy import select

import handlers
from bot.answering.answerer import Answerer
from bot.content import Content
from bot.database import Database
from bot.incoming import Incoming
from bot.mentoring import guardians
from bot.mentoring.tables import Introduction, Mentee
from bot.people import ages, people
from bot.people.ages import Band
from bot.people.tables import Conversation
from bot.queues.tables import OutboxMessage
from bot.settings import Settings
from bot.turn import Services, Turn
from tests.mentoring import village
from tests.mentoring.village import GIRL, NOW, SOPHEA

DRAFT = {"field": "software", "mentor": None, "hope": "How did you learn to code?"}


@pytest.fixture
def services(content: Content, answerer: Answerer) -> Services:
    return Services(Settings(_env_file=None), content, answerer, lambda: NOW, "bong_srey_bot")


async def _agrees(database: Database, services: Services, band: str) -> str:
    """A girl of an age taps “I agree” under the rules; return what she is shown."""
    async with database.write() as session:
        await village.meet(session, GIRL)
        await ages.tell(village.acts(session, GIRL), Band(band), NOW.date())
        row = await guardians.mentee(session, GIRL)
        row.alias, row.draft = "Pov", DRAFT
        conversation = await session.get_one(Conversation, GIRL)
        conversation.awaiting = {"for": "hope"}
    return await _taps(database, services, "intro:agree")


async def _taps(database: Database, services: Services, data: str) -> str:
    heard = Incoming("button", GIRL, "en", data=data, callback_id="1", message_id=1)
    async with database.write() as session:
        person, conversation, new = await people.meet(session, GIRL, "en", NOW)
        await handlers.take(Turn(services, session, 1, heard, person, conversation, new))
        key = "turn:1:0"
        query = select(OutboxMessage).where(OutboxMessage.key == key)
        payload = (await session.scalars(query)).one().payload or {}
        return str(payload["text"])


async def _kept(database: Database) -> tuple[int | None, int]:
    """Return the assent that is kept, and how many requests there are."""
    async with database.read() as session:
        row = await session.get_one(Mentee, GIRL)
        return row.assent_version, len((await session.scalars(select(Introduction))).all())


async def test_it_is_kept_with_the_request(database: Database, services: Services) -> None:
    async with database.write() as session:
        await village.mentor(session, SOPHEA)
    await _agrees(database, services, "minor")
    assert await _kept(database) == (guardians.ASSENT_VERSION, 1)


async def test_it_is_not_kept_where_nobody_fits(database: Database, services: Services) -> None:
    await _agrees(database, services, "minor")
    assert await _kept(database) == (None, 0)


async def test_who_is_too_young_changes_nothing_and_is_told_so_kindly(
    database: Database, services: Services
) -> None:
    """One who is too young forges the button."""
    told = await _agrees(database, services, "young")
    assert await _kept(database) == (None, 0)
    async with database.read() as session:
        assert (await session.get_one(Mentee, GIRL)).draft == DRAFT
    assert told == services.voice("km").say("age.too_young", minimum="១៤")
