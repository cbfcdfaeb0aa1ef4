"""What an update says, freed from Telegram's types."""

from dataclasses import dataclass
from typing import Any, Literal

from telegram import Message, Update
from telegram.constants import ChatType

Kind = Literal["text", "edited", "media", "button", "left", "returned", "elsewhere"]

_MEDIA = (
    "photo", "sticker", "voice", "audio", "video", "video_note", "animation", "document",
    "contact", "location", "venue", "poll", "dice",
)  # fmt: skip


@dataclass(frozen=True)
class Heard:
    """One thing a person did. `text` is what she wrote, a caption included; never None.

    `picture` is Telegram's id of a photo; only who was asked for one looks at it.
    """

    kind: Kind
    person_id: int
    language_code: str | None = None
    text: str = ""
    media: str | None = None
    data: str = ""
    callback_id: str | None = None
    message_id: int | None = None
    picture: str | None = None

    @property
    def command(self) -> tuple[str, str] | None:
        """The command and its argument, when the text is one."""
        if self.kind != "text" or not self.text.startswith("/"):
            return None
        name, _, argument = self.text[1:].partition(" ")
        return name.partition("@")[0].lower(), argument.strip()


def hear(raw: dict[str, Any]) -> Heard | None:
    """Return what an update says; None when there is nothing to react to.

    Raises whatever python-telegram-bot raises for an update it cannot read.
    """
    update = Update.de_json(raw, None)
    if update.callback_query is not None:
        return _tap(update)
    if update.my_chat_member is not None:
        member = update.my_chat_member
        if member.chat.type != ChatType.PRIVATE:
            return None
        left = member.new_chat_member.status in ("kicked", "left")
        return Heard("left" if left else "returned", member.from_user.id)
    message = update.message or update.edited_message
    if message is None or message.from_user is None or message.from_user.is_bot:
        return None
    if message.chat.type != ChatType.PRIVATE:
        return _elsewhere(message)
    media = next((kind for kind in _MEDIA if getattr(message, kind)), None)
    text = message.text or message.caption or ""
    kind: Kind = "edited" if update.edited_message else "media" if media else "text"
    if not text and not media:
        return None
    return Heard(
        kind, message.from_user.id, message.from_user.language_code, text, media,
        message_id=message.message_id,
        picture=message.photo[-1].file_id if message.photo else None,
    )  # fmt: skip


def _tap(update: Update) -> Heard | None:
    query = update.callback_query
    if query is None or query.message is None or query.message.chat.type != ChatType.PRIVATE:
        return None
    if query.message.chat.id != query.from_user.id:
        return None
    return Heard(
        "button", query.from_user.id, query.from_user.language_code, data=query.data or "",
        callback_id=query.id, message_id=query.message.message_id,
    )  # fmt: skip


def _elsewhere(message: Message) -> Heard | None:
    """Return a command given in a group, which is answered with where to find the bot."""
    if not (message.text or "").startswith("/start"):
        return None
    return Heard("elsewhere", message.chat.id, text=message.text or "")
