"""Cases: who may take, read, hand over and close one, and what is left of it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.database import Database, Session
from bot.people import people
from bot.people.tables import Person
from bot.refusals import GoneError, RefusedError
from bot.safety import case_talk, case_upkeep, case_work, cases
from bot.safety import privacy as case_privacy
from bot.safety.states import Outcome
from bot.safety.tables import Case, CaseMessage
from bot.settings import Settings
from tests.safety.helpline import (
    FIRST,
    GIRL,
    NOW,
    SECOND,
    STRANGER,
    TEN_MINUTES,
    acts,
    case_opened,
    refused,
)

# Who has it


async def test_a_case_is_handed_over_with_all_that_was_said(database: Database) -> None:
    async with database.write() as session:
        number = await case_opened(session, "first words")
        bopha, nary = acts(session, FIRST), acts(session, SECOND)
        await refused(case_work.hand_over(bopha, number, SECOND), GoneError)
        await case_work.acknowledge(bopha, number)
        await refused(case_work.hand_over(bopha, number, STRANGER), GoneError)
        await case_talk.say(bopha, number, "are you safe?", message_id=7)
        await case_talk.carry(acts(session, GIRL), "yes", message_id=8)
        await case_work.hand_over(bopha, number, SECOND)
        talk = await case_talk.read(nary, number)
        assert [line.text for line in talk.lines] == ["first words", "are you safe?", "yes"]
        assert (talk.unanswered, talk.case.tongue) == (True, "km")
        await refused(case_talk.read(bopha, number), GoneError)
        people.left(await session.get_one(Person, FIRST))
        await session.flush()
        await refused(case_work.hand_over(nary, number, FIRST), RefusedError)


async def test_only_coordinators_touch_cases(database: Database) -> None:
    async with database.write() as session:
        number = await case_opened(session)
        for person_id in (GIRL, STRANGER):
            actor = acts(session, person_id)
            for attempt in (
                case_work.acknowledge(actor, number),
                case_work.close(actor, number, Outcome.SAFE),
                case_work.reopen(actor, number),
                case_work.open_cases(actor),
                case_work.hand_over(actor, number, FIRST),
                case_work.add_note(actor, number, "words"),
                case_talk.read(actor, number),
                case_talk.say(actor, number, "words", message_id=1),
                case_talk.said_before(actor, number),
                case_talk.refuse(actor, number, "number"),
            ):
                await refused(attempt)


# How it ends


async def test_closing_can_be_taken_back_for_a_minute(database: Database) -> None:
    async with database.write() as session:
        number = await case_opened(session)
        bopha = acts(session, FIRST)
        await case_work.acknowledge(bopha, number)
        await case_work.close(bopha, number, Outcome.MISTAKE)
        await refused(case_talk.read(bopha, number), GoneError)
        await case_work.reopen(acts(session, FIRST, NOW + timedelta(seconds=59)), number)
        assert (await case_talk.read(bopha, number)).lines[0].text == "words"
        await case_work.close(bopha, number, Outcome.MISTAKE)
        over = acts(session, FIRST, NOW + cases.UNDO)
        await refused(case_work.reopen(over, number), GoneError)


async def test_closing_is_not_taken_back_once_she_has_called_anew(database: Database) -> None:
    async with database.write() as session:
        number = await case_opened(session)
        bopha = acts(session, FIRST)
        await case_work.acknowledge(bopha, number)
        await case_work.close(bopha, number, Outcome.SAFE)
        later = acts(session, GIRL, NOW + cases.UNDO)
        anew = await cases.open_case(later, "abuse", ["again"], TEN_MINUTES)
        # The clock was put back meanwhile.
        within = acts(session, FIRST, NOW + timedelta(seconds=59))
        await refused(case_work.reopen(within, number), GoneError)
        assert await case_work.open_cases(bopha) == [(anew.case.id, None)]


async def test_what_she_writes_before_she_hears_of_the_end_opens_the_case_again(
    database: Database,
) -> None:
    async with database.write() as session:
        number = await case_opened(session)
        bopha = acts(session, FIRST)
        await case_work.acknowledge(bopha, number)
        await case_work.close(bopha, number, Outcome.QUIET)
        at_once = acts(session, GIRL, NOW + timedelta(seconds=30))
        carried = await case_talk.carry(at_once, "I am here", message_id=9)
        assert carried is not None
        assert (carried.case.id, carried.to_id) == (number, FIRST)
        await case_work.close(bopha, number, Outcome.QUIET)
        later = acts(session, GIRL, NOW + cases.UNDO)
        assert await case_talk.carry(later, "hello", message_id=10) is None


async def test_a_later_case_of_the_same_girl_shows_the_earlier_one(database: Database) -> None:
    async with database.write() as session:
        number = await case_opened(session, "the first time")
        bopha, nary = acts(session, FIRST), acts(session, SECOND)
        await case_work.acknowledge(bopha, number)
        await case_work.close(bopha, number, Outcome.SAFE)
        next_day = NOW + timedelta(days=1)
        back = acts(session, GIRL, next_day)
        again = await cases.open_case(back, "abuse", ("again",), TEN_MINUTES)
        assert again.case.id != number
        await refused(case_talk.read(nary, number), GoneError)
        await case_work.acknowledge(nary, again.case.id)
        assert (await case_talk.read(nary, again.case.id)).earlier == (number,)
        earlier = await case_talk.read(nary, number)
        assert (earlier.lines[0].text, earlier.outcome) == ("the first time", Outcome.SAFE)
        await refused(case_talk.read(bopha, number), GoneError)


async def _texts(session: Session) -> list[str]:
    return list(await session.scalars(select(CaseMessage.text).order_by(CaseMessage.id)))


async def test_a_mistake_is_erased_when_it_can_not_be_taken_back(database: Database) -> None:
    async with database.write() as session:
        number = await case_opened(session)
        bopha = acts(session, FIRST)
        await case_work.acknowledge(bopha, number)
        await case_work.add_note(bopha, number, "a joke")
        await case_work.close(bopha, number, Outcome.MISTAKE)
        await case_upkeep.erase_mistakes(session, NOW)
        assert await _texts(session) == ["words"]
        assert not await case_upkeep.has_mistakes(session, NOW)
        assert await case_upkeep.has_mistakes(session, NOW + cases.UNDO)
        await case_upkeep.erase_mistakes(session, NOW + cases.UNDO)
        assert await _texts(session) == []


async def test_what_was_written_goes_with_the_case_in_its_time(database: Database) -> None:
    settings = Settings(case_days=30, _env_file=None)
    async with database.write() as session:
        number = await case_opened(session)
        bopha = acts(session, FIRST)
        await case_work.acknowledge(bopha, number)
        await case_work.close(bopha, number, Outcome.PASSED_ON)
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
        number = await case_opened(session)
        if taken:
            await case_work.acknowledge(acts(session, FIRST), number)
            late = acts(session, FIRST, NOW + timedelta(days=20))
            await case_talk.say(late, number, "how are you?", message_id=1)
        await case_privacy.forget_old(session, settings, NOW + timedelta(days=40))
        assert await _texts(session)
        await case_privacy.forget_old(session, settings, NOW + timedelta(days=51))
        assert bool(await _texts(session)) is not taken


async def test_a_coordinator_who_erases_herself_leaves_what_she_wrote_without_her(
    database: Database,
) -> None:
    async with database.write() as session:
        number = await case_opened(session)
        await case_work.acknowledge(acts(session, FIRST), number)
        await case_talk.say(acts(session, FIRST), number, "are you safe?", message_id=1)
        assert (await case_privacy.export(session, FIRST))["written_in_cases"]
        hers = (await case_privacy.export(session, GIRL))["talks_with_a_person"]
        assert [m["from"] for m in hers[0]["messages"]] == ["you", "coordinator"]
        await case_privacy.erase(session, FIRST, NOW)
        assert await _texts(session) == ["words", "are you safe?"]
        await case_privacy.erase(session, GIRL, NOW)
        assert await _texts(session) == []
