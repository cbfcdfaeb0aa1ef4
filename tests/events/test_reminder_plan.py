"""No reminder is lost and none comes twice, whatever clocks, edits and restarts do."""

import asyncio
import shutil
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from bot.database import Database
from bot.database.migrate import migrate
from bot.events import calendar, reminder_plan, signups
from bot.events.reminder_times import DAY, HOUR, WEEK
from bot.events.tables import EventDate, EventSignup, Reminder
from bot.people.ages import Band
from bot.people.tables import Person, Reachability
from bot.queues import outbox
from bot.queues.messages import Text
from bot.queues.outbox import Lane
from bot.queues.tables import OutboxMessage
from bot.quiet_hours import QuietHours
from bot.refusals import RefusedError
from bot.screens.screen import Html
from tests.events.conftest import NOW, TONGUES, WORKSHOP, ZONE, acting, local, meet
from tests.queues.undelivered import undelivered

PARIS = ZoneInfo("Europe/Paris")
SREY, CHANTHA = 1, 2


@dataclass
class House:
    """The tables, a clock that obeys, and a courier that sends when told."""

    database: Database
    zone: ZoneInfo = ZONE
    now: datetime = NOW
    event_id: int = 0
    sent: list[tuple[int, int, int, datetime]] = field(default_factory=list)
    sent_at: list[tuple[int, datetime, bool]] = field(default_factory=list)
    untrue: set[str] = field(default_factory=set)

    async def begin(self, **changes: object) -> None:
        async with self.database.write() as session:
            await meet(session, SREY, CHANTHA)
            details = WORKSHOP.model_copy(update=changes)
            nary = acting(session, now=self.now)
            self.event_id = await calendar.publish(nary, details, self.zone, TONGUES)
        for girl in (SREY, CHANTHA):
            await self.answer(girl, True)

    async def date(self) -> EventDate:
        async with self.database.read() as session:
            query = select(EventDate).where(EventDate.event_id == self.event_id)
            return (await session.scalars(query)).one()

    async def answer(self, girl: int, going: bool) -> None:
        date = await self.date()
        async with self.database.write() as session:
            await signups.answer(
                acting(session, girl, self.now), date.id, going=going, zone=self.zone
            )

    async def move(self, starts: datetime) -> None:
        async with self.database.write() as session:
            if starts <= self.now:
                return
            try:
                old = await calendar.details_of(session, self.event_id, self.now)
            except RefusedError:  # it is over
                return
            new = old.model_copy(update={"starts": starts, "ends": None})
            await calendar.edit(
                acting(session, now=self.now), self.event_id, new, self.zone, TONGUES
            )

    async def choose(self, girl: int, begins: int, ends: int) -> None:
        async with self.database.write() as session:
            quiet = QuietHours(time(begins), time(ends))
            await signups.choose(acting(session, girl, self.now), None, quiet, self.zone)

    async def tick(self) -> None:
        """Run the chore once: everything whose time has come is staged."""
        async with self.database.write() as session:
            await reminder_plan.take_back(session, self.now)
        while True:
            async with self.database.write() as session:
                ready = await reminder_plan.take_ready(session, self.now, self.zone)
                for one in ready:
                    await outbox.stage(
                        session, Text(Html("soon")), to=one.person_id, key=one.key,
                        lane=Lane.REMINDER, now=self.now, expires=one.until,
                    )  # fmt: skip
            async with self.database.read() as session:
                due = await reminder_plan.next_look(session)
            if due is None or due > self.now:
                return

    async def deliver(self, most: int = 99) -> None:
        """Send as the courier does: what has expired is dropped, the rest leaves."""
        rows = await undelivered(self.database, most)
        async with self.database.write() as session:
            for row in rows:
                if row.expires_at_utc is not None and row.expires_at_utc <= self.now:
                    ended = {"state": "dropped", "failure": outbox.EXPIRED}
                else:
                    ended = {"state": "sent"}
                    query = select(Reminder).where(Reminder.outbox_key == row.key)
                    reminder = (await session.scalars(query)).one()
                    self.sent.append(
                        (
                            reminder.date_id,
                            reminder.person_id,
                            reminder.minutes_before,
                            reminder.starts_at_utc,
                        )
                    )
                    self.sent_at.append((reminder.person_id, self.now, reminder.late))
                await session.execute(
                    update(OutboxMessage).where(OutboxMessage.id == row.id).values(ended)
                )

    async def pass_time(self, until: datetime, step: timedelta, *, nap: bool = True) -> None:
        """Let the clock run, with the chore and the courier at work.

        With a nap, steps before the next look that the plan asks for are not taken.
        """
        while self.now < until:
            async with self.database.read() as session:
                look = await reminder_plan.next_look(session) if nap else self.now
            steps = max(1, -((self.now - (look or until)) // step))
            self.now = min(self.now + steps * step, until)
            await self.tick()
            await self.deliver()

    async def reminders(self) -> list[Reminder]:
        async with self.database.read() as session:
            return list(await session.scalars(select(Reminder).order_by(Reminder.due_at_utc)))


@pytest.fixture
async def house(database: Database) -> House:
    return House(database)


async def test_with_a_sound_clock_each_comes_once_and_in_time(house: House) -> None:
    await house.begin()
    await house.pass_time(local(10, 20), timedelta(minutes=60))
    assert Counter(girl for girl, *_ in house.sent_at) == {SREY: 3, CHANTHA: 3}
    hers = [at for girl, at, late in house.sent_at if girl == SREY and not late]
    assert hers == [local(3, 14), local(9, 14), local(10, 13)]


async def test_a_moved_event_reminds_again_only_of_the_new_time(house: House) -> None:
    await house.begin()
    await house.pass_time(local(9, 15), timedelta(hours=1))
    await house.move(local(11, 9))
    await house.pass_time(local(12, 9), timedelta(minutes=30))
    hers = [(minutes, starts) for _, girl, minutes, starts in house.sent if girl == SREY]
    assert hers == [
        (WEEK, local(10, 14)), (DAY, local(10, 14)), (DAY, local(11, 9)), (HOUR, local(11, 9)),
    ]  # fmt: skip


async def test_an_edit_that_moves_nothing_reminds_of_nothing_again(house: House) -> None:
    await house.begin()
    await house.pass_time(local(9, 15), timedelta(hours=1))
    async with house.database.write() as session:
        for place in ("Hall B", "Hall C"):
            old = await calendar.details_of(session, house.event_id, house.now)
            new = old.model_copy(update={"place": place})
            await calendar.edit(acting(session, now=house.now), house.event_id, new, ZONE, TONGUES)
    await house.pass_time(local(11, 9), timedelta(minutes=30))
    assert [m for _, girl, m, _ in house.sent if girl == SREY] == [WEEK, DAY, HOUR]


async def test_an_event_moved_during_its_reminder_run_never_names_the_old_time(
    house: House,
) -> None:
    await house.begin()
    house.now = local(9, 14)
    await house.tick()
    await house.deliver(most=1)
    await house.move(local(12, 9))
    await house.pass_time(local(13, 9), timedelta(minutes=30))
    old = [sent for sent in house.sent if sent[3] == local(10, 14)]
    assert len(old) == 1
    new = Counter((girl, m) for _, girl, m, starts in house.sent if starts == local(12, 9))
    assert new == {(g, m): 1 for g in (SREY, CHANTHA) for m in (DAY, HOUR)}


async def test_after_two_days_down_the_newest_comes_late_and_the_rest_is_recorded(
    house: House,
) -> None:
    await house.begin(kind="deadline", ends=None)
    house.now = local(9, 20)
    await house.tick()
    await house.deliver()
    assert [(girl, late) for girl, _, late in house.sent_at] == [(SREY, True), (CHANTHA, True)]
    fates = [(r.minutes_before, r.state, r.why) for r in await house.reminders()]
    assert set(fates) == {
        (WEEK, "dropped", "overtaken"),
        (4320, "dropped", "overtaken"),
        (DAY, "staged", None),
        (HOUR, "planned", None),
    }
    house.now = local(10, 15)
    await house.tick()
    assert (await house.reminders())[-1].why == "too late"


async def test_what_the_courier_could_not_send_in_time_is_judged_anew(house: House) -> None:
    await house.begin()
    house.now = local(10, 13)
    await house.tick()
    house.now = local(10, 13, 40)  # the network was away
    await house.deliver()
    assert house.sent == []
    await house.tick()
    await house.deliver()
    assert [(minutes, late) for (_, _, minutes, _), (_, _, late) in
            zip(house.sent, house.sent_at, strict=True)] == [(HOUR, True), (HOUR, True)]  # fmt: skip


async def test_a_restart_between_staging_and_sending_takes_nothing_back(house: House) -> None:
    await house.begin()
    house.now = local(9, 14)
    await house.tick()
    await _happen(house, "restart", 0)
    await house.deliver()
    assert [(girl, late) for girl, _, late in house.sent_at] == [(SREY, False), (CHANTHA, False)]


async def test_what_a_clock_that_ran_ahead_dropped_comes_in_time_after_all(house: House) -> None:
    await house.begin()
    house.now = local(20, 9)
    await house.tick()
    assert {r.why for r in await house.reminders()} == {"too late"}
    house.now = NOW
    await house.pass_time(local(11, 9), timedelta(hours=1), nap=False)
    hers = [at for girl, at, late in house.sent_at if girl == SREY and not late]
    assert hers == [local(3, 14), local(9, 14), local(10, 13)]


async def test_who_told_since_that_she_is_too_young_is_not_reminded(house: House) -> None:
    await house.begin()
    async with house.database.write() as session:
        (await session.get_one(Person, SREY)).age_band = Band.YOUNG
    await house.pass_time(local(11, 9), timedelta(hours=1))
    assert {girl for girl, *_ in house.sent_at} == {CHANTHA}
    assert {r.why for r in await house.reminders() if r.person_id == SREY} == {"too young"}


async def test_who_blocked_the_bot_is_recorded_as_unreachable(house: House) -> None:
    await house.begin()
    async with house.database.write() as session:
        (await session.get_one(Person, SREY)).reach = Reachability.BLOCKED
    await house.pass_time(local(11, 9), timedelta(hours=1))
    assert {girl for girl, *_ in house.sent_at} == {CHANTHA}
    assert {r.why for r in await house.reminders() if r.person_id == SREY} == {"unreachable"}


# What may happen, in any order. Hours are of the clock, which may also go back.
_STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("clock"), st.integers(-100, 200)),
        st.tuples(st.just("tick"), st.just(0)),
        st.tuples(st.just("restart"), st.just(0)),
        st.tuples(st.just("send"), st.integers(1, 3)),
        st.tuples(st.just("move"), st.integers(1, 400)),
        st.tuples(st.just("leave"), st.sampled_from([SREY, CHANTHA])),
        st.tuples(st.just("come"), st.sampled_from([SREY, CHANTHA])),
        st.tuples(st.just("night"), st.integers(18, 23)),
        st.tuples(st.just("cancel"), st.just(0)),
    ),
    max_size=14,
)  # fmt: skip


@pytest.fixture(scope="module")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("plan") / "empty.sqlite"
    migrate(file)
    return file


# From four hours before the clocks of Paris change, in autumn and in spring.
_CHANGES = (
    datetime(2026, 10, 18, 22, tzinfo=PARIS), datetime(2027, 3, 21, 22, tzinfo=PARIS),
)  # fmt: skip


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_STEPS, st.sampled_from(_CHANGES), st.integers(30, 400))
@example([("clock", 200), ("tick", 0), ("clock", -100), ("tick", 0)], _CHANGES[0], 190)
@example([("clock", 180), ("tick", 0), ("send", 1), ("move", 30)], _CHANGES[1], 200)
def test_none_is_lost_and_none_comes_twice(
    empty_file: Path, tmp_path: Path, steps: list[tuple[str, int]], start: datetime, hours: int
) -> None:
    file = tmp_path / "run.sqlite"
    for old in tmp_path.glob("run.sqlite*"):
        old.unlink()
    shutil.copy(empty_file, file)
    asyncio.run(_live(file, steps, start, hours))


async def _live(file: Path, steps: list[tuple[str, int]], start: datetime, hours: int) -> None:
    database = Database(f"sqlite+aiosqlite:///{file}")
    try:
        house = House(database, PARIS, start.astimezone(NOW.tzinfo))
        await house.begin(starts=house.now + timedelta(hours=hours), ends=None)
        for step in steps:
            await _happen(house, *step)
            _never_wrong(house)
        await _ends_well(house)
    finally:
        await database.close()


async def _happen(house: House, what: str, value: int) -> None:
    if what in ("move", "leave", "cancel"):
        # Only what is under way now may be taken back, and only by one of these.
        house.untrue |= {r.outbox_key for r in await house.reminders() if r.outbox_key}
    if what == "clock":
        house.now += timedelta(hours=value)
    elif what == "tick":
        await house.tick()
    elif what == "restart":
        async with house.database.write() as session:
            await reminder_plan.replan_all(session, house.now, house.zone)
    elif what == "send":
        await house.deliver(value)
    elif what == "move":
        await house.move(house.now + timedelta(hours=value))
    elif what in ("leave", "come"):
        await house.answer(value, what == "come")
    elif what == "night":
        await house.choose(SREY, value, 7)
    else:
        async with house.database.write() as session:
            with suppress(RefusedError):  # it is cancelled already
                await calendar.cancel(acting(session, now=house.now), house.event_id, house.zone)


def _never_wrong(house: House) -> None:
    assert max(Counter(house.sent).values(), default=1) == 1, "a reminder came twice"
    for (_, _, _, starts), (girl, at, _) in zip(house.sent, house.sent_at, strict=True):
        assert at < starts, "a reminder came after the event began"
        # Srey's night may begin at any hour from 18 on, Chantha's is the usual one.
        night = QuietHours(time(23), time(6)) if girl == SREY else QuietHours()
        assert not night.holds(at, house.zone), "a reminder came at night"


async def _ends_well(house: House) -> None:
    """From here on all is sound: what was wanted by then has come, or its loss is recorded."""
    date = await house.date()
    async with house.database.read() as session:
        query = select(EventSignup.person_id).where(EventSignup.state == "going")
        going = set(await session.scalars(query))
        wanted = await reminder_plan._wanted(session, (date.id,), house.zone, None)
    await _happen(house, "restart", 0)
    since = house.now
    for due in sorted({*wanted.values(), date.over_at_utc}):
        house.now = max(house.now, due)
        await house.tick()
        await house.deliver()
    _never_wrong(house)
    rows = {
        (r.date_id, r.person_id, r.minutes_before, r.starts_at_utc): r
        for r in await house.reminders()
    }
    assert not [r for r in rows.values() if r.state == "planned"], "a reminder is still waited for"
    async with house.database.read() as session:
        withdrawn = select(OutboxMessage.key).where(OutboxMessage.failure == "withdrawn")
        taken_back = set(await session.scalars(withdrawn))
    assert taken_back <= house.untrue, "a reminder that was true was taken back"
    for key, due in wanted.items():
        if key[1] in going and due > since and date.starts_at_utc > since:
            assert key in rows, "a reminder was never planned"
            row = rows[key]
            assert key in house.sent or row.why, "a reminder was lost without a record"
