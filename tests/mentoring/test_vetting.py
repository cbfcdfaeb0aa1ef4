"""Vetting: nothing is skipped, two people sign, a clearance runs out, and it all holds at once."""

import pytest

from bot.database import Database, Session
from bot.mentoring import due, introductions, mentors, roles, vetting
from bot.mentoring.states import MentorState, State
from bot.mentoring.tables import Mentor
from bot.mentoring.vetting import Renewal
from bot.people.staff import Role
from bot.refusals import NotAllowedError, StaleError
from tests.mentoring.village import (
    BOPHA,
    DARA,
    DAY,
    GIRL,
    NARY,
    NOW,
    OTHER_GIRL,
    POLICY,
    SOPHEA,
    STAFF,
    STORY,
    STRANGER,
    acts,
    apply,
    clock,
    meet,
    mentor,
    mentor_row,
    refused,
    requested,
    talking,
    vet,
)


async def _fits(session: Session, girl: int = GIRL) -> list[Mentor]:
    return await introductions.fitting(session, girl, "software", "km", "kandal", NOW)


async def test_nothing_of_a_mentor_is_shown_before_a_second_person_signed(
    database: Database,
) -> None:
    async with database.write() as session:
        await meet(session, SOPHEA, BOPHA, NARY)
        await apply(session, SOPHEA)
        assert await _fits(session) == []
        for item in vetting.CHECKLIST:
            with refused("approve.gone"):
                await vetting.approve(acts(session, NARY), SOPHEA, POLICY)
            await vetting.check(acts(session, BOPHA), SOPHEA, item, "folder 3")
        assert await _fits(session) == []
        with refused("vet.second_person"):
            await vetting.approve(acts(session, BOPHA), SOPHEA, POLICY)
        await vetting.approve(acts(session, NARY), SOPHEA, POLICY)
        assert [m.person_id for m in await _fits(session)] == [SOPHEA]
        assert await roles.role(acts(session, SOPHEA)) is Role.MENTOR


async def test_an_item_needs_to_say_where_the_proof_is_kept(database: Database) -> None:
    async with database.write() as session:
        await meet(session, SOPHEA)
        await apply(session, SOPHEA)
        with refused("vet.evidence_short"):
            await vetting.check(acts(session, BOPHA), SOPHEA, "identity", "  ")
        with pytest.raises(StaleError):
            await vetting.check(acts(session, BOPHA), SOPHEA, "aura", "folder")
        await vetting.check(acts(session, BOPHA), SOPHEA, "identity", "folder 3")
        # Somebody else had the same paper in her hands: the first note stays.
        await vetting.check(acts(session, NARY), SOPHEA, "identity", "again")
        assert (await vetting.checks(session, SOPHEA))["identity"].evidence == "folder 3"
        lines, _ = await vetting.history(acts(session, BOPHA), SOPHEA)
        assert [(line.actor_id, line.action) for line in lines] == [
            (BOPHA, "checked identity"), (SOPHEA, "apply"),
        ]  # fmt: skip


async def test_the_code_of_conduct_is_accepted_item_by_item(database: Database) -> None:
    async with database.write() as session:
        await meet(session, SOPHEA)
        await mentors.begin(session, SOPHEA)
        assert await mentors.accept_code(acts(session, SOPHEA), mentors.CODE_ITEMS) == 0
        assert await mentors.accept_code(acts(session, SOPHEA), 2) == 0
        assert await mentors.accept_code(acts(session, SOPHEA), 1) == 1


@pytest.mark.parametrize("actor", [STRANGER, SOPHEA, GIRL])
async def test_only_coordinators_vet_and_nobody_vets_herself(
    database: Database, actor: int
) -> None:
    async with database.write() as session:
        await meet(session, SOPHEA)
        await apply(session, SOPHEA)
        for attempt in (
            vetting.check(acts(session, actor), SOPHEA, "identity", "folder"),
            vetting.approve(acts(session, actor), SOPHEA, POLICY),
            vetting.decide(acts(session, actor), SOPHEA, "suspend"),
            vetting.renew(acts(session, actor), SOPHEA, POLICY),
            vetting.read_story(acts(session, actor), SOPHEA, allow=True),
            vetting.history(acts(session, actor), SOPHEA),
            vetting.listed(acts(session, actor), MentorState.APPLIED),
        ):
            with pytest.raises(NotAllowedError):
                await attempt
        both = (*STAFF, SOPHEA)
        herself = acts(session, SOPHEA, staff=both)
        with refused("vet.not_yourself"):
            await vetting.check(herself, SOPHEA, "identity", "mine")
        with refused("vet.not_yourself"):
            await vetting.approve(herself, SOPHEA, POLICY)


async def test_a_suspended_mentor_loses_every_talk_at_once(database: Database) -> None:
    async with database.write() as session:
        row = await talking(session)
        await vetting.decide(acts(session, BOPHA), SOPHEA, "suspend")
        await introductions.let_go(acts(session, BOPHA), SOPHEA, POLICY, ending=True)
        assert row.state == State.ENDED
        assert await roles.role(acts(session, SOPHEA)) is Role.FORMER
        assert await _fits(session) == []


async def test_an_offer_of_a_suspended_mentor_passes_to_the_next(database: Database) -> None:
    async with database.write() as session:
        await mentor(session, SOPHEA)
        row = await requested(session)
        await introductions.approve(acts(session, BOPHA), row.id, POLICY)
        await mentor(session, DARA)
        await vetting.decide(acts(session, BOPHA), SOPHEA, "suspend")
        await introductions.let_go(acts(session, BOPHA), SOPHEA, POLICY, ending=True)
        assert (row.state, row.mentor_id) == (State.OFFERED, DARA)
        with refused("mentor.passed"):
            await introductions.accept(acts(session, SOPHEA), row.id, POLICY)


async def test_a_clearance_lapses_and_is_renewed_by_two(database: Database) -> None:
    async with database.write() as session:
        row = await talking(session)
        found = await mentor_row(session, SOPHEA)
        end = NOW + POLICY.clearance_lasts
        row.ends_at_utc = end + 30 * DAY
        await due.go_round(clock(session, end - 10 * DAY), POLICY)
        assert found.warned
        assert await vetting.renew(acts(session, BOPHA, end), SOPHEA, POLICY) is Renewal.BEGUN
        with refused("vet.second_person"):
            await vetting.renew(acts(session, BOPHA, end), SOPHEA, POLICY)
        assert await vetting.renew(acts(session, NARY, end), SOPHEA, POLICY) is Renewal.DONE
        assert mentors.cleared(found, end + DAY)
        await due.go_round(clock(session, end + 366 * DAY), POLICY)
        assert found.state == MentorState.LAPSED
        await vetting.decide(acts(session, BOPHA), SOPHEA, "recheck")
        assert await vetting.checks(session, SOPHEA) == {}
        await vet(session, SOPHEA)


async def test_a_new_story_is_read_before_students_see_it(database: Database) -> None:
    async with database.write() as session:
        await mentor(session, SOPHEA)
        new = "I now lead a team of five women who build maps."
        await mentors.fill(acts(session, SOPHEA), "story", new)
        (shown,) = await _fits(session)
        assert shown.story == STORY
        await vetting.read_story(acts(session, BOPHA), SOPHEA, allow=True)
        assert shown.story == new


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("first_name", "Sophea Chan", "name"),
        ("first_name", "Sophea99", "name"),
        ("first_name", "012345678", "name"),
        ("story", "short", "story_length"),
        ("story", "I build apps, write to me at sophea@gmail.com please", "contact"),
        ("places", "99", "places"),
        ("places", "0", "places"),
    ],
)
async def test_what_the_form_does_not_take(
    database: Database, name: str, value: str, why: str
) -> None:
    async with database.write() as session:
        await mentors.begin(session, SOPHEA)
        with refused(f"form_fault.{why}"):
            await mentors.fill(acts(session, SOPHEA), name, value)


async def test_a_khmer_first_name_is_a_name(database: Database) -> None:
    for name in ("សុភា", "ស្រីពៅ", "Srey-Pov", "ណារី"):
        assert mentors.first_name(name) == name


async def test_a_mentor_cannot_have_fewer_places_than_girls(database: Database) -> None:
    async with database.write() as session:
        await talking(session)
        row = await requested(session, OTHER_GIRL)
        await introductions.approve(acts(session, BOPHA), row.id, POLICY)
        with refused("form_fault.places_held"):
            await mentors.fill(acts(session, SOPHEA), "places", "1")
        with pytest.raises(NotAllowedError):
            await mentors.fill(acts(session, SOPHEA), "first_name", "Other")


async def test_resting_takes_no_new_girls(database: Database) -> None:
    async with database.write() as session:
        await mentor(session, SOPHEA)
        await mentors.pause(acts(session, SOPHEA), paused=True)
        assert await _fits(session) == []
        await mentors.pause(acts(session, SOPHEA), paused=False)
        assert len(await _fits(session)) == 1
