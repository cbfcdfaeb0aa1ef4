"""Events are published, edited, repeated and cancelled by coordinators; holders are told."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.database import Database
from bot.events import calendar, dates, drafts, listing, signups
from bot.events.calendar import IncompleteError
from bot.events.details import Details
from bot.events.listing import Shown
from bot.events.tables import EventDate, Reminder
from bot.language.typed_times import Span
from bot.refusals import NotAllowedError
from tests.events.conftest import (
    FIRST,
    GIRLS,
    NOW,
    STAFF,
    WORKSHOP,
    ZONE,
    local,
    meet,
    publish,
)

SREY, CHANTHA, BOPHA, _ = GIRLS


async def _dates(session, event_id: int) -> list[EventDate]:
    return await dates.coming(session, event_id, NOW)


async def _going(session, date_id: int, *girls: int) -> None:
    for girl in girls:
        assert await signups.answer(session, girl, date_id, going=True, now=NOW, zone=ZONE)


async def test_nothing_incomplete_is_published(database: Database) -> None:
    async with database.write() as session:
        for changes, problem in (
            ({"kind": None}, "kind"),
            ({"title_km": ""}, "title_km"),
            ({"title_en": ""}, "title_en"),
            ({"text_en": "words"}, "text_km"),
            ({"starts": None}, "when"),
            ({"starts": NOW}, "past"),
            ({"province": None, "place": ""}, "where"),
        ):
            with pytest.raises(IncompleteError, match=problem):
                await publish(session, **changes)
        assert await publish(session, kind="deadline", province=None, place="")


async def test_a_student_can_do_nothing_to_an_event(database: Database) -> None:
    async with database.write() as session:
        event_id = await publish(session)
        (date_,) = await _dates(session, event_id)
        span = Span(local(11, 9), None, False)
        for attempt in (
            calendar.publish(session, SREY, STAFF, WORKSHOP, NOW, ZONE),
            calendar.edit(session, SREY, STAFF, event_id, WORKSHOP, NOW, ZONE),
            calendar.move_date(session, SREY, STAFF, date_.id, span, NOW, ZONE),
            calendar.cancel_date(session, SREY, STAFF, date_.id, NOW, ZONE),
            calendar.cancel(session, SREY, STAFF, event_id, NOW, ZONE),
            signups.attendance(session, SREY, STAFF, date_.id),
            listing.for_staff(session, SREY, STAFF, NOW),
            listing.dates_for_staff(session, SREY, STAFF, event_id, NOW),
            drafts.begin(session, SREY, STAFF, Details(), NOW),
            drafts.find(session, SREY, STAFF, 1),
        ):
            with pytest.raises(NotAllowedError):
                await attempt


async def test_a_draft_belongs_to_its_author(database: Database) -> None:
    async with database.write() as session:
        draft = await drafts.begin(session, FIRST, STAFF, Details(), NOW)
        changed = await drafts.change(session, FIRST, STAFF, draft.id, NOW, title_km="ក")
        assert changed is not None
        assert changed.details.title_km == "ក"
        assert await drafts.find(session, STAFF[1], STAFF, draft.id) is None
        with pytest.raises(ValueError, match="title_km"):
            await drafts.change(session, FIRST, STAFF, draft.id, NOW, title_km="ក" * 500)
        again = await drafts.begin(session, FIRST, STAFF, Details(), NOW)
        assert await drafts.find(session, FIRST, STAFF, draft.id) is None
        await drafts.forget_old(session, NOW + timedelta(days=15))
        assert await drafts.find(session, FIRST, STAFF, again.id) is None


@pytest.mark.parametrize(
    ("repeat", "expected"),
    [
        ("weekly", ["2026-12-10", "2026-12-17", "2026-12-24"]),
        ("monthly", ["2026-12-10", "2027-01-10", "2027-02-10"]),
        ("yearly", ["2026-12-10", "2027-12-10"]),
    ],
)
async def test_an_event_may_repeat(database: Database, repeat: str, expected: list[str]) -> None:
    async with database.write() as session:
        event_id = await publish(session, repeat=repeat)
        found = [d.starts_at_utc.astimezone(ZONE) for d in await _dates(session, event_id)]
        assert [d.date().isoformat() for d in found][: len(expected)] == expected
        assert {d.hour for d in found} == {14}


async def test_the_thirty_first_is_the_last_day_of_a_shorter_month(database: Database) -> None:
    async with database.write() as session:
        event_id = await publish(session, repeat="monthly", starts=local(31, 9), ends=None)
        found = [d.starts_at_utc.astimezone(ZONE).day for d in await _dates(session, event_id)]
        assert found[:4] == [31, 31, 28, 31]


async def test_repetition_ends_and_goes_on_by_itself(database: Database) -> None:
    async with database.write() as session:
        ends = await publish(session, repeat="weekly", repeat_until=date(2026, 12, 24))
        assert len(await _dates(session, ends)) == 3
        goes_on = await publish(session, repeat="weekly")
        before = len(await _dates(session, goes_on))
        later = NOW + timedelta(days=70)
        await dates.extend_all(session, later, ZONE)
        await dates.extend_all(session, later, ZONE)
        assert len(await _dates(session, goes_on)) == before + 10


async def test_a_new_time_moves_every_date_and_tells_each_once(database: Database) -> None:
    async with database.write() as session:
        await meet(session)
        event_id = await publish(session, repeat="weekly")
        first, second, *_ = await _dates(session, event_id)
        await _going(session, first.id, SREY)
        await _going(session, second.id, SREY, CHANTHA)
        new = WORKSHOP.model_copy(
            update={"repeat": "weekly", "starts": local(11, 9), "ends": local(11, 10)}
        )
        notices = await calendar.edit(session, FIRST, STAFF, event_id, new, NOW, ZONE)
        told = {n.person_id: (n.kind, n.of.date_id, n.others) for n in notices}
        assert told == {SREY: ("moved", first.id, 1), CHANTHA: ("moved", second.id, 0)}
        assert notices[0].was == local(10, 14)
        starts = [d.starts_at_utc for d in await _dates(session, event_id)][:3]
        assert starts == [local(11, 9), local(18, 9), local(25, 9)]
        due = set(await session.scalars(select(Reminder.starts_at_utc)))
        assert due == {local(11, 9), local(18, 9)}


async def test_an_edit_of_nothing_tells_nobody(database: Database) -> None:
    async with database.write() as session:
        await meet(session)
        event_id = await publish(session)
        (date_,) = await _dates(session, event_id)
        await _going(session, date_.id, SREY)
        same = await calendar.details_of(session, event_id, NOW)
        assert same == WORKSHOP
        assert await calendar.edit(session, FIRST, STAFF, event_id, same, NOW, ZONE) == ()
        silent = same.model_copy(update={"grades": ("12",), "offsets": (60,)})
        assert await calendar.edit(session, FIRST, STAFF, event_id, silent, NOW, ZONE) == ()
        words = silent.model_copy(update={"place": "Hall B"})
        (told,) = await calendar.edit(session, FIRST, STAFF, event_id, words, NOW, ZONE)
        assert (told.kind, told.of.place) == ("changed", "Hall B")


async def test_another_rule_keeps_the_next_date_and_calls_off_the_rest(
    database: Database,
) -> None:
    async with database.write() as session:
        await meet(session)
        event_id = await publish(session, repeat="weekly")
        first, second, *_ = await _dates(session, event_id)
        await _going(session, first.id, SREY)
        await _going(session, second.id, CHANTHA)
        monthly = WORKSHOP.model_copy(update={"repeat": "monthly"})
        (told,) = await calendar.edit(session, FIRST, STAFF, event_id, monthly, NOW, ZONE)
        assert (told.person_id, told.kind) == (CHANTHA, "cancelled")
        kept = await _dates(session, event_id)
        assert kept[0].id == first.id
        assert kept[1].starts_at_utc == local(10, 14, month=1, year=2027)
        once = WORKSHOP.model_copy(update={"repeat": None})
        await calendar.edit(session, FIRST, STAFF, event_id, once, NOW, ZONE)
        assert [d.id for d in await _dates(session, event_id)] == [first.id]


async def test_one_date_moves_or_goes_and_the_others_stay(database: Database) -> None:
    async with database.write() as session:
        await meet(session)
        event_id = await publish(session, repeat="weekly")
        first, second, third, *_ = await _dates(session, event_id)
        await _going(session, second.id, SREY)
        await _going(session, third.id, CHANTHA)
        span = Span(local(18, 8), None, False)
        (told,) = await calendar.move_date(session, FIRST, STAFF, second.id, span, NOW, ZONE)
        assert (told.person_id, told.of.starts, told.of.ends) == (
            SREY,
            local(18, 8),
            local(18, 10),
        )
        (gone,) = await calendar.cancel_date(session, FIRST, STAFF, third.id, NOW, ZONE)
        assert (gone.person_id, gone.kind, gone.of.cancelled) == (CHANTHA, "cancelled", True)
        assert await calendar.cancel_date(session, FIRST, STAFF, third.id, NOW, ZONE) is None
        await dates.extend_all(session, NOW, ZONE)
        starts = [d.starts_at_utc for d in await _dates(session, event_id)][:3]
        assert starts == [local(10, 14), local(18, 8), local(31, 14)]


async def test_a_cancelled_event_tells_all_who_hold_a_place_or_wait(database: Database) -> None:
    async with database.write() as session:
        await meet(session)
        event_id = await publish(session, places=1)
        (date_,) = await _dates(session, event_id)
        await _going(session, date_.id, SREY, CHANTHA, BOPHA)
        await signups.answer(session, BOPHA, date_.id, going=False, now=NOW, zone=ZONE)
        notices = await calendar.cancel(session, FIRST, STAFF, event_id, NOW, ZONE)
        assert {n.person_id: n.kind for n in notices} == {SREY: "cancelled", CHANTHA: "cancelled"}
        assert await calendar.cancel(session, FIRST, STAFF, event_id, NOW, ZONE) is None
        assert list(await session.scalars(select(Reminder))) == []
        assert (
            await signups.answer(session, SREY, date_.id, going=True, now=NOW, zone=ZONE) is None
        )
        assert (await signups.find(session, date_.id)).cancelled


async def test_students_see_months_and_filter_them(database: Database) -> None:
    async with database.write() as session:
        await meet(session)
        here = await publish(session, grades=("12",))
        online = await publish(
            session,
            online=True,
            province=None,
            fields=("ai-data",),
            starts=local(20, 9),
            ends=None,
        )
        national = await publish(
            session, kind="exam", province=None, place="", starts=local(5, 9, month=1, year=2027),
            ends=None,
        )  # fmt: skip

        async def see(shown: Shown, wanted: date | None = None) -> list[int]:
            found = await listing.month(session, SREY, wanted, shown, NOW, ZONE)
            return [of.event_id for of in found.found]

        everything = await listing.month(session, SREY, None, Shown(), NOW, ZONE)
        assert [of.event_id for of in everything.found] == [here, online]
        assert (everything.before, everything.after) == (None, date(2027, 1, 1))
        assert await see(Shown(), date(2027, 1, 20)) == [national]
        assert await see(Shown(), date(2027, 5, 1)) == []
        assert await see(Shown(province="kampot")) == [online]
        assert await see(Shown(province="phnom-penh")) == [here, online]
        assert await see(Shown(grade="9")) == [online]
        assert await see(Shown(field="health")) == [here]
        assert await see(Shown(only="o")) == [online]
        assert await see(Shown(only="m")) == []
        (date_,) = await _dates(session, online)
        await _going(session, date_.id, SREY)
        assert await see(Shown(only="m")) == [online]
        staff = await listing.for_staff(session, FIRST, STAFF, NOW)
        assert [(of.event_id, of.going) for of in staff] == [(here, 0), (online, 1), (national, 0)]
