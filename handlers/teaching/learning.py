"""What she taps next after her question is learned from, if she lets the bot learn."""

from bot.teaching import examples
from bot.teaching.examples import Origin
from bot.turn import Turn
from handlers.answering.offered import Offered
from handlers.answering.taps import RATE
from handlers.teaching.teach import knows


async def tapped(turn: Turn, data: str) -> None:
    """Learn from a button that was shown to what she asked; the first that she taps tells."""
    offered = Offered.read(turn.conversation.offered)
    turn.conversation.offered = None
    target = None if offered is None else offered.opens.get(data)
    if offered is None or target is None:
        return
    origin = Origin.THUMB if data.startswith(f"{RATE.name}:") else Origin.TAP
    if await examples.asked(turn.actor, offered.of, target, origin, knows(turn)):
        turn.toast = turn.voice.label("teach.learned")
