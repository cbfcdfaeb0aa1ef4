"""What an update says, freed from Telegram's types."""

from typing import Any

from telegram import Message, Update
from telegram.constants import ChatType

from bot.incoming import Incoming, Kind, whole
from bot.settings import BEYOND_IDS

# What is read of a message: where it stands, and what it says.
_PLACE = ("message_id", "date", "chat")
_READ = (*_PLACE, "from", "text", "caption", "photo", "media_group_id", "via_bot")
_ANSWERED = "reply_to_message"
_MEDIA = (
    "photo", "sticker", "voice", "audio", "video", "video_note", "animation", "document",
    "contact", "location", "venue", "poll", "dice", "game", "story", "checklist", "paid_media",
    "live_photo", "gift", "unique_gift", "giveaway", "giveaway_winners", "invoice",
)  # fmt: skip
# What Telegram tells of the chat itself: nobody has sent it, and nothing is said to it.
_HAPPENED = (
    "boost_added", "channel_chat_created", "chat_background_set", "chat_owner_changed",
    "chat_owner_left", "chat_shared", "checklist_tasks_added", "checklist_tasks_done",
    "connected_website", "delete_chat_photo", "direct_message_price_changed",
    "forum_topic_closed", "forum_topic_created", "forum_topic_edited", "forum_topic_reopened",
    "general_forum_topic_hidden", "general_forum_topic_unhidden", "gift_upgrade_sent",
    "giveaway_completed", "giveaway_created", "group_chat_created", "left_chat_member",
    "managed_bot_created", "message_auto_delete_timer_changed", "migrate_from_chat_id",
    "migrate_to_chat_id", "new_chat_members", "new_chat_photo", "new_chat_title",
    "paid_message_price_changed", "passport_data", "pinned_message", "poll_option_added",
    "poll_option_deleted", "proximity_alert_triggered", "refunded_payment",
    "successful_payment", "suggested_post_approval_failed", "suggested_post_approved",
    "suggested_post_declined", "suggested_post_paid", "suggested_post_refunded",
    "supergroup_chat_created", "users_shared", "video_chat_ended",
    "video_chat_participants_invited", "video_chat_scheduled", "video_chat_started",
    "web_app_data", "write_access_allowed",
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
    update = Update.de_json(_read_of(raw), None)
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
    edited = update.edited_message is not None
    holds = raw["edited_message" if edited else "message"]
    text = whole(message.text or message.caption or "")
    media = next((kind for kind in _MEDIA if kind in holds), None)
    if not text and media is None:
        if any(name in holds for name in _HAPPENED):
            return None
        # Sent by her, and of a kind that is newer than this bot.
        media = "other"
    if edited and not text:
        # Another picture, or one of the many movements of a place: nothing that can be read.
        return None
    kind: Kind = "edited" if edited else "media" if media else "text"
    return Incoming(
        kind, message.from_user.id, message.from_user.language_code, text, media,
        message_id=message.message_id,
        picture=message.photo[-1].file_id if message.photo else None,
        album=message.media_group_id,
        replies_to=_answered(message),
    )  # fmt: skip


def _answered(message: Message) -> int | None:
    """Return the number of the message that one answers, if it is one of this chat."""
    answered = message.reply_to_message
    if answered is None or answered.chat.id != message.chat.id:
        return None
    return answered.message_id if is_id(answered.message_id) else None


def _read_of(raw: dict[str, Any]) -> dict[str, Any]:
    """Return an update without what nobody here looks into.

    The library refuses a whole message for a poll or a game of another release of Telegram's.
    """
    read = dict(raw)
    for name in ("message", "edited_message"):
        if isinstance(read.get(name), dict):
            message = {part: read[name][part] for part in _READ if part in read[name]}
            answered = read[name].get(_ANSWERED)
            if isinstance(answered, dict):
                message[_ANSWERED] = _place_of(answered)
            read[name] = message
    tap = read.get("callback_query")
    if isinstance(tap, dict) and isinstance(tap.get("message"), dict):
        read["callback_query"] = tap | {"message": _place_of(tap["message"])}
    return read


def _place_of(message: dict[str, Any]) -> dict[str, Any]:
    return {part: message[part] for part in _PLACE if part in message}


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


def _elsewhere(message: Message) -> Incoming | None:
    """Return a command given in a group, which is answered with where to find the bot."""
    if not (message.text or "").startswith("/start"):
        return None
    return Incoming("elsewhere", message.chat.id, text=message.text or "")
