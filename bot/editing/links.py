"""Do the links of the content still lead somewhere? Asked in parallel, politely, with limits."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import httpx
from pydantic import BaseModel, HttpUrl

from bot.content import Content

AT_ONCE = 8
PATIENCE_SECONDS = 15.0
_HEADERS = {"User-Agent": "Mozilla/5.0 (compatible; BongSrey link check)"}
# Some servers answer a script so; the page may well be there for a person.
_SHY = {401, 403, 405, 429}


@dataclass(frozen=True)
class Link:
    """An address and the first place that names it."""

    address: str
    place: str


def links_of(content: Content) -> list[Link]:
    """Return every address in the content once, in the order it is met."""
    found: dict[str, str] = {}
    for part in type(content).model_fields:
        for address, place in _within(getattr(content, part), part):
            found.setdefault(address, place)
    return [Link(address, place) for address, place in found.items()]


def _within(value: object, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, HttpUrl):
        yield str(value), place
    elif isinstance(value, BaseModel):
        name = getattr(value, "id", None)
        for field in type(value).model_fields:
            yield from _within(getattr(value, field), f"{place}.{name}" if name else place)
    elif isinstance(value, tuple):
        for item in value:
            yield from _within(item, place)


async def broken(
    links: list[Link],
    client: httpx.AsyncClient,
    seen: Callable[[], object] = lambda: None,
) -> list[str]:
    """Return a plain sentence for each link that leads nowhere; `seen` is called for each."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def look(link: Link) -> str | None:
        async with gate:
            problem = await _problem(client, link.address)
        seen()
        return f"{link.place}: {link.address} {problem}." if problem else None

    return [told for told in await asyncio.gather(*(look(link) for link in links)) if told]


async def _problem(client: httpx.AsyncClient, address: str) -> str | None:
    try:
        # A body is not needed, and HEAD is refused by too many servers: read the head of a GET.
        async with client.stream("GET", address) as answer:
            status = answer.status_code
    except httpx.TimeoutException:
        return f"did not answer within {PATIENCE_SECONDS:.0f} seconds"
    except httpx.TooManyRedirects:
        return "sends one round in a circle"
    except httpx.HTTPError:
        return "cannot be reached"
    return None if status < 400 or status in _SHY else f"answers with error {status}"


def polite_client() -> httpx.AsyncClient:
    """Return the client for the check."""
    return httpx.AsyncClient(
        timeout=PATIENCE_SECONDS,
        follow_redirects=True,
        headers=_HEADERS,
        limits=httpx.Limits(max_connections=AT_ONCE),
    )
