"""The women's page leads on to the work of each of them."""

from handlers.careers import taps
from tests.stage import ENGLISH_STUDENT, Stage


async def test_the_work_of_every_woman_can_be_opened(stage: Stage) -> None:
    """What is tapped is what her page shows, so a button that nobody answers is found."""
    chantha, careers = stage.person(ENGLISH_STUDENT), stage.content.careers
    await chantha.send("/menu")
    opened = 0
    for woman in stage.content.women:
        for career in (careers[c] for c in woman.careers if c in careers):
            await chantha.forge(taps.WOMAN(woman.id, 0))
            await chantha.tap_words(career.name.get("en"))
            chantha.sees_words(career.what.get("en"))
            opened += 1
    assert opened >= 10
