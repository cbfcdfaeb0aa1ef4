"""The Bot API over HTTP: what the bot calls."""

import asyncio
import json
import logging
from typing import Any

from tornado.httpclient import AsyncHTTPClient, HTTPClientError
from tornado.web import RequestHandler

from bot.demo.telegram_state import ApiError, Person, Telegram

log = logging.getLogger(__name__)

LONGEST_POLL_SECONDS = 50.0
DELETABLE_SECONDS = 48 * 3600
MOST_DELETED = 100
_JSON_FIELDS = ("reply_markup", "allowed_updates", "commands", "scope", "media", "message_ids",
                "link_preview_options", "entities", "caption_entities", "results",
                "button")  # fmt: skip


class BotApi(RequestHandler):
    """Answers /bot<token>/<method>."""

    def initialize(self, telegram: Telegram) -> None:
        """Take the world."""
        self.telegram = telegram

    async def get(self, token: str, method: str) -> None:
        """Answer a call made with GET."""
        await self.post(token, method)

    async def post(self, token: str, method: str) -> None:
        """Answer a call made with a form, JSON or multipart."""
        world, name = self.telegram, method.lower()
        if token != world.token:
            self._refuse(ApiError(401, "Unauthorized"))
            return
        action = getattr(self, f"do_{name}", None)
        if action is None:
            self._refuse(ApiError(404, "Not Found: method not found"))
            return
        try:
            params = self._params()
            world.calls.append({"method": method, "params": params})
            fault = world.take_fault(method)
            if fault is not None:
                await asyncio.sleep(fault.delay)
                if fault.drop == "before":
                    self._drop()
                    return
                if not fault.drop and fault.code:
                    raise ApiError(fault.code, fault.description, fault.retry_after)
            result = await action(params)
            if fault is not None and fault.drop == "after":
                self._drop()
                return
        except ApiError as error:
            self._refuse(error)
            return
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps({"ok": True, "result": result}))

    def _params(self) -> dict[str, Any]:
        if "application/json" in self.request.headers.get("Content-Type", ""):
            body = json.loads(self.request.body or b"{}")
            return dict(body)
        params: dict[str, Any] = {k: self.get_argument(k) for k in self.request.arguments}
        for key in _JSON_FIELDS:
            if isinstance(params.get(key), str) and params[key]:
                params[key] = json.loads(params[key])
        return params

    def _refuse(self, error: ApiError) -> None:
        body: dict[str, Any] = {
            "ok": False, "error_code": error.code, "description": error.description,
        }  # fmt: skip
        if error.retry_after is not None:
            body["parameters"] = {"retry_after": error.retry_after}
        self.set_status(error.code)
        self.finish(body)

    def _drop(self) -> None:
        stream = self.detach()
        stream.close()

    # Updates

    async def do_getme(self, _params: dict[str, Any]) -> dict[str, Any]:
        """Who the bot is."""
        may_not = dict.fromkeys(("can_join_groups", "can_read_all_group_messages"), False)
        return {**self.telegram.bot_user(), **may_not, "supports_inline_queries": True}

    async def do_getupdates(self, params: dict[str, Any]) -> list[dict[str, Any]]:
        """Long polling; the offset confirms everything before it."""
        world = self.telegram
        if world.webhook.get("url"):
            raise ApiError(
                409,
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
            )
        if world.polling not in (None, self):
            world.arrived.set()
            raise ApiError(
                409,
                "Conflict: terminated by other getUpdates request; make sure that only one bot "
                "instance is running",
            )
        offset = int(params.get("offset") or 0)
        while offset and world.updates and world.updates[0]["update_id"] < offset:
            world.updates.popleft()
        limit = min(max(int(params.get("limit") or 100), 1), 100)
        loop = asyncio.get_running_loop()
        deadline = loop.time() + min(float(params.get("timeout") or 0), LONGEST_POLL_SECONDS)
        world.polling = self
        try:
            while not world.updates and loop.time() < deadline and not self._gone:
                world.arrived.clear()
                try:
                    await asyncio.wait_for(world.arrived.wait(), min(deadline - loop.time(), 1.0))
                except TimeoutError:
                    continue
        finally:
            world.polling = None
        return [world.updates[i] for i in range(min(limit, len(world.updates)))]

    _gone = False

    def on_connection_close(self) -> None:
        """Free the polling place when the bot has gone away."""
        self._gone = True
        self.telegram.arrived.set()

    async def do_setwebhook(self, params: dict[str, Any]) -> bool:
        """Deliver updates by calling the bot."""
        self.telegram.webhook = {
            "url": params.get("url", ""), "secret": params.get("secret_token", "")
        }  # fmt: skip
        self.telegram.arrived.set()
        return True

    async def do_deletewebhook(self, _params: dict[str, Any]) -> bool:
        """Go back to polling."""
        self.telegram.webhook = {}
        return True

    async def do_getwebhookinfo(self, _params: dict[str, Any]) -> dict[str, Any]:
        """Where updates go and how many wait."""
        return {
            "url": self.telegram.webhook.get("url", ""),
            "has_custom_certificate": False,
            "pending_update_count": len(self.telegram.updates),
        }

    # Messages

    def _send(self, params: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
        person = self.telegram.reachable(params.get("chat_id"))
        body = {**body, **self.telegram.markup(params)}
        self.telegram.count_flood(person.id)
        message: dict[str, Any] = self.telegram.add(person, True, body)
        return message

    async def do_sendmessage(self, params: dict[str, Any]) -> dict[str, Any]:
        """Send a text."""
        self.telegram.reachable(params.get("chat_id"))
        return self._send(params, self.telegram.words(params, "text"))

    def _file(self, params: dict[str, Any], kind: str) -> tuple[str, str, int]:
        world = self.telegram
        if (known := str(params.get(kind, ""))) in world.files:
            name, data = world.files[known]
            return known, name, len(data)
        name, data = kind, b""
        uploads = self.request.files
        key = str(params.get(kind, "")).removeprefix("attach://") or kind
        if key in uploads or kind in uploads:
            upload = uploads.get(key, uploads.get(kind, []))[0]
            name, data = upload["filename"], upload["body"]
        if not data:
            raise ApiError(400, "Bad Request: file must be non-empty")
        file_id = f"file{len(world.files) + 1}"
        world.files[file_id] = (name, data)
        return file_id, name, len(data)

    async def do_sendphoto(self, params: dict[str, Any]) -> dict[str, Any]:
        """Send a picture."""
        self.telegram.reachable(params.get("chat_id"))
        file_id, _, size = self._file(params, "photo")
        sizes = [{"file_id": file_id, "file_unique_id": file_id, "width": 800, "height": 800,
                  "file_size": size}]  # fmt: skip
        return self._send(params, {"photo": sizes, **self.telegram.words(params, "caption")})

    async def do_senddocument(self, params: dict[str, Any]) -> dict[str, Any]:
        """Send a file."""
        self.telegram.reachable(params.get("chat_id"))
        file_id, name, size = self._file(params, "document")
        document = {"file_id": file_id, "file_unique_id": file_id, "file_name": name,
                    "file_size": size}  # fmt: skip
        return self._send(params, {"document": document, **self.telegram.words(params, "caption")})

    def _message(self, params: dict[str, Any]) -> tuple[Person, dict[str, Any]]:
        person = self.telegram.reachable(params.get("chat_id"))
        return person, self.telegram.find(person, params.get("message_id"), "edit")

    async def do_editmessagetext(self, params: dict[str, Any]) -> dict[str, Any]:
        """Replace the text of a message."""
        person, message = self._message(params)
        if "text" not in message:
            raise ApiError(400, "Bad Request: there is no text in the message to edit")
        body = {**self.telegram.words(params, "text"), **self.telegram.markup(params)}
        self.telegram.edit(person, message, body)
        return message

    async def do_editmessagecaption(self, params: dict[str, Any]) -> dict[str, Any]:
        """Replace the words under a picture or file."""
        person, message = self._message(params)
        if not ("photo" in message or "document" in message):
            raise ApiError(400, "Bad Request: there is no caption in the message to edit")
        body = {**self.telegram.words(params, "caption"), **self.telegram.markup(params)}
        self.telegram.edit(person, message, body)
        return message

    async def do_editmessagereplymarkup(self, params: dict[str, Any]) -> dict[str, Any]:
        """Replace the buttons of a message."""
        person, message = self._message(params)
        kept: dict[str, Any] = {k: message[k] for k in ("text", "entities") if k in message}
        self.telegram.edit(person, message, {**kept, **self.telegram.markup(params)})
        return message

    async def do_deletemessage(self, params: dict[str, Any]) -> bool:
        """Take a message back."""
        person = self.telegram.reachable(params.get("chat_id"))
        message = self.telegram.find(person, params.get("message_id"), "delete")
        if self.telegram.clock() - message["date"] >= DELETABLE_SECONDS:
            raise ApiError(400, "Bad Request: message can't be deleted")
        self.telegram.chats[person.id].remove(message)
        self.telegram.changed(person.id)
        return True

    async def do_deletemessages(self, params: dict[str, Any]) -> bool:
        """Take messages away together, hers too; what is not there is passed over."""
        person = self.telegram.reachable(params.get("chat_id"))
        numbers = {int(number) for number in params.get("message_ids") or ()}
        if not 1 <= len(numbers) <= MOST_DELETED:
            raise ApiError(400, "Bad Request: message identifiers are not specified or too many")
        chat = self.telegram.chats[person.id]
        gone = [message for message in chat if message["message_id"] in numbers]
        if any(self.telegram.clock() - m["date"] >= DELETABLE_SECONDS for m in gone):
            raise ApiError(400, "Bad Request: message can't be deleted")
        for message in gone:
            chat.remove(message)
        self.telegram.changed(person.id)
        return True

    async def do_answercallbackquery(self, params: dict[str, Any]) -> bool:
        """Stop a button's spinner."""
        self.telegram.answer_query(
            str(params.get("callback_query_id")), str(params.get("text") or "")
        )
        return True

    async def do_answerinlinequery(self, params: dict[str, Any]) -> bool:
        """Show what was found for a search."""
        self.telegram.answer_search(params)
        return True

    async def do_sendchataction(self, params: dict[str, Any]) -> bool:
        """Show that the bot is typing."""
        self.telegram.reachable(params.get("chat_id"))
        return True

    # About the bot

    async def do_setmycommands(self, params: dict[str, Any]) -> bool:
        """Set the command menu, for everyone, a language or one chat."""
        scope = params.get("scope") or {}
        key = f"{scope.get('chat_id', '')}:{params.get('language_code') or ''}"
        self.telegram.commands[key] = list(params.get("commands") or [])
        return True

    async def do_deletemycommands(self, params: dict[str, Any]) -> bool:
        """Take a command menu back; the chat falls back to what everybody has."""
        scope = params.get("scope") or {}
        key = f"{scope.get('chat_id', '')}:{params.get('language_code') or ''}"
        self.telegram.commands.pop(key, None)
        return True

    async def do_getmycommands(self, params: dict[str, Any]) -> list[dict[str, str]]:
        """Return the command menu."""
        scope = params.get("scope") or {}
        key = f"{scope.get('chat_id', '')}:{params.get('language_code') or ''}"
        return self.telegram.commands.get(key, [])

    async def do_setmydescription(self, _params: dict[str, Any]) -> bool:
        """Set what an empty chat shows."""
        return True

    async def do_setmyshortdescription(self, _params: dict[str, Any]) -> bool:
        """Set what the profile shows."""
        return True

    async def do_getchat(self, params: dict[str, Any]) -> dict[str, Any]:
        """Return a chat."""
        person = self.telegram.reachable(params.get("chat_id"))
        return {**person.chat(), "accent_color_id": 0, "max_reaction_count": 11}

    async def do_getfile(self, params: dict[str, Any]) -> dict[str, Any]:
        """Return where a file can be fetched."""
        file_id = str(params.get("file_id"))
        if file_id not in self.telegram.files:
            raise ApiError(400, "Bad Request: invalid file_id")
        size = len(self.telegram.files[file_id][1])
        return {"file_id": file_id, "file_unique_id": file_id, "file_size": size,
                "file_path": file_id}  # fmt: skip


async def deliver_by_webhook(telegram: Telegram) -> None:
    """Post updates to the webhook in order, until it takes them, while one is set."""
    client = AsyncHTTPClient()
    while True:
        if not (telegram.webhook.get("url") and telegram.updates):
            telegram.arrived.clear()
            await telegram.arrived.wait()
            continue
        headers = {"Content-Type": "application/json"}
        if telegram.webhook["secret"]:
            headers["X-Telegram-Bot-Api-Secret-Token"] = telegram.webhook["secret"]
        update = telegram.updates[0]
        try:
            await client.fetch(telegram.webhook["url"], method="POST", headers=headers,
                               body=json.dumps(update))  # fmt: skip
            if telegram.updates and telegram.updates[0] is update:
                telegram.updates.popleft()
        except (HTTPClientError, OSError):
            await asyncio.sleep(0.2)
