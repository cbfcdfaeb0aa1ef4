"""What an update says, freed from Telegram's types."""

from typing import Any

from telegram import Message, Update
from telegram.constants import ChatType

from bot.incoming import Incoming, Kind
from bot.settings import BEYOND_IDS

_MEDIA = (
    "photo", "sticker", "voice", "audio", "video", "video_note", "animation", "document",
    "contact", "location", "venue", "poll", "dice",
)  # fmt: skip


def hear(raw: dict[str, Any], bot: str = "") -> Incoming | None:
    """Return what an update says to a bot, by its user name; None for nothing to react to.

    Raises whatever python-telegram-bot raises for an update it cannot read.
    """
    heard = _heard(raw, bot)
    if heard is None or not is_id(abs(heard.person_id)):
        return None
    return heard if heard.message_id is None or is_id(heard.message_id) else None


def is_id(number: object) -> bool:
    """Return whether there can be such an id; what is none would not fit into the database."""
    return type(number) is int and 0 < number < BEYOND_IDS


def _heard(raw: dict[str, Any], bot: str) -> Incoming | None:
    update = Update.de_json(raw, None)
    if update.callback_query is not None:
        return _tap(update)
    if update.my_chat_member is not None:
        member = update.my_chat_member
        if member.chat.type != ChatType.PRIVATE:
            return None
        left = member.new_chat_member.status in ("kicked", "left")
        return Incoming("left" if left else "returned", member.from_user.id)
    message = update.message or update.edited_message
    if message is None or message.from_user is None or message.from_user.is_bot:
        return None
    if message.via_bot is not None and message.via_bot.username == bot:
        # She sent here what she found by searching: these are the bot's own words.
        return None
    if message.chat.type != ChatType.PRIVATE:
        return _elsewhere(message)
    if message.chat.id != message.from_user.id:
        return None
    media = next((kind for kind in _MEDIA if getattr(message, kind)), None)
    text = whole(message.text or message.caption or "")
    kind: Kind = "edited" if update.edited_message else "media" if media else "text"
    if not text and not media:
        return None
    return Incoming(
        kind, message.from_user.id, message.from_user.language_code, text, media,
        message_id=message.message_id,
        picture=message.photo[-1].file_id if message.photo else None,
    )  # fmt: skip


def _tap(update: Update) -> Incoming | None:
    query = update.callback_query
    if query is None or query.message is None or query.message.chat.type != ChatType.PRIVATE:
        return None
    if query.message.chat.id != query.from_user.id:
        return None
    return Incoming(
        "button", query.from_user.id, query.from_user.language_code, data=whole(query.data or ""),
        callback_id=query.id, message_id=query.message.message_id,
    )  # fmt: skip


def whole(text: str) -> str:
    """Return a text in which each half of a character is a �: it could not be stored."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _elsewhere(message: Message) -> Incoming | None:
    """Return a command given in a group, which is answered with where to find the bot."""
    if not (message.text or "").startswith("/start"):
        return None
    return Incoming("elsewhere", message.chat.id, text=message.text or "")
