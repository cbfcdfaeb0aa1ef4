"""One person's chat with the bot on a stage: what she does, and what she sees.

What the bot says is looked up in `content/` by its key, in the language of who reads it: whoever
improves a sentence breaks no test. A placeholder in the words matches anything, unless the test
gives its value.
"""

import re
from typing import TYPE_CHECKING, Any

from bot.content.base import Tongue
from bot.demo import telegram_state
from bot.demo.people_api import MEDIA
from tests import said

if TYPE_CHECKING:
    from tests.stage import Stage

Message = dict[str, Any]
# How a message looked: its words and its buttons.
Look = tuple[object, ...]


class Chat:
    """What one person does, and what she sees: all that is new since she last did something."""

    def __init__(self, stage: "Stage", person: telegram_state.Person) -> None:
        self.id = person.id
        self.stage = stage
        self._person = person
        # message -> how it looked when she last did something
        self._seen: dict[int, Look] = {}

    # What she does

    async def send(self, text: str) -> int:
        """Write a message; return its id."""
        return await self._says({"text": text})

    async def sends(self, *bodies: Message) -> None:
        """Send messages of whatever kind, which reach the bot together."""
        self._remember()
        for body in bodies:
            self.stage.telegram.says(self._person, body)
        await self.stage.take_in()

    async def edits(self, body: Message) -> None:
        """Change what her newest message holds, whatever kind it is of."""
        self._remember()
        newest = [m for m in self.messages() if not m["from"]["is_bot"]][-1]
        newest.update(body, edit_date=newest["date"] + 1)
        await self.stage.push({"edited_message": newest})

    async def send_media(self, kind: str, caption: str = "") -> int:
        """Send a photo, voice, sticker, contact, location or document."""
        return await self._says(MEDIA[kind] | ({"caption": caption} if caption else {}))

    async def send_picture(self, data: bytes, caption: str = "") -> int:
        """Send a photo that can be sent on."""
        file_id = self.stage.keep("photo.jpg", data)
        sizes = [{"file_id": file_id, "file_unique_id": file_id, "width": 800, "height": 600}]
        return await self._says({"photo": sizes} | ({"caption": caption} if caption else {}))

    async def forward(self, text: str) -> int:
        """Forward a text from somebody else."""
        origin = {"type": "hidden_user", "sender_user_name": "X", "date": 1}
        return await self._says({"text": text, "forward_origin": origin})

    async def edit(self, message_id: int, text: str) -> None:
        """Edit a message of one's own."""
        self._remember()
        (message,) = (m for m in self.messages() if m["message_id"] == message_id)
        message.update(text=text, edit_date=message["date"] + 1)
        await self.stage.push({"edited_message": message})

    async def search(self, text: str) -> dict[str, Any] | None:
        """Search after the bot's name in some other chat; return what is shown, if anything."""
        self._remember()
        query_id = self.stage.telegram.searches(self._person, text)
        await self.stage.take_in()
        return self.stage.telegram.found.get(query_id)

    async def sends_found(self, text: str) -> None:
        """Search, and send the first that is found into the chat with the bot."""
        self._remember()
        query_id = self.stage.telegram.searches(self._person, text)
        await self.stage.take_in()
        first = self.stage.telegram.found[query_id]["results"][0]["id"]
        self.stage.telegram.sends_found(self._person, query_id, first)
        await self.stage.take_in()

    async def block(self, blocked: bool = True) -> None:
        """Block or unblock the bot."""
        self._remember()
        self.stage.telegram.blocks(self._person, blocked)
        await self.stage.take_in()

    async def tap(self, key: str, /, **values: object) -> str:
        """Tap the newest button with the words of a key; return what pops up."""
        return await self._tap(said.label(self._pattern(key, None, values)), key)

    async def tap_words(self, words: str) -> str:
        """Tap the newest button whose label has words that are not of the locales."""
        return await self._tap(re.compile(f".*{re.escape(words)}.*", re.DOTALL), words)

    async def tap_data(self, data: str) -> str:
        """Tap the newest button that sends exactly this."""
        for message in reversed(self.messages()):
            if any(data == sends for _, sends in buttons_of(message)):
                return await self._press(message, data)
        raise AssertionError(f"no button sends “{data}” in:\n{self.transcript()}")

    async def forge(self, data: str) -> str:
        """Send callback data that no button has, as a forger would; return what pops up."""
        newest = next(m for m in reversed(self.messages()) if m["from"]["is_bot"])
        return await self._press(newest, data)

    async def _says(self, body: Message) -> int:
        self._remember()
        message = self.stage.telegram.says(self._person, body)
        await self.stage.take_in()
        return int(message["message_id"])

    async def _tap(self, label: re.Pattern[str], asked: str) -> str:
        for message in reversed(self.messages()):
            for text, data in buttons_of(message):
                if label.fullmatch(text):
                    return await self._press(message, data)
        raise AssertionError(f"no button “{asked}” in:\n{self.transcript()}")

    async def _press(self, message: Message, data: str) -> str:
        self._remember()
        query_id = self.stage.telegram.taps(self._person, message, data)
        await self.stage.take_in()
        return self.stage.telegram.toasts.get(query_id, "")

    def _remember(self) -> None:
        self._seen = {m["message_id"]: _look(m) for m in self.messages()}

    # What she sees

    def sees(self, key: str, tongue: Tongue | None = None, /, **values: object) -> Message:
        """Return the newest message that says the words of a key; fail where none does."""
        return self._sees(re.compile(self._pattern(key, tongue, values), re.DOTALL), key)

    def sees_words(self, words: str) -> Message:
        """Return the newest message with words that are not of the locales."""
        return self._sees(re.compile(re.escape(words)), words)

    def does_not_see(self, key: str, tongue: Tongue | None = None, /, **values: object) -> None:
        """Fail where something new says the words of a key."""
        self._does_not_see(re.compile(self._pattern(key, tongue, values), re.DOTALL), key)

    def does_not_see_words(self, words: str) -> None:
        """Fail where something new has these words."""
        self._does_not_see(re.compile(re.escape(words)), words)

    def _sees(self, words: re.Pattern[str], asked: str) -> Message:
        for message in reversed(self.news()):
            if words.search(text_of(message)):
                return message
        raise AssertionError(f"“{asked}” is not said in:\n{self.transcript()}")

    def _does_not_see(self, words: re.Pattern[str], asked: str) -> None:
        if any(words.search(text_of(message)) for message in self.news()):
            raise AssertionError(f"“{asked}” is said in:\n{self.transcript()}")

    def was_shown(self) -> set[str]:
        """Return what all the buttons in her chat send."""
        return {data for message in self.messages() for _, data in buttons_of(message)}

    def forgets(self) -> None:
        """Take all that the bot said so far as seen."""
        self._remember()

    def had_seen(self) -> dict[int, Look]:
        """Return how all looked when she last did something."""
        return self._seen

    def has_seen(self, looks: dict[int, Look]) -> None:
        """Take this as seen, and no more."""
        self._seen = looks

    def news(self) -> list[Message]:
        """Return what the bot said, new or edited since she last did something."""
        return [
            message
            for message in self.messages()
            if message["from"]["is_bot"]
            and _look(message) != self._seen.get(message["message_id"])
        ]

    def said(self) -> str:
        """Return all the words of what is new, one after the other."""
        return "".join(text_of(message) for message in self.news())

    def messages(self) -> list[Message]:
        """Return the whole chat."""
        return self.stage.telegram.chats[self.id]

    def words(self, key: str) -> str:
        """Return the words of a key that has no placeholders, in her language."""
        return self.stage.content.locales[self.stage.tongue(self.id)][key]

    def buttons(self) -> list[str]:
        """Return the labels of the buttons of the bot's newest message."""
        newest = [m for m in self.messages() if m["from"]["is_bot"]][-1:]
        return [button["text"] for message in newest for button in keys_of(message)]

    def offers(self, key: str, /, **values: object) -> bool:
        """Tell whether the bot's newest message has a button with the words of a key."""
        label = said.label(self._pattern(key, None, values))
        return any(label.fullmatch(shown) for shown in self.buttons())

    def opens(self, key: str, /, **values: object) -> str:
        """Return the page that the newest button with the words of a key opens."""
        return str(self._key(key, "url", values))

    def copies(self, key: str, /, **values: object) -> str:
        """Return what the newest button with the words of a key copies."""
        return str(self._key(key, "copy_text", values)["text"])

    def _key(self, key: str, does: str, values: dict[str, object]) -> Any:
        label = said.label(self._pattern(key, None, values))
        for message in reversed(self.messages()):
            for button in keys_of(message):
                if label.fullmatch(button["text"]) and does in button:
                    return button[does]
        raise AssertionError(f"no button “{key}” with {does} in:\n{self.transcript()}")

    def commands(self) -> list[str]:
        """Return the commands of a menu of her own; none where she has what everybody has."""
        return [c["command"] for c in self.stage.telegram.commands.get(f"{self.id}:", [])]

    def transcript(self) -> str:
        """Return the chat as readable text."""
        lines = []
        for message in self.messages():
            who = "bot" if message["from"]["is_bot"] else "me "
            lines.append(f"{who}: {text_of(message) or '(media)'}")
            lines.extend(f"     [{label}] {data}" for label, data in buttons_of(message))
        return "\n".join(lines)

    def _pattern(self, key: str, tongue: Tongue | None, values: dict[str, object]) -> str:
        content = self.stage.content
        return said.words(content, key, tongue or self.stage.tongue(self.id), **values)


def _look(message: Message) -> Look:
    return text_of(message), str(message.get("reply_markup"))


def text_of(message: Message) -> str:
    """Return the words of a message, or those under its picture."""
    return str(message.get("text") or message.get("caption") or "")


def keys_of(message: Message) -> list[dict[str, Any]]:
    """Return every button, as Telegram has it."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


def buttons_of(message: Message) -> list[tuple[str, str]]:
    """Return the label of each button that sends something, and what."""
    return [(b["text"], b["callback_data"]) for b in keys_of(message) if "callback_data" in b]
