"""The school year in the chat: asked for, looked at, and taken into the events."""

import pytest

from bot.content.base import Tongue
from bot.screens.screen import LONGEST_LABEL
from handlers.events.taps import SCHOOL_DATE, TAKE_OVER
from tests.chat import Chat
from tests.stage import ENGLISH_STUDENT, SECOND_COORDINATOR, STUDENT, Stage

# Somebody, her language, and how she asks.
ASKED = [
    (STUDENT, "km", "បងមានប្រតិទិនឆ្នាំសិក្សាអត់"),
    (ENGLISH_STUDENT, "en", "what dates matter this year for grade 12"),
]


async def finds(person: Chat, name: str) -> None:
    """Turn the pages of the list until a date is on one."""
    while name not in "".join(person.buttons()):
        await person.tap("page.next")


async def opens(person: Chat, name: str) -> None:
    """Come from the calendar of events to a date of the school year."""
    await person.send("/events")
    await person.tap("events.school_year")
    await finds(person, name)
    await person.tap_words(name)


@pytest.mark.parametrize(("person", "tongue", "question"), ASKED)
async def test_who_asks_which_dates_matter_is_shown_the_school_year(
    stage: Stage, person: int, tongue: Tongue, question: str
) -> None:
    girl, peace = stage.person(person), stage.content.school_date["peace-day"]
    await girl.send("/start")
    await girl.send(question)
    girl.sees("schoolyear.list", tongue)
    await finds(girl, peace.name.get(tongue))
    assert all(len(label) <= LONGEST_LABEL for label in girl.buttons())
    await girl.tap_words(peace.name.get(tongue))
    girl.sees_words(peace.text.get(tongue)[:40])
    girl.sees("schoolyear.fixed", tongue)
    girl.sees("answer.source", tongue, title=peace.sources[0].title, year=2024)


async def test_from_the_calendar_to_a_date_its_answer_and_its_opportunity(stage: Stage) -> None:
    srey, forms = (
        stage.person(ENGLISH_STUDENT),
        stage.content.school_date["state-scholarship-forms"],
    )
    await srey.send("/start")
    await opens(srey, forms.name.get("en"))
    srey.sees("schoolyear.usual", "en")
    srey.sees_words("April 2027 to July 2027")
    assert srey.offers("schoolyear.back")
    assert forms.faq is not None
    await srey.tap_words(stage.content.entries[forms.faq].question.get("en"))
    srey.sees_words(stage.content.entries[forms.faq].answer.get("en")[:40])
    (chance,) = (o for o in stage.content.opportunities if o.id == forms.opportunity)
    await srey.tap_words(f"🎓 {chance.name.get('en')}")
    srey.sees_words(chance.about.get("en")[:40])


async def test_a_coordinator_takes_a_fixed_day_into_the_events(stage: Stage) -> None:
    nary, girl = stage.person(SECOND_COORDINATOR), stage.person(ENGLISH_STUDENT)
    women = stage.content.school_date["womens-day"]
    await girl.send("/start")
    await opens(nary, women.name.get("en"))
    await nary.tap("schoolyear.take")
    nary.sees("eventform.preview.new")
    nary.sees_words("Monday 8 March 2027")
    # It is neither an exam nor a deadline: what it is she says herself.
    nary.sees("problem.kind")
    await nary.tap("eventform.words")
    await nary.tap("eventform.kind")
    await nary.tap("event.kind.talk")
    await nary.tap("eventform.publish")
    nary.sees("eventform.published")
    await girl.send("/events")
    await girl.tap_words(women.name.get("en"))
    girl.sees_words(women.text.get("en")[:40])


async def test_of_a_usual_date_the_coordinator_writes_the_day_herself(stage: Stage) -> None:
    nary = stage.person(SECOND_COORDINATOR)
    await opens(nary, "Bac II exam")
    await nary.tap("schoolyear.take")
    nary.sees("problem.when")
    nary.does_not_see("problem.kind")


async def test_a_girl_neither_sees_nor_forges_the_button_of_the_desk(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/start")
    await srey.forge(SCHOOL_DATE("bac2-exam", 0))
    srey.sees("schoolyear.usual", "en")
    assert not srey.offers("schoolyear.take")
    await srey.forge(TAKE_OVER("bac2-exam"))
    srey.does_not_see("eventform.preview.new", "en")


async def test_a_date_that_left_the_library_is_a_stale_button(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/start")
    await srey.forge(SCHOOL_DATE("no-such-date", 0))
    srey.does_not_see("schoolyear.name", "en")
