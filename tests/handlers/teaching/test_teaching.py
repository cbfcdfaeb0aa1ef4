"""“Teach Bong Srey Khmer”: a girl gives ways of asking, others judge them, all stays hers."""

import pytest
from sqlalchemy import func, select

from bot.teaching import giving, judging, words
from bot.teaching.tables import AskedWay, Origin, Teacher, WayState, WayVote
from tests.chat import Chat
from tests.handlers.scenes import (
    DANGER,
    at_desk,
    erases_herself,
    mentoring,
    tells_that_she_is_too_young,
)
from tests.handlers.teaching.village import (
    FAR,
    OTHER_WAY,
    WAY,
    gives,
    is_asked,
    states,
    teaches,
    three_who_teach,
)
from tests.stage import ENGLISH_STUDENT, Stage


@pytest.fixture
async def srey(stage: Stage) -> Chat:
    return await teaches(stage.person(ENGLISH_STUDENT))


async def test_she_gives_a_way_of_asking_and_sees_how_many_she_gave(
    stage: Stage, srey: Chat
) -> None:
    await srey.tap("teach.ask")
    first = srey.said()
    srey.sees("teach.how", most=words.LONGEST)
    await srey.tap("teach.another")
    srey.sees("teach.how")
    assert srey.said() != first
    await gives(stage, srey, WAY)
    srey.sees("teach.thanks")
    await srey.tap("back.teach")
    srey.sees("teach.waits", n=1)
    srey.does_not_see("teach.given")
    await srey.tap("teach.mine")
    srey.sees("teach.line", text=WAY)


async def test_two_others_who_agree_accept_it(stage: Stage) -> None:
    first, second, third = await three_who_teach(stage)
    await gives(stage, first, WAY)
    await second.tap("teach.judge")
    second.sees("judge.same", text=WAY)
    await second.tap("judge.yes")
    second.sees("judge.nothing")
    assert await states(stage) == [WayState.WAITING]
    await third.tap("teach.judge")
    await third.tap("judge.yes")
    assert await states(stage) == [WayState.ACCEPTED]
    await first.send("/teach")
    first.sees("teach.given", n=1)
    first.does_not_see("teach.waits")


async def test_what_the_bot_would_not_take_for_it_no_other_girl_sees(stage: Stage) -> None:
    """Nobody writes to others by teaching, nor teaches it nonsense with three telephones."""
    first, second, _ = await three_who_teach(stage)
    await gives(stage, first, FAR)
    first.sees("teach.thanks")
    await second.tap("teach.judge")
    second.sees("judge.nothing")
    await second.forge("teach:says:1:yes")
    assert await states(stage) == [WayState.HELD]
    _, nary = await at_desk(stage)
    await nary.tap("desk.rest")
    await nary.tap("desk.ways")
    await nary.tap_words(FAR)
    nary.sees("ways.held")
    nary.does_not_see("ways.votes")
    await nary.tap("ways.accept")
    assert await states(stage) == [WayState.ACCEPTED]


async def test_two_who_find_it_another_question_drop_it(stage: Stage) -> None:
    first, second, third = await three_who_teach(stage)
    await gives(stage, first, WAY)
    for girl in (second, third):
        await girl.tap("teach.judge")
        await girl.tap("judge.no")
    assert await states(stage) == [WayState.DROPPED]
    await first.tap("teach.mine")
    first.sees("teach.line", state="➖")


async def test_of_two_ways_she_says_which_is_better(stage: Stage) -> None:
    first, second, third = await three_who_teach(stage)
    await gives(stage, first, WAY)
    await gives(stage, second, OTHER_WAY)
    await third.tap("teach.judge")
    third.sees("judge.better", first=WAY, second=OTHER_WAY)
    await third.tap("judge.second")
    third.sees("judge.nothing")
    async with stage.database.read() as session:
        said = await session.scalars(select(WayVote.agrees).order_by(WayVote.way_id))
        assert list(said) == [None, True]
    await first.tap("teach.judge")
    # Her own is not for her to judge.
    first.sees("judge.same", text=OTHER_WAY)
    await first.forge("teach:says:1:yes")
    first.sees("judge.own")


async def test_there_is_an_end_to_what_one_says_in_a_day(stage: Stage) -> None:
    first, second, _ = await three_who_teach(stage)
    await gives(stage, first, WAY)
    async with stage.database.write() as session:
        for number in range(judging.MOST_A_DAY):
            way = AskedWay(
                text=f"way {number}", folded=f"way{number}", language="rom",
                target="faq:what-is-ai", origin=Origin.TAUGHT, state=WayState.HELD,
                person_id=first.id, at_utc=stage.now,
            )  # fmt: skip
            session.add(way)
            await session.flush()
            session.add(WayVote(way_id=way.id, person_id=second.id, at_utc=stage.now))
    await second.tap("teach.judge")
    second.sees("judge.nothing")
    await second.forge("teach:says:1:no")
    await second.forge("teach:flag:1")
    async with stage.database.read() as session:
        assert await session.scalar(select(func.count()).where(WayVote.way_id == 1)) == 0
        assert (await session.get_one(AskedWay, 1)).state is WayState.WAITING
    stage.later(days=1, seconds=1)
    await second.forge("teach:says:1:no")
    async with stage.database.read() as session:
        assert await session.scalar(select(func.count()).where(WayVote.way_id == 1)) == 1


async def test_what_a_girl_finds_not_nice_no_other_sees(stage: Stage) -> None:
    first, second, third = await three_who_teach(stage)
    await gives(stage, first, WAY)
    await second.tap("teach.judge")
    await second.tap("judge.not_nice")
    await third.tap("teach.judge")
    third.sees("judge.nothing")
    assert await states(stage) == [WayState.HELD]


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("AI ជាអី សូមខល 012 345 678", "teach.not_this"),
        ("AI ជាអី ឆាតមក t.me/sreypov", "teach.not_this"),
        ("ខ្ញុំឈ្មោះ ស្រីពៅ AI ជាអីទៅ", "teach.not_this"),
        ("អាឆ្កែ AI ហ្នឹងជាអី", "teach.not_this"),
        ("what is this AI thing everybody talks about", "teach.not_khmer"),
        ("តើ AI ជាអ្វី? " * 20, "teach.too_long"),
    ],
)
async def test_what_cannot_be_taken_is_said_kindly_and_may_be_written_again(
    stage: Stage, srey: Chat, text: str, refused: str
) -> None:
    await gives(stage, srey, text)
    srey.sees(refused)
    assert await states(stage) == []
    await srey.send(WAY)
    srey.sees("teach.thanks")


async def test_a_way_that_is_known_is_not_taken_twice(stage: Stage, srey: Chat) -> None:
    line = next(x for x in stage.content.entries["what-is-ai"].asks.km if len(x) < 60)
    await gives(stage, srey, f"{line} ?")
    srey.sees("teach.known")
    await gives(stage, srey, WAY)
    await gives(stage, srey, WAY.replace("វាជា", "វា ជា"))
    srey.sees("teach.known")


async def test_danger_is_met_with_care_and_never_kept(stage: Stage, srey: Chat) -> None:
    await gives(stage, srey, DANGER)
    srey.does_not_see("teach.thanks")
    assert await states(stage) == []


LESSONS = ["មួយ", "ពីរ", "បី", "បួន", "ប្រាំ", "ប្រាំមួយ", "ប្រាំពីរ", "ប្រាំបី", "ប្រាំបួន", "ដប់"]


async def test_there_is_an_end_to_what_one_gives_in_a_day(stage: Stage, srey: Chat) -> None:
    entries = [name for name in stage.content.entries if name not in stage.content.sensitive]
    for number, entry in enumerate(entries[: giving.MOST_A_DAY]):
        await gives(stage, srey, f"សួរអំពីមេរៀនទី{LESSONS[number]}", entry)
        srey.sees("teach.thanks")
    await gives(stage, srey, WAY)
    srey.sees("teach.enough_today")
    stage.later(days=1, seconds=1)
    await gives(stage, srey, WAY)
    srey.sees("teach.thanks")


async def test_what_she_gave_she_takes_back_one_or_all(stage: Stage, srey: Chat) -> None:
    await gives(stage, srey, WAY)
    await gives(stage, srey, OTHER_WAY)
    await srey.tap("back.teach")
    await srey.tap("teach.mine")
    await srey.tap_words(WAY)
    srey.sees("teach.take_back_sure", text=WAY)
    await srey.tap("sure.keep")
    assert len(await states(stage)) == 2
    await srey.tap_words(WAY)
    await srey.tap("teach.take_back_yes")
    srey.does_not_see_words(WAY)
    await srey.tap("back.teach")
    await srey.tap("teach.stop")
    await srey.tap("teach.stop_yes")
    srey.sees("teach.invite")
    assert await states(stage) == []


async def test_nobody_takes_back_what_another_gave(stage: Stage) -> None:
    first, second, _ = await three_who_teach(stage)
    await gives(stage, first, WAY)
    await second.forge("teach:back:1:yes")
    second.sees("teach.not_yours")
    assert await states(stage) == [WayState.WAITING]


async def test_erasing_herself_takes_all_that_she_gave_along(stage: Stage) -> None:
    first, second, third = await three_who_teach(stage)
    await gives(stage, first, WAY)
    for girl in (second, third):
        await girl.tap("teach.judge")
        await girl.tap("judge.yes")
    assert await states(stage) == [WayState.ACCEPTED]
    await erases_herself(first)
    async with stage.database.read() as session:
        for table in (AskedWay, WayVote):
            assert await session.scalar(select(func.count()).select_from(table)) == 0
        assert await session.get(Teacher, first.id) is None


async def test_who_is_too_young_teaches_nothing(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/teach")
    await srey.tap("teach.join")
    srey.sees("age.ask")
    await srey.tap("age.young")
    await srey.tap("age.right")
    srey.sees("age.too_young")
    await srey.send("/teach")
    await srey.forge("teach:learn:on")
    srey.sees("age.too_young")
    async with stage.database.read() as session:
        assert await session.get(Teacher, srey.id) is None


async def test_of_who_tells_later_that_she_is_too_young_nobody_sees_or_keeps_a_word(
    stage: Stage,
) -> None:
    first, second, _ = await three_who_teach(stage)
    await gives(stage, first, WAY)
    await tells_that_she_is_too_young(stage, first.id)
    await second.tap("teach.judge")
    second.sees("judge.nothing")
    assert await states(stage) == [WayState.WAITING]
    await stage.strikes_after(days=1, hours=1)
    assert await states(stage) == []
    async with stage.database.read() as session:
        assert await session.get(Teacher, first.id) is None


async def test_after_words_of_danger_nothing_is_taken(stage: Stage, srey: Chat) -> None:
    """Her name, and where she is, alarm nobody by themselves."""
    await srey.send(DANGER)
    await gives(stage, srey, WAY)
    assert await states(stage) == []


async def test_who_judged_what_is_forgotten_with_the_time(stage: Stage) -> None:
    first, second, third = await three_who_teach(stage)
    await gives(stage, first, WAY)
    for girl in (second, third):
        await girl.tap("teach.judge")
        await girl.tap("judge.yes")
    await stage.strikes_after(days=stage.services.settings.question_days, hours=1)
    await stage.strikes_after(days=1)
    assert await states(stage) == [WayState.ACCEPTED]
    async with stage.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(WayVote)) == 0


async def test_teaching_is_for_girls(stage: Stage) -> None:
    people = mentoring(stage)
    await people.bopha.send("/teach")
    people.bopha.sees("teach.for_students")
    await people.bopha.forge("teach:join")
    people.bopha.sees("teach.for_students")


async def test_nobody_judges_without_having_joined(stage: Stage, srey: Chat) -> None:
    await gives(stage, srey, WAY)
    other = stage.enters(1009, language="en")
    await other.send("/menu")
    await other.forge("teach:says:1:yes")
    await is_asked(stage, other)
    await other.send(OTHER_WAY)
    assert await states(stage) == [WayState.WAITING]
    async with stage.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(WayVote)) == 0


async def test_words_of_private_matters_are_never_asked_for(stage: Stage, srey: Chat) -> None:
    content = stage.content
    private = next(iter(content.sensitive))
    await gives(stage, srey, WAY, private)
    srey.sees("teach.gone")
    assert await states(stage) == []


async def test_what_nobody_accepts_is_forgotten(stage: Stage, srey: Chat) -> None:
    await gives(stage, srey, WAY)
    days = stage.services.settings.question_days
    await stage.strikes_after(days=days, hours=1)
    await stage.strikes_after(days=1)
    assert await states(stage) == []
