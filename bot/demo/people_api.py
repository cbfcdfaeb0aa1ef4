"""The people's side over HTTP: what the chat page and the tests do as somebody."""

import asyncio
import json
from base64 import b64decode
from collections.abc import Callable
from typing import Any

from tornado.iostream import StreamClosedError
from tornado.web import HTTPError, RequestHandler

from bot.demo.page_words import page_words
from bot.demo.telegram_state import Fault, Person, Telegram

_FILE = {"file_id": "sent", "file_unique_id": "sent"}
MEDIA: dict[str, dict[str, Any]] = {
    "photo": {"photo": [{**_FILE, "width": 90, "height": 90}]},
    "voice": {"voice": {**_FILE, "duration": 3}},
    "sticker": {"sticker": {**_FILE, "type": "regular", "width": 512, "height": 512,
                            "is_animated": False, "is_video": False}},
    "contact": {"contact": {"phone_number": "+855 12 000 000", "first_name": "A"}},
    "location": {"location": {"longitude": 104.9, "latitude": 11.5}},
    "document": {"document": {**_FILE, "file_name": "a.pdf"}},
}  # fmt: skip


class PeopleApi(RequestHandler):
    """Answers /demo/api/<action>; JSON in, JSON out."""

    def initialize(self, telegram: Telegram) -> None:
        """Take the world."""
        self.telegram = telegram

    def get(self, action: str) -> None:
        """Read: people, chat, calls, what was found or said, the bot's name, the page's words."""
        person_id = self.get_query_argument("person", "0")
        if action == "people":
            result: Any = [self._person_row(p) for p in self.telegram.people.values()]
        elif action == "chat":
            person = self._person(person_id)
            result = {"messages": self.telegram.chats[person.id],
                      "commands": self._commands(person)}  # fmt: skip
        elif action == "words":
            result = page_words().model_dump()
        elif action == "calls":
            result = list(self.telegram.calls)
        elif action == "toast":
            result = self.telegram.toasts.get(self.get_query_argument("query"), None)
        elif action == "bot":
            result = self.telegram.bot_user()["username"]
        elif action == "found":
            result = self.telegram.found.get(self.get_query_argument("query"), None)
        else:
            raise HTTPError(404)
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(result))

    def post(self, action: str) -> None:
        """Act as a person, or order how the server behaves."""
        told = json.loads(self.request.body or b"{}")
        act = getattr(self, f"act_{action}", None)
        if act is None:
            raise HTTPError(404)
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(act(told)))

    def _person(self, person_id: Any) -> Person:
        person = self.telegram.people.get(int(person_id))
        if person is None:
            raise HTTPError(404, "no such person")
        return person

    def _person_row(self, person: Person) -> dict[str, Any]:
        chat = self.telegram.chats[person.id]
        return {"id": person.id, "name": person.first_name, "role": person.role,
                "blocked": person.blocked, "count": len(chat)}  # fmt: skip

    def _commands(self, person: Person) -> list[dict[str, str]]:
        commands = self.telegram.commands
        return commands.get(f"{person.id}:") or commands.get(":") or []

    def act_person(self, told: dict[str, Any]) -> Any:
        """Add somebody."""
        person = Person(int(told["id"]), told.get("name", "Student"), told.get("role", "student"),
                        told.get("language_code", "km"))  # fmt: skip
        self.telegram.people[person.id] = person
        return self._person_row(person)

    def act_send(self, told: dict[str, Any]) -> Any:
        """Send a text."""
        return self.telegram.says(self._person(told["person"]), {"text": str(told["text"])})

    def act_media(self, told: dict[str, Any]) -> Any:
        """Send something that is not a text, with a caption or none."""
        body = dict(MEDIA[told["kind"]])
        if told.get("caption"):
            body["caption"] = told["caption"]
        return self.telegram.says(self._person(told["person"]), body)

    def act_picture(self, told: dict[str, Any]) -> Any:
        """Send a photo, given in base64, with a caption or none; several make an `album`."""
        file_id = self._keep(told, "photo.jpg")
        sizes = [{"file_id": file_id, "file_unique_id": file_id, "width": 800, "height": 600}]
        body: dict[str, Any] = {"photo": sizes}
        if told.get("caption"):
            body["caption"] = told["caption"]
        if told.get("album"):
            body["media_group_id"] = str(told["album"])
        return self.telegram.says(self._person(told["person"]), body)

    def act_file(self, told: dict[str, Any]) -> Any:
        """Send a file, given in base64, with a caption or none."""
        file_id = self._keep(told, "file")
        name, data = self.telegram.files[file_id]
        document = {"file_id": file_id, "file_unique_id": file_id, "file_name": name,
                    "file_size": len(data)}  # fmt: skip
        body: dict[str, Any] = {"document": document}
        if told.get("caption"):
            body["caption"] = told["caption"]
        return self.telegram.says(self._person(told["person"]), body)

    def _keep(self, told: dict[str, Any], name: str) -> str:
        """Keep what somebody sends, and return how it is called from now on."""
        world = self.telegram
        file_id = f"file{len(world.files) + 1}"
        world.files[file_id] = (str(told.get("name", name)), b64decode(told["data"]))
        return file_id

    def act_forward(self, told: dict[str, Any]) -> Any:
        """Forward a text from somebody else."""
        origin = {"type": "hidden_user", "sender_user_name": "X", "date": 1}
        body = {"text": str(told["text"]), "forward_origin": origin}
        return self.telegram.says(self._person(told["person"]), body)

    def act_edit(self, told: dict[str, Any]) -> Any:
        """Edit a message one has sent."""
        person = self._person(told["person"])
        for message in self.telegram.chats[person.id]:
            if message["message_id"] == told["message_id"] and not message["from"]["is_bot"]:
                message.update(text=str(told["text"]), edit_date=message["date"] + 1)
                self.telegram.push({"edited_message": message})
                return message
        raise HTTPError(404)

    def act_tap(self, told: dict[str, Any]) -> Any:
        """Tap a button, by its data or its label, in the newest message that has it."""
        person = self._person(told["person"])
        for message in reversed(self.telegram.chats[person.id]):
            if "message_id" in told and message["message_id"] != told["message_id"]:
                continue
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    data = button.get("callback_data")
                    if data and (
                        told.get("data") == data
                        or (told.get("label") and told["label"] in button["text"])
                    ):
                        return self.telegram.taps(person, message, data)
        raise HTTPError(404, "no such button")

    def act_forge(self, told: dict[str, Any]) -> Any:
        """Send callback data that no button has, as a forger would."""
        person = self._person(told["person"])
        message = next(m for m in reversed(self.telegram.chats[person.id]) if m["from"]["is_bot"])
        return self.telegram.taps(person, message, str(told["data"]))

    def act_search(self, told: dict[str, Any]) -> Any:
        """Search after the bot's name, as one can in any chat."""
        return self.telegram.searches(self._person(told["person"]), str(told["text"]))

    def act_choose(self, told: dict[str, Any]) -> Any:
        """Send something that was found into one's chat with the bot."""
        person, query = self._person(told["person"]), str(told["query"])
        try:
            return self.telegram.sends_found(person, query, str(told["result"]))
        except LookupError:
            raise HTTPError(404, "nothing of that was found") from None

    def act_block(self, told: dict[str, Any]) -> Any:
        """Block or unblock the bot."""
        self.telegram.blocks(self._person(told["person"]), bool(told["blocked"]))

    def act_deactivate(self, told: dict[str, Any]) -> Any:
        """Delete one's account."""
        self._person(told["person"]).deactivated = True

    def act_update(self, told: dict[str, Any]) -> Any:
        """Queue a raw update, however malformed."""
        return self.telegram.push(told)

    def act_fault(self, told: dict[str, Any]) -> Any:
        """Order an error for the next calls of a method."""
        self.telegram.faults.append(Fault(**told))

    def act_limits(self, told: dict[str, Any]) -> Any:
        """Set flood limits."""
        self.telegram.chat_interval = float(told.get("chat_interval", 0))
        self.telegram.per_second = int(told.get("per_second", 0))


class Events(RequestHandler):
    """Tells the page which chat changed, as server-sent events."""

    def initialize(self, listeners: set[Callable[[int], None]]) -> None:
        """Take the set of those who listen."""
        self.listeners = listeners

    async def get(self) -> None:
        """Stream until the page is closed."""
        self.set_header("Content-Type", "text/event-stream")
        self.set_header("Cache-Control", "no-store")
        changed: asyncio.Queue[int] = asyncio.Queue()
        self.listeners.add(changed.put_nowait)
        try:
            await self.flush()
            while True:
                try:
                    chat = await asyncio.wait_for(changed.get(), 15)
                    self.write(f"data: {chat}\n\n")
                except TimeoutError:
                    self.write(": still here\n\n")
                await self.flush()
        except (StreamClosedError, asyncio.CancelledError):
            # The page was closed, or the demo ends while it is open.
            return
        finally:
            self.listeners.discard(changed.put_nowait)
