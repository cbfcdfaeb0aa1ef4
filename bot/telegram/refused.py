"""What Telegram refuses, in a phrase of ours: its own text may quote the message it refuses."""

from telegram.error import TelegramError

# As they stand in its texts, in small letters.
_PHRASES = (
    "chat not found",
    "user is deactivated",
    "bot was blocked by the user",
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
