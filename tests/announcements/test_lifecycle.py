"""Who may decide what about an announcement, and that a refusal changes nothing."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.announcements import corrections, lifecycle, sending
from bot.announcements.states import State
from bot.announcements.tables import Broadcast
from bot.database import Database
from bot.people.staff import Actor
from bot.people.tables import AuditLine
from bot.refusals import NotAllowedError, RefusedError, StaleError
from tests.announcements.newsroom import (
    FIRST,
    GIRL,
    LIMIT,
    NOW,
    POLICY,
    SECOND,
    STAFF,
    Voices,
    by,
    people,
    sent,
    written,
)


async def test_nobody_but_a_coordinator_does_anything(database: Database, voices: Voices) -> None:
    number = await sent(database, 3, voices)
    async with database.write() as session:
        girl = by(session, GIRL)
        attempts: tuple[Awaitable[object], ...] = (
            lifecycle.page(girl, 0), lifecycle.find(girl, number),
            lifecycle.begin(girl, "tip"), lifecycle.draft(girl, number),
            lifecycle.write(girl, number, "km", "x"),
            lifecycle.illustrate(girl, number, "x"),
            lifecycle.open_with(girl, number, "home"),
            lifecycle.choose(girl, number, "who", "everybody"),
            lifecycle.discard(girl, number),
            lifecycle.submit(girl, number, 1, None, POLICY),
            lifecycle.approve(girl, number, 1),
            lifecycle.send_back(girl, number), lifecycle.pause(girl, number),
            lifecycle.resume(girl, number), lifecycle.cancel(girl, number),
            corrections.withdraw(girl, number),
            corrections.propose(girl, number, {"km": "x", "en": None}),
            corrections.correct(girl, number, 1, POLICY),
        )  # fmt: skip
        for attempt in attempts:
            with pytest.raises(NotAllowedError):
                await attempt
        kept = await session.get_one(Broadcast, number)
        assert (kept.state, kept.words["km"]) == ("sending", "សួស្ដី")


async def test_a_large_one_needs_a_second_coordinator_who_saw_this_version(
    database: Database,
) -> None:
    async with database.write() as session:
        await people(session, LIMIT + 1)
        draft = await written(session)
        await lifecycle.submit(by(session, FIRST), draft.id, draft.version, None, POLICY)
        assert draft.state == "asked"
        seen = draft.version
        with pytest.raises(RefusedError, match="own"):
            await lifecycle.approve(by(session, FIRST), draft.id, seen)
        await lifecycle.write(by(session, FIRST), draft.id, "en", "Something else")
        await lifecycle.submit(by(session, FIRST), draft.id, draft.version, None, POLICY)
        with pytest.raises(RefusedError, match="changed"):
            await lifecycle.approve(by(session, SECOND), draft.id, seen)
        await lifecycle.approve(by(session, SECOND), draft.id, draft.version)
        assert (draft.state, draft.approved_by) == ("sending", SECOND)
        actions = set(await session.scalars(select(AuditLine.action)))
        assert {"asked to send", "approved", "started"} <= actions


async def test_nobody_agrees_to_her_own_changes_of_anothers_draft(database: Database) -> None:
    async with database.write() as session:
        await people(session, LIMIT + 1)
        draft = await written(session)
        await lifecycle.write(by(session, SECOND), draft.id, "en", "My own words")
        await lifecycle.submit(by(session, SECOND), draft.id, draft.version, None, POLICY)
        with pytest.raises(RefusedError, match="own"):
            await lifecycle.approve(by(session, SECOND), draft.id, draft.version)
        await lifecycle.approve(by(session, FIRST), draft.id, draft.version)
        assert draft.state == "sending"
        # Nobody is a recipient yet, but it is a large one all the same.
        words = {"km": "x", "en": None}
        await corrections.propose(by(session, SECOND), draft.id, words)
        await corrections.correct(by(session, SECOND), draft.id, 1, POLICY)
        assert draft.words["en"] == "My own words"


async def test_a_small_one_starts_at_once_and_a_large_one_without_a_second_never(
    database: Database,
) -> None:
    async with database.write() as session:
        await people(session, LIMIT)
        draft = await written(session)
        await lifecycle.submit(by(session, FIRST), draft.id, draft.version, None, POLICY)
        assert draft.state == "sending"
        await people(session, 1, first=900)
        large = await written(session)
        alone = by(session, FIRST, staff=(FIRST,))
        with pytest.raises(RefusedError, match="no_second"):
            await lifecycle.submit(alone, large.id, large.version, None, POLICY)


@pytest.mark.parametrize("state", [State.DRAFT, State.ASKED, State.SCHEDULED])
async def test_only_a_pause_can_be_resumed_so_approval_cannot_be_gone_around(
    database: Database, state: State
) -> None:
    async with database.write() as session:
        await people(session, LIMIT + 1)
        draft = await written(session)
        draft.state = state
        moves = (lifecycle.resume, lifecycle.pause, lifecycle.cancel, corrections.withdraw)
        for forged in moves:
            with pytest.raises(RefusedError):
                await forged(by(session, FIRST), draft.id)
        assert draft.state == state


async def test_what_is_not_ready_is_refused(database: Database) -> None:
    async with database.write() as session:
        empty = await lifecycle.begin(by(session, FIRST), "tip")
        with pytest.raises(RefusedError, match="no_words"):
            await lifecycle.submit(by(session, FIRST), empty.id, empty.version, None, POLICY)
        draft = await written(session)
        with pytest.raises(RefusedError, match="nobody"):
            await lifecycle.submit(by(session, FIRST), draft.id, draft.version, None, POLICY)
        await people(session, 1)
        for at in (NOW, NOW - timedelta(days=1), NOW + timedelta(days=400)):
            with pytest.raises(RefusedError, match="bad_time"):
                await lifecycle.submit(by(session, FIRST), draft.id, draft.version, at, POLICY)
        with pytest.raises(RefusedError, match="too_long"):
            await lifecycle.write(by(session, FIRST), draft.id, "km", "x" * 901)
        with pytest.raises(StaleError):
            await lifecycle.begin(by(session, FIRST), "gossip")


async def test_a_planned_one_starts_in_time_unless_it_has_outgrown_its_author(
    database: Database,
) -> None:
    at = NOW + timedelta(hours=1)
    async with database.write() as session:
        await people(session, LIMIT)
        one, two = await written(session), await written(session)
        for draft in (one, two):
            await lifecycle.submit(by(session, FIRST), draft.id, draft.version, at, POLICY)
            assert draft.state == "scheduled"
        assert await sending.to_do(session, NOW) == []
        assert await sending.to_do(session, at) == [one.id, two.id]
        assert not await lifecycle.start_planned(session, one.id, STAFF, at, POLICY)
        assert one.state == "sending"
        await people(session, 1, first=900)
        assert await lifecycle.start_planned(session, two.id, STAFF, at, POLICY)
        assert two.state == "asked"


TOMORROW = NOW + timedelta(days=1)
REFUSED: dict[str, Callable[[Actor, Broadcast], Awaitable[object]]] = {
    "an old “send now”": lambda a, b: lifecycle.submit(a, b.id, b.version - 1, None, POLICY),
    "a second “send now”": lambda a, b: lifecycle.submit(a, b.id, b.version, None, POLICY),
    "a time that is over": lambda a, b: lifecycle.submit(a, b.id, b.version, NOW, POLICY),
    "words too long": lambda a, b: lifecycle.write(a, b.id, "km", "x" * 901),
    "a filter there is not": lambda a, b: lifecycle.choose(a, b.id, "gossip", "x"),
}


@pytest.mark.parametrize("girls", [1, LIMIT + 1], ids=["scheduled", "asked"])
@pytest.mark.parametrize("attempt", REFUSED.values(), ids=REFUSED.keys())
async def test_a_refusal_leaves_the_plan_as_it_was(
    database: Database, attempt: Callable[[Actor, Broadcast], Awaitable[object]], girls: int
) -> None:
    async with database.write() as session:
        await people(session, girls)
        draft, bopha = await written(session), by(session, FIRST)
        planned = await lifecycle.submit(bopha, draft.id, draft.version, TOMORROW, POLICY)
        before = (planned.state, planned.version, planned.start_at_utc)
        assert before[0] is (State.SCHEDULED if girls == 1 else State.ASKED)
        with pytest.raises((RefusedError, StaleError)):
            await attempt(bopha, planned)
        assert (planned.state, planned.version, planned.start_at_utc) == before
