"""Updates are asked for until they come and stored until they are, whatever is answered."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import httpx
import pytest
from sqlalchemy import text

from bot.clock import utc_now
from bot.database import Database
from bot.demo.server import DemoServer
from bot.queues import inbox
from bot.telegram.intake import Poller, Webhook
from tests.stage import STUDENT, TOKEN


@asynccontextmanager
async def _polling(root: str, database: Database) -> AsyncIterator[None]:
    """Poll, and be polling still at the end."""
    task = asyncio.create_task(
        Poller(root, TOKEN, database, utc_now, lambda: None, lambda _: None).run()
    )
    yield
    assert not task.done()
    task.cancel()
    await asyncio.wait([task])


async def _until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.01)


async def _room(database: Database, pages: int) -> None:
    """Leave so many pages on the disk."""
    async with database.write() as session:
        taken = await session.scalar(text("PRAGMA page_count"))
        await session.execute(text(f"PRAGMA max_page_count = {taken + pages}"))


@pytest.mark.parametrize(
    "answer",
    [
        "no JSON", "[1]", '{"ok": true}', '{"ok": false, "parameters": null}',
        '{"ok": false, "parameters": {"retry_after": null}}', "[" * 100_000,
    ],
    ids=range(6),
)  # fmt: skip
async def test_no_answer_of_a_server_ends_the_polling(
    database: Database, caplog: pytest.LogCaptureFixture, answer: str
) -> None:
    async def say(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(f"HTTP/1.1 200 OK\r\nContent-Length: {len(answer)}\r\n\r\n{answer}".encode())
        writer.close()

    async with await asyncio.start_server(say, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        async with _polling(f"http://127.0.0.1:{port}", database):
            await _until(lambda: "no updates come" in caplog.text)


async def test_updates_wait_at_the_server_until_the_disk_has_room(
    database: Database, server: DemoServer, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(50):
        server.telegram.says(server.telegram.people[STUDENT], {"text": "a question " * 90})
    await _room(database, 0)
    async with _polling(server.root, database):
        await _until(lambda: "could not be stored" in caplog.text)
        assert len(server.telegram.updates) == 50, "none is confirmed before it is stored"
        await _room(database, 1000)
        await _until(lambda: "that is over" in caplog.text)
    assert len(await inbox.waiting(database)) == 50


async def test_a_webhook_on_a_full_disk_sends_updates_back_and_says_so_once(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    webhook = Webhook("/hook", "secret", database, utc_now, lambda: None, lambda _: None)
    (port,) = webhook.start(0, "127.0.0.1")
    headers = {"X-Telegram-Bot-Api-Secret-Token": "secret"}
    async with httpx.AsyncClient(headers=headers) as client:

        async def post(number: int) -> int:
            update = {"update_id": number, "message": {"text": "a question " * 9000}}
            url = f"http://127.0.0.1:{port}/hook"
            return (await client.post(url, content=json.dumps(update))).status_code

        await _room(database, 0)
        assert [await post(number) for number in range(5)] == [500] * 5
        await _room(database, 1000)
        assert await post(1) == 200
    await webhook.stop()
    assert caplog.text.count("could not be stored") == 2, "once, and once that it is over"
