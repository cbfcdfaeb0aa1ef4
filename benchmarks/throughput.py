"""The whole bot against the embedded Bot API, beside a bare python-telegram-bot echo bot.

Both answer the same messages from the same people on the same server in the same run, with
limits switched off, so the ratio says what durability and understanding cost. The one question
again and again is what was always measured; what is looked at once is then known, so that the
messages of the street, each another, say more.
"""

import asyncio
import os
import random
import sys
import tempfile
import time

from benchmarks.memory import Memory
from bot.demo.server import DemoServer
from bot.demo.telegram_state import Person
from bot.editing.street import street
from bot.settings import ROOT

MESSAGES = 1000
TOKEN = "7000000001:benchmark"  # noqa: S105

ECHO = """
import sys
from telegram import Update
from telegram.ext import Application, MessageHandler, filters

async def echo(update, context):
    await update.message.reply_text(update.message.text)

app = Application.builder().token(sys.argv[1]).base_url(sys.argv[2] + "/bot").build()
app.add_handler(MessageHandler(filters.TEXT, echo))
app.run_polling(allowed_updates=Update.ALL_TYPES)
"""


SAME = ["what is the tech for boys myth?"] * MESSAGES


def of_the_street() -> list[str]:
    """Return as many messages of people who knew nothing of the library, each another."""
    texts = [one.text for part in ("fit", "tune") for one in street(part)]
    random.Random(1).shuffle(texts)
    return list(dict.fromkeys(texts))[:MESSAGES]


async def measure(
    command: list[str], environment: dict[str, str], texts: list[str]
) -> tuple[float, int]:
    """Return messages answered a second, and memory in MB, of one bot process.

    Few are answered by two messages, so the last may still be on its way.
    """
    server = DemoServer(TOKEN, [Person(n, "P", language_code="en") for n in range(1, 201)])
    server.start()
    environment = {**environment, "BOT_API_URL": server.root}
    process = await asyncio.create_subprocess_exec(
        *[part.replace("ROOT", server.root) for part in command], cwd=ROOT,
        env={**os.environ, **environment}, stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip

    def answered() -> int:
        return sum(m["from"]["is_bot"] for chat in server.telegram.chats.values() for m in chat)

    people = server.telegram.people
    server.telegram.says(people[1], {"text": "hello"})
    while answered() < 1:
        if process.returncode is not None:
            raise RuntimeError(f"{' '.join(command)} ended before it answered")
        await asyncio.sleep(0.02)
    await asyncio.sleep(3)  # let the word model finish warming up
    before, began = answered(), time.perf_counter()
    for number, text in enumerate(texts):
        server.telegram.says(people[1 + number % 200], {"text": text})
    while answered() - before < len(texts):
        await asyncio.sleep(0.02)
    rate = len(texts) / (time.perf_counter() - began)
    memory = int(Memory.of(process.pid).resident)
    process.terminate()
    await process.wait()
    await server.stop()
    return rate, memory


async def compare() -> None:
    """Print both rates and their ratio."""
    bare = [sys.executable, "-c", ECHO, TOKEN, "ROOT"]
    echo, _ = row = await measure(bare, {}, SAME)
    print(f"answers a second, {MESSAGES} messages of 200 people   rate   memory MB   ratio")
    _print("bare python-telegram-bot echo", row, echo)
    for asked, texts in (("one question", SAME), ("messages of the street", of_the_street())):
        with tempfile.TemporaryDirectory() as folder:
            database = f"sqlite:///{folder}/bench.sqlite"
            settings = {"BOT_TOKEN": TOKEN, "DATABASE_URL": database, "CHAT_INTERVAL_SECONDS": "0",
                        "MESSAGES_PER_SECOND": "10000", "COORDINATOR_IDS": ""}  # fmt: skip
            row = await measure([sys.executable, "-m", "bot", "run"], settings, texts)
            _print(f"Bong Srey, durable, understanding: {asked}", row, echo)
    print("Telegram itself allows about 30 a second")


def _print(name: str, row: tuple[float, int], echo: float) -> None:
    rate, memory = row
    print(f"{name:58}{rate:8.0f}{memory:9}{rate / echo:13.2f}", flush=True)


if __name__ == "__main__":
    asyncio.run(compare())
