"""Fetches a calendar from the internet: https only, public addresses only, small and soon.

A coordinator may paste any address, so an address is treated as hostile: its name is looked up
once, every answer must be public, and the request goes to that very address, so that a name
cannot point elsewhere a moment later. Each redirect is looked at in the same way. What comes is
counted as it comes, packed and unpacked, so that no answer takes more memory than it may.
"""

import asyncio
import socket
import zlib
from dataclasses import dataclass

import httpx

from bot.events.addresses import is_public, tidy_address
from bot.events.ical.problems import CalendarProblemError

LARGEST_BYTES = 1 << 20
TOTAL_SECONDS = 20.0
MOST_REDIRECTS = 3
_MOVED = (301, 302, 303, 307, 308)
# It is asked for plain; some servers pack all the same. What zlib is told of each way to pack.
_WINDOW = {"gzip": 16 + zlib.MAX_WBITS, "x-gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}


@dataclass(frozen=True)
class Fetched:
    """What came: `data` is None when nothing has changed."""

    data: bytes | None
    etag: str | None = None
    modified: str | None = None


async def fetch(
    address: str, etag: str | None, modified: str | None, *, anywhere: bool
) -> Fetched:
    """Return the calendar at `address` unless it is as it was. Raises CalendarProblemError.

    `anywhere` allows http and this very machine, for the demo and the tests.
    """
    headers = {"Accept": "text/calendar, text/plain;q=0.5", "Accept-Encoding": "identity"}
    if etag:
        headers["If-None-Match"] = etag
    if modified:
        headers["If-Modified-Since"] = modified
    try:
        async with asyncio.timeout(TOTAL_SECONDS):
            return await _follow(address, headers, anywhere=anywhere)
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, OSError, ValueError):
        raise CalendarProblemError("unreachable") from None


async def _follow(address: str, headers: dict[str, str], *, anywhere: bool) -> Fetched:
    async with httpx.AsyncClient(timeout=10, trust_env=False, follow_redirects=False) as client:
        for _ in range(MOST_REDIRECTS + 1):
            url = httpx.URL(tidy_address(address, anywhere=anywhere))
            pinned = url.copy_with(host=await _public(url, anywhere=anywhere))
            name = {**headers, "Host": url.netloc.decode("ascii")}
            told = {"sni_hostname": url.host}
            async with client.stream("GET", pinned, headers=name, extensions=told) as answer:
                if answer.status_code in _MOVED and "location" in answer.headers:
                    address = str(url.join(answer.headers["location"]))
                    continue
                return await _read(answer)
    raise CalendarProblemError("unreachable")


async def _read(answer: httpx.Response) -> Fetched:
    if answer.status_code == 304:
        return Fetched(None)
    if answer.status_code != 200:
        raise CalendarProblemError("refused")
    unpack = _Unpacked(answer.headers.get("content-encoding", ""))
    data = bytearray()
    received = 0
    async for chunk in answer.aiter_raw():
        received += len(chunk)
        data += unpack.some(chunk, LARGEST_BYTES + 1 - len(data))
        if max(received, len(data)) > LARGEST_BYTES:
            raise CalendarProblemError("too_large")
    if not unpack.complete:
        raise CalendarProblemError("unreachable")
    return Fetched(bytes(data), answer.headers.get("etag"), answer.headers.get("last-modified"))


class _Unpacked:
    """Unpacks what was packed once, and never more of it than is asked for."""

    def __init__(self, encoding: str) -> None:
        encoding = encoding.strip().lower()
        self._unpacker = None
        if encoding not in ("", "identity"):
            if encoding not in _WINDOW:
                raise CalendarProblemError("packed")
            self._unpacker = zlib.decompressobj(_WINDOW[encoding])

    def some(self, packed: bytes, most: int) -> bytes:
        """Return what this unpacks to, cut after `most` bytes."""
        if self._unpacker is None:
            return packed[:most]
        try:
            return self._unpacker.decompress(packed, max(most, 1))
        except zlib.error:
            raise CalendarProblemError("packed") from None

    @property
    def complete(self) -> bool:
        """Whether it ended where what was packed ends."""
        packed = self._unpacker
        return packed is None or (packed.eof and not packed.unused_data)


async def _public(url: httpx.URL, *, anywhere: bool) -> str:
    """Return an address of the host; raises CalendarProblemError unless all are public."""
    port = url.port or (443 if url.scheme == "https" else 80)
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(url.host, port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    if not addresses or not (anywhere or all(is_public(address) for address in addresses)):
        raise CalendarProblemError("private_address")
    return addresses[0]
