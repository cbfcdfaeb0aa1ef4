"""Do the links of the content still lead somewhere? Asked in parallel, politely, with limits."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urldefrag, urlsplit

import httpx
from pydantic import BaseModel, HttpUrl

from bot.content import Content

AT_ONCE = 8
PATIENCE_SECONDS = 15.0
_HEADERS = {"User-Agent": "Mozilla/5.0 (compatible; BongSrey link check)"}
# So many sites are asked first: where none of them answers, it is this machine that reaches none.
_SITES_OF_DOUBT = 12
# Some servers answer a script so; the page may well be there for a person.
_SHY = {401, 403, 405, 429}


class OfflineError(Exception):
    """No site can be reached from here, so nothing can be said of the links."""

    def __init__(self) -> None:
        super().__init__(
            "Not one of the first sites can be reached: this machine seems to be offline, "
            "or a proxy stands between. Nothing is said of the links; try again with a network."
        )


@dataclass(frozen=True)
class Link:
    """An address and the first place that names it."""

    address: str
    place: str


def links_of(content: Content) -> list[Link]:
    """Return every page in the content once, in the order it is met: places in it are the same."""
    found: dict[str, str] = {}
    for part in type(content).model_fields:
        for address, place in _within(getattr(content, part), part):
            found.setdefault(urldefrag(address).url, place)
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
    """Return a plain sentence for each link that leads nowhere; `seen` is called for each.

    Each is asked once. Raises OfflineError, soon, where none leads anywhere.
    """
    sites: dict[str, Link] = {}
    for link in links:
        sites.setdefault(urlsplit(link.address).netloc, link)
    gate = asyncio.Semaphore(AT_ONCE)

    async def look(link: Link) -> _Answer:
        async with gate:
            answer = await _ask(client, link.address)
        seen()
        return answer

    first = list(sites.values())[:_SITES_OF_DOUBT]
    answers = dict(zip(first, await asyncio.gather(*map(look, first)), strict=True))
    if len(first) == _SITES_OF_DOUBT and not any(a.answered for a in answers.values()):
        raise OfflineError
    rest = [link for link in links if link not in answers]
    answers |= zip(rest, await asyncio.gather(*map(look, rest)), strict=True)
    problems = ((link, answers[link].problem) for link in links)
    return [f"{link.place}: {link.address} {problem}." for link, problem in problems if problem]


@dataclass(frozen=True)
class _Answer:
    """What is wrong with an address, if anything, and whether anybody answered at all."""

    problem: str | None
    answered: bool


async def _ask(client: httpx.AsyncClient, address: str) -> _Answer:
    try:
        # A body is not needed, and HEAD is refused by too many servers: read the head of a GET.
        async with client.stream("GET", address) as answer:
            status = answer.status_code
    except httpx.TimeoutException:
        return _Answer(f"did not answer within {PATIENCE_SECONDS:.0f} seconds", answered=False)
    except httpx.TooManyRedirects:
        return _Answer("sends one round in a circle", answered=True)
    except httpx.HTTPError:
        return _Answer("cannot be reached", answered=False)
    well = status < 400 or status in _SHY
    return _Answer(None if well else f"answers with error {status}", answered=True)


def polite_client() -> httpx.AsyncClient:
    """Return the client for the check."""
    return httpx.AsyncClient(
        timeout=PATIENCE_SECONDS,
        follow_redirects=True,
        headers=_HEADERS,
        limits=httpx.Limits(max_connections=AT_ONCE),
    )
