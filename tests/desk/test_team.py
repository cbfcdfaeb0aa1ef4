"""Who may sit at the desk: by the settings, or by a link that works once and for two days."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot import privacy
from bot.database import Database
from bot.desk import team
from bot.desk.team import INVITATION_LASTS, Joining
from bot.people import audit, people
from bot.people import staff as people_staff
from bot.people.tables import Invitation
from bot.questions import asked, groups
from bot.refusals import NotAllowedError

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
GIRL, NEW, BOPHA, NARY = 1, 501, 11, 12
FIRST = (BOPHA, NARY)


async def _join(session, person_id: int = NEW) -> str:
    await people.meet(session, person_id, "km", NOW)
    secret = await team.invite(
        session, BOPHA, await people_staff.coordinators_of(session, FIRST), NOW
    )
    staff = await people_staff.coordinators_of(session, FIRST)
    assert await team.accept(session, person_id, staff, secret, NOW) is Joining.JOINED
    return secret


async def test_an_invitation_makes_one_coordinator_and_only_its_hash_is_kept(
    database: Database,
) -> None:
    async with database.write() as session:
        await team.register_first(session, FIRST, NOW)
        secret = await _join(session)
        staff = await people_staff.coordinators_of(session, FIRST)
        assert staff == (*FIRST, NEW)
        assert await team.accept(session, GIRL, staff, secret, NOW) is Joining.OVER
        assert await team.accept(session, NARY, staff, secret, NOW) is Joining.ALREADY
        (kept,) = await session.scalars(select(Invitation))
        assert secret not in kept.secret_hash
        members = await team.team(session, NEW, staff, FIRST)
        assert [(m.person_id, m.first) for m in members] == [
            (BOPHA, True), (NARY, True), (NEW, False),
        ]  # fmt: skip


async def test_an_invitation_expires_is_revoked_and_cannot_be_guessed(database: Database) -> None:
    async with database.write() as session:
        secret = await team.invite(session, BOPHA, FIRST, NOW)
        late = NOW + INVITATION_LASTS
        assert await team.accept(session, NEW, FIRST, secret, late) is Joining.OVER
        for guess in ("", secret[:-1], secret + "x", secret.swapcase(), "1"):
            assert await team.accept(session, NEW, FIRST, guess, NOW) is Joining.UNKNOWN
        (open_one,) = await team.open_invitations(session, NARY, FIRST, NOW)
        assert await team.revoke(session, NARY, FIRST, open_one.id, NOW)
        assert await team.accept(session, NEW, FIRST, secret, NOW) is Joining.OVER
        assert await people_staff.coordinators_of(session, FIRST) == FIRST
        assert not await team.revoke(session, NARY, FIRST, open_one.id, NOW)


async def test_those_of_the_settings_cannot_be_removed_others_can(database: Database) -> None:
    async with database.write() as session:
        await team.register_first(session, FIRST, NOW)
        await _join(session)
        staff = await people_staff.coordinators_of(session, FIRST)
        numbers = {m.person_id: m.number for m in await team.team(session, NEW, staff, FIRST)}
        assert await team.remove(session, NEW, staff, FIRST, numbers[BOPHA], NOW) is None
        assert await team.remove(session, BOPHA, staff, FIRST, numbers[NEW], NOW) == NEW
        assert await people_staff.coordinators_of(session, FIRST) == FIRST
        await _join(session)
        staff = await people_staff.coordinators_of(session, FIRST)
        assert staff == (*FIRST, NEW)
        again = {m.person_id: m.number for m in await team.team(session, NEW, staff, FIRST)}
        assert again == numbers


async def test_who_is_taken_out_of_the_settings_is_no_coordinator(database: Database) -> None:
    async with database.write() as session:
        await team.register_first(session, FIRST, NOW)
        assert await people_staff.coordinators_of(session, (BOPHA,)) == (BOPHA,)


async def test_what_she_had_taken_is_free_when_she_leaves(database: Database) -> None:
    async with database.write() as session:
        await team.register_first(session, FIRST, NOW)
        await _join(session)
        staff = await people_staff.coordinators_of(session, FIRST)
        await people.meet(session, GIRL, "km", NOW)
        await asked.keep(session, GIRL, "why?", "en", NOW)
        (group,), _ = await groups.waiting(session, NEW, staff, 0, NOW)
        await groups.claim(session, NEW, staff, group.id, NOW)
        (_, conversation, _) = await people.meet(session, NEW, "km", NOW)
        conversation.awaiting = {"for": "answer", "group": group.id}
        seat = (await team.team(session, NEW, staff, FIRST))[-1]
        await team.remove(session, NEW, staff, FIRST, seat.number, NOW)
        assert conversation.awaiting is None
        assert await groups.claim(session, BOPHA, FIRST, group.id, NOW)


async def test_a_coordinator_who_erases_herself_gives_up_her_seat(database: Database) -> None:
    async with database.write() as session:
        await team.register_first(session, FIRST, NOW)
        await _join(session)
        staff = await people_staff.coordinators_of(session, FIRST)
        await team.rename(session, NEW, staff, "  Sokha \n <b> ", NOW)
        assert (await privacy.export(session, NEW))["desk"]["name"] == "Sokha <b>"
        number = (await team.team(session, NEW, staff, FIRST))[-1].number
    async with database.write() as session:
        await privacy.erase(session, NEW, NOW)
        assert await people_staff.coordinators_of(session, FIRST) == FIRST
        await _join(session, 777)
        # Her number stands in the audit log for good, so nobody else gets it.
        assert (await people_staff.aliases(session))[777][0] > number


async def test_the_audit_log_shows_aliases_newest_first_page_by_page(database: Database) -> None:
    async with database.write() as session:
        await team.register_first(session, FIRST, NOW)
        for number in range(audit.PAGE + 1):
            await audit.note(session, BOPHA, "looked at", f"case {number}", NOW)
        await audit.note(session, 987654321, "changed", "mentor 987654321 step 3", NOW)
        lines, total = await audit.page(session, NARY, FIRST, 0)
        assert (len(lines), total) == (audit.PAGE, audit.PAGE + 2)
        alias = audit.alias(987654321)
        assert (lines[0].number, lines[0].alias) == (None, alias)
        assert lines[0].subject == f"mentor {alias} step 3"
        assert (lines[1].number, lines[1].subject) == (1, f"case {audit.PAGE}")
        assert len((await audit.page(session, NARY, FIRST, 1))[0]) == 2


@pytest.mark.parametrize("change", ["UPDATE audit SET actor_id = 5", "DELETE FROM audit"])
async def test_the_audit_log_is_only_added_to(database: Database, change: str) -> None:
    from sqlalchemy import text
    from sqlalchemy.exc import IntegrityError

    async with database.write() as session:
        await audit.note(session, BOPHA, "looked at", "case 1", NOW)
    with pytest.raises(IntegrityError, match="only added to"):
        async with database.write() as session:
            await session.execute(text(change))


async def test_only_coordinators_touch_roles(database: Database) -> None:
    async with database.write() as session:
        await team.register_first(session, FIRST, NOW)
        for attempt in (
            team.team(session, GIRL, FIRST, FIRST),
            team.invite(session, GIRL, FIRST, NOW),
            team.open_invitations(session, GIRL, FIRST, NOW),
            team.revoke(session, GIRL, FIRST, 1, NOW),
            team.remove(session, GIRL, FIRST, FIRST, 1, NOW),
            team.rename(session, GIRL, FIRST, "x", NOW),
            audit.page(session, GIRL, FIRST, 0),
        ):
            with pytest.raises(NotAllowedError):
                await attempt


def test_the_secret_fits_a_deep_link() -> None:
    """Telegram allows 64 characters of A-Z a-z 0-9 _ - after /start."""
    from bot.desk.team import _SECRET_BYTES

    assert len("join_") + -(-_SECRET_BYTES * 4 // 3) <= 64
    assert timedelta(hours=48) == INVITATION_LASTS
