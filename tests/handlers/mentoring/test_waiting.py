"""A field without mentors: she waits, is told once when there is one, and can leave the list."""

import pytest

from tests.chat import Chat
from tests.handlers import scenes
from tests.handlers.scenes import Mentoring
from tests.stage import Stage


@pytest.fixture
def people(stage: Stage) -> Mentoring:
    """Everybody of an introduction."""
    return scenes.mentoring(stage)


async def _waits(girl: Chat) -> None:
    """She asks for a mentor in software, where there is none, and waits."""
    await scenes.wants_mentor(girl)
    await girl.tap("age.minor")
    await girl.tap_data("intro:field:software")
    girl.sees("intro.nobody")
    await girl.tap("wait.join")
    girl.sees("wait.joined")


async def test_she_is_told_once_when_there_is_a_mentor(stage: Stage, people: Mentoring) -> None:
    srey = people.srey
    await _waits(srey)
    await stage.strikes_after(minutes=1)
    srey.does_not_see("wait.found")
    await scenes.becomes_mentor(people.sophea, people.bopha, people.nary)
    await stage.strikes_after(minutes=1)
    srey.sees("wait.found")
    srey.forgets()
    await stage.strikes_after(minutes=1)
    srey.does_not_see("wait.found")
    await srey.tap("intro.start")
    srey.sees("intro.mentors")


async def test_who_told_since_that_she_is_too_young_is_not_told(
    stage: Stage, people: Mentoring
) -> None:
    await _waits(people.srey)
    await scenes.becomes_mentor(people.sophea, people.bopha, people.nary)
    await scenes.tells_that_she_is_too_young(stage, people.srey.id)
    await stage.strikes_after(minutes=1)
    people.srey.does_not_see("wait.found")


async def test_at_night_the_word_waits_for_the_morning(stage: Stage, people: Mentoring) -> None:
    await _waits(people.srey)
    await scenes.becomes_mentor(people.sophea, people.bopha, people.nary)
    await stage.strikes_after(hours=14)
    people.srey.does_not_see("wait.found")
    await stage.strikes_after(hours=9)
    people.srey.sees("wait.found")


async def test_who_leaves_the_list_is_not_told(stage: Stage, people: Mentoring) -> None:
    srey = people.srey
    await _waits(srey)
    stage.later(seconds=5)
    await srey.send("/mentor")
    await srey.tap("wait.mine")
    srey.sees("wait.list")
    await srey.tap("wait.leave_field")
    srey.sees("wait.none")
    await scenes.becomes_mentor(people.sophea, people.bopha, people.nary)
    await stage.strikes_after(minutes=1)
    srey.does_not_see("wait.found")


async def test_coordinators_see_how_many_wait_for_which_field(people: Mentoring) -> None:
    await people.nary.send("/desk")
    await people.nary.tap("desk.mentors")
    people.nary.does_not_see("over.waiting_for")
    await _waits(people.srey)
    people.nary.forgets()
    await people.nary.send("/desk")
    await people.nary.tap("desk.mentors")
    people.nary.sees("over.waiting_for")
    people.nary.sees_words("<")


async def test_who_is_too_young_cannot_wait(people: Mentoring) -> None:
    await scenes.wants_mentor(people.srey)
    await scenes.tells_age(people.srey, "young")
    await people.srey.forge("intro:wait:software")
    people.srey.does_not_see("wait.joined")
