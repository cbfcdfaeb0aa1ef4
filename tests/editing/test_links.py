"""Broken links are named with their place; a page that is only shy of scripts is not broken."""

from collections.abc import AsyncIterator
from urllib.parse import urldefrag

import httpx
import pytest
import tornado.web
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port

from bot.content import Content
from bot.editing.links import Link, OfflineError, broken, links_of, polite_client


class _Page(tornado.web.RequestHandler):
    def get(self, status: str) -> None:
        self.application.settings["asked"].append(self.request.uri)
        self.set_status(int(status))
        self.finish("x")


class _Circle(tornado.web.RequestHandler):
    def get(self) -> None:
        self.redirect("/circle")


@pytest.fixture
def asked() -> list[str]:
    """The pages of the site that were asked for."""
    return []


@pytest.fixture
async def site(asked: list[str]) -> AsyncIterator[str]:
    """A web site with good and bad pages."""
    listening, port = bind_unused_port()
    app = tornado.web.Application([(r"/(\d+)", _Page), ("/circle", _Circle)], asked=asked)
    server = HTTPServer(app)
    server.add_sockets([listening])
    yield f"http://127.0.0.1:{port}"
    server.stop()


async def test_broken_links_are_named_and_good_ones_are_not(site: str) -> None:
    links = [Link(f"{site}/{page}", page) for page in ("200", "404", "403", "500", "circle")]
    counted: list[int] = []
    async with polite_client() as client:
        problems = await broken(links, client, lambda: counted.append(1))
    assert problems == [
        f"404: {site}/404 answers with error 404.",
        f"500: {site}/500 answers with error 500.",
        f"circle: {site}/circle sends one round in a circle.",
    ]
    assert len(counted) == 5


async def test_a_server_that_is_gone_is_said_to_be() -> None:
    address = "http://127.0.0.1:9"
    async with httpx.AsyncClient() as client:
        (problem,) = await broken([Link(address, "faq.x")], client)
    assert problem == f"faq.x: {address} cannot be reached."


def test_every_source_of_the_content_is_looked_at_once(content: Content) -> None:
    links = links_of(content)
    addresses = [link.address for link in links]
    named = {str(s.url) for e in content.entries.values() for s in e.sources}
    assert {urldefrag(address).url for address in named} <= set(addresses)
    assert len(addresses) == len(set(addresses))


async def test_offline_it_is_said_once_and_no_link_is_blamed() -> None:
    """Nobody listens on any of these ports."""
    links = [Link(f"http://127.0.0.1:{port}/", str(port)) for port in range(1, 60)]
    async with polite_client() as client:
        with pytest.raises(OfflineError, match="seems to be offline"):
            await broken(links, client)


async def test_where_one_site_answers_the_others_are_broken(site: str, asked: list[str]) -> None:
    links = [Link(f"{site}/200", "good")]
    links += [Link(f"http://127.0.0.1:{port}/", str(port)) for port in range(1, 30)]
    async with polite_client() as client:
        assert len(await broken(links, client)) == 29
    assert asked == ["/200"], "asked once, though it was among the first"
