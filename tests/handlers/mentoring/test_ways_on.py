"""In a talk the next step is a button away: to write, and where it stands."""

from tests.handlers import scenes
from tests.handlers.mentoring import in_a_talk
from tests.handlers.scenes import Mentoring
from tests.stage import Stage

people = in_a_talk.people


async def test_who_is_told_that_it_goes_on_can_write(people: Mentoring) -> None:
    srey, sophea = people.srey, people.sophea
    await srey.send("/mentor")
    await srey.tap("talk.pause")
    await srey.tap("talk.card")
    await srey.tap("talk.resume")
    sophea.sees("news.resume.mentor")
    assert sophea.offers("talk.write")


async def test_under_a_tick_and_under_a_refused_picture_stands_where_it_is(
    people: Mentoring,
) -> None:
    srey = people.srey
    await srey.send("/mentor")
    await srey.tap("talk.write")
    await srey.send_media("photo")
    srey.sees("talk.text_only")
    assert srey.offers("talk.card")
    await srey.send("I like maps")
    srey.sees("talk.sent")
    assert srey.offers("talk.card")


async def test_where_talks_are_off_her_words_stay_above_what_the_mentor_is_told(
    people: Mentoring,
) -> None:
    srey, sophea = people.srey, people.sophea
    await srey.send("/mentor")
    await srey.tap("talk.write")
    await srey.send("I like maps")
    sophea.sees_words("I like maps")
    await people.nary.forge("over:relay_off")
    await sophea.tap("talk.write")
    sophea.sees("closed.off")
    assert "I like maps" in sophea.transcript()


async def test_the_mentor_whom_she_chose_is_named_where_her_wish_stands(stage: Stage) -> None:
    people = await scenes.with_a_mentor(stage)
    await scenes.asks_for(people.srey)
    people.srey.sees("intro.status_wished", mentor="Sophea")
    await people.srey.tap("intro.cancel")
    await people.srey.tap("intro.cancel_yes")
    await people.srey.send("/mentor")
    people.srey.sees("intro.status_last")
