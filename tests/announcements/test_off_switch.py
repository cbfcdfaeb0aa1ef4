"""While what passes to girls is switched off nothing of an announcement leaves, and nothing is lost."""

from datetime import timedelta

from bot.announcements import corrections, lifecycle, sending
from bot.announcements.states import State
from bot.database import Database
from bot.people import switches
from bot.queues import depth, outbox
from bot.queues.outbox import Lane
from bot.queues.tables import OutboxMessage
from tests.announcements.newsroom import (
    FIRST,
    NOW,
    POLICY,
    SECOND,
    STAFF,
    Voices,
    by,
    deliver,
    people,
    sent,
    step,
    tally,
    written,
)


async def turn(database: Database, *, on: bool) -> None:
    async with database.write() as session:
        await switches.turn(by(session, SECOND), switches.RELAY, on=on)


async def leaving(database: Database) -> list[OutboxMessage]:
    return await outbox.waiting(database, tuple(Lane), set(), 1000, NOW)


async def test_what_lies_in_the_outbox_stays_there_and_leaves_once_afterwards(
    database: Database, voices: Voices
) -> None:
    number = await sent(database, 10, voices, ahead=4)
    await turn(database, on=False)
    assert not await leaving(database)
    async with database.read() as session:
        assert not (await depth.of_outbox(session, NOW))[Lane.ANNOUNCEMENT].waiting, "it is late"
    await step(database, number, voices)
    assert (await tally(database, number)).states == {"staged": 4, "waiting": 6}
    await turn(database, on=True)
    assert len(await leaving(database)) == 4
    await deliver(database)
    await step(database, number, voices)
    await deliver(database)
    await sending.fold(database, number, NOW)
    assert (await tally(database, number)).states == {"delivered": 10}


async def test_what_is_planned_starts_when_it_is_on_again(
    database: Database, voices: Voices
) -> None:
    at, later = NOW + timedelta(hours=1), NOW + timedelta(days=2)
    async with database.write() as session:
        await people(session, 3)
        draft = await written(session)
        await lifecycle.submit(by(session, FIRST), draft.id, draft.version, at, POLICY)
    await turn(database, on=False)
    async with database.write() as session:
        assert await sending.to_do(session, later) == []
        assert await lifecycle.start_planned(session, draft.id, STAFF, later, POLICY) is None
        assert (await lifecycle.find(by(session, FIRST), draft.id)).state is State.SCHEDULED
    await turn(database, on=True)
    async with database.write() as session:
        assert await sending.to_do(session, later) == [draft.id]
        await lifecycle.start_planned(session, draft.id, STAFF, later, POLICY)
        assert (await lifecycle.find(by(session, FIRST), draft.id)).state is State.SENDING


async def test_a_correction_waits_and_a_withdrawal_does_not(
    database: Database, voices: Voices
) -> None:
    number = await sent(database, 4, voices)
    await deliver(database)
    await turn(database, on=False)
    async with database.write() as session:
        row = await corrections.propose(by(session, FIRST), number, {"km": "ថ្មី"})
        proposal = corrections.proposal_of(row)
        assert proposal is not None
        await corrections.correct(by(session, SECOND), number, proposal.number, POLICY)
    await step(database, number, voices)
    assert not await leaving(database)
    assert (await tally(database, number)).mends_to_do == 4
    async with database.write() as session:
        await corrections.withdraw(by(session, FIRST), number)
    await step(database, number, voices)
    assert [row.method for row in await leaving(database)] == ["delete_message"] * 4


async def test_what_is_withdrawn_meanwhile_never_leaves_the_outbox(
    database: Database, voices: Voices
) -> None:
    """Or girls would be rung up, when it is on again, by what was stopped."""
    number = await sent(database, 10, voices, ahead=4)
    await turn(database, on=False)
    async with database.write() as session:
        await corrections.withdraw(by(session, FIRST), number)
    await step(database, number, voices)
    rows = await leaving(database)
    assert [row.expires_at_utc for row in rows] == [NOW] * 4, "the courier drops them"
    await deliver(database, failure=outbox.EXPIRED)
    await sending.fold(database, number, NOW)
    counts = await tally(database, number)
    assert counts.states == {"unsent": 10}
    assert counts.reasons == {("unsent", "withdrawn"): 10}
    await turn(database, on=True)
    await step(database, number, voices)
    assert not await leaving(database)
