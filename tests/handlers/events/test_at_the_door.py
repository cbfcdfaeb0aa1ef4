"""Who may take a place, who came, and writing to those who come."""

import re
from datetime import timedelta

from bot.content.base import Text
from bot.events import calendar
from bot.events.details import Details
from bot.events.listing import Shown
from bot.people.staff import Actor
from handlers.events.taps import GO
from tests.chat import Chat
from tests.handlers.scenes import at_desk, becomes_mentor, tells_age, with_her_age
from tests.stage import ENGLISH_STUDENT, MENTOR, SECOND_COORDINATOR, STUDENT, Stage

TITLE = "A day of code"


async def _event(stage: Stage, **more: object) -> None:
    values: dict[str, object] = {
        "kind": "workshop",
        "title": Text({"km": TITLE}),
        "everywhere": True,
        "starts": stage.now + timedelta(days=3),
    }
    staff = (SECOND_COORDINATOR,)
    async with stage.database.write() as session:
        actor = Actor(session, SECOND_COORDINATOR, staff, stage.now)
        details = Details.model_validate(values | more)
        await calendar.publish(actor, details, stage.services.settings.zone, ("km", "en"))


async def _goes(girl: Chat) -> None:
    await girl.send("/events")
    await girl.tap_words(TITLE)
    await with_her_age(girl, "event.go")


def _code(girl: Chat) -> str:
    found = re.search(r"\d{4}$", girl.sees("event.code")["text"].split("🎟")[1].strip())
    assert found is not None
    return found[0]


async def test_places_for_some_grades_are_for_students_of_those_grades(stage: Stage) -> None:
    srey, pov = stage.person(ENGLISH_STUDENT), stage.person(STUDENT)
    sophea = stage.person(MENTOR)
    bopha, nary = await at_desk(stage)
    await becomes_mentor(sophea, bopha, nary)
    await _event(stage, grades=("10", "11"))
    for grown_up in (sophea, nary):
        await _goes(grown_up)
        grown_up.sees("event.for_students")
    await srey.send("/me")
    await srey.forge("me:grade:9")
    await srey.send("/events")
    await srey.tap_words(TITLE)
    srey.sees("event.not_her_grade")
    assert not srey.offers("event.go")
    assert srey.offers("event.change_grade")
    # An older button refuses her as well.
    await srey.forge(GO(1, Shown()))
    await tells_age(srey, "minor")
    srey.sees("event.other_grades")
    # Who has not told her grade may be in it.
    await _goes(pov)
    pov.sees("event.hers.going")


async def test_what_has_no_places_or_names_no_grades_is_for_everybody(stage: Stage) -> None:
    _, nary = await at_desk(stage)
    await _event(stage)
    await _goes(nary)
    nary.sees("event.hers.going")


async def test_a_girl_shows_a_code_and_is_counted_once(stage: Stage) -> None:
    srey, pov = stage.person(ENGLISH_STUDENT), stage.person(STUDENT)
    _, nary = await at_desk(stage)
    await _event(stage)
    for girl in (srey, pov):
        await _goes(girl)
    code, other = _code(srey), _code(pov)
    assert code != other
    await nary.send("/desk")
    await nary.tap("desk.events")
    await nary.tap_words(TITLE)
    await nary.tap("eventdesk.who")
    await nary.tap("checkin.begin")
    nary.sees("checkin.ask", title=TITLE)
    await nary.send(code)
    nary.sees("checkin.came", came=1)
    await nary.send(code)
    nary.sees("checkin.again", came=1)
    await nary.send("12345")
    nary.sees("checkin.unknown")
    # In Khmer digits as well; the next code is still waited for.
    await nary.send(other.translate(str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")))
    nary.sees("checkin.came", came=2)
    await nary.tap("checkin.end")
    nary.sees("eventdesk.counts", came=2)
    # Who gave her place up has no code any more.
    stage.later(seconds=5)
    await pov.tap("event.not")
    await pov.tap("event.give_up")
    pov.does_not_see("event.code")
    # She is counted no more among those who came.
    await nary.tap("event.back")
    nary.sees("eventdesk.card", going=1)
    await nary.tap("eventdesk.who")
    nary.sees("eventdesk.counts", going=1, came=1)


async def test_a_code_may_be_typed_before_it_is_asked_for(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    _, nary = await at_desk(stage)
    await _event(stage)
    await _goes(srey)
    await nary.send("/desk")
    await nary.tap("desk.events")
    await nary.tap_words(TITLE)
    await nary.tap("eventdesk.who")
    await nary.send(_code(srey))
    nary.sees("checkin.came", came=1)
    await nary.tap("checkin.end")
    await nary.send("What is AI?")
    nary.does_not_see("checkin.unknown")


async def test_from_a_date_of_many_the_way_back_is_the_date_and_its_page(stage: Stage) -> None:
    _, nary = await at_desk(stage)
    await _event(stage, repeat="weekly")
    await nary.send("/desk")
    await nary.tap("desk.events")
    await nary.tap_words(TITLE)
    await nary.tap("eventdesk.dates")
    await nary.tap("page.next")
    await nary.tap_words(TITLE)
    date = nary.sees("eventdesk.date")["text"]
    await nary.tap("eventdesk.who")
    nary.sees("eventdesk.counts")
    await nary.tap("event.back")
    assert nary.sees("eventdesk.date")["text"] == date
    await nary.tap("eventdesk.cancel")
    await nary.tap("eventdesk.keep")
    assert nary.sees("eventdesk.date")["text"] == date
    await nary.tap("event.back")
    nary.sees("eventdesk.all_dates")
    assert nary.offers("page.previous"), "the second page is shown again"


async def test_those_who_come_are_written_to_as_by_every_announcement(stage: Stage) -> None:
    srey, pov = stage.person(ENGLISH_STUDENT), stage.person(STUDENT)
    await pov.send("/menu")
    _, nary = await at_desk(stage)
    await _event(stage)
    await _goes(srey)
    await nary.send("/desk")
    await nary.tap("desk.events")
    await nary.tap_words(TITLE)
    await nary.tap("eventdesk.who")
    await nary.tap("eventdesk.write_to")
    await nary.send("យកទឹកមកផង")
    await nary.send("Bring water")
    nary.sees("cast.for", people=1)
    await nary.tap("cast.check")
    await nary.tap("cast.now")
    await stage.passes(5)
    srey.sees_words("Bring water")
    assert "ទឹក" not in pov.transcript()
