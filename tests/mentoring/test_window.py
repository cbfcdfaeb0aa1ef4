"""What the same person wrote before is read together: over days, edits and earlier versions too."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.database import Database, Session
from bot.mentoring.relay import End, Outcome
from bot.mentoring.states import Passage
from bot.mentoring.tables import Introduction, RelayMessage
from tests.mentoring.village import DAY, GIRL, HOUR, NOW, SOPHEA, edits, says, talking

KEPT_BACK = {End.HELD, End.STOPPED, End.APPROACH}


class _Writer:
    """Somebody who writes in a talk, and edits what she wrote."""

    def __init__(self, session: Session, who: int, row: Introduction) -> None:
        self._session, self._who, self._row = session, who, row
        self.now = NOW
        self._last = 0

    async def says(self, text: str) -> Outcome:
        self._last += 1
        return await says(self._session, self._who, self._row, text, self._last, self.now)

    async def edits(self, text: str) -> Outcome:
        """Change the last message."""
        return await edits(self._session, self._who, self._row, text, self._last, self.now)


@pytest.mark.parametrize("who", [GIRL, SOPHEA])
async def test_a_number_does_not_pass_by_editing(database: Database, who: int) -> None:
    async with database.write() as session:
        writer = _Writer(session, who, await talking(session))
        assert (await writer.says("012")).end is End.SENT
        assert (await writer.edits("345678")).end in KEPT_BACK


async def test_a_number_does_not_pass_by_editing_again_and_again(database: Database) -> None:
    async with database.write() as session:
        writer = _Writer(session, GIRL, await talking(session))
        ends = [(await writer.says("0 1 2")).end]
        ends += [(await writer.edits(piece)).end for piece in ("345", "678")]
        assert set(ends) & KEPT_BACK


async def test_a_number_does_not_pass_over_days_with_other_words_between(
    database: Database,
) -> None:
    async with database.write() as session:
        row = await talking(session)
        writer = _Writer(session, GIRL, row)
        assert (await writer.says("012")).end is End.SENT
        for day in range(1, 4):
            writer.now = NOW + day * DAY
            for hour in range(3):
                writer.now += HOUR
                assert (await writer.says(f"I liked lesson {'abc'[hour]} a lot")).end is End.SENT
        assert (await writer.says("345 678")).end in KEPT_BACK


async def test_what_was_held_is_read_together_with_what_follows(database: Database) -> None:
    async with database.write() as session:
        writer = _Writer(session, GIRL, await talking(session))
        assert (await writer.says("I can lend you 20$, 012")).end is End.HELD
        assert (await writer.says("345 678")).end in KEPT_BACK


@given(data=st.data())
@settings(
    max_examples=12,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
async def test_however_a_number_is_cut_it_never_arrives_whole(
    database: Database, data: st.DataObject
) -> None:
    """In pieces of two to four digits, each as a message or as an edit, hours or days apart."""
    number, pieces = "012345678", []
    rest = number
    while rest:
        size = data.draw(st.integers(2, 4)) if len(rest) > 4 else len(rest)
        pieces.append(rest[:size])
        rest = rest[size:]
    async with database.write() as session:
        savepoint = await session.begin_nested()
        writer = _Writer(session, GIRL, await talking(session))
        for place, piece in enumerate(pieces):
            writer.now += timedelta(hours=data.draw(st.integers(0, 60)))
            edit = place > 0 and data.draw(st.booleans())
            await (writer.edits(piece) if edit else writer.says(piece))
        query = RelayMessage.__table__.select().where(RelayMessage.state == Passage.SENT)
        arrived = "".join(row.text for row in (await session.execute(query)).all())
        await savepoint.rollback()
        session.expunge_all()
    assert number not in arrived, pieces


async def test_long_messages_between_two_halves_of_a_number_flush_none(database: Database) -> None:
    long = "I finished the chapter on forces and friction is the hardest part of it. " * 18
    async with database.write() as session:
        writer = _Writer(session, GIRL, await talking(session))
        assert (await writer.says("012")).end is End.SENT
        for _ in range(6):
            assert (await writer.says(long)).end is End.SENT
        assert (await writer.says("345678")).end in KEPT_BACK


async def test_a_number_of_which_each_gives_a_half_does_not_arrive(database: Database) -> None:
    async with database.write() as session:
        row = await talking(session)
        girl, mentor = _Writer(session, GIRL, row), _Writer(session, SOPHEA, row)
        assert (await girl.says("012 345")).end in {End.SENT, *KEPT_BACK}
        assert (await mentor.says("678")).end in KEPT_BACK
