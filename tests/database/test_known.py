"""What is read once is read again when what it was read of has changed, whoever changed it."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, insert, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Database, read_once
from bot.database.engine import Unit
from bot.people import people
from bot.people.staff import coordinators_of
from bot.people.tables import Coordinator, Person
from bot.safety.tables import LastWord

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def _coordinator(person_id: int) -> Coordinator:
    return Coordinator(person_id=person_id, name=None, invited=True, joined_at_utc=NOW)


async def _joins_and_fails(session: AsyncSession) -> None:
    session.add(_coordinator(1))
    assert await coordinators_of(session, ()) == (1,)
    raise LookupError


async def _staff(database: Database) -> tuple[int, ...]:
    async with database.write() as session:
        return await coordinators_of(session, ())


async def _reads(session: AsyncSession, *of: type[LastWord] | type[Coordinator]) -> int:
    """Return how often a value that is read of some tables was read in all."""
    times: int = session.info.setdefault("times", 0)

    async def read() -> int:
        session.info["times"] = times + 1
        return times + 1

    return await read_once(session, "how often", of, read)


async def test_it_is_read_once_for_many_units_of_work(database: Database) -> None:
    async with database.write() as session:
        assert await _reads(session, Coordinator) == 1
    async with database.write() as session:
        session.info["times"] = 7
        assert await _reads(session, Coordinator) == 1


async def test_who_is_staff_is_known_at_once_after_each_change(database: Database) -> None:
    assert await _staff(database) == ()
    async with database.write() as session:
        session.add(_coordinator(1))
        # Not even flushed.
        assert await coordinators_of(session, ()) == (1,)
    assert await _staff(database) == (1,)
    async with database.write() as session:
        await session.execute(update(Coordinator).values(removed_at_utc=NOW))
    assert await _staff(database) == ()


async def test_what_is_rolled_back_is_not_known(database: Database) -> None:
    async def fail() -> None:
        async with database.write() as session:
            await _joins_and_fails(session)

    with pytest.raises(LookupError):
        await fail()
    assert await _staff(database) == ()


async def test_nor_what_is_rolled_back_of_one_turn_among_several(database: Database) -> None:
    async def fail(unit: Unit) -> None:
        async with unit() as session:
            await _joins_and_fails(session)

    async with database.write_several() as unit:
        with pytest.raises(LookupError):
            await fail(unit)
        async with unit() as session:
            assert await coordinators_of(session, ()) == ()


async def test_what_another_process_wrote_is_seen(database: Database) -> None:
    assert await _staff(database) == ()
    other = Database(f"sqlite+aiosqlite:///{database.file}")
    async with other.write() as session:
        session.add(_coordinator(2))
    await other.close()
    assert await _staff(database) == (2,)


async def test_what_goes_with_a_person_is_not_known_any_more(database: Database) -> None:
    async with database.write() as session:
        await people.meet(session, 1001, "km", NOW)
        await session.flush()
        await session.execute(insert(LastWord).values(person_id=1001, text="hello", at_utc=NOW))
        session.info["times"] = 0
        assert await _reads(session, LastWord) == 1
        await session.execute(delete(Person))
        session.info["times"] = 1
        assert await _reads(session, LastWord) == 2


async def test_a_short_unit_of_work_keeps_and_undoes_like_any(database: Database) -> None:
    async with database.write(short=True) as session:
        await people.meet(session, 1001, "km", NOW)

    async def fail() -> None:
        async with database.write(short=True) as session:
            await people.meet(session, 1002, "km", NOW)
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    async with database.read() as session:
        assert await session.get(Person, 1001) is not None
        assert await session.get(Person, 1002) is None
