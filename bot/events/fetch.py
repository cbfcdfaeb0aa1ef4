"""Fetches a calendar from the internet: https only, public addresses only, small and soon.

A coordinator may paste any address, so an address is treated as hostile: its name is looked up
once, every answer must be public, and the request goes to that very address, so that a name
cannot point elsewhere a moment later. Each redirect is looked at in the same way.
"""

import asyncio
import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

import httpx

from bot.events.ical import CalendarProblemError

LARGEST_BYTES = 1 << 20
TOTAL_SECONDS = 20.0
MOST_REDIRECTS = 3
LONGEST_ADDRESS = 500
_TRANSLATED = IPv6Network("64:ff9b::/96")
_MOVED = (301, 302, 303, 307, 308)


@dataclass(frozen=True)
class Fetched:
    """What came: `data` is None when nothing has changed."""

    data: bytes | None
    etag: str | None = None
    modified: str | None = None


def tidy_address(text: str, *, anywhere: bool) -> str:
    """Return the address of a calendar as it will be asked. Raises CalendarProblemError."""
    text = text.strip()
    if text.lower().startswith("webcal://"):
        text = "https://" + text[len("webcal://") :]
    try:
        url = httpx.URL(text)
    except (httpx.InvalidURL, ValueError):
        raise CalendarProblemError("no_address") from None
    if not url.host or len(text) > LONGEST_ADDRESS or any(c.isspace() for c in text):
        raise CalendarProblemError("no_address")
    if url.scheme != "https" and not (anywhere and url.scheme == "http"):
        raise CalendarProblemError("not_https")
    if url.userinfo or (url.port not in (None, 443) and not anywhere):
        raise CalendarProblemError("no_address")
    return str(url)


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
    data = bytearray()
    async for chunk in answer.aiter_bytes():
        data += chunk
        if len(data) > LARGEST_BYTES:
            raise CalendarProblemError("too_large")
    return Fetched(bytes(data), answer.headers.get("etag"), answer.headers.get("last-modified"))


async def _public(url: httpx.URL, *, anywhere: bool) -> str:
    """Return an address of the host; raises CalendarProblemError unless all are public."""
    port = url.port or (443 if url.scheme == "https" else 80)
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(url.host, port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    if not anywhere and not all(is_public(address) for address in addresses):
        raise CalendarProblemError("private_address")
    return addresses[0]


def is_public(address: str) -> bool:
    """Return whether an IP address belongs to the public internet, however it is written."""
    ip: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        if ip in _TRANSLATED:
            ip = IPv4Address(int(ip) & 0xFFFFFFFF)
        elif inner := (ip.ipv4_mapped or ip.sixtofour):
            ip = inner
    return ip.is_global and not ip.is_multicast
