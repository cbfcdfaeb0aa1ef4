"""What tests of a talk begin with: `stage, people = in_a_talk.stage, in_a_talk.people`."""

import pytest

from tests.handlers.scenes import ALWAYS_DAY, Mentoring, mentoring, talking
from tests.stage import Stage, StartStage


@pytest.fixture
async def stage(start_stage: StartStage) -> Stage:
    """A stage on which it is never night, and no message is a sample by chance."""
    return await start_stage(mentor_sample_percent=0, **ALWAYS_DAY)


@pytest.fixture
async def people(stage: Stage) -> Mentoring:
    """Everybody; Srey and Sophea talk, and Sophea is writing."""
    everybody = mentoring(stage)
    await talking(everybody)
    return everybody
