"""Other words for what was sent, or taking it back."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.announcements import corrections, lifecycle, sending, series
from bot.announcements.series import Rhythm
from bot.announcements.tables import Broadcast, Recipient
from bot.database import Database, Session
from bot.people.staff import Actor
from bot.queues.tables import OutboxMessage
from bot.refusals import RefusedError
from tests.announcements.newsroom import (
    FIRST,
    NOW,
    POLICY,
    SECOND,
    Voices,
    by,
    deliver,
    people,
    sent,
    step,
    tally,
    written,
)
from tests.queues.undelivered import undelivered


async def test_a_correction_reaches_who_has_it_and_who_will_get_it(
    database: Database, voices: Voices
) -> None:
    """Three have it, two are on their way, five wait: all end with the new words, once each."""
    number = await sent(database, 10, voices, ahead=5)
    await deliver(database, most=3)
    async with database.write() as session:
        words = {"km": "ថ្មី", "en": "New"}
        draft = await corrections.propose(by(session, FIRST), number, words)
        await corrections.correct(by(session, FIRST), number, 1, POLICY)
        assert draft.words["en"] == "Hello", "a large one needs the second coordinator"
        await corrections.correct(by(session, FIRST), number, 1, POLICY)
        assert draft.words["en"] == "Hello", "asking twice is not agreeing"
        await corrections.correct(by(session, SECOND), number, 1, POLICY)
        assert draft.words["en"] == "New"
    for _ in range(4):
        await step(database, number, voices)
        await deliver(database)
    await step(database, number, voices)
    counts = await tally(database, number)
    assert counts.states == {"delivered": 10}
    assert (counts.mends, counts.mends_to_do) == ({"done": 5}, 0)
    async with database.read() as session:
        methods = await session.execute(select(OutboxMessage.method, OutboxMessage.chat_id))
        sends = [chat for method, chat in methods if method == "send_message"]
        assert sorted(sends) == list(range(100, 110))


async def test_a_correction_of_an_older_proposal_is_refused(
    database: Database, voices: Voices
) -> None:
    number = await sent(database, 10, voices)
    async with database.write() as session:
        for words in ("one", "two"):
            await corrections.propose(by(session, FIRST), number, {"km": words})
        with pytest.raises(RefusedError, match="changed"):
            await corrections.correct(by(session, SECOND), number, 1, POLICY)


async def test_a_withdrawal_deletes_what_is_new_and_empties_what_is_old(
    database: Database, voices: Voices
) -> None:
    number = await sent(database, 4, voices, ahead=3)
    await deliver(database)
    await sending.fold(database, number, NOW)
    async with database.write() as session:
        old = NOW - timedelta(days=3)
        await session.execute(
            update(Recipient).where(Recipient.person_id == 100).values(at_utc=old)
        )
        await corrections.withdraw(by(session, SECOND), number)
    await step(database, number, voices)
    rows = await undelivered(database)
    assert {r.chat_id: r.method for r in rows} == {
        100: "edit_message_text", 101: "delete_message", 102: "delete_message",
    }  # fmt: skip
    assert "សួស្ដី" not in str(rows[0].payload)
    await deliver(database, most=2)
    await deliver(database, "Bad Request: message to delete not found")
    await step(database, number, voices)
    counts = await tally(database, number)
    assert counts.mends == {"done": 2, "failed": 1}
    assert counts.states == {"delivered": 3, "unsent": 1}


async def test_a_correction_made_while_it_comes_to_rest_is_not_forgotten(
    database: Database, voices: Voices
) -> None:
    number = await sent(database, 2, voices)
    await deliver(database)
    await step(database, number, voices)
    async with database.write() as session:
        await corrections.propose(by(session, FIRST), number, {"km": "ថ្មី"})
        await corrections.correct(by(session, FIRST), number, 1, POLICY)
    async with database.write() as session:
        found = await sending.conclude(session, number, NOW)
        assert not found.rests
        assert found.announcement.busy


async def _weekly(session: Session) -> Broadcast:
    """The first of a series, which has just started."""
    draft = await written(session)
    await series.repeat(by(session, FIRST), draft.id, Rhythm.WEEKLY, 4)
    return await lifecycle.submit(by(session, FIRST), draft.id, draft.version, None, POLICY)


def _number(first: Broadcast) -> int:
    proposal = corrections.proposal_of(first)
    assert proposal is not None
    return proposal.number


async def _next(session: Session, first: Broadcast) -> Broadcast:
    await series.plan_next(session, first.id, NOW, POLICY.zone)
    return await session.get_one(Broadcast, first.followed_by)


async def test_after_a_correction_the_next_has_the_new_words_and_is_looked_at_anew(
    database: Database,
) -> None:
    async with database.write() as session:
        await people(session, 1)
        first = await _weekly(session)
        following = await _next(session, first)
        seen = following.version
        for number, words in enumerate(({"km": "ថ្មី"}, {"km": "ថ្មីទៀត"}), start=1):
            await corrections.propose(by(session, FIRST), first.id, words)
            assert following.words != words, "only proposed"
            await corrections.correct(by(session, SECOND), first.id, _number(first), POLICY)
            assert (following.state, following.words) == ("draft", words)
            assert following.version == seen + number
        await lifecycle.write(by(session, FIRST), following.id, "km", "ផ្សេង")
        await corrections.propose(by(session, FIRST), first.id, {"km": "x"})
        await corrections.correct(by(session, SECOND), first.id, _number(first), POLICY)
        assert following.words == {"km": "ផ្សេង"}, "it has words of its own"


@pytest.mark.parametrize("how", [corrections.withdraw, lifecycle.cancel])
async def test_when_one_is_taken_back_or_stopped_its_series_rests(
    database: Database, how: Callable[[Actor, int], Awaitable[object]]
) -> None:
    async with database.write() as session:
        await people(session, 1)
        planned, alone = await _weekly(session), await _weekly(session)
        following = await _next(session, planned)
        for one in (planned, alone):
            await how(by(session, FIRST), one.id)
            await series.plan_next(session, one.id, NOW, POLICY.zone)
        assert following.state == "draft"
        assert alone.followed_by is None, "nothing is planned after it"
