"""The whole bot against the embedded Bot API, beside a bare python-telegram-bot echo bot.

Both answer the same messages from the same people on the same server in the same run, with
limits switched off, so the ratio says what durability and understanding cost.
"""

import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path

from bot.demo.server import DemoServer
from bot.demo.telegram_state import Person
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


async def measure(command: list[str], environment: dict[str, str]) -> tuple[float, int]:
    """Return messages answered a second, and memory in MB, of one bot process."""
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
    for number in range(MESSAGES):
        server.telegram.says(people[1 + number % 200], {"text": "what is the tech for boys myth?"})
    while answered() - before < MESSAGES:
        await asyncio.sleep(0.02)
    rate = MESSAGES / (time.perf_counter() - began)
    status = Path(f"/proc/{process.pid}/status").read_text()
    memory = next(int(x.split()[1]) // 1024 for x in status.splitlines() if x.startswith("VmRSS"))
    process.terminate()
    await process.wait()
    await server.stop()
    return rate, memory


async def compare() -> None:
    """Print both rates and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{folder}/bench.sqlite"
        settings = {"BOT_TOKEN": TOKEN, "DATABASE_URL": database, "CHAT_INTERVAL_SECONDS": "0",
                    "MESSAGES_PER_SECOND": "10000", "COORDINATOR_IDS": ""}  # fmt: skip
        echo = await measure([sys.executable, "-c", ECHO, TOKEN, "ROOT"], {})
        ours = await measure([sys.executable, "-m", "bot", "run"], settings)
    print(f"answers a second, {MESSAGES} messages of 200 people   rate   memory MB")
    print(f"bare python-telegram-bot echo                    {echo[0]:8.0f}   {echo[1]:6}")
    print(f"Bong Srey, durable, understanding                {ours[0]:8.0f}   {ours[1]:6}")
    print(f"ratio {ours[0] / echo[0]:.2f}; Telegram itself allows about 30 a second")


if __name__ == "__main__":
    asyncio.run(compare())
