"""Who may sit at the desk: by the settings, or by a link that works once and for two days."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from bot import privacy
from bot.clock import utc_now
from bot.database import Database
from bot.desk import audit, team
from bot.desk.team import _SECRET_BYTES, INVITATION_LASTS, Joining
from bot.people import people, switches
from bot.people import staff as people_staff
from bot.people.staff import Actor
from bot.people.tables import AuditLine, Invitation
from bot.questions import asked, groups
from bot.refusals import NotAllowedError, StaleError
from bot.rights import Seat

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
GIRL, NEW, BOPHA, NARY = 1, 501, 11, 12
FIRST = (BOPHA, NARY)


async def _by(
    session: AsyncSession, person_id: int, at: datetime = NOW, first: tuple[int, ...] = FIRST
) -> Actor:
    """Somebody among those who sit at the desk now."""
    return Actor(session, person_id, await people_staff.coordinators_of(session, first), at)


async def _join(session: AsyncSession, person_id: int = NEW) -> str:
    await people.meet(session, person_id, "km", NOW)
    secret = await team.invite(await _by(session, BOPHA))
    herself = await _by(session, person_id)
    how, found = await team.follow(herself, secret)
    assert how is Joining.INVITED
    assert found is not None
    assert await team.accept(herself, found.id)
    return secret


async def test_an_invitation_makes_one_coordinator_and_only_its_hash_is_kept(
    database: Database,
) -> None:
    async with database.write() as session:
        await team.register_first(session, FIRST, NOW)
        secret = await _join(session)
        new = await _by(session, NEW)
        assert new.staff == (*FIRST, NEW)
        assert (await team.follow(await _by(session, GIRL), secret))[0] is Joining.OVER
        assert (await team.follow(await _by(session, NARY), secret))[0] is Joining.ALREADY
        (kept,) = await session.scalars(select(Invitation))
        assert secret not in kept.secret_hash
        members = await team.team(new, FIRST)
        assert [(m.person_id, m.first) for m in members] == [
            (BOPHA, True), (NARY, True), (NEW, False),
        ]  # fmt: skip


async def test_an_invitation_expires_is_revoked_and_cannot_be_guessed(database: Database) -> None:
    async with database.write() as session:
        new, nary = await _by(session, NEW), await _by(session, NARY)
        secret = await team.invite(await _by(session, BOPHA))
        late = await _by(session, NEW, NOW + INVITATION_LASTS)
        assert (await team.follow(late, secret))[0] is Joining.OVER
        for guess in ("", secret[:-1], secret + "x", secret.swapcase(), "1"):
            assert (await team.follow(new, guess))[0] is Joining.UNKNOWN
        (open_one,) = await team.open_invitations(nary)
        for _ in range(2):
            await team.revoke(nary, open_one.id)
            assert await team.open_invitations(nary) == []
        assert (await team.follow(new, secret))[0] is Joining.OVER
        assert await people_staff.coordinators_of(session, FIRST) == FIRST
        actions = await session.scalars(select(AuditLine.action).order_by(AuditLine.id))
        assert list(actions) == ["invited", "withdrew"]


async def test_those_of_the_settings_cannot_be_removed_others_can(database: Database) -> None:
    async with database.write() as session:
        await team.register_first(session, FIRST, NOW)
        await _join(session)
        new, bopha = await _by(session, NEW), await _by(session, BOPHA)
        numbers = {m.person_id: m.number for m in await team.team(new, FIRST)}
        with pytest.raises(StaleError):
            await team.remove(new, FIRST, numbers[BOPHA])
        assert await team.remove(bopha, FIRST, numbers[NEW]) == NEW
        assert await people_staff.coordinators_of(session, FIRST) == FIRST
        await _join(session)
        new = await _by(session, NEW)
        assert new.staff == (*FIRST, NEW)
        again = {m.person_id: m.number for m in await team.team(new, FIRST)}
        assert again == numbers


async def test_who_is_taken_out_of_the_settings_is_no_coordinator(database: Database) -> None:
    async with database.write() as session:
        await team.register_first(session, FIRST, NOW)
        assert await people_staff.coordinators_of(session, (BOPHA,)) == (BOPHA,)


async def test_what_she_had_taken_is_free_when_she_leaves(database: Database) -> None:
    async with database.write() as session:
        await team.register_first(session, FIRST, NOW)
        await _join(session)
        new = await _by(session, NEW)
        await people.meet(session, GIRL, "km", NOW)
        await asked.keep(await _by(session, GIRL), "why?", "en")
        (group,), _ = await groups.waiting(new, 0)
        await groups.claim(new, group.id)
        (_, conversation, _) = await people.meet(session, NEW, "km", NOW)
        conversation.awaiting = {"for": "answer", "group": group.id}
        seat = (await team.team(new, FIRST))[-1]
        await team.remove(new, FIRST, seat.number)
        assert conversation.awaiting is None
        assert (await groups.claim(await _by(session, BOPHA), group.id)).holder == BOPHA


async def test_as_what_somebody_sits_at_the_desk_is_shown_to_her(database: Database) -> None:
    async with database.write() as session:
        await _join(session)
        number, _ = (await people_staff.aliases(session))[NEW]
        assert (await privacy.export(session, NEW))["desk"]["seat"] == Seat.FULL
        await team.give(await _by(session, BOPHA), FIRST, number, Seat.READER)
        assert (await privacy.export(session, NEW))["desk"]["seat"] == Seat.READER


async def test_a_coordinator_who_erases_herself_gives_up_her_seat(database: Database) -> None:
    async with database.write() as session:
        await team.register_first(session, FIRST, NOW)
        await _join(session)
        new = await _by(session, NEW)
        await team.rename(new, "  Sokha \n <b> ")
        assert (await privacy.export(session, NEW))["desk"]["name"] == "Sokha <b>"
        number = (await team.team(new, FIRST))[-1].number
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
            await (await _by(session, BOPHA)).note("looked at", "case", number)
        await (await _by(session, 987654321)).note("changed", "mentor", 987654321, "step 3")
        nary = await _by(session, NARY)
        lines, total = await audit.page(nary, 0)
        assert (len(lines), total) == (audit.PAGE, audit.PAGE + 2)
        alias = audit.alias(987654321)
        assert (lines[0].number, lines[0].alias) == (None, alias)
        assert (lines[0].kind, lines[0].which) == ("mentor", f"{alias} step 3")
        assert (lines[1].number, lines[1].kind, lines[1].which) == (1, "case", f"{audit.PAGE}")
        assert len((await audit.page(nary, 1))[0]) == 2


async def test_the_audit_log_shows_nobodys_id_in_the_name_of_a_switch(database: Database) -> None:
    """Each coordinator has a switch of her own, which is named after her."""
    async with database.write() as session:
        await team.register_first(session, (987654321,), NOW)
        nary = await _by(session, 987654321, first=(987654321,))
        await switches.turn(nary, switches.duty(nary.id), on=False)
        (line,), _ = await audit.page(nary, 0)
    assert (line.action, line.kind, line.which) == ("turned off", "duty", "")
    assert str(nary.id) not in repr(line)


async def test_a_line_can_be_asked_for_by_what_it_was_done_to(database: Database) -> None:
    async with database.write() as session:
        bopha = await _by(session, BOPHA)
        await bopha.note("moved", "event", 5, "date 3")
        await bopha.note("looked at", "entry", more="what-is-ai")
        await bopha.note("erased herself", "person")
        rows = await session.scalars(select(AuditLine).order_by(AuditLine.id))
        assert [(row.kind, row.number, row.subject) for row in rows] == [
            ("event", 5, "event 5 date 3"),
            ("entry", None, "entry what-is-ai"),
            ("person", None, "person"),
        ]


@pytest.mark.parametrize("change", ["UPDATE audit SET actor_id = 5", "DELETE FROM audit"])
async def test_the_audit_log_is_only_added_to(database: Database, change: str) -> None:
    async with database.write() as session:
        bopha = replace(await _by(session, BOPHA), now=utc_now())
        await bopha.note("looked at", "case", 1)
    with pytest.raises(DBAPIError, match="only added to"):
        async with database.write() as session:
            await session.execute(text(change))


async def test_only_coordinators_touch_roles(database: Database) -> None:
    async with database.write() as session:
        await team.register_first(session, FIRST, NOW)
        girl = await _by(session, GIRL)
        for attempt in (
            team.team(girl, FIRST),
            team.invite(girl),
            team.open_invitations(girl),
            team.revoke(girl, 1),
            team.remove(girl, FIRST, 1),
            team.rename(girl, "x"),
            audit.page(girl, 0),
        ):
            with pytest.raises(NotAllowedError):
                await attempt


def test_the_secret_fits_a_deep_link() -> None:
    """Telegram allows 64 characters of A-Z a-z 0-9 _ - after /start."""
    assert len("join_") + -(-_SECRET_BYTES * 4 // 3) <= 64
    assert timedelta(hours=48) == INVITATION_LASTS
