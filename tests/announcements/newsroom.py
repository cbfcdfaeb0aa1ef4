"""The people of these tests, and short ways to bring an announcement where a test begins."""

from datetime import UTC, date, datetime
from secrets import token_hex
from typing import Any
from zoneinfo import ZoneInfo

from bot.announcements import lifecycle, recipients, sending
from bot.announcements.policy import Policy
from bot.announcements.states import State
from bot.announcements.tables import Broadcast
from bot.classes.tables import ClassMember, SchoolClass
from bot.content.base import Tongue
from bot.database import Database, Session
from bot.people.staff import Actor
from bot.people.tables import Person, Reachability
from bot.queues import deliveries
from bot.queues.deliveries import Delivery
from bot.queues.tables import OutboxState
from bot.screens.voice import Voice
from tests.queues.undelivered import undelivered

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
FIRST, SECOND, GIRL = 11, 12, 1
STAFF = (FIRST, SECOND)
LIMIT = 5
POLICY = Policy(LIMIT, 30, ZoneInfo("Asia/Phnom_Penh"))
TODAY = POLICY.today(NOW)
Voices = dict[Tongue, Voice]


def by(session: Session, person_id: int, staff: tuple[int, ...] = STAFF) -> Actor:
    """Somebody who acts."""
    return Actor(session, person_id, staff, NOW)


async def people(session: Session, number: int, first: int = 100, **told: Any) -> None:
    """So many girls who can be reached."""
    for person_id in range(first, first + number):
        row = {"language": "km", "grade": "11", "province": "kep", **told}
        reach = Reachability.REACHABLE
        session.add(Person(id=person_id, reach=reach, joined_at_utc=NOW, **row))
    await session.flush()


async def school_class(session: Session, until: date, *girls: int) -> str:
    """A class with these girls in it; return its number, as an audience names it."""
    made = SchoolClass(
        name="12 A", school="Sisowath", code=token_hex(4), until=until, made_at_utc=NOW
    )
    session.add(made)
    await session.flush()
    for girl in girls:
        session.add(ClassMember(class_id=made.id, person_id=girl, joined_at_utc=NOW))
    await session.flush()
    return str(made.id)


async def written(
    session: Session, words: str = "សួស្ដី", english: str | None = "Hello"
) -> Broadcast:
    """A draft, in one language or two."""
    draft = await lifecycle.begin(by(session, FIRST), "announcement")
    await lifecycle.write(by(session, FIRST), draft.id, "km", words)
    return await lifecycle.write(by(session, FIRST), draft.id, "en", english)


async def sent(database: Database, number: int, voices: Voices, ahead: int = 1000) -> int:
    """Write, start and stage an announcement to `number` people; return its id."""
    async with database.write() as session:
        await people(session, number)
        draft = await written(session)
        await lifecycle.submit(by(session, FIRST), draft.id, draft.version, None, POLICY)
        if draft.state is State.ASKED:
            await lifecycle.approve(by(session, SECOND), draft.id, draft.version)
    await step(database, draft.id, voices, ahead)
    return draft.id


async def step(database: Database, number: int, voices: Voices, ahead: int = 1000) -> None:
    """Be the chore, once."""
    while await sending.gather(database, number, STAFF, TODAY):
        pass
    await sending.fold(database, number, NOW)
    await sending.drop_rest(database, number, NOW)
    while moved := (
        await sending.mend(database, number, voices, NOW, ahead)
        or await sending.feed(database, number, voices, POLICY, NOW, ahead)
    ):
        ahead -= moved


async def deliver(database: Database, failure: str | None = None, most: int = 10_000) -> None:
    """Be the courier; with a failure, one that could not deliver."""
    rows = await undelivered(database, most)
    state = OutboxState.DROPPED if failure else OutboxState.SENT
    ends = [Delivery(r.id, state, NOW, None if failure else r.chat_id * 10, failure) for r in rows]
    await deliveries.record(database, ends)


async def tally(database: Database, number: int) -> recipients.Progress:
    """Count its recipients."""
    async with database.read() as session:
        return (await sending.standing(session, number)).counts
