"""What is kept of mentoring, for how long, and what outlives a wish to be forgotten."""

from sqlalchemy import func, select

from bot import privacy
from bot.mentoring import due, introductions, mentors, moves, relay
from bot.mentoring import privacy as mentoring_privacy
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
    meet,
    mentor,
    talking,
)

SETTINGS = Settings(mentor_transcript_days=90, _env_file=None)


async def _count(session, table) -> int:
    return int(await session.scalar(select(func.count()).select_from(table)) or 0)


async def _say(session, who, row, text="hello") -> None:
    await relay.carry(session, who, row.id, text, None, STAFF, POLICY, NOW)


async def test_she_sees_her_own_words_and_not_her_mentors(database) -> None:
    async with database.write() as session:
        row = await talking(session)
        await _say(session, GIRL, row, "mine")
        await _say(session, SOPHEA, row, "hers")
        kept = (await privacy.export(session, GIRL))["mentoring"]
        assert [m["text"] for m in kept["messages"]] == ["mine"]
        assert kept["about_me"] == {"age_band": "minor", "first_name": "Pov"}
        assert kept["guardian_consents"][0]["method"] == "link"
        assert (await privacy.export(session, SOPHEA))["mentoring"]["as_mentor"]["field"]


async def test_a_girl_who_erases_herself_leaves_nothing_and_the_mentor_is_told(database) -> None:
    async with database.write() as session:
        row = await talking(session)
        await _say(session, GIRL, row)
        await privacy.erase(session, GIRL, NOW)
        assert await _count(session, RelayMessage) == 0
        assert await session.get(Mentee, GIRL) is None
        untold = [(m.move, m.mentor_id) for m in await moves.untold(session)]
        assert untold[-1] == ("end", SOPHEA)
        assert (await session.get(Introduction, row.id)).hope == ""
        assert await introductions.open_of_mentor(session, SOPHEA) == []


async def test_what_was_reported_outlives_an_erasure_until_the_retention_time(database) -> None:
    async with database.write() as session:
        row = await talking(session)
        await _say(session, SOPHEA, row, "bad words")
        await introductions.report(session, GIRL, STAFF, row.id, POLICY, NOW)
        number = row.id
        await privacy.erase(session, SOPHEA, NOW)
    async with database.write() as session:
        frozen = await session.get(Introduction, number)
        assert frozen.state == State.BLOCKED
        assert await _count(session, RelayMessage) == 1
        await introductions.end(session, BOPHA, STAFF, number, POLICY, NOW)
        for move in await moves.untold(session):
            move.told = True
        await mentoring_privacy.forget_old(session, SETTINGS, NOW + 91 * DAY)
        assert await _count(session, RelayMessage) == 0
        assert await session.get(Introduction, number) is None


async def test_a_suspended_mentor_cannot_come_back_as_new(database) -> None:
    async with database.write() as session:
        await meet(session, *STAFF)
        await mentor(session, SOPHEA)
        await mentors.decide(session, BOPHA, STAFF, SOPHEA, "suspend", NOW)
        await privacy.erase(session, SOPHEA, NOW)
        left = await session.get(Mentor, SOPHEA)
        assert (left.state, left.first_name, left.story) == (MentorState.SUSPENDED, None, None)
        assert (await mentors.begin(session, SOPHEA)).state == MentorState.SUSPENDED


async def test_a_mentor_who_leaves_is_erased(database) -> None:
    async with database.write() as session:
        await meet(session, *STAFF)
        await mentor(session, SOPHEA)
        await privacy.erase(session, SOPHEA, NOW)
        assert await session.get(Mentor, SOPHEA) is None


async def test_a_guardian_who_erases_herself_ends_what_rests_on_her(database) -> None:
    async with database.write() as session:
        row = await talking(session)
        await meet(session, GUARDIAN)
        await privacy.erase(session, GUARDIAN, NOW)
        assert (
            row.state == State.ENDED
            or (await session.get(Introduction, row.id)).state == State.ENDED
        )


async def test_a_long_talk_loses_its_old_words(database) -> None:
    async with database.write() as session:
        row = await talking(session)
        await _say(session, GIRL, row, "old")
        row.ends_at_utc = NOW + 200 * DAY
        await mentoring_privacy.forget_old(session, SETTINGS, NOW + 89 * DAY)
        assert await _count(session, RelayMessage) == 1
        await mentoring_privacy.forget_old(session, SETTINGS, NOW + 91 * DAY)
        assert await _count(session, RelayMessage) == 0
        assert row.state == State.ACTIVE
        await due.go_round(session, STAFF, POLICY, NOW + 200 * DAY)
        assert row.state == State.ENDED
