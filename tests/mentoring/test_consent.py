"""Age first; a guardian under 18; the policy; what taking consent back does."""

import pytest

from bot.mentoring import guardians, introductions, relay
from bot.mentoring.policy import Policy
from bot.mentoring.states import State, Who
from bot.refusals import NotAllowedError
from tests.mentoring.village import (
    BOPHA,
    DAY,
    GIRL,
    GUARDIAN,
    NOW,
    POLICY,
    SOPHEA,
    STAFF,
    STRANGER,
    consent,
    meet,
    mentor,
    requested,
    student,
    talking,
    wish,
)


async def test_who_is_too_young_or_told_no_age_cannot_ask(database) -> None:
    async with database.write() as session:
        await mentor(session, SOPHEA)
        await meet(session, GIRL)
        with pytest.raises(NotAllowedError):
            await introductions.request(session, GIRL, wish(), POLICY, NOW)
        await student(session, GIRL, "young")
        with pytest.raises(NotAllowedError):
            await introductions.request(session, GIRL, wish(), POLICY, NOW)


async def test_a_minor_does_not_grow_up_by_a_second_tap(database) -> None:
    async with database.write() as session:
        await guardians.tell_age(session, GIRL, "minor")
        assert (await guardians.tell_age(session, GIRL, "adult")).age_band == "minor"


@pytest.mark.parametrize(
    ("policy", "band", "needed"),
    [
        ("minors", "minor", True),
        ("minors", "adult", False),
        ("everyone", "adult", True),
        ("school", "minor", True),
    ],
)
async def test_whose_guardian_must_agree(database, policy, band, needed) -> None:
    async with database.write() as session:
        await student(session, GIRL, band)
        row = await guardians.mentee(session, GIRL)
        assert guardians.needs_guardian(row, Policy(consent=policy)) is needed


async def test_a_coordinator_cannot_approve_without_a_guardian(database) -> None:
    async with database.write() as session:
        await mentor(session, SOPHEA)
        await meet(session, *STAFF)
        await student(session, GIRL)
        row = await introductions.request(session, GIRL, wish(), POLICY, NOW)
        told = (session, BOPHA, STAFF, row.id, POLICY, NOW)
        assert await introductions.approve(*told) == "consent"
        assert row.state == State.REQUESTED
        await guardians.attest(session, BOPHA, STAFF, GIRL, "form 12", NOW)
        assert await introductions.approve(*told) is None


async def test_with_the_school_policy_the_approval_records_the_consent(database) -> None:
    async with database.write() as session:
        await mentor(session, SOPHEA)
        await meet(session, *STAFF)
        await student(session, GIRL)
        school = Policy(consent="school")
        row = await introductions.request(session, GIRL, wish(), school, NOW)
        assert await introductions.approve(session, BOPHA, STAFF, row.id, school, NOW) is None
        given = await guardians.consent_of(session, GIRL)
        assert (given.method, given.attested_by) == ("attested", BOPHA)


async def test_the_link_is_for_one_guardian_and_not_for_the_girl_or_a_mentor(database) -> None:
    async with database.write() as session:
        await mentor(session, SOPHEA)
        await student(session, GIRL)
        token = (await guardians.invite(session, GIRL, NOW)).token
        assert (await guardians.invite(session, GIRL, NOW)).token == token
        for who in (GIRL, SOPHEA):
            with pytest.raises(NotAllowedError):
                await guardians.agree(session, who, token, NOW)
        assert await guardians.agree(session, GUARDIAN, "forged", NOW) is None
        late = NOW + 15 * DAY
        assert await guardians.agree(session, GUARDIAN, token, late) is None
        given = await guardians.agree(session, GUARDIAN, token, NOW)
        assert (given.guardian_id, given.text_version) == (GUARDIAN, guardians.TEXT_VERSION)
        assert await guardians.opened(session, STRANGER, token, NOW) is None


async def test_consent_taken_back_stops_the_next_message(database) -> None:
    async with database.write() as session:
        row = await talking(session)
        given = await guardians.consent_of(session, GIRL)
        for actor in (STRANGER, SOPHEA, GIRL):
            with pytest.raises(NotAllowedError):
                await guardians.withdraw(session, actor, STAFF, given.id, NOW)
        await guardians.withdraw(session, GUARDIAN, STAFF, given.id, NOW)
        # Even before anything is ended, the relay itself lets nothing through.
        sent = await relay.carry(session, GIRL, row.id, "hello", 1, STAFF, POLICY, NOW)
        assert (sent.kind, sent.reason) == ("closed", "consent")
        await introductions.stop_all(session, GIRL, Who.GUARDIAN, POLICY, NOW)
        assert row.state == State.ENDED


async def test_consent_to_an_older_text_does_not_count(database, monkeypatch) -> None:
    async with database.write() as session:
        await student(session, GIRL)
        await consent(session)
        assert await guardians.may_talk(session, GIRL, POLICY)
        monkeypatch.setattr(guardians, "TEXT_VERSION", 2)
        assert not await guardians.may_talk(session, GIRL, POLICY)


async def test_a_request_waits_for_the_guardian_and_is_not_lost(database) -> None:
    async with database.write() as session:
        await mentor(session, SOPHEA)
        row = await requested(session)
        assert row.due_at_utc is not None
        assert await introductions.request(session, GIRL, wish(), POLICY, NOW) is None
