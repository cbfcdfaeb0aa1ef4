"""Held stays held: beside its edits, until a coordinator decides, and never forgotten."""

from bot.database import Database, Session
from bot.mentoring import held, oversight, relay, talks
from bot.mentoring.relay import End, Outcome
from bot.mentoring.states import Passage
from bot.mentoring.tables import RelayMessage
from tests.mentoring.village import (
    BOPHA,
    DAY,
    GIRL,
    HOUR,
    NARY,
    NOW,
    POLICY,
    SOPHEA,
    acts,
    clock,
    edits,
    refused,
    says,
    talking,
)

MONEY = "I can send you money for the exam"
EVENING = NOW + 12 * HOUR


async def _state(session: Session, outcome: Outcome) -> Passage:
    return (await session.get_one(RelayMessage, outcome.message_id)).state


async def test_an_edit_of_a_held_message_is_held_beside_it(database: Database) -> None:
    async with database.write() as session:
        row = await talking(session)
        first = await says(session, SOPHEA, row, MONEY, 1)
        second = await edits(session, SOPHEA, row, "Good luck for the exam", 1)
        assert (first.end, second.end, second.reason) == (End.HELD, End.HELD, "money")
        seen = await held.look(acts(session, BOPHA))
        assert seen is not None
        assert [version.text for version in seen.versions] == [MONEY, "Good luck for the exam"]
        assert seen.message.id == second.message_id


async def test_what_a_coordinator_has_not_read_she_does_not_let_pass(database: Database) -> None:
    """The message was edited while she read the version before."""
    async with database.write() as session:
        row = await talking(session)
        first = await says(session, SOPHEA, row, MONEY, 1)
        second = await edits(session, SOPHEA, row, "I send you a gift for the exam", 1)
        for decide in (
            held.allow(acts(session, BOPHA), first.message_id, POLICY),
            held.refuse(acts(session, BOPHA), first.message_id),
        ):
            with refused("over.newer_version"):
                await decide
        passed = await held.allow(acts(session, BOPHA), second.message_id, POLICY)
        assert passed is not None
        # Nothing arrived before, so it is no correction.
        assert (passed.end, passed.corrected) == (End.SENT, False)
        assert await _state(session, first) is Passage.REPLACED
        assert await held.look(acts(session, BOPHA)) is None


async def test_refusing_refuses_every_version(database: Database) -> None:
    async with database.write() as session:
        row = await talking(session)
        first = await says(session, SOPHEA, row, MONEY, 1)
        second = await edits(session, SOPHEA, row, "Good luck", 1)
        await held.refuse(acts(session, BOPHA), second.message_id)
        assert await _state(session, first) is Passage.REFUSED
        assert await _state(session, second) is Passage.REFUSED


async def test_an_edit_that_is_stopped_leaves_the_held_version_in_sight(
    database: Database,
) -> None:
    async with database.write() as session:
        row = await talking(session)
        first = await says(session, SOPHEA, row, MONEY, 1)
        assert (await edits(session, SOPHEA, row, "012 345 678", 1)).end is End.STOPPED
        seen = await held.look(acts(session, BOPHA))
        assert seen is not None
        assert seen.message.id == first.message_id
        assert [version.text for version in seen.versions] == [MONEY, "012 345 678"]


async def test_an_edit_of_a_message_of_the_night_that_is_held_takes_both_back(
    database: Database,
) -> None:
    async with database.write() as session:
        row = await talking(session)
        assert (await says(session, SOPHEA, row, "Good night", 1, EVENING)).end is End.NIGHT
        assert (await edits(session, SOPHEA, row, MONEY, 1, EVENING)).end is End.HELD
        assert await relay.deliver_due(clock(session, NOW + DAY), POLICY) == []
        seen = await held.look(acts(session, BOPHA))
        assert seen is not None
        assert [version.text for version in seen.versions] == ["Good night", MONEY]


async def test_an_edit_of_a_message_of_the_night_that_is_stopped_changes_nothing(
    database: Database,
) -> None:
    async with database.write() as session:
        row = await talking(session)
        await says(session, SOPHEA, row, "Good night", 1, EVENING)
        assert (await edits(session, SOPHEA, row, "012 345 678", 1, EVENING)).end is End.STOPPED
        delivered = await relay.deliver_due(clock(session, NOW + DAY), POLICY)
        assert [outcome.text for outcome in delivered] == ["Good night"]


async def test_rewriting_keeps_what_was_written_and_a_report_shows_both(
    database: Database,
) -> None:
    async with database.write() as session:
        row = await talking(session)
        secret = await says(
            session, SOPHEA, row, "please do not tell your mum, this is our secret", 1
        )
        assert secret.end is End.HELD
        nary = acts(session, NARY)
        passed = await held.allow(nary, secret.message_id, POLICY, "Do tell your mum.")
        assert passed is not None
        assert passed.text == "Do tell your mum."
        await talks.report(acts(session, GIRL), row.id, POLICY)
        (line,) = (await oversight.transcript(nary, row.id)).lines
        assert (line.original, line.text) == (
            "please do not tell your mum, this is our secret", "Do tell your mum.",
        )  # fmt: skip


async def test_a_change_has_no_contact_details_in_it_and_is_not_cut(database: Database) -> None:
    async with database.write() as session:
        row = await talking(session)
        message = await says(session, SOPHEA, row, MONEY, 1)
        nary = acts(session, NARY)
        with refused("form_fault.contact"):
            await held.allow(nary, message.message_id, POLICY, "call me on 012 345 678")
        with refused("talk.too_long"):
            await held.allow(nary, message.message_id, POLICY, "x" * 1501)
        assert await _state(session, message) is Passage.HELD


async def test_ending_the_talk_takes_nothing_held_out_of_sight(database: Database) -> None:
    async with database.write() as session:
        row = await talking(session)
        message = await says(session, SOPHEA, row, MONEY, 1)
        await talks.end(acts(session, SOPHEA), row.id, POLICY)
        assert await held.look(acts(session, BOPHA)) is not None
        closed = await held.allow(acts(session, BOPHA), message.message_id, POLICY)
        assert closed is not None
        assert (closed.end, closed.reason) == (End.CLOSED, "over")
        # It was read, and can never pass: it waits no more.
        assert await held.look(acts(session, BOPHA)) is None


async def test_coordinators_are_reminded_of_what_waits_and_its_writer_is_told_after_a_day(
    database: Database,
) -> None:
    async with database.write() as session:
        row = await talking(session)
        await says(session, SOPHEA, row, MONEY, 1)

        async def reminded(hours: float) -> list[tuple[int, int]]:
            at = clock(session, NOW + hours * HOUR)
            return [(r.coordinator_id, r.messages) for r in await held.reminders(at, POLICY)]

        assert await reminded(3.9) == []
        assert await reminded(4) == [(BOPHA, 1), (NARY, 1)]
        assert await reminded(7.9) == []
        # By night nobody is reminded of what can wait for the morning.
        assert await reminded(12) == []
        assert await reminded(22) == [(BOPHA, 1), (NARY, 1)]
        assert await held.waiting_long(clock(session, NOW + 23 * HOUR), POLICY) == []
        told = await held.waiting_long(clock(session, NOW + DAY), POLICY)
        assert [message.sender_id for message in told] == [SOPHEA]
        assert await held.waiting_long(clock(session, NOW + 2 * DAY), POLICY) == []


async def test_nobody_is_reminded_of_what_was_decided(database: Database) -> None:
    async with database.write() as session:
        row = await talking(session)
        message = await says(session, SOPHEA, row, MONEY, 1)
        await held.refuse(acts(session, BOPHA), message.message_id)
        at = clock(session, NOW + DAY)
        assert await held.reminders(at, POLICY) == []
        assert await held.waiting_long(at, POLICY) == []
