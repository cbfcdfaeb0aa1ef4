"""The bot behind a webhook: stored before 200, and only for who knows the secret."""

import contextlib
import socket

import httpx

from bot.demo.server import DemoServer
from tests.conftest import Chat, StartBot
from tests.stage import ENGLISH_STUDENT


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def test_updates_come_by_webhook(
    start_bot: StartBot, chat: Chat, server: DemoServer
) -> None:
    port = _free_port()
    url = f"http://127.0.0.1:{port}/hook"
    await start_bot(WEBHOOK_URL=url, WEBHOOK_PORT=str(port))
    srey = chat(ENGLISH_STUDENT)
    await srey.send("/menu")
    await srey.sees("What would you like to know")
    async with httpx.AsyncClient() as client:
        update = {"update_id": 999, "message": {}}
        assert (await client.post(url, json=update)).status_code == 403
        secret = {"X-Telegram-Bot-Api-Secret-Token": server.telegram.webhook["secret"]}
        assert (await client.post(url, content=b"{", headers=secret)).status_code == 400
        assert (await client.post(url, json=[1], headers=secret)).status_code == 200
        large = b"x" * (2 << 20)
        with contextlib.suppress(httpx.TransportError):
            assert (await client.post(url, content=large, headers=secret)).status_code >= 400
    await srey.send("/topics")
    await srey.sees("Topics (1/")
