"""A stage on which conversations are played inside the test's own process.

Real content, a real migrated database file, the real worker and the real handlers; only the
network is left out. An update goes through the inbox and the worker as it always does, and what
was staged is delivered at once, in the courier's order, to the strict Telegram of the demo. The
test moves the clock and says when chores run, so nothing is ever waited for.

    srey = stage.person(STUDENT)
    await srey.send("/menu")
    await srey.tap("home.careers")
    srey.sees("career.fields")

What a person does and sees is in `tests/chat.py`.
"""

import asyncio
import json
import sqlite3
from base64 import b64decode
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text
from telegram import Bot
from telegram.request import BaseRequest, RequestData

import handlers
from bot.answering.answerer import Answerer
from bot.app import drawer
from bot.content import Content
from bot.content.base import Tongue
from bot.database import Database
from bot.demo import telegram_state
from bot.demo.telegram_state import ApiError, Telegram
from bot.desk import team
from bot.people.chats import chat_of
from bot.people.tables import Reachability
from bot.queues import deliveries, inbox, outbox
from bot.queues.deliveries import Delivery
from bot.queues.tables import OutboxMessage, OutboxState
from bot.settings import Settings
from bot.telegram.courier import Courier
from bot.telegram.inline import Searches, is_search
from bot.telegram.rate_limit import RateLimit
from bot.telegram.worker import Worker
from bot.timekeeper import Chore
from bot.turn import Services, Turn
from handlers import chores
from handlers.answering import inline
from tests.chat import Chat, Look, Message
from tests.kept_scenes import Untouched
from tests.queues.undelivered import undelivered

TOKEN = "7000000001:token-of-the-tests"
STUDENT, ENGLISH_STUDENT, FIRST_COORDINATOR, SECOND_COORDINATOR = 1001, 1002, 3001, 3002
MENTOR, GUARDIAN = 2001, 4001
CAST = (
    (STUDENT, "Srey", "student", "km"),
    (ENGLISH_STUDENT, "Chantha", "student", "en"),
    (MENTOR, "Sophea", "mentor", "en"),
    (GUARDIAN, "Mother", "student", "en"),
    (FIRST_COORDINATOR, "Bopha", "coordinator", "km"),
    (SECOND_COORDINATOR, "Nary", "coordinator", "en"),
)
_WAITING = "SELECT count(*) FROM inbox WHERE state = 'waiting'"
# A Tuesday, nine in the morning in Phnom Penh.
OPENING = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def everybody() -> list[telegram_state.Person]:
    """Return the people that most tests know."""
    return [telegram_state.Person(*person) for person in CAST]


class Stage:
    """Everybody, the clock and the bot; `started` sets one up."""

    def __init__(
        self,
        database: Database,
        template: Path,
        content: Content,
        answerer: Answerer,
        settings: Settings,
    ) -> None:
        self.database = database
        self.content = content
        self.now = OPENING
        self.telegram = Telegram(TOKEN, clock=lambda: self.now.timestamp())
        self.telegram.people = {person.id: person for person in everybody()}
        self.services = Services(
            settings, content, answerer, lambda: self.now, self.telegram.bot_user()["username"]
        )
        wire = _Wire(self.telegram)
        self._bot = Bot(TOKEN, request=wire, get_updates_request=wire)
        self._draw = drawer(content, self.services.bot_username)
        self._searches = Searches(self._bot, database, self.services, inline.found, self._seconds)
        # It is never run: the stage delivers by itself, and chores only wake it.
        courier = Courier(self._bot, database, self.services.clock, RateLimit(30, 1), self._draw)
        self._chores = chores(self.services, database, courier.wake)
        self.due: dict[str, datetime] = {}
        self._people: dict[int, Chat] = {}
        # person -> the language of her menus, once she has any
        self.spoken: dict[int, Tongue] = {}
        # whether a turn may fail, for a test of what is said then
        self.may_fail = False
        self._failures: list[Exception] = []
        # Looks into the file where the bot's own way of reading is not what is tested: it is
        # asked at every turn, and so is hundreds of times as fast. On a server nothing is kept,
        # and what is asked is asked there: see `_glanced`.
        where = ":memory:" if database.is_shared else database.file
        self.glance = sqlite3.connect(where, isolation_level=None)
        self.untouched = Untouched(self, template)

    def _seconds(self) -> float:
        return self.now.timestamp()

    def person(self, person_id: int) -> Chat:
        """Return the chat of one of the people."""
        if person_id not in self._people:
            self._people[person_id] = Chat(self, self.telegram.people[person_id])
        return self._people[person_id]

    def enters(self, person_id: int, name: str = "Student", language: str = "km") -> Chat:
        """Let somebody new have a chat with the bot."""
        self.telegram.people[person_id] = telegram_state.Person(
            person_id, name, language_code=language
        )
        return self.person(person_id)

    def seen(self) -> dict[int, dict[int, Look]]:
        """Return what everybody whose chat is open had seen when she last did something."""
        return {number: chat.had_seen() for number, chat in self._people.items()}

    def tongue(self, person_id: int) -> Tongue:
        """Return the language of somebody's menus; Khmer for one who never wrote."""
        return self.spoken.get(person_id, "km")

    # Time

    def later(self, **how_much: float) -> None:
        """Move the clock: `later(hours=5)`. Nothing else happens."""
        self.now += timedelta(**how_much)

    def is_set_back(self, **how_much: float) -> None:
        """Set the clock back; the pauses between chores are the same, as in life."""
        jump = timedelta(**how_much)
        self.now -= jump
        self.due = {name: due - jump for name, due in self.due.items()}

    async def clock_strikes(self) -> None:
        """Run every chore that is due, once, and deliver what they say."""
        for chore in self._chores:
            if self.due.get(chore.name, self.now) <= self.now:
                await self._run(chore)
        await self.deliver()

    async def strikes_after(self, **how_much: float) -> None:
        """Move the clock, and run every chore that is due by then."""
        self.later(**how_much)
        await self.clock_strikes()

    async def passes(self, seconds: int) -> None:
        """Let time pass second by second, with every chore in its time."""
        for _ in range(seconds):
            await self.strikes_after(seconds=1)

    async def _run(self, chore: Chore) -> None:
        before = asyncio.all_tasks()
        wanted = await chore.run()
        # What a chore begins in the background is over before the test goes on.
        await asyncio.gather(*(asyncio.all_tasks() - before))
        due = self.now + chore.every
        self.due[chore.name] = due if wanted is None else min(due, max(wanted, self.now))

    # Updates in, messages out

    async def push(self, update: dict[str, Any]) -> None:
        """Let the bot be told a raw update, however malformed."""
        self.telegram.push(update)
        await self.take_in()

    async def take_in(self) -> None:
        """Give the bot what people did, and them what it says."""
        raw = json.loads(json.dumps(list(self.telegram.updates)))
        self.telegram.updates.clear()
        await self._search(raw)
        kept = [update for update in raw if not is_search(update)]
        await inbox.store(self.database, kept, self.now)
        ((waiting,),) = await self._glanced(_WAITING)
        if waiting:
            await self._work(waiting)
        failures, self._failures = self._failures, []
        if failures and not self.may_fail:
            raise AssertionError("the bot failed") from failures[0]
        await self.deliver()

    async def _glanced(self, sql: str) -> Sequence[Any]:
        """Ask the database something, past the bot's own way of reading."""
        if not self.database.is_shared:
            return self.glance.execute(sql).fetchall()
        async with self.database.read() as session:
            return (await session.execute(text(sql))).all()

    async def _search(self, raw: list[dict[str, Any]]) -> None:
        """Let the bot answer what is searched from other chats."""
        before = asyncio.all_tasks()
        for update in filter(is_search, raw):
            self._searches.take(update)
        await asyncio.gather(*(asyncio.all_tasks() - before))

    async def _work(self, updates: int) -> None:
        """Let the bot's own worker take so many updates."""
        left = updates

        def staged() -> None:
            nonlocal left
            left -= 1
            if left == 0:
                worker.stop()

        worker = Worker(self._bot, self.database, self.services, self._take, staged)
        await worker.run()

    async def _take(self, turn: Turn) -> None:
        try:
            await handlers.take(turn)
        except Exception as error:
            self._failures.append(error)
            raise

    async def deliver(self) -> None:
        """Deliver what is due, replies first, and write down how it ended."""
        rows = await undelivered(self.database)
        due = [row for row in rows if row.due_at_utc <= self.now]
        if due:
            await deliveries.record(self.database, [await self._deliver(row) for row in due])
        for person_id, language in await self._glanced("SELECT id, language FROM people"):
            self.spoken[person_id] = "en" if language == "en" else "km"

    async def _deliver(self, row: OutboxMessage) -> Delivery:
        if row.expires_at_utc is not None and row.expires_at_utc <= self.now:
            return Delivery(row.id, OutboxState.DROPPED, self.now, failure=outbox.EXPIRED)
        try:
            chat = chat_of(row.chat_id)
            message_id = await self._call(row.method, chat, dict(row.payload or {}))
        except ApiError as error:
            if error.code == 403:
                return Delivery(
                    row.id, OutboxState.DROPPED, self.now, failure="blocked",
                    reach=Reachability.BLOCKED,
                )  # fmt: skip
            if "not modified" not in str(error):
                raise AssertionError(f"Telegram refuses {row.key}: {error}") from error
            message_id = None
        return Delivery(row.id, OutboxState.SENT, self.now, message_id)

    async def _call(self, method: str, chat_id: int, params: dict[str, Any]) -> int | None:
        """Do to the chats what a request asks for; raises ApiError as Telegram refuses."""
        telegram = self.telegram
        if method in ("set_my_commands", "delete_my_commands"):
            menu = [{"command": name, "description": says} for name, says in params["commands"]]
            telegram.commands[f"{chat_id}:"] = menu
            return None
        person = telegram.reachable(chat_id)
        if method == "delete_message":
            gone = telegram.find(person, params["message_id"], "delete")
            telegram.chats[person.id].remove(gone)
            return None
        if method == "delete_messages":
            for number in params["message_ids"]:
                there = telegram.chats[person.id]
                telegram.chats[person.id] = [m for m in there if m["message_id"] != number]
            return None
        text = "text" if method in ("send_message", "edit_message_text") else "caption"
        body = {**telegram.words(params, text), **telegram.markup(params)}
        if method.startswith("edit_"):
            edited = telegram.find(person, params["message_id"], "edit")
            if method == "edit_message_text" and "text" not in edited:
                # A screen in place of a picture comes as a new message, as with the courier.
                return await self._call("send_message", chat_id, params)
            telegram.edit(person, edited, body)
            return int(edited["message_id"])
        if method == "send_photo":
            photo = await self._photo(params)
            sizes = {"file_id": photo, "file_unique_id": photo, "width": 800, "height": 800}
            body["photo"] = [sizes]
        elif method == "send_document":
            file_id = self.keep(params["file_name"], b64decode(params["file"]))
            names = {"file_id": file_id, "file_unique_id": file_id}
            body["document"] = {**names, "file_name": params["file_name"]}
        elif method != "send_message":
            raise AssertionError(f"the stage knows no {method}")
        return int(telegram.add(person, True, body)["message_id"])

    async def _photo(self, params: dict[str, Any]) -> str:
        if "draw" in params:
            return self.keep("card.png", await asyncio.to_thread(self._draw, params))
        return str(params["photo"])

    def keep(self, name: str, data: bytes) -> str:
        """Store a file at Telegram's and return its id."""
        file_id = f"file{len(self.telegram.files) + 1}"
        self.telegram.files[file_id] = name, data
        return file_id

    def file(self, message: Message) -> tuple[str, bytes]:
        """Return the name and the bytes of the picture or document of a message."""
        sent = message["photo"][-1] if "photo" in message else message["document"]
        return self.telegram.files[sent["file_id"]]


# `await start_stage(question_days=3)`: a stage with settings of its own.
StartStage = Callable[..., Awaitable[Stage]]


class _Wire(BaseRequest):
    """Carries what is asked of Telegram past the outbox: to answer a tap, or a search."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram

    @property
    def read_timeout(self) -> float | None:
        """Nothing is waited for."""
        return None

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        """Answer a tap or a search, and nothing else."""
        told = request_data.parameters if request_data is not None else {}
        if url.endswith("/answerInlineQuery"):
            self._telegram.answer_search(told)
            return 200, b'{"ok": true, "result": true}'
        if not url.endswith("/answerCallbackQuery"):
            raise AssertionError(f"{url} is asked for past the outbox")
        self._telegram.answer_query(str(told["callback_query_id"]), str(told.get("text") or ""))
        return 200, b'{"ok": true, "result": true}'


@asynccontextmanager
async def started(
    url: str, template: Path, content: Content, answerer: Answerer, **settings: Any
) -> AsyncIterator[Stage]:
    """Set up a stage on a migrated database; settings as in `.env`, in small letters.

    `template` is what it is a copy of: all that were made of one begin alike.
    """
    # Copies are made where a test asks for them: every strike of the clock would else make one.
    told = {
        "coordinator_ids": (FIRST_COORDINATOR, SECOND_COORDINATOR), "backup_hours": 0, **settings,
    }  # fmt: skip
    chosen = Settings(_env_file=None, **told)
    database = Database(url)
    try:
        async with database.write() as session:
            await team.register_first(session, chosen.coordinator_ids, OPENING)
        stage = Stage(database, template, content, answerer, chosen)
        with closing(stage.glance):
            yield stage
    finally:
        await database.close()
