"""A mentor who erases herself while something about her waits is told so, in one voice."""

import pytest

from tests.chat import Chat
from tests.handlers.scenes import ALWAYS_DAY, Mentoring, mentoring, talking
from tests.stage import Stage, StartStage

KHMER_MENTOR = 2002


@pytest.fixture
async def stage(start_stage: StartStage) -> Stage:
    """A stage on which it is never night."""
    return await start_stage(**ALWAYS_DAY)


@pytest.fixture
async def sophea(stage: Stage) -> Chat:
    """A mentor who reads Khmer, and whose talk was reported."""
    her = stage.enters(KHMER_MENTOR, "Sophea", "km")
    those = mentoring(stage)
    people = Mentoring(those.srey, her, those.mother, those.bopha, those.nary)
    await talking(people)
    await people.srey.forge("talk:report:1")
    return her


async def test_she_is_addressed_in_one_way_to_the_end(sophea: Chat) -> None:
    await sophea.send("/privacy")
    await sophea.tap("data.erase")
    sophea.sees("data.sure_mentor")
    sophea.sees("data.stays")
    sophea.does_not_see_words("ប្អូន")
    await sophea.tap("data.erase_yes")
    sophea.sees("data.erased_mentor")
    sophea.does_not_see_words("ប្អូន")


async def test_she_is_told_since_when_and_why_she_cannot_apply(stage: Stage, sophea: Chat) -> None:
    await sophea.send("/privacy")
    await sophea.tap("data.erase")
    await sophea.tap("data.erase_yes")
    stage.later(days=3)
    await sophea.send("/mentor")
    sophea.sees("vetting_state.frozen", "km", since="២៤ វិច្ឆិកា ២០២៦")


async def test_no_state_ends_with_a_bare_date(stage: Stage) -> None:
    for words in stage.content.locales.values():
        for key, said in words.items():
            if key.startswith("vetting_state."):
                assert not said.endswith((" {until}", "។{until}")), key
