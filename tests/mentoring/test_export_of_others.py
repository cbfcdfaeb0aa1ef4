"""A copy of one's own data shows the requests of others in which one has a part, and no other."""

from bot.database import Database
from bot.mentoring import introductions, privacy
from tests.mentoring.village import (
    BOPHA,
    OTHER_GIRL,
    POLICY,
    SOPHEA,
    acts,
    mentor,
    requested,
    talking,
)


async def test_she_whose_id_is_part_of_a_mentors_sees_nothing_of_what_that_mentor_was_offered(
    database: Database,
) -> None:
    assert str(OTHER_GIRL) in str(SOPHEA)
    async with database.write() as session:
        await talking(session)
        kept = (await privacy.export(session, OTHER_GIRL))["mentoring"]
        assert kept["introductions_of_others"] == []


async def test_who_passed_on_a_request_sees_that_it_was_offered_to_her(
    database: Database,
) -> None:
    async with database.write() as session:
        await mentor(session, SOPHEA)
        row = await requested(session)
        await introductions.approve(acts(session, BOPHA), row.id, POLICY)
        await introductions.pass_on(acts(session, SOPHEA), row.id, "busy", POLICY)
        assert row.mentor_id is None
        kept = (await privacy.export(session, SOPHEA))["mentoring"]
        assert [one["field"] for one in kept["introductions_of_others"]] == ["software"]
