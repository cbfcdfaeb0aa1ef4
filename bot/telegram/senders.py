"""How each kind of message is sent; when it is sent and how often is the courier's."""

import asyncio
import contextlib
import io
import json
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from hashlib import sha256

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.queues.messages import (
    Commands,
    Delete,
    DeleteMany,
    Document,
    Drawing,
    Edit,
    EditCaption,
    Outgoing,
    Picture,
    Text,
)
from bot.screens.drawing import Drawer, Recipe
from bot.screens.screen import Address, Button, Copied, Rows

HTML = ParseMode.HTML
# What a page looks like would push her answer off a small screen, and costs data.
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
# So many pictures are not drawn again while the bot runs.
MOST_KEPT = 500
_NO_FILE = "file identifier"
_UNCHANGED = "message is not modified"
_UNEDITABLE = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message identifier is not specified",
    "there is no text in the message to edit",
)

# Waits until one more call may leave to a chat, and counts it.
InPace = Callable[[int], AbstractAsyncContextManager[None]]


class Sender:
    """Sends one message to one chat, now."""

    def __init__(self, bot: Bot, draw: Drawer, in_pace: InPace) -> None:
        self._bot = bot
        self._draw = draw
        self._in_pace = in_pace
        # One picture at a time: a small server has one core and little memory.
        self._drawing = asyncio.Lock()
        # what was drawn -> the file that Telegram has of it, the newest last
        self._sent: dict[str, str] = {}

    async def send(self, chat_id: int, message: Outgoing, *, renew: bool) -> int | None:
        """Send a message and return its id in the chat, if it has one; raises TelegramError.

        An edit that changes nothing is done; one that cannot be made comes as a new message
        where `renew` says so.
        """
        try:
            sent = await self._send(chat_id, message)
        except BadRequest as error:
            text = error.message.lower()
            if _UNCHANGED in text:
                return None
            lost = any(why in text for why in _UNEDITABLE)
            if not (renew and lost and isinstance(message, Edit)):
                raise
            sent = await self._text(chat_id, Text(message.text, message.rows))
        return sent.message_id if isinstance(sent, Message) else None

    async def _send(self, chat_id: int, message: Outgoing) -> Message | bool:
        match message:
            case Text():
                return await self._text(chat_id, message)
            case Edit():
                return await self._edit(chat_id, message)
            case EditCaption():
                return await self._edit_caption(chat_id, message)
            case Delete():
                return await self._bot.delete_message(chat_id, message.message_id)
            case DeleteMany():
                return await self._delete_many(chat_id, message)
            case Picture():
                return await self._picture(chat_id, message)
            case Drawing():
                return await self._drawn(chat_id, message)
            case Document():
                return await self._document(chat_id, message)
            case Commands():
                return await self._commands(chat_id, message)

    async def _text(self, chat_id: int, message: Text) -> Message:
        return await self._bot.send_message(
            chat_id, message.text, parse_mode=HTML, reply_markup=markup(message.rows),
            disable_notification=message.silent or None,
            link_preview_options=NO_PREVIEW,
        )  # fmt: skip

    async def _edit(self, chat_id: int, message: Edit) -> Message | bool:
        return await self._bot.edit_message_text(
            message.text, chat_id, message.message_id, parse_mode=HTML,
            reply_markup=markup(message.rows), link_preview_options=NO_PREVIEW,
        )  # fmt: skip

    async def _edit_caption(self, chat_id: int, message: EditCaption) -> Message | bool:
        return await self._bot.edit_message_caption(
            chat_id, message.message_id, caption=message.caption, parse_mode=HTML,
            reply_markup=markup(message.rows),
        )  # fmt: skip

    async def _delete_many(self, chat_id: int, message: DeleteMany) -> bool:
        """Take messages away together; where Telegram will not, each that it lets go."""
        try:
            return await self._bot.delete_messages(chat_id, message.message_ids)
        except BadRequest:
            for number in message.message_ids:
                # One that is gone already, or too old, must not keep the others there.
                with contextlib.suppress(BadRequest):
                    async with self._in_pace(chat_id):
                        await self._bot.delete_message(chat_id, number)
            return True

    async def _picture(self, chat_id: int, message: Picture) -> Message:
        return await self._bot.send_photo(
            chat_id, message.file_id, message.caption, parse_mode=HTML,
            reply_markup=markup(message.rows), disable_notification=message.silent or None,
        )  # fmt: skip

    async def _drawn(self, chat_id: int, message: Drawing) -> Message:
        """Send a picture that was sent before by its file: it is drawn and uploaded once."""
        recipe = _name_of(message.recipe)
        if file_id := self._sent.get(recipe):
            try:
                return await self._picture(
                    chat_id, Picture(file_id, message.caption, message.rows)
                )
            except BadRequest as error:
                if _NO_FILE not in error.message.lower():
                    raise
                del self._sent[recipe]
        async with self._drawing:
            picture = io.BytesIO(await asyncio.to_thread(self._draw, message.recipe))
        picture.name = "card.png"
        sent = await self._bot.send_photo(
            chat_id, picture, message.caption, parse_mode=HTML, reply_markup=markup(message.rows)
        )
        self._sent[recipe] = sent.photo[-1].file_id
        while len(self._sent) > MOST_KEPT:
            del self._sent[next(iter(self._sent))]
        return sent

    async def _document(self, chat_id: int, message: Document) -> Message:
        file = io.BytesIO(message.content)
        file.name = message.name
        return await self._bot.send_document(chat_id, file, message.caption, parse_mode=HTML)

    async def _commands(self, chat_id: int, message: Commands) -> bool:
        scope = BotCommandScopeChat(chat_id)
        if not message.commands:
            return await self._bot.delete_my_commands(scope)
        commands = [BotCommand(name, words) for name, words in message.commands]
        return await self._bot.set_my_commands(commands, scope)


def _name_of(recipe: Recipe) -> str:
    """Return a name for what is drawn, which does not tell what it shows."""
    return sha256(json.dumps(recipe, sort_keys=True).encode()).hexdigest()


def markup(rows: Rows) -> InlineKeyboardMarkup | None:
    """Return the inline keyboard of a screen's rows; none for no rows."""
    if not rows:
        return None
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in rows])


def _button(button: Button) -> InlineKeyboardButton:
    match button.data:
        case Address():
            return InlineKeyboardButton(button.label, url=button.data)
        case Copied():
            return InlineKeyboardButton(button.label, copy_text=CopyTextButton(button.data))
    return InlineKeyboardButton(button.label, callback_data=button.data)
