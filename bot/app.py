"""The composition root: settings, database, content, services, and the life of the process."""

import asyncio
import contextlib
import logging
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from typing import Any

from telegram import Bot, BotCommand, BotCommandScopeChat
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest

import handlers
from bot import footprint
from bot.answering.answerer import build_answerer
from bot.careers.career_picture import Portraits
from bot.careers.family_card_picture import Artist
from bot.clock import Clock, utc_now
from bot.content import Content, load_content
from bot.database import Database
from bot.database.again import until_kept
from bot.database.copies import see_folder
from bot.database.line import Line
from bot.database.one_instance import only_instance
from bot.database.prepare import prepare
from bot.database.together import CLOCK, COURIER, INTAKE, STAGED, STORED, Alone, Together
from bot.desk import charts, poster_picture, team
from bot.failures import listen_to_the_loop
from bot.language.encoder import load_encoder
from bot.mentoring.contact import look
from bot.operations.monitor import Monitor
from bot.patience import NETWORK_SECONDS, Patience
from bot.people import people
from bot.people.staff import coordinators_of
from bot.questions import additions
from bot.safety import on_call
from bot.screens import drawing
from bot.screens.command_menu import COMMANDS, STAFF_COMMANDS, command_menu
from bot.screens.voice import Voice
from bot.settings import CONTENT, Settings
from bot.supervision import OneAtATime, wait_for_end, watch
from bot.teaching import live
from bot.telegram.courier import Courier
from bot.telegram.inline import Searches
from bot.telegram.intake import ALLOWED_UPDATES, Poller, TokenRefusedError, Webhook
from bot.telegram.rate_limit import RateLimit
from bot.telegram.refused import phrase
from bot.telegram.worker import Worker
from bot.timekeeper import Timekeeper
from bot.turn import Services
from handlers.answering import inline

log = logging.getLogger(__name__)

# Whoever waited for a restart is served first: what the clock does, and what nobody waits for,
# begins so much later.
_CHORES_AFTER_SECONDS, _WARM_UP_AFTER_SECONDS = 2.0, 20.0
# Docker kills what has not ended ten seconds after it was told to.
_STOP_WITHIN_SECONDS = 8.0


def drawer(content: Content, username: str) -> drawing.Drawer:
    """Return what draws every picture that a message may ask for."""
    return drawing.by_name(
        {
            "figure": partial(charts.draw, content),
            "poster": poster_picture.draw,
            "career_card": Artist(content, username).draw,
            "career_picture": Portraits(content, username).draw,
        }
    )


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

    Raises AlreadyRunningError, ContentError, SettingsError or TokenRefusedError when it cannot
    start, and PartEndedError when it cannot go on.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await run_until(stop, settings, clock)


async def run_until(stop: asyncio.Event, settings: Settings, clock: Clock) -> None:
    """Run the bot until `stop`, which is obeyed while it starts as well."""
    serving = asyncio.create_task(_serve(settings, clock))
    await wait_for_end(stop, serving)
    log.info("stopping")
    serving.cancel()
    await asyncio.wait([serving])
    if not serving.cancelled():
        serving.result()


async def _serve(settings: Settings, clock: Clock) -> None:
    async with running(settings, clock) as failed:
        footprint.settle()
        await _warn(settings)
        await failed


async def _warn(settings: Settings) -> None:
    """Say plainly, a line each, what would leave a girl who asks for a person without one."""
    database = Database(settings.database_url)
    try:
        async with database.read() as session:
            staff = await coordinators_of(session, settings.coordinator_ids)
            lines = await on_call.doubts(session, staff)
    finally:
        await database.close()
    for line in lines:
        log.warning("%s", line)


@asynccontextmanager
async def running(settings: Settings, clock: Clock) -> AsyncIterator["asyncio.Task[None]"]:
    """Start everything; yield what ends only when a part of it does; stop in order."""
    began = time.monotonic()
    listen_to_the_loop()
    token = settings.token()
    async with AsyncExitStack() as stack:
        together: Together
        if settings.is_in_file:
            stack.enter_context(only_instance(settings.database_file))
            see_folder(settings)
            together = Alone()
        else:
            together = Line(settings.database_url)
        monitor = Monitor(settings, clock)
        if settings.monitor_port:
            monitor.start(settings.monitor_port)
            stack.push_async_callback(monitor.stop)
        bot = make_bot(settings)
        stack.push_async_callback(bot.shutdown)
        # In the meantime: Telegram takes a while to answer, and the disk to read the encoder.
        connecting = Patience(log, "no connection to the Bot API", NETWORK_SECONDS)
        greeting = asyncio.create_task(_until_done(bot.initialize, connecting))
        stack.push_async_callback(_ended, greeting)
        encoder = asyncio.create_task(asyncio.to_thread(load_encoder))
        stack.push_async_callback(_ended, encoder)
        written = await asyncio.to_thread(load_content, CONTENT)
        await asyncio.to_thread(prepare, settings.database_url)
        database = Database(settings.database_url)
        stack.push_async_callback(database.close)

        async def begin() -> tuple[Content, dict[int, str | None]]:
            async with database.write() as session:
                await team.register_first(session, settings.coordinator_ids, clock())
                learned = await additions.live(session, settings.zone)
                taught = await live.accepted(session)
                staff = {
                    person_id: await people.language_of(session, person_id)
                    for person_id in await coordinators_of(session, settings.coordinator_ids)
                }
            return written.with_learned(learned, taught), staff

        content, staff = await until_kept(begin)
        monitor.look_at(database, lambda: (*connecting.troubles, "it starts"))
        await encoder
        answerer = await asyncio.to_thread(build_answerer, content)
        await greeting
        services = Services(settings, content, answerer, clock, bot.username)
        courier = Courier(
            bot,
            database,
            clock,
            RateLimit(settings.messages_per_second, settings.chat_interval_seconds),
            drawer(content, bot.username),
            monitor.measures,
        )

        def staged() -> None:
            """Let the courier look, wherever it is."""
            courier.wake()
            if not together.has(COURIER):
                together.tell(STAGED)

        worker = Worker(bot, database, services, handlers.take, staged, monitor.measures)

        def stored() -> None:
            """Let the worker look, and the others where this one has enough to do."""
            worker.wake()
            if worker.is_busy:
                together.tell(STORED)

        together.on(STAGED, courier.wake)
        together.on(STORED, worker.wake)
        chores = handlers.chores(services, database, staged)
        searches = Searches(bot, database, services, inline.found)
        stack.push_async_callback(searches.stop)
        # What may be refused comes before what would have to be stopped.
        intake, gates = _start_intake(
            stack, settings, token, bot, database, clock, stored, searches, together
        )
        keeping_touch = asyncio.create_task(together.run())
        stack.push_async_callback(_ended, keeping_touch)
        delivery = OneAtATime(together, COURIER, courier.run)
        delivering, working = (asyncio.create_task(part.run()) for part in (delivery, worker))

        def keep_time(everywhere: bool) -> Awaitable[None]:
            mine = [chore for chore in chores if chore.everywhere is everywhere]
            return Timekeeper(mine, clock, first_after_seconds=_CHORES_AFTER_SECONDS).run()

        for_all = OneAtATime(together, CLOCK, partial(keep_time, False))
        keeping_time = asyncio.create_task(for_all.run())
        own_time = asyncio.ensure_future(keep_time(True))
        parts = {
            "intake": intake, "worker": working, "courier": delivering, "clock": keeping_time,
            "clock of its own": own_time, "line to the other workers": keeping_touch,
        }  # fmt: skip
        failed = asyncio.create_task(watch(parts))
        looked_at = (*gates, worker, courier, together)
        monitor.look_at(database, lambda: tuple(t for part in looked_at for t in part.troubles))
        background = asyncio.create_task(_after_start(bot, staff, content))
        log.info("ready in %.1f s: %d answers, @%s", time.monotonic() - began,
                 len(content.entries), bot.username)  # fmt: skip
        if not bot.supports_inline_queries:
            log.info("nobody can search from other chats: switch it on at @BotFather, /setinline")
        try:
            yield failed
        finally:
            failed.cancel()
            # Intake first, then the turn under way, then what it staged.
            end = time.monotonic() + _STOP_WITHIN_SECONDS
            intake.cancel()
            await asyncio.wait([intake])
            background.cancel()
            keeping_time.cancel()
            own_time.cancel()
            worker.stop()
            await asyncio.wait([working, keeping_time, own_time])
            courier.stop(end - time.monotonic())
            delivery.stop()
            await asyncio.wait([delivering])


async def _ended(task: "asyncio.Task[Any]") -> None:
    # Who cancels a task that has failed is told nothing of it any more.
    task.cancel()
    await asyncio.wait([task])


async def _until_done(call: Callable[[], Awaitable[object]], patience: Patience) -> None:
    """Ask the Bot API until it answers; only a token that it does not know is the end."""
    while True:
        try:
            await call()
        except InvalidToken:
            raise TokenRefusedError from None
        except TelegramError as error:
            await asyncio.sleep(patience.failed(phrase(error)))
        else:
            patience.worked()
            return


def _start_intake(
    stack: AsyncExitStack,
    settings: Settings,
    token: str,
    bot: Bot,
    database: Database,
    clock: Clock,
    stored: Callable[[], None],
    searches: Searches,
    together: Together,
) -> tuple["asyncio.Task[None]", tuple[Webhook | Poller | Patience, ...]]:
    """Let updates come in; return what runs, and what tells of troubles in it."""
    if settings.webhook_url:
        secret = settings.webhook_secret()
        webhook = Webhook(settings.webhook_url, secret, database, clock, stored, searches.take)
        webhook.start(settings.webhook_port)
        stack.push_async_callback(webhook.stop)
        telling = Patience(log, "the webhook could not be set", NETWORK_SECONDS)
        called = _be_called(bot, settings.webhook_url, secret, telling)
        return asyncio.create_task(called), (telling, webhook)
    poller = Poller(settings.bot_api_url, token, database, clock, stored, searches.take)
    clearing = Patience(log, "a webhook could not be taken away", NETWORK_SECONDS)
    # Telegram gives updates to one who asks, and the others take what that one stores.
    asking = OneAtATime(together, INTAKE, partial(_poll, bot, poller, clearing))
    return asyncio.create_task(asking.run()), (clearing, poller)


async def _be_called(bot: Bot, url: str, secret: str, telling: Patience) -> None:
    """Tell Telegram where to call; then it does, for as long as the bot runs."""
    tell = partial(bot.set_webhook, url, secret_token=secret, allowed_updates=ALLOWED_UPDATES)
    await _until_done(tell, telling)
    await asyncio.Event().wait()


async def _poll(bot: Bot, poller: Poller, clearing: Patience) -> None:
    """Take away a webhook, beside which Telegram lets nobody poll; then poll."""
    await _until_done(partial(bot.delete_webhook, drop_pending_updates=False), clearing)
    await poller.run()


async def _after_start(bot: Bot, staff: Mapping[int, str | None], content: Content) -> None:
    """Do what nobody should wait for: the menu of commands, the relay's words."""
    await asyncio.sleep(_CHORES_AFTER_SECONDS)
    try:
        await _set_commands(bot, staff, content)
    except TelegramError as error:
        log.warning("the command menu could not be set (%s)", type(error).__name__)
    # Nearly a second of a processor.
    await asyncio.sleep(_WARM_UP_AFTER_SECONDS)
    await look.warm_up()


async def _set_commands(bot: Bot, staff: Mapping[int, str | None], content: Content) -> None:
    def commands(names: tuple[str, ...], voice: Voice) -> list[BotCommand]:
        return [BotCommand(*pair) for pair in command_menu(names, voice)]

    base, *others = (Voice(content, tongue) for tongue in content.tongues)
    # Telegram shows the base where it has nothing for the language of a telephone.
    shown: list[tuple[str | None, Voice]] = [(None, base)]
    shown += [(code, o) for o in others for code in content.tongues[o.tongue].telephones]
    for code, voice in shown:
        await bot.set_my_commands(commands(COMMANDS, voice), language_code=code)
        await bot.set_my_description(voice.label("about.description"), language_code=code)
        await bot.set_my_short_description(voice.label("about.short"), language_code=code)
    for person_id, tongue in staff.items():
        with contextlib.suppress(TelegramError):
            scope, voice = BotCommandScopeChat(person_id), Voice(content, tongue)
            await bot.set_my_commands(commands(STAFF_COMMANDS, voice), scope=scope)
