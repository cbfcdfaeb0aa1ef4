"""Places, and a waiting list that moves up by itself."""

from datetime import time, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import privacy
from bot.database import Database, Session
from bot.events import calendar, dates, signups
from bot.events.happening import Happening
from bot.events.reminder_times import DAY, HOUR
from bot.events.tables import EventSignup, Reminder, ReminderChoice
from bot.people import people
from bot.quiet_hours import QuietHours
from bot.refusals import StaleError
from tests.events.conftest import GIRLS, NOW, TONGUES, WORKSHOP, ZONE, acting, local, meet, publish

SREY, CHANTHA, BOPHA, NARY = GIRLS


async def _date(session: Session, **changes: Any) -> int:
    await meet(session)
    event_id = await publish(session, **changes)
    return (await dates.coming(session, event_id, NOW))[0].id


async def _answer(
    session: Session, girl: int, date_id: int, going: bool = True
) -> signups.Answered:
    answered = await signups.answer(acting(session, girl), date_id, going=going, zone=ZONE)
    assert answered is not None
    return answered


async def _found(session: Session, date_id: int, girl: int | None = None) -> Happening:
    found = await signups.find(session, date_id, girl)
    assert found is not None
    return found


async def test_a_freed_place_goes_to_who_waited_longest(database: Database) -> None:
    async with database.write() as session:
        date_id = await _date(session, places=1)
        assert (await _answer(session, SREY, date_id)).state == "going"
        assert (await _answer(session, CHANTHA, date_id)).state == "waiting"
        third = await _answer(session, BOPHA, date_id)
        assert (third.state, third.ahead) == ("waiting", 1)
        assert (await _answer(session, BOPHA, date_id)).ahead == 1
        freed = await _answer(session, SREY, date_id, going=False)
        (told,) = freed.moved_up
        assert (told.person_id, told.kind) == (CHANTHA, "moved_up")
        assert (await _found(session, date_id, CHANTHA)).hers == "going"
        back = await _answer(session, SREY, date_id)
        assert (back.state, back.ahead) == ("waiting", 1)


async def test_more_places_move_many_up(database: Database) -> None:
    async with database.write() as session:
        date_id = await _date(session, places=1)
        for girl in GIRLS:
            await _answer(session, girl, date_id)
        more = WORKSHOP.model_copy(update={"places": 3})
        notices = await calendar.edit(acting(session), 1, more, ZONE, TONGUES)
        assert [(n.kind, n.person_id) for n in notices] == [
            ("moved_up", CHANTHA), ("moved_up", BOPHA),
        ]  # fmt: skip
        fewer = WORKSHOP.model_copy(update={"places": 1})
        assert await calendar.edit(acting(session), 1, fewer, ZONE, TONGUES) == ()
        assert (await _found(session, date_id)).going == 3


async def test_an_erased_girl_frees_her_place(database: Database) -> None:
    async with database.write() as session:
        date_id = await _date(session, places=1)
        await _answer(session, SREY, date_id)
        await _answer(session, CHANTHA, date_id)
        kept = await privacy.export(session, SREY)
        assert kept["events"][0]["title"]["en"] == "A workshop"
    async with database.write() as session:
        await privacy.erase(session, SREY, NOW)
        (told,) = await signups.move_all_up(session, NOW, ZONE)
        assert told.person_id == CHANTHA
        assert await signups.move_all_up(session, NOW, ZONE) == []
        assert await session.get(EventSignup, (date_id, SREY)) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(
    st.integers(1, 3),
    st.lists(st.tuples(st.sampled_from(GIRLS), st.booleans()), max_size=20),
)  # fmt: skip
async def test_places_are_never_over_given_nor_left_free(
    database: Database, places: int, answers: list[tuple[int, bool]]
) -> None:
    async with database.write() as session:
        date_id = await _date(session, places=places)
        for girl, going in answers:
            await _answer(session, girl, date_id, going)
            happening = await signups.find(session, date_id)
            assert happening is not None
            assert happening.going <= places
            assert happening.waiting == 0 or happening.going == places


async def test_it_is_too_late_when_it_has_begun(database: Database) -> None:
    async with database.write() as session:
        date_id = await _date(session)
        late = acting(session, SREY, local(10, 14))
        begun = await signups.answer(late, date_id, going=True, zone=ZONE)
        assert begun is None
        gone = await signups.answer(acting(session, SREY), 999, going=True, zone=ZONE)
        assert gone is None


async def test_small_groups_are_not_shown(database: Database) -> None:
    async with database.write() as session:
        date_id = await _date(session)
        girls = range(100, 107)
        await meet(session, *girls)
        for number, girl in enumerate(girls):
            person, _, _ = await people.meet(session, girl, "km", NOW)
            person.province = "kampot" if number < 5 else "kep"
            await _answer(session, girl, date_id, going=True)
        seen = await signups.attendance(acting(session), date_id)
        assert (seen.going, seen.by_province, seen.by_grade) == (7, {"kampot": 5}, {})


async def test_her_choices_change_the_plan(database: Database) -> None:
    async def planned(session: Session) -> list[tuple[int, object]]:
        rows = await session.execute(
            Reminder.__table__.select().order_by(Reminder.__table__.c.due_at_utc)
        )
        return [(row.minutes_before, row.due_at_utc) for row in rows]

    async with database.write() as session:
        date_id = await _date(session, starts=local(10, 6, 30), ends=None)
        await _answer(session, SREY, date_id)
        assert [m for m, _ in await planned(session)] == [10080, DAY, HOUR]
        await signups.choose(
            acting(session, SREY), [DAY, HOUR], QuietHours(time(20), time(5)), ZONE
        )
        assert await planned(session) == [(DAY, local(9, 6, 30)), (HOUR, local(10, 5, 30))]
        await signups.choose_for_date(acting(session, SREY), date_id, [HOUR], ZONE)
        assert [m for m, _ in await planned(session)] == [HOUR]
        with pytest.raises(StaleError):
            await signups.choose_for_date(acting(session, CHANTHA), date_id, [], ZONE)
        with pytest.raises(ValueError, match="quiet"):
            await signups.choose(acting(session, SREY), None, QuietHours(time(3), time(5)), ZONE)
        assert await signups.choice_of(session, SREY) == (
            (DAY, HOUR),
            QuietHours(time(20), time(5)),
        )
        await privacy.erase(session, SREY, NOW)
        assert await session.get(ReminderChoice, SREY) is None
        assert await planned(session) == []


async def test_names_are_forgotten_and_the_count_is_kept(database: Database) -> None:
    async with database.write() as session:
        date_id = await _date(session)
        await _answer(session, SREY, date_id)
        await _answer(session, CHANTHA, date_id)
        await signups.forget_old(session, local(10, 15))
        assert (await _found(session, date_id)).going == 2
        await signups.forget_old(session, local(10, 14) + timedelta(days=9))
        assert (await _found(session, date_id)).going == 0
