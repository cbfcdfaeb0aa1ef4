"""What the soak sees of the chats: who was answered, what was said twice without a reason."""

import asyncio
from collections import defaultdict
from typing import Any

from bot.demo.telegram_state import Person, Telegram

Message = dict[str, Any]


class Watch:
    """Looks at every chat of an emulated Telegram as it changes."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram
        # what the bot said twice while nobody did anything in between
        self.again = 0
        self._length: dict[int, int] = defaultdict(int)
        self._said: dict[int, object] = {}
        self._waits: dict[int, asyncio.Future[None]] = {}
        telegram.changed = self._changed

    def acts(self, person: Person) -> asyncio.Future[None]:
        """Expect that the bot does something in a chat from now on."""
        self._said.pop(person.id, None)
        self._waits[person.id] = asyncio.get_running_loop().create_future()
        return self._waits[person.id]

    def _changed(self, chat_id: int) -> None:
        chat = self.telegram.chats[chat_id]
        grown = len(chat) > self._length[chat_id]
        self._length[chat_id] = len(chat)
        if grown and not chat[-1]["from"]["is_bot"]:
            return
        if grown:
            looks = (
                chat[-1].get("text"),
                chat[-1].get("caption"),
                repr(chat[-1].get("reply_markup")),
            )
            self.again += self._said.get(chat_id) == looks
            self._said[chat_id] = looks
        waiting = self._waits.pop(chat_id, None)
        if waiting is not None and not waiting.done():
            waiting.set_result(None)

    def unanswered(self) -> set[int]:
        """Return in whose chats the bot has done nothing since something was expected."""
        return set(self._waits)

    def lets_go(self, person: Person) -> None:
        """Expect nothing any more: what she did needs no answer, or cannot have one."""
        self._waits.pop(person.id, None)


def buttons(chat: list[Message]) -> list[tuple[Message, str]]:
    """Return the buttons of the last screens in a chat, each with its message."""
    last = [one for one in chat[-12:] if one["from"]["is_bot"] and "reply_markup" in one][-3:]
    return [
        (message, button["callback_data"])
        for message in last
        for row in message["reply_markup"].get("inline_keyboard", [])
        for button in row
        if "callback_data" in button
    ]
