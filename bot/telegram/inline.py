"""Answers searches from other chats (`@bot nurse`) at once, or not at all.

Telegram takes an answer for a few seconds only, and asks anew with every letter. So a search goes
through neither queue: it is not stored, waits behind nobody, and is never tried again. What is
typed is not logged either.
"""

import asyncio
import logging
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from copy import copy
from typing import Any

from telegram import (
    Bot,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.database import Database
from bot.failures import named
from bot.incoming import Search, whole
from bot.people import people, phones
from bot.screens.articles import Article, Found
from bot.telegram.reading import is_id
from bot.telegram.refused import phrase
from bot.telegram.senders import NO_PREVIEW, markup
from bot.turn import Services

log = logging.getLogger(__name__)

# (services, what is searched, the language of her menus if the bot knows her) -> what is found
Finder = Callable[[Services, Search, str | None], Found]

ANSWER_WITHIN_SECONDS = 5.0
# Telegram asks while she types; faster than this nobody does, and is not answered.
MOST_SEARCHES, IN_SECONDS = 20, 20.0
MOST_PEOPLE_KNOWN = 2000
# However many search, those who write to the bot are answered.
MOST_AT_ONCE = 16
LONGEST_SEARCH = 256


def is_search(raw: dict[str, Any]) -> bool:
    """Return whether an update is a search from another chat, well formed or not."""
    return "inline_query" in raw


class Searches:
    """Takes searches as they come; answers each in a task of its own."""

    def __init__(
        self,
        bot: Bot,
        database: Database,
        services: Services,
        find: Finder,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._bot = bot
        self._database = database
        self._services = services
        self._find = find
        self._limit = _Limit(now)
        # person -> what is being answered to her
        self._tasks: dict[int, asyncio.Task[None]] = {}

    def take(self, raw: dict[str, Any]) -> None:
        """Begin to answer a search; one of hers that is not answered yet is let go."""
        try:
            search = _read(raw)
        except Exception as error:
            log.warning("a search cannot be read (%s)", type(error).__name__)
            return
        if search is None or not self._limit.allows(search.person_id):
            return
        if (older := self._tasks.pop(search.person_id, None)) is not None:
            older.cancel()
        if len(self._tasks) >= MOST_AT_ONCE:
            return
        task = asyncio.create_task(self._answer(search))
        self._tasks[search.person_id] = task
        task.add_done_callback(lambda done: self._ended(search.person_id, done))

    async def stop(self) -> None:
        """Let go what is not answered yet."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    def _ended(self, person_id: int, task: "asyncio.Task[None]") -> None:
        if self._tasks.get(person_id) is task:
            del self._tasks[person_id]

    async def _answer(self, search: Search) -> None:
        try:
            async with asyncio.timeout(ANSWER_WITHIN_SECONDS):
                async with self._database.read() as session:
                    who = await phones.holder(session, search.person_id)
                    stored = await people.language_of(session, who)
                found = self._find(copy(self._services), search, stored)
                await self._send(search, found)
        except TimeoutError:
            log.info("a search could not be answered in time")
        except TelegramError as error:
            log.info("the answer to a search was refused: %s", phrase(error))
        except Exception as error:
            # The exception's own text may hold what was searched, so only its place is logged.
            log.error("a search failed: %s", named(error))

    async def _send(self, search: Search, found: Found) -> None:
        await self._bot.answer_inline_query(
            search.query_id,
            [_result(article) for article in found.articles],
            cache_time=found.good_for_seconds,
            is_personal=not found.shared,
            button=InlineQueryResultsButton(found.label, start_parameter=found.start),
        )


def _result(article: Article) -> InlineQueryResultArticle:
    return InlineQueryResultArticle(
        article.id,
        article.title,
        InputTextMessageContent(
            article.text, parse_mode=ParseMode.HTML, link_preview_options=NO_PREVIEW
        ),
        reply_markup=markup(article.rows),
        description=article.description,
    )


def _read(raw: dict[str, Any]) -> Search | None:
    """Return what is searched, and by whom; None for what nobody can have asked.

    Raises whatever python-telegram-bot raises for an update that it cannot read.
    """
    query = Update.de_json(raw, None).inline_query
    if query is None or query.from_user.is_bot or not is_id(query.from_user.id):
        return None
    text = whole(query.query)[:LONGEST_SEARCH]
    return Search(query.id, query.from_user.id, query.from_user.language_code, text)


class _Limit:
    """How often each may search; whom it knows longest is forgotten first."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._times: OrderedDict[int, deque[float]] = OrderedDict()

    def allows(self, person_id: int) -> bool:
        """Return whether a search of hers may be answered, and count it then."""
        now = self._now()
        times = self._times.setdefault(person_id, deque())
        self._times.move_to_end(person_id)
        if len(self._times) > MOST_PEOPLE_KNOWN:
            self._times.popitem(last=False)
        while times and now - times[0] >= IN_SECONDS:
            times.popleft()
        if len(times) >= MOST_SEARCHES:
            return False
        times.append(now)
        return True
