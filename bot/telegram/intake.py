"""Fetches updates from a Bot API server, or is called by it, and stores them.

Polling asks for the raw JSON with httpx rather than through python-telegram-bot, so that one
update the library cannot read does not stop the others, and so that the next request, which
confirms the updates to Telegram, is made only after they are stored. What is searched from other
chats is not stored but answered at once (`inline.py`).
"""

import asyncio
import json
import logging
import re
import time
from collections.abc import Awaitable, Callable
from hmac import compare_digest
from typing import Any
from urllib.parse import urlsplit

import httpx
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, HTTPError, RequestHandler

from bot.clock import Clock
from bot.database import Database
from bot.failures import named
from bot.patience import DATABASE_SECONDS, NETWORK_SECONDS, Patience
from bot.queues import inbox
from bot.settings import SettingsError
from bot.telegram.inline import is_search

log = logging.getLogger(__name__)

ALLOWED_UPDATES = [
    "message",
    "edited_message",
    "callback_query",
    "inline_query",
    "my_chat_member",
    "channel_post",
]
POLL_SECONDS = 25
# A server that does not wait for updates is asked no more often than this.
SHORTEST_POLL_SECONDS = 1.0
LARGEST_UPDATE_BYTES = 1 << 20
_NOT_STORED = "updates could not be stored"


class TokenRefusedError(Exception):
    """Telegram will never give updates to this bot as it is set up."""

    def __init__(self) -> None:
        super().__init__("Telegram does not know this BOT_TOKEN. Check it with @BotFather.")


class Poller:
    """Long polling: store, then confirm."""

    def __init__(
        self,
        root: str,
        token: str,
        database: Database,
        clock: Clock,
        stored: Callable[[], None],
        searched: Callable[[dict[str, Any]], None],
        rest: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._url = f"{root}/bot{token}/getUpdates"
        self._database = database
        self._clock = clock
        self._stored = stored
        self._searched = searched
        self._rest = rest
        self._asking = Patience(log, "no updates come", NETWORK_SECONDS)
        self._storing = Patience(log, _NOT_STORED, DATABASE_SECONDS)

    @property
    def troubles(self) -> tuple[str, ...]:
        """What it cannot do now, in words."""
        return (*self._asking.troubles, *self._storing.troubles)

    async def run(self) -> None:
        """Poll until cancelled; raises TokenRefusedError when the token is not accepted."""
        offset = 0
        timeout = httpx.Timeout(10, read=POLL_SECONDS + 10)
        async with httpx.AsyncClient(timeout=timeout) as client:
            while True:
                began = time.monotonic()
                try:
                    updates = await self._ask(client, offset)
                except TokenRefusedError:
                    raise
                except Exception as error:
                    # Whatever stands between may answer anything; none of it may end the polling.
                    await self._rest(self._asking.failed(type(error).__name__))
                    continue
                self._asking.worked()
                before = offset
                if updates:
                    await self._take(updates)
                    offset = max(u["update_id"] for u in updates) + 1
                if offset == before:
                    await self._rest(max(0.0, began + SHORTEST_POLL_SECONDS - time.monotonic()))

    async def _take(self, updates: list[dict[str, Any]]) -> None:
        """Let searches be answered at once, and store the rest."""
        for search in filter(is_search, updates):
            self._searched(search)
        if kept := [update for update in updates if not is_search(update)]:
            await self._store(kept)
            self._stored()

    async def _store(self, updates: list[dict[str, Any]]) -> None:
        """Store updates however long it takes: until then they are not confirmed."""
        while True:
            try:
                await inbox.store(self._database, updates, self._clock())
            except Exception as error:
                await self._rest(self._storing.failed(named(error)))
            else:
                self._storing.worked()
                return

    async def _ask(self, client: httpx.AsyncClient, offset: int) -> list[dict[str, Any]]:
        request = {"timeout": POLL_SECONDS, "allowed_updates": ALLOWED_UPDATES}
        if offset:
            request["offset"] = offset
        answer = await client.post(self._url, json=request)
        body = answer.json()
        if not isinstance(body, dict):
            raise ValueError("not an answer of a Bot API")
        if body.get("ok"):
            return _updates(body.get("result"))
        if answer.status_code in (401, 404):
            raise TokenRefusedError
        if answer.status_code == 409:
            log.warning("another program is polling with this BOT_TOKEN; stop it, or it and "
                        "this one take turns at the updates")  # fmt: skip
        retry = body.get("parameters", {}).get("retry_after", 0)
        await self._rest(min(float(retry), NETWORK_SECONDS))
        raise ValueError(f"status {answer.status_code}")


def _updates(result: Any) -> list[dict[str, Any]]:
    """Return what can be stored; raises ValueError where nothing can, so that it is not asked
    for again at once."""
    given = result if isinstance(result, list) else [result]
    good = [one for one in given if inbox.can_store(one)]
    if given and not good:
        raise ValueError("no updates")
    return good


class _Hook(RequestHandler):
    def initialize(
        self,
        secret: str,
        database: Database,
        clock: Clock,
        stored: Any,
        searched: Any,
        storing: Patience,
    ) -> None:
        self._secret, self._database, self._clock, self._stored = secret, database, clock, stored
        self._searched, self._storing = searched, storing

    async def post(self) -> None:
        given = self.request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        if not compare_digest(given.encode(), self._secret.encode()):
            self.set_status(403)
            return
        try:
            update = json.loads(self.request.body)
        except (ValueError, RecursionError):
            self.set_status(400)
            return
        if isinstance(update, dict) and is_search(update):
            self._searched(update)
            return
        try:
            await inbox.store(self._database, [update], self._clock())
        except Exception as error:
            # Telegram sends it again for as long as it is not told that all is well.
            self._storing.failed(named(error))
            self.set_status(500)
            return
        self._storing.worked()
        self._stored()

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        """Name what failed: tornado would write down the request as well."""
        if not isinstance(value, HTTPError):
            log.error("a call of the webhook failed: %s", named(value))


class Webhook:
    """A small HTTP server that Telegram calls, behind whatever terminates TLS."""

    def __init__(
        self,
        url: str,
        secret: str,
        database: Database,
        clock: Clock,
        stored: Callable[[], None],
        searched: Callable[[dict[str, Any]], None],
    ) -> None:
        path = re.escape(urlsplit(url).path or "/")
        self._storing = Patience(log, _NOT_STORED, DATABASE_SECONDS)
        options = {
            "secret": secret, "database": database, "clock": clock, "stored": stored,
            "searched": searched, "storing": self._storing,
        }  # fmt: skip
        self._server = HTTPServer(
            Application([(path, _Hook, options)], log_function=lambda _handler: None),
            max_body_size=LARGEST_UPDATE_BYTES,
        )

    @property
    def troubles(self) -> tuple[str, ...]:
        """What it cannot do now, in words."""
        return self._storing.troubles

    def start(self, port: int, address: str = "") -> tuple[int, ...]:
        """Listen on `port`, or on a free one for 0; return the ports that are listened on.

        Raises SettingsError where the port is taken or may not be used.
        """
        try:
            sockets = bind_sockets(port, address)
        except OSError as error:
            raise SettingsError(
                f"WEBHOOK_PORT {port} cannot be used ({error.strerror}). Stop what listens there, "
                "or choose another."
            ) from None
        self._server.add_sockets(sockets)
        return tuple(one.getsockname()[1] for one in sockets)

    async def stop(self) -> None:
        """Close every connection."""
        self._server.stop()
        await self._server.close_all_connections()
