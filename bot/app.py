"""The composition root: settings, database, content, services, and the life of the process."""

import asyncio
import contextlib
import logging
import signal
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from telegram import Bot, BotCommand, BotCommandScopeChat
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest

import handlers
from bot.answering.answerer import build_answerer
from bot.careers.family_card_picture import Artist
from bot.clock import Clock, utc_now
from bot.content import Content, load_content
from bot.content.base import Tongue
from bot.database import Database
from bot.database.migrate import migrate
from bot.database.one_instance import only_instance
from bot.desk import charts, team
from bot.language.words import warm_up
from bot.people.staff import coordinators_of
from bot.questions import additions
from bot.screens import drawing
from bot.screens.command_menu import COMMANDS, STAFF_COMMANDS, command_menu
from bot.screens.voice import Voice
from bot.settings import CONTENT, Settings
from bot.telegram.courier import Courier
from bot.telegram.intake import ALLOWED_UPDATES, Poller, RefusedError, Webhook
from bot.telegram.rate_limit import RateLimit
from bot.telegram.worker import Worker
from bot.timekeeper import Timekeeper
from bot.turn import Services

log = logging.getLogger(__name__)


def set_up_logging(level: str) -> None:
    """Log to standard error, ids only; libraries that would log the token are kept quiet."""
    logging.basicConfig(
        level=level, format="%(asctime)s %(levelname)-7s %(name)s: %(message)s", force=True
    )
    for name in ("httpx", "httpcore", "telegram", "apscheduler", "alembic", "aiosqlite"):
        logging.getLogger(name).setLevel(logging.WARNING)


def make_bot(settings: Settings) -> Bot:
    """Return the client of the Bot API server that the settings name."""
    request = HTTPXRequest(connection_pool_size=64, read_timeout=20, connect_timeout=10)
    return Bot(
        settings.token(),
        base_url=f"{settings.bot_api_url}/bot",
        base_file_url=f"{settings.bot_api_url}/file/bot",
        request=request,
        get_updates_request=HTTPXRequest(connection_pool_size=1),
    )


async def run(settings: Settings, clock: Clock = utc_now) -> None:
    """Run the bot until SIGTERM or SIGINT.

    Raises AlreadyRunningError, ContentError, SettingsError or RefusedError when it cannot start.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with running(settings, clock) as failed:
        waits = [asyncio.create_task(stop.wait()), failed]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        waits[0].cancel()
        log.info("stopping")
    if failed.done() and not failed.cancelled():
        failed.result()


@asynccontextmanager
async def running(settings: Settings, clock: Clock) -> AsyncIterator["asyncio.Task[None]"]:
    """Start everything; yield the intake, which ends only when it fails; stop in order."""
    began = time.monotonic()
    token = settings.token()
    async with AsyncExitStack() as stack:
        stack.enter_context(only_instance(settings.database_file))
        written = load_content(CONTENT)
        await asyncio.to_thread(migrate, settings.database_file)
        database = Database(settings.database_url)
        stack.push_async_callback(database.close)
        async with database.write() as session:
            await team.register_first(session, settings.coordinator_ids, clock())
            content = written.with_learned(await additions.live(session, settings.zone))
            staff = await coordinators_of(session, settings.coordinator_ids)
        bot = make_bot(settings)
        await _connect(bot)
        stack.push_async_callback(bot.shutdown)
        services = Services(settings, content, build_answerer(content), clock, bot.username)
        courier = Courier(
            bot,
            database,
            clock,
            RateLimit(settings.messages_per_second, settings.chat_interval_seconds),
            drawing.by_name(
                {"figure": charts.draw, "career_card": Artist(content, bot.username).draw}
            ),
        )
        worker = Worker(bot, database, services, handlers.take, courier.wake)
        timekeeper = Timekeeper(handlers.chores(services, database, courier.wake), clock)
        tasks = [asyncio.create_task(courier.run()), asyncio.create_task(worker.run())]
        timekeeper.start()
        intake = await _start_intake(stack, settings, token, bot, database, clock, worker)
        background = asyncio.create_task(_after_start(bot, staff, content))
        log.info("ready in %.1f s: %d answers, @%s", time.monotonic() - began,
                 len(content.entries), bot.username)  # fmt: skip
        try:
            yield intake
        finally:
            # Intake first, then the turn under way, then what it staged.
            intake.cancel()
            with contextlib.suppress(asyncio.CancelledError, RefusedError):
                await intake
            background.cancel()
            await timekeeper.stop()
            worker.stop()
            await tasks[1]
            courier.stop()
            await tasks[0]


async def _connect(bot: Bot) -> None:
    """Learn who the bot is; keep trying while there is no connection."""
    pause = 1.0
    while True:
        try:
            await bot.initialize()
        except InvalidToken:
            raise RefusedError(
                "Telegram does not know this BOT_TOKEN. Check it with @BotFather."
            ) from None
        except TelegramError as error:
            log.warning("no connection to the Bot API (%s); trying again in %.0f s",
                        type(error).__name__, pause)  # fmt: skip
            await asyncio.sleep(pause)
            pause = min(pause * 2, 60)
        else:
            return


async def _start_intake(
    stack: AsyncExitStack,
    settings: Settings,
    token: str,
    bot: Bot,
    database: Database,
    clock: Clock,
    worker: Worker,
) -> "asyncio.Task[None]":
    if settings.webhook_url:
        secret = settings.webhook_secret()
        webhook = Webhook(settings.webhook_url, secret, database, clock, worker.wake)
        webhook.start(settings.webhook_port)
        stack.push_async_callback(webhook.stop)
        await bot.set_webhook(
            settings.webhook_url, secret_token=secret, allowed_updates=ALLOWED_UPDATES
        )
        return asyncio.create_task(asyncio.sleep(float("inf")))
    await bot.delete_webhook(drop_pending_updates=False)
    poller = Poller(settings.bot_api_url, token, database, clock, worker.wake)
    return asyncio.create_task(poller.run())


async def _after_start(bot: Bot, staff: tuple[int, ...], content: Content) -> None:
    """Do what no first question should wait for: the menu of commands, the word model."""
    await warm_up()
    try:
        await _set_commands(bot, staff, content)
    except TelegramError as error:
        log.warning("the command menu could not be set: %s", error)


async def _set_commands(bot: Bot, staff: tuple[int, ...], content: Content) -> None:
    def commands(names: tuple[str, ...], tongue: Tongue) -> list[BotCommand]:
        return [BotCommand(*pair) for pair in command_menu(names, Voice(content.locales, tongue))]

    await bot.set_my_commands(commands(COMMANDS, "km"))
    await bot.set_my_commands(commands(COMMANDS, "en"), language_code="en")
    for person_id in staff:
        with contextlib.suppress(TelegramError):
            scope = BotCommandScopeChat(person_id)
            await bot.set_my_commands(commands(STAFF_COMMANDS, "km"), scope=scope)
    await bot.set_my_description(content.locales["km"]["about.description"])
    await bot.set_my_short_description(content.locales["km"]["about.short"])
