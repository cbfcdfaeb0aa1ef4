"""The emulated Telegram: people, their chats with the bot, updates, faults. No HTTP here.

Strict where Telegram is strict, with Telegram's own words for what it refuses, so that what
works here works there.
"""

import asyncio
import re
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from bot.demo.html_entities import EntityError, parse, utf16

BOT_ID = 7000000001
LONGEST_TEXT, LONGEST_CAPTION, LONGEST_DATA, LONGEST_COPIED = 4096, 1024, 64, 256
MOST_RESULTS = 50
_START = re.compile("[A-Za-z0-9_-]{1,64}")
# What a button may do; of these it does one.
_ACTIONS = (
    "callback_data", "url", "copy_text", "switch_inline_query", "switch_inline_query_current_chat",
)  # fmt: skip


class ApiError(Exception):
    """What Telegram answers instead of a result."""

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code, self.description, self.retry_after = code, description, retry_after


@dataclass
class Person:
    """Somebody with a private chat with the bot."""

    id: int
    first_name: str
    role: str = "student"
    language_code: str = "km"
    username: str | None = None
    blocked: bool = False
    deactivated: bool = False

    def user(self) -> dict[str, Any]:
        """Return the person as a Telegram User."""
        known = {"username": self.username} if self.username else {}
        return {
            "id": self.id, "is_bot": False, "first_name": self.first_name,
            "language_code": self.language_code, **known,
        }  # fmt: skip

    def chat(self) -> dict[str, Any]:
        """Return the private chat with the person."""
        return {"id": self.id, "type": "private", "first_name": self.first_name}


@dataclass
class Fault:
    """An error to answer the next `times` calls of `method` with."""

    method: str
    code: int
    description: str
    retry_after: int | None = None
    times: int = 1
    drop: str = ""  # "before" or "after" the call takes effect: the connection is cut
    delay: float = 0.0


@dataclass
class Telegram:
    """Everything the emulated server knows."""

    token: str
    clock: Callable[[], float] = time.time
    people: dict[int, Person] = field(default_factory=dict)
    chats: dict[int, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    updates: deque[dict[str, Any]] = field(default_factory=deque)
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    commands: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    calls: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=5000))
    faults: list[Fault] = field(default_factory=list)
    toasts: dict[str, str] = field(default_factory=dict)
    webhook: dict[str, Any] = field(default_factory=dict)
    chat_interval: float = 0.0
    per_second: int = 0
    _next_update: int = 1
    _next_message: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    _next_query: int = 1
    _queries: dict[str, float] = field(default_factory=dict)
    # what the bot found for each search, as it was told
    found: dict[str, dict[str, Any]] = field(default_factory=dict)
    _sent: deque[float] = field(default_factory=deque)
    _last_sent: dict[int, float] = field(default_factory=dict)
    polling: object = None
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    changed: Callable[[int], None] = lambda _chat: None

    def bot_user(self) -> dict[str, Any]:
        """Return the bot as a Telegram User."""
        return {
            "id": BOT_ID, "is_bot": True, "first_name": "បងស្រី", "username": "bongsrey_demo_bot",
        }  # fmt: skip

    # What the bot does

    def reachable(self, chat_id: Any) -> Person:
        """Return the person of a chat; raises ApiError as Telegram does."""
        try:
            person = self.people.get(int(chat_id))
        except (TypeError, ValueError):
            person = None
        if person is None:
            raise ApiError(400, "Bad Request: chat not found")
        if person.deactivated:
            raise ApiError(403, "Forbidden: user is deactivated")
        if person.blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        return person

    def count_flood(self, chat_id: int) -> None:
        """Refuse what comes too fast, where limits are set."""
        now = self.clock()
        while self._sent and now - self._sent[0] >= 1:
            self._sent.popleft()
        if self.per_second and len(self._sent) >= self.per_second:
            raise ApiError(429, "Too Many Requests: retry after 1", 1)
        if self.chat_interval and now - self._last_sent.get(chat_id, 0) < self.chat_interval:
            raise ApiError(429, "Too Many Requests: retry after 1", 1)
        self._sent.append(now)
        self._last_sent[chat_id] = now

    def words(self, params: dict[str, Any], key: str) -> dict[str, Any]:
        """Return text or caption with entities; raises ApiError for what Telegram refuses."""
        source = str(params.get(key) or "")
        try:
            html = str(params.get("parse_mode", "")).upper() == "HTML"
            text, entities = parse(source) if html else (source, [])
        except EntityError as error:
            raise ApiError(400, f"Bad Request: can't parse entities: {error}") from None
        if key == "text" and not text.strip():
            raise ApiError(400, "Bad Request: message text is empty")
        if utf16(text) > (LONGEST_TEXT if key == "text" else LONGEST_CAPTION):
            what = "message" if key == "text" else "message caption"
            raise ApiError(400, f"Bad Request: {what} is too long")
        name = "entities" if key == "text" else "caption_entities"
        return {key: text, **({name: entities} if entities else {})} if text else {}

    def markup(self, params: dict[str, Any]) -> dict[str, Any]:
        """Return the reply markup; raises ApiError for buttons Telegram refuses."""
        markup = params.get("reply_markup")
        if not markup:
            return {}
        for row in markup.get("inline_keyboard", []):
            for button in row:
                _check_button(button)
        return {"reply_markup": markup}

    def add(
        self, person: Person, from_bot: bool, body: dict[str, Any], at: float | None = None
    ) -> dict[str, Any]:
        """Append a message to a chat and return it."""
        self._next_message[person.id] += 1
        message: dict[str, Any] = {
            "message_id": self._next_message[person.id],
            "from": self.bot_user() if from_bot else person.user(),
            "chat": person.chat(),
            "date": int(at or self.clock()),
            **body,
        }
        self.chats[person.id].append(message)
        self.changed(person.id)
        return message

    def find(self, person: Person, message_id: Any, what: str) -> dict[str, Any]:
        """Return one of the bot's messages; raises ApiError when it is not there."""
        for message in self.chats[person.id]:
            if message["message_id"] == int(message_id or 0) and message["from"]["is_bot"]:
                return message
        raise ApiError(400, f"Bad Request: message to {what} not found")

    def edit(self, person: Person, message: dict[str, Any], body: dict[str, Any]) -> None:
        """Replace what a message says; raises ApiError when nothing changes."""
        kept = {k: message.get(k) for k in body}
        same_markup = message.get("reply_markup") == body.get("reply_markup")
        if kept == body and same_markup:
            raise ApiError(
                400,
                "Bad Request: message is not modified: specified new message content and reply "
                "markup are exactly the same as a current content and reply markup of the message",
            )
        for key in ("entities", "caption_entities", "reply_markup"):
            message.pop(key, None)
        message.update(body)
        message["edit_date"] = int(self.clock())
        self.changed(person.id)

    def answer_query(self, query_id: str, text: str) -> None:
        """Stop a button's spinner; raises ApiError for an old or unknown query."""
        self._is_asked(query_id)
        self.toasts[query_id] = text

    def answer_search(self, params: dict[str, Any]) -> None:
        """Show what was found; raises ApiError for what Telegram refuses, as for an old search."""
        self._is_asked(str(params.get("inline_query_id")))
        results = params.get("results") or []
        if len(results) > MOST_RESULTS:
            raise ApiError(400, "Bad Request: too many inline query results specified")
        ids = [str(result.get("id") or "") for result in results]
        if any(not 1 <= len(one.encode()) <= LONGEST_DATA for one in ids):
            raise ApiError(400, "Bad Request: RESULT_ID_INVALID")
        if len(set(ids)) < len(ids):
            raise ApiError(400, "Bad Request: RESULT_ID_DUPLICATE")
        shown = [self._result(result) for result in results]
        button = params.get("button")
        if button and not _START.fullmatch(str(button.get("start_parameter") or "")):
            raise ApiError(400, "Bad Request: START_PARAM_INVALID")
        self.found[str(params["inline_query_id"])] = {
            "results": shown, "button": button,
            "cache_time": int(params.get("cache_time") or 0),
            "is_personal": str(params.get("is_personal")).lower() == "true",
        }  # fmt: skip

    def _result(self, result: dict[str, Any]) -> dict[str, Any]:
        """Return an article as it stands in the list, with the message that it sends."""
        if result.get("type") != "article" or not result.get("title"):
            raise ApiError(400, "Bad Request: can't parse inline query result")
        content = dict(result.get("input_message_content") or {})
        text = {"text": content.get("message_text"), "parse_mode": content.get("parse_mode")}
        return {
            "id": result["id"], "title": result["title"],
            "description": result.get("description", ""),
            "message": {**self.words(text, "text"), **self.markup(result)},
        }  # fmt: skip

    def _is_asked(self, query_id: str) -> None:
        asked = self._queries.pop(query_id, None)
        if asked is None or self.clock() - asked > 15:
            raise ApiError(
                400,
                "Bad Request: query is too old and response timeout expired "
                "or query ID is invalid",
            )

    def take_fault(self, method: str) -> Fault | None:
        """Return the fault that is ordered for this call, if any."""
        for fault in self.faults:
            if fault.method in (method, "*") and fault.times > 0:
                fault.times -= 1
                return fault
        return None

    # What people do

    def push(self, body: dict[str, Any]) -> int:
        """Queue an update for the bot and return its id."""
        update = {"update_id": self._next_update, **body}
        self._next_update += 1
        self.updates.append(update)
        self.arrived.set()
        return int(update["update_id"])

    def says(self, person: Person, body: dict[str, Any]) -> dict[str, Any]:
        """Let a person send a message; writing unblocks nobody."""
        text = body.get("text", "")
        if text.startswith("/"):
            size = utf16(text.split()[0])
            body = {**body, "entities": [{"type": "bot_command", "offset": 0, "length": size}]}
        message = self.add(person, False, body)
        self.push({"message": message})
        return dict(message)

    def taps(self, person: Person, message: dict[str, Any], data: str) -> str:
        """Let a person tap a button; return the id of the callback query."""
        query_id = self._asks()
        self.push(
            {
                "callback_query": {
                    "id": query_id, "from": person.user(), "message": message,
                    "chat_instance": str(person.id), "data": data,
                }
            }
        )  # fmt: skip
        return query_id

    def _asks(self) -> str:
        query_id = str(self._next_query)
        self._next_query += 1
        self._queries[query_id] = self.clock()
        return query_id

    def searches(self, person: Person, text: str) -> str:
        """Let a person search from any chat; return the id of the search."""
        query_id = self._asks()
        asked = {"id": query_id, "from": person.user(), "query": text, "offset": ""}
        self.push({"inline_query": asked})
        return query_id

    def sends_found(self, person: Person, query_id: str, result_id: str) -> dict[str, Any]:
        """Let a person send what was found into her chat with the bot; LookupError for none."""
        results = self.found[query_id]["results"]
        message = next((r["message"] for r in results if r["id"] == result_id), None)
        if message is None:
            raise LookupError
        return self.says(person, {**message, "via_bot": self.bot_user()})

    def blocks(self, person: Person, blocked: bool) -> None:
        """Let a person block or unblock the bot."""
        person.blocked = blocked
        states = ["member", "kicked"] if blocked else ["kicked", "member"]

        def member(status: str) -> dict[str, Any]:
            extra = {"until_date": 0} if status == "kicked" else {}
            return {"user": self.bot_user(), "status": status, **extra}

        self.push(
            {
                "my_chat_member": {
                    "chat": person.chat(), "from": person.user(), "date": int(self.clock()),
                    "old_chat_member": member(states[0]), "new_chat_member": member(states[1]),
                }
            }
        )  # fmt: skip


def _check_button(button: dict[str, Any]) -> None:
    """Raise ApiError for a button that Telegram refuses."""
    if not button.get("text"):
        raise ApiError(400, "Bad Request: text buttons are not allowed to be empty")
    if sum(action in button for action in _ACTIONS) != 1:
        raise ApiError(400, "Bad Request: text buttons are unallowed in the inline keyboard")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(str(data).encode()) <= LONGEST_DATA:
        raise ApiError(400, "Bad Request: BUTTON_DATA_INVALID")
    if "url" in button and not _is_page(str(button["url"])):
        raise ApiError(
            400, f"Bad Request: inline keyboard button URL '{button['url']}' is invalid"
        )
    if "copy_text" in button:
        words = str(button["copy_text"].get("text") or "")
        if not 1 <= utf16(words) <= LONGEST_COPIED:
            raise ApiError(400, "Bad Request: BUTTON_COPY_TEXT_INVALID")


def _is_page(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    whole = not any(char.isspace() for char in url)
    return parts.scheme in ("http", "https", "tg") and "." in host.strip(".") and whole
