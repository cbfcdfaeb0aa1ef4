"""Events are published, edited, repeated and cancelled by coordinators; holders are told."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.content.base import Text
from bot.database import Database, Session
from bot.events import calendar, dates, drafts, listing, signups
from bot.events.calendar import IncompleteError
from bot.events.details import Details
from bot.events.listing import Shown
from bot.events.tables import EventDate, Reminder
from bot.language.typed_times import Span
from bot.refusals import NotAllowedError, RefusedError
from tests.events.conftest import (
    FIRST,
    GIRLS,
    NOW,
    SECOND,
    TONGUES,
    WORKSHOP,
    ZONE,
    acting,
    local,
    meet,
    publish,
)

SREY, CHANTHA, BOPHA, _ = GIRLS


async def _dates(session: Session, event_id: int) -> list[EventDate]:
    return await dates.coming(session, event_id, NOW)


async def _going(session: Session, date_id: int, *girls: int) -> None:
    for girl in girls:
        assert await signups.answer(acting(session, girl), date_id, going=True, zone=ZONE)


async def test_nothing_incomplete_is_published(database: Database) -> None:
    async with database.write() as session:
        for changes, problem in (
            ({"kind": None}, "kind"),
            ({"title": Text({"en": "A workshop"})}, "title_km"),
            ({"title": None}, "title_km"),
            ({"text": Text({"en": "words"})}, "text_km"),
            ({"starts": None}, "when"),
            ({"starts": NOW}, "past"),
            ({"province": None, "place": ""}, "where"),
        ):
            with pytest.raises(IncompleteError, match=problem):
                await publish(session, **changes)
        assert await publish(session, kind="deadline", province=None, place="")
        # Whoever reads English sees the Khmer.
        khmer_only = {"title": Text({"km": "សិក្ខាសាលា"}), "text": Text({"km": "ពាក្យ"})}
        assert await publish(session, **khmer_only)


async def test_a_student_can_do_nothing_to_an_event(database: Database) -> None:
    async with database.write() as session:
        event_id = await publish(session)
        (date_,) = await _dates(session, event_id)
        span = Span(local(11, 9), None, False)
        srey = acting(session, SREY)
        for attempt in (
            calendar.publish(srey, WORKSHOP, ZONE, TONGUES),
            calendar.edit(srey, event_id, WORKSHOP, ZONE, TONGUES),
            calendar.move_date(srey, date_.id, span, ZONE),
            calendar.cancel_date(srey, date_.id, ZONE),
            calendar.cancel(srey, event_id, ZONE),
            signups.attendance(srey, date_.id),
            listing.for_staff(srey),
            listing.dates_for_staff(srey, event_id),
            listing.date_for_staff(srey, date_.id),
            drafts.begin(srey, Details()),
            drafts.find(srey, 1),
        ):
            with pytest.raises(NotAllowedError):
                await attempt


async def test_a_draft_belongs_to_its_author(database: Database) -> None:
    async with database.write() as session:
        first, second = acting(session, FIRST), acting(session, SECOND)
        draft = await drafts.begin(first, Details())
        changed = await drafts.change(first, draft.id, title=Text({"km": "ក"}))
        assert changed.details.title == Text({"km": "ក"})
        assert await drafts.find(first, draft.id) == changed
        with pytest.raises(RefusedError, match="lost"):
            await drafts.find(second, draft.id)
        with pytest.raises(ValueError, match="title"):
            await drafts.change(first, draft.id, title=Text({"km": "ក" * 500}))
        again = await drafts.begin(first, Details())
        with pytest.raises(RefusedError, match="lost"):
            await drafts.find(first, draft.id)
        await drafts.forget_old(session, NOW + timedelta(days=15))
        with pytest.raises(RefusedError, match="lost"):
            await drafts.find(first, again.id)


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
        notices = await calendar.edit(acting(session), event_id, new, ZONE, TONGUES)
        told = {n.person_id: (n.kind, n.happening.date_id, n.others) for n in notices}
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
        assert await calendar.edit(acting(session), event_id, same, ZONE, TONGUES) == ()
        silent = same.model_copy(update={"grades": ("12",), "offsets": (60,)})
        assert await calendar.edit(acting(session), event_id, silent, ZONE, TONGUES) == ()
        words = silent.model_copy(update={"place": "Hall B"})
        (told,) = await calendar.edit(acting(session), event_id, words, ZONE, TONGUES)
        assert (told.kind, told.happening.place) == ("changed", "Hall B")


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
        (told,) = await calendar.edit(acting(session), event_id, monthly, ZONE, TONGUES)
        assert (told.person_id, told.kind) == (CHANTHA, "cancelled")
        kept = await _dates(session, event_id)
        assert kept[0].id == first.id
        assert kept[1].starts_at_utc == local(10, 14, month=1, year=2027)
        once = WORKSHOP.model_copy(update={"repeat": None})
        await calendar.edit(acting(session), event_id, once, ZONE, TONGUES)
        assert [d.id for d in await _dates(session, event_id)] == [first.id]


async def test_one_date_moves_or_goes_and_the_others_stay(database: Database) -> None:
    async with database.write() as session:
        await meet(session)
        event_id = await publish(session, repeat="weekly")
        first, second, third, *_ = await _dates(session, event_id)
        await _going(session, second.id, SREY)
        await _going(session, third.id, CHANTHA)
        span = Span(local(18, 8), None, False)
        (told,) = await calendar.move_date(acting(session), second.id, span, ZONE)
        assert (told.person_id, told.happening.starts, told.happening.ends) == (
            SREY,
            local(18, 8),
            local(18, 10),
        )
        (gone,) = await calendar.cancel_date(acting(session), third.id, ZONE)
        assert (gone.person_id, gone.kind, gone.happening.cancelled) == (
            CHANTHA,
            "cancelled",
            True,
        )
        with pytest.raises(RefusedError, match="gone"):
            await calendar.cancel_date(acting(session), third.id, ZONE)
        await dates.extend_all(session, NOW, ZONE)
        starts = [d.starts_at_utc for d in await _dates(session, event_id)][:3]
        assert starts == [local(10, 14), local(18, 8), local(31, 14)]


async def test_a_cancelled_event_tells_all_who_hold_a_place_or_wait(database: Database) -> None:
    async with database.write() as session:
        await meet(session)
        event_id = await publish(session, places=1)
        (date_,) = await _dates(session, event_id)
        await _going(session, date_.id, SREY, CHANTHA, BOPHA)
        await signups.answer(acting(session, BOPHA), date_.id, going=False, zone=ZONE)
        notices = await calendar.cancel(acting(session), event_id, ZONE)
        assert {n.person_id: n.kind for n in notices} == {SREY: "cancelled", CHANTHA: "cancelled"}
        with pytest.raises(RefusedError, match="gone"):
            await calendar.cancel(acting(session), event_id, ZONE)
        assert list(await session.scalars(select(Reminder))) == []
        assert await signups.answer(acting(session, SREY), date_.id, going=True, zone=ZONE) is None
        found = await signups.find(session, date_.id)
        assert found is not None
        assert found.cancelled


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
            found = await listing.month(acting(session, SREY), wanted, shown, ZONE)
            return [happening.event_id for happening in found.found]

        everything = await listing.month(acting(session, SREY), None, Shown(), ZONE)
        assert [happening.event_id for happening in everything.found] == [here, online]
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
        staff = await listing.for_staff(acting(session))
        assert [(date.event_id, date.going) for date in staff] == [
            (here, 0),
            (online, 1),
            (national, 0),
        ]
