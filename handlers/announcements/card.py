"""What the handlers of announcements share: who acts, the card, words as they will look."""

from bot.announcements import audience, lifecycle, message, recipients
from bot.announcements.lifecycle import STARTED, Desk
from bot.announcements.tables import Broadcast
from bot.content.base import Tongue
from bot.queues import outbox
from bot.queues.outbox import Lane
from bot.turn import Turn
from handlers.announcements import screens
from handlers.announcements.screens import Reach


def desk_of(turn: Turn) -> Desk:
    """Return who acts, when, and what needs two."""
    settings = turn.services.settings
    return Desk(turn.person.id, turn.coordinators, turn.now, settings.announce_approval_above)


def known_number(text: str) -> bool:
    """Return whether a button's number can be one of ours."""
    return text.isdecimal() and len(text) < 10


async def show_words(
    turn: Turn, broadcast: Broadcast, *, to: int | None = None, key: str = ""
) -> None:
    """Send an announcement as it will look, in each language that was written, to one person."""
    written: dict[Tongue, str | None] = {"km": broadcast.text_km, "en": broadcast.text_en}
    for tongue, text in written.items():
        if not text:
            continue
        words = message.sending(turn.services.voice(tongue), broadcast)
        if to is None:
            await turn.send(words)
            continue
        await outbox.stage(
            turn.session, words, to=to, key=f"{key}:{tongue}", lane=Lane.NOTE, now=turn.now
        )


async def reach_of(turn: Turn, desk: Desk, broadcast: Broadcast) -> Reach:
    """Return whom an announcement would reach now."""
    return Reach(
        await lifecycle.head_count(turn.session, desk, broadcast),
        await audience.chosen(turn.session, turn.services.content, broadcast.audience),
    )


async def card(turn: Turn, desk: Desk, number: int, _rest: str) -> None:
    """Show one announcement as it stands."""
    broadcast = await lifecycle.find(turn.session, desk, number)
    settings = turn.services.settings
    if broadcast.state in STARTED:
        counts = await recipients.tally(turn.session, broadcast)
        speed = settings.messages_per_second
        seconds = recipients.seconds_to_go(broadcast, counts, turn.now, speed)
        await turn.show(screens.board_screen(turn.voice, broadcast, counts, seconds))
        return
    reach = await reach_of(turn, desk, broadcast)
    own = broadcast.author_id == desk.actor_id
    shown = screens.draft_screen(
        turn.voice, broadcast, reach, desk.approve_above, settings.zone, own=own
    )
    await turn.show(shown)
