"""How announcements go out: in whose language, how fast, paused, stopped, at night."""

from datetime import UTC, datetime, timedelta

from bot.announcements import lifecycle, sending
from bot.database import Database
from bot.queues import outbox
from tests.announcements.newsroom import (
    FIRST,
    GIRL,
    NOW,
    POLICY,
    SECOND,
    STAFF,
    TODAY,
    Voices,
    by,
    deliver,
    people,
    school_class,
    sent,
    step,
    tally,
    written,
)
from tests.queues.undelivered import undelivered


async def test_each_gets_her_language_and_the_other_where_hers_is_missing(
    database: Database, voices: Voices
) -> None:
    async with database.write() as session:
        await people(session, 1, first=1)
        await people(session, 1, first=2, language="en")
        await people(session, 1, first=3, language="fr")
        both, khmer = await written(session), await written(session, "ខ្មែរ", None)
        for draft in (both, khmer):
            await lifecycle.submit(by(session, FIRST), draft.id, draft.version, None, POLICY)
    for draft in (both, khmer):
        await step(database, draft.id, voices)
    rows = await undelivered(database)
    said = {(r.key.split(":")[1], r.chat_id): str(r.payload) for r in rows}
    assert "សួស្ដី" in said[str(both.id), 1]
    assert "Hello" in said[str(both.id), 2]
    assert "សួស្ដី" in said[str(both.id), 3], "her language is no longer spoken"
    assert "ខ្មែរ" in said[str(khmer.id), 2]


async def test_only_a_few_seconds_of_sending_lie_in_the_outbox(
    database: Database, voices: Voices
) -> None:
    number = await sent(database, 300, voices, ahead=120)
    assert await outbox.count_waiting(database) == 120
    await deliver(database, most=50)
    await sending.fold(database, number, NOW)
    counts = await tally(database, number)
    assert (counts.states, counts.left) == ({"delivered": 50, "staged": 70, "waiting": 180}, 250)
    assert counts.total == 300


async def test_pausing_stages_nothing_more_and_resuming_goes_on(
    database: Database, voices: Voices
) -> None:
    number = await sent(database, 10, voices, ahead=3)
    async with database.write() as session:
        await lifecycle.pause(by(session, SECOND), number)
    await deliver(database)
    await step(database, number, voices)
    assert await outbox.count_waiting(database) == 0
    async with database.write() as session:
        found = await sending.conclude(session, number, NOW)
        assert found.rests
        assert (found.announcement.state, found.announcement.busy) == ("paused", False)
        assert found.counts.left == 7
        await lifecycle.resume(by(session, FIRST), number)
        assert await sending.to_do(session, NOW) == [number]
    await step(database, number, voices)
    assert await outbox.count_waiting(database) == 7


async def test_cancelling_leaves_the_rest_unsent(database: Database, voices: Voices) -> None:
    number = await sent(database, 10, voices, ahead=4)
    async with database.write() as session:
        await lifecycle.cancel(by(session, FIRST), number)
    await deliver(database)
    await step(database, number, voices)
    async with database.write() as session:
        found = await sending.conclude(session, number, NOW)
        assert found.counts.states == {"delivered": 4, "unsent": 6}
        assert found.rests


async def test_at_night_telephones_stay_silent_but_not_for_safety(
    database: Database, voices: Voices
) -> None:
    night = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)  # 23:00 in Phnom Penh
    async with database.write() as session:
        await people(session, 1)
        drafts = []
        for kind in ("tip", "safety"):
            drafts.append(draft := await lifecycle.begin(by(session, FIRST), kind))
            await lifecycle.write(by(session, FIRST), draft.id, "km", "x")
            await lifecycle.submit(by(session, FIRST), draft.id, draft.version, None, POLICY)
    for draft in drafts:
        await sending.gather(database, draft.id, STAFF, TODAY)
        await sending.feed(database, draft.id, voices, POLICY, night, 10)
    rows = await undelivered(database)
    assert ["disable_notification" in str(r.payload) for r in rows] == [True, False]


async def test_a_class_whose_last_day_ends_meanwhile_gets_nothing_more(
    database: Database, voices: Voices
) -> None:
    async with database.write() as session:
        await people(session, 1, first=GIRL)
        audience = {"class": [await school_class(session, TODAY, GIRL)]}
        draft = await lifecycle.begin(by(session, FIRST), "announcement", audience)
        await lifecycle.write(by(session, FIRST), draft.id, "km", "x")
        await lifecycle.submit(by(session, FIRST), draft.id, draft.version, None, POLICY)
    await sending.gather(database, draft.id, STAFF, TODAY)
    await sending.feed(database, draft.id, voices, POLICY, NOW + timedelta(days=1), 10)
    assert (await tally(database, draft.id)).states == {"unsent": 1}
