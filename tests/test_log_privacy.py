"""What girls write, who they are, and the token: in no log, whatever fails, at DEBUG too."""

import asyncio
import io
import json
import logging
import re
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import make_bot
from bot.clock import utc_now
from bot.database import Database, Session
from bot.demo.server import DemoServer
from bot.demo.telegram_state import Fault
from bot.failures import DiscreetJson, listen_to_the_loop, log_discreetly
from bot.queues import inbox, outbox
from bot.queues.messages import Text
from bot.queues.outbox import Lane
from bot.queues.tables import OutboxMessage
from bot.screens.screen import Html
from bot.settings import Settings
from bot.telegram.courier import Courier
from bot.telegram.intake import Poller, Webhook
from bot.telegram.rate_limit import RateLimit
from bot.timekeeper import Timekeeper
from handlers import chores
from tests.events.announced import LAST, announced
from tests.stage import ENGLISH_STUDENT, STUDENT, TOKEN, Stage, StartStage

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
WORDS = "my father hits me"
NAME = "Unmistakablename"
HOOK_SECRET = "secret-of-the-hook"
log = logging.getLogger("bot")
Log = Callable[[], str]


@pytest.fixture(params=["text", "json"])
def whole_log(request: pytest.FixtureRequest) -> Iterator[Log]:
    """Log as the process does, at DEBUG; return how to read everything that was written."""
    root, ours = logging.getLogger(), [logging.getLogger(room) for room in ("bot", "handlers")]
    before = root.handlers[:], [logger.level for logger in (root, *ours)], logging.raiseExceptions
    hooks = sys.excepthook, threading.excepthook
    log_discreetly("DEBUG", request.param)
    written = io.StringIO()
    (handler,) = root.handlers
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(written)
    try:
        yield written.getvalue
    finally:
        root.handlers[:], levels, logging.raiseExceptions = before
        for logger, level in zip((root, *ours), levels, strict=True):
            logger.setLevel(level)
        sys.excepthook, threading.excepthook = hooks


def _says_nothing(written: str) -> None:
    for secret in (WORDS, NAME, TOKEN, HOOK_SECRET):
        assert secret not in written


async def _until(condition: Callable[[], Any]) -> None:
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.01)


async def _full(database: Database, table: str) -> None:
    """Let every insert into a table fail as on a full disk."""
    async with database.write() as session:
        await session.execute(
            text(
                f"CREATE TRIGGER full BEFORE INSERT ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
            )
        )


async def _room_again(database: Database) -> None:
    async with database.write() as session:
        await session.execute(text("DROP TRIGGER full"))


async def _keep(session: Session, person_id: Any) -> None:
    await outbox.stage(session, Text(Html(WORDS)), to=person_id, key="k", lane=Lane.REPLY, now=NOW)


@pytest.mark.parametrize("door", ["write", "read"])
async def test_a_statement_that_fails_shows_nothing_of_what_it_carried(
    database: Database, caplog: pytest.LogCaptureFixture, door: str
) -> None:
    """A reader may not write, and no message goes to nobody: both fail with her words in hand."""
    with pytest.raises(DBAPIError) as failed:
        async with getattr(database, door)() as session:
            await _keep(session, None if door == "write" else 1)
    log.error("it failed", exc_info=failed.value)
    assert "outbox" in caplog.text
    assert WORDS not in caplog.text


async def test_an_update_that_polling_cannot_store_is_asked_for_again_and_not_written_down(
    database: Database, server: DemoServer, whole_log: Log
) -> None:
    server.telegram.people[STUDENT].first_name = NAME
    server.telegram.says(server.telegram.people[STUDENT], {"text": WORDS})
    await _full(database, "inbox")
    stored: list[bool] = []

    @asynccontextmanager
    async def polling() -> AsyncIterator[None]:
        poller = Poller(
            server.root, TOKEN, database, utc_now, lambda: stored.append(True), lambda _: None
        )
        task = asyncio.create_task(poller.run())
        yield
        assert not task.done()
        task.cancel()
        await asyncio.wait([task])

    async with polling():
        await _until(lambda: "could not be stored" in whole_log())
    await _room_again(database)
    async with polling():
        await _until(lambda: stored)
    (row,) = await inbox.waiting(database)
    assert WORDS in str(row.payload)
    _says_nothing(whole_log())


@pytest.fixture
async def hook(database: Database) -> AsyncIterator[str]:
    """A webhook on a free port; its address."""
    webhook = Webhook("/hook", HOOK_SECRET, database, utc_now, lambda: None, lambda _: None)
    (port,) = webhook.start(0, "127.0.0.1")
    yield f"http://127.0.0.1:{port}/hook"
    await webhook.stop()


async def _post(hook: str, **body: Any) -> int:
    headers = {"X-Telegram-Bot-Api-Secret-Token": HOOK_SECRET}
    async with httpx.AsyncClient() as client:
        return (await client.post(hook, headers=headers, **body)).status_code


async def test_an_update_that_the_webhook_cannot_store_is_refused_and_not_written_down(
    database: Database, hook: str, whole_log: Log
) -> None:
    await _full(database, "inbox")
    update = {"update_id": 7, "message": {"text": WORDS, "from": {"first_name": NAME}}}
    assert await _post(hook, json=update) == 500
    assert "could not be stored" in whole_log()
    _says_nothing(whole_log())


@pytest.mark.parametrize(
    "body",
    [b'{"update_id": %d, "message": {"text": "%s"}}' % (number, WORDS.encode())
     for number in (1 << 63, 1 << 64, 10**40, -1)]
    + [b'{"update_id": true}', b'{"update_id": 1.5}', b'[{"update_id": 7}]', b"null", b'"x"'],
)  # fmt: skip
async def test_an_update_with_an_impossible_id_is_taken_and_let_go(
    database: Database, hook: str, whole_log: Log, body: bytes
) -> None:
    """Or Telegram would bring it again and again."""
    assert await _post(hook, content=body) == 200
    assert not await inbox.waiting(database)
    assert "ERROR" not in whole_log()


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 100_000, b"9" * 5000])
async def test_what_is_no_json_is_refused_quietly(hook: str, whole_log: Log, body: bytes) -> None:
    assert await _post(hook, content=body) == 400
    assert "ERROR" not in whole_log()


@pytest.mark.parametrize("table", ["outbox", "people", "conversations"])
async def test_a_turn_that_cannot_be_stored_is_named_by_its_place(
    stage: Stage, whole_log: Log, table: str
) -> None:
    stage.may_fail = True
    await _full(stage.database, table)
    srey = stage.enters(9001, NAME, "en")
    await srey.send(WORDS)
    assert "update 1 failed: IntegrityError at" in whole_log()
    _says_nothing(whole_log())


async def test_a_commit_that_fails_is_named_by_its_place(stage: Stage, whole_log: Log) -> None:
    """What is wrong shows only at the end of the unit of work."""
    stage.may_fail = True
    async with stage.database.write() as session:
        await session.execute(text("CREATE TABLE late (id INTEGER PRIMARY KEY)"))
        await session.execute(
            text(
                "CREATE TABLE owes (id INTEGER REFERENCES late (id) DEFERRABLE INITIALLY DEFERRED)"
            )
        )
        await session.execute(
            text(
                "CREATE TRIGGER owing AFTER INSERT ON outbox BEGIN INSERT INTO owes VALUES (5); END"
            )
        )
    await stage.person(ENGLISH_STUDENT).send(WORDS)
    assert "update 1 failed: IntegrityError at" in whole_log()
    _says_nothing(whole_log())


@pytest.mark.parametrize(
    ("description", "kept"),
    [
        (f"Bad Request: can't parse entities: unclosed tag in “{WORDS}”", "can't parse entities"),
        (f"Bad Request: {WORDS}", "BadRequest"),
        (f"Bad Request: {NAME} {TOKEN}", "BadRequest"),
    ],
)
async def test_of_what_telegram_refuses_only_a_phrase_is_kept(
    database: Database, server: DemoServer, whole_log: Log, description: str, kept: str
) -> None:
    server.telegram.faults.append(Fault("sendMessage", code=400, description=description))
    async with database.write() as session:
        await _keep(session, STUDENT)
    bot = make_bot(Settings(bot_token=TOKEN, bot_api_url=server.root, _env_file=None))
    await bot.initialize()
    courier = Courier(bot, database, utc_now, RateLimit(1000, 0), lambda recipe: b"")
    delivering = asyncio.create_task(courier.run())
    while await outbox.count_waiting(database):
        await asyncio.sleep(0.01)
    courier.stop()
    await delivering
    await bot.shutdown()
    async with database.read() as session:
        row = (await session.scalars(select(OutboxMessage))).one()
    assert row.failure == kept
    assert re.search(rf"was refused: {kept}(\"\}})?\n", whole_log())
    _says_nothing(whole_log())


class Broken(Database):
    """A database that fails at every door, and says what it was given."""

    @asynccontextmanager
    async def write(
        self, *, short: bool = False, by_key: bool = False
    ) -> AsyncIterator[AsyncSession]:
        raise ValueError(f"{WORDS} of {NAME}")
        yield

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        raise ValueError(f"{WORDS} of {NAME}")
        yield

    def is_there(self) -> bool:
        raise ValueError(f"{WORDS} of {NAME}")


async def test_whichever_chore_fails_is_named_by_its_place(
    start_stage: StartStage, whole_log: Log
) -> None:
    stage = await start_stage(backup_hours=24)
    broken = Broken("sqlite+aiosqlite:///unused")
    # One of them has something to do only while a last day to apply is near.
    stage.now = datetime(2026, 12, LAST.day - 1, tzinfo=UTC)
    content = announced(stage.content)
    every = chores(replace(stage.services, content=content), broken, lambda: None)
    keeper = Timekeeper(every, utc_now)
    keeper.start()
    try:
        await _until(lambda: all(f"the chore “{c.name}” failed" in whole_log() for c in every))
    finally:
        await keeper.stop()
        await broken.close()
    _says_nothing(whole_log())


async def test_what_fails_where_nobody_waits_is_named_by_its_place(whole_log: Log) -> None:
    async def fail() -> None:
        raise ValueError(WORDS)

    listen_to_the_loop()
    task = asyncio.create_task(fail())
    await asyncio.wait([task])
    del task
    asyncio.get_running_loop().call_soon(_raise)
    await _until(lambda: whole_log().count("nobody waited for it: ValueError at") == 2)
    _says_nothing(whole_log())


def _raise() -> None:
    raise ValueError(WORDS)


def test_a_traceback_of_any_library_is_a_place(whole_log: Log) -> None:
    with pytest.raises(ValueError, match=WORDS) as caught:
        _raise()
    logging.getLogger("tornado.application").error("%r", WORDS, exc_info=caught.value)
    logging.getLogger("asyncio").error("odd", exc_info=caught.value, stack_info=True)
    assert whole_log().count("ValueError at") == 2
    _says_nothing(whole_log())


def test_a_line_for_programs_is_an_object_that_says_which_event_it_is() -> None:
    """Alike lines have one event, whatever the ids in them."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(DiscreetJson("%(message)s"))
    lines = logging.Logger("bot.telegram.worker")
    lines.addHandler(handler)
    with pytest.raises(ValueError, match=WORDS) as caught:
        _raise()
    lines.error("update %s failed", 7, exc_info=caught.value)
    library = logging.Logger("sqlalchemy.pool")
    library.addHandler(handler)
    library.error("%s is lost", WORDS, exc_info=caught.value)
    lines.warning("%s", "COORDINATR_IDS is not a setting")
    lines.warning("%s: %.1f %%", "the disk", 7)
    first, second, *whole = map(json.loads, written.getvalue().splitlines())
    assert [line["event"] for line in whole] == [
        "COORDINATR_IDS is not a setting", "the disk: 7.0 %",
    ], "where there are no words of its own, what is put in says which event it is"  # fmt: skip
    assert (first["event"], first["level"]) == ("update %s failed", "ERROR")
    assert first["says"].startswith("update 7 failed\nValueError at")
    assert first["logger"] == "bot.telegram.worker"
    assert datetime.fromisoformat(first["at"]).tzinfo is not None
    assert second["event"] == "a library reports a failure"
    _says_nothing(written.getvalue())


def test_a_process_or_a_thread_that_dies_says_where(
    whole_log: Log, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ValueError, match=WORDS) as caught:
        _raise()
    sys.excepthook(ValueError, caught.value, None)
    thread = threading.Thread(target=_raise)
    thread.start()
    thread.join()
    assert whole_log().count("ValueError at") == 2
    _says_nothing(whole_log() + "".join(capsys.readouterr()))


def test_what_libraries_say_below_a_warning_is_not_kept(whole_log: Log) -> None:
    for name in ("httpx", "httpcore.http11", "telegram.request", "sqlalchemy.engine.Engine",
                 "aiosqlite", "asyncio", "apscheduler.scheduler", "one.not.known"):  # fmt: skip
        logging.getLogger(name).info("https://api.telegram.org/bot%s %s", TOKEN, WORDS)
    log.debug("ours is")
    assert "ours is" in whole_log()
    _says_nothing(whole_log())
