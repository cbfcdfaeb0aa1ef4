"""The doctor looks at the database, the queues, who is on call and the drills."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from bot.clock import utc_now
from bot.database import Database
from bot.people import people
from bot.queues import deliveries, inbox, outbox
from bot.queues.messages import Text
from bot.queues.outbox import Lane
from bot.queues.tables import OutboxState
from bot.safety.states import DrillEnd
from bot.safety.tables import Case, Drill
from bot.screens.screen import Html
from bot.settings import url_of
from tests.database.releases import upgrade_to
from tests.operations.ward import BAD, LOOK, UNSEEN, WELL, Ward
from tests.stage import STUDENT


async def test_records_that_do_not_agree_are_told_by_their_numbers(ward: Ward) -> None:
    with closing(sqlite3.connect(ward.file)) as file:
        file.execute(
            "INSERT INTO cases (id, person_id, kind, opened_at_utc, alerted)"
            " VALUES (7, 1001, 'violence', '2026-11-24 02:00:00', '[]')"
        )
        file.commit()
    await ward.finds("records", BAD, "when the next is called; not so of case 7")


async def test_a_folder_that_no_start_makes_is_told(ward: Ward, tmp_path: Path) -> None:
    ward.has(database_url=url_of(tmp_path / "no" / "such" / "bot.sqlite"))
    await ward.finds("database", BAD, "there is no folder")


async def test_a_database_of_another_release_or_none_at_all(ward: Ward) -> None:
    ward.file.write_bytes(b"no database" * 100)
    await ward.finds("database", BAD, "it is no database")
    ward.file.unlink()
    upgrade_to(ward.file, "0010")
    await ward.finds("database", LOOK, "older release (0010, this one is")
    await ward.finds("queues", UNSEEN, "cannot be read")
    with closing(sqlite3.connect(ward.file)) as rows, rows:
        rows.execute("UPDATE alembic_version SET version_num = '0999'")
    await ward.finds("database", BAD, "newer release of Bong Srey (0999)")


async def test_what_waits_too_long(ward: Ward, on_call: Database) -> None:
    now = utc_now()
    await inbox.store(on_call, [{"update_id": 1}], now - timedelta(minutes=10))
    async with on_call.write() as session:
        for lane in (Lane.REPLY, Lane.ANNOUNCEMENT):
            await outbox.stage(
                session, Text(Html("x")), to=STUDENT, key=lane.name, lane=lane,
                now=now, due=now - timedelta(hours=2),
            )  # fmt: skip
    await ward.finds("queues", BAD, "updates that wait: 1, the first for 10 min; start the bot")
    await ward.finds("queues", BAD, "reply messages that wait: 1, the first for 2 h")
    await ward.finds("queues", LOOK, "announcement messages that wait: 1")


async def test_replies_that_are_tried_again_and_again(ward: Ward, on_call: Database) -> None:
    now = utc_now()
    async with on_call.write() as session:
        await outbox.stage(
            session, Text(Html("x")), to=STUDENT, key="a", lane=Lane.REPLY,
            now=now - timedelta(hours=2),
        )  # fmt: skip
    (row,) = await outbox.waiting(on_call, (Lane.REPLY,), set(), 1, now)
    put_off = deliveries.Delivery(
        row.id, OutboxState.WAITING, now, retry_at=now + timedelta(minutes=5)
    )
    await deliveries.record(on_call, [put_off])
    await ward.finds("queues", BAD, "reply messages that wait: 1, the first for 2 h")


async def test_updates_that_were_given_up(ward: Ward, on_call: Database) -> None:
    await inbox.store(on_call, [{"update_id": 1}], utc_now())
    async with on_call.write() as session:
        for _ in range(inbox.MOST_ATTEMPTS):
            await inbox.count_attempt(session, 1)
    await ward.finds("queues", LOOK, "that could not be answered: 1")


async def test_nobody_on_call(ward: Ward) -> None:
    await ward.finds("on call", BAD, "has never written to the bot")
    ward.has(coordinator_ids=())
    await ward.finds("on call", BAD, "no coordinator")
    ward.file.unlink()
    await ward.finds("on call", BAD, "COORDINATOR_IDS")


async def test_a_girl_who_waits_for_a_person(ward: Ward, on_call: Database) -> None:
    async with on_call.write() as session:
        await people.meet(session, STUDENT, "en", utc_now())
        opened = utc_now() - timedelta(minutes=90)
        session.add(Case(person_id=STUDENT, kind="abuse", opened_at_utc=opened, alerted=[]))
    await ward.finds("on call", BAD, "wait for a person: 1, the first for 90 min")


async def test_drills_that_are_missing_old_or_failed(ward: Ward, on_call: Database) -> None:
    await ward.finds("drill", LOOK, "none in a year; a coordinator begins one at the desk")
    ward.has(drill_day=0)
    await ward.finds("drill", LOOK, "or set DRILL_DAY")

    async def was(outcome: DrillEnd, **ago: float) -> None:
        at = utc_now() - timedelta(**ago)
        none: list[int] = []
        async with on_call.write() as session:
            session.add(
                Drill(
                    began_at_utc=at, alerted=none, arrived=none, passed=none, ended_at_utc=at,
                    outcome=outcome,
                )
            )  # fmt: skip

    await was(DrillEnd.IN_TIME, days=46)
    await ward.finds("drill", LOOK, "the last was 46 days ago")
    await was(DrillEnd.IN_TIME, days=44)
    await ward.finds("drill", WELL, "44 days ago, and somebody was there in time")
    await was(DrillEnd.UNANSWERED, days=4)
    await was(DrillEnd.CALLED_OFF, days=3)
    await ward.finds("drill", LOOK, "4 days ago, failed: nobody who was called was there")
