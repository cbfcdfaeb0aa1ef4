"""Vetting: nothing is skipped, two people sign, a clearance runs out, and it all holds at once."""

import pytest

from bot.mentoring import due, introductions, mentors
from bot.mentoring.states import MentorState, State
from bot.people.staff import Role
from bot.refusals import NotAllowedError
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
    apply,
    meet,
    mentor,
    requested,
    talking,
    vet,
)


async def _fits(session, girl=GIRL):
    return await introductions.fitting(session, girl, "software", "km", "kandal", NOW)


async def test_nothing_of_a_mentor_is_shown_before_a_second_person_signed(database) -> None:
    async with database.write() as session:
        await meet(session, SOPHEA, BOPHA, NARY)
        await apply(session, SOPHEA)
        assert await _fits(session) == []
        for item in mentors.CHECKLIST:
            assert not await mentors.approve(session, NARY, STAFF, SOPHEA, POLICY, NOW)
            await mentors.check(session, BOPHA, STAFF, SOPHEA, item, "folder 3", NOW)
        assert await _fits(session) == []
        assert not await mentors.approve(session, BOPHA, STAFF, SOPHEA, POLICY, NOW)
        assert await mentors.approve(session, NARY, STAFF, SOPHEA, POLICY, NOW)
        assert [m.person_id for m in await _fits(session)] == [SOPHEA]
        assert await mentors.role(session, SOPHEA, STAFF) is Role.MENTOR


async def test_an_item_needs_to_say_where_the_proof_is_kept(database) -> None:
    async with database.write() as session:
        await meet(session, SOPHEA)
        await apply(session, SOPHEA)
        assert not await mentors.check(session, BOPHA, STAFF, SOPHEA, "identity", "  ", NOW)
        assert not await mentors.check(session, BOPHA, STAFF, SOPHEA, "aura", "folder", NOW)
        assert await mentors.check(session, BOPHA, STAFF, SOPHEA, "identity", "folder 3", NOW)
        assert not await mentors.check(session, NARY, STAFF, SOPHEA, "identity", "again", NOW)
        lines = await mentors.history(session, BOPHA, STAFF, SOPHEA)
        assert [(line.actor_id, line.action) for line in lines] == [
            (BOPHA, "checked identity"), (SOPHEA, "apply"),
        ]  # fmt: skip


async def test_the_code_of_conduct_is_accepted_item_by_item(database) -> None:
    async with database.write() as session:
        await meet(session, SOPHEA)
        await mentors.begin(session, SOPHEA)
        assert not await mentors.accept_code(session, SOPHEA, mentors.CODE_ITEMS, NOW)
        assert not await mentors.accept_code(session, SOPHEA, 2, NOW)
        assert await mentors.accept_code(session, SOPHEA, 1, NOW)


@pytest.mark.parametrize("actor", [STRANGER, SOPHEA, GIRL])
async def test_only_coordinators_vet_and_nobody_vets_herself(database, actor) -> None:
    async with database.write() as session:
        await meet(session, SOPHEA)
        await apply(session, SOPHEA)
        for attempt in (
            mentors.check(session, actor, STAFF, SOPHEA, "identity", "folder", NOW),
            mentors.approve(session, actor, STAFF, SOPHEA, POLICY, NOW),
            mentors.decide(session, actor, STAFF, SOPHEA, "suspend", NOW),
            mentors.renew(session, actor, STAFF, SOPHEA, POLICY, NOW),
            mentors.read_story(session, actor, STAFF, SOPHEA, NOW, allow=True),
            mentors.history(session, actor, STAFF, SOPHEA),
            mentors.in_states(session, actor, STAFF, "applied"),
        ):
            with pytest.raises(NotAllowedError):
                await attempt
        both = (*STAFF, SOPHEA)
        with pytest.raises(NotAllowedError):
            await mentors.check(session, SOPHEA, both, SOPHEA, "identity", "mine", NOW)
        assert not await mentors.approve(session, SOPHEA, both, SOPHEA, POLICY, NOW)


async def test_a_suspended_mentor_loses_every_talk_at_once(database) -> None:
    async with database.write() as session:
        row = await talking(session)
        assert await mentors.decide(session, BOPHA, STAFF, SOPHEA, "suspend", NOW)
        await introductions.let_go(session, SOPHEA, STAFF, POLICY, NOW, ending=True)
        assert row.state == State.ENDED
        assert await mentors.role(session, SOPHEA, STAFF) is Role.STUDENT
        assert await _fits(session) == []


async def test_an_offer_of_a_suspended_mentor_passes_to_the_next(database) -> None:
    async with database.write() as session:
        await mentor(session, SOPHEA)
        row = await requested(session)
        await introductions.approve(session, BOPHA, STAFF, row.id, POLICY, NOW)
        await mentor(session, DARA)
        await mentors.decide(session, BOPHA, STAFF, SOPHEA, "suspend", NOW)
        await introductions.let_go(session, SOPHEA, STAFF, POLICY, NOW, ending=True)
        assert (row.state, row.mentor_id) == (State.OFFERED, DARA)
        assert not await introductions.accept(session, SOPHEA, row.id, POLICY, NOW)


async def test_a_clearance_lapses_and_is_renewed_by_two(database) -> None:
    async with database.write() as session:
        row = await talking(session)
        found = await mentors.find(session, SOPHEA)
        end = NOW + POLICY.clearance_lasts
        row.ends_at_utc = end + 30 * DAY
        await due.go_round(session, STAFF, POLICY, end - 10 * DAY)
        assert found.warned
        assert await mentors.renew(session, BOPHA, STAFF, SOPHEA, POLICY, end) is None
        assert await mentors.renew(session, BOPHA, STAFF, SOPHEA, POLICY, end) is False
        assert await mentors.renew(session, NARY, STAFF, SOPHEA, POLICY, end) is True
        assert mentors.cleared(found, end + DAY)
        await due.go_round(session, STAFF, POLICY, end + 366 * DAY)
        assert found.state == MentorState.LAPSED
        assert await mentors.decide(session, BOPHA, STAFF, SOPHEA, "recheck", NOW)
        assert await mentors.checks(session, SOPHEA) == {}
        await vet(session, SOPHEA)


async def test_a_new_story_is_read_before_students_see_it(database) -> None:
    async with database.write() as session:
        await mentor(session, SOPHEA)
        new = "I now lead a team of five women who build maps."
        assert await mentors.fill(session, SOPHEA, "story", new, NOW) is None
        (shown,) = await _fits(session)
        assert shown.story == STORY
        assert await mentors.read_story(session, BOPHA, STAFF, SOPHEA, NOW, allow=True)
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
async def test_what_the_form_does_not_take(database, name, value, why) -> None:
    async with database.write() as session:
        await mentors.begin(session, SOPHEA)
        fault = await mentors.fill(session, SOPHEA, name, value, NOW)
        assert fault == mentors.Fault(why)


async def test_a_khmer_first_name_is_a_name(database) -> None:
    for name in ("សុភា", "ស្រីពៅ", "Srey-Pov", "ណារី"):
        assert mentors.first_name(name) == name


async def test_a_mentor_cannot_have_fewer_places_than_girls(database) -> None:
    async with database.write() as session:
        await talking(session)
        row = await requested(session, OTHER_GIRL)
        assert await introductions.approve(session, BOPHA, STAFF, row.id, POLICY, NOW) is None
        fault = await mentors.fill(session, SOPHEA, "places", "1", NOW)
        assert fault == mentors.Fault("places_held")
        with pytest.raises(NotAllowedError):
            await mentors.fill(session, SOPHEA, "first_name", "Other", NOW)


async def test_resting_takes_no_new_girls(database) -> None:
    async with database.write() as session:
        await mentor(session, SOPHEA)
        await mentors.pause(session, SOPHEA, NOW, paused=True)
        assert await _fits(session) == []
        await mentors.pause(session, SOPHEA, NOW, paused=False)
        assert len(await _fits(session)) == 1
