"""The embedded server: Bot API, people's side and chat page on one loopback port."""

import asyncio
import contextlib
from collections.abc import Callable
from pathlib import Path

from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPServerRequest
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from bot.demo.bot_api import BotApi, deliver_by_webhook
from bot.demo.people_api import Events, PeopleApi
from bot.demo.telegram_state import Person, Telegram

HERE = Path(__file__).parent
# Nothing from elsewhere is loaded, and no script but the page's own is run.
_POLICY = "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}
LARGEST_BODY_BYTES = 60 << 20


class _Page(RequestHandler):
    def get(self, name: str) -> None:
        file = {"": "chat_page.html", "chat_page.css": "chat_page.css",
                "chat_page.js": "chat_page.js"}[name]  # fmt: skip
        kind = {"html": "text/html", "css": "text/css", "js": "text/javascript"}
        self.set_header("Content-Type", kind[file.rpartition(".")[2]] + "; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.set_header("Content-Security-Policy", _POLICY)
        self.finish((HERE / file).read_bytes())


class _File(RequestHandler):
    def initialize(self, telegram: Telegram) -> None:
        self.telegram = telegram

    def get(self, file_id: str) -> None:
        if file_id not in self.telegram.files:
            self.set_status(404)
            return
        name, data = self.telegram.files[file_id]
        picture = name.lower().endswith((".png", ".jpg", ".jpeg"))
        self.set_header("Content-Type", "image/png" if picture else "application/octet-stream")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.finish(data)


class _Application(Application):
    """Refuses what a web page elsewhere makes a browser ask, so that none can reach in."""

    def find_handler(self, request, **kwargs):  # type: ignore[no-untyped-def]
        """Return the handler, or a refusal."""
        if _of_this_machine(request) and (_of_this_page(request) or _opens_the_page(request)):
            return super().find_handler(request, **kwargs)
        return self.get_handler_delegate(request, _Refusal)


def _of_this_machine(request: HTTPServerRequest) -> bool:
    """Whether the Host is loopback: a name elsewhere may point here as well."""
    name, _, port = request.host.rpartition(":")
    return (name or request.host) in _LOOPBACK and (not name or port.isdecimal())


def _of_this_page(request: HTTPServerRequest) -> bool:
    """Whether a browser says that this very page asks; what is no browser says nothing."""
    told, own = request.headers, f"http://{request.host}"
    return (
        told.get("Sec-Fetch-Site", "none") in ("same-origin", "none")
        and told.get("Origin", own) == own
        and f"{told.get('Referer', own)}/".startswith(f"{own}/")
    )


def _opens_the_page(request: HTTPServerRequest) -> bool:
    """Whether a link elsewhere opens the page itself, in a window of its own."""
    told = request.headers
    whole = told.get("Sec-Fetch-Mode") == "navigate" and told.get("Sec-Fetch-Dest") == "document"
    return whole and request.method == "GET" and request.path == "/" and "Origin" not in told


class _Refusal(RequestHandler):
    def prepare(self) -> None:
        self.set_status(403)
        self.finish("This server answers only on this machine.")


class DemoServer:
    """The running server; `root` is what BOT_API_URL must be."""

    def __init__(self, token: str, people: list[Person]) -> None:
        self.telegram = Telegram(token)
        self.telegram.people = {person.id: person for person in people}
        self._listeners: set[Callable[[int], None]] = set()
        self.telegram.changed = self._tell
        world = {"telegram": self.telegram}
        self._server = HTTPServer(
            _Application(
                [
                    (r"/bot([^/]+)/(\w+)", BotApi, world),
                    (r"/file/bot[^/]+/(\w+)", _File, world),
                    (r"/demo/file/(\w+)", _File, world),
                    (r"/demo/api/events", Events, {"listeners": self._listeners}),
                    (r"/demo/api/(\w+)", PeopleApi, world),
                    (r"/(chat_page\.css|chat_page\.js|)", _Page),
                ],
                log_function=lambda _handler: None,
            ),
            max_body_size=LARGEST_BODY_BYTES,
        )
        self.port = 0
        self._hook: asyncio.Task[None] | None = None

    @property
    def root(self) -> str:
        """The address of the server."""
        return f"http://127.0.0.1:{self.port}"

    def start(self, port: int = 0) -> None:
        """Listen on loopback; port 0 takes a free one. Raises OSError when it is taken."""
        sockets = bind_sockets(port, "127.0.0.1")
        self.port = sockets[0].getsockname()[1]
        self._server.add_sockets(sockets)
        self._hook = asyncio.create_task(deliver_by_webhook(self.telegram))

    async def stop(self) -> None:
        """Close every connection."""
        if self._hook is not None:
            self._hook.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._hook
        self._server.stop()
        await self._server.close_all_connections()

    def _tell(self, chat: int) -> None:
        for listener in list(self._listeners):
            listener(chat)
