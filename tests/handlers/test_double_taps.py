"""A finger that taps twice means once: whatever is tapped, and whatever comes under the finger."""

from tests.handlers import scenes
from tests.handlers.scenes import with_her_age
from tests.stage import ENGLISH_STUDENT, SECOND_COORDINATOR, Stage


async def test_the_same_button_tapped_twice_does_the_thing_once(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/mydata")
    await srey.tap("data.export")
    await srey.tap("data.export")
    # the page and the data, once
    assert len([m for m in srey.messages() if "document" in m]) == 2


async def test_a_switch_tapped_twice_is_switched_once(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    data = "news:field:software"
    await srey.send("/stop")
    await srey.tap("news.interests_button")
    shown = srey.buttons()
    await srey.forge(data)
    on = srey.buttons()
    assert on != shown
    await srey.forge(data)
    assert srey.buttons() == on

    # Who has seen it may take it back.
    stage.later(seconds=3)
    await srey.forge(data)
    assert srey.buttons() == shown


async def test_going_to_an_event_tapped_twice_is_no_cancelling(stage: Stage) -> None:
    srey, nary = stage.person(ENGLISH_STUDENT), stage.person(SECOND_COORDINATOR)
    await nary.send("/desk")
    await scenes.pastes_event(
        nary, "kind: workshop", "title: ការងារ", "title: Jobs", "when: 1/12/2026 18:00",
        "where: online", "places: 1",
    )  # fmt: skip
    await nary.tap("eventform.publish")
    await srey.send("/events")
    await srey.tap_words("Jobs")
    await with_her_age(srey, "event.go")
    # A slow finger meets the button that has come in its place: she is asked first.
    stage.later(seconds=5)
    await srey.tap("event.not")
    srey.sees("event.give_up.place")
    assert srey.offers("back.home")
    stage.later(seconds=5)
    await srey.tap("event.keep_place")
    srey.sees("event.hers.going")


async def test_keeping_a_career_tapped_twice_keeps_it(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/start career_nurse")
    await srey.tap("career.save")
    await srey.tap("career.unsave")
    assert srey.offers("career.unsave")
    stage.later(seconds=3)
    await srey.tap("career.unsave")
    assert srey.offers("career.save")
