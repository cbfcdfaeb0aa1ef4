"""Fetching a calendar of others: small, soon, packed once at most, from where it was said."""

import gzip
import tracemalloc
import zlib
from collections.abc import AsyncIterator

import pytest
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from bot.events.fetch import LARGEST_BYTES, MOST_REDIRECTS, fetch
from bot.events.ical.problems import CalendarProblemError
from bot.events.ical.reading import read_calendar
from tests.events.conftest import NOW, ZONE, calendar_of, one

ONE = calendar_of(one())


def _bomb(mebibytes: int) -> bytes:
    """Return so much of nothing, packed to a thousandth of it."""
    packer = zlib.compressobj(9, wbits=16 + zlib.MAX_WBITS)
    packed = [packer.compress(bytes(1 << 20)) for _ in range(mebibytes)]
    return b"".join((*packed, packer.flush()))


BOMB = _bomb(128)
PACKED: dict[str, tuple[str, bytes]] = {
    "gzip": ("gzip", gzip.compress(ONE)),
    "deflate": ("Deflate", zlib.compress(ONE)),
    "bomb": ("gzip", BOMB),
    "double_bomb": ("gzip, gzip", gzip.compress(BOMB, compresslevel=9)),
    "twice": ("gzip, gzip", gzip.compress(gzip.compress(ONE))),
    "brotli": ("br", ONE),
    "unknown": ("xyz", ONE),
    "lies": ("gzip", ONE),
    "cut": ("gzip", gzip.compress(ONE)[:-9]),
    "more": ("gzip", gzip.compress(ONE) + gzip.compress(ONE)),
}


class _Server(RequestHandler):
    asked: list[str] = []  # noqa: RUF012

    def get(self, what: str) -> None:
        self.asked.append(what)
        if what in PACKED:
            encoding, body = PACKED[what]
            self.set_header("Content-Encoding", encoding)
            self.finish(body)
        elif what == "large":
            self.finish(b"x" * (LARGEST_BYTES + 1))
        elif what == "gone":
            self.send_error(404)
        elif what == "there":
            self.redirect("/feed")
        elif what == "round":
            self.redirect("/round")
        elif what == "away":
            self.redirect("https://user:secret@example.org/")
        elif what == "odd":
            self.redirect("https://xn--/")
        else:
            self.set_header("Last-Modified", "Tue, 24 Nov 2026 03:00:00 GMT")
            self.finish(ONE)

    def log_exception(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
async def root() -> AsyncIterator[str]:
    sockets = bind_sockets(0, "127.0.0.1")
    server = HTTPServer(Application([(r"/(\w+)", _Server)], log_function=lambda _: None))
    server.add_sockets(sockets)
    _Server.asked.clear()
    yield f"http://127.0.0.1:{sockets[0].getsockname()[1]}"
    server.stop()
    await server.close_all_connections()


async def test_a_feed_is_fetched_only_when_it_has_changed(root: str) -> None:
    first = await fetch(f"{root}/there", None, None, anywhere=True)
    assert first.data is not None
    assert read_calendar(first.data, NOW, ZONE).items[0].uid == "a"
    assert first.etag
    again = await fetch(f"{root}/feed", first.etag, first.modified, anywhere=True)
    assert again.data is None


@pytest.mark.parametrize("what", ["gzip", "deflate"])
async def test_a_feed_may_come_packed_once(root: str, what: str) -> None:
    assert (await fetch(f"{root}/{what}", None, None, anywhere=True)).data == ONE


@pytest.mark.parametrize(
    ("what", "problem"),
    [
        ("large", "too_large"),
        ("gone", "refused"),
        ("round", "unreachable"),
        ("away", "no_address"),
        ("odd", "unreachable"),
        ("bomb", "too_large"),
        ("double_bomb", "packed"),
        ("twice", "packed"),
        ("brotli", "packed"),
        ("unknown", "packed"),
        ("lies", "packed"),
        ("cut", "unreachable"),
        ("more", "unreachable"),
    ],
)
async def test_what_goes_wrong_is_named(root: str, what: str, problem: str) -> None:
    with pytest.raises(CalendarProblemError, match=problem):
        await fetch(f"{root}/{what}", None, None, anywhere=True)


@pytest.mark.parametrize("what", ["bomb", "double_bomb"])
async def test_a_bomb_takes_no_memory(root: str, what: str) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(CalendarProblemError):
            await fetch(f"{root}/{what}", None, None, anywhere=True)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 8 * LARGEST_BYTES


async def test_it_is_sent_on_so_many_times_and_no_more(root: str) -> None:
    with pytest.raises(CalendarProblemError, match="unreachable"):
        await fetch(f"{root}/round", None, None, anywhere=True)
    assert len(_Server.asked) == MOST_REDIRECTS + 1


async def test_this_machine_is_not_asked_unless_trying_things_out() -> None:
    for host in ("localhost", "127.0.0.1", "[::1]", "[::127.0.0.1]", "[::ffff:0:127.0.0.1]"):
        with pytest.raises(CalendarProblemError, match="private_address|unreachable"):
            await fetch(f"https://{host}/a.ics", None, None, anywhere=False)
