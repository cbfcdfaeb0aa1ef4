"""Calendars of others: followed by UID, shown to nobody unseen, never cancelled by a mistake."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.content.base import Text
from bot.database import Database, Session
from bot.events import calendar, dates, feed_reading, feeds, listing, offers, signups
from bot.events.fetch import Fetched
from bot.events.ical.reading import read_calendar
from bot.events.ical.writing import write_calendar
from bot.events.listing import Shown
from bot.events.tables import Event, EventFeed, Reminder
from bot.refusals import NotAllowedError, RefusedError
from tests.events.conftest import (
    GIRLS,
    NOW,
    TONGUES,
    ZONE,
    acting,
    calendar_of,
    local,
    meet,
    one,
    publish,
)

SREY, CHANTHA, *_ = GIRLS
PROVINCES = {"kampot": ("កំពត", "Kampot")}


async def test_her_file_is_read_back_as_the_same_event(database: Database) -> None:
    async with database.write() as session:
        event_id = await publish(session, text=Text({"km": "ក", "en": "b"}))
        (date,) = await dates.coming(session, event_id, NOW)
        happening = await signups.find(session, date.id)
    assert happening is not None
    data = write_calendar(happening, "សិក្ខាសាលា; ១", "b\nc", "Factory, hall", NOW, ZONE)
    (item,) = read_calendar(data, NOW, ZONE).items
    assert (item.title, item.text, item.place) == ("សិក្ខាសាលា; ១", "b\nc", "Factory, hall")
    assert (item.slots[0].starts, item.slots[0].ends) == (happening.starts, happening.ends)
    assert b"SEQUENCE:1" in data


async def _feed(session: Session, **changes: bool) -> EventFeed:
    options = {"once": False, "anywhere": False, **changes}
    address = "https://example.org/a.ics"
    feed_id = await feeds.subscribe(acting(session), address, "open_day", **options)
    return await session.get_one(EventFeed, feed_id)


async def _read(
    session: Session, feed: EventFeed, *events: str, now: datetime = NOW
) -> feed_reading.Reading:
    data = calendar_of(*events)
    said, fetched = read_calendar(data, now, ZONE), Fetched(data, "e", "m")
    reading = await feed_reading.read(
        session, feed.id, fetched, said, PROVINCES, TONGUES, now, ZONE
    )
    assert reading is not None
    return reading


async def _shown(session: Session) -> list[str]:
    found = await listing.month(acting(session, SREY), None, Shown(), ZONE)
    return [happening.title.get("en") for happening in found.found]


async def test_a_new_event_waits_for_a_coordinators_eyes(database: Database) -> None:
    async with database.write() as session:
        feed = await _feed(session)
        assert [f.id for f in await feeds.due(session, NOW)] == [feed.id]
        reading = await _read(session, feed, one(more="\nLOCATION:Kampot\\, hall"), one("b"))
        assert (reading.new, reading.first) == (2, True)
        assert await feeds.due(session, NOW) == []
        assert await _shown(session) == []
        first, second = await offers.waiting(acting(session))
        assert await offers.accept(acting(session), first.event_id, ZONE) == ()
        await offers.reject(acting(session), second.event_id)
        assert await _shown(session) == ["Fair"]
        event = await session.get_one(Event, first.event_id)
        assert (event.province, event.kind, event.place) == ("kampot", "open_day", "Kampot, hall")
        again = await _read(session, feed, one(more="\nLOCATION:Kampot\\, hall"), one("b"))
        assert (again.new, again.notices) == (0, ())
        assert await offers.waiting(acting(session)) == []


async def _followed(session: Session) -> tuple[EventFeed, int]:
    """Return a feed with one published event to which Srey goes."""
    await meet(session)
    feed = await _feed(session)
    await _read(session, feed, one(), one("b", "20261211T070000Z"))
    for offer in await offers.waiting(acting(session)):
        await offers.accept(acting(session), offer.event_id, ZONE)
    (date,) = await dates.coming(session, 1, NOW)
    await signups.answer(acting(session, SREY), date.id, going=True, zone=ZONE)
    return feed, date.id


async def test_a_new_time_holds_at_once_and_new_words_wait(database: Database) -> None:
    async with database.write() as session:
        feed, _ = await _followed(session)
        new = one(at="20261212T020000Z", title="Big fair")
        reading = await _read(session, feed, new, one("b", "20261211T070000Z"))
        (told,) = reading.notices
        assert (told.kind, told.happening.starts, told.happening.title.get("en")) == (
            "moved",
            local(12, 9),
            "Fair",
        )
        assert set(await session.scalars(select(Reminder.starts_at_utc))) == {local(12, 9)}
        assert reading.new == 1
        (offer,) = await offers.waiting(acting(session))
        assert (offer.new, offer.title) == (False, "Big fair")
        notices = await offers.accept(acting(session), offer.event_id, ZONE)
        assert notices is not None
        (told,) = notices
        assert (told.kind, told.happening.title.get("en")) == ("changed", "Big fair")


async def test_a_translation_is_not_overwritten_by_the_feed(database: Database) -> None:
    async with database.write() as session:
        feed, _ = await _followed(session)
        details = await calendar.details_of(session, 1, NOW)
        translated = details.model_copy(update={"title": Text({"km": "ពិព័រណ៍", "en": "Fair"})})
        await calendar.edit(acting(session), 1, translated, ZONE, TONGUES)
        await _read(session, feed, one(title="Big fair"), one("b", "20261211T070000Z"))
        (offer,) = await offers.waiting(acting(session))
        await offers.accept(acting(session), offer.event_id, ZONE)
        event = await session.get_one(Event, 1)
        assert event.title == {"km": "ពិព័រណ៍", "en": "Big fair"}


async def test_what_is_gone_is_cancelled_and_back_it_is_looked_at_anew(
    database: Database,
) -> None:
    async with database.write() as session:
        feed, _ = await _followed(session)
        reading = await _read(session, feed, one("b", "20261211T070000Z"))
        assert [(n.person_id, n.kind) for n in reading.notices] == [(SREY, "cancelled")]
        assert list(await session.scalars(select(Reminder))) == []
        again = await _read(session, feed, one(), one("b", "20261211T070000Z"))
        assert (again.new, again.notices) == (1, ())
        assert await _shown(session) == ["Fair"]


async def test_what_a_coordinator_cancelled_is_not_offered_again(database: Database) -> None:
    async with database.write() as session:
        feed, _ = await _followed(session)
        await calendar.cancel(acting(session), 1, ZONE)
        reading = await _read(session, feed, one(title="New"), one("b", "20261211T070000Z"))
        assert (reading.new, reading.notices) == (0, ())
        assert await offers.waiting(acting(session)) == []


async def test_what_can_suddenly_not_be_read_is_told_once_and_is_not_cancelled(
    database: Database,
) -> None:
    async with database.write() as session:
        feed, _ = await _followed(session)
        broken = "UID:a\nDTSTART;TZID=Nowhere/Middle:20261210T140000\nSUMMARY:Fair"
        reading = await _read(session, feed, broken, one("b", "20261211T070000Z"))
        assert [(left.uid, left.why) for left in reading.left_out] == [("a", "zone")]
        assert reading.notices == ()
        assert sorted(await _shown(session)) == ["Fair", "Fair"]
        assert (await feeds.find(acting(session), feed.id)).left_out == reading.left_out
        again = await _read(session, feed, broken, one("b", "20261211T070000Z"))
        assert again.left_out == ()
        await _read(session, feed, one(), one("b", "20261211T070000Z"))
        assert (await feeds.find(acting(session), feed.id)).left_out == ()


async def test_an_event_that_is_over_is_not_cancelled(database: Database) -> None:
    async with database.write() as session:
        feed, _ = await _followed(session)
        later = local(10, 20)
        reading = await _read(session, feed, one("b", "20261211T070000Z"), now=later)
        assert reading.notices == ()
        assert (await session.get_one(Event, 1)).state == "published"


async def test_a_failing_feed_is_tried_later_and_later_and_told_once(database: Database) -> None:
    async with database.write() as session:
        feed = await _feed(session)
        waits = []
        for number in range(12):
            await feed_reading.begin(session, feed.id, NOW)
            reading = await feed_reading.failed(session, feed.id, "unreachable", NOW)
            assert reading is not None
            assert reading.first == (number == 0)
            assert feed.next_read_at_utc is not None
            waits.append(feed.next_read_at_utc - NOW)
        assert waits[:3] == [timedelta(minutes=15), timedelta(minutes=30), timedelta(hours=1)]
        assert max(waits) == timedelta(hours=24)
        await _read(session, feed, one())
        assert (feed.failure, feed.failures) == (None, 0)


async def test_a_feed_that_is_too_large_is_left_alone_for_a_day(database: Database) -> None:
    async with database.write() as session:
        feed = await _feed(session)
        await feed_reading.begin(session, feed.id, NOW)
        await feed_reading.failed(session, feed.id, feed_reading.TOO_LARGE, NOW)
        assert not await feeds.due(session, NOW + timedelta(hours=23))


async def test_a_feed_whose_reading_ended_the_process_is_not_read_again_at_once(
    database: Database,
) -> None:
    async with database.write() as session:
        feed = await _feed(session)
        assert await feeds.due(session, NOW)
        await feed_reading.begin(session, feed.id, NOW)
    async with database.write() as session:
        assert not await feeds.due(session, NOW + timedelta(minutes=14))
        await feed_reading.begin(session, feed.id, NOW + timedelta(minutes=15))
        assert not await feeds.due(session, NOW + timedelta(minutes=44))


async def test_read_once_is_read_once_and_stopping_keeps_what_is_published(
    database: Database,
) -> None:
    async with database.write() as session:
        feed = await _feed(session, once=True)
        await _read(session, feed, one(), one("b"))
        assert await feeds.due(session, NOW + timedelta(days=30)) == []
        offer, _ = await offers.waiting(acting(session))
        await offers.accept(acting(session), offer.event_id, ZONE)
        await feeds.unsubscribe(acting(session), feed.id)
        assert await _shown(session) == ["Fair"]
        assert await offers.waiting(acting(session)) == []
        with pytest.raises(RefusedError, match="gone"):
            await feeds.unsubscribe(acting(session), feed.id)


async def test_a_student_can_do_nothing_to_feeds(database: Database) -> None:
    async with database.write() as session:
        srey = acting(session, SREY)
        for attempt in (
            feeds.subscribe(srey, "https://example.org/", "talk", once=False, anywhere=False),
            feeds.unsubscribe(srey, 1),
            feeds.feeds(srey),
            feeds.find(srey, 1),
            offers.waiting(srey),
            offers.accept(srey, 1, ZONE),
            offers.reject(srey, 1),
        ):
            with pytest.raises(NotAllowedError):
                await attempt
