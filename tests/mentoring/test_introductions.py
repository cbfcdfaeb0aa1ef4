"""Asking, offering, the clock: the girl is told each time and nobody waits in silence."""

from datetime import timedelta

import pytest

from bot.mentoring import due, introductions, mentors, moves, switches
from bot.mentoring.states import State
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
    consent,
    meet,
    mentor,
    requested,
    student,
    talking,
    wish,
)


async def _approved(session, girl=GIRL):
    row = await requested(session, girl)
    assert await introductions.approve(session, BOPHA, STAFF, row.id, POLICY, NOW) is None
    return row


async def _names(session, row) -> list[str]:
    return [move.move for move in await moves.history(session, row.id)]


async def test_a_mentors_clock_runs_in_sight(database) -> None:
    async with database.write() as session:
        await mentor(session, SOPHEA)
        row = await _approved(session)
        await mentor(session, DARA)
        assert row.mentor_id == SOPHEA
        await due.go_round(session, STAFF, POLICY, NOW + 23 * HOUR)
        await due.go_round(session, STAFF, POLICY, NOW + 24 * HOUR)
        await due.go_round(session, STAFF, POLICY, NOW + 25 * HOUR)
        assert await _names(session, row) == ["ask", "approve", "offer", "nudge"]
        await due.go_round(session, STAFF, POLICY, NOW + 72 * HOUR)
        assert (row.state, row.mentor_id) == (State.OFFERED, DARA)
        assert (await _names(session, row))[-2:] == ["reoffer", "offer"]
        assert not await introductions.accept(session, SOPHEA, row.id, POLICY, NOW)
        assert await introductions.accept(session, DARA, row.id, POLICY, NOW + 73 * HOUR)


async def test_a_decline_passes_to_the_next_and_then_waits_without_being_lost(database) -> None:
    async with database.write() as session:
        await mentor(session, SOPHEA)
        await mentor(session, DARA)
        row = await _approved(session)
        first = row.mentor_id
        told = (session, first, STAFF, row.id, "busy", POLICY, NOW)
        assert await introductions.pass_on(*told)
        second = row.mentor_id
        assert {first, second} == {SOPHEA, DARA}
        assert await introductions.pass_on(session, second, STAFF, row.id, "busy", POLICY, NOW)
        assert (row.state, row.mentor_id) == (State.APPROVED, None)
        await due.go_round(session, STAFF, POLICY, NOW)
        assert (await _names(session, row))[-1] == "wait"
        await mentor(session, LINA)
        await due.go_round(session, STAFF, POLICY, NOW + 2 * HOUR)
        assert (row.state, row.mentor_id) == (State.OFFERED, LINA)


@pytest.mark.parametrize("days", [14, 400])
async def test_a_request_that_nobody_reads_expires_after_reminders(database, days) -> None:
    async with database.write() as session:
        await mentor(session, SOPHEA)
        row = await requested(session)
        for hours in range(0, days * 24, 12):
            if row.state == State.REQUESTED:
                await due.go_round(session, STAFF, POLICY, NOW + hours * HOUR)
        await due.go_round(session, STAFF, POLICY, NOW + days * DAY)
        assert row.state == State.EXPIRED
        assert (await _names(session, row)).count("remind") == 6


async def test_after_a_long_sleep_the_clock_does_each_thing_once(database) -> None:
    async with database.write() as session:
        await mentor(session, SOPHEA)
        row = await requested(session)
        for _ in range(3):
            await due.go_round(session, STAFF, POLICY, NOW + 9 * DAY)
        assert (await _names(session, row)).count("remind") == 1


async def test_a_talk_ends_when_planned_unless_both_want_more(database) -> None:
    async with database.write() as session:
        row = await talking(session)
        for day in range(22):
            await due.go_round(session, STAFF, POLICY, NOW + day * DAY)
        assert (await _names(session, row))[-2:] == ["check_in", "ask_more"]
        at = NOW + 22 * DAY
        assert await introductions.wish_more(session, GIRL, row.id, POLICY, at, more=True)
        assert await introductions.wish_more(session, SOPHEA, row.id, POLICY, at, more=True)
        assert row.ends_at_utc == NOW + 2 * POLICY.talk_lasts
        for day in range(22, 50):
            await due.go_round(session, STAFF, POLICY, NOW + day * DAY)
        at = NOW + 50 * DAY
        assert await introductions.wish_more(session, GIRL, row.id, POLICY, at, more=True)
        assert await introductions.wish_more(session, SOPHEA, row.id, POLICY, at, more=False)
        await due.go_round(session, STAFF, POLICY, NOW + 56 * DAY)
        assert row.state == State.ENDED
        assert await introductions.give_feedback(session, GIRL, row.id, "good", at)


async def test_without_a_coordinator_on_call_nothing_opens(database) -> None:
    async with database.write() as session:
        await mentor(session, SOPHEA)
        row = await requested(session)
        for who in STAFF:
            await switches.turn(session, who, STAFF, switches.duty(who), NOW, on=False)
        told = (session, BOPHA, STAFF, row.id, POLICY, NOW)
        assert await introductions.approve(*told) == "no_coordinator"
        await switches.turn(session, NARY, STAFF, switches.duty(NARY), NOW, on=True)
        await switches.turn(session, NARY, STAFF, switches.RELAY, NOW, on=False)
        assert await introductions.approve(*told) == "off"
        with pytest.raises(NotAllowedError):
            await switches.turn(session, STRANGER, STAFF, switches.RELAY, NOW, on=True)


async def test_a_mentor_is_never_over_her_places(database) -> None:
    async with database.write() as session:
        await mentor(session, SOPHEA, places=1)
        await _approved(session)
        assert await introductions.fitting(session, 9, "software", "km", None, NOW) == []
        await student(session, OTHER_GIRL)
        await consent(session, OTHER_GIRL)
        asked = await introductions.request(session, OTHER_GIRL, wish(), POLICY, NOW)
        assert asked is None
        fault = await mentors.fill(session, SOPHEA, "places", "2", NOW)
        assert fault is None
        assert await introductions.request(session, OTHER_GIRL, wish(), POLICY, NOW)


async def test_the_wished_mentor_is_asked_first_and_language_and_place_count(database) -> None:
    async with database.write() as session:
        await meet(session, *STAFF)
        for who in (SOPHEA, DARA, LINA):
            await mentor(session, who)
        (await mentors.find(session, LINA)).province = "kampot"
        (await mentors.find(session, SOPHEA)).languages = ["en"]
        found = await introductions.fitting(session, GIRL, "software", "km", "kampot", NOW)
        assert [m.person_id for m in found] == [LINA, DARA, SOPHEA]
        await student(session, GIRL)
        await consent(session)
        row = await introductions.request(session, GIRL, wish(mentor_id=SOPHEA), POLICY, NOW)
        await introductions.approve(session, BOPHA, STAFF, row.id, POLICY, NOW)
        assert row.mentor_id == SOPHEA


async def test_a_report_freezes_and_the_two_are_never_matched_again(database) -> None:
    async with database.write() as session:
        row = await talking(session)
        assert await introductions.report(session, GIRL, STAFF, row.id, POLICY, NOW)
        assert row.state == State.BLOCKED
        for actor in (GIRL, SOPHEA):
            assert not await introductions.resume(session, actor, STAFF, row.id, POLICY, NOW)
            assert not await introductions.end(session, actor, STAFF, row.id, POLICY, NOW)
        assert await introductions.end(session, BOPHA, STAFF, row.id, POLICY, NOW)
        assert row.state == State.ENDED
        assert await introductions.fitting(session, GIRL, "software", "km", None, NOW) == []
        assert len(await introductions.fitting(session, OTHER_GIRL, "software", "km", None, NOW))


async def test_only_the_one_who_paused_goes_on(database) -> None:
    async with database.write() as session:
        row = await talking(session)
        assert await introductions.pause(session, GIRL, STAFF, row.id, POLICY, NOW)
        for other in (SOPHEA, BOPHA):
            assert not await introductions.resume(session, other, STAFF, row.id, POLICY, NOW)
        assert await introductions.resume(session, GIRL, STAFF, row.id, POLICY, NOW)
        assert await introductions.report(session, SOPHEA, STAFF, row.id, POLICY, NOW)
        assert await introductions.reopen(session, BOPHA, STAFF, row.id, POLICY, NOW)
        assert not await introductions.resume(session, GIRL, STAFF, row.id, POLICY, NOW)
        assert await introductions.resume(session, SOPHEA, STAFF, row.id, POLICY, NOW)


async def test_what_each_role_may_not_do(database) -> None:
    async with database.write() as session:
        await mentor(session, SOPHEA)
        row = await _approved(session)
        told = (session, STRANGER, STAFF, row.id, POLICY, NOW)
        short = (session, STRANGER, row.id, POLICY, NOW)
        attempts = [
            act(*told)
            for act in (
                introductions.approve, introductions.refuse, introductions.pause,
                introductions.resume, introductions.end, introductions.report,
                introductions.reopen,
            )
        ]  # fmt: skip
        attempts += [
            act(*short)
            for act in (introductions.accept, introductions.begin, introductions.withdraw)
        ]
        attempts += [
            introductions.approve(session, GIRL, STAFF, row.id, POLICY, NOW),
            introductions.approve(session, SOPHEA, STAFF, row.id, POLICY, NOW),
            introductions.accept(session, GIRL, row.id, POLICY, NOW),
            introductions.begin(session, SOPHEA, row.id, POLICY, NOW),
            introductions.give_feedback(session, STRANGER, row.id, "bad", NOW),
            introductions.pass_on(session, DARA, STAFF, row.id, "busy", POLICY, NOW),
        ]
        for attempt in attempts:
            with pytest.raises(NotAllowedError):
                await attempt
        assert row.state == State.OFFERED


async def test_offers_run_in_hours_that_the_settings_choose(database) -> None:
    async with database.write() as session:
        await mentor(session, SOPHEA)
        row = await _approved(session)
        assert row.due_at_utc == NOW + timedelta(hours=24)
