"""No question is lost and nobody waits for ever, whatever the disk does."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from copy import copy
from datetime import date

import pytest
from sqlalchemy import Connection, select, text
from sqlalchemy.event import listen

from bot.answering.answerer import Answerer
from bot.app import make_bot
from bot.clock import utc_now
from bot.content import Content
from bot.database import Database
from bot.desk import counters
from bot.queues import inbox
from bot.queues.tables import InboxState, InboxUpdate, OutboxMessage
from bot.settings import Settings
from bot.telegram import worker
from bot.telegram.worker import Worker
from bot.turn import Services, Turn
from tests.stage import STUDENT, TOKEN

WORDS = "my father hits me"
# Runs a worker that takes turns so, while the body of the `with` goes on.
Working = Callable[
    [Callable[[Turn], Awaitable[None]]], contextlib.AbstractAsyncContextManager[Worker]
]


@pytest.fixture
def working(database: Database, content: Content, answerer: Answerer) -> Working:
    """A worker on the database of the test; it is told to stop, and must stop, at the end."""
    settings = Settings(bot_token=TOKEN, _env_file=None)

    @contextlib.asynccontextmanager
    async def run(take: Callable[[Turn], Awaitable[None]]) -> AsyncIterator[Worker]:
        services = Services(settings, content, answerer, utc_now)
        worker = Worker(make_bot(settings), database, services, take, lambda: None)
        task = asyncio.create_task(worker.run())
        yield worker
        worker.stop()
        await asyncio.wait_for(task, 5)

    return run


async def _understand(answerer: Answerer, *texts: str) -> None:
    """Let nothing be left to understand, so that no turn has to wait for it."""
    for words in texts:
        await answerer.foresee(words)


async def _write(database: Database, *texts: str) -> None:
    person = {"id": STUDENT, "is_bot": False, "first_name": "S"}
    chat = {"id": STUDENT, "type": "private"}
    updates = [
        {"update_id": number, "message": {
            "message_id": number, "date": 1, "text": words, "from": person, "chat": chat}}
        for number, words in enumerate(texts, 1)
    ]  # fmt: skip
    await inbox.store(database, updates, utc_now())


async def _room(database: Database, pages: int) -> None:
    """Leave so much room on the disk; what is written in place needs none."""
    async with database.write() as session:
        taken = await session.scalar(text("PRAGMA page_count"))
        await session.execute(text(f"PRAGMA max_page_count = {taken + pages}"))


async def _come_in(worker: Worker, until: Callable[[], bool]) -> None:
    """Let one question after the other come in: at each the worker tries again at once."""
    async with asyncio.timeout(10):
        while not until():
            worker.wake()
            await asyncio.sleep(0)


async def _states(database: Database) -> list[tuple[InboxState, int]]:
    async with database.read() as session:
        rows = await session.scalars(select(InboxUpdate).order_by(InboxUpdate.update_id))
        return [(row.state, row.attempts) for row in rows]


async def test_a_question_on_a_nearly_full_disk_waits_until_there_is_room(
    database: Database, working: Working, caplog: pytest.LogCaptureFixture
) -> None:
    """There is room to count a failure, and none to answer: nobody's failure is counted."""
    tries, answered = 0, asyncio.Event()

    async def take(turn: Turn) -> None:
        nonlocal tries
        tries += 1
        await turn.session.execute(text("CREATE TABLE answer AS SELECT zeroblob(100000) AS a"))
        answered.set()

    await _write(database, WORDS)
    await _room(database, 2)
    async with working(take) as worker:
        await _come_in(worker, lambda: tries > 2 * inbox.MOST_ATTEMPTS)
        assert await _states(database) == [(InboxState.WAITING, 0)]
        await _room(database, 1000)
        await _come_in(worker, answered.is_set)
    assert await _states(database) == [(InboxState.DONE, 0)]
    assert caplog.text.count("no turn could be kept") == 2, (
        "once that it began, once that it ended"
    )
    assert WORDS not in caplog.text


async def test_a_turn_that_fails_for_itself_ends_with_an_apology_and_others_go_on(
    database: Database, working: Working
) -> None:
    heard: list[str] = []
    answered = asyncio.Event()

    async def take(turn: Turn) -> None:
        heard.append(turn.heard.text)
        if turn.heard.text == WORDS:
            raise ValueError(WORDS)
        answered.set()

    await _write(database, WORDS, "hello")
    async with working(take):
        await asyncio.wait_for(answered.wait(), 5)
    # Once with the others, and then alone until it is given up.
    assert heard == [WORDS] * (1 + inbox.MOST_ATTEMPTS) + ["hello"]
    async with database.read() as session:
        assert list(await session.scalars(select(OutboxMessage.key))) == ["turn:1:sorry"]
    assert await _states(database) == [(InboxState.FAILED, 3), (InboxState.DONE, 0)]


async def test_turns_that_wait_are_kept_together(
    database: Database, answerer: Answerer, working: Working, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _understand(answerer, "first", "second", "last")
    monkeypatch.setattr(worker, "_TOGETHER_SECONDS", 60)
    commits: list[Connection] = []
    answered = asyncio.Event()

    async def take(turn: Turn) -> None:
        if turn.heard.text == "last":
            answered.set()

    await _write(database, "first", "second", "last")
    listen(database._store.writer.sync_engine, "commit", commits.append)
    async with working(take):
        await asyncio.wait_for(answered.wait(), 5)
    assert await _states(database) == [(InboxState.DONE, 0)] * 3
    assert len(commits) == 1


async def test_others_go_on_while_it_is_understood_what_somebody_wrote(
    database: Database, content: Content, answerer: Answerer, working: Working
) -> None:
    """The first is answered though what was written after it is not understood yet."""
    understood, answered = asyncio.Event(), asyncio.Event()

    class Slow(Answerer):
        async def foresee(self, text: str) -> None:
            if text == "hard":
                await understood.wait()

    async def take(turn: Turn) -> None:
        if turn.heard.text == "easy":
            understood.set()
        if turn.heard.text == "hard":
            assert understood.is_set()
            answered.set()

    slow = copy(answerer)
    slow.__class__ = Slow
    await _write(database, "easy", "hard")
    async with working(take) as busy:
        busy._services.answerer = slow
        await asyncio.wait_for(answered.wait(), 5)
    assert await _states(database) == [(InboxState.DONE, 0)] * 2


async def test_one_that_fails_takes_nothing_with_it(database: Database, working: Working) -> None:
    answered = asyncio.Event()

    async def take(turn: Turn) -> None:
        turn.count("heard", turn.heard.text)
        if turn.heard.text == WORDS:
            raise ValueError(WORDS)
        if turn.heard.text == "last":
            answered.set()

    await _write(database, "first", "second", WORDS, "last")
    async with working(take):
        await asyncio.wait_for(answered.wait(), 5)
    async with database.read() as session:
        kept = await counters.total(session, "heard", date.min, date.max)
    assert kept == {"first": 1, "second": 1, "last": 1}


async def test_turns_that_cannot_be_kept_together_wait_for_the_database(
    database: Database, working: Working
) -> None:
    tries, answered = 0, asyncio.Event()

    async def take(turn: Turn) -> None:
        nonlocal tries
        tries += 1
        await turn.session.execute(text("CREATE TABLE IF NOT EXISTS answers (a)"))
        await turn.session.execute(text("INSERT INTO answers VALUES (zeroblob(100000))"))
        if turn.heard.text == "last" and tries > 2:
            answered.set()

    await _write(database, "first", "last")
    await _room(database, 2)
    async with working(take) as worker:
        await _come_in(worker, lambda: tries > 2)
        assert await _states(database) == [(InboxState.WAITING, 0)] * 2
        await _room(database, 1000)
        await _come_in(worker, answered.is_set)
    assert await _states(database) == [(InboxState.DONE, 0)] * 2


async def test_a_disk_that_fills_between_two_turns_loses_neither(
    database: Database, answerer: Answerer, working: Working, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it takes back with the second is the first as well, so the first is taken again."""
    await _understand(answerer, "small", "large")
    monkeypatch.setattr(worker, "_TOGETHER_SECONDS", 60)
    tries: list[str] = []
    answered = asyncio.Event()

    async def take(turn: Turn) -> None:
        tries.append(turn.heard.text)
        if turn.heard.text == "large":
            await turn.session.execute(text("CREATE TABLE a AS SELECT zeroblob(100000) AS a"))
            answered.set()

    await _write(database, "small", "large")
    await _room(database, 2)
    async with working(take) as busy:
        await _come_in(busy, lambda: len(tries) > 3)
        assert tries[:3] == ["small", "large", "small"]
        assert await _states(database) == [(InboxState.DONE, 0), (InboxState.WAITING, 0)]
        await _room(database, 1000)
        await _come_in(busy, answered.is_set)
    assert await _states(database) == [(InboxState.DONE, 0)] * 2


async def test_others_go_on_though_not_even_the_apology_can_be_kept(
    database: Database, working: Working, caplog: pytest.LogCaptureFixture
) -> None:
    """Hers is taken again and again, and is neither lost nor counted without an apology."""
    answered = asyncio.Event()

    async def take(turn: Turn) -> None:
        if turn.heard.text == WORDS:
            raise ValueError(WORDS)
        answered.set()

    await _write(database, WORDS, "hello")
    async with database.write() as session:
        await session.execute(
            text("CREATE TRIGGER no BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'no'); END")
        )
    async with working(take) as worker:
        await _come_in(worker, answered.is_set)
    assert await _states(database) == [(InboxState.WAITING, 2), (InboxState.DONE, 0)]
    assert caplog.text.count("no turn could be kept") <= 2
    assert WORDS not in caplog.text


async def test_a_stop_does_not_wait_for_the_disk(database: Database, working: Working) -> None:
    tried = asyncio.Event()

    async def take(turn: Turn) -> None:
        tried.set()
        raise OSError(28, "No space left on device")

    await _write(database, WORDS)
    async with working(take):
        await asyncio.wait_for(tried.wait(), 5)
    assert await _states(database) == [(InboxState.WAITING, 0)]
