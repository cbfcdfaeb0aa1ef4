"""`python -m benchmarks.scale [MESSAGES]`: one, two and four workers on one PostgreSQL database,
beside the one process of SQLite.

Updates are brought as Telegram and a reverse proxy bring them: over several connections, those of a
chat one after the other, to the workers in turn, and to another where one does not take it. All of
it, the server of the Bot API and PostgreSQL among it, shares the processors of one machine: the
figures say what a worker more is worth on it, and what is lost or twice when one is killed.
"""

import asyncio
import contextlib
import os
import random
import re
import signal
import socket
import sys
import tempfile
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import httpx
from sqlalchemy import func, select

from benchmarks.results import append
from benchmarks.throughput import of_the_street
from bot.database import Database
from bot.demo.server import DemoServer
from bot.demo.telegram_state import Person
from bot.queues.tables import InboxState, InboxUpdate, OutboxMessage, OutboxState
from bot.settings import ROOT, url_of
from tests.postgres import Postgres

TOKEN = "7000000001:benchmark"  # noqa: S105
PEOPLE, MESSAGES, CONNECTIONS = 200, 600, 20
_TICKS = os.sysconf("SC_CLK_TCK")
_PATIENCE_SECONDS, _WARM_UP_SECONDS = 300.0, 25.0


@dataclass(frozen=True)
class Measured:
    """What was measured of a number of workers."""

    rate: float
    # of a processor, for an update: of the workers, and of the server of the database
    worker_ms: float
    server_ms: float
    again_percent: float
    seconds_through_a_kill: float
    lost: int
    twice: int


class Workers:
    """Some workers on a database, and Telegram with a proxy before them."""

    def __init__(self, number: int, url: str, folder: Path) -> None:
        self.telegram = DemoServer(
            TOKEN, [Person(n, "P", language_code="en") for n in range(1, PEOPLE + 1)]
        )
        self.telegram.start()
        self.database = Database(url)
        self._folder = folder
        self._ports = [_free_port() for _ in range(number)]
        self._monitors = [_free_port() for _ in range(number)]
        self._settings = {
            **os.environ, "BOT_TOKEN": TOKEN, "BOT_API_URL": self.telegram.root,
            "DATABASE_URL": url, "CHAT_INTERVAL_SECONDS": "0", "MESSAGES_PER_SECOND": "10000",
            "COORDINATOR_IDS": "", "BACKUP_HOURS": "0",
        }  # fmt: skip
        self._processes: list[asyncio.subprocess.Process] = []
        self._client = httpx.AsyncClient(timeout=30)
        self._turn = 0
        self.stored = 0

    def _log(self, number: int) -> Path:
        return self._folder / f"worker-{number}.log"

    async def start(self) -> None:
        """Start them, and wait until all are ready."""
        for number in range(len(self._ports)):
            process = await self._begin(number)
            self._processes.append(process)
            while b"ready in" not in self._log(number).read_bytes():
                if process.returncode is not None:
                    raise RuntimeError(self._log(number).read_text())
                await asyncio.sleep(0.1)
        # What each prepares after its start is over, and one of them has every duty.
        await asyncio.sleep(_WARM_UP_SECONDS)

    async def _begin(self, number: int) -> asyncio.subprocess.Process:
        port, monitor = self._ports[number], self._monitors[number]
        own = {
            "WEBHOOK_URL": f"http://127.0.0.1:{port}/hook", "WEBHOOK_PORT": str(port),
            "MONITOR_PORT": str(monitor),
        }  # fmt: skip
        with self._log(number).open("ab") as log:
            return await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", cwd=ROOT, env={**self._settings, **own},
                stdout=log, stderr=log,
            )  # fmt: skip

    async def bring(self, texts: list[str]) -> None:
        """Let people write all of it at once, and bring it to the workers."""
        lanes: list[deque[dict[str, Any]]] = [deque() for _ in range(CONNECTIONS)]
        world = self.telegram.telegram
        for number, words in enumerate(texts):
            person = world.people[1 + number % PEOPLE]
            world.says(person, {"text": words})
            lanes[person.id % CONNECTIONS].append(world.updates.pop())
        await asyncio.gather(*(self._lane(lane) for lane in lanes))
        self.stored += len(texts)

    async def _lane(self, lane: deque[dict[str, Any]]) -> None:
        secret = self.telegram.telegram.webhook["secret"]
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
        for update in lane:
            while True:
                self._turn += 1
                port = self._ports[self._turn % len(self._ports)]
                try:
                    url = f"http://127.0.0.1:{port}/hook"
                    answer = await self._client.post(url, json=update, headers=headers)
                except httpx.TransportError:
                    await asyncio.sleep(0.01)
                    continue
                if answer.status_code == httpx.codes.OK:
                    break

    async def until_done(self) -> None:
        """Wait until nothing waits in either queue."""
        end = perf_counter() + _PATIENCE_SECONDS
        while perf_counter() < end:
            async with self.database.read() as session:
                done = await session.scalar(_DONE) or 0
                waits = await session.scalar(_WAITS) or 0
            if done >= self.stored and not waits:
                return
            await asyncio.sleep(0.05)

    async def lost_and_twice(self) -> tuple[int, int]:
        """Return how many updates were not answered, and how many messages came twice."""
        async with self.database.read() as session:
            done = await session.scalar(_DONE) or 0
            waits = await session.scalar(_WAITS) or 0
            sent = await session.scalar(_SENT) or 0
        chats = self.telegram.telegram.chats.values()
        arrived = sum(message["from"]["is_bot"] for chat in chats for message in chat)
        return self.stored - done + waits, arrived - sent

    async def again_percent(self) -> float:
        """Return how many tries at a hundred updates met another worker's, and were made again."""
        again = 0
        for port in self._monitors:
            page = (await self._client.get(f"http://127.0.0.1:{port}/metrics")).text
            again += sum(int(float(n)) for n in _AGAIN.findall(page))
        return 100 * again / self.stored

    def kill_the_one_that_sends(self) -> None:
        """Kill a worker as a power cut would: the one that has every duty."""
        has = [n for n in range(len(self._ports)) if b"is the courier now" in self._read(n)]
        self._processes[has[0] if has else 0].send_signal(signal.SIGKILL)

    def _read(self, number: int) -> bytes:
        return self._log(number).read_bytes()

    def processor_seconds(self) -> float:
        """Return how long the workers had a processor."""
        return sum(sum(_times(process.pid)[:2]) for process in self._processes)

    async def begin_again(self) -> None:
        """Start anew what was killed, as a supervisor does."""
        dead = [n for n, process in enumerate(self._processes) if process.returncode is not None]
        for number in dead:
            self._processes[number] = await self._begin(number)

    async def stop(self) -> None:
        """End everything."""
        for process in self._processes:
            if process.returncode is None:
                process.terminate()
        for process in self._processes:
            await process.wait()
        await self._client.aclose()
        await self.database.close()
        await self.telegram.stop()


_DONE = select(func.count()).select_from(InboxUpdate).where(InboxUpdate.state == InboxState.DONE)
_WAITS = (
    select(func.count())
    .select_from(OutboxMessage)
    .where(OutboxMessage.state == OutboxState.WAITING)
)
_SENT = (
    select(func.count())
    .select_from(OutboxMessage)
    .where(OutboxMessage.state == OutboxState.SENT, OutboxMessage.method.startswith("send_"))
)
_AGAIN = re.compile(r'^bongsrey_turns_total\{outcome="again"\} (\S+)$', re.MULTILINE)


def _times(process: int) -> tuple[float, float, float, float]:
    """Return the seconds of a processor that a process had, and its children that have ended."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    user, system, of_children, system_of_children = (int(f) / _TICKS for f in fields[11:15])
    return user, system, of_children, system_of_children


def _of_server(process: int) -> float:
    """Return the seconds of a processor that a PostgreSQL server had."""
    total = sum(_times(process))
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if int(stat.read_text().rpartition(")")[2].split()[1]) == process:
                total += sum(_times(int(stat.parent.name)))
    return total


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def measure(
    number: int, url: str, folder: Path, texts: list[str], server: Callable[[], float]
) -> Measured:
    """Measure some workers on an empty database."""
    workers = Workers(number, url, folder)
    try:
        await workers.start()
        began, had, server_had = perf_counter(), workers.processor_seconds(), server()
        await workers.bring(texts)
        await workers.until_done()
        rate = len(texts) / (perf_counter() - began)
        worker_ms = 1000 * (workers.processor_seconds() - had) / len(texts)
        server_ms = 1000 * (server() - server_had) / len(texts)
        again = await workers.again_percent()
        began = perf_counter()
        bringing = asyncio.create_task(workers.bring(texts[: len(texts) // 2]))
        await asyncio.sleep(random.Random(number).uniform(0.5, 1.0))
        workers.kill_the_one_that_sends()
        await asyncio.sleep(0.5)
        await workers.begin_again()
        await bringing
        await workers.until_done()
        through = perf_counter() - began
        lost, twice = await workers.lost_and_twice()
    finally:
        await workers.stop()
    return Measured(rate, worker_ms, server_ms, again, through, lost, twice)


async def compare() -> None:
    """Print the table, and keep it as a line of the results."""
    texts = of_the_street()[: int(sys.argv[1]) if len(sys.argv) > 1 else MESSAGES]
    figures: dict[str, Any] = {"messages": len(texts), "people": PEOPLE}
    print(
        f"{len(texts)} messages of the street at once, {PEOPLE} people; then half as many again,"
    )
    print("and in their midst the worker that sends is killed (and started anew)\n")
    print(
        f"{'':34}{'updates/s':>10}{'worker ms':>11}{'server ms':>11}{'done again %':>14}{'with a kill, s':>16}{'lost':>6}{'twice':>7}"
    )
    server = Postgres(durable=True)

    def of_server() -> float:
        return _of_server(server.process)

    try:
        for name, number in (("SQLite, one process", 1), ("PostgreSQL, one worker", 1),
                             ("PostgreSQL, two workers", 2), ("PostgreSQL, four workers", 4)):  # fmt: skip
            with tempfile.TemporaryDirectory() as folder:
                file = url_of(Path(folder) / "bench.sqlite")
                url = file if name.startswith("SQLite") else server.new()
                row = await measure(number, url, Path(folder), texts, of_server)
            figures[name] = {
                "updates_a_second": round(row.rate, 1),
                "worker_processor_ms_an_update": round(row.worker_ms, 1),
                "server_processor_ms_an_update": round(row.server_ms, 1),
                "done_again_percent": round(row.again_percent, 2),
                "seconds_through_a_kill": round(row.seconds_through_a_kill, 1),
                "lost": row.lost, "twice": row.twice,
            }  # fmt: skip
            print(f"{name:34}{row.rate:10.1f}{row.worker_ms:11.1f}{row.server_ms:11.1f}{row.again_percent:14.1f}"
                  f"{row.seconds_through_a_kill:16.1f}{row.lost:6}{row.twice:7}", flush=True)  # fmt: skip
    finally:
        server.stop()
    append("scale", figures)


if __name__ == "__main__":
    asyncio.run(compare())
