"""A class of a school: made at the desk, joined with the code from a teacher, left with a tap."""

import re

import pytest
from sqlalchemy import delete, select

from bot.announcements import audience
from bot.classes.classes import MOST_TRIES
from bot.classes.tables import ClassMember, SchoolClass
from bot.people.tables import Person
from tests.chat import Chat, text_of
from tests.handlers.scenes import at_desk, erases_herself, with_her_age, writes_announcement
from tests.stage import ENGLISH_STUDENT, MENTOR, STUDENT, Stage

NAME, SCHOOL = "Grade 12 A", "Sisowath, Phnom Penh"
INVITED = "Come to the library on Friday"


@pytest.fixture
async def nary(stage: Stage) -> Chat:
    _, nary = await at_desk(stage)
    return nary


async def _made(nary: Chat) -> str:
    """A coordinator makes a class; return its code."""
    await nary.send("/desk")
    await nary.tap("desk.rest")
    await nary.tap("desk.classes")
    await nary.tap("cls.new")
    await nary.send(NAME)
    await nary.send(SCHOOL)
    card = nary.sees("cls.card", name=NAME, school=SCHOOL, members=0)
    assert (code := re.search("Code: (\\w{7})", text_of(card))) is not None
    return code[1]


async def _joins(girl: Chat, said: str) -> None:
    await girl.send(said)
    girl.sees("class.ask", name=NAME, school=SCHOOL)
    await with_her_age(girl, "class.yes")
    girl.sees("class.joined", name=NAME)


@pytest.mark.parametrize("say", ["/join {}", "/start class_{}", "{}", "{lower}", "{spaced}"])
async def test_a_girl_joins_with_the_command_the_link_or_the_code_alone(
    stage: Stage, nary: Chat, say: str
) -> None:
    code = await _made(nary)
    srey = stage.person(ENGLISH_STUDENT)
    spaced = f"{code[:3]} - {code[3:]}"
    await _joins(srey, say.format(code, lower=code.lower(), spaced=spaced))
    await srey.send("/me")
    await srey.tap("class.mine")
    srey.sees("class.line", name=NAME)
    await srey.tap_data("class:leave:1")
    srey.sees("class.left", name=NAME)
    # A slip of the finger is made good at once, and a second one as well.
    stage.later(seconds=3)
    await srey.tap("class.back_in")
    srey.sees("class.joined")


async def test_who_would_rather_not_is_in_no_class(stage: Stage, nary: Chat) -> None:
    code = await _made(nary)
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send(code)
    await srey.tap("class.no")
    srey.sees("class.not_now")
    await srey.send("/join")
    srey.sees("class.ask_code")
    await srey.forge("class:mine")
    srey.sees("class.none")


async def test_an_announcement_goes_to_a_class_and_counts_no_girl_of_a_few(
    stage: Stage, nary: Chat
) -> None:
    code = await _made(nary)
    srey, other = stage.person(ENGLISH_STUDENT), stage.person(STUDENT)
    await _joins(srey, code)
    await other.send("/menu")
    await writes_announcement(nary, INVITED, INVITED)
    await nary.tap("cast.audience_button")
    await nary.tap_words("Class")
    await nary.tap_words(NAME)
    few = nary.words("cls.a_few")
    nary.sees_words(few)
    await nary.tap("back.desk")
    nary.sees_words(few)
    await nary.tap("cast.card")
    await nary.tap("cast.check")
    nary.sees("cast.confirm", people=few)
    await nary.tap("cast.now")
    srey.forgets()
    other.forgets()
    await stage.passes(3)
    srey.sees_words(INVITED)
    other.does_not_see_words(INVITED)


async def test_a_class_whose_last_day_is_over_gets_nothing_before_a_chore_closes_it(
    stage: Stage, nary: Chat
) -> None:
    code = await _made(nary)
    await _joins(stage.person(ENGLISH_STUDENT), code)
    await writes_announcement(nary, INVITED, INVITED)
    await nary.tap("cast.audience_button")
    await nary.tap_words("Class")
    await nary.tap_words(NAME)
    nary.sees_words(nary.words("cls.a_few"))
    stage.later(days=366)
    await nary.tap("back.desk")
    nary.sees("cast.audience", people=0)
    await nary.tap("cast.card")
    await nary.tap("cast.check")
    nary.sees("cast.confirm", people=0)
    await nary.tap("cast.now")
    nary.sees("cast.nobody")


async def test_who_has_left_since_an_audience_was_gathered_is_known(
    stage: Stage, nary: Chat
) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await _joins(srey, await _made(nary))
    hers = select(Person.id).where(Person.id == srey.id)
    async with stage.database.write() as session:
        (number,) = await session.scalars(select(SchoolClass.id))
        today = stage.now.astimezone(stage.services.settings.zone).date()
        left = hers.where(audience.has_left({audience.CLASS: [str(number)]}, today))
        assert not (await session.scalars(left)).all()
        await session.execute(delete(ClassMember))
        assert (await session.scalars(left)).all()
        assert not (await session.scalars(hers.where(audience.has_left({}, today)))).all()


async def test_codes_cannot_be_guessed(stage: Stage, nary: Chat) -> None:
    code = await _made(nary)
    srey = stage.person(ENGLISH_STUDENT)
    for guess in range(MOST_TRIES):
        await srey.send(f"/join ACDEFH{'34679'[guess]}")
        srey.sees("class.no_such_code")
    await srey.send(f"/join {code}")
    srey.sees("class.too_many_tries")
    # Nor is it heard when she types it, as if it were a question.
    await srey.send(code)
    srey.does_not_see("class.ask")
    stage.later(hours=1, minutes=1)
    await _joins(srey, code)


async def test_a_code_is_made_anew_and_a_class_closed(stage: Stage, nary: Chat) -> None:
    code = await _made(nary)
    await nary.tap("cls.slip")
    nary.sees("cls.slip_text", code=code)
    await nary.forge("cls:show:1")
    await nary.tap("cls.renew")
    nary.sees("cls.renew_sure")
    await nary.tap("cls.renew")
    assert code not in text_of(nary.sees("cls.card"))
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send(f"/start class_{code}")
    srey.sees("class.no_such_code")
    await nary.tap("cls.until")
    await nary.send("the day after never")
    nary.sees("class.no_such_day")
    await nary.send("30/08/2027")
    nary.sees_words("30 August 2027")
    await nary.tap("cls.close")
    await nary.tap("cls.close")
    nary.sees("cls.over")
    await nary.tap("cls.reopen")
    nary.sees("cls.card")


async def test_a_class_is_for_girls_and_forgotten_with_them(stage: Stage, nary: Chat) -> None:
    code = await _made(nary)
    await nary.send(f"/join {code}")
    nary.sees("class.for_students")
    srey = stage.person(ENGLISH_STUDENT)
    await _joins(srey, code)
    await erases_herself(srey)
    await srey.send("/start")
    await srey.forge("class:mine")
    srey.sees("class.none")


async def test_a_class_ends_by_itself(stage: Stage, nary: Chat) -> None:
    code = await _made(nary)
    srey = stage.person(ENGLISH_STUDENT)
    await _joins(srey, code)
    await stage.strikes_after(days=366)
    await nary.forge("cls:show:1")
    nary.sees("cls.over")
    other = stage.person(MENTOR)
    await other.send(f"/join {code}")
    other.sees("class.no_such_code")
    await stage.strikes_after(days=31)
    await nary.forge("cls:list")
    nary.sees("cls.none")


async def test_the_number_of_a_forgotten_class_never_means_another(
    stage: Stage, nary: Chat
) -> None:
    await _made(nary)
    await stage.strikes_after(days=366)
    await stage.strikes_after(days=31)
    await _made(nary)
    await nary.forge("cls:list")
    nary.forgets()
    await nary.forge("cls:show:1")
    nary.does_not_see("cls.card")
    await nary.forge("cls:show:2")
    nary.sees("cls.card", name=NAME)
