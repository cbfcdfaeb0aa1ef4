"""An announcement to 10,000 people against a server that enforces Telegram's limits.

Measured: which share of the allowed rate is reached, how many 429 are provoked, and how long a
question asked in the middle waits for its answer; beside a plain loop over the rate limiter that
python-telegram-bot ships, on the same server with the same limits, answering the same questions.

Telegram allows 30 messages a second in all and one a second to a chat, and the server here
refuses whatever exceeds that in any sliding second. So that the run takes less than two minutes,
both limits are `FASTER` times as high, for both bots; that is harder for both, not easier.

AIORateLimiter needs `aiolimiter`, which is not installed here. The loop therefore goes through a
limiter with the same rules (a leaky bucket of 30 a second; a RetryAfter stops every request for
as long, then it is tried again), written with the same base class of python-telegram-bot.
"""

import asyncio
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.database.migrate import migrate
from bot.demo.server import DemoServer
from bot.demo.telegram_state import ApiError, Person
from bot.settings import ROOT

FASTER = 4
PER_SECOND, CHAT_INTERVAL = 30 * FASTER, 1 / FASTER
RECIPIENTS, OF_THE_LOOP = 10_000, 1_500
FIRST, FIRST_ASKER, ASKERS, COORDINATOR = 100_000, 5_000, 60, 3001
ASK_EVERY_SECONDS = 0.25
TOKEN = "7000000001:benchmark"  # noqa: S105

LOOP = """
import asyncio, sys, time
from telegram.error import RetryAfter, TelegramError
from telegram.ext import Application, BaseRateLimiter, MessageHandler, filters

class LikeAioRateLimiter(BaseRateLimiter):
    def __init__(self, rate):
        self.rate, self.level, self.at = rate, 0.0, time.monotonic()
        self.open = asyncio.Event()
        self.open.set()
    async def initialize(self): pass
    async def shutdown(self): pass
    async def acquire(self):
        while True:
            now = time.monotonic()
            self.level = max(0.0, self.level - (now - self.at) * self.rate)
            self.at = now
            if self.level + 1 <= self.rate:
                self.level += 1
                return
            await asyncio.sleep(1 / self.rate)
    async def process_request(self, callback, args, kwargs, endpoint, data, rate_limit_args):
        for _ in range(6):
            await self.open.wait()
            if "chat_id" in data:
                await self.acquire()
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as error:
                self.open.clear()
                await asyncio.sleep(error._retry_after.total_seconds() + 0.1)
                self.open.set()
        raise RetryAfter(1)

async def answer(update, context):
    await update.message.reply_text("an answer")

async def announce(app):
    for chat in range(int(sys.argv[4]), int(sys.argv[4]) + int(sys.argv[5])):
        try:
            await app.bot.send_message(chat, "news")
        except TelegramError:
            pass  # given up after six tries: lost
    app.stop_running()

async def begin(app):
    app.create_task(announce(app))

limiter = LikeAioRateLimiter(float(sys.argv[3]))
app = (Application.builder().token(sys.argv[1]).base_url(sys.argv[2] + "/bot")
       .rate_limiter(limiter).concurrent_updates(True).post_init(begin).build())
app.add_handler(MessageHandler(filters.TEXT, answer))
app.run_polling()
"""


@dataclass
class Watch:
    """What the server saw: when messages arrived, what it refused, how long questions waited."""

    arrivals: list[float] = field(default_factory=list)
    sent: list[float] = field(default_factory=list)
    floods: int = 0
    waits: list[float] = field(default_factory=list)
    asked: dict[int, float] = field(default_factory=dict)

    def attach(self, server: DemoServer) -> None:
        """Look over the server's shoulder."""
        telegram = server.telegram
        count, add = telegram.count_flood, telegram.add

        def counted(chat_id: int) -> None:
            try:
                count(chat_id)
            except ApiError:
                self.floods += 1
                raise

        def added(person: Person, from_bot: bool, *rest: Any) -> dict[str, Any]:
            if from_bot:
                self.sent.append(time.perf_counter())
            if from_bot and person.id >= FIRST:
                self.arrivals.append(time.perf_counter())
            elif from_bot and person.id in self.asked:
                self.waits.append(time.perf_counter() - self.asked.pop(person.id))
            return add(person, from_bot, *rest)

        telegram.count_flood, telegram.add = counted, added  # type: ignore[method-assign]

    def rate(self) -> float:
        """Messages a second, answers included, from the first announcement to the last."""
        first, last = self.arrivals[0], self.arrivals[-1]
        return sum(first < at <= last for at in self.sent) / (last - first)


def prepare(file: Path) -> None:
    """Let the recipients have written before, and an announcement be due."""
    migrate(file)
    now = "2026-01-01 00:00:00"
    with sqlite3.connect(file) as rows:
        rows.executemany(
            "INSERT INTO people (id, language, language_chosen, reach, joined_at_utc) "
            "VALUES (?, 'en', 1, 'reachable', ?)",
            [(FIRST + n, now) for n in range(RECIPIENTS)],
        )
        rows.execute(
            "INSERT INTO broadcasts (kind, author_id, words, audience, state, version, "
            "start_at_utc, cursor, busy, measured_from, board_edits, kept, created_at_utc) "
            "VALUES ('announcement', ?, ?, '{}', 'scheduled', 1, ?, 0, 0, 0, 0, '{}', ?)",
            (COORDINATOR, '{"en": "news"}', now, now),
        )
    rows.close()


async def measure(command: list[str], settings: dict[str, str], expected: int) -> Watch:
    """Run one bot until its announcement is through; ask questions all the while."""
    people = [Person(FIRST + n, "P", language_code="en") for n in range(RECIPIENTS)]
    people += [Person(FIRST_ASKER + n, "A", language_code="en") for n in range(ASKERS)]
    server = DemoServer(TOKEN, [*people, Person(COORDINATOR, "C", language_code="en")])
    server.start()
    server.telegram.per_second, server.telegram.chat_interval = PER_SECOND, CHAT_INTERVAL
    watch = Watch()
    watch.attach(server)
    process = await asyncio.create_subprocess_exec(
        *[part.replace("ROOT", server.root) for part in command], cwd=ROOT,
        env={**os.environ, **settings, "BOT_API_URL": server.root},
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    askers = _round(ASKERS)
    while len(watch.arrivals) < expected and process.returncode is None:
        await asyncio.sleep(ASK_EVERY_SECONDS)
        # Not before the announcement runs at full speed, when the word model is warm as well.
        if len(watch.arrivals) > expected // 10 and (asker := next(askers)) not in watch.asked:
            watch.asked[asker] = time.perf_counter()
            server.telegram.says(server.telegram.people[asker], {"text": "what is AI?"})
    if process.returncode is None:
        process.terminate()
    await process.wait()
    await server.stop()
    return watch


def _round(number: int) -> Iterator[int]:
    while True:
        yield from range(FIRST_ASKER, FIRST_ASKER + number)


async def compare() -> None:
    """Print both."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bench.sqlite"
        prepare(file)
        settings = {
            "BOT_TOKEN": TOKEN, "DATABASE_URL": f"sqlite:///{file}",
            "COORDINATOR_IDS": str(COORDINATOR), "MESSAGES_PER_SECOND": str(PER_SECOND),
            "CHAT_INTERVAL_SECONDS": str(CHAT_INTERVAL), "ANNOUNCE_APPROVAL_ABOVE": "1000000",
        }  # fmt: skip
        ours = await measure([sys.executable, "-m", "bot", "run"], settings, RECIPIENTS)
        loop = await measure(
            [sys.executable, "-c", LOOP, TOKEN, "ROOT", str(PER_SECOND), str(FIRST),
             str(OF_THE_LOOP)], {}, OF_THE_LOOP,
        )  # fmt: skip
        with sqlite3.connect(file) as rows:
            query = "SELECT state, count(*) FROM recipients GROUP BY state"
            ends = dict(rows.execute(query).fetchall())
        rows.close()
    print(f"limits {FASTER} times Telegram's: {PER_SECOND} a second, {CHAT_INTERVAL} s a chat")
    print("announcement                people   share of the rate    429   question p50   p99 ms")
    for name, watch in (("Bong Srey", ours), ("loop, like AIORateLimiter", loop)):
        waits = [1000 * wait for wait in watch.waits]
        p50, p99 = statistics.median(waits), statistics.quantiles(waits, n=100)[98]
        print(
            f"{name:26} {len(watch.arrivals):7}   {watch.rate() / PER_SECOND:16.1%}"
            f"   {watch.floods:4}   {p50:12.0f}   {p99:6.0f}   of {len(waits)} questions"
        )
    print(f"recipients by the end of the process: {ends}")


if __name__ == "__main__":
    asyncio.run(compare())
