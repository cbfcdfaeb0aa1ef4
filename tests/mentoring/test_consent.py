"""Age first; a guardian under 18; the policy; what taking consent back does."""

import pytest

from bot.database import Database
from bot.mentoring import guardians, introductions
from bot.mentoring.policy import ConsentPolicy, Policy
from bot.mentoring.relay import Closed, End
from bot.mentoring.states import State, Who
from bot.people.ages import AgeUnknownError, Band, TooYoungError
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
    acts,
    consent,
    meet,
    mentor,
    refused,
    requested,
    says,
    state,
    student,
    talking,
    wish,
)


async def test_who_is_too_young_or_told_no_age_cannot_ask(database: Database) -> None:
    async with database.write() as session:
        await mentor(session, SOPHEA)
        await meet(session, GIRL)
        with pytest.raises(AgeUnknownError):
            await introductions.request(acts(session, GIRL), wish(), POLICY)
        await student(session, GIRL, "young")
        with pytest.raises(TooYoungError):
            await introductions.request(acts(session, GIRL), wish(), POLICY)


@pytest.mark.parametrize(
    ("policy", "band", "needed"),
    [
        ("minors", None, True),
        ("minors", Band.MINOR, True),
        ("minors", Band.ADULT, False),
        ("everyone", Band.ADULT, True),
        ("school", Band.MINOR, True),
    ],
)
def test_whose_guardian_must_agree(policy: ConsentPolicy, band: Band | None, needed: bool) -> None:
    assert guardians.needs_guardian(band, Policy(consent=policy)) is needed


async def test_a_coordinator_cannot_approve_without_a_guardian(database: Database) -> None:
    async with database.write() as session:
        await mentor(session, SOPHEA)
        await meet(session, *STAFF)
        await student(session, GIRL)
        row = await introductions.request(acts(session, GIRL), wish(), POLICY)
        assert row is not None
        with refused("approve.consent"):
            await introductions.approve(acts(session, BOPHA), row.id, POLICY)
        assert row.state == State.REQUESTED
        await guardians.attest(acts(session, BOPHA), GIRL, "form 12")
        await introductions.approve(acts(session, BOPHA), row.id, POLICY)
        assert await state(session, row) is State.OFFERED


async def test_with_the_school_policy_the_approval_records_the_consent(database: Database) -> None:
    async with database.write() as session:
        await mentor(session, SOPHEA)
        await meet(session, *STAFF)
        await student(session, GIRL)
        school = Policy(consent="school")
        row = await introductions.request(acts(session, GIRL), wish(), school)
        assert row is not None
        await introductions.approve(acts(session, BOPHA), row.id, school)
        given = await guardians.consent_of(session, GIRL)
        assert given is not None
        assert (given.method, given.attested_by) == ("attested", BOPHA)


async def test_the_link_is_for_one_guardian_and_not_for_the_girl_or_a_mentor(
    database: Database,
) -> None:
    async with database.write() as session:
        await mentor(session, SOPHEA)
        await student(session, GIRL)
        token = (await guardians.invite(acts(session, GIRL))).token
        assert (await guardians.invite(acts(session, GIRL))).token == token
        for who, why in ((GIRL, "guardian.yourself"), (SOPHEA, "guardian.is_mentor")):
            with refused(why):
                await guardians.agree(acts(session, who), token)
        with refused("guardian.old_link"):
            await guardians.agree(acts(session, GUARDIAN), "forged")
        with refused("guardian.old_link"):
            await guardians.agree(acts(session, GUARDIAN, NOW + 15 * DAY), token)
        given = await guardians.agree(acts(session, GUARDIAN), token)
        assert (given.guardian_id, given.text_version) == (GUARDIAN, guardians.TEXT_VERSION)
        with refused("guardian.old_link"):
            await guardians.opened(acts(session, STRANGER), token)


async def test_consent_taken_back_stops_the_next_message(database: Database) -> None:
    async with database.write() as session:
        row = await talking(session)
        given = await guardians.consent_of(session, GIRL)
        assert given is not None
        for actor in (STRANGER, SOPHEA, GIRL):
            with pytest.raises(NotAllowedError):
                await guardians.withdraw(acts(session, actor), given.id)
        await guardians.withdraw(acts(session, GUARDIAN), given.id)
        # Even before anything is ended, the relay itself lets nothing through.
        sent = await says(session, GIRL, row, "hello")
        assert (sent.end, sent.reason) == (End.CLOSED, Closed.CONSENT)
        await introductions.stop_all(acts(session, GUARDIAN), GIRL, Who.GUARDIAN, POLICY)
        assert row.state == State.ENDED


async def test_consent_to_an_older_text_does_not_count(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with database.write() as session:
        await student(session, GIRL)
        await consent(session)
        assert await guardians.may_talk(session, GIRL, POLICY)
        monkeypatch.setattr(guardians, "TEXT_VERSION", 2)
        assert not await guardians.may_talk(session, GIRL, POLICY)


async def test_a_request_waits_for_the_guardian_and_is_not_lost(database: Database) -> None:
    async with database.write() as session:
        await mentor(session, SOPHEA)
        row = await requested(session)
        assert row.due_at_utc is not None
        assert await introductions.request(acts(session, GIRL), wish(), POLICY) is None
