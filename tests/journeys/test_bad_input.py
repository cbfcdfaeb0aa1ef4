"""Whatever comes in gets a named behaviour: an answer or a quiet log line, never a stack trace."""

import httpx
import pytest

from tests.conftest import ENGLISH_STUDENT, FIRST_COORDINATOR, STUDENT

STRANGE_TEXTS = {
    "white space": "   \n\t ",
    "4096 characters": "រៀន" * 1365,
    "60 kB": "career " * 8800,
    "only emoji": "👍🏽🇰🇭🙏",
    "control characters": "\x00\x07\x1b[31m",
    "a zero-width text": "\u200b\u200c\u200d",
    "html": "<b>bold</i> & <script>alert(1)</script>",
    "format braces": "{question} {0} {",
    "right to left": "\u202eabc مرحبا",
    "sql": "'; DROP TABLE people; --",
}


@pytest.mark.parametrize("text", STRANGE_TEXTS.values(), ids=STRANGE_TEXTS)
async def test_any_text_gets_a_kind_answer(start_bot, chat, text: str) -> None:
    bot = await start_bot()
    srey = chat(ENGLISH_STUDENT)
    await srey.send(text)
    await srey.send("/menu")
    await srey.sees("What would you like to know")
    assert "Traceback" not in bot.log()


async def test_a_lone_surrogate_is_survived(start_bot, chat, server) -> None:
    bot = await start_bot()
    srey = chat(ENGLISH_STUDENT)
    server.telegram.says(server.telegram.people[ENGLISH_STUDENT], {"text": "rean \ud83d IT"})
    await srey.send("/menu")
    await srey.sees("What would you like to know")
    assert "Traceback" not in bot.log()


@pytest.mark.parametrize(
    ("kind", "reply"),
    [
        ("photo", "cannot look at pictures"),
        ("document", "cannot look at pictures"),
        ("voice", "cannot listen"),
        ("sticker", "😊"),
        ("contact", "stay safe"),
        ("location", "stay safe"),
    ],
)
async def test_what_is_not_text_gets_a_kind_reply(start_bot, chat, kind: str, reply: str) -> None:
    await start_bot()
    srey = chat(ENGLISH_STUDENT)
    await srey.send_media(kind)
    await srey.sees(reply)


async def test_an_edited_question_is_answered_again(start_bot, chat, content) -> None:
    await start_bot()
    srey = chat(ENGLISH_STUDENT)
    sent = await srey.send("hello")
    await srey.edit(sent["message_id"], content.entries["tech-is-for-boys"].question.get("en"))
    await srey.sees("Last reviewed")


async def test_a_forwarded_question_is_a_question(start_bot, chat, server, content) -> None:
    await start_bot()
    srey = chat(ENGLISH_STUDENT)
    async with httpx.AsyncClient() as client:
        told = {
            "person": ENGLISH_STUDENT,
            "text": content.entries["tech-is-for-boys"].question.get("en"),
        }
        await client.post(f"{server.root}/demo/api/forward", json=told)
    await srey.sees("Last reviewed")


async def test_an_unknown_command_is_answered(start_bot, chat) -> None:
    await start_bot()
    srey = chat(ENGLISH_STUDENT)
    await srey.send("/frobnicate now")
    await srey.sees("do not know that command")


FORGED = (
    "", ":", "faq:", "faq:no-such-entry:en", "faq:../../etc:km", "topic:none:0", "topics:-1",
    "topics:99999999999", "rate:y:none:en", "rate:x:what-is-ai:en", "me:grade:13",
    "me:province:mars", "me:provinces:999999", "lang:fr", "care:x", "go:nowhere", "case:ack:1",
    "case:close:99", "case:write:1", "case:ack:x", "desk:home", "desk:list:0", "desk:open:1",
    "desk:answer:1", "data:x", "none:", "v0:old:button", "\U0001f4a3",
)  # fmt: skip


async def test_forged_and_old_buttons_change_nothing_and_are_answered(start_bot, chat) -> None:
    """A student forges every button there is: she sees no desk, no case, and no trace."""
    bot = await start_bot()
    srey = chat(ENGLISH_STUDENT)
    await srey.send("/menu")
    await srey.sees("What would you like to know")
    for data in FORGED:
        if data:
            await srey.forge(data)
    await srey.send("/desk")
    await srey.send("/menu")
    await srey.sees("What would you like to know")
    said = await srey.transcript()
    assert "Coordinators' desk" not in said
    assert "Traceback" not in bot.log()
    assert "failed" not in bot.log()


async def test_malformed_updates_do_not_stop_the_bot(start_bot, chat, server) -> None:
    bot = await start_bot()
    srey = chat(ENGLISH_STUDENT)
    for raw in (
        {"message": {"message_id": 1}},
        {"message": "text"},
        {"callback_query": {"id": 5}},
        {"my_chat_member": {}},
        {"something_new": {"a": 1}},
        {"channel_post": {"message_id": 1, "date": 1, "chat": {"id": -5, "type": "channel"}}},
    ):
        server.telegram.push(raw)
    await srey.send("/menu")
    await srey.sees("What would you like to know")
    assert "Traceback" not in bot.log()


async def test_in_a_group_the_bot_only_says_where_to_find_it(start_bot, chat, server) -> None:
    await start_bot()
    group = {"id": -100, "type": "group", "title": "Class 12A"}
    user = server.telegram.people[STUDENT].user()
    for text in ("my secret", "/start@bongsrey_demo_bot"):
        server.telegram.push(
            {"message": {"message_id": 1, "date": 1, "chat": group, "from": user, "text": text}}
        )
    srey = chat(STUDENT)
    await srey.send("/menu")
    await srey.sees("ប្អូនចង់ដឹងអ្វី")
    to_group = [c for c in server.telegram.calls
                if str(c["params"].get("chat_id")) == "-100"]  # fmt: skip
    assert len(to_group) == 1
    assert "bongsrey_demo_bot" in to_group[0]["params"]["text"]


async def test_she_blocks_and_comes_back(start_bot, chat) -> None:
    await start_bot()
    srey = chat(ENGLISH_STUDENT)
    await srey.send("/menu")
    await srey.sees("What would you like to know")
    await srey.block()
    await srey.send("hello?")
    await srey.block(False)
    await srey.send("/start")
    await srey.sees("Bong Srey")


async def test_logs_hold_ids_and_never_words_or_the_token(start_bot, chat) -> None:
    bot = await start_bot(LOG_LEVEL="DEBUG")
    srey, bopha = chat(ENGLISH_STUDENT), chat(FIRST_COORDINATOR)
    await srey.send("my father hits me with unmistakablewords")
    await srey.tap("Talk to a real person")
    await bopha.tap("ខ្ញុំទទួល")
    await bopha.sees("unmistakablewords")
    assert "unmistakablewords" not in bot.log()
    assert "token-of-the-tests" not in bot.log()
