"""What Telegram refuses, in a phrase of ours: its own text may quote the message it refuses."""

from telegram.error import Forbidden, TelegramError

from bot.people.tables import Reachability

# Whom nothing can reach, said with status 403 or 400: the account is gone or was never there, or
# its owner has stopped the bot.
_GONE = (
    "chat not found",
    "user is deactivated",
    "user_deactivated",
    "user_is_deactivated",
    "peer_id_invalid",
)
_BLOCKED = ("user_is_blocked", "bot was blocked by the user")
# As they stand in its texts, in small letters.
_PHRASES = (
    *_GONE,
    *_BLOCKED,
    "bot was kicked",
    "bot can't initiate conversation",
    "have no rights to send a message",
    "not enough rights",
    "group chat was upgraded to a supergroup chat",
    "message is too long",
    "caption is too long",
    "message text is empty",
    "can't parse entities",
    "message is not modified",
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message identifier is not specified",
    "there is no text in the message to edit",
    "there is no caption in the message to edit",
    "message to delete not found",
    "message can't be deleted",
    "button_data_invalid",
    "wrong file identifier",
    "invalid file_id",
    "file must be non-empty",
    "file is too big",
    "photo_invalid_dimensions",
    "image_process_failed",
    "bot_command_invalid",
    "query is too old",
    "result_id_duplicate",
    "start_param_invalid",
    "button_url_invalid",
    "button_copy_text_invalid",
    "bad webhook",
    "too many requests",
    "unauthorized",
)


def phrase(error: TelegramError) -> str:
    """Return why Telegram refused: one of the known phrases, or the kind of the error."""
    text = error.message.lower()
    return next((known for known in _PHRASES if known in text), type(error).__name__)


def unreachable(error: TelegramError) -> Reachability | None:
    """Return what keeps every message from a person, if that is why Telegram refused."""
    text = error.message.lower()
    if any(why in text for why in _GONE):
        return Reachability.DEACTIVATED
    blocked = isinstance(error, Forbidden) or any(why in text for why in _BLOCKED)
    return Reachability.BLOCKED if blocked else None
