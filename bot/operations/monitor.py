"""A small page of the machine's own, for whoever supervises the bot: is it alive, is it ready, how
does it do.

`/healthz` answers for as long as the process can answer at all: when it does not, the bot is to be
started anew. `/readyz` says whether people are answered now, and what is in the way, a line each;
to start anew mends none of that. `/metrics` is for Prometheus. It listens on this machine alone.
"""

import logging
import os
from collections.abc import Callable
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, HTTPError, RequestHandler

from bot.clock import Clock
from bot.database import Database
from bot.database.trouble import FAILURES, in_words
from bot.failures import named
from bot.measures import Measures
from bot.operations import metrics
from bot.operations.metrics import Waiting
from bot.queues.outbox import Lane
from bot.settings import Settings

log = logging.getLogger(__name__)

Troubles = Callable[[], tuple[str, ...]]
_LOOPBACK = "127.0.0.1"
# An update that waits for longer is one that nobody takes, and a reply one that cannot leave.
LONGEST_WAIT_SECONDS = 120.0
# Which process answers: what listens on the port may be another bot than is asked about.
PROCESS = "X-Process"
_STARTING = ("it starts",)


class Monitor:
    """Answers on a port of this machine. Until it is told what to look at, the bot starts."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self.measures = Measures()
        self._settings = settings
        self._clock = clock
        self._database: Database | None = None
        self._troubles: Troubles = lambda: _STARTING
        pages = {"/healthz": self._healthz, "/readyz": self._readyz, "/metrics": self._metrics}
        self._server = HTTPServer(
            Application(
                [(path, _Page, {"answer": answer}) for path, answer in pages.items()],
                log_function=lambda _handler: None,
            )
        )

    def start(self, port: int) -> int | None:
        """Listen on `port`, or on a free one for 0; return it.

        Where it is taken or may not be used the log says so, and nobody can ask: people are
        answered all the same. None is returned then.
        """
        try:
            sockets = bind_sockets(port, _LOOPBACK)
        except OSError as error:
            log.error(
                "MONITOR_PORT %s cannot be used (%s). Stop what listens there, or choose another.",
                port, error.strerror,
            )  # fmt: skip
            return None
        self._server.add_sockets(sockets)
        found: int = sockets[0].getsockname()[1]
        return found

    def look_at(self, database: Database, troubles: Troubles) -> None:
        """Say what is looked at from now on."""
        self._database, self._troubles = database, troubles

    async def stop(self) -> None:
        """Close every connection; what is still asked for is told that it is not ready."""
        self._database, self._troubles = None, lambda: ("it stops",)
        self._server.stop()
        await self._server.close_all_connections()

    async def _healthz(self) -> tuple[int, str, bytes]:
        return 200, "text/plain", b"alive\n"

    async def _readyz(self) -> tuple[int, str, bytes]:
        _, troubles = await self._look()
        lines = troubles or ("ready",)
        return 503 if troubles else 200, "text/plain", "\n".join((*lines, "")).encode()

    async def _metrics(self) -> tuple[int, str, bytes]:
        waiting, troubles = await self._look()
        return 200, metrics.CONTENT_TYPE, metrics.text(self.measures, waiting, troubles)

    async def _look(self) -> tuple[Waiting | None, tuple[str, ...]]:
        """Return what waits, where that can be read, and all that is in trouble."""
        troubles = self._troubles()
        if self._database is None:
            return None, troubles
        if not self._database.is_there():
            troubles += ("the database was deleted or replaced under the running bot",)
        try:
            waiting = await metrics.read(self._database, self._settings, self._clock())
        except FAILURES as error:
            return None, (*troubles, f"the database cannot be read: {in_words(error)}")
        if (seconds := waiting.inbox.seconds(waiting.now)) > LONGEST_WAIT_SECONDS:
            troubles += (f"an update has waited for {seconds:.0f} s",)
        replies = waiting.outbox[Lane.REPLY]
        if (seconds := replies.seconds(waiting.now)) > LONGEST_WAIT_SECONDS:
            troubles += (f"replies wait: {replies.waiting}, the first for {seconds:.0f} s",)
        return waiting, troubles


class _Page(RequestHandler):
    def initialize(self, answer: Callable[[], Any]) -> None:
        self._answer = answer

    async def get(self) -> None:
        status, kind, body = await self._answer()
        self.set_status(status)
        self.set_header("Content-Type", kind)
        self.set_header("Cache-Control", "no-store")
        self.set_header(PROCESS, str(os.getpid()))
        self.finish(body)

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        """Name what failed, and no more."""
        if not isinstance(value, HTTPError):
            log.error("the monitor could not answer: %s", named(value))
