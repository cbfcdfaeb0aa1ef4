"""Cases: who is called, who may take, read, write in and close one."""

from collections.abc import Awaitable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.database import Database, Session
from bot.people import people
from bot.people.staff import Actor
from bot.people.tables import Person
from bot.queues import outbox
from bot.queues.messages import Text
from bot.queues.outbox import Lane
from bot.queues.tables import OutboxMessage, OutboxState
from bot.refusals import GoneError, NotAllowedError, RefusedError
from bot.safety import case_talk, cases, on_call
from bot.safety import privacy as case_privacy
from bot.safety.on_call import Alert, Step
from bot.safety.states import News, Outcome
from bot.safety.tables import Case, CaseMessage
from bot.screens.screen import Html
from bot.settings import Settings

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TEN_MINUTES = timedelta(minutes=10)
GIRL, STRANGER, FIRST, SECOND = 1, 2, 11, 12
STAFF = (FIRST, SECOND)


def _as(session: Session, person_id: int, at: datetime = NOW) -> Actor:
    return Actor(session, person_id, STAFF, at)


async def _everybody(session: Session, *person_ids: int) -> None:
    for person_id in person_ids or (GIRL, STRANGER, *STAFF):
        await people.meet(session, person_id, "km", NOW)


async def _opened(session: Session, *words: str) -> int:
    """Let everybody meet the bot and the girl open a case; return its number."""
    await _everybody(session)
    opened = await cases.open_case(_as(session, GIRL), "abuse", words or ("words",), TEN_MINUTES)
    if opened.alert is not None:
        await _ends(session, opened.alert, OutboxState.SENT)
    return opened.case.id


async def _ends(session: Session, alert: Alert, state: OutboxState) -> None:
    """Let an alert be staged, and end so."""
    await outbox.stage(
        session,
        Text(Html("alert")),
        to=alert.coordinator_id,
        key=alert.key,
        lane=Lane.NOTE,
        now=NOW,
    )
    row = (await session.scalars(_outbox(alert.key))).one()
    row.state = state
    await session.flush()


def _outbox(key: str) -> Any:
    return select(OutboxMessage).where(OutboxMessage.key == key)


async def _look(session: Session, at: datetime, staff: tuple[int, ...] = STAFF) -> Step | None:
    """Let the clock look after the one case."""

    async def everybody(_person_id: int) -> tuple[int, ...]:
        return staff

    steps = await on_call.look_after(session, everybody, at, TEN_MINUTES)
    assert len(steps) < 2
    return steps[0] if steps else None


def _said(step: Step | None) -> tuple[int | None, News | None]:
    assert step is not None
    return step.alert.coordinator_id if step.alert else None, step.news


async def _refused(attempt: Awaitable[object], why: type[Exception] = NotAllowedError) -> None:
    with pytest.raises(why):
        await attempt


# Who is called


async def test_a_case_goes_to_the_next_coordinator_until_somebody_takes_it(
    database: Database,
) -> None:
    async with database.write() as session:
        number = await _opened(session)
        assert _said(await _look(session, NOW)) == (None, News.ARRIVED)
        assert await _look(session, NOW) is None
        step = await _look(session, NOW + TEN_MINUTES)
        assert _said(step) == (SECOND, News.NOT_YET)
        assert step is not None
        assert step.alert is not None
        await _ends(session, step.alert, OutboxState.SENT)
        assert await _look(session, NOW + TEN_MINUTES) is None
        assert _said(await _look(session, NOW + 2 * TEN_MINUTES)) == (FIRST, News.ALL_CALLED)
        assert _said(await _look(session, NOW + 3 * TEN_MINUTES)) == (SECOND, None)
        _, taken = await cases.acknowledge(_as(session, SECOND), number)
        assert taken
        await _refused(cases.acknowledge(_as(session, FIRST), number), GoneError)
        assert await _look(session, NOW + timedelta(days=1)) is None


async def test_who_blocked_the_bot_or_never_wrote_to_it_is_called_after_the_others(
    database: Database,
) -> None:
    async with database.write() as session:
        await _everybody(session, GIRL, SECOND)
        opened = await cases.open_case(_as(session, GIRL), "abuse", (), TEN_MINUTES)
        assert opened.alert == Alert(opened.case.id, SECOND, 0)
        people.left(await session.get_one(Person, SECOND))
        await session.flush()
        await _ends(session, opened.alert, OutboxState.DROPPED)
        # Only Telegram knows whether a stranger can be written to: she is tried, once.
        step = await _look(session, NOW)
        assert _said(step) == (FIRST, None)
        assert step is not None
        assert step.alert is not None
        await _ends(session, step.alert, OutboxState.DROPPED)
        assert _said(await _look(session, NOW)) == (None, News.NOBODY)
        assert await _look(session, NOW + TEN_MINUTES) is None


async def test_an_alert_that_telegram_refuses_is_not_tried_again_and_again(
    database: Database,
) -> None:
    async with database.write() as session:
        await _everybody(session)
        opened = await cases.open_case(_as(session, GIRL), "abuse", (), TEN_MINUTES)
        alert, called = opened.alert, []
        while alert is not None:
            called.append(alert.coordinator_id)
            await _ends(session, alert, OutboxState.DROPPED)
            step = await _look(session, NOW)
            alert = step.alert if step is not None else None
        assert called == [FIRST, SECOND]
        assert _said(await _look(session, NOW + TEN_MINUTES))[0] == FIRST


async def test_nobody_is_called_for_herself(database: Database) -> None:
    async with database.write() as session:
        await _everybody(session)
        opened = await cases.open_case(_as(session, FIRST), "help", (), TEN_MINUTES)
        assert opened.alert is not None
        assert opened.alert.coordinator_id == SECOND
        await _refused(cases.acknowledge(_as(session, FIRST), opened.case.id), GoneError)


async def test_a_second_call_alerts_again(database: Database) -> None:
    async with database.write() as session:
        number = await _opened(session, "he hits me")
        girl = _as(session, GIRL)
        again = await cases.open_case(girl, "help", ("he hits me", "he is here"), TEN_MINUTES)
        assert again.case.id == number
        assert again.alert == Alert(number, SECOND, 1)
        assert [one.text for one in again.words] == ["he is here"]
        await _ends(session, again.alert, OutboxState.SENT)
        await cases.acknowledge(_as(session, FIRST), number)
        once_more = await cases.open_case(girl, "help", ("now",), TEN_MINUTES)
        assert once_more.alert == Alert(number, FIRST, 2, again=True)
        assert [one.to_id for one in once_more.words] == [FIRST]


async def test_a_call_that_is_on_its_way_is_not_made_twice(database: Database) -> None:
    async with database.write() as session:
        await _everybody(session)
        first = await cases.open_case(_as(session, GIRL), "abuse", (), TEN_MINUTES)
        assert first.alert is not None
        await _ends(session, first.alert, OutboxState.WAITING)
        again = await cases.open_case(_as(session, GIRL), "abuse", (), TEN_MINUTES)
        assert (again.alert, again.case.standing) == (None, cases.Standing.CALLING)


async def test_the_start_says_who_cannot_be_called(database: Database) -> None:
    async with database.write() as session:
        (nobody,) = await on_call.doubts(session, ())
        assert "COORDINATOR_IDS" in nobody
        await _everybody(session, FIRST)
        (stranger,) = await on_call.doubts(session, STAFF)
        assert f"{SECOND} has never written" in stranger
        people.left(await session.get_one(Person, FIRST))
        await session.flush()
        *_, left, none = await on_call.doubts(session, STAFF)
        assert f"{FIRST} has stopped the bot" in left
        assert "none of the coordinators" in none
        await _everybody(session)
        assert await on_call.doubts(session, STAFF) == []


# Who has it


@pytest.mark.parametrize("how", ["lost the role", "cannot be reached"])
async def test_a_coordinator_who_is_gone_loses_her_case_at_once(
    database: Database, how: str
) -> None:
    staff = (SECOND,) if how == "lost the role" else STAFF
    async with database.write() as session:
        number = await _opened(session)
        await cases.acknowledge(_as(session, FIRST), number)
        if how == "cannot be reached":
            people.left(await session.get_one(Person, FIRST))
            await session.flush()
        girl = Actor(session, GIRL, staff, NOW)
        carried = await case_talk.carry(girl, "are you there?", message_id=5)
        assert carried is not None
        assert (carried.to_id, carried.case.standing) != (FIRST, cases.Standing.TAKEN)
        assert _said(await _look(session, NOW, staff)) == (SECOND, News.BETWEEN)
        gone = Actor(session, FIRST, staff, NOW)
        for attempt in (
            case_talk.say(gone, number, "Meet me", message_id=1),
            case_talk.read(gone, number),
            case_talk.side(gone, number),
            cases.close(gone, number, Outcome.SAFE),
        ):
            await _refused(attempt, NotAllowedError if staff != STAFF else Exception)
        await cases.acknowledge(Actor(session, SECOND, staff, NOW), number)


async def test_who_leaves_the_desk_gives_her_cases_back(database: Database) -> None:
    async with database.write() as session:
        number = await _opened(session)
        await cases.acknowledge(_as(session, FIRST), number)
        await on_call.release(session, FIRST, NOW)
        assert await on_call.anything_open(session, STAFF)
        assert _said(await _look(session, NOW)) == (SECOND, News.BETWEEN)


async def test_a_case_is_handed_over_with_all_that_was_said(database: Database) -> None:
    async with database.write() as session:
        number = await _opened(session, "first words")
        bopha, nary = _as(session, FIRST), _as(session, SECOND)
        await _refused(cases.hand_over(bopha, number, SECOND), GoneError)
        await cases.acknowledge(bopha, number)
        await _refused(cases.hand_over(bopha, number, STRANGER), GoneError)
        await case_talk.say(bopha, number, "are you safe?", message_id=7)
        await case_talk.carry(_as(session, GIRL), "yes", message_id=8)
        await cases.hand_over(bopha, number, SECOND)
        talk = await case_talk.read(nary, number)
        assert [line.text for line in talk.lines] == ["first words", "are you safe?", "yes"]
        assert (talk.unanswered, talk.case.tongue) == (True, "km")
        await _refused(case_talk.read(bopha, number), GoneError)
        people.left(await session.get_one(Person, FIRST))
        await session.flush()
        await _refused(cases.hand_over(nary, number, FIRST), RefusedError)


async def test_only_coordinators_touch_cases(database: Database) -> None:
    async with database.write() as session:
        number = await _opened(session)
        for person_id in (GIRL, STRANGER):
            actor = _as(session, person_id)
            for attempt in (
                cases.acknowledge(actor, number),
                cases.close(actor, number, Outcome.SAFE),
                cases.reopen(actor, number),
                cases.open_cases(actor),
                cases.hand_over(actor, number, FIRST),
                cases.add_note(actor, number, "words"),
                case_talk.read(actor, number),
                case_talk.say(actor, number, "words", message_id=1),
                case_talk.said_before(actor, number),
                case_talk.refuse(actor, number, "number"),
            ):
                await _refused(attempt)


async def test_only_the_two_of_a_case_write_to_each_other(database: Database) -> None:
    async with database.write() as session:
        number = await _opened(session)
        await cases.acknowledge(_as(session, FIRST), number)
        assert await case_talk.side(_as(session, FIRST), number) == "staff"
        assert await case_talk.side(_as(session, GIRL), number) == "girl"
        for outsider in (STRANGER, SECOND):
            await _refused(case_talk.side(_as(session, outsider), number))
        await _refused(case_talk.say(_as(session, SECOND), number, "x", message_id=1), GoneError)
        await _refused(case_talk.read(_as(session, SECOND), number), GoneError)


# What is written


async def test_what_she_writes_is_kept_once_and_an_edit_is_a_correction(
    database: Database,
) -> None:
    async with database.write() as session:
        number = await _opened(session)
        girl = _as(session, GIRL)
        first = await case_talk.carry(girl, "he is here", message_id=5)
        again = await case_talk.carry(girl, "he is here", message_id=5)
        edited = await case_talk.carry(girl, "he is at home", message_id=5)
        assert first is not None
        assert again is not None
        assert edited is not None
        assert first.number == again.number != edited.number
        assert (first.corrected, edited.corrected) == (False, True)
        bopha = _as(session, FIRST)
        await cases.acknowledge(bopha, number)
        talk = await case_talk.read(bopha, number)
        assert [line.text for line in talk.lines] == ["words", "he is here", "he is at home"]


async def test_the_words_of_the_call_are_not_kept_twice(database: Database) -> None:
    async with database.write() as session:
        await _opened(session, "he hits me")
        carried = await case_talk.carry(_as(session, GIRL), "he hits me", message_id=5)
        assert carried is not None
        assert not carried.corrected
        # The same words an hour later are new.
        later = _as(session, GIRL, NOW + timedelta(hours=1))
        once_more = await case_talk.carry(later, "he hits me", message_id=6)
        assert once_more is not None
        assert (once_more.number, once_more.corrected) != (carried.number, True)


async def test_whoever_has_no_case_is_not_carried(database: Database) -> None:
    async with database.write() as session:
        await _opened(session)
        assert await case_talk.carry(_as(session, STRANGER), "hello", message_id=1) is None


async def test_a_long_talk_is_read_page_by_page(database: Database) -> None:
    async with database.write() as session:
        number = await _opened(session)
        for place in range(24):
            await case_talk.carry(_as(session, GIRL), f"line {place}", message_id=place)
        bopha = _as(session, FIRST)
        await cases.acknowledge(bopha, number)
        last = await case_talk.read(bopha, number)
        assert (last.page, last.pages, last.lines[-1].text) == (2, 3, "line 23")
        assert (await case_talk.read(bopha, number, 0)).lines[0].text == "words"


# How it ends


async def test_closing_can_be_taken_back_for_a_minute(database: Database) -> None:
    async with database.write() as session:
        number = await _opened(session)
        bopha = _as(session, FIRST)
        await cases.acknowledge(bopha, number)
        await cases.close(bopha, number, Outcome.MISTAKE)
        await _refused(case_talk.read(bopha, number), GoneError)
        await cases.reopen(_as(session, FIRST, NOW + timedelta(seconds=59)), number)
        assert (await case_talk.read(bopha, number)).lines[0].text == "words"
        await cases.close(bopha, number, Outcome.MISTAKE)
        over = _as(session, FIRST, NOW + cases.UNDO)
        await _refused(cases.reopen(over, number), GoneError)


async def test_what_she_writes_before_she_hears_of_the_end_opens_the_case_again(
    database: Database,
) -> None:
    async with database.write() as session:
        number = await _opened(session)
        bopha = _as(session, FIRST)
        await cases.acknowledge(bopha, number)
        await cases.close(bopha, number, Outcome.QUIET)
        at_once = _as(session, GIRL, NOW + timedelta(seconds=30))
        carried = await case_talk.carry(at_once, "I am here", message_id=9)
        assert carried is not None
        assert (carried.case.id, carried.to_id) == (number, FIRST)
        await cases.close(bopha, number, Outcome.QUIET)
        later = _as(session, GIRL, NOW + cases.UNDO)
        assert await case_talk.carry(later, "hello", message_id=10) is None


async def test_a_later_case_of_the_same_girl_shows_the_earlier_one(database: Database) -> None:
    async with database.write() as session:
        number = await _opened(session, "the first time")
        bopha, nary = _as(session, FIRST), _as(session, SECOND)
        await cases.acknowledge(bopha, number)
        await cases.close(bopha, number, Outcome.SAFE)
        next_day = NOW + timedelta(days=1)
        back = _as(session, GIRL, next_day)
        again = await cases.open_case(back, "abuse", ("again",), TEN_MINUTES)
        assert again.case.id != number
        await _refused(case_talk.read(nary, number), GoneError)
        await cases.acknowledge(nary, again.case.id)
        assert (await case_talk.read(nary, again.case.id)).earlier == (number,)
        earlier = await case_talk.read(nary, number)
        assert (earlier.lines[0].text, earlier.outcome) == ("the first time", Outcome.SAFE)
        await _refused(case_talk.read(bopha, number), GoneError)


async def _texts(session: Session) -> list[str]:
    return list(await session.scalars(select(CaseMessage.text).order_by(CaseMessage.id)))


async def test_a_mistake_is_erased_when_it_can_not_be_taken_back(database: Database) -> None:
    async with database.write() as session:
        number = await _opened(session)
        bopha = _as(session, FIRST)
        await cases.acknowledge(bopha, number)
        await cases.add_note(bopha, number, "a joke")
        await cases.close(bopha, number, Outcome.MISTAKE)
        await cases.erase_mistakes(session, NOW)
        assert await _texts(session) == ["words"]
        assert not await cases.has_mistakes(session, NOW)
        assert await cases.has_mistakes(session, NOW + cases.UNDO)
        await cases.erase_mistakes(session, NOW + cases.UNDO)
        assert await _texts(session) == []


async def test_what_was_written_goes_with_the_case_in_its_time(database: Database) -> None:
    settings = Settings(case_days=30, _env_file=None)
    async with database.write() as session:
        number = await _opened(session)
        bopha = _as(session, FIRST)
        await cases.acknowledge(bopha, number)
        await cases.close(bopha, number, Outcome.PASSED_ON)
        await case_privacy.forget_old(session, settings, NOW + timedelta(days=30))
        assert await _texts(session) == ["words"]
        await case_privacy.forget_old(session, settings, NOW + timedelta(days=31))
        assert await _texts(session) == []
        assert await session.get(Case, number) is None


@pytest.mark.parametrize("taken", [True, False])
async def test_a_case_in_which_nobody_writes_ends_but_never_one_that_nobody_took(
    database: Database, taken: bool
) -> None:
    settings = Settings(case_days=30, _env_file=None)
    async with database.write() as session:
        number = await _opened(session)
        if taken:
            await cases.acknowledge(_as(session, FIRST), number)
            late = _as(session, FIRST, NOW + timedelta(days=20))
            await case_talk.say(late, number, "how are you?", message_id=1)
        await case_privacy.forget_old(session, settings, NOW + timedelta(days=40))
        assert await _texts(session)
        await case_privacy.forget_old(session, settings, NOW + timedelta(days=51))
        assert bool(await _texts(session)) is not taken


async def test_a_coordinator_who_erases_herself_leaves_what_she_wrote_without_her(
    database: Database,
) -> None:
    async with database.write() as session:
        number = await _opened(session)
        await cases.acknowledge(_as(session, FIRST), number)
        await case_talk.say(_as(session, FIRST), number, "are you safe?", message_id=1)
        assert (await case_privacy.export(session, FIRST))["written_in_cases"]
        hers = (await case_privacy.export(session, GIRL))["talks_with_a_person"]
        assert [m["from"] for m in hers[0]["messages"]] == ["you", "coordinator"]
        await case_privacy.erase(session, FIRST, NOW)
        assert await _texts(session) == ["words", "are you safe?"]
        await case_privacy.erase(session, GIRL, NOW)
        assert await _texts(session) == []


def test_an_alert_has_failed_when_the_outbox_says_so() -> None:
    """An alert that was dropped has failed; one that waits may still arrive."""
    assert outbox.Outcome(waits=False, message_id=None, sent=False).failed
    assert not outbox.Outcome(waits=True, message_id=None, sent=False).failed
    assert not outbox.Outcome(waits=False, message_id=None, sent=True).failed
