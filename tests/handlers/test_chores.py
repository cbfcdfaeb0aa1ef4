"""What the clock does for the desk: the digest once a week, questions sorted, entries learned."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.answering.answerer import Answerer
from bot.content import Content
from bot.database import Database
from bot.desk import counters
from bot.events.tables import EventFeed
from bot.people import people
from bot.people.staff import Actor
from bot.people.tables import Coordinator
from bot.questions import asked
from bot.questions import groups as question_groups
from bot.questions.tables import AdditionState, LearnedEntry
from bot.queues.tables import OutboxMessage
from bot.settings import Settings
from bot.turn import Services
from handlers import chores
from tests.test_supervision import FullDisk

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=ZoneInfo("Asia/Phnom_Penh"))
BOPHA, NARY, GIRL = 11, 12, 1
STAFF = (BOPHA, NARY)


class Hands:
    """A clock whose hands the test moves."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now.astimezone(UTC)


# the services, the clock, and how a chore is done
House = tuple[Services, Hands, Callable[[str], Awaitable[None]]]


@pytest.fixture
async def house(database: Database, content: Content, answerer: Answerer) -> House:
    clock = Hands(MONDAY - timedelta(weeks=1))
    settings = Settings(coordinator_ids=STAFF, _env_file=None)
    services = Services(settings, content, answerer, clock)

    async def run(name: str) -> None:
        """Do a chore as a process that has just started would."""
        chore = next(c for c in chores(services, database, lambda: None) if c.name == name)
        await chore.run()

    return services, clock, run


async def _digests(database: Database) -> list[tuple[int, str]]:
    async with database.read() as session:
        rows = await session.execute(
            select(OutboxMessage.chat_id, OutboxMessage.key).order_by(OutboxMessage.id)
        )
        return [(chat, key.split(":")[1]) for chat, key in rows]


async def test_the_digest_goes_to_each_once_a_week_whatever_the_clock_does(
    database: Database, house: House
) -> None:
    _, clock, run = house
    await run("weekly digest")
    first = [(BOPHA, "2026-W47"), (NARY, "2026-W47")]
    assert await _digests(database) == first
    clock.now = MONDAY - timedelta(seconds=1)
    await run("weekly digest")
    assert await _digests(database) == first
    both = [*first, (BOPHA, "2026-W48"), (NARY, "2026-W48")]
    for now in (MONDAY, MONDAY + timedelta(days=3), MONDAY - timedelta(hours=2), MONDAY):
        clock.now = now
        await run("weekly digest")
        assert await _digests(database) == both


async def test_invited_coordinators_get_it_too(database: Database, house: House) -> None:
    _, clock, run = house
    async with database.write() as session:
        session.add(Coordinator(person_id=501, invited=True, joined_at_utc=clock()))
    await run("weekly digest")
    assert [chat for chat, _ in await _digests(database)] == [BOPHA, NARY, 501]


async def test_a_poster_of_the_week_comes_above_the_digest(
    database: Database, house: House
) -> None:
    _, clock, run = house
    async with database.write() as session:
        for _ in range(7):
            await counters.count(session, date(2026, 11, 12), "question", ["answered"])
    await run("weekly digest")
    async with database.read() as session:
        rows = await session.scalars(select(OutboxMessage).where(OutboxMessage.chat_id == BOPHA))
        poster, news = rows.all()
    assert poster.payload is not None
    assert poster.payload["draw"] == "poster"
    assert [tile.get("number") for tile in poster.payload["tiles"]] == ["៧", "០", "០", "០"]
    assert news.method == "send_message"


async def test_alike_questions_are_put_together(database: Database, house: House) -> None:
    _, clock, run = house
    async with database.write() as session:
        for number, text in enumerate(("do zebras like museums?", "zebras like museums?", "hm?")):
            await people.meet(session, GIRL + number, "en", clock())
            await asked.keep(Actor(session, GIRL + number, (), clock()), text, "en")
    await run("sort questions")
    async with database.write() as session:
        groups, _ = await question_groups.waiting(Actor(session, BOPHA, STAFF, clock()), 0)
    assert [len(group.questions) for group in groups] == [2, 1]


async def test_what_was_added_is_learned_and_what_was_withdrawn_is_forgotten(
    database: Database, house: House
) -> None:
    services, clock, run = house
    turn_before = services.content
    async with database.write() as session:
        entry = LearnedEntry(
            state=AdditionState.LIVE, topic="ai", asks=[],
            question={"km": "សេះបង្កង់?", "en": "Zebras in museums?"},
            answer={"km": "បាទ", "en": "Yes"}, added_at_utc=clock(), changed_at_utc=clock(),
        )  # fmt: skip
        session.add(entry)

    async def learn() -> None:
        await run("learn")
        await asyncio.gather(
            *(t for t in asyncio.all_tasks() if getattr(t.get_coro(), "__name__", "") == "_learn")
        )

    await learn()
    name = f"learned-{entry.id}"
    assert services.answerer.consider("Zebras in museums?").ids == (name,)
    # A turn under way keeps the library that it began with.
    assert name not in turn_before.entries
    async with database.write() as session:
        row = await session.get_one(LearnedEntry, entry.id)
        row.state, row.changed_at_utc = AdditionState.WITHDRAWN, clock() + timedelta(seconds=1)
    await learn()
    assert name not in services.content.entries
    assert name not in services.answerer.consider("Zebras in museums?").ids


async def test_a_full_disk_is_no_fault_of_a_calendar(database: Database, house: House) -> None:
    services, clock, _ = house
    async with database.write() as session:
        session.add(
            EventFeed(
                url="https://example.org/a.ics", kind="talk", once=False, added_by=BOPHA,
                next_read_at_utc=clock(),
            )
        )  # fmt: skip
    full = FullDisk(f"sqlite+aiosqlite:///{database.file}", full_at=1)
    chore = next(c for c in chores(services, full, lambda: None) if c.name == "read feeds")
    with pytest.raises(OSError, match="No space left"):
        await chore.run()
    await full.close()
    async with database.read() as session:
        assert list(await session.scalars(select(EventFeed.failure))) == [None]


async def test_a_database_that_is_taken_away_below_the_bot_is_said(
    house: House, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    _, _, chore = house
    await chore("look after the file")
    assert "deleted" not in caplog.text
    kept = database.file.rename(database.file.with_name("elsewhere.sqlite"))
    await chore("look after the file")
    assert "was deleted or replaced under the running bot" in caplog.text
    kept.rename(database.file)
