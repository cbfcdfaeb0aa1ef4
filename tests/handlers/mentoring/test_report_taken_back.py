"""A report that was a mistake takes its call with it, and nobody is caught in it meanwhile."""

import pytest

from tests.handlers import scenes
from tests.handlers.mentoring import in_a_talk
from tests.handlers.scenes import Mentoring
from tests.stage import Stage

talking = in_a_talk.people


@pytest.fixture
async def people(talking: Mentoring) -> Mentoring:
    """The two of a talk, the girl at its card."""
    await talking.srey.send("/mentor")
    return talking


async def test_who_takes_back_her_report_is_with_the_bot_again(people: Mentoring) -> None:
    srey = people.srey
    await srey.tap("talk.report")
    await srey.tap("talk.mistake")
    srey.does_not_see("talk.mistake_call")
    await srey.send("data scientist")
    srey.sees_words(srey.stage.content.careers["data-analyst"].name.get("en"))
    srey.does_not_see("case.carried_calling")


async def test_danger_after_a_report_that_was_taken_back_is_heard(people: Mentoring) -> None:
    await people.srey.tap("talk.report")
    await people.srey.tap("talk.mistake")
    await people.srey.send(scenes.DANGER)
    people.srey.sees("care.honest")
    await people.srey.tap("care.person")
    people.bopha.sees("case.alert", case=2)


async def test_what_she_told_besides_is_not_called_off_with_the_report(people: Mentoring) -> None:
    srey = people.srey
    await srey.tap("talk.report")
    await srey.send(scenes.DANGER)
    await srey.tap("talk.mistake")
    srey.sees("talk.mistake_call")
    assert srey.offers("case.call_off")
    await people.bopha.tap("case.acknowledge")
    people.bopha.sees_words(scenes.DANGER)


async def test_nor_is_a_person_whom_she_asked_for_by_herself(people: Mentoring) -> None:
    srey = people.srey
    await srey.tap("talk.report")
    await srey.send("/help")
    await srey.tap("care.person")
    await srey.tap("talk.mistake")
    srey.sees("talk.mistake_call")


async def test_who_has_taken_it_stays(people: Mentoring) -> None:
    await people.srey.tap("talk.report")
    await people.bopha.tap("case.acknowledge")
    await people.srey.tap("talk.mistake")
    people.srey.sees("talk.mistake_call")
    people.bopha.sees("sent.report_mistake", number=1)


async def test_no_danger_is_told_of_where_only_a_report_was_called_off(
    stage: Stage, people: Mentoring
) -> None:
    await people.srey.tap("talk.report")
    await people.srey.send("/help")
    await people.srey.tap("care.well")
    await people.srey.tap("case.call_off_yes")
    stage.later(seconds=61)
    await stage.deliver()
    people.bopha.sees("case.off_to_staff_report", case=1)


async def test_where_no_danger_was_told_what_may_be_a_question_is_answered(
    people: Mentoring,
) -> None:
    await people.srey.tap("talk.report")
    people.srey.sees("talk.reported")
    await people.srey.send(scenes.UNCLEAR)
    people.srey.sees("case.carried_calling")
    people.srey.sees("clarify.text")
