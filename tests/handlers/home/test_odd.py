"""Whatever comes in gets a named behaviour: an answer or a quiet log line, never a stack trace."""

import logging
from typing import Any

import pytest
from sqlalchemy import text

from tests.handlers.scenes import UNKNOWN
from tests.stage import ENGLISH_STUDENT, STUDENT, Stage

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
    "half a character": "rean \ud83d IT",
    "nothing but half a character": "\udc4d",
}


@pytest.mark.parametrize("words", STRANGE_TEXTS.values(), ids=STRANGE_TEXTS)
async def test_any_text_gets_a_kind_answer(stage: Stage, words: str) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send(words)
    assert srey.news(), "nothing was said"
    await srey.send("/menu")
    srey.sees("home.text")


async def test_a_fault_is_apologised_for_and_the_next_is_answered(stage: Stage) -> None:
    """Her question finds no table to be kept in."""
    srey = stage.person(ENGLISH_STUDENT)
    stage.may_fail = True
    async with stage.database.write() as session:
        await session.execute(text("ALTER TABLE questions RENAME TO mislaid"))
    await srey.send(UNKNOWN)
    srey.sees("odd.trouble", "en")
    stage.may_fail = False
    await srey.send("/menu")
    srey.sees("home.text")


@pytest.mark.parametrize(
    ("kind", "reply"),
    [
        ("photo", "odd.media"),
        ("document", "odd.media"),
        ("voice", "odd.voice"),
        ("sticker", "odd.sticker"),
        ("contact", "odd.card"),
        ("location", "odd.card"),
    ],
)
async def test_what_is_not_text_gets_a_kind_reply(stage: Stage, kind: str, reply: str) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send_media(kind)
    srey.sees(reply)


async def test_an_unknown_command_is_answered(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/frobnicate now")
    srey.sees("unknown.command")


FORGED = (
    ":", "faq:", "faq:no-such-entry:en", "faq:../../etc:km", "topic:none:0", "topics:-1",
    "topics:99999999999", "rate:y:none:en", "rate:x:what-is-ai:en", "me:grade:13",
    "me:province:mars", "me:provinces:999999", "lang:fr", "care:x", "go:nowhere", "case:ack:1",
    "case:close:99", "case:write:1", "case:ack:x", "desk:home", "desk:list:0", "desk:open:1",
    "desk:answer:1", "data:x", "none:", "v0:old:button", "\U0001f4a3",
)  # fmt: skip


async def test_forged_and_old_buttons_change_nothing_and_are_answered(stage: Stage) -> None:
    """A student forges every button there is: she sees no desk, no case, and no trace."""
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/menu")
    for data in FORGED:
        await srey.forge(data)
        srey.does_not_see("desk.text")
    await srey.send("/desk")
    srey.does_not_see("desk.text")
    srey.sees("unknown.command")
    await srey.send("/menu")
    srey.sees("home.text")
    assert srey.words("more.desk") not in srey.transcript()


async def test_malformed_updates_do_not_stop_the_bot(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    malformed: tuple[dict[str, Any], ...] = (
        {"message": {"message_id": 1}},
        {"message": "text"},
        {"callback_query": {"id": 5}},
        {"my_chat_member": {}},
        {"something_new": {"a": 1}},
        {"channel_post": {"message_id": 1, "date": 1, "chat": {"id": -5, "type": "channel"}}},
    )
    for raw in malformed:
        await stage.push(raw)
    await srey.send("/menu")
    srey.sees("home.text")
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


async def test_in_a_group_the_bot_only_says_where_to_find_it(stage: Stage) -> None:
    group = stage.enters(-100, "Class 12A")
    user = stage.telegram.people[STUDENT].user()
    chat = {"id": -100, "type": "group", "title": "Class 12A"}
    for words in ("my secret", f"/start@{stage.services.bot_username}"):
        await stage.push(
            {"message": {"message_id": 1, "date": 1, "chat": chat, "from": user, "text": words}}
        )
    assert len(group.messages()) == 1
    group.sees("odd.group", "km", username=stage.services.bot_username)
    srey = stage.person(STUDENT)
    assert not srey.messages()
    await srey.send("/menu")
    srey.sees("home.text")


async def test_she_blocks_and_comes_back(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/menu")
    srey.sees("home.text")
    await srey.block()
    await srey.send("hello?")
    assert not srey.news(), "nothing reaches who has blocked the bot"
    await srey.block(False)
    await srey.send("/start")
    srey.sees("start.welcome.other")
