"""What the handlers of announcements share: the rules, the card, words as they will look."""

from collections import Counter
from collections.abc import Mapping

from bot.announcements import audience, lifecycle, message, recipients
from bot.announcements.lifecycle import Announcement
from bot.announcements.policy import Policy
from bot.announcements.states import STARTED
from bot.content.base import Tongue
from bot.people import switches
from bot.queues import outbox
from bot.queues.outbox import Lane
from bot.screens.screen import Screen
from bot.screens.swapped import swapped_words
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.announcements import screens
from handlers.announcements.board import board_screen
from handlers.announcements.screens import Reach


def policy_of(turn: Turn) -> Policy:
    """Return the rules of announcements, as the settings have them."""
    return Policy.of(turn.services.settings)


async def show_words(
    turn: Turn, broadcast: Announcement, *, to: int | None = None, key: str = ""
) -> None:
    """Send an announcement as it will look, in each language that was written, to one person."""
    for tongue in turn.services.content.tongues:
        if tongue not in broadcast.words:
            continue
        words = message.sending(turn.services.voice(tongue), broadcast)
        if to is None:
            await turn.send(words)
            continue
        await outbox.stage(
            turn.session, words, to=to, key=f"{key}:{tongue}", lane=Lane.NOTE, now=turn.now
        )


def pointed_out(voice: Voice, screen: Screen, words: Mapping[Tongue, str]) -> Screen:
    """Return a last look, under the warning that its languages are swapped, where they are."""
    warning = swapped_words(voice, {tongue: [said] for tongue, said in words.items()})
    return screen.below(Screen(warning)) if warning else screen


async def reach_of(turn: Turn, broadcast: Announcement) -> Reach:
    """Return whom an announcement would reach now."""
    languages: Counter[str] = Counter()
    found = await lifecycle.head_count(turn.actor, broadcast, turn.today)
    for code, people in found.items():
        languages[turn.services.tongue(code)] += people
    content, to = turn.services.content, broadcast.audience
    return Reach(languages, await audience.chosen(turn.session, content, to, turn.today))


async def card(turn: Turn, number: int) -> None:
    """Show one announcement as it stands."""
    broadcast = await lifecycle.find(turn.actor, number)
    policy, is_off = policy_of(turn), await switches.relay_is_off(turn.session)
    if broadcast.state in STARTED:
        counts = await recipients.tally(turn.session, broadcast)
        seconds = recipients.seconds_to_go(broadcast, counts, turn.now, policy)
        await turn.show(board_screen(turn.voice, broadcast, counts, seconds, is_off=is_off))
        return
    reach = await reach_of(turn, broadcast)
    own = broadcast.author_id == turn.person.id
    tongues = turn.services.content.tongues
    shown = screens.draft_screen(
        turn.voice, broadcast, reach, policy, tongues, own=own, is_off=is_off
    )
    await turn.show(shown)
