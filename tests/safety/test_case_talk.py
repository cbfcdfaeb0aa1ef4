"""What is written in a case: by whom, kept once, and read whole."""

from datetime import timedelta

from bot.database import Database
from bot.refusals import GoneError
from bot.safety import case_talk, case_work
from tests.safety.helpline import FIRST, GIRL, NOW, SECOND, STRANGER, acts, case_opened, refused


async def test_only_the_two_of_a_case_write_to_each_other(database: Database) -> None:
    async with database.write() as session:
        number = await case_opened(session)
        await case_work.acknowledge(acts(session, FIRST), number)
        assert await case_talk.side(acts(session, FIRST), number) == "staff"
        assert await case_talk.side(acts(session, GIRL), number) == "girl"
        await refused(case_talk.side(acts(session, STRANGER), number))
        await refused(case_talk.side(acts(session, SECOND), number), GoneError)
        await refused(case_talk.say(acts(session, SECOND), number, "x", message_id=1), GoneError)
        await refused(case_talk.read(acts(session, SECOND), number), GoneError)


async def test_what_she_writes_is_kept_once_and_an_edit_is_a_correction(
    database: Database,
) -> None:
    async with database.write() as session:
        number = await case_opened(session)
        girl = acts(session, GIRL)
        first = await case_talk.carry(girl, "he is here", message_id=5)
        again = await case_talk.carry(girl, "he is here", message_id=5)
        edited = await case_talk.carry(girl, "he is at home", message_id=5)
        assert first is not None
        assert again is not None
        assert edited is not None
        assert first.number == again.number != edited.number
        assert (first.corrected, edited.corrected) == (False, True)
        bopha = acts(session, FIRST)
        await case_work.acknowledge(bopha, number)
        talk = await case_talk.read(bopha, number)
        assert [line.text for line in talk.lines] == ["words", "he is here", "he is at home"]


async def test_the_words_of_the_call_are_not_kept_twice(database: Database) -> None:
    async with database.write() as session:
        await case_opened(session, "he hits me")
        carried = await case_talk.carry(acts(session, GIRL), "he hits me", message_id=5)
        assert carried is not None
        assert not carried.corrected
        # The same words an hour later are new.
        later = acts(session, GIRL, NOW + timedelta(hours=1))
        once_more = await case_talk.carry(later, "he hits me", message_id=6)
        assert once_more is not None
        assert (once_more.number, once_more.corrected) != (carried.number, True)


async def test_whoever_has_no_case_is_not_carried(database: Database) -> None:
    async with database.write() as session:
        await case_opened(session)
        assert await case_talk.carry(acts(session, STRANGER), "hello", message_id=1) is None


async def test_a_long_talk_is_read_page_by_page(database: Database) -> None:
    async with database.write() as session:
        number = await case_opened(session)
        for place in range(24):
            await case_talk.carry(acts(session, GIRL), f"line {place}", message_id=place)
        bopha = acts(session, FIRST)
        await case_work.acknowledge(bopha, number)
        last = await case_talk.read(bopha, number)
        assert (last.page, last.pages, last.lines[-1].text) == (2, 3, "line 23")
        assert (await case_talk.read(bopha, number, 0)).lines[0].text == "words"
