"""Each kind of message arrives as what it is, and an edit that cannot be made is not lost."""

from collections.abc import AsyncIterator
from contextlib import nullcontext
from typing import Any

import pytest
from telegram.error import BadRequest

from bot.app import make_bot
from bot.demo.server import DemoServer
from bot.demo.telegram_state import Fault
from bot.queues.messages import (
    Commands,
    Delete,
    Document,
    Drawing,
    Edit,
    EditCaption,
    Outgoing,
    Picture,
    Text,
)
from bot.screens.screen import Address, Button, Copied, Html
from bot.settings import Settings
from bot.telegram.senders import Sender
from handlers import doors
from tests.stage import STUDENT, TOKEN

HOME = ((Button("Home", doors.HOME()),),)
KEYBOARD = {"inline_keyboard": [[{"text": "Home", "callback_data": "go:home"}]]}
GONE = "Bad Request: message to edit not found"


@pytest.fixture
async def sender(server: DemoServer) -> AsyncIterator[Sender]:
    """The sender, against the embedded Bot API; it draws the name of a recipe."""
    bot = make_bot(Settings(bot_token=TOKEN, bot_api_url=server.root))
    await bot.initialize()
    yield Sender(bot, lambda recipe: recipe["draw"].encode(), lambda _: nullcontext())
    await bot.shutdown()


def _last_call(server: DemoServer) -> dict[str, Any]:
    return dict(server.telegram.calls[-1])


async def _send(sender: Sender, message: Outgoing, *, renew: bool = False) -> int | None:
    return await sender.send(STUDENT, message, renew=renew)


async def test_a_text_with_its_buttons(sender: Sender, server: DemoServer) -> None:
    number = await _send(sender, Text(Html("<b>Hi</b>"), HOME, silent=True))
    message = server.telegram.chats[STUDENT][-1]
    assert (message["message_id"], message["text"]) == (number, "Hi")
    assert message["reply_markup"] == KEYBOARD
    params = _last_call(server)["params"]
    assert str(params["disable_notification"]).lower() == "true"


async def test_a_plain_text_says_nothing_that_was_not_asked(
    sender: Sender, server: DemoServer
) -> None:
    await _send(sender, Text(Html("a")))
    params = _last_call(server)["params"]
    assert set(params) == {"chat_id", "text", "parse_mode", "link_preview_options"}


async def test_no_page_is_shown_below_what_names_it(sender: Sender, server: DemoServer) -> None:
    number = await _send(sender, Text(Html("https://example.org")))
    assert number is not None
    assert _last_call(server)["params"]["link_preview_options"] == {"is_disabled": True}
    await _send(sender, Edit(number, Html("https://example.org/2")))
    assert _last_call(server)["params"]["link_preview_options"] == {"is_disabled": True}


async def test_buttons_that_open_a_page_or_copy_words(sender: Sender, server: DemoServer) -> None:
    page, number = Address("https://example.org/?a=1&b=2"), Copied("1280")
    rows = ((Button("Page", page), Button("Copy", number)),)
    await _send(sender, Text(Html("a"), rows))
    assert server.telegram.chats[STUDENT][-1]["reply_markup"]["inline_keyboard"] == [
        [{"text": "Page", "url": page}, {"text": "Copy", "copy_text": {"text": number}}]
    ]


async def test_an_edit_and_its_end(sender: Sender, server: DemoServer) -> None:
    number = await _send(sender, Text(Html("a"), HOME))
    assert number is not None
    assert await _send(sender, Edit(number, Html("b"))) == number
    message = server.telegram.chats[STUDENT][-1]
    assert message["text"] == "b"
    assert "reply_markup" not in message
    assert await _send(sender, Edit(number, Html("b"))) is None  # not modified: done
    assert await _send(sender, Delete(number)) is None
    assert server.telegram.chats[STUDENT] == []


async def test_a_reply_that_cannot_be_edited_comes_anew_and_a_progress_bar_does_not(
    sender: Sender, server: DemoServer
) -> None:
    number = await _send(sender, Edit(999, Html("<i>b</i>"), HOME), renew=True)
    message = server.telegram.chats[STUDENT][-1]
    assert (message["message_id"], message["text"]) == (number, "b")
    assert message["reply_markup"] == KEYBOARD
    with pytest.raises(BadRequest, match="to edit not found"):
        await _send(sender, Edit(999, Html("b")))
    server.telegram.faults.append(Fault("editMessageCaption", 400, GONE))
    with pytest.raises(BadRequest):
        await _send(sender, EditCaption(999, Html("b")), renew=True)
    assert len(server.telegram.chats[STUDENT]) == 1


@pytest.mark.parametrize("why", ["MESSAGE_ID_INVALID", "message identifier is not specified"])
async def test_a_screen_whose_message_telegram_does_not_know_comes_anew(
    sender: Sender, server: DemoServer, why: str
) -> None:
    server.telegram.faults.append(Fault("editMessageText", 400, f"Bad Request: {why}"))
    assert await _send(sender, Edit(999, Html("b"), HOME), renew=True)
    assert server.telegram.chats[STUDENT][-1]["text"] == "b"


async def test_other_refusals_of_a_reply_are_told(sender: Sender, server: DemoServer) -> None:
    server.telegram.faults.append(Fault("editMessageText", 400, "Bad Request: chat not found"))
    with pytest.raises(BadRequest, match="hat not found"):
        await _send(sender, Edit(999, Html("b")), renew=True)


async def test_a_drawing_a_picture_by_its_id_and_another_caption(
    sender: Sender, server: DemoServer
) -> None:
    drawn = await _send(sender, Drawing({"draw": "figure", "rows": [[1]]}, Html("c"), HOME))
    message = server.telegram.chats[STUDENT][-1]
    assert message["message_id"] == drawn
    assert message["reply_markup"] == KEYBOARD
    file_id = message["photo"][-1]["file_id"]
    assert server.telegram.files[file_id] == ("card.png", b"figure")
    number = await _send(sender, Picture(file_id, Html("d"), HOME))
    assert number
    message = server.telegram.chats[STUDENT][-1]
    assert (message["photo"][-1]["file_id"], message["caption"]) == (file_id, "d")
    assert message["reply_markup"] == KEYBOARD
    assert await _send(sender, EditCaption(number, Html("e"))) == number
    assert server.telegram.chats[STUDENT][-1]["caption"] == "e"


async def test_the_same_picture_is_drawn_once_and_then_sent_by_its_file(
    sender: Sender, server: DemoServer
) -> None:
    for caption, recipe in (("a", "nurse"), ("b", "doctor"), ("c", "nurse")):
        await _send(sender, Drawing({"draw": "career_picture", "career": recipe}, Html(caption)))
    first, other, again = (m["photo"][-1]["file_id"] for m in server.telegram.chats[STUDENT])
    assert (first == again, first == other) == (True, False)
    assert server.telegram.chats[STUDENT][-1]["caption"] == "c"
    assert len(server.telegram.files) == 2


async def test_a_picture_whose_file_telegram_lost_is_drawn_anew(
    sender: Sender, server: DemoServer
) -> None:
    drawing = Drawing({"draw": "figure"}, Html("a"))
    await _send(sender, drawing)
    gone = "Bad Request: wrong file identifier/HTTP URL specified"
    server.telegram.faults.append(Fault("sendPhoto", 400, gone))
    await _send(sender, drawing)
    assert len(server.telegram.files) == 2


async def test_a_document_has_its_name(sender: Sender, server: DemoServer) -> None:
    await _send(sender, Document("bongsrey.json", b"{}", Html("f")))
    document = server.telegram.chats[STUDENT][-1]["document"]
    assert server.telegram.files[document["file_id"]] == ("bongsrey.json", b"{}")


async def test_a_menu_of_commands_is_set_and_taken_back(
    sender: Sender, server: DemoServer
) -> None:
    assert await _send(sender, Commands((("desk", "The desk"),))) is None
    call = _last_call(server)
    assert call["method"].lower() == "setmycommands"
    assert call["params"]["commands"] == [{"command": "desk", "description": "The desk"}]
    assert call["params"]["scope"] == {"type": "chat", "chat_id": STUDENT}
    await _send(sender, Commands())
    call = _last_call(server)
    assert call["method"].lower() == "deletemycommands"
    assert call["params"]["scope"] == {"type": "chat", "chat_id": STUDENT}
