"""People of all roles write, and everything goes wrong: what is lost, said twice, or does not agree?

The whole bot runs in a process of its own against the emulated Bot API, over HTTP. Generated and
seeded: who does what, and which trouble comes when. At the end nothing waits any more, and what was
seen in the chats, in the log and in the database is told.

    python -m benchmarks.soak [UPDATES [PEOPLE [SEED]]]
"""

import asyncio
import os
import random
import re
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from benchmarks.memory import Memory, growth
from benchmarks.results import append
from benchmarks.soak_bot import OFFSET
from benchmarks.soak_people import COORDINATORS, Crowd
from benchmarks.soak_troubles import Troubles
from benchmarks.soak_world import Watch
from bot.content import load_content
from bot.database import Database
from bot.demo.server import DemoServer
from bot.editing.street import street
from bot.operations import invariants
from bot.settings import CONTENT, ROOT, url_of
from bot.telegram.courier import WINDOW

TOKEN = "7000000001:soak"  # noqa: S105
UPDATES, PEOPLE, SEED = 50_000, 2_000, 1
_AT_ONCE = 48
_TOLD_EVERY = 1000
# The process is killed while the first part is written; the rest tells how memory grows.
_KILLED_UNTIL = 0.6
_DRAINED_WITHIN_SECONDS = 180
# What the log may say of the troubles that are made; all else at this level was not handled.
_EXPECTED = re.compile(
    r"trying until it works|that is over|the chore .* failed: (OperationalError|OSError)"
)
_REFUSED = re.compile(r"message \d+ was refused: (.*)")
_WRONG = re.compile(r"\b(ERROR|CRITICAL)\b|Traceback|never retrieved|Task exception")


@dataclass
class Found:
    """What a soak has found."""

    updates: int = 0
    people: int = 0
    seed: int = 0
    seconds: float = 0.0
    kills: int = 0
    troubles: dict[str, int] = field(default_factory=dict)
    # what was there when everybody began to write by chance
    opening: dict[str, int] = field(default_factory=dict)
    # answered after a minute and a half
    late: int = 0
    lost: list[str] = field(default_factory=list)
    again: int = 0
    may_come_again: int = 0
    out_of_order: int = 0
    waiting: int = 0
    failed: int = 0
    dropped: dict[str, int] = field(default_factory=dict)
    # what Telegram would not take as it was, by its reason
    refused: dict[str, int] = field(default_factory=dict)
    unhandled: list[str] = field(default_factory=list)
    breaches: list[str] = field(default_factory=list)
    exit_status: int = 0
    memory_mb: float = 0.0
    memory_slope_mb: float | None = None

    def is_well(self) -> bool:
        """Whether nothing was found that may not be."""
        wrong = (
            self.lost,
            self.out_of_order,
            self.waiting,
            self.failed,
            self.unhandled,
            self.breaches,
        )
        return not any(wrong) and self.again <= self.may_come_again and self.exit_status == 0


class _Process:
    """The bot, started and killed again and again on one database."""

    def __init__(self, server: DemoServer, folder: Path) -> None:
        self.database, self.clock = folder / "bot.sqlite", folder / "clock"
        self.clock.write_text("0")
        self.log: list[str] = []
        # by how many updates there had been: MB
        self.memory: dict[int, float] = {}
        self._environment = {
            **{k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG")},
            "BOT_TOKEN": TOKEN, "BOT_API_URL": server.root, "DATABASE_URL": url_of(self.database),
            "COORDINATOR_IDS": ",".join(map(str, COORDINATORS)), "MESSAGES_PER_SECOND": "2000",
            "CHAT_INTERVAL_SECONDS": "0", "BACKUP_FOLDER": str(folder / "backups"), OFFSET: str(self.clock),
        }  # fmt: skip
        self._process: asyncio.subprocess.Process | None = None
        self._reads: asyncio.Task[None] | None = None

    @property
    def number(self) -> int:
        """The number of the process."""
        assert self._process is not None
        return self._process.pid

    async def start(self) -> None:
        """Start it, and wait until it says that it is ready."""
        self.memory.clear()
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "benchmarks.soak_bot", cwd=ROOT, env=self._environment,
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        ready = asyncio.Event()
        self._reads = asyncio.create_task(self._read(self._process, ready))
        await asyncio.wait_for(ready.wait(), 120)
        if self._process.returncode is not None:
            raise RuntimeError("the bot did not start:\n" + "\n".join(self.log[-20:]))

    async def _read(self, process: asyncio.subprocess.Process, ready: asyncio.Event) -> None:
        assert process.stderr is not None
        async for line in process.stderr:
            self.log.append(line.decode(errors="replace").rstrip())
            if b"ready in" in line:
                ready.set()
        await process.wait()
        ready.set()

    async def ends(self, how: signal.Signals) -> int:
        """End it, if it was started, and return its status."""
        if self._process is None or self._reads is None:
            return 0
        if self._process.returncode is None:
            self._process.send_signal(how)
        await self._reads
        return int(self._process.returncode or 0)

    def remember(self, updates: int) -> None:
        """Remember how much memory it holds by now."""
        with suppress(OSError, KeyError):  # it is gone or going
            self.memory[updates] = Memory.of(self.number).resident

    def asks(self, sql: str) -> list[tuple[object, ...]]:
        """Ask the database."""
        with closing(
            sqlite3.connect(f"{self.database.as_uri()}?mode=ro", uri=True, timeout=30)
        ) as file:
            return file.execute(sql).fetchall()


_WAITING = (
    "SELECT (SELECT count(*) FROM inbox WHERE state = 'waiting') +"
    " (SELECT count(*) FROM outbox WHERE state = 'waiting' AND lane < 2 AND failure IS NOT 'held'"
    " AND (attempts > 0 OR due_at_utc <= created_at_utc))"
)
# Of the replies in a chat, those that follow one that Telegram numbered later: but for what waited
# because she tidied her chat, and came when she was there again.
_OUT_OF_ORDER = """
    SELECT count(*) FROM (
        SELECT id, chat_id, message_id, lag(message_id) OVER chat AS before,
               lag(id) OVER chat AS earlier
        FROM outbox WHERE lane = 0 AND state = 'sent' AND method LIKE 'send_%' AND message_id IS NOT NULL
        WINDOW chat AS (PARTITION BY chat_id ORDER BY id)
    ) AS reply WHERE message_id < before AND NOT EXISTS (
        SELECT 1 FROM outbox AS hidden WHERE hidden.chat_id = reply.chat_id
        AND hidden.key LIKE 'hide:%' AND hidden.id BETWEEN reply.earlier AND reply.id
    )
"""


async def soak(updates: int, people: int, seed: int, kills: int, *, short: bool = False) -> Found:
    """Let so many updates come from so many people while everything goes wrong.

    A `short` one leaves out what takes longer than a few seconds.
    """
    began, found = time.perf_counter(), Found(updates, people, seed)
    server = DemoServer(TOKEN, [])
    server.start()
    watch = Watch(server.telegram)
    texts = [one.text for part in ("fit", "tune") for one in street(part)]
    crowd = Crowd(watch, load_content(CONTENT), texts, seed)
    crowd.enters(people)
    with tempfile.TemporaryDirectory() as folder:
        bot = _Process(server, Path(folder))
        try:
            await bot.start()
            troubles = Troubles(random.Random(seed), server.telegram, bot.database, bot.clock)
            if short:
                troubles.keep_it_short()
            await crowd.opens()
            found.opening = _opening(bot)
            await _everything_at_once(crowd, bot, troubles, _Plan(crowd, troubles, updates, kills))
            server.telegram.faults.clear()
            bot.clock.write_text("0")
            found.waiting = await _drained(bot)
            await _look(found, bot, crowd, watch, troubles)
        finally:
            # Where something failed, it must not go on without us.
            await bot.ends(signal.SIGKILL)
            await server.stop()
    found.updates, found.seconds = crowd.acts, time.perf_counter() - began
    return found


def _opening(bot: _Process) -> dict[str, int]:
    """Return how much of what people are given to do is there."""
    return {
        table: int(str(bot.asks(f"SELECT count(*) FROM {table} WHERE {there}")[0][0]))  # noqa: S608
        for table, there in (
            ("introductions", "state = 'active'"),
            ("relay_messages", "state IN ('sent', 'night')"),
            ("events", "true"),
            ("broadcasts", "started_at_utc IS NOT NULL"),
            ("cases", "closed_at_utc IS NULL"),
        )
    }


class _Plan:
    """At which update which trouble is made, evenly, and the process killed in the first part."""

    def __init__(self, crowd: Crowd, troubles: Troubles, updates: int, kills: int) -> None:
        self._crowd, opening = crowd, crowd.acts
        self.updates = updates
        left, kinds = max(1, updates - opening), len(troubles.kinds)
        times = 4 * kinds if left > 4000 else kinds
        self._ahead = left / (times + 1)
        kill_at = [(_KILLED_UNTIL * left * (n + 1) / (kills + 1), -1) for n in range(kills)]
        make_at = [(self._ahead * (n + 1), n) for n in range(times)]
        self._left = [(opening + at, number) for at, number in sorted(kill_at + make_at)]

    def due(self) -> int | None:
        """Take from the plan what is due: the number of a trouble, -1 for a kill, or None."""
        if self._left and self._crowd.acts >= self._left[0][0]:
            return self._left.pop(0)[1]
        return None

    def may_go_on(self) -> bool:
        """Whether nothing is long overdue: however fast the machine is, all is in between."""
        return not self._left or self._crowd.acts < self._left[0][0] + self._ahead

    def is_over(self) -> bool:
        """Whether nothing is left in it."""
        return not self._left


async def _everything_at_once(
    crowd: Crowd, bot: _Process, troubles: Troubles, plan: _Plan
) -> None:
    """Let people write, make the troubles of the plan, and look at the memory meanwhile."""
    at_once = min(_AT_ONCE, len(crowd) // 3)
    async with asyncio.TaskGroup() as doing:
        for _ in range(at_once):
            doing.create_task(_write(crowd, plan))
        doing.create_task(_trouble(troubles, bot, plan))
        doing.create_task(_remember(crowd, bot, plan))


async def _write(crowd: Crowd, plan: _Plan) -> None:
    while crowd.acts < plan.updates:
        if plan.may_go_on():
            await crowd.somebody_acts()
        await asyncio.sleep(0 if plan.may_go_on() else 0.02)


async def _remember(crowd: Crowd, bot: _Process, plan: _Plan) -> None:
    told = 0
    while crowd.acts < plan.updates:
        bot.remember(crowd.acts)
        if crowd.acts - told >= _TOLD_EVERY:
            told = crowd.acts
            print(f"{told} updates", file=sys.stderr, flush=True)
        await asyncio.sleep(1)


async def _trouble(troubles: Troubles, bot: _Process, plan: _Plan) -> None:
    """Make troubles and kill the process, as it is planned."""
    while not plan.is_over():
        number = plan.due()
        if number is None:
            await asyncio.sleep(0.05)
        elif number < 0:
            await bot.ends(signal.SIGKILL)
            troubles.happened["kill"] += 1
            troubles.may_repeat += WINDOW
            await bot.start()
        else:
            await troubles.make(number, bot.number)


async def _drained(bot: _Process) -> int:
    """Wait until nothing waits any more; return what does."""
    end = time.monotonic() + _DRAINED_WITHIN_SECONDS
    while True:
        ((left,),) = bot.asks(_WAITING)
        if not left or time.monotonic() > end:
            await asyncio.sleep(1)
            return int(str(bot.asks(_WAITING)[0][0]))
        await asyncio.sleep(0.5)


async def _look(
    found: Found, bot: _Process, crowd: Crowd, watch: Watch, troubles: Troubles
) -> None:
    """Look at the chats, the database and the log."""
    people = watch.telegram.people
    for person_id in watch.unanswered():
        if not people[person_id].blocked:
            hers = [one for one in watch.telegram.chats[person_id] if not one["from"]["is_bot"]]
            found.lost.append(
                f"{person_id}: {str(hers[-1].get('text', 'media'))[:60]}"
                if hers
                else str(person_id)
            )
    found.late = crowd.late
    found.again, found.may_come_again = watch.again, troubles.may_repeat
    found.kills = troubles.happened.pop("kill", 0)
    found.troubles = dict(troubles.happened)
    found.memory_mb, found.memory_slope_mb = _memory(bot.memory)
    found.exit_status = await bot.ends(signal.SIGTERM)
    found.out_of_order = int(str(bot.asks(_OUT_OF_ORDER)[0][0]))
    found.failed = int(str(bot.asks("SELECT count(*) FROM inbox WHERE state = 'failed'")[0][0]))
    dropped = bot.asks(
        "SELECT failure, count(*) FROM outbox WHERE state = 'dropped' GROUP BY failure"
    )
    found.dropped = {str(why): int(str(number)) for why, number in dropped}
    found.refused = dict(Counter(m[1] for line in bot.log if (m := _REFUSED.search(line))))
    wrong = [line for line in bot.log if _WRONG.search(line) and not _EXPECTED.search(line)]
    found.unhandled = [
        f"{n} x {line}"
        for line, n in Counter(re.sub(r"^\S+ \S+ ", "", w) for w in wrong).most_common(20)
    ]
    database = Database(url_of(bot.database))
    try:
        async with database.read() as session:
            found.breaches = [str(one) for one in await invariants.breaches(session, COORDINATORS)]
    finally:
        await database.close()


def _memory(seen: dict[int, float]) -> tuple[float, float | None]:
    """Return what was held last, and by how many MB it grew a thousand updates since the last start."""
    if not seen:
        return 0.0, None
    looks = list(seen.items())
    # The first part of it is warming up.
    return looks[-1][1], growth(dict(looks[len(looks) // 3 :]))


def _print(found: Found) -> None:
    for name, value in asdict(found).items():
        shown = f"{value:.2f}" if isinstance(value, float) else value
        if isinstance(value, list):
            shown = "\n" + "\n".join(f"    {one}" for one in value) if value else "none"
        print(f"{name.replace('_', ' '):20} {shown}", flush=True)
    print("all is well" if found.is_well() else "NOT WELL")


def main() -> int:
    """Soak, print what was found and write it down; 1 where something was."""
    updates, people, seed = (
        [int(one) for one in sys.argv[1:]] + [UPDATES, PEOPLE, SEED][len(sys.argv) - 1 :]
    )[:3]
    found = asyncio.run(soak(updates, people, seed, kills=max(2, updates // 4000)))
    _print(found)
    figures = asdict(found)
    figures |= {name: len(figures[name]) for name in ("lost", "unhandled", "breaches")}
    append("soak", figures)
    return 0 if found.is_well() else 1


if __name__ == "__main__":
    sys.exit(main())
