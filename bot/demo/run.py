"""`bongsrey demo`: the very same bot against the embedded Bot API, with people to be."""

import asyncio
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import SecretStr

from bot import app
from bot.clock import utc_now
from bot.database import Database
from bot.database.migrate import migrate
from bot.demo.events import seed_events
from bot.demo.figures import seed_figures
from bot.demo.history import seed_history
from bot.demo.mentors import seed_mentors
from bot.demo.server import DemoServer
from bot.demo.telegram_state import Person
from bot.settings import ROOT, Settings, SettingsError, url_of
from bot.supervision import wait_for_end

TOKEN = "7000000001:demo-token-that-opens-nothing"  # noqa: S105
DATA = ROOT / "data"
PEOPLE = (
    Person(1001, "ស្រីពៅ Sreypov", "student", "km"),
    Person(1002, "ចាន់ថា Chantha", "student", "en"),
    Person(2001, "សុភា Sophea", "mentor", "km"),
    Person(2002, "ដារ៉ាវី Daravy", "mentor", "km"),
    Person(4001, "ម្ដាយ Mother", "guardian", "km"),
    Person(3001, "បុប្ផា Bopha", "coordinator", "km"),
    Person(3002, "ណារី Nary", "coordinator", "en"),
)


def demo_settings(settings: Settings, root: str, database: Path) -> Settings:
    """Return the settings turned to the embedded server; nothing of the real bot is touched."""
    return settings.model_copy(
        update={
            "bot_token": SecretStr(TOKEN),
            "bot_api_url": root,
            "database_url": url_of(database),
            "coordinator_ids": tuple(p.id for p in PEOPLE if p.role == "coordinator"),
            "webhook_url": None,
            "monitor_port": 0,
            # It goes when it ends, and so do its people.
            "backup_hours": 0.0,
            # Nobody who tries it out asked for one; at the desk it can be begun by hand.
            "drill_day": 0,
            "feeds_anywhere": True,
        }
    )


async def run_demo(settings: Settings, port: int) -> None:
    """Serve the chat page and run the bot until stopped. Raises SettingsError for a taken port."""
    server = DemoServer(TOKEN, list(PEOPLE))
    try:
        server.start(port)
    except OSError as error:
        raise SettingsError(
            f"Port {port} cannot be used ({error.strerror}). Choose another, such as: bongsrey "
            f"demo --port {port + 1 if 1024 <= port < 65535 else 8081}"
        ) from None
    # The port is this demo's alone, and so is a database that is named after it.
    database_file = DATA / f"demo-{server.port}.sqlite"
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    try:
        _forget(database_file)
        seed_history(server.telegram, datetime.now(UTC) - timedelta(days=2))
        demo = demo_settings(settings, server.root, database_file)
        await _seed(database_file, demo)
        async with app.running(demo, utc_now) as failed:
            database = Database(demo.database_url)
            languages = {person.id: person.language_code for person in PEOPLE}
            await seed_mentors(database, (2001, 2002), (3001, 3002), languages, utc_now())
            await database.close()
            print(f"\n  Bong Srey is ready. Open {server.root}/ in a browser.\n"  # noqa: T201
                  f"  All of it lies in {database_file} (DATABASE_URL is not used), and goes\n"
                  "  when you stop it with Ctrl+C.\n", flush=True)  # fmt: skip
            await wait_for_end(stop, failed)
    finally:
        _forget(database_file)
        await server.stop()


async def _seed(file: Path, demo: Settings) -> None:
    """Make the database, with what lies before the demo's beginning."""
    await asyncio.to_thread(migrate, file)
    database, now = Database(demo.database_url), utc_now()
    try:
        async with database.write() as session:
            await seed_events(session, demo.coordinator_ids[0], now, demo.zone)
            await seed_figures(session, now.astimezone(demo.zone).date())
    finally:
        await database.close()


def _forget(database: Path) -> None:
    """Take away the database of a demo: chats live in memory, so it goes and begins with them."""
    for file in database.parent.glob(f"{database.stem}.*"):
        file.unlink()
