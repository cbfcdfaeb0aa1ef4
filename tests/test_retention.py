"""What the clock forgets is counted as it goes, and told once a week; nothing is kept for ever."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from bot import privacy
from bot.clock import utc_now
from bot.content import Content
from bot.database import Database
from bot.desk import counters
from bot.desk.tables import Digest, Tally
from bot.mentoring.tables import RelayMessage
from bot.people import people
from bot.people.staff import Actor
from bot.people.tables import AuditLine
from bot.privacy import KEEPERS
from bot.questions import asked
from bot.queues import outbox
from bot.queues.tables import OutboxMessage, OutboxState
from bot.safety import cases
from bot.safety.tables import Case, LastWord
from bot.screens.voice import Voice
from bot.settings import YEAR_DAYS, Settings

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
GIRL, BOPHA = 1, 11
SETTINGS = Settings(_env_file=None)


async def test_what_goes_is_counted_by_kind_on_the_day_it_goes(database: Database) -> None:
    old = NOW - timedelta(days=200)
    async with database.write() as session:
        await people.meet(session, GIRL, "km", NOW)
        for at, words in ((old, "zebras"), (old, "cheese"), (NOW, "new")):
            await asked.keep(Actor(session, GIRL, (), at), words, "en")
        session.add(LastWord(person_id=GIRL, text="words", at_utc=old))
        girl = Actor(session, GIRL, (), old)
        await cases.open_case(girl, "abuse", ("words",), timedelta(1))
        case = await session.get_one(Case, 1)
        case.closed_at_utc = old
        talk = {"introduction_id": 1, "sender_id": GIRL, "from_student": True, "state": "sent"}
        for _ in range(3):
            session.add(RelayMessage(text="hello", at_utc=old, **talk))
        session.add(
            OutboxMessage(
                key="old", chat_id=GIRL, method="send_message", lane=0, due_at_utc=old,
                state=OutboxState.SENT, attempts=1, created_at_utc=NOW - outbox.KEEP_RECEIPTS * 2,
            )
        )  # fmt: skip
    async with database.write() as session:
        await privacy.forget_old(session, SETTINGS, NOW)
    async with database.write() as session:
        await privacy.forget_old(session, SETTINGS, NOW + timedelta(hours=6))
    async with database.read() as session:
        told = await counters.total(session, counters.FORGOT, TODAY, TODAY)
    assert told == {"questions": 2, "cases": 1, "talks": 3, "outbox": 1, "words": 1}


async def test_where_nothing_is_due_nothing_is_written_down(database: Database) -> None:
    async with database.write() as session:
        await people.meet(session, GIRL, "km", NOW)
        await privacy.forget_old(session, SETTINGS, NOW)
        assert await session.scalar(select(func.count()).select_from(Tally)) == 0


@pytest.mark.parametrize("tongue", ["km", "en"])
async def test_the_digest_has_words_for_every_kind(
    database: Database, content: Content, tongue: str
) -> None:
    voice, kinds = Voice(content, tongue), set[str]()
    async with database.write() as session:
        for keeper in KEEPERS.values():
            kinds |= (await keeper.forget_old(session, SETTINGS, NOW)).keys()
    assert {"questions", "cases", "talks", "inbox", "outbox", "tallies", "audit"} <= kinds
    assert all(voice.label(f"digest.forgot.{kind}") for kind in kinds)


async def test_counts_and_digests_end_after_their_years(database: Database) -> None:
    settings = Settings(tally_years=2, _env_file=None)
    async with database.write() as session:
        for days, week in ((2 * YEAR_DAYS + 1, "old"), (2 * YEAR_DAYS - 1, "new")):
            at = NOW - timedelta(days=days)
            await counters.count(session, at.date(), "topic", [week])
            session.add(Digest(week=week, handled_at_utc=at, sent=True))
        await session.flush()
        await privacy.forget_old(session, settings, NOW)
        assert list(await session.scalars(select(Digest.week))) == ["new"]
        kept = await session.execute(select(Tally.kind, Tally.key).order_by(Tally.kind))
    assert list(kept) == [("forgot", "digests"), ("forgot", "tallies"), ("topic", "new")]


def _line(at: datetime) -> AuditLine:
    return AuditLine(
        at_utc=at, actor_id=BOPHA, action="x", kind="case", number=1, subject="case 1"
    )


async def test_the_audit_log_ends_after_its_years(database: Database) -> None:
    settings, now = Settings(audit_years=3, _env_file=None), utc_now()
    async with database.write() as session:
        for days in (3 * YEAR_DAYS + 1, 3 * YEAR_DAYS - 1):
            session.add(_line(now - timedelta(days=days)))
    async with database.write() as session:
        await privacy.forget_old(session, settings, now)
        assert await session.scalar(select(func.count()).select_from(AuditLine)) == 1


async def test_a_line_of_the_last_year_stays_whoever_asks(database: Database) -> None:
    """A clock that was set wrong, a mistake, or somebody with something to hide."""
    now = utc_now()
    async with database.write() as session:
        session.add(_line(now - timedelta(days=360)))
    with pytest.raises(DBAPIError, match="only added to"):
        async with database.write() as session:
            await session.execute(text("DELETE FROM audit"))
    async with database.write() as session:
        session.add(_line(now - timedelta(days=370)))
    with pytest.raises(DBAPIError, match="only added to"):
        async with database.write() as session:
            await session.execute(text("UPDATE audit SET actor_id = 5 WHERE id = 2"))
    async with database.write() as session:
        await session.execute(text("DELETE FROM audit WHERE id = 2"))
