"""Asking, offering, the clock: the girl is told each time and nobody waits in silence."""

from datetime import timedelta

import pytest

from bot.database import Database, Session
from bot.mentoring import due, introductions, mentors, moves, talks
from bot.mentoring.states import State
from bot.mentoring.tables import Introduction
from bot.people import switches
from bot.refusals import NotAllowedError
from tests.mentoring.village import (
    BOPHA,
    DARA,
    DAY,
    GIRL,
    HOUR,
    LINA,
    NARY,
    NOW,
    OTHER_GIRL,
    POLICY,
    SOPHEA,
    STAFF,
    STRANGER,
    acts,
    clock,
    consent,
    meet,
    mentor,
    mentor_row,
    refused,
    requested,
    state,
    student,
    talking,
    wish,
)


async def _approved(session: Session, girl: int = GIRL) -> Introduction:
    row = await requested(session, girl)
    await introductions.approve(acts(session, BOPHA), row.id, POLICY)
    return row


async def _names(session: Session, row: Introduction) -> list[str]:
    return [move.move for move in await moves.history(session, row.id)]


async def test_a_mentors_clock_runs_in_sight(database: Database) -> None:
    async with database.write() as session:
        await mentor(session, SOPHEA)
        row = await _approved(session)
        await mentor(session, DARA)
        assert row.mentor_id == SOPHEA
        await due.go_round(clock(session, NOW + 23 * HOUR), POLICY)
        await due.go_round(clock(session, NOW + 24 * HOUR), POLICY)
        await due.go_round(clock(session, NOW + 25 * HOUR), POLICY)
        assert await _names(session, row) == ["ask", "approve", "offer", "nudge"]
        await due.go_round(clock(session, NOW + 72 * HOUR), POLICY)
        assert (row.state, row.mentor_id) == (State.OFFERED, DARA)
        assert (await _names(session, row))[-2:] == ["reoffer", "offer"]
        with refused("mentor.passed"):
            await introductions.accept(acts(session, SOPHEA), row.id, POLICY)
        await introductions.accept(acts(session, DARA, NOW + 73 * HOUR), row.id, POLICY)


async def test_a_decline_passes_to_the_next_and_then_waits_without_being_lost(
    database: Database,
) -> None:
    async with database.write() as session:
        await mentor(session, SOPHEA)
        await mentor(session, DARA)
        row = await _approved(session)
        first = row.mentor_id
        assert first is not None
        await introductions.pass_on(acts(session, first), row.id, "busy", POLICY)
        second = row.mentor_id
        assert second is not None
        assert {first, second} == {SOPHEA, DARA}
        await introductions.pass_on(acts(session, second), row.id, "busy", POLICY)
        assert (row.state, row.mentor_id) == (State.APPROVED, None)
        await due.go_round(clock(session, NOW), POLICY)
        assert (await _names(session, row))[-1] == "wait"
        await mentor(session, LINA)
        await due.go_round(clock(session, NOW + 2 * HOUR), POLICY)
        assert (row.state, row.mentor_id) == (State.OFFERED, LINA)


@pytest.mark.parametrize("days", [14, 400])
async def test_a_request_that_nobody_reads_expires_after_reminders(
    database: Database, days: int
) -> None:
    async with database.write() as session:
        await mentor(session, SOPHEA)
        row = await requested(session)
        for hours in range(0, days * 24, 12):
            if row.state == State.REQUESTED:
                await due.go_round(clock(session, NOW + hours * HOUR), POLICY)
        await due.go_round(clock(session, NOW + days * DAY), POLICY)
        assert row.state == State.EXPIRED
        assert (await _names(session, row)).count("remind") == 6


async def test_after_a_long_sleep_the_clock_does_each_thing_once(database: Database) -> None:
    async with database.write() as session:
        await mentor(session, SOPHEA)
        row = await requested(session)
        for _ in range(3):
            await due.go_round(clock(session, NOW + 9 * DAY), POLICY)
        assert (await _names(session, row)).count("remind") == 1


async def test_a_talk_ends_when_planned_unless_both_want_more(database: Database) -> None:
    async with database.write() as session:
        row = await talking(session)
        for day in range(22):
            await due.go_round(clock(session, NOW + day * DAY), POLICY)
        assert (await _names(session, row))[-2:] == ["check_in", "ask_more"]
        at = NOW + 22 * DAY
        await talks.wish_more(acts(session, GIRL, at), row.id, POLICY, more=True)
        await talks.wish_more(acts(session, SOPHEA, at), row.id, POLICY, more=True)
        assert row.ends_at_utc == NOW + 2 * POLICY.talk_lasts
        for day in range(22, 50):
            await due.go_round(clock(session, NOW + day * DAY), POLICY)
        at = NOW + 50 * DAY
        await talks.wish_more(acts(session, GIRL, at), row.id, POLICY, more=True)
        await talks.wish_more(acts(session, SOPHEA, at), row.id, POLICY, more=False)
        await due.go_round(clock(session, NOW + 56 * DAY), POLICY)
        assert row.state == State.ENDED
        await talks.give_feedback(acts(session, GIRL, at), row.id, "good")


async def test_without_a_coordinator_on_call_nothing_opens(database: Database) -> None:
    async with database.write() as session:
        await mentor(session, SOPHEA)
        row = await requested(session)
        for who in STAFF:
            await switches.turn(acts(session, who), switches.duty(who), on=False)
        with refused("approve.no_coordinator"):
            await introductions.approve(acts(session, BOPHA), row.id, POLICY)
        await switches.turn(acts(session, NARY), switches.duty(NARY), on=True)
        await switches.turn(acts(session, NARY), switches.RELAY, on=False)
        with refused("approve.off"):
            await introductions.approve(acts(session, BOPHA), row.id, POLICY)
        with pytest.raises(NotAllowedError):
            await switches.turn(acts(session, STRANGER), switches.RELAY, on=True)


async def test_a_mentor_is_never_over_her_places(database: Database) -> None:
    async with database.write() as session:
        await mentor(session, SOPHEA, places=1)
        await _approved(session)
        assert await introductions.fitting(session, 9, "software", "km", None, NOW) == []
        await student(session, OTHER_GIRL)
        await consent(session, OTHER_GIRL)
        asked = await introductions.request(acts(session, OTHER_GIRL), wish(), POLICY)
        assert asked is None
        await mentors.fill(acts(session, SOPHEA), "places", "2")
        assert await introductions.request(acts(session, OTHER_GIRL), wish(), POLICY)


async def test_the_wished_mentor_is_asked_first_and_language_and_place_count(
    database: Database,
) -> None:
    async with database.write() as session:
        await meet(session, *STAFF)
        for who in (SOPHEA, DARA, LINA):
            await mentor(session, who)
        (await mentor_row(session, LINA)).province = "kampot"
        (await mentor_row(session, SOPHEA)).languages = ["en"]
        found = await introductions.fitting(session, GIRL, "software", "km", "kampot", NOW)
        assert [m.person_id for m in found] == [LINA, DARA, SOPHEA]
        await student(session, GIRL)
        await consent(session)
        row = await introductions.request(acts(session, GIRL), wish(mentor_id=SOPHEA), POLICY)
        assert row is not None
        await introductions.approve(acts(session, BOPHA), row.id, POLICY)
        assert row.mentor_id == SOPHEA


async def test_a_report_freezes_and_the_two_are_never_matched_again(database: Database) -> None:
    async with database.write() as session:
        row = await talking(session)
        await talks.report(acts(session, GIRL), row.id, POLICY)
        assert row.state == State.BLOCKED
        for actor in (GIRL, SOPHEA):
            with refused("talk.cannot"):
                await talks.resume(acts(session, actor), row.id, POLICY)
            with refused("talk.cannot"):
                await talks.end(acts(session, actor), row.id, POLICY)
        await talks.end(acts(session, BOPHA), row.id, POLICY)
        assert await state(session, row) is State.ENDED
        assert await introductions.fitting(session, GIRL, "software", "km", None, NOW) == []
        assert len(await introductions.fitting(session, OTHER_GIRL, "software", "km", None, NOW))


async def test_only_the_one_who_paused_goes_on(database: Database) -> None:
    async with database.write() as session:
        row = await talking(session)
        await talks.pause(acts(session, GIRL), row.id, POLICY)
        for other in (SOPHEA, BOPHA):
            with refused("talk.cannot"):
                await talks.resume(acts(session, other), row.id, POLICY)
        await talks.resume(acts(session, GIRL), row.id, POLICY)
        await talks.report(acts(session, SOPHEA), row.id, POLICY)
        await talks.reopen(acts(session, BOPHA), row.id, POLICY)
        with refused("talk.cannot"):
            await talks.resume(acts(session, GIRL), row.id, POLICY)
        await talks.resume(acts(session, SOPHEA), row.id, POLICY)


async def test_what_each_role_may_not_do(database: Database) -> None:
    async with database.write() as session:
        await mentor(session, SOPHEA)
        row = await _approved(session)
        stranger = acts(session, STRANGER)
        attempts = [
            act(stranger, row.id, POLICY)
            for act in (
                introductions.approve,
                introductions.refuse,
                talks.pause,
                talks.resume,
                talks.end,
                talks.report,
                talks.reopen,
                introductions.accept,
                introductions.begin,
                introductions.withdraw,
            )
        ]
        attempts += [
            introductions.approve(acts(session, GIRL), row.id, POLICY),
            introductions.approve(acts(session, SOPHEA), row.id, POLICY),
            introductions.accept(acts(session, GIRL), row.id, POLICY),
            introductions.begin(acts(session, SOPHEA), row.id, POLICY),
            talks.give_feedback(stranger, row.id, "bad"),
            talks.give_feedback(acts(session, BOPHA), row.id, "bad"),
            introductions.pass_on(acts(session, DARA), row.id, "busy", POLICY),
        ]
        for attempt in attempts:
            with pytest.raises(NotAllowedError):
                await attempt
        assert row.state == State.OFFERED


async def test_offers_run_in_hours_that_the_settings_choose(database: Database) -> None:
    async with database.write() as session:
        await mentor(session, SOPHEA)
        row = await _approved(session)
        assert row.due_at_utc == NOW + timedelta(hours=24)
