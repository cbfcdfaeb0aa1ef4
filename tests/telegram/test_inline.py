"""A search from another chat is answered at once or not at all, and nothing of it stays."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from telegram import Bot

from bot.answering.answerer import Answerer
from bot.app import make_bot
from bot.clock import utc_now
from bot.content import Content
from bot.database import Database
from bot.demo.server import DemoServer
from bot.demo.telegram_state import Fault
from bot.incoming import Search
from bot.queues import inbox
from bot.screens.articles import Article, Found
from bot.screens.screen import Html
from bot.settings import Settings
from bot.telegram import inline
from bot.telegram.inline import IN_SECONDS, MOST_SEARCHES, Searches
from bot.telegram.intake import ALLOWED_UPDATES, Poller, Webhook
from bot.turn import Services
from tests.stage import STUDENT, TOKEN

SECRET_WORDS = "zebra parliament"


def _echo(_services: Services, search: Search, stored: str | None) -> Found:
    """Find what is searched, as it is searched."""
    if search.text == "fail":
        raise ValueError(search.text)
    text = search.text or "nothing"
    return Found((Article("a", text, "", Html(text), ()),), stored or "-", "ask", 60)


@pytest.fixture
async def bot(server: DemoServer) -> AsyncIterator[Bot]:
    made = make_bot(Settings(_env_file=None, bot_token=TOKEN, bot_api_url=server.root))
    await made.initialize()
    yield made
    await made.shutdown()


@pytest.fixture
async def seconds() -> list[float]:
    """The time of the searches, which a test moves."""
    return [0.0]


@pytest.fixture
async def searches(
    bot: Bot, database: Database, content: Content, answerer: Answerer, seconds: list[float]
) -> AsyncIterator[Searches]:
    services = Services(Settings(_env_file=None), content, answerer, utc_now, "bong_bot")
    made = Searches(bot, database, services, _echo, lambda: seconds[0])
    yield made
    await made.stop()


def _ask(server: DemoServer, searches: Searches, text: str) -> str:
    query_id = server.telegram.searches(server.telegram.people[STUDENT], text)
    searches.take(server.telegram.updates.pop())
    return query_id


async def _found(server: DemoServer, query_id: str) -> str:
    async with asyncio.timeout(5):
        while query_id not in server.telegram.found:
            await asyncio.sleep(0.01)
    return str(server.telegram.found[query_id]["results"][0]["title"])


async def test_of_what_is_being_typed_only_the_last_is_answered(
    server: DemoServer, searches: Searches
) -> None:
    first, last = (_ask(server, searches, text) for text in ("nu", "nurse"))
    assert await _found(server, last) == "nurse"
    assert first not in server.telegram.found


async def test_who_searches_without_end_waits_a_little(
    server: DemoServer, searches: Searches, seconds: list[float]
) -> None:
    for _ in range(MOST_SEARCHES):
        await _found(server, _ask(server, searches, "nurse"))
    too_much = _ask(server, searches, "nurse")
    seconds[0] = IN_SECONDS
    await _found(server, _ask(server, searches, "again"))
    assert too_much not in server.telegram.found


async def test_an_answer_that_comes_too_late_is_let_go(
    server: DemoServer,
    searches: Searches,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO")
    monkeypatch.setattr(inline, "ANSWER_WITHIN_SECONDS", 0.05)
    server.telegram.faults.append(Fault("answerInlineQuery", 500, "x", delay=0.2))
    late = _ask(server, searches, SECRET_WORDS)
    async with asyncio.timeout(5):
        while "in time" not in caplog.text:
            await asyncio.sleep(0.01)
    assert late not in server.telegram.found
    calls = [c for c in server.telegram.calls if c["method"] == "answerInlineQuery"]
    assert len(calls) <= 1, "it is not tried again"
    assert SECRET_WORDS not in caplog.text


@pytest.mark.parametrize("what", ["refused", "broken"])
async def test_what_cannot_be_answered_is_named_without_its_words(
    server: DemoServer, searches: Searches, caplog: pytest.LogCaptureFixture, what: str
) -> None:
    caplog.set_level("INFO")
    if what == "refused":
        why = f"Bad Request: query is too old: {SECRET_WORDS}"
        server.telegram.faults.append(Fault("answerInlineQuery", 400, why))
    _ask(server, searches, SECRET_WORDS if what == "refused" else "fail")
    said = "query is too old" if what == "refused" else "a search failed"
    async with asyncio.timeout(5):
        while said not in caplog.text:
            await asyncio.sleep(0.01)
    assert SECRET_WORDS not in caplog.text
    # The next is answered as if nothing had been.
    assert await _found(server, _ask(server, searches, "nurse")) == "nurse"


@pytest.mark.parametrize(
    "query",
    [
        None, 7, "x", [], {}, {"id": "1"}, {"id": "1", "from": {}, "query": "x", "offset": ""},
        {"id": "1", "from": {"id": 2**70, "is_bot": False, "first_name": "x"}, "query": "x",
         "offset": ""},
        {"id": "1", "from": {"id": 5, "is_bot": False, "first_name": "x"}, "query": None,
         "offset": ""},
        {"id": "1", "from": {"id": 5, "is_bot": True, "first_name": "x"}, "query": "x",
         "offset": ""},
    ],
    ids=range(10),
)  # fmt: skip
async def test_a_malformed_search_hurts_nobody(
    server: DemoServer, searches: Searches, query: object
) -> None:
    searches.take({"update_id": 1, "inline_query": query})
    assert await _found(server, _ask(server, searches, "nurse")) == "nurse"


@asynccontextmanager
async def _polling(
    server: DemoServer, database: Database, taken: list[str]
) -> AsyncIterator[None]:
    def take(raw: dict[str, object]) -> None:
        taken.append(str(raw["inline_query"]))

    task = asyncio.create_task(
        Poller(server.root, TOKEN, database, utc_now, lambda: None, take).run()
    )
    yield
    task.cancel()
    await asyncio.wait([task])


async def test_searches_are_asked_for_and_never_stored(
    server: DemoServer, database: Database
) -> None:
    srey, taken = server.telegram.people[STUDENT], list[str]()
    server.telegram.searches(srey, SECRET_WORDS)
    server.telegram.says(srey, {"text": "hello"})
    async with _polling(server, database, taken), asyncio.timeout(5):
        while not (taken and await inbox.waiting(database)) or server.telegram.updates:
            await asyncio.sleep(0.01)
    assert "inline_query" in ALLOWED_UPDATES
    (kept,) = await inbox.waiting(database)
    assert SECRET_WORDS in taken[0]
    assert SECRET_WORDS not in str(kept.payload)


async def test_a_search_by_webhook_is_never_stored(database: Database) -> None:
    taken: list[object] = []
    hook = Webhook("/hook", "secret", database, utc_now, lambda: None, taken.append)
    (port,) = hook.start(0, "127.0.0.1")
    headers = {"X-Telegram-Bot-Api-Secret-Token": "secret"}
    update = {"update_id": 5, "inline_query": {"id": "1", "query": SECRET_WORDS}}
    async with httpx.AsyncClient() as client:
        answer = await client.post(f"http://127.0.0.1:{port}/hook", headers=headers, json=update)
    await hook.stop()
    assert (answer.status_code, taken) == (200, [update])
    assert await inbox.waiting(database) == []
