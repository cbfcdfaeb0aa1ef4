"""What is kept of mentoring, for how long, and what outlives a wish to be forgotten."""

from sqlalchemy import func, select

from bot import privacy
from bot.database import Database, Session, count
from bot.database.base import Table
from bot.mentoring import due, introductions, mentors, moves, relay
from bot.mentoring import privacy as mentoring_privacy
from bot.mentoring.relay import Written
from bot.mentoring.states import MentorState, State
from bot.mentoring.tables import Introduction, Mentee, Mentor, RelayMessage
from bot.settings import Settings
from tests.mentoring.village import (
    BOPHA,
    DAY,
    GIRL,
    GUARDIAN,
    NOW,
    POLICY,
    SOPHEA,
    STAFF,
    acts,
    clock,
    meet,
    mentor,
    state,
    talking,
)

SETTINGS = Settings(mentor_transcript_days=90, _env_file=None)


async def _count(session: Session, table: type[Table]) -> int:
    return await count(session, select(func.count()).select_from(table))


async def _say(session: Session, who: int, row: Introduction, text: str = "hello") -> None:
    await relay.carry(acts(session, who), row.id, Written(text), POLICY)


async def test_she_sees_her_own_words_and_not_her_mentors(database: Database) -> None:
    async with database.write() as session:
        row = await talking(session)
        await _say(session, GIRL, row, "mine")
        await _say(session, SOPHEA, row, "hers")
        kept = (await privacy.export(session, GIRL))["mentoring"]
        assert [m["text"] for m in kept["messages"]] == ["mine"]
        assert kept["about_me"] == {"age_band": "minor", "first_name": "Pov"}
        assert kept["guardian_consents"][0]["method"] == "link"
        assert (await privacy.export(session, SOPHEA))["mentoring"]["as_mentor"]["field"]


async def test_a_girl_who_erases_herself_leaves_nothing_and_the_mentor_is_told(
    database: Database,
) -> None:
    async with database.write() as session:
        row = await talking(session)
        await _say(session, GIRL, row)
        await privacy.erase(session, GIRL, NOW)
        assert await _count(session, RelayMessage) == 0
        assert await session.get(Mentee, GIRL) is None
        untold = [(m.move, m.mentor_id) for m, _ in await moves.take_untold(session)]
        assert untold[-1] == ("end", SOPHEA)
        assert (await session.get_one(Introduction, row.id)).hope == ""
        assert await introductions.open_of_mentor(session, SOPHEA) == []


async def test_what_was_reported_outlives_an_erasure_until_the_retention_time(
    database: Database,
) -> None:
    async with database.write() as session:
        row = await talking(session)
        await _say(session, SOPHEA, row, "bad words")
        await introductions.report(acts(session, GIRL), row.id, POLICY)
        number = row.id
        await privacy.erase(session, SOPHEA, NOW)
    async with database.write() as session:
        frozen = await session.get_one(Introduction, number)
        assert frozen.state == State.BLOCKED
        assert await _count(session, RelayMessage) == 1
        await introductions.end(acts(session, BOPHA), number, POLICY)
        await moves.take_untold(session)
        await mentoring_privacy.forget_old(session, SETTINGS, NOW + 91 * DAY)
        assert await _count(session, RelayMessage) == 0
        assert await session.get(Introduction, number) is None


async def test_a_suspended_mentor_cannot_come_back_as_new(database: Database) -> None:
    async with database.write() as session:
        await meet(session, *STAFF)
        await mentor(session, SOPHEA)
        await mentors.decide(acts(session, BOPHA), SOPHEA, "suspend")
        await privacy.erase(session, SOPHEA, NOW)
        left = await session.get_one(Mentor, SOPHEA)
        assert (left.state, left.first_name, left.story) == (MentorState.SUSPENDED, None, None)
        assert (await mentors.begin(session, SOPHEA)).state == MentorState.SUSPENDED


async def test_a_mentor_who_leaves_is_erased(database: Database) -> None:
    async with database.write() as session:
        await meet(session, *STAFF)
        await mentor(session, SOPHEA)
        await privacy.erase(session, SOPHEA, NOW)
        assert await session.get(Mentor, SOPHEA) is None


async def test_a_guardian_who_erases_herself_ends_what_rests_on_her(database: Database) -> None:
    async with database.write() as session:
        row = await talking(session)
        await meet(session, GUARDIAN)
        await privacy.erase(session, GUARDIAN, NOW)
        assert (
            row.state == State.ENDED
            or (await session.get_one(Introduction, row.id)).state == State.ENDED
        )


async def test_a_long_talk_loses_its_old_words(database: Database) -> None:
    async with database.write() as session:
        row = await talking(session)
        await _say(session, GIRL, row, "old")
        row.ends_at_utc = NOW + 200 * DAY
        await mentoring_privacy.forget_old(session, SETTINGS, NOW + 89 * DAY)
        assert await _count(session, RelayMessage) == 1
        await mentoring_privacy.forget_old(session, SETTINGS, NOW + 91 * DAY)
        assert await _count(session, RelayMessage) == 0
        assert row.state == State.ACTIVE
        await due.go_round(clock(session, NOW + 200 * DAY), POLICY)
        assert await state(session, row) is State.ENDED
