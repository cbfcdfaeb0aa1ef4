"""Who is called for a case: the next in time, and nobody twice or in vain."""

from datetime import timedelta

import pytest

from bot.database import Database
from bot.people import people
from bot.people.staff import Actor
from bot.people.tables import Person
from bot.queues import outbox
from bot.queues.tables import OutboxState
from bot.refusals import GoneError, NotAllowedError
from bot.safety import case_talk, case_work, cases, on_call
from bot.safety.on_call import Alert
from bot.safety.states import News, Outcome
from tests.safety.helpline import (
    FIRST,
    GIRL,
    NOW,
    SECOND,
    STAFF,
    TEN_MINUTES,
    acts,
    case_opened,
    ends,
    look,
    meet,
    refused,
    said,
)


async def test_a_case_goes_to_the_next_coordinator_until_somebody_takes_it(
    database: Database,
) -> None:
    async with database.write() as session:
        number = await case_opened(session)
        assert said(await look(session, NOW)) == (None, News.ARRIVED)
        assert await look(session, NOW) is None
        step = await look(session, NOW + TEN_MINUTES)
        assert said(step) == (SECOND, News.NOT_YET)
        assert step is not None
        assert step.alert is not None
        await ends(session, step.alert, OutboxState.SENT)
        assert await look(session, NOW + TEN_MINUTES) is None
        assert said(await look(session, NOW + 2 * TEN_MINUTES)) == (FIRST, News.ALL_CALLED)
        assert said(await look(session, NOW + 3 * TEN_MINUTES)) == (SECOND, None)
        _, taken = await case_work.acknowledge(acts(session, SECOND), number)
        assert taken
        await refused(case_work.acknowledge(acts(session, FIRST), number), GoneError)
        assert await look(session, NOW + timedelta(days=1)) is None


async def test_who_blocked_the_bot_or_never_wrote_to_it_is_called_after_the_others(
    database: Database,
) -> None:
    async with database.write() as session:
        await meet(session, GIRL, SECOND)
        opened = await cases.open_case(acts(session, GIRL), "abuse", (), TEN_MINUTES)
        assert opened.alert == Alert(opened.case.id, SECOND, 0, "abuse")
        people.left(await session.get_one(Person, SECOND))
        await session.flush()
        await ends(session, opened.alert, OutboxState.DROPPED)
        # Only Telegram knows whether a stranger can be written to: she is tried, once.
        step = await look(session, NOW)
        assert said(step) == (FIRST, None)
        assert step is not None
        assert step.alert is not None
        await ends(session, step.alert, OutboxState.DROPPED)
        assert said(await look(session, NOW)) == (None, News.NOBODY)
        assert await look(session, NOW + TEN_MINUTES) is None


async def test_an_alert_that_telegram_refuses_is_not_tried_again_and_again(
    database: Database,
) -> None:
    async with database.write() as session:
        await meet(session)
        opened = await cases.open_case(acts(session, GIRL), "abuse", (), TEN_MINUTES)
        alert, called = opened.alert, []
        while alert is not None:
            called.append(alert.coordinator_id)
            await ends(session, alert, OutboxState.DROPPED)
            step = await look(session, NOW)
            alert = step.alert if step is not None else None
        assert called == [FIRST, SECOND]
        assert said(await look(session, NOW + TEN_MINUTES))[0] == FIRST


async def test_nobody_is_called_for_herself(database: Database) -> None:
    async with database.write() as session:
        await meet(session)
        opened = await cases.open_case(acts(session, FIRST), "help", (), TEN_MINUTES)
        assert opened.alert is not None
        assert opened.alert.coordinator_id == SECOND
        await refused(case_work.acknowledge(acts(session, FIRST), opened.case.id), GoneError)


async def test_a_second_call_alerts_again(database: Database) -> None:
    async with database.write() as session:
        number = await case_opened(session, "he hits me")
        girl = acts(session, GIRL)
        again = await cases.open_case(girl, "help", ("he hits me", "he is here"), TEN_MINUTES)
        assert again.case.id == number
        assert again.alert == Alert(number, SECOND, 1, "abuse")
        assert [one.text for one in again.words] == ["he is here"]
        await ends(session, again.alert, OutboxState.SENT)
        await case_work.acknowledge(acts(session, FIRST), number)
        once_more = await cases.open_case(girl, "help", ("now",), TEN_MINUTES)
        assert once_more.alert == Alert(number, FIRST, 2, "abuse", again=True)
        assert [one.to_id for one in once_more.words] == [FIRST]


async def test_a_call_that_is_on_its_way_is_not_made_twice(database: Database) -> None:
    async with database.write() as session:
        await meet(session)
        first = await cases.open_case(acts(session, GIRL), "abuse", (), TEN_MINUTES)
        assert first.alert is not None
        await ends(session, first.alert, OutboxState.WAITING)
        again = await cases.open_case(acts(session, GIRL), "abuse", (), TEN_MINUTES)
        assert (again.alert, again.case.standing) == (None, cases.Standing.CALLING)


async def test_the_start_says_who_cannot_be_called(database: Database) -> None:
    async with database.write() as session:
        (nobody,) = await on_call.doubts(session, ())
        assert "COORDINATOR_IDS" in nobody
        await meet(session, FIRST)
        (stranger,) = await on_call.doubts(session, STAFF)
        assert f"{SECOND} has never written" in stranger
        people.left(await session.get_one(Person, FIRST))
        await session.flush()
        *_, left, none = await on_call.doubts(session, STAFF)
        assert f"{FIRST} has stopped the bot" in left
        assert "none of the coordinators" in none
        await meet(session)
        assert await on_call.doubts(session, STAFF) == []


@pytest.mark.parametrize("how", ["lost the role", "cannot be reached"])
async def test_a_coordinator_who_is_gone_loses_her_case_at_once(
    database: Database, how: str
) -> None:
    staff = (SECOND,) if how == "lost the role" else STAFF
    async with database.write() as session:
        number = await case_opened(session)
        await case_work.acknowledge(acts(session, FIRST), number)
        if how == "cannot be reached":
            people.left(await session.get_one(Person, FIRST))
            await session.flush()
        girl = Actor(session, GIRL, staff, NOW)
        carried = await case_talk.carry(girl, "are you there?", message_id=5)
        assert carried is not None
        assert (carried.to_id, carried.case.standing) != (FIRST, cases.Standing.TAKEN)
        assert said(await look(session, NOW, staff)) == (SECOND, News.BETWEEN)
        gone = Actor(session, FIRST, staff, NOW)
        for attempt, why in (
            (case_talk.say(gone, number, "Meet me", message_id=1), GoneError),
            (case_talk.read(gone, number), GoneError),
            (case_talk.side(gone, number), GoneError),
            (case_work.close(gone, number, Outcome.SAFE), GoneError),
        ):
            await refused(attempt, NotAllowedError if staff != STAFF else why)
        await case_work.acknowledge(Actor(session, SECOND, staff, NOW), number)


async def test_who_leaves_the_desk_gives_her_cases_back(database: Database) -> None:
    async with database.write() as session:
        number = await case_opened(session)
        await case_work.acknowledge(acts(session, FIRST), number)
        await on_call.release(session, FIRST, NOW)
        assert await on_call.anything_open(session, STAFF)
        assert said(await look(session, NOW)) == (SECOND, News.BETWEEN)


def test_an_alert_has_failed_when_the_outbox_says_so() -> None:
    """An alert that was dropped has failed; one that waits may still arrive."""
    assert outbox.Outcome(waits=False, message_id=None, sent=False).failed
    assert not outbox.Outcome(waits=True, message_id=None, sent=False).failed
    assert not outbox.Outcome(waits=False, message_id=None, sent=True).failed
