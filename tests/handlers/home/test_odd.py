"""Whatever comes in gets a named behaviour: an answer or a quiet log line, never a stack trace."""

import logging
from typing import Any

import pytest
from sqlalchemy import text

from tests.handlers.scenes import DANGER, UNKNOWN
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


NEWER = {
    "story": ({"story": {"chat": {"id": 5, "type": "private", "first_name": "A"}, "id": 1}}, "odd.story"),
    "poll": (
        {"poll": {
            "id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": False,
            "is_anonymous": True, "type": "regular", "allows_multiple_answers": False}},
        "odd.poll",
    ),
    "dice": ({"dice": {"emoji": "🎲", "value": 3}}, "odd.game"),
    "game": ({"game": {"title": "Chess", "description": "Play", "photo": []}}, "odd.game"),
    "checklist": (
        {"checklist": {"title": "To do", "tasks": [{"id": 1, "text": "read"}]}}, "odd.poll"
    ),
    "paid media": ({"paid_media": {"star_count": 1, "paid_media": []}}, "odd.media"),
    "gift": (
        {"gift": {"gift": {"id": "1", "star_count": 15, "sticker": {
            "file_id": "a", "file_unique_id": "a", "type": "regular", "width": 1, "height": 1,
            "is_animated": False, "is_video": False}}}},
        "odd.gift",
    ),
    "something newer than this bot": ({"hologram": {"id": "1"}}, "odd.other"),
}  # fmt: skip


@pytest.mark.parametrize(("body", "reply"), NEWER.values(), ids=NEWER)
async def test_whatever_she_sends_is_named_kindly(
    stage: Stage, body: dict[str, Any], reply: str
) -> None:
    srey = stage.person(STUDENT)
    await srey.sends(body)
    srey.sees(reply, "km")
    assert srey.offers("back.home")


LINKS = (
    "https://t.me/somebody", "t.me/joinchat/AAAA", "https://youtu.be/dQw4w9WgXcQ",
    "www.moeys.gov.kh", "https://vm.tiktok.com/ZSabc/ 🙂",
)  # fmt: skip


@pytest.mark.parametrize("link", LINKS)
async def test_a_bare_link_is_named_kindly_and_nothing_else_is_thought_of_it(
    stage: Stage, link: str
) -> None:
    srey = stage.person(STUDENT)
    await srey.send(link)
    srey.sees("odd.link", "km")
    assert len(srey.news()) == 1
    srey.does_not_see("care.gentle", "km")
    assert "care:person" not in srey.was_shown()


async def test_what_is_told_beside_a_link_is_heard(stage: Stage) -> None:
    srey = stage.person(STUDENT)
    await srey.send(f"https://t.me/somebody {DANGER}")
    assert "care:person" in srey.was_shown()


async def test_what_telegram_tells_of_the_chat_is_not_answered(stage: Stage) -> None:
    srey = stage.person(STUDENT)
    await srey.sends({"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}})
    assert not srey.news()


async def test_a_place_that_moves_is_answered_once(stage: Stage) -> None:
    srey = stage.person(STUDENT)
    place = {"longitude": 104.9, "latitude": 11.5, "live_period": 28800}
    await srey.sends({"location": place})
    srey.sees("odd.card")
    srey.forgets()
    await srey.edits({"location": place | {"latitude": 11.6}})
    await srey.edits({"location": place | {"latitude": 11.7}})
    assert not srey.news()


PHOTO = {"photo": [{"file_id": "a", "file_unique_id": "a", "width": 9, "height": 9}]}


async def test_an_album_is_answered_once(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.sends(*[PHOTO | {"media_group_id": "7"}] * 3)
    await srey.sends(PHOTO | {"media_group_id": "7"})
    assert not srey.news(), "it came later, and is of the same album"
    assert srey.transcript().count(srey.words("odd.media")) == 1
    await srey.sends(PHOTO | {"media_group_id": "8"})
    srey.sees("odd.media")


@pytest.mark.parametrize("captioned", [0, 1])
async def test_the_words_of_an_album_are_what_is_answered(stage: Stage, captioned: int) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    album = [PHOTO | {"media_group_id": "7"} for _ in range(3)]
    album[captioned] |= {"caption": DANGER}
    await srey.sends(*album)
    assert "care:person" in srey.was_shown()
    assert len(srey.news()) == 1


async def test_an_edit_that_changes_nothing_is_not_answered_again(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    message = await srey.send(UNKNOWN)
    srey.sees("lost.first")
    await srey.edit(message, UNKNOWN)
    assert not srey.news()
    await srey.edit(message, "how do I become a nurse?")
    assert srey.news()


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
