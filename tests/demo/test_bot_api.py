"""The embedded Bot API is strict where Telegram is: seen through python-telegram-bot."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from telegram import (
    Bot,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
)
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter

from bot.demo.html_entities import EntityError, parse
from bot.demo.server import DemoServer
from tests.stage import STUDENT, TOKEN


@pytest.fixture
async def bot(server: DemoServer) -> AsyncIterator[Bot]:
    async with Bot(TOKEN, base_url=f"{server.root}/bot") as opened:
        yield opened


@pytest.mark.parametrize(
    ("html", "text", "kinds"),
    [
        ("<b>រៀន</b> IT", "រៀន IT", ["bold"]),
        ("a &lt;b&gt;", "a <b>", []),
        ("<b><i>x</i></b>", "x", ["bold", "italic"]),
        ("👍<code>y</code>", "👍y", ["code"]),
        ("<blockquote expandable>q</blockquote>", "q", ["expandable_blockquote"]),
        ('<a href="https://x.org/?a=1&amp;b=2">l</a>', "l", ["text_link"]),
    ],
)
def test_html_becomes_text_and_entities(html: str, text: str, kinds: list[str]) -> None:
    got, entities = parse(html)
    assert got == text
    assert sorted(e["type"] for e in entities) == sorted(kinds)


def test_offsets_count_utf16() -> None:
    assert parse("👍<b>y</b>")[1] == [{"type": "bold", "offset": 2, "length": 1}]


@pytest.mark.parametrize("html", ["<b>x", "x</b>", "<b>x</i>", "<script>x</script>", "a < b"])
def test_malformed_html_is_refused(html: str) -> None:
    with pytest.raises(EntityError):
        parse(html)


async def test_what_telegram_refuses_is_refused_in_its_words(bot: Bot, server: DemoServer) -> None:
    sent = await bot.send_message(STUDENT, "hello")
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data="ខ" * 22)]])
    refused: tuple[tuple[Callable[[], Awaitable[Any]], str], ...] = (
        (lambda: bot.send_message(STUDENT, "x" * 4097), "too long"),
        (lambda: bot.send_message(STUDENT, "  "), "text is empty"),
        (lambda: bot.send_message(5, "x"), "hat not found"),
        (lambda: bot.send_message(STUDENT, "<b>", parse_mode="HTML"), "parse entities"),
        (lambda: bot.send_message(STUDENT, "x", reply_markup=keyboard), "utton_data_invalid"),
        (lambda: bot.edit_message_text("hello", STUDENT, sent.message_id), "not modified"),
        (lambda: bot.edit_message_text("x", STUDENT, 999), "to edit not found"),
        (lambda: bot.answer_callback_query("77"), "too old"),
    )
    for call, why in refused:
        with pytest.raises(BadRequest, match=f"(?i){why}"):
            await call()
    server.telegram.people[STUDENT].blocked = True
    with pytest.raises(Forbidden, match="blocked by the user"):
        await bot.send_message(STUDENT, "x")
    unknown = Bot("1:x", base_url=f"{server.root}/bot")
    with pytest.raises(InvalidToken):
        await unknown.initialize()
    await unknown.request.shutdown()
    await unknown._request[0].shutdown()


async def test_limits_are_enforced_when_set(bot: Bot, server: DemoServer) -> None:
    server.telegram.chat_interval = 1
    await bot.send_message(STUDENT, "one")
    with pytest.raises(RetryAfter):
        await bot.send_message(STUDENT, "two")


async def test_a_file_is_taken_and_given_back(bot: Bot, server: DemoServer) -> None:
    sent = await bot.send_document(STUDENT, b"content", filename="a.txt")
    assert sent.document is not None
    file = await bot.get_file(sent.document.file_id)
    assert server.telegram.files[file.file_id] == ("a.txt", b"content")


async def test_updates_are_confirmed_by_the_offset(bot: Bot, server: DemoServer) -> None:
    for text in ("one", "two"):
        server.telegram.says(server.telegram.people[STUDENT], {"text": text})
    first, second = await bot.get_updates(timeout=1)
    assert [u.message.text for u in (first, second) if u.message] == ["one", "two"]
    again = await bot.get_updates(offset=second.update_id, timeout=1)
    assert [u.update_id for u in again] == [second.update_id]


def _article(name: str, **more: Any) -> InlineQueryResultArticle:
    return InlineQueryResultArticle(
        name, "AI", InputTextMessageContent("<b>AI</b>", "HTML"), **more
    )


async def test_a_search_is_answered_once_and_what_is_found_is_sent(
    bot: Bot, server: DemoServer
) -> None:
    srey = server.telegram.people[STUDENT]
    query = server.telegram.searches(srey, "AI")
    (update,) = await bot.get_updates(timeout=1)
    assert update.inline_query is not None
    assert (update.inline_query.id, update.inline_query.query) == (query, "AI")
    button = InlineQueryResultsButton("Ask", start_parameter="ask")
    await bot.answer_inline_query(query, [_article("a")], cache_time=60, button=button)
    assert server.telegram.found[query]["cache_time"] == 60
    with pytest.raises(BadRequest, match="too old"):
        await bot.answer_inline_query(query, [])
    message = server.telegram.sends_found(srey, query, "a")
    assert (message["text"], message["via_bot"]["is_bot"]) == ("AI", True)


@pytest.mark.parametrize(
    ("results", "start", "why"),
    [
        (["a", "a"], "ask", "result_id_duplicate"),
        (["x" * 65], "ask", "result_id_invalid"),
        (["a"], "no spaces", "start_param_invalid"),
    ],
)
async def test_what_telegram_would_not_show_is_refused(
    bot: Bot, server: DemoServer, results: list[str], start: str, why: str
) -> None:
    query = server.telegram.searches(server.telegram.people[STUDENT], "AI")
    button = InlineQueryResultsButton("Ask", start_parameter=start)
    with pytest.raises(BadRequest, match=f"(?i){why}"):
        await bot.answer_inline_query(query, [_article(r) for r in results], button=button)


@pytest.mark.parametrize(
    "does",
    [
        {"url": "nowhere"}, {"url": "https://"}, {"url": "javascript:alert(1)"},
        {"copy_text": CopyTextButton("x" * 257)}, {"url": "https://a.org", "callback_data": "x"},
    ],
)  # fmt: skip
async def test_a_button_that_leads_nowhere_is_refused(bot: Bot, does: dict[str, Any]) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("x", **does)]])
    with pytest.raises(BadRequest):
        await bot.send_message(STUDENT, "x", reply_markup=keyboard)
