"""Announcements: who may decide what, who is reached, and that everything adds up."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot import privacy
from bot.announcements import audience, corrections, lifecycle, recipients, sending, subscriptions
from bot.announcements import privacy as announcements_privacy
from bot.announcements.lifecycle import Desk, RefusedError
from bot.announcements.tables import Broadcast, Recipient
from bot.database import Database
from bot.events.tables import Event, EventDate, EventSignup
from bot.mentoring.tables import GuardianConsent, Mentor
from bot.people.tables import AuditLine, Person
from bot.queues import outbox
from bot.queues.outbox import Delivery
from bot.queues.tables import OutboxMessage
from bot.refusals import NotAllowedError
from bot.screens.voice import Voice
from bot.settings import Settings

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SETTINGS = Settings(announce_days=90, _env_file=None)
FIRST, SECOND, GIRL = 11, 12, 1
STAFF = (FIRST, SECOND)
LIMIT = 5


def by(actor: int, now: datetime = NOW, staff: tuple[int, ...] = STAFF) -> Desk:
    return Desk(actor, staff, now, LIMIT)


@pytest.fixture
def voices(content):
    return {tongue: Voice(content, tongue) for tongue in ("km", "en")}


async def _people(session, number: int, first: int = 100, **told: object) -> None:
    for person_id in range(first, first + number):
        row = {"language": "km", "grade": "11", "province": "kep", **told}
        session.add(Person(id=person_id, reach="reachable", joined_at_utc=NOW, **row))
    await session.flush()


async def _written(session, words: str = "សួស្ដី", english: str | None = "Hello") -> Broadcast:
    draft = await lifecycle.begin(session, by(FIRST), "announcement")
    await lifecycle.write(session, by(FIRST), draft.id, "km", words)
    return await lifecycle.write(session, by(FIRST), draft.id, "en", english)


async def _sent(database: Database, number: int, voices, ahead: int = 1000) -> int:
    """Write, start and stage an announcement to `number` people; return its id."""
    async with database.write() as session:
        await _people(session, number)
        draft = await _written(session)
        await lifecycle.submit(session, by(FIRST), draft.id, draft.version, None)
        if draft.state == "asked":
            await lifecycle.approve(session, by(SECOND), draft.id, draft.version)
    await _step(database, draft.id, voices, ahead)
    return draft.id


async def _step(database: Database, number: int, voices, ahead: int = 1000) -> None:
    while await sending.gather(database, number, STAFF):
        pass
    await sending.fold(database, number, NOW)
    await sending.drop_rest(database, number, NOW)
    while moved := (
        await sending.mend(database, number, voices, NOW, ahead)
        or await sending.feed(database, number, voices, SETTINGS.zone, NOW, ahead)
    ):
        ahead -= moved


async def _deliver(database: Database, state: str = "sent", failure: str | None = None,
                   most: int = 10_000) -> None:  # fmt: skip
    """Be the courier."""
    rows = await outbox.waiting(database, tuple(outbox.Lane), set(), most)
    ends = [Delivery(r.id, state, NOW, r.chat_id * 10 if state == "sent" else None, failure)
            for r in rows]  # fmt: skip
    await outbox.record(database, ends)


async def _tally(database: Database, number: int) -> recipients.Progress:
    async with database.read() as session:
        return await recipients.tally(session, await session.get_one(Broadcast, number))


async def test_nobody_but_a_coordinator_does_anything(database: Database, voices) -> None:
    number = await _sent(database, 3, voices)
    async with database.write() as session:
        girl = by(GIRL)
        for attempt in (
            lifecycle.page(session, girl, 0), lifecycle.find(session, girl, number),
            lifecycle.begin(session, girl, "tip"), lifecycle.draft(session, girl, number),
            lifecycle.write(session, girl, number, "km", "x"),
            lifecycle.illustrate(session, girl, number, "x"),
            lifecycle.open_with(session, girl, number, "home"),
            lifecycle.choose(session, girl, number, "who", "everybody"),
            lifecycle.discard(session, girl, number),
            lifecycle.submit(session, girl, number, 1, None),
            lifecycle.approve(session, girl, number, 1),
            lifecycle.send_back(session, girl, number), lifecycle.pause(session, girl, number),
            lifecycle.resume(session, girl, number), lifecycle.cancel(session, girl, number),
            corrections.withdraw(session, girl, number),
            corrections.propose(session, girl, number, {"km": "x", "en": None}),
            corrections.correct(session, girl, number, 1),
        ):  # fmt: skip
            with pytest.raises(NotAllowedError):
                await attempt
        kept = await session.get_one(Broadcast, number)
        assert (kept.state, kept.text_km) == ("sending", "សួស្ដី")


async def test_a_large_one_needs_a_second_coordinator_who_saw_this_version(
    database: Database,
) -> None:
    async with database.write() as session:
        await _people(session, LIMIT + 1)
        draft = await _written(session)
        await lifecycle.submit(session, by(FIRST), draft.id, draft.version, None)
        assert draft.state == "asked"
        seen = draft.version
        with pytest.raises(RefusedError, match="own"):
            await lifecycle.approve(session, by(FIRST), draft.id, seen)
        await lifecycle.write(session, by(FIRST), draft.id, "en", "Something else")
        await lifecycle.submit(session, by(FIRST), draft.id, draft.version, None)
        with pytest.raises(RefusedError, match="changed"):
            await lifecycle.approve(session, by(SECOND), draft.id, seen)
        await lifecycle.approve(session, by(SECOND), draft.id, draft.version)
        assert (draft.state, draft.approved_by) == ("sending", SECOND)
        actions = set(await session.scalars(select(AuditLine.action)))
        assert {"asked to send", "approved", "started"} <= actions


async def test_nobody_agrees_to_her_own_changes_of_anothers_draft(database: Database) -> None:
    async with database.write() as session:
        await _people(session, LIMIT + 1)
        draft = await _written(session)
        await lifecycle.write(session, by(SECOND), draft.id, "en", "My own words")
        await lifecycle.submit(session, by(SECOND), draft.id, draft.version, None)
        with pytest.raises(RefusedError, match="own"):
            await lifecycle.approve(session, by(SECOND), draft.id, draft.version)
        await lifecycle.approve(session, by(FIRST), draft.id, draft.version)
        assert draft.state == "sending"
        # Nobody is a recipient yet, but it is a large one all the same.
        words = {"km": "x", "en": None}
        await corrections.propose(session, by(SECOND), draft.id, words)
        await corrections.correct(session, by(SECOND), draft.id, 1)
        assert draft.text_en == "My own words"


async def test_a_small_one_starts_at_once_and_a_large_one_without_a_second_never(
    database: Database,
) -> None:
    async with database.write() as session:
        await _people(session, LIMIT)
        draft = await _written(session)
        await lifecycle.submit(session, by(FIRST), draft.id, draft.version, None)
        assert draft.state == "sending"
        await _people(session, 1, first=900)
        large = await _written(session)
        alone = by(FIRST, staff=(FIRST,))
        with pytest.raises(RefusedError, match="no_second"):
            await lifecycle.submit(session, alone, large.id, large.version, None)


@pytest.mark.parametrize("state", ["draft", "asked", "scheduled"])
async def test_only_a_pause_can_be_resumed_so_approval_cannot_be_gone_around(
    database: Database, state: str
) -> None:
    async with database.write() as session:
        await _people(session, LIMIT + 1)
        draft = await _written(session)
        draft.state = state
        for forged in (lifecycle.resume, lifecycle.pause, lifecycle.cancel,
                       corrections.withdraw):  # fmt: skip
            with pytest.raises(RefusedError):
                await forged(session, by(FIRST), draft.id)
        assert draft.state == state


async def test_what_is_not_ready_is_refused(database: Database) -> None:
    async with database.write() as session:
        empty = await lifecycle.begin(session, by(FIRST), "tip")
        with pytest.raises(RefusedError, match="no_words"):
            await lifecycle.submit(session, by(FIRST), empty.id, empty.version, None)
        draft = await _written(session)
        with pytest.raises(RefusedError, match="nobody"):
            await lifecycle.submit(session, by(FIRST), draft.id, draft.version, None)
        await _people(session, 1)
        for at in (NOW, NOW - timedelta(days=1), NOW + timedelta(days=400)):
            with pytest.raises(RefusedError, match="bad_time"):
                await lifecycle.submit(session, by(FIRST), draft.id, draft.version, at)
        with pytest.raises(RefusedError, match="too_long"):
            await lifecycle.write(session, by(FIRST), draft.id, "km", "x" * 901)
        with pytest.raises(RefusedError, match="gone"):
            await lifecycle.begin(session, by(FIRST), "gossip")


async def test_a_planned_one_starts_in_time_unless_it_has_outgrown_its_author(
    database: Database,
) -> None:
    at = NOW + timedelta(hours=1)
    async with database.write() as session:
        await _people(session, LIMIT)
        one, two = await _written(session), await _written(session)
        for draft in (one, two):
            await lifecycle.submit(session, by(FIRST), draft.id, draft.version, at)
            assert draft.state == "scheduled"
        assert await sending.to_do(session, NOW) == []
        assert await sending.to_do(session, at) == [one.id, two.id]
        assert not await lifecycle.start_planned(session, one, STAFF, at, LIMIT)
        assert one.state == "sending"
        await _people(session, 1, first=900)
        assert await lifecycle.start_planned(session, two, STAFF, at, LIMIT)
        assert two.state == "asked"


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({}, {1, 2, 3, 4, FIRST}),
        ({"who": ["students"]}, {1, 2, 3, 4}),
        ({"who": ["coordinators"]}, {FIRST}),
        ({"who": ["students", "coordinators"]}, {1, 2, 3, 4, FIRST}),
        ({"who": ["nonsense"]}, set()),
        ({"language": ["en"]}, {2}),
        ({"grade": ["11", "12"]}, {1, 2}),
        ({"grade": ["unsaid"]}, {4, FIRST}),
        ({"grade": ["9", "unsaid"]}, {3, 4, FIRST}),
        ({"province": ["kep"], "grade": ["12"]}, {2}),
        ({"field": ["health", "law-society"]}, {1, 3}),
        ({"track": ["science"]}, {1}),
    ],
)
async def test_every_filter_finds_whom_it_names(
    database: Database, chosen: dict[str, list[str]], expected: set[int]
) -> None:
    async with database.write() as session:
        await _people(session, 1, first=1, grade="11")
        await _people(session, 1, first=2, grade="12", language="en")
        await _people(session, 1, first=3, grade="9", province="kampot")
        await _people(session, 1, first=4, grade=None, province=None)
        await _people(session, 1, first=FIRST, grade=None, province=None)
        await _people(session, 1, first=50)
        (await session.get_one(Person, 50)).reach = "blocked"
        await _people(session, 1, first=51)
        await subscriptions.mute(session, 51, "announcement", NOW)
        await subscriptions.toggle_field(session, 1, "health")
        await subscriptions.toggle_field(session, 2, "health")
        await subscriptions.toggle_field(session, 2, "health")
        await subscriptions.toggle_field(session, 3, "law-society")
        await subscriptions.choose_track(session, 1, "social")
        await subscriptions.choose_track(session, 1, "science")
        clause = audience.members(chosen, "announcement", STAFF)
        found = set(await session.scalars(select(Person.id).where(clause)))
        assert found == expected
        assert sum((await audience.count(session, chosen, "announcement", STAFF)).values()) == len(
            expected
        )


async def test_mentors_guardians_and_who_signed_up_are_told_apart(database: Database) -> None:
    """Given a mentor, a guardian and two girls who answered an event, each filter finds its own."""
    girl, other, mentor, guardian = 1, 2, 3, 4
    async with database.write() as session:
        for person_id in (girl, other, mentor, guardian):
            await _people(session, 1, first=person_id)
        session.add(Mentor(person_id=mentor, state="approved", languages=["km"]))
        session.add(
            GuardianConsent(
                student_id=girl,
                guardian_id=guardian,
                method="link",
                text_version=1,
                asked_at_utc=NOW,
                token="x",
            )  # fmt: skip
        )
        event = Event(
            kind="workshop", title={"km": "ក", "en": "A"}, text={}, online=True,
            place="", fields=[], grades=[], all_day=False, first_at_utc=NOW, state="published",
            created_by=FIRST, created_at_utc=NOW,
        )  # fmt: skip
        session.add(event)
        await session.flush()
        date = EventDate(event_id=event.id, slot="1", starts_at_utc=NOW, over_at_utc=NOW)
        session.add(date)
        await session.flush()
        for person_id, answer in ((girl, "going"), (other, "not_going")):
            session.add(
                EventSignup(
                    date_id=date.id,
                    person_id=person_id,
                    state=answer,
                    queue=0,
                    answered_at_utc=NOW,
                )  # fmt: skip
            )
        await session.flush()
        for chosen, expected in (
            ({"who": ["students"]}, {girl, other}),
            ({"who": ["mentors"]}, {mentor}),
            ({"event": [str(event.id)]}, {girl}),
            ({"event": ["forged"]}, set()),
        ):
            clause = audience.members(chosen, "announcement", STAFF)
            assert set(await session.scalars(select(Person.id).where(clause))) == expected
        options = await audience.FILTERS["event"].options(session, None)
        assert [option.value for option in options] == [str(event.id)]


async def test_a_kind_switched_off_is_respected_and_safety_is_not_a_choice(
    database: Database,
) -> None:
    async with database.write() as session:
        await _people(session, 1, first=GIRL)
        assert await subscriptions.mute(session, GIRL, "tip", NOW)
        assert await subscriptions.mute(session, GIRL, "tip", NOW)
        assert not await subscriptions.mute(session, GIRL, "safety", NOW)
        reached = {k: bool(await audience.count(session, {}, k, ())) for k in subscriptions.KINDS}
        assert reached == {"announcement": True, "event": True, "tip": False, "safety": True}
        assert await subscriptions.unmute(session, GIRL)
        assert not await subscriptions.unmute(session, GIRL)
        assert await audience.count(session, {}, "tip", ()) == {"km": 1}


async def test_each_gets_her_language_and_the_other_where_hers_is_missing(
    database: Database, voices
) -> None:
    async with database.write() as session:
        await _people(session, 1, first=1)
        await _people(session, 1, first=2, language="en")
        both, khmer = await _written(session), await _written(session, "ខ្មែរ", None)
        for draft in (both, khmer):
            await lifecycle.submit(session, by(FIRST), draft.id, draft.version, None)
    for draft in (both, khmer):
        await _step(database, draft.id, voices)
    rows = await outbox.waiting(database, tuple(outbox.Lane), set(), 10)
    said = {(r.key.split(":")[1], r.chat_id): r.payload["text"] for r in rows}
    assert "សួស្ដី" in said[str(both.id), 1]
    assert "Hello" in said[str(both.id), 2]
    assert "ខ្មែរ" in said[str(khmer.id), 2]


async def test_only_a_few_seconds_of_sending_lie_in_the_outbox(database: Database, voices) -> None:
    number = await _sent(database, 300, voices, ahead=120)
    assert await outbox.count_waiting(database) == 120
    await _deliver(database, most=50)
    await sending.fold(database, number, NOW)
    counts = await _tally(database, number)
    assert (counts.states["delivered"], counts.states["staged"], counts.left) == (50, 70, 250)
    assert counts.total == 300


async def test_every_end_is_told_with_its_reason_and_they_add_up(
    database: Database, voices
) -> None:
    number = await _sent(database, 10, voices, ahead=6)
    await _deliver(database, most=2)
    await _deliver(database, "dropped", "blocked", most=1)
    await _deliver(database, "dropped", "deactivated", most=1)
    await _deliver(database, "dropped", "Bad Request: too long", most=1)
    async with database.write() as session:
        await subscriptions.mute(session, 106, "announcement", NOW)
        await session.execute(update(Person).where(Person.id == 107).values(reach="blocked"))
        await privacy.erase(session, 108, NOW)
    await _step(database, number, voices)
    await _deliver(database)
    await _step(database, number, voices)
    counts = await _tally(database, number)
    assert counts.states == {
        "delivered": 4, "blocked": 2, "deactivated": 1, "failed": 1, "unsent": 2,
    }  # fmt: skip
    assert counts.total == 10
    assert counts.reasons == {
        ("failed", "Bad Request: too long"): 1,
        ("unsent", "switched off"): 1,
        ("unsent", "erased herself"): 1,
    }
    async with database.write() as session:
        broadcast = await session.get_one(Broadcast, number)
        assert sending.conclude(broadcast, counts, NOW)
        assert (broadcast.state, broadcast.busy) == ("done", False)
        delivered = await session.scalars(
            select(Recipient.message_id).where(Recipient.state == "delivered")
        )
        assert all(delivered)


async def test_counts_outlive_the_rows_they_came_from(database: Database, voices) -> None:
    number = await _sent(database, 10, voices)
    await _deliver(database, most=7)
    await _deliver(database, "dropped", "blocked", most=3)
    await _step(database, number, voices)
    before = await _tally(database, number)
    async with database.write() as session:
        sending.conclude(await session.get_one(Broadcast, number), before, NOW)
        await outbox.forget_receipts(session, NOW + timedelta(days=31))
        await privacy.erase(session, 101, NOW)
        await announcements_privacy.forget_old(session, SETTINGS, NOW + timedelta(days=91))
        assert (await session.scalars(select(Recipient))).all() == []
    after = await _tally(database, number)
    assert after.states == before.states
    async with database.write() as session:
        for impossible in (
            corrections.withdraw(session, by(FIRST), number),
            corrections.propose(session, by(FIRST), number, {"km": "x", "en": None}),
        ):
            with pytest.raises(RefusedError, match="too_old"):
                await impossible


async def test_a_receipt_that_is_gone_ends_as_failed_not_as_waiting_for_ever(
    database: Database, voices
) -> None:
    number = await _sent(database, 2, voices)
    async with database.write() as session:
        await session.execute(OutboxMessage.__table__.delete())
    await sending.fold(database, number, NOW)
    counts = await _tally(database, number)
    assert counts.reasons == {("failed", "unknown"): 2}


async def test_pausing_stages_nothing_more_and_resuming_goes_on(
    database: Database, voices
) -> None:
    number = await _sent(database, 10, voices, ahead=3)
    async with database.write() as session:
        await lifecycle.pause(session, by(SECOND), number)
    await _deliver(database)
    await _step(database, number, voices)
    assert await outbox.count_waiting(database) == 0
    counts = await _tally(database, number)
    async with database.write() as session:
        broadcast = await session.get_one(Broadcast, number)
        assert sending.conclude(broadcast, counts, NOW)
        assert (broadcast.state, broadcast.busy, counts.left) == ("paused", False, 7)
        await lifecycle.resume(session, by(FIRST), number)
        assert await sending.to_do(session, NOW) == [number]
    await _step(database, number, voices)
    assert await outbox.count_waiting(database) == 7


async def test_cancelling_leaves_the_rest_unsent(database: Database, voices) -> None:
    number = await _sent(database, 10, voices, ahead=4)
    async with database.write() as session:
        await lifecycle.cancel(session, by(FIRST), number)
    await _deliver(database)
    await _step(database, number, voices)
    counts = await _tally(database, number)
    assert counts.states == {"delivered": 4, "unsent": 6}
    async with database.write() as session:
        assert sending.conclude(await session.get_one(Broadcast, number), counts, NOW)


async def test_a_correction_reaches_who_has_it_and_who_will_get_it(
    database: Database, voices
) -> None:
    """Three have it, two are on their way, five wait: all end with the new words, once each."""
    number = await _sent(database, 10, voices, ahead=5)
    await _deliver(database, most=3)
    async with database.write() as session:
        words = {"km": "ថ្មី", "en": "New"}
        draft = await corrections.propose(session, by(FIRST), number, words)
        proposal = draft.proposal["number"]
        await corrections.correct(session, by(FIRST), number, proposal)
        assert draft.text_en == "Hello", "a large one needs the second coordinator"
        await corrections.correct(session, by(FIRST), number, proposal)
        assert draft.text_en == "Hello", "asking twice is not agreeing"
        await corrections.correct(session, by(SECOND), number, proposal)
        assert draft.text_en == "New"
    for _ in range(4):
        await _step(database, number, voices)
        await _deliver(database)
    await _step(database, number, voices)
    counts = await _tally(database, number)
    assert counts.states == {"delivered": 10}
    assert (counts.mends, counts.mends_to_do) == ({"done": 5}, 0)
    async with database.read() as session:
        methods = await session.execute(select(OutboxMessage.method, OutboxMessage.chat_id))
        sends = [chat for method, chat in methods if method == "send_message"]
        assert sorted(sends) == list(range(100, 110))


async def test_a_correction_of_an_older_proposal_is_refused(database: Database, voices) -> None:
    number = await _sent(database, 10, voices)
    async with database.write() as session:
        for words in ("one", "two"):
            texts = {"km": words, "en": None}
            draft = await corrections.propose(session, by(FIRST), number, texts)
        with pytest.raises(RefusedError, match="changed"):
            await corrections.correct(session, by(SECOND), number, draft.proposal["number"] - 1)


async def test_a_withdrawal_deletes_what_is_new_and_empties_what_is_old(
    database: Database, voices
) -> None:
    number = await _sent(database, 4, voices, ahead=3)
    await _deliver(database)
    await sending.fold(database, number, NOW)
    async with database.write() as session:
        old = NOW - timedelta(days=3)
        await session.execute(
            update(Recipient).where(Recipient.person_id == 100).values(at_utc=old)
        )
        await corrections.withdraw(session, by(SECOND), number)
    await _step(database, number, voices)
    rows = await outbox.waiting(database, tuple(outbox.Lane), set(), 10)
    assert {r.chat_id: r.method for r in rows} == {
        100: "edit_message_text", 101: "delete_message", 102: "delete_message",
    }  # fmt: skip
    assert "សួស្ដី" not in str(rows[0].payload)
    await _deliver(database, most=2)
    await _deliver(database, "dropped", "Bad Request: message to delete not found")
    await _step(database, number, voices)
    counts = await _tally(database, number)
    assert counts.mends == {"done": 2, "failed": 1}
    assert counts.states == {"delivered": 3, "unsent": 1}


async def test_a_correction_made_while_it_comes_to_rest_is_not_forgotten(
    database: Database, voices
) -> None:
    number = await _sent(database, 2, voices)
    await _deliver(database)
    await _step(database, number, voices)
    async with database.write() as session:
        draft = await corrections.propose(session, by(FIRST), number, {"km": "ថ្មី", "en": None})
        await corrections.correct(session, by(FIRST), number, draft.proposal["number"])
    async with database.write() as session:
        broadcast = await session.get_one(Broadcast, number)
        counts = await recipients.tally(session, broadcast)
        assert not sending.conclude(broadcast, counts, NOW)
        assert broadcast.busy


async def test_at_night_telephones_stay_silent_but_not_for_safety(
    database: Database, voices
) -> None:
    night = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)  # 23:00 in Phnom Penh
    async with database.write() as session:
        await _people(session, 1)
        drafts = [await lifecycle.begin(session, by(FIRST), k) for k in ("tip", "safety")]
        for draft in drafts:
            await lifecycle.write(session, by(FIRST), draft.id, "km", "x")
            await lifecycle.submit(session, by(FIRST), draft.id, draft.version, None)
    for draft in drafts:
        await sending.gather(database, draft.id, STAFF)
        await sending.feed(database, draft.id, voices, SETTINGS.zone, night, 10)
    rows = await outbox.waiting(database, tuple(outbox.Lane), set(), 10)
    assert [r.payload.get("disable_notification", False) for r in rows] == [True, False]


async def test_time_to_go_is_measured(database: Database, voices) -> None:
    number = await _sent(database, 100, voices, ahead=40)
    await _deliver(database)
    await sending.fold(database, number, NOW)
    counts = await _tally(database, number)
    async with database.write() as session:
        broadcast = await session.get_one(Broadcast, number)
        assert recipients.seconds_to_go(broadcast, counts, NOW, 30) == 2
        broadcast.measured_from_utc = NOW - timedelta(seconds=20)
        assert recipients.seconds_to_go(broadcast, counts, NOW, 30) == 30
        broadcast.state = "paused"
        assert recipients.seconds_to_go(broadcast, counts, NOW, 30) is None
