"""What an announcement looks like in a chat, as a request: sent, corrected, withdrawn."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from bot.announcements.lifecycle import words_of
from bot.announcements.subscriptions import OPTIONAL, SAFETY
from bot.announcements.tables import Broadcast
from bot.screens.keyboard import keyboard
from bot.screens.screen import Screen, paragraphs
from bot.screens.voice import Voice

# Telegram deletes a message only within two days of sending it.
DELETABLE_FOR = timedelta(hours=47)
# At night (hour of the day, local time) telephones stay silent, a safety notice aside.
NIGHT_BEGINS, NIGHT_ENDS = 21, 6


class Request(NamedTuple):
    """A method of the Bot API and what it is called with."""

    method: str
    payload: dict[str, Any]


def screen(voice: Voice, broadcast: Broadcast) -> Screen:
    """Return what a recipient reads, with the button it opens with and "no more of these"."""
    rows = []
    if broadcast.opens:
        target = broadcast.opens.partition(":")[0]
        rows.append((voice.button(f"news.open.{target}", f"news:open:{broadcast.id}"),))
    if broadcast.kind in OPTIONAL:
        rows.append((voice.button("news.mute", f"news:mute:{broadcast.kind}"),))
    return Screen(
        paragraphs(
            voice.say(f"news.head.{broadcast.kind}"),
            voice.say("verbatim", text=words_of(broadcast, voice.tongue)),
        ),
        tuple(rows),
    )


def sending(voice: Voice, broadcast: Broadcast, *, silent: bool = False) -> Request:
    """Return the request that sends it."""
    shown = _shown(screen(voice, broadcast), "caption" if broadcast.picture else "text")
    if silent:
        shown["disable_notification"] = True
    if broadcast.picture:
        return Request("send_photo", {"photo": broadcast.picture, **shown})
    return Request("send_message", {**shown, "link_preview_options": {"is_disabled": True}})


def correcting(voice: Voice, broadcast: Broadcast, message_id: int) -> Request:
    """Return the request that puts the present words in place of older ones."""
    return _edit(screen(voice, broadcast), broadcast, message_id)


def withdrawing(voice: Voice, broadcast: Broadcast, message_id: int, age: timedelta) -> Request:
    """Return the request that takes it back; one too old to be deleted loses its words."""
    if age < DELETABLE_FOR:
        return Request("delete_message", {"message_id": message_id})
    return _edit(Screen(voice.say("news.withdrawn")), broadcast, message_id)


def is_silent(kind: str, now: datetime, zone: ZoneInfo) -> bool:
    """Return whether it arrives without a sound."""
    hour = now.astimezone(zone).hour
    return kind != SAFETY and (hour >= NIGHT_BEGINS or hour < NIGHT_ENDS)


def _edit(shown: Screen, broadcast: Broadcast, message_id: int) -> Request:
    what = "caption" if broadcast.picture else "text"
    payload = {**_shown(shown, what), "message_id": message_id}
    return Request(f"edit_message_{what}", payload)


def _shown(shown: Screen, what: str) -> dict[str, Any]:
    payload: dict[str, Any] = {what: shown.text, "parse_mode": "HTML"}
    if shown.rows:
        payload["reply_markup"] = keyboard(shown)
    return payload
