"""Words of danger that a mentor edits into a message are hers: the relay stops them, as an
approach, wherever she is when she edits, and no care or case is for her.
"""

from datetime import time

import pytest

from tests.handlers.scenes import DANGER, Mentoring, asks_for, becomes_mentor, consents, mentoring
from tests.stage import Stage, StartStage


@pytest.fixture
async def stage(start_stage: StartStage) -> Stage:
    """A stage on which it is never night, and no message is a sample by chance."""
    return await start_stage(mentor_quiet_hours=(time(), time()), mentor_sample_percent=0)


@pytest.fixture
async def people(stage: Stage) -> Mentoring:
    """Everybody; Srey and Sophea talk."""
    everybody = mentoring(stage)
    srey, sophea, nary = everybody.srey, everybody.sophea, everybody.nary
    await becomes_mentor(sophea, everybody.bopha, nary)
    await asks_for(srey)
    await consents(srey, everybody.mother)
    await nary.forge("over:intro:1")
    await nary.tap("over.approve")
    await sophea.tap("offer.accept")
    await srey.tap("intro.begin")
    return everybody


@pytest.mark.parametrize("leaves", [False, True])
async def test_words_of_danger_that_a_mentor_edits_into_a_message_are_an_approach(
    people: Mentoring, leaves: bool
) -> None:
    """She is no girl in danger, also when she has left the talk."""
    srey, sophea = people.srey, people.sophea
    await sophea.forge("talk:write:1")
    sent = await sophea.send("I like maps")
    srey.sees_words("I like maps")
    if leaves:
        await sophea.send("/menu")
    await sophea.edit(sent, DANGER)
    sophea.sees("talk.approach")
    sophea.does_not_see("care.hotline", number=1280)
    srey.sees("news.approach.student", mentor="Sophea")
    for coordinator in (people.bopha, people.nary):
        coordinator.sees("news.approach.staff", number=1)
        coordinator.does_not_see("case.alert", case=1)
    assert DANGER not in srey.transcript()


async def test_an_edit_that_changes_nothing_is_not_carried_again(people: Mentoring) -> None:
    srey, sophea = people.srey, people.sophea
    await sophea.forge("talk:write:1")
    sent = await sophea.send("I like maps")
    srey.forgets()
    await sophea.edit(sent, "I like maps")
    assert not srey.news()
    assert not sophea.news()
