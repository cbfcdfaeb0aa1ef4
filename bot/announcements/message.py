"""What an announcement looks like in a chat: sent, corrected, withdrawn."""

from datetime import timedelta

from bot.announcements.lifecycle import words_of
from bot.announcements.opens import parted
from bot.announcements.subscriptions import OPTIONAL
from bot.announcements.tables import Broadcast
from bot.queues.messages import Change, Delete, Edit, EditCaption, Picture, Text
from bot.screens.screen import Screen, paragraphs
from bot.screens.taps import Tap, number, one_of
from bot.screens.voice import Voice

# Telegram deletes a message only within two days of sending it.
DELETABLE_FOR = timedelta(hours=47)
# What a recipient can tap: the announcement whose button she follows, the kind she wants no more.
OPEN = Tap("news:open", (number,))
MUTE = Tap("news:mute", (one_of(*OPTIONAL),))


def screen(voice: Voice, broadcast: Broadcast) -> Screen:
    """Return what a recipient reads, with the button it opens with and "no more of these"."""
    rows = []
    if broadcast.opens:
        target, _ = parted(broadcast.opens)
        rows.append((voice.button(f"news.open.{target}", OPEN(broadcast.id)),))
    if broadcast.kind in OPTIONAL:
        rows.append((voice.button("news.mute", MUTE(broadcast.kind)),))
    return Screen(
        paragraphs(
            voice.say(f"news.head.{broadcast.kind}"),
            voice.say("verbatim", text=words_of(broadcast, voice.tongue)),
        ),
        tuple(rows),
    )


def sending(voice: Voice, broadcast: Broadcast, *, silent: bool = False) -> Picture | Text:
    """Return the message that brings it."""
    shown = screen(voice, broadcast)
    if broadcast.picture:
        return Picture(broadcast.picture, shown.text, shown.rows, silent)
    return Text(shown.text, shown.rows, silent)


def correcting(voice: Voice, broadcast: Broadcast, message_id: int) -> Change:
    """Return what puts the present words in place of older ones."""
    return _edit(screen(voice, broadcast), broadcast, message_id)


def withdrawing(voice: Voice, broadcast: Broadcast, message_id: int, age: timedelta) -> Change:
    """Return what takes it back; one too old to be deleted loses its words."""
    if age < DELETABLE_FOR:
        return Delete(message_id)
    return _edit(Screen(voice.say("news.withdrawn")), broadcast, message_id)


def _edit(shown: Screen, broadcast: Broadcast, message_id: int) -> Change:
    edit = EditCaption if broadcast.picture else Edit
    return edit(message_id, shown.text, shown.rows)
