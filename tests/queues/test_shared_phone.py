"""What is for one of several on a phone leaves in her turn only, whatever the two of them do."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from bot.database import Database, Session
from bot.people import chats, people, phones
from bot.people.tables import Person, Phone, Profile, Reachability
from bot.queues import deliveries, depth, hiding, outbox, unheard
from bot.queues.deliveries import Delivery
from bot.queues.messages import Delete, Edit, Text
from bot.queues.outbox import Lane
from bot.queues.tables import OutboxMessage, OutboxState
from bot.screens.screen import Html
from bot.settings import Settings
from tests.engines import BOTH
from tests.queues.undelivered import undelivered

ENGINES = BOTH
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
ELDER = 1001
YOUNGER = chats.further(ELDER, 1)
NOBODY = chats.door(ELDER)
STRANGER = 1002
# What can happen, and to whom: somebody takes the phone, something for her is put on its way,
# leaves for Telegram, or is written down as arrived.
happenings = st.lists(
    st.tuples(
        st.sampled_from(["is here", "is told", "leaves", "arrives"]),
        st.sampled_from([ELDER, YOUNGER, NOBODY]),
    ),
    max_size=12,
)


async def _share(session: Session) -> Phone:
    await people.meet(session, ELDER, "km", NOW)
    phone = await phones.create(session, ELDER, "Chantha", NOW)
    await phones.add(session, phone, "Dara", "en", NOW)
    return phone


async def _is_here(database: Database, who: int) -> None:
    async with database.write() as session:
        phone = await session.get_one(Phone, ELDER)
        if who == NOBODY:
            await phones.leave(session, phone, NOW)
        else:
            await phones.enter(session, phone, who, NOW)


async def _tell(database: Database, who: int, words: str, lane: Lane = Lane.NOTE) -> None:
    async with database.write() as session:
        await outbox.stage(session, Text(Html(words)), to=who, key=words, lane=lane, now=NOW)


def _sent(row: OutboxMessage, message_id: int) -> Delivery:
    return Delivery(row.id, OutboxState.SENT, NOW, message_id)


async def _left(database: Database) -> list[str]:
    return [row.key for row in await undelivered(database)]


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=10
)
@given(happenings)
async def test_no_text_for_one_stays_in_the_turn_of_the_other(
    database: Database, happened: Sequence[tuple[str, int]]
) -> None:
    async with database.write() as session:
        for table in (OutboxMessage, Profile, Phone):
            await session.execute(delete(table))
        await session.execute(delete(Person))
        await _share(session)
    numbers, here = count(1), ELDER
    on_their_way: list[OutboxMessage] = []
    # what stands in the chat: a message, and for whom it is
    chat: dict[int, int] = {}

    async def arrive() -> None:
        for row in on_their_way:
            if row.method == "delete_message":
                chat.pop((row.payload or {})["message_id"], None)
                done = Delivery(row.id, OutboxState.SENT, NOW)
            else:
                done = _sent(row, next(numbers))
                chat[done.message_id or 0] = row.chat_id
            await deliveries.record(database, [done])
        on_their_way.clear()

    for what, who in happened:
        if what == "is here":
            await _is_here(database, who)
            # Who leaves has the chat tidied.
            chat.clear()
            here = who
        elif what == "is told":
            await _tell(database, who, f"to {who}, {next(numbers)}")
        elif what == "leaves" and not on_their_way:
            on_their_way += await undelivered(database)
            assert {row.chat_id for row in on_their_way} <= {here, NOBODY}
        else:
            await arrive()
    # What was on its way when it was another's turn is taken out as soon as that is known.
    for _ in range(2):
        await arrive()
        on_their_way += await undelivered(database)
    assert set(chat.values()) <= {here, NOBODY}
    # And nothing is lost: each hears hers in her turn.
    for who in (ELDER, YOUNGER):
        await _is_here(database, who)
        on_their_way[:] = await undelivered(database)
        await arrive()
        assert not await _left(database)
    async with database.read() as session:
        rows = list(await session.scalars(select(OutboxMessage)))
    assert {row.state for row in rows} <= {OutboxState.SENT}


async def test_what_arrives_too_late_is_taken_out_and_comes_again_in_her_turn(
    database: Database,
) -> None:
    async with database.write() as session:
        await _share(session)
    await _tell(database, ELDER, "for Chantha")
    (row,) = await undelivered(database)
    await _is_here(database, YOUNGER)
    await deliveries.record(database, [_sent(row, 77)])
    (out,) = await undelivered(database)
    assert (out.method, out.payload, out.chat_id) == ("delete_message", {"message_id": 77}, NOBODY)
    await deliveries.record(database, [Delivery(out.id, OutboxState.SENT, NOW)])
    await _is_here(database, ELDER)
    assert await _left(database) == ["for Chantha"]


async def test_what_takes_something_out_of_the_chat_waits_for_nobody(database: Database) -> None:
    async with database.write() as session:
        await _share(session)
        for key, message in (("gone", Delete(3)), ("edited", Edit(4, Html("words")))):
            await outbox.stage(session, message, to=YOUNGER, key=key, lane=Lane.NOTE, now=NOW)
    assert await _left(database) == ["gone"]


async def test_one_chat_is_one_place_in_the_line(database: Database) -> None:
    async with database.write() as session:
        await _share(session)
    await _tell(database, NOBODY, "to whoever is there")
    await _tell(database, STRANGER, "to another phone")
    rows = await outbox.waiting(database, tuple(Lane), {ELDER}, 10, NOW)
    assert [row.key for row in rows] == ["to another phone"]


async def test_who_blocks_the_bot_is_reached_as_none_of_them(database: Database) -> None:
    async with database.write() as session:
        await _share(session)
    await _tell(database, ELDER, "for Chantha")
    await _tell(database, YOUNGER, "for Dara")
    (row,) = await undelivered(database)
    blocked = Delivery(
        row.id, OutboxState.DROPPED, NOW, failure="blocked", reach=Reachability.BLOCKED
    )
    await deliveries.record(database, [blocked])
    async with database.read() as session:
        reach = list(await session.scalars(select(Person.reach)))
        states = list(await session.scalars(select(OutboxMessage.state)))
    assert reach == [Reachability.BLOCKED] * 2
    assert states == [OutboxState.DROPPED] * 2


async def test_what_waits_for_her_turn_is_no_backlog(database: Database) -> None:
    async with database.write() as session:
        await _share(session)
    await _tell(database, YOUNGER, "for Dara")
    async with database.read() as session:
        waits = await depth.of_outbox(session, NOW + timedelta(days=9))
    assert {one.waiting for one in waits.values()} == {0}


async def test_what_waited_comes_as_new(database: Database) -> None:
    async with database.write() as session:
        await _share(session)
    await _tell(database, YOUNGER, "for Dara")
    later = NOW + timedelta(days=9)
    await _is_here(database, YOUNGER)
    async with database.write() as session:
        await hiding.comes_back(session, YOUNGER, later)
    (row,) = await undelivered(database)
    assert (row.created_at_utc, row.due_at_utc) == (later, later)


async def test_a_reminder_that_is_over_and_a_message_to_many_wait_not_long(
    database: Database,
) -> None:
    async with database.write() as session:
        await _share(session)
        await outbox.stage(
            session, Text(Html("today")), to=YOUNGER, key="today", lane=Lane.REMINDER, now=NOW,
            expires=NOW + timedelta(hours=3),
        )  # fmt: skip
    await _tell(database, YOUNGER, "news", Lane.ANNOUNCEMENT)
    await _tell(database, YOUNGER, "words")
    await _tell(database, STRANGER, "old")
    waits: list[set[str]] = []
    for hours in (1, 4, 25, 24 * 31):
        async with database.write() as session:
            at = NOW + timedelta(hours=hours)
            await unheard.forget_old(session, Settings(_env_file=None), at)
            rows = await session.scalars(
                select(OutboxMessage.key).where(OutboxMessage.state == OutboxState.WAITING)
            )
            waits.append(set(rows))
    assert waits == [
        {"today", "news", "words", "old"}, {"news", "words", "old"}, {"words", "old"}, {"old"},
    ]  # fmt: skip


async def test_it_is_said_once_that_something_waits(database: Database) -> None:
    async with database.write() as session:
        await _share(session)
        assert await unheard.waits(session, NOW) == []
    await _tell(database, YOUNGER, "for Dara")
    async with database.write() as session:
        (phone,) = await unheard.waits(session, NOW)
        phone.told = True
        await session.flush()
        assert await unheard.waits(session, NOW) == []
    await _is_here(database, NOBODY)
    async with database.write() as session:
        assert await unheard.waits(session, NOW) == []


async def test_what_is_written_to_one_who_erased_herself_is_not_for_the_others(
    database: Database,
) -> None:
    async with database.write() as session:
        await _share(session)
        await phones.is_gone(session, YOUNGER)
    await _tell(database, YOUNGER, "for Dara")
    assert await _left(database) == []
    async with database.read() as session:
        assert await unheard.waits(session, NOW) == []
