"""What is kept of mentoring, for how long, and what outlives a wish to be forgotten."""

import hashlib

import pytest
from sqlalchemy import func, select

from bot import privacy
from bot.database import Database, Session, count
from bot.database.base import Table
from bot.mentoring import (
    due,
    guardians,
    introductions,
    mentors,
    minors,
    moves,
    oversight,
    records,
    talks,
    vetting,
)
from bot.mentoring import privacy as mentoring_privacy
from bot.mentoring.oversight import AgeDoubt
from bot.mentoring.states import MentorState, State
from bot.mentoring.tables import (
    Introduction,
    Mentee,
    Mentor,
    MinorMark,
    MinorSecret,
    RelayMessage,
)
from bot.refusals import NotAllowedError
from bot.settings import Settings
from tests.mentoring.village import (
    BOPHA,
    DAY,
    GIRL,
    GUARDIAN,
    NOW,
    OTHER_GIRL,
    POLICY,
    SOPHEA,
    STAFF,
    acts,
    apply,
    clock,
    meet,
    mentor,
    says,
    state,
    student,
    talking,
    wish,
)

SETTINGS = Settings(mentor_transcript_days=90, _env_file=None)


async def _count(session: Session, table: type[Table]) -> int:
    return await count(session, select(func.count()).select_from(table))


async def test_she_sees_her_own_words_and_not_her_mentors(database: Database) -> None:
    async with database.write() as session:
        row = await talking(session)
        await says(session, GIRL, row, "mine")
        await says(session, SOPHEA, row, "hers")
        kept = (await privacy.export(session, GIRL))["mentoring"]
        assert [m["text"] for m in kept["messages"]] == ["mine"]
        assert kept["about_me"] == {"first_name": "Pov"}
        assert kept["guardian_consents"][0]["method"] == "link"
        assert (await privacy.export(session, SOPHEA))["mentoring"]["as_mentor"]["field"]


async def test_a_girl_who_erases_herself_leaves_nothing_and_the_mentor_is_told(
    database: Database,
) -> None:
    async with database.write() as session:
        row = await talking(session)
        await says(session, GIRL, row, "hello")
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
        await says(session, SOPHEA, row, "bad words")
        await talks.report(acts(session, GIRL), row.id, POLICY)
        number = row.id
        await privacy.erase(session, SOPHEA, NOW)
    async with database.write() as session:
        frozen = await session.get_one(Introduction, number)
        assert frozen.state == State.BLOCKED
        assert await _count(session, RelayMessage) == 1
        await talks.end(acts(session, BOPHA), number, POLICY)
        await moves.take_untold(session)
        await mentoring_privacy.forget_old(session, SETTINGS, NOW + 91 * DAY)
        assert await _count(session, RelayMessage) == 0
        assert await session.get(Introduction, number) is None


async def test_a_suspended_mentor_cannot_come_back_as_new(database: Database) -> None:
    async with database.write() as session:
        await meet(session, *STAFF)
        await mentor(session, SOPHEA)
        await vetting.decide(acts(session, BOPHA), SOPHEA, "suspend")
        await privacy.erase(session, SOPHEA, NOW)
        left = await session.get_one(Mentor, SOPHEA)
        assert (left.state, left.first_name, left.story) == (MentorState.SUSPENDED, None, None)
        assert (await mentors.begin(session, SOPHEA)).state == MentorState.SUSPENDED


@pytest.mark.parametrize("why", ["reported", "kept from writing", "held"])
async def test_a_mentor_cannot_erase_herself_out_of_what_waits(
    database: Database, why: str
) -> None:
    """Her row stays, minimal and frozen, until a coordinator has decided."""
    async with database.write() as session:
        row = await talking(session)
        if why == "reported":
            await talks.report(acts(session, GIRL), row.id, POLICY)
        elif why == "kept from writing":
            await mentors.quiet(acts(session, SOPHEA), await session.get_one(Mentor, SOPHEA))
        else:
            await says(session, SOPHEA, row, "I can lend you 20$")
        assert await mentoring_privacy.held_back(session, SOPHEA)
        await privacy.erase(session, SOPHEA, NOW)
        left = await session.get_one(Mentor, SOPHEA)
        assert (left.state, left.first_name, left.story, left.field, left.languages) == (
            MentorState.FROZEN, None, None, None, [],
        )  # fmt: skip
        # She cannot apply anew, nor ask as a student.
        assert await mentors.begin(session, SOPHEA) is left
        with pytest.raises(NotAllowedError):
            await mentors.fill(acts(session, SOPHEA), "first_name", "Dara")
        await student(session, SOPHEA, "adult")
        with pytest.raises(NotAllowedError):
            await introductions.request(acts(session, SOPHEA), wish(), POLICY)
        assert (await oversight.board(acts(session, BOPHA))).to_vet == 1


async def test_what_a_frozen_mentor_tried_stays_to_be_looked_at(database: Database) -> None:
    async with database.write() as session:
        row = await talking(session)
        for _ in range(3):
            await says(session, SOPHEA, row, "012 345 678")
        await says(session, SOPHEA, row, "hello")
        await privacy.erase(session, SOPHEA, NOW)
        found = await session.get_one(Mentor, SOPHEA)
        tried = await oversight.tried(acts(session, BOPHA), found)
        assert [line.text for line in tried] == ["012 345 678"] * 3
        assert await _count(session, RelayMessage) == 3


async def test_a_frozen_mentor_is_suspended_or_cleared(database: Database) -> None:
    async with database.write() as session:
        row = await talking(session)
        await talks.report(acts(session, GIRL), row.id, POLICY)
        await privacy.erase(session, SOPHEA, NOW)
        savepoint = await session.begin_nested()
        await vetting.decide(acts(session, BOPHA), SOPHEA, "suspend")
        assert (await mentors.begin(session, SOPHEA)).state is MentorState.SUSPENDED
        await savepoint.rollback()
        session.expunge_all()
        await vetting.decide(acts(session, BOPHA), SOPHEA, "clear")
        assert await session.get(Mentor, SOPHEA) is None
        assert (await mentors.begin(session, SOPHEA)).state is MentorState.DRAFT


async def test_a_frozen_mentor_is_forgotten_when_her_time_is_over(database: Database) -> None:
    async with database.write() as session:
        row = await talking(session)
        await talks.report(acts(session, GIRL), row.id, POLICY)
        await privacy.erase(session, SOPHEA, NOW)
        for days, there in ((399, True), (400, False)):
            await mentoring_privacy.forget_old(session, SETTINGS, NOW + days * DAY)
            session.expunge_all()
            assert (await session.get(Mentor, SOPHEA) is not None) is there, days


async def test_who_vets_sees_what_was_reported_about_a_mentor(database: Database) -> None:
    async with database.write() as session:
        row = await talking(session)
        found = await session.get_one(Mentor, SOPHEA)
        assert (await records.of(acts(session, BOPHA), found)).reports == ()
        await talks.report(acts(session, GIRL), row.id, POLICY)
        await introductions.decide(acts(session, BOPHA), row.id, "close", POLICY)
        record = await records.of(acts(session, BOPHA), found)
        assert [report.talk.id for report in record.reports] == [row.id]


async def test_a_minor_who_comes_back_as_an_adult_is_known_as_such_for_a_while(
    database: Database,
) -> None:
    async with database.write() as session:
        await mentor(session, SOPHEA)
        await meet(session, *STAFF)
        await student(session, GIRL)
        await student(session, OTHER_GIRL, "adult")
        for girl in (GIRL, OTHER_GIRL):
            await privacy.erase(session, girl, NOW)
            await student(session, girl, "adult")
        grown = []
        for girl in (GIRL, OTHER_GIRL):
            row = await introductions.request(acts(session, girl), wish(), POLICY)
            assert row is not None
            grown.append(await oversight.age_doubt(acts(session, BOPHA), row))
        assert grown == [AgeDoubt.GREW_UP, None]
        assert (await privacy.export(session, GIRL))["mentoring"]["was_a_minor_before"]
        await mentoring_privacy.forget_old(session, SETTINGS, NOW + minors.LASTS - DAY)
        assert await minors.marked(session, GIRL)
        await mentoring_privacy.forget_old(session, SETTINGS, NOW + minors.LASTS)
        session.expunge_all()
        assert not await minors.marked(session, GIRL)


async def test_a_mark_of_a_minor_says_nothing_without_the_secret_of_this_database(
    database: Database,
) -> None:
    async with database.write() as session:
        await minors.remember(session, GIRL, NOW)
        (mark,) = await session.scalars(select(MinorMark.mark))
        guesses = {hashlib.sha256(str(GIRL).encode()).hexdigest(), str(GIRL)}
        assert mark not in guesses
        secret = await session.scalar(select(MinorSecret.secret))
        assert secret is not None
        assert len(secret) >= 64


@pytest.mark.parametrize("once", ["draft", "refused"])
async def test_who_once_thought_of_volunteering_can_be_a_guardian(
    database: Database, once: str
) -> None:
    async with database.write() as session:
        await meet(session, *STAFF, SOPHEA)
        await mentors.begin(session, SOPHEA)
        if once == "refused":
            await apply(session, SOPHEA)
            await vetting.decide(acts(session, BOPHA), SOPHEA, "refuse")
        await student(session, GIRL)
        invitation = await guardians.invite(acts(session, GIRL))
        given = await guardians.agree(acts(session, SOPHEA), invitation.token)
        assert given.guardian_id == SOPHEA


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
        await says(session, GIRL, row, "old")
        row.ends_at_utc = NOW + 200 * DAY
        await mentoring_privacy.forget_old(session, SETTINGS, NOW + 89 * DAY)
        assert await _count(session, RelayMessage) == 1
        await mentoring_privacy.forget_old(session, SETTINGS, NOW + 91 * DAY)
        assert await _count(session, RelayMessage) == 0
        assert row.state == State.ACTIVE
        await due.go_round(clock(session, NOW + 200 * DAY), POLICY)
        assert await state(session, row) is State.ENDED
