"""A guardian finds her way back to what she is asked, and hears when it is over."""

import pytest

from tests.handlers import scenes
from tests.handlers.scenes import Mentoring
from tests.stage import Stage


@pytest.fixture
async def people(stage: Stage) -> Mentoring:
    """Everybody of an introduction; there is a mentor to be asked for."""
    return await scenes.with_a_mentor(stage)


@pytest.mark.parametrize("words", ["យល់ព្រម", "ខ្ញុំយល់ព្រម", "I agree"])
async def test_a_typed_word_of_agreement_shows_what_it_is_about(
    people: Mentoring, words: str
) -> None:
    await scenes.opens_link(people)
    await people.mother.send("/menu")
    await people.mother.send(words)
    people.mother.sees("guardian.page")
    people.mother.does_not_see("guardian.agreed")
    assert people.mother.offers("guardian.agree")


async def test_for_who_is_asked_nothing_it_is_a_word_like_any(stage: Stage) -> None:
    srey = scenes.mentoring(stage).srey
    await srey.send("I agree")
    srey.does_not_see("guardian.page")


async def test_who_wants_her_consent_back_is_asked_whether_she_is_sure(people: Mentoring) -> None:
    await scenes.opens_link(people)
    await people.mother.tap("guardian.agree")
    await people.mother.send("ខ្ញុំចង់ដកការយល់ព្រមវិញ")
    people.mother.sees("guardian.sure")


async def test_who_is_no_student_after_all_reads_on(people: Mentoring) -> None:
    await scenes.opens_link(people)
    await people.mother.tap("guardian.student")
    await people.mother.tap("sure.keep")
    people.mother.sees("guardian.page")


async def test_home_leads_to_a_request_until_it_is_answered(
    stage: Stage, people: Mentoring
) -> None:
    mother = people.mother
    await scenes.opens_link(people)
    await mother.send("/menu")
    await mother.tap("home.read_request")
    mother.sees("guardian.page")
    await mother.tap("guardian.agree")
    await mother.send("/menu")
    assert not mother.offers("home.read_request")


async def test_a_link_that_is_over_is_no_longer_offered(stage: Stage, people: Mentoring) -> None:
    await scenes.opens_link(people)
    stage.later(days=15)
    await people.mother.send("/menu")
    assert not people.mother.offers("home.read_request")


async def test_a_guardian_hears_that_the_talk_is_over_when_the_girl_erases_herself(
    stage: Stage,
) -> None:
    people = scenes.mentoring(stage)
    mother = people.mother
    await scenes.talking(people)
    mother.forgets()
    await scenes.erases_herself(people.srey)
    mother.sees("guardian.talk_over")
    assert len(mother.news()) == 1, "and nothing else of her"
    await mother.tap("news.guardian")
    mother.sees("guardian.none")
    await mother.tap("guardian.worry")
    mother.sees("guardian.worry_ask")


async def test_nothing_is_told_of_a_girl_who_talked_with_nobody(people: Mentoring) -> None:
    await scenes.opens_link(people)
    await people.mother.tap("guardian.agree")
    people.mother.forgets()
    await scenes.erases_herself(people.srey)
    assert people.mother.news() == []


async def test_what_a_guardian_opens_by_a_command_speaks_to_a_grown_up(people: Mentoring) -> None:
    mother = people.mother
    await scenes.opens_link(people)
    await mother.send("/path")
    mother.sees("adult.path.intro")
    await mother.send("/mentor")
    mother.sees("adult.intro.welcome")
    assert not mother.offers("intro.start")
    assert mother.offers("news.guardian")
    await mother.send("help me")
    mother.sees("care.grown_up")
    mother.sees("adult.care.honest")
